"""What reading files in has to know of who is here, many people at a time."""

from collections.abc import Container, Iterable, Iterator
from itertools import islice
from typing import Any

from kinship.store.db import Db, Value, as_list

_CHUNK = 5_000
_IN = "IN (SELECT value FROM json_each(:some))"
_MAIN = ("name", "org", "role", "known", "introduced_by", "every", "circle_id")
PERSON = (
    *(*_MAIN, "nick", "city", "address", "relation", "cue", "birthday"),
    *("since", "met_online", "added_on"),
)
"""The columns of a person that a file may tell, first those that are always looked at."""


def stamp(db: Db, change: int | None = None) -> tuple[int, int]:
    """What is another as soon as anything in the file is; the ``change`` being made left out."""
    return (
        int(
            db.value(
                "SELECT coalesce(max(id), 0) FROM change WHERE :change IS NULL OR id < :change",
                change=change,
            )
        ),
        int(db.value("SELECT coalesce(max(id), 0) FROM image")),
    )


def count_of_sources(db: Db) -> int:
    return int(db.value("SELECT count(*) FROM source"))


def sources(
    db: Db, format_name: str, keys: Iterable[str]
) -> dict[str, tuple[int, int, str | None]]:
    """Whose record each key of a format is, its number, and what it said."""
    sql = f"SELECT key, person_id, id, said FROM source WHERE format = :format AND key {_IN}"
    return {
        key: (person_id, number, said)
        for key, person_id, number, said in _chunked(db, sql, keys, format=format_name)
    }


def uids(db: Db, keys: Iterable[str]) -> dict[str, int]:
    """Whose number for other files each is, or was before they were merged."""
    return dict(
        _chunked(
            db,
            f"SELECT key, person_id FROM source WHERE format = 'kinship' AND key {_IN}"
            f" UNION ALL SELECT uid, id FROM person WHERE id > 0 AND uid {_IN}",
            keys,
        )
    )


def owners(db: Db, keys: Iterable[str]) -> Iterator[tuple[str, str, int]]:
    """Key, kind and person of each channel with one of these keys."""
    return _chunked(
        db, f"SELECT handle_key, kind, person_id FROM channel WHERE handle_key {_IN}", keys
    )


def called(db: Db, keys: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Everybody with one of these whole names or nicknames."""
    return _chunked(
        db,
        f"SELECT name_key, id FROM person WHERE name_key {_IN} AND id > 0"
        f" UNION ALL SELECT nick_key, id FROM person WHERE nick_key {_IN} AND id > 0",
        keys,
    )


def names(db: Db, numbers: Iterable[int]) -> dict[int, tuple[str, str, str | None]]:
    """Name, the same folded, and nickname of each."""
    sql = f"SELECT id, name, name_key, nick FROM person WHERE id {_IN}"
    return {number: (name, key, nick) for number, name, key, nick in _chunked(db, sql, numbers)}


def people(
    db: Db, numbers: Iterable[int], told: Container[str] = PERSON
) -> dict[int, tuple[Any, ...]]:
    """The columns `PERSON` of each, or only the first, where none of the others is ``told``."""
    columns = PERSON if any(column in told for column in PERSON[len(_MAIN) :]) else _MAIN
    sql = f"SELECT id, {', '.join(columns)} FROM person WHERE id {_IN}"
    return {row[0]: row[1:] for row in _chunked(db, sql, numbers)}


def channels(
    db: Db, numbers: Iterable[int], kinds: Iterable[str]
) -> dict[int, list[tuple[Any, ...]]]:
    """Number, kind, handle, key, label, state, sent_on, connected_on and inferred of each channel
    of these kinds.
    """
    found: dict[int, list[tuple[Any, ...]]] = {}
    sql = (
        "SELECT person_id, id, kind, handle, handle_key, label, state, sent_on, connected_on,"
        f" inferred FROM channel WHERE person_id {_IN}"
        " AND kind IN (SELECT value FROM json_each(:kinds)) ORDER BY person_id, id"
    )
    for row in _chunked(db, sql, numbers, kinds=as_list(kinds)):
        found.setdefault(row[0], []).append(row[1:])
    return found


def belongings(db: Db, table: str, columns: str, numbers: Iterable[int]) -> dict[int, set[Any]]:
    """What each of these people has in a table, each a tuple of these columns."""
    found: dict[int, set[Any]] = {}
    sql = f"SELECT person_id, {columns} FROM {table} WHERE person_id {_IN}"
    for row in _chunked(db, sql, numbers):
        found.setdefault(row[0], set()).add(row[1:])
    return found


def said(db: Db, numbers: Iterable[int]) -> dict[int, set[tuple[str, str]]]:
    """The fields that earlier records of each person said, and what they said there."""
    found: dict[int, set[tuple[str, str]]] = {}
    sql = (
        "SELECT s.person_id, f.key, f.value FROM source s, json_each(s.said) f"
        f" WHERE s.said IS NOT NULL AND s.person_id {_IN}"
    )
    for person_id, field, text in _chunked(db, sql, numbers):
        found.setdefault(person_id, set()).add((field, text))
    return found


def talked(db: Db, numbers: Iterable[int]) -> dict[int, str]:
    """The day of the last conversation with each."""
    sql = f"SELECT person_id, last_on FROM pulse WHERE person_id {_IN} AND last_on IS NOT NULL"
    return dict(_chunked(db, sql, numbers))


def sharing(db: Db) -> bool:
    """Whether any cadence is shared, so that who belongs where moves a clock."""
    return bool(db.value("SELECT EXISTS (SELECT 1 FROM shared_cadence)"))


def awaited(db: Db, numbers: Iterable[int]) -> set[int]:
    """Those of them who wait for an answer."""
    sql = f"SELECT person_id FROM waiting WHERE kind = 'reply' AND person_id {_IN}"
    return {number for (number,) in _chunked(db, sql, numbers)}


def reply_nudges(db: Db, numbers: Iterable[int]) -> dict[int, int]:
    """By person, what was said before about answering them."""
    return dict(
        _chunked(
            db, f"SELECT person_id, id FROM nudge WHERE kind = 'reply' AND person_id {_IN}", numbers
        )
    )


def put_off(db: Db, numbers: Iterable[int]) -> list[int]:
    """The numbers of what was put off for these people, a hello or a reply."""
    sql = (
        f"SELECT id FROM nudge WHERE person_id {_IN} AND kind IN ('keep', 'reply')"
        " AND until IS NOT NULL"
    )
    return [number for (number,) in _chunked(db, sql, numbers)]


def _chunked(
    db: Db, sql: str, keys: Iterable[str] | Iterable[int], **values: Value
) -> Iterator[tuple[Any, ...]]:
    some: Iterator[Any] = iter(sorted(keys))  # neighbours share pages
    while chunk := list(islice(some, _CHUNK)):
        yield from db.tuples(sql, some=as_list(chunk), **values)
