"""Finding people by a query: one statement from its tree, everything typed a parameter."""

from kinship.model.person import Person
from kinship.model.query import WORD, Query, Term
from kinship.store import agenda
from kinship.store.db import Db, Value
from kinship.store.people import PERSON, as_match, tokens

_LAST = chr(0x10FFFF)
_OWN = {
    "birthday": "p.birthday IS NOT NULL",
    "org": "p.org IS NOT NULL",
    "role": "p.role IS NOT NULL",
    "city": "p.city IS NOT NULL",
    "nick": "p.nick IS NOT NULL",
    "cue": "p.cue IS NOT NULL",
    "address": "p.address IS NOT NULL",
    "relation": "p.relation IS NOT NULL",
    "by": "p.introduced_by IS NOT NULL",
    "about": "p.id IN (SELECT person_id FROM topic WHERE side = 'about')",
    "seeks": "p.id IN (SELECT person_id FROM topic WHERE side = 'seeks')",
    "tag": "p.id IN (SELECT person_id FROM tag)",
    "in": "p.id IN (SELECT person_id FROM membership)",
    "at": "p.id IN (SELECT person_id FROM conversation WHERE event_id IS NOT NULL"
    " UNION SELECT person_id FROM attendance)",
    "note": "p.id IN (SELECT person_id FROM note)",
    "contact": "p.id IN (SELECT person_id FROM pulse WHERE last_on IS NOT NULL)",
    "keep": "p.id IN (SELECT person_id FROM pulse WHERE every IS NOT NULL)",
    "knows": "p.id IN (SELECT person_id FROM tie UNION SELECT other_id FROM tie)",
}
_MET = "p.id IN (SELECT person_id FROM pulse WHERE first_met_on IS NOT NULL)"
_DUE = f'p.id IN (SELECT person_id FROM ({agenda.ITEMS}) WHERE "when" {{}})'
_FLAGS = {
    "met": f"(p.known = 'in person' OR {_MET})",
    "online": f"(p.known = 'online' AND NOT {_MET})",
    "connected": "p.id IN (SELECT person_id FROM channel WHERE state = 'connected')",
    "due": _DUE.format("<> 'coming'"),
    "late": _DUE.format("= 'overdue'"),
    "archived": "p.archived_on IS NOT NULL",
}
_SPANS = {"met": "first_met_on", "last": "last_on"}
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


def numbers(db: Db, query: Query, day: str) -> list[int]:
    """Everybody the query finds, by name."""
    where, values = _where(query, day)
    sql = f"SELECT p.id FROM person p WHERE {where} ORDER BY p.name_key, p.id"
    return [number for (number,) in db.tuples(sql, **values)]


def count(db: Db, query: Query, day: str) -> int:
    where, values = _where(query, day)
    return int(db.value(f"SELECT count(*) FROM person p WHERE {where}", **values))


def found(
    db: Db,
    query: Query,
    day: str,
    *,
    sort: str = "name",
    reverse: bool = False,
    limit: int | None = None,
) -> list[Person]:
    """The people of a query; ``sort`` is name, met or due, which is whatever comes first."""
    where, values = _where(query, day)
    order = _ORDERS[sort].format(down=" DESC" if reverse else "")
    values |= {"limit": -1 if limit is None else limit, "day": day}
    return db.all(
        Person,
        f"{PERSON}{_JOINS.get(sort, '')}WHERE {where} ORDER BY {order} LIMIT :limit",
        **values,
    )


def _where(query: Query, day: str) -> tuple[str, dict[str, Value]]:
    """What holds for the people ``p`` of a query; the archived only where they are asked for."""
    made = _Maker(day)
    groups = [made.group(group) for group in query.groups] or ["p.archived_on IS NULL"]
    return f"p.id > 0 AND ({' OR '.join(groups)})", made.values


