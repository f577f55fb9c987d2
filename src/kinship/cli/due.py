"""``due``: who to reach, why now, what you last talked about, the best channel, the command."""

import os
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated, NamedTuple

import typer

from kinship import quick
from kinship.cli import explaining, params, views
from kinship.cli.context import Kin
from kinship.errors import BadInput, NotFound
from kinship.model import channel, dates, names
from kinship.model.cadence import Cadence
from kinship.model.person import Channel, Person, Pulse
from kinship.model.reach import Reach
from kinship.render.shapes import Column, Line, Room, Sheet, Span, Style, Table, line
from kinship.render.width import cells, pad
from kinship.services import keeping_up
from kinship.services import people as finding
from kinship.services.keeping_up import Item
from kinship.store import agenda, entries, events, people

KINDS = ("promise", "reply", "connect", "birthday", "keep")
_STACKED = 68
_PHONE = 40
_PIPED_ROWS = 60
_INDENT = 2


class Card(NamedTuple):
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


def due(
    ctx: typer.Context,
    words: params.Words = None,
    everything: Annotated[bool, typer.Option("--all", help="Everything, however long.")] = False,
    ahead: Annotated[
        str,
        typer.Option(
            "--ahead",
            metavar="DURATION",
            help="How far COMING looks. Default: 7d.",
            show_default=False,
        ),
    ] = "7d",
    only: Annotated[
        str | None,
        typer.Option("--only", metavar="KIND", help="promise, reply, connect, birthday or keep."),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show the dates behind each line.")
    ] = False,
    brief: Annotated[
        bool,
        typer.Option("--brief", help="One line, or nothing.", rich_help_panel="For your shell"),
    ] = False,
    once: Annotated[
        bool,
        typer.Option("--once", help="At most once a day.", rich_help_panel="For your shell"),
    ] = False,
    count: Annotated[
        bool,
        typer.Option(
            "--count", help="Only the number overdue and today.", rich_help_panel="For your shell"
        ),
    ] = False,
    check: Annotated[
        bool,
        typer.Option(
            "--check",
            help="Say nothing: exit 0 if something is due, 1 if not.",
            rich_help_panel="For your shell",
        ),
    ] = False,
) -> None:
    """Who to reach today, and why.

    Usage: kinship due [WHO...] [OPTIONS]

    Examples:
      kinship due
      kinship due charles --explain     the dates behind it
      kinship due --only promise --ahead 30d
      kinship due --check && echo someone is waiting

    For programs: --json, --csv, --format FMT (kinship help formats).
    """
    kin = Kin.of(ctx)
    until = dates.ahead(ahead, kin.today)
    found = _chosen(kin, words or [], only, until)
    rows = agenda.rows(found)  # type: ignore[arg-type]  # an Item is such a tuple
    now = [row for row in rows if row.when != "coming"]
    if check:
        raise typer.Exit(0 if now else 1)
    if count:
        kin.view.out.write(f"{len(now)}\n")
        return
    if brief:
        seen = quick.seen_today(os.environ, kin.today.isoformat(), once=once)
        text = "" if seen else quick.brief(now)
        kin.view.out.write(text + "\n" if text else "")
        return
    if explain:
        kin.show(explaining.sheet(kin, [i for i in found if words or i.when != "coming"]))
        return
    kin.show(_sheet(kin, found, rows, everything=everything))


def prompt(
    ctx: typer.Context,
) -> None:
    """A number for your shell prompt, or nothing.

    Usage: kinship prompt [--format '{n} due']

    Examples:
      kinship prompt
      kinship prompt --format '{n} due'
    """
    kin = Kin.of(ctx)
    if not kin.has_file:
        return
    rows = agenda.rows(keeping_up.items(kin.db, kin.today))  # type: ignore[arg-type]
    if rows:
        pattern = kin.view.format if kin.view.format and "{" in kin.view.format else "{n}"
        kin.view.out.write(pattern.replace("{n}", str(len(rows))) + "\n")


