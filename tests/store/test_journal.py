"""Undo and redo: everything back, nothing newer overwritten, no number given twice."""

import json
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Program
from kinship.errors import Refused
from kinship.model.entry import Note
from kinship.services import contact, editing, meeting, safety
from kinship.services.editing import Edit
from kinship.services.meeting import Arrival
from kinship.store import bulk, entries, people
from kinship.store import db as store

TODAY = date(2026, 5, 20)
_ASIDE = ("change", "image", "number", "current", "sqlite_sequence", "_sqlite_migrations")


def dump(path: Path, *, but: tuple[str, ...] = ()) -> str:
    """The file as statements, all of it but the tables named."""
    conn = sqlite3.connect(path)
    tables = [
        name for (name,) in conn.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
    ]
    said = [
        f"{table}: {sorted(conn.execute(f'SELECT * FROM {table}').fetchall(), key=repr)}"
        for table in sorted(tables)
        if table not in but
        and not table.startswith(("person_search", "person_word", "entry_search"))
    ]
    conn.close()
    return "\n".join(said)


def content(path: Path) -> str:
    return dump(path, but=_ASIDE)


def elsewhere(path: Path, sql: str) -> None:
    """Another program writes to the file."""
    conn = sqlite3.connect(path)
    conn.execute("PRAGMA foreign_keys = ON")
    with conn:
        conn.execute(sql)
    conn.close()


