"""Favours, introductions, rallies: what has a number is mended, moved and removed by it."""

import pytest
from inline_snapshot import snapshot

from conftest import Program
from kinship.store import favours, introductions, people, rallies
from kinship.store.db import Db
from terminals import Spawn, typed


@pytest.fixture
def numbers(kin: Program, db: Db) -> dict[str, int]:
    """Ada, Grace and Emmy, whom you only heard of, with one of everything."""
    kin("add", "Ada Lovelace")
    kin("add", "Grace Hopper")
    kin("add", "Emmy Noether", "--heard")
    with db.change("things") as tx:
        rally = rallies.start(tx, text="A van", began_on="2026-05-01", person_id=0)
        asked = {"asked_on": "2026-05-02", "answer": "pledged", "answered_on": "2026-05-03"}
        return {
            "gave": favours.add(tx, 1, "gave", "2026-05-02", "a lift", inferred=("day",)),
            "intro": introductions.add(tx, 1, 2, state="made", made_on="2026-05-04"),
            "asked": rallies.put_helper(tx, rally, 1, **asked),
            "came": rallies.put_helper(tx, rally, 2, answer="pledged", answered_on="2026-05-04"),
            "fuel": rallies.add_pledge(tx, rally, 1, text="fuel", pledged_on="2026-05-03"),
            "boxes": rallies.add_pledge(tx, rally, 2, text="boxes", pledged_on="2026-05-04"),
        }


def test_a_favour_is_mended_by_its_number(kin: Program, db: Db, numbers: dict[str, int]) -> None:
    gave = numbers["gave"]
    said = kin("edit", f"#{gave}", "a lift to Oslo", "--on", "1 may", "--from-them")
    assert said == snapshot("Changed #1 of Ada Lovelace: text, day, way.\n")
    favour = favours.by_number(db, gave)
    assert favour
    assert (favour.way, favour.day, favour.text, favour.inferred) == (
        *("got", "2026-05-01", "a lift to Oslo", ""),
    )
    kin("undo")
    favour = favours.by_number(db, gave)
    assert favour
    assert (favour.way, favour.inferred) == ("gave", "day")


def test_a_pledge_is_mended_and_waits_for_another_day(
    kin: Program, db: Db, numbers: dict[str, int]
) -> None:
    with db.change("snooze") as tx:
        rallies.move_pledge(tx, numbers["fuel"], "2026-05-30")
    kin("edit", f"#{numbers['fuel']}", "--text", "fuel and tolls", "--on", "1 jun")
    pledge = rallies.pledge(db, numbers["fuel"])
    assert pledge
    assert (pledge.text, pledge.due_on, pledge.moved_to) == ("fuel and tolls", "2026-06-01", None)


@pytest.mark.parametrize(
    ("which", "options", "said"),
    [
        ("gave", ["--both"], "is no conversation"),
        ("gave", ["--via", "email"], "is no conversation"),
        ("gave", ["--text", ""], "a favour says something"),
        ("gave", ["--on", "soon"], ""),
        ("gave", [], "say what to change"),
        ("fuel", ["--from-me"], "is no conversation"),
        ("fuel", ["--text", ""], "a pledge says something"),
        ("fuel", ["--text", "x" * 501], "at most 500 fit"),
        ("intro", ["--text", "x"], "introduction to Grace Hopper) can only be removed"),
        ("asked", ["--on", "1 may"], "asked in A van) can only be removed"),
        ("came", ["x"], "came forward in A van) can only be removed"),
    ],
)
def test_what_an_entry_has_not_is_refused(
    kin: Program, db: Db, numbers: dict[str, int], which: str, options: list[str], said: str
) -> None:
    before = db.value("SELECT count(*) FROM change")
    result = kin("edit", f"#{numbers[which]}", *options, exit_code=2)
    assert said in result.err
    assert db.value("SELECT count(*) FROM change") == before


def test_entries_are_removed_by_number_and_come_back(
    kin: Program, db: Db, numbers: dict[str, int]
) -> None:
    assert kin("rm", f"#{numbers['gave']}", f"#{numbers['intro']}") == snapshot("""\
Removed #1 of Ada Lovelace: a lift. Back: kinship undo
Removed #2 of Ada Lovelace: introduction to Grace Hopper. Back: kinship undo
""")
    assert favours.of(db, 1) == []
    assert introductions.of(db, 2) == []
    kin("undo")
    assert [f.text for f in favours.of(db, 1)] == ["a lift"]
    assert len(introductions.of(db, 2)) == 1


