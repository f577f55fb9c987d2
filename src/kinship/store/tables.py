"""Whole tables: read as they are for an export that is complete, and filled from one."""

import re
import sqlite3
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any

from kinship.model import saved
from kinship.model.person import ME
from kinship.store import derived, journal
from kinship.store.db import Change, Db, as_list, in_memory
from kinship.value import Value as Frozen

_WORD = re.compile(r"\w+")
JOURNALED = journal.JOURNALED
_ORDER = {"conversation": "day, id", "note": "day, id"}
"""What is a history is in its order; all else by number."""
_CHUNK = 1000
_CACHE_KIB = 32_000
_AT_ONCE = 50
"""Rows a statement: to begin one costs as much as to write some."""
_THERE = ("circle", "setting")
"""What there may be in a file in which nothing was kept yet."""

Row = tuple[Any, ...]
Rows = Mapping[str, Sequence[Mapping[str, Any]]]
"""The rows of a line, by their tables."""


class Shape(Frozen):
    """The columns of a table, and what stands in each where nothing was said."""

    table: str
    columns: tuple[str, ...]
    defaults: tuple[str | int | None, ...]
    numbers: frozenset[str]
    """Which of the columns hold numbers; the others hold texts."""


def shape(db: Db, table: str) -> Shape:
    """What this table looks like in this file."""
    rows = db.tuples("SELECT name, dflt_value, type FROM pragma_table_info(:table)", table=table)
    return Shape(
        table,
        tuple(name for name, *_ in rows),
        tuple(_literal(said) for _, said, _ in rows),
        frozenset(name for name, _, kind in rows if kind == "INTEGER"),
    )


def _literal(said: str | None) -> str | int | None:
    """The value of a default that is a number or a text; a reckoned one counts as none."""
    if said is None or said.startswith("("):
        return None
    return said[1:-1] if said.startswith("'") else int(said) if said.isdigit() else None


def rows(db: Db, form: Shape) -> Iterable[Row]:
    """Every row by its number."""
    return db.each(f'SELECT {", ".join(form.columns)} FROM "{form.table}" ORDER BY id')


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
        columns = {"person": ("id",)}.get(table, ("person_id", "other_id"))
        for whose in set(columns).intersection(shape(db, table).columns):
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


def uids(db: Db) -> dict[str, int]:
    """Everybody by uid, yourself too, and by the uids of those who were merged into them."""
    sql = (
        "SELECT key, person_id FROM source WHERE format = 'kinship'"
        " UNION ALL SELECT uid, id FROM person"
    )
    return dict(db.tuples(sql))


def numbers_in(db: Db, table: str) -> set[int]:
    """The numbers that rows of this table have."""
    return {number for (number,) in db.tuples(f'SELECT id FROM "{table}"')}


def holds_only_circles(db: Db) -> bool:
    """Whether nothing was ever kept here but settings and circles: no people, no events, nothing."""
    used = (t for t in JOURNALED if t not in ("circle", "person", "setting"))
    return db.value("SELECT count(*) FROM person") == 1 and not any(
        db.value(f'SELECT 1 FROM "{table}" LIMIT 1') for table in used
    )


def last_change(db: Db) -> int:
    """The number of the newest change, whatever it was."""
    return int(db.value("SELECT coalesce(max(id), 0) FROM change"))


def had(db: Db, number: int) -> set[str]:
    """The uids of those who had this number before, as far as the journal goes back."""
    place = shape(db, "person").columns.index("uid")
    found = db.tuples(
        "SELECT json_extract(coalesce(before, after), :place) FROM image"
        " WHERE tbl = 'person' AND row_id = :id",
        place=f"$[{place}]",
        id=number,
    )
    return {uid for (uid,) in found}


