"""`config`: what can be chosen, where it is kept, and that undo takes it back."""

import json
import os
import sqlite3
from pathlib import Path

import pytest
from inline_snapshot import snapshot

from conftest import Program


def _keys(path: Path) -> dict[str, str]:
    with sqlite3.connect(path) as conn:
        return dict(conn.execute("SELECT handle, handle_key FROM channel").fetchall())


def test_everything_that_can_be_chosen_is_listed(kin: Program) -> None:
    kin("config", "channels.country", "GB")
    assert kin("config", "--format", "table") == snapshot("""\
┌──────────────────┬─────────────────────────────────────────────────┐
│ SETTING          │ VALUE                                           │
├──────────────────┼─────────────────────────────────────────────────┤
│ channels.country │ GB                                              │
│ channels.order   │ signal, whatsapp, phone ...                     │
│ connect.message  │ Hi {first}, good to meet you at {event}. {note} │
│ me.city          │ -                                               │
│ me.name          │ -                                               │
│ snooze.default   │ 3d                                              │
│ db               │ ~/.local/share/kinship/kinship.db               │
└──────────────────┴─────────────────────────────────────────────────┘
""")
    assert kin("config").splitlines()[0].split("\t")[:2] == ["channels.country", "GB"]
    rows = {row["key"]: row for row in json.loads(kin("config", "--json"))}
    assert rows["channels.country"] == {
        "key": "channels.country", "value": "GB", "default": "", "chosen": True,
    }  # fmt: skip
    assert rows["snooze.default"]["value"] == rows["snooze.default"]["default"] == "3d"


def test_one_is_shown_alone_for_scripts(kin: Program) -> None:
    assert kin("config", "snooze.default") == "3d\n"
    assert kin("config", "channels.country") == "\n"
    assert json.loads(kin("config", "snooze.default", "--json"))["chosen"] is False


def test_reading_makes_no_file(kin: Program, path: Path) -> None:
    kin("config")
    kin("config", "me.name")
    kin("config", "--path")
    assert not path.exists()


def test_a_setting_is_undone_and_done_again(kin: Program) -> None:
    assert kin("config", "snooze.default", "1", "week") == snapshot("""\
snooze.default is 1w.
Your file is ~/.local/share/kinship/kinship.db
""")
    assert kin("undo").startswith("Undone: config snooze.default (1 setting; just now)")
    assert kin("config", "snooze.default") == "3d\n"
    kin("redo")
    assert kin("config", "snooze.default") == "1w\n"
    assert kin("config", "--unset", "snooze.default") == "snooze.default is 3d.\n"
    kin("undo")
    assert kin("config", "snooze.default") == "1w\n"


def test_snooze_is_as_long_as_was_chosen(kin: Program) -> None:
    kin("add", "Ada", "due:today")
    assert "Sat 23 May" in kin("snooze", "ada")
    kin("undo")
    kin("config", "snooze.default", "1w")
    assert "Wed 27 May" in kin("snooze", "ada")
    kin("undo")
    assert "Wed 27 May" in kin("snooze", "--all")


def test_the_channel_that_was_chosen_is_tried_first(kin: Program) -> None:
    kin("add", "Ada", "signal:ada.01", "ada@engine.example", "--met-on", "mastodon")
    assert kin("open", "ada", "--print") == "ada.01\n"
    assert kin("config", "channels.order", "Mail,", "tel") == "channels.order is email, phone.\n"
    assert kin("open", "ada", "--print") == "mailto:ada@engine.example\n"
    assert "email   ada@engine.example   best" in kin("show", "ada")
    kin("config", "--unset", "channels.order")
    assert kin("open", "ada", "--print") == "ada.01\n"


