"""Every real table, LDIF and abook file is read whole, and every other file is refused or read."""

import pytest

from kinship import formats
from kinship.errors import BadInput
from kinship.formats import Source
from kinship.model.card import Card
from samples import SAMPLES, needs_samples, rows

READ_AS = {
    "abook": "abook",
    "eventbrite-csv": "attendees",
    "generic-csv": "csv",
    "google-csv-new": "google-csv",
    "google-csv-old": "google-csv",
    "ldif": "ldif",
    "monica-csv": "google-csv",
    "outlook-csv": "outlook-csv",
    "thunderbird-csv": "thunderbird-csv",
    "thunderbird-tab": "thunderbird-csv",
}
OURS = sorted({*READ_AS.values(), "yahoo-csv"})
FILES = [row for row in rows() if row["format"] in READ_AS]


def source(file: str) -> Source:
    return Source(name=file, data=(SAMPLES / file).read_bytes())


@needs_samples
@pytest.mark.parametrize("row", FILES, ids=[row["file"] for row in FILES])
def test_as_many_people_as_there_are(row: dict[str, str]) -> None:
    found = list(formats.read(READ_AS[row["format"]], source(row["file"])))
    assert sum(isinstance(one, Card) for one in found) == int(row["people"])
    assert not [card.remarks for card in found if isinstance(card, Card) and card.remarks]


@needs_samples
@pytest.mark.parametrize("row", FILES, ids=[row["file"] for row in FILES])
def test_any_table_reads_the_same_people(row: dict[str, str]) -> None:
    if row["format"] in ("ldif", "abook"):
        return
    special = list(formats.read(READ_AS[row["format"]], source(row["file"])))
    plain = list(formats.read("csv", source(row["file"])))
    assert [one.row for one in plain] == [one.row for one in special]


@needs_samples
@pytest.mark.parametrize("name", OURS)
def test_whatever_file_it_is_given_a_reader_reads_or_refuses(name: str) -> None:
    for row in rows():
        try:
            found = list(formats.read(name, source(row["file"])))
        except BadInput as error:
            assert error.message.endswith(".")
            continue
        for one in found:
            assert one.row > 0
            assert not isinstance(one, Card) or one.name
