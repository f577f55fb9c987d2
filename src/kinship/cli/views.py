"""Sentences and records that more than one command shows."""

from collections.abc import Sequence
from datetime import date

from kinship.cli.context import Kin
from kinship.errors import BadInput
from kinship.model import channel, dates, names
from kinship.model.cadence import Cadence
from kinship.model.entry import Conversation, FollowUp
from kinship.model.person import Channel, Person, Pulse
from kinship.render.shapes import Line, Span, line
from kinship.services import people as finding
from kinship.services.keeping_up import Logged, Talk
from kinship.store import people as store

AIMS = {"promise": "keep the promise", "connect": "connect", "hello": "say hello"}
CLOSED = {"reply": "reply", "birthday": "happy birthday"}
STATES = {"known": "not connected yet", "sent": "request sent", "connected": "connected"}


def one_line(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


def days(number: int) -> str:
    return f"{number} day{'' if number == 1 else 's'}"


def people(number: int) -> str:
    return f"{number} {'person' if number == 1 else 'people'}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def what(follow_up: FollowUp) -> str:
    return follow_up.text or AIMS[follow_up.aim]


def entry_number(text: str) -> int:
    """The N of ``#N``."""
    bare = text.removeprefix("#")
    if not (bare.isascii() and bare.isdigit() and len(bare) < 16):
        raise BadInput(
            f"\"{text[:40]}\" is not the number of an entry. For example: '#812'",
            hint="kinship show WHO --all numbers the entries",
        )
    return int(bare)


def is_entry(words: Sequence[str]) -> bool:
    return len(words) > 0 and words[0].startswith("#") and words[0][1:].isdigit()


def when_shown(iso: str, today: date) -> str:
    """A day that may be a month or year alone."""
    return dates.short_text(iso, today)


def place(talk: Conversation) -> str:
    """Where a conversation was: its event, its channel, in person, or nothing known."""
    if talk.event:
        return talk.event
    if talk.channel:
        return channel.label(talk.channel)
    return "in person" if talk.met else ""


def last_words(talk: Conversation | None, today: date) -> str:
    """``14 May, PyCon 2026: compilers``."""
    if talk is None:
        return ""
    where = ", ".join(filter(None, [when_shown(talk.day, today), place(talk)]))
    return f"{where}: {one_line(talk.text or '')}"


def cadence_words(pulse: Pulse) -> str:
    """``monthly``; ``every 6 weeks``."""
    return str(Cadence.of_code(pulse.every)) if pulse.every else ""


def logged(kin: Kin, one: Logged, talk: Talk) -> Line:
    """``Logged for Grace Hopper, today in person. Next hello Wed 3 Jun (every 2 weeks).``"""
    where = ""
    if talk.event:
        where = f" at {talk.event.name}"
    elif talk.met:
        where = " in person"
    elif talk.channel:
        where = f" by {channel.label(talk.channel)}"
    day = dates.away(talk.day, kin.today)
    if (kin.today - talk.day).days > 1:
        day = dates.show(talk.day, kin.today)
    text = f"Logged for {one.person.name}, {day}{where}."
    if one.older and one.pulse.last_on:
        text += f" The last contact stays {when_shown(one.pulse.last_on, kin.today)}."
    elif one.pulse.next_on:
        due = date.fromisoformat(one.pulse.next_on)
        text += f" Next hello {dates.show(due, kin.today)} ({cadence_words(one.pulse)})."
    return line(text)


def still_open(kin: Kin, several: Sequence[Logged], *, new: str | None) -> list[Line]:
    """What is still promised, the next first, with the command that closes it."""
    return [
        shown for one in several for shown in open_with(kin, one.person, one.still_open, new=new)
    ]


def open_with(
    kin: Kin, person: Person, follow_ups: Sequence[FollowUp], *, new: str | None = None
) -> list[Line]:
    """As `still_open`, for one person; what was only just written down is not repeated."""
    waiting = [f for f in follow_ups if f.aim == "promise" and f.text != new]
    return [
        line(
            f"Still open with {names.first_name(person.name)}: {one_line(f.text or '')}   ",
            Span(kin.cmd(f"done {finding.ref(kin.db, person)}"), "command"),
        )
        for f in waiting[:3]
    ]


def logged_record(kin: Kin, several: Sequence[Logged], talk: Talk) -> list[dict[str, object]]:
    return [
        {
            "number": one.number,
            "person": person_record(kin, one.person),
            "day": talk.day.isoformat(),
            "direction": talk.direction,
            "met": talk.met,
            "channel": talk.channel,
            "text": talk.text,
            "inferred": list(talk.inferred),
            "next_on": one.pulse.next_on,
        }
        for one in several
    ]


def person_record(kin: Kin, person: Person) -> dict[str, object]:
    return {"id": person.id, "ref": finding.ref(kin.db, person), "name": person.name}


def reach_words(kind: str, handle: str | None) -> str:
    return f"{channel.label(kind)} {handle}" if handle else channel.label(kind)


FIELDS = [
    "id",
    "ref",
    "slug",
    "name",
    "first",
    "last",
    "nick",
    "org",
    "role",
    "city",
    "email",
    "phone",
    "channels",
    "topics",
    "seeks",
    "communities",
    "tags",
    "circle",
    "keep",
    "met_on",
    "met_at",
    "met_how",
    "last_on",
    "last_text",
    "last_via",
    "next_on",
    "next_what",
    "notes",
    "birthday",
    "relation",
    "cue",
    "archived_on",
]


def full_records(kin: Kin, several: Sequence[Person]) -> list[dict[str, object]]:
    """Everything about each, under the names of interface.md 1.9."""
    from kinship.services import exporting  # noqa: PLC0415  (only for programs)

    return [
        {"id": p.id, "ref": ref, **record}
        for p, ref, record in zip(
            several,
            finding.refs(kin.db, several).values(),
            exporting.records(kin.db, several),
            strict=True,
        )
    ]


def handle_of(channels: Sequence[Channel], kind: str) -> str | None:
    return next((c.handle for c in channels if c.kind == kind and c.handle), None)


def pulse_of(kin: Kin, person: Person) -> Pulse | None:
    return store.pulses(kin.db, [person.id]).get(person.id)


def event_ref(name: str) -> str:
    """An event in a command: its slug where that can be typed, else quoted."""
    slug = names.slug(name)
    return slug if slug.isascii() and slug[:1].isalnum() else '"' + name.replace('"', "") + '"'
