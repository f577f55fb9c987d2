"""jCards (RFC 7095) become cards: what vCard says, as JSON. A file holds one, or a list of them."""

from collections.abc import Iterator, Sequence
from typing import Final

from kinship.errors import BadInput
from kinship.formats import Source, text, vcard_cards, vcard_records
from kinship.formats.properties import Property, escape
from kinship.model.card import Card, Skipped

MOST_BYTES: Final = 50_000_000
_MOST: Final = 20_000
_NONE: Final = "there is no jCard in this file. Nothing was written."
_AS_IT_IS: Final = frozenset(("uri", "date", "date-time", "date-and-or-time", "time", "timestamp"))


def read(source: Source) -> Iterator[Card | Skipped]:
    """The cards of a file, in order. Raises BadInput where there is none in it."""
    cards = _cards(text.json_of(source.data, source.encoding, MOST_BYTES))
    if not cards:
        raise BadInput(_NONE)
    groups = vcard_records.groups(map(_properties, cards))
    for number, one in enumerate(cards, 1):
        found = _properties(one)
        if what := vcard_records.kind(found):
            yield vcard_records.skipped(number, what, found)
        else:
            card = vcard_cards.card(number, found, groups, source.date_order)
            yield card or vcard_records.skipped(number, "nobody is named in it", found)


def _cards(found: object) -> list[list[object]]:
    """The lists of properties of one jCard, or of a list of them."""
    if _is_card(found):
        found = [found]
    if not isinstance(found, list):
        return []
    return [one[1] for one in found if _is_card(one)]


def _is_card(found: object) -> bool:
    return (
        isinstance(found, list)
        and len(found) > 1
        and isinstance(found[0], str)
        and found[0].lower() == "vcard"
        and isinstance(found[1], list)
    )


def _properties(card: Sequence[object]) -> list[Property | str]:
    return [_property(one) or _text(one)[:1000] for one in card[:_MOST]]


def _property(one: object) -> Property | None:
    """``["tel", {"type": "home", "group": "item1"}, "uri", "tel:+1"]`` as a line of vCard 4."""
    if not isinstance(one, list) or len(one) < 4 or not isinstance(one[0], str):
        return None
    name, said, typed, *values = one[:_MOST]
    if not name or len(name) > 100 or not isinstance(said, dict):
        return None
    group = ""
    params: list[tuple[str, str]] = []
    for key, value in list(said.items())[:1000]:
        many = [_text(v) for v in value[:1000]] if isinstance(value, list) else [_text(value)]
        if key.lower() == "group":
            group = many[0] if many else ""
        elif "\n" not in key:
            params.extend((key.upper(), part) for part in many)
    kind = _text(typed).lower()
    if kind == "binary" and not any(key == "ENCODING" for key, _ in params):
        params.append(("ENCODING", "B"))
    value = ",".join(_value(v, kind) for v in values)
    head = f"{group}.{name.upper()}" if group else name.upper()
    written = "".join(f";{key}={_param(part)}" for key, part in params)
    return Property(name.upper(), group, tuple(params), value, f"{head}{written}:{value}")


def _value(value: object, kind: str) -> str:
    """A value as vCard 4 writes it; components are a list, and may be lists themselves."""
    if isinstance(value, list):
        return ";".join(
            ",".join(escape(_text(v)) for v in part) if isinstance(part, list) else _plain(part)
            for part in value
        )
    if kind in _AS_IT_IS:
        return _text(value).replace("\\", "\\\\").replace("\n", "\\n")
    return _plain(value)


def _plain(value: object) -> str:
    return escape(_text(value))


def _param(value: str) -> str:
    value = value.replace("^", "^^").replace('"', "^'").replace("\n", "^n")
    return f'"{value}"' if any(mark in value for mark in ",;:") else value


def _text(value: object) -> str:
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    if value is None or isinstance(value, (dict, list)):
        return ""
    return str(value)
