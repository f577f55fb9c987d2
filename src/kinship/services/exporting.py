"""People as records: what programs get, and what ``export`` writes."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, nullcontext
from datetime import date
from typing import overload

from kinship.formats import spreadsheet
from kinship.model import names
from kinship.model.entry import AIMS, FollowUp
from kinship.model.person import Channel, Person
from kinship.services import handle_keys, querying
from kinship.services.ahead import ahead
from kinship.services.reaching import SAID
from kinship.store import communities, entries, favours, people, sheet
from kinship.store.db import Db, threads

_LISTS = ("channels", "topics", "communities", "tags")
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
) -> Generator[list[str | Sequence[str]]]:
    """Everybody or these people by number, some thousand at a time: what `spreadsheet.write` takes.

    ``cadence`` is their own, or their own circle: what they share with others comes from that. The
    next thousands are read while the last are used, so this is to be closed, or read to its end.
    """
    in_thread = sheet.is_many(db, several) and threads()
    blocks = _blocks(db, several, today.isoformat(), again=in_thread)
    with closing(ahead(blocks) if in_thread else blocks) as read:
        yield from map(_columns, read)


def _blocks(
    db: Db, several: Sequence[int] | None, day: str, *, again: bool
) -> Generator[sheet.Block]:
    """What is read, in one state of the file, if ``again`` through a connection of its own."""
    with closing(db.again()) if again else nullcontext(db) as own, own.still():
        yield from sheet.blocks(own, several, day)


def _columns(block: sheet.Block) -> list[str | Sequence[str]]:
    numbers, every_name = (block.base[name].split("\0") for name in ("id", "name"))
    first, last = names.firsts_and_lasts(every_name)
    lists = {name: _apart(texts) for name, texts in block.lists.items()}
    firsts = _first_handles(*lists["channels"])
    nudges = {n: (day, SAID[kind]) for n, day, kind in zip(*_apart(block.nudges), strict=True)}
    promised = zip(*_apart(block.promises), strict=True)
    promises = {n: (day, text or AIMS[aim]) for n, day, text, aim in promised}
    nexts = nudges | {n: min(mine, nudges.get(n, mine)) for n, mine in promises.items()}
    nothing = dict.fromkeys(numbers, "")

    def of_each(held: dict[str, str]) -> list[str]:
        # What belongs to nobody who is here comes after them all.
        return [*(nothing | held).values()][: len(numbers)]

    columns: dict[str, str | Sequence[str]] = {
        **block.base,
        "id": numbers,
        "name": every_name,
        "first": first,
        "last": last,
        **{name: of_each(_joined(*lists[name])) for name in _LISTS},
        **{kind: of_each(held) for kind, held in firsts.items()},
        "next_on": of_each({n: day for n, (day, _) in nexts.items()}),
        "next_what": of_each({n: what for n, (_, what) in nexts.items()}),
        "note": of_each(_together("\n", *lists["notes"])),
    }
    return [columns[name] for name in COLUMNS]


def _apart(texts: sheet.Texts) -> Sequence[Sequence[str]]:
    return [text.split("\0") if texts[0] else [] for text in texts]


def _first_handles(numbers: Sequence[str], channels: Sequence[str]) -> dict[str, dict[str, str]]:
    """Of the kinds that have a column the first handle of each number."""
    email: dict[str, str] = {}
    phone: dict[str, str] = {}
    for number, said in zip(reversed(numbers), reversed(channels), strict=True):
        kind = said[:6]
        if kind == "email:":
            email[number] = said[6:]
        elif kind == "phone:":
            phone[number] = said[6:]
    return {"email": email, "phone": phone}


def _joined(numbers: Sequence[str], things: Sequence[str]) -> dict[str, str]:
    """What `spreadsheet.join` makes of the things of each number."""
    whole = "\0".join(things)
    if ";" in whole or "\\" in whole:
        things = [spreadsheet.kept_together(thing) for thing in things]
    return _together("; ", numbers, things)


def _together(between: str, numbers: Sequence[str], things: Sequence[str]) -> dict[str, str]:
    """The things of each number as one text; those of a number stand one after another."""
    held: dict[str, str] = {}
    last = cell = ""
    for number, thing in zip(numbers, things, strict=True):
        if number == last:
            cell = f"{cell}{between}{thing}"
        else:
            held[last] = cell
            last, cell = number, thing
    held[last] = cell
    del held[""]
    return held


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
