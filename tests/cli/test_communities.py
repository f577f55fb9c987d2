"""Communities, and cadences that everybody of a community, event or tag shares."""

import json
import re
from pathlib import Path

import pexpect
import pytest
from inline_snapshot import snapshot

import terminals
from conftest import TODAY, Program
from kinship.cli import targets
from kinship.cli.context import Kin, Options
from kinship.errors import Refused
from kinship.model.cadence import Cadence
from kinship.services import communities, shared_cadences
from terminals import Spawn


@pytest.fixture
def ladies(kin: Program) -> Program:
    """PyLadies Slack: one of seven met, three with a reason to meet at last."""
    kin("edit", "me", "--city", "London")
    kin("community", "add", "PyLadies Slack", "--on", "slack")
    kin("add", "Grace Hopper", "--at", "PyCon 2026", "--on", "yesterday", "in:pyladies")
    kin("add", "Ada Lovelace", "--at", "pycon", "--on", "yesterday", "+compilers")
    kin("add", "Sophie Germain", "--online", "in:pyladies", "+number theory", "+parenting")
    kin("add", "Mary Jackson", "--online", "in:pyladies", "--city", "London, UK", "+wind tunnels")
    kin("add", "Rózsa Péter", "--online", "in:pyladies", "knows:grace", "--city", "Budapest")
    kin("add", "Emmy Noether", "--met-on", "mastodon", "--since", "2023", "in:pyladies")
    kin("add", "Alice Ball", "--met-on", "PyLadies Slack", "in:pyladies", "+oils")
    kin("add", "Katherine Johnson", "--online", "in:pyladies")
    kin("event", "add", "EuroPython 2026", "--from", "2026-07-13", "--until", "2026-07-19")
    kin("event", "going", "europython", "sophie,grace")
    kin("log", "emmy", "--via", "mastodon", "rings and fields")
    return kin


def plain(text: str) -> str:
    return re.sub("\x1b\\[[0-9;]*m", "", text)


# The screens


def test_no_communities_yet(kin: Program) -> None:
    assert kin("community").err == snapshot("""\
No communities yet.
  Make one:  kinship community join pyladies WHO
""")


def test_every_community(ladies: Program) -> None:
    ladies("community", "join", "PyCon crowd", "at:pycon")
    ladies("keep", "in:pyladies", "close")
    said = ladies("community", "--color", "always")
    assert plain(said) == snapshot("""\
COMMUNITY       PEOPLE  MET  ON     KEEP
PyCon crowd          2    2
PyLadies Slack       7    1  Slack  monthly (circle close)
""")
    assert said.err == snapshot("2 communities\n")
    assert ladies("community") == snapshot("""\
PyCon crowd	2	2		
PyLadies Slack	7	1	Slack	monthly (circle close)
""")
    assert ladies("groups", "--csv") == snapshot("""\
id,name,people,met,channel,url,keep
2,PyCon crowd,2,2,,,
1,PyLadies Slack,7,1,slack,,1mo
""")
    assert json.loads(ladies("communities", "--json"))[1] == snapshot(
        {
            "id": 1,
            "name": "PyLadies Slack",
            "people": 7,
            "met": 1,
            "channel": "slack",
            "url": None,
            "keep": "1mo",
        }
    )
    assert ladies("community", "--format", "{name}: {met} of {people}") == snapshot("""\
PyCon crowd: 2 of 2
PyLadies Slack: 1 of 7
""")


def test_one_community(ladies: Program) -> None:
    assert ladies("community", "show", "pyladies") == snapshot("""\
PyLadies Slack                            community · 7 people · online on Slack

  met in person   1 of 7   ━╌╌╌╌╌╌╌╌╌
  talk to         2 in the last 3 months

MEET AT LAST
  Sophie Germain     going to EuroPython 2026       number theory, parenting
  Mary Jackson       lives in London, UK, like you  wind tunnels
  Rózsa Péter        knows Grace Hopper
  Alice Ball                                        oils
  Emmy Noether       Mastodon since 2023
  Katherine Johnson

WHO KNOWS WHOM THERE
  Grace Hopper       knows Rózsa Péter
""")


def test_one_community_with_all_there_is_to_say(ladies: Program) -> None:
    ladies("community", "edit", "pyladies", "--url", "https://pyladies.example/slack")
    ladies("keep", "grace", "monthly")
    ladies("keep", "in:pyladies", "quarterly", today="2026-03-03")
    assert ladies("community", "show", "pyladies", "-n", "2") == snapshot("""\
PyLadies Slack                            community · 7 people · online on Slack

  met in person   1 of 7   ━╌╌╌╌╌╌╌╌╌
  talk to         2 in the last 3 months
  keep            quarterly since 3 Mar, for 6 of them
  link            https://pyladies.example/slack

MEET AT LAST
  Sophie Germain    going to EuroPython 2026       number theory, parenting
  Mary Jackson      lives in London, UK, like you  wind tunnels
  and 4 more: kinship list in:pyladies not:met

WHO KNOWS WHOM THERE
  Grace Hopper       knows Rózsa Péter
""")


