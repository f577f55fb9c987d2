"""JSON Lines hold everything, and bring everything back."""

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conftest import Program
from kinship.errors import BadInput, Refused
from kinship.formats import kinship_lines
from kinship.model import saved
from kinship.model.card import Skipped
from kinship.services import practice, restoring, safety, saving
from kinship.services.importing import Plan
from kinship.store import db as store
from kinship.store import favours, introductions, people, rallies, tables, ties
from kinship.store.db import Change, Db

TODAY = date(2026, 5, 20)
_NEVER_SAID = {
    ("topic", "side"),
    ("follow_up", "state"),
    ("conversation", "direction"),
    ("note", "day"),
}


def text_of(db: Db, people: list[int] | None = None) -> bytes:
    return "".join(map(kinship_lines.written, saving.lines(db, people))).encode()


def everything(db: Db) -> dict[str, Any]:
    """All that a file holds, numbers included."""
    held: dict[str, Any] = {
        table: db.tuples(f'SELECT * FROM "{table}" ORDER BY id') for table in tables.JOURNALED
    }
    held["pulse"] = db.tuples("SELECT * FROM pulse ORDER BY person_id")
    held["waiting"] = db.tuples("SELECT * FROM waiting ORDER BY person_id, kind")
    return {**held, "last": tables.last_given(db)}


@pytest.fixture
def another(tmp_path: Path) -> Iterator[Callable[[], Db]]:
    """New, empty files."""
    opened: list[Db] = []

    def new() -> Db:
        path = str(tmp_path / f"another-{len(opened)}.db")
        store.create(path)
        opened.append(store.open_file(path))
        return opened[-1]

    yield new
    for db in opened:
        db.close()


def restore(db: Db, data: bytes) -> Plan:
    plan = restoring.plan(db, "people.jsonl", data)
    if plan.writes:
        restoring.carry_out(db, plan, TODAY)
    return plan


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Db]:
    """The practice file, with something in every table and every column besides."""
    path = str(tmp_path / "full.db")
    practice.ensure(path, TODAY)
    with sqlite3.connect(path) as conn:
        conn.executescript(
            """
            PRAGMA foreign_keys = ON;
            DELETE FROM tie; DELETE FROM favour; DELETE FROM introduction; DELETE FROM rally;
            UPDATE person SET name = 'Kim', name_key = 'kim', city = 'Oslo' WHERE id = 0;
            INSERT INTO topic VALUES (900, 0, 'seeks', 'a flat', 'a flat');
            INSERT INTO circle VALUES (9, 'Kind of close', 'kind of close', '5w');
            DELETE FROM circle WHERE name = 'outer';
            INSERT INTO community VALUES (7, 'PyLadies', 'pyladies', 'slack', 'https://x.example');
            INSERT INTO event VALUES (8, 'PyCon', 'pycon', '2026-05-18', '2026-05-21', 'Oslo',
              'https://pycon.example', 1, 7);
            INSERT INTO stay VALUES (3, 8, '2026-05-18', '2026-05-19', 1);
            INSERT INTO shared_cadence VALUES (1, 7, NULL, NULL, '3mo', NULL, '2026-01-02'),
              (2, NULL, 8, NULL, NULL, 9, '2026-01-02'), (4, NULL, NULL, 'chess', '1y', NULL, '2026-01-02');
            INSERT INTO setting VALUES (5, 'channels.country', 'DE');
            UPDATE person SET nick = 'Il', nick_key = 'il', address = '1 Quay
2nd floor', relation = 'cousin', cue = 'red scarf', birthday = '--02-29', since = '2019-05',
              met_online = 'mastodon', introduced_by = 30, prefer = 'signal', circle_id = 9,
              kept_on = '2026-05-01', archived_on = '2026-05-02', city = 'Lyon', role = 'pilot' WHERE id = 2;
            UPDATE person SET introduced_by = 0, every = 'off', kept_on = '2026-05-01' WHERE id = 3;
            INSERT INTO import VALUES (6, 'a.csv', 'csv', '2026-05-01', 4, 1, 2, 1);
            INSERT INTO channel (id, person_id, kind, handle, handle_key, label, state, sent_on,
              connected_on, inferred) VALUES
              (500, 2, 'phone', '030 123456', '4930123456', 'work', NULL, NULL, NULL, ''),
              (501, 2, 'linkedin', 'ilse-x', 'ilse-x', NULL, 'sent', '2026-05-03', NULL, ''),
              (502, 2, 'mastodon', 'odd', NULL, NULL, 'connected', NULL, '2024-02', 'name,state'),
              (503, 2, 'discord', NULL, NULL, NULL, NULL, NULL, NULL, '');
            INSERT INTO tag VALUES (41, 2, 'Chess', 'chess');
            UPDATE conversation SET url = 'https://a.example/b', inferred = 'day' WHERE id = 2;
            INSERT INTO note VALUES (700, 2, '2026-05-05', 'line one
=line two \u2028 \u202e \x1b[31m “quoted” \\ 😀');
            INSERT INTO follow_up (id, person_id, due_on, moved_to, text, aim, every, made_on, state,
              closed_on, inferred) VALUES (701, 2, '2026-05-05', '2026-06-01', 'call', 'hello', '3mo',
              '2026-05-01', 'done', '2026-05-04', 'text');
            UPDATE number SET last = 750;
            INSERT INTO nudge VALUES (11, 2, 'keep', '2026-06-01', '2026-05-01', 12, 1);
            INSERT INTO anniversary VALUES (12, 2, 'wedding', 'wedding', '2010-06-12');
            INSERT INTO source VALUES (13, 2, 'vcard', 'urn:x', 6, '{"name": "Ilse"}');
            INSERT INTO extra VALUES (14, 2, 'vcard', 'PHOTO', 'PHOTO:data:image/png;base64,AAAA');
            INSERT INTO column_map VALUES (15, 'abc', 'name=1');
            INSERT INTO not_same VALUES (16, 2, 5);
            INSERT INTO tie VALUES (97, 2, 5, 'school', '2019-05', '2026-05-01', 'import', 6);
            INSERT INTO favour VALUES (702, 2, 'gave', '2026-05-02', 'read the paper', 'day');
            INSERT INTO introduction (id, person_id, other_id, text, asked_on, made_on, moved_to,
              state, closed_on) VALUES
              (703, 2, 5, 'both sail', '2026-05-01', '2026-05-02', '2026-05-10', 'landed', '2026-05-11'),
              (704, 7, 2, NULL, '2026-05-03', NULL, NULL, 'asking', NULL);
            INSERT INTO rally VALUES (3, 'v', 2, 'A van', 'moving', 40000, 'EUR', 'https://van.example',
              '2026-05-01', '2026-06-01', '2026-05-19'),
              (4, 'c', NULL, 'Childcare', NULL, NULL, NULL, NULL, '2026-05-02', NULL, NULL);
            INSERT INTO helper (id, person_id, rally_id, asked_on, moved_to, answer, answered_on,
              thanked_on) VALUES
              (705, 5, 3, '2026-05-01', '2026-05-09', 'pledged', '2026-05-04', '2026-05-19'),
              (706, 0, 4, NULL, NULL, NULL, NULL, NULL);
            INSERT INTO pledge VALUES (707, 5, 3, '50 EUR for fuel', 5000, 'EUR', '2026-05-04',
              '2026-05-20', '2026-05-21', 'kept', '2026-05-19'),
              (708, 0, 4, 'Tuesdays', NULL, NULL, '2026-05-04', NULL, NULL, 'open', NULL);
            """
        )
    conn.close()
    db = store.open_file(path)
    yield db
    db.close()


