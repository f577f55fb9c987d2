"""Text with columns: its rows with their numbers, what parts its columns, where its headings are.

Nothing is guessed from the letters alone: a delimiter is the one by which most headings are known.
"""

import csv  # noqa: TID253  (only for tables)
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Final, NamedTuple

from kinship.errors import BadInput
from kinship.formats import text
from kinship.value import Value

NOT_CLOSED: Final = "a quotation mark is not closed"
HEADS: Final = 15
"""Records among which the headings are looked for."""
MOST_HEADS: Final = 2000
"""Columns whose headings are understood; what is in more of them is kept as it is."""
_SAMPLE: Final = 60
_SAMPLE_CHARS: Final = 400_000
_LONGEST: Final = 1000
"""Lines: a record of more is one only if it has as many cells as another before it."""
_LARGEST: Final = 16_000_000
_LINE: Final = 50
"""What a line costs beside its characters."""
_MOST_AHEAD: Final = 10_000_000
"""When so much was looked at in vain, no record has more lines than `_LONGEST`."""
_MOST_BROKEN: Final = 1000
_MOST_AGAIN: Final = 200_000_000
"""Characters that are read a second time, because a quotation mark was not closed."""

Knows = Callable[[Sequence[str]], int]
"""How many headings of a row are known."""


class Record(NamedTuple):
    """A row: its number as a spreadsheet counts them, its cells, and its lines as they stand.

    The cells of a record that is broken are None.
    """

    row: int
    cells: list[str] | None
    lines: Sequence[str]

    @property
    def text(self) -> str:
        """The record verbatim."""
        return "".join(self.lines).rstrip("\r\n")


class Table(Value):
    """A text with columns: its headings, none where no row has any, and the records below them."""

    heads: Sequence[str]
    row: int
    delimiter: str
    records: Iterator[Record]


def read(data: bytes, encoding: str, knows: Knows) -> Table:
    """The table in a file. Raises BadInput where there is no text with columns in it."""
    return table(text.lines(data, encoding), knows)


def table(lines: Iterable[str], knows: Knows) -> Table:
    """The table in these lines; they are read as its records are."""
    lines = iter(lines)
    first: list[str] = []
    size = 0
    for line in islice(lines, _SAMPLE):
        first.append(line)
        size += len(line)
        if size > _SAMPLE_CHARS:
            break
    check(first)
    mark = delimiter(first, knows)
    found = records(chain(first, lines), mark)
    head = list(islice(found, HEADS))
    at = header(head, knows)
    if at is None:
        return Table((), 0, mark, chain(head, found))
    heads = tuple(cell.strip() for cell in head[at].cells or ())
    return Table(heads, head[at].row, mark, chain(head[at + 1 :], found))


def check(first: Sequence[str]) -> None:
    """Raises BadInput for what is text of another kind."""
    head = "".join(first[:5])[:200].lstrip().lower()
    if head.startswith(("{", "[{", "<!doctype", "<html", "<?xml", "begin:v")):
        raise BadInput("this is not a table with columns. Nothing was written.", hint=text.SAVE)


def delimiter(first: Sequence[str], knows: Knows) -> str:
    """What parts the columns, by the first lines."""
    line = first[0].strip() if first else ""
    if line.lower().startswith("sep=") and len(line) == 5 and line[4] != '"':  # as Excel does
        return line[4]
    return max(",\t;|", key=lambda mark: _fit(records(first, mark), knows))


def header(head: Sequence[Record], knows: Knows) -> int | None:
    """Which of the first records is the headings; a title or a note may stand above them.

    Rows that are as full and follow at once are data, though their cells may be words of headings.
    """
    known = [_known(record.cells, knows) for record in head[:HEADS]]
    first = next((at for at, count in enumerate(known) if count), None)
    if first is None or known[first] > 1:
        return first
    if first and _goes_on(head[first - 1 : first + 1]):
        return None
    several = next((at for at, count in enumerate(known) if count > 1), None)
    return first if several is None or _goes_on(head[first : several + 1]) else several


