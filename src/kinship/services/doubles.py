"""Likely doubles: who here may be one person, and why; and saying that two are not.

Nobody is compared with everybody. Who shares a handle is looked up; of names, whole ones are
grouped, and each word that may stand for another (a slip, a nickname, an initial) is put in its
place to see whether that is somebody's name, too.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import combinations, product

from kinship.model import evidence, names, near_words, same_name
from kinship.model.evidence import Relation, Side
from kinship.model.person import ME, Person
from kinship.services import people as finding
from kinship.store import doubles
from kinship.store.db import Db
from kinship.value import Value

_CROWD = 12
"""More people than this at one number are a company's."""
_FEW = 5
"""Of a name that more people have, a city says nothing."""
_RARE = 3
"""A word that so many people have in their names, at most, is rare."""
_SLIPS = 3
"""A misspelt word is in so many names, at most."""
_MOST_WORDS = 5
_PRODUCT = 64
_NOTHING: frozenset[object] = frozenset()


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
            sides[one], sides[other], how, crowd.handles_of(one) & crowd.handles_of(other)
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


def part(db: Db, who: Sequence[Person]) -> bool:
    """Write down that these are different people, as one change; whether that was not known."""
    finding.not_me(who)
    pairs = {tuple(sorted((one.id, other.id))) for one, other in combinations(who, 2)}
    if pairs <= doubles.not_same(db):
        return False
    label = "merge --not " + " ".join(finding.refs(db, who).values())
    with db.change(label, about=[p.id for p in who]) as tx:
        for one, other in combinations(who, 2):
            doubles.part(tx, one.id, other.id)
    return True


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
    """Everybody, as far as it is compared.

    ``_firm`` is what they may share that means much, as numbers: company, birthday, handles;
    ``_loose`` has the city, too.
    """

    def __init__(self, db: Db) -> None:
        self._db = db
        self._names: dict[int, same_name.Name] = {}
        self._facts: dict[int, tuple[str, str, str]] = {}
        self._orgs: dict[int, str] = {}
        self._archived: set[int] = set()
        self._bearers: dict[tuple[str, ...], list[int]] = {}
        self._firm: dict[int, frozenset[object]] = {}
        self._loose: dict[int, frozenset[object]] = {}
        self._often: Counter[str] = Counter()
        self._written: set[str] = set()
        shared, self._groups = _shared(db)
        self._handles = shared
        key_of_org, key_of_city = cache(evidence.org_key), cache(names.fold)
        for number, key, org, city, born, archived in doubles.everyone(db):
            words = key.split()
            name = same_name.of_words(words)
            self._names[number] = name
            self._written.update(words)
            self._bearers.setdefault(tuple(sorted(name.words)), []).append(number)
            if org:
                self._orgs[number] = org
            facts = key_of_org(org) if org else "", key_of_city(city) if city else "", born or ""
            self._facts[number] = facts
            firm: list[object] = [*shared.get(number, ())]
            if org:
                firm.append(("org", facts[0]))
            if born:
                firm.append(("born", born[-5:]))
            if firm:
                self._firm[number] = frozenset(firm)
            if city:
                self._loose[number] = frozenset((*firm, ("city", facts[1])))
            if archived:
                self._archived.add(number)

        for parts, bearers in self._bearers.items():
            for word in parts:
                self._often[word] += len(bearers)

    def handles_of(self, number: int) -> frozenset[tuple[str, str]]:
        """The handles that somebody else has, too."""
        return frozenset(self._handles.get(number, ()))

    def sides(self, numbers: Iterable[int]) -> dict[int, Side]:
        held: dict[int, dict[str, set[str]]] = {number: {} for number in numbers}
        for number, kind, key in doubles.handles(self._db, held):
            held[number].setdefault(kind, set()).add(key)
        return {
            number: Side(
                *self._names[number],
                *self._facts[number],
                self._orgs.get(number, ""),
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
        """Those of one name who share something; of a rare name, who share nothing."""
        for words, bearers in self._bearers.items():
            if len(bearers) < 2:
                continue
            rare = min(self._often[word] for word in words) <= _RARE and len(words) > 1
            pairs = (
                combinations(bearers, 2)
                if rare
                else self._sharing(bearers, bearers, loose=len(bearers) <= _FEW)
            )
            for one, other in pairs:
                same = self._names[one].words == self._names[other].words
                how = "same" if same else "swapped"
                yield one, other, Relation(how, bearers=len(bearers), rare=rare)

    def _sharing(
        self, ours: Sequence[int], theirs: Sequence[int], *, loose: bool
    ) -> Iterator[Pair]:
        """Two people each, one of each list, who share something."""
        if len(ours) * len(theirs) <= _PRODUCT:
            have = self._loose if loose else self._firm
            for one, other in product(ours, theirs):
                if one != other and not self._has(one, have).isdisjoint(self._has(other, have)):
                    yield one, other
            return
        of: dict[object, list[int]] = {}
        for other in theirs:
            for thing in self._firm.get(other, ()):
                of.setdefault(thing, []).append(other)
        for one in ours:
            for thing in self._firm.get(one, ()):
                for other in of.get(thing, ()):
                    if one != other:
                        yield one, other

    def _has(self, number: int, have: dict[int, frozenset[object]]) -> frozenset[object]:
        return have.get(number) or self._firm.get(number, _NOTHING)

    def _alike(self) -> Iterator[tuple[int, int, Relation]]:
        """Those whose names are the same but for one word that may stand for the other."""
        rests: dict[str, dict[tuple[str, ...], tuple[str, ...]]] = {}
        for words in self._bearers:
            if 1 < len(words) <= _MOST_WORDS:
                for at, word in enumerate(words):
                    rests.setdefault(word, {})[words[:at] + words[at + 1 :]] = words
        for one, other, how in _related(self._often, self._written):
            if one not in rests or other not in rests:
                continue
            slip = how not in ("nickname", "initial")
            if slip and min(self._often[one], self._often[other]) > _SLIPS:
                continue  # a word that many have is no slip
            for rest in rests[one].keys() & rests[other].keys():
                if all(len(word) > 1 for word in rest):
                    both = rests[one][rest], rests[other][rest]
                    yield from self._persons(*both, how, (one, other))
        for word, whole in rests.items():
            for rest, words in whole.items():
                if len(rest) > 1 and rest in self._bearers:
                    yield from self._persons(rest, words, "more", ("", word))

    def _persons(
        self,
        words: tuple[str, ...],
        others: tuple[str, ...],
        how: str,
        differ: tuple[str, str],
    ) -> Iterator[tuple[int, int, Relation]]:
        ours, theirs = self._bearers[words], self._bearers[others]
        bearers = max(len(ours), len(theirs))
        both = (self._often[word] for word in words if word not in differ)
        rare = min(both, default=_RARE + 1) <= _RARE
        relation = Relation(how, differ, bearers=bearers, rare=rare)
        slip = how not in ("nickname", "initial", "more")
        loose = slip or (how != "initial" and bearers <= 2)
        for one, other in self._sharing(ours, theirs, loose=loose):
            if how == "more":
                fits = self._names[other].words[0] != differ[1]
            elif slip:
                fits = self._is_slip(one, other, differ)
            else:
                fits = True
            if fits:
                yield one, other, relation

    def _is_slip(self, one: int, other: int, differ: tuple[str, str]) -> bool:
        """Whether the words that differ may be one; of given names Martin and Martina are two."""
        last = self._names[one].words[-1] == differ[0] and self._names[other].words[-1] == differ[1]
        if same_name.related(*differ, given=not last):
            return True
        short, long = sorted(differ, key=len)
        known = [bool(same_name.called(word)) for word in differ]
        return any(known) and not all(known) and long != f"{short}a"


Shared = dict[int, list[tuple[str, str]]]


def _shared(db: Db) -> tuple[Shared, list[list[int]]]:
    """The handles that several have, by person; and the people of each, where they are few."""
    found = [
        (kind, key, {int(n) for n in whom.split(",")}) for kind, key, whom in doubles.shared(db)
    ]
    for keys, whom in doubles.numbers_alike(db):
        if _one_number(keys.split(",")):
            found.append(("phone", keys, {int(n) for n in whom.split(",")}))
    shared: Shared = {}
    groups = []
    for kind, key, numbers in found:
        numbers.discard(ME)
        for number in numbers:
            shared.setdefault(number, []).append((kind, key))
        if len(numbers) <= _CROWD:
            groups.append(sorted(numbers))
    return shared, groups


def _related(words: Iterable[str], written: set[str]) -> Iterator[tuple[str, str, str]]:
    """Which words may stand for each other, and how.

    A slip may make an umlaut of what is none (Graec), so words are compared as written, too.
    """
    called: dict[int, list[str]] = {}
    begins: dict[str, list[str]] = {}
    for word in words:
        for group in same_name.called(word):
            called.setdefault(group, []).append(word)
        if len(word) > 1:
            begins.setdefault(word[0], []).append(word)
    nicknames = {tuple(sorted(two)) for group in called.values() for two in combinations(group, 2)}
    slips: dict[tuple[str, str], str] = {}
    for two in near_words.pairs({*words, *written}):
        one, other = sorted(map(same_name.spelt, two))
        new = written.issuperset(two) or (one, other) not in slips
        if new and one != other and (one, other) not in nicknames:
            slips[one, other] = evidence.slip(*two)
    for (one, other), slip in slips.items():
        yield one, other, slip
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