def taken_numbers(db: Db, numbers: Iterable[int]) -> set[int]:
    """Which of these numbers an entry has already."""
    these = "WHERE id IN (SELECT value FROM json_each(:ids))"
    found = db.tuples(
        " UNION ALL ".join(f"SELECT id FROM {table} {these}" for table in saved.NUMBERED),
        ids=as_list(numbers),
    )
    return {number for (number,) in found}


def starting_with(db: Db, form: Shape, people: Iterable[int]) -> Iterable[Row]:
    """Rows about two people of whom the first is among these."""
    return db.each(
        f'SELECT {", ".join(form.columns)} FROM "{form.table}"'
        " WHERE person_id IN (SELECT value FROM json_each(:ids))",
        ids=as_list(people),
    )


# What a row may be


class Checker:
    """A file in memory with the same tables, to try rows on before anything is written."""

    def __init__(self) -> None:
        scratch = in_memory(_Scratch)
        assert isinstance(scratch, _Scratch)
        self._db = scratch
        self._shapes = {table: shape(self._db, table) for table in JOURNALED}
        self._db.prepare()

    def faults(self, lines: Sequence[Rows]) -> list[tuple[str, str] | None]:
        """Of each line the table and column of what cannot be, if something of it cannot.

        No column is named where the same thing is there twice.
        """
        whole: dict[str, list[Row]] = {}
        for rows in lines:
            for table, several in rows.items():
                form = self._shapes[table]
                whole.setdefault(table, []).extend(_filled(form, values) for values in several)
        try:
            self._try(whole)
        except sqlite3.Error:
            return [self._fault(rows) for rows in lines]
        return [None] * len(lines)

    def _fault(self, rows: Rows) -> tuple[str, str] | None:
        for table, several in rows.items():
            form = self._shapes[table]
            try:
                self._try({table: [_filled(form, values) for values in several]})
            except (sqlite3.Error, OverflowError) as error:
                said = str(error).partition("failed: ")[2] or str(error)
                known = (c for c in _WORD.findall(said) if c in form.columns)
                return table, "" if "UNIQUE" in str(error) else next(known, "id")
        return None

    def _try(self, rows: Mapping[str, Sequence[Row]]) -> None:
        self._db.run("SAVEPOINT trial")
        try:
            for table, several in rows.items():
                _put(self._db, self._shapes[table], several)
        finally:
            self._db.run("ROLLBACK TO trial")
            self._db.run("RELEASE trial")


_FINDING = (
    "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
    " AND sql NOT LIKE 'CREATE UNIQUE%'"
)


class _Scratch(Change):
    """A file in memory that nobody keeps."""

    def __init__(self, conn: sqlite3.Connection, path: str) -> None:
        super().__init__(conn, path, 0)

    def prepare(self) -> None:
        """No triggers, no references, no index that only finds, and nobody in it."""
        for name, _ in _triggers(self):
            self.run(f'DROP TRIGGER "{name}"')
        for (name,) in self.tuples(_FINDING):
            self.run(f'DROP INDEX "{name}"')
        self.run("PRAGMA foreign_keys = OFF")
        for table in ("person", "circle"):
            self.run(f"DELETE FROM {table}")


def _triggers(db: Db, like: str = "%") -> list[tuple[str, str]]:
    sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND name LIKE :like"
    return db.tuples(sql + " ORDER BY rowid", like=like)


def _insert(form: Shape, rows: int = 1) -> str:
    marks = ", ".join([f"({', '.join('?' * len(form.columns))})"] * rows)
    return f'INSERT INTO "{form.table}" ({", ".join(form.columns)}) VALUES {marks}'


def _filled(form: Shape, values: Mapping[str, Any]) -> Row:
    return tuple(map(values.get, form.columns, form.defaults))


# Writing


