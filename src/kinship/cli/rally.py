"""``rally``: a call for help: begin one, see those that are open, end it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from kinship.cli import rally_show, rally_words, sections, views
from kinship.cli.context import Kin
from kinship.errors import BadInput
from kinship.model import dates, money, names
from kinship.model.person import ME
from kinship.model.rally import Rally
from kinship.render.shapes import Line, Notice, Room, Sheet, Span, Table, line
from kinship.render.width import cells, filled
from kinship.services import people as finding
from kinship.services import rally_names, rally_page
from kinship.services.rally_page import RallyPage
from kinship.store import rallies

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params

_IN_FULL = 3
"""Rallies that are shown whole; of more there is a line each."""
_FIELDS = ("id", "text", "for", "began_on", "until_on", "closed_on", *("asked", "pledged", "kept"))


def rally(
    ctx: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Those that are closed too.")] = False,
) -> None:
    """A call for help, and who answers it.

    Usage: kinship rally [--all]
           kinship rally start TEXT...           call for help
           kinship rally ask WHO,WHO             you asked them
           kinship rally pledge WHO TEXT...      they offered something
           kinship rally kept WHO                they did it
           kinship rally cannot WHO              not this time
           kinship rally thanked WHO,WHO         you thanked them
           kinship rally show [N], rally close [N]

    Examples:
      kinship rally
      kinship rally start Childcare for Joan in June --for joan --until "1 jun"
      kinship rally ask mary-s,hedy,charles
      kinship rally pledge mary-s Tuesdays

    The verbs mean the latest open rally: --rally N for another.
    """
    kin = Kin.of(ctx)
    with kin.still():
        _show(kin, everything=everything)


def _show(kin: Kin, *, everything: bool) -> None:
    found = rallies.every_rally(kin.db, closed=everything)
    pages = [rally_page.page(kin.db, one) for one in found]

    def build(room: Room) -> list[Line]:
        if not pages:
            return _none(kin, room)
        if len(pages) > _IN_FULL:
            return _in_rows(kin, pages, room)
        shown: list[Line] = []
        for page in pages:
            shown += [*([Line()] if shown else []), *rally_show.lines(kin, page, room)]
        return shown

    kin.show(Sheet(build, [rally_words.record(kin, page) for page in pages], _table(kin, pages)))


def _none(kin: Kin, room: Room) -> list[Line]:
    begin = rally_words.command(kin, 'rally start "what you need"')
    said = [line("No rally is open."), line("  Call for help:  ", begin)]
    if rallies.every_rally(kin.db, closed=True):
        said.append(line("  Those before:   ", rally_words.command(kin, "rally --all")))
    return sections.whole(said, room)


def _in_rows(kin: Kin, pages: Sequence[RallyPage], room: Room) -> list[Line]:
    """A line each, and how to see one whole."""
    rows = [
        (
            views.one_line(page.rally.text),
            rally_words.in_short(page),
            " · ".join(filter(None, [f"rally {page.rally.id}", rally_words.when(kin, page.rally)])),
        )
        for page in pages
    ]
    shows = rally_words.command(kin, f"rally show {pages[0].rally.id}")
    heading = "RALLIES" if any(page.rally.closed_on for page in pages) else "OPEN RALLIES"
    return [*sections.section(room, heading, "", rows), Line(), line("One of them: ", shows)]


def _table(kin: Kin, pages: Sequence[RallyPage]) -> Table[dict[str, object]] | None:
    """A row a rally, for formats that need rows."""
    if kin.view.format in (None, "table", "plain", "lines", "json", "jsonl"):
        return None
    rows: list[dict[str, object]] = [
        {
            **{key: getattr(page.rally, key) for key in _FIELDS if key in Rally._fields},
            "name": page.rally.text,
            "for": rally_words.name(page.whom) if page.whom else None,
            **page.counts,
        }
        for page in pages
    ]
    return rally_words.table(rows, _FIELDS)


def start(
    ctx: typer.Context,
    words: params.Words = None,
    for_: Annotated[
        str | None, typer.Option("--for", metavar="WHO", help="Whom it is for. Default: yourself.")
    ] = None,
    about: Annotated[
        str | None, typer.Option("--about", metavar="TOPIC", help="What helpers should know about.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="The last day it helps.")
    ] = None,
    goal: Annotated[
        str | None, typer.Option("--goal", metavar="AMOUNT", help="Money that is needed: 500 EUR.")
    ] = None,
    url: Annotated[str | None, typer.Option("--url", metavar="LINK", help="Its page.")] = None,
) -> None:
    """Call for help, and see who to ask first.

    Usage: kinship rally start TEXT... [--for WHO] [--about TOPIC] [--until DATE]

    Examples:
      kinship rally start Childcare for Joan in June --for joan --about childcare
      kinship rally start "A new roof" --goal "5000 EUR" --until "end of month"
    """
    from kinship.cli import reading  # noqa: PLC0415  (only to begin one)
    from kinship.services import rallying  # noqa: PLC0415  (only to begin one)

    kin = Kin.of(ctx)
    text = names.check_line(reading.text_of(kin, words or [], "What is needed?"), "text")
    if not text:
        raise BadInput(
            "say what is needed. Nothing was written.",
            hint=kin.cmd('rally start "Childcare for Joan in June" --for WHO'),
        )
    whom = kin.who(for_) if for_ is not None else None
    made = rallying.start(
        kin.writable,
        text,
        for_id=whom.id if whom else ME,
        about=names.check_line(about, "topic") or None if about else None,
        until=dates.ahead(until, kin.today) if until else None,
        goal=money.whole(goal) if goal else None,
        url=_link(kin, url),
        today=kin.today,
    )
    page = rally_page.page(kin.db, made)
    ideas = rally_show.suggestions(kin, page)
    lines = [_began(kin, page)]
    if ideas:
        refs = finding.refs(kin.db, [one.person for one in ideas])
        width = max(cells(one.person.name) for one in ideas)
        lines += [Line(), line(Span("ASK FIRST", "heading"))]
        lines += [
            line("  ", Span(filled(one.person.name, width), "name"), f"   {one.reason}")
            for one in ideas
        ]
        asks = f"rally ask {','.join(refs.values())}"
        lines += [Line(), line("Asked them? ", rally_words.command(kin, asks))]
    else:
        lines.append(line("Asked somebody? ", rally_words.command(kin, "rally ask WHO,WHO")))
    suggested = rally_show.suggested_record(kin, ideas)
    kin.show(Notice(tuple(lines), {**rally_words.record(kin, page), "suggested": suggested}))


def _began(kin: Kin, page: RallyPage) -> Line:
    """``Rally 3: Childcare for Joan in June, for Joan Clarke, by Mon 1 Jun (in 12 days).``"""
    rally = page.rally
    parts = [f"Rally {rally.id}: {rally.text}", rally_words.whose(page)]
    if rally.until_on:
        day = date.fromisoformat(rally.until_on)
        parts.append(f"by {dates.show(day, kin.today)} ({dates.away(day, kin.today)})")
    if rally.goal and rally.currency:
        parts.append(f"goal {money.Money(rally.goal, rally.currency)}")
    return line(", ".join(parts) + ".")


def _link(kin: Kin, text: str | None) -> str | None:
    link = names.check_line(text, "link", 2000) if text else ""
    if " " in link:
        raise BadInput(
            f"{names.quoted(link)} is no link. Nothing was written.",
            hint=kin.cmd("rally start TEXT --url https://fund.example"),
        )
    return link or None


def close(
    ctx: typer.Context,
    words: params.Words = None,
) -> None:
    """End a rally; says whom to thank.

    Usage: kinship rally close [N]

    Examples:
      kinship rally close
      kinship rally close 3
    """
    from kinship.services import rallying  # noqa: PLC0415  (only to end one)

    kin = Kin.of(ctx)
    found = rally_names.open_one(kin.db, rally_words.one_number(kin, words))
    page = rallying.close(kin.writable, found, day=kin.today)
    lines = [line(f"Closed: {found.text} (rally {found.id}).")]
    lines += _pledges(page, "kept", "WHO HELPED") + _pledges(page, "open", "STILL OPEN")
    lines += [Line(), line(rally_words.counted(page))] if page.rows else []
    lines += rally_words.money(page)
    if thanks := rally_show.thanked(kin, page):
        lines.append(line("Thank them: ", rally_words.command(kin, thanks)))
    if found.person_id == ME:
        lines += _got(kin, page)
    kin.show(Notice(tuple(lines), rally_words.record(kin, page)))


def _pledges(page: RallyPage, state: str, title: str) -> list[Line]:
    """What stands so at the end, under a heading."""
    some = [(row.person, p) for row in page.rows for p in row.pledges if p.state == state]
    if not some:
        return []
    width = max(cells(rally_words.name(person)) for person, _ in some)
    return [
        Line(),
        line(Span(title, "heading")),
        *(
            line(
                "  ",
                Span(filled(rally_words.name(person), width), "name"),
                f"   {rally_words.pledge_text(p)}",
            )
            for person, p in some
        ),
    ]


def _got(kin: Kin, page: RallyPage) -> list[Line]:
    """What others did for you can go into the ledger of favours."""
    kept = [(row.person, p) for row in page.rows for p in row.pledges if p.state == "kept"]
    who = {person.id: person for person, _ in kept if person.id != ME}
    refs = finding.refs(kin.db, who.values())
    shown = [
        line("  ", rally_words.command(kin, f"got {refs[person.id]} {names.word(p.text)}"))
        for person, p in kept
        if person.id in refs
    ]
    return [line("Write down what you got:"), *shown] if shown else []


def home_line(kin: Kin) -> tuple[str, str] | None:
    """What ``kinship`` alone says of the open rallies, and the command."""
    found = rallies.every_rally(kin.db)
    if not found:
        return None
    page = rally_page.page(kin.db, found[0])
    more = f", and {len(found) - 1} more open" if len(found) > 1 else ""
    said = f"{views.one_line(found[0].text)}: {rally_words.in_short(page)}{more}"
    return f"Rally            {said}", kin.cmd("rally")
