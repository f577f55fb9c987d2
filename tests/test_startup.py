"""What is loaded on the everyday path, and that the quick answers are the full program's."""

import functools
import inspect
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from conftest import TODAY, Program
from kinship.cli import options, table

_REPORT = "import sys, atexit; atexit.register(lambda: sys.stderr.write(' '.join(sys.modules)))\n"
_HEAVY = ("rich", "sqlite_utils", "dateutil.parser", "phonenumbers", "pydantic")


def _loaded(*words: str) -> set[str]:
    """The modules a run has loaded when it ends."""
    code = (
        f"{_REPORT}sys.argv = ['kinship', *{list(words)!r}]\nfrom kinship.quick import main\nmain()"
    )
    env = {**os.environ, "KINSHIP_TODAY": TODAY}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=env, check=True
    )
    return set(done.stderr.splitlines()[-1].split())


def _any_of(loaded: set[str], *names: str) -> list[str]:
    return [m for m in loaded for n in names if m == n or m.startswith(n + ".")]


@pytest.mark.parametrize(
    "words", [("prompt",), ("due", "--brief"), ("due", "--count"), ("prompt", "--format", "{n}!")]
)
def test_what_a_shell_asks_loads_next_to_nothing(kin: Program, words: tuple[str, ...]) -> None:
    kin("add", "Ada", "Lovelace", "due:today")
    loaded = _loaded(*words)
    assert _any_of(loaded, *_HEAVY, "typer", "dataclasses", "json", "tempfile", "kinship.cli") == []
    assert {m for m in loaded if m.startswith("kinship")} == {
        "kinship",
        "kinship.quick",
        "kinship.safe",
        "kinship.store",
        "kinship.store.agenda",
    }


@pytest.mark.parametrize(
    "words",
    [
        ("due",),
        ("add", "Bo", "Ek", "+x"),
        ("log", "ada", "hello"),
        ("done", "ada"),
        ("list",),
        ("show", "ada"),
        ("keep", "ada", "weekly"),
        ("due", "--help"),
    ],
)
def test_a_command_in_a_pipe_loads_nothing_heavy(kin: Program, words: tuple[str, ...]) -> None:
    kin("add", "Ada", "Lovelace", "--at", "PyCon", "due:today")
    assert _any_of(_loaded(*words), *_HEAVY, "dateutil", "tempfile") == []


@pytest.mark.parametrize(
    "words",
    [("due",), (), ("list", "ada"), ("show", "ada"), ("log", "ada", "tea"), ("done", "ada"),
     ("undo",), ("list", "--json", "-n", "5"), ("due", "--all"), ("show", "ada", "--all"),
     ("add", "Bo", "--at", "PyCon", "--via=li:bo", "--met"), ("log", "ada", "tea", "-a", "PyCon")],
    ids=" ".join,
)  # fmt: skip
def test_a_plain_line_starts_without_typer(kin: Program, words: tuple[str, ...]) -> None:
    kin("add", "Ada", "Lovelace", "--at", "PyCon", "due:today")
    assert _any_of(_loaded(*words), *_HEAVY, "typer", "inspect", "dateutil", "tempfile") == []


def test_a_country_is_looked_into_only_for_a_number_that_needs_one(kin: Program) -> None:
    kin("config", "channels.country", "GB")
    kin("add", "Ada", "Lovelace", "phone:020 7946 0958", "due:today")
    kin("config", "channels.order", "phone")
    for words in (("due",), ("show", "ada"), ("show", "+44 20 7946 0958"), ("log", "ada", "tea"),
                  ("add", "Bo", "phone:+44 20 7946 0123"), ("list", "--json"), ("connect",)):  # fmt: skip
        assert _any_of(_loaded(*words), "phonenumbers") == [], words
    assert _any_of(_loaded("show", "020 7946 0958"), "phonenumbers")


_PLAIN = [
    "due", "list", "list ada", "show ada", "log ada tea", "note ada sugar", "done ada", "undo",
    "redo", "snooze ada", "remind ada 3d call", "remind", "keep ada weekly", "keep", "connect",
    "connect ada linkedin", "due nobody", "show nobody", "undo 2 3", "due ada", "help dates", "help",
    "edit ada", "rm ada", "prompt", "prompt x", "export", "export ada", "log", "add", "open ada x",
    "config channels.country", "config snooze.default", "config snooze.default 1w", "config nothing",
]  # fmt: skip


