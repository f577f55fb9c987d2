"""``ask``: whom to ask about a topic; and what you can ask about, in ``ask_topics``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinship.cli import ask_page, views
from kinship.cli.context import Kin
from kinship.errors import BadInput
from kinship.model import names
from kinship.model.person import Person
from kinship.render.shapes import Column, Line, Room, Sheet, Span, Table
from kinship.services import asking
from kinship.services import people as finding
from kinship.services.asking import Adviser, Found
from kinship.store import people

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params

_PIPED = 10
"""Of each section, where a program may read it; with --all or a named format everybody."""


def ask(
    ctx: typer.Context,
    words: params.Words = None,
    city: Annotated[
        str | None, typer.Option("--city", metavar="CITY", help="Only who lives there.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="All of them, also where it only came up.")
    ] = False,
    thin: Annotated[
        bool, typer.Option("--thin", help="Topics that only one person knows about.")
    ] = False,
) -> None:
    """Who to ask about something, closest first.

    Usage: kinship ask TOPIC... [--city CITY] [-n N] [--all]
           kinship ask [--thin]        your topics, and who to ask first

    Examples:
      kinship ask compilers
      kinship ask tax in Germany --city Berlin
      kinship ask --thin

    A topic is found by its beginning and its stem: parents finds parenting. Mark
    who knows about what: kinship edit ada --about compilers
    """
    kin = Kin.of(ctx)
    said = names.check_line(" ".join(map(_bare, words or [])), "topic")
    if thin and said:
        raise BadInput(
            "--thin lists topics; it takes none.",
            hint=(kin.cmd("ask --thin"), kin.cmd(f"ask {ask_page.typed(said)}")),
        )
    if city is not None and not names.place(city):
        raise BadInput("--city takes a city.", hint=kin.cmd("ask TOPIC --city Berlin"))
    if not said:
        if city is not None:
            raise BadInput("say about what.", hint=kin.cmd(f"ask TOPIC --city {names.word(city)}"))
        from kinship.cli import ask_topics  # noqa: PLC0415  (only without a topic)

        ask_topics.show(kin, thin=thin, everything=everything)
        return
    most = kin.view.limit
    few = most is None and not everything and kin.view.format is None
    with kin.still():
        found = asking.find(
            kin.db,
            [said],
            kin.today,
            city=city,
            most=(asking.ENOUGH if kin.view.terminal else _PIPED) if few else most,
            enough=most or asking.ENOUGH,
            everything=everything,
        )
        kin.show(_page(kin, said, city, found, few=few))


def _bare(word: str) -> str:
    """A topic as ``add`` takes it: ``+compilers`` is compilers."""
    return word[1:] if word[:1] == "+" and word[1:2].isalnum() else word


def _on_screen(kin: Kin) -> bool:
    """Whether somebody looks at it; a stream takes rows."""
    return kin.view.terminal and kin.view.format is None


def _page(
    kin: Kin, said: str, city: str | None, found: Found, *, few: bool
) -> Sheet | Table[Adviser]:
    everybody = [*found.first, *found.quiet, *found.away]
    known: list[Person] = [a.person for a in everybody]
    known += [a.through for a in everybody if a.through]
    known += [*found.heard, *(p for p, _ in found.seeking)]
    refs = finding.refs(kin.db, {p.id: p for p in known}.values())
    topics = people.topics(kin.db, [a.person.id for a in everybody])
    page = ask_page.Page(kin, said, city, found, few, refs, topics)
    nobody = tuple(ask_page.nobody(page)) if not everybody else ()
    table = Table(
        everybody,
        [
            Column("name", "NAME", lambda a: Span(a.person.name, "name")),
            Column("section", "SECTION", lambda a: a.section, rank=3),
            Column("topics", "ABOUT", lambda a: ask_page.about(page, a), rank=1),
            Column("last", "LAST", lambda a: ask_page.last(kin, a), rank=2),
            Column("how", "HOW", ask_page.how, rank=4),
            Column("command", "COMMAND", lambda a: Span(page.command(a), "command"), rank=5),
        ],
        lambda a: _record(page, a),
        counted=ask_page.counted(page),
        empty=nobody,
        fields=(
            *("id", "ref", "name", "section", "topics", "mentions", "quote.on", "quote.text"),
            *("last_on", "keep", "gave", "got", "answered", "seeks", "command"),
        ),
        paged=True,
    )
    if not _on_screen(kin) or not everybody:
        return table

    def build(room: Room) -> list[Line]:
        return ask_page.lines(page, room)

    return Sheet(build, [], paged=True)


# For programs


def _record(page: ask_page.Page, one: Adviser) -> dict[str, object]:
    person = views.brief(one.person, page.refs)
    return {
        **person,
        "person": person,
        "section": one.section,
        "topics": one.topics,
        "mentions": one.mentions,
        "quote": {
            "on": one.quote.day,
            "via": one.quote.where or None,
            "text": one.quote.text,
        }
        if one.quote
        else None,
        "last_on": one.last_on,
        "keep": one.keep,
        "gave": one.gave,
        "got": one.got,
        "answered": one.answered,
        "seeks": one.seeks,
        "reach": {
            "channel": one.reach.kind,
            "handle": one.reach.handle,
            "because": one.reach.because,
        }
        if one.reach
        else None,
        "through": views.brief(one.through, page.refs) if one.through else None,
        "command": page.command(one),
    }
