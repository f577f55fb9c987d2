"""The entry point: answers what shells and scripts ask at every prompt, and hands on the rest.

Typer and rich cost five times what the answer does, so this module imports ``sys``, ``os``,
``sqlite3`` and what imports nothing. Whatever it is not sure of goes to ``kinship.cli``.
"""

import gc
import os
import sys

from kinship.safe import safe
from kinship.store import APPLICATION_ID, SCHEMA_VERSION, agenda

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_WAIT = 0.1
_WHAT = 30
_CROWDS = {"connect": "to connect with", "rally": "asked to help", "keep": "to say hello to"}
_ASKED = (["prompt"], ["due", "--brief"], ["due", "--count"], ["due", "--check"])


def main() -> int:
    """Run the command line in ``sys.argv``; the exit code (``kinship help exit-codes``)."""
    # A command lives for a tenth of a second: collecting cycles would be a fifteenth of it.
    gc.disable()
    code = _answer(sys.argv[1:])
    if code is not None:
        leave(code)
    else:
        from kinship.cli import main as full  # noqa: PLC0415  (the reason for this module)

        code = full(sys.argv[1:])
    return code


def leave(code: int) -> None:
    """Nothing is open that would need closing: leave without taking the interpreter apart."""
    if not os.environ.get("KINSHIP_TIDY_EXIT"):
        os._exit(code)


def _answer(words: list[str]) -> int | None:
    """Answer one of the four questions; None to hand it on."""
    env = os.environ
    db = None
    if words[:1] == ["--db"] and len(words) > 2:
        db, words = words[1], words[2:]
    elif len(words) > 2 and words[-2] == "--db":
        db, words = words[-1], words[:-2]
    pattern = "{n}"
    if words[:2] == ["prompt", "--format"] and len(words) == 3 and "{n}" in words[2]:
        pattern, words = words[2], words[:1]
    once = words == ["due", "--brief", "--once"]
    if once:
        words = words[:2]
    day = env.get("KINSHIP_TODAY") or _local_day()
    elsewhere = "_KINSHIP_COMPLETE" in env or env.get("KINSHIP_CONFIG")
    if words not in _ASKED or elsewhere or len(day) != 10:
        return None
    path = db or database_path(env)
    if path is None or sys.stdout is None:
        return None
    if once and shown_today(env, day):
        return 0
    try:
        rows = due_rows(path, day)
    except Exception:  # noqa: BLE001  (a shell must get its prompt; the full program explains)
        return 1 if words == ["due", "--check"] else 0
    if rows is None:
        return None
    if words == ["due", "--check"]:
        return 0 if rows else 1
    text = _text(words, rows, pattern)
    if text and not _written(text):
        return None
    if once and text:
        keep_shown(env, day)
    return 0


def _text(words: list[str], rows: list[agenda.Row], pattern: str) -> str:
    if words == ["due", "--brief"]:
        return brief(rows)
    if words == ["due", "--count"]:
        return str(len(rows))
    return pattern.replace("{n}", str(len(rows))) if rows else ""


def _written(text: str) -> bool:
    data = (text + "\n").encode(sys.stdout.encoding or "utf-8", "backslashreplace")
    sys.stdout.flush()
    try:
        os.write(1, data)
    except BrokenPipeError:
        pass
    except OSError:
        return False
    return True


def due_rows(path: str, day: str) -> "list[agenda.Row] | None":
    """Rows overdue and today; None where the full program must look.

    Raises OSError where there is no file, ValueError where another kinship made it.
    """
    import sqlite3  # noqa: PLC0415  (not needed to hand on)

    with open(path, "rb") as file:
        head = file.read(100)
    if head[68:72] != APPLICATION_ID.to_bytes(4, "big"):
        return None
    if head[60:64] != SCHEMA_VERSION.to_bytes(4, "big"):
        raise ValueError("another version of the file")
    conn = sqlite3.connect(path, timeout=_WAIT)
    conn.execute("PRAGMA query_only = ON")
    (valid,) = conn.execute("SELECT date(?, '+0 days') IS ?", (day, day)).fetchone()
    if not valid:
        return None
    items = [agenda.Item(*row) for row in conn.execute(agenda.ITEMS, {"day": day, "until": day})]
    return [row for row in agenda.rows(items) if row.when != "coming"]