def put(tx: Change, form: Shape, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows; what is there already in all that must be unique stays as it is.

    A number that is taken is not lost a row for: it gets another.
    """
    filled = [_filled(form, values) for values in rows]
    sql = _insert(form) + " ON CONFLICT DO NOTHING"
    if _put(tx, form, filled, " ON CONFLICT DO NOTHING") == len(filled):
        return
    place = form.columns.index("id")
    for row in filled:
        if row[place] is None:
            continue
        here = tx.tuples(
            f'SELECT {", ".join(form.columns)} FROM "{form.table}" WHERE id = :id', id=row[place]
        )
        if here and here != [row]:
            tx.run_many(sql, [(*row[:place], None, *row[place + 1 :])])


def _put(tx: Change, form: Shape, rows: Sequence[Row], also: str = "") -> int:
    """Insert rows, many a statement; how many there were."""
    whole = len(rows) // _AT_ONCE * _AT_ONCE
    several = (list(chain(*rows[at : at + _AT_ONCE])) for at in range(0, whole, _AT_ONCE))
    put = tx.conn.executemany(_insert(form, _AT_ONCE) + also, several).rowcount if whole else 0
    rest = rows[whole:]
    return put + (tx.conn.executemany(_insert(form) + also, rest).rowcount if rest else 0)


def change(tx: Change, table: str, number: int, values: Mapping[str, Any]) -> None:
    """Change columns of one row."""
    changes = ", ".join(f"{column} = :{column}" for column in values)
    tx.run(f'UPDATE "{table}" SET {changes} WHERE id = :id', id=number, **values)


def clear(tx: Change, table: str) -> None:
    tx.run(f'DELETE FROM "{table}"')


def give_from(tx: Change, last: Mapping[str, int]) -> None:
    """Numbers up to these were given out elsewhere, and are not given again here."""
    for table, number in last.items():
        if table == "entry":
            tx.run("UPDATE number SET last = :last WHERE last < :last", last=number)
        elif table in JOURNALED:
            tx.run(
                "UPDATE sqlite_sequence SET seq = :last WHERE name = :table AND seq < :last",
                last=number,
                table=table,
            )
            tx.run(
                "INSERT INTO sqlite_sequence (name, seq) SELECT :table, :last WHERE NOT EXISTS"
                " (SELECT 1 FROM sqlite_sequence WHERE name = :table)",
                last=number,
                table=table,
            )


@contextmanager
def all_at_once(tx: Change, *, anew: bool) -> Generator[None]:
    """References are looked at in the end; ``anew`` does in the end what triggers do row by row.

    That is for a file in which nothing is but circles and settings: the journal of all other tables
    is what they hold then, and all that is derived is reckoned once.
    """
    tx.run("PRAGMA defer_foreign_keys = ON")
    if not anew:
        yield
        return
    cache = int(tx.value("PRAGMA cache_size"))
    tx.run(f"PRAGMA cache_size = -{_CACHE_KIB}")
    new = [table for table in JOURNALED if table not in _THERE]
    journals = {f"journal_{table}_insert" for table in new}
    aside = [
        (name, sql)
        for name, sql in _triggers(tx)
        if name in journals or name.startswith(("pulse", "search"))
    ]
    for name, _ in aside:
        tx.run(f'DROP TRIGGER "{name}"')
    yield
    for table in new:
        _journal(tx, table)
    for statement in (*derived.RECKON_ALL, derived.NO_ENTRIES):
        tx.run(statement)
    last = int(tx.value("SELECT max(id) FROM person"))
    for first in range(0, last + 1, _CHUNK):
        tx.run(derived.ENTRIES_OF, first=first, last=first + _CHUNK - 1)
    for _, sql in aside:
        tx.run(sql)
    tx.run(f"PRAGMA cache_size = {cache}")


def _journal(tx: Change, table: str) -> None:
    """Everything in this table is new; yourself were there."""
    image = journal.image("", journal.columns(tx.conn, table))
    tx.run(
        f"INSERT INTO image SELECT NULL, :change, '{table}', id, NULL, {image} FROM \"{table}\""
        f" WHERE id > :before ORDER BY id",
        change=tx.id,
        before=ME if table == "person" else -1,
    )
