"""Events: where you are, whom you met there, and whom to meet at last."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from inline_snapshot import snapshot

from conftest import Program

MONDAY = "2026-05-18"


@pytest.fixture
def there(kin: Program) -> Program:
    """At PyCon for five days: two known online before, one met before, three new."""
    kin("add", "Hedy Lamarr", "--met-on", "mastodon", "--since", "2023", "@hedy@freq.example",
        "+frequency hopping", "+patents", today="2026-01-10")  # fmt: skip
    kin("add", "Alice Ball", "--met-on", "PyLadies Slack", "--since", "2024", "+oils",
        today="2026-01-10")  # fmt: skip
    kin("add", "Grace Hopper", "--at", "PyCon 2024", "--on", "2024-05-12", today="2024-05-12")
    start = ("event", "start", "PyCon 2026", "--until", "mon", "--city", "Long Beach")
    kin(*start, today="2026-05-14")
    kin("add", "Ada Lovelace", "linkedin:adal", "+compilers", "//", "the Bernoulli paper",
        today="2026-05-16")  # fmt: skip
    kin("add", "Lise Meitner", "@lise@physics.example", "+teaching", "+compilers",
        today="2026-05-17")  # fmt: skip
    kin("add", "George Boole", "--connected", "linkedin:boole", "due:fri", today=MONDAY)
    for name in ("Hedy Lamarr", "Alice Ball", "Grace Hopper"):
        kin("add", name, "--same", today=MONDAY)
    return kin


@pytest.fixture
def coming(kin: Program) -> Program:
    """EuroPython in 54 days: two known online only, one heard of, one old friend, one stranger."""
    kin("add", "Charles Babbage", "--met", "--on", "2026-04-15", "//", "street musicians")
    kin("add", "Grace Hopper", "--met")
    kin("add", "Emmy Noether", "--met-on", "mastodon", "--since", "2024-05", "knows:grace,charles")
    kin("add", "Sophie Germain", "--met-on", "PyLadies Slack", "+number theory", "+parenting")
    kin("add", "Rózsa Péter", "--heard", "knows:grace")
    kin("add", "Konrad Zuse", "--heard")
    kin("event", "add", "EuroPython 2026", "--from", "13 jul", "--until", "19 jul",
        "--city", "Kraków")  # fmt: skip
    kin("event", "going", "euro", "emmy,sophie", "charles", "rozsa,konrad")
    return kin


# Where you are


def test_of_people_met_on_several_days_the_first_is_late(kin: Program) -> None:
    for day, name in enumerate(("Ada", "Grace", "Emmy", "Mary"), 16):
        kin("add", name, "--at", "PyCon 2026", "--on", f"2026-05-{day}")
    assert kin("due") == snapshot("""\
Wednesday 20 May                                             1 overdue · 0 today

OVERDUE
  PyCon 2026       Connect with 4 people you met        the first met 4 days ago
                   Ada, Grace, Emmy, 1 more
                   0 of 4 connected                           kinship connect -i

done, snooze, log, open + a name.  Walk through them: kinship due -i
""")


def test_at_no_event(kin: Program) -> None:
    assert kin("event") == snapshot('You are at no event. kinship event start "PyCon 2026"\n')


def test_starting_and_asking_where_you_are(kin: Program) -> None:
    start = ("event", "start", "PyCon 2026", "--until", "mon", "--city", "Long Beach")
    assert kin(*start, today="2026-05-14") == snapshot("""\
You are at PyCon 2026 until Mon 18 May. People you add were met there.
Leave earlier: kinship event stop
Your file is ~/.local/share/kinship/kinship.db
""")
    kin("add", "Ada", "li:ada", "--connected", today="2026-05-16")
    assert kin("event", today="2026-05-16") == snapshot("""\
You are at PyCon 2026, day 3 of 5: 1 person so far, 1 connected.
Leave: kinship event stop. All events: kinship event list
""")
    assert json.loads(kin("event", "--json", today="2026-05-16"))["people"] == 1


def test_stopping_sums_up(there: Program) -> None:
    assert there("event", "stop", today=MONDAY) == snapshot("""\
PyCon 2026 is over for you: 3 new people, 3 met again, 1 follow-up.
You are not connected with 3 of them yet.
Do that by Wed 20 May, while they remember you: kinship connect -i --at pycon
""")
    assert there("event", today=MONDAY).startswith("You are at no event.")
    there("undo")
    assert there("event", today=MONDAY).startswith("You are at PyCon 2026, day 5 of 5")


def test_stopping_where_nobody_was_met(kin: Program) -> None:
    kin("event", "start", "Rust Night")
    assert kin("event", "stop") == snapshot("""\
