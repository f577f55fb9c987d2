"""Many rows written at once: triggers stand aside, and what they keep is made up for in sets.

Inside one transaction the triggers of new rows and of the clocks are dropped, rows are written some
hundred a statement, and at the end the journal, the search indexes and what is reckoned of the
people touched are written in a few statements; then the triggers are made again as they were.
Whatever goes wrong, the transaction takes the triggers back too.
"""

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager

from kinship.model import saved
from kinship.store import derived, journal
from kinship.store.db import Change, Db, Value, as_list

_CACHE_KIB = 32_000
_AT_ONCE = 1_000
"""Values a statement: to begin one costs as much as to write some rows; each is kept in memory."""
_LARGE = 100
"""The same where they may be photos."""
_MANY = 1_000
"""Rows: a change of fewer is played row by row, and its triggers with it."""
_WIDE = ("circle", "shared_cadence")
"""Tables whose rows move the clocks of others than their own person."""
_CLOCKS = {
    "person": ("id", "introduced_by"),
    **dict.fromkeys(("tie", "introduction"), ("person_id", "other_id")),
    **dict.fromkeys(
        ("conversation", "favour", "nudge", "follow_up", "membership", "tag"), ("person_id",)
    ),
}
"""Tables whose rows say something about these people that is reckoned."""
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


Columns = Mapping[str, Sequence[Value]]
"""Rows, column by column."""


class Bulk:
    """The rows of one change, written without the triggers of new rows and of the clocks."""

    def __init__(self, tx: Change) -> None:
        self._tx = tx
        self._before: dict[str, int] = {}
        self.reckon: set[int] = set()
        """People whose last contact or cadence may be another now."""
        self.unconnected: set[int] = set()
        """People whose channels changed, and nothing else that moves a clock."""

    def insert(self, table: str, columns: Columns) -> Iterator[int]:
        """Write rows, given column by column, some hundred at a time; how many each time.

        Their numbers, the column ``id``, are above all that there were. What nothing is said of
        stays as it is without.
        """
        self._remember(table)
        said = {name: values for name, values in columns.items() if not _all_alike(values, None)}
        for count, names, marks, values in _several(said, _LARGE if table == "extra" else _AT_ONCE):
            self._tx.conn.execute(f"INSERT INTO {table} ({names}) VALUES {marks}", values)
            yield count

    def next_id(self, table: str) -> int:
        """The next number of a table whose rows are counted; never given twice."""
        sql = "SELECT seq FROM sqlite_sequence WHERE name = :name"
        return int(self._tx.value(sql, name=table) or 0) + 1

    def numbers(self, count: int) -> int:
        """The first of so many numbers for conversations and notes."""
        last = int(self._tx.value("SELECT last FROM number"))
        self._tx.run("UPDATE number SET last = last + :count", count=count)
        return last + 1

    def update(self, table: str, columns: Columns) -> None:
        """Change the rows with the numbers ``id`` to what the other columns say."""
        changed = [column for column in columns if column != "id"]
        if table == "person" and derived.SEARCHED & set(changed):
            self._tx.run(derived.REMEMBER, ids=f"[{','.join(map(str, columns['id']))}]")
        changes = ", ".join(f"{column} = told.{column}" for column in changed)
        for _, names, marks, values in _several(columns, _AT_ONCE):
            self._tx.conn.execute(
                f"WITH told ({names}) AS (VALUES {marks})"
                f" UPDATE {table} SET {changes} FROM told WHERE {table}.id = told.id",
                values,
            )

    def journal_new(self) -> None:
        """Write the journal of the rows that are new; changes come after it."""
        for table in (t for t in journal.JOURNALED if t in self._before):
            before = self._before[table]
            self._tx.run(
                f"INSERT INTO image SELECT NULL, :change, '{table}', id, NULL,"
                f" {self._image(table)} FROM {table} WHERE id > :before ORDER BY id",
                change=self._tx.id,
                before=before,
            )

    def finish(self) -> None:
        """Write the rest of what the triggers would have: indexes, the pulse and what waits."""
        run = self._tx.run
        run(derived.INDEX_CHANGED)
        for table in (t for t in derived.INDEX_NEW if t in self._before):
            run(derived.INDEX_NEW[table], before=self._before[table])
        new = self._before.get("person")
        if new is not None:
            # Somebody new without a conversation or a cadence has an empty pulse, and nothing waits.
            self.reckon.update(number for (number,) in self._tx.tuples(derived.TELLING, new=new))
            run(derived.NEW, new=new)
        tie = self._before.get("tie")
        if tie is not None:
            self.reckon.update(number for (number,) in self._tx.tuples(derived.TIED, before=tie))
        if self.reckon:
            ids = as_list(self.reckon)
            self.reckon.update(n for (n,) in self._tx.tuples(derived.INTRODUCERS, ids=ids))
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


