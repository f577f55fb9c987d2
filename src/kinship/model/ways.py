"""Ways between people, one after another: a search over what it is given, without SQL.

What a step costs is in `kinship.model.warmth`. A way has at most one weak step, and from you only
the one after the first person. You are never on the way from one person to another, and somebody
you know is never reached without anybody between you.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeAlias

from kinship.model.person import ME
from kinship.model.warmth import COLD, FARTHEST, TIE, WEAK
from kinship.value import Value

Near: TypeAlias = Callable[[Iterable[int]], Mapping[int, Sequence[int]]]
"""Whom each of these knows."""
Cold: TypeAlias = Callable[[Iterable[int]], Mapping[int, int]]
"""Those among these whom you know, and how cold it is."""
Hubs: TypeAlias = Callable[[Iterable[int]], Mapping[int, Sequence[int]]]
"""The small events and communities of each of these people; of hubs, which are below zero, the
people."""

_CROWD = 2000
"""Of more people than that on ways of one length, some are not looked at for warmth."""


class Way(Value):
    """People one after another, and where it is weak, the hub that joins two of them.

    ``weak_at`` is the place in ``people`` of the first of the two. A way from you begins with you.
    """

    people: tuple[int, ...]
    cost: int
    hub: int | None
    weak_at: int | None


class _Side:
    """The people around somebody, a level for each step, each with those it is reached from."""

    def __init__(
        self, start: int, near: Near, without: AbstractSet[int], besides: int | None = None
    ) -> None:
        self.levels: list[dict[int, list[int]]] = [{start: []}]
        self._near = near
        self._seen = {start, *without}
        self._besides = besides
        self._warmest: dict[int, tuple[int, tuple[int, ...]]] = {start: (0, (start,))}
        self._crowds: dict[int, dict[int, list[int]]] = {}

    @property
    def newest(self) -> dict[int, list[int]]:
        return self.levels[-1]

    def grow(self) -> dict[int, list[int]]:
        """One step further; the first is not to whom it shall go besides."""
        found: dict[int, list[int]] = {}
        seen = self._seen if len(self.levels) > 1 else self._seen | {self._besides}
        for parent, known in self._near(self.newest).items():
            for number in known:
                if number not in seen:
                    found.setdefault(number, []).append(parent)
        self._seen.update(found)
        self.levels.append(found)
        return found

    def level(self, steps: int) -> dict[int, list[int]]:
        while len(self.levels) <= steps:
            self.grow()
        return self.levels[steps]

    def crowds(self, steps: int, hubs: Hubs) -> dict[int, list[int]]:
        """The hubs of a level, each with those of the level who belong to it."""
        if steps not in self._crowds:
            found: dict[int, list[int]] = {}
            for number, several in hubs(self.level(steps)).items():
                for hub in several:
                    found.setdefault(hub, []).append(number)
            self._crowds[steps] = found
        return self._crowds[steps]

    def on_the_way(self, numbers: Iterable[int], steps: int) -> set[int]:
        """Everybody on a way to one of these people of a level; of a crowd only some."""
        found: set[int] = set()
        for number in sorted(numbers):
            if len(found) > _CROWD:
                break
            here = {number}
            for level in self.levels[steps:0:-1]:
                found |= here
                here = {parent for one in here for parent in level[one]} - found
        return found

    def warmest(self, number: int, steps: int, cold: Mapping[int, int]) -> tuple[int, list[int]]:
        """The warmest way to somebody of a level: how cold all but the start are, and who."""
        cost, way = self._warm(number, steps, cold)
        return cost, list(way)

    def _warm(
        self, number: int, steps: int, cold: Mapping[int, int]
    ) -> tuple[int, tuple[int, ...]]:
        if number not in self._warmest:
            parents = self.levels[steps][number]
            cost, way = min(self._warm(parent, steps - 1, cold) for parent in parents)
            self._warmest[number] = cost + cold.get(number, COLD), (*way, number)
        return self._warmest[number]


# From you


def to_me(
    goal: int, near: Near, cold: Cold, hubs: Hubs | None, without: AbstractSet[int]
) -> Way | None:
    """The best way from you to somebody, through others; without hubs only by ties.

    Of ways that cost the same it is the one whose people are warmest.
    """
    side = _Side(goal, near, without)
    best, first = FARTHEST + 1, list[tuple[int, int | None, int, int | None]]()
    steps = 0
    while side.levels[steps] and TIE * (steps + 2) < best:
        for number, one in cold(side.level(steps + 1)).items():
            cost = TIE * (steps + 2) + one
            if cost < best:
                best, first = cost, []
            if cost == best:
                first.append((number, None, steps + 1, None))
        if hubs and TIE * (steps + 1) + WEAK < best:
            for number, one, beside, hub in _perhaps(side, steps, cold, hubs, without):
                cost = TIE * (steps + 1) + WEAK + one
                if cost < best:
                    best, first = cost, []
                if cost == best:
                    first.append((number, beside, steps, hub))
        steps += 1
    if not first:
        return None
    steps = first[0][2]
    ends = {number if beside is None else beside for number, beside, _, _ in first}
    colds = {**cold(side.on_the_way(ends, steps)), goal: 0}
    found = []
    for number, beside, _, hub in first:
        cost, people = side.warmest(number if beside is None else beside, steps, colds)
        nearest = [] if beside is None else [number]
        found.append((cost, [ME, *nearest, *people[::-1]], hub or 0))
    _, people, weak = min(found)
    return Way(tuple(people), best, weak or None, 1 if weak else None)


def _perhaps(
    side: _Side, steps: int, cold: Cold, hubs: Hubs, without: AbstractSet[int]
) -> Iterator[tuple[int, int, int, int]]:
    """Whom you know in a hub of a level: who and how cold, beside whom of the level, the hub."""
    crowds = side.crowds(steps, hubs)
    people = hubs(crowds) if crowds else {}
    (goal,) = side.levels[0]
    others = {n for several in people.values() for n in several} - without - {goal}
    known = cold(others) if others else {}
    for hub, several in people.items():
        for number in several:
            if number in known:
                yield from (
                    (number, known[number], beside, hub)
                    for beside in crowds[hub]
                    if beside != number
                )


# Between two


def between(
    one: int,
    other: int,
    near: Near,
    cold: Cold,
    hubs: Hubs | None,
    without: AbstractSet[int],
    *,
    besides: bool = False,
) -> Way | None:
    """The best way between two people, without you; ``besides`` how they know each other.

    Of ways that cost the same it is the one whose people you are warmest with.
    """
    ones = _Side(one, near, without, other if besides else None)
    others = _Side(other, near, without, one if besides else None)
    steps = _meet(ones, others)
    mine, theirs = len(ones.levels) - 1, len(others.levels) - 1
    best = TIE * steps if steps else FARTHEST + 1
    apart = int(besides)
    while hubs and TIE * apart + WEAK < best:
        if joined := list(_joined(ones, others, apart, hubs)):
            return _warmest_weak(ones, others, joined, cold, TIE * apart + WEAK)
        apart += 1
    return _warmest_strong(ones, others, mine, theirs, cold) if steps else None


def _meet(ones: _Side, others: _Side) -> int | None:
    """Grow both sides until their newest levels meet; in how many steps."""
    for steps in range(1, FARTHEST // TIE + 1):
        smaller = min(ones, others, key=lambda side: len(side.newest))
        if not smaller.grow():
            return None
        if not ones.newest.keys().isdisjoint(others.newest):
            return steps
    return None


_Joined: TypeAlias = tuple[int, int, int, list[int], list[int]]


def _joined(ones: _Side, others: _Side, apart: int, hubs: Hubs) -> Iterator[_Joined]:
    """Where a hub joins the two sides, so many ties apart from them: the levels, the hub, who."""
    for mine in range(apart + 1):
        theirs = apart - mine
        one, other = ones.level(mine), others.level(theirs)
        turned = len(one) > len(other)
        crowds = others.crowds(theirs, hubs) if turned else ones.crowds(mine, hubs)
        far = one if turned else other
        for hub, several in hubs(crowds).items() if crowds and far else ():
            if beyond := [number for number in several if number in far]:
                here = crowds[hub]
                both = (beyond, here) if turned else (here, beyond)
                yield mine, theirs, hub, *both


def _warmest_weak(
    ones: _Side, others: _Side, joined: Sequence[_Joined], cold: Cold, cost: int
) -> Way:
    found = []
    on_the_way: set[int] = set()
    for mine, theirs, _, here, there in joined:
        on_the_way |= ones.on_the_way(here, mine) | others.on_the_way(there, theirs)
    colds = cold(on_the_way)
    for mine, theirs, hub, here, there in joined:
        first = min(ones.warmest(number, mine, colds) for number in here)
        last = min(others.warmest(number, theirs, colds) for number in there)
        found.append((first[0] + last[0], [*first[1], *last[1][::-1]], mine, hub))
    _, people, mine, hub = min(found)
    return Way(tuple(people), cost, hub, mine)


def _warmest_strong(ones: _Side, others: _Side, mine: int, theirs: int, cold: Cold) -> Way:
    (first,), (last,) = ones.levels[0], others.levels[0]
    met = ones.levels[mine].keys() & others.levels[theirs].keys()
    on_the_way = ones.on_the_way(met, mine) | others.on_the_way(met, theirs)
    colds = {**cold(on_the_way), first: 0, last: 0}
    found = []
    for number in met:
        near = ones.warmest(number, mine, colds)
        far = others.warmest(number, theirs, colds)
        found.append((near[0] + far[0] - colds.get(number, COLD), [*near[1], *far[1][-2::-1]]))
    _, people = min(found)
    return Way(tuple(people), TIE * (mine + theirs), None, None)
