"""``import``: files of other programs, from the plan to what is worth doing next."""

import io
import json
import sqlite3
import stat
import zipfile
from pathlib import Path

import pytest
from inline_snapshot import snapshot

from conftest import Program
from kinship.store import bulk
from terminals import Spawn, ended, shown, typed

CONNECTIONS = """\
Notes:
"When exporting your connection data, you may notice that some of the email addresses are missing."

First Name,Last Name,URL,Email Address,Company,Position,Connected On
Ada,Lovelace,https://www.linkedin.com/in/ada-lovelace,,Analytical Engines,Engineer,12 Mar 2024
Grace,Hopper,https://www.linkedin.com/in/grace-hopper,grace@navy.example,Navy,Admiral,02 Nov 2023
Emmy,Noether,https://www.linkedin.com/in/emmy-noether,,Göttingen,Professor,01 May 2026
,,,,,,03 Apr 2020
Mary,Somerville,https://www.linkedin.com/in/mary-somerville,,,,14 Feb 2019
"""
MESSAGES = """\
CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER
1,,Charles Babbage,https://www.linkedin.com/in/babbage,Ada Lovelace,https://www.linkedin.com/in/ada-lovelace,2026-05-10 09:00:00 UTC,,Will you look at the engine?,INBOX
1,,Ada Lovelace,https://www.linkedin.com/in/ada-lovelace,Charles Babbage,https://www.linkedin.com/in/babbage,2026-05-12 09:00:00 UTC,,"Gladly, when?",INBOX
2,,Charles Babbage,https://www.linkedin.com/in/babbage,Grace Hopper,https://www.linkedin.com/in/grace-hopper,2025-11-03 09:00:00 UTC,,Thanks for the talk,INBOX
3,,Mary Somerville,https://www.linkedin.com/in/mary-somerville,Charles Babbage,https://www.linkedin.com/in/babbage,2019-03-01 09:00:00 UTC,,Congratulations!,INBOX
"""
PEOPLE = """\
Name;Company;E-mail;Birthday;Shoe size
Ada Lovelace;Engines;ada@engine.example;1815-12-10;38
Grace Hopper;Navy;grace@navy.example;;
;;;1990-01-01;
Alan Turing;Bletchley;alan@x.example;1912-06-23;42
"""
CARDS = """\
BEGIN:VCARD
VERSION:3.0
FN:Rosalind Franklin
TEL;TYPE=HOME:+44 20 7946 0958
EMAIL;TYPE=WORK:rosalind@king.example
X-SHOE-SIZE:38
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAP
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:King's College
X-ABShowAs:COMPANY
ORG:King's College
END:VCARD
"""