def _chosen(kin: Kin, words: Sequence[str], only: str | None, until: date) -> list[Item]:
    if only is not None and only not in KINDS:
        raise BadInput(
            f'there is no kind "{only[:40]}". Kinds: {", ".join(KINDS)}.', hint=kin.cmd("due")
        )
    found = keeping_up.items(kin.db, kin.today, ahead=until)
    if words:
        key = names.fold(" ".join(words))
        ids = {p.id for p in people.found(kin.db, key.split(), sort="name")}
        ids = ids or {p.id for p in kin.take_who(list(words), writing=False)[0]}
        found = [i for i in found if i.person_id in ids]
    return [i for i in found if only in (None, i.kind)]


# What a row says


class _Facts(NamedTuple):
    """What the rows are worded from, read once for all of them."""

    people: dict[int, Person]
    refs: dict[int, str]
    channels: dict[int, list[Channel]]
    pulses: dict[int, Pulse]


def _facts(kin: Kin, rows: Sequence[agenda.Row]) -> _Facts:
    ids = [row.items[0][2] for row in rows if not row.crowd]
    who = people.by_ids(kin.db, ids)
    return _Facts(
        who,
        finding.refs(kin.db, who.values()),
        people.channels(kin.db, ids),
        people.pulses(kin.db, ids),
    )


def what_of(item: Item, channels: Sequence[Channel]) -> str:
    """What to do, in the user's own words where there are any."""
    said = views.one_line(item.what or "")
    match item.kind:
        case "promise":
            return views.capital(said) or "Say hello"
        case "reply":
            return f"Reply: {said}" if said else "Reply"
        case "connect":
            waiting = next((c for c in channels if c.state in ("known", "sent")), None)
            return said or f"Connect on {channel.label(waiting.kind if waiting else 'linkedin')}"
        case "birthday":
            return "Happy birthday"
        case _:
            return "Say hello"


def why_of(item: Item, pulse: Pulse | None, today: date, channels: Sequence[Channel]) -> str:
    """Why now: never a score."""
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
    if pulse is None or pulse.every is None:
        return ""
    often = str(Cadence.of_code(pulse.every))
    if pulse.last_on is None:
        return f"{often}, no contact yet"
    if len(pulse.last_on) < 10:
        return f"{often}, last in {views.when_shown(pulse.last_on, today)}"
    return f"{often}, now {dates.elapsed(date.fromisoformat(pulse.last_on), today)}"


def _card(kin: Kin, row: agenda.Row, facts: _Facts) -> Card:
    if row.crowd:
        return _crowd(kin, row)
    items = [Item(*i) for i in row.items]
    lead = items[0]
    person, channels = facts.people[lead.person_id], facts.channels.get(lead.person_id, [])
    ref = facts.refs[person.id]
    said = [what_of(i, channels) for i in items]
    joined = said[0] + "".join(f", and {s[:1].lower()}{s[1:]}" for s in dict.fromkeys(said[1:]))
    reach = keeping_up.reach(kin.db, person, channels)
    return Card(
        lead.when,
        person.name,
        joined,
        why_of(lead, facts.pulses.get(person.id), kin.today, channels),
        views.last_words(
            entries.last_words(
                kin.db, person.id, but=lead.entry_id if lead.kind == "reply" else None
            ),
            kin.today,
        ),
        _reached(lead, reach, channels),
        kin.cmd(_command(lead, ref, reach, channels)),
        lead.due_on,
        lead.kind,
    )


def _reached(lead: Item, reach: Reach | None, channels: Sequence[Channel]) -> str:
    waiting = next((c for c in channels if c.state in ("known", "sent")), None)
    if lead.kind == "connect" and waiting:
        return views.reach_words(waiting.kind, waiting.handle)
    if reach is None:
        return "no handle known" if lead.kind == "connect" else "no channel known"
    if reach.quiet:
        return f"{channel.label(reach.kind)} ({channel.label(reach.quiet)} went quiet)"
    return views.reach_words(reach.kind, reach.handle)


def _command(lead: Item, ref: str, reach: Reach | None, channels: Sequence[Channel]) -> str:
    match lead.kind:
        case "promise":
            return f"done {ref}"
        case "connect":
            waiting = next((c for c in channels if c.state in ("known", "sent")), None)
            return f"open {ref} {waiting.kind if waiting else 'linkedin'}"
    return f"open {ref}" if reach else f"done {ref}"