def brief(rows: "list[agenda.Row]") -> str:
    """One line for the start of a shell: how many, and the first two; empty when nothing is due."""
    if not rows:
        return ""
    overdue = sum(row.when == "overdue" for row in rows)
    counts = [
        f"{n} {word}" for n, word in ((overdue, "overdue"), (len(rows) - overdue, "today")) if n
    ]
    shown = [_short(row) for row in rows[:2]]
    if len(rows) > 2:
        shown.append(f"+{len(rows) - 2}")
    return f"kinship: {', '.join(counts)}: {', '.join(shown)}"


def _short(row: "agenda.Row") -> str:
    lead = row.items[0]
    if row.crowd:
        return f"{len(row.items)} people {_CROWDS[lead.kind]}"
    what = safe(lead.what or "") if lead.kind == "promise" else ""
    if len(what) > _WHAT:
        what = what[: _WHAT - 3].rstrip() + "..."
    return safe(lead.name) + (f" ({what})" if what else "")


def shown_today(env: "Mapping[str, str]", day: str) -> bool:
    """Whether the daily line was shown on that day."""
    try:
        with open(_stamp(env)) as file:
            return file.read() == day
    except (OSError, ValueError):
        return False


def keep_shown(env: "Mapping[str, str]", day: str) -> None:
    """Remember that the daily line was shown."""
    stamp = _stamp(env)
    try:
        os.makedirs(os.path.dirname(stamp), mode=0o700, exist_ok=True)
        with open(stamp, "w") as file:
            file.write(day)
    except OSError:
        pass


def _stamp(env: "Mapping[str, str]") -> str:
    return os.path.join(base_folder(env, "XDG_STATE_HOME", ".local/state"), "kinship", "shown")


def _local_day() -> str:
    import time  # noqa: PLC0415  (built in)

    return time.strftime("%Y-%m-%d")


def config_path(env: "Mapping[str, str]") -> str:
    """The config file: KINSHIP_CONFIG, or the default place; ``none`` is an empty one."""
    chosen = env.get("KINSHIP_CONFIG")
    if chosen:
        return os.devnull if chosen == "none" else os.path.expanduser(chosen)
    return os.path.join(base_folder(env, "XDG_CONFIG_HOME", ".config"), "kinship", "config.toml")


def database_path(env: "Mapping[str, str]") -> str | None:
    """The file to use: KINSHIP_DB, ``db = "..."`` in config.toml, or the default place.

    None when the config says it in a way only a TOML reader understands.
    """
    if env.get("KINSHIP_DB"):
        return os.path.expanduser(env["KINSHIP_DB"])
    try:
        with open(config_path(env), encoding="utf-8-sig", errors="surrogateescape") as file:
            lines = [line.strip() for line in file]
    except OSError:
        lines = []
    for line in lines:
        if line.startswith("["):
            break  # a table of the config; db stands before all of them
        name, equals, value = line.partition("=")
        if name.strip() == "db" and equals:
            value = value.strip()
            plain = len(value) > 2 and value[0] == value[-1] == '"' and "\\" not in value
            return os.path.expanduser(value[1:-1]) if plain else None
    return os.path.join(base_folder(env, "XDG_DATA_HOME", ".local/share"), "kinship", "kinship.db")


def base_folder(env: "Mapping[str, str]", name: str, default: str) -> str:
    """An XDG base folder; a relative path in the environment is ignored, as the standard says."""
    value = env.get(name, "")
    return value if value.startswith("/") else os.path.join(os.path.expanduser("~"), default)
