"""The keyboard during a walk: single keys without Enter, and lines of words between them.

The terminal's own settings come back on every way out: the end, Ctrl-C, a hang-up, a signal that
ends the program, a crash, and while it is stopped with Ctrl-Z.
"""

import codecs
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from types import FrameType, TracebackType
from typing import Any, Self, TextIO

from kinship.safe import safe
from kinship.value import Value

_END = "\x04"
_SPELT = 3
_ENDING = ("SIGHUP", "SIGTERM", "SIGQUIT")


class _Ended(BaseException):
    """A signal asks the program to end."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class Keys(Value):
    """What may be typed at a prompt.

    ``all`` are the keys there are, ``words`` spells out those that are offered; after those that
    are ``asking``, the rest of what was typed ahead is text; so is whatever begins with a word that
    has one of the ``marks`` in it.
    """

    all: str
    words: Mapping[str, str]
    asking: str = ""
    marks: str = ""

    def spelt(self, said: str) -> str:
        """The one key whose word this is, or the beginning of it."""
        found = [key for word, key in self.words.items() if word.startswith(said.lower())]
        return found[0] if len(found) == 1 and len(said) >= _SPELT else ""

    def is_text(self, said: str) -> bool:
        """Whether something among what was typed is no key: then nothing of it is one."""
        if any(mark in said.split(maxsplit=1)[0] for mark in self.marks):
            return True
        for char in said.lower():
            if char in self.asking and char in self.words.values():
                return False
            if char not in self.all and not char.isspace() and char != _END:
                return True
        return False


class Keyboard:
    """What is typed, in order; keys typed or pasted ahead wait their turn."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._pending = ""
        self._prompt = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._before = _settings()
        self._now: list[Any] | None = None
        self._handlers: dict[int, Any] = {}
        self.ended = False
        """Whether there is nothing more to read, or nobody wants to go on."""

    def __enter__(self) -> Self:
        if self._before is None:
            return self
        for name in _ENDING:
            self._handle(getattr(signal, name), self._end)
        self._handle(signal.SIGTSTP, self._stop)
        self._handle(signal.SIGCONT, self._go_on)
        self._set(_keys(self._before))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._set(self._before)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        if isinstance(error, _Ended):
            os.kill(os.getpid(), error.number)

    @property
    def typed_ahead(self) -> bool:
        """Whether the next answer is there before its question."""
        if not self._pending and self._before is not None:
            import select  # noqa: PLC0415  (only to see whether somebody was faster)

            if select.select([0], [], [], 0)[0]:
                self._fill()
        return bool(self._pending)

    # Keys

    def key(self, prompt: Sequence[str], keys: Keys) -> str | None:
        """A key; something longer, if that was pasted; None at the end of input."""
        self._prompt = "\n".join(prompt) + " > "
        self._write(self._prompt)
        found = self._key(keys)
        self._prompt = ""
        self._write("\n" if found is None else f"{safe(found)}\n")
        return found

    def _key(self, keys: Keys) -> str | None:
        while not (said := self._pending.lstrip()):
            if not self._fill():
                self.ended = True
                return None
        if said[0] == _END:
            self.ended = True
            return None
        line, _, rest = said.partition("\n")
        line = line.strip()
        spelt = keys.spelt(line)
        if spelt or keys.is_text(said):
            self._pending = rest
            return spelt or line
        self._pending = said[1:]
        return said[0].lower()

    # Lines

    def text(self, question: str) -> str | None:
        """A line of words; None at the end of input."""
        said, ended, rest = self._pending.partition("\n")
        if self._before is None:
            ended = said
        if ended:
            self._pending = rest
            self._write(f"{safe(question).rstrip()} {safe(said)}\n")
            return said.strip()
        self._pending = ""
        self._set(self._before)
        try:
            answer = _edited(f"{safe(question).rstrip()} ", said)
        except EOFError:
            self._write("\n")
            answer = None
        finally:
            if self._before:
                self._set(_keys(self._before))
        return None if answer is None else answer.strip()

    # Reading

    def _fill(self) -> bool:
        """Wait for something to be typed. False when nothing more can come."""
        try:
            if self._before is None:
                line = sys.stdin.readline()
                self._pending += line.rstrip("\n")
                return bool(line)
            data = os.read(0, 4096)
        except OSError:
            return False  # the terminal is gone
        self._pending += self._decoder.decode(data).replace("\r", "\n")
        return bool(data)

    def _write(self, text: str) -> None:
        self._out.write(text)
        self._out.flush()

    # The terminal

    def _set(self, wanted: list[Any] | None) -> None:
        if wanted is not None:
            import termios  # noqa: PLC0415  (not everywhere)

            try:
                termios.tcsetattr(0, termios.TCSADRAIN, wanted)
            except termios.error:
                pass  # it is gone, and needs none

    def _handle(self, number: int, handler: Any) -> None:
        if signal.getsignal(number) is not signal.SIG_IGN:
            self._handlers[number] = signal.signal(number, handler)

    def _end(self, number: int, _: FrameType | None) -> None:
        raise _Ended(number)

    def _stop(self, number: int, _: FrameType | None) -> None:
        """Ctrl-Z: the shell gets its terminal as it was; `_go_on` is where it continues."""
        self._now = _settings()
        self._set(self._before)
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
        signal.signal(number, self._stop)

    def _go_on(self, _: int, __: FrameType | None) -> None:
        self._set(self._now or (_keys(self._before) if self._prompt and self._before else None))
        self._now = None
        self._write(self._prompt)


def _settings() -> list[Any] | None:
    """The terminal's settings; None where single keys cannot be read."""
    if os.environ.get("TERM", "dumb") == "dumb":
        return None
    try:
        import termios  # noqa: PLC0415  (not everywhere)

        return termios.tcgetattr(0)
    except (ImportError, OSError, ValueError):
        return None
    except termios.error:
        return None


def _keys(before: list[Any]) -> list[Any]:
    """Settings under which each key is read at once and not shown; Ctrl-C stays what it is."""
    import termios  # noqa: PLC0415  (not everywhere)

    iflag, oflag, cflag, lflag, ispeed, ospeed, marks = before
    marks = list(marks)
    marks[termios.VMIN], marks[termios.VTIME] = 1, 0
    return [iflag, oflag, cflag, lflag & ~(termios.ICANON | termios.ECHO), ispeed, ospeed, marks]


def _edited(question: str, start: str) -> str:
    """A line with the keys for editing, where Python has them; it begins with ``start``."""
    try:
        import locale  # noqa: PLC0415  (only where somebody types)
        import readline  # noqa: PLC0415  (not everywhere)

        start.encode(locale.nl_langinfo(locale.CODESET))  # as readline takes it
    except (ImportError, LookupError, UnicodeEncodeError):
        return start + input(question + safe(start))
    readline.set_startup_hook(lambda: readline.insert_text(start))
    try:
        return input(question)
    finally:
        readline.set_startup_hook(None)
