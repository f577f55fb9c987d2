"""Contacts of Yahoo and Thunderbird."""

import pytest
from inline_snapshot import snapshot

from facts import read_file


def test_yahoo() -> None:
    assert read_file("yahoo-csv", "yahoo.csv") == snapshot(
        [
            {
                "row": 2,
                "name": "Alan Turing",
                "first": "Alan",
                "last": "Turing",
                "nick": "Prof",
                "org": "King's College",
                "role": "Fellow",
                "city": "Wilmslow",
                "address": "43 Adlington Rd, Wilmslow, UK",
                "birthday": "1962-06-23",
                "reaches": [
                    "email alan@example.org",
                    "yahoo aturing",
                    "phone +44 1908 640404 home",
                    "phone +44 1908 640405 work",
                    "phone +44 7700 900333 mobile",
                    "email turing@example.org",
                    "skype alan.turing",
                    "gtalk alan.talk",
                ],
                "notes": ("likes apples",),
                "tags": ("Bletchley",),
                "extras": {
                    "Custom 1": "runner",
                    "Work City": "Cambridge",
                    "Home Address": "43 Adlington Rd",
                    "Home Town": "Wilmslow",
                    "Home Country": "UK",
                },
            }
        ]
    )


@pytest.mark.parametrize("file", ["thunderbird.csv", "thunderbird.txt"])
def test_thunderbird_with_a_comma_at_the_end_or_between_tabs(file: str) -> None:
    assert read_file("thunderbird-csv", file) == snapshot(
        [
            {
                "row": 2,
                "name": "Katherine Johnson",
                "first": "Katherine",
                "last": "Johnson",
                "org": "NASA",
                "role": "Mathematician",
                "city": "Hampton",
                "address": "1 Orbit Rd, Hampton, VA",
                "birthday": "1978-08-26",
                "reaches": [
                    "email katherine@example.org",
                    "email kj@example.org",
                    "phone +1 757 555 0100 work",
                    "link https://kj.example.org home",
                ],
                "extras": {
                    "Custom 1": "orbits",
                    "Home Address": "1 Orbit Rd",
                    "Home City": "Hampton",
                    "Home State": "VA",
                },
            },
            {
                "row": 3,
                "name": "Dorothy V",
                "birthday": "--09-20",
                "reaches": ["email dorothy@example.org"],
                "notes": (
                    """\
two
lines\
""",
                ),
            },
            {
                "row": 4,
                "name": "old.list@example.org",
                "reaches": ["email old.list@example.org"],
                "extras": {"Birth Year": "1970"},
                "remarks": ("the birthday is not complete",),
            },
        ]
    )
