"""Opening the file, reading it (`Db`), and changing it (`Change`): one named, undoable step.

The settings and their reasons: docs/decisions/0004-rollback-journal.md.
"""

import os
import sqlite3
import stat
import time
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any, NoReturn, TypeVar

from kinship.errors import FileTrouble, Hanging, Refused
from kinship.safe import quoted
from kinship.store import APPLICATION_ID, SCHEMA_VERSION

_MAGIC = b"SQLite format 3\0"
_PRAGMAS = (
    "synchronous = EXTRA",
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "secure_delete = ON",
    "mmap_size = 0",
    "temp_store = MEMORY",
)
READ_WAIT = 5.0
WRITE_WAIT = 30.0
_PATIENCE = 2.0
_ASK_EVERY_MS = 15

Row = TypeVar("Row")
Value = str | int | None


class Db:
    """One open file, for questions. Writing takes a `Change`, and only `change` makes one."""

    def __init__(
        self, conn: sqlite3.Connection, path: str, on_wait: Callable[[], None] | None = None
    ) -> None:
        self._conn = conn
        self.changed = False
        """Whether a change was made through it."""
        self.last = 0
        """The change made last through it."""
        self._batch: int | None = None
        self.path = path
        self._on_wait = on_wait

    def all(self, kind: Callable[..., Row], sql: str, /, **values: Value) -> list[Row]:
        """Every row as ``kind``; column names are field names."""
        cursor = self._execute(sql, values)
        names = [column[0] for column in cursor.description]
        with _explained(self.path):
            return [kind(**dict(zip(names, row, strict=True))) for row in cursor]

    def tuples(self, sql: str, /, **values: Value) -> list[tuple[Any, ...]]:
        with _explained(self.path):
            return self._execute(sql, values).fetchall()

    def each(self, sql: str, /, **values: Value) -> Iterable[tuple[Any, ...]]:
        """Rows one at a time, for answers too long to hold."""
        cursor = self._execute(sql, values)
        with _explained(self.path):
            yield from cursor

    def one(self, kind: Callable[..., Row], sql: str, /, **values: Value) -> Row | None:
        """The first row as ``kind``, or None."""
        found = self.all(kind, sql, **values)
        return found[0] if found else None

    def value(self, sql: str, /, **values: Value) -> Any:
        """The first column of the first row, or None."""
        with _explained(self.path):
            row = self._execute(sql, values).fetchone()
        return row[0] if row else None

    def teach(self, name: str, function: Callable[[str], str]) -> None:
        """Let questions use a function of a text."""
        self._conn.create_function(name, 1, function, deterministic=True)

    def _execute(self, sql: str, values: dict[str, Value]) -> sqlite3.Cursor:
        with _explained(self.path):
            return self._conn.execute(sql, values)

    @contextmanager
    def still(self) -> Generator[None]:
        """What is asked inside sees one state of the file, however long it takes."""
        if self._conn.in_transaction:
            yield
            return
        self._execute("BEGIN", {})
        try:
            yield
        finally:
            self._execute("COMMIT", {})

    def begin_batch(self) -> None:
        """From now on all changes belong together: ``undo --batch`` takes back all of them."""
        self._batch = 0

    @contextmanager
    def change(
        self,
        label: str,
        *,
        about: Sequence[int] = (),
        batch: int | None = None,
        kind: str = "do",
        target: int | None = None,
    ) -> Generator["Change"]:
        """One undoable step: all of it happens, or none of it does.

        ``about`` are the people it is about, the one ``.`` will mean first. Raises FileTrouble when
        the file is busy, full or not writable, and Refused when one of them was removed in
        between; nothing is written then.
        """
        batch = self._batch if batch is None and kind == "do" else batch
        with _explained(self.path, waited=WRITE_WAIT):
            self._conn.execute("PRAGMA query_only = OFF")
            # SQLite before 3.44 lets triggers write to a search index in a trusted schema only.
            self._conn.execute("PRAGMA trusted_schema = ON")
            try:
                self._begin()
                try:
                    change_id = self._name(label, about, batch, kind, target)
                    yield Change(self._conn, self.path, change_id)
                    self._conn.execute("UPDATE current SET change_id = 0")
                except BaseException:
                    with suppress(sqlite3.Error):
                        self._conn.execute("ROLLBACK")
                    raise
                try:
                    self._commit(change_id)
                except sqlite3.IntegrityError as error:
                    if kind == "do":
                        raise
                    raise _hangs(kind, label.removeprefix(f"{kind} ")) from error
                self.changed = True
                if kind == "do":
                    self.last = change_id
                    self._batch = change_id if self._batch == 0 else self._batch
            finally:
                with suppress(sqlite3.Error):
                    self._conn.execute("PRAGMA trusted_schema = OFF")
                    self._conn.execute("PRAGMA query_only = ON")

    def _begin(self) -> None:
        """Take the write lock; whoever has to wait is told so after two seconds.

        SQLite asks for a lock ever more rarely the longer it waits, so a steady writer can keep
        another out for minutes. Asking anew every few milliseconds gives each its turn.
        """
        started, tell = time.monotonic(), self._on_wait
        self._conn.execute(f"PRAGMA busy_timeout = {_ASK_EVERY_MS}")
        while True:
            try:
                self._conn.execute("BEGIN IMMEDIATE")
                break
            except sqlite3.OperationalError as error:
                waited = time.monotonic() - started
                if _code(error) != sqlite3.SQLITE_BUSY or waited > WRITE_WAIT:
                    raise
                if tell and waited > _PATIENCE:
                    tell()
                    tell = None
        self._conn.execute(f"PRAGMA busy_timeout = {int(WRITE_WAIT * 1000)}")
        version = self._conn.execute("PRAGMA user_version").fetchone()[0]
        if version != SCHEMA_VERSION:
            self._conn.execute("ROLLBACK")
            raise _newer(self.path, version)

    def _name(
        self, label: str, about: Sequence[int], batch: int | None, kind: str, target: int | None
    ) -> int:
        for person_id in about:
            here = self._conn.execute("SELECT 1 FROM person WHERE id = ?", (person_id,))
            if not here.fetchone():
                raise removed_meanwhile()
        if kind == "do":
            self._conn.execute("UPDATE change SET undone = 2 WHERE kind = 'do' AND undone = 1")
        cursor = self._conn.execute(
            "INSERT INTO change (kind, label, at, batch, person_id, target, version)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (kind, label, _now(), batch, about[0] if about else None, target, SCHEMA_VERSION),
        )
        change_id = cursor.lastrowid
        assert change_id is not None
        if batch == 0:  # a run is called after its first change
            self._conn.execute("UPDATE change SET batch = id WHERE id = ?", (change_id,))
        self._conn.execute("UPDATE current SET change_id = ?", (change_id,))
        return change_id

    def _commit(self, change_id: int) -> None:
        """After an error in COMMIT the outcome is unknown: look, and say which it was."""
        try:
            self._conn.execute("COMMIT")
        except sqlite3.Error:
            with suppress(sqlite3.Error):
                self._conn.execute("ROLLBACK")
            with suppress(sqlite3.Error):
                sql = "SELECT 1 FROM change WHERE id = ?"
                if self._conn.execute(sql, (change_id,)).fetchone():
                    return
            raise

    def again(self) -> "Db":
        """The same file opened once more: a thread needs a connection of its own."""
        return open_file(self.path)

    def close(self) -> None:
        self._conn.close()


