"""Events: where people meet, who was there, who will be, and where you are yourself."""

from collections.abc import Iterable

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


class Stay(Record):
    """Your own days at an event."""

    id: int
    event_id: int
    from_on: str
    until_on: str


class Weight(Record):
    """What hangs on an event."""

    conversations: int
    going: int


# Reading


def every_event(db: Db) -> list[Event]:
    return db.all(Event, _EVENT + "ORDER BY e.name_key")


def keys(db: Db) -> dict[str, int]:
    """The number of each, by its folded name."""
    return dict(db.tuples("SELECT name_key, id FROM event ORDER BY name_key"))


def by_ids(db: Db, numbers: Iterable[int]) -> list[Event]:
    """These events, by name."""
    return db.all(
        Event,
        _EVENT + "WHERE e.id IN (SELECT value FROM json_each(:ids)) ORDER BY e.name_key",
        ids=as_list(numbers),
    )


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


def days(db: Db, event_id: int) -> list[str]:
    """The days on which something was written down there, the last one first."""
    return [
        day
        for (day,) in db.tuples(
            "SELECT DISTINCT day FROM conversation WHERE event_id = :id ORDER BY day DESC",
            id=event_id,
        )
    ]


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
