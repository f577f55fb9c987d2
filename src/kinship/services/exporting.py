"""People as records: what programs get, and what ``export`` writes."""

from collections.abc import Iterator, Sequence
from datetime import date

from kinship.model import names
from kinship.model.entry import AIMS, FollowUp
from kinship.model.person import Channel, Person
from kinship.services import handle_keys, querying
from kinship.services.reaching import SAID
from kinship.store import communities, entries, people, sheet
from kinship.store.db import Db

COLUMNS = [
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
    "communities",
    "tags",
    "birthday",
    "met_on",
    "met_at",
    "met_how",
    "introduced_by",
    "cadence",
    "last_on",
    "last_text",
    "next_on",
    "next_what",
    "relation",
    "note",
    "id",
]
LISTS = ("channels", "topics", "communities", "tags")
"""Columns with several things in a cell."""
_BATCH = 500


def numbers(db: Db, words: Sequence[str], today: date) -> list[int]:
    """The people an export holds, by name; the archived when everybody is wanted, or they are."""
    return querying.numbers(db, words, today) if words else people.every_number(db)


def in_columns(db: Db, several: Sequence[int] | None, today: date) -> Iterator[list[Sequence[str]]]:
    """Everybody or these people by number, some thousand at a time: a sequence a column.

    A list is one text, its parts divided by NUL. ``cadence`` is their own, or their own circle:
    what they share with others comes from that.
    """
    with db.still():
        events, circles = sheet.called(db, "event"), sheet.called(db, "circle")
        for block in sheet.blocks(db, several, today.isoformat()):
            yield _columns(block, events, circles)


def _columns(
    block: sheet.Block, events: dict[int, str], circles: dict[int, str]
) -> list[Sequence[str]]:
    ids, base, lists = block.people, block.base, block.lists
    numbers = list(map(str, ids))
    channels = [lists["channels"].get(n, "") for n in numbers]
    parts = list(map(names.first_and_last, base["name"]))
    pulses = [block.pulse.get(n, _NO_PULSE) for n in ids]
    nexts = [_nearest(block.nudges.get(n), block.promises.get(n)) for n in ids]
    columns: dict[str, Sequence[str]] = {
        **base,
        "id": numbers,
        "first": [first for first, _ in parts],
        "last": [last for _, last in parts],
        "email": [_first_of("email:", said) for said in channels],
        "phone": [_first_of("phone:", said) for said in channels],
        "channels": channels,
        **{
            name: [lists[name].get(n, "") for n in numbers]
            for name in ("topics", "communities", "tags")
        },
        "met_on": [met_on or "" for _, met_on, _ in pulses],
        "met_at": [events[event] if event else "" for _, _, event in pulses],
        "met_how": base["known"],
        "introduced_by": [block.introducers.get(n, "") for n in base["introduced_by"]],
        "cadence": [
            every or circles.get(circle, "")
            for every, circle in zip(base["every"], base["circle_id"], strict=True)
        ],
        "last_on": [last_on or "" for last_on, _, _ in pulses],
        "last_text": block.last_text,
        "next_on": [on_day for on_day, _ in nexts],
        "next_what": [what for _, what in nexts],
        "note": [lists["notes"].get(n, "").replace("\0", "\n") for n in numbers],
    }
    return [columns[name] for name in COLUMNS]


_NO_PULSE = (None, None, None)


def _nearest(
    nudge: tuple[str, str] | None, promise: tuple[str, str | None, str] | None
) -> tuple[str, str]:
    """As `_next`."""
    if promise is None:
        return (nudge[0], SAID[nudge[1]]) if nudge else ("", "")
    mine = (promise[0], promise[1] or AIMS[promise[2]])
    return min((nudge[0], SAID[nudge[1]]), mine) if nudge else mine


def _first_of(kind: str, said: str) -> str:
    """The first handle of a kind among the channels of somebody."""
    at = 0 if said.startswith(kind) else said.find(f"\0{kind}") + 1
    if not at and not said.startswith(kind):
        return ""
    end = said.find("\0", at)
    return said[at + len(kind) : end if end > 0 else None]


