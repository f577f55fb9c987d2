"""vCards as phones, mail programs and servers write them, and what is read of them."""

import base64

import pytest

from kinship.errors import BadInput
from kinship.formats import Source, vcard
from kinship.model.card import Card, Extra, Reach, Skipped


def read(data: bytes | str, encoding: str = "") -> list[Card | Skipped]:
    raw = data if isinstance(data, bytes) else data.encode()
    return list(vcard.read(Source("people.vcf", raw, encoding)))


def whole(*lines: str | bytes, end: bytes = b"\r\n") -> bytes:
    """A vCard with these lines."""
    raw = [line if isinstance(line, bytes) else line.encode() for line in lines]
    return end.join([b"BEGIN:VCARD", *raw, b"END:VCARD", b""])


def one(*lines: str | bytes) -> Card:
    """The person of a card with these lines."""
    found = read(whole(*lines))
    assert len(found) == 1
    assert isinstance(found[0], Card), found[0].why
    return found[0]


def ada(*lines: str | bytes) -> Card:
    return one("VERSION:3.0", "FN:Ada Lovelace", *lines)


def reaches(card: Card) -> list[tuple[str, str, str]]:
    return [(reach.kind, reach.text, reach.label) for reach in card.reaches]


def extras(card: Card) -> list[str]:
    return [extra.value for extra in card.extras]


def test_everything_a_phone_says_of_ada() -> None:
    card = one(
        "VERSION:3.0",
        "PRODID:-//Apple Inc.//iPhone OS 26.2//EN",
        "N:Lovelace;Ada;;;",
        "FN:Ada Lovelace",
        "NICKNAME:The Enchantress",
        "ORG:Analytical Engines;",
        "TITLE:Analyst",
        "EMAIL;type=INTERNET;type=HOME:ada@home.example",
        "EMAIL;type=INTERNET;type=WORK;type=pref:ada@engine.example",
        "TEL;type=CELL;type=VOICE:+44 20 7946 0958",
        "item1.URL:engine.example",
        "item1.X-ABLabel:_$!<HomePage>!$_",
        "item2.ADR;type=HOME:;;12 St James's Square;London;;SW1Y 4JH;England",
        "item2.X-ABADR:gb",
        "BDAY:1815-12-10",
        "item3.X-ABDATE:1835-07-08",
        "item3.X-ABLabel:_$!<Anniversary>!$_",
        "NOTE:Met at a party\\, talked about looms.",
        "CATEGORIES:myContacts,mathematics",
        "UID:5efe2430",
        "REV:20260101T000000Z",
    )
    assert card == Card(
        row=1,
        name="Ada Lovelace",
        key="5efe2430",
        first="Ada",
        last="Lovelace",
        nick="The Enchantress",
        org="Analytical Engines",
        role="Analyst",
        city="London",
        address="12 St James's Square, London, SW1Y 4JH, England",
        birthday="1815-12-10",
        reaches=(
            Reach("email", "ada@engine.example", "work"),
            Reach("email", "ada@home.example", "home"),
            Reach("phone", "+44 20 7946 0958", "mobile"),
            Reach("", "engine.example", "homepage"),
        ),
        notes=("Met at a party, talked about looms.",),
        tags=("mathematics",),
        dates=(("anniversary", "1835-07-08"),),
        extras=(
            Extra("X-ABADR", "item2.X-ABADR:gb"),
            Extra("ADR", "item2.ADR;type=HOME:;;12 St James's Square;London;;SW1Y 4JH;England"),
        ),
    )


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["FN:Ada Lovelace", "N:Lovelace;Ada;;;"], "Ada Lovelace"),
        (["N:Lovelace;Ada;King;Lady;"], "Lady Ada King Lovelace"),
        (["N:Public;John;Quinlan,Paul;Mr.;Esq."], "Mr. John Quinlan Paul Public Esq."),
        (["N:Lovelace"], "Lovelace"),
        (["N:Lovelace;Ada"], "Ada Lovelace"),
        (["FN:", "N:Lovelace;Ada;;;"], "Ada Lovelace"),
        (["N:李;伟;;;"], "李伟"),
        (["N:山田;太郎;;;"], "山田太郎"),
        (["FN: ", "N:;;;;", "NICKNAME:Johnny", "ORG:Engines"], "Johnny"),
        (["ORG:Engines;Mill", "EMAIL:ada@x.example"], "Engines"),
        (["TEL:+44 20", "EMAIL:ada@x.example"], "ada@x.example"),
        (["TEL:+44 20"], "+44 20"),
        (["X-AIM:ada"], "ada"),
        (["FN:Lovelace, Ada; Countess"], "Lovelace, Ada; Countess"),
        (["FN:Mr. John Q. Public\\, Esq."], "Mr. John Q. Public, Esq."),
        (["FN:Ada", "FN;LANGUAGE=fr:Adèle"], "Ada"),
        (["FN:Ada\\nLovelace"], "Ada Lovelace"),
    ],
)
def test_what_somebody_is_called(lines: list[str], name: str) -> None:
    assert one(*lines).name == name


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (["FN:Ada Lovelace", "N:Lovelace;Ada;;;"], []),
        (["N:Lovelace;Ada;;;"], []),
        (["FN:Countess", "N:Lovelace;Ada;;;"], ["N:Lovelace;Ada;;;"]),
        (["FN:Leonardo da Vinci", "N:da Vinci;Leonardo;;;"], []),
        (["FN:Ada King Byron", "N:King Byron;Ada;;;"], ["N:King Byron;Ada;;;"]),
        (["FN:Ada Lovelace", "N;SORT-AS=Ada:Lovelace;Ada"], ["N;SORT-AS=Ada:Lovelace;Ada"]),
        (["FN:Ada", "FN:Adèle"], ["FN:Adèle"]),
        (["FN:A B", "N:B;A;;;", "N;ALTID=1:X;Y;;;"], ["N;ALTID=1:X;Y;;;"]),
    ],
)
def test_a_name_that_is_more_than_its_words_is_kept(lines: list[str], kept: list[str]) -> None:
    assert extras(one(*lines)) == kept


