"""The files an import is given: found, recognised, and read a record at a time."""

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from kinship import formats
from kinship.cli.context import Kin
from kinship.cli.import_plan import Left, Unread
from kinship.errors import BadInput, FileTrouble, KinshipError, NotFound
from kinship.formats import READERS, Source
from kinship.formats.columns import NOT_PEOPLE
from kinship.model import names
from kinship.model.card import Card, Extra, Skipped
from kinship.render.progress import Progress
from kinship.services import column_maps
from kinship.services.importing import Told
from kinship.store import db as store
from kinship.value import Value

JSONL = "kinship-jsonl"
TABLES = ("csv", "attendees")
"""Formats whose columns may be named with --map."""
_NO_TABLES = ("vcard", "jcard", "ldif", "abook", "monica", JSONL)
_OFTEN = 50
_HEAD = 100_000


class Said(Value):
    """What was said about the files: their format, encoding, columns, order of day and month."""

    form: str = ""
    encoding: str = ""
    columns: tuple[tuple[str, str], ...] | None = None
    """None where nothing was said; empty to forget what was said before."""
    date_order: str = ""


class Given(Value):
    """A file that is understood, its format, and the headings of its table if it is one."""

    source: Source
    form: str
    heads: tuple[str, ...] = ()


class Files:
    """All files of one import, in the order they were given."""

    def __init__(self, kin: Kin, words: Sequence[str], said: Said) -> None:
        self._kin = kin
        self._said = said
        self.given: list[Given] = []
        self.unread: list[Unread] = []
        self.apart: list[Unread] = []
        self.others = 0
        self.columns: Counter[str] = Counter()
        self.maps: list[str] = []
        self._typed = words[0] if len(words) == 1 else ""
        self._forget: list[tuple[str, tuple[str, ...]]] = []
        trouble: list[KinshipError] = []
        for word in words:
            try:
                self._take(word)
            except (BadInput, FileTrouble, NotFound) as error:
                trouble.append(error)
                self.unread.append(Unread(word, _why(error)))
        if not self.given:
            raise trouble[0] if len(trouble) == 1 else _none_read(self.unread)
        self._unopened = len(self.unread)

    def _take(self, word: str) -> None:
        """A file, or all the files of a folder or an archive that are of a format we read."""
        from kinship.formats import archive  # noqa: PLC0415  (only to read files in)

        if word != "-" and store.is_ours(os.path.expanduser(word)):
            raise BadInput(
                f"{store.display(word)} is a kinship file itself, to be used and not imported. "
                "Nothing was written.",
                hint=(
                    self._kin.cmd(f"--db {names.word(word)} list"),
                    self._kin.cmd(f"--db {names.word(word)} export --format jsonl -o people.jsonl"),
                ),
            )
        said = self._said
        form = said.form or ("csv" if said.columns else "")
        stream = sys.stdin.buffer if word == "-" else None
        try:
            found = archive.gather(word, stream, form=form, encoding=said.encoding)
        except BadInput as error:
            if form or not self._seen_before(word):
                error.hint = error.hint or (self._kin.cmd("help import"),)
                raise
            found = archive.gather(word, form="csv", encoding=said.encoding)
        self.given += [self._mapped(source, kind) for kind, source in found.sources]
        for one in found.left:
            if one.broken or one.apart:
                several = self.unread if one.broken else self.apart
                several.append(Unread(one.name, one.what))
            else:
                self.others += 1

    def _seen_before(self, word: str) -> bool:
        """Whether it is a table whose columns somebody named once."""
        try:
            with open(os.path.expanduser(word), "rb") as file:
                source = Source(word, file.read(_HEAD), self._said.encoding)
            return bool(column_maps.remembered(self._kin.db, column_maps.heads(source)[0]))
        except (OSError, BadInput):
            return False

    def _mapped(self, source: Source, form: str) -> Given:
        """A file with what was said of it; of a table its columns as they are said, now or before."""
        source = source._replace(date_order=self._said.date_order)
        said = self._said.columns
        if form in _NO_TABLES or (form not in TABLES and not said):
            return Given(source, form)
        heads = column_maps.heads(source._replace(columns=said or ()))[0]
        if said:
            columns = column_maps.checked(said, heads)
        elif said is None:
            columns = column_maps.remembered(self._kin.db, heads)
            if columns:
                told = ", ".join(f"{field}={column}" for field, column in columns)
                self.maps.append(
                    f"Columns of {source.name} as you said before: {told} (--map '' forgets)."
                )
        else:
            columns = ()
            self._forget.append((source.name, heads))
        if columns:
            return Given(source._replace(columns=columns), "csv", heads)
        return Given(source, form, heads)

    def again(self, date_order: str) -> None:
        """The same files, with days and months in this order."""
        self.given = [
            one._replace(source=one.source._replace(date_order=date_order)) for one in self.given
        ]
        self.columns.clear()
        del self.unread[self._unopened :]

    def told(self, progress: Progress) -> Iterator[Told]:
        """What each file tells, read as it is asked for."""
        self._read = 0
        for one in self.given:
            yield Told(one.source.name, one.form, self._records(one, progress))

    def _records(self, one: Given, progress: Progress) -> Iterable[Card | Skipped]:
        told = 0
        table = one.form not in _NO_TABLES
        try:
            for record in formats.read(one.form, one.source):
                told += 1
                self._read += 1
                if table and isinstance(record, Card) and record.extras:
                    kept = (e.name for e in record.extras if not _is_in_address(e, record))
                    self.columns.update(dict.fromkeys(kept).keys())
                if self._read % _OFTEN == 0:
                    progress.tell(self._read)
                yield record
        except BadInput as error:
            if len(self.given) + len(self.unread) == 1 and not told:
                error.hint = self._named(one, error)
                raise
            after = f" (from record {told + 1} on)" if told else ""
            self.unread.append(Unread(one.source.name, _why(error) + after))

    def _named(self, one: Given, error: BadInput) -> tuple[str, ...]:
        """How to say which column is which, of a table in which none is known."""
        heads = [head for head in one.heads if head]
        if error.message != NOT_PEOPLE or len(heads) < 2 or not self._typed:
            return error.hint
        example = f"--map {names.word(f'name={heads[0]},org={heads[1]}')}"
        command = self._kin.cmd(f"import {names.word(self._typed)} {example}")
        return (f"Say which column is which: {command}", *error.hint[1:])

    @property
    def left(self) -> Left:
        """What there is beside people; known when all was read."""
        nameable = any(map(_nameless, self.given))
        return Left(self.unread, self.columns, self.maps, nameable, self.others, self.apart)

    @property
    def restores(self) -> bool:
        """Whether it is kinship's own file, which comes back whole."""
        return any(one.form == JSONL for one in self.given)

    @property
    def to_remember(self) -> list[tuple[str, tuple[str, ...], column_maps.Columns]]:
        """The file, its headings and what was said of them, where that was now."""
        if not self._said.columns:
            return [(file, heads, ()) for file, heads in self._forget]
        return [(one.source.name, one.heads, one.source.columns) for one in self.given if one.heads]

    @property
    def heads(self) -> dict[str, str]:
        """The headings of each table, as they stand in it."""
        return {
            one.source.name: column_maps.heads(one.source)[1]
            for one in self.given
            if one.form not in _NO_TABLES
        }


