"""People as cards, for the formats of other programs."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from kinship.model import names
from kinship.model.card import Card, Extra, Reach, Related, Talk
from kinship.model.person import Channel, Person
from kinship.services import exporting
from kinship.store import cards as store
from kinship.store import circles, communities, entries, people
from kinship.store.cards import Known, Said
from kinship.store.db import Db

LINES: Final = frozenset(("vcard", "jcard"))
"""Formats whose extras are lines of a vCard."""
_STANDS_FOR: Final = {
    "FN": "name",
    "N": "name",
    "ORG": "org",
    "TITLE": "role",
    "ADR": "address",
    "BDAY": "birthday",
}


def cards(db: Db, numbers: Sequence[int]) -> Iterator[tuple[Person, Card]]:
    """The card of each person, some hundred in memory at a time."""
    with db.still():
        for batch in exporting.batches(db, numbers):
            yield from _of(db, batch, store.ties(db, [p.id for p in batch]), {})


def vcards(db: Db, numbers: Sequence[int]) -> Iterator[tuple[str, Card]]:
    """The number for other files and the card of each, under the UID of the vCard they came with.

    By it a phone or a server knows them again, and so do the cards that point at theirs.
    """
    with db.still():
        yield from _vcards(db, numbers)


def _vcards(db: Db, numbers: Sequence[int]) -> Iterator[tuple[str, Card]]:
    uids: dict[int, str | None] = {}
    for batch in exporting.batches(db, numbers):
        whom = store.ties(db, [p.id for p in batch])
        new = {p.id for p in batch}.union(one.id for some in whom.values() for one in some)
        new.difference_update(uids)
        uids |= dict.fromkeys(new) | store.card_uids(db, new)
        for person, card in _of(db, batch, whom, uids):
            uid = uids[person.id]
            yield card.key, card._replace(key=uid) if uid is not None else card


def _of(
    db: Db,
    several: Sequence[Person],
    whom: Mapping[int, Sequence[Known]],
    written: Mapping[int, str | None],
) -> Iterator[tuple[Person, Card]]:
    """Cards of these people; ``written`` are the UIDs under which whom they know is written."""
    ids = [p.id for p in several]
    uids, held = store.uids(db, ids), people.channels(db, ids)
    about, seeks = people.topics(db, ids), people.topics(db, ids, "seeks")
    tags, joined = people.tags(db, ids), communities.of(db, ids)
    notes, talks = entries.notes(db, ids), store.conversations(db, ids)
    dates, going = store.anniversaries(db, ids), store.going(db, ids)
    by = people.by_ids(db, {p.introduced_by for p in several if p.introduced_by})
    named = {c.id: c.name for c in circles.every_circle(db)}
    more = store.with_extras(db, ids)
    for person in several:
        number = person.id
        introducer = by.get(person.introduced_by) if person.introduced_by else None
        last = names.last_name(person.name)
        circle = named.get(person.circle_id) if person.circle_id else None
        yield (
            person,
            Card(
                row=number,
                name=person.name,
                key=_key(uids[number]),
                first=names.first_name(person.name) if last else "",
                last=last,
                **_texts(person),
                known=person.known,
                by=introducer.name if introducer else "",
                cadence=person.every or circle or "",
                reaches=tuple(map(_reach, held.get(number, ()))),
                notes=tuple(n.text.strip() for n in reversed(notes.get(number, []))),
                about=tuple(about.get(number, ())),
                seeks=tuple(seeks.get(number, ())),
                tags=tuple(tags.get(number, ())),
                communities=tuple(joined.get(number, ())),
                dates=tuple(dates.get(number, ())),
                talks=tuple(map(_talk, talks.get(number, ()))),
                events=tuple(name for (name,) in going.get(number, ())),
                related=tuple(
                    Related(o.how or "", o.name, written.get(o.id) or _key(o.uid), o.since or "")
                    for o in whom.get(number, ())
                ),
                extras=_extras(db, person) if number in more else (),
            ),
        )


def _key(uid: str) -> str:
    """A number for other files as a UID, in the groups that a UUID has."""
    if len(uid) != 32:
        return f"urn:uuid:{uid}"
    return f"urn:uuid:{uid[:8]}-{uid[8:12]}-{uid[12:16]}-{uid[16:20]}-{uid[20:]}"


_FIELDS = (
    *("nick", "org", "role", "city", "address", "birthday", "relation", "cue", "since"),
    "met_online",
)


def _texts(person: Person) -> dict[str, Any]:
    return {field: getattr(person, field) or "" for field in _FIELDS}


def _reach(held: Channel) -> Reach:
    kind = "" if held.kind == "website" else held.kind
    day = held.sent_on if held.state == "sent" else held.connected_since
    return Reach(kind or "", held.handle or "", held.label or "", held.state, day)


def _talk(said: Said) -> Talk:
    day, direction, channel, text, url, met, event = said
    words = (
        "\n".join([part.strip() for part in (text, url) if part]) if url else (text or "").strip()
    )
    return Talk(day, direction, channel, words or None, bool(met), event)


def _extras(db: Db, person: Person) -> tuple[Extra, ...]:
    """What came with them, but not the lines of a vCard about what was changed here since."""
    stale = _changed(db, person)
    result = []
    for form, name, value in store.extras(db, person.id):
        if form not in LINES:
            result.append(Extra(name, value, form))
        elif name in stale:
            stale.remove(name)
        else:
            result.append(Extra(name, value))
    return tuple(result)


def _changed(db: Db, person: Person) -> set[str]:
    """The properties whose first line no longer holds: no source says what is here by now."""
    import json  # (only for whom another program told)

    told: list[Mapping[str, str]] = [json.loads(said) for said in store.sources(db, person.id)]
    return {
        name
        for name, field in _STANDS_FOR.items()
        if (said := [one[field] for one in told if one.get(field)])
        and (getattr(person, field) or "") not in said
    }
