"""Cadences shared by everybody of a community, met at an event, or with a tag."""

from collections.abc import Iterable

from kinship.model.entry import Shared
from kinship.store.db import Change, Db, Value, as_list
from kinship.value import Value as Record

_SHARED = (
    "SELECT s.id, iif(s.tag_key IS NOT NULL, 'tag', iif(s.event_id IS NULL, 'community', 'event'))"
    " AS kind, coalesce(g.name, e.name,"
    " (SELECT name FROM tag WHERE name_key = s.tag_key ORDER BY id LIMIT 1), s.tag_key) AS name,"
    " coalesce(g.name_key, e.name_key, s.tag_key) AS key,"
    " coalesce(s.every, c.every) AS every, c.name AS circle, s.kept_on"
    " FROM shared_cadence s LEFT JOIN community g ON g.id = s.community_id"
    " LEFT JOIN event e ON e.id = s.event_id LEFT JOIN circle c ON c.id = s.circle_id "
)
_COLUMNS = {"community": "community_id", "event": "event_id", "tag": "tag_key"}
_SHARERS = (
    "SELECT m.person_id FROM shared_cadence s JOIN membership m ON m.community_id = s.community_id"
    " WHERE s.id = :id"
    " UNION SELECT t.person_id FROM shared_cadence s JOIN conversation t ON t.event_id = s.event_id"
    " WHERE s.id = :id"
    " UNION SELECT t.person_id FROM shared_cadence s JOIN tag t ON t.name_key = s.tag_key"
    " WHERE s.id = :id"
)


class Reach(Record):
    """For how many people a shared cadence is in force, and who of all of them have another."""

    people: int
    kept: int
    own: int


class Hello(Record):
    """When somebody's next hello is."""

    id: int
    name: str
    name_key: str
    due_on: str
    last_on: str | None


def every_shared(db: Db) -> list[Shared]:
    return db.all(Shared, _SHARED + "ORDER BY kind, key")


def of(db: Db, kind: str, value: int | str) -> Shared | None:
    """The cadence of one community or event, by its number, or of a tag, by its folded name."""
    return db.one(Shared, f"{_SHARED}WHERE s.{_COLUMNS[kind]} = :value", value=value)


def reach(db: Db, number: int) -> Reach:
    """Whom it is for; archived people are in no count."""
    return db.all(
        Reach,
        "SELECT count(*) AS people, coalesce(sum(u.shared_id IS :id), 0) AS kept,"
        " coalesce(sum(p.every IS NOT NULL), 0) AS own"
        f" FROM ({_SHARERS}) x JOIN person p ON p.id = x.person_id"
        " JOIN pulse u ON u.person_id = p.id WHERE p.id > 0 AND p.archived_on IS NULL",
        id=number,
    )[0]


def kept(db: Db, number: int) -> list[int]:
    """The people for whom it is in force."""
    found = db.tuples(
        f"SELECT u.person_id FROM ({_SHARERS}) x JOIN pulse u ON u.person_id = x.person_id"
        " WHERE u.shared_id = :id",
        id=number,
    )
    return [person_id for (person_id,) in found]


def hellos(db: Db, numbers: Iterable[int]) -> list[Hello]:
    """When the next hello of each of these people is, the soonest first."""
    return db.all(
        Hello,
        "SELECT p.id, p.name, p.name_key, w.due_on, u.last_on FROM json_each(:ids) j"
        " JOIN waiting w ON w.person_id = j.value AND w.kind = 'keep'"
        " JOIN person p ON p.id = j.value JOIN pulse u ON u.person_id = j.value"
        " ORDER BY w.due_on, p.name_key, p.id",
        ids=as_list(numbers),
    )


def belonging(db: Db, kind: str, value: int | str) -> list[int]:
    """Everybody of a community, met at an event, or with a tag, by name; archived people not."""
    where = {
        "community": "p.id IN (SELECT person_id FROM membership WHERE community_id = :value)",
        "event": "p.id IN (SELECT person_id FROM conversation WHERE event_id = :value AND met = 1)",
        "tag": "p.id IN (SELECT person_id FROM tag WHERE name_key = :value)",
    }[kind]
    found = db.tuples(
        f"SELECT p.id FROM person p WHERE p.id > 0 AND p.archived_on IS NULL AND {where}"
        " ORDER BY p.name_key, p.id",
        value=value,
    )
    return [person_id for (person_id,) in found]


def tags(db: Db) -> dict[str, str]:
    """Every tag, and those with a cadence that nobody has any more: folded name to name."""
    orphans = db.tuples("SELECT tag_key, tag_key FROM shared_cadence WHERE tag_key IS NOT NULL")
    return dict(orphans) | dict(db.tuples("SELECT name_key, min(name) FROM tag GROUP BY name_key"))


def put(
    tx: Change, kind: str, value: int | str, *, every: str | None, circle_id: int | None, day: str
) -> None:
    """Share a cadence or a circle from that day on, in the place of the one there is."""
    column = _COLUMNS[kind]
    fields: dict[str, Value] = {"value": value, "every": every, "circle": circle_id, "day": day}
    changed = tx.run(
        "UPDATE shared_cadence SET every = :every, circle_id = :circle, kept_on = :day"
        f" WHERE {column} = :value",
        **fields,
    )
    if not changed:
        tx.run(
            f"INSERT INTO shared_cadence ({column}, every, circle_id, kept_on)"
            " VALUES (:value, :every, :circle, :day)",
            **fields,
        )


def remove(tx: Change, kind: str, value: int | str) -> int:
    """Share no cadence any more. How many there were: 0 or 1."""
    return tx.run(f"DELETE FROM shared_cadence WHERE {_COLUMNS[kind]} = :value", value=value)
