"""The picture of who knows whom: whom it shows, and where each of them stands.

The only importer of networkx and numpy, which few people have: inside functions.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, Any

from kinship.errors import BadInput
from kinship.model import picture as drawn
from kinship.model import warmth as warmths
from kinship.model.person import Person
from kinship.model.picture import Dot, Group, Picture
from kinship.store import communities, people, ties, warmth
from kinship.store.db import Db

if TYPE_CHECKING:
    import networkx
    import numpy
    from numpy.typing import NDArray

    Graph = networkx.Graph[int]
    Floats = NDArray[numpy.float64]

MOST = 300
"""As many people as a picture shows, unless more are asked for."""
AT_MOST = 450
"""As many as can be asked for: from 500 on the layout would need scipy too."""
_FEWEST = 3
"""People who make a group."""


def picture(db: Db, who: Sequence[int] | None, today: date, *, most: int = MOST) -> Picture:
    """These people, or everybody you know with a tie, and the ties among them; not yet laid out.

    Where they are too many, whoever has most ties is taken, then whoever has most with those.
    """
    many = ties.tied(db, who)
    numbers = _close(db, many, most) if len(many) > most else list(many)
    found = people.by_ids(db, numbers)
    cold = {n: one.cold(today) for n, one in warmth.of(db, numbers, today.isoformat()).items()}
    groups, of = _communities(communities.of(db, numbers))
    dots = [
        Dot(
            found[number],
            of.get(number),
            warmths.COLD if found[number].known == "heard" else cold[number],
        )
        for number in sorted(found)
    ]
    pairs = [(tie.person_id, tie.other_id) for tie in ties.among(db, found)]
    return Picture(dots, sorted(pairs), groups, len(many) - len(numbers))


def _close(db: Db, many: Mapping[int, int], most: int) -> list[int]:
    """So many of these people who know each other: one after another whoever knows most of them.

    Of equals, and where nobody knows any of them, it is who knows most of all.
    """
    taken: dict[int, None] = {}
    knowing: Counter[int] = Counter()
    order = [(0, -count, number) for number, count in many.items()]
    heapify(order)
    while len(taken) < most:
        _, _, number = heappop(order)
        if number in taken:
            continue  # stands here with fewer of them, too
        taken[number] = None
        for other in ties.neighbours(db, [number]).get(number, ()):
            if other in many and other not in taken:
                knowing[other] += 1
                heappush(order, (-knowing[other], -many[other], other))
    return list(taken)


def around(db: Db, who: Sequence[Person]) -> list[int]:
    """Some people and whom they know, the archived left out."""
    ids = [person.id for person in who]
    near = {n for known in ties.neighbours(db, ids).values() for n in known}
    found = people.by_ids(db, near)
    return [*ids, *(n for n in sorted(near - set(ids)) if not found[n].archived_on)]


def _communities(held: dict[int, list[str]]) -> tuple[list[Group], dict[int, int]]:
    """The communities that part them, the largest first, and whose is whose.

    One that everybody is in parts nobody. Each belongs to the largest of theirs.
    """
    size = Counter(name for names in held.values() for name in names)
    parting = {n: (-many, n) for n, many in size.items() if _FEWEST <= many < len(held)}
    first = {
        number: min(fitting, key=lambda n: parting[n])
        for number, names in held.items()
        if (fitting := [name for name in names if name in parting])
    }
    taken = Counter(first.values())
    large = (name for name in taken if taken[name] >= _FEWEST)
    groups = sorted(large, key=lambda n: (-taken[n], n))[: drawn.MARKS]
    place = {name: index for index, name in enumerate(groups)}
    return [Group(name) for name in groups], {n: place[g] for n, g in first.items() if g in place}


def laid_out(picture: Picture) -> Picture:
    """The same with a place for each, so that no two labels overlap.

    Who is in no community is grouped by who knows whom. Raises BadInput where networkx or numpy is
    not installed.
    """
    nx, np = _libraries()
    graph: Graph = nx.Graph()
    graph.add_nodes_from(dot.person.id for dot in picture.dots)
    graph.add_edges_from(picture.ties)
    picture = _grouped(picture, graph, nx)
    places = _places(picture, graph, nx, np)
    dots = [dot._replace(x=x, y=y) for dot, (x, y) in zip(picture.dots, places, strict=True)]
    return _apart(picture._replace(dots=dots, groups=_titled(picture.groups, dots)), np)


def _libraries() -> tuple[Any, Any]:
    try:
        import networkx as nx  # (only here, and an extra)
        import numpy as np  # (as above)
    except ImportError as error:
        raise BadInput(
            "a picture needs networkx and numpy, which are not installed. Nothing was written.",
            hint=(
                "pip install '.[map]'        in the checkout of kinship",
                "kinship map -o people.dot   for Graphviz, needs nothing",
            ),
        ) from error
    return nx, np


def _grouped(picture: Picture, graph: "Graph", nx: Any) -> Picture:
    """Whoever is in no group yet, by who knows whom; each is called after who knows most of it."""
    loose = [dot.person.id for dot in picture.dots if dot.group is None]
    part = graph.subgraph(loose)
    found = [set(some) for some in nx.community.louvain_communities(part, seed=1)]
    found = sorted(
        (some for some in found if len(some) >= _FEWEST), key=lambda some: (-len(some), min(some))
    )[: drawn.MARKS - len(picture.groups)]
    called = {dot.person.id: dot.person.name for dot in picture.dots}
    of = {n: len(picture.groups) + place for place, some in enumerate(found) for n in some}
    centres = [min(some, key=lambda n: (-len(some.intersection(graph[n])), n)) for some in found]
    return picture._replace(
        groups=[*picture.groups, *(Group(f"around {called[n]}") for n in centres)],
        dots=[dot._replace(group=of.get(dot.person.id, dot.group)) for dot in picture.dots],
    )


_ROOM = 3600.0
"""Square pixels for a person of a group; half of them is label."""
_FLAT = 1.4
"""Labels are wide and low: so are groups."""


def _places(picture: Picture, graph: "Graph", nx: Any, np: Any) -> list[tuple[float, float]]:
    """Where each stands: groups as those who know one another, and the same inside each."""
    home = _homes(picture, graph)
    members: dict[int, list[int]] = {}
    for number, group in home.items():
        members.setdefault(group, []).append(number)
    across = nx.Graph()
    across.add_nodes_from(sorted(members))
    for one, other in picture.ties:
        if home[one] != home[other]:
            pair = across.get_edge_data(home[one], home[other], {"weight": 0})
            across.add_edge(home[one], home[other], weight=pair["weight"] + 1)
    reach = np.array([(len(members[g]) * _ROOM / np.pi) ** 0.5 for g in across])
    flat = np.array((_FLAT, 1 / _FLAT))
    at: dict[int, Any] = {}
    for group, middle, radius in zip(
        across, _packed(_spread(across, nx, np), reach, np), reach, strict=True
    ):
        own = nx.Graph()
        own.add_nodes_from(members[group])
        own.add_edges_from(sorted(graph.subgraph(members[group]).edges))
        inside = (_evenly(_spread(own, nx, np), np) * radius + middle) * flat
        at |= dict(zip(members[group], inside, strict=True))
    found = [at[dot.person.id] for dot in picture.dots]
    return [(float(x), float(y)) for x, y in found]


def _evenly(spread: "Floats", np: Any) -> "Floats":
    """Places in a circle of radius 1, in the same directions, and as dense outside as inside."""
    spread = spread - spread.mean(axis=0)
    far = np.hypot(spread[:, 0], spread[:, 1]) + 1e-9
    order = far.argsort(kind="stable").argsort(kind="stable")
    return spread * (np.sqrt((order + 0.5) / len(far)) / far)[:, None]  # type: ignore[no-any-return]


_PULLS, _TOUCHES = 200, 100


def _packed(spread: "Floats", reach: "Floats", np: Any) -> "Floats":
    """Middles of circles of these sizes, drawn together until they touch."""
    at = spread * reach.sum()
    need = reach[:, None] + reach[None, :]
    np.fill_diagonal(need, 0)
    for turn in range(_PULLS + _TOUCHES):
        if turn < _PULLS:
            at = at * 0.97
        gap = at[:, None] - at[None, :]
        apart = np.hypot(gap[..., 0], gap[..., 1]) + 1e-9
        over = np.maximum(0, need - apart)
        at = at + (gap * (over / apart / 2)[..., None]).sum(axis=1)
    return at  # type: ignore[no-any-return]


def _homes(picture: Picture, graph: "Graph") -> dict[int, int]:
    """The group beside which each stands: their own, else where they know most, else -1."""
    own = {dot.person.id: dot.group for dot in picture.dots}
    found = {}
    for number, group in own.items():
        near = Counter(g for n in graph[number] if (g := own[n]) is not None)
        best = min(near, key=lambda g: (-near[g], g), default=-1)
        found[number] = best if group is None else group
    return found


def _spread(graph: Any, nx: Any, np: Any) -> "Floats":
    """Where each node stands, from -1 to 1; networkx moves those who know each other together."""
    if len(graph) == 1:
        return np.zeros((1, 2))  # type: ignore[no-any-return]
    found = nx.spring_layout(graph, seed=1, iterations=100, k=1.6 / len(graph) ** 0.5)
    return np.array([found[node] for node in graph])  # type: ignore[no-any-return]


def _titled(groups: Sequence[Group], dots: Sequence[Dot]) -> list[Group]:
    """The name of each group above its people."""
    found = []
    for place, group in enumerate(groups):
        own = [dot for dot in dots if dot.group == place]
        x = sum(dot.x for dot in own) / len(own)
        found.append(group._replace(x=x, y=min(dot.y for dot in own) - 2 * drawn.TITLE_SIZE))
    return found


_MARGIN = 24.0
_CLEAR = 4.0


def _apart(picture: Picture, np: Any) -> Picture:
    """All labels pushed apart, and the picture as large as they need."""
    boxes = np.array(
        [*map(drawn.box, picture.dots), *map(drawn.title_box, picture.groups)], dtype=float
    )
    sides = boxes[:, 2:] - boxes[:, :2]
    middles = (boxes[:, 2:] + boxes[:, :2]) / 2
    moved = _pushed(middles, sides + _CLEAR, np)
    moved += _MARGIN - (moved - sides / 2).min(axis=0)
    width, height = (moved + sides / 2).max(axis=0) + _MARGIN
    by = moved - middles
    here = len(picture.dots)

    def shifted(several: Iterable[Any], shifts: Any) -> list[Any]:
        return [
            one._replace(x=round(one.x + float(x), 1), y=round(one.y + float(y), 1))
            for one, (x, y) in zip(several, shifts, strict=True)
        ]

    return picture._replace(
        dots=shifted(picture.dots, by[:here]),
        groups=shifted(picture.groups, by[here:]),
        width=round(float(width), 1),
        height=round(float(height), 1),
    )


_PATIENCE = 60
"""Rounds in which boxes only push each other; from then on everything moves outwards too."""


def _pushed(middles: "Floats", sides: "Floats", np: Any) -> "Floats":
    """Middles of boxes of these sides moved until none overlaps another.

    Two that overlap move apart where the way is shortest, half of it each. Where a crowd has no
    room for that, the whole grows, until it has.
    """
    at = middles + np.arange(len(middles))[:, None] * 1e-3  # two in one place part by their order
    need = (sides[:, None] + sides[None, :]) / 2
    round_ = 0
    while True:
        gap = at[:, None] - at[None, :]
        over = need - np.abs(gap)
        hit = (over > 0).all(axis=2)
        np.fill_diagonal(hit, False)
        if not hit.any():
            return at  # type: ignore[no-any-return]
        shorter = np.stack((over[..., 0] < over[..., 1], over[..., 0] >= over[..., 1]), axis=2)
        push = np.where(hit[..., None] & shorter, np.sign(gap) * (over + 0.1) / 2, 0)
        at = at + push.sum(axis=1) / np.maximum(1, np.sqrt(hit.sum(axis=1)))[:, None]
        round_ += 1
        if round_ > _PATIENCE:
            at = at * 1.01
