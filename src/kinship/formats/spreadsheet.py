"""CSV that a spreadsheet opens without running anything, and that reads back exactly.

A cell that would start a formula gets one ``'`` before it, unless it is a telephone number or a
handle; a cell that starts so already gets one more, so that taking one off is exact. The last
column, ``kinship``, says that the file was written by this rule.
"""

import csv  # noqa: TID253  (only for CSV)
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TextIO

VERSION = "1"
_TRIGGERS = "=+-@\t\r\n\0＝＋－＠"
_HARMLESS = re.compile(r"\+[0-9 ().-]{4,}|@[A-Za-z0-9._@-]+")
"""A phone number can be computed and a handle cannot act: no function call fits in either."""


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


def write(
    out: TextIO,
    columns: Sequence[str],
    records: Iterable[Mapping[str, object]],
    *,
    raw: bool = False,
    excel: bool = False,
) -> int:
    """Write records as CSV (RFC 4180 quoting, LF; CRLF and a byte-order mark for Excel).

    Returns how many cells were made plain text.
    """
    if excel:
        out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\r\n" if excel else "\n")
    writer.writerow([*columns, *([] if raw else ["kinship"])])
    changed = 0
    for record in records:
        values = [_text(record.get(column)) for column in columns]
        if raw:
            writer.writerow(values)
            continue
        cells = [encode(value) for value in values]
        changed += sum(cell != value for cell, value in zip(cells, values, strict=True))
        writer.writerow([*cells, VERSION])
    return changed


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return str(value)
