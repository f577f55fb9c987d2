"""Rallies: a call for help, who was asked, what was pledged and kept, and thanks."""

import json
import re

import pytest
from inline_snapshot import snapshot

import terminals
from conftest import TODAY, Program
from kinship.render.width import cells
from terminals import Spawn

FUND = ("rally", "start", "A new roof", "--goal", "500 EUR")


@pytest.fixture
def friends(kin: Program) -> Program:
    """Joan, who needs help, and those who may give it; Mary and Hedy were talked with."""
    day = "2026-05-10"
    kin("add", "Joan Clarke", "--via", "email:joan@bletchley.example", today=day)
    kin("add", "Mary Somerville", today=day)
    kin("add", "Mary Jackson", today=day)
    kin("add", "Hedy Lamarr", "--via", "email:hedy@hop.example", today=day)
    kin("add", "Katherine Johnson", today=day)
    kin("add", "Charles Babbage", "--via", "email:cb@engine.example", today=day)
    kin("community", "join", "PyLadies", "joan", "hedy", "mary-s", today=day)
    kin("log", "hedy,mary-s", "a long talk", today=day)
    return kin


@pytest.fixture
def rally(friends: Program) -> Program:
    """The rally of the design: two pledges kept, one of your own open, one cannot, one silent."""
    first = "2026-05-17"
    friends(
        *("rally", "start", "Childcare for Joan in June"),
        *("--for", "joan", "--about", "childcare", "--until", "1 jun"),
        today=first,
    )
    friends("rally", "ask", "mary-s,hedy", "katherine", today=first)
    friends("rally", "ask", "charles", today="2026-05-18")
    friends("rally", "pledge", "mary-s", "Tuesdays", today="2026-05-18")
    friends("rally", "pledge", "hedy", "a spare cot", today="2026-05-18")
    friends("rally", "pledge", "me", "1 June, 9 to 12", today="2026-05-18")
    friends("rally", "cannot", "katherine", today="2026-05-18")
    friends("rally", "kept", "mary-s", today="2026-05-19")
    friends("rally", "kept", "hedy", today="2026-05-19")
    friends("rally", "thanked", "katherine", today="2026-05-19")
    return friends


def content(kin: Program) -> str:
    """What the screens tell of everybody, for programs."""
    return "\n".join(
        json.dumps(json.loads(kin(*words)), sort_keys=True)
        for words in (
            ("rally", "--all", "--json"),
            *(("show", who, "--json") for who in ("hedy", "joan", "charles", "mary-s", "me")),
        )
    )


# The screens


def test_nobody_called_for_help_yet(kin: Program) -> None:
    assert kin("rally") == snapshot("""\
No rally is open.
  Call for help:  kinship rally start "what you need"
""")
    assert kin("rally", "--json") == "[]\n"


def test_beginning_one_says_whom_to_ask_first(friends: Program) -> None:
    said = friends(
        *("rally", "start", "Childcare for Joan in June"),
        *("--for", "joan", "--about", "childcare", "--until", "1 jun"),
    )
    assert said == snapshot("""\
Rally 1: Childcare for Joan in June, for Joan Clarke, by Mon 1 Jun (in 12 days).

ASK FIRST
  Hedy Lamarr       in PyLadies too; talked 10 days ago
  Mary Somerville   in PyLadies too; talked 10 days ago

Asked them? kinship rally ask hedy,mary-s
""")


def test_beginning_one_when_there_is_nobody_to_suggest(kin: Program) -> None:
    assert kin("rally", "start", "A new roof", "--goal", "500 EUR") == snapshot("""\
Rally 1: A new roof, for you, goal 500.00 EUR.
Asked somebody? kinship rally ask WHO,WHO
Your file is ~/.local/share/kinship/kinship.db
""")


def test_asking(friends: Program) -> None:
    friends("rally", "start", "A new roof")
    assert friends("rally", "ask", "mary-s,hedy", "charles") == snapshot("""\
Asked Mary Somerville, Hedy Lamarr and Charles Babbage: A new roof (rally 1).
Logged for Mary Somerville, today.
Logged for Hedy Lamarr, today.
Logged for Charles Babbage, today.
No answer by Sat 23 May? It comes up in due.
""")
    assert friends("rally", "ask", "hedy,katherine", "--on", "mon") == snapshot("""\
Asked Katherine Johnson: A new roof (rally 1).
Logged for Katherine Johnson, Mon 18 May.
No answer by Thu 21 May? It comes up in due.
Hedy Lamarr was asked on 20 May already.
""")
    assert friends("rally", "ask", "hedy") == snapshot(
        "Hedy Lamarr was asked on 20 May already. Nothing was written.\n"
    )


def test_the_rally_of_the_design(rally: Program) -> None:
    assert rally("rally") == snapshot("""\
Childcare for Joan in June              rally 1 · for Joan Clarke · by Mon 1 Jun

  Mary Somerville    asked Sun 17 May  pledged: Tuesdays         kept
  Hedy Lamarr        asked Sun 17 May  pledged: a spare cot      kept
  me                                   pledged: 1 June, 9 to 12  in 12 days
  Katherine Johnson  asked Sun 17 May  cannot this time          thanked
  Charles Babbage    asked Mon 18 May  no answer yet

asked 4 · answered 3 · pledged 3 · kept 2
Heard back? kinship rally pledge charles what they offer
""")
    assert (
        rally("rally", columns=120)
        == rally("calls", columns=120)
        == snapshot("""\
Childcare for Joan in June                                  rally 1 · for Joan Clarke · by Mon 1 Jun

  Mary Somerville    asked Sun 17 May  pledged: Tuesdays         kept
  Hedy Lamarr        asked Sun 17 May  pledged: a spare cot      kept
  me                                   pledged: 1 June, 9 to 12  in 12 days
  Katherine Johnson  asked Sun 17 May  cannot this time          thanked
  Charles Babbage    asked Mon 18 May  no answer yet

asked 4 · answered 3 · pledged 3 · kept 2
Heard back? kinship rally pledge charles what they offer
""")
    )
    assert rally("rally", columns=44) == snapshot("""\
Childcare for Joan in June
rally 1 · for Joan Clarke · by Mon 1 Jun

  Mary Somerville
    asked Sun 17 May
    pledged: Tuesdays · kept
  Hedy Lamarr
    asked Sun 17 May
    pledged: a spare cot · kept
  me
    pledged: 1 June, 9 to 12 · in 12 days
  Katherine Johnson
    asked Sun 17 May
    cannot this time · thanked
  Charles Babbage
    asked Mon 18 May
    no answer yet

asked 4 · answered 3 · pledged 3 · kept 2
Heard back?
kinship rally pledge charles what they offer
""")


