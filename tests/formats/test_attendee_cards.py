"""Attendee lists of Luma, Eventbrite and Meetup as people heard of."""

import pytest
from inline_snapshot import snapshot

from facts import read_file
from kinship.formats import Source, attendee_cards, attendees, recognise
from kinship.model.card import Card, Extra, Skipped


def test_what_is_of_the_ticket_is_not_of_the_person() -> None:
    text = (
        b"api_id,name,email,approval_status,qr_code_url,Website\n"
        b"gst-1,Ada Lovelace,ada@x.example,approved,https://lu.ma/check-in/x,https://ada.example\n"
    )
    (card,) = attendee_cards.read(Source("x.csv", text))
    assert isinstance(card, Card)
    assert [reach.text for reach in card.reaches] == ["ada@x.example", "https://ada.example"]
    assert Extra("qr_code_url", "https://lu.ma/check-in/x") in card.extras


def test_luma_since_it_says_guest_id() -> None:
    text = (
        b"guest_id,name,email,approval_status,checked_in_at,qr_code_url,"
        b"What is your LinkedIn profile?,What company do you work for?,What is your job title?\n"
        b"gst-1,Ada,ada@x.example,approved,,https://lu.ma/check-in/x,/in/ada,Engines,Analyst\n"
        b"gst-2,Bob,bob@x.example,declined,,,,,\n"
    )
    card, left_out = attendee_cards.read(Source("x.csv", text))
    assert recognise.format_of(Source("x.csv", text)) == "attendees"
    assert isinstance(card, Card)
    assert (card.key, card.org, card.role) == ("gst-1", "Engines", "Analyst")
    assert [reach.text for reach in card.reaches] == ["ada@x.example", "/in/ada"]
    assert isinstance(left_out, Skipped)


def test_a_question_may_ask_for_the_name() -> None:
    text = b"What is your full name?,Your email,Status\nAda Lovelace,ada@x.example,approved\n"
    (card,) = attendee_cards.read(Source("x.csv", text))
    assert isinstance(card, Card)
    assert card.name == "Ada Lovelace"
    assert [guest.name for guest in attendees.read(text).guests] == ["Ada Lovelace"]


@pytest.mark.parametrize("order", ["Order no.", "Order #", "Order ID"])
def test_eventbrite_of_other_countries_and_years(order: str) -> None:
    text = (
        f"{order},First Name,Surname,Email,Attendee Status,Buyer first name,Buyer email\n"
        "1,Ada,Lovelace,ada@x.example,Attending,Charles,charles@x.example\n"
        "2,Bob,Bee,bob@x.example,Not Attending,,\n"
        "3,Cy,Cee,cy@x.example,Deleted,,\n"
        "4,Di,Dee,di@x.example,Refunded,,\n"
    ).encode()
    assert recognise.format_of(Source("x.csv", text)) == "attendees"
    card, *others = attendee_cards.read(Source("x.csv", text))
    assert isinstance(card, Card)
    assert (card.name, card.first) == ("Ada Lovelace", "Ada")
    assert [reach.text for reach in card.reaches] == ["ada@x.example"]
    assert Extra("Buyer email", "charles@x.example") in card.extras
    assert [isinstance(one, Skipped) for one in others] == [True] * 3
    assert [guest.email for guest in attendees.read(text).guests] == ["ada@x.example"]


def test_columns_may_say_that_they_are_of_the_attendee() -> None:
    text = (
        b"Order ID,Attendee first name,Attendee surname,Attendee email,Attendee status,Buyer email\n"
        b"1,Ada,Lovelace,ada@x.example,Attending,charles@x.example\n"
    )
    (card,) = attendee_cards.read(Source("x.csv", text))
    assert isinstance(card, Card)
    assert card.name == "Ada Lovelace"


def test_no_answer_is_nobodys_profile_or_company() -> None:
    text = (
        b"Name,Email,Your LinkedIn profile,Company,Phone\n"
        b"Ada Lovelace,ada@x.example,N/A,-,none\n"
        b"Ada L,al@x.example,None,n/a,-\n"
    )
    for card in attendee_cards.read(Source("x.csv", text)):
        assert isinstance(card, Card)
        assert [reach.kind for reach in card.reaches] == ["email"]
        assert not card.org
    assert [guest.links for guest in attendees.read(text).guests] == [(), ()]


def test_a_ticket_without_a_name_yet_is_nobody() -> None:
    text = (
        b"Order #,First Name,Last Name,Email,Attendee #,Attendee Status\n"
        b"1,Ada,Lovelace,ada@x.example,11,Attending\n"
        b"1,Info Requested,Info Requested,ada@x.example,12,Attending\n"
    )
    cards = list(attendee_cards.read(Source("x.csv", text)))
    assert [one.why if isinstance(one, Skipped) else one.name for one in cards] == [
        "Ada Lovelace",
        "no name yet",
    ]
    assert attendees.read(text).bad == [(3, "no name yet")]


def test_luma() -> None:
    assert read_file("attendees", "luma.csv") == snapshot(
        [
            {
                "row": 2,
                "name": "Radia Perlman",
                "key": "gst-aaa1",
                "first": "Radia",
                "last": "Perlman",
                "org": "Bridges",
                "role": "Fellow",
                "known": "heard",
                "reaches": [
                    "email radia@example.org",
                    "linkedin https://www.linkedin.com/in/radia",
                ],
                "notes": ("checked in 2026-05-12T18:03:00.000Z",),
                "extras": {
                    "created_at": "2026-05-01T10:00:00.000Z",
                    "ticket_name": "Standard",
                    "Dietary needs": "none",
                },
            },
            {"skipped": "not coming (declined)", "row": 3},
            {"skipped": "not coming (waitlist)", "row": 4},
            {
                "row": 5,
                "name": "just.mail@example.org",
                "key": "gst-aaa4",
                "known": "heard",
                "reaches": ["email just.mail@example.org"],
            },
        ]
    )


def test_eventbrite() -> None:
    assert read_file("attendees", "eventbrite.csv") == snapshot(
        [
            {
                "row": 2,
                "name": "Hedy Lamarr",
                "key": "7001",
                "first": "Hedy",
                "last": "Lamarr",
                "org": "Radio Works",
                "role": "Inventor",
                "city": "Vienna",
                "known": "heard",
                "reaches": ["email hedy@example.org", "phone +43 1 555 0100 mobile"],
                "extras": {
                    "Order #": "900",
                    "Order Date": "11/29/24 22:28",
                    "Quantity": "2",
                    "Ticket Type": "General",
                    "Where did you hear of us?": "A friend",
                },
            },
            {
                "row": 3,
                "name": "George Antheil",
                "key": "7002",
                "first": "George",
                "last": "Antheil",
                "known": "heard",
                "reaches": ["email hedy@example.org"],
                "notes": ("checked in",),
                "extras": {"Order #": "900", "Quantity": "2"},
            },
            {"skipped": "not coming (Refunded)", "row": 4},
        ]
    )


def test_meetup() -> None:
    assert read_file("attendees", "meetup.xls") == snapshot(
        [
            {
                "row": 2,
                "name": "Joan",
                "key": "user 12537919",
                "known": "heard",
                "reaches": ["link https://www.meetup.com/py/members/12537919"],
                "extras": {
                    "Title": "Organizer",
                    "Event Host": "Yes",
                    "Guests": "0",
                    "RSVPed on": "05/01/2026",
                    "Joined Group on": "01/01/2020",
                },
            },
            {"skipped": "not coming (No)", "row": 3},
        ]
    )
