"""Days as people write them: read strictly (``kinship help dates``), shown briefly.

kinship knows days, not times, and refuses rather than guesses. Names are tables of our own, never
the locale's.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

from kinship.errors import BadInput
from kinship.safe import quoted

Direction = Literal["ahead", "behind"]
_YearMonthDay = tuple[int | None, int, int]
_Side = tuple[date, Direction]  # which side of today a day is wanted on

LONGEST = 40
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAY_NUMBERS = {
    **{name.lower(): n for n, name in enumerate(WEEKDAYS)},
    **{name[:3].lower(): n for n, name in enumerate(WEEKDAYS)},
    "tues": 1,
    "thur": 3,
    "thurs": 3,
}
MONTH_NUMBERS = {
    **{name.lower(): n for n, name in enumerate(MONTHS, 1)},
    **{name[:3].lower(): n for n, name in enumerate(MONTHS, 1)},
    "sept": 9,
}
_NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
}
_UNITS = {
    **dict.fromkeys(("d", "day", "days"), "d"),
    **dict.fromkeys(("w", "wk", "week", "weeks"), "w"),
    **dict.fromkeys(("mo", "month", "months"), "mo"),
    **dict.fromkeys(("y", "yr", "year", "years"), "y"),
}
_TIMES = {"tonight", "noon", "midnight", "now", "this morning", "this afternoon", "this evening"}
_CLOCK = (
    r"[0-9]{1,2}:[0-9]{2} ?([ap]m)?|[0-9]{1,2} ?[ap]m"
    r"|[0-9]+ ?(h|hrs?|hours?|mins?|minutes?|s|secs?|seconds?)"
)
_MORE = "More dates: kinship help dates"
_MOST_WORDS = 5  # "on tue 1 december 2027"
_NINE_WEEKS = 63  # the shortest distance that is always two whole months


# Reading


def ahead(text: str, today: date) -> date:
    """Read a day from today on, such as ``2d``, ``fri``, ``next week``, ``1 dec``, ``2026-12-01``.

    Raises ``BadInput`` for a day already past and for anything that is not exactly one day.
    """
    return _day(text, today, "ahead")


def behind(text: str, today: date) -> date:
    """Read a day up to today, such as ``2d``, ``last fri``, ``2 days ago``, ``1 dec``.

    Raises ``BadInput`` for a day still to come and for anything that is not exactly one day.
    """
    return _day(text, today, "behind")


def leading(words: Sequence[str], today: date, direction: Direction) -> tuple[date, int] | None:
    """Read the longest date at the start of ``words``, and how many words it took.

    ``None`` when they start with text. A weekday is a date, also in "sun is out". A comma or colon
    may follow the date. Raises ``BadInput`` for an impossible day, one on the wrong side of today,
    and for a first word of digits that can only be a date or time: ``03/04``, ``3pm``,
    ``2026-W21``. Other words and bare numbers ("soon", "may", "5", "1.5") are text.
    """
    found = _longest(words, today, direction)
    refusal = None if found or not words else _slip(one_line(words[0]), today, direction)
    if refusal:
        raise refusal
    return found


def required(words: Sequence[str], today: date, direction: Direction) -> tuple[date, int]:
    """Read the longest date at the start of ``words``, as ``leading`` does, where one must be.

    Raises ``BadInput`` when there is none, with the reason.
    """
    found = _longest(words, today, direction)
    if found:
        return found
    for start in (" ".join(words[:2]), *words[:1]):
        refusal = _reason(one_line(start), today, direction)
        if refusal:
            raise refusal
    raise _not_a_day(words, today, direction)


def colon(words: Sequence[str], today: date) -> tuple[date, list[str]] | None:
    """Read ``tue: lunch`` and ``2 days ago: lunch`` as a day up to today and the words after it.

    ``None`` when what stands before the first colon is not a date: ``note: x``, ``http://x``.
    Raises ``BadInput`` as ``leading`` does, for instance for ``tomorrow: lunch``.
    """
    for count, word in enumerate(words[:_MOST_WORDS]):
        head, mark, rest = word.partition(":")
        if not mark:
            continue
        said = one_line(" ".join([*words[:count], head])) if head.strip() else ""
        day = _read(said, today, "behind")
        refusal = None if day else _slip(said, today, "behind")
        if refusal:
            raise refusal
        return (day, [w for w in (rest.strip(), *words[count + 1 :]) if w]) if day else None
    return None


def partial(text: str, today: date) -> str:
    """Read when something began: ``2019``, ``2019-05``, ``may 2019`` or any day up to today.

    Returns ISO text as precise as what was typed. Raises ``BadInput`` for the future.
    """
    text = one_line(text)
    found = re.fullmatch(r"([0-9]{4})(?:-(0[1-9]|1[0-2]))?", text)
    named = re.fullmatch(r"([a-z]+) ([0-9]{4})", text.lower())
    if named and named[1] in MONTH_NUMBERS:
        iso = f"{named[2]}-{MONTH_NUMBERS[named[1]]:02}"
    elif found:
        iso = text
    else:
        return behind(text, today).isoformat()
    if iso.startswith("0000"):
        raise BadInput("there is no year 0. For example: 2019, 2019-05, 2019-05-14")
    if iso > today.isoformat()[: len(iso)]:
        raise BadInput(f"{text} is still to come. For example: 2019, 2019-05, 2019-05-14")
    return iso


def birthday(text: str, today: date) -> str:
    """Read a birthday: ``10 dec``, ``dec 10``, ``--12-10``, ``10 dec 1815`` or ``1815-12-10``.

    Returns ``--12-10`` without a year, ``1815-12-10`` with one. Raises ``BadInput`` for the future,
    for a day that does not exist, and for anything else.
    """
    text = one_line(text)
    digits = re.fullmatch(r"--([0-9]{2})-([0-9]{2})", text)
    if digits:
        parts: _YearMonthDay | None = _existing(None, int(digits[1]), int(digits[2]))
    else:
        parts = _calendar(text.lower())
    if parts is None:
        could = _readings(text)
        if could:
            named = " or ".join(_by_name(*parts) for parts in could)
            raise BadInput(f"{_could_be(text, could)} Write {named}.", hint=_MORE)
        raise BadInput(f"{quoted(text)} is not a birthday. For example: 10 dec, 1815-12-10")
    year, month, day = parts
    if year is None:
        return f"--{month:02}-{day:02}"
    born = date(year, month, day)
    if born > today:
        raise BadInput(f"{text} is still to come. A birthday is, for example: 10 dec, 1815-12-10")
    return born.isoformat()


def amount(text: str) -> tuple[int, str] | None:
    """Read ``6w``, ``6 weeks`` or ``a week`` as a number and its unit: ``d``, ``w``, ``mo``, ``y``.

    ``text`` is in lower case. ``None`` for anything else.
    """
    found = re.fullmatch(r"([0-9]{1,9}|[a-z]+(?= )) ?([a-z]+)", text)
    if found is None:
        return None
    number = int(found[1]) if found[1].isdigit() else _NUMBERS.get(found[1])
    unit = _UNITS.get(found[2])
    return None if number is None or unit is None else (number, unit)


# Showing


def show(day: date, today: date) -> str:
    """``Wed 20 May`` in today's year, ``Wed 1 Dec 2027`` in another."""
    return f"{WEEKDAYS[day.weekday()][:3]} {short(day, today)}"


