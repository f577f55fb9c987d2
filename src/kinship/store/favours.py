"""Favours: what you gave and got, and what follows from introductions."""

from collections.abc import Iterable
from typing import Any

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
_GOT_ANY = (
    "person_id IN (SELECT person_id FROM favour WHERE way = 'got'"
    " UNION ALL SELECT introduced_by FROM person WHERE introduced_by > 0)"
)
LISTENING = f"{TWO_WAY} AND NOT ({_GOT_ANY} AND {GOT} > {GAVE})"
"""Of a row of pulse: who would likely hear you on ``:day``. You talked both ways in six months,
and gave at least what you got."""


def _introductions(among: str = "1") -> str:
    """All that follows from introductions; ``among`` says of which people, as ``whose``.

    Who introduced somebody to you did so by the day you met.
    """
    return f"""
      SELECT person_id, NULL AS number, other_id, 'gave' AS way, closed_on AS day, NULL AS text
        FROM introduction WHERE state = 'landed' AND {among.replace("whose", "person_id")}
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


def ledger(db: Db, *, yours: bool = False, most: int | None = None) -> tuple[list[Turn], int]:
    """With whom something was given or got, whose turn it is first; or only those.

    At most so many, and how many there are. Archived people are left out.
    """
    introduced = {row[0]: row for row in db.tuples(_ADDED_UP.format(f"({_introductions()})"))}
    also = as_list(introduced)
    if yours:
        found = db.tuples(_MORE_GOT, also=also)
        rest = db.tuples(_ADDED_UP.format(f"favour WHERE person_id IN {_THESE}"), also=also)
    else:
        found, rest = [], db.tuples(_ADDED_UP.format("favour"))
    for row in rest:
        other = introduced.pop(row[0], None)
        found.append(_together(row, other) if other else row)
    found += introduced.values()
    gone = {n for (n,) in db.tuples("SELECT id FROM person WHERE archived_on IS NOT NULL")}
    turns = [row for row in found if row[0] not in gone and (not yours or row[2] > row[1])]
    turns.sort(key=_standing, reverse=True)
    end = most = len(turns) if most is None else min(most, len(turns))
    while 0 < end < len(turns) and _standing(turns[end]) == _standing(turns[most - 1]):
        end += 1
    keys = dict(
        db.tuples(
            "SELECT id, name_key FROM person WHERE id IN (SELECT value FROM json_each(:ids))",
            ids=as_list(row[0] for row in turns[:end]),
        )
    )
    shown = sorted(turns[:end], key=lambda row: (keys[row[0]], row[0]))
    shown.sort(key=_standing, reverse=True)
    return [Turn(*row[:3]) for row in shown[:most]], len(turns)


_ADDED_UP = (
    "SELECT person_id, sum(way = 'gave') AS gave, sum(way = 'got') AS got,"
    " max(iif(way = 'got', day, '')), max(day) FROM {} GROUP BY person_id"
)
_THESE = "(SELECT value FROM json_each(:also))"
_MORE_GOT = (
    "SELECT person_id, (SELECT count(*) FROM favour WHERE person_id = f.person_id AND way = 'gave')"
    " AS gave, count(*) AS got, max(day), '' FROM favour f WHERE way = 'got'"
    f" GROUP BY person_id HAVING got > gave AND person_id NOT IN {_THESE}"
)


def _standing(row: tuple[Any, ...]) -> tuple[int, str]:
    """How many more somebody gave you, and on which day last; or when there was anything last."""
    _, gave, got, got_on, last_on = row
    return (got - gave, got_on) if got > gave else (0, last_on)


def _together(one: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[Any, ...]:
    number, gave, got, got_on, last_on = one
    _, gave_too, got_too, *days = other
    return number, gave + gave_too, got + got_too, max(got_on, days[0]), max(last_on, days[1])


def entries(db: Db, numbers: Iterable[int]) -> dict[int, list[Entry]]:
    """All that was given and got with each of these people, the newest first; see `Entry`."""
    found: dict[int, list[Entry]] = {}
    among = "whose IN (SELECT value FROM json_each(:ids))"
    for one in db.all(
        Entry,
        "SELECT e.person_id, e.number, e.way, e.day, e.text, o.id AS other_id, o.name AS other"
        " FROM (SELECT person_id, id AS number, 0 AS other_id, way, day, text FROM favour"
        f" WHERE {among.replace('whose', 'person_id')} UNION ALL {_introductions(among)}) e"
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
