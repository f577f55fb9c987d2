"""``list``: find people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from kinship.cli import list_columns, views
from kinship.cli.context import Kin
from kinship.cli.list_columns import Recorder, Shown
from kinship.errors import BadInput
from kinship.model import names, query
from kinship.model.person import Person
from kinship.model.query import Query
from kinship.render.shapes import Line, Span, Table, line
from kinship.services import people as finding
from kinship.services import querying
from kinship.store import people, search

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params

_SCREEN = 200
_SORTS = ("name", "last", "met", "due")
_ORDERED = 100_000
_BEFORE = 3  # words before a hit
_CONTEXT = 56


def list_(
    ctx: typer.Context,
    words: params.Words = None,
    sort: Annotated[
        str,
        typer.Option(
            "--sort", metavar="BY", help="name, last (family name), met or due.", show_default=False
        ),
    ] = "name",
    reverse: Annotated[bool, typer.Option("-r", "--reverse", help="The other way round.")] = False,
    columns: Annotated[
        str | None,
        typer.Option("--columns", metavar="A,B", help="Which columns: name,org,channels,..."),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="All of them, not only the first 200.")
    ] = False,
) -> None:
    """Find people; words search everything you wrote down.

    Usage: kinship list [QUERY...] [OPTIONS]

    Examples:
      kinship list sailing
      kinship list at:pycon not:connected
      kinship list city:berlin quiet:6mo --sort met -r -n 20
      kinship list --columns name,channels
      kinship list has:email --format '{name} <{email}>'

    All words must fit; a comma by itself is OR: kinship help find
    -n N is how many. For programs: --json, --csv, --format.
    """
    kin = Kin.of(ctx)
    if sort not in _SORTS:
        raise BadInput(f"{names.quoted(sort)} is no order.", hint=f"Orders: {' '.join(_SORTS)}")
    asked = querying.parse(kin.db, words or [], kin.today)
    wanted = list_columns.wanted(columns, asked)
    fields = _fields(kin, wanted if columns else None)
    limit = kin.view.limit
    if limit is None and kin.view.terminal and not everything and kin.view.format is None:
        limit = _SCREEN
    found, matching = _found(kin, asked, sort, reverse=reverse, limit=limit)
    shown = Shown(kin, found, asked, _recorder(kin, found))
    drawn = [list_columns.column(shown, name) for name in wanted]
    kin.show(
        Table(
            found,
            drawn,
            shown.record if fields is None else _only(shown.record, fields),
            counted=lambda: _counted(kin, asked, matching, len(found)),
            empty=() if found else _nobody(kin, words or [], asked),
            under=_Hits(kin, found, asked, drawn).under if asked.texts else None,
            fields=fields or tuple(views.FIELDS),
            paged=True,
        )
    )


def _found(
    kin: Kin, asked: Query, sort: str, *, reverse: bool, limit: int | None
) -> tuple[list[Person], int | None]:
    """Whom to show, and how many there are; None where that has not been counted."""
    day = kin.today.isoformat()
    if not asked.terms and sort != "last":
        return people.found(kin.db, sort=sort, reverse=reverse, limit=limit, day=day), None
    if not asked.terms:
        every, matching = people.found(kin.db, sort="name", limit=_ORDERED), None
    else:
        chosen = search.numbers(kin.db, asked, day)
        matching = len(chosen)
        if sort != "last":
            order = search.ordered(kin.db, chosen, day, sort=sort, reverse=reverse, limit=limit)
            return querying.of(kin.db, order), matching
        every = querying.of(kin.db, search.ordered(kin.db, chosen, day))
    every.sort(
        key=lambda p: (names.fold(names.last_name(p.name)) or p.name_key, p.name_key),
        reverse=reverse,
    )
    return every[:limit], matching


def _counted(kin: Kin, asked: Query, matching: int | None, shown: int) -> str:
    if not shown:
        return ""
    total = people.count(kin.db)
    matching = total if matching is None else matching
    if shown < matching:
        every = kin.cmd(" ".join(filter(None, ["list", str(asked), "--all"])))
        return f"the first {shown:,} of {matching:,}; all: {every}"
    if any(t.field == "is" and "archived" in t.values for t in asked.terms):
        return views.people(shown)
    return f"{shown:,} of {views.people(total)}" if asked.terms else views.people(total)


def _nobody(kin: Kin, words: Sequence[str], asked: Query) -> tuple[Line, ...]:
    if not asked.terms:
        return (
            line("Nobody yet."),
            line("  Add the first one:     ", Span(kin.cmd("add Ada Lovelace"), "command")),
            line("  Have a contacts file?  ", Span(kin.cmd("import contacts.vcf"), "command")),
        )
    only_words = all(t.field == query.WORD and not t.turned for t in asked.terms)
    meant = ""
    if only_words and len(text := " ".join(words)) <= names.NAME_LIMIT:
        found = finding.find(kin.db, text)
        hidden = [p for p in found.people if p.archived_on and found.rule < finding.NEAR]
        if hidden:
            refs = finding.refs(kin.db, hidden[:3])
            return tuple(
                line(f"{p.name} is archived: ", Span(kin.cmd(f"show {refs[p.id]}"), "command"))
                for p in hidden[:3]
            )
        who = ", ".join(p.name for p in found.people[:3])
        meant = f" Did you mean {who}?" if who else ""
    near = ", ".join(f"{name} ({many})" for name, many in querying.near(kin.db, asked))
    meant += f" Words near it: {near}." if near else ""
    groups = ("about", "seeks", "tag", "in", "at")
    listed = [(t.field in groups, t.turned) for t in asked.terms] == [(True, False)]
    said = "Nobody yet." if listed else f"Nobody found for {names.quoted(' '.join(words))}."
    look = (
        {"at": "event list", "in": "community"}.get(asked.terms[0].field)
        if listed and not meant
        else None
    )
    return (line(said + meant), *([line("  ", Span(kin.cmd(look), "command"))] if look else []))


class _Hits:
    """Prints the line of a hit that no column shows, under its row."""

    def __init__(
        self, kin: Kin, found: list[Person], asked: Query, columns: list[list_columns.Drawn]
    ) -> None:
        self._kin = kin
        self._found = found
        self._texts = asked.texts
        self._columns = columns
        self._hits: Mapping[int, querying.Hit] | None = None

    def under(self, person: Person) -> Line | None:
        if self._hits is None:
            shown = {p.id: " ".join(map(self._cell(p), self._columns)) for p in self._found}
            self._hits = querying.hits(self._kin.db, self._found, self._texts, shown)
        hit = self._hits.get(person.id)
        if hit is None:
            return None
        said = hit.where
        if hit.day:
            said = ", ".join(filter(None, [views.when_shown(hit.day, self._kin.today), said]))
        text = _around(views.one_line(hit.text), self._texts)
        return line("  ", Span(f"{said}: {text}" if said else text, "dim"))

    @staticmethod
    def _cell(person: Person) -> Callable[[list_columns.Drawn], str]:
        def text(column: list_columns.Drawn) -> str:
            cell = column.cell(person)
            return cell.text if isinstance(cell, Span) else cell

        return text


def _around(text: str, texts: Sequence[str]) -> str:
    """A few words of a text around the first of ``texts``: ``... teaches sailing in the ...``."""
    words = text.split()
    starts = (
        at
        for at in range(len(words))
        if any(names.fold(" ".join(words[at : at + 8])).startswith(wanted) for wanted in texts)
    )
    at = next(starts, 0) if len(text) > _CONTEXT else 0
    first = max(at - _BEFORE, 0)
    said = " ".join(words[first:])
    if len(said) > _CONTEXT:
        said = said[:_CONTEXT].rpartition(" ")[0] + " ..."
    return f"... {said}" if first else said


def _fields(kin: Kin, wanted: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """The chosen columns where rows go to a program; there they are fields, not words for people."""
    if wanted is None or kin.view.format not in ("csv", "tsv", "json", "jsonl"):
        return None
    for name in wanted:
        if name not in views.FIELDS:
            raise BadInput(
                f"the column {name} is for the screen: {kin.view.format} has fields.",
                hint=f"Fields: {' '.join(views.FIELDS)}",
            )
    return wanted


def _only(record: Recorder, fields: tuple[str, ...]) -> Recorder:
    return lambda person: {field: record(person)[field] for field in fields}


def _recorder(kin: Kin, found: list[Person]) -> Recorder:
    """Records a batch at a time: nothing is read for people who are not printed."""
    made: dict[int, dict[str, object]] = {}
    place = {p.id: at for at, p in enumerate(found)}

    def record(person: Person) -> dict[str, object]:
        if person.id not in made:
            made.clear()
            at = place[person.id]
            batch = found[at : at + 200]
            made.update(
                (p.id, r) for p, r in zip(batch, views.full_records(kin, batch), strict=True)
            )
        return made[person.id]

    return record
