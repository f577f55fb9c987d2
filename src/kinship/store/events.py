"""Events: where people meet, who was there, who will be, and where you are yourself."""

from collections.abc import Iterable
from typing import NamedTuple

from kinship.model.entry import Event
from kinship.store.db import Change, Db, Value, as_list
from kinship.value import Value as Record

_EVENT = (
    "SELECT e.id, e.name, e.name_key,"
    " (SELECT max(day) FROM conversation WHERE event_id = e.id) AS last_on, e.from_on,"
    " e.until_on, e.city, e.url, e.online, e.community_id,"
    " (SELECT min(day) FROM conversation WHERE event_id = e.id) AS first_on,"
    " (SELECT min(from_on) FROM stay WHERE event_id = e.id) AS stay_from,"
    " (SELECT max(until_on) FROM stay WHERE event_id = e.id) AS stay_until FROM event e "
)
_THERE = "event_id = :event AND (met = 1 OR :online = 1)"
"""What counts as having met somebody there: in person, or at all where it is online."""


class Stay(Record):
    """Your own days at an event."""

    id: int
    event_id: int
    from_on: str
    until_on: str


class Met(NamedTuple):
    """Somebody who was met at an event, how you knew them, and where you stand now.

    ``before`` and ``met_before`` say whether there was any contact, or a meeting in person, before
    that ``day``; ``waits``, whether there is something to connect.
    """

    person_id: int
    name: str
    known: str
    since: str | None
    met_online: str | None
    added_on: str
    day: str
    before: int
    met_before: int
    connected: int
    waits: int
    going: int


class Going(NamedTuple):
    """Somebody who will be at an event, and how you know them."""

    person_id: int
    name: str
    known: str
    since: str | None
    met_online: str | None
    org: str | None
    last_on: str | None
    first_met_on: str | None

    @property
    def only_online(self) -> bool:
        """Whether you know each other, and have never met in person."""
        return self.known == "online" and self.first_met_on is None


class Weight(Record):
    """What hangs on an event."""

    conversations: int
    going: int


# Reading


def every_event(db: Db) -> list[Event]:
    return db.all(Event, _EVENT + "ORDER BY e.name_key")


def by_id(db: Db, number: int) -> Event | None:
    return db.one(Event, _EVENT + "WHERE e.id = :id", id=number)


def current(db: Db, day: str) -> Event | None:
    """Where you are on that day: what was begun last, if you have not left and it is not over."""
    return db.one(
        Event,
        _EVENT + "JOIN stay s ON s.event_id = e.id"
        " WHERE s.left = 0 AND :day BETWEEN s.from_on AND s.until_on ORDER BY s.id DESC LIMIT 1",
        day=day,
    )


def stay(db: Db, day: str) -> Stay | None:
    """As `current`, your days there."""
    return db.one(
        Stay,
        "SELECT id, event_id, from_on, until_on FROM stay"
        " WHERE left = 0 AND :day BETWEEN from_on AND until_on ORDER BY id DESC LIMIT 1",
        day=day,
    )


def next_coming(db: Db, day: str) -> Event | None:
    """The event that begins first after that day."""
    return db.one(
        Event, _EVENT + "WHERE e.from_on > :day ORDER BY e.from_on, e.id LIMIT 1", day=day
    )


def on_today(db: Db, day: str) -> Event | None:
    """The event whose days hold that day; of several, the one that began last."""
    return db.one(
        Event,
        _EVENT + "WHERE e.from_on <= :day AND coalesce(e.until_on, e.from_on) >= :day"
        " ORDER BY e.from_on DESC, e.id DESC LIMIT 1",
        day=day,
    )


def met_at(db: Db, event_id: int) -> tuple[int, int]:
    """How many people were met there, and with how many of them you are connected."""
    met, connected = db.tuples(
        "SELECT count(*), coalesce(sum(EXISTS (SELECT 1 FROM channel h"
        " WHERE h.person_id = m.person_id AND h.state = 'connected')), 0)"
        " FROM (SELECT DISTINCT person_id FROM conversation WHERE event_id = :id AND met = 1) m",
        id=event_id,
    )[0]
    return int(met), int(connected)


