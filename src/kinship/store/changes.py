"""The history: every change with its name, what it touched, and whether it is in effect."""

from kinship.store.db import Change, Db
from kinship.value import Value


class Step(Value):
    """A change: what it was called, when it was made (UTC), what it touched, whether it holds.

    It is not whole where some of it hung on what was taken back for good.
    """

    id: int
    label: str
    at: str
    undone: int
    batch: int | None
    version: int
    touched: tuple[tuple[str, int], ...] = ()
    whole: bool = True


_STEP = "SELECT id, label, at, undone, batch, version FROM change WHERE kind = 'do' "


def newest(db: Db, limit: int) -> list[Step]:
    """The last changes, newest first."""
    return db.all(Step, _STEP + "ORDER BY id DESC LIMIT :limit", limit=limit)


def in_effect(db: Db, limit: int) -> list[Step]:
    """The last changes that hold, newest first."""
    return db.all(Step, _STEP + "AND undone = 0 ORDER BY id DESC LIMIT :limit", limit=limit)


def batch(db: Db, number: int, *, undone: int = 0) -> list[Step]:
    """The changes of one run that hold, newest first; those taken back, the oldest first."""
    order = "id" if undone else "id DESC"
    return db.all(
        Step,
        _STEP + f"AND undone = :undone AND batch = :batch ORDER BY {order}",
        batch=number,
        undone=undone,
    )


def taken_back(db: Db, limit: int) -> list[Step]:
    """What can be made again, the oldest first."""
    return db.all(Step, _STEP + "AND undone = 1 ORDER BY id LIMIT :limit", limit=limit)


def one(db: Db, change_id: int) -> Step | None:
    return db.one(Step, _STEP + "AND id = :id", id=change_id)


def undone(db: Db, change_id: int) -> int | None:
    """0 in effect, 1 taken back, 2 taken back for good."""
    found = db.value("SELECT undone FROM change WHERE id = :id", id=change_id)
    return None if found is None else int(found)


def touched(db: Db, change_id: int) -> tuple[tuple[str, int], ...]:
    """How many rows of each table a change touched."""
    return tuple(
        db.tuples(
            "SELECT tbl, count(DISTINCT row_id) FROM image WHERE change_id = :id"
            " GROUP BY tbl ORDER BY min(id)",
            id=change_id,
        )
    )


def mark(tx: Change, change_id: int, undone: int) -> None:
    tx.run("UPDATE change SET undone = :undone WHERE id = :id", undone=undone, id=change_id)


def about(tx: Change, person_id: int) -> None:
    """The change being made is about this person, who was not here when it began."""
    tx.run("UPDATE change SET person_id = :person WHERE id = :id", person=person_id, id=tx.id)


def seal(tx: Change) -> None:
    """What was done so far, this change included, can never be taken back."""
    tx.run("DELETE FROM image")
    tx.run("UPDATE current SET change_id = 0")
    tx.run("UPDATE change SET undone = 2, person_id = NULL")
