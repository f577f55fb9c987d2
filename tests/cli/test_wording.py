"""What answers and errors say, word for word."""

import json
import shlex

import pytest
from inline_snapshot import snapshot

from conftest import Program


@pytest.mark.parametrize(
    "words",
    [
        "rm zzz -y", "keep zzz monthly", "show zzz", "snooze zzz", "done zzz", "connect zzz li",
        "edit zzz --city X", "open zzz", "due zzz", "show #5", "rm #5", "log #5 x",
    ],
)  # fmt: skip
def test_nobody_is_added_by_a_command_that_needs_somebody(kin: Program, words: str) -> None:
    kin("add", "Ada")
    assert "kinship add" not in kin(*words.split(), exit_code=3).err


@pytest.mark.parametrize("words", ["log zzz x", "note zzz x", "remind zzz 2d x"])
def test_what_is_written_down_may_be_about_somebody_new(kin: Program, words: str) -> None:
    kin("add", "Ada")
    assert "  kinship add zzz\n" in kin(*words.split(), exit_code=3).err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("open ada phone", "kinship: no phone of Ada Lovelace is known.\n"),
        (
            "open ada slack",
            "kinship: no Slack of Ada Lovelace is known. Slack is searched only from inside.\n",
        ),
        ("open ada strava", "kinship: no strava of Ada Lovelace is known.\n"),
        ("connect ada --sent", "kinship: where did you send the request to Ada Lovelace? "),
        ("connect ada", "kinship: where are you connected with Ada Lovelace? "),
        ("keep ada 0", 'kinship: "0" is no cadence: once a day is the shortest. '),
        ("keep ada 0m", 'kinship: "0m" is no cadence: once a day is the shortest. '),
        ("edit #1 --city X", "kinship: an entry has no city. Nothing was changed.\n"),
        ("edit #1 --text x --not-about y", "kinship: an entry has no not-about. "),
        ("due --foo", "kinship: due has no option --foo.\n"),
        ("--foo", "kinship: kinship has no option --foo.\n"),
        ("due --reste", "kinship: due has no option --reste.\n"),
        ("due --ahed 3d", "kinship: due has no option --ahed. Did you mean --ahead?\n"),
    ],
)
def test_an_error_says_what_is_meant(kin: Program, words: str, said: str) -> None:
    kin("add", "Ada", "Lovelace")
    assert kin(*words.split(), exit_code=None).err.startswith(said)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("due tomás", "nothing due with Tomás Novák.\n"),
        ("due --only keep", "nothing due of the kind keep.\n"),
        ("due tomas --only keep", "nothing due with Tomás Novák of the kind keep.\n"),
        ("due novak", "nothing due with these 2 people.\n"),
    ],
)
def test_nothing_due_says_with_whom(kin: Program, words: str, said: str) -> None:
    kin("add", "Tomás Novák")
    kin("add", "Eva Novák")
    kin("add", "Ada Lovelace", "due:today")
    assert kin(*words.split()) == f"Wednesday 20 May   {said}"


def test_somebody_you_know_and_keep_has_a_date(kin: Program) -> None:
    assert kin("add", "Robert Ek", "keep:monthly") == snapshot("""\
Added Robert Ek (robert)
  keep        monthly; next hello Sat 20 Jun
  Someone you know: no meeting. You met in person?
  kinship add "Robert Ek" --same --at EVENT
Your file is ~/.local/share/kinship/kinship.db
""")
    assert kin("add", "Ada Lovelace", "due:fri") == snapshot("""\
Added Ada Lovelace (ada)
  follow-up   Fri 22 May: say hello
  Someone you know: no meeting. You met in person?
  kinship add "Ada Lovelace" --same --at EVENT
""")
    assert kin("add", "Mary Shaw", "keep:close", "--dry-run") == snapshot("""\
Would add Mary Shaw
  keep        close
Nothing was written.
""")


def test_a_day_of_the_month_is_taken_once(kin: Program) -> None:
    kin("add", "Robert Ek")
    said = "Follow-up for Robert Ek Mon 1 Jun (in 12 days): pay dues\n"
    assert kin("remind", "robert", "first monday", "pay", "dues") == said
    assert kin("remind", "robert", "first", "monday", "pay", "dues") == said
    assert "first monday" in kin("help", "dates")


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("every friday tea", "fri --every week tea"),
        ("every 6 weeks tea", "--every 6w tea"),
        ("every first mon tea & cake", '"first mon" --every month tea "&" cake'),
        ("every month tea", "--every 1mo tea"),
    ],
)
def test_what_comes_again_is_shown_the_form_that_works(
    kin: Program, words: str, meant: str
) -> None:
    kin("add", "Lena Braun")
    refused = kin("remind", "lena", *words.split(), exit_code=2).err.splitlines()
    assert refused[0] == "kinship: what comes again goes into --every. Nothing was written."
    command = refused[1].removeprefix("  kinship ")
    assert command == f"remind lena {meant}".replace("fri ", "friday ")
    kin(*shlex.split(command))


