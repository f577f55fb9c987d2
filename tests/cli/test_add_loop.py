"""``add`` at a prompt, typed on a real pseudo-terminal: taken back, recalled, interrupted, killed."""

import csv
import json
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest
from inline_snapshot import snapshot

from conftest import Program
from samples import SAMPLES, needs_samples
from terminals import Spawn, ended, program, shown, typed

FILES = Path(__file__).parent.parent / "files"

Loop = Callable[..., Spawn]


@pytest.fixture
def loop(home: Path) -> Iterator[Loop]:
    """``kinship add`` with options, at its first prompt."""
    started: list[Spawn] = []

    def start(*words: str, columns: int = 80, **env: str) -> Spawn:
        child = typed("add", *words, columns=columns, **env)
        started.append(child)
        child.expect_exact("1> ")
        return child

    yield start
    for child in started:
        child.close(force=True)


def enter(child: Spawn, text: str, answer: str) -> str:
    """Type a line; what is said until ``answer``."""
    child.send(f"{text}\r")
    child.expect_exact(answer)
    return shown(child.before or "")


def people(kin: Program) -> list[str]:
    return [person["name"] for person in json.loads(kin("list", "--json"))]


class _Log:
    """All that was shown."""

    def __init__(self) -> None:
        self.parts: list[str] = []

    def write(self, text: str) -> None:
        self.parts.append(text)

    def flush(self) -> None:
        pass


def test_the_loop_of_the_book(kin: Program, home: Path) -> None:
    kin("add", "Grace", "Hopper", "--org", "US Navy", "--at", "PyCon 2024", "--on", "2026-05-01")
    child = typed("add", "--at", "PyCon 2026")
    log = child.logfile_read = _Log()
    child.expect_exact("1> ")
    enter(child, "Ada Lovelace, Analytical Engines linkedin:adal +compilers // Bernoulli", "2> ")
    enter(child, "grace hoper", "Same person? [y/N] ")
    enter(child, "y", "3> ")
    enter(child, "Mary +async due:fri mary@rse.example 020 7946 0958", "4> ")
    enter(child, "Hedy Lamarr +networks spanning tree", "5> ")
    enter(child, "<", "4> Hedy Lamarr +networks spanning tree")
    enter(child, '\x15Hedy Lamarr +networks +"spanning tree"', "5> ")
    child.send("\r")
    _, code = ended(child)
    assert code == 0
    said = shown("".join(log.parts))
    said = "\n".join(row for row in said.split("\n") if not row.startswith("4> Hedy"))
    assert said == snapshot("""\
Met at PyCon 2026 today. One person a line; empty line ends, < back, ? help.

1> Ada Lovelace, Analytical Engines linkedin:adal +compilers // Bernoulli
   ✓ Ada Lovelace · Analytical Engines · compilers · LinkedIn by Wed 20 May
2> grace hoper
   Grace Hopper is here already: US Navy; met PyCon 2024; talked 2 weeks ago.
   Same person? [y/N] y
   ✓ Grace Hopper · met again
3> Mary +async due:fri mary@rse.example 020 7946 0958
   ✓ Mary · async · email · phone · follow-up Fri 22 May
   ✓ Hedy Lamarr · networks · kept as a note: "spanning tree"
5> <
   Took back Hedy Lamarr. Again:
   ✓ Hedy Lamarr · networks, spanning tree
5> \n\

3 new, 1 met again. kinship undo takes back the last line, undo --batch all.
Tomorrow: kinship connect -i opens the 1 profile you are not connected on.
""")
    undone = kin("undo", "--batch", today="2026-05-18")
    assert undone.count("Undone") == 4
    assert "Again: kinship redo --batch" in undone
    assert people(kin) == ["Grace Hopper"]
    assert kin("redo", "--batch").count("Done again") == 4
    assert len(people(kin)) == 4


