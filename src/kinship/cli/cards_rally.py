"""Rallies in a row of ``due``: what to do, why now, the command."""

# ruff: noqa: ARG001

from __future__ import annotations

from typing import TYPE_CHECKING

from kinship.cli import views
from kinship.cli.context import Kin
from kinship.store.agenda import Item

if TYPE_CHECKING:
    from kinship.cli.cards import Facts


def what(kin: Kin, item: Item) -> str:
    """What to do, or to ask."""
    return views.capital(views.one_line(item.what or ""))


def why(kin: Kin, item: Item) -> str:
    """Why now: never a score."""
    return ""


def command(kin: Kin, item: Item, known: Facts) -> str:
    """The command that acts on it."""
    return kin.cmd(f"done {known.refs[item.person_id]}")


def others(kin: Kin, item: Item) -> list[dict[str, object]]:
    """For programs: who else it is about, besides the person of the row."""
    return []
