"""Rallies: calls for help, who was asked, what they pledged, and thanks."""

from collections.abc import Sequence
from datetime import date, timedelta

from kinship.errors import BadInput, Refused
from kinship.model import names
from kinship.model.money import Money
from kinship.model.person import ME, Person
from kinship.model.rally import ASKED, CANNOT, PLEDGED, THANKED, Pledge, Rally
from kinship.services import contact, rally_names, rally_page
from kinship.services import people as finding
from kinship.services.contact import Logged, Talk
from kinship.services.rally_page import RallyPage
from kinship.store import rallies
from kinship.store.agenda import Item
from kinship.store.db import Change, Db
from kinship.value import Value

ANSWER_IN = 3
"""Days after which it is asked whether somebody answered; `helper.on_day` of the schema has it too."""


class Asked(Value):
    """Who was asked or thanked now, what was logged with each, and who had been already."""

    rally: Rally
    people: list[Person]
    logged: list[Logged]
    before: list[Person]


class Pledged(Value):
    """Somebody after a pledge or an answer: the pledges concerned, and what was logged.

    ``dropped`` are pledges that were open and will not be kept. With nothing logged and no
    pledges it had been said already.
    """

    rally: Rally
    person: Person
    pledges: list[Pledge]
    dropped: list[Pledge]
    logged: Logged | None


# The verbs


def _elsewhere(rally: Rally, who: Sequence[Person]) -> None:
    """Refuse whom it is for: they need help, and give none."""
    for person in who:
        if person.id == rally.person_id:
            whom = "you" if person.id == ME else person.name
            raise BadInput(
                f"{rally_names.named(rally)} is for {whom}. Nothing was written. Say somebody else.",
                hint=f"kinship rally show {rally.id}",
            )


def start(
    db: Db,
    text: str,
    *,
    for_id: int = ME,
    about: str | None = None,
    until: date | None = None,
    goal: Money | None = None,
    url: str | None = None,
    today: date,
) -> Rally:
    """Write down a call for help. Raises Refused where one of these words is open."""
    _free(db, text)
    with db.change(f"rally start {text}", about=[for_id] if for_id != ME else []) as tx:
        number = rallies.start(
            tx,
            person_id=for_id,
            text=text,
            about=about,
            goal=goal.amount if goal else None,
            currency=goal.currency if goal else None,
            url=url,
            began_on=today.isoformat(),
            until_on=until.isoformat() if until else None,
        )
        found = rallies.by_number(tx, number)
    assert found
    return found


def edit(db: Db, rally: Rally, **columns: str | int | None) -> Rally:
    """Say otherwise what it is, for whom, by when, for how much; a closed one too.

    Raises Refused where another one of these words is open, and for whom it cannot be: a helper.
    """
    if rally.closed_on is None and "text" in columns:
        _free(db, str(columns["text"]), but=rally.id)
    if (number := columns.get("person_id")) is not None:
        _no_helper(db, rally, int(number))
    with db.change(f"rally edit {rally.id}", about=[]) as tx:
        _present(tx, rally, closed=True)
        rallies.update(tx, rally.id, **columns)
        return rallies.by_number(tx, rally.id) or rally


def _free(db: Db, text: str, *, but: int = 0) -> None:
    """Refuse the words of an open one: they are its name."""
    for one in rallies.every_rally(db):
        if one.id != but and names.fold(one.text) == names.fold(text):
            raise Refused(
                f"{rally_names.named(one)} is open already. Nothing was written.",
                hint=(f"kinship rally show {one.id}", f"kinship rally close {one.id}"),
            )


def _no_helper(db: Db, rally: Rally, number: int) -> None:
    """Refuse whoever helps in it: whom it is for needs help, and gives none."""
    row = next((r for r in rally_page.page(db, rally).rows if r.person.id == number), None)
    if row:
        you = number == ME
        helps = "you are a helper" if you else f"{row.person.name} is a helper"
        raise Refused(
            f"{helps} in {rally_names.named(rally)}: it cannot be for {'you' if you else 'them'}."
            " Nothing was written.",
            hint=f"kinship rally show {rally.id}",
        )


