"""What programs get: JSON, CSV and their kin, templates, and errors that help."""

import csv
import io
import json
from datetime import date

import pytest
from inline_snapshot import snapshot
from showing import ADA, CHARLES, DUE, HOSTILE, PEOPLE, shown, table

from kinship.errors import BadInput
from kinship.render import FORMATS, View, check, show
from kinship.render.records import as_text, look_up
from kinship.render.shapes import Notice, Sheet, line


def test_json_is_one_array() -> None:
    assert shown(table(ADA), "json").out == snapshot("""\
[
  {
    "id": 41,
    "ref": "ada",
    "name": "Ada Lovelace",
    "about": [
      "compilers",
      "horses"
    ],
    "met": "PyCon 2026",
    "last": "2 days ago",
    "keep": null,
    "person": {
      "id": 41,
      "name": "Ada Lovelace"
    }
  }
]
""")


def test_json_is_true_and_prints_harmlessly() -> None:
    text = shown(table(HOSTILE), "json").out
    assert json.loads(text)[0]["last"] == HOSTILE.last
    assert json.loads(text)[0]["about"] == [*HOSTILE.about]
    assert r'"\u202egnp.exe"' in text
    assert r"\u001b]52;c;ZXZpbA==\u0007" in text


@pytest.mark.parametrize("char", ["\x7f", "\x9b", "\u200b", "\ufeff", "\U000e0041", "\ud800"])
def test_json_escapes_what_a_screen_must_not_see(char: str) -> None:
    text = shown(Notice((), {"name": f"a{char}李"}), "json").out
    assert json.loads(text) == {"name": f"a{char}李"}
    assert char not in text
    assert "李" in text


def test_json_stays_json_where_the_stream_is_ascii() -> None:
    assert shown(table(PEOPLE[2]), "jsonl", ascii_only=True).out.isascii()


def test_a_sheet_is_an_object_and_its_items_are_lines() -> None:
    sheet = DUE._replace(items=table(*PEOPLE))
    assert json.loads(shown(sheet, "json").out) == DUE.record
    assert len(shown(sheet, "jsonl").out.splitlines()) == 3
    assert json.loads(shown(DUE, "jsonl").out) == DUE.record


def test_a_notice_without_a_record_is_its_words() -> None:
    notice = Notice((line("Added ", "Ada", right="kinship undo"), line("twice")))
    assert json.loads(shown(notice, "json").out) == {"message": "Added Ada  kinship undo\ntwice"}


def test_dates_are_iso_and_anything_else_is_a_mistake() -> None:
    assert shown(Sheet(lambda _: [], {"on": date(2026, 5, 20)}), "jsonl").out == (
        '{"on": "2026-05-20"}\n'
    )
    with pytest.raises(TypeError, match="object has no place"):
        shown(Sheet(lambda _: [], object()), "json")


def test_csv_has_the_documented_columns() -> None:
    assert shown(table(*PEOPLE), "csv").out == snapshot("""\
id,name,about,keep,person.id
41,Ada Lovelace,compilers; horses,,41
7,Charles Babbage,engines,1mo,7
8,李小龙,,1y,8
""")


def test_csv_is_exact_in_a_pipe() -> None:
    record = next(csv.DictReader(io.StringIO(shown(table(HOSTILE), "csv").out, newline="")))
    assert record["about"] == "; ".join(HOSTILE.about)


def test_csv_is_utf_8_even_where_the_stream_was_not() -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, "ascii", "backslashreplace", write_through=True)
    show(table(PEOPLE[2]), View(out, io.StringIO(), ascii=True, format="csv"))
    assert "李小龙" in raw.getvalue().decode("utf-8")


def test_tsv_markdown_and_sentences() -> None:
    assert shown(table(ADA, HOSTILE), "tsv").out == snapshot("""\
id	name	about	keep	person.id
41	Ada Lovelace	compilers; horses		41
9	[bold]x[/bold] [/]	\\e]52;c;ZXZpbA==\\x07; a b c|d	:skull:	9
""")
    assert shown(table(ADA, HOSTILE), "md").out == snapshot("""\
| Name | About | Met | Last | Keep |
| --- | --- | --- | --: | --- |
| Ada Lovelace | compilers, horses | PyCon 2026 | 2 days ago | - |
| \\[bold]x\\[/bold] \\[/] | \\\\e]52;c;ZXZpbA==\\\\x07, a b c\\|d | \\\\e]8;;http://evil\\\\e\\\\Bank\\\\e]8;;\\\\e\\\\ | \\\\u202egnp.exe | :skull: |
""")
    assert shown(table(*PEOPLE), "lines").out == snapshot("""\
Ada Lovelace: about compilers, horses, met PyCon 2026, last 2 days ago.
Charles Babbage: about engines, met FOSDEM 2025, last 5 weeks ago, keep 1mo.
李小龙: met never, last 9 months ago, keep 1y.
""")


