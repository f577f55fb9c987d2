"""Ways between people, one after another: a search over what it is given, without SQL.

What a step costs is in `kinship.model.warmth`. A way has at most one weak step, and from you only
the one after the first person. You are never on the way from one person to another, and somebody
you know is never reached without anybody between you.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Protocol, TypeAlias

from kinship.model.person import ME
from kinship.model.warmth import COLD, FARTHEST, TIE, WEAK
from kinship.value import Value


class Graph(Protocol):
    """What a search asks for; each question is about many people at once."""

    def near(self, numbers: Collection[int]) -> Iterable[tuple[int, int]]:
        """Each of these with each whom they know."""
        ...

    def across(self, ones: Collection[int], others: Collection[int]) -> Iterable[tuple[int, int]]:
        """Who of the ones knows whom of the others."""
        ...

    def cold(self, numbers: Iterable[int]) -> Mapping[int, int]:
        """Those among these whom you know, and how cold it is."""
        ...

    def hubs(self, numbers: Iterable[int]) -> Mapping[int, Sequence[int]]:
        """The small events and communities of people; of hubs, which are below zero, the people."""
        ...


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
        self, start: int, graph: Graph, without: AbstractSet[int], besides: int | None = None
    ) -> None:
        self.levels: list[dict[int, list[int]]] = [{start: []}]
        self._graph = graph
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
        seen = self._seen
        for parent, number in self._graph.near(self.newest):
            if number not in seen:
                found.setdefault(number, []).append(parent)
        if self._besides is not None and len(self.levels) == 1:
            found.pop(self._besides, None)
        self._seen.update(found)
        self.levels.append(found)
        return found

    def level(self, steps: int) -> dict[int, list[int]]:
        while len(self.levels) <= steps:
            self.grow()
        return self.levels[steps]

    def crowds(self, steps: int) -> dict[int, list[int]]:
        """The hubs of a level, each with those of the level who belong to it."""
        if steps not in self._crowds:
            found: dict[int, list[int]] = {}
            for number, several in self._graph.hubs(self.level(steps)).items():
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


def to_me(goal: int, graph: Graph, without: AbstractSet[int], *, strong: bool) -> Way | None:
    """The best way from you to somebody, through others; a strong one has ties only.

    Of ways that cost the same it is the one whose people are warmest.
    """
    side = _Side(goal, graph, without)
    best, steps = FARTHEST + 1, 0
    offers: list[_Offer] = []
    while side.levels[steps] and TIE * (steps + 2) < best:
        cost = TIE * (steps + 2)
        known = graph.cold(side.level(steps + 1))
        offers += ((cost + one, steps + 1, number, None, None) for number, one in known.items())
        best = min([best, *(offer[0] for offer in offers)])
        cost = TIE * (steps + 1) + WEAK
        if not strong and cost < best:
            offers += _perhaps(side, steps, cost, graph, without)
            best = min([best, *(offer[0] for offer in offers)])
        steps += 1
    offers = [offer for offer in offers if offer[0] == best]
    if not offers:
        return None
    steps = offers[0][1]
    colds = graph.cold(side.on_the_way({end for _, _, end, _, _ in offers}, steps))
    found = []
    for _, _, end, first, hub in offers:
        cold_in_sum, people = side.warmest(end, steps, colds)
        found.append((cold_in_sum, [ME, *([first] if first else []), *people[::-1]], hub or 0))
    _, people, weak = min(found)
    return Way(tuple(people), best, weak or None, 1 if weak else None)


_Offer: TypeAlias = tuple[int, int, int, int | None, int | None]
"""A cost, a level and somebody of it; and in a hub with them, whom you know."""


def _perhaps(
    side: _Side, steps: int, cost: int, graph: Graph, without: AbstractSet[int]
) -> Iterator[_Offer]:
    """Whom you know in the hubs of a level."""
    crowds = side.crowds(steps)
    people = graph.hubs(crowds) if crowds else {}
    (goal,) = side.levels[0]
    others = {n for several in people.values() for n in several} - without - {goal}
    known = graph.cold(others) if others else {}
    for hub, several in people.items():
        for number in known.keys() & several:
            for beside in crowds[hub]:
                if beside != number:
                    yield cost + known[number], steps, beside, number, hub


# Between two


def between(
    one: int,
    other: int,
    graph: Graph,
    without: AbstractSet[int],
    *,
    strong: bool,
    besides: bool = False,
) -> Way | None:
    """The best way between two people, without you; ``besides`` how they know each other.

    Of ways that cost the same it is the one whose people you are warmest with.
    """
    ones = _Side(one, graph, without, other if besides else None)
    others = _Side(other, graph, without, one if besides else None)
    joined = _meet(ones, others, graph, besides=besides)
    cost = TIE * (joined[0].mine + 1 + joined[0].theirs) if joined else FARTHEST + 1
    apart = int(besides)
    while not strong and TIE * apart + WEAK < cost:
        if weak := list(_in_hubs(ones, others, apart, graph)):
            joined, cost = weak, TIE * apart + WEAK
        apart += 1
    return _warmest(ones, others, joined, cost, graph) if joined else None


class _Joint(Value):
    """Where two sides are one step apart: a level of each, some people of both, and the hub.

    Without a hub everybody here knows everybody there.
    """

    mine: int
    theirs: int
    here: list[int]
    there: list[int]
    hub: int | None = None


def _meet(ones: _Side, others: _Side, graph: Graph, *, besides: bool) -> list[_Joint]:
    """Grow both sides until somebody of the one knows somebody of the other."""
    for steps in range(FARTHEST // TIE):
        turned = len(ones.newest) > len(others.newest)
        smaller, larger = (others, ones) if turned else (ones, others)
        known: dict[int, list[int]] = {}
        if steps or not besides:
            for near, far in graph.across(smaller.newest, larger.newest):
                known.setdefault(near, []).append(far)
        if known:
            mine, theirs = len(ones.levels) - 1, len(others.levels) - 1
            pairs = ((far, [near]) if turned else ([near], far) for near, far in known.items())
            return [_Joint(mine, theirs, here, there) for here, there in pairs]
        if not smaller.grow():
            break
    return []


def _in_hubs(ones: _Side, others: _Side, apart: int, graph: Graph) -> Iterator[_Joint]:
    """Where a hub joins the two sides, so many ties apart from their ends."""
    for mine in range(apart + 1):
        theirs = apart - mine
        one, other = ones.level(mine), others.level(theirs)
        turned = len(one) > len(other)
        crowds = others.crowds(theirs) if turned else ones.crowds(mine)
        far = one if turned else other
        for hub, several in graph.hubs(crowds).items() if crowds and far else ():
            if beyond := [number for number in several if number in far]:
                pair = (beyond, crowds[hub]) if turned else (crowds[hub], beyond)
                yield _Joint(mine, theirs, *pair, hub)


def _warmest(ones: _Side, others: _Side, joined: Sequence[_Joint], cost: int, graph: Graph) -> Way:
    on_the_way: set[int] = set()
    for joint in joined:
        if len(on_the_way) < _CROWD:
            on_the_way |= ones.on_the_way(joint.here, joint.mine)
            on_the_way |= others.on_the_way(joint.there, joint.theirs)
    colds = graph.cold(on_the_way)
    found = []
    for joint in joined:
        near = min(ones.warmest(number, joint.mine, colds) for number in joint.here)
        far = min(others.warmest(number, joint.theirs, colds) for number in joint.there)
        found.append((near[0] + far[0], [*near[1], *far[1][::-1]], joint.mine, joint.hub or 0))
    _, people, mine, hub = min(found)
    return Way(tuple(people), cost, hub or None, mine if hub else None)
