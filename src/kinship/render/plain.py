"""What a pipe gets, and the short answers a terminal gets, without rich."""

from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from kinship.render.shapes import Line, Sheet, Span, Style, Table
from kinship.render.view import View
from kinship.render.width import flow, fold, laid

COLOURS: dict[Style, str] = {
    "name": "1",
    "heading": "1",
    "late": "31",
    "today": "33",
    "command": "36",
    "good": "32",
    "dim": "2",
}
"""The graphic rendition of each style; colours are the terminal's own, so its theme decides."""


def show_table(table: Table[Any], view: View) -> None:
    """A line a row with tabs between the cells, nothing cut, no header."""
    from kinship.render.columns import cell  # noqa: PLC0415  (not for an answer)

    for row in table.rows:
        drawn = (cell(column, row, ascii_only=view.ascii).text for column in table.columns)
        view.out.write("\t".join(drawn) + "\n")


def show_sheet(sheet: Sheet, view: View) -> None:
    """The screen a terminal would get, without colour."""
    room = view.room()
    for line in sheet.build(room):
        view.out.writelines(words(row) + "\n" for row in laid(line, room))


def show_lines(lines: Sequence[Line], view: View, out: TextIO) -> None:
    """Lines that are never cut, in colour where the stream takes it; folded on a terminal."""
    room = view.full_room()
    folds = view.terminal and (out is view.out or out.isatty())
    for line in lines:
        rows = fold(line, room) if folds else [flow(line, view.room())]
        out.writelines((_painted(row) if view.colour else words(row)) + "\n" for row in rows)


def reflowed(text: str, view: View) -> str:
    """A page of help: as it is written, or broken between words on a narrow terminal."""
    if not view.terminal:
        return text
    rows = (row for part in text.split("\n") for row in fold(Line((Span(part),)), view.room()))
    return "\n".join(map(words, rows))


def words(spans: Iterable[Span]) -> str:
    """The text of ``spans``."""
    return "".join(span.text for span in spans)


def _painted(spans: Iterable[Span]) -> str:
    return "".join(
        f"\x1b[{COLOURS[span.style]}m{span.text}\x1b[0m" if span.style else span.text
        for span in spans
    )
