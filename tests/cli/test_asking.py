"""Questions, asked on a real pseudo-terminal and answered by typing."""

import json
import re

import pexpect
import pytest
from inline_snapshot import snapshot

from conftest import TODAY, Program
from terminals import Spawn, typed


def _typed(started: list[Spawn], *words: str, columns: int = 80) -> Spawn:
    child = typed(*words, columns=columns, KINSHIP_TODAY=TODAY)
    started.append(child)
    return child


def _end(child: Spawn) -> tuple[str, int | None]:
    child.expect(pexpect.EOF)
    said = child.before or ""
    child.close()
    return re.sub("\x1b\\[[0-9;]*m", "", said), child.exitstatus


def test_an_exact_name_is_met_again_by_enter(kin: Program, terminal: list[Spawn]) -> None:
    kin("add", "Grace", "Hopper", "--at", "PyCon 2024", "--on", "2026-05-01")
    child = _typed(terminal, "add", "Grace", "Hopper", "--at", "PyCon 2026")
    child.expect_exact("Same person? [Y/n]")
    child.sendline("")
    said, code = _end(child)
    assert code == 0
    assert "Met Grace Hopper again, today at PyCon 2026. 2nd time; first PyCon 2024." in said


def test_a_near_name_is_somebody_new_by_enter(kin: Program, terminal: list[Spawn]) -> None:
    kin("add", "Grace", "Hopper")
    child = _typed(terminal, "add", "Grace", "Hoper")
    child.expect_exact("Same person? [y/N]")
    child.sendline("")
    assert "Added Grace Hoper" in _end(child)[0]


def test_two_of_a_name_are_listed_and_one_is_picked(kin: Program, terminal: list[Spawn]) -> None:
    kin("add", "Mary", "Somerville")
    kin("add", "Mary", "Jackson")
    child = _typed(terminal, "log", "mary", "museum", "list")
    child.expect_exact("Number, more of the name, or Enter to stop:")
    child.sendline("somer")
    assert "Logged for Mary Somerville, today." in _end(child)[0]


def test_a_number_that_is_not_listed_picks_nobody(kin: Program, terminal: list[Spawn]) -> None:
    for name in ("Ada Lovelace", "Mary Somerville", "Mary Jackson"):
        kin("add", name)
    child = _typed(terminal, "log", "mary", "museum", "list")
    child.expect_exact("or Enter to stop:")
    child.sendline("3")
    said, code = _end(child)
    assert code == 2
    assert "from 1 to 2" in said


def test_stopping_at_the_picker_writes_nothing(kin: Program, terminal: list[Spawn]) -> None:
    kin("add", "Mary", "Somerville")
    kin("add", "Mary", "Jackson")
    child = _typed(terminal, "log", "mary", "museum", "list")
    child.expect_exact("or Enter to stop:")
    child.sendline("")
    assert _end(child)[1] == 1
    assert "museum" not in kin("show", "mary-s") + kin("show", "mary-j")


def test_the_end_of_input_at_a_question_is_no_once(kin: Program, terminal: list[Spawn]) -> None:
    kin("add", "Konrad", "Zuse")
    child = _typed(terminal, "rm", "konrad")
    child.expect_exact("Remove? [y/N]")
    child.sendeof()
    said, code = _end(child)
    assert code == 1
    assert "nothing was removed" in said
    assert "Konrad Zuse" in kin("list")


def test_ctrl_c_at_a_question_is_130_and_writes_nothing(
    kin: Program, terminal: list[Spawn]
) -> None:
    kin("add", "Konrad", "Zuse")
    child = _typed(terminal, "rm", "konrad")
    child.expect_exact("Remove? [y/N]")
    child.sendintr()
    assert _end(child)[1] == 130
    assert "Konrad Zuse" in kin("list")


@pytest.mark.parametrize("option", [(), ("--via", "phone")], ids=["words alone", "an option"])
def test_ctrl_c_ends_the_line_of_the_question(
    kin: Program, terminal: list[Spawn], option: tuple[str, ...]
) -> None:
    kin("add", "Mary", "Somerville")
    kin("add", "Mary", "Jackson")
    child = _typed(terminal, "log", "mary", "tea", *option)
    child.expect_exact("or Enter to stop: ")
    child.sendintr()
    said, code = _end(child)
    assert said.endswith("\r\n")
    assert code == 130


