"""Somebody at a terminal: the program in a pseudo-terminal, with what it shows as plain text."""

import os
import re
import shutil
import sys
from pathlib import Path
from typing import TypeAlias

import pexpect

Spawn: TypeAlias = "pexpect.spawn[str]"

_ENV = {"KINSHIP_TODAY": "2026-05-18", "TERM": "xterm", "LANG": "C.UTF-8"}
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def program() -> str:
    """Where the program is."""
    found = shutil.which("kinship", path=str(Path(sys.executable).parent))
    assert found
    return found


def typed(*words: str, columns: int = 80, **env: str) -> Spawn:
    """The program, running."""
    home = {"HOME": os.environ["HOME"], "PATH": os.environ.get("PATH", "")}
    child = pexpect.spawn(
        program(),
        list(words),
        env={**_ENV, **home, **env},
        encoding="utf-8",
        codec_errors="replace",
        dimensions=(24, columns),
        timeout=20,
    )
    child.delaybeforesend = None  # nobody types blindly here: a prompt is waited for
    return child


def shown(text: str) -> str:
    """What is left of it without colours and movements of the cursor."""
    return _CONTROL.sub("", text).replace("\r\n", "\n").replace("\r", "")


def ended(child: Spawn) -> tuple[str, int | None]:
    """What was said to the end, and the exit code."""
    child.expect(pexpect.EOF)
    said = child.before or ""
    child.close()
    return shown(said), child.exitstatus