def test_where_you_are_is_said_first(kin: Program, loop: Loop) -> None:
    for words, said in (
        ((), "People you know; no meeting is written down."),
        (("--met",), "Met today."),
        (("--on", "fri"), "Met Fri 15 May."),
        (("--at", "PyCon", "--on", "yesterday"), "Met at PyCon yesterday."),
        (("--met-on", "mastodon"), "Met online."),
        (("--heard",), "Heard of, not met yet."),
    ):
        child = loop(*words)
        assert said in shown(child.before or "")
        child.send("\r")
        assert "Nobody was added." in ended(child)[0]


def test_options_hold_for_every_line(kin: Program, loop: Loop) -> None:
    child = loop("--at", "PyCon 2026", "-t", "speaker", "--about", "python")
    enter(child, "Ada Lovelace", "2> ")
    enter(child, "Grace Hopper +navy at:FOSDEM", "3> ")
    child.sendeof()
    ended(child)
    for name, event in (("ada", "PyCon 2026"), ("grace", "FOSDEM")):
        card = kin("show", name)
        assert "speaker" in card
        assert "python" in card
        assert event in card


def test_somebody_only_heard_of_is_not_met_again(kin: Program, loop: Loop) -> None:
    for name, how in (("Rosa Klein", "--heard"), ("Emmy Noether", "--online")):
        kin("add", name, how)
    child = loop("--at", "PyCon 2026")
    for number, name in enumerate(("Rosa Klein", "Emmy Noether"), 2):
        enter(child, name, "[Y/n] ")
        assert f"✓ {name} · met at last" in enter(child, "y", f"{number}> ")
    enter(child, "Rosa Klein", "[Y/n] ")
    assert "✓ Rosa Klein · met again" in enter(child, "y", "4> ")
    child.send("\r")
    assert "2 met at last, 1 met again." in shown(ended(child)[0])


def test_a_question_breaks_between_words(kin: Program, loop: Loop) -> None:
    kin("add", "Grace Hopper", "--org", "Eckert-Mauchly Computer Corporation", "--at", "PyCon 2024")
    child = loop("--at", "A conference with quite a long name 2026", columns=44)
    said = enter(child, "grace hoper", "Same person? [y/N] ")
    assert all(len(row) < 44 for row in said.split("\n"))
    child.send("n\r\r")


def test_an_event_is_asked_about_once(kin: Program, home: Path) -> None:
    kin("add", "Ada", "Lovelace", "--at", "PyCon 2026")
    child = typed("add", "--at", "Pycom 2026")
    child.expect_exact("Did you mean PyCon 2026? [Y/n] ")
    child.send("\r")
    child.expect_exact("Met at PyCon 2026 today.")
    child.expect_exact("1> ")
    enter(child, "Grace Hopper", "2> ")
    said = enter(child, "Mary Shaw", "3> ")
    assert "Did you mean" not in said
    child.send("\r")
    ended(child)


def test_an_event_in_a_line_is_asked_about_there(kin: Program, loop: Loop) -> None:
    kin("add", "Ada", "Lovelace", "--at", "PyCon 2026")
    child = loop()
    enter(child, 'Mary Shaw at:"Pycom 2026"', "Did you mean PyCon 2026? [Y/n] ")
    enter(child, "", "2> ")
    child.send("\r")
    ended(child)
    assert "PyCon 2026" in kin("show", "mary")


def test_a_line_that_cannot_be_saved_comes_back(kin: Program, loop: Loop) -> None:
    kin("add", "Ada", "Lovelace", "li:adal")
    child = loop()
    said = enter(child, "Bob li:adal +tea", "1> Bob li:adal +tea")
    assert "LinkedIn adal belongs to Ada Lovelace. Nothing was written." in said
    enter(child, "\x15Bob +tea", "2> ")
    said = enter(child, "Cyd due:whenever", "2> Cyd due:whenever")
    assert '"whenever" is not a day' in said
    child.send("\x15\r")
    assert "Not added: Cyd due:whenever" in ended(child)[0]
    assert people(kin) == ["Ada Lovelace", "Bob"]


