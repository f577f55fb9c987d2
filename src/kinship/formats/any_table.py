"""Any table of people: under headings in many languages, under chosen ones, or under none."""

from collections.abc import Iterator
from itertools import chain, islice
from typing import Final

from kinship.errors import BadInput
from kinship.formats import Source, columns, drafts, headings
from kinship.formats.columns import Style
from kinship.formats.headings import Means
from kinship.formats.tables import Record, Table
from kinship.model.card import Card, Skipped

_SAMPLE: Final = 60
_MOSTLY: Final = 0.6
_REACHED: Final = ("email", "phone")


def read(source: Source) -> Iterator[Card | Skipped]:
    """The cards of a table. Raises BadInput where nobody could be found in it."""
    style = Style(headings.meanings)
    table = columns.open_table(source, style)
    if table.heads:
        return columns.cards(source, table, style)
    return _without_heads(source, table)


def _without_heads(source: Source, table: Table) -> Iterator[Card | Skipped]:
    """Where there are no headings, what stands in a column says what it is."""
    first = list(islice(table.records, _SAMPLE))
    rows = [record.cells for record in first if record.cells]
    width = max(map(len, rows), default=0)
    means = guess(rows)
    if not any(one.field in ("email", "name") for one in means) and not source.columns:
        raise BadInput(columns.NOT_PEOPLE, hint=(columns.HOW_TO_NAME, *_begins(first)))
    heads = tuple(f"column {at + 1}" for at in range(width))
    if rows and _is_headed(rows[0], means):
        heads = (*rows[0], *heads[len(rows[0]) :])
    records = chain(first, table.records)
    return columns.cards(source, Table(heads, 0, table.delimiter, records), Style(lambda _: means))


def _is_headed(cells: list[str], means: list[Means]) -> bool:
    """Whether words stand in a first row where addresses and numbers stand below it."""
    held = [text for text, one in zip(cells, means, strict=False) if one.field in _REACHED]
    said = [text.strip() for text in held if text.strip().lower() not in drafts.NO_HANDLE | {""}]
    return bool(said) and not any(_is_email(text) or _is_phone(text) for text in said)


def guess(rows: list[list[str]]) -> list[Means]:
    """What columns hold, by what stands in them: addresses, numbers, and the names beside them."""
    width = max(map(len, rows), default=0)
    held = [
        [row[at].strip() for row in rows if at < len(row) and row[at].strip()]
        for at in range(width)
    ]
    found = [headings.UNKNOWN] * width
    for at, texts in enumerate(held):
        if _share(texts, _is_email):
            found[at] = Means("email")
        elif _share(texts, _is_phone):
            found[at] = Means("phone")
    if any(means.field == "email" for means in found):
        named = (
            at
            for at, texts in enumerate(held)
            if not found[at].field and _share(texts, _is_name) and len(set(texts)) > len(texts) // 2
        )
        if (name := next(named, None)) is not None:
            found[name] = Means("name")
    return found


def _share(texts: list[str], fits: object) -> bool:
    """Whether most of these are of a kind."""
    return bool(texts) and callable(fits) and sum(map(fits, texts)) >= len(texts) * _MOSTLY


def _is_email(text: str) -> bool:
    return drafts.is_email(drafts.bare_email(text))


def _is_phone(text: str) -> bool:
    digits = sum(map(str.isdigit, text))
    return 7 <= digits <= 17 and not any(c.isalpha() for c in text) and text[0] in "+(0123456789"


def _is_name(text: str) -> bool:
    return any(c.isalpha() for c in text) and not any(c.isdigit() for c in text) and "@" not in text


def _begins(first: list[Record]) -> list[str]:
    return columns.first_row(Table((), 0, ",", iter(first)))
