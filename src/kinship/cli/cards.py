"""One row of ``due`` in words: who, what to do, why now, last words, the channel, the command."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kinship.cli import views
from kinship.cli.context import Kin
from kinship.errors import NotFound
from kinship.model import channel, dates
from kinship.model.cadence import Cadence
from kinship.model.entry import Conversation
from kinship.model.person import Channel, Person, Pulse
from kinship.model.reach import Reach
from kinship.services import people as finding
from kinship.services import reaching
from kinship.store import agenda, entries, events, people
from kinship.store.agenda import Item
from kinship.store.agenda import Row as DueRow
from kinship.value import Value

if TYPE_CHECKING:
    from typing import Protocol

    class _Words(Protocol):
        """A module that words the items of one kind."""

        def what(self, kin: Kin, item: Item) -> str: ...
        def why(self, kin: Kin, item: Item) -> str: ...
        def done(self, kin: Kin, item: Item) -> str: ...
        def command(self, kin: Kin, item: Item, known: Facts) -> str: ...
        def others(self, kin: Kin, item: Item) -> list[dict[str, object]]: ...


_APART = ("intro", "rally")
"""Kinds of items that modules of their own put into words."""
FIRST_TRIED = "linkedin"
"""Where somebody is looked for when no channel of theirs is known."""


class Card(Value):
    """One row of the screen, in words."""

    when: str
    who: str
    what: str
    why: str
    words: str
    reach: str
    command: str
    due_on: str
    kind: str
    crowd: bool = False


class Facts(Value):
    """What items are worded from, read once for all of them."""

    people: dict[int, Person]
    refs: dict[int, str]
    channels: dict[int, list[Channel]]
    pulses: dict[int, Pulse]
    reaches: dict[int, Reach | None]
    words: dict[int, Conversation]


def facts(kin: Kin, items: Iterable[Item]) -> Facts:
    """What is known about the people of these items."""
    items = list(items)
    who = people.by_ids(kin.db, {i.person_id for i in items})
    channels = people.channels(kin.db, who)
    replies = [i.entry_id for i in items if i.kind == "reply" and i.entry_id]
    return Facts(
        who,
        finding.refs(kin.db, who.values()),
        channels,
        people.pulses(kin.db, who),
        reaching.reaches(kin.db, who.values(), channels),
        entries.last_words(kin.db, who, but=replies),
    )


def cards(kin: Kin, rows: Sequence[DueRow]) -> list[Card]:
    """The rows in words."""
    known = facts(kin, [row.items[0] for row in rows if not row.crowd])
    places = {agenda.place(row.items[0]) for row in rows if row.items[0].kind == "connect"}
    return [
        crowd(kin, row, alone=len(places) == 1) if row.crowd else card(kin, row, known)
        for row in rows
    ]


def card(kin: Kin, row: DueRow, known: Facts) -> Card:
    lead = row.items[0]
    number = lead.person_id
    channels = known.channels.get(number, [])
    said = [what_of(kin, i, channels) for i in row.items]
    joined = said[0]
    for also in dict.fromkeys(said[1:]):
        joined += f" And {_small(also)}" if joined.endswith("?") else f", and {_small(also)}"
    return Card(
        lead.when,
        known.people[number].name,
        joined,
        why_of(kin, lead, known.pulses.get(number), channels),
        views.last_words(known.words.get(number), kin.today),
        _reached(lead, known.reaches[number], channels),
        command_of(kin, lead, known),
        lead.due_on,
        lead.kind,
    )


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def what_of(kin: Kin, item: Item, channels: Sequence[Channel]) -> str:
    """What to do, in the user's own words where there are any."""
    said = views.one_line(item.what or "")
    match item.kind:
        case "promise":
            return views.capital(said) or "Say hello"
        case "reply":
            return f"Reply: {said}" if said else "Reply"
        case "connect":
            kind = to_connect_on(channels)
            if kind is None:
                return said or "Say hello, now that you have met"
            return said or f"Connect on {channel.label(kind)}"
        case "birthday":
            return "Happy birthday"
        case "intro" | "rally":
            return _kind(item.kind).what(kin, item)
        case _:
            return "Say hello"


