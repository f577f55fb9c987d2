"""A line of a vCard as a property, and its value as text.

Each value is decoded by itself: by what the line says of it, as UTF-8, else as the rest of the file
is. Nothing is refused: a line in which no property is found is None.
"""

import binascii
import codecs
import re
from typing import Final, NamedTuple

from kinship.errors import BadInput
from kinship.formats import text
from kinship.formats.content_lines import lines

_MOST_PARAMS: Final = 1000
_SAMPLE: Final = 4_000_000
_QUOTED: Final = b"QUOTED-PRINTABLE"


class Property(NamedTuple):
    """A line of a card. The value is decoded and has its backslashes; ``line`` is all of it.

    ``params`` are in order with their names in capitals; words alone, as vCard 2.1 has them, are
    types or the encoding. ``line`` is what vCard 4 would have: no quoted-printable, no charset.
    """

    name: str
    group: str
    params: tuple[tuple[str, str], ...]
    value: str
    line: str

    def param(self, name: str) -> str:
        """The first parameter of a name."""
        return next((value for key, value in self.params if key == name), "")

    def types(self) -> list[str]:
        """What it says it is, in small letters: home, work, cell."""
        found = []
        for key, value in self.params:
            if key == "TYPE":
                for word in value.replace('"', "").split(",", 50):
                    kind = word.strip().lower().removeprefix("type=")
                    if kind and kind not in found:
                        found.append(kind)
        return found

    @property
    def in_base64(self) -> bool:
        """Whether the value is bytes."""
        return self.param("ENCODING").upper() in ("B", "BASE64")


# Bytes to text


_ODD: Final = re.compile("[\ud800-\udfff]")
"""What UTF-7 can hold and no other text."""


class Decoder:
    """Bytes of values to text: by what they say, as UTF-8, else as the rest of the file is."""

    def __init__(self, data: bytes, said: str = "") -> None:
        self.data = data
        self.said = said
        self.page = ""
        self.known: dict[str, str] = {}

    def __call__(self, raw: bytes, charset: str = "") -> str:
        return self._text(raw, charset).replace("\0", "")

    def _text(self, raw: bytes, charset: str) -> str:
        for codec in (charset and self._codec(charset), self.said, "utf-8"):
            if codec:
                try:
                    return _ODD.sub("\ufffd", raw.decode(codec))
                except ValueError:
                    pass
        if (cut := _cut(raw)) is not None:
            return cut
        if not self.page:
            self.page = _page_of(self.data)
        return raw.decode(self.page, "replace")

    def _codec(self, charset: str) -> str:
        if charset not in self.known and len(self.known) < 1000:
            self.known[charset] = _codec(charset)
        return self.known.get(charset, "")


def _cut(raw: bytes) -> str | None:
    """UTF-8 that is broken or cut off somewhere, if most of it is that."""
    found = raw.decode("utf-8", "replace")
    broken = found.count("\ufffd")
    letters = len(found.encode("ascii", "ignore"))
    return found.rstrip("\ufffd") if len(found) - letters > 4 * broken else None


_MEANT: Final = {
    "ascii": "",
    "iso8859-1": "cp1252",
    "shift_jis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "idna": "",
    "punycode": "",
    "raw-unicode-escape": "",
    "unicode-escape": "",
    "undefined": "",
}
"""What programs write under these names, where it is more; and what is not meant by anybody."""


def _codec(charset: str) -> str:
    try:
        found = codecs.lookup(charset.strip("\"' ")).name
        if _MEANT.get(found, found):
            b"a".decode(found)
    except (LookupError, ValueError):
        return ""
    return _MEANT.get(found, found)


def _page_of(data: bytes) -> str:
    """The code page of a file, by the lines that are not in UTF-8 and do not say what they are."""
    telling: list[bytes] = []
    for line in lines(data[:_SAMPLE]):
        head, _, value = line.partition(b":")
        head = head.upper()
        if b"CHARSET" in head or _is_utf8(value if _QUOTED not in head else _unquoted(value)):
            continue
        telling.append(_unquoted(value) if _QUOTED in head else value)
        if len(telling) > 2000:
            break
    try:
        found = text.encoding_of(b"\n".join(telling))
        b"a".decode(found)
    except (BadInput, LookupError, ValueError):  # nothing speaks for one
        return "cp1252"
    return found


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def _unquoted(raw: bytes) -> bytes:
    return binascii.a2b_qp(raw)


# Lines to properties


_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_/.-]*$")
_X_NAME = re.compile(r"(?i)(?:[\w-]+\.)?X-[A-Za-z0-9_/. -]+$")
_ENCODINGS: Final = {
    "QUOTED-PRINTABLE": "QUOTED-PRINTABLE",
    "BASE64": "BASE64",
    "B": "BASE64",
    "8BIT": "8BIT",
    "7BIT": "7BIT",
}


def parse(line: bytes, decode: Decoder) -> Property | None:
    """The property of a line; None where there is none in it."""
    line = line.replace(b"\0", b"")
    clean = not decode.said or line.isascii()
    try:
        whole = line.decode() if clean else line.decode("ascii", "surrogateescape")
    except UnicodeDecodeError:
        clean = False
        whole = line.decode("utf-8", "surrogateescape")
    colon = whole.find(":")
    if colon < 0:
        return None
    if '"' in whole[:colon]:
        colon = _colon(whole)
    head, value = whole[:colon], whole[colon + 1 :]
    if not clean:
        head = _again(head, decode)
    name, semicolon, rest = head.partition(";")
    name = name.strip()
    if len(name) > 100 or not (_NAME.match(name) or _X_NAME.match(name)):
        return None
    group, _, bare = name.rpartition(".")
    upper = bare.upper()
    if value.startswith("//") and upper in ("HTTP", "HTTPS"):
        return None
    if not semicolon and clean:
        return Property(upper, group, (), value, whole)
    return _with_params(upper, group, rest, value, whole if clean else "", decode)


