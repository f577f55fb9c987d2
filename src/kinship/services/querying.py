"""Who a query finds: for lists, and for whatever is done to all of them at once."""

from collections.abc import Iterable
from datetime import date

from kinship.model import query
from kinship.model.person import Person
from kinship.store import people as store
from kinship.store import search
from kinship.store.db import Db


def numbers(db: Db, words: Iterable[str], today: date) -> list[int]:
    """The numbers of everybody a query finds, by name; the archived only with ``is:archived``."""
    day = today.isoformat()
    return search.ordered(db, search.numbers(db, query.parse(words, today), day), day)


def people(db: Db, words: Iterable[str], today: date) -> list[Person]:
    """As `numbers`, the people themselves."""
    return of(db, numbers(db, words, today))


def of(db: Db, several: list[int]) -> list[Person]:
    """The people with these numbers, in this order."""
    found = store.by_ids(db, several)
    return [found[number] for number in several]
