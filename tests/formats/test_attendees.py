"""Attendee lists as they come: Luma, Eventbrite, Meetup, or typed by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinship.errors import BadInput
from kinship.formats import attendees
from kinship.formats.attendees import Guest, Listed

LUMA = """\
api_id,name,first_name,last_name,email,phone_number,created_at,approval_status,checked_in_at,\
custom_source,qr_code_url,amount,currency,ticket_name,What is your LinkedIn profile?,Company
gst-1,Ada Lovelace,Ada,Lovelace,ada@engine.example,+44 20 7946 0958,2026-05-01,approved,,,,0,,\
Standard,https://www.linkedin.com/in/adal,Analytical Engines
gst-2,Grace Hopper,,,grace@navy.example,,2026-05-01,declined,,,,0,,Standard,,
gst-3,Emmy Noether,,,emmy@math.example,,2026-05-01,pending_approval,,,,0,,Standard,,
"""
EVENTBRITE = """\
Order #,Order Date,First Name,Last Name,Email,Quantity,Ticket Type,Attendee Status,\
Home City,Job Title,Company,Cell Phone\r
1,11/29/24 22:28,Ada,Lovelace,ada@engine.example,1,General,Attending,London,Analyst,Engines,\r
1,11/29/24 22:28,Charles,Babbage,ada@engine.example,1,General,Checked In,London,,Engines,\r
2,11/29/24 22:54,Konrad,Zuse,konrad@relay.example,1,General,Refunded,Berlin,,,\r
"""
MEETUP = """\
Name\tUser ID\tTitle\tEvent Host\tRSVP\tGuests\tRSVPed on\tJoined Group on\tURL of Member Profile
Ada\tuser 12537919\tOrganizer\tYes\tYes\t0\t05/01/2026\t01/01/2020\thttps://www.meetup.com/members/1/
Konrad\tuser 12537920\tMember\tNo\tNo\t0\t05/01/2026\t01/01/2020\thttps://www.meetup.com/members/2/
"""


def named(listed: Listed) -> list[tuple[str, str]]:
    return [(guest.name, guest.email) for guest in listed.guests]


def test_a_luma_list() -> None:
    listed = attendees.read(b"\xef\xbb\xbf" + LUMA.encode())
    assert listed.not_coming == 2
    assert listed.guests == [
        Guest(
            2,
            "Ada Lovelace",
            "ada@engine.example",
            org="Analytical Engines",
            phone="+44 20 7946 0958",
            links=(("linkedin", "https://www.linkedin.com/in/adal"),),
        )
    ]


def test_a_name_beside_half_a_name_is_the_other_half() -> None:
    text = b"Name;Vorname;E-Mail\nLovelace;Ada;a@x.example\nAda King;Ada;k@x.example\n"
    assert [guest.name for guest in attendees.read(text).guests] == ["Ada Lovelace", "Ada King"]


def test_an_eventbrite_list() -> None:
    listed = attendees.read(EVENTBRITE.encode())
    assert named(listed) == [
        ("Ada Lovelace", "ada@engine.example"),
        ("Charles Babbage", "ada@engine.example"),
    ]
    assert listed.guests[0][3:6] == ("Engines", "Analyst", "London")
    assert listed.not_coming == 1


def test_a_meetup_list() -> None:
    listed = attendees.read(MEETUP.encode())
    assert named(listed) == [("Ada", "")]
    assert listed.guests[0].role == ""
    assert listed.not_coming == 1


@pytest.mark.parametrize(
    ("text", "guests"),
    [
        ("name\nAda Lovelace\n", [("Ada Lovelace", "")]),
        ("email\nada@engine.example\n", [("", "ada@engine.example")]),
        ("Vorname;Nachname;E-Mail-Adresse\nEmmy;Noether;e@m.example\n", [("Emmy Noether", "e@m.example")]),
        ("Nom,Prénom,Courriel\nGermain,Sophie,s@g.example\n", [("Sophie Germain", "s@g.example")]),
        ("Nom,Courriel\nSophie Germain,s@g.example\n", [("Sophie Germain", "s@g.example")]),
        ("Nombre,Apellidos\nÁngela,Ruiz Robles\n", [("Ángela Ruiz Robles", "")]),
        ("Nome e cognome|Email\nRita Levi|r@l.example\n", [("Rita Levi", "r@l.example")]),
        ("氏名,メール\n湯川秀樹,y@k.example\n", [("湯川秀樹", "y@k.example")]),
        ("ФИО;Почта\nСофья Ковалевская;s@k.example\n", [("Софья Ковалевская", "s@k.example")]),
        ("email,company,name\na@b.example,Engines,Ada\n", [("Ada", "a@b.example")]),
        ("Attendees of PyCon\n\nName,Email\nAda,a@b.example\n", [("Ada", "a@b.example")]),
        ("sep=;\nname;email\nAda;a@b.example\n", [("Ada", "a@b.example")]),
        ("Name\nLovelace, Ada\nHopper, Grace\n", [("Ada Lovelace", ""), ("Grace Hopper", "")]),
        ('Name\n"Lovelace, Ada"\n"Hopper, Grace"\n', [("Ada Lovelace", ""), ("Grace Hopper", "")]),
        ('Name\n"King, Jr."\nAda\n', [("King, Jr.", ""), ("Ada", "")]),
        ('Name,Note\n"Ada\nLovelace","said\n""hi"""\nGrace,\n', [("Ada Lovelace", ""), ("Grace", "")]),
        ("Ada Lovelace,a@b.example\nGrace,g@b.example\n", [("Ada Lovelace", "a@b.example"), ("Grace", "g@b.example")]),
        ("Name,Email\nAda,not an address\n", [("Ada", "")]),
        ("Name,Email\na@b.example,\n", [("", "a@b.example")]),
        ("name,kinship\n'=cmd,1\n", [("=cmd", "")]),
        ("Name\rAda\rGrace\r", [("Ada", ""), ("Grace", "")]),
    ],
)  # fmt: skip
def test_headings_in_any_order_and_language(text: str, guests: list[tuple[str, str]]) -> None:
    assert named(attendees.read(text.encode())) == guests


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_however_it_was_saved(encoding: str) -> None:
    text = "Name;E-Mail;Ort\nJürgen Müßig;j@m.example;Köln\nAndré Château;a@c.example;Orléans\n"
    assert named(attendees.read(text.encode(encoding))) == [
        ("Jürgen Müßig", "j@m.example"),
        ("André Château", "a@c.example"),
    ]


