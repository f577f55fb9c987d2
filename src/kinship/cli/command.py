"""How a function becomes a command: Typer parses, and the help is laid out as plain text.

The docstring of the function is the help: its first line, then blocks ``Usage:`` and
``Examples:``; the options follow in their panels, and what else the docstring says.
"""

import inspect
from collections.abc import Callable
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from kinship.cli import params
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


def build(function: Callable[..., Any], name: str, summary: str) -> Any:
    """The Typer command for a function.

    The annotations of the commands are texts, so that a command with nothing to parse starts
    without Typer; what they name is put beside the function here.
    """
    function.__globals__.update(Annotated=Annotated, params=params, typer=typer)
    texts = function.__annotations__
    if all(isinstance(text, str) for text in texts.values()):  # all at once: half the time
        together = ", ".join(f"{name!r}: {text}" for name, text in texts.items())
        function.__annotations__ = eval(f"{{{together}}}", function.__globals__)
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(
        name,
        cls=Command,
        short_help=summary,
        context_settings={"help_option_names": ["-h", "--help"]},
    )(function)
    return typer.main.get_command(app)
