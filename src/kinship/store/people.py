"""People and what belongs to each of them alone: channels, topics, tags, ties."""

from collections.abc import Iterable

from kinship.model import names
from kinship.model.person import Channel, Person, Pulse, Unconnected, Weight
from kinship.store.db import Change, Db, Value, as_list, removed_meanwhile

PERSON = (
    "SELECT p.id, p.name, p.name_key, p.nick, p.org, p.role, p.city, p.address, p.relation,"
    " p.cue, p.birthday, p.known, p.since, p.met_online, p.introduced_by, p.prefer, p.every,"
    " p.circle_id, p.kept_on, p.archived_on, p.added_on FROM person p "
)
MANY = 50
"""As many people are read where more would not be shown."""
_MANY = 50
_COLUMN = "SELECT id, {} FROM person WHERE id IN (SELECT value FROM json_each(:ids))"
_FIRST = (
    "SELECT person_id, min(due_on) AS due_on FROM (SELECT person_id, due_on FROM waiting"
    " WHERE gone_on IS NULL OR gone_on >= :day"
    " UNION ALL SELECT person_id, on_day FROM follow_up WHERE state = 'open')"
)

# Finding


def by_id(db: Db, number: int) -> Person | None:
    return db.one(Person, PERSON + "WHERE p.id = :id", id=number)


def by_ids(db: Db, numbers: Iterable[int]) -> dict[int, Person]:
    return {
        p.id: p
        for p in db.all(
            Person,
            PERSON + "WHERE p.id IN (SELECT value FROM json_each(:ids))",
            ids=as_list(numbers),
        )
    }


def archived(db: Db) -> set[int]:
    """The numbers of everybody who is archived."""
    # One text takes half as long to read as thousands of rows.
    found = db.value("SELECT group_concat(id) FROM person WHERE archived_on IS NOT NULL")
    return set(map(int, found.split(","))) if found else set()


def by_key(db: Db, key: str) -> list[Person]:
    """Everyone whose whole name or nickname it is."""
    return db.all(
        Person,
        PERSON + "WHERE p.id IN (SELECT id FROM person WHERE name_key = :key AND id > 0"
        " UNION SELECT id FROM person WHERE nick_key = :key AND id > 0) ORDER BY p.id",
        key=key,
    )


def by_handle(db: Db, key: str, kind: str | None = None) -> list[Person]:
    """Whoever is reached there; on any channel unless ``kind`` says which."""
    return db.all(
        Person,
        PERSON + "WHERE p.id IN (SELECT person_id FROM channel WHERE handle_key = :key"
        " AND (:kind IS NULL OR kind = :kind)) ORDER BY p.id",
        key=key,
        kind=kind,
    )


def by_line(db: Db, number: str) -> list[Person]:
    """Whoever is reached by this phone number, or by an extension of it, on any channel."""
    return db.all(
        Person,
        PERSON + "WHERE p.id IN (SELECT person_id FROM channel WHERE handle_key = :number"
        " UNION ALL SELECT person_id FROM channel"
        " WHERE handle_key > :number || 'x' AND handle_key < :number || 'y') ORDER BY p.id",
        number=number,
    )


def numbers(db: Db, kinds: Iterable[str]) -> list[tuple[int, int, str, str, str]]:
    """Id, person, kind, handle and key of every channel of these kinds that has a handle."""
    return db.tuples(
        "SELECT id, person_id, kind, handle, handle_key FROM channel"
        " WHERE kind IN (SELECT value FROM json_each(:kinds)) AND handle IS NOT NULL ORDER BY id",
        kinds=as_list(kinds),
    )