def test_a_record_may_bring_its_own_sentence() -> None:
    said = table(ADA)._replace(record=lambda p: {"sentence": f"{p.name}\nwaits for you."})
    assert shown(said, "lines").out == "Ada Lovelace waits for you.\n"


def test_names_and_ids_are_for_other_commands() -> None:
    assert shown(table(*PEOPLE), "names").out == "ada\ncharles\nbruce\n"
    assert shown(table(*PEOPLE), "ids").out == "41\n7\n8\n"
    with pytest.raises(BadInput, match="no ref"):
        shown(table(ADA)._replace(record=lambda p: {"id": p.id}), "names")


def test_a_limit_holds_in_every_format() -> None:
    for name in ("plain", "jsonl", "names", "{id}"):
        assert len(shown(table(*PEOPLE), name, limit=2).out.splitlines()) == 2
    assert shown(DUE._replace(items=table(*PEOPLE)), "ids", limit=1).out == "41\n"


@pytest.mark.parametrize(
    ("pattern", "printed"),
    [
        ("{name} <{ref}>", "Charles Babbage <charles>"),
        (r"{ref}\t{about}\n", "charles\tengines\n"),
        ("{{{ref}}}", "{charles}"),
        (r"{ref}\\n", r"charles\n"),
        ("{person.name}: {keep}", "Charles Babbage: 1mo"),
    ],
)
def test_a_template_is_filled_for_every_row(pattern: str, printed: str) -> None:
    assert shown(table(CHARLES), pattern).out == printed + "\n"


def test_a_template_prints_nothing_for_what_is_not_known() -> None:
    assert shown(table(ADA), "{ref}:{keep}").out == "ada:\n"
    assert shown(table(), "{ref}").out == ""


def test_a_template_takes_names_of_fields_and_nothing_else() -> None:
    for pattern in ("{name.__class__}", "{name[0]}", "{name!r}", "{name:>9}", "{0}", "{}"):
        with pytest.raises(BadInput, match="no field"):
            shown(table(ADA), pattern)


def test_a_wrong_template_says_what_was_meant() -> None:
    with pytest.raises(BadInput) as error:
        shown(table(ADA), "{names}")
    assert (error.value.message, error.value.hint) == snapshot(
        (
            'there is no field "names" here. Did you mean {name}?',
            ("Fields: id name about keep person.id",),
        )
    )
    with pytest.raises(BadInput) as error:
        check("{name")
    assert (error.value.message, error.value.hint) == snapshot(
        ('a { is never closed in "{name".', ("A brace itself is typed {{.",))
    )


def test_a_wrong_format_says_what_was_meant() -> None:
    with pytest.raises(BadInput) as error:
        check("jsno")
    assert (error.value.message, error.value.hint) == snapshot(
        (
            'there is no format "jsno". Did you mean json?',
            (
                "Formats: table plain lines json jsonl csv tsv md names ids, or a pattern such as '{name} <{email}>'.",
            ),
        )
    )
    for name in (*FORMATS, "{name}"):
        check(name)


@pytest.mark.parametrize("name", ["csv", "tsv", "md", "names", "ids", "{name}"])
def test_a_report_without_rows_says_so(name: str) -> None:
    with pytest.raises(BadInput, match="no rows"):
        shown(DUE, name)


@pytest.mark.parametrize("name", ["plain", "lines"])
def test_a_report_without_rows_is_still_text(name: str) -> None:
    assert shown(DUE, name, terminal=True, colour=True).out == shown(DUE).out


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        (0, "0"),
        (date(2026, 5, 20), "2026-05-20"),
        (["a", "b"], "a; b"),
        (
            [{"kind": "email", "handle": "a@b.example"}, {"name": "Ada", "id": 1}],
            "email:a@b.example; Ada",
        ),
        ((), ""),
    ],
)
def test_a_value_in_a_cell(value: object, text: str) -> None:
    assert as_text(value) == text


def test_a_field_may_reach_into_a_record() -> None:
    record = {"person": {"name": "Ada"}, "last": None, "a.b": 1}
    assert look_up(record, "person.name") == "Ada"
    assert look_up(record, "last.text") is None
    assert look_up(record, "person.name.first") is None
    assert look_up(record, "a.b") == 1
