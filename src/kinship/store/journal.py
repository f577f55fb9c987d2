"""Undo for every table, by trigger (the technique of SQLite's own undo/redo page).

While a change is current, generated triggers write each row before and after as JSON. `undo` puts
the rows before back, newest first, and `redo` the rows after; both refuse when a row is no longer
what the journal says, so that nothing newer is overwritten.
"""

import sqlite3
from collections.abc import Iterator

from kinship.errors import Refused

# undone: 0 in effect, 1 taken back and can come again, 2 for good (something newer was done).
TABLES = """
CREATE TABLE change (id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL DEFAULT 'do' CHECK (kind IN ('do', 'undo', 'redo')),
  label TEXT NOT NULL,
  at TEXT NOT NULL,
  batch INTEGER,
  person_id INTEGER,
  target INTEGER REFERENCES change,
  undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1, 2)),
  version INTEGER NOT NULL
) STRICT;
CREATE INDEX change_kept ON change (undone, id) WHERE kind = 'do';

CREATE TABLE image (id INTEGER PRIMARY KEY,
  change_id INTEGER NOT NULL,
  tbl TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  before TEXT,
  after TEXT
) STRICT;
CREATE INDEX image_change ON image (change_id);
CREATE INDEX image_row ON image (tbl, row_id);

-- The change being made; 0 between commands, so that edits by other programs are kept too.
CREATE TABLE current (change_id INTEGER NOT NULL) STRICT;
INSERT INTO current VALUES (0);
"""

JOURNALED = (
    "circle",
    "person",
    "channel",
    "topic",
    "tag",
    "community",
    "membership",
    "event",
    "attendance",
    "stay",
    "shared_cadence",
    "setting",
    "conversation",
    "note",
    "follow_up",
    "nudge",
    "anniversary",
    "import",
    "tie",
    "source",
    "extra",
    "column_map",
    "not_same",
    "introduction",
    "favour",
    "rally",
    "helper",
    "pledge",
)


def columns(conn: sqlite3.Connection, table: str) -> list[str]:
    """The stored columns of a table; generated ones are left out."""
    return [row[1] for row in conn.execute(f"PRAGMA table_info({table})")]


def image(row: str, names: list[str]) -> str:
    """A row as JSON, its values in the order of the columns."""
    return f"json_array({', '.join(row + name for name in names)})"


def triggers(conn: sqlite3.Connection) -> Iterator[str]:
    """The journal's triggers for every table, written from its columns."""
    for table in JOURNALED:
        names = columns(conn, table)
        new, old = image("NEW.", names), image("OLD.", names)
        for event, key, before, after in (
            ("INSERT", "NEW.id", "NULL", new),
            ("UPDATE", "NEW.id", old, new),
            ("DELETE", "OLD.id", old, "NULL"),
        ):
            yield (
                f"CREATE TRIGGER journal_{table}_{event.lower()} AFTER {event} ON {table} BEGIN"
                " INSERT INTO image SELECT NULL, change_id,"
                f" '{table}', {key}, {before}, {after} FROM current; END;"
            )


def play(conn: sqlite3.Connection, change_id: int, *, back: bool) -> None:
    """Take a change back, or make it again. Raises Refused when a row has changed since.

    Rows of one table to which the same was done one after the other are played together.
    """
    conn.execute("PRAGMA defer_foreign_keys = ON")
    for table, first, last in _runs(conn, change_id, back=back):
        _Run(conn, table, back=back).play({"change": change_id, "first": first, "last": last})


def _runs(conn: sqlite3.Connection, change_id: int, *, back: bool) -> list[tuple[str, int, int]]:
    """Tables, and the first and last images of what was done to them at a time, in order."""
    runs: list[tuple[str, int, int]] = []
    alike, rows = None, set[int]()
    for number, row_id, *done in conn.execute(
        "SELECT id, row_id, tbl, before IS NULL, after IS NULL FROM image WHERE change_id = ?"
        " ORDER BY id",
        (change_id,),
    ):
        if done != alike or row_id in rows:
            alike, rows = done, set()
            runs.append((done[0], number, number))
        runs[-1] = (*runs[-1][:2], number)
        rows.add(row_id)
    return runs[::-1] if back else runs


