"""Who knows whom, as files of other programs tell it: nobody is made up, and nothing comes twice."""

from pathlib import Path

import pytest
from test_importing import phone, planned, read_in

from conftest import Program
from kinship import formats
from kinship.formats import Source
from kinship.model.card import Card, Reach, Related
from kinship.services.importing import Told
from kinship.store import db as store
from kinship.store import people, ties


@pytest.fixture
def db() -> store.Db:
    return store.in_memory()


def noted(db: store.Db) -> list[tuple[str, str, str | None, str]]:
    """Both names of each tie, how, and who says so."""
    sql = (
        "SELECT a.name, b.name, t.how, t.source FROM tie t JOIN person a ON a.id = t.person_id"
        " JOIN person b ON b.id = t.other_id ORDER BY a.name, b.name"
    )
    return db.tuples(sql)


def card(row: int, name: str, *related: Related, key: str = "") -> Card:
    return Card(
        row, name, key=key or f"urn:uuid:{row:08}-0000-0000-0000-000000000000", related=related
    )


def table(form: str, text: str) -> Told:
    return Told("contacts.csv", form, formats.read(form, Source("contacts.csv", text.encode())))


def test_by_key_and_by_whole_name_whoever_is_meant_is_known(db: store.Db) -> None:
    ada = card(
        1, "Ada Lovelace", Related("friend", key="URN:UUID:00000002-0000-0000-0000-000000000000")
    )
    charles = card(
        2, "Charles Babbage", Related("", name="ada lovelace"), Related("son", "Herschel")
    )
    mary = card(3, "Mary Somerville", Related("", "Charles Babbage", "phone-1"))
    plan, _ = read_in(db, phone(ada, charles, mary))
    assert plan.others == ["2 ties"]
    assert noted(db) == [
        ("Charles Babbage", "Ada Lovelace", "friend", "import"),
        ("Charles Babbage", "Mary Somerville", None, "import"),
    ]
    assert db.tuples("SELECT noted_on, import_id FROM tie LIMIT 1") == [("2026-05-20", 1)]
    again = planned(db, phone(ada, charles, mary))
    assert (again.writes, again.same) == (False, 3)


def test_a_name_that_two_people_have_or_nobody_ties_nobody(db: store.Db) -> None:
    read_in(
        db,
        phone(
            card(1, "Anna Berg"),
            card(2, "Anna Berg", Related("", "Anna Berg", "")),
            card(3, "Bo Ek", Related("", "Anna Berg"), Related("", "Anna"), Related("", "Bo Ek")),
            card(
                4, "Cy Dahl", Related("self", key="urn:uuid:00000004-0000-0000-0000-000000000000")
            ),
        ),
    )
    assert people.count(db) == 4
    assert noted(db) == []


def test_whom_a_name_means_is_the_same_when_the_file_comes_again(db: store.Db) -> None:
    """Of two records the first says what somebody is called; a name takes the place of an address."""
    ada, mail = Related("", "Ada Lovelace"), Reach("email", "bo@x.example")
    read_in(db, phone(card(1, "Ada Lovelace", key="1"), Card(2, "bo@x.example", reaches=(mail,))))
    told = phone(
        card(3, "Cy Dahl", ada, Related("", "Bo Ek"), key="3"),
        card(4, "A. Lovelace", key="4"),
        card(5, "Ada Lovelace", key="4"),
        Card(6, "Bo Ek", reaches=(mail,)),
    )
    read_in(db, told)
    assert noted(db) == [
        ("Ada Lovelace", "Cy Dahl", None, "import"),
        ("Bo Ek", "Cy Dahl", None, "import"),
    ]
    assert not planned(db, told).writes


def test_who_is_here_already_gains_a_tie_to_who_comes(db: store.Db) -> None:
    read_in(db, phone(card(1, "Ada Lovelace"), card(2, "Grace Hopper")))
    ada = card(1, "Ada Lovelace", Related("", key="urn:uuid:00000003-0000-0000-0000-000000000000"))
    grace = card(2, "Grace Hopper", Related("friend", "Ada Lovelace"))
    plan, _ = read_in(db, phone(ada, grace, card(3, "Emmy Noether")))
    assert [(gain.person_id, list(gain.fields)) for gain in plan.gains] == [
        (1, ["tie"]),
        (2, ["tie"]),
    ]
    assert plan.same == 0
    assert [tie[:2] for tie in noted(db)] == [
        ("Ada Lovelace", "Grace Hopper"),
        ("Emmy Noether", "Ada Lovelace"),
    ]


