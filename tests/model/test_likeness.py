"""Close spellings: what is near enough to ask about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from kinship.model import likeness

words = st.text(alphabet="abc", max_size=8)


@pytest.mark.parametrize(
    ("a", "b", "limit", "slips"),
    [
        ("graec", "grace", 1, 1),
        ("hoper", "hopper", 1, 1),
        ("lovelcae", "lovelace", 2, 1),
        ("grace", "grace", 0, 0),
        ("grace", "george", 2, None),
        ("ab", "cdefgh", 2, None),
    ],
)
def test_a_swap_counts_as_one_slip(a: str, b: str, limit: int, slips: int | None) -> None:
    assert likeness.slips(a, b, limit) == slips


@pytest.mark.parametrize(
    ("word", "number"),
    [("", 0), ("li", 0), ("ada", 1), ("grace", 1), ("hopper", 2), ("김민수", 0), ("王小明", 0)],
)
def test_longer_words_allow_more_slips(word: str, number: int) -> None:
    assert likeness.allowed(word) == number


@given(words, words, st.integers(0, 3))
def test_slips_are_counted_as_rapidfuzz_counts_them(a: str, b: str, limit: int) -> None:
    distance = OSA.distance(a, b)
    assert likeness.slips(a, b, limit) == (distance if distance <= limit else None)


def test_near_words_come_closest_first_and_once() -> None:
    known = ["lovelock", "lovelace", "lovelaec", "hopper", "lovelace"]
    assert likeness.near_words("lovelace", known) == ["lovelace", "lovelaec", "lovelock"]
    assert likeness.near_words("graec", ["grace", "hopper"]) == ["grace"]
    assert likeness.near_words("wu", ["wi", "wa"]) == []


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("grace hoper", "grace hopper"),
        ("graec hoper", "grace hopper"),
        ("grace hopper", "grace brewster hopper"),
        ("grace brewster hopper", "grace hopper"),
        ("grace hoper", "grace b hopper"),
        ("ada lovelace king", "ada lovelace"),
        ("ana maria lopez", "anna maria lopes"),
    ],
)
def test_a_name_is_near_when_one_or_two_words_slip(typed: str, known: str) -> None:
    assert likeness.near_names(typed, [known]) == [known]
    assert likeness.near_names(known, [typed]) == [typed]


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("grace hopper", "grace hopper"),
        ("mary", "mary shaw"),
        ("mary shaw", "mary"),
        ("ana marla lopes", "anna maria lopez"),
        ("grace hopper", "george boole"),
        ("wei li", "wei lu"),
        ("grcae hopper", "grace brewster murray hopper"),
    ],
)
def test_a_name_is_not_near_itself_or_half_of_another(typed: str, known: str) -> None:
    assert likeness.near_names(typed, [known]) == []


def test_the_nearest_name_comes_first() -> None:
    known = ["grcae hooper", "grace hopper", "ada lovelace"]
    assert likeness.near_names("grace hoper", known) == ["grace hopper", "grcae hooper"]
