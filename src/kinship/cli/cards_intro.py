"""Introductions in a row of ``due``: what to do, why now, the command."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kinship.cli import views
from kinship.cli.context import Kin
from kinship.model import dates
from kinship.model.introduction import Introduction
from kinship.model.person import Person
from kinship.render.shapes import Line, Span, line
from kinship.services import people as finding
from kinship.store import introductions, people
from kinship.store.agenda import Item

if TYPE_CHECKING:
    from kinship.cli.cards import Facts

_LONGEST = 40
"""Characters of a command that fits a narrow screen, indented."""


def what(kin: Kin, item: Item) -> str:
    """What to do, or to ask."""
    if _asking(kin, item):
        return f"Introduce to {item.what}?"
    return f"Did the intro to {item.what} land?"


def why(kin: Kin, item: Item) -> str:
    """Why now: never a score."""
    if item.since_on is None:
        return ""
    return f"{since(kin, item)} {dates.away(date.fromisoformat(item.since_on), kin.today)}"


def since(kin: Kin, item: Item) -> str:
    """What you did on the day it counts from."""
    return "asked both" if _asking(kin, item) else "introduced"


def done(kin: Kin, item: Item) -> str:
    """What ``done`` takes it for."""
    return "introduced" if _asking(kin, item) else "landed"


def command(kin: Kin, item: Item, known: Facts) -> str:
    """The command that acts on it."""
    other = _other(kin, item)
    if other is None:
        return kin.cmd(f"done {known.refs[item.person_id]}")
    landed = "" if _asking(kin, item) else " --landed"
    named = kin.cmd(f"intro {known.refs[item.person_id]} {finding.ref(kin.db, other)}{landed}")
    if not landed or len(named) <= _LONGEST:
        return named
    return kin.cmd(f"intro '#{item.entry_id}'{landed}")


def others(kin: Kin, item: Item) -> list[dict[str, object]]:
    """For programs: who else it is about, besides the person of the row."""
    other = _other(kin, item)
    return [views.person_record(kin, other)] if other else []


def back(kin: Kin, item: Item) -> list[Line]:
    """After ``done`` took it for landed: the way back, if it did not."""
    one = _introduction(kin, item)
    who = people.by_ids(kin.db, [one.person_id, one.other_id]) if one else {}
    if one is None or one.state != "landed" or len(who) < 2:
        return []
    refs = finding.refs(kin.db, [who[one.person_id], who[one.other_id]])
    return [
        line(
            "It did not? ",
            Span(kin.cmd("undo"), "command"),
            ", then ",
            Span(kin.cmd(f"intro {' '.join(refs.values())} --not"), "command"),
        )
    ]


def _introduction(kin: Kin, item: Item) -> Introduction | None:
    return introductions.by_number(kin.db, item.entry_id) if item.entry_id else None


def _asking(kin: Kin, item: Item) -> bool:
    one = _introduction(kin, item)
    return one is not None and one.made_on is None


def _other(kin: Kin, item: Item) -> Person | None:
    one = _introduction(kin, item)
    return people.by_id(kin.db, one.other_id) if one else None
