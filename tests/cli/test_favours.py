"""What you gave and got: sessions, and what does not go."""

import json

import pytest
from inline_snapshot import snapshot

from conftest import TODAY, Program
from terminals import Spawn, ended, typed


@pytest.fixture
def friends(kin: Program) -> Program:
    """Charles introduced you to two people and gave more than he got; with Ada it is even."""
    for who in ("Ada Lovelace", "Alan Turing", "Joan Clarke"):
        kin("add", who, today="2026-01-05")
    kin("add", "Charles Babbage", "keep:monthly", "--seeks", "a flat in Berlin", "seeks:speakers",
        today="2026-01-05")  # fmt: skip
    kin("add", "Mary Somerville", "--met", "--by", "charles", today="2026-04-14")
    kin("add", "Mary Jackson", "--met", "--by", "charles", today="2026-04-15")
    kin("got", "charles", "2026-02-03:", "read", "the first draft")
    kin("got", "alan", "read", "two drafts", "--on", "2026-05-11")
    kin("gave", "ada", "tue:", "proof-read the engine paper")
    kin("got", "ada", "mon:", "lent me the Bernoulli paper")
    return kin


def test_a_favour_restarts_the_clock_and_says_where_you_are(kin: Program) -> None:
    kin("add", "Ada Lovelace", "keep:2w")
    kin("remind", "ada", "fri", "send the paper")
    assert kin("gave", "ada", "proof-read the engine paper") == snapshot("""\
You gave Ada Lovelace: proof-read the engine paper.
You gave 1, got 0. Next hello Wed 3 Jun (every 2 weeks).
Still open with Ada: send the paper   kinship done ada
""")
    assert kin("got", "ada", "yesterday:", "is the room free? yes!") == snapshot("""\
Ada Lovelace gave you yesterday: is the room free? yes!
You gave 1, got 1. The last contact stays 20 May.
Still open with Ada: send the paper   kinship done ada
""")
    assert kin("undo").startswith("Undone: got ada (")
    assert kin("favours", "ada") == "#2\t20 May\tgave\tproof-read the engine paper\n"


def test_one_for_two_people_and_something_to_do_about_it(kin: Program) -> None:
    kin("add", "Ada Lovelace")
    kin("add", "Charles Babbage")
    assert kin("gave", "ada,charles", "found them a room", "-f", "2w ask how it is") == snapshot("""\
You gave Ada Lovelace: found them a room.
You gave 1, got 0.
You gave Charles Babbage: found them a room.
You gave 1, got 0.
Follow-up Wed 3 Jun for both: ask how it is
""")
    kin("undo")
    assert json.loads(kin("favours", "--all", "--json")) == []
    assert kin("remind").err.startswith("No open follow-ups")


def test_for_programs(kin: Program) -> None:
    kin("add", "Ada Lovelace", "keep:monthly")
    assert json.loads(kin("got", "ada", "lent me a tent", "--json")) == snapshot(
        [
            {
                "number": 1,
                "person": {"id": 1, "ref": "ada", "name": "Ada Lovelace"},
                "way": "got",
                "day": "2026-05-20",
                "text": "lent me a tent",
                "inferred": ["day"],
                "gave": 0,
                "got": 1,
                "next_on": "2026-06-20",
            }
        ]
    )
    kin("gave", "ada", "carried it back", "--on", "2026-05-19")
    shown = json.loads(kin("show", "ada", "--json"))
    assert shown["favours"] == snapshot(
        [
            {"number": 1, "day": "2026-05-20", "way": "got", "text": "lent me a tent"},
            {"number": 2, "day": "2026-05-19", "way": "gave", "text": "carried it back"},
        ]
    )
    assert (shown["gave"], shown["got"]) == (1, 1)
    assert kin("list", "--format", "{name}: {gave} and {got}") == "Ada Lovelace: 1 and 1\n"


