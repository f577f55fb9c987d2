"""What people know about and look for, and what tells whom of them to ask first."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kinship.store import ties
from kinship.store.db import Db, as_list

_WHOLE = 0x3FFFFFFF
_TOPIC_OR_TAG = 0xC0000000
"""Bits of a row of the index of entries: the entry's number; what is no entry has one of these."""


class Asked(NamedTuple):
    """Somebody who may be asked: how you know them, the cadence in force, the last contact.

    ``theirs_on`` is when they last said something to you, or did something for you: what came
    from you alone is no talk.
    """

    person_id: int
    known: str
    every: str | None
    last_on: str | None
    theirs_on: str | None
    first_met_on: str | None


_ASKED = "u.person_id, u.known, u.every, u.last_on, u.theirs_on, u.first_met_on"


def keys(db: Db, side: str = "about") -> list[str]:
    """Every topic once, folded; leaps from one to the next, since many share a few."""
    return [
        key
        for (key,) in db.tuples(
            "WITH RECURSIVE leap(name_key) AS (SELECT min(name_key) FROM topic UNION ALL"
            " SELECT (SELECT min(name_key) FROM topic WHERE name_key > leap.name_key)"
            " FROM leap WHERE leap.name_key IS NOT NULL)"
            " SELECT name_key FROM leap WHERE EXISTS (SELECT 1 FROM topic t"
            " WHERE t.name_key = leap.name_key AND t.side = :side)",
            side=side,
        )
    ]


def having(
    db: Db, keys: Iterable[str], side: str = "about", *, among: Iterable[int] | None = None
) -> dict[int, list[str]]:
    """Who has these topics, yourself and the archived too, and what they are called.

    Of these people alone, if they are given.
    """
    found: dict[int, list[str]] = {}
    some = "" if among is None else " AND person_id IN (SELECT value FROM json_each(:ids))"
    for person_id, name in db.tuples(
        "SELECT person_id, name FROM topic WHERE side = :side"
        f" AND name_key IN (SELECT value FROM json_each(:keys)){some} ORDER BY id",
        side=side,
        keys=as_list(keys),
        **({} if among is None else {"ids": as_list(among)}),
    ):
        found.setdefault(person_id, []).append(name)
    return found


_LEFT_OUT = "(SELECT id FROM person WHERE archived_on IS NOT NULL UNION ALL SELECT 0)"


def counted(db: Db) -> list[tuple[str, int]]:
    """How many people know about each topic, of most people first.

    All are counted by the index alone; the archived and yourself are taken off.
    """
    many = dict(
        db.tuples(
            "SELECT value, (SELECT count(*) FROM topic WHERE name_key = value AND side = 'about')"
            " FROM json_each(:keys)",
            keys=as_list(keys(db)),
        )
    )
    for key, less in db.tuples(
        "SELECT name_key, count(*) FROM topic WHERE side = 'about'"
        f" AND person_id IN {_LEFT_OUT} GROUP BY name_key"
    ):
        many[key] -= less
    return sorted(((key, n) for key, n in many.items() if n), key=lambda row: (-row[1], row[0]))


def called(db: Db, keys: Iterable[str]) -> dict[str, str]:
    """What these topics are called, as it was written of you, or of who is here longest."""
    return dict(
        db.tuples(
            "SELECT value, (SELECT name FROM topic WHERE name_key = value AND side = 'about'"
            " ORDER BY person_id LIMIT 1) FROM json_each(:keys)",
            keys=as_list(keys),
        )
    )


def talking(db: Db, since: str, *, kept: bool, most: int = -1, after: int = 0) -> list[int]:
    """Who said something to you since that day, in the order in which to ask them.

    Those you keep in touch with, whose cadence is the shortest first, or the others; who said
    something last goes first. At most so many, after so many.
    """
    which, order = ("NOT NULL", "substr(cadence, 1, 10), ") if kept else ("NULL", "")
    return [
        number
        for (number,) in db.tuples(
            f"SELECT person_id FROM pulse WHERE every IS {which} AND theirs_on >= :since"
            f" ORDER BY {order}theirs_on DESC LIMIT :most OFFSET :after",
            since=since,
            most=most,
            after=after,
        )
    ]


