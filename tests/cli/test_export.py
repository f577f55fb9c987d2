"""``export -o``: what is there already is never lost by surprise."""

import csv
import io
import itertools
import json
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Program
from kinship.errors import FileTrouble
from kinship.formats import spreadsheet
from kinship.services import exporting
from kinship.store import sheet


@pytest.fixture
def ada(kin: Program) -> None:
    kin("add", "Ada", "Lovelace")


def test_a_dash_is_standard_output(kin: Program, ada: None) -> None:
    assert kin("export", "-o", "-") == kin("export")


def test_a_file_kinship_wrote_is_replaced(kin: Program, ada: None, tmp_path: Path) -> None:
    for name in ("people.csv", "people.json"):
        for _ in range(2):
            kin("export", "-o", str(tmp_path / name))
        assert "Ada Lovelace" in (tmp_path / name).read_text()


def test_any_other_file_is_replaced_only_with_yes(kin: Program, ada: None, tmp_path: Path) -> None:
    mine = tmp_path / "people.csv"
    mine.write_text("mine\n")
    refused = kin("export", "-o", str(mine), exit_code=5)
    assert "kinship did not write it. Nothing was exported." in refused.err
    assert mine.read_text() == "mine\n"
    kin("export", "-y", "-o", str(mine))
    assert mine.read_text().startswith("name,")


def test_only_a_regular_file_is_written(kin: Program, ada: None, tmp_path: Path) -> None:
    """A device or a pipe is not replaced by a file, whoever asks."""
    pipe, link = tmp_path / "pipe", tmp_path / "link"
    os.mkfifo(pipe)
    link.symlink_to(tmp_path / "nowhere")
    said = kin("export", "-y", "-o", str(pipe), exit_code=5).err
    assert "not a regular file. Nothing was exported." in said
    assert "kinship export > " in said
    assert pipe.is_fifo()
    assert "is a link" in kin("export", "-y", "-o", str(link), exit_code=5).err
    assert "is a folder" in kin("export", "-y", "-o", str(tmp_path), exit_code=2).err


def test_met_on_and_met_at_are_about_meetings_in_person(kin: Program, ada: None) -> None:
    kin("add", "Emmy Noether", "--met-on", "mastodon", "--since", "2023")
    kin("add", "Grace Hopper", "--at", "PyCon")
    pattern = "{name}|{met_on}|{met_at}|{met_online}|{since}"
    assert kin("list", "--format", pattern).splitlines() == [
        "Ada Lovelace||||",
        "Emmy Noether|||mastodon|2023",
        "Grace Hopper|2026-05-20|PyCon||",
    ]


def test_a_message_of_yours_is_the_last_words_only_where_nothing_else_is(
    kin: Program, path: Path, ada: None
) -> None:
    kin("log", "ada", "--from-me", "did you see the looms?", today="2026-05-18")
    assert "looms" in kin("show", "ada").split("talked")[1].splitlines()[0]
    kin("log", "ada", "punched cards", today="2026-05-10")
    assert "punched cards" in kin("show", "ada").split("talked")[1].splitlines()[0]
    assert kin("list", "--format", "{last_text}") == "punched cards\n"
    with sqlite3.connect(path) as conn:
        assert conn.execute("SELECT last_text FROM people").fetchall() == [("punched cards",)]


@pytest.fixture
def people(kin: Program) -> None:
    kin("add", "Ada Lovelace, Jr.", "--at", "PyCon", "email:ada@a.example", "//", "=1+1; and more")
    kin("add", "Grace Hopper", "--via", "phone:+1 202 555 0147", "--about", "compilers; C++")
    kin("add", "Emmy Noether", "--met-on", "mastodon", "--by", "ada", "-c", "PyLadies", "-t", "a;b")
    kin("log", "grace", "--from-them", "a long call", today="2026-05-19")
    kin("edit", "grace", "--birthday", "--12-09", "--relation", "cousin", "--nick", "Amazing")
    kin("keep", "in:pyladies", "quarterly")
    kin("keep", "grace", "close")


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_csv_holds_one_s_own_cadence_and_not_one_that_is_shared(kin: Program, people: None) -> None:
    rows = {row["name"]: row for row in _rows(kin("export"))}
    assert rows["Grace Hopper"]["cadence"] == "close"
    assert rows["Emmy Noether"]["cadence"] == ""
    assert "3mo" in kin("list", "pyladies", "--format", "{cadence}")


