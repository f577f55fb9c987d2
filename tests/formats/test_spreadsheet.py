"""CSV that is safe to open and reads back exactly."""

import csv
import io
from collections.abc import Sequence
from itertools import chain
from operator import ne

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Program
from kinship.formats import spreadsheet


@given(st.text())
def test_what_is_encoded_is_decoded_exactly(value: str) -> None:
    assert spreadsheet.decode(spreadsheet.encode(value)) == value


@given(st.text(alphabet="'=+-@a1 \t\r\n", max_size=6))
def test_quotes_before_a_formula_come_back(value: str) -> None:
    cell = spreadsheet.encode(value)
    assert spreadsheet.decode(cell) == value


@pytest.mark.parametrize(
    "value", ["=HYPERLINK(1)", "-2+3", "+1+cmd|' /C calc'!A0", "\t=1", "@SUM(1)"]
)
def test_a_formula_is_made_plain_text(value: str) -> None:
    assert spreadsheet.encode(value) == "'" + value


@pytest.mark.parametrize("value", ["+44 20 7946 0958", "@adal", "plain", "", "it's"])
def test_phones_and_handles_stay_as_they_are(value: str) -> None:
    assert spreadsheet.encode(value) == value


def test_commas_quotes_and_line_breaks_are_read_back_by_csv() -> None:
    out = io.StringIO()
    spreadsheet.write(out, ["name", "note"], [[['Zoë "Z", Ltd'], ["one\ntwo"]]])
    assert list(csv.DictReader(io.StringIO(out.getvalue()))) == [
        {"name": 'Zoë "Z", Ltd', "note": "one\ntwo", "kinship": "1"}
    ]


_MARKS = st.text(alphabet="'=+-@,;\"\r\n\t0123 a.(＝é語\U0001f600", max_size=8)
_CELL = _MARKS | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
_ROWS = st.integers(2, 4).flatmap(lambda n: st.lists(st.tuples(*[_CELL] * n), min_size=1))


@given(_ROWS, st.booleans(), st.booleans(), st.booleans())
def test_whatever_is_in_a_cell_is_read_back(
    rows: list[tuple[str, ...]], excel: bool, raw: bool, as_texts: bool
) -> None:
    out = io.StringIO(newline="")
    columns: list[str | Sequence[str]] = list(zip(*rows, strict=True))
    block = ["\0".join(cells) for cells in columns] if as_texts else columns
    changed = spreadsheet.write(
        out, ["a", "b", "c", "d"][: len(columns)], [block], excel=excel, raw=raw
    )
    text = out.getvalue().removeprefix("\ufeff")
    _, *read = csv.reader(io.StringIO(text, newline=""), strict=True)
    written = [tuple(row if raw else map(spreadsheet.encode, row)) for row in rows]
    assert [tuple(row) for row in read] == [row if raw else (*row, "1") for row in written]
    assert changed == sum(map(ne, chain(*rows), chain(*written)))
    if not raw:
        assert [tuple(map(spreadsheet.decode, row[:-1])) for row in read] == rows


@given(st.lists(st.lists(st.tuples(_CELL, _CELL), min_size=1), min_size=1))
def test_blocks_come_one_after_another(blocks: list[list[tuple[str, str]]]) -> None:
    several, one = io.StringIO(newline=""), io.StringIO(newline="")
    spreadsheet.write(several, ["a", "b"], [list(zip(*rows, strict=True)) for rows in blocks])
    spreadsheet.write(one, ["a", "b"], [list(zip(*chain(*blocks), strict=True))])
    assert several.getvalue() == one.getvalue()


_ITEM = st.text(alphabet="a;\\ b:", min_size=1).map(str.strip).filter(bool)


@given(st.lists(_ITEM))
def test_several_things_in_a_cell_are_taken_apart_again(items: list[str]) -> None:
    assert spreadsheet.part(spreadsheet.join(items)) == items


@pytest.mark.parametrize("form", ["csv", "json", "{name}"])
def test_an_export_holds_as_many_as_were_asked_for(kin: Program, form: str) -> None:
    kin("add", "-", stdin="Ada Lovelace\nGrace Hopper\n")
    said = kin("export", "--format", form, "-n", "1")
    assert "Ada Lovelace" in said
    assert "Grace Hopper" not in said
