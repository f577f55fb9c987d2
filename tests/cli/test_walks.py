"""``connect -i`` and ``due -i``, walked on a real pseudo-terminal, and interrupted there."""

import json
import os
import re
import signal
import sqlite3
import sys
import termios
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pexpect
import pytest
from inline_snapshot import snapshot

from conftest import Program
from terminals import Spawn
from terminals import program as kinship

Start: TypeAlias = Callable[..., Spawn]


@pytest.fixture
def opened(home: Path) -> Path:
    """The links that were handed to the browser, one a line."""
    return home / "opened"


@pytest.fixture
def walk(home: Path, opened: Path) -> Iterator[Start]:
    """Start the program on a terminal, where a script stands for the browser."""
    opener = home / "browser"
    opener.write_text(f'#!/bin/sh\necho "$1" >> "{opened}"\n')
    opener.chmod(0o755)
    started: list[Spawn] = []

    def run(*words: str, columns: int = 80, **env: str) -> Spawn:
        settings = {
            "KINSHIP_TODAY": "2026-05-20",
            "KINSHIP_OPENER": str(opener),
            "TERM": "xterm",
            "LANG": "C.UTF-8",
            "HOME": str(home),
            "PATH": os.environ.get("PATH", ""),
            **env,
        }
        program = words[0] if words[0] in ("bash", "sh") else kinship()
        child = pexpect.spawn(
            program,
            list(words[1:] if program == words[0] else words),
            env=settings,
            encoding="utf-8",
            dimensions=(40, columns),
        )
        started.append(child)
        return child

    yield run
    for child in started:
        child.close(force=True)


def _plain(said: str | None) -> str:
    bare = re.sub("\x1b\\[[0-9;?]*[a-zA-Z]", "", said or "").replace("\r", "")
    return "\n".join(row.rstrip() for row in bare.split("\n"))


def _asked(child: Spawn) -> str:
    """What is said up to the next prompt."""
    child.expect_exact("[q]uit > ")
    return _plain(f"{child.before}[q]uit >")


def _end(child: Spawn) -> tuple[str, int | None]:
    child.expect(pexpect.EOF)
    said = _plain(child.before)
    child.close()
    return said, child.exitstatus


def _press(child: Spawn, keys: str) -> str:
    """Press keys, and read up to the next prompt."""
    child.send(keys)
    return _asked(child)


@pytest.fixture
def met(kin: Program) -> Program:
    """The morning after PyCon 2026, and of a party."""
    kin("add", "Ada", "Lovelace,", "Analytical", "Engines", "--at", "PyCon 2026", "--on",
        "yesterday", "linkedin:adal", "//", "the Bernoulli paper, horse racing")  # fmt: skip
    kin("add", "Bo", "Ek", "--at", "pycon", "--on", "yesterday", "@bo@social.example", "gh:boek")
    kin("add", "Cyd", "Dahl", "--at", "pycon", "--on", "18 may")
    kin("add", "Dee", "Dee", "--met", "--on", "17 may", "dee@dee.example", "//", "tea")
    return kin


def _state(path: Path, name: str) -> list[str | None]:
    """Where the channels of somebody stand."""
    with sqlite3.connect(path) as conn:
        rows = conn.execute(
            "SELECT state FROM channel c JOIN person p ON p.id = c.person_id WHERE p.name = ?"
            " ORDER BY c.id",
            (name,),
        ).fetchall()
    return [state for (state,) in rows]


# The walk of the morning after


def test_the_morning_after(met: Program, walk: Start, opened: Path) -> None:
    child = walk("connect", "-i")
    assert _asked(child) == snapshot("""\
1 of 4  Ada Lovelace, Analytical Engines
  PyCon 2026, Tue 19 May: the Bernoulli paper, horse racing
  linkedin.com/in/adal   opened in your browser
  to paste: Hi Ada, good to meet you at PyCon 2026. The Bernoulli paper, horse
            racing.

[c]onnected  [s]ent, waiting  [n]ext  [x] never mind  [o]pen  [q]uit >\
""")
    assert _press(child, "c") == snapshot("""\
c
✓ connected on LinkedIn

2 of 4  Bo Ek
  PyCon 2026, Tue 19 May
  social.example/@bo   opened in your browser
  to paste: Hi Bo, good to meet you at PyCon 2026.

[c]onnected  [s]ent, waiting  [n]ext  [x] never mind
[b]ack  [u]ndo  [o]pen  [a]nother channel  [q]uit >\
""")
    assert _press(child, "s") == snapshot("""\
s
✓ request sent on Mastodon; I ask again Wed 27 May

3 of 4  Cyd Dahl
  PyCon 2026, Mon 18 May
  LinkedIn search for the name   opened in your browser
  to paste: Hi Cyd, good to meet you at PyCon 2026.

[c]onnected  [s]ent, waiting  [n]ext  [x] never mind
[b]ack  [u]ndo  [o]pen  [h]andle  [q]uit >\
""")
    assert _press(child, "c") == snapshot("""\
c
✓ connected on LinkedIn

4 of 4  Dee Dee
  met Sun 17 May: tea
  email dee@dee.example
  to paste: Hi Dee, good to meet you. Tea.

[c]ontacted  [n]ext  [x] never mind
[b]ack  [u]ndo  [o]pen  [a]nother channel  [q]uit >\
""")
    child.send("c")
    assert _end(child) == snapshot(
        (
            """\
c
✓ contacted by email, and logged

2 connected, 1 sent, 1 contacted.
kinship undo takes back the last, kinship undo --batch all of them.
""",
            0,
        )
    )
    assert opened.read_text() == snapshot("""\
https://www.linkedin.com/in/adal
https://social.example/@bo
https://www.linkedin.com/search/results/people/?keywords=Cyd%20Dahl
""")
    assert met("connect").startswith("Bo Ek\tPyCon 2026\tMastodon")


