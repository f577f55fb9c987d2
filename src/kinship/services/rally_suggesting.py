"""Whom to ask first in a rally, and why."""

from collections.abc import Mapping
from datetime import date

from kinship.model import dates, names
from kinship.model.person import ME, Person
from kinship.model.rally import Rally
from kinship.model.warmth import COLD, WARM
from kinship.services import asking
from kinship.store import favours, people, rallies, ties, warmth
from kinship.store.db import Db
from kinship.value import Value

_KNOWS, _NEAR, _CAME_UP, _LISTENS, _OWES = 4, 3, 2, 2, 1
"""What counts how much for being asked first; shown to nobody."""
_LATELY = 200
_ADVISERS = 20


class Suggestion(Value):
    """Somebody to ask first, and why: never a score."""

    person: Person
    reason: str


def suggest(db: Db, rally: Rally, today: date, most: int = 8) -> list[Suggestion]:
    """Whom to ask first: who knows about it, is near whom it is for, hears you, or was helped.

    Who is in the rally already is left out.
    """
    topics = _by_topic(db, rally, today)
    near = _near(db, rally, today)
    out = {ME, rally.person_id, *(h.person_id for h in rallies.helpers(db, rally.id))}
    numbers = {*topics, *near, *rallies.yours_lately(db, _LATELY)} - out
    numbers = set(ties.among_yours(db, numbers))
    found = warmth.of(db, numbers, today.isoformat())
    ledger = favours.counts(db, numbers)
    cold = {n: found[n].cold(today) if n in found else COLD for n in numbers}
    heard = {
        n: found[n].last_on or ""
        for n in numbers
        if cold[n] == WARM and _gave(ledger, n) >= 0 and found[n].last_on
    }

    def weight(n: int) -> int:
        return (
            topics.get(n, ("", 0))[1]
            + _NEAR * (n in near)
            + _LISTENS * (n in heard)
            + _OWES * (_gave(ledger, n) > 0)
        )

    who = people.by_ids(db, filter(weight, numbers))
    best = sorted(who, key=lambda n: (-weight(n), cold[n], who[n].name_key, n))[:most]
    return [
        Suggestion(
            who[n],
            "; ".join(
                filter(
                    None,
                    [
                        topics.get(n, ("", 0))[0],
                        near.get(n, ""),
                        _helped(*ledger.get(n, (0, 0))),
                        _talked(heard.get(n, ""), today),
                    ],
                )
            ),
        )
        for n in best
    ]


def _gave(ledger: Mapping[int, tuple[int, int]], number: int) -> int:
    """How much more often you helped them than they helped you."""
    gave, got = ledger.get(number, (0, 0))
    return gave - got


def _helped(gave: int, got: int) -> str:
    """Whom you helped more often than they helped you is glad of the occasion."""
    if gave <= got:
        return ""
    return f"you helped {('once', 'twice')[gave - 1] if gave < 3 else f'{gave} times'}"


def _talked(last_on: str, today: date) -> str:
    return f"talked {dates.away(date.fromisoformat(last_on), today)}" if len(last_on) == 10 else ""


def _by_topic(db: Db, rally: Rally, today: date) -> dict[int, tuple[str, int]]:
    """Who knows about what helpers should know about, or with whom it came up; and how much that counts."""
    if not rally.about:
        return {}
    found = asking.find(db, rally.about.split(), today, most=_ADVISERS)
    return {
        a.person.id: (f"knows about {', '.join(a.topics)}", _KNOWS)
        if a.topics
        else (f"{rally.about} came up", _CAME_UP)
        for a in found.first
    }


def _near(db: Db, rally: Rally, today: date) -> dict[int, str]:
    """Who knows whom it is for, or shares a community or a small event with them."""
    if not rally.person_id:
        return {}
    number, day = rally.person_id, today.isoformat()
    whom = people.by_ids(db, [number])[number]
    held = warmth.hubs(db, [number], day).get(number, [])
    called = warmth.called(db, held)
    shared = warmth.members(db, held, day)
    said = {n: f"{called[hub].place} too" for hub in reversed(held) for n in shared.get(hub, ())}
    return {**said, **_tied(db, number, whom)}


def _tied(db: Db, number: int, whom: Person) -> dict[int, str]:
    known = ties.neighbours(db, [number])
    return dict.fromkeys(known.get(number, ()), f"knows {names.first_name(whom.name)}")
