"""Any table of people: headings in many languages, headings that were chosen, and none at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facts import read_text
from kinship import formats
from kinship.errors import BadInput
from kinship.formats import Source, drafts, headings
from kinship.model import names
from kinship.model.card import Card, Talk


def one(text: str, name: str = "csv", **said: object) -> dict[str, object]:
    (found,) = read_text(name, text, **said)
    return found


@pytest.mark.parametrize(
    ("heads", "cells"),
    [
        ("Vorname;Nachname;E-Mail;Firma;Ort;Geburtstag;Notizen", "Ada;Lovelace"),
        ("Prénom;Nom;Courriel;Société;Ville;Date de naissance;Remarques", "Ada;Lovelace"),
        ("Nombre;Apellidos;Correo electrónico;Empresa;Ciudad;Fecha de nacimiento;Notas", "Ada;Lovelace"),
        ("Nome;Cognome;Indirizzo email;Azienda;Città;Data di nascita;Nota", "Ada;Lovelace"),
        ("Voornaam;Achternaam;E-mailadres;Bedrijf;Stad;Geboortedatum;Opmerkingen", "Ada;Lovelace"),
        ("Имя;Фамилия;Почта;Компания;Город;Дата рождения;Заметки", "Ada;Lovelace"),
        ("Imię;Nazwisko;E-mail;Firma;Miasto;Data urodzenia;Uwagi", "Ada;Lovelace"),
        ("first_name;last_name;email_address;company_name;city;birth_date;notes", "Ada;Lovelace"),
        ("FIRST NAME;SURNAME;E-MAIL;ORGANISATION;TOWN;DOB;COMMENTS", "Ada;Lovelace"),
    ],
)  # fmt: skip
def test_headings_in_many_languages(heads: str, cells: str) -> None:
    assert one(f"{heads}\n{cells};ada@example.org;Engines;London;1985-12-10;horses\n") == {
        "row": 2,
        "name": "Ada Lovelace",
        "first": "Ada",
        "last": "Lovelace",
        "org": "Engines",
        "city": "London",
        "birthday": "1985-12-10",
        "reaches": ["email ada@example.org"],
        "notes": ("horses",),
    }


@pytest.mark.parametrize(
    ("heads", "cells"),
    [
        ("Nome,Apelido,Telemóvel", "Ada,Lovelace,912345678"),
        ("名字,姓氏,手机", "Ada,Lovelace,912345678"),
        ("Adı,Soyadı,Cep telefonu", "Ada,Lovelace,912345678"),
        ("Primeiro nome,Sobrenome,Celular", "Ada,Lovelace,912345678"),
        ("Utónév,Vezetéknév,Mobiltelefon", "Ada,Lovelace,912345678"),
        ("Forename(s),Surname,Phones", "Ada,Lovelace,912345678"),
        ("FirstName,LastName,MobilePhone", "Ada,Lovelace,912345678"),
        ("Имя,Фамилия,Мобильный телефон", "Ada,Lovelace,912345678"),
        ("Person - First name,Person - Last name,Person - Phone", "Ada,Lovelace,912345678"),
    ],
)
def test_names_and_numbers_under_headings_of_programs(heads: str, cells: str) -> None:
    found = one(f"{heads}\n{cells}\n")
    assert str(found.pop("reaches")).startswith("['phone 912345678")
    assert found == {"row": 2, "name": "Ada Lovelace", "first": "Ada", "last": "Lovelace"}


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("Voornaam;Tussenvoegsel;Achternaam\nJan;van der;Berg", "Jan van der Berg", {}),
        ("Nombre;Primer apellido;Segundo apellido\nAna;García;López", "Ana García López", {}),
        ("Name, Vorname;Geb.-Datum\nx;1.2.1980", "x", {"birthday": "1980-02-01"}),
        ('"Name, Vorname";Ort\nKing, Ada;Ulm', "Ada King", {"city": "Ulm"}),
        ("Ansprechpartner;Firma\nAda;Engines", "Ada", {"org": "Engines"}),
        ("Teilnehmer:in;D.O.B.\nAda;1.2.1980", "Ada", {"birthday": "1980-02-01"}),
        ("Person name;Name;First name\nAda;King;Ada", "Ada", {"extras": {"Name": "King"}}),
        ("Kontaktperson;geb. am\nAda;1.2.1980", "Ada", {"birthday": "1980-02-01"}),
        ("Namn;Födelsedatum\nÅsa;1980-02-01", "Åsa", {"birthday": "1980-02-01"}),
        ("Full Name;DateOfBirth\nAda;1980-02-01", "Ada", {"birthday": "1980-02-01"}),
        ("Name;Account Name;Asst Phone\nAda;Engines;1234567", "Ada",
         {"org": "Engines", "extras": {"Asst Phone": "1234567"}}),
        ("Person - Name;Associated Company\nAda;Engines", "Ada", {"org": "Engines"}),
        ("Name;GitHubUrl;WhatsApp\nAda;adal;+4412345678", "Ada",
         {"reaches": ["github adal", "whatsapp +4412345678"]}),
        ("Nom;Année de naissance;Mois de naissance;Jour de naissance\nAda;1980;2;1", "Ada",
         {"birthday": "1980-02-01"}),
        ("Имя;Год рождения;Месяц рождения;День рождения\nAda;1980;2;1", "Ada",
         {"first": "Ada", "birthday": "1980-02-01"}),
    ],
)  # fmt: skip
def test_what_lists_call_it(text: str, name: str, rest: dict[str, object]) -> None:
    found = one(text + "\n")
    assert (found["name"], {key: found.get(key) for key in rest}) == (name, rest)


def test_a_column_with_addresses_only_is_of_addresses() -> None:
    text = "Name,Elektronik,Shop\nAda,ada@x.example,x@y.example\nBea,bea@x.example,none\nCy,,\n"
    assert [card.get("reaches") for card in read_text("csv", text)] == [
        ["email ada@x.example"],
        ["email bea@x.example"],
        None,
    ]
    assert "reaches" not in one("Name,Manager email\nAda,boss@x.example\n")
    columns = (("-", "Elektronik"),)
    assert "reaches" not in one("Name,Elektronik\nAda,ada@x.example\n", columns=columns)


def test_what_no_column_is_known_for_is_kept_under_its_heading() -> None:
    found = one("Name,Email,Shoe size,Kundennummer,\nAda,ada@example.org,38,=12,odd\n")
    assert found["extras"] == {"Shoe size": "38", "Kundennummer": "=12", "column 5": "odd"}


def test_chosen_columns_go_before_what_their_headings_say() -> None:
    text = "Kunde;Firma;Email;Ignore;Tel;Handle\nAda;Engines;a@example.org;x;123 4567;adal\n"
    columns = (("name", "Kunde"), ("role", "firma"), ("-", "Ignore"), ("github", "6"))
    assert one(text, columns=columns) == {
        "row": 2,
        "name": "Ada",
        "role": "Engines",
        "reaches": ["email a@example.org", "phone 123 4567", "github adal"],
        "extras": {"Ignore": "x"},
    }


def test_chosen_columns_find_the_headings() -> None:
    assert (
        one("a title\nwho;where\nAda;London\n", columns=(("name", "who"), ("city", "where")))[
            "city"
        ]
        == "London"
    )


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ((("nam", "Name"),), "is no field"),
        ((("name", "Nobody"),), "no column"),
        ((("name", "9"),), "no column"),
    ],
)
def test_a_column_or_field_that_is_not_there_is_refused(
    columns: tuple[tuple[str, str], ...], said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        one("Name,Email\nAda,ada@example.org\n", columns=columns)


def test_without_headings_what_stands_in_a_column_says_what_it_is() -> None:
    text = "Ada Lovelace,ada@example.org,+44 20 7946 0958,1 Mill St\nKonrad,k@example.org,030 12345678,\n"
    assert read_text("csv", text) == [
        {
            "row": 1,
            "name": "Ada Lovelace",
            "reaches": ["email ada@example.org", "phone +44 20 7946 0958"],
            "extras": {"column 4": "1 Mill St"},
        },
        {"row": 2, "name": "Konrad", "reaches": ["email k@example.org", "phone 030 12345678"]},
    ]


def test_headings_that_nobody_knows_are_headings() -> None:
    text = "Isim,Elektronik,Tercih\nAda Bee,ada@x.example,Telefon\nBob Cee,bob@x.example,Email\n"
    assert [(card["name"], card["extras"]) for card in read_text("csv", text)] == [
        ("Ada Bee", {"Tercih": "Telefon"}),
        ("Bob Cee", {"Tercih": "Email"}),
    ]


def test_links_and_addresses_are_no_headings() -> None:
    profile = "https://www.linkedin.com/in/bob"
    text = f"Name,Comment,Profil,Code\nAda,,,\nBob,Phone,{profile},https://github.com/bob\nCy,,,\n"
    assert [card["name"] for card in read_text("csv", text)] == ["Ada", "Bob", "Cy"]
    text = "Ivan Petrov,ivan@mail.ru\nOlga Orlova,olga@yandex.ru\n"
    assert [card["name"] for card in read_text("csv", text)] == ["Ivan Petrov", "Olga Orlova"]


def test_columns_of_a_table_without_headings_are_chosen_by_number() -> None:
    found = one("Ada,Engines\n", columns=(("name", "1"), ("org", "2")))
    assert found == {"row": 1, "name": "Ada", "org": "Engines"}


def test_a_name_before_an_address_is_a_name() -> None:
    for head in ("", "Email\n"):
        found = read_text(
            "csv", f'{head}Ada Bee <ada@x.example>\n"Cy" <cy@x.example>\nd@x.example\n'
        )
        assert [(card["name"], card["reaches"]) for card in found] == [
            ("Ada Bee", ["email ada@x.example"]),
            ("Cy", ["email cy@x.example"]),
            ("d@x.example", ["email d@x.example"]),
        ]
    assert one("Name,Email\nAda,The Countess <a@x.example>\n")["name"] == "Ada"


def test_lines_of_a_note_and_marks_around_tags() -> None:
    found = one('Name,Note,Tags\nAda,"one\r\ntwo","""VIP"",""Choir"""\n')
    assert (found["notes"], found["tags"]) == (("one\ntwo",), ("VIP", "Choir"))


def test_several_addresses_and_numbers_in_one_cell() -> None:
    text = (
        "Name,Email,Phone\n"
        'Ada,"a@example.org; Ada L <b@example.org>","+44 20 7946 0958 / +44 7700 900111"\n'
        'Grace,mailto:g@example.org,"(555) 123-4567, ext. 9"\n'
    )
    assert [card["reaches"] for card in read_text("csv", text)] == [
        ["email a@example.org", "email b@example.org",
         "phone +44 20 7946 0958", "phone +44 7700 900111"],
        ["email g@example.org", "phone (555) 123-4567, ext. 9"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("birthdays", "order", "expected"),
    [
        (["3/4/1980", "28/08/1983"], "", ["1980-04-03", "1983-08-28"]),
        (["3/4/1980", "8/28/1983"], "", ["1980-03-04", "1983-08-28"]),
        (["3/4/1980", "8/28/1983"], "dmy", ["1980-03-04", "1983-08-28"]),
        (["3/4/1980", "5/5/1983"], "", [None, "1983-05-05"]),
        (["3/4/1980", "5/5/1983"], "mdy", ["1980-03-04", "1983-05-05"]),
        (["3/4/1980", "28/8/1983", "8/29/1983"], "", [None, "1983-08-28", "1983-08-29"]),
        (["3.4.1980", "--04-12", "12 March", "0/0/00", "1604-01-22"], "",
         ["1980-04-03", "--04-12", "--03-12", None, "--01-22"]),
        (["5-May-85", "Oct 3, 1990", "2000/9/13", "19800321", "1980年3月21日"], "",
         ["1985-05-05", "1990-10-03", "2000-09-13", "1980-03-21", "1980-03-21"]),
        (["12 maart 1990", "12. března 1990", "12. června 1990", "12. maaliskuuta 1990"], "",
         ["1990-03-12", "1990-03-12", "1990-06-12", "1990-03-12"]),
        (["12. desember 1990", "12 Haziran 1990", "12 czerwca 1990 r.", "12 марта 1990 г."], "",
         ["1990-12-12", "1990-06-12", "1990-06-12", "1990-03-12"]),
        (["1er mars 1990", "1990년 3월 12일", "1990. 03. 12.", "12. marraskuuta 1990"], "",
         ["1990-03-01", "1990-03-12", "1990-03-12", "1990-11-12"]),
        (["Monday, March 12, 1990", "Montag, 12. März 1990", "lundi 12 mars 1990", "32944"], "",
         ["1990-03-12", "1990-03-12", "1990-03-12", None]),
        (["segunda-feira, 12 de março de 1990", "died 12 March 1990", "12 Marvin 1990"], "",
         ["1990-03-12", None, None]),
        (["31/02/1990", "circa 1800", "206-12-15", "19723101"], "", [None, None, None, None]),
    ],
)  # fmt: skip
def test_days_are_decided_over_the_whole_column(
    birthdays: list[str], order: str, expected: list[str | None]
) -> None:
    text = "Name;Birthday\n" + "".join(f"Ada;{day}\n" for day in birthdays)
    found = read_text("csv", text, date_order=order)
    assert [card.get("birthday") for card in found] == expected
    for card, day, read in zip(found, birthdays, expected, strict=True):
        kept = read is None and day != "0/0/00"
        assert card.get("extras") == ({"Birthday": day} if kept else None)
        assert ("remarks" in card) == kept


def test_a_year_of_two_digits_is_kept_as_it_is() -> None:
    found = one("Name,Birthday\nAda,28.08.05\n")
    assert (found["birthday"], found["extras"]) == ("--08-28", {"Birthday": "28.08.05"})


def test_names_may_stand_the_other_way_round() -> None:
    assert [card["name"] for card in read_text("csv", "Name\nLovelace, Ada\nHopper, Grace\n")] == [
        "Ada Lovelace",
        "Grace Hopper",
    ]
    assert one('Name,Email\n"King, Jr.",k@example.org\n')["name"] == "King, Jr."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Name,Surname,Email\nAda,Lovelace,", ("Ada Lovelace", "Ada", "Lovelace")),
        ("Name,Surname,Email\nAda Lovelace,Lovelace,", ("Ada Lovelace", None, "Lovelace")),
        ("Name;Vorname\nLovelace;Ada", ("Ada Lovelace", "Ada", "Lovelace")),
        ("Name;Vorname\nLovelace;", ("Lovelace", None, None)),
        ("Naam;Tel;Voornaam\nAda Lovelace;;Ada", ("Ada Lovelace", "Ada", None)),
        ("Name;Nachname\nAda;Lovelace", ("Ada Lovelace", "Ada", "Lovelace")),
        ("Namn;Efternamn\nÅsa;Öberg", ("Åsa Öberg", "Åsa", "Öberg")),
        ("Name,First Name\nKing,Ada", ("Ada King", "Ada", "King")),
        ("Name,First Name,Last Name\nA. Lovelace,Ada,", ("A. Lovelace", "Ada", None)),
        ("Full name,First name\nThe Countess,Ada", ("The Countess", "Ada", None)),
    ],
)
def test_a_name_beside_half_a_name_is_the_other_half(
    text: str, expected: tuple[str | None, ...]
) -> None:
    found = one(text + "\n")
    assert tuple(found.get(part) for part in ("name", "first", "last")) == expected


def test_rows_that_say_nobody_are_kept_aside() -> None:
    assert read_text("csv", "Name,Note\nAda,\n,hello\n\n,,\n") == [
        {"row": 2, "name": "Ada"},
        {"skipped": "no name, e-mail address, phone number or company", "row": 3},
    ]


def test_the_text_of_what_is_skipped_is_the_line_as_it_stands() -> None:
    skipped = next(iter(formats.read("csv", Source(name="x", data=b'Name,Note\n,"two\nlines"\n'))))
    assert not isinstance(skipped, Card)
    assert skipped.text == ',"two\nlines"'


def test_headings_that_come_again_are_nobody() -> None:
    text = "Name,Email\nAda,ada@example.org\n"
    assert len(read_text("csv", text + text)) == 2


def test_what_excel_keeps_from_computing_is_read_plain() -> None:
    assert one('Name,Phone\nAda,"=""0171 1234567"""\n')["reaches"] == ["phone 0171 1234567"]


