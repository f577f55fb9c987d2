"""What each line of kinship's JSON Lines holds (docs/jsonl.md): a table is lines of its own, or a
list on the line of a person."""

from typing import Final

VERSION: Final = 1
"""Of the lines; a file that says more was written by a newer kinship."""

BEFORE_PEOPLE: Final = (
    "setting",
    "circle",
    "community",
    "event",
    "stay",
    "shared_cadence",
    "import",
    "column_map",
)
"""Tables whose lines come before the people, who refer to them."""
PAIRS: Final = ("tie", "not_same")
"""Tables that are about two people, each pair of them once."""
ABOUT_TWO: Final = (*PAIRS, "introduction")
AFTER_PEOPLE: Final = (*ABOUT_TWO, "rally", "helper", "pledge")
"""Tables whose lines come after the people they refer to."""
ME: Final = "me"
"""The line about yourself: a person in all but its type."""

NESTED: Final = {
    "channel": "channels",
    "topic": "topics",
    "tag": "tags",
    "membership": "memberships",
    "attendance": "attendance",
    "conversation": "conversations",
    "note": "notes",
    "follow_up": "follow_ups",
    "favour": "favours",
    "nudge": "nudges",
    "anniversary": "anniversaries",
    "source": "sources",
    "extra": "extras",
}
"""Tables of what is somebody's, and what they are called on the line of that person."""

NUMBERED: Final = (
    *("conversation", "note", "follow_up", "introduction", "favour", "helper", "pledge"),
)
"""They share one run of numbers."""

FLAGS: Final = frozenset(("met", "online", "left", "never"))
"""Columns that say yes or no."""

REFERENCES: Final = {
    "circle_id": "circle",
    "community_id": "community",
    "event_id": "event",
    "import_id": "import",
    "rally_id": "rally",
}
"""Columns with the number of another line; those of `PEOPLE` have that of a person."""
PEOPLE: Final = frozenset(("person_id", "other_id", "introduced_by"))

FOLDED: Final = {"name_key": "name", "nick_key": "nick"}
"""Columns that follow from another, and are written only where they do not."""
HANDLE_KEY: Final = "handle_key"
