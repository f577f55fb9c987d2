"""Attendee lists of Luma, Eventbrite, Meetup or by hand: text with columns becomes guests.

Nothing here knows who is in the file: names, addresses and links come out as they were written,
with the row they stand in.
"""

import io
from collections.abc import Sequence
from typing import NamedTuple

from kinship.errors import BadInput
from kinship.formats import drafts, headings, spreadsheet, tables, text
from kinship.formats.tables import Record
from kinship.model import names

MOST_BYTES = 50_000_000
_SAMPLE = 60
_MOSTLY = 0.6


class Guest(NamedTuple):
    """A row of an attendee list: who it is, and what else it says.

    ``links`` are texts that may be handles, each with the kind its column named, or none.
    """

    row: int
    name: str
    email: str
    org: str = ""
    role: str = ""
    city: str = ""
    phone: str = ""
    links: tuple[tuple[str | None, str], ...] = ()


class Listed(NamedTuple):
    """What an attendee list holds: who comes, how many do not, and rows that say nobody."""

    guests: list[Guest]
    not_coming: int
    bad: list[tuple[int, str]]


_FIELDS = frozenset(
    ("first", "middle", "last", "name", "email", "org", "role", "city", "phone", "status")
)
NOT_COMING = frozenset(
    [
        "declined",
        "rejected",
        "refunded",
        "cancelled",
        "canceled",
        "deleted",
        "no",
        "not attending",
        "not going",
        "no show",
        "waitlist",
        "waitlisted",
        "on waitlist",
        "waiting list",
        "waiting",
        "pending",
        "pending approval",
        "invited",
        "maybe",
        "transferred",
        "nein",
        "nimmt nicht teil",
        "abgesagt",
        "storniert",
        "non",
        "annule",
        "cancelado",
        "annullato",
        "false",
        "0",
    ]
)


NO_NAME_YET = frozenset(("info requested", "info requested info requested"))
"""What Eventbrite writes for a ticket whose buyer has not said yet who comes."""


def read(data: bytes) -> Listed:
    """The guests of an attendee list. Raises BadInput where there is none to be found in it."""
    if len(data) > MOST_BYTES:
        raise BadInput(
            f"this is more than {MOST_BYTES // 1_000_000} MB, which no attendee list is.",
            hint=text.SAVE,
        )
    return parse(text.decode(data))


def parse(listed: str) -> Listed:
    """As `read`, of text."""
    lines = list(io.StringIO(listed, newline=""))  # not at every mark that parts lines in print
    tables.check(lines)
    mark = tables.delimiter(lines[:_SAMPLE], _known)
    records = list(tables.records(lines, mark))
    head = _head(records)
    if head and len(records[head[0]].cells or ()) == 1:  # commas are of the names, then
        records = [
            record._replace(cells=[", ".join(map(str.strip, record.cells))])
            if record.cells
            else record
            for record in records
        ]
    if head is None:
        return _guests(records, *_without_head(records))
    at, fields = head
    return _guests(records, at, fields)


class _Fields(NamedTuple):
    """Which column holds what, and of which kind the handles in a column are."""

    place: dict[str, int]
    links: dict[int, str | None]
    decoded: bool = False
    half: str = ""


def _head(records: Sequence[Record]) -> tuple[int, _Fields] | None:
    """The row of headings, and what they say; a title or a note may stand above it."""
    at = tables.header(records, _known)
    return None if at is None else (at, _fields(records[at].cells or ()))


def _known(cells: Sequence[str]) -> int:
    """How many fields a row of headings names, if it says who comes."""
    place = _fields(cells).place
    return len(place) if {"name", "first", "last", "email"} & place.keys() else 0


def _fields(cells: Sequence[str]) -> _Fields:
    """What the headings of a row name; the first of several columns that name the same counts."""
    keys = headings.keys_of(cells)
    place: dict[str, int] = {}
    links: dict[int, str | None] = {}
    for at, key in enumerate(keys):
        named = headings.field_of(key)
        field = named if named in _FIELDS else headings.paired(key, keys)
        if field == "role" and key == "title" and {"user id", "suffix"} & set(keys):
            field = None  # a Meetup rank, or Mr and Ms
        if field is None and (kind := headings.kind(key)) is not None:
            if kind in ("email", "phone"):
                field = kind
            else:
                links[at] = kind
        if field is None and key in (
            "url of member profile",
            "profile",
            "profile url",
            "url",
            "channels",
        ):
            links[at] = None
        if field and field not in place:
            place[field] = at
    return _Fields(place, links, keys[-1:] == ["kinship"], headings.half_of(keys))


