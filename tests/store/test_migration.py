"""An older file is brought up to date, a checked copy first."""

import sqlite3
from pathlib import Path

import pytest

from kinship.store import db, schema


def test_a_copy_is_made_before_the_file_is_brought_up_to_date(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db.create(str(path))
    for module in (db, schema):
        monkeypatch.setattr(module, "SCHEMA_VERSION", 2)
    db.open_file(str(path)).close()
    (copy,) = (path.parent / "backups").iterdir()
    assert copy.name.endswith("-schema-1.db")
    assert copy.stat().st_mode & 0o777 == 0o600
    for file, version in ((copy, 1), (path, 2)):
        with sqlite3.connect(file) as conn:
            assert conn.execute("PRAGMA user_version").fetchone() == (version,)
            assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_migration_that_fails_leaves_the_file_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db.create(str(path))
    before = path.read_bytes()

    def fail(conn: sqlite3.Connection) -> None:
        conn.execute("CREATE TABLE half (x)")
        raise RuntimeError

    monkeypatch.setattr(schema, "upgrade", fail)
    monkeypatch.setattr(db, "SCHEMA_VERSION", 2)
    with pytest.raises(RuntimeError):
        db.open_file(str(path))
    assert path.read_bytes() == before


def test_the_schema_is_the_released_one(path: Path) -> None:
    """Released schemas are never edited: this dump changes only together with a migration."""
    db.create(str(path))
    with sqlite3.connect(path) as conn:
        rows = conn.execute(
            "SELECT sql FROM sqlite_schema WHERE type IN ('table', 'index') AND sql IS NOT NULL"
            " AND name NOT LIKE '%\\_search\\_%' ESCAPE '\\' ORDER BY name"
        ).fetchall()
    dump = "".join(f"{sql};\n" for (sql,) in rows)
    released = Path(__file__).parent.parent / "schemas" / "001.sql"
    assert dump == released.read_text()
