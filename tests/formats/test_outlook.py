"""Outlook contacts as CSV: of the desktop in four languages, of Outlook.com, and of Gmail."""

import pytest
from inline_snapshot import snapshot

from facts import read_file, read_text
from kinship.model.card import Related


def test_ninety_two_columns_of_the_desktop() -> None:
    assert read_file("outlook-csv", "outlook-desktop.csv") == snapshot(
        [
            {
                "row": 2,
                "name": "Charles E. Babbage Jr.",
                "first": "Charles",
                "last": "Babbage",
                "org": "Difference Engines",
                "role": "Inventor",
                "city": "London",
                "address": "5 Devonshire St, W1, London",
                "birthday": "1791-12-26",
                "reaches": [
                    "phone +44 20 7946 0002 work fax",
                    "phone +44 20 7946 0001 work",
                    "phone +44 7700 900222 mobile",
                    "email charles@example.org",
                    "email babbage@example.org",
                    "link http://babbage.example.org",
                ],
                "notes": ("Plays chess.\nDislikes organs.",),
                "tags": ("Engines", "Royal Society"),
                "dates": (("anniversary", "1814-07-02"),),
                "related": (Related(how="spouse", name="Georgiana", key="", since=""),),
                "extras": {
                    "Department": "Wheels",
                    "Assistant's Phone": "+44 20 7946 0003",
                    "Spouse": "Georgiana",
                    "User 1": "blue",
                    "Title": "Mr.",
                    "Business Street": "1 Dorset St",
                    "Business City": "London",
                    "Business Country/Region": "UK",
                    "Home Street": "5 Devonshire St",
                    "Home City": "London",
                    "Home Postal Code": "W1",
                },
            },
            {
                "row": 3,
                "name": "Mary Somerville",
                "first": "Mary",
                "last": "Somerville",
                "birthday": "1980-03-04",
            },
        ]
    )


def test_outlook_com() -> None:
    assert read_file("outlook-csv", "outlook-com.csv") == snapshot(
        [
            {
                "row": 2,
                "name": "Sofia Kovalevskaya",
                "first": "Sofia",
                "last": "Kovalevskaya",
                "nick": "Sonya",
                "org": "Stockholm University",
                "role": "Professor",
                "birthday": "1850-01-15",
                "reaches": [
                    "email sofia@example.org",
                    "phone +46 8 123456 mobile",
                    "link https://sofia.example.org home",
                ],
                "notes": ("partial differential equations",),
            }
        ]
    )


def test_in_german_with_semicolons() -> None:
    assert read_file("outlook-csv", "outlook-de.csv") == snapshot(
        [
            {
                "row": 2,
                "name": "Lise Meitner",
                "first": "Lise",
                "last": "Meitner",
                "org": "Kaiser-Wilhelm-Institut",
                "role": "Professorin",
                "city": "Köln",
                "address": "Königsallee 1, 50667, Köln, Deutschland",
                "birthday": "1978-11-07",
                "reaches": [
                    "phone 030 123456 work",
                    "phone 0171 1234567 mobile",
                    "email lise@example.org",
                    "email meitner@example.org",
                    "link http://lise.example.org",
                ],
                "notes": ("größer, schöner",),
                "tags": ("Physik", "Übung"),
                "extras": {
                    "Abteilung": "Physik",
                    "Anrede": "Frau",
                    "Straße privat": "Königsallee 1",
                    "Ort privat": "Köln",
                    "Postleitzahl privat": "50667",
                    "Land/Region privat": "Deutschland",
                },
            }
        ]
    )


def test_in_french() -> None:
    assert read_file("outlook-csv", "outlook-fr.csv") == snapshot(
        [
            {
                "row": 2,
                "name": "Sophie Germain",
                "first": "Sophie",
                "last": "Germain",
                "org": "Académie",
                "role": "Géomètre",
                "city": "Paris",
                "address": "3 rue Saint-Denis, 75001, Paris, France",
                "birthday": "1976-08-28",
                "reaches": [
                    "phone 01 23 45 67 89 work",
                    "phone 06 12 34 56 78 mobile",
                    "email sophie@example.org",
                    "email sg@example.org",
                    "link http://sophie.example.org",
                ],
                "notes": ("Très forte en théorie",),
                "tags": ("Amis", "Élasticité"),
                "dates": (("anniversary", "2001-04-03"),),
                "extras": {
                    "Service": "Théorie",
                    "Titre": "Mme",
                    "Rue (domicile)": "3 rue Saint-Denis",
                    "Ville (domicile)": "Paris",
                    "Code postal (domicile)": "75001",
                    "Pays/Région (domicile)": "France",
                },
            }
        ]
    )


def test_in_japanese_and_shift_jis() -> None:
    assert read_file("outlook-csv", "outlook-ja.csv") == snapshot(
        [
            {
                "row": 2,
                "name": "湯川秀樹",
                "first": "秀樹",
                "last": "湯川",
                "org": "京都大学",
                "role": "教授",
                "city": "京都市",
                "address": "606-8501, 京都市, 京都府",
                "birthday": "1967-01-23",
                "reaches": [
                    "phone 075-753-0001 work",
                    "phone 090-0000-0001 mobile",
                    "email yukawa@example.org",
                ],
                "notes": ("中間子",),
                "tags": ("物理",),
                "extras": {
                    "部署": "理学部",
                    "市区町村 (自宅)": "京都市",
                    "都道府県 (自宅)": "京都府",
                    "郵便番号 (自宅)": "606-8501",
                },
            }
        ]
    )


def test_as_gmail_writes_it() -> None:
    assert read_file("outlook-csv", "outlook-gmail.csv") == snapshot(
        [
            {
                "row": 2,
                "name": "Barbara Liskov",
                "org": "MIT",
                "address": "32 Vassar St, Cambridge",
                "reaches": ["email barbara@example.org", "phone +1 617 555 0100 mobile"],
                "notes": ("CLU",),
            }
        ]
    )


@pytest.mark.parametrize("language", ["it", "es", "nl", "fr-titles"])
def test_outlook_in_other_languages(language: str) -> None:
    file = f"outlook-{language}.csv"
    (found,) = read_file("outlook-csv", file)
    assert (found["name"], found["role"], found["city"]) == ("Ada Bee", "Capo", "Torino")
    assert found["tags"] == ("Amici",)
    assert found["reaches"] == [
        "phone 011 12345 work",
        "phone 011 99999 home",
        "phone 333 12345 mobile",
        "email a@x.example",
    ]


def test_a_place_is_a_town_where_nothing_else_names_one() -> None:
    heads = "First Name,E-mail Address,Business City,Location,E-mail 2 Address"
    text = f"{heads}\nAda,a@x.example,London,Room 5,\nBea,b@x.example,,Paris,\n"
    found = read_text("outlook-csv", text)
    assert [card["city"] for card in found] == ["London", "Paris"]
    assert [card.get("extras") for card in found] == [{"Location": "Room 5"}, None]