@pytest.fixture(autouse=True, params=[1000, 1], ids=["few", "many"])
def _rows(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Changes of many rows are played without the triggers of what is derived; here, all are."""
    monkeypatch.setattr(bulk, "_MANY", request.param)


@pytest.fixture
def empty(path: Path) -> str:
    """The content of the file before anybody is in it."""
    store.create(str(path))
    return content(path)


@pytest.fixture
def full(kin: Program, empty: str) -> None:
    """Ada with something in every table, and Charles who knows her."""
    kin("add", "Charles", "Babbage", "--met")
    kin(
        "add", "Ada", "Lovelace", "--at", "PyCon 2026", "linkedin:adal", "ada@engine.example",
        "+compilers", "--seeks", "investors", "--tag", "math", "-c", "PyLadies", "keep:monthly",
        "-f", "2d send the paper", "--by", "charles", "knows:charles", "--birthday", "10 dec",
    )  # fmt: skip
    kin("edit", "ada", "--date", "wedding:2010-06-12")
    kin("note", "ada", "likes horses")
    kin("log", "ada", "--from-them", "a letter")
    kin("snooze", "ada", "1 jul")


CHANGED = [
    ("UPDATE person SET city = 'Rome' WHERE id = 2", "add Ada Lovelace", "changed Ada Lovelace."),
    (
        "UPDATE conversation SET text = 'x' WHERE person_id = 2",
        "log ada lunch",
        "conversation (#2)",
    ),
    ("UPDATE note SET text = 'x'", "note ada horses", "note (#2)"),
    ("UPDATE follow_up SET state = 'done'", "remind ada 2d call", "follow-up (#2)"),
    ("UPDATE channel SET state = 'sent'", "connect ada linkedin", "channel (#1)"),
]


@pytest.mark.parametrize(("sql", "command", "named"), CHANGED, ids=[c[0] for c in CHANGED])
def test_undo_refuses_what_another_program_changed_and_changes_nothing(
    kin: Program, path: Path, sql: str, command: str, named: str
) -> None:
    kin("add", "Charles", "Babbage", "--met")
    if not command.startswith("add"):
        kin("add", "Ada", "Lovelace")
    kin(*command.split())
    elsewhere(path, sql)
    before = dump(path)
    refused = kin("undo", exit_code=5)
    assert named in refused.err
    assert refused == ""
    assert dump(path) == before


def test_what_another_program_took_away_already_needs_no_undo(kin: Program, path: Path) -> None:
    kin("add", "Ada", "Lovelace")
    before = content(path)
    kin("log", "ada", "lunch")
    elsewhere(path, "DELETE FROM conversation")
    kin("undo")
    assert content(path) == before
    kin("redo")
    assert json.loads(kin("list", "--json"))[0]["last_on"] == "2026-05-20"


def test_undo_refuses_when_a_newer_row_of_another_program_would_go_too(
    kin: Program, path: Path
) -> None:
    kin("add", "Ada", "Lovelace")
    elsewhere(
        path, "INSERT INTO note (id, person_id, day, text) VALUES (900, 1, '2026-05-20', 'x')"
    )
    before = dump(path)
    assert "note (#900)" in kin("undo", exit_code=5).err
    assert dump(path) == before


def test_undo_goes_on_when_another_program_changed_another_row(kin: Program, path: Path) -> None:
    kin("add", "Ada", "Lovelace")
    kin("note", "ada", "horses")
    elsewhere(path, "UPDATE person SET city = 'Rome'")
    kin("undo")
    (ada,) = json.loads(kin("list", "--json"))
    assert ada["city"] == "Rome"


def test_undo_of_several_refuses_all_when_one_of_them_cannot_be(kin: Program, path: Path) -> None:
    kin("add", "Ada", "Lovelace")
    kin("note", "ada", "horses")
    elsewhere(path, "UPDATE note SET text = 'cows'")
    kin("log", "ada", "lunch")
    before = dump(path)
    assert "note (#1)" in kin("undo", "3", exit_code=5).err
    assert dump(path) == before
    kin("undo")
    kin("undo", exit_code=5)


def test_nothing_is_written_about_somebody_removed_in_between(kin: Program, path: Path) -> None:
    kin("add", "Ada", "Lovelace")
    db = store.open_file(str(path))
    ada = people.by_id(db, 1)
    assert ada
    kin("rm", "ada", "-y")
    before = dump(path)
    for write in (
        lambda: contact.note(db, [ada], "horses", today=TODAY),
        lambda: contact.log(db, [ada], contact.Talk(TODAY), today=TODAY),
        lambda: editing.edit(db, ada, Edit((("city", "Rome"),))),
    ):
        with pytest.raises(Refused):
            write()
    db.close()
    assert dump(path) == before


def test_nobody_removed_in_between_is_named_in_a_change(path: Path) -> None:
    store.create(str(path))
    db = store.open_file(str(path))
    ada = meeting.add(db, Arrival("Ada", "known"), today=TODAY).person
    elsewhere(path, "DELETE FROM person WHERE id = 1")
    before = dump(path)
    for write in (
        lambda: meeting.add(db, Arrival("Bo", "known", by=ada.id), today=TODAY),
        lambda: meeting.add(db, Arrival("Bo", "known", knows=(ada.id,)), today=TODAY),
        lambda: editing.remove(db, [ada]),
    ):
        with pytest.raises(Refused, match="removed just now by another program"):
            write()
    db.close()
    assert dump(path) == before


def test_redo_refuses_what_another_program_changed(kin: Program, path: Path) -> None:
    kin("add", "Ada", "Lovelace")
    kin("edit", "ada", "--city", "London")
    kin("undo")
    elsewhere(path, "UPDATE person SET city = 'Rome'")
    before = dump(path)
    assert "changed Ada Lovelace." in kin("redo", exit_code=5).err
    assert dump(path) == before


@pytest.mark.usefixtures("full")
def test_whoever_was_removed_comes_back_whole(kin: Program, path: Path) -> None:
    before, shown = content(path), kin("show", "ada", "--json")
    kin("rm", "ada", "-y")
    assert "Lovelace" not in content(path)
    kin("undo")
    assert content(path) == before
    assert kin("show", "ada", "--json") == shown
    kin("rm", "charles", "-y")
    kin("undo")
    assert content(path) == before


@pytest.mark.usefixtures("full")
def test_the_search_finds_whoever_came_back(kin: Program) -> None:
    kin("rm", "ada", "-y")
    kin("note", "ada", "x", exit_code=3)
    kin("undo")
    kin("note", "lovelace", "x")


def test_you_are_in_the_search_from_the_beginning(kin: Program, path: Path) -> None:
    kin("add", "Ada", "Lovelace", "--org", "Engines")
    kin("undo")
    kin("edit", "me", "--org", "Bombe Ltd")
    for table in ("person_search", "entry_search"):
        elsewhere(path, f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")


@pytest.mark.usefixtures("full")
def test_undoing_all_of_it_leaves_an_empty_file_and_redoing_brings_all_back(
    kin: Program, path: Path, empty: str
) -> None:
    kin("rm", "charles", "-y")
    kin("done", "ada", "--no-log", today="2026-07-02")
    everything = content(path)
    steps = str(len(json.loads(kin("undo", "--list", "--json"))))
    kin("undo", steps)
    assert content(path) == empty
    assert "nothing to take back" in kin("undo")
    assert f"kinship redo {steps}" in kin("redo", "99", exit_code=2).err
    kin("redo", steps)
    assert content(path) == everything
    assert "nothing to make again" in kin("redo")


@pytest.mark.usefixtures("full")
def test_several_steps_at_once_are_the_same_as_one_after_another(kin: Program, path: Path) -> None:
    for _ in range(3):
        kin("undo")
    one_by_one = content(path)
    kin("redo", "3")
    kin("undo", "3")
    assert content(path) == one_by_one


@pytest.mark.usefixtures("full")
def test_several_entries_are_removed_as_one_step(kin: Program, path: Path) -> None:
    before = content(path)
    kin("rm", "#1", "#2", "#1")
    kin("undo")
    assert content(path) == before


def test_more_than_there_is_is_not_taken_back(kin: Program, path: Path) -> None:
    kin("add", "Ada")
    kin("note", "ada", "tea")
    refused = kin("undo", "3", exit_code=2)
    assert "only 2 changes can be taken back. Nothing was taken back." in refused.err
    assert "kinship undo 2" in refused.err
    assert "tea" in kin("show", "ada")


def test_redo_is_gone_after_something_new(kin: Program, path: Path) -> None:
    kin("add", "Ada", "Lovelace")
    kin("note", "ada", "horses")
    kin("undo")
    kin("note", "ada", "cows")
    before = content(path)
    assert "nothing to make again" in kin("redo")
    assert content(path) == before
    kin("undo")
    assert "note ada" in kin("undo", "--list")
    kin("redo")
    assert content(path) == before


def test_a_command_that_is_refused_leaves_redo_where_it_was(kin: Program, path: Path) -> None:
    kin("add", "Ada", "Lovelace", "li:ada")
    kin("add", "Bo", "Cy")
    kin("note", "ada", "horses")
    before = content(path)
    kin("undo")
    kin("note", "zebra", "x", exit_code=3)
    kin("connect", "bo", "li:ada", exit_code=5)
    kin("redo")
    assert content(path) == before


def test_numbers_are_never_given_twice(kin: Program) -> None:
    kin("add", "Ada", "Lovelace")
    first = json.loads(kin("remind", "ada", "2d", "call", "--json"))["numbers"]
    kin("undo")
    second = json.loads(kin("remind", "ada", "2d", "call", "--json"))["numbers"]
    assert (first, second) == ([1], [2])
    kin("undo", "2")
    kin("add", "Bo", "Cy")
    (bo,) = json.loads(kin("list", "--json"))
    assert bo["id"] == 2
    kin("rm", "bo", "-y")
    kin("add", "Cyd", "Dee")
    assert [p["id"] for p in json.loads(kin("list", "--json"))] == [3]


# Texts

_HARD = [
    "it's \"quoted\" \\ and 'again'",
    "one\ntwo\r\nthree\ttab",
    "👩‍👩‍👧 family, 🇬🇧 flag, é, עברית",
    '{"json": [1, 2.50, null]}',
    "1e400",
    "007",
    "$.text",
    "\x01\x1f\x7f\u2028\ufeff",
    "x" * 100_000,
    "\u00e9\U0001f600" * 50_000,
]


def _through_undo(text: str) -> None:
    db = store.in_memory()
    ada = meeting.add(db, Arrival("Ada", "known"), today=TODAY).person
    contact.note(db, [ada], text, today=TODAY)
    (note,) = entries.notes(db, [ada.id])[ada.id]
    assert note.text.encode() == text.encode()
    editing.remove(db, [ada])
    safety.undo(db)
    assert entries.notes(db, [ada.id]) == {ada.id: [note]}
    safety.undo(db)
    assert entries.notes(db, [ada.id]) == {}
    safety.redo(db)
    assert entries.notes(db, [ada.id]) == {ada.id: [Note(note.id, ada.id, "2026-05-20", text)]}
    db.close()


@pytest.mark.parametrize("text", _HARD, ids=range(len(_HARD)))
def test_a_text_comes_back_byte_for_byte(text: str) -> None:
    _through_undo(text)


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1))
def test_any_text_comes_back_byte_for_byte(text: str) -> None:
    _through_undo(text)


def test_a_row_that_went_and_came_back_the_same_is_no_newer_change() -> None:
    db = store.in_memory()
    ada = meeting.add(db, Arrival("Ada", "known"), today=TODAY).person
    editing.edit(db, ada, Edit(columns=(("city", "Rome"),)))
    editing.edit(db, ada, Edit(columns=(("city", None),)))
    assert [step.label for step in safety.undo(db, 3)] == ["edit ada", "edit ada", "add Ada"]
    assert people.by_id(db, ada.id) is None
    with pytest.raises(Refused), db.change("add Bo") as tx:
        raise Refused("stopped")
    assert tx.id
    assert len(safety.redo(db, 3)) == 3
    db.close()


def test_nothing_newer_is_overwritten_by_undo_or_redo(kin: Program, path: Path) -> None:
    def meanwhile(city: str) -> None:
        with sqlite3.connect(path) as conn:
            conn.execute("UPDATE person SET city = ? WHERE id = 1", (city,))

    kin("add", "Ada")
    kin("edit", "ada", "--city", "Rome")
    meanwhile("Oslo")
    refused = kin("undo", exit_code=5).err
    assert "something newer changed Ada. Nothing was taken back." in refused
    meanwhile("Rome")
    kin("undo")
    meanwhile("Oslo")
    assert "Nothing was made again." in kin("redo", exit_code=5).err
