"""Our vCards: other programs read every value of them, and what we wrote comes back whole."""

from collections.abc import Iterator
from typing import Any

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from kinship.formats import Source, vcard, vcard_writer
from kinship.formats import read as reading
from kinship.model import handles, names
from kinship.model.card import Card, Extra, Reach, Related, Talk
from samples import SAMPLES, needs_samples, rows

HARD = (
    'said "no", twice; maybe',
    "a,b;c:d\\e\\n",
    "first\nsecond\n\nthird",
    "👩‍👩‍👧 and 🇺🇦, é́́",
    "שלום, עולם; مرحبا",
    "x" * 74 + "é" * 40,
    "ends in a backslash \\",
    "BEGIN:VCARD",
    "   ".join("word" for _ in range(60)),
    "a b c",
)
_LETTERS = st.characters(exclude_categories=["Cs", "Cc"])
_LINES = st.one_of(
    st.sampled_from([text.replace("\n", " ") for text in HARD]), st.text(_LETTERS, max_size=40)
).map(lambda text: " ".join(text.split()))
_TEXTS = st.one_of(
    st.sampled_from(HARD),
    st.text(st.one_of(_LETTERS, st.just("\n")), max_size=200),
    st.text(_LETTERS, min_size=1, max_size=20).map(lambda text: text * 500),
).map(str.strip)
_SOME = st.lists(_LINES.filter(bool), max_size=3, unique=True).map(tuple)
_DAYS = st.dates().map(lambda day: day.isoformat()).filter(lambda day: not day.startswith("1604"))
_YEARLY = st.one_of(_DAYS, st.sampled_from(["--02-29", "--12-01"]))
_KINDS = st.sampled_from(
    [
        "email",
        "phone",
        "",
        "linkedin",
        "mastodon",
        "x",
        "signal",
        "matrix",
        "xmpp",
        "skype",
        "slack",
    ]
)
_REACHES = st.builds(
    Reach,
    _KINDS,
    st.one_of(
        st.sampled_from(["ada@x.example", "+44 20 7946 0000", "https://x.example/a,b;c", "adal"]),
        _LINES,
    ),
    st.one_of(st.sampled_from(["", "home", "work", "mobile", "work fax"]), _LINES),
    st.sampled_from([None, "known", "connected", "sent"]),
    st.sampled_from([None, "2024", "2024-03", "2024-03-12"]),
)
_TALKS = st.builds(
    Talk,
    _DAYS,
    st.sampled_from(["both", "me", "them"]),
    st.sampled_from([None, "email", "in; person"]),
    st.one_of(st.none(), _TEXTS.filter(bool)),
    st.booleans(),
    st.one_of(st.none(), _LINES.filter(bool)),
)
_RELATED = st.builds(
    Related,
    st.sampled_from(["", "friend", "co-worker", "sister", "worked on; the engine, 1833"]),
    st.one_of(st.sampled_from(["Charles Babbage"]), _LINES.filter(bool)),
    st.one_of(st.uuids().map(lambda u: f"urn:uuid:{u}"), st.just("uid:phone; 1")),
    st.sampled_from(["", "1833", "1833-06-05"]),
)


KEPT = (
    Extra("X-FOO", "item1.X-FOO;TYPE=work:bar"),
    Extra("X-ABLABEL", "item1.X-ABLabel:a label"),
    Extra("PHOTO", "PHOTO:data:image/jpeg;base64,/9j/4AAQSkZJRgABAQ=="),
    Extra("PHOTO", "PHOTO:data:image/svg+xml;base64,PHN2Zy8+"),
    Extra("PHOTO", "PHOTO:https://x.example/a.jpg"),
    Extra("GENDER", "GENDER:F;it/is"),
    Extra("RELATED", "RELATED;TYPE=friend;VALUE=text:Charles"),
    Extra("TZ", "TZ:-0500"),
    Extra("GEO", 'GEO;X="a,b;c":geo:1,2'),
    Extra("X-FOO", "X-FOO;" + 'A="","","","","","","","","","","","",""' + ":never ends"),
    Extra("X-UNREADABLE", "X-UNREADABLE:no line at all"),
    Extra("Custom Field 1 - Value", "a;b", "google-csv"),
)


