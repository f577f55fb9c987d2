"""People as columns, for the CSV of everybody: a few statements for some thousand at a time.

A column comes as one text, its parts divided by NUL, which no text has: a row costs more than what
is in it. What is several things a person is read in the order of the index that is named, since
sorting takes longer than reading.
"""

from collections.abc import Iterable, Iterator, Sequence

from kinship.store.db import Db, as_list
from kinship.value import Value

_CHUNK = 2000
# The NUL is read from a row: a function would be worked out again for each person and column.
_DIVIDED = (
    "WITH divider (nul) AS MATERIALIZED (SELECT char(0)) SELECT {} FROM divider CROSS JOIN {}"
)
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
    "SELECT CAST(person_id AS TEXT), min(due_on), kind FROM waiting WHERE person_id {among}"
    " AND (gone_on IS NULL OR gone_on >= :day) GROUP BY person_id"
)
_PROMISES = (
    "SELECT CAST(person_id AS TEXT), on_day, text, aim FROM follow_up WHERE person_id {among}"
    " AND state = 'open' ORDER BY person_id, on_day DESC, id DESC"
)


class Block(Value):
    """Some people: a column for each thing that everybody has, the rest by number, as text."""

    base: dict[str, str]
    """All of `_BASE`, NUL between the people; empty where there is nothing."""
    lists: dict[str, dict[str, str]]
    """All of `_LISTS`; NUL between the parts."""
    nudges: dict[str, tuple[str, str]]
    promises: dict[str, tuple[str, str | None, str]]


def blocks(db: Db, people: Sequence[int] | None, day: str) -> Iterator[Block]:
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
    def divided(columns: Iterable[str], source: str) -> list[str]:
        each = ", ".join(f"group_concat({column}, nul)" for column in columns)
        [found] = db.tuples(_DIVIDED.format(each, source.format(among=among)), **who)
        return list(found)

    def together(said: str, source: str) -> dict[str, str]:
        numbers, texts = divided(("person_id", said), source)
        held: dict[str, str] = {}
        last = cell = ""
        if numbers is not None:
            for number, text in zip(numbers.split("\0"), texts.split("\0"), strict=True):
                if number == last:
                    cell = f"{cell}\0{text}"
                else:
                    held[last] = cell
                    last, cell = number, text
        held[last] = cell
        return held

    return Block(
        dict(zip(_BASE, divided(_BASE.values(), _PEOPLE), strict=True)),
        {name: together(*of) for name, of in _LISTS.items()},
        {
            number: (due_on, kind)
            for number, due_on, kind in db.tuples(_NUDGES.format(among=among), day=day, **who)
        },
        {
            number: (on_day, text, aim)
            for number, on_day, text, aim in db.tuples(_PROMISES.format(among=among), **who)
        },
    )