def test_whose_turn_it_is(friends: Program) -> None:
    said = friends("favours")
    assert said == snapshot("""\
Charles Babbage	0	3	introduced you to Mary J. and Mary S.	5 weeks ago
Alan Turing	0	1	read two drafts	9 days ago
""")
    assert said.err == snapshot("Your turn. What they look for: kinship show charles\n")
    friends("gave", "joan", "a lift to the station")
    assert friends("favours", "--all", "--csv") == snapshot("""\
person.id,person.name,gave,got,last.on,last.way,last.text
4,Charles Babbage,0,3,2026-04-15,got,introduced you to Mary J. and Mary S.
2,Alan Turing,0,1,2026-05-11,got,read two drafts
3,Joan Clarke,1,0,2026-05-20,gave,a lift to the station
1,Ada Lovelace,1,1,2026-05-19,gave,proof-read the engine paper
""")
    assert friends("favours", "--all", "-n", "1", "--json").count('"your_turn"') == 1
    (charles,) = json.loads(friends("favours", "-n", "1", "--json"))
    assert charles == snapshot(
        {
            "person": {"id": 4, "ref": "charles", "name": "Charles Babbage"},
            "gave": 0,
            "got": 3,
            "last": {
                "on": "2026-04-15",
                "way": "got",
                "text": "introduced you to Mary J. and Mary S.",
            },
            "your_turn": True,
            "seeks": ["a flat in Berlin", "speakers"],
        }
    )


def test_every_favour_of_one_person(friends: Program) -> None:
    said = friends("favours", "charles")
    assert said == snapshot("""\
	15 Apr	got	introduction to Mary Jackson
	14 Apr	got	introduction to Mary Somerville
#3	3 Feb	got	read the first draft
""")
    assert said.err == snapshot("Charles Babbage: you gave 0, got 3.\n")
    friends("edit", "mary-j", "--archive")
    assert "Mary Jackson" not in friends("favours", "charles")


def test_the_page_of_somebody_says_the_balance(friends: Program) -> None:
    assert friends("show", "ada") == snapshot("""\
Ada Lovelace                                                             ada · 1

  last      19 May, you gave: proof-read the engine paper
  met       you know them
  balance   you gave 1, got 1                                kinship favours ada

  19 May      gave            proof-read the engine paper
  18 May      got             lent me the Bernoulli paper
""")
    charles = friends("show", "charles", "--all").splitlines()
    assert [one for one in charles if "knows" not in one][4:] == snapshot(
        [
            "  met       you know them",
            "  keep      monthly; next hello Tue 3 Mar",
            "  balance   you gave 0, got 3                            kinship favours charles",
            "",
            "  looks for a flat in Berlin, speakers             kinship intro --ideas charles",
            "",
            "  15 Apr            got  introduction to Mary Jackson",
            "  14 Apr            got  introduction to Mary Somerville",
            "  3 Feb       #3    got  read the first draft",
        ]
    )
    assert "balance" not in friends("show", "joan")


def _at_terminal(terminal: list[Spawn], *words: str, columns: int) -> str:
    child = typed(*words, columns=columns, KINSHIP_TODAY=TODAY, NO_COLOR="1")
    terminal.append(child)
    said, code = ended(child)
    assert code == 0
    assert all(len(row.rstrip()) <= columns for row in said.splitlines())
    return "\n".join(row.rstrip() for row in said.splitlines())


