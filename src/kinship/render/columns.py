"""Which columns of a table there is room for, and how wide each becomes."""

from collections.abc import Sequence

from kinship.render.shapes import Column, Room, Row, Span
from kinship.render.width import cells, cut, shown
from kinship.value import Value


class Grid(Value):
    """A table cut to its room: the titles, widths and rows of the columns that stayed."""

    titles: tuple[str, ...]
    widths: tuple[int, ...]
    align_right: tuple[bool, ...]
    rows: tuple[tuple[Span, ...], ...]


def spread(rows: Sequence[Row], columns: Sequence[Column[Row]], room: Room, gap: int) -> Grid:
    """Lay out ``rows`` in ``room.width`` cells with ``gap`` cells between columns."""
    titles = [shown(column.title.upper(), ascii_only=room.ascii) for column in columns]
    drawn = [[cell(column, row, ascii_only=room.ascii) for column in columns] for row in rows]
    wanted = [
        max(cells(title), *(cells(row[at].text) for row in drawn), 0)
        for at, title in enumerate(titles)
    ]
    least = [
        width if column.rank == 0 else max(cells(title), min(column.least, width))
        for column, title, width in zip(columns, titles, wanted, strict=True)
    ]
    ranks = [column.rank for column in columns]
    kept, widths = _share(wanted, least, ranks, room.width, gap)
    return Grid(
        tuple(cut(titles[at], widths[at], room.ellipsis) for at in kept),
        tuple(widths[at] for at in kept),
        tuple(columns[at].align_right for at in kept),
        tuple(
            tuple(Span(cut(row[at].text, widths[at], room.ellipsis), row[at].style) for at in kept)
            for row in drawn
        ),
    )


def cell(column: Column[Row], row: Row, *, ascii_only: bool = False) -> Span:
    """What ``column`` shows of ``row``, as it goes out."""
    found = column.cell(row)
    span = found if isinstance(found, Span) else Span(found)
    return Span(shown(span.text, ascii_only=ascii_only), span.style)


def _share(
    wanted: list[int], least: list[int], ranks: list[int], width: int, gap: int
) -> tuple[list[int], list[int]]:
    """The columns that stay, and a width for every column."""

    def over(widths: list[int]) -> int:
        return sum(widths[at] for at in kept) + gap * (len(kept) - 1) - width

    kept: list[int] = []
    for at in sorted(range(len(wanted)), key=lambda at: (ranks[at], at)):
        kept.append(at)
        if ranks[at] and over(least) > 0:
            kept.pop()
    spare = [at for at in reversed(kept) if ranks[at]]
    kept.sort()
    widths = list(wanted)
    for at in spare:
        widths[at] -= min(max(over(widths), 0), widths[at] - least[at])
    while over(widths) > 0 and any(widths[at] > 1 for at in kept):
        widths[max(kept, key=widths.__getitem__)] -= 1
    return kept, widths
