"""kinship's own CSV, as `export` writes it; what a spreadsheet made of it or added to it is kept.

The cells of a file that says in a column of its own that it is safe are decoded; those of any other
are as they are. What kinship reckons (first, last, the nearest nudge) is not read back.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from kinship.errors import BadInput
from kinship.formats import Source, days, drafts, linkedin_days, spreadsheet, tables
from kinship.model import names
from kinship.model.card import Card, Extra, Reach, Skipped, Talk

COLUMNS = (
    *("name", "first", "last", "nick", "org", "role", "city", "email", "phone", "channels"),
    *("topics", "communities", "tags", "birthday", "met_on", "met_at", "met_how"),
    *("introduced_by", "cadence", "last_on", "last_text", "next_on", "next_what", "relation"),
    *("note", "id"),
)
REMINDERS = frozenset(("connect", "say hello", "reply", "happy birthday"))
"""What ``next_what`` says of reminders that nobody set."""
_MARK = "kinship"
_BEGINS = COLUMNS[:11]
_OURS: Final = frozenset((*COLUMNS, _MARK))
_OURS_ALONE: Final = frozenset(("met_on", "met_at", "introduced_by", "channels"))
"""Columns that no other program has together."""
_DAYS: Final = ("birthday", "met_on", "last_on", "next_on")
_PARTIAL: Final = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?")
_WIDEST: Final = 300
_KNOWN = frozenset(("in person", "online", "known", "heard"))


def read(source: Source) -> Iterator[Card | Skipped]:
    """The people of a file. Raises BadInput where kinship did not write its headings."""
    table = tables.read(source.data, source.encoding, _known)
    heads = _heads(table.heads)
    if not _is_ours(heads):
        raise BadInput("this is not kinship's CSV: the headings are others. Nothing was written.")
    safe = _MARK in heads
    when = _Days(source)
    for record in table.records:
        if record.cells is None:
            yield Skipped(record.row, tables.NOT_CLOSED, record.text)
            continue
        cells = map(spreadsheet.decode, record.cells) if safe else iter(record.cells)
        heads += [f"column {at + 1}" for at in range(len(heads), min(len(record.cells), _WIDEST))]
        row = {head: cell.strip() for head, cell in zip(heads, cells, strict=False) if cell.strip()}
        if row.get(_MARK) == spreadsheet.VERSION:
            del row[_MARK]
        if row:
            yield _card(record.row, row, when) if _called(row) else _nobody(record)


def _heads(told: Sequence[str]) -> list[str]:
    """The headings, ours as kinship writes them; each is there once."""
    bare = [head.strip() for head in told]
    found: list[str] = []
    for at, head in enumerate(bare, 1):
        key = _key(head)
        key = key if key in _OURS and key not in bare else head
        found.append(key if key and key not in found else f"{head or 'column'} {at}")
    return found


def _is_ours(heads: Sequence[str]) -> bool:
    """Whether kinship wrote these headings, in whatever order they are now."""
    held = set(heads)
    named = _MARK in held or tuple(heads[: len(_BEGINS)]) == _BEGINS or held >= _OURS_ALONE
    return named and not held.isdisjoint(("name", "first", "email", "channels"))


def _key(head: str) -> str:
    return head.strip().lower().replace(" ", "_")


def _known(heads: Sequence[str]) -> int:
    return sum(_key(head) in _OURS for head in heads)


class _Days:
    """The days of a file; a spreadsheet may have written them anew, as they are in its country."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def read(self, text: str, column: str) -> str:
        """A day as kinship writes it, empty where that cannot be told."""
        if column == "birthday":
            day = days.read(text)
            day = days.read(text, self._order) if day == days.UNCLEAR else day
            return day if day != days.UNCLEAR else ""
        if _PARTIAL.fullmatch(text):
            return text
        return linkedin_days.read(text) or linkedin_days.read(text, self._order) or ""

    @cached_property
    def _order(self) -> str:
        """Which comes first in its days, by all of the file, else as the user says."""
        table = tables.read(self._source.data, self._source.encoding, _known)
        at = [n for n, head in enumerate(table.heads) if _key(head) in _DAYS]
        rows = (record.cells for record in table.records if record.cells)
        texts = (cells[n] for cells in rows for n in at if n < len(cells))
        return days.order_of(texts) or self._source.date_order


def _nobody(record: tables.Record) -> Skipped:
    return Skipped(record.row, "no name", record.text)