def test_on_a_terminal(friends: Program, terminal: list[Spawn]) -> None:
    friends(
        "got", "alan", "showed me how a difference engine carries, and drew it", "--on", "today"
    )
    assert _at_terminal(terminal, "favours", columns=80) == snapshot("""\
WHO              GAVE  GOT  LAST                                     WHEN
Charles Babbage     0    3  introduced you to Mary J. and Mary S.    5 weeks ago
  looks for a flat in Berlin, speakers
Alan Turing         0    2  showed me how a difference engine carr…  today
Your turn. What they look for: kinship show charles\
""")
    assert _at_terminal(terminal, "favours", columns=44) == snapshot("""\
WHO              GAVE  GOT  LAST
Charles Babbage     0    3  introduced you …
  looks for a flat in Berlin, speakers
Alan Turing         0    2  showed me how a…
Your turn. What they look for:
kinship show charles\
""")
    assert _at_terminal(terminal, "favours", "--all", columns=120) == snapshot("""\
WHO              GAVE  GOT  LAST                                                    WHEN
Charles Babbage     0    3  introduced you to Mary J. and Mary S.                   5 weeks ago
  looks for a flat in Berlin, speakers
Alan Turing         0    2  showed me how a difference engine carries, and drew it  today
Ada Lovelace        1    1  you: proof-read the engine paper                        yesterday
Your turn. What they look for: kinship show charles\
""")
    assert _at_terminal(terminal, "favours", "charles", columns=44) == snapshot("""\
#   WHEN    WAY  WHAT
    15 Apr  got  introduction to Mary Jacks…
    14 Apr  got  introduction to Mary Somer…
#3  3 Feb   got  read the first draft
Charles Babbage: you gave 0, got 3.\
""")


def test_nothing_is_written_down_yet(kin: Program) -> None:
    assert kin("favours").err == snapshot("""\
Nothing given or got is written down.
  You did something:  kinship gave WHO what it was
  They did something: kinship got WHO what it was
""")
    kin("add", "Ada Lovelace")
    assert kin("favours", "ada").err == snapshot("""\
Nothing given to or got from Ada Lovelace is written down.
  You did something:  kinship gave ada what it was
  They did something: kinship got ada what it was
""")
    kin("gave", "ada", "a lift")
    assert kin("favours").err == snapshot("""\
Nobody gave you more than you gave them.
  Everybody: kinship favours --all
""")


def test_whom_you_only_heard_of_you_know_now(kin: Program) -> None:
    kin("add", "Ada Lovelace", "--heard")
    kin("got", "ada", "answered my question")
    (ada,) = json.loads(kin("list", "--json"))
    assert ada["met_how"] == "known"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("gave", 2, "say who, and what it was. Nothing was written."),
        ("gave ada", 2, "what did you do for them? Nothing was written."),
        ("got ada", 2, "what did they do for you? Nothing was written."),
        ("gave me a rest", 2, "that is you. Say somebody else."),
        ("gave nobody a rest", 3, 'nobody is called "nobody". Nothing was written.'),
        ("gave ada tomorrow: a rest", 2, "tomorrow"),
        ("gave ada a rest --on 2027-01-01", 2, "2027"),
        ("gave ada a rest -f yesterday", 2, "yesterday"),
        ("gave ada \0", 2, "NUL"),
        ("favours nobody", 3, 'nobody is called "nobody".'),
        ("favours me", 2, "that is you."),
    ],
)
def test_what_does_not_go_writes_nothing(kin: Program, words: str, code: int, said: str) -> None:
    kin("add", "Ada Lovelace")
    assert said in kin(*words.split(" "), exit_code=code).err
    assert kin("favours", "--all") == ""
    assert kin("undo") == "Undone: add Ada Lovelace (1 person; just now). Again: kinship redo\n"


def test_a_day_misspelt_is_kept_and_mended(kin: Program) -> None:
    kin("add", "Ada Lovelace")
    said = kin("gave", "ada", "yestreday: lent her the projector")
    assert "Did you mean yesterday? kinship edit '#1' --on" in said


def test_hostile_words_reach_no_terminal(kin: Program) -> None:
    kin("add", "Ada Lovelace")
    said = kin("gave", "ada", "red \x1b[31m alarm\nand a second line")
    assert "\x1b" not in said + kin("favours", "ada") + kin("show", "ada") + kin("favours", "--all")
    assert "and a second line" in said.splitlines()[0]


def test_who_and_what_is_asked_for_in_one(kin: Program) -> None:
    assert kin("gave", exit_code=2).err == snapshot("""\
kinship: say who, and what it was. Nothing was written.
  kinship gave WHO what it was
  kinship help gave
""")
