"""JSON that is true to the last character and still safe to print."""

import json  # noqa: TID253 - this module is loaded when JSON is asked for
from datetime import date
from typing import Any

from kinship.render.shapes import Line, Notice, Sheet, Table
from kinship.render.view import View
from kinship.safe import hidden


def show(shape: Table[Any] | Sheet | Notice, view: View) -> None:
    """One JSON value: an array for a table, the record of anything else."""
    view.out.write(_dump(_value(shape), view, indent=2) + "\n")


def show_lines(shape: Table[Any] | Sheet | Notice, view: View) -> None:
    """An object a line."""
    if isinstance(shape, Sheet) and shape.items is not None:
        shape = shape.items
    value = _value(shape)
    for record in value if isinstance(value, list) else [value]:
        view.out.write(_dump(record, view) + "\n")


def _value(shape: Table[Any] | Sheet | Notice) -> object:
    match shape:
        case Table():
            return [shape.record(row) for row in shape.rows]
        case Notice(lines, None):
            return {"message": "\n".join(map(_said, lines))}
    return shape.record


def _said(line: Line) -> str:
    return "  ".join("".join(span.text for span in part) for part in line if part)


class _Escapes(dict[int, str]):
    """A table for ``str.translate``; the line breaks between members stay."""

    def __missing__(self, point: int) -> str:
        char = chr(point)
        shown = self[point] = json.dumps(char)[1:-1] if point >= 0x20 and hidden(point) else char
        return shown


_ESCAPES = _Escapes()


def _dump(value: object, view: View, *, indent: int | None = None) -> str:
    text = json.dumps(value, ensure_ascii=view.ascii, indent=indent, default=_plain)
    return text if text.isascii() and "\x7f" not in text else text.translate(_ESCAPES)


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a record")
