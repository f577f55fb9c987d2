"""Files that are not a whole kinship file: refused in a sentence, and left as they are."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import TODAY, Program, Result
from kinship.store import db as store


def _foreign(path: Path) -> None:
    with sqlite3.connect(path) as conn:
        conn.execute("CREATE TABLE theirs (x)")


def _newer(path: Path) -> None:
    store.create(str(path))
    with sqlite3.connect(path) as conn:
        conn.execute("PRAGMA user_version = 999")


def _cut(path: Path, share: float) -> None:
    store.create(str(path))
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda p: p.write_bytes(b""), "is empty (0 bytes)"),
        (lambda p: p.write_text("Dear diary,\n" * 50), "is not a kinship file"),
        (lambda p: p.write_bytes(bytes(range(256)) * 40), "is not a kinship file"),
        (lambda p: p.write_bytes(b"SQLite format 3\0"), "is not a kinship file"),
        (_foreign, "belongs to another program"),
        (_newer, "was written by a newer kinship (schema 999; this one knows 1)"),
        (lambda p: _cut(p, 0.99), "is cut off"),
        (lambda p: _cut(p, 0.5), "is cut off"),
        (lambda p: _cut(p, 0.1), "is cut off"),
    ],
)
@pytest.mark.parametrize("words", [("due",), ("add", "Ada", "Lovelace"), ("list", "--json")])
def test_a_wrong_file_is_refused_and_left_as_it_is(
    kin: Program, tmp_path: Path, make: object, said: str, words: tuple[str, ...]
) -> None:
    path = tmp_path / "wrong.db"
    make(path)  # type: ignore[operator]
    before = path.read_bytes()
    result = kin("--db", str(path), *words, exit_code=6)
    assert said in result.err
    assert result.err.startswith("kinship: ")
    assert result == ""
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir() if p.name != "home"] == ["wrong.db"]


def test_a_folder_and_a_pipe_are_no_files(kin: Program, tmp_path: Path) -> None:
    assert "is a folder" in kin("--db", str(tmp_path), "due", exit_code=6).err
    os.mkfifo(tmp_path / "pipe")
    assert "not a regular file" in kin("--db", str(tmp_path / "pipe"), "due", exit_code=6).err
    assert "not a regular file" in kin("--db", "/dev/null", "due", exit_code=6).err


def test_a_chosen_file_that_is_missing_is_not_invented_by_reading(
    kin: Program, tmp_path: Path
) -> None:
    path = tmp_path / "deep" / "er" / "people.db"
    assert "there is no file" in kin("--db", str(path), "due", exit_code=6).err
    assert not path.parent.exists()
    kin("--db", str(path), "add", "Ada")
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077, 0o777])
def test_only_you_can_read_it_whatever_the_umask(kin: Program, path: Path, umask: int) -> None:
    old = os.umask(umask)
    try:
        kin("add", "Ada")
        kin("export", "-o", str(path.parent / "people.csv"))
    finally:
        os.umask(old)
    assert path.stat().st_mode & 0o777 == 0o600
    assert (path.parent / "people.csv").stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_busy_file_is_waited_for_and_then_told(
    kin: Program, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kin("add", "Ada")
    monkeypatch.setattr(store, "WRITE_WAIT", 0.02)
    monkeypatch.setattr(store, "_PATIENCE", 0.01)
    with sqlite3.connect(path, isolation_level=None) as conn:
        conn.execute("BEGIN EXCLUSIVE")
        monkeypatch.setattr(store, "READ_WAIT", 0.01)
        result = kin("note", "ada", "likes tea", exit_code=6)
        assert "another program is writing to" in result.err
        conn.execute("ROLLBACK")
    assert "tea" not in kin("show", "ada")


def test_a_name_like_an_address_is_a_file_of_that_name(
    kin: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("file:x.db?mode=memory", "a#b?c%20d.db"):
        kin("--db", name, "add", "Ada")
        assert (tmp_path / name).stat().st_size > 0
        assert "Ada" in kin("--db", name, "list")


def test_an_interrupted_write_is_rolled_back_by_the_next_reader(
    kin: Program, path: Path, tmp_path: Path
) -> None:
    """A hot journal, as a crash in the middle of a transaction leaves it."""
    kin("add", "Ada", "Lovelace")
    code = (
        "import sqlite3, sys, os\n"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA cache_size = 1'); c.execute('BEGIN')\n"
        "c.execute('UPDATE person SET cue = hex(randomblob(400)), name = \\'Gone\\' WHERE id > 0')\n"
        "c.execute('CREATE TABLE big AS SELECT hex(randomblob(900)) FROM pragma_function_list')\n"
        "os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    assert Path(f"{path}-journal").exists()
    assert "Ada Lovelace" in kin("list")
    with sqlite3.connect(path) as conn:
        assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_file_in_wal_mode_is_turned_back_into_one_file(kin: Program, path: Path) -> None:
    kin("add", "Ada", "Lovelace")
    with sqlite3.connect(path) as conn:
        conn.execute("PRAGMA journal_mode = WAL")
    assert "Ada Lovelace" in kin("list")
    with sqlite3.connect(path) as conn:
        assert conn.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_a_folder_that_cannot_be_entered_is_not_an_empty_file(kin: Program, path: Path) -> None:
    path.parent.parent.mkdir(parents=True)
    path.parent.symlink_to(path.parent)
    for words in (("list",), ("due",), ("add", "Ada"), ()):
        assert "cannot be opened" in kin(*words, exit_code=6).err


def _as_nobody(run: Callable[[], Result]) -> str:
    """What a command says that is run by somebody without rights; its modules are loaded here."""
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        if os.getuid() == 0:
            os.setuid(65534)
        result = run()
        os.write(into, (result + result.err).encode())
        os._exit(0)
    os.close(into)
    os.waitpid(child, 0)
    with os.fdopen(out) as pipe:
        return pipe.read()


def test_a_read_only_file_can_be_read_and_says_why_it_cannot_be_written(
    kin: Program, path: Path
) -> None:
    kin("add", "Ada", "Lovelace")
    kin("note", "ada", "coffee")
    kin("note", exit_code=2)
    folder = Path("/tmp") / f"kinship-read-only-{os.getpid()}"
    folder.mkdir()
    try:
        shutil.copy(path, folder / "people.db")
        (folder / "people.db").chmod(0o444)
        folder.chmod(0o555)
        file = str(folder / "people.db")
        kin("--db", file, "list")
        assert "Ada Lovelace" in _as_nobody(lambda: kin("--db", file, "list"))
        said = _as_nobody(lambda: kin("--db", file, "note", "ada", "tea", exit_code=6))
        assert "is read-only. Nothing was changed." in said
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_full_disk_loses_nothing(kin: Program, path: Path) -> None:
    kin("add", "Ada", "Lovelace")
    before = kin("export")
    code = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({path.stat().st_size},) * 2)\n"
        "sys.argv = ['kinship', 'note', 'ada', 'x' * 90000]\n"
        "from kinship.quick import main\nsys.exit(main())\n"
    )
    env = {**os.environ, "KINSHIP_TODAY": TODAY, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=env, check=False
    )
    assert done.returncode == 6, done.stderr
    assert "Nothing was changed" in done.stderr
    assert kin("export") == before


WRITES = ["note me tea", "add Ada", "add -", "keep --circle old 6mo", "edit me --city Paris"]


@pytest.mark.parametrize("command", WRITES)
def test_the_first_write_makes_the_file(kin: Program, path: Path, command: str) -> None:
    kin(*command.split(), stdin="Ada\n")
    assert path.exists()
    assert len(json.loads(kin("undo", "--list", "--json"))) == 1
