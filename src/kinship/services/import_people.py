"""What records say of who somebody is, beside what is here: what is empty is filled, the rest stays.

A field that a source said otherwise before, and that nobody changed since, follows its source, but
not where you had said it before the source came; any other difference is a conflict, and what is
here stays. What a source said before already and is not here any more was removed, and stays so.
"""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from operator import itemgetter
from typing import Any, Final

from kinship.errors import BadInput
from kinship.model import names, same_name
from kinship.model.card import Card
from kinship.model.person import ME
from kinship.services import cadences, import_records, import_ties
from kinship.services.import_belongings import Belongings, Said
from kinship.services.import_matching import Matched, Source
from kinship.services.import_plain import Plain
from kinship.services.import_records import HAS, YOURS, Record
from kinship.services.import_rows import PERSON, Diff, Differs, Gained, Here, Rows
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
_LIMITS: Final = {"address": import_records.ADDRESS_LIMIT, "cue": 2000}
_DAYS: Final[dict[str, Callable[[str], str | None]]] = {
    "birthday": import_records.day_of_year,
    "since": import_records.partial_day,
}
_SHORT: Final = FIELDS.keys() - {*_LIMITS, *_DAYS}
_KNOWN: Final = ("heard", "known", "online", "in person")
_CHUNK: Final = 2_000


class _Now(dict[str, Any]):
    """The columns of somebody who is here, as they become; ``changed`` are those that do."""

    __slots__ = ("changed",)
    changed: dict[str, Any]

    def change(self, columns: Mapping[str, Any]) -> None:
        self.update(columns)
        self.changed.update(columns)


