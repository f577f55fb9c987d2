"""Files of other programs: nobody twice, nothing lost, nothing written over, and all of it undone."""

from datetime import date
from itertools import product

import pytest
from test_machine import content

from kinship.errors import Refused
from kinship.model.card import Card, Extra, Reach, Skipped, Talk
from kinship.services import doubles, importing, safety
from kinship.services import people as finding
from kinship.services.importing import Aim, Imported, Plan, Told
from kinship.store import bulk, people
from kinship.store import db as store

TODAY = date(2026, 5, 20)
NOTHING = Aim()


def planned(db: store.Db, *files: Told, aim: Aim = NOTHING, today: date = TODAY) -> Plan:
    return importing.plan(db, files, aim, today)


def read_in(
    db: store.Db, *files: Told, aim: Aim = NOTHING, today: date = TODAY
) -> tuple[Plan, Imported]:
    plan = planned(db, *files, aim=aim, today=today)
    before = content(db)
    written = importing.carry_out(db, plan, today)
    reckoned(db)
    after = content(db)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bulk, "_MANY", 1)  # as if it were a large one
        safety.undo(db)
    assert content(db) == before
    reckoned(db)
    safety.redo(db)
    assert content(db) == after
    reckoned(db)
    return plan, written


def reckoned(db: store.Db) -> None:
    """What the triggers keep is what the views say from scratch, and the search indexes are whole."""
    for table in ("pulse", "waiting"):
        stored = ", ".join(row[1] for row in db.tuples(f"PRAGMA table_info({table})"))
        assert sorted(db.tuples(f"SELECT {stored} FROM {table}"), key=repr) == sorted(
            db.tuples(f"SELECT {stored} FROM {table}_reckoned"), key=repr
        )
    conn = db._conn
    conn.execute("PRAGMA query_only = OFF")
    for index in ("person_search", "entry_search"):
        conn.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
    conn.execute("PRAGMA query_only = ON")
    assert not db.tuples("PRAGMA foreign_key_check")


@pytest.fixture
def db() -> store.Db:
    return store.in_memory()


def phone(*cards: Card | Skipped, name: str = "phone.vcf") -> Told:
    return Told(name, "vcard", cards)


def linkedin(*cards: Card | Skipped) -> Told:
    return Told("Connections.csv", "linkedin-connections", cards)


def google(*cards: Card | Skipped) -> Told:
    return Told("contacts.csv", "google-csv", cards)


def names(db: store.Db) -> list[str]:
    return sorted(p.name for p in people.found(db, sort="name"))


def channels(db: store.Db, name: str) -> list[str]:
    (one,) = finding.find(db, name).people
    return [f"{c.kind}:{c.handle}" for c in people.channels(db, [one.id]).get(one.id, [])]


ADA_LINKEDIN = Card(
    1,
    "Ada Lovelace",
    key="https://www.linkedin.com/in/adal",
    org="Engines",
    role="Analyst",
    reaches=(
        Reach("linkedin", "https://www.linkedin.com/in/adal", state="connected", day="2024-03-02"),
        Reach("email", "ada@engine.example"),
    ),
)
ADA_GOOGLE = Card(
    1,
    "Ada Lovelace",
    reaches=(Reach("email", "Ada@Engine.example", "work"), Reach("phone", "+44 20 7946 0958")),
)
ADA_PHONE = Card(
    1,
    "A. Lovelace",
    key="uid-1",
    birthday="--12-10",
    reaches=(Reach("phone", "0044 20 7946 0958", "cell"), Reach("whatsapp", "+442079460958")),
    notes=("likes horses",),
)


def test_linkedin_google_and_a_phone_make_one_person(db: store.Db) -> None:
    plan, _ = read_in(db, linkedin(ADA_LINKEDIN), google(ADA_GOOGLE), phone(ADA_PHONE))
    assert names(db) == ["Ada Lovelace"]
    assert channels(db, "ada") == [
        "linkedin:adal",
        "email:ada@engine.example",
        "phone:+44 20 7946 0958",
        "whatsapp:+442079460958",
    ]
    assert plan.new == [(1, "Ada Lovelace")]
    again = planned(db, linkedin(ADA_LINKEDIN), google(ADA_GOOGLE), phone(ADA_PHONE))
    assert not again.writes
    assert again.same == 1


