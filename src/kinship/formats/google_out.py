"""Cards as Google Contacts writes them since 2024, for Google and through it for Android.

Cells are exact: programs read them, and Google would keep a ``'`` before a formula.
"""

import csv  # noqa: TID253  (only for CSV)
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, TextIO

from kinship.formats import drafts
from kinship.formats.tables import Record
from kinship.model import channel, handles, names
from kinship.model.card import Card, Reach

FIXED: Final = (
    *("First Name", "Middle Name", "Last Name", "Phonetic First Name", "Phonetic Middle Name"),
    *("Phonetic Last Name", "Name Prefix", "Name Suffix", "Nickname", "File As"),
    *("Organization Name", "Organization Title", "Organization Department", "Birthday", "Notes"),
    *("Photo", "Labels"),
)
_PARTS: Final = {
    "Name Prefix": "prefix",
    "First Name": "first",
    "Middle Name": "middle",
    "Last Name": "last",
    "Name Suffix": "suffix",
}
_PAIR: Final = ("Label", "Value")
NUMBERED: Final = {
    "E-mail": _PAIR,
    "Phone": _PAIR,
    "Address": (
        *("Label", "Formatted", "Street", "City", "PO Box", "Region", "Postal Code", "Country"),
        "Extended Address",
    ),
    "Relation": _PAIR,
    "Website": _PAIR,
    "Event": _PAIR,
    "Custom Field": _PAIR,
}
"""Headings that come again with a number, as many as the richest contact needs."""
_BETWEEN: Final = " ::: "
_HEADING: Final = re.compile(r"(" + "|".join(NUMBERED) + r") (\d{1,3}) - (.+)")
_MOST: Final = 99
_LABELS: Final = frozenset(
    ("home", "work", "mobile", "main", "home fax", "work fax", "pager", "school", "other")
)

_FORMAT: Final = "google-csv"


def write(out: TextIO, people: Callable[[], Iterable[Card]]) -> None:
    """Write everybody; they are asked for twice, first to see which columns there are."""
    most: dict[str, int] = {}
    others: dict[str, None] = {}
    for card in people():
        for heading in _row(card):
            if match := _HEADING.fullmatch(heading):
                most[match[1]] = max(most.get(match[1], 1), min(int(match[2]), _MOST))
            elif heading not in FIXED:
                others[heading] = None
    columns = [*FIXED, *_headings(most), *others]
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row.get(column, "") for column in columns] for row in map(_row, people()))


def _headings(most: Mapping[str, int]) -> Iterator[str]:
    for what, parts in NUMBERED.items():
        for number in range(1, most.get(what, 1 if what in ("E-mail", "Phone") else 0) + 1):
            yield from (f"{what} {number} - {part}" for part in parts)


def _row(card: Card) -> dict[str, str]:
    """The cells that are not empty; what Google said itself stands where nothing else does."""
    said = (extra for extra in card.extras if extra.format == _FORMAT)
    told = {extra.name.replace(" - Type", " - Label"): extra.value for extra in said}
    row = {**_called(card.name), **_plain(card)}
    counts = dict.fromkeys(NUMBERED, 0)
    for heading in told:
        if (match := _HEADING.fullmatch(heading)) and match[1] in ("Custom Field", "Relation"):
            counts[match[1]] = max(counts[match[1]], min(int(match[2]), _MOST))

    def add(what: str, label: str, value: str) -> None:
        counts[what] += 1
        row[f"{what} {counts[what]} - Label"] = label
        row[f"{what} {counts[what]} - Value"] = value

    for reach in card.reaches:
        if reach.text:
            add(*_reached(reach))
    for name, day in card.dates:
        add("Event", name, day)
    for label, value in _own(card):
        if value:
            add("Custom Field", label, value)
    return {heading: value for heading, value in {**told, **_said(row)}.items() if value}


def _said(row: Mapping[str, str]) -> dict[str, str]:
    return {heading: value for heading, value in row.items() if value}


def _called(name: str) -> dict[str, str]:
    """The name in its parts where they make it whole again, else all of it in the first."""
    told = names.apart(name)
    row = dict(zip(_PARTS, told, strict=True))
    again = _read_again(row)
    if again == name:
        return row
    if names.fold(again) == names.fold(name):  # but for a comma
        return {**row, "File As": name}
    return {"First Name": name}


def _read_again(row: Mapping[str, str]) -> str:
    """The name that reading the parts gives."""
    draft = drafts.Draft()
    draft.said = {field: row[head] for head, field in _PARTS.items() if row[head]}
    made = drafts.finish(draft, Record(0, None, ()))
    return made.name if isinstance(made, Card) else ""


def _plain(card: Card) -> dict[str, str]:
    return {
        "Nickname": card.nick,
        "Organization Name": card.org,
        "Organization Title": card.role,
        "Birthday": card.birthday,
        "Notes": "\n".join(card.notes),
        "Labels": _BETWEEN.join(("* myContacts", *card.tags, *card.communities)),
        "Address 1 - Formatted": card.address,
        "Address 1 - City": card.city,
    }


def _reached(reach: Reach) -> tuple[str, str, str]:
    """Which column, what it is called, and the address, number or link."""
    if reach.kind == "email":
        return "E-mail", _label(reach.label), reach.text
    if reach.kind == "phone":
        return "Phone", _label(reach.label), reach.text
    if reach.kind in ("", "website"):
        return "Website", reach.label, reach.text
    link = handles.link(reach.kind, reach.text)
    if link and link.startswith("https://"):
        return "Website", channel.label(reach.kind), link
    return "Custom Field", channel.label(reach.kind), reach.text


def _label(said: str) -> str:
    """Google's own labels as Google writes them."""
    return said.title() if said in _LABELS else said


def _own(card: Card) -> Iterator[tuple[str, str]]:
    """What Google has no column for."""
    yield "Relation", card.relation
    yield "Cue", card.cue
    yield "Knows about", "; ".join(card.about)
    yield "Looks for", "; ".join(card.seeks)
    yield "Introduced by", card.by
