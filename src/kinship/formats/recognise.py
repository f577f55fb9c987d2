"""Which format a file is of, by what is in it: its name may say anything.

No reader is imported. What kinship does not read is named by its kind, so that somebody who brings
a calendar is told that it is one.
"""

import io
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from kinship.errors import BadInput
from kinship.formats import Source, headings, linkedin, tables, text
from kinship.model import names
from kinship.value import Value

HEAD: Final = 256_000
"""So much of a file is enough to tell."""
JSONL: Final = "kinship-jsonl"
PROFILE: Final = "your own profile on LinkedIn"
ZIP: Final = "zip"

_SAVE: Final = text.SAVE
_PEOPLE_ONLY: Final = "kinship reads people only"
_NO_NAMES: Final = "there are no names in it to read"


class Kind(Value):
    """The format a file is read as; where there is none, ``what`` says what it is instead."""

    format: str = ""
    what: str = ""
    hint: str = ""
    binary: bool = False
    """Whether the first bytes settle it."""
    sure: bool = True
    """Whether it would be taken for this where nobody named it."""


def format_of(source: Source) -> str:
    """The format of a file. Raises BadInput where it is of none that is read."""
    found = kind(source.data[:HEAD], source.encoding)
    if found.format and found.format != ZIP:
        return found.format
    raise BadInput(
        f"{names.quoted(source.name)} is {found.what or 'an archive'}. Nothing was written.",
        hint=found.hint,
    )


def kind(head: bytes, encoding: str = "") -> Kind:
    """What a file is, by how it begins."""
    head = head[:HEAD]
    if head.startswith((b"BEGIN:VCARD\r", b"BEGIN:VCARD\n")):
        return Kind("vcard")
    if not head.removeprefix(b"\xef\xbb\xbf").strip(b" \t\r\n\0"):
        return Kind(what="empty")
    if found := _binary(head):
        return found
    try:
        said = _decoded(head, encoding)
    except BadInput as error:
        what = error.message.removesuffix(" Nothing was written.").rstrip(".")
        return Kind(what=what.removeprefix("this file is ").replace("this file", "one that"))
    return _written(said) or _connections(said) or _table(said)


# Bytes