def in_batches(db: Db, several: Sequence[int], today: date) -> Iterator[dict[str, object]]:
    """Records of many people, a few hundred in memory at a time."""
    for batch in batches(db, several):
        yield from records(db, batch, today)


def batches(db: Db, several: Sequence[int]) -> Iterator[list[Person]]:
    """The people with these numbers, a few hundred at a time."""
    for start in range(0, len(several), _BATCH):
        yield querying.of(db, several[start : start + _BATCH])


def records(db: Db, several: Sequence[Person], today: date) -> list[dict[str, object]]:
    """One record a person, in the order given; dates are ISO text, lists are lists."""
    ids = [p.id for p in several]
    pulses, held = people.pulses(db, ids), people.channels(db, ids)
    about, seeks = people.topics(db, ids), people.topics(db, ids, "seeks")
    tags, joined = people.tags(db, ids), communities.of(db, ids)
    by = people.by_ids(db, {p.introduced_by for p in several if p.introduced_by})
    talked, notes = entries.last_words(db, ids), entries.notes(db, ids)
    promised = entries.next_follow_ups(db, ids)
    nudges = entries.next_nudges(db, ids, today.isoformat())
    result: list[dict[str, object]] = []
    for person in several:
        pulse, channels = pulses.get(person.id), held.get(person.id, [])
        last = talked.get(person.id)
        noted = [n.text for n in notes.get(person.id, [])]
        next_on, next_what = _next(nudges.get(person.id), promised.get(person.id))
        introducer = by.get(person.introduced_by) if person.introduced_by else None
        result.append(
            {
                "name": person.name,
                "first": names.first_name(person.name),
                "last": names.last_name(person.name),
                "slug": names.slug(person.name),
                "nick": person.nick,
                "org": person.org,
                "role": person.role,
                "city": person.city,
                "address": person.address,
                "email": _first(channels, "email"),
                "phone": _first(channels, "phone"),
                "channels": [_written(c) for c in channels],
                "topics": about.get(person.id, []),
                "seeks": seeks.get(person.id, []),
                "communities": joined.get(person.id, []),
                "tags": tags.get(person.id, []),
                "birthday": person.birthday,
                "met_on": pulse.first_met_on if pulse else None,
                "met_at": pulse.first_event if pulse else None,
                "met_how": person.known,
                "met_online": person.met_online,
                "since": person.since,
                "introduced_by": introducer.name if introducer else None,
                "cadence": pulse.every if pulse else None,
                "circle": pulse.circle if pulse else None,
                "keep": (pulse.circle or pulse.every) if pulse else None,
                "last_on": pulse.last_on if pulse else None,
                "last_text": last.text if last else None,
                "last_via": last.channel if last else None,
                "next_on": next_on,
                "next_what": next_what,
                "relation": person.relation,
                "cue": person.cue,
                "note": "\n".join(reversed(noted)) or None,
                "notes": noted,
                "archived_on": person.archived_on,
                "id": person.id,
            }
        )
    return result


def _next(
    nudge: tuple[str, str] | None, promised: FollowUp | None
) -> tuple[str | None, str | None]:
    """What comes first: a follow-up, or what waits without one."""
    nearest = [(nudge[0], SAID[nudge[1]])] if nudge else []
    if promised:
        nearest.append((promised.on_day, promised.what))
    return min(nearest) if nearest else (None, None)


def _first(channels: Sequence[Channel], kind: str) -> str | None:
    return next((c.handle for c in channels if c.kind == kind and c.handle), None)


def _written(held: Channel) -> str:
    """``kind:handle``, and the state where one is to be connected."""
    return f"{held.kind}:{held.handle}" if held.handle else held.kind


def states(channels: Sequence[Channel]) -> list[dict[str, object]]:
    """The channels of somebody as records."""
    return [
        {
            "kind": c.kind,
            "handle": c.handle,
            "state": c.state,
            "label": c.label,
            "connected_on": c.connected_on,
            "link": handle_keys.link_of(c),
            "inferred": [f for f in c.inferred.split(",") if f],
        }
        for c in channels
    ]