@pytest.mark.parametrize(
    ("fn", "n", "name"),
    [
        ("Lovelace\\, Ada", "Lovelace;Ada;;;", "Ada Lovelace"),
        ("Lovelace, Ada King", "Lovelace;Ada;King;;", "Ada King Lovelace"),
        ("Lovelace, Ada", "Ada;Lovelace;;;", "Lovelace, Ada"),
        ("Lovelace, Ada", "", "Lovelace, Ada"),
        ("Lovelace, Countess", "Lovelace;Ada;;;", "Lovelace, Countess"),
        ("King, Jr.", "King;Martin;;;Jr.", "King, Jr."),
        ("Ada Lovelace, PhD", "Lovelace;Ada;;;PhD", "Ada Lovelace, PhD"),
        ("Ada, Ada", "Ada;Ada;;;", "Ada, Ada"),
    ],
)
def test_a_name_turned_round_is_as_one_says_it_where_its_parts_say_so(
    fn: str, n: str, name: str
) -> None:
    card = one("VERSION:3.0", f"FN:{fn}", f"N:{n}")
    assert card.name == name
    assert (f"FN:{fn}" in extras(card)) == (fn.replace("\\", "") != name)


@pytest.mark.parametrize(
    ("value", "birthday"),
    [
        ("BDAY:1815-12-10", "1815-12-10"),
        ("BDAY:18151210", "1815-12-10"),
        ("BDAY;VALUE=date:1815-12-10", "1815-12-10"),
        ("BDAY:1815/12/10", "1815-12-10"),
        ("BDAY:1815-3-4", "1815-03-04"),
        ("BDAY:1815-12-10T00:00:00Z", "1815-12-10"),
        ("BDAY:10.12.1815", "1815-12-10"),
        ("BDAY:12/31/1815", "1815-12-31"),
        ("BDAY:10 Dec 1815", "1815-12-10"),
        ("BDAY:--1210", "--12-10"),
        ("BDAY:--12-10", "--12-10"),
        ("BDAY:--0229", "--02-29"),
        ("BDAY;X-APPLE-OMIT-YEAR=1604:1604-12-10", "--12-10"),
        ("BDAY;X-APPLE-OMIT-YEAR=2001:2001-12-10", "--12-10"),
        ("BDAY:1604-12-10", "--12-10"),
        ("BDAY;ENCODING=QUOTED-PRINTABLE:1815=2D12=2D10", "1815-12-10"),
        ("X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;1815-12-10;3;;", "1815-12-10"),
    ],
)
def test_birthdays(value: str, birthday: str) -> None:
    card = ada(value)
    assert card.birthday == birthday
    assert not card.extras
    assert not card.remarks