def test_one_community_on_a_phone(ladies: Program) -> None:
    said = ladies("community", "show", "pyladies", "-n", "3", columns=44)
    assert said == snapshot("""\
PyLadies Slack
community · 7 people · online on Slack

  met in person   1 of 7   ━╌╌╌╌╌╌╌╌╌
  talk to         2 in the last 3 months

MEET AT LAST
  Sophie Germain
    going to EuroPython 2026
    number theory, parenting
  Mary Jackson
    lives in London, UK, like you
    wind tunnels
  Rózsa Péter
    knows Grace Hopper
  and 3 more:
  kinship list in:pyladies not:met

WHO KNOWS WHOM THERE
  Grace Hopper
    knows Rózsa Péter
""")
    assert max(map(len, said.splitlines())) <= 44


@pytest.mark.parametrize("columns", [40, 44, 68, 80, 120])
def test_a_page_is_never_wider_than_the_terminal(ladies: Program, columns: int) -> None:
    ladies("add", "Wolfeschlegelsteinhausenbergerdorff " * 3, "--online", "in:pyladies",
           "--city", "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch")  # fmt: skip
    said = ladies("community", "show", "pyladies", columns=columns)
    assert max(map(len, said.splitlines())) <= columns


def test_one_community_for_programs(ladies: Program) -> None:
    page = json.loads(ladies("community", "show", "pyladies", "--json"))
    assert page.pop("members")[-1] == snapshot({"id": 3, "name": "Sophie Germain", "met": False})
    assert page.pop("meet_at_last")[:2] == snapshot(
        [
            {
                "person": {"id": 3, "ref": "sophie", "name": "Sophie Germain"},
                "going_to": "EuroPython 2026",
                "same_city": False,
                "knows": 0,
                "topics": ["number theory", "parenting"],
            },
            {
                "person": {"id": 4, "ref": "mary", "name": "Mary Jackson"},
                "going_to": None,
                "same_city": True,
                "knows": 0,
                "topics": ["wind tunnels"],
            },
        ]
    )
    assert page == snapshot(
        {
            "id": 1,
            "name": "PyLadies Slack",
            "channel": "slack",
            "url": None,
            "keep": None,
            "people": 7,
            "met": 1,
            "talked": 2,
            "next_event": None,
            "who_knows_whom": [
                {
                    "person": {"id": 1, "ref": "grace", "name": "Grace Hopper"},
                    "knows": [{"id": 5, "ref": "rozsa", "name": "Rózsa Péter"}],
                }
            ],
            "to_introduce": [],
        }
    )
    assert ladies("community", "show", "pyladies", "--format", "names") == snapshot("""\
alice
emmy
grace
katherine
mary
rozsa
sophie
""")


def test_whoever_is_going_comes_first_then_your_city_then_whom_most_know(ladies: Program) -> None:
    for name in ("grace", "ada"):
        ladies("edit", "katherine", "--city", "Langley")
        ladies("add", "X", "--new", f"knows:{name},katherine") if name == "ada" else None
    page = json.loads(ladies("community", "show", "pyladies", "--json"))
    assert [c["person"]["name"] for c in page["meet_at_last"]] == snapshot(
        [
            "Sophie Germain",
            "Mary Jackson",
            "Katherine Johnson",
            "Rózsa Péter",
            "Alice Ball",
            "Emmy Noether",
        ]
    )


def test_the_next_event_of_a_community(ladies: Program) -> None:
    ladies("event", "add", "PyLadiesCon", "--from", "2026-06-01", "--until", "2026-06-03",
           "-c", "pyladies")  # fmt: skip
    page = {
        day: [
            r for r in ladies("community", "show", "pyladies", today=day).splitlines() if "Con" in r
        ]
        for day in ("2026-05-20", "2026-06-01", "2026-06-02", "2026-06-04")
    }
    assert page == snapshot(
        {
            "2026-05-20": ["  next event      PyLadiesCon, in 12 days"],
            "2026-06-01": ["  next event      PyLadiesCon, today"],
            "2026-06-02": ["  next event      PyLadiesCon, since Mon 1 Jun"],
            "2026-06-04": [],
        }
    )


def test_an_event_that_is_over_is_no_chance(ladies: Program) -> None:
    said = ladies("community", "show", "pyladies", today="2026-07-20")
    assert "EuroPython" not in said
    assert "going to EuroPython 2026" in ladies("community", "show", "pyladies", today="2026-07-19")


def test_everybody_is_met(kin: Program) -> None:
    kin("add", "Ada", "--met", "in:rse")
    assert kin("community", "show", "rse") == snapshot("""\
rse                                                         community · 1 person

  met in person   1 of 1   ━━━━━━━━━━
  talk to         1 in the last 3 months
""")


def test_nobody_is_in_it(kin: Program) -> None:
    assert kin("community", "add", "RSE Berlin", "--url", "https://rse.example") == snapshot("""\
RSE Berlin is a community now. Who is in it: kinship community join rse WHO
Your file is ~/.local/share/kinship/kinship.db
""")
    assert kin("community", "show", "rse") == snapshot("""\
RSE Berlin                                         community · 0 people · online

  Nobody is in it yet: kinship community join rse WHO
  link            https://rse.example
""")


