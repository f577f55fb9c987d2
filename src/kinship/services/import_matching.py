"""Which records of an import are one person, and which of them are somebody here.

In this order: a record's own key; a handle in common where the names do not contradict; otherwise
they are somebody new. A name alone joins nobody.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from kinship.model import names, same_name
from kinship.model.card import Card
from kinship.model.person import ME
from kinship.services import import_doubts, import_records
from kinship.services.import_doubts import Doubt, New
from kinship.services.import_records import Finder, Record
from kinship.store import importing as store
from kinship.store.db import Db

_SEPARATOR = "\n"
_DIGITS = 19
_UID = range(32, 50)
"""Characters of one of our numbers for other programs, dashes and ``urn:uuid:`` included."""
_HEX = re.compile(r"(?:urn:uuid:)?[0-9a-f-]+$", re.IGNORECASE | re.ASCII)
_MOST_OWNERS = 50
"""Of a handle that more people have, only so many are asked."""


class Source(NamedTuple):
    """The record of an earlier import: its number, and the JSON of what it said."""

    id: int
    said: str | None


class Matched(NamedTuple):
    """Groups of records, by their places in the list, with the person they are; `ME` for yourself.

    ``keys`` are the keys of the records, which may be more than they say; ``sources`` what is here
    already of each.
    ``unsure`` is who a group of new people may be, and why.
    """

    groups: list[tuple[int | None, list[int]]]
    keys: list[str]
    sources: dict[int, Source]
    unsure: dict[int, Doubt]


class _Name(NamedTuple):
    """What somebody is called, and the same folded."""

    shown: str
    nick: str
    key: str


def match(db: Db, records: Sequence[Record], formats: Sequence[str]) -> Matched:
    """Who is who; ``formats`` are those of the files."""
    return _Match(db, records, formats).done()


class _Match:
    def __init__(self, db: Db, records: Sequence[Record], formats: Sequence[str]) -> None:
        self._db = db
        self._records = records
        self._formats = formats
        self._keys = _keys(records)
        self._sources: dict[int, Source] = {}
        self._edges: list[tuple[int, str, str, int, int]] = []
        """Strength, two names, and two records; or a person as ``-1 - number``, and a record."""
        self._nameless: list[tuple[int, int]] = []
        """Somebody with an address for a name, and somebody with a name who has it."""
        self._doubts: dict[int, tuple[int, str]] = {}
        """Of a record whom it shares a key with and is not, and why."""
        self._people: dict[int, _Name] = {}
        self._parent: dict[int, int] = {}
        self._held: dict[int, tuple[int | None, set[tuple[str, str]]]] = {}

    def done(self) -> Matched:
        self._by_own_key()
        self._by_handle()
        for strength, _, _, one, other in sorted(self._join_pairs()):
            self._join(one, other, sure=strength == 0)
        self._join_nameless()
        groups = self._groups()
        return Matched(groups, self._keys, self._sources, self._unsure(groups))

    # Own keys

    def _by_own_key(self) -> None:
        every = range(len(self._records)) if store.count_of_sources(self._db) else ()
        known = self._read_sources(every)
        uids = self._uids()
        if not known and not uids and self._are_distinct():
            return
        self._read_people({*uids.values(), *(number for number, _ in known.values())})
        first: dict[tuple[str, str], int] = {}
        again: dict[int, str] = {}
        for place, one in enumerate(self._records):
            format_name = self._formats[one.file]
            found = known.get(place)
            if found and not self._is_source_of(one, *found):
                self._doubts[place] = (found[0], "has the record of")
                again[place] = _with_name(self._keys[place], one)
                found = None
            elif found:
                self._sources[place] = found[1]
                self._edge(0, -1 - found[0], place)
            if place in again:
                self._keys[place] = again[place]
            key = (format_name, self._keys[place])
            twin = first.setdefault(key, place)
            if twin != place:
                if self._are_one(self._records[twin].card, one.card):
                    self._edge(0, twin, place)
                else:
                    again[place] = self._keys[place] = _with_name(self._keys[place], one)
                    other = first.setdefault((format_name, self._keys[place]), place)
                    if other != place:
                        self._edge(0, other, place)
            if found is None and (number := uids.get(place)) is not None:
                if self._agree(one, number):
                    self._edge(0, -1 - number, place)
                else:
                    self._doubts[place] = (number, "has the record of")
        for place, found in self._read_sources(again).items():
            self._read_people([found[0]])
            self._sources[place] = found[1]
            self._edge(0, -1 - found[0], place)

    def _are_distinct(self) -> bool:
        """Whether no two records have one key of one format."""
        formats = [self._formats[one.file] for one in self._records]
        return len({*zip(formats, self._keys, strict=True)}) == len(formats)

    def _read_sources(self, some: Iterable[int]) -> dict[int, tuple[int, Source]]:
        """The earlier records with the keys of these."""
        places: dict[str, dict[str, list[int]]] = {}
        for place in some:
            by_key = places.setdefault(self._formats[self._records[place].file], {})
            by_key.setdefault(self._keys[place], []).append(place)
        found: dict[int, tuple[int, Source]] = {}
        for format_name, by_key in places.items():
            for key, (person, number, said) in store.sources(self._db, format_name, by_key).items():
                for place in by_key[key]:
                    found[place] = (person, Source(number, said))
        return found

    def _uids(self) -> dict[int, int]:
        """Records that came from this file: their key is somebody's number for other files."""
        own: dict[str, list[int]] = {}
        for place, one in enumerate(self._records):
            if len(one.key) not in _UID or not _HEX.match(one.key):
                continue
            key = one.key.lower().removeprefix("urn:uuid:").replace("-", "")
            if len(key) == 32 and not key.strip("0123456789abcdef"):
                own.setdefault(key, []).append(place)
        found = store.uids(self._db, own) if own else {}
        here = {place: number for key, number in found.items() for place in own[key]}
        return here | self._own_rows()

    def _own_rows(self) -> dict[int, int]:
        """Rows of kinship's own CSV whose number here is somebody of that very name."""
        if "kinship-csv" not in self._formats:
            return {}
        rows = {
            place: int(number)
            for place, one in enumerate(self._records)
            if self._formats[one.file] == "kinship-csv"
            and (number := one.key.partition(" ")[0]).isdecimal()
            and len(number) < _DIGITS
        }
        called = store.names(self._db, set(rows.values())) if rows else {}
        return {
            place: number
            for place, number in rows.items()
            if number in called
            and number != ME
            and called[number][1] == names.fold(self._records[place].card.name)
        }

    def _are_one(self, one: Card, other: Card) -> bool:
        """As `_is_source_of`, of two records with one key."""
        if not _contradict((one.name, one.nick), (other.name, other.nick)):
            return True
        return _share_a_word(one.name, other.name)

    def _is_source_of(self, one: Record, person: int, source: Source) -> bool:
        name = one.card.name
        if self._agree(one, person) or _share_a_word(name, self._people[person].shown):
            return True
        said = _said_name(source.said)
        return bool(said) and _share_a_word(name, said)

    # Handles

    def _by_handle(self) -> None:
        having = self._finders()
        owners: dict[Finder, list[int]] = {}
        families = import_records.FAMILIES
        for key, kind, person in store.owners(self._db, dict.fromkeys(k for _, k in having)):
            finder = (families.get(kind, kind), key)
            if finder in having:
                several = owners.setdefault(finder, [])
                if person not in several and len(several) < _MOST_OWNERS:
                    several.append(person)
        self._read_people(set(chain.from_iterable(owners.values())))
        for finder, places in having.items():
            here = owners.get(finder, ())
            if isinstance(places, int):
                if here:
                    self._with_people(finder, places, here)
                continue
            for at, place in enumerate(places):
                if here:
                    self._with_people(finder, place, here)
                for other in places[:at]:
                    self._with_record(finder, other, place)

    def _finders(self) -> dict[Finder, int | list[int]]:
        """By what is looked for, the record that has it, or several of them."""
        having: dict[Finder, int | list[int]] = {
            finder: place for place, one in enumerate(self._records) for finder in one.finders
        }
        if len(having) == sum([len(one.finders) for one in self._records]):
            return having
        having = {}
        for place, one in enumerate(self._records):
            for finder in one.finders:
                known = having.setdefault(finder, place)
                if known == place:
                    continue
                several = known if isinstance(known, list) else [known]
                if several[-1] == place:
                    continue
                twin = next((p for p in several if self._records[p].name == one.name), None)
                if twin is not None:
                    self._edge(1, twin, place)
                elif len(several) < _MOST_OWNERS:
                    having[finder] = [*several, place]
        return having

    def _with_people(self, finder: Finder, place: int, people: Iterable[int]) -> None:
        one = self._records[place]
        for person in people:
            if one.name and self._people[person].key == one.name:
                self._edges.append((1, one.name, one.name, -1 - person, place))
            elif person == ME or self._agree(one, person):
                exact = self._people[person].key == one.name
                self._edge(1 if exact else 2, -1 - person, place)
            else:
                self._doubts.setdefault(place, (person, f"shares {_shown(one, finder)} with"))

    def _with_record(self, finder: Finder, one: int, other: int) -> None:
        a, b = self._records[one], self._records[other]
        if a.name != b.name and _contradict(self._names_of(one), self._names_of(other)):
            self._doubts.setdefault(other, (-1 - one, f"shares {_shown(b, finder)} with"))
        else:
            self._edge(1 if a.name == b.name else 2, one, other)

    # Joining

    def _edge(self, strength: int, one: int, other: int) -> None:
        a = self._people[-1 - one].key if one < 0 else self._records[one].name
        b = self._records[other].name
        if strength and bool(a) != bool(b):
            self._nameless.append((one, other) if b else (other, one))
            return
        first, second = sorted((a, b))
        self._edges.append((strength, first, second, one, other))

    def _join_pairs(self) -> list[tuple[int, str, str, int, int]]:
        """Join those of one name, or sure, of whom nothing says that they are anybody else.

        The other edges are left.
        """
        nodes = Counter(chain.from_iterable({edge[3:] for edge in self._edges}))
        nodes.update(chain.from_iterable(self._nameless))
        left = []
        for edge in self._edges:
            strength, _, _, one, other = edge
            if strength < 2 and nodes[one] == nodes[other] == 1:
                self._parent[other] = one
            else:
                left.append(edge)
        return left

    def _join_nameless(self) -> None:
        """An address without a name is somebody's who has it, unless several have it."""
        theirs: dict[int, set[int]] = {}
        for one, other in self._nameless:
            theirs.setdefault(self._root(one), set()).add(self._root(other))
        for one, other in self._nameless:
            if len(theirs.get(self._root(one), ())) == 1:
                self._join(one, other, sure=True)
            elif one >= 0:
                self._doubts.setdefault(one, (-1 - other, "has the address or number of"))

    def _root(self, node: int) -> int:
        while (above := self._parent.get(node, node)) != node:
            self._parent[node] = self._parent.get(above, above)
            node = above
        return node

    def _join(self, one: int, other: int, *, sure: bool) -> None:
        a, b = self._root(one), self._root(other)
        if a == b:
            return
        (person, called), (rival, others) = self._content(a), self._content(b)
        if person is not None and rival is not None:
            return
        apart = not sure and called != others
        if apart and any(_contradict(x, y) for x in called for y in others):
            return
        root, leaf = (a, b) if person is not None or rival is None else (b, a)
        self._parent[leaf] = root
        self._held[root] = (person if person is not None else rival, called | others)

    def _content(self, root: int) -> tuple[int | None, set[tuple[str, str]]]:
        return self._held.get(root) or (-1 - root if root < 0 else None, {self._names_of(root)})

    def _names_of(self, node: int) -> tuple[str, str]:
        if node < 0:
            return self._people[-1 - node][:2]
        card = self._records[node].card
        return card.name, card.nick

    def _groups(self) -> list[tuple[int | None, list[int]]]:
        """In the order of the records."""
        groups: dict[int, list[int]] = {}
        parent = self._parent
        for place in range(len(self._records)):
            root = self._root(place) if place in parent else place
            if root in groups:
                groups[root].append(place)
            else:
                groups[root] = [place]
        me = self._me()
        return [
            (-1 - root if root < 0 else ME if me and self._is_me(me, places) else None, places)
            for root, places in groups.items()
        ]

    def _me(self) -> str:
        """Your own whole name, if you said it."""
        found = store.names(self._db, [ME]).get(ME)
        return names.fold(found[0]) if found and " " in found[0] else ""

    def _is_me(self, me: str, places: list[int]) -> bool:
        return all(self._records[place].name == me for place in places)

    # What is not sure

    def _unsure(self, groups: list[tuple[int | None, list[int]]]) -> dict[int, Doubt]:
        new: dict[int, New] = {}
        if not self._doubts:
            every = self._records
            for at, (person, places) in enumerate(groups):
                if person is None:
                    new[at] = New([every[place] for place in places])
            return import_doubts.doubts(self._db, new)
        at_place = {place: at for at, (_, places) in enumerate(groups) for place in places}
        for at, (person, places) in enumerate(groups):
            if person is not None:
                continue
            records = [self._records[place] for place in places]
            doubt = next((self._doubts[p] for p in places if p in self._doubts), None)
            if doubt is None:
                new[at] = New(records)
                continue
            other, why = doubt
            if other >= 0:
                new[at] = New(records, f"{why} {self._people[other].shown}", other=other)
            elif (beside := at_place[-1 - other]) == at:
                new[at] = New(records)
            elif (known := groups[beside][0]) is not None:
                new[at] = New(
                    records, f"{why} {self._records[-1 - other].card.name}", known or None
                )
            else:
                said = f"{why} {self._records[-1 - other].card.name}"
                new[at] = New(records, said, beside=beside)
        return import_doubts.doubts(self._db, new)

    # People

    def _read_people(self, numbers: Iterable[int]) -> None:
        people = self._people
        missing = [n for n in numbers if n not in people]
        for number, (name, key, nick) in store.names(self._db, missing).items():
            people[number] = _Name(name, nick or "", "" if same_name.is_nobody(name) else key)

    def _agree(self, one: Record, person: int) -> bool:
        name, nick, key = self._people[person]
        return key == one.name or not _contradict((one.card.name, one.card.nick), (name, nick))


