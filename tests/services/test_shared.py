"""Cadences shared by communities, events and tags, against a plain-Python model of whose it is."""

import itertools
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from kinship.model.cadence import Cadence
from kinship.model.entry import Circle, Community, Event
from kinship.model.person import Person
from kinship.services import (
    cadences,
    contact,
    editing,
    gathering,
    meeting,
    mending,
    safety,
    shared_cadences,
)
from kinship.services import communities as joining
from kinship.services.cadences import AS_SHARED
from kinship.services.contact import Talk
from kinship.services.editing import Edit
from kinship.services.event_names import EventMeant
from kinship.services.meeting import Arrival
from kinship.services.shared_cadences import Target, staggered
from kinship.store import circles, communities, events, people, shared
from kinship.store import db as store
from kinship.store.shared import Hello

START = date(2026, 1, 31)
_UNITS = {"d": 10, "w": 70, "mo": 304, "y": 3650}
_CODES = ["10d", "1w", "30d", "4w", "1mo", "3mo", "1y"]


def length(code: str) -> int:
    """Tenths of days."""
    every = Cadence.of_code(code)
    return every.every * _UNITS[every.unit]


@dataclass
class Somebody:
    """``own`` is a code, off, or nothing; ``at`` are the events of their talks, by number."""

    added_on: date
    own: str | None = None
    circle: str | None = None
    kept_on: date | None = None
    communities: set[str] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)
    talks: dict[int, tuple[date, str | None]] = field(default_factory=dict)
    archived: bool = False


@dataclass
class World:
    """What a change may change; a shared cadence is a code or the name of a circle, and its day."""

    people: dict[str, Somebody] = field(default_factory=dict)
    communities: set[str] = field(default_factory=set)
    events: set[str] = field(default_factory=set)
    shared: dict[tuple[str, str], tuple[str, date]] = field(default_factory=dict)
    circles: dict[str, str] = field(
        default_factory=lambda: {"inner": "2w", "close": "1mo", "wide": "3mo", "outer": "1y"}
    )

    def code(self, every: str) -> str:
        return self.circles.get(every, every)

    def sharing(self, who: Somebody, kind: str, name: str) -> bool:
        match kind:
            case "community":
                return name in who.communities
            case "event":
                return any(event == name for _, event in who.talks.values())
        return name in who.tags

    def in_force(self, who: Somebody) -> tuple[str, date | None, tuple[str, str] | None] | None:
        """The code, since when, and whose it is where it is shared."""
        if who.own is not None:
            return None if who.own == "off" else (who.own, who.kept_on, None)
        may = [
            (length(self.code(every)), since, key, self.code(every))
            for key, (every, since) in self.shared.items()
            if self.sharing(who, *key)
        ]
        found: list[tuple[int, date, tuple[str, str] | None, str]] = list(may)
        if who.circle:
            assert who.kept_on
            code = self.circles[who.circle]
            found.append((length(code), who.kept_on, None, code))
        if not found:
            return None
        _, since, key, code = min(found, key=lambda one: one[:2])
        return code, since, key

    def hello(self, who: Somebody) -> date | None:
        """When the next hello is due."""
        force = self.in_force(who)
        if force is None or who.archived:
            return None
        code, since, key = force
        base = max((day for day, _ in who.talks.values()), default=None)
        if base is None:
            base = max(since or who.added_on, who.added_on) if key else since or who.added_on
        return Cadence.of_code(code).after(base)


_NAMES = ("Ada", "Bea", "Cyd")
_GROUPS = ("PyLadies", "RSE")
_EVENTS = ("PyCon", "FOSDEM")
_TAGS = ("investor", "sailor")
_some = st.sampled_from(_NAMES)


