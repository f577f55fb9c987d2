"""Entries: what happened with a person, what is worth knowing, and what was promised."""

from kinship.value import Value


class Conversation(Value):
    """A logged contact. ``direction`` is both, me or them; ``met`` means in person.

    ``inferred`` names the fields nobody typed, separated by commas.
    """

    id: int
    person_id: int
    day: str
    direction: str
    met: int
    channel: str | None
    event_id: int | None
    event: str | None
    url: str | None
    text: str | None
    inferred: str


class Note(Value):
    """A fact about a person."""

    id: int
    person_id: int
    day: str
    text: str


AIMS = {"promise": "keep the promise", "connect": "connect", "hello": "say hello"}
"""What a follow-up without words stands for."""


class FollowUp(Value):
    """A dated promise; ``aim`` says what one without text stands for: connect, or say hello.

    ``on_day`` is the day it counts from now: ``due_on`` unless it was moved by a snooze.
    """

    id: int
    person_id: int
    due_on: str
    on_day: str
    text: str | None
    aim: str
    every: str | None
    made_on: str
    state: str
    inferred: str

    @property
    def what(self) -> str:
        """Its words, or what it stands for."""
        return self.text or AIMS[self.aim]


class Written(Value):
    """The text of an entry of any kind, its day, and where it was or what it is."""

    id: int
    day: str
    where: str
    text: str


class Event(Value):
    """Where people meet: a conference, a meetup, a dinner; ``online`` is 1 for a call.

    Days are ISO text; ``last_on`` is the last day something was written down there.
    """

    id: int
    name: str
    name_key: str
    last_on: str | None
    from_on: str | None = None
    until_on: str | None = None
    city: str | None = None
    url: str | None = None
    online: int = 0
    community_id: int | None = None


class Circle(Value):
    """A named cadence that people are put in."""

    id: int
    name: str
    name_key: str
    every: str
    people: int
