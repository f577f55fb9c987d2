"""``rally show``: all of one rally."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from kinship.cli import rally_words, sections, views
from kinship.cli.context import Kin
from kinship.model import dates
from kinship.model.person import ME
from kinship.model.rally import Pledge, Rally
from kinship.render.shapes import Line, Room, Sheet, Span, Table, line
from kinship.render.width import cells, cut, fits, pad, wrap
from kinship.services import people as finding
from kinship.services import rally_names, rally_page
from kinship.services.rally_page import HelperRow, RallyPage

if TYPE_CHECKING:
    import typer

    from kinship.cli import params
    from kinship.services.rally_suggesting import Suggestion

_FIRST = 8
_NEXT = 3
_NAME = 26
_LEAST = 16
"""Cells for what was said; with fewer everything stands in rows."""
_PLEDGE = ("text", "amount", "currency", "due_on", "state")


class _Said(NamedTuple):
    """A row of the page: who, when they were asked, what they said, and how it stands."""

    name: str
    asked: str
    said: str
    state: Span


def show(ctx: typer.Context, words: params.Words = None) -> None:
    """All of one rally: who was asked, who pledged what, and what was kept.

    Usage: kinship rally show [N]

    Examples:
      kinship rally show
      kinship rally show 3
    """
    kin = Kin.of(ctx)
    number = rally_words.one_number(kin, words)
    with kin.still():
        _show(kin, rally_names.any_one(kin.db, number, writing=False))


def _show(kin: Kin, found: Rally) -> None:
    page = rally_page.page(kin.db, found)
    ideas = suggestions(kin, page)

    def build(room: Room) -> list[Line]:
        return [
            *lines(kin, page, room, whole=True),
            *(suggested(kin, page, ideas, room) if ideas else []),
        ]

    record = {**rally_words.record(kin, page), "suggested": suggested_record(kin, ideas)}
    kin.show(Sheet(build, record, _rows(kin, page)))


def suggestions(kin: Kin, page: RallyPage) -> list[Suggestion]:
    """Whom to ask, while it is open: eight to begin with, then three more."""
    if page.rally.closed_on:
        return []
    from kinship.services import rally_suggesting  # noqa: PLC0415  (not for every rally screen)

    most = _NEXT if page.counts["asked"] else _FIRST
    return rally_suggesting.suggest(kin.db, page.rally, kin.today, most)


def suggested(kin: Kin, page: RallyPage, ideas: list[Suggestion], room: Room) -> list[Line]:
    """Whom to ask, why, and the command that says you did."""
    title = "ASK TOO" if page.counts["asked"] else "ASK FIRST"
    refs = finding.refs(kin.db, [one.person for one in ideas])
    asks = f"rally ask {','.join(refs.values())}{rally_words.of(kin, page.rally)}"
    rows = [(one.person.name, one.reason, "") for one in ideas]
    width = max(cells(name) for name, _, _ in rows)
    if room.width < sections.WIDE:
        shown = sections.section(room, title, "", rows)
    else:
        shown = [line(Span(title, "heading"))]
        shown += [
            line("  ", Span(pad(name, width), "name"), f"   {reason}") for name, reason, _ in rows
        ]
    asked = line("Asked them? ", rally_words.command(kin, asks))
    return [Line(), *shown, Line(), *sections.whole([asked], room)]


def suggested_record(kin: Kin, ideas: list[Suggestion]) -> list[dict[str, object]]:
    return [{"person": views.person_record(kin, one.person), "reason": one.reason} for one in ideas]


# The page


def lines(kin: Kin, page: RallyPage, room: Room, *, whole: bool = False) -> list[Line]:
    """One rally: what it is, who helps with what, and what it comes to."""
    rally = page.rally
    top = line(
        Span(views.one_line(rally.text), "name"), right=Span(rally_words.head(kin, page), "dim")
    )
    shown = [top] if fits(top, room) else [Line(top.left), Line(top.right)]
    if whole:
        facts = (("about", rally.about), ("link", rally.url), ("began", _began(kin, rally)))
        shown += [line(f"  {label:<7} {said}") for label, said in facts if said]
    rows = [said for row in page.rows for said in _said(kin, rally, row)]
    if rows:
        shown += [Line(), *_laid(rows, room, whole=whole)]
        shown += [Line(), line(rally_words.counted(page))]
    if page.money:
        shown += [*([] if rows else [Line()]), *rally_words.money(page)]
    if todo := _next(kin, page):
        shown += [*([] if rows or page.money else [Line()]), *todo]
    return sections.whole(shown, room) if whole else [shown[0], *sections.whole(shown[1:], room)]


def _began(kin: Kin, rally: Rally) -> str:
    return dates.show(date.fromisoformat(rally.began_on), kin.today)


def _said(kin: Kin, rally: Rally, row: HelperRow) -> list[_Said]:
    """What somebody said: a row a pledge, and one that they cannot or have not answered."""
    helper, today = row.helper, kin.today
    asked = ""
    if helper and helper.asked_on:
        asked = f"asked {dates.show(date.fromisoformat(helper.asked_on), today)}"
    found = [
        (f"pledged: {views.one_line(rally_words.pledge_text(p))}", _state(kin, rally, p))
        for p in row.pledges
    ]
    if helper and helper.answer == "cannot":
        found.insert(0, ("cannot this time", Span("")))
    elif helper and helper.answer != "pledged":
        found.insert(0, ("no answer" if helper.answer else "no answer yet", Span("")))
    found = found or [("answered", Span(""))]
    if helper and helper.thanked_on:
        said, state = found[0]
        thanks = f"{state.text}, thanked" if state.text else "thanked"
        found[0] = (said, Span(thanks, state.style or "good"))
    name = rally_words.name(row.person)
    return [
        _Said(name if not place else "", asked if not place else "", said, state)
        for place, (said, state) in enumerate(found)
    ]


def _state(kin: Kin, rally: Rally, pledge: Pledge) -> Span:
    """How a pledge stands: kept, dropped, or when it is to be kept."""
    if pledge.state != "open":
        return Span(pledge.state, "good" if pledge.state == "kept" else "dim")
    until = pledge.due_on or rally.until_on
    if until is None or rally.closed_on:
        return Span("open")
    day = date.fromisoformat(until)
    late = (kin.today - day).days
    if late <= 0:
        return Span(dates.away(day, kin.today), "" if late else "today")
    return Span(f"{views.days(late)} late", "late") if pledge.person_id == ME else Span("kept?")


def _laid(rows: list[_Said], room: Room, *, whole: bool) -> list[Line]:
    """Rows in columns where there is room for them; ``whole`` cuts nothing, and goes on below."""
    first = max(cells(row.name) for row in rows)
    first = first if whole else min(_NAME, first)
    asked = max(cells(row.asked) for row in rows)
    last = max(cells(row.state.text) for row in rows)
    free = room.width - 4 - first - (asked + 2 if asked else 0) - (last + 2 if last else 0)
    if room.width < sections.WIDE or free < _LEAST:
        return _under(rows)
    middle = min(free, max(cells(row.said) for row in rows))
    if whole:
        rows = [part for row in rows for part in _parts(row, middle)]
    return [
        line(
            "  ",
            Span(pad(row.name, first, room.ellipsis), "name"),
            *([f"  {pad(row.asked, asked)}"] if asked else []),
            f"  {(pad if row.state.text else cut)(row.said, middle, room.ellipsis)}",
            *(("  ", row.state) if row.state.text else ()),
        )
        for row in rows
    ]


def _parts(row: _Said, width: int) -> list[_Said]:
    """A row, and under it what was too long for its column."""
    said, *rest = wrap(row.said, width)
    return [row._replace(said=said), *(_Said("", "", part, Span("")) for part in rest)]


def _under(rows: list[_Said]) -> list[Line]:
    """Rows one under another, where it is narrow."""
    found: list[Line] = []
    for row in rows:
        if row.name:
            found.append(line("  ", Span(row.name, "name")))
        if row.asked:
            found.append(line(f"    {row.asked}"))
        state = (" · ", row.state) if row.state.text else ()
        found.append(line(f"    {row.said}", *state))
    return found


def _next(kin: Kin, page: RallyPage) -> list[Line]:
    """What is left to do: who has not answered, who is to be thanked, whether it is over."""
    rally = page.rally
    said = []
    if rally.closed_on:
        thanks = thanked(kin, page)
        return [line("Thank them: ", rally_words.command(kin, thanks))] if thanks else []
    waiting = [r.person for r in page.rows if r.helper and r.helper.answer is None]
    which = rally_words.of(kin, rally)
    if waiting:
        ref = finding.ref(kin.db, waiting[0])
        back = f"rally pledge {ref} what they offer{which}"
        said.append(line("Heard back? ", rally_words.command(kin, back)))
    if not page.rows:
        asks = rally_words.command(kin, f"rally ask WHO,WHO{which}")
        said.append(line("Nobody was asked yet: ", asks))
    if rally.until_on and rally.until_on < kin.today.isoformat():
        said.append(line("Over? ", rally_words.command(kin, f"rally close {rally.id}")))
        later = f"rally edit {rally.id} --until DATE"
        said.append(line("Not yet? ", rally_words.command(kin, later)))
    return said


def thanked(kin: Kin, page: RallyPage) -> str:
    """What thanks everybody who kept a pledge and was not thanked yet; empty where nobody is left."""
    who = [
        row.person
        for row in page.rows
        if row.helper
        and row.helper.thanked_on is None
        and any(p.state == "kept" for p in row.pledges)
    ]
    if not who:
        return ""
    refs = ",".join(finding.refs(kin.db, who).values())
    return f"rally thanked {refs} --rally {page.rally.id}"


def _rows(kin: Kin, page: RallyPage) -> Table[dict[str, object]] | None:
    """A row a pledge or an answer, for formats that need rows."""
    if not kin.view.rows_only:
        return None
    empty: dict[str, object] = {}
    rows = [
        {
            "id": row.person.id,
            "name": rally_words.name(row.person),
            "asked_on": row.helper.asked_on if row.helper else None,
            "answer": row.helper.answer if row.helper else "pledged",
            "thanked_on": row.helper.thanked_on if row.helper else None,
            **{key: one.get(key) for key in _PLEDGE},
        }
        for row in page.rows
        for one in [*map(rally_words.pledge_record, row.pledges)] or [empty]
    ]
    return rally_words.table(rows, ("id", "name", "asked_on", "answer", "thanked_on", *_PLEDGE))
