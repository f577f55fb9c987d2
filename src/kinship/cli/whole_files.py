"""Files that are there whole or not at all, and that nobody else may read."""

import os
import re
from collections.abc import Generator
from contextlib import contextmanager, suppress
from typing import Final, TextIO

_HALF: Final = re.compile(r"\.kinship-([1-9][0-9]{0,8})", re.ASCII)


@contextmanager
def written(path: str, *, over: bool = True) -> Generator[TextIO]:
    """A new file that is put at ``path`` when all went well, in the place of an old one if ``over``.

    It is made beside its place. Raises OSError, FileExistsError where it may not go over another.
    """
    temporary = os.path.join(os.path.dirname(path), f".kinship-{os.getpid()}")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        os.fchmod(handle, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", errors="surrogatepass", newline="") as out:
            yield out
        put = os.replace if over else os.link
        put(temporary, path)
    finally:
        if os.path.lexists(temporary):
            os.unlink(temporary)


def sweep(folder: str) -> None:
    """Remove what was half written there when its process was killed; to be called before `written`."""
    with suppress(OSError), os.scandir(folder or ".") as entries:
        for entry in entries:
            found = _HALF.fullmatch(entry.name)
            if found and entry.is_file(follow_symlinks=False) and _is_gone(int(found[1])):
                with suppress(OSError):
                    os.unlink(entry.path)


def _is_gone(process: int) -> bool:
    """Whether nobody writes to the file of this process; we ourselves have not begun."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return process == os.getpid()
