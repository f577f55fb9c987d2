"""Every command that help, a screen or an error prints exists and parses."""

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import Program
from kinship.cli import globals_, helping, table

SOURCE = Path(__file__).parent.parent.parent / "src" / "kinship"
_PROSE = (
    *("remember", "knows", "is ", "was ", "did ", "file", "was faster"),
    *("reads ", "does ", "wrote ", "brings ", "asks"),
)
_STOPS = re.compile(r"\s{2,}|[;|>]|&&|\.$|\. (?=[A-Z])|\)$|,$")


def parses(text: str) -> None:
    """Fails unless this is a command of kinship whose options exist."""
    text = text.split("#  ")[0].split(" < ")[0]
    try:
        words = shlex.split(text.replace("...", "x").replace("[", "").replace("]", ""))
    except ValueError:
        words = text.split()
    _, rest, wanted = globals_.take(words)
    if not rest:
        assert wanted or not words or words[0].startswith("-"), text
        return
    name, after = table.named(rest)
    assert name in table.COMMANDS, f"there is no command in {text!r}"
    if name == "help" and len(rest) > 1:
        topic = table.ALIASES.get(rest[1], rest[1])
        if topic == "x":
            return
        assert topic in helping.TOPICS or topic in table.COMMANDS or topic.isupper(), text
    command = table.load(name)
    command.make_context(f"kinship {name}", after, resilient_parsing=False)


def _commands(text: str) -> Iterator[str]:
    """What follows the word kinship, up to a gap, in text for people."""
    for found in re.finditer(r"(?m)(?:^|[\s:$(])kinship ((?:--demo )?[a-z-][^\n`]*)", text):
        said = _STOPS.split(found[1])[0].strip().rstrip(".,:)")
        if said and not said.startswith(_PROSE):
            yield said


def _texts() -> Iterator[tuple[str, str]]:
    yield "overview", helping._HEAD
    yield from helping.TOPICS.items()
    for name in table.COMMANDS:
        command = table.load(name)
        context = command.make_context(f"kinship {name}", [], resilient_parsing=True)
        yield name, command.get_help(context)


@pytest.mark.parametrize(("name", "text"), list(_texts()), ids=lambda v: v[:12])
def test_every_command_in_the_help_parses(name: str, text: str) -> None:
    examples = text.split("Examples:")[1].split("\n\n")[0] if "Examples:" in text else text
    for said in _commands(examples):
        parses(said)


@pytest.mark.parametrize("name", table.COMMANDS)
def test_every_command_has_help_with_an_example(name: str) -> None:
    command = table.load(name)
    context = command.make_context(f"kinship {name}", [], resilient_parsing=True)
    text = command.get_help(context)
    assert f"Usage: kinship {name}" in text
    assert f"  kinship {name}" in text.split("Examples:")[1]
    summary = table.COMMANDS[name].summary
    assert len(summary) < 60
    assert summary.endswith((".", "nothing."))


def _literals() -> Iterator[tuple[str, str]]:
    """Commands in the source: texts with "kinship ...", and what is given to ``cmd``."""
    for path in SOURCE.rglob("*.py"):
        tree = ast.parse(path.read_text())
        docs = {
            id(n.body[0].value)
            for n in ast.walk(tree)
            if isinstance(n, ast.Module | ast.FunctionDef | ast.ClassDef)
            and n.body
            and isinstance(n.body[0], ast.Expr)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "cmd" and node.args:
                yield path.name, _filled(node.args[0])
            elif isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in docs:
                for said in _commands(_filled(node)):
                    yield path.name, said


def _filled(node: ast.expr) -> str:
    """A text with a word in the place of each value."""
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.JoinedStr(values=values):
            return "".join(_filled(v) for v in values)
        case ast.FormattedValue():
            return "x"
    return ""


_COMPUTED = ("x", "x x", "x x x", "")


@pytest.mark.parametrize(
    ("module", "said"),
    sorted({pair for pair in _literals() if pair[1] not in _COMPUTED and len(pair[1]) < 200}),
)
def test_every_command_in_the_source_parses(module: str, said: str) -> None:
    if said.startswith(("x ", "--demo x")) or module == "helping.py":
        return
    if said.endswith((" --on", "--db")):
        said += " x due"
    if said.endswith(" --at"):
        said += " x"
    for noun in table.NOUNS:
        said = said.replace(f"{noun} x ", f"{noun} show ")
    parses(said)


def test_what_goes_wrong_in_practice_is_mended_in_practice(kin: Program) -> None:
    for what in ("a", "b"):
        kin("--demo", "remind", "greta", "today", what)
    for words in ("done greta", "edit greta --untag x", "rm #999", "connect xyz x"):
        hints = kin("--demo", *words.split(), exit_code=None).err.splitlines()[1:]
        assert [h for h in hints if not h.startswith("  kinship --demo ")] == []


def test_every_command_a_session_prints_parses(kin: Program) -> None:
    kin("--demo", "due")
    said = ""
    for words in (
        "due", "due --explain", "", "connect", "remind", "keep", "list xyzzy", "show greta --all",
        "log nobody x", "open ingrid", "done greta", "rm greta", "undo", "add Greta Lindqvist",
        "edit greta", "edit", "rm", "log", "note", "remind greta soon x", "keep greta", "call ada",
        "xyz", "due --jsno", "list --columns nme", "help nope", "snooze greta today", "show gerta",
        "connect ingrid", "add", "export -o /", "undo --list", "add Zed Q", "done hamish",
        "undo x", "show", "done", "connect greta --never x", "rm #9999", "list --sort x",
        "list -F {nope}", "done zzz --only x", "export -F x", "add - --dry-run", "event",
        "event list", "event show fjord", "event show harbour", "event stop", "event foo",
        "event start Camp", "event", "event stop", "event show nope", "event show fjrd",
        "event rm camp", "event merge camp fjord", "event going fjord", "event edit camp",
        "favours", "favours greta", "gave greta", "gave greta tea", "got casimir a map", "favours",
        "intro", "intro greta", "intro greta casimir", "intro greta casimir", "intro greta me",
        "intro", "intro casimir greta --landed", "intro greta casimir --not", "intro greta greta",
        "event guests fjord /", "event add", "event add Camp", "event start Fjord", "checkin",
    ):  # fmt: skip
        result = kin("--demo", *words.split(), exit_code=None)
        said += result + result.err
    found = list(_commands(said))
    assert len(found) > 30
    assert [command for command in found if not command.startswith("--demo")] == []
    for command in found:
        parses(command)


@pytest.mark.parametrize("words", ["-n 1", "-n=1", "-n1", "--limit=1", "-n1 -Fplain", "-F{name}"])
def test_a_value_may_follow_its_option_at_once(kin: Program, words: str) -> None:
    kin("add", "Ada")
    assert "Ada" in kin("list", *words.split())


@pytest.mark.parametrize("name", ["Bo $(date)", "Bo `date`", 'Bo "Bob" Ek', "O'Bo $HOME", "Bo !1"])
def test_a_shell_finds_nothing_to_run_in_a_command_to_copy(kin: Program, name: str) -> None:
    said: str = kin("add", name)
    kin("remind", "1", "today", name)
    kin("remind", "1", "today", "another")
    for words in (("add", name), ("done", "1"), ("sho", name), (name,), ("show", f"zzz {name}")):
        said += kin(*words, exit_code=None).err
    commands = [text for text in said.splitlines() if text.startswith("  kinship ")]
    assert any(name in shlex.split(text) for text in commands)
    for text in commands:
        assert not set("$`!").intersection(re.sub(r"\\'|'[^']*'", "", text)), text