def knowers(
    db: Db, keys: Iterable[str], among: Iterable[int] | None = None
) -> list[tuple[str, Asked]]:
    """Who knows about these topics; of these people alone, in their order, if they are given."""
    walk = (
        "json_each(:keys) k CROSS JOIN topic t ON t.name_key = k.value AND t.side = 'about'"
        if among is None
        else "json_each(:ids) j CROSS JOIN topic t ON t.person_id = j.value AND t.side = 'about'"
        " AND +t.name_key IN (SELECT value FROM json_each(:keys))"
    )
    return [
        (key, Asked._make(row))
        for key, *row in db.tuples(
            f"SELECT t.name_key, {_ASKED} FROM {walk}"
            " CROSS JOIN pulse u ON u.person_id = t.person_id WHERE u.archived = 0",
            keys=as_list(keys),
            **({} if among is None else {"ids": as_list(among)}),
        )
    ]


def rare(db: Db, most: int) -> dict[str, int]:
    """How many people know about each topic, of those that two to so many know about."""
    return {
        key: many
        for key, many in db.tuples(
            "SELECT value, (SELECT count(*) FROM (SELECT 1 FROM topic WHERE name_key = value"
            " AND side = 'about' AND person_id > 0 LIMIT :most + 1)) FROM json_each(:keys)",
            keys=as_list(keys(db)),
            most=most,
        )
        if 2 <= many <= most
    }


class Having(NamedTuple):
    """Somebody you know, and what they know about or look for, as it is called."""

    last_on: str
    person_id: int
    name_key: str
    name: str
    topic: str


_LATEST = 60
_HAVING = (
    "SELECT t.name_key, l.last_on, p.id, p.name_key, p.name, t.name FROM ("
    " SELECT t.id, coalesce(u.last_on, '') AS last_on, row_number()"
    "  OVER (PARTITION BY t.name_key ORDER BY u.last_on DESC, t.person_id) AS place"
    " FROM json_each(:these) j CROSS JOIN topic t ON t.{} = j.value AND t.side = :side"
    " CROSS JOIN pulse u ON u.person_id = t.person_id"
    ") l CROSS JOIN topic t ON t.id = l.id CROSS JOIN pulse u ON u.person_id = t.person_id"
    " CROSS JOIN person p ON p.id = t.person_id"
    f" WHERE l.place <= {_LATEST} AND {ties.YOURS} ORDER BY 2 DESC, p.id"
)


def yours_having(db: Db, keys: Iterable[str], side: str) -> dict[str, list[Having]]:
    """Of each topic those you know who have it, whoever you were in contact with last first.

    Of many only the latest.
    """
    return _having(db, "name_key", as_list(keys), side)


def held_by(db: Db, numbers: Iterable[int], side: str) -> dict[str, list[Having]]:
    """As `yours_having`, every topic of these people."""
    return _having(db, "person_id", as_list(numbers), side)


def _having(db: Db, column: str, these: str, side: str) -> dict[str, list[Having]]:
    found: dict[str, list[Having]] = {}
    for key, *row in db.tuples(_HAVING.format(column), these=these, side=side):
        found.setdefault(key, []).append(Having._make(row))
    return found


def marked(db: Db, keys: Iterable[str]) -> list[Asked]:
    """Who knows about these topics, each once; the archived and yourself not."""
    return [
        Asked._make(row)
        for row in db.tuples(
            f"SELECT {_ASKED} FROM (SELECT DISTINCT t.person_id FROM json_each(:keys) k"
            "  CROSS JOIN topic t ON t.name_key = k.value AND t.side = 'about') t"
            " CROSS JOIN pulse u ON u.person_id = t.person_id WHERE u.archived = 0",
            keys=as_list(keys),
        )
    ]


