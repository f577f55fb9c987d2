"""Who is new in an import and may be somebody who is here: by the evidence that `merge` asks for.

Whoever only has the name, the address or the number of somebody else stays apart, and is counted.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import islice, takewhile
from typing import NamedTuple

from kinship.model import evidence, names, nicknames, same_name
from kinship.model.evidence import Relation, Side
from kinship.services import import_records
from kinship.services.import_records import Record
from kinship.store import doubles, people
from kinship.store import importing as store
from kinship.store.db import Db

_MANY = 2_000
"""More new people than this are compared by their whole names only: `merge` finds the others."""
_FEW = 20
"""Of a name that more people have, so many are looked at."""
_RARE = 3
SAME_NAME = "same name"


class Doubt(NamedTuple):
    """Whom somebody new may be, and why; ``likely`` where `merge` would ask about them.

    Without ``people`` it is somebody else who is new.
    """

    people: tuple[int, ...]
    why: str
    likely: bool


class New(NamedTuple):
    """Somebody new: their records, and of whom they have an address or the record, if of anybody.

    ``other`` is a person, ``beside`` the place of somebody else who is new.
    """

    records: Sequence[Record]
    why: str = ""
    other: int | None = None
    beside: int | None = None


def doubts(db: Db, new: Mapping[int, New]) -> dict[int, Doubt]:
    """By place, those of the new who are not certain."""
    return _Doubts(db, new).found()


class _Doubts:
    def __init__(self, db: Db, new: Mapping[int, New]) -> None:
        self._db = db
        self._new = new
        self._called: dict[str, list[int]] = {}
        self._others: dict[str, list[str]] = {}
        for at, one in new.items():
            name = one.records[0].name
            if name:
                self._called.setdefault(name, []).append(at)
                if name not in self._others:
                    self._others[name] = _likely(name) if len(new) <= _MANY else []
        self._here: dict[str, list[int]] = {}
        wanted = (key for name, others in self._others.items() for key in (name, *others))
        for key, number in store.called(db, dict.fromkeys(wanted)):
            if number not in self._here.setdefault(key, []):
                self._here[key].append(number)
        self._sides: dict[int, Side] = {}
        self._often: dict[str, int] = {}
        self._words: Counter[str] | None = None

    def found(self) -> dict[int, Doubt]:
        alike = ((at, self._alike(at)) for at in self._new if self._is_like_others(at))
        some = {at: both for at, both in alike if any(both)}
        self._read({number for here, _ in some.values() for number in here})
        judged = ((at, self._judged(at, *both)) for at, both in some.items())
        return {at: doubt for at, doubt in judged if doubt}

    def _is_like_others(self, at: int) -> bool:
        """Whether there is anybody to compare somebody new with."""
        one = self._new[at]
        name = one.records[0].name
        if one.other is not None or one.beside is not None or name in self._here:
            return True
        return bool(name) and (len(self._called[name]) > 1 or bool(self._others[name]))

    def _alike(self, at: int) -> tuple[list[int], list[int]]:
        """Who is here and who is new, earlier in the files, with a name or a handle like theirs."""
        one = self._new[at]
        name = one.records[0].name
        here = [] if one.other is None else [one.other]
        beside = [] if one.beside is None else [one.beside]
        if name:
            keys = (name, *self._others[name])
            here += [n for key in keys for n in self._here.get(key, ())[:_FEW] if n not in here]
            for key in keys:
                earlier = takewhile(at.__gt__, self._called.get(key, ()))
                beside += [other for other in islice(earlier, _FEW) if other not in beside]
        return here, beside

    def _judged(self, at: int, here: Sequence[int], beside: Sequence[int]) -> Doubt | None:
        mine = self._side(at)
        likely = [
            (verdict, number)
            for number in here
            if number in self._sides and (verdict := self._verdict(mine, self._sides[number]))
        ]
        if likely:
            best = max(likely, key=lambda pair: pair[0].score)[0]
            return Doubt(
                tuple(sorted(number for _, number in likely)), ", ".join(best.reasons), True
            )
        for other in beside:
            if verdict := self._verdict(mine, self._side(other)):
                return Doubt((), ", ".join(verdict.reasons), True)
        one = self._new[at]
        name = one.records[0].name
        if not one.why and name not in self._here and self._called.get(name, [at])[0] == at:
            return None
        return Doubt(tuple(here), one.why or SAME_NAME, False)

    def _verdict(self, one: Side, other: Side) -> evidence.Verdict | None:
        shared = frozenset(_families(one) & _families(other))
        relation = evidence.relation(one.words, other.words)
        verdict = evidence.judge(one, other, relation, shared)
        if verdict or relation.how not in ("same", "swapped") or len(one.words) < 2:
            return verdict
        rare = Relation(relation.how, rare=True)
        verdict = evidence.judge(one, other, rare, shared)
        return verdict if verdict and self._is_rare(one.words) else None

    def _is_rare(self, words: Sequence[str]) -> bool:
        """Whether one of the words will be in the names of few people."""
        if self._words is None:
            self._words = Counter()
            for name, places in self._called.items():
                self._words.update(dict.fromkeys(same_name.read(name).words, len(places)))
        for word in words:
            if word not in self._often:
                found = people.numbers_by_words(self._db, [word], _RARE + 1)
                self._often[word] = len(found)
            if self._often[word] + self._words[word] <= _RARE:
                return True
        return False

    def _side(self, at: int) -> Side:
        """Somebody new, as they are compared."""
        cards = [one.card for one in self._new[at].records]
        org = next((card.org for card in cards if card.org), "")
        city = next((card.city for card in cards if card.city), "")
        born = next((card.birthday for card in cards if card.birthday), "")
        held: dict[str, set[str]] = {}
        for one in self._new[at].records:
            for kind, _, key, *_ in one.channels:
                if key:
                    held.setdefault(kind, set()).add(key)
        return _side(cards[0].name, org, city, import_records.day_of_year(born) or "", held)

    def _read(self, numbers: set[int]) -> None:
        held: dict[int, dict[str, set[str]]] = {number: {} for number in numbers}
        for number, kind, key in doubles.handles(self._db, held) if held else ():
            held[number].setdefault(kind, set()).add(key)
        for number, row in store.people(self._db, numbers).items():
            said = dict(zip(store.PERSON, row, strict=True))
            name, org, city, born = (said[f] or "" for f in ("name", "org", "city", "birthday"))
            self._sides[number] = _side(name, org, city, born, held[number])


def _side(name: str, org: str, city: str, born: str, held: Mapping[str, set[str]]) -> Side:
    return Side(
        *same_name.read(name),
        evidence.org_key(org) if org else "",
        names.fold(city) if city else "",
        born,
        org,
        {kind: frozenset(keys) for kind, keys in held.items()},
    )


def _families(side: Side) -> set[tuple[str, str]]:
    return {
        (import_records.family(kind), key) for kind, keys in side.handles.items() for key in keys
    }


def _likely(name: str) -> list[str]:
    """Other ways to write a name that are looked up as they are."""
    words = name.split()
    if len(words) < 2:
        return []
    found = [" ".join([*words[1:], words[0]])]
    if len(words) > 2:
        found.append(f"{words[0]} {words[-1]}")
    rest = " ".join(words[1:])
    found += [f"{first} {rest}" for first in _spellings(words[0]) if first != words[0]]
    return found


@cache
def _spellings(given: str) -> list[str]:
    """The given names that may be said for this one."""
    groups = nicknames.GROUPS.split(",")
    return sorted({name for at in same_name.called(given) for name in groups[at].split()})
