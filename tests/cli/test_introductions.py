"""Introductions: asked for, made, landed or not; what ``due`` asks, and what does not go."""

import json
import re
from pathlib import Path

import pytest
from inline_snapshot import snapshot

from conftest import Program
from kinship.model import names
from kinship.services import introducing
from kinship.store import db as store
from kinship.store import introductions
from terminals import Spawn, ended, typed

LATER = "2026-06-03"


@pytest.fixture
def friends(kin: Program) -> Program:
    for who in ("Ada Lovelace", "Charles Babbage", "Joan Clarke"):
        kin("add", who)
    kin("add", "Hedy Lamarr", "keep:2w")
    return kin


def listed(kin: Program, *words: str) -> list[dict[str, object]]:
    """What programs get of introductions, without numbers and people."""
    return [
        {key: one[key] for key in ("state", "asked_on", "made_on", "closed_on", "due_on", "text")}
        for one in json.loads(kin("intro", *words, "--json"))
    ]


def asked(kin: Program, day: str) -> list[tuple[str, str, str]]:
    """What ``due`` asks about introductions that day."""
    items = json.loads(kin("due", "--json", today=day))["items"]
    return [(i["when"], i["what"], i["command"]) for i in items if i["kind"] == "intro"]


def test_made_asked_about_and_landed(friends: Program) -> None:
    assert friends("intro", "hedy", "joan", "both build radios") == snapshot("""\
Introduced Hedy Lamarr and Joan Clarke.
Logged for Hedy Lamarr, today. Next hello Wed 3 Jun (every 2 weeks).
Logged for Joan Clarke, today.
Did it land? kinship asks Wed 3 Jun; sooner: kinship intro hedy joan --landed
""")
    assert friends("intro", today="2026-05-25").split("\t")[1:] == snapshot(
        ["Hedy Lamarr", "Joan Clarke", "20 May", "Wed 3 Jun", "both build radios\n"]
    )
    assert "20 May      you wrote       introduced to Hedy Lamarr: both build" in friends(
        "show", "joan"
    )
    assert friends("due", today=LATER) == snapshot("""\
Wednesday 3 June                                             0 overdue · 1 today

TODAY
  Hedy Lamarr      Did the intro to Joan Clarke land?     introduced 2 weeks ago
                   And say hello
                   20 May: introduced to Joan Clarke: both build radios
                   no channel known             kinship intro hedy joan --landed

done, snooze, log, open + a name.  Walk through them: kinship due -i
""")
    assert friends("intro", "hedy", "joan", "--landed", today=LATER) == snapshot("""\
Hedy and Joan know each other now.
""")
    assert asked(friends, LATER) == []
    assert listed(friends) == []
    assert listed(friends, "--all") == snapshot(
        [
            {
                "state": "landed",
                "asked_on": None,
                "made_on": "2026-05-20",
                "closed_on": "2026-06-03",
                "due_on": None,
                "text": "both build radios",
            }
        ]
    )
    assert "intros    to Joan Clarke 20 May, landed" in friends("show", "hedy", today=LATER)
    assert "Joan Clarke" in friends("list", "knows:hedy")
    assert "you gave 1, got 0" in friends("show", "joan")
    (hedy,) = json.loads(friends("list", "name:hedy", "--json"))
    assert hedy["last_on"] == "2026-05-20"


def test_both_are_asked_first(friends: Program) -> None:
    assert friends("intro", "ada,charles", "--asking", "engines") == snapshot("""\
You are asking Ada Lovelace and Charles Babbage.
Once both agree: kinship intro ada charles
kinship asks Wed 27 May.
""")
    assert "you wrote" not in friends("show", "ada")
    assert asked(friends, "2026-05-26") == [
        ("coming", "Introduce to Charles Babbage?", "kinship intro ada charles")
    ]
    assert asked(friends, "2026-06-03") == [
        ("overdue", "Introduce to Charles Babbage?", "kinship intro ada charles")
    ]
    assert "asked both 7 days ago" in friends("due", today="2026-05-27")
    assert friends("due", "ada", "--explain", today="2026-05-27") == snapshot("""\
Ada Lovelace  intro: did it land?
  asked both   Wed 20 May
  due          Wed 27 May
  overdue      from Wed 3 Jun
  channel      none known
""")
    friends("intro", "charles", "ada", today="2026-05-28")
    assert "introduced to Ada Lovelace: engines" in friends("show", "charles")
    assert asked(friends, "2026-06-10") == [
        ("coming", "Did the intro to Charles Babbage land?", "kinship intro ada charles --landed")
    ]
    assert listed(friends)[0] == {
        "state": "made",
        "asked_on": "2026-05-20",
        "made_on": "2026-05-28",
        "closed_on": None,
        "due_on": "2026-06-11",
        "text": "engines",
    }


