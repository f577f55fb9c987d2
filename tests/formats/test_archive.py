"""What an import is given: files, folders, archives, a stream; honest ones and others."""

import importlib
import io
import os
import struct
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinship import formats
from kinship.errors import BadInput, FileTrouble
from kinship.formats import archive
from kinship.formats.archive import Gathered
from kinship.model.card import Card, Skipped
from samples import SAMPLES, needs_samples, rows

CONNECTIONS = "First Name,Last Name,URL,Connected On\nAda,Lovelace,https://www.linkedin.com/in/ada,1 Mar 2024\n"
INVITATIONS = "From,To,Sent At,Message,Direction\nMe,Bea,2024-01-01,,OUTGOING\n"
MESSAGES = (
    "CONVERSATION ID,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,CONTENT\n"
    "1,Me,https://www.linkedin.com/in/me,Ada,https://www.linkedin.com/in/ada,2024-01-01,Hi\n"
)
PROFILE = "First Name,Last Name,Maiden Name,Address,Birth Date,Headline\nMe,,,,,\n"
VCARD = "BEGIN:VCARD\nVERSION:3.0\nFN:{}\nEND:VCARD\n"


def packed(files: dict[str, str | bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as made:
        for name, text in files.items():
            made.writestr(name, text)
    return out.getvalue()


def gathered(data: bytes, **said: str) -> Gathered:
    return archive.gather("-", io.BytesIO(data), **said)


def named(found: Gathered) -> list[tuple[str, str]]:
    return [(form, source.name) for form, source in found.sources]


def test_a_file_is_read_as_what_it_holds_whatever_it_is_called(tmp_path: Path) -> None:
    file = tmp_path / "people.vcf"
    file.write_text(CONNECTIONS)
    assert named(archive.gather(str(file))) == [("linkedin-connections", "people.vcf")]


def test_a_file_is_read_as_what_it_is_said_to_be(tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text("whatever it is")
    assert named(archive.gather(str(file), form="csv")) == [("csv", "list.txt")]


def test_the_home_folder_may_be_written_short(home: Path) -> None:
    (home / "a.csv").write_text(CONNECTIONS)
    assert named(archive.gather("~/a.csv")) == [("linkedin-connections", "a.csv")]


@pytest.mark.parametrize("path", ["nowhere.csv", "no/where/"])
def test_what_is_not_there_is_said_not_to_be(path: str) -> None:
    with pytest.raises(FileTrouble, match=f"there is no file {path}. Nothing was written"):
        archive.gather(path)


@pytest.fixture
def nobody() -> Iterator[None]:
    """Somebody who may not read everything, where the tests run as the superuser."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    yield
    os.seteuid(before)


def test_a_file_that_may_not_be_read_is_said_to_be_so(nobody: None) -> None:
    with NamedTemporaryFile(suffix=".csv") as file:
        os.fchmod(file.fileno(), 0)
        with pytest.raises(FileTrouble, match="Permission denied"):
            archive.gather(file.name)


def test_no_name_of_a_file_holds_a_nul() -> None:
    with pytest.raises(FileTrouble, match="no file can be called"):
        archive.gather("a\0b")


# Archives


def test_an_archive_of_linkedin_is_read_in_the_order_that_makes_sense() -> None:
    found = gathered(
        packed(
            {
                "Export/messages.csv": MESSAGES,
                "Export/Invitations.csv": INVITATIONS,
                "Export/Connections.csv": CONNECTIONS,
            }
        )
    )
    assert named(found) == [
        ("linkedin-connections", "Export/Connections.csv"),
        ("linkedin-invitations", "Export/Invitations.csv"),
        ("linkedin-messages", "Export/messages.csv"),
    ]
    assert found.left == []


def test_one_person_has_one_key_in_all_of_its_files() -> None:
    found = gathered(
        packed({"messages.csv": MESSAGES, "C.csv": CONNECTIONS, "Profile.csv": PROFILE})
    )
    keys = {
        record.key
        for form, source in found.sources
        for record in formats.read(form, source)
        if isinstance(record, Card)
    }
    assert keys == {"linkedin.com/in/ada"}
    assert {source.owner for _, source in found.sources} == {"Me"}


def test_a_file_of_linkedin_without_rows_is_left_out_beside_others() -> None:
    empty = MESSAGES.partition("\n")[0] + "\n"
    found = gathered(packed({"guide_messages.csv": empty, "messages.csv": MESSAGES}))
    assert named(found) == [("linkedin-messages", "messages.csv")]
    assert [one.what for one in found.left] == ["a heading without rows"]
    assert named(gathered(empty.encode())) == [("linkedin-messages", "standard input")]


@pytest.mark.parametrize("name", ["guide_messages.csv", "learning_coach_messages.csv"])
def test_what_robots_of_linkedin_wrote_is_nobodys(tmp_path: Path, name: str) -> None:
    found = gathered(packed({f"a/{name}": MESSAGES, "a/messages.csv": MESSAGES}))
    assert named(found) == [("linkedin-messages", "a/messages.csv")]
    assert [one.what for one in found.left] == ["what LinkedIn's own robots wrote"]
    file = tmp_path / name
    file.write_text(MESSAGES)
    with pytest.raises(BadInput, match="own robots"):
        archive.gather(str(file))


@pytest.mark.parametrize(
    "profile",
    [
        PROFILE.replace("Me,,,,,", "Grace,Hopper,,,,"),
        PROFILE.replace("Me,,,,,", "Grace,Hopper"),
        "Vorname,Nachname,Geburtsname,Adresse\nGrace,Hopper,,\n",
        PROFILE.replace("Me,,,,,", "grace,HOPPER,,,,"),
    ],
)
@pytest.mark.parametrize("called", ["Grace Hopper", "Grace M. Hopper, PhD"])
def test_the_profile_of_an_archive_says_whose_it_is(profile: str, called: str) -> None:
    wrote = MESSAGES.replace(",Me,", f',"{called}",')
    found = gathered(packed({"x/messages.csv": wrote, "x/Profile.csv": profile}))
    ((form, source),) = found.sources
    (card,) = formats.read(form, source)
    assert isinstance(card, Card)
    assert (card.name, card.remarks) == ("Ada", ())


def test_connections_whose_headings_nobody_knows_are_not_left_out() -> None:
    odd = CONNECTIONS.replace("First Name,Last Name", "Name,Uo")
    found = gathered(packed({"Connections.csv": odd, "messages.csv": MESSAGES}))
    assert ("csv", "Connections.csv") in named(found)


def test_other_tables_of_linkedin_are_named_and_not_read() -> None:
    found = gathered(
        packed(
            {
                "Connections.csv": CONNECTIONS,
                "Profile.csv": PROFILE,
                "Recommendations_Given.csv": "First Name,Last Name,Company\nAda,Lovelace,Engines\n",
                "Jobs/Applications.csv": "Contact Email,Contact Name\na@e.example,Ada Lovelace\n",
                "Skills.csv": "Name\nGardening\n",
                "Photos/me.jpg": b"\xff\xd8\xff\xe0",
                "Articles/a.html": "<html></html>",
            }
        )
    )
    assert named(found) == [("linkedin-connections", "Connections.csv")]
    assert {one.name for one in found.left} == {
        *("Profile.csv", "Recommendations_Given.csv", "Jobs/Applications.csv", "Skills.csv"),
        *("Photos/me.jpg", "Articles/a.html"),
    }
    assert not any(one.broken for one in found.left)


def test_an_archive_of_another_program_is_read_for_its_people() -> None:
    found = gathered(
        packed(
            {
                "Takeout/Contacts/All/All.vcf": VCARD.format("Ada") * 2,
                "Takeout/Contacts/All/ada.jpg": b"\xff\xd8\xff",
                "Takeout/archive_browser.html": "<!DOCTYPE html><p>",
                "people.csv": "name,email\nAda,a@e.example\n",
                "__MACOSX/._people.csv": "name,email\n",
                ".hidden.csv": "name,email\n",
            }
        )
    )
    assert named(found) == [("vcard", "Takeout/Contacts/All/All.vcf"), ("csv", "people.csv")]
    assert [one.what for one in found.left] == [
        "a picture",
        "a web page; there are no names in it to read",
    ]


@pytest.mark.parametrize(
    "name", ["../evil.csv", "a/../../evil.csv", "/etc/evil.csv", "C:\\evil.csv", "..\\x"]
)
def test_an_archive_with_a_name_that_leads_out_of_it_is_refused(name: str) -> None:
    with pytest.raises(
        BadInput, match=r"is not opened: a file in it is called .* Nothing was written"
    ):
        gathered(packed({"Connections.csv": CONNECTIONS, name: CONNECTIONS}))


def test_an_archive_that_grows_beyond_measure_is_refused() -> None:
    with pytest.raises(BadInput, match="grows to 200 times its size"):
        gathered(packed({"Connections.csv": CONNECTIONS, "bomb.csv": b"\0" * 20_000_000}))


def test_an_archive_whose_files_lie_over_each_other_is_refused() -> None:
    data = bytearray(
        packed({"a.csv": CONNECTIONS * 50, "b.csv": CONNECTIONS * 50}, zipfile.ZIP_STORED)
    )
    at = data.rfind(b"PK\1\2")
    data[at + 20 : at + 24] = struct.pack("<I", len(data))
    with pytest.raises(BadInput, match=r"lie over each other|damaged"):
        gathered(bytes(data))


def test_a_member_that_says_less_than_it_holds_is_damaged() -> None:
    data = bytearray(packed({"a.csv": CONNECTIONS, "big.csv": CONNECTIONS * 9000}))
    at = data.rfind(b"PK\1\2")
    data[at + 24 : at + 28] = struct.pack("<I", 500)
    found = gathered(bytes(data))
    assert [source.name for _, source in found.sources] == ["a.csv"]
    assert [(one.name, one.what, one.broken) for one in found.left] == [
        ("big.csv", "damaged", True)
    ]


def test_a_member_that_is_locked_or_damaged_costs_itself_only() -> None:
    data = bytearray(packed({"a.csv": CONNECTIONS, "b.csv": INVITATIONS, "c.csv": MESSAGES * 40}))
    second = data.find(b"PK\1\2", data.find(b"PK\1\2") + 1)
    data[second + 8] |= 1  # encrypted
    data[data.find(b"b.csv") - 24] |= 1
    body = data.find(b"c.csv") + 5
    data[body + 10 : body + 20] = b"\xff" * 10
    found = gathered(bytes(data))
    assert [source.name for _, source in found.sources] == ["a.csv"]
    assert sorted((one.name, one.what, one.broken) for one in found.left) == [
        ("b.csv", "locked with a password", True),
        ("c.csv", "damaged", True),
    ]


def test_a_member_packed_in_another_way_costs_itself_only() -> None:
    data = packed({"a.csv": CONNECTIONS})
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as made:
        made.writestr("b.csv", CONNECTIONS, zipfile.ZIP_LZMA)
    found = gathered(out.getvalue())
    assert [one.what for one in found.left] == ["packed in a way that is not read"]


@pytest.mark.parametrize("keep", [0.3, 0.7, 0.99])
def test_an_archive_that_ends_too_early_is_said_to_be_damaged(keep: float) -> None:
    data = packed({"Connections.csv": CONNECTIONS * 100, "messages.csv": MESSAGES})
    with pytest.raises(BadInput, match="is damaged"):
        gathered(data[: int(len(data) * keep)])


def test_an_archive_of_archives_is_not_followed_down() -> None:
    inner = packed({"Connections.csv": CONNECTIONS})
    with pytest.raises(BadInput, match="can be read") as caught:
        gathered(packed({"inner.zip": inner}))
    assert caught.value.hint == ("inner.zip: an archive in an archive; unpack it first",)


def test_an_archive_without_people_says_what_is_in_it() -> None:
    with pytest.raises(
        BadInput, match=r"nothing in .* can be read\. Nothing was written"
    ) as caught:
        gathered(packed({"a.ics": "BEGIN:VCALENDAR\n", "b.png": b"\x89PNG"}))
    assert caught.value.hint == ("a.ics: a calendar; kinship reads people only", "b.png: a picture")


def test_an_empty_archive_holds_nothing() -> None:
    with pytest.raises(BadInput, match="can be read"):
        gathered(packed({}))


def test_a_whole_archive_of_ten_years_is_read(tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(Path(__file__).parents[2] / "bench"))
        made = importlib.import_module("linkedin_zip").files()
    found = gathered(packed(made))
    records = {form: list(formats.read(form, source)) for form, source in found.sources}
    people = {
        form: {one.key for one in told if isinstance(one, Card)} for form, told in records.items()
    }
    assert list(people) == ["linkedin-connections", "linkedin-invitations", "linkedin-messages"]
    connected, _, wrote = people.values()
    assert len(connected) == 1200
    assert made["messages.csv"].count(" UTC") >= 3000
    assert len(connected & wrote) == 400
    assert len(wrote - connected) == 80
    assert all(key.startswith("linkedin.com/in/") for keys in people.values() for key in keys)
    assert "linkedin.com/in/robin-quist" not in set.union(*people.values())
    reasons = Counter(
        one.why for told in records.values() for one in told if isinstance(one, Skipped)
    )
    assert reasons == {
        "no name": 30,
        "several people": 12,
        "an advertisement": 10,
        "a draft": 1,
        "in the spam folder": 1,
    }


# Folders


def test_a_folder_of_cards_is_read_flat(tmp_path: Path) -> None:
    book = tmp_path / "book"
    for name in ("b.vcf", "a.vcf", ".hidden.vcf", "deep/c.vcf"):
        (book / name).parent.mkdir(exist_ok=True)
        (book / name).write_text(VCARD.format(name))
    (book / "color").write_text("#ff0000")
    found = archive.gather(str(book))
    assert [name.rpartition("/")[2] for _, name in named(found)] == ["a.vcf", "b.vcf"]
    assert [one.name.partition("/")[2] for one in found.left] == ["deep/", "color"]


@pytest.mark.parametrize(("files", "read"), [(("me.vcf",), 2), (("me.vcf", "color"), 1)])
def test_a_card_alone_is_no_address_book(tmp_path: Path, files: tuple[str, ...], read: int) -> None:
    (tmp_path / "fr").mkdir()
    for name in (*files, "fr/b.vcf"):
        (tmp_path / name).write_text(VCARD.format(name) if name.endswith("vcf") else "#ff0000")
    found = archive.gather(str(tmp_path))
    assert len(found.sources) == read
    assert [one.apart for one in found.left][:1] == [True] * (2 - read)


def test_a_folder_that_may_not_be_read_is_named(nobody: None) -> None:
    with TemporaryDirectory() as folder:
        Path(folder, "a.vcf").write_text(VCARD)
        Path(folder, "locked").mkdir(0)
        found = archive.gather(folder)
        name = f"{os.path.basename(folder)}/locked/"
        assert [(one.name, one.what, one.broken) for one in found.left] == [
            (name, "it cannot be opened: Permission denied", True)
        ]
        os.chmod(folder, 0)
        with pytest.raises(FileTrouble, match="cannot be read: Permission denied"):
            archive.gather(folder)
        os.chmod(folder, 0o700)


def test_a_folder_that_lies_too_deep_is_named(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*"a" * 30)
    deep.mkdir(parents=True)
    for folder in (tmp_path, deep):
        (folder / "a.vcf").write_text(VCARD)
    found = archive.gather(str(tmp_path))
    assert [(one.what, one.broken) for one in found.left] == [("it lies too deep", True)]


def test_a_card_beside_other_files_does_not_hide_the_folders(tmp_path: Path) -> None:
    (tmp_path / "LinkedIn").mkdir()
    (tmp_path / "LinkedIn" / "Connections.csv").write_text(CONNECTIONS)
    (tmp_path / "contacts.vcf").write_text(VCARD)
    (tmp_path / "party.csv").write_text("name,email\nAda,a@e.example\n")
    found = archive.gather(str(tmp_path))
    assert [form for form, _ in found.sources] == ["vcard", "linkedin-connections", "csv"]


def test_a_folder_of_downloads_is_read_with_what_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "LinkedIn" / "Jobs").mkdir(parents=True)
    (tmp_path / "LinkedIn" / "messages.csv").write_text(MESSAGES)
    (tmp_path / "LinkedIn" / "Connections.csv").write_text(CONNECTIONS)
    (tmp_path / "LinkedIn" / "Jobs" / "Jobs.csv").write_text(
        "Contact Email,Contact Name\na@e.example,Ada\n"
    )
    (tmp_path / "party.csv").write_text("name,email\nAda,a@e.example\n")
    (tmp_path / "old.zip").write_bytes(packed({"x/Connections.csv": CONNECTIONS}))
    (tmp_path / "bad.zip").write_bytes(b"PK\3\4nothing")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "people.csv").write_text("name,email\n")
    (tmp_path / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    found = archive.gather(str(tmp_path))
    base = tmp_path.name
    assert named(found) == [
        ("linkedin-connections", f"{base}/old.zip/x/Connections.csv"),
        ("linkedin-connections", f"{base}/LinkedIn/Connections.csv"),
        ("linkedin-messages", f"{base}/LinkedIn/messages.csv"),
        ("csv", f"{base}/party.csv"),
    ]
    assert {one.name.removeprefix(f"{base}/"): one.broken for one in found.left} == {
        "bad.zip": True,
        "pipe": False,
        "LinkedIn/Jobs/Jobs.csv": False,
    }


def test_tables_beside_a_file_of_linkedin_are_read_but_for_its_own(tmp_path: Path) -> None:
    people = "name,email\nAda,a@e.example\n"
    (tmp_path / "Jobs").mkdir()
    for name in (
        *("Email Addresses.csv", "Recommendations_Received.csv", "Company Follows.csv"),
        *("Positions.csv", "Jobs/Job Applications.csv", "friends.csv", "Contacts.csv"),
    ):
        (tmp_path / name).write_text(people)
    (tmp_path / "Connections.csv").write_text(CONNECTIONS)
    (tmp_path / "old.zip").write_bytes(packed({"x.csv": CONNECTIONS, "y.csv": people}))
    found = archive.gather(str(tmp_path))
    assert [name.partition("/")[2] for _, name in named(found)] == [
        *("Connections.csv", "old.zip/x.csv", "Contacts.csv", "friends.csv"),
    ]
    assert len(found.left) == 6
    assert {one.what for one in found.left} == {"a table of LinkedIn, not of people you know"}


def test_a_text_that_may_be_a_table_is_not_taken_from_a_folder(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("name,email\nAda,a@e.example\n")
    (tmp_path / "README.md").write_text("Write to ada@e.example, or not.\n")
    (tmp_path / "data.csv").write_text("Name\nLondon\n")
    found = archive.gather(str(tmp_path))
    assert [name.rpartition("/")[2] for _, name in named(found)] == ["people.csv"]
    assert {one.what for one in found.left} == {
        "a table that may be about people",
        "a text; there are no names in it to read",
    }


def test_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="can be read"):
        archive.gather(str(tmp_path))


# Every file


@needs_samples
def test_all_samples_together_are_gathered_and_the_rest_is_named() -> None:
    found = archive.gather(str(SAMPLES))
    read = {source.name.partition("/")[2] for _, source in found.sources}
    missed = (
        {row["file"] for row in rows()} - read - {one.name.partition("/")[2] for one in found.left}
    )
    assert not missed
    assert {row["file"] for row in rows() if row["format"] == "vdir"} <= read


@settings(max_examples=150)
@given(st.data())
def test_no_damage_to_an_archive_brings_it_down(data: st.DataObject) -> None:
    whole = bytearray(
        packed({"a/Connections.csv": CONNECTIONS * 3, "b.vcf": VCARD, "c.zip": b"PK\3\4"})
    )
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(1, len(whole)))
    try:
        gathered(bytes(whole[:cut]))
    except BadInput as error:
        assert error.message.endswith("Nothing was written.")
