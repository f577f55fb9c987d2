"""Ties: who knows whom. One row a pair, whichever way it was noted; yourself in none of them.

You know everybody but those you only heard of and those who are archived: `YOURS`.
"""

from collections.abc import Iterable

from kinship.model.tie import Tie
from kinship.store.db import Change, Db, Value, as_list

YOURS = "u.known <> 'heard' AND u.archived = 0"
"""Of a row ``p`` of person: whether you know them."""
_TIE = f"SELECT {', '.join(Tie._fields)} FROM tie "
_BOTH_WAYS = (
    "SELECT j.value AS one, t.other_id AS other FROM json_each(:ids) j"
    " CROSS JOIN tie t ON t.person_id = j.value"
    " UNION ALL SELECT j.value, t.person_id FROM json_each(:ids) j"
    " CROSS JOIN tie t ON t.other_id = j.value"
)
_AMONG = (
    "SELECT j.value AS one, t.other_id AS other FROM json_each(:ids) j"
    " CROSS JOIN tie t ON t.person_id = j.value"
    " WHERE +t.other_id IN (SELECT value FROM json_each(:ids))"
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
        " AND +other_id IN (SELECT value FROM json_each(:ids)) ORDER BY id",
        ids=as_list(numbers),
    )


def tied(db: Db, numbers: Iterable[int] | None) -> dict[int, int]:
    """How many ties each of these people has with others of them.

    Without numbers: each whom you know who has a tie with somebody else you know.
    """
    if numbers is not None:
        many = dict.fromkeys(numbers, 0)
        for one, other in among_numbers(db, many):
            many[one] += 1
            many[other] += 1
        return many
    many = dict(db.tuples(f"SELECT u.person_id, u.ties FROM pulse u WHERE {YOURS}"))
    strangers = db.tuples(f"SELECT person_id FROM pulse u WHERE NOT ({YOURS})")
    for _, one in near(db, [number for (number,) in strangers]):
        if one in many:
            many[one] -= 1
    return {number: count for number, count in many.items() if count}


def among_numbers(db: Db, numbers: Iterable[int]) -> list[tuple[int, int]]:
    """As `among`, by the numbers of the two alone; archived people are in it too."""
    return db.tuples(_AMONG, ids=as_list(numbers))


def pairs(db: Db, numbers: Iterable[int]) -> list[tuple[int, int]]:
    """As `among`, by the numbers of the two alone; archived people are left out."""
    return db.tuples(
        f"SELECT t.one, t.other FROM ({_AMONG}) t"
        " CROSS JOIN pulse u ON u.person_id = t.one AND u.archived = 0"
        " CROSS JOIN pulse v ON v.person_id = t.other AND v.archived = 0",
        ids=as_list(numbers),
    )


def neighbours(db: Db, numbers: Iterable[int]) -> dict[int, list[int]]:
    """Of each of these people whom they know; archived people are in it too."""
    found: dict[int, list[int]] = {}
    for one, other in near(db, numbers):
        found.setdefault(one, []).append(other)
    return found


def yours_of(db: Db, numbers: Iterable[int]) -> dict[int, list[int]]:
    """Of each of these people whom they know and you know too."""
    found: dict[int, list[int]] = {}
    for one, other in db.tuples(
        f"SELECT t.one, t.other FROM ({_BOTH_WAYS}) t JOIN pulse u ON u.person_id = t.other"
        f" WHERE {YOURS} ORDER BY t.one, t.other",
        ids=as_list(numbers),
    ):
        found.setdefault(one, []).append(other)
    return found


