"""Handles as they are compared in this file: the country that was chosen says whose line it is."""

from kinship.model import channel, handles, phone
from kinship.model.channel import Handle
from kinship.model.person import Person
from kinship.model.setting import COUNTRY
from kinship.store import people, settings
from kinship.store.db import Change, Db
from kinship.value import Value


def key(db: Db, handle: Handle) -> str:
    """What two spellings of one handle have in common."""
    return handles.key(*handle, _country(db, handle))


def link(db: Db, kind: str, handle: str) -> str | None:
    """The address that opens this handle, or None when there is none."""
    return handles.link(kind, handle, _country(db, Handle(kind, handle)))


def reached_at(db: Db, number: str) -> list[Person]:
    """Whoever is reached at this phone number, in whatever spelling, on any channel.

    A number without its extension finds all that have one; and with one, the line itself.
    """
    whole = key(db, Handle("phone", number))
    line = whole.partition("x")[0]
    found = people.by_handle(db, whole) if whole != line else []
    found = found or people.by_line(db, line)
    return found or (people.by_line(db, phone.digits(number)) if phone.is_national(number) else [])


def _country(db: Db, handle: Handle) -> str:
    """The country that was chosen, for a number that needs one."""
    if handles.is_number(*handle) and phone.is_national(handle.handle):
        return settings.value(db, COUNTRY)
    return ""


class Rekeyed(Value):
    """How many national numbers are of another line now, and those that two people turn out to share.

    In ``shared`` are the number, whose it is, and who had it before.
    """

    count: int
    shared: list[tuple[str, str, str]]


def of_country(tx: Change, country: str) -> Rekeyed:
    """Compare every national number as one of this country, or of none.

    Two people's numbers that are one line then stay apart, the later one by its digits alone.
    """
    wanted: dict[int, tuple[int, Handle, str]] = {}
    for number, person_id, kind, handle, before in people.numbers(tx, channel.PHONES):
        if handles.is_number(kind, handle) and phone.is_national(handle):
            after = handles.key(kind, handle, country)
            if after != before:
                wanted[number] = (person_id, Handle(kind, handle), after)
    count, before_this = 0, -1
    while count != before_this:  # one may take the key that another gives up
        before_this = count
        for number, (_, one, after) in list(wanted.items()):
            if not people.by_handle(tx, after, one.kind):
                people.set_handle(tx, number, one.handle, after)
                del wanted[number]
                count += 1
    return Rekeyed(count, [_apart(tx, number, *one) for number, one in wanted.items()])


def _apart(
    tx: Change, number: int, person_id: int, handle: Handle, shared: str
) -> tuple[str, str, str]:
    owner = people.by_handle(tx, shared, handle.kind)[0]
    alone = handles.key(*handle)
    if not people.by_handle(tx, alone, handle.kind):
        people.set_handle(tx, number, handle.handle, alone)
    them = people.by_ids(tx, [person_id, owner.id])
    return handle.handle, them[person_id].name, owner.name
