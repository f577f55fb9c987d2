"""All of one rally: who was asked, what they said, and what it comes to."""

from collections.abc import Sequence

from kinship.model.person import ME, Person
from kinship.model.rally import Helper, Pledge, Rally
from kinship.store import people, rallies
from kinship.store.db import Db
from kinship.value import Value


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

    ``counts``: asked, answered, unasked (who came forward), pledged, kept.
    """

    rally: Rally
    whom: Person | None
    rows: list[HelperRow]
    counts: dict[str, int]
    money: list[Total]


def page(db: Db, rally: Rally) -> RallyPage:
    """All of one rally: who pledged comes first, then who cannot, then who has not answered."""
    held = {h.person_id: h for h in rallies.helpers(db, rally.id)}
    every = rallies.pledges(db, rally.id)
    numbers = {*held, *(p.person_id for p in every)}
    if rally.person_id is not None:
        numbers.add(rally.person_id)
    who = people.by_ids(db, numbers)
    pledged: dict[int, list[Pledge]] = {number: [] for number in held}
    for one in every:
        pledged.setdefault(one.person_id, []).append(one)
    rows = [HelperRow(who[n], held.get(n), own) for n, own in pledged.items() if n in who]
    rows.sort(key=_place)
    whom = who.get(rally.person_id) if rally.person_id is not None else None
    return RallyPage(rally, whom, rows, _counts(rows), _money(rally, every))


def _place(row: HelperRow) -> tuple[int, int]:
    order = ("pledged", "cannot", None, "none")
    answer = row.helper.answer if row.helper else "pledged"
    return order.index(answer), row.person.id == ME


def _counts(rows: Sequence[HelperRow]) -> dict[str, int]:
    helpers = [row.helper for row in rows if row.helper]
    asked = [h for h in helpers if h.asked_on]
    pledges = [p for row in rows for p in row.pledges]
    return {
        "asked": len(asked),
        "answered": sum(h.answer in ("pledged", "cannot") for h in asked),
        "unasked": sum(h.answer == "pledged" for h in helpers if not h.asked_on),
        "pledged": sum(p.state != "dropped" for p in pledges),
        "kept": sum(p.state == "kept" for p in pledges),
    }


def _money(rally: Rally, pledges: Sequence[Pledge]) -> list[Total]:
    """One total a currency, that of the goal first."""
    some = [p for p in pledges if p.amount and p.state != "dropped"]
    first = [rally.currency] if rally.currency else []
    codes = dict.fromkeys([*first, *sorted(p.currency for p in some if p.currency)])
    return [
        Total(
            code,
            sum(p.amount or 0 for p in some if p.currency == code),
            sum(p.amount or 0 for p in some if p.currency == code and p.state == "kept"),
            rally.goal if code == rally.currency else None,
        )
        for code in codes
    ]
