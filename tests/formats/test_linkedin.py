"""LinkedIn's files: connections, invitations, and whom you wrote with last."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinship import formats
from kinship.errors import BadInput
from kinship.formats import Source, linkedin, linkedin_days, recognise
from kinship.model.card import Card, Extra, Reach, Skipped, Talk
from samples import SAMPLES, needs_samples, rows

READERS = ("linkedin-connections", "linkedin-invitations", "linkedin-messages")
CORPUS = sorted((Path(__file__).parent / "corpus" / "linkedin").iterdir())


def told(
    form: str, text: str | bytes, *, date_order: str = "", owner: str = ""
) -> list[Card | Skipped]:
    data = text.encode() if isinstance(text, str) else text
    source = Source("file.csv", data, date_order=date_order, owner=owner)
    return list(formats.read(form, source))


def cards(form: str, text: str | bytes, *, date_order: str = "", owner: str = "") -> list[Card]:
    records = told(form, text, date_order=date_order, owner=owner)
    return [one for one in records if isinstance(one, Card)]


def skipped(form: str, text: str | bytes) -> list[tuple[int, str]]:
    return [(one.row, one.why) for one in told(form, text) if isinstance(one, Skipped)]


# Connections

HEAD = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
ADA = "Ada,Lovelace,https://www.linkedin.com/in/ada,,Engines,Analyst,12 Mar 2024\n"
NOTES = 'Notes:\n"When exporting your connection data, you may notice, that some are missing."\n\n'


def test_a_connection_is_somebody_with_a_profile_and_a_day() -> None:
    text = (
        HEAD
        + 'Ada,Lovelace,https://www.linkedin.com/in/ada/,a@e.example,"Engines, Ltd.",CTO,12 Mar 2024'
    )
    assert cards("linkedin-connections", text) == [
        Card(
            2,
            "Ada Lovelace",
            key="linkedin.com/in/ada",
            first="Ada",
            last="Lovelace",
            org="Engines, Ltd.",
            role="CTO",
            reaches=(
                Reach(
                    "linkedin", "https://www.linkedin.com/in/ada/", "", "connected", "2024-03-12"
                ),
                Reach("email", "a@e.example"),
            ),
        )
    ]


@pytest.mark.parametrize(
    "above",
    [
        "",
        "\ufeff",
        NOTES,
        "\ufeff" + NOTES,
        NOTES + "\n",
        NOTES.rstrip("\n") + "\n",
        "Notes:\nThis is a sample.\nAll data, all of it, is made up.\n\n",
        'Notes :\n"En exportant vos données...\n"\n"\n\n',
        "Notes:\n" + "a line of the note\n" * 12,
        ",,,,,,\n,,,,,,\n",
        NOTES.replace("\n", "\r\n"),
    ],
)
def test_whatever_stands_above_the_headings_is_passed_over(above: str) -> None:
    assert [card.name for card in cards("linkedin-connections", above + HEAD + ADA)] == [
        "Ada Lovelace"
    ]


@pytest.mark.parametrize(
    "head",
    [
        "first name,LAST NAME, Url ,E-Mail Address,company,position,connected on",
        "FirstName,LastName,ProfileURL,EmailAddress,Company,Position,ConnectedOn",
        "Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Verbunden am",
        "Prénom,Nom,URL,Adresse e-mail,Entreprise,Poste,Date de connexion",
        "Nombre,Apellidos,URL,Dirección de correo electrónico,Empresa,Puesto,Conectado el",
        "Nome,Cognome,URL,Indirizzo e-mail,Azienda,Posizione,Collegato il",
        "Voornaam,Achternaam,URL,E-mailadres,Bedrijf,Functie,Verbonden op",
        "Nome,Sobrenome,URL,Endereço de e-mail,Empresa,Cargo,Conectado em",
        "Förnamn,Efternamn,URL,E-postadress,Företag,Befattning,Ansluten den",
    ],
)
def test_headings_are_known_in_any_case_and_several_languages(head: str) -> None:
    for mark in ",;\t":
        row = ["Ada", "Lovelace", "https://www.linkedin.com/in/ada", "a@e.example", "Engines"]
        text = f"{NOTES}{head.replace(',', mark)}\n{mark.join([*row, 'Analyst', '2024-03-12'])}\n"
        (card,) = cards("linkedin-connections", text)
        assert (card.name, card.org, card.role) == ("Ada Lovelace", "Engines", "Analyst")
        assert card.reaches[0].day == "2024-03-12"
        assert card.extras == ()


SEVEN = "Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Seit wann auch immer\n"


def test_a_day_is_known_by_its_values_where_its_heading_is_in_other_words() -> None:
    text = NOTES + SEVEN + ADA + ",,,,,,01 Feb 2024\n"
    assert recognise.kind(text.encode()).format == "linkedin-connections"
    (card,) = cards("linkedin-connections", text)
    assert (card.reaches[0].day, card.extras) == ("2024-03-12", ())


@pytest.mark.parametrize(
    "text",
    [
        SEVEN + ADA.replace("www.linkedin.com/in", "ada.example"),
        SEVEN + ADA.replace("12 Mar 2024", "colleague"),
        SEVEN.replace("URL,E-Mail-Adresse", "E-Mail-Adresse,URL") + ADA,
        SEVEN.replace("\n", ",Stadt\n") + ADA.replace("\n", ",London\n"),
    ],
)
def test_a_table_of_ones_own_is_not_of_connections(text: str) -> None:
    assert recognise.kind(text.encode()).format == "csv"
    (card,) = cards("linkedin-connections", text)
    assert card.extras


def test_the_oldest_files_call_companies_current_and_have_tags() -> None:
    text = (
        "First Name,Last Name,Email Address,Current Company,Current Position,Tags\n"
        'Ada,Lovelace,a@e.example,Engines,Analyst,"colleagues, friends"\n'
    )
    assert recognise.kind(text.encode()).format == "linkedin-connections"
    (card,) = cards("linkedin-connections", text)
    assert (card.org, card.role, card.tags) == ("Engines", "Analyst", ("colleagues", "friends"))


def test_an_older_file_has_no_addresses_of_profiles() -> None:
    text = "First Name,Last Name,Email Address,Company,Position,Connected On\nAda,Lovelace,,,,12 Mar 2024"
    (card,) = cards("linkedin-connections", text)
    assert card.key == ""
    assert card.reaches == (Reach("linkedin", "", "", "connected", "2024-03-12"),)


def test_columns_of_ones_own_are_kept_and_so_is_what_stands_beyond_them() -> None:
    text = HEAD.replace("\n", ",Mood\n") + ADA.replace("\n", ",fine,more\n")
    (card,) = cards("linkedin-connections", text)
    assert card.extras == (Extra("Mood", "fine"), Extra("column 9", "more"))


def test_deleted_members_are_told_by_their_row() -> None:
    text = HEAD + ADA + ",,,,,,07 Jun 2022\n" + ADA.replace("ada", "ada2") + "\n,,,,,,\n"
    assert skipped("linkedin-connections", text) == [(3, "no name")]
    assert len(cards("linkedin-connections", text)) == 2


def test_two_people_of_one_name_stay_two() -> None:
    keys = [
        card.key
        for card in cards("linkedin-connections", HEAD + ADA + ADA.replace("/ada", "/ada-2"))
    ]
    assert keys == ["linkedin.com/in/ada", "linkedin.com/in/ada-2"]


def test_a_file_with_headings_only_holds_nobody_and_that_is_fine() -> None:
    assert told("linkedin-connections", NOTES + HEAD) == []


@pytest.mark.parametrize(
    "text", ["Notes:\n", ADA, "name,email\nAda,a@e.example\n", NOTES + ADA * 5]
)
def test_a_file_without_the_headings_is_refused_not_read_as_empty(text: str) -> None:
    with pytest.raises(BadInput, match="Nothing was written"):
        told("linkedin-connections", text)


def test_a_page_that_is_no_profile_is_kept_as_a_link() -> None:
    text = HEAD + ADA.replace("/in/ada", "/company/engines")
    (card,) = cards("linkedin-connections", text)
    assert card.key == ""
    assert card.reaches[1] == Reach("", "https://www.linkedin.com/company/engines")


def test_a_quotation_mark_that_is_not_closed_costs_its_own_row() -> None:
    text = (
        HEAD
        + ADA
        + 'Bea,"Broken,https://www.linkedin.com/in/bea,,,,\n'
        + ADA.replace("Ada", "Cora")
    )
    assert [card.name for card in cards("linkedin-connections", text)] == [
        "Ada Lovelace",
        "Cora Lovelace",
    ]
    assert skipped("linkedin-connections", text) == [(3, "a quotation mark is not closed")]


# Profiles


@pytest.mark.parametrize(
    "address",
    [
        "https://www.linkedin.com/in/zo%C3%AB-brandt",
        "http://linkedin.com/in/zo%c3%ab-brandt/",
        "www.linkedin.com/in/zoë-brandt?trk=x",
        "https://de.linkedin.com/in/ZOË-Brandt/",
        "https://www.linkedin.com/in/zoe\u0308-brandt",
    ],
)
def test_a_profile_has_one_address_however_it_is_written(address: str) -> None:
    assert linkedin.key(address) == "linkedin.com/in/zoë-brandt"


@given(st.text("abcXYZ%09-_.é/ß ", max_size=12))
def test_the_quick_way_to_a_profile_is_the_same_as_the_long_one(name: str) -> None:
    quick = linkedin.key(f"https://www.linkedin.com/in/{name}")
    assert quick == linkedin.key(f"https://www.linkedin.com/in/{name}?trk=long")


# Days


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("12 Mar 2024", "2024-03-12"),
        ("2 Nov 2023", "2023-11-02"),
        ("5-May-25", "2025-05-05"),
        ("2024-03-12", "2024-03-12"),
        ("2024/03/12 09:30:00 UTC", "2024-03-12"),
        ("2024-03-12T09:30:00Z", "2024-03-12"),
        ("12. März 2024", "2024-03-12"),
        ("12 mars 2024", "2024-03-12"),
        ("1er févr. 2024", "2024-02-01"),
        ("12 de marzo de 2024", "2024-03-12"),
        ("12 de mar. de 2024", "2024-03-12"),
        ("12 ott 2024", "2024-10-12"),
        ("12 mrt. 2024", "2024-03-12"),
        ("12 марта 2024 г.", "2024-03-12"),
        ("2024年3月12日", "2024-03-12"),
        ("2024년 3월 12일", "2024-03-12"),
        ("Mar 12, 2024", "2024-03-12"),
        ("March 12th, 2024", "2024-03-12"),
        ("12.03.2024", "2024-03-12"),
        ("12.03.24, 10:15", "2024-03-12"),
        ("9/20/26, 10:15 AM", "2026-09-20"),
        ("20/9/2026 22:15", "2026-09-20"),
        ("29 Feb 2023", None),
        ("31 Apr 2024", None),
        ("03/04/2024", None),
        ("2024", None),
        ("soon", None),
        ("", None),
        ("1" * 100_000, None),
    ],
)
def test_days_are_read_as_they_are_written(written: str, day: str | None) -> None:
    assert linkedin_days.read(written) == day


def test_the_rest_of_a_column_says_whether_the_month_comes_first() -> None:
    unclear = ADA.replace("12 Mar 2024", "03/04/2024")
    (card,) = cards("linkedin-connections", HEAD + unclear)
    assert card.reaches[0].day is None
    assert card.extras == (Extra("Connected On", "03/04/2024"),)
    assert card.remarks == ('"03/04/2024" is not a day that can be told',)
    settled = HEAD + unclear + ADA.replace("12 Mar 2024", "13/04/2024")
    assert cards("linkedin-connections", settled)[0].reaches[0].day == "2024-04-03"
    settled = HEAD + unclear + ADA.replace("12 Mar 2024", "04/13/2024")
    assert cards("linkedin-connections", settled)[0].reaches[0].day == "2024-03-04"
    (card,) = cards("linkedin-connections", HEAD + unclear, date_order="dmy")
    assert card.reaches[0].day == "2024-04-03"


@given(
    st.text("0123456789/-. :,APMapmJanfevrmärzT年月日", max_size=30), st.sampled_from(["", "dmy"])
)
def test_a_day_that_is_read_exists(written: str, order: str) -> None:
    from datetime import date

    day = linkedin_days.read(written, order)
    assert day is None or date.fromisoformat(day).isoformat() == day


# Invitations

ASKED = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
ME, BEA = "https://www.linkedin.com/in/me", "https://www.linkedin.com/in/bea"


def test_somebody_you_asked_was_sent_a_request_that_day() -> None:
    (card,) = cards(
        "linkedin-invitations", f'{ASKED}Me,Bea,"9/2/26, 10:15 AM",,OUTGOING,{ME},{BEA}'
    )
    assert (card.name, card.key) == ("Bea", "linkedin.com/in/bea")
    assert card.reaches == (Reach("linkedin", BEA, "", "sent", "2026-09-02"),)
    assert card.talks == ()


def test_somebody_who_asked_you_wrote_to_you() -> None:
    text = f'{ASKED}Bea,Me,"9/2/26, 10:15 AM",Loved your &quot;talk&quot;!,INCOMING,{BEA},{ME}'
    (card,) = cards("linkedin-invitations", text)
    assert card.reaches == (Reach("linkedin", BEA),)
    assert card.talks == (Talk("2026-09-02", "them", "linkedin", 'Loved your "talk"!'),)


def test_invitations_of_five_columns_have_names_alone() -> None:
    text = 'From,To,Sent At,Message,Direction\nMe,Bea,"9/2/26, 10:15 AM",Hello,OUTGOING\n'
    (card,) = cards("linkedin-invitations", text)
    assert (card.name, card.key) == ("Bea", "")
    assert card.reaches == (Reach("linkedin", "", "", "sent", "2026-09-02"),)
    assert card.talks == (Talk("2026-09-02", "me", "linkedin", "Hello"),)


def test_the_headings_of_invitations_may_be_spelt_in_titles() -> None:
    head = ASKED.replace("inviterProfileUrl", "Inviter Profile URL").replace(
        "inviteeProfileUrl", "Invitee Profile URL"
    )
    (card,) = cards("linkedin-invitations", f"{head}Me,Bea,2026-09-02,,Outgoing,{ME},{BEA}")
    assert card.key == "linkedin.com/in/bea"


@pytest.mark.parametrize(
    ("head", "mine", "theirs"),
    [
        ("Von,An,Gesendet am,Nachricht,Richtung", "OUTGOING", "INCOMING"),
        ("De,À,Envoyée le,Message,Sens", "Sortante", "Entrante"),
        ("De,Para,Enviado el,Mensaje,Dirección", "Saliente", "Entrante"),
        ("Da,A,Inviato il,Messaggio,Direzione", "In uscita", "In entrata"),
        ("De,Para,Enviado em,Mensagem,Direção", "Enviada", "Recebida"),
        ("Van,Aan,Verzonden op,Bericht,Richting", "Uitgaand", "Inkomend"),
    ],
)
def test_invitations_are_read_in_several_languages(head: str, mine: str, theirs: str) -> None:
    for urls in ("", ",inviterProfileUrl,inviteeProfileUrl"):
        text = f"{head}{urls}\nMe,Bea,2026-09-02,,{mine}\nCora,Me,2026-09-03,Hi,{theirs}\n"
        assert recognise.kind(text.encode()).format == "linkedin-invitations"
        bea, cora = cards("linkedin-invitations", text)
        assert (bea.name, bea.reaches[0].state) == ("Bea", "sent")
        assert cora.talks == (Talk("2026-09-03", "them", "linkedin", "Hi"),)


def test_invitations_in_words_nobody_knows_are_refused() -> None:
    text = f"X,Y,Z,inviterProfileUrl,inviteeProfileUrl\nMe,Bea,,{ME},{BEA}\n"
    assert recognise.kind(text.encode()).format == "linkedin-invitations"
    with pytest.raises(BadInput, match="has not the columns"):
        told("linkedin-invitations", text)


def test_an_invitation_of_which_nobody_knows_whose_it_is_is_told() -> None:
    text = f"{ASKED}Me,Bea,2026-09-02,,,{ME},{BEA}\nLinkedIn Member,Me,2026-09-02,,INCOMING,,{ME}\n"
    assert skipped("linkedin-invitations", text) == [
        (2, "not said who invited whom"),
        (3, "no name"),
    ]


# Messages

WRITTEN = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,"
    "SUBJECT,CONTENT,FOLDER,ATTACHMENTS,IS MESSAGE DRAFT,IS CONVERSATION DRAFT\n"
)
URLS = {
    "Me": ME,
    "Bea": BEA,
    "Cora": "https://www.linkedin.com/in/cora",
    "Dan": "https://www.linkedin.com/in/dan",
    "LinkedIn Member": "",
}


def wrote(
    sender: str,
    to: str,
    day: str,
    text: str = "Hi",
    *,
    thread: str = "",
    folder: str = "INBOX",
    draft: str = "No",
) -> str:
    thread = thread or "-".join(sorted([sender, *to.split(", ")]))
    urls = ",".join(URLS[one] for one in to.split(", "))
    return (
        f'{thread},,{sender},{URLS[sender]},"{to}","{urls}",{day} 09:30:00 UTC,,"{text}",'
        f"{folder},,{draft},No\n"
    )


def talks(*lines: str) -> dict[str, tuple[str, str]]:
    """Day and direction of the conversation with each."""
    found = cards("linkedin-messages", WRITTEN + "".join(lines))
    assert all(len(card.talks) == 1 for card in found)
    return {card.name: (card.talks[0].day, card.talks[0].direction) for card in found}


def test_whoever_is_in_most_conversations_is_you() -> None:
    assert talks(
        wrote("Me", "Bea", "2024-01-01"),
        wrote("Cora", "Me", "2024-02-01"),
        wrote("Dan", "Me", "2024-02-02"),
    ).keys() == {"Bea", "Cora", "Dan"}


def test_with_one_conversation_it_is_said_who_was_taken_for_you() -> None:
    text = WRITTEN + wrote("Bea", "Me", "2024-01-01")
    (card,) = cards("linkedin-messages", text)
    assert (card.name, card.remarks) == ("Bea", ('taken for you: "Me"',))
    (card,) = cards("linkedin-messages", text, owner="Bea")
    assert (card.name, card.remarks) == ("Me", ())


def test_an_older_file_says_which_way_each_message_went() -> None:
    text = (
        "From,To,Date,Subject,Content,Direction,Folder\n"
        'Bea,Me,"11/23/17, 4:14 PM",,Hello,INCOMING,INBOX\n'
        'Me,Bea,"11/24/17, 5:14 PM",,Hi Bea,OUTGOING,SENT\n'
        'Me,"Bea, Cora","11/24/17, 5:14 PM",,Hi both,OUTGOING,SENT\n'
    )
    assert recognise.kind(text.encode()).format == "linkedin-messages"
    (card,) = cards("linkedin-messages", text)
    assert (card.name, card.remarks) == ("Bea", ())
    assert card.talks == (Talk("2017-11-24", "both", "linkedin", "Hi Bea"),)
    (card,) = cards("linkedin-messages", text.partition("Me,Bea")[0])
    assert (card.name, card.talks[0].direction) == ("Bea", "them")


def test_the_newest_message_of_each_is_told_wherever_it_stands() -> None:
    text = WRITTEN + (
        wrote("Bea", "Me", "2024-03-02", "<p>Gladly &amp; soon.</p><p>Bea</p>", thread="b")
        + wrote("Me", "Bea", "2023-01-01", thread="a")
        + wrote("Me", "Bea", "2024-03-01", thread="b")
        + wrote("Cora", "Me", "2024-03-01")
    )
    bea = cards("linkedin-messages", text)[0]
    assert (bea.key, bea.row) == ("linkedin.com/in/bea", 2)
    assert bea.talks[0] == Talk("2024-03-02", "them", "linkedin", "Gladly & soon.\nBea")
    assert bea.reaches == (Reach("linkedin", BEA),)


def test_who_wrote_last_is_told_and_what_was_answered_is_an_exchange() -> None:
    later = wrote("Me", "Dan", "2026-01-01")
    assert talks(
        wrote("Bea", "Me", "2019-05-01"),
        wrote("Me", "Cora", "2019-05-01"),
        later,
    ) == {"Bea": ("2019-05-01", "them"), "Cora": ("2019-05-01", "me"), "Dan": ("2026-01-01", "me")}
    assert talks(
        wrote("Bea", "Me", "2019-05-01"),
        wrote("Me", "Bea", "2019-05-20"),
        wrote("Bea", "Me", "2019-05-21"),
        later,
    )["Bea"] == ("2019-05-21", "both")


def test_what_they_wrote_in_the_last_days_waits_for_an_answer() -> None:
    assert talks(
        wrote("Me", "Bea", "2025-12-19"),
        wrote("Bea", "Me", "2025-12-20"),
        wrote("Me", "Dan", "2026-01-01"),
    )["Bea"] == ("2025-12-20", "them")


def test_an_answer_after_half_a_year_is_none() -> None:
    assert talks(
        wrote("Me", "Bea", "2018-12-19"),
        wrote("Bea", "Me", "2019-06-20"),
        wrote("Cora", "Me", "2018-12-19"),
        wrote("Me", "Cora", "2019-06-20"),
        wrote("Me", "Dan", "2026-01-01"),
    ) == {
        "Bea": ("2019-06-20", "them"),
        "Cora": ("2019-06-20", "me"),
        "Dan": ("2026-01-01", "me"),
    }


def test_what_several_people_wrote_in_is_nobodys() -> None:
    lines = (
        wrote("Me", "Bea, Cora", "2025-01-01", thread="g"),
        wrote("Cora", "Me", "2025-02-01", thread="g"),
        wrote("Bea", "Me", "2020-01-01"),
        wrote("Dan", "Me", "2020-01-01"),
    )
    assert talks(*lines) == {"Bea": ("2020-01-01", "them"), "Dan": ("2020-01-01", "them")}
    assert skipped("linkedin-messages", WRITTEN + "".join(lines)) == [(2, "several people")]


def test_people_who_left_drafts_advertisements_and_spam_are_told() -> None:
    lines = (
        wrote("Bea", "Me", "2020-01-01"),
        wrote("LinkedIn Member", "Me", "2020-01-01"),
        wrote("Me", "Cora", "2020-01-01", draft="Yes"),
        wrote("Dan", "Me", "2020-01-01", folder="SPAM"),
        f'x,Degrees,A University,,Me,{ME},2020-01-01 09:30:00 UTC,,"<p class=""spinmail-quill"">Hi'
        ' %FIRSTNAME%</p>",INBOX,,No,No\n',
        "BADROW\n",
        wrote("Bea", "Me", "some day"),
    )
    assert talks(*lines).keys() == {"Bea"}
    assert sorted(skipped("linkedin-messages", WRITTEN + "".join(lines))) == [
        (3, "no name"),
        (4, "a draft"),
        (5, "in the spam folder"),
        (6, "an advertisement"),
        (7, "not a message"),
        (8, '"some day 09:30:00 UTC" is not a day that can be told'),
    ]


def test_a_file_of_names_alone_parts_receivers_by_commas_but_not_their_titles() -> None:
    text = (
        "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER\n"
        f'1,,Me,{ME},"Jane Doe, Ph.D.",2021-01-01 10:00:00 UTC,,Hello,INBOX\n'
        f'2,,Me,{ME},"Bea, Cora",2021-01-01 10:00:00 UTC,,Hello,INBOX\n'
        f'3,,Me,{ME},"Fay Fox, Designer",2021-01-01 10:00:00 UTC,,Hello,INBOX\n'
        f'3,,"Fay Fox, Designer",{URLS["Cora"]},Me,2021-01-02 10:00:00 UTC,,Hello,INBOX\n'
    )
    found = {card.name: card.key for card in cards("linkedin-messages", text)}
    assert found == {"Jane Doe, Ph.D.": "", "Fay Fox, Designer": "linkedin.com/in/cora"}


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("plain", "plain"),
        ("a < b and <3 you, 5 <6", "a < b and <3 you, 5 <6"),
        ("<p>one</p><p>two</p>", "one\ntwo"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ('see <a href="https://e.example/x">the notes</a>', "see the notes (https://e.example/x)"),
        ('<a href="https://e.example/">https://e.example</a>', "https://e.example"),
        ("R&amp;D &lt;b&gt;", "R&D <b>"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("&#x1F600;", "😀"),
        ("&#0;&#xD800;", "\ufffd\ufffd"),
    ],
)
def test_tags_are_taken_out_and_text_is_left(written: str, shown: str) -> None:
    assert linkedin.plain(written) == shown


# Every file


@needs_samples
@pytest.mark.parametrize(
    "row",
    [row for row in rows() if row["format"] in READERS],
    ids=lambda row: Path(row["file"]).name,
)
def test_every_sample_holds_as_many_people_as_its_index_says(row: dict[str, str]) -> None:
    found = cards(row["format"], (SAMPLES / row["file"]).read_bytes())
    assert len(found) == int(row["people"])
    assert all(card.key.startswith("linkedin.com/in/") for card in found)


@needs_samples
@pytest.mark.parametrize("form", READERS)
def test_every_other_file_is_refused_in_a_sentence(form: str) -> None:
    for row in rows():
        try:
            told(form, (SAMPLES / row["file"]).read_bytes())
        except BadInput as error:
            assert error.message.endswith("Nothing was written."), row["file"]


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
@pytest.mark.parametrize("form", READERS)
def test_what_once_was_hard_to_read_is_read_or_refused(form: str, path: Path) -> None:
    _survives(form, path.read_bytes())


_PIECES = st.one_of(
    st.sampled_from(
        [
            *("First Name", "Last Name", "Connected On", "URL", "From", "To", "FROM", "TO", "DATE"),
            *("Direction", "OUTGOING", "INCOMING", "CONVERSATION ID", "CONTENT", "Sent At"),
            *(
                ",",
                ",",
                ",",
                "\n",
                "\n",
                "\r\n",
                "\r",
                '"',
                '""',
                ";",
                "\t",
                "\0",
                "\ufeff",
                "Notes:",
            ),
            *("12 Mar 2024", "3/4/24, 9:00 AM", "2024-03-12 09:30:00 UTC", "99/99/9999", "0"),
            *(
                "https://www.linkedin.com/in/ada",
                "https://www.linkedin.com/in/%FF%",
                "Ada",
                "Ada, PhD",
            ),
            *("LinkedIn Member", "<p>", "</a", '<a href="x', "&#xFFFFFFFF;", "%FIRSTNAME%", "Yes"),
        ]
    ),
    st.text(max_size=8),
)


@settings(max_examples=150)
@given(st.lists(_PIECES, max_size=60), st.sampled_from(READERS))
def test_no_file_brings_a_reader_down(pieces: list[str], form: str) -> None:
    heads = {READERS[0]: HEAD, READERS[1]: ASKED, READERS[2]: WRITTEN}
    body = "".join(pieces).encode("utf-8", "surrogatepass")
    _survives(form, body)
    _survives(form, heads[form].encode() + body)


@settings(max_examples=50)
@given(st.binary(max_size=400))
def test_no_bytes_bring_a_reader_down(data: bytes) -> None:
    for form in READERS:
        _survives(form, data)


def _survives(form: str, data: bytes) -> None:
    try:
        found = told(form, data)
    except BadInput:
        return
    for one in found:
        assert isinstance(one, Card | Skipped)
        assert one.row > 0
        if isinstance(one, Card):
            assert one.name.strip()