@pytest.mark.parametrize("command", _PLAIN)
def test_words_alone_mean_what_typer_takes_them_for(
    kin: Program, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = []
    for file in ("a.db", "b.db"):
        kin("--db", file, "add", "Ada", "Lovelace", "--at", "PyCon", "li:ada", "due:today")
        kin("--db", file, "note", "ada", "tall")
        result = kin("--db", file, *command.split(), exit_code=None)
        said.append((result, result.err.replace(file, "FILE"), kin("--db", file, "export")))
        monkeypatch.setattr(options, "read", lambda *_: None)
    assert said[0] == said[1]


@pytest.mark.parametrize("name", table.COMMANDS)
def test_an_option_means_the_same_where_only_those_on_the_line_are_declared(name: str) -> None:
    whole = table.load(name)
    function = table.function_of(name)
    code = function.__code__
    taken = code.co_varnames[1 : code.co_argcount]
    by_itself = dict(zip(reversed(taken), reversed(function.__defaults__ or ()), strict=False))
    for param in whole.params:
        for flag in (f for f in param.opts if f.startswith("-")):
            for words in (
                [[flag]] if param.is_flag else [[flag, "x"], [f"{flag}=x"], ["a", flag, "-x"]]
            ):
                alone = table.load(name, words)
                said = [
                    command.make_context(name, list(words), resilient_parsing=False).params
                    for command in (whole, alone)
                ]
                assert len(alone.params) <= 2 or "-x" in words
                both = [{**by_itself, **one} for one in said]
                none = [{k: None if v == () else v for k, v in one.items()} for one in both]
                assert none[0] == none[1], words


_PLAIN_WORDS = ["ada", "li:ada", "PyCon 2026", "", "x=y", "\udce9"] * 3
_WORD = st.sampled_from([*_PLAIN_WORDS, "-", "-1", "--", "--viaa"])
_FORM = st.sampled_from(
    [*[["{word}"], ["{flag}"], ["{flag}", "{word}"], ["{flag}={word}"]] * 2, ["{flag}{word}"]]
)


@pytest.mark.parametrize("name", table.COMMANDS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_plain_line_means_what_typer_takes_it_for(name: str, data: st.DataObject) -> None:
    function, whole = table.function_of(name), _whole(name)
    flags = [flag for param in whole.params for flag in param.opts if flag.startswith("-")]
    words = [
        part.format(flag=flag, word=word)
        for form, flag, word in data.draw(
            st.lists(st.tuples(_FORM, st.sampled_from(flags or ["-q"]), _WORD), max_size=3)
        )
        for part in form
    ]
    read = options.read(function, words)
    if read is not None:
        asked = whole.make_context(name, list(words), resilient_parsing=False).params
        itself = {p.name: p.default for p in inspect.signature(function).parameters.values()}
        meant = {
            key: (list(value) or itself[key]) if isinstance(value, tuple) else value
            for key, value in asked.items()
        }
        assert {key: (itself | read)[key] for key in meant} == meant
    event("left to Typer" if read is None else "read here")


@functools.cache
def _whole(name: str) -> Any:
    """The Typer command with all of its options."""
    return table.load(name)


def test_what_is_no_option_is_told_with_all_of_them() -> None:
    every = len(table.load("add").params)
    for words in (["--viaa", "x"], ["-z"], ["--at", "x", "--", "--via"], ["--at", "-z"]):
        declared = len(table.load("add", words).params)
        assert declared == (2 if "--" in words else every), words


@pytest.mark.parametrize(
    ("name", "words"),
    [("merge", ["-iy", "ada"]), ("done", ["ada", "--follow-up", "--", "--no-log"])],
)
def test_flags_in_one_word_and_dashes_as_a_value_are_read_with_all_options(
    name: str, words: list[str]
) -> None:
    some, every = (
        command.make_context(name, list(words), resilient_parsing=False).params
        for command in (table.load(name, words), _whole(name))
    )
    assert some == every


@pytest.mark.parametrize("day", ["2026-05-20", "2026-05-21", "2026-05-23", "2026-06-20"])
def test_quick_answers_are_those_of_the_full_program(
    kin: Program, day: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Ada", "Bea", "Cyd", "Dee", "Eli"):
        kin("add", name, "Lovelace", "--at", "PyCon")
    kin("add", "Grace", "Hopper", "keep:weekly")
    kin("remind", "grace", "tomorrow", "send the nanosecond talk link to all of them")
    for words in (("due", "--brief"), ("due", "--count"), ("prompt",)):
        env = {**os.environ, "KINSHIP_TODAY": day}
        code = f"import sys\nsys.argv = ['kinship', *{list(words)!r}]\nimport kinship.quick as q\n"
        code += "sys.exit(q._answer(sys.argv[1:]))"
        quick = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, env=env, check=True
        )
        assert quick.stdout == kin(*words, today=day)


def test_the_daily_line_shows_once_a_day(kin: Program) -> None:
    kin("add", "Ada", "Lovelace", "due:today")
    assert kin("due", "--brief", "--once")
    assert not kin("due", "--brief", "--once")
    assert kin("due", "--brief", "--once", today="2026-05-21")


def test_a_file_that_could_not_be_read_does_not_use_up_the_day(kin: Program, path: Path) -> None:
    kin("add", "Ada", "Lovelace", "due:today")
    env = {**os.environ, "KINSHIP_TODAY": TODAY}
    daily = [sys.executable, "-m", "kinship", "due", "--brief", "--once"]
    with sqlite3.connect(path, isolation_level=None) as conn:
        conn.execute("BEGIN EXCLUSIVE")
        assert subprocess.run(daily, capture_output=True, env=env, check=True).stdout == b""
        conn.execute("ROLLBACK")
    for said in (b"kinship: 1 today: Ada Lovelace\n", b""):
        assert subprocess.run(daily, capture_output=True, env=env, check=True).stdout == said


def test_there_is_no_answer_before_the_first_use(kin: Program) -> None:
    env = {**os.environ, "KINSHIP_TODAY": TODAY}
    for words in (
        ["prompt"],
        ["due", "--brief"],
        ["due", "--count"],
        ["due", "--count", "--ahead", "3d"],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "kinship", *words], capture_output=True, env=env, check=True
        )
        assert (done.stdout, done.stderr) == (b"", b"")