def by_words(db: Db, words: list[str], *, begin: bool = False) -> list[tuple[int, str]]:
    """Number and folded names of everyone with all these words, or words that begin so.

    The search index does not know the order of words, nor where one ends: look again.
    """
    return db.tuples(
        "SELECT p.id, p.name_key || ' ' || coalesce(p.nick_key, '') FROM person p WHERE p.id IN"
        " (SELECT rowid FROM person_search WHERE person_search MATCH :match) AND p.id > 0"
        " ORDER BY p.name_key, p.id",
        match=f"{{name_key nick}} : ({as_match(words, begin=begin)})",
    )


def holders(db: Db, handles: Iterable[str]) -> dict[str, tuple[int, int]]:
    """The first and the last person with each handle; the same one where it is only theirs."""
    sql = (
        "SELECT handle_key, min(person_id), max(person_id) FROM channel"
        " WHERE handle_key IN (SELECT value FROM json_each(:keys)) GROUP BY handle_key"
    )
    return {key: (low, high) for key, low, high in db.tuples(sql, keys=as_list(handles))}


def owners(db: Db, handles: Iterable[str]) -> list[tuple[str, str, int]]:
    """Key, kind and person of each channel with one of these handles."""
    return db.tuples(
        "SELECT handle_key, kind, person_id FROM channel"
        " WHERE handle_key IN (SELECT value FROM json_each(:keys))",
        keys=as_list(handles),
    )


def bearers(db: Db, keys: Iterable[str]) -> dict[str, tuple[int, int]]:
    """The first and the last person with each whole name or nickname."""
    sql = (
        "SELECT key, min(id), max(id) FROM"
        " (SELECT name_key AS key, id FROM person"
        " WHERE name_key IN (SELECT value FROM json_each(:keys)) AND id > 0"
        " UNION ALL SELECT nick_key, id FROM person"
        " WHERE nick_key IN (SELECT value FROM json_each(:keys)) AND id > 0) GROUP BY key"
    )
    return {key: (low, high) for key, low, high in db.tuples(sql, keys=as_list(keys))}


def numbers_by_words(db: Db, words: list[str], limit: int) -> list[int]:
    """As `by_words`."""
    sql = (
        "SELECT rowid FROM person_search WHERE person_search MATCH :match AND rowid > 0"
        " LIMIT :limit"
    )
    match = f"{{name_key nick}} : ({as_match(words, begin=False)})"
    return [number for (number,) in db.tuples(sql, match=match, limit=limit)]


def begins_often(db: Db, word: str, often: int) -> bool:
    """Whether at least so many names have a word that begins so."""
    sql = (
        "SELECT 1 FROM person_search WHERE person_search MATCH :match AND rowid > 0"
        " LIMIT 1 OFFSET :often - 1"
    )
    match = f"{{name_key nick}} : ({as_match([word], begin=True)})"
    return db.value(sql, match=match, often=often) is not None


def containing(db: Db, part: str) -> list[Person]:
    return db.all(
        Person,
        PERSON + "WHERE instr(p.name_key, :part) AND p.id > 0 ORDER BY p.name_key, p.id"
        f" LIMIT {MANY}",
        part=part,
    )


def words_like(db: Db, shortest: int, longest: int) -> list[str]:
    """Every word of a name between these lengths."""
    return [
        row[0]
        for row in db.tuples(
            "SELECT DISTINCT term FROM person_word WHERE col IN ('name_key', 'nick')"
            " AND length(term) BETWEEN :shortest AND :longest",
            shortest=shortest,
            longest=longest,
        )
    ]


