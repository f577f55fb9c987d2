"""People as records: what programs get, and what ``export`` writes."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import overload

from kinship.model import names
from kinship.model.entry import AIMS, FollowUp
from kinship.model.person import Channel, Person
from kinship.services import handle_keys, querying
from kinship.services.reaching import SAID
from kinship.store import communities, entries, favours, people, sheet
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


def numbers(db: Db, words: Sequence[str], today: date) -> Sequence[int]:
    """The people an export holds, by name; the archived when everybody is wanted, or they are."""
    return querying.numbers(db, words, today) if words else _Everybody(db)


class _Everybody(Sequence[int]):
    """All numbers by name, which are looked up when somebody asks for one, and counted before."""

    def __init__(self, db: Db) -> None:
        self._db = db
        self._read: list[int] | None = None

    def __len__(self) -> int:
        return people.count_all(self._db) if self._read is None else len(self._read)

    @overload
    def __getitem__(self, at: int) -> int: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[int]: ...
    def __getitem__(self, at: int | slice) -> int | Sequence[int]:
        if at == slice(None):
            return self
        if self._read is None:
            self._read = people.every_number(self._db)
        return self._read[at]


def in_columns(
    db: Db, several: Sequence[int] | None, today: date
) -> Iterator[list[str | Sequence[str]]]:
    """Everybody or these people by number, some thousand at a time: what `spreadsheet.write` takes.

    ``cadence`` is their own, or their own circle: what they share with others comes from that.
    """
    with db.still():
        yield from map(_columns, sheet.blocks(db, several, today.isoformat()))


def _columns(block: sheet.Block) -> list[str | Sequence[str]]:
    numbers = block.base["id"].split("\0")
    lists = {name: [held.get(n, "") for n in numbers] for name, held in block.lists.items()}
    first, last = zip(*map(names.first_and_last, block.base["name"].split("\0")), strict=True)
    nexts = {n: _nearest(nudge, block.promises.get(n)) for n, nudge in block.nudges.items()}
    for n, promise in block.promises.items():
        if n not in nexts:
            nexts[n] = _nearest(None, promise)
    columns: dict[str, str | Sequence[str]] = {
        **block.base,
        **lists,
        "id": numbers,
        "first": first,
        "last": last,
        "email": _first_of("email:", lists["channels"]),
        "phone": _first_of("phone:", lists["channels"]),
        "next_on": [nexts[n][0] if n in nexts else "" for n in numbers],
        "next_what": [nexts[n][1] if n in nexts else "" for n in numbers],
        "note": [said.replace("\0", "\n") if said else "" for said in lists["notes"]],
    }
    return [columns[name] for name in COLUMNS]


def _nearest(
    nudge: tuple[str, str] | None, promise: tuple[str, str | None, str] | None
) -> tuple[str, str]:
    """As `_next`."""
    if promise is None:
        return (nudge[0], SAID[nudge[1]]) if nudge else ("", "")
    mine = (promise[0], promise[1] or AIMS[promise[2]])
    return min((nudge[0], SAID[nudge[1]]), mine) if nudge else mine


def _first_of(kind: str, channels: Sequence[str]) -> list[str]:
    """The first handle of a kind among the channels of each, which NUL divides."""
    begins, length = f"\0{kind}", len(kind)
    return [
        # Theirs are in the order of the kinds, so that it often is the first.
        (said[length:] if said[:length] == kind else said.partition(begins)[2]).partition("\0")[0]
        if kind in said
        else ""
        for said in channels
    ]


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
    helped = favours.counts(db, ids)
    result: list[dict[str, object]] = []
    for person in several:
        pulse, channels = pulses.get(person.id), held.get(person.id, [])
        last = talked.get(person.id)
        noted = [n.text for n in notes.get(person.id, [])]
        gave, got = helped.get(person.id, (0, 0))
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
                "gave": gave,
                "got": got,
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
