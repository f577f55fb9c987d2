"""Likely doubles: who here may be one person, and why; and saying that two are not.

Nobody is compared with everybody. Who shares a handle is looked up; of names, whole ones are
grouped, and each word that may stand for another (a slip, a nickname, an initial) is put in its
place to see whether that is somebody's name, too.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product

from kinship.model import evidence, names, near_words, same_name
from kinship.model.evidence import Relation, Side
from kinship.model.person import Person
from kinship.services import people as finding
from kinship.store import doubles
from kinship.store.db import Db
from kinship.value import Value

_CROWD = 12
"""More people than this at one number are a company's."""
_MOST_OF_A_NAME = 40
"""Of names that more people have, only those are compared who share something else."""


class Double(Value):
    """Two people who may be one: whom to keep first, and why."""

    into: int
    other: int
    score: int
    reasons: Sequence[str]


def likely(db: Db) -> list[Double]:
    """Everybody who may be here twice, the likeliest first."""
    crowd = _Crowd(db)
    parted = doubles.not_same(db)
    candidates = {pair: how for pair, how in crowd.candidates() if pair not in parted}
    sides = crowd.sides({number for pair in candidates for number in pair})
    found: list[tuple[int, int, evidence.Verdict]] = []
    for (one, other), how in candidates.items():
        verdict = evidence.judge(
            sides[one], sides[other], how, crowd.shared_by(one) & crowd.shared_by(other)
        )
        if verdict:
            found.append((one, other, verdict))
    found = _unless_several(found, candidates)
    weight = doubles.weights(db, {n for one, other, _ in found for n in (one, other)})
    result = []
    for one, other, verdict in found:
        into, rest = (one, other) if weight[one] >= weight[other] else (other, one)
        result.append(Double(into, rest, verdict.score, verdict.reasons))
    return sorted(result, key=lambda double: (-double.score, double.into, double.other))


def part(db: Db, who: Sequence[Person]) -> None:
    """Write down that these are different people, as one change."""
    finding.not_me(who)
    label = "merge --not " + " ".join(finding.refs(db, who).values())
    with db.change(label, about=[p.id for p in who]) as tx:
        for one, other in combinations(who, 2):
            doubles.part(tx, one.id, other.id)


def _unless_several(
    found: list[tuple[int, int, evidence.Verdict]],
    candidates: dict[tuple[int, int], Relation],
) -> list[tuple[int, int, evidence.Verdict]]:
    """An initial that fits two people of one company is neither's."""
    of: dict[int, set[int]] = {}
    for one, other, verdict in found:
        if candidates[one, other].how == "initial" and verdict.score < evidence.PHONE:
            of.setdefault(one, set()).add(other)
            of.setdefault(other, set()).add(one)
    return [
        (one, other, verdict)
        for one, other, verdict in found
        if not (
            candidates[one, other].how == "initial"
            and verdict.score < evidence.PHONE
            and max(len(of[one]), len(of[other])) > 1
        )
    ]


Pair = tuple[int, int]


