"""Which column of a table is which field, as somebody said: read, checked, and remembered."""

import re
from collections.abc import Sequence
from typing import Final, TypeAlias

from kinship.errors import BadInput
from kinship.formats import Source
from kinship.model import channel, names
from kinship.store import imports
from kinship.store.db import Db

Columns: TypeAlias = tuple[tuple[str, str], ...]
"""Pairs of a field and the column it is in."""

_PAIR: Final = re.compile(r",(?=\s*[A-Za-z_ -]+=)")
_OTHER_WORDS: Final = {
    "company": "org",
    "organisation": "org",
    "organization": "org",
    "firm": "org",
    "title": "role",
    "job": "role",
    "position": "role",
    "mail": "email",
    "e-mail": "email",
    "mobile": "phone",
    "tel": "phone",
    "telephone": "phone",
    "notes": "note",
    "tag": "tags",
    "town": "city",
    "firstname": "first",
    "surname": "last",
    "lastname": "last",
    "nickname": "nick",
    "url": "link",
    "web": "link",
    "website": "link",
}


def parse(text: str, more: str) -> Columns:
    """Read ``name=Full name,org=Firma``; nothing at all is to forget.

    Raises BadInput for a field there is not, with the nearest one.
    """
    if not text.strip():
        return ()
    pairs: dict[str, str] = {}
    for part in _PAIR.split(text):
        said, equals, column = part.partition("=")
        if not equals or not column.strip():
            raise BadInput(
                f"{names.quoted(part.strip())} does not say which column is which field. "
                "Nothing was written.",
                hint=("--map name=Column,org=Firma", more),
            )
        pairs[_field(said)] = column.strip()
    return tuple(pairs.items())


def _field(said: str) -> str:
    from kinship.formats.columns import FIELDS  # noqa: PLC0415  (only where columns are named)

    key = said.strip().lower()
    key = _OTHER_WORDS.get(key, key)
    if key in FIELDS or key == "-":
        return key
    if kind := channel.kind_of(key):
        return kind
    raise BadInput(
        f"there is no field {names.quoted(said.strip())}.{_meant(key, FIELDS)} "
        "Nothing was written.",
        hint=f"Fields: {' '.join(FIELDS)}, a kind of channel, or - for none",
    )


def checked(columns: Columns, heads: Sequence[str]) -> Columns:
    """The same with the columns as the table calls them.

    Raises BadInput for a column it does not have, with the nearest one.
    """
    by_key = {names.fold(head): head for head in reversed(heads)}
    result = []
    for field, column in columns:
        numbered = column.isdecimal() and 0 < int(column) <= len(heads)
        if column not in heads and names.fold(column) not in by_key and not numbered:
            near = _meant(names.fold(column), list(by_key), by_key)
            raise BadInput(
                f"there is no column {names.quoted(column)}.{near} Nothing was written.",
                hint=f"Columns: {', '.join(head for head in heads if head)[:500]}",
            )
        result.append((field, by_key.get(names.fold(column), column)))
    return tuple(result)


def _meant(word: str, known: Sequence[str], shown: dict[str, str] | None = None) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  (only for a wrong word)

    near = get_close_matches(word, known, n=1, cutoff=0.5)
    return f" Did you mean {(shown or {}).get(near[0], near[0])}?" if near else ""


# Headings


def heads(source: Source) -> tuple[tuple[str, ...], str]:
    """The headings of a table, and as a row of it; none where it has none.

    Where no heading is known, the first row may be headings. Raises BadInput for what is no table.
    """
    import csv  # (only where columns are chosen)
    import io  # noqa: PLC0415  (only for a table)

    from kinship.formats import columns, headings  # noqa: PLC0415  (only for a table)

    table = columns.open_table(source, columns.Style(headings.meanings))
    first = (record.cells for record in table.records if record.cells and any(record.cells))
    found = tuple(table.heads) or tuple(cell.strip() for cell in next(first, ()))
    row = io.StringIO()
    csv.writer(row, delimiter=table.delimiter, lineterminator="").writerow(table.heads)
    return found, row.getvalue() if table.heads else ""


def key(headings: Sequence[str]) -> str:
    """What stands for a header: the same for the same columns, in any spelling of their case."""
    from hashlib import sha256  # noqa: PLC0415  (only for a table)

    return sha256("\x1f".join(map(names.fold, headings)).encode()).hexdigest()


# Remembered for a header


def remembered(db: Db, headings: Sequence[str]) -> Columns:
    """What was said for this header before."""
    kept = imports.columns(db, key(headings)) if headings else None
    if kept is None:
        return ()
    pairs = (row.split("\t", 1) for row in kept.splitlines())
    return tuple((field, column) for field, column in pairs)


def remember(db: Db, file: str, headings: Sequence[str], columns: Columns) -> bool:
    """Keep it for this header, in place of what was said before; whether that is another.

    No columns at all are to forget them.
    """
    if not headings or remembered(db, headings) == columns:
        return False
    with db.change(f"columns of {file}") as tx:
        if not columns:
            imports.forget_columns(tx, key(headings))
            return True
        text = "\n".join(f"{field}\t{' '.join(column.split())}" for field, column in columns)
        imports.keep_columns(tx, key(headings), text)
    return True
