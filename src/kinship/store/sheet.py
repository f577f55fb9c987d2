"""People as columns, for the CSV of everybody: a few statements for some thousand at a time."""

from collections.abc import Iterator, Sequence
from typing import Any

from kinship.store.db import Db, as_list
from kinship.value import Value

_CHUNK = 2000
_BASE = (
    "SELECT id, name, coalesce(nick, ''), coalesce(org, ''), coalesce(role, ''),"
    " coalesce(city, ''), coalesce(birthday, ''), known, introduced_by, every, circle_id,"
    " coalesce(relation, '') FROM person WHERE id {among} ORDER BY id"
)
# What belongs to somebody comes as one text for all of them: a row costs more than what is in it.
_LISTS = {
    "channels": "SELECT person_id || ' ' || coalesce(kind || ':' || handle, kind) AS said"
    " FROM channel WHERE person_id {among} ORDER BY person_id, kind, state, id",
    "topics": "SELECT person_id || ' ' || name AS said FROM topic"
    " WHERE person_id {among} AND side = 'about' ORDER BY person_id, name_key",
    "communities": "SELECT m.person_id || ' ' || c.name AS said FROM membership m"
    " JOIN community c ON c.id = m.community_id WHERE m.person_id {among}"
    " ORDER BY m.person_id, m.community_id",
    "tags": "SELECT person_id || ' ' || name AS said FROM tag WHERE person_id {among}"
    " ORDER BY person_id, name_key",
    "notes": "SELECT person_id || ' ' || text AS said FROM note WHERE person_id {among}"
    " ORDER BY person_id, id",
}
_PULSE = (
    "SELECT person_id, last_on, first_met_on, first_event_id FROM pulse WHERE person_id {among}"
)
# What they said, or both of you; a message of yours only where there is nothing else.
_LAST_TEXT = (
    "SELECT group_concat(coalesce((SELECT text FROM conversation WHERE person_id = p.id"
    " AND direction <> 'me' AND text IS NOT NULL ORDER BY day DESC, id DESC LIMIT 1),"
    " (SELECT text FROM conversation WHERE person_id = p.id AND text IS NOT NULL"
    " ORDER BY day DESC, id DESC LIMIT 1), ''), char(0))"
    " FROM (SELECT id FROM person WHERE id {among} ORDER BY id) p"
)
_NUDGES = (
    "SELECT person_id, min(due_on), kind FROM waiting WHERE person_id {among}"
    " AND (gone_on IS NULL OR gone_on >= :day) GROUP BY person_id"
)
_PROMISES = (
    "SELECT person_id, on_day, text, aim FROM follow_up WHERE person_id {among}"
    " AND state = 'open' ORDER BY person_id, on_day DESC, id DESC"
)


class Block(Value):
    """Some people: a column for each thing that everybody has, the rest by person."""

    people: tuple[int, ...]
    base: dict[str, tuple[Any, ...]]
    lists: dict[str, dict[str, str]]
    """By the number as text; NUL between the parts, which no text has."""
    pulse: dict[int, tuple[str, str, int]]
    last_text: list[str]
    nudges: dict[int, tuple[str, str]]
    promises: dict[int, tuple[str, str | None, str]]
    introducers: dict[int, str]


def blocks(db: Db, people: Sequence[int] | None, day: str) -> Iterator[Block]:
    """Everybody, or these people, by number."""
    if people is None:
        last = 0
        while rows := db.tuples(
            _BASE.format(among="> :last") + " LIMIT :most", last=last, most=_CHUNK
        ):
            yield _block(db, rows, "BETWEEN :low AND :high", day)
            last = rows[-1][0]
        return
    ordered = sorted(people)
    for start in range(0, len(ordered), _CHUNK):
        ids = as_list(ordered[start : start + _CHUNK])
        if rows := db.tuples(_BASE.format(among=_AMONG), ids=ids):
            yield _block(db, rows, _AMONG, day)


_AMONG = "IN (SELECT value FROM json_each(:ids))"
_COLUMNS = (
    *("id", "name", "nick", "org", "role", "city", "birthday", "known", "introduced_by", "every"),
    *("circle_id", "relation"),
)


def _block(db: Db, rows: Sequence[tuple[Any, ...]], among: str, day: str) -> Block:
    base = dict(zip(_COLUMNS, zip(*rows, strict=True), strict=True))
    people = base["id"]
    who: dict[str, str | int] = {"low": people[0], "high": people[-1]}
    if among == _AMONG:
        who = {"ids": as_list(people)}

    def ask(sql: str) -> list[tuple[Any, ...]]:
        return db.tuples(sql.format(among=among), **who)

    def together(sql: str) -> dict[str, str]:
        said = ask(f"SELECT group_concat(said, char(0)) FROM ({sql})")[0][0]
        found: dict[str, str] = {}
        for one in said.split("\0") if said else ():
            number, _, text = one.partition(" ")
            found[number] = f"{found[number]}\0{text}" if number in found else text
        return found

    return Block(
        people,
        base,
        {name: together(sql) for name, sql in _LISTS.items()},
        {number: (last, met, event) for number, last, met, event in ask(_PULSE)},
        ask(_LAST_TEXT)[0][0].split("\0"),
        {
            number: (due_on, kind)
            for number, due_on, kind in db.tuples(_NUDGES.format(among=among), day=day, **who)
        },
        {number: (on_day, text, aim) for number, on_day, text, aim in ask(_PROMISES)},
        _names(db, base["introduced_by"]),
    )


def _names(db: Db, people: Sequence[int | None]) -> dict[int, str]:
    wanted = {number for number in people if number is not None}
    sql = "SELECT id, name FROM person WHERE id IN (SELECT value FROM json_each(:ids))"
    return dict(db.tuples(sql, ids=as_list(wanted))) if wanted else {}


def called(db: Db, table: str) -> dict[int, str]:
    """The names of all events, or circles."""
    return dict(db.tuples(f"SELECT id, name FROM {table}"))
