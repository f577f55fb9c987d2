"""The screens, as they are printed: a change of one is seen in review."""

import json
import re

import pytest
from inline_snapshot import snapshot

from conftest import Program
from kinship.cli.context import Kin, Options
from kinship.render.shapes import Room
from kinship.services import reaching


@pytest.fixture
def people(kin: Program) -> Program:
    """A small cast: met yesterday, known online, an old friend, one only heard of."""
    kin("add", "Ada", "Lovelace,", "Analytical", "Engines", "--at", "PyCon 2026", "--on",
        "yesterday", "linkedin:adal", "+compilers", "//", "Bernoulli paper")  # fmt: skip
    kin("add", "Grace", "Hopper", "--at", "pycon", "grace@navy.example", "keep:2w", "--on", "2 may")
    kin("add", "Emmy", "Noether", "--met-on", "mastodon", "--since", "2023", "@emmy@math.example")
    kin("add", "Charles", "Babbage", "+engines", "keep:monthly")
    kin("add", "Sophie", "Germain", "--heard", "--by", "ada")
    kin("remind", "grace", "today", "send the nanosecond talk link")
    kin("log", "charles", "--on", "2026-04-15", "--via", "mastodon", "street musicians, engine 2")
    return kin


def drawn(kin: Program, *words: str, columns: int) -> str:
    """As a terminal of that width shows it, without colour."""
    said = kin(*words, "--color", "always", columns=columns)
    return re.sub("\x1b\\[[0-9;]*m", "", said)


def test_an_empty_home(kin: Program) -> None:
    assert kin(*[]) == snapshot("""\
kinship remembers the people you meet, in one file on this computer.

  Add the first one     kinship add Ada Lovelace --at "PyCon 2026"
  At an event now?      kinship event start "PyCon 2026"
  Have a contacts file? kinship import Connections.csv
  Just looking?         kinship --demo due

Nothing is written yet. Your file will be ~/.local/share/kinship/kinship.db
""")


def test_no_screen_cuts_a_command(kin: Program) -> None:
    assert kin(columns=44).splitlines()[2:5] == snapshot(
        [
            "  Add the first one",
            '  kinship add Ada Lovelace --at "PyCon 2026"',
            "  At an event now?",
        ]
    )
    kin("add", "Konrad Zuse with a long name", "--met", "--on", "2025-08-01")
    assert kin("due", columns=68).splitlines()[2:] == snapshot(
        [
            "A minute to spare? Konrad Zuse with a long name has been quiet for 9",
            "months: kinship show konrad",
        ]
    )


def test_the_home_screen(people: Program) -> None:
    assert people(*[]) == snapshot("""\
Wednesday 20 May                                             0 overdue · 3 today

  Grace Hopper     Send the nanosecond talk link, and say h…  promised for today
  Ada Lovelace     Connect on LinkedIn                             met yesterday
  Charles Babbage  Say hello                                monthly, now 5 weeks

5 people, 2 kept in touch. All commands: kinship -h
""")


def test_due(people: Program) -> None:
    assert people(*["due"]) == snapshot("""\
Wednesday 20 May                                             0 overdue · 3 today

TODAY
  Grace Hopper     Send the nanosecond talk link, and say     promised for today
                   hello
                   email grace@navy.example                   kinship done grace
  Ada Lovelace     Connect on LinkedIn                             met yesterday
                   19 May, PyCon 2026: Bernoulli paper
                   LinkedIn adal                       kinship open ada linkedin
  Charles Babbage  Say hello                                monthly, now 5 weeks
                   15 Apr, Mastodon: street musicians, engine 2
                   no channel known                         kinship done charles

done, snooze, log, open + a name.  Walk through them: kinship due -i
""")


