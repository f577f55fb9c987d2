"""``done`` and ``snooze``: act on what is due, or not now."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kinship.cli import answers, cards, reading, views
from kinship.cli.context import Kin, whole
from kinship.errors import Ambiguous, BadInput
from kinship.model import channel as channels
from kinship.model import dates, names, setting
from kinship.model.person import Person
from kinship.render.shapes import Line, Notice, Span, line
from kinship.services import closing, reaching, snoozing
from kinship.services import people as finding
from kinship.services.closing import Closing, Done
from kinship.services.contact import Talk
from kinship.services.snoozing import Snoozed
from kinship.store import people, settings

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params


def done(
    ctx: typer.Context,
    words: params.Words = None,
    via: params.Via = None,
    on: params.On = None,
    only: params.Only = None,
    everything: Annotated[bool, typer.Option("--all", help="All of their due follow-ups.")] = False,
    no_log: Annotated[bool, typer.Option("--no-log", help="Close it; log no contact.")] = False,
    drop: Annotated[bool, typer.Option("--drop", help="It will not happen. Logs nothing.")] = False,
    follow_up: params.FollowUp = None,
) -> None:
    """You reached out, or kept the promise; the clock restarts.

    Usage: kinship done WHO[,WHO] [TEXT...] [OPTIONS]

    Examples:
      kinship done grace "sent it, the whole team has it now"
      kinship done ada --via linkedin
      kinship done grace --only photos
      kinship done charles --drop

    Closes a hello, a birthday, a reply, a nudge to connect, and the follow-up
    that is due. With several due it asks which.
    """
    kin = Kin.of(ctx)
    who, rest = kin.take_who(words or [])
    finding.not_me(who)
    today = kin.today
    day = reading.behind(on, today) or today
    text = names.check_text(" ".join(rest), "text", names.TEXT_LIMIT)
    contact = not (no_log or drop)
    plans = [plan(kin, person, only, everything=everything) for person in who]
    if not contact and not any(p.follow_ups or _closable(p) for p in plans):
        raise BadInput(
            f"nothing is open with {' or '.join(p.name for p in who)} that could be closed so. "
            "Nothing was written.",
            hint=kin.cmd(f"show {finding.ref(kin.db, who[0])}"),
        )
    talk = Talk(
        day,
        "me",
        channel=reading.channel(via),
        text=text or None,
        inferred=() if on else ("day",),
    )
    asked = reading.follow_up(follow_up, today) if follow_up else None
    result = closing.done(
        kin.writable, plans, talk, today=today, log=contact, drop=drop, follow_up=asked
    )
    lines: list[Line] = []
    for one in result:
        lines += lines_of(kin, one, talk, drop=drop)
    if asked:
        lines.append(line(f"Follow-up {dates.show(asked.due, today)}: {asked.text or 'say hello'}"))
    logged = [one.logged for one in result if one.logged]
    new = [what for one in result for _, what in one.comes_again]
    new += [asked.text] if asked and asked.text else []
    lines += answers.still_open(kin, logged, new=new)
    kin.show(Notice(tuple(lines), [_record(kin, one) for one in result]))


def _closable(plan: Closing) -> bool:
    closable = ("reply", "birthday", "connect", *reaching.APART)
    return any(item.kind in closable for item in plan.kinds)


def plan(kin: Kin, person: Person, only: str | None = None, *, everything: bool = False) -> Closing:
    """What is to be closed; of several promises that are due it asks which, where it can."""
    try:
        return closing.closing(kin.db, person, today=kin.today, only=only, everything=everything)
    except Ambiguous:
        if not kin.can_ask or only:
            raise
        due = closing.closing(kin.db, person, today=kin.today, everything=True)
        promises = [f for f in due.follow_ups if f.aim == "promise"]
        kin.say("Which one?")
        for place, follow_up in enumerate(promises, 1):
            kin.say(f"  {place}  {views.one_line(follow_up.text or '')}")
        answer = kin.ask("Number, all, or Enter to stop:") or ""
        if answer.lower() == "all":
            return due
        if 0 < whole(answer) <= len(promises):
            chosen = promises[whole(answer) - 1]
            return due._replace(
                follow_ups=[f for f in due.follow_ups if f.aim != "promise" or f.id == chosen.id]
            )
        raise


def lines_of(kin: Kin, one: Done, talk: Talk, *, drop: bool = False) -> list[Line]:
    """What was closed, what was logged, and what comes next."""
    today, person = kin.today, one.closing.person
    lines = []
    for follow_up in one.closing.follow_ups:
        late = (today - date.fromisoformat(follow_up.on_day)).days
        said = f" ({views.days(late)} late)" if late > 0 else ""
        what = views.one_line(follow_up.what).rstrip(".")
        lines.append(line(f"{'Dropped' if drop else 'Done'}: {what}{said}"))
    verb = "Dropped" if drop else "Done"
    lines += [
        line(f"{verb}: {views.CLOSED[item.kind]}")
        for item in one.closing.kinds
        if item.kind in views.CLOSED
    ]
    lines += [line(f"{verb}: {views.one_line(what)}") for what in one.settled]
    intros = [item for item in one.closing.kinds if item.kind == "intro"]
    if intros and not drop:
        from kinship.cli import cards_intro  # noqa: PLC0415  (only where one was due)

        lines += [back for item in intros for back in cards_intro.back(kin, item)]
    calls = [item for item in one.closing.kinds if item.kind == "rally"]
    if calls and not drop:
        from kinship.cli import cards_rally  # noqa: PLC0415  (only where one was due)

        lines += cards_rally.back(kin, person, calls)
    if one.connected:
        lines.append(line(f"Connected with {person.name} on {channels.label(one.connected)}."))
    elif any(item.kind == "connect" for item in one.closing.kinds):
        held = people.channels(kin.db, [person.id]).get(person.id, [])
        kind = cards.to_connect_on(held)
        first = names.first_name(person.name)
        if drop:
            lines.append(line(f"Dropped: the nudge to connect with {first}."))
        elif kind is None:
            lines.append(line("Done: hello, now that you have met"))
        else:
            ref = finding.ref(kin.db, person)
            lines.append(
                line(
                    f"The nudge to connect with {first} is closed; "
                    "no channel was marked connected.   ",
                    Span(kin.cmd(f"connect {ref} {kind}"), "command"),
                )
            )
    if one.logged:
        lines.append(answers.logged(kin, one.logged, talk))
    lines += [
        line(f"Next time {dates.show(date.fromisoformat(day), today)}: {views.one_line(what)}")
        for day, what in one.comes_again
    ]
    return lines


def _record(kin: Kin, one: Done) -> dict[str, object]:
    return {
        "person": views.person_record(kin, one.closing.person),
        "closed": [f.what for f in one.closing.follow_ups]
        + [item.kind for item in one.closing.kinds],
        "logged": one.logged.number if one.logged else None,
        "connected": one.connected,
    }


def snooze(
    ctx: typer.Context,
    words: params.Words = None,
    everybody: Annotated[bool, typer.Option("--all", help="Everybody: for holidays.")] = False,
    only: params.Only = None,
) -> None:
    """Not now: ask me again later. Logs no contact.

    Usage: kinship snooze WHO[,WHO] [WHEN] [OPTIONS]
           kinship snooze --all WHEN

    Examples:
      kinship snooze charles
      kinship snooze charles next friday
      kinship snooze --all 2w

    Without WHEN it is three days: kinship config snooze.default
    """
    kin = Kin.of(ctx)
    today = kin.today
    said = list(words or [])
    if everybody:
        until = _until(kin, said)
        result = snoozing.snooze_everybody(kin.writable, until, today=today)
        count = len(result.people)
        come = "1 person comes" if count == 1 else f"{count} people come"
        text = (
            f"{come} back {dates.show(until, today)}. Birthdays still show. Back early: "
            if count
            else f"Nobody would show before {dates.show(until, today)}. Nothing was written."
        )
        back = Span(kin.cmd("undo"), "command") if count else Span("")
        kin.show(Notice((line(text, back),), {"people": count, "until": until.isoformat()}))
        return
    who, rest = kin.take_who(said)
    finding.not_me(who)
    until = _until(kin, rest)
    result = snoozing.snooze(kin.writable, who, until, today=today, only=only)
    people = [p.name for p in result.people]
    kin.show(Notice(back_again(kin, result), {"people": people, "until": until.isoformat()}))


def _until(kin: Kin, words: list[str]) -> date:
    """The day that was said, else the usual one."""
    with reading.unwritten():
        return dates.ahead(" ".join(words) or _usual(kin), kin.today)


def back_again(kin: Kin, result: Snoozed) -> tuple[Line, ...]:
    """``Charles Babbage comes back Fri 29 May (in 9 days).``"""
    come_back = f"{dates.show(result.until, kin.today)} ({dates.away(result.until, kin.today)})."
    return tuple(line(f"{p.name} comes back {come_back}") for p in result.people)


def _usual(kin: Kin) -> str:
    return settings.value(kin.db, setting.SNOOZE)
