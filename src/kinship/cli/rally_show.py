"""``rally show``: all of one rally."""

# ruff: noqa: ARG001

from __future__ import annotations

from typing import TYPE_CHECKING

from kinship.errors import BadInput

if TYPE_CHECKING:
    import typer

    from kinship.cli import params


def show(
    ctx: typer.Context,
    words: params.Words = None,
) -> None:
    """All of one rally: who was asked, who pledged what, and what was kept.

    Usage: kinship rally show [N]

    Examples:
      kinship rally show
      kinship rally show 3
    """
    raise BadInput("this is not built yet. Nothing was written.")
