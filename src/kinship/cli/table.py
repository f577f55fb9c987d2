"""The commands: what each is for, where its code is, and how it is loaded and run."""

import importlib
from collections.abc import Callable
from typing import Any

from kinship.cli import options
from kinship.value import Value


class CommandLine(Value):
    """A command: the module and function behind it, and the line that tells what it is for."""

    module: str
    function: str
    summary: str
    group: str


_DAILY, _MET, _ASK, _LOOK, _DATA = (
    "Every day",
    "After you met people",
    "Ask and be asked",
    "Look things up",
    "Your data",
)
COMMANDS = {
    "due": CommandLine("due", "due", "Who to reach today, and why.", _DAILY),
    "done": CommandLine("done", "done", "You reached out, or kept the promise.", _DAILY),
    "snooze": CommandLine("done", "snooze", "Not now: ask me again later.", _DAILY),
    "log": CommandLine("log", "log", "Write down a conversation; restarts the clock.", _DAILY),
    "note": CommandLine("log", "note", "Write down a fact; the clock keeps running.", _DAILY),
    "open": CommandLine("opening", "open_", "Open the best way to reach someone.", _DAILY),
    "add": CommandLine("add", "add", "Add someone you met, or twenty in a row.", _MET),
    "event": CommandLine("event", "event", "Say where you are; see who was there.", _MET),
    "event start": CommandLine("event", "start", "Say that you are at an event.", _MET),
    "event stop": CommandLine("event", "stop", "Leave the event you are at.", _MET),
    "event add": CommandLine("event_edit", "add", "Write down one in the future or past.", _MET),
    "event list": CommandLine("event", "list_", "All events.", _MET),
    "event show": CommandLine("event_show", "show", "Who was there, and who will be.", _MET),
    "event going": CommandLine("event_edit", "going", "They will be there.", _MET),
    "event guests": CommandLine("event_guests", "guests", "Match an attendee list.", _MET),
    "event edit": CommandLine("event_edit", "edit", "Change what is said about one.", _MET),
    "event rm": CommandLine("event_edit", "rm", "Remove one; conversations stay.", _MET),
    "event merge": CommandLine("event_edit", "merge", "Two entries, one event.", _MET),
    "connect": CommandLine("connect", "connect", "Mark that you are connected on a channel.", _MET),
    "remind": CommandLine("remind", "remind", "Set a follow-up for a day.", _MET),
    "keep": CommandLine("keep", "keep", "Stay in touch every so often.", _MET),
    "ask": CommandLine("ask", "ask", "Who to ask about something, closest first.", _ASK),
    "mutual": CommandLine("mutual", "mutual", "Whom you both know.", _ASK),
    "path": CommandLine("path", "path", "Who can introduce you.", _ASK),
    "knows": CommandLine("knows", "knows", "Write down that two people know each other.", _ASK),
    "intro": CommandLine("intro", "intro", "Introduce two people, and check it landed.", _ASK),
    "gave": CommandLine("gave", "gave", "Write down something you did for someone.", _ASK),
    "got": CommandLine("gave", "got", "Write down something someone did for you.", _ASK),
    "favours": CommandLine("favours", "favours", "Who gave, who got, whose turn it is.", _ASK),
    "rally": CommandLine("rally", "rally", "A call for help, and who answers it.", _ASK),
    "rally start": CommandLine("rally_edit", "start", "Call for help.", ""),
    "rally ask": CommandLine("rally_people", "ask", "You asked them.", ""),
    "rally pledge": CommandLine("rally_people", "pledge", "They offered something.", ""),
    "rally kept": CommandLine("rally_people", "kept", "What they pledged was done.", ""),
    "rally cannot": CommandLine("rally_people", "cannot", "Not this time.", ""),
    "rally thanked": CommandLine("rally_people", "thanked", "You thanked them.", ""),
    "rally show": CommandLine("rally_show", "show", "All of one.", ""),
    "rally edit": CommandLine("rally_edit", "edit", "Change what is said of one.", ""),
    "rally close": CommandLine("rally", "close", "End it; says whom to thank.", ""),
    "show": CommandLine("show", "show", "Everything about one person.", _LOOK),
    "list": CommandLine("listing", "list_", "Find people by name, company or cue.", _LOOK),
    "community": CommandLine("community", "community", "Communities, and whom to meet.", _LOOK),
    "community show": CommandLine("community_show", "show", "One, and who you really met.", ""),
    "community add": CommandLine("community", "add", "Make a community.", ""),
    "community join": CommandLine("community", "join", "Put people into one.", ""),
    "community leave": CommandLine("community", "leave", "Take people out of one.", ""),
    "community edit": CommandLine("community", "edit", "Change its name, channel or link.", ""),
    "community rm": CommandLine("community", "rm", "Remove a community, not its people.", ""),
    "stats": CommandLine("stats", "stats", "How the last three months went.", _LOOK),
    "edit": CommandLine("edit", "edit", "Change anything about a person.", _DATA),
    "rm": CommandLine("edit", "rm", "Remove a person, or one entry.", _DATA),
    "merge": CommandLine("merge", "merge", "Two entries, one person.", _DATA),
    "undo": CommandLine("undo", "undo", "Take back the last change.", _DATA),
    "redo": CommandLine("undo", "redo", "Make it again.", _DATA),
    "import": CommandLine("import_", "import_", "Read contacts, LinkedIn, or any table.", _DATA),
    "export": CommandLine("export", "export", "Write CSV, JSON or vCards.", _DATA),
    "map": CommandLine("map_", "map_", "Draw who knows whom.", _DATA),
    "config": CommandLine("config", "config", "Show or change settings.", _DATA),
    "prompt": CommandLine("due", "prompt", "A number for your shell prompt, or nothing.", ""),
    "help": CommandLine("helping", "help_", "Help for a command or a topic.", ""),
}
ALIASES = {
    "ls": "list",
    "find": "list",
    "search": "list",
    "people": "list",
    "delete": "rm",
    "group": "community",
    "groups": "community",
    "communities": "community",
    "events": "event",
    "intros": "intro",
    "rallies": "rally",
    "calls": "rally",
    "favors": "favours",
}
NOUNS: tuple[str, ...] = ("community", "event", "rally")
"""Commands with verbs of their own: ``event start`` is a line of `COMMANDS` too."""
_CTRL_C = 130
"""What Typer makes of a KeyboardInterrupt."""


