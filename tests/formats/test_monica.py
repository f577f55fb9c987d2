"""What Monica exported: contacts become cards, and relationships say who knows whom."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinship import formats
from kinship.errors import BadInput
from kinship.formats import Source, recognise
from kinship.model.card import Card, Reach, Related, Skipped, Talk


def export(*contacts: dict[str, Any], relationships: list[dict[str, Any]] | None = None) -> bytes:
    """An export as Monica 4 writes it."""
    data = [
        {"count": len(contacts), "type": "contact", "values": contacts},
        {"count": 1, "type": "relationship", "values": relationships or []},
    ]
    kinds = [
        {
            "uuid": "k-email",
            "properties": {"name": "Email", "protocol": "mailto:", "type": "email"},
        },
        {"uuid": "k-phone", "properties": {"name": "Phone", "protocol": "tel:", "type": "phone"}},
        {"uuid": "k-tg", "properties": {"name": "Telegram", "protocol": "telegram:"}},
        {"uuid": "k-fax", "properties": {"name": "My Fax"}},
    ]
    said = {
        "version": "1.0-preview.1",
        "app_version": "4.1.2",
        "export_date": "2026-05-20T10:00:00Z",
        "url": "https://app.monica.example/",
        "exported_by": "u-1",
        "account": {"uuid": "a-1", "data": data, "instance": {"contact_field_types": kinds}},
    }
    return json.dumps(said).encode()


def contact(uuid: str, first: str, /, *data: dict[str, Any], **told: Any) -> dict[str, Any]:
    return {"uuid": uuid, "properties": {"first_name": first, **told}, "data": list(data)}


def listed(name: str, *values: dict[str, Any]) -> dict[str, Any]:
    return {"count": len(values), "type": name, "values": [{"properties": v} for v in values]}


def related(who: str, how: str, whose: str) -> dict[str, Any]:
    return {"properties": {"type": how, "contact_is": who, "of_contact": whose}}


def read(data: bytes) -> list[Card | Skipped]:
    return list(formats.read("monica", Source("monica.json", data)))


def test_a_contact_is_a_card_and_the_rest_stays_with_it() -> None:
    ada = contact(
        "c-1",
        "Ada",
        listed("contact_field", {"data": "ada@x.example", "type": "k-email"},
            {"data": "+44 20 7946 0000", "type": "k-phone"},
            {"data": "adal", "type": "k-tg"}, {"data": "12", "type": "k-fax"},
            {"data": "https://ada.example", "type": "gone"}),
        listed("address", {"street": "12 St James's Square", "city": "London",
            "postal_code": "SW1", "country": "GB"}, {"city": "Paris"}),
        listed("note", {"body": "likes horses"}, {"body": None}),
        listed("call", {"called_at": "2026-05-01 00:00:00", "content": "engines",
            "contact_called": True}, {"called_at": "2026-05-02", "contact_called": False}),
        listed("pet", {"name": "Rex"}),
        middle_name="King", last_name="Lovelace", nickname="Countess", job="analyst",
        company="Engines", description="met at the salon", tags=["maths"], is_starred=True,
        food_preferences="no nuts", stay_in_touch_frequency=30,
        birthdate={"date": "1815-12-10T00:00:00Z", "is_year_unknown": True},
        first_met_date={"date": "1833-06-05"}, first_met_through="c-2",
    )  # fmt: skip
    mary = contact("c-2", "Mary", last_name="Somerville")
    [card, other] = read(export(ada, mary))
    assert isinstance(card, Card)
    assert isinstance(other, Card)
    assert card._replace(extras=()) == Card(
        row=1,
        name="Ada King Lovelace",
        key="c-1",
        first="Ada",
        last="Lovelace",
        nick="Countess",
        org="Engines",
        role="analyst",
        city="London",
        address="12 St James's Square, SW1, London, GB",
        birthday="--12-10",
        since="1833-06-05",
        by="Mary Somerville",
        cadence="30d",
        reaches=(
            Reach("email", "ada@x.example"),
            Reach("phone", "+44 20 7946 0000"),
            Reach("telegram", "adal"),
            Reach("my fax", "12"),
            Reach("", "https://ada.example"),
        ),
        notes=("met at the salon", "likes horses"),
        tags=("maths",),
        talks=(
            Talk("2026-05-01", "them", "phone", "engines"),
            Talk("2026-05-02", "me", "phone"),
        ),
    )
    assert [(e.name, e.value) for e in card.extras] == [
        ("is_starred", "true"),
        ("food_preferences", "no nuts"),
        ("pet", '{"properties": {"name": "Rex"}}'),
        ("address", '{"city": "Paris"}'),
    ]


def test_a_relation_is_of_whom_it_is_and_stubs_are_people_you_heard_of() -> None:
    data = export(
        contact("c-1", "Ada"),
        contact("c-2", "Annabella", is_partial=True),
        contact("c-3", "", last_name=""),
        relationships=[
            related("c-2", "parent", "c-1"),
            related("c-1", "child", "c-2"),
            related("c-2", "bestfriend", "c-1"),
            {"properties": {"type": "friend"}},
        ],
    )
    [ada, annabella, nobody] = read(data)
    assert isinstance(ada, Card)
    assert isinstance(annabella, Card)
    assert ada.related == (Related("parent", key="c-2"), Related("best friend", key="c-2"))
    assert annabella.related == (Related("child", key="c-1"),)
    assert (ada.known, annabella.known) == ("known", "heard")
    assert isinstance(nobody, Skipped)
    assert nobody.why == "no name"


@pytest.mark.parametrize(
    ("birthdate", "day", "kept"),
    [
        ({"date": "1990-03-12"}, "1990-03-12", []),
        ({"date": "1990-01-01", "is_age_based": True}, "", ["birthdate"]),
        ({"date": None}, "", ["birthdate"]),
        ("soon", "", []),
    ],
)
def test_an_age_is_no_birthday(birthdate: object, day: str, kept: list[str]) -> None:
    [card] = read(export(contact("c-1", "Ada", birthdate=birthdate)))
    assert isinstance(card, Card)
    assert card.birthday == day
    assert [extra.name for extra in card.extras] == kept


def test_an_export_is_recognised_by_what_it_says() -> None:
    assert recognise.kind(export()).format == "monica"


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b'{"exported_by": 1, "account": []}', b'{"account": {}}', b"{"]
)
def test_what_is_no_export_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput):
        read(data)


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
_TOLD = st.sampled_from(
    ["first_name", "tags", "birthdate", "first_met_date", "stay_in_touch_frequency", "is_partial"]
)


@given(st.dictionaries(_TOLD, _VALUES), _VALUES, _VALUES)
def test_whatever_stands_in_it_is_read_or_left(
    told: dict[str, object], data: object, more: object
) -> None:
    one = {"uuid": more, "properties": {"last_name": "Lovelace", **told}, "data": data}
    said = json.loads(export())
    said["account"]["data"][0]["values"] = [one, more]
    said["account"]["instance"] = data
    [card] = read(json.dumps(said).encode())[:1]
    assert isinstance(card, Card)
    assert card.name.endswith("Lovelace")


def test_halves_of_characters_and_nul_are_left_out() -> None:
    data = export({"uuid": "a-key", "properties": {"first_name": "Ada"}})
    data = data.replace(b"a-key", b"a\\ud800\\u0000\\ud83d\\ude00")
    (card,) = formats.read("monica", Source("monica.json", data))
    assert isinstance(card, Card)
    assert card.key == "a?\U0001f600"