def ask(
    db: Db, rally: Rally, who: Sequence[Person], *, day: date, inferred: Sequence[str] = ()
) -> Asked:
    """You asked them: each is a helper, with a conversation from you."""
    finding.not_me(who)
    _elsewhere(rally, who)
    held = {h.person_id: h for h in rallies.helpers(db, rally.id)}
    before = [p for p in who if p.id in held and held[p.id].answer != "none"]
    new = [p for p in who if p.id not in held or held[p.id].answer == "none"]
    if not new:
        return Asked(rally, [], [], before)
    talk = Talk(day, "me", text=ASKED + rally.text, inferred=tuple(inferred))
    with db.change(finding.label(db, "rally ask", new), about=[p.id for p in new]) as tx:
        _present(tx, rally)
        for person in new:
            rallies.put_helper(
                tx,
                rally.id,
                person.id,
                asked_on=day.isoformat(),
                moved_to=None,
                answer=None,
                answered_on=None,
            )
        logged = [contact.write(tx, person, talk) for person in new]
    return Asked(rally, new, logged, before)


def pledge(
    db: Db,
    rally: Rally,
    person: Person,
    text: str,
    money: Money | None,
    *,
    due: date | None,
    today: date,
) -> Pledged:
    """They offered something, or you did. Raises Refused where they have offered it already."""
    _elsewhere(rally, [person])
    for one in rally_names.open_of(db, rally, person):
        if names.fold(one.text) == names.fold(text):
            raise Refused(
                f"{rally_names.who(person)} pledged {names.quoted(text)} already. Nothing was written.",
                hint=f"kinship rally show {rally.id}",
            )
    with db.change(f"rally pledge {rally_names.ref(db, person)}", about=_about(person)) as tx:
        _present(tx, rally)
        logged = _answered(tx, rally, person, "pledged", PLEDGED + text, today)
        number = rallies.add_pledge(
            tx,
            rally.id,
            person.id,
            text=text,
            amount=money.amount if money else None,
            currency=money.currency if money else None,
            pledged_on=today.isoformat(),
            due_on=due.isoformat() if due else None,
        )
        made = rallies.pledge(tx, number)
    assert made
    return Pledged(rally, person, [made], [], logged)


def kept(db: Db, rally: Rally, person: Person, *, only: str | None = None, today: date) -> Pledged:
    """What they pledged was done.

    Raises NotFound where nothing is open, Ambiguous where nothing says which.
    """
    chosen = rally_names.pledge_meant(db, rally, person, only)
    with db.change(f"rally kept {rally_names.ref(db, person)}", about=_about(person)) as tx:
        _present(tx, rally)
        rallies.set_pledge(tx, chosen.id, "kept", today.isoformat())
        done = rallies.pledge(tx, chosen.id) or chosen
    return Pledged(rally, person, [done], [], None)


def cannot(db: Db, rally: Rally, person: Person, *, today: date) -> Pledged:
    """Not this time: what they had pledged is dropped.

    Raises NotFound for yourself where you pledged nothing that is open.
    """
    dropped = rally_names.open_of(db, rally, person)
    held = {h.person_id: h for h in rallies.helpers(db, rally.id)}.get(person.id)
    if held is None and not dropped:  # of two who were merged one may have called, one pledged
        _elsewhere(rally, [person])
    if person.id == ME and not dropped:
        raise rally_names.nothing_open(db, rally, person)
    if held and held.answer == "cannot" and not dropped:
        return Pledged(rally, person, [], [], None)
    with db.change(f"rally cannot {rally_names.ref(db, person)}", about=_about(person)) as tx:
        _present(tx, rally)
        for one in dropped:
            rallies.set_pledge(tx, one.id, "dropped", today.isoformat())
        done = [p for p in rallies.pledges(tx, rally.id) if p.person_id == person.id]
        some = any(p.state == "kept" for p in done)
        answer = "pledged" if some else "cannot"
        logged = _answered(tx, rally, person, answer, CANNOT + rally.text, today)
    return Pledged(rally, person, [], dropped, logged)


