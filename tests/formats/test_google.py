"""Google Contacts as CSV, in the three ways it was written since 2008."""

import csv
import io

from hypothesis import example, given
from hypothesis import strategies as st
from inline_snapshot import snapshot

from facts import read_file
from kinship.formats import Source, google, google_out, vcard_writer
from kinship.formats import read as reading
from kinship.model import names
from kinship.model.card import Card, Extra, Related


def test_links_with_a_backslash_and_a_title_before_an_occupation() -> None:
    text = (
        b"Name,Given Name,Occupation,Organization 1 - Name,Organization 1 - Title,"
        b"Website 1 - Type,Website 1 - Value\n"
        b"Ada Lovelace,Ada,Poet,Engines,Analyst,Blog,http\\://ada.example\n"
    )
    (card,) = google.read(Source("x.csv", text))
    assert isinstance(card, Card)
    assert (card.role, card.reaches[0].text) == ("Analyst", "http://ada.example")
    assert Extra("Occupation", "Poet") in card.extras


def test_sections_of_2008() -> None:
    assert read_file("google-csv", "google-2008.csv") == snapshot(
        [
            {
                "row": 2,
                "name": "Ada Lovelace",
                "org": "Analytical Engines",
                "role": "Analyst",
                "address": "12 St James's Square, London",
                "reaches": [
                    "email ada@example.org",
                    "email ada.home@example.org personal",
                    "email ada.old@example.org personal",
                    "gtalk ada.talk@example.org",
                    "phone +44 7700 900111 mobile",
                    "phone +44 20 7946 0958 work",
                ],
                "notes": ("likes horses",),
            },
            {"row": 3, "name": "charles@example.org", "reaches": ["email charles@example.org"]},
        ]
    )


def test_types_and_values_until_2023() -> None:
    assert read_file("google-csv", "google-2019.csv") == snapshot(
        [
            {
                "row": 2,
                "name": "Dr. Grace Brewster Hopper",
                "first": "Grace",
                "last": "Hopper",
                "nick": "Amazing Grace",
                "org": "US Navy",
                "role": "Rear Admiral",
                "city": "Arlington",
                "address": "1 Navy Yard, Arlington, VA 22201, US",
                "birthday": "1906-12-09",
                "reaches": [
                    "email hopper@example.org home",
                    "email grace@example.org work",
                    "skype grace.hopper",
                    "phone +1 202 555 0147 mobile",
                    "phone +1 202 555 0148 mobile",
                    "phone +1 202 555 0149 work fax",
                    "link https://grace.example.org/a,b home page",
                ],
                "notes": (
                    """\
First line
second, "quoted" line\
""",
                ),
                "tags": ("Navy", "Friends"),
                "dates": (("Anniversary", "1930-06-15"),),
                "related": (Related(how="brother", name="Roger"),),
                "extras": {
                    "Photo": "https://photos.example.org/grace.jpg",
                    "Organization 1 - Department": "Computing",
                    "Relation 1 - Type": "Brother",
                    "Relation 1 - Value": "Roger",
                    "Custom Field 1 - Type": "Shoe size",
                    "Custom Field 1 - Value": "38",
                    "Address 1 - Formatted": """\
1 Navy Yard
Arlington, VA 22201
US\
""",
                    "Address 1 - Street": "1 Navy Yard",
                    "Address 1 - City": "Arlington",
                    "Address 1 - Region": "VA",
                    "Address 1 - Postal Code": "22201",
                    "Address 1 - Country": "US",
                },
            },
            {
                "row": 3,
                "name": "Konrad Zuse",
                "first": "Konrad",
                "last": "Zuse",
                "birthday": "--06-22",
                "dates": (("First met", "--05-12"),),
            },
            {"skipped": "no name, e-mail address, phone number or company", "row": 4},
        ]
    )