def sharing_a_word(db: Db, key: str, slips: int) -> list[tuple[int, str]]:
    """Number and folded name of whoever shares a word of a name and may be ``key`` mistyped.

    A given name has thousands of bearers, so of those who share the first word only the ones
    whose next word begins with the same letter are read. A slip changes the length by one, and
    at most one word may be missing.
    """
    first, _, rest = key.partition(" ")
    found = " OR ".join(f'"{part}"' for word in rest.split() for part in names.tokens(word)) or '""'
    likely = (
        "id > 0 AND CASE length(name_key) - length(replace(name_key, ' ', '')) - :spaces"
        " WHEN -1 THEN length(name_key) < :length + :slips"
        " WHEN 0 THEN abs(length(name_key) - :length) <= :slips"
        " WHEN 1 THEN length(name_key) > :length - :slips END"
    )
    return db.tuples(
        "SELECT id, name_key FROM person"
        f" WHERE name_key >= :start AND name_key < :start || char(0x10ffff) AND {likely}"
        " UNION SELECT id, name_key FROM person WHERE id IN"
        f" (SELECT rowid FROM person_search WHERE person_search MATCH :match) AND {likely}",
        start=f"{first} {rest[:1]}",
        match=f"name_key : ({found})",
        spaces=key.count(" "),
        length=len(key),
        slips=slips,
    )


def found(
    db: Db, *, sort: str, reverse: bool = False, limit: int | None = None, day: str = ""
) -> list[Person]:
    """Everyone but the archived; ``sort`` as in `search.ordered`, nudges gone before ``day`` left
    out."""
    down = " DESC" if reverse else ""
    order = {
        "name": f"p.name_key{down}, p.id",
        "met": f"u.first_met_on IS NULL, u.first_met_on{down}, p.name_key, p.id",
        "due": f"w.due_on IS NULL, w.due_on{down}, p.name_key, p.id",
    }[sort]
    joins = {
        "name": "",
        "met": "LEFT JOIN pulse u ON u.person_id = p.id ",
        "due": f"LEFT JOIN ({_FIRST} GROUP BY person_id) w ON w.person_id = p.id ",
    }[sort]
    values: dict[str, Value] = {"limit": -1 if limit is None else limit}
    if sort == "due":
        values["day"] = day
    return db.all(
        Person,
        f"{PERSON}{joins}WHERE p.id > 0 AND p.archived_on IS NULL ORDER BY {order} LIMIT :limit",
        **values,
    )


def begun(db: Db, words: list[str]) -> list[Person]:
    """Everyone with all these words in name, nickname, organisation or cue; not the archived."""
    return db.all(
        Person,
        f"{PERSON}WHERE p.id > 0 AND p.archived_on IS NULL AND p.id IN"
        " (SELECT rowid FROM person_search WHERE person_search MATCH :match)"
        " ORDER BY p.name_key, p.id",
        match=as_match(words, begin=True),
    )


def every_number(db: Db) -> list[int]:
    """Everyone by name, the archived last."""
    sql = "SELECT id FROM person WHERE id > 0 ORDER BY archived_on IS NOT NULL, name_key, id"
    return [number for (number,) in db.each(sql)]


def count_all(db: Db) -> int:
    """How many people there are, the archived too."""
    return int(db.value("SELECT count(*) - 1 FROM person"))


def lapsed(db: Db, before: str) -> Person | None:
    """Whoever went quiet most recently before that day, and has no cadence."""
    return db.one(
        Person,
        PERSON + "JOIN pulse u ON u.person_id = p.id WHERE u.last_on < :before"
        " AND u.every IS NULL AND p.archived_on IS NULL ORDER BY u.last_on DESC, p.id LIMIT 1",
        before=before,
    )


def count(db: Db) -> int:
    """How many people there are, the archived left out."""
    sql = (
        "SELECT (SELECT count(*) - 1 FROM person)"
        " - (SELECT count(*) FROM person WHERE archived_on IS NOT NULL)"
    )
    return int(db.value(sql))


def any_here(db: Db) -> bool:
    """Whether there is anybody, the archived left out."""
    return bool(db.value("SELECT 1 FROM person WHERE id > 0 AND archived_on IS NULL LIMIT 1"))


def kept(db: Db) -> int:
    """How many people have a cadence."""
    return int(db.value("SELECT count(*) FROM waiting WHERE gone_on IS NULL AND kind = 'keep'"))


