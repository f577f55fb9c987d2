"""vCards as other programs read them: 4.0, or 3.0 for those that know no better.

CRLF, lines of at most 75 octets, UID, FN and N in every card, no value that a program cuts at a
comma. What an imported card said comes back line by line.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, TextIO

from kinship.formats import vcard_own as own
from kinship.formats.properties import unescape
from kinship.formats.vcard_own import escaped
from kinship.model import channel, handles
from kinship.model.card import Card, Extra, Reach, Related

VERSIONS: Final = ("4.0", "3.0")
PRODID: Final = "-//kinship//vCard//EN"
_OCTETS = 75
_OURS: Final = frozenset(("BEGIN", "END", "VERSION", "PRODID", "UID", "REV", "PROFILE"))
_NEW: Final = frozenset(
    (
        *("ANNIVERSARY", "BIRTHPLACE", "CLIENTPIDMAP", "CONTACT-URI", "CREATED", "DEATHDATE"),
        *("DEATHPLACE", "EXPERTISE", "GENDER", "GRAMGENDER", "HOBBY", "INTEREST", "JSPROP", "KIND"),
        *("LANG", "LANGUAGE", "MEMBER", "ORG-DIRECTORY", "PRONOUNS", "RELATED", "SOCIALPROFILE"),
        "XML",
    )
)
"""Properties that came with 4.0 or later; before it their names have X-."""
_BINARY: Final = frozenset(("PHOTO", "LOGO", "SOUND", "KEY"))
_TYPES: Final = {"mobile": "cell", "home mobile": "home cell", "work mobile": "work cell"} | (
    dict.fromkeys(("home", "work", "fax", "pager", "home fax", "work fax", "other"), "")
)
"""Labels that are types everywhere."""
_FIELDS: Final = frozenset(
    ("ORG", "TITLE", "ROLE", "ADR", "LABEL", "BDAY", "EMAIL", "TEL", "URL", "IMPP")
)
"""Lines of an imported card that may say what a field says."""
_RELATIONS: Final = frozenset(
    (
        *("friend", "met", "co-worker", "colleague", "co-resident", "neighbor", "child", "parent"),
        *("sibling", "spouse", "kin", "muse", "crush", "date", "sweetheart", "agent", "emergency"),
    )
)
"""What RFC 6350 can say of two people."""
_LABEL = re.compile(r"[\w.'()/-]+(?: [\w.'()/-]+)*")
_UNSAID: Final = frozenset(("cell", "iphone", "homefax", "workfax"))
_PLAIN = re.compile(r"[A-Za-z0-9_.@+()/ -]+")
_HANDLE = re.compile(r"[A-Za-z0-9_.@:+-]+")
_UNQUOTED = re.compile(r"[A-Za-z0-9_.@+-]+")
_CHATS: Final = frozenset(
    (
        *("aim", "discord", "gtalk", "icq", "matrix", "msn", "qq", "signal", "sip", "skype"),
        *("slack", "telegram", "whatsapp", "xmpp"),
    )
)
_PROFILE: Final = "X-SOCIALPROFILE"
_UNFILED: Final = frozenset(("mycontacts", "starred", "* mycontacts", "* starred"))
"""Tags that mean nothing where they come from other programs."""
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127), " ")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def write(out: TextIO, cards: Iterable[Card], version: str = "4.0") -> None:
    """Write the cards one after another."""
    out.writelines(text(card, version) for card in cards)


def text(card: Card, version: str = "4.0") -> str:
    """One card."""
    lines = ["BEGIN:VCARD", f"VERSION:{version}", f"PRODID:{PRODID}", *_lines(card, version)]
    lines.append("END:VCARD\r\n")
    folded = "\r\n".join(
        [line if len(line) <= _OCTETS and line.isascii() else _folded(line) for line in lines]
    )
    return folded.translate(_CONTROLS) if _CONTROL.search(folded) else folded


def _lines(card: Card, version: str) -> Iterator[str]:
    kept = [extra for extra in card.extras if not extra.format and extra.name not in _OURS]
    said = {extra.name for extra in kept}
    groups = _Groups(kept)
    held = [(e, _read(e)) for e in kept if e.name in _FIELDS and _is_sound(_split(e.value)[0])]
    if card.key:
        yield f"UID:{escaped(card.key)}"
    yield f"FN:{escaped(card.name)}"
    one_n = next((extra.value for extra in kept if extra.name == "N"), "")
    if not one_n:
        yield f"N:{own.n(card)}"
    if card.nick and "NICKNAME" not in said:
        yield f"NICKNAME:{escaped(card.nick)}"
    if card.org and all(one.org != card.org for _, one in held):
        yield f"ORG:{escaped(card.org)}"
    if card.role and all(one.role != card.role for _, one in held):
        yield f"TITLE:{escaped(card.role)}"
    yield from _address(card, [one for _, one in held])
    if card.birthday and all(one.birthday != card.birthday for _, one in held):
        yield _day("BDAY", card.birthday, version)
    reached = [(extra, reach) for extra, one in held for reach in one.reaches]
    values = [_reached(reach) for reach in card.reaches]
    all_told = not all(map(_is_sure, values))
    for reach, told in zip(card.reaches, values, strict=True):
        plain = _plainly(reach)
        before = next((pair for pair in reached if _plainly(pair[1]).text == plain.text), None)
        if before is None:
            yield from _reach(reach, told, groups)
            if all_told or not _says_all(reach, told):
                yield _whole(reach)
        else:
            reached.remove(before)
            kept.remove(before[0])
            yield from _as_it_was(before[0], version)
            if all_told or _plainly(before[1]) != plain:
                yield _whole(reach)
    for name, day in card.dates:
        yield from _date(name, day, version, groups)
    if not all(_is_label(name) for name, _ in card.dates):
        yield from (f"{own.DATE}:{escaped(name)};{day}" for name, day in card.dates)
    for tie in card.related:
        yield from _related(tie, kept, version, groups)
    if filed := own.categories(card):
        yield f"CATEGORIES:{','.join(map(escaped, filed))}"
    yield from _notes(card)
    yield from _own(card)
    for extra in kept:
        if extra.name == "N" and extra.value != one_n:
            yield f"{own.LINE}:{escaped(extra.value)}"
        else:
            yield from _as_it_was(extra, version)
    for extra in card.extras:
        if extra.format:
            parts = (extra.format, extra.name, extra.value)
            yield f"{own.EXTRA}:{own.joined(parts)}"
    if version == "3.0" and (newer := sorted(said & _NEW)):
        yield f"{own.NEWER}:{' '.join(newer)}"


class _Groups:
    """Names of groups that nobody has yet."""

    def __init__(self, kept: Iterable[Extra]) -> None:
        numbers = (re.match(r"(?i)item(\d{1,6})\.", extra.value) for extra in kept)
        self._last = max((int(found[1]) for found in numbers if found), default=0)

    def new(self) -> str:
        self._last += 1
        return f"item{self._last}"


def _read(extra: Extra) -> Card:
    """What a line says by itself."""
    from kinship.formats import Source, read  # noqa: PLC0415  (only for a line kept as it was)

    lines = f"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:x\r\n{extra.value}\r\nEND:VCARD\r\n"
    cards = (one for one in read("vcard", Source("", lines.encode())) if isinstance(one, Card))
    return next(cards, Card(1, "x"))


def _address(card: Card, held: Sequence[Card]) -> Iterator[str]:
    if not (card.address or card.city):
        return
    if any((one.address, one.city) == (card.address, card.city) for one in held):
        return
    if not card.address or all(one.address != card.address for one in held):
        yield f"ADR:{own.adr(card.address, card.city)}"
    yield f"{own.ADR}:{escaped(card.address)};{escaped(card.city)}"


def _day(name: str, day: str, version: str) -> str:
    """A day of the year, or of every year where that is not known."""
    if version == "4.0" and not name.startswith("X-"):
        return (
            f"{name}:{day.replace('-', '') if day[0] != '-' else '--' + day[2:].replace('-', '')}"
        )
    if day[0] == "-":
        return f"{name};X-APPLE-OMIT-YEAR=1604:1604-{day[2:]}"
    return f"{name}:{day}"


def _date(name: str, day: str, version: str, groups: _Groups) -> Iterator[str]:
    if version == "4.0" and name == "anniversary":
        yield _day("ANNIVERSARY", day, version)
        return
    group = groups.new()
    yield f"{group}.{_day('X-ABDATE', day, version)}"
    yield f"{group}.X-ABLabel:{escaped(name)}"


def _related(tie: Related, kept: Sequence[Extra], version: str, groups: _Groups) -> Iterator[str]:
    """Somebody they know; nothing where a line that came with them says so."""
    if not tie.key or any(e.name == "RELATED" and tie.key in e.value for e in kept):
        return
    typed = tie.how in _RELATIONS
    if version == "4.0":
        yield f"RELATED{f';TYPE={tie.how}' if typed else ''};{own.IS_TIE}:{escaped(tie.key)}"
    elif not any(_names(e, tie.name) for e in kept):
        group = groups.new()
        yield f"{group}.X-ABRELATEDNAMES;{own.IS_TIE}:{escaped(tie.name)}"
        yield f"{group}.X-ABLabel:{escaped(tie.how or 'contact')}"
    if version != "4.0" or tie.since or (tie.how and not typed):
        yield f"{own.TIE}:{own.joined((tie.key, tie.name, tie.how, tie.since))}"


def _names(extra: Extra, name: str) -> bool:
    """Whether it is a line of Apple's about whoever has this name."""
    is_line = extra.name == "X-ABRELATEDNAMES"
    return is_line and unescape(extra.value.partition(":")[2]).strip() == name


