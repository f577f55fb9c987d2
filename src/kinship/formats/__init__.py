"""Text of other programs, read and written; knows nothing of the store.

A format is a module and a line in ``READERS``: what it is called, and the module that is imported
when a file of it is read. Each has ``read(source) -> Iterator[Card | Skipped]``. What tells a file of
it from others is in ``recognise``, of a table in ``headings``; without it ``--as`` is needed.
"""

from collections.abc import Iterator
from importlib import import_module
from typing import Final

from kinship.model.card import Card, Skipped
from kinship.value import Value


class Source(Value):
    """A file to be read: what it is called, its bytes, and what was said about them.

    ``encoding`` is what the user says it is in; ``columns`` is which column is which field, and
    ``date_order`` is ``dmy`` or ``mdy`` for dates that could be either. ``owner`` is whose file it
    is, where another file beside it says so. ``path`` is where a file lies that is read line by
    line; ``data`` is only its beginning then.
    """

    name: str
    data: bytes
    encoding: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    date_order: str = ""
    owner: str = ""
    path: str = ""


class Reader(Value):
    """A format that is read: what people call it, and the module that reads it."""

    label: str
    module: str


READERS: Final = {
    "vcard": Reader("vCards", "vcard"),
    "jcard": Reader("jCards", "jcard"),
    "linkedin-connections": Reader("LinkedIn connections", "linkedin_connections"),
    "linkedin-invitations": Reader("LinkedIn invitations", "linkedin_invitations"),
    "linkedin-messages": Reader("LinkedIn messages", "linkedin_messages"),
    "google-csv": Reader("Google contacts", "google"),
    "outlook-csv": Reader("Outlook contacts", "outlook"),
    "yahoo-csv": Reader("Yahoo contacts", "yahoo"),
    "thunderbird-csv": Reader("Thunderbird contacts", "thunderbird"),
    "ldif": Reader("LDIF contacts", "ldif"),
    "abook": Reader("abook contacts", "abook"),
    "monica": Reader("a Monica export", "monica"),
    "attendees": Reader("an attendee list", "attendee_cards"),
    "kinship-csv": Reader("kinship CSV", "kinship_csv"),
    "csv": Reader("a table", "any_table"),
}


def read(format_name: str, source: Source) -> Iterator[Card | Skipped]:
    """The records of a file, one at a time. Raises BadInput where it is not of that format."""
    module = import_module(f"kinship.formats.{READERS[format_name].module}")
    found: Iterator[Card | Skipped] = module.read(source)
    return found
