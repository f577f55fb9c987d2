"""Rallies: calls for help, whom you asked, and what was pledged."""

from collections.abc import Mapping

from kinship.model.rally import Helper, Pledge, Rally
from kinship.store.db import Change, Db, Value
from kinship.store.ties import YOURS

_RALLY = f"SELECT {', '.join(Rally._fields)} FROM rally "
_HELPER = f"SELECT {', '.join(Helper._fields)} FROM helper "
_PLEDGE = f"SELECT {', '.join(Pledge._fields)} FROM pledge "


def by_number(db: Db, number: int) -> Rally | None:
    return db.one(Rally, _RALLY + "WHERE id = :id", id=number)


def every_rally(db: Db, *, closed: bool = False) -> list[Rally]:
    """The open ones, or all, the newest first."""
    where = "" if closed else "WHERE closed_on IS NULL "
    return db.all(Rally, f"{_RALLY}{where}ORDER BY id DESC")


def open_for(db: Db, person_id: int) -> list[Rally]:
    """The open ones for somebody, the newest first."""
    return db.all(
        Rally,
        _RALLY + "WHERE person_id = :id AND closed_on IS NULL ORDER BY id DESC",
        id=person_id,
    )


def start(tx: Change, **columns: Value) -> int:
    """Write down a call for help, with these columns of the table; its number."""
    return _insert(tx, "rally", columns)


def update(tx: Change, number: int, **columns: Value) -> None:
    """Change columns of a call for help."""
    changes = ", ".join(f"{column} = :{column}" for column in columns)
    tx.run(f"UPDATE rally SET {changes} WHERE id = :id", id=number, **columns)


def helpers(db: Db, rally_id: int) -> list[Helper]:
    """Who was asked or came forward, in the order of their numbers."""
    return db.all(Helper, _HELPER + "WHERE rally_id = :id ORDER BY id", id=rally_id)


def helper(db: Db, number: int) -> Helper | None:
    return db.one(Helper, _HELPER + "WHERE id = :id", id=number)


def put_helper(tx: Change, rally_id: int, person_id: int, **columns: Value) -> int:
    """Somebody of a rally with these columns, new or changed; their number."""
    found = tx.value(
        "SELECT id FROM helper WHERE rally_id = :rally AND person_id = :person",
        rally=rally_id,
        person=person_id,
    )
    if found is not None:
        changes = ", ".join(f"{name} = :{name}" for name in columns)
        tx.run(f"UPDATE helper SET {changes} WHERE id = :id", id=int(found), **columns)
        return int(found)
    own: dict[str, Value] = {"id": tx.number(), "rally_id": rally_id, "person_id": person_id}
    return _insert(tx, "helper", own | columns)


def helpers_of(db: Db, person_id: int) -> list[Helper]:
    """In which rallies somebody was asked or came forward, the latest first."""
    return db.all(Helper, _HELPER + "WHERE person_id = :id ORDER BY rally_id DESC", id=person_id)


def pledges(db: Db, rally_id: int) -> list[Pledge]:
    """What was pledged, in the order of their numbers."""
    return db.all(Pledge, _PLEDGE + "WHERE rally_id = :id ORDER BY id", id=rally_id)


def pledges_of(db: Db, person_id: int) -> list[Pledge]:
    """What somebody pledged, the newest first."""
    return db.all(Pledge, _PLEDGE + "WHERE person_id = :id ORDER BY id DESC", id=person_id)


def pledge(db: Db, number: int) -> Pledge | None:
    return db.one(Pledge, _PLEDGE + "WHERE id = :id", id=number)


def add_pledge(tx: Change, rally_id: int, person_id: int, **columns: Value) -> int:
    """Write down a pledge with these columns of the table; its number."""
    own: dict[str, Value] = {"id": tx.number(), "rally_id": rally_id, "person_id": person_id}
    return _insert(tx, "pledge", own | columns)


def set_pledge(tx: Change, number: int, state: str, day: str | None) -> None:
    """A pledge is open, kept or dropped now; ``day`` is when it was closed."""
    tx.run(
        "UPDATE pledge SET state = :state, closed_on = :day WHERE id = :id",
        id=number,
        state=state,
        day=day,
    )


def move_pledge(tx: Change, number: int, day: str) -> None:
    tx.run("UPDATE pledge SET moved_to = :day WHERE id = :id", id=number, day=day)


def move_helper(tx: Change, number: int, day: str) -> None:
    tx.run("UPDATE helper SET moved_to = :day WHERE id = :id", id=number, day=day)


def yours_lately(db: Db, most: int) -> list[int]:
    """The people you know whom you were in contact with last, at most so many."""
    return [
        number
        for (number,) in db.tuples(
            "SELECT u.person_id FROM pulse u"
            f" WHERE u.last_on IS NOT NULL AND {YOURS} ORDER BY u.last_on DESC LIMIT :most",
            most=most,
        )
    ]


def _insert(tx: Change, table: str, columns: Mapping[str, Value]) -> int:
    """A row with these columns; its number."""
    marks = ", ".join(f":{name}" for name in columns)
    return tx.run(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", **columns)