Rust Night is over for you: nobody is written down.
Somebody comes to mind? kinship add NAME --at rust
""")
    assert kin("event", "stop") == snapshot(
        'You are at no event. kinship event start "PyCon 2026"\n'
    )


def test_an_event_ends_by_itself_at_four_in_the_morning(kin: Program) -> None:
    kin("event", "start", "Rust Night")
    assert "Rust Night" in kin("add", "Ada", today="2026-05-20T23:50")
    assert "today at Rust Night" not in kin("add", "Bea", today="2026-05-21T03:59")
    assert "yesterday at Rust Night" in kin("add", "Cleo", today="2026-05-21T03:59")
    assert "no event" in kin("event", today="2026-05-21T04:00")
    assert "Rust Night" not in kin("add", "Dora", today="2026-05-21T04:00")


def test_starting_another_event_leaves_the_first(there: Program) -> None:
    assert there("event", "start", "Rust Night", today=MONDAY) == snapshot("""\
You left PyCon 2026.
You are at Rust Night today, a new event. People you add were met there.
Leave earlier: kinship event stop
""")
    assert "at Rust Night" in there("add", "Cleo", today=MONDAY)
    back = there("event", "start", "pycon", today=MONDAY)
    assert back.startswith("You left Rust Night.\nYou are at PyCon 2026 today.")


def test_starting_again_prolongs_the_stay(kin: Program) -> None:
    kin("event", "start", "Camp")
    assert "until Sat 23 May" in kin("event", "start", "camp", "--until", "sat")
    assert "You are at Camp, day 3 of 4" in kin("event", today="2026-05-22")
    assert "until Sat 23 May" in kin("event", "start", "camp", today="2026-05-22")


def test_the_end_of_the_event_is_the_end_of_the_stay(kin: Program) -> None:
    kin("event", "add", "Camp", "--from", "2026-05-19", "--until", "2026-05-22")
    assert "until Fri 22 May" in kin("event", "start", "camp")
    assert "day 2 of 4" in kin("event")


@pytest.mark.parametrize("name", ["PyCon2026", "pycon us2026", "PyConUS2026", "Py Con US 2026"])
def test_blanks_in_the_name_of_an_event_make_no_difference(kin: Program, name: str) -> None:
    kin("event", "add", "PyCon US 2026", "--from", "today")
    assert "You are at PyCon US 2026 today. " in kin("event", "start", name)
    assert json.loads(kin("event", "list", "--json"))[0]["name"] == "PyCon US 2026"
    assert len(json.loads(kin("event", "list", "--json"))) == 1


def test_a_new_event_beside_others_is_said_to_be_new(kin: Program) -> None:
    kin("event", "add", "PyCon 2026", "--from", "today")
    assert kin("event", "start", "Dinner") == snapshot("""\
You are at Dinner today, a new event. People you add were met there.
Leave earlier: kinship event stop
""")
    assert ", a new event" not in kin("event", "start", "Dinner")


def test_an_event_that_is_on_is_offered_until_you_have_been_there(coming: Program) -> None:
    first = "2026-07-13"
    assert coming("event", today=first) == snapshot("""\
You are at no event. EuroPython 2026 is on today, day 1 of 7. Are you there?
  kinship event start europython
""")
    assert coming(today=first) == snapshot("""\
Monday 13 July                                               0 overdue · 0 today

  Nothing due.                                                       kinship due

  EuroPython 2026 is on today, day 1 of 7         kinship event start europython

6 people, 0 kept in touch. All commands: kinship -h
""")
    assert "start euro" not in coming(today="2026-07-20")
    coming("event", "start", "euro", today=first)
    coming("event", "stop", today="2026-07-14")
    assert "EuroPython 2026 is on" not in coming("event", today="2026-07-15") + coming(
        today="2026-07-15"
    )


def test_who_is_an_event_is_shown_where_it_is(coming: Program) -> None:
    assert coming("snooze", "euro", "3d", exit_code=3).err == snapshot("""\
kinship: nobody is called "euro". Nothing was written.
  kinship event show "EuroPython 2026"
  kinship list
""")
    assert coming("keep", "at:nowhere", "monthly", exit_code=3).err == snapshot("""\
kinship: no event is called "nowhere". Nothing was written.
  kinship event list
""")


def test_what_is_over_is_not_started_in_silence(kin: Program) -> None:
    kin("add", "Ada", "--at", "PyCon 2024", "--on", "2024-05-12")
    assert kin("event", "start", "pycon", exit_code=5).err == snapshot("""\
