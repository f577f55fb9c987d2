"""CSV that a spreadsheet opens without running anything, and that reads back exactly.

A cell that would start a formula gets one ``'`` before it, unless it is a telephone number or a
handle; a cell that starts so already gets one more, so that taking one off is exact. The last
column, ``kinship``, says that the file was written by this rule.
"""

import re
from collections.abc import Iterable, Sequence
from typing import TextIO

VERSION = "1"
_TRIGGERS = "=+-@\t\r\n\0＝＋－＠"
_MARKED = frozenset("'" + _TRIGGERS.replace("\0", ""))
_HARMLESS = re.compile(r"\+[0-9 ().-]{4,}|@[A-Za-z0-9._@-]+")
"""A phone number can be computed and a handle cannot act: no function call fits in either."""
_STARTS = re.escape(_TRIGGERS.replace("\0", ""))
_FORMULAS = re.compile(f"\0(?='*[{_STARTS}])(?!(?:{_HARMLESS.pattern})(?:\0|\\Z))")
"""The NUL before a cell that `encode` changes, where one stands before each."""


def encode(value: str) -> str:
    """The cell for a value: one ``'`` more where the value, behind its ``'``, starts a formula."""
    bare = value.lstrip("'")
    if bare[:1] and bare[0] in _TRIGGERS and not _HARMLESS.fullmatch(value):
        return "'" + value
    return value


def decode(cell: str) -> str:
    """The value of a cell that `encode` wrote."""
    bare = cell.lstrip("'")
    return cell[1:] if cell[:1] == "'" and bare[:1] and bare[0] in _TRIGGERS else cell


def join(items: Iterable[str]) -> str:
    """Several things in one cell, so that `part` finds each of them again."""
    return "; ".join(map(kept_together, items))


def part(cell: str) -> list[str]:
    """The things in a cell that `join` wrote."""
    found, item = [], ""
    for run, end in _ENDS.findall(cell):
        slashes = len(run) - len(run.rstrip("\\"))
        item += run[: len(run) - slashes] + "\\" * (slashes // 2 if end or run else slashes)
        if end and slashes % 2:
            item += ";"
            continue
        if item.strip():
            found.append(item.strip())
        item = ""
    return found


def kept_together(item: str) -> str:
    """One of several things: `join` puts ``; `` between what this makes of each.

    Backslashes before a semicolon or the end are doubled, and a semicolon gets one.
    """
    if ";" not in item and not item.endswith("\\"):
        return item
    return _MARKS.sub(lambda found: found[1] * 2 + ("\\;" if found[2] else ""), item)


_ENDS = re.compile(r"([^;]*)(;|$)")
_MARKS = re.compile(r"(\\*)(;|$)")


def write(
    out: TextIO,
    columns: Sequence[str],
    blocks: Iterable[Sequence[str | Sequence[str]]],
    *,
    raw: bool = False,
    excel: bool = False,
) -> int:
    """Write blocks of columns as CSV (RFC 4180 quoting, LF; CRLF and a byte-order mark for Excel).

    A column is its cells, or one text with NUL between them. Returns how many cells were made plain
    text.
    """
    end = "\r\n" if excel else "\n"
    if excel:
        out.write("\ufeff")
    out.write(",".join([*columns, *([] if raw else ["kinship"])]) + end)
    last = end if raw else f",{VERSION}{end}"
    changed = 0
    for block in blocks:
        made: list[Sequence[str]] = []
        for cells in block:
            # All cells at once: most columns have nothing in them that needs a look at each.
            whole = cells if isinstance(cells, str) else "\0".join(cells)
            if not raw and any(map(whole.__contains__, _MARKED)):
                safe, count = _FORMULAS.subn("\0'", f"\0{whole}")
                if count:
                    cells = whole = safe[1:]
                    changed += count
            values = _apart(cells)
            if '"' in whole or "\n" in whole or "\r" in whole:
                values = list(map(_quoted, values))
            elif "," in whole:
                values = [f'"{cell}"' if "," in cell else cell for cell in values]
            made.append(values)
        out.write(_rows(made, last) + last)
    return changed


def _apart(cells: str | Sequence[str]) -> Sequence[str]:
    """The cells of a column."""
    if not isinstance(cells, str):
        return cells
    return cells.split("\0") if cells.strip("\0") else [""] * (len(cells) + 1)


def _rows(columns: Sequence[Sequence[str]], end: str) -> str:
    """Two columns or more as rows with ``end`` between them.

    All cells are put into one list and joined once, the last of each row with the first of the next.
    """
    first, *between, last = columns
    width = len(between) + 1
    cells = [""] * (len(first) * width + 1)
    for at, column in enumerate(between, 1):
        cells[at::width] = column
    turns = [f"{said}{end}{next_said}" for said, next_said in zip(last, first[1:], strict=False)]
    cells[::width] = [first[0], *turns, last[-1]]
    return ",".join(cells)


def _quoted(cell: str) -> str:
    if '"' in cell:
        return '"' + cell.replace('"', '""') + '"'
    return f'"{cell}"' if "," in cell or "\n" in cell or "\r" in cell else cell
