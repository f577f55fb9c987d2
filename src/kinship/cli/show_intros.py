"""Introductions with somebody in them, as ``show`` says it."""

from kinship.cli import intro, show
from kinship.cli.context import Kin
from kinship.model.person import Person
from kinship.render.shapes import Line, Span
from kinship.services import people as finding
from kinship.store import introductions, people

_ROWS = 3


def rows(kin: Kin, person: Person) -> list[Line]:
    """To whom, when, and whether it landed, a row each; all of them are a command away."""
    found = introductions.of(kin.db, person.id)
    who = people.by_ids(kin.db, [one.whom(person.id) for one in found])
    command = Span(kin.cmd(f"intro {finding.ref(kin.db, person)}"), "command")
    some = found if len(found) == _ROWS + 1 else found[:_ROWS]
    said = [f"to {who[one.whom(person.id)].name} {intro.stands(kin, one)}" for one in some]
    said += [f"and {len(found) - len(some)} more"] if len(found) > len(some) else []
    return [
        show.fact("" if place else "intros", text, right="" if place else command)
        for place, text in enumerate(said)
    ]


def record(kin: Kin, person: Person) -> dict[str, object]:
    """For programs: keys of their own."""
    found = introductions.of(kin.db, person.id)
    return {"introductions": intro.records(kin, found)}
