"""Events: where people meet."""

from kinship.model.entry import Event
from kinship.store.db import Change, Db

_EVENT = (
    "SELECT e.id, e.name, e.name_key,"
    " (SELECT max(day) FROM conversation WHERE event_id = e.id) AS last_on, e.from_on,"
    " e.until_on, e.city, e.url, e.online, e.community_id FROM event e "
)


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


def add(tx: Change, name: str, key: str) -> int:
    return tx.run("INSERT INTO event (name, name_key) VALUES (:name, :key)", name=name, key=key)


def met_at(db: Db, event_id: int) -> tuple[int, int]:
    """How many people were met there, and with how many of them you are connected."""
    met, connected = db.tuples(
        "SELECT count(*), coalesce(sum(EXISTS (SELECT 1 FROM channel h"
        " WHERE h.person_id = m.person_id AND h.state = 'connected')), 0)"
        " FROM (SELECT DISTINCT person_id FROM conversation WHERE event_id = :id AND met = 1) m",
        id=event_id,
    )[0]
    return int(met), int(connected)
