"""Who is warm: those you talk with, both ways, lately."""

from datetime import date

import pytest

from kinship.model import warmth
from kinship.model.warmth import Warmth

TODAY = date(2026, 8, 31)


@pytest.mark.parametrize(
    ("last_on", "every", "late", "two_way", "cold"),
    [
        ("2026-08-01", None, 0, 1, 0),
        ("2026-08-01", None, 0, 0, 6),
        ("2026-02-28", None, 0, 0, 6),
        ("2026-02-27", None, 0, 0, 12),
        ("2020-01-01", "5y", 0, 0, 6),
        ("2026-02-27", "1mo", 1, 0, 12),
        ("2025-08-31", None, 0, 0, 12),
        ("2025-08-30", None, 0, 0, 18),
        ("2023-08-31", None, 0, 0, 18),
        ("2023-08-30", None, 0, 0, 24),
        (None, None, 0, 0, 24),
        (None, "1mo", 0, 0, 6),
    ],
)
def test_how_cold_it_is(
    last_on: str | None, every: str | None, late: int, two_way: int, cold: int
) -> None:
    assert Warmth(1, last_on, every, late, two_way).cold(TODAY) == cold


def test_the_first_year_has_no_months_before_it() -> None:
    assert warmth.since(date(1, 3, 31)) == "0"
    assert warmth.since(date(1, 8, 31)) == "0001-02-28"
    assert Warmth(1, None, None, 0, 0).cold(date(1, 1, 1)) == 24