def met(db: Db, event: Event, *, from_on: str = "") -> list[Met]:
    """Everybody met there from that day on, the last met first."""
    return [
        Met._make(row)
        for row in db.tuples(
            "SELECT p.id, p.name, p.known, p.since, p.met_online, p.added_on, a.day,"
            " EXISTS (SELECT 1 FROM conversation b WHERE b.person_id = p.id"
            "  AND (b.day, b.id) < (a.day, a.id)),"
            " u.first_met_on < a.day OR"
            "  (u.first_met_on = a.day AND u.first_event_id IS NOT :event),"
            " EXISTS (SELECT 1 FROM channel h WHERE h.person_id = p.id AND h.state = 'connected'),"
            " EXISTS (SELECT 1 FROM waiting w WHERE w.person_id = p.id AND w.kind = 'connect')"
            "  OR EXISTS (SELECT 1 FROM follow_up f WHERE f.person_id = p.id"
            "  AND f.state = 'open' AND f.aim = 'connect')"
            "  OR (:online = 1 AND EXISTS (SELECT 1 FROM channel h WHERE h.person_id = p.id"
            "  AND h.state IN ('known', 'sent'))),"
            " EXISTS (SELECT 1 FROM attendance g"
            "  WHERE g.event_id = :event AND g.person_id = p.id)"
            " FROM (SELECT person_id, min(day) AS day, min(id) AS id FROM conversation"
            f"  WHERE {_THERE} AND day >= :from_on GROUP BY person_id) a"
            " JOIN person p ON p.id = a.person_id JOIN pulse u ON u.person_id = p.id"
            " ORDER BY a.day DESC, a.id DESC",
            event=event.id,
            online=event.online,
            from_on=from_on,
        )
    ]


def days(db: Db, event_id: int) -> list[str]:
    """The days on which something was written down there, the last one first."""
    return [
        day
        for (day,) in db.tuples(
            "SELECT DISTINCT day FROM conversation WHERE event_id = :id ORDER BY day DESC",
            id=event_id,
        )
    ]


def met_counts(db: Db, numbers: Iterable[int]) -> dict[int, int]:
    """How many people were met at each of these events."""
    return dict(
        db.tuples(
            "SELECT e.id, (SELECT count(*) FROM (SELECT DISTINCT person_id FROM conversation"
            " WHERE event_id = e.id AND (met = 1 OR e.online = 1))) AS many"
            " FROM event e WHERE e.id IN (SELECT value FROM json_each(:ids)) AND many > 0",
            ids=as_list(numbers),
        )
    )


def going_counts(db: Db, numbers: Iterable[int]) -> dict[int, int]:
    """How many people are marked as going to each of these events."""
    return dict(
        db.tuples(
            "SELECT event_id, count(*) FROM attendance"
            " WHERE event_id IN (SELECT value FROM json_each(:ids)) GROUP BY event_id",
            ids=as_list(numbers),
        )
    )


_GOING = (
    "SELECT p.id, p.name, p.known, p.since, p.met_online, p.org, u.last_on, u.first_met_on"
    " FROM {} JOIN person p ON p.id = a.person_id JOIN pulse u ON u.person_id = p.id"
    " WHERE p.archived_on IS NULL {} ORDER BY p.name_key, p.id"
)


def going(db: Db, event_id: int) -> list[Going]:
    """Everybody marked as going, by name; not the archived."""
    sql = _GOING.format("attendance a", "AND a.event_id = :id")
    return [Going._make(row) for row in db.tuples(sql, id=event_id)]


def as_going(db: Db, numbers: Iterable[int]) -> list[Going]:
    """As `going`, these people."""
    sql = _GOING.format("(SELECT value AS person_id FROM json_each(:ids)) a", "")
    return [Going._make(row) for row in db.tuples(sql, ids=as_list(numbers))]


