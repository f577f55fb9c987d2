"""Done: what was planned is closed, and what comes again is written down anew."""

from collections.abc import Sequence
from datetime import date, timedelta

from kinship.errors import Ambiguous, NotFound
from kinship.model import names
from kinship.model.entry import FollowUp
from kinship.model.person import Person
from kinship.services import contact, follow_ups, reaching
from kinship.services import people as finding
from kinship.services.contact import Logged, Talk
from kinship.services.follow_ups import FollowUpAsked
from kinship.store import entries, people
from kinship.store.agenda import Item
from kinship.store.db import Change, Db
from kinship.value import Value

SOON = 7
"""Days ahead in which ``done`` may close the nearest follow-up when none is due."""

_FEW_WORDS = 4


class Closing(Value):
    """What ``done`` would close for one person: follow-ups, and the kinds of nudges."""

    person: Person
    follow_ups: list[FollowUp]
    kinds: list[Item]


class Done(Value):
    """What ``done`` closed, what comes next, and the contact it logged, if it did.

    ``settled`` says in words which introductions and pledges were closed.
    """

    closing: Closing
    logged: Logged | None
    connected: str | None
    comes_again: list[tuple[str, str]]
    settled: tuple[str, ...] = ()


def closing(
    db: Db, person: Person, *, today: date, only: str | None = None, everything: bool = False
) -> Closing:
    """Work out what ``done`` closes; nothing is written.

    Raises Ambiguous when several promises are due and nothing says which, NotFound when ``only``
    fits none of them.
    """
    day = today.isoformat()
    mine = reaching.items_of(db, person, today)
    nudges = [i for i in mine if i.kind != "promise"]
    if "connect" in entries.waiting(db, person.id, day=day) and all(
        i.kind != "connect" for i in nudges
    ):
        nudges.append(_early(person))
    open_ones = entries.open_follow_ups(db, person.id)
    settled = [f for f in open_ones if f.aim == "connect" or (f.aim == "hello" and f.on_day <= day)]
    promises = [f for f in open_ones if f not in settled]
    if only is not None:
        return _only(db, person, open_ones, nudges, only)
    due = [f for f in promises if f.on_day <= day]
    if due and (everything or len(due) == 1):
        return Closing(person, settled + due, nudges)
    if due:
        raise _several(db, person, due, "are due")
    soon = (today + timedelta(days=SOON)).isoformat()
    nearest = [f for f in promises if f.on_day <= soon][:1] if not mine else []
    return Closing(person, settled + nearest, nudges)


def _early(person: Person) -> Item:
    """The nudge to connect before its day: any contact of yours settles it."""
    return Item("coming", "connect", person.id, person.name, "", "", None, None, None, None)


def _only(
    db: Db,
    person: Person,
    open_ones: list[FollowUp],
    nudges: list[Item],
    only: str,
) -> Closing:
    wanted = names.fold(only)
    found = [f for f in open_ones if wanted in names.fold(f.what) or only == f"#{f.id}"]
    exact = [f for f in found if wanted == names.fold(f.what)]
    found = exact if len(exact) == 1 else found
    if len(found) > 1:
        raise _several(db, person, found, f"say {names.quoted(only)}")
    if found:
        return Closing(person, found, [])
    kinds = [
        i
        for i in nudges
        if wanted in names.fold(f"{i.kind} {i.what or ''} {reaching.SAID[i.kind]}")
    ]
    if kinds:
        return Closing(person, [], kinds)
    raise NotFound(
        f"nothing open with {person.name} says {names.quoted(only)}. Nothing was written.",
        hint=f"kinship remind {finding.ref(db, person)}",
    )


def _several(db: Db, person: Person, promises: Sequence[FollowUp], what: str) -> Ambiguous:
    """Nobody said which: a command for each, in the fewest words that mean it alone."""
    return Ambiguous(
        f"several promises to {person.name} {what}. Nothing was written. Say which:",
        hint=(
            *(f"kinship {command(db, person, f, promises)}" for f in promises),
            f"kinship done {finding.ref(db, person)} --all",
        ),
    )


def command(db: Db, person: Person, follow_up: FollowUp, open_ones: Sequence[FollowUp]) -> str:
    """What closes this one of the follow-ups that are open: ``done ada``, with words if needed."""
    said = f"done {finding.ref(db, person)}"
    return said if len(open_ones) == 1 else f"{said} --only {_words_of(follow_up, open_ones)}"


