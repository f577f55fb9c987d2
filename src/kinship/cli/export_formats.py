"""The formats of ``export``: a line of `FORMATS` each, and the function that writes it."""

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from typing import IO, TextIO

from kinship.cli import views
from kinship.cli.context import Kin
from kinship.model import names
from kinship.model.card import Card
from kinship.model.person import Person
from kinship.render import View, check, show
from kinship.render.shapes import Sheet, Table
from kinship.services import exporting
from kinship.value import Value


class Asked(Value):
    """What is to be written: the people by number, whether that is everybody, and how."""

    kin: Kin
    people: Sequence[int]
    everybody: bool
    excel: bool = False
    raw: bool = False
    vcard: str = "4.0"
    pattern: str = ""


class OneFile(Value):
    """A file of a folder: whose it is, what to call it if it is new, and what is in it.

    One that is there already may have any of the ``keys``, the first rather than the next.
    """

    keys: Sequence[str]
    name: str
    text: str


class Folder(Value):
    """A format with a file a person: what is in them, and whose a file is that is there already."""

    ending: str
    files: Callable[[Asked], Iterator[OneFile]]
    key_of: Callable[[IO[bytes]], str]
    """The key in a file; empty where it is not one of one person."""


class Format(Value):
    """A format: ``write`` returns what there is to say of it beside how many people it holds.

    ``begins`` are the ways in which a file of it begins that kinship wrote.
    """

    write: Callable[[Asked, TextIO], str]
    endings: tuple[str, ...] = ()
    begins: tuple[bytes, ...] = ()
    folder: Folder | None = None


def of(name: str) -> Format | None:
    """The format of that name; a pattern such as ``{name} <{email}>`` is one too."""
    if "{" in name:
        check(name)
        return Format(_pattern)
    return FORMATS.get(name)


def by_ending(path: str) -> str:
    """The name of the format that a file of this name would be in."""
    lower = path.lower()
    fitting = (n for n, f in FORMATS.items() if f.endings and lower.endswith(f.endings))
    return next(fitting, "csv")


def _csv(asked: Asked, out: TextIO) -> str:
    from kinship.formats import spreadsheet  # noqa: PLC0415  (only for CSV)

    people = None if asked.everybody else asked.people
    with closing(exporting.in_columns(asked.kin.db, people, asked.kin.today)) as blocks:
        changed = spreadsheet.write(
            out, exporting.COLUMNS, blocks, raw=asked.raw, excel=asked.excel
        )
    if not changed:
        return ""
    cells = f"{views.counted(changed, 'cell')} that would start a formula"
    return f"{cells} {'was' if changed == 1 else 'were'} made plain text."


def _json(asked: Asked, out: TextIO) -> str:
    show(Sheet(lambda room: [], list(_records(asked))), _view(out, "json"))
    return ""


def _pattern(asked: Asked, out: TextIO) -> str:
    show(Table(list(_records(asked)), [], lambda r: r), _view(out, asked.pattern))
    return ""


def _jsonl(asked: Asked, out: TextIO) -> str:
    from kinship.formats import kinship_lines  # noqa: PLC0415  (only for JSON Lines)
    from kinship.services import saving  # noqa: PLC0415  (as above)

    lines = saving.lines(asked.kin.db, None if asked.everybody else asked.people)
    out.writelines(map(kinship_lines.written, lines))
    return ""


def _google(asked: Asked, out: TextIO) -> str:
    from kinship.formats import google_out  # noqa: PLC0415  (only for Google)
    from kinship.services import cards_out  # noqa: PLC0415  (as above)

    db, people = asked.kin.db, asked.people
    google_out.write(out, lambda: (card for _, card in cards_out.cards(db, people)))
    return ""


def _vcf(asked: Asked, out: TextIO) -> str:
    from kinship.formats import vcard_writer  # noqa: PLC0415  (only for vCards)

    vcard_writer.write(out, (card for _, card in _vcards(asked)), asked.vcard)
    return ""


