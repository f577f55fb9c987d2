"""One entry by its number: what was written down about somebody is mended, moved or removed.

Conversations, notes, follow-ups, favours, introductions, helpers and pledges share one run.
"""

from collections.abc import Callable, Mapping

from kinship.errors import BadInput, NotFound, Refused
from kinship.model import money, names
from kinship.model.entry import Conversation, FollowUp, Note
from kinship.model.favour import Favour
from kinship.model.introduction import Introduction
from kinship.model.person import Person
from kinship.model.rally import Helper, Pledge
from kinship.store import entries, favours, introductions, people, rallies
from kinship.store.db import Change, Db
from kinship.value import Value

Kept = Conversation | FollowUp | Note | Favour | Introduction | Helper | Pledge
_FINDERS: Mapping[str, Callable[[Db, int], Kept | None]] = {
    "conversation": entries.conversation,
    "follow_up": entries.follow_up,
    "note": entries.note,
    "favour": favours.by_number,
    "introduction": introductions.by_number,
    "helper": rallies.helper,
    "pledge": rallies.pledge,
}
DAY: Mapping[str, str] = {
    "conversation": "day",
    "note": "day",
    "favour": "day",
    "follow_up": "due_on",
    "pledge": "due_on",
}
"""Which column `--on` corrects; what is in none of these tables can only be removed."""


class EntryFound(Value):
    """An entry by its number: the table it is in, whose it is, and its text."""

    table: str
    person: Person
    text: str
    value: Kept


def entry(db: Db, number: int) -> EntryFound:
    """The entry with this number. Raises NotFound."""
    for table, find in _FINDERS.items():
        value = find(db, number)
        if value is not None:
            person = people.by_id(db, value.person_id)
            assert person
            return EntryFound(table, person, _text(db, value), value)
    raise NotFound(f"there is no entry #{number}.", hint="kinship show WHO --all numbers them")


def _text(db: Db, value: Kept) -> str:
    match value:
        case Introduction():
            other = people.by_id(db, value.other_id)
            return f"introduction to {other.name if other else 'somebody'}"
        case Helper():
            rally = rallies.by_number(db, value.rally_id)
            words = "asked in" if value.asked_on else "came forward in"
            return f"{words} {rally.text if rally else 'a rally'}"
    return value.text or ""


def mend(db: Db, found: EntryFound, number: int, **fields: str | int | None) -> None:
    """Change fields of one entry; what is typed now is inferred no longer.

    Raises BadInput where the text of a pledge begins with an amount that cannot be read.
    """
    if found.table == "pledge" and "text" in fields:
        amount = money.parse(str(fields["text"]))
        fields["amount"] = amount.amount if amount else None
        fields["currency"] = amount.currency if amount else None
    inferred = getattr(found.value, "inferred", None)
    if inferred is not None:
        fields["inferred"] = ",".join(f for f in inferred.split(",") if f and f not in fields)
    with db.change(f"edit #{number}", about=[found.person.id]) as tx:
        _still_there(number, entries.update(tx, found.table, number, **fields))


def strike(db: Db, found: Mapping[int, EntryFound]) -> None:
    """Remove entries, by their numbers.

    Raises Refused for a helper whose pledges would stay.
    """
    label = "rm " + " ".join(f"#{number}" for number in found)
    for number, one in found.items():
        if isinstance(one.value, Helper):
            _no_pledges_left(db, number, one, found)
    with db.change(label, about=[f.person.id for f in found.values()]) as tx:
        for number, one in found.items():
            _still_there(number, entries.remove(tx, one.table, number))
        for one in found.values():
            if isinstance(one.value, Pledge):
                _not_pledged(tx, one.value)


def _no_pledges_left(db: Db, number: int, one: EntryFound, found: Mapping[int, EntryFound]) -> None:
    assert isinstance(one.value, Helper)
    left = [p for p in _pledges(db, one.value) if p.id not in found]
    if left:
        these = " ".join(f"'#{n}'" for n in (*(p.id for p in left), number))
        raise Refused(
            f"{one.person.name} pledged something there: {names.quoted(left[0].text)}"
            f" (#{left[0].id}). Nothing was removed.",
            hint=f"kinship rm {these}",
        )


def _pledges(db: Db, one: Helper | Pledge) -> list[Pledge]:
    """What the same person pledged in the same rally."""
    return [p for p in rallies.pledges(db, one.rally_id) if p.person_id == one.person_id]


def _not_pledged(tx: Change, gone: Pledge) -> None:
    """Whoever pledged nothing else did not answer, and if nobody asked them is no helper."""
    helper = next(
        (h for h in rallies.helpers(tx, gone.rally_id) if h.person_id == gone.person_id), None
    )
    if helper is None or helper.answer != "pledged" or _pledges(tx, gone):
        return
    if helper.asked_on or helper.thanked_on:
        rallies.put_helper(tx, gone.rally_id, gone.person_id, answer=None, answered_on=None)
    else:
        entries.remove(tx, "helper", helper.id)


def move(db: Db, found: EntryFound, number: int, to: Person) -> None:
    """Give an entry to the person it was about.

    Raises BadInput for what cannot be somebody else's, and for a pledge to whom it is for.
    """
    if found.table in ("introduction", "helper"):
        raise BadInput(
            f"#{number} ({found.text}) cannot be moved. Nothing was changed.",
            hint=f"kinship rm '#{number}'",
        )
    if isinstance(found.value, Pledge):
        rally = rallies.by_number(db, found.value.rally_id)
        if rally and rally.person_id == to.id:
            raise BadInput(f'"{rally.text}" is for {to.name}. Nothing was changed.')
    with db.change(f"log --move #{number}", about=[found.person.id, to.id]) as tx:
        _still_there(number, entries.update(tx, found.table, number, person_id=to.id))
        if isinstance(found.value, Pledge):
            day = found.value.pledged_on
            rallies.put_helper(tx, found.value.rally_id, to.id, answer="pledged", answered_on=day)
            _not_pledged(tx, found.value)
        if isinstance(found.value, Favour) and to.known == "heard":
            people.update(tx, to.id, known="known")


def _still_there(number: int, rows: int) -> None:
    if not rows:
        raise Refused(
            f"entry #{number} was removed just now by another program. Nothing was changed.",
            hint="kinship undo --list",
        )