def test_something_is_in_every_column_so_that_none_can_be_forgotten(full: Db) -> None:
    for table in tables.JOURNALED:
        shape = tables.shape(full, table)
        for place, column in enumerate(shape.columns):
            values = {row[place] for row in tables.rows(full, shape)}
            if (table, column) not in _NEVER_SAID:
                assert values - {shape.defaults[place]}, f"nothing in {table}.{column}"


def test_an_empty_file_becomes_the_same_file(full: Db, another: Callable[[], Db]) -> None:
    new = another()
    plan = restore(new, text_of(full))
    assert not plan.skipped
    assert not plan.conflicts
    assert everything(new) == everything(full)
    assert text_of(new) == text_of(full)
    fits = new.tuples("PRAGMA foreign_key_check")
    assert not fits


def test_the_same_file_again_changes_nothing(full: Db, another: Callable[[], Db]) -> None:
    new = another()
    restore(new, text_of(full))
    for db in (full, new):
        again = restoring.plan(db, "people.jsonl", text_of(full))
        assert not again.writes
        assert not again.conflicts
        assert again.same == 40
    nobody = another()
    assert not restoring.plan(nobody, "nobody.jsonl", text_of(nobody)).writes


def test_stays_and_imports_that_are_alike_are_two(another: Callable[[], Db]) -> None:
    db, new = another(), another()
    with db.change("twice") as tx:
        event = tx.run("INSERT INTO event (name, name_key) VALUES ('Conf', 'conf')")
        for left in (1, 0):
            tx.run(
                "INSERT INTO stay (event_id, from_on, until_on, left)"
                " VALUES (:event, '2026-05-20', '2026-05-22', :left)",
                event=event,
                left=left,
            )
            tx.run("INSERT INTO import VALUES (NULL, 'a.csv', 'csv', '2026-05-20', 1, 0, 0, 0)")
    assert restore(new, text_of(db)).others == ["1 event", "2 stays", "2 imports"]
    assert everything(new) == everything(db)
    assert not restoring.plan(new, "people.jsonl", text_of(db)).writes
    for table in ("stay", "import"):
        with new.change("one less") as tx:
            tx.run(f"DELETE FROM {table} WHERE id = 2")
    assert restore(new, text_of(db)).others == ["1 stay", "1 import"]
    assert not restoring.plan(new, "people.jsonl", text_of(db)).writes
    joined = another()
    said = restore(joined, text_of(db) + b"".join(text_of(db).splitlines(keepends=True)[1:]))
    assert [one.why for _, one in said.skipped].count("its number is on a line before it") == 4
    assert everything(joined)["stay"] == everything(db)["stay"]
    assert everything(joined)["import"] == everything(db)["import"]


def test_undo_takes_all_of_it_back(full: Db, another: Callable[[], Db]) -> None:
    new = another()
    before = everything(new)
    restore(new, text_of(full))
    safety.undo(new, 1)
    assert {k: v for k, v in everything(new).items() if k != "last"} == {
        k: v for k, v in before.items() if k != "last"
    }
    safety.redo(new, 1)
    assert everything(new) == everything(full)


