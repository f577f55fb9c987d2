"""``import --list`` and ``--undo``: what was read in, and taking one of them back."""

from kinship.cli import views
from kinship.cli.context import Kin, whole
from kinship.errors import BadInput, NotFound, Refused
from kinship.formats import READERS
from kinship.model import names
from kinship.render.shapes import Column, Notice, Span, Table, line
from kinship.render.width import cut
from kinship.services import safety
from kinship.store import imports
from kinship.store.imports import Import

_NAMED = 2
_WIDTH = 30
FIELDS = (*("id", "day", "name", "format", "records", "added", "changed", "skipped", "undo"),)


def show(kin: Kin) -> None:
    """The imports that are in effect, the last one first."""
    rows = imports.every_import(kin.db, kin.view.limit)
    columns: list[Column[Import]] = [
        Column("name", "FILE", lambda i: Span(_called(i.name), "name")),
        Column("id", "IMPORT", lambda i: str(i.id), rank=1, align_right=True),
        Column("day", "DAY", lambda i: views.when_shown(i.day, kin.today), rank=2, least=6),
        Column("format", "FORMAT", lambda i: _label(i.format), rank=5, least=10),
        Column("added", "ADDED", lambda i: f"{i.added:,}", rank=3, align_right=True),
        Column("changed", "CHANGED", lambda i: f"{i.changed:,}", rank=4, align_right=True),
        Column("undo", "BACK", lambda i: Span(back(i), "command"), rank=2, least=16),
    ]
    kin.show(
        Table(
            rows,
            columns,
            _record,
            counted=f"Who came with it: {kin.cmd(f'list import:{rows[0].id}')}" if rows else "",
            empty=(
                line("Nothing was imported yet."),
                line("  ", Span(kin.cmd("import Connections.csv"), "command")),
            ),
            fields=FIELDS,
            paged=True,
        )
    )


def back(one: Import) -> str:
    """The command that takes it back, without the name of the program; nothing if there is none."""
    if one.change_id is None:
        return ""
    return "undo" if one.newest else f"import --undo {one.id}"


def _called(name: str) -> str:
    """``Connections.csv and messages.csv``; of more files the first."""
    files = [cut(file.rpartition("/")[2], _WIDTH) for file in views.one_line(name).split(", ")]
    named = files if len(files) <= _NAMED else files[:1]
    return views.together(named, len(files) - len(named))


def _label(form: str) -> str:
    known = (part.strip() for part in form.split(","))
    return ", ".join(READERS[f].label if f in READERS else f for f in known)


def _record(one: Import) -> dict[str, object]:
    values = one._asdict()
    return {**{field: values.get(field) for field in FIELDS}, "undo": back(one) or None}


def take_back(kin: Kin, text: str) -> None:
    """Take one import back, whatever was done after it, as long as nothing hangs on it."""
    number = whole(text)
    if not number:
        raise BadInput(
            f"{names.quoted(text)} is not the number of an import. Nothing was taken back.",
            hint=kin.cmd("import --list"),
        )
    one = imports.by_number(kin.db, number)
    if one is None:
        raise NotFound(
            f"there is no import {number}. Nothing was taken back.", hint=kin.cmd("import --list")
        )
    if one.change_id is None:
        raise Refused(
            f"import {number} cannot be taken back any more. Nothing was taken back.",
            hint=(kin.cmd(f"list import:{number}"), kin.cmd("help undo")),
        )
    safety.undo_one(kin.writable, one.change_id)
    what = f"{views.people(one.added)} added" if one.added else views.counted(one.records, "record")
    said = f"Taken back: import {number}, {_called(one.name)} ({what})."
    shown = line(said)
    if safety.comes_next(kin.db) == one.change_id:
        shown = line(f"{said} Again: ", Span(kin.cmd("redo"), "command"))
    kin.show(Notice((shown,), _record(one)))
