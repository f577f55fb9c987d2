"""Who knows whom: `knows`, `mutual`, and what other screens say of ties."""

import json
import re
from datetime import date
from pathlib import Path

import pexpect
import pytest
from inline_snapshot import snapshot

import terminals
from conftest import TODAY, Program
from kinship.cli import event_show
from kinship.services import matching
from kinship.services.matching import Idea
from kinship.store import db as store
from kinship.store import people, ties
from terminals import Spawn


@pytest.fixture
def circle(kin: Program) -> Program:
    """Ada, whom Charles introduced; whom they know; two you never met."""
    kin("event", "add", "Tiny Conf 2025", "--from", "2025-06-01", "--until", "2025-06-03")
    at_tiny = ("--at", "tiny", "--on", "2025-06-02")
    kin("add", "Charles Babbage", *at_tiny, "+engines", today="2026-03-03")
    kin("add", "Ada Lovelace", *at_tiny, "--by", "charles", "+compilers", today="2026-03-03")
    kin("add", "Grace Hopper", *at_tiny)
    kin("add", "Mary Somerville", "--met")
    kin("add", "Mary Jackson", "--met")
    kin("add", "Konrad Zuse")
    kin("add", "Emmy Noether", "--online", "knows:ada,charles,mary-s,grace")
    kin("add", "Sophie Germain", "--heard", "--by", "mary-s", "in:RAS")
    kin("edit", "me", "--about", "compilers")
    return kin


def names(found: str) -> list[str]:
    return [one["person"]["name"] for one in json.loads(found)["both"]]


# knows


def test_the_first_knows_the_others(circle: Program) -> None:
    said = circle("knows", "ada", "charles", "mary-s", "--how", "worked on the engine")
    assert said == snapshot("""\
Ada Lovelace knows Mary Somerville: worked on the engine.
Changed: Ada Lovelace knows Charles Babbage: worked on the engine.
You and Ada both know 3 people now: kinship mutual ada
""")
    assert circle("knows", "konrad,grace") == snapshot("""\
Konrad Zuse knows Grace Hopper.
You and Konrad both know 1 person now: kinship mutual konrad
""")
    assert circle("knows", "Konrad Zuse", "Mary Jackson") == snapshot("""\
Konrad Zuse knows Mary Jackson.
You and Konrad both know 2 people now: kinship mutual konrad
""")


def test_noted_twice_is_noted_once_whichever_way(circle: Program) -> None:
    assert circle("knows", "konrad", "grace") == snapshot("""\
Konrad Zuse knows Grace Hopper.
You and Konrad both know 1 person now: kinship mutual konrad
""")
    assert circle("knows", "grace", "konrad") == snapshot(
        """\
Noted already: Grace Hopper knows Konrad Zuse.
Nothing was written.
"""
    )
    assert circle("undo") == snapshot(
        "Undone: knows konrad grace (1 tie; just now). Again: kinship redo\n"
    )
    assert names(circle("mutual", "konrad", "--json")) == []


def test_how_is_said_of_the_first(circle: Program) -> None:
    circle("knows", "ada", "mary-s")
    said = circle("knows", "mary-s", "ada", "--how", "taught her mathematics", "--since", "1834")
    assert said == snapshot(
        "Changed: Mary Somerville knows Ada Lovelace: taught her mathematics; since 1834.\n"
    )
    assert circle("mutual", "ada").splitlines()[2:5] == snapshot(
        [
            "  Mary Somerville    taught her mathematics; since 1834",
            "  Charles Babbage    introduced you",
            "  Emmy Noether       you noted it 20 May",
        ]
    )
    assert circle("mutual", "mary-s").splitlines()[2:4] == snapshot(
        [
            "  Ada Lovelace       Mary: taught her mathematics; since 1834",
            "  Emmy Noether       you noted it 20 May",
        ]
    )
    assert circle("knows", "ada", "mary-s", "--how", "") == snapshot(
        "Changed: Ada Lovelace knows Mary Somerville: since 1834.\n"
    )
    assert circle("knows", "ada", "mary-s", "--since", "") == snapshot(
        "Changed: Ada Lovelace knows Mary Somerville.\n"
    )


def test_knows_for_programs(circle: Program) -> None:
    said = json.loads(circle("knows", "ada", "charles", "konrad", "--since", "2019-05", "--json"))
    assert said == snapshot(
        {
            "person": {"id": 2, "ref": "ada", "name": "Ada Lovelace"},
            "knows": [
                {
                    "id": 1,
                    "ref": "charles",
                    "name": "Charles Babbage",
                    "how": None,
                    "since": "2019-05",
                    "new": False,
                },
                {
                    "id": 6,
                    "ref": "konrad",
                    "name": "Konrad Zuse",
                    "how": None,
                    "since": "2019-05",
                    "new": True,
                },
            ],
            "you_know": [],
            "removed": [],
        }
    )
    mine = json.loads(circle("knows", "me", "sophie", "ada", "--json"))
    assert [(one["name"], one["new"]) for one in mine["you_know"]] == [
        ("Sophie Germain", True),
        ("Ada Lovelace", False),
    ]
    gone = json.loads(circle("knows", "ada", "konrad", "grace", "--not", "--json"))
    assert gone == snapshot(
        {
            "person": {"id": 2, "ref": "ada", "name": "Ada Lovelace"},
            "knows": [],
            "you_know": [],
            "removed": [{"id": 6, "ref": "konrad", "name": "Konrad Zuse"}],
        }
    )


