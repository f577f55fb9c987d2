"""Follow-ups: what was promised for a day, and what comes again."""

from collections.abc import Sequence
from datetime import date

from kinship.model.person import Person
from kinship.services import people as finding
from kinship.store import entries
from kinship.store.db import Change, Db
from kinship.value import Value


class FollowUpAsked(Value):
    """A follow-up to write down: the day, and the words if there are any."""

    due: date
    text: str | None
    every: str | None = None
    inferred: str = ""


def write(tx: Change, person: Person, asked: FollowUpAsked, today: date) -> int:
    """Write one down; its number. Without words it is to say hello."""
    aim = "promise" if asked.text else "hello"
    return entries.add_follow_up(
        tx,
        person.id,
        asked.due.isoformat(),
        text=asked.text,
        made_on=today.isoformat(),
        aim=aim,
        every=asked.every,
        inferred=asked.inferred,
    )


def remind(db: Db, who: Sequence[Person], asked: FollowUpAsked, *, today: date) -> list[int]:
    """Write down a follow-up for each; their numbers."""
    with db.change(finding.label(db, "remind", who), about=[p.id for p in who]) as tx:
        return [write(tx, person, asked, today) for person in who]
