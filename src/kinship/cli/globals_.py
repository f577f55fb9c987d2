"""The options that work anywhere on the line, taken out before a command reads its own."""

import os

from kinship.cli.context import Options, whole
from kinship.errors import BadInput
from kinship.safe import quoted

_FLAGS = {
    "--demo": ("demo", True),
    "--reset": ("reset", True),
    "-q": ("quiet", True),
    "--quiet": ("quiet", True),
    "--no-color": ("color", "never"),
    "--no-input": ("no_input", True),
    "--no-pager": ("no_pager", True),
    "--debug": ("debug", True),
    "--json": ("format", "json"),
    "--csv": ("format", "csv"),
}
_VALUES = {
    "--db": "db",
    "--config": "config",
    "--color": "color",
    "--format": "format",
    "-F": "format",
    "--limit": "limit",
    "-n": "limit",
}
_UNLISTED = {"--reset", "--config", "--color", "--debug", "-F"}
LISTED = tuple(n for n in (*_FLAGS, *_VALUES, "--help", "--version") if n not in _UNLISTED)
"""Those that ``kinship -h`` names, and an error may suggest."""


def take(words: list[str]) -> tuple[Options, list[str], str]:
    """The options, the words that are left, and ``help`` or ``version`` if that was asked for.

    Everything after ``--`` is left as it is. ``export`` has formats of its own, and checks them.
    Raises BadInput for a value missing or out of range.
    """
    found: dict[str, object] = {
        "color": os.environ.get("KINSHIP_COLOR", "auto"),
        "no_input": bool(os.environ.get("KINSHIP_NO_INPUT")),
    }
    rest: list[str] = []
    wanted = ""
    queue = list(words)
    while queue:
        word = queue.pop(0)
        name, equals, value = word.partition("=")
        if name not in _VALUES and word[:2] in ("-n", "-F"):
            name, equals, value = word[:2], "=", word[2:]
        if word == "--":
            rest += [word, *queue]
            break
        if word in _FLAGS:
            field, set_to = _FLAGS[word]
            found[field] = set_to
        elif name in _VALUES and (equals or word == name):
            if not equals:
                if not queue:
                    raise BadInput(f"{name} needs a value. Nothing was done.", hint="kinship -h")
                value = queue.pop(0)
            found[_VALUES[name]] = _checked(name, value)
        elif word in ("-h", "--help"):
            wanted = "help"
        elif word == "--version":
            wanted = wanted or "version"
        else:
            rest.append(word)
    options = Options(**found)  # type: ignore[arg-type]
    if options.format is not None and rest[:1] != ["export"]:
        from kinship.render import check  # noqa: PLC0415  (not without --format)

        check(options.format)
    if options.reset and not options.demo:
        raise BadInput("--reset makes the practice file new.", hint="kinship --demo --reset")
    return options, rest, wanted


def _checked(name: str, value: str) -> object:
    match name:
        case "-n" | "--limit":
            if not whole(value):
                raise BadInput(
                    f"{name} needs a whole number, not {quoted(value)}. For example: {name} 20"
                )
            return whole(value)
        case "--color" if value not in ("auto", "always", "never"):
            raise BadInput(
                f"--color is auto, always or never, not {quoted(value)}. For example: --color never"
            )
        case "--db" | "--config" if not value:
            raise BadInput(f"{name} needs the name of a file. Nothing was done.", hint="kinship -h")
    return value
