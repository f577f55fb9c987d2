"""Which rally, and which pledge, is meant; and how to name them shortly."""

from collections.abc import Sequence
from datetime import date

from kinship.errors import Ambiguous, NotFound, Refused
from kinship.model import dates, names
from kinship.model.person import ME, Person
from kinship.model.rally import ASKED, CANNOT, THANKED, Pledge, Rally
from kinship.services import people as finding
from kinship.store import rallies
from kinship.store.db import Db

_FEW_WORDS = 4


def open_one(db: Db, number: int | None) -> Rally:
    """The rally of this number, or the latest open one.

    Raises NotFound where there is none, Refused where it is closed.
    """
    found = any_one(db, number) if number is not None else next(iter(rallies.every_rally(db)), None)
    if found is None:
        raise NotFound(
            "no rally is open. Nothing was written.",
            hint='kinship rally start "what you need"',
        )
    if found.closed_on:
        raise closed(found)
    return found


def any_one(db: Db, number: int | None, *, writing: bool = True) -> Rally:
    """The rally of this number, or the latest, an open one before those that are closed.

    Raises NotFound where there is none.
    """
    nothing = " Nothing was written." if writing else ""
    if number is not None:
        found = rallies.by_number(db, number)
        if found is None:
            raise NotFound(f"there is no rally {number}.{nothing}", hint="kinship rally --all")
        return found
    every = rallies.every_rally(db, closed=True)
    if not every:
        raise NotFound(
            f"there is no rally yet.{nothing}", hint='kinship rally start "what you need"'
        )
    return next((r for r in every if r.closed_on is None), every[0])


def named(rally: Rally) -> str:
    """``"Childcare for Joan" (rally 3)``, in a message."""
    return f"{names.quoted(rally.text)} (rally {rally.id})"


def own_words(db: Db) -> frozenset[str]:
    """What is logged in the words of a call alone, which nobody else said."""
    every = rallies.every_rally(db, closed=True)
    return frozenset(said + rally.text for rally in every for said in (ASKED, CANNOT, THANKED))


def option(db: Db, rally: Rally) -> str:
    """What a command needs to mean this rally: nothing for the latest open one."""
    latest = next(iter(rallies.every_rally(db)), None)
    return "" if latest and latest.id == rally.id else f" --rally {rally.id}"


def closed(rally: Rally) -> Refused:
    since = dates.short_text(rally.closed_on or "", date.min)
    return Refused(
        f"{named(rally)} is closed since {since}. Nothing was written.",
        hint=(f"kinship rally show {rally.id}", 'kinship rally start "what you need"'),
    )


def open_of(db: Db, rally: Rally, person: Person) -> list[Pledge]:
    every = rallies.pledges(db, rally.id)
    return [p for p in every if p.person_id == person.id and p.state == "open"]


def pledge_meant(db: Db, rally: Rally, person: Person, only: str | None) -> Pledge:
    """The open pledge of theirs that contains these words, or the one there is."""
    several = open_of(db, rally, person)
    if only:
        wanted = names.fold(only)
        found = [p for p in several if only == f"#{p.id}" or wanted in names.fold(p.text)]
        exact = [p for p in found if wanted == names.fold(p.text)]
        found = exact or found
        if several and not found:
            raise NotFound(
                f"nothing that {who(person)} pledged says {names.quoted(only)}. "
                "Nothing was written.",
                hint=tuple(f"kinship {command(db, rally, person, p)}" for p in several),
            )
        several = found
    if not several:
        raise nothing_open(db, rally, person)
    if len(several) > 1:
        raise Ambiguous(
            f"{who(person)} pledged several things that are open. Nothing was written. Say which:",
            hint=tuple(f"kinship {command(db, rally, person, p)}" for p in several),
        )
    return several[0]


def command(db: Db, rally: Rally, person: Person, pledge: Pledge) -> str:
    """What says that this was kept: ``rally kept hedy``, with words where several are open."""
    said = f"rally kept {ref(db, person)}"
    others = [names.fold(p.text) for p in open_of(db, rally, person) if p.id != pledge.id]
    if others:
        said += f" {_words_of(pledge, others)}"
    return said + option(db, rally)


def ref(db: Db, person: Person) -> str:
    return "me" if person.id == ME else finding.ref(db, person)


def _words_of(pledge: Pledge, others: Sequence[str]) -> str:
    """Words of this pledge and of no other; else its number."""
    words = pledge.text.replace('"', "").split()
    for some in (words[:_FEW_WORDS], *([word] for word in words if len(word) > 2)):
        said = " ".join(some)
        if names.fold(said) and not any(names.fold(said) in other for other in others):
            return names.word(said)
    return f"'#{pledge.id}'"


def nothing_open(db: Db, rally: Rally, person: Person) -> NotFound:
    """Nothing of theirs is open: it was kept already, or is in another rally, or was never said."""
    own = [p for p in rallies.pledges_of(db, person.id) if p.state != "dropped"]
    here = [p for p in own if p.rally_id == rally.id]
    if here:
        return NotFound(
            f"{who(person)} kept {names.quoted(here[0].text)} already. Nothing was written.",
            hint=f"kinship rally show {rally.id}",
        )
    open_ones = {r.id: r for r in rallies.every_rally(db)}
    others = [p for p in own if p.state == "open" and p.rally_id in open_ones]
    hint = tuple(f"kinship {command(db, open_ones[p.rally_id], person, p)}" for p in others)
    offer = f"kinship rally pledge {ref(db, person)} TEXT{option(db, rally)}"
    return NotFound(
        f"{who(person)} pledged nothing in {named(rally)}. Nothing was written.",
        hint=hint or offer,
    )


def no_helper(db: Db, rally: Rally, person: Person) -> NotFound:
    others = [h.rally_id for h in rallies.helpers_of(db, person.id)]
    return NotFound(
        f"{person.name} was not asked in {named(rally)} and pledged nothing. Nothing was written.",
        hint=tuple(f"kinship rally thanked {ref(db, person)} --rally {n}" for n in others[:3])
        or f"kinship rally show {rally.id}",
    )


def who(person: Person) -> str:
    """Somebody at the beginning of a message."""
    return "you" if person.id == ME else person.name