def test_due_explained(people: Program) -> None:
    assert people(*["due", "--explain"]) == snapshot("""\
Grace Hopper  promise: a follow-up you dated
  promised   send the nanosecond talk link
  due        Wed 20 May
  overdue    from Thu 21 May
  channel    email grace@navy.example: first you have

Ada Lovelace  connect: met, not connected
  met       Tue 19 May
  due       Wed 20 May
  overdue   from Fri 22 May
  channel   LinkedIn adal: first you have

Grace Hopper  keep: say hello
  cadence   every 2 weeks (their own, since 20 May)
  last      2 May, PyCon 2026
  due       Sat 16 May = 2 May + 2 weeks
  overdue   from Sat 23 May = 2 May + 3 weeks
  channel   email grace@navy.example: first you have

Charles Babbage  keep: say hello
  cadence   monthly (their own, since 20 May)
  last      15 Apr, Mastodon
  due       Fri 15 May = 15 Apr + 1 month
  overdue   from Sat 30 May = 15 Apr + 1.5 months
  channel   none known
""")


def test_due_as_a_table(people: Program) -> None:
    assert people(*["due", "--format", "table"]) == snapshot("""\
┌─────────────────┬───────┬────────────────────────┬────────────┬──────────────┐
│ WHO             │ WHEN  │ WHAT                   │ DUE        │ WHY          │
├─────────────────┼───────┼────────────────────────┼────────────┼──────────────┤
│ Grace Hopper    │ today │ Send the nanosecond t… │ 2026-05-20 │ promised fo… │
│ Ada Lovelace    │ today │ Connect on LinkedIn    │ 2026-05-20 │ met yesterd… │
│ Grace Hopper    │ today │ Say hello              │ 2026-05-16 │ every 2 wee… │
│ Charles Babbage │ today │ Say hello              │ 2026-05-15 │ monthly, no… │
└─────────────────┴───────┴────────────────────────┴────────────┴──────────────┘
""")


def test_due_as_sentences(people: Program) -> None:
    assert people(*["due", "--format", "lines"]) == snapshot("""\
Grace Hopper: Send the nanosecond talk link (promised for today)
Ada Lovelace: Connect on LinkedIn (met yesterday)
Grace Hopper: Say hello (every 2 weeks, now 2 weeks)
Charles Babbage: Say hello (monthly, now 5 weeks)
""")


def test_adding(kin: Program) -> None:
    assert kin(
        *[
            "add",
            "Ada",
            "Lovelace",
            "--at",
            "PyCon",
            "--via",
            "linkedin:adal",
            "--about",
            "compilers",
            "--follow-up",
            "2d",
        ]
    ) == snapshot("""\
Added Ada Lovelace (ada)
  met         today at PyCon
  linkedin    adal, not connected yet
  about       compilers
  follow-up   Fri 22 May: connect on LinkedIn
Your file is ~/.local/share/kinship/kinship.db
""")
    assert kin(*["note", ".", "two", "boys", "and", "a", "girl"]) == snapshot(
        "Noted for Ada Lovelace.\n"
    )
    assert kin(*["add", "Ada", "Lovelace", "--same", "--met"]) == snapshot(
        "Met Ada Lovelace again, today. 2nd time; first PyCon.\n"
    )
    assert kin(
        *["add", "Hedy", "Lamarr", "+networks", "spanning", "tree", "--dry-run"]
    ) == snapshot("""\
Would add Hedy Lamarr
  about       networks
  kept        as a note: "spanning tree"
Nothing was written.
""")