def test_all_of_one(rally: Program) -> None:
    rally("log", "joan", "tea")
    assert rally("rally", "show", "1") == snapshot("""\
Childcare for Joan in June              rally 1 · for Joan Clarke · by Mon 1 Jun
  about   childcare
  began   Sun 17 May

  Mary Somerville    asked Sun 17 May  pledged: Tuesdays         kept
  Hedy Lamarr        asked Sun 17 May  pledged: a spare cot      kept
  me                                   pledged: 1 June, 9 to 12  in 12 days
  Katherine Johnson  asked Sun 17 May  cannot this time          thanked
  Charles Babbage    asked Mon 18 May  no answer yet

asked 4 · answered 3 · pledged 3 · kept 2
Heard back? kinship rally pledge charles what they offer
""")
    assert rally("rally", "show") == rally("rally", "show", "#1")
    assert rally("rally", "show", columns=44) == snapshot("""\
Childcare for Joan in June
rally 1 · for Joan Clarke · by Mon 1 Jun
  about   childcare
  began   Sun 17 May

  Mary Somerville
    asked Sun 17 May
    pledged: Tuesdays · kept
  Hedy Lamarr
    asked Sun 17 May
    pledged: a spare cot · kept
  me
    pledged: 1 June, 9 to 12 · in 12 days
  Katherine Johnson
    asked Sun 17 May
    cannot this time · thanked
  Charles Babbage
    asked Mon 18 May
    no answer yet

asked 4 · answered 3 · pledged 3 · kept 2
Heard back?
kinship rally pledge charles what they offer
""")


def test_all_of_one_cuts_nothing(rally: Program) -> None:
    rally(
        "rally", "pledge", "charles", "the school run, and a story every evening until they sleep"
    )
    assert "until they sleep" not in rally("rally")
    said = rally("rally", "show")
    assert "\n".join(said.splitlines()[4:10]) == snapshot("""\
  Mary Somerville    asked Sun 17 May  pledged: Tuesdays              kept
  Hedy Lamarr        asked Sun 17 May  pledged: a spare cot           kept
  Charles Babbage    asked Mon 18 May  pledged: the school run, and   in 12 days
                                       a story every evening until
                                       they sleep
  me                                   pledged: 1 June, 9 to 12       in 12 days\
""")
    rally("add", "Wolfeschlegelsteinhausenbergerdorff " * 2)
    rally("rally", "pledge", "wolfe", "a chair")
    assert "  " + " ".join(["Wolfeschlegelsteinhausenbergerdorff"] * 2) in rally("rally", "show")


def test_while_nobody_was_asked_the_page_says_whom_to_ask_first(friends: Program) -> None:
    friends("rally", "start", "A new roof")
    assert "\nASK FIRST\n  Hedy Lamarr " in friends("rally", "show")
    friends("rally", "ask", "hedy")
    assert "\nASK TOO\n  Mary Somerville " in friends("rally", "show")
    friends("rally", "start", "Moving day")
    said = friends("rally", "show", "1")
    assert said.endswith("Asked them? kinship rally ask mary-s --rally 1\n")
    friends("rally", "close", "1")
    assert "ASK" not in friends("rally", "show", "1")


def test_a_long_call_is_read_whole(friends: Program) -> None:
    friends("rally", "start", "Help with the roof, " * 6 + "and the door", "--until", "1 jun")
    assert "and the door" not in friends("rally")
    for columns in (44, 80, 120):
        said = friends("rally", "show", columns=columns)
        assert "and the door" in " ".join(said.split())
        assert max(map(len, said.splitlines())) <= columns


def test_once_its_last_day_is_past_it_asks_whether_it_is_over(rally: Program) -> None:
    rally("rally", "pledge", "charles", "school run")
    said = rally("rally", today="2026-06-03")
    assert "until Mon 1 Jun" in said
    assert "2 days late" in said
    assert re.search(r"school run +kept\?", said)
    assert said.endswith(
        "Over? kinship rally close 1\nNot yet? kinship rally edit 1 --until DATE\n"
    )


