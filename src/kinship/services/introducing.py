"""Introductions: two people you bring together, until it landed or did not."""

# ruff: noqa: ARG001

from datetime import date

from kinship.model.introduction import Introduction
from kinship.model.person import Person
from kinship.services.contact import Logged
from kinship.store.agenda import Item
from kinship.store.db import Change, Db
from kinship.value import Value


class Introduced(Value):
    """An introduction as it is now, what was logged with each, and whether a tie was written."""

    introduction: Introduction
    one: Person
    other: Person
    logged: list[Logged]
    tied: bool


def introduce(
    db: Db, one: Person, other: Person, text: str | None, *, day: date, asking: bool
) -> Introduced:
    """Write down that you introduced two people, or are asking both.

    Raises Refused where an introduction of the two is open already.
    """
    said = Introduction(
        0, one.id, other.id, text, None, None, None, day.isoformat(), "asking", None
    )
    return Introduced(said, one, other, [], tied=False)


def close(db: Db, one: Person, other: Person, state: str, *, day: date) -> Introduced:
    """The open introduction of two people landed, or did ``not``; a landed one is a tie.

    Raises NotFound where none is open.
    """
    said = Introduction(0, one.id, other.id, None, None, None, None, day.isoformat(), state, None)
    return Introduced(said, one, other, [], tied=False)


def settle(tx: Change, item: Item, *, day: str, drop: bool) -> str | None:
    """Close what ``due`` asks about, as landed or dropped; what ``done`` says of it."""
    return None


def move(tx: Change, item: Item, until: str) -> None:
    """Ask about it from that day on."""
