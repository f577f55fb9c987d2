"""``list``, ``due`` and ``export`` with words and fields."""

import json
import re

import pytest
from inline_snapshot import snapshot

from conftest import Program


@pytest.fixture
def kin(kin: Program) -> Program:
    """A few people of all kinds."""
    kin("add", "Ada", "Lovelace", "--at", "PyCon 2026", "linkedin:adal", "ada@engine.example",
        "+compilers", "+maths", "-c", "PyLadies", "keep:monthly", "--org", "Engines",
        today="2026-05-18")  # fmt: skip
    kin("add", "Charles", "Babbage", "+compilers", "+relays", "+tea", "keep:quarterly",
        "--city", "Łódź", "-c", "PyLadies")  # fmt: skip
    kin("add", "Hedy", "Lamarr", "--at", "PyCon 2026", "linkedin:hedy", "--org", "Frequency Hop",
        today="2026-05-18")  # fmt: skip
    kin(
        "log",
        "hedy",
        "--at",
        "PyCon 2026",
        "--on",
        "2026-05-18",
        "radio,",
        "and",
        "who",
        "now",
        "teaches",
        "sailing",
        "in",
        "the",
        "summer",
        "holidays",
        "to",
        "children",
        "of",
        "friends",
    )
    kin("add", "Emmy", "Noether", "--met-on", "mastodon", "+bees", "+keeping time")
    kin("log", "charles", "a", "walk", "about", "relays", "--on", "2025-09-20")
    kin("connect", "ada", "linkedin")
    kin("add", "Old", "Friend", "+compilers")
    kin("edit", "old", "--archive")
    return kin


def drawn(kin: Program, *words: str, columns: int = 80) -> str:
    """As a terminal of that width shows it, without colour."""
    said = kin(*words, "--color", "always", columns=columns)
    return re.sub("\x1b\\[[0-9;]*m", "", said)


def test_a_field_of_the_query_is_a_column(kin: Program) -> None:
    assert drawn(kin, "list", "about:compilers", "quiet:1d") == snapshot("""\
NAME             ABOUT                   MET         LAST          KEEP
Ada Lovelace     compilers, maths        PyCon 2026  2 days ago    monthly
Charles Babbage  compilers, relays, tea  -           8 months ago  quarterly
""")
    assert drawn(kin, "list", "at:pycon", "not:connected") == snapshot("""\
NAME         AT          CHANNELS                  MET         LAST        KEEP
Hedy Lamarr  PyCon 2026  LinkedIn (not connected)  PyCon 2026  2 days ago  -
""")
    assert drawn(kin, "list", "in:pyladies", "not:met") == snapshot("""\
NAME             IN        MET  LAST          KEEP
Charles Babbage  PyLadies  -    8 months ago  quarterly
""")
    assert drawn(kin, "list", "has:email", "no:linkedin") == snapshot("")


def test_a_hit_that_no_column_shows_prints_its_line(kin: Program) -> None:
    assert drawn(kin, "list", "sailing") == snapshot("""\
NAME         WHO            MET         LAST        KEEP
Hedy Lamarr  Frequency Hop  PyCon 2026  2 days ago  -
  18 May, PyCon 2026: ... who now teaches sailing in the summer holidays to ...
""")
    assert drawn(kin, "list", "relays") == snapshot("""\
NAME             WHO   MET  LAST          KEEP
Charles Babbage  Łódź  -    8 months ago  quarterly
  about: relays
""")
    assert drawn(kin, "list", "pyladies") == snapshot("""\
NAME             WHO      MET         LAST          KEEP
Ada Lovelace     Engines  PyCon 2026  2 days ago    monthly
  member: PyLadies
Charles Babbage  Łódź     -           8 months ago  quarterly
  member: PyLadies
""")
    assert drawn(kin, "list", "engines") == snapshot("""\
NAME          WHO      MET         LAST        KEEP
Ada Lovelace  Engines  PyCon 2026  2 days ago  monthly
""")
    assert drawn(kin, "list", "lodz") == snapshot("""\
NAME             WHO   MET  LAST          KEEP
Charles Babbage  Łódź  -    8 months ago  quarterly
""")


def test_in_a_pipe_a_list_has_one_line_a_person(kin: Program) -> None:
    found = kin("list", "sailing")
    assert found == "Hedy Lamarr\tFrequency Hop\tPyCon 2026\t2 days ago\t-\n"
    assert found.err == "1 of 4 people\n"


def test_how_many_are_left_out_is_said_with_the_command_for_all(kin: Program) -> None:
    found = kin("list", "in:pyladies", ",", "city:new york", "-n", "1")
    assert found.err == 'the first 1 of 2; all: kinship list in:pyladies , "city:new york" --all\n'


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (("compilers",), ["Ada Lovelace", "Charles Babbage"]),
        (("compilers", "not:tea"), ["Ada Lovelace"]),
        (("not:in:pyladies",), ["Emmy Noether", "Hedy Lamarr"]),
        (("bees", ",", "city:lodz"), ["Charles Babbage", "Emmy Noether"]),
        (("is:online",), ["Emmy Noether"]),
        (("not:met",), ["Charles Babbage", "Emmy Noether"]),
        (("is:archived",), ["Old Friend"]),
        (("linkedin:adal",), ["Ada Lovelace"]),
        (("ada@engine.example",), ["Ada Lovelace"]),
        (("quiet:6mo",), ["Charles Babbage"]),
        (("keep:monthly,quarterly",), ["Ada Lovelace", "Charles Babbage"]),
        (("met:2026-05", "no:keep"), ["Hedy Lamarr"]),
        (('"teaches sailing"',), ["Hedy Lamarr"]),
        (('"sailing teaches"',), []),
    ],
)
def test_who_is_found(kin: Program, words: tuple[str, ...], names: list[str]) -> None:
    assert kin("list", *words, "--format", "{name}").splitlines() == names


