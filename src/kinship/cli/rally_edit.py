"""``rally start`` and ``edit``: what is said of a call for help."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kinship.cli import rally_show, rally_words, reading
from kinship.cli.context import Kin
from kinship.errors import BadInput
from kinship.model import dates, money, names
from kinship.model.person import ME
from kinship.render.shapes import Line, Notice, Span, line
from kinship.render.width import cells, filled
from kinship.services import people as finding
from kinship.services import rally_names, rally_page, rallying
from kinship.services.rally_page import RallyPage

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params


def start(
    ctx: typer.Context,
    words: params.Words = None,
    for_: Annotated[
        str | None, typer.Option("--for", metavar="WHO", help="Whom it is for. Default: yourself.")
    ] = None,
    about: params.RallyAbout = None,
    until: params.RallyUntil = None,
    goal: params.RallyGoal = None,
    url: params.RallyUrl = None,
) -> None:
    """Call for help, and see who to ask first.

    Usage: kinship rally start TEXT... [--for WHO] [--about TOPIC] [--until DATE]

    Examples:
      kinship rally start Childcare for Joan in June --for joan --about childcare
      kinship rally start "A new roof" --goal "5000 EUR" --until "end of month"
    """
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
        until=reading.ahead(until, kin.today),
        goal=money.whole(goal) if goal else None,
        url=_link(url) if url else None,
        today=kin.today,
    )
    page = rally_page.page(kin.db, made)
    ideas = rally_show.suggestions(kin, page)
    lines = [line(f"Rally {made.id}: {made.text}", _said(kin, page), ".")]
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


def edit(
    ctx: typer.Context,
    words: params.Words = None,
    text: Annotated[str | None, typer.Option("--text", help="What is needed.")] = None,
    for_: Annotated[
        str | None, typer.Option("--for", metavar="WHO", help="Whom it is for; me for yourself.")
    ] = None,
    about: params.RallyAbout = None,
    until: params.RallyUntil = None,
    goal: params.RallyGoal = None,
    url: params.RallyUrl = None,
) -> None:
    """Change what is said of a rally.

    Usage: kinship rally edit [N] --text|--for|--about|--until|--goal|--url VALUE ...

    Examples:
      kinship rally edit --until "end of june"
      kinship rally edit 3 --text "Childcare for Joan in July" --goal "300 EUR"

    An empty value clears a field: --until "". What was logged stays as it was.
    """
    kin = Kin.of(ctx)
    found = rally_names.any_one(kin.db, rally_words.one_number(kin, words))
    columns = _columns(kin, text, for_, about, until, goal, url)
    if not columns:
        raise BadInput(
            f"what is to change about {rally_names.named(found)}? Nothing was written.",
            hint=(
                kin.cmd(f"rally edit {found.id} --until DATE"),
                kin.cmd(f'rally edit {found.id} --text "what you need"'),
            ),
        )
    changed = rallying.edit(kin.writable, found, **columns)
    page = rally_page.page(kin.db, changed)
    was = f" (was {names.quoted(found.text)})" if changed.text != found.text else ""
    more = f", about {changed.about}" if changed.about and "about" in columns else ""
    more += f", {changed.url}" if changed.url and "url" in columns else ""
    shows = rally_words.command(kin, f"rally show {changed.id}")
    lines = (
        line(f"Changed rally {changed.id}: {changed.text}{was}", _said(kin, page), f"{more}."),
        line("All of it: ", shows),
    )
    kin.show(Notice(lines, rally_words.record(kin, page)))


def _columns(
    kin: Kin,
    text: str | None,
    for_: str | None,
    about: str | None,
    until: str | None,
    goal: str | None,
    url: str | None,
) -> dict[str, str | int | None]:
    """The columns that options of ``rally edit`` are about; an empty option is none there."""
    columns: dict[str, str | int | None] = {}
    if text is not None:
        columns["text"] = names.check_line(text, "text")
        if not columns["text"]:
            raise BadInput(
                "a rally says what is needed. Nothing was written.",
                hint=kin.cmd('rally edit --text "Childcare for Joan in June"'),
            )
    if for_ is not None:
        columns["person_id"] = kin.who(for_).id
    if about is not None:
        columns["about"] = names.check_line(about, "topic") or None
    if until is not None:
        day = reading.ahead(until, kin.today)
        columns["until_on"] = day.isoformat() if day else None
    if goal is not None:
        wanted = money.whole(goal) if goal else None
        columns["goal"] = wanted.amount if wanted else None
        columns["currency"] = wanted.currency if wanted else None
    if url is not None:
        columns["url"] = _link(url) if url else None
    return columns


def _said(kin: Kin, page: RallyPage) -> str:
    """``, for Joan Clarke, by Mon 1 Jun (in 12 days), goal 300.00 EUR``."""
    rally = page.rally
    parts = [rally_words.whose(page)]
    if rally.until_on:
        day = date.fromisoformat(rally.until_on)
        parts.append(f"by {dates.show(day, kin.today)} ({dates.away(day, kin.today)})")
    if rally.goal and rally.currency:
        parts.append(f"goal {money.Money(rally.goal, rally.currency)}")
    return "".join(f", {part}" for part in parts)


def _link(text: str) -> str:
    link = names.check_line(text, "link", 2000)
    if " " in link:
        raise BadInput(
            f"{names.quoted(link)} is no link. Nothing was written.",
            hint="For example: https://fund.example",
        )
    return link
