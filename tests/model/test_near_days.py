"""Days misspelt: what is offered, and what is left alone."""

from datetime import date

import pytest

from kinship.errors import BadInput
from kinship.model import dates, near_days, recurrence

TODAY = date(2026, 5, 20)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tomorow", "tomorrow"),
        ("next wek", "next week"),
        ("tuesdya", "tuesday"),
        ("in two weks", "in two weeks"),
        ("Fridya", "friday"),
    ],
)
def test_a_misspelt_day_is_offered(typed: str, meant: str) -> None:
    assert near_days.meant(typed.split(), TODAY, "ahead") == meant
    with pytest.raises(BadInput) as said:
        dates.required([*typed.split(), "send", "slides"], TODAY, "ahead")
    assert said.value.message == f'"{typed}" is not a day. Did you mean "{meant}"?'
    with pytest.raises(BadInput, match="Did you mean"):
        dates.ahead(typed, TODAY)


@pytest.mark.parametrize(
    "typed", ["soon", "someday", "lunch", "note", "tomorrow", "may", "yesteday", "http", "2 x", ""]
)
def test_other_words_are_left_alone(typed: str) -> None:
    assert near_days.meant(typed.split(), TODAY, "ahead") is None


@pytest.mark.parametrize(
    ("typed", "direction", "offered"),
    [
        ("31 feb", "ahead", "28 feb"),
        ("30 feb 2028", "ahead", "29 feb 2028"),
        ("2026-02-30", "ahead", "28 feb 2027"),
        ("2026-02-30", "behind", "28 feb 2026"),
        ("2026-11-31", "behind", "30 nov 2025"),
        ("31 nov", "ahead", "30 nov"),
    ],
)
def test_a_day_that_is_none_is_refused_with_one_that_is_taken(
    typed: str, direction: dates.Direction, offered: str
) -> None:
    read = dates.ahead if direction == "ahead" else dates.behind
    with pytest.raises(BadInput, match=f'Write "{offered}"') as said:
        read(typed, TODAY)
    assert read(said.value.message.split('"')[1], TODAY)


def test_the_first_monday_is_the_next_one() -> None:
    assert recurrence.once_leading(["first", "monday", "dues"], TODAY) == (date(2026, 6, 1), 2)
    assert recurrence.once_leading(["4th", "wed"], TODAY) == (date(2026, 5, 27), 2)
    for words in (["last", "monday"], ["15th"], ["eom"], ["monday"], []):
        assert recurrence.once_leading(words, TODAY) is None
