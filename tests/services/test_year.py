"""Six weeks of the year that ``just year`` plays, through the program's own services."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

_BENCH = Path(__file__).parents[2] / "bench"


@pytest.fixture(scope="module")
def played() -> ModuleType:
    """bench/year.py, which is no part of the package."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(_BENCH))
        spec = importlib.util.spec_from_file_location("played_year", _BENCH / "year.py")
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return module


def test_six_weeks_with_an_event_stay_within_the_bounds(played: ModuleType) -> None:
    habits = played.Habits(days=42, people=150, kept=60, events=(15,))
    tally = played.year(1, habits)
    assert min(len(tally.promises), len(tally.met), len(tally.hellos)) > 5
    assert [bound.what for bound in played.BOUNDS if not bound.met(tally)] == []


def test_somebody_who_never_looks_misses_them(played: ModuleType) -> None:
    habits = played.Habits(days=42, people=150, kept=60, events=(15,), looks=0)
    tally = played.year(1, habits)
    assert tally.rows == []
    in_time = played.BOUNDS[1:]
    assert [bound.what for bound in in_time if bound.met(tally)] == []
