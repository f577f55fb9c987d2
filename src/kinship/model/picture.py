"""A picture of who knows whom: its dots, its groups, and the room that each label takes."""

from unicodedata import category, east_asian_width, normalize

from kinship.model import warmth
from kinship.model.person import Person
from kinship.safe import safe
from kinship.value import Value

SIZE, TITLE_SIZE = 11, 13
"""Of letters: a person's name, and the name of a group."""
MARKS = 28
"""Groups that differ in colour or shape."""
_MOST_CELLS, _TITLE_CELLS = 24, 40
_GAP = 3
_SMALL, _LARGE = 3.5, 8.0
_THIN, _THICK = 0.6, 2.4
_PALE, _DARK = 0xBB, 0x55


class Dot(Value):
    """Somebody in the picture: a place in `Picture.groups`, how cold it is, and where they are."""

    person: Person
    group: int | None
    cold: int
    x: float = 0.0
    y: float = 0.0


class Group(Value):
    """People who belong together: a community, or who knows one another; its name has a middle."""

    name: str
    x: float = 0.0
    y: float = 0.0


class Picture(Value):
    """People and the ties between them, by their numbers; ``left_out`` did not fit."""

    dots: list[Dot]
    ties: list[tuple[int, int]]
    groups: list[Group]
    left_out: int = 0
    width: float = 0.0
    height: float = 0.0


def label(name: str, room: int = _MOST_CELLS) -> str:
    """What stands beside a dot: the whole name, as long as it is not very long."""
    text = printable(name)
    for place, char in enumerate(text):
        room -= 2 if east_asian_width(char) in "WF" else 1
        if room < 0:
            return text[: place - 1].rstrip() + "…"
    return text


def title(group: Group) -> str:
    """What stands above a group and beside its mark."""
    return label(group.name, _TITLE_CELLS)


def printable(text: str) -> str:
    """A text as other programs may have it: without what XML has no place for."""
    return safe(text).replace("\ufffe", "?").replace("\uffff", "?")


def radius(dot: Dot) -> float:
    """Larger for whom you talked with lately."""
    return round(_LARGE - (_LARGE - _SMALL) * dot.cold / warmth.COLD, 1)


def strength(one: Dot, other: Dot) -> tuple[float, str]:
    """How wide a tie is drawn and in which grey, by the colder of its ends."""
    share = max(one.cold, other.cold) / warmth.COLD
    grey = f"{round(_DARK + (_PALE - _DARK) * share):02x}"
    return round(_THICK - (_THICK - _THIN) * share, 1), f"#{grey * 3}"


Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def box(dot: Dot) -> Box:
    """What a dot and its label take; the label begins right of the dot."""
    own = radius(dot)
    high = max(own, SIZE * 0.65)
    right = dot.x + own + _GAP + text_width(label(dot.person.name), SIZE)
    return dot.x - own, dot.y - high, right, dot.y + high


def title_box(group: Group) -> Box:
    """What the name of a group takes, around its middle."""
    wide = text_width(title(group), TITLE_SIZE, bold=True) / 2
    high = TITLE_SIZE * 0.65
    return group.x - wide, group.y - high, group.x + wide, group.y + high


# As DejaVu Sans has them, which is wider than Arial and Helvetica: in hundredths of the size.
_ADVANCES = {
    char: advance
    for advance, chars in (
        (29, "'ijlIJ"),
        (36, " ,.f/:;\\|-"),
        (41, "()[]tr!"),
        (56, '"*_`sz?cL'),
        (64, "FkvxyPTYaoeESbdghnpqu$0123456789{}"),
        (79, "KAVBRXZCUHNDG&OQ"),
        (100, "w#+<=>^~M%mW@…"),
    )
    for char in chars
}
_WIDE, _OTHER, _BOLD = 100, 80, 1.12


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text will be at most, whatever plain font it is drawn in."""
    total = 0
    for char in text if text.isascii() else normalize("NFD", text):
        if char in _ADVANCES:
            total += _ADVANCES[char]
        elif category(char) not in ("Mn", "Me", "Cf"):
            total += _WIDE if east_asian_width(char) in "WF" else _OTHER
    return total * size * (_BOLD if bold else 1) / 100
