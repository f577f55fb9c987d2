"""Channels, where they stand, and whom you met and are not connected with yet."""

from collections.abc import Sequence
from datetime import date

from kinship.errors import Refused
from kinship.model import channel, names
from kinship.model.channel import Handle
from kinship.model.person import Channel, Person
from kinship.services import people as finding
from kinship.store import entries, people
from kinship.store.db import Change, Db
from kinship.value import Value

REMEMBERED = 2
"""Days after a meeting in which they still know who you are."""
ASK_AGAIN = 7
"""Days after which a request that was sent is asked about; store.derived counts them."""


def first_state(kind: str, *, connected: bool) -> str | None:
    """Where a channel stands when its handle is written down; None needs no connecting."""
    if kind in channel.KINDS and not channel.KINDS[kind].to_connect:
        return None
    if kind not in channel.KINDS:
        return "connected" if connected else None
    return "connected" if connected else "known"


def owner(db: Db, handle: Handle, *, but: int) -> Person | None:
    """Somebody else whose handle this is."""
    if not handle.handle:
        return None
    having = people.by_handle(db, _key(db, handle), handle.kind)
    return next((p for p in having if p.id != but), None)


def _key(db: Db, handle: Handle) -> str:
    from kinship.services import handle_keys  # noqa: PLC0415  (only with a handle)

    return handle_keys.key(db, handle)


def put_channel(
    tx: Change,
    person_id: int,
    handle: Handle,
    *,
    state: str | None,
    sent_on: str | None = None,
    typed: bool = False,
    today: date | None = None,
) -> Channel:
    """Write down a handle, or what is new about one that is here already.

    Who says today that you are connected says no day: today stands for it, as inferred. Raises
    Refused when it belongs to somebody else. A handle is compared by its key; a channel
    without one is filled in by the first handle of its kind.
    """
    key = _key(tx, handle) if handle.handle else None
    if other := owner(tx, handle, but=person_id):
        raise _taken(tx, handle, other)
    held = [c for c in people.channels(tx, [person_id]).get(person_id, []) if c.kind == handle.kind]
    same = next((c for c in held if key and c.handle_key == key), None)
    same = same or next((c for c in held if c.handle is None or key is None), None)
    day = today.isoformat() if today and state == "connected" else None
    marks = [] if typed or state is None else ["state"]
    if same and same.connected_on:
        marks += [] if same.connected_since else ["connected_on"]
    elif day:
        marks.append("connected_on")
    inferred = ",".join(marks)
    if same is None:
        people.add_channel(
            tx,
            person_id,
            handle.kind,
            handle.handle or None,
            key,
            state=state,
            sent_on=sent_on,
            connected_on=day,
            inferred=inferred,
        )
    else:
        if key and same.handle is None:
            people.set_handle(tx, same.id, handle.handle, key)
        if typed or (state == "connected" and same.state != "connected"):
            people.set_channel(
                *(tx, same.id),
                state=state,
                sent_on=sent_on,
                connected_on=day,
                inferred=inferred,
            )
    return next(
        c
        for c in people.channels(tx, [person_id])[person_id]
        if c.kind == handle.kind and (not key or c.handle_key == key)
    )


def _taken(tx: Change, handle: Handle, owner: Person) -> Refused:
    """A handle of somebody else; a number that two people share is kept as a note."""
    ref = finding.ref(tx, owner)
    kept = f"shared {channel.label(handle.kind)}: {handle.handle}"
    return Refused(
        f"{channel.label(handle.kind)} {handle.handle} belongs to {owner.name}. "
        "Nothing was written.",
        hint=(
            f"kinship show {ref}",
            f"kinship edit {ref} --unlink {handle.kind}",
            f"kinship note WHO {names.argument(kept)}   if they share it",
        ),
    )


class Connected(Value):
    """Somebody and the channels that were said."""

    person: Person
    channels: list[Channel]


def connect(
    db: Db, person: Person, where: Sequence[Handle], *, sent_on: date | None, today: date
) -> Connected:
    """You are connected there now, or have asked to be. Closes the nudge to connect."""
    state = "sent" if sent_on else "connected"
    day = sent_on.isoformat() if sent_on else None
    with db.change(f"connect {finding.ref(db, person)}", about=[person.id]) as tx:
        written = [
            put_channel(tx, person.id, handle, state=state, sent_on=day, typed=True, today=today)
            for handle in where
        ]
        for follow_up in entries.open_follow_ups(tx, person.id):
            if follow_up.aim == "connect":
                entries.close_follow_up(tx, follow_up.id, "done", today.isoformat())
        entries.wake(tx, person.id, "connect")
    return Connected(person, written)


def never_connect(db: Db, who: Sequence[Person], *, today: date) -> None:
    """No more nudges to connect with these people."""
    with db.change(f"connect {finding.ref(db, who[0])} --never", about=[p.id for p in who]) as tx:
        for person in who:
            entries.never(tx, person.id, "connect")
            for follow_up in entries.open_follow_ups(tx, person.id):
                if follow_up.aim == "connect":
                    entries.close_follow_up(tx, follow_up.id, "dropped", today.isoformat())
