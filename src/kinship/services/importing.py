"""Files of other programs: what reading them in would change, and then doing it."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from operator import itemgetter
from typing import Any, NamedTuple

from kinship.errors import Refused
from kinship.model.card import Card, Skipped
from kinship.model.setting import COUNTRY
from kinship.services import import_matching, import_records, import_rows
from kinship.services.import_belongings import Said
from kinship.services.import_matching import Matched
from kinship.services.import_people import Differ
from kinship.services.import_records import Record
from kinship.services.import_rows import PERSON, Named, Rows
from kinship.store import bulk, events, settings
from kinship.store import importing as store
from kinship.store.db import Change, Db
from kinship.value import Value

_MANY = 12
"""More files than this are not all named."""
_LONGEST = 500
_WAITS = timedelta(30)
"""So long after they wrote somebody is asked to answer; an archive goes back for years."""


class Told(Value):
    """One file that was read: its name, its format, and its records in order."""

    file: str
    format: str
    records: Iterable[Card | Skipped]


class Aim(Value):
    """What was said about everybody of an import: where they were met, what they belong to."""

    event_id: int | None = None
    community_id: int | None = None
    tags: Sequence[str] = ()


class Gain(NamedTuple):
    """Somebody who is here already, and what they would get: ``LinkedIn connected``, ``role``."""

    row: int
    person_id: int
    fields: Sequence[str]


class Unsure(Value):
    """Somebody who is added and may be one of these people, and what speaks for it."""

    row: int
    name: str
    people: Sequence[int]
    why: str


class Conflict(Value):
    """A field that says something else here; what is here stays."""

    row: int
    person_id: int
    field: str
    here: str
    there: str


class Plan(Value):
    """What reading these files in would change.

    ``new`` are row and name; ``unsure`` is about some of the new. ``same`` counts who is here with
    all of it. ``steps`` is what `carry_out` works from.
    """

    files: Sequence[tuple[str, str, int]]
    """Name, format and number of records of each."""
    new: Sequence[tuple[int, str]]
    gains: Sequence[Gain]
    same: int
    unsure: Sequence[Unsure]
    conflicts: Sequence[Conflict]
    skipped: Sequence[tuple[str, Skipped]]
    """Each with the name of its file."""
    remarks: Sequence[tuple[str, int, str]]
    """File, row, and what could not be read there."""
    steps: object
    apart: Sequence[Unsure] = ()
    """Those of the new who have the name or a handle of somebody else, and nothing more."""
    others: Sequence[str] = ()
    """What else would be new, of kinship's own lines: ``3 events``."""

    @property
    def writes(self) -> bool:
        """Whether it would change anything."""
        return bool(self.new or self.gains or self.others)


class Imported(Value):
    """An import that was written: its number (``list import:3``), and whom it added."""

    number: int
    added: Sequence[int]


class _Steps(Value):
    """What is written, and what the file was like when that was found out."""

    stamp: tuple[int, int]
    rows: Rows


def plan(db: Db, files: Iterable[Told], aim: Aim, today: date) -> Plan:
    """What these files would change. Raises BadInput where a file is not of its format."""
    bulk.make_room(db)
    stamp = store.stamp(db)
    country = settings.value(db, COUNTRY)
    records: list[Record] = []
    skipped: list[tuple[str, Skipped]] = []
    counts: list[tuple[str, str, int]] = []
    for number, told in enumerate(files):
        count = 0
        for told_of in told.records:
            count += 1
            if isinstance(told_of, Skipped):
                skipped.append((told.file, told_of))
                continue
            record = import_records.record(number, told_of, country)
            if record is None:
                skipped.append((told.file, Skipped(told_of.row, "no name", told_of.name)))
            else:
                records.append(record)
        counts.append((told.file, told.format, count))
    formats = [format_name for _, format_name, _ in counts]
    matched = import_matching.match(db, records, formats)
    event = events.by_id(db, aim.event_id) if aim.event_id is not None else None
    meeting = import_rows.meeting(event, today) if event else None
    said = Said(meeting, aim.community_id, aim.tags)
    diff = Differ(db, records, matched, formats, said, today).done()
    cards = [one.card for one in records]
    return Plan(
        counts,
        [(cards[place].row, cards[place].name) for place in diff.new],
        [Gain(cards[one.place].row, one.person, one.fields) for one in diff.gained],
        diff.same,
        _doubts(cards, matched, likely=True),
        [Conflict(cards[one.place].row, *one[1:]) for one in diff.differs],
        skipped,
        [
            (counts[records[place].file][0], cards[place].row, remark)
            for place, remark in diff.remarks
        ],
        _Steps(stamp, diff.rows),
        others=_ties(diff.rows),
        apart=_doubts(cards, matched, likely=False),
    )


