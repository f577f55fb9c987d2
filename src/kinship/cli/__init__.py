"""The command line from end to end: streams, options, the command, errors to exit codes."""

import os
import signal
import sys
from contextlib import suppress

from kinship import __version__, quick
from kinship.cli import table
from kinship.errors import Bug, FileTrouble, KinshipError
from kinship.safe import safe
from kinship.store import SCHEMA_VERSION


def main(words: list[str]) -> int:
    """Run one command line; the exit code (docs/rules.md)."""
    _prepare_streams()
    debug = "--debug" in words or bool(os.environ.get("KINSHIP_DEBUG"))
    try:
        code = _run(words)
        sys.stdout.flush()
    except KinshipError as error:
        if "--demo" in words:
            error.hint = tuple(map(_in_practice, error.hint))
        code = _say(error)
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        code = 130
    except BrokenPipeError:
        code = 0
    except OSError as error:
        code = _say(FileTrouble(f"the answer could not be written: {error.strerror}."))
    except MemoryError:
        hint = "kinship undo --list   what was written"
        code = _say(FileTrouble("there is not enough memory for this.", hint=hint))
    except Exception:
        if debug:
            raise
        code = _bug()
    with suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    quick.leave(code)
    return code


def _run(words: list[str]) -> int:
    from kinship.cli import globals_  # noqa: PLC0415  (after the streams are safe to write to)
    from kinship.cli.context import Kin  # noqa: PLC0415  (as above)

    options, words, wanted = globals_.take(words)
    kin = Kin(options)
    if wanted == "version":
        sys.stdout.write(f"kinship {__version__}\n{safe(kin.path)}\nschema {SCHEMA_VERSION}\n")
        return 0
    if not words:
        from kinship.cli import helping as pages  # noqa: PLC0415  (no command needs it)

        if wanted == "help":
            pages.overview(kin)
        else:
            from kinship.cli import home  # noqa: PLC0415  (no command needs it)

            home.home(kin)
        return 0
    name, words_after = table.named(words)
    if name not in table.COMMANDS:
        from kinship.cli import suggest  # noqa: PLC0415  (only for a wrong word)

        raise suggest.command(words[0], words[1:])
    if name in table.NOUNS and words_after and not words_after[0].startswith("-"):
        from kinship.cli import suggest  # noqa: PLC0415  (only for a wrong word)

        raise suggest.verb(name, words_after)
    kin.command = name
    kin.words = words_after
    rest = ["--help", *words_after] if wanted == "help" else words_after
    try:
        code = table.run_command(name, rest, kin)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        if kin.changed:
            raise FileTrouble(
                f"the change is saved, but the answer could not be written: {error.strerror}."
            ) from error
        raise
    return code


def _prepare_streams() -> None:
    """Text that a stream cannot carry is spelt out; nobody is left to read: end quietly.

    A stream that was never open does not stop the program.
    """
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, lambda *_: os._exit(0))
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


def _in_practice(hint: str) -> str:
    """Where the layers below name a command, they do not know that this is practice."""
    return hint.replace("kinship ", "kinship --demo ").replace("--demo --demo", "--demo")


def _say(error: KinshipError) -> int:
    """Print what happened and what to type next; the error's exit code."""
    lines = [f"kinship: {safe(error.message)}", *(f"  {safe(line)}" for line in error.hint)]
    with suppress(OSError):
        sys.stdout.flush()
    with suppress(OSError):
        sys.stderr.write("\n".join(_folded(lines) if sys.stderr.isatty() else lines) + "\n")
    return error.exit_code


def _folded(lines: list[str]) -> list[str]:
    """Broken between words where a terminal would break anywhere."""
    import shutil  # noqa: PLC0415  (only for an error on a terminal)

    from kinship.render import plain, shapes, width  # noqa: PLC0415  (only to wrap)

    columns = max(20, shutil.get_terminal_size().columns)
    return [
        plain.words(row)
        for text in lines
        for row in width.fold(shapes.line(text), shapes.Room(columns))
    ]


def _bug() -> int:
    """Keep the traceback in a file (no values in it, only code) and say where."""
    from kinship.cli import crash  # noqa: PLC0415  (only for a bug)

    return _say(Bug(crash.keep()))