def as_list(values: Iterable[int] | Iterable[str]) -> str:
    """A list for ``json_each``, without importing json; whatever is in the texts."""
    several: list[Any] = list(values)
    if not several or isinstance(several[0], int):
        return f"[{','.join(map(str, several))}]"
    every = "".join(several)
    if every.isprintable() and '"' not in every and "\\" not in every:
        between = '","'.join(several)
        return f'["{between}"]'
    return f"[{','.join(map(_quoted, several))}]"


_ESCAPES = {number: f"\\u{number:04x}" for number in (*range(0x20), ord('"'), ord("\\"))}


def _quoted(key: str) -> str:
    if not key.isprintable() or '"' in key or "\\" in key:
        key = key.translate(_ESCAPES)
    return f'"{key}"'


class Nothing(Db):
    """What the default place looks like before the first write: no people, and nothing to write to."""

    def change(self, *_: object, **__: object) -> NoReturn:
        raise AssertionError("the first write goes through Kin.writable, which makes the file")


class Change(Db):
    """The change being made: a `Db` that may also write."""

    def __init__(self, conn: sqlite3.Connection, path: str, change_id: int) -> None:
        super().__init__(conn, path)
        self.id = change_id

    @property
    def conn(self) -> sqlite3.Connection:
        """For the journal only."""
        return self._conn

    def run(self, sql: str, /, **values: Value) -> int:
        """Run one statement; the id of the row it added, or the number of rows it changed."""
        cursor = self._execute(sql, values)
        return (cursor.lastrowid or 0) if sql.lstrip()[:6] == "INSERT" else cursor.rowcount

    def run_many(self, sql: str, rows: Sequence[Sequence[Value]]) -> int:
        """Run one statement for many rows; how many it changed in all."""
        with _explained(self.path):
            return self._conn.executemany(sql, rows).rowcount

    def number(self) -> int:
        """The next number for an entry; never given twice."""
        self.run("UPDATE number SET last = last + 1")
        return int(self.value("SELECT last FROM number"))