def named(words: list[str]) -> tuple[str, list[str]]:
    """The command a line begins with, aliases resolved, and the words after it.

    After a noun the verb belongs to the name: ``event start``. A name that is not in `COMMANDS`
    is returned as it was typed.
    """
    name = ALIASES.get(words[0], words[0])
    if name in NOUNS and len(words) > 1 and f"{name} {words[1]}" in COMMANDS:
        return f"{name} {words[1]}", words[2:]
    return name, words[1:]


def function_of(name: str) -> Callable[..., int | None]:
    """The function behind a command; one module is imported."""
    line = COMMANDS[name]
    module = importlib.import_module(f"kinship.cli.{line.module}")
    function: Callable[..., int | None] = getattr(module, line.function)
    return function


def load(name: str, words: list[str] | None = None) -> Any:
    """The Typer command behind a name; with ``words`` as much of it as they ask for."""
    from kinship.cli import command  # noqa: PLC0415  (typer: only where there is more than words)

    return command.build(function_of(name), name, COMMANDS[name].summary, words)


class _Call:
    """What a command is called with when Typer had nothing to parse: as much as `Kin.of` needs."""

    def __init__(self, kin: Any) -> None:
        self.obj = kin

    def find_root(self) -> "_Call":
        return self


def run_command(name: str, words: list[str], kin: Any) -> int:
    """Parse the words as this command's and run it.

    Starting Typer takes as long as all else: where the words are plain, the command is called as
    Typer would call it.
    """
    function = function_of(name)
    if (given := options.read(function, words)) is not None:
        return function(_Call(kin), **given) or 0
    from typer.exceptions import TyperException  # noqa: PLC0415  (typer: as above)

    loaded = load(name, words)
    try:
        code = loaded.main(args=words, prog_name=f"kinship {name}", standalone_mode=False, obj=kin)
    except TyperException as error:
        from kinship.cli import suggest  # noqa: PLC0415  (only for a usage error)

        raise suggest.usage(name, load(name), error) from error
    if code == _CTRL_C:
        raise KeyboardInterrupt
    return code if isinstance(code, int) else 0