def test_they_do_not_know_each_other(circle: Program) -> None:
    assert circle("knows", "ada", "emmy", "konrad", "--not") == snapshot("""\
Removed: Ada Lovelace knows Emmy Noether. Back: kinship undo
No tie is noted with Konrad Zuse.
""")
    assert circle("knows", "ada", "emmy", "--not", exit_code=3).err == snapshot("""\
kinship: no tie between Ada Lovelace and Emmy Noether is noted. Nothing was removed.
  kinship show ada
""")
    circle("undo")
    assert "Emmy Noether" in names(circle("mutual", "ada", "--json"))


def test_yourself_is_in_no_tie(circle: Program, path: Path) -> None:
    assert circle("knows", "me", "sophie") == snapshot(
        "You know Sophie Germain now: no meeting, no date.\n"
    )
    assert circle("knows", "sophie", "me") == snapshot(
        """\
You know Sophie Germain already.
Nothing was written.
"""
    )
    assert circle("undo") == snapshot(
        "Undone: knows me sophie (1 person; just now). Again: kinship redo\n"
    )
    assert circle("knows", "sophie", "me", "konrad") == snapshot("""\
You know Sophie Germain now: no meeting, no date.
Sophie Germain knows Konrad Zuse.
You and Sophie both know 2 people now: kinship mutual sophie
""")
    said = circle("knows", "me", "ada", "--how", "friends", exit_code=2).err
    assert said == snapshot("""\
kinship: how you know somebody stands on their own page. Nothing was written.
  kinship edit ada --since 2019
""")
    assert circle("knows", "me", "ada", "--not", exit_code=2).err == snapshot("""\
kinship: whom you know yourself is told by no tie. Nothing was removed.
  kinship help knows
""")
    assert circle("knows", "me", "me", exit_code=2).err == snapshot("""\
kinship: that is one person: you. Nothing was written.
  kinship knows WHO WHO
""")
    assert circle("add", "Hedy Lamarr", "knows:me", exit_code=2).err == snapshot("""\
kinship: that is you. Say somebody else.
  kinship show me
""")
    db = store.open_file(str(path))
    assert db.value("SELECT count(*) FROM tie WHERE 0 IN (person_id, other_id)") == 0
    db.close()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["ada", "ada"], 2),
        (["ada"], 2),
        (["me"], 2),
        (["ada", "nobody"], 3),
        (["ada", "mary"], 4),
        (["ada", "charles", "--since", "2030"], 2),
        (["ada", "charles", "--since", "soon"], 2),
        (["ada", "charles", "--not", "--how", "friends"], 2),
        (["--how", "friends"], 2),
        (["--not"], 2),
        (["-"], 2),
        (["ada,grace", "-"], 2),
        (["ada", "-"], 2),
        (["ada", "charles", "--how", "x" * 600], 2),
    ],
)
def test_what_cannot_be_noted_says_why_and_writes_nothing(
    circle: Program, path: Path, words: list[str], code: int
) -> None:
    db = store.open_file(str(path))
    before = db.value("SELECT max(id) FROM change")
    said = circle("knows", *words, exit_code=code).err
    assert said.startswith("kinship: ")
    assert db.value("SELECT max(id) FROM change") == before
    db.close()


def test_it_says_what_is_wrong(circle: Program) -> None:
    assert circle("knows", "ada", "ada", exit_code=2).err == snapshot("""\
kinship: that is one person: Ada Lovelace. Nothing was written.
  kinship knows WHO WHO
""")
    assert circle("knows", "ada", exit_code=2).err == snapshot("""\
kinship: say whom Ada knows. Nothing was written.
  kinship knows ada WHO
""")
    assert circle("knows", "ada", "zebedee", exit_code=3).err == snapshot("""\
kinship: nobody is called "zebedee". Nothing was written.
  kinship list
  kinship add zebedee
""")
    assert circle("knows", "ada", "-", exit_code=2).err == snapshot("""\
kinship: there was nobody on standard input. Nothing was written.
  kinship knows ada - < names.txt
""")