def command_for(kin: Kin, item: Item, ref: str, person: Person, channels: Sequence[Channel]) -> str:
    """The command that acts on one item."""
    return kin.cmd(_command(item, ref, keeping_up.reach(kin.db, person, channels), channels))


def _crowd(kin: Kin, row: agenda.Row) -> Card:
    """The people of one event, in one row."""
    items = [Item(*i) for i in row.items]
    event = events.by_id(kin.db, items[0].event_id or 0)
    name = event.name if event else "Somewhere"
    shown = [i.name for i in items[:3]]
    if len(items) > 3:
        shown.append(f"{len(items) - 3} more")
    met, connected = events.met_at(kin.db, items[0].event_id or 0)
    since = max(i.since_on or i.due_on for i in items)
    best_by = date.fromisoformat(since) + timedelta(days=2)
    late = row.when == "overdue" or best_by < kin.today
    why = (
        f"met {dates.away(date.fromisoformat(since), kin.today)}"
        if late
        else (
            f"best by {dates.away(best_by, kin.today)}"
            if (best_by - kin.today).days < 2
            else f"best by {dates.show(best_by, kin.today)}"
        )
    )
    return Card(
        row.when,
        name,
        f"Connect with {len(items)} people you met",
        why,
        ", ".join(shown),
        f"{connected} of {met} connected",
        kin.cmd(f"connect --at {views.event_ref(name)}"),
        items[0].due_on,
        "connect",
    )


# The screen


def _sheet(
    kin: Kin, found: Sequence[Item], rows: Sequence[agenda.Row], *, everything: bool
) -> Sheet:
    now = [row for row in rows if row.when != "coming"]
    coming = sorted((r for r in rows if r.when == "coming"), key=lambda r: r.items[0][4])
    counts = {w: sum(r.when == w for r in rows) for w in ("overdue", "today", "coming")}
    piped = not kin.view.terminal and not everything
    hidden = max(0, len(now) - _PIPED_ROWS) if piped else 0

    def build(room: Room) -> list[Line]:
        shown = now[: _most(room)] if room.height and not everything else now
        shown = shown[: len(now) - hidden] if hidden else shown
        facts = _facts(kin, [*shown, *coming])
        cards = [_card(kin, row, facts) for row in shown]
        after = [_card(kin, row, facts) for row in coming]
        limited = None if everything else room.height
        return _screen(kin, room._replace(height=limited), cards, after, counts, len(now))

    items = Table(
        found,
        _columns(kin),
        lambda item: _record(kin, item),
        fields=(
            "when",
            "kind",
            "due_on",
            "days_late",
            "person.id",
            "person.ref",
            "person.name",
            "what",
            "why",
            "command",
        ),
    )
    for_programs = kin.view.format == "json"
    record = {
        "date": kin.today.isoformat(),
        "counts": counts,
        "items": [_record(kin, item) for item in found] if for_programs else [],
    }
    return Sheet(build, record, items)