def test_done_takes_it_for_landed_and_says_the_way_back(friends: Program) -> None:
    friends("intro", "hedy", "joan")
    assert friends("done", "hedy", today=LATER) == snapshot("""\
Done: the intro to Joan Clarke landed
It did not? kinship undo, then kinship intro hedy joan --not
Logged for Hedy Lamarr, today. Next hello Wed 17 Jun (every 2 weeks).
""")
    assert "Joan Clarke" in friends("list", "knows:hedy")
    friends("undo")
    assert friends("list", "knows:hedy") == ""
    assert friends("intro", "hedy", "joan", "--not", today=LATER) == snapshot("""\
The introduction of Hedy and Joan did not land.
""")
    assert friends("list", "knows:hedy") == ""
    assert "gave" not in friends("show", "hedy")


def test_done_says_that_what_was_asked_for_is_made(friends: Program) -> None:
    friends("intro", "ada", "charles", "--asking")
    assert "Done: introduced to Charles Babbage\n" in friends("done", "ada", today="2026-05-27")
    assert [one["due_on"] for one in listed(friends)] == ["2026-06-10"]


def test_dropped_snoozed_and_left_alone(friends: Program) -> None:
    friends("intro", "hedy", "joan")
    friends("snooze", "hedy", "2026-06-12", "--only", "intro", today=LATER)
    assert asked(friends, "2026-06-11")[0][0] == "coming"
    assert asked(friends, "2026-06-12")[0][0] == "today"
    assert asked(friends, "2026-06-13")[0][0] == "overdue"
    friends("undo")
    said = friends("done", "hedy", "--drop", "--only", "joan", today=LATER)
    assert said == "Dropped: the intro to Joan Clarke\n"
    assert listed(friends, "--all")[0]["state"] == "not"
    friends("undo")
    assert asked(friends, "2026-06-09")[0][0] == "today"
    assert asked(friends, "2026-06-10")[0][0] == "overdue"
    assert asked(friends, "2026-07-19")[0][0] == "overdue"
    assert asked(friends, "2026-07-20") == []
    assert "no more" in friends("intro", today="2026-07-20")
    assert "Introductions" not in friends(today="2026-07-20")
    friends("edit", "joan", "--archive")
    assert asked(friends, LATER) == []
    assert friends("intro") == ""


_LISTED = {
    44: """\
#   WHO           AND WHOM     STANDS
#4  Ada Lovelace  Charles Ba…  asked 20 May
#1  Hedy Lamarr   Joan Clarke  20 May
#5  Ada Lovelace  Joan Clarke  20 May, land…
3 introductions""",
    80: """\
#   WHO           AND WHOM         STANDS          ASKS        TEXT
#4  Ada Lovelace  Charles Babbage  asked 20 May    Wed 27 May
#1  Hedy Lamarr   Joan Clarke      20 May          Wed 3 Jun   both build radios
#5  Ada Lovelace  Joan Clarke      20 May, landed
3 introductions""",
    120: """\
#   WHO           AND WHOM         STANDS          ASKS        TEXT
#4  Ada Lovelace  Charles Babbage  asked 20 May    Wed 27 May
#1  Hedy Lamarr   Joan Clarke      20 May          Wed 3 Jun   both build radios
#5  Ada Lovelace  Joan Clarke      20 May, landed
3 introductions""",
}


