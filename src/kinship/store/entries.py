"""Conversations, notes and follow-ups: numbered entries about one person each."""

from collections.abc import Iterable

from kinship.model.entry import Conversation, FollowUp, Note, Written
from kinship.store.db import Change, Db, Value, as_list

_CONVERSATION = (
    "SELECT c.id, c.person_id, c.day, c.direction, c.met, c.channel, c.event_id,"
    " e.name AS event, c.url, c.text, c.inferred"
    " FROM conversation c LEFT JOIN event e ON e.id = c.event_id "
)
_FOLLOW_UP = (
    "SELECT f.id, f.person_id, f.due_on, f.on_day, f.text, f.aim, f.every, f.made_on, f.state,"
    " f.inferred FROM follow_up f "
)
_NOTE = "SELECT id, person_id, day, text FROM note "

# Conversations


def conversations(db: Db, person_id: int, limit: int = -1) -> list[Conversation]:
    """Newest first; numbers order what happened on one day."""
    return db.all(
        Conversation,
        _CONVERSATION + "WHERE c.person_id = :id ORDER BY c.day DESC, c.id DESC LIMIT :limit",
        id=person_id,
        limit=limit,
    )


def conversation(db: Db, number: int) -> Conversation | None:
    return db.one(Conversation, _CONVERSATION + "WHERE c.id = :id", id=number)


def last_words(
    db: Db, numbers: Iterable[int], *, but: Iterable[int] = ()
) -> dict[int, Conversation]:
    """Of each person the newest exchange that left words.

    A message of yours alone counts only where nothing else did. ``but`` are entries that are on
    the screen already.
    """
    found = db.all(
        Conversation,
        _CONVERSATION + "WHERE c.id IN (SELECT (SELECT id FROM conversation"
        " WHERE person_id = value AND text IS NOT NULL"
        " AND id NOT IN (SELECT value FROM json_each(:but))"
        " ORDER BY direction = 'me', day DESC, id DESC LIMIT 1) FROM json_each(:ids))",
        ids=as_list(numbers),
        but=as_list(but),
    )
    return {talk.person_id: talk for talk in found}