def is_going(db: Db, event_id: int, numbers: Iterable[int]) -> set[int]:
    """Which of these people are marked as going."""
    found = db.tuples(
        "SELECT person_id FROM attendance WHERE event_id = :id"
        " AND person_id IN (SELECT value FROM json_each(:ids))",
        id=event_id,
        ids=as_list(numbers),
    )
    return {number for (number,) in found}


def words_at(db: Db, event_id: int, numbers: Iterable[int]) -> dict[int, str]:
    """Of each person the last words written down there; by person, since an event has crowds."""
    return dict(
        db.tuples(
            "SELECT v.value, (SELECT text FROM conversation WHERE person_id = v.value"
            " AND +event_id = :id AND text IS NOT NULL ORDER BY day DESC, id DESC LIMIT 1) AS said"
            " FROM json_each(:ids) v WHERE said IS NOT NULL",
            id=event_id,
            ids=as_list(numbers),
        )
    )


def follow_ups_after(
    db: Db, event: Event, until: str, day: str, *, from_on: str = ""
) -> tuple[int, int, int]:
    """What was promised to the people met there, from that meeting until ``until``.

    How many are open, how many of them late by ``day``, and how many are done.
    """
    counts = db.tuples(
        "SELECT coalesce(sum(f.state = 'open'), 0),"
        " coalesce(sum(f.state = 'open' AND f.on_day < :day), 0),"
        " coalesce(sum(f.state = 'done'), 0)"
        " FROM (SELECT person_id, min(day) AS day FROM conversation"
        f"  WHERE {_THERE} AND day >= :from_on GROUP BY person_id) a"
        " JOIN follow_up f ON f.person_id = a.person_id"
        " WHERE f.made_on BETWEEN a.day AND :until",
        event=event.id,
        online=event.online,
        until=until,
        day=day,
        from_on=from_on,
    )[0]
    return int(counts[0]), int(counts[1]), int(counts[2])


def topics(db: Db, numbers: Iterable[int], limit: int) -> list[tuple[str, int]]:
    """What most of these people know about, and how many of them."""
    return db.tuples(
        "SELECT max(name), count(*) AS many FROM topic WHERE side = 'about'"
        " AND person_id IN (SELECT value FROM json_each(:ids))"
        " GROUP BY name_key ORDER BY many DESC, name_key LIMIT :limit",
        ids=as_list(numbers),
        limit=limit,
    )


_YOURS = "p.id > 0 AND p.known <> 'heard' AND p.archived_on IS NULL"


def knowing_yours(db: Db, numbers: Iterable[int]) -> dict[int, tuple[int, str]]:
    """Of each person how many people they know whom you know too; of one alone the name."""
    many = {
        number: count
        for number, count in db.tuples(
            "SELECT v.value, (SELECT count(*) FROM tie t JOIN person p ON p.id = t.other_id"
            f"  WHERE t.person_id = v.value AND {_YOURS})"
            " + (SELECT count(*) FROM tie t JOIN person p ON p.id = t.person_id"
            f"  WHERE t.other_id = v.value AND {_YOURS}) FROM json_each(:ids) v",
            ids=as_list(numbers),
        )
        if count
    }
    alone = dict(
        db.tuples(
            "SELECT v.value, p.name FROM json_each(:ids) v JOIN person p ON p.id IN"
            " (SELECT other_id FROM tie WHERE person_id = v.value"
            "  UNION ALL SELECT person_id FROM tie WHERE other_id = v.value)"
            f" WHERE {_YOURS}",
            ids=as_list(number for number, count in many.items() if count == 1),
        )
    )
    return {number: (count, alone.get(number, "")) for number, count in many.items()}


def introduced(db: Db, numbers: Iterable[int]) -> dict[int, str]:
    """Of each person the name of somebody they introduced to you, the last one."""
    return dict(
        db.tuples(
            "SELECT introduced_by, name FROM person"
            " WHERE introduced_by IN (SELECT value FROM json_each(:ids)) ORDER BY id",
            ids=as_list(numbers),
        )
    )


