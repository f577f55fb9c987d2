"""People met, known and heard of: somebody new, or somebody met again."""

from collections.abc import Sequence
from datetime import date

from kinship.errors import Ambiguous, BadInput, KinshipError, Refused
from kinship.model import names
from kinship.model.cadence import Cadence
from kinship.model.channel import Handle
from kinship.model.entry import Circle, Conversation
from kinship.model.person import Person
from kinship.services import cadences, connecting, event_names
from kinship.services import people as finding
from kinship.services.event_names import EventMeant
from kinship.store import changes, communities, entries, people, ties
from kinship.store.db import Change, Db
from kinship.value import Value


class Arrival(Value):
    """Somebody to add, as understood; every date and person in it is looked up already.

    ``day`` is ISO text as precise as it was said; ``inferred`` names what nobody typed about the
    meeting (and ``name`` where that was read from a handle), and ``connected`` says that the states of the channels were typed.
    """

    name: str
    how: str
    day: str | None = None
    event: EventMeant | None = None
    met_online: str | None = None
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

    @property
    def aim(self) -> str | None:
        """What the follow-up is for: a promise in words, else to connect, else to say hello."""
        if self.follow_up is None:
            return None
        if self.follow_up[1]:
            return "promise"
        waits = any(state in ("known", "sent") for _, state in self.channels)
        to_connect = self.how == "in person" and (waits or not self.channels)
        return "connect" if to_connect else "hello"


class Added(Value):
    """A person added or met again, and what was written down for them."""

    person: Person
    again: bool
    arrival: Arrival
    meetings: list[Conversation]
    was: str = ""
    """How they were known before."""

    @property
    def at_last(self) -> bool:
        """Whether somebody only heard of, or known online, was met for the first time."""
        return self.met and self.was in ("heard", "online") and len(self.meetings) < 2

    @property
    def met(self) -> bool:
        """Whether a meeting in person was written down."""
        return self.arrival.day is not None and self.arrival.how == "in person"


class AddedMany(Value):
    """Everybody who was added at once, and those among them who look like somebody else."""

    added: list[Added]
    alike: list[tuple[Person, Person]]


def add(db: Db, arrival: Arrival, *, today: date, new: bool = True) -> Added:
    """Write down somebody new.

    Raises Refused when a handle belongs to somebody else, or, unless it is surely somebody
    ``new``, when another program has just added the name.
    """
    with db.change(f"add {arrival.name}") as tx:
        if not new and people.by_key(tx, names.fold(arrival.name)):
            raise Refused(
                f"{arrival.name} was added just now by another program. Nothing was written.",
                hint=f"kinship show {names.argument(arrival.name)}",
            )
        added = add_in(tx, arrival, today=today)
        changes.about(tx, added.person.id)
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


def add_many(
    db: Db, arrivals: Sequence[tuple[int, Arrival]], *, today: date, new: bool = False
) -> AddedMany:
    """Write down people with the numbers of their lines, as one step.

    Somebody who is here under the same name is that person, unless all of them are ``new``.
    Raises Ambiguous when several people have the name.
    """
    result = AddedMany([], [])
    count = len(arrivals)
    with db.change(f"add {count} people" if count > 1 else f"add {arrivals[0][1].name}") as tx:
        for number, arrival in arrivals:
            known = finding.Found(0, []) if new else finding.namesakes(tx, arrival.name)
            if known.rule == finding.EXACT and len(known.people) > 1:
                raise Ambiguous(
                    f"line {number}: {len(known.people)} people are called {arrival.name}. "
                    "Nothing was written.",
                    hint=tuple(
                        f"kinship show {ref}" for ref in finding.refs(tx, known.people).values()
                    ),
                )
            try:
                if known.rule == finding.EXACT:
                    one = met_again_in(tx, known.people[0], arrival, today=today)
                else:
                    one = add_in(tx, arrival, today=today)
            except KinshipError as error:
                error.message = f"line {number}: {error.message}"
                raise
            result.added.append(one)
            if known.people and known.rule != finding.EXACT:
                result.alike.append((one.person, known.people[0]))
    return result


