"""What belongs to somebody beside their fields: what a record says and they do not have is added.

Nothing is removed, and nothing is added twice. What a record said before already and they do not
have any more was removed here, and stays so.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Any, Final, NamedTuple

from kinship.model import channel, names
from kinship.model.card import Card, Talk
from kinship.services import import_records
from kinship.services.import_records import Reached, Record
from kinship.services.import_rows import Diff, Differs, Here, Meeting, Named
from kinship.store import communities, events
from kinship.store import importing as store
from kinship.store.db import Db

ATTENDEES: Final = "attendees"
"""Properties that change with each export: only the last one is kept, and it is nothing new."""
_PROMISE: Final = "next_what"
"""What kinship's own tables call it."""
_STATES: Final[dict[str | None, int]] = {None: 0, "known": 1, "sent": 2, "connected": 3}
_NOTHING: Final[AbstractSet[str]] = frozenset()
_INTRODUCED_BY: Final = store.PERSON.index("introduced_by")
_ENTRIES: Final = {
    "note": "text",
    "topic": "side, name_key",
    "tag": "name_key",
    "membership": "community_id",
    "attendance": "event_id",
    "anniversary": "name_key, day",
    "conversation": "day, channel, event_id",
    "extra": "name, value",
}


class Said(NamedTuple):
    """What was said about everybody: where they were met, and what they belong to."""

    meeting: Meeting | None
    community: int | None
    tags: Sequence[str]


class Held(NamedTuple):
    """A channel somebody has, as `store.channels` gives it."""

    id: int
    kind: str
    handle: str | None
    key: str | None
    label: str | None
    state: str | None
    sent_on: str | None
    connected_on: str | None
    inferred: str


_HANDLE: Final = Held._fields.index("handle")
_KEY: Final = Held._fields.index("key")
_FEW: Final = 10
"""Channels that are gone through one by one."""


class _Channels:
    """The channels of one person; where they are many, found without going through all of them.

    ``said`` are those that the record in hand said already.
    """

    def __init__(self, rows: Iterable[tuple[Any, ...]]) -> None:
        self._rows = list(map(Held._make, rows))
        self._places = list(range(len(self._rows)))
        """As they were put there, one that was changed again."""
        self._index: dict[tuple[int, str, str | None], list[int]] | None = None
        self.said: set[int] = set()

    def __getitem__(self, place: int) -> Held:
        return self._rows[place]

    def add(self, row: Held) -> None:
        self._rows.append(row)
        self.put(len(self._rows) - 1, row)

    def put(self, place: int, row: Held) -> None:
        self._rows[place] = row
        self._places.append(place)
        self.said.add(place)
        if self._index is not None:
            self._learn(self._index, place)

    def same(self, one: Reached) -> int | None:
        """Where that channel stands: best with its label, at worst without a handle."""
        rows, kind = self._rows, one.kind
        if not rows:
            return None
        places = (
            self._those(_KEY, kind, one.key) if one.key else self._those(_HANDLE, kind, one.handle)
        )
        found = [at for at in places if at not in self.said] if self.said else places
        if found:
            alike = (at for at in reversed(found) if rows[at].label == one.label)
            same = next(alike, found[0])
        else:
            bare = self._those(_HANDLE, kind, None)
            same = next((at for at in bare if rows[at].handle is None), -1)
            if same < 0:
                return None
        self.said.add(same)
        return same

    def _those(self, field: int, kind: str, value: str | None) -> list[int]:
        """The places of those with this handle or key, as they were put there."""
        if self._index is None:
            if len(self._places) <= _FEW:
                rows = self._rows
                return [
                    at for at in self._places if rows[at][field] == value and rows[at].kind == kind
                ]
            self._index = {}
            for place in self._places:
                self._learn(self._index, place)
        return self._index.get((field, kind, value), [])

    def _learn(self, index: dict[tuple[int, str, str | None], list[int]], place: int) -> None:
        row = self._rows[place]
        index.setdefault((_KEY, row.kind, row.key), []).append(place)
        index.setdefault((_HANDLE, row.kind, row.handle), []).append(place)