def _and_more(page: str) -> str:
    return next(row for row in page.splitlines() if row.startswith("  and "))


def test_the_list_a_page_points_to_is_of_those_it_counts(ladies: Program) -> None:
    for n in range(12):
        ladies("add", f"Member {n}", "--new", "--online", "in:pyladies")
    said = ladies("community", "show", "pyladies")
    assert _and_more(said) == snapshot("  and 8 more: kinship list in:pyladies not:met")
    listed = ladies("list", "in:pyladies", "not:met", "--format", "ids").split()
    assert len(listed) == 10 + 8
    ladies("community", "join", "PyLadies Slack Berlin", "grace")
    assert _and_more(ladies("community", "show", "PyLadies Slack")) == snapshot(
        "  and 8 more: kinship community show pyladies-slack -n 1000"
    )


def test_who_is_only_heard_of_comes_after_whom_you_know(kin: Program) -> None:
    kin("add", "Ada Lovelace", "--heard", "in:pyladies")
    kin("add", "Zoe Online", "--online", "in:pyladies")
    assert kin("community", "show", "pyladies").partition("MEET AT LAST")[2] == snapshot("""\

  Zoe Online
  Ada Lovelace      heard of
""")


# Joining and leaving


def test_joining(ladies: Program) -> None:
    assert ladies("community", "join", "pyladies", "ada") == snapshot(
        "Joined PyLadies Slack: Ada Lovelace (8 people in it now).\n"
    )
    assert ladies("community", "join", "PyLadies", "Slack", "ada,", "grace") == snapshot(
        "Ada Lovelace and Grace Hopper were in PyLadies Slack already.\n"
    )
    assert ladies("community", "join", "RSE Berlin", "ada", "grace,emmy") == snapshot("""\
RSE Berlin is a new community, 3 people in it.
Joined RSE Berlin: Ada Lovelace, Grace Hopper and Emmy Noether.
""")
    assert ladies("undo") == snapshot(
        "Undone: community join RSE Berlin: ada,grace,emmy (1 community, 3 memberships; just now). Again: kinship redo\n"
    )
    assert "RSE" not in ladies("community")
    assert "RSE Berlin" in ladies("redo") + ladies("community")


def test_an_event_becomes_a_community_in_one_line(ladies: Program) -> None:
    assert ladies("community", "join", "PyCon crowd", "at:pycon") == snapshot("""\
PyCon crowd is a new community, 2 people in it.
Joined PyCon crowd: Ada Lovelace and Grace Hopper.
""")
    assert ladies("community", "join", "PyCon crowd", "at:pycon", "in:pyladies") == snapshot(
        "Grace Hopper was in PyCon crowd already.\n"
    )


def test_who_was_only_heard_of_joins_by_a_query_and_it_is_said(ladies: Program) -> None:
    ladies("add", "Rosa Klein", "--heard")
    ladies("event", "going", "pycon", "rosa")
    assert ladies("community", "join", "PyCon crowd", "at:pycon") == snapshot("""\
PyCon crowd is a new community, 3 people in it.
Joined PyCon crowd: Ada Lovelace, Grace Hopper and Rosa Klein.
You have only heard of 1 of them. Only whom you met: kinship undo, then
  kinship community join "PyCon crowd" at:pycon is:met
""")
    ladies("undo")
    met = ladies("community", "join", "PyCon crowd", "at:pycon", "is:met")
    assert "2 people in it" in met
    assert "heard of" not in met


def test_who_joins_is_kept_in_touch_with_as_everybody_there(ladies: Program) -> None:
    ladies("keep", "in:pyladies", "quarterly")
    assert ladies("community", "join", "pyladies", "ada") == snapshot("""\
Joined PyLadies Slack: Ada Lovelace (8 people in it now).
Everybody there: quarterly, unless they have a cadence of their own.
""")
    assert ladies("keep", "ada") == snapshot("""\
Ada Lovelace: quarterly (community PyLadies Slack, since 20 May). Next hello Wed 19 Aug.
Change it: kinship keep ada 6w
""")
    ladies("community", "leave", "pyladies", "ada")
    assert ladies("keep", "ada") == snapshot("""\
Ada Lovelace: no cadence. Follow-ups and birthdays still show.
Set one: kinship keep ada monthly
""")


def test_leaving(ladies: Program) -> None:
    assert ladies("community", "leave", "pyladies", "grace", "ada") == snapshot("""\
Left PyLadies Slack: Grace Hopper.
Ada Lovelace was not in it.
""")
    assert ladies("community", "leave", "pyladies", "grace", exit_code=3).err == snapshot("""\
kinship: Grace Hopper is not in PyLadies Slack. Nothing was written.
  kinship community show "PyLadies Slack"
""")
    assert ladies("community", "leave", "pyladies", "in:pyladies") == snapshot(
        "Left PyLadies Slack: Alice Ball, Emmy Noether, Katherine Johnson and 3 more.\n"
    )