class Differ:
    """Goes through the groups once, and collects what is written."""

    def __init__(
        self,
        db: Db,
        records: Sequence[Record],
        matched: Matched,
        formats: Sequence[str],
        said: Said,
        today: date,
    ) -> None:
        self._db = db
        self._records = records
        self._matched = matched
        self._formats = formats
        self._meeting = said.meeting
        self._today = today.isoformat()
        self._rows = Rows.none()
        self._diff = Diff(self._rows, [], [], 0, [], [])
        self._belongings = Belongings(db, records, formats, said, self._diff)
        self._twins = _twins(matched.keys, [formats[one.file] for one in records])
        self._whom = (
            import_ties.Whom(db, records, matched)
            if any(one.card.related for one in records)
            else None
        )
        self._quote = _quoter()
        self._plain = (
            None
            if any(said)
            else Plain(records, matched, formats, self._twins, self._diff, self._today, self._quote)
        )
        self._cadences: dict[str, dict[str, Any] | None] = {}

    def done(self) -> Diff:
        same = 0
        plain = self._plain
        here: list[tuple[int, list[int]]] = []
        for person, places in self._matched.groups:
            if person is None:
                if not (plain and len(places) == 1 and plain.new(places[0])):
                    self._new(places)
            elif person == ME:
                same += 1
            else:
                here.append((person, places))
        here.sort()  # neighbours share pages
        for start in range(0, len(here), _CHUNK):
            some = here[start : start + _CHUNK]
            known = self._belongings.read(some)
            for person, places in some:
                told = plain.known(person, places[0], known) if plain and len(places) == 1 else None
                same += self._known(person, places, known) if told is None else told
        same -= self._introduce()
        if self._rows.related or self._rows.introducers:
            same -= import_ties.add(self._db, self._diff, self._whom)
        self._diff.gained.sort(key=itemgetter(0))
        self._diff.differs.sort(key=itemgetter(0))
        self._diff.remarks.sort(key=itemgetter(0))
        return self._diff._replace(same=same)

    # People

    def _new(self, places: list[int]) -> None:
        who = -1 - len(self._rows.people)
        self._diff.new.append(places[0])
        records = [self._records[place] for place in places]
        row: dict[str, Any] = {}
        for place in places:
            said = self._said(place)
            self._source(who, place, said)
            if _has_year(said, row):
                row["birthday"] = said["birthday"]
            for field, value in said.items():
                if field in FIELDS and field in row and not _same(field, row[field], value):
                    self._diff.differs.append(Differs(place, who, field, row[field], value))
            row = said | row
        self._belongings.add(who, places, Here({}, {}, {}, {}, {}), {})
        called = next((one for one in records if one.name), records[0])
        row["name"] = called.card.name
        row["name_key"] = called.name or names.fold(called.card.name)
        row["added_on"] = self._today
        row["known"] = max([self._how(one.card) for one in records], key=_KNOWN.index)
        if "nick" in row:
            row["nick_key"] = names.fold(row["nick"])
        for one in records:
            if one.card.cadence and not row.get("every") and not row.get("circle_id"):
                row |= self._cadence(one.card.cadence) or {}
        self._rows.people.append(tuple(map(row.get, PERSON)))

    def _known(self, person: int, places: list[int], here: Here) -> bool:
        """Whether they have all of it already."""
        now = _Now(zip(store.PERSON, here.people[person], strict=False))
        now.changed = {}
        gains: list[str] = []
        marks: dict[int, AbstractSet[str]] = {}
        for place in places:
            said = self._said(place)
            was = zip(store.PERSON, here.people[person], strict=False)
            same = ((field, said.get(field, ""), value) for field, value in was if field in FIELDS)
            yours = import_records.yours(same, here.said.get(person, ()))
            before = self._source(person, place, said, yours)
            if before:
                marks[place] = frozenset(before.pop(HAS, "").split())
            self._fields(person, place, now, said, before, gains)
            card = self._records[place].card
            self._known_better(now, card)
            if card.cadence and not now["every"] and not now["circle_id"]:
                now.change(self._cadence(card.cadence) or {})
        if now.changed:
            if "nick" in now.changed:
                now.change({"nick_key": names.fold(now["nick"])})
            if now.changed.keys() & {"every", "circle_id"}:
                gains.append("cadence")
            if "known" in now.changed and not gains:
                gains.append("how you know them")
            self._rows.person_updates.append((person, now.changed))
        gains = self._belongings.add(person, places, here, marks) + gains
        if gains:
            fields = list(dict.fromkeys(gains)) if len(gains) > 1 else gains
            self._diff.gained.append(Gained(places[0], person, fields))
        return not gains

    # Fields

    def _said(self, place: int) -> dict[str, str]:
        """The fields that a record tells, as they would be kept."""
        card = self._records[place].card
        said = {"name": card.name}
        for field, text in zip(FIELDS, _fields_of(card), strict=True):
            if not text:
                continue
            if field in _SHORT and len(text) <= names.LINE_LIMIT and text.isprintable():
                said[field] = text
            elif value := _kept(field, text):
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
            now.change({"name": said["name"], "name_key": names.fold(said["name"])})
            gains.append("name")
        for field, value in said.items():
            here = now[field]
            if here == value or field == "name":
                continue
            if here and field in _DAYS and _same(field, here, value):
                if field == "birthday" and _has_year(said, now) and before.get(field) != value:
                    now.change({field: value})
                    gains.append(FIELDS[field])
                continue
            told = before.get(field) if field not in before.get(YOURS, "").split() else None
            follows = told == here and told != value
            if not here and before.get(field) == value:
                continue  # removed here since
            if not here or follows:
                now.change({field: value})
                gains.append(FIELDS[field])
            elif not _same(field, here, value):
                self._diff.differs.append(Differs(place, person, field, here, value))

    def _known_better(self, now: _Now, card: Card) -> None:
        """Who was only heard of is known, where a file says more; and met, where that is said."""
        here = now["known"]
        if here == "heard" or (here == "known" and (card.talks or self._meeting)):
            how = self._how(card)
            if _KNOWN.index(how) > _KNOWN.index(here):
                now.change({"known": how})

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

    def _source(
        self, who: int, place: int, said: dict[str, str], yours: str = ""
    ) -> dict[str, str]:
        """Keep what a record said; what it said before. ``yours`` are fields, for a new record."""
        format_name = self._formats[self._records[place].file]
        key = self._matched.keys[place]
        known: Source | None = self._matched.sources.get(place)
        if places := self._twins.get((format_name, key)):
            if places[0] != place:  # twice in one import: the first is what it says
                before = _decode(known.said) if known else {}
                return {f: text for f, text in before.items() if f == HAS or said.get(f) == text}
            every = [self._records[at] for at in places]
            for at in places[1:]:
                said = self._said(at) | said
        else:
            every = [self._records[place]]
        signs = import_records.joined([mark for one in every for mark in self._marks(one)])
        if known is None:
            text = self._text(said, yours, signs)
            self._rows.sources.append((who, format_name[:40], key, text))
            return {}
        if known.said == self._text(said, "", signs):
            return {**said, HAS: signs} if signs else dict(said)
        before = _decode(known.said)
        text = self._text(said, before.get(YOURS, ""), signs)
        if known.said != text:
            self._rows.source_updates.append((known.id, text))
        return before

    def _text(self, said: dict[str, str], yours: str, signs: str) -> str:
        """What a record said, as it is kept."""
        quote = self._quote
        told = [f'"{field}":{quote(value)}' for field, value in said.items()]
        told += [f'"{name}":"{text}"' for name, text in ((YOURS, yours), (HAS, signs)) if text]
        return f"{{{','.join(told)}}}"

    def _marks(self, one: Record) -> list[str]:
        return import_records.marks(one, self._whom.found(one) if self._whom else ())

    def _introduce(self) -> int:
        """Who introduced them, where one person has that name, here or among the new; of how many
        people here it is all that is new.
        """
        wanted = self._rows.introduced
        if not wanted:
            return 0
        found: dict[str, set[int]] = {}
        for key, number in store.called(self._db, dict.fromkeys(key for *_, key in wanted)):
            found.setdefault(key, set()).add(number)
        column = PERSON.index("name_key")
        for at, row in enumerate(self._rows.people):
            found.setdefault(row[column], set()).add(-1 - at)
        gained = {one.person: one for one in self._diff.gained}
        only = 0
        for who, place, key in wanted:
            several = found.get(key, set()) - {who}
            if len(several) == 1:
                self._rows.introducers[who] = several.pop()
                if who > 0:
                    only += import_ties.gain(self._diff, gained, place, who, "introduced by")
        return only