@pytest.fixture
def files(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with files of other programs, and where we are."""
    folder = home / "files"
    folder.mkdir()
    monkeypatch.chdir(folder)
    (folder / "Connections.csv").write_text(CONNECTIONS)
    (folder / "messages.csv").write_text(MESSAGES)
    (folder / "people.csv").write_text(PEOPLE)
    (folder / "contacts.vcf").write_text(CARDS)
    with zipfile.ZipFile(folder / "LinkedIn.zip", "w") as archive:
        archive.writestr("Connections.csv", CONNECTIONS)
        archive.writestr("messages.csv", MESSAGES)
        archive.writestr("Ad_Targeting.csv", "Member Age\n35-54\n")
    return folder


# The plan, and doing it


def test_a_dry_run_shows_the_plan_and_writes_nothing(kin: Program, files: Path, path: Path) -> None:
    assert kin("import", "Connections.csv", "--dry-run") == snapshot("""\
LinkedIn connections, 5 rows.
     4 new           first: Ada Lovelace, Grace Hopper, Emmy Noether
     1 skipped       no name (row 8)

Nothing was written. Without --dry-run it is one step, and kinship undo takes it
back.
""")
    assert not path.exists()


def test_an_archive_of_linkedin_from_the_plan_to_what_is_due(kin: Program, files: Path) -> None:
    assert kin("import", "LinkedIn.zip", "-y") == snapshot("""\
Connections.csv: LinkedIn connections, 5 rows
messages.csv: LinkedIn messages, 3 people
     4 new           first: Ada Lovelace, Grace Hopper, Emmy Noether
     1 skipped       no name (Connections.csv, row 8)
1 other file is left out: no people are listed there.

Added 4 people. It is import 1. Back: kinship undo

NEXT
  1 wrote last and waits for an answer: kinship due
  Stay in touch with the 2 you talked with in the last year:
  kinship keep import:1 last:1y.. 3mo --spread 30d
  All who came with it: kinship list import:1
Your file is ~/.local/share/kinship/kinship.db
""")
    assert kin("due") == snapshot("""\
Wednesday 20 May                                             1 overdue · 0 today

OVERDUE
  Ada Lovelace     Reply: Gladly, when?                  wrote to you 8 days ago
                   LinkedIn ada-lovelace                        kinship open ada

done, snooze, log, open + a name.  Walk through them: kinship due -i
""")
    assert kin("keep", "import:1", "last:1y..", "3mo", "--spread", "30d") == snapshot("""\
Quarterly for 2 people.
1 hello, on Thu 21 May:
  Thu 21 May   Grace Hopper
1 person later than that, as before.
Nothing was written. Do it: kinship keep import:1 last:1y.. 3mo --spread 30d -y
""")


def test_the_same_again_adds_nobody(kin: Program, files: Path) -> None:
    kin("import", "LinkedIn.zip", "-y")
    before = kin("undo", "--list")
    assert kin("import", "LinkedIn.zip") == snapshot("""\
Connections.csv: LinkedIn connections, 5 rows
messages.csv: LinkedIn messages, 3 people
     4 unchanged     here with all of it
     1 skipped       no name (Connections.csv, row 8)
1 other file is left out: no people are listed there.

Nothing to write: all of it is here already.
""")
    assert kin("undo", "--list") == before


def test_who_is_here_already_gets_more_and_keeps_what_was_written_by_hand(
    kin: Program, files: Path
) -> None:
    kin("add", "Ada", "Lovelace", "linkedin:ada-lovelace", "--org", "The Engine")
    kin("add", "Grace", "Hopper", "--org", "Eckert-Mauchly")
    assert kin("import", "Connections.csv", "--dry-run") == snapshot("""\
LinkedIn connections, 5 rows.
     3 new           Grace Hopper, Emmy Noether, Mary Somerville
     1 here already  would get: LinkedIn connected, role
     1 different     org; what is here stays
     1 skipped       no name (row 8)
Grace Hopper shares a name with somebody else and stays apart.

DIFFERENT the first is what is here
  Ada Lovelace  org: The Engine; in the file Analytical Engines

Nothing was written. Without --dry-run it is one step, and kinship undo takes it
back.
""")
    assert kin("import", "Connections.csv", "--dry-run", columns=44) == snapshot("""\
LinkedIn connections, 5 rows.
     3 new           Grace Hopper, Emmy
                     Noether, Mary
                     Somerville
     1 here already  would get: LinkedIn
                     connected, role
     1 different     org; what is here stays
     1 skipped       no name (row 8)
Grace Hopper shares a name with somebody
else and stays apart.

DIFFERENT the first is what is here
  Ada Lovelace  org: The Engine; in the file
                Analytical Engines

Nothing was written. Without --dry-run it is
one step, and kinship undo takes it back.
""")
    kin("import", "Connections.csv", "-y")
    ada = json.loads(kin("show", "ada", "--json"))
    assert (ada["org"], ada["role"]) == ("The Engine", "Engineer")


def test_parts_of_an_address_that_is_understood_are_not_told(kin: Program, files: Path) -> None:
    (files / "street.csv").write_text(
        "Name,Email,Street,City,Country,Floor\nAda,a@x.example,1 Mill St,London,UK,4\n"
    )
    plan = kin("import", "street.csv", "--dry-run")
    assert "This column is kept as written, and shown by show --all: Floor" in plan


def test_several_files_at_once_are_one_step(kin: Program, files: Path) -> None:
    assert kin("import", "people.csv", "contacts.vcf", "-y", exit_code=5) == snapshot("""\
people.csv: a table, 4 rows
contacts.vcf: vCards, 2 cards
     4 new           first: Ada Lovelace, Grace Hopper, Alan Turing
     2 skipped       no name, e-mail address, phone number or company
                     (people.csv, row 4); an organisation (contacts.vcf, row 9)
This column is kept as written, and shown by show --all: Shoe size

Added 4 people. It is import 1. Back: kinship undo

NEXT
  Stay in touch with some: kinship keep WHO monthly
  All who came with it: kinship list import:1
Your file is ~/.local/share/kinship/kinship.db
""")
    kin("undo")
    assert kin("list") == ""


def test_what_was_left_out_is_kept_aside(kin: Program, files: Path) -> None:
    said = kin("import", "people.csv", "-y", "--rejects", "left.csv", exit_code=5)
    assert "What was left out is in" in said.err
    left = files / "left.csv"
    assert left.read_text() == snapshot("""\
Name;Company;E-mail;Birthday;Shoe size
;;;1990-01-01;
""")
    assert stat.S_IMODE(left.stat().st_mode) == 0o600
    again = kin("import", "people.csv", "-y", "--rejects", "left.csv", exit_code=5)
    assert again == ""
    assert again.err == snapshot("""\
kinship: ~/files/left.csv is there already. Nothing was written.
  Move it away, or name another file for --rejects.
""")


def test_what_was_left_out_is_kept_aside_though_nothing_is_new(kin: Program, files: Path) -> None:
    kin("import", "people.csv", "-y", exit_code=5)
    kin("import", "people.csv", "-y", "--rejects", "left.csv", exit_code=5)
    assert (files / "left.csv").read_text().endswith(";;;1990-01-01;\n")


def test_nothing_is_kept_aside_on_a_dry_run(kin: Program, files: Path) -> None:
    kin("import", "people.csv", "--dry-run", "--rejects", "left.csv", exit_code=5)
    assert not (files / "left.csv").exists()


def test_an_import_without_a_terminal_needs_a_yes(kin: Program, files: Path) -> None:
    said = kin("import", "people.csv", "-t", "old friends", exit_code=2)
    assert "3 new" in said
    assert said.err == snapshot("""\
kinship: an import needs a yes. Nothing was written.
  kinship import people.csv -t "old friends" -y
""")
    assert kin("list") == ""


def test_everybody_of_a_file_was_met_at_an_event_and_belongs_to_a_community(
    kin: Program, files: Path
) -> None:
    kin("event", "add", "PyCon 2026", "--from", "14 may", "--until", "18 may")
    kin("community", "add", "PyLadies")
    said = kin("import", "contacts.vcf", "--at", "pycon", "-c", "pyladies", "-t", "new,uk", "-y")
    assert said == snapshot("""\
vCards, 2 cards.
     1 new           Rosalind Franklin
     1 skipped       an organisation (row 9)

Added 1 person. It is import 1. Back: kinship undo

NEXT
  PyCon 2026, and who of them is there: kinship event show pycon
  Stay in touch with some: kinship keep WHO monthly
  1 you met and are not connected with yet: kinship connect
  All who came with it: kinship list import:1
""")
    rosalind = json.loads(kin("show", "rosalind", "--json"))
    assert rosalind["met_at"] == "PyCon 2026"
    assert rosalind["communities"] == ["PyLadies"]
    assert rosalind["tags"] == ["new", "uk"]


def test_a_file_may_come_from_standard_input(kin: Program, files: Path) -> None:
    said = kin("import", "-", "-y", stdin=CARDS)
    assert "Added 1 person" in said
    assert "Rosalind" in kin("list")


def test_a_plan_and_its_result_for_programs(kin: Program, files: Path) -> None:
    planned = json.loads(kin("import", "people.csv", "--dry-run", "--json", exit_code=5))
    assert [one["name"] for one in planned["new"]] == [
        "Ada Lovelace",
        "Grace Hopper",
        "Alan Turing",
    ]
    assert planned["written"] is False
    assert planned["skipped"] == snapshot(
        [
            {
                "file": "people.csv",
                "row": 4,
                "why": "no name, e-mail address, phone number or company",
                "bad": True,
            }
        ]
    )
    assert planned["kept_columns"] == {"Shoe size": 2}
    done = json.loads(kin("import", "people.csv", "-y", "--json", exit_code=5))
    assert (done["written"], done["import"], len(done["added"])) == (True, 1, 3)
    assert all(step["command"].startswith("kinship ") for step in done["next"])


def test_a_quiet_import_says_nothing(kin: Program, files: Path) -> None:
    assert kin("import", "contacts.vcf", "-y", "-q") == ""
    assert "Rosalind" in kin("list")


# Columns


def test_a_column_that_was_named_once_is_known_again(kin: Program, files: Path) -> None:
    (files / "k.csv").write_text("Wer;Laden\nAda Lovelace;Engines\n")
    assert "--as csv --map name=COLUMN" in kin("import", "k.csv", "-y", exit_code=2).err
    assert kin("import", "k.csv", "--map", "name=wer,company=Laden", "-y") == snapshot("""\
A table, 1 row.
     1 new           Ada Lovelace

Added 1 person. It is import 1. Back: kinship undo --batch

NEXT
  Stay in touch with some: kinship keep WHO monthly
  All who came with it: kinship list import:1
Your file is ~/.local/share/kinship/kinship.db
""")
    (files / "later.csv").write_text("Wer;Laden\nGrace Hopper;Navy\n")
    assert kin("import", "later.csv", "-y") == snapshot("""\
A table, 1 row.
Columns of later.csv as you said before: name=Wer, org=Laden (--map '' forgets).
     1 new           Grace Hopper

Added 1 person. It is import 2. Back: kinship undo

NEXT
  Stay in touch with some: kinship keep WHO monthly
  All who came with it: kinship list import:2
""")
    assert json.loads(kin("show", "grace", "--json"))["org"] == "Navy"


def test_what_was_said_of_columns_can_be_forgotten(kin: Program, files: Path) -> None:
    kin("import", "people.csv", "--map", "cue=Shoe size", "-y", exit_code=5)
    assert "as you said before" in kin("import", "people.csv", exit_code=5)
    kin("import", "people.csv", "--map", "", "--dry-run", exit_code=5)
    assert "as you said before" in kin("import", "people.csv", exit_code=5)
    kin("import", "people.csv", "--map", "", "-y", exit_code=5)
    assert "as you said before" not in kin("import", "people.csv", "--dry-run", exit_code=5)


def test_days_that_could_be_two_are_said_to_be(kin: Program, files: Path) -> None:
    (files / "days.csv").write_text("Name,Birthday\nAda,3/4/1990\n")
    assert kin("import", "days.csv", "--dry-run") == snapshot("""\
A table, 1 row.
     1 new           Ada

NOT UNDERSTOOD kept as it was written
  row 2: Birthday: "3/4/1990" could be two days
  Which comes first, day or month? --date-order dmy, or mdy
This column is kept as written, and shown by show --all: Birthday

Nothing was written. Without --dry-run it is one step, and kinship undo takes it
back.
""")
    kin("import", "days.csv", "--date-order", "dmy", "-y")
    assert json.loads(kin("show", "ada", "--json"))["birthday"] == "1990-04-03"


# What was imported


def test_imports_are_listed_found_and_taken_back_alone(kin: Program, files: Path) -> None:
    assert "Nothing was imported yet." in kin("import", "--list").err
    kin("import", "contacts.vcf", "-y")
    kin("import", "people.csv", "-y", exit_code=5)
    assert kin("import", "--list", "--format", "table", columns=100) == snapshot("""\
┌──────────────┬────────┬────────┬─────────┬───────┬─────────┬─────────────────┐
│ FILE         │ IMPORT │ DAY    │ FORMAT  │ ADDED │ CHANGED │ BACK            │
├──────────────┼────────┼────────┼─────────┼───────┼─────────┼─────────────────┤
│ people.csv   │      2 │ 20 May │ a table │     3 │       0 │ undo            │
│ contacts.vcf │      1 │ 20 May │ vCards  │     1 │       0 │ import --undo 1 │
└──────────────┴────────┴────────┴─────────┴───────┴─────────┴─────────────────┘
""")
    listed = json.loads(kin("import", "--list", "--json"))
    assert [one["undo"] for one in listed] == ["undo", "import --undo 1"]
    assert kin("list", "import:1", "--format", "{name}") == "Rosalind Franklin\n"
    assert kin("export", "import:1,2", "--format", "{name}").count("\n") == 4
    assert kin("import", "--undo", "1") == snapshot(
        "Taken back: import 1, contacts.vcf (1 person added). Again: kinship redo\n"
    )
    assert kin("list", "--format", "{name}") == "Ada Lovelace\nAlan Turing\nGrace Hopper\n"
    assert kin("list", "import:1", exit_code=3).err == snapshot("""\
kinship: there is no import 1.
  kinship import --list
""")


def test_what_something_newer_hangs_on_is_not_taken_back(kin: Program, files: Path) -> None:
    kin("import", "contacts.vcf", "-y")
    kin("edit", "rosalind", "--city", "London")
    assert kin("import", "--undo", "1", exit_code=5).err == snapshot("""\
kinship: something newer changed Rosalind Franklin. Nothing was taken back.
  kinship undo --list
""")


def test_what_was_removed_of_an_import_that_was_taken_back_says_the_way_there(
    kin: Program, files: Path
) -> None:
    kin("import", "contacts.vcf", "-y")
    kin("rm", "rosalind", "-y")
    kin("import", "--undo", "1")
    assert kin("undo", exit_code=5).err == snapshot("""\
kinship: "rm rosalind" belongs to something that is not here any more. Nothing was taken back.
  kinship redo
  kinship undo --list
""")
    kin("redo")
    kin("undo")
    assert "Rosalind" in kin("list")


@pytest.mark.parametrize("many", [1, 1_000])
def test_what_was_removed_comes_back_without_the_import_that_is_gone_for_good(
    kin: Program, files: Path, path: Path, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "_MANY", many)
    kin("add", "Old Friend")
    kin("import", "contacts.vcf", "-y")
    kin("knows", "rosalind", "old")
    before = json.loads(kin("show", "rosalind", "--json"))
    kin("rm", "rosalind", "-y")
    kin("import", "--undo", "1")
    kin("note", "old", "likes tea")
    kin("undo")
    assert kin("undo") == snapshot("""\
Undone: rm rosalind (1 tie, 2 other details, 1 source, 2 channels, 1 person; just now). Again: kinship redo
What belonged to something that was taken back for good stayed away.
""")
    assert json.loads(kin("show", "rosalind", "--json")) == before
    kin("redo")
    assert kin("list", "--format", "{name}") == "Old Friend\n"
    kin("undo", "3")
    assert kin("list", "--format", "{name}") == "Rosalind Franklin\n"
    with sqlite3.connect(path) as conn:
        assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
        assert conn.execute("SELECT import_id FROM source").fetchall() == [(None,)]
        assert conn.execute("SELECT person_id FROM pulse").fetchall() == [(2,)]
    kin("redo", "3")
    assert kin("list", "--format", "{name}") == "Old Friend\n"


def test_what_belonged_to_somebody_who_is_gone_for_good_is_passed_over(
    kin: Program, files: Path
) -> None:
    kin("add", "Old Friend")
    kin("import", "contacts.vcf", "-y")
    kin("note", "rosalind", "likes tea")
    kin("rm", "#1", "-y")
    kin("import", "--undo", "1")
    kin("note", "old", "likes tea")
    assert "stayed away" in kin("undo", "2")
    assert kin("undo").startswith("Undone: note rosalind (just now)")
    assert kin("undo").startswith("Undone: add Old Friend")
    kin("redo", "4")
    assert kin("list", "--format", "{name}") == "Old Friend\n"
    kin("undo", "4")
    assert kin("list", "--json") == "[]\n"


def test_show_has_what_other_programs_said(kin: Program, files: Path) -> None:
    kin("import", "contacts.vcf", "Connections.csv", "-y")
    assert kin("show", "rosalind", "--all") == snapshot("""\
Rosalind Franklin                                                   rosalind · 1

  met       you know them

  reach     phone  +44 20 7946 0958        home, best
            email  rosalind@king.example   work

FROM OTHER PROGRAMS kept as it was written
  vCards
    X-SHOE-SIZE  38
    photo        42 bytes
""")
    assert "FROM OTHER PROGRAMS" not in kin("show", "rosalind")
    assert kin("show", "emmy") == snapshot("""\
Emmy Noether                                                            emmy · 4
Professor at Göttingen

  met       you know them

  reach     LinkedIn  emmy-noether   best, connected since 1 May
""")
    said = json.loads(kin("show", "rosalind", "--json"))
    assert [one["name"] for one in said["other_programs"]] == ["X-SHOE-SIZE", "PHOTO"]
    assert {c["kind"]: c["label"] for c in said["channels"]} == {"phone": "home", "email": "work"}
    emmy = json.loads(kin("show", "emmy", "--json"))
    assert emmy["channels"][0]["connected_on"] == "2026-05-01"


# At a terminal


def test_at_a_terminal_the_plan_is_asked_about(files: Path, terminal: list[Spawn]) -> None:
    terminal.append(child := typed("import", "contacts.vcf"))
    child.expect("Import\\? \\[Y/n\\]")
    assert "1 new" in shown(child.before or "")
    child.sendline("n")
    said, code = ended(child)
    assert "nothing was written" in said
    assert code == 1
    terminal.append(child := typed("import", "contacts.vcf"))
    child.expect("Import\\? \\[Y/n\\]")
    child.sendline("")
    said, code = ended(child)
    assert "Added 1 person" in said
    assert code == 0


def test_at_a_terminal_the_order_of_day_and_month_is_asked(
    kin: Program, files: Path, terminal: list[Spawn]
) -> None:
    (files / "days.csv").write_text("Name,Birthday\nAda,3/4/1990\n")
    terminal.append(child := typed("import", "days.csv"))
    child.expect("ay or \\[m\\]onth")
    child.sendline("d")
    child.expect("Import\\? \\[Y/n\\]")
    child.sendline("y")
    assert ended(child)[1] == 0
    assert json.loads(kin("show", "ada", "--json"))["birthday"] == "1990-04-03"


def test_the_end_of_input_at_the_question_is_a_no(
    kin: Program, files: Path, terminal: list[Spawn]
) -> None:
    terminal.append(child := typed("import", "contacts.vcf"))
    child.expect("Import\\? \\[Y/n\\]")
    child.sendeof()
    assert ended(child)[1] == 1
    assert kin("list") == ""


# What cannot be read


def _bad(files: Path) -> None:
    (files / "empty.csv").write_bytes(b"")
    (files / "text.txt").write_text("hello\n")
    (files / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0 1234")
    (files / "Nothing").mkdir()
    (files / "broken.zip").write_bytes(b"PK\x03\x04 no archive")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("nope.csv", 6, "there is no file nope.csv. Nothing was written."),
        ("empty.csv", 2, '"empty.csv" is empty. Nothing was written.'),
        ("text.txt", 2, '"text.txt" is a text; there are no names in it to read.'),
        ("photo.jpg", 2, '"photo.jpg" is a picture. Nothing was written.'),
        ("Nothing", 2, 'nothing in "Nothing" can be read. Nothing was written.'),
        ("broken.zip", 2, '"broken.zip" is damaged'),
        ("nope.csv text.txt", 2, "none of these 2 files could be read. Nothing was written."),
        ("people.csv --as vcrd", 2, 'there is no format "vcrd". Did you mean vcard?'),
        ("people.csv --as vcard", 2, "there is no vCard in this file. Nothing was written."),
        ("people.csv --encoding klingon", 2, 'there is no encoding "klingon".'),
        ("people.csv --encoding utf-16", 2, "is not in utf-16"),
        ("people.csv --map name=Nmae", 2, 'there is no column "Nmae". Did you mean Name?'),
        ("people.csv --map nmae=Name", 2, 'there is no field "nmae". Did you mean name?'),
        ("people.csv --map Name", 2, '"Name" does not say which column is which field.'),
        ("people.csv --date-order ymd", 2, '--date-order is dmy or mdy, not "ymd".'),
        ("people.csv --at nowhere", 3, 'no event is called "nowhere".'),
        ("people.csv -c nobody", 3, 'no community is called "nobody".'),
        ("people.csv --rejects people.csv", 5, "people.csv is there already."),
        ("people.csv --rejects no/x.csv", 6, "there is no folder"),
        ("", 2, "say which file, folder or zip. Nothing was written."),
        ("- ", 2, '"standard input" is empty. Nothing was written.'),
        ("contacts.vcf --csv", 2, "an import is told as text or with --json."),
        ("--undo x", 2, '"x" is not the number of an import. Nothing was taken back.'),
        ("--undo 7", 3, "there is no import 7. Nothing was taken back."),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_written(
    kin: Program, files: Path, path: Path, words: str, code: int, said: str
) -> None:
    _bad(files)
    result = kin("import", *words.split(), "-y", exit_code=code)
    assert result == ""
    assert result.err.startswith("kinship: ")
    assert said in result.err
    assert not path.exists()


def test_of_two_files_the_one_that_can_be_read_is(kin: Program, files: Path) -> None:
    _bad(files)
    assert kin("import", "contacts.vcf", "text.txt", "-y", exit_code=5) == snapshot("""\
vCards, 2 cards.
     1 new           Rosalind Franklin
     1 skipped       an organisation (row 9)
text.txt is left out: "text.txt" is a text; there are no names in it to read.

Added 1 person. It is import 1. Back: kinship undo

NEXT
  Stay in touch with some: kinship keep WHO monthly
  All who came with it: kinship list import:1
Your file is ~/.local/share/kinship/kinship.db
""")


def test_a_file_of_kinship_is_used_and_not_imported(kin: Program, files: Path, path: Path) -> None:
    kin("add", "Ada")
    assert kin("import", str(path), exit_code=2).err.splitlines()[1:] == [
        f"  kinship --db {path} list",
        f"  kinship --db {path} export --format jsonl -o people.jsonl",
    ]


def test_the_plan_holds_only_while_nobody_else_writes(
    kin: Program, files: Path, terminal: list[Spawn]
) -> None:
    kin("add", "Ada")
    terminal.append(child := typed("import", "contacts.vcf"))
    child.expect("Import\\? \\[Y/n\\]")
    kin("add", "Grace")
    child.sendline("y")
    said, code = ended(child)
    assert "the file was changed just now by another program. Nothing was written." in said
    assert code == 5


def test_a_hostile_name_does_not_reach_the_screen_as_it_is(kin: Program, files: Path) -> None:
    (files / "x.vcf").write_text("BEGIN:VCARD\nFN:Ada\x1b[2J\nNOTE:x\nEND:VCARD\n")
    said = kin("import", "x.vcf", "--dry-run")
    assert "\x1b" not in said


def test_what_was_written_long_ago_waits_for_no_answer(kin: Program, files: Path) -> None:
    kin("import", "LinkedIn.zip", "-y")
    due = json.loads(kin("due", "--json", "--all"))
    assert [one["person"]["name"] for one in due["items"]] == ["Ada Lovelace"]
    kin("log", "mary", "--from-them", "--on", "2026-05-19", "hello again")
    due = json.loads(kin("due", "--json", "--ahead", "7d"))
    assert {one["person"]["name"] for one in due["items"]} == {"Ada Lovelace", "Mary Somerville"}


def test_an_archive_in_memory_is_read_without_a_name(kin: Program, files: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a/contacts.vcf", CARDS)
    assert "Added 1 person" in kin("import", "-", "-y", stdin=data.getvalue())


def test_what_kinship_wrote_comes_back_whole_and_alone(kin: Program, files: Path) -> None:
    kin("add", "Ada", "Lovelace", "+compilers", "keep:monthly")
    kin("log", "ada", "the engine")
    kin("export", "--format", "jsonl", "-o", "all.jsonl")
    other = ("--db", str(files / "other.db"))
    assert kin("import", "all.jsonl", "-y", *other) == snapshot("""\
kinship JSON Lines, 1 person.
     1 new           Ada Lovelace

Added 1 person. Back: kinship undo

NEXT
  See who is due: kinship due
Your file is ~/files/other.db
""")
    assert kin("show", "ada", "--json", *other) == kin("show", "ada", "--json")
    alone = kin("import", "all.jsonl", "contacts.vcf", "-y", *other, exit_code=2).err
    assert "come back by themselves" in alone
    said = kin("import", "all.jsonl", "-t", "x", "-y", *other, exit_code=2).err
    assert "--at, -c and -t are for other files" in said


def test_an_attendee_list_leads_to_its_event(kin: Program, files: Path) -> None:
    (files / "guests.csv").write_text(
        "api_id,name,email,approval_status\n1,Emmy Noether,emmy@math.example,approved\n"
        "2,Hedy Lamarr,hedy@freq.example,declined\n"
    )
    kin("event", "add", "EuroPython 2026", "--from", "13 jul", "--until", "19 jul")
    assert kin("import", "guests.csv", "--at", "euro", "-y") == snapshot("""\
An attendee list, 2 rows.
     1 new           Emmy Noether
     1 skipped       not coming (declined) (row 3)

Added 1 person. It is import 1. Back: kinship undo

NEXT
  EuroPython 2026, and who of them is there: kinship event show europython
  All who came with it: kinship list import:1
""")
    assert "Emmy Noether" in kin("list", "at:euro")


def test_taking_many_back_is_asked_about_at_a_terminal(
    kin: Program, files: Path, terminal: list[Spawn]
) -> None:
    rows = "".join(f"Person {number},p{number}@x.example\n" for number in range(60))
    (files / "many.csv").write_text(f"Name,Email\n{rows}")
    kin("import", "many.csv", "-y")
    terminal.append(child := typed("undo"))
    child.expect_exact('Take back import 1, "many.csv", with 60 people? [Y/n]')
    child.sendline("n")
    assert ended(child)[1] == 1
    assert kin("list").count("\n") == 60
    kin("undo")
    assert kin("list") == ""


def test_who_only_shares_a_mailbox_is_not_called_a_likely_double(kin: Program, files: Path) -> None:
    (files / "family.csv").write_text(
        "Name,Email\nAda Lovelace,home@x.example\nByron Lovelace,home@x.example\n"
    )
    imported = kin("import", "family.csv", "-y")
    assert "Byron Lovelace shares an address" in imported
    assert "here twice" not in imported
    assert "Nobody seems to be here twice" in kin("merge")


def test_two_files_may_have_the_same_record(kin: Program, files: Path) -> None:
    (files / "again.csv").write_text(CONNECTIONS.replace("Engineer", "Chief engineer"))
    assert "4 new" in kin("import", "Connections.csv", "again.csv", "-y")
    assert kin("list", "--format", "{name}").count("\n") == 4


def test_what_is_shown_of_somebody_imported(kin: Program, files: Path) -> None:
    (files / "emmet.vcf").write_text("""\
BEGIN:VCARD
VERSION:3.0
UID:doc
FN:Emmet Brown
TEL;TYPE=cell:+44 20 7946 0001
EMAIL;TYPE=internet:doc@hill.example
item1.IMPP:telegram:docemmet
item1.X-ABLabel:Telegram
item2.X-ABDATE:1955-11-05
item2.X-ABLabel:Aniversario de bodas
item3.X-ABDATE:1960-03-02
item3.X-ABLabel:記念日
END:VCARD
""")
    kin("import", "emmet.vcf", "-y")
    assert kin("show", "emmet") == snapshot("""\
Emmet Brown                                                            emmet · 1

  met       you know them

  reach     phone     +44 20 7946 0001   mobile, best
            email     doc@hill.example
            Telegram  docemmet
  date      5 Nov 1955, Aniversario de bodas
  記念日    2 Mar 1960
""")


def test_a_folder_in_an_address_book_is_said_to_be_left_out(kin: Program, files: Path) -> None:
    book = files / "book"
    (book / "fr").mkdir(parents=True)
    for name in ("a", "b", "fr/c"):
        (book / f"{name}.vcf").write_text(f"BEGIN:VCARD\nVERSION:3.0\nFN:{name} X\nEND:VCARD\n")
    said = kin("import", "book", "--dry-run")
    assert "\nbook/fr/ is left out: a folder in an address book\n" in said
    assert "no people are listed there" not in said
    plan = json.loads(kin("import", "book", "--dry-run", "--format", "json"))
    assert plan["folders"] == [{"folder": "book/fr/", "why": "a folder in an address book"}]
    assert plan["other_files"] == 0


def test_prose_in_a_folder_is_no_table(kin: Program, files: Path) -> None:
    folder = files / "exports"
    folder.mkdir()
    (folder / "people.csv").write_text(PEOPLE)
    (folder / "README.md").write_text(
        "# About these files\n\n"
        "Every file has a name, e-mail, phone, company, and sometimes a note.\n"
        "People without a name, e-mail or phone are left out, as are groups.\n"
        "Write to files@example.org, if one is missing.\n"
        "One line more.\n\n- and a list\n- of two\n"
    )
    said = kin("import", "exports", "--dry-run", exit_code=5)
    assert said.startswith("A table, 4 rows.\n")
    assert "1 other file is left out" in said


def test_what_is_skipped_is_said_once_a_reason(kin: Program, files: Path) -> None:
    nameless = "BEGIN:VCARD\nVERSION:3.0\nURL:https://x.example\nEND:VCARD\n"
    for number in range(4):
        (files / f"card-{number}.vcf").write_text(nameless * 2)
    (files / "rest.vcf").write_text(CARDS)
    vcards = sorted(path.name for path in files.glob("*.vcf") if path.name != "contacts.vcf")
    said = kin("import", *vcards, "people.csv", "--dry-run", exit_code=5)
    skipped = said[said.index("skipped") :].partition("\nThis")[0]
    assert skipped == snapshot("""\
skipped       nobody is named in it (8 in card-0.vcf, card-1.vcf and 2
                     more); no name, e-mail address, phone number or company
                     (people.csv, row 4); an organisation (rest.vcf, row 9)\
""")


def test_what_stays_as_it_is_here_is_not_said_to_be_in_the_file(kin: Program, files: Path) -> None:
    kin("import", "people.csv", "-y", exit_code=5)
    kin("edit", "ada", "--org", "Elsewhere", "--birthday", "11 dec 1815", "--city", "London")
    (files / "people.csv").write_text(
        PEOPLE.replace("Engines", "The Engine").replace(";;;1990-01-01;\n", "")
    )
    assert kin("import", "people.csv", "-y") == snapshot("""\
A table, 3 rows.
     3 unchanged     nothing to add
     1 different     org, birthday; what is here stays

DIFFERENT the first is what is here
  Ada Lovelace  org: Elsewhere; in the file The Engine
  Ada Lovelace  birthday: 11 Dec 1815; in the file 10 Dec 1815

Nothing to write: what is different stays as it is here.
""")


def test_a_community_that_is_not_there_is_to_be_added_first(kin: Program, files: Path) -> None:
    said = kin("import", "people.csv", "-y", "-c", "Choir of us", exit_code=3)
    assert said.err.endswith('  kinship community add "Choir of us"\n')
    kin("community", "add", "Choir of us")
    kin("import", "people.csv", "-y", "-c", "Choir of us", exit_code=5)
    assert kin("list", "in:choir", "--format", "{name}").count("\n") == 3


def test_that_nothing_was_left_out_is_said_where_it_was_asked_for(
    kin: Program, files: Path
) -> None:
    said = kin("import", "Connections.csv", "-y", "--rejects", "left.txt")
    assert "Nothing was left out" not in said.err
    (files / "ada.vcf").write_text("BEGIN:VCARD\nFN:Ada Byron\nEND:VCARD\n")
    said = kin("import", "ada.vcf", "-y", "--rejects", "none.txt")
    assert said.err == "Nothing was left out: there is no ~/files/none.txt\n"
    assert not (files / "none.txt").exists()


def test_a_table_nobody_understands_says_how_to_name_its_columns(kin: Program, files: Path) -> None:
    (files / "Leute.csv").write_text("Wer,Arbeitet bei\nIna Frost,ina@x.example\n")
    said = kin("import", "Leute.csv", exit_code=2)
    command = 'kinship import Leute.csv --map "name=Wer,org=Arbeitet bei"'
    assert f"  Say which column is which: {command}\n" in said.err
    assert "1 new" in kin("import", "Leute.csv", "--map", "name=Wer,email=Arbeitet bei", "-y")


def test_a_folder_of_many_files_is_called_by_its_own_name(kin: Program, files: Path) -> None:
    cards = files / "phone" / "cards"
    cards.mkdir(parents=True)
    for number in range(168):
        (cards / f"{number:032}.vcf").write_text(
            f"BEGIN:VCARD\nVERSION:3.0\nUID:{number}\nFN:Ada {number}\nEND:VCARD\n"
        )
    kin("import", "phone", "-y")
    assert kin("undo", "--list").startswith("import phone (168 files)\t")
    kin("import", "LinkedIn.zip", "people.csv", "-y", exit_code=5)
    for columns in (44, 80):
        rows = kin("import", "--list", "--color", "always", columns=columns).splitlines()
        assert "IMPORT" in rows[0]
        assert "phone (168 files)" in rows[2]
        assert "and 2 more" in rows[1]


@pytest.mark.parametrize(("talked", "kept"), [(300, True), (301, False)])
def test_nobody_is_told_to_keep_up_with_hundreds(
    kin: Program, files: Path, talked: int, kept: bool
) -> None:
    head, row, *_ = MESSAGES.splitlines()
    rows = [
        f"{n}{row[1:]}".replace("ada-lovelace", f"p{n}").replace("Ada", f"Ada{n}")
        for n in range(talked)
    ]
    (files / "messages.csv").write_text("\n".join([head, *rows]))
    imported = kin("import", "messages.csv", "-y")
    assert f"Added {talked} people" in imported
    assert ("keep import:1 last:1mo.. 3mo --spread 90d" in " ".join(imported.split())) is kept


def test_a_day_that_nobody_said_is_not_said_by_the_next_file_either(
    kin: Program, files: Path
) -> None:
    other = ("--db", str(files / "other.db"))
    kin("add", "Ada", "Lovelace", "linkedin:ada")
    kin("export", "-o", "before.jsonl")
    kin("import", "before.jsonl", "-y", *other)
    kin("connect", "ada", "linkedin")
    kin("export", "-o", "after.jsonl")
    kin("import", "after.jsonl", "-y", *other)
    assert kin("export", "--format", "jsonl", *other) == kin("export", "--format", "jsonl")


def test_the_country_of_numbers_is_asked_for_where_none_says_it(kin: Program, files: Path) -> None:
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:{}\nTEL:{}\nEND:VCARD\n"
    (files / "ulf.vcf").write_text(card.format("Ulf Sommer", "0170 1234567"))
    (files / "eva.vcf").write_text(card.format("Eva Sommer", "+49 170 7654321"))
    step = "1 number without a country code"
    assert f"  {step}: kinship config channels.country GB\n" in kin("import", "ulf.vcf", "-y")
    assert step not in kin("import", "eva.vcf", "-y")
    kin("config", "channels.country", "DE")
    (files / "ada.vcf").write_text(card.format("Ada Sommer", "0170 333333"))
    assert step not in kin("import", "ada.vcf", "-y")


def test_our_own_table_says_nothing_new_of_who_is_here(kin: Program, files: Path) -> None:
    kin("add", "Ada Lovelace", "ada@x.example", "due:fri")
    kin("log", "ada", "--from-them", "--on", "2026-05-10", "--", "send the draft?")
    kin("got", "ada", "--on", "2026-05-18", "--", "book")
    kin("remind", "ada", "fri", "send the draft")
    due = kin("due")
    kin("export", "-o", "p.csv")
    assert "Nothing to write" in kin("import", "-y", "p.csv")
    assert kin("due") == due
