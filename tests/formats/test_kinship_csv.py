"""kinship's own CSV, when a spreadsheet has saved it anew."""

import csv
import io

import pytest

from facts import read_text
from kinship.errors import BadInput
from kinship.formats import kinship_csv, recognise

ADA = {
    "name": "Ada Lovelace",
    "birthday": "1988-06-15",
    "met_on": "2024-05-20",
    "met_at": "PyCon",
    "met_how": "in person",
    "last_on": "2024-11-22",
    "last_text": "talked engines",
    "id": "1",
    "kinship": "1",
}
HEADS = (*kinship_csv.COLUMNS, "kinship")


def table(*people: dict[str, str], heads: tuple[str, ...] = HEADS, mark: str = ",") -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark)
    writer.writerow(heads)
    writer.writerows([[one.get(head.lower(), "") for head in heads] for one in people])
    return out.getvalue()


def read(text: str, **said: object) -> list[dict[str, object]]:
    assert recognise.kind(text.encode()).format == "kinship-csv"
    return read_text("kinship-csv", text, **said)


@pytest.mark.parametrize(
    ("born", "met", "last"),
    [
        ("15.06.1988", "20.05.2024", "22.11.2024"),
        ("6/15/1988", "5/20/2024", "11/22/2024"),
        ("15/06/1988", "20/05/2024", "22/11/2024"),
        ("1988/6/15", "2024/5/20", "2024/11/22"),
        ("15-Jun-88", "20-May-24", "22-Nov-24"),
    ],
)
def test_days_are_those_they_were_however_a_spreadsheet_writes_them(
    born: str, met: str, last: str
) -> None:
    assert read(table({**ADA, "birthday": born, "met_on": met, "last_on": last})) == read(
        table(ADA)
    )


def test_all_days_of_the_file_tell_which_figure_is_the_month() -> None:
    other = {"name": "Grace Hopper", "birthday": "3/4/1990", "met_on": "2019", "kinship": "1"}
    ada = {**ADA, "birthday": "6/15/1988"}
    assert read(table(ada, other))[1]["birthday"] == "1990-03-04"
    ada["birthday"] = "15/6/1988"
    assert read(table(ada, other))[1]["birthday"] == "1990-04-03"


def test_what_could_be_two_days_is_kept_and_said() -> None:
    text = table({**ADA, "birthday": "3/4/1990", "met_on": "3/5/2024", "last_on": "soon"})
    assert read(text) == [
        {
            "row": 2,
            "name": "Ada Lovelace",
            "key": "1 ada lovelace",
            "known": "in person",
            "extras": {
                "birthday": "3/4/1990",
                "met_on": "3/5/2024",
                "met_at": "PyCon",
                "last_on": "soon",
                "last_text": "talked engines",
            },
            "remarks": (
                'birthday: "3/4/1990" is not a day that can be told',
                'met_on: "3/5/2024" is not a day that can be told',
                'last_on: "soon" is not a day that can be told',
            ),
        }
    ]
    assert read(text, date_order="dmy")[0]["birthday"] == "1990-04-03"


def test_a_year_whose_century_nobody_knows_is_kept() -> None:
    (one,) = read(table({**ADA, "birthday": "15.06.15"}))
    assert (one["birthday"], one["extras"]) == ("--06-15", {"birthday": "15.06.15"})


def test_columns_may_be_in_any_order_and_capitalised_and_others_beside_them() -> None:
    grace = {"name": "Grace", "note": "'=1+1", "birthday": "'--12-09", "kinship": "1"}
    as_written = read(table(ADA, grace))
    assert as_written[1]["notes"] == ("=1+1",)
    assert read(table(ADA, grace, heads=HEADS[::-1])) == as_written
    assert read(table(ADA, grace, heads=tuple(map(str.title, HEADS)))) == as_written
    text = table(ADA, {**grace, "hobby": "chess"}, heads=(*HEADS, "Hobby"), mark=";")
    assert read(text)[1] == {**as_written[1], "extras": {"Hobby": "chess"}}
    some = ("last", "first", "name", "email", "birthday", "kinship", "tags")
    assert read(table(ADA, heads=some))[0]["birthday"] == "1988-06-15"
    raw = read(table({**ADA, "kinship": ""}, heads=HEADS[:-1][::-1]))
    assert raw == as_written[:1]


def test_what_stands_beside_the_headings_is_kept() -> None:
    text = table(ADA).rstrip() + ",chess\n"
    assert read(text)[0]["extras"] == {"column 28": "chess"}
    text = table({**ADA, "note": "one"}, heads=(*HEADS, "Note")).rstrip()
    assert read(text)[0]["notes"] == ("one",)
    assert read(text)[0]["extras"] == {"Note": "one"}


def test_a_column_of_kin_is_no_mark_of_ours() -> None:
    text = "name,email,kinship\nAda,a@e.example,cousin\n"
    assert read(text)[0]["extras"] == {"kinship": "cousin"}


def test_a_table_of_another_program_is_refused() -> None:
    with pytest.raises(BadInput, match="not kinship's CSV"):
        read_text("kinship-csv", "Name,E-mail 1 - Value\nAda,a@e.example\n")


def test_first_and_last_are_a_name_where_that_column_is_gone() -> None:
    (one,) = read("first,last,email,kinship\nAda,Lovelace,a@e.example,1\n")
    assert one["name"] == "Ada Lovelace"


@pytest.mark.parametrize("phone", ["442079460958", "00442079460958", "+44 20 79460958"])
def test_a_number_that_a_spreadsheet_changed_is_the_one_among_the_channels(phone: str) -> None:
    ada = {**ADA, "channels": "email:a@e.example; phone:+442079460958", "phone": phone}
    assert read(table(ada))[0]["reaches"] == ["email a@e.example", "phone +442079460958"]
    ada["phone"] = "+44 20 7946 0001"
    assert len(read(table(ada))[0]["reaches"]) == 3  # type: ignore[arg-type]
