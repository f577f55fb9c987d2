"""``path``: who can introduce you to somebody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from kinship.cli import sections, views
from kinship.cli.context import Kin
from kinship.errors import BadInput
from kinship.model import dates, names
from kinship.model.person import ME, Person
from kinship.model.warmth import since
from kinship.render.shapes import Column, Line, Room, Sheet, Span, Table, line
from kinship.render.width import cells, cut, pad, wrap
from kinship.services import people as finding
from kinship.services import wayfinding
from kinship.services.wayfinding import Path
from kinship.store import people

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params

_MOST = 3
_PAIR = 30


def path(
    ctx: typer.Context,
    words: params.Words = None,
    strong: Annotated[
        bool, typer.Option("--strong", help="Only through people who are noted to know each other.")
    ] = False,
) -> None:
    """Who can introduce you to somebody, and why each knows the next.

    Usage: kinship path WHO [WHO] [-n N] [--strong]

    Examples:
      kinship path emmy
      kinship path ada emmy        from one to the other, without you
      kinship path emmy --strong -n 5

    Short ways come first, through people you talk with. One step may be a guess: two
    people of one small event or community perhaps know each other.
    """
    kin = Kin.of(ctx)
    start, goal = _ends(kin, words or [])
    most = kin.view.limit or _MOST
    with kin.db.still():
        found = wayfinding.paths(kin.db, start, goal, most=most, strong=strong, today=kin.today)
        remarks = _remarks(kin, found)
        known = _known(kin, start, goal, found)

    def build(room: Room) -> list[Line]:
        lines = known
        if found:
            lines = [*known, *_first(found[0], room), *_others(found, remarks, room)]
            lines += _next(kin, start, found[0])
        else:
            lines = [*known, *_none(kin, start, goal, strong=strong)]
        return sections.whole(lines, room)

    refs = finding.refs(kin.db, {p.id: p for one in found for p in one.people}.values())
    record = {"paths": [_record(one, refs) for one in found]}
    kin.show(Sheet(build, record, _items(found, remarks, refs)))


def _ends(kin: Kin, words: list[str]) -> tuple[Person | None, Person]:
    """From whom, None being you, and to whom."""
    who: list[Person] = []
    while words:
        several, words = kin.take_who(words, writing=False)
        who += several
    match who:
        case []:
            hint = (kin.cmd("path WHO"), kin.cmd("path WHO WHO"), kin.cmd("mutual"))
            raise BadInput("say to whom.", hint=hint)
        case [one] if one.id == ME:
            raise BadInput("that is you. Say somebody else.", hint=kin.cmd("path WHO"))
        case [one]:
            return None, one
        case [one, other] if one.id == other.id:
            name = "you" if one.id == ME else one.name
            raise BadInput(f"that is one person: {name}.", hint=kin.cmd("path WHO WHO"))
        case [one, other]:
            if ME in (one.id, other.id):
                return None, other if one.id == ME else one
            return one, other
    raise BadInput(
        f"a path has two ends, and that is {len(who)} people.",
        hint=(kin.cmd("path WHO"), kin.cmd("path WHO WHO")),
    )


def _known(kin: Kin, start: Person | None, goal: Person, found: Sequence[Path]) -> list[Line]:
    """Whom of the two you know yourself: then there is a shorter way."""
    through = "Through others:" if start is None else "Without you:"
    after = [*([line(through)] if found else []), Line()]
    if start is None:
        if not goal.yours:
            return []
        why = wayfinding.with_you(kin.db, [goal.id], kin.today)[goal.id]
        verb = "open" if people.channels(kin.db, [goal.id]).get(goal.id) else "show"
        opens = Span(kin.cmd(f"{verb} {finding.ref(kin.db, goal)}"), "command")
        return [line(f"You know {goal.name}: {why.text}.", right=opens), *after]
    direct = bool(found) and len(found[0].people) == 2 and not found[0].edges[0].weak
    if direct or not (start.yours and goal.yours):
        return []
    refs = finding.refs(kin.db, [start, goal])
    intro = Span(kin.cmd(f"intro {refs[start.id]} {refs[goal.id]}"), "command")
    return [line("You know both: ", intro), *after]


def _first(found: Path, room: Room) -> list[Line]:
    """The best way, and why each knows the next."""
    called = names.short([p.name for p in found.people if p.id != ME])
    if found.people[0].id == ME:
        called = ["you", *called]
    rows = [
        (f"{one} and {other}", why.text)
        for (one, other), why in zip(pairwise(called), found.edges, strict=True)
    ]
    return [line(Span(_way(found), "name")), *_steps(rows, room)]


def _steps(rows: Sequence[tuple[str, str]], room: Room) -> list[Line]:
    """Which two, and why; under each other where it is narrow. Nothing of it is cut."""
    lines = []
    if room.width < sections.WIDE:
        for pair, why in rows:
            lines.append(line("  ", Span(cut(pair, room.width - 2, room.ellipsis), "name")))
            lines += [line("    ", row) for row in wrap(why, room.width - 4)]
        return lines
    first = min(_PAIR, max(cells(pair) for pair, _ in rows))
    for pair, why in rows:
        begin = Span(pad(pair, first, room.ellipsis), "name")
        for row in wrap(why, room.width - first - 5):
            lines.append(line("  ", begin, "   ", row))
            begin = Span(" " * first)
    return lines


def _way(found: Path) -> str:
    return " -> ".join("You" if p.id == ME else p.name for p in found.people)


def _others(found: Sequence[Path], remarks: Sequence[str], room: Room) -> list[Line]:
    """The other ways; a remark that does not fit behind one stands below it."""
    lines = [Line()] if len(found) > 1 else []
    for one, remark in zip(found[1:], remarks[1:], strict=True):
        label = "Also:  " if len(lines) == 1 else "       "
        way = _way(one)
        if not remark or cells(f"{label}{way}   {remark}") <= room.width:
            lines.append(line(label, way, Span(f"   {remark}" if remark else "", "dim")))
        else:
            lines += [line(label, way), line(" " * (len(label) + 2), Span(remark, "dim"))]
    return lines


def _next(kin: Kin, start: Person | None, found: Path) -> list[Line]:
    """What to do about it, and the same as a tree."""
    goal = found.people[-1]
    refs = finding.refs(kin.db, [*([start] if start else []), goal, found.people[1]])
    ends = [refs[start.id], refs[goal.id]] if start else [refs[goal.id]]
    tree = line("As a tree: ", Span(kin.cmd(f"map {' '.join(ends)}"), "command"))
    if start:
        return [Line(), tree]
    first = found.people[1]
    said = f"asked for an intro to {names.first_name(goal.name)}"
    if not all(c.isalnum() or c in " -" for c in said):
        said = names.argument(said)
    ask = kin.cmd(f"log {refs[first.id]} {said} --follow-up 1w")
    return [Line(), line(f"Ask {names.first_name(first.name)}: ", Span(ask, "command")), tree]


def _none(kin: Kin, start: Person | None, goal: Person, *, strong: bool) -> list[Line]:
    refs = finding.refs(kin.db, [*([start] if start else []), goal])
    whence = f"from {start.name if start else 'you'} to {goal.name}"
    if start is None and goal.yours:
        whence = "through others"
    lines = [
        line(f"No way {whence} is written down."),
        line("  Somebody they know?   ", Span(kin.cmd(f"knows {refs[goal.id]} WHO"), "command")),
    ]
    if strong:
        again = kin.cmd(f"path {' '.join(refs.values())}")
        lines.append(line("  Perhaps without ties: ", Span(again, "command")))
    return lines


def _remarks(kin: Kin, found: Sequence[Path]) -> list[str]:
    """What makes each way colder than it could be: long silence, a guess, more steps."""
    pulses = people.pulses(kin.db, [one.people[1].id for one in found])
    half = since(kin.today)
    remarks = []
    for one in found:
        parts = []
        if one.people[0].id == ME:
            pulse = pulses.get(one.people[1].id)
            last = pulse.last_on if pulse else None
            day = date.fromisoformat(last) if last else None
            if day and last and last < half:
                parts.append(f"{dates.elapsed(day, kin.today)} quiet")
            else:
                parts.append(one.edges[0].text.partition(",")[0])
        parts += [why.text for why in one.edges if why.weak]
        remarks.append(", ".join(parts))
    return remarks


def _record(found: Path, refs: dict[int, str]) -> dict[str, object]:
    return {
        "people": [views.brief(p, refs) for p in found.people],
        "edges": [
            {
                "from": why.pair[0],
                "to": why.pair[1],
                "why": why.text,
                "weak": why.weak,
                "how": why.how,
                "since": why.since,
                "noted_on": why.noted_on,
                "source": why.source,
                **views.hub_record(why.hub),
            }
            for why in found.edges
        ],
    }


def _items(
    found: Sequence[Path], remarks: Sequence[str], refs: dict[int, str]
) -> Table[tuple[Path, str]]:
    """A way a row, called by whom to ask first."""

    def record(row: tuple[Path, str]) -> dict[str, object]:
        one, remark = row
        first = one.people[1]
        return {
            **views.brief(first, refs),
            "way": _way(one),
            "steps": len(one.people) - 1,
            "perhaps": any(why.weak for why in one.edges),
            "remark": remark,
        }

    return Table(
        list(zip(found, remarks, strict=True)),
        [
            Column("way", "WAY", lambda row: Span(_way(row[0]), "name")),
            Column("remark", "WHY", lambda row: row[1], rank=1),
        ],
        record,
        fields=("id", "ref", "name", "way", "steps", "perhaps", "remark"),
    )
