"""A few people to show, and a view that remembers what was printed."""

import io
import re
from typing import NamedTuple

from kinship.render import Shape, View, show
from kinship.render.shapes import Column, Line, Room, Sheet, Span, Table, line

SGR = re.compile(r"\x1b\[[0-9;]*m")


class Person(NamedTuple):
    id: int
    ref: str
    name: str
    about: tuple[str, ...]
    met: str
    last: str
    keep: str | None


ADA = Person(41, "ada", "Ada Lovelace", ("compilers", "horses"), "PyCon 2026", "2 days ago", None)
CHARLES = Person(7, "charles", "Charles Babbage", ("engines",), "FOSDEM 2025", "5 weeks ago", "1mo")
BRUCE = Person(8, "bruce", "李小龙", (), "never", "9 months ago", "1y")
HOSTILE = Person(
    9,
    "x",
    "[bold]x[/bold] [/]",
    ("\x1b]52;c;ZXZpbA==\x07", "a\tb\nc|d"),
    "\x1b]8;;http://evil\x1b\\Bank\x1b]8;;\x1b\\",
    "\u202egnp.exe",
    ":skull:",
)
PEOPLE = (ADA, CHARLES, BRUCE)


def table(
    *rows: Person, under: bool = False, counted: str = "", paged: bool = False
) -> Table[Person]:
    return Table(
        rows,
        (
            Column("name", "Name", lambda p: Span(p.name, "name")),
            Column("about", "About", lambda p: ", ".join(p.about) or "-", rank=1, least=8),
            Column("met", "Met", lambda p: p.met, rank=4, least=6),
            Column("last", "Last", lambda p: p.last, rank=2, least=9, align_right=True),
            Column("keep", "Keep", lambda p: p.keep or "-", rank=3),
        ),
        lambda p: p._asdict() | {"person": {"id": p.id, "name": p.name}},
        counted,
        (line("Nobody fits. Everyone: ", Span("kinship list", "command")),),
        _below if under else None,
        ("id", "name", "about", "keep", "person.id"),
        paged,
    )


def _below(person: Person) -> Line | None:
    return line("  talked about ", Span(person.about[0], "dim")) if person.about else None


def due(room: Room) -> list[Line]:
    """The first card of ``due``, stacked where the screen is narrow."""
    head = line(Span("Wednesday 20 May", "heading"), right="2 overdue · 3 today")
    if room.width < 68:
        return [
            head,
            line("  ", Span("Grace Hopper", "name"), right=Span("6 days late", "late")),
            line("    14 May, PyCon 2026: compilers, moving to Arlington in June"),
            line("    ", Span("kinship done grace", "command")),
        ]
    return [
        head,
        line(),
        line("  ", Span("Grace Hopper", "name"), "     Send it", right=Span("6 days late", "late")),
        line(
            "                   14 May, PyCon 2026: compilers, moving to Arlington in June",
            right=Span("kinship done grace", "command"),
        ),
        line("  ", Span("李小龙 \x1b[2J [/b]", "name"), "  ━━╌╌  ✓", right=("you → ", "him")),
    ]


DUE = Sheet(due, {"date": "2026-05-20", "items": []})


class Shown(NamedTuple):
    out: str
    err: str

    @property
    def text(self) -> str:
        """Without colour."""
        return SGR.sub("", self.out)


def shown(
    shape: Shape,
    format: str | None = None,  # noqa: A002
    *,
    terminal: bool = False,
    colour: bool = False,
    width: int = 80,
    height: int = 24,
    ascii_only: bool = False,
    limit: int | None = None,
    quiet: bool = False,
    pager: str | None = None,
) -> Shown:
    out, err = io.StringIO(), io.StringIO()
    view = View(out, err, terminal, colour, width, height, ascii_only, format, limit, quiet, pager)
    show(shape, view)
    return Shown(out.getvalue(), err.getvalue())
