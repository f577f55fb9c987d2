"""``rally ask``, ``pledge``, ``kept``, ``cannot``, ``thanked``: who helps, and with what."""

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
    rally: params.Rally = None,
    on: params.On = None,
) -> None:
    """You asked them; kinship asks in three days whether they answered.

    Usage: kinship rally ask WHO,WHO [--rally N] [--on DATE]

    Examples:
      kinship rally ask mary-s,hedy
      kinship rally ask charles --on mon
    """
    raise BadInput("this is not built yet. Nothing was written.")


def pledge(
    ctx: typer.Context,
    words: params.Words = None,
    rally: params.Rally = None,
    until: Annotated[
        str | None,
        typer.Option(
            "--until", metavar="DATE", help="When it is to be done. Default: the last day."
        ),
    ] = None,
) -> None:
    """They offered something, or you did.

    Usage: kinship rally pledge WHO TEXT... [--until DATE] [--rally N]

    Examples:
      kinship rally pledge mary-s Tuesdays
      kinship rally pledge hedy "50 EUR"
      kinship rally pledge me 1 June, 9 to 12 --until "1 jun"
    """
    raise BadInput("this is not built yet. Nothing was written.")


def kept(
    ctx: typer.Context,
    words: params.Words = None,
    rally: params.Rally = None,
) -> None:
    """What they pledged was done.

    Usage: kinship rally kept WHO [WORDS] [--rally N]

    Examples:
      kinship rally kept hedy
      kinship rally kept hedy cot        of several, the one with this word
    """
    raise BadInput("this is not built yet. Nothing was written.")


def cannot(
    ctx: typer.Context,
    words: params.Words = None,
    rally: params.Rally = None,
) -> None:
    """Not this time; what they had pledged is dropped.

    Usage: kinship rally cannot WHO [--rally N]

    Examples:
      kinship rally cannot katherine
    """
    raise BadInput("this is not built yet. Nothing was written.")


def thanked(
    ctx: typer.Context,
    words: params.Words = None,
    rally: params.Rally = None,
) -> None:
    """You thanked them; logs that you wrote.

    Usage: kinship rally thanked WHO,WHO [TEXT...] [--rally N]

    Examples:
      kinship rally thanked mary-s,hedy
      kinship rally thanked katherine --rally 3
    """
    raise BadInput("this is not built yet. Nothing was written.")
