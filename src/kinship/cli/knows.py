"""``knows``: write down that people know each other."""

# ruff: noqa: ARG001

from __future__ import annotations

from typing import TYPE_CHECKING

from kinship.errors import BadInput

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params


def knows(
    ctx: typer.Context,
    words: params.Words = None,
    how: Annotated[
        str | None, typer.Option("--how", metavar="TEXT", help="How: taught her, same lab.")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="WHEN", help="Since when: 2019, 2019-05, or a day."),
    ] = None,
    not_: Annotated[bool, typer.Option("--not", help="They do not: remove what is noted.")] = False,
) -> None:
    """Write down that two people know each other. No clock moves.

    Usage: kinship knows WHO WHO... [--how TEXT] [--since WHEN]
           kinship knows WHO WHO... --not
           kinship knows WHO -        names from standard input, a line each
           kinship knows              whose ties nobody noted yet

    Examples:
      kinship knows ada charles
      kinship knows mary-s ada --how "taught her mathematics" --since 1834
      kinship knows ada grace joan
      kinship knows ada charles --not

    The first knows the others. Noted twice is noted once; with --how or --since
    what was noted is changed.
    """
    raise BadInput("this is not built yet. Nothing was written.")