def test_people_and_the_newer_ones_they_introduced_go_and_come_together(
    full: Db, another: Callable[[], Db]
) -> None:
    with full.change("introduce") as tx:
        tx.run("UPDATE person SET introduced_by = id - 1 WHERE id > 10")
        tx.run("UPDATE person SET introduced_by = 40 WHERE id = 10")
    new = another()
    restore(new, text_of(full))
    for _ in range(2):
        assert everything(new) == everything(full)
        safety.undo(new, 1)
        assert new.value("SELECT count(*) FROM person") == 1
        safety.redo(new, 1)
    assert everything(new) == everything(full)
    with new.change("check") as tx:
        for index in ("person_search", "entry_search"):
            tx.run(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")


def test_a_file_that_is_written_anew_after_it_was_planned_is_refused(
    full: Db, another: Callable[[], Db], tmp_path: Path
) -> None:
    new, file = another(), tmp_path / "people.jsonl"
    file.write_bytes(text_of(full))
    before = everything(new)
    plan = restoring.plan(new, "people.jsonl", str(file))
    file.write_bytes(text_of(full) + b"\n")
    with pytest.raises(Refused, match="changed while it was read"):
        restoring.carry_out(new, plan, TODAY)
    assert everything(new) == before
    restoring.carry_out(new, restoring.plan(new, "people.jsonl", str(file)), TODAY)
    assert everything(new) == everything(full)


def _lines(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.splitlines()]


def _data(lines: Iterable[dict[str, Any]]) -> bytes:
    return "".join(map(kinship_lines.written, lines)).encode()


def test_every_line_is_one_thing_with_its_keys_in_order(full: Db) -> None:
    data = text_of(full)
    lines = _lines(data)
    assert data.startswith(b'{"kinship": ')
    assert lines[0]["type"] == "meta"
    types = list(dict.fromkeys(line["type"] for line in lines))
    assert types == ["meta", *saved.BEFORE_PEOPLE, "me", "person", *saved.AFTER_PEOPLE]
    assert [line["id"] for line in lines if line["type"] == "person"] == list(range(1, 41))
    for line in lines:
        assert list(line) == sorted(line)
        for talks in (line.get("conversations", []), line.get("notes", [])):
            assert talks == sorted(talks, key=lambda one: (one["day"], one["id"]))
    assert set(tables.JOURNALED) == {
        *("person", *saved.BEFORE_PEOPLE, *saved.AFTER_PEOPLE, *saved.NESTED)
    }


def test_one_change_is_one_line_of_difference(full: Db) -> None:
    before = text_of(full).splitlines()
    with full.change("edit") as tx:
        tx.run("UPDATE event SET city = 'Bergen' WHERE id = 8")
    after = text_of(full).splitlines()
    assert [a for a, b in zip(after, before, strict=True) if a != b] == [
        next(line for line in after if b"Bergen" in line and b"pycon.example" in line)
    ]


def test_what_a_terminal_obeys_is_escaped_and_comes_back(full: Db) -> None:
    data = text_of(full).decode()
    assert "\u202e" not in data
    assert "\x1b" not in data
    assert "\\u202e" in data
    assert "😀" in data


# Into a file with people


def _person(uid: str, number: int, name: str, /, **more: Any) -> dict[str, Any]:
    line = {"type": "person", "uid": uid, "id": number, "name": name}
    return line | {"known": "known", "added_on": "2026-01-01"} | more


META: dict[str, Any] = {"type": "meta", "kinship": 1, "partial": True}


def test_numbers_are_kept_where_they_are_free_and_references_follow(
    another: Callable[[], Db],
) -> None:
    db = another()
    with db.change("add") as tx:
        for name in ("ada", "grace"):
            tx.run(
                "INSERT INTO person (name, name_key, known, added_on)"
                " VALUES (:n, :n, 'known', '2026-01-01')",
                n=name,
            )
        tx.run("INSERT INTO note (id, person_id, day, text) VALUES (5, 1, '2026-01-01', 'mine')")
        tx.run("UPDATE number SET last = 5")
        tx.run("INSERT INTO event (id, name, name_key) VALUES (1, 'PyCon', 'pycon')")
    lines = [
        {**META, "last": {"person": 8, "entry": 9}},
        {"type": "event", "id": 1, "name": "EuroPython"},
        {"type": "event", "id": 2, "name": "pycon"},
        _person("e" * 32, 1, "Emmy", introduced_by=8, attendance=[{"id": 1, "event_id": 1}]),
        _person("k" * 32, 8, "Karl", notes=[
            {"id": 5, "day": "2026-02-01", "text": "first"}, {"id": 9, "day": "2026-02-02", "text": "second"},
        ], attendance=[{"id": 2, "event_id": 2}], nudges=[{"id": 1, "kind": "reply", "up_to": 5}]),
        {"type": "tie", "id": 1, "person_id": 1, "other_id": 8, "noted_on": "2026-01-01"},
    ]  # fmt: skip
    plan = restore(db, _data(lines))
    assert not plan.skipped
    assert db.tuples("SELECT id, name, introduced_by FROM person WHERE id > 2") == [
        (8, "Karl", None),
        (9, "Emmy", 8),
    ]
    assert db.tuples("SELECT person_id, other_id FROM tie") == [(9, 8)]
    assert db.tuples("SELECT id, text FROM note ORDER BY id") == [
        (5, "mine"),
        (10, "first"),
        (11, "second"),
    ]
    assert db.value("SELECT up_to FROM nudge") == 10
    assert db.tuples(
        "SELECT a.person_id, e.name FROM attendance a JOIN event e ON e.id = a.event_id"
        " ORDER BY a.person_id"
    ) == [(8, "PyCon"), (9, "EuroPython")]
    assert not restoring.plan(db, "again", _data(lines)).writes


def test_what_is_here_stays_and_what_is_missing_is_added(full: Db) -> None:
    lines = _lines(text_of(full))
    line = next(one for one in lines if one.get("id") == 2 and one["type"] == "person")
    with full.change("edit") as tx:
        tx.run("UPDATE person SET city = 'Nantes', role = NULL WHERE id = 2")
        tx.run("DELETE FROM tag WHERE person_id = 2")
        tx.run("UPDATE note SET text = 'mended' WHERE id = 700")
        tx.run("UPDATE channel SET state = 'known', sent_on = NULL WHERE id = 501")
        tx.run("DELETE FROM follow_up WHERE id = 701")
    plan = restore(full, _data(lines))
    assert [gain.person_id for gain in plan.gains] == [2]
    assert list(plan.gains[0].fields) == ["role", "LinkedIn sent", "a follow-up", "a tag"]
    assert [(c.field, c.here) for c in plan.conflicts] == [("city", "Nantes"), ("#700", "mended")]
    assert full.tuples("SELECT city, role FROM person WHERE id = 2") == [("Nantes", "pilot")]
    assert full.value("SELECT id FROM follow_up WHERE person_id = 2 AND text = 'call'") == 701
    assert full.value("SELECT name FROM tag WHERE person_id = 2") == "Chess"
    assert line["city"] == "Lyon"
    again = restoring.plan(full, "again", _data(lines))
    assert not again.writes
    assert len(again.conflicts) == 2


def test_of_somebody_elses_file_the_people_come_and_not_what_is_theirs(
    full: Db, another: Callable[[], Db]
) -> None:
    mine = another()
    with mine.change("add") as tx:
        tx.run(
            "INSERT INTO person (name, name_key, known, added_on)"
            " VALUES ('Ada', 'ada', 'known', '2026-01-01')"
        )
    restore(mine, text_of(full))
    assert mine.value("SELECT count(*) FROM person") == 42
    assert mine.value("SELECT name FROM person WHERE id = 0") == "me"
    for table in ("setting", "stay", "shared_cadence", "column_map"):
        assert mine.value(f"SELECT count(*) FROM {table}") == 0
    assert mine.value("SELECT id FROM person WHERE name = 'Ada'") == 1


def test_some_people_come_with_what_they_refer_to(full: Db, another: Callable[[], Db]) -> None:
    lines = _lines(text_of(full, [2]))
    assert lines[0]["partial"] is True
    assert [line["name"] for line in lines if line["type"] == "event"] == ["Harbour Conf"]
    assert [line["type"] for line in lines if line["type"] in ("me", "setting", "stay")] == []
    person = next(line for line in lines if line["type"] == "person")
    outside = full.tuples("SELECT uid, name FROM person WHERE id IN (5, 7, 30) ORDER BY id")
    assert person["introduced_by"] == {"uid": outside[2][0], "name": outside[2][1]}
    assert [line["type"] for line in lines if line["type"] in ("rally", "helper", "pledge")] == []
    assert [line["name"] for line in lines if line["type"] == "import"] == ["a.csv"]
    tie = next(line for line in lines if line["type"] == "tie")
    assert tie["other_id"] == {"uid": outside[0][0], "name": outside[0][1]}
    new = another()
    plan = restore(new, _data(lines))
    assert not plan.skipped
    assert [text for _, _, text in plan.remarks] == [
        f'"{outside[0][1]}" is not here',
        f'"{outside[0][1]}" is not here',
        f'"{outside[0][1]}" is not here',
        f'"{outside[1][1]}" is not here',
        f'"{outside[2][1]}", who introduced them, is not here',
    ]
    assert new.tuples("SELECT id, name FROM person WHERE id > 0") == [(2, "Bram de Wilde")]
    assert not restoring.plan(full, "own", _data(lines)).writes


MINE: dict[str, Any] = {"type": "meta", "kinship": 1, "partial": False}


def _with_ada_and_grace(db: Db) -> dict[str, Any]:
    """Two people are here with their notes; the first line of a file that is yours."""
    with db.change("add") as tx:
        for uid, name in (("a" * 32, "Ada"), ("b" * 32, "Grace")):
            tx.run(
                "INSERT INTO person (uid, name, name_key, known, added_on)"
                " VALUES (:uid, :n, lower(:n), 'known', '2026-01-01')",
                uid=uid,
                n=name,
            )
        tx.run("INSERT INTO note (id, person_id, day, text) VALUES (5, 1, '2026-01-01', 'mine')")
        tx.run("UPDATE number SET last = 5")
        tx.run(
            "INSERT INTO rally (id, person_id, text, began_on) VALUES (1, 0, 'Chairs', '2026-04-01')"
        )
    return {**MINE, "me": db.value("SELECT uid FROM person WHERE id = 0"), "last": {"entry": 12}}


def _call(meta: dict[str, Any], /, **more: Any) -> list[dict[str, Any]]:
    """A file with a call for help, an introduction, favours and everything that belongs to them."""
    me = {"type": "me", "uid": meta["me"], "id": 0, "name": "me", "known": "known"}
    return [
        meta,
        {**me, "added_on": "0001-01-01"},
        _person("b" * 32, 7, "Grace", favours=[
            {"id": 3, "day": "2026-03-01", "way": "got", "text": "a compiler"},
        ]),
        _person("a" * 32, 8, "Ada"),
        _person("c" * 32, 9, "Emmy"),
        {"type": "tie", "id": 1, "person_id": 7, "other_id": 8, "noted_on": "2026-01-01",
         "how": "navy", "since": "1944"},
        {"type": "introduction", "id": 5, "person_id": 9, "other_id": 7, "state": "made",
         "made_on": "2026-04-01", "text": "rings"} | more,
        {"type": "rally", "id": 1, "uid": "v", "person_id": 8, "text": "A van",
         "began_on": "2026-05-01"},
        {"type": "helper", "id": 6, "rally_id": 1, "person_id": 7, "asked_on": "2026-05-02"},
        {"type": "helper", "id": 8, "rally_id": 1, "person_id": 0},
        {"type": "pledge", "id": 12, "rally_id": 1, "person_id": 0, "text": "fuel",
         "pledged_on": "2026-05-03", "amount": 5000, "currency": "EUR"},
        {"type": "pledge", "id": 11, "rally_id": 1, "person_id": 0, "text": "fuel",
         "pledged_on": "2026-05-03"},
    ]  # fmt: skip


def test_calls_for_help_come_with_all_who_helped_and_numbers_make_room(
    another: Callable[[], Db],
) -> None:
    db = another()
    before = text_of(db)
    meta = _with_ada_and_grace(db)
    kept = everything(db)
    plan = restore(db, _data(_call(meta)))
    assert not plan.skipped
    assert plan.others == ["1 introduction", "1 rally", "2 helpers", "2 pledges", "1 tie"]
    assert db.tuples("SELECT id, person_id, text FROM rally") == [(1, 0, "Chairs"), (2, 1, "A van")]
    assert db.tuples("SELECT id, person_id, text FROM favour") == [(3, 2, "a compiler")]
    assert db.tuples("SELECT id, person_id, other_id FROM introduction") == [(13, 9, 2)]
    assert db.tuples("SELECT id, rally_id, person_id, on_day FROM helper") == [
        (6, 2, 2, "2026-05-05"),
        (8, 2, 0, None),
    ]
    assert db.tuples("SELECT id, rally_id, amount FROM pledge") == [(11, 2, None), (12, 2, 5000)]
    assert db.value("SELECT last FROM number") == 13
    again = restoring.plan(db, "again", _data(_call(meta)))
    assert (again.writes, again.remarks) == (False, [])
    after = everything(db)
    safety.undo(db, 1)
    assert {k: v for k, v in everything(db).items() if k != "last"} == {
        k: v for k, v in kept.items() if k != "last"
    }
    safety.redo(db, 1)
    assert everything(db) == after
    assert before != text_of(db)


def test_two_rallies_of_one_text_and_day_are_two(another: Callable[[], Db]) -> None:
    """Two files of one person: the later one began a rally of its own on the same day."""
    db, other = another(), another()
    meta = _with_ada_and_grace(db)
    restore(other, text_of(db))
    for one, helper in ((db, 1), (other, 2)):
        with one.change("later") as tx:
            for _ in range(2):
                made = rallies.start(tx, text="Soup", person_id=0, began_on="2026-05-01")
            rallies.put_helper(tx, made, helper, asked_on="2026-05-02")
    with db.change("edit") as tx:
        rallies.update(tx, 1, text="Ten chairs")
    assert other.value("SELECT uid FROM person WHERE id = 0") == meta["me"]
    plan = restore(db, text_of(other))
    assert [text for _, _, text in plan.remarks] == [
        "Ten chairs: text is Ten chairs here, not Chairs"
    ]
    assert [text for (text,) in db.tuples("SELECT text FROM rally")] == [
        "Ten chairs",
        *["Soup"] * 4,
    ]
    assert db.tuples("SELECT rally_id, person_id FROM helper ORDER BY 1, 2") == [(3, 1), (5, 2)]
    assert not restoring.plan(db, "again", text_of(other)).writes


def test_a_rally_is_on_one_line_and_has_a_uid(another: Callable[[], Db]) -> None:
    db = another()
    lines = _call(_with_ada_and_grace(db))
    lines[8:] = [{**lines[7], "id": 2}, {**lines[7], "id": 3, "uid": None}]
    plan = restore(db, _data(lines))
    assert sorted(skipped.why for _, skipped in plan.skipped) == [
        "it has no uid",
        "the same uid is on a line before it",
    ]
    assert db.tuples("SELECT text FROM rally") == [("Chairs",), ("A van",)]


def test_where_an_introduction_or_a_pledge_stands_here_stays_and_is_told(
    another: Callable[[], Db],
) -> None:
    db = another()
    meta = _with_ada_and_grace(db)
    restore(db, _data(_call(meta)))
    lines = _call(meta, made_on="2026-04-02", text="rings and fields")
    with db.change("later") as tx:
        tx.run("UPDATE introduction SET state = 'landed', closed_on = '2026-05-01', text = NULL")
        tx.run("UPDATE tie SET how = NULL")
    lines[6] |= {"id": 13, "made_on": "2026-04-01"}
    lines[7] |= {"person_id": 7, "goal": 90000, "currency": "EUR"}
    lines[8] |= {"answer": "cannot", "answered_on": "2026-05-06"}
    lines[10] |= {"state": "kept", "closed_on": "2026-05-07", "due_on": "2026-06-01"}
    lines[11] |= {"amount": 100, "currency": "EUR"}
    plan = restore(db, _data(lines))
    assert [text for _, _, text in plan.remarks] == [
        "introduction #13: state is landed here, not made",
        "A van: it is for 1 here, not 2",
        "pledge #12: state is open here, not kept",
    ]
    assert db.tuples("SELECT state, closed_on, text FROM introduction") == [
        ("landed", "2026-05-01", "rings and fields")
    ]
    assert db.tuples("SELECT goal, currency, person_id FROM rally WHERE id = 2") == [
        (90000, "EUR", 1)
    ]
    assert db.tuples("SELECT answer, answered_on FROM helper WHERE id = 6") == [
        ("cannot", "2026-05-06")
    ]
    assert db.tuples("SELECT id, state, due_on, amount FROM pledge") == [
        (11, "open", None, 100),
        (12, "open", "2026-06-01", 5000),
    ]
    assert db.tuples("SELECT how, since FROM tie") == [("navy", "1944")]
    assert len(restoring.plan(db, "again", _data(lines)).remarks) == 3


def test_nobody_is_made_up_for_a_call_for_help(another: Callable[[], Db]) -> None:
    db = another()
    meta = _with_ada_and_grace(db)
    lines = _call(meta)
    nobody = {"uid": "z" * 32, "name": "Zoë"}
    lines[6]["other_id"] = 99
    lines[7]["person_id"] = nobody
    lines[8]["person_id"] = nobody
    lines[9] |= {"id": 12}
    lines[11] |= {"rally_id": 3}
    plan = restore(db, _data(lines))
    assert [text for _, _, text in plan.remarks] == [
        "somebody on no line is not here",
        '"Zoë" is not here',
        '"Zoë" is not here',
    ]
    assert [skipped.why for _, skipped in plan.skipped] == [
        "#12 is there twice",
        "rally 3 is on no line before it",
    ]
    assert db.tuples("SELECT person_id, text FROM rally WHERE id = 2") == [(None, "A van")]
    assert db.tuples("SELECT person_id FROM helper") == [(0,)]


_DAYS = st.none() | st.sampled_from(["2026-04-01", "2026-05-20"])
_WHO = st.integers(1, 4)
_LINES = st.lists(
    st.one_of(
        st.tuples(st.just("tie"), _WHO, _WHO, _DAYS),
        st.tuples(st.just("introduction"), _WHO, _WHO, _DAYS),
        st.tuples(st.just("favour"), _WHO, st.sampled_from(["gave", "got"]), st.text("xy")),
        st.tuples(st.just("rally"), st.none() | st.integers(0, 4), st.text("xy"), _DAYS),
        st.tuples(st.just("helper"), st.integers(0, 4), st.integers(1, 3), _DAYS),
        st.tuples(st.just("pledge"), st.integers(0, 4), st.integers(1, 3), st.text("xy")),
    ),
    max_size=12,
)


def _keep(tx: Change, kind: str, one: Any, other: Any, more: Any) -> None:
    rally = rallies.by_number(tx, other) if kind in ("helper", "pledge") else None
    match kind:
        case "tie" if one != other:
            ties.add(tx, one, other, "2026-01-01", since=more)
        case "introduction" if one != other:
            day = more or "2026-03-01"
            introductions.add(tx, one, other, state="asking", asked_on=day, text=more)
        case "favour":
            favours.add(tx, one, other, "2026-02-01", more)
        case "rally":
            rallies.start(tx, text=other, person_id=one, began_on=more or "2026-03-01")
        case "helper" if rally:
            rallies.put_helper(tx, other, one, asked_on=more, answer=more and "pledged")
        case "pledge" if rally:
            rallies.add_pledge(tx, other, one, text=more, pledged_on="2026-05-01")


@settings(max_examples=30)
@given(_LINES, st.booleans())
def test_any_ties_favours_and_rallies_come_back_the_same_and_only_once(
    things: list[tuple[str, Any, Any, Any]], others: bool
) -> None:
    one, new = store.in_memory(), store.in_memory()
    with one.change("keep") as tx:
        for name in ("Ada", "Grace", "Emmy", "Mary"):
            people.add(tx, name=name, name_key=name, known="known", added_on="2026-01-01")
        for thing in things:
            _keep(tx, *thing)
    data = text_of(one)
    if others:
        me = str(one.value("SELECT uid FROM person WHERE id = 0"))
        with new.change("others") as tx:
            tx.run("UPDATE person SET uid = :uid WHERE id = 0", uid=me)
            zoe = people.add(tx, name="Zoe", name_key="zoe", known="known", added_on="2026-01-01")
            favours.add(tx, zoe, "gave", "2026-01-01", "a lift")
            rallies.start(tx, text="zzz", began_on="2026-01-01", person_id=zoe)
    plan = restore(new, data)
    assert (plan.skipped, plan.conflicts, plan.remarks) == ([], [], [])
    if others:
        for table in ("tie", "introduction", "favour", "rally", "helper", "pledge"):
            extra = table in ("favour", "rally")
            count = f"SELECT count(*) FROM {table}"
            assert new.value(count) == int(one.value(count)) + extra, table
    else:
        assert everything(new) == everything(one)
    assert not restoring.plan(new, "again", data).writes
    one.close()
    new.close()


def test_a_file_that_changed_since_it_was_planned_is_left_alone(
    full: Db, another: Callable[[], Db]
) -> None:
    new = another()
    plan = restoring.plan(new, "people.jsonl", text_of(full))
    with new.change("add") as tx:
        tx.run("INSERT INTO circle (name, name_key, every) VALUES ('x', 'x', '1w')")
    with pytest.raises(Refused, match="changed since"):
        restoring.carry_out(new, plan, TODAY)


def test_what_was_said_first_is_told_when_the_circle_or_event_is_another(full: Db) -> None:
    lines = _lines(text_of(full))
    for line in lines:
        if line["type"] == "event" and line["name"] == "PyCon":
            line["city"] = "Berlin"
    plan = restoring.plan(full, "people.jsonl", _data(lines))
    assert [text for _, _, text in plan.remarks] == ["PyCon: city is Oslo here, not Berlin"]
    assert not plan.writes


# Bad lines

_BOMBS = [
    ("[" * 100_000, "nested too deep"),
    ('{"type": "person", "id": ' + "9" * 5000 + "}", "a number that is too large"),
    ('{"type": "person", "id": NaN}', "no number that kinship knows"),
    ('{"type": "person", "id": 1e999}', "no number that kinship knows"),
    ('{"type": "person", "name": "\\ud800"}', "half a character"),
    ('{"type": "person", "type": "person"}', '"type" twice'),
    ('{"type": "person", "id": 5', "not JSON"),
    ("[1, 2]", "no type"),
    ('{"type": "parade", "id": 5}', 'no lines of type "parade"'),
    ('{"type": "person", "name": "Ada"}', "no uid"),
]


@pytest.mark.parametrize(("text", "why"), _BOMBS)
def test_a_bad_line_costs_that_line_only(another: Callable[[], Db], text: str, why: str) -> None:
    good = _person("a" * 32, 1, "Ada"), _person("b" * 32, 2, "Grace")
    data = _data([META, good[0]]) + text.encode() + b"\n" + _data([good[1]])
    plan = restore(another(), data)
    assert [name for _, name in plan.new] == ["Ada", "Grace"]
    [(_, skipped)] = plan.skipped
    assert skipped.row == 3
    assert why in skipped.why
    assert skipped.text == text


_UNFIT: list[tuple[dict[str, Any], str]] = [
    ({"birthday": "2026-02-30"}, "its birthday is no day"),
    ({"birthday": "--02-30"}, "its birthday is no day"),
    ({"since": "2026-13"}, "its since is no day"),
    ({"every": "5 times"}, "its every is no cadence"),
    ({"every": "9" * 10 + "w"}, "its every is no cadence"),
    ({"name": None}, "the name of its person cannot be so"),
    ({"name": "x" * 201}, "the name of its person cannot be so"),
    ({"nmae": "x"}, 'kinship knows no "nmae" of a person'),
    ({"circle_id": 77}, "circle 77 is on no line before it"),
    ({"id": 1 << 40}, "its id is too large a number"),
    ({"org": 5}, "its org is not written as it should be"),
    ({"org": ["x"]}, "its org is not written as it should be"),
    ({"org": "a\0b"}, "its org is not written as it should be"),
    ({"notes": {}}, "its notes are no list"),
    ({"notes": [5]}, "its notes are not written as objects"),
    ({"notes": [{"text": "x", "day": "soon"}]}, "its day is no day"),
    ({"notes": [{"text": "x", "day": "2026-01-01", "person_id": 2}]}, "belong to somebody else"),
    ({"tags": [{"name": "x"}, {"name": "X"}]}, "the same tag is there twice"),
    ({"conversations": [{"id": 1, "day": "2026", "direction": "up"}]}, "direction of its"),
    ({"attendance": [{"event_id": 3}]}, "event 3 is on no line before it"),
]


@pytest.mark.parametrize(("more", "why"), _UNFIT)
def test_what_cannot_be_is_said_and_left_out(
    another: Callable[[], Db], more: dict[str, Any], why: str
) -> None:
    lines = [META, _person("a" * 32, 1, "Ada", **more), _person("b" * 32, 2, "Grace")]
    plan = restore(another(), _data(lines))
    assert [name for _, name in plan.new] == ["Grace"]
    [(_, skipped)] = plan.skipped
    assert why in skipped.why


def test_what_is_there_twice_counts_once(another: Callable[[], Db]) -> None:
    note = {"id": 1, "day": "2026-01-01", "text": "x"}
    lines = [
        META,
        _person("a" * 32, 1, "Ada", notes=[note]),
        _person("a" * 32, 2, "Ada again"),
        _person("b" * 32, 1, "Grace"),
        _person("c" * 32, 3, "Emmy", notes=[note]),
    ]
    plan = restore(another(), _data(lines))
    assert [skipped.why for _, skipped in plan.skipped] == [
        "the same uid is on a line before it",
        "its number is on a line before it",
        "#1 is there twice",
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"name,first\n",
        b'{"kinship": "new", "type": "meta"}\n',
        b'{"kinship": 1, "type": "person"}\n',
        b'{"kinship": ' + b"[" * 50_000,
    ],
)
def test_another_file_is_refused(another: Callable[[], Db], data: bytes) -> None:
    with pytest.raises(BadInput):
        restoring.plan(another(), "people.jsonl", data)


