"""Tables as other programs leave them: delimiters, notes above the headings, broken quotation marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinship.errors import BadInput
from kinship.formats import tables
from kinship.formats.tables import Table

KNOWN = {"name", "email", "company", "first name", "last name"}


def knows(cells: list[str]) -> int:
    return sum(cell.strip().lower() in KNOWN for cell in cells)


def read(data: bytes | str, encoding: str = "") -> Table:
    return tables.read(data.encode() if isinstance(data, str) else data, encoding, knows)  # type: ignore[arg-type]


def rows(data: bytes | str) -> list[tuple[int, list[str] | None]]:
    return [(record.row, record.cells) for record in read(data).records]


def test_the_headings_may_stand_below_notes() -> None:
    notes = 'Notes:\n"When exporting, you may notice, that\nsome fields are empty."\n\n'
    table = read(notes + "First Name,Last Name,URL\nAda,Lovelace,x\n")
    assert table.heads == ("First Name", "Last Name", "URL")
    assert table.row == 4
    assert [record.row for record in table.records] == [5]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("name,Profil,Code\nAda,,\nBea,https://x.example/email,https://x.example/name\n", "Ada"),
        ("name,Comment,Profil\nAda,by email,\nemail,company,x\n", "Ada"),
        ("company,Engines\n\nname,email\nAda,a@x.example\n", "Ada"),
        ("company,Engines\nname,email,born\nAda,a@x.example,\n", "Ada"),
    ],
)
def test_headings_are_not_passed_over_for_what_stands_below_them(text: str, first: str) -> None:
    cells = rows(text)[0][1]
    assert cells is not None
    assert cells[0] == first


@pytest.mark.parametrize(
    "text", ["Ada,name@x.example\n", "Ada,https://name\n", "Ada,x\nBea,name\n", "Ada,@name\n"]
)
def test_data_are_no_headings(text: str) -> None:
    table = tables.read(text.encode(), "", lambda cells: sum("name" in cell for cell in cells))
    assert table.heads == ()


def test_where_there_are_no_headings_all_rows_are_given() -> None:
    table = read("Ada Lovelace,ada@x.example\nGrace,g@x.example\n")
    assert table.heads == ()
    assert [record.row for record in table.records] == [1, 2]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_a_delimiter_is_the_one_that_shows_headings(mark: str) -> None:
    text = f'name{mark}email{mark}note\nAda{mark}ada@x.example{mark}"one, two; three | four"\n'
    assert rows(text) == [(2, ["Ada", "ada@x.example", "one, two; three | four"])]


def test_excel_may_say_the_delimiter() -> None:
    assert rows("sep=:\nname:email\nAda:a@x.example\n") == [(3, ["Ada", "a@x.example"])]


def test_blanks_after_a_delimiter_do_not_hide_a_quotation_mark() -> None:
    assert rows('name, company\nAda, "Engines, Ltd"\n') == [(2, ["Ada", "Engines, Ltd"])]


def test_rows_may_be_shorter_or_longer_than_the_headings() -> None:
    assert rows("name,email,company\nAda\n\nGrace,g,n,x\n") == [
        (2, ["Ada"]),
        (3, []),
        (4, ["Grace", "g", "n", "x"]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        'name,email\n"Konrad,k@x\nAda,a@x\nGrace,g@x\n',
        'name,email\n"Konrad,k@x\nAda,a@x\n"Grace",g@x\n',
        'name,email\n"Konrad,k@x\n' + "Ada,a@x\nGrace,g@x\n" * 3000,
    ],
)
def test_a_quotation_mark_that_stays_open_costs_one_record(text: str) -> None:
    found = list(read(text).records)
    assert found[0].cells is None
    assert found[0].text == '"Konrad,k@x'
    assert [record.cells for record in found[1:3]] == [["Ada", "a@x"], ["Grace", "g@x"]]
    assert len(found) == text.count("\n") - 1


def test_a_note_may_have_many_lines() -> None:
    note = "a line\n" * 900
    assert rows(f'name,note,email\nAda,"{note}",a@x\n') == [(2, ["Ada", note, "a@x"])]


def test_a_note_may_have_thousands_of_lines_where_its_mark_is_closed() -> None:
    note = "a line\n" * 5000
    text = f'name,note,email\nAda,"{note}",a@x\nBea,"{note}""x""",b@x\n'
    assert rows(text) == [(2, ["Ada", note, "a@x"]), (3, ["Bea", f'{note}"x"', "b@x"])]


def test_a_mark_that_stays_open_before_a_long_note_costs_one_record() -> None:
    note = "a line\n" * 5000
    found = rows(f'name,note\n"Konrad,k\nAda,a\nBea,"{note}"\nGrace,g\n')
    assert [cells and cells[0] for _, cells in found] == [None, "Ada", "Bea", "Grace"]


def test_a_mark_of_inches_far_below_closes_no_other() -> None:
    rest = "Ada,a,1\n" * 3000
    found = rows(f'name,email,size\n"Konrad,k,1\n{rest}Bea,b,12"\n')
    assert found[0] == (2, None)
    assert len(found) == 3002


def test_marks_that_stay_open_far_from_the_next_cost_little_each() -> None:
    rest = "Ada,a@x\n" * 2000
    found = rows("name,email\n" + f'"Konrad,k@x\n{rest}' * 100)
    assert sum(cells is None for _, cells in found) == 100
    assert len(found) == 100 * 2001


def test_marks_that_stay_open_everywhere_end_it() -> None:
    with pytest.raises(BadInput, match="more than 1,000 quotation marks"):
        rows("name,email\n" + 'x","\n' * 50_000)


def test_open_marks_in_long_lines_end_it_sooner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_MOST_AGAIN", 50_000)
    with pytest.raises(BadInput, match="quotation marks in this file are not closed"):
        rows("name,email\n" + 'x","\n' * 2000)


def test_a_cell_of_ten_megabytes_is_a_cell() -> None:
    (found,) = rows('name,email\n"' + "a" * 10_000_000 + '",x\n')
    assert found[1] is not None
    assert len(found[1][0]) == 10_000_000


def test_nul_is_left_out() -> None:
    assert rows(b"name,email\n" + b"x" * 5000 + b"A\0da,a@x\n")[0][1] == ["x" * 5000 + "Ada", "a@x"]


@pytest.mark.parametrize("text", ['{"name": 1}', "<!DOCTYPE html>", "BEGIN:VCARD\nFN:Ada\n"])
def test_what_is_no_table_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="not a table"):
        read(text)


_CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)
_ROWS = st.lists(st.tuples(_CELL, _CELL), max_size=6)


@given(_ROWS, st.sampled_from(",;\t|"), st.sampled_from(["\n", "\r\n", "\r"]),
       st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))  # fmt: skip
def test_how_it_is_written_changes_nothing(
    cells: list[tuple[str, str]], mark: str, end: str, encoding: str
) -> None:
    def quoted(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"'

    text = end.join([f"name{mark}email", *(quoted(a) + mark + quoted(b) for a, b in cells), ""])
    table = read(text.encode(encoding))
    assert table.delimiter == mark
    assert [tuple(record.cells or ()) for record in table.records] == cells


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        table = read(b"name,email\n" + data)
    except BadInput:
        return
    for record in table.records:
        assert record.row > table.row
