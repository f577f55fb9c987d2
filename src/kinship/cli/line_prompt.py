"""A line typed at a prompt: with recall, Tab and text to edit where readline is, else plainly.

What is typed is remembered while the program runs, and written nowhere.
"""

import sys
from collections.abc import Callable
from contextlib import suppress
from types import ModuleType

from kinship.cli.context import Kin
from kinship.safe import safe

Complete = Callable[[str, int], list[str]]
"""What may stand in a line from a place on, instead of what stands there."""


class LinePrompt:
    """Somebody at a terminal."""

    def __init__(self, kin: Kin, complete: Complete) -> None:
        self._kin = kin
        self._complete = complete
        self._offered: list[str] = []
        self._in_line = False
        self._readline = _readline() if kin.view.terminal else None
        if self._readline:
            self._set_up(self._readline)

    @property
    def edits(self) -> bool:
        """Whether a text can be put before the cursor."""
        return self._readline is not None

    def line(self, prompt: str, text: str = "") -> str | None:
        """A line, or several pasted at once; None at the end of input.

        ``text`` stands there already, where that can be.
        """
        self._in_line = True
        try:
            return self._read(prompt, text)
        finally:
            self._in_line = False

    def answer(self, question: str) -> str | None:
        """The answer to a question that came up; nothing is recalled or completed."""
        return self._read(question, "")

    def remember(self, text: str) -> None:
        if self._readline and "\n" not in text:
            with suppress(UnicodeEncodeError):  # letters that the locale does not have
                self._readline.add_history(text)

    def _read(self, prompt: str, text: str) -> str | None:
        self._kin.view.out.flush()
        self._kin.view.err.flush()
        if self._readline is None:
            self._kin.view.err.write(prompt)
            self._kin.view.err.flush()
            typed = sys.stdin.readline()
            if not typed:
                self._kin.view.err.write("\n")
            return typed.removesuffix("\n") if typed else None
        self._readline.set_startup_hook(lambda: self._insert(text))
        try:
            return input(prompt)
        except EOFError:
            self._kin.view.err.write("\n")
            return None
        finally:
            self._readline.set_startup_hook(None)

    def _insert(self, text: str) -> None:
        if text and self._readline:
            try:
                self._readline.insert_text(text)
            except UnicodeEncodeError:
                self._kin.say(f"   It was: {safe(text)}")

    def _set_up(self, readline: ModuleType) -> None:
        readline.clear_history()
        readline.set_auto_history(False)
        readline.set_completer_delims(" \t\n")
        readline.set_completer(self._offer)
        if "libedit" in (readline.__doc__ or ""):
            readline.parse_and_bind("bind ^I rl_complete")
        else:
            readline.parse_and_bind("tab: complete")
            readline.parse_and_bind("set enable-bracketed-paste on")

    def _offer(self, _text: str, number: int) -> str | None:
        """What readline asks for, one by one."""
        if number == 0:
            self._offered = self._offers()
        return self._offered[number] if number < len(self._offered) else None

    def _offers(self) -> list[str]:
        if not self._readline or not self._in_line:
            return []
        typed = self._readline.get_line_buffer()
        return self._complete(typed[: self._readline.get_endidx()], self._readline.get_begidx())


def _readline() -> ModuleType | None:
    try:
        import readline  # noqa: PLC0415  (only where somebody types)
    except ImportError:
        return None
    return readline
