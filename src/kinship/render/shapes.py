"""What a command hands over to be shown: a table, a sheet or a notice."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from kinship.value import Value

Row = TypeVar("Row")

Style = Literal["", "name", "late", "today", "command", "good", "dim", "heading"]


class Span(NamedTuple):
    """Text in one style; a renderer makes it safe, so it may come straight from the file."""

    text: str
    style: Style = ""


class Line(NamedTuple):
    """One line of a screen: the left part gives way, the right part stays."""

    left: tuple[Span, ...] = ()
    right: tuple[Span, ...] = ()


def line(*left: str | Span, right: str | Span | Sequence[str | Span] = ()) -> Line:
    """A line of strings and spans: ``line(Span(name, "name"), " is back", right="kinship due")``."""
    if isinstance(right, str | Span):
        right = (right,)
    return Line(tuple(map(_span, left)), tuple(map(_span, right)))


def _span(text: str | Span) -> Span:
    return text if isinstance(text, Span) else Span(text)


class Room(Value):
    """The space a sheet may fill; ``height`` is None where nothing limits it."""

    width: int
    height: int | None = None
    ascii: bool = False

    @property
    def ellipsis(self) -> str:
        return "..." if self.ascii else "…"


class Column(Value, Generic[Row]):
    """A column of a table.

    Where space is short the highest ``rank`` is narrowed first, down to ``least`` cells, then
    left out; a less important one that still fits stays. Rank 0 is the name: it is neither cut
    nor left out.
    """

    key: str
    title: str
    cell: Callable[[Row], str | Span]
    least: int = 4
    rank: int = 0
    align_right: bool = False


class Table(Value, Generic[Row]):
    """A list of things: columns are for people, records for programs."""

    rows: Sequence[Row]
    columns: Sequence[Column[Row]]
    record: Callable[[Row], Mapping[str, object]]
    counted: str | Callable[[], str] = ""
    """``3 of 213 people``, for standard error; a function where counting takes time."""
    empty: tuple[Line, ...] = ()
    under: Callable[[Row], Line | None] | None = None
    fields: tuple[str, ...] = ()
    """The columns of CSV, in order; ``person.name`` reaches into a record."""
    paged: bool = False


class Sheet(Value):
    """A report laid out for the room there is; ``items`` are its rows for formats that need rows."""

    build: Callable[[Room], Sequence[Line]]
    record: object
    items: Table[Any] | None = None
    paged: bool = False


class Notice(Value):
    """What a change says when it is done; never cut, and silent under ``--quiet``."""

    lines: tuple[Line, ...]
    record: object = None