class _Maker:
    """Conditions on a person ``p``, and the values they name."""

    def __init__(self, day: str) -> None:
        self.values: dict[str, Value] = {"day": day, "until": day}
        self._day = day

    def group(self, terms: tuple[Term, ...]) -> str:
        wanted = any(t.field == "is" and "archived" in t.values and not t.turned for t in terms)
        parts = [] if wanted else ["p.archived_on IS NULL"]
        return " AND ".join(parts + [self._term(term) for term in terms])

    def _term(self, term: Term) -> str:
        any_of = " OR ".join(self._one(term.field, value) for value in term.values)
        return f"{'NOT ' if term.turned else ''}({any_of})"

    def _put(self, value: Value) -> str:
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f":{name}"

    def _one(self, field: str, value: str) -> str:
        match field:
            case "has":
                return _OWN.get(value) or self._channel(value)
            case "is":
                return _FLAGS[value]
            case "met" | "last":
                span = self._span(_SPANS[field], value)
                return f"p.id IN (SELECT person_id FROM pulse WHERE {span})"
            case "added":
                return self._span("p.added_on", value)
            case "quiet":
                return (
                    "p.id IN (SELECT u.person_id FROM pulse u JOIN person q ON q.id = u.person_id"
                    f" WHERE coalesce(u.last_on, q.added_on) <= {self._put(value)})"
                )
            case "birthday":
                return self._birthday(value)
            case "keep":
                return self._keep(value)
            case "via":
                return self._via(value)
            case "by":
                return f"p.introduced_by IN ({self._people(value)})"
            case "knows":
                who = self._people(value)
                return (
                    f"p.id IN (SELECT person_id FROM tie WHERE other_id IN ({who})"
                    f" UNION SELECT other_id FROM tie WHERE person_id IN ({who}))"
                )
            case "name":
                return f"p.id IN ({self._named(value)})"
            case "org" | "role" | "city":
                return f"p.id IN ({self._written(field, value)})"
            case _ if field == WORD:
                return f"p.id IN ({self._anywhere(value)})"
        return f"p.id IN ({self._listed(field, value)})"

    def _span(self, column: str, value: str) -> str:
        """A day that may be a year or month alone counts from its first day."""
        start, dots, end = value.partition("..")
        end = end if dots else start
        parts = [f"{column} >= {self._put(_from(start))}"] if start else []
        parts += [f"{column} <= {self._put(end + '~')}"] if end else []
        return " AND ".join(parts)

    def _birthday(self, value: str) -> str:
        if not value.removeprefix("..").startswith("--"):
            span = self._span("p.birthday", value)
            return f"(p.birthday NOT LIKE '--%' AND {span})"
        start, dots, end = value.partition("..")
        start, end = start.removeprefix("--"), (end if dots else start).removeprefix("--")
        parts = [f"p.birth_md >= {self._put(start)}"] if start else []
        parts += [f"p.birth_md <= {self._put(end + '~')}"] if end else []
        joined = " OR " if start and end and start > end + "~" else " AND "  # across New Year
        return f"(p.birth_md IS NOT NULL AND ({joined.join(parts)}))"

    def _keep(self, value: str) -> str:
        """A cadence in force, or a circle: one's own, or one shared by a community, event or tag."""
        name = self._put(value)
        circle = f"(SELECT id FROM circle WHERE name_key = {name})"
        return (
            f"p.id IN (SELECT person_id FROM pulse WHERE every = {name} OR shared_id IN"
            f" (SELECT id FROM shared_cadence WHERE circle_id IN {circle})"
            f" UNION SELECT id FROM person WHERE circle_id IN {circle} AND every IS NULL"
            f" UNION SELECT id FROM person WHERE every = {name})"
        )

    def _channel(self, kind: str) -> str:
        return f"p.id IN (SELECT person_id FROM channel WHERE kind = {self._put(kind)})"

    def _via(self, value: str) -> str:
        kind, _, handle = value.partition(":")
        if handle:
            return (
                "p.id IN (SELECT person_id FROM channel"
                f" WHERE handle_key = {self._put(handle)} AND kind = {self._put(kind)})"
            )
        name = self._put(kind)
        return (
            f"p.id IN (SELECT person_id FROM channel WHERE kind = {name}"
            f" UNION SELECT person_id FROM conversation WHERE channel = {name}"
            f" UNION SELECT id FROM person WHERE met_online = {name})"
        )

    def _people(self, value: str) -> str:
        """Whom a name or a number means."""
        if value.isascii() and value.isdigit() and len(value) < 19:
            return f"SELECT {self._put(int(value))}"
        return self._named(value)

    # Texts: the index finds where a word begins so; phrases and marks are looked at again.

    def _named(self, value: str) -> str:
        again = f"({_begins('name_key', self._put(f' {value}'))}"
        again += f" OR {_begins('nick_key', self._put(f' {value}'))})"
        if not tokens(value):
            return f"SELECT id FROM person WHERE {again}"
        said = as_match([value], begin=True)
        return (
            "SELECT id FROM person WHERE id IN (SELECT rowid FROM person_search"
            f" WHERE person_search MATCH {self._put(f'{{name_key nick}} : ({said})')}) AND {again}"
        )

    def _written(self, column: str, value: str) -> str:
        said = as_match([value], begin=True)
        return (
            "SELECT rowid FROM person_search"
            f" WHERE person_search MATCH {self._put(f'{column} : ({said})')}"
        )

    def _listed(self, field: str, value: str) -> str:
        """Topics, tags, communities and events, whose names are few beside their people."""
        begins = _begins("name_key", self._put(f" {value}"))
        match field:
            case "about" | "seeks":
                side = self._put(field)
                return (
                    f"SELECT person_id FROM topic WHERE side = {side} AND name_key IN"
                    f" (SELECT name_key FROM (SELECT DISTINCT name_key FROM topic WHERE side = {side})"
                    f" WHERE {begins})"
                )
            case "tag":
                return (
                    "SELECT person_id FROM tag WHERE name_key IN"
                    f" (SELECT name_key FROM (SELECT DISTINCT name_key FROM tag) WHERE {begins})"
                )
            case "in":
                return (
                    "SELECT person_id FROM membership WHERE community_id IN"
                    f" (SELECT id FROM community WHERE {begins})"
                )
        events = f"(SELECT id FROM event WHERE {begins})"
        return (
            f"SELECT person_id FROM conversation WHERE event_id IN {events}"
            f" UNION SELECT person_id FROM attendance WHERE event_id IN {events}"
        )

    def _anywhere(self, value: str) -> str:
        said = as_match([value], begin=True)
        start, end = self._put(value), self._put(value + _LAST)
        parts = [
            f"SELECT rowid FROM person_search WHERE person_search MATCH {self._put(said)}",
            f"SELECT person_id FROM channel WHERE handle_key >= {start} AND handle_key < {end}",
            *(self._listed(f, value) for f in ("about", "seeks", "tag", "in", "at")),
        ]
        return " UNION ".join(parts)


def _begins(column: str, name: str) -> str:
    """Whether a word of a key begins so; the value has a blank before it."""
    return f"instr(' ' || {column}, {name}) > 0"


def _from(day: str) -> str:
    """The shortest text of a day, so that a month or year counts from its first one."""
    return day.removesuffix("-01").removesuffix("-01") if len(day) > 4 else day
