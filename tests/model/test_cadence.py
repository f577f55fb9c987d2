"""Cadences: what is read, when they come round, and that the store's SQL agrees."""

import sqlite3
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinship.errors import BadInput
from kinship.model import cadence
from kinship.model.cadence import Cadence

EXAMPLES = "For example: weekly, 6w, 45d, monthly, quarterly, every 2 months"
LONGEST = {"d": 3652, "w": 521, "mo": 120, "y": 10}

cadences = st.sampled_from(sorted(LONGEST)).flatmap(
    lambda unit: st.integers(1, LONGEST[unit]).map(lambda every: Cadence(every, unit))
)
days = st.dates(max_value=date(9900, 12, 31))


@pytest.mark.parametrize(
    ("typed", "code", "shown"),
    [
        ("daily", "1d", "daily"),
        ("weekly", "1w", "weekly"),
        ("fortnightly", "2w", "every 2 weeks"),
        ("monthly", "1mo", "monthly"),
        ("quarterly", "3mo", "quarterly"),
        ("yearly", "1y", "yearly"),
        ("6w", "6w", "every 6 weeks"),
        ("45d", "45d", "every 45 days"),
        ("every 6 weeks", "6w", "every 6 weeks"),
        ("2 weeks", "2w", "every 2 weeks"),
        ("every month", "1mo", "monthly"),
        ("month", "1mo", "monthly"),
        ("every quarter", "3mo", "quarterly"),
        ("a week", "1w", "weekly"),
        ("Every Two  YEARS", "2y", "every 2 years"),
        ("12mo", "12mo", "every 12 months"),
        ("10y", "10y", "every 10 years"),
    ],
)
def test_a_cadence_is_read_stored_and_shown(typed: str, code: str, shown: str) -> None:
    read = Cadence.parse(typed)
    assert (read.code, str(read)) == (code, shown)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("0d", f'"0d" is no cadence: once a day is the shortest. {EXAMPLES}'),
        ("11y", f'"11y" is too long: 10 years is the longest. {EXAMPLES}'),
        ("121mo", f'"121mo" is too long: 10 years is the longest. {EXAMPLES}'),
        ("30m", '"30m" could be minutes or months. Write 30mo or 30d.'),
        ("6", '"6" could be days, weeks or months. Write 6d, 6w or 6mo.'),
        ("-2w", f'"-2w" is not a cadence. {EXAMPLES}'),
        ("often", f'"often" is not a cadence. {EXAMPLES}'),
        ("biweekly", f'"biweekly" is not a cadence. {EXAMPLES}'),
        ("off", f'"off" is not a cadence. {EXAMPLES}'),
        ("2h", f'"2h" is not a cadence. {EXAMPLES}'),
        ("\u0662w", f'"\u0662w" is not a cadence. {EXAMPLES}'),
        ("", f"a cadence is missing. {EXAMPLES}"),
    ],
)
def test_what_is_not_a_cadence_is_refused_with_the_reason(typed: str, reason: str) -> None:
    with pytest.raises(BadInput) as refused:
        Cadence.parse(typed)
    assert refused.value.message == reason


@given(st.text() | st.from_regex(r"(every )?[0-9]{1,12} ?(d|w|mo|y|weeks|m)?", fullmatch=True))
def test_any_text_is_a_cadence_or_refused(text: str) -> None:
    try:
        read = Cadence.parse(text)
    except BadInput:
        return
    assert 1 <= read.every <= LONGEST[read.unit]


def test_every_example_in_a_refusal_is_accepted() -> None:
    for example in EXAMPLES.removeprefix("For example: ").split(", "):
        Cadence.parse(example)


@given(cadences)
def test_what_it_prints_it_also_reads(every: Cadence) -> None:
    assert Cadence.parse(str(every)) == every
    assert Cadence.parse(every.code) == every
    assert Cadence.of_code(every.code) == every


@pytest.mark.parametrize("code", ["", "weekly", "0d", "w", "6 w", "6w ", "99999d", "6m"])
def test_only_a_stored_code_is_read_as_one(code: str) -> None:
    with pytest.raises(BadInput):
        Cadence.of_code(code)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("every 6 weeks please", (Cadence(6, "w"), 3)),
        ("6w", (Cadence(6, "w"), 1)),
        ("2 weeks", (Cadence(2, "w"), 2)),
        ("every month review", (Cadence(1, "mo"), 2)),
        ("close friends", None),
        ("off", None),
        ("", None),
    ],
)
def test_the_longest_cadence_at_the_start_wins(
    words: str, expected: tuple[Cadence, int] | None
) -> None:
    assert cadence.leading(words.split()) == expected


@pytest.mark.parametrize(
    ("code", "day", "after", "late"),
    [
        ("1mo", "2026-04-15", "2026-05-15", "2026-05-30"),
        ("1mo", "2026-01-31", "2026-02-28", "2026-03-15"),
        ("2mo", "2026-01-31", "2026-03-31", "2026-04-30"),
        ("1y", "2024-02-29", "2025-02-28", "2025-08-29"),
        ("1w", "2026-05-20", "2026-05-27", "2026-05-31"),
        ("1d", "2026-05-20", "2026-05-21", "2026-05-22"),
        ("45d", "2026-05-20", "2026-07-04", "2026-07-27"),
        ("10y", "9999-01-01", "9999-12-31", "9999-12-31"),
    ],
)
def test_it_comes_round_and_is_late_half_a_cadence_on(
    code: str, day: str, after: str, late: str
) -> None:
    last = date.fromisoformat(day)
    assert Cadence.of_code(code).after(last) == date.fromisoformat(after)
    assert Cadence.of_code(code).late(last) == date.fromisoformat(late)


@given(cadences, st.dates())
def test_it_is_never_late_before_it_comes_round(every: Cadence, last: date) -> None:
    assert last <= every.after(last) <= every.late(last)


@given(cadences, days)
def test_the_store_counts_the_same_days_in_sql(every: Cadence, last: date) -> None:
    number = every.every * {"d": 1, "w": 7, "mo": 1, "y": 12}[every.unit]
    if every.unit in ("d", "w"):
        after, late = in_days(last, number), in_days(last, (3 * number + 1) // 2)
    else:
        after, late = in_months(last, number), in_months(last, 3 * number // 2)
        late = in_days(late, 15) if number % 2 else late
    assert (every.after(last), every.late(last)) == (after, late)


def in_days(day: date, count: int) -> date:
    return asked("SELECT date(:day, :days)", day=day.isoformat(), days=f"+{count} days")


def in_months(day: date, count: int) -> date:
    return asked(
        "SELECT min(date(:day, :months), date(:day, 'start of month', :next, '-1 day'))",
        day=day.isoformat(),
        months=f"+{count} months",
        next=f"+{count + 1} months",
    )


def asked(sql: str, **values: str) -> date:
    db = sqlite3.connect(":memory:")
    try:
        return date.fromisoformat(db.execute(sql, values).fetchone()[0])
    finally:
        db.close()