def test_the_morning_after_on_a_phone(met: Program, walk: Start) -> None:
    child = walk("connect", "-i", "--no-open", columns=44)
    assert _asked(child) == snapshot("""\
1 of 4  Ada Lovelace, Analytical Engines
  PyCon 2026, Tue 19 May: the Bernoulli
  paper, horse racing
  https://www.linkedin.com/in/adal
  to paste: Hi Ada, good to meet you at
            PyCon 2026. The Bernoulli paper,
            horse racing.

[c]onnected  [s]ent, waiting  [n]ext
[x] never mind
[o]pen  [q]uit >\
""")
    assert _press(child, "n") == snapshot("""\
n

2 of 4  Bo Ek
  PyCon 2026, Tue 19 May
  https://social.example/@bo
  to paste: Hi Bo, good to meet you at PyCon
            2026.

[c]onnected  [s]ent, waiting  [n]ext
[x] never mind
[b]ack  [o]pen  [a]nother channel  [q]uit >\
""")
    assert _press(child, "n") == snapshot("""\
n

3 of 4  Cyd Dahl
  PyCon 2026, Mon 18 May
  LinkedIn search for the name:
  https://www.linkedin.com/search/results/people/?keywords=Cyd%20Dahl
  to paste: Hi Cyd, good to meet you at
            PyCon 2026.

[c]onnected  [s]ent, waiting  [n]ext
[x] never mind
[b]ack  [o]pen  [h]andle  [q]uit >\
""")
    assert _press(child, "x") == snapshot("""\
x
✓ no more nudges to connect

4 of 4  Dee Dee
  met Sun 17 May: tea
  email dee@dee.example
  to paste: Hi Dee, good to meet you. Tea.

[c]ontacted  [n]ext  [x] never mind
[b]ack  [u]ndo  [o]pen  [a]nother channel
[q]uit >\
""")
    child.send("q")
    assert _end(child) == snapshot(
        (
            """\
q

1 never mind, 3 left for later.
kinship undo takes it back.
""",
            0,
        )
    )


def test_going_back_shows_what_was_answered_and_undo_takes_it_back(
    met: Program, walk: Start, path: Path
) -> None:
    child = walk("connect", "-i")
    _asked(child)
    _press(child, "c")
    _press(child, "n")
    _press(child, "b")
    assert "1 of 4  Ada Lovelace" in (said := _press(child, "b"))
    assert "answered: connected on LinkedIn" in said
    assert "This is the first one." in _press(child, "b")
    _press(child, "n")
    _press(child, "n")
    said = _press(child, "u")
    assert "Taken back: connected on LinkedIn (Ada Lovelace)." in said
    assert "1 of 4  Ada Lovelace" in said
    assert "answered" not in said
    assert "Nothing to take back yet." in _press(child, "u")
    child.send("q")
    assert _end(child)[0].strip() == snapshot("""\
q

4 left for later. Nothing was written.\
""")
    assert _state(path, "Ada Lovelace") == ["known"]


def test_a_walk_is_one_batch_of_a_change_an_answer(met: Program, walk: Start) -> None:
    before = met("export")
    child = walk("connect", "-i")
    _asked(child)
    _press(child, "csx")
    child.send("q")
    _end(child)
    after = met("export")
    assert met("undo") == snapshot(
        "Undone: connect cyd --never (1 nudge; just now). Again: kinship redo\n"
    )
    assert met("redo")
    assert met("export") == after
    assert met("undo", "--batch").count("Undone") == 3
    assert met("export") == before


