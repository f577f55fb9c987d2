"""The lines of vCards: bytes become records of whole lines.

Every program writes them a little differently, so nothing here refuses anything: lines are unfolded
before they are decoded (a character may be folded), quoted-printable and base64 are joined as they
were meant. All of it takes time by the length of the file.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from typing import Final

MOST_LINE: Final = 16_000_000
_MOST_CARD: Final = 64_000_000
_MOST_LINES: Final = 20_000
_DEEPEST: Final = 8
_STEP: Final = 1 << 18
_STRAY: Final = 100_000

_EDGE = re.compile(rb"(?i)(?:\xef\xbb\xbf)?[ \t]*(BEGIN|END)[ \t]*:[ \t]*VCARD[ \t]*(BEGIN.*)?$")
_BASE64 = re.compile(rb"[A-Za-z0-9+/=_ \t-]+$")
_IN_BASE64 = re.compile(rb"(?i)[;=](?:BASE64|B)(?:[;:]|$)")
_QUOTED = b"QUOTED-PRINTABLE"
_AGENT = re.compile(rb"(?i)(?:[^:;]*\.)?AGENT(?:;[^:]*)?:[ \t]*$")
_VERSION = re.compile(rb"(?i)VERSION\b")
_SAYS_WHO = re.compile(rb"(?i)(?:[\w-]+\.)?(?:FN|N|TEL|EMAIL)[;:].")


class Raw:
    """A record: its lines, each whole and with its number, from BEGIN to END without these.

    ``stray`` are lines that no BEGIN stands before. ``closed`` says whether END was there, and
    ``lost`` what was left out.
    """

    __slots__ = ("agent", "closed", "lines", "lost", "row", "size", "stray", "wraps")

    def __init__(self, row: int, *, agent: bool = False, stray: bool = False) -> None:
        self.row = row
        self.lines: list[tuple[int, bytes]] = []
        self.lost: list[str] = []
        self.size = self.wraps = 0
        self.agent = agent
        self.stray = stray
        self.closed = False


# Bytes to lines


def lines(data: bytes, codec: str = "utf-8") -> Iterator[bytes]:
    """The lines of a file, whatever ends them, without their ends.

    A line that is too long is cut just beyond ``MOST_LINE``.
    """
    rest = b""
    for block in _blocks(data, codec):
        if len(rest) > MOST_LINE:  # only its end is looked for
            ends = [at for at in (block.find(b"\n"), block.find(b"\r")) if at >= 0]
            if not ends:
                continue
            block = block[min(ends) :]
        both = rest + block
        end = max(both.rfind(b"\n"), both.rfind(b"\r", 0, -1)) + 1  # CR LF may be cut in two
        yield from both[:end].splitlines()
        rest = both[end:][: MOST_LINE + 1]
    yield from rest.splitlines()


def _blocks(data: bytes, codec: str) -> Iterator[bytes]:
    steps = (data[at : at + _STEP] for at in range(0, len(data), _STEP))
    if codec == "utf-8":
        yield from steps
        return
    for part in codecs.iterdecode(steps, codec, "replace"):
        yield part.encode("utf-8", "replace")


# Lines to records


def records(found: Iterable[bytes]) -> Iterator[Raw]:
    """The cards among lines, in order; what no BEGIN stands before, if it says somebody."""
    return _Cards().read(found)


class _Cards:
    """Puts lines together, and cards; those that are open stand one in another."""

    def __init__(self) -> None:
        self.open: list[Raw] = []
        self.inner: Raw | None = None
        """A card that ended inside of another; whether it belongs there shows the next line."""
        self.stray = Raw(1, stray=True)
        self.parts: list[bytes] = []
        self.number = 0
        self.size = 0
        self.broken = False
        """Whether an empty line stands where a quoted-printable value says that it goes on."""

    def read(self, found: Iterable[bytes]) -> Iterator[Raw]:
        soft = False
        for number, line in enumerate(found, 1):
            first = line[:1]
            folded = first in b" \t"
            if (
                first in _EDGES
                and not (folded and self.open)
                and (edge := _EDGE.match(line)) is not None
            ):
                soft = False
                self._finish()
                yield from self._edge(number, edge)
                continue
            if soft:
                soft = line.endswith(b"=")
                self.broken = not line
                self._more(line[:-1] if soft else line)
            elif not line or not (self.parts or line.strip()):
                continue
            elif folded and self.parts:
                soft = line.endswith(b"=") and self._is_quoted()
                begin = 0 if self.broken else 1
                self.broken = False
                self._more(line[begin:-1] if soft else line[begin:])
            elif b":" not in line and self.parts and self._goes_on(line):
                soft = line.endswith(b"=") and self._is_quoted()
                self._more(line[:-1] if soft else line)
            else:
                self._finish()
                self.number = number
                self.broken = False
                self.parts = [line]
                self.size = len(line)
                if line.endswith(b"=") and self._is_quoted():
                    soft = True
                    self.parts = [line[:-1]]
        self._finish()
        yield from self._flush()
        yield from self._strays()

    def _is_quoted(self) -> bool:
        return _QUOTED in self.parts[0][:400].upper()

    def _goes_on(self, line: bytes) -> bool:
        """Whether a line that is no property is more of the value before it."""
        head = self.parts[0][:400]
        if _IN_BASE64.search(head.partition(b":")[0]):
            return _BASE64.match(line) is not None
        broken, self.broken = self.broken, False
        return broken or (line.startswith(b"=") and _QUOTED in head.upper())

    def _more(self, line: bytes) -> None:
        self.size += len(line)
        if self.size <= MOST_LINE:
            self.parts.append(line)

    def _finish(self) -> None:
        """The line that was put together goes to the card it stands in."""
        if not self.parts:
            return
        line = b"".join(self.parts) if len(self.parts) > 1 else self.parts[0]
        self.parts = []
        if not self.open:
            if self.stray.size < _STRAY:
                if not self.stray.lines:
                    self.stray.row = self.number
                self.stray.lines.append((self.number, line[:_STRAY]))
                self.stray.size += len(line)
            return
        card = self.open[-1]
        if self.inner:
            _put_in(card, self.inner)
            self.inner = None
        card.size += self.size
        if self.size > MOST_LINE or card.size > _MOST_CARD or len(card.lines) >= _MOST_LINES:
            if len(card.lost) < 3:
                name = line[:40].partition(b":")[0].partition(b";")[0].decode("ascii", "replace")
                what = "is longer than 16 MB" if self.size > MOST_LINE else "is too much for a card"
                card.lost.append(f"line {self.number:,} ({name}) {what} and was left out")
            card.size -= self.size
            return
        card.lines.append((self.number, line))

    def _edge(self, number: int, edge: re.Match[bytes]) -> Iterator[Raw]:
        if edge[1].upper() == b"BEGIN":
            yield from self._begin(number)
            return
        yield from self._end()
        if edge[2] and _EDGE.match(edge[2]):  # files that were put together without a line break
            yield from self._begin(number)

    def _begin(self, number: int) -> Iterator[Raw]:
        if self.inner or len(self.open) >= _DEEPEST:
            yield from self._flush()
        if not self.open:
            yield from self._strays()
            self.open = [Raw(number)]
            return
        card = self.open[-1]
        if card.lines and _AGENT.match(card.lines[-1][1][-400:]):
            card.lines.pop()
            self.open.append(Raw(number, agent=True))
        elif all(_VERSION.match(line) for _, line in card.lines[:2]) and len(card.lines) < 2:
            card.wraps += 1
        else:
            self.open.append(Raw(number))

    def _end(self) -> Iterator[Raw]:
        if not self.open:
            return
        if self.inner:
            _put_in(self.open[-1], self.inner)
            self.inner = None
        card = self.open[-1]
        if card.wraps:
            card.wraps -= 1
            return
        self.open.pop()
        card.closed = True
        if not self.open:
            yield card
        elif card.agent:
            _put_in(self.open[-1], card)
        else:
            self.inner = card

    def _flush(self) -> Iterator[Raw]:
        """Cards whose END is missing, and the one that ended after them."""
        yield from self.open
        self.open = []
        if self.inner:
            yield self.inner
            self.inner = None

    def _strays(self) -> Iterator[Raw]:
        if any(_SAYS_WHO.match(line) for _, line in self.stray.lines):
            yield self.stray
        self.stray = Raw(1, stray=True)


_EDGES: Final = frozenset(bytes([byte]) for byte in b"bBeE\xef \t")


def _put_in(card: Raw, inner: Raw) -> None:
    """A card in a card is somebody's agent, not one of the people of the file."""
    whole = b"\n".join([b"BEGIN:VCARD", *(line for _, line in inner.lines), b"END:VCARD"])
    for mark in (b"\\", b",", b";"):
        whole = whole.replace(mark, b"\\" + mark)
    line = b"AGENT:" + whole.replace(b"\n", b"\\n")
    if len(line) <= MOST_LINE:
        card.lines.append((inner.row, line))
        card.size += len(line)