def test_a_close_spelling_is_never_taken_by_enter_when_writing(
    kin: Program, terminal: list[Spawn]
) -> None:
    kin("add", "Grace", "Hopper")
    child = _typed(terminal, "note", "graec", "likes", "moths")
    child.expect_exact("Did you mean Grace Hopper? [y/N]")
    child.sendline("")
    assert _end(child)[1] == 1
    child = _typed(terminal, "show", "graec")
    child.expect_exact("Did you mean Grace Hopper? [Y/n]")
    child.sendline("")
    assert "Grace Hopper" in _end(child)[0]


def test_a_new_event_close_to_a_known_one_is_asked_about(
    kin: Program, terminal: list[Spawn]
) -> None:
    kin("add", "Grace", "Hopper", "--at", "PyCon 2026")
    child = _typed(terminal, "add", "Ada", "Lovelace", "--at", "PyCon 206")
    child.expect_exact('"PyCon 206" is new to me. Did you mean PyCon 2026? [Y/n]')
    child.sendline("y")
    assert "today at PyCon 2026" in _end(child)[0]


def test_a_new_event_to_start_close_to_a_known_one_is_asked_about(
    kin: Program, terminal: list[Spawn]
) -> None:
    kin("event", "add", "PyCon 2026", "--from", "2026-05-19", "--until", "2026-05-22")
    child = _typed(terminal, "event", "start", "PyCon 206")
    child.expect_exact('"PyCon 206" is new to me. Did you mean PyCon 2026? [Y/n]')
    child.sendline("")
    assert "You are at PyCon 2026 until Fri 22 May." in _end(child)[0]
    child = _typed(terminal, "event", "start", "PyCon 206")
    child.expect_exact("[Y/n]")
    child.sendline("n")
    assert "You left PyCon 2026.\r\nYou are at PyCon 206 today, a new event." in _end(child)[0]


def test_an_event_that_is_over_is_asked_about(kin: Program, terminal: list[Spawn]) -> None:
    kin("event", "add", "PyCon 2024")
    child = _typed(terminal, "event", "start", "pycon")
    child.expect_exact("PyCon 2024 is over. Are you there again? [y/N]")
    child.sendline("")
    said, code = _end(child)
    assert code == 1
    assert 'kinship event start "PyCon 2026"' in said
    assert "no event" in kin("event")
    child = _typed(terminal, "event", "start", "pycon")
    child.expect_exact("[y/N]")
    child.sendline("y")
    assert "You are at PyCon 2024 today." in _end(child)[0]


def test_one_of_several_events_is_picked(kin: Program, terminal: list[Spawn]) -> None:
    kin("add", "Ada")
    kin("event", "add", "PyCon Italia", "--city", "Bologna")
    kin("event", "add", "PyCon US", "--from", "2026-05-14")
    for answer, name in (("1", "PyCon US"), ("italia", "PyCon Italia")):
        child = _typed(terminal, "event", "going", "pycon", "ada")
        child.expect_exact("Which pycon?")
        child.expect_exact("or Enter to stop:")
        child.sendline(answer)
        assert f"going to {name}" in _end(child)[0]
    child = _typed(terminal, "event", "show", "pycon")
    child.expect_exact("or Enter to stop:")
    child.sendeof()
    assert _end(child)[1] == 1


def test_a_misspelt_event_is_offered(kin: Program, terminal: list[Spawn]) -> None:
    kin("event", "add", "EuroPython")
    child = _typed(terminal, "event", "show", "eurpython")
    child.expect_exact("Did you mean EuroPython? [Y/n]")
    child.sendline("")
    assert "Nobody is marked as going." in _end(child)[0]
    child = _typed(terminal, "event", "rm", "eurpython")
    child.expect_exact("Did you mean EuroPython? [y/N]")
    child.sendline("")
    assert _end(child)[1] == 1


@pytest.mark.parametrize(("answer", "code"), [("y", 0), ("", 1), ("\x04", 1)])
def test_removing_and_merging_events_is_asked_about(
    kin: Program, terminal: list[Spawn], answer: str, code: int
) -> None:
    for name in ("Camp", "Fair", "Market"):
        kin("event", "add", name)
    kin("add", "Ada", "--at", "Camp")
    for words, asked in (
        (("merge", "camp", "fair"), "Camp: 1 conversation. All of it moves to Fair. Merge? [y/N]"),
        (("rm", "market"), "Market: nobody was written down there. Remove? [y/N]"),
    ):
        child = _typed(terminal, "event", *words)
        child.expect_exact(asked)
        child.sendline(answer)
        assert _end(child)[1] == code
    listed = kin("event", "list")
    assert ("Camp" in listed, "Market" in listed) == (code == 1, code == 1)


