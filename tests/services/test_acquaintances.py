"""Whom two people both know, the league of strangers and who knows whom somewhere, by plain sets."""

from datetime import date
from typing import NamedTuple

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinship.services import acquaintances, tying
from kinship.store import db as store
from kinship.store import entries, people, ties
from kinship.store.db import Db

TODAY = date(2026, 5, 20)
_KNOWN = ("in person", "online", "known", "heard")


class Somebody(NamedTuple):
    """How they are known, whether they are archived, and when you talked or met."""

    known: str
    archived: bool
    talked: str | None
    met: bool


class World(NamedTuple):
    """People, numbered from 1, and who of them knows whom."""

    people: list[Somebody]
    ties: list[tuple[int, int]]

    @property
    def graph(self) -> "nx.Graph[int]":
        graph: nx.Graph[int] = nx.Graph()
        graph.add_nodes_from(range(1, len(self.people) + 1))
        graph.add_edges_from(self.ties)
        return graph

    @property
    def yours(self) -> set[int]:
        return {n for n, p in enumerate(self.people, 1) if p.known != "heard" and not p.archived}


_SOMEBODY = st.builds(
    Somebody,
    st.sampled_from(_KNOWN),
    st.sampled_from([False] * 4 + [True]),
    st.sampled_from([None, "2021-05-20", "2025-12-01", "2026-05-01"]),
    st.booleans(),
)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    several = draw(st.lists(_SOMEBODY, min_size=2, max_size=14))
    one = st.integers(1, len(several))
    pairs = draw(st.lists(st.tuples(one, one), max_size=40))
    return World(several, [(a, b) for a, b in pairs if a != b])


def made(world: World) -> Db:
    """The world in a file."""
    db = store.in_memory()
    with db.change("world") as tx:
        for n, one in enumerate(world.people, 1):
            number = people.add(tx, name=f"P{n:02}", name_key=f"p{n:02}", known=one.known,
                                added_on="2020-01-01")  # fmt: skip
            assert number == n
            if one.talked:
                entries.add_conversation(tx, n, one.talked, direction="both", met=one.met)
            if one.archived:
                people.update(tx, n, archived_on="2026-01-01")
        for pair in world.ties:
            ties.add(tx, *pair, "2026-01-01")
    return db


@settings(max_examples=40)
@given(worlds())
def test_mutual_is_the_intersection_of_whom_each_knows(world: World) -> None:
    db, graph = made(world), world.graph
    for n in graph:
        person = people.by_id(db, n)
        assert person
        found = acquaintances.both(db, person, TODAY)
        assert {p.id for p in found.whom} == set(graph[n]) & world.yours
        assert found.whys.keys() == {p.id for p in found.whom}
    one, other = people.by_id(db, 1), people.by_id(db, 2)
    assert one
    assert other
    both = acquaintances.of_two(db, one, other, TODAY)
    archived = {n for n, p in enumerate(world.people, 1) if p.archived}
    assert {p.id for p in both.whom} == set(nx.common_neighbors(graph, 1, 2)) - archived
    assert both.whys.keys() == both.whys_other.keys() == {p.id for p in both.whom}


@settings(max_examples=40)
@given(worlds(), st.integers(1, 5), st.booleans())
def test_the_league_is_of_strangers_who_know_most_of_yours(
    world: World, most: int, crowd: bool
) -> None:
    db, graph = made(world), world.graph
    counts = {
        n: len(set(graph[n]) & world.yours)
        for n, one in enumerate(world.people, 1)
        if one.known in ("online", "heard") and not one.archived and not (one.talked and one.met)
    }
    ranked = sorted((n for n, count in counts.items() if count), key=lambda n: (-counts[n], n))
    with pytest.MonkeyPatch.context() as patch:
        if crowd:  # as where there are many
            patch.setattr(acquaintances, "_SOME", 2)
            patch.setattr(acquaintances, "_AT_ONCE", 1)
        found = acquaintances.league(db, most, TODAY)
    assert [person.id for person, _ in found] == ranked[:most]
    for person, whom in found:
        assert {p.id for p in whom} == set(graph[person.id]) & world.yours


@settings(max_examples=40)
@given(worlds(), st.data())
def test_each_tie_among_those_somewhere_is_told_once(world: World, data: st.DataObject) -> None:
    db = made(world)
    here = data.draw(st.sets(st.integers(1, len(world.people))))
    present = {n for n in here if not world.people[n - 1].archived}
    told, more = acquaintances.among(db, here, None)
    assert more == 0
    pairs = [frozenset((one.id, p.id)) for one, whom in told for p in whom]
    assert sorted(map(sorted, pairs)) == sorted(map(sorted, world.graph.subgraph(present).edges))
    few, left = acquaintances.among(db, here, 2)
    assert few == told[:2]
    assert left == len(told) - len(few)


@settings(max_examples=40)
@given(worlds())
def test_warmest_first(world: World) -> None:
    """Who talked both ways lately comes before whom you have not heard from in years."""
    db = made(world)
    order = ["2026-05-01", "2025-12-01", "2021-05-20", None]
    found = acquaintances.warmest(db, world.graph, TODAY)
    places = [order.index(world.people[p.id - 1].talked) for p in found]
    assert places == sorted(places)
    assert len(found) == len(world.people)


@settings(max_examples=40)
@given(worlds(), st.text("abc ", max_size=3), st.sampled_from(["", "2019", "2019-05"]))
def test_a_tie_is_one_whichever_way_it_is_said(world: World, how: str, since: str) -> None:
    db = made(world)
    known = {frozenset(pair) for pair in world.ties}
    one, other = people.by_id(db, 1), people.by_id(db, 2)
    assert one
    assert other
    done = tying.tie(db, one, [other], how=how, since=since, today=TODAY)
    (noted,) = done.knows
    assert noted.new == (frozenset((1, 2)) not in known)
    assert (noted.tie.how or "", noted.tie.since or "") == (how, since)
    again = tying.tie(db, other, [one], how=None, since=None, today=TODAY).knows[0]
    assert not again.new
    assert not again.changed
    assert again.tie == noted.tie
    assert ties.count(db) == len(known | {frozenset((1, 2))})
    tying.untie(db, other, [one])
    assert ties.between(db, 1, 2) is None