def test_names_from_standard_input(circle: Program) -> None:
    listed = "konrad\n\nMary Jackson\nmary\nGrase Hopper\nKatherine Johnson\nada\nme\n"
    said = circle("knows", "ada", "-", stdin=listed, exit_code=5)
    assert said == snapshot("""\
You know Ada Lovelace already.
Ada Lovelace knows Konrad Zuse and Mary Jackson.
You and Ada both know 4 people now: kinship mutual ada
""")
    assert said.err == snapshot("""\
kinship: 4 lines named nobody for certain; the others are written:
  mary: could be mary-j or mary-s
    kinship knows ada mary-j
  Grase Hopper: did you mean Grace Hopper?
    kinship knows ada grace
  Katherine Johnson: nobody is called so
    kinship add "Katherine Johnson" --heard --by ada
  ada: that is Ada Lovelace too
""")
    assert circle("undo") == snapshot(
        "Undone: knows ada konrad mary-j me (2 ties; just now). Again: kinship redo\n"
    )
    assert circle("knows", "me", "-", stdin="sophie\n") == snapshot(
        "You know Sophie Germain now: no meeting, no date.\n"
    )
    assert circle("knows", "ada", "-", stdin="nobody at all\n", exit_code=5).err == snapshot("""\
kinship: 1 line named nobody for certain. Nothing was written:
  nobody at all: nobody is called so
    kinship add "nobody at all" --heard --by ada
""")


def test_whom_nobody_said_yet(circle: Program) -> None:
    circle("keep", "charles,konrad,mary-j", "monthly")
    circle("log", "konrad", "relays")
    assert circle("knows") == snapshot("""\
6 ties noted. Whom do these people know? Nobody said yet:

  Mary Jackson                                          kinship knows mary-j WHO
  Konrad Zuse                                           kinship knows konrad WHO
""")
    assert circle("knows", columns=44) == snapshot("""\
6 ties noted. Whom do these people know?
Nobody said yet:

  Mary Jackson      kinship knows mary-j WHO
  Konrad Zuse       kinship knows konrad WHO
""")
    assert json.loads(circle("knows", "--json")) == snapshot(
        {
            "ties": 6,
            "without": [
                {"id": 5, "ref": "mary-j", "name": "Mary Jackson"},
                {"id": 6, "ref": "konrad", "name": "Konrad Zuse"},
            ],
        }
    )
    circle("knows", "konrad", "mary-j")
    assert circle("knows") == snapshot("""\
7 ties noted. Everybody you keep in touch with has one.
  Somebody knows somebody?  kinship knows WHO WHO
""")


def test_no_ties_yet(kin: Program) -> None:
    assert kin("knows") == snapshot("""\
No ties are noted yet.
  Somebody knows somebody?  kinship knows WHO WHO
""")
    assert kin("mutual") == snapshot("""\
Nobody you have yet to meet is known to know people you know.
  Heard of somebody?  kinship add NAME --heard --by WHO
  Who knows whom:     kinship knows WHO WHO
""")


# mutual


def test_whoever_you_only_heard_of_was_introduced_by_nobody(kin: Program) -> None:
    kin("add", "Ada Lovelace")
    assert "  told of     by Ada Lovelace\n" in kin("add", "Emmy Noether", "--heard", "--by", "ada")
    kin("event", "add", "Camp", "--from", "tomorrow")
    kin("event", "going", "camp", "ada")
    screens = (("mutual", "emmy"), ("map", "emmy"), ("path", "emmy"), ("event", "show", "camp"))
    told = ["".join(kin(*words)) for words in screens]
    assert [re.findall(r"(?:Ada )?(?:told|introduced) you.*", said) for said in told] == [
        ["told you of them"],
        ["told you of them"],
        ["Ada told you of Emmy"],
        [],
    ]
    kin("log", "emmy", "rings", "--met")
    told = ["".join(kin(*words)) for words in screens]
    assert [re.findall(r"(?:Ada )?(?:told|introduced) you.*", said) for said in told] == [
        ["introduced you"],
        ["introduced you"],
        ["Ada introduced you to Emmy"],
        ["introduced you to Emmy Noether"],
    ]


def test_whom_you_both_know(circle: Program) -> None:
    circle("knows", "mary-s", "ada", "--how", "taught her mathematics", "--since", "1834")
    circle("knows", "ada", "konrad")
    circle("log", "mary-s", "museums")
    assert circle("mutual", "ada") == snapshot("""\
You and Ada Lovelace both know 4 people.

  Mary Somerville    taught her mathematics; since 1834
  Charles Babbage    introduced you
  Konrad Zuse        you noted it 20 May
  and 1 more: kinship mutual ada --all

PERHAPS met at the same event, or in one community
  Grace Hopper       both at Tiny Conf 2025

Also shared: Tiny Conf 2025, compilers

As a tree: kinship map ada
""")
    assert circle("mutual", "ada", "--all", columns=44) == snapshot("""\
You and Ada Lovelace both know 4 people.

  Mary Somerville
    taught her mathematics; since 1834
  Charles Babbage
    introduced you
  Konrad Zuse
    you noted it 20 May
  Emmy Noether
    you noted it 20 May

PERHAPS met at the same event, or in one
community
  Grace Hopper
    both at Tiny Conf 2025

Also shared: Tiny Conf 2025, compilers

As a tree: kinship map ada
""")
    assert circle("mutual", "ada", "--all", columns=120) == snapshot("""\
You and Ada Lovelace both know 4 people.

  Mary Somerville    taught her mathematics; since 1834
  Charles Babbage    introduced you
  Konrad Zuse        you noted it 20 May
  Emmy Noether       you noted it 20 May

PERHAPS met at the same event, or in one community
  Grace Hopper       both at Tiny Conf 2025

Also shared: Tiny Conf 2025, compilers

As a tree: kinship map ada
""")


