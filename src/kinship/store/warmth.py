"""How recently and how mutually you talked with people, and the small crowds they share.

A hub is a community, or an event that is not coming, with few people: a crowd says nothing. Its
number is below zero: ``-2 * id`` for a community, ``-2 * id - 1`` for an event.
"""

from collections.abc import Iterable
from datetime import date

from kinship.model.warmth import Hub, Warmth, since
from kinship.store.db import Db, as_list

MOST = 150
"""People of a hub."""


def of(db: Db, numbers: Iterable[int], today: str) -> dict[int, Warmth]:
    """Of each of these people when you talked last, when both of you did, and the cadence."""
    return {
        one.person_id: one
        for one in db.all(
            Warmth,
            "SELECT p.id AS person_id, u.last_on, u.every,"
            " coalesce((SELECT late_on <= :today FROM waiting WHERE person_id = p.id"
            " AND kind = 'keep'), 0) AS late,"
            " coalesce(u.two_way_on, '') >= :since AS two_way"
            " FROM person p LEFT JOIN pulse u ON u.person_id = p.id"
            " WHERE p.id IN (SELECT value FROM json_each(:ids))",
            ids=as_list(numbers),
            today=today,
            since=since(date.fromisoformat(today)),
        )
    }


def hubs(db: Db, numbers: Iterable[int], day: str) -> dict[int, list[int]]:
    """The hubs that each of these people belongs to."""
    held: dict[int, list[int]] = {}
    for hub, person_id in db.tuples(
        "SELECT -2 * community_id AS hub, person_id FROM membership"
        " WHERE person_id IN (SELECT value FROM json_each(:ids))"
        " UNION SELECT -2 * c.event_id - 1, c.person_id FROM conversation c"
        " JOIN event e ON e.id = c.event_id"
        " WHERE c.person_id IN (SELECT value FROM json_each(:ids)) AND c.event_id IS NOT NULL"
        " AND coalesce(e.from_on, '') <= :day"
        " UNION SELECT -2 * a.event_id - 1, a.person_id FROM attendance a"
        " JOIN event e ON e.id = a.event_id"
        " WHERE a.person_id IN (SELECT value FROM json_each(:ids)) AND e.until_on < :day",
        ids=as_list(numbers),
        day=day,
    ):
        held.setdefault(hub, []).append(person_id)
    small = held.keys() - _crowds(db, held, day)
    found: dict[int, list[int]] = {}
    for hub in sorted(small, reverse=True):
        for person_id in held[hub]:
            found.setdefault(person_id, []).append(hub)
    return found


def members(db: Db, hubs: Iterable[int], day: str) -> dict[int, list[int]]:
    """Who belongs to each of these hubs; archived people and yourself are left out."""
    found: dict[int, list[int]] = {}
    for hub in hubs:
        found[hub] = [
            number
            for (number,) in db.tuples(
                f"SELECT id FROM person WHERE id > 0 AND archived_on IS NULL AND id IN ({_of(hub)})"
                " ORDER BY id",
                id=-hub // 2,
                day=day,
            )
        ]
    return found


def called(db: Db, hubs: Iterable[int]) -> dict[int, Hub]:
    """What each of these hubs is: their numbers mean nothing elsewhere."""
    found = {}
    for hub in hubs:
        event = hub % 2 == 1
        table = "event" if event else "community"
        name = db.value(f"SELECT name FROM {table} WHERE id = :id", id=-hub // 2)
        found[hub] = Hub(str(name), event)
    return found


_CROWDS = """
SELECT -2 * j.value FROM json_each(:communities) j
WHERE (SELECT 1 FROM membership WHERE community_id = j.value LIMIT 1 OFFSET :most) IS NOT NULL
UNION ALL SELECT -2 * e.id - 1 FROM json_each(:events) j CROSS JOIN event e ON e.id = j.value
WHERE (SELECT 1 FROM (SELECT DISTINCT person_id FROM conversation WHERE event_id = e.id)
    LIMIT 1 OFFSET :most) IS NOT NULL
  OR e.until_on < :day AND (
    (SELECT 1 FROM attendance WHERE event_id = e.id LIMIT 1 OFFSET :most) IS NOT NULL
    OR (SELECT 1 FROM (SELECT person_id FROM conversation WHERE event_id = e.id
      UNION SELECT person_id FROM attendance WHERE event_id = e.id)
      LIMIT 1 OFFSET :most) IS NOT NULL)
"""
"""The hubs that have too many people; each table is asked before both together are."""


def _crowds(db: Db, hubs: Iterable[int], day: str) -> set[int]:
    ids: tuple[list[int], list[int]] = ([], [])
    for hub in hubs:
        ids[hub % 2].append(-hub // 2)
    communities, events = map(as_list, ids)
    rows = db.tuples(_CROWDS, communities=communities, events=events, most=MOST, day=day)
    return {hub for (hub,) in rows}


def _of(hub: int) -> str:
    """The people of a hub; ``:id`` is its event's or community's number."""
    if hub % 2 == 0:
        return "SELECT person_id FROM membership WHERE community_id = :id"
    return (
        "SELECT c.person_id FROM conversation c JOIN event e ON e.id = c.event_id"
        " WHERE c.event_id = :id AND coalesce(e.from_on, '') <= :day"
        " UNION SELECT a.person_id FROM attendance a JOIN event e ON e.id = a.event_id"
        " WHERE a.event_id = :id AND e.until_on < :day"
    )
