"""Tables of people: what each column means is known, and a row becomes a card.

The formats differ in their headings alone. A column that means nothing here is kept as it is.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from typing import Final

from kinship.errors import BadInput
from kinship.formats import Source, days, headings, tables
from kinship.formats.headings import UNKNOWN, Means
from kinship.formats.tables import Record, Table
from kinship.model import channel, names
from kinship.model.card import Card, Extra, Reach, Skipped
from kinship.value import Value

NOBODY: Final = "no name, e-mail address, phone number or company"
NOT_PEOPLE: Final = "no column of names or e-mail addresses was found. Nothing was written."
HOW_TO_NAME: Final = "Name the columns in the first row, for example: name,email,company"

Meanings = Callable[[Sequence[str]], list[Means]]
"""What the headings of a row mean, folded."""
_Fill = Callable[["Draft", str, Sequence[str]], None]

FIELDS: Final = (
    *("name", "first", "middle", "last", "prefix", "suffix", "nick", "org", "role", "city"),
    *("address", "birthday", "note", "tags", "relation", "cue", "email", "phone", "link"),
)
"""What `--map` may call a column, beside the kinds of channels."""
_LINES: Final = frozenset(
    ("name", "first", "middle", "last", "prefix", "suffix", "nick", "org", "role", "city")
) | {"relation", "cue", "key", "status", "checked"}
_SAMPLE: Final = 60
_PARTS: Final = ("street", "box", "more", "zip", "city", "region", "country")


class Style(Value):
    """How a program writes tables: what its columns mean, and what stands between two values.

    ``finish`` makes the card of a draft where `finish` alone does not; ``nothing`` are values that
    say nothing, each with the heading of its column, folded.
    """

    meanings: Meanings
    finish: Callable[["Draft", Record], Card | Skipped] | None = None
    between: str = ""
    no_tags: frozenset[str] = frozenset()
    nothing: frozenset[tuple[str, str]] = frozenset()


class Draft:
    """A row on its way to a card."""

    __slots__ = (
        "born", "dates", "extras", "homes", "names_kept", "notes", "reaches", "remarks", "said", "tags",
    )  # fmt: skip

    def __init__(self) -> None:
        self.said: dict[str, str] = {}
        self.born: dict[str, str] = {}
        self.homes: dict[str, dict[str, tuple[str, str]]] = {}
        self.reaches: list[Reach] = []
        self.notes: list[str] = []
        self.tags: list[str] = []
        self.dates: list[tuple[str, str]] = []
        self.extras: list[Extra] = []
        self.remarks: list[str] = []
        self.names_kept: list[tuple[str, str]] = []


def read(source: Source, style: Style) -> Iterator[Card | Skipped]:
    """The cards of a table. Raises BadInput where no heading says who it is about."""
    table = open_table(source, style)
    if not table.heads:
        raise BadInput(NOT_PEOPLE, hint=(HOW_TO_NAME, *first_row(table)))
    return cards(source, table, style)


def open_table(source: Source, style: Style) -> Table:
    """The table in a file, its headings those that this style or ``source.columns`` knows."""
    chosen = {names.fold(column) for _, column in source.columns}

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
        keys = headings.keys_of(table.heads)
        means = chosen(source.columns, table.heads, style.meanings(keys))
        self.style = style
        more = (f"column {at + 1}" for at in range(len(table.heads), len(means)))
        self.heads = (*table.heads, *more)
        self.row = table.heads
        self.means = means
        self.source = source
        self.fills = [self._fill(at, one) for at, one in enumerate(means)]
        self._order: str | None = None

    def cards(self, records: Iterator[Record]) -> Iterator[Card | Skipped]:
        first = list(islice(records, _SAMPLE))
        turned = self._turned(first)
        done = self.style.finish or finish
        for record in chain(first, records):
            cells = record.cells
            if cells is None:
                yield Skipped(record.row, tables.NOT_CLOSED, record.text)
                continue
            if len(self.fills) == 1:  # commas are of the names, then
                cells = [", ".join(filter(None, map(str.strip, cells)))]
            draft = self.draft(cells)
            if draft is None or self._is_head(cells):
                continue
            if turned:
                _turn(draft)
            yield done(draft, record)

    def _is_head(self, cells: Sequence[str]) -> bool:
        """Whether these are the headings again, as where files were put together."""
        return len(cells) == len(self.row) and all(
            cell.strip() == head for cell, head in zip(cells, self.row, strict=True)
        )

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
        for at, cell in enumerate(cells):
            if cell and (text := cell.strip()):
                empty = False
                if at < width:
                    fills[at](draft, text, cells)
                elif is_email(text):
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
        if field in ("birthday", "date"):
            return self._day(head, means)
        if field.startswith("born "):
            return lambda draft, text, _: draft.born.__setitem__(field[5:], text)
        if field in _LINES:
            return self._line(head, field)
        if field == "kept name":
            return lambda draft, text, _: draft.names_kept.append((head, text))
        if field == "note":
            return lambda draft, text, _: draft.notes.append(text)
        if field == "tags":
            return self._tags
        if field == "address":
            return self._address(head, means)
        return self._reach(means)

    def _extra(self, head: str) -> _Fill:
        nothing = {text for key, text in self.style.nothing if key == names.fold(head)}

        def fill(draft: Draft, text: str, _cells: Sequence[str]) -> None:
            if not nothing or text.lower() not in nothing:
                draft.extras.append(Extra(head, text))

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

    def _day(self, head: str, means: Means) -> _Fill:
        def fill(draft: Draft, text: str, cells: Sequence[str]) -> None:
            day = days.read(text)
            if day == days.UNCLEAR:
                day = days.read(text, self.order())
            if day and day != days.UNCLEAR:
                label = self._beside(means, cells) or means.label or head
                if means.field == "birthday" or names.fold(label) == "birthday":
                    if draft.said.setdefault("birthday", day) != day:
                        draft.extras.append(Extra(head, text))
                else:
                    draft.dates.append((label, day))
                if not days.loses_year(text, day):
                    return
            elif days.says_nothing(text):
                return
            else:
                why = "could be two days" if day else "is no day"
                draft.remarks.append(f"{head}: {names.quoted(text)} {why}")
            draft.extras.append(Extra(head, text))

        return fill

    def _tags(self, draft: Draft, text: str, _cells: Sequence[str]) -> None:
        mark = self.style.between or (";" if ";" in text else ",")
        for part in text.split(mark):
            tag = " ".join(part.strip().removeprefix("* ").split())
            if tag and tag.lower().replace(" ", "") not in self.style.no_tags:
                draft.tags.append(tag)

    def _address(self, head: str, means: Means) -> _Fill:
        def fill(draft: Draft, text: str, _cells: Sequence[str]) -> None:
            parts = draft.homes.setdefault(means.label, {})
            name = means.part if means.part not in parts else f"{means.part} {len(parts)}"
            parts[name] = (head, text)

        return fill

    def _reach(self, means: Means) -> _Fill:
        between = self.style.between
        field = means.field

        def fill(draft: Draft, text: str, cells: Sequence[str]) -> None:
            said = self._beside(means, cells)
            label, kind = means.label, field
            if field == "im":
                kind, label = im_kind(said or label), ""
            elif said:
                label = said.removeprefix("* ")
                label = label.lower() if label.istitle() else label
            if field == "link":
                kind = ""
            found = [Reach(kind, part, label) for part in several(text, field, between)]
            if said.startswith("* "):
                draft.reaches[:0] = found
            else:
                draft.reaches += found

        return fill

    def _beside(self, means: Means, cells: Sequence[str]) -> str:
        at = means.beside
        return cells[at].strip() if 0 <= at < len(cells) else ""

    def order(self) -> str:
        """Which comes first in its days, by all of the file, else as the user says."""
        if self._order is None:
            at = [i for i, means in enumerate(self.means) if means.field in ("birthday", "date")]
            again = open_table(self.source, self.style).records
            rows = (record.cells for record in again if record.cells)
            texts = (cells[i] for cells in rows for i in at if i < len(cells))
            self._order = days.order_of(texts) or self.source.date_order
        return self._order


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

    A column is called by its heading or its number. Raises BadInput for one that is not there.
    """
    found = list(means)
    keys = headings.keys_of(heads)
    for field, column in said:
        kind = channel.kind_of(field)
        if field != "-" and field not in FIELDS and kind is None:
            raise BadInput(
                f"{names.quoted(field)} is no field. Nothing was written.",
                hint=f"Fields: {', '.join(FIELDS)}, a kind of channel, or - for none",
            )
        at = [i for i, key in enumerate(keys) if key == names.fold(column)]
        if not at and column.isdecimal() and 0 < int(column) <= len(found):
            at = [int(column) - 1]
        if not at:
            raise BadInput(
                f"there is no column {names.quoted(column)}. Nothing was written.",
                hint=f"Columns: {names.quoted(', '.join(heads)[:400])}" if heads else (),
            )
        field = {"-": "extra", "website": "link"}.get(field, kind or field)
        for i in at:
            whole = "whole" if field == "address" else ""
            same = found[i] if found[i].field == field else UNKNOWN
            found[i] = same if same.field else Means(field, "", whole)
    return found


