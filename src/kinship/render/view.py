"""Where and how a command's answer is shown."""

from io import StringIO
from typing import TextIO

from kinship.render.shapes import Room
from kinship.value import Value

REPORT_WIDTH = 100


class Held(StringIO):
    """What is put out later, to a stream; ``pager`` is set where it is long enough for one."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self.stream = stream
        self.pager: str | None = None

    def isatty(self) -> bool:
        return self.stream.isatty()


class View(Value):
    """The streams of one run, what they can carry, and what was asked for.

    ``terminal`` is about standard output; ``pager`` is None when nothing may be paged.
    """

    out: TextIO
    err: TextIO
    terminal: bool = False
    colour: bool = False
    width: int = 80
    height: int = 24
    ascii: bool = False
    format: str | None = None
    limit: int | None = None
    quiet: bool = False
    pager: str | None = None

    @property
    def rows_only(self) -> bool:
        """Whether the format has room for nothing but rows: csv, names, a template ..."""
        return self.format not in (None, "table", "plain", "lines", "json", "jsonl")

    def room(self) -> Room:
        """What a report may fill: it stops growing at 100 columns."""
        height = self.height if self.terminal else None
        return Room(min(self.width, REPORT_WIDTH), height, self.ascii)

    def full_room(self) -> Room:
        """What a list may fill: all of the width."""
        return Room(self.width, None, self.ascii)
