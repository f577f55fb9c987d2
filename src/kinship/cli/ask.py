"""``ask``: whom to ask about a topic, and what you can ask about."""

# ruff: noqa: ARG001

from __future__ import annotations

from typing import TYPE_CHECKING

from kinship.errors import BadInput

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params


def ask(
    ctx: typer.Context,
    words: params.Words = None,
    city: Annotated[
        str | None, typer.Option("--city", metavar="CITY", help="Only who lives there.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="All of them, also where it only came up.")
    ] = False,
    thin: Annotated[
        bool, typer.Option("--thin", help="Topics that only one person knows about.")
    ] = False,
) -> None:
    """Who to ask about something, closest first.

    Usage: kinship ask TOPIC... [--city CITY] [-n N] [--all]
           kinship ask [--thin]        your topics, and who to ask first

    Examples:
      kinship ask compilers
      kinship ask tax in Germany --city Berlin
      kinship ask --thin

    A topic is found by its beginning and its stem: parents finds parenting. Mark
    who knows about what: kinship edit ada --about compilers
    """
    raise BadInput("this is not built yet. Nothing was written.")