def as_match(words: list[str], *, begin: bool) -> str:
    """A full-text query for all of the words, taken literally.

    The index knows letters and digits only, and no phrases: a word with a mark in it is several.
    """
    parts = [part for word in words for part in names.tokens(word)]
    return " AND ".join(f'"{part}"' + ("*" if begin else "") for part in parts) or '""'


# Reading about one or several


def name_keys(db: Db, numbers: Iterable[int]) -> dict[int, str]:
    """The folded name of each of these people."""
    return dict(db.tuples(_COLUMN.format("name_key"), ids=as_list(numbers)))


def cities(db: Db, numbers: Iterable[int]) -> dict[int, str | None]:
    """Where each of these people lives, if it is known."""
    return dict(db.tuples(_COLUMN.format("city"), ids=as_list(numbers)))


def pulses(db: Db, numbers: Iterable[int]) -> dict[int, Pulse]:
    return {
        u.person_id: u
        for u in db.all(
            Pulse,
            "SELECT u.person_id, u.last_on, u.first_met_on,"
            " e.name AS first_event, u.every, c.name AS circle, w.due_on AS next_on, u.kept_on,"
            " coalesce('community ' || g.name, 'event ' || x.name, 'tag ' || coalesce("
            " (SELECT name FROM tag WHERE name_key = s.tag_key LIMIT 1), s.tag_key)) AS shared"
            " FROM pulse u JOIN person p ON p.id = u.person_id"
            " LEFT JOIN event e ON e.id = u.first_event_id"
            " LEFT JOIN shared_cadence s ON s.id = u.shared_id"
            " LEFT JOIN community g ON g.id = s.community_id"
            " LEFT JOIN event x ON x.id = s.event_id"
            " LEFT JOIN circle c ON p.every IS NULL"
            " AND c.id = iif(s.id IS NULL, p.circle_id, s.circle_id)"
            " LEFT JOIN waiting w ON w.person_id = u.person_id AND w.kind = 'keep'"
            " WHERE u.person_id IN (SELECT value FROM json_each(:ids))",
            ids=as_list(numbers),
        )
    }


def channels(db: Db, numbers: Iterable[int]) -> dict[int, list[Channel]]:
    found: dict[int, list[Channel]] = {}
    for channel in db.all(
        Channel,
        "SELECT id, person_id, kind, handle, handle_key, state, sent_on, inferred, label,"
        " connected_on FROM channel"
        " WHERE person_id IN (SELECT value FROM json_each(:ids)) ORDER BY id",
        ids=as_list(numbers),
    ):
        found.setdefault(channel.person_id, []).append(channel)
    return found


def topics(db: Db, numbers: Iterable[int], side: str = "about") -> dict[int, list[str]]:
    return _lists(
        db,
        "SELECT person_id, name FROM topic WHERE side = :side AND person_id IN"
        " (SELECT value FROM json_each(:ids)) ORDER BY id",
        numbers,
        side=side,
    )


def tags(db: Db, numbers: Iterable[int]) -> dict[int, list[str]]:
    return _lists(
        db,
        "SELECT person_id, name FROM tag WHERE person_id IN"
        " (SELECT value FROM json_each(:ids)) ORDER BY id",
        numbers,
    )


def anniversaries(db: Db, person_id: int) -> list[tuple[str, str]]:
    return db.tuples(
        "SELECT name, day FROM anniversary WHERE person_id = :id ORDER BY id", id=person_id
    )


def ties(db: Db, person_id: int) -> list[str]:
    """The names of those they know, in the order it was noted."""
    return [
        row[0]
        for row in db.tuples(
            "SELECT p.name FROM tie t JOIN person p"
            " ON p.id = CASE t.person_id WHEN :id THEN t.other_id ELSE t.person_id END"
            " WHERE t.person_id = :id OR t.other_id = :id ORDER BY t.id",
            id=person_id,
        )
    ]


