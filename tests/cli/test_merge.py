"""``merge``: two entries, one person, asked about on a terminal and said in options elsewhere."""

import json
from pathlib import Path

import pytest
from inline_snapshot import snapshot

from conftest import Program
from terminals import Spawn, ended, shown, typed


@pytest.fixture
def twice(kin: Program) -> Program:
    """Ada is here twice, and so is Bob."""
    kin("add", "Ada Lovelace", "ada@engine.example", "--org", "Engine Ltd", "--city", "London")
    kin("add", "Ada King", "linkedin:adal", "--org", "ACME", "--birthday", "10 dec 1815")
    kin("log", "ada-k", "lunch")
    kin("note", "ada-l", "likes horses")
    kin("add", "Bob Smith", "--org", "ACME", "--new")
    kin("add", "Robert Smith", "--org", "ACME Inc", "--new")
    return kin


def test_a_preview_shows_both_side_by_side(twice: Program) -> None:
    assert twice("merge", "ada-l", "ada-k", "--dry-run") == snapshot("""\
            1 Ada Lovelace                    2 Ada King
org         Engine Ltd                        ACME
city        London
birthday                                      10 Dec 1815
reached at  email ada@engine.example          LinkedIn adal
written     1 note                            1 conversation

Ada King would become part of Ada Lovelace.
  name: Ada Lovelace stays, Ada King becomes the nickname
  org: Engine Ltd stays, ACME goes into a note
Nothing was written.
""")
    assert twice("show", "ada-k", "--json")


def test_on_a_phone_they_stand_under_each_other(twice: Program) -> None:
    assert twice("merge", "ada-l", "ada-k", "--dry-run", columns=44) == snapshot("""\
1 Ada Lovelace
  org Engine Ltd
  city London
  reached at email ada@engine.example
  written 1 note
2 Ada King
  org ACME
  birthday 10 Dec 1815
  reached at LinkedIn adal
  written 1 conversation

Ada King would become part of Ada Lovelace.
  name: Ada Lovelace stays, Ada King becomes
  the nickname
  org: Engine Ltd stays, ACME goes into a
  note
Nothing was written.
""")


def test_merging_says_what_became_of_the_names_and_what_takes_it_back(twice: Program) -> None:
    assert twice("merge", "ada-l", "ada-k", "-y") == snapshot("""\
Ada King is part of Ada Lovelace now.
Ada King is the nickname. What did not fit is in a note. Back: kinship undo
""")
    assert twice("show", "ada", "--all") == snapshot("""\
Ada Lovelace                                                             ada · 1
Engine Ltd, London

  talked    20 May: lunch
  met       you know them

  reach     email     ada@engine.example   best
            LinkedIn  adal                 not connected yet
  nick      Ada King
  birthday  10 Dec 1815

  20 May      #3    note    From Ada King, the same person:
                            org: ACME
  20 May      #2    note    likes horses
  20 May      #1    talked  lunch
""")
    assert json.loads(twice("show", "Ada King", "--json"))["name"] == "Ada Lovelace"
    assert twice("undo") == snapshot(
        "Undone: merge ada-l ada-k (1 channel, 1 conversation, 2 people, 1 source, 1 note; just now). Again: kinship redo\n"
    )
    assert twice("list", "ada", "--format", "names") == snapshot("""\
ada-k
ada-l
""")


def test_without_a_terminal_options_decide(twice: Program) -> None:
    refused = twice("merge", "ada-l", "ada-k", exit_code=2)
    assert refused.err == snapshot("""\
kinship: merging Ada King into Ada Lovelace needs a yes. Nothing was merged.
  kinship merge ada-l ada-k --dry-run   what would become of them
  kinship merge ada-l ada-k -y
""")
    twice("merge", "ada-l", "ada-k", "--take", "org,name", "-y")
    person = json.loads(twice("show", "ada", "--json"))
    assert (person["name"], person["org"], person["nick"]) == ("Ada King", "ACME", "Ada Lovelace")


def test_of_three_a_number_says_whose_value_stays(twice: Program) -> None:
    twice("add", "Augusta Ada", "--city", "Paris", "--new")
    twice("merge", "ada-l,ada-k", "augusta", "--take", "city=3", "-y")
    assert json.loads(twice("show", "ada-l", "--json"))["city"] == "Paris"


