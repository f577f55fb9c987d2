"""Words of one kind: what is asked finds what is meant, and not what only looks alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinship.model import names, stems

WORDS = st.text("abcdefgimnoprstuxyz", min_size=1, max_size=12)


@pytest.mark.parametrize(
    "alike",
    [
        "parent parents parenting",
        "compile compiler compilers compiling compiled",
        "teach teacher teachers teaching",
        "hire hires hired hiring",
        "horse horses",
        "party parties",
        "study studies studying",
        "tax taxes taxing",
        "develop developer developers developing development",
        "translate translator translators translation translations",
        "program programs programming programmer",
        "class classes",
        "photograph photographer photographers photography",
        "houses house housing",
        "speaker speakers speaking",
    ],
)
def test_words_of_one_kind_have_one_stem(alike: str) -> None:
    assert len({stems.stem(word) for word in alike.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("string", "stress"), ("water", "wat"), ("bus", "bu"), ("king", "k"), ("station", "state")],
)
def test_what_only_looks_alike_is_another_word(one: str, other: str) -> None:
    assert stems.stem(one) != stems.stem(other)


@pytest.mark.parametrize(
    ("asked", "topic", "fit"),
    [
        ("parents", "parenting", True),
        ("comp", "compilers", True),
        ("tax germany", "tax in Germany", True),
        ("tax in Germany", "Germany, tax", True),
        ("design", "type design", True),
        ("type designers", "Type design", True),
        ("horses", "horse racing", True),
        ("c", "C++", True),
        ("c++", "C++", True),
        ("c++", "C#", False),
        ("cafe", "Cafés", True),
        ("piloting", "plumbing", False),
        ("tax law", "tax in Germany", False),
        ("the", "the theatre", True),
    ],
)
def test_a_topic_is_found_by_its_beginning_or_its_stem(asked: str, topic: str, fit: bool) -> None:
    assert stems.fits(stems.telling(names.fold(asked)), names.fold(topic)) is fit


def test_a_short_word_is_a_whole_one_in_what_was_said() -> None:
    assert stems.fits(["ai"], "art and aikido")
    assert not stems.fits(["ai"], "we met at the airport", said=True)
    assert stems.fits(["ai"], "a talk on ai", said=True)
    assert stems.fits(["tool"], "the tools are in the shed", said=True)


@pytest.mark.parametrize(
    ("seeks", "about", "found"),
    [
        ("speakers", "speaking", True),
        ("a sound engineer", "sound", True),
        ("a flat in Berlin", "Berlin", True),
        ("a co-founder", "founders", True),
        ("a running partner", "running", True),
        ("a running partner", "partner dances", False),
        ("people who know about bees", "people", False),
        ("a job in IT", "it", False),
    ],
)
def test_a_wish_is_answered_by_a_word_of_one_stem(seeks: str, about: str, found: bool) -> None:
    assert bool(stems.offers(names.fold(seeks), [names.fold(about)])) is found


@given(WORDS, WORDS)
def test_every_word_that_fits_begins_as_the_index_is_asked(asked: str, word: str) -> None:
    assert word.startswith(stems.start(word))
    assert stems.fits([asked], asked)
    if stems.fits([asked], word):
        assert word.startswith(stems.start(asked))