class Sharing(RuleBasedStateMachine):
    """Three people, two of everything they may have in common."""

    def __init__(self) -> None:
        super().__init__()
        self.db = store.in_memory()
        self.today = START
        self.world = World()
        self.past: list[World] = []
        self.future: list[World] = []

    def _step(self) -> None:
        self.past.append(deepcopy(self.world))
        self.future.clear()

    def _person(self, name: str) -> Person:
        (person,) = people.by_key(self.db, name.lower())
        return person

    def _community(self, name: str) -> Community:
        return next(c for c in communities.every_community(self.db) if c.name == name)

    def _event(self, name: str) -> Event:
        return next(e for e in events.every_event(self.db) if e.name == name)

    def _known(self, data: st.DataObject) -> tuple[str, Somebody]:
        name = data.draw(st.sampled_from(sorted(self.world.people)))
        return name, self.world.people[name]

    @rule(days=st.integers(1, 20))
    def time_passes(self, days: int) -> None:
        self.today += timedelta(days)

    @rule(name=_some)
    def add(self, name: str) -> None:
        if name in self.world.people:
            return
        self._step()
        meeting.add(self.db, Arrival(name, "known"), today=self.today)
        self.world.people[name] = Somebody(self.today)

    @precondition(lambda self: self.world.people)
    @rule(data=st.data(), group=st.sampled_from(_GROUPS))
    def join(self, data: st.DataObject, group: str) -> None:
        name, who = self._known(data)
        meant = self._community(group) if group in self.world.communities else group
        if group not in who.communities:
            self._step()
        joining.join(self.db, meant, [self._person(name).id], label="x")
        self.world.communities.add(group)
        who.communities.add(group)

    @precondition(lambda self: any(p.communities for p in self.world.people.values()))
    @rule(data=st.data())
    def leave(self, data: st.DataObject) -> None:
        inside = [(n, g) for n, p in self.world.people.items() for g in sorted(p.communities)]
        name, group = data.draw(st.sampled_from(inside))
        self._step()
        joining.leave(self.db, self._community(group), [self._person(name).id], label="x")
        self.world.people[name].communities.remove(group)

    @precondition(lambda self: self.world.communities)
    @rule(data=st.data())
    def remove_a_community(self, data: st.DataObject) -> None:
        group = data.draw(st.sampled_from(sorted(self.world.communities)))
        self._step()
        joining.remove(self.db, self._community(group))
        self.world.communities.remove(group)
        self.world.shared.pop(("community", group), None)
        for who in self.world.people.values():
            who.communities.discard(group)

    @precondition(lambda self: self.world.people)
    @rule(data=st.data(), tag=st.sampled_from(_TAGS))
    def tag(self, data: st.DataObject, tag: str) -> None:
        name, who = self._known(data)
        self._step()
        editing.edit(self.db, self._person(name), Edit(add=(("tag", tag),)))
        who.tags.add(tag)

    @precondition(lambda self: any(p.tags for p in self.world.people.values()))
    @rule(data=st.data())
    def untag(self, data: st.DataObject) -> None:
        tagged = [(n, t) for n, p in self.world.people.items() for t in sorted(p.tags)]
        name, tag = data.draw(st.sampled_from(tagged))
        self._step()
        editing.edit(self.db, self._person(name), Edit(take=(("tag", tag),)))
        self.world.people[name].tags.remove(tag)

    @precondition(lambda self: self.world.people)
    @rule(data=st.data(), event=st.sampled_from([*_EVENTS, None]), back=st.integers(0, 40))
    def talk(self, data: st.DataObject, event: str | None, back: int) -> None:
        name, who = self._known(data)
        self._step()
        day = self.today - timedelta(back)
        known = event in self.world.events
        meant = EventMeant(event, self._event(event).id if known else None) if event else None
        talk = Talk(day, "both", met=event is not None, event=meant)
        (logged,) = contact.log(self.db, [self._person(name)], talk, today=self.today)
        who.talks[logged.number] = (day, event)
        if event:
            self.world.events.add(event)

    @precondition(lambda self: any(p.talks for p in self.world.people.values()))
    @rule(data=st.data())
    def strike_a_talk(self, data: st.DataObject) -> None:
        talks = [(n, t) for n, p in self.world.people.items() for t in sorted(p.talks)]
        name, number = data.draw(st.sampled_from(talks))
        self._step()
        mending.strike(self.db, {number: mending.entry(self.db, number)})
        del self.world.people[name].talks[number]

    @precondition(lambda self: len(self.world.events) == len(_EVENTS))
    @rule(data=st.data())
    def merge_events(self, data: st.DataObject) -> None:
        one, other = data.draw(st.permutations(_EVENTS))
        self._step()
        gathering.merge(self.db, self._event(one), self._event(other))
        self._no_more(one, other)
        taken = self.world.shared.pop(("event", one), None)
        if taken:
            self.world.shared.setdefault(("event", other), taken)

    @precondition(lambda self: self.world.events)
    @rule(data=st.data())
    def remove_an_event(self, data: st.DataObject) -> None:
        event = data.draw(st.sampled_from(sorted(self.world.events)))
        self._step()
        gathering.remove(self.db, self._event(event))
        self._no_more(event, None)
        self.world.shared.pop(("event", event), None)

    def _no_more(self, event: str, instead: str | None) -> None:
        self.world.events.remove(event)
        for who in self.world.people.values():
            for number, (day, at) in who.talks.items():
                who.talks[number] = (day, instead if at == event else at)

    @precondition(lambda self: self.world.people)
    @rule(data=st.data(), every=st.sampled_from([*_CODES, "close", "outer", "off", AS_SHARED]))
    def keep(self, data: st.DataObject, every: str) -> None:
        name, who = self._known(data)
        self._step()
        wanted = every if every == AS_SHARED else None if every == "off" else self._every(every)
        cadences.keep(self.db, [self._person(name)], wanted, today=self.today)
        circle = every in self.world.circles
        who.own = None if circle or every == AS_SHARED else every
        who.circle = every if circle else None
        who.kept_on = None if every in ("off", AS_SHARED) else self.today

    def _every(self, every: str) -> Cadence | Circle:
        circle = circles.named(self.db, every)
        return circle or Cadence.of_code(every)

    def _targets(self) -> list[Target]:
        tags = {t for p in self.world.people.values() for t in p.tags}
        tags |= {name for kind, name in self.world.shared if kind == "tag"}
        return [
            *(
                Target("community", g, self._community(g).id)
                for g in sorted(self.world.communities)
            ),
            *(Target("event", e, self._event(e).id) for e in sorted(self.world.events)),
            *(Target("tag", t, t) for t in sorted(tags)),
        ]

    @precondition(lambda self: self._targets())
    @rule(data=st.data(), every=st.sampled_from([*_CODES, "close", "inner"]))
    def share(self, data: st.DataObject, every: str) -> None:
        target = data.draw(st.sampled_from(self._targets()))
        self._step()
        plan = shared_cadences.share(self.db, target, self._every(every), today=self.today)
        self.world.shared[target.kind, target.name] = (every, self.today)
        key = (target.kind, target.name)
        there = [p for p in self.world.people.values() if not p.archived]
        all_of_it = [p for p in there if self.world.sharing(p, *key)]
        assert plan.reach
        assert plan.reach.people == len(all_of_it)
        assert plan.reach.own == sum(p.own is not None for p in all_of_it)

    @precondition(lambda self: self.world.shared)
    @rule(data=st.data())
    def unshare(self, data: st.DataObject) -> None:
        kind, name = data.draw(st.sampled_from(sorted(self.world.shared)))
        target = next(t for t in self._targets() if (t.kind, t.name) == (kind, name))
        self._step()
        shared_cadences.unshare(self.db, target)
        del self.world.shared[kind, name]

    @rule(circle=st.sampled_from(["close", "inner"]), code=st.sampled_from(_CODES))
    def change_a_circle(self, circle: str, code: str) -> None:
        self._step()
        cadences.set_circle(self.db, circle, Cadence.of_code(code))
        self.world.circles[circle] = code

    @precondition(lambda self: self.world.people)
    @rule(data=st.data())
    def archive_or_not(self, data: st.DataObject) -> None:
        name, who = self._known(data)
        self._step()
        day = None if who.archived else self.today.isoformat()
        editing.edit(self.db, self._person(name), Edit(columns=(("archived_on", day),)))
        who.archived = not who.archived

    @precondition(lambda self: self.world.people)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        name, _ = self._known(data)
        self._step()
        editing.remove(self.db, [self._person(name)])
        del self.world.people[name]

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        assert len(safety.undo(self.db)) == 1
        self.future.append(self.world)
        self.world = self.past.pop()

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        assert len(safety.redo(self.db)) == 1
        self.past.append(self.world)
        self.world = self.future.pop()

    @invariant()
    def everybody_has_the_cadence_of_the_model(self) -> None:
        for name, who in self.world.people.items():
            person = self._person(name)
            pulse = people.pulses(self.db, [person.id])[person.id]
            force = self.world.in_force(who)
            since = force[1].isoformat() if force and force[1] else None
            assert pulse.kept_on == (since if force else None)
            if force is None:
                assert pulse.every is None
                assert pulse.shared is None
            else:
                assert pulse.every
                assert length(pulse.every) == length(force[0])
            due = self.world.hello(who)
            if force and pulse.every == force[0]:
                assert pulse.next_on == (due.isoformat() if due else None)

    @invariant()
    def what_is_kept_by_trigger_is_what_is_reckoned(self) -> None:
        for table in ("pulse", "waiting"):
            stored = ", ".join(c for _, c, *_ in self.db.tuples(f"PRAGMA table_info({table})"))
            kept = self.db.tuples(f"SELECT {stored} FROM {table} ORDER BY 1, 2")
            assert kept == self.db.tuples(f"SELECT * FROM {table}_reckoned ORDER BY 1, 2")
        assert self.db.tuples("PRAGMA foreign_key_check") == []

    @invariant()
    def the_list_of_what_is_shared_is_the_models(self) -> None:
        found = {(s.kind, s.name): (s.circle or s.every, s.kept_on)
                 for s in shared.every_shared(self.db)}  # fmt: skip
        expected = {
            key: (every, day.isoformat()) for key, (every, day) in self.world.shared.items()
        }
        assert found == expected

    def teardown(self) -> None:
        self.db.close()


