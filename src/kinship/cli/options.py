"""The options on a line, read from the annotations of its command, without Typer where that is plain.

Starting Typer takes longer than all else a command does. The annotations are texts, and most lines
need no more of Typer than that a value follows its option; whatever else there is on a line, a word
in doubt or a mistake, is left to Typer, which words it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple, get_args

from kinship.cli import params

_INLINE: Final = re.compile(r"Annotated\[(bool|str \| None|list\[str\] \| None), typer\.Option\(")
_FLAGS: Final = re.compile(r"""["'/](--?[a-z][a-z-]*)(?=["'/])""")
"""The names of an option in the text of its annotation."""
_SHARED: Final = "params."


class _Option(NamedTuple):
    """A parameter, and what it takes: ``bool``, ``str | None``; empty where only Typer knows."""

    parameter: str
    takes: str


def named(function: Callable[..., Any], words: Sequence[str]) -> set[str] | None:
    """The parameters these words need; None where an option among them is not known for certain."""
    texts = function.__annotations__
    known = _options(texts)
    asked = texts.keys() - {option.parameter for option in known.values()}
    for before, word in zip(("", *words), words, strict=False):
        if word == "--":
            if before.startswith("-"):  # it may be the value of that option
                return None
            break
        if word.startswith("-") and word != "-":
            flag = word.partition("=")[0] if word.startswith("--") else word[:2]
            joined = len(word) > len(flag) and not word.startswith("--")
            if flag not in known or (joined and known[flag].takes == "bool"):
                return None
            asked.add(known[flag].parameter)
    return asked


def read(function: Callable[..., Any], words: Sequence[str]) -> dict[str, Any] | None:
    """What Typer would call the function with for these words; None where it is to be asked."""
    if not words:
        return {}
    if function.__code__.co_varnames[1:2] != ("words",):
        return None
    given: dict[str, Any] = {}
    bare: list[str] = []
    known: Mapping[str, _Option] | None = None
    following = iter(words)
    for word in following:
        if not word.startswith("-"):
            bare.append(word)
            continue
        if known is None:
            known = _options(function.__annotations__)
        flag, equals, value = word.partition("=")
        parameter, takes = known.get(flag, ("", ""))
        if takes == "bool" and not equals:
            given[parameter] = True
            continue
        if not takes or takes == "bool" or (equals and not flag.startswith("--")):
            return None
        if not equals:
            value = next(following, "-")
            if value.startswith("-"):
                return None
        if takes == "str | None":
            if parameter in given:
                return None
            given[parameter] = value
        else:
            given.setdefault(parameter, []).append(value)
    return {"words": bare, **given} if bare else given


def _options(texts: Mapping[str, str]) -> dict[str, _Option]:
    """The options of a command by their names."""
    known: dict[str, _Option] = {}
    for parameter, text in texts.items():
        if text.startswith(_SHARED):
            kind, told = get_args(getattr(params, text.removeprefix(_SHARED)))
            flags, takes = told.flags, "bool" if kind is bool else str(kind)
        else:
            flags = _FLAGS.findall(text)
            inline = _INLINE.match(text)
            takes = inline[1] if inline and not any(f"/{flag}" in text for flag in flags) else ""
        known.update(dict.fromkeys(flags, _Option(parameter, takes)))
    return known
