"""Rallies against plain Python: what they come to, whom they suggest, and that all of it goes back."""

from datetime import date, timedelta
from types import SimpleNamespace as Namespace
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_machine import content

from kinship.errors import KinshipError, Refused
from kinship.model.money import Money
from kinship.model.person import ME, Person
from kinship.model.rally import Rally
from kinship.services import (
    asking,
    communities,
    contact,
    editing,
    meeting,
    rally_page,
    rally_suggesting,
    rallying,
    safety,
)
from kinship.services.contact import Talk
from kinship.services.editing import Edit
from kinship.services.meeting import Arrival
from kinship.store import db as store
from kinship.store import favours, people, rallies, ties

TODAY = date(2026, 5, 20)
NAMES = ("Ada", "Grace", "Alan", "Hedy")
Verb = Literal["ask", "pledge", "kept", "cannot", "thanked", "edit"]


def _file() -> tuple[store.Db, list[Person]]:
    db = store.in_memory()
    for name in NAMES:
        meeting.add(db, Arrival(name, "known"), today=TODAY)
    return db, [*people.by_ids(db, range(1, len(NAMES) + 1)).values(), _me(db)]


def _me(db: store.Db) -> Person:
    found = people.by_id(db, ME)
    assert found
    return found


steps = st.lists(
    st.tuples(
        st.sampled_from(("ask", "pledge", "kept", "cannot", "thanked", "edit")),
        st.integers(0, len(NAMES)),
        st.sampled_from([None, Money(5000, "EUR"), Money(300, "JPY")]),
    ),
    max_size=14,
)


@settings(max_examples=60)
@given(steps)
def test_a_page_counts_what_was_done_and_all_of_it_goes_back(
    done: list[tuple[Verb, int, Money | None]],
) -> None:
    db, who = _file()
    empty = content(db)
    rally = rallying.start(db, "A roof", for_id=who[0].id, goal=Money(9000, "EUR"), today=TODAY)
    asked: set[int] = set()
    answered: dict[int, str] = {}
    pledges: dict[int, list[tuple[str, Money | None, str]]] = {}
    changes = 1
    said = ("A roof", 9000)
    for place, (verb, number, money) in enumerate(done):
        person = who[number]
        try:
            if verb == "ask":
                rallying.ask(db, rally, [person], day=TODAY)
                changes += person.id not in asked | answered.keys()
                if person.id not in answered:
                    asked.add(person.id)
            elif verb == "pledge":
                text = f"thing {place}"
                rallying.pledge(db, rally, person, text, money, due=None, today=TODAY)
                pledges.setdefault(person.id, []).append((text, money, "open"))
                answered[person.id] = "pledged"
                changes += 1
            elif verb == "kept":
                text = next(t for t, _, s in pledges.get(person.id, []) if s == "open")
                rallying.kept(db, rally, person, only=text, today=TODAY)
                pledges[person.id] = [
                    (t, m, "kept" if t == text else s) for t, m, s in pledges[person.id]
                ]
                changes += 1
            elif verb == "cannot":
                result = rallying.cannot(db, rally, person, today=TODAY)
                own = pledges.get(person.id, [])
                pledges[person.id] = [(t, m, "dropped" if s == "open" else s) for t, m, s in own]
                kept = any(s == "kept" for _, _, s in own)
                answered[person.id] = "pledged" if kept else "cannot"
                changes += bool(result.dropped or result.logged)
            elif verb == "edit":
                said = (f"Roof {place}", 100 + number)
                rallying.edit(db, rally, text=said[0], goal=said[1], currency="EUR")
                changes += 1
            else:
                changes += bool(rallying.thanked(db, rally, [person], None, today=TODAY).people)
        except (KinshipError, StopIteration):
            continue
    page = rally_page.page(db, _again(db, rally))
    every = [p for own in pledges.values() for p in own]
    helped = {n for n, answer in answered.items() if answer == "pledged" and n != ME}
    assert page.counts == {
        "asked": len(asked),
        "answered": len(asked & answered.keys()),
        "unasked": len(helped - asked),
        "pledged": sum(s != "dropped" for _, _, s in every),
        "kept": sum(s == "kept" for _, _, s in every),
    }
    for total in page.money:
        sums = [(m.amount, s) for _, m, s in every if m and m.currency == total.currency]
        assert total.pledged == sum(amount for amount, s in sums if s != "dropped")
        assert total.kept == sum(amount for amount, s in sums if s == "kept")
        assert total.goal == (said[1] if total.currency == "EUR" else None)
    assert page.rally.text == said[0]
    for number in asked | answered.keys() | pledges.keys():
        with pytest.raises(Refused):
            rallying.edit(db, rally, person_id=number)
    full = content(db)
    safety.undo(db, changes)
    assert content(db) == empty
    safety.redo(db, changes)
    assert content(db) == full