def test_labels_and_values_since_2024() -> None:
    assert read_file("google-csv", "google-2024.csv") == snapshot(
        [
            {
                "row": 2,
                "name": "湯川秀樹",
                "first": "秀樹",
                "last": "湯川",
                "reaches": ["email yukawa@example.org"],
                "tags": ("Physics", "starred"),
                "extras": {"Phonetic First Name": "ひでき"},
            },
            {
                "row": 3,
                "name": "Emmy Noether PhD",
                "first": "Emmy",
                "last": "Noether",
                "org": "Bryn Mawr",
                "role": "Lecturer",
                "city": "Bryn Mawr",
                "address": "101 N Merion Ave, Bryn Mawr, PA",
                "birthday": "--03-23",
                "reaches": [
                    "email emmy@example.org work",
                    "email rings@example.org Seminar list",
                    "phone +49 9131 850 mobile",
                    "link https://www.linkedin.com/in/emmynoether profile",
                ],
                "notes": ("rings",),
                "tags": ("Algebra",),
                "dates": (("Doctorate", "1907-12-13"),),
                "related": (Related(how="brother", name="Fritz"),),
                "extras": {
                    "Organization Department": "Mathematics",
                    "Relation 1 - Label": "Brother",
                    "Relation 1 - Value": "Fritz",
                    "Address 1 - Formatted": """\
101 N Merion Ave
Bryn Mawr, PA\
""",
                    "Address 1 - Street": "101 N Merion Ave",
                    "Address 1 - City": "Bryn Mawr",
                    "Address 1 - Region": "PA",
                },
            },
            {
                "row": 4,
                "name": "Erlangen Bakery",
                "org": "Erlangen Bakery",
                "reaches": ["phone +49 9131 1234"],
            },
        ]
    )


def out(*people: str) -> str:
    text = io.StringIO()
    google_out.write(text, lambda: [Card(1, name) for name in people])
    return text.getvalue()


def parts(name: str) -> dict[str, str]:
    """What Google is told of a name."""
    (row,) = csv.DictReader(io.StringIO(out(name)))
    del row["Labels"]
    return {heading: cell for heading, cell in row.items() if cell}


def test_what_stands_around_a_name_has_columns_of_its_own() -> None:
    assert parts("Dr. Ute Klein") == {
        "Name Prefix": "Dr.",
        "First Name": "Ute",
        "Last Name": "Klein",
    }
    assert parts("Mara M. Berg, PhD") == {
        "First Name": "Mara",
        "Middle Name": "M.",
        "Last Name": "Berg",
        "Name Suffix": "PhD",
        "File As": "Mara M. Berg, PhD",
    }
    assert parts("Felix Hoffmann 🚀")["Last Name"] == "Hoffmann"
    assert parts("Hans Peter (he/him)")["Name Suffix"] == "(he/him)"
    assert parts("Mr. Bean Smith") == {"First Name": "Mr. Bean Smith"}


_WORDS = st.sampled_from(
    (
        *("Ada", "Dr.", "Mr", "Prof.", "van", "de", "la", "Lovelace", "Lovelace,", "PhD", "PhD,"),
        *("Jr.", "🚀", "Zoë🚀", "(he/him)", "(Bill)", "MSc", "O'Brien", "湯川", "秀樹", "III", "-"),
    )
)


@given(st.lists(_WORDS, min_size=1, max_size=6).map(" ".join))
@example("Mara Berg, PhD")
@example("秀樹 湯川")
def test_a_name_that_goes_to_google_comes_back_as_it_was(name: str) -> None:
    for form, text in (("google-csv", out(name)), ("vcard", vcard_writer.text(Card(1, name)))):
        (card,) = reading(form, Source("x", text.encode()))
        assert isinstance(card, Card)
        assert (card.name, card.extras) == (name, ())
    first, last = names.first_and_last(name)
    of_store = Card(1, name, first=first if last else "", last=last)  # as it comes from the store
    (card,) = reading("vcard", Source("x", vcard_writer.text(of_store).encode()))
    assert isinstance(card, Card)
    assert (card.name, card.extras) == (name, ())


def test_what_somebody_is_filed_under_is_their_name_where_it_says_the_same() -> None:
    text = (
        "First Name,Last Name,Name Suffix,File As\n"
        'Emmy,Noether,PhD,"Emmy Noether, PhD"\n'
        'Emmy,Noether,,"Noether, Emmy"\n'
        "Emmy,Noether,,Mathematics\n"
    )
    assert [(card.name, card.extras) for card in google.read(Source("x", text.encode()))
        if isinstance(card, Card)] == [
        ("Emmy Noether, PhD", ()),
        ("Emmy Noether", ()),
        ("Emmy Noether", (Extra("File As", "Mathematics"),)),
    ]  # fmt: skip
