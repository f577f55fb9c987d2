"""``stats``: how the last months went."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kinship.cli import sections, views
from kinship.cli.context import Kin
from kinship.model import dates
from kinship.render.shapes import Column, Line, Room, Sheet, Span, Table, line
from kinship.render.width import cells, pad
from kinship.services import looking_back
from kinship.services.looking_back import Figures, Summary
from kinship.store import people

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params

_USUAL = "90d"
_UNITS = {"d": "day", "w": "week", "mo": "month", "y": "year"}
_LABEL, _VALUE = 18, 11


def stats(
    ctx: typer.Context,
    words: params.Words = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since", metavar="WHEN", help="How far back: 90d, 1y, or a day. Default: 90d."
        ),
    ] = None,
) -> None:
    """How the last three months went, beside the three before.

    Usage: kinship stats [--since WHEN]

    Examples:
      kinship stats
      kinship stats --since 1y
      kinship stats --json

    Connected in 2d: of those you met in person and who have a channel to connect on, how
    many you were connected with two days later; whom you just met counts once connected.
    Kept in touch: who has a cadence and is not late. Listening: you talked both ways in six
    months, and gave at least what you got; it is a number of people, and rates nobody.
    """
    kin = Kin.of(ctx)
    said = dates.one_line(since or " ".join(words or [])) or _USUAL
    first = dates.behind(said, kin.today)
    if not people.any_here(kin.db):
        kin.show(Sheet(lambda _: _nobody(kin), {"people": 0}, paged=True))
        return
    in_rows = kin.view.format is not None
    summary = looking_back.look_back(kin.db, first, kin.today, compared=in_rows)

    def build(room: Room) -> list[Line]:
        return sections.whole(
            (
                *_head(said, first, kin.today),
                *_rows(summary, first, kin.today),
                *_called(kin, summary),
            ),
            room,
        )

    record, rows = (_record(summary), _table(summary)) if in_rows else (None, None)
    kin.show(Sheet(build, record, rows, paged=True))


def _nobody(kin: Kin) -> list[Line]:
    return [
        line("Nothing to look back on yet."),
        line("  Add somebody: ", Span(kin.cmd("add Ada Lovelace"), "command")),
    ]


def _head(said: str, first: date, today: date) -> list[Line]:
    """``The last 90 days``, or since when; and from which day to which."""
    amount = dates.amount(said.lower())
    if amount is None:
        title = f"Since {dates.short(first, today)}"
    elif amount[0] == 1:
        title = f"The last {_UNITS[amount[1]]}"
    else:
        title = f"The last {amount[0]} {_UNITS[amount[1]]}s"
    span = f"{dates.short(first, today)} to {dates.short(today, today)}"
    return [line(Span(title, "heading"), right=Span(span, "dim")), Line()]


def _rows(summary: Summary, first: date, today: date) -> list[Line]:
    """What there is any figure of."""
    now = summary.now
    both = now.conversations - now.you_began - now.they_began - now.in_person
    rows: list[Line] = []
    if now.met_in_person or now.met_online:
        how = _some((now.met_in_person, "in person"), (now.met_online, "online"))
        met = views.people(now.met_in_person + now.met_online)
        rows.append(_row("met", f"{met}: {how}"))
    if now.to_connect:
        days = (today - first).days
        when = f"the {days} days before" if days > 1 else "the day before"
        part, whole = summary.was
        was = f"   was {part:,} of {whole:,} {when}" if whole else ""
        rows.append(_part("connected in 2d", now.connected_in_two_days, now.to_connect, was))
    if summary.keep:
        rows.append(_part("kept in touch", summary.kept, summary.keep, "   on time"))
    if now.conversations:
        how = ", ".join(
            f"{said} {many:,}"
            for said, many in (
                ("you began", now.you_began),
                ("they" if now.you_began else "they began", now.they_began),
                ("in person", now.in_person),
                ("both ways", both),
            )
            if many
        )
        rows.append(_row("conversations", f"{now.conversations:,}", how))
    if now.gave or now.got:
        rows.append(_row("gave / got", f"{now.gave:,} / {now.got:,}"))
    if now.online_then_met:
        rows.append(
            _row("online, then met", f"{now.online_then_met:,}", views.first_few(summary.then_met))
        )
    if now.introductions_made or now.introductions_landed:
        how = _some((now.introductions_made, "made"), (now.introductions_landed, "landed"))
        rows.append(_row("introductions", how))
    return rows or [line("  Nothing was written down in these days.")]


def _some(*counted: tuple[int, str]) -> str:
    return ", ".join(f"{many:,} {what}" for many, what in counted if many)


def _row(label: str, value: str, *more: str | Span) -> Line:
    beside = pad(value, max(_VALUE, cells(value) + 1)) if more else value
    return line(f"  {pad(label, _LABEL)}", beside, *more)


def _part(label: str, part: int, whole: int, after: str) -> Line:
    """So many of so many, and the bar of it."""
    bar = sections.bar(part, whole)
    return _row(label, f"{part:,} of {whole:,}", *bar, after)


def _called(kin: Kin, summary: Summary) -> list[Line]:
    lines = [Line(), line(Span("IF YOU CALLED TODAY", "heading"))]
    if summary.listening:
        said = f"  {views.people(summary.listening)} would likely hear you."
        lines.append(line(said, right=Span(kin.cmd("list is:listening"), "command")))
    else:
        lines.append(line("  Nobody would likely hear you, as far as is written down."))
    lines.append(
        line("  Talked both ways in the last 6 months, and you gave at least what you got.")
    )
    if summary.your_turn:
        said = f"  {views.people(summary.your_turn)} gave you more than you gave them."
        lines.append(line(said, right=Span(kin.cmd("favours"), "command")))
    return lines


def _named(one: Figures) -> dict[str, int]:
    return {field: getattr(one, field) for field in Figures._fields[2:]}


def _record(summary: Summary) -> dict[str, object]:
    now, before = summary.now, summary.before
    assert before
    return {
        "from": now.from_on,
        "until": now.until_on,
        **_named(now),
        "then_met": summary.then_met,
        "kept": summary.kept,
        "keep": summary.keep,
        "listening": summary.listening,
        "your_turn": summary.your_turn,
        "before": {"from": before.from_on, "until": before.until_on, **_named(before)},
    }


def _table(summary: Summary) -> Table[tuple[str, int, int | None]]:
    """A row a figure, for formats that need rows; what stands today has no time before."""
    assert summary.before
    before = _named(summary.before)
    rows: list[tuple[str, int, int | None]] = [
        (field, many, before[field]) for field, many in _named(summary.now).items()
    ]
    rows += [(f, getattr(summary, f), None) for f in ("kept", "keep", "listening", "your_turn")]
    return Table(
        rows,
        [
            Column("figure", "FIGURE", lambda row: row[0]),
            Column("now", "NOW", lambda row: str(row[1])),
            Column("before", "BEFORE", lambda row: "" if row[2] is None else str(row[2])),
        ],
        lambda row: dict(zip(("figure", "now", "before"), row, strict=True)),
        fields=("figure", "now", "before"),
    )