@pytest.mark.parametrize(
    "junk",
    [
        "circa 1800",
        "0000",
        "206-12-15",
        "70-7-14",
        "19723101",
        "1990-02-30",
        "1985",
        "1985-04",
        "x" * 99,
    ],
)
def test_a_birthday_that_is_no_day_is_kept_and_said(junk: str) -> None:
    card = ada(f"BDAY;VALUE=text:{junk}")
    assert card.birthday == ""
    assert extras(card) == [f"BDAY;VALUE=text:{junk}"]
    assert len(card.remarks) == 1
    assert "is no day" in card.remarks[0]


def test_a_birthday_that_could_be_two_days_is_decided_by_whoever_knows() -> None:
    card = ada("BDAY:03/04/1980")
    assert (card.birthday, extras(card)) == ("", ["BDAY:03/04/1980"])
    assert card.remarks == ('the birthday "03/04/1980" could be two days',)
    source = Source("x.vcf", whole("FN:Ada", "BDAY:03/04/1980"), date_order="dmy")
    [told] = vcard.read(source)
    assert isinstance(told, Card)
    assert told.birthday == "1980-04-03"


def test_the_hour_of_a_birth_and_a_second_birthday_are_kept() -> None:
    card = ada("BDAY:1953-10-15T23:10:00Z", "BDAY:1987-09-27")
    assert card.birthday == "1953-10-15"
    assert extras(card) == ["BDAY:1953-10-15T23:10:00Z", "BDAY:1987-09-27"]


@pytest.mark.parametrize(
    ("lines", "dates"),
    [
        (["ANNIVERSARY:20091010"], ("anniversary", "2009-10-10")),
        (["X-ANNIVERSARY:2009-10-10"], ("anniversary", "2009-10-10")),
        (["X-EVOLUTION-ANNIVERSARY:2009-10-10"], ("anniversary", "2009-10-10")),
        (["X-MS-ANNIVERSARY:20091010"], ("anniversary", "2009-10-10")),
        (["X-WAB-WEDDING_ANNIVERSARY:20091010"], ("anniversary", "2009-10-10")),
        (["i.X-ABDATE:--0718", "i.X-ABLabel:Hochzeitstag"], ("Hochzeitstag", "--07-18")),
        (["I.X-ABDATE:20190707", "i.X-ABLABEL:_$!<Other>!$_"], ("other", "2019-07-07")),
        (["i.X-ABDATE;X-APPLE-OMIT-YEAR=1604:1604-07-18"], ("date", "--07-18")),
        (
            ["X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;2016-06-22;1;;;"],
            ("anniversary", "2016-06-22"),
        ),
        (
            ["X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;2016-06-22;0;First day;"],
            ("First day", "2016-06-22"),
        ),
    ],
)
def test_days_of_the_year_with_their_names(lines: list[str], dates: tuple[str, str]) -> None:
    assert ada(*lines).dates == (dates,)
    assert not ada(*lines).extras


