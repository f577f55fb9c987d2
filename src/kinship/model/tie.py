"""Tie: two people know each other."""

from kinship.value import Value

SOURCES = ("said", "introduced", "import")
"""Who says so: you, whoever introduced one to you, or a file that was read in."""


class Tie(Value):
    """Two people know each other, read both ways; ``how`` is said of the first.

    ``since`` is as precise as it was said (2019, 2019-05); ``noted_on`` is the day it was written.
    """

    id: int
    person_id: int
    other_id: int
    how: str | None
    since: str | None
    noted_on: str
    source: str
    import_id: int | None

    def whom(self, person_id: int) -> int:
        """The other one of the two."""
        return self.other_id if self.person_id == person_id else self.person_id