class _Crowd:
    """Everybody, as far as it is compared."""

    def __init__(self, db: Db) -> None:
        self._db = db
        self._names: dict[int, same_name.Name] = {}
        self._org: dict[int, str] = {}
        self._city: dict[int, str] = {}
        self._born: dict[int, str] = {}
        self._archived: set[int] = set()
        self._bearers: dict[tuple[str, ...], list[int]] = {}
        orgs: dict[str, str] = {"": ""}
        cities: dict[str, str] = {"": ""}
        for number, key, org, city, born, archived in doubles.everyone(db):
            name = same_name.of_words(key.split())
            self._names[number] = name
            self._bearers.setdefault(tuple(sorted(name.words)), []).append(number)
            if org:
                if org not in orgs:
                    orgs[org] = evidence.org_key(org)
                self._org[number] = orgs[org]
            if city:
                if city not in cities:
                    cities[city] = names.fold(city)
                self._city[number] = cities[city]
            if born:
                self._born[number] = born
            if archived:
                self._archived.add(number)
        self._shared: dict[int, set[tuple[str, str]]] = {}
        self._groups: list[list[int]] = []
        self._read_shared()

    def _read_shared(self) -> None:
        groups = [
            (kind, key, {int(n) for n in whom.split(",")})
            for kind, key, whom in doubles.shared(self._db)
        ]
        for keys, whom in doubles.numbers_alike(self._db):
            if _one_number(keys.split(",")):
                groups.append(("phone", keys, {int(n) for n in whom.split(",")}))
        for kind, key, numbers in groups:
            numbers.discard(0)
            for number in numbers:
                self._shared.setdefault(number, set()).add((kind, key))
            if len(numbers) <= _CROWD:
                self._groups.append(sorted(numbers))

    def shared_by(self, number: int) -> frozenset[tuple[str, str]]:
        return frozenset(self._shared.get(number, ()))

    def sides(self, numbers: Iterable[int]) -> dict[int, Side]:
        held: dict[int, dict[str, set[str]]] = {number: {} for number in numbers}
        for number, kind, key in doubles.handles(self._db, held):
            held[number].setdefault(kind, set()).add(key)
        return {
            number: Side(
                *self._names[number],
                self._org.get(number, ""),
                self._city.get(number, ""),
                self._born.get(number, ""),
                {kind: frozenset(keys) for kind, keys in kinds.items()},
            )
            for number, kinds in held.items()
        }

    def candidates(self) -> Iterator[tuple[Pair, Relation]]:
        """Two people each whose names are alike and who share something; the surest last."""
        for one, other, relation in (*self._alike(), *self._same()):
            if not (one in self._archived and other in self._archived):
                yield (min(one, other), max(one, other)), relation
        for group in self._groups:
            for one, other in combinations(group, 2):
                words = self._names[one].words, self._names[other].words
                yield (one, other), evidence.relation(*words)

    def _same(self) -> Iterator[tuple[int, int, Relation]]:
        for bearers in self._bearers.values():
            if len(bearers) < 2:
                continue
            for one, other in self._with_something(bearers, alone=len(bearers) == 2):
                same = self._names[one].words == self._names[other].words
                yield one, other, Relation("same" if same else "swapped", bearers=len(bearers))

    def _with_something(self, bearers: list[int], *, alone: bool) -> Iterator[Pair]:
        """Those of one name who share a handle, a company, a city or a birthday."""
        for one, other in combinations(bearers[:_MOST_OF_A_NAME], 2):
            if alone or self._share(one, other):
                yield one, other

    def _share(self, one: int, other: int) -> bool:
        org, city = self._org.get(one), self._city.get(one)
        if (org and org == self._org.get(other)) or (city and city == self._city.get(other)):
            return True
        born = self._born.get(one)
        if born and (theirs := self._born.get(other)) and born[-5:] == theirs[-5:]:
            return True
        ours = self._shared.get(one)
        return ours is not None and not ours.isdisjoint(self._shared.get(other, ()))

    def _alike(self) -> Iterator[tuple[int, int, Relation]]:
        rests: dict[str, dict[tuple[str, ...], tuple[str, ...]]] = {}
        for words in self._bearers:
            if 1 < len(words) <= 5:
                for at, word in enumerate(words):
                    rests.setdefault(word, {})[words[:at] + words[at + 1 :]] = words
        for one, other, how in _related(rests):
            few, many = sorted((rests[one], rests[other]), key=len)
            common = min(len(few), len(many))
            for rest in few.keys() & many.keys():
                if all(len(word) > 1 for word in rest) or how == "nickname":
                    both = rests[one][rest], rests[other][rest]
                    yield from self._persons(*both, how, (one, other), common)
        for word, whole in rests.items():
            for rest, words in whole.items():
                if len(rest) > 1 and rest in self._bearers:
                    yield from self._persons(rest, words, "more", ("", word), 1)

    def _persons(
        self,
        words: tuple[str, ...],
        others: tuple[str, ...],
        how: str,
        differ: tuple[str, str],
        common: int,
    ) -> Iterator[tuple[int, int, Relation]]:
        ours, theirs = self._bearers[words], self._bearers[others]
        bearers = max(len(ours), len(theirs))
        relation = Relation(how, differ, bearers=bearers, common=common)
        for one, other in product(ours[:_MOST_OF_A_NAME], theirs[:_MOST_OF_A_NAME]):
            if self._share(one, other) and (how != "near" or self._is_slip(one, other, differ)):
                yield one, other, relation

    def _is_slip(self, one: int, other: int, differ: tuple[str, str]) -> bool:
        """Whether the words that differ may be one; of given names Martin and Martina are two."""
        last = self._names[one].words[-1] == differ[0] and self._names[other].words[-1] == differ[1]
        return bool(same_name.related(*differ, given=not last))


def _related(words: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Which words may stand for each other, and how."""
    called: dict[int, list[str]] = {}
    begins: dict[str, list[str]] = {}
    for word in words:
        for group in same_name.called(word):
            called.setdefault(group, []).append(word)
        if len(word) > 1:
            begins.setdefault(word[0], []).append(word)
    nicknames = {tuple(sorted(two)) for group in called.values() for two in combinations(group, 2)}
    for one, other in near_words.pairs(words):
        if (one, other) not in nicknames:
            yield one, other, "near"
    for one, other in nicknames:
        yield one, other, "nickname"
    for word in words:
        if len(word) == 1:
            for other in begins.get(word, ()):
                yield word, other, "initial"


def _one_number(keys: Sequence[str]) -> bool:
    """Whether keys that end alike are one number, of which one spelling says its country."""
    short, *longer = sorted(keys, key=len)
    return all(long.endswith(short.lstrip("0")) for long in longer)