def test_the_same_three_one_after_the_other(db: store.Db) -> None:
    read_in(db, phone(ADA_PHONE))
    plan, _ = read_in(db, google(ADA_GOOGLE))
    assert [gain.fields for gain in plan.gains] == [["email"]]
    plan, _ = read_in(db, linkedin(ADA_LINKEDIN))
    assert [gain.fields for gain in plan.gains] == [["LinkedIn connected", "company", "role"]]
    assert names(db) == ["A. Lovelace"]


def test_what_a_second_file_knows_of_a_channel_counts_at_once(db: store.Db) -> None:
    link = Card(1, "Ada Lovelace", reaches=(Reach("", "https://www.linkedin.com/in/adal"),))
    read_in(db, google(link), linkedin(ADA_LINKEDIN))
    states = db.tuples("SELECT state, connected_on FROM channel WHERE kind = 'linkedin'")
    assert states == [("connected", "2024-03-02")]


def test_a_name_alone_joins_nobody(db: store.Db) -> None:
    read_in(db, phone(Card(1, "Mary Jackson"), Card(5, "Mary Jackson")))
    assert names(db) == ["Mary Jackson", "Mary Jackson"]
    plan, _ = read_in(
        db, google(Card(2, "Mary Jackson", reaches=(Reach("email", "mj@x.example"),)))
    )
    assert len(names(db)) == 3
    (unsure,) = plan.unsure
    why = "same name, and nothing says they are two"
    assert (unsure.row, len(unsure.people), unsure.why) == (2, 2, why)


def test_one_letter_for_a_nickname_makes_nobody_somebody_else(db: store.Db) -> None:
    file = phone(Card(1, "Ada Lovelace", key="k1"), Card(2, "Bob Miller", key="k1", nick="L"))
    read_in(db, file)
    assert names(db) == ["Ada Lovelace", "Bob Miller"]
    assert not planned(db, file).writes


def test_only_what_speaks_for_it_makes_anybody_unsure(db: store.Db) -> None:
    ada = Card(1, "Ada Lovelace", org="Engines Ltd", reaches=(Reach("linkedin", "ada-1"),))
    bob = Card(2, "Bob Smith", org="Acme", city="York", birthday="1980-04-12")
    read_in(db, google(ada, bob))
    plan, _ = read_in(
        db,
        phone(
            Card(1, "Ada Lovelace", org="Engines Ltd", reaches=(Reach("linkedin", "ada-2"),)),
            Card(2, "Robert Smith", birthday="--04-12"),
            Card(3, "Bob Smith", org="Elsewhere"),
            Card(4, "Rob Smith"),
            Card(5, "Mary Jackson", org="NASA"),
            Card(6, "Mary Jackson", org="NASA Inc."),
            Card(7, "Katherine Johnson", org="NASA"),
            Card(8, "Kate Johnson", org="NASA"),
            Card(9, "Kate Elsewhere", org="NASA"),
        ),
    )
    assert [(one.name, one.why) for one in plan.unsure] == [
        ("Robert Smith", "Robert and Bob, same birthday"),
        ("Mary Jackson", "same name, both at NASA Inc."),
        ("Kate Johnson", "Kate and Katherine, both at NASA"),
    ]
    assert [(one.name, one.why) for one in plan.apart] == [
        ("Ada Lovelace", "same name"),
        ("Bob Smith", "same name"),
    ]


def test_the_profiles_of_one_name_are_different_people(db: store.Db) -> None:
    plan, _ = read_in(
        db,
        linkedin(
            Card(4, "Ada Lovelace", key="in/ada-1", reaches=(Reach("linkedin", "ada-1"),)),
            Card(5, "Ada Lovelace", key="in/ada-2", reaches=(Reach("linkedin", "ada-2"),)),
        ),
    )
    assert not plan.unsure
    assert [one.name for one in plan.apart] == ["Ada Lovelace"]
    assert not doubles.likely(db)


