"""People of a directory as LDIF (RFC 2849), as Thunderbird, abook and others write them."""

import base64
import binascii
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kinship.errors import BadInput
from kinship.formats import Source, days, drafts, text
from kinship.formats.drafts import Draft
from kinship.formats.tables import Record
from kinship.model import names
from kinship.model.card import Card, Extra, Reach, Skipped

_LINES: Final = {
    "cn": "name",
    "commonname": "name",
    "displayname": "name",
    "givenname": "first",
    "sn": "last",
    "surname": "last",
    "mozillanickname": "nick",
    "xmozillanickname": "nick",
    "nickname": "nick",
    "o": "org",
    "company": "org",
    "organizationname": "org",
    "title": "role",
}
_EMAILS: Final = frozenset(
    (
        "mail",
        "rfc822mailbox",
        "mozillasecondemail",
        "xmozillasecondemail",
        "email",
        "mailalternateaddress",
    )
)
_PHONES: Final = {
    "telephonenumber": "work",
    "homephone": "home",
    "mobile": "mobile",
    "mobiletelephonenumber": "mobile",
    "cellphone": "mobile",
    "facsimiletelephonenumber": "fax",
    "fax": "fax",
    "pager": "pager",
    "pagerphone": "pager",
    "xmozillaworkphone": "work",
    "primaryphone": "",
    "companyphone": "work",
    "otherphone": "",
}
_LINKS: Final = {
    "workurl": "work",
    "homeurl": "home",
    "mozillaworkurl": "work",
    "mozillahomeurl": "home",
    "url": "",
    "labeleduri": "",
}
_IMS: Final = {
    "nsaimid": "aim",
    "nsicqid": "icq",
    "nsmsnid": "msn",
    "nsyahooid": "yahoo",
    "nsskypeid": "skype",
    "nsjabberid": "xmpp",
}
_ADDRESS: Final = {
    "street": ("", "street"),
    "streetaddress": ("", "street"),
    "postaladdress": ("", "street"),
    "mozillaworkstreet2": ("", "more"),
    "postofficebox": ("", "box"),
    "l": ("", "city"),
    "localityname": ("", "city"),
    "st": ("", "region"),
    "postalcode": ("", "zip"),
    "c": ("", "country"),
    "co": ("", "country"),
    "countryname": ("", "country"),
    "homepostaladdress": ("home", "street"),
    "mozillahomestreet": ("home", "street"),
    "mozillahomestreet2": ("home", "more"),
    "mozillahomelocalityname": ("home", "city"),
    "mozillahomestate": ("home", "region"),
    "mozillahomepostalcode": ("home", "zip"),
    "mozillahomecountryname": ("home", "country"),
}
_GROUPS: Final = frozenset(
    ("groupofnames", "groupofuniquenames", "mailgroup", "posixgroup", "group", "mozillamailinglist")
)
_OTHERS: Final = frozenset(
    ("organization", "organizationalunit", "domain", "dcobject", "country", "locality")
)
_ABOUT_THE_RECORD: Final = frozenset(
    ("dn", "objectclass", "version", "modifytimestamp", "createtimestamp", "userpassword")
)
_OF_THE_SEARCH: Final = frozenset(("search", "result", "ref", "control", "text", "matcheddn"))
"""What `ldapsearch` says besides of what it did."""
_Attribute = tuple[str, str, str]
"""Its name without options, its name as it stands, its value."""


def read(source: Source) -> Iterator[Card | Skipped]:
    """The cards of an LDIF file. Raises BadInput where it is none."""
    if not _is_ldif(text.lines(source.data, source.encoding)):
        raise BadInput("this is no LDIF file. Nothing was written.")
    lists = _lists(_records(text.lines(source.data, source.encoding)))
    return _cards(_records(text.lines(source.data, source.encoding)), lists)


def _is_ldif(lines: Iterable[str]) -> bool:
    """Whether the first record has the attributes of one."""
    for lines_seen, line in enumerate(lines):
        if line.startswith(("#", " ")):
            continue
        key, mark, _ = line.partition(":")
        known = key.strip().lower().partition(";")[0]
        if mark and known in ("dn", "objectclass"):
            return True
        if mark and (known in _LINES or known in _EMAILS or known == "version"):
            continue
        if (line.strip() and not mark) or lines_seen > 60:
            return False
        if mark and not known.replace("-", "").isalnum():
            return False
    return False


def _records(lines: Iterable[str]) -> Iterator[tuple[int, list[str], list[str]]]:
    """Each record: the line it begins on, its lines unfolded, and as they stand."""
    began = 0
    unfolded: list[list[str]] = []
    verbatim: list[str] = []
    remark = False
    for number, line in enumerate(lines, start=1):
        bare = line.rstrip("\r\n")
        if not bare.strip() and not (bare.startswith(" ") and unfolded):
            if unfolded:
                yield began, ["".join(parts) for parts in unfolded], verbatim
            unfolded, verbatim, remark = [], [], False
            continue
        verbatim.append(line)
        if bare.startswith("#"):
            remark = True
        elif bare.startswith(" "):
            if unfolded and not remark:
                unfolded[-1].append(bare[1:])
        else:
            began = began if unfolded else number
            unfolded.append([bare])
            remark = False
    if unfolded:
        yield began, ["".join(parts) for parts in unfolded], verbatim


