"""Favours: what you did for people, and what they did for you, written down."""

# ruff: noqa: ARG001

from collections.abc import Sequence
from datetime import date

from kinship.model.entry import FollowUp
from kinship.model.favour import Favour
from kinship.model.person import Person, Pulse
from kinship.services.follow_ups import FollowUpAsked
from kinship.store.db import Db
from kinship.value import Value


class Given(Value):
    """One person after a favour was written down: both counts, what comes next, what is open."""

    person: Person
    favour: Favour
    gave: int
    got: int
    pulse: Pulse | None
    still_open: list[FollowUp]


def give(
    db: Db,
    who: Sequence[Person],
    way: str,
    text: str,
    *,
    day: date,
    today: date,
    inferred: tuple[str, ...] = (),
    follow_up: FollowUpAsked | None = None,
) -> list[Given]:
    """Write down a favour you did each of them (gave), or each did you (got)."""
    return []