def test_nobody_knows_both(circle: Program) -> None:
    assert circle("mutual", "mary-j") == snapshot("""\
You know nobody who knows Mary Jackson, as far as I can tell.
  Tell me: kinship knows mary-j WHO
""")
    assert circle("mutual", "mary-j", "konrad") == snapshot("""\
Nobody knows both Mary Jackson and Konrad Zuse, as far as I can tell.
  A way from one to the other: kinship path mary-j konrad
""")
    assert json.loads(circle("mutual", "mary-j", "--json")) == snapshot(
        {
            "person": {"id": 5, "ref": "mary-j", "name": "Mary Jackson"},
            "both": [],
            "perhaps": [],
            "events": [],
            "topics": [],
        }
    )


def test_whom_you_only_heard_of(circle: Program) -> None:
    assert circle("mutual", "sophie") == snapshot("""\
You and Sophie Germain, whom you only heard of, both know 1 person.

  Mary Somerville    told you of them

As a tree: kinship map sophie
""")


def test_whom_two_both_know(circle: Program) -> None:
    circle("knows", "sophie", "charles")
    circle("knows", "ada", "sophie", "--how", "same school")
    assert circle("mutual", "ada", "charles") == snapshot("""\
Ada Lovelace and Charles Babbage both know 2 people.

  Emmy Noether
  Sophie Germain     only heard of; same school (Ada)

As a tree: kinship map ada charles
""")
    assert circle("mutual", "ada", "charles", columns=44) == snapshot("""\
Ada Lovelace and Charles Babbage both know 2
people.

  Emmy Noether
  Sophie Germain
    only heard of; same school (Ada)

As a tree: kinship map ada charles
""")
    assert json.loads(circle("mutual", "ada,charles", "--json")) == snapshot(
        {
            "people": [
                {"id": 2, "ref": "ada", "name": "Ada Lovelace"},
                {"id": 1, "ref": "charles", "name": "Charles Babbage"},
            ],
            "both": [
                {
                    "person": {"id": 7, "ref": "emmy", "name": "Emmy Noether"},
                    "heard_of": False,
                    "how": [None, None],
                    "since": [None, None],
                },
                {
                    "person": {"id": 8, "ref": "sophie", "name": "Sophie Germain"},
                    "heard_of": True,
                    "how": ["same school", None],
                    "since": [None, None],
                },
            ],
        }
    )
    assert circle("mutual", "me", "ada") == circle("mutual", "ada")


def test_the_archived_are_passed_by_and_their_ties_stay(circle: Program) -> None:
    circle("edit", "charles", "--archive")
    assert names(circle("mutual", "ada", "--json")) == ["Emmy Noether"]
    circle("edit", "charles", "--no-archive")
    assert names(circle("mutual", "ada", "--json")) == ["Charles Babbage", "Emmy Noether"]


def test_mutual_for_programs(circle: Program) -> None:
    assert json.loads(circle("mutual", "ada", "--json")) == snapshot(
        {
            "person": {"id": 2, "ref": "ada", "name": "Ada Lovelace"},
            "both": [
                {
                    "person": {"id": 1, "ref": "charles", "name": "Charles Babbage"},
                    "how": None,
                    "since": None,
                    "noted_on": "2026-03-03",
                    "source": "introduced",
                },
                {
                    "person": {"id": 7, "ref": "emmy", "name": "Emmy Noether"},
                    "how": None,
                    "since": None,
                    "noted_on": "2026-05-20",
                    "source": "said",
                },
            ],
            "perhaps": [
                {
                    "person": {"id": 3, "ref": "grace", "name": "Grace Hopper"},
                    "event": "Tiny Conf 2025",
                    "community": None,
                }
            ],
            "events": ["Tiny Conf 2025"],
            "topics": ["compilers"],
        }
    )
    assert circle("mutual", "ada", "--csv") == snapshot("""\
id,ref,name,how,since,source
1,charles,Charles Babbage,,,introduced
7,emmy,Emmy Noether,,,said
""")
    assert circle("mutual", "ada", "--format", "names") == snapshot("""\
charles
emmy
""")