def test_orders_hold_for_a_query_too(kin: Program) -> None:
    everybody = ("list", "not:archived", "--format", "{name}")
    assert kin(*everybody, "--sort", "last").split()[1::2] == snapshot(
        ["Babbage", "Lamarr", "Lovelace", "Noether"]
    )
    assert kin(*everybody, "--sort", "due", "-r").split()[1::2] == snapshot(
        ["Lovelace", "Lamarr", "Babbage", "Noether"]
    )
    assert kin(*everybody, "--sort", "met", "-n", "1") == snapshot("Ada Lovelace\n")


def test_nobody_found_names_what_is_near(kin: Program) -> None:
    assert kin("list", "about:beekeeping").err == snapshot(
        "Nobody yet. Words near it: keeping time (1), bees (1).\n"
    )
    assert kin("list", "in:pyladys").err == snapshot("Nobody yet. Words near it: PyLadies (2).\n")
    assert kin("list", "at:pycom").err == snapshot("Nobody yet. Words near it: PyCon 2026 (2).\n")
    assert kin("list", "compilrs").err == snapshot(
        'Nobody found for "compilrs". Words near it: compilers (2).\n'
    )
    assert kin("list", "lovelaec").err == snapshot(
        'Nobody found for "lovelaec". Did you mean Ada Lovelace?\n'
    )
    assert kin("list", "old friend").err == snapshot("Old Friend is archived: kinship show old\n")
    assert kin("list", "city:paris", "not:met").err == snapshot(
        'Nobody found for "city:paris not:met".\n'
    )
    assert kin("list", "about:beekeeping", "--json") == "[]\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("list", "ctiy:lodz"), 'no field "ctiy". Did you mean city:lodz?'),
        (("list", "no:emial"), 'nobody has anything called "emial". Did you mean email?'),
        (("list", "via:linkedln"), "Did you mean linkedin?"),
        (("list", "met:soon"), '"soon" is not a day'),
        (("due", "is:konnected"), "Did you mean is:connected?"),
        (("export", "last:03/04"), '"03/04" could be 3 April or 4 March'),
        (("list", "keep:mothly"), 'no circle or cadence "mothly". Did you mean monthly?'),
    ],
)
def test_what_is_no_query_is_refused(kin: Program, words: tuple[str, ...], said: str) -> None:
    assert said in kin(*words, exit_code=2).err


def test_due_is_narrowed_by_a_query_and_says_to_what(kin: Program) -> None:
    assert kin("due", "at:pycon", "not:connected") == snapshot("""\
Wednesday 20 May   for at:pycon not:connected                0 overdue · 1 today

TODAY
  Hedy Lamarr      Connect on LinkedIn                            met 2 days ago
                   18 May, PyCon 2026: radio, and who now teaches sailing in th…
                   LinkedIn hedy                      kinship open hedy linkedin

done, snooze, log, open + a name.  Walk through them: kinship due -i
""")
    assert kin("due", "in:pyladies", "is:met", today="2026-05-19") == snapshot(
        "Tuesday 19 May   nothing due for in:pyladies is:met.\n"
    )
    assert kin("due", "at:pycon", "--count") == "1\n"
    kin("due", "in:pyladies", "is:met", "--check", exit_code=1, today="2026-05-19")


def test_a_handle_is_whom_due_means_and_no_field(kin: Program) -> None:
    assert "with Ada Lovelace" in kin("due", "linkedin:adal")


def test_export_takes_a_query(kin: Program) -> None:
    assert kin("export", "at:pycon", "has:email", "--format", "{name} <{email}>") == (
        "Ada Lovelace <ada@engine.example>\n"
    )
    assert len(kin("export", "in:pyladies").splitlines()) == 3
    assert "Old Friend" not in kin("export", "compilers")
    assert "Old Friend" in kin("export")


def test_what_was_taken_back_is_found_no_more(kin: Program) -> None:
    kin("note", "emmy", "plays", "the", "oboe")
    assert kin("list", "oboe", "--format", "{name}") == "Emmy Noether\n"
    kin("undo")
    assert kin("list", "oboe", "--format", "{name}") == ""
    kin("redo")
    kin("rm", "emmy", "-y")
    assert kin("list", "oboe", "--format", "{name}") == ""
    kin("undo")
    assert kin("list", "oboe", "--format", "{name}") == "Emmy Noether\n"


def test_hostile_text_in_a_hit_is_made_safe(kin: Program) -> None:
    kin("note", "emmy", "oboe \x1b[31m red")
    assert "\\e[31m" in drawn(kin, "list", "oboe")


def test_an_empty_file_has_nobody_whatever_is_asked(kin: Program, tmp_path: object) -> None:
    db = f"{tmp_path}/new.db"
    kin("add", "Solo", "--db", db)
    assert kin("list", "at:x", "--db", db, "--json") == "[]\n"


def test_the_topic_find_is_not_the_command_of_that_name(kin: Program) -> None:
    assert "quiet:6mo: no contact for that long" in kin("help", "find")
    assert "Usage: kinship list" in kin("find", "--help")


def test_everybody_being_in_it_is_not_nobody_yet(kin: Program) -> None:
    for person in json.loads(kin("list", "--json")):
        kin("community", "join", "PyLadies", str(person["id"]))
    assert kin("list", "not:in:pyladies").err == 'Nobody found for "not:in:pyladies".\n'
