"""The address book of abook: sections of ``name=value``, without quotation marks or escapes."""

import re
from collections.abc import Iterator
from typing import Final

from kinship.errors import BadInput
from kinship.formats import Source, days, drafts, text
from kinship.formats.drafts import Draft
from kinship.formats.tables import Record
from kinship.model import names
from kinship.model.card import Card, Extra, Reach, Skipped

_SECTION: Final = re.compile(r"\[([^\]\n]{1,40})\]\s*")
_PHONES: Final = {"phone": "home", "workphone": "work", "fax": "fax", "mobile": "mobile"}
_ADDRESS: Final = {
    "address": "street",
    "address2": "more",
    "city": "city",
    "state": "region",
    "zip": "zip",
    "country": "country",
}


def read(source: Source) -> Iterator[Card | Skipped]:
    """The cards of an address book. Raises BadInput where it has no sections."""
    lines = text.lines(source.data, source.encoding)
    first = _first(lines)
    if first is None:
        raise BadInput("this is no address book of abook. Nothing was written.")
    return _sections(lines, *first)


def _first(lines: Iterator[str]) -> tuple[int, str] | None:
    """Where the first section begins; only remarks and blank lines may stand before it."""
    for number, line in enumerate(lines, start=1):
        if match := _SECTION.fullmatch(line.strip()):
            said = match[1].strip().lower()
            return (number, said) if said == "format" or said.isdecimal() else None
        if line.strip() and not line.lstrip().startswith(("#", ";")):
            return None
    return None


def _sections(lines: Iterator[str], number: int, section: str) -> Iterator[Card | Skipped]:
    """A section a person; what is called ``format`` is about the file."""
    began, held, row = number, list[str](), number
    for row, line in enumerate(lines, start=number + 1):
        if match := _SECTION.fullmatch(line.strip()):
            if section != "format":
                yield from _card(began, held)
            section, began, held = match[1].strip().lower(), row, []
        elif line.strip() and not line.startswith("#"):
            held.append(line.rstrip("\r\n"))
    if section != "format":
        yield from _card(began, held)


def _card(row: int, lines: list[str]) -> Iterator[Card | Skipped]:
    draft = Draft()
    for line in lines:
        key, mark, value = line.partition("=")
        key, value = key.strip().lower(), value.strip()
        if not mark or not key:
            draft.remarks.append(f"{names.quoted(line)} is not understood")
            draft.extras.append(Extra("line", line))
        elif value:
            _fill(draft, key, value)
    yield drafts.finish(draft, Record(row, None, [line + "\n" for line in lines]))


def _fill(draft: Draft, key: str, value: str) -> None:
    if key in ("name", "nick"):
        if draft.said.setdefault(key, value) != value:
            draft.extras.append(Extra(key, value))
    elif key == "email":
        parts = filter(None, map(str.strip, value.split(",")))
        draft.reaches += [Reach("email", drafts.bare_email(part)) for part in parts]
    elif key in _PHONES:
        draft.reaches.append(Reach("phone", value, _PHONES[key]))
    elif key in _ADDRESS:
        part = drafts.PARTS.index(_ADDRESS[key])
        draft.homes.setdefault("", []).append((part, key, value))
    elif key == "url":
        draft.reaches.append(Reach("", value))
    elif key == "notes":
        draft.notes.append(value)
    elif key == "groups":
        draft.tags += filter(None, map(str.strip, value.split(",")))
    elif key == "anniversary":
        _anniversary(draft, value)
    else:
        draft.extras.append(Extra(key, value))


def _anniversary(draft: Draft, value: str) -> None:
    """abook has no birthday: what it read as one from a vCard stands here."""
    if day := days.read(value, "?"):
        draft.dates.append(("anniversary", day))
    elif not days.says_nothing(value):
        draft.remarks.append(f"anniversary: {names.quoted(value)} is no day")
        draft.extras.append(Extra("anniversary", value))
