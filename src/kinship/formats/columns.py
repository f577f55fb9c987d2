"""Tables of people: what each column means is known, and a row becomes a card.

The formats differ in their headings alone. A column that means nothing here is kept as it is.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, compress, islice
from typing import Final

from kinship.errors import BadInput
from kinship.formats import Source, days, drafts, headings, tables
from kinship.formats.drafts import Draft
from kinship.formats.headings import UNKNOWN, Means
from kinship.formats.tables import Record, Table
from kinship.model import channel, names
from kinship.model.card import Card, Extra, Reach, Related, Skipped, Talk
from kinship.value import Value

NOT_PEOPLE: Final = "no column of names or e-mail addresses was found. Nothing was written."
HOW_TO_NAME: Final = "Name the columns in the first row, for example: name,email,company"

Meanings = Callable[[Sequence[str]], list[Means]]
"""What the headings of a row mean, folded."""
_Fill = Callable[[Draft, str, Sequence[str]], None]

FIELDS: Final = (
    *("name", "first", "middle", "last", "prefix", "suffix", "nick", "org", "role", "city"),
    *("address", "birthday", "note", "tags", "relation", "cue", "email", "phone", "link"),
    "last_on",
)
"""What `--map` may call a column, beside the kinds of channels."""
_LINES: Final = frozenset(
    ("name", "first", "middle", "last", "prefix", "suffix", "nick", "org", "role", "city")
) | {"relation", "cue", "key", "status", "checked"}
_DAYS: Final = frozenset(("birthday", "date", "last_on"))
_SAMPLE: Final = 60
_NEARLY_ALL: Final = 0.9
_MOST_TAGS: Final = 1000


class Style(Value):
    """How a program writes tables: what its columns mean, and what stands between two values.

    ``finish`` makes the card of a draft where `finish` alone does not; ``nothing`` are values that
    say nothing, each with the heading of its column, folded.
    """

    meanings: Meanings
    finish: Callable[[Draft, Record], Card | Skipped] | None = None
    between: str = ""
    no_tags: frozenset[str] = frozenset()
    nothing: frozenset[tuple[str, str]] = frozenset()


def read(source: Source, style: Style) -> Iterator[Card | Skipped]:
    """The cards of a table. Raises BadInput where no heading says who it is about."""
    table = open_table(source, style)
    if not table.heads:
        raise BadInput(NOT_PEOPLE, hint=(HOW_TO_NAME, *first_row(table)))
    return cards(source, table, style)


def open_table(source: Source, style: Style) -> Table:
    """The table in a file, its headings those that this style or ``source.columns`` knows."""
    chosen = set(headings.keys_of([column for _, column in source.columns]))

    def known(cells: Sequence[str]) -> int:
        keys = headings.keys_of(cells)
        return headings.known(style.meanings(keys)) + 2 * len(chosen.intersection(keys))

    return tables.read(source.data, source.encoding, known)


def first_row(table: Table) -> list[str]:
    """What the file begins with, to be said where it is not understood."""
    cells = next((record.cells for record in islice(table.records, 5) if record.cells), None)
    return [f"It begins: {names.quoted(', '.join(cells)[:200])}"] if cells else []


def cards(source: Source, table: Table, style: Style) -> Iterator[Card | Skipped]:
    """The records of a table under its headings."""
    return _Columns(source, table, style).cards(table.records)


class _Columns:
    """What each column of a table does to a draft."""

    def __init__(self, source: Source, table: Table, style: Style) -> None:
        keys = headings.keys_of(table.heads[: tables.MOST_HEADS])
        means = style.meanings(keys) + [UNKNOWN] * (len(table.heads) - len(keys))
        self.first = list(islice(table.records, _SAMPLE))
        means = chosen(source.columns, table.heads, self._seen(means))
        self.style = style
        more = (f"column {at + 1}" for at in range(len(table.heads), len(means)))
        self.heads = (*table.heads, *more)
        self.row = list(table.heads)
        self.means = means
        self.source = source
        self.fills = [self._fill(at, one) for at, one in enumerate(means)]
        self._order: str | None = None

    def cards(self, records: Iterator[Record]) -> Iterator[Card | Skipped]:
        turned = self._turned(self.first)
        done = self.style.finish or drafts.finish
        for record in chain(self.first, records):
            cells = record.cells
            if cells is None:
                yield Skipped(record.row, tables.NOT_CLOSED, record.text)
                continue
            if len(self.fills) == 1:  # commas are of the names, then
                cells = [", ".join(filter(None, map(str.strip, cells)))]
            if cells == self.row:  # the headings again, as where files were put together
                continue
            draft = self.draft(cells)
            if draft is None:
                continue
            if turned:
                _turn(draft)
            yield done(draft, record)

    def _seen(self, means: Sequence[Means]) -> list[Means]:
        """What columns mean: those of which nothing is known, by the addresses in them."""
        found = list(means)
        for at, one in enumerate(means):
            if not one.field:
                cells = (r.cells[at].strip() for r in self.first if r.cells and at < len(r.cells))
                texts = [drafts.bare_email(text) for text in cells if text]
                if texts and sum(map(drafts.is_email, texts)) >= len(texts) * _NEARLY_ALL:
                    found[at] = Means("email")
        return found

    def _turned(self, first: Sequence[Record]) -> bool:
        """Whether names stand as ``Lovelace, Ada``."""
        at = next((i for i, means in enumerate(self.means) if means.field == "name"), -1)
        if at < 0:
            return False
        held = [", ".join(r.cells) if len(self.fills) == 1 else r.cells[at] for r in first
                if r.cells and len(r.cells) > at and r.cells[at].strip()]  # fmt: skip
        return sum(map(_is_turned, held)) > len(held) * 0.8

    def draft(self, cells: Sequence[str]) -> Draft | None:
        """What a row says; None for an empty one."""
        draft = Draft()
        empty = True
        fills = self.fills
        width = len(fills)
        for at in compress(range(len(cells)), cells):
            if not (text := cells[at].strip()):
                continue
            empty = False
            if (
                text[0] == "=" and text[:2] == '="' and text[-1] == '"'
            ):  # so that Excel computes nothing
                text = text[2:-1].strip()
            if at < width:
                fills[at](draft, text, cells)
            elif drafts.is_email(text):
                draft.reaches.append(Reach("email", text))
            else:
                draft.extras.append(Extra(f"column {at + 1}", text))
        return None if empty else draft

    def _fill(self, at: int, means: Means) -> _Fill:
        head = self.heads[at] or f"column {at + 1}"
        field = means.field
        if field == "" or field == "extra":
            return self._extra(head)
        if field == "ignore":
            return lambda _draft, _text, _cells: None
        if field in _DAYS:
            return self._day(head, means)
        if field.startswith("born "):
            return lambda draft, text, _: draft.born.__setitem__(field[5:], text)
        if field == "name" and means.label:
            return self._half(head, means.label)
        if field in _LINES:
            return self._line(head, field)
        if field == "kept name":
            return self._kept_name(head)
        if field == "note":
            return lambda draft, text, _: draft.notes.append(text.replace("\r\n", "\n"))
        if field == "place":
            return self._place(head)
        if field == "tags":
            return self._tags(head)
        if field == "address":
            return self._address(head, means)
        if field == "related":
            return self._related(head, means)
        return self._reach(head, means)

    def _extra(self, head: str) -> _Fill:
        nothing = {text for key, text in self.style.nothing if key == names.fold(head)}

        def fill(draft: Draft, text: str, _cells: Sequence[str]) -> None:
            if not nothing or text.lower() not in nothing:
                draft.extras.append(Extra(head, text))

        return fill

    def _kept_name(self, head: str) -> _Fill:
        def fill(draft: Draft, text: str, _cells: Sequence[str]) -> None:
            name, _, address = text.partition(" (")
            if "@" not in (address or name):
                draft.names_kept.append((head, text))
            elif not drafts.is_email(name):
                draft.names_kept.append((head, name))

        return fill

    def _line(self, head: str, field: str) -> _Fill:
        between = self.style.between
        part_of_name = field in ("middle", "prefix", "suffix")

        def fill(draft: Draft, text: str, _cells: Sequence[str]) -> None:
            value = text if text.isprintable() else " ".join(text.split())
            if between and between in value:
                draft.extras.append(Extra(head, text))
                value = value.partition(between)[0].strip()
            if draft.said.setdefault(field, value) != value:
                draft.extras.append(Extra(head, text))
            elif part_of_name:
                draft.names_kept.append((head, text))

        return fill

    def _place(self, head: str) -> _Fill:
        def fill(draft: Draft, text: str, _cells: Sequence[str]) -> None:
            draft.place = Extra(head, " ".join(text.split()))

        return fill

    def _half(self, head: str, half: str) -> _Fill:
        line = self._line(head, "name")

        def fill(draft: Draft, text: str, cells: Sequence[str]) -> None:
            line(draft, text, cells)
            draft.half = half

        return fill

    def _day(self, head: str, means: Means) -> _Fill:
        def fill(draft: Draft, text: str, cells: Sequence[str]) -> None:
            day = days.read(text)
            if day == days.UNCLEAR:
                day = days.read(text, self.order())
            if day and day != days.UNCLEAR:
                beside = cells[means.beside] if 0 <= means.beside < len(cells) else ""
                label = beside.strip().removeprefix("* ") or means.label or head
                if means.field == "last_on":
                    draft.talks.append(Talk(day, ""))
                elif means.field == "birthday" or names.fold(label) == "birthday":
                    if draft.said.setdefault("birthday", day) != day:
                        draft.extras.append(Extra(head, text))
                else:
                    draft.dates.append((label, day))
                if not days.loses_year(text, day):
                    return
            elif days.says_nothing(text):
                return
            else:
                draft.remarks.append(f"{head}: {names.quoted(text)} {days.why_not(day)}")
            draft.extras.append(Extra(head, text))

        return fill

    def _tags(self, head: str) -> _Fill:
        known: dict[str, list[str]] = {}

        def fill(draft: Draft, text: str, _cells: Sequence[str]) -> None:
            tags = known.get(text)
            if tags is None and len(text) > drafts.LONGEST:
                draft.extras.append(Extra(head, text))
                return
            if tags is None:
                tags = self._tags_of(text)
                if len(known) < _MOST_TAGS:
                    known[text] = tags
            draft.tags += tags

        return fill

    def _tags_of(self, text: str) -> list[str]:
        mark = self.style.between or (";" if ";" in text else ",")
        tags = (" ".join(part.strip(' "').removeprefix("* ").split()) for part in text.split(mark))
        unwanted = self.style.no_tags
        return [tag for tag in tags if tag and tag.lower().replace(" ", "") not in unwanted]

    def _address(self, head: str, means: Means) -> _Fill:
        place, part = means.label, drafts.PARTS.index(means.part)

        def fill(draft: Draft, text: str, _cells: Sequence[str]) -> None:
            draft.homes.setdefault(place, []).append((part, head, text))

        return fill

    def _related(self, head: str, means: Means) -> _Fill:
        """Whom they know, and beside it what that one is to them; kept as it is, too."""
        between, beside = self.style.between, means.beside

        def fill(draft: Draft, text: str, cells: Sequence[str]) -> None:
            how = cells[beside] if 0 <= beside < len(cells) else means.label
            how = how.strip().removeprefix("* ").lower()
            for name in text.split(between) if between else [text]:
                draft.related.append(Related(how, " ".join(name.split())))
            draft.extras.append(Extra(head, text))

        return fill

    def _reach(self, head: str, means: Means) -> _Fill:
        between = self.style.between
        field, beside = means.field, means.beside
        fixed = ("", means.label) if field == "link" else (field, means.label)
        if field == "im":
            fixed = drafts.im_kind(means.label), ""

        def fill(draft: Draft, text: str, cells: Sequence[str]) -> None:
            kind, label = fixed
            said = cells[beside] if 0 <= beside < len(cells) else ""
            if said and field == "im":
                kind = drafts.im_kind(said)
            elif said:
                label = said.strip().removeprefix("*").lstrip()
                label = label.lower() if label.istitle() else label
            parts = drafts.several(text, field, between)
            if kind == "email" and "<" in text and not draft.called:
                draft.called = drafts.display_name(text)
            if kind in channel.PHONES:
                parts = _numbers(draft, head, parts)
            at = 0 if said.startswith("* ") else len(draft.reaches)  # the one they like best
            draft.reaches[at:at] = [Reach(kind, part, label) for part in parts]

        return fill

    def order(self) -> str:
        """Which comes first in its days, by all of the file, else as the user says."""
        if self._order is None:
            at = [i for i, means in enumerate(self.means) if means.field in _DAYS]
            again = open_table(self.source, self.style).records
            rows = (record.cells for record in again if record.cells)
            texts = (cells[i] for cells in rows for i in at if i < len(cells))
            self._order = days.order_of(texts) or self.source.date_order
        return self._order


def _numbers(draft: Draft, head: str, parts: Sequence[str]) -> list[str]:
    """Phone numbers as they were; one of which only the first figures are left is kept apart."""
    for part in filter(drafts.is_cut, parts):
        draft.extras.append(Extra(head, part))
        draft.remarks.append(drafts.cut_short(head, part))
    return [drafts.number(part) for part in parts if not drafts.is_cut(part)]


def _is_turned(name: str) -> bool:
    return "," in name and not names.is_suffix(name.partition(",")[2])


def _turn(draft: Draft) -> None:
    name = draft.said.get("name", "")
    if _is_turned(name):
        last, _, first = name.partition(",")
        draft.said["name"] = f"{first.strip()} {last.strip()}".strip()


def chosen(
    said: Sequence[tuple[str, str]], heads: Sequence[str], means: Sequence[Means]
) -> list[Means]:
    """The meanings of columns, those that were chosen for some of them first.

    A column is called by its heading or its number; another one that means the same field, of which
    there is only one, is kept as it is. Raises BadInput for a column that is not there.
    """
    found = list(means)
    named: dict[str, list[int]] = {}
    keys = headings.keys_of(heads)
    for field, column in said:
        kind = channel.kind_of(field)
        if field != "-" and field not in FIELDS and kind is None:
            raise BadInput(
                f"{names.quoted(field)} is no field. Nothing was written.",
                hint=f"Fields: {', '.join(FIELDS)}, a kind of channel, or - for none",
            )
        (wanted,) = headings.keys_of([column])
        at = [i for i, key in enumerate(keys) if key == wanted]
        if not at and column.isdecimal() and 0 < int(column) <= len(found):
            at = [int(column) - 1]
        if not at:
            raise BadInput(
                f"there is no column {names.quoted(column)}. Nothing was written.",
                hint=f"Columns: {names.quoted(', '.join(heads)[:400])}" if heads else (),
            )
        field = {"-": "extra", "website": "link"}.get(field, kind or field)
        named.setdefault(field, []).extend(at)
        for i in at:
            whole = "whole" if field == "address" else ""
            same = found[i] if found[i].field == field != "name" else UNKNOWN
            found[i] = same if same.field else Means(field, "", whole)
    return [
        UNKNOWN if one.field in _LINES and i not in named.get(one.field, (i,)) else one
        for i, one in enumerate(found)
    ]
