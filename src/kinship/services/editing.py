"""Changing and removing people."""

from collections.abc import Sequence

from kinship.errors import NotFound
from kinship.model import names
from kinship.model.channel import Handle
from kinship.model.person import Channel, Person
from kinship.services import connecting, handle_keys
from kinship.services import people as finding
from kinship.store import communities, entries, people, ties
from kinship.store.db import Change, Db
from kinship.value import Value


class Edit(Value):
    """What to change about a person: columns, and what is put to and taken from their lists.

    ``said_on`` is the day of saying it, by which a new introducer is a tie noted.
    """

    columns: tuple[tuple[str, str | None], ...] = ()
    add: tuple[tuple[str, str], ...] = ()
    take: tuple[tuple[str, str], ...] = ()
    channels: tuple[Handle, ...] = ()
    unlink: tuple[Handle, ...] = ()
    dates: tuple[tuple[str, str], ...] = ()
    met: str | None = None
    said_on: str | None = None


def edit(db: Db, person: Person, wanted: Edit) -> Person:
    """Change facts about a person. Raises NotFound for what is to be taken and is not there."""
    with db.change(f"edit {finding.ref(db, person)}", about=[person.id]) as tx:
        columns: dict[str, str | int | None] = dict(wanted.columns)
        if "name" in columns:
            columns["name_key"] = names.fold(str(columns["name"]))
        if "nick" in columns:
            columns["nick_key"] = names.fold(str(columns["nick"])) if columns["nick"] else None
        if columns:
            people.update(tx, person.id, **columns)
        if "introduced_by" in columns and wanted.said_on:
            by = columns["introduced_by"]
            ties.introducer(
                tx,
                person.id,
                int(by) if by else None,
                wanted.said_on,
                before=person.introduced_by,
            )
        for what, name in wanted.add:
            _put(tx, person.id, what, name)
        for what, name in wanted.take:
            if not _take(tx, person.id, what, name):
                raise NotFound(
                    f"{person.name} {_LACKS[what]} {names.quoted(name)}. Nothing was changed.",
                    hint=f"kinship show {finding.ref(db, person)}",
                )
        for name, day in wanted.dates:
            people.set_anniversary(tx, person.id, name, names.fold(name), day)
        for handle in wanted.unlink:
            for held in _held(tx, person, handle):
                people.remove_channel(tx, held.id)
        for handle in wanted.channels:
            state = connecting.first_state(handle.kind, connected=person.known == "online")
            connecting.put_channel(tx, person.id, handle, state=state)
        if wanted.met:
            _first_met(tx, person, wanted.met)
        mended = people.by_id(tx, person.id)
    assert mended
    return mended


_LACKS = {
    "about": "has no topic",
    "seeks": "does not look for",
    "tag": "has no tag",
    "community": "is not in",
}


def _put(tx: Change, person_id: int, what: str, name: str) -> None:
    key = names.fold(name)
    match what:
        case "about" | "seeks":
            people.add_topic(tx, person_id, what, name, key)
        case "tag":
            people.add_tag(tx, person_id, name, key)
        case "community":
            communities.join(tx, person_id, name, key)


def _take(tx: Change, person_id: int, what: str, name: str) -> int:
    key = names.fold(name)
    match what:
        case "about" | "seeks":
            return people.remove_topic(tx, person_id, what, key)
        case "tag":
            return people.remove_tag(tx, person_id, key)
        case _:
            return communities.leave(tx, person_id, key)


def _held(db: Db, person: Person, wanted: Handle) -> list[Channel]:
    """Their channels of this kind, or with this handle. Raises NotFound where there is none."""
    found = [
        c for c in people.channels(db, [person.id]).get(person.id, []) if c.kind == wanted.kind
    ]
    if wanted.handle:
        key = handle_keys.key(db, wanted)
        found = [
            c for c in found if c.handle and handle_keys.key(db, Handle(c.kind, c.handle)) == key
        ]
    if not found:
        said = f"{wanted.kind}:{wanted.handle}" if wanted.handle else wanted.kind
        raise NotFound(
            f"{person.name} has no channel {names.quoted(said)}. Nothing was changed.",
            hint=f"kinship show {finding.ref(db, person)}",
        )
    return found


def prefer(db: Db, person: Person, wanted: Handle) -> str:
    """The kind they like to be reached by. Raises NotFound for a handle that is not theirs."""
    return _held(db, person, wanted)[0].kind if wanted.handle else wanted.kind


def _first_met(tx: Change, person: Person, day: str) -> None:
    """Correct the day of the first meeting, or write it down where there is none."""
    meetings = entries.meetings(tx, person.id)
    if meetings:
        inferred = ",".join(f for f in meetings[0].inferred.split(",") if f and f != "day")
        entries.update(tx, "conversation", meetings[0].id, day=day, inferred=inferred)
        return
    entries.add_conversation(
        tx, person.id, day, direction="both", met=True, inferred=("direction",)
    )
    if person.known in ("known", "heard"):
        people.update(tx, person.id, known="in person")


def remove(db: Db, who: Sequence[Person]) -> None:
    """Remove people and all that was written about them; `undo` brings them back."""
    label = "rm " + ",".join(finding.refs(db, who).values())
    with db.change(label) as tx:
        for person in who:
            people.remove(tx, person.id)
