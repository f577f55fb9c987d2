"""Text on its way to a screen: what is invisible or dangerous in it is made visible.

The shell-start path comes through here, so nothing is imported at the top.
"""

HIDDEN = (
    (0x00, 0x1F),
    (0x7F, 0x9F),
    (0xAD, 0xAD),
    (0x034F, 0x034F),
    (0x061C, 0x061C),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180E, 0x180E),
    (0x200B, 0x200B),
    (0x200E, 0x200F),
    (0x2028, 0x202E),
    (0x2060, 0x206F),
    (0x3164, 0x3164),
    (0xD800, 0xDFFF),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF9, 0xFFFB),
    (0xE0000, 0xE0FFF),
)
"""First and last code points that never reach a screen. The joiners U+200C and U+200D do:
Persian names and family emoji need them."""

MOST_ACCENTS = 4
_QUOTED = 40
_JOINERS = "\u200c\u200d"


def hidden(point: int) -> bool:
    """Whether a code point is one that a screen must not be sent."""
    return any(first <= point <= last for first, last in HIDDEN)


class _Shown(dict[int, str]):
    """A table for ``str.translate`` that learns each character when it first meets it."""

    def __missing__(self, point: int) -> str:
        shown = self[point] = _spelled(point) if hidden(point) else chr(point)
        return shown


def _spelled(point: int) -> str:
    if point <= 0xFF:
        return f"\\x{point:02x}"
    return f"\\u{point:04x}" if point <= 0xFFFF else f"\\U{point:08x}"


_SHOWN = _Shown({0x09: " ", 0x0A: " ", 0x0D: " ", 0x1B: "\\e"})


def safe(text: str) -> str:
    """One line of text with nothing in it that a terminal obeys or a reader cannot see."""
    if text.isascii() and text.isprintable():
        return text
    shown = text.replace("\r\n", " ").translate(_SHOWN)
    return shown if max(shown, default="") < "\u0300" else _thin(shown)


def safe_lines(text: str) -> list[str]:
    """The lines of a longer text, each of them safe."""
    return [safe(part) for part in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]


def quoted(text: str) -> str:
    """What somebody typed, in double quotes and at most 40 characters, for a message."""
    line = " ".join(text[: _QUOTED * 4].split())
    whole = len(line) <= _QUOTED and len(text) <= _QUOTED * 4
    return f'"{line}"' if whole else f'"{line[: _QUOTED - 1].rstrip()}…"'


def _thin(text: str) -> str:
    """Drop accents that stack so high on a letter that they cover other lines."""
    from unicodedata import category  # noqa: PLC0415  (rare, and the shell start pays for it)

    if {"Mn", "Me"}.isdisjoint(map(category, text)):
        return text
    kept = []
    accents = 0
    for char in text:
        if category(char) in ("Mn", "Me"):
            accents += 1
            if accents > MOST_ACCENTS:
                continue
        elif char not in _JOINERS:
            accents = 0
        kept.append(char)
    return "".join(kept)
