"""What two people who are one both have: put together before everything moves."""

from kinship.model.person import Channel
from kinship.model.rally import Helper
from kinship.store.db import Change, Db, Value


def uid(db: Db, person_id: int) -> str:
    """What tells somebody from all others in other files, too."""
    return str(db.value("SELECT uid FROM person WHERE id = :id", id=person_id))


def anniversaries(db: Db, person_id: int) -> list[tuple[int, str, str, str]]:
    """Id, name, key and day of each."""
    return db.tuples(
        "SELECT id, name, name_key, day FROM anniversary WHERE person_id = :id ORDER BY id",
        id=person_id,
    )


def rename_anniversary(tx: Change, number: int, name: str, key: str) -> None:
    sql = "UPDATE anniversary SET name = :name, name_key = :key WHERE id = :id"
    tx.run(sql, id=number, name=name, key=key)


def set_day(tx: Change, number: int, day: str) -> None:
    tx.run("UPDATE anniversary SET day = :day WHERE id = :id", id=number, day=day)


def put_channel(tx: Change, better: Channel) -> None:
    """Write down where a channel stands that two had."""
    tx.run(
        "UPDATE channel SET state = :state, sent_on = :sent_on, connected_on = :connected_on,"
        " label = :label, inferred = :inferred WHERE id = :id",
        id=better.id,
        state=better.state,
        sent_on=better.sent_on,
        connected_on=better.connected_on,
        label=better.label,
        inferred=better.inferred,
    )


def nudges(db: Db, person_id: int) -> dict[str, dict[str, Value]]:
    """What was said about each kind of nudge, and since which entry it waits."""
    rows = db.tuples(
        "SELECT n.kind, n.until, n.settled_on, n.up_to, n.never, w.entry_id FROM nudge n"
        " LEFT JOIN waiting w ON w.person_id = n.person_id AND w.kind = n.kind"
        " WHERE n.person_id = :id"
        " UNION ALL SELECT w.kind, NULL, NULL, 0, 0, w.entry_id FROM waiting w"
        " WHERE w.person_id = :id AND NOT EXISTS (SELECT 1 FROM nudge n"
        " WHERE n.person_id = :id AND n.kind = w.kind)",
        id=person_id,
    )
    names = ("until", "settled_on", "up_to", "never", "waits")
    return {kind: dict(zip(names, rest, strict=True)) for kind, *rest in rows}


def put_nudge(tx: Change, person_id: int, kind: str, **said: Value) -> None:
    tx.run(
        "INSERT INTO nudge (person_id, kind, until, settled_on, up_to, never)"
        " VALUES (:id, :kind, :until, :settled_on, :up_to, :never)"
        " ON CONFLICT DO UPDATE SET until = excluded.until, settled_on = excluded.settled_on,"
        " up_to = excluded.up_to, never = excluded.never",
        id=person_id,
        kind=kind,
        **said,
    )


def put_tie(tx: Change, number: int, **columns: Value) -> None:
    """Write down what two said of one tie."""
    _put(tx, "tie", number, columns)


def put_introduction(tx: Change, number: int, **columns: Value) -> None:
    """Write down what two said of one introduction."""
    _put(tx, "introduction", number, columns)


def remove_introduction(tx: Change, number: int) -> None:
    tx.run("DELETE FROM introduction WHERE id = :id", id=number)


def _put(tx: Change, table: str, number: int, columns: dict[str, Value]) -> None:
    changes = ", ".join(f"{name} = :{name}" for name in columns)
    tx.run(f"UPDATE {table} SET {changes} WHERE id = :id", id=number, **columns)


def helpers(db: Db, person_id: int) -> list[Helper]:
    """Where somebody was asked, or came forward."""
    columns = ", ".join(Helper._fields)
    sql = f"SELECT {columns} FROM helper WHERE person_id = :id ORDER BY id"
    return db.all(Helper, sql, id=person_id)


def remove_helper(tx: Change, number: int) -> None:
    tx.run("DELETE FROM helper WHERE id = :id", id=number)


def add_source(tx: Change, person_id: int, key: str) -> None:
    """Somebody who comes with this uid is this person."""
    tx.run(
        "INSERT INTO source (person_id, format, key) VALUES (:id, 'kinship', :key)"
        " ON CONFLICT DO UPDATE SET person_id = excluded.person_id",
        id=person_id,
        key=key,
    )


def add_extra(tx: Change, person_id: int, name: str, value: str) -> None:
    """Keep what there is no other place for."""
    tx.run(
        "INSERT INTO extra (person_id, format, name, value) VALUES (:id, 'kinship', :name, :value)",
        id=person_id,
        name=name,
        value=value,
    )
