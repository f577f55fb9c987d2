"""What an import is given: a file, a folder, a zip archive or a stream, as files to be read.

Nothing is unpacked: members of an archive are read in memory, within limits, and no name of one
becomes a path. Of an archive of LinkedIn only its own files are read; other tables beside them tell
about the owner. In a folder, where anything may lie, they are known by the names LinkedIn gives them.
"""

import io
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import IO, BinaryIO, Final

from kinship.errors import BadInput, FileTrouble
from kinship.formats import READERS, Source, linkedin, recognise, text
from kinship.model import names
from kinship.value import Value

MOST_BYTES: Final = text.MOST_BYTES
MOST_FILES: Final = 200_000
_MOST_IN_ALL: Final = 1_000_000_000
_MOST_MEMBERS: Final = 50_000
_RATIO: Final = 200
"""More bytes than this out of one are no text that people wrote."""
_HARMLESS: Final = 10_000_000
_DEEPEST: Final = 20
_START: Final = 4096
_DAMAGED: Final = (
    OSError,
    EOFError,
    zipfile.BadZipFile,
    zlib.error,
    OverflowError,
    RuntimeError,  # a password, or a compression that zipfile does not know
    struct.error,
)
_CONNECTIONS: Final = "connections.csv"
_PROFILE: Final = "profile.csv"
_ROBOTS: Final = "what LinkedIn's own robots wrote"
_ORDER: Final = {name: at for at, name in enumerate((recognise.JSONL, *READERS))}


class Left(Value):
    """A file that is not read, and what it is; ``broken`` where it would have been.

    ``apart`` is a folder that nobody looked into, for it belongs to something else.
    """

    name: str
    what: str
    broken: bool = False
    apart: bool = False


class Gathered(Value):
    """The files to be read, each with its format, in the order to read them; and the others."""

    sources: Sequence[tuple[str, Source]]
    left: Sequence[Left]


def gather(
    path: str, stream: BinaryIO | None = None, *, form: str = "", encoding: str = ""
) -> Gathered:
    """What is at ``path``; ``-`` is the ``stream``.

    ``form`` is the format a file is said to be of; of a folder or an archive, the files of it are
    read. Raises BadInput where there is nothing to read, FileTrouble where it cannot be opened.
    """
    if path == "-":
        if stream is None:
            raise BadInput("there is no standard input to read. Nothing was written.")
        return _one("standard input", stream, form, encoding)
    typed, path = path, os.path.expanduser(path)
    try:
        if os.path.isdir(path):
            name = os.path.basename(os.path.abspath(path)) or path
            return _Gathering(form, encoding).all_of(name, _folder(path, name))
        with open(path, "rb") as file:
            name = os.path.basename(path)
            if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                head = file.read(_START)
                file.seek(0)
                own = recognise.kind(head).format == recognise.JSONL
                if own and form in ("", recognise.JSONL):
                    return _by_line(name, path, file, encoding)
            return _one(name, file, form, encoding)
    except FileNotFoundError as error:
        raise FileTrouble(f"there is no file {typed}. Nothing was written.") from error
    except OSError as error:
        reason = error.strerror or "it is damaged"
        raise FileTrouble(f"{typed} cannot be read: {reason}. Nothing was written.") from error
    except ValueError as error:
        raise FileTrouble(f"no file can be called {names.quoted(path)}.") from error


def _one(name: str, file: IO[bytes], form: str, encoding: str) -> Gathered:
    """A file that was named: it is read, or it is said why not."""
    data = file.read(MOST_BYTES + 1)
    _check_size(name, len(data))
    if recognise.kind(data[:_START]).format == recognise.ZIP:
        return _Gathering(form, encoding).all_of(name, _members(name, data))
    if not form and name.lower() in linkedin.ROBOTS:
        raise BadInput(f"{names.quoted(name)} is {_ROBOTS}. Nothing was written.")
    source = Source(name, data, encoding)
    return Gathered([(form or recognise.format_of(source), source)], [])


def _by_line(name: str, path: str, file: IO[bytes], encoding: str) -> Gathered:
    """A file of kinship's own lines: it may be larger than what should be in memory."""
    _check_size(name, os.fstat(file.fileno()).st_size)
    source = Source(name, file.read(_START), encoding, path=os.path.abspath(path))
    return Gathered([(recognise.JSONL, source)], [])


