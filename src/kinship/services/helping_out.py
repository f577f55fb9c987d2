"""Favours: what you did for people, and what they did for you, written down."""

from collections.abc import Sequence
from datetime import date

from kinship.model.entry import FollowUp
from kinship.model.favour import Favour
from kinship.model.person import Person, Pulse
from kinship.services import follow_ups
from kinship.services import people as finding
from kinship.services.follow_ups import FollowUpAsked
from kinship.store import entries, favours, people
from kinship.store.db import Change, Db
from kinship.value import Value


class Given(Value):
    """One person after a favour was written down: both counts, what comes next, what is open.

    ``older``: you had contact after the day of it.
    """

    person: Person
    favour: Favour
    gave: int
    got: int
    pulse: Pulse
    older: bool
    still_open: list[FollowUp]


def give(
    db: Db,
    who: Sequence[Person],
    way: str,
    text: str,
    *,
    day: date,
    today: date,
    inferred: tuple[str, ...] = (),
    follow_up: FollowUpAsked | None = None,
) -> list[Given]:
    """Write down a favour you did each of them (gave), or each did you (got)."""
    with db.change(finding.label(db, way, who), about=[p.id for p in who]) as tx:
        result = [_give(tx, person, way, text, day.isoformat(), inferred) for person in who]
        for person in who:
            if follow_up:
                follow_ups.write(tx, person, follow_up, today)
    return result


def _give(
    tx: Change, person: Person, way: str, text: str, day: str, inferred: tuple[str, ...]
) -> Given:
    before = people.pulses(tx, [person.id])[person.id].last_on
    number = favours.add(tx, person.id, way, day, text, inferred=inferred)
    if person.known == "heard":
        people.update(tx, person.id, known="known")
    older = before is not None and day < before
    if not older:
        entries.wake(tx, person.id, "keep")
    gave, got = favours.counts(tx, [person.id]).get(person.id, (0, 0))
    return Given(
        person,
        Favour(number, person.id, way, day, text, ",".join(inferred)),
        gave,
        got,
        people.pulses(tx, [person.id])[person.id],
        older,
        entries.open_follow_ups(tx, person.id),
    )
