"""Whom two people both know, and whom you never met who knows most people you know."""

# ruff: noqa: ARG001

from datetime import date

from kinship.model.person import Person
from kinship.services.tying import Why
from kinship.store.db import Db
from kinship.value import Value


class Both(Value):
    """Whom both know, warmest first, and why; who perhaps, and what else is shared.

    ``perhaps`` are people of one small event or community, each with its name.
    """

    person: Person
    whom: list[Person]
    whys: dict[int, Why]
    perhaps: list[tuple[Person, str]]
    events: list[str]
    topics: list[str]


def both(db: Db, person: Person, today: date) -> Both:
    """Whom you and somebody both know."""
    return Both(person, [], {}, [], [], [])


def of_two(db: Db, one: Person, other: Person, today: date) -> Both:
    """Whom two people both know, you left out."""
    return Both(one, [], {}, [], [], [])


def league(db: Db, most: int) -> list[tuple[Person, list[int]]]:
    """People you never met, those who know most people you know first, and whom they know."""
    return []


def first_names(db: Db, person_id: int, today: date) -> tuple[list[str], int]:
    """Names of whom you and somebody both know, warmest first, and how many there are."""
    return [], 0