def _contradict(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two people's names and nicknames contradict."""
    return same_name.contradict(one[0], other[0], one[1], other[1])


def _with_name(key: str, one: Record) -> str:
    """The key of a record where somebody else's has the same."""
    return import_records.short_key(f"{key}{_SEPARATOR}{one.name}")


def _share_a_word(one: str, other: str) -> bool:
    """Whether two names have anything in common, if only the given or the family name."""
    if not _contradict((one, ""), (other, "")):
        return True
    words, others = same_name.read(one).words, same_name.read(other).words
    return any(same_name.related(a, b) for a in words for b in others if min(len(a), len(b)) > 1)


def _keys(records: Sequence[Record]) -> list[str]:
    """The key of each record; of equal ones without a key in one file the second counts apart."""
    keys = [one.key for one in records]
    times: Counter[tuple[int, str]] = Counter()
    for place, one in enumerate(records) if "" in keys else ():
        if not one.key:
            key = import_records.own_key(one)
            times[one.file, key] += 1
            if not one.channels and times[one.file, key] > 1:
                key = f"{key}#{times[one.file, key]}"
            keys[place] = key
    return keys


def _said_name(said: str | None) -> str:
    if not said:
        return ""
    from json import loads  # (only where a record has another name)

    found = loads(said)
    return str(found.get("name", ""))


def _shown(one: Record, finder: Finder) -> str:
    for kind, handle, key, *_ in one.channels:
        if (import_records.family(kind), key) == finder:
            return handle
    return finder[1]
