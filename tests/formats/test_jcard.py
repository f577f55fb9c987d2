"""jCards: what vCard says, as JSON."""

import json
from typing import Any

import pytest

from kinship.errors import BadInput
from kinship.formats import Source, jcard, vcard
from kinship.model.card import Card, Skipped


def read(data: Any) -> list[Card | Skipped]:
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    return list(jcard.read(Source("people.json", raw)))


def one(*properties: list[Any]) -> Card:
    [card] = read(["vcard", [["fn", {}, "text", "Ada"], *properties]])
    assert isinstance(card, Card)
    return card


def test_a_jcard_says_what_its_vcard_says() -> None:
    told = [
        ["version", {}, "text", "4.0"],
        ["fn", {}, "text", "Lady Ada, Countess; of Lovelace"],
        ["n", {}, "text", ["Lovelace", "Ada", ["King", "Byron"], "Lady", ""]],
        ["nickname", {}, "text", "Jim", "Jimmie"],
        ["org", {}, "text", ["ABC, Inc.", "Mill"]],
        ["tel", {"type": ["home", "voice"], "group": "item1"}, "uri", "tel:+1-404;ext=2"],
        ["item1.x-ablabel", {}, "text", "Garden"],
        ["adr", {"type": "work"}, "text", ["", "", "1 Mill, Lane", "Ely", "", "", ""]],
        ["bday", {}, "date-and-or-time", "--02-03"],
        ["categories", {}, "text", "a", "b, c"],
        ["note", {}, "text", "one\ntwo, three"],
        ["photo", {}, "binary", "/9j/4AAQ"],
        ["url", {}, "uri", "http://x.example/a,b;c"],
        ["uid", {}, "uri", "urn:uuid:1"],
        ["x-foo", {"x-bar": "a;b"}, "unknown", "c"],
    ]
    lines = (
        "BEGIN:VCARD|VERSION:4.0|FN:Lady Ada\\, Countess\\; of Lovelace"
        "|N:Lovelace;Ada;King,Byron;Lady;|NICKNAME:Jim,Jimmie|ORG:ABC\\, Inc.;Mill"
        "|item1.TEL;TYPE=home;TYPE=voice:tel:+1-404;ext=2|item1.X-ABLABEL:Garden"
        "|ADR;TYPE=work:;;1 Mill\\, Lane;Ely;;;|BDAY:--02-03|CATEGORIES:a,b\\, c"
        "|NOTE:one\\ntwo\\, three|PHOTO;ENCODING=B:/9j/4AAQ|URL:http://x.example/a,b;c"
        '|UID:urn:uuid:1|X-FOO;X-BAR="a;b":c|END:VCARD'
    ).replace("|", "\r\n")
    told[6] = ["x-ablabel", {"group": "item1"}, "text", "Garden"]
    assert read(["vcard", told]) == list(vcard.read(Source("x.vcf", lines.encode())))


def test_a_list_of_jcards_with_one_that_is_nobody() -> None:
    ada = ["vcard", [["fn", {}, "text", "Ada"], ["uid", {}, "uri", "urn:uuid:1"]]]
    hall = ["vcard", [["fn", {}, "text", "Hall"], ["kind", {}, "text", "location"]], []]
    club = [
        "VCARD",
        [
            ["fn", {}, "text", "Club"],
            ["kind", {}, "text", "group"],
            ["member", {}, "uri", "urn:uuid:1"],
        ],
    ]
    found = read([ada, hall, club, ["vcard", []]])
    assert [r.name if isinstance(r, Card) else r.why for r in found] == [
        "Ada", "a place", "a group", "nobody is named in it",
    ]  # fmt: skip
    assert isinstance(found[0], Card)
    assert found[0].tags == ("Club",)
    assert [record.row for record in found] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    "odd",
    [
        "a text", 1, None, {}, [], ["tel"], ["tel", {}], ["tel", {}, "text"], ["tel", [], "text", "1"],
        [1, {}, "text", "1"], ["", {}, "text", "1"], ["tel", {"type": None}, "text", None],
        ["tel", {"type": {"a": 1}}, 7, {"a": []}], ["tel", {}, "text", [[["deep"]]]],
        ["note", {}, "text", "\ud800\0"], ["geo", {}, "float", [1.5, -2e308]],
        ["adr", {"x\ny": "z"}, "text", [True, [None, 3]]],
    ],
)  # fmt: skip
def test_a_property_that_is_none_costs_only_itself(odd: object) -> None:
    card = one(odd, ["email", {}, "text", "ada@x.example"])  # type: ignore[arg-type]
    assert card.name == "Ada"
    assert [reach.text for reach in card.reaches if reach.kind == "email"] == ["ada@x.example"]
    assert not any("\0" in note for note in card.notes)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b'["vcard"]',
        b'["vcard", {}]',
        b'["vcalendar", []]',
        b'["vcard", [',
        b"BEGIN:VCARD\nFN:Ada\nEND:VCARD\n",
        b"[" * 100_000,
        b"[" + b"1" * 5000 + b"]",
        b'{"a":' * 100_000,
    ],
)
def test_what_is_no_jcard_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput):
        read(data)


def test_a_million_categories_are_kept_and_not_read() -> None:
    card = one(["categories", {}, "text", *["a"] * 1_000_000])
    assert card.tags == ()
    assert card.remarks == ("more than 1,000 categories",)
