"""The command line: options anywhere, the table of commands, errors to exit codes."""

import importlib
import os
import signal
import sys
from typing import Any, NamedTuple

from kinship import __version__
from kinship.errors import BadInput, FileTrouble, KinshipError
from kinship.safe import safe


class Entry(NamedTuple):
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
    "snooze": Entry("snooze", "snooze", "Not now: ask me again later.", _DAILY),
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


def main(words: list[str]) -> int:
    """Run one command line; the exit code (interface.md 1.10)."""
    _prepare_streams()
    debug = "--debug" in words or bool(os.environ.get("KINSHIP_DEBUG"))
    try:
        code = _run(words)
        sys.stdout.flush()
    except KinshipError as error:
        code = _say(error)
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        code = 130
    except BrokenPipeError:
        code = 0
    except OSError as error:
        code = _say(FileTrouble(f"the answer could not be written: {error.strerror}."))
    except Exception:  # noqa: BLE001  (the last resort: a bug must not look like "nothing due")
        if debug:
            raise
        code = _bug()
    _leave(code)
    return code


def _leave(code: int) -> None:
    """Nothing is open that would need closing: leave without taking the interpreter apart."""
    if os.environ.get("KINSHIP_TIDY_EXIT"):
        return
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        pass
    os._exit(code)


def _run(words: list[str]) -> int:
    from kinship.cli import globals_  # noqa: PLC0415  (after the streams are safe to write to)
    from kinship.cli.context import Kin  # noqa: PLC0415

    options, words, wanted = globals_.take(words)
    kin = Kin(options)
    if wanted == "version":
        sys.stdout.write(f"kinship {__version__}\n{safe(kin.path)}\n")
        return 0
    if not words:
        from kinship.cli import helping as pages  # noqa: PLC0415

        if wanted == "help":
            pages.overview(kin)
        else:
            from kinship.cli import home  # noqa: PLC0415

            home.home(kin)
        return 0
    name = ALIASES.get(words[0], words[0])
    if name not in COMMANDS:
        from kinship.cli import suggest  # noqa: PLC0415

        raise suggest.command(words[0], words[1:])
    kin.command = name
    rest = ["--help", *words[1:]] if wanted == "help" else words[1:]
    return run_command(name, rest, kin)


def load(name: str) -> Any:
    """The Typer command behind a name; one module is imported."""
    from kinship.cli import command  # noqa: PLC0415  (typer: not for a usage error of ours)

    entry = COMMANDS[name]
    module = importlib.import_module(f"kinship.cli.{entry.module}")
    return command.build(getattr(module, entry.function), name, entry.summary)


def run_command(name: str, words: list[str], kin: Any) -> int:
    """Parse the words as this command's and run it."""
    from typer.exceptions import TyperException  # noqa: PLC0415

    loaded = load(name)
    try:
        code = loaded.main(args=words, prog_name=f"kinship {name}", standalone_mode=False, obj=kin)
    except TyperException as error:
        from kinship.cli import suggest  # noqa: PLC0415

        raise suggest.usage(name, loaded, error) from error
    return code if isinstance(code, int) else 0


def _prepare_streams() -> None:
    """Text that a stream cannot carry is spelt out; a closed stream does not stop the program."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    for name, mode in (("stdin", "r"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode))  # noqa: SIM115  (for the whole run)
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115
        sys.exit(_say(FileTrouble("standard output is closed. Nothing was done.")))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="surrogateescape")


def _say(error: KinshipError) -> int:
    """Print what happened and what to type next; the error's exit code."""
    lines = [f"kinship: {safe(error.message)}", *(f"  {safe(line)}" for line in error.hint)]
    try:
        sys.stdout.flush()
    except OSError:
        pass
    sys.stderr.write("\n".join(lines) + "\n")
    return error.exit_code


def _bug() -> int:
    """Keep the traceback in a file (no values in it, only code) and say where."""
    from kinship.cli import crash  # noqa: PLC0415

    return _say(BadInput(crash.keep())) and 70