def test_a_walk_takes_back_no_more_than_itself(met: Program, walk: Start, path: Path) -> None:
    met("note", "ada", "tall")
    child = walk("connect", "-i")
    _asked(child)
    _press(child, "c")
    met("note", "bo", "small")
    assert "Taken back: connected on LinkedIn" in _press(child, "u")
    _press(child, "s")
    child.send("q")
    _end(child)
    assert _state(path, "Ada Lovelace") == ["sent"]
    met("undo", "--batch")
    assert "tall" in met("show", "ada")
    assert "small" in met("show", "bo")


def test_keys_pasted_at_once_are_taken_in_order(met: Program, walk: Start, opened: Path) -> None:
    child = walk("connect", "-i")
    _asked(child)
    child.send("ccn")
    said = "".join(_asked(child) for _ in range(3))
    assert "4 of 4  Dee Dee" in said
    child.send("q")
    assert "2 connected, 2 left for later" in _end(child)[0]
    assert opened.read_text() == "https://www.linkedin.com/in/adal\n"


def test_a_text_pasted_among_the_keys_answers_nothing(met: Program, walk: Start) -> None:
    child = walk("connect", "-i")
    _asked(child)
    assert '"see you next week" is none of the keys.' in _press(child, "see you next week\n")
    assert "is none of the keys" in _press(child, "\x1b[A")
    assert '"z" does nothing here.' in _press(child, "z")
    assert '"h" does nothing here.' in _press(child, "h")
    child.send("\n\n\nn")
    assert "2 of 4" in _asked(child)
    child.send("q")
    assert "Nothing was written" in _end(child)[0]


def test_a_profile_that_was_found_is_pasted(
    met: Program, walk: Start, opened: Path, path: Path
) -> None:
    child = walk("connect", "-i", "--at", "pycon")
    assert "1 of 3" in _asked(child)
    _press(child, "n")
    assert "LinkedIn search for the name   opened in your browser" in _press(child, "n")
    assert "✓ LinkedIn cyd-dahl is written down" in _press(
        child, "https://www.linkedin.com/in/cyd-dahl/"
    )
    assert "Taken back: LinkedIn cyd-dahl is written down" in _press(child, "u")
    child.send("h")
    child.expect_exact("Profile link or handle:")
    assert "https://www.linkedin.com/in/cyd" in _press(child, "cyd\r")
    child.send("c")
    assert "1 connected, 2 left for later" in _end(child)[0]
    assert _state(path, "Cyd Dahl") == ["connected"]
    assert "keywords=Cyd%20Dahl" in opened.read_text()


def test_a_handle_of_somebody_else_is_refused_and_the_walk_goes_on(
    met: Program, walk: Start
) -> None:
    child = walk("connect", "-i")
    _asked(child)
    _press(child, "nn")
    _asked(child)
    said = _press(child, "linkedin.com/in/adal")
    assert "LinkedIn adal belongs to Ada Lovelace. Nothing was written." in said
    assert "kinship show ada" in said
    assert "Nothing was written" in _press(child, "://what")
    child.send("c")
    assert "✓ connected on LinkedIn" in _asked(child)


def test_what_to_type_next_in_practice_is_practice(kin: Program, walk: Start) -> None:
    child = walk("--demo", "connect", "-i")
    _asked(child)
    _press(child, "n")
    said = _press(child, "linkedin.com/in/ilseo")
    assert "  kinship --demo show ilse\n" in said
    child.send("cq")
    assert "kinship --demo undo takes it back." in _end(child)[0]


def test_somebody_with_several_channels_is_connected_on_the_one_on_the_screen(
    met: Program, walk: Start, path: Path
) -> None:
    child = walk("connect", "-i")
    _asked(child)
    assert "social.example/@bo" in _press(child, "n")
    assert "github.com/boek   opened in your browser" in _press(child, "a")
    assert "✓ connected on GitHub" in _press(child, "c")
    assert _state(path, "Bo Ek") == ["known", "connected"]


def test_where_nothing_opens_links_they_are_shown_whole(met: Program, walk: Start) -> None:
    child = walk("connect", "-i", KINSHIP_OPENER="/nonexistent/browser")
    assert "  https://www.linkedin.com/in/adal\n" in _asked(child)
    assert "No program here opens links." in _press(child, "o")


def test_a_browser_far_away_is_not_opened(met: Program, walk: Start) -> None:
    child = walk("connect", "-i", KINSHIP_OPENER="", SSH_CONNECTION="1 2 3 4")
    assert "  https://www.linkedin.com/in/adal\n" in _asked(child)


