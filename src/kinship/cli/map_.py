"""``map``: a picture of who knows whom."""

# ruff: noqa: ARG001

from __future__ import annotations

from typing import TYPE_CHECKING

from kinship.errors import BadInput

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params


def map_(
    ctx: typer.Context,
    words: params.Words = None,
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="FILE", help="Where it goes: .svg, .html or .dot."),
    ] = None,
    yes: params.Yes = False,
) -> None:
    """Draw who knows whom.

    Usage: kinship map [WHO...|QUERY...] -o FILE [-n N]
           kinship map WHO [WHO]       on the screen: whom they know, or the ways

    Examples:
      kinship map -o people.svg
      kinship map in:pyladies -o pyladies.html
      kinship map ada

    The end of the name chooses: .svg or .html, which need networkx and numpy, or .dot
    for Graphviz, which needs nothing.
    """
    raise BadInput("this is not built yet. Nothing was written.")