def _ties(rows: Rows) -> list[str]:
    """How many pairs would know each other who were not known to; who introduced whom is a field."""
    many = sum(source == "import" for *_, source in rows.ties)
    return [f"{many:,} tie{'' if many == 1 else 's'}"] if many else []


def _doubts(cards: Sequence[Card], matched: Matched, *, likely: bool) -> list[Unsure]:
    return [
        Unsure(cards[places[0]].row, cards[places[0]].name, doubt.people, doubt.why)
        for at, (_, places) in enumerate(matched.groups)
        if (doubt := matched.unsure.get(at)) and doubt.likely == likely
    ]


def carry_out(
    db: Db, planned: Plan, today: date, progress: Callable[[int, int], None] | None = None
) -> Imported:
    """Write it, as one change.

    ``progress`` is told how many records of how many are written. Raises Refused when the file
    changed since it was planned.
    """
    assert isinstance(planned.steps, _Steps)
    name = _named(list(dict.fromkeys(file for file, _, _ in planned.files)))
    short = name if len(name) <= 80 else f"{name[:77]}..."
    with db.change(f"import {short}") as tx:
        if store.stamp(tx, tx.id) != planned.steps.stamp:
            raise Refused(
                "the file was changed just now by another program. Nothing was written.",
                hint="Try again.",
            )
        with bulk.without_triggers(tx) as writing:
            number = _import_row(writing, planned, name, today)
            added = _Writer(tx, writing, planned, number, today, progress).write()
    return Imported(number, added)


def _named(files: Sequence[str]) -> str:
    """What an import is called: its files, or of many the folder they are in, or the first."""
    files = [import_records.line(file) for file in files]
    whole = ", ".join(files)
    if len(files) <= _MANY and len(whole) <= _LONGEST:
        return whole
    if len(files) == 1:
        return whole[:_LONGEST]
    folders = {file.rpartition("/")[0].partition("/")[0] for file in files}
    first = folders.pop() if len(folders) == 1 else ""
    if first:
        return f"{first[:_LONGEST]} ({len(files):,} files)"
    return f"{files[0][:_LONGEST]} and {len(files) - 1:,} more"


def _import_row(writing: bulk.Bulk, planned: Plan, name: str, today: date) -> int:
    number = writing.next_id("import")
    formats = ", ".join(dict.fromkeys(format_name for _, format_name, _ in planned.files))
    row: dict[str, str | int] = {
        "id": number,
        "name": name,
        "format": formats[:200],
        "day": today.isoformat(),
        "records": sum(count for _, _, count in planned.files),
        "added": len(planned.new),
        "changed": len(planned.gains),
        "skipped": len(planned.skipped),
    }
    for _ in writing.insert("import", {column: [value] for column, value in row.items()}):
        pass
    return number


