"""Outlook contacts as CSV: of the desktop, of Outlook.com, and of those who write it as Outlook does."""

from collections.abc import Iterator
from typing import Final

from kinship.formats import Source, columns, headings
from kinship.formats.columns import Style
from kinship.model.card import Card, Skipped

STYLE: Final = Style(
    headings.meanings,
    nothing=frozenset(
        [
            *(("priority", "normal"), ("sensitivity", "normal"), ("private", "false")),
            *(("gender", "unspecified"), ("e mail type", "smtp"), ("e mail 2 type", "smtp")),
            *(("e mail 3 type", "smtp"), ("prioritat", "normal"), ("vertraulichkeit", "normal")),
            *(("privat", "falsch"), ("geschlecht", "keine angabe"), ("e mail typ", "smtp")),
            *(("internet free busy", ""), ("sexe", "non specifie"), ("priorite", "normale")),
        ]
    ),
)
"""What Outlook writes for everybody of whom nothing is known."""


def read(source: Source) -> Iterator[Card | Skipped]:
    """The cards of a table of Outlook's."""
    return columns.read(source, STYLE)
