"""``connect``: where you are connected now, and whom you are not connected with yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kinship.cli import cards, reading, views
from kinship.cli.context import Kin
from kinship.errors import BadInput, NotFound
from kinship.model import channel, dates, names
from kinship.model.channel import Handle
from kinship.model.entry import Event
from kinship.model.person import Person, Unconnected
from kinship.render.shapes import Column, Line, Notice, Span, Table, line
from kinship.services import connecting, event_names
from kinship.services import people as finding
from kinship.store import people

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params

_WHOLE = 999


def connect(
    ctx: typer.Context,
    words: params.Words = None,
    sent: Annotated[
        bool, typer.Option("--sent", help="The request is sent: ask me again in 7 days.")
    ] = False,
    never: Annotated[bool, typer.Option("--never", help="Do not nudge me about them.")] = False,
    at: Annotated[
        str | None, typer.Option("-a", "--at", metavar="EVENT", help="The queue of one event.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="The queue past 14 days too.")] = False,
    interactive: Annotated[
        bool,
        typer.Option("-i", "--interactive", help="Walk through the queue, and open each profile."),
    ] = False,
    no_open: Annotated[
        bool, typer.Option("--no-open", help="With -i: show the links, open nothing.")
    ] = False,
) -> None:
    """Mark that you are connected on a channel; without WHO, show the queue.

    Usage: kinship connect WHO CHANNEL[:HANDLE]... [--sent]
           kinship connect WHO --never
           kinship connect [-i] [--at EVENT] [--all]

    Examples:
      kinship connect -i
      kinship connect ada linkedin
      kinship connect ada li:adal gh:ada
      kinship connect ada linkedin --sent
      kinship connect --at pycon

    The queue is everybody met in person and not connected with yet. With -i
    it is a walk: a key each, and every answer is saved as you give it.
    """
    kin = Kin.of(ctx)
    if interactive:
        _walk(kin, at, everything=everything, opens=not no_open, alone=not (words or sent or never))
        return
    if no_open:
        raise BadInput("--no-open goes with -i.", hint=kin.cmd("connect -i --no-open"))
    if not words:
        _queue(kin, at, everything=everything)
        return
    who, rest = kin.take_who(words)
    finding.not_me(who)
    if never:
        if rest or sent:
            raise BadInput("--never stands alone.", hint=kin.cmd("connect WHO --never"))
        connecting.never_connect(kin.writable, who, today=kin.today)
        people_ = views.together([p.name for p in who])
        text = f"No more nudges to connect with {people_}."
        kin.show(Notice((line(text),), {"people": [p.name for p in who], "never": True}))
        return
    if len(who) > 1:
        raise BadInput(
            "one person at a time here. Nothing was written.",
            hint=kin.cmd("connect WHO linkedin"),
        )
    handles = [reading.handle(text, alone=True) for text in rest]
    handles = handles or [_only_one(kin, who[0], sent=sent)]
    done = connecting.connect(
        kin.writable, who[0], handles, sent_on=kin.today if sent else None, today=kin.today
    )
    shown = [views.reach_words(c.kind, c.handle) for c in done.channels]
    if sent:
        again = dates.show(kin.today + timedelta(days=connecting.ASK_AGAIN), kin.today)
        text = f"Request sent to {who[0].name} on {' and '.join(shown)}. I ask again {again}."
    else:
        text = f"Connected with {who[0].name} on {' and '.join(shown)}."
    kin.show(
        Notice(
            (line(text),),
            {
                "name": who[0].name,
                "channels": [
                    {"kind": c.kind, "handle": c.handle, "state": c.state} for c in done.channels
                ],
            },
        )
    )


def _only_one(kin: Kin, person: Person, *, sent: bool) -> Handle:
    """The one channel that waits to be connected."""
    held = people.channels(kin.db, [person.id]).get(person.id, [])
    waiting = [c for c in held if c.state in ("known", "sent")]
    if len(waiting) == 1:
        return Handle(waiting[0].kind, waiting[0].handle or "")
    ref = finding.ref(kin.db, person)
    asked = "did you send the request to" if sent else "are you connected with"
    raise BadInput(
        f"where {asked} {person.name}? Nothing was written.",
        hint=kin.cmd(f"connect {ref} linkedin{' --sent' if sent else ''}"),
    )


def _found(kin: Kin, at: str | None, *, everything: bool) -> tuple[Event | None, list[Unconnected]]:
    """The event that was named, and whom you are not connected with yet."""
    event = None
    if at:
        event, near = event_names.like(
            kin.db, at, kin.event_day, command=f"{kin.cmd('connect')} --at"
        )
        if event is None:
            meant = f" Did you mean {near.name}?" if near else ""
            raise NotFound(
                f"no event is called {names.quoted(at)}.{meant}",
                hint=kin.cmd("connect"),
            )
    from_on = None if everything else kin.today.isoformat()
    return event, people.unconnected(kin.db, from_on=from_on, event_id=event.id if event else None)


def _walk(kin: Kin, at: str | None, *, everything: bool, opens: bool, alone: bool) -> None:
    from kinship.cli import connect_walk, walking  # noqa: PLC0415  (only with -i)

    if not alone:
        raise BadInput(
            "-i walks through the queue: nobody is named with it, and nothing said of them. "
            "Nothing was written.",
            hint=kin.cmd("connect -i --at EVENT"),
        )
    walking.refuse_without_terminal(kin, "connect", *(["--at", at] if at else []))
    event, found = _found(kin, at, everything=everything)
    waiting = found if everything else connect_walk.ready(found, kin.today)
    if waiting:
        connect_walk.start(kin, waiting, opens=opens)
        return
    if found:
        text = f"Nobody to connect with now; {len(found)} asked or put off: "
        kin.show(Notice((line(text, Span(kin.cmd("connect"), "command")),)))
        return
    kin.show(Notice((_nobody(kin, event, everything=everything),)))


def _queue(kin: Kin, at: str | None, *, everything: bool) -> None:
    event, found = _found(kin, at, everything=everything)
    refs = _refs(kin, found)
    walk = _queue_with(kin, "-i", event)

    def met(one: Unconnected) -> str:
        return one.event or dates.away(date.fromisoformat(one.day), kin.today)

    def on(one: Unconnected) -> str:
        return f"{refs[one.person_id]} {one.kind or cards.FIRST_TRIED}"

    # A place, a handle or a command that is cut helps nobody: it is there whole, or not at all.
    columns: list[Column[Unconnected]] = [
        Column("name", "NOT CONNECTED YET", lambda o: Span(o.name, "name")),
        Column("met", "MET", met, least=_WHOLE, rank=3),
        Column("kind", "CHANNEL", _channel, least=_WHOLE, rank=1),
        Column("handle", "HANDLE", lambda o: o.handle or "", least=_WHOLE, rank=5),
        Column("text", "TALKED", lambda o: views.one_line(o.text or ""), least=24, rank=4),
        Column(
            "command",
            "OPEN IT",
            lambda o: Span(kin.cmd(f"open {on(o)}"), "command"),
            least=_WHOLE,
            rank=2,
        ),
    ]
    kin.show(
        Table(
            found,
            columns,
            lambda o: {
                "id": o.person_id,
                "ref": refs[o.person_id],
                "name": o.name,
                "met_on": o.day,
                "met_at": o.event,
                "kind": o.kind,
                "handle": o.handle,
                "text": o.text,
            },
            counted=f"{views.people(len(found))}. Connected? {kin.cmd(f'connect {on(found[0])}')}"
            f"   One by one: {walk}"
            if found
            else "",
            empty=() if found else (_nobody(kin, event, everything=everything),),
        )
    )


def _queue_with(kin: Kin, option: str, event: Event | None) -> str:
    if event is None:
        return kin.cmd(f"connect {option}")
    return kin.cmd(f"connect {option} --at {event_names.ref(kin.db, event, kin.event_day)}")


def _channel(one: Unconnected) -> str:
    return channel.label(one.kind) if one.kind else "none known"


def _nobody(kin: Kin, event: Event | None, *, everything: bool) -> Line:
    number = event.id if event else None
    older = [] if everything else people.unconnected(kin.db, event_id=number)
    if not older:
        return line(
            f"Nobody you met {f'at {event.name}' if event else 'in person'} waits to be connected with."
        )
    return line(
        f"Nobody to connect with from the last 14 days. {len(older)} from longer ago: ",
        Span(_queue_with(kin, "--all", event), "command"),
    )


def _refs(kin: Kin, found: Sequence[Unconnected]) -> dict[int, str]:
    return finding.refs(kin.db, people.by_ids(kin.db, [o.person_id for o in found]).values())