def make_room(db: Db) -> None:
    """From now on more of the file is kept in memory: what is looked up is written next, and read."""
    db.value(f"PRAGMA cache_size = -{_CACHE_KIB}")


@contextmanager
def without_triggers(tx: Change) -> Generator[Bulk]:
    """Triggers stand aside until the end, when all that they keep is written.

    Those of rows that change or go stay: what a row was is known only then.
    """
    with _aside(tx, "pulse_*", "*_insert", "search_person_*"):
        tx.run(derived.MEMORY)
        bulk = Bulk(tx)
        yield bulk
        bulk.finish()
        tx.run("DROP TABLE temp.person_was")


@contextmanager
def playing(tx: Change, changes: Sequence[int]) -> Generator[None]:
    """Changes are played; where they touched much, only the journal is written row by row."""
    played = as_list(changes)
    size, wide = tx.tuples(_SIZE, played=played, many=_MANY, wide=as_list(_WIDE))[0]
    if size < _MANY or wide:
        yield
        return
    indexed = [row for row in tx.tuples(_TOUCHED, played=played) if row[0] in derived.INDEX_OUT]
    with _aside(tx, "pulse_*", "search_*"):
        for table, ids in indexed:
            _index(tx, derived.INDEX_OUT, table, ids)
        yield
        for table, ids in indexed:
            _index(tx, derived.INDEX_IN, table, ids)
        people = {
            number
            for table, columns in _CLOCKS.items()
            for column in columns
            for number in _whose(tx, table, column)
        }
        _reckon(tx, people, _whose(tx, "channel", "person_id"))


@contextmanager
def _aside(tx: Change, *which: str) -> Generator[None]:
    """Triggers whose names are of one of these patterns stand aside."""
    made = tx.tuples(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND EXISTS"
        " (SELECT 1 FROM json_each(:which) WHERE name GLOB value) ORDER BY rowid",
        which=as_list(which),
    )
    make_room(tx)
    tx.run("PRAGMA defer_foreign_keys = ON")
    for name, _ in made:
        tx.run(f'DROP TRIGGER "{name}"')
    for index in derived.INDEXES:
        tx.run(derived.MERGE.format(index), parts=0)
    yield
    for index in derived.INDEXES:
        tx.run(derived.MERGE.format(index), parts=4)
    for _, sql in made:
        tx.run(sql)


def _several(columns: Columns, most: int) -> Iterator[tuple[int, str, str, list[Value]]]:
    """The rows for one statement at a time: how many, their columns, marks, and all their values.

    What is the same in every row is handed over once.
    """
    total = len(next(iter(columns.values()), ()))
    same = {name: c[0] for name, c in columns.items() if total and _all_alike(c, c[0])}
    others = [column for name, column in columns.items() if name not in same]
    names = ", ".join((*same, *(name for name in columns if name not in same)))
    one = ", ".join((*(f"?{at}" for at in range(1, len(same) + 1)), *("?" * len(others))))
    rows = most // max(len(others), 1)
    for start in range(0, total, rows):
        count = min(rows, total - start)
        values: list[Value] = [None] * (count * len(others))
        for at, column in enumerate(others):
            values[at :: len(others)] = column[start : start + count]
        yield count, names, ", ".join([f"({one})"] * count), [*same.values(), *values]


def _whose(tx: Change, table: str, column: str) -> set[int]:
    """The people that rows of this change name in a column, before or after it."""
    place = journal.columns(tx.conn, table).index(column)
    found = tx.tuples(_WHOSE, place=f"$[{place}]", table=table)
    return {number for (number,) in found if number is not None}


def _all_alike(values: Sequence[Value], one: Value) -> bool:
    """Whether a column is this in every row."""
    return all(end == one for end in (*values[:1], *values[-1:])) and (
        values.count(one) == len(values)
    )


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
