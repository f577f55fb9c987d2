"""The one meant by "ada": the rules of docs/rules.md, first to last."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conftest import Program
from kinship.model import likeness, names
from kinship.services import people as finding
from kinship.store import db as store
from kinship.store import people


@pytest.fixture
def four(kin: Program) -> None:
    """Ada (1), Mary (2), Mary (3), José (4) and Grace (5)."""
    kin(
        "add", "Ada", "Lovelace", "linkedin:adal", "ada@engine.example", "+44 20 7946 0958",
        "mastodon:@ada@fosstodon.org",
    )  # fmt: skip
    kin("add", "Mary", "Shelley")
    kin("add", "Mary", "Wollstonecraft")
    kin("add", "José", "García-López", "--nick", "Pepe")
    kin("add", "Grace", "Hopper")


def noted(kin: Program, *who: str) -> str:
    said = kin("note", *who, "x")
    assert said.startswith("Noted for ")
    return said.strip().removeprefix("Noted for ").removesuffix(".")


FINDS = [
    (1, "1", "Ada Lovelace"),
    (1, "3", "Mary Wollstonecraft"),
    (3, "adal", "Ada Lovelace"),
    (3, "ADAL", "Ada Lovelace"),
    (3, "@adal", "Ada Lovelace"),
    (3, "linkedin:adal", "Ada Lovelace"),
    (3, "li:adal", "Ada Lovelace"),
    (3, "ada@engine.example", "Ada Lovelace"),
    (3, "Ada@Engine.Example", "Ada Lovelace"),
    (3, "email:ada@engine.example", "Ada Lovelace"),
    (3, "+442079460958", "Ada Lovelace"),
    (3, "+44 20 7946 0958", "Ada Lovelace"),
    (3, "https://www.linkedin.com/in/adal/", "Ada Lovelace"),
    (3, "linkedin.com/in/adal", "Ada Lovelace"),
    (3, "@ada@fosstodon.org", "Ada Lovelace"),
    (4, "ada lovelace", "Ada Lovelace"),
    (4, "ADA LOVELACE", "Ada Lovelace"),
    (4, "ada-lovelace", "Ada Lovelace"),
    (4, "  Ada   Lovelace ", "Ada Lovelace"),
    (4, "pepe", "José García-López"),
    (4, "jose garcia lopez", "José García-López"),
    (4, "jose-garcia-lopez", "José García-López"),
    (5, "ada", "Ada Lovelace"),
    (5, "lovelace", "Ada Lovelace"),
    (5, "Lovelace Ada", "Ada Lovelace"),
    (5, "jose garcia", "José García-López"),
    (5, "garcía-lópez", "José García-López"),
    (5, "lopez", "José García-López"),
    (6, "ad", "Ada Lovelace"),
    (6, "ada-l", "Ada Lovelace"),
    (6, "a love", "Ada Lovelace"),
    (6, "mary-s", "Mary Shelley"),
    (6, "m w", "Mary Wollstonecraft"),
    (6, "j l", "José García-López"),
    (7, "velac", "Ada Lovelace"),
    (7, "stone", "Mary Wollstonecraft"),
    (7, "ell", "Mary Shelley"),
]


@pytest.mark.usefixtures("four")
def test_each_rule_finds_the_person_by_itself(kin: Program, path: str) -> None:
    opened = store.open_file(str(path))
    found = [(finding.find(opened, said), said) for _, said, _ in FINDS]
    opened.close()
    assert [(f.rule, said, *(p.name for p in f.people)) for f, said in found] == FINDS


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize(("said", "name"), [(said, name) for _, said, name in FINDS])
def test_what_finds_one_person_writes_for_that_person(kin: Program, said: str, name: str) -> None:
    assert noted(kin, said) == name


FIRST_RULE_WINS = [
    ("a number before a nickname", ["Ann Bo", "Cy Do --nick 1"], "1", "Ann Bo"),
    ("a handle before a name", ["Adal Smith", "Bo Cy li:adal"], "adal", "Bo Cy"),
    ("a whole name before a word", ["Ann Lee", "Ann"], "ann", "Ann"),
    ("a nickname before a word", ["Max Lee", "Bo Cy --nick max"], "max", "Bo Cy"),
    ("a word before a beginning", ["Jonas Ray", "Jo Bay"], "jo", "Jo Bay"),
    ("a beginning before the inside", ["Helen Fox", "Lena Bo"], "len", "Lena Bo"),
    ("the inside before a near spelling", ["Anders Bo", "Nderi Bo"], "nder", "Nderi Bo"),
    ("the inside, not a slip", ["Marianne Fox", "Ianna Bo"], "iann", "Ianna Bo"),
]


@pytest.mark.parametrize(
    ("people_", "said", "name"),
    [c[1:] for c in FIRST_RULE_WINS],
    ids=[c[0] for c in FIRST_RULE_WINS],
)
def test_the_first_rule_that_finds_someone_wins(
    kin: Program, people_: list[str], said: str, name: str
) -> None:
    for one in people_:
        kin("add", *one.split(), "--new")
    assert noted(kin, said) == name


# The last person, and yourself


@pytest.mark.usefixtures("four")
def test_a_full_stop_is_the_last_person_you_wrote_for(kin: Program) -> None:
    assert noted(kin, ".") == "Grace Hopper"
    noted(kin, "ada")
    assert noted(kin, ".") == "Ada Lovelace"
    kin("show", "mary-s")
    assert noted(kin, ".") == "Ada Lovelace"


def test_a_full_stop_before_anybody_was_touched_says_so(kin: Program) -> None:
    assert "there is none yet" in kin("note", ".", "x", exit_code=2).err


@pytest.mark.usefixtures("four")
def test_a_full_stop_is_not_somebody_an_undone_change_was_about(kin: Program) -> None:
    noted(kin, "ada")
    noted(kin, "mary-s")
    kin("undo")
    assert noted(kin, ".") == "Ada Lovelace"


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize("command", [["log", "me", "hi"], ["done", "me"], ["keep", "me", "weekly"]])
def test_you_keep_in_touch_with_somebody_else_than_yourself(
    kin: Program, command: list[str]
) -> None:
    assert "that is you" in kin(*command, exit_code=2).err


@pytest.mark.usefixtures("four")
def test_the_number_of_yourself_is_nobody(kin: Program) -> None:
    kin("note", "0", "x", exit_code=3)


# Several people


SEVERAL = [
    (["ada,grace"], "Ada Lovelace and Grace Hopper"),
    (["ada,", "grace"], "Ada Lovelace and Grace Hopper"),
    (["ada", ",grace"], "Ada Lovelace and Grace Hopper"),
    (["ada", ",", "grace"], "Ada Lovelace and Grace Hopper"),
    (["Ada", "Lovelace,", "Grace", "Hopper"], "Ada Lovelace and Grace Hopper"),
    (["ada,grace,pepe"], "Ada Lovelace, Grace Hopper and José García-López"),
    (["ada,grace,1"], "Ada Lovelace and Grace Hopper"),
    (["ada,ada"], "Ada Lovelace"),
    (["Mary", "Shelley"], "Mary Shelley"),
    (["jose", "garcia"], "José García-López"),
    (["Jose", "García-López"], "José García-López"),
]


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize(("said", "name"), SEVERAL, ids=[" ".join(c[0]) for c in SEVERAL])
def test_commas_join_several_people_and_words_continue_a_name(
    kin: Program, said: list[str], name: str
) -> None:
    assert noted(kin, *said) == name


@pytest.mark.usefixtures("four")
def test_a_comma_within_whole_names_joins_them_too(kin: Program) -> None:
    assert noted(kin, "Ada", "Lovelace,Grace", "Hopper") == "Ada Lovelace and Grace Hopper"


@pytest.mark.usefixtures("four")
def test_one_of_several_who_is_nobody_stops_all_of_it(kin: Program) -> None:
    kin("log", "ada,zebra", "lunch", exit_code=3)
    kin("log", "ada,mary", "lunch", exit_code=4)
    assert {p["last_on"] for p in json.loads(kin("list", "--json"))} == {None}


@pytest.mark.usefixtures("four")
def test_several_people_at_once_are_one_change(kin: Program) -> None:
    kin("log", "ada,grace", "lunch")
    kin("undo")
    assert {p["last_on"] for p in json.loads(kin("list", "--json"))} == {None}


TEXTS = [
    ("Ada Lovelace likes horses", "Ada Lovelace", "likes horses"),
    ("ada likes horses", "Ada Lovelace", "likes horses"),
    ("mary shelley mary", "Mary Shelley", "mary"),
    ("Mary Shelley Wollstonecraft was her mother", "Mary Shelley", "Wollstonecraft was her mother"),
    ("grace hopper, the admiral", None, None),
    ("lovelace ada her name", "Ada Lovelace", "ada her name"),
    ("grace, ada and the rest", "Grace Hopper and Ada Lovelace", "and the rest"),
    ("ada :)", "Ada Lovelace", ":)"),
    ("ada — likes horses", "Ada Lovelace", "— likes horses"),
    ("ada & lovelace — likes horses", "Ada Lovelace", "— likes horses"),
]


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize(("line", "name", "text"), TEXTS, ids=[c[0] for c in TEXTS])
def test_the_words_after_the_name_are_the_text(
    kin: Program, line: str, name: str | None, text: str | None
) -> None:
    if name is None:
        kin("note", *line.split(), exit_code=3)
        return
    said = json.loads(kin("note", *line.split(), "--json"))
    assert (" and ".join(said["people"]), said["text"]) == (name, text)


# Two or more, and a near spelling


@pytest.mark.usefixtures("four")
def test_a_name_that_fits_two_lists_them_with_refs_that_work_and_writes_nothing(
    kin: Program,
) -> None:
    refused = kin("note", "mary", "x", exit_code=4)
    assert refused == ""
    assert "Nothing was written" in refused.err
    refs = [line.split()[0] for line in refused.err.splitlines() if line.startswith("  ")]
    assert refs == ["mary-s", "mary-w"]
    assert [noted(kin, ref) for ref in refs] == ["Mary Shelley", "Mary Wollstonecraft"]


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize(
    ("said", "name"),
    [("graec", "Grace Hopper"), ("hoper", "Grace Hopper"), ("adda", "Ada Lovelace")],
)
@pytest.mark.parametrize(
    "command",
    ["note {} x", "log {} x", "done {}", "snooze {}", "keep {} weekly", "remind {} 2d x",
     "connect {} linkedin", "edit {} --city Rome", "rm {} -y"],
)  # fmt: skip
def test_a_near_spelling_is_offered_and_never_writes(
    kin: Program, command: str, said: str, name: str
) -> None:
    before = kin("list", "--json")
    refused = kin(*command.format(said).split(), exit_code=3)
    assert refused == ""
    assert f"Did you mean {name}?" in refused.err
    assert kin("list", "--json") == before
    assert kin("due", "--count").strip() == "0"


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize("said", ["zebra", "ado-bravo", "99", "xx", "adu", "grxxe", "lovelace x"])
def test_nobody_of_that_name_writes_nothing(kin: Program, said: str) -> None:
    before = kin("list", "--json")
    kin("note", said, "x", exit_code=3)
    assert kin("list", "--json") == before


@pytest.mark.parametrize("said", ["", " ", "x" * 500])
def test_a_name_nobody_can_have_is_a_wrong_command_line(kin: Program, said: str) -> None:
    kin("add", "Ada", "Lovelace")
    kin("note", said, "x", exit_code=2)


# Naming


def refs(kin: Program) -> dict[str, str]:
    return {p["name"]: p["ref"] for p in json.loads(kin("list", "--json"))}


def test_a_screen_prints_the_shortest_ref_that_works(kin: Program) -> None:
    kin("add", "Ada", "Lovelace")
    assert refs(kin) == {"Ada Lovelace": "ada"}
    kin("add", "Ada", "Yonath", "--new")
    assert refs(kin) == {"Ada Lovelace": "ada-l", "Ada Yonath": "ada-y"}
    kin("add", "Ada", "Lopez", "--new")
    assert refs(kin) == {"Ada Lovelace": "ada-lov", "Ada Lopez": "ada-lop", "Ada Yonath": "ada-y"}


def test_two_of_one_name_are_told_apart_by_number(kin: Program) -> None:
    kin("add", "Eve", "Stone")
    kin("add", "Eve", "Stone", "--new")
    assert [p["ref"] for p in json.loads(kin("list", "--json"))] == ["1", "2"]
    refused = kin("note", "Eve", "Stone", "x", exit_code=4)
    assert "  1   Eve Stone" in refused.err
    assert "  2   Eve Stone" in refused.err


def test_a_name_in_another_script_has_a_ref_too(kin: Program) -> None:
    kin("add", "山田", "太郎")
    assert refs(kin) == {"山田 太郎": "1"}
    assert noted(kin, "山田") == "山田 太郎"


_part = st.sampled_from(
    [
        "Ada",
        "Adam",
        "Ad",
        "Bo",
        "Me",
        "All",
        "Off",
        "Jo-Ann",
        "José",
        "7",
        "O'Neil",
        "de",
        "太郎",
        "Łuk",
    ]
)


@given(st.lists(st.lists(_part, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=6))
@example(["Adam Ada", "Ada Ada Adam"])
def test_every_ref_means_that_person_alone(several: list[str]) -> None:
    db = store.in_memory()
    with db.change("add") as tx:
        numbers = [
            people.add(
                tx, name=name, name_key=names.fold(name), known="known", added_on="2026-05-20"
            )
            for name in several
        ]
    for number, ref in finding.refs(db, people.by_ids(db, numbers).values()).items():
        assert [p.id for p in finding.find(db, ref).people] == [number]
    db.close()


def test_a_dot_is_the_last_other_person(kin: Program) -> None:
    kin("note", "me", "tea")
    assert "there is none yet" in kin("note", ".", "no sugar", exit_code=2).err
    kin("add", "Ada")
    kin("note", "me", "tea")
    assert kin("note", ".", "no sugar") == "Noted for Ada.\n"


def test_a_crowd_hides_nobody_who_is_meant_too(kin: Program) -> None:
    """Two people fit, however many others the search index offers first."""
    lines = ["Mary Shelley", *(f"Sara{n} Miller" for n in range(60)), "Max Stone"]
    kin("add", "-", stdin="\n".join(lines))
    assert "could be 2 people" in kin("note", "m s", "hello", exit_code=4).err


def test_two_people_of_one_name_are_told_apart_by_number(kin: Program) -> None:
    kin("add", "Eve Stone", "--cue", "red hat")
    assert "kinship add 2 --same --at EVENT" in kin("add", "Eve Stone", "--new")
    for option in (["--same"], []):
        refused = kin("add", "Eve Stone", "--at", "Meet", *option, exit_code=4)
        assert "kinship add 1 --same" in refused.err
        assert "red hat" in refused.err
    assert "Met Eve Stone" in kin("add", "2", "--same", "--at", "Meet")
    refused = kin("add", "-", stdin="Bo Ek\nEve Stone +x", exit_code=4)
    assert "line 2: 2 people are called Eve Stone. Nothing was written." in refused.err
    assert "Bo" not in kin("list")


def test_lines_are_counted_as_what_they_were(kin: Program) -> None:
    kin("add", "Ada", "Lovelace")
    said = kin("add", "-", stdin="Ada Lovelace +engines\nBo Ek")
    assert said.startswith("1 new, 1 updated.")
    assert kin("add", "-", "--met", stdin="Ada Lovelace").startswith("1 met again.")


def test_a_word_of_two_events_asks_which(kin: Program) -> None:
    for name in ("Harbour Conf", "River Conf", "PyCon 2025", "PyCon 2026"):
        kin("add", f"{name.split()[0][::-1]} {name[-2:]}", "--new", "--at", name)
    refused = kin("add", "Bo", "--at", "conf", exit_code=4)
    assert '--at "Harbour Conf"' in refused.err
    assert "2 events" in kin("connect", "--at", "conf", exit_code=4).err
    assert "at PyCon 2026" in kin("add", "Bo", "--at", "pycon")


@pytest.mark.parametrize("name", ["off", "weekly", "2w"])
def test_a_circle_is_not_called_like_a_cadence(kin: Program, name: str) -> None:
    assert "not a name for a circle" in kin("keep", "--circle", name, "3mo", exit_code=2).err


def test_a_number_shows_that_person_and_not_a_company_like_it(kin: Program) -> None:
    kin("add", "Ada", "due:today")
    kin("add", "Mehmet", "--org", "1Password", "due:today")
    assert "Mehmet" not in kin("due", "1")
    assert "Ada" not in kin("due", "1pass")


def test_a_state_nobody_typed_is_marked(kin: Program) -> None:
    kin("add", "Ada", "--at", "PyCon", "li:ada")
    kin("add", "Ada", "--same", "--online", "li:ada")
    (channel,) = json.loads(kin("show", "ada", "--json"))["channels"]
    assert (channel["state"], channel["inferred"]) == ("connected", ["state"])


_letters = st.text("abcd", min_size=1, max_size=6)
_name_keys = st.lists(_letters, min_size=1, max_size=4).map(" ".join)


@given(key=_name_keys, known=st.lists(_name_keys, max_size=8, unique=True))
def test_the_search_for_namesakes_loses_nobody_near(key: str, known: list[str]) -> None:
    """What SQL leaves out of those who share a word would not have been near either."""
    db = store.in_memory()
    with db.change("add") as tx:
        for name in known:
            people.add(tx, name=name, name_key=name, known="known", added_on="2026-05-20")
    first, *others = key.split()
    start = f"{first} {' '.join(others)[:1]}"
    sharing = [n for n in known if n.startswith(start) or set(others) & set(n.split())]
    near = [] if key in known else likeness.near_names(key, sharing)
    assert sorted(p.name for p in finding.namesakes(db, key).people if p.name != key) == sorted(
        near
    )
    db.close()


def test_a_mistyped_name_costs_no_typing_again(kin: Program) -> None:
    kin("add", "Grace", "Hopper")
    refused = kin("log", "graec", "it's her talk", "--met", exit_code=3).err
    assert """kinship log grace 'it'"'"'s her talk' --met""" in refused


def test_a_mistyped_channel_is_kept_and_offered(kin: Program) -> None:
    said = kin("add", "Bob", "linkdin:bob")
    assert 'as a note: "linkdin:bob"' in said
    assert "kinship edit bob --via linkedin:bob" in said


def test_a_name_near_two_is_not_said_to_be_theirs(kin: Program) -> None:
    for _ in range(2):
        kin("add", "Mary", "Shaw", "--new")
    refused = kin("add", "Mary", "Shaww", "--same", exit_code=4).err
    assert '"Mary Shaww" could be 2 people. Nothing was written. Say which it is:' in refused
    assert "kinship add 1 --same" in refused


def test_a_name_that_goes_on_is_not_taken_for_the_one_it_begins_with(kin: Program) -> None:
    kin("add", "Ada")
    kin("add", "Ada", "Lovelace", "--new")
    kin("add", "Jo", "--nick", "grace")
    kin("add", "Grace", "Hopper", "--new")
    assert noted(kin, "Ada", "Lovelace", "likes", "horses") == "Ada Lovelace"
    assert noted(kin, "Grace", "Hopper") == "Grace Hopper"
    assert noted(kin, "ada") == "Ada"
    assert noted(kin, "grace") == "Jo"


def test_a_whole_name_is_found_in_a_crowd(kin: Program) -> None:
    kin("add", "-", stdin="\n".join(f"Mary A{number:02}" for number in range(60)))
    kin("add", "Mary", "Zuse")
    assert noted(kin, "Mary", "Zuse", "likes", "horses") == "Mary Zuse"
