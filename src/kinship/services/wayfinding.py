"""Paths: through whom you reach somebody, and why each knows the next."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import TypeAlias

from kinship.model import dates, ways
from kinship.model.cadence import Cadence
from kinship.model.person import ME, Person, Pulse
from kinship.model.ways import Way
from kinship.services import tying
from kinship.services.tying import Why
from kinship.store import entries, favours, people, ties, warmth
from kinship.store.db import Db
from kinship.value import Value

Found: TypeAlias = dict[int, list[int]]
_MANY = 2000
"""So many people are compared faster here than by the database."""


class Path(Value):
    """People one after another, why each knows the next, and the way that was found."""

    people: list[Person]
    edges: list[Why]
    way: Way


def paths(
    db: Db, start: Person | None, goal: Person, *, most: int, strong: bool, today: date
) -> list[Path]:
    """The best paths from somebody, or from you, each through others; ``strong`` by ties only.

    Nobody is asked twice: whoever you would ask in one path is in none of the others, and two
    paths from one person to another share nobody between them.
    """
    ends = [goal.id, *([start.id] if start else [])]
    graph = _Graph(db, ends, today)
    without = people.archived(db) - {*ends}
    besides = False
    found: list[Way] = []
    while len(found) < most:
        if start is None:
            way = ways.to_me(goal.id, graph, without, strong=strong)
        else:
            way = ways.between(start.id, goal.id, graph, without, strong=strong, besides=besides)
        if way is None:
            break
        found.append(way)
        between = way.people[1:-1]
        without.update(between if start else between[:1])
        besides = besides or not between
    return _explained(db, found, today)


class _Graph:
    """Who knows whom, read when it is asked for; who is warm and in which hubs, once."""

    def __init__(self, db: Db, ends: Sequence[int], today: date) -> None:
        self._db = db
        self._ends = ends
        self._today = today
        self._cold: dict[int, int | None] = {}
        self._hubs: Found = {}

    def near(self, numbers: Collection[int]) -> Iterable[tuple[int, int]]:
        return ties.near(self._db, numbers)

    def across(self, ones: Collection[int], others: Collection[int]) -> Iterable[tuple[int, int]]:
        if len(others) < _MANY:
            return ties.across(self._db, ones, others)
        return [pair for pair in ties.near(self._db, ones) if pair[1] in others]

    def hubs(self, numbers: Iterable[int]) -> Mapping[int, Sequence[int]]:
        """The hubs of people, the people of hubs; the ends of a path also where archived."""
        day = self._today.isoformat()

        def read(new: list[int]) -> Found:
            members = warmth.members(self._db, (n for n in new if n < 0), day)
            for end, several in warmth.hubs(self._db, self._ends, day).items() if members else ():
                for hub in members.keys() & several:
                    members[hub] = [*members[hub], *({end} - set(members[hub]))]
            return {**members, **warmth.hubs(self._db, [n for n in new if n > 0], day)}

        several = list(numbers)
        if new := [number for number in several if number not in self._hubs]:
            found = read(new)
            self._hubs.update((number, found.get(number, [])) for number in new)
        return {number: self._hubs[number] for number in several}

    def cold(self, numbers: Iterable[int]) -> dict[int, int]:
        several = list(numbers)
        new = [number for number in several if number not in self._cold]
        if new:
            self._cold.update(dict.fromkeys(new))
            yours = ties.among_yours(self._db, new)
            warm = warmth.of(self._db, yours, self._today.isoformat())
            self._cold.update({n: one.cold(self._today) for n, one in warm.items()})
        return {n: one for n in several if (one := self._cold[n]) is not None}


# Why each knows the next


def _explained(db: Db, found: Sequence[Way], today: date) -> list[Path]:
    steps = [(way, at, pair) for way in found for at, pair in enumerate(pairwise(way.people))]
    weak = {pair: way.hub for way, at, pair in steps if way.hub is not None and at == way.weak_at}
    yours = [pair[1] for _, _, pair in steps if pair[0] == ME]
    whys = {
        **tying.whys(db, (p for _, _, p in steps if p[0] != ME and p not in weak), today),
        **_perhaps(db, weak),
        **{(ME, number): why for number, why in with_you(db, yours, today).items()},
    }
    who = people.by_ids(db, {number for way in found for number in way.people})
    return [
        Path([who[n] for n in way.people], [whys[pair] for pair in pairwise(way.people)], way)
        for way in found
    ]


def _perhaps(db: Db, weak: Mapping[tuple[int, int], int]) -> dict[tuple[int, int], Why]:
    called = warmth.called(db, set(weak.values()))
    return {
        pair: Why(pair, f"perhaps: both {called[number].place}", hub=called[number])
        for pair, number in weak.items()
    }


def with_you(db: Db, numbers: Iterable[int], today: date) -> dict[int, Why]:
    """How it is between you and each of these: when you talked, how often you mean to, favours."""
    several = list(numbers)
    pulses = people.pulses(db, several)
    counts = favours.counts(db, several)
    return {
        number: Why(
            (ME, number),
            ", ".join(
                [
                    _last(db, number, pulses.get(number), today),
                    *_said(pulses.get(number), *counts.get(number, (0, 0))),
                ]
            ),
        )
        for number in several
    }


def _last(db: Db, number: int, pulse: Pulse | None, today: date) -> str:
    """When you talked last; what was only given or got is no talk."""
    if pulse is None or pulse.last_on is None:
        return "never talked"
    talks = entries.conversations(db, number, 1)
    verb = "talked" if talks and talks[0].day == pulse.last_on else "in touch"
    return f"{verb} {dates.away(date.fromisoformat(pulse.last_on), today)}"


def _said(pulse: Pulse | None, gave: int, got: int) -> list[str]:
    texts = [f"keep {Cadence.of_code(pulse.every)}"] if pulse and pulse.every else []
    counts = [f"gave {gave}" if gave else "", f"got {got}" if got else ""]
    return texts + ([f"you {', '.join(filter(None, counts))}"] if gave or got else [])
