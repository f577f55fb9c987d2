"""A line of kinship's JSON Lines as the rows it tells of, once all of it is what it must be."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from kinship.model import handles, saved
from kinship.safe import quoted
from kinship.services.saving import Line, folded_of
from kinship.store import tables

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


class Rows(NamedTuple):
    """A row, and what belongs to it; references are still the numbers of the file."""

    table: str
    values: Values
    nested: Mapping[str, list[Values]]


def references(shape: tables.Shape) -> list[tuple[str, str]]:
    """The columns that hold the number of a line before it, and of which table that is."""
    return [(column, what) for column, what in saved.REFERENCES.items() if column in shape.columns]


class LineRows:
    """Makes rows of lines; a number without a country is of ``country``."""

    def __init__(self, shapes: Mapping[str, tables.Shape], country: str) -> None:
        self.shapes = shapes
        self.country = country
        self._somebody = 0
        self._known = {table: frozenset(shape.columns) for table, shape in shapes.items()}
        self._flags = {table: saved.FLAGS & known for table, known in self._known.items()}
        self._days: set[str] = set()
        self._seen = {
            table: dict.fromkeys(filter(_is_day, known), self._days)
            for table, known in self._known.items()
        }
        """Columns with values that need a look, and those that had one."""
        self._plain = {
            table: self._known[table].difference(shape.numbers, self._seen[table], ("every",))
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
        values = dict(line)
        del values["type"]
        self._somebody += 1  # until their number is known
        lists = {_LISTS[key]: values.pop(key) for key in line if key in _LISTS}
        if lists and table != "person":
            raise Unfit(f"{quoted(next(iter(lists)))} belongs to a person")
        self._complete(table, values)
        if "uid" in self._known[table]:
            uid = values.get("uid")
            if not isinstance(uid, str) or not 0 < len(uid) <= _LONGEST_UID:
                raise Unfit("it has no uid")
        return Rows(table, values, {inner: self._rows(inner, s) for inner, s in lists.items()})

    def _rows(self, table: str, said: object) -> list[Values]:
        if not isinstance(said, list):
            raise Unfit(f"its {saved.NESTED[table]} are no list")
        rows = []
        for one in said:
            if not isinstance(one, dict):
                raise Unfit(f"its {saved.NESTED[table]} are not written as objects")
            row = dict(one)
            self._complete(table, row)
            if "person_id" in row:
                raise Unfit(f"its {saved.NESTED[table]} belong to somebody else")
            row["person_id"] = self._somebody
            rows.append(row)
        return rows

    def _complete(self, table: str, values: Values) -> None:
        """Look at the columns of one row, and make up what follows from others."""
        plain, numbers, flags = self._plain[table], self.shapes[table].numbers, self._flags[table]
        seen = self._seen[table]
        for column, value in values.items():
            kind = value.__class__
            if kind is str:
                if column in plain:
                    if "\0" not in value:
                        continue
                elif value in seen.get(column, ()):
                    continue
            elif kind is int:
                if 0 <= value <= MOST and column in numbers:
                    continue
            elif kind is bool and column in flags:
                values[column] = int(value)
                continue
            values[column] = self._value(table, column, value)
        for key, of in self._folded[table]:
            if key not in values:
                values[key] = folded_of(values.get(of))
        if table == "channel" and saved.HANDLE_KEY not in values:
            kind, handle = values.get("kind"), values.get("handle")
            if isinstance(kind, str) and isinstance(handle, str):
                values[saved.HANDLE_KEY] = handles.key(kind, handle, self.country)

    def _value(self, table: str, column: str, value: object) -> object:
        """A value that needs a look: what is a day, a number, somebody."""
        if column not in self._known[table]:
            raise Unfit(f"kinship knows no {quoted(column)} of a {table.replace('_', '-')}")
        number = column in self.shapes[table].numbers
        match value:
            case None:
                return value
            case str() if not number and "\0" not in value:
                if _is_day(column):
                    if not _exists(value):
                        raise Unfit(f"its {column} is no day: {quoted(value)}")
                    self._days.add(value)
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