def threads() -> bool:
    """Whether SQLite was built so that threads may use it, a connection each."""
    return sqlite3.threadsafety > 0


def open_file(
    path: str, *, wait: float = READ_WAIT, on_wait: Callable[[], None] | None = None
) -> Db:
    """Open a kinship file that exists, checked before SQLite touches it.

    ``on_wait`` is called once a write has waited two seconds for its turn. Raises FileTrouble, the
    file untouched, when it is empty, foreign, cut off, newer, or no file.
    """
    path = os.path.abspath(path)
    version, wal = _check(path)
    with _explained(path, waited=wait):
        conn = _connect(path, wait)
        if wal:
            conn.execute("PRAGMA journal_mode = DELETE")
        if version < SCHEMA_VERSION:
            _migrate(conn, path, version)
        conn.execute("PRAGMA query_only = ON")
        return Db(conn, path, on_wait)


def create(path: str) -> None:
    """Make a new, empty file: built whole beside its place, then linked there.

    Whoever comes first wins; the others use that file. Missing folders are made 0700.
    """
    import tempfile  # noqa: PLC0415  (the first run only)

    path = os.path.abspath(path)
    folder = os.path.dirname(path)
    with _explained(path):
        _make_folder(folder)
        _sweep(folder)
        handle, temporary = tempfile.mkstemp(prefix=".kinship-init-", dir=folder)
        os.fchmod(handle, 0o600)
        os.close(handle)
        try:
            _build(temporary)
            _sync(temporary)
            with suppress(FileExistsError):
                os.link(temporary, path)
            _sync(folder)
        finally:
            os.unlink(temporary)


def in_memory(kind: type[Db] = Db) -> Db:
    """A file that exists only now."""
    conn = sqlite3.connect(":memory:", isolation_level=None)
    _upgrade(conn)
    conn.execute("PRAGMA foreign_keys = ON")
    return kind(conn, ":memory:")


def _build(path: str) -> None:
    conn = sqlite3.connect(path, isolation_level=None)
    try:
        conn.execute("PRAGMA synchronous = EXTRA")
        conn.execute("BEGIN IMMEDIATE")
        _upgrade(conn)
        conn.execute("COMMIT")
    finally:
        conn.close()


def _upgrade(conn: sqlite3.Connection) -> None:
    # sqlite-utils costs more than the rest of the program.
    from kinship.store import schema  # noqa: PLC0415  (only where the shape is made or changed)

    schema.upgrade(conn)


