"""What answers and errors say, word for word."""

import pytest

from conftest import Program


@pytest.mark.parametrize(
    "words",
    [
        "rm zzz -y", "keep zzz monthly", "show zzz", "snooze zzz", "done zzz", "connect zzz li",
        "edit zzz --city X", "open zzz", "due zzz", "show #5", "rm #5", "log #5 x",
    ],
)  # fmt: skip
def test_nobody_is_added_by_a_command_that_needs_somebody(kin: Program, words: str) -> None:
    kin("add", "Ada")
    assert "kinship add" not in kin(*words.split(), exit_code=3).err


@pytest.mark.parametrize("words", ["log zzz x", "note zzz x", "remind zzz 2d x"])
def test_what_is_written_down_may_be_about_somebody_new(kin: Program, words: str) -> None:
    kin("add", "Ada")
    assert "  kinship add zzz\n" in kin(*words.split(), exit_code=3).err
