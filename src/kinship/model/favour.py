"""Favours: what you did for somebody, and what they did for you."""

from kinship.value import Value


class Favour(Value):
    """One favour; ``way`` is gave (you did it) or got (it was done for you).

    ``inferred`` names the fields nobody typed, separated by commas.
    """

    id: int
    person_id: int
    way: str
    day: str
    text: str
    inferred: str


class Entry(Value):
    """What was given or got, of one person: a favour, or what follows from an introduction.

    That has neither number nor text, but the ``other`` one; its day may be a month or year alone.
    """

    person_id: int
    number: int | None
    way: str
    day: str
    text: str | None
    other_id: int | None
    other: str | None

    @property
    def said(self) -> str:
        """The words of it."""
        return self.text or f"introduction to {self.other}"


class Turn(Value):
    """How often you gave and got with one person."""

    person_id: int
    gave: int
    got: int

    @property
    def yours(self) -> bool:
        """Whether they gave more than they got."""
        return self.got > self.gave
