"""All writing commands against a plain-Python model of what moves the clock (docs/rules.md)."""

import calendar
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from kinship.errors import BadInput, NotFound, Refused
from kinship.model.cadence import Cadence
from kinship.model.channel import Handle
from kinship.model.person import Person
from kinship.services import (
    cadences,
    closing,
    connecting,
    contact,
    editing,
    follow_ups,
    helping_out,
    introducing,
    meeting,
    mending,
    reaching,
    safety,
    snoozing,
)
from kinship.services.contact import Talk
from kinship.services.editing import Edit
from kinship.services.event_names import EventMeant
from kinship.services.follow_ups import FollowUpAsked
from kinship.services.meeting import Arrival
from kinship.store import db as store
from kinship.store import entries, people

START = date(2026, 1, 31)
_ASIDE = ("change", "image", "number", "current", "sqlite_sequence", "_sqlite_migrations")


def content(db: store.Db) -> list[tuple[str, list[tuple[object, ...]]]]:
    """Everything in the file but the journal, the numbers given, and the index's own tables."""
    tables = db.tuples(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%_search%'"
        " AND name NOT LIKE 'person_word%' ORDER BY name"
    )
    return [
        (name, sorted(db.tuples(f"SELECT * FROM {name}"), key=repr))
        for (name,) in tables
        if name not in _ASIDE
    ]


@dataclass
class Intro:
    """An open introduction of the model, to whoever is its key."""

    made: bool
    day: date
    until: date | None = None

    def days(self) -> tuple[date, date, date]:
        """When it is due, late, and gone."""
        due = self.until or self.day + timedelta(14 if self.made else 7)
        late = due + timedelta(1 if self.until else 7)
        return due, late, max(self.day + timedelta(60), due + timedelta(14))


@dataclass
class Somebody:
    """One person of the model; talks are (day, number, direction, met), favours (day, way)."""

    known: str
    talks: list[tuple[date, int, str, bool]] = field(default_factory=list)
    favours: list[tuple[date, str]] = field(default_factory=list)
    intros: dict[str, "Intro"] = field(default_factory=dict)
    every: Cadence | None = None
    kept_on: date | None = None
    states: list[str | None] = field(default_factory=list)
    sent_on: date | None = None
    promises: dict[int, date] = field(default_factory=dict)
    until: dict[str, date] = field(default_factory=dict)
    birthday: date | None = None
    greeted: date = date.min
    settled: int = 0
    answered: int = 0
    never: bool = False

    def last(self) -> date | None:
        return max([*(t[0] for t in self.talks), *(f[0] for f in self.favours)], default=None)

    def waiting(self) -> dict[str, tuple[date, date, date | None]]:
        """Kind to (due, late, gone)."""
        found: dict[str, tuple[date, date, date | None]] = {}
        base = self.last() or self.kept_on
        if self.every and base:
            found["keep"] = (self.every.after(base), self.every.late(base), None)
        mine = max(((t[0], t[1]) for t in self.talks if t[2] != "them"), default=None)
        theirs = [
            t
            for t in self.talks
            if t[2] == "them" and t[1] > self.answered and (mine is None or (t[0], t[1]) > mine)
        ]
        if theirs:
            day = min(theirs)[0]
            found["reply"] = (day + timedelta(2), day + timedelta(7), None)
        met = max(((t[0], t[1]) for t in self.talks if t[3]), default=None)
        asks = not self.states or any(self.states)
        open_to_it = self.known in ("in person", "heard") and asks and not self.never
        if met and open_to_it and "connected" not in self.states and met[1] > self.settled:
            start, due, late, gone = (
                (self.sent_on, 7, 9, 21)
                if self.sent_on and self.sent_on >= met[0]
                else (met[0], 1, 3, 14)
            )
            found["connect"] = (
                start + timedelta(due),
                start + timedelta(late),
                start + timedelta(gone),
            )
        for kind, until in self.until.items():
            if kind in found:
                due_on, late_on, gone_on = found[kind]
                found[kind] = (
                    max(due_on, until),
                    max(late_on, until + timedelta(1)),
                    gone_on and max(gone_on, until + timedelta(14)),
                )
        return found

    def due(self, day: date) -> set[tuple[str, str]]:
        shown = {
            (kind, "overdue" if late <= day else "today")
            for kind, (due, late, gone) in self.waiting().items()
            if due <= day and (gone is None or gone >= day)
        }
        for on in self.promises.values():
            if on <= day:
                shown.add(("promise", "overdue" if on < day else "today"))
        for intro in self.intros.values():
            due_on, late_on, gone_on = intro.days()
            if due_on <= day <= gone_on:
                shown.add(("intro", "overdue" if late_on <= day else "today"))
        mine = max(
            [
                *(t[0] for t in self.talks if t[2] != "them"),
                *(d for d, way in self.favours if way == "gave"),
            ],
            default=date.min,
        )
        for past in range(4) if self.birthday and self.known != "heard" else ():
            on = day - timedelta(past)
            back = max(mine, self.greeted) >= on or self.until.get("birthday", date.min) > day
            if self._born_on(on) and not back:
                shown.add(("birthday", "overdue" if past else "today"))
        return shown

    def _born_on(self, day: date) -> bool:
        assert self.birthday
        wanted = (self.birthday.month, self.birthday.day)
        leap = calendar.isleap(day.year)
        return (day.month, day.day) == ((2, 28) if wanted == (2, 29) and not leap else wanted)

    def closes(self, today: date) -> set[int]:
        """The follow-ups that done settles: those due, or else the nearest within a week."""
        late = {number for number, on in self.promises.items() if on <= today}
        if late or self.due(today):
            return late
        soon = sorted((on, n) for n, on in self.promises.items() if on <= today + timedelta(7))
        return {n for _, n in soon[:1]}


