"""People met, known and heard of; where they are reached, and where you are not connected yet."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from kinship.errors import BadInput, NotFound, Refused
from kinship.model import channel, names
from kinship.model.cadence import Cadence
from kinship.model.channel import Handle
from kinship.model.entry import Circle, Conversation, Event
from kinship.model.person import Channel, Person
from kinship.services import people as finding
from kinship.store import entries, events, people
from kinship.store.db import Change, Db


class EventMeant(NamedTuple):
    """An event somebody named: one that is here, or a new name."""

    name: str
    id: int | None = None


class Arrival(NamedTuple):
    """Somebody to add, as understood; every date and person in it is looked up already.

    ``day`` is ISO text as precise as it was said; ``inferred`` names what nobody typed about the
    meeting, and ``connected`` says that the states of the channels were typed.
    """

    name: str
    how: str
    day: str | None = None
    event: EventMeant | None = None
    met_on: str | None = None
    since: str | None = None
    channels: tuple[tuple[Handle, str | None], ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    topics: tuple[str, ...] = ()
    seeks: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    communities: tuple[str, ...] = ()
    keep: Cadence | Circle | None = None
    follow_up: tuple[date, str | None] | None = None
    by: int | None = None
    knows: tuple[int, ...] = ()
    note: str | None = None
    url: str | None = None
    inferred: tuple[str, ...] = ()
    connected: bool = False


class Added(NamedTuple):
    """A person added or met again, and what was written down for them."""

    person: Person
    again: bool
    arrival: Arrival
    aim: str | None
    meetings: list[Conversation]


# Events


def event_like(db: Db, text: str) -> tuple[Event | None, Event | None]:
    """The event ``text`` means, or else the one it may be a misspelling of.

    The rules of names apply; a tie between years goes to the one last written about.
    """
    key = names.fold(text)
    words = key.split()
    known = events.every_event(db)
    for fits in (
        lambda e: e.name_key == key,
        lambda e: set(words) <= set(e.name_key.split()),
        lambda e: _begins(words, e.name_key.split()),
    ):
        found = [e for e in known if fits(e)]
        if found:
            return max(found, key=lambda e: (e.last_on or "", e.id)), None
    from kinship.model import likeness  # noqa: PLC0415  (only for a new name)

    year = _years(key)
    keys = {e.name_key: e for e in known if not year or _years(e.name_key) in ([], year)}
    near = likeness.near_names(key, keys)
    return None, keys[near[0]] if near else None


def _begins(words: list[str], own: list[str]) -> bool:
    rest = iter(own)
    return all(any(word.startswith(start) for word in rest) for start in words)


def _years(key: str) -> list[str]:
    """Two different years are two events, however alike their names."""
    return [word for word in key.split() if len(word) == 4 and word.isdigit()]


def take_event(tx: Change, meant: EventMeant | None) -> int | None:
    """The number of the event that was meant; a new name makes it."""
    if meant is None:
        return None
    if meant.id is not None:
        return meant.id
    key = names.fold(meant.name)
    found = next((e.id for e in events.every_event(tx) if e.name_key == key), None)
    return found or events.add(tx, meant.name, key)


# Adding


def add(db: Db, arrival: Arrival, *, today: date, batch: int | None = None) -> Added:
    """Write down somebody new. Raises Refused when a handle belongs to somebody else."""
    with db.change(f"add {arrival.name}", batch=batch) as tx:
        added = add_in(tx, arrival, today=today)
        tx.run("UPDATE change SET person_id = :p WHERE id = :c", p=added.person.id, c=tx.id)
    return added


def add_in(tx: Change, arrival: Arrival, *, today: date) -> Added:
    """As `add`, inside a change that holds more."""
    person_id = people.add(
        tx,
        name=arrival.name,
        name_key=names.fold(arrival.name),
        known=arrival.how,
        added_on=today.isoformat(),
    )
    return _write(tx, person_id, arrival, again=False, today=today)


def met_again(db: Db, person: Person, arrival: Arrival, *, today: date) -> Added:
    """Write down another meeting with somebody known, and whatever else was said."""
    with db.change(f"add {finding.ref(db, person)}", person_id=person.id) as tx:
        return met_again_in(tx, person, arrival, today=today)


def met_again_in(tx: Change, person: Person, arrival: Arrival, *, today: date) -> Added:
    """As `met_again`, inside a change that holds more."""
    if person.id in (arrival.by, *arrival.knows):
        raise BadInput("nobody introduces themselves, or is their own acquaintance.")
    first_time = not people.pulses(tx, [person.id])[person.id].last_on
    if person.known == "heard" or (
        first_time and person.known == "known" and arrival.how in ("in person", "online")
    ):
        people.update(tx, person.id, known=arrival.how)
    return _write(tx, person.id, arrival, again=True, today=today)


def _write(tx: Change, person_id: int, arrival: Arrival, *, again: bool, today: date) -> Added:
    fields = dict(arrival.fields)
    if arrival.note and not again and "cue" not in fields:
        fields["cue"] = arrival.note.splitlines()[0][: names.LINE_LIMIT]
    columns: dict[str, str | int | None] = dict(fields)
    for column, value in (
        ("since", arrival.since),
        ("met_on", arrival.met_on),
        ("introduced_by", arrival.by),
        ("nick_key", names.fold(fields["nick"]) if "nick" in fields else None),
    ):
        if value is not None:
            columns[column] = value
    if columns:
        people.update(tx, person_id, **columns)
    event_id = take_event(tx, arrival.event)
    if event_id:
        events.attend(tx, person_id, event_id)
    if arrival.day:
        last_on = people.pulses(tx, [person_id])[person_id].last_on
        if last_on is None or arrival.day >= last_on:
            for kind in ("keep", "reply"):
                entries.put_off(tx, person_id, kind, None)
        entries.add_conversation(
            tx,
            person_id,
            arrival.day,
            direction="both",
            met=arrival.how == "in person",
            event_id=event_id,
            url=arrival.url,
            text=arrival.note,
            inferred=arrival.inferred,
        )
    elif arrival.note:
        entries.add_note(tx, person_id, today.isoformat(), arrival.note)
    for handle, state in arrival.channels:
        put_channel(tx, person_id, handle, state=state, typed=arrival.connected)
    for side, listed in (("about", arrival.topics), ("seeks", arrival.seeks)):
        for name in listed:
            people.add_topic(tx, person_id, side, name, names.fold(name))
    for name in arrival.tags:
        people.add_tag(tx, person_id, name, names.fold(name))
    for name in arrival.communities:
        people.join(tx, person_id, name, names.fold(name))
    for other in arrival.knows:
        people.add_tie(tx, person_id, other, today.isoformat())
    _keep(tx, person_id, arrival.keep, today)
    aim = _follow_up(tx, person_id, arrival, today)
    person = people.by_id(tx, person_id)
    assert person
    return Added(person, again, arrival, aim, entries.meetings(tx, person_id))


def _keep(tx: Change, person_id: int, every: Cadence | Circle | None, today: date) -> None:
    if every is None:
        return
    people.update(
        tx,
        person_id,
        every=every.code if isinstance(every, Cadence) else None,
        circle_id=every.id if isinstance(every, Circle) else None,
        kept_on=today.isoformat(),
    )


def _follow_up(tx: Change, person_id: int, arrival: Arrival, today: date) -> str | None:
    """Write the follow-up; without words it means connect, else say hello."""
    if arrival.follow_up is None:
        return None
    due, text = arrival.follow_up
    aim = "promise"
    if not text:
        to_connect = (
            any(state in ("known", "sent") for _, state in arrival.channels) or not arrival.channels
        )
        aim = "connect" if to_connect and arrival.how == "in person" else "hello"
    entries.add_follow_up(
        tx, person_id, due.isoformat(), text=text, made_on=today.isoformat(), aim=aim
    )
    return aim


# Channels


def first_state(kind: str, *, connected: bool) -> str | None:
    """Where a channel stands when its handle is written down; None needs no connecting."""
    if kind in channel.KINDS and not channel.KINDS[kind].to_connect:
        return None
    if kind not in channel.KINDS:
        return "connected" if connected else None
    return "connected" if connected else "known"


def put_channel(
    tx: Change,
    person_id: int,
    handle: Handle,
    *,
    state: str | None,
    sent_on: str | None = None,
    typed: bool = False,
) -> Channel:
    """Write down a handle, or what is new about one that is here already.

    Raises Refused when it belongs to somebody else. A handle is compared by its key; a channel
    without one is filled in by the first handle of its kind.
    """
    key = channel.key(*handle) if handle.handle else None
    if key:
        owner = next((p for p in people.by_handle(tx, key, handle.kind) if p.id != person_id), None)
        if owner:
            ref = finding.ref(tx, owner)
            raise Refused(
                f"{channel.label(handle.kind)} {handle.handle} belongs to {owner.name}. "
                "Nothing was written.",
                hint=(f"kinship show {ref}", f"kinship edit {ref} --unlink {handle.kind}"),
            )
    held = [c for c in people.channels(tx, [person_id]).get(person_id, []) if c.kind == handle.kind]
    same = next(
        (c for c in held if key and c.handle and channel.key(c.kind, c.handle) == key), None
    )
    same = same or next((c for c in held if c.handle is None or key is None), None)
    if same is None:
        people.add_channel(
            tx,
            person_id,
            handle.kind,
            handle.handle or None,
            key,
            state=state,
            sent_on=sent_on,
            inferred="" if typed or state is None else "state",
        )
    else:
        if key and same.handle is None:
            people.set_handle(tx, same.id, handle.handle, key)
        if typed or (state == "connected" and same.state != "connected"):
            people.set_channel(tx, same.id, state=state, sent_on=sent_on)
    return next(
        c
        for c in people.channels(tx, [person_id])[person_id]
        if c.kind == handle.kind
        and (not key or (c.handle and channel.key(c.kind, c.handle) == key))
    )


class Connected(NamedTuple):
    """Somebody and the channels that were said."""

    person: Person
    channels: list[Channel]


def connect(
    db: Db, person: Person, handles: Sequence[Handle], *, sent_on: date | None, today: date
) -> Connected:
    """You are connected there now, or have asked to be. Closes the nudge to connect."""
    state = "sent" if sent_on else "connected"
    day = sent_on.isoformat() if sent_on else None
    with db.change(f"connect {finding.ref(db, person)}", person_id=person.id) as tx:
        written = [
            put_channel(tx, person.id, handle, state=state, sent_on=day, typed=True)
            for handle in handles
        ]
        for follow_up in entries.open_follow_ups(tx, person.id):
            if follow_up.aim == "connect":
                entries.close_follow_up(tx, follow_up.id, "done", today.isoformat())
        entries.put_off(tx, person.id, "connect", None)
    return Connected(person, written)


def never_connect(db: Db, who: Sequence[Person], *, today: date) -> None:
    """No more nudges to connect with these people."""
    with db.change(f"connect {finding.ref(db, who[0])} --never", person_id=who[0].id) as tx:
        for person in who:
            entries.never(tx, person.id, "connect")
            for follow_up in entries.open_follow_ups(tx, person.id):
                if follow_up.aim == "connect":
                    entries.close_follow_up(tx, follow_up.id, "dropped", today.isoformat())


class Unconnected(NamedTuple):
    """Somebody met in person and not connected with yet."""

    person_id: int
    name: str
    day: str
    event: str | None
    text: str | None
    kind: str | None
    handle: str | None


_QUEUE = """
SELECT w.person_id, p.name, c.day, e.name AS event, c.text,
  (SELECT kind FROM channel WHERE person_id = p.id AND state IS NOT NULL ORDER BY id LIMIT 1)
    AS kind,
  (SELECT handle FROM channel WHERE person_id = p.id AND state IS NOT NULL ORDER BY id LIMIT 1)
    AS handle
