"""Attendee lists of Luma, Eventbrite, Meetup or by hand: text with columns becomes guests.

Nothing here knows who is in the file: names, addresses and links come out as they were written,
with the row they stand in.
"""

import csv  # noqa: TID253  (only for an attendee list)
import io
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kinship.errors import BadInput
from kinship.formats import spreadsheet
from kinship.model import channel, names

MOST_BYTES = 50_000_000
_HEADS = 20
_LONGEST_RECORD = 100
"""Physical lines: more of them in one record is a quotation mark that was never closed."""
_MOST_BROKEN = 1000
_SAMPLE = 60
_MOSTLY = 0.6


class Guest(NamedTuple):
    """A row of an attendee list: who it is, and what else it says.

    ``links`` are texts that may be handles, each with the kind its column named, or none.
    """

    row: int
    name: str
    email: str
    org: str = ""
    role: str = ""
    city: str = ""
    phone: str = ""
    links: tuple[tuple[str | None, str], ...] = ()


class Listed(NamedTuple):
    """What an attendee list holds: who comes, how many do not, and rows that say nobody."""

    guests: list[Guest]
    not_coming: int
    bad: list[tuple[int, str]]


# Headings, folded; what is more exact stands first.
_HEADINGS = {
    "first": "first name|firstname|given name|givenname|first|forename|vorname|prenom|voornaam"
    "|fornavn|fornamn|etunimi|imie|krestni jmeno|jmeno|имя|ad|名|이름",
    "middle": "middle name|middlename|second name|отчество",
    "last": "last name|lastname|surname|family name|familyname|last|nachname|familienname"
    "|nom de famille|apellido|apellidos|primer apellido|cognome|achternaam|etternavn|efternavn"
    "|efternamn|sukunimi|nazwisko|prijmeni|фамилия|soyad|sobrenome|姓",
    "name": "name|full name|fullname|attendee name|attendee|guest name|guest|participant name"
    "|participant|ticket holder|ticket holder name|display name|your name|naam|volledige naam"
    "|nombre completo|nombre y apellidos|nom complet|nom et prenom|nom prenom|nome completo"
    "|nome e cognome|vollstandiger name|teilnehmer|teilnehmername|teilnehmerin|vor und nachname"
    "|navn|namn|nimi|imie i nazwisko|jmeno a prijmeni|имя и фамилия|фио|участник|ad soyad"
    "|氏名|名前|お名前|姓名|성명",
    "email": "email|e mail|mail|email address|e mail address|emailaddress|attendee email"
    "|guest email|participant email|primary email|contact email|your email|e mail 1 value"
    "|e mail adresse|email adresse|mailadresse|mail adresse|adresse e mail|adresse mail"
    "|adresse email|courriel|correo|correo electronico|email e|indirizzo email|posta elettronica"
    "|e postadres|e mailadres|epost|e post|e postadress|sahkoposti|adres e mail|e mailova adresa"
    "|электронная почта|почта|eposta|e posta|メール|メールアドレス|邮箱|电子邮件|이메일",
    "org": "company|company name|organization|organisation|organization name|organisation name"
    "|org|employer|affiliation|institution|firma|unternehmen|arbeitgeber|entreprise|societe"
    "|organisme|empresa|azienda|societa|bedrijf|organisatie|foretag|yritys|компания|организация"
    "|company organization|company organisation|会社|会社名|公司|회사",
    "role": "job title|jobtitle|job|role|position|occupation|current role|funktion|beruf|poste"
    "|fonction|cargo|puesto|ruolo|functie|должность|役職|职位|title",
    "city": "city|town|location|home city|hometown|ort|stadt|wohnort|ville|ciudad|cidade|citta"
    "|stad|by|kaupunki|miasto|mesto|город|都市|城市|도시",
    "phone": "phone|phone number|telephone|mobile|mobile phone|mobile number|cell|cell phone"
    "|telefon|telefonnummer|handy|mobil|telephone portable|portable|telefono|telefone|celular"
    "|telefoon|puhelin|телефон|電話番号|电话|전화",
    "status": "approval status|rsvp|rsvp status|attendee status|status|order status|response"
    "|going|attending|will you attend|teilnahme|anwesenheit|estado|statut|stato",
}
_FIELD_OF = {heading: field for field, listed in _HEADINGS.items() for heading in listed.split("|")}
_NAMES_ALONE = {"nom", "nombre", "nome"}
"""First or last names beside another one, whole names where they stand alone."""
_PARTNERS = {"nom": "last", "nombre": "first", "nome": "first", "prenom": "first"}
_NOT_COMING = frozenset(
    [
        "declined",
        "rejected",
        "refunded",
        "cancelled",
        "canceled",
        "deleted",
        "no",
        "not attending",
        "not going",
        "no show",
        "waitlist",
        "waitlisted",
        "on waitlist",
        "waiting list",
        "waiting",
        "pending",
        "pending approval",
        "invited",
        "maybe",
        "transferred",
        "nein",
        "abgesagt",
        "storniert",
        "non",
        "annule",
        "cancelado",
        "annullato",
        "false",
        "0",
    ]
)


