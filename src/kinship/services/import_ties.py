"""Who knows whom, as records say it: resolved once everybody has a number.

Somebody is meant by the key of their record, or by a whole name that one person alone has. Nobody
is created for it: who was not here is looked for again when the file comes again. A tie that a
record told before, both being here, and that is not here any more was removed.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kinship.model import names, same_name
from kinship.model.card import Related
from kinship.model.person import ME
from kinship.services import import_records
from kinship.services.import_matching import Matched
from kinship.services.import_records import Record
from kinship.services.import_rows import Diff, Gained
from kinship.store import importing as store
from kinship.store import ties
from kinship.store.db import Db

_FORMATS: Final = ("vcard", "jcard", "monica")
"""Whose records point at each other by their keys."""


def add(db: Db, diff: Diff, whom: "Whom | None") -> int:
    """Add the ties to what is written; of how many people here they are all that is new."""
    rows = diff.rows
    found: list[tuple[int, int, int, Related, str, bool]] = []
    for who, place, related, before in rows.related:
        other = whom.meant(related) if whom else None
        if other is not None:
            found.append((who, other, place, related, "import", before))
    for who, by in rows.introducers.items():
        found.append((by, who, -1, Related(""), "introduced", False))
    found.sort(key=lambda one: (one[4] == "introduced", not one[3].how))
    held = ties.neighbours(db, {one for one, *_ in found if one > 0})
    known = {frozenset((one, other)) for one, several in held.items() for other in several}
    gained = {one.person: one for one in diff.gained}
    only = 0
    for who, other, place, related, source, before in found:
        pair = frozenset((who, other))
        removed = before and who > 0 and other > 0
        if removed or len(pair) < 2 or ME in pair or pair in known:
            continue
        known.add(pair)
        how = import_records.line(related.how) or None
        since = import_records.partial_day(related.since)
        # A card says of somebody else how they know: of a mother that she is one.
        first, second = (other, who) if source == "import" else (who, other)
        rows.ties.append((first, second, how, since, source))
        if source == "import" and who > 0:
            only += gain(diff, gained, place, who, "tie")
    return only


def gain(diff: Diff, gained: dict[int, Gained], place: int, who: int, what: str) -> bool:
    """Say what somebody here gets; whether it is the first of all. ``gained`` is by their number."""
    first = who not in gained
    if first:
        gained[who] = Gained(place, who, [])
        diff.gained.append(gained[who])
    if what not in gained[who].fields:
        gained[who].fields.append(what)
    return first


class Whom:
    """Finds whom a record means by another."""

    def __init__(self, db: Db, records: Sequence[Record], matched: Matched) -> None:
        wanted = [related for one in records for related in one.card.related]
        self._by_key: dict[str, set[int]] = {}
        self._by_name: dict[str, set[int]] = {}
        named = {related.name for related in wanted if related.name}
        folded = {names.fold(name) for name in named if not same_name.is_nobody(name)}
        told: dict[int, str] = {}
        for who, places in _groups(matched):
            for place in places:
                if records[place].key:
                    self._by_key.setdefault(_bare(records[place].key), set()).add(who)
            # Of several records the first with a name says what somebody is called.
            called = next((records[place].name for place in places if records[place].name), "")
            if called not in folded:
                continue
            if who < 0:
                self._by_name.setdefault(called, set()).add(who)
            else:
                told[who] = called
        for who, (name, *_) in store.names(db, told).items():
            if same_name.is_nobody(name):
                self._by_name.setdefault(told[who], set()).add(who)
        for key, who in _here(db, {related.key for related in wanted if related.key}):
            self._by_key.setdefault(key, set()).add(who)
        here = list(store.called(db, folded))
        full = store.names(db, {number for _, number in here})
        for key, number in here:
            if full[number][1] == key:
                self._by_name.setdefault(key, set()).add(number)

    def found(self, one: Record) -> list[Related]:
        """Those a record is related to who are here, or come with it."""
        return [related for related in one.card.related if self.meant(related) is not None]

    def meant(self, related: Related) -> int | None:
        """The one person, if there is exactly one."""
        several = self._by_key.get(_bare(related.key), set()) if related.key else set()
        if not several and related.name:
            several = self._by_name.get(names.fold(related.name), set())
        return next(iter(several)) if len(several) == 1 else None


def _groups(matched: Matched) -> Iterator[tuple[int, Sequence[int]]]:
    """Whose records are where; the new people count down from -1 in the order of the groups."""
    new = 0
    for person, places in matched.groups:
        new -= person is None
        yield (new if person is None else person), places


def _bare(key: str) -> str:
    low = key.strip().lower().removeprefix("urn:uuid:").removeprefix("uid:")
    return low.replace("-", "") if len(low) == 36 else low


def _here(db: Db, keys: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Who is here by these keys: of a record that was read in, or a number for other files."""
    written: dict[str, str] = {}
    for key in keys:
        bare = key.removeprefix("urn:uuid:").removeprefix("uid:")
        for form in (key, bare, f"urn:uuid:{bare}", f"uid:{bare}"):
            written[form] = _bare(key)
    for format_name in _FORMATS:
        for form, (person, _, _) in store.sources(db, format_name, written).items():
            yield written[form], person
    yield from store.uids(db, {bare for bare in written.values() if len(bare) == 32}).items()