def test_a_request_that_was_sent_waits_a_week(met: Program, walk: Start) -> None:
    child = walk("connect", "-i")
    _asked(child)
    _press(child, "sxxx")
    _end(child)
    child = walk("connect", "-i")
    assert _end(child)[0] == snapshot(
        "Nobody to connect with now; 1 asked or put off: kinship connect\n"
    )
    child = walk("connect", "-i", KINSHIP_TODAY="2026-05-27")
    assert "linkedin.com/in/adal   opened in your browser   asked 7 days ago" in _asked(child)


def test_a_follow_up_to_connect_is_in_the_walk(kin: Program, walk: Start) -> None:
    kin("add", "Ada", "Lovelace", "--at", "PyCon", "li:adal", "-f", "2d", today="2026-05-19")
    kin("add", "Bo", "Ek", "--at", "PyCon", "li:boek", "-f", "3w", today="2026-05-19")
    assert "1 of 1  Ada Lovelace" in _asked(walk("connect", "-i"))


def test_the_message_is_the_one_you_chose(kin: Program, walk: Start, path: Path) -> None:
    kin("add", "Zed \x1b]52;c;aGk=\x07 Q", "--met", "li:zed", "//", "{first} \x1b[2J")
    for text, shown in (
        ("{me}{name}, {org}{nope} at {event}!", "{nope}!"),
        ("", None),
    ):
        with sqlite3.connect(path) as conn:
            conn.execute("INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)",
                         ("connect.message", text))  # fmt: skip
        child = walk("connect", "-i")
        child.expect_exact("uit > ")
        said = child.before or ""
        assert "\x1b]" not in said
        assert "\x1b[2J" not in said
        assert ("to paste" in said) == (shown is not None)
        assert (shown or "") in said


# Another kinship meanwhile


def test_who_was_removed_or_connected_meanwhile_is_passed_over(met: Program, walk: Start) -> None:
    child = walk("connect", "-i")
    _asked(child)
    met("rm", "bo", "-y")
    met("connect", "cyd", "linkedin")
    said = _press(child, "c")
    assert "Bo Ek was removed meanwhile." in said
    assert "Cyd Dahl was connected meanwhile." in said
    assert "4 of 4  Dee Dee" in said
    met("rm", "dee", "-y")
    child.send("c")
    said, code = _end(child)
    assert "removed just now by another program" in said
    assert "\n1 connected.\n" in said
    assert code == 0


def test_a_walk_that_loses_everybody_says_so(met: Program, walk: Start) -> None:
    child = walk("connect", "-i")
    _asked(child)
    for person in json.loads(met("list", "--json")):
        met("rm", str(person["id"]), "-y")
    child.send("c")
    said, code = _end(child)
    assert "\nNobody was left. Nothing was written.\n" in said
    assert code == 0


def test_a_file_that_is_moved_away_is_not_called_read_only(
    met: Program, walk: Start, path: Path
) -> None:
    child = walk("connect", "-i")
    _asked(child)
    path.rename(path.with_name("elsewhere.db"))
    said = _press(child, "c")
    assert "was moved or removed just now." in said
    child.send("q")
    _end(child)


def test_nothing_is_locked_while_the_walk_waits(met: Program, walk: Start, path: Path) -> None:
    child = walk("connect", "-i")
    _asked(child)
    _press(child, "c")
    with sqlite3.connect(path, timeout=0, isolation_level=None) as conn:
        conn.execute("BEGIN EXCLUSIVE")
        conn.execute("ROLLBACK")


def test_what_was_changed_again_meanwhile_is_not_taken_back(met: Program, walk: Start) -> None:
    child = walk("connect", "-i")
    _asked(child)
    _press(child, "c")
    met("connect", "ada", "linkedin", "--sent")
    assert "Nothing was taken back." in _press(child, "u")
    child.send("q")
    assert "1 connected" in _end(child)[0]


# Interrupted


def _mode(child: Spawn) -> list[object]:
    return termios.tcgetattr(child.child_fd)


def test_ctrl_c_keeps_the_answers_and_says_how_many(met: Program, walk: Start, path: Path) -> None:
    child = walk("connect", "-i")
    _asked(child)
    _press(child, "c")
    child.send("\x03")
    said, code = _end(child)
    assert code == 130
    assert said.strip() == snapshot("""\
Stopped. Your answers are kept: 1 connected, 3 left for later.
kinship undo takes it back.\
""")
    assert _state(path, "Ada Lovelace") == ["connected"]


def test_the_end_of_input_keeps_the_answers(met: Program, walk: Start) -> None:
    child = walk("connect", "-i")
    _asked(child)
    _press(child, "c")
    child.sendeof()
    said, code = _end(child)
    assert (code, "1 connected, 3 left for later" in said) == (0, True)


