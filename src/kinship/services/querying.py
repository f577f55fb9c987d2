"""Who a query finds, where its words were found, and what is near when nobody is."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from kinship.errors import BadInput, NotFound
from kinship.model import channel, names, query
from kinship.model.person import Person
from kinship.model.query import Query
from kinship.store import circles, communities, entries, imports, search
from kinship.store import people as store
from kinship.store.db import Db
from kinship.value import Value

_CADENCES = ("daily", "weekly", "fortnightly", "monthly", "quarterly", "yearly")
_LISTED = ("about", "seeks", "tag", "in", "at")
_MOST_NEAR = 3
_ALIKE = 3  # letters that two words begin with


def parse(db: Db, words: Iterable[str], today: date) -> Query:
    """Read a query, and refuse a channel or circle that neither kinship nor the file knows."""
    asked = query.parse(words, today)
    for term in asked.terms:
        for value in term.values:
            if term.field in ("has", "via"):
                _check_kind(db, value.partition(":")[0])
            elif term.field == "keep":
                _check_cadence(db, value)
            elif term.field == "import":
                _check_import(db, int(value))
    return asked


def _check_kind(db: Db, kind: str) -> None:
    if kind in query.HAS or kind in channel.KINDS or kind in (held := search.kinds(db)):
        return
    known = tuple(dict.fromkeys((*query.HAS, *channel.KINDS, *held)))
    said = f"nobody has anything called {names.quoted(kind)}."
    raise BadInput(said + _meant(kind, known), hint=f"Has: {' '.join(known)}")


def _check_cadence(db: Db, value: str) -> None:
    if value == "off" or value[0].isdigit():
        return
    known = {c.name_key: c.name for c in circles.every_circle(db)}
    if value not in known:
        near = _meant(value, (*known, *_CADENCES))
        raise BadInput(
            f"there is no circle or cadence {names.quoted(value)}.{near}",
            hint=f"Circles: {', '.join(known.values())}; or weekly, monthly, 6w, off",
        )


def _check_import(db: Db, number: int) -> None:
    if imports.by_number(db, number) is None:
        raise NotFound(f"there is no import {number}.", hint="kinship import --list")


def _meant(word: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  (only for a wrong word)

    near = get_close_matches(word, known, n=1)
    return f" Did you mean {near[0]}?" if near else ""


def numbers(db: Db, words: Iterable[str], today: date) -> list[int]:
    """The numbers of everybody a query finds, by name; the archived only with ``is:archived``."""
    day = today.isoformat()
    return search.ordered(db, search.numbers(db, parse(db, words, today), day), day)


def people(db: Db, words: Iterable[str], today: date) -> list[Person]:
    """As `numbers`, the people themselves."""
    return of(db, numbers(db, words, today))


def of(db: Db, several: Sequence[int]) -> list[Person]:
    """The people with these numbers, in this order; who was removed in between is left out."""
    found = store.by_ids(db, several)
    return [found[number] for number in several if number in found]


# Where


class Hit(Value):
    """Where a word was found: what it is called there, its day if it was an entry, and the text."""

    where: str
    text: str
    day: str | None = None


def hits(
    db: Db, several: Sequence[Person], texts: Sequence[str], shown: Mapping[int, str]
) -> dict[int, Hit]:
    """For each person the place of the first word that is not in what is ``shown`` of them."""
    wanted: dict[str, list[Person]] = {}
    for person in several:
        hidden = [t for t in texts if not names.begins(t, names.fold(shown[person.id]))]
        for text in hidden[:1]:
            wanted.setdefault(text, []).append(person)
    found: dict[int, Hit] = {}
    for text, who in wanted.items():
        found |= _own(db, text, who)
        rest = [p.id for p in who if p.id not in found]
        found |= _written(db, text, rest)
    return found


def _own(db: Db, text: str, who: Sequence[Person]) -> dict[int, Hit]:
    """A word in the fields of people, and in the names of what they belong to."""
    ids = [p.id for p in who]
    lists = {
        "about": store.topics(db, ids),
        "seeks": store.topics(db, ids, "seeks"),
        "tag": store.tags(db, ids),
        "member": communities.of(db, ids),
        "at": search.events(db, ids),
    }
    held = store.channels(db, ids)
    found = {}
    for person in who:
        said: list[tuple[str, str | None]] = [("", person.cue), ("org", person.org)]
        said += [("role", person.role), ("city", person.city), ("also", person.nick)]
        said += [("relation", person.relation), ("address", person.address)]
        said += [(where, name) for where in lists for name in lists[where].get(person.id, [])]
        hit = next((Hit(w, s) for w, s in said if s and names.begins(text, names.fold(s))), None)
        if hit is None:
            reached = (c for c in held.get(person.id, []) if c.handle)
            hit = next(
                (
                    Hit(channel.label(c.kind), c.handle or "")
                    for c in reached
                    if names.begins(text, names.fold(c.handle or ""))
                ),
                None,
            )
        if hit:
            found[person.id] = hit
    return found


def _written(db: Db, text: str, ids: list[int]) -> dict[int, Hit]:
    """A word in what was written down; a phrase has its parts in one entry, not always in order."""
    newest = search.newest(db, text, ids) if ids else {}
    said = {e.id: e for e in entries.by_numbers(db, newest.values())}
    return {
        person_id: Hit(channel.label(entry.where), entry.text, entry.day)
        for person_id, number in newest.items()
        if (entry := said.get(number))
    }


# Nobody


def near(db: Db, asked: Query) -> list[tuple[str, int]]:
    """Topics, tags, communities and events near the words of a query, with how many have them."""
    found: dict[str, tuple[int, int]] = {}
    for term in asked.terms:
        if term.turned or term.field not in (*_LISTED, query.WORD):
            continue
        fields = (term.field,) if term.field else ("about", "tag")
        for name, key, many in (row for field in fields for row in search.listed(db, field)):
            alike = max(_alike(value, key) for value in term.values)
            if many and alike:
                found[name] = (alike, many)
    best = sorted(found.items(), key=lambda pair: (-pair[1][0], -pair[1][1], pair[0]))
    return [(name, many) for name, (_, many) in best[:_MOST_NEAR]]


def _alike(value: str, key: str) -> int:
    """How many letters of a word of one are in a word of the other, where that is enough."""
    from kinship.model import likeness  # noqa: PLC0415  (only when nobody was found)

    best = 0
    for own in value.split():
        for other in key.split():
            start = _common(own, other)
            if len(other) > _ALIKE and other in own:
                start = len(other)
            if likeness.near_words(own, [other]):
                start = max(start, len(own) - 1, 1)
            best = max(best, start if start >= min(_ALIKE, len(own)) else 0)
    return best


def _common(one: str, other: str) -> int:
    return next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