def short(day: date, today: date) -> str:
    """``14 May`` in today's year, ``14 May 2024`` in another."""
    return _day_month(None if day.year == today.year else day.year, day.month, day.day)


def short_text(iso: str, today: date) -> str:
    """``2019``, ``May 2019`` or as ``short``, from ISO text of that precision."""
    match iso.split("-"):
        case [year]:
            return year
        case [year, month]:
            return f"{MONTHS[int(month) - 1][:3]} {year}"
        case _:
            return short(date.fromisoformat(iso), today)


def birthday_text(value: str) -> str:
    """``10 Dec`` from ``--12-10``, ``10 Dec 1815`` from ``1815-12-10``."""
    year, month, day = value.rsplit("-", 2)
    return _day_month(None if year == "-" else int(year), int(month), int(day))


def away(day: date, today: date) -> str:
    """How far off a day is: ``today``, ``yesterday``, ``in 54 days``, ``5 weeks ago``.

    Behind us: days up to 13, weeks up to 8, months up to 23, then years. Ahead: days up to 62,
    because there is a day to prepare for, then months and years.
    """
    days = (day - today).days
    match days:
        case 0:
            return "today"
        case 1:
            return "tomorrow"
        case -1:
            return "yesterday"
    if days < 0:
        return f"{elapsed(day, today)} ago"
    return f"in {days} days" if days < _NINE_WEEKS else f"in {elapsed(day, today)}"


