"""Queries against a plain reading of the same tree, on small files of all kinds of people."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinship.model import names, query
from kinship.model.query import Query, Term
from kinship.services import reaching
from kinship.store import db as store
from kinship.store import search

TODAY = date(2026, 5, 20)
_NAMES = ["Ada Lovelace", "Łucja Nowak", "Jean-Luc Ørsted", "Zoë O'Brien", "Mary Shaw", "李 娜"]
_ORGS = ["Engines", "Straße & Co", "C++ Club", "O'Reilly", "Ærø Boats", "new engines"]
_CITIES = ["Łódź", "New York", "York", "Malmö"]
_TEXTS = ["a long walk", "walk, long ago", "sailing with Zoë", "C++ and C", "Łódź in May", "x"]
_TOPICS = ["sailing", "C++", "long walks", "#python", "Łódź"]
_EVENTS = ["PyCon 2026", "Harbour Conf", "York Meetup"]
_GROUPS = ["PyLadies", "Sailing Club"]
_DAYS = ["2019", "2024-02-29", "2025-05", "2026-01-01", "2026-05-18"]
_CODES = ["1mo", "6w", "off"]


@dataclass
class Somebody:
    """A person as a plain value; others are meant by their place in the list."""

    name: str
    nick: str | None
    org: str | None
    city: str | None
    cue: str | None
    known: str
    birthday: str | None
    added: str
    archived: bool
    every: str | None
    circle: int | None
    by: int | None
    topics: set[tuple[str, str]]
    tags: set[str]
    groups: set[str]
    going: set[str]
    channels: dict[str, tuple[str, str | None]]
    talks: list[tuple[str, bool, str | None, str | None, str | None]]
    notes: list[str]
    knows: set[int] = field(default_factory=set)

    @property
    def days(self) -> list[str]:
        return [day for day, *_ in self.talks]

    @property
    def met(self) -> str | None:
        return min((day for day, met, *_ in self.talks if met), default=None)

    @property
    def events(self) -> set[str]:
        return {e for _, _, _, e, _ in self.talks if e} | self.going

    @property
    def cadence(self) -> str | None:
        own = self.every or {1: "2w", 2: "1mo", 3: "3mo", None: None}[self.circle]
        return None if own == "off" else own


def _maybe(of: list[str]) -> st.SearchStrategy[str | None]:
    return st.none() | st.sampled_from(of)


_people = st.builds(
    Somebody,
    name=st.sampled_from(_NAMES),
    nick=_maybe(["Countess", "Yorkie"]),
    org=_maybe(_ORGS),
    city=_maybe(_CITIES),
    cue=_maybe(_TEXTS),
    known=st.sampled_from(["in person", "online", "known", "heard"]),
    birthday=_maybe(["--05-10", "--12-24", "1990-01-03", "2000-02-29"]),
    added=st.sampled_from(["2020-01-01", "2025-11-20", "2026-05-19"]),
    archived=st.booleans(),
    every=_maybe(_CODES),
    circle=st.sampled_from([None, 1, 2, 3]),
    by=st.sampled_from([None, 0, 1]),
    topics=st.sets(st.tuples(st.sampled_from(["about", "seeks"]), st.sampled_from(_TOPICS))),
    tags=st.sets(st.sampled_from(["news", "Łódź"])),
    groups=st.sets(st.sampled_from(_GROUPS)),
    going=st.sets(st.sampled_from(_EVENTS), max_size=1),
    channels=st.dictionaries(
        st.sampled_from(["email", "linkedin", "strava"]),
        st.tuples(
            st.sampled_from(["adal", "york.x", "zz"]), st.sampled_from(["known", "connected"])
        ),
    ),
    talks=st.lists(
        st.tuples(
            st.sampled_from(_DAYS),
            st.booleans(),
            _maybe(["phone", "signal"]),
            _maybe(_EVENTS),
            _maybe(_TEXTS),
        ),
        max_size=3,
    ),
    notes=st.lists(st.sampled_from(_TEXTS), max_size=2),
    knows=st.sets(st.integers(0, 2), max_size=2),
)
_files = st.lists(_people, max_size=4)
_begun = ["sail", "walk", "long walk", "york", "new", "lodz", "Łódź", "c++", "c", "zoe", "obrien"]
_begun += ["orsted", "pycon", "aero", "py", "2026", "nothing", "adal", "李", "strasse", "o'rei"]
_spans = ["2026", "2025-05", "2025..", "..2025-05", "2024-03..2026-01", "2026-05-18", "..2019"]
_values = {
    **{field: [*_begun, "1", "2", "ada,mary"] for field in query.TEXTS},
    **dict.fromkeys(query.DATES, _spans),
    "via": ["li", "strava", "signal", "strava:adal", "mastodon"],
    "keep": ["monthly", "6w", "close", "off", "2w", "inner,close"],
    "quiet": ["6mo", "1d", "10y"],
    "birthday": ["may", "24 dec", "dec..jan", "1990", "..1999", "29 feb", "may.."],
    "has": [*query.HAS, "email", "li", "strava"],
    "is": [*query.FLAGS, "met,online"],
}
_pairs = [f"{f}:{v}" for f, values in _values.items() for v in values]
_terms = st.builds(
    "{}{}".format, st.sampled_from(["", "", "not:"]), st.sampled_from(_pairs + _begun)
)
_words = st.lists(_terms | st.just(","), max_size=4)


def _written(people: list[Somebody]) -> store.Db:
    """The file of these people; their numbers are their places, from 1 on."""
    db = store.in_memory()
    with db.change("fill") as tx:
        for table, every in (("event", _EVENTS), ("community", _GROUPS)):
            for name in every:
                key = names.fold(name)
                tx.run(f"INSERT INTO {table} (name, name_key) VALUES (:n, :k)", n=name, k=key)
        for number, p in enumerate(people, 1):
            tx.run(
                "INSERT INTO person (id, name, name_key, nick, nick_key, org, city, cue, known,"
                " birthday, added_on, archived_on, every, circle_id) VALUES (:id, :name, :key,"
                " :nick, :nick_key, :org, :city, :cue, :known, :born, :added, :archived, :every,"
                " :circle)",
                id=number,
                name=p.name,
                key=names.fold(p.name),
                nick=p.nick,
                nick_key=names.fold(p.nick) if p.nick else None,
                org=p.org,
                city=p.city,
                cue=p.cue,
                known=p.known,
                born=p.birthday,
                added=p.added,
                archived="2026-01-01" if p.archived else None,
                every=p.every,
                circle=p.circle,
            )
        for number, p in enumerate(people, 1):
            _belongings(tx, number, p, len(people))
    return db


def _belongings(tx: store.Change, number: int, p: Somebody, many: int) -> None:
    if p.by is not None and p.by < many:
        tx.run("UPDATE person SET introduced_by = :by WHERE id = :id", by=p.by + 1, id=number)
    for side, topic in p.topics:
        sql = "INSERT INTO topic (person_id, side, name, name_key) VALUES (:p, :s, :n, :k)"
        tx.run(sql, p=number, s=side, n=topic, k=names.fold(topic))
    for tag in p.tags:
        sql = "INSERT INTO tag (person_id, name, name_key) VALUES (:p, :n, :k)"
        tx.run(sql, p=number, n=tag, k=names.fold(tag))
    for group in p.groups:
        sql = "INSERT INTO membership (person_id, community_id) VALUES (:p, :c)"
        tx.run(sql, p=number, c=_GROUPS.index(group) + 1)
    for event in p.going:
        sql = "INSERT INTO attendance (person_id, event_id) VALUES (:p, :e)"
        tx.run(sql, p=number, e=_EVENTS.index(event) + 1)
    for kind, (handle, state) in p.channels.items():
        sql = "INSERT INTO channel (person_id, kind, handle, handle_key, state)"
        sql += " VALUES (:p, :k, :h, :h, :s) ON CONFLICT DO NOTHING"
        tx.run(sql, p=number, k=kind, h=_mine(handle, number), s=state)
    for day, met, via, at, text in p.talks:
        sql = "INSERT INTO conversation (id, person_id, day, direction, met, channel, event_id,"
        sql += " text) VALUES (:id, :p, :day, 'both', :met, :via, :at, :text)"
        event_id = _EVENTS.index(at) + 1 if at else None
        entry = tx.number()
        tx.run(sql, id=entry, p=number, day=day, met=int(met), via=via, at=event_id, text=text)
    for text in p.notes:
        sql = "INSERT INTO note (id, person_id, day, text) VALUES (:id, :p, '2026-01-01', :text)"
        tx.run(sql, id=tx.number(), p=number, text=text)
    for other in p.knows:
        if other < many and other + 1 != number:
            sql = "INSERT INTO tie (person_id, other_id, noted_on) VALUES (:p, :o, '2026-01-01')"
            tx.run(sql + " ON CONFLICT DO NOTHING", p=number, o=other + 1)


def _mine(handle: str, number: int) -> str:
    """A handle belongs to one person."""
    return handle if number == 1 else f"{handle}{number}"


class Reading:
    """The plain reading of a query."""

    def __init__(self, people: list[Somebody], due: set[int], late: set[int]) -> None:
        self._people = people
        self._agenda = {"due": due, "late": late}

    def found(self, asked: Query) -> set[int]:
        return {
            number
            for number, p in enumerate(self._people, 1)
            if any(self._all(group, number, p) for group in asked.groups or ((),))
        }

    def _all(self, group: tuple[Term, ...], number: int, p: Somebody) -> bool:
        wanted = any(t.field == "is" and "archived" in t.values and not t.turned for t in group)
        return (wanted or not p.archived) and all(
            any(self._fits(t.field, v, number, p) for v in t.values) != t.turned for t in group
        )

    def _fits(self, field: str, value: str, number: int, p: Somebody) -> bool:
        texts: dict[str, Callable[[], list[str | None]]] = {
            "name": lambda: [p.name, p.nick],
            "org": lambda: [p.org],
            "city": lambda: [p.city],
            "role": list,
            "about": lambda: [t for side, t in p.topics if side == "about"],
            "seeks": lambda: [t for side, t in p.topics if side == "seeks"],
            "tag": lambda: list(p.tags),
            "in": lambda: list(p.groups),
            "at": lambda: list(p.events),
        }
        if field in texts:
            return _begins(value, texts[field]())
        match field:
            case query.WORD:
                said = [text for read in texts.values() for text in read()]
                said += [p.cue, *p.notes, *(text for *_, text in p.talks)]
                handles = [_mine(handle, number) for handle, _ in p.channels.values()]
                return _begins(value, said) or any(h.startswith(value) for h in handles)
            case "by" | "knows":
                return bool(self._ties(field, number, p) & self._meant(value))
            case "via":
                kind, _, handle = value.partition(":")
                held = p.channels.get(kind)
                if handle:
                    return held is not None and _mine(held[0], number) == handle
                return held is not None or kind in {via for _, _, via, _, _ in p.talks}
            case "keep":
                circle = {1: "inner", 2: "close", 3: "wide", None: ""}[p.circle]
                own = circle if p.every is None else ""
                return value in (p.cadence, p.every, own)
            case "met" | "last" | "added":
                day = {"met": p.met, "last": max(p.days, default=None), "added": p.added}[field]
                return day is not None and _within(day, value)
            case "quiet":
                return max(p.days, default=p.added) <= value
            case "birthday":
                return p.birthday is not None and _born(p.birthday, value)
            case "has":
                return self._has(value, number, p)
        return self._is(value, number, p)

    def _meant(self, value: str) -> set[int]:
        if value.isdigit():
            return {int(value)}
        people = enumerate(self._people, 1)
        return {number for number, p in people if _begins(value, [p.name, p.nick])}

    def _ties(self, field: str, number: int, p: Somebody) -> set[int]:
        many = len(self._people)
        if field == "by":
            return {p.by + 1} if p.by is not None and p.by < many else set()
        of_me = {n for n, other in enumerate(self._people, 1) if number - 1 in other.knows}
        return ({n + 1 for n in p.knows if n < many} | of_me) - {number}

    def _has(self, value: str, number: int, p: Somebody) -> bool:
        owned: dict[str, object] = {
            "keep": p.cadence,
            "birthday": p.birthday,
            "org": p.org,
            "city": p.city,
            "nick": p.nick,
            "cue": p.cue,
            "about": any(side == "about" for side, _ in p.topics),
            "seeks": any(side == "seeks" for side, _ in p.topics),
            "tag": p.tags,
            "in": p.groups,
            "at": p.events,
            "note": p.notes,
            "contact": p.talks,
            "by": self._ties("by", number, p),
            "knows": self._ties("knows", number, p),
        }
        return bool(owned.get(value)) or value in p.channels

    def _is(self, flag: str, number: int, p: Somebody) -> bool:
        match flag:
            case "met":
                return p.known == "in person" or p.met is not None
            case "online":
                return p.known == "online" and p.met is None
            case "connected":
                return any(state == "connected" for _, state in p.channels.values())
            case "archived":
                return p.archived
            case "listening":
                introduced = [
                    other.by is not None
                    and other.by + 1 == number
                    and other.known != "heard"
                    and not other.archived
                    for other in self._people
                ]
                return max(p.days, default="") >= "2025-11-20" and not any(introduced)
        return number in self._agenda[flag]


def _begins(value: str, texts: list[str | None]) -> bool:
    return any(names.begins(value, names.fold(text)) for text in texts if text)


def _first(day: str) -> str:
    return (day + "-01-01")[:10]


def _last(day: str) -> str:
    return (day + "-99-99")[:10]


def _within(day: str, span: str) -> bool:
    start, dots, end = span.partition("..")
    end = end if dots else start
    return (not start or _first(start) <= _first(day)) and (not end or _first(day) <= _last(end))


def _born(birthday: str, span: str) -> bool:
    start, dots, end = span.partition("..")
    end = end if dots else start
    if "--" not in span:
        return not birthday.startswith("--") and _within(birthday, span)
    first, last = start.removeprefix("--") or "00", (end.removeprefix("--") or "12") + "-99"
    day = birthday[-5:]
    return first <= day <= last if first <= last else first <= day or day <= last


@given(_files, _words)
@settings(max_examples=100)
def test_a_query_finds_whom_a_plain_reading_finds(people: list[Somebody], words: list[str]) -> None:
    db = _written(people)
    asked = query.parse(words, TODAY)
    items = reaching.items(db, TODAY)
    due = {i.person_id for i in items if i.when != "coming"}
    late = {i.person_id for i in items if i.when == "overdue"}
    found = search.numbers(db, asked, TODAY.isoformat())
    assert found == Reading(people, due, late).found(asked)
    db.close()


_some = st.lists(_terms.filter(lambda word: "archived" not in word), max_size=3)


@given(_files, _some, _some)
@settings(max_examples=40)
def test_and_or_and_not_are_what_they_say(
    people: list[Somebody], one: list[str], other: list[str]
) -> None:
    db = _written(people)

    def found(words: list[str]) -> set[int]:
        return search.numbers(db, query.parse(words, TODAY), TODAY.isoformat())

    for word in {*one, *other}:
        assert found([f"not:{word}"]) == found([]) - found([word])
    assert found([*one, *other]) == found(one) & found(other)
    if one and other:
        assert found([*one, ",", *other]) == found(one) | found(other)
    db.close()


@pytest.mark.parametrize("sort", ["name", "met", "due"])
@given(people=_files, reverse=st.booleans())
@settings(max_examples=15)
def test_a_crowd_and_a_few_are_in_the_same_order(
    sort: str, people: list[Somebody], reverse: bool
) -> None:
    db = _written(people)
    day = TODAY.isoformat()
    every = search.numbers(db, Query(), day)
    with pytest.MonkeyPatch.context() as patch:
        few = search.ordered(db, every, day, sort=sort, reverse=reverse)
        patch.setattr(search, "_CROWD", -1)
        assert search.ordered(db, every, day, sort=sort, reverse=reverse) == few
    assert set(few) == every
    db.close()