def _called(row: Mapping[str, str]) -> str:
    if "name" not in row and ("first" in row or "last" in row):
        return f"{row.get('first', '')} {row.get('last', '')}".strip()
    return next((row[of] for of in ("name", "nick", "org", "email", "phone") if of in row), "")


def _card(number: int, row: dict[str, str], when: _Days) -> Card:
    extras, remarks = _mended(row, when)

    def said(column: str) -> str:
        return row.get(column, "")

    def several(column: str) -> tuple[str, ...]:
        return tuple(spreadsheet.part(said(column)))

    name, known = _called(row), said("met_how")
    return Card(
        number,
        name,
        key=f"{row['id']} {names.fold(name)}" if "id" in row else "",
        first=said("first"),
        last=said("last"),
        nick=said("nick"),
        org=said("org"),
        role=said("role"),
        city=said("city"),
        birthday=said("birthday"),
        relation=said("relation"),
        known=known if known in _KNOWN else "known",
        by=said("introduced_by"),
        cadence=said("cadence"),
        reaches=_reaches(row),
        notes=(row["note"],) if "note" in row else (),
        about=several("topics"),
        tags=several("tags"),
        communities=several("communities"),
        talks=_talks(row),
        extras=(*extras, *_extras(row)),
        remarks=tuple(remarks),
    )


def _mended(row: dict[str, str], when: _Days) -> tuple[list[Extra], list[str]]:
    """Make the days of a row what kinship wrote; what cannot be told of them is kept, and said."""
    extras, remarks = [], []
    for column in _DAYS:
        text = row.pop(column, "")
        day = when.read(text, column) if text else ""
        if day:
            row[column] = day
        elif column == "next_on" and text:
            row[column] = text
        elif text:
            remarks.append(f"{column}: {names.quoted(text)} is not a day that can be told")
        if (column not in row and text) or days.loses_year(text, day):
            extras.append(Extra(column, text))
    for day_of, column in (("met_on", "met_at"), ("last_on", "last_text")):
        if column in row and day_of not in row:
            extras.append(Extra(column, row.pop(column)))
    if "phone" in row:
        row["phone"] = _whole_number(row["phone"], row.get("channels", ""))
        if drafts.is_cut(row["phone"]):
            remarks.append(drafts.cut_short("phone", row["phone"]))
    return extras, remarks


def _whole_number(phone: str, channels: str) -> str:
    """A number as it is among the channels: a spreadsheet drops a plus or noughts before it."""
    said = (one.partition(":") for one in spreadsheet.part(channels))
    numbers = (handle.strip() for kind, _, handle in said if kind.strip().lower() == "phone")
    return next((one for one in numbers if _figures(one) == _figures(phone)), phone)


def _figures(phone: str) -> str:
    return "".join(filter(str.isdecimal, phone)).lstrip("0")


def _reaches(row: Mapping[str, str]) -> tuple[Reach, ...]:
    """Every channel; an address or number that was changed in its own column only counts too."""
    found = []
    for one in spreadsheet.part(row.get("channels", "")):
        kind, _, handle = one.partition(":")
        found.append(Reach(kind.strip().lower(), handle.strip()))
    for kind in ("email", "phone"):
        reach = Reach(kind, row.get(kind, ""))
        if reach.text and reach not in found and not _is_cut(kind, reach.text):
            found.append(reach)
    return tuple(found)


def _is_cut(column: str, cell: str) -> bool:
    """Whether a spreadsheet left only the first figures of a phone number."""
    return column == "phone" and drafts.is_cut(cell)


def _talks(row: Mapping[str, str]) -> tuple[Talk, ...]:
    """The first meeting in person, and the last contact with the last words."""
    met_on, last_on = row.get("met_on"), row.get("last_on")
    text, event = row.get("last_text"), row.get("met_at")
    talks = []
    if met_on:
        once = met_on == last_on
        talks.append(Talk(met_on, "", text=text if once else None, met=True, event=event))
    if last_on and last_on != met_on:
        talks.append(Talk(last_on, "", text=text))
    return tuple(talks)


def _extras(row: Mapping[str, str]) -> Iterator[Extra]:
    """Columns that kinship does not write, and a promise."""
    for column, cell in row.items():
        if column not in COLUMNS or _is_cut(column, cell):
            yield Extra(column, cell)
    what = row.get("next_what", "")
    if what and what not in REMINDERS:
        yield Extra("next_what", f"{row.get('next_on', '')} {what}".strip())
