r"""A line a row from a pattern: ``{name} <{email}>``, with ``\t`` and ``\n``.

Fields are looked up by name and nothing else: ``str.format`` would reach into attributes.
"""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from kinship.errors import BadInput
from kinship.render.records import as_text, fields, holds, look_up
from kinship.render.shapes import Table
from kinship.safe import quoted, safe
from kinship.value import Value

_PIECES = re.compile(r"(?P<mark>\\[tn\\]|\{\{|\}\})|\{(?P<field>[^{}]*)\}|(?P<stray>\{)")
_MARKS = {r"\t": "\t", r"\n": "\n", "\\\\": "\\", "{{": "{", "}}": "}"}


class Piece(Value):
    """Words to be printed, or the name of a field to be filled in."""

    text: str
    field: bool = False


def parse(pattern: str) -> list[Piece]:
    """The pieces of ``pattern``."""
    pieces = []
    at = 0
    for found in _PIECES.finditer(pattern):
        pieces.append(Piece(pattern[at : found.start()]))
        at = found.end()
        if found["stray"]:
            raise BadInput(
                f"a {{ is never closed in {quoted(pattern)}.", hint="A brace itself is typed {{."
            )
        if found["mark"]:
            pieces.append(Piece(_MARKS[found["mark"]]))
        else:
            pieces.append(Piece(found["field"].strip(), field=True))
    return [*pieces, Piece(pattern[at:])]


def fill(pattern: str, table: Table[Any]) -> list[str]:
    """``pattern`` once for every row."""
    pieces = parse(pattern)
    records = [table.record(row) for row in table.rows]
    for piece in pieces:
        if piece.field and not _known(piece.text, table, records):
            raise _unknown(piece.text, fields(table))
    return [
        "".join(
            safe(as_text(look_up(record, piece.text))) if piece.field else piece.text
            for piece in pieces
        )
        for record in records
    ]


def _known(field: str, table: Table[Any], records: list[Mapping[str, object]]) -> bool:
    if field in table.fields or not records:
        return True
    return any(holds(record, field) for record in records)


def _unknown(field: str, known: tuple[str, ...]) -> BadInput:
    near = get_close_matches(field, known, n=1, cutoff=0.5)
    meant = f" Did you mean {{{near[0]}}}?" if near else ""
    return BadInput(
        f"there is no field {quoted(field)} here.{meant}",
        hint=f"Fields: {' '.join(known)}",
    )
