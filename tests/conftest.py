"""A fresh home for every test, and `kin`: the program as a function that reads like a session."""

import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import HealthCheck, settings

from kinship import cli
from kinship.store import db as store
from terminals import Spawn

settings.register_profile(
    "kinship",
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize="CI" in os.environ,
)
settings.load_profile("kinship")

TODAY = "2026-05-20"


class Result(str):
    """What was printed to standard output; ``err`` is standard error."""

    err: str


class Program(Protocol):
    def __call__(
        self,
        *words: str,
        exit_code: int | None = 0,
        stdin: str | bytes = "",
        today: str = TODAY,
        columns: int = 80,
    ) -> Result: ...


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder, and nothing of this machine's environment."""
    for name in list(os.environ):
        if name.startswith(("KINSHIP_", "XDG_")) or name in (
            "NO_COLOR",
            "FORCE_COLOR",
            "PAGER",
            "COLUMNS",
        ):
            monkeypatch.delenv(name)
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("KINSHIP_TIDY_EXIT", "1")
    return folder


@pytest.fixture
def kin(home: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """Run one command line in this process; fails on another exit code than expected."""

    def run(
        *words: str,
        exit_code: int | None = 0,
        stdin: str | bytes = "",
        today: str = TODAY,
        columns: int = 80,
    ) -> Result:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        out, err = io.BytesIO(), io.BytesIO()
        stdout = io.TextIOWrapper(out, "utf-8", write_through=True)
        stderr = io.TextIOWrapper(err, "utf-8", "backslashreplace", write_through=True)
        with monkeypatch.context() as patch:
            patch.setenv("KINSHIP_TODAY", today)
            patch.setenv("COLUMNS", str(columns))
            patch.setattr(cli, "_prepare_streams", lambda: None)
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), "utf-8"))
            patch.setattr(sys, "stdout", stdout)
            patch.setattr(sys, "stderr", stderr)
            try:
                code = cli.main(list(words))
            except SystemExit as stop:
                code = int(stop.code or 0)
        stdout.flush()
        stderr.flush()
        result = Result(out.getvalue().decode())
        result.err = err.getvalue().decode()
        assert "Traceback" not in result.err, result.err
        if exit_code is not None:
            assert code == exit_code, f"exit {code}: {result.err or result}"
        return result

    return run


@pytest.fixture
def terminal(home: Path) -> Iterator[list[Spawn]]:
    """The programs somebody started at a terminal; those still running are closed at the end."""
    started: list[Spawn] = []
    yield started
    for child in started:
        child.close(force=True)


@pytest.fixture
def path(home: Path) -> Path:
    """Where the default file is."""
    return home / ".local/share/kinship/kinship.db"


@pytest.fixture
def db(path: Path) -> Iterator[store.Db]:
    """The default file, made and open."""
    store.create(str(path))
    opened = store.open_file(str(path))
    yield opened
    opened.close()
