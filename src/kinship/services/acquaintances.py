"""Whom two people both know, and whom you never met who knows most people you know."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from kinship.model.person import ME, Person
from kinship.model.warmth import Hub
from kinship.services import tying
from kinship.services.tying import Why
from kinship.store import attendance, entries, people, ties, warmth
from kinship.store.db import Db
from kinship.value import Value

_PERHAPS = 3
_AT_ONCE = 200
_SOME = 1000
_KEPT = 200
"""Of so many people you keep in touch with the warmest are found."""


class Both(Value):
    """Whom both know, warmest first, and why; who perhaps, and what else is shared.

    ``perhaps`` are people of one small event or community, each with it. ``whys`` and
    ``whys_other`` are by whom they both know: why the first knows them, and why the other does.
    """

    person: Person
    whom: list[Person]
    whys: dict[int, Why]
    perhaps: list[tuple[Person, Hub]]
    events: list[str]
    topics: list[str]
    whys_other: dict[int, Why]


def both(db: Db, person: Person, today: date) -> Both:
    """Whom you and somebody both know."""
    whom = warmest(db, ties.yours(db, person.id), today)
    whys = tying.whys(db, ((p.id, person.id) for p in whom), today, to_you=True)
    met = entries.meetings(db, person.id)
    topics = people.topics(db, [ME, person.id])
    mine = {name.casefold() for name in topics.get(ME, [])}
    return Both(
        person,
        whom,
        {p.id: whys[p.id, person.id] for p in whom},
        perhaps(db, person, today),
        list(dict.fromkeys(talk.event for talk in met if talk.event)),
        [name for name in topics.get(person.id, []) if name.casefold() in mine],
        {},
    )


def of_two(db: Db, one: Person, other: Person, today: date) -> Both:
    """Whom two people both know, you left out."""
    whom = warmest(db, ties.common(db, one.id, other.id), today)
    pairs = [(p.id, person.id) for p in whom for person in (one, other)]
    whys = tying.whys(db, pairs, today)
    return Both(
        one,
        whom,
        {p.id: whys[p.id, one.id] for p in whom},
        [],
        [],
        [],
        {p.id: whys[p.id, other.id] for p in whom},
    )


def perhaps(
    db: Db, person: Person, today: date, *, most: int = _PERHAPS
) -> list[tuple[Person, Hub]]:
    """The warmest you know in the small events and communities of somebody, without a tie to them.

    With each what they share.
    """
    day = today.isoformat()
    hubs = warmth.hubs(db, [person.id], day).get(person.id, [])
    if not hubs:
        return []
    shared: dict[int, int] = {}
    for hub, members in warmth.members(db, hubs, day).items():
        for number in members:
            shared.setdefault(number, hub)
    tied = set(ties.neighbours(db, [person.id]).get(person.id, []))
    numbers = ties.among_yours(db, shared.keys() - tied - {person.id})
    found = warmest(db, numbers, today, most=most)
    called = warmth.called(db, {shared[p.id] for p in found})
    return [(p, called[shared[p.id]]) for p in found]


def warmest(
    db: Db, numbers: Iterable[int], today: date, *, most: int | None = None
) -> list[Person]:
    """These people, those you talk with most recently and most mutually first."""
    numbers = list(numbers)
    if not numbers:
        return []
    warm = warmth.of(db, numbers, today.isoformat())
    last = {n: one.last_on or "" for n, one in warm.items()}
    order = sorted(sorted(warm), key=lambda n: last[n], reverse=True)
    order.sort(key=lambda n: warm[n].cold(today))
    found = people.by_ids(db, order[:most])
    return [found[n] for n in order[:most] if n in found]


def league(db: Db, most: int, today: date) -> list[tuple[Person, list[Person]]]:
    """People you never met, those who know most people you know first, and whom they know.

    Whom they know is counted as long as one may be among the first: how many ties they have at
    all, which is counted sooner, says so.
    """
    counted: list[tuple[int, int]] = []
    for some in _most_tied(db):
        if len(counted) >= most and counted[most - 1][0] > some[0][1]:
            break
        known = attendance.knowing_yours(db, [n for n, _ in some])
        counted += ((count, n) for n, (count, _) in known.items())
        counted.sort(key=lambda pair: -pair[0])
    least = counted[most - 1][0] if len(counted) > most else 0
    found = people.by_ids(db, [n for count, n in counted if count >= least])
    place = {n: (-count, found[n].name_key, n) for count, n in counted if n in found}
    first = sorted(place, key=lambda n: place[n])[:most]
    return [(found[n], warmest(db, ties.yours(db, n), today)) for n in first]


def _most_tied(db: Db) -> Iterator[list[tuple[int, int]]]:
    """Whom you never met, some at a time, those with most ties first: mostly the first will do."""
    for after, most in ((0, _SOME), (_SOME, -1)):
        found = ties.never_met(db, most, after)
        for start in range(0, len(found), _AT_ONCE):
            yield found[start : start + _AT_ONCE]
        if len(found) < _SOME:
            return


def among(
    db: Db, numbers: Iterable[int], most: int | None
) -> tuple[list[tuple[Person, list[Person]]], int]:
    """Who of some people knows whom of them, those with most ties first, and how many more rows.

    Each tie is told once.
    """
    left: dict[int, set[int]] = {}
    for one, other in ties.pairs(db, numbers):
        left.setdefault(one, set()).add(other)
        left.setdefault(other, set()).add(one)
    found: list[tuple[int, set[int]]] = []
    for one in sorted(left, key=lambda n: (-len(left[n]), n)):
        whom = left.pop(one)
        for other in whom:
            left[other].discard(one)
        if whom:
            found.append((one, whom))
    who = people.by_ids(db, {n for one, whom in found[:most] for n in (one, *whom)})
    shown = [
        (who[one], sorted((who[n] for n in whom), key=lambda p: (p.name_key, p.id)))
        for one, whom in found[:most]
    ]
    return shown, len(found) - len(shown)


def without_ties(db: Db, today: date, most: int) -> Sequence[Person]:
    """People you keep in touch with of whom nobody said whom they know, warmest first."""
    return warmest(db, ties.kept_without(db, _KEPT), today, most=most)
