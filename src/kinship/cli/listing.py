"""``list``: find people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from kinship.cli import views
from kinship.cli.context import Kin
from kinship.errors import BadInput
from kinship.model import channel, dates, names
from kinship.model.cadence import Cadence
from kinship.model.person import Channel, Person, Pulse
from kinship.render.shapes import Column, Line, Span, Table, line
from kinship.services import people as finding
from kinship.store import people

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params

Recorder: TypeAlias = Callable[[Person], dict[str, object]]

_SCREEN = 200
_DEFAULT = ("name", "who", "met", "last", "keep")
_SORTS = ("name", "last", "met", "due")
_ORDERED = 100_000


def list_(
    ctx: typer.Context,
    words: params.Words = None,
    sort: Annotated[
        str,
        typer.Option(
            "--sort", metavar="BY", help="name, last (family name), met or due.", show_default=False
        ),
    ] = "name",
    reverse: Annotated[bool, typer.Option("-r", "--reverse", help="The other way round.")] = False,
    columns: Annotated[
        str | None,
        typer.Option("--columns", metavar="A,B", help="Which columns: name,org,channels,..."),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="All of them, not only the first 200.")
    ] = False,
) -> None:
    """Find people by name, company or cue.

    Usage: kinship list [WORDS...] [OPTIONS]

    Examples:
      kinship list
      kinship list engines
      kinship list --sort met -r -n 20
      kinship list --columns name,channels
      kinship list --format '{name} <{email}>'

    All words must be found; -n N is how many. For programs: --json, --csv, --format.
    """
    kin = Kin.of(ctx)
    if sort not in _SORTS:
        raise BadInput(f"{names.quoted(sort)} is no order.", hint=f"Orders: {' '.join(_SORTS)}")
    wanted = _wanted(columns)
    fields = _fields(kin, wanted if columns else None)
    key = names.fold(" ".join(words or [])).split()
    limit = kin.view.limit
    if limit is None and kin.view.terminal and not everything and kin.view.format is None:
        limit = _SCREEN
    found = _found(kin, key, sort, reverse=reverse, limit=limit)
    shown = _Shown(kin, found)
    kin.show(
        Table(
            found,
            [_column(shown, name) for name in wanted],
            shown.record if fields is None else _only(shown.record, fields),
            counted=lambda: _counted(kin, key, len(found)),
            empty=_nobody(kin, words or []),
            under=_cues(key) if key else None,
            fields=fields or tuple(views.FIELDS),
            paged=True,
        )
    )


def _found(
    kin: Kin, key: list[str], sort: str, *, reverse: bool, limit: int | None
) -> list[Person]:
    if sort != "last":
        day = kin.today.isoformat()
        return people.found(kin.db, key, sort=sort, reverse=reverse, limit=limit, day=day)
    every = people.found(kin.db, key, sort="name", limit=_ORDERED)
    every.sort(
        key=lambda p: (names.fold(names.last_name(p.name)) or p.name_key, p.name_key),
        reverse=reverse,
    )
    return every[:limit]


def _counted(kin: Kin, key: list[str], shown: int) -> str:
    if not shown:
        return ""
    total = people.count(kin.db)
    matching = people.count(kin.db, key) if key else total
    if shown < matching:
        return f"the first {shown} of {matching}; all: {kin.cmd('list --all')}"
    return f"{shown} of {views.people(total)}" if key else views.people(total)


def _nobody(kin: Kin, words: list[str]) -> tuple[Line, ...]:
    if not words:
        return (
            line("Nobody yet."),
            line("  Add the first one: ", Span(kin.cmd("add Ada Lovelace"), "command")),
        )
    found = finding.find(kin.db, " ".join(words))
    hidden = [p for p in found.people if p.archived_on and found.rule < finding.NEAR]
    if hidden:
        refs = finding.refs(kin.db, hidden[:3])
        return tuple(
            line(f"{p.name} is archived: ", Span(kin.cmd(f"show {refs[p.id]}"), "command"))
            for p in hidden[:3]
        )
    near = ", ".join(p.name for p in found.people[:3])
    meant = f" Did you mean {near}?" if near else ""
    searched = "in names, companies and cues"
    return (line(f"Nobody found for {names.quoted(' '.join(words))} {searched}.{meant}"),)


def _cues(key: list[str]) -> Callable[[Person], Line | None]:
    """A hit that no column shows prints its line."""

    def under(person: Person) -> Line | None:
        if not person.cue:
            return None
        shown = f"{person.name_key} {names.fold(person.org or '')} {names.fold(person.nick or '')}"
        hit = any(word in names.fold(person.cue) and word not in shown for word in key)
        return line("  ", Span(views.one_line(person.cue), "dim")) if hit else None

    return under


# Columns


_TITLES = {
    "name": "NAME",
    "who": "WHO",
    "met": "MET",
    "last": "LAST",
    "keep": "KEEP",
    "channels": "CHANNELS",
    "about": "ABOUT",
}


def _wanted(columns: str | None) -> tuple[str, ...]:
    if columns is None:
        return _DEFAULT
    wanted = tuple(filter(None, (c.strip().lower() for c in columns.split(","))))
    known = {*_TITLES, *views.FIELDS}
    for name in wanted:
        if name not in known:
            from difflib import get_close_matches  # noqa: PLC0415  (only for a wrong word)

            near = get_close_matches(name, known, n=1)
            raise BadInput(
                f"there is no column {names.quoted(name)}."
                + (f" Did you mean {near[0]}?" if near else ""),
                hint=f"Columns: {' '.join(sorted(known))}",
            )
    return wanted or _DEFAULT


def _fields(kin: Kin, wanted: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """The chosen columns where rows go to a program; there they are fields, not words for people."""
    if wanted is None or kin.view.format not in ("csv", "tsv", "json", "jsonl"):
        return None
    for name in wanted:
        if name not in views.FIELDS:
            raise BadInput(
                f"the column {name} is for the screen: {kin.view.format} has fields.",
                hint=f"Fields: {' '.join(views.FIELDS)}",
            )
    return wanted


def _only(record: Recorder, fields: tuple[str, ...]) -> Recorder:
    return lambda person: {field: record(person)[field] for field in fields}


class _Shown:
    """What the cells of a list need, each kind read once, when the first cell asks."""

    def __init__(self, kin: Kin, found: list[Person]) -> None:
        self.kin = kin
        self.record = _recorder(kin, found)
        self._ids = [p.id for p in found]

    @cached_property
    def pulses(self) -> dict[int, Pulse]:
        return people.pulses(self.kin.db, self._ids)

    @cached_property
    def channels(self) -> dict[int, list[Channel]]:
        return people.channels(self.kin.db, self._ids)

    @cached_property
    def topics(self) -> dict[int, list[str]]:
        return people.topics(self.kin.db, self._ids)


def _column(shown: _Shown, name: str) -> Column[Person]:
    rank = {"name": 0, "who": 1, "last": 2, "met": 3, "keep": 4}.get(name, 3)
    title = _TITLES.get(name, name.upper().replace("_", " "))
    match name:
        case "name":
            return Column(name, title, lambda p: Span(p.name, "name"))
        case "who":
            return Column(name, title, _who, least=8, rank=rank)
        case "met" | "last" | "keep":
            return Column(name, title, _pulse_cell(shown, name), least=6, rank=rank)
        case "channels":
            return Column(name, title, _channels_cell(shown), least=10, rank=rank)
        case "about" | "topics":
            return Column(name, title, lambda p: ", ".join(shown.topics.get(p.id, [])), rank=rank)

    def cell(person: Person) -> str:
        value = shown.record(person)[name]
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")

    return Column(name, title, cell, rank=rank)


def _who(person: Person) -> str:
    return person.org or person.role or person.relation or person.city or ""


def _pulse_cell(shown: _Shown, name: str) -> Callable[[Person], str]:
    today = shown.kin.today

    def cell(person: Person) -> str:
        pulse = shown.pulses.get(person.id)
        if pulse is None:
            return "-"
        match name:
            case "met":
                if pulse.first_met_on is None:
                    return _first_known(person)
                return pulse.first_event or views.when_shown(pulse.first_met_on, today)
            case "last":
                if pulse.last_on is None:
                    return "-"
                if len(pulse.last_on) < 10:
                    return views.when_shown(pulse.last_on, today)
                return dates.away(date.fromisoformat(pulse.last_on), today)
        return str(Cadence.of_code(pulse.every)) if pulse.every else "-"

    return cell


def _first_known(person: Person) -> str:
    """Where somebody you never met is known from."""
    if person.known == "online":
        return channel.label(person.met_online) if person.met_online else "online"
    return "never" if person.known == "heard" else "-"


def _channels_cell(shown: _Shown) -> Callable[[Person], str]:
    marks = {"known": " (not connected)", "sent": " (sent)"}

    def cell(person: Person) -> str:
        return ", ".join(
            channel.label(c.kind) + marks.get(c.state or "", "")
            for c in shown.channels.get(person.id, [])
        )

    return cell


def _recorder(kin: Kin, found: list[Person]) -> Recorder:
    """Records a batch at a time: nothing is read for people who are not printed."""
    made: dict[int, dict[str, object]] = {}
    place = {p.id: at for at, p in enumerate(found)}

    def record(person: Person) -> dict[str, object]:
        if person.id not in made:
            made.clear()
            at = place[person.id]
            batch = found[at : at + 200]
            made.update(
                (p.id, r) for p, r in zip(batch, views.full_records(kin, batch), strict=True)
            )
        return made[person.id]

    return record
