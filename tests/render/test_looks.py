"""How tables, sheets and notices look on a terminal and in a pipe."""

import os
import signal
import subprocess
import sys

import pytest
from inline_snapshot import snapshot
from showing import ADA, DUE, HOSTILE, PEOPLE, SGR, shown, table

from kinship.render import Shape
from kinship.render.plain import COLOURS
from kinship.render.shapes import Line, Notice, Room, Sheet, Span, Style, line
from kinship.render.terminal import STYLES
from kinship.render.width import cells

WIDTHS = (44, 68, 80, 120)
NOTICE = Notice((line("Added ", Span("Ada", "name"), " ✓", right=Span("kinship undo", "command")),))


def test_a_table_on_a_terminal() -> None:
    assert shown(table(*PEOPLE, under=True), terminal=True).out == snapshot("""\
NAME             ABOUT              MET                  LAST  KEEP
Ada Lovelace     compilers, horses  PyCon 2026     2 days ago  -
  talked about compilers
Charles Babbage  engines            FOSDEM 2025   5 weeks ago  1mo
  talked about engines
李小龙           -                  never        9 months ago  1y
""")


def test_a_table_on_a_phone_loses_its_least_columns_and_keeps_its_names() -> None:
    assert shown(table(*PEOPLE), terminal=True, width=44).out == snapshot("""\
NAME             ABOUT            LAST  KEEP
Ada Lovelace     compilers…  2 days a…  -
Charles Babbage  engines     5 weeks …  1mo
李小龙           -           9 months…  1y
""")


def test_a_table_on_a_sliver_becomes_lines() -> None:
    assert shown(table(ADA), terminal=True, width=30).out == snapshot("""\
Ada Lovelace
  about: compilers, horses
  met: PyCon 2026
  last: 2 days ago
  keep: -
""")


def test_a_piped_table_is_cut_nowhere() -> None:
    assert shown(table(*PEOPLE, under=True), width=10).out == snapshot("""\
Ada Lovelace	compilers, horses	PyCon 2026	2 days ago	-
Charles Babbage	engines	FOSDEM 2025	5 weeks ago	1mo
李小龙	-	never	9 months ago	1y
""")


def test_a_table_with_lines() -> None:
    assert shown(table(*PEOPLE), "table").out == snapshot("""\
┌─────────────────┬───────────────────┬─────────────┬──────────────┬──────┐
│ NAME            │ ABOUT             │ MET         │         LAST │ KEEP │
├─────────────────┼───────────────────┼─────────────┼──────────────┼──────┤
│ Ada Lovelace    │ compilers, horses │ PyCon 2026  │   2 days ago │ -    │
│ Charles Babbage │ engines           │ FOSDEM 2025 │  5 weeks ago │ 1mo  │
│ 李小龙          │ -                 │ never       │ 9 months ago │ 1y   │
└─────────────────┴───────────────────┴─────────────┴──────────────┴──────┘
""")
    assert shown(table(ADA), "table", ascii_only=True, width=52).out == snapshot("""\
+--------------+----------------+-----------+------+
| NAME         | ABOUT          |      LAST | KEEP |
+--------------+----------------+-----------+------+
| Ada Lovelace | compilers, ... | 2 days... | -    |
+--------------+----------------+-----------+------+
""")


def test_a_table_in_colour() -> None:
    assert shown(table(ADA), terminal=True, colour=True).out == snapshot("""\
\x1b[2mNAME\x1b[0m          \x1b[2mABOUT\x1b[0m              \x1b[2mMET\x1b[0m               \x1b[2mLAST\x1b[0m  \x1b[2mKEEP\x1b[0m
\x1b[1mAda Lovelace\x1b[0m  compilers, horses  PyCon 2026  2 days ago  -
""")


@pytest.mark.parametrize("width", WIDTHS)
def test_no_row_is_wider_than_the_screen_and_no_name_is_cut(width: int) -> None:
    for named in (None, "table"):
        text = shown(table(*PEOPLE, HOSTILE, under=True), named, terminal=True, width=width).out
        assert max(map(cells, text.splitlines())) <= width
        assert all(person.name in text for person in (*PEOPLE, HOSTILE))


