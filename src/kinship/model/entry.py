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

    Days are ISO text. ``from_on`` and ``until_on`` are what somebody said; ``first_on`` and
    ``last_on`` the days between which something was written down there, ``stay_from`` and
    ``stay_until`` those of your own stays.
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
    first_on: str | None = None
    stay_from: str | None = None
    stay_until: str | None = None

    @property
    def begins(self) -> str | None:
        """The first day: as it was said, else as far as it shows."""
        seen = [day for day in (self.stay_from, self.first_on, self.until_on) if day]
        return self.from_on or min(seen, default=None)

    @property
    def ends(self) -> str | None:
        """The last day: as it was said, else as far as it shows."""
        seen = [day for day in (self.stay_until or self.last_on, self.from_on) if day]
        return self.until_on or max(seen, default=None)


class Circle(Value):
    """A named cadence that people are put in."""

    id: int
    name: str
    name_key: str
    every: str
    people: int


class Community(Value):
    """A group that people belong to; ``channel`` is where they meet online, if they do."""

    id: int
    name: str
    name_key: str
    channel: str | None
    url: str | None


class Shared(Value):
    """A cadence for everybody of a community, met at an event or with a tag, which ``kind`` says.

    ``every`` is how often it is now; ``circle`` names the circle it follows, if it does.
    """

    id: int
    kind: str
    name: str
    key: str
    every: str
    circle: str | None
    kept_on: str
