"""Where ``due`` would pass eight rows, the last hellos share one; and who was asked in a rally does."""

import json

import pytest
from inline_snapshot import snapshot

from conftest import Program

FRIENDS = (
    "Ada Lovelace", "Charles Babbage", "Mary Somerville", "Emmy Noether", "Grace Hopper",
    "Alan Turing", "Lise Meitner", "George Boole", "Sophie Germain", "Konrad Zuse",
)  # fmt: skip


@pytest.fixture
def friends(kin: Program) -> None:
    """Ten to greet monthly, the first of them the longest quiet, all due by 20 May."""
    for number, name in enumerate(FRIENDS):
        kin("add", *name.split(), "keep:monthly", today="2026-01-10")
        day = f"2026-04-{10 + number}"
        kin("log", name, "--on", day, "bread", today="2026-04-30")


def count(kin: Program) -> int:
    return int(kin("due", "--count"))


@pytest.mark.usefixtures("friends")
def test_eight_hellos_have_a_row_each(kin: Program) -> None:
    kin("done", "ada,charles")
    assert count(kin) == 8
    assert "others" not in kin("due")


@pytest.mark.usefixtures("friends")
def test_of_more_the_last_ones_share_a_row(kin: Program) -> None:
    assert count(kin) == 8
    assert kin("due", "--brief") == snapshot(
        "kinship: 8 today: Ada Lovelace, Charles Babbage, +6\n"
    )
    assert kin("due") == snapshot("""\
Wednesday 20 May                                             0 overdue · 8 today

TODAY
  Ada Lovelace     Say hello                                monthly, now 5 weeks
                   10 Apr: bread
                   no channel known                             kinship done ada
  Charles Babbage  Say hello                                monthly, now 5 weeks
                   11 Apr: bread
                   no channel known                         kinship done charles
  Mary Somerville  Say hello                                monthly, now 5 weeks
                   12 Apr: bread
                   no channel known                            kinship done mary
  Emmy Noether     Say hello                                monthly, now 5 weeks
                   13 Apr: bread
                   no channel known                            kinship done emmy
  Grace Hopper     Say hello                                monthly, now 5 weeks
                   14 Apr: bread
                   no channel known                           kinship done grace
  Alan Turing      Say hello                                monthly, now 5 weeks
                   15 Apr: bread
                   no channel known                            kinship done alan
  Lise Meitner     Say hello                                monthly, now 4 weeks
                   16 Apr: bread
                   no channel known                            kinship done lise
  3 others         Say hello, if there is time today               none late yet
                   George Boole, Sophie Germain, Konrad Zuse
                                                      kinship due -i --only keep

done, snooze, log, open + a name.  Walk through them: kinship due -i
""")


@pytest.mark.usefixtures("friends")
def test_promises_are_never_folded_and_leave_the_hellos_one_row(kin: Program) -> None:
    for name in FRIENDS[:8]:
        kin("remind", name.split()[1], "2026-05-20", "send the paper", today="2026-05-01")
    assert count(kin) == 9
    screen = kin("due")
    assert screen.count("Send the paper") == 8
    assert "2 others" in screen
    kin("remind", "sophie", "2026-05-20", "send the paper", today="2026-05-01")
    assert "others" not in kin("due")


@pytest.mark.usefixtures("friends")
def test_whoever_asks_for_hellos_sees_each_of_them(kin: Program) -> None:
    for said in (["due", "--only", "keep"], ["due", "--all"]):
        screen = kin(*said)
        assert all(name in screen for name in FRIENDS)
    narrowed = kin("due", *", ".join(FRIENDS).split())
    assert all(name in narrowed for name in FRIENDS)


@pytest.mark.usefixtures("friends")
def test_for_programs_nothing_folds(kin: Program) -> None:
    report = json.loads(kin("due", "--json"))
    assert [item["name"] for item in report["items"]] == list(FRIENDS)


@pytest.mark.usefixtures("friends")
def test_those_who_are_late_are_counted_in_the_row(kin: Program) -> None:
    assert "3 late" in kin("due", today="2026-06-05")


def test_more_than_three_who_were_asked_to_help_share_a_row(kin: Program) -> None:
    for name in FRIENDS[:6]:
        kin("add", *name.split(), today="2026-05-01")
    kin("rally", "start", "Move my piano", today="2026-05-10")
    kin("rally", "ask", "ada,charles", today="2026-05-11")
    kin("rally", "ask", "mary", today="2026-05-15")
    assert count(kin) == 3
    assert "Mary Somerville" in kin("due")
    kin("rally", "ask", "emmy,grace", today="2026-05-15")
    kin("remind", "grace", "today", "return the atlas")
    assert kin("due", "--brief") == snapshot(
        "kinship: 1 overdue, 1 today: 4 people asked to help, Grace Hopper (return the atlas)\n"
    )
    assert kin("due") == snapshot("""\
Wednesday 20 May                                             1 overdue · 1 today

OVERDUE
  4 people         Asked: Move my piano               the first asked 9 days ago
                   Ada Lovelace, Charles Babbage, Emmy Noether, 1 more
                   no answer yet                            kinship rally show 1

TODAY
  Grace Hopper     Return the atlas, and asked: Move my       promised for today
                   piano
                   15 May: asked: Move my piano
                   no channel known                           kinship done grace

done, snooze, log, open + a name.  Walk through them: kinship due -i
""")
    for said in (["due", "--only", "rally"], ["due", "--all"], ["due", "ada,charles,mary,emmy"]):
        assert "Charles Babbage" in kin(*said)
    items = json.loads(kin("due", "--json"))["items"]
    assert [item["kind"] for item in items].count("rally") == 5
    explained = json.loads(kin("due", "charles", "--explain", "--json"))
    assert [(one["kind"], one["event_id"]) for one in explained] == [("rally", None)]
    kin("rally", "pledge", "ada", "two hands")
    assert "Charles Babbage  Asked: Move my piano" in kin("due")


def test_who_comes_up_later_is_not_in_the_row_of_the_first_day(kin: Program) -> None:
    for name in FRIENDS[:6]:
        kin("add", *name.split(), today="2026-05-01")
    kin("rally", "start", "Move my piano", today="2026-05-10")
    kin("rally", "ask", "ada,charles,mary,emmy", today="2026-05-18")
    kin("rally", "ask", "grace")
    assert kin("due").partition("COMING\n")[2] == snapshot("""\
  Thu 21 May  4 people         asked: Move my piano
  Sat 23 May  Grace Hopper     asked: Move my piano
""")
    assert kin("due", "--count", today="2026-05-21") == "1\n"