def near(db: Db, numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Each of these people with each whom they know; archived people are in it too."""
    return db.tuples(_BOTH_WAYS, ids=as_list(sorted(numbers)))


def across(db: Db, ones: Iterable[int], others: Iterable[int]) -> list[tuple[int, int]]:
    """Who of the ones knows whom of the others."""
    # The plus has SQLite look at the ties of each one instead of trying every other.
    return db.tuples(
        "SELECT j.value, t.other_id FROM json_each(:ones) j CROSS JOIN tie t"
        " ON t.person_id = j.value WHERE +t.other_id IN (SELECT value FROM json_each(:others))"
        " UNION ALL SELECT j.value, t.person_id FROM json_each(:ones) j CROSS JOIN tie t"
        " ON t.other_id = j.value WHERE +t.person_id IN (SELECT value FROM json_each(:others))",
        ones=as_list(sorted(ones)),
        others=as_list(sorted(others)),
    )


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
    return yours_of(db, [person_id]).get(person_id, [])


def count(db: Db) -> int:
    """How many ties there are."""
    return int(db.value("SELECT count(*) FROM tie"))


def counts(db: Db, numbers: Iterable[int]) -> dict[int, int]:
    """How many ties each of these people has."""
    return dict(
        db.tuples(
            "SELECT person_id, ties FROM pulse"
            " WHERE person_id IN (SELECT value FROM json_each(:ids))",
            ids=as_list(numbers),
        )
    )


def among_yours(db: Db, numbers: Iterable[int]) -> list[int]:
    """Those of these people whom you know."""
    return [
        number
        for (number,) in db.tuples(
            f"SELECT u.person_id FROM pulse u WHERE {YOURS}"
            " AND u.person_id IN (SELECT value FROM json_each(:ids)) ORDER BY u.person_id",
            ids=as_list(numbers),
        )
    ]


def lately(db: Db, numbers: Iterable[int], limit: int) -> list[int]:
    """Those of these people whom you know and talked with, the last first."""
    return [
        number
        for (number,) in db.tuples(
            f"SELECT u.person_id FROM pulse u WHERE {YOURS}"
            " AND u.person_id IN (SELECT value FROM json_each(:ids))"
            " ORDER BY u.last_on DESC, u.person_id LIMIT :limit",
            ids=as_list(numbers),
            limit=limit,
        )
    ]


def employed(db: Db) -> list[tuple[int, str]]:
    """Everybody you know who works somewhere, and where."""
    return db.tuples(
        "SELECT p.id, p.org FROM person p CROSS JOIN pulse u ON u.person_id = p.id"
        f" WHERE p.org IS NOT NULL AND {YOURS}"
    )


def never_met(db: Db, most: int, after: int = 0) -> list[tuple[int, int]]:
    """Whom you only heard of or know online, and never met in person, and how many ties each has.

    Those with most ties first: at most so many, after so many.
    """
    return db.tuples(
        "SELECT person_id, ties FROM pulse INDEXED BY pulse_ties"
        " WHERE ties > 0 AND first_met_on IS NULL"
        " AND known IN ('online', 'heard') AND archived = 0"
        " ORDER BY ties DESC, person_id LIMIT :most OFFSET :after",
        most=most,
        after=after,
    )


def kept_without(db: Db, limit: int) -> list[int]:
    """People you keep in touch with who have no tie, the last talked with first."""
    return [
        number
        for (number,) in db.tuples(
            "SELECT u.person_id FROM waiting w CROSS JOIN pulse u ON u.person_id = w.person_id"
            f" WHERE w.kind = 'keep' AND u.last_on IS NOT NULL AND u.ties = 0 AND {YOURS}"
            " ORDER BY u.last_on DESC, u.person_id LIMIT :limit",
            limit=limit,
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
) -> None:
    """Note that two people know each other, unless it is noted already."""
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


def update(tx: Change, number: int, **columns: Value) -> None:
    """Say something else about a tie."""
    changes = ", ".join(f"{column} = :{column}" for column in columns)
    tx.run(f"UPDATE tie SET {changes} WHERE id = :id", id=number, **columns)


def remove(tx: Change, number: int) -> None:
    tx.run("DELETE FROM tie WHERE id = :id", id=number)


def introducer(
    tx: Change, person_id: int, by: int | None, noted_on: str, *, before: int | None = None
) -> None:
    """Who introduced somebody to you knows them; the tie to who was said ``before`` goes with it.

    A tie that somebody said more about stays.
    """
    if before and before != by:
        tx.run(
            "DELETE FROM tie WHERE (person_id, other_id) IN ((:before, :id), (:id, :before))"
            " AND source = 'introduced' AND how IS NULL AND since IS NULL",
            before=before,
            id=person_id,
        )
    if by:
        add(tx, by, person_id, noted_on, source="introduced")