_fields_of: Final = itemgetter(*map(Card._fields.index, FIELDS))


def _twins(keys: Sequence[str], formats: Sequence[str]) -> dict[tuple[str, str], list[int]]:
    """The places of the records that have one key."""
    known = list(zip(formats, keys, strict=True))
    if len({*known}) == len(known):
        return {}
    found: dict[tuple[str, str], list[int]] = {}
    for place, key in enumerate(known):
        found.setdefault(key, []).append(place)
    return {key: places for key, places in found.items() if len(places) > 1}


def _kept(field: str, text: str) -> str | None:
    if read := _DAYS.get(field):
        return read(text)
    if field == "address":
        return import_records.long(text)[: _LIMITS[field]]
    return import_records.line(text, _LIMITS.get(field, names.LINE_LIMIT))


def _has_year(said: Mapping[str, str], here: Mapping[str, Any]) -> bool:
    """Whether the same birthday is said with its year, and has none here."""
    before, told = here.get("birthday") or "", said.get("birthday", "")
    return before.startswith("--") and told[:2] not in ("", "--") and told[-6:] == before[-6:]


def _same(field: str, here: str, there: str) -> bool:
    """Whether the one says the other, if less precisely."""
    if field in _DAYS:
        if here.startswith("--") or there.startswith("--"):  # the day of a year
            return here[-6:] == there[-6:]
        return here.startswith(there) or there.startswith(here)
    return names.fold(here) == names.fold(there)


def _quoter() -> Callable[[str], str]:
    from json.encoder import encode_basestring  # (only where something is read in)

    return encode_basestring


def _decode(said: str | None) -> dict[str, str]:
    from json import loads  # (only where a source says something else)

    found = loads(said) if said else {}
    return {str(key): str(value) for key, value in found.items()}
