"""``ask`` and ``intro --ideas``: whom to ask about something, and whom to introduce."""

import json
import re

import pexpect
import pytest
from inline_snapshot import snapshot

from conftest import TODAY, Program
from terminals import Spawn, typed


def screen(started: list[Spawn], *words: str, columns: int = 80) -> str:
    """What a terminal shows."""
    child = typed(*words, columns=columns, KINSHIP_TODAY=TODAY, KINSHIP_PAGER="")
    started.append(child)
    child.expect(pexpect.EOF)
    said = re.sub("\x1b\\[[0-9;]*m", "", child.before or "").replace("\r\n", "\n")
    child.close()
    assert child.exitstatus == 0, said
    assert max(map(len, said.splitlines()), default=0) <= columns
    return said


@pytest.fixture
def museum(kin: Program) -> Program:
    """Parents and people who know some: two to ask, one gone quiet, one a step away."""
    kin("add", "Mary Somerville", "--since", "2019", "+parenting", "+schools", "--keep", "monthly")
    kin("edit", "mary", "--via", "phone:+44 7700 900142", "--seeks", "a flat in Berlin")
    kin("log", "mary", "--on", "2026-05-08", "--via", "phone", "every museum that takes toddlers")
    kin("got", "mary", "--on", "2026-03-02", "read the draft")
    kin("add", "Joan Clarke", "joan@clarke.example")
    kin(
        "log",
        "joan",
        "--on",
        "2026-04-28",
        "--via",
        "email",
        "parents' evening, twins start school",
    )
    kin("gave", "joan", "--on", "2026-04-02", "reviewed her CV")
    kin("add", "Sophie Germain", "+parenting", "+number theory")
    kin("log", "sophie", "--on", "2025-09-14", "--met", "a long walk")
    kin("add", "Grace Hopper", "+compilers")
    kin("log", "grace", "--met", "--on", "2026-05-18", "nanoseconds")
    kin("add", "Rózsa Péter", "--heard", "--by", "grace", "+parenting", "+recursion")
    return kin


# The screens


def test_whom_to_ask(museum: Program, terminal: list[Spawn]) -> None:
    assert screen(terminal, "ask", "parents") == snapshot("""\
parents

  Mary Somerville   parenting, schools                               12 days ago
                    looks for a flat in Berlin
                    helped you once · phone                    kinship open mary
  Joan Clarke       came up once                                     3 weeks ago
                    "parents' evening, twins start school" (email, 28 Apr)
                    you gave: reviewed her CV · email          kinship open joan

GONE QUIET say hello first, ask later
  Sophie Germain    parenting, number theory                        8 months ago

ONE STEP AWAY somebody you know knows them
  Rózsa Péter       parenting; Grace Hopper knows Rózsa       kinship path rozsa
""")


def test_whom_to_ask_on_a_narrow_screen(museum: Program, terminal: list[Spawn]) -> None:
    assert screen(terminal, "ask", "parents", columns=44) == snapshot("""\
parents

  Mary Somerville
    parenting, schools
    12 days ago
    looks for a flat in Berlin
    helped you once · phone
    kinship open mary
  Joan Clarke
    came up once
    3 weeks ago
    "parents' evening,…" (email, 28 Apr)
    you gave: reviewed her CV · email
    kinship open joan

GONE QUIET say hello first, ask later
  Sophie Germain
    parenting, number theory
    8 months ago

ONE STEP AWAY somebody you know knows them
  Rózsa Péter
    parenting; Grace Hopper knows Rózsa
    kinship path rozsa
""")


def test_whom_to_ask_on_a_wide_screen(museum: Program, terminal: list[Spawn]) -> None:
    assert screen(terminal, "ask", "parents", columns=120) == snapshot("""\
parents

  Mary Somerville   parenting, schools                                                   12 days ago
                    looks for a flat in Berlin
                    helped you once · phone                                        kinship open mary
  Joan Clarke       came up once                                                         3 weeks ago
                    "parents' evening, twins start school" (email, 28 Apr)
                    you gave: reviewed her CV · email                              kinship open joan

GONE QUIET say hello first, ask later
  Sophie Germain    parenting, number theory                                            8 months ago

ONE STEP AWAY somebody you know knows them
  Rózsa Péter       parenting; Grace Hopper knows Rózsa                           kinship path rozsa
""")


