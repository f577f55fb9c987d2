"""What was read in: each import with the change that made it, whom it brought, and maps of columns."""

from collections.abc import Iterable, Sequence

from kinship.store.db import Change, Db, as_list
from kinship.value import Value


class Import(Value):
    """Files that were read in at once; ``change_id`` is the change that did it, if it is still known.

    ``newest`` says that nothing was changed since, so that ``undo`` alone takes it back.
    """

    id: int
    name: str
    format: str
    day: str
    records: int
    added: int
    changed: int
    skipped: int
    change_id: int | None
    newest: bool


_IMPORT = (
    "SELECT id, name, format, day, records, added, changed, skipped, change_id,"
    " change_id = (SELECT max(id) FROM change WHERE kind = 'do' AND undone = 0) AS newest"
    " FROM (SELECT i.*, (SELECT max(g.change_id) FROM image g JOIN change c ON c.id = g.change_id"
    " WHERE g.tbl = 'import' AND g.row_id = i.id AND c.kind = 'do' AND c.undone = 0) AS change_id"
    " FROM import i) "
)


def every_import(db: Db, limit: int | None = None) -> list[Import]:
    """The last one first."""
    return db.all(
        Import, _IMPORT + "ORDER BY id DESC LIMIT :limit", limit=-1 if limit is None else limit
    )


def by_number(db: Db, number: int) -> Import | None:
    return db.one(Import, _IMPORT + "WHERE id = :id", id=number)


def called(db: Db, numbers: Iterable[int]) -> dict[int, str]:
    """What was read in by each of these imports."""
    return dict(
        db.tuples(
            "SELECT id, name FROM import WHERE id IN (SELECT value FROM json_each(:ids))",
            ids=as_list(numbers),
        )
    )


_CAME = "IN (SELECT person_id FROM source WHERE import_id = :id)"


class Brought(Value):
    """What is known of those who came with an import, as far as it asks for something to be done.

    ``talked`` have a conversation, ``kept`` a cadence, ``waiting`` wrote last; ``met`` says whether
    anybody is not only heard of.
    """

    talked: int
    met: bool
    kept: int
    to_connect: int
    waiting: int
    born_soon: int
    talked_since: Sequence[int]
    """With how many there was a conversation since each of the days that were asked about."""


def brought(db: Db, number: int, day: str, since: Sequence[str]) -> Brought:
    """What those who came with it have."""
    counts = "".join(f", count(iif(u.last_on >= :day{at}, 1, NULL))" for at in range(len(since)))
    to_connect, waiting = db.tuples(
        "SELECT count(iif(kind = 'connect' AND gone_on >= :day, 1, NULL)),"
        f" count(iif(kind = 'reply', 1, NULL)) FROM waiting WHERE person_id {_CAME}",
        id=number,
        day=day,
    )[0]
    met = db.value(
        "SELECT EXISTS (SELECT 1 FROM source s JOIN person p ON p.id = s.person_id"
        " WHERE s.import_id = :id AND p.known <> 'heard')",
        id=number,
    )
    talked, kept, *talked_since = db.tuples(
        f"SELECT count(u.last_on), count(u.every){counts} FROM pulse u WHERE u.person_id {_CAME}",
        id=number,
        **{f"day{at}": one for at, one in enumerate(since)},
    )[0]
    born_soon = _born_soon(db, number, day)
    return Brought(talked, bool(met), kept, to_connect, waiting, born_soon, talked_since)


def _born_soon(db: Db, number: int, day: str) -> int:
    """How many who came with it have a birthday in the next 30 days."""
    first = day[5:]
    last = str(db.value("SELECT strftime('%m-%d', :day, '+30 days')", day=day))
    sql = f"SELECT count(*) FROM person WHERE birth_md BETWEEN :first AND :last AND +id {_CAME}"
    spans = [(first, last)] if first <= last else [(first, "12-31"), ("01-01", last)]
    return sum(db.value(sql, id=number, first=one, last=other) for one, other in spans)


def phones(db: Db, number: int) -> list[str]:
    """The telephone numbers of those who came with it."""
    return [
        handle
        for (handle,) in db.tuples(
            "SELECT handle FROM channel WHERE kind = 'phone' AND handle IS NOT NULL"
            f" AND person_id {_CAME}",
            id=number,
        )
    ]


def connected_last(db: Db, number: int, limit: int) -> list[int]:
    """Those who came with it and were connected with most recently."""
    return [
        person_id
        for (person_id,) in db.tuples(
            f"SELECT person_id FROM channel WHERE connected_on IS NOT NULL AND person_id {_CAME}"
            " GROUP BY person_id ORDER BY max(connected_on) DESC, person_id LIMIT :limit",
            id=number,
            limit=limit,
        )
    ]


# What nothing here is for


class Said(Value):
    """What another program said, its length, and the text or only how it begins."""

    format: str
    name: str
    value: str
    size: int


_BEGINNING = 2000


def said_of(db: Db, person_id: int, *, whole: bool = False) -> list[Said]:
    """What other programs said of somebody, those of one program together."""
    return db.all(
        Said,
        "SELECT format, name, substr(value, 1, :most) AS value, length(value) AS size FROM extra"
        " WHERE person_id = :id ORDER BY format, id",
        id=person_id,
        most=2**31 if whole else _BEGINNING,
    )


# Which column is which field, chosen once for a header


def columns(db: Db, header: str) -> str | None:
    """What was chosen for a header, as it was kept."""
    found = db.value("SELECT columns FROM column_map WHERE header = :header", header=header)
    return None if found is None else str(found)


def keep_columns(tx: Change, header: str, chosen: str) -> None:
    tx.run(
        "INSERT INTO column_map (header, columns) VALUES (:header, :columns)"
        " ON CONFLICT (header) DO UPDATE SET columns = excluded.columns",
        header=header,
        columns=chosen,
    )


def forget_columns(tx: Change, header: str) -> int:
    return tx.run("DELETE FROM column_map WHERE header = :header", header=header)
