"""Play a year with kinship: does ``due`` stay short, and does what it asks for get done in time?

``python bench/year.py`` plays a year of one user for several seeds, through the program's own
services on a real file, and reads each day the screen that a terminal of 80 by 24 would show. It
prints a table, each bound with its figure, and ends with 1 when a bound is missed.

The user, each number a guess at somebody busy and well-meaning, not at a saint:

- knows 300 people; 60 have a cadence: one weekly, 6 inner (2 weeks), 13 close (a month), 24 wide
  (3 months), 16 outer (a year), the last contact anywhere within it; of five kept, four birthdays
  are known, of the others every second; 60 are known online only
- looks at ``due`` in the morning three days of four (which one is left out of each four is
  chance), sees the first screen, and works from the top for 15 to 40 minutes: 8 for a promise, 5
  for a reply, 4 for a hello, 1 for a birthday, 1 for somebody to connect with
- of the rows there is time for does 85 of 100 promises, 80 replies, 75 hellos, 90 birthdays of
  people kept and 50 of others; puts off 5 promises and 10 hellos for three days and drops 25
  birthdays of others; leaves the rest where it is
- walks the people met at an event on 95 of 100 mornings it is asked for, on top of the other
  minutes: half an hour for 30, a quarter for 15 while the event goes on; 12 of 100 are not wanted,
  10 of those without a handle not found, and both are told ``--never``; of the others 70 get a
  request and 30 are connected at once; whom only an address is known of gets a message
- goes to six events of 20 to 60 people and of one to three days; 15 of 100 are known already; one
  of eight is promised something, one of sixteen gets a cadence, one of ten is connected on the spot
- talks to people kept unasked, once in three cadences, and with one of the others every week; is
  written to first twice a week and answers 40 of 100 the same evening; of five such talks four are
  written down, and one in five ends with a promise for one day to three weeks ahead
- is away for two weeks in summer, having said ``snooze --all``, and for one at the end of the year
  without a word; looks at nothing on those days
"""

import argparse
import multiprocessing
import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import NamedTuple

import generate
from kinship.cli import connect_walk, due_screen
from kinship.cli.context import Kin, Options
from kinship.model.cadence import Cadence
from kinship.model.channel import Handle
from kinship.model.person import Person
from kinship.render.shapes import Line, Room
from kinship.services import (
    cadences,
    closing,
    connecting,
    contact,
    editing,
    event_names,
    follow_ups,
    meeting,
    reaching,
    snoozing,
)
from kinship.services.contact import Talk
from kinship.services.editing import Edit
from kinship.services.event_names import EventMeant
from kinship.services.follow_ups import FollowUpAsked
from kinship.services.meeting import Arrival
from kinship.store import agenda, entries, people
from kinship.store import db as store
from kinship.store.agenda import Item, Row

START = date(2026, 1, 5)
SCREEN = Room(80, 24)
CIRCLES = (("weekly", 1), ("inner", 6), ("close", 13), ("wide", 24), ("outer", 16))
"""Of sixty people kept, how many how often."""
MINUTES = {"promise": 8.0, "reply": 5.0, "keep": 4.0, "birthday": 1.0, "connect": 1.0}
DOES = {"promise": 0.85, "reply": 0.80, "keep": 0.75, "birthday": 0.90, "connect": 0.95}
PUTS_OFF = {"promise": 0.05, "keep": 0.10}
EVENING = "a long talk about this and that"


class Habits(NamedTuple):
    """What is different in another year."""

    days: int = 365
    people: int = 300
    kept: int = 60
    events: tuple[int, ...] = (45, 100, 150, 220, 270, 320)
    """About which days of the year there is one."""
    looks: int = 3
    of_days: int = 4
    snoozes: bool = True
    at_once: bool = False


class Meeting(NamedTuple):
    """Somebody wanted and met at an event, not connected yet."""

    day: date
    last_day: date


class Promise(NamedTuple):
    """A promise and its day as it was made."""

    person: int
    day: date


class Hello(NamedTuple):
    """When a hello is due, and from when it is late, whatever is put off."""

    since: str
    due: date
    late: date


