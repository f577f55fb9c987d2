"""Finding people by a query: each condition is a set of numbers, everything typed a parameter.

Sets are put together here and not by SQLite: it would look at every person between two of them.
"""

from collections.abc import Iterator
from itertools import islice

from kinship.model import names
from kinship.model.query import WORD, Query, Term
from kinship.store import agenda, favours
from kinship.store.db import Db, Value, as_list
from kinship.value import Value as Frozen

ENTRY = 0x3FFFFFFF
"""The bits of a row of the index of entries that are the entry's number; above 32 is the person's."""
_CROWD = 2000
_LAST = chr(0x10FFFF)
_PERSON_COLUMNS = (*("name_key", "nick_key", "org", "role", "city", "cue", "relation", "address"),)
_TABLES = ("conversation", "note", "follow_up", "favour", "pledge", "topic", "tag")
_LATER = ("has", "is", "met", "last", "added", "quiet", "via", "keep", "birthday")
"""Fields that fit many people, or are quick to ask of a few: looked at when others have chosen."""
_FIRST = (
    "SELECT person_id, min(due_on) AS due_on FROM (SELECT person_id, due_on FROM waiting"
    " WHERE gone_on IS NULL OR gone_on >= :day"
    " UNION ALL SELECT person_id, on_day FROM follow_up WHERE state = 'open') GROUP BY person_id"
)
_JOINS = {
    "met": "LEFT JOIN pulse u ON u.person_id = p.id ",
    "due": f"LEFT JOIN ({_FIRST}) w ON w.person_id = p.id ",
}
_ORDERS = {
    "name": "p.name_key{down}, p.id",
    "met": "u.first_met_on IS NULL, u.first_met_on{down}, p.name_key, p.id",
    "due": "w.due_on IS NULL, w.due_on{down}, p.name_key, p.id",
}


def numbers(db: Db, query: Query, day: str) -> set[int]:
    """Everybody the query finds; the archived only where they are asked for."""
    reader = _Reader(db, day)
    return set[int]().union(*map(reader.group, query.groups or ((),)))


def ordered(
    db: Db,
    numbers: set[int],
    day: str,
    *,
    sort: str = "name",
    reverse: bool = False,
    limit: int | None = None,
) -> list[int]:
    """These people, by name, by when they were met, or by what is due first.

    A crowd is met on the way through everybody in that order; a few are put in order.
    """
    order = _ORDERS[sort].format(down=" DESC" if reverse else "")
    crowd = len(numbers) > _CROWD
    only = "" if crowd else f" AND {_among('p.id')}"
    values: dict[str, Value] = {"day": day} if sort == "due" else {}
    values |= {} if crowd else {"among": as_list(numbers)}
    every = db.each(
        f"SELECT p.id FROM person p {_JOINS.get(sort, '')}WHERE p.id > 0{only} ORDER BY {order}",
        **values,
    )
    return list(islice((number for (number,) in every if number in numbers), limit))


def newest(db: Db, value: str, numbers: list[int]) -> dict[int, int]:
    """The newest entry of each of these people that the index has the parts of a text in."""
    reader = _Reader(db, "")
    found = db.tuples(
        "SELECT who, max(id) FROM (SELECT rowid >> 32 AS who, rowid & 0xFFFFFFFF AS id"
        f" FROM entry_search WHERE {reader.match('entry_search', value)})"
        f" WHERE {_among('who')} AND id <= {ENTRY} GROUP BY who",
        among=as_list(numbers),
        **reader.values,
    )
    return dict(found)


def listed(db: Db, field: str) -> list[tuple[str, str, int]]:
    """Every topic, tag, community or event: its name and key, and how many people it has."""
    return db.tuples(_LISTED[field], **({"side": field} if ":side" in _LISTED[field] else {}))


def kinds(db: Db) -> list[str]:
    """Every kind of channel that somebody has, or that was talked or met on."""
    sql = (
        "SELECT kind FROM channel UNION SELECT channel FROM conversation"
        " UNION SELECT met_online FROM person"
    )
    return [kind for (kind,) in db.tuples(sql) if kind]


def events(db: Db, numbers: list[int]) -> dict[int, list[str]]:
    """The events of each person, the last one first."""
    found: dict[int, list[str]] = {}
    for number, name in db.tuples(
        "SELECT person_id, name FROM (SELECT c.person_id, e.id, e.name, max(c.day) AS day"
        " FROM conversation c JOIN event e ON e.id = c.event_id"
        " WHERE c.person_id IN (SELECT value FROM json_each(:ids)) GROUP BY c.person_id, e.id"
        " UNION ALL SELECT a.person_id, e.id, e.name, coalesce(e.from_on, '')"
        " FROM attendance a JOIN event e ON e.id = a.event_id"
        " WHERE a.person_id IN (SELECT value FROM json_each(:ids)))"
        " GROUP BY person_id, id ORDER BY max(day) DESC",
        ids=as_list(numbers),
    ):
        found.setdefault(number, []).append(name)
    return found


