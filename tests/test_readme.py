"""The README's examples are what the program prints."""

import re
import shlex
from pathlib import Path

from conftest import TODAY, Program
from terminals import ended, shown, typed

README = Path(__file__).parent.parent / "README.md"


def played(kin: Program, text: str) -> str:
    """The README with every session run again, in the order it stands."""

    def play(block: re.Match[str]) -> str:
        if block[1] == "console":
            return f"```console\n{_answered(block[2])}```"
        commands = re.findall(r"^\$ kinship ?(.*)$", block[2], re.MULTILINE)
        shown = [f"$ kinship {c}\n{kin(*shlex.split(c))}" for c in commands]
        return "```text\n" + "".join(shown) + "```"

    return re.sub(r"```(text|console)\n(\$ kinship .*?)```", play, text, flags=re.DOTALL)


def _answered(session: str) -> str:
    """A session at a terminal: what stands behind each prompt is typed."""
    command = session.splitlines()[0].removeprefix("$ kinship ")
    child = typed(*shlex.split(command), KINSHIP_TODAY=TODAY, KINSHIP_OPENER="true")
    said = ""
    for prompt, answer in re.findall(r"^(\d+>|\[.* >) ?(.*)$", session, re.MULTILINE):
        child.expect_exact(f"{prompt} " if prompt[0].isdigit() else "[q]uit > ")
        said += f"{child.before}{child.after}"
        child.send(f"{answer}\r" if prompt[0].isdigit() else answer)
    whole = f"$ kinship {command}\n{shown(said)}{ended(child)[0]}"
    return re.sub(r" +$", "", whole, flags=re.MULTILINE)


def test_the_readme_shows_what_the_program_prints(kin: Program) -> None:
    text = README.read_text()
    assert played(kin, text) == text