def test_acting(people: Program) -> None:
    assert people(*["done", "grace", "sent", "it"]) == snapshot("""\
Done: send the nanosecond talk link
Logged for Grace Hopper, today. Next hello Wed 3 Jun (every 2 weeks).
""")
    assert people(*["log", "grace,charles", "--met", "lunch", "-f", "fri"]) == snapshot("""\
Logged for Grace Hopper, today in person. Next hello Wed 3 Jun (every 2 weeks).
Logged for Charles Babbage, today in person. Next hello Sat 20 Jun (monthly).
Follow-up Fri 22 May for both: say hello
They know each other?  kinship knows grace charles
""")
    assert people(*["snooze", "charles", "3w"]) == snapshot(
        "Charles Babbage comes back Wed 10 Jun (in 21 days).\n"
    )
    assert people(*["snooze", "--all", "2w"]) == snapshot(
        "2 people come back Wed 3 Jun. Birthdays still show. Back early: kinship undo\n"
    )
    assert people(*["undo"]) == snapshot(
        "Undone: snooze --all (1 nudge, 1 follow-up; just now). Again: kinship redo\n"
    )
    assert people(*["keep", "ada", "monthly"]) == snapshot(
        "Ada Lovelace: monthly. Next hello Fri 19 Jun.\n"
    )
    assert people(*["connect", "ada", "linkedin"]) == snapshot(
        "Connected with Ada Lovelace on LinkedIn adal.\n"
    )
    assert people(*["remind", "ada", "next", "friday", "send", "slides"]) == snapshot(
        "Follow-up for Ada Lovelace Fri 29 May (in 9 days): send slides\n"
    )


def test_one_person(people: Program) -> None:
    assert people(*["show", "ada"]) == snapshot("""\
Ada Lovelace                                                             ada · 1
Analytical Engines

  next      today: connect on LinkedIn                 kinship open ada linkedin
  talked    19 May, PyCon 2026: Bernoulli paper
  met       Tue 19 May 2026 at PyCon 2026

  reach     LinkedIn  adal   best, not connected yet
  cue       Bernoulli paper
  about     compilers
  knows     Sophie Germain                                    kinship mutual ada

  19 May      PyCon 2026      Bernoulli paper
""")
    assert people(*["show", "grace", "--all"]) == snapshot("""\
Grace Hopper                                                           grace · 2

  next      today: Send the nanosecond talk link              kinship done grace
            today: say hello                                  kinship open grace
  last      2 May, PyCon 2026
  met       Sat 2 May 2026 at PyCon 2026
  keep      every 2 weeks; next hello Sat 16 May

  reach     email  grace@navy.example   best

  20 May      #3    follow-up   send the nanosecond talk link
  2 May       #2    PyCon 2026
""")


def test_one_person_on_a_phone(people: Program) -> None:
    long = "lives by the sea with two boys, a girl and a very old horse, and makes her own cheese"
    people("note", "ada", long)
    people("edit", "ada", "--cue", long)
    people("remind", "ada", "2d", "lend her the big atlas of rivers")
    people("done", "ada", "--only", "atlas")
    assert people("show", "ada") == snapshot("""\
Ada Lovelace                                                             ada · 1
Analytical Engines

  next      today: connect on LinkedIn                 kinship open ada linkedin
  last      20 May
  talked    19 May, PyCon 2026: Bernoulli paper
  met       Tue 19 May 2026 at PyCon 2026

  reach     LinkedIn  adal   best, not connected yet
  cue       lives by the sea with two boys, a girl and a very old horse, and
            makes her own cheese
  about     compilers
  knows     Sophie Germain                                    kinship mutual ada

  20 May      note            lives by the sea with two boys, a girl and a very…

  20 May      you wrote
  19 May      PyCon 2026      Bernoulli paper

  In full: kinship show ada --all
""")
    assert people("show", "ada", columns=44) == snapshot("""\
Ada Lovelace                         ada · 1
Analytical Engines

  next      today: connect on LinkedIn
            kinship open ada linkedin
  last      20 May
  talked    19 May, PyCon 2026: Bernoulli
            paper
  met       Tue 19 May 2026 at PyCon 2026

  reach     LinkedIn  adal   best, not
            connected yet
  cue       lives by the sea with two boys,…
  about     compilers
  knows     Sophie Germain
            kinship mutual ada

  20 May      note            lives by the …

  20 May      you wrote
  19 May      PyCon 2026      Bernoulli pap…

  In full: kinship show ada --all
""")
    assert people("show", "ada", "--all") == snapshot("""\
Ada Lovelace                                                             ada · 1
Analytical Engines

  next      today: connect on LinkedIn                 kinship open ada linkedin
  last      20 May
  talked    19 May, PyCon 2026: Bernoulli paper
  met       Tue 19 May 2026 at PyCon 2026

  reach     LinkedIn  adal   best, not connected yet
  cue       lives by the sea with two boys, a girl and a very old horse, and
            makes her own cheese
  about     compilers
  knows     Sophie Germain                                    kinship mutual ada

  22 May      #6    follow-up, done  lend her the big atlas of rivers
  20 May      #7    you wrote
  20 May      #5    note             lives by the sea with two boys, a girl and
                                     a very old horse, and makes her own cheese
  19 May      #1    PyCon 2026       Bernoulli paper
""")
    assert people("show", "ada", "--all", columns=44) == snapshot("""\
Ada Lovelace                         ada · 1
Analytical Engines

  next      today: connect on LinkedIn
            kinship open ada linkedin
  last      20 May
  talked    19 May, PyCon 2026: Bernoulli
            paper
  met       Tue 19 May 2026 at PyCon 2026

  reach     LinkedIn  adal   best, not
            connected yet
  cue       lives by the sea with two boys,
            a girl and a very old horse, and
            makes her own cheese
  about     compilers
  knows     Sophie Germain
            kinship mutual ada

  22 May      #6    follow-up, done
    lend her the big atlas of rivers
  20 May      #7    you wrote
  20 May      #5    note
    lives by the sea with two boys, a girl
    and a very old horse, and makes her own
    cheese
  19 May      #1    PyCon 2026
    Bernoulli paper
""")
    assert drawn(people, "remind", columns=44) == snapshot("""\
#   WHO           WHEN        WHAT     AGAIN
#3  Grace Hopper  Wed 20 May  send t…
""")


