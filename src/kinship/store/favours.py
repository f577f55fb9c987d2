"""Favours: what you gave and got, and what follows from introductions."""

from collections.abc import Iterable
from typing import Any

from kinship.model.favour import Entry, Favour, Turn
from kinship.store import people
from kinship.store.db import Change, Db, as_list

_FAVOUR = f"SELECT {', '.join(Favour._fields)} FROM favour "
_INTRODUCED = "p.known <> 'heard' AND p.archived_on IS NULL"
_SINCE = "min(date(:day, '-6 months'), date(:day, 'start of month', '-5 months', '-1 day'))"
TWO_WAY = f"two_way_on >= {_SINCE}"
"""Of a row of pulse: whether you talked both ways in the six months before ``:day``. Six months
before 31 August is 28 February."""
LISTENING = f"{TWO_WAY} AND got <= gave"
"""Of a row of pulse: who would likely hear you on ``:day``. You talked both ways in six months,
and gave at least what you got."""

_ANY = "gave + got > 0 AND archived = 0"
YOUR_TURN = f"got - gave > 0 AND {_ANY}"
"""Of a row of pulse: who gave you more than you gave them; the archived are left out."""


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
            "SELECT person_id, gave, got FROM pulse"
            " WHERE person_id IN (SELECT value FROM json_each(:ids)) AND gave + got > 0",
            ids=as_list(numbers),
        )
    }


def ledger(db: Db, *, yours: bool = False, most: int | None = None) -> tuple[list[Turn], int]:
    """With whom something was given or got, whose turn it is first; or only those.

    At most so many, and how many there are. Archived people are left out.
    """
    mine, every = (
        int(db.value(f"SELECT count(*) FROM pulse WHERE {who}")) for who in (YOUR_TURN, _ANY)
    )
    enough = yours or (most is not None and most <= mine)
    found = _owed(db, most) if enough else db.tuples(_EVERY)
    found.sort(key=_standing, reverse=True)
    end = most = len(found) if most is None else min(most, len(found))
    while 0 < end < len(found) and _standing(found[end]) == _standing(found[most - 1]):
        end += 1
    keys = people.name_keys(db, [row[0] for row in found[:end]])
    shown = sorted(found[:end], key=lambda row: (keys[row[0]], row[0]))
    shown.sort(key=_standing, reverse=True)
    return [Turn(*row[:3]) for row in shown[:most]], mine if yours else every


_EVERY = (
    "SELECT u.person_id, u.gave, u.got, f.got_on, f.last_on FROM (SELECT person_id,"
    " max(iif(way = 'got', day, '')) AS got_on, max(day) AS last_on"
    " FROM (SELECT person_id, NULL, NULL, way, day, NULL FROM favour"
    f" UNION ALL {_introductions()}) GROUP BY person_id) f"
    " CROSS JOIN pulse u ON u.person_id = f.person_id WHERE u.archived = 0"
)


def _owed(db: Db, most: int | None) -> list[tuple[Any, ...]]:
    """As `_EVERY`, whose turn is yours; all that may be among the first so many.

    Those who introduced somebody are read apart, since when they did is not kept with the rest.
    """
    introduced: dict[int, str] = {}
    for number, _, _, way, day, _ in db.tuples(_introductions()):
        if way == "got":
            introduced[number] = max(day, introduced.get(number, ""))
    turns = f"SELECT person_id, gave, got, got_on, '' FROM pulse WHERE {YOUR_TURN}"
    these = as_list(introduced)
    found = [
        (number, gave, got, max(got_on or "", introduced[number]), "")
        for number, gave, got, got_on, _ in db.tuples(
            f"{turns} AND person_id IN (SELECT value FROM json_each(:these))", these=these
        )
    ]
    for place, row in enumerate(
        db.each(
            f"{turns} AND person_id NOT IN (SELECT value FROM json_each(:these))"
            " ORDER BY got - gave DESC, got_on DESC",
            these=these,
        )
    ):
        if most is not None and place >= max(most, 1) and _standing(row) < _standing(found[-1]):
            break
        found.append(row)
    return found


def _standing(row: tuple[Any, ...]) -> tuple[int, str]:
    """How many more somebody gave you, and on which day last; or when there was anything last."""
    _, gave, got, got_on, last_on = row
    return (got - gave, got_on) if got > gave else (0, last_on)


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
