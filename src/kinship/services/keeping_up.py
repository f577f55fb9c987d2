"""What happened, what was promised, and whom to reach: the clock of interface.md 1.8."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from kinship.errors import Ambiguous, BadInput, NotFound
from kinship.model import channel, names
from kinship.model.cadence import Cadence
from kinship.model.entry import Circle, Conversation, FollowUp
from kinship.model.person import Person, Pulse
from kinship.services import meeting, reaching
from kinship.services import people as finding
from kinship.store import entries, events, people
from kinship.store.agenda import Item
from kinship.store.db import Change, Db

SOON = 7
"""Days ahead in which ``done`` may close the nearest follow-up when none is due."""


class FollowUpAsked(NamedTuple):
    """A follow-up to write down: the day, and the words if there are any."""

    due: date
    text: str | None
    every: str | None = None
    inferred: str = ""


class Talk(NamedTuple):
    """A contact to write down; ``inferred`` names what nobody typed."""

    day: date
    direction: str = "both"
    met: bool = False
    channel: str | None = None
    event: "meeting.EventMeant | None" = None
    url: str | None = None
    text: str | None = None
    inferred: tuple[str, ...] = ()


class Logged(NamedTuple):
    """One person after something was logged."""

    person: Person
    pulse: Pulse
    number: int
    older: bool
    still_open: list[FollowUp]


# Logging


def log(
    db: Db,
    who: Sequence[Person],
    talk: Talk,
    *,
    today: date,
    topics: Sequence[str] = (),
    follow_up: FollowUpAsked | None = None,
) -> list[Logged]:
    """Write down a conversation with each, which moves their next hello along."""
    with db.change(_label(db, "log", who), person_id=who[0].id) as tx:
        result = [_log(tx, person, talk) for person in who]
        for person in who:
            for topic in topics:
                people.add_topic(tx, person.id, "about", topic, names.fold(topic))
            if follow_up:
                _promise(tx, person, follow_up, today)
    return result


def _log(tx: Change, person: Person, talk: Talk) -> Logged:
    before = people.pulses(tx, [person.id])[person.id].last_on
    event_id = meeting.take_event(tx, talk.event)
    if event_id and talk.met:
        events.attend(tx, person.id, event_id)
    day = talk.day.isoformat()
    number = entries.add_conversation(
        tx,
        person.id,
        day,
        direction=talk.direction,
        met=talk.met,
        channel=talk.channel,
        event_id=event_id,
        url=talk.url,
        text=talk.text or None,
        inferred=talk.inferred,
    )
    older = before is not None and day < before
    if not older:
        for kind in ("keep", "reply"):
            entries.put_off(tx, person.id, kind, None)
    return Logged(
        person,
        people.pulses(tx, [person.id])[person.id],
        number,
        older,
        entries.open_follow_ups(tx, person.id),
    )


def _promise(tx: Change, person: Person, asked: FollowUpAsked, today: date) -> int:
    aim = "promise" if asked.text else "hello"
    return entries.add_follow_up(
        tx,
        person.id,
        asked.due.isoformat(),
        text=asked.text,
        made_on=today.isoformat(),
        aim=aim,
        every=asked.every,
        inferred=asked.inferred,
    )


def note(db: Db, who: Sequence[Person], text: str, *, today: date) -> None:
    """Write down a fact; the clock keeps running."""
    with db.change(_label(db, "note", who), person_id=who[0].id) as tx:
        for person in who:
            entries.add_note(tx, person.id, today.isoformat(), text)


# Done


class Closing(NamedTuple):
    """What ``done`` would close for one person: follow-ups, and the kinds of nudges."""

    person: Person
    follow_ups: list[FollowUp]
    kinds: list[Item]


class Done(NamedTuple):
    """What ``done`` closed, what comes next, and the contact it logged, if it did."""

    closing: Closing
    logged: Logged | None
    connected: str | None
    comes_again: list[tuple[str, str]]


def closing(
    db: Db, person: Person, *, today: date, only: str | None = None, everything: bool = False
) -> Closing:
    """Work out what ``done`` closes; nothing is written.

    Raises Ambiguous when several promises are due and nothing says which, NotFound when ``only``
    fits none of them.
    """
    day = today.isoformat()
    mine = reaching.items_of(db, person, today)
    nudges = [i for i in mine if i.kind != "promise"]
    open_ones = entries.open_follow_ups(db, person.id)
    settled = [f for f in open_ones if f.aim != "promise" and f.on_day <= day]
    promises = [f for f in open_ones if f not in settled]
    if only is not None:
        return _only(person, promises, nudges, settled, only)
    due = [f for f in promises if f.on_day <= day]
    if due and (everything or len(due) == 1):
        return Closing(person, settled + due, nudges)
    if due:
        ref = finding.ref(db, person)
        raise Ambiguous(
            f"several promises to {person.name} are due. Nothing was written. Say which:",
            hint=(
                *(f"kinship done {ref} --only {names.argument(_few_words(f))}" for f in due),
                f"kinship done {ref} --all",
            ),
        )
    soon = (today + timedelta(days=SOON)).isoformat()
    nearest = [f for f in promises if f.on_day <= soon][:1] if not mine else []
    return Closing(person, settled + nearest, nudges)


def _only(
    person: Person,
    promises: list[FollowUp],
    nudges: list[Item],
    settled: list[FollowUp],
    only: str,
) -> Closing:
    wanted = names.fold(only)
    found = [f for f in promises if wanted in names.fold(f.text or "")]
    if found:
        return Closing(person, found, [])
    kinds = [i for i in nudges if wanted in names.fold(f"{i.kind} {i.what or ''} {_SAID[i.kind]}")]
    if kinds:
        numbers = {i.entry_id for i in kinds}
        return Closing(person, [f for f in settled if f.id in numbers], kinds)
    raise NotFound(
        f"nothing open with {person.name} says {names.quoted(only)}. Nothing was written.",
        hint=f"kinship remind {names.slug(names.first_name(person.name))}",
    )


_SAID = {
    "reply": "reply",
    "connect": "connect",
    "birthday": "happy birthday",
    "keep": "say hello",
    "promise": "",
}


def _few_words(follow_up: FollowUp) -> str:
    return " ".join((follow_up.text or "say hello").split()[:4]).replace('"', "")


def done(
    db: Db,
    closings: Sequence[Closing],
    talk: Talk,
    *,
    today: date,
    contact: bool = True,
    drop: bool = False,
    follow_up: FollowUpAsked | None = None,
) -> list[Done]:
    """Close what was planned; log the contact unless it is only closed or dropped."""
    who = [c.person for c in closings]
    with db.change(_label(db, "done", who), person_id=who[0].id) as tx:
        result = [_done(tx, c, talk, today=today, contact=contact, drop=drop) for c in closings]
        if follow_up:
            for person in who:
                _promise(tx, person, follow_up, today)
    return result


def _done(tx: Change, plan: Closing, talk: Talk, *, today: date, contact: bool, drop: bool) -> Done:
    person, day = plan.person, talk.day
    again = []
    for follow_up in plan.follow_ups:
        present = entries.follow_up(tx, follow_up.id)
        if present is None or present.state != "open":
            continue
        entries.close_follow_up(tx, follow_up.id, "dropped" if drop else "done", day.isoformat())
        if follow_up.every and not drop:
            again.append((_again(tx, person, follow_up, day, today), follow_up.text or "say hello"))
    logged = _log(tx, person, talk) if contact else None
    connected = _connected_by(tx, person, talk.channel) if contact else None
    for item in plan.kinds:
        if item.kind in ("reply", "birthday") and not contact:
            entries.settle(tx, person.id, item.kind, today.isoformat())
    if any(i.kind == "connect" for i in plan.kinds) and not connected:
        entries.settle(tx, person.id, "connect", today.isoformat())
    if logged:
        logged = logged._replace(
            pulse=people.pulses(tx, [person.id])[person.id],
            still_open=entries.open_follow_ups(tx, person.id),
        )
    return Done(plan, logged, connected, again)


def _again(tx: Change, person: Person, follow_up: FollowUp, day: date, today: date) -> str:
    """Write down a recurring follow-up's next turn; the day it falls on."""
    from kinship.model.recurrence import Recurrence  # noqa: PLC0415  (dateutil: recurring only)

    assert follow_up.every
    due = Recurrence.of_code(follow_up.every).next_after(day, date.fromisoformat(follow_up.due_on))
    asked = FollowUpAsked(due, follow_up.text, follow_up.every, "due_on")
    _promise(tx, person, asked, today)
    return due.isoformat()


