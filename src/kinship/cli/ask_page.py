"""The page of ``ask``: whom to ask, what was between you, and what to type next."""

from collections.abc import Sequence
from datetime import date

from kinship.cli import sections, views
from kinship.cli.context import Kin
from kinship.model import channel, dates, names, stems
from kinship.model.entry import Written
from kinship.model.warmth import since
from kinship.render.shapes import Line, Room, Span, line
from kinship.render.width import cells, cut, pad
from kinship.services.asking import Adviser, Found
from kinship.services.ranking import AWAY, FIRST, QUIET
from kinship.value import Value

_OTHERS = 3
_LONG = 56
_BEFORE = 3  # words before a hit
_WHERE = {"gave": "you gave", "got": "they gave", "pledged": "they pledged"}
_HEADINGS = {
    QUIET: ("GONE QUIET", " say hello first, ask later"),
    AWAY: ("ONE STEP AWAY", " somebody you know knows them"),
}


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
        if one.section == AWAY:
            return self.kin.cmd(f"path {ref}")
        return self.kin.cmd(f"open {ref}" if one.reach else f"show {ref}")


def lines(page: Page, room: Room) -> list[Line]:
    found = page.found
    where = f" in {page.city}" if page.city else ""
    shown = [line(Span(page.said, "name"), where), Line()]
    if found.mine:
        shown += [line("You know about it yourself."), Line()]
    every = [*found.first, *found.quiet, *found.away]
    wide = room.width >= sections.WIDE
    width = min(26, max(16, *(cells(a.person.name) for a in every))) if wide else 0
    for section, all_found in (
        (FIRST, found.first),
        (QUIET, found.quiet),
        (AWAY, found.away),
    ):
        if not all_found:
            continue
        several = all_found[:_OTHERS] if page.few and section != FIRST else all_found
        if section in _HEADINGS:
            title, rest = _HEADINGS[section]
            shown.append(line(Span(title, "heading"), Span(rest, "dim")))
        for one in several:
            shown += _adviser(page, one, room, width)
        hidden = found.more[section] + len(all_found) - len(several)
        if hidden:
            command = page.kin.cmd(f"{_again(page)} --all")
            shown.append(line(f"  and {hidden:,} more: ", Span(command, "command")))
        shown.append(Line())
    if found.seeking:
        shown.append(line(Span("LOOKING FOR IT", "heading"), Span(" help first", "dim")))
        shown += _seeking(page)
        shown.append(Line())
    return sections.whole(shown[:-1], room)


def counted(page: Page) -> str:
    """How many of how many, where not everybody is named."""
    found = page.found
    shown = len(found.first) + len(found.quiet) + len(found.away)
    more = sum(found.more.values())
    if not more or not shown:
        return ""
    return f"{shown} of {shown + more:,} people: {page.kin.cmd(f'{_again(page)} --all')}"


def _seeking(page: Page) -> list[Line]:
    return [
        line(
            f"  {person.name} looks for {said}",
            right=Span(page.kin.cmd(f"show {page.refs[person.id]}"), "command"),
        )
        for person, said in page.found.seeking
    ]


def _adviser(page: Page, one: Adviser, room: Room, width: int) -> list[Line]:
    """Somebody in one to four lines; what does not fit beside the name stands below."""
    kin = page.kin
    texts: list[tuple[str, Span | None]] = [(about(page, one), Span(last(kin, one), "dim"))]
    command = Span(page.command(one), "command")
    if one.section == AWAY:
        texts = [(about(page, one), command)]
    elif one.section == FIRST:
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
    shown = []
    for place, (text, right) in enumerate(texts):
        who = Span(pad(name, width, room.ellipsis), "name") if not place else Span(" " * width)
        free = room.width - width - 4
        beside = right is None or cells(text) + cells(right.text) + 2 <= free
        said = text if place == 0 and right and right.style == "dim" else cut(text, free)
        shown.append(line("  ", who, "  ", said, right=right if right and beside else ()))
        if right and not beside:
            shown.append(line(right=right))
    return shown


def about(page: Page, one: Adviser) -> str:
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


def last(kin: Kin, one: Adviser) -> str:
    if not one.last_on:
        return "no contact yet"
    if len(one.last_on) < len("2026-05-20"):
        return views.when_shown(one.last_on, kin.today)
    alone = one.section == QUIET and one.last_on >= since(kin.today)
    away = dates.away(date.fromisoformat(one.last_on), kin.today)
    return f"from you {away}" if alone else away


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
    return " · ".join(filter(None, [said, how(one)]))


def how(one: Adviser) -> str:
    if one.through:
        return f"through {one.through.name}"
    if one.reach is None:
        return "no channel known"
    quiet = f" ({channel.label(one.reach.quiet)} went quiet)" if one.reach.quiet else ""
    return channel.label(one.reach.kind) + quiet


# Nobody


def nobody(page: Page) -> list[Line]:
    kin, said = page.kin, page.said
    if page.found.mine:
        shown = [line(f"You know about {said} yourself; nobody else you know is marked for it.")]
    elif page.city:
        shown = [line(f"Nobody you know in {page.city} is marked for {said}.")]
    else:
        near = "" if page.found.heard else _near(kin, said)
        shown = [line(f"Nobody you know is marked for {said}.{near}")]
    rows = [("You only heard of:", f"show {page.refs[person.id]}") for person in page.found.heard]
    rows += [("Anywhere:", f"ask {typed(said)}")] if page.city else []
    rows += [
        ("Heard of someone?", f"edit NAME --about {names.word(said)}"),
        ("Ask around:", f"rally start {names.argument(f'Who knows about {said}?')}"),
    ]
    width = max(len(label) for label, _ in rows)
    hints = [
        line(f"  {label:<{width}} ", Span(kin.cmd(command), "command")) for label, command in rows
    ]
    return [*shown, *_seeking(page), *hints]


def _near(kin: Kin, said: str) -> str:
    from kinship.model.query import Query, Term  # noqa: PLC0415  (only where nobody is found)
    from kinship.services import querying  # noqa: PLC0415  (only where nobody is found)

    words = " ".join(stems.telling(names.fold(said)))
    asked = Query(((Term("about", (words,), turned=False),),))
    near = ", ".join(f"{name} ({many})" for name, many in querying.near(kin.db, asked))
    return f" Topics near it: {near}." if near else ""


def typed(said: str) -> str:
    """A topic as it is typed: words that a shell would take apart are quoted."""
    return " ".join(map(names.word, said.split()))


def _again(page: Page) -> str:
    city = f" --city {names.word(page.city)}" if page.city else ""
    return f"ask {typed(page.said)}{city}"