def community(db: Db, community_id: int | None) -> str | None:
    """The name of the community an event belongs to."""
    found = db.value("SELECT name FROM community WHERE id = :id", id=community_id)
    return None if found is None else str(found)


def weight(db: Db, event_id: int) -> Weight:
    return db.all(
        Weight,
        "SELECT (SELECT count(*) FROM conversation WHERE event_id = :id) AS conversations,"
        " (SELECT count(*) FROM attendance WHERE event_id = :id) AS going",
        id=event_id,
    )[0]


# Writing


def add(tx: Change, name: str, key: str, **fields: Value) -> int:
    """Insert an event; the fields are columns."""
    columns: dict[str, Value] = {"name": name, "name_key": key, **fields}
    return tx.run(
        f"INSERT INTO event ({', '.join(columns)}) VALUES ({', '.join(':' + c for c in columns)})",
        **columns,
    )


def update(tx: Change, event_id: int, **fields: Value) -> None:
    changes = ", ".join(f"{f} = :{f}" for f in fields)
    tx.run(f"UPDATE event SET {changes} WHERE id = :id", id=event_id, **fields)


def set_community(tx: Change, event_id: int, name: str, key: str) -> None:
    """An event of that community, which is made if it is new."""
    tx.run(
        "INSERT INTO community (name, name_key) VALUES (:name, :key) ON CONFLICT DO NOTHING",
        name=name,
        key=key,
    )
    tx.run(
        "UPDATE event SET community_id = (SELECT id FROM community WHERE name_key = :key)"
        " WHERE id = :id",
        id=event_id,
        key=key,
    )


def remove(tx: Change, event_id: int) -> int:
    """Remove an event; its conversations stay, without it. How many there were: 0 or 1."""
    return tx.run("DELETE FROM event WHERE id = :id", id=event_id)


def move(tx: Change, from_id: int, to_id: int) -> None:
    """Give all that hangs on one event to another."""
    for table in ("conversation", "stay"):
        tx.run(
            f"UPDATE {table} SET event_id = :to WHERE event_id = :from",
            **{"from": from_id, "to": to_id},
        )
    for table, once in (
        ("attendance", "person_id NOT IN (SELECT person_id FROM attendance WHERE event_id = :to)"),
        ("shared_cadence", "NOT EXISTS (SELECT 1 FROM shared_cadence WHERE event_id = :to)"),
    ):
        tx.run(
            f"UPDATE {table} SET event_id = :to WHERE event_id = :from AND {once}",
            **{"from": from_id, "to": to_id},
        )


def begin_stay(tx: Change, event_id: int, from_on: str, until_on: str) -> None:
    tx.run(
        "INSERT INTO stay (event_id, from_on, until_on) VALUES (:event, :from_on, :until_on)",
        event=event_id,
        from_on=from_on,
        until_on=until_on,
    )


def prolong(tx: Change, stay_id: int, until_on: str) -> None:
    tx.run("UPDATE stay SET until_on = :until_on WHERE id = :id", id=stay_id, until_on=until_on)


def leave(tx: Change, day: str) -> int:
    """You are nowhere from that day on. How many stays end."""
    return tx.run("UPDATE stay SET left = 1 WHERE left = 0 AND until_on >= :day", day=day)


def set_going(tx: Change, event_id: int, numbers: Iterable[int]) -> None:
    """These people are going; those who are removed meanwhile are not."""
    tx.run(
        "INSERT INTO attendance (person_id, event_id)"
        " SELECT id, :event FROM person WHERE id IN (SELECT value FROM json_each(:ids))"
        " AND id NOT IN (SELECT person_id FROM attendance WHERE event_id = :event)",
        event=event_id,
        ids=as_list(numbers),
    )


def set_not_going(tx: Change, event_id: int, numbers: Iterable[int]) -> None:
    tx.run(
        "DELETE FROM attendance WHERE event_id = :event"
        " AND person_id IN (SELECT value FROM json_each(:ids))",
        event=event_id,
        ids=as_list(numbers),
    )