@pytest.mark.parametrize(
    ("lines", "reach"),
    [
        (["EMAIL:ada@x.example"], ("email", "ada@x.example", "")),
        (["EMAIL;TYPE=INTERNET,HOME:ada@x.example"], ("email", "ada@x.example", "home")),
        (["EMAIL;INTERNET;WORK:ada@x.example"], ("email", "ada@x.example", "work")),
        (["EMAIL:mailto:ada@x.example"], ("email", "ada@x.example", "")),
        (['EMAIL;TYPE="work,pref":ada@x.example'], ("email", "ada@x.example", "work")),
        (["TEL;TYPE=HOME,TYPE=VOICE:12 34"], ("phone", "12 34", "home")),
        (["TEL;TYPE=WORK;TYPE=FAX:12 34"], ("phone", "12 34", "work fax")),
        (["TEL;CELL:12 34"], ("phone", "12 34", "mobile")),
        (["TEL;TYPE=WORKSHOP:12 34"], ("phone", "12 34", "workshop")),
        (["TEL;X-Garden:12 34"], ("phone", "12 34", "garden")),
        (
            ["TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=C3=9Cber):12 34"],
            ("phone", "12 34", "über"),
        ),
        (["TEL;TYPE=WhatsApp:+34 6"], ("whatsapp", "+34 6", "whatsapp")),
        (["TEL:HomePhone"], ("phone", "HomePhone", "")),
        (["TEL:p1234p5678w9"], ("phone", "p1234p5678w9", "")),
        (["TEL:\u202d666 555 444\u202c"], ("phone", "666 555 444", "")),
        (["TEL;VALUE=uri:tel:+1-418-656;ext=102"], ("phone", "+1-418-656 ext. 102", "")),
        (["TEL;VALUE=uri;TYPE=home:tel:+33-01-23"], ("phone", "+33-01-23", "home")),
        (["i.TEL:1", "i.X-ABLabel:_$!<Mobile>!$_"], ("phone", "1", "mobile")),
        (["i.TEL:1", "i.X-ABLABEL:Assistant\\, Bob"], ("phone", "1", "Assistant, Bob")),
        (["i.TEL;TYPE=home:1", "I.X-ABLabel:"], ("phone", "1", "home")),
        (["URL;TYPE=WORK:http\\://x.example"], ("", "http://x.example", "work")),
        (["URL:https://x.example/a,b;c"], ("", "https://x.example/a,b;c", "")),
        (["IMPP;PREF=1:xmpp:alice@x.example"], ("xmpp", "alice@x.example", "")),
        (["IMPP;X-SERVICE-TYPE=Telegram:x-apple:doc"], ("telegram", "doc", "")),
        (["IMPP;X-SERVICE-TYPE=GoogleTalk:xmpp:a@x.example"], ("gtalk", "a@x.example", "")),
        (["IMPP:aim:goim?screenname=ada"], ("aim", "ada", "")),
        (["IMPP:skype:ada%20l"], ("skype", "ada l", "")),
        (["IMPP:customtype:ada"], ("customtype", "ada", "")),
        (["IMPP:im:ada@x.example"], ("im", "ada@x.example", "")),
        (["IMPP;TYPE=SIGNAL:+31612345678"], ("signal", "+31612345678", "signal")),
        (["IMPP;TYPE=Matrix:@ada:x.example"], ("matrix", "@ada:x.example", "matrix")),
        (["IMPP;TYPE=home:ada"], ("im", "ada", "home")),
        (["IMPP:matrix:u/ada:x.example"], ("matrix", "@ada:x.example", "")),
        (["IMPP;X-SERVICE-TYPE=Skype:live:.cid.12"], ("skype", "live:.cid.12", "")),
        (["X-JABBER;TYPE=HOME:ada@x.example"], ("xmpp", "ada@x.example", "home")),
        (["X-GOOGLE TALK;TYPE=WORK:ada"], ("gtalk", "ada", "work")),
        (["x-qq:21588891"], ("qq", "21588891", "")),
        (["X-ICQ:123"], ("icq", "123", "")),
        (["X-SIP:sip:90-180"], ("sip", "90-180", "")),
        (["X-messaging/xmpp-All:ada@x.example"], ("xmpp", "ada@x.example", "messaging")),
        (
            ["X-SOCIALPROFILE;type=twitter:http://twitter.com/ada"],
            ("", "http://twitter.com/ada", ""),
        ),
        (["socialProfile;type=twitter:https://x.com/ada"], ("", "https://x.com/ada", "")),
        (["X-SOCIALPROFILE;type=blog:https://x.com/ada"], ("", "https://x.com/ada", "blog")),
        (["X-SOCIAL-PROFILE;TYPE=github;X-USER=adal:"], ("github", "adal", "github")),
        (
            ["X-SOCIALPROFILE;type=Custom;x-user=adal:x-apple:adal"],
            ("custom", "adal", "custom"),
        ),
        (
            ['SOCIALPROFILE;SERVICE-TYPE=Mastodon;USERNAME="@ada@x.example":'],
            ("mastodon", "@ada@x.example", ""),
        ),
    ],
)
def test_where_somebody_is_reached(lines: list[str], reach: tuple[str, str, str]) -> None:
    card = ada(*lines)
    assert reaches(card) == [reach]
    assert not card.extras


def test_several_addresses_for_messages_in_one_line() -> None:
    card = ada("X-messaging/xmpp-All:one@x.example\ue000two@x.example")
    assert [reach.text for reach in card.reaches] == ["one@x.example", "two@x.example"]


def test_an_address_with_a_name_keeps_both() -> None:
    card = ada('EMAIL;INTERNET:"Ada"', "  <ada@x.example>")
    assert reaches(card) == [("email", "ada@x.example", "")]
    assert extras(card) == ['EMAIL;TYPE=INTERNET:"Ada" <ada@x.example>']


