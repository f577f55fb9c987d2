"""``mutual``: whom two people both know, and whom you never met."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kinship.cli import sections, views
from kinship.cli.context import Kin
from kinship.errors import BadInput
from kinship.model import names
from kinship.model.person import ME, Person
from kinship.render.shapes import Column, Line, Room, Sheet, Span, Table, line
from kinship.render.width import cells, cut, pad
from kinship.services import acquaintances
from kinship.services import people as finding
from kinship.services.acquaintances import Both
from kinship.services.tying import Why
from kinship.store import attendance, communities
from kinship.value import Value

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params

_SHOWN = 3
_MOST = 10
_NAMED = 3


def mutual(
    ctx: typer.Context,
    words: params.Words = None,
    everything: Annotated[bool, typer.Option("--all", help="All of them, however many.")] = False,
) -> None:
    """Whom you and somebody both know.

    Usage: kinship mutual WHO          whom you and WHO both know
           kinship mutual WHO WHO      whom the two both know
           kinship mutual [-n N]       never met, but know most people you know

    Examples:
      kinship mutual ada
      kinship mutual ada grace
      kinship mutual

    You know whoever you did not only hear of, and who is not archived. Who perhaps
    knows them, from one small event or community, is shown apart and counts in no
    number.
    """
    kin = Kin.of(ctx)
    who: list[Person] = []
    rest = words or []
    while rest:
        several, rest = kin.take_who(rest, writing=False)
        who += several
    with kin.still():
        match who:
            case []:
                _league(kin)
            case [one]:
                _of_you(kin, one, everything=everything)
            case [one, other] if one.id == other.id:
                raise BadInput(
                    f"that is one person: {one.name if one.id != ME else 'you'}.",
                    hint=kin.cmd(
                        f"mutual {finding.ref(kin.db, one)}" if one.id != ME else "mutual"
                    ),
                )
            case [one, other]:
                _of_two(kin, one, other, everything=everything)
            case _:
                raise BadInput(
                    f"that is {len(who)} people; whom do one or two of them know?",
                    hint=(kin.cmd("mutual WHO"), kin.cmd("mutual WHO WHO")),
                )


def _of_you(kin: Kin, one: Person, *, everything: bool) -> None:
    if one.id == ME:
        raise BadInput("that is you. Say somebody else.", hint=kin.cmd("mutual"))
    found = acquaintances.both(kin.db, one, kin.today)
    ref = finding.ref(kin.db, one)
    heard = ", whom you only heard of," if one.known == "heard" else ""
    head = line(f"You and {one.name}{heard} both know {views.people(len(found.whom))}.")
    rows = [(p.name, found.whys[p.id].text) for p in found.whom]
    shown = len(rows) if everything else kin.view.limit or _SHOWN

    def build(room: Room) -> list[Line]:
        if not rows:
            lines = [
                line(f"You know nobody who knows {one.name}, as far as I can tell."),
                line("  Tell me: ", Span(kin.cmd(f"knows {ref} WHO"), "command")),
            ]
        else:
            lines = [
                head,
                Line(),
                *sections.pairs(rows[:shown], room),
                *_more(kin, rows[shown:], ref),
            ]
        lines += [*_perhaps(found, room), *_shared(found), *(_tree(kin, ref) if rows else [])]
        return sections.whole(lines, room)

    refs = finding.refs(kin.db, [one, *found.whom, *(p for p, _ in found.perhaps)])
    kin.show(Sheet(build, _record(found, refs), _items(found, refs), paged=True))


def _of_two(kin: Kin, one: Person, other: Person, *, everything: bool) -> None:
    if one.id == ME or other.id == ME:
        _of_you(kin, other if one.id == ME else one, everything=everything)
        return
    found = acquaintances.of_two(kin.db, one, other, kin.today)
    first, second = names.first_name(one.name), names.first_name(other.name)
    ref = " ".join(finding.refs(kin.db, [one, other]).values())
    rows = [
        (
            p.name,
            "; ".join(
                filter(
                    None,
                    [
                        "only heard of" if p.known == "heard" else "",
                        _said(kin, first, found.whys[p.id]),
                        _said(kin, second, found.whys_other[p.id]),
                    ],
                )
            ),
        )
        for p in found.whom
    ]
    shown = len(rows) if everything else kin.view.limit or _MOST

    def build(room: Room) -> list[Line]:
        if not rows:
            lines = [
                line(f"Nobody knows both {one.name} and {other.name}, as far as I can tell."),
                line("  A way from one to the other: ", Span(kin.cmd(f"path {ref}"), "command")),
            ]
        else:
            head = line(f"{one.name} and {other.name} both know {views.people(len(rows))}.")
            lines = [
                head,
                Line(),
                *sections.pairs(rows[:shown], room),
                *_more(kin, rows[shown:], ref),
                *_tree(kin, ref),
            ]
        return sections.whole(lines, room)

    refs = finding.refs(kin.db, [one, other, *found.whom])
    kin.show(Sheet(build, _record_of_two(found, other, refs), _items(found, refs), paged=True))


def _said(kin: Kin, name: str, why: Why) -> str:
    """How one of the two knows somebody, where anything is said of it: ``same lab (Ada)``."""
    said = "; ".join(
        filter(
            None, [why.how, f"since {views.when_shown(why.since, kin.today)}" if why.since else ""]
        )
    )
    return f"{said} ({name})" if said else ""


# Rows


def _tree(kin: Kin, ref: str) -> list[Line]:
    return [Line(), line("As a tree: ", Span(kin.cmd(f"map {ref}"), "command"))]


def _more(kin: Kin, rest: Sequence[object], ref: str) -> list[Line]:
    if not rest:
        return []
    return [line(f"  and {len(rest)} more: ", Span(kin.cmd(f"mutual {ref} --all"), "command"))]


def _perhaps(found: Both, room: Room) -> list[Line]:
    """Who perhaps knows them, in no number."""
    if not found.perhaps:
        return []
    head = line(
        Span("PERHAPS", "heading"), Span(" met at the same event, or in one community", "dim")
    )
    rows = [(p.name, f"both {hub.place}") for p, hub in found.perhaps]
    return [Line(), head, *sections.pairs(rows, room)]


def _shared(found: Both) -> list[Line]:
    if not found.events and not found.topics:
        return []
    return [Line(), line("Also shared: ", ", ".join([*found.events, *found.topics]))]


# For programs


def _record(found: Both, refs: dict[int, str]) -> dict[str, object]:
    return {
        "person": views.brief(found.person, refs),
        "both": [_why(p, found.whys[p.id], refs) for p in found.whom],
        "perhaps": [
            {"person": views.brief(p, refs), **views.hub_record(hub)} for p, hub in found.perhaps
        ],
        "events": found.events,
        "topics": found.topics,
    }


def _why(person: Person, why: Why, refs: dict[int, str]) -> dict[str, object]:
    return {
        "person": views.brief(person, refs),
        "how": why.how,
        "since": why.since,
        "noted_on": why.noted_on,
        "source": why.source,
    }


def _record_of_two(found: Both, other: Person, refs: dict[int, str]) -> dict[str, object]:
    return {
        "people": [views.brief(found.person, refs), views.brief(other, refs)],
        "both": [
            {
                "person": views.brief(p, refs),
                "heard_of": p.known == "heard",
                "how": [found.whys[p.id].how, found.whys_other[p.id].how],
                "since": [found.whys[p.id].since, found.whys_other[p.id].since],
            }
            for p in found.whom
        ],
    }


def _items(found: Both, refs: dict[int, str]) -> Table[Person]:
    """Whom both know, for formats that need rows."""

    def record(person: Person) -> dict[str, object]:
        why = found.whys[person.id]
        return {
            **views.brief(person, refs),
            "how": why.how,
            "since": why.since,
            "source": why.source,
        }

    return Table(
        found.whom,
        [
            Column("name", "NAME", lambda p: Span(p.name, "name")),
            Column("why", "WHY", lambda p: found.whys[p.id].text, rank=1),
        ],
        record,
        fields=("id", "ref", "name", "how", "since", "source"),
    )


# Whom you never met


class Stranger(Value):
    """Somebody you never met, whom of yours they know, and where they can be met."""

    person: Person
    knows: list[Person]
    going_to: str | None
    place: str


def _league(kin: Kin) -> None:
    several = _strangers(kin, kin.view.limit or _MOST)
    first = finding.ref(kin.db, several[0].person) if several else ""

    def build(room: Room) -> list[Line]:
        if not several:
            return [
                line("Nobody you have yet to meet is known to know people you know."),
                line(
                    "  Heard of somebody?  ", Span(kin.cmd("add NAME --heard --by WHO"), "command")
                ),
                line("  Who knows whom:     ", Span(kin.cmd("knows WHO WHO"), "command")),
            ]
        lines = [
            line("People you have never met who know the most people you know:"),
            Line(),
            *_ranked(several, room),
            Line(),
            line("Ask for an introduction: ", Span(kin.cmd(f"path {first}"), "command")),
        ]
        return sections.whole(lines, room)

    everybody = {p.id: p for s in several for p in (s.person, *s.knows)}
    in_rows = kin.view.format not in (None, "table", "plain", "lines")
    refs = finding.refs(kin.db, everybody.values()) if in_rows else {}

    def record(one: Stranger) -> dict[str, object]:
        return {
            "person": views.brief(one.person, refs),
            "knows": [views.brief(p, refs) for p in one.knows],
            "going_to": one.going_to,
        }

    table = Table(
        several,
        [
            Column("name", "NAME", lambda s: Span(s.person.name, "name")),
            Column("knows", "KNOWS", lambda s: str(len(s.knows)), align_right=True, rank=1),
            Column("place", "WHERE", lambda s: s.place, rank=2),
        ],
        record,
        fields=("person.id", "person.name", "going_to"),
    )
    kin.show(Sheet(build, list(map(record, several)) if in_rows else [], table, paged=True))


def _strangers(kin: Kin, most: int) -> list[Stranger]:
    """Them, with the event they will be at, else a community of theirs, else their city."""
    found = acquaintances.league(kin.db, most, kin.today)
    numbers = [p.id for p, _ in found]
    going = attendance.next_events(kin.db, numbers, kin.event_day.isoformat())
    joined = communities.of(kin.db, numbers)
    several = []
    for person, known in found:
        event = going.get(person.id)
        own = joined.get(person.id, [])
        place = f"going to {event}" if event else own[0] if own else person.city or ""
        several.append(Stranger(person, known, event, place))
    return several


def _ranked(several: Sequence[Stranger], room: Room) -> list[Line]:
    most = max(cells(str(len(s.knows))) for s in several)
    lines = []
    if room.width < sections.WIDE:
        for one in several:
            name = cut(one.person.name, room.width - 3 - most, room.ellipsis)
            lines.append(line("  ", Span(name, "name"), f" {len(one.knows)}"))
            texts = [_few(one.knows, room.width - 4), one.place]
            lines += [
                line("    ", cut(text, room.width - 4, room.ellipsis)) for text in texts if text
            ]
        return lines
    first = min(26, max(16, *(cells(s.person.name) for s in several)))
    free = room.width - first - most - 7
    for one in several:
        right = cut(one.place, free // 2, room.ellipsis)
        left = _few(one.knows, free - cells(right) - 2 if right else free)
        who = Span(pad(one.person.name, first, room.ellipsis), "name")
        lines.append(line("  ", who, f"  {len(one.knows):>{most}}   ", left, right=right))
    return lines


def _few(several: Sequence[Person], width: int) -> str:
    """``Hedy, Konrad, Mary S., 6 more``: as many as there is room for, up to three."""
    most = len(several) if len(several) == _NAMED + 1 else _NAMED
    shown = names.short([p.name for p in several[:most]])
    for count in range(len(shown), 0, -1):
        more = len(several) - count
        text = ", ".join([*shown[:count], *([f"{more} more"] if more else [])])
        if cells(text) <= width:
            return text
    return views.people(len(several))
