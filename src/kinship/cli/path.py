"""``path``: who can introduce you to somebody."""

# ruff: noqa: ARG001

from __future__ import annotations

from typing import TYPE_CHECKING

from kinship.errors import BadInput

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params


def path(
    ctx: typer.Context,
    words: params.Words = None,
    strong: Annotated[
        bool, typer.Option("--strong", help="Only through people who are noted to know each other.")
    ] = False,
) -> None:
    """Who can introduce you to somebody, and why each knows the next.

    Usage: kinship path WHO [WHO] [-n N] [--strong]

    Examples:
      kinship path emmy
      kinship path ada emmy        from one to the other, without you
      kinship path emmy --strong -n 5

    Short ways come first, through people you talk with. One step may be a guess: two
    people of one small event or community perhaps know each other.
    """
    raise BadInput("this is not built yet. Nothing was written.")
