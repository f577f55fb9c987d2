"""A copy of the file while it is open: checked, synced, and only then given its name."""

import os
import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, datetime

from kinship.errors import FileTrouble


def copy(path: str, reason: str) -> str:
    """Copy the database at ``path`` into ``backups/`` beside it; the path of the copy.

    The name is YYYYMMDDTHHMMSSZ-reason.db, in UTC. Raises FileTrouble when the copy is not whole;
    nothing is left behind then.
    """
    folder = os.path.join(os.path.dirname(path), "backups")
    os.makedirs(folder, mode=0o700, exist_ok=True)
    os.chmod(folder, 0o700)
    handle, temporary = tempfile.mkstemp(prefix=".copy-", dir=folder)
    try:
        os.fchmod(handle, 0o600)
        with (
            closing(sqlite3.connect(path)) as source,
            closing(sqlite3.connect(temporary)) as target,
        ):
            source.backup(target, pages=-1)
            sound = target.execute("PRAGMA quick_check").fetchone() == ("ok",)
            whole = target.execute("PRAGMA foreign_key_check").fetchone() is None
        if not (sound and whole):
            raise FileTrouble("the copy made first is not sound. Nothing was changed.")
        os.fsync(handle)
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        final = os.path.join(folder, f"{stamp}-{reason}.db")
        os.rename(temporary, final)
    except BaseException:
        os.unlink(temporary)
        raise
    finally:
        os.close(handle)
    return final
