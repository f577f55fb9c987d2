"""``path``, and the tree of who knows whom: through whom somebody is reached."""

import json
import re

import pytest
from inline_snapshot import snapshot

from conftest import TODAY, Program
from kinship.cli import tree
from kinship.cli.context import Kin, Options
from kinship.errors import BadInput
from kinship.render.shapes import Room
from kinship.render.width import fit

_WIDTHS = [44, 80, 120]


@pytest.fixture
def lab(kin: Program) -> Program:
    """Hedy and Konrad know Emmy; Sophie is far off; Grace was at a table with Ada."""
    kin("add", "Hedy Lamarr", "--at", "PyCon 2026", "--on", "yesterday")
    kin("add", "Emmy Noether", "--met-on", "mastodon", "--since", "2023")
    kin("add", "Konrad Zuse", "--met", "--on", "2025-10-10")
    kin("add", "Ada Lovelace", "--at", "Tiny Conf", "--on", "2026-03-03")
    kin("add", "Grace Hopper", "--at", "Tiny Conf", "--on", "2026-03-03")
    kin("add", "Charles Babbage", "--heard")
    kin("add", "Sophie Germain", "--heard")
    kin("log", "hedy", "tea", "--on", "2 days ago")
    kin("keep", "hedy", "monthly")
    kin("gave", "hedy", "a lift", "--on", "2026-05-01")
    kin("got", "hedy", "two books", "--on", "2026-05-01")
    kin("knows", "hedy", "emmy", "--how", "same lab 2019 to 2022", today="2026-03-03")
    kin("knows", "konrad", "emmy,charles", today="2026-03-03")
    kin("knows", "charles", "sophie", "--since", "2019", today="2026-03-03")
    kin("knows", "ada", "charles", today="2026-03-03")
    return kin


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KINSHIP_TODAY", TODAY)


def plain(text: str) -> str:
    return re.sub("\x1b\\[[0-9;]*m", "", text)


# From you


def test_the_way_to_somebody_you_know_online(lab: Program) -> None:
    assert lab("path", "emmy") == snapshot("""\
You know Emmy Noether: never talked.                           kinship open emmy
Through others:

You -> Hedy Lamarr -> Emmy Noether
  you and Hedy    talked yesterday, keep monthly, you gave 1, got 1
  Hedy and Emmy   same lab 2019 to 2022

Also:  You -> Konrad Zuse -> Emmy Noether   7 months quiet

Ask Hedy: kinship log hedy asked for an intro to Emmy --follow-up 1w
As a tree: kinship map emmy
""")


def test_the_way_to_somebody_you_heard_of(lab: Program) -> None:
    assert lab("path", "sophie") == snapshot("""\
You -> Ada Lovelace -> Charles Babbage -> Sophie Germain
  you and Ada          talked 2 months ago
  Ada and Charles      you noted it 3 Mar
  Charles and Sophie   since 2019

Also:  You -> Konrad Zuse -> Charles Babbage -> Sophie Germain   7 months quiet

Ask Ada: kinship log ada asked for an intro to Sophie --follow-up 1w
As a tree: kinship map sophie
""")
    assert lab("path", "me", "sophie") == lab("path", "sophie", "me") == lab("path", "sophie")


def test_those_who_sat_at_one_table_perhaps_know_each_other(lab: Program) -> None:
    lab("add", "Alan Turing", "--heard")
    lab("event", "going", "tiny", "alan")
    assert lab("path", "alan") == snapshot("""\
No way from you to Alan Turing is written down.
  Somebody they know?   kinship knows alan WHO
""")
    lab("event", "edit", "tiny", "--from", "2026-03-01", "--until", "2026-03-03")
    assert lab("path", "alan") == snapshot("""\
You -> Ada Lovelace -> Alan Turing
  you and Ada    talked 2 months ago
  Ada and Alan   perhaps: both at Tiny Conf

Also:  You -> Grace Hopper -> Alan Turing   talked 2 months ago, perhaps: both
       at Tiny Conf

Ask Ada: kinship log ada asked for an intro to Alan --follow-up 1w
As a tree: kinship map alan
""")
    assert lab("path", "alan", "--strong") == snapshot("""\
No way from you to Alan Turing is written down.
  Somebody they know?   kinship knows alan WHO
  Perhaps without ties: kinship path alan
""")


