"""Arguments and options that several commands share, worded once.

They are told without Typer, which a line that `options` understands never starts.
"""

from typing import Annotated, TypeAlias


class Shared:
    """What Typer is told of an option, or of an argument where there are no ``flags``."""

    def __init__(self, *flags: str, **told: str) -> None:
        self.flags = flags
        self.told = told


Words: TypeAlias = Annotated[list[str] | None, Shared(metavar="WORDS")]
Count: TypeAlias = Annotated[str | None, Shared(metavar="N")]
At: TypeAlias = Annotated[
    str | None, Shared("-a", "--at", metavar="EVENT", help="The event where it happened.")
]
On: TypeAlias = Annotated[
    str | None, Shared("--on", metavar="DATE", help="When it happened. Default: today.")
]
Via: TypeAlias = Annotated[
    str | None, Shared("--via", metavar="CHANNEL", help="The channel: phone, email, signal.")
]
FollowUp: TypeAlias = Annotated[
    str | None,
    Shared(
        "-f", "--follow-up", metavar="WHEN [TEXT]", help='Remind me: 2d, fri, "2d send the paper".'
    ),
]
About: TypeAlias = Annotated[
    list[str] | None,
    Shared("--about", metavar="TOPIC", help="What they know about. Repeat, or use commas."),
]
Only: TypeAlias = Annotated[
    str | None,
    Shared("--only", metavar="WORDS", help="Just the item that contains these words."),
]
Yes: TypeAlias = Annotated[bool, Shared("-y", "--yes", help="Do not ask.")]
Rally: TypeAlias = Annotated[
    str | None,
    Shared("--rally", metavar="N", help="Which one. Default: the latest that is open."),
]
RallyAbout: TypeAlias = Annotated[
    str | None, Shared("--about", metavar="TOPIC", help="What helpers should know about.")
]
RallyUntil: TypeAlias = Annotated[
    str | None, Shared("--until", metavar="DATE", help="The last day it helps.")
]
RallyGoal: TypeAlias = Annotated[
    str | None, Shared("--goal", metavar="AMOUNT", help="Money that is needed: 500 EUR.")
]
RallyUrl: TypeAlias = Annotated[str | None, Shared("--url", metavar="LINK", help="Its page.")]
