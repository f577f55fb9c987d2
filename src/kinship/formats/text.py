"""Bytes of other programs become text: UTF-8, UTF-16, or the code page of whoever saved them."""

import codecs
import io
import re
from collections.abc import Iterator
from typing import Final

from kinship.errors import BadInput

MOST_BYTES: Final = 500_000_000
SAVE: Final = "Save it as CSV (UTF-8) and try that file."

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
    return (line.replace("\0", "") for line in _unmarked(found))


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


def _unmarked(found: io.TextIOBase) -> Iterator[str]:
    yield next(iter(found), "").removeprefix("\ufeff")
    yield from found


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
        return line.decode(_western(line))


def _code_page(data: bytes) -> str:
    """The likeliest code page; that of Western Windows where nothing speaks for another."""
    from charset_normalizer import from_bytes  # noqa: PLC0415  (only for what is not UTF-8)

    sample = _accented(data)
    pages = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp932", "gb18030", "big5", "cp949"]
    found = from_bytes(sample, cp_isolation=pages).best()
    letters = sample.translate(None, _NO_LETTERS)
    accents = sum(byte > 0x7F for byte in letters)
    few = accents < len(letters) / 4  # letters with accents among plain ones
    western = few and found is not None and found.encoding in ("cp1250", "cp1254", "big5", "cp949")
    page = None if found is None or western else found.encoding
    if page and page != "cp1252" and _unreadable(data, page) is None:
        return page
    return _western(data)


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


def _western(data: bytes) -> str:
    """Western Windows, or an older Macintosh, by which one has small letters inside of words."""
    sample = _accented(data)
    mac = len(_SMALL.findall(sample.decode("mac_roman")))
    if mac > len(_SMALL.findall(sample.decode("cp1252", "replace"))):
        return "mac_roman"
    return "cp1252" if _unreadable(data, "cp1252") is None else "latin-1"


_SMALL: Final = re.compile(r"(?<=[a-z])[ß-öø-ÿ]|[ß-öø-ÿ](?=[a-z])")
