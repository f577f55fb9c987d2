"""Person: somebody you met, know, or heard of; and what is kept about them."""

from kinship.value import Value

ME = 0
"""The number of yourself: in no list, view or export."""


class Person(Value):
    """One person; dates are ISO text, ``since`` as precise as it was said (2019, 2019-05).

    ``known`` says how: in person, online, known already, or only heard of; ``met_online`` is the
    channel or community where it began.
    """

    id: int
    name: str
    name_key: str
    nick: str | None
    org: str | None
    role: str | None
    city: str | None
    address: str | None
    relation: str | None
    cue: str | None
    birthday: str | None
    known: str
    since: str | None
    met_online: str | None
    introduced_by: int | None
    prefer: str | None
    every: str | None
    circle_id: int | None
    kept_on: str | None
    archived_on: str | None
    added_on: str

    @property
    def yours(self) -> bool:
        """You know them: not only heard of, and not archived; `YOURS` of the store, for one."""
        return self.known != "heard" and not self.archived_on


class Channel(Value):
    """Where somebody is reached; ``state`` is None for kinds that need no connecting.

    ``label`` is what another program calls it: home, work.
    """

    id: int
    person_id: int
    kind: str
    handle: str | None
    handle_key: str | None
    state: str | None
    sent_on: str | None
    inferred: str
    label: str | None = None
    connected_on: str | None = None

    @property
    def connected_since(self) -> str | None:
        """The day you connected, where somebody said it; else it is when it was written down."""
        return None if "connected_on" in self.inferred.split(",") else self.connected_on


class Pulse(Value):
    """What the database works out about a person: contacts, first meeting, cadence in force.

    ``shared`` says whose cadence it is (``community PyLadies``) where it is not their own.
    """

    person_id: int
    last_on: str | None
    first_met_on: str | None
    first_event: str | None
    every: str | None
    circle: str | None
    next_on: str | None
    kept_on: str | None = None
    shared: str | None = None


class Unconnected(Value):
    """Somebody met in person and not connected with yet."""

    person_id: int
    name: str
    day: str
    event: str | None
    text: str | None
    kind: str | None
    handle: str | None
    due_on: str


class Weight(Value):
    """What goes with a person when they are removed."""

    conversations: int
    notes: int
    follow_ups: int
    favours: int
    introductions: int
    pledges: int
    knows: int