def test_edit_takes_a_community_by_the_same_rules(ladies: Program) -> None:
    assert ladies("edit", "ada", "-c", "pyladies") == snapshot(
        "Changed Ada Lovelace: community PyLadies Slack.\n"
    )
    assert ladies("edit", "ada", "--leave", "slack") == snapshot(
        "Changed Ada Lovelace: not community PyLadies Slack.\n"
    )
    assert "PyLadies" not in ladies("show", "ada")


def test_upkeep(ladies: Program) -> None:
    assert ladies("community", "edit", "pyladies", "--name", "PyLadies Berlin") == snapshot(
        "PyLadies Slack is now PyLadies Berlin.\n"
    )
    assert ladies("community", "edit", "pyladies", "--on", "", "--url", "") == snapshot("""\
PyLadies Berlin: no channel.
PyLadies Berlin: no link.
""")
    ladies("keep", "in:pyladies", "quarterly")
    assert ladies("community", "rm", "pyladies", exit_code=2).err == snapshot("""\
kinship: removing PyLadies Berlin needs a yes. Nothing was removed.
  kinship community rm pyladies -y
""")
    assert ladies("community", "rm", "pyladies", "-y") == snapshot(
        "Removed PyLadies Berlin. Back: kinship undo\n"
    )
    assert ladies("list", "--format", "{name} {communities}").count("PyLadies") == 0
    assert ladies("keep", "sophie") == snapshot("""\
Sophie Germain: no cadence. Follow-ups and birthdays still show.
Set one: kinship keep sophie monthly
""")
    ladies("undo")
    assert "quarterly (community PyLadies Berlin" in ladies("keep", "sophie")


def test_a_new_name_close_to_another_is_said(ladies: Program) -> None:
    assert ladies("community", "join", "PyLadeis Slack", "ada") == snapshot("""\
PyLadeis Slack is a new community, 1 person in it.
Joined PyLadeis Slack: Ada Lovelace.
There is PyLadies Slack too. The same? Take this back: kinship undo
""")
    assert ladies("community", "add", "Pyladies Slck") == snapshot("""\
Pyladies Slck is a community now. Who is in it: kinship community join pyladies-slck WHO
There is PyLadies Slack too. The same? Take this back: kinship undo
""")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("show",), 2),
        (("show", "nope"), 3),
        (("show", "pyladeis"), 3),
        (("pyladies",), 2),
        (("shwo", "pyladies"), 2),
        (("add",), 2),
        (("add", "PyLadies Slack"), 5),
        (("add", "  "), 2),
        (("add", "x" * 201), 2),
        (("add", "A", "--on", "not a channel at all!"), 2),
        (("add", "A", "--url", "two words"), 2),
        (("join",), 2),
        (("join", "pyladies"), 2),
        (("join", "pyladies", "nobody"), 3),
        (("join", "pyladies", "me"), 2),
        (("join", "pyladies", "at:nowhere"), 3),
        (("join", "pyladies", "met:soon"), 2),
        (("leave", "pyladies", "ada"), 3),
        (("leave", "nope", "ada"), 3),
        (("edit", "pyladies"), 2),
        (("edit", "nope", "--on", "slack"), 3),
        (("edit", "pyladies", "--name", "RSE"), 5),
        (("edit", "pyladies", "--name", " "), 2),
        (("rm", "nope", "-y"), 3),
    ],
)
def test_what_makes_no_sense_writes_nothing(
    ladies: Program, words: tuple[str, ...], code: int
) -> None:
    ladies("community", "add", "RSE")
    before = ladies("undo", "--list")
    said = ladies("community", *words, exit_code=code).err
    assert said.startswith("kinship: ")
    assert ladies("undo", "--list") == before


def test_of_several_communities_the_one_is_said(ladies: Program) -> None:
    ladies("community", "add", "PyLadies Berlin")
    assert ladies("community", "show", "pyladies", exit_code=4).err == snapshot("""\
kinship: "pyladies" could be 2 communities. Say which:
  kinship community show pyladies-berlin
  kinship community show pyladies-slack
""")
    assert ladies("keep", "in:pyladies", "6w", exit_code=4).err == snapshot("""\
kinship: "pyladies" could be 2 communities. Nothing was written. Say which:
  kinship keep in:pyladies-berlin 6w
  kinship keep in:pyladies-slack 6w
""")
    assert ladies("edit", "ada", "--leave", "pyladies", exit_code=4).err == snapshot("""\
kinship: "pyladies" could be 2 communities. Nothing was written. Say which:
  kinship edit ada --leave pyladies-berlin
  kinship edit ada --leave pyladies-slack
""")
    assert ladies("add", "Zoe", "in:pyladies", exit_code=4).err == snapshot("""\
kinship: "pyladies" could be 2 communities. Nothing was written. Say which:
  kinship add Zoe in:pyladies-berlin
  kinship add Zoe in:pyladies-slack
""")
    assert ladies("community", "show", "pyladies-b").startswith("PyLadies Berlin")


