"""Cadences for many: shared by a community, an event or a tag, or given to each; and their spread."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from kinship.errors import Refused
from kinship.model.cadence import Cadence
from kinship.model.entry import Circle
from kinship.services import cadences
from kinship.store import circles, communities, entries, events, shared
from kinship.store.db import Change, Db
from kinship.store.shared import Hello, Reach
from kinship.value import Value

_FIELDS: Final = {"community": "in", "event": "at", "tag": "tag"}
_ONE_SOON = 1 - 1e-6
"""So much of a hello is carried over at first: whatever comes to it, one is on the first day."""


class Target(Value):
    """Who shares a cadence: a community or event by its number, or a tag by its folded name."""

    kind: str
    name: str
    value: int | str

    @property
    def said(self) -> str:
        """``in:PyLadies``, as the history calls it."""
        return f"{_FIELDS[self.kind]}:{self.name}"


class Plan(Value):
    """What a cadence means for the people it is for.

    ``hellos`` are their next ones, the soonest first, and ``moved`` those that are put off to
    spread them, with their new days. ``reach`` is of a shared cadence.
    """

    hellos: list[Hello]
    moved: list[tuple[Hello, date]]
    reach: Reach | None = None


def keep_many(
    db: Db,
    numbers: Sequence[int],
    every: Cadence | Circle | str | None,
    *,
    label: str,
    today: date,
) -> Plan:
    """Give each of these people a cadence of their own, in one step for ``undo``."""
    with db.change(f"keep {label}") as tx:
        _give(tx, numbers, every, today)
        return Plan(shared.hellos(tx, numbers), [])


def _give(
    tx: Change, numbers: Iterable[int], every: Cadence | Circle | str | None, today: date
) -> None:
    columns = cadences.columns(every, today)
    own, circle, day = columns["every"], columns["circle_id"], columns["kept_on"]
    assert not isinstance(own, int)
    assert not isinstance(circle, str)
    assert not isinstance(day, int)
    circles.give(tx, numbers, every=own, circle_id=circle, kept_on=day)


def share(db: Db, target: Target, every: Cadence | Circle, *, today: date) -> Plan:
    """Share a cadence with everybody of a community, met at an event, or with a tag.

    Who comes later gets it too; a cadence of one's own goes before it. Raises Refused when
    another program removed the target.
    """
    with db.change(f"keep {target.said}") as tx:
        _share(tx, target, every, today)
        return _shared_plan(tx, target)


def _share(tx: Change, target: Target, every: Cadence | Circle, today: date) -> None:
    here = (
        communities.by_id(tx, int(target.value))
        if target.kind == "community"
        else events.by_id(tx, int(target.value))
        if target.kind == "event"
        else target
    )
    if here is None:
        raise Refused(
            f"{target.name} was removed just now by another program. Nothing was written.",
            hint="kinship undo --list",
        )
    shared.put(
        tx,
        target.kind,
        target.value,
        every=every.code if isinstance(every, Cadence) else None,
        circle_id=every.id if isinstance(every, Circle) else None,
        day=today.isoformat(),
    )


def _shared_plan(db: Db, target: Target) -> Plan:
    found = shared.of(db, target.kind, target.value)
    if found is None:
        return Plan([], [], Reach(0, 0, 0))
    return Plan(shared.hellos(db, shared.kept(db, found.id)), [], shared.reach(db, found.id))


def unshare(db: Db, target: Target) -> Plan:
    """Share no cadence with them any more; for how many it was in force."""
    with db.change(f"keep {target.said}") as tx:
        before = _shared_plan(tx, target)
        shared.remove(tx, target.kind, target.value)
    return before


def spread(
    db: Db,
    whom: Target | Sequence[int],
    every: Cadence | Circle | None,
    *,
    label: str,
    until: date,
    today: date,
    dry: bool,
) -> Plan:
    """Set a cadence, if there is one to set, and stagger the hellos due up to ``until``.

    With ``dry`` it is only found out what that would mean: what was written is rolled back. So
    it is where nothing changes.
    """
    try:
        with db.change(f"keep {label}") as tx:
            if isinstance(whom, Target):
                if every is not None:
                    _share(tx, whom, every, today)
                plan = _shared_plan(tx, whom)
            else:
                if every is not None:
                    _give(tx, whom, every, today)
                plan = Plan(shared.hellos(tx, whom), [])
            plan = plan._replace(moved=staggered(plan.hellos, today + timedelta(days=1), until))
            for hello, day in plan.moved:
                entries.put_off(tx, hello.id, "keep", day.isoformat())
            if dry or not (every or plan.moved):
                raise _OnlyLookingError
    except _OnlyLookingError:
        pass
    return plan


class _OnlyLookingError(Exception):
    """The change was made to see what comes of it, and is not to be kept."""


def staggered(hellos: Sequence[Hello], first: date, last: date) -> list[tuple[Hello, date]]:
    """New days for the hellos that are due up to ``last``, evenly from ``first`` on.

    Nobody's comes before it is due, and whoever has a day alone keeps it; of those who are due, the
    one talked with last comes first. Whoever keeps their day is not in it.
    """
    coming = [h for h in hellos if h.due_on <= last.isoformat()]
    coming.sort(key=lambda h: (h.name_key, h.id))
    coming.sort(key=lambda h: h.last_on or "", reverse=True)
    moved: list[tuple[Hello, date]] = []
    days = (last - first).days + 1
    share = _ONE_SOON
    for left in range(days, 0, -1):
        day = last - timedelta(days=left - 1)
        ready = [h for h in coming if h.due_on <= day.isoformat()]
        share = share + len(coming) / left if ready else _ONE_SOON
        now = ready if left == 1 else ready[: int(share)]
        share -= len(now)
        new = [h for h in ready if h.due_on == day.isoformat()]
        now = now or (new if len(new) == 1 else [])
        moved += [(h, day) for h in now if h.due_on < day.isoformat()]
        taken = {h.id for h in now}
        coming = [h for h in coming if h.id not in taken]
    return moved
