"""Where ``export`` writes: standard output, a file (``map`` too), or a folder with a file a person."""

import io
import os
import sys
from collections.abc import Callable, Iterable
from typing import TextIO

from kinship.cli import whole_files
from kinship.cli.context import Kin
from kinship.cli.export_formats import FORMATS, Folder, OneFile
from kinship.errors import FileTrouble, Refused
from kinship.safe import safe_lines
from kinship.store.db import display
from kinship.value import Value

_HEAD = 80


def to_stream(write: Callable[[TextIO], object], *, terminal: bool) -> None:
    """Standard output carries the file as it is: UTF-8, and no line end changed.

    On a terminal it is stored text like any other.
    """
    if terminal:
        file = io.StringIO()
        write(file)
        sys.stdout.write("\n".join(safe_lines(file.getvalue())))
        return
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    write(sys.stdout)


class Way(Value):
    """What is being done to a file, in the words of its errors, and a command that does it."""

    done: str
    command: str


EXPORT = Way("exported", "export -o people.csv")
MAP = Way("drawn", "map -o people.svg")


def to_file(
    path: str, write: Callable[[TextIO], object], kin: Kin, way: Way = EXPORT, *, yes: bool
) -> None:
    """Beside it first, then in its place: the old file or the new one, never half."""
    may_write(path, kin, way, yes=yes)
    whole_files.sweep(os.path.dirname(path))
    try:
        with whole_files.written(path) as out:
            write(out)
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        raise _failed(path, error, f"Nothing was {way.done}.") from error


class Written(Value):
    """What came of a folder."""

    new: int
    changed: int
    same: int


def to_folder(path: str, folder: Folder, files: Iterable[OneFile]) -> Written:
    """A file a person, each in place of the one that has the same key; all others stay."""
    done: dict[bool | None, int] = {True: 0, False: 0, None: 0}
    try:
        if not os.path.isdir(path):
            os.mkdir(path, 0o700)
            os.chmod(path, 0o700)
        whole_files.sweep(path)
        names, taken = _here(path, folder)
        for file in files:
            here = next((names[key] for key in file.keys if key in names), "")
            name = here or _free(file.name, folder.ending, taken)
            full = os.path.join(path, name)
            data = file.text.encode()
            old = _beginning(full, len(data) + 1) if here else None
            if old != data:
                with whole_files.written(full) as out:
                    out.write(file.text)
            taken.add(name.casefold())
            done[None if old is None else old != data] += 1
    except OSError as error:
        before = sum(done.values())
        said = f"{before} files were written before." if before else "Nothing was exported."
        raise _failed(path, error, said) from error
    return Written(done[None], done[True], done[False])


def _here(path: str, folder: Folder) -> tuple[dict[str, str], set[str]]:
    """The files of a folder by key, and every name in it, small letters only."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    with os.scandir(path) as entries:
        for entry in entries:
            taken.add(entry.name.casefold())
            if (
                entry.name.endswith(folder.ending)
                and not entry.name.startswith(".")
                and entry.is_file(follow_symlinks=False)
                and (key := _key(entry.path, folder))
            ):
                names.setdefault(key, entry.name)
    return names, taken


def _key(path: str, folder: Folder) -> str:
    with open(path, "rb") as file:
        return folder.key_of(file)


def _free(name: str, ending: str, taken: set[str]) -> str:
    number, free = 1, name + ending
    while free.casefold() in taken:
        number += 1
        free = f"{name}-{number}{ending}"
    return free


def _failed(path: str, error: OSError, said: str) -> FileTrouble:
    return FileTrouble(f"{display(path)} could not be written: {error.strerror}. {said}")


def may_write(path: str, kin: Kin, way: Way, *, yes: bool) -> None:
    """Refuse to write where something is that kinship did not write."""
    nothing, elsewhere = f"Nothing was {way.done}.", kin.cmd(way.command)
    if os.path.exists(path) and os.path.exists(kin.path) and os.path.samefile(path, kin.path):
        raise Refused(f"{display(path)} is your kinship file itself. {nothing}", hint=elsewhere)
    if os.path.islink(path):
        raise Refused(f"{display(path)} is a link. {nothing}", hint=elsewhere)
    if os.path.exists(path) and not os.path.isfile(path):
        piped = f"{kin.cmd('export')} > {display(path)}"
        raise Refused(
            f"{display(path)} is not a regular file. {nothing}",
            hint=piped if way is EXPORT else elsewhere,
        )
    if os.path.exists(path) and not yes and not _is_ours(path):
        raise Refused(
            f"{display(path)} is there already, and kinship did not write it. {nothing}",
            hint="-y replaces it.",
        )


def _is_ours(path: str) -> bool:
    from kinship.formats import dot, svg  # noqa: PLC0415  (only where a file is there)

    pictures = (svg.BEGINS, svg.PAGE_BEGINS, dot.BEGINS)
    try:
        head = _beginning(path, _HEAD)
    except OSError:
        return False
    return head.startswith((*pictures, *(begin for f in FORMATS.values() for begin in f.begins)))


def _beginning(path: str, most: int) -> bytes:
    with open(path, "rb") as file:
        return file.read(most)
