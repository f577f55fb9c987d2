"""The picture of who knows whom: whom it shows, and where each of them stands.

The only importer of networkx and numpy, which few people have: inside functions.
"""

# ruff: noqa: ARG001

from collections.abc import Sequence
from datetime import date

from kinship.model.person import Person
from kinship.store.db import Db
from kinship.value import Value

MOST = 300
"""As many people as a picture shows, unless more are asked for."""
AT_MOST = 450
"""As many as can be asked for: from 500 on the layout would need scipy too."""


class Dot(Value):
    """Somebody in the picture: their group (a place in `Picture.groups`), how cold it is, where."""

    person: Person
    group: int | None
    cold: int
    x: float = 0.0
    y: float = 0.0


class Picture(Value):
    """People and the ties between them, by their numbers; ``left_out`` did not fit."""

    dots: list[Dot]
    ties: list[tuple[int, int]]
    groups: list[str]
    left_out: int
    width: float = 0.0
    height: float = 0.0


def picture(db: Db, who: Sequence[int] | None, today: date, *, most: int = MOST) -> Picture:
    """These people, or everybody you know with a tie, and the ties among them; not yet laid out."""
    return Picture([], [], [], 0)


def laid_out(drawn: Picture) -> Picture:
    """The same with a place for each, so that no two labels overlap.

    Raises BadInput where networkx or numpy is not installed.
    """
    return drawn