kinship: PyCon 2024 (Sun 12 May 2024) is over. Nothing was written. Another one?
  kinship event start "PyCon 2026"
  kinship event edit "PyCon 2024" --until DATE
""")
    kin("event", "add", "Camp", "--from", "2026-07-13")
    assert kin("event", "start", "camp", exit_code=5).err == snapshot("""\
kinship: Camp begins Mon 13 Jul, in 54 days. Nothing was written.
  kinship event edit "Camp" --from today
""")
    kin("event", "start", "PyCon 2026")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("event", "start"), "say the name of the event"),
        (("event", "start", "\u200b"), "say the name of the event"),
        (("event", "start", "none"), "say the name of the event"),
        (("event", "start", "Camp", "--until", "yesterday"), "already past"),
        (("event", "start", "Camp", "--until", "2029-01-01"), "more than a year away"),
        (("event", "start", "x" * 501), "501 characters"),
        (("event", "add"), "say the name of the event"),
        (("event", "add", "Camp", "--from", "soon"), "soon"),
        (
            ("event", "add", "Camp", "--from", "2 jul", "--until", "2026-07-01"),
            "it cannot end Wed 1 Jul and begin Thu 2 Jul",
        ),
        (("event", "show"), "say which event"),
        (("event", "rm"), "say which event"),
        (("event", "edit"), "say which event"),
        (("event", "going"), "say which event"),
        (("event", "merge", "one"), "say two events"),
        (("event", "foo"), 'there is no event "foo"'),
        (("event", "strat", "Camp"), "Did you mean start?"),
    ],
    ids=lambda value: " ".join(value)[:24] if isinstance(value, tuple) else "",
)
def test_what_cannot_be_understood_is_said(kin: Program, words: tuple[str, ...], said: str) -> None:
    assert said in kin(*words, exit_code=2).err
    assert kin("event", "list").err.startswith("No event yet.")


# The pages


def test_the_page_after_an_event(there: Program) -> None:
    assert there("event", "show", "pycon") == snapshot("""\
PyCon 2026  Thu 14 to Mon 18 May, Long Beach                          2 days ago

  met         6 people: 3 new, 3 you knew, 2 of them only online until now
  connected   2 of 6   ━━━╌╌╌╌╌╌╌   best by today  kinship connect -i --at pycon
  follow-ups  1 open
  topics      compilers 2, frequency hopping, oils, patents, teaching

MET AT LAST known online first
  Alice Ball        PyLadies Slack since 2024  oils
  Hedy Lamarr       Mastodon since 2023        frequency hopping, patents

NOT CONNECTED YET
  Grace Hopper      no handle known
  Lise Meitner      @lise@physics.example   teaching, compilers
  Ada Lovelace      linkedin.com/in/adal    the Bernoulli paper

WHOM TO INTRODUCE
  Lise Meitner and Ada Lovelace                           kinship intro lise ada
    both know about compilers
""")


def test_the_page_with_everybody(there: Program) -> None:
    whole = there("event", "show", "pycon", "--all").split("EVERYBODY")[1]
    assert whole == snapshot("""\
 the last met first
  Grace Hopper      18 May
  Alice Ball        18 May
  Hedy Lamarr       18 May
  George Boole      18 May
  Lise Meitner      17 May
  Ada Lovelace      16 May                  the Bernoulli paper
""")


def test_the_page_at_44_columns(there: Program) -> None:
    assert there("event", "show", "pycon", columns=44) == snapshot("""\
PyCon 2026                        2 days ago
Thu 14 to Mon 18 May, Long Beach

  met         6 people: 3 new, 3 you knew, 2
              of them only online until now
  connected   2 of 6   best by today
              kinship connect -i --at pycon
  follow-ups  1 open
  topics      compilers 2, frequency
              hopping, oils, patents,
              teaching

MET AT LAST known online first
  Alice Ball
    PyLadies Slack since 2024
    oils
  Hedy Lamarr
    Mastodon since 2023
    frequency hopping, patents

NOT CONNECTED YET
  Grace Hopper
    no handle known
  Lise Meitner
    @lise@physics.example
    teaching, compilers
  Ada Lovelace
    linkedin.com/in/adal
    the Bernoulli paper

WHOM TO INTRODUCE
  Lise Meitner and Ada Lovelace
    both know about compilers
    kinship intro lise ada
""")


def test_the_page_while_you_are_there(there: Program) -> None:
    there("add", "Emmy Noether", "--met-on", "mastodon", today="2026-05-14")
    there("event", "going", "pycon", "emmy", today="2026-05-14")
    assert there("event", "show", today="2026-05-17") == snapshot("""\
