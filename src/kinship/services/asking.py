"""Whom to ask about a topic: who knows about it, closest first."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from kinship.model import names, stems
from kinship.model.entry import Written
from kinship.model.person import ME, Person
from kinship.model.rally import PLEDGED
from kinship.model.reach import Reach
from kinship.model.warmth import since
from kinship.services import rally_names, ranking, reaching
from kinship.services.ranking import AWAY, FIRST, QUIET
from kinship.store import entries, favours, people, ties, warmth
from kinship.store import topics as store
from kinship.store.db import Db
from kinship.store.topics import Asked
from kinship.value import Value

ENOUGH = 8
"""Of so many who are marked nobody else need be looked for, unless more are asked for."""
NAMED = 3
"""Whom of the people of a topic the list of topics names."""

_CROWD = 300
"""With whom it came up lately, where it came up with more."""
_AT_ONCE = 200
_SOME = 800
_FEW = 200
"""Of a topic with more people the first to ask are looked for among those who talked lately."""


class Adviser(Value):
    """Somebody to ask, and why: topics of theirs that fit, or how often it came up.

    ``through`` is whoever of those you know is nearest to them, where you never talked.
    """

    person: Person
    section: str
    topics: list[str]
    mentions: int
    quote: Written | None
    last_on: str | None
    keep: str | None
    gave: int
    got: int
    answered: int
    given: str | None
    seeks: list[str]
    reach: Reach | None
    through: Person | None


class Found(Value):
    """Whom to ask, by section; how many more there are in each; whether you know it yourself.

    ``heard`` are people you only heard of, whom nobody knows that you know; ``seeking`` those who
    look for it themselves, with their words.
    """

    first: list[Adviser]
    quiet: list[Adviser]
    away: list[Adviser]
    more: dict[str, int]
    mine: bool
    heard: list[Person]
    seeking: list[tuple[Person, str]]


class TopicRow(Value):
    """A topic, how many know about it, and the first to ask."""

    topic: str
    people: int
    first: list[Person]


class _Meant:
    """What was asked, in folded words."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = stems.telling(names.fold(" ".join(words)))
        starts = [
            part
            for word in self.words
            for part in ([stems.start(word)] if _bare(word) else names.tokens(word))
        ]
        self.starts = starts if all(map(names.tokens, self.words)) else []
        """How the words begin in the index; nothing where it does not know one of them."""

    def fits(self, key: str) -> bool:
        return stems.fits(self.words, key)

    def said_in(self, text: str) -> bool:
        plain = text.isascii() and "'" not in text and "`" not in text
        if plain and any(start not in text.lower() for start in self.starts):
            return False  # the most, and sooner told
        return stems.fits(self.words, names.fold(text), said=True)


def _bare(word: str) -> bool:
    return names.tokens(word) == [word]


def find(
    db: Db,
    words: Sequence[str],
    today: date,
    *,
    city: str | None = None,
    most: int | None = None,
    enough: int | None = None,
    everything: bool = False,
) -> Found:
    """Whom to ask about what these words say; at most so many in each section.

    Who is marked with it comes before those with whom it only came up, who are looked for where
    not ``enough`` are marked, or for ``everything``; then how often you keep in touch, when they
    last talked with you, and whether they helped before.
    """
    meant = _Meant(words)
    keys = [key for key in store.keys(db) if meant.fits(key)]
    several = store.marked(db, keys)
    marked = {one.person_id for one in several}
    rank = ranking.Rank(db, today, marked)
    sections = rank.sections(several, city)
    said: dict[int, list[int]] = {}
    few = len(sections[FIRST]) < (enough or most or ENOUGH)
    if meant.starts and (few or everything):
        said = _said(db, meant, marked, None if everything else _CROWD)
        for section, others in rank.sections(store.asked(db, said), city).items():
            sections[section] += others
    through = ties.yours_of(db, [a.person_id for a in sections[AWAY]])
    alone = [a for a in sections[AWAY] if a.person_id not in through]
    sections[AWAY] = [a for a in sections[AWAY] if a.person_id in through]
    sections[QUIET] += [a for a in alone if a.known != "heard"]
    shown = {section: rank.first(some, most) for section, some in sections.items()}
    every = [(section, one) for section, some in shown.items() for one in some]
    advisers = _advisers(db, every, keys, said, meant, through, today)
    heard = people.by_ids(db, [a.person_id for a in alone if a.known == "heard"][:NAMED])
    return Found(
        first=[a for a in advisers if a.section == FIRST],
        quiet=[a for a in advisers if a.section == QUIET],
        away=[a for a in advisers if a.section == AWAY],
        more={section: len(sections[section]) - len(shown[section]) for section in sections},
        mine=store.is_marked(db, ME, keys),
        heard=list(heard.values()),
        seeking=_seeking(db, meant),
    )


