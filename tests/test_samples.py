"""Every real file: its people are here once, with all they are reached by, and again adds nobody."""

from collections import Counter
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest

from kinship import formats
from kinship.errors import BadInput
from kinship.formats import Source
from kinship.model.card import Card, Skipped
from kinship.services import importing
from kinship.services.importing import Aim, Told
from kinship.store import db as store
from samples import SAMPLES, needs_samples, rows

TODAY = date(2026, 5, 20)
READ_AS = {
    **dict.fromkeys(("vcard21", "vcard30", "vcard40", "vdir"), "vcard"),
    "generic-csv": "csv",
    "google-csv-old": "google-csv",
    "google-csv-new": "google-csv",
    "thunderbird-tab": "thunderbird-csv",
    "eventbrite-csv": "attendees",
    "monica-csv": "google-csv",
}
ONE_PERSON = {
    # Three cards of Erika Mustermann, as three programs write them: one address, two numbers.
    "vcard40/jhermsmeier-node-vcf__multiple.vcf": 2,
    # Two addresses of a house, and nobody who lives there.
    "jcard/kewisch-ical.js__vcard_grouped.json": 1,
}
NO_VCARD = ("Empty.vcf", "server__7.vcf", "stub.vcard", "property_error.vcf", "vcard__ex1.vcard")


def _module(row: dict[str, str]) -> str | None:
    reader = formats.READERS.get(READ_AS.get(row["format"], row["format"]))
    return reader.module if reader and find_spec(f"kinship.formats.{reader.module}") else None


FILES = [row for row in rows() if _module(row)]


def told(row: dict[str, str]) -> Told:
    name = READ_AS.get(row["format"], row["format"])
    data = (SAMPLES / row["file"]).read_bytes()
    records: list[Card | Skipped] = []
    try:
        records.extend(formats.read(name, Source(row["file"], data)))
    except BadInput:
        assert row["file"].endswith(NO_VCARD)
    return Told(row["file"], name, records)


def reached(db: store.Db) -> dict[str, int]:
    """How much there is of what index.csv counts."""
    kinds = Counter(kind for (kind,) in db.tuples("SELECT kind FROM channel"))
    extras = Counter(name for (name,) in db.tuples("SELECT upper(name) FROM extra"))
    return {
        "emails": kinds["email"],
        "phones": kinds["phone"] + kinds["whatsapp"],
        "birthdays": db.value("SELECT count(*) FROM person WHERE birthday IS NOT NULL")
        + extras["BDAY"],
        "notes": db.value("SELECT count(*) FROM note"),
        "links": sum(kinds.values()) - kinds["email"] - kinds["phone"],
        "photos": extras["PHOTO"],
    }


@needs_samples
@pytest.mark.parametrize("row", FILES, ids=[row["file"] for row in FILES])
def test_a_real_file(row: dict[str, str], path: Path, db: store.Db) -> None:
    before = path.read_bytes()
    plan = importing.plan(db, [told(row)], Aim(), TODAY)
    assert path.read_bytes() == before
    assert len(plan.new) == int(row["people"]) - ONE_PERSON.get(row["file"], 0)
    if not plan.writes:
        return
    importing.carry_out(db, plan, TODAY)
    assert db.value("SELECT count(*) FROM person WHERE id > 0") == len(plan.new)
    if row["file"] not in ONE_PERSON and row["orgs"] == row["groups"] == "0":
        wanted = {field: int(row[field] or 0) for field in reached(db) if field != "links"}
        wanted["links"] = int(row["urls"] or 0) + int(row["ims"] or 0)
        short = {field: count for field, count in reached(db).items() if count < wanted[field]}
        assert short == {}
    again = importing.plan(db, [told(row)], Aim(), TODAY)
    assert (again.new, again.gains) == ([], [])
