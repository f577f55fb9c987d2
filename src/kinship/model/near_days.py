"""The day that a mistyped one was probably meant to be; offered, never taken."""

from collections.abc import Sequence
from datetime import date

from kinship.errors import BadInput
from kinship.model import dates, likeness
from kinship.safe import quoted

_LONG = (
    *(name.lower() for name in (*dates.WEEKDAYS, *dates.MONTHS)),
    *("today", "tomorrow", "yesterday", "next", "last", "this"),
    *("day", "days", "week", "weeks", "month", "months", "year", "years"),
)
_SHORT = "in on ago end of eom a an one two three four five six seven eight nine ten eleven twelve"
_KNOWN = {*_LONG, *_SHORT.split(), *dates.WEEKDAY_NUMBERS, *(name[:3] for name in _LONG[7:19])}
_MOST_WORDS = 3  # "in two weeks"


def meant(words: Sequence[str], today: date, direction: dates.Direction) -> str | None:
    """``next week`` for ``next wek``; None where nothing is misspelt, or it would be no day."""
    typed = [word.lower() for word in words]
    right = [_right(word) for word in typed]
    if None in right or right == typed:
        return None
    said = " ".join(filter(None, right))
    try:
        (dates.ahead if direction == "ahead" else dates.behind)(said, today)
    except BadInput:
        return None
    return said


def refusal(words: Sequence[str], today: date, direction: dates.Direction) -> BadInput | None:
    """What to say of words that begin with a day misspelt."""
    split = " ".join(words[:_MOST_WORDS]).split()
    for count in range(min(_MOST_WORDS, len(split)), 0, -1):
        said = meant(split[:count], today, direction)
        if said:
            typed = quoted(" ".join(split[:count]))
            return BadInput(
                f'{typed} is not a day. Did you mean "{said}"?',
                hint="More dates: kinship help dates",
            )
    return None


def _right(word: str) -> str | None:
    """The word of a date that this is or is nearly; None for any other."""
    if word in _KNOWN or word[:1].isdigit():
        return word
    near = likeness.near_words(word, _LONG)
    return near[0] if near else None
