"""``undo`` and ``redo``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kinship.cli.context import Kin, whole
from kinship.errors import BadInput, Declined
from kinship.render.shapes import Column, Line, Notice, Span, Table, line
from kinship.safe import quoted
from kinship.services import safety
from kinship.store import changes, imports
from kinship.store.changes import Step

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params

_CALLED = {
    "person": ("person", "people"),
    "channel": ("channel", "channels"),
    "conversation": ("conversation", "conversations"),
    "note": ("note", "notes"),
    "follow_up": ("follow-up", "follow-ups"),
    "event": ("event", "events"),
    "attendance": ("person going", "people going"),
    "circle": ("circle", "circles"),
    "topic": ("topic", "topics"),
    "tag": ("tag", "tags"),
    "tie": ("tie", "ties"),
    "community": ("community", "communities"),
    "membership": ("membership", "memberships"),
    "shared_cadence": ("cadence", "cadences"),
    "setting": ("setting", "settings"),
    "nudge": ("nudge", "nudges"),
    "import": ("import", "imports"),
    "source": ("source", "sources"),
    "extra": ("other detail", "other details"),
    "column_map": ("choice of columns", "choices of columns"),
    "introduction": ("introduction", "introductions"),
    "favour": ("favour", "favours"),
    "rally": ("rally", "rallies"),
    "helper": ("helper", "helpers"),
    "pledge": ("pledge", "pledges"),
    "not_same": ("pair that is not the same", "pairs that are not the same"),
}
_LISTED = 20
_MANY = 50


def undo(
    ctx: typer.Context,
    count: params.Count = None,
    batch: Annotated[
        bool, typer.Option("--batch", help="The whole run the last change was part of.")
    ] = False,
    listed: Annotated[bool, typer.Option("--list", help="Show the last 20 changes.")] = False,
) -> None:
    """Take back the last change, or the last N.

    Usage: kinship undo [N] [--batch]
           kinship undo --list

    Examples:
      kinship undo
      kinship undo 3
      kinship undo --batch
      kinship undo --list
    """
    kin = Kin.of(ctx)
    if listed:
        _history(kin)
        return
    _ask_about_many(kin)
    steps = safety.undo(kin.db, _number(count), batch=batch)
    if not steps:
        kin.show(Notice((line("There is nothing to take back."),), []))
        return
    again = "redo --batch" if batch and len(steps) > 1 else "redo"
    kin.show(Notice(tuple(_lines(kin, "Undone", steps, "Again: ", again)), _records(steps)))


def _ask_about_many(kin: Kin) -> None:
    """An import of many people is not taken back by a slip; without a terminal it is."""
    last = next(iter(imports.every_import(kin.db, 1)), None) if kin.can_ask else None
    if last and last.newest and last.added > _MANY:
        question = f"Take back import {last.id}, {quoted(last.name)}, with {last.added:,} people?"
        if not kin.confirm(question, default=True, stopped="nothing was taken back."):
            raise Declined("nothing was taken back.")


def redo(
    ctx: typer.Context,
    count: params.Count = None,
    batch: Annotated[bool, typer.Option("--batch", help="The whole run it was part of.")] = False,
) -> None:
    """Make again what was taken back last.

    Usage: kinship redo [N] [--batch]

    Examples:
      kinship redo
    """
    kin = Kin.of(ctx)
    steps = safety.redo(kin.db, _number(count), batch=batch)
    if not steps:
        kin.show(Notice((line("There is nothing to make again."),), []))
        return
    back = "undo --batch" if batch and len(steps) > 1 else "undo"
    kin.show(Notice(tuple(_lines(kin, "Done again", steps, "Back: ", back)), _records(steps)))


def _number(text: str | None) -> int:
    if text is None:
        return 1
    if not 0 < whole(text) < 100_000:
        raise BadInput(f"{quoted(text)} is not a number of changes.", hint="kinship undo 3")
    return whole(text)


def _lines(kin: Kin, said: str, steps: list[Step], then: str, command: str) -> list[Line]:
    lines = [line(f"{said}: {step.label} ({_about(step)})") for step in steps]
    last = lines[-1]
    lines[-1] = Line((*last.left, Span(f". {then}"), Span(kin.cmd(command), "command")))
    if not all(step.whole for step in steps):
        lines.append(line("What belonged to something that was taken back for good stayed away."))
    return lines


def _about(step: Step) -> str:
    """``1 conversation, 1 follow-up; 2 minutes ago``."""
    parts = [f"{n} {_CALLED[table][n != 1]}" for table, n in step.touched if table in _CALLED]
    return "; ".join(filter(None, [", ".join(parts), _ago(step.at)]))


def _ago(at: str) -> str:
    seconds = (datetime.now(UTC) - datetime.fromisoformat(at)).total_seconds()
    for size, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        number = int(seconds // size)
        if number >= 1:
            return f"{number} {unit}{'' if number == 1 else 's'} ago"
    return "just now"


def _history(kin: Kin) -> None:
    steps = changes.newest(kin.db, _LISTED)
    states = {0: "", 1: "taken back", 2: "taken back for good"}
    columns: list[Column[Step]] = [
        Column("label", "CHANGE", lambda s: Span(s.label, "name" if s.undone == 0 else "dim")),
        Column("at", "WHEN", lambda s: _ago(s.at), rank=1, least=14),
        Column("state", "", lambda s: states[s.undone], rank=2, least=19),
    ]
    kin.show(
        Table(
            steps,
            columns,
            lambda s: {"id": s.id, "label": s.label, "at": s.at, "undone": s.undone > 0},
            empty=(line("Nothing was changed yet."),),
            paged=True,
        )
    )


def _records(steps: list[Step]) -> list[dict[str, object]]:
    return [{"id": s.id, "label": s.label, "at": s.at} for s in steps]