def test_a_crowd_says_nothing(lab: Program) -> None:
    names = "\n".join(f"Guest {n:03}" for n in range(149))
    lab("add", "-", "--at", "tiny", "--on", "2026-03-03", stdin=names)
    assert "No way" in lab("path", "grace", "sophie", "--strong")
    assert "No way" in lab("path", "grace", "sophie")
    lab("rm", "guest-000", "-y")
    assert "perhaps: both at Tiny Conf" in lab("path", "grace", "sophie")


def test_fewer_ways_and_more(lab: Program) -> None:
    assert "Also:" not in lab("path", "emmy", "-n", "1")
    lab("knows", "grace", "sophie")
    said = lab("path", "sophie", "-n", "2")
    assert said.count("You ->") == 2
    assert "kinship log grace asked for an intro to Sophie --follow-up 1w" in said


def test_who_is_archived_is_asked_nothing(lab: Program) -> None:
    lab("edit", "hedy", "--archive")
    assert lab("path", "emmy").splitlines()[3] == "You -> Konrad Zuse -> Emmy Noether"
    lab("edit", "emmy", "--archive")
    assert lab("path", "emmy").splitlines()[0] == "You -> Konrad Zuse -> Emmy Noether"
    lab("edit", "konrad", "--archive")
    assert "No way from you to Emmy Noether" in lab("path", "emmy")


def test_what_undo_takes_back_is_on_no_way(lab: Program) -> None:
    before = lab("path", "sophie")
    lab("knows", "hedy", "sophie")
    assert "You -> Hedy Lamarr -> Sophie Germain" in lab("path", "sophie")
    lab("undo")
    assert lab("path", "sophie") == before


def test_a_favour_is_no_talk(lab: Program) -> None:
    lab("got", "hedy", "a third book")
    assert "in touch today, keep monthly, you gave 1, got 2" in lab("path", "emmy")


# From one to another


def test_the_way_from_one_to_another(lab: Program) -> None:
    assert lab("path", "ada", "emmy") == snapshot("""\
You know both: kinship intro ada emmy
Without you:

Ada Lovelace -> Charles Babbage -> Konrad Zuse -> Emmy Noether
  Ada and Charles      you noted it 3 Mar
  Charles and Konrad   you noted it 3 Mar
  Konrad and Emmy      you noted it 3 Mar

As a tree: kinship map ada emmy
""")
    assert lab("path", "ada,emmy") == lab("path", "ada", "emmy")


def test_two_who_know_each_other(lab: Program) -> None:
    assert lab("path", "konrad", "charles") == snapshot("""\
Konrad Zuse -> Charles Babbage
  Konrad and Charles   you noted it 3 Mar

As a tree: kinship map konrad charles
""")


def test_two_at_one_table(lab: Program) -> None:
    assert lab("path", "ada", "grace") == snapshot("""\
You know both: kinship intro ada grace
Without you:

Ada Lovelace -> Grace Hopper
  Ada and Grace   perhaps: both at Tiny Conf

As a tree: kinship map ada grace
""")
    assert lab("path", "ada", "grace", "--strong") == snapshot("""\
You know both: kinship intro ada grace

No way from Ada Lovelace to Grace Hopper is written down.
  Somebody they know?   kinship knows grace WHO
  Perhaps without ties: kinship path ada grace
""")


def test_nobody_leads_there(kin: Program) -> None:
    kin("add", "Ada Lovelace", "--heard")
    kin("add", "Grace Hopper")
    assert kin("path", "ada") == snapshot("""\
No way from you to Ada Lovelace is written down.
  Somebody they know?   kinship knows ada WHO
""")
    assert kin("path", "grace", "ada") == snapshot("""\
No way from Grace Hopper to Ada Lovelace is written down.
  Somebody they know?   kinship knows ada WHO
""")
    assert json.loads(kin("path", "ada", "--json")) == {"paths": []}
    assert kin("path", "ada", "--csv") == snapshot("id,ref,name,way,steps,perhaps,remark\n")


def test_two_of_one_first_name(lab: Program) -> None:
    lab("add", "Mary Jackson", "--heard")
    lab("add", "Mary Somerville", "--met")
    lab("knows", "mary-s", "mary-j")
    assert lab("path", "mary-j").splitlines()[2] == "  Mary S. and Mary J.   you noted it 20 May"


# Formats