_CRASH = (
    "import sys; from kinship.cli import due_walk, main;"
    " due_walk.DueWalk._log = lambda *_: 1 / 0;"
    " sys.exit(main(sys.argv[1:]))"
)


@pytest.mark.parametrize("way", ["q", "l", "\x03", "\x04", "HUP", "TERM", "QUIT", "s\x03"])
def test_the_terminal_is_as_it_was(due: Program, walk: Start, way: str) -> None:
    program = f"{sys.executable} -c '{_CRASH}'" if way == "l" else kinship()
    traps = "trap : INT QUIT HUP TERM"
    child = walk("sh", "-c", f"{traps}; stty -a; {program} due -i; stty -a; echo over")
    child.expect_exact("baud")
    before = _settings(_asked(child))
    _press(child, "n")
    if way in ("HUP", "TERM", "QUIT"):
        os.kill(_child_of(child.pid), getattr(signal, f"SIG{way}"))
    else:
        child.send(way)
    child.expect_exact("baud")
    child.expect_exact("over")
    after = _settings(child.before or "")
    assert after == before
    assert {"icanon", "echo", "isig"} <= set(after)


def _settings(said: str) -> list[str]:
    """What ``stty -a`` prints, up to what stands behind it."""
    return re.findall(r"-?[a-z]+[0-9]*(?: = [^;]+)?(?=[; \r\n])", said.partition("1 of")[0])


def _child_of(pid: int | None) -> int:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(listed[0])


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGKILL])
def test_what_was_answered_outlives_every_signal(
    met: Program, walk: Start, path: Path, number: int
) -> None:
    child = walk("connect", "-i")
    _asked(child)
    _press(child, "c")
    assert child.pid
    os.kill(child.pid, number)
    child.expect(pexpect.EOF)
    child.close()
    assert child.signalstatus == number
    with sqlite3.connect(path) as conn:
        assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert _state(path, "Ada Lovelace") == ["connected"]
    assert _state(path, "Bo Ek") == ["known", "known"]


def test_a_terminal_that_hangs_up_loses_no_answer(met: Program, walk: Start, path: Path) -> None:
    child = walk("connect", "-i")
    _asked(child)
    _press(child, "c")
    child.close(force=False)
    assert _state(path, "Ada Lovelace") == ["connected"]


def test_ctrl_z_gives_the_terminal_back_and_fg_goes_on(met: Program, walk: Start) -> None:
    child = walk("bash", "--norc", "--noprofile", PS1="shell$ ")
    child.expect_exact("shell$ ")
    child.sendline(f"{kinship()} connect -i")
    _asked(child)
    _press(child, "c")
    child.send("\x1a")
    child.expect_exact("shell$ ")
    child.sendline("stty -a | tr ' ' '\\n' | grep -c '^icanon\\|^echo;*$'")
    child.expect(r"\b2\r\n")
    child.expect_exact("shell$ ")
    child.sendline("fg")
    _asked(child)
    assert "✓ connected on LinkedIn" not in (said := _press(child, "s"))
    assert "✓ request sent on Mastodon" in said
    child.send("q")
    child.expect_exact("1 connected, 1 sent")
    child.sendline("exit")
    child.expect(pexpect.EOF)


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_without_colour_nothing_is_lost(met: Program, walk: Start, env: dict[str, str]) -> None:
    child = walk("connect", "-i", **env)
    child.expect_exact("uit > ")
    assert "\x1b[" not in (child.before or "").replace("\x1b[1m", "").replace("\x1b[0m", "")
    child.sendline("c")
    assert "✓ connected on LinkedIn" in _asked(child)


def test_in_plain_letters(met: Program, walk: Start) -> None:
    child = walk("connect", "-i", PYTHONIOENCODING="ascii")
    _asked(child)
    assert "* connected on LinkedIn" in _press(child, "c")


def test_where_no_single_keys_are_read_lines_are(met: Program, walk: Start) -> None:
    child = walk("connect", "-i", TERM="dumb")
    _asked(child)
    assert "✓ connected on LinkedIn" in _press(child, "connected\n")
    assert "✓ request sent on Mastodon" in _press(child, "s\n")
    assert "4 of 4" in _press(child, "next\n")
    assert "is none of the keys" in _press(child, "what now\n")
    child.send("b\n")
    assert "3 of 4" in _asked(child)
    child.send("h\n")
    child.expect_exact("Profile link or handle:")
    assert "✓ LinkedIn cyd is written down" in _press(child, "cyd\n")
    child.sendeof()
    assert "1 connected, 1 sent, 2 left for later" in _end(child)[0]


