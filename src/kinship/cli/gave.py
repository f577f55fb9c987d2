"""``gave`` and ``got``: favours, written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinship.cli import answers, reading, views
from kinship.cli.context import Kin
from kinship.errors import BadInput
from kinship.render.shapes import Line, Notice, line
from kinship.services import helping_out
from kinship.services import people as finding
from kinship.services.helping_out import Given

if TYPE_CHECKING:
    from datetime import date

    import typer

    from kinship.cli import params


def gave(
    ctx: typer.Context,
    words: params.Words = None,
    on: params.On = None,
    follow_up: params.FollowUp = None,
) -> None:
    """Write down something you did for someone; restarts the clock.

    Usage: kinship gave WHO[,WHO] [DATE:] TEXT... [--on DATE] [-f WHEN]

    Examples:
      kinship gave ada proof-read the engine paper
      kinship gave ada tue: lent her the projector
      kinship gave ada,charles found them a room -f 2w
    """
    _write(Kin.of(ctx), words, on, follow_up, "What did you do for them?")


def got(
    ctx: typer.Context,
    words: params.Words = None,
    on: params.On = None,
    follow_up: params.FollowUp = None,
) -> None:
    """Write down something someone did for you.

    Usage: kinship got WHO[,WHO] [DATE:] TEXT... [--on DATE] [-f WHEN]

    Examples:
      kinship got ada read two drafts
      kinship got charles mon: introduced me at the office
    """
    _write(Kin.of(ctx), words, on, follow_up, "What did they do for you?")


def _write(
    kin: Kin, words: list[str] | None, on: str | None, follow_up: str | None, question: str
) -> None:
    way, today = kin.command, kin.today
    if not words:
        raise BadInput(
            "say who, and what it was. Nothing was written.",
            hint=(kin.cmd(f"{way} WHO what it was"), kin.cmd(f"help {way}")),
        )
    who, rest = kin.take_who(words or [])
    finding.not_me(who)
    said = reading.behind(on, today)
    before = None if on else reading.colon(rest, today)
    if before:
        said, rest = before
    asked = reading.follow_up(follow_up, today) if follow_up else None
    text = reading.text_of(kin, rest, question)
    if not text:
        raise BadInput(
            f"{question[:1].lower()}{question[1:]} Nothing was written.",
            hint=kin.cmd(f"{way} {finding.ref(kin.db, who[0])} what it was"),
        )
    day = said or today
    given = helping_out.give(
        kin.writable,
        who,
        way,
        text,
        day=day,
        today=today,
        inferred=() if said else ("day",),
        follow_up=asked,
    )
    lines = [shown for one in given for shown in _echo(kin, one, day)]
    if asked:
        lines.append(answers.follow_up(kin, asked, len(who)))
    new = [asked.text] if asked and asked.text else []
    for one in given:
        lines += answers.open_with(kin, one.person, one.still_open, new=new)
    if not said:
        lines += answers.doubts(kin, [one.favour.id for one in given], text)
    kin.show(Notice(tuple(lines), [_record(kin, one) for one in given]))


def _echo(kin: Kin, one: Given, day: date) -> list[Line]:
    """What was understood, and both counts: ``You gave 2, got 1. Next hello Wed 3 Jun.``"""
    who = one.person.name
    said = f"You gave {who}" if one.favour.way == "gave" else f"{who} gave you"
    when = "" if day == kin.today else f" {_when(day, kin.today)}"
    text = views.one_line(one.favour.text)
    stop = "" if text[-1] in ".!?…" else "."
    return [
        line(f"{said}{when}: {text}{stop}"),
        line(
            f"You gave {one.gave}, got {one.got}." + answers.moved(kin, one.pulse, older=one.older)
        ),
    ]


def _when(day: date, today: date) -> str:
    shown = reading.day_shown(day, today)
    return shown if shown == "yesterday" else f"on {shown}"


def _record(kin: Kin, one: Given) -> dict[str, object]:
    return {
        "number": one.favour.id,
        "person": views.person_record(kin, one.person),
        "way": one.favour.way,
        "day": one.favour.day,
        "text": one.favour.text,
        "inferred": [f for f in one.favour.inferred.split(",") if f],
        "gave": one.gave,
        "got": one.got,
        "next_on": one.pulse.next_on,
    }
