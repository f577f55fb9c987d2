"""``connect``: where you are connected now, and whom you are not connected with yet."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated

import typer

from kinship.cli import params, reading, views
from kinship.cli.context import Kin
from kinship.errors import BadInput, NotFound
from kinship.model import dates, names
from kinship.model.channel import Handle
from kinship.model.person import Person, Unconnected
from kinship.render.shapes import Column, Notice, Span, Table, line
from kinship.services import connecting, event_names
from kinship.services import people as finding
from kinship.store import people

_ASK_AGAIN = 7


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
) -> None:
    """Mark that you are connected on a channel; without WHO, show the queue.

    Usage: kinship connect WHO CHANNEL[:HANDLE]... [--sent]
           kinship connect WHO --never
           kinship connect [--at EVENT] [--all]

    Examples:
      kinship connect ada linkedin
      kinship connect ada li:adal gh:ada
      kinship connect ada linkedin --sent
      kinship connect --at pycon

    The queue is everybody met in person and not connected with yet.
    """
    kin = Kin.of(ctx)
    if not words:
        _queue(kin, at, everything=everything)
        return
    who, rest = kin.take_who(words)
    finding.not_me(who)
    if never:
        if rest or sent:
            raise BadInput("--never stands alone.", hint=kin.cmd("connect WHO --never"))
        connecting.never_connect(kin.db, who, today=kin.today)
        people_ = " and ".join(p.name for p in who)
        text = f"No more nudges to connect with {people_}."
        kin.show(Notice((line(text),), {"people": [p.name for p in who], "never": True}))
        return
    if len(who) > 1:
        raise BadInput(
            "one person at a time here. Nothing was written.",
            hint=kin.cmd("connect WHO linkedin"),
        )
    handles = [reading.handle(text, alone=True) for text in rest] or [_only_one(kin, who[0])]
    done = connecting.connect(
        kin.db, who[0], handles, sent_on=kin.today if sent else None, today=kin.today
    )
    shown = [views.reach_words(c.kind, c.handle) for c in done.channels]
    if sent:
        again = dates.show(kin.today + timedelta(days=_ASK_AGAIN), kin.today)
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


def _only_one(kin: Kin, person: Person) -> Handle:
    """The one channel that waits to be connected."""
    held = people.channels(kin.db, [person.id]).get(person.id, [])
    waiting = [c for c in held if c.state in ("known", "sent")]
    if len(waiting) == 1:
        return Handle(waiting[0].kind, waiting[0].handle or "")
    ref = finding.ref(kin.db, person)
    raise BadInput(
        f"where are you connected with {person.name}? Nothing was written.",
        hint=kin.cmd(f"connect {ref} linkedin"),
    )


def _queue(kin: Kin, at: str | None, *, everything: bool) -> None:
    event = None
    if at:
        event, near = event_names.like(kin.db, at)
        if event is None:
            meant = f" Did you mean {near.name}?" if near else ""
            raise NotFound(
                f"no event is called {names.quoted(at)}.{meant}",
                hint=kin.cmd("connect"),
            )
    found = people.unconnected(
        kin.db,
        from_on=None if everything else kin.today.isoformat(),
        event_id=event.id if event else None,
    )
    refs = _refs(kin, found)

    def where(one: Unconnected) -> str:
        return views.reach_words(one.kind, one.handle) if one.kind else "no handle"

    def met(one: Unconnected) -> str:
        return one.event or dates.away(date.fromisoformat(one.day), kin.today)

    def command(one: Unconnected) -> str:
        return kin.cmd(f"open {refs[one.person_id]} {one.kind or 'linkedin'}")

    # A command that is cut cannot be copied: it is there whole, or not at all.
    longest = max((len(command(one)) for one in found), default=0)
    columns: list[Column[Unconnected]] = [
        Column("name", "NOT CONNECTED YET", lambda o: Span(o.name, "name")),
        Column("met", "MET", met, least=10, rank=3),
        Column("where", "WHERE", where, least=10, rank=1),
        Column("text", "ABOUT", lambda o: views.one_line(o.text or ""), least=8, rank=4),
        Column("command", "OPEN IT", lambda o: Span(command(o), "command"), least=longest, rank=2),
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
            counted=f"{views.people(len(found))}. Connected? {kin.cmd('connect WHO linkedin')}"
            if found
            else "",
            empty=(
                line("Nobody: you are connected with everyone you met in person lately."),
                line("  Longer ago: ", Span(kin.cmd("connect --all"), "command")),
            ),
        )
    )


def _refs(kin: Kin, found: Sequence[Unconnected]) -> dict[int, str]:
    return finding.refs(kin.db, people.by_ids(kin.db, [o.person_id for o in found]).values())