TestSharing = Sharing.TestCase
TestSharing.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)


# Spreading

_hellos = st.lists(
    st.builds(
        lambda due, last: (START + timedelta(due), START - timedelta(last) if last else None),
        st.integers(-60, 60),
        st.integers(0, 90),
    ),
    max_size=60,
)


def _made(days: list[tuple[date, date | None]]) -> list[Hello]:
    return [
        Hello(n, f"P{n}", f"p{n:02}", due.isoformat(), last.isoformat() if last else None)
        for n, (due, last) in enumerate(days, 1)
    ]


@given(_hellos, st.integers(1, 40))
def test_spread_hellos_never_come_before_they_are_due_nor_after_the_span(
    days: list[tuple[date, date | None]], span: int
) -> None:
    hellos = _made(days)
    first, last = START + timedelta(1), START + timedelta(span)
    moved = staggered(hellos, first, last)
    assert len({h.id for h, _ in moved}) == len(moved)
    for hello, day in moved:
        assert first <= day <= last
        assert hello.due_on < day.isoformat()
    stay = [h for h in hellos if h.id not in {m.id for m, _ in moved}]
    assert all(h.due_on >= first.isoformat() for h in stay)


@given(_hellos, st.integers(1, 40))
def test_spreading_again_is_the_same_and_in_any_order(
    days: list[tuple[date, date | None]], span: int
) -> None:
    hellos = _made(days)
    first, last = START + timedelta(1), START + timedelta(span)
    moved = staggered(hellos, first, last)
    assert staggered(hellos[::-1], first, last) == moved


