"""What likely doubles are found by: everybody's name, place and handles; and who is not the same."""

from collections.abc import Iterable

from kinship.model import channel
from kinship.store.db import Change, Db, as_list

_TAIL = 8
"""Where one number says its country and the other does not, so many last digits are compared."""


def everyone(db: Db) -> list[tuple[int, str, str | None, str | None, str | None, str | None]]:
    """Number, folded name, organisation, city, birthday, and archived since when."""
    return db.tuples(
        "SELECT id, name_key, org, city, birthday, archived_on FROM person WHERE id > 0 ORDER BY id"
    )


def shared(db: Db) -> list[tuple[str, str, str]]:
    """Kind, key and comma-separated people of each handle that several have; numbers are one kind."""
    kind = f"iif(kind IN ({_listed(channel.PHONES)}), 'phone', kind)"
    return db.tuples(
        f"SELECT {kind} AS family, handle_key, group_concat(DISTINCT person_id)"
        " FROM channel WHERE handle_key IN (SELECT handle_key FROM channel"
        " WHERE handle_key IS NOT NULL GROUP BY handle_key HAVING count(*) > 1)"
        " GROUP BY handle_key, family HAVING count(DISTINCT person_id) > 1"
    )


def numbers_alike(db: Db) -> list[tuple[str, str]]:
    """Keys and people, each comma-separated, of phone numbers that end alike."""
    return db.tuples(
        "SELECT group_concat(DISTINCT handle_key), group_concat(DISTINCT person_id)"
        f" FROM channel WHERE kind IN ({_listed(channel.PHONES)})"
        f" AND length(handle_key) >= {_TAIL} AND handle_key NOT GLOB '*[^0-9]*'"
        f" GROUP BY substr(handle_key, -{_TAIL})"
        " HAVING count(DISTINCT handle_key) > 1 AND count(DISTINCT person_id) > 1"
    )


def handles(db: Db, numbers: Iterable[int]) -> list[tuple[int, str, str]]:
    """Person, kind and key of whatever these people are found by."""
    return db.tuples(
        "SELECT person_id, kind, handle_key FROM channel"
        " WHERE person_id IN (SELECT value FROM json_each(:ids)) AND handle_key IS NOT NULL",
        ids=as_list(numbers),
    )


def not_same(db: Db) -> set[tuple[int, int]]:
    """Those who look like one and are not, the lower number first."""
    return {
        (min(pair), max(pair)) for pair in db.tuples("SELECT person_id, other_id FROM not_same")
    }


def part(tx: Change, one: int, other: int) -> None:
    """These are two people."""
    tx.run(
        "INSERT INTO not_same (person_id, other_id) VALUES (:low, :high) ON CONFLICT DO NOTHING",
        low=min(one, other),
        high=max(one, other),
    )


def weights(db: Db, numbers: Iterable[int]) -> dict[int, int]:
    """How much is written down about each."""
    return dict(
        db.tuples(
            "SELECT value, (SELECT count(*) FROM conversation WHERE person_id = value)"
            " + (SELECT count(*) FROM note WHERE person_id = value)"
            " + (SELECT count(*) FROM follow_up WHERE person_id = value)"
            " + (SELECT count(*) FROM channel WHERE person_id = value) FROM json_each(:ids)",
            ids=as_list(numbers),
        )
    )


def _listed(kinds: Iterable[str]) -> str:
    return ", ".join(f"'{kind}'" for kind in kinds)