def test_a_channel_that_was_probably_meant_is_offered(kin: Program, loop: Loop) -> None:
    child = loop()
    said = enter(child, "Bob linkdin:bob tall", "2> ")
    assert 'kept as a note: "linkdin:bob tall"' in said
    assert "Meant linkedin:bob? < takes the line back." in said
    child.send("\r")
    ended(child)


def test_taking_back_goes_on_and_ends_at_the_first(kin: Program, loop: Loop) -> None:
    child = loop()
    enter(child, "<", "1> ")
    enter(child, "Ada Lovelace", "2> ")
    enter(child, "Grace Hopper", "3> ")
    enter(child, "<", "2> Grace Hopper")
    enter(child, "\x15<", "1> Ada Lovelace")
    said = enter(child, "\x15<", "1> ")
    assert "There is nothing to take back." in said
    child.sendeof()
    assert "Nobody was added." in ended(child)[0]
    assert people(kin) == []


def test_only_what_this_loop_wrote_is_taken_back(kin: Program, loop: Loop) -> None:
    child = loop()
    enter(child, "Ada Lovelace", "2> ")
    kin("add", "Grace", "Hopper", today="2026-05-18")
    enter(child, "<", "1> Ada Lovelace")
    child.send("\x15\r")
    ended(child)
    assert people(kin) == ["Grace Hopper"]


def test_tab_completes_and_up_recalls(kin: Program, loop: Loop) -> None:
    kin("add", "Ada", "Lovelace", "--org", "Analytical Engines", "+compilers", "in:PyLadies")
    kin("add", "Bo", "Ek", "--at", "PyCon 2026", "+public speaking", "city:Zürich", "tag:speaker")
    child = loop()
    for begun, whole in (
        ("Cyd +comp\t", "Cyd +compilers "),
        ("Cyd +pub\t", 'Cyd +"public speaking" '),
        ('Cyd +"public sp\t', 'Cyd +"public speaking" '),
        ("Cyd at:py\t", 'Cyd at:"PyCon 2026" '),
        ("Cyd in:py\t", "Cyd in:PyLadies "),
        ("Cyd in:rse,py\t", "Cyd in:rse,PyLadies "),
        ("Cyd city:zu\t", "Cyd city:Zürich "),
        ("Cyd tag:sp\t", "Cyd tag:speaker "),
        ("Cyd knows:lov\t", "Cyd knows:ada-lovelace "),
        ("Cyd by:ada\t", "Cyd by:ada-lovelace "),
        ("Cyd keep:mon\t", "Cyd keep:monthly "),
        ("Cyd due:tom\t", "Cyd due:tomorrow "),
        ("Cyd, ana\t", "Cyd, Analytical Engines "),
        ("Cyd linkedi\t", "Cyd linkedin:"),
        ("Cyd birth\t", "Cyd birthday:"),
        ("ada lo\t", "ada Lovelace "),
        ("Žofie +comp\t", "Žofie +compilers "),
        ("Cyd // +comp\t", "Cyd // +comp"),
    ):
        child.send(f"{begun}\x01@\x05|")
        child.expect_exact("|")
        child.send("\x15")
        child.send("\x19")  # what was cut comes back, so that all of it is shown at once
        child.expect_exact(f"@{whole}|")
        child.send("\x15")
    enter(child, "Dee Dee +tea", "2> ")
    child.send("\x1b[A")
    child.expect_exact("Dee Dee +tea")
    enter(child, "\x15Eli", "3> ")
    child.send("\r")
    ended(child)
    assert "Eli" in people(kin)


def test_what_is_typed_is_written_to_no_history(kin: Program, loop: Loop, home: Path) -> None:
    child = loop()
    enter(child, "Ada Lovelace", "2> ")
    child.send("\r")
    ended(child)
    written = [path.name for path in home.rglob("*") if path.is_file()]
    assert written == ["kinship.db"]


