"""Any cards in any order: nobody twice, nothing that was edited lost, and all of it undone."""

import sqlite3
from datetime import date
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st
from test_importing import TODAY, reckoned
from test_machine import content

from kinship.model.card import Card, Extra, Reach, Related, Talk
from kinship.services import import_matching, import_records, importing, safety
from kinship.services import people as finding
from kinship.services.importing import Aim, Told
from kinship.store import db as store
from kinship.store import people

_NAMES = ("Ada Lovelace", "A. Lovelace", "Ada", "Bob Miller", "Robert Miller", "Bob Miller Jr.")
_REACHES = (
    Reach("email", "a@x.example"),
    Reach("email", "A@X.example", "work"),
    Reach("email", "b@x.example"),
    Reach("phone", "+44 20 7946 0958"),
    Reach("whatsapp", "+442079460958"),
    Reach("", "https://www.linkedin.com/in/ada"),
    Reach("linkedin", "ada", state="connected", day="2024-01"),
    Reach("phone", "911"),
)


def some(*of: object) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(st.sampled_from(of), max_size=2).map(tuple)


_cards = st.lists(
    st.builds(
        Card,
        row=st.integers(1, 99),
        name=st.sampled_from((*_NAMES, "a@x.example", "伟 李")),
        key=st.sampled_from(("", "", "k1", "k2")),
        org=st.sampled_from(("", "Engines", "Looms")),
        birthday=st.sampled_from(("", "--12-10", "1815-12-10")),
        known=st.sampled_from(("known", "heard", "in person")),
        cadence=st.sampled_from(("", "", "monthly", "close")),
        by=st.sampled_from(("", "", "Bob Miller")),
        related=some(Related("friend", "Ada Lovelace"), Related("", "Bob Miller")),
        reaches=some(*_REACHES),
        notes=some("likes tea", "plays chess"),
        tags=some("friend"),
        communities=some("PyLadies"),
        dates=some(("wedding", "1835-07-08")),
        talks=some(
            Talk("2026-05-01", "them", "linkedin"), Talk("2026-04", "both", met=True, event="PyCon")
        ),
        events=some("PyCon"),
        extras=some(Extra("REV", "REV:1"), Extra("REV", "REV:2"), Extra("X", "X:1")),
    ),
    max_size=6,
)
_files = st.lists(st.tuples(st.sampled_from(("vcard", "google-csv")), _cards), max_size=3)


def told(files: list[tuple[str, list[Card]]]) -> list[Told]:
    return [Told(f"{n}", form, cards) for n, (form, cards) in enumerate(files)]


def begun() -> store.Db:
    """A copy of the same file each time, which is made once."""
    conn = sqlite3.connect(":memory:", isolation_level=None)
    _made()._conn.backup(conn)
    conn.execute("PRAGMA foreign_keys = ON")
    return store.Db(conn, ":memory:")


@cache
def _made() -> store.Db:
    """Somebody is here, and a community has a cadence."""
    db = store.in_memory()
    first = Card(1, "Ada Lovelace", reaches=(_REACHES[0],), communities=("PyLadies",))
    importing.carry_out(db, importing.plan(db, told([("csv", [first])]), Aim(), TODAY), TODAY)
    with db.change("keep") as tx:
        tx.run(
            "INSERT INTO shared_cadence (community_id, every, kept_on) VALUES (1, '6w', :day)",
            day="2026-05-01",
        )
    return db


@settings(max_examples=25)
@given(_files)
def test_any_files_twice_add_nobody_and_can_be_taken_back(
    files: list[tuple[str, list[Card]]],
) -> None:
    db = begun()
    before = content(db)
    plan = importing.plan(db, told(files), Aim(), TODAY)
    assert content(db) == before
    importing.carry_out(db, plan, TODAY)
    reckoned(db)
    after = content(db)
    safety.undo(db)
    assert content(db) == before
    reckoned(db)
    safety.redo(db)
    assert content(db) == after
    again = importing.plan(db, told(files), Aim(), TODAY)
    assert again.new == []
    assert again.gains == []


@settings(max_examples=60)
@given(_cards, _cards)
def test_the_order_of_files_does_not_decide_who_is_who(one: list[Card], two: list[Card]) -> None:
    def people_of(first: list[Card], second: list[Card]) -> set[frozenset[int]]:
        cards = [*first, *second]
        records = [import_records.record(int(n >= len(first)), c, "") for n, c in enumerate(cards)]
        matched = import_matching.match(
            _made(), [one for one in records if one], ["vcard", "google-csv"]
        )
        return {frozenset(id(cards[p]) for p in places) for _, places in matched.groups}

    assert people_of(one, two) == people_of(one, two)
    if not any(card.key for card in (*one, *two)):
        assert people_of(one, two) == people_of(two, one)


@settings(max_examples=12)
@given(st.lists(_cards, min_size=1, max_size=4))
def test_what_was_edited_stays(imports: list[list[Card]]) -> None:
    db = begun()
    (ada,) = finding.find(db, "ada").people
    with db.change("edit") as tx:
        people.update(tx, ada.id, org="My own words", birthday="1999-09-09", name="Ada King",
                      name_key="ada king")  # fmt: skip
    for cards in imports:
        plan = importing.plan(db, told([("vcard", cards)]), Aim(), date(2026, 5, 21))
        importing.carry_out(db, plan, date(2026, 5, 21))
    kept = people.by_id(db, ada.id)
    assert kept
    assert (kept.org, kept.birthday, kept.name) == ("My own words", "1999-09-09", "Ada King")
