"""Handles as they are compared in this file: the country that was chosen says whose line it is."""

from kinship.model import channel, handles, phone
from kinship.model.channel import Handle
from kinship.model.person import Channel, Person
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


def link_of(held: Channel) -> str | None:
    """As `link`, from what is stored: the key of a national number says which line it is."""
    handle = held.handle or ""
    if held.handle_key and handles.is_number(held.kind, handle) and phone.is_national(handle):
        line = held.handle_key.partition("x")[0]
        handle = handle if line == phone.digits(handle) else f"+{line}"
    return handles.link(held.kind, handle) if handle else None


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
    rows = people.numbers(tx, channel.PHONES)
    taken = {(kind, key): person_id for _, person_id, kind, _, key in rows}
    waiting = []
    for number, person_id, kind, typed, before in rows:
        if handles.is_number(kind, typed) and phone.is_national(typed):
            after = handles.key(kind, typed, country)
            if after != before:
                waiting.append((number, person_id, Handle(kind, typed), before, after))

    def take(number: int, person_id: int, handle: Handle, before: str, after: str) -> bool:
        free = (handle.kind, after) not in taken
        if free:
            people.set_handle(tx, number, handle.handle, after)
            del taken[handle.kind, before]
            taken[handle.kind, after] = person_id
        return free

    count, left = 0, waiting
    while left:
        left = [one for one in waiting if not take(*one)]
        count += len(waiting) - len(left)
        if len(left) == len(waiting):
            break
        waiting = left  # one may take the key that another gave up
    shared = []
    for number, person_id, handle, before, after in left:
        if (owner := taken[handle.kind, after]) != person_id:
            shared.append((handle.handle, person_id, owner))
        take(number, person_id, handle, before, handles.key(*handle))
    who = people.by_ids(tx, {number for _, *both in shared for number in both})
    return Rekeyed(count, [(said, who[one].name, who[other].name) for said, one, other in shared])
