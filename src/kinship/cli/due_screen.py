"""The screen of ``due``: sections, folding, and what fits the height."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import product
from typing import TypeVar

from kinship.cli import views
from kinship.cli.cards import Card, cards
from kinship.cli.context import Kin
from kinship.model import dates, names
from kinship.render.shapes import Line, Room, Span, Style, line
from kinship.render.width import GAP, cells, pad, wrap
from kinship.safe import safe_lines
from kinship.services import people as finding
from kinship.store import people
from kinship.store.agenda import Row as DueRow

_Due = TypeVar("_Due", DueRow, Card)
_STACKED = 68
_PHONE = 40
_PIPED_ROWS = 60
_INDENT = 2


def lines_of(
    kin: Kin,
    rows: Sequence[DueRow],
    counts: dict[str, int],
    room: Room,
    *,
    everything: bool,
    narrowed: str,
) -> list[Line]:
    """The whole screen; only the rows that may be seen are worded."""
    now = [row for row in rows if row.when != "coming"]
    coming = sorted((r for r in rows if r.when == "coming"), key=lambda r: r.items[0].due_on)
    most = len(now) if everything else _most(room) if room.height else _PIPED_ROWS
    most = min(most if kin.view.limit is None else kin.view.limit, len(now))
    worded = cards(kin, [*_some(now, most), *coming])
    height = None if everything or kin.view.limit is not None else room.height
    split = most
    if not now:
        return _nothing(kin, room, worded, narrowed)
    return _screen(
        kin, room._replace(height=height), worded[:split], worded[split:], counts, len(now)
    )


def _some(rows: Sequence[_Due], most: int) -> list[_Due]:
    """The first of them; what is overdue leaves a third of the room to what is of today."""
    today: list[_Due] = [row for row in rows if row.when == "today"]
    late: list[_Due] = [row for row in rows if row.when != "today"]
    kept: list[_Due] = today[: max(most - len(late), -(-most // 3))]
    return late[: most - len(kept)] + kept


def _most(room: Room) -> int:
    """More rows than fit are not worded at all."""
    return max(1, (room.height or 24) // 2)


def _screen(
    kin: Kin,
    room: Room,
    cards: list[Card],
    coming: list[Card],
    counts: dict[str, int],
    total: int,
) -> list[Line]:
    top = head(kin, room, counts)
    words = Span("done, snooze, log, open + a name.", "dim")
    walk = (Span("Walk through them: ", "dim"), Span(kin.cmd("due -i"), "command"))
    full = room.width >= _STACKED
    foot = [Line(), line(words, "  ", *walk)] if full else [Line(), line(words), line(*walk)]
    layouts = [(3, False), (3, True), (2, True)] if full else [(5, False), (5, True), (3, True)]
    if room.height is None:
        body = _sections(room, cards, 3 if full else 5, whole=True)
        more = _more(kin, total - len(cards))
        return [*top, *body, *_coming(kin, room, coming, folded=False), *more, *foot]
    for (size, folded), whole in product(layouts, (True, False)):
        body = _sections(room, cards, size, whole=whole)
        lines = [*top, *body, *_coming(kin, room, coming, folded=folded), *foot]
        if len(lines) + 1 <= room.height and total == len(cards):
            return lines
    size, _ = layouts[-1]
    later = _coming(kin, room, coming, folded=True)
    for shown in range(len(cards), 0, -1):
        body = _sections(room, _some(cards, shown), size)
        more = _more(kin, total - shown)
        lines = [*top, *body, *later, *more]
        if len(lines) + 1 <= room.height or shown == 1:
            return lines
    return top


def first_lines(kin: Kin, room: Room, rows: Sequence[DueRow]) -> list[Line]:
    """Only who, what and why, for the home screen."""
    worded = cards(kin, rows)
    width = min(22, max(15, *(cells(c.who) for c in worded))) if worded else 15
    stacked = room.width < _STACKED
    return [
        shown for card in worded for shown in _drawn(room, card, 2, width)[: 2 if stacked else 1]
    ]


def _more(kin: Kin, hidden: int) -> list[Line]:
    if not hidden:
        return []
    return [Line(), line(f"and {hidden} more: ", Span(kin.cmd("due --all"), "command"))]


def head(kin: Kin, room: Room, counts: dict[str, int]) -> list[Line]:
    day = Span(long_day(kin.today), "heading")
    parts: list[Span] = []
    styles: dict[str, Style] = {"overdue": "late", "today": "today", "coming": ""}
    for when, number in counts.items():
        if number or when != "coming":
            parts += [Span(" · ")] if parts else []
            parts.append(Span(f"{number} {when}", styles[when] if number else ""))
    if room.width < _STACKED:
        return [line(day), line(*parts), Line()]
    return [line(day, right=parts), Line()]


def long_day(day: date) -> str:
    """``Wednesday 20 May``."""
    return f"{dates.WEEKDAYS[day.weekday()]} {day.day} {dates.MONTHS[day.month - 1]}"


def _sections(room: Room, cards: Sequence[Card], size: int, *, whole: bool = False) -> list[Line]:
    lines: list[Line] = []
    width = min(22, max(15, *(cells(c.who) for c in cards)))
    for when in ("overdue", "today"):
        own = [c for c in cards if c.when == when]
        if own:
            lines += [Line()] if lines else []
            lines.append(line(Span(when.upper(), "late" if when == "overdue" else "today")))
            for card in own:
                lines += _drawn(room, card, size, width, whole=whole)
    return lines


def _drawn(room: Room, card: Card, size: int, width: int, *, whole: bool = False) -> list[Line]:
    """A card in ``size`` lines; with ``whole`` one more, where what to do is longer than a line."""
    style: Style = "late" if card.when == "overdue" else "today"
    why = Span(card.why, style)
    command = Span(card.command, "command")
    if room.width < _STACKED:
        who = Span(card.who, "name")
        lines = [line("  ", who, right=why)]
        if room.width < _PHONE:
            lines = [line("  ", who), line("  ", why)]
        what, rest = _in_two(card.what, room.width - 4) if whole else (card.what, "")
        lines.append(line("    ", what))
        lines += [line("    ", rest)] if rest else []
        if size > 3:
            lines += [line("    ", Span(card.words, "dim"))] if card.words else []
            lines += [line("    ", card.reach)] if card.reach else []
        return [*lines, line("    ", command)]
    gap = " " * (_INDENT + width + 2)
    who = Span(pad(card.who, width, room.ellipsis), "name")
    free = room.width - len(gap) - cells(card.why) - GAP
    what, rest = _in_two(card.what, free) if whole else (card.what, "")
    first = [line("  ", who, "  ", what, right=why), *([line(gap, rest)] if rest else [])]
    if size == 2:
        return [*first, line(gap, Span(card.words or card.reach, "dim"), right=command)]
    words = [line(gap, Span(card.words, "dim"))] if card.words else []
    return [*first, *words, line(gap, card.reach, right=command)]


def _in_two(text: str, width: int) -> tuple[str, str]:
    """What fits the first line, and all that does not, its words unbroken."""
    text = " ".join(" ".join(safe_lines(text)).split())
    first = wrap(text, width)[0]
    return first, text[len(first) :].lstrip()


def _coming(kin: Kin, room: Room, cards: list[Card], *, folded: bool) -> list[Line]:
    if not cards:
        return []
    if folded:
        names_ = ", ".join(f"{_first(c)} {_soon(c, kin.today)}" for c in cards)
        return [Line(), line(Span("COMING", "heading"), "  ", names_)]
    lines = [Line(), line(Span("COMING", "heading"))]
    width = min(22, max(15, *(cells(c.who) for c in cards)))
    days = max(10, *(cells(dates.show(date.fromisoformat(c.due_on), kin.today)) for c in cards))
    for card in cards:
        day = date.fromisoformat(card.due_on)
        reachable = card.reach and not card.crowd and "known" not in card.reach
        where = card.reach.split(" ")[0] if reachable else ""
        who = Span(pad(card.who, width, room.ellipsis), "name")
        what = _lower(card)
        if room.width < _STACKED:
            lines += [
                line("  ", Span(card.who, "name"), right=dates.show(day, kin.today)),
                line("    ", what),
            ]
        else:
            when = pad(dates.show(day, kin.today), days, room.ellipsis)
            lines.append(line("  ", when, "  ", who, "  ", what, right=where))
    return lines


def _lower(card: Card) -> str:
    if card.kind == "keep":
        return f"say hello, {card.why.split(',')[0]}"
    if card.kind == "promise":
        return card.what
    return card.what[:1].lower() + card.what[1:]


def _ended(said: str) -> str:
    """A sentence with its full stop, unless it is a question."""
    return said if said.endswith(("?", "!", ".", "…")) else f"{said}."


def _first(card: Card) -> str:
    return card.who if card.crowd else names.first_name(card.who)


def _soon(card: Card, today: date) -> str:
    day = date.fromisoformat(card.due_on)
    left = (day - today).days
    return "tomorrow" if left == 1 else dates.show(day, today)[: 3 if left < 7 else None]


def _nothing(kin: Kin, room: Room, coming: list[Card], narrowed: str) -> list[Line]:
    """Nothing due: what is next, and whom one could call in a free minute."""
    said = f"   nothing due {narrowed}".rstrip() + "."
    lines = [line(Span(long_day(kin.today), "heading"), said)]
    if len(coming) > 1:
        # Under it there may be two more lines, and the prompt.
        fits = room.height is None or len(coming) + 6 <= room.height
        lines += _coming(kin, room, coming, folded=not fits)
    elif coming:
        day = date.fromisoformat(coming[0].due_on)
        when = dates.away(day, kin.today)
        lines += [Line(), line(f"Next is {coming[0].who}, {when}: {_ended(_lower(coming[0]))}")]
    if narrowed:
        return lines
    before = kin.today - timedelta(days=180)
    person = people.lapsed(kin.db, before.isoformat())
    pulse = views.pulse_of(kin, person) if person else None
    if person and pulse and pulse.last_on and len(pulse.last_on) == 10:
        quiet = dates.elapsed(date.fromisoformat(pulse.last_on), kin.today)
        ref = finding.ref(kin.db, person)
        reachable = people.channels(kin.db, [person.id])
        verb = "open" if reachable else "show"
        lines += [] if len(lines) > 1 else [Line()]
        lines.append(
            line(
                f"A minute to spare? {person.name} has been quiet for {quiet}: ",
                Span(kin.cmd(f"{verb} {ref}"), "command"),
            )
        )
    if len(lines) == 1 and not people.count(kin.db):
        lines += [
            Line(),
            line(
                "  Add the first one     ",
                Span(kin.cmd('add Ada Lovelace --at "PyCon 2026"'), "command"),
            ),
        ]
    return lines
