"""kinship's own JSON Lines: what reading such a file in would change, and then doing it.

The same plan as `importing` makes, but not through a Card: here everything there is comes back,
and people are matched by their uid only.
"""

from collections.abc import Callable
from datetime import date

from kinship.services.importing import Imported, Plan
from kinship.store.db import Db

FORMAT = "kinship-jsonl"


class Restoration(Plan):
    """A plan that may write more than people: events, circles, settings; ``others`` counts them."""

    others: int = 0

    @property
    def writes(self) -> bool:
        return super().writes or self.others > 0


def plan(db: Db, file: str, data: bytes) -> Restoration:
    """What this file would change.

    Raises BadInput where it is not kinship's JSON Lines, or a newer kinship wrote it.
    """
    raise NotImplementedError


def carry_out(
    db: Db,
    planned: Restoration,
    today: date,
    progress: Callable[[int, int], None] | None = None,
) -> Imported:
    """Write it, as one change; the number of the import is 0, since nothing is added to the file
    that was not in the other.

    Raises Refused when the file changed since it was planned.
    """
    raise NotImplementedError
