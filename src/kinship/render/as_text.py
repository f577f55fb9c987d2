"""Rows as lines of text: sentences, names, numbers, a template, a Markdown table."""

from collections.abc import Iterable
from typing import Any

from kinship.errors import BadInput
from kinship.render import template
from kinship.render.columns import cell
from kinship.render.records import as_text
from kinship.render.shapes import Row, Table
from kinship.render.view import View
from kinship.safe import safe

_MARKDOWN = str.maketrans({mark: f"\\{mark}" for mark in "\\`*[<|"})


def show_sentences(table: Table[Any], view: View) -> None:
    """One full sentence a row, for a screen reader or a chat."""
    _write(_sentences(table), view)


def show_refs(table: Table[Any], view: View) -> None:
    """What a command takes for each row, one a line."""
    _write(_values(table, "ref"), view)


def show_ids(table: Table[Any], view: View) -> None:
    """The number of each row, one a line."""
    _write(_values(table, "id"), view)


def show_template(table: Table[Any], view: View) -> None:
    """The pattern in ``view.format``, once a row."""
    _write(template.fill(view.format or "", table), view)


def show_markdown(table: Table[Any], view: View) -> None:
    """A table that GitHub and most note programs draw."""
    titles = [column.title for column in table.columns]
    rules = ["--:" if column.align_right else "---" for column in table.columns]
    rows = [[cell(column, row).text for column in table.columns] for row in table.rows]
    escaped = [[text.translate(_MARKDOWN) for text in row] for row in (titles, *rows)]
    _write((f"| {' | '.join(row)} |" for row in (escaped[0], rules, *escaped[1:])), view)


WRITERS = {
    "lines": show_sentences,
    "names": show_refs,
    "ids": show_ids,
    "md": show_markdown,
}


def _sentences(table: Table[Row]) -> Iterable[str]:
    for row in table.rows:
        said = table.record(row).get("sentence")
        yield safe(as_text(said)) if said else _sentence(table, row)


def _sentence(table: Table[Row], row: Row) -> str:
    name, *others = ((c.title.lower(), cell(c, row).text) for c in table.columns)
    facts = ", ".join(f"{title} {text}".strip() for title, text in others if text not in ("", "-"))
    return f"{name[1]}: {facts}." if facts else f"{name[1]}."


def _values(table: Table[Row], field: str) -> Iterable[str]:
    records = [table.record(row) for row in table.rows]
    if any(field not in record for record in records):
        raise BadInput(f"these rows have no {field}.", hint="Use --json to see what they have.")
    return [safe(as_text(record[field])) for record in records]


def _write(lines: Iterable[str], view: View) -> None:
    for line in lines:
        view.out.write(line + "\n")
