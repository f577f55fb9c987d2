"""``add -e``: people typed in an editor, one a line or a card each, as one change."""

import os
import shlex
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence

from kinship.cli import add_lines
from kinship.cli.context import Kin
from kinship.cli.understanding import Asked
from kinship.errors import BadInput, Declined, KinshipError
from kinship.model import pasted
from kinship.store.db import display

_HEAD = """
# One person a line, or a card between blank lines; lines that begin with # are left out.
#   Ada Lovelace, Analytical Engines linkedin:adal +compilers due:2d // Bernoulli paper
#   NAME, COMPANY  +topic  ada@engine.example  +44 20 7946 0958  at:EVENT  in:COMMUNITY
#   city:  role:  tag:  keep:monthly  by:WHO  knows:WHO,WHO  seeks:  birthday:  // NOTE
# Leave nothing, and nothing is written.
"""


def from_editor(kin: Kin, words: Sequence[str], asked: Asked, *, dry_run: bool) -> None:
    """Add everybody who was typed in the editor.

    What is not written down is typed again, or kept in its file: nothing typed is lost.
    """
    command = _editor(kin)
    folder = tempfile.mkdtemp(prefix="kinship-")
    path = os.path.join(folder, "people.txt")
    begun = " ".join(words) + "\n" + _HEAD
    keep = False
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(begun)
        while True:
            try:
                _edit(command, path)
                found = pasted.entries(_typed(path))
                if not found:
                    raise Declined("the editor left nothing. Nothing was written.")
                add_lines.add(kin, found, asked, dry_run=dry_run)
            except KinshipError as error:
                if not isinstance(error, Declined) and kin.can_ask and _once_more(kin, error):
                    continue
                keep = _holds(path, begun)
                if keep:
                    error.hint = (*error.hint, _where(path))
                raise
            keep = dry_run and _holds(path, begun)
            if keep:
                kin.say(_where(path))
            return
    except KinshipError:
        raise
    except BaseException:  # Ctrl-C at a question
        keep = not kin.changed and _holds(path, begun)
        if keep:
            kin.say("\n" + _where(path))
        raise
    finally:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def _holds(path: str, begun: str) -> bool:
    """Whether something was typed that is not written down."""
    try:
        with open(path, "rb") as file:
            typed = file.read().decode("utf-8-sig", "replace")
    except OSError:
        return False
    return typed != begun and bool(_people(typed).strip())


def _where(path: str) -> str:
    return f"What you typed is in {display(path)}"


def _once_more(kin: Kin, error: KinshipError) -> bool:
    kin.say(f"kinship: {error.message}")
    for hint in error.hint:
        kin.say(f"  {hint}")
    try:
        return kin.confirm("Open the editor again?", default=True)
    except Declined:
        return False


def _editor(kin: Kin) -> list[str]:
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        words = shlex.split(named)
    except ValueError:
        words = []
    if not words or not shutil.which(words[0]):
        raise BadInput(
            f"there is no editor {named}. Nothing was written.",
            hint=("EDITOR=nano " + kin.cmd("add -e"), kin.cmd("add") + "   one a line, right here"),
        )
    return words


def _edit(command: list[str], path: str) -> None:
    """Ctrl-C is the editor's while it runs; unlike SIG_IGN, a handler is not handed down to it."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        code = subprocess.run([*command, path], check=False).returncode
    except OSError as error:
        raise BadInput(
            f"the editor {command[0]} cannot be run: {error.strerror}. Nothing was written.",
            hint="EDITOR=nano kinship add -e",
        ) from error
    finally:
        signal.signal(signal.SIGINT, before)
    if code:
        raise Declined(f"the editor {command[0]} failed (exit {code}). Nothing was written.")


def _typed(path: str) -> str:
    """Whom the file holds now."""
    try:
        with open(path, "rb") as file:
            text = file.read().decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError:
        raise BadInput("the file is not UTF-8 text. Nothing was written.") from None
    return _people(text)


def _people(text: str) -> str:
    """A comment leaves its line empty, so that lines keep their numbers."""
    rows = text.splitlines()
    return "\n".join("" if row.startswith("#") else row for row in rows)
