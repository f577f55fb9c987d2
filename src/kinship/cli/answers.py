"""What a change answers: what was understood, what comes next, what is still open."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from kinship.cli import views
from kinship.cli.context import Kin
from kinship.model import channel, dates, names
from kinship.model.entry import FollowUp
from kinship.model.person import Person, Pulse
from kinship.render.shapes import Line, Span, line
from kinship.services.contact import Logged, Talk
from kinship.services.follow_ups import FollowUpAsked


def logged(kin: Kin, one: Logged, talk: Talk) -> Line:
    """``Logged for Grace Hopper, today in person. Next hello Wed 3 Jun (every 2 weeks).``"""
    where = ""
    if talk.event:
        where = f" at {talk.event.name}"
    elif talk.met:
        where = " in person"
    elif talk.channel:
        where = f" by {channel.label(talk.channel)}"
    day = dates.away(talk.day, kin.today)
    if (kin.today - talk.day).days > 1:
        day = dates.show(talk.day, kin.today)
    return line(
        f"Logged for {one.person.name}, {day}{where}." + moved(kin, one.pulse, older=one.older)
    )


def moved(kin: Kin, pulse: Pulse, *, older: bool) -> str:
    """`` Next hello Wed 3 Jun (every 2 weeks).``, or that an older entry moves nothing."""
    if older and pulse.last_on:
        return f" The last contact stays {views.when_shown(pulse.last_on, kin.today)}."
    if not pulse.next_on:
        return ""
    due = dates.show(date.fromisoformat(pulse.next_on), kin.today)
    return f" Next hello {due} ({views.cadence_words(pulse)})."


def still_open(kin: Kin, several: Sequence[Logged], *, new: Sequence[str]) -> list[Line]:
    """What is still promised, the next first, with the command that closes it."""
    return [
        shown for one in several for shown in open_with(kin, one.person, one.still_open, new=new)
    ]


def open_with(
    kin: Kin, person: Person, follow_ups: Sequence[FollowUp], *, new: Sequence[str] = ()
) -> list[Line]:
    """As `still_open`, for one person; what was only just written down is not repeated."""
    if not follow_ups:
        return []
    from kinship.services import closing  # noqa: PLC0415  (only with something open)

    soon = (kin.today + timedelta(days=closing.SOON)).isoformat()
    waiting = [
        f for f in follow_ups if f.aim != "connect" and f.what not in new and f.on_day <= soon
    ]
    return [
        line(
            f"Still open with {names.first_name(person.name)}: {views.one_line(f.what)}   ",
            Span(kin.cmd(closing.command(kin.db, person, f, waiting)), "command"),
        )
        for f in waiting[:3]
    ]


def logged_record(kin: Kin, several: Sequence[Logged], talk: Talk) -> list[dict[str, object]]:
    return [
        {
            "number": one.number,
            "person": views.person_record(kin, one.person),
            "day": talk.day.isoformat(),
            "direction": talk.direction,
            "met": talk.met,
            "channel": talk.channel,
            "text": talk.text,
            "inferred": list(talk.inferred),
            "next_on": one.pulse.next_on,
        }
        for one in several
    ]


def follow_up(kin: Kin, asked: FollowUpAsked, people: int) -> Line:
    """``Follow-up Fri 22 May for both: send photos``."""
    both = "" if people == 1 else " for both" if people == 2 else f" for all {people}"
    return line(f"Follow-up {dates.show(asked.due, kin.today)}{both}: {asked.text or 'say hello'}")


def doubts(kin: Kin, numbers: Iterable[int], text: str) -> list[Line]:
    """A day misspelt before a colon is text, and says so: how to mend each entry."""
    head, colon, rest = text.partition(":")
    if not colon or len(head) > dates.LONGEST:
        return []
    from kinship.model import near_days  # noqa: PLC0415  (only with a colon)

    day = near_days.meant(head.split(), kin.today, "behind")
    if not day:
        return []
    mended = f"--on {names.argument(day)} --text {names.argument(rest.strip() or text)}"
    return [
        line(
            f"{names.quoted(head)} is kept as text. Did you mean {day}? ",
            Span(kin.cmd(f"edit '#{number}' {mended}"), "command"),
        )
        for number in numbers
    ]
