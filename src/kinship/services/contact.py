"""Contact: what happened with somebody, and what you noted about them."""

from collections.abc import Sequence
from datetime import date

from kinship.errors import BadInput
from kinship.model import channel, names
from kinship.model.entry import FollowUp
from kinship.model.person import Person, Pulse
from kinship.services import event_names, follow_ups
from kinship.services import people as finding
from kinship.services.event_names import EventMeant
from kinship.services.follow_ups import FollowUpAsked
from kinship.store import entries, people
from kinship.store.db import Change, Db
from kinship.value import Value


class Talk(Value):
    """A contact to write down; ``inferred`` names what nobody typed."""

    day: date
    direction: str = "both"
    met: bool = False
    channel: str | None = None
    event: EventMeant | None = None
    url: str | None = None
    text: str | None = None
    inferred: tuple[str, ...] = ()


class Logged(Value):
    """One person after something was logged."""

    person: Person
    pulse: Pulse
    number: int
    older: bool
    still_open: list[FollowUp]


def log(
    db: Db,
    who: Sequence[Person],
    talk: Talk,
    *,
    today: date,
    topics: Sequence[str] = (),
    follow_up: FollowUpAsked | None = None,
) -> list[Logged]:
    """Write down a conversation with each, which moves their next hello along."""
    with db.change(finding.label(db, "log", who), about=[p.id for p in who]) as tx:
        result = [write(tx, person, talk) for person in who]
        for person in who:
            for topic in topics:
                people.add_topic(tx, person.id, "about", topic, names.fold(topic))
            if follow_up:
                follow_ups.write(tx, person, follow_up, today)
    return result


def write(tx: Change, person: Person, talk: Talk) -> Logged:
    """As `log`, of one person, inside a change that holds more."""
    before = people.pulses(tx, [person.id])[person.id].last_on
    event_id = event_names.take(tx, talk.event)
    day = talk.day.isoformat()
    number = entries.add_conversation(
        tx,
        person.id,
        day,
        direction=talk.direction,
        met=talk.met,
        channel=talk.channel,
        event_id=event_id,
        url=talk.url,
        text=talk.text or None,
        inferred=talk.inferred,
    )
    if person.known == "heard" and talk.direction != "me":
        people.update(tx, person.id, known="in person" if talk.met else "known")
    older = before is not None and day < before
    if not older:
        entries.wake(tx, person.id, "keep", "reply")
    return Logged(
        person,
        people.pulses(tx, [person.id])[person.id],
        number,
        older,
        entries.open_follow_ups(tx, person.id),
    )


def note(db: Db, who: Sequence[Person], text: str, *, today: date) -> None:
    """Write down a fact; the clock keeps running."""
    with db.change(finding.label(db, "note", who), about=[p.id for p in who]) as tx:
        for person in who:
            entries.add_note(tx, person.id, today.isoformat(), text)


def channel_named(text: str) -> str:
    """The kind of channel a person named; a word of their own is a kind too.

    Raises BadInput for a handle: it would be lost where only the kind is kept.
    """
    word = text.strip().removesuffix(":")
    kind = channel.kind_of(word)
    if kind is None:
        from kinship.model import handles  # noqa: PLC0415  (a kind of their own is rare)

        if ":" in word or handles.recognise(word):
            raise BadInput(
                f"{names.quoted(text)} is more than the kind of a channel. Nothing was written.",
                hint="kinship edit WHO --via CHANNEL:HANDLE   keeps the handle",
            )
        handles.parse(word, "x")
    return kind or word.lower()