_NAMES = ("Ada", "Bea", "Cyd", "Dee")
_some = st.sampled_from(_NAMES)
_back = st.integers(0, 40)


class Life(RuleBasedStateMachine):
    """A few people, day after day."""

    def __init__(self) -> None:
        super().__init__()
        self.db = store.in_memory()
        self.empty = content(self.db)
        self.today = START
        self.model: dict[str, Somebody] = {}
        self.past: list[dict[str, Somebody]] = []
        self.future: list[dict[str, Somebody]] = []

    # Help

    def _copy(self) -> dict[str, Somebody]:
        return deepcopy(self.model)

    def _step(self) -> None:
        self.past.append(self._copy())
        self.future.clear()

    def _person(self, name: str) -> Person:
        (person,) = people.by_key(self.db, name.lower())
        return person

    def _number(self) -> int:
        return int(self.db.value("SELECT last FROM number"))

    def _talked(self, who: Somebody, day: date, direction: str, *, met: bool = False) -> None:
        before = who.last()
        who.talks.append((day, self._number(), direction, met))
        if before is None or day >= before:
            who.until.pop("keep", None)
            who.until.pop("reply", None)

    # What a person does

    @rule(days=st.integers(0, 12))
    def time_passes(self, days: int) -> None:
        self.today += timedelta(days)

    @rule(name=_some, how=st.sampled_from(["in person", "online", "known", "heard"]),
          handle=st.booleans())  # fmt: skip
    def add(self, name: str, how: str, handle: bool) -> None:
        if name in self.model:
            return
        self._step()
        state = connecting.first_state("linkedin", connected=how == "online")
        met = how == "in person"
        entry = Arrival(
            name,
            how,
            self.today.isoformat() if met else None,
            EventMeant("PyCon") if met else None,
            channels=((Handle("linkedin", name.lower()), state),) if handle else (),
        )
        meeting.add(self.db, entry, today=self.today)
        who = self.model[name] = Somebody(how, states=[state] if handle else [])
        if met:
            self._talked(who, self.today, "both", met=True)

    @precondition(lambda self: self.model)
    @rule(data=st.data(), back=_back, direction=st.sampled_from(["both", "me", "them"]),
          met=st.booleans(), words=st.booleans())  # fmt: skip
    def log(self, data: st.DataObject, back: int, direction: str, met: bool, words: bool) -> None:
        name = data.draw(st.sampled_from(sorted(self.model)))
        self._step()
        day = self.today - timedelta(back)
        text = f"words {self._number()}" if words else None
        talk = Talk(day, direction, met, text=text)
        contact.log(self.db, [self._person(name)], talk, today=self.today)
        if self.model[name].known == "heard" and direction != "me":
            self.model[name].known = "in person" if met else "known"
        self._talked(self.model[name], day, direction, met=met)

    @precondition(lambda self: self.model)
    @rule(data=st.data(), back=_back, way=st.sampled_from(["gave", "got"]))
    def help_or_be_helped(self, data: st.DataObject, back: int, way: str) -> None:
        name = data.draw(st.sampled_from(sorted(self.model)))
        self._step()
        who, day = self.model[name], self.today - timedelta(back)
        person = self._person(name)
        helping_out.give(self.db, [person], way, "a lift", day=day, today=self.today)
        before = who.last()
        who.favours.append((day, way))
        if who.known == "heard":
            who.known = "known"
        if before is None or day >= before:
            who.until.pop("keep", None)

    @precondition(lambda self: len(self.model) > 1)
    @rule(data=st.data(), back=_back, asking=st.booleans())
    def introduce(self, data: st.DataObject, back: int, asking: bool) -> None:
        one, other = data.draw(st.permutations(sorted(self.model)))[:2]
        pair, day = (self._person(one), self._person(other)), self.today - timedelta(back)
        owner, key = (other, one) if one in self.model[other].intros else (one, other)
        open_one = self.model[owner].intros.get(key)
        before = self._copy()
        try:
            introducing.introduce(self.db, *pair, "why", day=day, asking=asking)
        except (Refused, BadInput):
            assert open_one
            assert asking or open_one.made or day < open_one.day
            return
        assert open_one is None or not (asking or open_one.made)
        self.past.append(before)
        self.future.clear()
        self.model[owner].intros[key] = Intro(made=not asking, day=day)
        if not asking:
            last = self._number()
            for name, number in ((one, last - 1), (other, last)):
                who = self.model[name]
                older = who.last()
                who.talks.append((day, number, "me", False))
                if older is None or day >= older:
                    who.until.pop("keep", None)
                    who.until.pop("reply", None)

    @precondition(lambda self: any(p.intros for p in self.model.values()))
    @rule(data=st.data(), state=st.sampled_from(["landed", "not"]))
    def say_how_it_ended(self, data: st.DataObject, state: str) -> None:
        pairs = sorted((name, to) for name, p in self.model.items() for to in p.intros)
        name, to = data.draw(st.sampled_from(pairs))
        one, other = data.draw(st.permutations([name, to]))
        self._step()
        introducing.close(self.db, self._person(one), self._person(other), state, day=self.today)
        del self.model[name].intros[to]

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def note_and_edit(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.model)))
        self._step()
        contact.note(self.db, [self._person(name)], "a fact", today=self.today)
        self._step()
        editing.edit(self.db, self._person(name), Edit(columns=(("city", "Paris"),)))

    @precondition(lambda self: self.model)
    @rule(data=st.data(), log=st.booleans(), back=st.integers(0, 5))
    def done(self, data: st.DataObject, log: bool, back: int) -> None:
        name = data.draw(st.sampled_from(sorted(self.model)))
        who, person = self.model[name], self._person(name)
        several = len(who.closes(self.today)) > 1
        everything = several or data.draw(st.booleans())
        plan = closing.closing(self.db, person, today=self.today, everything=everything)
        showed = {kind for kind, _ in who.due(self.today)}
        closed = who.closes(self.today)
        assert {f.id for f in plan.follow_ups} == closed
        _, _, gone = who.waiting().get("connect", (None, None, None))
        if gone and gone >= self.today:
            showed.add("connect")
        assert {i.kind for i in plan.kinds} == showed - {"promise"}
        if not log and not (closed or showed & {"reply", "connect", "birthday", "intro"}):
            return
        day = self.today - timedelta(back)
        since = {i.kind: date.fromisoformat(i.since_on) for i in plan.kinds if i.since_on}
        self._step()
        closing.done(self.db, [plan], Talk(day, "me"), today=self.today, log=log)
        for number in closed:
            del who.promises[number]
        for to, intro in list(who.intros.items()):
            due_on, _, gone_on = intro.days()
            if due_on <= self.today <= gone_on:
                if intro.made:
                    del who.intros[to]
                else:
                    who.intros[to] = Intro(made=True, day=max(day, intro.day))
        if log:
            self._talked(who, day, "me")
        if "reply" in showed and not (log and day >= since["reply"]):
            who.answered = self._number()
        if "birthday" in showed and not (log and day >= since["birthday"]):
            who.greeted = self.today
        if "connect" in showed:
            who.settled = self._number()

    @precondition(lambda self: self.model)
    @rule(data=st.data(), birthday=st.sampled_from([date(2000, 2, 29), date(1990, 2, 3)]))
    def say_a_birthday(self, data: st.DataObject, birthday: date) -> None:
        name = data.draw(st.sampled_from(sorted(self.model)))
        self._step()
        change = Edit(columns=(("birthday", birthday.isoformat()),))
        editing.edit(self.db, self._person(name), change)
        self.model[name].birthday = birthday

    @precondition(lambda self: self.model)
    @rule(data=st.data(), back=st.integers(0, 5))
    def meet_again(self, data: st.DataObject, back: int) -> None:
        name = data.draw(st.sampled_from(sorted(self.model)))
        self._step()
        who, day = self.model[name], self.today - timedelta(back)
        if who.known == "heard" or (who.known == "known" and who.last() is None):
            who.known = "in person"
        entry = Arrival(name, "in person", day.isoformat(), note="again")
        meeting.met_again(self.db, self._person(name), entry, today=self.today)
        self._talked(who, day, "both", met=True)

    @precondition(lambda self: any(p.talks for p in self.model.values()))
    @rule(data=st.data())
    def strike_a_talk(self, data: st.DataObject) -> None:
        names = sorted(name for name, p in self.model.items() if p.talks)
        who = self.model[data.draw(st.sampled_from(names))]
        talk = data.draw(st.sampled_from(who.talks))
        self._step()
        mending.strike(self.db, {talk[1]: mending.entry(self.db, talk[1])})
        who.talks.remove(talk)

    @precondition(lambda self: any(p.talks for p in self.model.values()))
    @rule(data=st.data(), words=st.sampled_from([None, "other words"]))
    def say_a_talk_otherwise(self, data: st.DataObject, words: str | None) -> None:
        names = sorted(name for name, p in self.model.items() if p.talks)
        _, number, *_ = data.draw(
            st.sampled_from(self.model[data.draw(st.sampled_from(names))].talks)
        )
        self._step()
        mending.mend(self.db, mending.entry(self.db, number), number, text=words)

    @precondition(lambda self: self.model)
    @rule(data=st.data(), days=st.integers(1, 30))
    def snooze(self, data: st.DataObject, days: int) -> None:
        name = data.draw(st.sampled_from(sorted(self.model)))
        who, until = self.model[name], self.today + timedelta(days)
        moved = [n for n, on in who.promises.items() if on < until]
        kinds = [k for k, (due, _, _) in who.waiting().items() if due < until]
        kinds += [kind for kind, _ in who.due(self.today) if kind == "birthday"]
        intros = [
            i for i in who.intros.values() if i.days()[0] < until and self.today <= i.days()[2]
        ]
        before = self._copy()
        try:
            snoozing.snooze(self.db, [self._person(name)], until, today=self.today)
        except NotFound:
            assert not moved
            assert not kinds
            assert not intros
            return
        self.past.append(before)
        self.future.clear()
        for number in moved:
            who.promises[number] = until
        for kind in kinds:
            who.until[kind] = until
        for name, intro in list(who.intros.items()):
            if intro in intros:
                who.intros[name] = Intro(intro.made, intro.day, until)

    @precondition(lambda self: self.model)
    @rule(data=st.data(), days=st.integers(0, 20))
    def remind(self, data: st.DataObject, days: int) -> None:
        name = data.draw(st.sampled_from(sorted(self.model)))
        self._step()
        due = self.today + timedelta(days)
        asked = FollowUpAsked(due, "a promise")
        (number,) = follow_ups.remind(self.db, [self._person(name)], asked, today=self.today)
        self.model[name].promises[number] = due

    @precondition(lambda self: self.model)
    @rule(data=st.data(), code=st.sampled_from(["1w", "10d", "1mo", "3mo", "1y", None]))
    def keep(self, data: st.DataObject, code: str | None) -> None:
        name = data.draw(st.sampled_from(sorted(self.model)))
        self._step()
        who, every = self.model[name], Cadence.of_code(code) if code else None
        cadences.keep(self.db, [self._person(name)], every, today=self.today)
        who.every, who.kept_on = every, self.today if every else None
        who.until.pop("keep", None)

    @precondition(lambda self: self.model)
    @rule(data=st.data(), how=st.sampled_from(["connected", "sent", "never"]))
    def connect(self, data: st.DataObject, how: str) -> None:
        name = data.draw(st.sampled_from(sorted(self.model)))
        self._step()
        who, person = self.model[name], self._person(name)
        if how == "never":
            connecting.never_connect(self.db, [person], today=self.today)
            who.never = True
            return
        sent = self.today if how == "sent" else None
        connecting.connect(
            self.db, person, [Handle("linkedin", name.lower())], sent_on=sent, today=self.today
        )
        who.states, who.sent_on = [how], sent
        who.until.pop("connect", None)

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.model)))
        self._step()
        editing.remove(self.db, [self._person(name)])
        del self.model[name]
        for other in self.model.values():
            other.intros.pop(name, None)

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        before = self._copy()
        assert len(safety.undo(self.db)) == 1
        self.model = self.past.pop()
        self.future.append(before)

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        before = self._copy()
        assert len(safety.redo(self.db)) == 1
        self.model = self.future.pop()
        self.past.append(before)

    # What always holds

    @invariant()
    def the_agenda_is_the_models(self) -> None:
        for ahead in (0, 1, 3, 9, 40):
            day = self.today + timedelta(ahead)
            found = {(i.name, i.kind, i.when) for i in reaching.items(self.db, day)}
            expected = {
                (name, kind, when) for name, p in self.model.items() for kind, when in p.due(day)
            }
            assert found == expected

    @invariant()
    def what_is_kept_by_trigger_is_what_is_reckoned(self) -> None:
        for table in ("pulse", "waiting"):
            stored = ", ".join(c for _, c, *_ in self.db.tuples(f"PRAGMA table_info({table})"))
            kept = self.db.tuples(f"SELECT {stored} FROM {table} ORDER BY 1, 2")
            assert kept == self.db.tuples(f"SELECT * FROM {table}_reckoned ORDER BY 1, 2")
        assert self.db.tuples("PRAGMA foreign_key_check") == []

    @invariant()
    def the_last_words_kept_are_those_that_are_found(self) -> None:
        kept = dict(self.db.tuples("SELECT person_id, last_text FROM pulse"))
        found = entries.last_words(self.db, kept)
        assert kept == {who: found[who].text if who in found else None for who in kept}

    @invariant()
    def what_is_searched_is_what_was_written(self) -> None:
        self.db.tuples("PRAGMA query_only = OFF")
        for table in ("person_search", "entry_search"):
            self.db.tuples(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
        self.db.tuples("PRAGMA query_only = ON")

    def teardown(self) -> None:
        """Undoing everything gives the empty file back, redoing everything the same again."""
        full, steps = content(self.db), len(self.past)
        assert len(safety.undo(self.db, steps)) == steps
        assert content(self.db) == self.empty
        if steps:
            assert len(safety.redo(self.db, steps)) == steps
            assert content(self.db) == full
        self.db.close()


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