def test_several_lines_pasted_at_once_are_saved_one_after_another(kin: Program, loop: Loop) -> None:
    child = loop()
    enter(child, "\x1b[200~Ada Lovelace, Acme\nGrace Hopper +navy\n\nMary Shaw\x1b[201~", "4> ")
    child.send("\r")
    said, _ = ended(child)
    assert "3 people added." in said
    assert people(kin) == ["Ada Lovelace", "Grace Hopper", "Mary Shaw"]
    assert kin("undo", "--batch", today="2026-05-18").count("Undone") == 3


def test_lines_pasted_without_brackets_are_saved_too(kin: Program, loop: Loop) -> None:
    child = loop()
    child.send("Ada Lovelace\rGrace Hopper\rMary Shaw\r\r")
    assert "3 people added." in ended(child)[0]


def test_lines_that_run_into_a_question_wait_for_its_answer(kin: Program, loop: Loop) -> None:
    kin("add", "Grace", "Hopper")
    child = loop("--met")
    child.send("Ada Lovelace\rGrace Hopper\rMary Shaw\rDee Dee +tea\r")
    child.expect_exact("Yes or no? [Y/n] ")
    child.expect_exact("Yes or no? [Y/n] ")
    said = enter(child, "", "Dee Dee +tea")
    assert "✓ Grace Hopper · met again" in said
    enter(child, "", "5> ")
    child.send("\r")
    ended(child)
    assert people(kin) == ["Ada Lovelace", "Dee Dee", "Grace Hopper", "Mary Shaw"]


def test_a_row_of_a_spreadsheet_is_pasted_with_its_tabs(kin: Program, loop: Loop) -> None:
    child = loop("--met")
    row = "Ada\tLovelace\tAcme Ltd\tada@acme.example"
    assert "✓ Ada Lovelace · Acme Ltd · email" in enter(child, f"\x1b[200~{row}\x1b[201~", "2> ")
    child.send("\r")
    ended(child)


def test_two_loops_at_once_take_back_their_own(kin: Program, loop: Loop) -> None:
    first, second = loop(), loop()
    enter(first, "Ada Lovelace", "2> ")
    enter(second, "Grace Hopper", "2> ")
    enter(first, "Mary Shaw", "3> ")
    second.send("\r")
    ended(second)
    enter(first, "<", "2> Mary Shaw")
    first.send("\x15\r")
    ended(first)
    assert people(kin) == ["Ada Lovelace", "Grace Hopper"]
    assert "Undone: add Ada" not in kin("undo", "--batch", today="2026-05-18")