def _connected_by(tx: Change, person: Person, kind: str | None) -> str | None:
    """A channel that was named and waited for its connection has it now."""
    for held in people.channels(tx, [person.id]).get(person.id, []):
        if kind and held.kind == kind and held.state in ("known", "sent"):
            people.set_channel(tx, held.id, state="connected")
            return kind
    return None


# Not now


class Snoozed(NamedTuple):
    """Whoever comes back, and when."""

    people: list[Person]
    until: date


def snooze(
    db: Db, who: Sequence[Person], until: date, *, today: date, only: str | None = None
) -> Snoozed:
    """Put off what waits with these people before ``until``; no contact is logged.

    Raises NotFound when nothing of theirs waits before that day.
    """
    _after_today(until, today)
    plans = [(person, *_waiting_before(db, person, until, today, only)) for person in who]
    for person, moved, kinds in plans:
        if not moved and not kinds:
            about = f" that says {names.quoted(only)}" if only else ""
            raise NotFound(
                f"nothing{about} waits with {person.name} before {until}. Nothing was written.",
                hint=f"kinship remind {finding.ref(db, person)} {until} what to do",
            )
    with db.change(_label(db, "snooze", who), person_id=who[0].id) as tx:
        for person, moved, kinds in plans:
            _put_off(tx, person.id, moved, kinds, until)
    return Snoozed(list(who), until)


