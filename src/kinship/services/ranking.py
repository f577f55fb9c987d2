"""The order in which to ask people: how often you keep in touch, when they last talked with you."""

from collections.abc import Container, Iterable, Sequence
from datetime import date
from functools import lru_cache

from kinship.model import names
from kinship.model.cadence import Cadence
from kinship.model.warmth import since
from kinship.store import topics as store
from kinship.store.db import Db
from kinship.store.topics import Asked, Knower

FIRST, QUIET, AWAY = "first", "quiet", "one step away"
"""The sections of an answer: whom to ask at once, to greet first, and to reach through somebody."""
_AT_ONCE = 20
_NEVER = 10**9


class Rank:
    """Puts people in the order in which to ask them.

    When somebody last talked with you is at the last contact or before it, so that it is looked
    up only of those who may be among the first.
    """

    def __init__(self, db: Db, today: date, marked: Container[int] = frozenset()) -> None:
        self._db = db
        self._lately = since(today)
        self._marked = marked
        self._talked: dict[int, str | None] = {}

    def sections(self, numbers: Iterable[int], city: str | None) -> dict[str, list[Asked]]:
        """Whom to ask at once, whom to greet first, and whom you need somebody for."""
        several, wanted = store.asked(self._db, numbers), place(city)
        several = [one for one in several if not wanted or place(one.city) == wanted]
        self._look(one for one in several if (one.last_on or "") >= self._lately)
        found: dict[str, list[Asked]] = {FIRST: [], QUIET: [], AWAY: []}
        for one in several:
            never = one.known == "online" and not (one.last_on or one.first_met_on)
            away = one.known == "heard" or never
            found[AWAY if away else FIRST if self.lately(one) else QUIET].append(one)
        return found

    def lately(self, one: Asked | Knower) -> bool:
        """Whether somebody whose last talk was looked up talked with you in six months."""
        return (self._talked.get(one.person_id) or "") >= self._lately

    def _look(self, several: Iterable[Asked | Knower]) -> None:
        wanted = [one.person_id for one in several if one.person_id not in self._talked]
        self._talked |= store.talked(self._db, wanted) if wanted else {}

    def first(self, several: Iterable[Asked], most: int | None) -> list[Asked]:
        """The first of these to ask, in order."""
        order = sorted(several, key=self._soonest)
        head: list[Asked] = []
        for start in range(0, len(order), _AT_ONCE):
            some = order[start : start + _AT_ONCE]
            if self._full(head, most, some[0]):
                break
            self._look(some)
            head = [*head, *some] if most is None else self._best([*head, *some], most)
        return self._best(head, most)

    def walk(self, several: Iterable[Knower], most: int) -> tuple[list[Asked], list[Asked]]:
        """Of those who know about a topic the first to ask at once, and the first to greet."""
        order = sorted(several, key=lambda one: one.last_on, reverse=True)
        order.sort(key=lambda one: _days(one.every))
        first: list[Asked] = []
        quiet: list[Asked] = []
        for start in range(0, len(order), _AT_ONCE):
            some = order[start : start + _AT_ONCE]
            over = not some[0].every and (some[0].last_on or "") < self._lately
            if self._full(first, most, some[0]) or (over and self._full(quiet, most, some[0])):
                break
            sections = self.sections((one.person_id for one in some), None)
            first = self._best([*first, *sections[FIRST]], most)
            quiet = self.first([*quiet, *sections[QUIET], *sections[AWAY]], most)
        return first, quiet

    def _soonest(self, one: Asked | Knower) -> tuple[bool, int, int]:
        """No place is before this."""
        return one.person_id not in self._marked, _days(one.every), -as_number(one.last_on)

    def _place(self, one: Asked) -> tuple[bool, int, int]:
        return *self._soonest(one)[:2], -as_number(self._talked[one.person_id])

    def _full(self, best: Sequence[Asked], most: int | None, other: Asked | Knower) -> bool:
        """Whether neither this other nor who comes after can be among the best."""
        if most is None or len(best) < most:
            return False
        return most == 0 or self._place(best[most - 1]) < self._soonest(other)

    def _best(self, several: list[Asked], most: int | None) -> list[Asked]:
        """These in order; whoever helped before goes before equals."""
        several.sort(key=self._place)
        if most is not None and 0 < most < len(several):
            last = self._place(several[most - 1])
            several = [one for one in several if self._place(one) <= last]
        helpful = store.helpful(self._db, [one.person_id for one in several])
        several.sort(
            key=lambda o: (*self._place(o), -sum(helpful.get(o.person_id, (0,))), o.name_key)
        )
        return several[:most]


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


def place(city: str | None) -> str:
    """A city as it is compared: ``London, UK`` is London."""
    return names.fold((city or "").split(",")[0])