def _migrate(conn: sqlite3.Connection, path: str, version: int) -> None:
    """Bring an older file up to date, a checked copy first."""
    from kinship.store import backup  # noqa: PLC0415  (only when there is something to migrate)

    conn.execute("PRAGMA foreign_keys = OFF")
    conn.execute(f"PRAGMA busy_timeout = {int(WRITE_WAIT * 1000)}")
    conn.execute("BEGIN IMMEDIATE")
    try:
        present = conn.execute("PRAGMA user_version").fetchone()[0]
        if present > SCHEMA_VERSION:
            raise _newer(path, present)
        if present < SCHEMA_VERSION:
            backup.copy(path, f"schema-{version}")
            _upgrade(conn)
        conn.execute("COMMIT")
    except BaseException:
        conn.execute("ROLLBACK")
        raise
    conn.execute("PRAGMA foreign_keys = ON")


def _connect(path: str, wait: float) -> sqlite3.Connection:
    """Read and write; read only where the file or its folder cannot be written."""
    writable = os.access(path, os.W_OK) and os.access(os.path.dirname(path), os.W_OK)
    if writable:
        conn = sqlite3.connect(path, timeout=wait, isolation_level=None)
    else:
        quoted = path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
        conn = sqlite3.connect(
            f"file:{quoted}?mode=ro", uri=True, timeout=wait, isolation_level=None
        )
    for pragma in _PRAGMAS:
        conn.execute(f"PRAGMA {pragma}")
    conn.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
    return conn


def _check(path: str) -> tuple[int, bool]:
    """The schema version at ``path`` and whether it is in WAL mode, before any connection exists.

    Raises FileTrouble for whatever is not a whole kinship file of this version or an older one.
    """
    shown = display(path)
    try:
        state = os.stat(path)
        if not stat.S_ISREG(state.st_mode):
            kind = "a folder" if stat.S_ISDIR(state.st_mode) else "not a regular file"
            raise FileTrouble(
                f"{shown} is {kind}, not a kinship file.", hint="kinship --db FILE due"
            )
        with open(path, "rb") as file:
            head = file.read(100)
    except FileNotFoundError as error:
        raise FileTrouble(
            f"there is no file {shown}. Nothing was read.",
            hint=("Adding the first person makes it:", f"kinship --db {shown} add NAME"),
        ) from error
    except OSError as error:
        reason = "you may not read it" if isinstance(error, PermissionError) else error.strerror
        raise FileTrouble(f"{shown} cannot be opened: {reason}.") from error
    if state.st_size == 0:
        raise FileTrouble(
            f"{shown} is empty (0 bytes), so it is not a kinship file; it was left as it is.",
            hint="Move it away to begin anew, or put a copy in its place.",
        )
    if head[:16] != _MAGIC or len(head) < 100:
        raise FileTrouble(
            f"{shown} is not a kinship file; it was left as it is.", hint="kinship --db FILE due"
        )
    if _number(head, 68) != APPLICATION_ID:
        raise FileTrouble(
            f"{shown} belongs to another program; it was left as it is.",
            hint="kinship --db FILE due",
        )
    if (version := _number(head, 60)) > SCHEMA_VERSION:
        raise _newer(path, version)
    expected = _number(head, 28) * (_number(head, 16, 2) if _number(head, 16, 2) > 1 else 65536)
    if (
        head[24:28] == head[92:96]
        and state.st_size < expected
        and not os.path.exists(path + "-journal")
    ):
        raise FileTrouble(
            f"{shown} is cut off: {state.st_size:,} of {expected:,} bytes are there; "
            "it was left as it is.",
            hint="Put a whole copy in its place.",
        )
    return version, head[18] == 2


def is_ours(path: str) -> bool:
    """Whether this is a file that kinship keeps people in."""
    try:
        if not os.path.isfile(path):
            return False
        with open(path, "rb") as file:
            head = file.read(100)
    except (OSError, ValueError):
        return False
    return head[:16] == _MAGIC and len(head) == 100 and _number(head, 68) == APPLICATION_ID


def _number(head: bytes, start: int, length: int = 4) -> int:
    return int.from_bytes(head[start : start + length], "big")


