"""What came of some days, counted. A window is from one day to another, both included.

A meeting or conversation of which only the month or year is known counts on its first day.
"""

from kinship.store.db import Db
from kinship.store.favours import LISTENING, YOUR_TURN
from kinship.value import Value


class Met(Value):
    """People met in person for the first time.

    ``to_connect`` have a channel to connect on, and are connected or had two days to be.
    """

    people: int = 0
    to_connect: int = 0
    connected: int = 0
    """On a day that is at most two days after you met."""
    online: int = 0
    """Known from online first."""


class Talked(Value):
    """Conversations; of those that were no meeting, how many came from you or from them alone."""

    conversations: int = 0
    you_began: int = 0
    they_began: int = 0
    in_person: int = 0


def met(db: Db, start: str, middle: str, end: str) -> tuple[Met, Met]:
    """From the middle on, and from the start to before it."""
    found = db.tuples(
        "WITH u AS MATERIALIZED (SELECT person_id, first_met_on >= :middle AS late,"
        "  known = 'online' AS online, coalesce(date(first_met_on, '+2 days'), '') AS till"
        "  FROM pulse WHERE first_met_on BETWEEN :start AND :end ORDER BY person_id),"
        " one AS MATERIALIZED (SELECT late, online, till,"
        "  (SELECT max(coalesce(state = 'connected' AND length(connected_on) = 10"
        "    AND connected_on <= till, 0)) FROM channel"
        "   WHERE person_id = u.person_id AND state IS NOT NULL) AS soon FROM u)"
        " SELECT late, count(*), sum(soon IS NOT NULL AND (soon OR till < :end)),"
        " coalesce(sum(soon), 0), sum(online) FROM one GROUP BY late",
        start=start,
        middle=middle,
        end=end,
    )
    by = {late: Met(*rest) for late, *rest in found}
    return by.get(1, Met()), by.get(0, Met())


def met_online(db: Db, start: str, end: str) -> int:
    """People known from online and never met, since they are known; else since they are here."""
    return int(
        db.value(
            "SELECT count(*) FROM person p WHERE known = 'online' AND id > 0"
            " AND coalesce(since, added_on) BETWEEN :start AND :end AND NOT EXISTS"
            " (SELECT 1 FROM pulse WHERE person_id = p.id AND first_met_on IS NOT NULL)",
            start=start,
            end=end,
        )
    )


def then_met(db: Db, start: str, end: str) -> list[str]:
    """The names of those known from online first and met at last, the latest first."""
    sql = (
        "SELECT p.name FROM pulse u CROSS JOIN person p ON p.id = u.person_id"
        " WHERE u.first_met_on BETWEEN :start AND :end AND u.known = 'online'"
        " ORDER BY u.first_met_on DESC, p.name_key, p.id"
    )
    return [name for (name,) in db.tuples(sql, start=start, end=end)]


def talked(db: Db, start: str, end: str) -> Talked:
    """What was talked."""
    # Each a range of the index: to add them up in one walk over the rows takes twice as long.
    each = " UNION ALL ".join(
        f"SELECT {met} AS met, '{direction}' AS direction, count(*) FROM conversation"
        f" WHERE met = {met} AND direction = '{direction}' AND day BETWEEN :start AND :end"
        for met in (0, 1)
        for direction in ("both", "me", "them")
    )
    many = {(met, direction): n for met, direction, n in db.tuples(each, start=start, end=end)}
    return Talked(
        sum(many.values()),
        many[0, "me"],
        many[0, "them"],
        sum(n for (met, _), n in many.items() if met),
    )


def introduced(db: Db, start: str, end: str) -> tuple[int, int]:
    """How many introductions you made, and how many landed."""
    (found,) = db.tuples(
        "SELECT coalesce(sum(made_on BETWEEN :start AND :end), 0),"
        " coalesce(sum(state = 'landed' AND closed_on BETWEEN :start AND :end), 0)"
        " FROM introduction",
        start=start,
        end=end,
    )
    return found[0], found[1]


def favours(db: Db, start: str, end: str) -> tuple[int, int]:
    """How often you gave, and got, as it was written down."""
    (found,) = db.tuples(
        "SELECT coalesce(sum(way = 'gave'), 0), coalesce(sum(way = 'got'), 0)"
        " FROM favour WHERE day BETWEEN :start AND :end",
        start=start,
        end=end,
    )
    return found[0], found[1]


def kept(db: Db, day: str) -> tuple[int, int]:
    """How many of those you keep in touch with are not late, and how many they are."""
    (found,) = db.tuples(
        "SELECT coalesce(sum(late_on > :day), 0), count(*) FROM waiting WHERE kind = 'keep'",
        day=day,
    )
    return found[0], found[1]


def would_hear(db: Db, day: str) -> tuple[int, int]:
    """How many would likely hear you, and how many gave you more than you gave them."""
    (found,) = db.tuples(
        f"SELECT (SELECT count(*) FROM pulse WHERE {LISTENING} AND archived = 0),"
        f" (SELECT count(*) FROM pulse WHERE {YOUR_TURN})",
        day=day,
    )
    return found[0], found[1]
