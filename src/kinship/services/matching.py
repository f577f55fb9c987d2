"""Ideas: pairs you know who do not know each other, and may want to."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from itertools import combinations, product

from kinship.model import names, stems
from kinship.model.person import Person
from kinship.model.warmth import COLD, since
from kinship.store import introductions, people, ties, topics, warmth
from kinship.store.db import Db
from kinship.store.topics import Having
from kinship.value import Value

_LATEST = 30
"""Of those who look for something, and of those who know about it, so many are matched."""
_SHARING = 12
"""Of those who share a topic so many are matched."""
_CROWD = 200
"""A topic of more people says nothing."""
_PAIRS = 20_000
_AT_ONCE = 50
_LOOKED_AT = 1_000
_YEAR = 12
_OFTEN = 2
"""How often somebody is named among ten."""


class Idea(Value):
    """Two people to introduce, and why; ``seeks``: one looks for what the other knows.

    ``doubtful``: they may have met, in one small event or community.
    """

    one: Person
    other: Person
    reason: str
    topic: str
    seeks: bool
    doubtful: bool


class _Pair:
    """Two people, what each looks for that the other knows about, or the rarest topic they share."""

    def __init__(self, one: Having, other: Having) -> None:
        self.people = (one, other)
        self.wishes: dict[int, tuple[str, str]] = {}
        self.shared: tuple[int, str] | None = None

    @property
    def place(self) -> tuple[int, int]:
        """Both look for what the other knows; one does; both know what few know."""
        return -len(self.wishes), self.shared[0] if self.shared and not self.wishes else 0


_Pairs = dict[tuple[int, int], _Pair]


def ideas(
    db: Db,
    today: date,
    *,
    most: int,
    among: AbstractSet[int] | None = None,
    whose: int | None = None,
) -> list[Idea]:
    """Pairs to introduce, best first; only of these people, or with somebody, where it is said."""
    pairs: _Pairs = {}
    if whose is not None:
        _of_one(db, whose, pairs)
    elif among is None:
        _in_file(db, pairs)
    else:
        about = topics.held_by(db, among, "about")
        _wishes(pairs, topics.held_by(db, among, "seeks"), about)
        rare = {key: len(held) for key, held in about.items() if 2 <= len(held) <= _CROWD}
        _shared(pairs, rare, about)
    known = ties.neighbours(db, {number for pair in pairs for number in pair})
    done = introductions.pairs(db, since(today, _YEAR))
    left = [
        pair
        for (one, other), pair in pairs.items()
        if (one, other) not in done and other not in known.get(one, ())
    ]
    ordered = _ordered(db, left, today)
    return _chosen(db, ordered, today, most, here=among is not None, whose=whose)


def _in_file(db: Db, pairs: _Pairs) -> None:
    every = topics.keys(db)
    answers = {key: stems.offers(key, every) for key in topics.keys(db, "seeks")}
    seeking = topics.yours_having(db, (key for key, found in answers.items() if found), "seeks")
    offered = {found for key in seeking for found in answers[key]}
    _wishes(pairs, seeking, topics.yours_having(db, offered, "about"))
    rare = topics.rare(db, _CROWD)
    order = sorted(rare, key=lambda key: (rare[key], key))
    for start in range(0, len(order), _AT_ONCE):
        some = order[start : start + _AT_ONCE]
        _shared(pairs, {key: rare[key] for key in some}, topics.yours_having(db, some, "about"))
        if len(pairs) >= _PAIRS:
            break


def _of_one(db: Db, whose: int, pairs: _Pairs) -> None:
    """Somebody, with whoever knows what they look for, looks for what they know, or knows it too."""
    wished, about = (topics.held_by(db, [whose], side) for side in ("seeks", "about"))
    every = topics.keys(db)
    offered = {found for key in wished for found in stems.offers(key, every)}
    _wishes(pairs, wished, topics.yours_having(db, offered, "about"))
    seeks = [key for key in topics.keys(db, "seeks") if stems.offers(key, about)]
    _wishes(pairs, topics.yours_having(db, seeks, "seeks"), about)
    rare = {key: many for key, many in topics.rare(db, _CROWD).items() if key in about}
    others = topics.yours_having(db, rare, "about")
    _shared(pairs, rare, {key: [*about[key], *others.get(key, ())] for key in rare})
    for pair in [pair for pair in pairs if whose not in pair or pair[0] == pair[1]]:
        del pairs[pair]


def _wishes(
    pairs: _Pairs, seeking: dict[str, list[Having]], knowing: dict[str, list[Having]]
) -> None:
    """Whoever looks for something, with whoever knows about it."""
    for key, seekers in seeking.items():
        for found in stems.offers(key, knowing):
            for one, other in product(seekers[:_LATEST], knowing[found][:_LATEST]):
                if one.person_id != other.person_id:
                    wishes = _pair(pairs, one, other).wishes
                    wishes.setdefault(one.person_id, (one.topic, other.topic))


def _shared(pairs: _Pairs, rare: dict[str, int], having: dict[str, list[Having]]) -> None:
    """Whoever knows about the same, which few do: ``rare`` has how many."""
    for key in sorted(rare, key=lambda key: (rare[key], key)):
        for one, other in combinations(having.get(key, [])[:_SHARING], 2):
            pair = _pair(pairs, one, other)
            pair.shared = pair.shared or (rare[key], one.topic)


def _pair(pairs: _Pairs, one: Having, other: Having) -> _Pair:
    low, high = sorted((one, other), key=lambda row: row.person_id)
    return pairs.setdefault((low.person_id, high.person_id), _Pair(one, other))


def _ordered(db: Db, pairs: Sequence[_Pair], today: date) -> list[_Pair]:
    """Best first; between equals those you are warmest with."""
    numbers = {one.person_id for pair in pairs for one in pair.people}
    cold = {n: w.cold(today) for n, w in warmth.of(db, numbers, today.isoformat()).items()}
    return sorted(
        pairs,
        key=lambda pair: (
            *pair.place,
            sum(cold.get(one.person_id, COLD) for one in pair.people),
            *(one.name_key for one in pair.people),
        ),
    )


def _chosen(
    db: Db, pairs: Sequence[_Pair], today: date, most: int, *, here: bool, whose: int | None
) -> list[Idea]:
    """As many as are wanted, nobody else too often; who may have met comes last."""
    named: dict[int, int] = {whose: -len(pairs)} if whose is not None else {}
    sure: list[Idea] = []
    doubtful: list[Idea] = []
    for idea in _judged(db, pairs[:_LOOKED_AT], today, here=here):
        if len(sure) >= most:
            break
        if idea.doubtful:
            doubtful.append(idea)
        elif _seldom(idea, named, most):
            sure.append(idea)
    sure += [idea for idea in doubtful if len(sure) < most and _seldom(idea, named, most)]
    return sure[:most]


def _seldom(idea: Idea, named: dict[int, int], most: int) -> bool:
    """Whether both may be named once more; then they are."""
    numbers = (idea.one.id, idea.other.id)
    if any(named.get(number, 0) >= _OFTEN * -(-most // 10) for number in numbers):
        return False
    named.update({number: named.get(number, 0) + 1 for number in numbers})
    return True


def _judged(db: Db, pairs: Sequence[_Pair], today: date, *, here: bool) -> Iterator[Idea]:
    """The pairs that do not work together, with whether they may have met elsewhere than here."""
    common: set[int] | None = None
    for start in range(0, len(pairs), _AT_ONCE):
        some = pairs[start : start + _AT_ONCE]
        numbers = {one.person_id for pair in some for one in pair.people}
        known = people.by_ids(db, numbers)
        crowds = warmth.hubs(db, numbers, today.isoformat())
        if common is None:
            every = [set(crowds.get(number, ())) for number in numbers]
            common = set.intersection(*every) if here else set()
        for pair in some:
            if any(one.person_id not in known for one in pair.people):
                continue
            one, other = (known[row.person_id] for row in pair.people)
            if one.org and other.org and names.fold(one.org) == names.fold(other.org):
                continue
            both = {*crowds.get(one.id, ())} & {*crowds.get(other.id, ())} - common
            yield _idea(pair, one, other, doubtful=bool(both))


def _idea(pair: _Pair, one: Person, other: Person, *, doubtful: bool) -> Idea:
    first, second = names.first_name(one.name), names.first_name(other.name)
    if first == second:
        first, second = one.name, other.name
    wishes = [pair.wishes.get(number) for number in (one.id, other.id)]
    match wishes:
        case [(seeks, topic), (back, _)]:
            reason = f"{first} looks for {seeks}, {second} for {back}; each knows about it"
        case [(seeks, topic), None]:
            reason = f"{first} looks for {seeks}; {second} knows about {topic}"
        case [None, (seeks, topic)]:
            reason = f"{second} looks for {seeks}; {first} knows about {topic}"
        case _:
            topic = pair.shared[1] if pair.shared else ""
            reason = f"both know about {topic}"
    return Idea(one, other, reason, topic, bool(pair.wishes), doubtful)
