"""``show``: everything about one person."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kinship.cli import cards, views
from kinship.cli.context import Kin
from kinship.errors import BadInput, NotFound
from kinship.model import channel, dates, names
from kinship.model.entry import Conversation, FollowUp, Note
from kinship.model.person import ME, Channel, Person, Pulse
from kinship.render.shapes import Column, Line, Room, Sheet, Span, Table, line
from kinship.render.width import cells, filled, fits, fold, wrap
from kinship.services import exporting, reaching
from kinship.services import people as finding
from kinship.store import communities, entries, imports, people
from kinship.value import Value

if TYPE_CHECKING:
    from collections.abc import Container, Sequence
    from typing import Annotated, Protocol

    import typer

    from kinship.cli import params

    class _Part(Protocol):
        """A module that says what only some people have."""

        def rows(self, kin: Kin, person: Person) -> list[Line]: ...
        def record(self, kin: Kin, person: Person) -> dict[str, object]: ...


_ROW = ("name", "org", "role", "city", "email", "phone")
_SHOWN = 10
_ROWS = 2
_LABEL = 10
_AHEAD = 60
_HANDLE = 40
"""Handles that are longer do not move what is said of the others."""


class Story(Value):
    """All that is known about a person, read once."""

    person: Person
    ref: str
    pulse: Pulse | None
    channels: list[Channel]
    conversations: list[Conversation]
    notes: list[Note]
    follow_ups: list[FollowUp]
    parts: dict[str, _Part]
    happened: list[tuple[str, int, str, str]]


def show(
    ctx: typer.Context,
    words: params.Words = None,
    everything: Annotated[
        bool, typer.Option("--all", help="The whole history, with the number of each entry.")
    ] = False,
) -> None:
    """Everything about one person.

    Usage: kinship show WHO [--all]

    Examples:
      kinship show ada
      kinship show Ada Lovelace --all
      kinship show ada --json

    The numbers that --all prints go into edit '#N', rm '#N' and log --move '#N' WHO.
    """
    kin = Kin.of(ctx)
    if not words:
        raise BadInput("say who.", hint=(kin.cmd("show WHO"), kin.cmd("list")))
    person = kin.who(" ".join(words), writing=False)
    with kin.still():
        if people.by_id(kin.db, person.id) is None:
            raise NotFound(f"{person.name} was removed just now.", hint=kin.cmd("undo --list"))
        _show(kin, person, everything=everything)


def _show(kin: Kin, person: Person, *, everything: bool) -> None:
    db = kin.db
    parts = _parts(entries.beside(db, person.id))
    story = Story(
        person,
        finding.ref(db, person),
        views.pulse_of(kin, person),
        people.channels(db, [person.id]).get(person.id, []),
        entries.conversations(db, person.id),
        entries.notes(db, [person.id]).get(person.id, []),
        entries.follow_ups(db, person.id),
        parts,
        _happened(kin, person, parts),
    )

    def build(room: Room) -> list[Line]:
        head = _head(kin, story)
        facts = [*_now(kin, story), *_known(kin, story)]
        most = None if everything else _ROWS
        facts = [row for one in [*head, *facts] for row in _folded(one, room, most)]
        others = _others(kin, story) if everything else []
        lines = [*facts, *others, *_history(kin, story, room, everything=everything)]
        while lines[-1] == Line():
            lines.pop()
        cut = not all(fits(one, room) for one in lines)
        return lines if everything else [*lines, *_rest(kin, story, cut=cut)]

    row = views.full_records(kin, [person])[0]
    record = _record(kin, story, row)
    in_rows = kin.view.format not in ("table", "plain", "lines", "jsonl")
    kin.show(Sheet(build, record, _row_of(person, row) if in_rows else None, paged=True))


def _parts(beside: set[str]) -> dict[str, _Part]:
    """What says more of somebody, by table: only what there is something in."""
    parts: dict[str, _Part] = {}
    if beside & {"favour", "introduction"}:
        from kinship.cli import show_favours  # noqa: PLC0415  (only for somebody with favours)

        parts["favour"] = show_favours
    if "tie" in beside:
        from kinship.cli import show_ties  # noqa: PLC0415  (only for somebody with ties)

        parts["tie"] = show_ties
    if "introduction" in beside:
        from kinship.cli import show_intros  # noqa: PLC0415  (only for somebody introduced)

        parts["introduction"] = show_intros
    if "helper" in beside:
        from kinship.cli import show_rallies  # noqa: PLC0415  (only for somebody in a rally)

        parts["helper"] = show_rallies
    return parts


def _happened(kin: Kin, person: Person, beside: Container[str]) -> list[tuple[str, int, str, str]]:
    """What happened beside conversations and notes: day, number, where and what."""
    found: list[tuple[str, int, str, str]] = []
    if "favour" in beside:
        from kinship.cli import show_favours  # noqa: PLC0415  (as in _parts)

        found += show_favours.history(kin, person)
    if "helper" in beside:
        from kinship.cli import show_rallies  # noqa: PLC0415  (as in _parts)

        found += show_rallies.history(kin, person)
    return found


def _row_of(person: Person, record: dict[str, object]) -> Table[Person]:
    """The person as the one row of a list."""

    def column(field: str) -> Column[Person]:
        return Column(field, field.upper(), lambda _: str(record[field] or ""))

    return Table([person], [column(f) for f in _ROW], lambda _: record, fields=tuple(views.FIELDS))


def _head(kin: Kin, story: Story) -> list[Line]:
    person = story.person
    work = ", ".join(filter(None, [_at_work(person), person.city]))
    number = f"{story.ref} · {person.id}" if person.id != ME else "me"
    lines = [line(Span(person.name, "name"), right=Span(number, "dim"))]
    if person.archived_on:
        when = views.when_shown(person.archived_on, kin.today)
        lines.append(line(Span(f"archived {when}: in no list and no nudge", "dim")))
    return [*lines, *([line(work)] if work else []), Line()]


def _at_work(person: Person) -> str:
    if person.role and person.org:
        return f"{person.role} at {person.org}"
    return person.role or person.org or ""


def fact(label: str, *parts: str | Span, right: str | Span = "") -> Line:
    """A row of the page: a label, and what is said under it."""
    return line(f"  {filled(label, _LABEL)}", *parts, right=right or ())


def _folded(one: Line, room: Room, most: int | None = None) -> list[Line]:
    """In several rows if need be; a line that needs more than ``most`` of them stays one, and cut."""
    rows = [one] if fits(one, room) else [Line(tuple(row)) for row in fold(one, room)]
    return rows if most is None or len(rows) <= most else [one]


def _now(kin: Kin, story: Story) -> list[Line]:
    """What comes next, the last contact, how you met, how often."""
    person, pulse, today = story.person, story.pulse, kin.today
    if person.id == ME:
        return []
    lines = _next(kin, story)
    talked = entries.last_words(kin.db, [person.id]).get(person.id)
    if talked:
        lines.append(fact("talked", views.last_words(talked, today)))
    if pulse and pulse.last_on and (not talked or talked.day != pulse.last_on):
        when = views.when_shown(pulse.last_on, today)
        place = _last(story, pulse.last_on)
        lines.insert(
            len(lines) - bool(talked), fact("last", when + (f", {place}" if place else ""))
        )
    lines.append(fact("met", _met(kin, story)))
    if pulse and pulse.every:
        source = views.cadence_source(pulse, today)
        hello = ""
        if pulse.next_on:
            hello = f"; next hello {dates.show(date.fromisoformat(pulse.next_on), today)}"
        lines.append(fact("keep", views.cadence_words(pulse) + source + hello))
    if "favour" in story.parts:
        lines += story.parts["favour"].rows(kin, person)
    return [*lines, Line()]


def _last(story: Story, day: str) -> str:
    """Where the last contact was, or what else it was."""
    if story.conversations and story.conversations[0].day == day:
        return views.place(story.conversations[0])
    found = max((one for one in story.happened if one[0] == day), default=None)
    if not found:
        return ""
    what = f"you {found[2]}" if found[2] in ("gave", "got") else found[2]
    return f"{what}: {views.one_line(found[3])}"


def _next(kin: Kin, story: Story) -> list[Line]:
    days = date.fromordinal(min(kin.today.toordinal() + _AHEAD, date.max.toordinal()))
    found = reaching.items_of(kin.db, story.person, kin.today, ahead=days)
    known = cards.facts(kin, found[:3])
    lines = []
    for place, item in enumerate(found[:3]):
        what = cards.what_of(kin, item, story.channels)
        what = what[:1].lower() + what[1:] if item.kind != "promise" else what
        day = date.fromisoformat(item.due_on)
        when = dates.show(day, kin.today) if item.when == "coming" else item.when
        command = cards.command_of(kin, item, known)
        lines.append(
            fact("next" if not place else "", f"{when}: {what}", right=Span(command, "command"))
        )
    return lines


def _met(kin: Kin, story: Story) -> str:
    person, pulse, today = story.person, story.pulse, kin.today
    by = people.by_id(kin.db, person.introduced_by) if person.introduced_by else None
    introduced = f"; {by.name} introduced you" if by else ""
    if pulse and pulse.first_met_on:
        day = pulse.first_met_on
        when = (
            f"{dates.WEEKDAYS[date.fromisoformat(day).weekday()][:3]} "
            f"{dates.short(date.fromisoformat(day), date(1, 1, 1))}"
            if len(day) == 10
            else views.when_shown(day, today)
        )
        where = f" at {pulse.first_event}" if pulse.first_event else " in person"
        return when + where + introduced
    since = f" since {views.when_shown(person.since, today)}" if person.since else ""
    match person.known:
        case "online":
            where = f"on {channel.label(person.met_online)}" if person.met_online else "online"
            return f"{where}{since}, never in person{introduced}"
        case "heard":
            by_whom = f" from {by.name}" if by else ""
            return f"not yet; heard of them{by_whom}"
        case "in person":
            return f"in person{introduced}"
    return f"you know them{since}{introduced}"


def _known(kin: Kin, story: Story) -> list[Line]:
    """Channels, facts and lists; empty ones are not shown."""
    person, db = story.person, kin.db
    lines = []
    reach = reaching.reach(db, person, story.channels)
    width = max((cells(channel.label(c.kind)) for c in story.channels), default=0)
    handles = max((cells(c.handle or "") for c in story.channels), default=0)
    handles = min(handles, _HANDLE)
    for place, held in enumerate(story.channels):
        said = views.STATES.get(held.state or "", "")
        if held.connected_since and held.state == "connected":
            said += f" since {views.when_shown(held.connected_since, kin.today)}"
        if reach and reach.kind == held.kind and reach.handle == held.handle:
            said = ", ".join(filter(None, ["best", said if said != "connected" else ""]))
        if reach and reach.quiet == held.kind:
            said = "went quiet"
        said = ", ".join(filter(None, [_labelled(held), said]))
        handle = filled(held.handle or "-", handles)
        text = f"{filled(channel.label(held.kind), width)}  {handle}   {said}"
        lines.append(fact("reach" if not place else "", text.rstrip()))
    ids = [person.id]
    seeks = people.topics(db, ids, "seeks").get(person.id, [])
    rows = [
        ("nick", person.nick or ""),
        ("relation", person.relation or ""),
        ("cue", views.one_line(person.cue or "")),
        ("birthday", dates.birthday_text(person.birthday) if person.birthday else ""),
        *(_date(name, day) for name, day in people.anniversaries(db, person.id)),
        ("address", views.one_line(person.address or "")),
        ("about", ", ".join(people.topics(db, ids).get(person.id, []))),
        ("looks for", ", ".join(seeks)),
        ("member", ", ".join(communities.of(db, ids).get(person.id, []))),
        ("tags", ", ".join(people.tags(db, ids).get(person.id, []))),
    ]
    lines += [
        fact(label, text, right=_who_helps(kin, person, seeks) if label == "looks for" else "")
        for label, text in rows
        if text
    ]
    for table, part in story.parts.items():
        lines += part.rows(kin, person) if table != "favour" else []
    return [*lines, Line()] if lines else []


def _who_helps(kin: Kin, person: Person, seeks: Sequence[str]) -> Span:
    """Who knows about what is looked for: for you to ask, or for them to meet."""
    if person.id == ME:
        return Span(kin.cmd(f"ask {names.word(views.one_line(seeks[0]))}"), "command")
    return Span(kin.cmd(f"intro --ideas {finding.ref(kin.db, person)}"), "command")


def _labelled(held: Channel) -> str:
    """What a channel is called, where that says more than its kind does."""
    label = views.one_line(held.label or "")
    said = {held.kind, *names.fold(channel.label(held.kind)).split()}
    return "" if said.issuperset(names.fold(label).split()) else label


def _date(name: str, day: str) -> tuple[str, str]:
    """A day of the year; a name that is too long for a label stands behind it."""
    said = dates.birthday_text(day)
    name = views.one_line(name)
    return (name, said) if cells(name) < _LABEL else ("date", f"{said}, {name}")


def _others(kin: Kin, story: Story) -> list[Line]:
    """What other programs said and no field is for."""
    said = imports.said_of(kin.db, story.person.id)
    if not said:
        return []
    from kinship.cli import show_extras  # noqa: PLC0415  (only for somebody who was imported)

    return show_extras.lines(said)


def _history(kin: Kin, story: Story, room: Room, *, everything: bool) -> list[Line]:
    """Notes, then what happened, newest first; with --all every entry with its number."""
    if everything:
        return _numbered(kin, story, room)
    notes = [_entry(kin, n.day, "note", n.text) for n in story.notes[:_SHOWN]]
    every = [(c.day, c.id, _where(c), c.text or "") for c in story.conversations[:_SHOWN]]
    if story.happened:
        every = sorted([*every, *_beside_talks(story)], reverse=True)[:_SHOWN]
    talks = [_entry(kin, day, where, text) for day, _, where, text in every]
    return [*notes, *([Line()] if notes and talks else []), *talks]


def _beside_talks(story: Story) -> list[tuple[str, int, str, str]]:
    """What else happened, without what the conversation about it says already."""
    said = {(c.day, _told(c.text or "")) for c in story.conversations}
    return [one for one in story.happened if (one[0], _told(f"{one[2]}: {one[3]}")) not in said]


def _told(text: str) -> str:
    """What both say of one thing; what somebody was asked for may be called otherwise since."""
    return "asked" if text.startswith("asked: ") else text


def _rest(kin: Kin, story: Story, *, cut: bool) -> list[Line]:
    """How to see what is older, and what was too long."""
    happened = len(story.conversations) + len(_beside_talks(story))
    older = max(0, happened - _SHOWN) + max(0, len(story.notes) - _SHOWN)
    if not older and not cut:
        return []
    said = f"{older} older{', and all in full' if cut else ''}" if older else "In full"
    return [Line(), line(f"  {said}: ", Span(kin.cmd(f"show {story.ref} --all"), "command"))]


def _where(talk: Conversation) -> str:
    said = views.place(talk)
    if talk.direction == "them":
        return f"they wrote{f', {said}' if said else ''}"
    return said or ("you wrote" if talk.direction == "me" else "talked")


def _entry(kin: Kin, day: str, where: str, text: str) -> Line:
    return line(f"  {views.when_shown(day, kin.today):<12}{where:<14}  ", views.one_line(text))


def _numbered(kin: Kin, story: Story, room: Room) -> list[Line]:
    every: list[tuple[str, int, str, str]] = [
        (c.day, c.id, _where(c), c.text or "") for c in story.conversations
    ]
    every += [(n.day, n.id, "note", n.text) for n in story.notes]
    for f in story.follow_ups:
        state = "follow-up" if f.state == "open" else f"follow-up, {f.state}"
        every.append((f.on_day, f.id, state, f.what))
    every += story.happened
    width = min(24, max((len(where) for _, _, where, _ in every), default=0))
    margin = 22 + width
    beside = room.width - margin >= 20
    if not beside:
        margin = 4
    lines = []
    for day, number, where, text in sorted(every, reverse=True):
        numbered = f"#{number}" if number else ""
        head = f"  {views.when_shown(day, kin.today):<12}{numbered:<6}{where:<{width}}  "
        shown = [part for body in text.splitlines() for part in wrap(body, room.width - margin)]
        first, rest = (shown[:1], shown[1:]) if beside else ([], shown)
        lines.append(line(Span(head[:20], "dim"), head[20:], *first))
        lines += [line(" " * margin, part) for part in rest]
    return lines


def _record(kin: Kin, story: Story, row: dict[str, object]) -> dict[str, object]:
    for_programs = kin.view.format in ("json", "jsonl")  # photos are large
    said = imports.said_of(kin.db, story.person.id, whole=True) if for_programs else []
    return {
        **row,
        "channels": exporting.states(story.channels),
        "other_programs": [
            {"format": one.format, "name": one.name, "value": one.value} for one in said
        ],
        "conversations": [
            {
                "number": c.id,
                "day": c.day,
                "direction": c.direction,
                "met": bool(c.met),
                "channel": c.channel,
                "event": c.event,
                "url": c.url,
                "text": c.text,
                "inferred": [f for f in c.inferred.split(",") if f],
            }
            for c in story.conversations
        ],
        "notes": [{"number": n.id, "day": n.day, "text": n.text} for n in story.notes],
        "follow_ups": [
            {"number": f.id, "due_on": f.on_day, "text": f.text, "aim": f.aim, "state": f.state}
            for f in story.follow_ups
        ],
        "knows": [],
        "favours": [],
        "introductions": [],
        "pledges": [],
        **{
            key: value
            for part in story.parts.values()
            for key, value in part.record(kin, story.person).items()
        },
    }