_SHARES = (
    " AND person_id NOT IN (SELECT id FROM person WHERE archived_on IS NOT NULL)"
    " GROUP BY name_key ORDER BY count(*) DESC, name_key"
)
_LISTED = {
    **dict.fromkeys(
        ("about", "seeks"),
        f"SELECT name, name_key, count(*) FROM topic WHERE side = :side{_SHARES}",
    ),
    "tag": f"SELECT name, name_key, count(*) FROM tag WHERE 1{_SHARES}",
    "in": "SELECT name, name_key, (SELECT count(*) FROM membership WHERE community_id = c.id)"
    " FROM community c ORDER BY 3 DESC, name_key",
    "at": "SELECT name, name_key, (SELECT count(*) FROM (SELECT person_id FROM conversation"
    " WHERE event_id = e.id UNION SELECT person_id FROM attendance WHERE event_id = e.id))"
    " FROM event e ORDER BY 3 DESC, name_key",
}


class _Rows(Frozen):
    """Where numbers of people are read: ``SELECT column FROM table WHERE condition``.

    With a whole query as the table, ``column`` is of its rows; ``few`` says that asking about some
    people only is quicker than asking about all.
    """

    column: str
    table: str
    condition: str = "1"
    few: bool = True


def _mine(column: str) -> tuple[_Rows, ...]:
    return (_Rows("id", "person", f"{column} IS NOT NULL"),)


_OWN: dict[str, tuple[_Rows, ...]] = {
    **{f: _mine(f) for f in ("birthday", "org", "role", "city", "nick", "cue", "address")},
    "relation": _mine("relation"),
    "by": _mine("introduced_by"),
    "about": (_Rows("person_id", "topic", "side = 'about'"),),
    "seeks": (_Rows("person_id", "topic", "side = 'seeks'"),),
    "tag": (_Rows("person_id", "tag"),),
    "in": (_Rows("person_id", "membership"),),
    "at": (
        _Rows("person_id", "conversation", "event_id IS NOT NULL"),
        _Rows("person_id", "attendance"),
    ),
    "note": (_Rows("person_id", "note"),),
    "contact": (_Rows("person_id", "pulse", "last_on IS NOT NULL"),),
    "keep": (_Rows("person_id", "pulse", "every IS NOT NULL"),),
    "knows": (_Rows("person_id", "tie"), _Rows("other_id", "tie")),
}
_FLAGS: dict[str, tuple[_Rows, ...]] = {
    "met": (
        _Rows("person_id", "pulse", "first_met_on IS NOT NULL"),
        _Rows("person_id", "pulse", "first_met_on IS NULL AND known = 'in person'"),
    ),
    "online": (_Rows("person_id", "pulse", "first_met_on IS NULL AND known = 'online'"),),
    "connected": (_Rows("person_id", "channel", "state = 'connected'"),),
    "due": (_Rows("person_id", f"({agenda.ITEMS})", "\"when\" <> 'coming'", few=False),),
    "late": (_Rows("person_id", f"({agenda.ITEMS})", "\"when\" = 'overdue'", few=False),),
    "listening": (_Rows("person_id", "pulse", favours.LISTENING),),
    "archived": (_Rows("id", "person", "archived_on IS NOT NULL"),),
}
_SPANS = {"met": "first_met_on", "last": "last_on"}


