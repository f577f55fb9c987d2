"""What a change answers: what was understood, what comes next, what is still open."""

from collections.abc import Sequence
from datetime import date, timedelta

from kinship.cli import views
from kinship.cli.context import Kin
from kinship.model import channel, dates, names
from kinship.model.entry import FollowUp
from kinship.model.person import Person
from kinship.render.shapes import Line, Span, line
from kinship.services.contact import Logged, Talk


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
    text = f"Logged for {one.person.name}, {day}{where}."
    if one.older and one.pulse.last_on:
        text += f" The last contact stays {views.when_shown(one.pulse.last_on, kin.today)}."
    elif one.pulse.next_on:
        due = date.fromisoformat(one.pulse.next_on)
        text += f" Next hello {dates.show(due, kin.today)} ({views.cadence_words(one.pulse)})."
    return line(text)


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
