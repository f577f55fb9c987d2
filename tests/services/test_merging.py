"""Two people become one: nothing is lost, everything moves, and undo brings both back."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinship import formats
from kinship.errors import BadInput, Refused
from kinship.formats import Source, kinship_lines, vcard_writer
from kinship.model import names
from kinship.model.person import ME
from kinship.services import cards_out, importing, merging, restoring, safety, saving
from kinship.store import (
    bulk,
    communities,
    entries,
    events,
    favours,
    introductions,
    people,
    rallies,
    references,
    shared,
    ties,
)
from kinship.store import db as store
from kinship.store.db import Change, Db

TODAY = date(2026, 5, 20)
COLUMNS = {
    "pulse": "person_id, last_on, mine_on, theirs_on, two_way_on, first_met_on, first_event_id,"
    " cadence, last_text",
    "waiting": "person_id, kind, due_on, late_on, gone_on, since_on, entry_id",
}
_UNKEPT = ("change", "image", "current", "number", "_sqlite_migrations")


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Db]:
    path = tmp_path / "merging.db"
    store.create(str(path))
    opened = store.open_file(str(path))
    yield opened
    opened.close()


def add(db: Db, name: str, **fields: str | int | None) -> int:
    with db.change(f"add {name}") as tx:
        nick = fields.get("nick")
        if nick:
            fields["nick_key"] = names.fold(str(nick))
        return people.add(
            tx,
            name=name,
            name_key=names.fold(name),
            **{"known": "known", "added_on": "2026-01-01", **fields},
        )


def merge(db: Db, *numbers: int, take: dict[str, int] | None = None) -> merging.Plan:
    known = people.by_ids(db, numbers)
    planned = merging.plan(db, [known[n] for n in numbers], take)
    merging.carry_out(db, planned, take, TODAY)
    return planned


def dump(db: Db) -> dict[str, list[tuple[object, ...]]]:
    """Everything that is kept, search aside."""
    tables = db.tuples(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL TABLE%'"
        " AND name NOT LIKE '%search%' AND name NOT LIKE 'sqlite_%'"
    )
    return {
        table: db.tuples(f"SELECT * FROM {table} ORDER BY 1, 2")
        for (table,) in tables
        if table not in _UNKEPT
    }


def holds_together(db: Db) -> None:
    """Foreign keys hold, and what is kept by trigger is what is reckoned."""
    assert db.tuples("PRAGMA foreign_key_check") == []
    for table in ("pulse", "waiting"):
        columns = COLUMNS[table]
        kept = db.tuples(f"SELECT {columns} FROM {table} ORDER BY 1, 2")
        assert kept == db.tuples(f"SELECT {columns} FROM {table}_reckoned ORDER BY 1, 2")
    with suppress(ZeroDivisionError), db.change("look into the indexes") as tx:
        for index in ("person_search", "entry_search"):
            tx.run(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
        raise ZeroDivisionError  # so that it is no change


def texts(db: Db) -> str:
    """Everything anybody could read about people, as one text."""
    return "\n".join(
        str(value)
        for table, rows in dump(db).items()
        if table not in ("pulse", "waiting")
        for row in rows
        for value in row
    )


def write(db: Db, sql: str, **values: str | int | None) -> None:
    with db.change("write") as tx:
        tx.run(sql, **values)


# What becomes of fields


def test_what_only_the_other_had_is_theirs_now(db: Db) -> None:
    ada = add(db, "Ada Lovelace", org="Engine Ltd")
    king = add(db, "Ada King", city="London", birthday="1815-12-10")
    merge(db, ada, king)
    person = people.by_id(db, ada)
    assert person
    assert (person.name, person.org, person.city) == ("Ada Lovelace", "Engine Ltd", "London")
    assert person.birthday == "1815-12-10"
    assert people.by_id(db, king) is None


def test_the_other_name_becomes_the_nickname_and_finds_her(db: Db) -> None:
    ada, king = add(db, "Ada Lovelace"), add(db, "Ada King")
    merge(db, ada, king)
    assert [p.id for p in people.by_key(db, "ada king")] == [ada]


def test_where_there_is_a_nickname_the_other_name_goes_into_a_note(db: Db) -> None:
    ada, king = add(db, "Ada Lovelace", nick="Countess"), add(db, "Ada King", nick="Addie")
    merge(db, ada, king)
    person = people.by_id(db, ada)
    assert person
    assert person.nick == "Countess"
    [note] = entries.notes(db, [ada])[ada]
    assert "also called: Ada King" in note.text
    assert "also called: Addie" in note.text


def test_of_different_values_the_first_stays_and_the_other_is_noted(db: Db) -> None:
    ada, king = add(db, "Ada", org="Engine Ltd"), add(db, "Ada", org="ACME")
    merge(db, ada, king)
    person = people.by_id(db, ada)
    assert person
    assert person.org == "Engine Ltd"
    assert [n.text for n in entries.notes(db, [ada])[ada]] == [
        "From Ada, the same person:\norg: ACME"
    ]


def test_the_others_value_can_be_taken(db: Db) -> None:
    ada, king = add(db, "Ada", org="Engine Ltd"), add(db, "Ada", org="ACME")
    merge(db, ada, king, take={"org": 1})
    person = people.by_id(db, ada)
    assert person
    assert person.org == "ACME"
    assert "org: Engine Ltd" in entries.notes(db, [ada])[ada][0].text


def test_a_value_that_is_not_there_cannot_be_taken(db: Db) -> None:
    ada, king = add(db, "Ada", org="Engine Ltd"), add(db, "Ada")
    with pytest.raises(BadInput, match="there is no org to take"):
        merge(db, ada, king, take={"org": 1})


def test_a_birthday_with_its_year_says_more_and_contradicts_nothing(db: Db) -> None:
    ada, king = add(db, "Ada", birthday="--12-10"), add(db, "Ada", birthday="1815-12-10")
    planned = merge(db, ada, king)
    assert planned.conflicts == []
    person = people.by_id(db, ada)
    assert person
    assert person.birthday == "1815-12-10"
    assert planned.note == ""


def test_the_cadence_of_the_first_stays_and_one_alone_moves(db: Db) -> None:
    ada, king = add(db, "Ada"), add(db, "Ada", every="1mo", kept_on="2026-02-01")
    merge(db, ada, king)
    person = people.by_id(db, ada)
    assert person
    assert (person.every, person.kept_on) == ("1mo", "2026-02-01")
    third = add(db, "Ada", every="1y", kept_on="2026-03-01")
    planned = merge(db, ada, third)
    assert planned.note == "cadence: yearly"
    holds_together(db)


def test_met_in_person_is_more_than_heard_of_and_here_is_since_the_first(db: Db) -> None:
    ada = add(db, "Ada", known="heard", added_on="2026-03-01", since="2020")
    king = add(db, "Ada", known="in person", added_on="2025-03-01", since="2019-05")
    merge(db, ada, king)
    person = people.by_id(db, ada)
    assert person
    assert (person.known, person.added_on, person.since) == ("in person", "2025-03-01", "2019-05")
    assert "since: 2020" in entries.notes(db, [ada])[ada][0].text


def test_nobody_introduces_themselves(db: Db) -> None:
    ada = add(db, "Ada")
    king = add(db, "Ada King", introduced_by=ada)
    grace = add(db, "Grace", introduced_by=king)
    merge(db, ada, king)
    here = people.by_ids(db, [ada, grace])
    assert here[ada].introduced_by is None
    assert here[grace].introduced_by == ada


def test_archived_stays_what_the_first_is(db: Db) -> None:
    ada, king = add(db, "Ada"), add(db, "Ada King", archived_on="2026-04-01")
    planned = merge(db, ada, king)
    person = people.by_id(db, ada)
    assert person
    assert person.archived_on is None
    assert "archived: 2026-04-01" in planned.note


# What both have


def test_a_channel_that_both_have_is_one_in_the_better_state(db: Db) -> None:
    ada, king = add(db, "Ada"), add(db, "Ada King")
    with db.change("channels") as tx:
        people.add_channel(tx, ada, "linkedin", "adal", "adal", state="known", inferred="state")
        people.add_channel(tx, king, "linkedin", "AdaL", "adal", state="connected")
        people.add_channel(tx, king, "email", "ada@x.example", "ada@x.example", state=None)
    merge(db, ada, king)
    held = people.channels(db, [ada])[ada]
    assert [(c.kind, c.handle, c.state, c.inferred) for c in held] == [
        ("linkedin", "adal", "connected", ""),
        ("email", "ada@x.example", None, ""),
    ]


def test_what_both_belong_to_is_once_theirs(db: Db) -> None:
    ada, king = add(db, "Ada"), add(db, "Ada King")
    with db.change("lists") as tx:
        for number in (ada, king):
            people.add_tag(tx, number, "maths", "maths")
            people.add_topic(tx, number, "about", "engines", "engines")
        people.add_topic(tx, king, "about", "poetry", "poetry")
    merge(db, ada, king)
    assert people.tags(db, [ada])[ada] == ["maths"]
    assert people.topics(db, [ada])[ada] == ["engines", "poetry"]


@pytest.mark.parametrize("kind", ["tag", "community"])
@pytest.mark.parametrize("many", [1, 1_000])
def test_a_shared_cadence_goes_with_what_moves_and_back(
    db: Db, kind: str, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "_MANY", many)
    ada, bob = add(db, "Ada Lovelace"), add(db, "Bob Ross")
    with db.change("choir") as tx:
        choir = communities.add(tx, "Choir", "choir")
        people.add_tag(tx, bob, "choir", "choir")
        communities.join_all(tx, choir, [bob])
        said = choir if kind == "community" else "choir"
        shared.put(tx, kind, said, every="1mo", circle_id=None, day="2026-05-01")
    waiting = "SELECT person_id FROM waiting WHERE kind = 'keep'"
    merge(db, ada, bob)
    holds_together(db)
    safety.undo(db)
    holds_together(db)
    assert db.tuples(waiting) == [(bob,)]
    safety.redo(db)
    holds_together(db)
    assert db.tuples(waiting) == [(ada,)]


def test_two_days_of_one_name_are_both_kept(db: Db) -> None:
    ada, king = add(db, "Ada"), add(db, "Ada King")
    with db.change("dates") as tx:
        people.set_anniversary(tx, ada, "wedding", "wedding", "1835-07-08")
        people.set_anniversary(tx, king, "wedding", "wedding", "1835-07-09")
        people.set_anniversary(tx, ada, "name day", "name day", "--12-24")
        people.set_anniversary(tx, king, "name day", "name day", "1850-12-24")
    merge(db, ada, king)
    assert sorted(people.anniversaries(db, ada)) == [
        ("name day", "1850-12-24"),
        ("wedding", "1835-07-08"),
        ("wedding 2", "1835-07-09"),
    ]


def test_a_day_takes_a_name_that_neither_has(db: Db) -> None:
    ada, king = add(db, "Ada"), add(db, "Ada King")
    long = "x" * names.LINE_LIMIT
    with db.change("dates") as tx:
        people.set_anniversary(tx, ada, "wedding", "wedding", "2001-06-12")
        people.set_anniversary(tx, king, "wedding", "wedding", "2002-06-12")
        people.set_anniversary(tx, king, "wedding 2", "wedding 2", "2003-06-12")
        people.set_anniversary(tx, ada, long, long, "2001-06-12")
        people.set_anniversary(tx, king, long, long, "2002-06-12")
        people.set_anniversary(tx, king, f"{long[:-5]} 2", f"{long[:-5]} 2", "2003-06-12")
    merge(db, ada, king)
    assert sorted(people.anniversaries(db, ada)) == [
        ("wedding", "2001-06-12"),
        ("wedding 2", "2003-06-12"),
        ("wedding 3", "2002-06-12"),
        (f"{long[:-5]} 2", "2003-06-12"),
        (f"{long[:-5]} 3", "2002-06-12"),
        (long, "2001-06-12"),
    ]


def test_who_knew_both_knows_one_and_the_two_do_not_know_each_other(db: Db) -> None:
    ada, king, mary = add(db, "Ada"), add(db, "Ada King"), add(db, "Mary")
    tie = "INSERT INTO tie (person_id, other_id, how, noted_on) VALUES (:a, :b, :how, '2026-01-01')"
    write(db, tie, a=ada, b=mary, how="school")
    write(db, tie, a=king, b=mary, how="work")
    write(db, tie, a=ada, b=king, how=None)
    merge(db, ada, king)
    assert db.tuples("SELECT person_id, other_id, how FROM tie") == [(ada, mary, "school; work")]


@pytest.mark.parametrize(
    ("ours", "theirs", "first", "how"),
    [
        ("taught her", "her aunt", "ada", "taught her; Mary: her aunt"),
        (None, "her aunt", "mary", "her aunt"),
        ("taught her", None, "ada", "taught her"),
        ("work", "work", "ada", "work"),
    ],
)
def test_how_two_know_each_other_stays_said_of_the_one_it_was_said_of(
    db: Db, ours: str | None, theirs: str | None, first: str, how: str
) -> None:
    ada, king, mary = add(db, "Ada"), add(db, "Ada King"), add(db, "Mary Somerville")
    with db.change("ties") as tx:
        ties.add(tx, ada, mary, "2026-01-01", how=ours)
        ties.add(tx, mary, king, "2026-01-01", how=theirs)
    merge(db, ada, king)
    [tie] = ties.of(db, ada)
    assert (tie.person_id, tie.how) == ({"ada": ada, "mary": mary}[first], how)
    safety.undo(db)
    with db.change("turned") as tx:
        ties.remove(tx, 1)
        ties.add(tx, mary, ada, "2026-01-01", how="her aunt")
        ties.update(tx, 2, person_id=king, other_id=mary, how="taught her")
    merge(db, ada, king)
    [tie] = ties.of(db, ada)
    assert (tie.person_id, tie.how) == (mary, "her aunt; Ada: taught her")


def test_an_introduction_that_is_open_with_both_is_open_once(db: Db) -> None:
    ada, king, mary = add(db, "Ada"), add(db, "Ada King"), add(db, "Mary")
    grace = add(db, "Grace")
    with db.change("introductions") as tx:
        introductions.add(tx, ada, mary, state="asking", text="looms", asked_on="2026-01-03")
        introductions.add(tx, mary, king, state="made", text="engines", made_on="2026-01-05")
        introductions.add(tx, grace, king, state="asking", asked_on="2026-01-06")
        old = introductions.add(tx, king, mary, state="made", made_on="2025-01-05")
        introductions.close(tx, old, "not", "2025-02-01")
    merge(db, ada, king)
    [one] = [i for i in introductions.between(db, ada, mary) if i.closed_on is None]
    assert (one.state, one.asked_on, one.made_on, one.text) == (
        *("made", "2026-01-03", "2026-01-05", "looms; engines"),
    )
    assert len(introductions.of(db, ada)) == 3
    holds_together(db)
    safety.undo(db)
    assert len(introductions.of(db, mary)) == 3


def test_a_tie_that_somebody_said_is_said_and_as_old_as_the_older(db: Db) -> None:
    ada, king, mary = add(db, "Ada"), add(db, "Ada King"), add(db, "Mary")
    with db.change("ties") as tx:
        ties.add(tx, ada, mary, "2026-02-01", since="2021", source="introduced")
        ties.add(tx, mary, king, "2026-01-01", since="2019-05")
        ties.add(tx, king, ada, "2026-01-03", how="sisters", since="2018")
    merge(db, ada, king)
    [tie] = ties.of(db, ada)
    assert (tie.whom(ada), tie.since, tie.noted_on, tie.source) == (
        *(mary, "2019-05", "2026-01-01", "said"),
    )
    assert "knows sisters since 2018" in [n.text for n in entries.notes(db, [ada])[ada]]


def test_favours_introductions_and_pledges_of_both_are_theirs(db: Db) -> None:
    ada, king, mary = add(db, "Ada"), add(db, "Ada King"), add(db, "Mary")
    with db.change("things") as tx:
        favours.add(tx, ada, "gave", "2026-01-01", "a lift")
        favours.add(tx, king, "got", "2026-01-02", "a table")
        introductions.add(tx, mary, king, state="asking", text="looms", asked_on="2026-01-03")
        introductions.add(tx, king, ada, state="made", text="both count", made_on="2026-01-04")
        rally = rallies.start(tx, text="A van", began_on="2026-05-01", person_id=king)
        rallies.add_pledge(tx, rally, king, text="fuel", pledged_on="2026-05-04")
    merge(db, ada, king)
    assert [f.text for f in favours.of(db, ada)] == ["a table", "a lift"]
    assert [(i.person_id, i.other_id) for i in introductions.of(db, ada)] == [(mary, ada)]
    assert [p.text for p in rallies.pledges_of(db, ada)] == ["fuel"]
    found = rallies.by_number(db, rally)
    assert found
    assert found.person_id == ada
    [(name, kept)] = db.tuples("SELECT name, value FROM extra")
    assert name == "introduction"
    assert "both count" in kept
    holds_together(db)


@pytest.mark.parametrize(
    ("ours", "theirs", "answer"),
    [
        ((None, None), ("cannot", "2026-05-05"), ("cannot", "2026-05-05")),
        (("cannot", "2026-05-05"), ("pledged", "2026-05-07"), ("pledged", "2026-05-07")),
        (("none", None), ("cannot", "2026-05-04"), ("cannot", "2026-05-04")),
        (("pledged", "2026-05-04"), (None, None), ("pledged", "2026-05-04")),
    ],
)
def test_who_was_asked_under_both_names_was_asked_once_and_answered(
    db: Db,
    ours: tuple[str | None, str | None],
    theirs: tuple[str | None, str | None],
    answer: tuple[str | None, str | None],
) -> None:
    ada, king = add(db, "Ada"), add(db, "Ada King")
    with db.change("rally") as tx:
        rally = rallies.start(tx, text="A van", began_on="2026-05-01", person_id=ME)
        other = rallies.start(tx, text="Chairs", began_on="2026-05-02", person_id=ME)
        for number, day, said in ((ada, "2026-05-03", ours), (king, "2026-05-02", theirs)):
            rallies.put_helper(tx, rally, number, asked_on=day, answer=said[0], answered_on=said[1])
        rallies.put_helper(tx, other, king, thanked_on="2026-05-09")
    merge(db, ada, king)
    [helper] = rallies.helpers(db, rally)
    assert (helper.person_id, helper.asked_on) == (ada, "2026-05-02")
    assert (helper.answer, helper.answered_on) == answer
    assert [h.person_id for h in rallies.helpers(db, other)] == [ada]
    assert db.tuples("SELECT * FROM extra") == []
    safety.undo(db)
    assert [h.person_id for h in rallies.helpers(db, rally)] == [ada, king]


def test_what_waited_still_waits_though_the_other_was_settled(db: Db) -> None:
    ada, king = add(db, "Ada"), add(db, "Ada King")
    with db.change("they wrote") as tx:
        asked = entries.add_conversation(tx, ada, "2026-05-01", direction="them", text="when?")
        other = entries.add_conversation(tx, king, "2026-05-02", direction="them", text="hi")
    nudge = "INSERT INTO nudge (person_id, kind, settled_on, up_to) VALUES (:id, 'reply', '2026-05-03', :n)"
    write(db, nudge, id=king, n=other)
    merge(db, ada, king)
    waiting = db.tuples("SELECT person_id, kind, entry_id FROM waiting")
    assert waiting == [(ada, "reply", asked)]
    holds_together(db)


def test_two_nudges_put_off_wait_for_the_later_and_never_is_never(db: Db) -> None:
    ada, king = add(db, "Ada"), add(db, "Ada King")
    nudge = "INSERT INTO nudge (person_id, kind, until, never) VALUES (:id, :kind, :until, :never)"
    write(db, nudge, id=ada, kind="keep", until="2026-06-01", never=0)
    write(db, nudge, id=king, kind="keep", until="2026-07-01", never=0)
    write(db, nudge, id=king, kind="connect", until=None, never=1)
    merge(db, ada, king)
    said = db.tuples("SELECT person_id, kind, until, never FROM nudge ORDER BY kind")
    assert said == [(ada, "connect", None, 1), (ada, "keep", "2026-07-01", 0)]


def test_both_uids_still_mean_her_in_a_later_import(db: Db) -> None:
    ada, king = add(db, "Ada"), add(db, "Ada King")
    [(uid,)] = db.tuples("SELECT uid FROM person WHERE id = :id", id=king)
    write(db, "INSERT INTO source (person_id, format, key) VALUES (:id, 'vcard', 'x')", id=king)
    merge(db, ada, king)
    assert db.tuples("SELECT person_id, format, key FROM source ORDER BY format") == [
        (ada, "kinship", uid),
        (ada, "vcard", "x"),
    ]


def test_a_copy_and_a_card_of_before_find_the_one_who_stayed(db: Db) -> None:
    ada, king = add(db, "Ada Lovelace", org="Engines"), add(db, "Ada King", city="London")
    with db.change("notes") as tx:
        entries.add_note(tx, king, "2026-01-02", "likes horses")
        ties.add(tx, ada, king, "2026-01-02")
    numbers = [ada, king]
    before = "".join(map(kinship_lines.written, saving.lines(db, None))).encode()
    cards = "".join(vcard_writer.text(card) for _, card in cards_out.cards(db, numbers)).encode()
    merge(db, ada, king)

    copied = restoring.plan(db, "people.jsonl", before)
    assert (copied.new, copied.skipped) == ([], [])
    restoring.carry_out(db, copied, TODAY)
    told = importing.Told("people.vcf", "vcard", formats.read("vcard", Source("", cards)))
    read = importing.plan(db, [told], importing.Aim(), TODAY)
    assert (read.new, read.unsure) == ([], [])
    importing.carry_out(db, read, TODAY)
    assert db.tuples("SELECT id, city FROM person WHERE id > 0") == [(ada, "London")]
    assert db.tuples("SELECT * FROM tie") == []
    assert not restoring.plan(db, "people.jsonl", before).writes
    holds_together(db)


def test_a_table_added_next_year_is_merged_and_what_collides_is_kept(db: Db) -> None:
    db._conn.execute("PRAGMA query_only = OFF")
    db._conn.execute(
        "CREATE TABLE gift (id INTEGER PRIMARY KEY,"
        " person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,"
        " year INTEGER, what TEXT, UNIQUE (person_id, year))"
    )
    ada, king = add(db, "Ada"), add(db, "Ada King")
    gift = "INSERT INTO gift (person_id, year, what) VALUES (:id, :year, :what)"
    write(db, gift, id=ada, year=2025, what="a slide rule")
    write(db, gift, id=king, year=2025, what="a loom")
    write(db, gift, id=king, year=2026, what="a horse")
    assert "gift" in {reference.table for reference in references.to_people(db)}
    merge(db, ada, king)
    here = db.tuples("SELECT person_id, what FROM gift ORDER BY year")
    assert here == [(ada, "a slide rule"), (ada, "a horse")]
    [(name, value)] = db.tuples("SELECT name, value FROM extra")
    assert name == "gift"
    assert "a loom" in value


# Who may be merged


def test_three_become_one(db: Db) -> None:
    ada, king, byron = add(db, "Ada"), add(db, "Ada King"), add(db, "Ada Byron", city="London")
    merge(db, ada, king, byron)
    person = people.by_id(db, ada)
    assert person
    assert (person.nick, person.city) == ("Ada King", "London")
    assert "also called: Ada Byron" in entries.notes(db, [ada])[ada][0].text
    assert people.count(db) == 1
    assert len(db.tuples("SELECT 1 FROM source WHERE format = 'kinship'")) == 2


def test_yourself_and_one_person_alone_are_refused(db: Db) -> None:
    ada = people.by_id(db, add(db, "Ada"))
    me = people.by_id(db, ME)
    assert ada
    assert me
    with pytest.raises(BadInput, match="that is you"):
        merging.plan(db, [ada, me])
    with pytest.raises(BadInput, match="that is one person"):
        merging.plan(db, [ada, ada])


def test_what_changed_since_it_was_shown_is_refused(db: Db) -> None:
    ada, king = add(db, "Ada"), add(db, "Ada King")
    known = people.by_ids(db, [ada, king])
    planned = merging.plan(db, [known[ada], known[king]])
    write(db, "UPDATE person SET org = 'ACME' WHERE id = :id", id=king)
    with pytest.raises(Refused, match="changed just now"):
        merging.carry_out(db, planned, None, TODAY)
    assert people.count(db) == 2


# Whatever they are


RALLY = 1
ALL_WORDS = ["Ada", "Grace Hopper", "Zoë", "a loom", "engines; looms", "Łódź", "x y"]
WORDS = st.sampled_from(ALL_WORDS)
MAYBE = st.none() | WORDS
DAYS = st.sampled_from(["1815-12-10", "--12-10", "1906-12-09", "2000-02-29"])
PEOPLE = st.fixed_dictionaries(
    {
        "name": WORDS,
        "nick": MAYBE,
        "org": MAYBE,
        "role": MAYBE,
        "city": MAYBE,
        "address": MAYBE,
        "relation": MAYBE,
        "cue": MAYBE,
        "birthday": st.none() | DAYS,
        "known": st.sampled_from(["in person", "online", "known", "heard"]),
        "since": st.none() | st.sampled_from(["2019", "2019-05", "2020-01-02"]),
        "every": st.none() | st.sampled_from(["1mo", "off", "2w"]),
        "archived_on": st.none() | st.just("2026-04-01"),
    }
)
KINDS = st.sampled_from(["linkedin", "email", "phone"])
THINGS = st.one_of(
    st.tuples(st.just("channel"), KINDS, WORDS, st.sampled_from(["known", "sent", "connected"])),
    st.tuples(st.just("tag"), WORDS),
    st.tuples(st.just("topic"), WORDS),
    st.tuples(st.just("note"), WORDS),
    st.tuples(st.just("talk"), WORDS, st.sampled_from(["them", "me", "both"]), st.booleans()),
    st.tuples(st.just("date"), WORDS, DAYS),
    st.tuples(st.just("tie"), st.integers(0, 3), MAYBE, st.none() | st.just("2019")),
    st.tuples(st.just("intro"), st.integers(0, 3), WORDS),
    st.tuples(st.just("favour"), st.sampled_from(["gave", "got"]), WORDS),
    st.tuples(st.just("asked"), st.none() | st.sampled_from(["pledged", "cannot", "none"])),
    st.tuples(st.just("pledge"), WORDS),
    st.tuples(st.just("going"), st.integers(1, 2)),
    st.tuples(st.just("promise"), WORDS),
    st.tuples(st.just("nudge"), st.sampled_from(["reply", "connect", "keep"]), st.integers(0, 6)),
)
OWNED = st.lists(st.tuples(st.integers(0, 3), THINGS), max_size=14)


def _give(tx: Change, numbers: list[int], owner: int, thing: tuple[object, ...]) -> None:
    number = numbers[owner]
    match thing:
        case ("channel", str(kind), str(handle), str(state)):
            key = names.fold(handle)
            people.add_channel(tx, number, kind, handle, key, state=state)
        case ("tag", str(name)):
            people.add_tag(tx, number, name, names.fold(name))
        case ("topic", str(name)):
            people.add_topic(tx, number, "seeks", name, names.fold(name))
        case ("note", str(text)):
            entries.add_note(tx, number, "2026-01-01", text)
        case ("talk", str(text), str(direction), bool(met)):
            entries.add_conversation(
                tx, number, "2026-05-01", direction=direction, met=met, text=text
            )
        case ("date", str(name), str(day)):
            people.set_anniversary(tx, number, name, names.fold(name), day)
        case ("tie", int(other), (str() | None) as how, (str() | None) as since):
            if numbers[other] != number:
                ties.add(tx, number, numbers[other], "2026-01-01", how=how, since=since)
        case ("intro", int(other), str(text)):
            if numbers[other] != number:
                introductions.add(
                    tx, number, numbers[other], state="made", text=text, made_on="2026-05-01"
                )
        case ("favour", str(way), str(text)):
            favours.add(tx, number, way, "2026-05-02", text)
        case ("asked", (str() | None) as answer):
            rallies.put_helper(tx, RALLY, number, asked_on="2026-05-03", answer=answer)
        case ("pledge", str(text)):
            rallies.add_pledge(tx, RALLY, number, text=text, pledged_on="2026-05-04")
        case ("going", int(event)):
            tx.run(
                "INSERT INTO attendance (person_id, event_id) VALUES (:a, :b)"
                " ON CONFLICT DO NOTHING",
                a=number,
                b=event,
            )
        case ("promise", str(text)):
            entries.add_follow_up(
                tx, number, "2026-06-01", text=text, aim="promise", made_on="2026-01-01"
            )
        case ("nudge", str(kind), int(up_to)):
            tx.run(
                "INSERT INTO nudge (person_id, kind, until, up_to) VALUES (:a, :kind, :day, :n)"
                " ON CONFLICT DO NOTHING",
                a=number,
                kind=kind,
                day=f"2026-06-0{up_to + 1}",
                n=up_to,
            )


@settings(max_examples=40)
@given(
    several=st.lists(PEOPLE, min_size=4, max_size=4),
    owned=OWNED,
    three=st.booleans(),
    own=st.booleans(),
)
def test_merging_loses_nothing_and_undo_and_redo_are_exact(
    several: list[dict[str, str | None]],
    owned: list[tuple[int, tuple[object, ...]]],
    three: bool,
    own: bool,
) -> None:
    """With ``own`` no two people have a text in common, so that none stands for another's."""
    if own:
        several = [{k: _owned(k, v, n) for k, v in one.items()} for n, one in enumerate(several)]
        owned = [
            (n, tuple(_owned("", v, n) if isinstance(v, str) else v for v in thing))
            for n, thing in owned
        ]
    db = store.in_memory()
    with db.change("events") as tx:
        for name in ("PyCon", "Camp"):
            events.add(tx, name, names.fold(name))
        assert rallies.start(tx, text="A van", began_on="2026-05-01", person_id=ME) == RALLY
    numbers = [add(db, str(one.pop("name")), **one) for one in several]
    with db.change("things") as tx:
        for owner, thing in owned:
            _give(tx, numbers, owner, thing)
    before = dump(db)
    merged = numbers[: 3 if three else 2]
    merge(db, *merged)
    after, left = dump(db), texts(db)
    assert people.count(db) + len(
        db.tuples("SELECT 1 FROM person WHERE archived_on IS NOT NULL")
    ) == 5 - len(merged)
    holds_together(db)
    for one in people_words(before, merged):
        assert one in left
    safety.undo(db)
    assert dump(db) == before
    safety.redo(db)
    assert dump(db) == after
    holds_together(db)


