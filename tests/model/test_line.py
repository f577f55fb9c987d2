"""The line grammar of ``add``: what each word of a line is taken for, and that none is lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinship.errors import BadInput
from kinship.model import line
from kinship.model.channel import Handle
from kinship.model.line import Draft


def everything_in(draft: Draft) -> str:
    """All the text of a draft, for looking words up."""
    texts = [
        " ".join(" ".join(part) if isinstance(part, Handle) else part for part in value)
        if isinstance(value, tuple)
        else str(value)
        for value in draft._asdict().values()
    ]
    return "\n".join(texts)


@pytest.mark.parametrize(
    ("text", "draft"),
    [
        (
            "Ada Lovelace, Analytical Engines linkedin:adal +compilers // Bernoulli paper",
            Draft(
                "Ada Lovelace",
                "Analytical Engines",
                topics=("compilers",),
                channels=(Handle("linkedin", "adal"),),
                note="Bernoulli paper",
            ),
        ),
        ("grace hoper", Draft("grace hoper")),
        (
            "Mary +async due:fri mary@rse.example 020 7946 0958",
            Draft(
                "Mary",
                topics=("async",),
                channels=(Handle("email", "mary@rse.example"), Handle("phone", "020 7946 0958")),
                follow_up="fri",
            ),
        ),
        (
            "Hedy Lamarr +networks spanning tree",
            Draft(
                "Hedy Lamarr",
                topics=("networks",),
                note="spanning tree",
                leftover=("spanning tree",),
            ),
        ),
        (
            'Hedy Lamarr +networks +"spanning tree"',
            Draft("Hedy Lamarr", topics=("networks", "spanning tree")),
        ),
        (
            'Ada at:"PyCon 2026" in:pyladies,rse city:London keep:monthly role:CTO tag:investor '
            'by:charles knows:charles,mary seeks:"a cook, or two" cue:"red hat" '
            'birthday:"10 dec" note:tall',
            Draft(
                "Ada",
                event="PyCon 2026",
                communities=("pyladies", "rse"),
                city="London",
                keep="monthly",
                role="CTO",
                tags=("investor",),
                by="charles",
                knows=("charles", "mary"),
                seeks=("a cook, or two",),
                cue="red hat",
                birthday="10 dec",
                note="tall",
            ),
        ),
    ],
)
def test_the_lines_of_the_manual(text: str, draft: Draft) -> None:
    assert line.parse_text(text) == draft


@pytest.mark.parametrize(
    ("text", "name", "org"),
    [
        ("Martin Luther King, Jr.", "Martin Luther King, Jr.", ""),
        ("Martin Luther King, Jr., SCLC", "Martin Luther King, Jr.", "SCLC"),
        ("Ada Lovelace, PhD, M.D., Acme, Inc.", "Ada Lovelace, PhD, M.D.", "Acme, Inc."),
        ("Ada Lovelace,Acme", "Ada Lovelace", "Acme"),
        ("Ada Lovelace , Acme +x", "Ada Lovelace", "Acme"),
        ("Ada Lovelace,", "Ada Lovelace", ""),
        ("Ada, Booking.com", "Ada", "Booking.com"),
        ("Ada, MD Anderson", "Ada", "MD Anderson"),
        ("Conan O'Brien, L'Oréal", "Conan O'Brien", "L'Oréal"),
        ('Dwayne "The Rock" Johnson', 'Dwayne "The Rock" Johnson', ""),
        ('"Ada Lovelace", "Analytical Engines"', "Ada Lovelace", "Analytical Engines"),
        ("Ada org:Acme", "Ada", "Acme"),
        ("王小明，台積電", "王小明", "台積電"),
        ("سارة، شركة", "سارة", "شركة"),
        ("Dilnoza 3rd +x", "Dilnoza 3rd", ""),
        ("Agent 47 +x", "Agent 47", ""),
        (", Acme", "", "Acme"),
        ("+x", "", ""),
        ("", "", ""),
    ],
)
def test_a_comma_starts_the_company_unless_a_suffix_follows(text: str, name: str, org: str) -> None:
    draft = line.parse_text(text)
    assert (draft.name, draft.org) == (name, org)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("Ada // Bernoulli paper", "Bernoulli paper"),
        ("Ada //Bernoulli  paper", "Bernoulli  paper"),
        ("Ada // see https://x.example // +this is:text", "see https://x.example // +this is:text"),
        ('Ada at:"a // b" // c', "c"),
        ("Ada https://engine.example//x", ""),
        ("Ada note:tall // first", "first\ntall"),
        ("// only", "only"),
        ("Ada //", ""),
    ],
)
def test_two_slashes_at_the_start_of_a_word_begin_the_note(text: str, note: str) -> None:
    assert line.parse_text(text).note == note


@pytest.mark.parametrize(
    ("text", "handles"),
    [
        ("Ada li:adal gh:ada", [("linkedin", "adal"), ("github", "ada")]),
        ("Ada linkedin.com/in/adal github.com/adal", [("linkedin", "adal"), ("github", "adal")]),
        ("Ada @ada@hachyderm.io", [("mastodon", "ada@hachyderm.io")]),
        ("Ada <ada@engine.example>", [("email", "ada@engine.example")]),
        ("Ada signal:+44 20 7946 0958", [("signal", "+44 20 7946 0958")]),
        ("Ada +44 20 7946 0958", [("phone", "+44 20 7946 0958")]),
        ("Ada (020) 7946-0958", [("phone", "(020) 7946-0958")]),
        (
            "Ada +44 20 7946 0958 +1 202 555 0147",
            [("phone", "+44 20 7946 0958"), ("phone", "+1 202 555 0147")],
        ),
        ("Ada tel:020 7946 0958 gh:ada", [("phone", "020 7946 0958"), ("github", "ada")]),
        ("Ada https://engine.example", [("website", "https://engine.example")]),
        ("Ada a@b.example A@b.example", [("email", "a@b.example")]),
        ("Ada LI:adal, gh:ada;", [("linkedin", "adal"), ("github", "ada")]),
    ],
)
def test_handles_are_found_with_and_without_their_kind(
    text: str, handles: list[tuple[str, str]]
) -> None:
    draft = line.parse_text(text)
    assert draft.name == "Ada"
    assert [tuple(handle) for handle in draft.channels] == handles
    assert draft.leftover == ()


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("Ada +3dprinting", ("3dprinting",)),
        ("Ada +2024", ("2024",)),
        ("Ada +c++ +c#", ("c++", "c#")),
        ("Ada +a,b, +c", ("a", "b", "c")),
        ("Ada +a +a", ("a",)),
        ("Ada +“public speaking”", ("public speaking",)),
    ],
)
def test_plus_is_a_topic_unless_it_begins_a_phone_number(
    text: str, topics: tuple[str, ...]
) -> None:
    assert line.parse_text(text).topics == topics


@pytest.mark.parametrize(
    ("text", "name", "leftover"),
    [
        ("Ada foo:bar Lovelace", "Ada", ("foo:bar Lovelace",)),
        ("Ada @adal", "Ada", ("@adal",)),
        ("Ada phone:12", "Ada", ("phone:12",)),
        ("Ada mail:nobody", "Ada", ("mail:nobody",)),
        ("Ada +x 12 34", "Ada", ("12 34",)),
        ("Ada +x 2026-05-20", "Ada", ("2026-05-20",)),
        ("Ada city:London city:Paris", "Ada", ("city:Paris",)),
        ("Ada, Acme org:Other", "Ada", ("Acme",)),
        ("Ada city: London", "Ada", ("city: London",)),
        ("Ada +x one +y two", "Ada", ("one", "two")),
        ('Ada at:"PyCon', "Ada", ('at:"PyCon',)),
        ("Ada javascript:alert(1)", "Ada", ("javascript:alert(1)",)),
        ("Ada +x , Acme", "Ada", (", Acme",)),
        ("re:publica crew", "re:publica crew", ()),
    ],
)
def test_words_that_fit_nowhere_stand_in_the_note(
    text: str, name: str, leftover: tuple[str, ...]
) -> None:
    draft = line.parse_text(text)
    assert (draft.name, draft.leftover) == (name, leftover)
    assert draft.note == "\n".join(leftover)


@pytest.mark.parametrize(
    ("words", "draft"),
    [
        (
            ["Ada", "Lovelace,", "Analytical", "Engines", "at:PyCon 2026", "+public speaking"],
            Draft(
                "Ada Lovelace",
                "Analytical Engines",
                topics=("public speaking",),
                event="PyCon 2026",
            ),
        ),
        (["Ada Lovelace"], Draft("Ada Lovelace")),
        (
            ["Ada Lovelace, Engines +x // hi", "there"],
            Draft("Ada Lovelace", "Engines", topics=("x",), note="hi there"),
        ),
        (
            ["Ada", "+44", "20", "7946", "0958"],
            Draft("Ada", channels=(Handle("phone", "+44 20 7946 0958"),)),
        ),
        (
            ["Ada", "phone:+44 20 7946 0958"],
            Draft("Ada", channels=(Handle("phone", "+44 20 7946 0958"),)),
        ),
        (["Ada", "role:head of R&D // x"], Draft("Ada", role="head of R&D // x")),
        (
            ["Ada", "//", "likes", "+x", "at:PyCon 2026"],
            Draft("Ada", note="likes +x at:PyCon 2026"),
        ),
        (["Ada", "//likes horses"], Draft("Ada", note="likes horses")),
        (["Ada", "", " "], Draft("Ada")),
        ([], Draft()),
    ],
)
def test_an_argument_that_starts_as_a_token_stays_whole(words: list[str], draft: Draft) -> None:
    assert line.parse_words(words) == draft


@pytest.mark.parametrize("words", [["Ada\nLovelace"], ["Ada", "city:New\tYork"]])
def test_a_line_break_in_a_field_is_reported(words: list[str]) -> None:
    assert line.parse_words(words).joined


def test_a_note_keeps_its_lines() -> None:
    draft = line.parse_words(["Ada", "//", "one\ntwo"])
    assert (draft.note, draft.joined) == ("one\ntwo", False)


@pytest.mark.parametrize(
    "text",
    [
        "A\0da",
        "Ada \ud800",
        "a" * 201,
        "\u200b +x",
        "Ada city:" + "x" * 501,
        "Ada //" + "x" * 100_001,
    ],
)
def test_what_cannot_be_kept_is_refused_in_a_short_sentence(text: str) -> None:
    with pytest.raises(BadInput) as refusal:
        line.parse_text(text)
    assert len(refusal.value.message) < 160


syntax = st.lists(
    st.sampled_from([*'",+:@/.<>', " ", "//", "https://", "at:", "li:", "tel:", "+4", "1", "Jr"])
    | st.text(max_size=4)
).map("".join)


@given(syntax | st.text())
def test_any_line_is_understood_or_refused(text: str) -> None:
    try:
        line.parse_text(text)
    except BadInput as refusal:
        assert len(refusal.message) < 160


@given(st.lists(syntax | st.text()))
def test_any_arguments_are_understood_or_refused(words: list[str]) -> None:
    try:
        line.parse_words(words)
    except BadInput as refusal:
        assert len(refusal.message) < 160


letters = st.text(alphabet="abcdeéß漢ع'", min_size=1, max_size=5)
tokens = st.one_of(
    letters,
    st.integers(0, 10**9).map(str),
    letters.map("+{}".format),
    st.tuples(
        st.sampled_from(
            [*["at", "in", "city", "tag", "by", "due", "note", "seeks", "foo", "li", "phone", "x"]]
        ),
        letters,
    ).map(":".join),
    st.sampled_from(["//", ",", "+44 20 7946 0958", "@ada@hachyderm.io", "https://e.example"]),
    letters.map('"{} b"'.format),
    letters.map('at:"{} b"'.format),
)


def nothing_is_lost(draft: Draft, typed: str) -> None:
    kept = everything_in(draft)
    for word in re.findall(r"[^\W_]+", typed):
        assert word in kept or word in {"at", "in", "city", "tag", "by", "due", "note", "seeks"} | {
            "li",
            "https",
        }


@given(st.lists(tokens, max_size=12).map(" ".join))
def test_nothing_typed_in_a_line_is_lost(text: str) -> None:
    nothing_is_lost(line.parse_text(text), text)


@given(st.lists(tokens, max_size=12))
def test_nothing_typed_in_arguments_is_lost(words: list[str]) -> None:
    nothing_is_lost(line.parse_words(words), " ".join(words))
