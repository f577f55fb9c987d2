"""Paths: through whom you reach somebody, and why each knows the next."""

# ruff: noqa: ARG001

from datetime import date

from kinship.model.person import Person
from kinship.model.ways import Way
from kinship.services.tying import Why
from kinship.store.db import Db
from kinship.value import Value


class Path(Value):
    """People one after another, why each knows the next, and the way that was found."""

    people: list[Person]
    edges: list[Why]
    way: Way


def paths(
    db: Db, start: Person | None, goal: Person, *, most: int, strong: bool, today: date
) -> list[Path]:
    """The best paths from somebody, or from you, each through others; ``strong`` by ties only."""
    return []
