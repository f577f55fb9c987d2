"""``stats``: what came of the last months."""

import json

import pytest
from inline_snapshot import snapshot

from conftest import Program


@pytest.fixture
def spring(kin: Program) -> Program:
    """A conference in May and one in December, friends kept, favours, introductions."""
    for name in ("Ada Lovelace", "Charles Babbage", "Mary Somerville"):
        kin(
            "add",
            name,
            "--at",
            "PyCon",
            f"linkedin:{name[:4].strip().lower()}x",
            today="2026-05-14",
        )
    kin("connect", "ada", "linkedin", today="2026-05-15")
    kin("done", "charles", "--via", "linkedin", today="2026-05-16")
    kin("connect", "mary", "linkedin", today="2026-05-17")
    kin("add", "Alan Turing", "--at", "Winter Days", "linkedin:alan", today="2025-12-14")
    kin("connect", "alan", "linkedin", today="2025-12-15")
    kin("add", "Kurt Gödel", "--at", "Winter Days", "linkedin:kurt", today="2025-12-14")
    kin("add", "Hedy Lamarr", "--met-on", "mastodon", "--since", "2023")
    kin("log", "hedy", "--met", "tea", "--on", "2026-05-10")
    kin("add", "Emmy Noether", "--met-on", "mastodon", today="2026-04-01")
    kin("keep", "ada", "monthly")
    kin("keep", "kurt", "monthly")
    kin("log", "ada", "--from-them", "asked how it went", "--on", "yesterday")
    kin("log", "ada", "--from-me", "very well", "--on", "yesterday")
    kin("gave", "ada", "proof-read her notes")
    kin("got", "hedy", "a place to stay")
    kin("intro", "ada", "hedy", "frequencies")
    kin("intro", "ada", "hedy", "--landed")
    return kin


def test_the_last_three_months_beside_those_before(spring: Program) -> None:
    assert spring("stats") == snapshot("""\
The last 90 days                                                19 Feb to 20 May

  met               5 people: 4 in person, 1 online
  connected in 2d   2 of 3     ━━━━━━━╌╌╌   was 1 of 2 the 90 days before
  kept in touch     1 of 2     ━━━━━╌╌╌╌╌   on time
  conversations     9          you began 4, they 1, in person 4
  gave / got        1 / 1
  online, then met  1          Hedy Lamarr
  introductions     1 made, 1 landed

IF YOU CALLED TODAY
  6 people would likely hear you.                      kinship list is:listening
  Talked both ways in the last 6 months, and you gave at least what you got.
""")


def test_on_a_phone_and_on_a_wide_screen(spring: Program) -> None:
    said = spring("stats", columns=44)
    assert said == snapshot("""\
The last 90 days            19 Feb to 20 May

  met               5 people: 4 in person, 1
                    online
  connected in 2d   2 of 3     ━━━━━━━╌╌╌
                    was 1 of 2 the 90 days
                    before
  kept in touch     1 of 2     ━━━━━╌╌╌╌╌
                    on time
  conversations     9          you began 4,
                    they 1, in person 4
  gave / got        1 / 1
  online, then met  1          Hedy Lamarr
  introductions     1 made, 1 landed

IF YOU CALLED TODAY
  6 people would likely hear you.
  kinship list is:listening
  Talked both ways in the last 6 months, and
  you gave at least what you got.
""")
    assert max(map(len, said.splitlines())) <= 44
    assert spring("stats", columns=120).splitlines()[0] == snapshot(
        "The last 90 days                                                                    19 Feb to 20 May"
    )


def test_any_time_back(spring: Program) -> None:
    assert spring("stats", "--since", "1y").splitlines()[:4] == snapshot(
        [
            "The last year                                              20 May 2025 to 20 May",
            "",
            "  met               7 people: 6 in person, 1 online",
            "  connected in 2d   3 of 5     ━━━━━━╌╌╌╌",
        ]
    )
    assert spring("stats", "1 may").splitlines()[0] == snapshot(
        "Since 1 May                                                      1 May to 20 May"
    )
    assert spring("stats", "--since", "today").splitlines()[:3] == snapshot(
        [
            "Since 20 May                                                    20 May to 20 May",
            "",
            "  kept in touch     1 of 2     ━━━━━╌╌╌╌╌   on time",
        ]
    )
    assert spring("stats", "--since", "6mo").splitlines()[0] == snapshot(
        "The last 6 months                                          20 Nov 2025 to 20 May"
    )


def test_for_programs(spring: Program) -> None:
    assert json.loads(spring("stats", "--json")) == snapshot(
        {
            "from": "2026-02-19",
            "until": "2026-05-20",
            "met_in_person": 4,
            "met_online": 1,
            "connected_in_two_days": 2,
            "to_connect": 3,
            "conversations": 9,
            "you_began": 4,
            "they_began": 1,
            "in_person": 4,
            "online_then_met": 1,
            "introductions_made": 1,
            "introductions_landed": 1,
            "gave": 1,
            "got": 1,
            "then_met": ["Hedy Lamarr"],
            "kept": 1,
            "keep": 2,
            "listening": 6,
            "your_turn": 0,
            "before": {
                "from": "2025-11-21",
                "until": "2026-02-18",
                "met_in_person": 2,
                "met_online": 0,
                "connected_in_two_days": 1,
                "to_connect": 2,
                "conversations": 2,
                "you_began": 0,
                "they_began": 0,
                "in_person": 2,
                "online_then_met": 0,
                "introductions_made": 0,
                "introductions_landed": 0,
                "gave": 0,
                "got": 0,
            },
        }
    )
    assert spring("stats", "--csv").splitlines()[:3] == snapshot(
        ["figure,now,before", "met_in_person,4,2", "met_online,1,0"]
    )


def test_nothing_to_look_back_on(kin: Program) -> None:
    assert kin("stats") == snapshot("""\
Nothing to look back on yet.
  Add somebody: kinship add Ada Lovelace
""")
    kin("add", "Ada Lovelace", today="2020-01-01")
    assert kin("stats") == snapshot("""\
The last 90 days                                                19 Feb to 20 May

  Nothing was written down in these days.

IF YOU CALLED TODAY
  Nobody would likely hear you, as far as is written down.
  Talked both ways in the last 6 months, and you gave at least what you got.
""")


@pytest.mark.parametrize("words", ["--since tomorrow", "--since soon", "--since 03/04", "nonsense"])
def test_no_day_to_look_back_from(spring: Program, words: str) -> None:
    assert spring("stats", *words.split(), exit_code=2).err


def test_the_number_who_hear_you_is_that_of_the_list(spring: Program) -> None:
    many = len(json.loads(spring("list", "is:listening", "--json")))
    assert json.loads(spring("stats", "--json"))["listening"] == many > 0
    spring("edit", "ada", "--archive")
    assert json.loads(spring("stats", "--json"))["listening"] == many - 1
    turns = json.loads(spring("favours", "--json"))
    yours = [one for one in turns if one["your_turn"]]
    assert json.loads(spring("stats", "--json"))["your_turn"] == len(yours)


def test_whoever_was_just_met_is_not_missed_yet(kin: Program) -> None:
    kin("add", "Ada Lovelace", "linkedin:adal", "--on", "2026-05-18")
    kin("add", "Grace Hopper", "linkedin:grace", "--on", "2026-05-17")
    kin("add", "Joan Clarke", "linkedin:joan", "--on", "2026-05-19", "--connected")
    assert "connected in 2d   1 of 2 " in kin("stats")
    assert "connected in 2d   1 of 3 " in kin("stats", today="2026-05-21")