def test_programs_read_the_plan_and_what_was_done(twice: Program) -> None:
    planned = json.loads(twice("merge", "ada-l", "ada-k", "--dry-run", "--json"))
    assert planned["merged"] is False
    assert planned["fields"]["org"] == {
        "values": ["Engine Ltd", "ACME"],
        "stays": "Engine Ltd",
        "differ": True,
    }
    done = json.loads(twice("merge", "ada-l", "ada-k", "-y", "--json"))
    assert done["merged"] is True
    assert [p["name"] for p in done["others"]] == ["Ada King"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["merge", "ada-l"], 2, "say two people or more"),
        (["merge", "ada-l", "ada-l"], 2, "both mean Ada Lovelace"),
        (["merge", "me", "ada-l", "-y"], 2, "that is you"),
        (["merge", "ada", "bob", "-y"], 4, "could be 2 people"),
        (["merge", "ada-l", "Charles", "-y"], 3, "nobody is called"),
        (["merge", "ada-l", "ada-k", "--take", "shoe"], 2, "is no field"),
        (["merge", "ada-l", "ada-k", "--take", "org=3"], 2, "there are 2 people"),
        (["merge", "ada-l", "ada-k", "--take", "role", "-y"], 2, "there is no role to take"),
        (["merge", "-y"], 2, "say two people or more"),
        (["merge", "--not"], 2, "say two people or more"),
        (["merge", "-i"], 2, "there is no terminal"),
        (["merge", "-i", "ada-l", "ada-k"], 2, "nobody is named with them"),
    ],
)
def test_what_cannot_be_merged_is_said(
    twice: Program, words: list[str], code: int, said: str
) -> None:
    before = twice("list", "--json")
    refused = twice(*words, exit_code=code)
    assert said in refused.err
    assert twice("list", "--json") == before


def test_likely_doubles_come_with_their_reasons_and_the_command(twice: Program) -> None:
    assert twice("merge") == snapshot("""\
Bob Smith, ACME and Robert Smith, ACME Inc
  Bob and Robert, both at ACME
  kinship merge bob robert

Not the same? kinship merge bob robert --not
One by one: kinship merge -i
""")
    [one] = json.loads(twice("merge", "--json"))
    assert one["why"] == ["Bob and Robert", "both at ACME"]
    assert twice("merge", "--format", "csv") == snapshot("""\
name,ref,other.name,other.ref,why
Bob Smith,bob,Robert Smith,robert,Bob and Robert; both at ACME
""")


def test_on_a_phone_reasons_break_between_words_and_commands_stay_whole(twice: Program) -> None:
    twice("add", "Wolfeschlegelstein Hausenbergerdorff", "--org", "Analytical Engines", "--new")
    twice("add", "Wolfeschlegelstien Hausenbergerdorff", "--org", "Analytical Engines", "--new")
    said = twice("merge", columns=44)
    assert said == snapshot("""\
Bob Smith, ACME and Robert Smith, ACME Inc
  Bob and Robert, both at ACME
  kinship merge bob robert
Wolfeschlegelstein Hausenbergerdorff,
Analytical Engines and Wolfeschlegelstien
Hausenbergerdorff, Analytical Engines
  letters swapped, both at Analytical
  Engines
  kinship merge wolfeschlegelstein wolfeschlegelstien

Not the same? kinship merge bob robert --not
One by one: kinship merge -i
""")
    assert max(len(row) for row in said.splitlines() if "kinship" not in row) <= 44


def test_ten_are_shown_and_how_many_more(kin: Program) -> None:
    for n in range(12):
        name = f"Given{chr(97 + n) * 3} Family{chr(97 + n) * 3}"
        kin("add", name, "--org", f"Company{n}", "--new")
        kin("add", name, "--org", f"Company{n}", "--new")
    assert kin("merge").count("twice") == 10
    assert "2 more: kinship merge --all" in kin("merge")
    assert kin("merge", "--all").count("twice") == 12
    assert kin("merge", "-n", "3").count("twice") == 3


def test_who_is_not_the_same_is_never_asked_about_again(twice: Program) -> None:
    assert twice("merge", "bob", "robert", "--not") == snapshot(
        "Bob Smith and Robert Smith are different people; I will not ask again. Back: kinship undo\n"
    )
    assert twice("merge") == snapshot("Nobody seems to be here twice.\n")
    assert twice("merge", "robert", "bob", "--not") == snapshot(
        "Robert Smith and Bob Smith are different people, as you said before.\n"
    )
    twice("undo")
    assert "Robert Smith" in twice("merge")


def test_nobody_is_here_twice(kin: Program) -> None:
    assert kin("merge") == "Nobody seems to be here twice.\n"
    assert kin("merge", "--json") == "[]\n"


