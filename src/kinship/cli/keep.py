"""``keep``: cadences and circles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kinship.cli import targets, views
from kinship.cli.context import Kin
from kinship.errors import BadInput, Declined, NotFound
from kinship.model import cadence, dates, names
from kinship.model.cadence import Cadence
from kinship.model.entry import Circle, Shared
from kinship.model.person import Person, Pulse
from kinship.render.shapes import Column, Line, Notice, Span, Table, line
from kinship.services import cadences
from kinship.services import people as finding
from kinship.services.cadences import Plan, Target
from kinship.store import circles, people, shared

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params

_FEW = 3
"""So many hellos at once need no spreading."""
_MANY = 50
_SOON = 7
_DAYS_SHOWN = 10
_LONGEST = 366
_WHO_COMES = {
    "community": "whoever joins later",
    "event": "whoever you meet there later",
    "tag": "whoever gets the tag later",
}


def keep(
    ctx: typer.Context,
    words: params.Words = None,
    circle: Annotated[
        str | None,
        typer.Option("--circle", metavar="NAME", help="Set the cadence of a circle instead."),
    ] = None,
    spread: Annotated[
        str | None,
        typer.Option("--spread", metavar="30d", help="Stagger their hellos; shows the plan first."),
    ] = None,
    yes: params.Yes = False,
) -> None:
    """Stay in touch every so often; without WHO, list the circles and what is shared.

    Usage: kinship keep WHO[,WHO] EVERY|CIRCLE|off|shared
           kinship keep in:COMMUNITY|at:EVENT|tag:TAG EVERY|CIRCLE|off
           kinship keep WHO|QUERY [EVERY] --spread 30d [-y]
           kinship keep --circle NAME EVERY
           kinship keep

    Examples:
      kinship keep ada monthly
      kinship keep grace,charles 6w
      kinship keep mary-s close
      kinship keep ada off
      kinship keep in:pyladies quarterly
      kinship keep at:pycon 6w --spread 30d
      kinship keep --circle close 5w

    A cadence for a community, event or tag is for whoever joins later too. A person's own goes
    before it, and so does off; shared gives theirs up.
    """
    kin = Kin.of(ctx)
    until = _until(kin, spread)
    if circle is not None:
        _circle(kin, circle, words or [])
    elif not words:
        _list(kin)
    elif targets.is_term(words[0]):
        _together(kin, words, until, yes=yes)
    else:
        _people(kin, words, until, yes=yes)


def _circle(kin: Kin, circle: str, words: Sequence[str]) -> None:
    every = Cadence.parse(" ".join(words))
    cadences.set_circle(kin.writable, circle, every)
    found = circles.named(kin.db, names.fold(circle))
    number = views.people(found.people if found else 0)
    text = f"Circle {circle}: {every}, {number} in it."
    kin.show(Notice((line(text),), {"circle": circle, "every": every.code}))


def _until(kin: Kin, spread: str | None) -> date | None:
    if spread is None:
        return None
    until = dates.ahead(spread, kin.today)
    if not 0 < (until - kin.today).days <= _LONGEST:
        raise BadInput(
            f"{names.quoted(spread)}: hellos can be spread over a day to a year. "
            "Nothing was written.",
            hint="For example: --spread 30d",
        )
    return until


def _every(kin: Kin, rest: Sequence[str], whom: str) -> Cadence | Circle | str | None:
    """How often, which is all that may follow."""
    taken = cadence.leading(rest)
    if taken and taken[1] < len(rest):
        raise BadInput(
            f"{names.quoted(' '.join(rest))} is more than a cadence. Nothing was written.",
            hint=kin.cmd(f"keep {whom} {' '.join(rest[: taken[1]])}"),
        )
    text = " ".join(rest)
    if names.fold(text) == cadences.AS_SHARED:
        return cadences.AS_SHARED
    return cadences.meant(kin.db, text)


def _often(every: Cadence | Circle | str | None) -> str:
    if isinstance(every, Circle):
        return f"{Cadence.of_code(every.every)} (circle {every.name})"
    return str(every) if every else "no cadence"


# People, each with their own


def _people(kin: Kin, words: list[str], until: date | None, *, yes: bool) -> None:
    who, rest = kin.take_who(words)
    finding.not_me(who)
    ids = [p.id for p in who]
    ref = ",".join(finding.refs(kin.db, who).values())
    every = _every(kin, rest, ref) if rest else None
    if until:
        _spread(kin, ids, _to_spread(kin, every, rest, ref), ref, until, rest, yes=yes)
        return
    if rest:
        pulses = cadences.keep(kin.writable, who, every, today=kin.today)
    else:
        found = people.pulses(kin.db, ids)
        pulses = [found[number] for number in ids]
    lines = [_kept(kin, p, u, every) for p, u in zip(who, pulses, strict=True)]
    if not rest:
        change = Span(kin.cmd(f"keep {ref} {'6w' if pulses[0].every else 'monthly'}"), "command")
        lines.append(line("Change it: " if pulses[0].every else "Set one: ", change))
    kin.show(
        Notice(
            tuple(lines),
            [
                {"name": p.name, "cadence": u.every, "next_on": u.next_on, "shared": u.shared}
                for p, u in zip(who, pulses, strict=True)
            ],
        )
    )


def _kept(kin: Kin, person: Person, pulse: Pulse, every: Cadence | Circle | str | None) -> Line:
    """``Ada Lovelace: monthly (community PyLadies, since 3 Mar). Next hello Fri 19 Jun.``"""
    if not pulse.every:
        return line(f"{person.name}: no cadence. Follow-ups and birthdays still show.")
    often = views.cadence_words(pulse) + views.cadence_source(pulse, kin.today)
    if isinstance(every, Circle) and pulse.shared:
        often += f", shorter than circle {every.name}"
    due = date.fromisoformat(pulse.next_on) if pulse.next_on else None
    after = f" Next hello {dates.show(due, kin.today)}." if due else ""
    return line(f"{person.name}: {often}.{after}")


# Many at once


def _together(kin: Kin, words: list[str], until: date | None, *, yes: bool) -> None:
    terms = 0
    while terms < len(words) and (targets.is_term(words[terms]) or words[terms] == ","):
        terms += 1
    if terms == 1 and targets.shares(words[0]):
        target, rest = targets.take(kin, words)
        _share(kin, target, rest, until, yes=yes)
        return
    query, rest = words[:terms], words[terms:]
    found = targets.people(kin, query)
    typed = " ".join(w if w.isascii() and " " not in w else names.argument(w) for w in query)
    if not found:
        raise NotFound(f"nobody is found by {names.quoted(typed)}. Nothing was written.")
    if not rest and not until:
        raise _how_often(kin, typed)
    every = _every(kin, rest, typed) if rest else None
    if until:
        _spread(kin, found, _to_spread(kin, every, rest, typed), typed, until, rest, yes=yes)
        return
    often = _often(every)
    if len(found) > _MANY and not yes:
        if not kin.can_ask:
            raise BadInput(
                f"that is {len(found)} people, each with {often} of their own: this needs a yes. "
                "Nothing was written.",
                hint=kin.cmd(f"keep {typed} {' '.join(rest)} -y"),
            )
        question = f"{often} for each of {len(found)} people?"
        if not kin.confirm(views.capital(question), default=False):
            raise Declined("nothing was written.")
    plan = cadences.keep_many(kin.writable, found, every, label=typed, today=kin.today)
    lines = [line(f"{views.capital(often)} for {views.people(len(found))}, each their own.")]
    kin.show(Notice((*lines, *_hellos(kin, plan, typed)), _record(plan, every, len(found))))


def _how_often(kin: Kin, typed: str) -> BadInput:
    return BadInput(
        "how often? For example: weekly, monthly, 6w, close, off. Nothing was written.",
        hint=kin.cmd(f"keep {typed} monthly"),
    )


def _share(kin: Kin, target: Target, rest: Sequence[str], until: date | None, *, yes: bool) -> None:
    typed = targets.typed(kin, target)
    every = _every(kin, rest, typed) if rest else None
    if isinstance(every, str):
        raise _how_often(kin, typed)
    present = shared.of(kin.db, target.kind, target.value)
    if until:
        if present is None and not rest:
            raise _how_often(kin, typed)
        _spread(kin, target, _to_spread(kin, every, rest, typed), typed, until, rest, yes=yes)
    elif not rest:
        _say_shared(kin, target, present, typed)
    elif every is None:
        _unshare(kin, target, present)
    else:
        plan = cadences.share(kin.writable, target, every, today=kin.today)
        record = _record(plan, every, plan.reach.kept if plan.reach else 0)
        lines = [*_for_whom(target, every, plan), *_hellos(kin, plan, typed)]
        kin.show(Notice(tuple(lines), {**_target_record(target), **record}))


def _say_shared(kin: Kin, target: Target, present: Shared | None, typed: str) -> None:
    if present is None:
        command = Span(kin.cmd(f"keep {typed} quarterly"), "command")
        said = line(f"{target.name}: no cadence. Set one: ", command)
        kin.show(Notice((said,), {**_target_record(target), "every": None}))
        return
    reach = shared.reach(kin.db, present.id)
    circle = f" (circle {present.circle})" if present.circle else ""
    since = views.when_shown(present.kept_on, kin.today)
    text = f"{target.name}: {Cadence.of_code(present.every)}{circle} since {since}"
    kin.show(
        Notice(
            (line(f"{text}, for {_of_all(reach.kept, reach.people)}."),),
            {**_target_record(target), "every": present.every, "people": reach.kept},
        )
    )


def _unshare(kin: Kin, target: Target, present: Shared | None) -> None:
    if present is None:
        kin.show(Notice((line(f"{target.name} has no cadence; nothing to change."),), {}))
        return
    plan = cadences.unshare(kin.writable, target)
    had = f" {views.people(plan.reach.kept)} had it." if plan.reach else ""
    text = f"{target.name}: no cadence any more.{had}"
    kin.show(Notice((line(text),), {**_target_record(target), "every": None}))


def _of_all(some: int, every: int) -> str:
    return views.people(every) if some == every else f"{some} of {views.people(every)}"


def _for_whom(target: Target, every: Cadence | Circle, plan: Plan) -> list[Line]:
    """``PyLadies: quarterly, for 21 of 23 people, and whoever joins later.``"""
    assert plan.reach
    kept, number, own = plan.reach.kept, plan.reach.people, plan.reach.own
    later = _WHO_COMES[target.kind]
    whom = f"{_of_all(kept, number)}, and {later}" if number else f"{later}; nobody yet"
    lines = [line(f"{target.name}: {_often(every)}, for {whom}.")]
    shorter = number - kept - own
    others = [f"{own} {'has' if own == 1 else 'have'} a cadence of their own"] if own else []
    if shorter:
        others.append(f"{shorter} {'has' if shorter == 1 else 'have'} a shorter one")
    return [*lines, *([line(f"{' and '.join(others)}, which stays.")] if others else [])]


def _hellos(kin: Kin, plan: Plan, typed: str) -> list[Line]:
    """When the first hellos come; many at once can be spread."""
    if not plan.hellos:
        return []
    today = kin.today.isoformat()
    soon = (kin.today + timedelta(days=_SOON)).isoformat()
    now = sum(h.due_on <= today for h in plan.hellos)
    week = sum(h.due_on <= soon for h in plan.hellos)
    if week <= _FEW:
        first = plan.hellos[0]
        day = date.fromisoformat(first.due_on)
        when = "today" if day <= kin.today else dates.show(day, kin.today)
        more = "The first hello" if len(plan.hellos) > 1 else "The hello"
        return [line(f"{more}: {first.name}, {when}.")]
    due = f"{now} due now" if now == week else f"{week} within a week, {now} of them due now"
    spread = kin.cmd(f"keep {typed} --spread 30d")
    return [line(f"First hellos: {due}. Spread them: ", Span(spread, "command"))]


# Spreading


def _to_spread(
    kin: Kin, every: Cadence | Circle | str | None, rest: Sequence[str], typed: str
) -> Cadence | Circle | None:
    if rest and not isinstance(every, Cadence | Circle):
        raise BadInput(
            "--spread staggers hellos, and there would be none. Nothing was written.",
            hint=kin.cmd(f"keep {typed} monthly --spread 30d"),
        )
    return every if isinstance(every, Cadence | Circle) else None


def _spread(
    kin: Kin,
    whom: Target | Sequence[int],
    every: Cadence | Circle | None,
    typed: str,
    until: date,
    rest: Sequence[str],
    *,
    yes: bool,
) -> None:
    """Show the plan; with a yes, it is done."""
    label = whom.said if isinstance(whom, Target) else typed
    plan = cadences.spread(
        kin.writable, whom, every, label=label, until=until, today=kin.today, dry=not yes
    )
    lines = []
    if isinstance(whom, Target) and every:
        lines += _for_whom(whom, every, plan)
    elif every:
        number = len(whom) if not isinstance(whom, Target) else 0
        lines.append(line(f"{views.capital(_often(every))} for {views.people(number)}."))
    lines += _days(kin, plan, until)
    if yes:
        lines.append(line("Back: ", Span(kin.cmd("undo"), "command")))
    else:
        days = (until - kin.today).days
        again = " ".join(filter(None, [f"keep {typed}", *rest, f"--spread {days}d -y"]))
        lines.append(line("Nothing was written. Do it: ", Span(kin.cmd(again), "command")))
    record = _record(plan, every, len(plan.hellos))
    if isinstance(whom, Target):
        record = {**_target_record(whom), **record}
    kin.show(Notice(tuple(lines), {**record, "written": yes}))


def _days(kin: Kin, plan: Plan, until: date) -> list[Line]:
    """Who comes on which day."""
    moved = {h.id for h, _ in plan.moved}
    stay = [h for h in plan.hellos if h.id not in moved]
    last = until.isoformat()
    by_day: dict[date, list[str]] = {}
    for hello, day in plan.moved:
        by_day.setdefault(day, []).append(hello.name)
    for hello in stay:
        if hello.due_on <= last:
            by_day.setdefault(date.fromisoformat(hello.due_on), []).append(hello.name)
    later = sum(h.due_on > last for h in stay)
    if not by_day:
        return [line(f"No hello comes before {dates.show(until, kin.today)}: nothing to spread.")]
    count = sum(map(len, by_day.values()))
    lines = [line(f"{count} hello{'' if count == 1 else 's'}, the last of them on "
                  f"{dates.show(max(by_day), kin.today)}:")]  # fmt: skip
    days = sorted(by_day)
    lines += [
        line(f"  {dates.show(day, kin.today):<11}  ", ", ".join(by_day[day]))
        for day in days[:_DAYS_SHOWN]
    ]
    rest = len(days) - _DAYS_SHOWN
    if rest > 0:
        lines.append(line(f"  and {views.days(rest)} more"))
    if later:
        lines.append(line(f"{views.people(later)} later than that, as before."))
    return lines


def _record(plan: Plan, every: Cadence | Circle | str | None, number: int) -> dict[str, object]:
    code = every.every if isinstance(every, Circle) else getattr(every, "code", None)
    return {
        "every": code,
        "people": number,
        "hellos": [{"id": h.id, "name": h.name, "next_on": day} for h, day in _as_planned(plan)],
    }


def _as_planned(plan: Plan) -> list[tuple[shared.Hello, str]]:
    moved = {h.id: day.isoformat() for h, day in plan.moved}
    found = [(h, moved.get(h.id, h.due_on)) for h in plan.hellos]
    return sorted(found, key=lambda pair: pair[1])


def _target_record(target: Target) -> dict[str, object]:
    return {"kind": target.kind, "name": target.name}


# The list


def _list(kin: Kin) -> None:
    kept: list[tuple[Circle | Shared, int]] = [(c, c.people) for c in circles.every_circle(kin.db)]
    kept += [(s, shared.reach(kin.db, s.id).kept) for s in shared.every_shared(kin.db)]

    def kind(one: Circle | Shared) -> str:
        return one.kind if isinstance(one, Shared) else "circle"

    def every(one: Circle | Shared) -> str:
        circle = f" (circle {one.circle})" if isinstance(one, Shared) and one.circle else ""
        return f"{Cadence.of_code(one.every)}{circle}"

    kin.show(
        Table(
            kept,
            [
                Column("name", "NAME", lambda k: Span(k[0].name, "name")),
                Column("kind", "KIND", lambda k: kind(k[0]), rank=1),
                Column("every", "EVERY", lambda k: every(k[0]), rank=1),
                Column("people", "PEOPLE", lambda k: str(k[1]), rank=2, align_right=True),
            ],
            lambda k: {
                "id": k[0].id,
                "kind": kind(k[0]),
                "name": k[0].name,
                "every": k[0].every,
                "circle": k[0].circle if isinstance(k[0], Shared) else None,
                "people": k[1],
            },
            counted=f"Put somebody in one: {kin.cmd('keep WHO close')}",
            fields=("id", "kind", "name", "every", "circle", "people"),
        )
    )
