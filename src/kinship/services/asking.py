"""Whom to ask about a topic: who knows about it, closest first."""

# ruff: noqa: ARG001

from collections.abc import Sequence
from datetime import date

from kinship.model.entry import Written
from kinship.model.person import Person
from kinship.model.reach import Reach
from kinship.store.db import Db
from kinship.value import Value

FIRST, QUIET, AWAY = "first", "quiet", "one step away"
"""The sections of an answer."""


class Adviser(Value):
    """Somebody to ask, and why: topics of theirs that fit, or how often it came up.

    ``through`` is whoever of those you know is nearest to them, where you never talked.
    """

    person: Person
    section: str
    topics: list[str]
    mentions: int
    quote: Written | None
    last_on: str | None
    keep: str | None
    gave: int
    got: int
    answered: int
    seeks: list[str]
    reach: Reach | None
    through: Person | None


class Found(Value):
    """Whom to ask, by section; how many more there are in each; whether you know it yourself."""

    first: list[Adviser]
    quiet: list[Adviser]
    away: list[Adviser]
    more: dict[str, int]
    mine: bool


class TopicRow(Value):
    """A topic, how many know about it, and the first to ask."""

    topic: str
    people: int
    first: list[Person]


def find(
    db: Db, words: Sequence[str], today: date, *, city: str | None = None, most: int | None = None
) -> Found:
    """Whom to ask about what these words say; at most so many in each section."""
    return Found([], [], [], {}, mine=False)


def topics(
    db: Db, today: date, *, most: int | None = None, thin: bool = False
) -> tuple[list[TopicRow], int, int]:
    """Your topics, those of most people first; how many there are, and with one person only."""
    return [], 0, 0
