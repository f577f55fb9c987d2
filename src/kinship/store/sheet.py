"""People as columns, for the CSV of everybody: a few statements for some thousand at a time.

A column comes as one text, its cells divided by NUL, which no text has: a row costs more than what
is in it. What is several things a person is read in the order of the index that is named, since
sorting takes longer than reading.
"""

from collections.abc import Generator, Sequence
from itertools import islice

from kinship.store.db import Db, as_list
from kinship.value import Value

_CHUNK = 2000
# The NUL is read from a row: a function would be worked out again for each person and column.
_DIVIDER = "WITH divider (nul) AS MATERIALIZED (SELECT char(0)) "
_BASE = {
    "id": "p.id",
    "name": "p.name",
    **{
        column: f"coalesce(p.{column}, '')"
        for column in ("nick", "org", "role", "city", "birthday", "relation")
    },
    "met_how": "p.known",
    "introduced_by": "coalesce(friend.name, '')",
    "cadence": "coalesce(p.every, circle.name, '')",
    "last_on": "coalesce(last_on, '')",
    "met_on": "coalesce(first_met_on, '')",
    "met_at": "coalesce(event.name, '')",
    "last_text": "coalesce(last_text, '')",
}
# By number, whatever indexes there are; what is joined is found faster than by a question for each.
_PEOPLE = (
    "person p NOT INDEXED LEFT JOIN pulse ON pulse.person_id = p.id"
    " LEFT JOIN person friend ON friend.id = p.introduced_by"
    " LEFT JOIN circle ON circle.id = p.circle_id"
    " LEFT JOIN event ON event.id = first_event_id WHERE p.id {among}"
)
_LISTS = {
    "channels": (
        "coalesce(kind || ':' || handle, kind)",
        "channel INDEXED BY channel_person WHERE person_id {among}",
    ),
    "topics": (
        "name",
        "topic INDEXED BY sqlite_autoindex_topic_1 WHERE person_id {among} AND side = 'about'",
    ),
    "communities": (
        "name",
        "membership INDEXED BY sqlite_autoindex_membership_1"
        " CROSS JOIN community c ON c.id = community_id WHERE person_id {among}",
    ),
    "tags": ("name", "tag INDEXED BY sqlite_autoindex_tag_1 WHERE person_id {among}"),
    "notes": ("text", "note INDEXED BY note_person WHERE person_id {among}"),
}
_NUDGES = (
    ("person_id", "due_on", "kind"),
    "(SELECT person_id, min(due_on) AS due_on, kind FROM waiting WHERE person_id {among}"
    " AND (gone_on IS NULL OR gone_on >= :day) GROUP BY person_id)",
)
_PROMISES = (
    ("person_id", "on_day", "coalesce(text, '')", "aim"),
    "(SELECT person_id, on_day, text, aim FROM follow_up WHERE person_id {among}"
    " AND state = 'open' ORDER BY person_id, on_day DESC, id DESC)",
)

Texts = Sequence[str]
"""Columns, one text each with NUL between the rows; empty texts where there is no row."""


class Block(Value):
    """Some people, as they were read: taking the texts apart is left to whoever uses them.

    ``lists``, ``nudges`` and ``promises`` have a row for each thing, by the number of whose it is.
    """

    base: dict[str, str]
    """All of `_BASE`, NUL between the people; empty where there is nothing."""
    lists: dict[str, Texts]
    """All of `_LISTS`."""
    nudges: Texts
    """The day and the kind of what waits first."""
    promises: Texts
    """The day, text and aim of all that is open, the next of each person last."""


def is_many(db: Db, people: Sequence[int] | None) -> bool:
    """Whether everybody, or these people, are more than one block."""
    many = db.value("SELECT max(id) FROM person") if people is None else len(people)
    return bool(many > _CHUNK)


def blocks(db: Db, people: Sequence[int] | None, day: str) -> Generator[Block]:
    """Everybody, or these people, by number."""
    if people is None:
        low = 1
        sql = "SELECT max(id) FROM (SELECT id FROM person WHERE id >= :low ORDER BY id LIMIT :most)"
        while high := db.value(sql, low=low, most=_CHUNK):
            yield _block(db, "BETWEEN :low AND :high", day, low=low, high=high)
            low = high + 1
        return
    ordered = sorted(people)
    for start in range(0, len(ordered), _CHUNK):
        ids = as_list(ordered[start : start + _CHUNK])
        among = "IN (SELECT value FROM json_each(:ids))"
        if db.value(f"SELECT 1 FROM person WHERE id {among}", ids=ids):
            yield _block(db, among, day, ids=ids)


def _block(db: Db, among: str, day: str, **who: str | int) -> Block:
    """All in one statement: whoever else has work meanwhile is kept from it once."""
    parts = {
        "base": (_BASE.values(), _PEOPLE),
        **{name: (("person_id", thing), source) for name, (thing, source) in _LISTS.items()},
        "nudges": _NUDGES,
        "promises": _PROMISES,
    }
    each = ", ".join(
        "(SELECT {} FROM divider CROSS JOIN {})".format(
            ", ".join(f"group_concat({column}, nul)" for column in columns), source
        )
        for columns, source in parts.values()
    )
    [found] = db.tuples(f"{_DIVIDER} SELECT * FROM {each.format(among=among)}", day=day, **who)
    texts = iter(text or "" for text in found)
    read = {name: [*islice(texts, len(columns))] for name, (columns, _) in parts.items()}
    return Block(
        dict(zip(_BASE, read["base"], strict=True)),
        {name: read[name] for name in _LISTS},
        read["nudges"],
        read["promises"],
    )