def _nameless(one: Given) -> bool:
    """Whether it is a table in which no column is known for names."""
    if not one.heads:
        return False
    from kinship.formats import headings  # noqa: PLC0415  (only for a table)

    means = headings.meanings(headings.keys_of(one.heads))
    fields = {mean.field for mean in means} | {field for field, _ in one.source.columns}
    return not fields & {"name", "first", "last"}


def _is_in_address(extra: Extra, card: Card) -> bool:
    """Whether the address of a card says this part of it too."""
    address, part = (
        " ".join(text.replace(",", " ").split()) for text in (card.address, extra.value)
    )
    return bool(address) and f" {part} " in f" {address} "


def _why(error: KinshipError) -> str:
    return error.message.removesuffix(" Nothing was written.").removesuffix(" Nothing was read.")


def _none_read(unread: Sequence[Unread]) -> BadInput:
    return BadInput(
        f"none of these {len(unread)} files could be read. Nothing was written.",
        hint=tuple(f"{one.file}: {one.why}" for one in unread[:5]),
    )


def said_of(
    kin: Kin, form: str | None, encoding: str | None, columns: str | None, date_order: str | None
) -> Said:
    """The options about files. Raises BadInput for what is none of those there are."""
    return Said(
        _format(form) if form else "",
        _encoding(encoding) if encoding else "",
        _columns(kin, columns),
        _order(date_order) if date_order else "",
    )


def _format(text: str) -> str:
    key = text.strip().lower()
    known = (*READERS, JSONL)
    key = _SHORT.get(key, key)
    if key in known:
        return key
    from difflib import get_close_matches  # noqa: PLC0415  (only for a wrong word)

    near = get_close_matches(key, known, n=1, cutoff=0.4)
    meant = f" Did you mean {near[0]}?" if near else ""
    raise BadInput(
        f"there is no format {names.quoted(text)}.{meant} Nothing was written.",
        hint=f"Formats: {' '.join(known)}",
    )


_SHORT = {
    "vcf": "vcard",
    "vcards": "vcard",
    "linkedin": "linkedin-connections",
    "connections": "linkedin-connections",
    "messages": "linkedin-messages",
    "invitations": "linkedin-invitations",
    "google": "google-csv",
    "gmail": "google-csv",
    "outlook": "outlook-csv",
    "yahoo": "yahoo-csv",
    "thunderbird": "thunderbird-csv",
    "luma": "attendees",
    "eventbrite": "attendees",
    "meetup": "attendees",
    "table": "csv",
    "tsv": "csv",
    "kinship": JSONL,
    "jsonl": JSONL,
}


def _encoding(text: str) -> str:
    import codecs  # noqa: PLC0415  (only for --encoding)

    try:
        info = codecs.lookup(text)
        b"".decode(text)
    except (LookupError, ValueError, UnicodeError) as error:
        raise BadInput(
            f"there is no encoding {names.quoted(text)}. Nothing was written.",
            hint="For example: utf-8, cp1252, latin-1, shift_jis, utf-16",
        ) from error
    return info.name


def _columns(kin: Kin, text: str | None) -> tuple[tuple[str, str], ...] | None:
    if text is None:
        return None
    return column_maps.parse(text, kin.cmd("help import"))


def _order(text: str) -> str:
    low = text.strip().lower()
    if low not in ("dmy", "mdy"):
        raise BadInput(
            f"--date-order is dmy or mdy, not {names.quoted(text)}. Nothing was written.",
            hint="dmy: 3/4/1990 is 3 April; mdy: it is 4 March",
        )
    return low