def test_as_json(lab: Program) -> None:
    assert json.loads(lab("path", "ada", "grace", "--json")) == snapshot(
        {
            "paths": [
                {
                    "people": [
                        {"id": 4, "ref": "ada", "name": "Ada Lovelace"},
                        {"id": 5, "ref": "grace", "name": "Grace Hopper"},
                    ],
                    "edges": [
                        {
                            "from": 4,
                            "to": 5,
                            "why": "perhaps: both at Tiny Conf",
                            "weak": True,
                            "how": None,
                            "since": None,
                            "noted_on": None,
                            "source": None,
                            "event": "Tiny Conf",
                            "community": None,
                        }
                    ],
                }
            ]
        }
    )
    first = json.loads(lab("path", "emmy", "--json"))["paths"][0]
    assert [p["name"] for p in first["people"]] == ["me", "Hedy Lamarr", "Emmy Noether"]
    assert first["edges"][1] == snapshot(
        {
            "from": 1,
            "to": 2,
            "why": "same lab 2019 to 2022",
            "weak": False,
            "how": "same lab 2019 to 2022",
            "since": None,
            "noted_on": "2026-03-03",
            "source": "said",
            "event": None,
            "community": None,
        }
    )
    assert "cost" not in str(first)


def test_as_rows(lab: Program) -> None:
    assert lab("path", "emmy", "--csv") == snapshot("""\
id,ref,name,way,steps,perhaps,remark
1,hedy,Hedy Lamarr,You -> Hedy Lamarr -> Emmy Noether,2,false,talked yesterday
3,konrad,Konrad Zuse,You -> Konrad Zuse -> Emmy Noether,2,false,7 months quiet
""")
    assert lab("path", "emmy", "--format", "names") == "hedy\nkonrad\n"
    assert lab("path", "emmy", "--format", "{name}: {remark}") == snapshot("""\
Hedy Lamarr: talked yesterday
Konrad Zuse: 7 months quiet
""")


@pytest.mark.parametrize("columns", _WIDTHS)
@pytest.mark.parametrize("words", [("emmy",), ("sophie",), ("ada", "emmy"), ("ada", "grace")])
def test_nothing_is_wider_than_the_screen(lab: Program, columns: int, words: tuple[str]) -> None:
    said = plain(lab("path", *words, "--color", "always", columns=columns))
    command = re.compile("kinship log .*")
    assert max(len(command.sub("", row)) for row in said.splitlines()) <= columns


def test_on_a_phone(lab: Program) -> None:
    assert plain(lab("path", "emmy", "--color", "always", columns=44)) == snapshot("""\
You know Emmy Noether: never talked.
kinship open emmy
Through others:

You -> Hedy Lamarr -> Emmy Noether
  you and Hedy
    talked yesterday, keep monthly, you gave
    1, got 1
  Hedy and Emmy
    same lab 2019 to 2022

Also:  You -> Konrad Zuse -> Emmy Noether
       7 months quiet

Ask Hedy:
kinship log hedy asked for an intro to Emmy --follow-up 1w
As a tree: kinship map emmy
""")


def test_a_name_that_a_shell_would_take_apart(lab: Program) -> None:
    lab("add", "$(reboot) Noether", "--heard")
    lab("knows", "hedy", "8")
    said = lab("path", "8")
    assert "kinship log hedy 'asked for an intro to $(reboot)' --follow-up 1w" in said


# Bad input


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "say to whom."),
        (("me",), 2, "that is you."),
        (("ada", "ada"), 2, "that is one person: Ada Lovelace."),
        (("me", "me"), 2, "that is one person: you."),
        (("ada", "grace", "emmy"), 2, "a path has two ends, and that is 3 people."),
        (("nobody",), 3, 'nobody is called "nobody".'),
        (("ada", "nobody"), 3, 'nobody is called "nobody".'),
        (("emmy", "--week"), 2, "path has no option --week."),
    ],
)
def test_ends_that_are_none(lab: Program, words: tuple[str, ...], code: int, said: str) -> None:
    assert said in lab("path", *words, exit_code=code).err


def test_it_could_be_two(lab: Program) -> None:
    lab("add", "Ada Yonath")
    assert '"ada" could be 2 people. Say which:' in lab("path", "ada", exit_code=4).err


# The tree


def drawn(*who: str, columns: int = 80, ascii_only: bool = False) -> str:
    run = Kin(Options())
    room = Room(columns, ascii=ascii_only)
    lines = tree.lines(run, [run.who(text, writing=False) for text in who])
    return "".join("".join(span.text for span in fit(one, room)) + "\n" for one in lines)


