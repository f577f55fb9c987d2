"""``rally``: a call for help: begin one, see those that are open, end it."""

# ruff: noqa: ARG001

from __future__ import annotations

from typing import TYPE_CHECKING

from kinship.errors import BadInput

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params
    from kinship.cli.context import Kin


def rally(
    ctx: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Those that are closed too.")] = False,
) -> None:
    """A call for help, and who answers it.

    Usage: kinship rally [--all]
           kinship rally start TEXT...           call for help
           kinship rally ask WHO,WHO             you asked them
           kinship rally pledge WHO TEXT...      they offered something
           kinship rally kept WHO                they did it
           kinship rally cannot WHO              not this time
           kinship rally thanked WHO,WHO         you thanked them
           kinship rally show [N], rally close [N]

    Examples:
      kinship rally
      kinship rally start Childcare for Joan in June --for joan --until "1 jun"
      kinship rally ask mary-s,hedy,charles
      kinship rally pledge mary-s Tuesdays

    The verbs mean the latest open rally: --rally N for another.
    """
    raise BadInput("this is not built yet. Nothing was written.")


def start(
    ctx: typer.Context,
    words: params.Words = None,
    for_: Annotated[
        str | None, typer.Option("--for", metavar="WHO", help="Whom it is for. Default: yourself.")
    ] = None,
    about: Annotated[
        str | None, typer.Option("--about", metavar="TOPIC", help="What helpers should know about.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="The last day it helps.")
    ] = None,
    goal: Annotated[
        str | None, typer.Option("--goal", metavar="AMOUNT", help="Money that is needed: 500 EUR.")
    ] = None,
    url: Annotated[str | None, typer.Option("--url", metavar="LINK", help="Its page.")] = None,
) -> None:
    """Call for help, and see who to ask first.

    Usage: kinship rally start TEXT... [--for WHO] [--about TOPIC] [--until DATE]

    Examples:
      kinship rally start Childcare for Joan in June --for joan --about childcare
      kinship rally start "A new roof" --goal "5000 EUR" --until "end of month"
    """
    raise BadInput("this is not built yet. Nothing was written.")


def close(
    ctx: typer.Context,
    words: params.Words = None,
) -> None:
    """End a rally; says whom to thank.

    Usage: kinship rally close [N]

    Examples:
      kinship rally close
      kinship rally close 3
    """
    raise BadInput("this is not built yet. Nothing was written.")


def home_line(kin: Kin) -> tuple[str, str] | None:
    """What ``kinship`` alone says of the open rallies, and the command."""
    return None
