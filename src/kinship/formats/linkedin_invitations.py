"""Invitations.csv of LinkedIn: whom you asked to connect, and who asked you."""

from collections.abc import Iterator

from kinship.formats import Source, linkedin
from kinship.formats.tables import NOT_CLOSED
from kinship.model import names
from kinship.model.card import Card, Extra, Skipped, Talk


def read(source: Source) -> Iterator[Card | Skipped]:
    """The other side of each invitation. Raises BadInput where its headings are not to be found."""
    columns = linkedin.Columns(source, linkedin.INVITATIONS, ("from", "to", "direction"))
    cell = columns.cell
    for row, cells, lines in columns.table.records:
        verbatim = "".join(lines).rstrip("\r\n")
        if cells is None:
            yield Skipped(row, NOT_CLOSED, verbatim)
            continue
        if not any(map(str.strip, cells)):
            continue
        direction = names.fold(cell(cells, "direction"))
        mine = direction in linkedin.OUTGOING
        if not mine and direction not in linkedin.INCOMING:
            yield Skipped(row, "not said who invited whom", verbatim)
            continue
        name = cell(cells, "to" if mine else "from")
        address = cell(cells, "to_url" if mine else "from_url")
        if linkedin.is_nobody(name):
            yield linkedin.without_name(row, verbatim)
            continue
        said, text = cell(cells, "day"), linkedin.plain(cell(cells, "text"))
        day = columns.day(said, "day")
        extras = tuple(columns.extras(cells))
        remarks: tuple[str, ...] = ()
        talks: tuple[Talk, ...] = ()
        if day is None and said:
            extras += (Extra(columns.head("day"), said),)
            remarks = (f"{names.quoted(said)} is not a day that can be told",)
        if text and day:
            talks = (Talk(day, "me" if mine else "them", "linkedin", text),)
        elif text:
            extras += (Extra(columns.head("text"), text),)
        key = linkedin.key(address)
        yield Card(
            row,
            name,
            key=key,
            reaches=linkedin.reaches(key, address, "sent" if mine else None, day if mine else None),
            talks=talks,
            extras=extras,
            remarks=remarks,
        )
