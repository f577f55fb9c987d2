"""Yahoo contacts as CSV."""

from collections.abc import Iterator, Sequence
from typing import Final

from kinship.formats import Source, columns, headings
from kinship.formats.columns import Style
from kinship.formats.headings import Means
from kinship.model.card import Card, Skipped

_PLAIN: Final = {
    "title": Means("role"),
    "home": Means("phone", "home"),
    "work": Means("phone", "work"),
    "other": Means("phone", "other"),
    "primary": Means("phone", "main"),
    "yahoo phone": Means("phone"),
    "category": Means("tags"),
    "distribution lists": Means("tags"),
    "google id": Means("im", "gtalk"),
    "personal website": Means("link", "home"),
    "business website": Means("link", "work"),
    "alternate email 1": Means("email"),
    "alternate email 2": Means("email"),
}


def read(source: Source) -> Iterator[Card | Skipped]:
    """The cards of a table of Yahoo's."""
    return columns.read(source, Style(meanings=meanings))


def meanings(keys: Sequence[str]) -> list[Means]:
    """What Yahoo's headings mean, folded."""
    return [
        _PLAIN.get(key, means) for key, means in zip(keys, headings.meanings(keys), strict=True)
    ]
