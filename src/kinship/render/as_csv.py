"""Rows for other programs, exact to a file or pipe, harmless on a terminal."""

import csv  # noqa: TID253 - this module is loaded when CSV is asked for
from io import TextIOWrapper
from typing import Any

from kinship.render.records import as_text, fields, look_up
from kinship.render.shapes import Table
from kinship.render.view import View
from kinship.safe import safe


def show(table: Table[Any], view: View) -> None:
    """A header and a line a row, quoted as RFC 4180 has it, lines ending in LF."""
    names = _begin(table, view)
    writer = csv.writer(view.out, lineterminator="\n")
    writer.writerow(names)
    for row in table.rows:
        record = table.record(row)
        values = [as_text(look_up(record, name)) for name in names]
        writer.writerow(map(safe, values) if view.terminal else values)


def show_tabs(table: Table[Any], view: View) -> None:
    """A header and a line a row with tabs between; tabs and breaks in a value become blanks."""
    names = _begin(table, view)
    view.out.write("\t".join(names) + "\n")
    for row in table.rows:
        record = table.record(row)
        view.out.write("\t".join(safe(as_text(look_up(record, name))) for name in names) + "\n")


def _begin(table: Table[Any], view: View) -> tuple[str, ...]:
    """The header; a file of rows is UTF-8 whatever the terminal speaks."""
    if not view.terminal and isinstance(view.out, TextIOWrapper):
        view.out.reconfigure(encoding="utf-8")
    return fields(table)
