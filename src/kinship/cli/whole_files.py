"""Files that are there whole or not at all, and that nobody else may read."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from typing import TextIO


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
