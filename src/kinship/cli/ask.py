"""``ask``: whom to ask about a topic; and what you can ask about, in ``ask_topics``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from kinship.cli import sections, views
from kinship.cli.context import Kin
from kinship.errors import BadInput
from kinship.model import channel, dates, names, stems
from kinship.model.entry import Written
from kinship.model.person import Person
from kinship.render.shapes import Column, Line, Room, Sheet, Span, Table, line
from kinship.render.width import cells, cut, pad
from kinship.services import asking
from kinship.services import people as finding
from kinship.services.asking import Adviser, Found
from kinship.store import people
from kinship.value import Value

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params

_OTHERS = 3
_LONG = 56
_BEFORE = 3  # words before a hit
_WHERE = {"gave": "you gave", "got": "they gave", "pledged": "they pledged"}


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
            hint=(kin.cmd("ask --thin"), kin.cmd(f"ask {_typed(said)}")),
        )
    if city is not None and not names.fold(city.split(",")[0]):
        raise BadInput("--city takes a city.", hint=kin.cmd("ask TOPIC --city Berlin"))
    if not said:
        if city is not None:
            raise BadInput("say about what.", hint=kin.cmd(f"ask TOPIC --city {names.word(city)}"))
        from kinship.cli import ask_topics  # noqa: PLC0415  (only without a topic)

        ask_topics.show(kin, thin=thin, everything=everything)
        return
    most = kin.view.limit
    few = most is None and not everything and _on_screen(kin)
    with kin.still():
        found = asking.find(
            kin.db,
            [said],
            kin.today,
            city=city,
            most=asking.ENOUGH if few else most,
            everything=everything,
        )
        kin.show(_page(kin, said, city, found, few=few))


def _bare(word: str) -> str:
    """A topic as ``add`` takes it: ``+compilers`` is compilers."""
    return word[1:] if word[:1] == "+" and word[1:2].isalnum() else word


def _on_screen(kin: Kin) -> bool:
    """Whether somebody looks at it; a stream takes rows, and all of them."""
    return kin.view.terminal and kin.view.format is None


class Page(Value):
    """What was asked, whom that found, and what is said of each.

    With ``few`` the sections after the first name only some.
    """

    kin: Kin
    said: str
    city: str | None
    found: Found
    few: bool
    refs: dict[int, str]
    topics: dict[int, list[str]]

    def topics_of(self, one: Adviser) -> list[str]:
        """What somebody knows about, what fits first."""
        return [
            *one.topics,
            *(t for t in self.topics.get(one.person.id, []) if t not in one.topics),
        ]

    def command(self, one: Adviser) -> str:
        ref = self.refs[one.person.id]
        if one.section == asking.AWAY:
            return self.kin.cmd(f"path {ref}")
        return self.kin.cmd(f"open {ref}" if one.reach else f"show {ref}")


def _page(
    kin: Kin, said: str, city: str | None, found: Found, *, few: bool
) -> Sheet | Table[Adviser]:
    everybody = [*found.first, *found.quiet, *found.away]
    known: list[Person] = [a.person for a in everybody]
    known += [a.through for a in everybody if a.through]
    known += [*found.heard, *(p for p, _ in found.seeking)]
    refs = finding.refs(kin.db, {p.id: p for p in known}.values())
    topics = people.topics(kin.db, [a.person.id for a in everybody])
    page = Page(kin, said, city, found, few, refs, topics)
    nobody = tuple(_nobody(page)) if not everybody else ()
    table = Table(
        everybody,
        [
            Column("name", "NAME", lambda a: Span(a.person.name, "name")),
            Column("section", "SECTION", lambda a: a.section, rank=3),
            Column("topics", "ABOUT", lambda a: _about(page, a), rank=1),
            Column("last", "LAST", lambda a: _last(kin, a), rank=2),
            Column("how", "HOW", _how, rank=4),
            Column("command", "COMMAND", lambda a: Span(page.command(a), "command"), rank=5),
        ],
        lambda a: _record(page, a),
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
        return _lines(page, room)

    return Sheet(build, [], paged=True)


# The screen


def _lines(page: Page, room: Room) -> list[Line]:
    found = page.found
    where = f" in {page.city}" if page.city else ""
    lines = [line(Span(page.said, "name"), where), Line()]
    if found.mine:
        lines += [line("You know about it yourself."), Line()]
    every = [*found.first, *found.quiet, *found.away]
    wide = room.width >= sections.WIDE
    width = min(26, max(16, *(cells(a.person.name) for a in every))) if wide else 0
    for section, all_found in (
        (asking.FIRST, found.first),
        (asking.QUIET, found.quiet),
        (asking.AWAY, found.away),
    ):
        if not all_found:
            continue
        several = all_found[:_OTHERS] if page.few and section != asking.FIRST else all_found
        if section in _HEADINGS:
            title, rest = _HEADINGS[section]
            lines.append(line(Span(title, "heading"), Span(rest, "dim")))
        for one in several:
            lines += _adviser(page, one, room, width)
        hidden = found.more[section] + len(all_found) - len(several)
        if hidden:
            command = page.kin.cmd(f"{_again(page)} --all")
            lines.append(line(f"  and {hidden:,} more: ", Span(command, "command")))
        lines.append(Line())
    if found.seeking:
        lines.append(line(Span("LOOKING FOR IT", "heading"), Span(" help first", "dim")))
        lines += _seeking(page)
        lines.append(Line())
    return sections.whole(lines[:-1], room)


def _seeking(page: Page) -> list[Line]:
    return [
        line(
            f"  {person.name} looks for {said}",
            right=Span(page.kin.cmd(f"show {page.refs[person.id]}"), "command"),
        )
        for person, said in page.found.seeking
    ]


_HEADINGS = {
    asking.QUIET: ("GONE QUIET", " say hello first, ask later"),
    asking.AWAY: ("ONE STEP AWAY", " somebody you know knows them"),
}


def _adviser(page: Page, one: Adviser, room: Room, width: int) -> list[Line]:
    """Somebody in one to four lines; what does not fit beside the name stands below."""
    kin = page.kin
    texts: list[tuple[str, Span | None]] = [(_about(page, one), Span(_last(kin, one), "dim"))]
    command = Span(page.command(one), "command")
    if one.section == asking.AWAY:
        texts = [(_about(page, one), command)]
    elif one.section == asking.FIRST:
        quote = _quote(page, one.quote, room.width - (width or 2) - 6) if one.quote else ""
        texts += [(quote, None)] if quote else []
        texts += [(f"looks for {', '.join(one.seeks)}", None)] if one.seeks else []
        texts += [(_history(one), command)]
    name = one.person.name
    if not width:
        below = [
            part for text, right in texts for part in (Span(text), right) if part and part.text
        ]
        return [
            line("  ", Span(cut(name, room.width - 2, room.ellipsis), "name")),
            *(
                line("    ", part)
                if part.style == "command"
                else line("    ", Span(cut(part.text, room.width - 4, room.ellipsis), part.style))
                for part in below
            ),
        ]
    lines = []
    for place, (text, right) in enumerate(texts):
        who = Span(pad(name, width, room.ellipsis), "name") if not place else Span(" " * width)
        free = room.width - width - 4
        beside = right is None or cells(text) + cells(right.text) + 2 <= free
        said = text if place == 0 and right and right.style == "dim" else cut(text, free)
        lines.append(line("  ", who, "  ", said, right=right if right and beside else ()))
        if right and not beside:
            lines.append(line(right=right))
    return lines


def _about(page: Page, one: Adviser) -> str:
    """What they know about; else how often it came up; and who knows them."""
    said = ", ".join(page.topics_of(one)) if one.topics else _came_up(one)
    if one.through:
        known = names.first_name(one.person.name)
        return f"{', '.join(one.topics) or said}; {one.through.name} knows {known}"
    return said


def _came_up(one: Adviser) -> str:
    return f"came up {_times(one.mentions)}"


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number) or f"{number} times"


def _last(kin: Kin, one: Adviser) -> str:
    if not one.last_on:
        return "no contact yet"
    if len(one.last_on) < len("2026-05-20"):
        return views.when_shown(one.last_on, kin.today)
    return dates.away(date.fromisoformat(one.last_on), kin.today)


def _quote(page: Page, quote: Written, free: int) -> str:
    """Your own words about it: ``"every museum that takes toddlers" (phone, 8 May)``."""
    where = _WHERE.get(quote.where) or channel.label(quote.where)
    day = views.when_shown(quote.day, page.kin.today)
    after = f" ({', '.join(filter(None, [where, day]))})"
    text = _around(views.one_line(quote.text), stems.telling(names.fold(page.said)))
    return f'"{cut(text, max(free - cells(after) - 2, 16))}"{after}'


def _around(text: str, asked: Sequence[str]) -> str:
    """A long text from a few words before the first that was asked for."""
    words = text.split()
    fitting = (
        at
        for at, word in enumerate(words)
        if any(stems.fits([one], names.fold(word), said=True) for one in asked)
    )
    at = max(next(fitting, 0) - _BEFORE, 0) if len(text) > _LONG else 0
    return " ".join([*(["..."] if at else []), *words[at:]])


def _history(one: Adviser) -> str:
    """What was between you, the first that there is, and where to ask."""
    said = ""
    if one.answered:
        said = f"answered you {_times(one.answered)}"
    elif one.got:
        said = f"helped you {_times(one.got)}"
    elif one.given:
        said = f"you gave: {views.one_line(one.given)}"
    return " · ".join(filter(None, [said, _how(one)]))


def _how(one: Adviser) -> str:
    if one.through:
        return f"through {one.through.name}"
    if one.reach is None:
        return "no channel known"
    quiet = f" ({channel.label(one.reach.quiet)} went quiet)" if one.reach.quiet else ""
    return channel.label(one.reach.kind) + quiet


# Nobody


def _nobody(page: Page) -> list[Line]:
    kin, said = page.kin, page.said
    if page.found.mine:
        lines = [line(f"You know about {said} yourself; nobody else you know is marked for it.")]
    elif page.city:
        lines = [line(f"Nobody you know in {page.city} is marked for {said}.")]
    else:
        near = "" if page.found.heard else _near(kin, said)
        lines = [line(f"Nobody you know is marked for {said}.{near}")]
    rows = [("You only heard of:", f"show {page.refs[person.id]}") for person in page.found.heard]
    rows += [("Anywhere:", f"ask {_typed(said)}")] if page.city else []
    rows += [
        ("Heard of someone?", f"edit NAME --about {names.word(said)}"),
        ("Ask around:", f"rally start {names.argument(f'Who knows about {said}?')}"),
    ]
    width = max(len(label) for label, _ in rows)
    hints = [
        line(f"  {label:<{width}} ", Span(kin.cmd(command), "command")) for label, command in rows
    ]
    return [*lines, *_seeking(page), *hints]


def _near(kin: Kin, said: str) -> str:
    from kinship.model.query import Query, Term  # noqa: PLC0415  (only where nobody is found)
    from kinship.services import querying  # noqa: PLC0415  (only where nobody is found)

    asked = Query(((Term("about", (names.fold(said),), turned=False),),))
    near = ", ".join(f"{name} ({many})" for name, many in querying.near(kin.db, asked))
    return f" Topics near it: {near}." if near else ""


def _typed(said: str) -> str:
    """A topic as it is typed: words that a shell would take apart are quoted."""
    return " ".join(map(names.word, said.split()))


def _again(page: Page) -> str:
    city = f" --city {names.word(page.city)}" if page.city else ""
    return f"ask {_typed(page.said)}{city}"


# For programs


def _record(page: Page, one: Adviser) -> dict[str, object]:
    def person(who: Person) -> dict[str, object]:
        return {"id": who.id, "ref": page.refs[who.id], "name": who.name}

    return {
        **person(one.person),
        "person": person(one.person),
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
        "through": person(one.through) if one.through else None,
        "command": page.command(one),
    }
