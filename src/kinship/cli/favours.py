"""``favours``: who gave, who got, and whose turn it is."""

# ruff: noqa: ARG001

from __future__ import annotations

from typing import TYPE_CHECKING

from kinship.errors import BadInput

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params


def favours(
    ctx: typer.Context,
    words: params.Words = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Everybody, also where it is even.")
    ] = False,
) -> None:
    """Who gave more than they got from you, and what they look for.

    Usage: kinship favours [--all]
           kinship favours WHO         every favour, with its number

    Examples:
      kinship favours
      kinship favours ada

    An introduction that landed counts as given; who introduced you to somebody you
    know gave you one. Write them down: kinship gave ada TEXT, kinship got ada TEXT
    """
    raise BadInput("this is not built yet. Nothing was written.")
