"""Queries: what is typed becomes a tree, and the tree what is typed."""

import shlex
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kinship.errors import BadInput
from kinship.model import names, query
from kinship.model.query import FIELDS, FLAGS, HAS, Query, Term, is_query, parse

TODAY = date(2026, 5, 20)


def read(*words: str) -> Query:
    return parse(words, TODAY)


def one(word: str) -> Term:
    (term,) = read(word).terms
    return term


@pytest.mark.parametrize(
    ("typed", "field", "values", "turned"),
    [
        ("Łódź", "", ("lodz",), False),
        ("ada,grace", "", ("ada", "grace"), False),
        ('"long walk"', "", ("long walk",), False),
        ("not:sailing", "", ("sailing",), True),
        ("CITY:Berlin", "city", ("berlin",), False),
        ("city:new york,berlin", "city", ("new york", "berlin"), False),
        ("at:Berlin, 2026", "at", ("berlin 2026",), False),
        ('org:"Smith,Jones"', "org", ("smith jones",), False),
        ("not:at:pycon", "at", ("pycon",), True),
        ("not:met", "is", ("met",), True),
        ("not:met,online", "is", ("met", "online"), True),
        ("not:not:met", "is", ("met",), False),
        ("no:linkedin", "has", ("linkedin",), True),
        ("not:no:li", "has", ("linkedin",), False),
        ("keep:monthly", "keep", ("1mo",), False),
        ("keep:close", "keep", ("close",), False),
        ("via:li", "via", ("linkedin",), False),
        ("linkedin:@adal", "via", ("linkedin:adal",), False),
        ("https://www.linkedin.com/in/adal/", "via", ("linkedin:adal",), False),
        ("ada@engine.example", "via", ("email:ada@engine.example",), False),
        ("met:2026-05", "met", ("2026-05",), False),
        ("met:2026-12", "met", ("2026-12",), False),
        ("last:2026-01..", "last", ("2026-01..",), False),
        ("last:2w..yesterday", "last", ("2026-05-06..2026-05-19",), False),
        ("added:..2025", "added", ("..2025",), False),
        ("quiet:6mo", "quiet", ("2025-11-20",), False),
        ("birthday:may", "birthday", ("--05",), False),
        ("birthday:10 dec", "birthday", ("--12-10",), False),
        ("birthday:20 dec..jan", "birthday", ("--12-20..--01",), False),
        ("birthday:1990..1999", "birthday", ("1990..1999",), False),
    ],
)
def test_what_is_typed_is_understood(
    typed: str, field: str, values: tuple[str, ...], turned: bool
) -> None:
    assert one(typed) == Term(field, values, turned)


def test_words_are_anded_and_a_comma_is_or() -> None:
    assert [len(group) for group in read("a", "b", ",", "c").groups] == [2, 1]
    assert read("ada,", "grace") == read("ada", ",", "grace")


@pytest.mark.parametrize("words", [(), ("",), (",",), (" ", ","), ("\u200b",)])
def test_nothing_said_is_everybody(words: tuple[str, ...]) -> None:
    assert read(*words) == Query()


@pytest.mark.parametrize(
    ("typed", "said", "hint"),
    [
        ("ctiy:berlin", 'no field "ctiy". Did you mean city:berlin?', "Fields: name org"),
        ("batch:3", 'no field "batch".', "Fields: "),
        ("is:konnected", 'no "is:konnected". Did you mean is:connected?', "Is: met online"),
        ("is:sleeping", 'no "is:sleeping".', "Is: met online"),
        ("not:konnected", 'no "not:konnected". Did you mean not:connected?', "Not: met online"),
        ("at:", '"at:" needs a value. For example: at:"PyCon 2026"', "kinship help find"),
        ("not:", '"not:" needs a value.', "kinship help find"),
        ("city:,", '"city:" needs a value.', ""),
        ('"', "says nothing to look for", ""),
        ("met:soon", '"soon" is not a day. For example: yesterday', ""),
        ("met:03/04", '"03/04" could be 3 April or 4 March.', "help dates"),
        ("met:2026-13", '"2026-13" is not a day.', ""),
        ("met:2026-02-30", "there is no 30 February 2026", ""),
        ("met:may", '"may" of which year? Write 2026-05.', ""),
        ("met:december", '"december" of which year? Write 2025-12.', ""),
        ("last:..", '".." has no end.', ""),
        ("last:2026-05..2026-01", "ends before it begins", ""),
        ("birthday:may..1990", "has a year at one end only", ""),
        ("birthday:soon", '"soon" is not a birthday.', ""),
        ("quiet:long", '"long" is not how long. For example: quiet:6mo', ""),
        ("quiet:9999y", "outside the years 1 to 9999", ""),
        ("has:!!", "nothing that somebody could have", "Has: keep"),
        ("\0", "NUL", ""),
        ("x" * 501, "501 characters", ""),
    ],
)
def test_what_is_no_query_is_refused(typed: str, said: str, hint: str) -> None:
    with pytest.raises(BadInput) as refused:
        read(typed)
    assert said in refused.value.message
    assert hint in " ".join(refused.value.hint)