def on_channels(db: Db, numbers: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    """Channel and direction of each conversation that names its channel, newest first."""
    found: dict[int, list[tuple[str, str]]] = {}
    for person_id, channel, direction in db.tuples(
        "SELECT person_id, channel, direction FROM conversation"
        " WHERE person_id IN (SELECT value FROM json_each(:ids)) AND channel IS NOT NULL"
        " ORDER BY day DESC, id DESC",
        ids=as_list(numbers),
    ):
        found.setdefault(person_id, []).append((channel, direction))
    return found


def add_conversation(
    tx: Change,
    person_id: int,
    day: str,
    *,
    direction: str,
    met: bool = False,
    channel: str | None = None,
    event_id: int | None = None,
    url: str | None = None,
    text: str | None = None,
    inferred: Iterable[str] = (),
) -> int:
    number = tx.number()
    tx.run(
        "INSERT INTO conversation"
        " (id, person_id, day, direction, met, channel, event_id, url, text, inferred)"
        " VALUES (:id, :person_id, :day, :direction, :met, :channel, :event_id, :url, :text,"
        " :inferred)",
        id=number,
        person_id=person_id,
        day=day,
        direction=direction,
        met=int(met),
        channel=channel,
        event_id=event_id,
        url=url,
        text=text,
        inferred=",".join(inferred),
    )
    return number


def meetings(db: Db, person_id: int) -> list[Conversation]:
    """Every meeting in person, the first one first."""
    return db.all(
        Conversation,
        _CONVERSATION + "WHERE c.person_id = :id AND c.met = 1 ORDER BY c.day, c.id",
        id=person_id,
    )


# Notes


def notes(db: Db, numbers: Iterable[int]) -> dict[int, list[Note]]:
    """The notes about each person, newest first."""
    found: dict[int, list[Note]] = {}
    for note in db.all(
        Note,
        _NOTE + "WHERE person_id IN (SELECT value FROM json_each(:ids)) ORDER BY id DESC",
        ids=as_list(numbers),
    ):
        found.setdefault(note.person_id, []).append(note)
    return found


def note(db: Db, number: int) -> Note | None:
    return db.one(Note, _NOTE + "WHERE id = :id", id=number)


def add_note(tx: Change, person_id: int, day: str, text: str) -> int:
    number = tx.number()
    tx.run(
        "INSERT INTO note (id, person_id, day, text) VALUES (:id, :person_id, :day, :text)",
        id=number,
        person_id=person_id,
        day=day,
        text=text,
    )
    return number


# Follow-ups


def next_follow_ups(db: Db, numbers: Iterable[int]) -> dict[int, FollowUp]:
    """The open follow-up of each person that comes first."""
    found = db.all(
        FollowUp,
        _FOLLOW_UP + "WHERE f.id IN (SELECT (SELECT id FROM follow_up WHERE person_id = value"
        " AND state = 'open' ORDER BY on_day, id LIMIT 1) FROM json_each(:ids))",
        ids=as_list(numbers),
    )
    return {follow_up.person_id: follow_up for follow_up in found}


def next_nudges(db: Db, numbers: Iterable[int], day: str) -> dict[int, tuple[str, str]]:
    """The day and kind of what waits for each person first, unless it was gone before ``day``."""
    found = db.tuples(
        "SELECT person_id, min(due_on), kind FROM waiting WHERE person_id IN"
        " (SELECT value FROM json_each(:ids)) AND (gone_on IS NULL OR gone_on >= :day)"
        " GROUP BY person_id",
        ids=as_list(numbers),
        day=day,
    )
    return {number: (due_on, kind) for number, due_on, kind in found}


def open_follow_ups(db: Db, person_id: int | None = None) -> list[FollowUp]:
    """Open ones, the next first; of one person, or of everybody."""
    if person_id is None:
        return db.all(
            FollowUp,
            _FOLLOW_UP + "JOIN person p ON p.id = f.person_id WHERE f.state = 'open'"
            " AND p.archived_on IS NULL ORDER BY f.on_day, f.id",
        )
    return db.all(
        FollowUp,
        _FOLLOW_UP + "WHERE f.person_id = :id AND f.state = 'open' ORDER BY f.on_day, f.id",
        id=person_id,
    )


def follow_ups(db: Db, person_id: int) -> list[FollowUp]:
    """All of them, closed ones too, newest first."""
    return db.all(FollowUp, _FOLLOW_UP + "WHERE f.person_id = :id ORDER BY f.id DESC", id=person_id)


def follow_up(db: Db, number: int) -> FollowUp | None:
    return db.one(FollowUp, _FOLLOW_UP + "WHERE f.id = :id", id=number)


def add_follow_up(
    tx: Change,
    person_id: int,
    due_on: str,
    *,
    text: str | None,
    made_on: str,
    aim: str = "promise",
    every: str | None = None,
    inferred: str = "",
) -> int:
    number = tx.number()
    tx.run(
        "INSERT INTO follow_up (id, person_id, due_on, text, aim, every, made_on, inferred)"
        " VALUES (:id, :person_id, :due_on, :text, :aim, :every, :made_on, :inferred)",
        id=number,
        person_id=person_id,
        due_on=due_on,
        text=text,
        aim=aim,
        every=every,
        made_on=made_on,
        inferred=inferred,
    )
    return number


def close_follow_up(tx: Change, number: int, state: str, day: str) -> None:
    tx.run(
        "UPDATE follow_up SET state = :state, closed_on = :day WHERE id = :id",
        id=number,
        state=state,
        day=day,
    )


def move_follow_up(tx: Change, number: int, day: str) -> None:
    tx.run("UPDATE follow_up SET moved_to = :day WHERE id = :id", id=number, day=day)


# Any entry by its number


def by_numbers(db: Db, numbers: Iterable[int]) -> list[Written]:
    """The texts of these entries."""
    return db.all(
        Written,
        "SELECT c.id, c.day, coalesce(e.name, c.channel, CASE c.met WHEN 1 THEN 'in person' ELSE '' END) AS \"where\","
        " c.text FROM conversation c LEFT JOIN event e ON e.id = c.event_id"
        " WHERE c.id IN (SELECT value FROM json_each(:ids))"
        " UNION ALL SELECT id, day, 'note', text FROM note"
        " WHERE id IN (SELECT value FROM json_each(:ids))"
        " UNION ALL SELECT id, on_day, 'follow-up', text FROM follow_up"
        " WHERE id IN (SELECT value FROM json_each(:ids))"
        " UNION ALL SELECT id, day, way, text FROM favour"
        " WHERE id IN (SELECT value FROM json_each(:ids))"
        " UNION ALL SELECT id, pledged_on, 'pledged', text FROM pledge"
        " WHERE id IN (SELECT value FROM json_each(:ids))",
        ids=as_list(numbers),
    )


def update(tx: Change, table: str, number: int, **fields: Value) -> int:
    """Change an entry of one of the tables of `saved.NUMBERED`. How many there were: 0 or 1."""
    changes = ", ".join(f"{f} = :{f}" for f in fields)
    return tx.run(f"UPDATE {table} SET {changes} WHERE id = :id", id=number, **fields)


def remove(tx: Change, table: str, number: int) -> int:
    """Remove an entry, as `update`. How many there were: 0 or 1."""
    return tx.run(f"DELETE FROM {table} WHERE id = :id", id=number)


# Nudges


def settle(tx: Change, person_id: int, kind: str, day: str) -> None:
    """What is waiting for ``kind`` is settled; what is logged later counts anew."""
    tx.run(
        "INSERT INTO nudge (person_id, kind, settled_on, up_to)"
        " VALUES (:id, :kind, :day, (SELECT last FROM number))"
        " ON CONFLICT (person_id, kind) DO UPDATE SET settled_on = excluded.settled_on,"
        " up_to = excluded.up_to",
        id=person_id,
        kind=kind,
        day=day,
    )


def wake(tx: Change, person_id: int, *kinds: str) -> None:
    """What was put off waits no longer.

    Most people have nothing put off, and to ask costs less than to prepare the triggers.
    """
    off = tx.tuples(
        "SELECT kind FROM nudge WHERE person_id = :id AND until IS NOT NULL", id=person_id
    )
    for kind in {kind for (kind,) in off}.intersection(kinds):
        tx.run(
            "UPDATE nudge SET until = NULL WHERE person_id = :id AND kind = :kind",
            id=person_id,
            kind=kind,
        )


def put_off(tx: Change, person_id: int, kind: str, until: str) -> None:
    """Not before ``until``."""
    tx.run(
        "INSERT INTO nudge (person_id, kind, until) VALUES (:id, :kind, :until)"
        " ON CONFLICT (person_id, kind) DO UPDATE SET until = excluded.until",
        id=person_id,
        kind=kind,
        until=until,
    )


def never(tx: Change, person_id: int, kind: str) -> None:
    tx.run(
        "INSERT INTO nudge (person_id, kind, never) VALUES (:id, :kind, 1)"
        " ON CONFLICT (person_id, kind) DO UPDATE SET never = 1",
        id=person_id,
        kind=kind,
    )


def waiting(db: Db, person_id: int, *, day: str | None = None) -> dict[str, str]:
    """The kinds of nudges that wait, each with its day; those that lapsed by ``day`` left out."""
    return dict(
        db.tuples(
            "SELECT kind, due_on FROM waiting WHERE person_id = :id"
            " AND (:day IS NULL OR gone_on IS NULL OR gone_on >= :day)",
            id=person_id,
            day=day,
        )
    )


# What only some people have, asked before a module for it is loaded


def beside(db: Db, person_id: int) -> set[str]:
    """In which of the tables tie, favour, introduction and helper there is something of them.

    Whoever introduced somebody to you did you a favour.
    """
    found = db.tuples(_BESIDE, id=person_id)
    return {name for (name,) in found}


def open_ones(db: Db) -> set[str]:
    """In which of the tables introduction and rally something is open."""
    return {name for (name,) in db.tuples(_OPEN)}


_BESIDE = """
SELECT 'tie' WHERE EXISTS (SELECT 1 FROM tie WHERE person_id = :id)
  OR EXISTS (SELECT 1 FROM tie WHERE other_id = :id)
UNION ALL SELECT 'favour' WHERE EXISTS (SELECT 1 FROM favour WHERE person_id = :id)
  OR EXISTS (SELECT 1 FROM person WHERE introduced_by = :id)
UNION ALL SELECT 'introduction'
  WHERE EXISTS (SELECT 1 FROM introduction WHERE person_id = :id)
    OR EXISTS (SELECT 1 FROM introduction WHERE other_id = :id)
UNION ALL SELECT 'helper' WHERE EXISTS (SELECT 1 FROM helper WHERE person_id = :id)
  OR EXISTS (SELECT 1 FROM pledge WHERE person_id = :id)
  OR EXISTS (SELECT 1 FROM rally WHERE person_id = :id AND closed_on IS NULL)
"""
_OPEN = """
SELECT 'introduction' WHERE EXISTS (SELECT 1 FROM introduction WHERE closed_on IS NULL)
UNION ALL SELECT 'rally' WHERE EXISTS (SELECT 1 FROM rally WHERE closed_on IS NULL)
"""