def why_of(kin: Kin, item: Item, pulse: Pulse | None, channels: Sequence[Channel]) -> str:
    """Why now: never a score."""
    today = kin.today
    due = date.fromisoformat(item.due_on)
    late = (today - due).days
    match item.kind:
        case "promise":
            return f"promised, {views.days(late)} late" if late > 0 else "promised for today"
        case "reply" if item.since_on:
            return f"wrote to you {dates.away(date.fromisoformat(item.since_on), today)}"
        case "connect":
            sent = next((c.sent_on for c in channels if c.state == "sent" and c.sent_on), None)
            if sent:
                return f"asked {dates.away(date.fromisoformat(sent), today)}"
            if item.since_on:
                return f"met {dates.away(date.fromisoformat(item.since_on), today)}"
            return f"planned, {views.days(late)} late" if late > 0 else "planned for today"
        case "birthday":
            return "today" if late == 0 else f"belated, {dates.away(due, today)}"
        case "intro" | "rally":
            return _kind(item.kind).why(kin, item)
    if pulse is None or pulse.every is None:
        return ""
    often = str(Cadence.of_code(pulse.every))
    if pulse.last_on is None:
        return f"{often}, no contact yet"
    if len(pulse.last_on) < 10:
        return f"{often}, last in {views.when_shown(pulse.last_on, today)}"
    return f"{often}, now {dates.elapsed(date.fromisoformat(pulse.last_on), today)}"


def done_as(kin: Kin, items: Sequence[Item]) -> str:
    """What ``done`` takes these for, where that is one thing and more than done."""
    said = {_kind(i.kind).done(kin, i) if i.kind in _APART else "" for i in items}
    return said.pop() if len(said) == 1 else ""


def _kind(kind: str) -> _Words:
    """The module that words the items of this kind."""
    if kind == "intro":
        from kinship.cli import cards_intro  # noqa: PLC0415  (only where one is due)

        return cards_intro
    from kinship.cli import cards_rally  # noqa: PLC0415  (only where one is due)

    return cards_rally


def unconnected(channels: Sequence[Channel]) -> Channel | None:
    """The channel to connect on: the first that is known or asked, and not connected."""
    return next((c for c in channels if c.state in ("known", "sent")), None)


def to_connect_on(channels: Sequence[Channel]) -> str | None:
    """The kind of channel to connect on; None where an address or a number is all there is."""
    waiting = unconnected(channels)
    return waiting.kind if waiting else None if channels else FIRST_TRIED


def _reached(lead: Item, reach: Reach | None, channels: Sequence[Channel]) -> str:
    waiting = unconnected(channels)
    if lead.kind == "connect" and waiting:
        return views.reach_words(waiting.kind, waiting.handle)
    if reach is None:
        return "no handle known" if lead.kind == "connect" else "no channel known"
    if reach.quiet:
        return f"{channel.label(reach.kind)} ({channel.label(reach.quiet)} went quiet)"
    return views.reach_words(reach.kind, reach.handle)


def command_of(kin: Kin, item: Item, known: Facts) -> str:
    """The command that acts on one item."""
    ref = known.refs[item.person_id]
    match item.kind:
        case "promise":
            return kin.cmd(f"done {ref}")
        case "connect":
            if kind := to_connect_on(known.channels.get(item.person_id, [])):
                return kin.cmd(f"open {ref} {kind}")
        case "intro" | "rally":
            return _kind(item.kind).command(kin, item, known)
    return kin.cmd(f"open {ref}" if known.reaches[item.person_id] else f"done {ref}")


