"""Cells, not characters: what a line takes on the screen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from kinship.render.shapes import Line, Room, Span, line
from kinship.render.width import cells, cut, fit, flow, pad, wrap

NAMES = {
    "Ada Lovelace": 12,
    "Rózsa Péter": 11,
    "Nguye\u0302\u0303n": 6,
    "李小龙": 6,
    "한글": 4,
    "\u1112\u1161\u11ab\u1100\u1173\u11af": 4,
    "ヴァージニア": 12,
    "محمدی\u200cفر": 7,
    "हिन्दी": 3,
    "👩\u200d👩\u200d👧": 2,
    "👍🏽": 2,
    "❤\ufe0f": 2,
    "1\ufe0f\u20e3": 2,
    "🇩🇪": 2,
    "": 0,
}
names = st.text(st.sampled_from("ab é李龙👩\u200d\u0301\ufe0f❤→\x1b\n\u202e"), max_size=20)
spans = st.builds(Span, names, st.sampled_from(("", "name", "late")))
parts = st.lists(spans, max_size=3).map(tuple)
lines = st.builds(Line, parts, parts)
rooms = st.builds(Room, st.integers(0, 30), st.none(), st.booleans())


def words(found: list[Span]) -> str:
    return "".join(span.text for span in found)


@pytest.mark.parametrize(("name", "width"), NAMES.items())
def test_a_name_is_as_wide_as_rich_says(name: str, width: int) -> None:
    assert cells(name) == width == cell_len(name)


def test_letters_around_a_joiner_keep_their_cells() -> None:
    assert cells("A\u200dB") == 2


@given(names, st.integers(0, 12), st.sampled_from(("…", "...")))
def test_a_cut_is_never_wider_and_padding_fills_it(text: str, width: int, ellipsis: str) -> None:
    assert cells(cut(text, width, ellipsis)) <= width
    assert cells(pad(text, width, ellipsis)) == width


def test_a_cut_keeps_accents_with_their_letter() -> None:
    assert cut("Nguye\u0302\u0303n An", 6) == "Nguye\u0302\u0303…"
    assert cut("李小龙", 4) == "李…"
    assert cut("Ada", 2, "...") == ".."


@given(lines, rooms)
def test_a_line_fits_its_room(line: Line, room: Room) -> None:
    found = fit(line, room)
    text = words(found)
    assert sum(cells(span.text) for span in found) <= room.width
    assert text == text.rstrip(" ")


def test_the_left_part_makes_room_for_the_right() -> None:
    room = Room(30)
    assert words(fit(line("Ada", right="kinship open ada"), room)) == (
        "Ada           kinship open ada"
    )
    assert words(fit(line("Ada ", "Lovelace, Countess", right="kinship open ada"), room)) == (
        "Ada Lovelac…  kinship open ada"
    )
    assert words(fit(line("Ada", right="kinship open ada"), Room(16))) == "kinship open ada"
    assert words(fit(line("Ada", right="kinship open ada"), Room(9))) == "kinship …"


def test_the_ellipsis_takes_the_style_of_what_it_cuts() -> None:
    found = fit(line(Span("Ada", "name"), Span(" is late", "late")), Room(8))
    assert found == [Span("Ada", "name"), Span(" is …", "late")]


@given(lines, rooms)
def test_a_flowing_line_loses_nothing(line: Line, room: Room) -> None:
    text = words(flow(line, room)).replace(" ", "")
    whole = fit(line, Room(1000, None, room.ascii))
    assert text == words(whole).replace(" ", "")


def test_signs_fall_back_before_they_are_measured() -> None:
    signs = line("✓ · ━ ╌ … › →", right="a → b")
    assert words(fit(signs, Room(24, None, True))) == "* - = . ... > ->  a -> b"


def test_a_note_is_wrapped_at_blanks_and_keeps_its_lines() -> None:
    assert wrap("two boys and a girl,\nlikes horses 李小龙李小龙李小龙", 10) == [
        "two boys",
        "and a",
        "girl,",
        "likes",
        "horses",
        "李小龙李小",
        "龙李小龙",
    ]
    assert wrap("", 10) == [""]


@given(names, st.integers(2, 12))
def test_a_wrapped_note_is_never_wider(text: str, width: int) -> None:
    rows = wrap(text, width)
    assert all(cells(row) <= width for row in rows)