def test_what_is_preferred_stands_first_of_its_kind() -> None:
    card = ada("EMAIL:a@x", "TEL:1", "EMAIL;PREF=2:b@x", "EMAIL;PREF=1:c@x", "TEL;TYPE=pref:2")
    assert [reach.text for reach in card.reaches] == ["c@x", "b@x", "a@x", "2", "1"]


@pytest.mark.parametrize(
    ("adr", "address", "city"),
    [
        (
            ";;42 Plantation St.;Baytown;LA;30314;USA",
            "42 Plantation St., Baytown, LA 30314, USA",
            "Baytown",
        ),
        ("Box 1;Flat 2;Mill Lane;Ely;;;", "Mill Lane, Flat 2, Box 1, Ely", "Ely"),
        (";;Street4\\nBuilding 6\\nFloor 8;York;;;", "Street4, Building 6, Floor 8, York", "York"),
        ("123 Home St\\nHome City\\, HM 12345;;;;", "123 Home St, Home City, HM 12345", ""),
        ("Just one line", "Just one line", ""),
        (
            ";L;C. de Virgen\\, 19;Madrid;Madrid;28027;ES;C. de Virgen\\, 19\\nL\\n28027 Madrid\\nES",
            "C. de Virgen, 19, L, 28027 Madrid, ES",
            "Madrid",
        ),
        (";;;Αθήνα;;;", "Αθήνα", "Αθήνα"),
    ],
)
def test_addresses(adr: str, address: str, city: str) -> None:
    card = ada(f"ADR;TYPE=home:{adr}")
    assert (card.address, card.city) == (address, city)
    assert extras(card) == [f"ADR;TYPE=home:{adr}"]


def test_of_several_addresses_the_preferred_one_or_their_home_is_theirs() -> None:
    work, home = "ADR;TYPE=WORK:;;;Paris;;;", "ADR;TYPE=HOME:;;;London;;;"
    assert ada(work, home).city == "London"
    assert ada("ADR;TYPE=WORK;TYPE=pref:;;;Paris;;;", home).city == "Paris"
    assert extras(ada(work, home)) == [work, home]


def test_what_no_field_is_for_comes_whole() -> None:
    lines = [
        "ROLE:Programmer",
        "ORG:IBM;Accounting;Dungeon",
        "GENDER:F",
        "RELATED;TYPE=friend:urn:uuid:f81d4fae",
        "X-SPOUSE:William",
        "item5.X-ABRELATEDNAMES:Byron",
        "item5.X-ABLabel:_$!<Father>!$_",
        "GEO:37.386013;-122.082932",
        'X-FOO;X-BAR="a;b:c":d\\, e',
    ]
    card = ada("TITLE:Analyst", *lines)
    assert (card.org, card.role) == ("IBM", "Analyst")
    assert sorted(extras(card)) == sorted(lines)
    assert Extra("X-ABLABEL", "item5.X-ABLabel:_$!<Father>!$_") in card.extras


def test_the_label_stands_behind_what_it_belongs_to() -> None:
    card = ada("a.X-ABLabel:Mother", "a.X-ABRELATEDNAMES:Annabella", "X-FOO:1")
    assert extras(card) == ["a.X-ABRELATEDNAMES:Annabella", "a.X-ABLabel:Mother", "X-FOO:1"]


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (["NICKNAME:Jim,Jimmie"], "Jim, Jimmie"),
        (["NICKNAME:Jim", "NICKNAME:Jimmie"], "Jim, Jimmie"),
        (["X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Jim;1;;;"], "Jim"),
    ],
)
def test_nicknames(lines: list[str], kept: str) -> None:
    card = ada(*lines)
    assert card.nick == kept
    assert extras(card) == ([] if kept == "Jim" else lines)


@pytest.mark.parametrize(
    ("lines", "tags"),
    [
        (["CATEGORIES:自然, 编程, 茶"], ("自然", "编程", "茶")),
        (["CATEGORIES:a\\, b"], ("a, b",)),
        (["CATEGORIES:a", "CATEGORIES:b,a"], ("a", "b")),
        (["CATEGORIES:myContacts,starred"], ()),
    ],
)
def test_categories_are_tags(lines: list[str], tags: tuple[str, ...]) -> None:
    assert ada(*lines).tags == tags


