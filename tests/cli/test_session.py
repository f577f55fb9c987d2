"""The first session, as typed."""

from pathlib import Path

import pytest

from conftest import Program
from kinship import __version__
from kinship.store import SCHEMA_VERSION, people


def test_three_people_from_a_conference_show_up_the_next_days(kin: Program) -> None:
    kin("add", "Ada", "Lovelace", "--at", "PyCon 2026", "linkedin:adal", "//", "Bernoulli paper")
    assert "Next is Ada Lovelace, tomorrow: connect on LinkedIn." in kin("due")
    assert "met yesterday" in kin("due", today="2026-05-21")
    assert "1 overdue" in kin("due", today="2026-05-23")
    assert "nothing due" in kin("due", today="2026-06-04")
    kin("connect", "ada", "linkedin")
    assert "nothing due" in kin("due", today="2026-05-23")
    kin("undo")
    assert "1 overdue" in kin("due", today="2026-05-23")


def test_snooze_brings_a_hello_back_on_its_day(kin: Program) -> None:
    kin("add", "Charles", "Babbage", "keep:monthly")
    assert (
        kin("snooze", "charles", "1 jul") == "Charles Babbage comes back Wed 1 Jul (in 42 days).\n"
    )
    assert "nothing due" in kin("due", today="2026-06-25")
    assert "Say hello" in kin("due", today="2026-07-01")


def test_the_practice_file_is_of_today_until_something_is_done_in_it(kin: Program) -> None:
    kin("--demo", "due", today="2026-12-05")
    fresh = kin("--demo", "due")
    assert "Greta" in fresh
    kin("--demo", "note", "greta", "likes tea")
    kin("--demo", "due", today="2026-12-05")
    assert "likes tea" in kin("--demo", "show", "greta", "--json")
    assert kin("--demo", "--reset", "due") == fresh


def test_the_version_names_the_file_and_its_schema(kin: Program) -> None:
    version, file, schema = kin("--version", "--db", "/tmp/x.db").splitlines()
    assert version == f"kinship {__version__}"
    assert (file, schema) == ("/tmp/x.db", f"schema {SCHEMA_VERSION}")


def test_where_memory_ends_it_is_said(kin: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> int:
        raise MemoryError

    monkeypatch.setattr("kinship.cli._run", full)
    assert kin("due", exit_code=6).err == (
        "kinship: there is not enough memory for this.\n  kinship undo --list   what was written\n"
    )


def test_a_bug_ends_with_a_code_of_its_own(
    kin: Program, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "count", lambda *_: 1 // 0)
    kin("add", "Ada", "Lovelace")
    assert "this is a bug in kinship" in kin("list", exit_code=70).err
    (report,) = (home / ".local/state/kinship").glob("crash-*.txt")
    assert "Ada" not in report.read_text()