def test_csv_and_json_say_the_same(kin: Program, people: None) -> None:
    by_number = {str(one["id"]): one for one in json.loads(kin("export", "--format", "json"))}
    for row in _rows(kin("export", "--raw")):
        one = by_number[row["id"]]
        for column in set(row) - {"cadence", "channels", "topics", "communities", "tags"}:
            assert row[column] == str(one[column] or ""), column
        assert sorted(spreadsheet.part(row["channels"])) == sorted(one["channels"])
        for column in ("topics", "communities", "tags"):
            assert spreadsheet.part(row[column]) == one[column]


def test_csv_is_the_same_however_few_are_read_at_a_time(
    kin: Program, people: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    kin("edit", "emmy", "-t", "z,c", "--about", "rings,algebra,ideals")
    kin("note", "emmy", "first")
    kin("note", "emmy", "second")
    kin("remind", "emmy", "in 2 weeks", "write")
    whole = kin("export"), kin("export", "name:a,e")
    emmy = next(row for row in _rows(whole[0]) if row["name"] == "Emmy Noether")
    assert (emmy["topics"], emmy["note"]) == ("algebra; ideals; rings", "first\nsecond")
    monkeypatch.setattr(sheet, "_CHUNK", 1)
    assert (kin("export"), kin("export", "name:a,e")) == whole


def test_a_few_people_start_no_thread(
    kin: Program, people: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = kin("export")
    monkeypatch.setattr(exporting, "ahead", None)
    assert kin("export") == whole


def test_csv_is_the_same_where_sqlite_knows_no_threads(
    kin: Program, people: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = kin("export")
    monkeypatch.setattr(sheet, "_CHUNK", 1)
    monkeypatch.setattr(exporting, "ahead", None)
    monkeypatch.setattr("sqlite3.threadsafety", 0)
    assert kin("export") == whole


@pytest.mark.parametrize(
    ("where", "error", "code"),
    [
        ("read", FileTrouble("the disk reports an error."), 6),
        ("used", KeyboardInterrupt(), 130),
        ("used", OSError(28, "No space left on device"), 6),
    ],
)
def test_what_goes_wrong_in_the_middle_leaves_the_old_file(
    kin: Program,
    people: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    where: str,
    error: BaseException,
    code: int,
) -> None:
    file = tmp_path / "people.csv"
    kin("export", "-o", str(file))
    before = file.read_bytes()
    module, name = (sheet, "_block") if where == "read" else (exporting, "_columns")
    monkeypatch.setattr(sheet, "_CHUNK", 1)
    monkeypatch.setattr(module, name, _third_fails(getattr(module, name), error))
    kin("export", "-o", str(file), exit_code=code)
    assert file.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir() if ".kinship-" in entry.name] == []
    assert [thread for thread in threading.enumerate() if thread.daemon] == []


def test_a_closed_pipe_ends_it_in_the_middle(kin: Program, people: None) -> None:
    for name in ("ada", "grace"):
        kin("note", name, "long " * 15_000)
    script = (
        "import sys; from kinship.store import sheet; from kinship.quick import main;"
        " sheet._CHUNK = 1; sys.argv = ['kinship', 'export']; sys.exit(main())"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.close()
        assert process.wait(timeout=60) == 0


def _third_fails(real: Callable[..., object], error: BaseException) -> Callable[..., object]:
    times = itertools.count(1)

    def called(*args: object, **named: object) -> object:
        if next(times) == 3:
            raise error
        return real(*args, **named)

    return called


@pytest.mark.parametrize("option", [(), ("--raw",), ("--excel",)])
def test_csv_comes_back_into_an_empty_file(
    kin: Program, people: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: tuple[str]
) -> None:
    file = str(tmp_path / "people.csv")
    kin("export", *option, "-o", file)
    before = _rows(kin("export"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "new"))
    kin("import", file, "-y")
    after = _rows(kin("export"))
    for row in (*before, *after):
        for reckoned in ("next_on", "next_what"):
            del row[reckoned]
    assert after == before
    assert "nothing to write" in kin("import", file, "-y").lower()
    assert kin("show", "grace", "--json").count("direction") >= 1


def test_csv_adds_nobody_to_the_file_it_came_from(
    kin: Program, people: None, tmp_path: Path
) -> None:
    file = str(tmp_path / "people.csv")
    kin("export", "-o", file)
    said = kin("import", file, "--dry-run")
    assert "new " not in said
    assert "3 unchanged" in said


def test_what_a_spreadsheet_adds_is_kept(kin: Program, people: None, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    kin("export", "-o", str(file))
    head, *rows = file.read_text().splitlines()
    with_column = [head.replace(",id,", ",shoe size,id,")]
    with_column += [",41,".join(row.rsplit(",", 2)[:1]) + "," + ",".join(row.rsplit(",", 2)[1:]) for row in rows]  # fmt: skip
    file.write_text("\n".join(line.replace(",41,,", ",41,") for line in with_column) + "\n")
    kin("import", str(file), "-y")
    assert "shoe size" in kin("show", "grace", "--all")


def test_google_gets_its_columns_and_keeps_its_own(kin: Program, tmp_path: Path) -> None:
    file = tmp_path / "contacts.csv"
    file.write_text(
        "First Name,Last Name,Name Prefix,Birthday,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,"
        "Phone 1 - Label,Phone 1 - Value,Custom Field 1 - Label,Custom Field 1 - Value\n"
        'Ada,Lovelace,,--12-10,"two, lines",* myContacts ::: Friends,Work,ada@a.example,'
        "Mobile,+44 20 7946 0958,Shoe size,41\n"
    )
    kin("import", str(file), "-y")
    kin("edit", "ada", "--relation", "cousin")
    [row] = _rows(kin("export", "--format", "google-csv"))
    assert {heading: cell for heading, cell in row.items() if cell} == {
        "First Name": "Ada",
        "Last Name": "Lovelace",
        "Birthday": "--12-10",
        "Notes": "two, lines",
        "Labels": "* myContacts ::: Friends",
        "E-mail 1 - Label": "Work",
        "E-mail 1 - Value": "ada@a.example",
        "Phone 1 - Label": "Mobile",
        "Phone 1 - Value": "+44 20 7946 0958",
        "Custom Field 1 - Label": "Shoe size",
        "Custom Field 1 - Value": "41",
        "Custom Field 2 - Label": "Relation",
        "Custom Field 2 - Value": "cousin",
    }


def test_google_reads_back_whom_it_was_given(
    kin: Program, people: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = str(tmp_path / "google.csv")
    kin("export", "--format", "google-csv", "-o", file)
    before = kin("export", "--format", "google-csv")
    assert (tmp_path / "google.csv").read_text() == before
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "new"))
    kin("import", file, "-y")
    assert kin("list", "--format", "{name}|{email}|{phone}|{birthday}|{nick}").splitlines() == [
        "Ada Lovelace, Jr.|ada@a.example|||",
        "Emmy Noether||||",
        "Grace Hopper||+1 202 555 0147|--12-09|Amazing",
    ]


def test_json_lines_go_to_a_file_and_are_replaced(kin: Program, ada: None, tmp_path: Path) -> None:
    file = tmp_path / "people.jsonl"
    for _ in range(2):
        assert "Wrote 1 person to" in kin("export", "-o", str(file))
    assert file.stat().st_mode & 0o777 == 0o600
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert [line["type"] for line in lines] == ["meta", *["circle"] * 4, "me", "person"]
    assert file.read_text() == kin("export", "--format", "jsonl")
    some = kin("export", "ada", "--format", "jsonl").splitlines()
    assert json.loads(some[0])["partial"] is True
    assert len(some) == 2


def test_a_page_turns_no_screen_round(kin: Program, home: Path) -> None:
    kin("add", "Ada \u009b31m\u202eLovelace", "--org", "Eng\u2066ines")
    page = kin("export", "--format", "md")
    assert "Ada" in page
    kin("export", "--format", "md", "-o", f"{home}/pages/")
    (file,) = (home / "pages").iterdir()
    for text in (page, file.read_text()):
        assert not set(text) & set("\u009b\u202e\u2066")


def test_a_table_of_ours_brings_nothing_new_where_it_came_from(kin: Program, home: Path) -> None:
    kin("add", "Ada Lovelace", "--via", "email:ada@x.example")
    kin("note", "ada", "Likes tea.")
    kin("note", "ada", "Sails.")
    kin("add", "@at Somebody")
    for name, format_name in (("people.csv", "csv"), ("google.csv", "google-csv")):
        kin(
            "export",
            "ada" if "google" in name else "-q",
            "--format",
            format_name,
            "-o",
            f"{home}/{name}",
        )
        assert "1 new" not in kin("import", f"{home}/{name}", "--dry-run")
        assert "note" not in kin("import", f"{home}/{name}", "--dry-run")