def test_who_is_unsure_is_who_merge_lists(db: store.Db) -> None:
    """The plan judges before anybody is written, `merge` afterwards: they say the same."""
    given = ("Ada", "Bob", "Robert", "Grace", "Mary")
    family = ("Lovelace", "Smith", "Hopper")
    places = (("", ""), ("Acme", ""), ("Acme Ltd", "York"), ("", "York"), ("Engines", "Paris"))
    everybody = [
        Card(row, f"{first} {last}", org=org, city=city, birthday="1980-04-12" if row % 7 else "")
        for row, (first, last, (org, city)) in enumerate(product(given, family, places), 1)
    ]
    shuffled = sorted(everybody, key=lambda card: card.row * 37 % 101)
    for card in shuffled[:30]:
        read_in(db, google(card))
    plan, written = read_in(db, phone(*shuffled[30:]))
    here = {(one.into, one.other) for one in doubles.likely(db)}
    listed = {number for pair in here for number in pair if number in written.added}
    called = {number: card.name for number, card in zip(written.added, shuffled[30:], strict=True)}
    assert {one.name for one in plan.unsure} == {called[number] for number in listed}


def test_the_same_file_again_adds_nobody_though_nothing_tells_them_apart(db: store.Db) -> None:
    file = phone(Card(1, "Mary Jackson"), Card(5, "Mary Jackson"), Card(9, "Mary"))
    read_in(db, file)
    assert not planned(db, file).writes
    assert len(names(db)) == 3


def test_a_family_mailbox_makes_nobody_one(db: store.Db) -> None:
    home = (Reach("email", "home@curie.example"),)
    plan, _ = read_in(
        db, phone(Card(1, "Marie Curie", reaches=home), Card(6, "Pierre Curie", reaches=home))
    )
    assert names(db) == ["Marie Curie", "Pierre Curie"]
    assert plan.apart[0].why == "shares home@curie.example with Marie Curie"
    assert channels(db, "pierre") == ["email:home@curie.example"]
    plan, _ = read_in(db, google(Card(1, "Irène Curie", reaches=home)))
    assert len(plan.apart[0].people) == 1


def test_an_initial_between_two_people_joins_one_of_them_only(db: store.Db) -> None:
    john = Card(1, "John Smith", reaches=(Reach("email", "a@x.example"),))
    jane = Card(2, "Jane Smith", reaches=(Reach("phone", "+44 20 7946 0958"),))
    both = Card(3, "J. Smith", reaches=(*john.reaches, *jane.reaches))
    for order in ([john, jane, both], [both, jane, john], [jane, both, john]):
        other = store.in_memory()
        read_in(other, phone(*order))
        assert len(names(other)) == 2


def test_one_uid_is_one_person_whatever_the_name_is_spelt(db: store.Db) -> None:
    read_in(db, phone(Card(1, "Ada Byron", key="u1")))
    plan, _ = read_in(db, phone(Card(1, "Ada King", key="u1")))
    assert names(db) == ["Ada King"]
    assert plan.gains[0].fields == ["name"]


def test_a_uid_that_two_people_have_is_nobodys(db: store.Db) -> None:
    cards = (Card(1, "Ada Lovelace", key="u1"), Card(7, "Grace Hopper", key="u1"))
    read_in(db, phone(*cards))
    assert names(db) == ["Ada Lovelace", "Grace Hopper"]
    assert not planned(db, phone(*cards)).writes
    assert not planned(db, phone(*reversed(cards))).writes


def test_whom_you_gave_another_name_is_still_found(db: store.Db) -> None:
    mum = phone(Card(1, "Mum", key="u1"))
    read_in(db, mum)
    rename(db, "mum", "Margaret Hamilton")
    assert not planned(db, mum).writes
    assert names(db) == ["Margaret Hamilton"]


def rename(db: store.Db, who: str, name: str) -> None:
    (person,) = finding.find(db, who).people
    with db.change("edit") as tx:
        people.update(tx, person.id, name=name, name_key=name.lower())


