"""Favours: what you gave and got, and what follows from introductions."""

from collections.abc import Iterable

from kinship.model.favour import Entry, Favour, Turn
from kinship.store.db import Change, Db, as_list

_FAVOUR = f"SELECT {', '.join(Favour._fields)} FROM favour "
_INTRODUCED = "p.known <> 'heard' AND p.archived_on IS NULL"
GAVE = (
    "((SELECT count(*) FROM favour WHERE person_id = pulse.person_id AND way = 'gave')"
    " + (SELECT count(*) FROM introduction WHERE person_id = pulse.person_id AND state = 'landed')"
    " + (SELECT count(*) FROM introduction WHERE other_id = pulse.person_id AND state = 'landed'))"
)
"""Of a row of pulse: how often you helped them; introducing them to somebody is one."""
GOT = (
    "((SELECT count(*) FROM favour WHERE person_id = pulse.person_id AND way = 'got')"
    f" + (SELECT count(*) FROM person p WHERE p.introduced_by = pulse.person_id AND {_INTRODUCED}))"
)
"""Of a row of pulse: how often they helped you; introducing you to somebody is one."""
_SINCE = "min(date(:day, '-6 months'), date(:day, 'start of month', '-5 months', '-1 day'))"
YOUR_TURN = (
    "SELECT person_id FROM (SELECT person_id, iif(way = 'got', 1, -1) AS more FROM favour"
    " UNION ALL SELECT person_id, -1 FROM introduction WHERE state = 'landed'"
    " UNION ALL SELECT other_id, -1 FROM introduction WHERE state = 'landed'"
    f" UNION ALL SELECT introduced_by, 1 FROM person p WHERE introduced_by > 0 AND {_INTRODUCED})"
    " GROUP BY person_id HAVING sum(more) > 0"
)
"""Who gave you more than you gave them, the archived too."""
TWO_WAY = f"two_way_on >= {_SINCE}"
"""Of a row of pulse: whether you talked both ways in the six months before ``:day``. Six months
before 31 August is 28 February."""
LISTENING = f"{TWO_WAY} AND person_id NOT IN ({YOUR_TURN})"
"""Of a row of pulse: who would likely hear you on ``:day``. You talked both ways in six months,
and gave at least what you got."""


def _every(among: str = "1") -> str:
    """All that was given and got; ``among`` says of which people, as ``whose``.

    Who introduced somebody to you did so by the day you met.
    """
    return f"""
      SELECT person_id, id AS number, 0 AS other_id, way, day, text FROM favour
        WHERE {among.replace("whose", "person_id")}
      UNION ALL SELECT person_id, NULL, other_id, 'gave', closed_on, NULL FROM introduction
        WHERE state = 'landed' AND {among.replace("whose", "person_id")}
      UNION ALL SELECT other_id, NULL, person_id, 'gave', closed_on, NULL FROM introduction
        WHERE state = 'landed' AND {among.replace("whose", "other_id")}
      UNION ALL SELECT p.introduced_by, NULL, p.id, 'got', coalesce(
        (SELECT first_met_on FROM pulse WHERE person_id = p.id), p.since, p.added_on), NULL
        FROM person p
        WHERE p.introduced_by > 0 AND {_INTRODUCED} AND {among.replace("whose", "p.introduced_by")}
    """


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


def ledger(db: Db, *, yours: bool = False) -> list[Turn]:
    """Everybody with whom something was given or got, whose turn it is first; or only those.

    Archived people are left out.
    """
    return db.all(
        Turn,
        "SELECT e.person_id, e.gave, e.got FROM (SELECT person_id, sum(way = 'gave') AS gave,"
        " sum(way = 'got') AS got, max(iif(way = 'got', day, '')) AS got_on, max(day) AS last_on"
        f" FROM ({_every()}) GROUP BY person_id) e"
        " JOIN person p ON p.id = e.person_id AND p.id > 0 AND p.archived_on IS NULL"
        " WHERE e.got > e.gave OR NOT :yours"
        " ORDER BY max(e.got - e.gave, 0) DESC, iif(e.got > e.gave, e.got_on, e.last_on) DESC,"
        " p.name_key, p.id",
        yours=int(yours),
    )


def entries(db: Db, numbers: Iterable[int]) -> dict[int, list[Entry]]:
    """All that was given and got with each of these people, the newest first; see `Entry`."""
    found: dict[int, list[Entry]] = {}
    for one in db.all(
        Entry,
        "SELECT e.person_id, e.number, e.way, e.day, e.text, o.id AS other_id, o.name AS other"
        f" FROM ({_every('whose IN (SELECT value FROM json_each(:ids))')}) e"
        " LEFT JOIN person o ON o.id = e.other_id AND e.number IS NULL"
        " ORDER BY e.day DESC, e.number IS NULL, e.number DESC, o.id DESC",
        ids=as_list(numbers),
    ):
        found.setdefault(one.person_id, []).append(one)
    return found


def entries_of(db: Db, person_id: int) -> list[Entry]:
    """As `entries`, of one person."""
    return entries(db, [person_id]).get(person_id, [])


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
