"""Who knows whom as a small tree on the screen: what ``map WHO`` draws without a file."""

from collections.abc import Iterator, Sequence

from kinship.cli import views
from kinship.cli.context import Kin
from kinship.errors import BadInput
from kinship.model.person import ME, Person
from kinship.render.shapes import Line, Span, Style, line
from kinship.render.width import cells, filled
from kinship.services import acquaintances, tying, wayfinding
from kinship.services import people as finding
from kinship.store import people, ties
from kinship.value import Value

_BOTH, _OTHERS = 8, 6
"""So many of each fit on a screen, with what leads to them."""
_WAYS = 4
_WIDEST = 34


class Branch(Value):
    """A person, or what several have in common; why; and who hangs on it."""

    text: str
    why: str
    twigs: list["Branch"]
    style: Style = "name"


def lines(kin: Kin, who: Sequence[Person]) -> list[Line]:
    """Whom you and somebody both know, and whom else they know; of two people, the ways between.

    Raises BadInput for you alone, for one person twice, and for more than two.
    """
    others = list({p.id: p for p in who if p.id != ME}.values())
    if len(who) > 2:
        refs = " ".join(finding.refs(kin.db, others).values())
        raise BadInput(
            "on the screen there is room for one or two people.",
            hint=kin.cmd(f"map {refs} -o people.svg"),
        )
    if not others:
        raise BadInput("that is you. Say somebody else.", hint=kin.cmd("map WHO"))
    if len(others) == 1 and len(who) == 2 and ME not in (p.id for p in who):
        raise BadInput(f"that is one person: {others[0].name}.", hint=kin.cmd("map WHO WHO"))
    with kin.db.still():
        if len(others) == 2:
            return _between(kin, *others)
        return _around(kin, others[0])


# One person


def _around(kin: Kin, person: Person) -> list[Line]:
    ref = finding.ref(kin.db, person)
    found = acquaintances.both(kin.db, person, kin.today)
    both = {p.id for p in found.whom}
    known = people.by_ids(kin.db, (tie.whom(person.id) for tie in ties.of(kin.db, person.id)))
    others = [p for p in known.values() if p.id not in both and not p.archived_on]
    others.sort(key=lambda p: (p.name_key, p.id))
    whys = tying.whys(kin.db, ((person.id, p.id) for p in others[:_OTHERS]), kin.today)
    branches = []
    if found.whom:
        twigs = [Branch(p.name, found.whys[p.id].text, []) for p in found.whom[:_BOTH]]
        twigs += _more(len(found.whom) - _BOTH, kin.cmd(f"mutual {ref} --all"))
        branches.append(Branch(f"you both know {views.people(len(found.whom))}", "", twigs, "dim"))
    if others:
        twigs = [Branch(p.name, whys[person.id, p.id].text, []) for p in others[:_OTHERS]]
        twigs += _more(len(others) - _OTHERS, "")
        besides = " whom you do not" if found.whom else ""
        branches.append(Branch(f"they know {views.people(len(others))}{besides}", "", twigs, "dim"))
    drawn = _drawn(Branch(person.name, "", branches)) if branches else []
    ways = [] if found.whom else _ways(kin, None, person)
    if ways:
        drawn = [*ways, *([Line()] if drawn else []), *drawn]
    return drawn or [
        line(f"Nobody is noted who knows {person.name}."),
        line("  Tell me: ", Span(kin.cmd(f"knows {ref} WHO"), "command")),
    ]


def _more(number: int, command: str) -> list[Branch]:
    said = f": {command}" if command else ""
    return [Branch(f"and {number} more{said}", "", [], "")] if number > 0 else []


# Two people


def _between(kin: Kin, one: Person, other: Person) -> list[Line]:
    found = _ways(kin, one, other)
    if found:
        return found
    ref = finding.ref(kin.db, other)
    return [
        line(f"No way from {one.name} to {other.name} is written down."),
        line("  Tell me: ", Span(kin.cmd(f"knows {ref} WHO"), "command")),
    ]


def _ways(kin: Kin, one: Person | None, other: Person) -> list[Line]:
    """The ways from somebody, or from you; ways that begin alike are one branch."""
    found = wayfinding.paths(kin.db, one, other, most=_WAYS, strong=False, today=kin.today)
    root = Branch(one.name if one else "You", "", [])
    places: dict[tuple[object, ...], Branch] = {(root.text,): root}
    for path in found:
        at = root
        trail: tuple[object, ...] = (root.text,)
        for person, why in zip(path.people[1:], path.edges, strict=True):
            trail = (*trail, person.id)
            if trail not in places:
                places[trail] = Branch(person.name, why.text, [])
                at.twigs.append(places[trail])
            at = places[trail]
    return _drawn(root) if found else []


# Drawing


def _drawn(root: Branch) -> list[Line]:
    rows = list(_rows(root, "", ""))
    named = [cells(before + text) for before, text, why, _ in rows if why]
    column = min(_WIDEST, max(named, default=0))
    return [
        line(
            Span(before, "dim"),
            Span(filled(text, column - cells(before)) if why else text, style),
            f"   {why}" if why else "",
        )
        for before, text, why, style in rows
    ]


def _rows(branch: Branch, before: str, below: str) -> Iterator[tuple[str, str, str, Style]]:
    """What stands before a branch, the branch, why, and how it looks; then all that hangs on it."""
    yield before, branch.text, branch.why, branch.style
    for twig in branch.twigs[:-1]:
        yield from _rows(twig, f"{below}├─ ", f"{below}│  ")
    for twig in branch.twigs[-1:]:
        yield from _rows(twig, f"{below}└─ ", f"{below}   ")