def test_lists(people: Program) -> None:
    assert people(*["list"]) == snapshot("""\
Ada Lovelace	Analytical Engines	PyCon 2026	yesterday	-
Charles Babbage		-	5 weeks ago	monthly
Emmy Noether		Mastodon	-	-
Grace Hopper		PyCon 2026	2 weeks ago	every 2 weeks
Sophie Germain		never	-	-
""")
    assert people(*["list", "engines"]) == snapshot(
        """\
Ada Lovelace	Analytical Engines	PyCon 2026	yesterday	-
Charles Babbage		-	5 weeks ago	monthly
"""
    )
    assert people(*["list", "--columns", "name,channels"]) == snapshot("""\
Ada Lovelace	LinkedIn (not connected)
Charles Babbage	
Emmy Noether	Mastodon
Grace Hopper	email
Sophie Germain	
""")
    assert people(*["connect"]) == snapshot(
        "Ada Lovelace\tPyCon 2026\tLinkedIn\tadal\tBernoulli paper\tkinship open ada linkedin\n"
    )
    assert people(*["remind"]) == snapshot(
        "#3\tGrace Hopper\tWed 20 May\tsend the nanosecond talk link\t\n"
    )
    assert people(*["keep"]) == snapshot("""\
inner	circle	every 2 weeks	0
close	circle	monthly	0
wide	circle	quarterly	0
outer	circle	yearly	0
""")


@pytest.fixture
def crowds(kin: Program) -> Program:
    """Two events and a party, on two days."""
    for name in ("Ann", "Bea", "Cat", "Dan", "Eve"):
        kin("add", name, "One", "--at", "PyCon 2026", today="2026-05-18")
    for name in ("Fay", "Gil", "Hal", "Ida"):
        kin("add", name, "Two", "--at", "RustConf", today="2026-05-19")
    for name in ("Jon", "Kim", "Lea", "Mia"):
        kin("add", name, "Three", "--met", today="2026-05-19")
    kin("connect", "ann", "linkedin")
    return kin