def test_notes_keep_their_commas_and_lines() -> None:
    card = ada("NOTE:a, b; c\\nd \\\\n \\x", "NOTE:second")
    assert card.notes == ("a, b; c\nd \\n \\x", "second")


def test_a_note_that_goes_on_without_being_folded_is_one_note() -> None:
    card = ada("NOTE:first", "second line", "http://x.example", "TEL:1")
    assert card.notes == ("first\nsecond line\nhttp://x.example",)
    assert [reach.text for reach in card.reaches] == ["1"]


def test_an_address_broken_by_backslashes_is_one_address() -> None:
    card = ada("ADR;HOME:;;Hermann v. Brevern\\", "9999999\\", "Packstation 999;Hamburg;;;")
    assert card.address == "Hermann v. Brevern, 9999999, Packstation 999, Hamburg"


def test_lines_that_are_none_cost_only_themselves() -> None:
    card = ada("# a comment", "no colon here", ":no name", "TEL:1")
    assert reaches(card) == [("phone", "1", "")]
    assert extras(card) == ["X-UNREADABLE:no colon here", "X-UNREADABLE::no name"]
    assert card.remarks == (
        '"no colon here" is no line of a vCard',
        '":no name" is no line of a vCard',
    )


JPEG = base64.b64encode(b"\xff\xd8\xff\xe0" + bytes(200)).decode()


@pytest.mark.parametrize(
    "lines",
    [
        [f"PHOTO;ENCODING=b;TYPE=JPEG:{JPEG}"],
        [f"PHOTO;ENCODING=b;TYPE=JPEG:{JPEG[:70]}", f" {JPEG[70:140]}", f" {JPEG[140:]}"],
        ["PHOTO;ENCODING=BASE64;JPEG:", f" {JPEG[:70]}", f" {JPEG[70:]}", ""],
        ["PHOTO;BASE64:", f"{JPEG[:70]}", f"{JPEG[70:]}", ""],
        ["PHOTO;TYPE=JPEG;ENCODING=BASE64:" + JPEG[:70], JPEG[70:]],
        [f"PHOTO:data:image/jpeg;base64,{JPEG}"],
        [f"PHOTO:data:image/jpeg;base64\\,{JPEG}"],
        [f"PHOTO;VALUE=uri:data:image/jpeg;base64,{JPEG[:70]}", f" {JPEG[70:]}"],
    ],
)
def test_a_photo_survives_however_it_is_written(lines: list[str]) -> None:
    card = ada(*lines, "TEL:1")
    assert extras(card) == [f"PHOTO:data:image/jpeg;base64,{JPEG}"]
    assert reaches(card) == [("phone", "1", "")]


def test_a_photo_elsewhere_is_its_link() -> None:
    card = ada("PHOTO;VALUE=URL;TYPE=PNG:http://x.example/a.png")
    assert extras(card) == ["PHOTO:http://x.example/a.png"]


def test_a_photo_of_more_than_ten_megabytes_is_left_out_and_said() -> None:
    card = ada("PHOTO;ENCODING=b:" + "A" * 15_000_000)
    assert not card.extras
    assert card.remarks == ("a PHOTO of more than 10 MB was left out",)


@pytest.mark.parametrize(
    ("line", "note"),
    [
        (b"NOTE;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Z=FCrich=0D=0AOrt", "Zürich\nOrt"),
        (b"NOTE;QUOTED-PRINTABLE;CHARSET=UTF-8:Z=C3=\r\n=BCrich", "Zürich"),
        (b"NOTE;ENCODING=QUOTED-PRINTABLE:Now's the time =\r\nfor all", "Now's the time for all"),
        (b"NOTE;ENCODING=QUOTED-PRINTABLE:come=\r\n to the aid", "come to the aid"),
        (b"NOTE;ENCODING=QUOTED-PRINTABLE:a=0D=0A=\r\n=\r\nb", "a\nb"),
        (b"NOTE;ENCODING=QUOTED-PRINTABLE:=C3=\r\n\r\n=BCber", "über"),
        (b"NOTE;ENCODING=QUOTED-PRINTABLE:Stra=C3=9Fe\r\n=20weiter", "Straße weiter"),
        (b"NOTE;CHARSET=SHIFT_JIS:\x88\xc0\x93\xa1", "安藤"),
        (b"NOTE;CHARSET=Murks:Z\xc3\xbcrich", "Zürich"),
        (b"NOTE;CHARSET=us-ascii:Z\xc3\xbcrich", "Zürich"),
        (b"NOTE;CHARSET=utf-8:Z\xfcrich", "Zürich"),
        (b"NOTE:Z\xfcrich", "Zürich"),
        (
            b"NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=BCber =C3=A4 =C3=B6 =C3=BC =C3",
            "über ä ö ü",
        ),
        (b"NOTE;ENCODING=8BIT:Z\xc3\xbcrich", "Zürich"),
        (b"NOTE:Z\xc3\r\n \xbcrich", "Zürich"),
        (b"NOTE:a\r\n\tb", "ab"),
        (b"NOTE:a\0b", "ab"),
    ],
)
def test_texts_in_every_encoding(line: bytes, note: str) -> None:
    assert ada(line, "TEL:1").notes == (note,)
    assert reaches(ada(line, "TEL:1")) == [("phone", "1", "")]