_MAGIC: Final = (
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook or Outlook message"),
    (b"!BDN", "an Outlook data file; export it from Outlook as CSV"),
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a text with formatting (RTF)"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
    (b"BM", "a picture"),
    (b"\0\0\1\0", "a picture"),
    (b"OggS", "a sound"),
    (b"ID3", "a sound"),
    (b"fLaC", "a sound"),
    (b"\x1a\x45\xdf\xa3", "a film"),
    (b"\x1f\x8b", "compressed; unpack it first"),
    (b"BZh", "compressed; unpack it first"),
    (b"7z\xbc\xaf\x27", "compressed; unpack it first"),
    (b"\xfd7zXZ", "compressed; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "compressed; unpack it first"),
    (b"Rar!", "compressed; unpack it first"),
    (b"bplist0", "a property list of an Apple program"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"PAR1", "a Parquet table; save it as CSV"),
)
_FEWEST: Final = 8


def _binary(head: bytes) -> Kind | None:
    if head.startswith((b"PK\3\4", b"PK\5\6")):
        start = head[:20_000]
        if b"xl/" in start or b"[Content_Types].xml" in start or b"opendocument" in start[:200]:
            what = "a text document" if b"word/" in start else "a spreadsheet's own file"
            if b"xl/" in start:
                what = "an Excel workbook"
            return Kind("", f"{what}; save it as CSV", _SAVE, True)
        return Kind(ZIP, "", "", True)
    if head[4:8] == b"ftyp":
        return Kind("", "a film or a picture", "", True)
    if head[:4] == b"RIFF" and head[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return Kind("", "a picture" if head[8:12] == b"WEBP" else "a sound or a film", "", True)
    for magic, what in _MAGIC:
        # Two letters may begin a text; a text has no NUL.
        if head.startswith(magic) and (not magic.isalpha() or len(magic) > 2 or b"\0" in head[:64]):
            return Kind("", what, _SAVE if "Excel" in what else "", True)
    return None


def _decoded(head: bytes, encoding: str) -> str:
    if len(head) == HEAD and b"\0" not in head[:64]:  # the last letter may be cut off
        end = max(head.rfind(b"\n"), head.rfind(b"\r"))
        if end < 0 and not encoding:
            return head.decode("utf-8", "ignore")
        head = head[: end + 1] or head
    return text.decode(head, encoding)


# What says itself what it is

_VCARD: Final = re.compile(
    r"^[ \t]*BEGIN[ \t]*:[ \t]*V(CARD|CALENDAR|NOTE|MSG)\b", re.IGNORECASE | re.MULTILINE
)
_LIKE_VCARD: Final = re.compile(
    r"^(?:item\d+\.)?(?:N|FN|TEL|EMAIL|ORG|ADR|UID|PHONE|CN|SN|(?:END|BEGIN)(?=:VCAR)"
    r"|VERSION(?=:[234]\.\d))(?:;[^:\n]*)?:(?! )",
    re.IGNORECASE | re.MULTILINE,
)
_PARAMETERS: Final = re.compile(r"^[\w-]+;[\w-]+=", re.MULTILINE)
_LDIF: Final = re.compile(
    r"^(?:dn|objectclass|modifytimestamp|mozilla\w+)::? ?\S", re.IGNORECASE | re.MULTILINE
)
_LDIF_FIELDS: Final = re.compile(
    r"^(?:cn|sn|givenName|mail|telephoneNumber|mobile)::? \S", re.IGNORECASE | re.MULTILINE
)
_ABOOK: Final = re.compile(r"\A\s*# abook addressbook file|^program=abook\s*$", re.MULTILINE)
_ABOOK_RECORD: Final = re.compile(
    r"^\[\d+\][ \t]*\r?\n(?:name|email|nick|phone|mobile)=", re.MULTILINE
)
_JCARD: Final = re.compile(r'(?:\[\s*){1,3}"v(card|calendar)"', re.IGNORECASE)
_LINES: Final = re.compile(r'\{[^{}\n]{0,2000}"kinship"\s*:\s*\d')


def _written(said: str) -> Kind | None:
    """What is no table."""
    start = said.lstrip()
    if _ABOOK.search(start[:2000]) or _ABOOK_RECORD.search(start[:20_000]):
        return Kind("abook")
    if start.startswith(("{", "[")) and (found := _json(start)):
        return found
    low = start[:300].lower()
    if low.startswith(("<!doctype html", "<html", "<head", "<body")):
        return Kind(what=f"a web page; {_NO_NAMES}", hint="Export from there as CSV or vCard.")
    if low.startswith("<?xml") or (low.startswith("<") and "xmlns" in low):
        return Kind(what="XML, which kinship does not read", hint="Export it as CSV or vCard.")
    if low.startswith("window.ytd."):
        return Kind(what="a list of accounts from X, without names; it is not read yet")
    if card := _VCARD.search(said):
        word = card[1].upper()
        if word == "CARD":
            return Kind("vcard")
        what = "a calendar" if word == "CALENDAR" else "messages of a phone"
        return Kind(what=f"{what}; {_PEOPLE_ONLY}")
    if low.startswith("version: 1") or _LDIF.search(start[:20_000]):
        return Kind("ldif")
    if len(_LDIF_FIELDS.findall(start[:20_000])) > 1:
        return Kind("ldif")
    first = "\n".join(start.splitlines()[:20])
    if max(len(_LIKE_VCARD.findall(first)), len(_PARAMETERS.findall(first))) > 1:
        return Kind("vcard")
    if low.startswith(
        ("-- mysql dump", "-- phpmyadmin", "insert into", "create table", "-- postgres")
    ):
        return Kind(what="a dump of a database; it is not read yet")
    return None


def _json(start: str) -> Kind | None:
    if found := _JCARD.match(start):
        if found[1].lower() == "card":
            return Kind("jcard")
        return Kind(what=f"a calendar; {_PEOPLE_ONLY}")
    if start[0] == "{" and _LINES.match(start):
        return Kind(JSONL)
    if '"exported_by"' in start[:5000] and '"account"' in start[:5000]:
        return Kind("monica")
    known = (
        ('"friends', "a list of Facebook friends; it is not read yet"),
        ('"following_v', "a list of accounts, without names; it is not read yet"),
        ('"relationships_following"', "a list of Instagram accounts; it is not read yet"),
    )
    if re.match(r'[{\[]\s*["{\[\]}]|\{\s*\}|\[\s*\]|\[\s*[-\d]', start) is None:
        return None
    for mark, what in known:
        if mark in start[:5000]:
            return Kind(what=what)
    return Kind(
        what="JSON of another program, or a list that kinship wrote for programs",
        hint="kinship brings back what `export --format jsonl` wrote.",
    )


# Tables

_CONNECTIONS: Final = linkedin.fields(linkedin.CONNECTIONS)
_INVITATIONS: Final = linkedin.fields(linkedin.INVITATIONS)
_MARKDOWN: Final = re.compile(r"^(?:#{1,6} \S|```)", re.MULTILINE)
_PLAIN: Final = Kind(
    what=f"a text; {_NO_NAMES}", hint="Save it as CSV, with a heading over each column."
)
_EMAIL: Final = re.compile(r"(?:[^@<>]{0,200}<)?[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+>?")


def _connections(said: str) -> Kind | None:
    """Connections of LinkedIn, where only what is in the cells says so."""
    if "linkedin.com/in/" in said and linkedin.connections(said.splitlines(keepends=True)):
        return Kind("linkedin-connections")
    return None


def _table(said: str) -> Kind:
    lines = list(islice(io.StringIO(said, newline=""), 200))
    best: tuple[int, str] = (0, "")
    addresses = table = even = False
    for mark in ",\t;|":
        rows = list(_first(lines, mark))
        widths = [len(cells) for cells in rows]
        usual = max(widths, key=widths.count, default=1)
        table = table or (usual > 1 and widths.count(usual) > max(len(rows) / 2, 1))
        for at, cells in enumerate(rows):
            addresses = addresses or any(_EMAIL.fullmatch(cell.strip()) for cell in cells)
            if at >= tables.HEADS or tables.reaches(cells):
                continue
            heads = headings.keys_of(cells)
            if (found_here := _headings(heads))[0] > best[0]:
                best = found_here
                even = widths[at:].count(len(cells)) * 2 >= len(widths) - at  # prose is not
    known, found = best
    if found in _NOT_READ:
        return Kind(what=_NOT_READ[found])
    headed = known > 1 and (even or found != "csv")
    if not headed and _MARKDOWN.search(said):
        return _PLAIN
    if found or addresses:
        sure = headed or (known == 1 and addresses)
        return Kind(found or "csv", "" if sure else "a table that may be about people", sure=sure)
    if table:
        return Kind(
            what="a table without a column of names or e-mail addresses that could be told",
            hint="Say which it is: --as csv --map name=COLUMN,email=COLUMN",
        )
    return _PLAIN


_NOT_READ: Final = {
    "mastodon": "a list of Mastodon accounts, without names; it is not read yet",
    "linkedin-profile": PROFILE,
}
_OURS: Final = frozenset(
    (
        *("name", "first", "last", "nick", "org", "role", "city", "email", "phone", "channels"),
        *("topics", "communities", "tags", "birthday", "cadence", "relation", "note", "id"),
        "kinship",
    )
)


def _first(lines: Sequence[str], mark: str) -> Iterator[Sequence[str]]:
    """The first records of a table, as far as they can be read."""
    try:
        for record in tables.records(iter(lines), mark):
            if record.cells:
                yield record.cells
            if record.row >= 30:
                return
    except BadInput:
        return


def _headings(heads: Sequence[str]) -> tuple[int, str]:
    """How surely these are the headings of a format, and of which."""
    held = set(heads)
    glued = {head.replace(" ", "") for head in heads}
    exact = len(heads)

    def has(*wanted: str) -> bool:
        return held.issuperset(wanted)

    def any_of(*wanted: str) -> bool:
        return not held.isdisjoint(wanted)

    marked = heads[-1:] == ["kinship"] or ("kinship" in held and len(held & _OURS) * 2 > exact)
    if marked and any_of("name", "first", "email", "channels"):
        return 1000 + exact, "kinship-csv"
    if has("met on", "met at", "introduced by", "channels"):
        return 1000 + exact, "kinship-csv"
    if {"from", "to", "date"} <= glued and glued & {"conversationid", "senderprofileurl"}:
        return 1000 + exact, "linkedin-messages"
    if {"from", "to", "date", "content"} <= glued and glued & {"direction", "folder"}:
        return 1000 + exact, "linkedin-messages"
    asked = {_INVITATIONS.get(head) for head in glued}
    sent = {"from", "to", "direction"} <= asked and ("text" in asked or "sentat" in glued)
    if sent or {"from_url", "to_url"} <= asked:
        return 1000 + exact, "linkedin-invitations"
    fields = {_CONNECTIONS.get(head) for head in glued}
    if {"first", "last"} <= fields and ("day" in fields or "currentcompany" in glued):
        return 1000 + exact, "linkedin-connections"
    if has("first name", "last name", "maiden name", "headline"):
        return 1000 + exact, "linkedin-profile"
    if any_of("account address") and (any_of("show boosts") or exact == 1):
        return 1000 + exact, "mastodon"
    found = headings.format_of(heads)
    if found == "csv":
        return headings.known(headings.meanings(heads)), found
    return (500 + exact, found) if found else (0, "")