def test_you_are_who_you_say(kin: Program) -> None:
    kin("add", "Ada")
    assert kin("config", "me.name", "Mary", "Somerville") == "me.name is Mary Somerville.\n"
    assert kin("config", "me.city", "London") == "me.city is London.\n"
    assert "Mary Somerville" in kin("show", "me")
    kin("edit", "me", "--city", "Rome")
    assert kin("config", "me.city") == "Rome\n"
    assert kin("config", "--unset", "me.name") == "me.name is not set.\n"
    assert kin("config", "me.name") == "\n"
    kin("undo")
    assert kin("config", "me.name") == "Mary Somerville\n"
    assert kin("list", "-F", "{name}") == "Ada\n"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("config cuntry", 3, 'there is no setting "cuntry". Did you mean channels.country?'),
        ("config country GB", 3, 'there is no setting "country". Did you mean channels.country?'),
        ("config snoze.default 1w", 3, "Did you mean snooze.default?"),
        ("config --unset x.y", 3, 'there is no setting "x.y".'),
        ("config channels.country UK", 2, "Did you mean GB? Nothing was changed."),
        ("config channels.country Germany", 2, "For example: GB, DE, US. Nothing was changed."),
        ("config channels.order fax", 2, '"fax" is not a kind of channel. Nothing was changed.'),
        ("config channels.order ,", 2, "is not a kind of channel. Nothing was changed."),
        ("config snooze.default soon", 2, '"soon" is not how long. For example: 3d, 1w.'),
        ("config snooze.default 0d", 2, '"0d" is not how long.'),
        ("config snooze.default 2026-12-01", 2, "is not how long."),
        (
            "config connect.message Hi {surname}",
            2,
            '"{surname}" is nothing a message can have in it.',
        ),
        ("config me.name \u200b", 2, "a name needs at least one character that can be seen"),
        ("config me.name a\0", 2, "NUL"),
        ("config db a\nb", 2, "cannot be the name of the file"),
        ("config db /", 2, "/ is a folder. Nothing was changed."),
        ("config --unset", 2, "--unset needs KEY"),
        ("config --get x", 2, "config has no option --get."),
    ],
)
def test_what_cannot_be_chosen_changes_nothing(
    kin: Program, home: Path, words: str, code: int, said: str
) -> None:
    kin("add", "Ada")
    before = kin("config", "--json")
    result = kin(*words.split(" "), exit_code=code)
    assert said in result.err
    assert kin("config", "--json") == before
    assert kin("undo").startswith("Undone: add Ada")
    assert not (home / ".config").exists()


def test_text_from_a_file_cannot_move_the_cursor(kin: Program) -> None:
    kin("config", "connect.message", "Hi \x1b[2J{first}\x07")
    assert "\x1b" not in kin("config")
    assert "\x1b" not in kin("config", "connect.message")


# Numbers and the country


def test_choosing_a_country_says_what_became_of_the_numbers(kin: Program, path: Path) -> None:
    kin("add", "Ada", "Lovelace", "phone:020 7946 0958", "signal:020 7946 0958")
    kin("add", "Bo", "Ek", "+44 20 7946 0123", "phone:12345678")
    assert kin("config", "channels.country", "gb") == snapshot("""\
channels.country is GB.
2 numbers without a country code are of GB now.
""")
    assert _keys(path) == {
        "020 7946 0958": "442079460958",
        "+44 20 7946 0123": "442079460123",
        "12345678": "12345678",
    }
    undone = kin("undo")
    assert undone.startswith("Undone: config channels.country (1 setting, 2 channels; just now)")
    assert _keys(path)["020 7946 0958"] == "02079460958"
    kin("redo")
    assert kin("config", "--unset", "channels.country") == snapshot("""\
channels.country is not set.
2 numbers without a country code are of no country now.
""")
    assert _keys(path)["020 7946 0958"] == "02079460958"


@pytest.mark.parametrize(
    "spelling",
    ["020 7946 0958", "(020) 79460958", "+44 20 7946 0958", "0044 (0)20 7946 0958", "02079460958"],
)
def test_somebody_is_found_by_any_spelling_of_their_number(kin: Program, spelling: str) -> None:
    kin("config", "channels.country", "GB")
    kin("add", "Ada", "Lovelace", "phone:(020) 7946 0958")
    assert kin("show", spelling).startswith("Ada Lovelace")
    assert kin("show", *spelling.split()).startswith("Ada Lovelace")
    assert "(020) 7946 0958" in kin("show", f"phone:{spelling}")


def test_without_a_country_nothing_is_guessed(kin: Program) -> None:
    kin("add", "Ada", "phone:020 7946 0958")
    kin("show", "+44 20 7946 0958", exit_code=3)
    kin("add", "Bo", "phone:+44 20 7946 0958")
    assert kin("show", "020 7946 0958").startswith("Ada")


def test_two_people_whose_numbers_turn_out_to_be_one_both_keep_it(kin: Program, path: Path) -> None:
    kin("add", "Ada", "Lovelace", "phone:+44 20 7946 0958")
    kin("add", "Bo", "Ek", "phone:020 7946 0958")
    assert kin("config", "channels.country", "GB") == snapshot("""\
channels.country is GB.
Bo Ek and Ada Lovelace turn out to share 020 7946 0958; both keep it.
""")
    assert _keys(path)["020 7946 0958"] == "02079460958"
    assert "020 7946 0958" in kin("show", "bo")
    record = json.loads(kin("config", "channels.country", "GB", "--json"))
    assert record["shared"] == [
        {"number": "020 7946 0958", "name": "Bo Ek", "with": "Ada Lovelace"}
    ]
    kin("undo", "2")
    assert kin("show", "020 7946 0958").startswith("Bo Ek")


