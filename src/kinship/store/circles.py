"""Circles: named cadences, and how many people are in each."""

from collections.abc import Iterable

from kinship.model.entry import Circle
from kinship.store.db import Change, Db, as_list


def every_circle(db: Db) -> list[Circle]:
    return db.all(
        Circle,
        "SELECT c.id, c.name, c.name_key, c.every, (SELECT count(*) FROM person p"
        " WHERE p.circle_id = c.id AND p.every IS NULL AND p.archived_on IS NULL) AS people"
        " FROM circle c ORDER BY c.id",
    )


def named(db: Db, key: str) -> Circle | None:
    return next((c for c in every_circle(db) if c.name_key == key), None)


def put(tx: Change, name: str, key: str, every: str) -> None:
    tx.run(
        "INSERT INTO circle (name, name_key, every) VALUES (:name, :key, :every)"
        " ON CONFLICT (name_key) DO UPDATE SET every = excluded.every",
        name=name,
        key=key,
        every=every,
    )


def give(
    tx: Change,
    numbers: Iterable[int],
    *,
    every: str | None,
    circle_id: int | None,
    kept_on: str | None,
) -> None:
    """Give these people a cadence of their own, a circle, or neither; what was put off wakes."""
    ids = as_list(numbers)
    tx.run(
        "UPDATE nudge SET until = NULL WHERE kind = 'keep' AND until IS NOT NULL"
        " AND person_id IN (SELECT value FROM json_each(:ids))",
        ids=ids,
    )
    tx.run(
        "UPDATE person SET every = :every, circle_id = :circle, kept_on = :day"
        " WHERE id > 0 AND id IN (SELECT value FROM json_each(:ids))",
        ids=ids,
        every=every,
        circle=circle_id,
        day=kept_on,
    )
