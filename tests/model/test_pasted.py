"""What people paste: cards, signatures, addresses, rows of a spreadsheet; and that nothing is lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_line import everything_in

from kinship.errors import BadInput
from kinship.model import names, pasted
from kinship.model.channel import Handle
from kinship.model.line import Draft
from kinship.model.pasted import Entry

ADA = "Ada Lovelace"
MAIL = Handle("email", "ada@engine.example")
PHONE = Handle("phone", "+44 20 7946 0958")


@pytest.mark.parametrize(
    ("text", "draft"),
    [
        ("Ada Lovelace <ada@engine.example>", Draft(ADA, channels=(MAIL,))),
        ('"Lovelace, Ada" <ada@engine.example>', Draft(ADA, channels=(MAIL,))),
        ("Lovelace, Ada <mailto:ada@engine.example>", Draft(ADA, channels=(MAIL,))),
        (
            "Ada Lovelace <ada@engine.example> +compilers // Bernoulli (paper)",
            Draft(ADA, topics=("compilers",), channels=(MAIL,), note="Bernoulli (paper)"),
        ),
        ("Ada Lovelace (Analytical Engines)", Draft(ADA, "Analytical Engines")),
        ("Ada Lovelace (she/her)", Draft(ADA, note="(she/her)", leftover=("(she/her)",))),
        ("Ada Lovelace, CTO at Analytical Engines", Draft(ADA, "Analytical Engines", role="CTO")),
        ("Ada Lovelace, CTO, Analytical Engines", Draft(ADA, "Analytical Engines", role="CTO")),
        ("Ada Lovelace, Analytical Engines, CTO", Draft(ADA, "Analytical Engines", role="CTO")),
        ("Ada Lovelace, Analytical Engines", Draft(ADA, "Analytical Engines")),
        ("Ada Lovelace @ Acme +tea", Draft(ADA, "Acme", topics=("tea",))),
        ("Ada Lovelace, CTO @ Acme", Draft(ADA, "Acme", role="CTO")),
        (
            "Ada Lovelace | CTO, Acme | ada@engine.example | +44 20 7946 0958",
            Draft(ADA, "Acme", role="CTO", channels=(MAIL, PHONE)),
        ),
        ("Ada Lovelace · CTO at Acme · +tea", Draft(ADA, "Acme", role="CTO", topics=("tea",))),
        ("Ada Lovelace - Acme - ada@engine.example", Draft(ADA, "Acme", channels=(MAIL,))),
        ("Ada Lovelace | ada@engine.example | Acme", Draft(ADA, "Acme", channels=(MAIL,))),
        ("Ada Lovelace|ada@engine.example", Draft(ADA, channels=(MAIL,))),
        ("Ada Lovelace |", Draft(ADA)),
        ("Ada Lovelace - Acme +tea // a - b", Draft(ADA, "Acme", ("tea",), note="a - b")),
        (
            "Ada Lovelace (met at the coffee queue)",
            Draft(ADA, note="met at the coffee queue", leftover=("met at the coffee queue",)),
        ),
        ("Jean (Django) Reinhardt", Draft("Jean (Django) Reinhardt")),
        ("Ada (Acme), PhD", Draft("Ada (Acme), PhD")),
        ("Ada Lovelace at PyCon", Draft("Ada Lovelace at PyCon")),
        ("Ada Lovelace, Bed at Home", Draft(ADA, "Bed at Home")),
        (
            "Ada Lovelace Tel: +44 20 7946 0958 E: ada@engine.example www.engine.example",
            Draft(ADA, channels=(PHONE, MAIL, Handle("website", "https://www.engine.example"))),
        ),
        (
            "Ada Lovelace M:07700 900123 Fax: 020 7946 0000",
            Draft(
                ADA,
                channels=(Handle("phone", "07700 900123"),),
                note="Fax: 020 7946 0000",
                leftover=("Fax: 020 7946 0000",),
            ),
        ),
    ],
)
def test_a_line_that_was_pasted(text: str, draft: Draft) -> None:
    assert pasted.drafted(text) == draft


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("linkedin.com/in/ada-lovelace", ADA),
        ("https://www.linkedin.com/in/ada-lovelace-1a2b3c/", ADA),
        ("ada.lovelace@engine.example", ADA),
        ("<ada.lovelace@engine.example>", ADA),
        ("linkedin.com/in/adal", ""),
        ("linkedin.com/in/a-lovelace", ""),
        ("github.com/adal", ""),
        ("+44 20 7946 0958", ""),
    ],
)
def test_a_link_alone_tells_a_name_only_where_it_can_be_read(text: str, name: str) -> None:
    draft = pasted.drafted(text)
    assert (draft.name, draft.guessed) == (name, bool(name))
    assert len(draft.channels) == 1


_ROW = Draft(ADA, "Analytical Engines", role="CTO", channels=(MAIL, PHONE))


@pytest.mark.parametrize(
    "row",
    [
        "Ada Lovelace\tAnalytical Engines\tCTO\tada@engine.example\t+44 20 7946 0958",
        "Ada\tLovelace\tAnalytical Engines\tCTO\tada@engine.example\t+44 20 7946 0958",
        "Ada Lovelace;Analytical Engines;CTO;ada@engine.example;+44 20 7946 0958",
        "Ada; Lovelace; CTO; Analytical Engines; ada@engine.example; +44 20 7946 0958",
        '"Lovelace, Ada","Analytical Engines","CTO","ada@engine.example","+44 20 7946 0958"',
        "Ada Lovelace,Analytical Engines,CTO,ada@engine.example,+44 20 7946 0958",
        "Ada,Lovelace,,Analytical Engines,CTO,ada@engine.example,+44 20 7946 0958",
    ],
)
def test_a_row_of_a_spreadsheet(row: str) -> None:
    assert pasted.drafted(row) == _ROW


def test_cells_that_fit_nowhere_are_kept() -> None:
    draft = pasted.drafted("A-77;Ada Lovelace;Acme Ltd;ada@x.example;Attending;29 Nov 2024")
    assert (draft.name, draft.org) == (ADA, "Acme Ltd")
    assert draft.leftover == ("A-77", "Attending", "29 Nov 2024")


_CARD = """\
ANALYTICAL ENGINES LTD

