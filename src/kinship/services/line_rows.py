"""A line of kinship's JSON Lines as the rows it tells of, once all of it is what it must be."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from kinship.model import handles, saved
from kinship.safe import quoted
from kinship.services.saving import Line, folded_of
from kinship.store import tables
from kinship.value import Value

Values = dict[str, Any]

MOST = (1 << 30) - 1
"""Numbers are below this: the search index packs them."""
_LONGEST_UID = 200
_DAYS = frozenset(("day", "birthday", "since", "until", "moved_to"))
_EVERY = re.compile(r"off|[1-9][0-9]{0,3}(d|w|mo|y)")
_LISTS = {key: table for table, key in saved.NESTED.items()}
_OWN = frozenset((*saved.BEFORE_PEOPLE, *saved.AFTER_PEOPLE, "person", saved.ME))


class Unfit(Exception):
    """What a line says cannot be so; the text says why."""


class Rows(Value):
    """A row, and what belongs to it; references are still the numbers of the file."""

    table: str
    values: Values
    nested: Mapping[str, list[Values]]


class LineRows:
    """Makes rows of lines; a number without a country is of ``country``."""

    def __init__(self, shapes: Mapping[str, tables.Shape], country: str) -> None:
        self.shapes = shapes
        self.country = country
        self._somebody = 0
        self._known = {table: frozenset(shape.columns) for table, shape in shapes.items()}
        self._plain = {
            table: frozenset(
                column
                for column in set(shape.columns) - shape.numbers
                if not _is_day(column) and column != "every"
            )
            for table, shape in shapes.items()
        }
        self._folded = {
            table: [(key, of) for key, of in saved.FOLDED.items() if key in known]
            for table, known in self._known.items()
        }

    def of(self, line: Line) -> Rows:
        """The rows of a line. Raises Unfit where they cannot be."""
        said = line["type"]
        if said not in _OWN:
            raise Unfit(f"kinship knows no lines of type {quoted(said)}")
        table = "person" if said == saved.ME else said
        own = {key: value for key, value in line.items() if key != "type" and key not in _LISTS}
        self._somebody += 1  # until their number is known
        lists = {_LISTS[key]: value for key, value in line.items() if key in _LISTS}
        if lists and table != "person":
            raise Unfit(f"{quoted(next(iter(lists)))} belongs to a person")
        values = self.row(table, own)
        if table == "person":
            uid = values.get("uid")
            if not isinstance(uid, str) or not 0 < len(uid) <= _LONGEST_UID:
                raise Unfit("it has no uid")
        return Rows(table, values, {inner: self._rows(inner, s) for inner, s in lists.items()})

    def _rows(self, table: str, said: object) -> list[Values]:
        if not isinstance(said, list):
            raise Unfit(f"its {saved.NESTED[table]} are no list")
        rows = []
        for one in said:
            row = self.row(table, one)
            if "person_id" in row:
                raise Unfit(f"its {saved.NESTED[table]} belong to somebody else")
            row["person_id"] = self._somebody
            rows.append(row)
        return rows

    def row(self, table: str, said: object) -> Values:
        """The columns of one row, what follows from the others made up."""
        if not isinstance(said, dict):
            raise Unfit(f"its {saved.NESTED[table]} are not written as objects")
        plain = self._plain[table]
        values = dict(said)
        for column, value in said.items():
            if value.__class__ is not str or column not in plain or "\0" in value:
                values[column] = self._value(table, column, value)
        for key, of in self._folded[table]:
            if key not in values:
                values[key] = folded_of(values.get(of))
        if table == "channel" and saved.HANDLE_KEY not in values:
            kind, handle = values.get("kind"), values.get("handle")
            if isinstance(kind, str) and isinstance(handle, str):
                values[saved.HANDLE_KEY] = handles.key(kind, handle, self.country)
        return values

    def _value(self, table: str, column: str, value: object) -> object:
        """A value that needs a look: what is a day, a number, somebody."""
        if column not in self._known[table]:
            raise Unfit(f"kinship knows no {quoted(column)} of a {table.replace('_', '-')}")
        number = column in self.shapes[table].numbers
        match value:
            case None:
                return value
            case str() if not number and "\0" not in value:
                if _is_day(column) and not _exists(value):
                    raise Unfit(f"its {column} is no day: {quoted(value)}")
                if column == "every" and table != "follow_up" and not _EVERY.fullmatch(value):
                    raise Unfit(f"its every is no cadence: {quoted(value)}")
                return value
            case bool() if column in saved.FLAGS:
                return int(value)
            case int() if number and not isinstance(value, bool):
                refers = column == "id" or column in saved.REFERENCES or column in saved.PEOPLE
                if 0 <= value <= MOST or not refers:
                    return value
                raise Unfit(f"its {column} is too large a number")
            case {"uid": str(), "name": str(), **rest} if column in saved.PEOPLE and not rest:
                return value
        raise Unfit(f"its {column} is not written as it should be")


def _is_day(column: str) -> bool:
    return column.endswith("_on") or column in _DAYS


def _exists(text: str) -> bool:
    """Whether there is such a day, month or year; SQLite takes 30 February for a day."""
    whole = {4: f"{text}-01-01", 7: f"{text}-01" if text[:1] != "-" else f"2000{text[1:]}"}
    try:
        return date.fromisoformat(whole.get(len(text), text)).isoformat() == whole.get(
            len(text), text
        )
    except ValueError:
        return False