class _Run:
    """Puts rows of one table as they were before, or after; each was made, changed or removed."""

    def __init__(self, conn: sqlite3.Connection, table: str, *, back: bool) -> None:
        self._conn = conn
        self._table = table
        self._back = back
        self._names = columns(conn, table)
        self._expected, self._wanted = ("after", "before") if back else ("before", "after")
        self._order = f"ORDER BY i.id {'DESC' if back else ''}"

    def play(self, run: dict[str, int | str]) -> None:
        these = "i.id BETWEEN :first AND :last AND +i.change_id = :change"
        if done := self._done_already(these, run):
            these += " AND i.row_id NOT IN (SELECT value FROM json_each(:done))"
            run["done"] = f"[{','.join(map(str, done))}]"
        empty = self._conn.execute(
            f"SELECT {self._expected} IS NULL, {self._wanted} IS NULL FROM image WHERE id = :first",
            run,
        )
        is_new, is_gone = empty.fetchone()
        table, names = self._table, ", ".join(self._names)
        if is_gone:
            self._conn.execute(
                f"DELETE FROM {table} WHERE id IN (SELECT i.row_id FROM image i WHERE {these})", run
            )
        elif is_new:
            self._conn.execute(
                f"INSERT INTO {table} ({names}) SELECT {self._values(f'i.{self._wanted}')}"
                f" FROM image i WHERE {these} {self._order}",
                run,
            )
        else:  # one by one: what only one row may have goes from row to row in this order
            self._conn.executemany(
                f"UPDATE {table} SET ({names}) = ({self._values('?1')}) WHERE id = ?2",
                self._conn.execute(
                    f"SELECT {self._wanted}, row_id FROM image i WHERE {these} {self._order}", run
                ),
            )

    def _done_already(self, these: str, run: dict[str, int | str]) -> list[int]:
        """Rows that are as they should be, by a cascade; the others must be as they were left."""
        now = f"iif(t.id IS NULL, NULL, {image('t.', self._names)})"
        done = []
        for row_id, is_done in self._conn.execute(
            f"SELECT i.row_id, {now} IS i.{self._wanted} FROM image i"
            f" LEFT JOIN {self._table} t ON t.id = i.row_id"
            f" WHERE {these} AND {now} IS NOT i.{self._expected} {self._order}",
            run,
        ):
            if not is_done:
                raise Refused(
                    f"something newer changed {self._whose(row_id)}. {nothing(back=self._back)}",
                    hint="kinship undo --list",
                )
            done.append(row_id)
        return done

    def _whose(self, row_id: int) -> str:
        """What a row is called: ``Ada Lovelace``, ``a channel (#3) of Ada Lovelace``."""
        called = self._table.replace("_", "-")
        what = f"the same {called} (#{row_id})"
        if self._table != "person" and "person_id" not in self._names:
            return what
        column = "id" if self._table == "person" else "person_id"
        found = self._conn.execute(
            f"SELECT name FROM person WHERE id = (SELECT {column} FROM {self._table} WHERE id = ?)",
            (row_id,),
        ).fetchone()
        if found is None:
            return what
        if self._table == "person":
            return str(found[0])
        return f"{'an' if called[0] in 'aeiou' else 'a'} {called} (#{row_id}) of {found[0]}"

    def _values(self, image: str) -> str:
        places = range(len(self._names))
        return ", ".join(f"json_extract({image}, '$[{place}]')" for place in places)


def let_go(conn: sqlite3.Connection, change_ids: list[int]) -> set[int]:
    """Take out of all images what these changes hang on and no change can bring back.

    As if it had been removed: a row that hung on it is none, or names it no longer. Which changes
    are no longer whole.
    """
    played = ",".join(map(str, change_ids))
    gone: dict[str, list[int]] = {}
    for table, parent, named, _ in _named(conn):
        found = conn.execute(
            f"SELECT {named} FROM image WHERE tbl = '{table}' AND change_id IN ({played})"
            f" AND {named} IS NOT NULL AND {named} NOT IN (SELECT id FROM {parent})"
            f" AND {named} NOT IN (SELECT row_id FROM image JOIN change c ON c.id = change_id"
            f" WHERE c.kind = 'do' AND c.undone < 2 AND tbl = '{parent}')"
        )
        gone.setdefault(parent, []).extend(number for (number,) in found)
    parted = set[int]()
    for table, parent, named, without in _named(conn):
        numbers = ",".join(map(str, gone[parent]))
        parted.update(
            number
            for (number,) in conn.execute(
                f"UPDATE image SET {without} WHERE tbl = '{table}' AND {named} IN ({numbers})"
                " RETURNING change_id"
            ).fetchall()
        )
    conn.execute("DELETE FROM image WHERE before IS NULL AND after IS NULL")
    return parted


def _named(conn: sqlite3.Connection) -> Iterator[tuple[str, str, str, str]]:
    """Tables, others they refer to, where an image names a row of these, and what forgets it."""
    for table in JOURNALED:
        names = columns(conn, table)
        for parent, column, on_delete in conn.execute(
            'SELECT "table", "from", on_delete FROM pragma_foreign_key_list(?)', (table,)
        ).fetchall():
            for side in ("before", "after"):
                place = f"{side}, '$[{names.index(column)}]'"
                left = "NULL" if on_delete == "CASCADE" else f"json_set({place}, NULL)"
                yield table, parent, f"json_extract({place})", f"{side} = {left}"


def nothing(*, back: bool) -> str:
    """How a refusal ends."""
    return f"Nothing was {'taken back' if back else 'made again'}."


def refuse_more_than(conn: sqlite3.Connection, change_ids: list[int]) -> None:
    """A cascade must not take rows along that the changes being played never touched."""
    played = ",".join(map(str, change_ids))
    more = conn.execute(
        "SELECT tbl, row_id FROM image WHERE change_id = (SELECT change_id FROM current)"
        f" EXCEPT SELECT tbl, row_id FROM image WHERE change_id IN ({played})"
    ).fetchone()
    if more:
        raise Refused(
            f"a newer {more[0].replace('_', '-')} (#{more[1]}) hangs on it. Nothing was changed.",
            hint="kinship undo --list",
        )
