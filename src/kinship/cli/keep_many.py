"""``keep`` for many: a cadence shared by a community, event or tag, a query, and ``--spread``."""

from collections.abc import Sequence
from datetime import date, timedelta

from kinship.cli import targets, views
from kinship.cli.context import Kin
from kinship.errors import BadInput, Declined, NotFound
from kinship.model import cadence, dates, names
from kinship.model.cadence import Cadence
from kinship.model.entry import Circle, Shared
from kinship.render.shapes import Line, Notice, Span, line
from kinship.services import cadences, shared_cadences
from kinship.services.shared_cadences import Plan, Target
from kinship.store import shared

LONGEST = 366
"""Days that hellos can be spread over."""
_FEW = 5
"""So many hellos in a week need no spreading."""
_A_DAY = 3
"""So many of them on a day are proposed, where a year is long enough."""
_WEEK, _MONTH = 7, 30
_MANY = 50
_DAYS_SHOWN = 10
_WHO_COMES = {
    "community": "whoever joins later",
    "event": "whoever you meet there later",
    "tag": "whoever gets the tag later",
}


def wanted(kin: Kin, rest: Sequence[str], whom: str) -> Cadence | Circle | str | None:
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


def often(every: Cadence | Circle | str | None) -> str:
    if isinstance(every, Circle):
        return views.often(every.every, every.name)
    return str(every) if every else "no cadence"


# Many at once


def together(kin: Kin, words: list[str], until: date | None, *, yes: bool) -> None:
    terms = 0
    while terms < len(words) and (targets.is_term(words[terms]) or words[terms] == ","):
        terms += 1
    if terms == 1 and targets.shares(words[0]):
        target, rest = targets.take(kin, words)
        _share(kin, target, rest, until, yes=yes)
        return
    query, rest = words[:terms], words[terms:]
    found = targets.people(kin, query)
    typed = " ".join(map(names.word, query))
    if not found:
        raise NotFound(f"nobody is found by {names.quoted(typed)}. Nothing was written.")
    if not rest and not until:
        raise _how_often(kin, typed)
    every = wanted(kin, rest, typed) if rest else None
    if until:
        spread(kin, found, every, typed, until, rest, yes=yes)
        return
    if len(found) > _MANY and not yes:
        if not kin.can_ask:
            raise BadInput(
                f"{often(every)} for each of {len(found)} people needs a yes. Nothing was written.",
                hint=kin.cmd(f"keep {typed} {' '.join(rest)} -y"),
            )
        question = f"{often(every)} for each of {len(found)} people?"
        if not kin.confirm(views.capital(question), default=False):
            raise Declined("nothing was written.")
    plan = shared_cadences.keep_many(kin.writable, found, every, label=typed, today=kin.today)
    own = ", each their own" if isinstance(every, Cadence | Circle) else ""
    lines = [line(f"{views.capital(often(every))} for {views.people(len(found))}{own}.")]
    kin.show(Notice((*lines, *_hellos(kin, plan, typed)), _record(plan, every, len(found))))


def _how_often(kin: Kin, typed: str) -> BadInput:
    return BadInput(
        "how often? For example: weekly, monthly, 6w, close, off. Nothing was written.",
        hint=kin.cmd(f"keep {typed} monthly"),
    )


def _share(kin: Kin, target: Target, rest: Sequence[str], until: date | None, *, yes: bool) -> None:
    typed = targets.typed(kin, target)
    every = wanted(kin, rest, typed) if rest else None
    if isinstance(every, str):
        raise _how_often(kin, typed)
    present = shared.of(kin.db, target.kind, target.value)
    if until:
        if present is None and not rest:
            raise _how_often(kin, typed)
        spread(kin, target, every, typed, until, rest, yes=yes)
    elif not rest:
        _say_shared(kin, target, present, typed)
    elif every is None:
        _unshare(kin, target, present)
    else:
        plan = shared_cadences.share(kin.writable, target, every, today=kin.today)
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
    since = views.when_shown(present.kept_on, kin.today)
    text = f"{target.name}: {views.often(present.every, present.circle)} since {since}"
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
    plan = shared_cadences.unshare(kin.writable, target)
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
    lines = [line(f"{target.name}: {often(every)}, for {whom}.")]
    already = number - kept - own
    said = []
    if own:
        said.append(f"{own} {'has' if own == 1 else 'have'} a cadence of their own, which stays")
    if already:
        said.append(f"{already} {'is' if already == 1 else 'are'} kept as often or more already")
    return [*lines, *([line(f"{'; '.join(said)}.")] if said else [])]