def test_one_person_may_have_a_number_twice(kin: Program) -> None:
    kin("add", "Ada", "phone:+44 20 7946 0958", "phone:020 7946 0958")
    assert kin("config", "channels.country", "GB") == "channels.country is GB.\n"
    assert kin("show", "020 7946 0958").startswith("Ada")
    assert kin("show", "ada").count("7946") == 2


def test_another_country_makes_other_lines_of_them(kin: Program, path: Path) -> None:
    kin("add", "Ada", "phone:06 12 34 56 78")
    for country, key in (("FR", "33612345678"), ("NL", "31612345678"), ("GB", "0612345678")):
        kin("config", "channels.country", country)
        assert _keys(path)["06 12 34 56 78"] == key


def test_one_number_may_take_the_place_that_another_gives_up(kin: Program, path: Path) -> None:
    kin("config", "channels.country", "US")
    kin("add", "Ada", "phone:(202) 555-0147")
    kin("config", "channels.country", "GB")
    kin("add", "Bo", "phone:+1 202 555 0147")
    said = kin("config", "channels.country", "US")
    assert "Ada and Bo turn out to share (202) 555-0147; both keep it." in said
    kin("rm", "bo", "-y")
    kin("config", "channels.country", "US")
    assert _keys(path) == {"(202) 555-0147": "12025550147"}


# Where the file is


def test_the_paths_are_told(kin: Program, home: Path, path: Path) -> None:
    assert kin("config", "--path").splitlines() == [
        f"database\t{path}",
        f"config\t{home}/.config/kinship/config.toml",
    ]
    assert [row["exists"] for row in json.loads(kin("config", "--path", "--json"))] == [
        False,
        False,
    ]


def test_the_file_can_be_another_one(kin: Program, home: Path) -> None:
    kin("add", "Ada")
    config = home / ".config/kinship/config.toml"
    said = kin("config", "db", str(home / "notes/people.db"))
    assert said == snapshot("""\
Your file is ~/notes/people.db from now on.
Written to ~/.config/kinship/config.toml. No file was moved.
It is not there yet: adding the first person makes it.
Back: kinship config db "~/.local/share/kinship/kinship.db"
""")
    assert config.read_text() == 'db = "~/notes/people.db"\n'
    assert kin("list") == ""
    kin("add", "Bo")
    assert (home / "notes/people.db").exists()
    assert kin("config", "db") == "~/notes/people.db\n"
    kin("config", "--unset", "db")
    assert kin("list").startswith("Ada")
    assert config.read_text() == ""


def test_what_else_config_toml_says_is_kept(kin: Program, home: Path) -> None:
    config = home / ".config/kinship/config.toml"
    config.parent.mkdir(parents=True)
    config.write_bytes(b"# mine \xff\ndb = 'old.db'  # there\n\n[ui]\ndb = \"other\"\n")
    kin("config", "db", "~/new.db")
    assert config.read_bytes() == b'db = "~/new.db"\n# mine \xff\n\n[ui]\ndb = "other"\n'
    kin("config", "--unset", "db")
    assert config.read_bytes() == b'# mine \xff\n\n[ui]\ndb = "other"\n'


def test_a_config_that_cannot_be_written_is_told(
    kin: Program, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / ".config").write_text("a file where a folder should be")
    assert "cannot be" in kin("config", "db", "~/x.db", exit_code=6).err
    monkeypatch.setenv("KINSHIP_CONFIG", "none")
    assert "no config file here" in kin("config", "db", "~/x.db", exit_code=2).err
    assert "no config file here" in kin("config", "db", "~/x.db", "--demo", exit_code=2).err


def test_a_file_chosen_for_now_wins(kin: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KINSHIP_DB", os.path.expanduser("~/now.db"))
    said = kin("config", "db", "~/later.db")
    assert said == snapshot("""\
Written to ~/.config/kinship/config.toml. No file was moved.
For now --db or KINSHIP_DB says otherwise: ~/now.db
""")


def test_a_city_that_is_too_long_is_refused(kin: Program) -> None:
    said = kin("config", "me.city", "x" * 501, exit_code=2).err
    assert "501 characters long, and at most 500 fit" in said
    kin("config", "me.city", "x" * 500)
