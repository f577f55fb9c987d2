"""``intro --ideas``: pairs who may want to know each other, best first, and why."""

from collections.abc import Sequence

from kinship.cli import sections, targets, views
from kinship.cli.context import Kin
from kinship.model.person import Person
from kinship.render.shapes import Column, Line, Room, Sheet, Span, Table, line
from kinship.render.width import cells
from kinship.services import matching, querying
from kinship.services import people as finding
from kinship.services.matching import Idea

_SHOWN = 10
_BEGINNINGS = 6
"""Rules up to this one name somebody by the beginnings of words."""


def show(kin: Kin, words: Sequence[str]) -> None:
    """The best pairs; with somebody who is named, or of those a query finds."""
    whose = _named(kin, words)
    query = words and whose is None
    among = set(querying.numbers(kin.db, words, kin.today)) if query else None
    if query and not among and not any(map(targets.is_term, words)):
        whose, among = kin.who(" ".join(words), writing=False), None
    with kin.still():
        most = kin.view.limit or _SHOWN
        number = whose.id if whose else None
        found = matching.ideas(kin.db, kin.today, most=most, among=among, whose=number)
        refs = finding.refs(kin.db, {p.id: p for i in found for p in (i.one, i.other)}.values())
        table = _table(kin, words, whose, found, refs)
        on_screen = found and kin.view.terminal and kin.view.format is None
        kin.show(Sheet(lambda room: _lines(kin, found, refs, room), []) if on_screen else table)


def _named(kin: Kin, words: Sequence[str]) -> Person | None:
    """Who is meant by all of the words, where that is one person; else they are a query."""
    if not words or any(map(targets.is_term, words)):
        return None
    found = finding.find(kin.db, " ".join(words))
    sure = len(found.people) == 1 and found.rule <= _BEGINNINGS
    finding.not_me(found.people if sure else ())
    return found.people[0] if sure else None


def _command(kin: Kin, one: Idea, refs: dict[int, str]) -> Span:
    return Span(kin.cmd(f"intro {refs[one.one.id]} {refs[one.other.id]}"), "command")


def _reason(one: Idea) -> str:
    return one.reason + ("; they may have met" if one.doubtful else "")


def _lines(kin: Kin, found: Sequence[Idea], refs: dict[int, str], room: Room) -> list[Line]:
    """Two lines each: who, with the command that introduces them, and why."""
    lines = []
    for one in found:
        first, second = Span(one.one.name, "name"), Span(one.other.name, "name")
        command = _command(kin, one, refs)
        said = f"{one.one.name} and {one.other.name}  {command.text}"
        beside = cells(said) <= room.width
        lines.append(line(first, " and ", second, right=command if beside else ()))
        lines.append(line("  ", _reason(one)))
        lines += [] if beside else [line("  ", command)]
    return sections.whole(lines, room)


def _table(
    kin: Kin,
    words: Sequence[str],
    whose: Person | None,
    found: Sequence[Idea],
    refs: dict[int, str],
) -> Table[Idea]:
    return Table(
        found,
        [
            Column("one", "WHO", lambda i: Span(i.one.name, "name")),
            Column("other", "AND WHO", lambda i: Span(i.other.name, "name")),
            Column("reason", "WHY", _reason, rank=1),
            Column("command", "COMMAND", lambda i: _command(kin, i, refs), rank=2),
        ],
        lambda i: {
            "people": [views.brief(i.one, refs), views.brief(i.other, refs)],
            "one": views.brief(i.one, refs),
            "other": views.brief(i.other, refs),
            "reason": i.reason,
            "topic": i.topic,
            "seeks": i.seeks,
            "may_have_met": i.doubtful,
            "command": _command(kin, i, refs).text,
        },
        empty=() if found else _none(kin, words, whose),
        fields=("one.id", "one.name", "other.id", "other.name", "reason", "topic", "seeks"),
    )


def _none(kin: Kin, words: Sequence[str], whose: Person | None) -> tuple[Line, ...]:
    if words:
        said = f"Nobody matches {whose.name} yet." if whose else "No two of these match yet."
        every = Span(kin.cmd("intro --ideas"), "command")
        return (line(said), line("  Of everybody: ", every))
    return (
        line("No two people of yours match yet."),
        line("  Who knows what:      ", Span(kin.cmd("edit WHO --about TOPIC"), "command")),
        line("  Who looks for what:  ", Span(kin.cmd("edit WHO --seeks TEXT"), "command")),
    )
