"""Two entries side by side, and what would become of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kinship.cli import sections, views
from kinship.model.person import Person
from kinship.render.shapes import Line, Room, Span, line
from kinship.render.width import cells, wrap
from kinship.services import merging
from kinship.services.merging import Field, Plan

_LABEL = 12
_LEAST = 20
"""Narrower than this, the people stand under each other."""
_COUNTED = {
    "conversation": "conversation",
    "note": "note",
    "follow_up": "follow-up",
    "favour": "favour",
    "introduction": "introduction",
    "rally": "rally for them",
    "helper": "rally they are in",
    "pledge": "pledge",
    "tie": "tie",
    "membership": "community",
    "topic": "topic",
    "tag": "tag",
    "anniversary": "date",
    "attendance": "event",
    "extra": "kept value",
}
_SEVERAL = {
    "membership": "communities",
    "rally": "rallies for them",
    "helper": "rallies they are in",
}
_UNSAID = frozenset(("channel", "nudge", "source", "not_same", "person"))


def page(planned: Plan, room: Room) -> list[Line]:
    """The entries side by side, what is different, and where the rest goes."""
    return sections.whole([*_side_by_side(planned, room), *_after(planned)], room)


def _side_by_side(planned: Plan, room: Room) -> Iterator[Line]:
    rows = _rows(planned)
    heads = [f"{n} {person.name}" for n, person in enumerate(planned.who, 1)]
    width = (room.width - _LABEL) // len(heads) - 2
    if width < _LEAST:
        for place, head in enumerate(heads):
            yield line(Span(head, "name"))
            for label, columns in rows:
                for text in columns[place]:
                    yield line(Span(f"  {label} ", "dim"), text)
        return
    yield _row("", [[head] for head in heads], width, "name")
    for label, columns in rows:
        folded = [[part for text in some for part in wrap(text, width)] for some in columns]
        for at in range(max(map(len, folded))):
            cut = [[some[at]] if at < len(some) else [""] for some in folded]
            yield _row("" if at else label, cut, width)


def _row(label: str, columns: Sequence[Sequence[str]], width: int, style: str = "") -> Line:
    spans: list[str | Span] = [Span(f"{label:<{_LABEL}}", "dim")]
    for at, (text, *_) in enumerate(columns):
        last = at == len(columns) - 1
        gap = "" if last else " " * (width + 2 - cells(text))
        spans += [Span(text, "name") if style else text, gap]
    return line(*spans)


def _rows(planned: Plan) -> list[tuple[str, list[list[str]]]]:
    """Each label, and of each person the lines beside it."""
    rows = [
        (merging.called(field.name), [[word] if word else [] for word in field.words])
        for field in planned.fields
        if any(field.words) and field.name != "name"
    ]
    reached = [[views.reach_words(c.kind, c.handle) for c in some] for some in planned.channels]
    rows += [("reached at", reached)] if any(reached) else []
    written = [_counts(counts) for counts in planned.counts]
    rows += [("written", [[text] if text else [] for text in written])] if any(written) else []
    gone = [[f"since {p.archived_on}"] if p.archived_on else [] for p in planned.who]
    return [*rows, *([("archived", gone)] if any(gone) else [])]


def _counts(counts: Mapping[str, int]) -> str:
    parts = []
    for table, number in counts.items():
        if table not in _UNSAID:
            one = _COUNTED.get(table, table.replace("_", " "))
            many = _SEVERAL.get(table, "")
            parts.append(views.counted(number, one, many))
    return ", ".join(parts)


def _after(planned: Plan) -> Iterator[Line]:
    """What differs and what becomes of it."""
    yield Line()
    into = planned.into
    others = views.together([p.name for p in planned.others])
    yield line(f"{others} would become part of ", Span(into.name, "name"), ".")
    for field in planned.conflicts:
        yield line(f"  {merging.called(field.name)}: {said(planned, field)}")
    if planned.nick and not any(f.name == "name" for f in planned.conflicts):
        yield line(f"  nick: {planned.nick}")
    if into.archived_on and not all(p.archived_on for p in planned.others):
        yield line(f"  {into.name} is archived, and stays so.")
    elif not into.archived_on and any(p.archived_on for p in planned.others):
        yield line(f"  {into.name} is not archived, and stays so.")


def said(planned: Plan, field: Field) -> str:
    """Which value stays, and where the others go."""
    kept = views.one_line(field.words[field.stays])
    noted = field.lost
    parts = [f"{kept} stays"]
    if field.name == "name":
        noted = [word for word in field.lost if f"also called: {word}" in planned.note]
        parts += [f"{planned.nick} becomes the nickname"] if planned.nick else []
    if noted:
        parts.append(f"{views.together([views.one_line(word) for word in noted])} goes into a note")
    return ", ".join(parts)


def record(planned: Plan, refs: Mapping[int, str], *, merged: bool) -> dict[str, object]:
    return {
        "into": _person(planned.into, refs),
        "others": [_person(p, refs) for p in planned.others],
        "fields": {
            merging.called(f.name): {
                "values": [word or None for word in f.words],
                "stays": f.words[f.stays] or None,
                "differ": f.differ,
            }
            for f in planned.fields
            if any(f.words)
        },
        "nick": planned.nick,
        "note": planned.note or None,
        "merged": merged,
    }


def _person(person: Person, refs: Mapping[int, str]) -> dict[str, object]:
    return {"id": person.id, "ref": refs.get(person.id), "name": person.name}