def test_what_you_edited_stays_and_is_said(db: store.Db) -> None:
    read_in(db, linkedin(ADA_LINKEDIN))
    set_field(db, "ada", org="Analytical Engines Ltd")
    plan = planned(db, linkedin(ADA_LINKEDIN))
    (conflict,) = plan.conflicts
    assert (conflict.field, conflict.here, conflict.there) == (
        "org",
        "Analytical Engines Ltd",
        "Engines",
    )
    assert not plan.writes
    moved = ADA_LINKEDIN._replace(org="Looms", role="Director")
    plan, _ = read_in(db, linkedin(moved))
    (person,) = finding.find(db, "ada").people
    assert (person.org, person.role) == ("Analytical Engines Ltd", "Director")
    assert plan.gains[0].fields == ["role"]


def set_field(db: store.Db, who: str, **fields: str) -> None:
    (person,) = finding.find(db, who).people
    with db.change("edit") as tx:
        people.update(tx, person.id, **fields)


def test_what_you_removed_does_not_come_back(db: store.Db) -> None:
    card = Card(
        1,
        "Ada Lovelace",
        "uid-1",
        org="Acme",
        reaches=(Reach("email", "ada@old.example"), Reach("email", "ada@new.example")),
        notes=("Likes tea.", "Sails."),
        about=("looms",),
        tags=("red", "blue"),
        communities=("PyLadies",),
        dates=(("anniversary", "2010-06-12"),),
        talks=(Talk("2026-05-01", "both", "phone", "Hello"),),
    )
    read_in(db, phone(card))
    with db.change("by hand") as tx:
        tx.run("UPDATE person SET org = NULL WHERE name = 'Ada Lovelace'")
        tx.run("UPDATE note SET text = 'Likes coffee.' WHERE text = 'Likes tea.'")
        tx.run("DELETE FROM channel WHERE handle = 'ada@old.example'")
        tx.run("DELETE FROM tag WHERE name = 'red'")
        for table in ("topic", "membership", "anniversary", "conversation"):
            tx.run(f"DELETE FROM {table} WHERE person_id > 0")
    assert not planned(db, phone(card)).writes
    more = card._replace(tags=("red", "blue", "green"), notes=("Likes tea.", "Sails.", "Sings."))
    plan, _ = read_in(db, phone(more, more))
    assert plan.gains[0].fields == ["note", "tag green"]
    assert not planned(db, phone(more)).writes
    read_in(db, phone(card._replace(tags=("green",), reaches=())))
    assert planned(db, phone(more)).gains[0].fields == ["email", "tag red"]
    assert planned(db, google(more)).gains[0].fields[:2] == ["email", "note"]


def test_a_birthday_gets_its_year_from_another_program(db: store.Db) -> None:
    mail = (Reach("email", "ada@x.example"),)
    read_in(db, google(Card(1, "Ada", birthday="--12-10", reaches=mail)))
    plan, _ = read_in(db, phone(Card(1, "Ada", key="u", birthday="1815-12-10", reaches=mail)))
    assert ([list(one.fields) for one in plan.gains], plan.conflicts) == ([["birthday"]], [])
    assert db.value("SELECT birthday FROM person WHERE name = 'Ada'") == "1815-12-10"
    with db.change("edit") as tx:
        tx.run("UPDATE person SET birthday = '--12-10' WHERE name = 'Ada'")
    again = phone(Card(1, "Ada", key="u", birthday="1815-12-10", reaches=mail))
    assert not planned(db, again).writes


def test_two_conversations_of_a_day_are_two(db: store.Db) -> None:
    talks = (
        Talk("2026-05-01", "both", text="coffee", met=True),
        Talk("2026-05-01", "both", text="lunch", met=True),
        Talk("2026-05-01", "both", text="lunch", met=True),
    )
    read_in(db, phone(Card(1, "Ada", key="u", talks=talks)))
    assert db.tuples("SELECT text FROM conversation ORDER BY id") == [("coffee",), ("lunch",)]
    assert not planned(db, phone(Card(1, "Ada", key="u", talks=talks))).writes
    with db.change("rm") as tx:
        tx.run("DELETE FROM conversation WHERE text = 'lunch'")
    assert not planned(db, phone(Card(1, "Ada", key="u", talks=talks))).writes