def tied(db: Db, numbers: Iterable[int]) -> dict[int, list[str]]:
    """The names of those each person knows."""
    return _lists(
        db,
        "SELECT t.one, p.name FROM (SELECT person_id AS one, other_id AS other, id FROM tie"
        " WHERE person_id IN (SELECT value FROM json_each(:ids))"
        " UNION ALL SELECT other_id, person_id, id FROM tie"
        " WHERE other_id IN (SELECT value FROM json_each(:ids))) t"
        " JOIN person p ON p.id = t.other ORDER BY t.id",
        numbers,
    )


def unconnected(
    db: Db, *, from_on: str | None = None, event_id: int | None = None
) -> list[Unconnected]:
    """Whom to connect with, the last met first; those whose nudge lapsed before ``from_on`` not.

    A follow-up to connect stands for the nudge; one for two days after you met is no other day.
    """
    return db.all(
        Unconnected,
        "SELECT w.person_id, p.name, c.day, e.name AS event, c.text, h.kind, h.handle, w.due_on"
        " FROM (SELECT person_id, due_on, entry_id FROM waiting"
        " WHERE kind = 'connect' AND gone_on >= coalesce(:from_on, '')"
        " UNION ALL SELECT f.person_id, CASE WHEN f.moved_to IS NULL AND f.on_day <="
        " date(max(m.day, f.made_on), '+2 days') THEN min(f.on_day, date(m.day, '+1 day')) ELSE f.on_day END, m.id"
        " FROM follow_up f JOIN conversation m ON m.id = (SELECT id FROM conversation"
        " WHERE person_id = f.person_id AND met = 1 ORDER BY day DESC, id DESC LIMIT 1)"
        " WHERE f.state = 'open' AND f.aim = 'connect' AND f.id = (SELECT id FROM follow_up"
        " WHERE person_id = f.person_id AND state = 'open' AND aim = 'connect'"
        " ORDER BY on_day, id LIMIT 1)) w"
        " JOIN person p ON p.id = w.person_id AND p.archived_on IS NULL"
        " JOIN conversation c ON c.id = w.entry_id LEFT JOIN event e ON e.id = c.event_id"
        " LEFT JOIN channel h ON h.id = (SELECT id FROM channel WHERE person_id = p.id"
        " ORDER BY state IS NULL, id LIMIT 1)"
        " WHERE (:event IS NULL OR c.event_id = :event) ORDER BY c.day DESC, p.name_key",
        from_on=from_on,
        event=event_id,
    )


def weight(db: Db, person_id: int) -> Weight:
    """How much hangs on somebody; of their follow-ups the open ones."""
    return db.all(
        Weight,
        "SELECT (SELECT count(*) FROM conversation WHERE person_id = :id) AS conversations,"
        " (SELECT count(*) FROM note WHERE person_id = :id) AS notes,"
        " (SELECT count(*) FROM follow_up WHERE person_id = :id AND state = 'open') AS follow_ups,"
        " (SELECT count(*) FROM favour WHERE person_id = :id) AS favours,"
        " (SELECT count(*) FROM introduction WHERE person_id = :id)"
        " + (SELECT count(*) FROM introduction WHERE other_id = :id) AS introductions,"
        " (SELECT count(*) FROM pledge WHERE person_id = :id) AS pledges,"
        " (SELECT count(*) FROM tie WHERE person_id = :id)"
        " + (SELECT count(*) FROM tie WHERE other_id = :id) AS knows",
        id=person_id,
    )[0]


def last_touched(db: Db) -> int | None:
    """The person the newest change in effect was about."""
    found = db.value(
        "SELECT person_id FROM change WHERE kind = 'do' AND undone = 0 AND person_id > 0"
        " ORDER BY id DESC LIMIT 1"
    )
    return None if found is None else int(found)


def _lists(db: Db, sql: str, numbers: Iterable[int], **values: Value) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for person_id, name in db.tuples(sql, ids=as_list(numbers), **values):
        found.setdefault(person_id, []).append(name)
    return found


# Writing