class _Writer:
    """Writes the rows of a plan, table by table."""

    def __init__(
        self,
        tx: Change,
        writing: bulk.Bulk,
        planned: Plan,
        number: int,
        today: date,
        progress: Callable[[int, int], None] | None,
    ) -> None:
        assert isinstance(planned.steps, _Steps)
        self._tx = tx
        self._bulk = writing
        self._rows = planned.steps.rows
        self._number = number
        self._today = today.isoformat()
        self._first = writing.next_id("person")
        self._total = sum(count for _, _, count in planned.files)
        self._weight = max(sum(len(part) for part in self._rows), 1)
        self._done = 0
        self._answered: dict[int, int] = {}
        self._progress = progress

    def write(self) -> Sequence[int]:
        """What is new first: on the way back it is what hangs on others that goes first."""
        rows, first = self._rows, self._first
        groups = self._named("community", rows.communities)
        meetings = self._named("event", rows.events)
        self._plain("person", ", ".join(PERSON), rows.people, uid=_uids(len(rows.people)))
        self._plain(
            "source",
            "person_id, format, key, said",
            sorted(rows.sources, key=itemgetter(2)),
            import_id=[self._number] * len(rows.sources),
        )
        self._plain(
            "channel",
            "person_id, kind, handle, handle_key, label, state, sent_on, connected_on, inferred",
            ((who, *reached) for who, reached in rows.channels),
        )
        self._plain("topic", "person_id, side, name, name_key", rows.topics)
        self._plain("tag", "person_id, name, name_key", rows.tags)
        self._plain("anniversary", "person_id, name, name_key, day", rows.anniversaries)
        for table, column, some, numbers in (
            ("membership", "community_id", rows.memberships, groups),
            ("attendance", "event_id", rows.attendances, meetings),
        ):
            numbered = ((who, _number(named, numbers)) for who, named in some)
            self._plain(table, f"person_id, {column}", numbered)
        self._entries(meetings)
        self._plain(
            "tie",
            "person_id, other_id, how, since, source, noted_on",
            (
                (one, self._who(other), how, since, source, self._today)
                for one, other, how, since, source in rows.ties
            ),
            import_id=[self._number] * len(rows.ties),
        )
        self._plain("extra", "person_id, format, name, value", rows.extras)
        self._bulk.journal_new()
        self._changes()
        self._clocks()
        self._step(self._weight - self._done)
        return range(first, first + len(rows.people))

    def _changes(self) -> None:
        """What is another now of the rows that were here, and who introduced whom."""
        rows = self._rows
        people = {number: dict(changed) for number, changed in rows.person_updates}
        for who, other in rows.introducers.items():
            people.setdefault(self._who(who), {})["introduced_by"] = self._who(other)
        self._update("person", people)
        clocks = {"every", "circle_id", "known", "introduced_by"}
        self._bulk.reckon.update(n for n, changed in people.items() if clocks & changed.keys())
        channels: dict[int, dict[str, Any]] = {}
        for who, number, changed in rows.channel_updates:
            channels.setdefault(number, {}).update(changed)
            if "state" in changed:
                self._bulk.unconnected.add(who)
        self._update("channel", channels)
        self._bulk.unconnected.update(who for who, _ in rows.channels if who > 0)
        self._update("source", {number: {"said": told} for number, told in rows.source_updates})

    def _named(self, table: str, new: dict[str, str]) -> dict[str, int]:
        """Events and communities that are new, and their numbers."""
        start = self._bulk.next_id(table)
        self._plain(table, "name, name_key", ((name, key) for key, name in new.items()))
        return {key: start + at for at, key in enumerate(new)}

    def _entries(self, meetings: dict[str, int]) -> None:
        rows = self._rows
        rows.talks.sort(key=lambda told: told[1].day)
        number = self._bulk.numbers(len(rows.talks) + len(rows.notes))
        talks = (
            (
                *(who, talk.day, talk.direction, int(talk.met), talk.channel),
                *(_number(event, meetings), talk.text, inferred),
            )
            for who, talk, event, inferred in rows.talks
        )
        columns = "person_id, day, direction, met, channel, event_id, text, inferred"
        self._plain("conversation", columns, talks, number)
        columns = "person_id, kind, settled_on, up_to"
        self._plain("nudge", columns, self._settled(number))
        notes = ((who, self._today, text) for who, text in rows.notes)
        self._plain("note", "person_id, day, text", notes, number + len(rows.talks))

    def _settled(self, number: int) -> Iterator[tuple[int, str, str, int]]:
        """What they wrote long ago waits for no answer: whose, and up to which conversation.

        Conversations are numbered in the order of their days, so what they wrote lately is not
        settled with it. Whoever waits for an answer already goes on waiting.
        """
        since = (date.fromisoformat(self._today) - _WAITS).isoformat()
        old: dict[int, int] = {}
        for at, (who, talk, *_) in enumerate(self._rows.talks, number):
            if talk.direction == "them" and talk.day < since:
                old[who] = at
        here = [who for who in old if who > 0]
        waiting = set(store.awaited(self._tx, here))
        said = store.reply_nudges(self._tx, here)
        for who, at in old.items():
            if who in said and who not in waiting:
                self._answered[said[who]] = at
            elif who not in waiting:
                yield who, "reply", self._today, at

    def _clocks(self) -> None:
        """Whoever was talked with is reckoned again, and what was put off until then wakes."""
        talks: dict[int, str] = {}
        for who, talk, *_ in self._rows.talks:
            if who > 0:
                talks[who] = max(talk.day, talks.get(who, ""))
        self._bulk.reckon.update(talks)
        if store.sharing(self._tx):
            self._bulk.reckon.update(who for who, *_ in self._rows.tags if who > 0)
            self._bulk.reckon.update(who for who, _ in self._rows.memberships if who > 0)
        last = store.talked(self._tx, talks)
        awake = store.put_off(
            self._tx, [who for who, day in talks.items() if day >= last.get(who, "")]
        )
        nudges: dict[int, dict[str, Any]] = {number: {"until": None} for number in awake}
        for nudge, up_to in self._answered.items():
            nudges.setdefault(nudge, {})["up_to"] = up_to
        self._update("nudge", nudges)

    def _who(self, who: int) -> int:
        return self._first - 1 - who if who < 0 else who

    def _plain(
        self,
        table: str,
        names: str,
        rows: Iterable[tuple[Any, ...]],
        start: int | None = None,
        **more: Sequence[Any],
    ) -> None:
        """Rows whose person may be new, and ``more`` columns of them."""
        values: list[Sequence[Any]] = list(zip(*rows, strict=True))
        if not values:
            return
        columns = dict(zip(names.split(", "), values, strict=True))
        count = len(values[0])
        start = self._bulk.next_id(table) if start is None else start
        if "person_id" in columns:
            first = self._first - 1
            columns["person_id"] = [first - w if w < 0 else w for w in columns["person_id"]]
        numbers = range(start, start + count)
        for written in self._bulk.insert(table, {"id": numbers, **columns, **more}):
            self._step(written)

    def _update(self, table: str, changes: dict[int, dict[str, Any]]) -> None:
        """Those with the same columns together, neighbours one after the other."""
        alike: dict[tuple[str, ...], list[int]] = {}
        for number in sorted(changes):
            alike.setdefault(tuple(changes[number]), []).append(number)
        for names, numbers in alike.items():
            rows = [changes[number].values() for number in numbers]
            columns = dict(zip(names, zip(*rows, strict=True), strict=True))
            self._bulk.update(table, {"id": numbers, **columns})
        self._step(len(changes))

    def _step(self, count: int) -> None:
        self._done = min(self._done + count, self._weight)
        if self._progress and self._total:
            self._progress(self._total * self._done // self._weight, self._total)


def _uids(count: int) -> list[str]:
    """New ones; in order, because neighbours share pages."""
    random = os.urandom(16 * count).hex()
    return sorted(random[at : at + 32] for at in range(0, 32 * count, 32))


def _number(named: Named, new: dict[str, int]) -> int | None:
    return new[named] if isinstance(named, str) else named