def _with_params(
    name: str, group: str, rest: str, value: str, whole: str, decode: Decoder
) -> Property:
    params: list[tuple[str, str]] = []
    kept: list[str] = []
    charset = encoding = ""
    for piece in _pieces(rest):
        key, equals, said = piece.partition("=")
        key = key.strip().upper()
        if not equals:
            if not key:
                continue
            if key in _ENCODINGS:
                encoding = _ENCODINGS[key]
                params.append(("ENCODING", encoding))
            else:
                params.append(("TYPE", piece.strip()))
                kept.append(f"TYPE={piece.strip()}")
            whole = ""
        elif key.startswith("X-CUSTOM("):  # as Samsung's phones write a type
            custom = decode(_unquoted(piece.rstrip(")").rpartition(",")[2].encode()))
            params.append(("TYPE", custom))
            kept.append(f"TYPE={_plain_param(custom)}")
            whole = ""
        elif key == "CHARSET":
            charset = said
            whole = ""
        elif key == "ENCODING":
            encoding = _ENCODINGS.get(said.strip('" ').upper(), "")
            params.append((key, encoding))
            whole = ""
        else:
            params.append((key, _said(said)))
            kept.append(piece)
    if encoding == "BASE64":
        value = "".join(value.split())
    elif encoding == "QUOTED-PRINTABLE":
        raw = _unquoted(value.encode("utf-8", "surrogateescape"))
        value = decode(raw, charset).replace("\r\n", "\n").replace("\r", "\n").strip("\n")
        value = value.replace("\n", "\\n")
    if encoding != "QUOTED-PRINTABLE" and (
        (not whole and not value.isascii()) or (charset and "\x1b" in value)
    ):
        value = _again(value, decode, charset)
    if not whole:
        dotted = f"{group}.{name}" if group else name
        head = ";".join([dotted, *kept])
        whole = f"{head}:{value}"
    return Property(name, group, tuple(params), value, whole)


def _plain_param(text: str) -> str:
    return f'"{text}"' if any(mark in text for mark in ",;:") else text


def _again(found: str, decode: Decoder, charset: str = "") -> str:
    raw = found.encode("utf-8", "surrogateescape")
    return decode(raw, charset).replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _said(value: str) -> str:
    """The value of a parameter, without quotation marks and with what ``^`` stands for."""
    value = value.strip().replace('\\"', '"').strip('"').strip()
    if "^" in value:
        value = value.replace("^n", "\n").replace("^'", '"').replace("^^", "^")
    return value


def _colon(whole: str) -> int:
    """Where the value begins: the first colon outside of quotation marks, if they are closed."""
    at = 0
    colon = whole.find(":")
    for _ in range(_MOST_PARAMS * 2):
        if colon < at:
            colon = whole.find(":", at)
            if colon < 0:
                return whole.find(":")
        opened = whole.find('"', at, colon)
        if opened < 0:
            return colon
        closed = whole.find('"', opened + 1)
        if closed < 0:
            return whole.find(":")
        at = closed + 1
    return whole.find(":")


def _pieces(rest: str) -> list[str]:
    """Parameters as they are written: parted by semicolons outside of quotation marks."""
    if '"' not in rest:
        return rest.split(";", _MOST_PARAMS)[:_MOST_PARAMS]
    found: list[str] = []
    begin = at = 0
    semicolon = -1
    for _ in range(_MOST_PARAMS * 2):
        if semicolon < at:
            semicolon = rest.find(";", at)
        if semicolon < 0:
            found.append(rest[begin:])
            break
        opened = rest.find('"', at, semicolon)
        closed = rest.find('"', opened + 1) if opened >= 0 else -1
        if opened >= 0 and closed >= 0:
            at = closed + 1
            continue
        found.append(rest[begin:semicolon])
        begin = at = semicolon + 1
    return found


# Values


_MARKS: Final = (
    *(("\\\\", "\0"), ("\\n", "\n"), ("\\N", "\n"), ("\\,", ","), ("\\;", ";")),
    *(("\\:", ":"), ('\\"', '"'), ("\\'", "'"), ("\0", "\\")),
)


def unescape(value: str) -> str:
    """A value as it is read: ``\\n`` is a line break, ``\\,`` a comma."""
    if "\\" in value:
        for mark, meant in _MARKS:  # no value has a NUL
            value = value.replace(mark, meant)
    return value.strip()


def split(value: str, mark: str, most: int) -> list[str]:
    """The parts of a value, not yet unescaped; what is beyond ``most`` stays in the last."""
    parts = value.split(mark, most)
    if "\\" not in value:
        return parts
    found: list[str] = []
    open_ = False
    for part in parts:
        if open_:
            found[-1] += mark + part
        else:
            found.append(part)
        open_ = (len(part) - len(part.rstrip("\\"))) % 2 == 1
    return found


def escape(value: str) -> str:
    """A text as a value of vCard 4."""
    for mark in ("\\", ",", ";"):
        value = value.replace(mark, "\\" + mark)
    return value.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")
