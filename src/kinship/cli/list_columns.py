"""The columns of a list: those that were chosen, or those that its query is about."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from typing import TypeAlias

from kinship.cli import views
from kinship.cli.context import Kin
from kinship.errors import BadInput
from kinship.model import channel, dates, names
from kinship.model.cadence import Cadence
from kinship.model.person import Channel, Person, Pulse
from kinship.model.query import Query
from kinship.render.shapes import Column, Span
from kinship.store import communities, people, search

Recorder: TypeAlias = Callable[[Person], dict[str, object]]
Drawn: TypeAlias = Column[Person]

_TITLES = {
    "name": "NAME",
    "who": "WHO",
    "met": "MET",
    "last": "LAST",
    "keep": "KEEP",
    "channels": "CHANNELS",
    "about": "ABOUT",
    "in": "IN",
    "at": "AT",
    "knows": "KNOWS",
    "by": "BY",
    "added": "ADDED",
}
_OF_FIELD = {
    **{field: field for field in ("org", "role", "city", "about", "seeks", "in", "at", "by")},
    **{field: field for field in ("knows", "added", "birthday")},
    "tag": "tags",
    "via": "channels",
}
"""The column that shows a field of a query; what is not here is shown already, or is a flag."""
_OF_HAVING = {
    **{field: field for field in ("email", "phone", "nick", "cue", "relation")},
    "address": None,
    "note": None,
    "contact": None,
    "keep": None,
}
_OF_FLAG = {"connected": "channels", "due": "next_on", "late": "next_on", "archived": "archived_on"}
_LISTS = ("about", "seeks", "tags", "in", "at", "knows")
_MOST = 2  # of a list in a cell
_CELL = 24


def wanted(columns: str | None, asked: Query) -> tuple[str, ...]:
    """The names of the columns; a field used in the query is one of them."""
    if columns is None:
        used = tuple(dict.fromkeys(filter(None, (_used(t.field, t.values) for t in asked.terms))))
        return ("name", *(used or ("who",)), "met", "last", "keep")
    chosen = tuple(filter(None, (c.strip().lower() for c in columns.split(","))))
    known = {*_TITLES, *views.FIELDS}
    for name in chosen:
        if name not in known:
            from difflib import get_close_matches  # noqa: PLC0415  (only for a wrong word)

            near = get_close_matches(name, known, n=1)
            raise BadInput(
                f"there is no column {names.quoted(name)}."
                + (f" Did you mean {near[0]}?" if near else ""),
                hint=f"Columns: {' '.join(sorted(known))}",
            )
    return chosen or wanted(None, asked)


def _used(field: str, values: Sequence[str]) -> str | None:
    if field == "is":
        return next((_OF_FLAG[v] for v in values if v in _OF_FLAG), None)
    if field == "has":
        value = values[0]
        return _OF_HAVING[value] if value in _OF_HAVING else _OF_FIELD.get(value, "channels")
    return _OF_FIELD.get(field)


class Shown:
    """What the cells of a list need, each kind read once, when the first cell asks."""

    def __init__(self, kin: Kin, found: list[Person], asked: Query, record: Recorder) -> None:
        self.kin = kin
        self.record = record
        self._ids = [p.id for p in found]
        self._introducers = {p.introduced_by for p in found if p.introduced_by}
        self._asked = asked

    @cached_property
    def pulses(self) -> dict[int, Pulse]:
        return people.pulses(self.kin.db, self._ids)

    @cached_property
    def channels(self) -> dict[int, list[Channel]]:
        return people.channels(self.kin.db, self._ids)

    @cached_property
    def introducers(self) -> dict[int, Person]:
        return people.by_ids(self.kin.db, self._introducers)

    def lists(self, name: str) -> dict[int, list[str]]:
        """What each person has of something, what the query named first."""
        field = "tag" if name == "tags" else name
        values = [v for t in self._asked.terms if t.field == field for v in t.values]

        def named(text: str) -> bool:
            return not any(names.begins(value, names.fold(text)) for value in values)

        return {number: sorted(texts, key=named) for number, texts in self._read(name).items()}

    def _read(self, name: str) -> dict[int, list[str]]:
        match name:
            case "about" | "seeks":
                return people.topics(self.kin.db, self._ids, name)
            case "tags":
                return people.tags(self.kin.db, self._ids)
            case "in":
                return communities.of(self.kin.db, self._ids)
            case "at":
                return search.events(self.kin.db, self._ids)
        return people.tied(self.kin.db, self._ids)


def column(shown: Shown, name: str) -> Drawn:
    """The column of that name."""
    rank = {"name": 0, "who": 1, "last": 2, "met": 3, "keep": 4}.get(name, 1)
    title = _TITLES.get(name, name.upper().replace("_", " ").removesuffix(" ON"))
    if name in _LISTS:
        return Column(name, title, _list_cell(shown, name), least=10, rank=rank)
    match name:
        case "name":
            return Column(name, title, lambda p: Span(p.name, "name"))
        case "who":
            return Column(name, title, _who, least=8, rank=rank)
        case "met" | "last" | "keep":
            return Column(name, title, _pulse_cell(shown, name), least=6, rank=rank)
        case "channels":
            return Column(name, title, _channels_cell(shown), least=10, rank=rank)
        case "by":
            return Column(name, title, _by_cell(shown), least=8, rank=rank)
        case "birthday" | "added" | "next_on" | "archived_on":
            return Column(name, title, _day_cell(shown, name), least=6, rank=rank)

    def cell(person: Person) -> str:
        value = shown.record(person)[name]
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")

    return Column(name, title, cell, least=6, rank=rank)


def _who(person: Person) -> str:
    return person.org or person.role or person.relation or person.city or ""


def _list_cell(shown: Shown, name: str) -> Callable[[Person], str]:
    lists: dict[int, list[str]] | None = None

    def cell(person: Person) -> str:
        nonlocal lists
        if lists is None:
            lists = shown.lists(name)
        texts = lists.get(person.id, [])
        if not shown.kin.view.terminal:
            return ", ".join(texts) or "-"
        few = [t for n, t in enumerate(texts[:_MOST]) if not n or len(texts[0]) + len(t) < _CELL]
        more = f" +{len(texts) - len(few)}" if len(texts) > len(few) else ""
        return ", ".join(few) + more or "-"

    return cell


def _day_cell(shown: Shown, name: str) -> Callable[[Person], str]:
    def cell(person: Person) -> str:
        if name == "birthday":
            return dates.birthday_text(person.birthday) if person.birthday else "-"
        day = person.added_on if name == "added" else shown.record(person)[name]
        return views.when_shown(str(day), shown.kin.today) if day else "-"

    return cell


def _by_cell(shown: Shown) -> Callable[[Person], str]:
    def cell(person: Person) -> str:
        by = shown.introducers.get(person.introduced_by or 0)
        return by.name if by else "-"

    return cell


def _pulse_cell(shown: Shown, name: str) -> Callable[[Person], str]:
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


def _channels_cell(shown: Shown) -> Callable[[Person], str]:
    marks = {"known": " (not connected)", "sent": " (sent)"}

    def cell(person: Person) -> str:
        return ", ".join(
            channel.label(c.kind) + marks.get(c.state or "", "")
            for c in shown.channels.get(person.id, [])
        )

    return cell