def test_hostile_names_stay_text(kin: Program) -> None:
    kin("community", "join", "\x1b[31mRed [bold]x", "--", exit_code=None)
    kin("add", "Ada")
    kin("community", "join", "Evil\x1b[31m [bold]{name}", "ada")
    for words in (("community",), ("community", "show", "evil"), ("keep", "in:evil", "weekly")):
        said = kin(*words) + kin(*words, "--color", "always")
        assert "\x1b[31mm" not in said
        assert "[bold]{name}" in said


# Cadences for all of them


def test_a_cadence_for_a_community(ladies: Program) -> None:
    ladies("keep", "grace", "monthly")
    ladies("keep", "mary", "off")
    ladies("keep", "sophie", "inner")
    assert ladies("keep", "in:pyladies", "quarterly") == snapshot("""\
PyLadies Slack: quarterly, for 4 of 7 people, and whoever joins later.
2 have a cadence of their own, which stays; 1 is kept as often or more already.
The first hello: Alice Ball, Thu 20 Aug.
""")
    assert ladies("keep", "in:pyladies") == snapshot(
        "PyLadies Slack: quarterly since 20 May, for 4 of 7 people.\n"
    )
    assert ladies("keep", "rozsa") == snapshot("""\
Rózsa Péter: quarterly (community PyLadies Slack, since 20 May). Next hello Thu 20 Aug.
Change it: kinship keep rozsa 6w
""")
    assert ladies("keep", "rozsa", "2w") == snapshot(
        "Rózsa Péter: every 2 weeks. Next hello Wed 3 Jun.\n"
    )
    assert ladies("keep", "rozsa", "shared") == snapshot(
        "Rózsa Péter: quarterly (community PyLadies Slack, since 20 May). Next hello Thu 20 Aug.\n"
    )
    assert ladies("keep", "in:pyladies", "off") == snapshot(
        "PyLadies Slack: no cadence any more. 4 people had it.\n"
    )
    assert ladies("keep", "in:pyladies", "off") == snapshot(
        "PyLadies Slack has no cadence; nothing to change.\n"
    )
    assert ladies("keep", "in:pyladies") == snapshot(
        "PyLadies Slack: no cadence. Set one: kinship keep in:pyladies quarterly\n"
    )
    assert ladies("keep", "rozsa") == snapshot("""\
Rózsa Péter: no cadence. Follow-ups and birthdays still show.
Set one: kinship keep rozsa monthly
""")


def test_a_cadence_for_an_event_and_for_a_tag(ladies: Program) -> None:
    assert ladies("keep", "at:pycon", "6w") == snapshot("""\
PyCon 2026: every 6 weeks, for 2 people, and whoever you meet there later.
The first hello: Ada Lovelace, Tue 30 Jun.
""")
    ladies("edit", "emmy", "--tag", "investor")
    assert ladies("keep", "tag:investor", "close") == snapshot("""\
investor: monthly (circle close), for 1 person, and whoever gets the tag later.
The hello: Emmy Noether, Sat 20 Jun.
""")
    ladies("log", "emmy", "--at", "pycon", "more rings")
    assert ladies("keep", "emmy") == snapshot("""\
Emmy Noether: monthly (tag investor, circle close, since 20 May). Next hello Sat 20 Jun.
Change it: kinship keep emmy 6w
""")
    assert ladies("keep") == snapshot("""\
inner	circle	every 2 weeks	0
close	circle	monthly	0
wide	circle	quarterly	0
outer	circle	yearly	0
PyCon 2026	event	every 6 weeks	2
investor	tag	monthly (circle close)	1
""")
    assert json.loads(ladies("keep", "--json"))[-2:] == snapshot(
        [
            {
                "id": 1,
                "kind": "event",
                "name": "PyCon 2026",
                "every": "6w",
                "circle": None,
                "people": 2,
            },
            {
                "id": 2,
                "kind": "tag",
                "name": "investor",
                "every": "1mo",
                "circle": "close",
                "people": 1,
            },
        ]
    )
    ladies("keep", "--circle", "close", "5d")
    assert ladies("keep", "emmy") == snapshot("""\
Emmy Noether: every 5 days (tag investor, circle close, since 20 May). Next hello Mon 25 May.
Change it: kinship keep emmy 6w
""")


def test_who_is_added_later_gets_the_cadence_and_add_says_so(ladies: Program) -> None:
    ladies("keep", "in:pyladies", "quarterly")
    ladies("keep", "at:pycon", "6w")
    assert ladies("add", "Zoe", "--at", "pycon", "in:pyladies") == snapshot("""\
Added Zoe (zoe)
  met         today at PyCon 2026
  member      PyLadies Slack
  may know    Emmy Noether, Grace Hopper (PyLadies Slack)
  keep        every 6 weeks (event PyCon 2026, since 20 May); next hello Wed 1 Jul
""")
    assert ladies("add", "Yan", "--at", "pycon", "keep:weekly") == snapshot("""\
Added Yan (yan)
  met         today at PyCon 2026
  keep        weekly; next hello Wed 27 May
""")


