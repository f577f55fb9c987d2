"""Channels in use: written down, compared, opened, and belonging to one person."""

import json
import os
import re
import stat
from pathlib import Path

import pexpect
import pytest
from inline_snapshot import snapshot

from conftest import TODAY, Program
from kinship.model.channel import KINDS
from terminals import Spawn, typed


def _channels(kin: Program, who: str) -> list[str]:
    record = json.loads(kin("show", who, "--json"))
    return [f"{c['kind']}:{c['handle']}" for c in record["channels"]]


def test_a_card_full_of_links_becomes_channels(kin: Program) -> None:
    kin(
        "add", "Ada", "Lovelace", "https://www.linkedin.com/in/adal/?trk=x",
        "https://mastodon.social/@ada@hachyderm.io", "https://wa.me/442079460958",
        "discord:<@80351110224678912>", "fb:https://www.facebook.com/people/Ada/42/",
        "https://engine.example/ada", "strava:adal",
    )  # fmt: skip
    assert _channels(kin, "ada") == [
        "linkedin:adal",
        "mastodon:ada@hachyderm.io",
        "whatsapp:+442079460958",
        "discord:80351110224678912",
        "facebook:42",
        "website:https://engine.example/ada",
    ]
    assert "strava:adal" in kin("show", "ada")


def test_a_link_to_a_post_is_its_writers_and_stays_in_the_note(kin: Program) -> None:
    said = kin("add", "Ada", "https://hachyderm.io/@ada/112233445566")
    assert "mastodon    ada@hachyderm.io" in said
    assert 'kept        as a note: "https://hachyderm.io/@ada/112233445566"' in said
    assert kin("show", "https://hachyderm.io/@ada/9988").startswith("Ada")


@pytest.mark.parametrize(
    ("held", "typed"),
    [
        ("phone:+44 20 7946 0958", "tel:0044 (0)20-7946-0958"),
        ("phone:+44 20 7946 0958", "phone:020 7946 0958"),
        ("signal:+44 20 7946 0958", "https://signal.me/#p/+442079460958"),
        ("mail:Ada@engine.example", "mailto:ada@ENGINE.example?subject=Hi"),
        ("li:adal", "https://uk.linkedin.com/in/AdaL/?trk=x"),
        ("facebook:42", "https://www.facebook.com/profile.php?id=42"),
        ("@ada@hachyderm.io", "https://hachyderm.io/@Ada"),
        ("tg:adalove", "https://adalove.t.me"),
        ("strava:adal", "strava:@AdaL"),
        ("web:https://www.engine.example/", "http://engine.example"),
    ],
)
def test_a_handle_belongs_to_one_person_however_it_is_written(
    kin: Program, held: str, typed: str
) -> None:
    kin("config", "channels.country", "GB")
    kin("add", "Ada", "Lovelace", "--via", held)
    kin("add", "Bo", "Ek")
    ways = [
        (("add", "Cy", "Ek", "--via", typed), ""),
        (("add", "-"), f"Di Ek\nCy Ek {typed}\n"),
        (("edit", "bo", "--via", typed), ""),
        (("connect", "bo", typed), ""),
    ]
    if held.startswith("strava"):
        del ways[1]  # a kind of your own is a word like any other there
    for words, stdin in ways:
        refused = kin(*words, stdin=stdin, exit_code=5).err
        assert "belongs to Ada Lovelace. Nothing was written." in refused
        assert "kinship show ada" in refused
        assert "if they share it" in refused
    assert kin("list", "-F", "{name}") == "Ada Lovelace\nBo Ek\n"
    kin("edit", "ada", "--via", typed)
    assert kin("show", "ada", "--json").count('"handle"') == 1


def test_a_shared_number_is_kept_as_a_note(kin: Program) -> None:
    kin("add", "Ada", "Lovelace", "phone:+44 20 7946 0958")
    kin("add", "Bo", "Ek")
    refused = kin("edit", "bo", "--via", "phone:+442079460958", exit_code=5)
    assert refused.err == snapshot("""\
kinship: phone +442079460958 belongs to Ada Lovelace. Nothing was written.
  kinship show ada
  kinship edit ada --unlink phone
  kinship note WHO "shared phone: +442079460958"   if they share it
""")
    kin("note", "bo", "shared phone: +442079460958")


def test_a_guest_is_found_by_a_national_number(kin: Program, tmp_path: Path) -> None:
    kin("config", "channels.country", "GB")
    kin("add", "Ada", "Lovelace", "phone:+44 20 7946 0958")
    kin("event", "add", "PyCon 2026", "--from", "2026-06-01")
    guests = tmp_path / "guests.csv"
    guests.write_text("Name,Phone\nAda King,020 7946 0958\nBo Ek,020 7946 0123\n")
    kin("event", "guests", "PyCon 2026", str(guests), "--add")
    assert kin("list", "-F", "{name}") == "Ada Lovelace\nBo Ek\n"
    assert kin("show", "+44 20 7946 0123").startswith("Bo Ek")