def test_the_people_of_an_event_or_of_a_day_are_one_row(crowds: Program) -> None:
    assert crowds("due", today="2026-05-19") == snapshot("""\
Tuesday 19 May                                    0 overdue · 1 today · 2 coming

TODAY
  PyCon 2026       Connect with 4 people you met                best by tomorrow
                   Bea One, Cat One, Dan One, 1 more
                   1 of 5 connected                kinship connect -i --at pycon

COMING
  Wed 20 May  RustConf         connect with 4 people you met
  Wed 20 May  Met Tue 19 May   connect with 4 people you met

done, snooze, log, open + a name.  Walk through them: kinship due -i
""")
    assert crowds("due", today="2026-05-21") == snapshot("""\
Thursday 21 May                                              1 overdue · 2 today

OVERDUE
  PyCon 2026       Connect with 4 people you met                  met 3 days ago
                   Bea One, Cat One, Dan One, 1 more
                   1 of 5 connected                kinship connect -i --at pycon

TODAY
  RustConf         Connect with 4 people you met                   best by today
                   Fay Two, Gil Two, Hal Two, 1 more
                   0 of 4 connected             kinship connect -i --at rustconf
  Met Tue 19 May   Connect with 4 people you met                   best by today
                   Jon Three, Kim Three, Lea Three, 1 more
                                                              kinship connect -i

done, snooze, log, open + a name.  Walk through them: kinship due -i
""")
    assert crowds("due", columns=44) == snapshot("""\
Wednesday 20 May
0 overdue · 3 today

TODAY
  PyCon 2026                   best by today
    Connect with 4 people you met
    Bea One, Cat One, Dan One, 1 more
    1 of 5 connected
    kinship connect -i --at pycon
  RustConf                  best by tomorrow
    Connect with 4 people you met
    Fay Two, Gil Two, Hal Two, 1 more
    0 of 4 connected
    kinship connect -i --at rustconf
  Met Tue 19 May            best by tomorrow
    Connect with 4 people you met
    Jon Three, Kim Three, Lea Three, 1 more
    kinship connect -i

done, snooze, log, open + a name.
Walk through them: kinship due -i
""")
    for name in ("fay", "gil", "hal", "ida", "jon", "kim", "lea", "mia"):
        crowds("connect", name, "linkedin")
    assert crowds("due") == snapshot("""\
Wednesday 20 May                                             0 overdue · 1 today

TODAY
  PyCon 2026       Connect with 4 people you met                   best by today
                   Bea One, Cat One, Dan One, 1 more
                   1 of 5 connected                           kinship connect -i

done, snooze, log, open + a name.  Walk through them: kinship due -i
""")


@pytest.mark.parametrize("columns", [44, 68, 80, 120])
def test_due_is_never_wider_than_the_terminal(kin: Program, columns: int) -> None:
    assert max(map(len, kin("--demo", "due", columns=columns).splitlines())) <= columns


def test_due_on_a_phone(kin: Program) -> None:
    assert kin("--demo", "due", columns=44) == snapshot("""\
Wednesday 20 May
2 overdue · 5 today · 2 coming

OVERDUE
  Greta Lindqvist      promised, 6 days late
    Send the choir recording, and say hello
    29 Apr, Signal: choir, new flat in Goth…
    Signal +46 70 555 01 47
    kinship --demo done greta
  Marit Solheim      wrote to you 9 days ago
    Reply: may I quote your letter in the
    talk?
    20 Apr, Mastodon: variable fonts, a tal…
    Mastodon marit@fjord.example
    kinship --demo open marit

TODAY
  Maeve O'Rourke            asked 4 days ago
    Asked: Help Greta move to the new flat
    13 Jul 2025, email: caught up after the…
    no channel known
    kinship --demo rally show 1
  Harbour Conf                 best by today
    Connect with 5 people you met
    Ilse Okonkwo, Noor Haddad, Oluwaseun Ad…
    1 of 6 connected
    kinship --demo connect -i
  Casimir Nowak                        today
    Happy birthday
    8 May, phone: his daughter starts school
    phone +48 22 555 01 77
    kinship --demo open casimir
  Samuel Oyelaran     introduced 2 weeks ago
    Did the intro to Beatrix van Loon land?
    17 May, Signal: jazz night on the 30th
    Signal +44 7700 900142
    kinship --demo intro '#44' --landed
  Aurelio Bianchi       monthly, now 5 weeks
    Say hello
    14 Apr, in person: sourdough, thinking …
    Mastodon (email went quiet)
    kinship --demo open aurelio

COMING
  Linh Tran                       Thu 21 May
    Lend her the river atlas
  Ewan McAllister                 Sat 23 May
    Send the build timings

done, snooze, log, open + a name.
Walk through them: kinship --demo due -i
""")


