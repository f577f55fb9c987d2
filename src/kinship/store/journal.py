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
    "tie",
    "import",
    "source",
    "extra",
    "column_map",
    "not_same",
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
    """Take a change back, or make it again. Raises Refused when a row has changed since."""
    conn.execute("PRAGMA defer_foreign_keys = ON")
    images = conn.execute(
        "SELECT tbl, row_id, before, after FROM image WHERE change_id = ? ORDER BY id"
        + (" DESC" if back else ""),
        (change_id,),
    ).fetchall()
    shapes: dict[str, list[str]] = {}
    for table, row_id, before, after in images:
        if table not in shapes:
            shapes[table] = columns(conn, table)
        expected, wanted = (after, before) if back else (before, after)
        found = conn.execute(
            f"SELECT {image('', shapes[table])} FROM {table} WHERE id = ?", (row_id,)
        ).fetchone()
        present = found[0] if found else None
        if present == wanted:
            continue  # a cascade has done it already
        if present != expected:
            raise Refused(
                f"something newer changed the same {table.replace('_', '-')} (#{row_id}). "
                f"{nothing(back=back)}",
                hint="kinship undo --list",
            )
        _put(conn, table, row_id, wanted, shapes[table], exists=present is not None)


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


def _put(
    conn: sqlite3.Connection,
    table: str,
    row_id: int,
    image: str | None,
    names: list[str],
    *,
    exists: bool,
) -> None:
    if image is None:
        conn.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))
        return
    values = ", ".join(f"json_extract(:image, '$[{place}]')" for place in range(len(names)))
    if exists:
        conn.execute(
            f"UPDATE {table} SET ({', '.join(names)}) = ({values}) WHERE id = :id",
            {"image": image, "id": row_id},
        )
    else:
        conn.execute(f"INSERT INTO {table} ({', '.join(names)}) SELECT {values}", {"image": image})