def test_a_name_wider_than_the_screen_is_cut_when_it_is_alone() -> None:
    long = ADA._replace(name="Ada " * 30)
    rows = shown(table(long), terminal=True, width=40).out.splitlines()
    assert [cells(row) for row in rows] == [4, 40]


def test_a_sheet() -> None:
    assert shown(DUE).out == snapshot("""\
Wednesday 20 May                                             2 overdue · 3 today

  Grace Hopper     Send it                                           6 days late
                   14 May, PyCon 2026: compilers, moving to…  kinship done grace
  李小龙 \\e[2J [/b]  ━━╌╌  ✓                                           you → him
""")
    assert shown(DUE, width=44).out == snapshot("""\
Wednesday 20 May         2 overdue · 3 today
  Grace Hopper                   6 days late
    14 May, PyCon 2026: compilers, moving t…
    kinship done grace
""")
    assert shown(DUE, ascii_only=True).out == snapshot("""\
Wednesday 20 May                                             2 overdue - 3 today

  Grace Hopper     Send it                                           6 days late
                   14 May, PyCon 2026: compilers, moving ...  kinship done grace
  李小龙 \\e[2J [/b]  ==..  *                                          you -> him
""")


def test_a_sheet_stops_growing_at_100_columns() -> None:
    assert max(map(cells, shown(DUE, width=120).out.splitlines())) == 100


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("ascii_only", [False, True])
def test_a_sheet_is_the_same_on_a_terminal_and_in_a_pipe(width: int, ascii_only: bool) -> None:
    piped = shown(DUE, width=width, ascii_only=ascii_only)
    drawn = shown(DUE, terminal=True, width=width, ascii_only=ascii_only)
    colour = shown(DUE, terminal=True, colour=True, width=width, ascii_only=ascii_only)
    assert piped.out == drawn.out == colour.text
    assert SGR.search(colour.out)


def test_a_table_in_colour_is_the_same_table() -> None:
    listed = table(*PEOPLE, HOSTILE, under=True)
    plain = shown(listed, terminal=True)
    assert shown(listed, terminal=True, colour=True).text == plain.out


def test_short_answers_wear_the_colours_rich_would_draw() -> None:
    styles: list[Style] = ["name", "late", "today", "command", "good", "dim", "heading"]
    assert {*STYLES} == {"", *styles} == {"", *COLOURS}
    spans = [line(Span(style, style)) for style in styles]
    sheet = Sheet(lambda _: spans, None)
    by_rich = shown(sheet, terminal=True, colour=True).out
    assert shown(Notice(tuple(spans)), terminal=True, colour=True).out == by_rich


def test_a_notice_is_never_cut_and_can_be_silenced() -> None:
    assert shown(NOTICE).out == f"Added Ada ✓{'kinship undo':>69}\n"
    assert shown(NOTICE, width=10).out == "Added Ada ✓  kinship undo\n"
    assert shown(NOTICE, quiet=True).out == ""
    assert shown(NOTICE, "json", quiet=True).out == ""


LONG = Notice(
    (
        line(
            "Undone: snooze 2 people (1 follow-up; just now). Again: ",
            Span("kinship redo", "command"),
            ".",
        ),
        line("  about       compilers, horses, and ", Span("engines", "name"), " of all kinds"),
        line("2 people. Connected? kinship connect WHO linkedin"),
    )
)


def test_a_notice_breaks_between_words_on_a_terminal_and_never_in_a_command() -> None:
    assert shown(LONG, terminal=True, width=44).out == snapshot("""\
Undone: snooze 2 people (1 follow-up; just
now). Again: kinship redo.
  about       compilers, horses, and engines
              of all kinds
2 people. Connected?
kinship connect WHO linkedin
""")
    assert shown(LONG, terminal=True, width=20).out == snapshot("""\
Undone: snooze 2
people (1 follow-up;
just now). Again:
kinship redo.
  about
  compilers, horses,
  and engines of all
  kinds
2 people. Connected?
kinship connect WHO linkedin
""")
    assert shown(LONG, width=44).out.count("\n") == 3


