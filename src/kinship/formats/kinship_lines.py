"""kinship's own JSON Lines: an object a line, keys in order; docs/jsonl.md names every key.

What is invisible or dangerous on a screen is written as ``\\u....``, and nothing else is escaped.
"""

import io
import json  # noqa: TID253  (only for JSON Lines)
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any, NamedTuple, NoReturn

from kinship.errors import BadInput
from kinship.model.card import Skipped
from kinship.safe import HIDDEN, quoted

_BEGINS = re.compile(rb'\s*\{\s*"kinship"\s*:\s*\d')
"""How the first line begins, as we write it or `jq` does."""
_HEAD = 1000
_BOM = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_LONGEST = 200_000_000
_DIGITS = 18
_HIDDEN = re.compile(
    "[" + "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in HIDDEN if first >= 0x7F) + "]"
)
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")

Line = dict[str, Any]


class Read(NamedTuple):
    """A line: its number from 1, what it says, and the line as it stands."""

    row: int
    line: Line
    text: bytes


def begins(data: bytes) -> bool:
    """Whether this is the beginning of a file that kinship wrote as JSON Lines."""
    if data.startswith(_UTF_16):
        data = data.decode("utf-16", "replace").encode()
    return bool(_BEGINS.match(data.removeprefix(_BOM)))


def written(line: Mapping[str, object]) -> str:
    """A line of the file, its end included."""
    text = _encode(line)
    if not text.isascii() or "\x7f" in text:
        text = _HIDDEN.sub(_escaped, text)
    return text + "\n"


_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, allow_nan=False).encode


def _escaped(found: re.Match[str]) -> str:
    return json.dumps(found[0])[1:-1]


def mark(data: bytes | str) -> tuple[int, ...]:
    """What tells whether a file is the one it was; bytes stay as they are."""
    if isinstance(data, bytes):
        return ()
    try:
        about = os.stat(data)
    except OSError:
        return (0,)
    return about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns


def read(data: bytes | str) -> Iterator[Read | Skipped]:
    """Each line, or why it is none; a file is given by its path, and read as it is asked for.

    Empty lines are passed over. Raises BadInput where the first line is not of kinship's JSON Lines.
    """
    with io.BytesIO(data) if isinstance(data, bytes) else open(data, "rb") as file:
        head = file.read(_HEAD)
        if not begins(head):
            raise BadInput(
                "this is not kinship's JSON Lines: the first line is not its meta line. "
                "Nothing was read."
            )
        file.seek(0)
        lines: Iterable[bytes] = _from_utf_16(file) if head.startswith(_UTF_16) else file
        for number, line in enumerate(lines, 1):
            text = line.removesuffix(b"\n")
            if number == 1:
                text = text.removeprefix(_BOM)
            if text.strip():
                yield _read(number, text)


def _from_utf_16(file: IO[bytes]) -> Iterator[bytes]:
    """The lines of a file as PowerShell writes it."""
    with io.TextIOWrapper(file, "utf-16", "replace", newline="\n") as lines:
        yield from map(str.encode, lines)


def _read(number: int, line: bytes) -> Read | Skipped:
    try:
        if len(line) > _LONGEST:
            raise _Bad("it is too long")
        found = _decoded(line.decode())
        if b"\\u" in line and _SURROGATE.search(line):
            json.dumps(found, ensure_ascii=False).encode()
    except _Bad as bad:
        why = str(bad)
    except RecursionError:
        why = "it is nested too deep"
    except UnicodeDecodeError:
        why = "it is not UTF-8"
    except UnicodeEncodeError:
        why = "half a character is missing in it"
    except json.JSONDecodeError as bad:
        why = f"it is not JSON: {bad.msg[:1].lower()}{bad.msg[1:]}, column {bad.colno}"
    else:
        if isinstance(found, dict) and isinstance(found.get("type"), str):
            return Read(number, found, line)
        why = "it has no type"
    return Skipped(number, why, line[:_LONGEST].decode(errors="backslashreplace"))


class _Bad(Exception):
    """Something JSON has and kinship never writes."""


def _object(pairs: list[tuple[str, Any]]) -> Line:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise _Bad(f"it says {quoted(twice)} twice")
    return found


def _number(text: str) -> int:
    if len(text) > _DIGITS:
        raise _Bad("it has a number that is too large")
    return int(text)


def _refuse(text: str) -> NoReturn:
    raise _Bad(f"it has {quoted(text)}, which is no number that kinship knows")


_decoder = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_number, parse_float=_refuse, parse_constant=_refuse
)


def _decoded(text: str) -> Any:
    """What a line says; most begin and end with it, and no blanks are to be looked for."""
    found, end = _decoder.raw_decode(text) if text[0] == "{" else (None, -1)
    return found if end == len(text) else _decoder.decode(text)
