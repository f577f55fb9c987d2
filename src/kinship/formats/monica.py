"""The JSON that Monica 4 exports: its contacts, and who of them knows whom.

What no field here is for stays with each contact as JSON, by the name Monica has for it: pets,
gifts, debts, reminders. Contacts that Monica keeps only as somebody's relation are people you
heard of.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from kinship.errors import BadInput
from kinship.formats import Source, text
from kinship.model import channel
from kinship.model.card import Card, Extra, Reach, Related, Skipped, Talk

MOST_BYTES: Final = 200_000_000
_NO_EXPORT: Final = "this is no export of Monica. Nothing was written."
_TAKEN: Final = frozenset(
    (
        *("first_name", "middle_name", "last_name", "nickname", "job", "company", "description"),
        *("is_active", "is_partial", "tags", "birthdate", "first_met_date", "first_met_through"),
        *("stay_in_touch_frequency", "stay_in_touch_trigger_date", "avatar", "number_of_views"),
        *("last_consulted_at", "distant_etag"),
    )
)
"""Properties of a contact that have a field here, or say something of Monica only."""
_READ: Final = frozenset(("call", "contact_field", "address", "note"))
_SPELT: Final = {
    "bestfriend": "best friend",
    "ex_husband": "ex-spouse",
    "inlovewith": "in love",
    "lovedby": "loved",
}

_Object = Mapping[str, Any]


def read(source: Source) -> Iterator[Card | Skipped]:
    """The cards of an export. Raises BadInput where it is none."""
    said = text.json_of(source.data, source.encoding, MOST_BYTES)
    account = _object(said).get("account")
    if not isinstance(account, dict) or "exported_by" not in _object(said):
        raise BadInput(_NO_EXPORT)
    contacts = list(_values(account, "contact"))
    kinds = {
        str(one.get("uuid")): _properties(one)
        for one in _objects(_object(account.get("instance")).get("contact_field_types"))
    }
    known: dict[str, list[Related]] = {}
    for one in _values(account, "relationship"):
        told = _properties(one)
        who, whose = told.get("contact_is"), told.get("of_contact")
        if isinstance(who, str) and isinstance(whose, str):
            how = str(told.get("type") or "")
            how = _SPELT.get(how, how.replace("_", "-"))
            known.setdefault(whose, []).append(Related(how, key=who))
    names = {str(one.get("uuid")): _name(_properties(one)) for one in contacts}
    for row, one in enumerate(contacts, 1):
        key = str(one.get("uuid") or "")
        card = _card(row, key, one, kinds)
        if not card.name:
            yield Skipped(row, "no name", _written(one))
            continue
        by = names.get(str(_properties(one).get("first_met_through")), "")
        yield card._replace(related=tuple(dict.fromkeys(known.get(key, ()))), by=by)


def _card(row: int, key: str, one: _Object, kinds: Mapping[str, _Object]) -> Card:
    told = _properties(one)
    birthday, whole = _birthday(_object(told.get("birthdate")))
    extras = [_extra(name, value) for name, value in told.items() if name not in _TAKEN and value]
    if not whole:
        extras.append(_extra("birthdate", told["birthdate"]))
    if told.get("is_active") is False:
        extras.append(_extra("is_active", False))
    for name in _names_of_lists(one):
        if name not in _READ:
            extras += [_extra(name, value) for value in _values(one, name)]
    places = [_properties(place) for place in _values(one, "address")]
    written = [_properties(note).get("body") for note in _values(one, "note")]
    extras += [_extra("address", place) for place in places[1:]]
    place = places[0] if places else {}
    every = told.get("stay_in_touch_frequency")
    return Card(
        row=row,
        name=_name(told),
        key=key,
        first=_text(told, "first_name"),
        last=_text(told, "last_name"),
        nick=_text(told, "nickname"),
        org=_text(told, "company"),
        role=_text(told, "job"),
        city=_text(place, "city"),
        address=", ".join(
            filter(None, (_text(place, part) for part in ("street", *_AFTER_THE_STREET)))
        ),
        birthday=birthday,
        known="heard" if told.get("is_partial") else "known",
        since=str(_object(told.get("first_met_date")).get("date") or "")[:10],
        cadence=f"{every}d" if isinstance(every, int) and every > 0 else "",
        reaches=tuple(
            _reach(field, kinds)
            for field in map(_properties, _values(one, "contact_field"))
            if _text(field, "data")
        ),
        notes=tuple(filter(None, (_text(told, "description"), *(str(n or "") for n in written)))),
        tags=tuple(tag for tag in _list(told.get("tags")) if isinstance(tag, str)),
        talks=tuple(_calls(one)),
        extras=tuple(extras),
    )


_AFTER_THE_STREET: Final = ("postal_code", "city", "province", "country")


def _name(told: _Object) -> str:
    parts = (_text(told, f"{which}_name") for which in ("first", "middle", "last"))
    return " ".join(filter(None, parts)) or _text(told, "nickname")


def _birthday(said: _Object) -> tuple[str, bool]:
    """The day, and whether that is all that was said; an age is no day."""
    day = str(said.get("date") or "")[:10]
    if not day:
        return "", not said
    if said.get("is_age_based"):
        return "", False
    return f"-{day[4:]}" if said.get("is_year_unknown") else day, True


def _reach(field: _Object, kinds: Mapping[str, _Object]) -> Reach:
    kind = kinds.get(str(field.get("type")), {})
    called = _text(kind, "type") or _text(kind, "name")
    data = _text(field, "data")
    if data.startswith(("http://", "https://")):
        return Reach("", data)
    return Reach(channel.kind_of(called) or called.lower(), data)


def _calls(one: _Object) -> Iterator[Talk]:
    for call in map(_properties, _values(one, "call")):
        day = str(call.get("called_at") or "")[:10]
        if day:
            direction = "them" if call.get("contact_called") else "me"
            yield Talk(day, direction, "phone", _text(call, "content") or None)


def _extra(name: str, value: object) -> Extra:
    return Extra(name, value if isinstance(value, str) else _written(value))


def _written(value: object) -> str:
    import json  # (only for an export of Monica)

    return json.dumps(value, ensure_ascii=False)


# JSON that may be anything


def _object(said: object) -> _Object:
    return said if isinstance(said, dict) else {}


def _objects(said: object) -> Iterator[_Object]:
    return (one for one in _list(said) if isinstance(one, dict))


def _list(said: object) -> list[Any]:
    return said if isinstance(said, list) else []


def _properties(one: _Object) -> _Object:
    return _object(one.get("properties"))


def _names_of_lists(one: _Object) -> list[str]:
    found = (listed.get("type") for listed in _objects(one.get("data")))
    return list(dict.fromkeys(name for name in found if isinstance(name, str)))


def _values(one: _Object, name: str) -> Iterator[_Object]:
    """What is listed under this type."""
    for listed in _objects(one.get("data")):
        if listed.get("type") == name:
            yield from _objects(listed.get("values"))


def _text(told: _Object, name: str) -> str:
    said = told.get(name)
    return said.strip() if isinstance(said, str) else ""
