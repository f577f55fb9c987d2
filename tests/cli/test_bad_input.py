"""Bad input gets one clear sentence, the next thing to type, and writes nothing."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import TODAY, Program
from kinship.cli import table

_REFUSED_DAYS = (
    "03/04", "3.4.", "30m", "2h", "3pm", "tonight", "30 feb", "soon", "someday", "2026", "may",
    "5", "2026-W21", "20260520", "last tue", "2020-01-01", "yesterday", "x" * 41, "\u0660",
)  # fmt: skip


def _same_after(kin: Program, *words: str, exit_code: int, stdin: str = "") -> str:
    """The error of a command that must change nothing."""
    before = kin("export", "--raw")
    result = kin(*words, exit_code=exit_code, stdin=stdin)
    assert result == ""
    assert re.match(r"kinship: [^A-Z ]|kinship: (Ada|Mary|LinkedIn)", result.err), result.err
    assert re.search(r"\n  \S|[Ff]or example: \S|Write \S", result.err), result.err
    assert not re.search(r"'[^ ']*'[ .]", result.err.splitlines()[0]), result.err
    assert len(result.err) < 1200
    assert kin("export", "--raw") == before
    return result.err


@pytest.mark.parametrize("said", _REFUSED_DAYS)
def test_what_is_not_a_day_ahead_is_refused(kin: Program, said: str) -> None:
    kin("add", "Ada", "Lovelace", "keep:monthly")
    _same_after(kin, "remind", "ada", said, exit_code=2)
    _same_after(kin, "snooze", "ada", said, exit_code=2)


@pytest.mark.parametrize("said", ["tomorrow", "next fri", "2030-01-01", "03/04", "30 feb", "soon"])
def test_what_is_not_a_day_behind_is_refused(kin: Program, said: str) -> None:
    kin("add", "Ada", "Lovelace")
    _same_after(kin, "log", "ada", "lunch", "--on", said, exit_code=2)
    _same_after(kin, "add", "Bo", "Ek", "--on", said, exit_code=2)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("log", "nobody", "x"), 3),
        (("show", "nobody"), 3),
        (("log", "mary", "x"), 4),
        (("show", "mary"), 4),
        (("show", " "), 2),
        (("show", "x" * 10_000), 2),
        (("add", "x" * 10_000), 2),
        (("add", " "), 2),
        (("add", "\u200b"), 2),
        (("add",), 2),
        (("add", "+topic"), 2),
        (("add", "Ada", "Lovelace"), 5),
        (("add", "Ada", "Lovelase"), 5),
        (("add", "Bo", "linkedin:adal"), 5),
        (("add", "Bo", "--via", "nonsense"), 2),
        (("add", "Bo", "--heard", "--met"), 2),
        (("add", "Bo", "--new", "--same"), 2),
        (("add", "me", "--same", "--met"), 2),
        (("add", "Ada", "Lovelace", "--same", "--by", "ada"), 2),
        (("add", "Ada", "Lovelace", "--same", "knows:ada"), 2),
        (("add", "Bo", "--keep", "often"), 2),
        (("add", "Bo", "--birthday", "31 feb"), 2),
        (("add", "Bo", "--by", "nobody"), 3),
        (("note", "ada"), 2),
        (("log", "ada"), 2),
        (("log", "me", "x"), 2),
        (("log", "ada", "x", "--from-me", "--from-them"), 2),
        (("log", "--move", "#999", "ada"), 3),
        (("log", "--move", "abc", "ada"), 2),
        (("keep", "in:nobodies"), 3),
        (("keep", "ada", "30m"), 2),
        (("keep", "--circle", "close", "never"), 2),
        (("connect", "ada", "nonsense"), 2),
        (("edit", "ada"), 2),
        (("edit",), 2),
        (("edit", "#999", "--text", "x"), 3),
        (("edit", "ada", "--untag", "x"), 3),
        (("edit", "ada", "--name", " "), 2),
        (("edit", "ada", "--seeks", " "), 2),
        (("edit", "ada", "--seeks", "x" * 501), 2),
        (("edit", "ada", "--seeks", "\0"), 2),
        (("rm",), 2),
        (("rm", "ada"), 2),
        (("rm", "me", "-y"), 2),
        (("undo", "x"), 2),
        (("undo", "9" * 5000), 2),
        (("open", "mary-j"), 3),
        (("due", "--only", "x"), 2),
        (("due", "--ahead", "x"), 2),
        (("list", "--sort", "x"), 2),
        (("list", "--columns", "nmae"), 2),
        (("list", "-n", "0"), 2),
        (("list", "-n", "x"), 2),
        (("list", "-n", "9" * 19), 2),
        (("list", "-n", "9" * 5000), 2),
        (("list", "--format", "nope"), 2),
        (("list", "--format", "{nope}"), 2),
        (("list", "--color", "maybe"), 2),
        (("export", "--format", "xml"), 2),
        (("export", "-o", "/"), 2),
        (("help", "nope"), 3),
        (("nope",), 2),
        (("--nope",), 2),
        (("list", "--db"), 2),
        (("list", "--config", ""), 2),
        (("log", "--move", "#1", "ada", "x"), 2),
        (("connect", "ada,mary-s", "linkedin"), 2),
        (("connect", "ada", "--never", "--sent"), 2),
        (("connect", "--at", "nowhere"), 3),
        (("edit", "ada", "--on", "fri"), 2),
        (("edit", "ada", "--by", "ada"), 2),
        (("edit", "me", "--archive"), 2),
        (("edit", "ada", "--date", "x"), 2),
        (("edit", "ada", "--via", "phone:1"), 2),
        (("edit", "ada", "--via", "phone:"), 2),
        (("keep", "ada", "monthly", "please"), 2),
        (("add", "Bo", "--at", "\u200b"), 2),
        (("add", "-", "--at", "PyCon"), 2),
        (("due", "--json", "-F", "{x"), 2),
        (("list", "--format", "jsno"), 2),
        (("export", "-o", "~/.local/share/kinship/kinship.db"), 5),
        (("snooze", "ada", "3d"), 3),
        (("done", "ada", "--only", "x"), 3),
        (("done", "ada", "--no-log"), 2),
        (("remind", "ada", "fri", "--every", "2w:x"), 2),
        (("remind", "ada", "15th", "--every", "2w"), 2),
        (("--reset",), 2),
        (("done", "ada", "--on"), 2),
        (("done", "ada", "--all=yes"), 2),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    kin: Program, words: tuple[str, ...], code: int
) -> None:
    kin("add", "Ada", "Lovelace", "linkedin:adal")
    kin("add", "Mary", "Somerville")
    kin("add", "Mary", "Jackson")
    _same_after(kin, *words, exit_code=code)


@pytest.mark.parametrize("name", table.COMMANDS)
def test_a_mistyped_option_names_the_nearest_one(kin: Program, name: str) -> None:
    assert "Did you mean --json?" in kin(name, "--jsno", exit_code=2).err


_HOSTILE = {
    "controls": "\x1b[31mred \x1b]52;c;aGk=\x07 \x1b]8;;http://evil\x1b\\link \x9b2J a\x07b",
    "invisible": "\u202egnp \u2066x \ufeffBom \U000e0041tag " + "a\u0301" * 3,
    "markup": "[bold]x[/bold] [/] [link=x]y :skull:",
    "others": "back\\slash\\ %s {name} {0} '; DROP TABLE person; --",
}


@pytest.mark.parametrize("kind", _HOSTILE)
def test_stored_text_cannot_act_on_a_terminal(kin: Program, kind: str) -> None:
    text = _HOSTILE[kind]
    kin("add", f"Zed {text}", "--org", text, "--at", f"Ev {text}", "--cue", text, "-m", text)
    kin("edit", "1", "--tag", text, "--about", text, "--nick", text, "--city", text)
    kin("note", "1", text)
    kin("log", "1", "--met", text)
    kin("remind", "1", "today", text)
    kin("keep", "1", "weekly")
    kin("event", "start", f"Ev {text}", "--city", text, "--url", f"https://x.example/{text}")
    kin("community", "join", f"Club {text}", "1")
    kin("config", "me.city", text)
    kin("rally", "start", text, "--about", text, "--until", "today")
    kin("rally", "ask", "1")
    kin("rally", "pledge", "1", text)
    said = ""
    for words in (
        "due", "due --explain", "list", "show 1", "show 1 --all", "remind", "connect", "undo --list",
        "", "list --columns name,org,tags,city", "show 1 --json", "list --format {name}", "note 1 x",
        "list --format md", "list --format lines", "due --format table", "snooze 1 3d", "done 1",
        "event", "event list", "event show ev", "event show ev --all", "event show ev --json",
        "community", "community show club", "community show club --json", "config", "keep",
        "rally", "rally show", "rally show --json", "rally kept 1 y", "rally kept 1",
        "rally close", "list --columns name,channels", "due --brief", "rm 1", "add Zed " + text, "list --format tsv", "due --json",
    ):  # fmt: skip
        result = kin(*words.split(" ") if words else (), exit_code=None)
        coloured = kin(*words.split(" "), "--color", "always", exit_code=None) if words else result
        said += result + result.err + coloured + coloured.err
    plain = said
    for code in ("0", "1", "2", "31", "32", "33", "36", "39", "49"):
        plain = plain.replace(f"\x1b[{code}m", "")
    bad = {c for c in plain if ord(c) < 32 and c not in "\n\t"} | {
        c for c in plain if c in "\x7f\x9b\u202e\u2066\ufeff\U000e0041"
    }
    assert bad == set()
    if kind in ("markup", "others"):
        assert all(word in said for word in text.split())


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b"])
def test_what_cannot_be_kept_true_is_refused(kin: Program, text: str) -> None:
    kin("add", "Ada")
    for words in (("add", text), ("note", "ada", text), ("log", "ada", text), ("show", text),
                  ("edit", "ada", "--city", text), ("remind", "ada", "2d", text), ("keep", "--circle", text, "2w")):  # fmt: skip
        kin(*words, exit_code=2)
    assert kin("add", "-", stdin="A\0b\n", exit_code=2) == ""


def _run(
    *words: str | bytes, env: dict[str, str] | None = None, shell: str = ""
) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-m", "kinship", *words]
    full = {**os.environ, "KINSHIP_TODAY": TODAY, **(env or {})}
    full.pop("KINSHIP_TIDY_EXIT", None)
    if shell:
        line = shell.replace("kinship", f"{sys.executable} -m kinship")
        return subprocess.run(["bash", "-c", line], capture_output=True, env=full, check=False)
    return subprocess.run(command, capture_output=True, env=full, check=False)


def test_arguments_that_are_no_text_are_refused(kin: Program) -> None:
    done = _run("add", b"Ada \xff\xfe")
    assert done.returncode == 2
    assert b"not valid text" in done.stderr


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp437", "cp932", "utf-16", "latin-1"])
def test_any_encoding_of_standard_output_gets_an_answer(kin: Program, encoding: str) -> None:
    kin("add", "Zoë", "Петров", "山田", "--at", "PyCon", today="2026-05-19")
    done = _run("due", env={"PYTHONIOENCODING": encoding})
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
    assert _run("list", "--json", env={"PYTHONIOENCODING": encoding}).returncode == 0


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("kinship list > /dev/full", 6, b"could not be written"),
        ("kinship due --count > /dev/full", 6, b"could not be written"),
        ("kinship note ada tea > /dev/full", 6, b"the change is saved, but the answer"),
        ("kinship nope 2> /dev/full", 2, b""),
        ("kinship list >&-", 6, b"standard output is closed"),
        ("kinship list 2>&-", 0, b""),
        ("kinship list <&-", 0, b""),
        ("kinship rm ada <&-", 2, b"needs a yes"),
        ("kinship list | true; exit ${PIPESTATUS[0]}", 0, b""),
        ("kinship nope 2>&1 | true; exit ${PIPESTATUS[0]}", 0, b""),
        ("kinship due --count | true; exit ${PIPESTATUS[0]}", 0, b""),
        ("kinship list | head -n 1", 0, b""),
    ],
)
def test_closed_streams_end_quietly_or_in_a_sentence(
    kin: Program, line: str, code: int, said: bytes
) -> None:
    kin("add", "Ada")
    done = _run(shell=line)
    assert done.returncode == code
    assert said in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("columns", ["0", "1", "20", "abc", "1000000", "9" * 5000])
def test_any_width_shows_the_names(
    kin: Program, columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kin("add", "Ada", "due:today")
    done = _run("due", env={"COLUMNS": columns})
    assert done.returncode == 0
    assert b"Ada" in done.stdout


@pytest.mark.parametrize("day", ["garbage", "2026-02-30", "2026-05-20x", "2026-05-20T25:00"])
def test_a_day_that_is_none_is_told(kin: Program, day: str) -> None:
    kin("add", "Ada")
    for words in (("list",), ("due", "--count")):
        done = _run(*words, env={"KINSHIP_TODAY": day})
        assert done.returncode == 2
        assert b"KINSHIP_TODAY" in done.stderr


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_at_the_end_of_all_days_is_not_today(kin: Program, day: str) -> None:
    kin("add", "Ada")
    for words in (("due",), ("rally", "start", "A van"), ("intro",)):
        assert "can be today" in kin(*words, today=day, exit_code=2).err


def test_a_config_may_be_chosen(
    kin: Program, home: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = home / "other.toml"
    config.write_text('db = "~/other.db"\n')
    kin("add", "Ada", "--config", str(config))
    assert (home / "other.db").exists()
    assert "no config file" in kin("list", "--config", "nowhere.toml", exit_code=2).err
    monkeypatch.setenv("KINSHIP_CONFIG", str(config))
    kin("--config", "none", "add", "Bo")
    assert path.exists()
    assert kin("list", "--format", "{name}") == "Ada\n"


def test_a_config_that_is_no_text_is_read_past(kin: Program, home: Path) -> None:
    config = home / ".config/kinship/config.toml"
    config.parent.mkdir(parents=True)
    config.write_bytes(b'# \xff\ndb = "' + bytes(home) + b'/x.db"\n')
    kin("add", "Ada", "due:today")
    assert (home / "x.db").exists()
    assert _run("prompt").stdout == b"1\n"


def test_a_bug_keeps_its_place_and_no_names(
    kin: Program, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kin("add", "Ada", "Secretname")

    def fail(*_: object, **__: object) -> None:
        raise ValueError(" ".join(("Ada", "Secret" + "name")))

    monkeypatch.setattr("kinship.store.people.found", fail)
    result = kin("list", exit_code=70)
    assert "this is a bug in kinship" in result.err
    (crash,) = (home / ".local/state/kinship").glob("crash-*.txt")
    assert "Secretname" not in crash.read_text()
    assert crash.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("command", ["add Ann Ek --met-on yesterday", "edit ann --met-on 2025"])
def test_a_day_is_not_where_you_met_online(kin: Program, command: str) -> None:
    kin("add", "Ann", "Berg")
    said = kin(*command.split(), exit_code=2).err
    assert "is a day; --met-on is where you met online" in said
    kin("edit", "ann", "--met-on", "mastodon")
    assert "on Mastodon" in kin("show", "ann")


def test_a_line_that_is_refused_is_named(kin: Program, path: Path) -> None:
    refused = kin("add", "-", stdin="Ada x:adal\n\nBo x:adal", exit_code=5)
    assert "line 3: X adal belongs to Ada" in refused.err
    assert not path.exists() or kin("list", "--json") == "[]\n"


def test_only_db_before_the_tables_of_the_config_names_the_file(
    kin: Program, home: Path, tmp_path: Path
) -> None:
    config = home / ".config" / "kinship" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(f'\ufeffdb = "{tmp_path}/mine.db"\n[ui]\ndb = "other.db"\n')
    kin("add", "Ada")
    assert (tmp_path / "mine.db").exists()
    config.write_text('[ui]\ndb = "other.db"\n')
    assert "other.db" not in kin("--version")
    config.write_text("db = 5\n")
    assert "db that cannot be read" in kin("list", exit_code=2).err


def test_known_since_and_met_on_a_day_are_both_kept(kin: Program) -> None:
    kin("add", "Hal", "--at", "X", "--on", "2024-02-29", "--since", "2019")
    shown = json.loads(kin("show", "hal", "--json"))
    assert (shown["met_on"], shown["since"]) == ("2024-02-29", "2019")


@pytest.mark.parametrize(
    "words",
    [
        ("log", "ada", "2030-01-01:", "lunch"),
        ("log", "ada", "lunch", "--on", "2030-01-01"),
        ("log", "ada", "lunch", "-f", "2020-01-01"),
        ("gave", "ada", "2030-01-01:", "a book"),
        ("got", "ada", "a book", "--on", "30 feb"),
        ("done", "ada", "--on", "2030-01-01"),
        ("snooze", "ada", "2020-01-01"),
        ("snooze", "ada", "soon"),
        ("remind", "ada", "soon", "call"),
        ("snooze", "--all", "yesterday"),
        ("remind", "ada", "2020-01-01", "call"),
        ("remind", "ada", "2020-01-01", "call", "--every", "month"),
        ("add", "Emmy Noether", "--on", "2030-01-01"),
        ("intro", "ada", "grace", "--on", "2030-01-01"),
        ("keep", "ada", "monthly", "--spread", "2020-01-01"),
        ("rally", "start", "Help", "--until", "2020-01-01"),
        ("rally", "edit", "--until", "2020-01-01"),
        ("rally", "ask", "ada", "--on", "2030-01-01"),
        ("rally", "pledge", "ada", "a cot", "--until", "2020-01-01"),
    ],
)
def test_a_day_that_cannot_be_says_that_nothing_was_written(
    kin: Program, words: tuple[str, ...]
) -> None:
    kin("add", "Ada Lovelace")
    kin("add", "Grace Hopper")
    kin("rally", "start", "A roof")
    said = kin(*words, exit_code=2).err.splitlines()[0]
    assert ". Nothing was written." in said
    assert re.search(r"written\.( For example: .*)?$", said)
    assert kin("stats", "--since", "2030-01-01", exit_code=2).err.startswith(
        "kinship: 2030-01-01 is still to come.\n"
    )
