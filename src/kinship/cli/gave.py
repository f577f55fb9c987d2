"""``gave`` and ``got``: favours, written down."""

# ruff: noqa: ARG001

from __future__ import annotations

from typing import TYPE_CHECKING

from kinship.errors import BadInput

if TYPE_CHECKING:
    import typer

    from kinship.cli import params


def gave(
    ctx: typer.Context,
    words: params.Words = None,
    on: params.On = None,
    follow_up: params.FollowUp = None,
) -> None:
    """Write down something you did for someone; restarts the clock.

    Usage: kinship gave WHO[,WHO] [DATE:] TEXT... [--on DATE] [-f WHEN]

    Examples:
      kinship gave ada proof-read the engine paper
      kinship gave ada tue: lent her the projector
      kinship gave ada,charles found them a room -f 2w
    """
    raise BadInput("this is not built yet. Nothing was written.")


def got(
    ctx: typer.Context,
    words: params.Words = None,
    on: params.On = None,
    follow_up: params.FollowUp = None,
) -> None:
    """Write down something someone did for you.

    Usage: kinship got WHO[,WHO] [DATE:] TEXT... [--on DATE] [-f WHEN]

    Examples:
      kinship got ada read two drafts
      kinship got charles mon: introduced me at the office
    """
    raise BadInput("this is not built yet. Nothing was written.")