def read(data: bytes) -> Listed:
    """The guests of an attendee list. Raises BadInput where there is none to be found in it."""
    return parse(decode(data))


# Bytes


_MAGIC = (
    (b"PK\x03\x04", "an Excel workbook or a zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"%PDF", "a PDF"),
    (b"SQLite format 3\0", "a database"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "compressed"),
)


def decode(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or the code page of whoever saved it."""
    if len(data) > MOST_BYTES:
        raise BadInput(
            f"this is more than {MOST_BYTES // 1_000_000} MB, which no attendee list is.",
            hint=_SAVE,
        )
    if not data.strip(b" \t\r\n\0"):
        raise BadInput("there is nothing in this file. Nothing was written.")
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise BadInput(f"this file is {kind}, not text. Nothing was written.", hint=_SAVE)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _plain(data.decode("utf-16", "replace"))
    if wide := _wide(data[:4096]):
        return _plain(data.decode(wide, "replace"))
    if b"\0" in data[:4096]:
        raise BadInput("this file is not text. Nothing was written.", hint=_SAVE)
    try:
        return _plain(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _plain(data.decode(_code_page(data), "replace"))


_SAVE = "Save it as CSV (UTF-8) and try that file."


def _plain(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\0", "")


def _wide(head: bytes) -> str | None:
    """UTF-16 that lacks its mark shows by a NUL beside most letters."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > half * _MOSTLY and even < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > half * _MOSTLY and odd < half * 0.1 else None


def _code_page(data: bytes) -> str:
    """The likeliest code page; that of Western Windows where nothing speaks for another."""
    from charset_normalizer import from_bytes  # noqa: PLC0415  (only for what is not UTF-8)

    pages = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp932", "gb18030", "big5", "cp949"]
    found = from_bytes(data[:100_000], cp_isolation=pages).best()
    accents = sum(byte > 0x7F for byte in data[:100_000])
    few = accents < len(data[:100_000]) / 10  # letters with accents among plain ones
    western = few and found is not None and found.encoding in ("cp1250", "cp1254", "big5", "cp949")
    return "cp1252" if found is None or western else found.encoding


# Rows


def parse(text: str) -> Listed:
    """As `read`, of text."""
    if text.startswith(("{", "[{")) or text.lstrip().lower().startswith("<!doctype"):
        raise BadInput("this is not a table with columns. Nothing was written.", hint=_SAVE)
    csv.field_size_limit(MOST_BYTES)
    lines = list(io.StringIO(text, newline=""))  # not at every mark that parts lines in print
    best = max(_delimiters(lines), key=lambda mark: _fit(_records(lines[:_SAMPLE], mark)))
    records = list(_records(lines, best))
    head = _head(records)
    if head and len(records[head[0]][1] or ()) == 1:  # commas are of the names, then
        records = [(n, [", ".join(map(str.strip, c))] if c else c) for n, c in records]
    if head is None:
        return _guests(records, *_without_head(records))
    at, fields = head
    return _guests(records, at, fields)


class _Fields(NamedTuple):
    """Which column holds what, and of which kind the handles in a column are."""

    place: dict[str, int]
    links: dict[int, str | None]
    decoded: bool = False


def _delimiters(lines: Sequence[str]) -> list[str]:
    first = lines[0].strip() if lines else ""
    if first.lower().startswith("sep=") and len(first) == 5 and first[4] != '"':  # as Excel does
        return [first[4]]
    return [",", "\t", ";", "|"]


def _fit(records: Iterator[tuple[int, list[str] | None]]) -> tuple[int, int]:
    """How well a delimiter takes the first rows apart: known headings, then columns."""
    rows = [cells for _, cells in records if cells]
    known = max((len(_fields(cells).place) for cells in rows[:_HEADS]), default=0)
    widths = [len(cells) for cells in rows if len(cells) > 1]
    most = max(widths, key=widths.count) if widths else 1
    return known, most if widths.count(most) > len(rows) // 2 else 0


def _records(lines: Sequence[str], delimiter: str) -> Iterator[tuple[int, list[str] | None]]:
    """Each record with its number, as a spreadsheet counts rows; None for one that is broken.

    A quotation mark that is never closed costs its own line, not all the lines after it.
    """
    at = number = broken_ones = 0
    while at < len(lines):
        feed = _Feed(lines, at)
        reader = csv.reader(feed, delimiter=delimiter)
        while True:
            cells = next(reader, None)
            if cells is None:
                return
            used = lines[feed.began : feed.at]
            ended = feed.at >= len(lines)
            odd = len(used) > 1 and sum(line.count('"') for line in used) % 2 == 1
            number += 1
            if len(used) > _LONGEST_RECORD or (ended and odd):
                broken_ones += 1
                if broken_ones > _MOST_BROKEN:
                    raise BadInput(
                        f"more than {_MOST_BROKEN:,} quotation marks in this file are not closed."
                        " Nothing was written.",
                        hint=_SAVE,
                    )
                yield number, None
                at = feed.began + 1
                break
            yield number, cells
            feed.began = feed.at


class _Feed:
    """Lines for a reader, from one on; no more for a record than one may have."""

    def __init__(self, lines: Sequence[str], at: int) -> None:
        self.lines = lines
        self.at = self.began = at

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        if self.at >= len(self.lines) or self.at - self.began > _LONGEST_RECORD:
            raise StopIteration
        self.at += 1
        return self.lines[self.at - 1]


def _head(records: Sequence[tuple[int, list[str] | None]]) -> tuple[int, _Fields] | None:
    """The row of headings, and what they say; a title or a note may stand above it."""
    found = [
        (at, _fields(cells)) for at, (_, cells) in enumerate(records[:_HEADS]) if cells is not None
    ]
    useful = [(at, f) for at, f in found if {"name", "first", "last", "email"} & f.place.keys()]
    return next((one for one in useful if len(one[1].place) > 1), *useful[:1]) if useful else None


def _fields(cells: Sequence[str]) -> _Fields:
    """What the headings of a row name; the first of several columns that name the same counts."""
    keys = [names.fold(cell[:80]) for cell in cells]
    place: dict[str, int] = {}
    links: dict[int, str | None] = {}
    for at, key in enumerate(keys):
        field = _FIELD_OF.get(key) or _paired(key, keys)
        if field == "role" and key == "title" and {"user id", "suffix"} & set(keys):
            field = None  # a Meetup rank, or Mr and Ms
        if field is None and (kind := _kind(key)) is not None:
            if kind in ("email", "phone"):
                field = kind
            else:
                links[at] = kind
        if field is None and key in (
            "url of member profile",
            "profile",
            "profile url",
            "url",
            "channels",
        ):
            links[at] = None
        if field and field not in place:
            place[field] = at
    return _Fields(place, links, keys[-1:] == ["kinship"])


def _paired(key: str, keys: Sequence[str]) -> str | None:
    """``Nom`` beside ``Prénom`` is a family name; alone it is the whole one."""
    if key not in _NAMES_ALONE:
        return None
    others = {_FIELD_OF.get(k) for k in keys}
    return _PARTNERS[key] if others & {"first", "last"} else "name"


def _kind(key: str) -> str | None:
    """The kind of channel a question asks for: ``what is your LinkedIn profile``."""
    words = key.split()
    if len(words) > 12 or words[-1:] in (["type"], ["label"]):
        return None
    if set(words) & {"email", "mail"}:
        return "email" if not set(words) & {"opt", "status", "list", "ok"} else None
    return next((k for k in map(channel.kind_of, words) if k and channel.KINDS[k].to_connect), None)


def _without_head(
    records: Sequence[tuple[int, list[str] | None]],
) -> tuple[int, _Fields]:
    """Where no heading is known, a column of addresses says which; the words beside are names."""
    rows = [cells for _, cells in records[:_SAMPLE] if cells]
    width = max((len(cells) for cells in rows), default=0)

    def share(at: int, good: str) -> float:
        held = [cells[at].strip() for cells in rows if len(cells) > at and cells[at].strip()]
        fitting = sum(_is_email(c) if good == "email" else _is_name(c) for c in held)
        if good == "name" and len(set(held)) <= len(held) // 2:
            return 0  # yes and no, a language, a ticket
        return fitting / len(held) if held else 0.0

    emails = [at for at in range(width) if share(at, "email") >= _MOSTLY]
    if not emails:
        raise BadInput(
            "no column of names or e-mail addresses was found. Nothing was written.",
            hint=(
                "Name the columns in the first row, for example: name,email,company",
                *_first_row(rows),
            ),
        )
    place = {"email": emails[0]}
    headed = not _is_email(dict(enumerate(rows[0])).get(emails[0], ""))
    named = [at for at in range(width) if at != emails[0] and share(at, "name") >= _MOSTLY]
    if named:
        place["name"] = named[0]
    first = next(at for at, (_, cells) in enumerate(records) if cells)
    return first if headed else -1, _Fields(place, {})


def _first_row(rows: Sequence[Sequence[str]]) -> list[str]:
    return [f"It begins: {names.quoted(', '.join(rows[0]))}"] if rows else []


def _is_email(text: str) -> bool:
    local, at, domain = text.strip().rpartition("@")
    return bool(at and local and "." in domain and " " not in text.strip())


def _is_name(text: str) -> bool:
    return any(c.isalpha() for c in text) and not any(c.isdigit() for c in text) and "@" not in text


def _guests(records: Sequence[tuple[int, list[str] | None]], head: int, fields: _Fields) -> Listed:
    guests: list[Guest] = []
    bad: list[tuple[int, str]] = []
    not_coming = 0
    turned = _turned(records[head + 1 :], fields)
    for number, cells in records[head + 1 :]:
        if cells is None:
            bad.append((number, "a quotation mark is not closed"))
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if names.fold(_cell(cells, fields, "status")) in _NOT_COMING:
            not_coming += 1
            continue
        guest = _guest(number, cells, fields, turned=turned)
        try:
            names.check_text(guest.name or guest.email, "name", names.NAME_LIMIT)
        except BadInput as error:
            bad.append((number, error.message.rstrip(".").split(", and")[0]))
            continue
        if not names.fold(guest.name) and not guest.email:
            bad.append((number, "no name and no e-mail address"))
            continue
        guests.append(guest)
    return Listed(guests, not_coming, bad)


def _guest(number: int, cells: Sequence[str], fields: _Fields, *, turned: bool) -> Guest:
    def said(field: str) -> str:
        return names.clean_line(_cell(cells, fields, field))[0]

    name = said("name")
    parts = [said("first"), said("middle"), said("last")]
    if any(parts) and (not name or (parts[0] and parts[2])):
        name = " ".join(filter(None, parts))
    elif turned and "," in name and not names.is_suffix(name.partition(",")[2]):
        last, _, first = name.partition(",")
        name = f"{first.strip()} {last.strip()}".strip()
    email = said("email").removeprefix("mailto:")
    if _is_email(name) and not email:
        name, email = "", name
    links = tuple(
        (kind, text)
        for at, kind in fields.links.items()
        if at < len(cells) and (text := cells[at].strip())
    )
    return Guest(
        number,
        name,
        email if _is_email(email) else "",
        said("org"),
        said("role"),
        said("city"),
        said("phone"),
        links,
    )


def _turned(records: Sequence[tuple[int, list[str] | None]], fields: _Fields) -> bool:
    """Whether names stand as ``Lovelace, Ada``."""
    held = [_cell(cells, fields, "name").strip() for _, cells in records if cells]
    held = [name for name in held if name]
    with_comma = sum("," in name and not names.is_suffix(name.partition(",")[2]) for name in held)
    return with_comma > len(held) * 0.8


def _cell(cells: Sequence[str], fields: _Fields, field: str) -> str:
    at = fields.place.get(field)
    text = cells[at] if at is not None and at < len(cells) else ""
    return spreadsheet.decode(text) if fields.decoded else text
