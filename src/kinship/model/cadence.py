"""How often to stay in touch."""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from kinship.errors import BadInput
from kinship.model import dates
from kinship.safe import quoted

_NAMED = {
    "daily": (1, "d"),
    "weekly": (1, "w"),
    "fortnightly": (2, "w"),
    "monthly": (1, "mo"),
    "quarterly": (3, "mo"),
    "yearly": (1, "y"),
}
_ONE = {
    "day": (1, "d"),
    "week": (1, "w"),
    "month": (1, "mo"),
    "quarter": (3, "mo"),
    "year": (1, "y"),
}
_NAMES = {
    (1, "d"): "daily",
    (1, "w"): "weekly",
    (1, "mo"): "monthly",
    (3, "mo"): "quarterly",
    (1, "y"): "yearly",
}
_WORDS = {"d": "day", "w": "week", "mo": "month", "y": "year"}
_TEN_YEARS = {"d": 3652, "w": 521, "mo": 120, "y": 10}
_MOST_WORDS = 3  # "every 6 weeks"
_EXAMPLES = "For example: weekly, 6w, 45d, monthly, quarterly, every 2 months"


class Cadence(NamedTuple):
    """A cadence such as "every 6 weeks"; ``unit`` is ``d``, ``w``, ``mo`` or ``y``."""

    every: int
    unit: str

    @classmethod
    def parse(cls, text: str) -> "Cadence":
        """Read ``weekly``, ``quarterly``, ``6w``, ``45d``, ``every 6 weeks`` or ``month``.

        Raises ``BadInput`` for anything else, for 0 and for more than ten years.
        """
        cadence = _read(text)
        if cadence is None:
            raise _refusal(dates.one_line(text))
        return cadence

    @classmethod
    def of_code(cls, code: str) -> "Cadence":
        """Read what ``code`` wrote; raises ``BadInput`` for other text."""
        found = re.fullmatch(r"([1-9][0-9]{0,3})(d|w|mo|y)", code)
        if found is None:
            raise BadInput(f'"{code}" is not a stored cadence.')
        return cls(int(found[1]), found[2])

    @property
    def code(self) -> str:
        """How it is stored: ``45d``, ``2w``, ``3mo``, ``1y``."""
        return f"{self.every}{self.unit}"

    def after(self, day: date) -> date:
        """The day it comes round after ``day``.

        Month ends clamp: a month after 31 January is 28 February. Past the year 9999 it is that
        year's last day, so that nothing stored can stop a list.
        """
        return _shift(day, self.every, self.unit)

    def late(self, day: date) -> date:
        """The day one and a half cadences after ``day``, from which it is overdue.

        Half a day counts as one; half a month is 15 days, after the whole months.
        """
        if self.unit in ("d", "w"):
            days = self.every * (7 if self.unit == "w" else 1)
            return _shift(day, (3 * days + 1) // 2, "d")
        months, half = divmod(3 * self.every * (12 if self.unit == "y" else 1), 2)
        return _shift(_shift(day, months, "mo"), 15 * half, "d")

    def __str__(self) -> str:
        return _NAMES.get(self, f"every {self.every} {_WORDS[self.unit]}s")


def leading(words: Sequence[str]) -> tuple[Cadence, int] | None:
    """Read the longest cadence at the start of ``words``, and how many words it took.

    ``None`` when they start with anything else, a circle perhaps. Raises ``BadInput`` for 0 and for
    more than ten years.
    """
    for count in range(min(_MOST_WORDS, len(words)), 0, -1):
        cadence = _read(" ".join(words[:count]))
        if cadence is not None:
            return cadence, count
    return None


def _read(text: str) -> Cadence | None:
    if len(text) > dates.LONGEST or not text.isascii():
        return None
    words = dates.one_line(text.lower())
    every = words.removeprefix("every ")
    found = _NAMED.get(words) or _ONE.get(every) or dates.amount(every)
    if found is None:
        return None
    cadence = Cadence(*found)
    if cadence.every < 1:
        raise _no_cadence(text)
    if cadence.every > _TEN_YEARS[cadence.unit]:
        raise BadInput(f"{quoted(text)} is too long: 10 years is the longest. {_EXAMPLES}")
    return cadence


def _no_cadence(text: str) -> BadInput:
    return BadInput(f"{quoted(text)} is no cadence: once a day is the shortest. {_EXAMPLES}")


def _refusal(text: str) -> BadInput:
    found = re.fullmatch(r"([0-9]{1,4}) ?(m?)", text.lower())
    if found is None:
        said = f"{quoted(text)} is not a cadence." if text else "a cadence is missing."
        return BadInput(f"{said} {_EXAMPLES}")
    number = int(found[1])
    if not number:
        return _no_cadence(text)
    if found[2]:
        choice = f"Write {number}mo or {number}d."
        return BadInput(f"{quoted(text)} could be minutes or months. {choice}")
    choice = f"Write {number}d, {number}w or {number}mo."
    return BadInput(f"{quoted(text)} could be days, weeks or months. {choice}")


def _shift(day: date, count: int, unit: str) -> date:
    try:
        return dates.shift(day, count, unit)
    except (OverflowError, ValueError):
        return date.max