def test_money(friends: Program) -> None:
    friends(*FUND, "--url", "https://fund.example/roof")
    assert friends("rally", "pledge", "hedy", "150 EUR") == snapshot("""\
Hedy Lamarr pledged: 150 EUR.
Logged for Hedy Lamarr, today.
A new roof: 0 of 1 pledge kept.
EUR   kept 0.00 of 150.00 pledged   ╌╌╌╌╌╌╌╌╌╌   goal 500.00
Done? kinship rally kept hedy
""")
    friends("rally", "pledge", "mary-s", "250 EUR for the gutters")
    friends("rally", "pledge", "charles", "1,200 USD", "--until", "fri")
    assert friends("rally", "kept", "hedy") == snapshot("""\
Hedy Lamarr kept it: 150 EUR.
A new roof: 1 of 3 pledges kept.
EUR   kept 150.00 of   400.00 pledged   ━━━╌╌╌╌╌╌╌   goal 500.00
USD   kept   0.00 of 1,200.00 pledged   ╌╌╌╌╌╌╌╌╌╌
Thanked? kinship rally thanked hedy
""")
    assert friends("rally", "show") == snapshot("""\
A new roof                                                     rally 1 · for you
  link    https://fund.example/roof
  began   Wed 20 May

  Hedy Lamarr      pledged: 150 EUR                  kept
  Mary Somerville  pledged: 250 EUR for the gutters  open
  Charles Babbage  pledged: 1,200 USD                in 2 days

came forward 3 · pledged 3 · kept 1
EUR   kept 150.00 of   400.00 pledged   ━━━╌╌╌╌╌╌╌   goal 500.00
USD   kept   0.00 of 1,200.00 pledged   ╌╌╌╌╌╌╌╌╌╌
""")
    assert json.loads(friends("rally", "show", "--json"))["money"] == snapshot(
        [
            {"currency": "EUR", "pledged": "400.00", "kept": "150.00", "goal": "500.00"},
            {"currency": "USD", "pledged": "1200.00", "kept": "0.00", "goal": None},
        ]
    )
    friends("rally", "pledge", "katherine", "400 EUR")
    friends("rally", "kept", "katherine")
    friends("rally", "kept", "mary-s")
    assert "EUR   kept 800.00 of" in friends("rally", columns=120)


def test_more_than_three_are_a_line_each(rally: Program) -> None:
    for text in ("A new roof", "Moving day", "A talk"):
        rally("rally", "start", text)
    assert rally("rally") == snapshot("""\
OPEN RALLIES
  A talk                      nobody asked yet        rally 4
  Moving day                  nobody asked yet        rally 3
  A new roof                  nobody asked yet        rally 2
  Childcare for Joan in June  2 of 3 pledges kept     rally 1 · by Mon 1 Jun

One of them: kinship rally show 4
""")
    assert rally("rally", columns=44) == snapshot("""\
OPEN RALLIES
  A talk
    nobody asked yet
    rally 4
  Moving day
    nobody asked yet
    rally 3
  A new roof
    nobody asked yet
    rally 2
  Childcare for Joan in June
    2 of 3 pledges kept
    rally 1 · by Mon 1 Jun

One of them: kinship rally show 4
""")


def test_two_are_shown_whole(rally: Program) -> None:
    rally(*FUND)
    assert rally("rally").count("rally 1 ·") == 1
    assert rally("rally").startswith("A new roof")


def test_pledging_says_what_was_understood(friends: Program) -> None:
    friends("rally", "start", "Childcare", "--for", "joan", "--until", "1 jun")
    assert friends("rally", "pledge", "hedy", "a", "spare", "cot") == snapshot("""\
Hedy Lamarr pledged: a spare cot, by Mon 1 Jun.
Logged for Hedy Lamarr, today.
Childcare: 0 of 1 pledge kept.
Done? kinship rally kept hedy
""")
    assert friends("rally", "pledge", "me", "1 June, 9 to 12", "--until", "fri") == snapshot("""\
You pledged: 1 June, 9 to 12, by Fri 22 May.
Childcare: 0 of 2 pledges kept.
Done? kinship rally kept me
""")
    assert friends("rally", "pledge", "mary-j", "50 eur") == snapshot("""\
Mary Jackson pledged: 50 eur, by Mon 1 Jun.
Logged for Mary Jackson, today.
Childcare: 0 of 3 pledges kept.
EUR   kept 0.00 of 50.00 pledged   ╌╌╌╌╌╌╌╌╌╌
Done? kinship rally kept mary-j
""")


def test_what_is_said_of_it_can_be_changed(rally: Program) -> None:
    assert rally("rally", "edit", "--text", "Childcare for Joan", "--until", "14 jun") == snapshot("""\
Changed rally 1: Childcare for Joan (was "Childcare for Joan in June"), for Joan Clarke, by Sun 14 Jun (in 25 days).
All of it: kinship rally show 1
""")
    assert rally("rally", "edit", "1", "--goal", "300 EUR", "--about", "toddlers") == snapshot("""\
Changed rally 1: Childcare for Joan, for Joan Clarke, by Sun 14 Jun (in 25 days), goal 300.00 EUR, about toddlers.
All of it: kinship rally show 1
""")
    assert rally("rally", "edit", "--url", "https://fund.example", "--for", "mary-j") == snapshot("""\
Changed rally 1: Childcare for Joan, for Mary Jackson, by Sun 14 Jun (in 25 days), goal 300.00 EUR, https://fund.example.
All of it: kinship rally show 1
""")
    shown = json.loads(rally("rally", "show", "--json"))
    assert (shown["text"], shown["about"], shown["until_on"], shown["for"]["name"]) == (
        *("Childcare for Joan", "toddlers", "2026-06-14"),
        "Mary Jackson",
    )
    assert rally("rally", "edit", "--until", "", "--goal", "", "--about", "", "--url", "") == (
        snapshot("""\
Changed rally 1: Childcare for Joan, for Mary Jackson.
All of it: kinship rally show 1
""")
    )
    emptied = json.loads(rally("rally", "show", "--json"))
    assert [emptied[key] for key in ("until_on", "goal", "currency", "about", "url")] == [None] * 5
    assert emptied["people"] == shown["people"]


def test_whoever_was_asked_was_asked_once_under_whatever_name(rally: Program) -> None:
    before = rally("show", "charles").partition("reach")[2]
    assert before.count("asked: ") == 1
    rally("rally", "edit", "--text", "Childcare for Joan")
    assert rally("show", "charles").partition("reach")[2] == before


