"""Communities and who belongs to them."""

from collections.abc import Iterable
from typing import NamedTuple

from kinship.model.entry import Community
from kinship.store.db import Change, Db, Value, as_list
from kinship.value import Value as Record

_COMMUNITY = "SELECT g.id, g.name, g.name_key, g.channel, g.url FROM community g "
_MET = "(u.first_met_on IS NOT NULL OR u.known = 'in person')"


class Count(Record):
    """How many people are in a community, met in person, and talked with lately."""

    people: int = 0
    met: int = 0
    talked: int = 0


class Member(NamedTuple):
    """Somebody in a community, and whether you met them in person."""

    id: int
    known: str
    last_on: str | None
    met: int

    @property
    def heard(self) -> bool:
        """Whether you only heard of them."""
        return self.known == "heard"


def every_community(db: Db) -> list[Community]:
    return db.all(Community, _COMMUNITY + "ORDER BY g.name_key")


def by_id(db: Db, number: int) -> Community | None:
    return db.one(Community, _COMMUNITY + "WHERE g.id = :id", id=number)


def keys(db: Db) -> dict[str, int]:
    """The number of each, by its folded name."""
    return dict(db.tuples("SELECT name_key, id FROM community ORDER BY name_key"))


def named(db: Db, key: str) -> str | None:
    found = db.value("SELECT name FROM community WHERE name_key = :key", key=key)
    return None if found is None else str(found)


def of(db: Db, numbers: Iterable[int]) -> dict[int, list[str]]:
    """The communities of each person, in the order they joined."""
    found: dict[int, list[str]] = {}
    for person_id, name in db.tuples(
        "SELECT m.person_id, c.name FROM membership m JOIN community c ON c.id = m.community_id"
        " WHERE m.person_id IN (SELECT value FROM json_each(:ids)) ORDER BY m.id",
        ids=as_list(numbers),
    ):
        found.setdefault(person_id, []).append(name)
    return found


def counts(db: Db, since: str, number: int | None = None) -> dict[int, Count]:
    """The figures of each community that has anybody, or of one; talked with since a day."""
    found = db.tuples(
        f"SELECT m.community_id, count(*), sum({_MET}), coalesce(sum(u.last_on >= :since), 0)"
        f"{_members(number)} WHERE u.archived = 0 GROUP BY m.community_id",
        since=since,
        **({} if number is None else {"id": number}),
    )
    return {community: Count(*figures) for community, *figures in found}


def members(db: Db, number: int) -> list[Member]:
    """Everybody in one; the archived are left out."""
    found = db.tuples(
        f"SELECT u.person_id, u.known, u.last_on, {_MET}{_members(number)} WHERE u.archived = 0",
        id=number,
    )
    return [Member._make(row) for row in found]


def _members(number: int | None) -> str:
    """Who is in each or in one, in the order of their numbers, in which they lie in the file."""
    return (
        " FROM (SELECT person_id, community_id FROM membership"
        f" {'' if number is None else 'WHERE community_id = :id'} ORDER BY person_id) m"
        " CROSS JOIN pulse u ON u.person_id = m.person_id"
    )


def going(db: Db, number: int, day: str) -> dict[int, str]:
    """The first event from that day on that each member said they will be at."""
    found: dict[int, str] = {}
    for person_id, event in db.tuples(
        "SELECT a.person_id, e.name FROM event e JOIN attendance a ON a.event_id = e.id"
        " JOIN membership m ON m.person_id = a.person_id AND m.community_id = :id"
        " WHERE coalesce(e.until_on, e.from_on) >= :day ORDER BY e.from_on, e.id",
        id=number,
        day=day,
    ):
        found.setdefault(person_id, event)
    return found


def next_event(db: Db, number: int, day: str) -> tuple[str, str] | None:
    """The first event of a community that is not over by that day, and its first day."""
    found = db.tuples(
        "SELECT name, from_on FROM event WHERE community_id = :id"
        " AND from_on IS NOT NULL AND coalesce(until_on, from_on) >= :day"
        " ORDER BY from_on, id LIMIT 1",
        id=number,
        day=day,
    )
    return found[0] if found else None


def members_among(db: Db, number: int, numbers: Iterable[int]) -> set[int]:
    """Those of these people who belong to it."""
    return {
        person_id
        for (person_id,) in db.tuples(
            "SELECT person_id FROM membership WHERE community_id = :id"
            " AND person_id IN (SELECT value FROM json_each(:ids))",
            id=number,
            ids=as_list(numbers),
        )
    }


def add(tx: Change, name: str, key: str, **fields: Value) -> int:
    """Make one; ``fields`` are channel and url."""
    return tx.run(
        "INSERT INTO community (name, name_key, channel, url) VALUES (:name, :key, :channel, :url)",
        name=name,
        key=key,
        channel=fields.get("channel"),
        url=fields.get("url"),
    )


def update(tx: Change, number: int, **fields: Value) -> int:
    """Change one. How many there were: 0 or 1."""
    changes = ", ".join(f"{f} = :{f}" for f in fields)
    return tx.run(f"UPDATE community SET {changes} WHERE id = :id", id=number, **fields)


def remove(tx: Change, number: int) -> int:
    """Remove one; its members stay. How many there were: 0 or 1."""
    return tx.run("DELETE FROM community WHERE id = :id", id=number)


def take(tx: Change, name: str, key: str) -> int:
    """The number of the community of that name, which is made if it is new."""
    known = tx.value("SELECT id FROM community WHERE name_key = :key", key=key)
    return int(known) if known else add(tx, name, key)


def join(tx: Change, person_id: int, community: str, key: str) -> None:
    """Make somebody a member; the community is made if it is new."""
    join_all(tx, take(tx, community, key), [person_id])


def join_all(tx: Change, number: int, numbers: Iterable[int]) -> None:
    """Make all of these people members; those who were removed in between are left out."""
    tx.run(
        "INSERT INTO membership (person_id, community_id) SELECT j.value, :id"
        " FROM json_each(:ids) j JOIN person p ON p.id = j.value"
        " WHERE true ORDER BY j.key ON CONFLICT DO NOTHING",
        id=number,
        ids=as_list(numbers),
    )


def leave(tx: Change, person_id: int, key: str) -> int:
    return tx.run(
        "DELETE FROM membership WHERE person_id = :id AND community_id ="
        " (SELECT id FROM community WHERE name_key = :key)",
        id=person_id,
        key=key,
    )


def leave_all(tx: Change, number: int, numbers: Iterable[int]) -> int:
    """Let these people leave. How many of them were members."""
    return tx.run(
        "DELETE FROM membership WHERE community_id = :id"
        " AND person_id IN (SELECT value FROM json_each(:ids))",
        id=number,
        ids=as_list(numbers),
    )