def test_whom_you_never_met_and_knows_most_people_you_know(circle: Program) -> None:
    circle("knows", "sophie", "konrad", "mary-j")
    circle("event", "add", "EuroPython 2026", "--from", "2026-07-13", "--until", "2026-07-19")
    circle("event", "going", "europython", "emmy")
    assert circle("mutual") == snapshot("""\
People you have never met who know the most people you know:

  Emmy Noether      4   Mary, Charles, Ada, Grace       going to EuroPython 2026
  Sophie Germain    3   Mary S., Mary J., Konrad                             RAS

Ask for an introduction: kinship path emmy
""")
    assert circle("mutual", columns=44) == snapshot("""\
People you have never met who know the most
people you know:

  Emmy Noether 4
    Mary, Charles, Ada, Grace
    going to EuroPython 2026
  Sophie Germain 3
    Mary S., Mary J., Konrad
    RAS

Ask for an introduction: kinship path emmy
""")
    assert circle("mutual", columns=120) == snapshot("""\
People you have never met who know the most people you know:

  Emmy Noether      4   Mary, Charles, Ada, Grace                           going to EuroPython 2026
  Sophie Germain    3   Mary S., Mary J., Konrad                                                 RAS

Ask for an introduction: kinship path emmy
""")
    assert circle("mutual", "-n", "1", "--csv") == snapshot("""\
person.id,person.name,going_to
7,Emmy Noether,EuroPython 2026
""")
    assert json.loads(circle("mutual", "--json"))[1] == snapshot(
        {
            "person": {"id": 8, "ref": "sophie", "name": "Sophie Germain"},
            "knows": [
                {"id": 4, "ref": "mary-s", "name": "Mary Somerville"},
                {"id": 5, "ref": "mary-j", "name": "Mary Jackson"},
                {"id": 6, "ref": "konrad", "name": "Konrad Zuse"},
            ],
            "going_to": None,
        }
    )
    circle("log", "emmy", "--met", "rings")
    assert "Emmy" not in circle("mutual")


@pytest.mark.parametrize(
    ("words", "code"),
    [(["me"], 2), (["ada", "ada"], 2), (["ada", "grace", "konrad"], 2), (["zebedee"], 3)],
)
def test_mutual_of_nobody_in_particular(circle: Program, words: list[str], code: int) -> None:
    assert circle("mutual", *words, exit_code=code).err.startswith("kinship: ")


@pytest.mark.parametrize("columns", [40, 44, 68, 80, 120])
def test_a_screen_is_never_wider_than_the_terminal(circle: Program, columns: int) -> None:
    long = "Wolfeschlegelsteinhausenbergerdorff " * 3
    circle("add", long, "--heard", "knows:ada,charles,konrad", "--city", "Llanfairpwllgwyngyll" * 3)
    circle("knows", "ada", "konrad", "--how", "worked on a very long thing together " * 5)
    circle("keep", "mary-j", "monthly")
    circle("edit", "mary-j", "--name", "麦" * 60)
    for words in (["mutual"], ["mutual", "ada"], ["mutual", "ada", "charles"], ["knows"]):
        said = circle(*words, columns=columns)
        assert max(map(len, said.splitlines())) <= columns


def test_hostile_text_stays_text(circle: Program) -> None:
    circle("knows", "ada", "konrad", "--how", "a \x1b[31mred\x1b[0m line\nand another")
    said = circle("mutual", "ada", "konrad")
    assert "\x1b" not in circle("mutual", "ada", "--all") + said


# What other commands make and say of ties


def test_by_makes_a_tie_and_correcting_it_moves_it(circle: Program) -> None:
    assert circle("mutual", "ada").splitlines()[2:4] == snapshot(
        ["  Charles Babbage    introduced you", "  Emmy Noether       you noted it 20 May"]
    )
    circle("edit", "ada", "--by", "grace")
    assert names(circle("mutual", "ada", "--json")) == ["Grace Hopper", "Emmy Noether"]
    circle("undo")
    assert names(circle("mutual", "ada", "--json")) == ["Charles Babbage", "Emmy Noether"]
    circle("edit", "ada", "--by", "")
    assert names(circle("mutual", "ada", "--json")) == ["Emmy Noether"]


def test_a_tie_that_more_was_said_of_outlives_its_introduction(circle: Program) -> None:
    circle("knows", "charles", "ada", "--how", "worked on the engine")
    circle("edit", "ada", "--by", "grace")
    assert "Charles Babbage" in names(circle("mutual", "ada", "--json"))


def test_met_again_through_somebody_else(circle: Program) -> None:
    circle("add", "Ada Lovelace", "--same", "--by", "konrad")
    assert names(circle("mutual", "ada", "--json")) == ["Konrad Zuse", "Emmy Noether"]


def test_add_says_whom_you_both_know(circle: Program) -> None:
    said = circle("add", "Hedy Lamarr", "--met", "--by", "ada", "knows:charles,sophie")
    assert said == snapshot("""\
Added Hedy Lamarr (hedy)
  met         today
  introduced  by Ada Lovelace
  both know   Charles Babbage, Ada Lovelace
  knows       Sophie Germain
""")
    assert circle("add", "Emmy Noether", "--met", "--same") == snapshot("""\
Met Emmy Noether at last, today.
  both know   Mary Somerville, Charles Babbage, 2 more: kinship mutual emmy
""")
    assert circle("add", "Alan Turing", "--met", "--by", "ada") == snapshot("""\
Added Alan Turing (alan)
  met         today
  introduced  by Ada Lovelace
""")
    assert circle("add", "Joan Clarke", "--online", "in:RAS,pyladies") == snapshot("""\
Added Joan Clarke (joan)
  met         online
  member      RAS, pyladies
""")
    circle("community", "join", "RAS", "ada,konrad,emmy")
    assert circle("add", "Alice Ball", "--online", "in:RAS") == snapshot("""\
Added Alice Ball (alice)
  met         online
  member      RAS
  may know    Emmy Noether, Ada Lovelace (RAS)
""")
    assert circle("add", "Lise Meitner", "knows:charles", "--dry-run") == snapshot("""\
Would add Lise Meitner
  knows       Charles Babbage
Nothing was written.
""")