def is_marked(db: Db, person_id: int, keys: Iterable[str]) -> bool:
    """Whether somebody knows about one of these topics."""
    return bool(
        db.value(
            "SELECT 1 FROM topic WHERE person_id = :id AND side = 'about'"
            " AND name_key IN (SELECT value FROM json_each(:keys)) LIMIT 1",
            id=person_id,
            keys=as_list(keys),
        )
    )


def asked(db: Db, numbers: Iterable[int]) -> list[Asked]:
    """How you know each of these people; the archived and yourself are left out."""
    return [
        Asked._make(row)
        for row in db.tuples(
            f"SELECT {_ASKED} FROM json_each(:ids) j"
            " CROSS JOIN pulse u ON u.person_id = j.value WHERE u.archived = 0",
            ids=as_list(numbers),
        )
    ]


def helpful(db: Db, numbers: Iterable[int]) -> dict[int, tuple[int, int]]:
    """How many of your calls each of these people answered, and how often they helped you."""
    return {
        number: (answered, got)
        for number, answered, got in db.tuples(
            "SELECT person_id, (SELECT count(*) FROM helper h WHERE h.person_id = pulse.person_id"
            " AND h.answer IN ('pledged', 'cannot')), got FROM pulse"
            " WHERE person_id IN (SELECT value FROM json_each(:ids))",
            ids=as_list(numbers),
        )
    }


def last_given(db: Db, numbers: Iterable[int]) -> dict[int, str]:
    """What you last gave each of these people."""
    return dict(
        db.tuples(
            "SELECT value, (SELECT text FROM favour WHERE person_id = value AND way = 'gave'"
            " ORDER BY day DESC, id DESC LIMIT 1) AS text FROM json_each(:ids)"
            " WHERE text IS NOT NULL",
            ids=as_list(numbers),
        )
    )


# What was written


def mentions(
    db: Db, starts: Sequence[str], *, but: Iterable[int], crowd: int | None
) -> dict[int, list[int]]:
    """Whose entries have words that begin so, and the numbers of the entries, the last one last.

    Of more than a ``crowd`` only so many, whoever you were in contact with last.
    """
    rows = db.tuples(
        "SELECT rowid FROM entry_search WHERE entry_search MATCH :said"
        f" AND rowid & {_TOPIC_OR_TAG} = 0 ORDER BY rowid",
        said=_match(starts),
    )
    wanted = {row >> 32 for (row,) in rows}.difference(but)
    if crowd is not None and len(wanted) > crowd:
        wanted = set(_latest(db, wanted, crowd))
    found: dict[int, list[int]] = {}
    for (row,) in rows:
        if row >> 32 in wanted:
            found.setdefault(row >> 32, []).append(row & _WHOLE)
    return found


def written(db: Db, numbers: Iterable[int]) -> Iterable[tuple[int, int, str, str]]:
    """All that was written about these people, the newest first: whose, number, text, day."""
    tables = {"conversation": "day", "note": "day", "follow_up": "due_on", "favour": "day"}
    return db.each(
        " UNION ALL ".join(
            f"SELECT person_id, id, text, {day} AS day FROM {table}"
            " WHERE person_id IN (SELECT value FROM json_each(:ids)) AND text IS NOT NULL"
            for table, day in tables.items()
        )
        + " ORDER BY day DESC, id DESC",
        ids=as_list(numbers),
    )


def _latest(db: Db, numbers: set[int], most: int) -> list[int]:
    """So many of a crowd, whoever you were in contact with last."""
    found: list[int] = []
    for (number,) in db.each(
        "SELECT person_id FROM pulse WHERE last_on IS NOT NULL ORDER BY last_on DESC"
    ):
        if number in numbers:
            found.append(number)
            if len(found) >= most:
                break
    return found


def _match(starts: Sequence[str]) -> str:
    """What the index is asked; a single letter is a whole word."""
    return " AND ".join(f'"{one}"*' if len(one) > 1 else f'"{one}"' for one in starts)