def test_a_new_last_day_moves_what_was_pledged_for_it(rally: Program) -> None:
    assert "1 June, 9 to 12" in rally("due", today="2026-06-01")
    rally("rally", "edit", "--until", "1 jul")
    assert "1 June, 9 to 12" not in rally("due", today="2026-06-01")
    assert "1 June, 9 to 12" in rally("due", today="2026-07-01")


def test_of_a_closed_one_the_text_can_be_mended_too(rally: Program) -> None:
    rally("rally", "close")
    rally("rally", "start", "A new roof")
    rally("rally", "edit", "1", "--text", "a new ROOF")
    assert "a new ROOF" in rally("rally", "show", "1")
    assert "A new roof" in rally("rally")


def test_keeping(friends: Program) -> None:
    friends("rally", "start", "Childcare", "--for", "joan")
    friends("rally", "pledge", "hedy", "a spare cot")
    friends("rally", "pledge", "hedy", "a spare bed")
    friends("rally", "pledge", "me", "Mondays")
    assert friends("rally", "kept", "hedy", exit_code=4).err == snapshot("""\
kinship: Hedy Lamarr pledged several things that are open. Nothing was written. Say which:
  kinship rally kept hedy "a spare cot"
  kinship rally kept hedy "a spare bed"
""")
    assert friends("rally", "kept", "hedy", "chair", exit_code=3).err == snapshot("""\
kinship: nothing that Hedy Lamarr pledged says "chair". Nothing was written.
  kinship rally kept hedy "a spare cot"
  kinship rally kept hedy "a spare bed"
""")
    assert friends("rally", "kept", "hedy", "cot") == snapshot("""\
Hedy Lamarr kept it: a spare cot.
Childcare: 1 of 3 pledges kept.
Thanked? kinship rally thanked hedy
""")
    assert friends("rally", "kept", "me") == snapshot("""\
You kept it: Mondays.
Childcare: 2 of 3 pledges kept.
""")
    assert friends("rally", "kept", "me", exit_code=3).err == snapshot("""\
kinship: you kept "Mondays" already. Nothing was written.
  kinship rally show 1
""")
    assert friends("rally", "kept", "charles", exit_code=3).err == snapshot("""\
kinship: Charles Babbage pledged nothing in "Childcare" (rally 1). Nothing was written.
  kinship rally pledge charles TEXT
""")


def test_not_this_time(friends: Program) -> None:
    friends("rally", "start", "Childcare", "--for", "joan")
    friends("rally", "pledge", "hedy", "a spare cot")
    assert friends("rally", "cannot", "hedy") == snapshot("""\
Hedy Lamarr cannot this time: Childcare.
Dropped: a spare cot
Logged for Hedy Lamarr, today.
""")
    assert friends("rally", "cannot", "hedy") == snapshot(
        "Hedy Lamarr said so already. Nothing was written.\n"
    )
    assert friends("rally") == snapshot("""\
Childcare                                              rally 1 · for Joan Clarke

  Hedy Lamarr  cannot this time
               pledged: a spare cot  dropped

pledged 0 · kept 0
""")


def test_thanking(rally: Program) -> None:
    assert rally("rally", "thanked", "hedy,katherine", "the cot was a joy") == snapshot("""\
Thanked Hedy Lamarr: the cot was a joy.
Logged for Hedy Lamarr, today.
Katherine Johnson was thanked already.
""")
    assert rally("rally", "thanked", "hedy") == snapshot(
        "Hedy Lamarr was thanked already. Nothing was written.\n"
    )


def test_closing_says_whom_to_thank(rally: Program) -> None:
    assert rally("rally", "close") == snapshot("""\
Closed: Childcare for Joan in June (rally 1).

WHO HELPED
  Mary Somerville   Tuesdays
  Hedy Lamarr       a spare cot

STILL OPEN
  me   1 June, 9 to 12

asked 4 · answered 3 · pledged 3 · kept 2
Thank them: kinship rally thanked mary-s,hedy --rally 1
""")
    assert rally("rally") == snapshot("""\
No rally is open.
  Call for help:  kinship rally start "what you need"
  Those before:   kinship rally --all
""")
    assert rally("rally", "--all") == snapshot("""\
Childcare for Joan in June             rally 1 · for Joan Clarke · closed 20 May

  Mary Somerville    asked Sun 17 May  pledged: Tuesdays         kept
  Hedy Lamarr        asked Sun 17 May  pledged: a spare cot      kept
  me                                   pledged: 1 June, 9 to 12  open
  Katherine Johnson  asked Sun 17 May  cannot this time          thanked
  Charles Babbage    asked Mon 18 May  no answer yet

asked 4 · answered 3 · pledged 3 · kept 2
Thank them: kinship rally thanked mary-s,hedy --rally 1
""")
    assert "Thanked Mary Somerville and Hedy Lamarr" in rally("rally", "thanked", "mary-s,hedy")


def test_closing_one_for_yourself_offers_to_write_down_what_you_got(friends: Program) -> None:
    friends(*FUND)
    friends("rally", "pledge", "hedy", "50 EUR for $ & co.")
    friends("rally", "pledge", "mary-s", "a ladder")
    friends("rally", "kept", "hedy")
    friends("rally", "kept", "mary-s")
    assert friends("rally", "close", "1") == snapshot("""\
Closed: A new roof (rally 1).

WHO HELPED
  Hedy Lamarr       50 EUR for $ & co.
  Mary Somerville   a ladder

came forward 2 · pledged 2 · kept 2
EUR   kept 50.00 of 50.00 pledged   ━╌╌╌╌╌╌╌╌╌   goal 500.00
Thank them: kinship rally thanked hedy,mary-s --rally 1
Write down what you got:
  kinship got hedy '50 EUR for $ & co.'
  kinship got mary-s "a ladder"
""")


