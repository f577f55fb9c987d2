"""``merge -i``: likely doubles, one pair after another."""

from __future__ import annotations

from collections.abc import Sequence

from kinship.cli import merge_page, views
from kinship.cli.context import Kin
from kinship.cli.single_keys import Keyboard
from kinship.cli.walking import NEXT, ON, STAY, Key, Walk, take
from kinship.model.person import Person
from kinship.render.shapes import Line, Span, line
from kinship.services import doubles, merging
from kinship.services.doubles import Double
from kinship.services.merging import Plan
from kinship.store import people


def start(kin: Kin, found: Sequence[Double]) -> None:
    take(kin, lambda keyboard: MergeWalk(kin, keyboard, found))


class MergeWalk(Walk):
    """Two who may be one, the likeliest first."""

    keys = "mdntbuq"

    def __init__(self, kin: Kin, keyboard: Keyboard, found: Sequence[Double]) -> None:
        super().__init__(kin, keyboard, len(found))
        self._found = found
        self._other_way: set[int] = set()
        self._gone: dict[int, int] = {}
        """Who became part of whom in this walk."""
        self._who: list[Person]
        self._taken: dict[str, int]

    # Showing

    def show(self) -> bool:
        one = self._found[self.at]
        numbers = [self._is_now(one.into), self._is_now(one.other)]
        here = people.by_ids(self.kin.db, numbers)
        if len(here) < 2:
            return False
        if self.at in self._other_way:
            numbers.reverse()
        self._who = [here[number] for number in numbers]
        self._taken = {}
        number = Span(f"{self.at + 1} of {self.count}  ", "dim")
        before = next((a for a in reversed(self.answers) if a.at == self.at), None)
        self.print(
            *([Line()] if self.at or self.answers else []),
            line(number, Span(", ".join(one.reasons), "heading")),
            *merge_page.page(self._plan(), self.room()),
            *([line("  answered: ", Span(before.said, "good"))] if before else []),
        )
        return True

    def _is_now(self, number: int) -> int:
        while number in self._gone and not people.by_ids(self.kin.db, [number]):
            number = self._gone[number]
        return number

    def _plan(self) -> Plan:
        return merging.plan(self.kin.db, self._who, self._taken)

    # The keys

    def offered(self) -> list[Key]:
        return [
            Key("m", "[m]erge", answers=True),
            Key("d", "[d]ifferent people", answers=True),
            ON,
            Key("t", "[t]urn: the other stays"),
        ]

    def act(self, key: str) -> int | None:
        match key:
            case "m":
                return self._merge()
            case "d":
                return self._different()
        self._other_way ^= {self.at}
        self._who.reverse()
        self._taken = {}
        self.print(*merge_page.page(self._plan(), self.room()))
        return STAY

    def _merge(self) -> int | None:
        planned = self._plan()
        for field in planned.conflicts:
            place = self._choose(planned, field.name)
            if place is None:
                self.say("Nothing was merged.")
                return STAY
            self._taken[field.name] = place
        planned = self._plan()
        into, *others = planned.who
        merging.carry_out(self.kin.db, planned, self._taken, self.kin.today)
        self._gone.update({other.id: into.id for other in others})
        said = f"{views.together([p.name for p in others])} is part of {into.name}"
        self.print(line(Span(f"✓ {said}", "good")))
        self.answered(into.id, "merged", said)
        return NEXT

    def _choose(self, planned: Plan, name: str) -> int | None:
        """Whose value stays, by number; None where the answer is none."""
        field = next(f for f in planned.fields if f.name == name)
        shown = "  ".join(
            f"{place + 1} {views.one_line(word)}" for place, word in enumerate(field.words) if word
        )
        while True:
            asked = f"{merging.called(name)}: {shown}. Number, or Enter for {field.stays + 1}:"
            answer = self.keyboard.text(asked)
            if answer is None:
                return None
            if not answer.strip():
                return field.stays
            if answer.strip() in ("1", "2") and field.words[int(answer) - 1]:
                return int(answer) - 1
            self.say("1 or 2.")

    def _different(self) -> int:
        doubles.part(self.kin.db, self._who)
        said = f"{views.together([p.name for p in self._who])} are different people"
        self.print(line(Span(f"✓ {said}", "good")))
        self.answered(self._who[0].id, "different", said)
        return NEXT

    def is_gone(self) -> bool:
        return len(people.by_ids(self.kin.db, [p.id for p in self._who])) < len(self._who)