def test_another_size_of_the_terminal_is_seen_by_the_next_card(met: Program, walk: Start) -> None:
    child = walk("connect", "-i", columns=100)
    assert max(map(len, _asked(child).split("\n"))) > 44
    child.setwinsize(30, 44)
    assert max(map(len, _press(child, "n").split("\n"))) <= 44
    child.send("q")
    assert _end(child)[1] == 0


# Without a terminal


def test_a_walk_needs_a_terminal(met: Program, walk: Start) -> None:
    assert met("connect", "-i", exit_code=2).err == snapshot("""\
kinship: -i asks about one after another, and there is no terminal to ask on. Nothing was written.
  kinship connect   the same as a list
""")
    assert met("connect", "-i", "--at", "PyCon 2026", exit_code=2).err == snapshot("""\
kinship: -i asks about one after another, and there is no terminal to ask on. Nothing was written.
  kinship connect --at 'PyCon 2026'   the same as a list
""")
    assert met("due", "-i", exit_code=2).err == snapshot("""\
kinship: -i asks about one after another, and there is no terminal to ask on. Nothing was written.
  kinship due   the same as a list
""")
    assert met("due", "ada", "-i", exit_code=2).err == snapshot("""\
kinship: -i asks about one after another, and there is no terminal to ask on. Nothing was written.
  kinship due ada   the same as a list
""")
    assert _end(walk("due", "-i", "--no-input"))[0] == snapshot("""\
kinship: -i asks about one after another, and --no-input says never to ask.
Nothing was written.
  kinship due   the same as a list
""")
    assert _end(walk("due", "-i", "--json"))[0] == snapshot("""\
kinship: -i asks about one after another, and --format json is for programs.
Nothing was written.
  kinship due   the same as a list
""")
    assert "--no-open goes with -i" in met("connect", "--no-open", exit_code=2).err
    assert met("connect", "ada", "-i", exit_code=2).err == snapshot("""\
kinship: -i walks through the queue: nobody is named with it, and nothing said of them. Nothing was written.
  kinship connect -i --at EVENT
""")
    assert _end(walk("connect", "-i", "--at", "nope"))[1] == 3


def test_a_walk_of_nobody_says_so(kin: Program, walk: Start) -> None:
    assert _end(walk("connect", "-i"))[0] == snapshot(
        "Nobody you met in person waits to be connected with.\n"
    )
    assert _end(walk("due", "-i"))[0] == snapshot("""\
Wednesday 20 May   nothing due.

  Add the first one     kinship add Ada Lovelace --at "PyCon 2026"
""")
    kin("add", "Ada", "--met", "--on", "2026-04-01")
    assert _end(walk("connect", "-i"))[0] == snapshot("""\
Nobody to connect with from the last 14 days. 1 from longer ago:
kinship connect --all
""")


# Whoever is due


@pytest.fixture
def due(kin: Program) -> Program:
    kin("add", "Grace", "Hopper", "--org", "US Navy", "--via", "signal:+1 202 555 0147")
    kin("keep", "grace", "inner")
    kin("log", "grace", "--on", "2 may", "--via", "signal", "running shoes; halting")
    kin("log", "grace", "--on", "3 may", "compilers, moving to Arlington in June")
    kin("log", "grace", "--on", "4 may", "--from-me", "are you there?")
    kin("remind", "grace", "2026-05-20", "send the talk link")
    kin("add", "Alan", "Turing", "alan@bombe.example")
    kin("log", "alan", "--on", "11 may", "--from-them", "--via", "email", "may the idea go in?")
    for name in ("Ada Lovelace", "Bo Ek", "Cyd Dahl", "Dee Dee"):
        kin("add", *name.split(), "--at", "PyCon 2026", "--on", "yesterday")
    kin("add", "Eve", "Eden")
    kin("remind", "eve", "today", "send photos")
    kin("remind", "eve", "today", "return the book")
    return kin


