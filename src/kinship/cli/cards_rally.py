"""Rallies in a row of ``due``: what to do, why now, the command."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from kinship.cli import views
from kinship.cli.context import Kin
from kinship.model import dates
from kinship.model.person import ME, Person
from kinship.model.rally import Pledge, Rally
from kinship.render.shapes import Line, Span, line
from kinship.services import people as finding
from kinship.services import rally_names
from kinship.store import people, rallies
from kinship.store.agenda import Item

if TYPE_CHECKING:
    from kinship.cli.cards import Facts


def what(kin: Kin, item: Item) -> str:
    """What to do, or to ask."""
    said = views.one_line(item.what or "")
    pledge = _pledge(kin, item)
    if pledge is None:
        return f"Asked: {said}"
    return views.capital(said) if pledge.person_id == ME else f"Kept? {said}"


def why(kin: Kin, item: Item) -> str:
    """Why now: never a score."""
    today = kin.today
    pledge = _pledge(kin, item)
    if pledge is None:
        return f"asked {dates.away(date.fromisoformat(item.since_on or item.due_on), today)}"
    rally = rallies.by_number(kin.db, pledge.rally_id)
    until = date.fromisoformat(pledge.due_on or (rally and rally.until_on) or item.due_on)
    if pledge.person_id != ME:
        return f"pledged for {dates.show(until, today)}"
    late = (today - until).days
    if late > 0:
        return f"you pledged it, {views.days(late)} late"
    return f"you pledged it, by {dates.away(until, today)}"


def done(kin: Kin, item: Item) -> str:
    """What ``done`` takes it for."""
    return "kept" if _pledge(kin, item) else "asked again"


def command(kin: Kin, item: Item, known: Facts) -> str:
    """The command that acts on it."""
    pledge = _pledge(kin, item)
    rally = _rally(kin, item, pledge)
    if pledge and rally:
        number = pledge.person_id
        person = people.by_id(kin.db, ME) if number == ME else known.people[number]
        assert person
        return kin.cmd(rally_names.command(kin.db, rally, person, pledge))
    if known.reaches[item.person_id]:
        return kin.cmd(f"open {known.refs[item.person_id]}")
    return kin.cmd(f"rally show {rally.id}" if rally else "rally")


def back(kin: Kin, person: Person, items: Sequence[Item]) -> list[Line]:
    """After ``done`` took what was pledged for kept: the way back, if it was not."""
    pledges = (_pledge(kin, item) for item in items)
    if not any(pledge and pledge.state == "kept" for pledge in pledges):
        return []
    log = kin.cmd(f"log {finding.ref(kin.db, person)} TEXT")
    undo = Span(kin.cmd("undo"), "command")
    return [line("Not kept yet? ", undo, ", then ", Span(log, "command"))]


def others(kin: Kin, item: Item) -> list[dict[str, object]]:
    """For programs: who else it is about: whom the rally is for, besides the person of the row."""
    rally = _rally(kin, item, _pledge(kin, item))
    if rally is None or rally.person_id in (None, ME, item.person_id):
        return []
    whom = people.by_id(kin.db, rally.person_id)
    return [views.person_record(kin, whom)] if whom else []


def _pledge(kin: Kin, item: Item) -> Pledge | None:
    """What was pledged; None where somebody was asked."""
    return rallies.pledge(kin.db, item.entry_id or 0)


def _rally(kin: Kin, item: Item, pledge: Pledge | None) -> Rally | None:
    helper = None if pledge else rallies.helper(kin.db, item.entry_id or 0)
    one = pledge or helper
    return rallies.by_number(kin.db, one.rally_id) if one else None