def _newer(path: str, version: int) -> FileTrouble:
    return FileTrouble(
        f"{display(path)} was written by a newer kinship (schema {version}; this one knows "
        f"{SCHEMA_VERSION}). Nothing was written.",
        hint="Update kinship, then try again.",
    )


def display(path: str) -> str:
    """The path as people write it, with ~ for the home folder."""
    home = os.path.expanduser("~")
    if home not in ("", "/") and path.startswith(home + "/"):
        return "~" + path[len(home) :]
    return path


def _make_folder(folder: str) -> None:
    if os.path.isdir(folder):
        return
    parent = os.path.dirname(folder)
    if parent != folder:
        _make_folder(parent)
    with suppress(FileExistsError):
        os.mkdir(folder, 0o700)
        os.chmod(folder, 0o700)


def _sweep(folder: str) -> None:
    """Remove what a first run that was killed more than an hour ago left behind."""
    now = datetime.now(UTC).timestamp()
    for entry in os.scandir(folder):
        if entry.name.startswith(".kinship-init-") and now - entry.stat().st_mtime > 3600:
            with suppress(OSError):
                os.unlink(entry.path)


def _sync(path: str) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _code(error: sqlite3.Error) -> int:
    """The primary result code: the low byte of the extended one."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


@contextmanager
def _explained(path: str, *, waited: float = READ_WAIT) -> Generator[None]:
    """SQLite's errors as FileTrouble, in the user's words."""
    try:
        yield
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
            raise removed_meanwhile() from error
        raise explain(error, path, waited=waited) from error
    except OSError as error:
        raise FileTrouble(
            f"{display(path)} cannot be written: {error.strerror}. Nothing was changed."
        ) from error


def removed_meanwhile() -> Refused:
    """Somebody was there when the command line was read, and is not any more."""
    return Refused(
        "this person was removed just now by another program. Nothing was written.",
        hint="kinship undo --list",
    )


def _hangs(kind: str, label: str) -> Hanging:
    """What it hangs on was taken back before it: an import can be, on its own."""
    done, way_back = ("taken back", "redo") if kind == "undo" else ("made again", "undo")
    return Hanging(
        f"{quoted(label)} belongs to something that is not here any more. Nothing was {done}.",
        hint=(f"kinship {way_back}", "kinship undo --list"),
    )


def explain(error: sqlite3.Error, path: str, *, waited: float) -> FileTrouble:
    """What happened to the file, what that means, and what to do."""
    shown = display(path)
    match _code(error):
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return FileTrouble(
                f"another program is writing to {shown}. Nothing was changed.",
                hint=f"I waited {waited:g} seconds. Close it (Datasette? a sync client?) and try again.",
            )
        case sqlite3.SQLITE_FULL:
            return FileTrouble(
                f"the disk with {shown} is full. Nothing was changed.",
                hint="Make room, then try again.",
            )
        case sqlite3.SQLITE_READONLY if not os.path.exists(path):
            return FileTrouble(
                f"{shown} was moved or removed just now. Nothing was changed.",
                hint="Put it back, then try again.",
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return _not_writable(path)
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            return FileTrouble(
                f"{shown} is damaged. Nothing was changed.",
                hint="Put a good copy in its place; keep the damaged one.",
            )
        case sqlite3.SQLITE_IOERR:
            return FileTrouble(
                f"{shown} could not be read or written: the disk reports an error. "
                "Nothing was changed.",
                hint="Copy the file to another disk, then try again.",
            )
    raise error


def _not_writable(path: str) -> FileTrouble:
    folder = os.path.dirname(path)
    if os.path.exists(path + "-journal"):
        return FileTrouble(
            f"an interrupted write to {display(path)} cannot be finished here: "
            f"{display(folder)} is read-only.",
            hint="Make the folder writable, then try again.",
        )
    what = path if not os.access(path, os.W_OK) else folder
    return FileTrouble(
        f"{display(what)} is read-only. Nothing was changed.",
        hint="Make it writable (chmod u+w), or use another file: kinship --db FILE due",
    )