def test_whom_to_ask_in_a_pipe(museum: Program) -> None:
    assert museum("ask", "parents") == snapshot("""\
Mary Somerville	first	parenting, schools	12 days ago	phone	kinship open mary
Joan Clarke	first	came up once	3 weeks ago	email	kinship open joan
Sophie Germain	quiet	parenting, number theory	8 months ago	no channel known	kinship show sophie
Rózsa Péter	one step away	parenting; Grace Hopper knows Rózsa	no contact yet	through Grace Hopper	kinship path rozsa
""")


def test_of_a_crowd_the_first_are_named_in_a_pipe(kin: Program) -> None:
    kin("add", "-", stdin="\n".join(f"Guest {n:02} +bees" for n in range(12)))
    said = kin("ask", "bees")
    assert said.count("Guest") == 10
    assert said.err.strip() == "10 of 12 people: kinship ask bees --all"
    assert kin("ask", "bees", "--all").count("Guest") == 12
    assert kin("ask", "bees", "-n", "11").count("Guest") == 11
    assert len(json.loads(kin("ask", "bees", "--json"))) == 12
    for form in ("csv", "tsv", "plain", "{name}"):
        assert kin("ask", "bees", "--format", form).count("Guest") == 12


def test_whom_to_ask_for_programs(museum: Program) -> None:
    said = json.loads(museum("ask", "parents", "--json"))
    assert [one["section"] for one in said] == ["first", "first", "quiet", "one step away"]
    assert said[0] == snapshot(
        {
            "id": 1,
            "ref": "mary",
            "name": "Mary Somerville",
            "person": {"id": 1, "ref": "mary", "name": "Mary Somerville"},
            "section": "first",
            "topics": ["parenting"],
            "mentions": 0,
            "quote": None,
            "last_on": "2026-05-08",
            "keep": "1mo",
            "gave": 0,
            "got": 1,
            "answered": 0,
            "seeks": ["a flat in Berlin"],
            "reach": {"channel": "phone", "handle": "+44 7700 900142", "because": "last answer"},
            "through": None,
            "command": "kinship open mary",
        }
    )
    assert said[-1]["through"]["name"] == "Grace Hopper"


def test_your_topics(museum: Program, terminal: list[Spawn]) -> None:
    assert screen(terminal, "ask") == snapshot("""\
TOPIC          PEOPLE  ASK FIRST
parenting           3  Mary Somerville, Sophie Germain, Rózsa Péter
compilers           1  Grace Hopper
number theory       1  Sophie Germain
recursion           1  Rózsa Péter
schools             1  Mary Somerville
5 topics; 4 with only one person: kinship ask --thin
""")
    assert screen(terminal, "ask", "-n", "2", columns=44) == snapshot("""\
TOPIC      PEOPLE  ASK FIRST
parenting       3  Mary Somerville, Sophie …
compilers       1  Grace Hopper
2 of 5 topics: kinship ask --all
4 with only one person: kinship ask --thin
""")


def test_topics_that_hang_on_one_person(museum: Program, terminal: list[Spawn]) -> None:
    assert screen(terminal, "ask", "--thin") == snapshot("""\
TOPIC          ONLY
compilers      Grace Hopper
number theory  Sophie Germain
recursion      Rózsa Péter
schools        Mary Somerville
4 topics with only one person
""")


def test_your_topics_for_programs(museum: Program) -> None:
    assert json.loads(museum("ask", "-n", "1", "--json")) == snapshot(
        [
            {
                "topic": "parenting",
                "people": 3,
                "first": [
                    {"id": 1, "ref": "mary", "name": "Mary Somerville"},
                    {"id": 3, "ref": "sophie", "name": "Sophie Germain"},
                    {"id": 5, "ref": "rozsa", "name": "Rózsa Péter"},
                ],
            }
        ]
    )


