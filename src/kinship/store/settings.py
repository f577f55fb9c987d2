"""What was chosen with ``config``; the keys and what holds by itself are in kinship.model.setting."""

from kinship.model.setting import DEFAULTS
from kinship.store.db import Change, Db


def chosen(db: Db) -> dict[str, str]:
    """What was chosen, by key."""
    return dict(db.tuples("SELECT key, value FROM setting ORDER BY key"))


def value(db: Db, key: str) -> str:
    """What holds for this key."""
    found = db.value("SELECT value FROM setting WHERE key = :key", key=key)
    return DEFAULTS[key] if found is None else str(found)


def listed(db: Db, key: str) -> tuple[str, ...]:
    """What holds for a key that names several."""
    return tuple(filter(None, value(db, key).split(", ")))


def put(tx: Change, key: str, value: str) -> None:
    tx.run(
        "INSERT INTO setting (key, value) VALUES (:key, :value)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        key=key,
        value=value,
    )


def unset(tx: Change, key: str) -> int:
    """Let the default hold again. How many there were: 0 or 1."""
    return tx.run("DELETE FROM setting WHERE key = :key", key=key)
