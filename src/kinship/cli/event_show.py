"""``event show``: before an event whom to meet, after it whom you met."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeAlias

from kinship.cli import event_words, views
from kinship.cli.context import Kin
from kinship.cli.event import CONNECT, best_by
from kinship.model import channel, dates
from kinship.model.entry import Event
from kinship.model.person import Channel
from kinship.render.shapes import Column, Line, Room, Sheet, Span, Table, line
from kinship.render.width import cells, cut, pad
from kinship.services import event_names, gathering
from kinship.services import people as finding
from kinship.store import entries, events, people
from kinship.store.events import Going, Met
from kinship.value import Value

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params

Row: TypeAlias = tuple[str, str, str]

_SHOWN = 5
_TOPICS = 5
_AFTER = 7
_BEFORE = 14
_FEWEST_CELLS = 68
_BAR = 10
_LABEL = 12


class Page(Value):
    """All that is known about one event, read once."""

    event: Event
    ref: str
    here: bool
    state: str
    met: list[Met]
    going: list[Going]

    @property
    def at_last(self) -> list[Met]:
        """Met in person here, after knowing each other only online."""
        return [m for m in self.met if _at_last(m, self.event)]

    @property
    def waiting(self) -> list[Met]:
        """Met here, and not connected with yet."""
        return [m for m in self.met if m.waits and not m.connected]

    @property
    def ahead(self) -> list[Going]:
        """Going, and not met here yet."""
        met = {m.person_id for m in self.met}
        return [g for g in self.going if g.person_id not in met]


def _at_last(one: Met, event: Event) -> bool:
    return one.known == "online" and not one.met_before and not event.online


def show(
    ctx: typer.Context,
    words: params.Words = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Everybody, not only the first.")
    ] = False,
) -> None:
    """Who was at an event, and who will be.

    Usage: kinship event show [EVENT] [--all]

    Examples:
      kinship event show pycon
      kinship event show europython --all
      kinship event show pycon --json

    Without EVENT, the one you are at.
    """
    kin = Kin.of(ctx)
    day = kin.event_day.isoformat()
    stay = events.stay(kin.db, day)
    event = events.by_id(kin.db, stay.event_id) if stay and not words else None
    if event is None:
        if not words:
            raise event_words.say_which(kin, "show")
        event = event_words.known(kin, " ".join(words), "show", writing=False)
    here = stay is not None and stay.event_id == event.id
    page = Page(
        event,
        event_names.ref(kin.db, event, kin.event_day),
        here,
        event_words.state(event, day, here=here),
        events.met(kin.db, event),
        events.going(kin.db, event.id),
    )
    most = None if everything else _SHOWN

    def build(room: Room) -> list[Line]:
        return _lines(kin, page, room, most)

    record = _record(kin, page) if kin.view.format == "json" else {}
    kin.show(Sheet(build, record, _items(kin, page), paged=True))


def _lines(kin: Kin, page: Page, room: Room, most: int | None) -> list[Line]:
    lines = [*_head(kin, page, room)]
    if page.met:
        lines += [*_facts(kin, page, room), Line()]
    if page.state != "past":
        lines += _before(kin, page, room, most)
    if page.met:
        lines += _after(kin, page, room, most)
    if not page.met and not page.going:
        lines += _nobody(kin, page)
    while lines and lines[-1] == Line():
        lines.pop()
    return lines


def _head(kin: Kin, page: Page, room: Room) -> list[Line]:
    event = page.event
    community = events.community(kin.db, event.community_id)
    place = ["online" if event.online else "", event.city or "", community or ""]
    rest = ", ".join(filter(None, [event_words.days(kin, event), *place]))
    away = "you are here" if page.here else ""
    away = ", ".join(filter(None, [event_words.away(kin, event, here=page.here), away]))
    name = Span(event.name, "name")
    if cells(f"{event.name}  {rest}  {away}") > room.width:
        lines = [line(name, right=Span(away, "dim")), *([line(rest)] if rest else [])]
    else:
        lines = [line(name, f"  {rest}" if rest else "", right=Span(away, "dim"))]
    return [*lines, *([line(Span(event.url, "dim"))] if event.url else []), Line()]


def _nobody(kin: Kin, page: Page) -> list[Line]:
    if page.state == "past":
        command = Span(kin.cmd(f"add NAME --at {page.ref}"), "command")
        return [line("Nobody you met there is written down."), line("  Somebody? ", command)]
    return [
        line("Nobody is marked as going."),
        line("  You know of some?  ", Span(kin.cmd(f"event going {page.ref} WHO"), "command")),
        line("  An attendee list?  ", Span(kin.cmd(f"event guests {page.ref} FILE"), "command")),
    ]


# What came of it


def _facts(kin: Kin, page: Page, room: Room) -> list[Line]:
    event, met = page.event, page.met
    new = sum(gathering.is_new(m, event) for m in met)
    last = len(page.at_last)
    only = f"{last} of them only online until now" if last else ""
    parts = [
        f"{new} new" if new else "",
        f"{len(met) - new} you knew" if len(met) - new else "",
        only,
    ]
    label = "met online" if event.online else "met"
    rows = [_row(label, f"{views.people(len(met))}: {', '.join(filter(None, parts))}")]
    connected = sum(bool(m.connected) for m in met)
    rows += _connected(kin, page, room, connected)
    until = _after_last(event, kin.event_day)
    opened, late, done = events.follow_ups_after(kin.db, event, until, kin.today.isoformat())
    said = [f"{opened} open" + (f", {late} of them late" if late else "") if opened else ""]
    said.append(f"{done} done" if done else "")
    if any(said):
        rows.append(_row("follow-ups", "; ".join(filter(None, said))))
    topics = events.topics(kin.db, (m.person_id for m in met), _TOPICS)
    if topics:
        listed = [f"{name} {many}" if many > 1 else name for name, many in topics]
        rows.append(_row("topics", ", ".join(listed)))
    return rows


def _after_last(event: Event, today: date) -> str:
    """Until when what is promised to somebody met there has to do with it."""
    last = event.ends or ""
    end = date.fromisoformat(last) if len(last) == 10 else today
    return (end + timedelta(days=_AFTER)).isoformat()


def _row(label: str, text: str, right: Span | str = "") -> Line:
    return line(f"  {label:<{_LABEL}}", text, right=right or ())


def _connected(kin: Kin, page: Page, room: Room, connected: int) -> list[Line]:
    count = len(page.met)
    text = f"{connected} of {count}"
    if not page.waiting:
        return [_row("connected", text)]
    full = round(_BAR * connected / count)
    bar = "━" * full + "╌" * (_BAR - full)
    by, late = _best_by(kin, page)
    command = Span(kin.cmd(f"{CONNECT} {page.ref}"), "command")
    wide = room.width >= _FEWEST_CELLS
    left = [f"  {'connected':<{_LABEL}}", text, f"   {bar}" if wide else ""]
    by_span = Span(f"   {by}" if by else "", "late" if late else "today")
    if wide and cells("".join(left) + by_span.text + command.text) + 2 <= room.width:
        return [line(*left, by_span, right=command)]
    return [line(*left, by_span), line("  " + " " * _LABEL, command)]


def _best_by(kin: Kin, page: Page) -> tuple[str, bool]:
    """``best by today``; for two weeks after, that it was."""
    by = best_by(kin, page.event)
    left = (by - kin.today).days
    if left < -_BEFORE:
        return "", False
    when = dates.away(by, kin.today) if -1 <= left <= 1 else dates.short(by, kin.today)
    return f"{'was ' if left < 0 else ''}best by {when}", left < 0


def _after(kin: Kin, page: Page, room: Room, most: int | None) -> list[Line]:
    lines = []
    if last := page.at_last:
        shown = last[:most]
        about = _abouts(kin, [m.person_id for m in shown])
        rows = [(m.name, _online(kin, m, since=True), about.get(m.person_id, "")) for m in shown]
        lines += _section(room, "MET AT LAST", "known online first", rows)
        lines += _and_more(kin, page, len(last) - len(shown))
    if waiting := page.waiting:
        shown = waiting[: most or len(waiting)]
        numbers = [m.person_id for m in shown]
        held, about = people.channels(kin.db, numbers), _abouts(kin, numbers)
        said = events.words_at(kin.db, page.event.id, numbers)
        rows = [
            (
                m.name,
                _reached(held.get(m.person_id, [])),
                views.one_line(said.get(m.person_id, "")) or about.get(m.person_id, ""),
            )
            for m in shown
        ]
        lines += _section(room, "NOT CONNECTED YET", "", rows)
        lines += _more_to_connect(kin, page, len(waiting) - len(shown))
    if most is None:
        said = events.words_at(kin.db, page.event.id, [m.person_id for m in page.met])
        rows = [
            (
                m.name,
                views.when_shown(m.day, kin.today),
                views.one_line(said.get(m.person_id, "")),
            )
            for m in page.met
        ]
        lines += _section(room, "EVERYBODY", "the last met first", rows)
    return lines


def _more_to_connect(kin: Kin, page: Page, more: int) -> list[Line]:
    if not more:
        return [Line()]
    command = Span(kin.cmd(f"{CONNECT} {page.ref}"), "command")
    return [line(f"  and {more} more: ", command), Line()]


def _and_more(kin: Kin, page: Page, more: int) -> list[Line]:
    if not more:
        return [Line()]
    command = Span(kin.cmd(f"event show {page.ref} --all"), "command")
    return [line(f"  and {more} more: ", command), Line()]


# Who will be there


def _before(kin: Kin, page: Page, room: Room, most: int | None) -> list[Line]:
    ahead = page.ahead
    if not ahead:
        return []
    at_last = [g for g in ahead if g.only_online]
    strangers = [g for g in ahead if g.known == "heard"]
    friends = [g for g in ahead if not g.only_online and g.known != "heard"]
    ties = events.knowing_yours(kin.db, [g.person_id for g in (*at_last, *strangers)])
    at_last.sort(key=lambda g: -ties.get(g.person_id, (0, ""))[0])
    knowing = [g for g in strangers if g.person_id in ties]
    knowing.sort(key=lambda g: -ties[g.person_id][0])
    friends.sort(key=lambda g: g.last_on or "", reverse=True)
    lines = []
    if at_last:
        shown = at_last[:most]
        about = _abouts(kin, [g.person_id for g in shown])
        rows = [
            (g.name, _online(kin, g), _knows(ties, g) or about.get(g.person_id, "")) for g in shown
        ]
        said = "going, and you only know each other online"
        lines += _section(room, "MEET AT LAST", said, rows)
        lines += _and_more(kin, page, len(at_last) - len(shown))
    if friends:
        shown = friends[:most]
        rows = _again(kin, shown)
        lines += _section(room, "SEE AGAIN", "", rows)
        lines += _and_more(kin, page, len(friends) - len(shown))
    if knowing:
        shown = knowing[:most]
        rows = [(g.name, g.org or "", _knows(ties, g)) for g in shown]
        said = "going, and they know people you know"
        lines += _section(room, "NEW TO YOU", said, rows)
        lines += _and_more(kin, page, len(knowing) - len(shown))
    if others := len(strangers) - len(knowing):
        also = "others you have" if knowing or at_last or friends else "people you have"
        text = (
            f"And {others} {also} not met yet." if others > 1 else "And one you have not met yet."
        )
        lines += [line(text), Line()]
    return [*lines, *_coming(kin, page, at_last[: most or _SHOWN] or friends[:_SHOWN])]


def _coming(kin: Kin, page: Page, whom: Sequence[Going]) -> list[Line]:
    """What to type so that they know you are coming; not once it has begun."""
    first = page.event.from_on
    if page.state != "coming" or not first or not whom:
        return []
    begins = date.fromisoformat(first)
    days = (begins - kin.today).days
    refs = _refs(kin, [g.person_id for g in whom])
    tell = begins - timedelta(days=_BEFORE)
    when = f"{tell.day} {dates.MONTHS[tell.month - 1][:3].lower()}" if days < 365 else f"{tell}"
    when = when if days > _BEFORE + 1 else "tomorrow" if days > 1 else "today"
    who = ",".join(refs[g.person_id] for g in whom)
    command = Span(kin.cmd(f"remind {who} {when} see you there"), "command")
    return [line("Say you are coming: ", command), Line()]


def _again(kin: Kin, shown: Sequence[Going]) -> list[Row]:
    numbers = [g.person_id for g in shown]
    words, by = entries.last_words(kin.db, numbers), events.introduced(kin.db, numbers)
    rows = []
    for one in shown:
        last = "no contact yet"
        if one.last_on:
            full = len(one.last_on) == 10
            last = (
                dates.away(date.fromisoformat(one.last_on), kin.today)
                if full
                else views.when_shown(one.last_on, kin.today)
            )
        talk = words.get(one.person_id)
        said = views.one_line(talk.text or "") if talk else ""
        introduced = f"introduced you to {by[one.person_id]}" if one.person_id in by else ""
        rows.append((one.name, last, introduced or said or one.org or ""))
    return rows


def _knows(ties: dict[int, tuple[int, str]], one: Going) -> str:
    many, name = ties.get(one.person_id, (0, ""))
    return f"knows {name}" if many == 1 else f"knows {many} people you know" if many else ""


# Rows


def _section(room: Room, title: str, said: str, rows: Sequence[Row]) -> list[Line]:
    """A heading, and under it who, where from, what: in columns, or stacked where it is narrow."""
    lines = [line(Span(title, "heading"), Span(f" {said}" if said else "", "dim"))]
    if room.width < _FEWEST_CELLS:
        for name, middle, last in rows:
            lines.append(line("  ", Span(name, "name")))
            lines += [line("    ", text) for text in (middle, last) if text]
        return lines
    first = min(26, max(16, *(cells(name) for name, _, _ in rows)))
    second = min(room.width // 2 - 10, max(22, *(cells(middle) for _, middle, _ in rows)))
    for name, middle, last in rows:
        lines.append(
            line(
                "  ",
                Span(pad(name, first, room.ellipsis), "name"),
                "  ",
                cut(middle, second, room.ellipsis)
                if not last
                else pad(middle, second, room.ellipsis),
                f"  {last}" if last else "",
            )
        )
    return lines


def _online(kin: Kin, one: Met | Going, *, since: bool = False) -> str:
    """``Mastodon since 2023``; before an event for how long: ``Mastodon, 2 years``."""
    where = channel.label(one.met_online) if one.met_online else "online"
    if not one.since:
        return where
    if since:
        return f"{where} since {views.when_shown(one.since, kin.today)}"
    first = date.fromisoformat(f"{one.since}-01-01"[:10])
    months = (kin.today - first).days // 30
    return f"{where}, {dates.elapsed(first, kin.today)}" if months else where


def _reached(held: Sequence[Channel]) -> str:
    """The handle to connect on, as it can be pasted; else the best there is."""
    waiting = next((c for c in held if c.state in ("known", "sent")), None)
    one = waiting or next(iter(held), None)
    if one is None:
        return "no handle known"
    from kinship.model import handles  # noqa: PLC0415  (only where there are handles)

    link = handles.link(one.kind, one.handle) if one.handle else None
    if link is None or one.kind in ("email", *channel.PHONES):
        shown = views.reach_words(one.kind, one.handle)
    elif one.kind == "mastodon":
        shown = "@" + (one.handle or "").lstrip("@")
    else:
        shown = link.removeprefix("https://").removeprefix("www.")
    return shown + (", request sent" if one.state == "sent" else "")


def _abouts(kin: Kin, numbers: Sequence[int]) -> dict[int, str]:
    """What people know about, in few words; else where they work."""
    topics, known = people.topics(kin.db, numbers), people.by_ids(kin.db, numbers)
    return {n: ", ".join(topics.get(n, [])) or known[n].org or "" for n in numbers if n in known}


def _refs(kin: Kin, numbers: Sequence[int]) -> dict[int, str]:
    return finding.refs(kin.db, people.by_ids(kin.db, numbers).values())


# For programs


Recorder: TypeAlias = Callable[[Met | Going], dict[str, object]]
_PERSON = ("id", "ref", "name", "met_on", "new", "only_online", "connected", "going", "text")


def _items(kin: Kin, page: Page) -> Table[Met | Going]:
    """Everybody met there, then everybody who was or is going."""
    rows: list[Met | Going] = [*page.met, *page.ahead]
    record = _recorder(kin, page, rows)

    def column(field: str, rank: int) -> Column[Met | Going]:
        return Column(
            field, field.upper().replace("_", " "), lambda r: _cell(record(r)[field]), rank=rank
        )

    return Table(
        rows,
        [
            Column("name", "NAME", lambda r: Span(r.name, "name")),
            *(column(field, rank) for rank, field in enumerate(("met_on", "connected", "text"), 1)),
        ],
        record,
        fields=_PERSON,
    )


def _cell(value: object) -> str:
    return (
        {True: "yes", False: "no", None: ""}.get(value, str(value))
        if isinstance(value, bool | None)
        else str(value)
    )


def _recorder(kin: Kin, page: Page, rows: Sequence[Met | Going]) -> Recorder:
    refs: dict[int, str] = {}
    said: dict[int, str] = {}

    def record(row: Met | Going) -> dict[str, object]:
        if not refs:
            numbers = [r.person_id for r in rows]
            refs.update(_refs(kin, numbers))
            said.update(events.words_at(kin.db, page.event.id, numbers))
        return {
            "id": row.person_id,
            "ref": refs[row.person_id],
            "name": row.name,
            **(_as_met(row, page.event) if isinstance(row, Met) else _as_going(row)),
            "text": said.get(row.person_id),
        }

    return record


def _as_met(one: Met, event: Event) -> dict[str, object]:
    return {
        "met_on": one.day,
        "new": gathering.is_new(one, event),
        "only_online": _at_last(one, event),
        "connected": bool(one.connected),
        "going": bool(one.going),
    }


def _as_going(one: Going) -> dict[str, object]:
    return {
        "met_on": None,
        "new": one.known == "heard",
        "only_online": one.only_online,
        "connected": None,
        "going": True,
    }


def _record(kin: Kin, page: Page) -> dict[str, object]:
    event = page.event
    rows: list[Met | Going] = [*page.met, *page.ahead]
    record = _recorder(kin, page, rows)
    until = _after_last(event, kin.event_day)
    opened, late, done = events.follow_ups_after(kin.db, event, until, kin.today.isoformat())
    topics = events.topics(kin.db, (m.person_id for m in page.met), _TOPICS)
    return {
        **event_words.record(kin, event, met=len(page.met), going=len(page.going), here=page.here),
        "new": sum(gathering.is_new(m, event) for m in page.met),
        "connected": sum(bool(m.connected) for m in page.met),
        "follow_ups": {"open": opened, "late": late, "done": done},
        "topics": [{"name": name, "people": many} for name, many in topics],
        "met_at_last": [record(m) for m in page.at_last],
        "not_connected": [record(m) for m in page.waiting],
        "people": [record(m) for m in page.met],
        "coming": [record(g) for g in page.ahead],
    }