@pytest.mark.parametrize("columns", _LISTED)
def test_the_list_on_a_terminal(friends: Program, terminal: list[Spawn], columns: int) -> None:
    friends("intro", "hedy", "joan", "both build radios")
    friends("intro", "ada", "charles", "--asking")
    friends("intro", "ada", "joan")
    friends("intro", "ada", "joan", "--landed")
    child = typed("intro", "--all", columns=columns, KINSHIP_TODAY="2026-05-27", NO_COLOR="1")
    terminal.append(child)
    said, _ = ended(child)
    shown = "\n".join(row.rstrip() for row in said.splitlines())
    assert shown == _LISTED[columns]


def test_the_first_screen_says_what_is_open(friends: Program) -> None:
    friends("intro", "hedy", "joan")
    friends("intro", "ada", "charles", "--asking")
    assert (
        "  Introductions    2 open: Ada and Charles, Hedy and Joan          kinship intro"
        in friends().splitlines()
    )
    friends("intro", "ada", "joan", "--asking")
    assert "3 open: Ada and Charles, Ada and Joan, 1 more" in friends()


def test_a_number_names_the_two(friends: Program) -> None:
    friends("intro", "hedy", "joan")
    number = json.loads(friends("intro", "--json"))[0]["number"]
    assert friends("intro", f"#{number}").startswith(f"#{number}\tHedy Lamarr\tJoan Clarke\t")
    friends("intro", f"#{number}", "--landed", "--on", "yesterday", exit_code=2)
    assert friends("intro", f"#{number}", "--landed") == "Hedy and Joan know each other now.\n"
    assert "landed on 20 May already" in friends("intro", f"#{number}", "--not", exit_code=3).err


def test_all_of_one_person(friends: Program) -> None:
    assert friends("intro", "ada").err == snapshot("""\
You introduced Ada Lovelace to nobody yet.
  Introduce two people: kinship intro ada WHO
""")
    friends("intro", "hedy", "ada", "--on", "2026-03-03")
    friends("intro", "hedy", "ada", "--not", "--on", "2026-04-01")
    said = friends("intro", "ada", "joan", "--on", "2026-01-01")
    assert "Did it land? kinship intro ada joan --landed" in said
    assert re.findall("(?m)^#[0-9]+\t(.*)\t.*\t$", friends("intro", "ada")) == snapshot(
        ["Ada Lovelace\tJoan Clarke\t1 Jan", "Hedy Lamarr\tAda Lovelace\t3 Mar, did not land"]
    )
    assert "no more" in friends("intro")


def test_they_know_each_other_already(friends: Program) -> None:
    friends("edit", "ada", "--city", "London")
    friends("intro", "ada", "charles")
    friends("intro", "ada", "charles", "--landed")
    said = friends("intro", "charles", "ada", "a second try")
    assert "They know each other already: you introduced them 20 May." in said
    assert friends("intro", "ada", "charles", "--landed") == snapshot("""\
The introduction of Ada and Charles landed; that they know each other was noted.
""")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("ada ada", 2, "that is one person: Ada Lovelace. Nothing was written."),
        ("ada,ada", 2, "that is one person: Ada Lovelace. Nothing was written."),
        ("ada me", 2, "that is you. An introduction is of two others. Nothing was written."),
        ("me ada", 2, "kinship path ada"),
        ("me", 2, "that is you."),
        ("ada,charles,joan", 2, "an introduction is of two people, and not of 3."),
        ("ada --landed", 2, "an introduction is of two people, and not of 1."),
        ("--landed", 2, "say which two people. Nothing was written."),
        ("ada nobody", 3, 'nobody is called "nobody". Nothing was written.'),
        ("nobody", 3, 'nobody is called "nobody".'),
        ("ada charles --landed", 3, "no introduction of Ada Lovelace and Charles Babbage"),
        ("ada charles --not", 3, "Nothing was written."),
        ("ada charles --landed --not", 2, "say one of"),
        ("ada charles --asking --landed", 2, "say one of"),
        ("--ideas --asking", 2, "say one of"),
        ("--ideas nobody", 3, 'nobody is called "nobody".'),
        ("hedy joan", 5, "you introduced them on 20 May. Nothing was written."),
        ("joan hedy again", 5, "kinship intro joan hedy --landed"),
        ("joan hedy --asking", 5, "you introduced them on 20 May."),
        ("hedy joan --landed well", 2, "--landed takes two people and no text."),
        ("hedy joan --landed --on 2026-05-19", 2, "you introduced them on 20 May, which is later."),
        ("hedy joan --not --on mon", 2, "kinship intro hedy joan --not --on 2026-05-20"),
        ("ada charles --on tomorrow", 2, "tomorrow"),
        ("#99 --landed", 3, "#99 is no introduction. Nothing was written."),
        ("#1 --landed", 3, "kinship intro --all"),
    ],
)
def test_what_does_not_go_writes_nothing(
    friends: Program, words: str, code: int, said: str
) -> None:
    friends("note", "ada", "likes horses")
    friends("intro", "hedy", "joan")
    before = listed(friends, "--all")
    assert said in friends("intro", *words.split(), exit_code=code).err
    assert listed(friends, "--all") == before
    assert friends("undo").startswith("Undone: intro hedy joan (")


