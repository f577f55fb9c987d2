"""An attendee list matched with the people you know, and written down as who is going."""

from collections.abc import Iterable, Sequence
from datetime import date

from kinship.errors import BadInput, Refused
from kinship.formats.attendees import Guest
from kinship.model import channel, handles, names, same_name
from kinship.model.channel import Handle
from kinship.model.entry import Event
from kinship.model.person import ME, Person
from kinship.model.setting import COUNTRY
from kinship.services import connecting, handle_keys
from kinship.store import attendance, entries, events, people, settings, ties
from kinship.store.db import Change, Db
from kinship.value import Value


class Newcomer(Value):
    """A guest who is not here yet: a name, and what the list says.

    ``shared`` are handles that somebody else on the list has already.
    """

    row: int
    name: str
    handles: tuple[Handle, ...]
    fields: tuple[tuple[str, str], ...]
    shared: tuple[Handle, ...] = ()


class Unsure(Value):
    """A guest who may be somebody here, and why that is not certain."""

    row: int
    name: str
    people: list[int]
    shared: str | None
    """The address or handle that belongs to somebody of another name."""


class Matched(Value):
    """What an attendee list says, beside what is known; the numbers are of people."""

    here: list[int]
    already: set[int]
    new: list[Newcomer]
    unsure: list[Unsure]

    @property
    def not_marked(self) -> list[int]:
        """Who is here, and not marked as going yet."""
        return [number for number in self.here if number not in self.already]


def match(db: Db, event: Event, guests: Sequence[Guest]) -> Matched:
    """Who of a list is here: by e-mail address, else by handle or link, else by the whole name.

    An address counts only where the names do not contradict; a name that two people have is nobody's.
    """
    held = {guest.row: _handles(guest) for guest in guests}
    country = settings.value(db, COUNTRY)
    keys = {handles.key(*h, country) for own in held.values() for h in own}
    owners = _owners(db, keys)
    bearers = people.bearers(db, {k for g in guests if (k := names.fold(g.name))})
    known = people.by_ids(
        db, {*owners.values(), *(n for low, high in bearers.values() for n in (low, high))}
    )
    twice = _of_several(guests)
    here: dict[int, None] = {}
    new: dict[tuple[str, str], Newcomer] = {}
    unsure: list[Unsure] = []
    for guest in guests:
        found = _whose(guest, held[guest.row], owners, bearers, known, twice, country)
        if found == ME:
            continue
        if isinstance(found, int):
            here[found] = None
        elif isinstance(found, Unsure):
            unsure.append(found)
        else:
            key = (names.fold(found.name), found.handles[0].handle if found.handles else "")
            new.setdefault(key, found)
    marked = attendance.is_going(db, event.id, here)
    return Matched(list(here), marked, _each_once(list(new.values()), country), unsure)


def colleagues(db: Db, several: Sequence[Newcomer], today: date) -> dict[int, Person]:
    """By their rows who works where somebody does whom you know, and the warmest of those."""
    orgs = {one.row: names.fold(dict(one.fields).get("org", "")) for one in several}
    wanted = {org for org in orgs.values() if org}
    if not wanted:
        return {}
    from kinship.services import acquaintances  # noqa: PLC0415  (only with a company on the list)

    there: dict[str, list[int]] = {}
    for number, org in ties.employed(db):
        if (key := names.fold(org)) in wanted:
            there.setdefault(key, []).append(number)
    first = {org: acquaintances.warmest(db, who, today, most=1) for org, who in there.items()}
    return {row: first[org][0] for row, org in orgs.items() if first.get(org)}


def invite(
    db: Db, event: Event, guests: Sequence[Guest], planned: Matched, *, add: bool, today: date
) -> None:
    """Mark those who are here as going, and with ``add`` write down the others as heard of.

    Raises Refused when the file has changed since it was ``planned``.
    """
    with db.change(f"event guests {event.name}") as tx:
        if events.by_id(tx, event.id) is None or match(tx, event, guests) != planned:
            raise Refused(
                "the file was changed just now by another program. Nothing was written.",
                hint="Try again.",
            )
        numbers = list(planned.not_marked)
        if add:
            numbers += [_add(tx, one, today) for one in planned.new]
        attendance.set_going(tx, event.id, numbers)