def test_another_code_page() -> None:
    text = "Имя и фамилия;Почта\n" + "Софья Ковалевская;s@k.example\n" * 5
    assert attendees.read(text.encode("cp1251")).guests[0].name == "Софья Ковалевская"


def test_a_quotation_mark_that_is_not_closed_costs_its_row_only() -> None:
    listed = attendees.read(b'Name\nAda\n"Konrad\nGrace\nEmmy\n')
    assert [name for name, _ in named(listed)] == ["Ada", "Grace", "Emmy"]
    assert listed.bad == [(3, "a quotation mark is not closed")]
    many = attendees.read(b'Name\n"Konrad\n' + b"Ada\n" * 5000)
    assert len(many.guests) == 5000


def test_rows_that_say_nobody_are_told_by_number() -> None:
    listed = attendees.read(
        f"Name,Email,Company\nAda,,\n,,Engines\n\n,,\n{'x' * 201},,\nGrace,,\n".encode()
    )
    assert [guest.row for guest in listed.guests] == [2, 7]
    assert [number for number, _ in listed.bad] == [3, 6]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "nothing in this file"),
        (b" \r\n\n", "nothing in this file"),
        (b"PK\x03\x04rest", "Excel"),
        (b"%PDF-1.7", "PDF"),
        (bytes(range(256)) * 20, "not text"),
        (b'{"name": "Ada"}', "columns"),
        (b"<!DOCTYPE html><html>", "columns"),
        (b"Dear all,\n\nplease come.\n", "no column of names"),
        (b"a,b,c\n1,2,3\n", "no column of names"),
        (b"x" * (attendees.MOST_BYTES + 1), "more than 50 MB"),
    ],
)
def test_what_is_no_attendee_list_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        attendees.read(data)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        listed = attendees.read(data)
    except BadInput:
        return
    assert all(guest.name or guest.email for guest in listed.guests)


_CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)


@given(st.lists(st.tuples(_CELL, _CELL), max_size=8), st.sampled_from(",;\t|"))
def test_every_row_is_a_guest_or_told(rows: list[tuple[str, str]], mark: str) -> None:
    def quoted(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"'

    lines = [f"Name{mark}Email{mark}City"]
    lines += [f"{quoted(name)}{mark}{quoted(email)}{mark}x" for name, email in rows]
    listed = attendees.parse("\n".join(lines) + "\n")
    assert len(listed.guests) + len(listed.bad) == len(rows)


def test_quotation_marks_that_stay_open_everywhere_cost_no_time() -> None:
    with pytest.raises(BadInput, match="more than 1,000 quotation marks"):
        attendees.parse("name,email\n" + 'x","\n' * 50_000)


@pytest.mark.parametrize("mark", ["\u2028", "\x0b", "\x0c", "\x1e", "\x85"])
def test_a_mark_inside_a_name_starts_no_row(mark: str) -> None:
    (guest,) = attendees.parse(f"name,email\nAda{mark}Lovelace,ada@x.example\n").guests
    assert guest.email == "ada@x.example"


def test_a_cell_that_is_too_long_is_called_so() -> None:
    listed = attendees.parse(f"name,email\n{'a' * 200_000},a@x.example\nAda,ada@x.example\n")
    assert listed.bad == [(2, "the name is 200,000 characters long")]
    assert [guest.name for guest in listed.guests] == ["Ada"]


def test_a_quotation_mark_parts_no_columns() -> None:
    assert not attendees.parse('sep="\nname,email\n').guests