def _is_label(text: str) -> bool:
    """Whether it is read as it is written."""
    return bool(_LABEL.fullmatch(text)) and text not in _UNSAID


_Told = tuple[str, str, bool]
"""Property, value, and whether reading it gives back the handle."""


def _is_sure(told: _Told) -> bool:
    """Whether it is found again among what is read; all are told whole where one is not."""
    _, value, whole = told
    return whole or value.startswith("https://")


def _reach(reach: Reach, told: _Told, groups: _Groups) -> Iterator[str]:
    """A line that other programs understand, and its label."""
    name, value, _ = told
    if _is_typed(reach, name):
        yield f"{name};TYPE={(_TYPES[reach.label] or reach.label).replace(' ', ',')}:{value}"
    elif name and reach.label:
        group = groups.new()
        yield f"{group}.{name}:{value}"
        yield f"{group}.X-ABLabel:{escaped(reach.label)}"
    elif name:
        yield f"{name}:{value}"


def _is_typed(reach: Reach, name: str) -> bool:
    return reach.label in _TYPES and name in ("EMAIL", "TEL", "URL")


def _says_all(reach: Reach, told: _Told) -> bool:
    """Whether that line, and its label, say all there is to say."""
    name, _, whole = told
    labelled = (
        not reach.label
        or _is_typed(reach, name)
        or (not name.startswith(_PROFILE) and _is_label(reach.label))
    )
    return whole and labelled and not reach.day and not _plainly(reach).state


