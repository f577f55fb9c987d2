"""Sentences and records that more than one command shows."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from kinship.cli.context import Kin
from kinship.errors import BadInput
from kinship.model import channel, dates, names
from kinship.model.cadence import Cadence
from kinship.model.entry import Conversation
from kinship.model.person import Channel, Person, Pulse
from kinship.services import people as finding
from kinship.store import people as store

if TYPE_CHECKING:
    from kinship.model.warmth import Hub

_FEW = 3
CLOSED = {"reply": "reply", "birthday": "happy birthday"}
STATES = {"known": "not connected yet", "sent": "request sent", "connected": "connected"}


def one_line(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


def counted(number: int, one: str, many: str = "") -> str:
    """``1 event``, ``2 events``; ``many`` where an s does not do."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def days(number: int) -> str:
    return counted(number, "day")


def people(number: int) -> str:
    return counted(number, "person", "people")


def together(several: Sequence[str], more: int = 0) -> str:
    """``Ada Lovelace, Grace Hopper and 20 more``, in a sentence."""
    *first, last = [*several, *([f"{more:,} more"] if more else [])]
    return " and ".join(filter(None, [", ".join(first), last]))


def first_few(several: Sequence[str]) -> str:
    """``Ada Lovelace, Lise Meitner, George Boole, 11 more``, in a row."""
    more = len(several) - _FEW
    return ", ".join([*several[:_FEW], *([f"{more} more"] if more > 0 else [])])


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def entry_number(text: str) -> int:
    """The N of ``#N``."""
    bare = text.removeprefix("#")
    if not (bare.isascii() and bare.isdigit() and len(bare) < 16):
        raise BadInput(
            f"{names.quoted(text)} is not the number of an entry. For example: '#812'",
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


def often(every: str, circle: str | None) -> str:
    """``quarterly``, or ``monthly (circle close)``."""
    return str(Cadence.of_code(every)) + (f" (circle {circle})" if circle else "")


def cadence_words(pulse: Pulse) -> str:
    """``monthly``; ``every 6 weeks``."""
    return str(Cadence.of_code(pulse.every)) if pulse.every else ""


def cadence_source(pulse: Pulse, today: date) -> str:
    """``(community PyLadies, since 3 Mar)``, ``(circle close)``; nothing for their own."""
    circle = f"circle {pulse.circle}" if pulse.circle else ""
    if not pulse.shared:
        return f" ({circle})" if circle else ""
    since = f"since {when_shown(pulse.kept_on, today)}" if pulse.kept_on else ""
    return f" ({', '.join(filter(None, [pulse.shared, circle, since]))})"


def person_record(kin: Kin, person: Person) -> dict[str, object]:
    return {"id": person.id, "ref": finding.ref(kin.db, person), "name": person.name}


def brief(person: Person, refs: Mapping[int, str]) -> dict[str, object]:
    """As `person_record`, where the refs of several are known."""
    return {"id": person.id, "ref": refs[person.id], "name": person.name}


def hub_record(hub: "Hub | None") -> dict[str, object]:
    """What two people share who perhaps know each other."""
    return {
        "event": hub.name if hub and hub.event else None,
        "community": hub.name if hub and not hub.event else None,
    }


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
    "since",
    "met_online",
    "gave",
    "got",
]


def full_records(kin: Kin, several: Sequence[Person]) -> list[dict[str, object]]:
    """Everything about each, under the names of `FIELDS`."""
    from kinship.services import exporting  # noqa: PLC0415  (only for programs)

    return [
        {"id": p.id, "ref": ref, **record}
        for p, ref, record in zip(
            several,
            finding.refs(kin.db, several).values(),
            exporting.records(kin.db, several, kin.today),
            strict=True,
        )
    ]


def handle_of(channels: Sequence[Channel], kind: str) -> str | None:
    return next((c.handle for c in channels if c.kind == kind and c.handle), None)


def pulse_of(kin: Kin, person: Person) -> Pulse | None:
    return store.pulses(kin.db, [person.id]).get(person.id)