def test_in_the_practice_file_commands_say_so(kin: Program) -> None:
    said = kin("--demo", "merge", "1", "2", exit_code=2).err
    assert "kinship --demo merge" in said


# On a terminal


def test_what_differs_is_chosen_by_number_and_then_confirmed(
    twice: Program, terminal: list[Spawn]
) -> None:
    child = typed("merge", "ada-l", "ada-k")
    terminal.append(child)
    child.expect_exact("Number, or Enter for 1:")
    child.sendline("")
    child.expect_exact("Which org stays?")
    child.expect_exact("Number, or Enter for 1:")
    child.sendline("7")
    child.expect_exact("One of 1, 2.")
    child.sendline("2")
    child.expect_exact("Merge Ada King into Ada Lovelace? [y/N]")
    child.sendline("y")
    said, code = ended(child)
    assert code == 0
    assert "Ada King is part of Ada Lovelace now." in said
    assert json.loads(twice("show", "ada", "--json"))["org"] == "ACME"


@pytest.mark.parametrize("answer", ["n", "", "\x04"])
def test_no_is_no(twice: Program, terminal: list[Spawn], answer: str) -> None:
    child = typed("merge", "bob", "robert", "--take", "name,org")
    terminal.append(child)
    child.expect_exact("[y/N]")
    child.send(answer if answer == "\x04" else f"{answer}\n")
    said, code = ended(child)
    assert code == 1
    assert "othing was merged" in said
    assert "Robert Smith" in twice("list")


def test_a_walk_merges_parts_and_takes_back(twice: Program, terminal: list[Spawn]) -> None:
    twice("add", "Grace Hopper", "--city", "London", "--new")
    twice("add", "Garce Hopper", "--city", "London", "--new")
    child = typed("merge", "-i")
    terminal.append(child)
    child.expect_exact("[q]uit > ")
    assert shown(child.before or "") == snapshot("""\
1 of 2  Bob and Robert, both at ACME
            1 Bob Smith                       2 Robert Smith
org         ACME                              ACME Inc

Robert Smith would become part of Bob Smith.
  name: Bob Smith stays, Robert becomes the nickname
  org: ACME stays, ACME Inc goes into a note

[m]erge  [d]ifferent people  [n]ext  [t]urn: the other stays  \
""")
    child.send("m")
    child.expect_exact("name: 1 Bob Smith  2 Robert Smith. Number, or Enter for 1:")
    child.sendline("2")
    child.expect_exact("org: 1 ACME  2 ACME Inc. Number, or Enter for 1:")
    child.sendline("")
    child.expect_exact("[q]uit > ")
    assert shown(child.before or "") == snapshot("""\
 \n\
✓ Robert Smith is part of Bob Smith

2 of 2  letters swapped, same city
            1 Grace Hopper                    2 Garce Hopper
city        London                            London

Garce Hopper would become part of Grace Hopper.
  name: Grace Hopper stays, Garce Hopper goes into a note

[m]erge  [d]ifferent people  [n]ext
[b]ack  [u]ndo  [t]urn: the other stays  \
""")
    child.send("d")
    said, code = ended(child)
    assert code == 0
    assert shown(said) == snapshot("""\
d
✓ Grace Hopper and Garce Hopper are different people

1 merged, 1 different.
kinship undo takes back the last, kinship undo --batch all of them.
""")
    assert "Nobody" in twice("merge")
    assert json.loads(twice("show", "bob", "--json"))["name"] == "Robert Smith"
    twice("undo", "--batch")
    assert twice("merge", "--json").count('"why"') == 2


def test_a_turn_keeps_the_other_and_next_leaves_them_for_later(
    twice: Program, terminal: list[Spawn]
) -> None:
    child = typed("merge", "-i")
    terminal.append(child)
    child.expect_exact("[q]uit > ")
    child.send("t")
    child.expect_exact("[q]uit > ")
    assert "Bob Smith would become part of Robert Smith." in shown(child.before or "")
    child.send("n")
    said, _ = ended(child)
    assert "1 left for later" in said
    assert "Nothing was written." in said


def test_the_file_before_anybody_is_in_it_stays_unmade(kin: Program, path: Path) -> None:
    kin("merge")
    kin("merge", "--json")
    assert not path.exists()


def test_namesakes_are_told_apart_where_they_are_merged(kin: Program) -> None:
    kin("add", "Ulf Sommer")
    kin("add", "Ulf Sommer", "--new")
    refused = kin("merge", "2", "1", exit_code=2).err
    assert "merging Ulf Sommer (1) into Ulf Sommer (2) needs a yes" in refused
