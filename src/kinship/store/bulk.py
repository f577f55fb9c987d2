"""Many rows written at once: the triggers stand aside, and what they keep is made up for in sets.

Inside one transaction the triggers are dropped, rows are written by thousands, and at the end the
journal, the search indexes and what is reckoned of the people touched are written in a few
statements; then the triggers are made again as they were. Whatever goes wrong, the transaction takes
the triggers back too.
"""

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice

from kinship.model import saved
from kinship.store import derived, journal
from kinship.store.db import Change, Value, as_list

_CACHE_KIB = 32_000
_CHUNK = 2_000
_MANY = 1_000
"""Rows: a change of fewer is played row by row, and its triggers with it."""
_WIDE = ("circle", "shared_cadence")
"""Tables whose rows move the clocks of others than their own person."""
_CLOCKS = ("person", "conversation", "favour", "nudge", "follow_up", "membership", "tag")
_PLAYED = "change_id IN (SELECT value FROM json_each(:played))"
_SIZE = (
    f"SELECT (SELECT count(*) FROM (SELECT 1 FROM image WHERE {_PLAYED} LIMIT :many)),"
    f" EXISTS (SELECT 1 FROM image WHERE {_PLAYED}"
    " AND tbl IN (SELECT value FROM json_each(:wide)))"
)
_TOUCHED = f"SELECT tbl, json_group_array(DISTINCT row_id) FROM image WHERE {_PLAYED} GROUP BY tbl"
_WHOSE = (
    "SELECT json_extract(before, :place) FROM image WHERE change_id = (SELECT change_id FROM current)"
    " AND tbl = :table AND before IS NOT NULL"
    " UNION SELECT json_extract(after, :place) FROM image"
    " WHERE change_id = (SELECT change_id FROM current) AND tbl = :table AND after IS NOT NULL"
)


