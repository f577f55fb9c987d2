"""Days as other programs write them: month names of many languages, and figures in any order.

Nothing is guessed: ``03/04/2024`` is a day only where something says which figure is the month.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from kinship.formats import months
from kinship.model import names

_LONGEST: Final = 60
_TIME: Final = re.compile(
    r"(?:[\s,T]+|\b)\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?\s*(?:([ap])\.?\s?m\b\.?)?\s*(?:UTC|GMT|Z)?"
    r"(?:\s*[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)
_CLOCK: Final = re.compile(r"\b(\d{1,2}):(\d\d)(?::(\d\d))?\s*(?:([ap])\.?\s?m\b)?", re.IGNORECASE)
_PARTS: Final = re.compile(r"\d+|[^\W\d_]+")
_LINK_WORDS: Final = "de del of the le el den am st nd rd th er г год года рік 年 月 日 년 월 일"
_LINKS: Final = frozenset(_LINK_WORDS.split())


def read(text: str, order: str = "") -> str | None:
    """The day as ISO text; None where there is none, or ``order`` is needed to tell which it is.

    ``order`` is ``dmy`` or ``mdy``. A time behind the day, or before it, counts for nothing; a year
    of two figures is of this century.
    """
    if text[4:5] == text[7:8] == "-" and text[10:11] in ("", " ", "T"):
        return _day(text[:4], text[5:7], text[8:10])
    parts = _parts(text)
    words = [at for at, part in enumerate(parts) if not part.isdecimal()]
    if len(parts) == 1 and len(parts[0]) == 8 and parts[0].isdecimal():
        return _day(parts[0][:4], parts[0][4:6], parts[0][6:])
    if len(parts) != 3 or len(words) > 1:
        return None
    if words:
        month = str(months.MONTH_OF.get(names.fold(parts[words[0]]), 0))
        first, last = (part for part in parts if part.isdecimal())
        return _day(first, month, last) if len(first) == 4 else _day(last, month, first)
    first, second, last = parts
    if len(first) == 4:
        return _day(first, second, last)
    both = [_day(last, second, first), _day(last, first, second)]
    if order:
        either = both if order == "dmy" else both[::-1]
        return either[0] or either[1]
    if both[0] and both[1] and both[0] != both[1]:
        return both[0] if "." in text.split()[0] else None  # with dots the day comes first
    return both[0] or both[1]


def order_of(texts: Iterable[str]) -> str:
    """Whether the days of a column begin with the day or the month, where any of them says so.

    A time such as ``10:15 AM`` is written where the month comes first.
    """
    seen = {"dmy": 0, "mdy": 0}
    american = False
    for text in texts:
        parts = _parts(text)
        if len(parts) != 3 or not all(map(str.isdecimal, parts)) or len(parts[0]) > 2:
            continue
        first, second = int(parts[0]), int(parts[1])
        seen["dmy"] += 12 < first <= 31
        seen["mdy"] += 12 < second <= 31
        american = american or bool((time := _TIME.search(text)) and (time[1] or "").isupper())
    if seen["dmy"] and seen["mdy"]:
        return ""
    if not any(seen.values()):
        return "mdy" if american else ""
    return "dmy" if seen["dmy"] else "mdy"


def second_of(text: str) -> int:
    """How many seconds of the day have passed at the time beside a day; 0 where there is none."""
    found = _CLOCK.search(text[:_LONGEST])
    if not found:
        return 0
    hour = int(found[1]) % 12 + 12 * (found[4] in "pP") if found[4] else int(found[1])
    return hour * 3600 + int(found[2]) * 60 + int(found[3] or 0)


def _parts(text: str) -> list[str]:
    if len(text) > _LONGEST:
        return []
    bare = _TIME.sub(" ", text, count=1)
    return [part for part in _PARTS.findall(bare) if part.lower() not in _LINKS]


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day)).isoformat()
    except ValueError:
        return None