def _vcard_files(asked: Asked) -> Iterator[OneFile]:
    """A file a card, called by its UID as far as that is plain, else by their number for others."""
    from kinship.formats import vcard_own, vcard_writer  # noqa: PLC0415  (only for vCards)

    for own, card in _vcards(asked):
        uid = card.key.removeprefix("urn:uuid:")
        name = uid if _PLAIN.fullmatch(uid) else own.removeprefix("urn:uuid:")
        keys = (vcard_own.escaped(card.key).strip(), own)
        yield OneFile(keys, name, vcard_writer.text(card, asked.vcard))


_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_@-]{5,99}", re.ASCII)


def _uid(file: IO[bytes]) -> str:
    """The UID of a file with one card; all of it is read, for another may follow a large photo."""
    cards, uids = 0, []
    for line in _unfolded(file):
        cards += line.upper().count(b"BEGIN:VCARD")
        if found := _UID.match(line):
            uids.append(found[1])
        if cards > 1:
            return ""
    return uids[0].decode("utf-8", "replace").strip() if cards == len(uids) == 1 else ""


def _unfolded(file: IO[bytes]) -> Iterator[bytes]:
    """The lines of a file, each in one piece; one that is too long for a UID comes in several."""
    line, starts = b"", True
    while piece := file.readline(_LONGEST):
        folded = starts and piece[:1] in (b" ", b"\t")
        if (starts and not folded) or len(line) > _LONGEST:
            yield line
            line = b""
        starts = piece.endswith(b"\n")
        line += piece[folded:].rstrip(b"\r\n") if starts else piece[folded:]
    yield line


_UID = re.compile(rb"(?i)UID(?:;[^:]*)?:(.*)", re.DOTALL)
_LONGEST = 10_000
_HEAD = 200


def _md(asked: Asked, out: TextIO) -> str:
    from kinship.formats import markdown  # noqa: PLC0415  (only for Markdown)

    markdown.write(out, (card for _, card in _cards(asked)))
    return ""


def _pages(asked: Asked) -> Iterator[OneFile]:
    """A page a person, called by their name as far as that is plain, and by their number."""
    from kinship.formats import markdown  # noqa: PLC0415  (only for Markdown)

    for person, card in _cards(asked):
        plain = re.sub(r"[^a-z0-9]+", "-", names.slug(person.name))[:40].strip("-")
        text = markdown.page(card, person.id)
        yield OneFile([card.key], f"{plain or 'person'}-{person.id}", text)


def _page_key(file: IO[bytes]) -> str:
    from kinship.formats import markdown  # noqa: PLC0415  (only for Markdown)

    return markdown.key_of(file.read(_HEAD))


def _cards(asked: Asked) -> Iterator[tuple[Person, Card]]:
    from kinship.services import cards_out  # noqa: PLC0415  (only for other programs)

    return cards_out.cards(asked.kin.db, asked.people)


def _vcards(asked: Asked) -> Iterator[tuple[str, Card]]:
    from kinship.services import cards_out  # noqa: PLC0415  (only for other programs)

    return cards_out.vcards(asked.kin.db, asked.people)


def _records(asked: Asked) -> Iterator[dict[str, object]]:
    return exporting.in_batches(asked.kin.db, asked.people, asked.kin.today)


def _view(out: TextIO, name: str) -> View:
    return View(out=out, err=sys.stderr, format=name)


_VCF_BEGINS = tuple(
    b"BEGIN:VCARD\r\nVERSION:%b\r\nPRODID:-//kinship//" % version for version in (b"4.0", b"3.0")
)
_CSV_BEGINS = b"name,first,last,nick,org"
_GOOGLE_BEGINS = b"First Name,Middle Name,Last Name,Phonetic First Name"
FORMATS = {
    "csv": Format(_csv, (".csv",), (_CSV_BEGINS, b"\xef\xbb\xbf" + _CSV_BEGINS)),
    "json": Format(_json, (".json",), (b'[\n  {\n    "name"',)),
    "google-csv": Format(_google, begins=(_GOOGLE_BEGINS,)),
    "jsonl": Format(_jsonl, (".jsonl", ".ndjson"), (b'{"kinship": ',)),
    "vcf": Format(_vcf, (".vcf", ".vcard"), _VCF_BEGINS, Folder(".vcf", _vcard_files, _uid)),
    "md": Format(
        _md, (".md",), (b"<!-- Written by kinship. -->",), Folder(".md", _pages, _page_key)
    ),
}