def finish(draft: Draft, record: Record) -> Card | Skipped:
    """The card of a row, or why it makes nobody."""
    said = draft.said
    name = _name(draft)
    _home(draft)
    _born(draft)
    reaches = tuple(dict.fromkeys(draft.reaches))
    first_reach = next((r.text for r in reaches if r.kind), reaches[0].text if reaches else "")
    name = name or said.get("nick") or said.get("org") or first_reach
    if not names.fold(name):
        return Skipped(record.row, NOBODY, record.text)
    return Card(
        record.row,
        name,
        said.get("key", ""),
        said.get("first", ""),
        said.get("last", ""),
        said.get("nick", ""),
        said.get("org", ""),
        said.get("role", ""),
        said.get("city", ""),
        said.get("address", ""),
        said.get("birthday", ""),
        said.get("relation", ""),
        said.get("cue", ""),
        reaches=reaches,
        notes=tuple(draft.notes),
        tags=tuple(dict.fromkeys(draft.tags)),
        dates=tuple(draft.dates),
        extras=tuple(draft.extras),
        remarks=tuple(draft.remarks),
    )


def _name(draft: Draft) -> str:
    """The name as a person would say it; what it lacks of its parts is kept as it is."""
    said = draft.said
    parts = [said.get(part, "") for part in ("prefix", "first", "middle", "last", "suffix")]
    built = " ".join(filter(None, parts))
    first, last = parts[1], parts[3]
    if first and last and _is_han(first) and _is_han(last):
        built = last + first
    name = said.get("name", "")
    if first and last and name.replace(" ", "") in (f"{last},{first}", f"{last};{first}"):
        name = ""
    name = name or (built if first or last or parts[2] else "")
    for head, text in draft.names_kept:
        if text not in name and not set(names.fold(text).split()) <= set(names.fold(name).split()):
            draft.extras.append(Extra(head, text))
    return name