class Bulk:
    """The rows of one change, written without triggers."""

    def __init__(self, tx: Change) -> None:
        self._tx = tx
        self._before: dict[str, int] = {}
        self._touched: dict[str, tuple[int, str]] = {}
        """The image before those of a table, and the numbers of its rows that change."""
        self.reckon: set[int] = set()
        """People whose last contact or cadence may be another now."""
        self.unconnected: set[int] = set()
        """People whose channels changed, and nothing else that moves a clock."""

    def insert(self, table: str, columns: str, rows: Iterable[Sequence[Value]]) -> Iterator[int]:
        """Write rows with their numbers, some thousand at a time; how many each time.

        The first column is the number, above all that there were.
        """
        self._remember(table)
        marks = ", ".join("?" * (columns.count(",") + 1))
        sql = f"INSERT INTO {table} ({columns}) VALUES ({marks})"
        some = iter(rows)
        while chunk := list(islice(some, _CHUNK)):
            self._tx.conn.executemany(sql, chunk)
            yield len(chunk)

    def next_id(self, table: str) -> int:
        """The next number of a table whose rows are counted; never given twice."""
        sql = "SELECT seq FROM sqlite_sequence WHERE name = :name"
        return int(self._tx.value(sql, name=table) or 0) + 1

    def numbers(self, count: int) -> int:
        """The first of so many numbers for conversations and notes."""
        last = int(self._tx.value("SELECT last FROM number"))
        self._tx.run("UPDATE number SET last = last + :count", count=count)
        return last + 1

    def touch(self, table: str, numbers: Iterable[int]) -> None:
        """These rows will be changed: what they were goes into the journal, and out of the index.

        Of each table all at once.
        """
        assert table not in self._touched
        ids = as_list(sorted(numbers))
        last = self._tx.value("SELECT coalesce(max(id), 0) FROM image")
        self._touched[table] = int(last), ids
        self._tx.run(
            f"INSERT INTO image SELECT NULL, :change, '{table}', id, {self._image(table)}, NULL"
            f" FROM {table} WHERE id IN (SELECT value FROM json_each(:ids))",
            change=self._tx.id,
            ids=ids,
        )
        _index(self._tx, derived.INDEX_OUT, table, ids)

    def update(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
        """Change rows that were touched before; the last value of each is the number."""
        changes = ", ".join(f"{column} = ?" for column in columns)
        self._tx.conn.executemany(f"UPDATE {table} SET {changes} WHERE id = ?", rows)

    def delete(self, table: str, numbers: Iterable[int]) -> None:
        """Remove rows that were touched before; of tables that no index knows."""
        self._tx.run(
            f"DELETE FROM {table} WHERE id IN (SELECT value FROM json_each(:ids))",
            ids=as_list(numbers),
        )

    def journal_new(self) -> None:
        """Write the journal and the indexes of the rows that are new; changes come after it."""
        for table in (t for t in journal.JOURNALED if t in self._before):
            before = self._before[table]
            self._tx.run(
                f"INSERT INTO image SELECT NULL, :change, '{table}', id, NULL,"
                f" {self._image(table)} FROM {table} WHERE id > :before ORDER BY id",
                change=self._tx.id,
                before=before,
            )
            if statement := derived.INDEX_NEW.get(table):
                self._tx.run(statement, before=before)

    def finish(self) -> None:
        """Write the rest of what the triggers would have: the journal, the pulse and what waits."""
        for table, (last, ids) in self._touched.items():
            self._tx.run(
                f"UPDATE image SET after = (SELECT {self._image(table)} FROM {table}"
                f" WHERE id = row_id) WHERE id > :last AND +change_id = :change AND tbl = '{table}'",
                change=self._tx.id,
                last=last,
            )
            _index(self._tx, derived.INDEX_IN, table, ids)
        self._reckon()

    def _reckon(self) -> None:
        run = self._tx.run
        new = self._before.get("person")
        if new is not None:
            # Somebody new without a conversation or a cadence has an empty pulse, and nothing waits.
            self.reckon.update(number for (number,) in self._tx.tuples(derived.TELLING, new=new))
            run("INSERT INTO pulse (person_id) SELECT id FROM person WHERE id > :new", new=new)
        _reckon(self._tx, self.reckon, self.unconnected)

    def _remember(self, table: str) -> None:
        if table not in self._before:
            numbered = table in saved.NUMBERED
            self._before[table] = (
                int(self._tx.value(f"SELECT coalesce(max(id), 0) FROM {table}"))
                if numbered
                else self.next_id(table) - 1
            )

    def _image(self, table: str) -> str:
        return journal.image("", journal.columns(self._tx.conn, table))


@contextmanager
def without_triggers(tx: Change) -> Generator[Bulk]:
    """The triggers stand aside until the end, when all that they keep is written."""
    with _aside(tx, "*"):
        bulk = Bulk(tx)
        yield bulk
        bulk.finish()


@contextmanager
def playing(tx: Change, changes: Sequence[int]) -> Generator[None]:
    """Changes are played; where they touched much, only the journal is written row by row."""
    played = as_list(changes)
    size, wide = tx.tuples(_SIZE, played=played, many=_MANY, wide=as_list(_WIDE))[0]
    if size < _MANY or wide:
        yield
        return
    indexed = [row for row in tx.tuples(_TOUCHED, played=played) if row[0] in derived.INDEX_OUT]
    with _aside(tx, "[^j]*"):
        for table, ids in indexed:
            _index(tx, derived.INDEX_OUT, table, ids)
        yield
        for table, ids in indexed:
            _index(tx, derived.INDEX_IN, table, ids)
        whose: dict[str, set[int]] = {"person": set()}
        for table in (*_CLOCKS, "channel"):
            place = journal.columns(tx.conn, table).index(
                "id" if table == "person" else "person_id"
            )
            whose[table] = {n for (n,) in tx.tuples(_WHOSE, place=f"$[{place}]", table=table)}
        _reckon(tx, set().union(*(whose[table] for table in _CLOCKS)), whose["channel"])


@contextmanager
def _aside(tx: Change, which: str) -> Generator[None]:
    """Triggers stand aside: all, or those whose names are of this pattern."""
    made = tx.tuples(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND name GLOB :which"
        " ORDER BY rowid",
        which=which,
    )
    cache = tx.value("PRAGMA cache_size")
    tx.run(f"PRAGMA cache_size = -{_CACHE_KIB}")
    tx.run("PRAGMA defer_foreign_keys = ON")
    try:
        for name, _ in made:
            tx.run(f'DROP TRIGGER "{name}"')
        yield
        for _, sql in made:
            tx.run(sql)
    finally:
        tx.run(f"PRAGMA cache_size = {int(cache)}")


def _index(tx: Change, statements: Mapping[str, str], table: str, ids: str) -> None:
    if statement := statements.get(table):
        tx.run(statement, ids=ids)


def _reckon(tx: Change, people: set[int], unconnected: set[int]) -> None:
    """What is kept of these people; of those ``unconnected`` only whether they are to connect."""
    for these, statements in (
        (people, derived.RECKON_THESE),
        (unconnected - people, derived.CONNECT_THESE),
    ):
        ids = as_list(sorted(these))
        for statement in statements if these else ():
            tx.run(statement, ids=ids)
