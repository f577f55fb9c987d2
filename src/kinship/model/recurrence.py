"""Follow-ups that come again: after so long, or on a day the calendar names."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import NamedTuple

from kinship.errors import BadInput
from kinship.model import dates
from kinship.model.cadence import Cadence
from kinship.safe import quoted

_PLACES = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "last": -1,
}
_PLACE_NAMES = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}
_LAST_DAY = "last day"
_MONTHLY = ("mo", "y")
_MOST_WORDS = 5  # "first monday of the month"


class Recurrence(NamedTuple):
    """How a follow-up comes again: "quarterly", "every first Monday of the month".

    ``anchor`` names the day of the month as ``first mon``, ``15th`` or ``last day``; it is empty
    when the follow-up is counted from the day it was done.
    """

    cadence: Cadence
    anchor: str = ""

    @classmethod
    def parse(cls, every: str, anchor: str | None = None) -> "Recurrence":
        """Read a cadence (``month``, ``3mo``, ``yearly``) and the day of the month, if one is named.

        The day is ``first`` to ``fourth`` or ``last`` with a weekday, ``1st`` to ``31st``,
        ``last day`` or ``end of month``; given as ``every`` it means every month. Raises
        ``BadInput`` for anything else, and for a day of the month every few days or weeks.
        """
        if anchor is None:
            named = _canonical(every)
            return cls(Cadence(1, "mo"), named) if named else cls(Cadence.parse(every))
        named, cadence = _canonical(anchor), Cadence.parse(every)
        if named is None:
            examples = "first monday, last fri, 15th, last day"
            raise BadInput(f"{quoted(anchor)} is not a day of the month. For example: {examples}")
        if cadence.unit not in _MONTHLY:
            reason = f"{quoted(anchor)} comes once a month, not {cadence}."
            raise BadInput(f"{reason} Write --every month, 3mo or year.")
        return cls(cadence, named)

    @classmethod
    def of_code(cls, code: str) -> "Recurrence":
        """Read what ``code`` wrote; raises ``BadInput`` for other text."""
        text, mark, anchor = code.partition(":")
        cadence = Cadence.of_code(text)
        if mark and (_canonical(anchor) != anchor or cadence.unit not in _MONTHLY):
            raise BadInput(f'"{code}" is not a stored recurrence.')
        return cls(cadence, anchor)

    @property
    def code(self) -> str:
        """How it is stored: ``3mo``; with a day of the month ``1mo:first mon``, ``2mo:15th``."""
        return f"{self.cadence.code}:{self.anchor}" if self.anchor else self.cadence.code

    def first(self, today: date) -> date:
        """The first day it falls on after ``today``; today itself is never meant."""
        if not self.anchor:
            return self.cadence.after(today)
        return _next(self.anchor, months=1, start=today, after=today)

    def next_after(self, done: date, due: date) -> date:
        """The day it falls on next, once the one due on ``due`` was done on ``done``.

        Counted from ``done``; with a day of the month, that day in the months the cadence reaches
        from ``due``, after both. So ``due`` is the day the calendar gave, not a snoozed one. A 31st
        is the last day of a shorter month. Past the year 9999 it is that year's last day.
        """
        if not self.anchor:
            return self.cadence.after(done)
        months = self.cadence.every * (12 if self.cadence.unit == "y" else 1)
        return _next(self.anchor, months=months, start=due, after=max(done, due))

    def __str__(self) -> str:
        if not self.anchor:
            return str(self.cadence)
        *place, name = self.anchor.split()
        day = " ".join((*place, _weekday_name(name)))
        if self.cadence != (1, "mo"):
            return f"{self.cadence} on the {day}"
        return f"every {day} of the month" if place else f"every {day}"


def anchor_leading(words: Sequence[str]) -> tuple[str, int] | None:
    """Read the longest day of the month at the start of ``words``, and how many words it took.

    ``None`` when they start with anything else. The text is as ``Recurrence.anchor`` holds it.
    """
    for count in range(min(_MOST_WORDS, len(words)), 0, -1):
        anchor = _canonical(" ".join(words[:count]))
        if anchor is not None:
            return anchor, count
    return None


def once_leading(words: Sequence[str], today: date) -> tuple[date, int] | None:
    """Read ``first`` to ``fourth monday`` at the start of ``words`` as the next day it falls on.

    ``last monday`` is the one behind us, and ``15th`` of a month that was not named.
    """
    found = anchor_leading(words)
    if found is None or found[0].split()[0] not in ("first", "second", "third", "fourth"):
        return None
    return _next(found[0], months=1, start=today, after=today), found[1]


def _canonical(text: str) -> str | None:
    if len(text) > dates.LONGEST or not text.isascii():
        return None
    words = text.lower().split()
    if words[-3:] == ["of", "the", "month"]:
        words = words[:-3]
    match words:
        case ["last", "day"] | ["eom"] | ["end", "of", "month"]:
            return _LAST_DAY
        case [place, name] if place in _PLACES and name in dates.WEEKDAY_NUMBERS:
            weekday = dates.WEEKDAYS[dates.WEEKDAY_NUMBERS[name]]
            return f"{_PLACE_NAMES[_PLACES[place]]} {weekday[:3].lower()}"
        case [word] if word in {dates.ordinal(day) for day in range(1, 32)}:
            return word
        case _:
            return None


def _weekday_name(name: str) -> str:
    weekday = dates.WEEKDAY_NUMBERS.get(name)
    return name if weekday is None else dates.WEEKDAYS[weekday]


def _next(anchor: str, *, months: int, start: date, after: date) -> date:
    """The first such day after ``after``, in every so many months from that of ``start``."""
    from dateutil.rrule import MONTHLY, rrule, weekday  # (few commands make anything recur)

    first_of_month = datetime.combine(start.replace(day=1), time())
    match anchor.split():
        case ["last", "day"]:
            rule = rrule(MONTHLY, first_of_month, months, bymonthday=-1)
        case [place, name]:
            which = weekday(dates.WEEKDAY_NUMBERS[name], _PLACES[place])
            rule = rrule(MONTHLY, first_of_month, months, byweekday=which)
        case _:
            # The rule skips months without a 31st: the last of the days 28 to 31 clamps it.
            day = int(anchor[:-2])
            rule = rrule(
                MONTHLY,
                first_of_month,
                months,
                bymonthday=range(min(day, 28), day + 1),
                bysetpos=-1,
            )
    found = rule.after(datetime.combine(after, time()))
    return found.date() if found else date.max