def test_whoever_is_due_card_by_card(due: Program, walk: Start, opened: Path) -> None:
    child = walk("due", "-i")
    assert _asked(child) == snapshot("""\
1 of 4  wrote to you 9 days ago

Alan Turing
  Reply: may the idea go in?
  email alan@bombe.example

[d]one  [l]og  [s]nooze  [o]pen  [n]ext  [q]uit >\
""")
    child.send("l")
    child.expect_exact("What about?")
    assert _press(child, "tue: sent a yes, and two slides\r") == snapshot("""\
 tue: sent a yes, and two slides
Logged for Alan Turing, yesterday.

2 of 4  promised for today

Eve Eden
  Send photos
  Return the book   promised for today
  no channel known

[d]one  [l]og  [s]nooze  [o]pen  [n]ext  [b]ack  [u]ndo  [q]uit >\
""")
    child.send("d")
    child.expect_exact("Number, all, or Enter to stop:")
    child.send("2\r")
    child.expect_exact("What about? (Enter for none)")
    assert _press(child, "\r") == snapshot("""\

Done: return the book
Logged for Eve Eden, today.
Still open with Eve: send photos   kinship done eve

3 of 4  promised for today

Grace Hopper  US Navy · inner circle
  Send the talk link
  Say hello   every 2 weeks, now 2 weeks
  3 May: compilers, moving to Arlington in June
  2 May, Signal: running shoes; halting
  Signal +1 202 555 0147

[d]one  [l]og  [s]nooze  [o]pen  [n]ext  [b]ack  [u]ndo  [q]uit >\
""")
    assert _press(child, "o") == snapshot("""\
o
Opened sgnl://signal.me/#p/+12025550147

[d]one  [l]og  [s]nooze  [o]pen  [n]ext  [b]ack  [u]ndo  [q]uit >\
""")
    child.send("s")
    child.expect_exact("Until when? (Enter for 3d)")
    assert _press(child, "next friday\r") == snapshot("""\
 next friday
Grace Hopper comes back Fri 29 May (in 9 days).

4 of 4  best by tomorrow

PyCon 2026  connect with 4 people you met
  Ada Lovelace, Bo Ek, Cyd Dahl, 1 more
  0 of 4 connected

[c]onnect, one by one  [s]nooze all  [n]ext  [b]ack  [u]ndo  [q]uit >\
""")
    child.send("n")
    assert _end(child)[0] == snapshot("""\
n

1 logged, 1 done, 1 snoozed, 1 left for later.
kinship undo takes back the last, kinship undo --batch all of them.
""")


def test_the_people_of_an_event_are_walked_one_by_one(due: Program, walk: Start) -> None:
    child = walk("due", "-i", "--only", "connect")
    assert "1 of 1  best by tomorrow" in _asked(child)
    child.send("c")
    child.expect_exact("[q] back to the others > ")
    assert "1 of 4  Ada Lovelace" in _plain(child.before)
    child.send("c")
    child.expect_exact("[q] back to the others > ")
    child.send("q")
    assert _end(child)[0] == snapshot("""\
q

1 connected, 1 left for later.
kinship undo takes it back.
""")
    child = walk("due", "-i", "--only", "connect")
    assert "Bo Ek" in _asked(child)


def test_an_answer_of_the_inner_walk_is_taken_back_in_the_outer_one(
    due: Program, walk: Start, path: Path
) -> None:
    due("add", "Joan", "Clarke")
    due("remind", "joan", "tomorrow", "call")
    child = walk("due", "-i", "--ahead", "7d")
    _asked(child)
    for _ in range(3):
        _press(child, "n")
    child.send("c")
    child.expect_exact("back to the others > ")
    child.send("sq")
    child.expect_exact("back to the others > ")
    assert "5 of 5  due tomorrow" in _asked(child)
    assert _press(child, "u").count("Taken back: request sent on LinkedIn (Ada Lovelace).") == 1
    assert _state(path, "Ada Lovelace") == []


def test_a_crowd_is_put_off_together(due: Program, walk: Start) -> None:
    child = walk("due", "-i", "--only", "connect")
    _asked(child)
    child.send("s")
    child.expect_exact("Until when? (Enter for 3d)")
    child.send("\r")
    said, _ = _end(child)
    assert "4 people come back Sat 23 May (in 3 days)." in said
    assert "1 snoozed." in said
    assert "nothing due of the kind connect" in due("due", "--only", "connect", "--ahead", "1d")


def test_a_day_that_is_none_is_said_and_asked_for_again(due: Program, walk: Start) -> None:
    child = walk("due", "-i", "grace")
    assert "1 of 1" in _asked(child)
    child.send("s")
    child.expect_exact("Until when?")
    assert '"soon" is not a day.' in _press(child, "soon\r")
    child.send("ssoon\rs2d\r")
    assert "is not a day" in _asked(child)
    assert "Grace Hopper comes back Fri 22 May" in _end(child)[0]


def test_no_words_are_no_log_and_enter_is_done_without_words(due: Program, walk: Start) -> None:
    child = walk("due", "-i", "alan")
    _asked(child)
    child.send("l")
    child.expect_exact("What about?")
    assert "Nothing was written." in _press(child, "\r")
    child.send("d")
    child.expect_exact("(Enter for none)")
    child.send("\r")
    assert "Done: reply" in (said := _end(child)[0])
    assert "1 done." in said
    assert said.endswith("kinship undo takes it back.\n")


