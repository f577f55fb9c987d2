"""``export``: take your people out."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, TextIO

from kinship.cli import views
from kinship.cli.context import Kin
from kinship.errors import BadInput, FileTrouble, Refused
from kinship.model import names
from kinship.render import View, show
from kinship.render.shapes import Notice, Sheet, Table, line
from kinship.safe import safe_lines
from kinship.services import exporting
from kinship.store.db import display

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params

_FORMATS = ("csv", "json")
_OURS = (
    b"name,first,last,nick,org",
    b"\xef\xbb\xbfname,first,last,nick,org",
    b'[\n  {\n    "name"',
)


def export(
    ctx: typer.Context,
    words: params.Words = None,
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="FILE", help="Default: standard output, also: -."),
    ] = None,
    excel: Annotated[
        bool, typer.Option("--excel", help="CSV for Excel: byte-order mark, CRLF.")
    ] = False,
    raw: Annotated[
        bool, typer.Option("--raw", help="Exact cells, for programs and not for spreadsheets.")
    ] = False,
    yes: params.Yes = False,
) -> None:
    """Write your people as CSV or JSON.

    Usage: kinship export [QUERY...] [--format csv|json] [-o FILE]

    Examples:
      kinship export -o people.csv
      kinship export --excel -o people.csv
      kinship export in:pyladies --format json
      kinship export tag:newsletter has:email --format '{name} <{email}>'

    In CSV a cell that would start a formula gets one ' before it.
    A file that kinship did not write is replaced only with -y.
    """
    kin = Kin.of(ctx)
    wanted = kin.view.format or ("json" if (output or "").lower().endswith(".json") else "csv")
    template = "{" in wanted
    if wanted not in _FORMATS and not template:
        raise BadInput(
            f"export writes csv or json, not {names.quoted(wanted)}. Nothing was written.",
            hint=kin.cmd("help export"),
        )
    people = exporting.chosen(kin.db, words or [], kin.today)[: kin.view.limit]
    changed = 0

    def write(out: TextIO) -> None:
        nonlocal changed
        records = exporting.in_batches(kin.db, people, kin.today)
        if wanted == "csv":
            from kinship.formats import spreadsheet  # noqa: PLC0415  (csv only when asked for)

            changed = spreadsheet.write(out, exporting.COLUMNS, records, raw=raw, excel=excel)
            return
        view = View(out=out, err=sys.stderr, format=wanted)
        if template:
            show(Table(list(records), [], lambda r: r), view)
        else:
            show(Sheet(lambda room: [], list(records)), view)

    if output is None or output == "-":
        _to_stream(write, terminal=kin.view.terminal)
        return
    path = os.path.abspath(os.path.expanduser(output))
    _to_file(path, write, kin, yes=yes)
    said = f"Wrote {views.people(len(people))} to {display(path)}."
    if changed:
        cells = f"{views.counted(changed, 'cell')} that would start a formula"
        said += f" {cells} {'was' if changed == 1 else 'were'} made plain text."
    kin.view.err.write(said + "\n") if kin.view.format else kin.show(Notice((line(said),)))


def _to_stream(write: Callable[[TextIO], None], *, terminal: bool) -> None:
    """Standard output carries the file as it is: UTF-8, and no line end changed.

    On a terminal it is stored text like any other.
    """
    if terminal:
        file = io.StringIO()
        write(file)
        sys.stdout.write("\n".join(safe_lines(file.getvalue())))
        return
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    write(sys.stdout)


def _to_file(path: str, write: Callable[[TextIO], None], kin: Kin, *, yes: bool) -> None:
    """Beside it first, then in its place: the old file or the new one, never half."""
    _may_write(path, kin, yes=yes)
    folder = os.path.dirname(path)
    temporary = os.path.join(folder, f".kinship-export-{os.getpid()}")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        os.fchmod(handle, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
            write(out)
            out.flush()
            os.fsync(out.fileno())
        os.replace(temporary, path)
    except OSError as error:
        raise FileTrouble(
            f"{display(path)} could not be written: {error.strerror}. Nothing was exported."
        ) from error
    finally:
        if os.path.lexists(temporary):
            os.unlink(temporary)


def _may_write(path: str, kin: Kin, *, yes: bool) -> None:
    elsewhere = kin.cmd("export -o people.csv")
    if os.path.isdir(path):
        raise BadInput(f"{display(path)} is a folder. Nothing was exported.", hint=elsewhere)
    if os.path.exists(path) and os.path.exists(kin.path) and os.path.samefile(path, kin.path):
        raise Refused(
            f"{display(path)} is your kinship file itself. Nothing was exported.", hint=elsewhere
        )
    if os.path.islink(path):
        raise Refused(f"{display(path)} is a link. Nothing was exported.", hint=elsewhere)
    if os.path.exists(path) and not os.path.isfile(path):
        raise Refused(
            f"{display(path)} is not a regular file. Nothing was exported.",
            hint=f"{kin.cmd('export')} > {display(path)}",
        )
    if os.path.exists(path) and not yes and not _is_ours(path):
        raise Refused(
            f"{display(path)} is there already, and kinship did not write it. "
            "Nothing was exported.",
            hint="-y replaces it.",
        )


def _is_ours(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            head = file.read(64)
    except OSError:
        return False
    return head.startswith(_OURS)
