"""Looking back: what came of the last months."""

# ruff: noqa: ARG001

from datetime import date

from kinship.store.db import Db
from kinship.value import Value


class Figures(Value):
    """What happened from one day to another, both included."""

    from_on: str
    until_on: str
    met_in_person: int = 0
    met_online: int = 0
    connected_in_two_days: int = 0
    to_connect: int = 0
    conversations: int = 0
    you_began: int = 0
    they_began: int = 0
    in_person: int = 0
    online_then_met: int = 0
    introductions_made: int = 0
    introductions_landed: int = 0
    gave: int = 0
    got: int = 0


class Summary(Value):
    """The figures of the window and of the one before it, and how things stand today.

    ``kept`` of ``keep`` people are not late; ``listening`` would likely hear you;
    ``your_turn`` gave you more than you gave them; ``then_met`` are names of whom you met at last.
    """

    now: Figures
    before: Figures
    kept: int
    keep: int
    listening: int
    your_turn: int
    then_met: list[str]


def look_back(db: Db, since: date, today: date) -> Summary:
    """What came of the days since then."""
    none = Figures(since.isoformat(), today.isoformat())
    return Summary(none, none, 0, 0, 0, 0, [])