def test_more_than_fit_on_a_screen(kin: Program, terminal: list[Spawn]) -> None:
    for n in range(20):
        kin("add", f"Friend {'ABCDEFGHIJKLMNOPQRST'[n]}", "+chess")
        if n < 10:
            kin("log", str(n + 1), "--on", "2026-05-01", "a game")
    said = screen(terminal, "ask", "chess")
    assert said.count("Friend") == 8 + 3
    assert "  and 2 more: kinship ask chess --all\n" in said
    assert "  and 7 more: kinship ask chess --all\n" in said
    assert screen(terminal, "ask", "chess", "--all").count("Friend") == 20
    assert screen(terminal, "ask", "chess", "-n", "2").count("Friend") == 4
    assert len(kin("ask", "chess").splitlines()) == 20
    assert len(json.loads(kin("ask", "chess", "-n", "2", "--json"))) == 2


# What is found


def test_marked_comes_before_mentioned_and_mentioned_only_where_few_are_marked(
    museum: Program, terminal: list[Spawn]
) -> None:
    museum("note", "grace", "asked me about parents of early readers")
    names = museum("ask", "parents", "--format", "names").splitlines()
    assert names == ["mary", "grace", "joan", "sophie", "rozsa"]
    marked = screen(terminal, "ask", "parenting", "-n", "1")
    assert "Joan" not in marked
    assert "Mary" in marked


def test_a_topic_is_found_in_any_spelling_of_it(museum: Program) -> None:
    for said in ("Parenting", "PARENTS", "parent", "number  theory", "theories", "Numbers"):
        assert museum("ask", said, "--format", "names")
    museum("edit", "joan", "--about", "Déjà-vu", "--about", "C++", "--about", "tax in Germany")
    for said in ("deja vu", "déjà", "c++", "tax Germany", "taxes", "Germany"):
        assert museum("ask", said, "--format", "names") == "joan\n"
    assert museum("ask", "c#", "--format", "names") == ""


def test_only_in_a_city(museum: Program) -> None:
    museum("edit", "mary", "--city", "Berlin, Germany")
    museum("edit", "rozsa", "--city", "Budapest")
    assert museum("ask", "parents", "--city", "berlin", "--format", "names") == "mary\n"
    assert museum("ask", "parents", "--city", "Paris").err == snapshot("""\
Nobody you know in Paris is marked for parents.
  Anywhere:         kinship ask parents
  Heard of someone? kinship edit NAME --about parents
  Ask around:       kinship rally start "Who knows about parents?"
""")


def test_people_who_left_are_not_asked(museum: Program) -> None:
    museum("edit", "mary", "--archive")
    assert "mary" not in museum("ask", "parents", "--format", "names").splitlines()
    assert "parenting\t2\t" in museum("ask")


def test_you_know_about_it_yourself(museum: Program, terminal: list[Spawn]) -> None:
    museum("edit", "me", "--about", "parenting", "--about", "sundials")
    assert "\nYou know about it yourself.\n" in screen(terminal, "ask", "parenting")
    assert museum("ask", "sundials").err == snapshot("""\
You know about sundials yourself; nobody else you know is marked for it.
  Heard of someone? kinship edit NAME --about sundials
  Ask around:       kinship rally start "Who knows about sundials?"
""")
    assert "sundials" not in museum("ask")


def test_somebody_you_only_heard_of_is_named_where_nobody_else_is(museum: Program) -> None:
    museum("add", "Emil Post", "--heard", "+tag systems")
    assert museum("ask", "tag", "systems").err == snapshot("""\
Nobody you know is marked for tag systems.
  You only heard of: kinship show emil
  Heard of someone?  kinship edit NAME --about "tag systems"
  Ask around:        kinship rally start "Who knows about tag systems?"
""")


