"""What other programs said of somebody and no field here is for, a line each."""

import re
from collections.abc import Sequence

from kinship.cli import views
from kinship.formats import READERS
from kinship.render.shapes import Line, Span, line
from kinship.render.width import cells, filled
from kinship.store.imports import Said

_LINE = re.compile(r'(?:[\w-]+\.)?[\w-]+(?:;(?:"[^"]*"|[^":])*)?:(.*)', re.DOTALL)
"""A line of a vCard: group, name and parameters, then the value."""
_CARDS = ("vcard", "jcard")
_MEDIA = {"PHOTO": "photo", "LOGO": "logo", "SOUND": "sound", "KEY": "key"}
_BASE64 = 3 / 4
_KILO = 1000


def lines(said: Sequence[Said]) -> list[Line]:
    """Under a heading, those of one program together."""
    if not said:
        return []
    width = min(24, max(cells(_called(one)) for one in said))
    result = [line(Span("FROM OTHER PROGRAMS", "heading"), Span(" kept as it was written", "dim"))]
    before = ""
    for one in said:
        if one.format != before:
            result.append(line(f"  {_program(one.format)}"))
            before = one.format
        result.append(line(f"    {filled(_called(one), width)}  ", views.one_line(_value(one))))
    return [*result, Line()]


def _program(form: str) -> str:
    known = READERS[form].label if form in READERS else form
    return known.removeprefix("an ").removeprefix("a ")


def _called(one: Said) -> str:
    return _MEDIA.get(one.name, one.name) if one.format in _CARDS else one.name


def _value(one: Said) -> str:
    """The value alone; of a picture its size."""
    found = _LINE.match(one.value) if one.format in _CARDS else None
    value = found[1] if found else one.value
    if one.name not in _MEDIA or one.format not in _CARDS:
        return value
    if value.startswith(("http:", "https:")):
        return value
    return _size(int((one.size - (len(one.value) - len(value))) * _BASE64))


def _size(number: int) -> str:
    """``12 kB``."""
    if number < _KILO:
        return f"{number} bytes"
    if number < _KILO * _KILO:
        return f"{number / _KILO:.0f} kB"
    return f"{number / _KILO / _KILO:.1f} MB"
