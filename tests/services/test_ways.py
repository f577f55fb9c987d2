"""Paths, mutual and ties against networkx, in small files of any kind."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations, pairwise
from random import Random

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinship.model import warmth
from kinship.model.person import Person
from kinship.services import acquaintances, meeting, wayfinding
from kinship.services.meeting import Arrival
from kinship.store import db as store
from kinship.store import people, ties
from kinship.store import warmth as warm

TODAY = date(2026, 5, 20)
CROWD = 4
"""As many people as a hub may have here, so that small files have crowds."""


class File:
    """A file of people drawn by chance, and the same as sets of numbers."""

    def __init__(self, seed: int) -> None:
        self.random = random = Random(seed)
        self.db = store.in_memory()
        self.size = random.randint(2, random.choice((4, 10, 25)))
        self.hubs = [set(self._some(random.randint(2, 6))) for _ in range(random.randint(0, 5))]
        self.people: dict[int, Person] = {}
        for number in range(1, self.size + 1):
            self._person(number)
        self.ties = {
            frozenset(random.sample(range(1, self.size + 1), 2))
            for _ in range(random.randint(0, self.size * random.choice((1, 1, 2))))
        }
        with self.db.change("ties") as tx:
            for pair in self.ties:
                ties.add(tx, *random.sample(sorted(pair), 2), "2026-01-01")
            for number in self.archived:
                people.update(tx, number, archived_on="2026-03-03")
        self.people = people.by_ids(self.db, range(1, self.size + 1))

    def _some(self, most: int) -> list[int]:
        return self.random.sample(range(1, self.size + 1), min(most, self.size))

    def _person(self, number: int) -> None:
        random = self.random
        joined = [n for n, hub in enumerate(self.hubs) if number in hub]
        events = [n for n in joined if n % 2]
        arrival = Arrival(
            f"Person {number}",
            random.choice(("known", "online", "heard")),
            communities=tuple(f"Community {n}" for n in joined if n % 2 == 0),
        )
        added = meeting.add(self.db, arrival, today=TODAY - timedelta(days=2000))
        self.people[number] = added.person
        with self.db.change("contacts") as tx:
            for n in events:
                name = f"Event {n}"
                tx.run(
                    "INSERT INTO event (name, name_key, from_on, until_on) VALUES"
                    " (:name, :name, '2024-01-01', '2024-01-01') ON CONFLICT DO NOTHING",
                    name=name,
                )
                tx.run(
                    "INSERT INTO attendance (person_id, event_id)"
                    " SELECT :id, id FROM event WHERE name = :name",
                    id=number,
                    name=name,
                )
            for _ in range(random.choice((0, 1, 1, 3))):
                tx.run(
                    "INSERT INTO conversation (id, person_id, day, direction, met)"
                    " VALUES (:n, :id, :day, :direction, 0)",
                    n=tx.number(),
                    id=number,
                    day=(TODAY - timedelta(days=random.randint(0, 1500))).isoformat(),
                    direction=random.choice(("both", "me", "them")),
                )

    @property
    def archived(self) -> set[int]:
        return {n for n in range(1, self.size + 1) if n % 7 == 3}

    def yours(self) -> dict[int, int]:
        """Whom you know, and how cold it is."""
        numbers = [n for n, p in self.people.items() if p.known != "heard" and not p.archived_on]
        found = warm.of(self.db, numbers, TODAY.isoformat())
        return {n: found[n].cold(TODAY) for n in numbers}

    def weak(self) -> Iterator[tuple[int, int]]:
        for hub in self.hubs:
            if len(hub) <= CROWD:
                yield from combinations(hub - self.archived, 2)


def layers(file: File, without: set[int], *, strong: bool, direct: bool = True) -> nx.DiGraph:
    """Each person twice: before a weak step, and after it."""
    graph = nx.DiGraph()
    here = set(file.people) - without
    for one, other in map(sorted, file.ties):
        if {one, other} <= here and (direct or {one, other} != graph.graph.get("ends")):
            for n in (0, 1):
                graph.add_edge((one, n), (other, n), weight=warmth.TIE)
                graph.add_edge((other, n), (one, n), weight=warmth.TIE)
    if not strong:
        for one, other in file.weak():
            if {one, other} <= here:
                _lighter(graph, (one, 0), (other, 1), warmth.WEAK)
                _lighter(graph, (other, 0), (one, 1), warmth.WEAK)
    return graph


def _lighter(graph: nx.DiGraph, one: object, other: object, weight: int) -> None:
    if not graph.has_edge(one, other) or graph.edges[one, other]["weight"] > weight:
        graph.add_edge(one, other, weight=weight)


def cheapest(graph: nx.DiGraph, start: object, goal: int) -> int | None:
    """The least cost from a place to somebody, in either layer."""
    if start not in graph:
        return None
    costs = nx.single_source_dijkstra_path_length(graph, start)
    found = [costs[goal, n] for n in (0, 1) if (goal, n) in costs]
    least = min(found, default=warmth.FARTHEST + 1)
    return least if least <= warmth.FARTHEST else None


def from_you(file: File, goal: int, without: set[int], *, strong: bool) -> int | None:
    """What the best way costs: your step to somebody, then a weak one at once or never."""
    graph = layers(file, without, strong=True)
    for number, cold in file.yours().items():
        if number not in without and number != goal:
            graph.add_edge("you", (number, 0), weight=warmth.TIE + cold)
            graph.add_edge("you", ("first", number), weight=warmth.TIE + cold)
    if not strong:
        for pair in file.weak():
            for one, other in (pair, pair[::-1]):
                if not {one, other} & without and ("first", one) in graph:
                    graph.add_edge(("first", one), (other, 1), weight=warmth.WEAK)
    return cheapest(graph, "you", goal)


@pytest.fixture(autouse=True)
def small_crowds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warm, "MOST", CROWD)


@given(st.integers(0, 2**32), st.booleans())
def test_the_way_from_you_is_the_cheapest(seed: int, strong: bool) -> None:
    file = File(seed)
    goal = file.random.randint(1, file.size)
    found = wayfinding.paths(file.db, None, file.people[goal], most=4, strong=strong, today=TODAY)
    without = file.archived - {goal}
    for path in found:
        assert path.way.cost == from_you(file, goal, without, strong=strong)
        assert path.way.people[0] == 0
        holds(file, path, without, strong=strong)
        yours = file.yours()
        assert path.way.people[1] in yours
        assert path.way.weak_at in (None, 1)
        assert path.way.cost == steps_cost(path, yours[path.way.people[1]])
        without.add(path.way.people[1])
    if len(found) < 4:
        assert from_you(file, goal, without, strong=strong) is None
    file.db.close()


@given(st.integers(0, 2**32), st.booleans())
def test_the_way_between_two_is_the_cheapest(seed: int, strong: bool) -> None:
    file = File(seed)
    start, goal = file.random.sample(range(1, file.size + 1), 2)
    found = wayfinding.paths(
        file.db, file.people[start], file.people[goal], most=4, strong=strong, today=TODAY
    )
    without = file.archived - {start, goal}
    direct = True
    for path in found:
        assert path.way.cost == between(file, start, goal, without, strong, direct)
        assert (path.way.people[0], path.way.people[-1]) == (start, goal)
        holds(file, path, without, strong=strong)
        assert path.way.cost == steps_cost(path, None)
        without |= set(path.way.people[1:-1])
        direct = direct and len(path.way.people) > 2
    if len(found) < 4:
        assert between(file, start, goal, without, strong, direct) is None
    file.db.close()


def between(
    file: File, start: int, goal: int, without: set[int], strong: bool, direct: bool
) -> int | None:
    graph = layers(file, without, strong=strong)
    if not direct:
        graph.remove_edges_from([(a, b) for a, b in graph.edges if {a[0], b[0]} == {start, goal}])
    return cheapest(graph, (start, 0), goal)


def holds(file: File, path: wayfinding.Path, without: set[int], *, strong: bool) -> None:
    """Every step is there, nobody comes twice, and every step says why."""
    numbers = path.way.people
    assert len(set(numbers)) == len(numbers)
    assert not set(numbers) & without
    assert [p.id for p in path.people] == list(numbers)
    weak = {frozenset(pair) for pair in file.weak()}
    for at, (pair, why) in enumerate(zip(pairwise(numbers), path.edges, strict=True)):
        assert why.pair == pair
        assert why.text
        assert why.weak == (at == path.way.weak_at)
        if why.weak:
            assert not strong
            assert frozenset(pair) in weak
            assert why.event or why.community
        elif at or numbers[0]:
            assert frozenset(pair) in file.ties


def steps_cost(path: wayfinding.Path, cold: int | None) -> int:
    own = 0 if cold is None else warmth.TIE + cold
    edges = path.edges if cold is None else path.edges[1:]
    return own + sum(warmth.WEAK if why.weak else warmth.TIE for why in edges)


@given(st.integers(0, 2**32))
def test_of_ways_that_cost_the_same_the_warmest_is_taken(seed: int) -> None:
    file = File(seed)
    start, goal = file.random.sample(range(1, file.size + 1), 2)
    found = wayfinding.paths(
        file.db, file.people[start], file.people[goal], most=1, strong=True, today=TODAY
    )
    graph = nx.Graph(tuple(pair) for pair in map(tuple, file.ties))
    graph.remove_nodes_from(file.archived - {start, goal})
    if found:
        colds = file.yours()
        every = nx.all_shortest_paths(graph, start, goal)
        sums = {tuple(way): sum(colds.get(n, warmth.COLD) for n in way[1:-1]) for way in every}
        assert sums[found[0].way.people] == min(sums.values())
    file.db.close()


@given(st.integers(0, 2**32))
def test_mutual_is_whom_both_know(seed: int) -> None:
    file = File(seed)
    graph = nx.Graph(tuple(pair) for pair in map(tuple, file.ties))
    graph.add_nodes_from(file.people)
    one, other = file.random.sample(range(1, file.size + 1), 2)
    both = set(nx.common_neighbors(graph, one, other)) - file.archived
    found = acquaintances.of_two(file.db, file.people[one], file.people[other], TODAY)
    assert {p.id for p in found.whom} == both
    yours = acquaintances.both(file.db, file.people[one], TODAY)
    assert {p.id for p in yours.whom} == set(graph[one]) & set(file.yours())
    file.db.close()
