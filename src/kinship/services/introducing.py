"""Introductions: two people you bring together, until it landed or did not."""

from collections.abc import Sequence
from datetime import date, timedelta

from kinship.errors import BadInput, NotFound, Refused
from kinship.model import dates, names
from kinship.model.introduction import Introduction
from kinship.model.person import Person
from kinship.model.tie import Tie
from kinship.services import contact
from kinship.services import people as finding
from kinship.services.contact import Logged, Talk
from kinship.store import introductions, people, ties
from kinship.store.agenda import Item
from kinship.store.db import Change, Db
from kinship.value import Value

LONGEST = names.TEXT_LIMIT - names.NAME_LIMIT - len("introduced to : ")
"""Characters of the text, which is logged behind a name."""
_ASKED_FOR = timedelta(days=60)
"""How long after it was made it is asked about, and after a snooze `_AGAIN`; store.agenda has both."""
_AGAIN = timedelta(days=14)


class Introduced(Value):
    """An introduction as it is now, what was logged with each, and the tie they have.

    ``tied``: the tie was written just now.
    """

    introduction: Introduction
    one: Person
    other: Person
    logged: list[Logged]
    tie: Tie | None
    tied: bool


def introduce(
    db: Db,
    one: Person,
    other: Person,
    text: str | None,
    *,
    day: date,
    asking: bool,
    inferred: tuple[str, ...] = (),
) -> Introduced:
    """Write down that you introduced two people, or are asking both.

    One that was asked for is made. Raises Refused where one of the two is open already.
    """
    refs = _refs(db, one, other)
    with db.change(f"intro {refs}", about=[one.id, other.id]) as tx:
        present = _open(tx, one, other)
        if present and (asking or present.state == "made"):
            raise _open_already(present, day, refs)
        on = day.isoformat()
        logged = []
        if asking:
            number = introductions.add(tx, one.id, other.id, state="asking", text=text, asked_on=on)
        else:
            if present:
                number, text = present.id, text or present.text
                _not_before(present, day, f"intro {refs}")
                introductions.made(tx, number, on, text)
            else:
                number = introductions.add(
                    tx, one.id, other.id, state="made", text=text, made_on=on
                )
            logged = [_log(tx, a, b, text, day, inferred) for a, b in ((one, other), (other, one))]
        tie = ties.between(tx, one.id, other.id)
        return Introduced(_there(tx, number), one, other, logged, tie, tied=False)


def close(db: Db, one: Person, other: Person, state: str, *, day: date) -> Introduced:
    """The open introduction of two people landed, or did ``not``; a landed one is a tie.

    Raises NotFound where none is open.
    """
    refs = _refs(db, one, other)
    with db.change(f"intro {refs} --{state}", about=[one.id, other.id]) as tx:
        present = _open(tx, one, other)
        if present is None:
            raise _none_open(tx, one, other, refs, day)
        _not_before(present, day, f"intro {refs} --{state}")
        tied = _close(tx, present, state, day.isoformat())
        tie = ties.between(tx, one.id, other.id)
        return Introduced(_there(tx, present.id), one, other, [], tie, tied)


def settle(tx: Change, item: Item, *, day: str, drop: bool) -> str | None:
    """What ``done`` says of what ``due`` asked about: it landed, was made at last, or dropped.

    None where somebody else closed it meanwhile.
    """
    present = introductions.by_number(tx, item.entry_id) if item.entry_id else None
    if present is None or present.closed_on:
        return None
    other = people.by_id(tx, present.other_id)
    assert other
    day = max(day, present.made_on or present.asked_on or day)
    if present.state == "asking" and not drop:
        introductions.made(tx, present.id, day)
        return f"introduced to {other.name}"
    _close(tx, present, "not" if drop else "landed", day)
    return f"the intro to {other.name}{'' if drop else ' landed'}"


def drop(db: Db, person: Person, items: Sequence[Item], *, day: date) -> None:
    """What ``due`` asked about did not land."""
    with db.change(f"{finding.label(db, 'intro', [person])} --not", about=[person.id]) as tx:
        for item in items:
            settle(tx, item, day=day.isoformat(), drop=True)


def move(tx: Change, item: Item, until: str) -> None:
    """Ask about it from that day on."""
    if item.entry_id:
        introductions.move(tx, item.entry_id, until)


def gone_on(one: Introduction) -> date:
    """The last day on which an open introduction is asked about."""
    since = date.fromisoformat(one.made_on or one.asked_on or one.on_day)
    asked = date.fromisoformat(one.on_day)
    return max(since + min(_ASKED_FOR, date.max - since), asked + min(_AGAIN, date.max - asked))


def _refs(db: Db, one: Person, other: Person) -> str:
    return " ".join(finding.refs(db, [one, other]).values())


def _open(db: Db, one: Person, other: Person) -> Introduction | None:
    found = introductions.between(db, one.id, other.id)
    return next((i for i in found if i.closed_on is None), None)


def _there(tx: Change, number: int) -> Introduction:
    found = introductions.by_number(tx, number)
    assert found
    return found


def _log(
    tx: Change,
    person: Person,
    to: Person,
    text: str | None,
    day: date,
    inferred: tuple[str, ...],
) -> Logged:
    said = f"introduced to {to.name}{f': {text}' if text else ''}"
    return contact.write(tx, person, Talk(day, "me", text=said, inferred=inferred))


def _close(tx: Change, one: Introduction, state: str, day: str) -> bool:
    """Close it; whether a tie was written."""
    introductions.close(tx, one.id, state, day)
    if state != "landed" or ties.between(tx, one.person_id, one.other_id):
        return False
    ties.add(tx, one.person_id, one.other_id, day, source="introduced")
    return True


def _not_before(present: Introduction, day: date, command: str) -> None:
    since = present.made_on or present.asked_on or ""
    if day.isoformat() < since:
        said = "introduced them" if present.made_on else "asked them"
        raise BadInput(
            f"you {said} on {dates.short_text(since, day)}, which is later. Nothing was written.",
            hint=f"kinship {command} --on {since}",
        )


def _open_already(present: Introduction, day: date, refs: str) -> Refused:
    if present.made_on:
        on = dates.short_text(present.made_on, day)
        return Refused(
            f"you introduced them on {on}. Nothing was written.",
            hint=(f"kinship intro {refs} --landed", f"kinship intro {refs} --not"),
        )
    on = dates.short_text(present.asked_on or "", day)
    return Refused(
        f"you are asking them since {on}. Nothing was written.",
        hint=(f"kinship intro {refs}", f"kinship intro {refs} --not"),
    )


def _none_open(db: Db, one: Person, other: Person, refs: str, day: date) -> NotFound:
    past = introductions.between(db, one.id, other.id)
    if past and past[0].closed_on:
        said = "landed" if past[0].state == "landed" else "was closed"
        on = dates.short_text(past[0].closed_on, day)
        return NotFound(
            f"the introduction of {one.name} and {other.name} {said} on {on} already."
            " Nothing was written.",
            hint=(f"kinship intro {finding.ref(db, one)}", f"kinship intro {refs}"),
        )
    return NotFound(
        f"no introduction of {one.name} and {other.name} is written down. Nothing was written.",
        hint=f"kinship intro {refs}",
    )