def _without_head(
    records: Sequence[Record],
) -> tuple[int, _Fields]:
    """Where no heading is known, a column of addresses says which; the words beside are names."""
    rows = [record.cells for record in records[:_SAMPLE] if record.cells]
    width = max((len(cells) for cells in rows), default=0)

    def share(at: int, good: str) -> float:
        held = [cells[at].strip() for cells in rows if len(cells) > at and cells[at].strip()]
        fitting = sum(_is_email(c) if good == "email" else _is_name(c) for c in held)
        if good == "name" and len(set(held)) <= len(held) // 2:
            return 0  # yes and no, a language, a ticket
        return fitting / len(held) if held else 0.0

    emails = [at for at in range(width) if share(at, "email") >= _MOSTLY]
    if not emails:
        raise BadInput(
            "no column of names or e-mail addresses was found. Nothing was written.",
            hint=(
                "Name the columns in the first row, for example: name,email,company",
                *_first_row(rows),
            ),
        )
    place = {"email": emails[0]}
    headed = not _is_email(dict(enumerate(rows[0])).get(emails[0], ""))
    named = [at for at in range(width) if at != emails[0] and share(at, "name") >= _MOSTLY]
    if named:
        place["name"] = named[0]
    first = next(at for at, record in enumerate(records) if record.cells)
    return first if headed else -1, _Fields(place, {})


def _first_row(rows: Sequence[Sequence[str]]) -> list[str]:
    return [f"It begins: {names.quoted(', '.join(rows[0]))}"] if rows else []


def _is_email(text: str) -> bool:
    local, at, domain = text.strip().rpartition("@")
    return bool(at and local and "." in domain and " " not in text.strip())


def _is_name(text: str) -> bool:
    return any(c.isalpha() for c in text) and not any(c.isdigit() for c in text) and "@" not in text


def _guests(records: Sequence[Record], head: int, fields: _Fields) -> Listed:
    guests: list[Guest] = []
    bad: list[tuple[int, str]] = []
    not_coming = 0
    turned = _turned(records[head + 1 :], fields)
    for number, cells, _ in records[head + 1 :]:
        if cells is None:
            bad.append((number, tables.NOT_CLOSED))
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if names.fold(_cell(cells, fields, "status")) in NOT_COMING:
            not_coming += 1
            continue
        guest = _guest(number, cells, fields, turned=turned)
        try:
            names.check_text(guest.name or guest.email, "name", names.NAME_LIMIT)
        except BadInput as error:
            bad.append((number, error.message.rstrip(".").split(", and")[0]))
            continue
        if names.fold(guest.name) in NO_NAME_YET:
            bad.append((number, "no name yet"))
            continue
        if not names.fold(guest.name) and not guest.email:
            bad.append((number, "no name and no e-mail address"))
            continue
        guests.append(guest)
    return Listed(guests, not_coming, bad)


def _guest(number: int, cells: Sequence[str], fields: _Fields, *, turned: bool) -> Guest:
    def said(field: str) -> str:
        return names.clean_line(_cell(cells, fields, field))[0]

    name = said("name")
    parts = [said("first"), said("middle"), said("last")]
    if fields.half and drafts.is_half(name, {"first": parts[0], "last": parts[2]}):
        parts[0 if fields.half == "first" else 2], name = name, ""
    if any(parts) and (not name or (parts[0] and parts[2])):
        name = " ".join(filter(None, parts))
    elif turned and "," in name and not names.is_suffix(name.partition(",")[2]):
        last, _, first = name.partition(",")
        name = f"{first.strip()} {last.strip()}".strip()
    email, phone = said("email").removeprefix("mailto:"), drafts.number(said("phone"))
    if _is_email(name) and not email:
        name, email = "", name
    links = tuple(
        (kind, text)
        for at, kind in fields.links.items()
        if at < len(cells) and (text := cells[at].strip()) and text.lower() not in drafts.NO_HANDLE
    )
    return Guest(
        number,
        name,
        email if _is_email(email) else "",
        said("org"),
        said("role"),
        said("city"),
        "" if drafts.is_cut(phone) else phone,
        links,
    )


def _turned(records: Sequence[Record], fields: _Fields) -> bool:
    """Whether names stand as ``Lovelace, Ada``."""
    held = [_cell(record.cells, fields, "name").strip() for record in records if record.cells]
    held = [name for name in held if name]
    with_comma = sum("," in name and not names.is_suffix(name.partition(",")[2]) for name in held)
    return with_comma > len(held) * 0.8


def _cell(cells: Sequence[str], fields: _Fields, field: str) -> str:
    at = fields.place.get(field)
    text = cells[at] if at is not None and at < len(cells) else ""
    return spreadsheet.decode(text) if fields.decoded else text
