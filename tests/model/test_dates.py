"""Every row of the table of dates, every refusal, and what holds for all of them."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinship.errors import BadInput
from kinship.model import dates

WEDNESDAY = date(2026, 5, 20)
SIDES: list[dates.Direction] = ["ahead", "behind"]
READ: dict[dates.Direction, Callable[[str, date], date]] = {
    "ahead": dates.ahead,
    "behind": dates.behind,
}
EXAMPLES_AHEAD = "For example: 2d, fri, next week, 1 dec, 2026-12-01"
EXAMPLES_BEHIND = "For example: yesterday, last fri, 2 days ago, 1 dec, 2025-12-01"
MORE = ("More dates: kinship help dates",)

days = st.dates()
todays = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 12, 31))
sides = st.sampled_from(SIDES)
WORDS = """
in on this next last a an one twelve 0 1 2 5 29 30 31 1st 2nd 3th 2026 0000 9999 d days w week weeks
mo month y years ago fri friday tue wed may feb february dec, eom end of month today tomorrow
yesterday 2d 30m 3pm 2026-05-20 2026-02-30 2026-W21 03/04 3.4. 20260520 1.5 -1 soon 999999999y
99999999999999d : tue: -- --12-10 12:30
"""
pieces = st.sampled_from([*WORDS.split(), "\x00", "\u0663", "\u2028"])
texts = st.text() | st.lists(pieces, max_size=6).map(" ".join)


@pytest.mark.parametrize(
    ("typed", "ahead", "behind"),
    [
        ("2d", "2026-05-22", "2026-05-18"),
        ("fri", "2026-05-22", "2026-05-15"),
        ("wed", "2026-05-27", "2026-05-13"),
        ("next fri", "2026-05-29", None),
        ("this fri", "2026-05-22", None),
        ("last tue", None, "2026-05-19"),
        ("next week", "2026-05-25", None),
        ("next month", "2026-06-01", None),
        ("1mo", "2026-06-20", "2026-04-20"),
        ("1 dec", "2026-12-01", "2025-12-01"),
        ("1dec", "2026-12-01", "2025-12-01"),
        ("1-dec", "2026-12-01", "2025-12-01"),
        ("20 may", "2026-05-20", "2026-05-20"),
        ("21 may", "2026-05-21", "2025-05-21"),
        ("29 feb", "2028-02-29", "2024-02-29"),
        # The grammar above that table
        ("2026-12-01", "2026-12-01", None),
        ("0001-01-01", None, "0001-01-01"),
        ("9999-12-31", "9999-12-31", None),
        ("2 days", "2026-05-22", "2026-05-18"),
        ("in 2 days", "2026-05-22", None),
        ("2 days ago", None, "2026-05-18"),
        ("a week", "2026-05-27", "2026-05-13"),
        ("an wk", "2026-05-27", "2026-05-13"),
        ("3w", "2026-06-10", "2026-04-29"),
        ("three weeks ago", None, "2026-04-29"),
        ("twelve months", "2027-05-20", "2025-05-20"),
        ("1 yr", "2027-05-20", "2025-05-20"),
        ("0d", "2026-05-20", "2026-05-20"),
        ("friday", "2026-05-22", "2026-05-15"),
        ("on fri", "2026-05-22", "2026-05-15"),
        ("tues", "2026-05-26", "2026-05-19"),
        ("next friday", "2026-05-29", None),
        ("next mon", "2026-05-25", None),
        ("this wed", "2026-05-20", "2026-05-20"),
        ("this mon", None, "2026-05-18"),
        ("last wed", None, "2026-05-13"),
        ("last fri", None, "2026-05-15"),
        ("dec 1", "2026-12-01", "2025-12-01"),
        ("1st dec", "2026-12-01", "2025-12-01"),
        ("1 december 2027", "2027-12-01", None),
        ("Dec 1, 2027", "2027-12-01", None),
        ("3 Sept 2024", None, "2024-09-03"),
        ("on 22 may", "2026-05-22", "2025-05-22"),
        ("Wed, 21 May 2025", None, "2025-05-21"),
        ("on fri 2026-05-22", "2026-05-22", None),
        ("today", "2026-05-20", "2026-05-20"),
        ("tomorrow", "2026-05-21", None),
        ("yesterday", None, "2026-05-19"),
        ("next year", "2027-01-01", None),
        ("end of month", "2026-05-31", None),
        ("EOM", "2026-05-31", None),
        ("  Next   FRIDAY ", "2026-05-29", None),
    ],
)
def test_a_date_is_read_looking_ahead_and_looking_back(
    typed: str, ahead: str | None, behind: str | None
) -> None:
    for side, expected in zip(SIDES, (ahead, behind), strict=True):
        if expected:
            assert READ[side](typed, WEDNESDAY) == date.fromisoformat(expected)
        else:
            with pytest.raises(BadInput, match="already past" if side == "ahead" else "to come"):
                READ[side](typed, WEDNESDAY)


def test_a_month_from_the_31st_is_the_end_of_a_shorter_one() -> None:
    assert dates.ahead("1mo", date(2026, 1, 31)) == date(2026, 2, 28)
    assert dates.ahead("1y", date(2024, 2, 29)) == date(2025, 2, 28)


def test_the_month_ends_today_on_its_last_day() -> None:
    last = date(2026, 2, 28)
    assert dates.ahead("eom", last) == dates.behind("eom", last) == last


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("03/04", '"03/04" could be 3 April or 4 March. Write 2027-04-03 or "3 apr".'),
        ("3.4.", '"3.4." could be 3 April or 4 March. Write 2027-04-03 or "3 apr".'),
        ("3.4", '"3.4" could be 3 April or 4 March. Write 2027-04-03 or "3 apr".'),
        ("03-04", '"03-04" could be 3 April or 4 March. Write 2027-04-03 or "3 apr".'),
        (
            "03/04/2026",
            '"03/04/2026" could be 3 April or 4 March. Write 2026-04-03 or "3 apr 2026".',
        ),
        ("03/04/26", f'"03/04/26" could be several days. {EXAMPLES_AHEAD}'),
        (
            "13/04",
            '"13/04" is not how a day is written here. Write 2027-04-13 or "13 apr".',
        ),
        (
            "20260520",
            '"20260520" is not how a day is written here. Write 2026-05-20 or "20 may 2026".',
        ),
        (
            "2026/12/1",
            '"2026/12/1" is not how a day is written here. Write 2026-12-01 or "1 dec 2026".',
        ),
        ("30m", '"30m" could be minutes or months. Write 30mo or 30d.'),
        ("2h", f'"2h" is a time, and kinship knows days. {EXAMPLES_AHEAD}'),
        ("3pm", f'"3pm" is a time, and kinship knows days. {EXAMPLES_AHEAD}'),
        ("15:30", f'"15:30" is a time, and kinship knows days. {EXAMPLES_AHEAD}'),
        ("20 minutes", f'"20 minutes" is a time, and kinship knows days. {EXAMPLES_AHEAD}'),
        ("tonight", f'"tonight" is a time, and kinship knows days. {EXAMPLES_AHEAD}'),
        ("30 feb", 'there is no 30 February. Write "28 feb".'),
        ("0 may", 'there is no 0 May. Write "1 may".'),
        ("29 feb 2027", 'there is no 29 February 2027. Write "28 feb 2027".'),
        ("2026-02-30", 'there is no 30 February 2026. Write "28 feb 2027".'),
        ("2026-13-01", "there is no month 13. December is 12, as in 2026-12-01."),
        ("0000-01-01", "there is no year 0. Years run from 0001 to 9999."),
        (
            "thu 22 may 2026",
            "22 May 2026 is a Friday, not a Thursday. Write 2026-05-22 or thu.",
        ),
        ("soon", f'"soon" is not a day. {EXAMPLES_AHEAD}'),
        ("someday", f'"someday" is not a day. {EXAMPLES_AHEAD}'),
        ("2026", '"2026" is a whole year. Write a day of it: 2026-12-31.'),
        ("2026-05", "2026-05 is a whole month. Write a day of it: 2026-05-01."),
        ("may", '"may" is a whole month. Write a day of it: "1 may".'),
        (
            "5",
            '"5" could be a day of the month or a number of days. Write "5 jun" or 5d.',
        ),
        ("15th", '"15th" of which month? Write "15 jun".'),
        ("2026-W21", '"2026-W21" is a week. Write a day of it: 2026-05-18.'),
        ("999999999y", '"999999999y" is outside the years 1 to 9999.'),
        ("9999999999d", f'"9999999999d" is not a day. {EXAMPLES_AHEAD}'),
        ("in 2 days ago", f'"in 2 days ago" is not a day. {EXAMPLES_AHEAD}'),
        ("1th dec", f'"1th dec" is not a day. {EXAMPLES_AHEAD}'),
        ("--12-10", f'"--12-10" is not a day. {EXAMPLES_AHEAD}'),
        ("-1", f'"-1" is not a day. {EXAMPLES_AHEAD}'),
        ("fri 3pm", f'"fri 3pm" is not a day. {EXAMPLES_AHEAD}'),
        ("\u0662d", f'"\u0662d" is not a day. {EXAMPLES_AHEAD}'),
        ("2026-05-2\u0660", f'"2026-05-2\u0660" is not a day. {EXAMPLES_AHEAD}'),
        ("1 dec\x00", f'"1 dec\x00" is not a day. {EXAMPLES_AHEAD}'),
        ("", f"a day is missing. {EXAMPLES_AHEAD}"),
        ("2d " * 20, f'"{("2d " * 13).strip()}…" is not a day. {EXAMPLES_AHEAD}'),
    ],
)
def test_what_is_not_one_day_is_refused_with_the_reason(typed: str, reason: str) -> None:
    with pytest.raises(BadInput) as ahead:
        dates.ahead(typed, WEDNESDAY)
    assert ahead.value.message == reason
    with pytest.raises(BadInput):
        dates.behind(typed, WEDNESDAY)


def test_a_weekday_beside_a_date_must_be_the_right_one() -> None:
    assert dates.ahead("Fri 22 May", WEDNESDAY) == date(2026, 5, 22)
    assert dates.behind("Thu 22 May", WEDNESDAY) == date(2025, 5, 22)
    with pytest.raises(BadInput, match="22 May 2026 is a Friday, not a Thursday"):
        dates.ahead("Thu 22 May", WEDNESDAY)


def test_looking_back_the_suggestions_look_back() -> None:
    with pytest.raises(BadInput) as soon:
        dates.behind("soon", WEDNESDAY)
    assert soon.value.message == f'"soon" is not a day. {EXAMPLES_BEHIND}'
    with pytest.raises(BadInput) as numbers:
        dates.behind("03/04", WEDNESDAY)
    assert numbers.value.message.endswith('Write 2026-04-03 or "3 apr".')
    assert numbers.value.hint == MORE


@given(todays, sides)
def test_every_example_in_a_refusal_is_accepted(today: date, side: dates.Direction) -> None:
    with pytest.raises(BadInput) as refused:
        READ[side]("soon", today)
    for example in refused.value.message.partition("For example: ")[2].split(", "):
        READ[side](example, today)


@pytest.mark.parametrize(
    ("side", "typed", "message", "hint"),
    [
        (
            "ahead",
            "2020-01-01",
            "2020-01-01 is already past.",
            "It happened then? kinship log WHO --on 2020-01-01 what you talked about",
        ),
        (
            "ahead",
            "last tue",
            '"last tue" (Tue 19 May) is already past.',
            "It happened then? kinship log WHO --on 2026-05-19 what you talked about",
        ),
        (
            "behind",
            "2030-01-01",
            "2030-01-01 is still to come.",
            "Planned for then? kinship remind WHO 2030-01-01 what to do",
        ),
    ],
)
def test_a_day_on_the_wrong_side_names_the_command_that_was_meant(
    side: dates.Direction, typed: str, message: str, hint: str
) -> None:
    with pytest.raises(BadInput) as refused:
        READ[side](typed, WEDNESDAY)
    assert (refused.value.message, refused.value.hint) == (message, (hint,))


@given(texts, days, sides)
def test_any_text_is_a_day_on_the_right_side_or_refused(
    text: str, today: date, side: dates.Direction
) -> None:
    try:
        day = READ[side](text, today)
    except BadInput:
        return
    assert day >= today if side == "ahead" else day <= today


@given(st.lists(pieces | st.text(), max_size=8), days, sides)
def test_any_words_start_with_a_day_or_with_text_or_are_refused(
    words: list[str], today: date, side: dates.Direction
) -> None:
    try:
        found = dates.required(words, today, side)
    except BadInput:
        found = None
    try:
        optional = dates.leading(words, today, side)
    except BadInput:
        assert found is None
    else:
        assert optional == found
    if found:
        assert 1 <= found[1] <= len(words)


@given(st.lists(pieces | st.text(), max_size=8), days)
def test_any_words_start_with_a_past_day_and_a_colon_or_not_or_are_refused(
    words: list[str], today: date
) -> None:
    try:
        found = dates.colon(words, today)
    except BadInput:
        return
    assert found is None or found[0] <= today


@given(days, days)
def test_a_day_that_was_shown_can_be_typed(day: date, today: date) -> None:
    read = dates.ahead if day >= today else dates.behind
    assert read(dates.show(day, today), today) == day
    assert read(dates.short(day, today), today) == day
    assert read(day.isoformat(), today) == day


@pytest.mark.parametrize(
    ("typed", "day", "count"),
    [
        ("next friday send slides", "2026-05-29", 2),
        ("fri", "2026-05-22", 1),
        ("fri, send slides", "2026-05-22", 1),
        ("fri: send slides", "2026-05-22", 1),
        ("sun is out", "2026-05-24", 1),
        ("1 dec 2027 call", "2027-12-01", 3),
        ("on tue 1 december 2026 call", "2026-12-01", 5),
        ("in 2 days call", "2026-05-22", 3),
        ("2 weeks 3 people", "2026-06-03", 2),
        ("fri 3pm call", "2026-05-22", 1),
    ],
)
def test_the_longest_date_at_the_start_wins(typed: str, day: str, count: int) -> None:
    expected = (date.fromisoformat(day), count)
    assert dates.leading(typed.split(), WEDNESDAY, "ahead") == expected
    assert dates.required(typed.split(), WEDNESDAY, "ahead") == expected


def test_a_date_may_be_one_quoted_word() -> None:
    assert dates.required(["next friday", "send"], WEDNESDAY, "ahead") == (date(2026, 5, 29), 1)


def test_a_longer_date_that_is_refused_is_not_read_as_a_shorter_one() -> None:
    with pytest.raises(BadInput, match="no 29 February 2027"):
        dates.leading(["29", "feb", "2027", "party"], WEDNESDAY, "ahead")
    with pytest.raises(BadInput, match="already past"):
        dates.leading(["1", "dec", "2020", "party"], WEDNESDAY, "ahead")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("may I come", '"may" is a whole month'),
        ("second thoughts", '"second" is not a day'),
        ("soon send the paper", '"soon" is not a day'),
        ("tonight we sail", '"tonight" is a time'),
        ("5 apples", '"5" could be a day of the month'),
        ("2026 was good", '"2026" is a whole year'),
        ("1.5 million", '"1.5" could be 1 May or 5 January'),
        ("3 pm tea", '"3 pm" is a time'),
        ("", "a day is missing"),
    ],
)
def test_plain_words_are_text_unless_a_day_must_be_there(text: str, reason: str) -> None:
    assert dates.leading(text.split(), WEDNESDAY, "ahead") is None
    with pytest.raises(BadInput) as refused:
        dates.required(text.split(), WEDNESDAY, "ahead")
    assert refused.value.message.startswith(reason)


@pytest.mark.parametrize("word", ["03/04", "3.4.", "30m", "3pm", "2h", "2026-W21", "20260520"])
def test_digits_that_can_only_be_a_date_or_time_are_refused_before_text_too(word: str) -> None:
    with pytest.raises(BadInput):
        dates.leading([word, "send", "it"], WEDNESDAY, "ahead")


@pytest.mark.parametrize(
    ("words", "day", "rest"),
    [
        (["tue:", "lunch"], "2026-05-19", ["lunch"]),
        (["last", "tue:", "lunch", "out"], "2026-05-19", ["lunch", "out"]),
        (["2026-05-01:", "lunch"], "2026-05-01", ["lunch"]),
        (["2", "days", "ago:", "lunch"], "2026-05-18", ["lunch"]),
        (["tue:lunch"], "2026-05-19", ["lunch"]),
        (["tue: lunch at noon"], "2026-05-19", ["lunch at noon"]),
        (["last tue:", "lunch"], "2026-05-19", ["lunch"]),
        (["today:"], "2026-05-20", []),
    ],
)
def test_a_date_and_a_colon_say_when_it_was(words: list[str], day: str, rest: list[str]) -> None:
    assert dates.colon(words, WEDNESDAY) == (date.fromisoformat(day), rest)


@pytest.mark.parametrize(
    "text",
    [
        "note: x",
        "http://x",
        "tue lunch",
        "tue lunch: good",
        "tomorrow maybe: x",
        "tue :) good",
        "12:30 lunch",
        "1.5: x",
        ": x",
        "",
        "we met two days ago in the park: good",
    ],
)
def test_without_a_date_before_it_a_colon_is_text(text: str) -> None:
    assert dates.colon(text.split(), WEDNESDAY) is None


@pytest.mark.parametrize("text", ["tomorrow: lunch", "03/04: lunch", "30 feb: lunch"])
def test_a_refused_date_before_a_colon_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        dates.colon(text.split(), WEDNESDAY)


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("2019", "2019"),
        ("2026", "2026"),
        ("2019-05", "2019-05"),
        ("2026-05", "2026-05"),
        ("May 2019", "2019-05"),
        ("2019-05-14", "2019-05-14"),
        ("last tue", "2026-05-19"),
    ],
)
def test_since_keeps_the_precision_that_was_typed(typed: str, iso: str) -> None:
    assert dates.partial(typed, WEDNESDAY) == iso


@pytest.mark.parametrize(
    "typed", ["2027", "2026-06", "june 2026", "2026-05-21", "0000", "2019-13", "may", "19", ""]
)
def test_since_refuses_the_future_and_what_is_no_date(typed: str) -> None:
    with pytest.raises(BadInput):
        dates.partial(typed, WEDNESDAY)


@pytest.mark.parametrize(
    ("typed", "stored", "shown"),
    [
        ("10 dec", "--12-10", "10 Dec"),
        ("dec 10", "--12-10", "10 Dec"),
        ("--12-10", "--12-10", "10 Dec"),
        ("29 feb", "--02-29", "29 Feb"),
        ("--02-29", "--02-29", "29 Feb"),
        ("1815-12-10", "1815-12-10", "10 Dec 1815"),
        ("10 dec 1815", "1815-12-10", "10 Dec 1815"),
        ("December 10th, 1815", "1815-12-10", "10 Dec 1815"),
        ("2026-05-20", "2026-05-20", "20 May 2026"),
    ],
)
def test_a_birthday_may_lack_its_year(typed: str, stored: str, shown: str) -> None:
    assert dates.birthday(typed, WEDNESDAY) == stored
    assert dates.birthday_text(stored) == shown


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("03/04", '"03/04" could be 3 April or 4 March. Write "3 apr" or "4 mar".'),
        (
            "03/04/1980",
            '"03/04/1980" could be 3 April or 4 March. Write "3 apr 1980" or "4 mar 1980".',
        ),
        ("--02-30", 'there is no 30 February. Write "29 feb".'),
        ("29 feb 1900", 'there is no 29 February 1900. Write "28 feb 1900".'),
        (
            "2026-05-21",
            "2026-05-21 is still to come. A birthday is, for example: 10 dec, 1815-12-10",
        ),
        ("fri", '"fri" is not a birthday. For example: 10 dec, 1815-12-10'),
        ("1815", '"1815" is not a birthday. For example: 10 dec, 1815-12-10'),
    ],
)
def test_a_birthday_that_cannot_be_is_refused(typed: str, reason: str) -> None:
    with pytest.raises(BadInput) as refused:
        dates.birthday(typed, WEDNESDAY)
    assert refused.value.message == reason


@given(days, st.booleans())
def test_a_birthday_that_was_shown_can_be_typed(day: date, with_year: bool) -> None:
    stored = day.isoformat() if with_year else f"--{day:%m-%d}"
    assert dates.birthday(dates.birthday_text(stored), date.max) == stored


@given(texts, days)
def test_any_text_is_a_birthday_or_refused(text: str, today: date) -> None:
    try:
        stored = dates.birthday(text, today)
    except BadInput:
        return
    assert dates.birthday(stored, today) == stored


@given(texts, days)
def test_any_text_is_a_beginning_or_refused(text: str, today: date) -> None:
    try:
        iso = dates.partial(text, today)
    except BadInput:
        return
    assert dates.partial(dates.short_text(iso, today), today) == iso


def test_days_are_shown_with_the_year_only_when_it_is_another() -> None:
    assert dates.show(WEDNESDAY, WEDNESDAY) == "Wed 20 May"
    assert dates.show(date(2027, 12, 1), WEDNESDAY) == "Wed 1 Dec 2027"
    assert dates.short(date(2026, 5, 14), WEDNESDAY) == "14 May"
    assert dates.short(date(2024, 5, 14), WEDNESDAY) == "14 May 2024"


@pytest.mark.parametrize(
    ("iso", "shown"),
    [("2019", "2019"), ("2019-05", "May 2019"), ("2026-05-14", "14 May")],
)
def test_a_partial_date_is_shown_as_precisely_as_it_is_known(iso: str, shown: str) -> None:
    assert dates.short_text(iso, WEDNESDAY) == shown


@pytest.mark.parametrize(
    ("days_off", "shown"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (-1, "yesterday"),
        (9, "in 9 days"),
        (54, "in 54 days"),
        (62, "in 62 days"),
        (63, "in 2 months"),
        (365, "in 12 months"),
        (800, "in 2 years"),
        (-2, "2 days ago"),
        (-12, "12 days ago"),
        (-13, "13 days ago"),
        (-14, "2 weeks ago"),
        (-21, "3 weeks ago"),
        (-35, "5 weeks ago"),
        (-62, "8 weeks ago"),
        (-63, "2 months ago"),
        (-220, "7 months ago"),
        (-729, "23 months ago"),
        (-730, "2 years ago"),
    ],
)
def test_a_distance_is_said_in_the_unit_that_suits_it(days_off: int, shown: str) -> None:
    assert dates.away(WEDNESDAY + timedelta(days=days_off), WEDNESDAY) == shown


def test_elapsed_time_has_no_direction() -> None:
    assert dates.elapsed(date(2026, 4, 15), WEDNESDAY) == "5 weeks"
    assert dates.elapsed(WEDNESDAY, date(2026, 4, 15)) == "5 weeks"
    assert dates.elapsed(date(2026, 5, 19), WEDNESDAY) == "1 day"


@given(days, days)
def test_no_distance_is_said_in_one_month_or_one_year(day: date, today: date) -> None:
    number, unit = dates.elapsed(day, today).split()
    assert int(number) > 1 or unit in ("day", "days")


def test_ordinals_end_as_they_are_spoken() -> None:
    shown = " ".join(dates.ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 30, 31))
    assert shown == "1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 23rd 30th 31st"