def test_what_two_records_of_somebody_new_say_differently_is_told(db: store.Db) -> None:
    mail = (Reach("email", "ada@x.example"),)
    one = Card(1, "Ada Lovelace", key="a", org="Engines", city="Rome", reaches=mail)
    other = Card(2, "Ada Lovelace", key="b", org="Looms", city="rome", role="poet", reaches=mail)
    plan, _ = read_in(db, phone(one, other))
    assert [(c.row, c.field, c.here, c.there) for c in plan.conflicts] == [
        (2, "org", "Engines", "Looms")
    ]
    assert db.tuples("SELECT org, role FROM person WHERE id > 0") == [("Engines", "poet")]


def test_what_you_said_before_a_record_came_does_not_follow_it(db: store.Db) -> None:
    mail = (Reach("email", "ada@x.example"),)
    read_in(db, phone(Card(1, "Ada", key="k", reaches=mail)))
    with db.change("edit") as tx:
        tx.run("UPDATE person SET city = 'Rome', org = 'Engines' WHERE id > 0")

    def outlook(city: str, org: str) -> Told:
        return google(Card(1, "Ada", key="g", city=city, org=org, reaches=mail))

    read_in(db, outlook("Rome", "Engines"))
    plan, _ = read_in(db, outlook("Oslo", "Engines"), phone(Card(9, "Eve")))
    assert [(c.field, c.here, c.there) for c in plan.conflicts] == [("city", "Rome", "Oslo")]
    read_in(db, phone(Card(1, "Ada", key="k", org="Engines", reaches=mail)), phone(Card(8, "Bo")))
    plan = planned(db, outlook("Oslo", "Looms"))
    assert {c.there for c in plan.conflicts} == {"Oslo", "Looms"}
    assert db.tuples("SELECT city, org FROM person WHERE name = 'Ada'") == [("Rome", "Engines")]


def test_what_a_second_record_of_one_key_said_does_not_come_back(db: store.Db) -> None:
    mail = (Reach("email", "ada@x.example"),)
    twins = google(Card(1, "Ada", reaches=mail), Card(2, "Ada", org="Engines", reaches=mail))
    read_in(db, twins)
    with db.change("edit") as tx:
        tx.run("UPDATE person SET org = NULL WHERE id > 0")
    assert not planned(db, twins).writes


def test_of_two_records_of_somebody_new_one_says_the_year(db: store.Db) -> None:
    mail = (Reach("email", "ada@x.example"),)
    files = (
        google(Card(1, "Ada", birthday="--12-10", reaches=mail)),
        phone(Card(1, "Ada", key="u", birthday="1815-12-10", reaches=mail)),
    )
    read_in(db, *files)
    assert db.value("SELECT birthday FROM person WHERE name = 'Ada'") == "1815-12-10"
    assert not planned(db, *files).writes


def test_a_birthday_gets_its_year_and_never_loses_it(db: store.Db) -> None:
    read_in(db, phone(Card(1, "Ada", key="u", birthday="--12-10")))
    read_in(db, google(Card(1, "Ada", birthday="1815-12-10")))
    assert len(names(db)) == 2
    read_in(db, phone(Card(1, "Ada", key="u", birthday="1815-12-10")))
    plan = planned(db, phone(Card(1, "Ada", key="u", birthday="--12-10")))
    assert not plan.writes
    assert not plan.conflicts