PyCon 2026  Thu 14 to Mon 18 May, Long Beach            day 4 of 5, you are here

  met         6 people: 3 new, 3 you knew, 2 of them only online until now
  connected   2 of 6  ━━━╌╌╌╌╌╌╌  best by 20 May   kinship connect -i --at pycon
  follow-ups  1 open
  topics      compilers 2, frequency hopping, oils, patents, teaching

MEET AT LAST going, and you only know each other online
  Emmy Noether      Mastodon

MET AT LAST known online first
  Alice Ball        PyLadies Slack since 2024  oils
  Hedy Lamarr       Mastodon since 2023        frequency hopping, patents

NOT CONNECTED YET
  Grace Hopper      no handle known
  Lise Meitner      @lise@physics.example   teaching, compilers
  Ada Lovelace      linkedin.com/in/adal    the Bernoulli paper

WHOM TO INTRODUCE
  Lise Meitner and Ada Lovelace                           kinship intro lise ada
    both know about compilers
""")


def test_the_page_before_an_event(coming: Program) -> None:
    assert coming("event", "show", "euro") == snapshot("""\
EuroPython 2026  Mon 13 to Sun 19 Jul, Kraków                         in 54 days

MEET AT LAST going, and you only know each other online
  Emmy Noether      Mastodon, 2 years       knows 2 people you know
  Sophie Germain    PyLadies Slack          number theory, parenting

SEE AGAIN
  Charles Babbage   5 weeks ago             street musicians

NEW TO YOU going, and they know people you know
  Rózsa Péter                               knows Grace Hopper

And 1 other you have not met yet.

WHO KNOWS WHOM THERE
  Charles Babbage    knows Emmy Noether

Say you are coming: kinship remind emmy,sophie 29 jun see you there
""")


def test_the_command_to_say_you_are_coming_works(coming: Program) -> None:
    said = re.search(r"kinship (remind .*)", coming("event", "show", "euro"))
    assert said
    assert "Mon 29 Jun" in coming(*said[1].split())


def test_the_page_of_an_event_nobody_is_going_to(kin: Program) -> None:
    kin("event", "add", "Camp", "--from", "2026-07-13", "--url", "https://camp.example")
    assert kin("event", "show", "camp") == snapshot("""\
Camp  Mon 13 Jul                                                      in 54 days
https://camp.example

Nobody is marked as going.
  You know of some?  kinship event going camp WHO
  An attendee list?  kinship event guests camp FILE
""")
    kin("event", "edit", "camp", "--from", "2025-07-13")
    assert "Nobody you met there is written down." in kin("event", "show", "camp")


def test_more_people_than_fit_are_counted(kin: Program) -> None:
    kin("add", "-", "--at", "Fair", stdin="".join(f"Guest {'abcdefghij'[n]}\n" for n in range(10)))
    page = kin("event", "show", "fair")
    assert "  and 5 more: kinship connect -i --at fair\n" in page
    assert page.count("no handle known") == 5
    assert kin("event", "show", "fair", "--all").count("no handle known") == 10


def test_a_page_for_programs(there: Program) -> None:
    page = json.loads(there("event", "show", "pycon", "--json"))
    assert (page["met"], page["new"], page["connected"]) == (6, 3, 2)
    assert [p["name"] for p in page["met_at_last"]] == ["Alice Ball", "Hedy Lamarr"]
    assert {p["name"] for p in page["not_connected"]} == {
        "Ada Lovelace",
        "Lise Meitner",
        "Grace Hopper",
    }
    rows = list(csv.DictReader(io.StringIO(there("event", "show", "pycon", "--csv"))))
    assert len(rows) == 6
    assert rows[-1]["name"] == "Ada Lovelace"
    assert rows[-1]["text"] == "the Bernoulli paper"
    assert "Ada Lovelace: 2026-05-16" in there(
        "event", "show", "pycon", "--format", "{name}: {met_on}"
    )


def test_all_events(there: Program) -> None:
    there("event", "add", "EuroPython 2026", "--from", "13 jul", "--until", "19 jul")
    there("event", "add", "Rust call", "--from", "fri", "--online", "-c", "Rust Berlin")
    listed = there("event", "list", "--format", "table")
    assert listed == snapshot("""\
