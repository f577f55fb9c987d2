"""Real files of other programs, beside the tree where it is built; what each holds is in index.csv."""

import csv
from functools import cache
from pathlib import Path

import pytest

SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "samples"

needs_samples = pytest.mark.skipif(
    not (SAMPLES / "index.csv").exists(), reason="the sample files are not beside this tree"
)


@cache
def rows() -> list[dict[str, str]]:
    """A row a file, as index.csv has it; none where there are no samples."""
    if not (SAMPLES / "index.csv").exists():
        return []
    with (SAMPLES / "index.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