def test_who_pledged_nothing_else_has_not_answered(
    kin: Program, db: Db, numbers: dict[str, int]
) -> None:
    kin("rm", f"#{numbers['fuel']}")
    kin("rm", f"#{numbers['boxes']}")
    [helper] = rallies.helpers(db, 1)
    assert (helper.person_id, helper.asked_on, helper.answer) == (1, "2026-05-02", None)
    kin("undo", "2")
    assert [h.answer for h in rallies.helpers(db, 1)] == ["pledged", "pledged"]


def test_nobody_who_pledged_is_forgotten_without_the_pledge(
    kin: Program, db: Db, numbers: dict[str, int]
) -> None:
    refused = kin("rm", f"#{numbers['asked']}", exit_code=5)
    assert refused.err == snapshot("""\
kinship: Ada Lovelace pledged something there: "fuel" (#5). Nothing was removed.
  kinship rm '#5' '#3'
""")
    assert len(rallies.helpers(db, 1)) == 2
    kin("rm", f"#{numbers['fuel']}", f"#{numbers['asked']}")
    assert [h.person_id for h in rallies.helpers(db, 1)] == [2]


def test_a_favour_moves_to_whom_it_was_for(kin: Program, db: Db, numbers: dict[str, int]) -> None:
    assert kin("log", "--move", f"#{numbers['gave']}", "emmy") == snapshot(
        "Moved #1 from Ada Lovelace to Emmy Noether.\n"
    )
    assert favours.of(db, 1) == []
    assert [f.text for f in favours.of(db, 3)] == ["a lift"]
    emmy = people.by_id(db, 3)
    assert emmy
    assert emmy.known == "known"


def test_a_pledge_moves_to_who_made_it(kin: Program, db: Db, numbers: dict[str, int]) -> None:
    kin("log", "--move", f"#{numbers['boxes']}", "emmy")
    assert [(h.person_id, h.answer) for h in rallies.helpers(db, 1)] == [
        (1, "pledged"),
        (3, "pledged"),
    ]
    assert [p.text for p in rallies.pledges_of(db, 3)] == ["boxes"]


@pytest.mark.parametrize("which", ["intro", "asked"])
def test_what_is_between_people_cannot_be_moved(
    kin: Program, db: Db, numbers: dict[str, int], which: str
) -> None:
    refused = kin("log", "--move", f"#{numbers[which]}", "emmy", exit_code=2)
    assert "cannot be moved. Nothing was changed." in refused.err
    assert f"kinship rm '#{numbers[which]}'" in refused.err


def test_a_pledge_is_not_moved_to_whom_it_is_for(
    kin: Program, db: Db, numbers: dict[str, int]
) -> None:
    with db.change("for Emmy") as tx:
        tx.run("UPDATE rally SET person_id = 3")
    refused = kin("log", "--move", f"#{numbers['fuel']}", "emmy", exit_code=2)
    assert '"A van" is for Emmy Noether' in refused.err


def test_rm_and_merge_say_what_hangs_on_somebody(
    kin: Program, db: Db, numbers: dict[str, int], terminal: list[Spawn]
) -> None:
    child = typed("rm", "ada")
    terminal.append(child)
    child.expect_exact("1 favour, 1 introduction, 1 pledge. Remove? [y/N]")
    child.sendline("n")
    asked = kin("rm", "ada", exit_code=2)
    assert asked.err == snapshot("""\
kinship: removing Ada Lovelace needs a yes. Nothing was removed.
  kinship rm ada -y
""")
    assert kin("merge", "ada", "grace", "--dry-run") == snapshot("""\
            1 Ada Lovelace                    2 Grace Hopper
written     1 introduction, 1 favour, 1       1 introduction, 1 rally they are
            rally they are in, 1 pledge       in, 1 pledge

Grace Hopper would become part of Ada Lovelace.
  name: Ada Lovelace stays, Grace Hopper becomes the nickname
Nothing was written.
""")


def test_undo_names_what_it_takes_back(kin: Program, db: Db, numbers: dict[str, int]) -> None:
    assert kin("undo").partition(";")[0] == snapshot(
        "Undone: things (1 rally, 1 favour, 1 introduction, 2 helpers, 2 pledges"
    )