┌─────────────────┬──────────────────────┬─────────────┬─────────┬─────┬───────┐
│ EVENT           │ DAYS                 │             │ CITY    │ MET │ GOING │
├─────────────────┼──────────────────────┼─────────────┼─────────┼─────┼───────┤
│ EuroPython 2026 │ Mon 13 to Sun 19 Jul │ in 54 days  │         │     │       │
│ Rust call       │ Fri 22 May           │ in 2 days   │ online  │     │       │
│ PyCon 2026      │ Thu 14 to Mon 18 May │ 2 days ago  │ Long B… │   6 │       │
│ PyCon 2024      │ Sun 12 May 2024      │ 2 years ago │         │   1 │       │
└─────────────────┴──────────────────────┴─────────────┴─────────┴─────┴───────┘
""")
    names = [line.split("\t")[0] for line in there("event", "list").splitlines()]
    assert names == ["EuroPython 2026", "Rust call", "PyCon 2026", "PyCon 2024"]
    assert there("event", "list", "--coming").startswith("Rust call")
    assert there("event", "list", "--past", "-n", "1").startswith("PyCon 2026")
    records = json.loads(there("event", "list", "--json"))
    assert [(r["when"], r["met"], r["community"]) for r in records][:3] == [
        ("coming", 0, None),
        ("coming", 0, "Rust Berlin"),
        ("past", 6, None),
    ]


def test_no_event_is_an_empty_list(kin: Program) -> None:
    assert json.loads(kin("event", "list", "--json")) == []
    kin("event", "add", "Camp", "--from", "2026-07-13")
    assert json.loads(kin("event", "list", "--past", "--json")) == []
    assert "No such event." in kin("event", "list", "--past").err


def test_the_home_screen_says_where_you_are(there: Program) -> None:
    assert "  You are at PyCon 2026, day 4 of 5: 6 people so far, 2 connected " in there(
        *[], today="2026-05-17"
    )


def test_the_home_screen_says_what_comes_next(coming: Program) -> None:
    assert "  EuroPython 2026  in 54 days, 2 to meet at last   kinship event show" in coming(*[])
    assert "EuroPython" not in coming(*[], today="2026-01-01")
    assert "You are at EuroPython" not in coming(*[], today="2026-07-14")


# Who is new, known, met at last


def test_somebody_from_an_attendee_list_is_new_when_met(kin: Program) -> None:
    kin("event", "add", "Camp", "--from", "2026-05-20")
    kin("event", "guests", "camp", "-", "--add", stdin="name\nAda Lovelace\n", today="2026-05-01")
    kin("event", "start", "camp")
    kin("add", "Ada Lovelace", "--same")
    assert "1 person: 1 new\n" in kin("event", "show", "camp")


def test_somebody_you_knew_is_not_new(kin: Program) -> None:
    kin("add", "Ada", today="2026-01-10")
    kin("add", "Bea", "--met", "--since", "2019")
    kin("log", "bea", "--at", "Camp", "tea")
    kin("add", "Ada", "--same", "--at", "Camp")
    assert "2 people: 2 you knew\n" in kin("event", "show", "camp")


def test_met_in_person_before_is_not_met_at_last(kin: Program) -> None:
    kin("add", "Emmy", "--met-on", "mastodon", today="2026-01-10")
    kin("log", "emmy", "--met", "--on", "2026-02-10", "lunch")
    assert "Met Emmy again, today at Camp. 2nd time" in kin("add", "Emmy", "--same", "--at", "Camp")
    assert "MET AT LAST" not in kin("event", "show", "camp")
    assert "1 you knew" in kin("event", "show", "camp")


def test_at_an_online_event_people_are_met_online(kin: Program) -> None:
    kin("event", "start", "Rust call", "--online")
    said = kin("add", "Ada Lovelace", "li:ada")
    assert said == snapshot("""\
Added Ada Lovelace (ada)
  met         today at Rust call, online
  linkedin    ada, not connected yet
""")
    ada = json.loads(kin("show", "ada", "--json"))
    assert ada["met_how"] == "online"
    assert ada["met_on"] is None
    assert kin("event", "show") == snapshot("""\
Rust call  Wed 20 May, online                                today, you are here

  met online  1 person: 1 new
  connected   0 of 1   ╌╌╌╌╌╌╌╌╌╌   best by 22 May

NOT CONNECTED YET
  Ada Lovelace      linkedin.com/in/ada