def _plainly(reach: Reach) -> Reach:
    """As an import keeps it: a link to a page is a handle, and known is what it is anyway."""
    found = None if reach.kind else handles.recognise(reach.text)
    kind, text = found if found and found.kind != "website" else (reach.kind, reach.text)
    state = reach.state if reach.state != "known" else None
    if (kind, text, state) == reach[:2] + reach[3:4]:
        return reach
    return reach._replace(kind=kind, text=text, state=state)


def _whole(reach: Reach) -> str:
    parts = (reach.kind, reach.text, reach.label, reach.state or "", reach.day or "")
    return f"{own.REACH}:{own.joined(parts)}"


def _reached(reach: Reach) -> _Told:
    kind, text = reach.kind, reach.text
    if not text:
        return "", "", False
    if kind == "email":
        return "EMAIL", escaped(text), bool(_PLAIN.fullmatch(text))
    if kind == "phone":
        return "TEL", escaped(text), bool(_PLAIN.fullmatch(text))
    if kind in _CHATS or not (kind in ("", "website") or kind in channel.KINDS):
        name, scheme = _service(kind)
        plain = kind in _CHATS and bool(_HANDLE.fullmatch(text))
        return name, f"{scheme}:{_quoted(text)}", plain
    if kind in ("", "website"):
        return "URL", own.url(text), not kind and own.url(text) == text
    service = "twitter" if kind == "x" else kind
    address = own.url(handles.link(kind, text) or text)
    return f"{_PROFILE};TYPE={service}", address, handles.recognise(address) == (kind, text)


@lru_cache
def _service(kind: str) -> tuple[str, str]:
    """The property of a messenger, and the scheme of its values."""
    scheme = kind if re.fullmatch(r"[a-z][a-z0-9.+-]*", kind) else "im"
    service = channel.label(kind)
    param = f";X-SERVICE-TYPE={service}" if re.fullmatch(r"[\w .+-]+", service) else ""
    return f"IMPP{param}", scheme


def _quoted(text: str) -> str:
    if _UNQUOTED.fullmatch(text):
        return text
    from urllib.parse import quote  # noqa: PLC0415  (only for messengers)

    return quote(text, safe="@+", errors="replace")