class _Reader:
    """Reads the numbers of people that conditions fit."""

    def __init__(self, db: Db, day: str) -> None:
        self._db = db
        self._agenda: dict[str, Value] = {"day": day, "until": day}
        self.values: dict[str, Value] = {}

    def group(self, terms: tuple[Term, ...]) -> set[int]:
        """Whom all of these find."""
        found: set[int] | None = None
        for term in sorted(terms, key=lambda t: (t.turned, t.field in _LATER)):
            if term.turned and found is None:
                found = self._read(_Rows("id", "person", "id > 0", few=False), None)
            any_of = [self._one(term.field, value, found) for value in term.values]
            fit = set[int]().union(*any_of)
            if term.turned:
                assert found is not None
                found -= fit
            else:
                found = fit if found is None else found & fit
            if not found:
                return set()
        if found is None:
            found = self._read(_Rows("id", "person", "id > 0", few=False), None)
        found.discard(0)
        wanted = any(t.field == "is" and "archived" in t.values and not t.turned for t in terms)
        return found if wanted else found - self._each(_FLAGS["archived"], None)

    def _one(self, field: str, value: str, among: set[int] | None) -> set[int]:
        self.values = {}
        return self._each(self._rows(field, value), among)

    def _each(self, several: tuple[_Rows, ...], among: set[int] | None) -> set[int]:
        return set[int]().union(*(self._read(rows, among) for rows in several))

    def _read(self, rows: _Rows, among: set[int] | None) -> set[int]:
        sql = f"SELECT {rows.column} FROM {rows.table} WHERE {rows.condition}"
        values = {n: v for n, v in self.values.items() if f":{n}" in sql}
        if rows.few and among is not None and len(among) <= _CROWD:
            sql += f" AND {_among(rows.column)}"
            values["among"] = as_list(among)
        if ":day" in sql:
            values |= self._agenda
        return {number for (number,) in self._db.tuples(sql, **values)}

    def _put(self, value: Value) -> str:
        name = f"v{len(self.values):03}"
        self.values[name] = value
        return f":{name}"

    # What is read for each field

    def _rows(self, field: str, value: str) -> tuple[_Rows, ...]:
        match field:
            case "has":
                return _OWN.get(value) or (
                    _Rows("person_id", "channel", f"kind = {self._put(value)}"),
                )
            case "is":
                return _FLAGS[value]
            case "met" | "last":
                return (_Rows("person_id", "pulse", self._span(_SPANS[field], value)),)
            case "added":
                return (_Rows("id", "person", self._span("added_on", value)),)
            case "quiet":
                return self._quiet(value)
            case "birthday":
                return (_Rows("id", "person", self._birthday(value)),)
            case "keep":
                return self._keep(value)
            case "via":
                return self._via(value)
            case "import":
                came = f"import_id = {self._put(int(value))}"
                return (_Rows("person_id", "source", came, few=False),)
            case "by":
                return (_Rows("id", "person", f"introduced_by IN ({self._people(value)})"),)
            case "knows":
                who = self._people(value)
                return (
                    _Rows("person_id", "tie", f"other_id IN ({who})", few=False),
                    _Rows("other_id", "tie", f"person_id IN ({who})", few=False),
                )
            case "name":
                return (_Rows("id", f"({self._named(value)})", few=False),)
            case "org" | "role" | "city":
                return (self._own(value, (field,), field),)
            case _ if field == WORD:
                return tuple(self._anywhere(value))
        return self._listed(field, value)

    def _span(self, column: str, value: str) -> str:
        """A day that may be a year or month alone counts from its first day."""
        start, dots, end = value.partition("..")
        end = end if dots else start
        parts = [f"{column} >= {self._put(_from(start))}"] if start else []
        parts += [f"{column} <= {self._put(end + '~')}"] if end else []
        return " AND ".join(parts)

    def _quiet(self, value: str) -> tuple[_Rows, ...]:
        """Nothing said since that day; with nothing ever said, here since then."""
        day = self._put(value)
        return (
            _Rows("person_id", "pulse", f"last_on <= {day}"),
            _Rows(
                "person_id",
                "pulse JOIN person p ON p.id = person_id",
                f"last_on IS NULL AND p.added_on <= {day}",
            ),
        )

    def _birthday(self, value: str) -> str:
        if "--" not in value:
            return f"birthday NOT LIKE '--%' AND {self._span('birthday', value)}"
        start, dots, end = value.partition("..")
        start, end = start.removeprefix("--"), (end if dots else start).removeprefix("--")
        parts = [f"birth_md >= {self._put(start)}"] if start else []
        parts += [f"birth_md <= {self._put(end + '~')}"] if end else []
        joined = " OR " if start and end and start > end + "~" else " AND "  # across New Year
        return f"birth_md IS NOT NULL AND ({joined.join(parts)})"

    def _keep(self, value: str) -> tuple[_Rows, ...]:
        """A cadence in force, or a circle: one's own, or one shared by a community, event or tag."""
        name = self._put(value)
        circle = f"(SELECT id FROM circle WHERE name_key = {name})"
        shared = f"(SELECT id FROM shared_cadence WHERE circle_id IN {circle})"
        return (
            _Rows("person_id", "pulse", f"(every = {name} OR shared_id IN {shared})"),
            _Rows("id", "person", f"circle_id IN {circle} AND every IS NULL", few=False),
            _Rows("id", "person", f"every = {name}"),
        )

    def _via(self, value: str) -> tuple[_Rows, ...]:
        kind, _, handle = value.partition(":")
        name = self._put(kind)
        if handle:
            key = self._put(handle)
            found = f"handle_key = {key} AND kind = {name}"
            return (_Rows("person_id", "channel", found, few=False),)
        return (
            _Rows("person_id", "channel", f"kind = {name}"),
            _Rows("person_id", "conversation", f"channel = {name}"),
            _Rows("id", "person", f"met_online = {name}"),
        )

    def _people(self, value: str) -> str:
        """Whom a name or a number means."""
        if value.isascii() and value.isdigit() and len(value) < 19:
            return f"SELECT {self._put(int(value))}"
        return self._named(value)

    # Texts: the index finds where a word begins so; phrases and marks are looked at again.

    def _named(self, value: str) -> str:
        rows = self._own(value, ("name_key", "nick_key"), "name_key nick")
        return f"SELECT {rows.column} AS id FROM {rows.table} WHERE {rows.condition}"

    def _own(self, value: str, columns: tuple[str, ...], indexed: str) -> _Rows:
        """What is said of the person alone; ``columns`` of theirs, as ``indexed``."""
        found = self.match("person_search", value, indexed)
        if names.tokens(value) == [value]:
            return _Rows("rowid", "person_search", found, few=False)
        again = " OR ".join(self._has(column, value) for column in columns)
        candidates = f"SELECT rowid FROM person_search WHERE {found}"
        return _Rows("id", "person", f"id IN ({candidates}) AND ({again})", few=False)

    def match(self, table: str, value: str, columns: str = "") -> str:
        """Whether the index has the parts of a text; only the last may go on."""
        parts = [f'"{part}"' for part in names.tokens(value)]
        if parts and value[-1].isalnum():
            parts[-1] += "*"
        said = " AND ".join(parts) or '""'
        return f"{table} MATCH {self._put(f'{{{columns}}} : ({said})' if columns else said)}"

    def _has(self, column: str, value: str) -> str:
        self._db.teach("fold", names.fold)
        return _begins(f"fold(coalesce({column}, ''))", self._put(f" {value}"))

    def _anywhere(self, value: str) -> Iterator[_Rows]:
        yield self._own(value, _PERSON_COLUMNS, "")
        said = self.match("entry_search", value)
        if names.tokens(value) == [value]:
            yield _Rows("rowid >> 32", "entry_search", said, few=False)
        else:
            ids = f"(SELECT id & {ENTRY} FROM (SELECT rowid AS id FROM entry_search WHERE {said}))"
            for table in _TABLES:
                text = "name_key" if table in ("topic", "tag") else "text"
                again = self._has(text, value)
                yield _Rows("person_id", table, f"id IN {ids} AND {again}", few=False)
        start, end = self._put(value), self._put(value + _LAST)
        held = f"handle_key >= {start} AND handle_key < {end}"
        yield _Rows("person_id", "channel", held, few=False)
        yield from self._listed("in", value)
        yield from self._listed("at", value)

    def _listed(self, field: str, value: str) -> tuple[_Rows, ...]:
        """Topics, tags, communities and events, whose names are few beside their people."""
        alone = names.tokens(value) == [value]
        key = "replace(name_key, '#', ' ')" if alone else "name_key"
        begins = _begins(key, self._put(f" {value}"))
        match field:
            case "about" | "seeks":
                side = f"side = {self._put(field)}"
                keys = f"SELECT DISTINCT name_key FROM topic WHERE {side}"
                found = f"{side} AND name_key IN (SELECT name_key FROM ({keys}) WHERE {begins})"
                return (_Rows("person_id", "topic", found, few=False),)
            case "tag":
                keys = f"SELECT name_key FROM (SELECT DISTINCT name_key FROM tag) WHERE {begins}"
                return (_Rows("person_id", "tag", f"name_key IN ({keys})", few=False),)
            case "in":
                joined = f"community_id IN (SELECT id FROM community WHERE {begins})"
                return (_Rows("person_id", "membership", joined, few=False),)
        there = f"event_id IN (SELECT id FROM event WHERE {begins})"
        return (
            _Rows("person_id", "conversation", there, few=False),
            _Rows("person_id", "attendance", there, few=False),
        )


def _among(column: str) -> str:
    return f"{column} IN (SELECT value FROM json_each(:among))"


def _begins(column: str, name: str) -> str:
    """Whether a word of a key begins so; the value has a blank before it."""
    return f"instr(' ' || {column}, {name}) > 0"


def _from(day: str) -> str:
    """The shortest text of a day, so that a month or year counts from its first one."""
    return day.removesuffix("-01").removesuffix("-01") if len(day) > 4 else day
