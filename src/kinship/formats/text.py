"""Bytes of other programs become text: UTF-8, UTF-16, or the code page of whoever saved them."""

import codecs
import io
import re
from collections.abc import Iterator
from itertools import chain
from typing import Final

from kinship.errors import BadInput

MOST_BYTES: Final = 500_000_000
SAVE: Final = "Save it as CSV (UTF-8) and try that file."
INVISIBLE: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Marks that programs put around numbers and names."""

_MAGIC: Final = (
    (b"PK\x03\x04", "an Excel workbook or a zip archive"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"!BDN", "an Outlook data file"),
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a text with formatting (RTF)"),
    (b"SQLite format 3\0", "a database"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "compressed"),
    (b"BZh", "compressed"),
    (b"7z\xbc\xaf", "compressed"),
    (b"\xfd7zXZ", "compressed"),
    (b"bplist0", "a property list"),
)
_MOSTLY: Final = 0.6
_STEP: Final = 1 << 20
_SAMPLE: Final = 100_000
_MIXED: Final = "mixed"
_SCRIPTS: Final = [
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1256", "koi8_r"),
    *("cp932", "euc_jp", "gb18030", "big5", "cp949"),
]
_LATIN: Final = frozenset(("cp1252", "cp1250", "cp1254"))
_NEUTRAL: Final = frozenset("„“”‘’‚–—…€«»·•™®©§\xa0°")
_WEST: Final = (
    ("äöüÄÖÜß", 1.0),
    ("éèêëàâçîïôûùœæÉÈÊÀÂÇÎÔÛŒ", 1.0),
    ("áéíóúñüÁÉÍÓÚÑÜçàèòïÇÀÈÒªº¿¡", 1.0),
    ("àèéìòùÀÈÉÌÒÙ", 1.0),
    ("ãõáâàçéêíóôúÃÕÁÂÀÇÉÊÍÓÔÚªº", 1.0),
    ("æøåäöéÆØÅÄÖÉ", 1.0),
    ("áðéíóúýþæöÁÐÉÍÓÚÝÞÆÖ", 0.99),
    ("äöüÄÖÜßéèêëàâçîïôûùáíóúñãõåøæÉÁÅØ", 0.9),
)
"""Letters of the languages of the West, the last of all of them; each with what one tells."""
_LETTERS: Final = {
    "cp1252": _WEST,
    "cp1250": (
        ("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", 1.0),
        ("áčďéěíňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽľĺŕäôĽ", 1.0),
        ("áéíóöőúüűÁÉÍÓÖŐÚÜŰ", 0.995),
        ("ăâîşţĂÂÎŞŢ", 1.0),
        ("čćđšžČĆĐŠŽ", 1.0),
        ("ąćęłńóśźżáčďéěíňřšťúůýžöőüűăâîşţđäßĄĆĘŁŃÓŚŹŻÁČĎÉĚÍŇŘŠŤÚŮÝŽÖŐÜŰŞŢĐÄ", 0.88),
    ),
    "cp1254": (("çğıöşüâîÇĞİÖŞÜ", 0.995),),
    "mac_roman": tuple((letters, worth - 0.05) for letters, worth in _WEST),
}
_NO_LETTERS: Final = bytes(b for b in range(128) if not chr(b).isalpha())


def decode(data: bytes, encoding: str = "") -> str:
    """The text of a file; ``encoding`` is what the user says it is in.

    Raises BadInput for what is no text, and for text that is not in that encoding.
    """
    codec = encoding_of(data, encoding)
    text = _mixed(data) if codec == _MIXED else data.decode(codec, "replace")
    return text.removeprefix("\ufeff").replace("\0", "")


def lines(data: bytes, encoding: str = "") -> Iterator[str]:
    """As `decode`, a line at a time with its end; only line breaks part lines."""
    codec = encoding_of(data, encoding)
    if codec == _MIXED:
        found: io.TextIOBase = io.StringIO(_mixed(data), newline="")
    else:
        found = io.TextIOWrapper(io.BytesIO(data), codec, "replace", newline="")
    each = chain((next(iter(found), "").removeprefix("\ufeff"),), found)
    if codec == "utf-8" and b"\0" not in data:
        return each
    return (line.replace("\0", "") for line in each)


def encoding_of(data: bytes, encoding: str = "") -> str:
    """What a file is in; all of it can be read so, but for broken UTF-16 that says it is."""
    if len(data) > MOST_BYTES:
        raise BadInput(f"this is more than {MOST_BYTES // 1_000_000} MB. Nothing was written.")
    if not data.strip(b" \t\r\n\0"):
        raise BadInput("there is nothing in this file. Nothing was written.")
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise BadInput(f"this file is {kind}, not text. Nothing was written.", hint=SAVE)
    if encoding:
        return _said(data, encoding)
    if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "utf-32"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if wide := _wide(data[:4096]):
        return wide
    if b"\0" in data[:4096]:
        raise BadInput("this file is not text. Nothing was written.", hint=SAVE)
    if data.isascii() and b"\x1b$" in data:
        return "iso2022_jp"
    if _unreadable(data, "utf-8") is None:
        return "utf-8"
    return _MIXED if _mostly_utf8(data) else _code_page(data)


def _said(data: bytes, encoding: str) -> str:
    try:
        b"".decode(encoding)
        at = _unreadable(data, encoding)
    except (LookupError, ValueError, TypeError):
        raise BadInput(
            f"{encoding[:40]!r} is no encoding. Nothing was written.",
            hint="For example: utf-8, utf-16, cp1252, shift_jis",
        ) from None
    if at is not None:
        line = data.count(b"\n", 0, at) + 1
        raise BadInput(
            f"this file is not in {encoding}: line {line:,} cannot be read so. Nothing was written."
        )
    return encoding


def _unreadable(data: bytes, codec: str) -> int | None:
    """About where text is not in an encoding; None where all of it is."""
    if data.isascii() and codec == "utf-8":
        return None
    decoder = codecs.getincrementaldecoder(codec)()
    view = memoryview(data)
    for at in range(0, len(data), _STEP):
        try:
            decoder.decode(bytes(view[at : at + _STEP]), at + _STEP >= len(data))
        except UnicodeDecodeError as error:
            return at + error.start
        except UnicodeError:
            return at
    return None


def _wide(head: bytes) -> str | None:
    """UTF-16 that lacks its mark shows by a NUL beside most letters."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > half * _MOSTLY and even < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > half * _MOSTLY and odd < half * 0.1 else None