def add(tx: Change, **fields: Value) -> int:
    """Insert a person; the fields are columns."""
    return tx.run(
        f"INSERT INTO person ({', '.join(fields)}) VALUES ({', '.join(':' + f for f in fields)})",
        **fields,
    )


def update(tx: Change, person_id: int, **fields: Value) -> None:
    changes = ", ".join(f"{f} = :{f}" for f in fields)
    tx.run(f"UPDATE person SET {changes} WHERE id = :id", id=person_id, **fields)


def remove(tx: Change, person_id: int) -> None:
    """Remove a person and, by cascade, all that hangs on them. Raises Refused if they are gone."""
    if not tx.run("DELETE FROM person WHERE id = :id", id=person_id):
        raise removed_meanwhile()


def add_channel(
    tx: Change,
    person_id: int,
    kind: str,
    handle: str | None,
    handle_key: str | None,
    *,
    state: str | None,
    sent_on: str | None = None,
    connected_on: str | None = None,
    inferred: str = "",
) -> int:
    return tx.run(
        "INSERT INTO channel (person_id, kind, handle, handle_key, state, sent_on, connected_on,"
        " inferred) VALUES (:person_id, :kind, :handle, :handle_key, :state, :sent_on,"
        " :connected_on, :inferred)",
        person_id=person_id,
        kind=kind,
        handle=handle,
        handle_key=handle_key,
        state=state,
        sent_on=sent_on,
        connected_on=connected_on,
        inferred=inferred,
    )


def set_channel(
    tx: Change,
    channel_id: int,
    *,
    state: str | None,
    sent_on: str | None = None,
    connected_on: str | None = None,
    inferred: str = "",
) -> None:
    """Say where a channel stands, and since when where nothing says it yet."""
    tx.run(
        "UPDATE channel SET state = :state, sent_on = :sent_on,"
        " connected_on = coalesce(connected_on, :connected_on), inferred = :inferred"
        " WHERE id = :id",
        id=channel_id,
        state=state,
        sent_on=sent_on,
        connected_on=connected_on,
        inferred=inferred,
    )


def set_handle(tx: Change, channel_id: int, handle: str, handle_key: str) -> None:
    tx.run(
        "UPDATE channel SET handle = :handle, handle_key = :key WHERE id = :id",
        id=channel_id,
        handle=handle,
        key=handle_key,
    )


def remove_channel(tx: Change, channel_id: int) -> None:
    tx.run("DELETE FROM channel WHERE id = :id", id=channel_id)


def add_topic(tx: Change, person_id: int, side: str, name: str, key: str) -> None:
    tx.run(
        "INSERT INTO topic (person_id, side, name, name_key)"
        " VALUES (:id, :side, :name, :key) ON CONFLICT DO NOTHING",
        id=person_id,
        side=side,
        name=name,
        key=key,
    )


def remove_topic(tx: Change, person_id: int, side: str, key: str) -> int:
    return tx.run(
        "DELETE FROM topic WHERE person_id = :id AND side = :side AND name_key = :key",
        id=person_id,
        side=side,
        key=key,
    )


def add_tag(tx: Change, person_id: int, name: str, key: str) -> None:
    tx.run(
        "INSERT INTO tag (person_id, name, name_key) VALUES (:id, :name, :key)"
        " ON CONFLICT DO NOTHING",
        id=person_id,
        name=name,
        key=key,
    )


def remove_tag(tx: Change, person_id: int, key: str) -> int:
    return tx.run(
        "DELETE FROM tag WHERE person_id = :id AND name_key = :key", id=person_id, key=key
    )


def set_anniversary(tx: Change, person_id: int, name: str, key: str, day: str) -> None:
    tx.run(
        "INSERT INTO anniversary (person_id, name, name_key, day) VALUES (:id, :name, :key, :day)"
        " ON CONFLICT DO UPDATE SET day = excluded.day",
        id=person_id,
        name=name,
        key=key,
        day=day,
    )