def test_a_query_has_an_end() -> None:
    with pytest.raises(BadInput, match="at most 40"):
        read(*["a"] * 41)
    with pytest.raises(BadInput, match="at most 20"):
        read("city:" + ",".join(f"c{n}" for n in range(21)))


@pytest.mark.parametrize("word", ["at:pycon", "not:met", "QUIET:6mo", "no:keep", "via:li"])
def test_a_known_field_makes_a_query(word: str) -> None:
    assert is_query(word)


@pytest.mark.parametrize(
    "word", ["ada", "linkedin:adal", "at:", "tue:", "https://x.example", "note: x", ",", "10:30"]
)
def test_a_name_a_handle_and_a_text_are_no_query(word: str) -> None:
    assert not is_query(word)


_said = st.text(max_size=12) | st.sampled_from(["long walk", "C++", "a, b", 'a"b,c', "o'brien"])
_days = st.sampled_from(["2026", "2025-02", "2w", "last fri", "2020-02-29", "1 dec 2020"])
_spans = _days | st.builds("{}..".format, _days) | st.builds("..{}".format, _days)
_born = st.sampled_from(["may", "10 dec", "1990", "1990-05..", "dec..jan", "..--03"])
_terms = st.one_of(
    _said,
    st.builds('"{}"'.format, _said),
    st.builds("{}:{}".format, st.sampled_from(query.TEXTS), _said),
    st.builds("{}:{}".format, st.sampled_from(query.DATES), _spans),
    st.builds("birthday:{}".format, _born),
    st.builds("quiet:{}".format, st.sampled_from(["6mo", "1y", "2025-01-01"])),
    st.builds("{}:{}".format, st.sampled_from(["is", "not"]), st.sampled_from(FLAGS)),
    st.builds("{}:{}".format, st.sampled_from(["has", "no"]), st.sampled_from((*HAS, "li", "x"))),
    st.builds("keep:{}".format, st.sampled_from(["monthly", "6w", "close", "off"])),
    st.builds("via:{}".format, st.sampled_from(["li", "email:a@b.example", "strava:x,y"])),
)
_turned = st.builds("{}{}".format, st.sampled_from(["", "not:", "not:not:"]), _terms)


@given(st.lists(_turned | st.just(","), max_size=6))
@example(['not:"met"'])
@example(['"a", "b"'])
@example(["not:'\"!,!\"'"])
def test_a_query_written_out_is_the_same_query(words: list[str]) -> None:
    try:
        asked = parse(words, TODAY)
    except BadInput:
        return
    assert parse(shlex.split(str(asked)), TODAY) == asked
    for term in asked.terms:
        assert term.field == query.WORD or term.field in FIELDS
        assert all(term.values)


@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_query_or_refused(word: str) -> None:
    try:
        read(word, f"city:{word}", f"not:{word}")
    except BadInput as refusal:
        assert refusal.message


@pytest.mark.parametrize(
    ("value", "text", "fits"),
    [
        ("sail", "Sailing in summer", True),
        ("ail", "sailing", False),
        ("luc", "Jean-Luc", True),
        ("long wal", "a long walk", True),
        ("walk long", "a long walk", False),
        ("c++", "C++ and Go", True),
        ("c++", "C and Go", False),
        ("python", "#python", True),
    ],
)
def test_a_text_begins_a_word(value: str, text: str, fits: bool) -> None:
    assert names.begins(value, names.fold(text)) is fits
