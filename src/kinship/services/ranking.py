"""The order in which to ask people: how often you keep in touch, when they last talked with you."""

from collections.abc import Container, Iterable
from datetime import date
from functools import lru_cache

from kinship.model import names
from kinship.model.cadence import Cadence
from kinship.model.warmth import since
from kinship.store import people
from kinship.store import topics as store
from kinship.store.db import Db
from kinship.store.topics import Asked

FIRST, QUIET, AWAY = "first", "quiet", "one step away"
"""The sections of an answer: whom to ask at once, to greet first, and to reach through somebody."""
_NEVER = 10**9


class Rank:
    """Puts people in the order in which to ask them."""

    def __init__(self, db: Db, today: date, marked: Container[int] = frozenset()) -> None:
        self._db = db
        self._lately = since(today)
        self._marked = marked

    def sections(self, several: Iterable[Asked], city: str | None) -> dict[str, list[Asked]]:
        """Whom to ask at once, whom to greet first, and whom you need somebody for."""
        wanted = names.place(city)
        if wanted:
            several = list(several)
            cities = people.cities(self._db, [one.person_id for one in several])
            several = [o for o in several if names.place(cities.get(o.person_id)) == wanted]
        found: dict[str, list[Asked]] = {FIRST: [], QUIET: [], AWAY: []}
        for one in several:
            found[self.section(one)].append(one)
        return found

    def section(self, one: Asked) -> str:
        never = one.known == "online" and not (one.last_on or one.first_met_on)
        if one.known == "heard" or never:
            return AWAY
        return FIRST if (one.theirs_on or "") >= self._lately else QUIET

    def first(self, several: Iterable[Asked], most: int | None) -> list[Asked]:
        """The first of these to ask, in order; whoever helped before goes before equals."""
        order = sorted(several, key=self.order)
        if most is not None and 0 < most < len(order):
            last = self.order(order[most - 1])
            order = [one for one in order if self.order(one) <= last]
        numbers = [one.person_id for one in order]
        helpful = store.helpful(self._db, numbers)
        called = people.name_keys(self._db, numbers)

        def key(one: Asked) -> tuple[tuple[bool, int, int], int, str]:
            number = one.person_id
            return self.order(one), -sum(helpful.get(number, (0,))), called[number]

        return sorted(order, key=key)[:most]

    def order(self, one: Asked) -> tuple[bool, int, int]:
        """What they are sorted by, before how often they helped."""
        return one.person_id not in self._marked, _days(one.every), -as_number(one.theirs_on)


@lru_cache(64)
def _days(every: str | None) -> int:
    """A cadence in tenths of a day; none is longer than all."""
    if not every:
        return _NEVER
    cadence = Cadence.of_code(every)
    return cadence.every * {"d": 10, "w": 70, "mo": 304, "y": 3650}[cadence.unit]


def as_number(day: str | None) -> int:
    """A day that may be a year or month alone, as a number to sort by."""
    return int((day or "0").replace("-", "").ljust(8, "0"))
