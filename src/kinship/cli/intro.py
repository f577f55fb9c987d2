"""``intro``: introduce two people, and check that it landed."""

# ruff: noqa: ARG001

from __future__ import annotations

from typing import TYPE_CHECKING

from kinship.errors import BadInput

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params
    from kinship.cli.context import Kin


def intro(
    ctx: typer.Context,
    words: params.Words = None,
    on: params.On = None,
    asking: Annotated[bool, typer.Option("--asking", help="You are still asking both.")] = False,
    landed: Annotated[bool, typer.Option("--landed", help="They met, or talk now.")] = False,
    not_: Annotated[bool, typer.Option("--not", help="It came to nothing.")] = False,
    ideas: Annotated[
        bool, typer.Option("--ideas", help="Pairs who may want to know each other.")
    ] = False,
    everything: Annotated[bool, typer.Option("--all", help="Those that are closed too.")] = False,
) -> None:
    """Introduce two people, and check that it landed.

    Usage: kinship intro WHO WHO [TEXT...] [--asking] [--on DATE]
           kinship intro WHO WHO --landed|--not
           kinship intro [--all]       open introductions
           kinship intro --ideas [QUERY...] [-n N]

    Examples:
      kinship intro hedy joan "both build radios"
      kinship intro hedy joan --asking
      kinship intro hedy joan --landed
      kinship intro --ideas at:pycon

    Logs a conversation from you with both, and asks in two weeks whether it landed;
    with --asking it logs nothing and asks in one.
    """
    raise BadInput("this is not built yet. Nothing was written.")


def home_line(kin: Kin) -> tuple[str, str] | None:
    """What ``kinship`` alone says of open introductions, and the command."""
    return None
