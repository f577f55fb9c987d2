"""Ties: who knows whom, how, and who says so."""

# ruff: noqa: ARG001

from collections.abc import Iterable, Sequence
from datetime import date

from kinship.model.person import Person
from kinship.model.tie import Tie
from kinship.store.db import Db
from kinship.value import Value


class Why(Value):
    """Why two people may know each other, in words: a tie, or a weak edge.

    A weak one has an event or a community, and no source.
    """

    pair: tuple[int, int]
    text: str
    weak: bool
    how: str | None
    since: str | None
    noted_on: str | None
    source: str | None
    event: str | None = None
    community: str | None = None


class Noted(Value):
    """One tie as it is now: whether it is new, and whether something was added to it."""

    person: Person
    tie: Tie
    new: bool
    changed: bool


class Tied(Value):
    """Whom somebody knows now, whose tie was removed, and with whom none was noted."""

    person: Person
    knows: list[Noted]
    removed: list[Person]
    missing: list[Person]


def tie(
    db: Db,
    one: Person,
    others: Sequence[Person],
    *,
    how: str | None,
    since: str | None,
    today: date,
) -> Tied:
    """The first knows the others: written down, or what is new said of ties that are there."""
    return Tied(one, [], [], [])


def untie(db: Db, one: Person, others: Sequence[Person]) -> Tied:
    """Remove the ties between the first and the others.

    Raises NotFound where none of them is noted.
    """
    return Tied(one, [], [], [])


def whys(db: Db, pairs: Iterable[tuple[int, int]], today: date) -> dict[tuple[int, int], Why]:
    """Why each pair knows each other; pairs without a tie are left out."""
    return {}
