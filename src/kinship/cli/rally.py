"""``rally``: calls for help: see those that are open, end one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kinship.cli import rally_show, rally_words, sections, views
from kinship.cli.context import Kin
from kinship.model import names
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
           kinship rally edit [N] --text|--until|--goal VALUE
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
    if not kin.view.rows_only:
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