class Belongings:
    """Goes through the records of one person after the other."""

    def __init__(
        self, db: Db, records: Sequence[Record], formats: Sequence[str], said: Said, diff: Diff
    ) -> None:
        self._db = db
        self._records = records
        self._formats = formats
        self._meeting, self._community, self._tags = said
        self._aims = any(told is not None for told in said[:2]) or bool(said.tags)
        self._diff = diff
        self._rows = diff.rows
        self._events: dict[str, int] | None = None
        self._communities: dict[str, int] | None = None
        self._before = _NOTHING
        """The signs of what the record said the last time."""

    def read(self, some: list[tuple[int, list[int]]]) -> Here:
        """Of each table only what records have something for."""
        numbers = [person for person, _ in some]
        records = [self._records[place] for _, places in some for place in places]
        columns = zip(*[one.card for one in records], strict=True)
        said = dict(zip(Card._fields, map(any, columns), strict=True))
        wanted = {
            "note": said["notes"],
            "topic": said["about"] or said["seeks"],
            "tag": self._tags or said["tags"],
            "membership": self._community or said["communities"],
            "attendance": self._meeting or said["events"],
            "anniversary": said["dates"],
            "conversation": self._meeting or said["talks"],
            "extra": said["extras"],
        }
        return Here(
            store.people(
                self._db, numbers, {field for field, some_have in said.items() if some_have}
            ),
            store.channels(self._db, numbers, {c.kind for one in records for c in one.channels}),
            {
                table: store.belongings(self._db, table, _ENTRIES[table], numbers)
                for table, some_have in wanted.items()
                if some_have
            },
            store.said(self._db, numbers),
            store.talked(self._db, numbers) if said["talks"] else {},
        )

    def add(
        self, who: int, places: list[int], here: Here, before: Mapping[int, AbstractSet[str]]
    ) -> list[str]:
        """Write down what they do not have yet; what that is called.

        ``before`` are the signs of what records said the last time.
        """
        gains: list[str] = []
        alone = who < 0 and len(places) == 1
        held = None if alone else _Channels(here.channels.get(who, ()))
        for place in places:
            one = self._records[place]
            card = one.card
            self._before = before.get(place, _NOTHING)
            if held is None:  # of somebody new nothing is here yet
                self._rows.channels.extend([(who, reached) for reached in one.channels])
            elif one.channels:
                held.said.clear()
                for reached in one.channels:
                    self._channel(who, reached, held, gains)
            if card.by and place not in before:
                person = here.people.get(who)
                if not person or person[_INTRODUCED_BY] is None:
                    self._rows.introduced.append((who, place, names.fold(card.by)))
            if any(import_records.BELONGINGS(card)):
                self._others(who, place, here, gains)
        if self._aims:
            self._aim(who, places, here, gains)
        return gains

    def _others(self, who: int, place: int, here: Here, gains: list[str]) -> None:
        """What a record says they have beside channels."""
        one = self._records[place]
        card = one.card
        if card.notes:
            self._notes(who, card, here, gains)
        if card.about or card.seeks or card.tags or card.communities or card.dates:
            self._lists(who, place, card, here, gains)
        if card.talks:
            self._talks(who, card, here, gains)
        for name in card.events:
            if not self._was_said("attendance", import_records.named(name)[1]):
                self._going(who, self._event(name), here, gains)
        if card.extras:
            self._extras(who, one, here, gains)
        for other in card.related:
            said = self._was_said("tie", other.key or names.fold(other.name))
            self._rows.related.append((who, place, other, said))
        for remark in card.remarks:
            self._diff.remarks.append((place, remark))

    def _was_said(self, table: str, *words: str | None) -> bool:
        """Whether the record said so the last time: who does not have it now has had it removed."""
        return bool(self._before) and import_records.mark(table, *words) in self._before

    def _channel(self, who: int, one: Reached, held: _Channels, gains: list[str]) -> None:
        """Add a channel, or what is new about one that is here and that this record did not say."""
        place = held.same(one)
        if place is None:
            if not self._was_said("channel", one.kind, one.key or one.handle):
                self._rows.channels.append((who, one))
                held.add(Held(-len(self._rows.channels), *one))
                gains.append(called(one.kind, one.state))
            return
        same = held[place]
        changed = news(one, same)
        if changed:
            gains.append(called(one.kind, one.state))
        if one.label and not same.label:
            changed["label"] = one.label
        if not changed:
            return
        if same.id > 0:
            self._rows.channel_updates.append((who, same.id, changed))
        else:  # of another record of this import
            _, first = self._rows.channels[-1 - same.id]
            self._rows.channels[-1 - same.id] = (who, first._replace(**changed))
        said = {"key" if field == "handle_key" else field: v for field, v in changed.items()}
        held.put(place, same._replace(**said))

    def _notes(self, who: int, card: Card, here: Here, gains: list[str]) -> None:
        known = _having(here, "note", who)
        for text in card.notes:
            if known and "\n" in text and _is_here(text, known):
                continue  # several notes that a table of ours had in one cell
            for piece in import_records.pieces(text):
                if (piece,) not in known and not self._was_said("note", piece):
                    known.add((piece,))
                    self._rows.notes.append((who, piece))
                    gains.append("note")

    def _lists(self, who: int, place: int, card: Card, here: Here, gains: list[str]) -> None:
        topics = _having(here, "topic", who)
        for side, listed in (("about", card.about), ("seeks", card.seeks)):
            for text in listed:
                name, key = import_records.named(text)
                new = (side, key) not in topics and not self._was_said("topic", side, key)
                if key and new:
                    topics.add((side, key))
                    self._rows.topics.append((who, side, name, key))
                    gains.append("topic")
        for text in card.tags:
            if not self._was_said("tag", import_records.named(text)[1]):
                self._tag(who, text, here, gains)
        for text in card.communities:
            if not self._was_said("membership", import_records.named(text)[1]):
                self._member(who, self._community_named(text), here, gains)
        days = dict(_having(here, "anniversary", who))
        for text, said in card.dates:
            (name, key), day = import_records.named(text), import_records.day_of_year(said)
            if not key or day is None:
                continue
            if key not in days:
                if self._was_said("anniversary", key, day):
                    continue
                days[key] = day
                _having(here, "anniversary", who).add((key, day))
                self._rows.anniversaries.append((who, name, key, day))
                gains.append(name)
            elif days[key] != day and who > 0:
                self._diff.differs.append(Differs(place, who, name, days[key], day))

    def _tag(self, who: int, text: str, here: Here, gains: list[str]) -> None:
        name, key = import_records.named(text)
        tags = _having(here, "tag", who)
        if key and (key,) not in tags:
            tags.add((key,))
            self._rows.tags.append((who, name, key))
            gains.append(f"tag {name}")

    def _member(self, who: int, community: Named, here: Here, gains: list[str]) -> None:
        known = _having(here, "membership", who)
        if community is not None and (community,) not in known:
            known.add((community,))
            self._rows.memberships.append((who, community))
            gains.append("community")

    def _going(self, who: int, event: Named, here: Here, gains: list[str]) -> None:
        known = _having(here, "attendance", who)
        if event is not None and (event,) not in known:
            known.add((event,))
            self._rows.attendances.append((who, event))
            gains.append("going")

    def _talks(self, who: int, card: Card, here: Here, gains: list[str]) -> None:
        """Of a day and channel all that a record tells, or nothing where something is here."""
        known = {(day, via) for day, via, _ in _having(here, "conversation", who)}
        told: set[tuple[Talk, Named]] = set()
        for talk in card.talks:
            day = import_records.partial_day(talk.day)
            if day is None:
                continue
            via = import_records.via(talk)
            days = {here.last.get(who), *(on_day for on_day, _ in known)}
            anyhow = not talk.direction and day in days
            if anyhow or (day, via) in known or self._was_said("conversation", day, via):
                continue
            event = self._event(talk.event) if talk.event else None
            text = next(import_records.pieces(talk.text), None) if talk.text else None
            direction = talk.direction if talk.direction in ("me", "them") else "both"
            row = Talk(day, direction, via, text, talk.met)
            if (row, event) in told:
                continue
            told.add((row, event))
            _having(here, "conversation", who).add((day, via, event))
            self._rows.talks.append((who, row, event, "" if talk.direction else "direction"))
            gains.append("conversation")

    def _extras(self, who: int, one: Record, here: Here, gains: list[str]) -> None:
        known = _having(here, "extra", who)
        for said in one.card.extras:
            kept = import_records.extra(said)
            promise = said.name == _PROMISE and who > 0  # what is next is known here
            if kept is None or kept in known or promise:
                continue
            known.add(kept)
            name, value = kept
            gains.append("other fields")
            form = import_records.line(said.format) or self._formats[one.file]
            self._rows.extras.append((who, form[:40], name, value))

    def _aim(self, who: int, places: list[int], here: Here, gains: list[str]) -> None:
        """What was said about everybody of this import."""
        for tag in self._tags:
            self._tag(who, tag, here, gains)
        if self._community is not None:
            self._member(who, self._community, here, gains)
        if self._meeting is None:
            return
        event, day = self._meeting
        listed = all(self._formats[self._records[p].file] == ATTENDEES for p in places)
        if listed or day is None:
            self._going(who, event.id, here, gains)
            return
        known = _having(here, "conversation", who)
        if not any(at == event.id for _, _, at in known):
            known.add((day, None, event.id))
            talk = Talk(day, "both", met=not event.online)
            self._rows.talks.append((who, talk, event.id, "day,direction"))
            gains.append(f"met at {event.name}")

    def _event(self, text: str) -> Named:
        if self._events is None:
            self._events = events.keys(self._db)
        return _named(text, self._events, self._rows.events)

    def _community_named(self, text: str) -> Named:
        if self._communities is None:
            self._communities = communities.keys(self._db)
        return _named(text, self._communities, self._rows.communities)


