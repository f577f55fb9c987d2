"""Introductions with somebody in them, as ``show`` says it."""

# ruff: noqa: ARG001

from kinship.cli.context import Kin
from kinship.model.person import Person
from kinship.render.shapes import Line


def rows(kin: Kin, person: Person) -> list[Line]:
    """What stands among the facts; made with `show.fact`."""
    return []


def history(kin: Kin, person: Person) -> list[tuple[str, int, str, str]]:
    """What happened: day, number (0 where it has none), what it was, text."""
    return []


def record(kin: Kin, person: Person) -> dict[str, object]:
    """For programs: keys of their own."""
    return {}
