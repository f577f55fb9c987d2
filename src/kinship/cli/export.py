"""``export``: take your people out."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from kinship.cli import export_formats, export_targets, views
from kinship.cli.context import Kin
from kinship.cli.export_formats import FORMATS, Asked, Format
from kinship.errors import BadInput
from kinship.model import names
from kinship.render.shapes import Notice, line
from kinship.services import exporting
from kinship.store.db import display

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params


def export(
    ctx: typer.Context,
    words: params.Words = None,
    output: Annotated[
        str | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Where to; without it, or -, standard output."
        ),
    ] = None,
    excel: Annotated[
        bool, typer.Option("--excel", help="CSV for Excel: byte-order mark, CRLF.")
    ] = False,
    raw: Annotated[
        bool, typer.Option("--raw", help="Exact cells, for programs and not for spreadsheets.")
    ] = False,
    vcard_version: Annotated[
        str, typer.Option("--vcard-version", metavar="3.0", help="For old phones, Outlook, iCloud.")
    ] = "4.0",
    yes: params.Yes = False,
) -> None:
    """Write your people for other programs.

    Usage: kinship export [QUERY...] [--format FORMAT] [-o FILE|FOLDER/]

    Examples:
      kinship export -o people.csv
      kinship export -o people.jsonl
      kinship export --excel -o people.csv
      kinship export in:pyladies --format json
      kinship export tag:newsletter has:email --format '{name} <{email}>'
      kinship export -o people.vcf --vcard-version 3.0
      kinship export --format vcf -o people/
      kinship export ada --format md

    Formats: csv, json, jsonl, vcf (vCards), md (Markdown), google-csv, or a
    pattern. Without --format the end of the name of the file says which. jsonl is
    everything, and import brings it back; a line changes where something changed.
    vcf and md fill a folder too, with a file a person: theirs is replaced, all
    others stay.

    In CSV a cell that would start a formula gets one ' before it.
    A file that kinship did not write is replaced only with -y.
    """
    kin = Kin.of(ctx)
    path = "" if output in (None, "-") else os.path.abspath(os.path.expanduser(output or ""))
    to_folder = bool(path) and (os.path.isdir(path) or (output or "").endswith("/"))
    wanted = kin.view.format or export_formats.by_ending(path)
    form = export_formats.of(wanted)
    if form is None:
        *some, last = FORMATS
        raise BadInput(
            f"export writes {', '.join(some)} or {last}, not {names.quoted(wanted)}. "
            "Nothing was written.",
            hint=kin.cmd("help export"),
        )
    if vcard_version not in ("3.0", "4.0"):
        raise BadInput(
            f"vCards are 4.0 or 3.0, not {names.quoted(vcard_version)}. Nothing was written.",
            hint=kin.cmd("export -o people.vcf --vcard-version 3.0"),
        )
    every = exporting.numbers(kin.db, words or [], kin.today)
    asked = Asked(
        kin,
        every[: kin.view.limit],
        everybody=not words and kin.view.limit is None,
        excel=excel,
        raw=raw,
        vcard=vcard_version,
        pattern=wanted,
    )
    if not path:
        export_targets.to_stream(partial(form.write, asked), terminal=kin.view.terminal)
    elif to_folder and form.folder:
        said = _folder(form, asked, path)
    elif to_folder:
        raise BadInput(
            f"{display(path)} is a folder. Nothing was exported.",
            hint=(kin.cmd("export -o people.csv"), kin.cmd("export --format vcf -o people/")),
        )
    else:
        said = _file(form, asked, path, yes=yes)
    if path:
        kin.view.err.write(said + "\n") if kin.view.format else kin.show(Notice((line(said),)))


def _file(form: Format, asked: Asked, path: str, *, yes: bool) -> str:
    also: list[str] = []
    export_targets.to_file(
        path, lambda out: also.append(form.write(asked, out)), asked.kin, yes=yes
    )
    return " ".join(
        [f"Wrote {views.people(len(asked.people))} to {display(path)}.", *filter(None, also)]
    )


def _folder(form: Format, asked: Asked, path: str) -> str:
    assert form.folder
    written = export_targets.to_folder(path, form.folder, form.folder.files(asked))
    counts = ((written.new, "new"), (written.changed, "changed"), (written.same, "as before"))
    parts = ", ".join(f"{many} {what}" for many, what in counts if many)
    return f"Wrote {views.people(len(asked.people))} to {display(path)}: {parts or 'nobody'}."
