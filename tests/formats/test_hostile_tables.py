"""Files that were made to break a reader: each is read or refused, and soon."""

import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinship import formats
from kinship.errors import BadInput
from kinship.formats import Source
from kinship.model.card import Card, Skipped

FILES = Path(__file__).parents[1] / "files"
READERS = ["google-csv", "outlook-csv", "yahoo-csv", "thunderbird-csv", "attendees", "csv"]
CORPUS = [
    *(
        (name, f"google-{year}.csv")
        for name in ["google-csv", "csv"]
        for year in (2008, 2019, 2024)
    ),
    *(("outlook-csv", f"outlook-{kind}.csv") for kind in ("desktop", "com", "de", "fr", "ja")),
    ("yahoo-csv", "yahoo.csv"),
    ("thunderbird-csv", "thunderbird.txt"),
    *(("attendees", file) for file in ("luma.csv", "eventbrite.csv", "meetup.xls")),
    ("ldif", "contacts.ldif"),
    ("abook", "addressbook"),
]


def records(name: str, data: bytes) -> list[Card | Skipped]:
    """All records, each checked for what every reader promises."""
    found = list(formats.read(name, Source(name="x", data=data)))
    for before, after in itertools.pairwise(found):
        assert before.row < after.row
    for one in found:
        if isinstance(one, Card):
            assert one.name.strip() == one.name != ""
            assert "\n" not in one.name
            assert all(reach.text.strip() for reach in one.reaches)
            assert all(extra.name and extra.value for extra in one.extras)
        else:
            assert one.why
    return found


_EDIT = st.tuples(
    st.floats(0, 1),
    st.integers(0, 40),
    st.one_of(
        st.binary(max_size=6),
        st.sampled_from([b'"', b'"\n', b"\n\n", b",,,,", b"\r", b"\0", b": ", b":: ", b"[", b"=", b"\xff"]),
    ),
)  # fmt: skip


@settings(max_examples=20)
@pytest.mark.parametrize(("name", "file"), CORPUS)
@given(edits=st.lists(_EDIT, min_size=1, max_size=6))
def test_a_file_that_was_spoilt_somewhere(
    name: str, file: str, edits: list[tuple[float, int, bytes]]
) -> None:
    data = (FILES / file).read_bytes()
    for place, gone, new in edits:
        at = int(place * len(data))
        data = data[:at] + new + data[at + gone :]
    try:
        records(name, data)
    except BadInput as error:
        assert error.message.endswith(".")


@settings(max_examples=20)
@given(st.binary(max_size=200))
@pytest.mark.parametrize("name", [*READERS, "ldif", "abook"])
def test_any_bytes(name: str, data: bytes) -> None:
    start = {"ldif": b"dn: cn=a\n", "abook": b"[0]\nname=a\n"}.get(name, b"name,email\n")
    for whole in (data, start + data):
        try:
            records(name, whole)
        except BadInput:
            continue


@pytest.mark.parametrize("head", ["c", "title", "E-mail 1 - Value", "nom"])
def test_fifty_thousand_columns(head: str) -> None:
    heads = "Name,Email," + ",".join([head] * 50_000)
    (one,) = records("google-csv", f"{heads}\nAda,a@example.org,{',' * 50_000}\n".encode())
    assert isinstance(one, Card)


def test_fifty_thousand_cells_without_a_heading() -> None:
    (one,) = records("csv", f"Name,Email\nAda,a@example.org{',x' * 50_000}\n".encode())
    assert isinstance(one, Card)
    assert len(one.extras) == 50_000


@pytest.mark.parametrize("cell", [b"a" * 2_000_000, b"a@b," * 500_000, b";" * 2_000_000])
def test_cells_of_megabytes(cell: bytes) -> None:
    text = b'Name,Email,Birthday,Phone,Categories,Notes\nAda,"%b","%b","%b","%b","%b"\n'
    (one,) = records("csv", text % ((cell,) * 5))
    assert isinstance(one, Card)
    assert len(one.reaches) == 2


def test_two_hundred_thousand_folded_lines() -> None:
    text = b"dn: cn=a\ncn: Ada\ndescription: " + b"a\n " * 200_000 + b"\nmail: a@example.org\n"
    (one,) = records("ldif", text)
    assert isinstance(one, Card)
    assert len(one.notes[0]) == 200_000


def test_a_list_of_everybody_many_times() -> None:
    lists = b"".join(
        b"dn: cn=l%d\nobjectclass: groupOfNames\ncn: l%d\n" % (n, n)
        + b"".join(b"member: mail=a%d@example.org\n" % m for m in range(200))
        + b"\n"
        for n in range(100)
    )
    found = records("ldif", lists + b"dn: mail=a1@example.org\ncn: Ada\nmail: a1@example.org\n")
    assert isinstance(found[-1], Card)
    assert len(found[-1].tags) == 100


def test_a_hundred_thousand_sections_of_nothing() -> None:
    found = records("abook", b"[format]\n" + b"[0]\n" * 100_000)
    assert len(found) == 100_000


@pytest.mark.parametrize(
    "data",
    [
        b"dn: cn=Ada\ncn:: not base64 at all!\nmail: a@example.org\n",
        b"dn: cn=Ada\ncn: Ada\n : no name\nmail\n:: x\n",
        b"dn: cn=Ada\n# a remark\n that goes on\ncn: Ada\n",
        b"\n\n\ndn: cn=Ada\ncn: Ada\n\n\n\n\n",
    ],
)
def test_a_bad_line_costs_that_line(data: bytes) -> None:
    (one,) = records("ldif", data)
    assert isinstance(one, Card)


def test_a_change_of_a_directory_is_no_person() -> None:
    text = "dn: cn=Ada\nchangetype: {}\ncn: Ada\n\n"
    kinds = [
        type(one) for one in records("ldif", "".join(map(text.format, ("add", "delete"))).encode())
    ]
    assert kinds == [Card, Skipped]