def test_a_number_that_a_spreadsheet_cut_short_is_nobodys() -> None:
    found = one("Name,Phone,WhatsApp\nAda,4.91761E+11,4917612345678.0\n")
    assert found["reaches"] == ["whatsapp 4917612345678"]
    assert found["extras"] == {"Phone": "4.91761E+11"}
    assert found["remarks"] == ('Phone: a spreadsheet cut "4.91761E+11" short',)
    found = one('name,phone,kinship\nAda,"4,91761E+11",1\n', "kinship-csv")
    assert ("reaches" in found, found["extras"]) == (False, {"phone": "4,91761E+11"})
    assert found["remarks"] == ('phone: a spreadsheet cut "4,91761E+11" short',)


@pytest.mark.parametrize(
    "number", ["'+44 20 7946", "\u202a+44 20 7946\u202c", "'44207946", "44207946.0"]
)
def test_marks_around_a_number_are_none_of_its(number: str) -> None:
    assert one(f"Name,Phone\nAda,{number}\n")["reaches"] in (
        ["phone +44 20 7946"],
        ["phone 44207946"],
    )


def test_addresses_come_in_one_line_and_as_they_were() -> None:
    found = one("Name,Address,City,Zip,Country\nAda,1 Mill St,London,W1,UK\n")
    assert (found["address"], found["city"]) == ("1 Mill St, W1, London, UK", "London")
    assert found["extras"] == {
        "Address": "1 Mill St", "City": "London", "Zip": "W1", "Country": "UK",
    }  # fmt: skip
    assert one("Name,City\nAda,London\n") == {"row": 2, "name": "Ada", "city": "London"}


