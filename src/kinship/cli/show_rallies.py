"""What somebody pledged and was asked in rallies, as ``show`` says it."""

from __future__ import annotations

from datetime import date

from kinship.cli import rally_words, show, views
from kinship.cli.context import Kin
from kinship.model import dates
from kinship.model.person import Person
from kinship.render.shapes import Line
from kinship.store import rallies


def rows(kin: Kin, person: Person) -> list[Line]:
    """What stands among the facts: the open rallies for them."""
    return [
        show.fact(
            "rally" if not place else "",
            f"{views.one_line(one.text)}{_by(kin, one.until_on)}",
            right=rally_words.command(kin, f"rally show {one.id}"),
        )
        for place, one in enumerate(rallies.open_for(kin.db, person.id))
    ]


def _by(kin: Kin, until_on: str | None) -> str:
    return f", by {dates.show(date.fromisoformat(until_on), kin.today)}" if until_on else ""


def history(kin: Kin, person: Person) -> list[tuple[str, int, str, str]]:
    """What happened: day, number, what it was, text."""
    texts = {r.id: r.text for r in rallies.every_rally(kin.db, closed=True)}
    happened = [
        (p.pledged_on, p.id, "pledged", p.text) for p in rallies.pledges_of(kin.db, person.id)
    ]
    happened += [
        (h.asked_on, h.id, "asked", texts.get(h.rally_id, ""))
        for h in rallies.helpers_of(kin.db, person.id)
        if h.asked_on
    ]
    return happened


def record(kin: Kin, person: Person) -> dict[str, object]:
    """For programs: keys of their own."""
    every = {r.id: r for r in rallies.every_rally(kin.db, closed=True)}
    return {
        "pledges": [
            {"rally": p.rally_id, **rally_words.pledge_record(p)}
            for p in rallies.pledges_of(kin.db, person.id)
        ],
        "rallies": [
            {
                "id": h.rally_id,
                "text": every[h.rally_id].text,
                "asked_on": h.asked_on,
                "answer": h.answer,
                "answered_on": h.answered_on,
                "thanked_on": h.thanked_on,
            }
            for h in rallies.helpers_of(kin.db, person.id)
        ],
    }