def test_the_queue_of_connect(people: Program) -> None:
    people("add", "Tim", "Lee", "--at", "pycon", "@timothy.lee@social.example", "//", "the web")
    assert drawn(people, "connect", columns=130) == snapshot("""\
NOT CONNECTED YET  MET         CHANNEL   HANDLE                      TALKED           OPEN IT
Tim Lee            PyCon 2026  Mastodon  timothy.lee@social.example  the web          kinship open tim mastodon
Ada Lovelace       PyCon 2026  LinkedIn  adal                        Bernoulli paper  kinship open ada linkedin
""")
    assert drawn(people, "connect", columns=80) == snapshot("""\
NOT CONNECTED YET  MET         CHANNEL   OPEN IT
Tim Lee            PyCon 2026  Mastodon  kinship open tim mastodon
Ada Lovelace       PyCon 2026  LinkedIn  kinship open ada linkedin
""")
    assert drawn(people, "connect", columns=68) == snapshot("""\
NOT CONNECTED YET  MET         CHANNEL   OPEN IT
Tim Lee            PyCon 2026  Mastodon  kinship open tim mastodon
Ada Lovelace       PyCon 2026  LinkedIn  kinship open ada linkedin
""")
    assert drawn(people, "connect", columns=44) == snapshot("""\
NOT CONNECTED YET  MET         CHANNEL
Tim Lee            PyCon 2026  Mastodon
Ada Lovelace       PyCon 2026  LinkedIn
""")
    assert people("connect").err == snapshot(
        "2 people. Connected? kinship connect tim mastodon   One by one: kinship connect -i\n"
    )


def test_an_empty_queue_says_who_is_left(people: Program) -> None:
    assert people("connect", "--at", "pycon", today="2026-07-01").err == snapshot(
        "Nobody to connect with from the last 14 days. 2 from longer ago: kinship connect --all --at pycon\n"
    )
    people("connect", "ada", "linkedin")
    assert people("connect", today="2026-07-01").err == snapshot(
        "Nobody to connect with from the last 14 days. 1 from longer ago: kinship connect --all\n"
    )
    people("connect", "grace", "--never")
    assert people("connect").err == snapshot(
        "Nobody you met in person waits to be connected with.\n"
    )
    assert people("connect", "--all").err == snapshot(
        "Nobody you met in person waits to be connected with.\n"
    )
    assert people("connect", "--at", "pycon").err == snapshot(
        "Nobody you met at PyCon 2026 waits to be connected with.\n"
    )