def reaches(cells: Sequence[str]) -> bool:
    """Whether a row says how somebody is reached, so that it is no headings."""
    return any(_reaches(cell) and len(cell.split(None, 1)) == 1 for cell in cells)


def _reaches(cell: str) -> bool:
    """Whether there is an address or a link in a cell."""
    return "://" in cell or ("@" in cell and cell.strip() != "@")


def _known(cells: Sequence[str] | None, knows: Knows) -> int:
    if not cells or reaches(cells):
        return 0
    return knows(["" if _reaches(cell) else cell for cell in cells[:MOST_HEADS]])


def _goes_on(rows: Sequence[Record]) -> bool:
    """Whether the last of these rows goes on with the table that begins with the first."""
    filled = [sum(map(bool, map(str.strip, record.cells or ()))) for record in rows]
    return 1 < filled[-1] <= filled[0] and all(filled)


def _fit(found: Iterator[Record], knows: Knows) -> tuple[int, int]:
    """How well a delimiter takes the first rows apart: known headings, then columns."""
    rows = [cells for _, cells, _ in found if cells]
    known = max((_known(cells, knows) for cells in rows[:HEADS]), default=0)
    widths = [len(cells) for cells in rows if len(cells) > 1]
    most = max(widths, key=widths.count) if widths else 1
    return known, most if widths.count(most) > len(rows) // 2 else 0


def records(lines: Iterable[str], mark: str) -> Iterator[Record]:
    """The records of a table, each where it begins.

    A quotation mark that is never closed costs its own line, not all the lines after it. Raises
    BadInput when there is no end of such marks.
    """
    csv.field_size_limit(2**31 - 1)
    feed = _Feed(lines)
    row = broken = again = 0
    widths: set[int] = set()
    single: list[str] = []
    cells_of = csv.reader(iter(single.pop, None), delimiter=mark, skipinitialspace=True)
    while (line := feed.line()) is not None:
        row += 1
        if '"' not in line:
            single.append(line)
            cells = next(cells_of)
            widths.add(len(cells))
            yield Record(row, cells, (line,))
            continue
        feed.begin(line)
        cells = next(csv.reader(feed, delimiter=mark, skipinitialspace=True))
        used = feed.taken
        odd = len(used) > _LONGEST and widths and len(cells) not in widths
        if len(used) > 1 and (odd or not _closed(used, mark)):
            broken += 1
            again += sum(map(len, used))
            feed.in_vain()
            if broken > _MOST_BROKEN or again > _MOST_AGAIN:
                raise BadInput(
                    f"more than {broken - 1:,} quotation marks in this file are not closed."
                    " Nothing was written.",
                    hint=text.SAVE,
                )
            yield Record(row, None, used[:1])
            feed.back(used[1:])
        else:
            widths.add(len(cells))
            yield Record(row, cells, used)


def _closed(used: Sequence[str], mark: str) -> bool:
    """Whether the quotation marks of a record of several lines are where they belong."""
    try:
        return len(list(csv.reader(used, delimiter=mark, skipinitialspace=True, strict=True))) == 1
    except csv.Error:
        return False


class _Feed:
    """Lines for a reader, which can be given back; no more for a record than one may have.

    A cell may have any number of lines. When too many were looked at in vain, it may have fewer.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._again: deque[str] = deque()
        self.taken: list[str] = []
        self._size = 0
        self._vain = 0

    def line(self) -> str | None:
        """The next line, if there is one."""
        return self._again.popleft() if self._again else next(self._lines, None)

    def begin(self, line: str) -> None:
        """A record begins with this line."""
        self.taken = []
        self._size = 0
        self._again.appendleft(line)

    def in_vain(self) -> None:
        """The lines of this record were looked at, and no quotation mark ends it."""
        self._vain += self._size

    def back(self, lines: Sequence[str]) -> None:
        """These are to be read again."""
        self._again.extendleft(reversed(lines))

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        enough = self._vain > _MOST_AHEAD and len(self.taken) > _LONGEST
        if enough or self._size > _LARGEST:
            raise StopIteration
        line = self.line()
        if line is None:
            raise StopIteration
        self.taken.append(line)
        self._size += len(line) + _LINE
        return line
