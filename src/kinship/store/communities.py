"""Communities and who belongs to them."""

from collections.abc import Iterable

from kinship.store.db import Change, Db, as_list


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


def join(tx: Change, person_id: int, community: str, key: str) -> None:
    """Make somebody a member; the community is made if it is new."""
    tx.run(
        "INSERT INTO community (name, name_key) VALUES (:name, :key) ON CONFLICT DO NOTHING",
        name=community,
        key=key,
    )
    tx.run(
        "INSERT INTO membership (person_id, community_id)"
        " SELECT :id, id FROM community WHERE name_key = :key ON CONFLICT DO NOTHING",
        id=person_id,
        key=key,
    )


def leave(tx: Change, person_id: int, key: str) -> int:
    return tx.run(
        "DELETE FROM membership WHERE person_id = :id AND community_id ="
        " (SELECT id FROM community WHERE name_key = :key)",
        id=person_id,
        key=key,
    )
