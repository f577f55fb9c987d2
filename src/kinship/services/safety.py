"""Taking changes back, and making them again."""

from typing import NamedTuple

from kinship.errors import BadInput, Refused
from kinship.store import SCHEMA_VERSION, journal
from kinship.store.db import Db


class Step(NamedTuple):
    """A change: what it was called, when it was made (UTC), what it touched, whether it holds."""

    id: int
    label: str
    at: str
    undone: int
    batch: int | None
    version: int
    touched: tuple[tuple[str, int], ...] = ()


_STEP = "SELECT id, label, at, undone, batch, version FROM change WHERE kind = 'do' "


def undo(db: Db, count: int = 1, *, batch: bool = False) -> list[Step]:
    """Take back the last changes, the newest first; all of them or none.

    Raises BadInput for more than there are, Refused when something newer, by another program, touched the same rows.
    """
    steps = db.all(Step, _STEP + "AND undone = 0 ORDER BY id DESC LIMIT :count", count=count)
    _enough(steps, count, "taken back", "undo")
    if batch and steps and steps[0].batch is not None:
        steps = db.all(
            Step,
            _STEP + "AND undone = 0 AND batch = :batch ORDER BY id DESC",
            batch=steps[0].batch,
        )
    for step in steps:
        if step.version != SCHEMA_VERSION:
            raise Refused(
                f'"{step.label}" was made by an older kinship, with another shape of the file. '
                "Nothing was taken back.",
                hint="A copy from before the update is in the folder backups beside your file.",
            )
    return _play(db, steps, back=True)


def redo(db: Db, count: int = 1) -> list[Step]:
    """Make again what was taken back last, as long as nothing new was done since."""
    steps = db.all(Step, _STEP + "AND undone = 1 ORDER BY id LIMIT :count", count=count)
    _enough(steps, count, "made again", "redo")
    return _play(db, steps, back=False)


def _enough(steps: list[Step], count: int, done: str, command: str) -> None:
    if 0 < len(steps) < count:
        changes = "only 1 change" if len(steps) == 1 else f"only {len(steps)} changes"
        raise BadInput(
            f"{changes} can be {done}. Nothing was {done}.",
            hint=f"kinship {command} {len(steps)}",
        )


def redo_waits(db: Db) -> bool:
    """Whether `redo` has something to make again."""
    return db.value("SELECT 1 FROM change WHERE kind = 'do' AND undone = 1 LIMIT 1") is not None


def _play(db: Db, steps: list[Step], *, back: bool) -> list[Step]:
    """All steps in one transaction: if one is refused, none is played."""
    if not steps:
        return []
    kind = "undo" if back else "redo"
    label = f"{kind} {steps[0].label}"
    played = []
    with db.change(label, kind=kind, target=steps[0].id) as tx:
        for step in steps:
            now = tx.value("SELECT undone FROM change WHERE id = :id", id=step.id)
            if now != (0 if back else 1):
                raise Refused(
                    "another kinship was faster. Nothing was taken back; look again:",
                    hint="kinship undo --list",
                )
            journal.play(tx.conn, step.id, back=back)
            tx.run("UPDATE change SET undone = :u WHERE id = :id", u=int(back), id=step.id)
            played.append(step._replace(touched=_touched(db, step.id)))
        journal.refuse_more_than(tx.conn, [s.id for s in steps])
    return played


def _touched(db: Db, change_id: int) -> tuple[tuple[str, int], ...]:
    """How many rows of each table a change touched."""
    return tuple(
        db.tuples(
            "SELECT tbl, count(DISTINCT row_id) FROM image WHERE change_id = :id"
            " GROUP BY tbl ORDER BY min(id)",
            id=change_id,
        )
    )


def history(db: Db, limit: int = 20) -> list[Step]:
    """The last changes, newest first."""
    return db.all(Step, _STEP + "ORDER BY id DESC LIMIT :limit", limit=limit)
