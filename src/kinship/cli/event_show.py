"""``event show``: before an event whom to meet, after it whom you met."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeAlias

from kinship.cli import event_page, event_words, sections, views
from kinship.cli.context import Kin
from kinship.cli.event import CONNECT, best_by
from kinship.model import dates
from kinship.model.entry import Event
from kinship.render.shapes import Column, Line, Room, Sheet, Span, Table, line
from kinship.render.width import cells, fits
from kinship.services import event_names, gathering
from kinship.store import attendance, events, people
from kinship.store.attendance import Going, Met
from kinship.value import Value

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params

_TOPICS = 5
_AFTER = 7
_BEFORE = 14
_LABEL = 12
_CROWD = 200
"""Of more people than that who knows whom is told with --all only: it takes its time."""


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
            raise event_words.say_which(kin)
        event = event_words.known(kin, " ".join(words), writing=False)
    here = stay is not None and stay.event_id == event.id
    page = Page(
        event,
        event_names.ref(kin.db, event, kin.event_day),
        here,
        event_words.state(event, day, here=here),
        attendance.met(kin.db, event),
        attendance.going(kin.db, event.id),
    )
    most = None if everything else event_page.SHOWN

    def build(room: Room) -> list[Line]:
        return sections.whole(_lines(kin, page, room, most), room)

    record = _record(kin, page) if kin.view.format == "json" else {}
    kin.show(Sheet(build, record, _items(kin, page), paged=True))


def _lines(kin: Kin, page: Page, room: Room, most: int | None) -> list[Line]:
    lines = [*_head(kin, page, room)]
    if page.met:
        lines += [*_facts(kin, page, room), Line()]
    if page.state != "past":
        lines += event_page.whom_to_meet(kin, page.ahead, room, most, _everybody(kin, page))
        lines += [] if page.met else _network(kin, page, room, most)
        lines += _tell(kin, page, most)
    if page.met:
        lines += _after(kin, page, room, most)
        lines += _network(kin, page, room, most)
        lines += _met_all(kin, page, room) if most is None else []
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
    opened, late, done = attendance.follow_ups_after(kin.db, event, until, kin.today.isoformat())
    said = [f"{opened} open" + (f", {late} of them late" if late else "") if opened else ""]
    said.append(f"{done} done" if done else "")
    if any(said):
        rows.append(_row("follow-ups", "; ".join(filter(None, said))))
    topics = attendance.topics(kin.db, (m.person_id for m in met), _TOPICS)
    if topics:
        listed = [f"{name} {many}" if many > 1 else name for name, many in topics]
        rows.append(_row("topics", ", ".join(listed)))
    return rows


def _everybody(kin: Kin, page: Page) -> str:
    return kin.cmd(f"event show {page.ref} --all")


def _connect(kin: Kin, page: Page) -> str:
    """Where to connect; the queue holds only those met in person."""
    if page.event.online:
        return _everybody(kin, page)
    return kin.cmd(f"{CONNECT} {page.ref}")


def _tell(kin: Kin, page: Page, most: int | None) -> list[Line]:
    """That you are coming, as long as it has not begun."""
    whom = event_page.worth_telling(page.ahead, most)
    if page.state != "coming" or not page.event.from_on or not whom:
        return []
    return event_page.say_you_come(kin, date.fromisoformat(page.event.from_on), whom)


def _after_last(event: Event, today: date) -> str:
    """Until when what is promised to somebody met there has to do with it."""
    last = event.ends or ""
    end = date.fromisoformat(last) if len(last) == 10 else today
    return (end + min(timedelta(days=_AFTER), date.max - end)).isoformat()


def _row(label: str, text: str, right: Span | str = "") -> Line:
    return line(f"  {label:<{_LABEL}}", text, right=right or ())


def _connected(kin: Kin, page: Page, room: Room, connected: int) -> list[Line]:
    count = len(page.met)
    text = f"{connected} of {count}"
    if not page.waiting:
        return [_row("connected", text)]
    bar = sections.bar(connected, count)
    by, late = _best_by(kin, page)
    best = Span(by, "late" if late else "today")
    command = () if page.event.online else Span(_connect(kin, page), "command")
    label = f"  {'connected':<{_LABEL}}"
    for gap in ("   ", "  "):
        one = line(label, text, gap, *bar, gap if by else "", best, right=command)
        if room.width >= sections.WIDE and fits(one, room):
            return [one]
    below = [line("  " + " " * _LABEL, command)] if command else []
    wide: tuple[Span | str, ...] = ("   ", *bar) if room.width >= sections.WIDE else ()
    return [line(label, text, *wide, "   " if by else "", best), *below]


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
    everybody = _everybody(kin, page)
    if last := page.at_last:
        shown = last[:most]
        about = event_page.abouts(kin, [m.person_id for m in shown])
        rows = [
            (m.name, event_page.known_from(kin, m, since=True), about.get(m.person_id, ""))
            for m in shown
        ]
        lines += sections.section(room, "MET AT LAST", "known online first", rows)
        lines += sections.and_more(everybody, len(last) - len(shown))
    if waiting := page.waiting:
        shown = waiting[: most or len(waiting)]
        numbers = [m.person_id for m in shown]
        held, about = people.channels(kin.db, numbers), event_page.abouts(kin, numbers)
        said = attendance.words_at(kin.db, page.event.id, numbers)
        rows = [
            (
                m.name,
                event_page.reached(held.get(m.person_id, [])),
                views.one_line(said.get(m.person_id, "")) or about.get(m.person_id, ""),
            )
            for m in shown
        ]
        lines += sections.section(room, "NOT CONNECTED YET", "", rows)
        lines += sections.and_more(_connect(kin, page), len(waiting) - len(shown))
    return lines


def _met_all(kin: Kin, page: Page, room: Room) -> list[Line]:
    said = attendance.words_at(kin.db, page.event.id, [m.person_id for m in page.met])
    rows = [
        (m.name, views.when_shown(m.day, kin.today), views.one_line(said.get(m.person_id, "")))
        for m in page.met
    ]
    return sections.section(room, "EVERYBODY", "the last met first", rows)


def _there(page: Page) -> set[int]:
    """Everybody met there, or going."""
    return {m.person_id for m in page.met} | {g.person_id for g in page.going}


def _network(kin: Kin, page: Page, room: Room, most: int | None) -> list[Line]:
    """Who knows whom there, and whom to introduce; of a crowd only where everything is asked for."""
    there = _there(page)
    if most is not None and len(there) > _CROWD:
        command = Span(_everybody(kin, page), "command")
        return [line(Span("WHO KNOWS WHOM THERE", "heading"), right=command)]
    from kinship.cli import together  # noqa: PLC0415  (a crowd's page has enough to do)

    return together.lines(kin, together.network(kin, there, most), room, _everybody(kin, page))


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
            refs.update(event_page.refs(kin, numbers))
            said.update(attendance.words_at(kin.db, page.event.id, numbers))
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
    opened, late, done = attendance.follow_ups_after(kin.db, event, until, kin.today.isoformat())
    topics = attendance.topics(kin.db, (m.person_id for m in page.met), _TOPICS)
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
        **_network_record(kin, page),
    }


def _network_record(kin: Kin, page: Page) -> dict[str, object]:
    from kinship.cli import together  # noqa: PLC0415  (as in _network)

    return together.record(kin, together.network(kin, _there(page), None))
