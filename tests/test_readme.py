"""The README's examples are what the program prints."""

import re
import shlex
from pathlib import Path

from conftest import Program

README = Path(__file__).parent.parent / "README.md"


def played(kin: Program, text: str) -> str:
    """The README with every session run again, in the order it stands."""

    def play(block: re.Match[str]) -> str:
        commands = re.findall(r"^\$ kinship ?(.*)$", block[1], re.MULTILINE)
        shown = [f"$ kinship {c}\n{kin(*shlex.split(c))}" for c in commands]
        return "```text\n" + "".join(shown) + "```"

    return re.sub(r"```text\n(\$ kinship .*?)```", play, text, flags=re.DOTALL)


def test_the_readme_shows_what_the_program_prints(kin: Program) -> None:
    text = README.read_text()
    assert played(kin, text) == text