def met_again(db: Db, person: Person, arrival: Arrival, *, today: date) -> Added:
    """Write down another meeting with somebody known, and whatever else was said."""
    with db.change(f"add {finding.ref(db, person)}", about=[person.id]) as tx:
        return met_again_in(tx, person, arrival, today=today)


def met_again_in(tx: Change, person: Person, arrival: Arrival, *, today: date) -> Added:
    """As `met_again`, inside a change that holds more."""
    if person.id in (arrival.by, *arrival.knows):
        raise BadInput(
            "nobody introduces themselves, or is their own acquaintance.", hint="kinship help add"
        )
    first_time = not people.pulses(tx, [person.id])[person.id].last_on
    if person.known == "heard" or (
        first_time and person.known == "known" and arrival.how in ("in person", "online")
    ):
        people.update(tx, person.id, known=arrival.how)
    before = person.introduced_by
    added = _write(tx, person.id, arrival, again=True, today=today, before=before)
    return added._replace(was=person.known)


def _write(
    tx: Change,
    person_id: int,
    arrival: Arrival,
    *,
    again: bool,
    today: date,
    before: int | None = None,
) -> Added:
    """Write down what was said; ``before`` is who introduced them until now."""
    fields = dict(arrival.fields)
    if arrival.note and not again and "cue" not in fields:
        fields["cue"] = arrival.note.splitlines()[0][: names.LINE_LIMIT]
    columns: dict[str, str | int | None] = dict(fields)
    for column, value in (
        ("since", arrival.since),
        ("met_online", arrival.met_online),
        ("introduced_by", arrival.by),
        ("nick_key", names.fold(fields["nick"]) if "nick" in fields else None),
    ):
        if value is not None:
            columns[column] = value
    if columns:
        people.update(tx, person_id, **columns)
    event_id = event_names.take(tx, arrival.event)
    if arrival.day:
        if again and arrival.day >= (people.pulses(tx, [person_id])[person_id].last_on or ""):
            entries.wake(tx, person_id, "keep", "reply")
        entries.add_conversation(
            tx,
            person_id,
            arrival.day,
            direction="both",
            met=arrival.how == "in person",
            event_id=event_id,
            url=arrival.url,
            text=arrival.note,
            inferred=tuple(field for field in arrival.inferred if field != "name"),
        )
    elif arrival.note:
        entries.add_note(tx, person_id, today.isoformat(), arrival.note)
    for handle, state in arrival.channels:
        held = connecting.put_channel(
            *(tx, person_id, handle),
            state=state,
            typed=arrival.connected,
            today=today if arrival.connected else None,
        )
        if "name" in arrival.inferred and not again:
            inferred = ",".join(filter(None, (held.inferred, "name")))
            people.set_channel(
                tx, held.id, state=held.state, sent_on=held.sent_on, inferred=inferred
            )
    for side, listed in (("about", arrival.topics), ("seeks", arrival.seeks)):
        for name in listed:
            people.add_topic(tx, person_id, side, name, names.fold(name))
    for name in arrival.tags:
        people.add_tag(tx, person_id, name, names.fold(name))
    for name in arrival.communities:
        communities.join(tx, person_id, name, names.fold(name))
    for other in arrival.knows:
        ties.add(tx, person_id, other, today.isoformat())
    if arrival.by is not None:
        ties.introducer(tx, person_id, arrival.by, today.isoformat(), before=before)
    if arrival.keep is not None:
        cadences.put(tx, person_id, arrival.keep, today)
    _follow_up(tx, person_id, arrival, today)
    person = people.by_id(tx, person_id)
    assert person
    return Added(person, again, arrival, entries.meetings(tx, person_id) if again else [])


def _follow_up(tx: Change, person_id: int, arrival: Arrival, today: date) -> None:
    if arrival.follow_up and arrival.aim:
        due, text = arrival.follow_up
        entries.add_follow_up(
            tx, person_id, due.isoformat(), text=text, made_on=today.isoformat(), aim=arrival.aim
        )
