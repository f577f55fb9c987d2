"""Writing the lines of kinship's JSON Lines that a plan left in."""

from collections.abc import Callable, Mapping, Sequence

from kinship.formats import kinship_lines
from kinship.model import saved
from kinship.model.card import Skipped
from kinship.model.person import ME
from kinship.services.line_differences import Step
from kinship.services.line_rows import LineRows, Rows, Values, references
from kinship.store import tables
from kinship.store.db import Change
from kinship.value import Value

BATCH = 500
_PEOPLE = tuple(saved.PEOPLE)
_ORDER = (*saved.BEFORE_PEOPLE, "person", *saved.NESTED, *saved.AFTER_PEOPLE)
_ALONE = frozenset(saved.NUMBERED).intersection(saved.AFTER_PEOPLE)
"""Tables with numbers of the one run whose rows are lines of their own."""


class Steps(Value):
    """What `carry_out` works from: the file, what of it is left out, and what numbers become."""

    data: bytes | str
    mark: tuple[int, ...]
    total: int
    """Lines of the file."""
    stamp: int
    anew: bool
    mine: bool
    left_out: frozenset[int]
    gains: Mapping[int, Sequence[Step]]
    ids: Mapping[str, Mapping[int, int | None]]
    uids: Mapping[str, int]
    last: Mapping[str, int]
    country: str
    circles: bool
    """Whether the circles of the file take the place of those here."""


def whom(said: object, ids: Mapping[int, int | None], uids: Mapping[str, int]) -> int | None:
    """The number here of somebody a line refers to."""
    if isinstance(said, dict):
        return uids.get(said["uid"])
    return ids.get(said) if isinstance(said, int) else None


class Writer:
    """Reads the lines again, and writes those that the plan left in."""

    def __init__(self, tx: Change, steps: Steps) -> None:
        self.tx, self.steps = tx, steps
        self.shapes = {t: tables.shape(tx, t) for t in tables.JOURNALED}
        self.rows = LineRows(self.shapes, steps.country)
        self.refers = {t: references(shape) for t, shape in self.shapes.items()}
        self.full: dict[str, list[Values]] = {}
        self.people: list[Rows] = []
        self.given = tables.last_given(tx)
        self.number = max(self.given["entry"], steps.last.get("entry", 0))
        self.added: list[int] = []
        self.known = set(tables.numbers_in(tx, "person"))
        self.introduced: dict[int, int] = {}

    def write(self, progress: Callable[[int, int], None] | None) -> list[int]:
        steps = self.steps
        if steps.circles:
            tables.clear(self.tx, "circle")
        if steps.anew:
            me = next((uid for uid, number in steps.uids.items() if number == ME), None)
            if steps.mine and me:
                tables.change(self.tx, "person", ME, {"uid": me})
        total = steps.total
        count = 0
        for item in kinship_lines.read(steps.data):
            if isinstance(item, Skipped):
                continue
            row, line, _ = item
            if row in steps.gains:
                self._apply(steps.gains[row])
            if row in steps.left_out or line["type"] == "meta":
                continue
            self._take(self.rows.of(line))
            count += 1
            if count % BATCH == 0:
                self._flush()
                if progress:
                    progress(row, total)
        self._flush()
        if progress:
            progress(total, total)
        tables.give_from(self.tx, {**steps.last, "entry": self.number})
        return self.added

    def introduce(self) -> None:
        """Say who introduced those who came before them, once all have been written down."""
        for number, by in self.introduced.items():
            tables.change(self.tx, "person", number, {"introduced_by": by})

    def _apply(self, several: Sequence[Step]) -> None:
        self._flush()
        for table, number, values in several:
            if number is not None:
                tables.change(self.tx, table, number, values)
                continue
            if table in saved.NUMBERED:
                wanted = values.get("id")
                free = wanted is not None and not tables.taken_numbers(self.tx, [wanted])
                values = {**values, "id": wanted if free else self._next_number()}
                self.number = max(self.number, values["id"])
            elif not self.steps.anew:
                values = {c: v for c, v in values.items() if c != "id"}
            tables.put(self.tx, self.shapes[table], [values])

    def _next_number(self) -> int:
        self.number += 1
        return self.number

    def _take(self, rows: Rows) -> None:
        ids, values = self.steps.ids, rows.values
        self._map(rows.table, values)
        if rows.table == "person":
            number = self.steps.uids[values["uid"]]
            values["id"] = number
            self.added.append(number)
            by = values.get("introduced_by")
            if by is not None and by not in self.known:
                # Undo goes backwards: whoever is referred to has to be there before.
                self.introduced[number] = values.pop("introduced_by")
            self.known.add(number)
            for table, several in rows.nested.items():
                for one in several:
                    one["person_id"] = number
                    self._map_things(table, one)
            self.people.append(rows)
            return
        if rows.table in ids:
            own = values.get("id")
            values["id"] = ids[rows.table].get(own) if isinstance(own, int) else None
        elif (
            rows.table not in _ALONE
            and not self.steps.anew
            and values.get("id", 0) <= self.given.get(rows.table, 0)
        ):
            values.pop("id", None)
        self.full.setdefault(rows.table, []).append(values)

    def _map(self, table: str, values: Values) -> None:
        """References to things and people as numbers of this file."""
        self._map_things(table, values)
        for column in _PEOPLE:
            if column in values:
                values[column] = whom(values[column], self.steps.ids["person"], self.steps.uids)

    def _map_things(self, table: str, values: Values) -> None:
        for column, what in self.refers[table]:
            if column in values:
                values[column] = self.steps.ids[what].get(values[column])

    def _flush(self) -> None:
        if not self.steps.anew:
            self._renumber()
        for rows in self.people:
            self.full.setdefault("person", []).append(rows.values)
            for table, several in rows.nested.items():
                self.full.setdefault(table, []).extend(several)
        for table in _ORDER:
            if here := self.full.get(table):
                if table in saved.NUMBERED:
                    self._number_those_without(here)
                tables.put(self.tx, self.shapes[table], here)
        self.full = {}
        self.people = []

    def _number_those_without(self, several: Sequence[Values]) -> None:
        for values in several:
            if values.get("id") is None:
                values["id"] = self._next_number()
            self.number = max(self.number, values["id"])

    def _renumber(self) -> None:
        """Entries keep their numbers where all of a person's are free; else all get new ones."""
        of = [
            (rows, [one for t in saved.NUMBERED for one in rows.nested.get(t, ())])
            for rows in self.people
        ]
        alone = [one for table in _ALONE for one in self.full.get(table, ())]
        several = [one for _, entries in of for one in entries]
        numbers = [one["id"] for one in (*several, *alone) if one.get("id")]
        taken = tables.taken_numbers(self.tx, numbers) if numbers else set()
        for one in alone:
            if one.get("id") in taken:
                one["id"] = self._next_number()
        for rows, entries in of:
            for table, several in rows.nested.items():
                if table not in saved.NUMBERED:
                    for one in several:
                        if one.get("id", 0) <= self.given.get(table, 0):
                            one.pop("id", None)
            if taken.isdisjoint(one.get("id") for one in entries):
                continue
            new: dict[int, int] = {}
            for one in sorted(entries, key=lambda e: e.get("id") or 0):
                before = one.get("id")
                one["id"] = self._next_number()
                if before:
                    new[before] = one["id"]
            for nudge in rows.nested.get("nudge", ()):
                up_to = nudge.get("up_to", 0)
                nudge["up_to"] = max((n for b, n in new.items() if b <= up_to), default=0)
