"""What records say beside what is here, as rows to write: what is empty is filled, the rest stays.

A field that a source said otherwise before, and that nobody changed since, follows its source; any
other difference is a conflict, and what is here stays. Rows name their person by number, or, where
they are new, by ``-1`` and down in the order of the new people.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from operator import attrgetter
from typing import Any, Final, NamedTuple

from kinship.errors import BadInput
from kinship.model import channel, names, same_name
from kinship.model.card import Card, Talk
from kinship.model.entry import Event
from kinship.model.person import ME
from kinship.services import cadences, import_records
from kinship.services.import_matching import Matched, Source
from kinship.services.import_records import Reached, Record
from kinship.store import communities, events
from kinship.store import importing as store
from kinship.store.db import Db

FIELDS: Final = {
    "nick": "nickname",
    "org": "company",
    "role": "role",
    "city": "city",
    "address": "address",
    "relation": "relation",
    "cue": "cue",
    "birthday": "birthday",
    "since": "since",
    "met_online": "where you met",
}
"""The columns that a file fills, and what they are called."""
ATTENDEES: Final = "attendees"
_LIMITS: Final = {"address": 2000, "cue": 2000}
_DAYS: Final = {"birthday": import_records.day_of_year, "since": import_records.partial_day}
_KNOWN: Final = ("heard", "known", "online", "in person")
_VOLATILE: Final = frozenset(("REV", "PRODID"))
"""Properties that change with each export: only the last one is kept, and it is nothing new."""
_EARLY: Final = timedelta(7)
_CHUNK: Final = 2_000
PERSON: Final = (
    *("name", "name_key", "nick", "nick_key", "org", "role", "city", "address", "relation", "cue"),
    *("birthday", "known", "since", "met_online", "every", "circle_id", "kept_on", "added_on"),
)
"""The columns of a new person's row."""

Named = int | str | None
"""An event or community: its number, or the folded name of a new one."""


class Rows(NamedTuple):
    """What is written, table by table."""

    people: list[tuple[Any, ...]]
    person_updates: list[tuple[int, dict[str, Any]]]
    channels: list[tuple[int, Reached]]
    channel_updates: list[tuple[int, dict[str, Any]]]
    notes: list[tuple[int, str]]
    topics: list[tuple[int, str, str, str]]
    tags: list[tuple[int, str, str]]
    memberships: list[tuple[int, Named]]
    attendances: list[tuple[int, Named]]
    anniversaries: list[tuple[int, str, str, str]]
    talks: list[tuple[int, Talk, Named, str]]
    extras: list[tuple[int, str, str, str]]
    old_extras: list[int]
    sources: list[tuple[int, str, str, str]]
    source_updates: list[tuple[int, str]]
    events: dict[str, str]
    communities: dict[str, str]
    introduced: list[tuple[int, str]]
    introducers: dict[int, int]


class Gained(NamedTuple):
    """What somebody here would get."""

    place: int
    person: int
    fields: list[str]


class Differs(NamedTuple):
    """A field that says something else here."""

    place: int
    person: int
    field: str
    here: str
    there: str


class Diff(NamedTuple):
    """All that an import writes, and what is to be said of it."""

    rows: Rows
    new: list[int]
    """The first record of each new person."""
    gained: list[Gained]
    same: int
    differs: list[Differs]
    remarks: list[tuple[int, str]]


class Meeting(NamedTuple):
    """Everybody was met there, on that day; or, without a day, will be there."""

    event: Event
    day: str | None


def meeting(event: Event, today: date) -> Meeting:
    """The day of a meeting that nobody said, as `add --at` has it."""
    begins = date.fromisoformat(event.from_on) if event.from_on else today
    if begins - today > _EARLY:
        return Meeting(event, None)
    return Meeting(event, min(today.isoformat(), event.until_on or today.isoformat()))


class _Here(NamedTuple):
    """Some of the people who are here already, and what they have."""

    people: dict[int, tuple[Any, ...]]
    channels: dict[int, list[tuple[Any, ...]]]
    having: dict[str, dict[int, set[Any]]]
    revisions: dict[int, list[tuple[int, str]]]


