"""Screens and tables on a terminal, drawn by rich, which nothing else imports."""

import os
import signal
from io import StringIO
from typing import TYPE_CHECKING, Any

from rich import box
from rich.console import Console
from rich.text import Text

from kinship.render.columns import Grid, cell, spread
from kinship.render.shapes import Line, Sheet, Span, Style, Table
from kinship.render.view import Held, View
from kinship.render.width import fit, laid

STYLES: dict[Style, str] = {
    "": "",
    "name": "bold",
    "heading": "bold",
    "late": "red",
    "today": "yellow",
    "command": "cyan",
    "good": "green",
    "dim": "dim",
}
LEAST_FOR_COLUMNS = 40

if TYPE_CHECKING:
    from rich.table import Table as Drawing


def show_sheet(sheet: Sheet, view: View) -> None:
    """A report, through the pager if it is long and may be paged."""
    page = StringIO()
    console = _console(page, view)
    room = view.room()
    for line in sheet.build(room):
        for row in laid(line, room):
            _say(console, row)
    _put(page, view, paged=sheet.paged)


def show_table(table: Table[Any], view: View) -> None:
    """A list in columns; on a screen too narrow for columns, a few lines an item."""
    page = StringIO()
    console = _console(page, view)
    if view.width < LEAST_FOR_COLUMNS:
        _draw_stacked(table, console, view)
    else:
        _draw_columns(table, console, view)
    _put(page, view, paged=table.paged)


def show_bordered(table: Table[Any], view: View) -> None:
    """A plain table with lines around its cells, the same on a terminal and in a pipe."""
    page = StringIO()
    console = _console(page, view)
    grid = spread(table.rows, table.columns, view.full_room()._replace(width=view.width - 4), 3)
    drawing = _drawing(grid, box.ASCII2 if view.ascii else box.SQUARE, padding=(0, 1))
    for row in grid.rows:
        drawing.add_row(*(_text([span]) for span in row))
    console.print(drawing)
    _put(page, view, paged=table.paged)


def _draw_columns(table: Table[Any], console: Console, view: View) -> None:
    grid = spread(table.rows, table.columns, view.full_room(), 2)
    drawing = _drawing(grid)
    for row, spans in zip(table.rows, grid.rows, strict=True):
        drawing.add_row(*(_text([span]) for span in spans))
        if table.under and (below := table.under(row)):
            console.print(drawing)
            _say(console, fit(below, view.full_room()))
            drawing = _drawing(grid, header=False)
    if drawing.row_count:
        console.print(drawing)


def _draw_stacked(table: Table[Any], console: Console, view: View) -> None:
    room = view.full_room()
    for row in table.rows:
        for at, column in enumerate(table.columns):
            span = cell(column, row)
            label = f"  {column.title.lower()}: " if at else ""
            if span.text:
                _say(console, fit(Line((Span(label), span)), room))
        if table.under and (below := table.under(row)):
            _say(console, fit(below, room))


def _drawing(
    grid: Grid,
    lines: box.Box | None = None,
    *,
    padding: tuple[int, int, int, int] | tuple[int, int] = (0, 2, 0, 0),
    header: bool = True,
) -> "Drawing":
    from rich.table import Table as Drawing  # noqa: PLC0415  (a report has no columns)

    drawing = Drawing(
        box=lines, header_style="", padding=padding, pad_edge=bool(lines), show_header=header
    )
    for title, width, right in zip(grid.titles, grid.widths, grid.align_right, strict=True):
        drawing.add_column(
            _text([Span(title, "dim")]),
            width=width,
            no_wrap=True,
            justify="right" if right else "left",
        )
    return drawing


def _say(console: Console, spans: list[Span]) -> None:
    console.print(_text(spans), soft_wrap=True)


def _text(spans: list[Span]) -> Text:
    return Text.assemble(*((span.text, STYLES[span.style]) for span in spans))


def _console(page: StringIO, view: View) -> Console:
    """A console that writes to memory and asks neither the terminal nor the environment."""
    return Console(
        file=page,
        width=view.width,
        height=view.height,
        force_terminal=view.colour,
        color_system="standard" if view.colour else None,
        no_color=False,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        _environ={},
    )


def _put(page: StringIO, view: View, *, paged: bool) -> None:
    """Write what was drawn, without the blanks rich leaves at the ends of lines."""
    rows = [row.rstrip(" ") for row in page.getvalue().splitlines()]
    text = "".join(f"{row}\n" for row in rows)
    long = view.terminal and len(rows) >= view.height
    if not (paged and long and view.pager):
        view.out.write(text)
    elif isinstance(view.out, Held):
        view.out.pager = view.pager
        view.out.write(text)
    elif not through(view.pager, text):
        view.out.write(text)


def through(pager: str, text: str) -> bool:
    """Hand ``text`` to the pager; False if it cannot be started."""
    import shlex  # noqa: PLC0415  (only where a page is longer than the screen)
    import subprocess  # noqa: PLC0415  (as above)

    try:
        process = subprocess.Popen(
            shlex.split(pager),
            stdin=subprocess.PIPE,
            env={"LESS": "FIRX", **os.environ},
            encoding="utf-8",
            errors="backslashreplace",
        )
    except (OSError, ValueError):
        return False
    # The pager answers Ctrl-C, and leaving it early must not end kinship as `| head` does.
    before = {ours: signal.signal(ours, signal.SIG_IGN) for ours in (signal.SIGINT, signal.SIGPIPE)}
    try:
        process.communicate(text)
    finally:
        for ours, action in before.items():
            signal.signal(ours, action)
    return True