def crowd(kin: Kin, row: DueRow, *, alone: bool) -> Card:
    """The people of one event, or of one day at no event, in one row; who was asked; last hellos.

    ``alone``: nobody met elsewhere waits, so the command need not say where.
    """
    items = row.items
    if items[0].kind == "keep":
        return _hellos(kin, items)
    if items[0].kind == "rally":
        return _asked(kin, items)
    from kinship.services import connecting, event_names  # noqa: PLC0415  (only after an event)

    event = events.by_id(kin.db, items[0].group_id) if items[0].group_id else None
    days = sorted(i.since_on or i.due_on for i in items)
    since = date.fromisoformat(days[-1])
    best_by = since + timedelta(days=connecting.REMEMBERED)
    if row.when == "overdue" and days[0] < days[-1]:
        why = f"the first met {dates.away(date.fromisoformat(days[0]), kin.today)}"
    elif row.when == "overdue" or best_by < kin.today:
        why = f"met {dates.away(since, kin.today)}"
    elif (best_by - kin.today).days < 2:
        why = f"best by {dates.away(best_by, kin.today)}"
    else:
        why = f"best by {dates.show(best_by, kin.today)}"
    met, connected = events.met_at(kin.db, event.id) if event else (0, 0)
    walk = kin.cmd("connect -i")
    if event and not alone:
        walk = kin.cmd(f"connect -i --at {event_names.ref(kin.db, event, kin.event_day)}")
    return Card(
        row.when,
        event.name if event else f"Met {dates.show(since, kin.today)}",
        f"Connect with {len(items)} people you met",
        why,
        views.first_few([i.name for i in items]),
        f"{connected} of {met} connected" if event else "",
        walk,
        items[0].due_on,
        "connect",
        crowd=True,
    )


def _hellos(kin: Kin, items: Sequence[Item]) -> Card:
    late = sum(item.when == "overdue" for item in items)
    return Card(
        items[0].when,
        f"{len(items)} others",
        "Say hello, if there is time today",
        f"{late} late" if late else "none late yet",
        views.first_few([i.name for i in items]),
        "",
        kin.cmd("due -i --only keep"),
        items[0].due_on,
        "keep",
    )


def _asked(kin: Kin, items: Sequence[Item]) -> Card:
    lead = items[0]
    first = min(date.fromisoformat(item.since_on or item.due_on) for item in items)
    return Card(
        lead.when,
        f"{len(items)} people",
        what_of(kin, lead, ()),
        f"the first asked {dates.away(first, kin.today)}",
        views.first_few([i.name for i in items]),
        "no answer yet",
        kin.cmd(f"rally show {lead.group_id}"),
        lead.due_on,
        "rally",
        crowd=True,
    )


# For programs


def records(kin: Kin, items: Sequence[Item]) -> list[dict[str, object]]:
    """One record an item, in the order given."""
    known = facts(kin, items)
    return [_record(kin, item, known) for item in items]


def _record(kin: Kin, item: Item, known: Facts) -> dict[str, object]:
    person = known.people.get(item.person_id)
    if person is None:
        raise NotFound("somebody was removed meanwhile. Look again:", hint=kin.cmd("due"))
    channels = known.channels.get(person.id, [])
    waiting = unconnected(channels) if item.kind == "connect" else None
    reach = known.reaches[person.id]
    if waiting:
        reach = Reach(waiting.kind, waiting.handle, "not connected yet", None)
    last = known.words.get(person.id)
    late = max(0, (kin.today - date.fromisoformat(item.due_on)).days)
    ref = known.refs[person.id]
    what = what_of(kin, item, channels)
    why = why_of(kin, item, known.pulses.get(person.id), channels)
    return {
        "when": item.when,
        "kind": item.kind,
        "due_on": item.due_on,
        "days_late": late,
        "id": person.id,
        "ref": ref,
        "name": person.name,
        "person": {"id": person.id, "ref": ref, "name": person.name},
        "others": _kind(item.kind).others(kin, item) if item.kind in _APART else [],
        "what": what,
        "why": why if item.when != "coming" else "",
        "last": {
            "on": last.day,
            "where": last.event,
            "via": last.channel or ("in person" if last.met else None),
            "text": last.text,
        }
        if last
        else None,
        "reach": {"channel": reach.kind, "handle": reach.handle, "because": reach.because}
        if reach
        else None,
        "command": command_of(kin, item, known),
        "sentence": f"{person.name}: {what}"
        + (f" ({why})" if item.when != "coming" else f" ({item.due_on})"),
    }
