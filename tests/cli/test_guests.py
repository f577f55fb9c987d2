"""``event guests``: an attendee list, matched with the people you know."""

import json
from pathlib import Path

import pytest
from inline_snapshot import snapshot

from conftest import Program

LIST = """\
api_id,name,first_name,last_name,email,phone_number,created_at,approval_status,What is your Mastodon?,Company
1,Emmy N.,Emmy,N.,,,,approved,@emmy@math.example,Göttingen
2,Sophie Germain,,,sophie@x.example,,,approved,,
3,G. Hopper,G.,Hopper,GRACE@navy.example,,,approved,,
4,Mary Jackson,,,,,,approved,,
5,Bob Lovelace,,,ada@engine.example,,,approved,,Engines
6,Rozsa Peter,,,,,,approved,,
7,Konrad Zuse,,,konrad@relay.example,+44 20 7946 0999,,approved,,Relays
8,Hedy Lamarr,,,hedy@freq.example,,,declined,,
9,,,,,,,approved,,Nobody
10,Konrad Zuse,,,konrad@relay.example,,,approved,,Relays
"""


@pytest.fixture
def guests(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(home)
    (home / "guests.csv").write_text(LIST)
    return home


@pytest.fixture
def coming(kin: Program, guests: Path) -> Program:
    kin("add", "Emmy Noether", "--met-on", "mastodon", "--since", "2024", "@emmy@math.example")
    kin("add", "Sophie Germain", "--met-on", "PyLadies Slack", "+number theory")
    kin("add", "Grace Hopper", "--met", "--on", "2026-03-01", "grace@navy.example")
    kin("add", "Mary Jackson", "--new")
    kin("add", "Mary Jackson", "--new", "mj@nasa.example")
    kin("add", "Ada Lovelace", "--met", "ada@engine.example")
    kin("add", "Rózsa Péter", "--heard", "knows:grace")
    kin("event", "add", "EuroPython 2026", "--from", "13 jul", "--until", "19 jul")
    return kin


def going(kin: Program) -> list[str]:
    page = json.loads(kin("event", "show", "euro", "--json"))
    return [one["name"] for one in page["coming"]]


def test_a_list_says_whom_you_know_and_whom_to_meet_at_last(coming: Program) -> None:
    said = coming("event", "guests", "euro", "guests.csv", exit_code=5)
    assert said == snapshot("""\
EuroPython 2026: 7 people on guests.csv, Mon 13 to Sun 19 Jul

MEET AT LAST going, and you only know each other online
  Emmy Noether      Mastodon, 2 years
  Sophie Germain    PyLadies Slack          number theory

SEE AGAIN
  Grace Hopper      2 months ago

NEW TO YOU going, and they know people you know
  Rózsa Péter                               knows Grace Hopper

UNSURE nobody is marked for these
  Mary Jackson  row 5: 2 people are called so
    kinship event going europython 4
    kinship event going europython 5
  Bob Lovelace  row 6: ada@engine.example belongs to Ada Lovelace
    kinship event going europython ada

Marked 4 as going. Back: kinship undo
One new to you. Write them down too:
kinship event guests europython guests.csv --add
1 is not coming: declined, refunded or waiting.
""")
    assert said.err == snapshot("""\
kinship: 1 row could not be read; the others are written:
  row 10: no name and no e-mail address
""")
    assert going(coming) == ["Emmy Noether", "Grace Hopper", "Rózsa Péter", "Sophie Germain"]


def test_a_dry_run_writes_nothing(coming: Program) -> None:
    said = coming("event", "guests", "euro", "guests.csv", "--add", "--dry-run", exit_code=5)
    assert "Would mark 4 as going and add 1. Nothing was written.\n" in said
    assert going(coming) == []


def test_the_others_are_added_as_heard_of_and_going(coming: Program) -> None:
    said = coming("event", "guests", "euro", "guests.csv", "--add", exit_code=5)
    assert "Marked 4 as going, added 1. Back: kinship undo\n" in said
    konrad = json.loads(coming("show", "konrad", "--json"))
    assert konrad["met_how"] == "heard"
    assert konrad["org"] == "Relays"
    assert konrad["email"] == "konrad@relay.example"
    assert "Konrad Zuse" in going(coming)
    coming("undo")
    assert going(coming) == []
    assert "Konrad" not in coming("list")


def test_the_same_list_twice_changes_nothing(coming: Program) -> None:
    coming("event", "guests", "euro", "guests.csv", "--add", exit_code=5)
    before = coming("undo", "--list")
    again = coming("event", "guests", "euro", "guests.csv", "--add", exit_code=5)
    assert "All 5 you know are marked as going already. Nothing was written.\n" in again
    assert coming("undo", "--list") == before


def test_a_list_for_programs(coming: Program) -> None:
    said = json.loads(coming("event", "guests", "euro", "guests.csv", "--json", exit_code=5))
    assert [p["name"] for p in said["known"] if p["only_online"]] == [
        "Emmy Noether",
        "Sophie Germain",
    ]
    assert [p["name"] for p in said["new"]] == ["Konrad Zuse"]
    assert [p["row"] for p in said["unsure"]] == [5, 6]
    assert said["bad_rows"] == [{"row": 10, "why": "no name and no e-mail address"}]


def test_nothing_is_printed_in_quiet_but_what_is_wrong(coming: Program) -> None:
    said = coming("event", "guests", "euro", "guests.csv", "-q", exit_code=5)
    assert said == ""
    assert "row 10" in said.err


def test_a_list_from_standard_input(coming: Program) -> None:
    said = coming("event", "guests", "euro", "-", stdin="Name\nGrace Hopper\nAlan Turing\n")
    assert "EuroPython 2026: 2 people on the list" in said
    assert "kinship event guests europython --add - < FILE" in said
    assert going(coming) == ["Grace Hopper"]


def test_two_people_of_one_name_are_not_taken_for_one(coming: Program) -> None:
    two = "name,email\nGrace Hopper,a@b.example\nGrace Hopper,c@d.example\n"
    said = coming("event", "guests", "euro", "-", "--add", stdin=two)
    assert "UNSURE" in said
    assert going(coming) == []


def test_people_who_share_an_address_are_two(coming: Program) -> None:
    pair = (
        "name,email\nMarie Curie,m@c.example\nPierre Curie,m@c.example\nMarie Curie,m@c.example\n"
    )
    coming("event", "guests", "euro", "-", "--add", stdin=pair)
    assert going(coming) == ["Marie Curie", "Pierre Curie"]
    coming("event", "guests", "euro", "-", "--add", stdin=pair)
    assert going(coming) == ["Marie Curie", "Pierre Curie"]


def test_a_guest_without_a_name_is_called_by_the_address(coming: Program) -> None:
    coming("event", "guests", "euro", "-", "--add", stdin="email\nsomebody@x.example\n")
    assert going(coming) == ["somebody@x.example"]
    later = "name,email\nAlan Turing,somebody@x.example\n"
    coming("event", "guests", "euro", "-", "--add", stdin=later)
    assert going(coming) == ["somebody@x.example"]


def test_a_list_of_an_event_that_is_over(coming: Program) -> None:
    coming("event", "add", "Camp", "--from", "2026-03-01", "--until", "2026-03-02")
    coming("log", "grace", "--at", "camp", "tents")
    said = coming("event", "guests", "camp", "guests.csv", exit_code=5)
    assert said.splitlines()[:8] == snapshot(
        [
            "Camp: 7 people on guests.csv, Sun 1 to Mon 2 Mar",
            "",
            "You met 1 person of the list there.",
            "",
            "NOT MET YET on the list, and you only know each other online",
            "  Emmy Noether      Mastodon, 2 years",
            "  Sophie Germain    PyLadies Slack          number theory",
            "",
        ]
    )


@pytest.mark.parametrize(
    ("name", "data", "code", "said"),
    [
        ("nope.csv", None, 6, "there is no file nope.csv"),
        (".", None, 6, "it is a folder"),
        ("e.csv", b"", 2, "nothing in this file"),
        ("e.xlsx", b"PK\x03\x04", 2, "Excel"),
        ("e.txt", b"please come\n", 2, "no column of names"),
        ("n\0n", None, 6, "no file can be called"),
    ],
)
def test_what_is_no_list_is_refused(
    coming: Program, guests: Path, name: str, data: bytes | None, code: int, said: str
) -> None:
    if data is not None:
        (guests / name).write_bytes(data)
    assert said in coming("event", "guests", "euro", name, exit_code=code).err
    assert going(coming) == []


def test_what_is_missing_is_said(coming: Program) -> None:
    assert "which file" in coming("event", "guests", "euro", exit_code=2).err
    assert "no event is called" in coming("event", "guests", "xyz", "guests.csv", exit_code=3).err
    assert coming("event", "guests", "eurpython", "guests.csv", exit_code=3).err == snapshot("""\
kinship: no event is called "eurpython". Did you mean EuroPython 2026?
  kinship event guests europython guests.csv
""")


def test_a_hostile_list_stays_text(coming: Program) -> None:
    rows = "name,company\n\x1b]52;c;aGk=\x07Eve,\x1b[2J\n=HYPERLINK(1),x\n[red]Mallory,y\n"
    coming("event", "guests", "euro", "-", "--add", stdin=rows)
    for words in (["event", "show", "euro", "--all"], ["list"]):
        assert "\x1b" not in coming(*words)
    assert "[red]Mallory" in coming("list")


def test_hundreds_of_guests_are_counted(coming: Program) -> None:
    rows = "name,email\n" + "".join(f"Guest {n:03},g{n}@x.example\n" for n in range(300))
    coming("event", "guests", "euro", "-", "--add", stdin=rows)
    page = coming("event", "show", "euro")
    assert "And 300 people you have not met yet." in page
    coming("undo")
    assert going(coming) == []


def test_control_characters_in_names_are_looked_up_like_any_other(coming: Program) -> None:
    rows = 'name,email\n\x07,bell@x.example\n\x1b[0m\t,\x02@x.example\n\\"Eve\\",eve@x.example\n'
    said = coming("event", "guests", "euro", "-", "--add", stdin=rows)
    assert "Added 3." in said
    assert "\x07" not in said


def test_an_address_that_two_of_a_list_share_is_kept_for_both(coming: Program) -> None:
    rows = "name,email\nAlva Myrdal,home@x.example\nGunnar Myrdal,home@x.example\n"
    coming("event", "guests", "euro", "-", "--add", stdin=rows)
    one, other = json.loads(coming("list", "myrdal", "--json"))
    assert one["channels"] == ["email:home@x.example"]
    assert (other["channels"], other["note"]) == ([], "email: home@x.example")
    coming("undo")
    assert "Myrdal" not in coming("list")