def test_an_extension_is_nobody_elses_number(kin: Program) -> None:
    kin("add", "Ada", "Lovelace", "phone:+44 20 7946 0958 x12")
    kin("add", "Bo", "Ek", "phone:+44 20 7946 0958 ext. 13")
    assert kin("show", "+442079460958 x13").startswith("Bo Ek")
    assert "could be 2 people" in kin("show", "+442079460958", exit_code=4).err
    kin("edit", "ada", "--via", "phone:+44 20 7946 0958,12")
    assert _channels(kin, "ada") == ["phone:+44 20 7946 0958 x12"]


def test_words_of_a_number_say_who(kin: Program) -> None:
    kin("add", "Ada", "Lovelace", "+44 20 7946 0958")
    assert "Ada Lovelace, today" in kin("log", "+44", "20", "7946", "0958", "2", "lunches")
    assert "Ada Lovelace, today" in kin("log", "(0044)", "20", "7946", "0958", "tea")
    assert 'called "+44"' in kin("log", "+44", "20", "7946", "lunch", exit_code=3).err
    assert 'called "0"' in kin("log", "0", "0", "x", exit_code=3).err.replace(
        "has the number", "called"
    )


@pytest.mark.parametrize(
    ("unlinked", "left"),
    [
        ("phone", ["linkedin:adal", "signal:ada.01"]),
        ("tel:0044 20 7946 0958", ["linkedin:adal", "signal:ada.01"]),
        ("+44 20 7946 0958", ["linkedin:adal", "signal:ada.01"]),
        ("https://de.linkedin.com/in/AdaL", ["phone:+44 20 7946 0958", "signal:ada.01"]),
        ("LI", ["phone:+44 20 7946 0958", "signal:ada.01"]),
        ("signal:", ["phone:+44 20 7946 0958", "linkedin:adal"]),
        ("strava", None),
        ("li:grace", None),
        ("fax", None),
        ("", None),
    ],
)
def test_a_channel_is_taken_away_however_it_is_named(
    kin: Program, unlinked: str, left: list[str] | None
) -> None:
    kin("add", "Ada", "phone:+44 20 7946 0958", "li:adal", "signal:ada.01")
    before = _channels(kin, "ada")
    kin("edit", "ada", "--unlink", unlinked, exit_code=None)
    assert _channels(kin, "ada") == (left if left is not None else before)


def test_how_somebody_likes_to_be_reached_may_be_said_by_handle(kin: Program) -> None:
    kin("add", "Ada", "ada@engine.example", "signal:+44 20 7946 0958")
    assert kin("open", "ada") == "sgnl://signal.me/#p/+442079460958\n"
    kin("edit", "ada", "--prefer", "ada@engine.example")
    assert kin("open", "ada") == "mailto:ada@engine.example\n"
    kin("edit", "ada", "--prefer", "https://signal.me/#p/+442079460958")
    assert kin("open", "ada").startswith("sgnl:")
    refused = kin("edit", "ada", "--prefer", "mail:grace@navy.example", exit_code=3).err
    assert refused.startswith('kinship: Ada has no channel "email:grace@navy.example".')


@pytest.mark.parametrize("command", ["log", "done"])
def test_a_handle_is_not_lost_where_only_a_channel_is_kept(kin: Program, command: str) -> None:
    kin("add", "Ada", "due:today")
    for via in ("signal:+442079460958", "https://linkedin.com/in/adal", "ada@engine.example"):
        refused = kin(command, "ada", "--via", via, "hello", exit_code=2).err
        assert "is more than the kind of a channel. Nothing was written." in refused
        assert "kinship edit WHO --via CHANNEL:HANDLE" in refused
    assert "by Signal" in kin(command, "ada", "--via", "Signal:", "hello")


# Opening


@pytest.mark.parametrize(
    ("via", "link"),
    [
        ("phone:020 7946 0958", "tel:+442079460958"),
        ("wa:020 7946 0958", "https://wa.me/442079460958"),
        ("signal:https://signal.me/#eu/AbC", "https://signal.me/#eu/AbC"),
        ("yt:https://www.youtube.com/channel/UCabc", "https://www.youtube.com/channel/UCabc"),
        ("matrix:@ada:matrix.org", "matrix:u/ada:matrix.org"),
        ("xmpp:ada@jabber.example", "xmpp:ada@jabber.example"),
        ("strava:https://strava.com/athletes/1", "https://strava.com/athletes/1"),
        ("discord:Ada#1234", "Ada#1234"),
        ("slack:ada", "ada"),
        ("signal:ada.01", "ada.01"),
    ],
)
def test_the_link_is_printed_or_what_to_look_for(kin: Program, via: str, link: str) -> None:
    kin("config", "channels.country", "GB")
    kin("add", "Ada", "--via", via)
    assert kin("open", "ada", "--print") == kin("open", "ada") == f"{link}\n"
    record = json.loads(kin("open", "ada", "--json"))
    assert record["link"] == (link if ":" in link else None)
    assert record["handle"]


