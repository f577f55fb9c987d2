"""What a linter of imports cannot say about the house."""

import ast
import importlib.metadata
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

import kinship
from kinship.store import db

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "kinship"


def _modules(*folders: str) -> Iterator[Path]:
    for folder in folders or ("",):
        yield from (SOURCE / folder).rglob("*.py")


def test_only_services_open_a_change() -> None:
    for path in _modules("cli", "render", "formats", "model"):
        assert ".change(" not in path.read_text(), path


def test_there_is_no_clock_below_the_command_line() -> None:
    allowed = {"db.py", "backup.py"}
    for path in _modules("model", "services", "store", "render", "formats"):
        if path.name not in allowed:
            assert not re.search(r"\.(now|today)\(", path.read_text()), path


def test_nothing_prints_but_renderers_and_the_command_line() -> None:
    for path in _modules("model", "services", "store", "formats"):
        assert not re.search(r"\bprint\(|sys\.std", path.read_text()), path


def test_a_module_fits_in_a_head() -> None:
    for path in _modules():
        assert len(path.read_text().splitlines()) <= 610, path


def test_sql_lives_in_the_store() -> None:
    statement = re.compile(r"\s*(SELECT|INSERT|REPLACE|UPDATE|DELETE|WITH|CREATE|PRAGMA)\s")
    for path in _modules("cli", "services", "model", "render", "formats"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not statement.match(node.value), f"{path}:{node.lineno}"


def test_sqlite_utils_never_loads_plugins() -> None:
    for path in _modules():
        for call in re.findall(r"(?<!\w)Database\(([^)]*)\)", path.read_text()):
            assert "execute_plugins=False" in call


def test_inner_imports_give_a_reason() -> None:
    for path in _modules():
        tree, lines = ast.parse(path.read_text()), path.read_text().splitlines()
        top = {id(n) for n in tree.body}
        for branch in tree.body:
            if isinstance(branch, ast.If) and ast.unparse(branch.test) == "TYPE_CHECKING":
                top |= {id(n) for n in branch.body}
        for node in ast.walk(tree):
            if isinstance(node, ast.Import | ast.ImportFrom) and id(node) not in top:
                said = lines[node.lineno - 1]
                assert re.search(r"# (noqa: PLC0415  )?\(\w.+\)$", said), f"{path}: {said}"


def test_the_version_is_written_once() -> None:
    assert importlib.metadata.version("kinship-cli") == kinship.__version__


def test_every_module_is_on_the_page_of_the_house() -> None:
    tree = (ROOT / "docs" / "architecture.md").read_text().partition("Imports point down")[0]
    named = set(re.findall(r"\w+", tree))
    modules = {path.stem for path in _modules() if not path.stem.startswith("__")}
    assert not modules - named
    assert max(map(len, tree.splitlines())) <= 100


def test_what_changed_is_told() -> None:
    assert "## Unreleased" in (ROOT / "CHANGELOG.md").read_text()


@pytest.mark.parametrize("view", ["people", "due", "conversations"])
def test_public_views_never_lose_a_column(view: str, path: Path) -> None:
    db.create(str(path))
    with sqlite3.connect(path) as conn:
        columns = [row[1] for row in conn.execute(f"PRAGMA table_info({view})")]
    documented = (ROOT / "docs" / "views.md").read_text().split(f"## {view}\n")[1].split("##")[0]
    assert set(re.findall(r"`(\w+)`", documented)) == set(columns)