def thanked(db: Db, rally: Rally, who: Sequence[Person], text: str | None, *, today: date) -> Asked:
    """You thanked them, with a conversation from you. Raises NotFound for who is not in it."""
    finding.not_me(who)
    held = {h.person_id: h for h in rallies.helpers(db, rally.id)}
    for person in who:
        if person.id not in held:
            raise rally_names.no_helper(db, rally, person)
    before = [p for p in who if held[p.id].thanked_on is not None]
    new = [p for p in who if held[p.id].thanked_on is None]
    if not new:
        return Asked(rally, [], [], before)
    talk = Talk(today, "me", text=THANKED + (text or rally.text), inferred=("day",))
    with db.change(finding.label(db, "rally thanked", new), about=[p.id for p in new]) as tx:
        _present(tx, rally, closed=True)
        for person in new:
            rallies.put_helper(tx, rally.id, person.id, thanked_on=today.isoformat())
        logged = [contact.write(tx, person, talk) for person in new]
    return Asked(rally, new, logged, before)


def close(db: Db, rally: Rally, *, day: date) -> RallyPage:
    """End it; what is left open is in what is returned."""
    with db.change(f"rally close {rally.id}", about=[]) as tx:
        _present(tx, rally)
        rallies.update(tx, rally.id, closed_on=day.isoformat())
        return rally_page.page(tx, rallies.by_number(tx, rally.id) or rally)


def _answered(
    tx: Change, rally: Rally, person: Person, answer: str, text: str, today: date
) -> Logged | None:
    """Somebody answered, which is an exchange both ways; yourself you need not ask."""
    if person.id == ME:
        return None
    day = today.isoformat()
    rallies.put_helper(tx, rally.id, person.id, answer=answer, answered_on=day)
    return contact.write(tx, person, Talk(today, text=text, inferred=("day", "direction")))


def _about(person: Person) -> list[int]:
    return [person.id] if person.id != ME else []


def _present(tx: Change, rally: Rally, *, closed: bool = False) -> None:
    """Another program may have removed it, or closed it, which does not always matter."""
    found = rallies.by_number(tx, rally.id)
    if found is None:
        raise Refused(
            f"{rally_names.named(rally)} was removed just now by another program. Nothing was written.",
            hint="kinship undo --list",
        )
    if found.closed_on and not closed:
        raise rally_names.closed(found)


# In due


def settle(tx: Change, item: Item, *, day: str, drop: bool) -> str | None:
    """A pledge was kept, or dropped; who was asked is asked again; what ``done`` says of it."""
    number = item.entry_id or 0
    if found := rallies.pledge(tx, number):
        if found.state != "open":
            return None
        rallies.set_pledge(tx, number, "dropped" if drop else "kept", day)
        return found.text
    helper = rallies.helper(tx, number)
    rally = rallies.by_number(tx, helper.rally_id) if helper else None
    if helper is None or rally is None or helper.answer is not None:
        return None
    if drop:
        rallies.put_helper(tx, rally.id, helper.person_id, answer="none", answered_on=day)
        return f"waiting for an answer: {rally.text}"
    again = date.fromisoformat(day) + timedelta(days=ANSWER_IN)
    rallies.move_helper(tx, number, again.isoformat())
    return f"asked again: {rally.text}"


def move(tx: Change, item: Item, until: str) -> None:
    """Wait for it until that day."""
    number = item.entry_id or 0
    if rallies.pledge(tx, number):
        rallies.move_pledge(tx, number, until)
    else:
        rallies.move_helper(tx, number, until)
