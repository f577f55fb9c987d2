"""kinship's own CSV, as `export` writes it; what a spreadsheet added to it is kept.

The cells of a file that says in its last column that it is safe are decoded; those of any other are
as they are. What kinship reckons (first, last, the nearest nudge) is not read back.
"""

from collections.abc import Iterator, Mapping, Sequence

from kinship.errors import BadInput
from kinship.formats import Source, drafts, spreadsheet, tables
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
_KNOWN = frozenset(("in person", "online", "known", "heard"))


def begins(heads: Sequence[str]) -> bool:
    """Whether these are the headings of a file that kinship wrote."""
    return tuple(head.strip() for head in heads[: len(_BEGINS)]) == _BEGINS


def read(source: Source) -> Iterator[Card | Skipped]:
    """The people of a file. Raises BadInput where kinship did not write its headings."""
    table = tables.read(source.data, source.encoding, _known)
    heads = [head.strip() for head in table.heads]
    if "name" not in heads or not (begins(heads) or heads[-1] == _MARK):
        raise BadInput("this is not kinship's CSV: the headings are others. Nothing was written.")
    safe = heads[-1] == _MARK
    for record in table.records:
        if record.cells is None:
            yield Skipped(record.row, tables.NOT_CLOSED, record.text)
            continue
        cells = map(spreadsheet.decode, record.cells) if safe else iter(record.cells)
        row = {
            head: cell.strip()
            for head, cell in zip(heads, cells, strict=False)
            if head and cell.strip()
        }
        row.pop(_MARK, None)
        if row:
            yield _card(record.row, row) if _called(row) else _nobody(record)


def _known(heads: Sequence[str]) -> int:
    return sum(head.strip() in COLUMNS for head in heads)


def _nobody(record: tables.Record) -> Skipped:
    return Skipped(record.row, "no name", record.text)


def _called(row: Mapping[str, str]) -> str:
    return next((row[of] for of in ("name", "nick", "org", "email", "phone") if of in row), "")


def _card(number: int, row: dict[str, str]) -> Card:
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
        extras=tuple(_extras(row)),
        remarks=tuple(
            drafts.cut_short(column, cell) for column, cell in row.items() if _is_cut(column, cell)
        ),
    )


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