""")
    assert "in person" not in kin("log", "ada", "--at", "rust call", "the borrow checker")
    assert "at Rust call" not in kin("log", "ada", "--met", "lunch afterwards")


def test_somebody_of_an_online_event_is_met_at_last(kin: Program) -> None:
    kin("add", "Ada", "--at", "Camp")
    kin("undo")
    kin("event", "add", "Rust call", "--online")
    kin("add", "Ada", "--at", "rust call")
    assert "Met Ada at last, today at Camp." in kin("add", "Ada", "--same", "--at", "Camp")
    assert "MET AT LAST" in kin("event", "show", "camp")


# The day of a meeting


def test_who_was_met_at_an_event_that_is_over_was_met_on_its_days(kin: Program) -> None:
    kin("event", "add", "Camp", "--from", "2026-03-01", "--until", "2026-03-03")
    assert "3 Mar at Camp" in kin("add", "Ada", "--at", "camp")
    assert "3 Mar, Camp" in kin("log", "ada", "--at", "camp", "tents") + kin("show", "ada")


def test_an_event_of_one_day_was_on_that_day(kin: Program, tmp_path: Path) -> None:
    kin("event", "add", "Salon", "--from", "2026-05-10")
    cards = tmp_path / "two.vcf"
    cards.write_text("BEGIN:VCARD\nVERSION:4.0\nFN:Grace Hopper\nEND:VCARD\n")
    assert "met         Sun 10 May at Salon" in kin("add", "Ada Lovelace", "--at", "salon")
    assert "Logged for Ada Lovelace, Sun 10 May" in kin("log", "ada", "--at", "salon", "engines")
    kin("import", str(cards), "--at", "salon", "-y")
    assert "met       Sun 10 May 2026 at Salon" in kin("show", "grace")
    assert kin("event", "list").startswith("Salon\tSun 10 May\t")


def test_a_stay_of_more_days_than_were_said_goes_on(kin: Program) -> None:
    kin("event", "add", "Salon", "--from", "2026-05-18")
    kin("event", "start", "salon", "--until", "2026-05-21", today=MONDAY)
    assert "met         today at Salon" in kin("add", "Ada Lovelace")
    assert "met         Thu 21 May at Salon" in kin(
        "add", "Grace", "--at", "salon", today="2026-06-20"
    )


def test_what_is_typed_the_morning_after_belongs_to_the_last_day(there: Program) -> None:
    assert "yesterday at PyCon 2026" in there("add", "Cleo", "--at", "pycon", today="2026-05-19")
    assert "today at PyCon 2026" in there("add", "Dora", "--at", "pycon", today="2026-06-30")


def test_nobody_was_met_at_an_event_that_has_not_begun(coming: Program) -> None:
    assert coming("add", "Ada", "--at", "europython", exit_code=2).err == snapshot("""\
kinship: EuroPython 2026 begins Mon 13 Jul, in 54 days: nobody was met there yet. Nothing was written.
  They will be there?  kinship event going "EuroPython 2026" WHO
  It has begun?        kinship event edit "EuroPython 2026" --from today
""")
    assert "Ada" not in coming("list")


# Names of events


def test_of_several_years_the_nearest_is_meant(kin: Program) -> None:
    for year in (2024, 2025, 2026, 2027):
        kin("event", "add", f"PyCon {year}", "--from", f"{year}-05-14", "--until", f"{year}-05-18")

    def meant(day: str) -> str:
        return kin("event", "show", "pycon", today=day).split("  ")[0]

    assert [meant(day) for day in ("2024-08-01", "2026-05-20", "2027-01-01", "2030-01-01")] == [
        "PyCon 2024",
        "PyCon 2026",
        "PyCon 2027",
        "PyCon 2027",
    ]


def test_of_several_years_where_you_are_is_meant(kin: Program) -> None:
    kin("event", "add", "Camp 2027", "--from", "2026-05-20", "--until", "2026-05-22")
    kin("event", "start", "Camp 2026")
    assert kin("event", "show", "camp").startswith("Camp 2026 ")
    kin("event", "stop")
    assert kin("event", "show", "camp").startswith("Camp 2027 ")


def test_a_stay_is_not_over_whatever_year_is_in_the_name(kin: Program) -> None:
    kin("event", "start", "PyCon 2025 reunion")
    assert "You are at PyCon 2025 reunion" in kin("event", "start", "reunion")


def test_events_that_differ_in_more_than_the_year_are_listed(kin: Program) -> None:
    kin("event", "add", "PyCon Italia", "--from", "2026-05-14", "--city", "Bologna")
    kin("event", "add", "PyCon US")
    assert kin("event", "show", "pycon", exit_code=4).err == snapshot("""\
kinship: "pycon" could be 2 events. Nothing was written. Say which:
  kinship event show 'PyCon Italia'   Thu 14 May, Bologna
  kinship event show 'PyCon US'
""")
    kin("add", "Ada")
    assert kin("event", "going", "pycon", "ada", exit_code=4).err == snapshot("""\