def _seeking(db: Db, meant: _Meant) -> list[tuple[Person, str]]:
    """Who looks for it, the last you were in contact with first."""
    held = store.having(db, [k for k in store.keys(db, "seeks") if meant.fits(k)], "seeks")
    several = sorted(store.asked(db, held), key=lambda one: one.last_on or "", reverse=True)
    known = people.by_ids(db, [one.person_id for one in several[:NAMED]])
    return [(known[one.person_id], held[one.person_id][0]) for one in several[:NAMED]]


def _said(db: Db, meant: _Meant, marked: Iterable[int], crowd: int | None) -> dict[int, list[int]]:
    """With whom else it came up, and in which entries; of a crowd the latest."""
    found = store.mentions(db, meant.starts, but=(ME, *marked), crowd=crowd)
    held = {number: person_id for person_id, several in found.items() for number in several}
    several = entries.by_numbers(db, held)
    twice = {(held[e.id], f"{PLEDGED}{e.text}") for e in several if e.where == "pledged"}
    calls = rally_names.own_words(db)
    fitting: dict[int, list[int]] = {}
    for entry in several:
        said = entry.text not in calls and (held[entry.id], entry.text) not in twice
        if said and meant.said_in(entry.text or ""):
            fitting.setdefault(held[entry.id], []).append(entry.id)
    return fitting


# What is said of each


def _advisers(
    db: Db,
    several: Sequence[tuple[str, Asked]],
    keys: Sequence[str],
    said: dict[int, list[int]],
    meant: _Meant,
    through: dict[int, list[int]],
    today: date,
) -> list[Adviser]:
    numbers = [one.person_id for _, one in several]
    persons = people.by_ids(db, numbers)
    quotes = _quotes(db, numbers, said, meant)
    reaches = reaching.reaches(db, persons.values(), people.channels(db, numbers))
    ledger, helpful = favours.counts(db, numbers), store.helpful(db, numbers)
    seeks, given = people.topics(db, numbers, "seeks"), store.last_given(db, numbers)
    marked = store.having(db, keys, among=numbers)
    nearest = _nearest(db, through, {o.person_id for s, o in several if s == AWAY}, today)
    found = []
    for section, one in several:
        number = one.person_id
        gave, got = ledger.get(number, (0, 0))
        found.append(
            Adviser(
                person=persons[number],
                section=section,
                topics=marked.get(number, []),
                mentions=len(said.get(number, [])),
                quote=quotes.get(number),
                last_on=one.last_on,
                keep=one.every,
                gave=gave,
                got=got,
                answered=helpful.get(number, (0, 0))[0],
                given=given.get(number),
                seeks=seeks.get(number, []),
                reach=reaches[number],
                through=nearest.get(number),
            )
        )
    return found