def test_what_programs_read(rally: Program) -> None:
    (found,) = json.loads(rally("rally", "--json"))
    assert found["people"][0] == snapshot(
        {
            "person": {"id": 2, "ref": "mary-s", "name": "Mary Somerville"},
            "asked_on": "2026-05-17",
            "answer": "pledged",
            "thanked_on": None,
            "pledges": [
                {
                    "number": 12,
                    "text": "Tuesdays",
                    "amount": None,
                    "currency": None,
                    "pledged_on": "2026-05-18",
                    "due_on": None,
                    "state": "kept",
                    "closed_on": "2026-05-19",
                }
            ],
        }
    )
    del found["people"]
    assert found == snapshot(
        {
            "id": 1,
            "text": "Childcare for Joan in June",
            "for": {"id": 1, "ref": "joan", "name": "Joan Clarke"},
            "about": "childcare",
            "began_on": "2026-05-17",
            "until_on": "2026-06-01",
            "closed_on": None,
            "url": None,
            "goal": None,
            "currency": None,
            "counts": {"asked": 4, "answered": 3, "unasked": 0, "pledged": 3, "kept": 2},
            "money": [],
        }
    )
    assert rally("rally", "--csv") == snapshot("""\
id,text,for,began_on,until_on,closed_on,asked,pledged,kept
1,Childcare for Joan in June,Joan Clarke,2026-05-17,2026-06-01,,4,3,2
""")
    assert rally("rally", "show", "--csv") == snapshot("""\
id,name,asked_on,answer,thanked_on,text,amount,currency,due_on,state
2,Mary Somerville,2026-05-17,pledged,,Tuesdays,,,,kept
4,Hedy Lamarr,2026-05-17,pledged,,a spare cot,,,,kept
0,me,,pledged,,"1 June, 9 to 12",,,,open
5,Katherine Johnson,2026-05-17,cannot,2026-05-19,,,,,
6,Charles Babbage,2026-05-18,,,,,,,
""")
    assert json.loads(rally("rally", "kept", "me", "--json")) == snapshot(
        {
            "rally": 1,
            "person": {"id": 0, "ref": "me", "name": "me"},
            "pledges": [
                {
                    "number": 15,
                    "text": "1 June, 9 to 12",
                    "amount": None,
                    "currency": None,
                    "pledged_on": "2026-05-18",
                    "due_on": None,
                    "state": "kept",
                    "closed_on": "2026-05-20",
                }
            ],
            "dropped": [],
            "logged": None,
        }
    )


# In due, on the first screen, in show


def test_what_is_due(rally: Program) -> None:
    assert rally("due", "--only", "rally", today="2026-05-21") == snapshot("""\
Thursday 21 May   of the kind rally                          0 overdue · 1 today

TODAY
  Charles Babbage  Asked: Childcare for Joan in June            asked 3 days ago
                   18 May: asked: Childcare for Joan in June
                   email cb@engine.example                  kinship open charles

done, snooze, log, open + a name.  Walk through them: kinship due -i
""")
    assert rally("due", "--only", "rally", today="2026-06-02") == snapshot("""\
Tuesday 2 June   of the kind rally                           2 overdue · 0 today

OVERDUE
  Charles Babbage  Asked: Childcare for Joan in June           asked 2 weeks ago
                   18 May: asked: Childcare for Joan in June
                   email cb@engine.example                  kinship open charles
  Joan Clarke      1 June, 9 to 12                    you pledged it, 1 day late
                   email joan@bletchley.example            kinship rally kept me

done, snooze, log, open + a name.  Walk through them: kinship due -i
""")
    items = json.loads(rally("due", "--json", "--only", "rally", today="2026-06-02"))["items"]
    assert [(i["kind"], i["what"], i["why"], i["others"]) for i in items] == snapshot(
        [
            (
                "rally",
                "Asked: Childcare for Joan in June",
                "asked 2 weeks ago",
                [{"id": 1, "ref": "joan", "name": "Joan Clarke"}],
            ),
            ("rally", "1 June, 9 to 12", "you pledged it, 1 day late", []),
        ]
    )


def test_what_somebody_else_pledged_is_asked_about_the_day_after(rally: Program) -> None:
    rally("rally", "pledge", "katherine", "school run")
    assert "school run" not in rally("due", "--ahead", "1d", today="2026-05-31")
    assert rally("due", "katherine", today="2026-06-02") == snapshot("""\
Tuesday 2 June   with Katherine Johnson                      0 overdue · 1 today

TODAY
  Katherine Johnson  Kept? school run                      pledged for Mon 1 Jun
                     20 May: pledged: school run
                     no channel known               kinship rally kept katherine

done, snooze, log, open + a name.  Walk through them: kinship due -i
""")
    assert "OVERDUE" not in rally("due", "katherine", today="2026-06-07")
    assert "OVERDUE" in rally("due", "katherine", today="2026-06-08")


@pytest.mark.parametrize(
    ("day", "when"),
    [
        ("2026-05-20", None),
        ("2026-05-21", "today"),
        ("2026-05-24", "today"),
        ("2026-05-25", "overdue"),
    ],
)
def test_who_was_asked_is_due_after_three_days_and_late_after_seven(
    rally: Program, day: str, when: str | None
) -> None:
    items = json.loads(rally("due", "charles", "--json", today=day))["items"]
    now = [i["when"] for i in items if i["kind"] == "rally" and i["when"] != "coming"]
    assert now == ([when] if when else [])


@pytest.mark.parametrize(
    ("day", "when"), [("2026-05-31", None), ("2026-06-01", "today"), ("2026-06-02", "overdue")]
)
def test_your_own_pledge_is_due_on_its_day(rally: Program, day: str, when: str | None) -> None:
    items = json.loads(rally("due", "joan", "--json", today=day))["items"]
    now = [i["when"] for i in items if i["kind"] == "rally" and i["when"] != "coming"]
    assert now == ([when] if when else [])