def elapsed(day: date, today: date) -> str:
    """How long it is between two days, in whole units: ``9 days``, ``5 weeks``, ``7 months``."""
    start, end = sorted((day, today))
    days = (end - start).days
    if days < 14:
        return _count(days, "day")
    if days < _NINE_WEEKS:
        return _count(days // 7, "week")
    months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    return _count(months, "month") if months < 24 else _count(months // 12, "year")


def ordinal(number: int) -> str:
    """``1st``, ``2nd``, ``3rd``, ``11th``."""
    ends = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if number // 10 == 1 else ends.get(number % 10, 'th')}"


def one_line(text: str) -> str:
    """``text`` with single blanks between its words."""
    return " ".join(text.split())


# Arithmetic


def days_in(year: int, month: int) -> int:
    """How many days a month has."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def shift(day: date, count: int, unit: str) -> date:
    """``count`` units from ``day``; month ends clamp: 31 Jan and ``1 mo`` are 28 Feb.

    Raises ``OverflowError`` or ``ValueError`` outside the years 1 to 9999.
    """
    if unit in ("d", "w"):
        return day + timedelta(days=count * (7 if unit == "w" else 1))
    from dateutil.relativedelta import relativedelta  # (most dates need no months)

    return day + relativedelta(months=count * (12 if unit == "y" else 1))


# The grammar


def _day(text: str, today: date, direction: Direction) -> date:
    text = one_line(text)
    day = _read(text, today, direction)
    if day is None:
        raise _reason(text, today, direction) or _not_a_day([text], today, direction)
    return day


def _longest(words: Sequence[str], today: date, direction: Direction) -> tuple[date, int] | None:
    for count in range(min(_MOST_WORDS, len(words)), 0, -1):
        text = one_line(" ".join(words[:count])).rstrip(",:")
        day = _read(text, today, direction)
        if day is not None:
            return day, count
    return None


def _read(text: str, today: date, direction: Direction) -> date | None:
    """The day that is the whole of ``text``; ``None`` when it does not have the form of a date."""
    if len(text) > LONGEST or not text.isascii():
        return None
    words = text.lower().split()
    try:
        day = (
            _named(words, today)
            or _weekday(words, today, direction)
            or _relative(words, today, direction)
            or _calendar_day(words, today, direction)
        )
    except (OverflowError, ValueError):
        raise BadInput(f"{quoted(text)} is outside the years 1 to 9999.", hint=_MORE) from None
    if day is not None:
        _check_side(day, text, today, direction)
    return day


def _check_side(day: date, text: str, today: date, direction: Direction) -> None:
    said = text if text == day.isoformat() else f"{quoted(text)} ({show(day, today)})"
    if direction == "ahead" and day < today:
        raise BadInput(
            f"{said} is already past.",
            hint=f"It happened then? kinship log WHO --on {day} what you talked about",
        )
    if direction == "behind" and day > today:
        raise BadInput(
            f"{said} is still to come.",
            hint=f"Planned for then? kinship remind WHO {day} what to do",
        )


def _named(words: list[str], today: date) -> date | None:
    match words:
        case ["today"]:
            return today
        case ["tomorrow"]:
            return shift(today, 1, "d")
        case ["yesterday"]:
            return shift(today, -1, "d")
        case ["next", "week"]:
            return shift(today, 7 - today.weekday(), "d")
        case ["next", "month"]:
            return shift(today.replace(day=1), 1, "mo")
        case ["next", "year"]:
            return date(today.year + 1, 1, 1)
        case ["eom"] | ["end", "of", "month"]:
            return today.replace(day=days_in(today.year, today.month))
        case _:
            return None


def _weekday(words: list[str], today: date, direction: Direction) -> date | None:
    wanted = WEEKDAY_NUMBERS.get(words[-1]) if words else None
    if wanted is None:
        return None
    this_week = wanted - today.weekday()
    nearest_ahead = (this_week - 1) % 7 + 1
    nearest_behind = this_week % 7 - 7
    match words[:-1]:
        case [] | ["on"]:
            return shift(today, nearest_ahead if direction == "ahead" else nearest_behind, "d")
        case ["this"]:
            return shift(today, this_week, "d")
        case ["next"]:
            return shift(today, this_week + 7, "d")
        case ["last"]:
            return shift(today, nearest_behind, "d")
        case _:
            return None


def _relative(words: list[str], today: date, direction: Direction) -> date | None:
    match words:
        case ["in", *middle, "ago"]:
            return None
        case ["in", *middle]:
            sign = 1
        case [*middle, "ago"]:
            sign = -1
        case middle:
            sign = 1 if direction == "ahead" else -1
    found = amount(" ".join(middle))
    return None if found is None else shift(today, sign * found[0], found[1])


def _calendar_day(words: list[str], today: date, direction: Direction) -> date | None:
    rest = words[1:] if words[:1] == ["on"] else words
    weekday = WEEKDAY_NUMBERS.get(rest[0].rstrip(",")) if rest else None
    parts = _calendar(" ".join(rest if weekday is None else rest[1:]), (today, direction))
    if parts is None:
        return None
    year, month, number = parts
    day = date(year, month, number) if year else _nearest(month, number, today, direction)
    if weekday is not None and weekday != day.weekday():
        said = f"{_day_month(day.year, month, number)} is a {WEEKDAYS[day.weekday()]}"
        raise BadInput(f"{said}, not a {WEEKDAYS[weekday]}. Write {day} or {rest[0].rstrip(',')}.")
    return day


def _calendar(text: str, side: _Side | None = None) -> _YearMonthDay | None:
    """Year if any, month and day of a calendar date in lower case; refuses one that is none."""
    if len(text) > LONGEST:
        return None
    digits = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    if digits:
        return _existing(int(digits[1]), int(digits[2]), int(digits[3]), side)
    number, name = r"(?P<day>[0-9]{1,2})(?P<th>st|nd|rd|th)?", "(?P<month>[a-z]+)"
    tail = "(?:,? (?P<year>[0-9]{4}))?"
    found = re.fullmatch(f"{number}[ -]?{name}{tail}", text)
    found = found or re.fullmatch(f"{name} {number}{tail}", text)
    if found is None or found["month"] not in MONTH_NUMBERS:
        return None
    day = int(found["day"])
    if found["th"] and f"{day}{found['th']}" != ordinal(day):
        return None
    year = int(found["year"]) if found["year"] else None
    return _existing(year, MONTH_NUMBERS[found["month"]], day, side)


def _existing(year: int | None, month: int, day: int, side: _Side | None = None) -> _YearMonthDay:
    if year == 0:
        raise BadInput("there is no year 0. Years run from 0001 to 9999.", hint=_MORE)
    if not 1 <= month <= 12:
        raise BadInput(f"there is no month {month}. December is 12, as in 2026-12-01.", hint=_MORE)
    last = _last_day(year, month)
    if not 1 <= day <= last:
        said = f"{day} {MONTHS[month - 1]}" + (f" {year:04}" if year else "")
        day = min(max(day, 1), 28 if side and (year, month) == (None, 2) else last)
        if year and side:  # a day on the wrong side of today would be refused in its turn
            fitting = _nearest(month, day, *side).year
            year = max(year, fitting) if side[1] == "ahead" else min(year, fitting)
        raise BadInput(f"there is no {said}. Write {_by_name(year, month, day)}.", hint=_MORE)
    return year, month, day


def _nearest(month: int, day: int, today: date, direction: Direction) -> date:
    """That day of the year on the wanted side of today, or today; 29 Feb may be 8 years off."""
    step = 1 if direction == "ahead" else -1
    years = (today.year + step * n for n in range(9))
    days = (date(year, month, day) for year in years if day <= days_in(year, month))
    try:
        return next(found for found in days if (found - today).days * step >= 0)
    except ValueError:
        raise BadInput("that day is outside the years 1 to 9999.", hint=_MORE) from None


# Refusals


def _reason(text: str, today: date, direction: Direction) -> BadInput | None:
    return _slip(text, today, direction) or _vague(text, today, direction)


def _not_a_day(words: Sequence[str], today: date, direction: Direction) -> BadInput:
    from kinship.model import near_days  # noqa: PLC0415  (only for what is no day)

    if near := near_days.refusal(words, today, direction):
        return near
    text = one_line("".join(words[:1]))
    said = f"{quoted(text)} is not a day." if text else "a day is missing."
    return BadInput(f"{said} {_examples(today, direction)}")


def _slip(text: str, today: date, direction: Direction) -> BadInput | None:
    """Why digits that look like a date or a time are refused; ``None`` for other text."""
    low = text.lower()
    if len(text) > LONGEST:
        return None
    if found := re.fullmatch(r"([0-9]+) ?m", low):
        choice = f"Write {found[1]}mo or {found[1]}d."
        return BadInput(f"{quoted(text)} could be minutes or months. {choice}", hint=_MORE)
    if re.fullmatch(_CLOCK, low):
        return _a_time(text, today, direction)
    if found := re.fullmatch(r"([0-9]{4})-?w([0-9]{2})(?:-?[1-7])?", low):
        try:
            monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        except ValueError:
            return None
        return BadInput(f"{quoted(text)} is a week. Write a day of it: {monday}.", hint=_MORE)
    if re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", low):
        return BadInput(f"{text} is a whole month. Write a day of it: {text}-01.", hint=_MORE)
    if re.fullmatch(r"[0-9]{1,2}([/.-])[0-9]{1,2}\1[0-9]{2}", low):
        return BadInput(f"{quoted(text)} could be several days. {_examples(today, direction)}")
    is_number = re.fullmatch(r"[0-9]+\.[0-9]+", low)
    return None if is_number else _unclear(text, today, direction)


def _vague(text: str, today: date, direction: Direction) -> BadInput | None:
    """Why words and bare numbers that are nearly a day are refused; ``None`` for other text."""
    low = text.lower()
    said = quoted(text)
    if low in _TIMES:
        return _a_time(text, today, direction)
    if low in MONTH_NUMBERS:
        return BadInput(f'{said} is a whole month. Write a day of it: "1 {low}".', hint=_MORE)
    if re.fullmatch(r"[0-9]{4}", low) and low != "0000":
        day = f"{low}-12-31" if direction == "ahead" else f"{low}-01-01"
        return BadInput(f"{said} is a whole year. Write a day of it: {day}.", hint=_MORE)
    return _day_alone(text, today, direction) or _unclear(text, today, direction)


def _day_alone(text: str, today: date, direction: Direction) -> BadInput | None:
    """Why ``5`` and ``5th`` are refused; ``None`` for other text."""
    found = re.fullmatch(r"([0-9]{1,2})(st|nd|rd|th)?", text.lower())
    if found is None or not 1 <= int(found[1]) <= 31:
        return None
    number = int(found[1])
    months = [month for month in range(1, 13) if number <= _last_day(None, month)]
    days = [_nearest(month, number, today, direction) for month in months]
    named = _by_name(None, min(days, key=lambda day: abs(day - today)).month, number)
    if found[2]:
        return BadInput(f"{quoted(text)} of which month? Write {named}.", hint=_MORE)
    reason = f"{quoted(text)} could be a day of the month or a number of days."
    return BadInput(f"{reason} Write {named} or {number}d.", hint=_MORE)


def _unclear(text: str, today: date, direction: Direction) -> BadInput | None:
    """Why digits that could be a day or two are refused; ``None`` for other text."""
    could = _readings(text)
    if not could:
        return None
    year, month, number = could[0]
    day = date(year, month, number) if year else _nearest(month, number, today, direction)
    choice = f"Write {day} or {_by_name(*could[0])}."
    return BadInput(f"{_could_be(text, could)} {choice}", hint=_MORE)


def _readings(text: str) -> list[_YearMonthDay]:
    """The days that digits alone could mean, the one with the day first before the other."""
    found = re.fullmatch(r"([0-9]{4})([/.-]?)([0-9]{2})\2([0-9]{2})", text)
    found = found or re.fullmatch(r"([0-9]{4})([/.-])([0-9]{1,2})\2([0-9]{1,2})", text)
    if found:
        orders: list[_YearMonthDay] = [(int(found[1]), int(found[3]), int(found[4]))]
    else:
        found = re.fullmatch(r"([0-9]{1,2})([/.-])([0-9]{1,2})(?:\2([0-9]{4}))?\.?", text)
        if found is None:
            return []
        first, second = int(found[1]), int(found[3])
        year = int(found[4]) if found[4] else None
        orders = [(year, second, first), (year, first, second)][: 1 if first == second else 2]
    return [
        (year, month, day)
        for year, month, day in orders
        if year != 0 and 1 <= month <= 12 and 1 <= day <= _last_day(year, month)
    ]


def _could_be(text: str, readings: list[_YearMonthDay]) -> str:
    if len(readings) == 1:
        return f"{quoted(text)} is not how a day is written here."
    days = [f"{day} {MONTHS[month - 1]}" for _, month, day in readings]
    return f"{quoted(text)} could be {' or '.join(days)}."


def _a_time(text: str, today: date, direction: Direction) -> BadInput:
    reason = f"{quoted(text)} is a time, and kinship knows days."
    return BadInput(f"{reason} {_examples(today, direction)}")


def _examples(today: date, direction: Direction) -> str:
    first_of_december = _nearest(12, 1, today, direction)
    if direction == "ahead":
        return f"For example: 2d, fri, next week, 1 dec, {first_of_december}"
    return f"For example: yesterday, last fri, 2 days ago, 1 dec, {first_of_december}"


# Spelling


def _by_name(year: int | None, month: int, day: int) -> str:
    return f'"{_day_month(year, month, day).lower()}"'


def _day_month(year: int | None, month: int, day: int) -> str:
    text = f"{day} {MONTHS[month - 1][:3]}"
    return text if year is None else f"{text} {year:04}"


def _last_day(year: int | None, month: int) -> int:
    return days_in(2000 if year is None else year, month)


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