def test_a_person_shows_whose_cadence_it_is(ladies: Program) -> None:
    ladies("keep", "in:pyladies", "monthly", today="2026-03-03")
    assert [row for row in ladies("show", "sophie").splitlines() if "keep" in row] == snapshot(
        ["  keep      monthly (community PyLadies Slack, since 3 Mar); next hello Sat 20"]
    )
    ladies("log", "sophie", "--on", "2026-04-15", "hello")
    said = ladies("due", "--explain", "--only", "keep")
    assert said[said.index("Sophie") :] == snapshot("""\
Sophie Germain  keep: say hello
  cadence   monthly (community PyLadies Slack, since 3 Mar)
  last      15 Apr
  due       Fri 15 May = 15 Apr + 1 month
  overdue   from Sat 30 May = 15 Apr + 1.5 months
  channel   none known
""")


def test_with_no_contact_it_counts_from_the_later_of_both_days(ladies: Program) -> None:
    ladies("keep", "in:pyladies", "monthly", today="2026-03-03")
    said = ladies("due", "--explain", "--only", "keep", today="2026-06-25")
    assert said[said.index("Sophie") :].split("\n\n")[0] == snapshot("""\
Sophie Germain  keep: say hello
  cadence   monthly (community PyLadies Slack, since 3 Mar)
  last      no contact written down yet
  due       Sat 20 Jun = 20 May + 1 month
  overdue   from Sun 5 Jul = 20 May + 1.5 months
  channel   none known
""")


def test_many_first_hellos_are_proposed_to_be_spread(ladies: Program) -> None:
    assert ladies("keep", "in:pyladies", "3d") == snapshot("""\
PyLadies Slack: every 3 days, for 7 people, and whoever joins later.
7 first hellos come in the week from Fri 22 May.
Spread them: kinship keep in:pyladies --spread 30d
""")
    dry = ladies("keep", "in:pyladies", "--spread", "12d")
    assert dry == snapshot("""\
7 hellos, the last on Mon 1 Jun:
  Fri 22 May   Grace Hopper
  Sat 23 May   Emmy Noether
  Mon 25 May   Alice Ball
  Wed 27 May   Katherine Johnson
  Thu 28 May   Mary Jackson
  Sat 30 May   Rózsa Péter
  Mon 1 Jun    Sophie Germain
Nothing was written. Do it: kinship keep in:pyladies --spread 12d -y
""")
    before = ladies("undo", "--list")
    assert ladies("keep", "in:pyladies", "--spread", "12d") == dry
    assert ladies("undo", "--list") == before
    assert ladies("keep", "in:pyladies", "--spread", "12d", "-y") == snapshot("""\
7 hellos, the last on Mon 1 Jun:
  Fri 22 May   Grace Hopper
  Sat 23 May   Emmy Noether
  Mon 25 May   Alice Ball
  Wed 27 May   Katherine Johnson
  Thu 28 May   Mary Jackson
  Sat 30 May   Rózsa Péter
  Mon 1 Jun    Sophie Germain
Back: kinship undo
""")
    days = {
        i["person"]["name"]: i["due_on"]
        for i in json.loads(ladies("due", "--ahead", "20d", "--only", "keep", "--json"))["items"]
    }
    assert days == snapshot(
        {
            "Grace Hopper": "2026-05-22",
            "Emmy Noether": "2026-05-23",
            "Alice Ball": "2026-05-25",
            "Katherine Johnson": "2026-05-27",
            "Mary Jackson": "2026-05-28",
            "Rózsa Péter": "2026-05-30",
            "Sophie Germain": "2026-06-01",
        }
    )
    assert ladies("undo") == snapshot(
        "Undone: keep in:PyLadies Slack --spread (5 nudges; just now). Again: kinship redo\n"
    )


def test_the_days_of_a_spread_over_two_years_stand_in_a_column(ladies: Program) -> None:
    ladies("keep", "in:pyladies", "monthly", today="2026-12-02")
    said = ladies("keep", "in:pyladies", "--spread", "60d", today="2026-12-02")
    rows = [row for row in said.splitlines() if row.startswith("  ")]
    names = ("Alice", "Emmy", "Grace", "Katherine", "Mary", "Rózsa", "Sophie")
    assert {next(row.index(n) for n in names if n in row) for row in rows} == {19}
    assert len(rows) == 7


