"""Events: where you are, what is coming, and who will be there."""

from collections.abc import Sequence
from datetime import date

from kinship.errors import Refused
from kinship.model import names
from kinship.model.entry import Event
from kinship.model.person import Person
from kinship.services import event_names
from kinship.services import people as finding
from kinship.services.event_names import EventMeant
from kinship.store import attendance, communities, events
from kinship.store.db import Change, Db
from kinship.value import Value


class Facts(Value):
    """What is said about an event; None leaves a fact as it is, an empty text clears it."""

    name: str | None = None
    from_on: str | None = None
    until_on: str | None = None
    city: str | None = None
    url: str | None = None
    online: bool | None = None
    community: str | None = None


class Started(Value):
    """Where you are now, until when, and where you are no longer."""

    event: Event
    until: date
    new: bool
    left: Event | None


class Tally(Value):
    """What came of being at an event."""

    new: int
    knew: int
    unconnected: int
    connected: int
    follow_ups: int

    @property
    def people(self) -> int:
        return self.new + self.knew


def start(db: Db, meant: EventMeant, facts: Facts, *, until: date | None, today: date) -> Started:
    """You are there now. ``until`` is by default the event's last day, else today."""
    day = today.isoformat()
    with db.change(f"event start {meant.name}") as tx:
        event_id = event_names.take(tx, meant)
        assert event_id is not None
        _write(tx, event_id, facts)
        event = events.by_id(tx, event_id)
        if event is None:
            raise _gone(meant.name)
        here = events.stay(tx, day)
        if here and here.event_id == event_id:
            last = until or date.fromisoformat(here.until_on)
            events.prolong(tx, here.id, last.isoformat())
            return Started(event, last, False, None)
        left = events.current(tx, day)
        if left:
            events.leave(tx, day)
        end = event.until_on or day
        last = until or date.fromisoformat(max(end, day))
        events.begin_stay(tx, event_id, day, last.isoformat())
    return Started(event, last, meant.id is None, left)


def stop(db: Db, event: Event, *, today: date) -> None:
    """You have left."""
    with db.change(f"event stop {event.name}") as tx:
        events.leave(tx, today.isoformat())


def tally(db: Db, event: Event, *, from_on: str, today: date) -> Tally:
    """What came of being there since that day."""
    met = attendance.met(db, event, from_on=from_on)
    new = sum(is_new(one, event) for one in met)
    day = today.isoformat()
    promised, _, _ = attendance.follow_ups_after(db, event, day, day, from_on=from_on)
    return Tally(
        new,
        len(met) - new,
        sum(bool(one.waits) and not one.connected for one in met),
        sum(bool(one.connected) for one in met),
        promised,
    )


def is_new(one: attendance.Met, event: Event) -> bool:
    """Whether you did not know them before: no contact, and nothing said about an earlier time.

    Somebody from an attendee list was written down before, without being known.
    """
    if one.before or one.known == "known" or (one.known == "online" and not event.online):
        return False
    earlier = one.since is not None and one.since < one.day[: len(one.since)]
    return not earlier and (one.added_on >= one.day or bool(one.going))


def add(db: Db, name: str, facts: Facts) -> Event:
    """Write down an event, future or past. Raises Refused when there is one of that name."""
    with db.change(f"event add {name}") as tx:
        _free(tx, name)
        event_id = events.add(tx, name, names.fold(name))
        _write(tx, event_id, facts)
        event = events.by_id(tx, event_id)
    assert event
    return event


def edit(db: Db, event: Event, facts: Facts) -> Event:
    """Change what is said about an event. Raises Refused when another one has the new name."""
    with db.change(f"event edit {event.name}") as tx:
        if events.by_id(tx, event.id) is None:
            raise _gone(event.name)
        if facts.name is not None:
            _free(tx, facts.name, but=event.id)
            events.update(tx, event.id, name=facts.name, name_key=names.fold(facts.name))
        _write(tx, event.id, facts)
        changed = events.by_id(tx, event.id)
    assert changed
    return changed


def remove(db: Db, event: Event) -> None:
    """Remove an event; its conversations stay, without it."""
    with db.change(f"event rm {event.name}") as tx:
        if not events.remove(tx, event.id):
            raise _gone(event.name)


def merge(db: Db, event: Event, into: Event) -> Event:
    """All that hangs on an event moves to another, which takes over what it did not say itself."""
    with db.change(f"event merge {event.name} into {into.name}") as tx:
        one, other = events.by_id(tx, event.id), events.by_id(tx, into.id)
        if one is None or other is None:
            raise _gone(event.name if one is None else into.name)
        events.move(tx, event.id, into.id)
        taken = {
            field: getattr(one, field)
            for field in ("from_on", "until_on", "city", "url", "community_id")
            if getattr(other, field) is None and getattr(one, field) is not None
        }
        days = [taken.get(f) or getattr(other, f) for f in ("from_on", "until_on")]
        if all(days) and days[0] > days[1]:
            taken = {f: v for f, v in taken.items() if f not in ("from_on", "until_on")}
        if taken:
            events.update(tx, into.id, **taken)
        events.remove(tx, event.id)
        merged = events.by_id(tx, into.id)
    assert merged
    return merged


def going(db: Db, event: Event, who: Sequence[Person], *, back: bool = False) -> list[Person]:
    """They will be there, or, with ``back``, will not. Who was not marked so before."""
    numbers = [p.id for p in who]
    there = attendance.is_going(db, event.id, numbers)
    changed = [p for p in who if (p.id in there) == back]
    if not changed:
        return []
    label = f"event going {event.name}: {','.join(finding.refs(db, changed).values())}"
    with db.change(label + (" --not" if back else ""), about=[p.id for p in changed]) as tx:
        if events.by_id(tx, event.id) is None:
            raise _gone(event.name)
        (attendance.set_not_going if back else attendance.set_going)(
            tx, event.id, [p.id for p in changed]
        )
    return changed


def _write(tx: Change, event_id: int, facts: Facts) -> None:
    columns: dict[str, str | int | None] = {
        field: getattr(facts, field) or None
        for field in ("from_on", "until_on", "city", "url")
        if getattr(facts, field) is not None
    }
    if facts.online is not None:
        columns["online"] = int(facts.online)
    if facts.community is not None:
        key = names.fold(facts.community)
        columns["community_id"] = communities.take(tx, facts.community, key) if key else None
    if columns:
        events.update(tx, event_id, **columns)


def _free(tx: Change, name: str, *, but: int | None = None) -> None:
    key = names.fold(name)
    number = events.keys(tx).get(key, but)
    taken = events.by_id(tx, number) if number and number != but else None
    if taken:
        shown = names.argument(taken.name)
        raise Refused(
            f"{taken.name} is here already. Nothing was written.",
            hint=(f"kinship event show {shown}", f"kinship event edit {shown} --from DATE"),
        )


def _gone(name: str) -> Refused:
    return Refused(
        f"{name} was removed just now by another program. Nothing was written.",
        hint="kinship event list",
    )
