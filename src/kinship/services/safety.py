"""Taking changes back, and making them again."""

from kinship.errors import BadInput, Hanging, Refused
from kinship.store import SCHEMA_VERSION, bulk, changes, journal
from kinship.store.changes import Step
from kinship.store.db import Db


def undo(db: Db, count: int = 1, *, batch: bool = False) -> list[Step]:
    """Take back the last changes, the newest first; all of them or none.

    What belonged to something that was taken back for good stays away. Raises BadInput for more
    than there are, and Refused when something newer, by another program, touched the same rows.
    """
    steps = changes.in_effect(db, count)
    _enough(steps, count, "taken back", "undo")
    if batch and steps and steps[0].batch is not None:
        steps = changes.batch(db, steps[0].batch)
    for step in steps:
        if step.version != SCHEMA_VERSION:
            raise Refused(
                f'"{step.label}" was made by an older kinship, with another shape of the file. '
                "Nothing was taken back.",
                hint="A copy from before the update is in the folder backups beside your file.",
            )
    try:
        return _play(db, steps, back=True)
    except Hanging:
        return _play(db, steps, back=True, parted=True)


def undo_one(db: Db, change_id: int) -> None:
    """Take back one change, whatever was done after it.

    Raises Refused when something newer touched the same rows, or it was taken back already.
    """
    step = changes.one(db, change_id)
    assert step
    _play(db, [step], back=True)


def redo(db: Db, count: int = 1, *, batch: bool = False) -> list[Step]:
    """Make again what was taken back last, as long as nothing new was done since."""
    steps = changes.taken_back(db, count)
    _enough(steps, count, "made again", "redo")
    if batch and steps and steps[0].batch is not None:
        steps = changes.batch(db, steps[0].batch, undone=1)
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
    return bool(changes.taken_back(db, 1))


def comes_next(db: Db) -> int | None:
    """The change that `redo` would make again."""
    waiting = changes.taken_back(db, 1)
    return waiting[0].id if waiting else None


def _play(db: Db, steps: list[Step], *, back: bool, parted: bool = False) -> list[Step]:
    """All steps in one transaction: if one is refused, none is played.

    With ``parted`` without what hangs on something that no change can bring back.
    """
    if not steps:
        return []
    kind = "undo" if back else "redo"
    label = f"{kind} {steps[0].label}"
    played = []
    numbers = [step.id for step in steps]
    with db.change(label, kind=kind, target=steps[0].id) as tx:
        lost = journal.let_go(tx.conn, numbers) if parted else ()
        with bulk.playing(tx, numbers):
            for step in steps:
                if changes.undone(tx, step.id) != (0 if back else 1):
                    raise Refused(
                        f"another kinship was faster. {journal.nothing(back=back)} Look again:",
                        hint="kinship undo --list",
                    )
                journal.play(tx.conn, step.id, back=back)
                changes.mark(tx, step.id, int(back))
                touched = changes.touched(tx, step.id)
                played.append(step._replace(touched=touched, whole=step.id not in lost))
            journal.refuse_more_than(tx.conn, numbers)
    return played