def test_text_in_another_encoding_is_refused_and_comes_back(kin: Program, loop: Loop) -> None:
    child = loop(PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", LC_ALL="C", LANG="C")
    said = enter(child, "Ren\xe9e", "1> ")
    assert "not UTF-8" in said
    enter(child, "\x15Renee", "2> ")
    child.send("\r")
    assert ended(child)[1] == 0
    assert people(kin) == ["Renee"]


@pytest.mark.parametrize("locale", ["C", "POSIX", "en_US.ISO-8859-1"])
def test_letters_that_the_locale_does_not_have_are_kept(
    kin: Program, loop: Loop, locale: str
) -> None:
    child = loop(LC_ALL=locale)
    enter(child, "Zoë Ångström +tea", "2> ")
    enter(child, "zo\t\x15Bo due:whenever // Ærø", "It was: Bo due:whenever // Ærø")
    child.send("\x15\r")
    _, code = ended(child)
    assert code == 0
    assert people(kin) == ["Zoë Ångström"]


def test_an_answer_that_goes_to_a_file_leaves_the_prompt_on_the_terminal(
    kin: Program, home: Path
) -> None:
    child = pexpect.spawn(
        "/bin/sh",
        ["-c", f'exec "{program()}" add > out.txt'],
        env={**os.environ, "KINSHIP_TODAY": "2026-05-18", "LANG": "C.UTF-8"},
        cwd=str(home),
        encoding="utf-8",
        timeout=20,
    )
    child.expect_exact("1> ")
    enter(child, "Ada Lovelace +tea", "2> ")
    child.sendeof()
    ended(child)
    assert (home / "out.txt").read_text().startswith("   ✓ Ada Lovelace · tea\n")


def test_a_pasted_card_is_one_person(kin: Program, loop: Loop) -> None:
    child = loop("--met")
    card = "Ada Lovelace\nCTO\nAcme Ltd\nTel: +44 20 7946 0958\nada@acme.example"
    said = enter(child, f"\x1b[200~{card}\x1b[201~", "2> ")
    assert "✓ Ada Lovelace · CTO · Acme Ltd · phone · email" in said
    child.send("\r")
    ended(child)
    assert people(kin) == ["Ada Lovelace"]


def test_the_lines_after_one_that_fails_come_back_with_it(kin: Program, loop: Loop) -> None:
    child = loop()
    child.send("\x1b[200~Ada Lovelace\nBo due:never-ever\nCyd Ek\x1b[201~\r")
    child.expect_exact("is not a day")
    child.expect_exact("2> Bo due:never-ever")
    child.sendintr()
    said, code = ended(child)
    assert code == 130
    assert "Not added: Bo due:never-ever" in said
    assert "Cyd Ek" in said.split("Not added:")[1]
    assert people(kin) == ["Ada Lovelace"]


def test_a_link_alone_is_asked_for_its_name(kin: Program, loop: Loop) -> None:
    child = loop("--met")
    enter(child, "linkedin.com/in/ada-lovelace", "ada-lovelace: is that Ada Lovelace? [Y/n] ")
    enter(child, "", "2> ")
    enter(child, "github.com/ghopper", "Whose is ghopper? Their name: ")
    enter(child, "Grace Hopper", "3> ")
    enter(child, "mary@rse.example", "Their name: ")
    said = enter(child, "", "3> mary@rse.example")
    assert "The name is missing. Nothing was written." in said
    child.send("\x15\r")
    ended(child)
    assert people(kin) == ["Ada Lovelace", "Grace Hopper"]


def test_a_question_without_an_answer_leaves_the_line_to_be_edited(
    kin: Program, loop: Loop
) -> None:
    kin("add", "Grace", "Hopper")
    child = loop()
    enter(child, "Grace Hopper +navy", "Same person? [Y/n] ")
    child.sendeof()
    child.expect_exact("1> Grace Hopper +navy")
    enter(child, "", "Same person? [Y/n] ")
    enter(child, "n", "2> ")
    child.send("\r")
    ended(child)
    assert people(kin) == ["Grace Hopper", "Grace Hopper"]


def test_one_of_several_near_names_is_picked(kin: Program, loop: Loop) -> None:
    for org in ("US Navy", "Yale"):
        kin("add", "Grace", "Hopper", "--org", org, "--new")
    child = loop("--met")
    enter(
        child, "Grace Hoper", "2 people with a name like Grace Hoper are here. One of them? [y/N] "
    )
    said = enter(child, "y", "Number, more of the name, or Enter to stop: ")
    assert "1  Grace Hopper  US Navy" in said
    assert "2  Grace Hopper  Yale" in said
    assert "✓ Grace Hopper · met again" in enter(child, "2", "2> ")
    child.send("\r")
    ended(child)


def test_what_a_heading_of_a_table_says_is_nobody(kin: Program, loop: Loop) -> None:
    child = loop()
    said = enter(child, "\x1b[200~Name;Company;E-mail\x1b[201~", "1> Name;Company;E-mail")
    assert "This is the heading of a table, and nobody. Nothing was written." in said
    child.sendintr()
    ended(child)
    assert people(kin) == []


def test_a_trial_run_writes_nothing(kin: Program, loop: Loop) -> None:
    child = loop("--dry-run")
    assert "Would add Ada Lovelace" in enter(child, "Ada Lovelace +tea", "1> ")
    child.send("\r")
    assert "Nothing was written." in ended(child)[0]
    assert people(kin) == []


def test_programs_get_the_people_at_the_end(kin: Program, loop: Loop) -> None:
    child = loop("--json")
    enter(child, "Ada Lovelace", "2> ")
    child.send("\r")
    said, _ = ended(child)
    assert [person["name"] for person in json.loads(said)] == ["Ada Lovelace"]


# Interrupted, hung up, killed


def test_ctrl_c_keeps_what_was_entered_and_says_how_many(kin: Program, loop: Loop) -> None:
    child = loop()
    enter(child, "Ada Lovelace", "2> ")
    enter(child, "Grace Hopper", "3> ")
    child.send("Mary Sh")
    child.expect_exact("Mary Sh")
    child.sendintr()
    said, code = ended(child)
    assert code == 130
    assert said.strip() == snapshot("""\
Stopped; kept: 2 people. kinship undo takes back the last line, undo --batch
all.\
""")
    assert people(kin) == ["Ada Lovelace", "Grace Hopper"]


def test_ctrl_c_at_a_question_says_what_was_not_added(kin: Program, loop: Loop) -> None:
    kin("add", "Grace", "Hopper")
    child = loop()
    enter(child, "Ada Lovelace", "2> ")
    enter(child, "Grace Hopper +navy", "Same person? [Y/n] ")
    child.sendintr()
    said, code = ended(child)
    assert code == 130
    assert "Not added: Grace Hopper +navy" in said
    assert people(kin) == ["Ada Lovelace", "Grace Hopper"]


@pytest.mark.parametrize("end", [signal.SIGHUP, signal.SIGKILL, signal.SIGTERM])
def test_whatever_ends_it_what_was_acknowledged_is_there(
    kin: Program, loop: Loop, end: signal.Signals
) -> None:
    child = loop()
    for number, name in enumerate(("Ada Lovelace", "Grace Hopper", "Mary Shaw"), 2):
        enter(child, name, f"{number}> ")
    child.send("Half a li")
    child.kill(end)
    child.expect(pexpect.EOF)
    child.close()
    assert child.signalstatus == end
    assert people(kin) == ["Ada Lovelace", "Grace Hopper", "Mary Shaw"]
    assert kin("undo", "--batch", today="2026-05-18").count("Undone") == 3


def test_a_closed_terminal_loses_nothing(kin: Program, loop: Loop) -> None:
    child = loop()
    enter(child, "Ada Lovelace", "2> ")
    child.close(force=False)
    assert people(kin) == ["Ada Lovelace"]


# Wide, narrow, plain


@pytest.mark.parametrize("columns", [20, 44, 80, 120])
def test_it_fits_the_terminal(kin: Program, loop: Loop, columns: int) -> None:
    kin("add", "Bo")
    child = loop("--at", "PyCon 2026", columns=columns)
    child.logfile_read = log = _Log()
    said = shown(child.before or "")
    child.send("Ada Lovelace, Analytical Engines li:adal +compilers // tea\r")
    child.expect_exact("May\r\n")
    child.expect_exact("2> ")
    enter(child, "?", "2> ")
    child.send("\r")
    ended(child)
    said += shown("".join(log.parts)).split("// tea")[1]
    assert [row for row in said.split("\n") if len(row) > max(columns, 29)] == []


@pytest.mark.parametrize(
    ("env", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_colour_only_where_it_is_wanted(
    kin: Program, loop: Loop, env: dict[str, str], coloured: bool
) -> None:
    child = loop(**env)
    child.send("Ada Lovelace +tea\r")
    child.expect_exact("2> ")
    assert ("\x1b[32m✓" in (child.before or "")) is coloured
    assert "✓" in (child.before or "")
    child.send("\r")
    assert ended(child)[1] == 0


def test_a_stream_without_our_signs_gets_plain_ones(kin: Program, loop: Loop) -> None:
    child = loop("--at", "PyCon", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", LC_ALL="C", LANG="C")
    said = enter(child, "Ada Lovelace, Acme +tea", "2> ")
    assert "   * Ada Lovelace - Acme - tea" in said
    child.send("\r")
    assert ended(child)[1] == 0


def test_without_readline_lines_are_read_plainly(kin: Program, tmp_path: Path, loop: Loop) -> None:
    (tmp_path / "readline.py").write_text("raise ImportError\n")
    child = loop(PYTHONPATH=str(tmp_path))
    enter(child, "Ada Lovelace +tea", "2> ")
    said = enter(child, "<", "1> ")
    assert "Took back Ada Lovelace." in said
    assert "It was: Ada Lovelace +tea" in said
    enter(child, "Grace Hopper", "2> ")
    enter(child, "Grace Hopper", "Same person? [Y/n] ")
    enter(child, "y", "3> ")
    child.sendeof()
    said, code = ended(child)
    assert code == 0
    assert "1 new, 1 updated." in said
    assert people(kin) == ["Grace Hopper"]


def test_escapes_that_are_typed_or_pasted_do_not_reach_the_screen(kin: Program, loop: Loop) -> None:
    child = loop()
    child.send("\x1b[200~Ada \x1b]52;c;aGk=\x07 Lovelace\x1b[201~\r")
    child.expect_exact("2> ")
    assert "\x1b]52" not in (child.before or "").split("\r\n")[-2]
    child.send("\r")
    ended(child)


# Keystrokes


def _own_list() -> list[dict[str, str]]:
    with open(FILES / "attendees.csv", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _real_list() -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for path in sorted((SAMPLES / "linkedin-connections").glob("*.csv")):
        text = path.read_text(encoding="utf-8-sig")
        at = text.find("First Name,")
        for row in csv.DictReader(text[at:].splitlines()):
            handle = (row.get("URL") or "").rstrip("/").rpartition("/in/")[2]
            name = f"{row['First Name']} {row['Last Name']}".strip()
            company = (row.get("Company") or "").split(",")[0]
            if name and handle and name not in [known["name"] for known in rows]:
                rows.append({"name": name, "company": company, "handle": handle})
    return rows[:20]


def _line_of(person: dict[str, str]) -> str:
    topics = (person.get("topics") or "").split("; ")
    parts = [
        person["name"] + (f", {person['company']}" if person["company"] else ""),
        f"li:{person['handle']}" if person["handle"] else "",
        *(f'+"{topic}"' if " " in topic else f"+{topic}" for topic in topics if topic),
        f"// {person['note']}" if person.get("note") else "",
    ]
    return " ".join(filter(None, parts))


@pytest.mark.parametrize("attendees", [pytest.param(_real_list, marks=needs_samples), _own_list])
def test_twenty_lines_take_nine_keys_more_than_their_facts(
    kin: Program, loop: Loop, attendees: Callable[[], list[dict[str, str]]]
) -> None:
    several = attendees()
    assert len(several) == 20
    child = loop("--at", "PyCon 2026")
    keys = facts = 0
    for number, person in enumerate(several, 2):
        line = _line_of(person)
        child.send(f"{line}\r")
        keys += len(line) + 1
        facts += sum(len(text.replace("; ", "")) for text in person.values() if text)
        while child.expect_exact([f"{number}> ", "Same person? [y/N] ", "Same person? [Y/n] "]):
            child.send("n\r")
            keys += 2
    child.send("\r")
    said, code = ended(child)
    keys += 1
    assert code == 0
    assert "20 people added." in said
    more = (keys - facts) / len(several)
    print(f"{keys} keys for {facts} characters of facts: {more:.1f} more a person")
    assert more <= 9
    found = json.loads(kin("list", "--json", "--all"))
    assert sorted(p["name"] for p in found) == sorted(p["name"] for p in several)
    assert {p["org"] or "" for p in found} == {p["company"] for p in several}