def test_a_file_of_a_newer_kinship_is_refused(another: Callable[[], Db]) -> None:
    data = _data([{**META, "kinship": saved.VERSION + 1}])
    with pytest.raises(BadInput, match="written by a newer kinship"):
        restoring.plan(another(), "people.jsonl", data)


# Anything at all

_EMPTY = store.in_memory()
_SMALL = _data(
    [
        META,
        {"type": "event", "id": 1, "name": "PyCon", "online": True},
        _person(
            *("a" * 32, 1, "Ada"),
            notes=[{"id": 3, "day": "2026-01-01", "text": "x"}],
            channels=[{"id": 1, "kind": "email", "handle": "a@b.example"}],
            attendance=[{"id": 1, "event_id": 1}],
            introduced_by={"uid": "z", "name": "Zoë"},
        ),
    ]
)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
_KEYS = sorted({key for line in _lines(_SMALL) for key in line} | {"tags", "nudges", "sources"})


@given(st.integers(0, len(_SMALL)), st.integers(0, 20), st.binary(max_size=20))
def test_bytes_that_are_not_right_are_refused_or_skipped(at: int, gone: int, put: bytes) -> None:
    data = _SMALL[:at] + put + _SMALL[at + gone :]
    try:
        restoring.plan(_EMPTY, "people.jsonl", data)
    except BadInput:
        pass