def test_a_tie_that_was_noted_stays_as_it_was_and_one_removed_stays_away(db: store.Db) -> None:
    read_in(db, phone(card(1, "Ada Lovelace"), card(2, "Grace Hopper")))
    with db.change("knows") as tx:
        ties.add(tx, 2, 1, "2026-01-01", how="navy")
    ada = card(1, "Ada Lovelace", Related("friend", "Grace Hopper"))
    assert planned(db, phone(ada)).others == []
    read_in(db, phone(ada, card(3, "Emmy Noether", Related("", "Ada Lovelace"))))
    assert len(noted(db)) == 2
    with db.change("knows not") as tx:
        tx.run("DELETE FROM tie")
    plan = planned(db, phone(ada, card(3, "Emmy Noether", Related("", "Ada Lovelace"))))
    assert not plan.writes


def test_whom_a_file_named_before_they_were_here_is_known_when_it_comes_again(db: store.Db) -> None:
    ada = card(1, "Ada Lovelace", Related("friend", "Grace Hopper"))
    read_in(db, phone(ada))
    read_in(db, phone(card(2, "Grace Hopper")))
    assert noted(db) == []
    plan, _ = read_in(db, phone(ada))
    assert plan.others == ["1 tie"]
    assert noted(db) == [("Grace Hopper", "Ada Lovelace", "friend", "import")]
    with db.change("knows not") as tx:
        tx.run("DELETE FROM tie")
    assert not planned(db, phone(ada)).writes


def test_who_introduced_somebody_knows_them(db: store.Db) -> None:
    emmy = card(1, "Emmy Noether")._replace(by="Ada Lovelace")
    plan, _ = read_in(db, phone(emmy, card(2, "Ada Lovelace")))
    assert noted(db) == [("Ada Lovelace", "Emmy Noether", None, "introduced")]
    assert plan.others == []


_CARD = "BEGIN:VCARD\nVERSION:{}\nFN:{}\nUID:{}\n{}END:VCARD\n"


def test_who_introduced_somebody_here_is_said_and_does_not_come_back(db: store.Db) -> None:
    mail = (Reach("email", "ada@x.example"),)
    read_in(db, phone(card(2, "Mary Somerville")), phone(Card(1, "Ada Lovelace", reaches=mail)))
    ada = Card(1, "Ada Lovelace", key="a", by="Mary Somerville", reaches=mail)
    plan, _ = read_in(db, phone(ada))
    assert [list(one.fields) for one in plan.gains] == [["introduced by"]]
    assert noted(db) == [("Mary Somerville", "Ada Lovelace", None, "introduced")]
    with db.change("edit") as tx:
        tx.run("UPDATE person SET introduced_by = NULL")
        tx.run("DELETE FROM tie")
    read_in(db, phone(ada, card(3, "Zed Zorn")))
    assert noted(db) == []
    assert db.value("SELECT count(introduced_by) FROM person") == 0


def test_lines_of_other_programs_are_read_and_kept(db: store.Db) -> None:
    text = (
        _CARD.format("4.0", "Ada Lovelace", "urn:uuid:00000000-0000-0000-0000-00000000000a",
            "RELATED;TYPE=friend,colleague:urn:uuid:00000000-0000-0000-0000-00000000000b\n"
            "RELATED;TYPE=contact;VALUE=text:Mary Somerville\n"
            "RELATED;TYPE=me:urn:uuid:00000000-0000-0000-0000-00000000000c\n"
            "RELATED;TYPE=emergency:tel:+44 20 7946 0000\n")
        + _CARD.format("4.0", "Charles Babbage", "urn:uuid:00000000-0000-0000-0000-00000000000b", "")
        + _CARD.format("3.0", "Mary Somerville", "mary",
            "item1.X-ABRELATEDNAMES;type=pref:Charles Babbage\nitem1.X-ABLabel:_$!<Friend>!$_\n"
            "item2.X-ABRELATEDNAMES:Ada Lovelace\nitem2.X-ABLabel:taught her\n")
        + _CARD.format("3.0", "Ada Byron", "urn:uuid:00000000-0000-0000-0000-00000000000c", "")
    )  # fmt: skip
    told = Told("all.vcf", "vcard", formats.read("vcard", Source("all.vcf", text.encode())))
    plan, _ = read_in(db, told)
    assert plan.others == ["3 ties"]
    assert noted(db) == [
        ("Ada Lovelace", "Mary Somerville", "taught her", "import"),
        ("Charles Babbage", "Ada Lovelace", "friend, colleague", "import"),
        ("Charles Babbage", "Mary Somerville", "friend", "import"),
    ]
    kept = db.value("SELECT count(*) FROM extra WHERE name LIKE '%RELATED%'")
    assert kept == 6