def _mostly_utf8(data: bytes) -> bool:
    """Whether a few lines of another program stand in what is UTF-8 otherwise."""
    sample = _accented(data)
    letters = [char for char in sample.decode("utf-8", "replace") if char > "\x7f"]
    return letters.count("\ufffd") < len(letters) / 3


def _mixed(data: bytes) -> str:
    """Lines in UTF-8, and where one is not, that of Western Windows."""
    return "".join(map(_line, data.splitlines(keepends=True)))


def _line(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode(_latin(line) if _unreadable(line, _latin(line)) is None else "latin-1")


def _code_page(data: bytes) -> str:
    """The likeliest code page; that of Western Windows where nothing speaks for another."""
    from charset_normalizer import from_bytes  # noqa: PLC0415  (only for what is not UTF-8)

    sample = _accented(data)
    if _is_hebrew(sample):
        return "cp1255"
    found = from_bytes(sample, cp_isolation=_SCRIPTS).best()
    letters = sample.translate(None, _NO_LETTERS)
    few = sum(byte > 0x7F for byte in letters) < len(letters) / 4  # accents among plain letters
    page = "cp1252" if found is None else found.encoding
    if page in _LATIN or (few and page in ("big5", "cp949", "koi8_r", "cp1256")):
        page = _latin(sample)
    return page if _unreadable(data, page) is None else "latin-1"


def _is_hebrew(sample: bytes) -> bool:
    """Hebrew has no capitals: its words are small letters of what would be Cyrillic or Latin."""
    high = sample.translate(None, bytes(range(128)))
    return bool(high) and not re.search(
        rb"[A-Za-z][\xe0-\xfa]|[\xe0-\xfa][A-Za-z]|[\x80-\xdf\xfb-\xff]", sample
    )


def _latin(sample: bytes) -> str:
    """The code page in which most accented letters belong to one language, the West first."""
    best, page = -1.0, "cp1252"
    for codec, languages in _LETTERS.items():
        text = sample.decode(codec, "replace")
        marks = [mark for mark in text if mark > "\x7f" and mark not in _NEUTRAL]
        for letters, worth in languages:
            fit = sum((worth if mark in letters else -1.0) for mark in marks)
            if fit > best or (best < 0 and fit == best):
                best, page = fit, codec
    return page


def _accented(data: bytes) -> bytes:
    """The lines that say anything about an encoding, not too many of them."""
    found: list[bytes] = []
    size = 0
    for match in re.finditer(rb"[^\r\n]*[\x80-\xff][^\r\n]*", data) if len(data) > _SAMPLE else ():
        found.append(match[0][:_SAMPLE])
        size += len(found[-1])
        if size >= _SAMPLE:
            break
    return b"\n".join(found)[:_SAMPLE] if found else data


def json_of(data: bytes, encoding: str, most: int) -> object:
    """What a file of JSON says, without NUL and halves of characters.

    Raises BadInput where it is more than ``most`` bytes, or no JSON.
    """
    import json  # (only for a file of JSON)

    if len(data) > most:
        raise BadInput(
            f"this is more than {most // 1_000_000} MB, too much JSON. Nothing was written."
        )
    try:
        said = decode(data, encoding)
    except (LookupError, UnicodeError):
        raise BadInput(f"this file is not in {encoding}. Nothing was written.") from None
    try:
        told = json.loads(said)
        if "\\u0000" in said or "\\ud" in said.lower():
            whole = json.dumps(told, ensure_ascii=False).replace("\\u0000", "")
            told = json.loads(whole.encode(errors="replace"))
        return told
    except json.JSONDecodeError as error:
        raise BadInput(
            f"this is not JSON from line {error.lineno:,} on. Nothing was written."
        ) from None
    except RecursionError:
        raise BadInput("this JSON has lists in lists without end. Nothing was written.") from None
    except ValueError:  # a number of thousands of digits
        raise BadInput("this JSON has a number that is none. Nothing was written.") from None