def test_due_on_the_practice_file(kin: Program) -> None:
    assert kin("--demo", "due") == snapshot("""\
Wednesday 20 May                                  2 overdue · 5 today · 2 coming

OVERDUE
  Greta Lindqvist  Send the choir recording, and say       promised, 6 days late
                   hello
                   29 Apr, Signal: choir, new flat in Gothenburg
                   Signal +46 70 555 01 47             kinship --demo done greta
  Marit Solheim    Reply: may I quote your letter in     wrote to you 9 days ago
                   the talk?
                   20 Apr, Mastodon: variable fonts, a talk in autumn
                   Mastodon marit@fjord.example        kinship --demo open marit

TODAY
  Maeve O'Rourke   Asked: Help Greta move to the new flat       asked 4 days ago
                   13 Jul 2025, email: caught up after the summer
                   no channel known                  kinship --demo rally show 1
  Harbour Conf     Connect with 5 people you met                   best by today
                   Ilse Okonkwo, Noor Haddad, Oluwaseun Adeyemi, 2 more
                   1 of 6 connected                    kinship --demo connect -i
  Casimir Nowak    Happy birthday                                          today
                   8 May, phone: his daughter starts school
                   phone +48 22 555 01 77            kinship --demo open casimir
  Samuel Oyelaran  Did the intro to Beatrix van Loon      introduced 2 weeks ago
                   land?
                   17 May, Signal: jazz night on the 30th
                   Signal +44 7700 900142    kinship --demo intro '#44' --landed
  Aurelio Bianchi  Say hello                                monthly, now 5 weeks
                   14 Apr, in person: sourdough, thinking of a café
                   Mastodon (email went quiet)       kinship --demo open aurelio

COMING
  Thu 21 May  Linh Tran        Lend her the river atlas                    email
  Sat 23 May  Ewan McAllister  Send the build timings                     GitHub

done, snooze, log, open + a name.  Walk through them: kinship --demo due -i
""")


def test_nothing_due(kin: Program) -> None:
    kin("add", "Joan", "Clarke")
    kin("remind", "joan", "tomorrow", "reading list you offered")
    assert kin("due") == snapshot("""\
Wednesday 20 May   nothing due.

Next is Joan Clarke, tomorrow: Reading list you offered.
""")


def test_the_errors_of_the_book(people: Program) -> None:
    people("add", "Mary", "Somerville")
    people("add", "Mary", "Jackson")
    assert people("log", "mary", "museum", exit_code=4).err == snapshot("""\
kinship: "mary" could be 2 people. Nothing was written. Say which:
  mary-j   Mary Jackson
  mary-s   Mary Somerville
""")
    assert people("done", "graec", exit_code=3).err == snapshot("""\
kinship: nobody is called "graec". Did you mean Grace Hopper?
  kinship done grace
""")
    assert people("remind", "ada", "03/04", "send", exit_code=2).err == snapshot("""\
kinship: "03/04" could be 3 April or 4 March. Write 2027-04-03 or "3 apr". Nothing was written.
  More dates: kinship help dates
""")
    assert people("remind", "ada", "soon", "send", exit_code=2).err == snapshot(
        'kinship: "soon" is not a day. Nothing was written. For example: 2d, fri, next week, 1 dec, 2026-12-01\n'
    )
    assert people("call", "ada", exit_code=2).err == snapshot("""\
kinship: there is no command "call".
  You phoned someone:      kinship log ada --via phone what you talked about
  You want to phone them:  kinship open ada phone
  Somebody needs help:     kinship rally start "Childcare in June" --for joan
""")
    assert people("due", "--jsno", exit_code=2).err == snapshot("""\
kinship: due has no option --jsno. Did you mean --json?
  kinship help due
""")
    assert people("add", "Ada", "Lovelace", exit_code=5).err == snapshot("""\
kinship: Ada Lovelace is here already: Analytical Engines; met PyCon 2026; talked yesterday; Bernoulli paper. Nothing was written. Say which it is:
  kinship add Ada Lovelace --same   the person you know
  kinship add Ada Lovelace --new    somebody else
""")