@given(st.dictionaries(st.sampled_from(_KEYS), _VALUES, max_size=3))
@example({"added_on": ""})
def test_values_that_are_not_right_are_skipped(more: dict[str, Any]) -> None:
    lines = _lines(_SMALL)
    lines[2] |= {key: value for key, value in more.items() if key != "type"}
    plan = restoring.plan(_EMPTY, "people.jsonl", json.dumps(lines[0]).encode() + b"\n"
        + "\n".join(map(json.dumps, lines[1:])).encode())  # fmt: skip
    assert len(plan.new) + len(plan.skipped) == 1


_TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)


@given(_TEXT)
def test_any_text_comes_back_as_it_was(text: str) -> None:
    line = kinship_lines.written({**META, "me": text}).encode()
    [read] = kinship_lines.read(line)
    assert isinstance(read, kinship_lines.Read)
    assert read.line["me"] == text


def _compact(data: bytes) -> bytes:
    lines = (json.dumps(json.loads(line), separators=(",", ":")) for line in data.splitlines())
    return "\n".join(lines).encode()


@pytest.mark.parametrize(
    "anew",
    [
        _compact,
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: b"\r\n\n" + data.replace(b"\n", b"\r\n"),
        lambda data: data.decode().replace("\n", "\r\n").encode("utf-16"),
        lambda data: "\ufeff".encode("utf-16-be") + _compact(data).decode().encode("utf-16-be"),
    ],
)
def test_lines_that_another_program_wrote_anew_are_the_same(
    kin: Program, tmp_path: Path, anew: Callable[[bytes], bytes]
) -> None:
    kin("add", "Zoë Brandt", "email:zoe@a.example", "//", "engines")
    file = tmp_path / "people.jsonl"
    kin("export", "-o", str(file))
    data = file.read_bytes()
    file.write_bytes(anew(data))
    kin("import", str(file), "--db", str(tmp_path / "new.db"), "-y")
    assert kin("export", "--format", "jsonl", "--db", str(tmp_path / "new.db")) == data.decode()
    assert [one.line for one in kinship_lines.read(anew(data)) if not isinstance(one, Skipped)] == [
        one.line for one in kinship_lines.read(data) if not isinstance(one, Skipped)
    ]


