"""Rows of people under a heading, and a bar: what the pages of events and communities are made of."""

from collections.abc import Sequence
from typing import TypeAlias

from kinship.render.shapes import Line, Room, Span, line
from kinship.render.width import cells, cut, fits, fold, pad

Row: TypeAlias = tuple[str, str, str]

WIDE = 68
"""Narrower, people stand in a few lines each."""
_BAR = 10


def bar(part: int, whole: int) -> tuple[Span, ...]:
    """``━━╌╌╌╌╌╌╌╌``: never empty when there is some, never full when some are missing."""
    done = round(_BAR * part / whole) if whole else 0
    done = min(max(done, int(part > 0)), _BAR - int(part < whole))
    return Span("━" * done, "good"), Span("╌" * (_BAR - done), "dim")


def section(room: Room, title: str, said: str, rows: Sequence[Row]) -> list[Line]:
    """A heading, and under it who, where from, what: in columns, or stacked where it is narrow."""
    lines = [line(Span(title, "heading"), Span(f" {said}" if said else "", "dim"))]
    if room.width < WIDE:
        for name, middle, last in rows:
            lines.append(line("  ", Span(cut(name, room.width - 2, room.ellipsis), "name")))
            texts = [cut(text, room.width - 4, room.ellipsis) for text in (middle, last) if text]
            lines += [line("    ", text) for text in texts]
        return lines
    first = min(26, max(16, *(cells(name) for name, _, _ in rows)))
    second = min(room.width // 2 - 10, max(22, *(cells(middle) for _, middle, _ in rows)))
    free = room.width - first - second - 6
    for name, middle, last in rows:
        who = Span(pad(name, first, room.ellipsis), "name")
        fit = pad if last else cut
        rest = f"  {cut(last, free, room.ellipsis)}" if last else ""
        lines.append(line("  ", who, "  ", fit(middle, second, room.ellipsis), rest))
    return lines


def pairs(rows: Sequence[tuple[str, str]], room: Room) -> list[Line]:
    """Who, and what is said of them; below each other where it is narrow."""
    if room.width < WIDE:
        lines = []
        for name, text in rows:
            lines.append(line("  ", Span(cut(name, room.width - 2, room.ellipsis), "name")))
            lines += [line("    ", cut(text, room.width - 4, room.ellipsis))] if text else []
        return lines
    first = min(26, max(16, *(cells(name) for name, _ in rows)))
    free = room.width - first - 5
    lines = []
    for name, text in rows:
        fit = pad if text else cut
        who = Span(fit(name, first, room.ellipsis), "name")
        lines.append(line("  ", who, *(("   ", cut(text, free, room.ellipsis)) if text else ())))
    return lines


def whole(lines: Sequence[Line], room: Room) -> list[Line]:
    """Sentences in several rows where one is too short; rows of people are cut to it already."""
    return [
        one
        for said in lines
        for one in (
            [said] if fits(said, room) else (Line(tuple(spans)) for spans in fold(said, room))
        )
    ]


def and_more(command: str, more: int) -> list[Line]:
    """How many are not shown, and the command that shows them; then a blank line."""
    said = [line(f"  and {more} more: ", Span(command, "command"))] if more else []
    return [*said, Line()]
