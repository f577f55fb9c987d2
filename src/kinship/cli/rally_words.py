"""A rally in words: which one is meant, what it comes to, and what programs read of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kinship.cli import sections, views
from kinship.cli.context import Kin, whole
from kinship.errors import BadInput
from kinship.model import dates, names
from kinship.model.money import Money
from kinship.model.person import ME, Person
from kinship.model.rally import Pledge, Rally
from kinship.render.shapes import Column, Line, Span, Table, line
from kinship.services import people as finding
from kinship.services import rally_names
from kinship.services.rally_page import RallyPage


def number(kin: Kin, text: str | None) -> int | None:
    """The N of ``--rally N``; None where none is said."""
    if text is None:
        return None
    found = whole(text.strip().removeprefix("#"))
    if not found:
        raise BadInput(
            f"{names.quoted(text)} is not the number of a rally. Nothing was written.",
            hint=kin.cmd("rally --all"),
        )
    return found


def one_number(kin: Kin, words: Sequence[str] | None) -> int | None:
    """The N of ``rally show N``; None where none is said."""
    said = [word for word in words or () if word != "rally"]
    found = number(kin, said[0] if said else None)
    if len(said) > 1:
        raise BadInput(
            "say one number. Nothing was written.", hint=(kin.cmd(f"{kin.command} {found}"),)
        )
    return found


def whose(page: RallyPage) -> str:
    """``for Joan Clarke``."""
    if page.rally.person_id == ME:
        return "for you"
    return f"for {page.whom.name}" if page.whom else "for somebody who was removed"


def head(kin: Kin, page: RallyPage) -> str:
    """``rally 3 · for Joan Clarke · by Mon 1 Jun``."""
    return " · ".join(filter(None, [f"rally {page.rally.id}", whose(page), when(kin, page.rally)]))


def when(kin: Kin, rally: Rally) -> str:
    """``by Mon 1 Jun``; until when it was, and since when it is closed."""
    if rally.closed_on:
        return f"closed {views.when_shown(rally.closed_on, kin.today)}"
    if rally.until_on is None:
        return ""
    day = date.fromisoformat(rally.until_on)
    return f"{'until' if day < kin.today else 'by'} {dates.show(day, kin.today)}"


def counted(page: RallyPage) -> str:
    """``asked 4 · answered 3 · pledged 3 · kept 2``."""
    counts = page.counts
    asked = [f"asked {counts['asked']}", f"answered {counts['answered']}"]
    came = [f"came forward {counts['unasked']}"]
    return " · ".join(
        [
            *(asked if counts["asked"] else []),
            *(came if counts["unasked"] else []),
            f"pledged {counts['pledged']}",
            f"kept {counts['kept']}",
        ]
    )


def in_short(page: RallyPage) -> str:
    """``2 of 3 pledges kept``, or how many were asked so far."""
    counts = page.counts
    if counts["pledged"]:
        pledges = "pledge" if counts["pledged"] == 1 else "pledges"
        return f"{counts['kept']} of {counts['pledged']} {pledges} kept"
    if counts["asked"]:
        return f"{counts['asked']} asked, {counts['answered'] or 'nobody'} answered"
    return "nobody asked yet"


def money(page: RallyPage) -> list[Line]:
    """A line a currency: what was kept of what was pledged, a bar, and the goal."""
    figures = [
        (Money(one.kept, one.currency).figure, Money(one.pledged, one.currency).figure)
        for one in page.money
    ]
    kept = max((len(figure) for figure, _ in figures), default=0)
    pledged = max((len(figure) for _, figure in figures), default=0)
    return [
        line(
            f"{one.currency}   kept {k:>{kept}} of {p:>{pledged}} pledged   ",
            *sections.bar(min(one.kept, one.goal or one.pledged), one.goal or one.pledged),
            f"   goal {Money(one.goal, one.currency).figure}" if one.goal else "",
        )
        for one, (k, p) in zip(page.money, figures, strict=True)
    ]


def pledge_text(pledge: Pledge) -> str:
    """What was pledged, in their words; an amount is said where the words do not begin with it."""
    if pledge.amount is None or pledge.currency is None:
        return pledge.text
    said = str(Money(pledge.amount, pledge.currency))
    bare = said.replace(".00 ", " ").replace(",", "").lower()
    begins = pledge.text.replace(",", "").lower().startswith((bare, said.lower()))
    return pledge.text if begins else f"{pledge.text} ({said})"


def name(person: Person) -> str:
    return "me" if person.id == ME else person.name


def of(kin: Kin, rally: Rally) -> str:
    """What a command needs to mean this rally."""
    return rally_names.option(kin.db, rally)


def command(kin: Kin, words: str) -> Span:
    return Span(kin.cmd(words), "command")


# For programs


def record(kin: Kin, page: RallyPage) -> dict[str, object]:
    """All of one rally; amounts are texts, exact: ``"150.00"``."""
    rally = page.rally
    refs = finding.refs(kin.db, [*(row.person for row in page.rows), *filter(None, [page.whom])])

    def person(one: Person) -> dict[str, object]:
        ref = "me" if one.id == ME else refs[one.id]
        return {"id": one.id, "ref": ref, "name": name(one)}

    return {
        "id": rally.id,
        "text": rally.text,
        "for": person(page.whom) if page.whom else None,
        "about": rally.about,
        "began_on": rally.began_on,
        "until_on": rally.until_on,
        "closed_on": rally.closed_on,
        "url": rally.url,
        "goal": amount(rally.goal, rally.currency),
        "currency": rally.currency,
        "counts": page.counts,
        "money": [
            {
                "currency": one.currency,
                "pledged": amount(one.pledged, one.currency),
                "kept": amount(one.kept, one.currency),
                "goal": amount(one.goal, one.currency),
            }
            for one in page.money
        ],
        "people": [
            {
                "person": person(row.person),
                "asked_on": row.helper.asked_on if row.helper else None,
                "answer": row.helper.answer if row.helper else "pledged",
                "thanked_on": row.helper.thanked_on if row.helper else None,
                "pledges": [pledge_record(one) for one in row.pledges],
            }
            for row in page.rows
        ],
    }


def amount(number: int | None, currency: str | None) -> str | None:
    return Money(number, currency).decimal if number is not None and currency else None


def pledge_record(one: Pledge) -> dict[str, object]:
    return {
        "number": one.id,
        "text": one.text,
        "amount": amount(one.amount, one.currency),
        "currency": one.currency,
        "pledged_on": one.pledged_on,
        "due_on": one.due_on,
        "state": one.state,
        "closed_on": one.closed_on,
    }


def table(rows: Sequence[dict[str, object]], fields: tuple[str, ...]) -> Table[dict[str, object]]:
    """These records as rows, for formats that need them."""

    def column(field: str) -> Column[dict[str, object]]:
        return Column(field, field.upper(), lambda row: _shown(row[field]))

    return Table(rows, [column(f) for f in fields], lambda row: row, fields=fields)


def _shown(value: object) -> str:
    return "" if value is None else str(value)