_AT: Final = {column: at for at, column in enumerate(store.PERSON)}


class _Now:
    """The columns of somebody who is here, and what becomes of them."""

    def __init__(self, row: tuple[Any, ...]) -> None:
        self._row = row
        self.changed: dict[str, Any] = {}

    def __getitem__(self, column: str) -> Any:
        return self.changed[column] if column in self.changed else self._row[_AT[column]]


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


class _Held(NamedTuple):
    """A channel somebody has."""

    id: int
    kind: str
    handle: str | None
    key: str | None
    label: str | None
    state: str | None
    sent_on: str | None
    connected_on: str | None
    inferred: str


class Differ:
    """Goes through the groups once, and collects what is written."""

    def __init__(
        self,
        db: Db,
        records: Sequence[Record],
        matched: Matched,
        formats: Sequence[str],
        aim: tuple[Meeting | None, int | None, Sequence[str]],
        today: date,
    ) -> None:
        self._db = db
        self._records = records
        self._matched = matched
        self._formats = formats
        self._meeting, self._community, self._tags = aim
        self._today = today.isoformat()
        self._rows = Rows(
            [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], {}, {}, [], {}
        )
        self._diff = Diff(self._rows, [], [], 0, [], [])
        self._events: dict[str, int] | None = None
        self._communities: dict[str, int] | None = None
        self._cadences: dict[str, dict[str, Any] | None] = {}

    def done(self) -> Diff:
        same = 0
        here: list[tuple[int, list[int]]] = []
        for person, places in self._matched.groups:
            if person is None:
                self._new(places)
            elif person == ME:
                same += 1
            else:
                here.append((person, places))
        for start in range(0, len(here), _CHUNK):
            some = here[start : start + _CHUNK]
            known = self._read(some)
            for person, places in some:
                same += self._known(person, places, known)
        self._introduce()
        return self._diff._replace(same=same)

    # People

    def _new(self, places: list[int]) -> None:
        who = -1 - len(self._rows.people)
        self._diff.new.append(places[0])
        cards = [self._records[place].card for place in places]
        called = next((self._records[p] for p in places if self._records[p].name), None)
        name = called.card.name if called else cards[0].name
        key = called.name if called else names.fold(name)
        current: dict[str, Any] = dict.fromkeys(FIELDS)
        current["known"] = max((self._how(card) for card in cards), key=_KNOWN.index)
        for place in places:
            said = self._said(place)
            for field, value in said.items():
                if field in FIELDS and not current[field]:
                    current[field] = value
            self._source(who, place, said)
        self._belongings(who, places, _Here({}, {}, {}, {}))
        current["nick_key"] = names.fold(current["nick"]) if current["nick"] else None
        current |= {"name": name, "name_key": key, "added_on": self._today}
        for card in cards:
            if card.cadence and not current.get("every") and not current.get("circle_id"):
                current |= self._cadence(card.cadence) or {}
        self._rows.people.append(tuple(map(current.get, PERSON)))

    def _known(self, person: int, places: list[int], here: _Here) -> bool:
        """Whether they have all of it already."""
        now = _Now(here.people[person])
        gains: list[str] = []
        for place in places:
            said = self._said(place)
            before = self._source(person, place, said)
            self._fields(person, place, now, said, before, gains)
            card = self._records[place].card
            self._known_better(now, card)
            if card.cadence and not now["every"] and not now["circle_id"]:
                now.changed.update(self._cadence(card.cadence) or {})
        changed = now.changed
        if changed:
            if "nick" in changed:
                changed["nick_key"] = names.fold(changed["nick"])
            if changed.keys() & {"every", "circle_id"}:
                gains.append("cadence")
            if "known" in changed and not gains:
                gains.append("how you know them")
            self._rows.person_updates.append((person, changed))
        gains = [*self._belongings(person, places, here), *gains]
        if gains:
            self._diff.gained.append(Gained(places[0], person, list(dict.fromkeys(gains))))
        return not gains

    def _read(self, some: list[tuple[int, list[int]]]) -> _Here:
        """Of each table only what records have something for."""
        numbers = [person for person, _ in some]
        cards = [self._records[place].card for _, places in some for place in places]
        wanted = {
            "note": any(c.notes for c in cards),
            "topic": any(c.about or c.seeks for c in cards),
            "tag": self._tags or any(c.tags for c in cards),
            "membership": self._community or any(c.communities for c in cards),
            "attendance": self._meeting or any(c.events for c in cards),
            "anniversary": any(c.dates for c in cards),
            "conversation": self._meeting or any(c.talks for c in cards),
            "extra": any(c.extras for c in cards),
        }
        return _Here(
            store.people(self._db, numbers),
            store.channels(self._db, numbers),
            {
                table: store.belongings(self._db, table, _ENTRIES[table], numbers)
                for table, some_have in wanted.items()
                if some_have
            },
            store.extras(self._db, _VOLATILE, numbers) if wanted["extra"] else {},
        )

    # Fields

    def _said(self, place: int) -> dict[str, str]:
        """The fields that a record tells, as they would be kept."""
        card = self._records[place].card
        said = {"name": card.name}
        for field, text in zip(FIELDS, _fields_of(card), strict=True):
            if text and (value := _kept(field, text)):
                said[field] = value
        return said

    def _fields(
        self,
        person: int,
        place: int,
        now: _Now,
        said: dict[str, str],
        before: dict[str, str],
        gains: list[str],
    ) -> None:
        name = now["name"]
        renamed = said["name"] != name and self._records[place].name
        if renamed and (before.get("name") == name or same_name.is_nobody(name)):
            now.changed["name"] = said["name"]
            now.changed["name_key"] = names.fold(said["name"])
            gains.append("name")
        for field, value in said.items():
            here = now[field]
            if here == value or field == "name":
                continue
            if here and field in _DAYS and _same(field, here, value):
                if field == "birthday" and here.startswith("--"):
                    now.changed[field] = value  # with its year
                    gains.append(FIELDS[field])
                continue
            follows = field in before and before[field] == here and before[field] != value
            if not here or follows:
                now.changed[field] = value
                gains.append(FIELDS[field])
            elif not _same(field, here, value):
                self._diff.differs.append(Differs(place, person, field, here, value))

    def _known_better(self, now: _Now, card: Card) -> None:
        """Who was only heard of is known, where a file says more; and met, where that is said."""
        here = now["known"]
        if here == "heard" or (here == "known" and (card.talks or self._meeting)):
            how = self._how(card)
            if _KNOWN.index(how) > _KNOWN.index(here):
                now.changed["known"] = how

    def _how(self, card: Card) -> str:
        if self._meeting and self._meeting.day and card.known in ("known", "online"):
            return "online" if self._meeting.event.online else "in person"
        return card.known if card.known in _KNOWN else "known"

    def _cadence(self, text: str) -> dict[str, Any] | None:
        if text not in self._cadences:
            try:
                self._cadences[text] = dict(
                    cadences.columns(
                        cadences.meant(self._db, text), date.fromisoformat(self._today)
                    )
                )
            except BadInput:
                self._cadences[text] = None
        return self._cadences[text]

    def _source(self, who: int, place: int, said: dict[str, str]) -> dict[str, str]:
        """Keep what a record said; what it said before."""
        text = _encode(said)
        known: Source | None = self._matched.sources.get(place)
        if known is None:
            format_name = self._formats[self._records[place].file]
            key = self._matched.keys[place]
            self._rows.sources.append(
                (who, format_name[:40], key[: import_records.KEY_LIMIT], text)
            )
            return {}
        if known.said == text:
            return said
        self._rows.source_updates.append((known.id, text))
        return _decode(known.said)

    def _introduce(self) -> None:
        """Who introduced them, where one person has that name, here or among the new."""
        wanted = self._rows.introduced
        if not wanted:
            return
        found: dict[str, set[int]] = {}
        for key, number in store.called(self._db, dict.fromkeys(key for _, key in wanted)):
            found.setdefault(key, set()).add(number)
        place = PERSON.index("name_key")
        for at, row in enumerate(self._rows.people):
            found.setdefault(row[place], set()).add(-1 - at)
        for who, key in wanted:
            several = found.get(key, set()) - {who}
            if len(several) == 1:
                self._rows.introducers[who] = several.pop()

    # What belongs to somebody

    def _belongings(self, who: int, places: list[int], here: _Here) -> list[str]:
        """Write down what they do not have yet; what that is called."""
        gains: list[str] = []
        held = [_Held(*row) for row in here.channels.get(who, ())]
        for place in places:
            one = self._records[place]
            card = one.card
            taken: list[_Held] = []
            for reached in one.channels:
                taken.append(self._channel(who, reached, held, taken, gains))
            if card.notes:
                self._notes(who, card, here, gains)
            if card.about or card.seeks or card.tags or card.communities or card.dates:
                self._lists(who, place, card, here, gains)
            if card.talks:
                self._talks(who, card, here, gains)
            if card.events:
                for name in card.events:
                    self._going(who, self._event(name), here, gains)
            if card.extras:
                self._extras(who, one, here, gains)
            if card.by:
                person = here.people.get(who)
                if not person or person[_AT["introduced_by"]] is None:
                    self._rows.introduced.append((who, names.fold(card.by)))
            for remark in card.remarks:
                self._diff.remarks.append((place, remark))
        self._aim(who, places, here, gains)
        return gains

    def _channel(
        self, who: int, one: Reached, held: list[_Held], taken: list[_Held], gains: list[str]
    ) -> _Held:
        """Add a channel, or what is new about one that is here and not ``taken`` by this record."""
        same = None
        for other in held:
            if other.kind != one.kind or any(other is this for this in taken):
                continue
            if other.key == one.key if one.key else other.handle == one.handle:
                if same is None or same.handle is None or other.label == one.label:
                    same = other
            elif other.handle is None and same is None:
                same = other
        called = _called(one)
        if same is None:
            self._rows.channels.append((who, one))
            same = _Held(0, one.kind, one.handle, one.key, one.label, one.state, None, None, "")
            held.append(same)
            gains.append(called)
            return same
        changed: dict[str, Any] = {}
        if same.handle is None:
            changed |= {"handle": one.handle, "handle_key": one.key}
            gains.append(called)
        if _state(one.state) > _state(same.state) and not one.inferred:
            changed |= {"state": one.state, "inferred": "", "sent_on": one.sent_on}
            gains.append(called)
        if one.connected_on and not same.connected_on and one.state == "connected":
            changed["connected_on"] = one.connected_on
            if same.id:
                gains.append(called)
        if one.label and not same.label:
            changed["label"] = one.label
        if changed and same.id:
            self._rows.channel_updates.append((same.id, changed))
        return same

    def _notes(self, who: int, card: Card, here: _Here, gains: list[str]) -> None:
        known = _having(here, "note", who)
        for text in card.notes:
            for piece in import_records.pieces(text):
                if (piece,) not in known:
                    known.add((piece,))
                    self._rows.notes.append((who, piece))
                    gains.append("note")

    def _lists(self, who: int, place: int, card: Card, here: _Here, gains: list[str]) -> None:
        topics = _having(here, "topic", who)
        for side, listed in (("about", card.about), ("seeks", card.seeks)):
            for text in listed:
                name = import_records.line(text)
                key = names.fold(name)
                if key and (side, key) not in topics:
                    topics.add((side, key))
                    self._rows.topics.append((who, side, name, key))
                    gains.append("topic")
        for text in card.tags:
            self._tag(who, text, here, gains)
        for text in card.communities:
            self._member(who, self._community_named(text), here, gains)
        days = dict(_having(here, "anniversary", who))
        for text, said in card.dates:
            name, day = import_records.line(text), import_records.day_of_year(said)
            key = names.fold(name)
            if not key or day is None:
                continue
            if key not in days:
                days[key] = day
                _having(here, "anniversary", who).add((key, day))
                self._rows.anniversaries.append((who, name, key, day))
                gains.append(name)
            elif days[key] != day and who > 0:
                self._diff.differs.append(Differs(place, who, name, days[key], day))

    def _tag(self, who: int, text: str, here: _Here, gains: list[str]) -> None:
        name = import_records.line(text)
        key, tags = names.fold(name), _having(here, "tag", who)
        if key and (key,) not in tags:
            tags.add((key,))
            self._rows.tags.append((who, name, key))
            gains.append(f"tag {name}")

    def _member(self, who: int, community: Named, here: _Here, gains: list[str]) -> None:
        known = _having(here, "membership", who)
        if community is not None and (community,) not in known:
            known.add((community,))
            self._rows.memberships.append((who, community))
            gains.append("community")

    def _going(self, who: int, event: Named, here: _Here, gains: list[str]) -> None:
        known = _having(here, "attendance", who)
        if event is not None and (event,) not in known:
            known.add((event,))
            self._rows.attendances.append((who, event))
            gains.append("going")

    def _talks(self, who: int, card: Card, here: _Here, gains: list[str]) -> None:
        known = {(day, via) for day, via, _ in _having(here, "conversation", who)}
        for talk in card.talks:
            day = import_records.partial_day(talk.day)
            if day is None:
                continue
            via = talk.channel and (
                channel.kind_of(talk.channel) or import_records.line(talk.channel, 40)
            )
            anyhow = not talk.direction and any(day == on_day for on_day, _ in known)
            if anyhow or (day, via or None) in known:
                continue
            known.add((day, via or None))
            event = self._event(talk.event) if talk.event else None
            text = next(import_records.pieces(talk.text), None) if talk.text else None
            direction = talk.direction if talk.direction in ("me", "them") else "both"
            row = Talk(day, direction, via or None, text, talk.met)
            _having(here, "conversation", who).add((day, via or None, event))
            self._rows.talks.append((who, row, event, "" if talk.direction else "direction"))
            gains.append("conversation")

    def _extras(self, who: int, one: Record, here: _Here, gains: list[str]) -> None:
        known = _having(here, "extra", who)
        for said in one.card.extras:
            kept = import_records.extra(said)
            if kept is None or kept in known:
                continue
            known.add(kept)
            name, value = kept
            if name in _VOLATILE and who > 0:
                self._rows.old_extras.extend(
                    number for number, other in here.revisions.get(who, ()) if other == name
                )
                here.revisions.pop(who, None)
            else:
                gains.append("other fields")
            self._rows.extras.append((who, self._formats[one.file][:40], name, value))

    def _aim(self, who: int, places: list[int], here: _Here, gains: list[str]) -> None:
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
            self._events = {e.name_key: e.id for e in events.every_event(self._db)}
        return _named(text, self._events, self._rows.events)

    def _community_named(self, text: str) -> Named:
        if self._communities is None:
            self._communities = communities.keys(self._db)
        return _named(text, self._communities, self._rows.communities)