def test_an_event_close_to_a_known_one_is_asked_about(kin: Program, terminal: list[Spawn]) -> None:
    kin("event", "add", "EuroPython")
    child = _typed(terminal, "event", "add", "EuroPyton")
    child.expect_exact('"EuroPyton" is close to EuroPython. Is it another event? [Y/n]')
    child.sendline("n")
    said, code = _end(child)
    assert code == 1
    assert "kinship event edit europython --from DATE" in said


def test_several_due_promises_are_asked_about(kin: Program, terminal: list[Spawn]) -> None:
    kin("add", "Grace", "Hopper")
    kin("remind", "grace", "today", "send photos")
    kin("remind", "grace", "today", "return the book")
    assert "--only" in kin("done", "grace", exit_code=4).err
    child = _typed(terminal, "done", "grace")
    child.expect_exact("Number, all, or Enter to stop:")
    child.sendline("2")
    said, code = _end(child)
    assert code == 0
    assert "Done: return the book" in said
    assert "Still open with Grace: send photos" in said


def test_an_export_commands_no_terminal(kin: Program, terminal: list[Spawn]) -> None:
    kin("add", "Zed \x1b]52;c;aGk=\x07", "-m", "one\ntwo")
    for form in ("csv", "json", "{name}"):
        said, code = _end(_typed(terminal, "export", "--format", form))
        assert code == 0
        assert "Zed" in said
        assert "\x1b" not in said
        assert "\x07" not in said
    assert "\x1b]52" in kin("export")


def test_due_is_drawn_in_colour_and_fits_the_terminal(kin: Program, terminal: list[Spawn]) -> None:
    child = _typed(terminal, "--demo", "due")
    child.expect(pexpect.EOF)
    said = child.before or ""
    assert "\x1b[31m" in said
    assert said.count("\n") <= 23


def test_what_is_asked_about_cannot_speak_to_the_terminal(
    kin: Program, terminal: list[Spawn]
) -> None:
    kin("add", "Ada")
    for text in ("send \x1b]52;c;aGk=\x07 it", "call \x1b[2J them"):
        kin("remind", "ada", "2026-05-20", text)
    child = _typed(terminal, "done", "ada")
    child.expect_exact("Number, all, or Enter to stop:")
    asked = child.before or ""
    assert "\\e]52" in asked
    assert "\x1b]" not in asked
    assert "\x1b[2J" not in asked
    child.sendline("1")
    assert _end(child)[1] == 0


def test_an_answer_that_is_neither_yes_nor_no_is_asked_for_again(
    kin: Program, terminal: list[Spawn]
) -> None:
    kin("add", "Grace", "Hopper")
    child = _typed(terminal, "add", "Grace", "Hopper")
    child.expect_exact("Same person? [Y/n]")
    child.sendline("what")
    child.expect_exact("Yes or no? [Y/n]")
    child.sendeof()
    said, code = _end(child)
    assert (code, "Nothing was written." in said) == (1, True)
    assert len(json.loads(kin("list", "--json"))) == 1


def test_errors_and_hints_break_between_words_on_a_narrow_terminal(
    kin: Program, terminal: list[Spawn]
) -> None:
    kin("add", "Grace", "Hopper")
    said, _ = _end(_typed(terminal, "remind", "grace", "last", "tue", "x", columns=44))
    assert said.splitlines() == snapshot(
        [
            'kinship: "last tue" (Tue 19 May) is already',
            "past. Nothing was written.",
            "  It happened then?",
            "  kinship log WHO --on 2026-05-19 what you talked about",
        ]
    )


@pytest.mark.parametrize("words", ["snooze -h", "help formats"])
def test_help_is_reflowed_on_a_narrow_terminal(terminal: list[Spawn], words: str) -> None:
    said, _ = _end(_typed(terminal, *words.split(), columns=44))
    rows = said.splitlines()
    assert {
        "snooze -h": "                these words.",
        "help formats": "                       are only ever added",
    }[words] in rows
    assert max(len(row) for row in rows if "kinship" not in row) <= 44