def test_the_loop_says_whom_you_both_know(circle: Program, terminal: list[Spawn]) -> None:
    child = terminals.typed("add", "--met", KINSHIP_TODAY=TODAY)
    terminal.append(child)
    child.expect_exact("1> ")
    child.sendline("Hedy Lamarr knows:ada,charles")
    child.expect_exact("both know Charles Babbage, Ada Lovelace")
    child.sendline("")
    child.expect(pexpect.EOF)


def test_log_offers_the_tie_of_those_met_together(circle: Program) -> None:
    assert circle("log", "ada,konrad", "--met", "lunch") == snapshot("""\
Logged for Ada Lovelace, today in person.
Logged for Konrad Zuse, today in person.
They know each other?  kinship knows ada konrad
""")
    said = circle("log", "ada,konrad,mary-j,charles", "--met", "dinner").splitlines()[-1]
    assert said == snapshot("They know each other?  kinship knows ada konrad,mary-j")
    circle("knows", "ada", "konrad", "mary-j")
    assert "know each other" not in circle("log", "ada,konrad,mary-j", "--met", "lunch")
    assert "know each other" not in circle("log", "grace,konrad", "on the phone")


def test_the_page_of_a_person(circle: Program) -> None:
    circle("knows", "ada", "konrad", "grace", "mary-j", "--how", "choir", "--since", "2019")
    assert [row for row in circle("show", "ada").splitlines() if "knows" in row] == snapshot(
        ["  knows     Charles Babbage, Emmy Noether, Konrad Zuse, Grace Hopper, 1 more"]
    )
    assert json.loads(circle("show", "ada", "--json"))["knows"][:3] == snapshot(
        [
            {"id": 1, "ref": "charles", "name": "Charles Babbage", "how": None, "since": None},
            {"id": 7, "ref": "emmy", "name": "Emmy Noether", "how": None, "since": None},
            {"id": 6, "ref": "konrad", "name": "Konrad Zuse", "how": "choir", "since": "2019"},
        ]
    )


# The pages of events, communities and guests


def idea(db: store.Db, one: int, other: int) -> Idea:
    found = people.by_ids(db, [one, other])
    return Idea(found[one], found[other], "Ada looks for engines; Charles knows about them",
                "engines", seeks=True, doubtful=False)  # fmt: skip


@pytest.fixture
def ideas(monkeypatch: pytest.MonkeyPatch) -> None:
    """One idea, of the first two people it may be of."""

    def ideas(db: store.Db, today: date, *, most: int, among: set[int] | None = None) -> list[Idea]:
        assert among
        assert most
        assert today.isoformat() == TODAY
        return [idea(db, *sorted(among)[:2])]

    monkeypatch.setattr(matching, "ideas", ideas)


def test_who_knows_whom_at_an_event(circle: Program, ideas: None) -> None:
    circle("event", "going", "tiny", "emmy")
    assert circle("event", "show", "tiny").partition("WHO KNOWS")[2] == snapshot("""\
 WHOM THERE
  Emmy Noether       knows Ada Lovelace, Charles Babbage, Grace Hopper
  Charles Babbage    knows Ada Lovelace

WHOM TO INTRODUCE
  Charles Babbage and Ada Lovelace                     kinship intro charles ada
    Ada looks for engines; Charles knows about them
""")
    assert circle("event", "show", "tiny", columns=44).partition("WHO KNOWS")[2] == snapshot("""\
 WHOM THERE
  Emmy Noether
    knows Ada Lovelace, Charles Babbage, Gr…
  Charles Babbage
    knows Ada Lovelace

WHOM TO INTRODUCE
  Charles Babbage and Ada Lovelace
    Ada looks for engines; Charles knows ab…
    kinship intro charles ada
""")
    page = json.loads(circle("event", "show", "tiny", "--json"))
    assert {key: page[key] for key in ("who_knows_whom", "to_introduce")} == snapshot(
        {
            "who_knows_whom": [
                {
                    "person": {"id": 7, "ref": "emmy", "name": "Emmy Noether"},
                    "knows": [
                        {"id": 2, "ref": "ada", "name": "Ada Lovelace"},
                        {"id": 1, "ref": "charles", "name": "Charles Babbage"},
                        {"id": 3, "ref": "grace", "name": "Grace Hopper"},
                    ],
                },
                {
                    "person": {"id": 1, "ref": "charles", "name": "Charles Babbage"},
                    "knows": [{"id": 2, "ref": "ada", "name": "Ada Lovelace"}],
                },
            ],
            "to_introduce": [
                {
                    "people": [
                        {"id": 1, "ref": "charles", "name": "Charles Babbage"},
                        {"id": 2, "ref": "ada", "name": "Ada Lovelace"},
                    ],
                    "reason": "Ada looks for engines; Charles knows about them",
                }
            ],
        }
    )