def test_what_a_card_says_is_written_down(db: store.Db) -> None:
    card = Card(
        1,
        "Ada Lovelace",
        nick="Countess",
        city="London",
        address="1 St James's Square\nLondon",
        birthday="1815-12-10",
        relation="cousin",
        cue="tall",
        by="Mary Somerville",
        cadence="monthly",
        reaches=(
            Reach("", "https://github.com/ada"),
            Reach("", "https://ada.example/"),
            Reach("skype", "ada.l"),
            Reach("phone", "911"),
            Reach("phone", "HomePhone"),
        ),
        notes=("one", "two", "one"),
        about=("compilers",),
        seeks=("punch cards",),
        tags=("friend",),
        communities=("Royal Society",),
        dates=(("wedding", "1835-07-08"),),
        talks=(Talk("2026-05-01", "them", "linkedin"), Talk("2026-05-01", "them", "LinkedIn")),
        events=("PyCon 2026",),
        extras=(Extra("X-HAIR", "X-HAIR:brown"), Extra("X-HAIR", "X-HAIR:brown")),
        remarks=("line 3 could not be read",),
    )
    plan, written = read_in(db, phone(card, Card(9, "Mary Somerville")))
    (ada,) = finding.find(db, "ada").people
    assert (ada.nick, ada.relation, ada.every) == ("Countess", "cousin", "1mo")
    assert ada.introduced_by == written.added[1]
    assert channels(db, "ada") == [
        "github:ada",
        "website:https://ada.example/",
        "skype:ada.l",
        "phone:911",
        "phone:HomePhone",
    ]
    keys = {c.handle: c.handle_key for c in people.channels(db, [ada.id])[ada.id]}
    assert keys["HomePhone"] is None
    assert plan.remarks == [("phone.vcf", 1, "line 3 could not be read")]
    count = {
        table: db.value(f"SELECT count(*) FROM {table} WHERE person_id = :id", id=ada.id)
        for table in ("note", "topic", "tag", "membership", "anniversary", "conversation", "extra")
    }
    assert count == {
        "note": 2, "topic": 2, "tag": 1, "membership": 1, "anniversary": 1, "conversation": 1,
        "extra": 1,
    }  # fmt: skip
    assert not planned(db, phone(card, Card(9, "Mary Somerville"))).writes


def test_you_are_nobody_new(db: store.Db) -> None:
    with db.change("me") as tx:
        people.update(tx, 0, name="Grace Hopper")
        people.add_channel(tx, 0, "email", "g@x.example", "g@x.example", state=None)
    plan = planned(
        db,
        phone(
            Card(1, "Grace Hopper"), Card(2, "G. Hopper", reaches=(Reach("email", "g@x.example"),))
        ),
    )
    assert not plan.writes
    assert plan.same == 2


def test_a_plan_is_refused_when_the_file_changed(db: store.Db) -> None:
    plan = planned(db, phone(Card(1, "Ada")))
    read_in(db, phone(Card(1, "Grace")))
    with pytest.raises(Refused, match="changed just now"):
        importing.carry_out(db, plan, TODAY)
    assert names(db) == ["Grace"]


def test_planning_writes_nothing(db: store.Db) -> None:
    before = content(db)
    planned(db, linkedin(ADA_LINKEDIN), phone(ADA_PHONE, Skipped(2, "an organisation", "ORG:x")))
    assert content(db) == before


def test_an_import_is_counted(db: store.Db) -> None:
    read_in(db, phone(Card(1, "Ada"), Card(2, "Grace"), Skipped(3, "an organisation", "x")))
    assert db.tuples("SELECT name, format, records, added, changed, skipped FROM import") == [
        ("phone.vcf", "vcard", 3, 2, 0, 1)
    ]


def test_what_is_too_long_or_no_day_is_written_all_the_same(db: store.Db) -> None:
    long = Reach("linkedin", "https://www.linkedin.com/in/" + "a" * 600)
    read_in(db, Told("a\udcff.vcf", "vcard", [Card(1, "Ada Lovelace", birthday="--W01-1")]))
    read_in(db, phone(Card(1, "Emmy Noether", key="k" * 2000, reaches=(long,))))
    twins = phone(
        Card(1, "Grace Hopper", key="j" * 2000),
        Card(2, "Mary Somerville", key="j" * 2000),
        Card(3, "Rózsa Péter", key="j" * 2000),
    )
    read_in(db, twins)
    assert not planned(db, twins).writes
    assert len(names(db)) == 5
    assert db.tuples("SELECT format, name, value FROM extra") == [("kinship", "link", long.text)]
    assert db.value("SELECT name FROM import WHERE id = 1") == "a" + 3 * "\ufffd" + ".vcf"


