"""Whom to reach, and where: what ``due`` says and every other screen repeats."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from kinship.model.person import Channel, Person
from kinship.model.reach import Reach, best
from kinship.model.setting import ORDER
from kinship.store import agenda, entries, settings
from kinship.store.agenda import Item
from kinship.store.db import Db

SAID = {
    "reply": "reply",
    "connect": "connect",
    "birthday": "happy birthday",
    "keep": "say hello",
    "promise": "",
    "intro": "introduction",
    "rally": "call for help",
}
"""What each kind asks for, in words that ``--only`` finds."""

APART = ("intro", "rally")
"""Kinds of items that have a day of their own, as follow-ups do, and not one a person."""


def items(db: Db, today: date, *, ahead: date | None = None) -> list[Item]:
    """Everything overdue, due today, and coming until ``ahead``, in the order of the screen."""
    until = (ahead or today).isoformat()
    return [Item(*row) for row in db.tuples(agenda.ITEMS, day=today.isoformat(), until=until)]


def items_of(db: Db, person: Person, today: date, *, ahead: date | None = None) -> list[Item]:
    """As `items`, of one person."""
    until = (ahead or today).isoformat()
    rows = db.tuples(agenda.OF_ONE, day=today.isoformat(), until=until, person=person.id)
    return [Item(*row) for row in rows]


def reach(db: Db, person: Person, channels: Sequence[Channel]) -> Reach | None:
    """The best channel to reach somebody on; None when no channel is known."""
    return reaches(db, [person], {person.id: list(channels)})[person.id]


def reaches(
    db: Db, several: Iterable[Person], channels: Mapping[int, Sequence[Channel]]
) -> dict[int, Reach | None]:
    """As `reach`, of each person."""
    several = list(several)
    history = entries.on_channels(db, [p.id for p in several])
    first = settings.listed(db, ORDER)
    return {
        p.id: best(channels.get(p.id, ()), history.get(p.id, ()), p.prefer, first) for p in several
    }