@pytest.mark.parametrize(("number", "span"), [(30, 30), (10, 30), (45, 30), (100, 7), (1, 30)])
def test_hellos_that_are_due_are_spread_evenly(number: int, span: int) -> None:
    hellos = _made([(START, None)] * number)
    moved = staggered(hellos, START + timedelta(1), START + timedelta(span))
    load = [sum(day == START + timedelta(d) for _, day in moved) for d in range(1, span + 1)]
    assert sum(load) == number
    assert load[0] >= 1
    assert max(load) - min(load) <= 1
    busy = [d for d, many in enumerate(load) if many]
    gaps = [b - a for a, b in itertools.pairwise(busy)]
    assert not gaps or max(gaps) - min(gaps) <= 1


def test_whoever_has_a_day_alone_keeps_it() -> None:
    hellos = _made([(START + timedelta(n), START - timedelta(90 - n)) for n in (2, 3, 4, 5, 40)])
    assert staggered(hellos, START + timedelta(1), START + timedelta(90)) == []


def test_who_shares_a_day_waits_no_longer_than_all_take() -> None:
    hellos = _made([(START + timedelta(n // 2), None) for n in range(2, 62)])
    late = [
        day - date.fromisoformat(h.due_on)
        for h, day in staggered(hellos, START + timedelta(1), START + timedelta(60))
    ]
    assert max(late) <= timedelta(31)


def test_whoever_you_talked_with_last_comes_first() -> None:
    talked = [START - timedelta(50), START - timedelta(2), None, START - timedelta(9)]
    hellos = _made([(START, day) for day in talked])
    moved = staggered(hellos, START + timedelta(1), START + timedelta(4))
    assert [h.id for h, _ in moved] == [2, 4, 1, 3]