def test_stopping_at_which_promise_closes_none(due: Program, walk: Start) -> None:
    child = walk("due", "-i", "eve")
    _asked(child)
    child.send("d")
    child.expect_exact("Number, all, or Enter to stop:")
    said = _press(child, "\r")
    assert "Nothing was written. Say which:" in said
    assert "  kinship done eve --only" in said
    child.send("d")
    child.expect_exact("Number, all, or Enter to stop:")
    child.send("all\rboth\r")
    said, _ = _end(child)
    assert "Done: send photos" in said
    assert "Done: return the book" in said


def test_words_typed_ahead_are_the_words_and_what_follows_are_keys(
    due: Program, walk: Start
) -> None:
    child = walk("due", "-i")
    _asked(child)
    child.send("lsent it, no doubt\rq")
    said, _ = _end(child)
    assert "What about? sent it, no doubt" in said
    assert "1 logged, 3 left for later" in said
    assert "sent it, no doubt" in due("show", "alan")


def test_a_line_that_was_begun_ahead_can_be_mended(due: Program, walk: Start) -> None:
    child = walk("due", "-i", "alan")
    _asked(child)
    child.send("lteaa")
    child.expect_exact("What about? teaa")
    child.send("\x7f and cake\r")
    _end(child)
    assert "tea and cake" in due("show", "alan")


def test_letters_that_the_locale_does_not_have_are_kept_in_a_line_begun_ahead(
    due: Program, walk: Start
) -> None:
    child = walk("due", "-i", "alan", LC_ALL="C")
    _asked(child)
    child.send("lthé")
    child.expect_exact("What about? thé")
    child.send(" et gâteau\r")
    _end(child)
    assert "thé et gâteau" in due("show", "alan")


def test_ctrl_c_at_a_question_of_the_walk_writes_nothing_more(
    due: Program, walk: Start, path: Path
) -> None:
    child = walk("due", "-i")
    _asked(child)
    child.send("lfirst\r")
    _asked(child)
    child.send("l")
    child.expect_exact("What about?")
    child.send("half a sent")
    child.expect_exact("half a sent")
    child.send("\x03")
    said, code = _end(child)
    assert code == 130
    assert "Stopped. Your answers are kept: 1 logged, 3 left for later." in said
    with sqlite3.connect(path) as conn:
        assert conn.execute(
            "SELECT count(*) FROM conversation WHERE text LIKE 'half%'"
        ).fetchone() == (0,)


def test_undo_brings_back_the_card(due: Program, walk: Start) -> None:
    before = due("export", "--raw")
    child = walk("due", "-i")
    _asked(child)
    _press(child, "lfirst\r")
    said = _press(child, "b")
    assert "answered: logged (Alan Turing)" in said
    said = _press(child, "u")
    assert "Taken back: logged (Alan Turing)." in said
    assert "1 of 4  wrote to you 9 days ago" in said
    child.send("q")
    assert "Nothing was written." in _end(child)[0]
    assert due("export", "--raw") == before


def test_who_was_removed_or_answered_meanwhile_is_passed_over_in_due(
    due: Program, walk: Start
) -> None:
    child = walk("due", "-i")
    _asked(child)
    due("done", "eve", "--all")
    due("rm", "grace", "-y")
    for name in ("ada", "bo", "cyd", "dee"):
        due("connect", name, "linkedin")
    due("rm", "alan", "-y")
    child.send("d\r")
    said, code = _end(child)
    assert code == 0
    assert "removed just now" in said
    assert "Alan Turing was removed meanwhile." in said
    assert "Eve Eden is done meanwhile." in said
    assert "Grace Hopper was removed meanwhile." in said
    assert "Nobody of them waits any more." in said


def test_whoever_is_due_on_a_phone(due: Program, walk: Start) -> None:
    child = walk("due", "-i", "grace", columns=44)
    assert _asked(child) == snapshot("""\
1 of 1  promised for today

Grace Hopper  US Navy · inner circle
  Send the talk link
  Say hello   every 2 weeks, now 2 weeks
  3 May: compilers, moving to Arlington in
  June
  2 May, Signal: running shoes; halting
  Signal +1 202 555 0147

[d]one  [l]og  [s]nooze  [o]pen  [n]ext
[q]uit >\
""")


def test_what_is_on_a_card_cannot_speak_to_the_terminal(kin: Program, walk: Start) -> None:
    evil = "\x1b]52;c;aGk=\x07 \x1b[2J"
    kin("add", f"Zed {evil}", "--org", evil)
    kin("remind", "zed", "today", evil)
    kin("log", "zed", "--on", "2 may", evil)
    child = walk("due", "-i")
    child.expect_exact("[q]uit > ")
    assert "\x1b]" not in (child.before or "")
    assert "\x1b[2J" not in (child.before or "")
