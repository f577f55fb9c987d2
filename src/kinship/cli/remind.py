"""``remind``: follow-ups, once or again and again; and the list of those that are open."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kinship.cli import reading, views
from kinship.cli.context import Kin
from kinship.errors import BadInput
from kinship.model import dates, names
from kinship.model.entry import FollowUp
from kinship.model.person import Person
from kinship.render.shapes import Column, Notice, Span, Table, line
from kinship.services import follow_ups
from kinship.services import people as finding
from kinship.services.follow_ups import FollowUpAsked
from kinship.store import entries, people

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params


def remind(
    ctx: typer.Context,
    words: params.Words = None,
    every: Annotated[
        str | None,
        typer.Option("--every", metavar="EVERY", help="Again and again: 3mo, month, yearly."),
    ] = None,
) -> None:
    """Set a follow-up for a day; without WHEN, list the open ones.

    Usage: kinship remind WHO[,WHO] WHEN [TEXT...] [--every EVERY]
           kinship remind [WHO]

    Examples:
      kinship remind ada next friday send the slides
      kinship remind ada "first monday" --every month review our goals
      kinship remind
      kinship rm '#812'             cancel one, by its number
    """
    kin = Kin.of(ctx)
    if not words:
        _list(kin, None)
        return
    who, rest = kin.take_who(words, writing=len(words) > 1)
    if not rest and not every:
        _list(kin, who[0])
        return
    finding.not_me(who)
    asked = _asked(kin, words[0], rest, every)
    numbers = follow_ups.remind(kin.writable, who, asked, today=kin.today)
    when = f"{dates.show(asked.due, kin.today)} ({dates.away(asked.due, kin.today)})"
    again = f", {_recurrence(asked.every)}" if asked.every else ""
    lines = tuple(
        line(f"Follow-up for {p.name} {when}{again}: {views.one_line(asked.text or 'say hello')}")
        for p in who
    )
    kin.show(Notice(lines, {"numbers": numbers, "due_on": asked.due.isoformat()}))


def _asked(kin: Kin, who: str, rest: list[str], every: str | None) -> FollowUpAsked:
    """WHEN and TEXT; a day of the month counts from the calendar."""
    from kinship.model import recurrence  # noqa: PLC0415  (dateutil: recurring only)

    split = " ".join(rest).split()
    if every is None:
        if split[:1] == ["every"] and (form := _with_every(split[1:])):
            raise BadInput(
                "what comes again goes into --every. Nothing was written.",
                hint=kin.cmd(f"remind {who} {form}"),
            )
        once = recurrence.once_leading(split, kin.today)
        if once:
            return FollowUpAsked(once[0], _text(split[once[1] :]))
        with reading.unwritten():
            due, taken = dates.required(rest, kin.today, "ahead")
        return FollowUpAsked(due, _text(rest[taken:]))
    anchor = recurrence.anchor_leading(split)
    if anchor:
        wanted = recurrence.Recurrence.parse(every, anchor[0])
        return FollowUpAsked(
            wanted.first(kin.today), _text(split[anchor[1] :]), wanted.code, "due_on"
        )
    wanted = recurrence.Recurrence.parse(every)
    with reading.unwritten():
        found = dates.leading(split, kin.today, "ahead")
    if found:
        return FollowUpAsked(found[0], _text(split[found[1] :]), wanted.code)
    return FollowUpAsked(wanted.first(kin.today), _text(split), wanted.code, "due_on")


def _with_every(words: list[str]) -> str:
    """``every friday`` and ``every 6 weeks``, in the form that works; empty for anything else."""
    from kinship.model import cadence, recurrence  # noqa: PLC0415  (recurring only)

    if words and words[0].lower() in dates.WEEKDAY_NUMBERS:
        form, taken = f"{words[0]} --every week", 1
    elif anchor := recurrence.anchor_leading(words):
        form, taken = f"{names.argument(anchor[0])} --every month", anchor[1]
    elif often := cadence.leading(words):
        form, taken = f"--every {often[0].code}", often[1]
    else:
        return ""
    text = (w if w.isalnum() else names.argument(w) for w in words[taken:])
    return " ".join((form, *text))


def _text(words: list[str]) -> str | None:
    return names.check_text(" ".join(words), "follow-up", names.TEXT_LIMIT) or None


def _recurrence(code: str) -> str:
    from kinship.model.recurrence import Recurrence  # noqa: PLC0415  (dateutil: recurring only)

    return str(Recurrence.of_code(code))


def _list(kin: Kin, person: Person | None) -> None:
    found = entries.open_follow_ups(kin.db, person.id if person else None)
    who = people.by_ids(kin.db, {f.person_id for f in found})
    today = kin.today

    def when(f: FollowUp) -> Span:
        late = f.on_day < today.isoformat()
        return Span(dates.show(date.fromisoformat(f.on_day), today), "late" if late else "")

    columns: list[Column[FollowUp]] = [
        Column("number", "#", lambda f: f"#{f.id}", least=4, rank=1),
        Column("name", "WHO", lambda f: Span(who[f.person_id].name, "name")),
        Column("due_on", "WHEN", when, least=10, rank=2),
        Column("text", "WHAT", lambda f: views.one_line(f.what), least=6, rank=1),
    ]
    if any(f.every for f in found) or not kin.view.terminal:
        columns.append(
            Column("every", "AGAIN", lambda f: _recurrence(f.every) if f.every else "", rank=4)
        )
    cancel = kin.cmd("rm '#N'")
    whose = f" with {person.name}" if person else ""
    kin.show(
        Table(
            found,
            columns,
            lambda f: _record(kin, f, who[f.person_id]),
            counted=f"{len(found)} open. Cancel one: {cancel}" if found else "",
            empty=(
                line(f"No open follow-ups{whose}."),
                line("  Set one: ", Span(kin.cmd("remind WHO 2d what to do"), "command")),
            ),
        )
    )


def _record(kin: Kin, f: FollowUp, person: Person) -> dict[str, object]:
    return {
        "id": f.id,
        "ref": finding.ref(kin.db, person),
        "name": person.name,
        "due_on": f.on_day,
        "text": f.what,
        "every": f.every,
        "sentence": f"#{f.id} {person.name}, {f.on_day}: {f.what}",
    }