def _again(db: store.Db, rally: Rally) -> Rally:
    found = rallies.by_number(db, rally.id)
    assert found
    return found


# Whom to ask


def _suggested(db: store.Db, rally: Rally, most: int = 8) -> list[tuple[str, str]]:
    found = rally_suggesting.suggest(db, rally, TODAY, most)
    return [(one.person.name, one.reason) for one in found]


def test_who_is_near_comes_before_who_listens_before_who_was_helped() -> None:
    db, (ada, grace, alan, hedy, _) = _file()
    communities.join(db, "PyLadies", [ada.id, grace.id], label="ada,grace")
    contact.log(db, [alan], Talk(TODAY - timedelta(30)), today=TODAY)
    with db.change("test") as tx:
        favours.add(tx, hedy.id, "gave", "2020-01-01", "a lift")
    rally = rallying.start(db, "A roof", for_id=ada.id, today=TODAY)
    assert _suggested(db, rally) == [
        ("Grace", "in PyLadies too"),
        ("Alan", "talked 4 weeks ago"),
        ("Hedy", "you helped once"),
    ]
    assert _suggested(db, rally, 1) == [("Grace", "in PyLadies too")]


def test_who_knows_whom_it_is_for_is_near_and_every_reason_is_said() -> None:
    db, (ada, grace, *_) = _file()
    contact.log(db, [grace], Talk(TODAY), today=TODAY)
    with db.change("test") as tx:
        ties.add(tx, grace.id, ada.id, "2026-01-01")
        for _ in range(2):
            favours.add(tx, grace.id, "gave", "2026-01-01", "a lift")
    rally = rallying.start(db, "A roof", for_id=ada.id, today=TODAY)
    assert _suggested(db, rally) == [("Grace", "knows Ada; you helped twice; talked today")]


def test_who_knows_about_it_comes_first_and_with_whom_it_came_up_is_not_said_to_know(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    db, (ada, grace, alan, hedy, _) = _file()
    contact.log(db, [grace, alan, hedy], Talk(TODAY), today=TODAY)

    advisers = [Namespace(person=hedy, topics=["roofs"]), Namespace(person=alan, topics=[])]
    found = Namespace(first=advisers)
    monkeypatch.setattr(asking, "find", lambda *_, **__: found)
    rally = rallying.start(db, "A roof", for_id=ada.id, about="roofs", today=TODAY)
    assert _suggested(db, rally) == [
        ("Hedy", "knows about roofs; talked today"),
        ("Alan", "roofs came up; talked today"),
        ("Grace", "talked today"),
    ]


def test_who_gave_more_than_they_got_is_not_said_to_listen() -> None:
    db, (_, grace, *_) = _file()
    contact.log(db, [grace], Talk(TODAY), today=TODAY)
    with db.change("test") as tx:
        favours.add(tx, grace.id, "got", "2026-01-01", "a lift")
    assert _suggested(db, rallying.start(db, "A roof", today=TODAY)) == []


def test_nobody_in_it_or_archived_or_only_heard_of_is_suggested() -> None:
    db, (ada, grace, alan, hedy, _) = _file()
    contact.log(db, [ada, grace, alan, hedy], Talk(TODAY), today=TODAY)
    meeting.add(db, Arrival("Emmy", "heard"), today=TODAY)
    contact.log(db, [people.by_key(db, "emmy")[0]], Talk(TODAY, "me"), today=TODAY)
    editing.edit(db, alan, Edit(columns=(("archived_on", "2026-05-20"),)))
    rally = rallying.start(db, "A roof", for_id=ada.id, today=TODAY)
    rallying.ask(db, rally, [grace], day=TODAY)
    assert [name for name, _ in _suggested(db, rally)] == ["Hedy"]