def test_nothing_is_due_once_it_is_closed(rally: Program) -> None:
    rally("rally", "close")
    assert not json.loads(rally("due", "--json", "--only", "rally", today="2026-06-05"))["items"]


def test_done_asks_again_keeps_or_drops(rally: Program) -> None:
    assert rally("done", "charles", today="2026-05-21") == snapshot("""\
Done: asked again: Childcare for Joan in June
Logged for Charles Babbage, today.
""")
    assert '"when": "coming"' in rally("due", "charles", "--json", today="2026-05-22")
    assert rally("done", "joan", "--only", "rally", today="2026-06-01") == snapshot("""\
Done: 1 June, 9 to 12
Not kept yet? kinship undo, then kinship log joan TEXT
Logged for Joan Clarke, today.
""")
    assert '"kept": 3' in rally("rally", "--json")
    assert rally("done", "charles", "--drop", today="2026-05-24") == snapshot(
        "Dropped: waiting for an answer: Childcare for Joan in June\n"
    )
    assert "no answer\n" in rally("rally", columns=120)
    again = rally("rally", "ask", "charles", today="2026-05-25")
    assert again.startswith("Asked Charles Babbage")


def test_a_pledge_that_will_not_be_is_dropped(rally: Program) -> None:
    rally("rally", "pledge", "charles", "school run")
    assert rally("done", "charles", "--drop", today="2026-06-02") == snapshot(
        "Dropped: school run\n"
    )
    assert "dropped" in rally("rally", columns=120)


def test_snoozing_moves_it(rally: Program) -> None:
    rally("snooze", "charles", "1w", today="2026-05-21")
    assert "Asked" not in rally("due", "charles", today="2026-05-27")
    assert "Asked: Childcare for Joan" in rally("due", "charles", today="2026-05-28")
    rally("snooze", "joan", "2d", today="2026-06-01")
    assert "you pledged it, 2 days late" in rally("due", "joan", today="2026-06-03")


def test_the_first_screen_says_how_it_stands(rally: Program) -> None:
    assert rally() == snapshot("""\
Wednesday 20 May                                  0 overdue · 0 today · 1 coming

  Nothing due.                                                       kinship due

  Rally            Childcare for Joan in June: 2 of 3 pledges kept
  kinship rally

6 people, 0 kept in touch. All commands: kinship -h
""")
    rally("rally", "start", "Moving day")
    assert "Moving day: nobody asked yet, and 1 more open" in rally()


def test_the_page_of_a_helper(rally: Program) -> None:
    assert rally("show", "hedy") == snapshot("""\
Hedy Lamarr                                                             hedy · 4

  talked    18 May: pledged: a spare cot
  met       you know them

  reach     email  hedy@hop.example   best
  member    PyLadies

  18 May      talked          pledged: a spare cot
  17 May      you wrote       asked: Childcare for Joan in June
  10 May      talked          a long talk
""")
    assert rally("show", "hedy", "--all") == snapshot("""\
Hedy Lamarr                                                             hedy · 4

  talked    18 May: pledged: a spare cot
  met       you know them

  reach     email  hedy@hop.example   best
  member    PyLadies

  18 May      #14   pledged    a spare cot
  18 May      #13   talked     pledged: a spare cot
  17 May      #7    you wrote  asked: Childcare for Joan in June
  17 May      #4    asked      Childcare for Joan in June
  10 May      #1    talked     a long talk
""")
    shown = json.loads(rally("show", "hedy", "--json"))
    assert shown["pledges"] == snapshot(
        [
            {
                "rally": 1,
                "number": 14,
                "text": "a spare cot",
                "amount": None,
                "currency": None,
                "pledged_on": "2026-05-18",
                "due_on": None,
                "state": "kept",
                "closed_on": "2026-05-19",
            }
        ]
    )
    assert shown["rallies"] == snapshot(
        [
            {
                "id": 1,
                "text": "Childcare for Joan in June",
                "asked_on": "2026-05-17",
                "answer": "pledged",
                "answered_on": "2026-05-18",
                "thanked_on": None,
            }
        ]
    )
    assert "rally     Childcare for Joan in June, by Mon 1 Jun" in rally("show", "joan")
    assert "1 June, 9 to 12" in rally("show", "me", "--all")


def test_a_whole_history_has_nothing_older(rally: Program) -> None:
    for text in "abcdefghij":
        rally("log", "hedy", text)
    assert "3 older: kinship show hedy --all" in rally("show", "hedy")
    assert "older" not in rally("show", "hedy", "--all")


def test_words_of_a_pledge_are_found(rally: Program) -> None:
    assert "Hedy Lamarr" in rally("list", "cot")


# The clock


def test_an_ask_is_from_you_an_answer_both_ways_and_keeping_is_no_contact(rally: Program) -> None:
    talks = {
        who: [
            (c["day"], c["direction"], c["text"])
            for c in json.loads(rally("show", who, "--json"))["conversations"]
        ]
        for who in ("hedy", "katherine", "charles")
    }
    assert talks == snapshot(
        {
            "hedy": [
                ("2026-05-18", "both", "pledged: a spare cot"),
                ("2026-05-17", "me", "asked: Childcare for Joan in June"),
                ("2026-05-10", "both", "a long talk"),
            ],
            "katherine": [
                ("2026-05-19", "me", "thanked: Childcare for Joan in June"),
                ("2026-05-18", "both", "cannot this time: Childcare for Joan in June"),
                ("2026-05-17", "me", "asked: Childcare for Joan in June"),
            ],
            "charles": [("2026-05-18", "me", "asked: Childcare for Joan in June")],
        }
    )


