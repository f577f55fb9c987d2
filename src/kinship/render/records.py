"""Records as text: what CSV, templates and lists of fields read out of them."""

from collections.abc import Iterable, Mapping
from typing import Any

from kinship.render.shapes import Table


def fields(table: Table[Any]) -> tuple[str, ...]:
    """The documented columns; where there are none, what the first record holds."""
    if table.fields or not table.rows:
        return table.fields or tuple(column.key for column in table.columns)
    return tuple(table.record(table.rows[0]))


def look_up(record: Mapping[str, object], field: str) -> object:
    """The value of ``field``; ``person.name`` is the name in the record of the person."""
    root, dot, rest = field.partition(".")
    if field in record or not dot:
        return record.get(field)
    inner = record.get(root)
    return look_up(inner, rest) if isinstance(inner, Mapping) else None


def holds(record: Mapping[str, object], field: str) -> bool:
    """Whether a record has ``field``, or nothing where the rest of ``field`` would be."""
    root, dot, rest = field.partition(".")
    if field in record or not dot:
        return field in record
    inner = record.get(root, field)
    return inner is None or (isinstance(inner, Mapping) and holds(inner, rest))


def as_text(value: object) -> str:
    """A value in a cell: lists are joined with ``; ``, nothing is empty."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return value
        case Mapping():
            return as_text(value["name"]) if "name" in value else _join(":", value.values())
        case Iterable():
            return _join("; ", value)
    return str(value)


def _join(between: str, values: Iterable[object]) -> str:
    return between.join(text for text in map(as_text, values) if text)