@pytest.mark.parametrize("name", ["csv", "google-csv", "outlook-csv", "yahoo-csv", "attendees"])
def test_a_text_without_people_is_refused(name: str) -> None:
    for text in ("a,b,c\n1,2,3\n", "Dear all,\n\nplease come.\n", "{}", "x"):
        with pytest.raises(BadInput):
            read_text(name, text)


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        ("First Name,Last Name,Organization Name,Organization Title,Labels", "google-csv"),
        ("Name,Given Name,E-mail 1 - Value", "google-csv"),
        ("id,first_name,middle_name,last_name", "google-csv"),
        ("First Name,Last Name,E-mail Address,E-mail 2 Address", "outlook-csv"),
        ("Vorname,Nachname,E-Mail-Adresse,E-Mail 2: Adresse", "outlook-csv"),
        ("First,Middle,Last,Nickname,Email,Category", "yahoo-csv"),
        ("First Name,Last Name,Display Name,Primary Email,Secondary Email", "thunderbird-csv"),
        ("api_id,name,email,approval_status", "attendees"),
        ("Order #,Email,Attendee #,Attendee Status", "attendees"),
        ("Name,User ID,RSVP,URL of Member Profile", "attendees"),
        ("Kunde,Name,Ort", "csv"),
        ("a,b,c", None),
    ],
)
def test_a_table_is_recognised_by_its_headings(heads: str, expected: str | None) -> None:
    assert headings.format_of(heads.split(",")) == expected