def _is_han(text: str) -> bool:
    return all("\u2e80" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7af" for char in text)


def _home(draft: Draft) -> None:
    """The address in one line, that of their home first; what came in pieces is kept too."""
    if not draft.homes:
        return
    said = draft.said
    places = sorted(draft.homes, key=lambda place: place.lower() not in ("home", ""))
    for number, place in enumerate(places):
        parts = draft.homes[place]
        texts = {part: _in_one_line(text) for part, (_, text) in parts.items()}
        if not number and "address" not in said:
            whole = [texts.pop("whole")] if "whole" in texts else []
            pieces = whole or [
                text for part in _PARTS for name, text in texts.items() if name.split()[0] == part
            ]
            if set(texts) != {"city"} or whole:
                said["address"] = ", ".join(pieces)
            if "city" in texts and "city" not in said:
                said["city"] = texts["city"]
            if len(parts) == 1:
                continue
        draft.extras += [Extra(head, text) for head, text in parts.values()]


def _in_one_line(text: str) -> str:
    return ", ".join(filter(None, (line.strip(" ,") for line in text.splitlines())))


def _born(draft: Draft) -> None:
    """A birthday that came in three columns."""
    born = draft.born
    if not born or "birthday" in draft.said:
        return
    year, month, day = (born.get(part, "") for part in ("year", "month", "day"))
    if month.isdecimal() and day.isdecimal() and len(year) in (0, 4) and len(month + day) < 5:
        text = f"{year}-{month}-{day}" if year else f"--{month:0>2}{day:0>2}"
        if found := days.read(text):
            draft.said["birthday"] = found
            return
    if any(part.strip("0") for part in born.values()):
        draft.extras += [Extra(f"Birth {part.title()}", text) for part, text in born.items()]
        draft.remarks.append("the birthday is not complete")


def several(text: str, field: str, between: str = "") -> list[str]:
    """The addresses or numbers in a cell."""
    parts = [text]
    if between and between in text:
        parts = text.split(between)
    elif field == "email" and text.count("@") > 1:
        found = text.replace(";", ",").replace("\n", ",").split(",")
        found = found if len(found) > 1 else text.split()
        parts = found if all("@" in part for part in found if part.strip()) else parts
    elif field == "phone":
        for mark in (";", "\n", " / ", ","):
            found = text.split(mark)
            if len(found) > 1 and all(sum(map(str.isdigit, part)) > 5 for part in found):
                parts = found
                break
    cleaned = [part.strip() for part in parts]
    if field == "email":
        cleaned = [bare_email(part) for part in cleaned]
    return [part for part in cleaned if part]


def bare_email(text: str) -> str:
    """The address of ``Ada <ada@x.example>`` or ``mailto:ada@x.example``."""
    _, mark, rest = text.partition("<")
    if mark and rest.endswith(">") and "@" in rest:
        return rest[:-1].strip()
    return text.removeprefix("mailto:")


def is_email(text: str) -> bool:
    """Whether this is an e-mail address."""
    local, at, domain = text.rpartition("@")
    return bool(at and local and "." in domain) and len(text.split()) == 1


def im_kind(service: str) -> str:
    """The kind of a messenger by what a program calls it."""
    key = names.fold(service).replace(" ", "")
    kinds = {"jabber": "xmpp", "googletalk": "gtalk", "hangouts": "gtalk", "": "im"}
    return channel.kind_of(key) or kinds.get(key, key)
