"""Who a query finds: for lists, and for whatever is done to all of them at once."""

from collections.abc import Iterable
from datetime import date

from kinship.model import query
from kinship.model.person import Person
from kinship.store import search
from kinship.store.db import Db


def numbers(db: Db, words: Iterable[str], today: date) -> list[int]:
    """The numbers of everybody a query finds, by name; the archived only with ``is:archived``."""
    return search.numbers(db, query.parse(words, today), today.isoformat())


def people(
    db: Db,
    words: Iterable[str],
    today: date,
    *,
    sort: str = "name",
    reverse: bool = False,
    limit: int | None = None,
) -> list[Person]:
    """As `numbers`, the people themselves; ``sort`` is name, met or due."""
    asked = query.parse(words, today)
    return search.found(db, asked, today.isoformat(), sort=sort, reverse=reverse, limit=limit)