class Event(NamedTuple):
    """An event to go to: how many are met on each of its days."""

    name: str
    first: date
    met: tuple[int, ...]

    @property
    def last(self) -> date:
        return self.first + timedelta(days=len(self.met) - 1)


class Tally:
    """What the year came to; each list of pairs says by when and when."""

    def __init__(self) -> None:
        self.rows: list[int] = []
        self.rows_any_day: list[int] = []
        self.not_all_shown = 0
        self.promises: list[tuple[date, date | None]] = []
        self.promises_as_moved: list[tuple[date, date | None]] = []
        self.met: list[tuple[date, date | None]] = []
        self.left: list[tuple[date, date | None]] = []
        self.hellos: list[tuple[date, date | None]] = []

    def add(self, other: "Tally") -> None:
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)


class Play:
    """One user's year."""

    def __init__(self, path: str, seed: int, habits: Habits) -> None:
        store.create(path)
        self.seed = seed
        self.random = Random(seed)
        self.habits = habits
        self.kin = Kin(Options(db=path))
        self.db = self.kin.db
        self.today = START
        self.end = START + timedelta(days=habits.days)
        self.tally = Tally()
        self.names: set[str] = set()
        self.known: list[int] = []
        self.online: list[int] = []
        self.kept: dict[int, float] = {}
        self.wanted: dict[int, Meeting] = {}
        self.unwanted: set[int] = set()
        self.open_promises: dict[int, Promise] = {}
        self.hellos: dict[int, Hello] = {}
        self.asked: set[int] = set()
        self.off = self._chosen_off()
        self.away = self._holidays()
        self.events = self._events()

    def _chosen_off(self) -> set[date]:
        """The days not looked: of each few days so many, at random."""
        free = self.habits.of_days - self.habits.looks
        off: set[date] = set()
        for start in range(0, self.habits.days, self.habits.of_days):
            for place in self.random.sample(range(self.habits.of_days), free):
                off.add(START + timedelta(days=start + place))
        return off

    def _holidays(self) -> list[tuple[date, date, bool]]:
        """First day away, day of return, and whether everything was put off."""
        summer, winter = START + timedelta(days=180), START + timedelta(days=348)
        return [
            (summer, summer + timedelta(days=14), self.habits.snoozes),
            (winter, winter + timedelta(days=7), False),
        ]

    def _events(self) -> list[Event]:
        found = []
        for number, about in enumerate(self.habits.events):
            size = self.random.randint(20, 60)
            days = 1 if size <= 30 else 2 if size <= 45 else 3
            first = START + timedelta(days=about + self.random.randint(-12, 12))
            met = tuple(size * (n + 1) // days - size * n // days for n in range(days))
            found.append(Event(f"Gathering {'ABCDEF'[number]}", first, met))
        return found

    # The people there are

    def settle_in(self) -> None:
        """Write down everybody known on the first day."""
        random, habits = self.random, self.habits
        for number in range(habits.people):
            online = habits.kept <= number < habits.kept + habits.people // 5
            known = random.random() < 0.85 if number < habits.kept else random.random() < 0.5
            person = self._add(
                Arrival(
                    self._name(),
                    "online" if online else "known",
                    since="2024",
                    channels=(self._channel(number, online=online),),
                    note=EVENING if random.random() < 0.5 else None,
                )
            )
            (self.online if online else self.known).append(person.id)
            if known:
                day = START + timedelta(days=random.randrange(365))
                birthday = f"{random.randint(1950, 2004)}-{day.month:02}-{day.day:02}"
                editing.edit(self.db, person, Edit((("birthday", birthday),)))
            if number < habits.kept:
                self._keep_from_the_start(person, number)

    def _keep_from_the_start(self, person: Person, number: int) -> None:
        share = number % 60
        circles = [name for name, many in CIRCLES for _ in range(many)]
        self.keep(person, circles[share])
        if not self.habits.at_once:
            ago = timedelta(days=1 + int(self.random.random() * self.kept[person.id]))
            self._log(person, Talk(START - ago, text=EVENING))

    def keep(self, person: Person, every: str) -> None:
        cadence = cadences.meant(self.db, every)
        assert cadence
        (pulse,) = cadences.keep(self.db, [person], cadence, today=self.today)
        assert pulse.every
        often = Cadence.of_code(pulse.every)
        self.kept[person.id] = (often.after(START) - START).days

    def _name(self) -> str:
        while (name := generate.person_name(self.random.random)) in self.names:
            pass
        self.names.add(name)
        return name

    def _channel(self, number: int, *, online: bool) -> tuple[Handle, str | None]:
        if online:
            return Handle("mastodon", f"p{number}@social.example"), "connected"
        if number % 2:
            return Handle("email", f"p{number}@mail.example"), None
        return Handle("linkedin", f"p{number}"), "connected"

    def _add(self, arrival: Arrival) -> Person:
        return meeting.add(self.db, arrival, today=self.today).person

    # A day

    def play(self) -> Tally:
        self.settle_in()
        while self.today < self.end:
            self.kin.now = datetime.combine(self.today, datetime.min.time())
            # What is done in the morning does not change what the day brings.
            self.random = Random(f"{self.seed} morning {self.today}")
            self._morning()
            self.random = Random(f"{self.seed} {self.today}")
            self._day()
            self.today += timedelta(days=1)
        self._close_books()
        self.db.close()
        return self.tally

    def _morning(self) -> None:
        for leaving, back, says in self.away:
            if self.today == leaving - timedelta(days=1) and says:
                snoozing.snooze_everybody(self.db, back, today=self.today)
        self._note_hellos()
        items = reaching.items(self.db, self.today, ahead=self.today + timedelta(days=7))
        rows = agenda.rows(items)
        now = [row for row in rows if row.when != "coming"]
        self.tally.rows_any_day.append(len(now))
        gone = any(leaving <= self.today < back for leaving, back, _ in self.away)
        if gone or self.today in self.off:
            return
        self.tally.rows.append(len(now))
        shown = self._read(rows, now)
        self.tally.not_all_shown += len(now) > len(shown)
        self._work(shown)

    def _read(self, rows: Sequence[Row], now: list[Row]) -> list[Row]:
        """The rows on the first screen; whatever is not there must be counted there."""
        lines = due_screen.lines_of(
            self.kin, rows, agenda.counts(rows), SCREEN, everything=False, narrowed=""
        )
        assert len(lines) < (SCREEN.height or 0), lines
        body: list[Line] = []
        for shown in lines:
            if shown.left and shown.left[0].text == "COMING":
                break
            body.append(shown)
        whose = [s.text.strip() for one in body for s in one.left if s.style == "name"]
        for row, who in zip(now, whose, strict=False):
            assert row.crowd or row.items[0].name.startswith(who[:15].rstrip("…"))
        more = [s.text for one in lines for s in one.left if s.text.endswith(" more: ")]
        assert more == ([f"and {len(now) - len(whose)} more: "] if len(whose) < len(now) else [])
        return now[: len(whose)]

    def _work(self, rows: list[Row]) -> None:
        minutes = self.random.uniform(15, 40)
        sitting = 15 if any(e.first <= self.today <= e.last for e in self.events) else 30
        for row in rows:
            lead = row.items[0]
            if row.crowd and lead.kind == "keep":
                continue
            if row.crowd:
                if self._does("connect"):
                    for number in self._queue(lead)[:sitting]:
                        self._connect(number)
                continue
            minutes -= max(MINUTES[item.kind] for item in row.items)
            if minutes >= 0:
                self._act(row, lead)

    def _does(self, kind: str) -> bool:
        return self.random.random() < DOES[kind]

    def _act(self, row: Row, lead: Item) -> None:
        person = people.by_id(self.db, lead.person_id)
        assert person
        chance = DOES[lead.kind]
        off = PUTS_OFF.get(lead.kind, 0.0)
        if lead.kind == "birthday" and lead.person_id not in self.kept:
            chance = 0.5
        said = self.random.random()
        if said < chance:
            if any(item.kind == "connect" for item in row.items):
                self._connect(person.id)
            if any(item.kind != "connect" for item in row.items):
                self._done(person)
        elif said < chance + off:
            until = self.today + timedelta(days=3)
            snoozing.snooze(self.db, [person], until, today=self.today)
        elif lead.kind == "birthday" and chance == 0.5 and said < 0.75 and len(row.items) == 1:
            self._done(person, drop=True)

    def _done(self, person: Person, *, drop: bool = False) -> None:
        plan = closing.closing(self.db, person, today=self.today, everything=True)
        for follow_up in plan.follow_ups:
            promise = self.open_promises.pop(follow_up.id, None)
            if promise:
                self.tally.promises.append((promise.day, self.today))
                moved = date.fromisoformat(follow_up.on_day)
                self.tally.promises_as_moved.append((moved, self.today))
        talk = Talk(self.today, "me", text=None if drop else "wrote a few lines")
        closing.done(self.db, [plan], talk, today=self.today, log=not drop, drop=drop)
        self._talked(person)

    def _queue(self, lead: Item) -> list[int]:
        """Whom ``connect -i`` takes at the event of this row, in its order."""
        day = self.today.isoformat()
        found = people.unconnected(self.db, from_on=day, event_id=lead.group_id)
        return [one.person_id for one in connect_walk.ready(found, self.today)]

    def _connect(self, number: int) -> None:
        """One of the walk: wanted or not, found or not, connected or asked."""
        person = people.by_id(self.db, number)
        assert person
        held = people.channels(self.db, [person.id]).get(person.id, [])
        waits = next((c for c in held if c.state in ("known", "sent")), None)
        if person.id in self.unwanted or (person.id in self.asked and self.random.random() < 0.25):
            connecting.never_connect(self.db, [person], today=self.today)
            return
        if held and waits is None:
            self._done(person)
        else:
            where = Handle(waits.kind, waits.handle or "") if waits else Handle("linkedin", "")
            sent = person.id not in self.asked and self.random.random() < 0.7
            connecting.connect(
                self.db, person, [where], sent_on=self.today if sent else None, today=self.today
            )
            self.asked.add(person.id)
        meeting_ = self.wanted.pop(person.id, None)
        if meeting_:
            self._connected(meeting_, self.today)

    # Life

    def _day(self) -> None:
        random = self.random
        for number, days in list(self.kept.items()):
            if random.random() < 1 / (3 * days):
                self._conversation(number)
        if random.random() < 1 / 7:
            self._conversation(random.choice(self.known))
        if random.random() < 2 / 7:
            self._written_to(random.choice(self.online))
        for event in self.events:
            if event.first <= self.today <= event.last:
                self._go_to(event)

    def _conversation(self, number: int) -> None:
        if self.random.random() < 0.8:
            person = people.by_id(self.db, number)
            assert person
            self._log(person, Talk(self.today, text=EVENING))
            self._talked(person)

    def _written_to(self, number: int) -> None:
        person = people.by_id(self.db, number)
        assert person
        if self.random.random() < 0.4:
            self._conversation(number)
        else:
            self._log(person, Talk(self.today, "them", channel="mastodon", text="what is it like?"))

    def _log(self, person: Person, talk: Talk) -> None:
        contact.log(self.db, [person], talk, today=self.today)

    def _talked(self, person: Person) -> None:
        """One in five talks ends with a promise."""
        if self.random.random() < 0.2:
            day = self.today + timedelta(days=self.random.randint(1, 21))
            self._promise(person, day)

    def _promise(self, person: Person, day: date) -> None:
        asked = FollowUpAsked(day, f"send the {self.random.choice(generate.TOPICS)} link")
        (number,) = follow_ups.remind(self.db, [person], asked, today=self.today)
        self.open_promises[number] = Promise(person.id, day)

    def _go_to(self, event: Event) -> None:
        for _ in range(event.met[(self.today - event.first).days]):
            self._meet(event)

    def _meet(self, event: Event) -> None:
        random = self.random
        found, _ = event_names.like(self.db, event.name)
        where = EventMeant(event.name, found.id if found else None)
        day = self.today.isoformat()
        if random.random() < 0.15:
            person = people.by_id(self.db, random.choice(self.known + self.online))
            assert person
            arrival = Arrival(person.name, "in person", day, where, note=EVENING)
            meeting.met_again(self.db, person, arrival, today=self.today)
        else:
            kind = random.random()
            handle = f"q{len(self.names)}"
            channels: tuple[tuple[Handle, str | None], ...] = ()
            if kind < 0.65:
                state = "connected" if random.random() < 0.15 else "known"
                channels = ((Handle("linkedin", handle), state),)
            elif kind < 0.75:
                channels = ((Handle("mastodon", f"{handle}@social.example"), "known"),)
            elif kind < 0.85:
                channels = ((Handle("email", f"{handle}@mail.example"), None),)
            arrival = Arrival(
                self._name(), "in person", day, where, channels=channels, note=EVENING
            )
            person = self._add(arrival)
            self.known.append(person.id)
            if random.random() < 0.12 or (not channels and random.random() < 0.1):
                self.unwanted.add(person.id)
            if random.random() < 1 / 8:
                self._promise(person, self.today + timedelta(days=random.randint(2, 14)))
            if random.random() < 1 / 16:
                self.keep(person, "wide")
        waiting = entries.waiting(self.db, person.id)
        if "connect" in waiting and person.id not in self.unwanted | self.asked:
            self.wanted.setdefault(person.id, Meeting(self.today, event.last))

    # The books

    def _note_hellos(self) -> None:
        """Every hello as it falls due by itself, and the day it was said."""
        pulses = people.pulses(self.db, self.kept)
        for number, pulse in pulses.items():
            since = pulse.last_on or START.isoformat()
            known = self.hellos.get(number)
            if known is None or known.since != since:
                if known:
                    self._said(known, date.fromisoformat(since))
                assert pulse.every
                often, base = Cadence.of_code(pulse.every), date.fromisoformat(since)
                self.hellos[number] = Hello(since, often.after(base), often.late(base))

    def _said(self, hello: Hello, day: date) -> None:
        if day >= hello.due:
            self.tally.hellos.append((hello.late - timedelta(days=1), day))

    def _connected(self, meeting_: Meeting, day: date | None) -> None:
        self.tally.met.append((meeting_.day, day))
        self.tally.left.append((meeting_.last_day, day))

    def _close_books(self) -> None:
        """What was still open in the last days is not counted; what came too late is."""
        grace = timedelta(days=2)
        for number, promise in self.open_promises.items():
            follow_up = entries.follow_up(self.db, number)
            assert follow_up
            moved = date.fromisoformat(follow_up.on_day)
            if promise.day + grace < self.end:
                self.tally.promises.append((promise.day, None))
            if moved + grace < self.end:
                self.tally.promises_as_moved.append((moved, None))
        for meeting_ in self.wanted.values():
            if meeting_.last_day + grace < self.end:
                self._connected(meeting_, None)
        self._note_hellos()
        for hello in self.hellos.values():
            if hello.late < self.end:
                self.tally.hellos.append((hello.late - timedelta(days=1), None))


def share(pairs: Sequence[tuple[date, date | None]], days: int = 9999) -> float:
    """How many of 100 were done at most so many days after their day."""
    good = sum(done is not None and (done - day).days <= days for day, done in pairs)
    return 100 * good / len(pairs) if pairs else 100.0


def of_twenty(numbers: Sequence[int]) -> float:
    """What nineteen of twenty do not exceed."""
    return sorted(numbers)[max(0, -(-19 * len(numbers) // 20) - 1)]


class Bound(NamedTuple):
    """A figure that must be at most, or at least, so much."""

    what: str
    limit: float
    most: bool
    of: Callable[[Tally], float]

    def met(self, tally: Tally) -> bool:
        figure = self.of(tally)
        return figure <= self.limit if self.most else figure >= self.limit


BOUNDS = (
    Bound("rows on a day looked at, p95", 8, True, lambda t: of_twenty(t.rows)),
    Bound(
        "promises kept within 2 days of their day",
        90,
        False,
        lambda t: share(t.promises_as_moved, 2),
    ),
    Bound("connected or asked 2 days after the event", 90, False, lambda t: share(t.left, 2)),
    Bound("hellos said before they are late", 90, False, lambda t: share(t.hellos, 0)),
)
BESIDES: tuple[tuple[str, Callable[[Tally], float]], ...] = (
    ("rows, mean", lambda t: statistics.mean(t.rows)),
    ("rows, p50", lambda t: statistics.median(t.rows)),
    ("rows, most", lambda t: max(t.rows)),
    ("rows on any day, p95", lambda t: of_twenty(t.rows_any_day)),
    ("days not all rows are on the screen, %", lambda t: 100 * t.not_all_shown / len(t.rows)),
    ("promises", lambda t: len(t.promises)),
    ("  kept on the day, %", lambda t: share(t.promises_as_moved, 0)),
    ("  within 1 day, %", lambda t: share(t.promises_as_moved, 1)),
    ("  within 2 days of what was said first, %", lambda t: share(t.promises, 2)),
    ("  kept at all, %", lambda t: share(t.promises)),
    ("people to connect with", lambda t: len(t.met)),
    ("  within 2 days of each meeting, %", lambda t: share(t.met, 2)),
    ("  ever, %", lambda t: share(t.met)),
    ("hellos that fell due", lambda t: len(t.hellos)),
    ("  said at all, %", lambda t: share(t.hellos)),
)
OTHER_YEARS = (
    ("looks one day in two", Habits(looks=1, of_days=2)),
    ("600 people, 120 kept", Habits(people=600, kept=120)),
    ("no snooze --all", Habits(snoozes=False)),
    ("kept, never talked", Habits(at_once=True)),
)


def year(seed: int, habits: Habits | None = None) -> Tally:
    """Play a year in a file of its own."""
    with tempfile.TemporaryDirectory() as folder:
        return Play(os.path.join(folder, "year.db"), seed, habits or Habits()).play()


def together(
    seeds: Sequence[int], habits: Habits, processes: "multiprocessing.pool.Pool"
) -> list[Tally]:
    return processes.starmap(year, [(seed, habits) for seed in seeds])


def total(tallies: Sequence[Tally]) -> Tally:
    result = Tally()
    for tally in tallies:
        result.add(tally)
    return result


def table(titles: Sequence[str], tallies: Sequence[Tally]) -> list[str]:
    """A line a figure, a column a year; what is bound comes first."""
    widths = [max(7, len(title)) for title in titles]

    def drawn(what: str, bound: str, cells: Sequence[str]) -> str:
        padded = (f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
        return f"{what:<42} {bound:>6}  {'  '.join(padded)}"

    lines = [drawn("", "bound", titles)]
    for bound in BOUNDS:
        limit = f"{'<=' if bound.most else '>='} {bound.limit:g}"
        lines.append(drawn(bound.what, limit, [f"{bound.of(t):.1f}" for t in tallies]))
    lines += [drawn(what, "", [f"{of(t):.1f}" for t in tallies]) for what, of in BESIDES]
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=6, help="how many years to play")
    parser.add_argument("--only", action="store_true", help="without the other years")
    asked = parser.parse_args()
    seeds = range(1, asked.seeds + 1)
    # Nothing is lost but a practice year: no need to wait for a disk.
    if os.path.isdir("/dev/shm"):
        tempfile.tempdir = "/dev/shm"
    with multiprocessing.Pool() as processes:
        played = together(seeds, Habits(), processes)
        whole = total(played)
        titles = [*(f"seed {seed}" for seed in seeds), "all"]
        print("\n".join(table(titles, [*played, whole])))
        missed = [bound for bound in BOUNDS if not bound.met(whole)]
        for bound in BOUNDS:
            said = "MISSED" if bound in missed else "ok"
            print(f"{said:<7} {bound.what}: {bound.of(whole):.1f}, bound {bound.limit:g}")
        if not asked.only:
            others = [total(together(seeds[:2], h, processes)) for _, h in OTHER_YEARS]
            print("\nOther years, nothing bound:")
            print("\n".join(table([name for name, _ in OTHER_YEARS], others)))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
