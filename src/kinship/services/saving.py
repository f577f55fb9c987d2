"""All there is, as the lines of kinship's JSON Lines: `restoring` reads them back.

Which columns a table has is asked of the file, so that one added later is written too.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from kinship.model import handles, names, saved
from kinship.model.person import ME
from kinship.model.setting import COUNTRY
from kinship.store import settings, tables
from kinship.store.db import Db
from kinship.store.tables import Shape

Line = dict[str, Any]


def lines(db: Db, people: Sequence[int] | None = None) -> Iterator[Line]:
    """A line a thing, the people by number; everything, or these people and what they refer to."""
    with db.still():
        if people is None:
            yield from _everything(db)
        else:
            yield from _some(db, people)


def _everything(db: Db) -> Iterator[Line]:
    maker = Maker(db)
    yield _meta(db, partial=False)
    for table in saved.BEFORE_PEOPLE:
        yield from maker.lines(table, tables.rows(db, maker.shapes[table]))
    yield from maker.people([ME])
    for some in tables.everybody(db):
        yield from maker.people(some)
    for table in saved.AFTER_PEOPLE:
        yield from maker.lines(table, tables.rows(db, maker.shapes[table]))


def _some(db: Db, people: Sequence[int]) -> Iterator[Line]:
    maker = Maker(db, frozenset(people))
    yield _meta(db, partial=True)
    wanted = {
        table: tables.referred_to(db, column, people) for column, table in saved.REFERENCES.items()
    }
    wanted["community"] |= tables.communities_of(db, wanted["event"])
    for table in saved.BEFORE_PEOPLE:
        if wanted.get(table):
            shape = maker.shapes[table]
            yield from maker.lines(table, tables.with_numbers(db, shape, wanted[table]))
    for some in tables.some_at_a_time(people):
        yield from maker.people(some)
    for table in saved.ABOUT_TWO:
        yield from maker.lines(table, tables.between(db, maker.shapes[table], people))


def _meta(db: Db, *, partial: bool) -> Line:
    """The first line; a file that is not partial says whose it is."""
    meta: Line = {
        "type": "meta",
        "kinship": saved.VERSION,
        "last": tables.last_given(db),
        "partial": partial,
    }
    if not partial:
        meta["me"] = tables.known_as(db, [ME])[ME][0]
    return meta


class Maker:
    """Rows as lines: what says nothing is left out, and so is what follows from the rest."""

    def __init__(self, db: Db, inside: frozenset[int] | None = None) -> None:
        self.db = db
        self.inside = inside
        self.outside: dict[int, tuple[str, str]] = {}
        self.country = settings.value(db, COUNTRY)
        self.shapes = {table: tables.shape(db, table) for table in tables.JOURNALED}
        self.make = {table: self._made(shape) for table, shape in self.shapes.items()}

    def lines(self, table: str, rows: Iterable[tables.Row]) -> Iterator[Line]:
        make = self.make[table]
        for row in rows:
            line = make(row)
            line["type"] = table
            for column in saved.PEOPLE & line.keys():
                line[column] = self._whom(line[column])
            yield line

    def people(self, some: list[int]) -> Iterator[Line]:
        """The lines of these people, in this order."""
        shape = self.shapes["person"]
        people = [self.make["person"](row) for row in tables.with_numbers(self.db, shape, some)]
        held: dict[int, dict[str, list[Line]]] = {number: {} for number in some}
        for table, key in saved.NESTED.items():
            shape, make = self.shapes[table], self.make[table]
            place = shape.columns.index("person_id")
            for row in tables.of_people(self.db, shape, some):
                line = make(row)
                del line["person_id"]
                held[row[place]].setdefault(key, []).append(line)
        self._learn(line["introduced_by"] for line in people if "introduced_by" in line)
        for line in people:
            number = line["id"]
            line["type"] = "person" if number else saved.ME
            line |= held[number]
            if "introduced_by" in line:
                line["introduced_by"] = self._whom(line["introduced_by"])
            yield line

    def _learn(self, numbers: Iterable[int]) -> None:
        """Who those of them are that have no line."""
        if self.inside is not None:
            missing = set(numbers).difference(self.inside, self.outside)
            self.outside |= tables.known_as(self.db, missing) if missing else {}

    def _whom(self, number: int) -> object:
        """A person as a line refers to them: by number, or by uid and name if they have no line."""
        if self.inside is None or number in self.inside:
            return number
        self._learn([number])
        uid, name = self.outside[number]
        return {"name": name, "uid": uid}

    def _made(self, shape: Shape) -> Callable[[tables.Row], Line]:
        """The function that makes a line of a row of this table."""
        columns, defaults = shape.columns, shape.defaults
        flags = saved.FLAGS & set(columns)
        folded = [(key, of) for key, of in saved.FOLDED.items() if key in columns]
        is_channel = saved.HANDLE_KEY in columns

        def make(row: tables.Row) -> Line:
            line = {
                column: value
                for column, value, default in zip(columns, row, defaults, strict=True)
                if value != default
            }
            for column in flags & line.keys():
                line[column] = bool(line[column])
            for key, of in folded:
                _leave_out(line, key, folded_of(line.get(of)))
            if is_channel:
                _leave_out(line, saved.HANDLE_KEY, self._key(line))
            return line

        return make

    def _key(self, line: Line) -> str | None:
        return key_of(line["kind"], line.get("handle"), self.country)


def folded_of(name: str | None) -> str | None:
    """The key that follows from a name."""
    return None if name is None else names.fold(name)


def key_of(kind: str, handle: str | None, country: str) -> str | None:
    """The key that follows from a handle, in a file where national numbers are of this country."""
    return None if handle is None else handles.key(kind, handle, country)


def _leave_out(line: Line, column: str, follows: str | None) -> None:
    """A column that is what follows from the others is not said."""
    if line.get(column) == follows:
        line.pop(column, None)
    else:
        line.setdefault(column, None)
