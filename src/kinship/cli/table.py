"""The commands: what each is for, where its code is, and how it is loaded and run."""

import importlib
from collections.abc import Callable
from typing import Any

from kinship.value import Value


class Entry(Value):
    """A command: the module and function behind it, and the line that tells what it is for."""

    module: str
    function: str
    summary: str
    group: str


_DAILY, _MET, _LOOK, _DATA = (
    "Every day",
    "After you met people",
    "Look things up",
    "Your data",
)
COMMANDS = {
    "due": Entry("due", "due", "Who to reach today, and why.", _DAILY),
    "done": Entry("done", "done", "You reached out, or kept the promise.", _DAILY),
    "snooze": Entry("done", "snooze", "Not now: ask me again later.", _DAILY),
    "log": Entry("log", "log", "Write down a conversation; restarts the clock.", _DAILY),
    "note": Entry("log", "note", "Write down a fact; the clock keeps running.", _DAILY),
    "open": Entry("opening", "open_", "Open the best way to reach someone.", _DAILY),
    "add": Entry("add", "add", "Add someone you met, know or heard of.", _MET),
    "connect": Entry("connect", "connect", "Mark that you are connected on a channel.", _MET),
    "remind": Entry("remind", "remind", "Set a follow-up for a day.", _MET),
    "keep": Entry("keep", "keep", "Stay in touch every so often.", _MET),
    "show": Entry("show", "show", "Everything about one person.", _LOOK),
    "list": Entry("listing", "list_", "Find people by name, company or cue.", _LOOK),
    "edit": Entry("edit", "edit", "Change anything about a person.", _DATA),
    "rm": Entry("edit", "rm", "Remove a person, or one entry.", _DATA),
    "undo": Entry("undo", "undo", "Take back the last change.", _DATA),
    "redo": Entry("undo", "redo", "Make it again.", _DATA),
    "export": Entry("export", "export", "Write CSV or JSON.", _DATA),
    "prompt": Entry("due", "prompt", "A number for your shell prompt, or nothing.", ""),
    "help": Entry("helping", "help_", "Help for a command or a topic.", ""),
}
ALIASES = {
    "ls": "list",
    "find": "list",
    "search": "list",
    "people": "list",
    "delete": "rm",
}
_CTRL_C = 130
"""What Typer makes of a KeyboardInterrupt."""


def function_of(name: str) -> Callable[..., int | None]:
    """The function behind a command; one module is imported."""
    line = COMMANDS[name]
    module = importlib.import_module(f"kinship.cli.{line.module}")
    function: Callable[..., int | None] = getattr(module, line.function)
    return function


def load(name: str) -> Any:
    """The Typer command behind a name."""
    from kinship.cli import command  # noqa: PLC0415  (typer: only where there is more than words)

    return command.build(function_of(name), name, COMMANDS[name].summary)


def _words_alone(function: Callable[..., int | None], words: list[str]) -> bool:
    """Whether there is nothing among the words for Typer to understand."""
    takes_words = function.__code__.co_varnames[1:2] == ("words",)
    return not words or (takes_words and not any(word.startswith("-") for word in words))


class _Call:
    """What a command is called with when Typer had nothing to parse: as much as `Kin.of` needs."""

    def __init__(self, kin: Any) -> None:
        self.obj = kin

    def find_root(self) -> "_Call":
        return self


def run_command(name: str, words: list[str], kin: Any) -> int:
    """Parse the words as this command's and run it.

    Words without an option among them need no parsing, and starting Typer takes as long as all
    else: such a command is called as Typer would call it.
    """
    function = function_of(name)
    if _words_alone(function, words):
        return function(_Call(kin), *([words] if words else [])) or 0
    from typer.exceptions import TyperException  # noqa: PLC0415  (typer: as above)

    loaded = load(name)
    try:
        code = loaded.main(args=words, prog_name=f"kinship {name}", standalone_mode=False, obj=kin)
    except TyperException as error:
        from kinship.cli import suggest  # noqa: PLC0415  (only for a usage error)

        raise suggest.usage(name, loaded, error) from error
    if code == _CTRL_C:
        raise KeyboardInterrupt
    return code if isinstance(code, int) else 0
