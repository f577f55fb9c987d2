"""Ideas: pairs you know who do not know each other, and may want to."""

# ruff: noqa: ARG001

from collections.abc import Set as AbstractSet
from datetime import date

from kinship.model.person import Person
from kinship.store.db import Db
from kinship.value import Value


class Idea(Value):
    """Two people to introduce, and why; ``seeks``: one looks for what the other knows.

    ``doubtful``: they may have met, in one small event or community.
    """

    one: Person
    other: Person
    reason: str
    topic: str
    seeks: bool
    doubtful: bool


def ideas(db: Db, today: date, *, most: int, among: AbstractSet[int] | None = None) -> list[Idea]:
    """Pairs to introduce, best first; only of these people where they are given."""
    return []