def test_a_pledge_answers_who_wrote_last(friends: Program) -> None:
    friends("log", "hedy", "--from-them", "can I help?", today="2026-05-15")
    friends("rally", "start", "A new roof", today="2026-05-16")
    assert '"reply"' in friends("due", "hedy", "--json")
    friends("rally", "pledge", "hedy", "a ladder")
    assert '"reply"' not in friends("due", "hedy", "--json")


def test_who_was_only_heard_of_is_known_once_they_pledge(kin: Program) -> None:
    kin("add", "Emmy Noether", "--heard")
    kin("rally", "start", "A new roof")
    kin("rally", "ask", "emmy")
    assert json.loads(kin("show", "emmy", "--json"))["met_how"] == "heard"
    kin("rally", "pledge", "emmy", "a ladder")
    assert json.loads(kin("show", "emmy", "--json"))["met_how"] == "known"


# Undo


def test_every_step_can_be_taken_back_and_made_again(rally: Program) -> None:
    for words in (
        ("rally", "start", "A new roof", "--goal", "5 EUR"),
        ("rally", "edit", "--text", "Two roofs", "--until", "1 jul", "--goal", "7 EUR"),
        ("rally", "edit", "--for", "joan", "--about", "roofs", "--url", "https://fund.example"),
        ("rally", "ask", "charles,mary-j"),
        ("rally", "pledge", "charles", "50 EUR"),
        ("rally", "kept", "charles"),
        ("rally", "cannot", "mary-j"),
        ("rally", "thanked", "charles"),
        ("rally", "close"),
    ):
        before = content(rally)
        rally(*words)
        after = content(rally)
        assert before != after, words
        rally("undo")
        assert content(rally) == before, words
        rally("redo")
        assert content(rally) == after, words


def test_removing_whom_it_is_for_keeps_the_rally(rally: Program) -> None:
    rally("rm", "joan", "-y")
    assert "for somebody who was removed" in rally("rally", columns=120)
    assert "1 June" not in rally("due", today="2026-06-03")


# Bad input: nothing is written


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("start",), 2, "say what is needed"),
        (("start", "Childcare for Joan in JUNE"), 5, "is open already"),
        (("start", "x", "--until", "2026-05-01"), 2, "2026-05-01"),
        (("start", "x", "--goal", "500"), 2, '"500" of what?'),
        (("start", "x", "--goal", "a lot"), 2, "not an amount of money"),
        (("start", "x", "--for", "nobody"), 3, "nobody is called"),
        (("start", "x", "--url", "a b"), 2, "is no link"),
        (("ask",), 2, "say who"),
        (("ask", "me"), 2, "that is you"),
        (("ask", "joan"), 2, "is for Joan Clarke"),
        (("ask", "nobody"), 3, "nobody is called"),
        (("ask", "mary"), 4, "could be 2 people"),
        (("ask", "hedy", "--on", "2027-01-01"), 2, "2027"),
        (("ask", "hedy", "--rally", "9"), 3, "there is no rally 9"),
        (("ask", "hedy", "--rally", "x"), 2, "is not the number of a rally"),
        (("pledge", "hedy"), 2, "what was pledged?"),
        (("pledge", "hedy", "50"), 2, '"50" of what?'),
        (("pledge", "hedy", "$50"), 2, "dollar of several countries"),
        (("pledge", "hedy", "50,5 EUR"), 2, "cannot be read"),
        (("pledge", "joan", "x"), 2, "is for Joan Clarke"),
        (("pledge", "hedy,katherine", "x"), 2, "one person at a time"),
        (("pledge", "hedy", "x", "--until", "yesterday"), 2, "yesterday"),
        (("pledge", "me", "1 june, 9 TO 12"), 5, "already"),
        (("pledge", "hedy", "x" * 501), 2, "at most 500 fit"),
        (("kept",), 2, "say who"),
        (("kept", "charles"), 3, "pledged nothing"),
        (("kept", "hedy"), 3, "already"),
        (("cannot", "hedy", "because"), 2, "more than a name"),
        (("cannot", "joan"), 2, "is for Joan Clarke"),
        (("thanked", "me"), 2, "that is you"),
        (("thanked", "mary-j"), 3, "was not asked"),
        (("show", "9"), 3, "there is no rally 9"),
        (("9",), 2, "kinship rally show 9"),
        (("help", "with", "moving"), 2, "kinship rally start help with moving"),
        (("plegde", "hedy", "x"), 2, "kinship rally pledge hedy x"),
        (("show", "1", "2"), 2, "say one number"),
        (("edit",), 2, "what is to change about"),
        (("edit", "9", "--text", "x"), 3, "there is no rally 9"),
        (("edit", "a", "new", "text"), 2, '"a" is not the number of a rally'),
        (("edit", "--text", " "), 2, "a rally says what is needed"),
        (("edit", "--text", "x" * 501), 2, "at most 500 fit"),
        (("edit", "--until", "2026-05-01"), 2, "2026-05-01"),
        (("edit", "--goal", "500"), 2, '"500" of what?'),
        (("edit", "--for", "nobody"), 3, "nobody is called"),
        (("edit", "--for", "hedy"), 5, "it cannot be for them"),
        (("edit", "--for", "charles"), 5, "it cannot be for them"),
        (("edit", "--for", "me"), 5, "it cannot be for you"),
        (("edit", "--url", "a b"), 2, "is no link"),
        (("close", "9"), 3, "there is no rally 9"),
        (("close", "nine"), 2, "is not the number of a rally"),
    ],
)
def test_what_cannot_be(rally: Program, words: tuple[str, ...], code: int, said: str) -> None:
    before = content(rally)
    shown = rally("rally", *words, exit_code=code)
    assert said in shown.err
    assert re.search(r"\n  \S|For example: \S", shown.err), shown.err
    assert shown == ""
    assert content(rally) == before