def test_who_looks_for_it_is_named_too(museum: Program, terminal: list[Spawn]) -> None:
    museum("edit", "joan", "--seeks", "a compiler for ships")
    museum("edit", "me", "--seeks", "compilers", "--about", "flats")
    assert screen(terminal, "ask", "compilers") == snapshot("""\
compilers

  Grace Hopper      compilers                                         2 days ago
                    no channel known                          kinship show grace

LOOKING FOR IT help first
  Joan Clarke looks for a compiler for ships                   kinship show joan
""")
    assert screen(terminal, "ask", "flat") == snapshot("""\
You know about flat yourself; nobody else you know is marked for it.
  Mary Somerville looks for a flat in Berlin                   kinship show mary
  Heard of someone? kinship edit NAME --about flat
  Ask around:       kinship rally start "Who knows about flat?"
""")
    museum("edit", "mary", "--archive")
    assert "Mary" not in museum("ask", "flat").err


def test_a_call_for_help_is_nothing_they_said(museum: Program, terminal: list[Spawn]) -> None:
    museum("add", "Hedy Lamarr", "+carpentry")
    museum("rally", "start", "A roof for the museum", "--until", "30d")
    museum("rally", "ask", "hedy,joan,mary,grace")
    museum("rally", "pledge", "hedy", "two days on the roof")
    museum("rally", "cannot", "joan")
    museum("rally", "thanked", "hedy")
    museum("edit", "joan", "--about", "roofs")
    assert screen(terminal, "ask", "roof") == snapshot("""\
roof

  Joan Clarke       roofs                                                  today
                    answered you once · email                  kinship open joan
  Hedy Lamarr       came up once                                           today
                    "two days on the roof" (they pledged, 20 May)
                    answered you once · no channel known       kinship show hedy
""")


def test_who_did_something_for_you_is_not_quiet(museum: Program, terminal: list[Spawn]) -> None:
    museum("add", "Hedy Lamarr", "+carpentry")
    museum("got", "hedy", "--on", "2026-05-10", "mended the stairs")
    museum("add", "Alan Turing", "+carpentry")
    museum("gave", "alan", "--on", "2026-05-10", "lent him a saw")
    museum("add", "Konrad Zuse", "+carpentry")
    museum("log", "konrad", "--from-me", "--on", "2026-05-20", "asked how he is")
    assert screen(terminal, "ask", "carpentry") == snapshot("""\
carpentry

  Hedy Lamarr       carpentry                                        10 days ago
                    helped you once · no channel known         kinship show hedy

GONE QUIET say hello first, ask later
  Alan Turing       carpentry                               from you 10 days ago
  Konrad Zuse       carpentry                                     from you today
""")


# Nobody, and what cannot be asked


def test_nobody_knows_about_it(museum: Program, kin: Program) -> None:
    assert museum("ask", "beekeeping").err == snapshot("""\
Nobody you know is marked for beekeeping.
  Heard of someone? kinship edit NAME --about beekeeping
  Ask around:       kinship rally start "Who knows about beekeeping?"
""")
    assert "Topics near it: parenting (3)." in museum("ask", "parentng").err
    museum("edit", "grace", "--about", "tax in the Netherlands", "--about", "insurance")
    assert "Topics near it: tax in the Netherlands (1).\n" in museum("ask", "tax in Germany").err
    assert json.loads(museum("ask", "beekeeping", "--json")) == []


def test_no_topics_yet(kin: Program) -> None:
    kin("add", "Ada Lovelace")
    assert kin("ask").err == snapshot("""\
No topics yet.
  Who knows about what: kinship edit WHO --about TOPIC
""")
    kin("edit", "ada", "--about", "engines")
    kin("add", "Joan Clarke", "+engines")
    assert kin("ask", "--thin").err == snapshot("""\
Every topic has several people.
  Who knows about what: kinship edit WHO --about TOPIC
""")


@pytest.mark.parametrize(
    "words",
    [
        ("ask", "jazz", "--thin"),
        ("ask", "--city", "Berlin"),
        ("ask", "jazz", "--city", " "),
        ("ask", "x" * 501),
        ("ask", "a\0b"),
    ],
)
def test_what_cannot_be_asked(kin: Program, words: tuple[str, ...]) -> None:
    kin("add", "Ada Lovelace", "+jazz")
    assert "kinship" in kin(*words, exit_code=2).err


def test_signs_of_a_search_index_are_words_like_others(museum: Program) -> None:
    for said in ('"', "*", "NEAR", "a AND", "text:", "^x", "(", "parents) OR (x", "%", "-", "{}"):
        museum("ask", said)