def _quotes(
    db: Db, numbers: Sequence[int], said: dict[int, list[int]], meant: _Meant
) -> dict[int, Written]:
    """The newest words of each person that are about it."""
    rest = [number for number in numbers if number not in said]
    newest: dict[int, int] = {}
    calls = rally_names.own_words(db)
    for person_id, number, text, _ in store.written(db, rest):
        if person_id not in newest and text not in calls and meant.said_in(text):
            newest[person_id] = number
    shown = {number: max(said[number]) for number in numbers if number in said} | newest
    held = {number: person_id for person_id, number in shown.items()}
    return {held[entry.id]: entry for entry in entries.by_numbers(db, held)}


def _nearest(
    db: Db, through: dict[int, list[int]], numbers: set[int], today: date
) -> dict[int, Person]:
    """The warmest of those you know who know each of these people."""
    warm = warmth.of(db, {n for number in numbers for n in through[number]}, today.isoformat())

    def place(number: int) -> tuple[int, int, int]:
        one = warm[number]
        return one.cold(today), -ranking.as_number(one.last_on), number

    best = {number: min(through[number], key=place) for number in numbers}
    known = people.by_ids(db, best.values())
    return {number: known[other] for number, other in best.items()}


# Your topics


def topics(
    db: Db, today: date, *, most: int | None = None, thin: bool = False
) -> tuple[list[TopicRow], int, int]:
    """Your topics, those of most people first; how many there are, and with one person only."""
    every = store.counted(db)
    alone = [row for row in every if row[1] == 1]
    shown = (alone if thin else every)[:most]
    keys = [key for key, _ in shown]
    called, best = store.called(db, keys), _first_of_each(db, shown, today)
    known = people.by_ids(db, {number for several in best.values() for number in several})
    rows = [
        TopicRow(called[key], many, [known[n] for n in best.get(key, ()) if n in known])
        for key, many in shown
    ]
    return rows, len(every), len(alone)


def _first_of_each(db: Db, counted: Sequence[tuple[str, int]], today: date) -> dict[str, list[int]]:
    """The first to ask about each topic, in the order of `find`.

    Of a topic that many know about, whoever talked with you lately is taken in that order, until
    there are enough: mostly few need be looked at.
    """
    rank = ranking.Rank(db, today)
    found: dict[str, list[Asked]] = {key: [] for key, _ in counted}
    wanted = {key for key, many in counted if many > _FEW}
    for kept, after, most in ((True, 0, _SOME), (True, _SOME, -1), (False, 0, -1)):
        if wanted:
            order = store.talking(db, since(today), kept=kept, most=most, after=after)
            wanted -= _walk(db, found, wanted, rank, order)
    few = [key for key in found if key in wanted or not found[key]]
    for key in few:
        found[key] = []
    for key, one in store.knowers(db, few) if few else ():
        found[key].append(one)
    first: dict[str, list[int]] = {}
    for key, several in found.items():
        at_once = [one for one in several if rank.section(one) == FIRST]
        others = [one for one in several if rank.section(one) != FIRST]
        named = rank.first(at_once, NAMED)
        named += rank.first(others, NAMED - len(named)) if len(named) < NAMED else []
        first[key] = [one.person_id for one in named]
    return first


def _walk(
    db: Db,
    found: dict[str, list[Asked]],
    wanted: Collection[str],
    rank: ranking.Rank,
    order: Sequence[int],
) -> set[str]:
    """Find people for the topics, in this order; the topics for which there are enough."""
    done: set[str] = set()
    start, size = 0, _AT_ONCE
    while start < len(order) and len(done) < len(wanted):
        some = order[start : start + size]
        last: Asked | None = None
        for key, one in store.knowers(db, set(wanted) - done, some):
            last = one
            if rank.section(one) == FIRST:
                found[key].append(one)
        # Whoever stands where the last one looked at stands is as good as they are.
        for key in set(wanted) - done:
            several = found[key][:NAMED]
            if last and len(several) == NAMED and rank.order(several[-1]) < rank.order(last):
                done.add(key)
        start, size = start + size, 2 * size
    return done
