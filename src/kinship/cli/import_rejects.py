"""``--rejects FILE``: the records an import left out, verbatim, to be mended and read in again."""

import os
from collections.abc import Iterable, Mapping

from kinship.cli import whole_files
from kinship.errors import FileTrouble, Refused
from kinship.model.card import Skipped
from kinship.store.db import display


def check(path: str | None) -> str | None:
    """Where they go; refused where something is already, before anything is written."""
    if path is None:
        return None
    whole = os.path.abspath(os.path.expanduser(path))
    if os.path.lexists(whole):
        raise Refused(
            f"{display(whole)} is there already. Nothing was written.",
            hint="Move it away, or name another file for --rejects.",
        )
    folder = os.path.dirname(whole)
    if not os.path.isdir(folder):
        raise FileTrouble(f"there is no folder {display(folder)}. Nothing was written.")
    if not os.access(folder, os.W_OK):
        raise FileTrouble(f"{display(folder)} cannot be written to. Nothing was written.")
    return whole


def text_of(skipped: Iterable[tuple[str, Skipped]], heads: Mapping[str, str]) -> str:
    """The records of each file, those of a table under its headings."""
    by_file: dict[str, list[str]] = {}
    for file, one in skipped:
        if one.text.strip():
            by_file.setdefault(file, []).append(one.text.rstrip("\r\n"))
    return "".join(
        "".join(f"{text}\n" for text in ([heads[file]] if file in heads else []) + several)
        for file, several in by_file.items()
    )


def shown(path: str) -> str:
    return display(path)


def write(path: str, text: str) -> None:
    """Whole or not at all, for nobody else to read, and never over another file.

    Raises FileTrouble; what was imported is imported then.
    """
    try:
        with whole_files.written(path, over=False) as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        raise FileTrouble(
            f"{display(path)} could not be written: {error.strerror}. The import itself is saved.",
        ) from error
