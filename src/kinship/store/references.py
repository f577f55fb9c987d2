"""Whatever points at a person, found by foreign key: a table made next year is among them."""

from kinship.store.db import Change, Db, Value
from kinship.value import Value as Frozen

SELF = "person"
"""The table that is pointed at."""


class Reference(Frozen):
    """A column that points at a person."""

    table: str
    column: str


def to_people(db: Db) -> list[Reference]:
    """Every column that points at a person."""
    tables = db.tuples("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid")
    return [
        Reference(table, key[3])
        for (table,) in tables
        for key in db.tuples(f'PRAGMA foreign_key_list("{table}")')
        if key[2] == SELF
    ]


def counts(db: Db, person_id: int) -> dict[str, int]:
    """How many rows of each table point at somebody; tables without one are left out."""
    found: dict[str, int] = {}
    for table, column in map(_names, to_people(db)):
        sql = f"SELECT count(*) FROM {table} WHERE {column} = :id"
        if number := int(db.value(sql, id=person_id)):
            found[table] = found.get(table, 0) + number
    return found


def move(tx: Change, gone: int, into: int) -> dict[str, list[dict[str, Value]]]:
    """Point at ``into`` whatever points at ``gone``; the rows that could not, by table.

    What stays is what ``into`` has already, and what would point at itself.
    """
    left: dict[str, list[dict[str, Value]]] = {}
    for table, column in map(_names, to_people(tx)):
        if table == SELF:
            sql = f"UPDATE person SET {column} = nullif(:into, id) WHERE {column} = :gone"
            tx.run(sql, into=into, gone=gone)
            continue
        tx.run(
            f"UPDATE OR IGNORE {table} SET {column} = :into WHERE {column} = :gone",
            into=into,
            gone=gone,
        )
        names = [row[1] for row in tx.tuples(f'PRAGMA table_info("{table}")')]
        for row in tx.tuples(
            f"SELECT {', '.join(names)} FROM {table} WHERE {column} = :gone", gone=gone
        ):
            left.setdefault(table, []).append(dict(zip(names, row, strict=True)))
    return left


def _names(reference: Reference) -> tuple[str, str]:
    return reference.table, reference.column