def snooze_everybody(db: Db, until: date, *, today: date) -> Snoozed:
    """Put off everything that would show before ``until``, birthdays excepted."""
    _after_today(until, today)
    waiting = [
        i
        for i in reaching.items(db, today, ahead=until - timedelta(days=1))
        if i.kind != "birthday"
    ]
    who = list(people.by_ids(db, dict.fromkeys(i.person_id for i in waiting)).values())
    if not who:
        return Snoozed([], until)
    with db.change(f"snooze {len(who)} people", person_id=None) as tx:
        for person in who:
            moved, kinds = _waiting_before(tx, person, until, today, None)
            _put_off(tx, person.id, moved, [k for k in kinds if k != "birthday"], until)
    return Snoozed(who, until)


def _after_today(until: date, today: date) -> None:
    if until <= today:
        raise BadInput("today is not later. Say when to come back, for example: 3d, fri, next week")


def _waiting_before(
    db: Db, person: Person, until: date, today: date, only: str | None
) -> tuple[list[FollowUp], list[str]]:
    """Open follow-ups and kinds of nudges that would show before that day."""
    before = until.isoformat()
    moved = [f for f in entries.open_follow_ups(db, person.id) if f.on_day < before]
    kinds = [kind for kind, due in entries.waiting(db, person.id).items() if due < before]
    kinds += [i.kind for i in reaching.items_of(db, person, today) if i.kind == "birthday"]
    if only is not None:
        wanted = names.fold(only)
        moved = [f for f in moved if wanted in names.fold(f.text or _SAID["keep"])]
        kinds = [k for k in kinds if wanted in names.fold(f"{k} {_SAID[k]}")]
    return moved, kinds


def _put_off(
    tx: Change, person_id: int, moved: list[FollowUp], kinds: list[str], until: date
) -> None:
    for follow_up in moved:
        entries.move_follow_up(tx, follow_up.id, until.isoformat())
    for kind in kinds:
        entries.put_off(tx, person_id, kind, until.isoformat())


# Follow-ups and cadences