FROM waiting w JOIN person p ON p.id = w.person_id JOIN conversation c ON c.id = w.entry_id
  LEFT JOIN event e ON e.id = c.event_id
WHERE w.kind = 'connect' AND (:from_on IS NULL OR w.gone_on >= :from_on)
  AND (:event IS NULL OR c.event_id = :event)
ORDER BY c.day DESC, p.name_key
"""


def queue(db: Db, *, today: date, event: Event | None, everything: bool) -> list[Unconnected]:
    """Whom to connect with; past 14 days only with ``everything``."""
    return db.all(
        Unconnected,
        _QUEUE,
        from_on=None if everything else today.isoformat(),
        event=event.id if event else None,
    )


# Changing and removing


class Edit(NamedTuple):
    """What to change about a person: columns, and what is put to and taken from their lists."""

    columns: tuple[tuple[str, str | None], ...] = ()
    add: tuple[tuple[str, str], ...] = ()
    take: tuple[tuple[str, str], ...] = ()
    channels: tuple[Handle, ...] = ()
    unlink: tuple[str, ...] = ()
    dates: tuple[tuple[str, str], ...] = ()
    met: str | None = None


def edit(db: Db, person: Person, change: Edit) -> Person:
    """Change facts about a person. Raises NotFound for what is to be taken and is not there."""
    with db.change(f"edit {finding.ref(db, person)}", person_id=person.id) as tx:
        columns: dict[str, str | int | None] = dict(change.columns)
        if "name" in columns:
            columns["name_key"] = names.fold(str(columns["name"]))
        if "nick" in columns:
            columns["nick_key"] = names.fold(str(columns["nick"])) if columns["nick"] else None
        if columns:
            people.update(tx, person.id, **columns)
        for what, name in change.add:
            _put(tx, person.id, what, name)
        for what, name in change.take:
            if not _take(tx, person.id, what, name):
                raise NotFound(
                    f"{person.name} has no {_CALLED[what]} {names.quoted(name)}. "
                    "Nothing was changed.",
                    hint=f"kinship show {finding.ref(db, person)}",
                )
        for name, day in change.dates:
            people.set_anniversary(tx, person.id, name, names.fold(name), day)
        for text in change.unlink:
            _unlink(tx, person, text)
        for handle in change.channels:
            state = first_state(handle.kind, connected=person.known == "online")
            put_channel(tx, person.id, handle, state=state)
        if change.met:
            _first_met(tx, person, change.met)
        mended = people.by_id(tx, person.id)
    assert mended
    return mended


_CALLED = {"about": "topic", "seeks": "search for", "tag": "tag", "community": "community"}


def _put(tx: Change, person_id: int, what: str, name: str) -> None:
    key = names.fold(name)
    match what:
        case "about" | "seeks":
            people.add_topic(tx, person_id, what, name, key)
        case "tag":
            people.add_tag(tx, person_id, name, key)
        case "community":
            people.join(tx, person_id, name, key)


def _take(tx: Change, person_id: int, what: str, name: str) -> int:
    key = names.fold(name)
    match what:
        case "about" | "seeks":
            return people.remove_topic(tx, person_id, what, key)
        case "tag":
            return people.remove_tag(tx, person_id, key)
        case _:
            return people.leave(tx, person_id, key)


def _unlink(tx: Change, person: Person, text: str) -> None:
    kind, _, handle = text.partition(":")
    name = channel.kind_of(kind) or kind.lower()
    held = [c for c in people.channels(tx, [person.id]).get(person.id, []) if c.kind == name]
    if handle:
        wanted = channel.key(*channel.parse(name, handle))
        held = [c for c in held if c.handle and channel.key(c.kind, c.handle) == wanted]
    if not held:
        raise NotFound(
            f"{person.name} has no channel {names.quoted(text)}. Nothing was changed.",
            hint=f"kinship show {finding.ref(tx, person)}",
        )
    for one in held:
        people.remove_channel(tx, one.id)


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


class Weight(NamedTuple):
    """What goes with a person when they are removed."""

    conversations: int
    notes: int
    follow_ups: int
    knows: int


def weight(db: Db, person: Person) -> Weight:
    sql = (
        "SELECT (SELECT count(*) FROM conversation WHERE person_id = :id) AS conversations,"
        " (SELECT count(*) FROM note WHERE person_id = :id) AS notes,"
        " (SELECT count(*) FROM follow_up WHERE person_id = :id AND state = 'open') AS follow_ups,"
        " (SELECT count(*) FROM tie WHERE :id IN (person_id, other_id)) AS knows"
    )
    found = db.one(Weight, sql, id=person.id)
    assert found
    return found
