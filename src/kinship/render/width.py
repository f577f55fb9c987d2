"""How many cells a text takes on a screen, and how a line is made to fit.

Everything here measures and returns the text as it is shown: after ``safe``, and with plain
signs for the fine ones where the stream cannot carry them.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from unicodedata import category, east_asian_width

from kinship.render.shapes import Line, Room, Span
from kinship.safe import safe, safe_lines

PLAIN_SIGNS = {
    ord(fine): plain
    for fine, plain in {
        "✓": "*",
        "·": "-",
        "━": "=",
        "╌": ".",
        "…": "...",
        "›": ">",
        "→": "->",
        "├": "|",
        "│": "|",
        "└": "`",
        "─": "-",
    }.items()
}
GAP = 2
_LEAST = 16  # narrower than this, text under a label begins at the left

_LABEL = r" *(?:(?!kinship )[^ ]+(?: [^ ]+){0,3}  +)?"
_UNBROKEN = r"(?:^|(?<=[:?] )|(?<=  ))kinship (?:(?!  ).)+|[^ ]+| +"

_FIRST_ACCENT = "\u0300"
_JOINER = "\u200d"
_EMOJI_STYLE = "\ufe0f"
_EMOJI_WHEN_ASKED = frozenset("0123456789#*‼⁉ℹ")


def shown(text: str, *, ascii_only: bool = False) -> str:
    """The text as it goes out."""
    text = safe(text)
    return text.translate(PLAIN_SIGNS) if ascii_only and not text.isascii() else text


@lru_cache(maxsize=4096)
def cells(text: str) -> int:
    """The terminal cells ``text`` takes."""
    text = safe(text)
    if text.isascii() or max(text.replace("…", "."), default="") < _FIRST_ACCENT:
        return len(text)  # Latin letters and our own ellipsis take a cell each
    return sum(width for _, width in _clusters(text))


def cut(text: str, width: int, ellipsis: str = "…") -> str:
    """``text`` in at most ``width`` cells, with the ellipsis where something was left out."""
    text = safe(text)
    if cells(text) <= width:
        return text
    left = width - cells(ellipsis)
    if left < 0:
        return ellipsis[: max(width, 0)]
    return _head(text, left) + ellipsis


def pad(text: str, width: int, ellipsis: str = "…") -> str:
    """``text`` in exactly ``width`` cells: cut, or filled up with blanks."""
    text = cut(text, width, ellipsis)
    return filled(text, width)


def filled(text: str, width: int) -> str:
    """``text`` in at least ``width`` cells."""
    return text + " " * max(0, width - cells(text))


def fit(line: Line, room: Room) -> list[Span]:
    """A line as it is printed: the right part at the right edge, the left part cut to make room."""
    left, right = _shown(line.left, room), _shown(line.right, room)
    if not right:
        return _trim(_cut_spans(left, room.width, room.ellipsis))
    right = _cut_spans(right, room.width, room.ellipsis)
    free = room.width - _total(right)
    left = _cut_spans(left, max(free - GAP, 0), room.ellipsis)
    return _trim([*left, Span(" " * (free - _total(left))), *right])


def flow(line: Line, room: Room) -> list[Span]:
    """A line that is never cut: where both parts do not fit, the right one follows the left."""
    left, right = _shown(line.left, room), _shown(line.right, room)
    if not right:
        return _trim(left)
    blanks = room.width - _total(left) - _total(right)
    return _trim([*left, Span(" " * max(blanks, GAP if left else 0)), *right])


def fold(line: Line, room: Room) -> list[list[Span]]:
    """As `flow`, in rows broken between words; a command to copy is never broken.

    Rows after the first begin under the text that follows a label: ``  about   compilers``.
    """
    spans = flow(line, room)
    if _total(spans) <= room.width:
        return [spans]
    said = re.match(_LABEL, "".join(span.text for span in spans))
    margin = cells(said[0]) if said else 0
    margin = margin if margin <= room.width - _LEAST else GAP
    rows: list[list[Span]] = [[]]
    free = room.width
    for word in _words(spans):
        needed = _total(_trim(list(word)))
        if needed > free and _trim(list(rows[-1])):
            indent = margin if needed <= room.width - margin else min(margin, GAP)
            rows.append([Span(" " * indent)])
            free = room.width - indent
        rows[-1] += word
        free -= _total(word)
    return [_trim(row) for row in rows]


def _words(spans: Sequence[Span]) -> Iterator[list[Span]]:
    """What stays together: a word or a command, in one style or several, and the blanks after."""
    word: list[Span] = []
    for text, style in spans:
        for piece in [text] if style == "command" else re.findall(_UNBROKEN, text):
            if word and word[-1].text[-1:] == " " and not piece.isspace():
                yield word
                word = []
            word.append(Span(piece, style))
    yield word


def laid(line: Line, room: Room) -> list[list[Span]]:
    """As `fit`, but in several rows where a command would be cut."""
    whole = _total(_shown(line.right, room)) <= room.width and (
        fits(line, room) or all(span.style != "command" for span in line.left)
    )
    return [fit(line, room)] if whole else fold(line, room)


def fits(line: Line, room: Room) -> bool:
    """Whether `fit` would cut nothing."""
    return _total(flow(line, room)) <= room.width


def wrap(text: str, width: int) -> list[str]:
    """A note in lines of at most ``width`` cells; its own line breaks are kept."""
    return [row for part in safe_lines(text) for row in _wrap_line(part, max(width, 2))]


def _wrap_line(text: str, width: int) -> Iterator[str]:
    row = ""
    for word in filter(None, text.split(" ")):
        if cells(row) + (1 if row else 0) + cells(word) <= width:
            row = f"{row} {word}" if row else word
            continue
        if row:
            yield row
        while cells(word) > width:
            head = _head(word, width)
            yield head
            word = word[len(head) :]
        row = word
    yield row


def _shown(spans: Sequence[Span], room: Room) -> list[Span]:
    return [Span(shown(span.text, ascii_only=room.ascii), span.style) for span in spans]


def _total(spans: Sequence[Span]) -> int:
    return sum(cells(span.text) for span in spans)


def _cut_spans(spans: Sequence[Span], width: int, ellipsis: str) -> list[Span]:
    if _total(spans) <= width:
        return list(spans)
    left = width - cells(ellipsis)
    if left < 0:
        return [Span(ellipsis[: max(width, 0)])]
    kept = []
    for span in spans:
        if (needed := cells(span.text)) > left:
            kept.append(Span(_head(span.text, left) + ellipsis, span.style))
            break
        kept.append(span)
        left -= needed
    return kept


def _trim(spans: list[Span]) -> list[Span]:
    """Without the blanks at the end, which only make copying harder."""
    while spans and not (text := spans[-1].text.rstrip(" ")):
        spans.pop()
    if spans:
        spans[-1] = Span(text, spans[-1].style)
    return spans


def _head(text: str, width: int) -> str:
    taken = []
    for cluster, needed in _clusters(text):
        width -= needed
        if width < 0:
            break
        taken.append(cluster)
    return "".join(taken)


def _clusters(text: str) -> Iterator[tuple[str, int]]:
    """Characters with all that is drawn on top of them, and the cells they take together."""
    cluster, width = "", 0
    joined = False
    for char in text:
        own = _width(char)
        if char == _EMOJI_STYLE and width == 1 and _widens(cluster[-1]):
            width = 2
        if not own or (joined and width and category(char) == "So"):
            cluster += char
        else:
            if cluster:
                yield cluster, width
            cluster, width = char, own
        joined = char == _JOINER
    if cluster:
        yield cluster, width


def _widens(char: str) -> bool:
    return char in _EMOJI_WHEN_ASKED or category(char) in ("So", "Sm")


@lru_cache(maxsize=4096)
def _width(char: str) -> int:
    if (
        category(char) in ("Mn", "Me", "Mc", "Cf")
        or "\u1160" <= char <= "\u11ff"
        or "\ud7b0" <= char <= "\ud7ff"
        or "\U0001f3fb" <= char <= "\U0001f3ff"
    ):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1