@st.composite
def cards(draw: st.DrawFn) -> Card:
    name = draw(st.one_of(st.sampled_from(["Ada Lovelace", "Beatrix van Loon", "Madonna"]), _LINES))
    name = name if any(c.isalnum() for c in name) else "Ada"
    last = names.last_name(name)
    return Card(
        row=1,
        name=name,
        key=f"urn:uuid:{draw(st.uuids())}",
        first=names.first_name(name) if last else "",
        last=last,
        nick=draw(_LINES),
        org=draw(_LINES),
        role=draw(_LINES),
        city=draw(_LINES),
        address=draw(_LINES),
        birthday=draw(st.one_of(st.just(""), _YEARLY)),
        relation=draw(_LINES),
        cue=draw(_TEXTS),
        known=draw(st.sampled_from(["known", "in person", "online", "heard"])),
        since=draw(st.sampled_from(["", "2019", "2019-05"])),
        met_online=draw(_LINES),
        by=draw(_LINES),
        cadence=draw(st.sampled_from(["", "6w", "inner", "off"])),
        reaches=tuple(draw(st.lists(_REACHES, max_size=4, unique_by=lambda r: r[:2]))),
        notes=tuple(draw(st.lists(_TEXTS.filter(bool), max_size=3))),
        about=draw(_SOME),
        seeks=draw(_SOME),
        tags=draw(_SOME),
        communities=draw(_SOME),
        dates=tuple(
            draw(st.lists(st.tuples(_LINES.filter(bool), _YEARLY), max_size=2, unique=True))
        ),
        talks=tuple(draw(st.lists(_TALKS, max_size=3))),
        events=draw(_SOME),
        related=tuple(draw(st.lists(_RELATED, max_size=3, unique_by=lambda r: r.key))),
        extras=tuple(draw(st.lists(st.sampled_from(KEPT[2:]), max_size=3, unique=True))),
    )


def read(text: str) -> list[Card]:
    found = list(vcard.read(Source("a.vcf", text.encode())))
    assert all(isinstance(one, Card) for one in found), found
    return [one for one in found if isinstance(one, Card)]


@settings(max_examples=200)
@given(cards(), st.sampled_from(vcard_writer.VERSIONS))
def test_what_we_wrote_comes_back_whole(card: Card, version: str) -> None:
    text = vcard_writer.text(card, version)
    _can_be_read_anywhere(text)
    [found] = read(text)
    assert sorted(found.extras) == sorted(card.extras)
    assert kept(found)._replace(extras=()) == kept(card)._replace(extras=())


def _can_be_read_anywhere(text: str) -> None:
    """No line is longer than other programs take, and no character is cut."""
    assert text.endswith("END:VCARD\r\n")
    lines = text.encode().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode().isprintable() or not line.isascii() for line in lines)


def kept(card: Card) -> Card:
    """With its reaches as an import keeps them: a link to a page is a handle."""
    related = tuple(sorted(one._replace(name="") for one in card.related if one.key))
    return card._replace(reaches=tuple(map(_kept, card.reaches)), related=related)


def _kept(reach: Reach) -> Reach:
    found = None if reach.kind else handles.recognise(reach.text)
    kind, text = found if found and found.kind != "website" else reach[:2]
    state = None if reach.state == "known" else reach.state
    return reach._replace(kind=kind, text=text, state=state)


def test_only_what_no_line_says_is_told_in_one_of_ours() -> None:
    plain = (
        *(Reach("email", "ada@x.example", "work"), Reach("phone", "+44 20 7946 0000", "mobile")),
        *(Reach("linkedin", "adal", "", "known"), Reach("mastodon", "ada@x.example")),
        *(Reach("x", "ada"), Reach("signal", "ada.1"), Reach("", "https://ada.example/a")),
    )
    text = vcard_writer.text(Card(1, "Ada", reaches=plain))
    assert "REACH" not in text
    assert kept(read(text)[0]).reaches == tuple(map(_kept, plain))
    connected = Reach("linkedin", "adal", "", "connected", "2024-03")
    text = vcard_writer.text(Card(1, "Ada", reaches=(plain[0], connected)))
    assert text.count("REACH") == 1
    assert read(text)[0].reaches == (plain[0], connected)


