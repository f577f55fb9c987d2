"""Outlook contacts as CSV: of the desktop, of Outlook.com, and of those who write it as Outlook does."""

from collections.abc import Iterator, Sequence
from typing import Final

from kinship.formats import Source, columns, headings
from kinship.formats.columns import Style
from kinship.formats.headings import Means
from kinship.model.card import Card, Skipped

_RELATIVES: Final = {
    "spouse": "spouse",
    "partner": "spouse",
    "partner in": "spouse",
    "conjoint e": "spouse",
    "conyuge": "spouse",
    "nome coniuge partner": "spouse",
    "managers name": "manager",
    "name der des vorgesetzten": "manager",
    "nome manager": "manager",
    "naam manager": "manager",
    "assistants name": "assistant",
    "name assistent": "assistant",
    "nom de lassistant e": "assistant",
    "nome assistente": "assistant",
    "naam assistent": "assistant",
    "referred by": "referred by",
}
"""Headings over the name of somebody they know, folded, and what that one is to them."""


def meanings(keys: Sequence[str]) -> list[Means]:
    """What Outlook's headings mean, folded."""
    return [
        Means("related", _RELATIVES[key]) if key in _RELATIVES else means
        for key, means in zip(keys, headings.meanings(keys), strict=True)
    ]


STYLE: Final = Style(
    meanings,
    nothing=frozenset(
        [
            *(("priority", "normal"), ("sensitivity", "normal"), ("private", "false")),
            *(("gender", "unspecified"), ("e mail type", "smtp"), ("e mail 2 type", "smtp")),
            *(("e mail 3 type", "smtp"), ("prioritat", "normal"), ("vertraulichkeit", "normal")),
            *(("privat", "falsch"), ("geschlecht", "keine angabe"), ("e mail typ", "smtp")),
            *(("e mailtype", "smtp"), ("e mailtype 2", "smtp"), ("prioriteit", "normaal")),
            *(("geslacht", "niet gespecificeerd"), ("gevoeligheid", "normaal")),
            *(("prive", "onwaar"), ("prioridad", "normal"), ("privado", "falso")),
            *(("sexo", "sin especificar"), ("priorita", "normale"), ("privato", "falso")),
            *(("sesso", "non specificato"), ("riservatezza", "normale")),
            *(("internet free busy", ""), ("sexe", "non specifie"), ("priorite", "normale")),
        ]
    ),
)
"""What Outlook writes for everybody of whom nothing is known."""


def read(source: Source) -> Iterator[Card | Skipped]:
    """The cards of a table of Outlook's."""
    return columns.read(source, STYLE)