def test_hostile_texts_are_shown_harmless(kin: Program, terminal: list[Spawn]) -> None:
    kin("add", "Eve", "+jazz\x1b]0;owned\x07", "--keep", "monthly")
    kin("log", "eve", "jazz \x1b[31mred")
    said = screen(terminal, "ask", "jazz")
    assert "\x1b" not in said
    assert "\x07" not in said
    assert "\x1b" not in kin("ask", "jazz")


# Help first


def test_what_is_looked_for_leads_to_who_knows_about_it(museum: Program) -> None:
    museum("edit", "mary", "--seeks", "somebody for her compilers")
    assert museum("show", "mary").splitlines()[-6:] == snapshot(
        [
            "  about     parenting, schools",
            "  looks for a flat in Berlin, somebody for her compilers",
            "  kinship intro --ideas mary",
            "",
            "  8 May       phone           every museum that takes toddlers",
            "  2 Mar       got             read the draft",
        ]
    )
    assert museum("intro", "--ideas", "mary") == snapshot("""\
Mary Somerville	Grace Hopper	Mary looks for somebody for her compilers; Grace knows about compilers	kinship intro mary grace
Mary Somerville	Sophie Germain	both know about parenting	kinship intro mary sophie
""")
    museum("edit", "me", "--seeks", "a recursion theorist")
    assert museum("show", "me") == snapshot("""\
me                                                                            me

  looks for a recursion theorist              kinship ask "a recursion theorist"
""")


# Ideas


@pytest.fixture
def lab(kin: Program) -> Program:
    kin("add", "Hedy Lamarr", "+radios", "--seeks", "speakers")
    kin("add", "Joan Clarke", "+speaking", "+chess")
    kin("add", "Alan Turing", "+chess", "--at", "Bletchley Day", "--on", "2026-05-01")
    kin("add", "Ada Lovelace", "+chess", "--org", "Engines")
    kin("knows", "alan", "joan")
    return kin


def test_whom_to_introduce(lab: Program, terminal: list[Spawn]) -> None:
    assert screen(terminal, "intro", "--ideas") == snapshot("""\
Hedy Lamarr and Joan Clarke                              kinship intro hedy joan
  Hedy looks for speakers; Joan knows about speaking
Alan Turing and Ada Lovelace                              kinship intro alan ada
  both know about chess
Joan Clarke and Ada Lovelace                              kinship intro joan ada
  both know about chess
""")
    assert screen(terminal, "intro", "--ideas", columns=44) == snapshot("""\
Hedy Lamarr and Joan Clarke
  Hedy looks for speakers; Joan knows about
  speaking
  kinship intro hedy joan
Alan Turing and Ada Lovelace
  both know about chess
  kinship intro alan ada
Joan Clarke and Ada Lovelace
  both know about chess
  kinship intro joan ada
""")


def test_whom_somebody_may_want_to_know(lab: Program) -> None:
    assert lab("intro", "--ideas", "hedy") == snapshot(
        "Hedy Lamarr\tJoan Clarke\tHedy looks for speakers; Joan knows about speaking\tkinship intro hedy joan\n"
    )
    assert lab("intro", "--ideas", "Ada", "Lovelace") == snapshot("""\
Ada Lovelace	Alan Turing	both know about chess	kinship intro ada alan
Ada Lovelace	Joan Clarke	both know about chess	kinship intro ada joan
""")
    lab("log", "joan", "a word on Ada and Alan")
    assert lab("intro", "--ideas", "alan").count("\n") == 1
    lab("edit", "hedy", "--not-seeks", "speakers")
    assert lab("intro", "--ideas", "hedy").err == snapshot("""\
Nobody matches Hedy Lamarr yet.
  Of everybody: kinship intro --ideas
""")
    assert lab("intro", "--ideas", "me", exit_code=2).err.startswith("kinship: that is you.")


