"""Introduction: you introduced two people, or are asking both."""

from kinship.value import Value

STATES = ("asking", "made", "landed", "not")


class Introduction(Value):
    """One introduction; ``state`` is asking, made, landed or not.

    ``on_day`` is the day it is asked about, moved by a snooze (``moved_to``) or not.
    """

    id: int
    person_id: int
    other_id: int
    text: str | None
    asked_on: str | None
    made_on: str | None
    moved_to: str | None
    on_day: str
    state: str
    closed_on: str | None

    def whom(self, person_id: int) -> int:
        """The other one of the two."""
        return self.other_id if self.person_id == person_id else self.person_id
