"""Ties: who knows whom. One row a pair, whichever way it was noted; yourself in none of them.

You know everybody but those you only heard of and those who are archived: `YOURS`.
"""

from collections.abc import Iterable

from kinship.model.tie import Tie
from kinship.store.db import Change, Db, as_list

YOURS = "p.id > 0 AND p.known <> 'heard' AND p.archived_on IS NULL"
"""Of a row ``p`` of person: whether you know them."""
_TIE = f"SELECT {', '.join(Tie._fields)} FROM tie "
_BOTH_WAYS = (
    "SELECT j.value AS one, t.other_id AS other FROM json_each(:ids) j"
    " CROSS JOIN tie t ON t.person_id = j.value"
    " UNION ALL SELECT j.value, t.person_id FROM json_each(:ids) j"
    " CROSS JOIN tie t ON t.other_id = j.value"
)


def of(db: Db, person_id: int) -> list[Tie]:
    """The ties of one person, in the order they were noted."""
    return db.all(
        Tie,
        f"{_TIE} WHERE person_id = :id UNION ALL {_TIE} WHERE other_id = :id ORDER BY id",
        id=person_id,
    )


def between(db: Db, one: int, other: int) -> Tie | None:
    """The tie of two people, whichever way it was noted."""
    return db.one(
        Tie,
        _TIE + "WHERE (person_id, other_id) IN ((:one, :other), (:other, :one))",
        one=one,
        other=other,
    )


def among(db: Db, numbers: Iterable[int]) -> list[Tie]:
    """The ties that some people have with each other."""
    return db.all(
        Tie,
        _TIE + "WHERE person_id IN (SELECT value FROM json_each(:ids))"
        " AND other_id IN (SELECT value FROM json_each(:ids)) ORDER BY id",
        ids=as_list(numbers),
    )


def most_tied(db: Db, numbers: Iterable[int] | None, most: int) -> tuple[list[int], int]:
    """As many of these people, those with most ties among them first, and how many there are.

    Without numbers: everybody you know who has a tie with somebody else you know.
    """
    mine = f"SELECT p.id FROM person p WHERE {YOURS}"
    who = mine if numbers is None else "SELECT value AS id FROM json_each(:ids)"
    ends = (
        f"SELECT person_id AS id FROM tie WHERE person_id IN ({who}) AND other_id IN ({who})"
        f" UNION ALL SELECT other_id FROM tie WHERE person_id IN ({who}) AND other_id IN ({who})"
    )
    if numbers is not None:
        ends += f" UNION ALL {who}"
    found = db.tuples(
        f"SELECT id, count(*) OVER () FROM ({ends}) GROUP BY id ORDER BY count(*) DESC, id"
        " LIMIT :most",
        most=most,
        **({} if numbers is None else {"ids": as_list(numbers)}),
    )
    return [number for number, _ in found], found[0][1] if found else 0


def neighbours(db: Db, numbers: Iterable[int]) -> dict[int, list[int]]:
    """Of each of these people whom they know; archived people are in it too."""
    found: dict[int, list[int]] = {}
    for one, other in db.tuples(_BOTH_WAYS, ids=as_list(numbers)):
        found.setdefault(one, []).append(other)
    return found


def common(db: Db, one: int, other: int) -> list[int]:
    """Whom both know, archived people left out."""
    sql = (
        "SELECT id FROM person WHERE archived_on IS NULL AND id IN ("
        " SELECT * FROM (SELECT other_id FROM tie WHERE person_id = :one"
        "  UNION ALL SELECT person_id FROM tie WHERE other_id = :one)"
        " INTERSECT SELECT * FROM (SELECT other_id FROM tie WHERE person_id = :other"
        "  UNION ALL SELECT person_id FROM tie WHERE other_id = :other)) ORDER BY id"
    )
    return [number for (number,) in db.tuples(sql, one=one, other=other)]


def yours(db: Db, person_id: int) -> list[int]:
    """Whom somebody knows and you know too."""
    return [
        number
        for (number,) in db.tuples(
            f"SELECT p.id FROM ({_BOTH_WAYS}) t JOIN person p ON p.id = t.other"
            f" WHERE {YOURS} ORDER BY p.id",
            ids=as_list([person_id]),
        )
    ]


def add(
    tx: Change,
    person_id: int,
    other_id: int,
    noted_on: str,
    *,
    how: str | None = None,
    since: str | None = None,
    source: str = "said",
) -> bool:
    """Note that two people know each other; False where it is noted already."""
    return bool(
        tx.run(
            "INSERT INTO tie (person_id, other_id, how, since, noted_on, source)"
            " VALUES (:id, :other, :how, :since, :day, :source) ON CONFLICT DO NOTHING",
            id=person_id,
            other=other_id,
            how=how,
            since=since,
            day=noted_on,
            source=source,
        )
    )


def update(tx: Change, number: int, *, how: str | None, since: str | None) -> None:
    """Say more about a tie: what is None stays as it was."""
    tx.run(
        "UPDATE tie SET how = coalesce(:how, how), since = coalesce(:since, since),"
        " source = 'said' WHERE id = :id",
        id=number,
        how=how,
        since=since,
    )


def remove(tx: Change, number: int) -> None:
    tx.run("DELETE FROM tie WHERE id = :id", id=number)


def introducer(tx: Change, person_id: int, by: int | None, noted_on: str) -> None:
    """Who introduced somebody to you knows them; the tie to who was said before goes with it.

    A tie that somebody said more about stays.
    """
    tx.run(
        "DELETE FROM tie WHERE other_id = :id AND source = 'introduced' AND how IS NULL"
        " AND since IS NULL AND person_id IS NOT :by",
        id=person_id,
        by=by,
    )
    if by:
        add(tx, by, person_id, noted_on, source="introduced")