def test_whom_to_introduce_in_a_pipe_and_for_programs(lab: Program) -> None:
    assert lab("intro", "--ideas", "-n", "1") == snapshot(
        "Hedy Lamarr\tJoan Clarke\tHedy looks for speakers; Joan knows about speaking\tkinship intro hedy joan\n"
    )
    assert json.loads(lab("intro", "--ideas", "-n", "1", "--json")) == snapshot(
        [
            {
                "people": [
                    {"id": 1, "ref": "hedy", "name": "Hedy Lamarr"},
                    {"id": 2, "ref": "joan", "name": "Joan Clarke"},
                ],
                "one": {"id": 1, "ref": "hedy", "name": "Hedy Lamarr"},
                "other": {"id": 2, "ref": "joan", "name": "Joan Clarke"},
                "reason": "Hedy looks for speakers; Joan knows about speaking",
                "topic": "speaking",
                "seeks": True,
                "may_have_met": False,
                "command": "kinship intro hedy joan",
            }
        ]
    )


def test_an_idea_that_is_taken_up_is_none_any_more(lab: Program) -> None:
    lab("intro", "hedy", "joan")
    assert "hedy" not in lab("intro", "--ideas").lower()
    lab("undo")
    assert "hedy" in lab("intro", "--ideas").lower()


def test_only_of_some(lab: Program) -> None:
    assert lab("intro", "--ideas", "about:chess").count("\n") == 2
    assert lab("intro", "--ideas", "at:bletchley").err == snapshot("""\
No two of these match yet.
  Of everybody: kinship intro --ideas
""")


def test_nobody_to_introduce(kin: Program) -> None:
    assert kin("intro", "--ideas").err == snapshot("""\
No two people of yours match yet.
  Who knows what:      kinship edit WHO --about TOPIC
  Who looks for what:  kinship edit WHO --seeks TEXT
""")


# The practice file


def test_the_practice_file_has_somebody_to_ask(kin: Program, terminal: list[Spawn]) -> None:
    assert screen(terminal, "--demo", "ask", "parenting") == snapshot("""\
parenting

  Casimir Nowak         parenting, plumbing                          12 days ago
                        "the parenting class at the library w…" (phone, 3 Apr)
                        answered you once · phone    kinship --demo open casimir
  Samuel Oyelaran       came up once                                  3 days ago
                        "his sister writes a column about p…" (Signal, 19 Apr)
                        answered you once · Signal    kinship --demo open samuel

GONE QUIET say hello first, ask later
  Fatima Zahra Idrissi  parenting, museums                          6 months ago
  Dragan Petrović       parenting                                 no contact yet

ONE STEP AWAY somebody you know knows them
  Ingrid Dahl           parenting; Samuel Oyelaran knows Ingrid
                                                      kinship --demo path ingrid
""")


def test_the_practice_file_has_ideas(kin: Program) -> None:
    assert kin("--demo", "intro", "--ideas", "-n", "4") == snapshot("""\
Greta Lindqvist	Samuel Oyelaran	Greta looks for a sound engineer; Samuel knows about sound engineering	kinship --demo intro greta samuel
Linh Tran	Tomás Quiroga	Linh looks for somebody in wind power; Tomás knows about wind power	kinship --demo intro linh tomas
Marit Solheim	Beatrix van Loon	Marit looks for letterpress workshops; Beatrix knows about letterpress	kinship --demo intro marit beatrix
Marit Solheim	Ottoline Marsh	Marit looks for letterpress workshops; Ottoline knows about letterpress	kinship --demo intro marit ottoline
""")


def test_every_screen_of_asking_says_something_of_the_practice_file(kin: Program) -> None:
    for words in (
        *("ask", "ask --thin", "ask maps", "mutual", "mutual greta", "mutual greta casimir"),
        *("intro", "intro --all", "intro --ideas", "favours", "favours casimir"),
        *("rally", "rally show 1", "list is:listening", "list by:marit", "list seeks:flat"),
    ):
        assert kin("--demo", *words.split()), words
    everybody = json.loads(kin("--demo", "list", "--json"))
    assert len(everybody) == 40


def test_a_topic_is_typed_as_add_takes_it(museum: Program) -> None:
    assert museum("ask", "+parenting") == museum("ask", "parenting")
    museum("edit", "grace", "--about", "c++")
    assert "Grace" in museum("ask", "c++")