def remind(db: Db, who: Sequence[Person], asked: FollowUpAsked, *, today: date) -> list[int]:
    """Write down a follow-up for each; their numbers."""
    with db.change(_label(db, "remind", who), person_id=who[0].id) as tx:
        return [_promise(tx, person, asked, today) for person in who]


def keep(
    db: Db, who: Sequence[Person], every: Cadence | Circle | None, *, today: date
) -> list[Pulse]:
    """Stay in touch at a cadence or a circle's; None is off."""
    with db.change(_label(db, "keep", who), person_id=who[0].id) as tx:
        for person in who:
            set_cadence(tx, person.id, every, today)
        pulses = people.pulses(tx, [p.id for p in who])
    return [pulses[p.id] for p in who]


def set_cadence(tx: Change, person_id: int, every: Cadence | Circle | None, today: date) -> None:
    own = every.code if isinstance(every, Cadence) else None if every else "off"
    circle = every.id if isinstance(every, Circle) else None
    entries.put_off(tx, person_id, "keep", None)
    people.update(
        tx,
        person_id,
        every=own,
        circle_id=circle,
        kept_on=None if own == "off" else today.isoformat(),
    )


def cadence(db: Db, text: str) -> Cadence | Circle | None:
    """A cadence, a circle, or None for ``off``. Raises BadInput with the circles there are."""
    key = names.fold(text)
    if key == "off":
        return None
    circle = events.circle_named(db, key)
    if circle:
        return circle
    try:
        return Cadence.parse(text)
    except BadInput as error:
        circles = ", ".join(c.name for c in events.circles(db))
        raise BadInput(error.message, hint=(*error.hint, f"Circles: {circles}; or off")) from None


def set_circle(db: Db, name: str, every: Cadence) -> None:
    """Set a circle's cadence, for everybody in it."""
    name = names.check_name(name)
    with db.change(f"keep --circle {name}") as tx:
        events.set_circle(tx, name, names.fold(name), every.code)


# Mending one entry


class Entry(NamedTuple):
    """An entry by its number: the table it is in, whose it is, and its text."""

    table: str
    person: Person
    text: str
    value: "Conversation | FollowUp | object"


def entry(db: Db, number: int) -> Entry:
    """The conversation, note or follow-up with this number. Raises NotFound."""
    for table, find in (
        ("conversation", entries.conversation),
        ("follow_up", entries.follow_up),
        ("note", entries.note),
    ):
        value = find(db, number)
        if value is not None:
            person = people.by_id(db, value.person_id)
            assert person
            return Entry(table, person, value.text or "", value)
    raise NotFound(f"there is no entry #{number}.", hint="kinship show WHO --all numbers them")


def mend(db: Db, found: Entry, number: int, **fields: str | int | None) -> None:
    """Change fields of one entry; what is typed now is inferred no longer."""
    inferred = getattr(found.value, "inferred", None)
    if inferred is not None:
        fields["inferred"] = ",".join(f for f in inferred.split(",") if f and f not in fields)
    with db.change(f"edit #{number}", person_id=found.person.id) as tx:
        entries.update(tx, found.table, number, **fields)


def strike(db: Db, found: Mapping[int, Entry]) -> None:
    """Remove entries, by their numbers."""
    label = "rm " + " ".join(f"#{number}" for number in found)
    with db.change(label, person_id=next(iter(found.values())).person.id) as tx:
        for number, one in found.items():
            entries.remove(tx, one.table, number)


def move(db: Db, found: Entry, number: int, to: Person) -> None:
    """Give an entry to the person it was about."""
    with db.change(f"log --move #{number}", person_id=to.id) as tx:
        entries.update(tx, found.table, number, person_id=to.id)


def channel_named(text: str) -> str:
    """The kind of channel a person named; a word of their own is a kind too."""
    word = text.partition(":")[0]
    kind = channel.kind_of(word)
    if kind is None:
        channel.parse(word, "x")
    return kind or word.strip().lower()


def _label(db: Db, verb: str, who: Sequence[Person]) -> str:
    return f"{verb} {','.join(finding.refs(db, who).values())}"
