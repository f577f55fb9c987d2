"""Attendance: who was at an event, who will be, and how you know them."""

from collections.abc import Iterable
from typing import NamedTuple

from kinship.model.entry import Event
from kinship.store import ties
from kinship.store.db import Change, Db, as_list

_THERE = "event_id = :event AND (met = 1 OR :online = 1)"
"""What counts as having met somebody there: in person, or at all where it is online."""
_GOING = (
    "SELECT p.id, p.name, p.known, p.since, p.met_online, p.org, u.last_on, u.first_met_on"
    " FROM {} JOIN person p ON p.id = a.person_id JOIN pulse u ON u.person_id = p.id"
    " WHERE p.archived_on IS NULL {} ORDER BY p.name_key, p.id"
)


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


# Reading


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


def met_counts(db: Db, numbers: Iterable[int]) -> dict[int, int]:
    """How many people were met at each of these events, where anybody was."""
    found = db.tuples(
        "SELECT e.id, (SELECT count(*) FROM (SELECT DISTINCT person_id FROM conversation"
        " WHERE event_id = e.id AND (met = 1 OR e.online = 1)))"
        " FROM event e WHERE e.id IN (SELECT value FROM json_each(:ids))",
        ids=as_list(numbers),
    )
    return {number: many for number, many in found if many}


def going(db: Db, event_id: int) -> list[Going]:
    """Everybody marked as going, by name; not the archived."""
    sql = _GOING.format("attendance a", "AND a.event_id = :id")
    return [Going._make(row) for row in db.tuples(sql, id=event_id)]


def as_going(db: Db, numbers: Iterable[int]) -> list[Going]:
    """As `going`, these people."""
    sql = _GOING.format("(SELECT value AS person_id FROM json_each(:ids)) a", "")
    return [Going._make(row) for row in db.tuples(sql, ids=as_list(numbers))]


def going_counts(db: Db, numbers: Iterable[int]) -> dict[int, int]:
    """How many people are marked as going to each of these events."""
    return dict(
        db.tuples(
            "SELECT event_id, count(*) FROM attendance"
            " WHERE event_id IN (SELECT value FROM json_each(:ids)) GROUP BY event_id",
            ids=as_list(numbers),
        )
    )


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


def knowing_yours(db: Db, numbers: Iterable[int]) -> dict[int, tuple[int, str]]:
    """Of each person how many people they know whom you know too; of one alone the name."""
    many = {
        number: count
        for number, count in db.tuples(
            "SELECT v.value, (SELECT count(*) FROM tie t JOIN pulse u ON u.person_id = t.other_id"
            f"  WHERE t.person_id = v.value AND {ties.YOURS})"
            " + (SELECT count(*) FROM tie t JOIN pulse u ON u.person_id = t.person_id"
            f"  WHERE t.other_id = v.value AND {ties.YOURS}) FROM json_each(:ids) v",
            ids=as_list(numbers),
        )
        if count
    }
    alone = dict(
        db.tuples(
            "SELECT v.value, p.name FROM json_each(:ids) v JOIN person p ON p.id IN"
            " (SELECT other_id FROM tie WHERE person_id = v.value"
            "  UNION ALL SELECT person_id FROM tie WHERE other_id = v.value)"
            f" CROSS JOIN pulse u ON u.person_id = p.id WHERE {ties.YOURS}",
            ids=as_list(number for number, count in many.items() if count == 1),
        )
    )
    return {number: (count, alone.get(number, "")) for number, count in many.items()}


def next_events(db: Db, numbers: Iterable[int], day: str) -> dict[int, str]:
    """The first event from that day on that each of these people will be at."""
    found: dict[int, str] = {}
    for person_id, event in db.tuples(
        "SELECT a.person_id, e.name FROM attendance a JOIN event e ON e.id = a.event_id"
        " WHERE a.person_id IN (SELECT value FROM json_each(:ids))"
        " AND coalesce(e.until_on, e.from_on) >= :day ORDER BY e.from_on, e.id",
        ids=as_list(numbers),
        day=day,
    ):
        found.setdefault(person_id, event)
    return found


def introduced(db: Db, numbers: Iterable[int]) -> dict[int, str]:
    """Of each person the name of somebody they introduced to you, the last one.

    Whom you only heard of they told you of.
    """
    return dict(
        db.tuples(
            "SELECT introduced_by, name FROM person WHERE known <> 'heard'"
            " AND introduced_by IN (SELECT value FROM json_each(:ids)) ORDER BY id",
            ids=as_list(numbers),
        )
    )


# Writing


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
