"""``stats``: how the last months went."""

# ruff: noqa: ARG001

from __future__ import annotations

from typing import TYPE_CHECKING

from kinship.errors import BadInput

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params


def stats(
    ctx: typer.Context,
    words: params.Words = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since", metavar="WHEN", help="How far back: 90d, 1y, or a day. Default: 90d."
        ),
    ] = None,
) -> None:
    """How the last three months went, beside the three before.

    Usage: kinship stats [--since WHEN]

    Examples:
      kinship stats
      kinship stats --since 1y
      kinship stats --json
    """
    raise BadInput("this is not built yet. Nothing was written.")
