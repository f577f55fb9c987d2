"""Rally: a call for help, who was asked, and what they pledged."""

from kinship.value import Value

ASKED, CANNOT, THANKED = "asked: ", "cannot this time: ", "thanked: "
"""What begins a conversation that is logged in the words of a call."""
PLEDGED = "pledged: "
"""What begins one that is logged in the words of a pledge."""


class Rally(Value):
    """A call for help; ``person_id`` is for whom: 0 yourself, None somebody who was removed.

    ``goal`` is in the smallest unit of ``currency``.
    """

    id: int
    person_id: int | None
    text: str
    about: str | None
    goal: int | None
    currency: str | None
    url: str | None
    began_on: str
    until_on: str | None
    closed_on: str | None


class Helper(Value):
    """Somebody who was asked in a rally, or came forward: ``asked_on`` is None then.

    ``answer`` is pledged, cannot, none (you no longer wait for one) or None; ``on_day`` is the day
    an answer is looked for.
    """

    id: int
    person_id: int
    rally_id: int
    asked_on: str | None
    moved_to: str | None
    on_day: str | None
    answer: str | None
    answered_on: str | None
    thanked_on: str | None


class Pledge(Value):
    """What somebody offered; ``state`` is open, kept or dropped.

    ``amount`` is in the smallest unit of ``currency``, and None for what is no money.
    """

    id: int
    person_id: int
    rally_id: int
    text: str
    amount: int | None
    currency: str | None
    pledged_on: str
    due_on: str | None
    moved_to: str | None
    state: str
    closed_on: str | None
