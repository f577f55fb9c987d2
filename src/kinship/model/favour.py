"""Favours: what you did for somebody, and what they did for you."""

from kinship.value import Value


class Favour(Value):
    """One favour; ``way`` is gave (you did it) or got (it was done for you).

    One that follows from an introduction has no number. ``inferred`` names the fields nobody
    typed, separated by commas.
    """

    id: int | None
    person_id: int
    way: str
    day: str
    text: str
    inferred: str
