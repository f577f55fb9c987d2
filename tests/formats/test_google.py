"""Google Contacts as CSV, in the three ways it was written since 2008."""

from inline_snapshot import snapshot

from facts import read_file
from kinship.formats import Source, google
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
