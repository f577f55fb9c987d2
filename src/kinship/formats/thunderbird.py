"""Thunderbird contacts as CSV or between tabs, with the headings of either generation."""

from collections.abc import Iterator, Sequence
from typing import Final

from kinship.formats import Source, columns, headings
from kinship.formats.columns import Style
from kinship.formats.headings import Means
from kinship.model.card import Card, Skipped

_MORE: Final = {
    "web page 1": Means("link", "work"),
    "web page 2": Means("link", "home"),
    "fax number": Means("phone", "fax"),
    "pager number": Means("phone", "pager"),
    "screen name": Means("im", "aim"),
    "chat name": Means("im", ""),
}


def read(source: Source) -> Iterator[Card | Skipped]:
    """The cards of a table of Thunderbird's."""
    return columns.read(source, Style(meanings=meanings))


def meanings(keys: Sequence[str]) -> list[Means]:
    """What Thunderbird's headings mean, folded."""
    return [_MORE.get(key, means) for key, means in zip(keys, headings.meanings(keys), strict=True)]
