"""Who comes to an event, by Luma, Eventbrite or Meetup: people you have only heard of yet."""

from collections.abc import Iterator, Sequence
from typing import Final

from kinship.formats import Source, attendees, columns, drafts, headings
from kinship.formats.columns import Style
from kinship.formats.drafts import Draft
from kinship.formats.headings import Means
from kinship.formats.tables import Record
from kinship.model import names
from kinship.model.card import Card, Skipped

_KEYS: Final = frozenset(
    ("api id", "attendee #", "attendee no", "user id", "guest id", "barcode #", "barcode no")
)
_CHECKED: Final = frozenset(("checked in at", "checked in", "check in time", "check in date"))
_ASKED: Final = {
    "org": frozenset(("company", "employer", "organization", "organisation", "affiliation")),
    "role": frozenset(("role", "position", "title", "occupation")),
    "city": frozenset(("located", "based")),
}
_OF_THE_TICKET: Final = frozenset(("qr", "ticket", "order", "check", "receipt", "calendar"))
"""A link to one of these is nobody's website."""
_OF_SOMETHING_ELSE: Final = frozenset(
    ("size", "stage", "industry", "type", "website", "url", "url", "email", "looking", "hiring")
)


def read(source: Source) -> Iterator[Card | Skipped]:
    """The cards of those who come. Raises BadInput where no column says who."""
    return columns.read(source, Style(meanings=meanings, finish=_finish))


def meanings(keys: Sequence[str]) -> list[Means]:
    """What the headings of an attendee list mean, folded, and the questions among them."""
    found = headings.meanings(keys)
    key_at = next((at for at, key in enumerate(keys) if key in _KEYS), -1)
    for at, key in enumerate(keys):
        if at == key_at:
            found[at] = Means("key")
        elif headings.field_of(key) == "status":
            found[at] = Means("status")
        elif key in _CHECKED:
            found[at] = Means("checked")
        elif found[at].field == "link" and _OF_THE_TICKET.intersection(key.split()):
            found[at] = headings.UNKNOWN
        elif not found[at].field:
            found[at] = Means(_asked(key))
    return found


def _asked(question: str) -> str:
    """The field a question of an event is about: ``Which company do you work for?``"""
    words = question.split()
    if not 2 <= len(words) <= 12 or _OF_SOMETHING_ELSE.intersection(words):
        return ""
    return next((field for field, said in _ASKED.items() if said.intersection(words)), "")


def _finish(draft: Draft, record: Record) -> Card | Skipped:
    status = draft.said.get("status", "")
    if names.fold(status) in attendees.NOT_COMING:
        return Skipped(record.row, f"not coming ({status})", record.text, harmless=True)
    said = (draft.said.get(part, "") for part in ("name", "first", "last"))
    if any(names.fold(name) in attendees.NO_NAME_YET for name in said):
        return Skipped(record.row, "no name yet", record.text, harmless=True)
    checked = draft.said.get("checked", "")
    if checked and names.fold(checked) not in ("no", "false", "0"):
        there = "" if names.fold(checked) in ("yes", "true", "1") else f" {checked}"
        draft.notes.append(f"checked in{there}")
    elif names.fold(status) == "checked in":
        draft.notes.append("checked in")
    card = drafts.finish(draft, record)
    return card._replace(known="heard") if isinstance(card, Card) else card
