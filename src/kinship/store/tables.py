"""Whole tables: read as they are for an export that is complete, and filled from one."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kinship.store import journal
from kinship.store.db import Change, Db, as_list
from kinship.value import Value as Frozen

JOURNALED = journal.JOURNALED
_ORDER = {"conversation": "day, id", "note": "day, id"}
"""What is a history is in its order; all else by number."""
_CHUNK = 1000

Row = tuple[Any, ...]


class Shape(Frozen):
    """The columns of a table, and what stands in each where nothing was said."""

    table: str
    columns: tuple[str, ...]
    defaults: tuple[str | int | None, ...]


def shape(db: Db, table: str) -> Shape:
    """What this table looks like in this file."""
    rows = db.tuples("SELECT name, dflt_value FROM pragma_table_info(:table)", table=table)
    return Shape(
        table, tuple(name for name, _ in rows), tuple(_literal(said) for _, said in rows)
    )


def _literal(said: str | None) -> str | int | None:
    """The value of a default that is a number or a text; a reckoned one counts as none."""
    if said is None or said.startswith("("):
        return None
    return said[1:-1] if said.startswith("'") else int(said) if said.isdigit() else None


def rows(db: Db, form: Shape) -> Iterable[Row]:
    """Every row by its number."""
    return db.each(f"SELECT {', '.join(form.columns)} FROM \"{form.table}\" ORDER BY id")


def with_numbers(db: Db, form: Shape, numbers: Iterable[int]) -> Iterable[Row]:
    """The rows with these numbers."""
    return db.each(
        f'SELECT {", ".join(form.columns)} FROM "{form.table}"'
        " WHERE id IN (SELECT value FROM json_each(:ids)) ORDER BY id",
        ids=as_list(numbers),
    )


def of_people(db: Db, form: Shape, people: Iterable[int]) -> Iterable[Row]:
    """What belongs to these people, the rows of one together."""
    return db.each(
        f'SELECT {", ".join(form.columns)} FROM "{form.table}"'
        " WHERE person_id IN (SELECT value FROM json_each(:ids))"
        f" ORDER BY person_id, {_ORDER.get(form.table, 'id')}",
        ids=as_list(people),
    )


def between(db: Db, form: Shape, people: Iterable[int]) -> Iterable[Row]:
    """Rows about two people of whom one is among these."""
    return db.each(
        f'SELECT {", ".join(form.columns)} FROM "{form.table}"'
        " WHERE person_id IN (SELECT value FROM json_each(:ids))"
        " OR other_id IN (SELECT value FROM json_each(:ids)) ORDER BY id",
        ids=as_list(people),
    )


def everybody(db: Db) -> Iterator[list[int]]:
    """The numbers of all people, some at a time; yourself not."""
    last = 0
    sql = "SELECT id FROM person WHERE id > :last ORDER BY id LIMIT :most"
    while some := [number for (number,) in db.tuples(sql, last=last, most=_CHUNK)]:
        yield some
        last = some[-1]


def some_at_a_time(numbers: Sequence[int]) -> Iterator[list[int]]:
    """These people by number, some at a time."""
    ordered = sorted(numbers)
    for start in range(0, len(ordered), _CHUNK):
        yield ordered[start : start + _CHUNK]


def known_as(db: Db, numbers: Iterable[int]) -> dict[int, tuple[str, str]]:
    """The uid and the name of each of these people."""
    sql = "SELECT id, uid, name FROM person WHERE id IN (SELECT value FROM json_each(:ids))"
    return {number: (uid, name) for number, uid, name in db.tuples(sql, ids=as_list(numbers))}


def last_given(db: Db) -> dict[str, int]:
    """The last number each table gave out, and the last of the entries as ``entry``."""
    given = db.tuples(
        "SELECT name, seq FROM sqlite_sequence WHERE name IN"
        " (SELECT value FROM json_each(:tables)) AND seq > 0 ORDER BY name",
        tables=as_list(JOURNALED),
    )
    return {**dict(given), "entry": int(db.value("SELECT last FROM number"))}


def referred_to(db: Db, column: str, people: Iterable[int]) -> set[int]:
    """The numbers that a column of any table holds for these people."""
    held = db.tuples(
        "SELECT t.name FROM pragma_table_list t JOIN pragma_table_info(t.name) c"
        " WHERE t.schema = 'main' AND c.name = :column"
        " AND t.name IN (SELECT value FROM json_each(:tables))",
        column=column,
        tables=as_list(JOURNALED),
    )
    found: set[int] = set()
    for (table,) in held:
        whose = {"person": "id"}.get(table, "person_id")
        if whose in shape(db, table).columns:
            found.update(
                number
                for (number,) in db.tuples(
                    f'SELECT DISTINCT {column} FROM "{table}" WHERE {column} IS NOT NULL'
                    f" AND {whose} IN (SELECT value FROM json_each(:ids))",
                    ids=as_list(people),
                )
            )
    return found


def communities_of(db: Db, events: Iterable[int]) -> set[int]:
    """The communities whose events these are."""
    sql = (
        "SELECT DISTINCT community_id FROM event WHERE community_id IS NOT NULL"
        " AND id IN (SELECT value FROM json_each(:ids))"
    )
    return {number for (number,) in db.tuples(sql, ids=as_list(events))}
