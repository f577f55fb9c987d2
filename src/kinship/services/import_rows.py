"""The rows that an import writes, and what is to be said of it.

Rows name their person by number, or, where they are new, by ``-1`` and down in the order of the new
people.
"""

from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from kinship.model.card import Related, Talk
from kinship.model.entry import Event
from kinship.services.event_names import EventMeant
from kinship.services.import_records import Reached

_EARLY: Final = timedelta(7)
PERSON: Final = (
    *("name", "name_key", "nick", "nick_key", "org", "role", "city", "address", "relation", "cue"),
    *("birthday", "known", "since", "met_online", "every", "circle_id", "kept_on", "added_on"),
)
"""The columns of a new person's row."""

Named = int | str | None
"""An event or community: its number, or the folded name of a new one."""


class Rows(NamedTuple):
    """What is written, table by table."""

    people: list[tuple[Any, ...]]
    person_updates: list[tuple[int, dict[str, Any]]]
    channels: list[tuple[int, Reached]]
    channel_updates: list[tuple[int, int, dict[str, Any]]]
    """Whose, the number of the channel, and what is another."""
    notes: list[tuple[int, str]]
    topics: list[tuple[int, str, str, str]]
    tags: list[tuple[int, str, str]]
    memberships: list[tuple[int, Named]]
    attendances: list[tuple[int, Named]]
    anniversaries: list[tuple[int, str, str, str]]
    talks: list[tuple[int, Talk, Named, str]]
    extras: list[tuple[int, str, str, str]]
    sources: list[tuple[int, str, str, str]]
    source_updates: list[tuple[int, str]]
    events: dict[str, str]
    communities: dict[str, str]
    introduced: list[tuple[int, int, str]]
    introducers: dict[int, int]
    related: list[tuple[int, int, Related, bool]]
    """Who, the place of the record that says so, whom they know, and whether it said so before."""
    ties: list[tuple[int, int, str | None, str | None, str]]
    """The first and the second person, how, since and the source."""

    @staticmethod
    def none() -> "Rows":
        """No rows yet."""
        return Rows(
            people=[],
            person_updates=[],
            channels=[],
            channel_updates=[],
            notes=[],
            topics=[],
            tags=[],
            memberships=[],
            attendances=[],
            anniversaries=[],
            talks=[],
            extras=[],
            sources=[],
            source_updates=[],
            events={},
            communities={},
            introduced=[],
            introducers={},
            related=[],
            ties=[],
        )


class Gained(NamedTuple):
    """What somebody here would get."""

    place: int
    person: int
    fields: list[str]


class Differs(NamedTuple):
    """A field that says something else here."""

    place: int
    person: int
    field: str
    here: str
    there: str


class Diff(NamedTuple):
    """All that an import writes, and what is to be said of it."""

    rows: Rows
    new: list[int]
    """The first record of each new person."""
    gained: list[Gained]
    same: int
    differs: list[Differs]
    remarks: list[tuple[int, str]]


class Meeting(NamedTuple):
    """Everybody was met there, on that day; or, without a day, will be there."""

    event: Event
    day: str | None


def meeting(event: Event, today: date) -> Meeting:
    """The day of a meeting that nobody said, as `add --at` has it."""
    begins = date.fromisoformat(event.from_on) if event.from_on else today
    if begins - today > _EARLY:
        return Meeting(event, None)
    last = EventMeant.of(event).last_on or today.isoformat()
    return Meeting(event, min(today.isoformat(), last))


class Here(NamedTuple):
    """Some of the people who are here already, and what they have."""

    people: dict[int, tuple[Any, ...]]
    channels: dict[int, list[tuple[Any, ...]]]
    having: dict[str, dict[int, set[Any]]]
    said: dict[int, set[tuple[str, str]]]
    """The fields that earlier records told, and what they said there."""
    last: dict[int, str]
    """The day of the last contact, of whatever kind."""