def test_setting_and_spreading_in_one_go(ladies: Program) -> None:
    assert ladies("keep", "in:pyladies", "1w", "--spread", "2w", columns=80) == snapshot("""\
PyLadies Slack: weekly, for 7 people, and whoever joins later.
7 hellos, the last on Wed 3 Jun:
  Tue 26 May   Grace Hopper
  Wed 27 May   Emmy Noether
  Thu 28 May   Alice Ball
  Sat 30 May   Katherine Johnson
  Sun 31 May   Mary Jackson
  Mon 1 Jun    Rózsa Péter
  Wed 3 Jun    Sophie Germain
Nothing was written. Do it: kinship keep in:pyladies 1w --spread 14d -y
""")
    assert "no cadence" in ladies("keep", "sophie")
    ladies("keep", "in:pyladies", "1w", "--spread", "2w", "-y")
    assert "weekly (community PyLadies Slack" in ladies("keep", "sophie")
    assert ladies("keep", "ada,grace", "1w", "--spread", "30d") == snapshot("""\
Weekly for 2 people.
2 hellos, the last on Wed 10 Jun:
  Tue 26 May   Ada Lovelace
  Wed 10 Jun   Grace Hopper
Nothing was written. Do it: kinship keep ada,grace 1w --spread 30d -y
""")
    assert ladies("keep", "in:pyladies", "yearly", "--spread", "30d", "-y") == snapshot("""\
PyLadies Slack: yearly, for 7 people, and whoever joins later.
No hello comes before Fri 19 Jun: nothing to spread.
Back: kinship undo
""")
    assert ladies("keep", "in:pyladies", "--spread", "30d", "-y") == snapshot(
        "No hello comes before Fri 19 Jun: nothing to spread.\n"
    )


def test_a_plan_for_programs(ladies: Program) -> None:
    plan = json.loads(ladies("keep", "at:pycon", "3d", "--spread", "10d", "--json"))
    assert plan == snapshot(
        {
            "kind": "event",
            "name": "PyCon 2026",
            "every": "3d",
            "people": 2,
            "hellos": [
                {"id": 2, "name": "Ada Lovelace", "next_on": "2026-05-22"},
                {"id": 1, "name": "Grace Hopper", "next_on": "2026-05-27"},
            ],
            "written": False,
        }
    )


def test_spreading_more_people_than_a_screen_has_lines(kin: Program) -> None:
    lines = "".join(f"Person {n:03}\n" for n in range(70))
    kin("add", "-", "--tag", "crowd", "--new", stdin=lines)
    said = kin("keep", "tag:crowd", "weekly", "--spread", "14d")
    assert said == snapshot("""\
crowd: weekly, for 70 people, and whoever gets the tag later.
70 hellos, the last on Wed 3 Jun:
  Wed 27 May   Person 000, Person 001, Person 002, 6 more
  Thu 28 May   Person 009, Person 010, Person 011, 6 more
  Fri 29 May   Person 018, Person 019, Person 020, 6 more
  Sat 30 May   Person 027, Person 028, Person 029, 5 more
  Sun 31 May   Person 035, Person 036, Person 037, 6 more
  Mon 1 Jun    Person 044, Person 045, Person 046, 6 more
  Tue 2 Jun    Person 053, Person 054, Person 055, 5 more
  Wed 3 Jun    Person 061, Person 062, Person 063, 6 more
Nothing was written. Do it: kinship keep tag:crowd weekly --spread 14d -y
""")
    assert kin("keep", "tag:crowd", "1d") == snapshot("""\
crowd: daily, for 70 people, and whoever gets the tag later.
70 first hellos come in the week from Thu 21 May.
Spread them: kinship keep tag:crowd --spread 30d
""")


def test_a_query_gives_each_their_own(ladies: Program) -> None:
    assert ladies("keep", "in:pyladies", "not:met", "monthly") == snapshot("""\
Monthly for 6 people, each their own.
6 first hellos come in the week from Sat 20 Jun.
Spread them: kinship keep in:pyladies not:met --spread 61d
""")
    assert ladies("keep", "sophie") == snapshot("""\
Sophie Germain: monthly. Next hello Sat 20 Jun.
Change it: kinship keep sophie 6w
""")
    assert ladies("undo") == snapshot(
        "Undone: keep in:pyladies not:met (6 people; just now). Again: kinship redo\n"
    )
    assert ladies("keep", "city:london", "6w", "--spread", "10d") == snapshot("""\
Every 6 weeks for 1 person.
No hello comes before Sat 30 May: nothing to spread.
Nothing was written. Do it: kinship keep city:london 6w --spread 10d -y
""")
    assert ladies("keep", "in:pyladies,rse", "off") == snapshot("No cadence for 7 people.\n")