kinship: "pycon" could be 2 events. Nothing was written. Say which:
  kinship event going 'PyCon Italia' ada   Thu 14 May, Bologna
  kinship event going 'PyCon US' ada
""")


@pytest.mark.parametrize("name", ["pycn", "pyc\u00f6n 2026", "ycon", "PYCON-2026"])
def test_a_name_finds_its_event(kin: Program, name: str) -> None:
    kin("event", "add", "PyCon 2026")
    said = kin("event", "show", name, exit_code=None)
    assert said.startswith("PyCon 2026") or "Did you mean PyCon 2026?" in said.err


def test_an_event_nobody_knows_is_not_found(kin: Program) -> None:
    assert kin("event", "show", "camp", exit_code=3).err == snapshot("""\
kinship: no event is called "camp".
  kinship event list
  kinship event add "camp"
""")


# Mending


def test_adding_an_event(kin: Program) -> None:
    assert kin(
        "event", "add", "EuroPython 2026", "--from", "13 jul", "--until", "19 jul",
        "--city", "Kraków", "-c", "EuroPython",
    ) == snapshot("""\
Added EuroPython 2026, Mon 13 to Sun 19 Jul, in 54 days, Kraków, EuroPython.
Who will be there? kinship event going europython WHO
Your file is ~/.local/share/kinship/kinship.db
""")  # fmt: skip
    assert kin("event", "add", "europython 2026", exit_code=5).err == snapshot("""\
kinship: EuroPython 2026 is here already. Nothing was written.
  kinship event show "EuroPython 2026"
  kinship event edit "EuroPython 2026" --from DATE
""")
    assert "Meant EuroPython 2026?" in kin("event", "add", "EuroPyton 2026")


@pytest.mark.parametrize(
    ("name", "first", "shown"),
    [
        ("PyCon 2025", "14 may", "Wed 14 May 2025"),
        ("Camp", "14 may", "Thu 14 May,"),
        ("Camp", "fri", "Fri 22 May"),
        ("Camp", "yesterday", "Tue 19 May"),
        ("Camp", "2019-03-02", "Sat 2 Mar 2019"),
        ("Camp", "last fri", "Fri 15 May"),
        ("Web 2030", "2d", "Fri 22 May"),
    ],
)
def test_the_day_of_an_event_may_be_past_or_coming(
    kin: Program, name: str, first: str, shown: str
) -> None:
    assert shown in kin("event", "add", name, "--from", first)


def test_the_days_of_an_event_are_shown_shortly(kin: Program) -> None:
    said = kin("event", "add", "A", "--from", "2026-05-30", "--until", "2026-06-02")
    assert "Sat 30 May to Tue 2 Jun," in said
    assert "31 Dec to Fri 1 Jan 2027" in kin(
        "event", "add", "B", "--from", "2026-12-31", "--until", "2027-01-01"
    )


def test_changing_an_event(kin: Program) -> None:
    kin("event", "add", "Camp", "--from", "2026-07-13", "--city", "Lyon")
    kin("event", "add", "Fair")
    said = kin("event", "edit", "camp", "--name", "Summer Camp", "--until", "15 jul", "--city", "")
    assert said == snapshot("Changed Summer Camp (was Camp), Mon 13 to Wed 15 Jul, in 54 days.\n")
    assert "cannot end" in kin("event", "edit", "camp", "--from", "16 jul", exit_code=2).err
    assert "is here already" in kin("event", "edit", "camp", "--name", "fair", exit_code=5).err
    assert "what is to change" in kin("event", "edit", "camp", exit_code=2).err
    assert "Summer Camp, online" in kin(
        "event", "edit", "camp", "--online", "--from", "", "--until", ""
    )
    kin("undo")
    assert "Mon 13 to Wed 15 Jul" in kin("event", "show", "camp")


def test_removing_an_event_keeps_its_conversations(there: Program) -> None:
    assert there("event", "rm", "PyCon 2026", exit_code=2).err == snapshot("""\
kinship: removing PyCon 2026 needs a yes. Nothing was removed.
  kinship event rm "PyCon 2026" -y
""")
    assert there("event", "rm", "PyCon 2026", "-y") == snapshot(
        "Removed PyCon 2026. The conversations stay, without the event. Back: kinship undo\n"
    )
    assert "the Bernoulli paper" in there("show", "ada")
    assert "PyCon 2026" not in there("show", "ada")
    there("undo")
    assert "6 people: 3 new, 3 you knew, 2 of them only online" in there("event", "show", "pycon")


def test_merging_events(there: Program) -> None:
    there("add", "Cleo", "--at", "PyCn", "--on", "2026-05-17")
    there("event", "going", "pycn", "cleo,ada")
    there("event", "going", "pycon", "ada")
    assert there("event", "merge", "pycn", "pycon", exit_code=2).err == snapshot("""\