def _add(tx: Change, one: Newcomer, today: date) -> int:
    person_id = people.add(
        tx,
        name=one.name,
        name_key=names.fold(one.name),
        known="heard",
        added_on=today.isoformat(),
        **dict(one.fields),
    )
    for handle in one.handles:
        people.add_channel(
            tx,
            person_id,
            handle.kind,
            handle.handle,
            handle_keys.key(tx, handle),
            state=connecting.first_state(handle.kind, connected=False),
            inferred="state" if channel.KINDS[handle.kind].to_connect else "",
        )
    for handle in one.shared:  # a handle has one owner: the other one's is kept in words
        text = f"{channel.label(handle.kind)}: {handle.handle}"
        entries.add_note(tx, person_id, today.isoformat(), text)
    return person_id


def _handles(guest: Guest) -> tuple[Handle, ...]:
    """What a guest is reached by, the e-mail address first; what cannot be read is left out."""
    said: list[tuple[str | None, str]] = [("email", guest.email), *guest.links]
    said.append(("phone", guest.phone))
    found: dict[Handle, None] = {}
    for kind, text in said:
        handle = _handle(kind, text) if text else None
        if handle and handle.kind in channel.KINDS and handle.kind != "website":
            found[handle] = None
    return tuple(found)


def _handle(kind: str | None, text: str) -> Handle | None:
    """A cell as a handle: a link as it is, a bare name only under a heading that says where."""
    if len(text) > names.LINE_LIMIT:
        return None
    try:
        found = handles.recognise(text) if kind not in ("email", "phone") else None
        if found and (kind in (None, found.kind) or "/" in text):
            return found
        plain = kind and " " not in text.strip() and names.fold(text) not in _NOTHING
        return handles.parse(kind, text) if kind and (plain or kind == "phone") else None
    except BadInput:
        return None


_NOTHING = ("none", "no", "n a", "na", "x", "-", "nope", "not yet", "later", "yes")


def _owners(db: Db, keys: Iterable[str]) -> dict[tuple[str, str], int]:
    """Whose each kind and key is; telephone numbers are one kind."""
    return {(_family(kind), key): number for key, kind, number in people.owners(db, list(keys))}


def _family(kind: str) -> str:
    return "phone" if kind in channel.PHONES else kind


def _whose(
    guest: Guest,
    held: Sequence[Handle],
    owners: dict[tuple[str, str], int],
    bearers: dict[str, tuple[int, int]],
    known: dict[int, Person],
    twice: set[str],
    country: str,
) -> int | Unsure | Newcomer:
    other: tuple[int, str] | None = None
    for handle in held:
        number = owners.get((_family(handle.kind), handles.key(*handle, country)))
        if number is None or number not in known:
            continue
        if number == ME or not guest.name or _agree(guest.name, known[number]):
            return number
        other = other or (number, handle.handle)
    key = names.fold(guest.name)
    low, high = bearers.get(key, (0, 0))
    if low and low == high and key not in twice:
        return low
    if low or other:
        numbers = [low, high] if low else []
        return Unsure(
            guest.row,
            guest.name,
            list(dict.fromkeys([*numbers, *([other[0]] if other else [])])),
            other[1] if other else None,
        )
    fields = (("org", guest.org), ("role", guest.role), ("city", guest.city))
    return Newcomer(
        guest.row,
        guest.name or guest.email,
        tuple(held),
        tuple((field, text[: names.LINE_LIMIT]) for field, text in fields if text),
    )


def _of_several(guests: Sequence[Guest]) -> set[str]:
    """The names that stand in the list with different addresses: those are different people."""
    addresses: dict[str, set[str]] = {}
    for guest in guests:
        if guest.email:
            addresses.setdefault(names.fold(guest.name), set()).add(guest.email.casefold())
    return {name for name, own in addresses.items() if len(own) > 1}


def _agree(name: str, person: Person) -> bool:
    """Whether two names do not contradict, or one is only an address."""
    return not same_name.contradict(name, person.name, other_nick=person.nick or "")


def _each_once(several: list[Newcomer], country: str) -> list[Newcomer]:
    """A row without an address is the person of that name who has one; a handle has one owner."""
    addressed = {names.fold(one.name) for one in several if one.handles}
    taken: set[tuple[str, str]] = set()
    result = []
    for one in several:
        if not one.handles and names.fold(one.name) in addressed:
            continue
        keys = {h: (_family(h.kind), handles.key(*h, country)) for h in one.handles}
        own = tuple(h for h in one.handles if keys[h] not in taken)
        taken.update(keys.values())
        shared = tuple(h for h in one.handles if h not in own)
        result.append(one._replace(handles=own, shared=shared))
    return result