Ada Lovelace, PhD
Chief Engineer
12 St James Square
London SW1Y 4LB
Tel. +44 20 7946 0958
Mobile: +44 7700 900123
Fax +44 20 7946 0000
ada@engine.example | www.engine.example"""


def test_a_business_card() -> None:
    assert pasted.read(_CARD) == Draft(
        "Ada Lovelace, PhD",
        "ANALYTICAL ENGINES LTD",
        role="Chief Engineer",
        address="12 St James Square, London SW1Y 4LB",
        channels=(
            PHONE,
            Handle("phone", "+44 7700 900123"),
            MAIL,
            Handle("website", "https://www.engine.example"),
        ),
        note="Fax +44 20 7946 0000\nTel. +44 20 7946 0958\nMobile: +44 7700 900123",
        leftover=(
            "Fax +44 20 7946 0000",
            "Tel. +44 20 7946 0958",
            "Mobile: +44 7700 900123",
        ),
    )


def test_the_signature_of_a_mail() -> None:
    signature = (
        "-- \nAda Lovelace\nCTO, Analytical Engines\nT: +44 20 7946 0958 E: ada@engine.example"
    )
    assert pasted.entries(signature) == [Entry(1, signature)]
    assert pasted.read(signature) == Draft(
        ADA, "Analytical Engines", role="CTO", channels=(PHONE, MAIL)
    )


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Ada\nGrace Hopper, US Navy\n\nMary +async\n", ["Ada", "Grace Hopper, US Navy", "Mary +async"]),
        ("Ada\nada@x.example\n", ["Ada\nada@x.example"]),
        ("Ada Lovelace\nada@x.example\nGrace Hopper\ngrace@y.example",
         ["Ada Lovelace\nada@x.example", "Grace Hopper\ngrace@y.example"]),
        ("Ada ada@x.example\nGrace grace@y.example\nmary@z.example",
         ["Ada ada@x.example", "Grace grace@y.example", "mary@z.example"]),
        ("linkedin.com/in/ada-lovelace\nlinkedin.com/in/grace-hopper",
         ["linkedin.com/in/ada-lovelace", "linkedin.com/in/grace-hopper"]),
        ('To: Ada <ada@x.example>, "Hopper, Grace" <g@y.example>',
         ["Ada <ada@x.example>", '"Hopper, Grace" <g@y.example>']),
        ("\n\n", []),
    ],
)  # fmt: skip
def test_which_people_a_text_holds(text: str, people: list[str]) -> None:
    assert [entry.text for entry in pasted.entries(text)] == people


def test_a_long_list_is_no_card_for_one_line_that_is_only_an_address() -> None:
    rows = [f"Person {chr(65 + n)}" for n in range(20)]
    assert len(pasted.entries("\n".join([*rows, "ada@x.example"]))) == 21


def test_people_keep_the_numbers_of_their_lines() -> None:
    found = pasted.entries("\nAda\nada@x.example\r\n\r\nGrace\rMary\n")
    assert [entry.number for entry in found] == [2, 5, 6]


@pytest.mark.parametrize(
    ("row", "heading"),
    [
        ("Name;Company;E-mail", True),
        ("First Name,Last Name,Company,Position", True),
        ("Name\tPhone", True),
        ("Name,Company", True),
        ("Name", False),
        ("Ada Lovelace;Company", False),
    ],
)
def test_the_heading_of_a_table_is_nobody(row: str, heading: bool) -> None:
    assert pasted.is_heading(row) is heading


_WORDS = st.sampled_from(
    [
        "Ada",
        "Lovelace",
        "Grace",
        "Hopper",
        "Acme",
        "Ltd",
        "GmbH",
        "CTO",
        "Engineer",
        "at",
        "of",
        "Street",
        "12",
        "10115",
        "Berlin",
        "London",
        "Tel:",
        "E:",
        "Fax:",
        "+44",
        "020",
        "7946",
        "0958",
        "ada@x.example",
        "www.x.example",
        "linkedin.com/in/adal",
        "+compilers",
        "li:bo",
        "due:fri",
        "//",
        "--",
        "(she/her)",
        "(Acme)",
        "<bo@y.example>",
        '"Lovelace,',
        "Jr.",
        "PhD",
        "|",
        "·",
        "•",
        "Best",
        "regards,",
        "Ümläut",
        "山田",
        "太郎",
        "2026-05-01",
        "#12",
        ";",
        ",",
        "knows:",
    ]
)
_GAPS = st.sampled_from([" ", " ", " ", "\n", "\t", ";", ",", ", ", " | ", "\n\n", ' "'])
_TEXTS = st.lists(st.tuples(_WORDS, _GAPS), max_size=16).map(
    lambda pairs: "".join(word + (" " if "." in word else "") + gap for word, gap in pairs)
)


def _words(text: str) -> set[str]:
    """Words of letters and figures, folded; marks between them may go."""
    return set(re.findall(r"\w+", names.fold(text)))


# What becomes the kind of a channel or the name of a field, and so is in no text of the draft.
_STRUCTURE = _words("tel e fax li due knows www linkedin com in email phone m t at https mailto")


@given(_TEXTS)
def test_no_word_that_is_pasted_is_lost(text: str) -> None:
    try:
        draft = pasted.drafted(text)
    except BadInput:
        return
    kept = _words(everything_in(draft)) | _STRUCTURE
    assert _words(text) <= kept, draft


@given(_TEXTS)
def test_no_word_of_several_people_is_lost(text: str) -> None:
    together = " ".join(entry.text for entry in pasted.entries(text))
    assert _words(text) <= _words(together) | {"to", "cc", "from"}


@given(st.text(max_size=300))
def test_anything_can_be_pasted(text: str) -> None:
    for entry in pasted.entries(text):
        try:
            draft = pasted.drafted(entry.text)
        except BadInput:
            continue
        assert isinstance(draft, Draft)


@pytest.mark.parametrize(
    "text", ["a" + " " * 90_000, "(" * 90_000, "tel " * 20_000, "x <" * 30_000, ";" * 90_000,
             "a, " * 30_000, "<a@b.c>," * 10_000, "a\n" * 40_000]
)  # fmt: skip
def test_no_text_takes_for_ever(text: str) -> None:
    for entry in pasted.entries(text)[:200]:
        try:
            pasted.drafted(entry.text)
        except BadInput:
            continue
