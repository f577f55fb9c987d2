"""What a card tells of people, many of them at a time."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from kinship.store.db import Db, as_list

_THESE = "person_id IN (SELECT value FROM json_each(:ids))"


class Said(NamedTuple):
    """A conversation, with the name of its event."""

    day: str
    direction: str
    channel: str | None
    text: str | None
    url: str | None
    met: int
    event: str | None


class Known(NamedTuple):
    """Somebody a person knows; ``how`` is said of them, and of the other only beside these."""

    id: int
    uid: str
    name: str
    how: str | None
    since: str | None


def uids(db: Db, numbers: Iterable[int]) -> dict[int, str]:
    """The number of each person that no other file has."""
    sql = "SELECT id, uid FROM person WHERE id IN (SELECT value FROM json_each(:ids))"
    return dict(db.tuples(sql, ids=as_list(numbers)))


def card_uids(db: Db, numbers: Iterable[int]) -> dict[int, str]:
    """The UID of the first vCard each came with, as it was written, where it is nobody else's.

    Keys that are no UID (a digest, a UID that two cards have) are left out.
    """
    sql = (
        "SELECT person_id, key FROM source s"
        f" WHERE {_THESE} AND format = 'vcard' AND key NOT LIKE '=%' AND instr(key, char(10)) = 0"
        " AND NOT EXISTS (SELECT 1 FROM source o WHERE o.format = s.format"
        " AND o.key > s.key || char(10) AND o.key < s.key || char(11))"
        " AND NOT EXISTS (SELECT 1 FROM person p WHERE p.id <> s.person_id"
        " AND p.uid = replace(replace(lower(s.key), 'urn:uuid:', ''), '-', '')) ORDER BY s.id"
    )
    found: dict[int, str] = {}
    for person_id, key in db.tuples(sql, ids=as_list(numbers)):
        if key.isprintable():
            found.setdefault(person_id, key)
    return found


def conversations(db: Db, numbers: Iterable[int]) -> dict[int, list[Said]]:
    """All with each, oldest first."""
    found: dict[int, list[Said]] = {}
    sql = (
        "SELECT c.person_id, c.day, c.direction, c.channel, c.text, c.url, c.met, e.name"
        f" FROM conversation c LEFT JOIN event e ON e.id = c.event_id WHERE c.{_THESE}"
        " ORDER BY c.person_id, c.day, c.id"  # as the index has them: nothing to sort
    )
    for person_id, *rest in db.tuples(sql, ids=as_list(numbers)):
        found.setdefault(person_id, []).append(Said(*rest))
    return found


def ties(db: Db, numbers: Iterable[int]) -> dict[int, list[Known]]:
    """Whom each of these people knows, in the order of their numbers."""
    found: dict[int, list[Known]] = {}
    sql = (
        "SELECT j.value, p.id, p.uid, p.name, NULL, t.since FROM json_each(:ids) j"
        " CROSS JOIN tie t ON t.person_id = j.value CROSS JOIN person p ON p.id = t.other_id"
        " UNION ALL SELECT j.value, p.id, p.uid, p.name, t.how, t.since FROM json_each(:ids) j"
        " CROSS JOIN tie t ON t.other_id = j.value CROSS JOIN person p ON p.id = t.person_id"
        " ORDER BY 1, 2"
    )
    for number, *rest in db.tuples(sql, ids=as_list(numbers)):
        found.setdefault(number, []).append(Known(*rest))
    return found


def anniversaries(db: Db, numbers: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    """Name and day of the days of the year of each."""
    return _listed(
        db, f"SELECT person_id, name, day FROM anniversary WHERE {_THESE} ORDER BY id", numbers
    )


def going(db: Db, numbers: Iterable[int]) -> dict[int, list[tuple[str]]]:
    """The events where each said they will be, or were."""
    sql = (
        "SELECT a.person_id, e.name FROM attendance a JOIN event e ON e.id = a.event_id"
        f" WHERE a.{_THESE} ORDER BY a.id"
    )
    return _listed(db, sql, numbers)


def with_extras(db: Db, numbers: Iterable[int]) -> set[int]:
    """Of whom another program said what nothing here is for."""
    sql = f"SELECT DISTINCT person_id FROM extra WHERE {_THESE}"
    return {number for (number,) in db.tuples(sql, ids=as_list(numbers))}


def extras(db: Db, person_id: int) -> list[tuple[str, str, str]]:
    """Format, name and value of each, as they came; one person's may be photos."""
    sql = "SELECT format, name, value FROM extra WHERE person_id = :id ORDER BY id"
    return db.tuples(sql, id=person_id)


def sources(db: Db, person_id: int) -> list[str]:
    """What each record of somebody said: JSON objects."""
    sql = "SELECT said FROM source WHERE person_id = :id AND said IS NOT NULL ORDER BY id"
    return [said for (said,) in db.tuples(sql, id=person_id)]


def _listed(db: Db, sql: str, numbers: Iterable[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    rows: Iterator[tuple[Any, ...]] = iter(db.tuples(sql, ids=as_list(numbers)))
    for person_id, *rest in rows:
        found.setdefault(person_id, []).append(tuple(rest))
    return found