def test_the_command_brings_everything_back(kin: Program, tmp_path: Path) -> None:
    kin("add", "Ada Lovelace", "email:ada@a.example", "//", "engines")
    kin("log", "ada", "long call")
    file = str(tmp_path / "people.jsonl")
    kin("export", "-o", file)
    kin("rm", "ada", "-y")
    kin("import", file, "-y")
    assert "long call" in kin("show", "ada", "--all")
    assert kin("list", "--format", "{id}") == "1\n"


def test_the_page_about_the_lines_names_every_type_and_key(full: Db) -> None:
    page = (Path(__file__).parents[2] / "docs" / "jsonl.md").read_text()
    by_name = {
        row.split("`")[1]: set(re.findall(r"`(\w+)`", row.split("|")[-2]))
        for row in page.splitlines()
        if row.startswith("| `")
    }
    person = page.partition("## A person")[2].partition("and these lists")[0]
    by_name["person"] = set(re.findall(r"`(\w+)`", person))
    keys = {saved.NESTED.get(table, table): table for table in tables.JOURNALED}
    assert set(by_name) == {*keys, "meta", "me"}
    follows = {*saved.FOLDED, saved.HANDLE_KEY}
    for key, table in keys.items():
        columns = set(tables.shape(full, table).columns) - follows
        if table in saved.NESTED:
            columns.discard("person_id")
        assert by_name[key] == columns, key
    assert by_name["meta"] == {*_lines(text_of(full))[0], "entry"} - {"type"}
