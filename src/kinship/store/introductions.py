"""Introductions you made or are making, each between two people."""

from kinship.model.introduction import Introduction
from kinship.store.db import Change, Db, Value

_COLUMNS = ", ".join(Introduction._fields).replace(
    "on_day", "coalesce(on_day, '9999-12-31') AS on_day"
)
_INTRODUCTION = f"SELECT {_COLUMNS} FROM introduction "
_HERE = (
    "NOT EXISTS (SELECT 1 FROM person WHERE id IN (person_id, other_id)"
    " AND archived_on IS NOT NULL)"
)


def by_number(db: Db, number: int) -> Introduction | None:
    return db.one(Introduction, _INTRODUCTION + "WHERE id = :id", id=number)


def of(db: Db, person_id: int) -> list[Introduction]:
    """Those of one person, the newest first."""
    return db.all(
        Introduction,
        _INTRODUCTION + "WHERE person_id = :id OR other_id = :id ORDER BY id DESC",
        id=person_id,
    )


def between(db: Db, one: int, other: int) -> list[Introduction]:
    """Those between two people, the newest first."""
    return db.all(
        Introduction,
        _INTRODUCTION + "WHERE (person_id, other_id) IN ((:one, :other), (:other, :one))"
        " ORDER BY id DESC",
        one=one,
        other=other,
    )


def all_open(db: Db) -> list[Introduction]:
    """Those that wait, the next first; those with somebody archived are left out."""
    return db.all(
        Introduction,
        f"{_INTRODUCTION} WHERE closed_on IS NULL AND {_HERE} ORDER BY on_day, person_id, id",
    )


def every(db: Db) -> list[Introduction]:
    """Those that wait, and then those that are closed, the newest first."""
    return db.all(
        Introduction,
        f"{_INTRODUCTION} WHERE {_HERE} ORDER BY closed_on IS NOT NULL,"
        " iif(closed_on IS NULL, on_day, ''), closed_on DESC, person_id, id DESC",
    )


def pairs(db: Db, day: str) -> set[tuple[int, int]]:
    """Whom you introduced to whom, lower number first; not what came to nothing before that day."""
    return {
        (min(pair), max(pair))
        for pair in db.tuples(
            "SELECT person_id, other_id FROM introduction WHERE state <> 'not' OR closed_on >= :day",
            day=day,
        )
    }


def add(
    tx: Change,
    person_id: int,
    other_id: int,
    *,
    state: str,
    text: str | None = None,
    asked_on: str | None = None,
    made_on: str | None = None,
) -> int:
    """Write down an introduction that is asked for or made; its number."""
    number = tx.number()
    tx.run(
        "INSERT INTO introduction (id, person_id, other_id, text, asked_on, made_on, state)"
        " VALUES (:id, :person_id, :other_id, :text, :asked_on, :made_on, :state)",
        id=number,
        person_id=person_id,
        other_id=other_id,
        text=text,
        asked_on=asked_on,
        made_on=made_on,
        state=state,
    )
    return number


def made(tx: Change, number: int, day: str, text: str | None = None) -> None:
    """One that was asked for is made now."""
    tx.run(
        "UPDATE introduction SET state = 'made', made_on = :day, moved_to = NULL,"
        " text = coalesce(:text, text) WHERE id = :id",
        id=number,
        day=day,
        text=text,
    )


def update(tx: Change, number: int, **columns: Value) -> None:
    """Say something else about an introduction."""
    changes = ", ".join(f"{column} = :{column}" for column in columns)
    tx.run(f"UPDATE introduction SET {changes} WHERE id = :id", id=number, **columns)


def remove(tx: Change, number: int) -> None:
    tx.run("DELETE FROM introduction WHERE id = :id", id=number)


def close(tx: Change, number: int, state: str, day: str) -> None:
    """It landed, or did not."""
    tx.run(
        "UPDATE introduction SET state = :state, closed_on = :day WHERE id = :id",
        id=number,
        state=state,
        day=day,
    )


def move(tx: Change, number: int, day: str) -> None:
    """Ask again on another day."""
    tx.run("UPDATE introduction SET moved_to = :day WHERE id = :id", id=number, day=day)
