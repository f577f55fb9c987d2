"""Attendee lists of Luma, Eventbrite and Meetup as people heard of."""

from inline_snapshot import snapshot

from facts import read_file


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