_CELL = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf"]), max_size=12)
_CELL = _CELL.map(str.strip).filter(lambda cell: not cell.startswith('="'))


@given(
    st.lists(st.tuples(_CELL, _CELL, _CELL), min_size=1, max_size=5),
    st.sampled_from(",;\t|"),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_how_a_table_is_written_changes_nobody(
    rows: list[tuple[str, str, str]], mark: str, end: str, encoding: str
) -> None:
    def quoted(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"'

    def text(mark: str, end: str) -> str:
        heads = mark.join(("Full name", "Company", "Colour of eyes"))
        return end.join([heads, *(mark.join(map(quoted, row)) for row in rows), ""])

    written = Source(name="x", data=text(mark, end).encode(encoding))
    plain = Source(name="x", data=text(",", "\n").encode())
    found = [one for one in formats.read("csv", written) if isinstance(one, Card)]
    assert found == [one for one in formats.read("csv", plain) if isinstance(one, Card)]
    kept = [card.extras[0].value if card.extras else "" for card in found]
    said = [row for row in rows if names.fold(row[0]) or row[1].lower() not in drafts.NOTHING]
    assert kept == [row[2] for row in said if names.fold(row[0]) or names.fold(row[1])]


def test_a_birthday_in_three_columns_and_messengers_in_any_language() -> None:
    text = (
        "Vorname;Nachname;Geburtsjahr;Geburtsmonat;Geburtstag;Telegram;Signal;Эл. почта\n"
        "Ada;Lovelace;1980;2;28;@adat;ada.01;ada@x.example\n"
    )
    found = one(text)
    assert found["birthday"] == "1980-02-28"
    assert found["reaches"] == ["telegram @adat", "signal ada.01", "email ada@x.example"]


def test_when_you_talked_last_is_read_from_a_table() -> None:
    text = "Name,Last contact\nAda Lovelace,2026-03-04\nEmmy Noether,31/12/2025\nGrace,soon\n"
    ada, emmy, grace = formats.read("csv", Source("people.csv", text.encode()))
    assert isinstance(ada, Card)
    assert isinstance(emmy, Card)
    assert isinstance(grace, Card)
    assert ada.talks == (Talk("2026-03-04", ""),)
    assert emmy.talks == (Talk("2025-12-31", ""),)
    assert (grace.talks, grace.remarks) == ((), ('Last contact: "soon" is no day',))


def test_a_column_that_is_named_goes_before_one_that_is_known() -> None:
    text = "Vorname;Nachname;Kontakt;E-Mail\nAda;Byron;Lovelace;ada@x.example\n"
    card = one(text, columns=(("last", "Kontakt"),))
    assert (card["name"], card["last"]) == ("Ada Lovelace", "Lovelace")
    assert card["extras"] == {"Nachname": "Byron"}