def _check_size(name: str, size: int) -> None:
    if size > MOST_BYTES:
        most = MOST_BYTES // 1_000_000
        raise BadInput(f"{names.quoted(name)} is more than {most} MB. Nothing was written.")


class _Found(Value):
    """A file of several: where it lies, and how to open it."""

    name: str
    folder: str
    size: int
    file: IO[bytes]


class _Gathering:
    """The files of a folder or an archive, as far as they are read."""

    def __init__(self, form: str, encoding: str) -> None:
        self._form = form
        self._encoding = encoding
        self._room = _MOST_IN_ALL
        self._read: list[tuple[str, str, Source]] = []
        self._packed: set[str] = set()
        self._left: list[Left] = []
        self._owners: dict[str, str] = {}

    def all_of(self, name: str, files: Iterator[_Found | Left]) -> Gathered:
        """All of them, in order; the records of LinkedIn with whose they are."""
        self._take(files)
        theirs = {folder for form, folder, _ in self._read if form.startswith("linkedin-")}
        gathered: list[tuple[str, Source]] = []
        for form, folder, source in sorted(self._read, key=lambda one: _ORDER[one[0]]):
            beside = [one for one in theirs if form == "csv" and _within(folder, one)]
            name = os.path.basename(source.name).lower()
            packed = folder in self._packed and not self._packed.isdisjoint(beside)
            if beside and name != _CONNECTIONS and (packed or linkedin.is_own(source.name)):
                self._left.append(Left(source.name, "a table of LinkedIn, not of people you know"))
            else:
                owner = self._owners.get(folder, "")
                gathered.append((form, source._replace(owner=owner) if owner else source))
        if not gathered:
            raise BadInput(
                f"nothing in {names.quoted(name)} can be read. Nothing was written.",
                hint=tuple(f"{one.name}: {one.what}" for one in self._left[:5]),
            )
        return Gathered(gathered, self._left)

    def _take(self, files: Iterator[_Found | Left]) -> None:
        for file in files:
            if isinstance(file, Left):
                self._left.append(file)
                continue
            try:
                with file.file:
                    self._sort(file)
            except _DAMAGED:
                self._left.append(Left(file.name, "damaged", broken=True))

    def _sort(self, file: _Found) -> None:
        head = file.file.read(_START)
        kind = recognise.kind(head, self._encoding)
        if not kind.binary and len(head) == _START:
            head += file.file.read(recognise.HEAD - len(head))
            kind = recognise.kind(head, self._encoding)
        name = os.path.basename(file.name).lower()
        if name == _PROFILE or kind.what == recognise.PROFILE:
            self._owners[file.folder] = linkedin.owner(head)
        if kind.format == recognise.ZIP:
            self._nested(file, head)
        elif (
            not kind.format or not (kind.sure or self._form) or self._form not in ("", kind.format)
        ):
            self._left.append(Left(file.name, kind.what or f"of the format {kind.format}"))
        elif file.size > min(MOST_BYTES, self._room):
            self._left.append(Left(file.name, "too much to read at once", broken=True))
        else:
            data = _all_of(file, head)
            if b"\n" not in data.strip() and kind.format.startswith("linkedin-"):
                self._left.append(Left(file.name, "a heading without rows"))
                return
            if name in linkedin.ROBOTS and not self._form:
                self._left.append(Left(file.name, _ROBOTS))
                return
            if isinstance(file.file, zipfile.ZipExtFile):
                self._packed.add(file.folder)
            self._room -= len(data)
            self._read.append((kind.format, file.folder, Source(file.name, data, self._encoding)))

    def _nested(self, file: _Found, head: bytes) -> None:
        """An archive in a folder is opened; one in an archive is not."""
        if isinstance(file.file, zipfile.ZipExtFile):
            self._left.append(Left(file.name, "an archive in an archive; unpack it first"))
        elif file.size > min(MOST_BYTES, self._room):
            self._left.append(Left(file.name, "too much to read at once", broken=True))
        else:
            try:
                self._take(_members(file.name, _all_of(file, head), f"{file.name}/"))
            except BadInput as error:
                why = error.message.removesuffix(" Nothing was written.").rstrip(".")
                self._left.append(Left(file.name, why, broken=True))


