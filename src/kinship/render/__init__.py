"""Shows a shape in the way that was asked for, or that suits the stream.

Each way is loaded when it is used: rich for a terminal only, json and csv when named.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

from kinship.errors import BadInput
from kinship.render.shapes import Notice, Sheet, Table, line
from kinship.render.view import View
from kinship.safe import quoted

__all__ = ["FORMATS", "View", "check", "show"]

Shape: TypeAlias = Table[Any] | Sheet | Notice
ShowRows: TypeAlias = Callable[[Table[Any], View], None]

FORMATS = ("table", "plain", "lines", "json", "jsonl", "csv", "tsv", "md", "names", "ids")


def check(name: str) -> None:
    """Refuse a format nobody knows; a change is checked before it is made."""
    if "{" in name:
        from kinship.render import template  # noqa: PLC0415  (only for a pattern)

        template.parse(name)
    elif name not in FORMATS:
        from difflib import get_close_matches  # noqa: PLC0415  (only for a wrong word)

        near = get_close_matches(name.lower(), FORMATS, n=1, cutoff=0.5)
        meant = f" Did you mean {near[0]}?" if near else ""
        raise BadInput(
            f"there is no format {quoted(name)}.{meant}",
            hint=f"Formats: {' '.join(FORMATS)}, or a pattern such as '{{name}} <{{email}}>'.",
        )


def show(shape: Shape, view: View) -> None:
    """Print ``shape`` to ``view.out``, and how many there are to ``view.err``."""
    if view.format is not None:
        check(view.format)
    if view.format in ("json", "jsonl"):
        _show_json(_limited(shape, view), view)
        return
    match _limited(shape, view):
        case Table() as table:
            _show_table(table, view)
        case Sheet() as sheet:
            _show_sheet(sheet, view)
        case Notice() as notice:
            _show_notice(notice, view)


def _limited(shape: Shape, view: View) -> Shape:
    if view.limit is None:
        return shape
    match shape:
        case Table():
            return shape._replace(rows=shape.rows[: view.limit])
        case Sheet(items=Table() as items):
            return shape._replace(items=items._replace(rows=items.rows[: view.limit]))
    return shape


def _show_json(shape: Shape, view: View) -> None:
    from kinship.render import as_json  # noqa: PLC0415  (json)

    if isinstance(shape, Notice) and view.quiet:
        return
    write = as_json.show_lines if view.format == "jsonl" else as_json.show
    write(shape, view)


def _show_table(table: Table[Any], view: View) -> None:
    from kinship.render import plain  # noqa: PLC0415  (not with rich)

    for_people = view.format in (None, "table")
    if table.rows or not for_people:
        _writer(view)(table, view)
    else:
        plain.show_lines(table.empty, view, view.out if view.terminal else view.err)
    if for_people and table.counted and not view.quiet:
        counted = table.counted if isinstance(table.counted, str) else table.counted()
        view.out.flush()
        plain.show_lines([*map(line, counted.splitlines())], view, view.err)


def _show_sheet(sheet: Sheet, view: View) -> None:
    if view.format is not None and sheet.items is not None:
        _show_table(sheet.items, view)
    elif view.format not in (None, "table", "plain", "lines"):
        raise BadInput(
            f"this screen has no rows for the format {quoted(view.format)}.",
            hint="It can be had as text or with --json.",
        )
    elif _drawn(view):
        from kinship.render import terminal  # noqa: PLC0415  (rich)

        terminal.show_sheet(sheet, view)
    else:
        from kinship.render import plain  # noqa: PLC0415  (not with rich)

        plain.show_sheet(sheet, view)


def _show_notice(notice: Notice, view: View) -> None:
    if view.quiet:
        return
    from kinship.render import plain  # noqa: PLC0415  (not with rich)

    plain.show_lines(notice.lines, view, view.out)


def _drawn(view: View) -> bool:
    return view.format is None and (view.terminal or view.colour)


def _writer(view: View) -> ShowRows:
    """What prints rows in the format of ``view``."""
    match view.format:
        case "csv" | "tsv":
            from kinship.render import as_csv  # noqa: PLC0415  (csv)

            return as_csv.show if view.format == "csv" else as_csv.show_tabs
        case "table":
            from kinship.render import terminal  # noqa: PLC0415  (rich)

            return terminal.show_bordered
        case None if _drawn(view):
            from kinship.render import terminal  # noqa: PLC0415  (rich)

            return terminal.show_table
        case None | "plain":
            from kinship.render import plain  # noqa: PLC0415  (not with rich)

            return plain.show_table
    from kinship.render import as_text  # noqa: PLC0415  (not every day)

    return as_text.WRITERS.get(view.format, as_text.show_template)
