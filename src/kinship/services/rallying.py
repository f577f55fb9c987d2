"""Rallies: calls for help, who was asked, what they pledged, and thanks."""

# ruff: noqa: ARG001

from collections.abc import Sequence
from datetime import date

from kinship.errors import NotFound
from kinship.model.money import Money
from kinship.model.person import ME, Person
from kinship.model.rally import Helper, Pledge, Rally
from kinship.services.contact import Logged
from kinship.store.agenda import Item
from kinship.store.db import Change, Db
from kinship.value import Value


class Asked(Value):
    """Who was asked now, what was logged with each, and who had been asked already."""

    rally: Rally
    people: list[Person]
    logged: list[Logged]
    before: list[Person]


class Pledged(Value):
    """One helper after a pledge, an answer or thanks: the pledges concerned, and what was logged.

    ``dropped`` are pledges that were open and will not be kept.
    """

    rally: Rally
    person: Person
    pledges: list[Pledge]
    dropped: list[Pledge]
    logged: Logged | None


class Total(Value):
    """Money of one currency: pledged (kept or open), kept, and the goal if it is in it."""

    currency: str
    pledged: int
    kept: int
    goal: int | None


class HelperRow(Value):
    """A helper and their pledges; ``helper`` is None for a pledge of your own."""

    person: Person
    helper: Helper | None
    pledges: list[Pledge]


class RallyPage(Value):
    """All of one rally: for whom, who helps, and what it comes to.

    ``counts``: asked, answered, pledged, kept.
    """

    rally: Rally
    whom: Person | None
    rows: list[HelperRow]
    counts: dict[str, int]
    money: list[Total]


class Suggestion(Value):
    """Somebody to ask first, and why: never a score."""

    person: Person
    reason: str


def start(
    db: Db,
    text: str,
    *,
    for_id: int = ME,
    about: str | None = None,
    until: date | None = None,
    goal: Money | None = None,
    url: str | None = None,
    today: date,
) -> Rally:
    """Write down a call for help."""
    return Rally(0, for_id, text, about, None, None, url, today.isoformat(), None, None)


def open_one(db: Db, number: int | None) -> Rally:
    """The rally of this number, or the latest open one.

    Raises NotFound where there is none, Refused where it is closed.
    """
    raise NotFound("no rally is open.", hint='kinship rally start "Childcare for Joan in June"')


def ask(db: Db, rally: Rally, who: Sequence[Person], *, day: date) -> Asked:
    """You asked them: each is a helper, with a conversation from you."""
    return Asked(rally, [], [], [])


def pledge(
    db: Db,
    rally: Rally,
    person: Person,
    text: str,
    money: Money | None,
    *,
    due: date | None,
    today: date,
) -> Pledged:
    """They offered something, or you did."""
    return Pledged(rally, person, [], [], None)


def kept(db: Db, rally: Rally, person: Person, *, only: str | None = None, today: date) -> Pledged:
    """What they pledged was done.

    Raises NotFound where nothing is open, Ambiguous where nothing says which.
    """
    return Pledged(rally, person, [], [], None)


def cannot(db: Db, rally: Rally, person: Person, *, today: date) -> Pledged:
    """Not this time: what they had pledged is dropped."""
    return Pledged(rally, person, [], [], None)


def thanked(
    db: Db, rally: Rally, who: Sequence[Person], text: str | None, *, today: date
) -> list[Pledged]:
    """You thanked them."""
    return []


def close(db: Db, rally: Rally, *, day: date) -> RallyPage:
    """End it; what is left open is in what is returned."""
    return RallyPage(rally, None, [], {}, [])


def page(db: Db, rally: Rally, today: date) -> RallyPage:
    """All of one rally."""
    return RallyPage(rally, None, [], {}, [])


def suggest(db: Db, rally: Rally, today: date, most: int = 8) -> list[Suggestion]:
    """Whom to ask first."""
    return []


def settle(tx: Change, item: Item, *, day: str, drop: bool) -> str | None:
    """A pledge was kept, or dropped; who was asked is asked again; what ``done`` says of it."""
    return None


def move(tx: Change, item: Item, until: str) -> None:
    """Wait for it until that day."""
