"""Favours: what you gave and got, and what follows from introductions."""

from collections.abc import Iterable

from kinship.model.favour import Favour
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