def test_the_longest_text_fits_behind_the_longest_name(kin: Program) -> None:
    kin("add", "Ada Lovelace")
    kin("add", "B" * names.NAME_LIMIT)
    text = "x" * introducing.LONGEST
    assert "fit" in kin("intro", "ada", "B" * names.NAME_LIMIT, text + "x", exit_code=2).err
    kin("intro", "ada", "B" * names.NAME_LIMIT, text)
    assert listed(kin)[0]["text"] == text


def test_no_introductions_yet(kin: Program) -> None:
    assert kin("intro").err == snapshot("""\
No open introductions.
  Introduce two people: kinship intro WHO WHO
  Who might like to?    kinship intro --ideas
""")


def test_in_practice_the_way_back_is_in_practice(kin: Program) -> None:
    people = json.loads(kin("--demo", "list", "-n", "2", "--json"))
    one, other = (person["ref"] for person in people)
    kin("--demo", "intro", one, other, exit_code=None)
    said = kin("--demo", "done", one, "--only", "intro", today="2026-07-01", exit_code=None)
    assert f"kinship --demo intro {one} {other} --not" in said


def test_a_key_says_that_it_did_not_land(friends: Program, terminal: list[Spawn]) -> None:
    friends("intro", "hedy", "joan")
    friends("keep", "hedy", "off")
    child = typed("due", "-i", KINSHIP_TODAY=LATER)
    terminal.append(child)
    child.expect_exact("[d]one: landed  ")
    child.expect_exact("did not land  ")
    child.expect_exact("> ")
    child.send("x")
    said, code = ended(child)
    assert code == 0
    assert "The introduction of Hedy Lamarr and Joan Clarke did not land." in said
    assert "1 did not land" in said
    assert listed(friends, "--all")[0]["state"] == "not"
    assert friends("undo").startswith("Undone: intro hedy --not (")


def test_why_they_know_each_other_already(friends: Program) -> None:
    friends("add", "Sophie Germain", "--by", "ada")
    assert "They know each other already: Ada introduced you to Sophie.\n" in (
        friends("intro", "ada", "sophie")
    )


def test_rows_for_programs_name_the_two(friends: Program) -> None:
    friends("intro", "hedy", "joan", "both build radios")
    assert friends("intro", "--csv") == snapshot("""\
number,people,state,asked_on,made_on,closed_on,due_on,text
1,Hedy Lamarr; Joan Clarke,made,,2026-05-20,,2026-06-03,both build radios
""")
    assert friends("intro", "--format", "{people}: {state}") == snapshot(
        "Hedy Lamarr; Joan Clarke: made\n"
    )


def test_one_of_the_last_day_there_is_can_be_listed_and_closed(
    friends: Program, path: Path
) -> None:
    """A file of somebody else may say such a day."""
    db = store.open_file(str(path))
    with db.change("introductions") as tx:
        number = introductions.add(tx, 1, 2, state="made", made_on="9999-12-31")
    db.close()
    assert "Fri 31 Dec 9999" in friends("intro")
    assert "nothing due" in friends("due")
    friends("rm", f"#{number}")
    assert friends("intro") == ""


def test_the_next_thing_ends_as_a_question(friends: Program) -> None:
    friends("keep", "hedy", "off")
    friends("intro", "ada", "charles", "--asking")
    assert friends("due").splitlines()[-1] == (
        "Next is Ada Lovelace, in 7 days: introduce to Charles Babbage?"
    )
