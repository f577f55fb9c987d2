"""How warm you are with somebody: how recently and how mutually you talked. Shown to nobody."""

from datetime import date

from kinship.model import dates
from kinship.value import Value

TIE = 20
"""What a step between two people who know each other costs, and yours to somebody warm."""
WEAK = 50
"""What a step costs between two who share an event or a community and may know each other."""
FARTHEST = 120
"""The most a way may cost: six steps."""

WARM, TOUCHED, YEAR, YEARS, COLD = 0, 6, 12, 18, 24
"""What `Warmth.cold` says; of somebody you do not know it counts as the last."""
_SIX_MONTHS, _ONE_YEAR, _THREE_YEARS = 6, 12, 36


class Hub(Value):
    """An event or a community small enough that two people of it perhaps know each other."""

    name: str
    event: bool

    @property
    def place(self) -> str:
        """``at PyCon``, ``in PyLadies``."""
        return f"{'at' if self.event else 'in'} {self.name}"


class Warmth(Value):
    """What warmth is told by: the last contact, and whether it went both ways in six months.

    ``every`` is the cadence in force and ``late`` whether its hello is late; ``two_way`` counts a
    conversation of both, or one from each side. Days are ISO text.
    """

    person_id: int
    last_on: str | None
    every: str | None
    late: int
    two_way: int

    def cold(self, today: date) -> int:
        """0 for talking both ways, up to 24 for years of nothing."""
        last = self.last_on or ""
        if self.two_way:
            return WARM
        if last >= since(today) or (self.every and not self.late):
            return TOUCHED
        if last >= since(today, _ONE_YEAR):
            return YEAR
        return YEARS if last >= since(today, _THREE_YEARS) else COLD


def since(today: date, months: int = _SIX_MONTHS) -> str:
    """The day so many months ago; month ends clamp: six months before 31 August is 28 February.

    Before the year 1 it is a text that every day is later than.
    """
    count = today.year * 12 + today.month - 1 - months
    year, month = divmod(count, 12)
    if year < 1:
        return "0"
    return date(year, month + 1, min(today.day, dates.days_in(year, month + 1))).isoformat()