kinship: merging PyCn into PyCon 2026 needs a yes. Nothing was changed.
  kinship event merge "PyCn" "PyCon 2026" -y
""")
    before = there("event", "show", "pycon", "--json")
    assert there("event", "merge", "pycn", "pycon", "-y") == snapshot(
        "PyCn is part of PyCon 2026 now: 1 conversation, 2 people going. Back: kinship undo\n"
    )
    page = json.loads(there("event", "show", "pycon", "--json"))
    assert (page["met"], page["going"]) == (7, 2)
    assert "no event is called" in there("event", "show", "pycn", exit_code=3).err
    there("undo")
    assert there("event", "show", "pycon", "--json") == before
    assert "both mean" in there("event", "merge", "pycn", "pycn", exit_code=2).err


def test_an_event_takes_over_what_it_did_not_say_itself(kin: Program) -> None:
    kin("event", "add", "Pycamp", "--from", "2026-07-13", "--city", "Lyon")
    kin("event", "add", "Summer Camp", "--city", "Nice")
    kin("event", "merge", "pycamp", "summer", "camp", "-y")
    assert kin("event", "list").startswith("Summer Camp\tMon 13 Jul\tin 54 days\tNice")


def test_who_is_going(coming: Program) -> None:
    assert coming("event", "going", "euro", "grace,emmy") == snapshot("""\
Grace Hopper is going to EuroPython 2026, in 54 days.
Emmy Noether: so it was written down already.
""")
    assert coming("event", "going", "euro", "emmy", "--not") == snapshot(
        "Emmy Noether is not going to EuroPython 2026, in 54 days.\n"
    )
    assert "Emmy" not in coming("event", "show", "euro")
    coming("undo")
    assert "Emmy" in coming("event", "show", "euro")
    assert "that is you" in coming("event", "going", "euro", "me", exit_code=2).err
    assert "nobody is called" in coming("event", "going", "euro", "zed", exit_code=3).err
    assert "who is going" in coming("event", "going", "euro", exit_code=2).err
    two_words = coming("event", "going", "europython", "2026", "grace", "--not")
    assert two_words.startswith("Grace Hopper is not going")


def test_hostile_names_of_events_stay_on_their_line(kin: Program) -> None:
    kin("event", "start", "Camp \x1b[2J\n[red]x")
    kin("add", "Ada")
    for words in (["event"], ["event", "list"], ["event", "show"], [], ["event", "stop"]):
        assert "\x1b" not in kin(*words)
    assert "[red]x" in kin("event", "list")


def test_a_stay_before_the_first_day_does_not_end_an_event(kin: Program) -> None:
    kin("event", "start", "Sprint")
    kin("event", "edit", "sprint", "--from", "1 jun")
    assert kin("event", today="2026-05-21").count("Next is Sprint") == 1
    assert "yesterday" not in kin("event", today="2026-05-21")
    assert "Sprint" in kin("event", "list", "--coming", today="2026-05-21")


def test_an_event_on_the_last_day_there_is_has_a_page(kin: Program) -> None:
    kin("event", "add", "Never", "--from", "9999-12-31")
    for words in (["--json"], ["--all"], []):
        assert "Never" in kin("event", "show", "never", *words)


def test_a_new_event_close_to_another_is_said_where_nobody_can_be_asked(kin: Program) -> None:
    kin("add", "Ada Lovelace", "--at", "PyCon 2026")
    said = (
        '"PyCn 2026" is a new event, close to PyCon 2026. The same?\n'
        '  kinship event merge "PyCn 2026" "PyCon 2026"\n'
    )
    lines = 'Bo Ek at:"PyCn 2026"\nCy Fox at:"PyCn 2026"\n'
    assert kin("add", "-", stdin=lines).err == said
    kin("event", "merge", "PyCn 2026", "PyCon 2026", "-y")
    assert json.loads(kin("event", "show", "pycon", "--json"))["met"] == 3


def test_an_event_cannot_end_before_it_begins(kin: Program) -> None:
    words = ("event", "add", "Zed", "--from", "2026-05-22", "--until", "2026-05-14")
    said = "kinship: it cannot end Thu 14 May and begin Fri 22 May. Nothing was written."
    assert kin(*words, exit_code=2).err.splitlines()[0] == said
    assert "is not a day" in kin(*words[:-1], "soon", exit_code=2).err
