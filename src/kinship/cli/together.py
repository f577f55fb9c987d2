"""What ties make of people who are somewhere together: who knows whom there, whom to introduce."""

from collections.abc import Iterable, Sequence

from kinship.cli import sections, views
from kinship.cli.context import Kin
from kinship.model.person import Person
from kinship.render.shapes import Line, Room, Span, line
from kinship.render.width import cut, fits
from kinship.services import acquaintances, matching
from kinship.services import people as finding
from kinship.services.matching import Idea
from kinship.store import ties
from kinship.value import Value

SHOWN = 5
_IDEAS = 3
CROWD = 200
"""Of more people than that, those you talked with last are introduced."""


class Network(Value):
    """Who of some people knows whom of them, how many more do, and whom to introduce."""

    knows: list[tuple[Person, list[Person]]]
    more: int
    ideas: list[Idea]


def network(
    kin: Kin, numbers: Iterable[int], most: int | None, lately: Sequence[int] | None = None
) -> Network:
    """Of people who are somewhere together; ``lately`` you were in contact with those you know."""
    here = set(numbers)
    if len(here) < 2:  # nobody else there
        return Network([], 0, [])
    knows, more = acquaintances.among(kin.db, here, most)
    yours = set(ties.lately(kin.db, here, CROWD) if lately is None else lately)
    pairs = len(yours) > 1
    ideas = matching.ideas(kin.db, kin.today, most=_IDEAS, among=yours) if pairs else []
    return Network(knows, more, ideas)


def lines(kin: Kin, found: Network, room: Room, everybody: str = "") -> list[Line]:
    """The two sections; what there is nothing of is left out."""
    result: list[Line] = []
    if found.knows:
        rows = [
            (one.name, f"knows {views.first_few([p.name for p in whom])}")
            for one, whom in found.knows
        ]
        result += [line(Span("WHO KNOWS WHOM THERE", "heading")), *sections.pairs(rows, room)]
        result += sections.and_more(everybody, found.more if everybody else 0)
    if found.ideas:
        refs = finding.refs(
            kin.db, {p.id: p for i in found.ideas for p in (i.one, i.other)}.values()
        )
        result.append(line(Span("WHOM TO INTRODUCE", "heading")))
        for idea in found.ideas:
            command = Span(kin.cmd(f"intro {refs[idea.one.id]} {refs[idea.other.id]}"), "command")
            who = Span(f"{idea.one.name} and {idea.other.name}", "name")
            reason = line("    ", cut(idea.reason, room.width - 4, room.ellipsis))
            beside = line("  ", who, right=command)
            below = [line("  ", who), reason, line("    ", command)]
            result += [beside, reason] if fits(beside, room) else below
        result.append(Line())
    return result


def record(kin: Kin, found: Network) -> dict[str, object]:
    """For programs."""
    named = [p for one, whom in found.knows for p in (one, *whom)]
    named += [p for idea in found.ideas for p in (idea.one, idea.other)]
    refs = finding.refs(kin.db, {p.id: p for p in named}.values())

    return {
        "who_knows_whom": [
            {"person": views.brief(one, refs), "knows": [views.brief(p, refs) for p in whom]}
            for one, whom in found.knows
        ],
        "to_introduce": [
            {
                "people": [views.brief(idea.one, refs), views.brief(idea.other, refs)],
                "reason": idea.reason,
            }
            for idea in found.ideas
        ],
    }