@pytest.fixture
def opener(tmp_path: Path) -> Path:
    """A program that writes down what it is handed, one argument a line."""
    program = tmp_path / "opener"
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$#" "$@" > "$0.args"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program


def _run(started: list[Spawn], *words: str, **env: str) -> tuple[str, int | None]:
    child = typed(*words, columns=80, KINSHIP_TODAY=TODAY, **env)
    started.append(child)
    child.expect(pexpect.EOF)
    said = re.sub("\x1b\\[[0-9;]*m", "", child.before or "")
    child.close()
    return said, child.exitstatus


def test_a_link_is_handed_over_as_one_argument(
    kin: Program, opener: Path, terminal: list[Spawn]
) -> None:
    kin("add", "Ada", "--via", "web:https://engine.example/?a=$(touch%20x)&b=`id`;'\"")
    said, code = _run(terminal, "open", "ada", KINSHIP_OPENER=str(opener))
    assert code == 0
    assert "kinship done ada" in said
    handed = Path(f"{opener}.args").read_text().splitlines()
    assert handed == ["1", "https://engine.example/?a=$%28touch%20x%29&b=%60id%60;%27%22"]


def test_a_search_is_opened_where_no_handle_is_known(
    kin: Program, opener: Path, terminal: list[Spawn]
) -> None:
    kin("add", "Ada", "Lovelace")
    _run(terminal, "open", "ada", "linkedin", KINSHIP_OPENER=str(opener))
    assert Path(f"{opener}.args").read_text().splitlines()[1] == (
        "https://www.linkedin.com/search/results/people/?keywords=Ada%20Lovelace"
    )


@pytest.mark.parametrize("program", ["/nonexistent/browser", "/bin/false", ""])
def test_where_nothing_opens_links_the_link_is_shown(
    kin: Program, terminal: list[Spawn], program: str
) -> None:
    kin("add", "Ada", "li:adal")
    said, code = _run(terminal, "open", "ada", KINSHIP_OPENER=program)
    assert code == 0
    assert "https://www.linkedin.com/in/adal" in said
    assert "Opened" not in said


def test_a_program_that_stays_open_does_not_hold_anything_up(
    kin: Program, tmp_path: Path, terminal: list[Spawn]
) -> None:
    kin("add", "Ada", "li:adal")
    program = tmp_path / "browser"
    program.write_text('#!/bin/sh\ntrap "" HUP\necho $$ > "$0.pid"\nexec sleep 60\n')
    program.chmod(0o700)
    said, _ = _run(terminal, "open", "ada", KINSHIP_OPENER=str(program))
    number = int(Path(f"{program}.pid").read_text())
    os.kill(number, 15)  # it is still there
    assert "Opened https://www.linkedin.com/in/adal." in said


def test_what_has_no_link_is_shown_to_be_copied(
    kin: Program, opener: Path, terminal: list[Spawn]
) -> None:
    kin("add", "Ada", "Lovelace", "discord:Ada#1234", "wa:020 7946 0958")
    said, code = _run(terminal, "open", "ada", "discord", KINSHIP_OPENER=str(opener))
    assert (said, code) == snapshot(
        (
            """\
Discord has no link to open. Look there for Ada Lovelace as:\r
Ada#1234\r
""",
            0,
        )
    )
    said, code = _run(terminal, "open", "ada", "wa", KINSHIP_OPENER=str(opener))
    assert (said, code) == snapshot(
        (
            """\
WhatsApp opens a number only with its country code. This is Ada Lovelace's:\r
020 7946 0958\r
""",
            0,
        )
    )
    assert not Path(f"{opener}.args").exists()
    kin("edit", "ada", "--via", "signal:ada.01")
    said, _ = _run(terminal, "open", "ada", "signal", KINSHIP_OPENER=str(opener))
    assert said.startswith("Signal has no link to open. Look there for Ada Lovelace as:")


def test_the_kinds_are_listed_under_all_their_names(kin: Program) -> None:
    said = kin("help", "channels")
    for kind in KINDS.values():
        assert re.search(
            rf"^  {' '.join((kind.name, *kind.short))} +{kind.label}\b", said, re.MULTILINE
        )


def test_a_dry_run_tells_what_would_be_refused(kin: Program) -> None:
    kin("add", "Ada", "Lovelace", "phone:+44 20 7946 0958")
    said = kin("add", "Bo", "Ek", "phone:+442079460958", "--dry-run")
    assert "phone +442079460958 belongs to Ada Lovelace: this would be refused." in said
    again = kin("add", "-", "--dry-run", stdin="Ada Lovelace +44 20 7946 0958\n")
    assert "refused" not in again
