"""vCards of every version and program become cards, one at a time.

The reader is our own, because no library reads what phones and mail programs write. How bytes become
lines and lines properties is in content_lines, what they mean in vcard_cards.
"""

import codecs
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from kinship.errors import BadInput
from kinship.formats import Source, text, vcard_cards, vcard_records
from kinship.formats.content_lines import Raw, lines, records
from kinship.formats.properties import Decoder, Property, parse
from kinship.model.card import Card, Skipped

MOST_BYTES: Final = 500_000_000
_HEAD: Final = 4096
_MEMBER: Final = (b"MEMBER", b"member", b"Member")

_MARKS: Final = {
    "utf-16": (b"\xff\xfe", b"\xfe\xff"),
    "utf-32": (b"\xff\xfe\0\0", b"\0\0\xfe\xff"),
}


def read(source: Source) -> Iterator[Card | Skipped]:
    """The cards of a file, in order. Raises BadInput where there is none in it."""
    data = source.data
    if len(data) > MOST_BYTES:
        raise BadInput(f"this is more than {MOST_BYTES // 1_000_000} MB. Nothing was written.")
    codec, said = _codec(data, source.encoding)
    decode = Decoder(data, said)
    groups: Mapping[str, Sequence[str]] = {}
    if codec != "utf-8" or any(data.find(word) >= 0 for word in _MEMBER):
        groups = vcard_records.groups(_grouping(records(lines(data, codec)), decode))
    before: list[Raw] = []
    any_card = False
    for raw in records(lines(data, codec)):
        if raw.stray and not any_card:
            before = [raw]
            continue
        any_card = True
        for one in (*before, raw):
            yield _record(one, decode, groups)
        before = []
    if not any_card:
        text.encoding_of(data[:_HEAD])  # says what it is instead, where that can be told
        raise BadInput("there is no vCard in this file. Nothing was written.")


def _codec(data: bytes, said: str) -> tuple[str, str]:
    """What the lines are in, and what the user says their values are in."""
    head = data[:_HEAD]
    if said:
        try:
            name = codecs.lookup(said).name
        except LookupError:
            name = ""
        if not name.startswith("utf-"):
            name = codecs.lookup(text.encoding_of(b"BEGIN:VCARD", said)).name
        if not head.startswith(_MARKS.get(name, b"")):
            name += "-le"
        if name.startswith(("utf-16", "utf-32")):
            return name, ""
        return "utf-8", "" if name == "utf-8" else name
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in head
    if wide and b"BEGIN:VCARD" not in head.upper():
        found = text.encoding_of(head)
        return (found, "") if found.startswith(("utf-16", "utf-32")) else ("utf-8", "")
    return "utf-8", ""


def _record(raw: Raw, decode: Decoder, groups: Mapping[str, Sequence[str]]) -> Card | Skipped:
    found = _properties(raw, decode)
    if raw.stray:
        return vcard_records.skipped(raw.row, "BEGIN:VCARD is missing", found)
    if what := vcard_records.kind(found):
        return vcard_records.skipped(raw.row, what, found, raw.lost)
    card = vcard_cards.card(raw.row, found, groups)
    if card is None:
        return vcard_records.skipped(raw.row, "nobody is named in it", found, raw.lost)
    remarks = raw.lost if raw.closed else [*raw.lost, "END:VCARD is missing"]
    return card._replace(remarks=(*card.remarks, *remarks)) if remarks else card


def _properties(raw: Raw, decode: Decoder) -> list[Property | str]:
    found: list[Property | str] = []
    broken = False
    for _, line in raw.lines:
        prop = parse(line, decode)
        if prop is None:
            broken = True
            found.append(decode(line).replace("\0", "").strip())
        else:
            found.append(prop)
    return vcard_records.joined(found) if broken else found


def _grouping(found: Iterator[Raw], decode: Decoder) -> Iterator[list[Property | str]]:
    """The records that may be groups."""
    for raw in found:
        if any(word in line for _, line in raw.lines for word in _MEMBER):
            yield _properties(raw, decode)