def test_without_ideas_nobody_is_to_be_introduced(
    circle: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matching, "ideas", lambda *_, **__: [])
    assert "INTRODUCE" not in circle("event", "show", "tiny")


def test_a_crowd_says_where_to_see_who_knows_whom(
    circle: Program, ideas: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = circle("event", "show", "tiny", "--all").partition("WHO KNOWS")[2]
    monkeypatch.setattr(event_show, "_CROWD", 1)
    short = circle("event", "show", "tiny").partition("WHO KNOWS")[2]
    assert short.split(" " * 5)[-1].strip() == "kinship event show tiny --all"
    assert circle("event", "show", "tiny", "--all").partition("WHO KNOWS")[2] == whole


def test_who_knows_whom_in_a_community(circle: Program, ideas: None) -> None:
    circle("community", "join", "RAS", "ada,charles,emmy,konrad")
    assert circle("community", "show", "ras") == snapshot("""\
RAS                                                         community · 5 people

  met in person   2 of 5   ━━━━╌╌╌╌╌╌
  talk to         0 in the last 3 months

MEET AT LAST
  Emmy Noether      knows 4 people you know
  Sophie Germain    knows Mary Somerville
  Konrad Zuse

WHO KNOWS WHOM THERE
  Charles Babbage    knows Ada Lovelace, Emmy Noether
  Ada Lovelace       knows Emmy Noether

WHOM TO INTRODUCE
  Charles Babbage and Ada Lovelace                     kinship intro charles ada
    Ada looks for engines; Charles knows about them
""")
    assert circle("community", "show", "ras", columns=44).partition("WHO KNOWS")[2] == snapshot("""\
 WHOM THERE
  Charles Babbage
    knows Ada Lovelace, Emmy Noether
  Ada Lovelace
    knows Emmy Noether

WHOM TO INTRODUCE
  Charles Babbage and Ada Lovelace
    Ada looks for engines; Charles knows ab…
    kinship intro charles ada
""")
    page = json.loads(circle("community", "show", "ras", "--json"))
    assert {key: page[key] for key in ("who_knows_whom", "to_introduce")} == snapshot(
        {
            "who_knows_whom": [
                {
                    "person": {"id": 1, "ref": "charles", "name": "Charles Babbage"},
                    "knows": [
                        {"id": 2, "ref": "ada", "name": "Ada Lovelace"},
                        {"id": 7, "ref": "emmy", "name": "Emmy Noether"},
                    ],
                },
                {
                    "person": {"id": 2, "ref": "ada", "name": "Ada Lovelace"},
                    "knows": [{"id": 7, "ref": "emmy", "name": "Emmy Noether"}],
                },
            ],
            "to_introduce": [
                {
                    "people": [
                        {"id": 1, "ref": "charles", "name": "Charles Babbage"},
                        {"id": 2, "ref": "ada", "name": "Ada Lovelace"},
                    ],
                    "reason": "Ada looks for engines; Charles knows about them",
                }
            ],
        }
    )


def test_five_of_many_who_know_somebody_there(circle: Program) -> None:
    for n in range(12):
        circle("add", f"Guest {n}", "--new", "--heard")
    everybody = [f"guest-{n}" for n in range(12)]
    circle("event", "going", "tiny", ",".join(everybody))
    for n in range(0, 12, 2):
        circle("knows", everybody[n], everybody[n + 1])
    said = circle("event", "show", "tiny").partition("WHO KNOWS")[2]
    assert said == snapshot("""\
 WHOM THERE
  Charles Babbage    knows Ada Lovelace
  Guest 0            knows Guest 1
  Guest 2            knows Guest 3
  Guest 4            knows Guest 5
  Guest 6            knows Guest 7
  and 2 more: kinship event show tiny --all
""")
    assert circle("event", "show", "tiny", "--all").count(" knows Guest") == 6


def test_guests_of_a_company_where_you_know_somebody(
    circle: Program, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home)
    circle("edit", "grace", "--org", "US Navy")
    circle("edit", "mary-j", "--org", "NASA")
    circle("edit", "sophie", "--org", "Engines")
    (home / "guests.csv").write_text(
        "name,email,company\nEdith Clarke,edith@x.example,Nasa\nJean Bartik,jean@x.example,us navy\n"
        "Kay Antonelli,kay@x.example,Engines\nAda Lovelace,,\nSophie Germain,,\n"
    )
    said = circle("event", "guests", "tiny", "guests.csv", "--dry-run")
    assert said == snapshot("""\
Tiny Conf 2025: 5 people on guests.csv, Sun 1 to Tue 3 Jun 2025

You met 1 person of the list there.

NEW TO YOU on the list, and they know people you know
  Sophie Germain    Engines                 knows Mary Somerville

COLLEAGUES new to you, of a company where you know somebody
  Edith Clarke      Nasa                    works where Mary Jackson does
  Jean Bartik       us navy                 works where Grace Hopper does

Would mark 2 as going. Nothing was written.
3 new to you. Write them down too: kinship event guests tiny guests.csv --add
""")
    page = json.loads(circle("event", "guests", "tiny", "guests.csv", "--dry-run", "--json"))
    assert page["new"] == snapshot(
        [
            {"row": 2, "name": "Edith Clarke", "added": False, "works_with": "Mary Jackson"},
            {"row": 3, "name": "Jean Bartik", "added": False, "works_with": "Grace Hopper"},
            {"row": 4, "name": "Kay Antonelli", "added": False, "works_with": None},
        ]
    )
    assert [(one["name"], one["knows"]) for one in page["known"]] == snapshot(
        [("Ada Lovelace", 2), ("Sophie Germain", 1)]
    )


# In the file


@pytest.mark.parametrize(
    "words",
    [
        ["knows", "ada", "konrad", "grace", "--how", "choir"],
        ["knows", "mary-s", "emmy", "--how", "taught her"],
        ["knows", "emmy", "ada", "charles", "--not"],
        ["knows", "sophie", "me", "konrad"],
        ["edit", "ada", "--by", "grace"],
        ["add", "Hedy Lamarr", "--met", "--by", "ada", "knows:charles,sophie"],
        ["add", "Ada Lovelace", "--same", "--by", "konrad"],
    ],
)
def test_undo_and_redo_bring_every_row_back(circle: Program, path: Path, words: list[str]) -> None:
    def rows() -> list[tuple[object, ...]]:
        db = store.open_file(str(path))
        found = [*db.tuples("SELECT * FROM tie ORDER BY id"),
                 *db.tuples("SELECT * FROM person ORDER BY id")]  # fmt: skip
        db.close()
        return found

    before = rows()
    circle(*words)
    after = rows()
    assert after != before
    circle("undo")
    assert rows() == before
    circle("redo")
    assert rows() == after


def test_merging_two_keeps_one_tie_with_each(circle: Program) -> None:
    circle("add", "Augusta King", "knows:charles,konrad,ada")
    circle("merge", "ada", "augusta", "-y")
    assert names(circle("mutual", "ada", "--json")) == snapshot(
        ["Charles Babbage", "Konrad Zuse", "Emmy Noether"]
    )
    circle("undo")
    assert names(circle("mutual", "augusta", "--json")) == snapshot(
        ["Charles Babbage", "Ada Lovelace", "Konrad Zuse"]
    )


def test_what_was_imported_says_from_where(kin: Program, path: Path) -> None:
    kin("add", "Ada Lovelace", "--met")
    kin("add", "Charles Babbage", "--met")
    db = store.open_file(str(path))
    with db.change("import") as tx:
        tx.run("INSERT INTO import (name, format, day, records, added, changed, skipped)"
               " VALUES ('family.vcf', 'vcard', '2026-03-03', 2, 0, 2, 0)")  # fmt: skip
        ties.add(tx, 1, 2, "2026-03-03", source="import")
        tx.run("UPDATE tie SET import_id = 1")
    db.close()
    assert kin("mutual", "ada").splitlines()[2] == snapshot(
        "  Charles Babbage    from family.vcf, 3 Mar"
    )


def test_who_was_introduced_by_you(kin: Program, path: Path) -> None:
    kin("add", "Ada Lovelace", "--met")
    kin("add", "Charles Babbage", "--met")
    db = store.open_file(str(path))
    with db.change("intro ada charles") as tx:
        ties.add(tx, 1, 2, "2026-03-03", source="introduced")
    db.close()
    assert kin("mutual", "ada").splitlines()[2] == snapshot(
        "  Charles Babbage    you introduced them 3 Mar"
    )


@pytest.mark.parametrize("words", ["mutual ada --all", "show ada --all", "ask tea --all"])
def test_another_kinship_writes_while_a_page_is_read(
    kin: Program, terminal: list[Spawn], words: str
) -> None:
    """The pager writes itself, and would wait for itself if the page held the file."""
    kin("add", "Ada Lovelace")
    others = [f"Person {n:02}" for n in range(30)]
    kin("add", "-", stdin="".join(f"{name} +tea\n" for name in others))
    kin("knows", "ada", "-", stdin="\n".join(others))
    kin("log", "ada", "tea " * 2000)
    pager = f"sh -c '{terminals.program()} note ada tea; cat >/dev/null'"
    child = terminals.typed(*words.split(), KINSHIP_TODAY=TODAY, KINSHIP_PAGER=pager)
    terminal.append(child)
    assert terminals.ended(child) == ("Noted for Ada Lovelace.\n", 0)
