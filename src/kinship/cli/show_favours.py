"""What you did for somebody, and they for you, as ``show`` says it."""

from kinship.cli import show
from kinship.cli.context import Kin
from kinship.model.person import Person
from kinship.render.shapes import Line, Span
from kinship.services import people as finding
from kinship.store import favours


def rows(kin: Kin, person: Person) -> list[Line]:
    """Both counts, and the command that says what they count."""
    gave, got = favours.counts(kin.db, [person.id]).get(person.id, (0, 0))
    if not gave and not got:
        return []
    command = Span(kin.cmd(f"favours {finding.ref(kin.db, person)}"), "command")
    return [show.fact("balance", f"you gave {gave}, got {got}", right=command)]


def history(kin: Kin, person: Person) -> list[tuple[str, int, str, str]]:
    """What happened: day, number (0 where it has none), what it was, text.

    Your introductions are told by the conversations they made.
    """
    return [
        (one.day, one.number or 0, one.way, one.said)
        for one in favours.entries_of(kin.db, person.id)
        if one.number or one.way == "got"
    ]


def record(kin: Kin, person: Person) -> dict[str, object]:
    """For programs: keys of their own."""
    return {
        "favours": [
            {"number": one.number, "day": one.day, "way": one.way, "text": one.said}
            for one in favours.entries_of(kin.db, person.id)
        ]
    }