@pytest.mark.parametrize("shape", [table(HOSTILE, under=True), DUE])
@pytest.mark.parametrize(
    "named", [None, "table", "plain", "lines", "json", "jsonl", "csv", "tsv", "md", "{name}{met}"]
)
def test_stored_text_commands_no_terminal(shape: Shape, named: str | None) -> None:
    if isinstance(shape, Sheet):
        shape = shape._replace(items=table(HOSTILE))
    text = shown(shape, named, terminal=True).out
    assert not any(char < " " for char in text.replace("\n", "").replace("\t", ""))
    assert "\u202e" not in text


def test_markup_is_printed_as_it_was_typed() -> None:
    text = shown(table(HOSTILE), terminal=True, colour=True, width=120).text
    assert "[bold]x[/bold] [/]" in text
    assert ":skull:" in text
    assert r"\e]52;c;ZXZpbA==\x07" in text


def test_the_count_goes_to_standard_error() -> None:
    counted = table(*PEOPLE, counted="3 of 213 people")
    assert shown(counted).err == "3 of 213 people\n"
    assert shown(counted, terminal=True).err == "3 of 213 people\n"
    assert shown(counted, quiet=True).err == ""
    assert shown(counted, "json").err == ""


def test_nobody_is_said_to_people_and_not_to_programs() -> None:
    nobody = "Nobody fits. Everyone: kinship list\n"
    assert shown(table(), terminal=True) == (nobody, "")
    assert shown(table()) == ("", nobody)
    assert shown(table(), "plain") == ("", "")
    assert shown(table(), "json") == ("[]\n", "")
    assert shown(table(), "csv") == ("id,name,about,keep,person.id\n", "")
    assert shown(table(), "{name}") == ("", "")


def test_a_sheet_knows_its_height_on_a_terminal_only() -> None:
    def build(room: Room) -> list[Line]:
        return [line(str(room.height))]

    assert shown(Sheet(build, None), terminal=True, height=30).out == "30\n"
    assert shown(Sheet(build, None)).out == "None\n"


def long_sheet(room: Room) -> list[Line]:
    return [line(str(number)) for number in range(100)]


PAGED = Sheet(long_sheet, None, paged=True)


def test_a_long_report_goes_through_the_pager(capfd: pytest.CaptureFixture[str]) -> None:
    assert shown(PAGED, terminal=True, pager="cat -n").out == ""
    assert capfd.readouterr().out.endswith("100\t99\n")


@pytest.mark.parametrize("pager", [None, "", "no-such-pager -R", "'"])
def test_without_a_pager_it_is_printed(pager: str | None) -> None:
    assert shown(PAGED, terminal=True, pager=pager).out.endswith("99\n")


def test_what_fits_or_is_piped_is_not_paged() -> None:
    assert shown(PAGED, terminal=True, height=101, pager="false").out.endswith("99\n")
    assert shown(PAGED, pager="false").out.endswith("99\n")
    assert shown(PAGED._replace(paged=False), terminal=True, pager="false").out != ""


def test_a_pager_may_be_left_early() -> None:
    long = Sheet(lambda _: [line("x" * 70)] * 5_000, None, paged=True)
    before = signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        assert shown(long, terminal=True, pager="true").out == ""
        assert signal.getsignal(signal.SIGPIPE) == signal.SIG_DFL
    finally:
        signal.signal(signal.SIGPIPE, before)


def test_a_pipe_and_a_short_answer_load_neither_rich_nor_json_nor_csv() -> None:
    code = (
        "import sys; from kinship.render import View, show; from showing import *;"
        "view = View(sys.stderr, sys.stderr);"
        "show(table(*PEOPLE), view); show(DUE, view);"
        "from kinship.render.shapes import Notice;"
        "show(Notice((line('done'),)), view._replace(terminal=True));"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    paths = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=paths
    )
    assert not {"rich", "json", "csv", "dataclasses", "difflib"} & {*done.stdout.split()}
