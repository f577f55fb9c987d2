"""Which format a file is of, by what is in it."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinship.errors import BadInput
from kinship.formats import READERS, Source, recognise
from samples import SAMPLES, needs_samples, rows

# As index.csv calls them, where it is not the name of a reader.
_READ_AS = {
    "eventbrite-csv": ("attendees",),
    "generic-csv": ("csv", "outlook-csv"),
    "google-csv-new": ("google-csv",),
    "google-csv-old": ("google-csv",),
    "monica-csv": ("csv", "google-csv"),
    "thunderbird-tab": ("thunderbird-csv",),
    "vcard21": ("vcard",),
    "vcard30": ("vcard",),
    "vcard40": ("vcard",),
    "vdir": ("vcard",),
}
_ROOT = Path(__file__).parents[2]
_PAGES = [f"docs/{page.name}" for page in sorted((_ROOT / "docs").glob("*.md"))]
_TOLD = {
    "ical-vevent": "a calendar; kinship reads people only",
    "ical-vtodo": "a calendar; kinship reads people only",
    "mastodon-following": "a list of Mastodon accounts, without names; it is not read yet",
    "x-following": "a list of accounts from X, without names; it is not read yet",
}


@needs_samples
@pytest.mark.parametrize("row", rows(), ids=lambda row: Path(row["file"]).name)
def test_every_sample_is_recognised(row: dict[str, str]) -> None:
    data = (SAMPLES / row["file"]).read_bytes()
    found = recognise.kind(data)
    if row["format"] in _TOLD:
        assert found.what == _TOLD[row["format"]]
    elif len(data) < 4:
        assert found.what == "empty"
    else:
        assert found.format in _READ_AS.get(row["format"], (row["format"],))


@pytest.mark.parametrize(
    ("begins", "what"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n", "empty"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a picture"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "a picture"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook or Outlook message"),
        (b"\x1f\x8b\x08", "compressed; unpack it first"),
        (b"<!DOCTYPE html><html>", "a web page; there are no names in it to read"),
        (b"<?xml version='1.0'?>", "XML, which kinship does not read"),
        (b"BEGIN:VCALENDAR\nVERSION:2.0\n", "a calendar; kinship reads people only"),
        (b'["vcalendar",[],[]]', "a calendar; kinship reads people only"),
        (b"window.YTD.following.part0 = [ {", "a list of accounts from X, without names; it is not read yet"),
        (b'{"friends_v2":[{"name":"Ada"}]}', "a list of Facebook friends; it is not read yet"),
        (b"Account address\n", "a list of Mastodon accounts, without names; it is not read yet"),
        (b"Dear Ada,\nhow are you?\n", "a text; there are no names in it to read"),
        (b"\0\1\2\3" * 50, "not text"),
        (b"year,rain,sun\n2024,3,4\n2025,4,5\n", "a table without a column of names or e-mail addresses that could be told"),
    ],
)  # fmt: skip
def test_what_is_not_read_is_called_what_it_is(begins: bytes, what: str) -> None:
    found = recognise.kind(begins)
    assert (found.format, found.what) == ("", what)
    with pytest.raises(BadInput, match="Nothing was written") as caught:
        recognise.format_of(Source("a.bin", begins))
    assert caught.value.message.startswith('"a.bin" is ')


def test_a_workbook_is_to_be_saved_as_csv() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("[Content_Types].xml", "")
        made.writestr("xl/workbook.xml", "")
    found = recognise.kind(out.getvalue())
    assert found.what == "an Excel workbook; save it as CSV"
    assert found.hint == "Save it as CSV (UTF-8) and try that file."


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("BEGIN:VCARD\r\nFN:Ada\r\nEND:VCARD", "vcard"),
        ("# a comment\n\nbegin:vcard\nfn:Ada\nend:vcard", "vcard"),
        ("FN:Ada\nTEL;TYPE=work:1\nEND:VCARD", "vcard"),
        ('[["vcard",[["fn",{},"text","Ada"]]]]', "jcard"),
        ('{"kinship": 1, "type": "meta"}\n{"type": "person"}', "kinship-jsonl"),
        ("dn: cn=Ada\ncn: Ada\nmail: a@e.example\n", "ldif"),
        ("cn: Ada\nmail:: YUBlLmV4YW1wbGU=\n", "ldif"),
        ("[format]\nprogram=abook\nversion=0.6.1\n\n[0]\nname=Ada\n", "abook"),
        ("[0]\nname=Ada\nemail=a@e.example\n", "abook"),
        ("name,email\nAda,a@e.example\n", "csv"),
        ("email\na@e.example\nb@e.example\n", "csv"),
        ("Ada Bee <a@e.example>\nCy <b@e.example>\n", "csv"),
        ("Ada Lovelace;London;a@e.example\nBea;Paris;b@e.example\n", "csv"),
        ("A list of our people\n\nName\tE-Mail\nAda\ta@e.example\n", "csv"),
        ("api_id,name,first_name,last_name,email,approval_status\n", "attendees"),
        ("name,first,last,nick,org,email,kinship\nAda,,,,,,1\n", "kinship-csv"),
        ("name,met_on,met_at,met_how,introduced_by,channels\n", "kinship-csv"),
        ("Name,Given Name,Family Name,E-mail 1 - Type,E-mail 1 - Value\n", "google-csv"),
        ("First,Middle,Last,Nickname,Email,Category,Messenger ID1\n", "yahoo-csv"),
        ("First Name,Last Name,Connected On\n", "linkedin-connections"),
        ("Vorname;Nachname;Firma;Verbunden am\n", "linkedin-connections"),
    ],
)
def test_a_format_is_told_by_what_it_looks_like(text: str, form: str) -> None:
    for data in (text.encode(), b"\xef\xbb\xbf" + text.encode(), text.encode("utf-16")):
        assert recognise.format_of(Source("a", data)) == form
    assert form in READERS or form == recognise.JSONL


@pytest.mark.parametrize("page", ["README.md", "CHANGELOG.md", *_PAGES])
def test_a_page_of_prose_is_no_table(page: str) -> None:
    found = recognise.kind((_ROOT / page).read_bytes())
    assert (found.format, found.what) == ("", "a text; there are no names in it to read")


def test_people_that_were_written_as_markdown_are_no_table() -> None:
    text = (
        "# Ada\n\nEngines, London\n\n## Channels\n\n- email: a@x.example\n\nname\n\na@x.example\n"
    )
    assert not recognise.kind(text.encode()).format
    assert recognise.kind(b"# those who come\nname,email\nAda,a@x.example\n").format == "csv"


@pytest.mark.parametrize("text", ["Name\nAda Lovelace\nBea Brown\n", "a@x.example\nb@x.example\n"])
def test_a_plain_list_is_one_where_it_is_named(text: str) -> None:
    assert recognise.kind(text.encode()).format == "csv"


def test_a_long_file_is_told_by_its_beginning() -> None:
    rows = "Ada Ünsal,a@e.example,£\n" * 20_000
    assert recognise.format_of(Source("a", ("name,email,paid\n" + rows).encode())) == "csv"
    assert recognise.format_of(Source("a", ("name,email,paid\n" + rows).encode("utf-16"))) == "csv"
    one_line = b"name,email," + "ä".encode() * 400_000
    assert recognise.format_of(Source("a", one_line)) == "csv"


def test_no_reader_is_imported_to_recognise_a_file() -> None:
    done = "from kinship.formats import recognise, archive; import sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", done], capture_output=True, text=True, check=True
    )
    modules = loaded.stdout.split()
    assert "kinship.formats.recognise" in modules
    readers = {f"kinship.formats.{reader.module}" for reader in READERS.values()}
    assert not readers & set(modules)


@given(
    st.one_of(
        st.binary(max_size=300),
        st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
    )
)
def test_anything_is_something(data: bytes) -> None:
    found = recognise.kind(data)
    assert bool(found.format) or bool(found.what)