def _having(here: Here, table: str, who: int) -> set[Any]:
    """What somebody has in a table, this import included."""
    return here.having.setdefault(table, {}).setdefault(who, set())


def _is_here(text: str, notes: Iterable[tuple[str]]) -> bool:
    """Whether every line of a text stands in some note."""
    lines = {line.strip() for (note,) in notes for line in note.splitlines()}
    return all(line.strip() in lines for line in text.splitlines() if line.strip())


def _named(text: str, known: dict[str, int], new: dict[str, str]) -> Named:
    name, key = import_records.named(text)
    if not key:
        return None
    if key in known:
        return known[key]
    new.setdefault(key, name)
    return key


def news(one: Reached, same: Held) -> dict[str, Any]:
    """What a channel says that is new about one that is here, its label aside."""
    changed: dict[str, Any] = {}
    if same.handle is None:
        changed |= {"handle": one.handle, "handle_key": one.key}
    if _STATES[one.state] > _STATES[same.state] and not one.inferred:
        changed |= {"state": one.state, "inferred": "", "sent_on": one.sent_on}
    if one.connected_on and one.state == "connected":
        marks = same.inferred.split(",")
        if not same.connected_on or "connected_on" in marks:
            changed["connected_on"] = one.connected_on
            changed.setdefault("inferred", ",".join(m for m in marks if m != "connected_on"))
    return changed


@lru_cache(1000)
def called(kind: str, state: str | None) -> str:
    """What a channel is called that somebody gets."""
    label = channel.label(kind)
    if state == "connected":
        return f"{label} connected"
    return f"{label} request" if state == "sent" else label