def test_what_is_kept_is_in_plain_utf8() -> None:
    card = ada(b"X-FOO;HOME;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Z=FCrich=0D=0AOrt, a;b")
    assert extras(card) == ["X-FOO;TYPE=HOME:Zürich\\nOrt, a;b"]


def test_a_file_in_a_code_page_says_it_in_all_its_cards() -> None:
    text = "FN:Σωκράτης\r\nNOTE:Ο φιλόσοφος από την Αθήνα που δεν έγραψε τίποτα απολύτως"
    card = one(text.encode("cp1253"))
    assert card.name == "Σωκράτης"


def test_the_user_may_say_the_encoding() -> None:
    data = whole("FN:אפרים קישון".encode("cp1255"), "NOTE;CHARSET=UTF-8:é")
    [card] = read(data, "cp1255")
    assert isinstance(card, Card)
    assert (card.name, card.notes) == ("אפרים קישון", ("é",))
    with pytest.raises(BadInput, match="encoding"):
        read(data, "no-such-thing")


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_wide_characters_and_marks(codec: str) -> None:
    text = whole("FN:Zoë", "NOTE:李").decode()
    for said in ("", codec):
        [card] = read(text.encode(codec), said)
        assert isinstance(card, Card)
        assert (card.name, card.notes) == ("Zoë", ("李",))


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (["KIND:org", "FN:Engines"], "an organisation"),
        (["KIND:ORG", "FN:Engines"], "an organisation"),
        (["X-ABShowAs:COMPANY", "ORG:Engines"], "an organisation"),
        (["KIND:group", "FN:Friends"], "a group"),
        (["X-ADDRESSBOOKSERVER-KIND:group", "FN:Friends"], "a group"),
        (["KIND:location", "FN:Hall"], "a place"),
        (["TEL;TYPE=HOME:"], "nobody is named in it"),
        (["BDAY:2003-12-09"], "nobody is named in it"),
        ([], "nobody is named in it"),
    ],
)
def test_records_that_are_nobody_are_said_with_their_text(lines: list[str], why: str) -> None:
    [record] = read(whole(*lines))
    text = "\r\n".join(["BEGIN:VCARD", *lines, "END:VCARD"])
    assert record == Skipped(1, why, text, harmless=why != "nobody is named in it")


def test_an_individual_is_somebody() -> None:
    assert ada("KIND:individual") == ada()
    assert ada("X-ABShowAs:PERSON").name == "Ada Lovelace"


def test_members_of_a_group_get_its_name() -> None:
    group = whole("FN:Engineers", "KIND:group", "MEMBER:urn:uuid:A1", "MEMBER:mailto:b@x.example")
    ada = whole("FN:Ada", "UID:a1")
    bob = whole("FN:Bob", "EMAIL:B@x.example", "CATEGORIES:old")
    cyd = whole("FN:Cyd", "UID:c1")
    for data in (group + ada + bob + cyd, ada + bob + cyd + group):
        tags = {card.name: card.tags for card in read(data) if isinstance(card, Card)}
        assert tags == {"Ada": ("Engineers",), "Bob": ("old", "Engineers"), "Cyd": ()}


def test_members_of_a_list_of_addresses_get_its_name() -> None:
    lines = (
        "X-EVOLUTION-LIST:TRUE",
        "FN:Engineers",
        "EMAIL;X-EVOLUTION-DEST-NAME=A:Ada <a@x.example>",
    )
    group, person = read(whole(*lines) + whole("FN:Ada", "EMAIL:A@x.example"))
    assert isinstance(group, Skipped)
    assert isinstance(person, Card)
    assert (group.why, person.tags) == ("a group", ("Engineers",))