_SAID = {
    "tag": 2,
    "topic": 3,
    "note": 3,
    "conversation": 8,
    "follow_up": 5,
    "anniversary": 2,
    "tie": 3,
    "introduction": 3,
    "favour": 4,
    "pledge": 3,
}
"""Where the words stand in the rows of each table."""
_TEXTS = ("name", "nick", "org", "role", "city", "address", "relation", "cue", "")


def _owned(field: str, value: str | None, owner: int) -> str | None:
    return f"{value} of {owner}" if field in _TEXTS and value in ALL_WORDS else value


def people_words(before: dict[str, list[tuple[object, ...]]], numbers: list[int]) -> list[str]:
    """Every text that was written down about these people."""
    found = []
    for row in before["person"]:
        if row[0] in numbers:
            found += [str(value) for value in (row[2], row[4], *row[6:12]) if value]
    for table, place in _SAID.items():
        found += [str(row[place]) for row in before[table] if row[place]]
    return found


@pytest.mark.parametrize(
    ("stays", "other", "nick", "note"),
    [
        ("Robert Smith", "Bob Smith", "Bob", ""),
        ("Bob Smith", "Robert Smith", "Robert", ""),
        ("Ada Lovelace", "Ada Byron", "Ada Byron", ""),
        ("Grace Hopper", "Garce Hopper", None, "also called: Garce Hopper"),
        ("Ada Lovelace", "Lovelace Ada", None, "also called: Lovelace Ada"),
        ("Ada Lovelace", "A. Lovelace", None, "also called: A. Lovelace"),
        ("Zoë Washburne", "Zoe Washburne", None, "also called: Zoe Washburne"),
        ("A. Lovelace", "Ada Lovelace", "Ada Lovelace", ""),
        ("Ada", "Ada", None, ""),
    ],
)
def test_what_becomes_of_the_other_name(
    db: Db, stays: str, other: str, nick: str | None, note: str
) -> None:
    one, two = add(db, stays), add(db, other)
    planned = merge(db, one, two)
    assert (planned.nick, planned.note) == (nick, note)
    found = {p.id for p in people.by_key(db, names.fold(stays))}
    assert found == {one}
