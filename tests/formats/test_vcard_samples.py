"""Real vCards and jCards, against what was counted in them by eye."""

from collections import Counter
from typing import Final

import pytest

from kinship.errors import BadInput
from kinship.formats import Source, read
from kinship.model.card import Card, Skipped
from samples import SAMPLES, needs_samples, rows

KINDS: Final = ("vcard21", "vcard30", "vcard40", "vdir", "jcard")
OURS: Final = [row for row in rows() if row["format"] in KINDS]
NO_NAME: Final = "jcard/kewisch-ical.js__vcard_grouped.json"
"""Two addresses and nothing else; its twin in vcard40 is counted as nobody."""

pytestmark = needs_samples


def records(row: dict[str, str], format_name: str = "") -> list[Card | Skipped] | None:
    """What is read of a sample; None where it is refused."""
    data = (SAMPLES / row["file"]).read_bytes()
    ours = "jcard" if row["format"] == "jcard" else "vcard"
    try:
        return list(read(format_name or ours, Source(row["file"], data)))
    except BadInput:
        return None


@pytest.mark.parametrize("row", OURS, ids=lambda row: row["file"])
def test_the_people_of_a_sample(row: dict[str, str]) -> None:
    found = records(row)
    whys = Counter(r.why for r in found or () if isinstance(r, Skipped))
    people = sum(isinstance(record, Card) for record in found or ())
    assert people == int(row["people"]) - (row["file"] == NO_NAME)
    assert whys["an organisation"] == int(row["orgs"])
    assert whys["a group"] + whys["a place"] == int(row["groups"])
    assert (found is None) == (row["cards"] == "0")


@pytest.mark.parametrize("row", [r for r in OURS if r["emails"]], ids=lambda row: row["file"])
def test_nothing_of_a_sample_is_lost(row: dict[str, str]) -> None:
    held: Counter[str] = Counter()
    for record in records(row) or ():
        if isinstance(record, Skipped):
            names = [line.partition(":")[0].split(";")[0] for line in record.text.split("\r\n")]
            held.update(name.rpartition(".")[2].upper() for name in names)
            continue
        held.update(extra.name for extra in record.extras if extra.name in ("BDAY", "PHOTO"))
        held["BDAY"] += bool(record.birthday)
        held["NOTE"] += len(record.notes)
        for reach in record.reaches:
            kind = {"email": "EMAIL", "phone": "TEL", "whatsapp": "TEL", "": "URL"}
            held[kind.get(reach.kind, "IM")] += 1
    columns = {
        "emails": "EMAIL", "phones": "TEL", "birthdays": "BDAY", "notes": "NOTE", "urls": "URL",
        "ims": "IM", "photos": "PHOTO",
    }  # fmt: skip
    for column, name in columns.items():
        assert held[name] >= int(row[column]), column


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["file"])
def test_any_other_file_is_read_or_refused(row: dict[str, str]) -> None:
    for format_name in ("vcard", "jcard"):
        found = records(row, format_name)
        if row["format"] not in KINDS and "vcf" not in row["file"]:
            assert found is None
