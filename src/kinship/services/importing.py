"""Files of other programs: what reading them in would change, and then doing it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from kinship.model.card import Card, Skipped
from kinship.store.db import Db
from kinship.value import Value


class Told(Value):
    """One file that was read: its name, its format, and its records in order."""

    file: str
    format: str
    records: Iterable[Card | Skipped]


class Aim(Value):
    """What was said about everybody of an import: where they were met, what they belong to."""

    event_id: int | None = None
    community_id: int | None = None
    tags: Sequence[str] = ()


class Gain(Value):
    """Somebody who is here already, and what they would get: ``LinkedIn connected``, ``role``."""

    row: int
    person_id: int
    fields: Sequence[str]


class Unsure(Value):
    """Somebody who is added and may be one of these people, and why that is not certain."""

    row: int
    name: str
    people: Sequence[int]
    why: str


class Conflict(Value):
    """A field that says something else here; what is here stays."""

    row: int
    person_id: int
    field: str
    here: str
    there: str


class Plan(Value):
    """What reading these files in would change.

    ``new`` are row and name; ``unsure`` is about some of the new. ``same`` counts who is here with
    all of it. ``steps`` is what `carry_out` works from.
    """

    files: Sequence[tuple[str, str, int]]
    """Name, format and number of records of each."""
    new: Sequence[tuple[int, str]]
    gains: Sequence[Gain]
    same: int
    unsure: Sequence[Unsure]
    conflicts: Sequence[Conflict]
    skipped: Sequence[tuple[str, Skipped]]
    """Each with the name of its file."""
    remarks: Sequence[tuple[str, int, str]]
    """File, row, and what could not be read there."""
    steps: object
    others: Sequence[str] = ()
    """What else would be new, of kinship's own lines: ``3 events``."""

    @property
    def writes(self) -> bool:
        """Whether it would change anything."""
        return bool(self.new or self.gains or self.others)


class Imported(Value):
    """An import that was written: its number (``list import:3``), and whom it added."""

    number: int
    added: Sequence[int]


def plan(db: Db, files: Iterable[Told], aim: Aim, today: date) -> Plan:
    """What these files would change. Raises BadInput where a file is not of its format."""
    raise NotImplementedError


def carry_out(
    db: Db, planned: Plan, today: date, progress: Callable[[int, int], None] | None = None
) -> Imported:
    """Write it, as one change.

    ``progress`` is told how many records of how many are written. Raises Refused when the file
    changed since it was planned.
    """
    raise NotImplementedError