@pytest.mark.parametrize(
    ("line", "how"),
    [
        ("X-EVOLUTION-SPOUSE:William King", "spouse"),
        ("X-EVOLUTION-MANAGER:William King", "manager"),
        ("X-EVOLUTION-ASSISTANT:William King", "assistant"),
        ("X-KADDRESSBOOK-X-SpousesName:William King", "spouse"),
        ("X-MS-SPOUSE;N=1:William King", "spouse"),
        ("X-ANDROID-CUSTOM:vnd.android.cursor.item/relation;William King;14;;;;;", "spouse"),
        ("X-ANDROID-CUSTOM:vnd.android.cursor.item/relation;William King;0;Uncle;;;;", "uncle"),
        ("X-ANDROID-CUSTOM:vnd.android.cursor.item/relation;William King;99;;;;;", None),
        ("X-EVOLUTION-SPOUSE:", "nobody"),
        ("X-EVOLUTION-SPOUSE:William", "nobody"),
    ],
)
def test_properties_that_name_a_relative_are_read_and_kept(
    db: store.Db, line: str, how: str | None
) -> None:
    text = _CARD.format("3.0", "Ada Lovelace", "ada", f"{line}\n") + _CARD.format(
        "3.0", "William King", "william", ""
    )
    read_in(db, Told("a.vcf", "vcard", formats.read("vcard", Source("a.vcf", text.encode()))))
    tie = ("William King", "Ada Lovelace", how, "import")
    assert noted(db) == ([tie] if how != "nobody" else [])
    assert db.value("SELECT count(*) FROM extra") == 1


@pytest.mark.parametrize("label", ["Label", "Type"])
def test_relations_in_a_table_of_google_are_read_and_kept(db: store.Db, label: str) -> None:
    text = (
        "Given Name,Family Name,E-mail 1 - Value,"
        f"Relation 1 - {label},Relation 1 - Value,Relation 2 - {label},Relation 2 - Value\n"
        "Ada,Lovelace,ada@x.example,Spouse,William King,* Friend,Mary Somerville ::: Grace Hopper\n"
        "William,King,william@x.example,,ada lovelace,,Nobody Here\n"
        "Mary,Somerville,mary@x.example,,,,\nGrace,Hopper,grace@x.example,,,,\n"
    )
    read_in(db, table("google-csv", text))
    assert noted(db) == [
        ("Grace Hopper", "Ada Lovelace", "friend", "import"),
        ("Mary Somerville", "Ada Lovelace", "friend", "import"),
        ("William King", "Ada Lovelace", "spouse", "import"),
    ]
    assert db.tuples("SELECT value FROM extra WHERE name LIKE '%Value' ORDER BY id LIMIT 2") == [
        ("William King",),
        ("Mary Somerville ::: Grace Hopper",),
    ]


@pytest.mark.parametrize(
    "heads",
    [
        "First Name,Last Name,E-mail Address,Business Phone,Spouse,Manager's Name",
        "Vorname,Nachname,E-Mail,Telefon (privat),Partner/in,Name der/des Vorgesetzten",
    ],
)
def test_relatives_in_a_table_of_outlook_are_read_and_kept(db: store.Db, heads: str) -> None:
    text = (
        f"{heads}\nAda,Lovelace,ada@x.example,,William King,Mary Somerville\n"
        "William,King,william@x.example,,Ada,\nMary,Somerville,mary@x.example,,,\n"
    )
    read_in(db, table("outlook-csv", text))
    assert noted(db) == [
        ("Mary Somerville", "Ada Lovelace", "manager", "import"),
        ("William King", "Ada Lovelace", "spouse", "import"),
    ]
    assert db.tuples("SELECT name, value FROM extra ORDER BY id LIMIT 2") == [
        (heads.split(",")[4], "William King"),
        (heads.split(",")[5], "Mary Somerville"),
    ]


