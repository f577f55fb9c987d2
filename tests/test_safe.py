"""Nothing that a terminal obeys, and nothing invisible, reaches a screen."""

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kinship.safe import hidden, safe, safe_lines

PAYLOADS = {
    "\x00": r"\x00",
    "\x07": r"\x07",
    "\x08": r"\x08",
    "\x0b": r"\x0b",
    "\x0c": r"\x0c",
    "\x0e": r"\x0e",
    "\x1b": r"\e",
    "\x1b[31mred": r"\e[31mred",
    "\x1b[2J": r"\e[2J",
    "\x1b]0;title\x07": r"\e]0;title\x07",
    "\x1b]8;;http://evil\x1b\\Bank\x1b]8;;\x1b\\": r"\e]8;;http://evil\e\Bank\e]8;;\e" + "\\",
    "\x1b]52;c;ZXZpbA==\x07": r"\e]52;c;ZXZpbA==\x07",
    "\x1bP1;1|17/ab\x1b\\": r"\eP1;1|17/ab\e" + "\\",
    "\x7f": r"\x7f",
    "\x85": r"\x85",
    "\x9b31m": r"\x9b31m",
    "\x9d0;t\x9c": r"\x9d0;t\x9c",
    "\xad": r"\xad",
    "\u034f": r"\u034f",
    "\u061c": r"\u061c",
    "\u115f": r"\u115f",
    "\u1160": r"\u1160",
    "\u17b4": r"\u17b4",
    "\u17b5": r"\u17b5",
    "\u180e": r"\u180e",
    "a\u200bb": r"a\u200bb",
    "\u200e": r"\u200e",
    "\u200f": r"\u200f",
    "\u2028": r"\u2028",
    "\u2029": r"\u2029",
    "\u202egnp.exe": r"\u202egnp.exe",
    "\u2060": r"\u2060",
    "\u2066": r"\u2066",
    "\u2069": r"\u2069",
    "\u206f": r"\u206f",
    "\u3164": r"\u3164",
    "\ufeff": r"\ufeff",
    "\uffa0": r"\uffa0",
    "\ufffb": r"\ufffb",
    "\ud800": r"\ud800",
    "\U000e0041": r"\U000e0041",
}
TRUE = [
    "Ada Lovelace",
    "[bold]x[/bold]",
    "[/]",
    "[link=http://evil]Bank[/link]",
    ":skull:",
    "name\\",
    "Rózsa Péter",
    "李小龙",
    "محمدی\u200cفر",
    "👩\u200d👩\u200d👧",
    "❤\ufe0f",
    "Nguye\u0302\u0303n",
    "हिन्दी",
    "",
]
texts = st.text(
    st.characters(codec=None)
    | st.sampled_from("\x1b\x9b\n\r\t\u0301\u0489\u200d\u202e\ufeff\ud800\U000e0041"),
    max_size=30,
)


@pytest.mark.parametrize(("typed", "seen"), PAYLOADS.items(), ids=map(ascii, PAYLOADS))
def test_what_is_invisible_or_dangerous_is_spelled_out(typed: str, seen: str) -> None:
    assert safe(typed) == seen


@pytest.mark.parametrize("text", TRUE)
def test_everything_else_stays_as_it_was_typed(text: str) -> None:
    assert safe(text) == text


def test_one_line_stays_one_line() -> None:
    assert safe("Ada\r\nLovelace\tKing\nNoel\rByron") == "Ada Lovelace King Noel Byron"


def test_a_note_keeps_its_lines() -> None:
    assert safe_lines("one\r\ntwo\tb\n\n\x1b[2J") == ["one", "two b", "", r"\e[2J"]


@pytest.mark.parametrize("joiner", ["", "\u200c", "\u200d"])
def test_at_most_four_accents_stack_on_a_letter(joiner: str) -> None:
    tower = safe("Z" + ("\u0301" + joiner) * 50 + "o\u0302")
    assert tower.count("\u0301") == 4
    assert tower.endswith("o\u0302")


@settings(max_examples=20_000, deadline=None)
@given(texts)
@example("\x1b]52;c;x\x07")
def test_no_text_gets_a_control_character_out(text: str) -> None:
    seen = safe(text)
    assert not any(hidden(ord(char)) for char in seen)
    assert not any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in seen)
    assert safe(seen) == seen


def test_the_shell_start_pays_for_nothing() -> None:
    code = f"import sys; sys.path[:0] = {sys.path!r}; import kinship.safe; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-S", "-c", code],
        capture_output=True,
        text=True,
        check=True,
    )
    assert not {"re", "unicodedata", "typing"} & set(done.stdout.split())
