"""``log`` and ``note``: what happened, and what is worth knowing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kinship.cli import answers, reading, views
from kinship.cli.context import Kin
from kinship.errors import BadInput
from kinship.model import names
from kinship.model.person import Person
from kinship.render.shapes import Line, Notice, Span, line
from kinship.services import contact
from kinship.services import people as finding
from kinship.services.contact import Talk

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params


def log(
    ctx: typer.Context,
    words: params.Words = None,
    via: params.Via = None,
    met: Annotated[bool, typer.Option("--met", help="You met in person.")] = False,
    at: params.At = None,
    on: params.On = None,
    from_them: Annotated[bool, typer.Option("--from-them", help="They wrote to you.")] = False,
    from_me: Annotated[bool, typer.Option("--from-me", help="You wrote to them.")] = False,
    about: params.About = None,
    url: Annotated[
        str | None, typer.Option("--url", metavar="LINK", help="Where it can be read.")
    ] = None,
    follow_up: params.FollowUp = None,
    move: Annotated[
        str | None, typer.Option("--move", metavar="'#N'", help="Give entry #N to WHO instead.")
    ] = None,
) -> None:
    """Write down a conversation; restarts the clock.

    Usage: kinship log WHO[,WHO] [DATE:] TEXT... [OPTIONS]
           kinship log --move '#N' WHO

    Examples:
      kinship log ada "compilers, and moving to Arlington"
      kinship log ada tue: "lunch, war stories"
      kinship log grace,charles --met lunch -f "fri send photos"
      kinship log alan --from-them "may the oracle idea go in?"

    Without an option it is a real exchange, both ways, channel unknown.
    A day and a colon say when: tue: or "2 days ago:".
    """
    kin = Kin.of(ctx)
    who, rest = kin.take_who(words or [])
    finding.not_me(who)
    if move is not None:
        _move(kin, move, who[0] if len(who) == 1 and not rest else None)
        return
    if from_me and from_them:
        raise BadInput(
            "it is --from-me or --from-them; both ways is what log says by itself.",
            hint=kin.cmd("help log"),
        )
    today = kin.today
    said = reading.behind(on, today)
    before = None if on else reading.colon(rest, today)
    if before:
        said, rest = before
    text = reading.text_of(kin, rest, "What about?")
    place = reading.event(kin, at)
    here = reading.here(kin) if met and at is None and not said else None
    place = here if here and not here.online else place
    if not text and not (place or met or from_them or from_me or on):
        raise BadInput(
            "what did you talk about? Nothing was written.",
            hint=kin.cmd(f"log {(words or ['WHO'])[0]} what you talked about"),
        )
    direction = "them" if from_them else "me" if from_me else "both"
    there = place is not None and not place.online
    somewhere = met or place is not None
    met = met or there
    inferred = [
        n for n, said_so in (("day", said), ("direction", direction != "both")) if not said_so
    ]
    talk = Talk(
        said or (reading.day_at(kin, place) if somewhere else today),
        direction,
        met,
        reading.channel(via),
        place,
        names.check_text(url, "link", 2000) if url else None,
        text,
        tuple(inferred),
    )
    asked = reading.follow_up(follow_up, today) if follow_up else None
    logged = contact.log(
        kin.writable, who, talk, today=today, topics=reading.listed(about, "topic"), follow_up=asked
    )
    lines = [answers.logged(kin, one, talk) for one in logged]
    if asked:
        lines.append(answers.follow_up(kin, asked, len(who)))
    lines += answers.still_open(kin, logged, new=[asked.text] if asked and asked.text else [])
    if not said:
        lines += answers.doubts(kin, [one.number for one in logged], text)
    if met and len(who) > 1:
        lines += _strangers(kin, who)
    kin.show(Notice(tuple(lines), answers.logged_record(kin, logged, talk)))


def _strangers(kin: Kin, who: Sequence[Person]) -> list[Line]:
    """Whoever met you together may know each other: how to say so, where no tie is noted."""
    from kinship.store import ties  # noqa: PLC0415  (only for several at once)

    first, *others = who
    known = ties.neighbours(kin.db, [first.id]).get(first.id, [])
    new = [p for p in others if p.id not in known]
    if not new:
        return []
    refs = finding.refs(kin.db, [first, *new])
    command = f"knows {refs[first.id]} {','.join(refs[p.id] for p in new)}"
    return [line("They know each other?  ", Span(kin.cmd(command), "command"))]


def _move(kin: Kin, number: str, to: Person | None) -> None:
    if to is None:
        raise BadInput(
            "say one person to move it to. Nothing was changed.",
            hint=kin.cmd("log --move '#812' WHO"),
        )
    from kinship.services import mending  # noqa: PLC0415  (rarely moved)

    wanted = views.entry_number(number)
    found = mending.entry(kin.db, wanted)
    if found.person.id == to.id:
        raise BadInput(
            f"entry #{wanted} is {to.name}'s already. Nothing was changed.",
            hint=kin.cmd(f"show {finding.ref(kin.db, to)} --all"),
        )
    mending.move(kin.writable, found, wanted, to)
    text = f"Moved #{wanted} from {found.person.name} to {to.name}."
    kin.show(Notice((line(text),), {"number": wanted, "person": to.name}))


def note(ctx: typer.Context, words: params.Words = None) -> None:
    """Write down a fact; the clock keeps running.

    Usage: kinship note WHO[,WHO] TEXT...

    Examples:
      kinship note ada two boys and a girl, likes horses
      kinship note . "met her at John's barbecue"

    A full stop means the last person you wrote something for.
    """
    kin = Kin.of(ctx)
    who, rest = kin.take_who(words or [])
    text = reading.text_of(kin, rest, "What is worth knowing?")
    if not text:
        raise BadInput(
            "what is worth knowing? Nothing was written.", hint=kin.cmd("note WHO what it is")
        )
    contact.note(kin.writable, who, text, today=kin.today)
    people = views.together([p.name for p in who])
    kin.show(
        Notice((line(f"Noted for {people}."),), {"people": [p.name for p in who], "text": text})
    )