def _hellos(kin: Kin, plan: Plan, typed: str) -> list[Line]:
    """When the first hellos come; more than a few in a week can be spread."""
    if not plan.hellos:
        return []
    first = max(date.fromisoformat(plan.hellos[0].due_on), kin.today)
    week = (first + timedelta(days=_WEEK - 1)).isoformat()
    soon = sum(h.due_on <= week for h in plan.hellos)
    if soon <= _FEW:
        when = "today" if first == kin.today else dates.show(first, kin.today)
        which = "The first hello" if len(plan.hellos) > 1 else "The hello"
        return [line(f"{which}: {plan.hellos[0].name}, {when}.")]
    now = sum(h.due_on <= kin.today.isoformat() for h in plan.hellos)
    if now == soon:
        said = f"{now} first hellos are due now."
    elif now:
        said = f"{soon} first hellos come within a week, {now} of them now."
    else:
        said = f"{soon} first hellos come in the week from {dates.show(first, kin.today)}."
    days = (first - kin.today).days
    days = min((days if days > _WEEK else 0) + max(_MONTH, -(-soon // _A_DAY)), LONGEST)
    command = kin.cmd(f"keep {typed} --spread {days}d")
    return [line(said), line("Spread them: ", Span(command, "command"))]


# Spreading


def spread(
    kin: Kin,
    whom: Target | Sequence[int],
    asked: Cadence | Circle | str | None,
    typed: str,
    until: date,
    rest: Sequence[str],
    *,
    yes: bool,
) -> None:
    """Show the plan of setting a cadence, if one was typed, and of spreading; do it with a yes."""
    every = asked if isinstance(asked, Cadence | Circle) else None
    if rest and every is None:
        raise BadInput(
            "--spread staggers hellos, and there would be none. Nothing was written.",
            hint=kin.cmd(f"keep {typed} monthly --spread 30d"),
        )
    label = f"{whom.said if isinstance(whom, Target) else typed} --spread"
    plan = shared_cadences.spread(
        kin.writable, whom, every, label=label, until=until, today=kin.today, dry=not yes
    )
    lines = []
    if isinstance(whom, Target) and every:
        lines += _for_whom(whom, every, plan)
    elif every:
        number = len(whom) if not isinstance(whom, Target) else 0
        lines.append(line(f"{views.capital(often(every))} for {views.people(number)}."))
    lines += _days(kin, plan, until)
    something = bool(every or plan.moved)
    if yes and something:
        lines.append(line("Back: ", Span(kin.cmd("undo"), "command")))
    elif something:
        days = (until - kin.today).days
        again = " ".join(filter(None, [f"keep {typed}", *rest, f"--spread {days}d -y"]))
        lines.append(line("Nothing was written. Do it: ", Span(kin.cmd(again), "command")))
    record = _record(plan, every, len(plan.hellos))
    if isinstance(whom, Target):
        record = {**_target_record(whom), **record}
    kin.show(Notice(tuple(lines), {**record, "written": yes and something}))


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
    end = dates.show(max(by_day), kin.today)
    lines = [line(f"{count} hellos, the last on {end}:" if count > 1 else f"1 hello, on {end}:")]
    days = sorted(by_day)
    wide = max(11, *(len(dates.show(day, kin.today)) for day in days[:_DAYS_SHOWN]))
    lines += [
        line(f"  {dates.show(day, kin.today):<{wide}}  ", views.first_few(by_day[day]))
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
