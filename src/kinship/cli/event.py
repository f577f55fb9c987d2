"""``event``: where you are, where you were, and what is coming."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from kinship.cli import event_words, views
from kinship.cli.context import Kin
from kinship.errors import BadInput, Declined, Refused
from kinship.model import dates, names
from kinship.model.entry import Event
from kinship.render.shapes import Column, Line, Notice, Span, Table, line
from kinship.services import connecting, event_names, gathering
from kinship.services.event_names import EventMeant
from kinship.services.gathering import Facts
from kinship.store import attendance, events

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params

CONNECT = "connect -i --at"
"""The command that walks through whom to connect with, before the name of an event."""
_EARLY = 7
_SOON = 92
LONGEST = 366
"""Days that an event or a stay can have."""
_SCREEN = 20


def event(ctx: typer.Context) -> None:
    """Say where you are; see who was there.

    Usage: kinship event
           kinship event start NAME     people you add now belong there
           kinship event stop           leave, with a summary
           kinship event add NAME       one in the future or past
           kinship event list
           kinship event show EVENT     who was there, who will be
           kinship event going EVENT WHO...
           kinship event guests EVENT FILE
           kinship event edit EVENT, event rm EVENT, event merge A B

    Examples:
      kinship event
      kinship event start "PyCon 2026" --until mon
      kinship event show pycon

    Without a verb: where you are now, and how to leave.
    """
    kin = Kin.of(ctx)
    found = events.current(kin.db, kin.event_day.isoformat())
    if found is None:
        kin.show(Notice((*_nowhere(kin),), {"at": None}))
        return
    tally = tally_now(kin, found)
    leave = Span(kin.cmd("event stop"), "command")
    lines = (
        line(f"{at_now(kin, found)}: {so_far(tally)}."),
        line("Leave: ", leave, ". All events: ", Span(kin.cmd("event list"), "command")),
    )
    kin.show(Notice(lines, {"at": found.name, **_counts(tally)}))


def _nowhere(kin: Kin) -> list[Line]:
    on = events.on_today(kin.db, kin.event_day.isoformat())
    if on and not on.stay_from:
        said, command = on_now(kin, on)
        return [line(f"You are at no event. {said}. Are you there?"), line("  ", command)]
    lines = [line("You are at no event. ", Span(kin.cmd('event start "PyCon 2026"'), "command"))]
    coming = events.next_coming(kin.db, kin.event_day.isoformat())
    if coming:
        command = Span(kin.cmd("event list"), "command")
        when = event_words.away(kin, coming)
        lines.append(line(f"Next is {coming.name}, {when}. All events: ", command))
    return lines


def at_now(kin: Kin, found: Event) -> str:
    """``You are at PyCon 2026, day 3 of 5``."""
    day = event_words.day_of(found, kin.event_day)
    return f"You are at {found.name}" + (f", {day}" if day else "")


def so_far(tally: gathering.Tally) -> str:
    """``11 people so far, 4 connected``."""
    connected = f", {tally.connected} connected" if tally.connected else ""
    return f"{views.people(tally.people) if tally.people else 'nobody'} so far{connected}"


def on_now(kin: Kin, on: Event) -> tuple[str, Span]:
    """What is said of an event these days that you did not start, and the command to be there."""
    ref = event_names.ref(kin.db, on, kin.event_day)
    day = event_words.day_of(on, kin.event_day)
    said = f"{on.name} is on today" + (f", {day}" if day else "")
    return said, Span(kin.cmd(f"event start {ref}"), "command")


def coming_soon(kin: Kin, coming: Event) -> tuple[str, str]:
    """What the home screen says about the next event, and the command; nothing of a far one."""
    begins = date.fromisoformat(coming.from_on or "")
    if (begins - kin.event_day).days > _SOON:
        return "", ""
    going = attendance.going(kin.db, coming.id)
    last = sum(g.only_online for g in going)
    who = f", {last} to meet at last" if last else f", {len(going)} going" if going else ""
    ref = event_names.ref(kin.db, coming, kin.event_day)
    said = f"{coming.name:<15}  {event_words.away(kin, coming)}{who}"
    return said, kin.cmd(f"event show {ref}")


def _began(kin: Kin, found: Event) -> str:
    """The first day of this time there."""
    stay = events.stay(kin.db, kin.event_day.isoformat())
    return event_names.began(kin.db, found, stay.from_on if stay else kin.event_day.isoformat())


def tally_now(kin: Kin, found: Event) -> gathering.Tally:
    """What came of being there this time, so far."""
    return gathering.tally(kin.db, found, from_on=_began(kin, found), today=kin.event_day)


def _counts(tally: gathering.Tally) -> dict[str, int]:
    return {
        "people": tally.people,
        "new": tally.new,
        "knew": tally.knew,
        "connected": tally.connected,
        "not_connected": tally.unconnected,
        "follow_ups": tally.follow_ups,
    }


def start(
    ctx: typer.Context,
    words: params.Words = None,
    until: Annotated[
        str | None,
        typer.Option(
            "--until", metavar="DATE", help="Your last day there. Default: the event's, else today."
        ),
    ] = None,
    city: Annotated[str | None, typer.Option("--city", metavar="CITY", help="Where it is.")] = None,
    url: Annotated[str | None, typer.Option("--url", metavar="LINK", help="Its page.")] = None,
    online: Annotated[bool, typer.Option("--online", help="It is a call, not a place.")] = False,
) -> None:
    """Say that you are at an event: people you add now were met there.

    Usage: kinship event start NAME [--until DATE]

    Examples:
      kinship event start "PyCon 2026"
      kinship event start "PyCon 2026" --until mon --city "Long Beach"

    It ends by itself, at four in the morning after the last day.
    """
    kin = Kin.of(ctx)
    name = new_name(words, kin.cmd('event start "PyCon 2026"'))
    meant, near = _meant(kin, name)
    today = kin.event_day
    last = dates.ahead(until, today) if until else None
    if last and (last - today).days > LONGEST:
        raise BadInput(
            f"{dates.show(last, today)} is more than a year away. Nothing was written.",
            hint=kin.cmd(f"event start {names.argument(name)} --until 3d"),
        )
    facts = Facts(
        city=text_said(city, "city"), url=text_said(url, "link", 2000), online=online or None
    )
    done = gathering.start(kin.writable, meant, facts, until=last, today=today)
    lines = []
    if done.left:
        lines.append(line(f"You left {done.left.name}."))
    met = "met there online" if done.event.online else "met there"
    end = "today" if done.until == today else f"until {dates.show(done.until, today)}"
    new = ", a new event" if done.new and len(events.keys(kin.db)) > 1 else ""
    lines += [
        line(
            "You are at ",
            Span(done.event.name, "name"),
            f" {end}{new}. People you add were {met}.",
        ),
        line("Leave earlier: ", Span(kin.cmd("event stop"), "command")),
    ]
    if near and done.new:
        lines.append(
            line(
                f"Meant {near.name}? ",
                Span(
                    kin.cmd(f"event merge {names.argument(name)} {names.argument(near.name)}"),
                    "command",
                ),
            )
        )
    record: dict[str, object] = {
        "at": done.event.name,
        "until_on": done.until.isoformat(),
        "new": done.new,
        "left": done.left.name if done.left else None,
    }
    kin.show(Notice(tuple(lines), record))


def _meant(kin: Kin, name: str) -> tuple[EventMeant, Event | None]:
    """The event to be at, and the one its new name is close to."""
    found, near = event_names.like(kin.db, name, kin.event_day, command=kin.cmd("event start"))
    if near and kin.can_ask:
        found = near if kin.means(name, near.name) else None
        near = None
    if found is None:
        return EventMeant(name), near
    begins = date.fromisoformat(found.from_on) if found.from_on else None
    if begins and (begins - kin.event_day).days > _EARLY:
        raise Refused(
            f"{found.name} begins {dates.show(begins, kin.today)}, "
            f"{dates.away(begins, kin.event_day)}. Nothing was written.",
            hint=kin.cmd(f"event edit {names.argument(found.name)} --from today"),
        )
    if event_names.over(found, kin.event_day):
        when = f" ({event_words.days(kin, found)})" if found.ends else ""
        over = f"{found.name}{when} is over"
        if not kin.can_ask:
            raise Refused(
                f"{over}. Nothing was written. Another one?",
                hint=(
                    kin.cmd(f'event start "{_this_year(found, kin.today)}"'),
                    kin.cmd(f"event edit {names.argument(found.name)} --until DATE"),
                ),
            )
        if not kin.confirm(f"{over}. Are you there again?", default=False):
            another = _this_year(found, kin.today)
            raise Declined(
                "nothing was written. Another one?", hint=kin.cmd(f'event start "{another}"')
            )
    return EventMeant.of(found), None


def _this_year(found: Event, today: date) -> str:
    """The name an event has this year."""
    bare = [w for w in found.name.replace('"', "").split() if not (len(w) == 4 and w.isdigit())]
    return f"{' '.join(bare)} {today.year}"


def new_name(words: list[str] | None, example: str) -> str:
    """The name of an event as it was typed."""
    name = names.check_line(" ".join(words or []), "event")
    if not names.fold(name) or names.fold(name) == "none":
        raise BadInput("say the name of the event. Nothing was written.", hint=example)
    return name


def text_said(text: str | None, what: str, limit: int = names.LINE_LIMIT) -> str | None:
    """The value of an option on one line; an empty one clears the field."""
    return None if text is None else names.check_line(text, what, limit)


def stop(ctx: typer.Context) -> None:
    """Leave the event you are at, with a summary.

    Usage: kinship event stop

    Examples:
      kinship event stop
    """
    kin = Kin.of(ctx)
    found = events.current(kin.db, kin.event_day.isoformat())
    if found is None:
        kin.show(Notice((*_nowhere(kin),), {"at": None}))
        return
    tally = tally_now(kin, found)
    gathering.stop(kin.writable, found, today=kin.event_day)
    kin.show(Notice(tuple(_summary(kin, found, tally)), {"left": found.name, **_counts(tally)}))


def _summary(kin: Kin, found: Event, tally: gathering.Tally) -> list[Line]:
    ref = event_names.ref(kin.db, found, kin.event_day)
    if not tally.people:
        return [
            line(f"{found.name} is over for you: nobody is written down."),
            line("Somebody comes to mind? ", Span(kin.cmd(f"add NAME --at {ref}"), "command")),
        ]
    parts = [
        views.counted(tally.new, "new person", "new people") if tally.new else "",
        f"{tally.knew} met again" if tally.knew else "",
        views.counted(tally.follow_ups, "follow-up") if tally.follow_ups else "",
    ]
    lines = [line(f"{found.name} is over for you: {', '.join(filter(None, parts))}.")]
    if tally.unconnected:
        by = dates.show(best_by(kin, found), kin.today)
        lines += [
            line(f"You are not connected with {tally.unconnected} of them yet."),
            line(
                f"Do that by {by}, while they remember you: ",
                Span(
                    kin.cmd(f"event show {ref}" if found.online else f"{CONNECT} {ref}"), "command"
                ),
            ),
        ]
    return lines


def best_by(kin: Kin, found: Event) -> date:
    """Two days after the last meeting there, while they remember you."""
    full = [day for day in events.days(kin.db, found.id) if len(day) == 10]
    last = date.fromisoformat(full[0]) if full else kin.event_day
    return last + timedelta(days=connecting.REMEMBERED)


def list_(
    ctx: typer.Context,
    past: Annotated[bool, typer.Option("--past", help="Only those that are over.")] = False,
    coming: Annotated[
        bool, typer.Option("--coming", help="Only those to come, the next one first.")
    ] = False,
) -> None:
    """All events: whom you met there, and who is going.

    Usage: kinship event list [--past] [--coming] [-n N]

    Examples:
      kinship event list
      kinship event list --coming
      kinship event list --past -n 5
    """
    kin = Kin.of(ctx)
    day = kin.event_day.isoformat()
    here = events.stay(kin.db, day)
    at = here.event_id if here else None
    all_of_them = events.every_event(kin.db)
    states = {e.id: event_words.state(e, day, here=e.id == at) for e in all_of_them}
    wanted = {"past"} if past and not coming else {"coming"} if coming and not past else None
    every = [e for e in all_of_them if not wanted or states[e.id] in wanted]
    every.sort(key=lambda e: (e.begins or e.ends or "9999", e.name_key))
    if wanted != {"coming"}:
        every.reverse()
    limit = kin.view.limit
    if limit is None and kin.view.terminal and kin.view.format is None:
        limit = _SCREEN
    found = every[:limit]
    met = attendance.met_counts(kin.db, (e.id for e in found))
    going = attendance.going_counts(kin.db, (e.id for e in found))

    def number(counts: dict[int, int]) -> Column[Event]:
        key = "met" if counts is met else "going"
        return Column(
            key, key.upper(), lambda e: str(counts.get(e.id, "")), rank=2, align_right=True
        )

    columns: list[Column[Event]] = [
        Column("name", "EVENT", lambda e: Span(e.name, "name")),
        Column("days", "DAYS", lambda e: event_words.days(kin, e), least=99, rank=3),
        Column(
            "when",
            "",
            lambda e: "you are here" if e.id == at else event_words.away(kin, e),
            least=99,
            rank=1,
        ),
        Column("city", "CITY", lambda e: "online" if e.online else e.city or "", least=6, rank=4),
        number(met),
        number(going),
    ]
    kin.show(
        Table(
            found,
            columns,
            lambda e: event_words.record(
                kin, e, met=met.get(e.id, 0), going=going.get(e.id, 0), here=e.id == at
            ),
            counted=_counted(kin, found, every),
            empty=(
                line("No event yet." if not states else "No such event."),
                line("  One in the future: ", Span(kin.cmd(_ADD), "command")),
            ),
            fields=event_words.FIELDS,
            paged=True,
        )
    )


_ADD = 'event add "PyCon 2026" --from "14 may" --until "18 may"'


def _counted(kin: Kin, found: list[Event], every: list[Event]) -> str:
    if not found:
        return ""
    if len(found) < len(every):
        return (
            f"the first {len(found)} of {len(every)} events; more: {kin.cmd('event list -n 100')}"
        )
    ref = event_names.ref(kin.db, found[0], kin.event_day)
    return f"{views.counted(len(every), 'event')}. One of them: {kin.cmd(f'event show {ref}')}"
