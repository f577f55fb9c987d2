"""``mutual``: whom two people both know, and whom you never met."""

# ruff: noqa: ARG001

from __future__ import annotations

from typing import TYPE_CHECKING

from kinship.errors import BadInput

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params


def mutual(
    ctx: typer.Context,
    words: params.Words = None,
    everything: Annotated[bool, typer.Option("--all", help="All of them, however many.")] = False,
) -> None:
    """Whom you and somebody both know.

    Usage: kinship mutual WHO          whom you and WHO both know
           kinship mutual WHO WHO      whom the two both know
           kinship mutual [-n N]       never met, but know most people you know

    Examples:
      kinship mutual ada
      kinship mutual ada grace
      kinship mutual

    You know whoever you did not only hear of, and who is not archived. Who perhaps
    knows them, from one small event or community, is shown apart and counts in no
    number.
    """
    raise BadInput("this is not built yet. Nothing was written.")
