"""``export -o``: what is there already is never lost by surprise."""

import os
import sqlite3
from pathlib import Path

import pytest

from conftest import Program


@pytest.fixture
def ada(kin: Program) -> None:
    kin("add", "Ada", "Lovelace")


def test_a_dash_is_standard_output(kin: Program, ada: None) -> None:
    assert kin("export", "-o", "-") == kin("export")


def test_a_file_kinship_wrote_is_replaced(kin: Program, ada: None, tmp_path: Path) -> None:
    for name in ("people.csv", "people.json"):
        for _ in range(2):
            kin("export", "-o", str(tmp_path / name))
        assert "Ada Lovelace" in (tmp_path / name).read_text()


def test_any_other_file_is_replaced_only_with_yes(kin: Program, ada: None, tmp_path: Path) -> None:
    mine = tmp_path / "people.csv"
    mine.write_text("mine\n")
    refused = kin("export", "-o", str(mine), exit_code=5)
    assert "kinship did not write it. Nothing was exported." in refused.err
    assert mine.read_text() == "mine\n"
    kin("export", "-y", "-o", str(mine))
    assert mine.read_text().startswith("name,")


def test_only_a_regular_file_is_written(kin: Program, ada: None, tmp_path: Path) -> None:
    """A device or a pipe is not replaced by a file, whoever asks."""
    pipe, link = tmp_path / "pipe", tmp_path / "link"
    os.mkfifo(pipe)
    link.symlink_to(tmp_path / "nowhere")
    said = kin("export", "-y", "-o", str(pipe), exit_code=5).err
    assert "not a regular file. Nothing was exported." in said
    assert "kinship export > " in said
    assert pipe.is_fifo()
    assert "is a link" in kin("export", "-y", "-o", str(link), exit_code=5).err
    assert "is a folder" in kin("export", "-y", "-o", str(tmp_path), exit_code=2).err


def test_met_on_and_met_at_are_about_meetings_in_person(kin: Program, ada: None) -> None:
    kin("add", "Emmy Noether", "--met-on", "mastodon", "--since", "2023")
    kin("add", "Grace Hopper", "--at", "PyCon")
    pattern = "{name}|{met_on}|{met_at}|{met_online}|{since}"
    assert kin("list", "--format", pattern).splitlines() == [
        "Ada Lovelace||||",
        "Emmy Noether|||mastodon|2023",
        "Grace Hopper|2026-05-20|PyCon||",
    ]


def test_a_message_of_yours_is_the_last_words_only_where_nothing_else_is(
    kin: Program, path: Path, ada: None
) -> None:
    kin("log", "ada", "--from-me", "did you see the looms?", today="2026-05-18")
    assert "looms" in kin("show", "ada").split("talked")[1].splitlines()[0]
    kin("log", "ada", "punched cards", today="2026-05-10")
    assert "punched cards" in kin("show", "ada").split("talked")[1].splitlines()[0]
    assert kin("list", "--format", "{last_text}") == "punched cards\n"
    with sqlite3.connect(path) as conn:
        assert conn.execute("SELECT last_text FROM people").fetchall() == [("punched cards",)]