def _most(room: Room) -> int:
    """More rows than fit are not worded at all."""
    return max(1, (room.height or 24) // 2)


def _screen(
    kin: Kin,
    room: Room,
    cards: list[Card],
    coming: list[Card],
    counts: dict[str, int],
    total: int,
) -> list[Line]:
    top = head(kin, room, counts)
    if not cards:
        return _nothing(kin, room, coming)
    foot = [Line(), line(Span("done, snooze, log, open + a name.", "dim"))]
    full = room.width >= _STACKED
    layouts = [(3, False), (3, True), (2, True)] if full else [(5, False), (5, True), (3, True)]
    if room.height is None:
        body = _sections(room, cards, 3 if full else 5)
        more = _more(kin, total - len(cards))
        return [*top, *body, *_coming(kin, room, coming, folded=False), *more, *foot]
    for size, folded in layouts:
        body = _sections(room, cards, size)
        lines = [*top, *body, *_coming(kin, room, coming, folded=folded), *foot]
        if len(lines) + 1 <= room.height and total == len(cards):
            return lines
    size, _ = layouts[-1]
    later = _coming(kin, room, coming, folded=True)
    for shown in range(len(cards), 0, -1):
        body = _sections(room, cards[:shown], size)
        more = _more(kin, total - shown)
        lines = [*top, *body, *later, *more]
        if len(lines) + 1 <= room.height or shown == 1:
            return lines
    return top


def first_lines(kin: Kin, room: Room, rows: Sequence[agenda.Row]) -> list[Line]:
    """Only who, what and why, for the home screen."""
    facts = _facts(kin, rows)
    cards = [_card(kin, row, facts) for row in rows]
    width = min(22, max(15, *(cells(c.who) for c in cards))) if cards else 15
    stacked = room.width < _STACKED
    return [
        shown for card in cards for shown in _drawn(room, card, 2, width)[: 2 if stacked else 1]
    ]


def _more(kin: Kin, hidden: int) -> list[Line]:
    if not hidden:
        return []
    return [Line(), line(f"and {hidden} more: ", Span(kin.cmd("due --all"), "command"))]


def head(kin: Kin, room: Room, counts: dict[str, int]) -> list[Line]:
    day = Span(long_day(kin.today), "heading")
    parts: list[Span] = []
    styles: dict[str, Style] = {"overdue": "late", "today": "today", "coming": ""}
    said = {"overdue": "overdue", "today": "today", "coming": "coming"}
    for when, number in counts.items():
        if number or when != "coming":
            parts += [Span(" · ")] if parts else []
            parts.append(Span(f"{number} {said[when]}", styles[when] if number else ""))
    if room.width < _STACKED:
        return [line(day), line(*parts), Line()]
    return [line(day, right=parts), Line()]


def long_day(day: date) -> str:
    """``Wednesday 20 May``."""
    return f"{dates.WEEKDAYS[day.weekday()]} {day.day} {dates.MONTHS[day.month - 1]}"


def _sections(room: Room, cards: Sequence[Card], size: int) -> list[Line]:
    lines: list[Line] = []
    width = min(22, max(15, *(cells(c.who) for c in cards)))
    for when in ("overdue", "today"):
        own = [c for c in cards if c.when == when]
        if own:
            lines += [Line()] if lines else []
            lines.append(line(Span(when.upper(), "late" if when == "overdue" else "today")))
            for card in own:
                lines += _drawn(room, card, size, width)
    return lines


def _drawn(room: Room, card: Card, size: int, width: int) -> list[Line]:
    style: Style = "late" if card.when == "overdue" else "today"
    why = Span(card.why, style)
    command = Span(card.command, "command")
    if room.width < _STACKED:
        who = Span(card.who, "name")
        lines = [line("  ", who, right=why)]
        if room.width < _PHONE:
            lines = [line("  ", who), line("  ", why)]
        lines.append(line("    ", card.what))
        if size > 3:
            lines += [line("    ", Span(card.words, "dim"))] if card.words else []
            lines.append(line("    ", card.reach))
        return [*lines, line("    ", command)]
    gap = " " * (_INDENT + width + 2)
    who = Span(pad(card.who, width, room.ellipsis), "name")
    first = line("  ", who, "  ", card.what, right=why)
    if size == 2:
        return [first, line(gap, Span(card.words or card.reach, "dim"), right=command)]
    words = [line(gap, Span(card.words, "dim"))] if card.words else []
    return [first, *words, line(gap, card.reach, right=command)]


def _coming(kin: Kin, room: Room, cards: list[Card], *, folded: bool) -> list[Line]:
    if not cards:
        return []
    if folded:
        names_ = ", ".join(f"{_first(c)} {_soon(c, kin.today)}" for c in cards)
        return [Line(), line(Span("COMING", "heading"), "  ", names_)]
    lines = [Line(), line(Span("COMING", "heading"))]
    width = min(22, max(15, *(cells(c.who) for c in cards)))
    for card in cards:
        day = date.fromisoformat(card.due_on)
        where = card.reach.split(" ")[0] if card.reach and "known" not in card.reach else ""
        who = Span(pad(card.who, width, room.ellipsis), "name")
        what = _lower(card)
        if room.width < _STACKED:
            lines += [
                line("  ", Span(card.who, "name"), right=dates.show(day, kin.today)),
                line("    ", what),
            ]
        else:
            when = pad(dates.show(day, kin.today), 10, room.ellipsis)
            lines.append(line("  ", when, "  ", who, "  ", what, right=where))
    return lines


def _lower(card: Card) -> str:
    if card.kind == "keep":
        return card.why.split(",")[0]
    if card.kind == "promise":
        return card.what
    return card.what[:1].lower() + card.what[1:]


def _first(card: Card) -> str:
    return card.who if " people " in card.what else names.first_name(card.who)


def _soon(card: Card, today: date) -> str:
    day = date.fromisoformat(card.due_on)
    left = (day - today).days
    return "tomorrow" if left == 1 else dates.show(day, today)[: 3 if left < 7 else None]


def _nothing(kin: Kin, room: Room, coming: list[Card]) -> list[Line]:
    """Nothing due: what is next, and whom one could call in a free minute."""
    lines = [line(Span(long_day(kin.today), "heading"), "   nothing due.")]
    if len(coming) > 1:
        lines += _coming(kin, room, coming, folded=False)
    elif coming:
        day = date.fromisoformat(coming[0].due_on)
        when = dates.away(day, kin.today)
        lines += [Line(), line(f"Next is {coming[0].who}, {when}: {_lower(coming[0])}.")]
    before = kin.today - timedelta(days=180)
    person = people.lapsed(kin.db, before.isoformat())
    pulse = views.pulse_of(kin, person) if person else None
    if person and pulse and pulse.last_on and len(pulse.last_on) == 10:
        quiet = dates.elapsed(date.fromisoformat(pulse.last_on), kin.today)
        ref = finding.ref(kin.db, person)
        reachable = people.channels(kin.db, [person.id])
        verb = "open" if reachable else "show"
        lines += [] if len(lines) > 1 else [Line()]
        lines.append(
            line(
                f"A minute to spare? {person.name} has been quiet for {quiet}: ",
                Span(kin.cmd(f"{verb} {ref}"), "command"),
            )
        )
    if len(lines) == 1 and not people.count(kin.db):
        lines += [
            Line(),
            line(
                "  Add the first one     ",
                Span(kin.cmd('add Ada Lovelace --at "PyCon 2026"'), "command"),
            ),
        ]
    return lines


# Rows for programs


def _record(kin: Kin, item: Item) -> dict[str, object]:
    person = people.by_id(kin.db, item.person_id)
    if person is None:
        raise NotFound("somebody was removed meanwhile.")
    channels = people.channels(kin.db, [person.id]).get(person.id, [])
    pulse = people.pulses(kin.db, [person.id]).get(person.id)
    reach = keeping_up.reach(kin.db, person, channels)
    last = entries.last_words(kin.db, person.id)
    late = max(0, (kin.today - date.fromisoformat(item.due_on)).days)
    ref = finding.ref(kin.db, person)
    what, why = what_of(item, channels), why_of(item, pulse, kin.today, channels)
    return {
        "when": item.when,
        "kind": item.kind,
        "due_on": item.due_on,
        "days_late": late,
        "id": person.id,
        "ref": ref,
        "name": person.name,
        "person": {"id": person.id, "ref": ref, "name": person.name},
        "others": [],
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
        "command": kin.cmd(_command(item, ref, reach, channels)),
        "sentence": f"{person.name}: {what}"
        + (f" ({why})" if item.when != "coming" else f" ({item.due_on})"),
    }


def _columns(kin: Kin) -> list[Column[Item]]:
    def record(item: Item) -> dict[str, object]:
        return _record(kin, item)

    def style(item: Item) -> Style:
        styles: dict[str, Style] = {"overdue": "late", "today": "today"}
        return styles.get(item.when, "")

    return [
        Column("name", "WHO", lambda i: Span(i.name, "name")),
        Column("when", "WHEN", lambda i: Span(i.when, style(i)), least=7, rank=2),
        Column("what", "WHAT", lambda i: str(record(i)["what"]), least=12, rank=1),
        Column("due_on", "DUE", lambda i: i.due_on, least=10, rank=3),
        Column("why", "WHY", lambda i: str(record(i)["why"]), least=12, rank=4),
        Column(
            "command",
            "COMMAND",
            lambda i: Span(str(record(i)["command"]), "command"),
            least=32,
            rank=5,
        ),
    ]