def test_what_two_people_have_joins_nobody_to_both(db: store.Db) -> None:
    one, other = Reach("email", "a@x.example"), Reach("email", "b@x.example")
    read_in(db, phone(Card(1, "John Smith", reaches=(one,)), Card(2, "J. Smith", reaches=(other,))))
    read_in(db, google(Card(1, "John Smith", org="Acme", reaches=(one, other))))
    assert db.tuples("SELECT name, org FROM person WHERE id > 0 ORDER BY id") == [
        ("John Smith", "Acme"),
        ("J. Smith", None),
    ]
    mail = Reach("email", "curie@x.example")
    curies = (
        Card(row, n, reaches=(mail,))
        for row, n in enumerate(("curie@x.example", "Marie Curie", "Pierre Curie"))
    )
    plan, _ = read_in(db, phone(*curies))
    assert len(plan.new) == 3


def test_a_number_of_ours_with_another_name_is_somebody_else(db: store.Db) -> None:
    read_in(db, phone(Card(1, "Ada Lovelace")))
    row = Told("people.csv", "kinship-csv", [Card(1, "A. Lovelace", key="1 a lovelace", org="x")])
    plan, _ = read_in(db, row)
    uid = db.value("SELECT uid FROM person WHERE id = 1")
    other, _ = read_in(db, phone(Card(1, "Bob Miller", key=uid, org="y")))
    assert (len(plan.new), len(other.new)) == (1, 1)
    assert db.value("SELECT org FROM person WHERE id = 1") is None


def test_a_channel_gets_a_label_and_keeps_what_you_know_of_it(db: store.Db) -> None:
    mail = Reach("email", "a@x.example")
    read_in(db, phone(Card(1, "Ada", key="k", reaches=(mail,))))
    with db.change("add") as tx:
        tx.run(
            "INSERT INTO channel (person_id, kind, handle, handle_key) VALUES (1, 'linkedin', 'ada', 'ada')"
        )
    more = (mail._replace(label="work"), Reach("linkedin", "ada"))
    plan, _ = read_in(db, phone(Card(1, "Ada", key="k", org="Acme", reaches=more)))
    assert [list(one.fields) for one in plan.gains] == [["company"]]
    assert db.tuples("SELECT label, state FROM channel ORDER BY id") == [
        ("work", None),
        (None, None),
    ]


def test_who_introduced_somebody_is_reckoned_anew(db: store.Db) -> None:
    mary = Card(2, "Mary Somerville", key="m")
    read_in(db, phone(Card(1, "Ada", key="k", known="heard", by="Mary Somerville"), mary))
    read_in(db, phone(Card(1, "Ada", key="k", known="known")))


def test_what_is_longer_than_its_field_is_kept_whole_and_said(db: store.Db) -> None:
    card = Card(1, "Ada", org="o" * 501, city="x" * 500, address="a" * 2001)
    plan, _ = read_in(db, phone(card))
    assert [text for *_, text in plan.remarks] == [
        "company: more than 500 characters",
        "address: more than 2,000 characters",
    ]
    assert db.tuples("SELECT name, length(value) FROM extra") == [
        ("company", 501),
        ("address", 2001),
    ]
    assert not planned(db, phone(card)).writes


def test_a_file_in_a_deep_folder_is_one_file(db: store.Db) -> None:
    read_in(db, phone(Card(1, "Ada"), name="a/" * 400 + "b.vcf"))
    assert db.value("SELECT name FROM import") == ("a/" * 400)[:500]


def test_hostile_texts_are_kept_as_far_as_a_file_can(db: store.Db) -> None:
    card = Card(
        1,
        "A\0da\ud800 Love\nlace" + "x" * 300,
        key="k" * 5000,
        org="o" * 900,
        birthday="1815-02-30",
        notes=("n" * 250_000, "\0", "\ud83d"),
        reaches=(
            Reach("e mail!", "x\0y"),
            Reach("email", "@"),
            Reach("", "ftp://x"),
            Reach("", "\0"),
        ),
        tags=("", " ", "\0"),
        dates=(("", "1815-12-10"), ("wedding", "someday")),
        extras=(Extra("", "x\0"), Extra("P" * 900, "\ud800")),
        talks=(Talk("yesterday", "up", "x" * 90), Talk("2020", "up", "x" * 90, "t\0")),
        cadence="whenever",
        by="nobody",
    )
    read_in(db, phone(card, Card(2, "\0"), Card(3, "\u202d")))
    assert not planned(db, phone(card)).writes
    assert len(names(db)) == 1
