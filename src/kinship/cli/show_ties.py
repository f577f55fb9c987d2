"""Whom somebody knows, as ``show`` says it."""

# ruff: noqa: ARG001

from kinship.cli import show
from kinship.cli.context import Kin
from kinship.model.person import Person
from kinship.render.shapes import Line
from kinship.store import people

_NAMES = 4


def rows(kin: Kin, person: Person) -> list[Line]:
    """What stands among the facts."""
    names = people.ties(kin.db, person.id)
    more = f", {len(names) - _NAMES} more" if len(names) > _NAMES else ""
    return [show.fact("knows", ", ".join(names[:_NAMES]) + more)] if names else []


def history(kin: Kin, person: Person) -> list[tuple[str, int, str, str]]:
    """What happened: day, number (0 where it has none), what it was, text."""
    return []


def record(kin: Kin, person: Person) -> dict[str, object]:
    """For programs: keys of their own."""
    return {}
