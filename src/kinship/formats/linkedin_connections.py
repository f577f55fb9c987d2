"""Connections.csv of LinkedIn: whom you are connected with, and since when."""

import re
from collections.abc import Iterator

from kinship.formats import Source, linkedin
from kinship.formats.tables import NOT_CLOSED
from kinship.model import names
from kinship.model.card import Card, Extra, Reach, Skipped


def read(source: Source) -> Iterator[Card | Skipped]:
    """Everybody in the file. Raises BadInput where its headings are not to be found."""
    columns = linkedin.Columns(source, linkedin.CONNECTIONS, ("first", "last"))
    columns.find_day()
    pick = columns.picker("first", "last", "email", "url", "day", "org", "role", "tags")
    width = len(columns.table.heads)
    for row, cells, lines in columns.table.records:
        if cells is None:
            yield Skipped(row, NOT_CLOSED, "".join(lines).rstrip("\r\n"))
            continue
        first, last, email, address, said, org, role, tags = pick(cells)
        name = f"{first} {last}".strip() or email
        if linkedin.is_nobody(name):
            if not any(map(str.strip, cells)):
                continue
            yield linkedin.without_name(row, "".join(lines).rstrip("\r\n"))
            continue
        day = columns.day(said, "day")
        extras = tuple(columns.extras(cells)) if columns.others or len(cells) > width else ()
        remarks: tuple[str, ...] = ()
        if said and day is None:
            extras += (Extra(columns.head("day"), said),)
            remarks = (f"{names.quoted(said)} is not a day that can be told",)
        key = linkedin.key(address)
        reaches = linkedin.reaches(key, address, "connected", day)
        if email:
            reaches += (Reach("email", email),)
        yield Card(
            row,
            name,
            key=key,
            first=first,
            last=last,
            org=org,
            role=role,
            reaches=reaches,
            tags=tuple(filter(None, map(str.strip, re.split("[;,]", tags)))) if tags else (),
            extras=extras,
            remarks=remarks,
        )