@pytest.mark.parametrize("version", ["4.0", "3.0"])
def test_ties_go_out_with_the_cards_and_come_back(
    kin: Program, tmp_path: Path, version: str
) -> None:
    kin("add", "Ada Lovelace")
    kin("add", "Charles Babbage")
    kin("add", "Mary Somerville")
    with store.open_file(str(tmp_path / "home/.local/share/kinship/kinship.db")).change(
        "knows"
    ) as tx:
        ties.add(tx, 1, 2, "2026-01-01", how="worked on; the engine", since="1833")
        ties.add(tx, 3, 1, "2026-01-01", how="friend")
    cards = tmp_path / "people.vcf"
    kin("export", "--format", "vcf", "--vcard-version", version, "-o", str(cards))
    other = str(tmp_path / "other.db")
    assert "and 2 ties" in kin("import", str(cards), "-y", "--db", other)
    new = store.open_file(other)
    assert new.tuples("SELECT how, since FROM tie ORDER BY how") == [
        ("friend", None),
        ("worked on; the engine", "1833"),
    ]
    assert new.value("SELECT count(*) FROM extra") == 0
    new.close()
    again = kin("export", "--format", "vcf", "--vcard-version", version, "--db", other)
    assert again.count("RELATED") == cards.read_text().count("RELATED") == 4
    assert "Knows: Charles Babbage" in kin("export", "ada", "--format", "md")


def test_who_is_named_in_a_line_of_apples_is_named_once_in_old_cards(
    kin: Program, tmp_path: Path
) -> None:
    cards = tmp_path / "people.vcf"
    cards.write_text(
        "BEGIN:VCARD\nVERSION:3.0\nFN:Ada Lovelace\nitem3.X-ABRELATEDNAMES:King\\, William\n"
        "item3.X-ABLabel:_$!<Spouse>!$_\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:3.0\nFN:King, William\nEND:VCARD\n"
    )
    kin("import", str(cards), "-y")
    told = kin("export", "ada", "--format", "vcf", "--vcard-version", "3.0")
    assert [line for line in told.splitlines() if "RELATED" in line] == [
        "item3.X-ABRELATEDNAMES:King\\, William"
    ]
    cards.write_text(kin("export", "--format", "vcf", "--vcard-version", "3.0"))
    other = str(tmp_path / "other.db")
    kin("import", str(cards), "-y", "--db", other)
    assert [tie[2] for tie in noted(store.open_file(other))] == ["spouse"]


def test_a_contact_of_monica_is_tied_to_whom_it_is_related(kin: Program, tmp_path: Path) -> None:
    ada = '{"uuid": "c-1", "properties": {"first_name": "Ada", "last_name": "Lovelace"}}'
    mother = '{"uuid": "c-2", "properties": {"first_name": "Annabella", "is_partial": true}}'
    is_mother = '{"properties": {"type": "parent", "contact_is": "c-2", "of_contact": "c-1"}}'
    file = tmp_path / "monica.json"
    file.write_text(
        f"""{{"version": "1.0-preview.1", "exported_by": "u", "account": {{"data": [
        {{"type": "contact", "values": [{ada}, {mother}]}},
        {{"type": "relationship", "values": [{is_mother}]}}]}}}}"""
    )
    assert "and 1 tie" in kin("import", str(file), "-y")
    path = str(tmp_path / "home/.local/share/kinship/kinship.db")
    db = store.open_file(path)
    assert noted(db) == [("Annabella", "Ada Lovelace", "parent", "import")]
    assert db.tuples("SELECT name FROM person WHERE known = 'heard'") == [("Annabella",)]
    db.close()
    assert "Nothing to write" in kin("import", str(file), "-y")