def _attribute(line: str) -> _Attribute | None:
    """An attribute with its value, base64 undone; None for a line that is none."""
    head, mark, value = line.partition(":")
    name = head.strip().partition(";")[0].lower()
    if not mark or not name:
        return None
    if value.startswith(":"):
        try:
            data = base64.b64decode("".join(value[1:].split()) + "==")
        except (binascii.Error, ValueError):
            return None
        try:
            value = data.decode()
        except UnicodeDecodeError:
            kind = "image/jpeg" if name == "jpegphoto" else ""
            return name, head.strip(), f"data:{kind};base64,{''.join(value[1:].split())}"
        return name, head.strip(), value.replace("\0", "").strip()
    return name, head.strip(), value.removeprefix("<").strip()


def _classes(lines: Iterable[str]) -> set[str]:
    found = (_attribute(line) for line in lines if line[:11].lower() == "objectclass")
    return {one[2].lower() for one in found if one}


def _lists(records: Iterable[tuple[int, list[str], list[str]]]) -> dict[str, list[str]]:
    """The mailing lists that somebody is in, by their address or what a directory calls them."""
    found: dict[str, list[str]] = {}
    for _, lines, _ in records:
        if not _classes(lines) & _GROUPS:
            continue
        said = [one for one in map(_attribute, lines) if one]
        name = next((value for key, _, value in said if key == "cn"), "")
        for key, _, value in said:
            if name and key in ("member", "uniquemember"):
                found.setdefault(_member(value), []).append(name)
    return found


def _member(dn: str) -> str:
    """What a member of a list is known by: the address in its name, else the whole of it."""
    mails = [
        part.partition("=")[2] for part in dn.split(",") if part.strip().lower().startswith("mail=")
    ]
    return (mails[0] if mails else dn).strip().lower()


def _cards(
    records: Iterable[tuple[int, list[str], list[str]]], lists: dict[str, list[str]]
) -> Iterator[Card | Skipped]:
    for row, lines, verbatim in records:
        classes = _classes(lines)
        record = Record(row, None, verbatim)
        if classes & _GROUPS:
            yield Skipped(row, "a mailing list", record.text, harmless=True)
        elif any(line.lower().startswith("changetype:") and "add" not in line for line in lines):
            yield Skipped(row, "a change, and no person", record.text)
        elif classes & _OTHERS and not any("person" in one for one in classes):
            yield Skipped(row, "an organisation", record.text, harmless=True)
        elif _tells_nothing(lines):
            continue
        else:
            yield _card(record, lines, lists)


def _tells_nothing(lines: Sequence[str]) -> bool:
    """Whether this is no record: the version, a name without anything, what a search says."""
    keys = [line.partition(":")[0].lower() for line in lines]
    return keys in (["version"], ["dn"]) or _OF_THE_SEARCH.issuperset(keys)


def _card(record: Record, lines: list[str], lists: dict[str, list[str]]) -> Card | Skipped:
    draft = Draft()
    for line in lines:
        said = _attribute(line)
        if said is None:
            draft.remarks.append(f"{names.quoted(line)} is not understood")
            draft.extras.append(Extra("line", line))
        elif said[2] and said[0] not in _ABOUT_THE_RECORD:
            _fill(draft, *said)
        elif said[0] == "dn":
            draft.tags += lists.get(_member(said[2]), ())
    for reach in draft.reaches:
        if reach.kind == "email":
            draft.tags += lists.get(reach.text.lower(), ())
    return drafts.finish(draft, record)


def _fill(draft: Draft, key: str, head: str, value: str) -> None:
    if key in _LINES:
        line = " ".join(value.split())
        if draft.said.setdefault(_LINES[key], line) != line:
            draft.extras.append(Extra(head, value))
    elif key in _EMAILS:
        draft.reaches.append(Reach("email", drafts.bare_email(value)))
    elif key in _PHONES:
        draft.reaches.append(Reach("phone", value, _PHONES[key]))
    elif key in _LINKS:
        draft.reaches.append(Reach("", value.partition(" ")[0], _LINKS[key]))
    elif key in _IMS:
        draft.reaches.append(Reach(_IMS[key], value))
    elif key in _ADDRESS:
        place, part = _ADDRESS[key]
        text = value.replace("$", "\n")
        draft.homes.setdefault(place, []).append((drafts.PARTS.index(part), head, text))
    elif key in ("birthyear", "birthmonth", "birthday"):
        draft.born[key.removeprefix("birth")] = value
    elif key in ("birthdate", "anniversary"):
        _day(draft, key, head, value)
    elif key in ("description", "note", "notes", "comment"):
        draft.notes.append(value)
    else:
        draft.extras.append(Extra(head, value))


def _day(draft: Draft, key: str, head: str, value: str) -> None:
    """A day that is said in one piece."""
    day = days.read(value)
    if day and day != days.UNCLEAR:
        if key == "anniversary":
            draft.dates.append((key, day))
            return
        if draft.said.setdefault("birthday", day) == day:
            return
    else:
        draft.remarks.append(f"{head}: {names.quoted(value)} {days.why_not(day)}")
    draft.extras.append(Extra(head, value))