def _words_of(follow_up: FollowUp, all_of_them: Sequence[FollowUp]) -> str:
    """Words that ``--only`` finds in this promise and in no other; else its number."""
    words = follow_up.what.replace('"', "").split()
    others = [names.fold(f.what) for f in all_of_them if f.id != follow_up.id]
    for some in (words[:_FEW_WORDS], *([word] for word in words if len(word) > 2)):
        said = " ".join(some)
        if said and not any(names.fold(said) in other for other in others):
            return names.argument(said)
    return f"'#{follow_up.id}'"


def done(
    db: Db,
    closings: Sequence[Closing],
    talk: Talk,
    *,
    today: date,
    log: bool = True,
    drop: bool = False,
    follow_up: FollowUpAsked | None = None,
) -> list[Done]:
    """Close what was planned; log the contact unless it is only closed or dropped."""
    who = [c.person for c in closings]
    with db.change(finding.label(db, "done", who), about=[p.id for p in who]) as tx:
        result = [_done(tx, c, talk, today=today, log=log, drop=drop) for c in closings]
        if follow_up:
            for person in who:
                follow_ups.write(tx, person, follow_up, today)
    return result


def _done(tx: Change, plan: Closing, talk: Talk, *, today: date, log: bool, drop: bool) -> Done:
    person, day = plan.person, talk.day
    again = []
    for follow_up in plan.follow_ups:
        present = entries.follow_up(tx, follow_up.id)
        if present is None or present.state != "open":
            continue
        entries.close_follow_up(tx, follow_up.id, "dropped" if drop else "done", day.isoformat())
        if follow_up.every and not drop:
            again.append((_again(tx, person, follow_up, day, today), follow_up.text or "say hello"))
    logged = contact.write(tx, person, talk) if log else None
    connected = _connected_by(tx, person, talk.channel, day) if log else None
    settled = [
        _settle(tx, item, day=day.isoformat(), drop=drop)
        for item in plan.kinds
        if item.kind in reaching.APART
    ]
    for item in plan.kinds:
        answered = log and day.isoformat() >= (item.since_on or "")
        if item.kind in ("reply", "birthday") and not answered:
            entries.settle(tx, person.id, item.kind, today.isoformat())
    nudged = any(i.kind == "connect" for i in plan.kinds)
    if (nudged or any(f.aim == "connect" for f in plan.follow_ups)) and not connected:
        entries.settle(tx, person.id, "connect", today.isoformat())
    if logged:
        logged = logged._replace(
            pulse=people.pulses(tx, [person.id])[person.id],
            still_open=entries.open_follow_ups(tx, person.id),
        )
    return Done(plan, logged, connected, again, tuple(filter(None, settled)))


def _settle(tx: Change, item: Item, *, day: str, drop: bool) -> str | None:
    """Close an introduction, or what somebody was asked or pledged; what is said of it."""
    if item.kind == "intro":
        from kinship.services import introducing  # noqa: PLC0415  (only where one is due)

        return introducing.settle(tx, item, day=day, drop=drop)
    from kinship.services import rallying  # noqa: PLC0415  (only where one is due)

    return rallying.settle(tx, item, day=day, drop=drop)


def _again(tx: Change, person: Person, follow_up: FollowUp, day: date, today: date) -> str:
    """Write down a recurring follow-up's next turn; the day it falls on."""
    from kinship.model.recurrence import Recurrence  # noqa: PLC0415  (dateutil: recurring only)

    assert follow_up.every
    due = Recurrence.of_code(follow_up.every).next_after(day, date.fromisoformat(follow_up.due_on))
    asked = FollowUpAsked(due, follow_up.text, follow_up.every, "due_on")
    follow_ups.write(tx, person, asked, today)
    return due.isoformat()


def _connected_by(tx: Change, person: Person, kind: str | None, day: date) -> str | None:
    """A channel that was named and waited for its connection has it now."""
    for held in people.channels(tx, [person.id]).get(person.id, []):
        if kind and held.kind == kind and held.state in ("known", "sent"):
            people.set_channel(
                *(tx, held.id),
                state="connected",
                connected_on=day.isoformat(),
                inferred="connected_on",
            )
            return kind
    return None