def _all_of(file: _Found, head: bytes) -> bytes:
    """All bytes of a file of which this much was read."""
    if len(head) == file.size:
        return head
    file.file.seek(0)
    return file.file.read(file.size)


def _within(folder: str, other: str) -> bool:
    return not other or f"{folder}/".startswith(f"{other}/")


def _folder(path: str, name: str) -> Iterator[_Found | Left]:
    """The files of a folder; of an address book of vCards, not those of the folders in it."""
    count = 0
    closed: list[OSError] = []
    for where, folders, files in os.walk(path, onerror=closed.append):
        below = os.path.relpath(where, path)
        folder = name if below == "." else f"{name}/{below}"
        files = sorted(one for one in files if one[0] != ".")
        folders[:] = sorted(one for one in folders if one[0] != ".")
        book = _is_address_book(files)
        if book or folder.count("/") >= _DEEPEST:
            why = "a folder in an address book" if book else "it lies too deep"
            for one in folders:
                yield Left(f"{folder}/{one}/", why, broken=not book, apart=book)
            folders.clear()
        for file in files:
            count += 1
            if count > MOST_FILES:
                raise BadInput(
                    f"there are more than {MOST_FILES:,} files in {names.quoted(name)}."
                    " Nothing was written."
                )
            yield _opened(os.path.join(where, file), f"{folder}/{file}", folder)
    for error in closed:
        if error.filename == path:
            raise error
        below = f"{name}/{os.path.relpath(error.filename, path)}/"
        yield Left(below, f"it cannot be opened: {error.strerror}", broken=True)


def _is_address_book(files: Sequence[str]) -> bool:
    """Whether a folder is one as khard and vdirsyncer keep it: a card a file, and what it is called.

    One card alone is none.
    """
    cards = [file for file in files if file.lower().endswith((".vcf", ".vcard"))]
    own = set(files) - set(cards)
    return bool(cards) and len(files) > 1 and own <= {"color", "displayname", "description"}


def _opened(path: str, name: str, folder: str) -> _Found | Left:
    try:
        about = os.stat(path)
        if not stat.S_ISREG(about.st_mode):
            return Left(name, "no plain file")
        return _Found(name, folder, about.st_size, open(path, "rb"))
    except OSError as error:
        return Left(name, f"it cannot be opened: {error.strerror}", broken=True)


def _members(name: str, data: bytes, within: str = "") -> Iterator[_Found | Left]:
    """The members of an archive. Raises BadInput for one that no honest program makes."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (*_DAMAGED, ValueError, IndexError) as error:
        raise BadInput(
            f"{names.quoted(name)} is damaged: it is an archive that ends too early, or is no"
            " archive. Nothing was written.",
            hint="Download it again.",
        ) from error
    _check(name, members, len(data))
    for member in members:
        path = member.filename.replace("\\", "/")
        parts = path.split("/")
        if member.is_dir() or any(part[:1] == "." for part in parts) or parts[0] == "__MACOSX":
            continue
        path = within + path
        if member.flag_bits & 1:
            yield Left(path, "locked with a password", broken=True)
        elif member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            yield Left(path, "packed in a way that is not read", broken=True)
        else:
            try:
                file = archive.open(member)
            except (*_DAMAGED, ValueError):
                yield Left(path, "damaged", broken=True)
                continue
            yield _Found(path, os.path.dirname(path), member.file_size, file)


def _check(name: str, members: Sequence[zipfile.ZipInfo], size: int) -> None:
    why = ""
    if len(members) > _MOST_MEMBERS:
        why = f"it holds more than {_MOST_MEMBERS:,} files"
    for member in members:
        path = member.filename.replace("\\", "/")
        if ".." in path.split("/") or path.startswith("/") or path[1:2] == ":":
            why = f"a file in it is called {names.quoted(member.filename[:80])}"
        if member.file_size > max(_HARMLESS, _RATIO * member.compress_size):
            why = f"{names.quoted(member.filename[:80])} in it grows to {_RATIO} times its size"
    if sum(member.compress_size for member in members) > size:
        why = "its files lie over each other"
    if why:
        raise BadInput(
            f"{names.quoted(name)} is not opened: {why}, as in no archive of a program you use."
            " Nothing was written."
        )
