"""Arguments and options that several commands share, worded once."""

from typing import Annotated, TypeAlias

import typer

Words: TypeAlias = Annotated[list[str] | None, typer.Argument(metavar="WORDS")]
Count: TypeAlias = Annotated[str | None, typer.Argument(metavar="N")]
At: TypeAlias = Annotated[
    str | None, typer.Option("-a", "--at", metavar="EVENT", help="The event where it happened.")
]
On: TypeAlias = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="When it happened. Default: today.")
]
Via: TypeAlias = Annotated[
    str | None, typer.Option("--via", metavar="CHANNEL", help="The channel: phone, email, signal.")
]
FollowUp: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "-f", "--follow-up", metavar="WHEN [TEXT]", help='Remind me: 2d, fri, "2d send the paper".'
    ),
]
About: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--about", metavar="TOPIC", help="What they know about. Repeat, or use commas."),
]
Only: TypeAlias = Annotated[
    str | None,
    typer.Option("--only", metavar="WORDS", help="Just the item that contains these words."),
]
Yes: TypeAlias = Annotated[bool, typer.Option("-y", "--yes", help="Do not ask.")]
Rally: TypeAlias = Annotated[
    str | None,
    typer.Option("--rally", metavar="N", help="Which one. Default: the latest that is open."),
]
RallyAbout: TypeAlias = Annotated[
    str | None, typer.Option("--about", metavar="TOPIC", help="What helpers should know about.")
]
RallyUntil: TypeAlias = Annotated[
    str | None, typer.Option("--until", metavar="DATE", help="The last day it helps.")
]
RallyGoal: TypeAlias = Annotated[
    str | None, typer.Option("--goal", metavar="AMOUNT", help="Money that is needed: 500 EUR.")
]
RallyUrl: TypeAlias = Annotated[str | None, typer.Option("--url", metavar="LINK", help="Its page.")]