def names(data: bytes | str) -> list[str]:
    return [card.name if isinstance(card, Card) else card.why for card in read(data)]


def test_a_card_without_an_end_costs_nobody() -> None:
    cut = b"BEGIN:VCARD\r\nFN:Cut\r\n"
    found = read(whole("FN:Ada") + cut + whole("FN:Bob") + whole("FN:Cyd") + cut)
    assert [card.name for card in found if isinstance(card, Card)] == [
        "Ada",
        "Cut",
        "Bob",
        "Cyd",
        "Cut",
    ]
    assert [card.remarks for card in found if isinstance(card, Card)] == [
        (),
        ("END:VCARD is missing",),
        (),
        (),
        ("END:VCARD is missing",),
    ]


@pytest.mark.parametrize(
    "agent",
    [
        ["AGENT:", "BEGIN:VCARD", "FN:Bob", "END:VCARD"],
        ["BEGIN:VCARD", "FN:Bob", "END:VCARD"],
        ["AGENT:BEGIN:VCARD", " FN:Bob", " END:VCARD"],
        ["AGENT:BEGIN:VCARD\\nFN:Bob\\nEND:VCARD\\n"],
    ],
)
def test_a_card_in_a_card_is_nobody(agent: list[str]) -> None:
    found = read(whole("FN:Ada", *agent, "TEL:1") + whole("FN:Cyd"))
    assert names(whole("FN:Ada", *agent, "TEL:1") + whole("FN:Cyd")) == ["Ada", "Cyd"]
    assert isinstance(found[0], Card)
    assert reaches(found[0]) == [("phone", "1", "")]
    assert [extra.name for extra in found[0].extras] == ["AGENT"]
    assert "FN:Bob" in found[0].extras[0].value


def test_begin_three_times_is_one_person() -> None:
    assert names("BEGIN:VCARD\n" * 3 + "VERSION:2.1\nN:nested\n" + "END:VCARD\n" * 3) == ["nested"]


@pytest.mark.parametrize(
    "data",
    [
        b"some words\r\n\r\n" + whole("FN:Ada"),
        b"begin:vcard\r\nfn:Ada\r\nend:vcard\r\n",
        b"BEGIN:VCARD  \r\nFN:Ada\r\nEND:VCARD \r\n",
        b"\xef\xbb\xbf" + whole("FN:Ada"),
        whole("FN:Ada").rstrip(),
        whole("item1.FN:Ada"),
        b"BEGIN:VCARD\r\r\nFN:A\r\r\n da\r\r\nEND:VCARD\r\r\n",
    ],
)
def test_what_stands_around_a_card_makes_no_difference(data: bytes) -> None:
    assert names(data) == ["Ada"]


def test_files_put_together_without_a_line_break_are_two_people() -> None:
    ada, bob = whole("FN:Ada").rstrip(), whole("FN:Bob")
    assert names(ada + bob) == ["Ada", "Bob"]
    assert names(ada + b"\r\n\xef\xbb\xbf" + bob) == ["Ada", "Bob"]


def test_a_card_without_a_begin_is_said() -> None:
    lost = b"VERSION:3.0\r\nFN:Lost\r\nTEL:1\r\nEND:VCARD\r\n"
    assert names(lost + whole("FN:Ada")) == ["BEGIN:VCARD is missing", "Ada"]
    assert names(whole("FN:Ada") + lost) == ["Ada", "BEGIN:VCARD is missing"]
    assert read(lost + whole("FN:Ada"))[0].row == 1


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xef\xbb\xbf",
        b"\r\n\r\n",
        b"VERSION:3.0\nFN:Frank\nEND:VCARD\n",
        b"BEGIN:VCAR\nFN:Frank\nEND:VCARD\n",
        b"name,email\nAda,ada@x.example\n",
        b"PK\x03\x04 a zip",
        b"\x89PNG\r\n\x1a\n",
        b"\0\1\2\3" * 100,
    ],
)
def test_a_file_without_a_vcard_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput):
        read(data)


def test_rows_are_the_lines_they_begin_on() -> None:
    found = read(whole("FN:Ada", "TEL:1") + b"\r\n" + whole("FN:Bob"))
    assert [card.row for card in found] == [1, 6]