def test_a_misspelt_day_before_a_colon_is_kept_as_text_and_says_so(kin: Program) -> None:
    kin("add", "Lena Braun")
    assert kin("log", "lena", "tuesdya: lunch") == snapshot("""\
Logged for Lena Braun, today.
"tuesdya" is kept as text. Did you mean tuesday? kinship edit '#1' --on "tuesday" --text "lunch"
""")
    kin("edit", "#1", "--on", "tuesday", "--text", "lunch")
    assert "19 May      talked          lunch" in kin("show", "lena")
    assert "kept as text" not in kin("log", "lena", "note: lunch") + kin("log", "lena", "tue: x")


def test_each_nudge_that_is_closed_names_its_person(kin: Program) -> None:
    kin("add", "Priya Nair", "--at", "PyCon", "linkedin:priya", "--on", "yesterday")
    kin("add", "Katherine Johnson", "--at", "PyCon", "linkedin:kj", "--on", "yesterday")
    assert kin("done", "priya,katherine") == snapshot("""\
The nudge to connect with Priya is closed; no channel was marked connected.   kinship connect priya linkedin
Logged for Priya Nair, today.
The nudge to connect with Katherine is closed; no channel was marked connected.   kinship connect katherine linkedin
Logged for Katherine Johnson, today.
""")


def test_home_after_everything_was_taken_back(kin: Program) -> None:
    kin("add", "Ada Lovelace")
    kin("undo")
    assert kin().splitlines()[-1] == "Everything was taken back. Again: kinship redo"
    kin("redo")
    kin("rm", "ada", "-y")
    assert kin().splitlines()[-1] == "Nobody is in your file, ~/.local/share/kinship/kinship.db"


def test_archiving_and_back(kin: Program) -> None:
    kin("add", "Katherine Johnson")
    assert kin("edit", "katherine", "--archive") == "Changed Katherine Johnson: archived.\n"
    assert kin("list", "katherine").err == (
        "Katherine Johnson is archived: kinship show katherine\n"
    )
    assert kin("edit", "katherine", "--archive", "", exit_code=2).err == (
        "kinship: --archive takes no value. Nothing was changed.\n"
        "  kinship edit katherine --no-archive   to take it back\n"
    )
    assert kin("edit", "katherine", "--no-archive") == (
        "Changed Katherine Johnson: no longer archived.\n"
    )
    assert "--archive, --no-archive" in kin("edit", "--help")
    assert "Did you mean --no-archive?" in kin("edit", "1", "--no-archiv", exit_code=2).err


def test_an_empty_list_says_what_it_looked_for(kin: Program) -> None:
    kin("add", "Ada Lovelace")
    assert kin("list", "bees").err == 'Nobody found for "bees".\n'
    assert kin("list", "adda").err == 'Nobody found for "adda". Did you mean Ada Lovelace?\n'


def test_the_next_thing_is_whatever_waits(kin: Program) -> None:
    kin("add", "Ada Lovelace", "--at", "PyCon", "linkedin:adal", "--on", "yesterday")
    kin("add", "Bea Ek", "keep:weekly")
    kin("add", "Cyd Ek", "due:today")
    kin("add", "Dee Ek")
    kin("add", "Eli Ek", "--at", "PyCon", "linkedin:eli", "--on", "2 apr")
    kin("add", "Fay Ek", "mastodon:fay@x.example")
    kin("log", "fay", "--from-them", "--on", "2026-05-16", "hello?")
    assert kin("list", "--sort", "due", "--format", "{first} {next_on} {next_what}") == snapshot("""\
Fay 2026-05-18 reply
Ada 2026-05-20 connect
Cyd 2026-05-20 say hello
Bea 2026-05-27 say hello
Dee  \n\
Eli  \n\
""")
    assert kin("list", "--sort", "due", "-r", "--format", "{first}").split() == snapshot(
        ["Bea", "Ada", "Cyd", "Fay", "Dee", "Eli"]
    )


def test_one_person_is_a_row_for_programs(kin: Program) -> None:
    kin("add", "Ada Lovelace", "ada@engine.example", "city:London", "+compilers")
    listed, shown = kin("list", "--csv"), kin("show", "ada", "--csv")
    assert shown == listed
    assert (
        kin("show", "ada", "--format", "{name} <{email}>") == "Ada Lovelace <ada@engine.example>\n"
    )
    assert kin("show", "ada", "--format", "names") == "ada\n"
    assert kin("show", "ada", "--format", "md") == snapshot("""\
| NAME | ORG | ROLE | CITY | EMAIL | PHONE |
| --- | --- | --- | --- | --- | --- |
| Ada Lovelace |  |  | London | ada@engine.example |  |
""")
    for name in ("plain", "lines", "table"):
        assert kin("show", "ada", "--format", name) == kin("show", "ada")
    assert '"conversations": []' in kin("show", "ada", "--format", "jsonl")


def test_chosen_columns_hold_for_programs(kin: Program) -> None:
    kin("add", "Ada Lovelace", "city:London", "+compilers", "+horses")
    assert kin("list", "--columns", "name,topics", "--csv") == (
        "name,topics\nAda Lovelace,compilers; horses\n"
    )
    assert json.loads(kin("list", "--columns", "city,topics", "--json")) == [
        {"city": "London", "topics": ["compilers", "horses"]}
    ]
    assert kin("list", "--columns", "name,city", "--format", "md").splitlines()[0] == (
        "| NAME | CITY |"
    )
    assert kin("list", "--columns", "name,who", "--csv", exit_code=2).err.startswith(
        "kinship: the column who is for the screen: csv has fields.\n"
    )