def test_help(kin: Program) -> None:
    assert kin("-h") == snapshot("""\
kinship: remember the people you meet, and stay in touch.

  kinship add Ada Lovelace --at "PyCon 2026" --via linkedin:adal --follow-up 2d
  kinship due                    who to reach today, and why
  kinship done ada               you reached out; the clock restarts
  kinship ask parenting          who you can ask, closest first
  kinship undo                   take back the last change

Every day:
  due        Who to reach today, and why.
  done       You reached out, or kept the promise.
  snooze     Not now: ask me again later.
  log        Write down a conversation; restarts the clock.
  note       Write down a fact; the clock keeps running.
  open       Open the best way to reach someone.

After you met people:
  add        Add someone you met, or twenty in a row.
  event      Say where you are; see who was there.
  connect    Mark that you are connected on a channel.
  remind     Set a follow-up for a day.
  keep       Stay in touch every so often.

Ask and be asked:
  ask        Who to ask about something, closest first.
  mutual     Whom you both know.
  path       Who can introduce you.
  knows      Write down that two people know each other.
  intro      Introduce two people, and check it landed.
  gave       Write down something you did for someone.
  got        Write down something someone did for you.
  favours    Who gave, who got, whose turn it is.
  rally      A call for help, and who answers it.

Look things up:
  show       Everything about one person.
  list       Find people by name, company or cue.
  community  Communities, and whom to meet.
  stats      How the last three months went.

Your data:
  edit       Change anything about a person.
  rm         Remove a person, or one entry.
  merge      Two entries, one person.
  undo       Take back the last change.
  redo       Make it again.
  import     Read contacts, LinkedIn, or any table.
  export     Write CSV, JSON or vCards.
  map        Draw who knows whom.
  config     Show or change settings.

Options (anywhere on the line):
  --json, --csv   For programs. Also --format FMT: kinship help formats
  -n, --limit N   How many.
  --db FILE       Use this file instead of your own. [KINSHIP_DB]
  --config FILE   Use this config; none for no config. [KINSHIP_CONFIG]
  --demo          A practice file of forty invented people.
  -q, --quiet     Say nothing on success.
  --no-color      No colour. [NO_COLOR]
  --no-input      Never ask; fail instead.
  --no-pager      Never page.
  -h, --help      Help for any command: kinship add -h
  --version       Print the version.

Topics: kinship help dates, names, find, channels, formats, exit-codes, environment
""")


@pytest.mark.parametrize("height", [10, 12, 16, 19, 24, 30, 60])
def test_due_fits_the_height_it_is_given(
    kin: Program, height: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kinship.cli import due as screen
    from kinship.store import agenda

    for number in range(12):
        kin("add", f"Person{number} Number{number}", "due:today")
    monkeypatch.setenv("KINSHIP_TODAY", "2026-05-20")
    program = Kin(Options())
    items = reaching.items(program.db, program.today)
    rows = agenda.rows(items)
    sheet = screen._sheet(program, items, rows, everything=False)
    lines = sheet.build(Room(80, height))
    assert len(lines) < height
    said = "\n".join("".join(s.text for s in line.left) for line in lines)
    shown = len(re.findall(r"Person\d+ Number\d+", said))
    more = re.search(r"and (\d+) more: kinship due --all", said)
    assert shown + (int(more[1]) if more else 0) == 12
    assert (more is None) == (height >= 30)


def test_what_is_overdue_leaves_room_for_today(kin: Program) -> None:
    for number in range(70):
        kin("add", f"Late{number} Xx", "--heard", "--new", "due:today", today="2026-05-02")
    kin("add", "Ada Lovelace", "--heard", "due:today")
    for words in (("due",), ("due", "-n", "2")):
        said = kin(*words)
        assert "TODAY" in said
        assert "Ada Lovelace" in said
    assert said.count("Xx") == 1
    assert "and 69 more: kinship due --all" in said
    assert len(json.loads(kin("due", "-n", "2", "--json"))["items"]) == 2


def test_a_link_is_not_broken_and_a_day_of_another_year_is_whole(kin: Program) -> None:
    link = "https://www.example.org/posts/abc-1234567890/some-long-title?utm_source=x"
    kin("add", "Ada Lovelace", "--heard")
    kin("add", "Bob Bee", "--heard")
    kin("remind", "ada", "today", f"read {link}")
    kin("remind", "bob", "2027-01-05", "write")
    said = kin("due", "--ahead", "300d", columns=100)
    assert f"\n                   {link}\n" in said
    assert "\n  Tue 5 Jan 2027  Bob Bee" in said
