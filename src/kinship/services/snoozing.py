"""Not now: what waits is put off, and comes back on a day you say."""

from collections.abc import Sequence
from datetime import date, timedelta

from kinship.errors import BadInput, NotFound
from kinship.model import names
from kinship.model.entry import FollowUp
from kinship.model.person import Person
from kinship.services import people as finding
from kinship.services import reaching
from kinship.store import entries, people
from kinship.store.agenda import Item
from kinship.store.db import Change, Db
from kinship.value import Value

_FARTHEST = timedelta(days=3653)
"""How far ahead it is looked for what has a day: ten years of birthdays are soon looked through."""


class Snoozed(Value):
    """Whoever comes back, and when."""

    people: list[Person]
    until: date


def snooze(
    db: Db, who: Sequence[Person], until: date, *, today: date, only: str | None = None
) -> Snoozed:
    """Put off what waits with these people before ``until``; no contact is logged.

    Raises NotFound when nothing of theirs waits before that day.
    """
    _after_today(until, today)
    plans = [(person, _waiting_before(db, person, until, today, only)) for person in who]
    for person, waiting in plans:
        if not any(waiting):
            about = f" that says {names.quoted(only)}" if only else ""
            raise NotFound(
                f"nothing{about} waits with {person.name} before {until}. Nothing was written.",
                hint=f"kinship remind {finding.ref(db, person)} {until} what to do",
            )
    with db.change(finding.label(db, "snooze", who), about=[p.id for p in who]) as tx:
        for person, waiting in plans:
            _put_off(tx, person.id, *waiting, until)
    return Snoozed(list(who), until)


def snooze_everybody(db: Db, until: date, *, today: date) -> Snoozed:
    """Put off everything that would show before ``until``, birthdays excepted."""
    _after_today(until, today)
    waiting = [
        i
        for i in reaching.items(db, today, ahead=until - timedelta(days=1))
        if i.kind != "birthday"
    ]
    who = list(people.by_ids(db, dict.fromkeys(i.person_id for i in waiting)).values())
    if not who:
        return Snoozed([], until)
    with db.change("snooze --all") as tx:
        for person in who:
            moved, kinds, items = _waiting_before(tx, person, until, today, None)
            _put_off(tx, person.id, moved, [k for k in kinds if k != "birthday"], items, until)
    return Snoozed(who, until)


def _after_today(until: date, today: date) -> None:
    if until <= today:
        raise BadInput("today is not later. For example: 3d, fri, next week")


def _waiting_before(
    db: Db, person: Person, until: date, today: date, only: str | None
) -> tuple[list[FollowUp], list[str], list[Item]]:
    """Open follow-ups, kinds of nudges, and introductions and rallies that show before that day."""
    before = until.isoformat()
    moved = [f for f in entries.open_follow_ups(db, person.id) if f.on_day < before]
    kinds = [kind for kind, due in entries.waiting(db, person.id).items() if due < before]
    ahead = min(until - today, _FARTHEST) - timedelta(days=1)
    coming = reaching.items_of(db, person, today, ahead=today + ahead)
    kinds += [i.kind for i in coming if i.kind == "birthday" and i.when != "coming"]
    items = [i for i in coming if i.kind in reaching.APART]
    if only is not None:
        wanted = names.fold(only)
        moved = [f for f in moved if wanted in names.fold(f.text or reaching.SAID["keep"])]
        kinds = [k for k in kinds if wanted in names.fold(f"{k} {reaching.SAID[k]}")]
        items = [
            i for i in items if wanted in names.fold(f"{i.kind} {i.what} {reaching.SAID[i.kind]}")
        ]
    return moved, kinds, items


def _put_off(
    tx: Change,
    person_id: int,
    moved: list[FollowUp],
    kinds: list[str],
    items: list[Item],
    until: date,
) -> None:
    for follow_up in moved:
        entries.move_follow_up(tx, follow_up.id, until.isoformat())
    for kind in kinds:
        entries.put_off(tx, person_id, kind, until.isoformat())
    for item in items:
        _move(tx, item, until.isoformat())


def _move(tx: Change, item: Item, until: str) -> None:
    if item.kind == "intro":
        from kinship.services import introducing  # noqa: PLC0415  (only where one is due)

        introducing.move(tx, item, until)
        return
    from kinship.services import rallying  # noqa: PLC0415  (only where one is due)

    rallying.move(tx, item, until)
