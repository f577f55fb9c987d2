"""Recurring follow-ups, against a calendar walked day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinship.errors import BadInput
from kinship.model import dates, recurrence
from kinship.model.cadence import Cadence
from kinship.model.recurrence import Recurrence

PLACES = ["first", "second", "third", "fourth", "last"]
ANCHORS = [
    *(f"{place} {name[:3].lower()}" for place in PLACES for name in dates.WEEKDAYS),
    *(dates.ordinal(day) for day in range(1, 32)),
    "last day",
]

anchors = st.sampled_from(ANCHORS)
days = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 12, 31))
anchored = st.builds(
    Recurrence, st.builds(Cadence, st.integers(1, 7), st.just("mo")), anchors
) | st.builds(Recurrence, st.builds(Cadence, st.integers(1, 2), st.just("y")), anchors)
plain = st.builds(
    Recurrence,
    st.builds(Cadence, st.integers(1, 10), st.sampled_from(["d", "w", "mo", "y"])),
    st.just(""),
)


@pytest.mark.parametrize(
    ("every", "anchor", "code", "shown"),
    [
        ("month", "first monday", "1mo:first mon", "every first Monday of the month"),
        ("monthly", "1st Mon of the month", "1mo:first mon", "every first Monday of the month"),
        ("month", "15th", "1mo:15th", "every 15th"),
        ("month", "last day", "1mo:last day", "every last day of the month"),
        ("month", "end of month", "1mo:last day", "every last day of the month"),
        ("2 months", "last fri", "2mo:last fri", "every 2 months on the last Friday"),
        ("3mo", "31st", "3mo:31st", "quarterly on the 31st"),
        ("yearly", "15th", "1y:15th", "yearly on the 15th"),
        ("3mo", None, "3mo", "quarterly"),
        ("yearly", None, "1y", "yearly"),
        ("6w", None, "6w", "every 6 weeks"),
        ("first monday", None, "1mo:first mon", "every first Monday of the month"),
        ("15th", None, "1mo:15th", "every 15th"),
    ],
)
def test_a_recurrence_is_read_stored_and_shown(
    every: str, anchor: str | None, code: str, shown: str
) -> None:
    read = Recurrence.parse(every, anchor)
    assert (read.code, str(read)) == (code, shown)


@pytest.mark.parametrize(
    ("every", "anchor", "reason"),
    [
        ("month", "fifth monday", '"fifth monday" is not a day of the month. For example: '),
        ("month", "32nd", '"32nd" is not a day of the month. '),
        ("month", "1th", '"1th" is not a day of the month. '),
        ("month", "fri", '"fri" is not a day of the month. '),
        ("month", "", '"" is not a day of the month. '),
        ("weekly", "15th", '"15th" comes once a month, not weekly. Write --every month, 3mo or'),
        ("often", "15th", '"often" is not a cadence. '),
        ("soon", None, '"soon" is not a cadence. '),
    ],
)
def test_what_does_not_recur_is_refused_with_the_reason(
    every: str, anchor: str | None, reason: str
) -> None:
    with pytest.raises(BadInput) as refused:
        Recurrence.parse(every, anchor)
    assert refused.value.message.startswith(reason)


@given(anchored | plain)
def test_what_it_stores_it_also_reads(again: Recurrence) -> None:
    assert Recurrence.of_code(again.code) == again
    assert Recurrence.parse(again.cadence.code, again.anchor or None) == again


@pytest.mark.parametrize("code", ["", "1mo:", "1mo:fri", "1mo:first monday", "2w:15th", ":15th"])
def test_only_a_stored_code_is_read_as_one(code: str) -> None:
    with pytest.raises(BadInput):
        Recurrence.of_code(code)


@given(st.text(), st.none() | st.text() | anchors)
def test_any_text_recurs_or_is_refused(every: str, anchor: str | None) -> None:
    try:
        read = Recurrence.parse(every, anchor)
    except BadInput:
        return
    assert Recurrence.of_code(read.code) == read


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("first monday review our goals", ("first mon", 2)),
        ("first monday of the month review", ("first mon", 5)),
        ("15th pay", ("15th", 1)),
        ("last day pay", ("last day", 2)),
        ("last friday", ("last fri", 2)),
        ("eom", ("last day", 1)),
        ("first things first", None),
        ("monday", None),
        ("", None),
    ],
)
def test_the_longest_day_of_the_month_at_the_start_wins(
    words: str, expected: tuple[str, int] | None
) -> None:
    assert recurrence.anchor_leading(words.split()) == expected


def test_a_plain_cadence_counts_from_the_day_it_was_done() -> None:
    quarterly = Recurrence.parse("3mo")
    assert quarterly.next_after(date(2026, 6, 20), due=date(2026, 6, 1)) == date(2026, 9, 20)
    assert quarterly.first(date(2026, 5, 20)) == date(2026, 8, 20)


def test_a_named_day_counts_from_the_calendar() -> None:
    mondays = Recurrence.parse("month", "first monday")
    assert mondays.next_after(date(2026, 6, 20), due=date(2026, 6, 1)) == date(2026, 7, 6)
    assert mondays.next_after(date(2026, 5, 20), due=date(2026, 6, 1)) == date(2026, 7, 6)
    assert mondays.next_after(date(2026, 9, 30), due=date(2026, 6, 1)) == date(2026, 10, 5)


def test_the_first_monday_named_on_a_first_monday_is_the_next_one() -> None:
    mondays = Recurrence.parse("month", "first monday")
    assert mondays.first(date(2026, 5, 31)) == date(2026, 6, 1)
    assert mondays.first(date(2026, 6, 1)) == date(2026, 7, 6)


@pytest.mark.parametrize("start", [29, 30, 31])
def test_monthly_from_the_end_of_january_skips_no_month_and_does_not_drift(start: int) -> None:
    monthly = Recurrence.parse("month", dates.ordinal(start))
    day = date(2026, 1, start)
    for month in range(1, 121):
        day = monthly.next_after(day, due=day)
        year, number = 2026 + month // 12, month % 12 + 1
        assert day == date(year, number, min(start, dates.days_in(year, number)))


def test_the_29th_of_february_falls_on_the_28th_in_common_years() -> None:
    assert Recurrence.parse("yearly").first(date(2024, 2, 29)) == date(2025, 2, 28)
    yearly, day = Recurrence.parse("yearly", "29th"), date(2024, 2, 29)
    seen = [day := yearly.next_after(day, due=day) for _ in range(4)]
    assert seen == [date(2025, 2, 28), date(2026, 2, 28), date(2027, 2, 28), date(2028, 2, 29)]


def test_nothing_recurs_after_the_last_day_there_is() -> None:
    assert Recurrence.parse("month", "first monday").first(date.max) == date.max
    assert Recurrence.parse("yearly").next_after(date.max, due=date.max) == date.max


@given(anchored, days, st.integers(-400, 400))
def test_a_named_day_is_the_one_a_walk_through_the_calendar_meets(
    again: Recurrence, due: date, days_late: int
) -> None:
    done = due + timedelta(days=days_late)
    months = again.cadence.every * (12 if again.cadence.unit == "y" else 1)
    day = max(done, due) + timedelta(days=1)
    while (day.year * 12 + day.month - due.year * 12 - due.month) % months or not is_on(
        again.anchor, day
    ):
        day += timedelta(days=1)
    assert again.next_after(done, due) == day


@given(anchored, days)
def test_the_first_time_is_the_next_such_day_of_any_month(again: Recurrence, today: date) -> None:
    day = today + timedelta(days=1)
    while not is_on(again.anchor, day):
        day += timedelta(days=1)
    assert again.first(today) == day


def is_on(anchor: str, day: date) -> bool:
    """Whether ``day`` is that day of its month, worked out without dateutil."""
    last = dates.days_in(day.year, day.month)
    if anchor == "last day":
        return day.day == last
    place, _, name = anchor.partition(" ")
    if not name:
        return day.day == min(int(place[:-2]), last)
    if dates.WEEKDAYS[day.weekday()][:3].lower() != name:
        return False
    if place == "last":
        return day.day + 7 > last
    return (day.day - 1) // 7 == PLACES.index(place)
