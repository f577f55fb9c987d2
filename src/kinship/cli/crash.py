"""A bug: the traceback goes to a file, without the values of anybody's data."""

import os
import sys
import traceback
from datetime import UTC, datetime

from kinship import __version__, quick
from kinship.store.db import display


def keep() -> str:
    """Write down where the program failed; the sentence that says so."""
    kind, error, trace = sys.exc_info()
    frames = "".join(traceback.format_tb(trace))
    said = f"{kind.__name__ if kind else 'error'}: {type(error).__module__}"
    folder = os.path.join(
        quick.base_folder(os.environ, "XDG_STATE_HOME", ".local/state"), "kinship"
    )
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    path = os.path.join(folder, f"crash-{stamp}.txt")
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(f"kinship {__version__}\n{frames}{said}\n")
    except OSError:
        return "this is a bug in kinship; run it again with --debug to see where."
    return f"this is a bug in kinship. What happened is in {display(path)}; it holds no names."
