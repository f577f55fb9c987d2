"""Days as other programs write them: read where they are clear, never guessed."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from kinship.formats.months import MONTH_OF, WEEKDAYS
from kinship.model import names

UNCLEAR: Final = "?"
"""What `read` answers where the day and the month could be either."""

_YEAR_FIRST: Final = re.compile(
    r"(\d{4})\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})[日일.]?(?:[T ,].*)?"
)
_COMPACT: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T.*)?")
_YEARLESS: Final = re.compile(r"--(\d\d)-?(\d\d)")
_YEAR_LAST: Final = re.compile(r"(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d\d)(?:[T ,].*)?")
_NO_YEAR: Final = re.compile(r"(\d{1,2})([/.])(\d{1,2})\.?")
_NAMED: Final = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er)?(?: de| of)? ([^\W\d]{3,12})(?: de)?(?: (\d{4}|\d\d)(?: г| года| r)?)?"
)
_NAMED_FIRST: Final = re.compile(r"([^\W\d]{3,12}) (\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}|\d\d))?")
_BEFORE: Final = WEEKDAYS | {"feira", "den"}
_NOTHING: Final = re.compile(r"[-0/. :T]*|1[/-]1[/-]4501|4501-01-01.*")
_LONGEST: Final = 40


def read(text: str, order: str = "") -> str:
    """The day as ISO text, ``--04-12`` where the year is not said or not known.

    ``order`` is ``dmy`` or ``mdy`` for what could be either; without one the answer is `UNCLEAR`.
    Empty for what is no day.
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return ""
    if found := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        return _iso(*found.groups())
    if found := _YEARLESS.fullmatch(text):
        return _iso("", *found.groups())
    if found := _YEAR_LAST.fullmatch(text):
        first, mark, second, year = found.groups()
        return _either(year, first, second, "dmy" if mark == "." else order)
    if found := _NO_YEAR.fullmatch(text):
        first, mark, second = found.groups()
        return _either("", first, second, "dmy" if mark == "." else order)
    return _named(text)


def why_not(day: str) -> str:
    """Why a text is not taken for a day, by what `read` answered."""
    return "could be two days" if day else "is no day"


def says_nothing(text: str) -> bool:
    """Whether this is how a program writes that there is no day: ``0/0/00``, ``1/1/4501``."""
    return len(text) <= _LONGEST and bool(_NOTHING.fullmatch(text.strip()))


def loses_year(text: str, day: str) -> bool:
    """Whether the text says a year, of which nobody knows the century, and the day does not."""
    if not day.startswith("--") or text.startswith("-"):
        return False
    numbers = re.findall(r"\d+", text)
    named = any(char.isalpha() for char in text)
    return len(numbers) > (1 if named else 2) and len(numbers[-1]) == 2 and len(numbers[0]) < 4


def order_of(texts: Iterable[str]) -> str:
    """``dmy`` or ``mdy``, by all the days of a file; empty where they do not tell."""
    orders = set()
    for text in texts:
        if len(text) > _LONGEST:
            continue
        found = _YEAR_LAST.fullmatch(text.strip()) or _NO_YEAR.fullmatch(text.strip())
        if found and found[2] != ".":
            if int(found[1]) > 12:
                orders.add("dmy")
            if int(found[3]) > 12:
                orders.add("mdy")
    return orders.pop() if len(orders) == 1 else ""


def _either(year: str, first: str, second: str, order: str) -> str:
    day_first, month_first = _iso(year, second, first), _iso(year, first, second)
    if not (day_first and month_first) or day_first == month_first:
        return day_first or month_first
    return {"dmy": day_first, "mdy": month_first}.get(order, UNCLEAR)


def _named(text: str) -> str:
    words = names.fold(text).split()
    while words and words[0] in _BEFORE:
        del words[0]
    plain = " ".join(words)
    if found := _NAMED.fullmatch(plain):
        day, month, year = found.groups()
    elif found := _NAMED_FIRST.fullmatch(plain):
        month, day, year = found.groups()
    else:
        return ""
    number = MONTH_OF.get(month)
    return _iso(year or "", str(number), day) if number else ""


def _iso(year: str, month: str, day: str) -> str:
    """Two digits of a year are of the last century from 30 on, and below that nobody knows."""
    if len(year) == 2:
        year = "19" + year if year >= "30" else ""
    if year == "1604":  # as an iPhone writes that there is no year
        year = ""
    try:
        found = date(int(year or 2000), int(month), int(day))
    except ValueError:
        return ""
    return f"--{found:%m-%d}" if not year else found.isoformat()
