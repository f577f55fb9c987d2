"""Favours: what you gave and got, and what follows from introductions."""

from collections.abc import Iterable

from kinship.model.favour import Entry, Favour, Turn
from kinship.store.db import Change, Db, as_list

_FAVOUR = f"SELECT {', '.join(Favour._fields)} FROM favour "
GAVE = (
    "((SELECT count(*) FROM favour WHERE person_id = pulse.person_id AND way = 'gave')"
    " + (SELECT count(*) FROM introduction WHERE person_id = pulse.person_id AND state = 'landed')"
    " + (SELECT count(*) FROM introduction WHERE other_id = pulse.person_id AND state = 'landed'))"
)
"""Of a row of pulse: how often you helped them; introducing them to somebody is one."""
GOT = (
    "((SELECT count(*) FROM favour WHERE person_id = pulse.person_id AND way = 'got')"
    " + (SELECT count(*) FROM person p WHERE p.introduced_by = pulse.person_id"
    " AND p.known <> 'heard' AND p.archived_on IS NULL))"
)
"""Of a row of pulse: how often they helped you; introducing you to somebody is one."""
_SINCE = "min(date(:day, '-6 months'), date(:day, 'start of month', '-5 months', '-1 day'))"
_LATELY = "EXISTS (SELECT 1 FROM conversation c WHERE c.person_id = pulse.person_id AND c.day >= "
LISTENING = (
    f"last_on >= {_SINCE} AND ({_LATELY}{_SINCE} AND c.direction = 'both')"
    f" OR ({_LATELY}{_SINCE} AND c.direction = 'me')"
    f" AND {_LATELY}{_SINCE} AND c.direction = 'them'))) AND {GAVE} >= {GOT}"
)
"""Of a row of pulse: who would likely hear you on ``:day``. You talked both ways in six months,
and gave at least what you got. Six months before 31 August is 28 February."""
_INTRODUCED = "p.known <> 'heard' AND p.archived_on IS NULL"
_EVERY = f"""
  SELECT person_id, id AS number, 0 AS other_id, way, day, text FROM favour
  UNION ALL SELECT person_id, NULL, other_id, 'gave', closed_on, NULL
    FROM introduction WHERE state = 'landed'
  UNION ALL SELECT other_id, NULL, person_id, 'gave', closed_on, NULL
    FROM introduction WHERE state = 'landed'
  UNION ALL SELECT p.introduced_by, NULL, p.id, 'got', coalesce(
    (SELECT first_met_on FROM pulse WHERE person_id = p.id), p.since, p.added_on), NULL
    FROM person p WHERE p.introduced_by > 0 AND {_INTRODUCED}
"""
"""All that was given and got. Who introduced somebody to you did so by the day you met."""


def counts(db: Db, numbers: Iterable[int]) -> dict[int, tuple[int, int]]:
    """How often you gave and got, of each person where there was anything."""
    return {
        number: (gave, got)
        for number, gave, got in db.tuples(
            f"SELECT person_id, {GAVE}, {GOT} FROM pulse"
            " WHERE person_id IN (SELECT value FROM json_each(:ids))",
            ids=as_list(numbers),
        )
        if gave or got
    }


def ledger(db: Db) -> list[Turn]:
    """Everybody with whom something was given or got, whose turn it is first.

    Of each the newest favour, of those you got where it is your turn. Archived people are left out.
    """
    return db.all(
        Turn,
        f"""
        WITH every AS ({_EVERY}), count AS (
          SELECT person_id, sum(way = 'gave') AS gave, sum(way = 'got') AS got
          FROM every GROUP BY person_id
        ), ranked AS (
          SELECT e.*, c.gave, c.got, row_number() OVER (
            PARTITION BY e.person_id ORDER BY c.got > c.gave AND e.way = 'gave',
              e.day DESC, e.number IS NULL, e.number DESC, e.other_id DESC) AS place
          FROM every e JOIN count c ON c.person_id = e.person_id
        )
        SELECT r.person_id, r.gave, r.got, r.way, r.day, r.text, r.other_id
        FROM ranked r JOIN person p ON p.id = r.person_id
        WHERE r.place = 1 AND p.id > 0 AND p.archived_on IS NULL
        ORDER BY max(r.got - r.gave, 0) DESC, r.day DESC, p.name_key, p.id
        """,
    )


def introduced(db: Db, numbers: Iterable[int]) -> dict[int, list[int]]:
    """Of each of these people whom they introduced to you, the newest first."""
    found: dict[int, list[int]] = {}
    for by, number in db.tuples(
        f"SELECT p.introduced_by, p.id FROM person p WHERE {_INTRODUCED}"
        " AND p.introduced_by IN (SELECT value FROM json_each(:ids)) ORDER BY p.id DESC",
        ids=as_list(numbers),
    ):
        found.setdefault(by, []).append(number)
    return found


def entries_of(db: Db, person_id: int) -> list[Entry]:
    """All that was given and got with one person, the newest first; see `Entry`."""
    return db.all(
        Entry,
        f"SELECT e.number, e.way, e.day, e.text, o.name AS other FROM ({_EVERY}) e"
        " LEFT JOIN person o ON o.id = e.other_id AND e.number IS NULL"
        " WHERE e.person_id = :id ORDER BY e.day DESC, e.number IS NULL, e.number DESC, o.id DESC",
        id=person_id,
    )


def of(db: Db, person_id: int) -> list[Favour]:
    """The favours of one person, the newest first."""
    return db.all(
        Favour, _FAVOUR + "WHERE person_id = :id ORDER BY day DESC, id DESC", id=person_id
    )


def by_number(db: Db, number: int) -> Favour | None:
    return db.one(Favour, _FAVOUR + "WHERE id = :id", id=number)


def add(
    tx: Change, person_id: int, way: str, day: str, text: str, *, inferred: Iterable[str] = ()
) -> int:
    """Write down a favour; its number."""
    number = tx.number()
    tx.run(
        "INSERT INTO favour (id, person_id, way, day, text, inferred)"
        " VALUES (:id, :person_id, :way, :day, :text, :inferred)",
        id=number,
        person_id=person_id,
        way=way,
        day=day,
        text=text,
        inferred=",".join(inferred),
    )
    return number
