"""Ways between people, one after another: a search over what it is given, without SQL."""

# ruff: noqa: ARG001

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeAlias

from kinship.value import Value

Near: TypeAlias = Callable[[Iterable[int]], Mapping[int, Sequence[int]]]
"""Whom each of these knows."""
Cold: TypeAlias = Callable[[Iterable[int]], Mapping[int, int]]
"""Those among these whom you know, and how cold it is."""
Hubs: TypeAlias = Callable[[Iterable[int]], Mapping[int, Sequence[int]]]
"""The small events and communities of each of these."""


class Way(Value):
    """People one after another, and where it is weak, the hub that joins two of them.

    ``weak_at`` is the place in ``people`` of the first of the two.
    """

    people: tuple[int, ...]
    cost: int
    hub: int | None
    weak_at: int | None


def to_me(
    goal: int, near: Near, cold: Cold, hubs: Hubs | None, without: AbstractSet[int]
) -> Way | None:
    """The best way from you to somebody, through others; without hubs only by ties."""
    return None


def between(
    one: int, other: int, near: Near, cold: Cold, hubs: Hubs | None, without: AbstractSet[int]
) -> Way | None:
    """The best way between two people, without you."""
    return None