@settings(max_examples=100)
@given(cards(), st.sampled_from(vcard_writer.VERSIONS))
def test_another_program_reads_every_value(card: Card, version: str) -> None:
    """vobject is what Radicale, khard and Xandikos read with, and the strictest of them."""
    text = vcard_writer.text(card, version)
    found = vobject.readOne(text)
    found.validate(raiseException=True)
    values = _values(found)
    assert values["FN"] == [card.name]
    assert values.get("NICKNAME", []) == [card.nick][: bool(card.nick)]
    assert values.get("TITLE", []) == [card.role][: bool(card.role)]
    assert [held[0] for held in values.get("ORG", [])] == [card.org][: bool(card.org)]
    assert values.get("EMAIL", []) == [r.text for r in card.reaches if r.kind == "email" and r.text]
    assert values.get("TEL", []) == [r.text for r in card.reaches if r.kind == "phone" and r.text]
    note = values.get("NOTE", [""])[0]
    assert all(one in note for one in card.notes)
    filed = values.get("CATEGORIES", [[]])[0]
    assert {*card.tags, *card.about, *card.communities} <= {*filed}


def _values(found: Any) -> dict[str, list[Any]]:
    values: dict[str, list[Any]] = {}
    for child in found.getChildren():
        values.setdefault(child.name, []).append(child.value)
    return values


def test_properties_of_ours_may_say_anything() -> None:
    """What somebody else wrote into them costs neither a card nor long."""
    own = ("ADR", "REACH", "DATE", "NOTES", "TALK", "LINE", "NEWER", "KNOWN", "ABOUT", "TAG", "FOO")
    values = (
        "",
        ";",
        ";;;;",
        "\\",
        "a;b;c;d;e;f;g",
        "99999999",
        "1 2 x",
        "(((",
        "(a+)+$ [",
        "x" * 9000,
    )
    for name in own:
        for value in values:
            lines = f"X-KINSHIP-{name}:{value}\r\n" * 50
            text = (
                f"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ada\r\nNOTE:n\r\nX-(((:a\r\n{lines}END:VCARD\r\n"
            )
            [found] = read(text)
            assert found.name == "Ada"


@needs_samples
@pytest.mark.parametrize("version", vcard_writer.VERSIONS)
def test_cards_of_other_programs_come_back(version: str) -> None:
    """Whoever is read of a real file is the same when written and read again; vobject agrees."""
    for card in _real():
        text = vcard_writer.text(card, version)
        [found] = read(text)
        assert _told(found) == _told(card), text
        seen = vobject.readOne(text)
        seen.validate(raiseException=True)
        assert seen.fn.value == card.name


def _real() -> Iterator[Card]:
    for row in rows():
        if row["format"].startswith(("vcard", "vdir", "jcard")) and int(row["cards"]):
            source = Source(row["file"], (SAMPLES / row["file"]).read_bytes())
            form = "jcard" if row["format"] == "jcard" else "vcard"
            yield from (one for one in reading(form, source) if isinstance(one, Card))


_OTHERWISE = ("N", "NICKNAME", "LOGO", "SOUND", "KEY")
"""A name in two parts as in five, a nickname a line, and in 3.0 links that say that they are."""


def _told(card: Card) -> Card:
    kept = tuple(sorted(e for e in card.extras if e.name not in _OTHERWISE))
    return card._replace(row=0, first="", last="", extras=kept, remarks=())


def test_a_name_that_was_turned_round_goes_out_as_it_came_too() -> None:
    card = Card(1, "Ada Lovelace", extras=(Extra("FN", "FN:Lovelace\\, Ada"),))
    assert "FN:Ada Lovelace\r\nN:Lovelace;Ada;;;\r\n" in vcard_writer.text(card)
    (again,) = reading("vcard", Source("", vcard_writer.text(card).encode()))
    assert isinstance(again, Card)
    assert (again.name, again.extras) == (card.name, card.extras)
