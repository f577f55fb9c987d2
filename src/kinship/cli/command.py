"""How a function becomes a command: Typer parses, and the help is laid out as plain text.

The docstring of the function is the help: its first line, then blocks ``Usage:`` and
``Examples:``; the options follow in their panels, and what else the docstring says.
"""

import inspect
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from kinship.cli import options, params
from kinship.render import plain


class Command(TyperCommand):
    """A Typer command whose help puts the examples first and draws no boxes."""

    def get_help(self, ctx: Any) -> str:
        summary, usage, examples, rest = _parts(self.callback.__doc__ or "")
        blocks = [summary, usage or f"Usage: {ctx.command_path} [OPTIONS]", examples]
        panels: dict[str, list[tuple[str, str]]] = {"Options": []}
        for param in self.params:
            record = param.get_help_record(ctx) if param.param_type_name == "option" else None
            if record:
                panel = getattr(param, "rich_help_panel", None) or "Options"
                panels.setdefault(panel, []).append((_flags(param), record[1]))
        panels["Options"].append(("-h, --help", "Show this message and exit."))
        blocks += [f"{title}:\n{_aligned(rows)}" for title, rows in panels.items()]
        page = "\n\n".join(filter(None, [*blocks, rest]))
        kin = ctx.find_root().obj
        return plain.reflowed(page, kin.view) if kin else page


def _flags(param: Any) -> str:
    """``-a, --at EVENT``: short first, the metavar once."""
    names = ", ".join([*sorted(param.opts, key=len), *param.secondary_opts])
    return names if param.is_flag else f"{names} {param.metavar or param.name.upper()}"


def _aligned(rows: list[tuple[str, str]]) -> str:
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"  {name:<{width}}  {text}".rstrip() for name, text in rows)


def _parts(doc: str) -> tuple[str, str, str, str]:
    blocks = inspect.cleandoc(doc).split("\n\n")
    usage = next((b for b in blocks if b.startswith("Usage:")), "")
    examples = next((b for b in blocks if b.startswith("Examples:")), "")
    rest = [b for b in blocks[1:] if b not in (usage, examples)]
    return blocks[0], usage, examples, "\n\n".join(rest)


def build(
    function: Callable[..., Any], name: str, summary: str, words: Sequence[str] | None = None
) -> Any:
    """The Typer command for a function, or as much of it as these words ask for.

    The annotations of the commands are texts, so that a command with nothing to parse starts
    without Typer; what they name is put beside the function here. `add` has some thirty options, and
    declaring them takes longer than using the one or two on a line: where every option among the
    words is known, only those are declared.
    """
    function.__globals__.update(Annotated=Annotated, params=params, typer=typer)
    texts = function.__annotations__
    asked = options.named(function, words) if words is not None else None
    parameters = [p for p in _parameters(function) if asked is None or p.name in asked]
    # All at once takes half the time.
    together = ", ".join(f"{p.name!r}: {texts[p.name]}" for p in parameters)
    declared = eval(f"{{{together}}}", function.__globals__)
    types = {name: _in_typer(annotation) for name, annotation in declared.items()}

    def called(**values: Any) -> Any:
        return function(**values)

    called.__doc__ = function.__doc__
    called.__annotations__ = types
    called.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [p.replace(annotation=types[p.name]) for p in parameters]
    )
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(
        name,
        cls=Command,
        short_help=summary,
        context_settings={"help_option_names": ["-h", "--help"]},
    )(called)
    return typer.main.get_command(app)


def _parameters(function: Callable[..., Any]) -> list[inspect.Parameter]:
    """The parameters of a command: the context, then those with defaults."""
    code, defaults = function.__code__, function.__defaults__ or ()
    names = code.co_varnames[: code.co_argcount]
    required = len(names) - len(defaults)
    given = [inspect.Parameter.empty] * required + list(defaults)
    return [
        inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=default)
        for name, default in zip(names, given, strict=True)
    ]


def _in_typer(annotation: Any) -> Any:
    """What several commands share is told to Typer here; the rest is its own already."""
    shared = getattr(annotation, "__metadata__", (None,))[0]
    if not isinstance(shared, params.Shared):
        return annotation
    made: Callable[..., Any] = typer.Option if shared.flags else typer.Argument
    return Annotated[annotation.__origin__, made(*shared.flags, **shared.told)]