def test_a_closed_rally_takes_nothing_but_thanks(rally: Program) -> None:
    rally("rally", "close")
    before = content(rally)
    for words in (
        ("ask", "mary-j", "--rally", "1"),
        ("pledge", "charles", "x", "--rally", "1"),
        ("kept", "me", "--rally", "1"),
        ("cannot", "charles", "--rally", "1"),
        ("close", "1"),
    ):
        said = rally("rally", *words, exit_code=5).err
        assert "is closed since 20 May 2026. Nothing was written." in said
    said = rally("rally", "ask", "mary-j", exit_code=3).err
    assert said == snapshot("""\
kinship: no rally is open. Nothing was written.
  kinship rally start "what you need"
""")
    assert content(rally) == before


def test_for_yourself_you_neither_ask_nor_pledge(friends: Program) -> None:
    friends(*FUND)
    assert "is for you" in friends("rally", "pledge", "me", "5 EUR", exit_code=2).err
    assert "is for you" in friends("rally", "cannot", "me", exit_code=2).err


def test_who_turns_out_to_be_whom_it_is_for_can_still_say_no(rally: Program) -> None:
    rally("rally", "pledge", "charles", "a lift")
    rally("merge", "joan", "charles", "-y")
    assert rally("rally", "cannot", "joan").startswith("Joan Clarke cannot this time")
    [page] = json.loads(rally("rally", "--json"))
    [joan] = [row for row in page["people"] if row["person"]["name"] == "Joan Clarke"]
    assert (joan["answer"], joan["pledges"][0]["state"]) == ("cannot", "dropped")
    assert "is for Joan" in rally("rally", "pledge", "joan", "a lift", exit_code=2).err


def test_a_crowd_is_asked_and_taken_back_in_few_words(kin: Program) -> None:
    kin("add", "-", stdin="".join(f"Helper {letter}\n" for letter in "ABCDEF"))
    kin("rally", "start", "A new roof")
    kin("rally", "ask", "1,2,3,4,5,6")
    assert kin("undo").startswith("Undone: rally ask helper-a and 5 others (")


def test_a_pledge_in_another_rally_is_named(rally: Program) -> None:
    rally(*FUND)
    said = rally("rally", "kept", "me", exit_code=3).err
    assert said == snapshot("""\
kinship: you pledged nothing in "A new roof" (rally 2). Nothing was written.
  kinship rally kept me --rally 1
""")
    assert "kept it" in rally("rally", "kept", "me", "--rally", "1")
    said = rally("rally", "thanked", "hedy", exit_code=3).err
    assert "kinship rally thanked hedy --rally 1" in said


def test_commands_on_the_screen_mean_the_rally_they_stand_under(rally: Program) -> None:
    rally(*FUND)
    said = rally("rally", "show", "1", columns=120)
    assert "rally pledge charles what they offer --rally 1" in said
    (command,) = re.findall(r"kinship (rally kept me.*)", rally("show", "joan", columns=120))
    assert "kept it" in rally(*command.split())


def test_hostile_texts_stay_texts(friends: Program) -> None:
    friends("rally", "start", 'roof\x1b[31m \u202e of $(rm) "it"')
    friends("rally", "pledge", "hedy", "cot\x07 `x` $HOME 'y'")
    for words in (
        ("rally",),
        ("rally", "show"),
        (),
        ("due",),
        ("show", "hedy"),
        ("rally", "close"),
    ):
        said = friends(*words)
        assert "\x1b" not in said
        assert "\x07" not in said
        assert "\u202e" not in said


# Wherever it is read, and at a terminal


@pytest.mark.parametrize("columns", [44, 68, 80, 120])
def test_a_page_is_never_wider_than_the_terminal(friends: Program, columns: int) -> None:
    friends("add", "Wolfeschlegelsteinhausenbergerdorff " * 2)
    friends(
        "rally", "start", "Hilfe für 漢字漢字漢字, sehr bald", "--for", "joan", "--until", "1 jun"
    )
    friends("rally", "ask", "wolfe,hedy")
    friends("rally", "pledge", "wolfe", "1,200.50 EUR " + "for 漢字 and more " * 8)
    friends("rally", "pledge", "hedy", "x" * 200)
    for words in (("rally",), ("rally", "show"), ("rally", "--all"), ()):
        said = friends(*words, columns=columns)
        assert max(map(cells, said.splitlines())) <= columns


def test_what_is_missing_is_asked_for_at_a_terminal(
    friends: Program, terminal: list[Spawn]
) -> None:
    child = terminals.typed("rally", "start", KINSHIP_TODAY=TODAY)
    terminal.append(child)
    child.expect_exact("What is needed?")
    child.sendline("Childcare & more, it's #1")
    assert "Rally 1: Childcare & more, it's #1, for you." in terminals.ended(child)[0]
    child = terminals.typed("rally", "pledge", "mary", KINSHIP_TODAY=TODAY)
    terminal.append(child)
    child.expect_exact("or Enter to stop:")
    child.sendline("1")
    child.expect_exact("What do they offer?")
    child.sendline("")
    assert terminals.ended(child)[1] == 1
    assert json.loads(friends("rally", "--json"))[0]["people"] == []


def test_who_knows_about_it_is_suggested_first(friends: Program) -> None:
    friends("edit", "katherine", "--about", "childcare")
    friends("log", "katherine", "the weather", today="2026-05-12")
    said = friends("rally", "start", "Help for Joan", "--for", "joan", "--about", "childcare")
    assert re.search(r"ASK FIRST\n  Katherine Johnson +knows about childcare; talked 8 days", said)
