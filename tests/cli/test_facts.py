"""No invented facts: what is stored was typed, or is marked as inferred."""

import sqlite3
from pathlib import Path

import pytest

from conftest import Program


def _rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(path) as conn:
        return conn.execute(sql).fetchall()


_TALKS = "SELECT day, direction, channel, met, inferred FROM conversation ORDER BY id"
_CHANNELS = "SELECT kind, state, inferred FROM channel ORDER BY id"
_FOLLOW_UPS = "SELECT due_on, inferred FROM follow_up ORDER BY id"


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("add Bo Ek", []),
        ("add Bo Ek --heard", []),
        ("add Bo Ek --met-on mastodon --since 2023", []),
        ("add Bo Ek --at PyCon", [("2026-05-20", "both", None, 1, "day,direction")]),
        ("add Bo Ek --on 2026-05-02", [("2026-05-02", "both", None, 1, "direction")]),
        ("add Bo Ek --met --since 2019", [("2019", "both", None, 1, "direction")]),
        ("log ada hello", [("2026-05-20", "both", None, 0, "day,direction")]),
        ("log ada --on 2026-05-02 hello", [("2026-05-02", "both", None, 0, "direction")]),
        ("log ada 2026-05-02: hello", [("2026-05-02", "both", None, 0, "direction")]),
        ("log ada --from-them hello", [("2026-05-20", "them", None, 0, "day")]),
        ("log ada --from-me hello", [("2026-05-20", "me", None, 0, "day")]),
        ("log ada --via phone hello", [("2026-05-20", "both", "phone", 0, "day,direction")]),
        ("log ada --met hello", [("2026-05-20", "both", None, 1, "day,direction")]),
        ("done ada", [("2026-05-20", "me", None, 0, "day")]),
        ("done ada --on 2026-05-19 --via email", [("2026-05-19", "me", "email", 0, "")]),
        ("edit ada --met 2026-05-01", [("2026-05-01", "both", None, 1, "direction")]),
        ("note ada likes tea", []),
        ("snooze ada 3d", []),
        ("keep ada off", []),
        ("connect ada linkedin", []),
        ("edit ada --via signal:+4412345678", []),
    ],
)
def test_a_conversation_holds_what_was_typed(
    kin: Program, path: Path, command: str, expected: list[tuple[object, ...]]
) -> None:
    kin("add", "Ada", "Lovelace", "keep:weekly", today="2026-05-01")
    kin(*command.split())
    assert _rows(path, _TALKS) == expected


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("add Bo Ek --at PyCon linkedin:bo", [("linkedin", "known", "state")]),
        (
            "add Bo Ek --at PyCon linkedin:bo --connected",
            [("linkedin", "connected", "connected_on")],
        ),
        ("add Bo Ek --online github:bo", [("github", "connected", "state")]),
        ("add Bo Ek bo@ek.example", [("email", None, "")]),
        ("connect ada linkedin", [("linkedin", "connected", "connected_on")]),
        ("connect ada linkedin --sent", [("linkedin", "sent", "")]),
        ("log ada --via linkedin hello", []),
        ("done ada --via linkedin", []),
        ("edit ada --via github:ada", [("github", "known", "state")]),
    ],
)
def test_a_channel_stands_where_it_was_said_to_stand(
    kin: Program, path: Path, command: str, expected: list[tuple[object, ...]]
) -> None:
    kin("add", "Ada", "Lovelace", today="2026-05-01")
    kin(*command.split())
    assert _rows(path, _CHANNELS) == expected


def test_the_next_turn_of_a_recurring_follow_up_is_marked_as_inferred(
    kin: Program, path: Path
) -> None:
    kin("add", "Ada", "Lovelace")
    kin("remind", "ada", "2026-05-20", "goals", "--every", "3mo")
    kin("done", "ada")
    assert _rows(path, _FOLLOW_UPS) == [("2026-05-20", ""), ("2026-08-20", "due_on")]


def test_done_marks_a_channel_connected_only_when_it_was_named(kin: Program, path: Path) -> None:
    kin("add", "Ada", "Lovelace", "--at", "PyCon", "linkedin:adal", today="2026-05-19")
    kin("done", "ada")
    assert _rows(path, _CHANNELS) == [("linkedin", "known", "state")]
    assert kin("due") == kin("due", "--all")
    kin("undo")
    kin("done", "ada", "--via", "linkedin")
    assert _rows(path, _CHANNELS) == [("linkedin", "connected", "connected_on")]


def test_a_birthday_is_echoed_as_it_was_understood(kin: Program) -> None:
    kin("add", "Ada", "Lovelace")
    assert kin("edit", "ada", "--birthday", "dec 10") == "Changed Ada Lovelace: birthday 10 Dec.\n"


def test_a_new_address_takes_the_place_of_the_one_unlinked(kin: Program) -> None:
    kin("add", "Ada", "Lovelace", "ada@engine.example")
    kin("edit", "ada", "--via", "ada@bombe.example", "--unlink", "email")
    assert "ada@bombe.example" in kin("show", "ada")
    assert "ada@engine.example" not in kin("show", "ada")


@pytest.mark.parametrize("gap", ["\v", "\f", "\x1c", "\x85", "\u2028"])
def test_only_a_new_line_begins_another_person(kin: Program, gap: str) -> None:
    kin("add", "-", stdin=f"Ada{gap}Lovelace\r\nGrace Hopper\n")
    assert kin("list", "--format", "{name}") == "Ada Lovelace\nGrace Hopper\n"


def test_a_dry_run_plans_what_the_run_does(kin: Program) -> None:
    for words in (
        "Ada li:ada --at PyCon due:2d",
        "Bea bea@x.example --at PyCon due:2d",
        "Cyd due:2d",
    ):
        planned = [
            row
            for row in kin("add", *words.split(), "--dry-run").splitlines()
            if "follow-up" in row
        ]
        done = [row for row in kin("add", *words.split()).splitlines() if "follow-up" in row]
        assert planned == done != []


def test_where_you_met_online_is_said_in_words(kin: Program) -> None:
    kin("add", "Emmy")
    assert kin("edit", "emmy", "--met-on", "mastodon") == "Changed Emmy: met online on Mastodon.\n"
    assert kin("edit", "emmy", "--met-on", "") == "Changed Emmy: no longer met online.\n"


def test_since_when_you_are_connected_is_only_shown_where_it_was_said(
    kin: Program, path: Path
) -> None:
    """The day stands for the count of `stats`; it is no fact about Ada."""
    kin("add", "Ada", "Lovelace", "linkedin:adal")
    kin("connect", "ada", "linkedin")
    days = "SELECT connected_on, inferred FROM channel"
    assert _rows(path, days) == [("2026-05-20", "connected_on")]
    assert "since" not in kin("show", "ada")
    kin("connect", "ada", "linkedin", today="2026-06-20")
    assert _rows(path, days) == [("2026-05-20", "connected_on")]
    table = "First Name,Last Name,URL,Connected On\n"
    table += "Ada,Lovelace,https://www.linkedin.com/in/adal,03 Mar 2026\n"
    kin("import", "-y", "-", stdin=table)
    assert _rows(path, days) == [("2026-03-03", "")]
    assert "connected since 3 Mar" in kin("show", "ada")