def _notes(card: Card) -> Iterator[str]:
    summary = own.summary(card)
    if not (card.notes or summary):
        return
    written = [_lf(note) for note in card.notes]
    yield f"NOTE:{escaped(own.BETWEEN_NOTES.join(filter(None, (*written, summary))))}"
    if summary or len(written) > 1:
        yield f"{own.NOTES}:{' '.join(str(len(note)) for note in written) or '0'}"


def _lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _own(card: Card) -> Iterator[str]:
    for name, field in own.ONE.items():
        value = getattr(card, field)
        if value and (field, value) != ("known", "known"):
            yield f"{name}:{escaped(value)}"
    also = own.categories(card._replace(tags=())) if card.tags else ()
    unclear = any(tag in also or tag.lower() in _UNFILED for tag in card.tags)
    for name, field in own.MANY.items():
        if field != "tags" or unclear:
            yield from (f"{name}:{escaped(value)}" for value in getattr(card, field))
    for talk in card.talks:
        day, direction, channel_, text_, met, event = talk
        parts = (day, direction, channel_ or "", "met" if met else "", event or "", text_ or "")
        yield f"{own.TALK}:{own.joined(parts)}"


def _as_it_was(extra: Extra, version: str) -> Iterator[str]:
    """A line of an imported card, in words of this version; one nobody can read is kept in ours."""
    line = _lf(extra.value).replace("\n", "\\n")
    head, value = _split(line)
    if not _is_sound(head):
        yield f"{own.LINE}:{escaped(line)}"
    elif extra.name in _BINARY and version == "3.0":
        yield _bytes(head, value) or f"{own.LINE}:{escaped(line)}"
    elif extra.name == "NICKNAME":
        yield from (f"{head}:{one}" for one in _SEPARATE.findall(value))
    elif extra.name in _NEW and version == "3.0":
        at = head.upper().index(extra.name)
        yield f"{head[:at]}X-{head[at:]}:{value}"
    else:
        yield line


_HEAD = re.compile(
    r"(?:[\w-]+\.)?[a-z0-9-]+"
    r"(?:;[\w-]+(?:=(?:\"[^\"]*\"|[^\";:,]*)(?:,(?:\"[^\"]*\"|[^\";:,]*))*)?)*",
    re.IGNORECASE | re.ASCII,
)
_MOST_QUOTES: Final = 8
"""Of a line with two dozen the readers of others do not come back."""
_SEPARATE = re.compile(r"(?:[^,\\]|\\.)+")


def _is_sound(head: str) -> bool:
    """Whether other programs can read the line that begins so."""
    return bool(_HEAD.fullmatch(head)) and head.count('"') <= _MOST_QUOTES


def _split(line: str) -> tuple[str, str]:
    """The part before the colon that no quotes are around, and what is after it."""
    quoted = False
    for at, char in enumerate(line):
        if char == '"':
            quoted = not quoted
        elif char == ":" and not quoted:
            return line[:at], line[at + 1 :]
    head, _, value = line.partition(":")
    return head, value


_DATA = re.compile(r"(?i)data:([\w.+/-]*)(?:;[\w=.+-]+)*;base64,")
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")


def _bytes(head: str, value: str) -> str:
    """A photo as 3.0 has it: its type and base64, or its address; empty where it is neither."""
    found = _DATA.match(value)
    if not found:
        return f"{re.sub(r'(?i);VALUE=[^;:]*', '', head)};VALUE=uri:{value}"
    family, _, kind = found[1].partition("/")
    said = kind.upper() if family in ("image", "audio") and kind.isalnum() else found[1]
    held = value[found.end() :]
    if not _BASE64.fullmatch(held):
        return ""
    return f"{head};ENCODING=b{f';TYPE={said}' if said else ''}:{held}"


def _folded(line: str) -> str:
    """Lines of at most 75 octets; no character is cut, and none begins or ends with a blank."""
    data = line.encode()
    if len(data) <= _OCTETS:
        return line
    pieces, start, room = [], 0, _OCTETS
    while len(data) - start > room:
        end = start + room
        while data[end] & 0xC0 == 0x80:
            end -= 1
        at = end
        while at > start + 30 and (data[at] == 0x20 or data[at - 1] == 0x20):
            at -= 1
        while data[at] & 0xC0 == 0x80:
            at -= 1
        end = at if at > start + 30 else end
        pieces.append(data[start:end])
        start, room = end, _OCTETS - 1
    return b"\r\n ".join([*pieces, data[start:]]).decode()
