"""Paths, mutual and ties against networkx, in small files of any kind."""

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import combinations, pairwise
from random import Random
from typing import TypeAlias

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinship.model import warmth
from kinship.services import acquaintances, wayfinding
from kinship.store import db as store
from kinship.store import people, ties
from kinship.store import warmth as warm

Layers: TypeAlias = "nx.DiGraph[tuple[int | str, int] | str]"
"""People, each with whether a weak step was made."""
TODAY = date(2026, 5, 20)
CROWD = 4
"""As many people as a hub may have here, so that small files have crowds."""


@cache
def _empty() -> bytes:
    return store.in_memory()._conn.serialize()


class File:
    """A file of people drawn by chance, and the same as sets of numbers."""

    def __init__(self, seed: int) -> None:
        self.random = random = Random(seed)
        conn = sqlite3.connect(":memory:", isolation_level=None)
        conn.deserialize(_empty())
        self.db = store.Db(conn, ":memory:")
        self.size = random.randint(2, random.choice((4, 10, 25)))
        self.everybody = range(1, self.size + 1)
        self.archived = {n for n in self.everybody if random.random() < 0.1}
        self.ties = {
            frozenset(random.sample(self.everybody, 2))
            for _ in range(random.randint(0, self.size * random.choice((1, 1, 2))))
        }
        self.hubs = [
            set(random.sample(self.everybody, min(random.randint(2, 6), self.size)))
            for _ in range(random.randint(0, 5))
        ]
        with self.db.change("people") as tx:
            for number in self.everybody:
                self._person(tx, number)
            for pair in self.ties:
                one, other = random.sample(sorted(pair), 2)
                ties.add(tx, one, other, "2026-01-01")
            for number, hub in enumerate(self.hubs, 1):
                self._hub(tx, number, hub)
        self.people = people.by_ids(self.db, self.everybody)

    def _person(self, tx: store.Change, number: int) -> None:
        random = self.random
        tx.run(
            "INSERT INTO person (id, name, name_key, known, archived_on, added_on)"
            " VALUES (:id, :name, :name, :known, :archived, '2020-01-01')",
            id=number,
            name=f"person {number}",
            known=random.choice(("known", "online", "heard")),
            archived="2026-03-03" if number in self.archived else None,
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

    def _hub(self, tx: store.Change, number: int, hub: set[int]) -> None:
        """An event that some were met at and some were going to, or a community."""
        if number % 2:
            tx.run("INSERT INTO community (id, name, name_key) VALUES (:n, :n, :n)", n=number)
            joins = ["INSERT INTO membership (person_id, community_id) VALUES (:id, :n)"]
        else:
            tx.run(
                "INSERT INTO event (id, name, name_key, from_on, until_on)"
                " VALUES (:n, :n, :n, '2020-01-01', '2020-01-01')",
                n=number,
            )
            joins = [
                "INSERT INTO attendance (person_id, event_id) VALUES (:id, :n)",
                "INSERT INTO conversation (id, person_id, day, direction, met, event_id)"
                f" VALUES ({tx.number()} + :id, :id, '2020-01-01', 'both', 1, :n)",
            ]
            tx.run("UPDATE number SET last = last + 100")
        for person in hub:
            tx.run(self.random.choice(joins), id=person, n=number)

    def yours(self) -> dict[int, int]:
        """Whom you know, and how cold it is."""
        numbers = [n for n, p in self.people.items() if p.known != "heard" and not p.archived_on]
        found = warm.of(self.db, numbers, TODAY.isoformat())
        return {n: found[n].cold(TODAY) for n in numbers}

    def graph(self) -> "nx.Graph[int]":
        """All ties, whoever they are of."""
        graph: nx.Graph[int] = nx.Graph()
        graph.add_edges_from((min(pair), max(pair)) for pair in self.ties)
        return graph

    def weak(self) -> Iterator[tuple[int, int]]:
        for hub in self.hubs:
            if len(hub) <= CROWD:
                yield from combinations(sorted(hub), 2)


def layers(file: File, without: set[int], *, strong: bool) -> Layers:
    """Each person twice: before a weak step, and after it."""
    graph: Layers = nx.DiGraph()
    here = set(file.people) - without
    for one, other in map(sorted, file.ties):
        if {one, other} <= here:
            for n in (0, 1):
                graph.add_edge((one, n), (other, n), weight=warmth.TIE)
                graph.add_edge((other, n), (one, n), weight=warmth.TIE)
    if not strong:
        for one, other in file.weak():
            if {one, other} <= here:
                _lighter(graph, (one, 0), (other, 1), warmth.WEAK)
                _lighter(graph, (other, 0), (one, 1), warmth.WEAK)
    return graph


def _lighter(graph: Layers, one: tuple[int, int], other: tuple[int, int], weight: int) -> None:
    if not graph.has_edge(one, other) or graph.edges[one, other]["weight"] > weight:
        graph.add_edge(one, other, weight=weight)


def cheapest(graph: Layers, start: tuple[int, int] | str, goal: int) -> int | None:
    """The least cost from a place to somebody, in either layer."""
    if start not in graph:
        return None
    costs = nx.single_source_dijkstra_path_length(graph, start)
    found = [costs[goal, n] for n in (0, 1) if (goal, n) in costs]
    least = min(found, default=warmth.FARTHEST + 1)
    return int(least) if least <= warmth.FARTHEST else None


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
            assert why.hub
            assert why.text == f"perhaps: both {why.hub.place}"
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
    graph = file.graph()
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
    graph = file.graph()
    graph.add_nodes_from(file.people)
    one, other = file.random.sample(range(1, file.size + 1), 2)
    both = set(nx.common_neighbors(graph, one, other)) - file.archived
    found = acquaintances.of_two(file.db, file.people[one], file.people[other], TODAY)
    assert {p.id for p in found.whom} == both
    yours = acquaintances.both(file.db, file.people[one], TODAY)
    assert {p.id for p in yours.whom} == set(graph[one]) & set(file.yours())
    file.db.close()