def test_more_than_fifty_people_need_a_yes(kin: Program) -> None:
    kin("add", "-", "--city", "Berlin", "--new", stdin="".join(f"Person {n}\n" for n in range(51)))
    assert kin("keep", "city:berlin", "monthly", exit_code=2).err == snapshot("""\
kinship: monthly for each of 51 people needs a yes. Nothing was written.
  kinship keep city:berlin monthly -y
""")
    assert kin("keep", "city:berlin", "monthly", "-y") == snapshot("""\
Monthly for 51 people, each their own.
51 first hellos come in the week from Sat 20 Jun.
Spread them: kinship keep city:berlin --spread 61d
""")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("in:", "weekly"), 2),
        (("in:nope", "weekly"), 3),
        (("at:nope", "weekly"), 3),
        (("tag:nope", "weekly"), 3),
        (("in:pyladies", "5"), 2),
        (("in:pyladies", "sometimes"), 2),
        (("in:pyladies", "shared"), 2),
        (("in:pyladies", "weekly", "please"), 2),
        (("in:pyladies", "off", "--spread", "30d"), 2),
        (("in:pyladies", "--spread", "30d"), 2),
        (("in:pyladies", "weekly", "--spread", "yesterday"), 2),
        (("in:pyladies", "weekly", "--spread", "today"), 2),
        (("in:pyladies", "weekly", "--spread", "3y"), 2),
        (("in:pyladies", "weekly", "--spread", "a lot"), 2),
        (("city:nowhere", "weekly"), 3),
        (("city:london",), 2),
        (("is:nothing", "weekly"), 2),
        (("ada", "shared", "--spread", "30d"), 2),
        (("me", "--spread", "30d"), 2),
        (("--circle", "shared", "3w"), 2),
        (("--circle", "close", "3w", "--spread", "30d"), 2),
    ],
)
def test_what_cannot_be_kept_writes_nothing(
    ladies: Program, words: tuple[str, ...], code: int
) -> None:
    before = ladies("undo", "--list")
    said = ladies("keep", *words, exit_code=code).err
    assert said.startswith("kinship: ")
    assert ladies("undo", "--list") == before


def test_a_dry_run_writes_nothing_at_all(ladies: Program, path: Path) -> None:
    ladies("community")
    before = path.read_bytes()
    ladies("keep", "in:pyladies", "weekly", "--spread", "30d")
    assert path.read_bytes() == before


# On a terminal


def typed(started: list[Spawn], *words: str) -> Spawn:
    child = terminals.typed(*words, KINSHIP_TODAY=TODAY)
    started.append(child)
    return child


def end(child: Spawn) -> tuple[str, int | None]:
    child.expect(pexpect.EOF)
    said = child.before or ""
    child.close()
    return plain(said), child.exitstatus


def test_a_close_name_is_asked_about(ladies: Program, terminal: list[Spawn]) -> None:
    child = typed(terminal, "community", "join", "PyLadeis Slack", "ada")
    child.expect_exact('"PyLadeis Slack" is new to me. Did you mean PyLadies Slack? [Y/n]')
    child.sendline("")
    assert "Joined PyLadies Slack: Ada Lovelace" in end(child)[0]
    child = typed(terminal, "add", "Zoe", "--online", "in:PyLadies Slck")
    child.expect_exact("Did you mean PyLadies Slack? [Y/n]")
    child.sendline("n")
    assert "PyLadies Slck" in end(child)[0]


def test_a_close_name_never_writes_by_enter(ladies: Program, terminal: list[Spawn]) -> None:
    child = typed(terminal, "keep", "in:pyladeis", "weekly")
    child.expect_exact("Did you mean PyLadies Slack? [y/N]")
    child.sendline("")
    assert end(child)[1] == 1
    child = typed(terminal, "community", "show", "pyladeis")
    child.expect_exact("Did you mean PyLadies Slack? [Y/n]")
    child.sendline("")
    assert "MEET AT LAST" in end(child)[0]


def test_one_of_several_communities_is_picked(ladies: Program, terminal: list[Spawn]) -> None:
    ladies("community", "add", "PyLadies Berlin")
    child = typed(terminal, "community", "join", "pyladies", "ada")
    child.expect_exact("Number, more of the name, or Enter to stop:")
    child.sendline("slack")
    assert "Joined PyLadies Slack: Ada Lovelace" in end(child)[0]
    child = typed(terminal, "keep", "in:pyladies", "weekly")
    child.expect_exact("or Enter to stop:")
    child.sendline("")
    assert end(child)[1] == 1


def test_removing_a_community_asks(ladies: Program, terminal: list[Spawn]) -> None:
    ladies("keep", "in:pyladies", "quarterly")
    child = typed(terminal, "community", "rm", "pyladies")
    child.expect_exact("Remove? [y/N]")
    assert plain(child.before or "") == snapshot(
        "PyLadies Slack: 7 people in it, who stay, and their cadence (quarterly) ends.\r\n"
    )
    child.sendline("")
    assert end(child)[1] == 1
    assert "PyLadies" in ladies("community")


def test_more_than_fifty_people_are_asked_about(kin: Program, terminal: list[Spawn]) -> None:
    kin("add", "-", "--city", "Berlin", "--new", stdin="".join(f"Person {n}\n" for n in range(51)))
    child = typed(terminal, "keep", "city:berlin", "monthly")
    child.expect_exact("Monthly for each of 51 people? [y/N]")
    child.sendline("")
    assert end(child)[1] == 1
    assert "no cadence" in kin("keep", "1")


# A busy day


def test_what_was_removed_in_between_is_not_written(ladies: Program, path: Path) -> None:
    kin = Kin(Options(db=str(path)))
    found = targets.community(kin, "pyladies")
    ladies("community", "rm", "pyladies", "-y")
    with pytest.raises(Refused):
        communities.edit(kin.writable, found, channel="discord")
    target = shared_cadences.Target("community", found.name, found.id)
    with pytest.raises(Refused):
        shared_cadences.share(kin.writable, target, Cadence(1, "w"), today=kin.today)