_fields_of: Final = attrgetter(*FIELDS)


def _kept(field: str, text: str) -> str | None:
    if read := _DAYS.get(field):
        return read(text)
    if field == "address":
        return import_records.long(text)[: _LIMITS[field]]
    return import_records.line(text, _LIMITS.get(field, names.LINE_LIMIT))


def _having(here: _Here, table: str, who: int) -> set[Any]:
    """What somebody has in a table, this import included."""
    return here.having.setdefault(table, {}).setdefault(who, set())


def _named(text: str, known: dict[str, int], new: dict[str, str]) -> Named:
    name = import_records.line(text)
    key = names.fold(name)
    if not key:
        return None
    if key in known:
        return known[key]
    new.setdefault(key, name)
    return key


def _same(field: str, here: str, there: str) -> bool:
    """Whether the one says the other, if less precisely."""
    if field in _DAYS:
        return here.startswith(there) or there.startswith(here) or here[4:] == there[1:]
    return names.fold(here) == names.fold(there)


def _state(state: str | None) -> int:
    return (None, "known", "sent", "connected").index(state)


def _called(one: Reached) -> str:
    label = channel.label(one.kind)
    if one.state == "connected":
        return f"{label} connected"
    return f"{label} request" if one.state == "sent" else label


def _encode(said: dict[str, str]) -> str:
    from json.encoder import encode_basestring as quote

    return "{" + ",".join(f"{quote(key)}:{quote(said[key])}" for key in said) + "}"


def _decode(said: str | None) -> dict[str, str]:
    from json import loads

    found = loads(said) if said else {}
    return {str(key): str(value) for key, value in found.items()}