def test_whom_you_both_know_as_a_tree(lab: Program) -> None:
    assert drawn("emmy") == snapshot("""\
Emmy Noether
└─ you both know 2 people
   ├─ Hedy Lamarr   same lab 2019 to 2022
   └─ Konrad Zuse   you noted it 3 Mar
""")
    assert drawn("charles") == snapshot("""\
Charles Babbage
├─ you both know 2 people
│  ├─ Ada Lovelace     you noted it 3 Mar
│  └─ Konrad Zuse      you noted it 3 Mar
└─ they know 1 person whom you do not
   └─ Sophie Germain   since 2019
""")
    assert drawn("charles", ascii_only=True) == snapshot("""\
Charles Babbage
|- you both know 2 people
|  |- Ada Lovelace     you noted it 3 Mar
|  `- Konrad Zuse      you noted it 3 Mar
`- they know 1 person whom you do not
   `- Sophie Germain   since 2019
""")
    assert drawn("charles", columns=40) == snapshot("""\
Charles Babbage
├─ you both know 2 people
│  ├─ Ada Lovelace     you noted it 3 M…
│  └─ Konrad Zuse      you noted it 3 M…
└─ they know 1 person whom you do not
   └─ Sophie Germain   since 2019
""")


def test_map_without_a_file_draws_a_tree(lab: Program) -> None:
    assert lab("map", "emmy") == drawn("emmy")
    assert lab("map", "ada,grace") == lab("map", "ada", "grace") == drawn("ada", "grace")
    assert lab("map", "ada", "ada", exit_code=2).err == snapshot("""\
kinship: that is one person: Ada Lovelace.
  kinship map WHO WHO
""")
    assert lab("map", "ada", "grace", "emmy", exit_code=2).err == snapshot("""\
kinship: on the screen there is room for one or two people.
  kinship map ada grace emmy -o people.svg
""")


def test_somebody_far_off_as_a_tree(lab: Program) -> None:
    assert (
        drawn("sophie")
        == drawn("me", "sophie")
        == snapshot("""\
You
├─ Ada Lovelace           talked 2 months ago
│  └─ Charles Babbage     you noted it 3 Mar
│     └─ Sophie Germain   since 2019
└─ Konrad Zuse            talked 7 months ago
   └─ Charles Babbage     you noted it 3 Mar
      └─ Sophie Germain   since 2019

Sophie Germain
└─ they know 1 person
   └─ Charles Babbage   since 2019
""")
    )


def test_ways_between_two_as_a_tree(lab: Program) -> None:
    lab("knows", "grace", "emmy")
    assert drawn("ada", "emmy") == snapshot("""\
Ada Lovelace
├─ Charles Babbage      you noted it 3 Mar
│  └─ Konrad Zuse       you noted it 3 Mar
│     └─ Emmy Noether   you noted it 3 Mar
└─ Grace Hopper         perhaps: both at Tiny Conf
   └─ Emmy Noether      you noted it 20 May
""")
    assert drawn("hedy", "ada", columns=44) == snapshot("""\
Hedy Lamarr
└─ Emmy Noether            same lab 2019 to…
   └─ Konrad Zuse          you noted it 3 M…
      └─ Charles Babbage   you noted it 3 M…
         └─ Ada Lovelace   you noted it 3 M…
""")


def test_a_tree_fits_on_a_screen(lab: Program) -> None:
    for n in range(40):
        lab("add", f"Friend {n:02}", *(["--heard"] if n % 2 else []), "knows:charles")
    said = drawn("charles")
    assert len(said.splitlines()) <= 20
    assert "and 14 more: kinship mutual charles --all" in said
    assert said.splitlines()[-1] == "   └─ and 15 more"


def test_no_tree_grows(kin: Program) -> None:
    kin("add", "Ada Lovelace")
    kin("add", "Grace Hopper")
    assert drawn("ada") == snapshot("""\
Nobody is noted who knows Ada Lovelace.
  Tell me: kinship knows ada WHO
""")
    assert drawn("ada", "grace") == snapshot("""\
No way from Ada Lovelace to Grace Hopper is written down.
  Tell me: kinship knows grace WHO
""")


@pytest.mark.parametrize(
    ("who", "said"),
    [
        (("me",), "that is you"),
        (("ada", "ada"), "that is one person: Ada Lovelace."),
        (("ada", "grace", "emmy"), "room for one or two people"),
    ],
)
def test_a_tree_of_nobody(lab: Program, who: tuple[str, ...], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        drawn(*who)
