"""Google Contacts as CSV, in the three ways it was written since 2008."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kinship.formats import Source, columns, headings
from kinship.formats.columns import Style
from kinship.formats.headings import UNKNOWN, Means
from kinship.model import names
from kinship.model.card import Card, Skipped

_NUMBERED: Final = re.compile(
    r"(e mail|phone|im|address|organization|relation|website|event) (\d{1,3}) (\w[\w ]*)"
)
_FILE_AS: Final = "File As"
_SECTION: Final = re.compile(r"section (\d{1,3}) (\w+)")
_PLAIN: Final = {
    "given name": "first",
    "additional name": "middle",
    "family name": "last",
    "organization title": "role",
    "group membership": "tags",
    "labels": "tags",
}
_VALUES: Final = {
    "e mail": "email",
    "phone": "phone",
    "website": "link",
    "im": "im",
    "event": "date",
    "relation": "related",
}
_PARTS: Final = {
    "formatted": "whole",
    "street": "street",
    "city": "city",
    "po box": "box",
    "region": "region",
    "postal code": "zip",
    "country": "country",
    "extended address": "more",
}
_IN_SECTION: Final = {
    "email": "email",
    "im": "im",
    "phone": "phone",
    "mobile": "phone",
    "pager": "phone",
    "fax": "phone",
    "company": "org",
    "title": "role",
}
# What Monica sends for a table of Google's: the first headings, and cells where Google had them.
_MONICA: Final = ["id", "first name", "middle name", "last name"]
_MONICA_CELLS: Final = {14: Means("birthday"), 28: Means("email")}


def read(source: Source) -> Iterator[Card | Skipped]:
    """The cards of a table of Google Contacts."""
    for one in columns.read(source, STYLE):
        yield _filed(one) if isinstance(one, Card) and one.extras else one


def _filed(card: Card) -> Card:
    """A card with the name it is filed under, where only commas are more in that."""
    said = next((extra for extra in card.extras if extra.name == _FILE_AS), None)
    if said is None:
        return card
    words, filed = names.fold(card.name).split(), names.fold(said.value).split()
    if set(filed) <= set(words):
        card = card._replace(extras=tuple(extra for extra in card.extras if extra != said))
    return card._replace(name=said.value) if filed == words else card


def meanings(keys: Sequence[str]) -> list[Means]:
    """What Google's headings mean, folded."""
    found = headings.meanings(keys)
    titled = any(key.startswith("organization") and key.endswith("title") for key in keys)
    for at, key in enumerate(keys):
        if key == _FILE_AS.lower() or (key == "occupation" and titled):
            found[at] = UNKNOWN
        elif key.startswith("custom field"):
            found[at] = Means("extra")
        elif key in _PLAIN:
            found[at] = Means(_PLAIN[key])
        elif match := _NUMBERED.fullmatch(key):
            found[at] = _numbered(*match.groups(), keys=keys)
        elif match := _SECTION.fullmatch(key):
            found[at] = _sectioned(*match.groups(), keys=keys)
    if list(keys) == _MONICA:
        found += [_MONICA_CELLS.get(at, UNKNOWN) for at in range(len(keys), 29)]
    return found


def _numbered(what: str, number: str, said: str, *, keys: Sequence[str]) -> Means:
    def at(name: str) -> int:
        key = f"{what} {number} {name}"
        return keys.index(key) if key in keys else -1

    beside = max(at("type"), at("label"))
    if what == "address" and said in _PARTS:
        return Means("address", "home" if number == "1" else number, _PARTS[said])
    if what == "organization":
        return Means({"name": "org", "title": "role"}.get(said, ""))
    if said == "value" and what in _VALUES:
        return Means(_VALUES[what], "", "", at("service") if what == "im" else beside)
    if said in ("type", "label") and what in (*_VALUES, "address") and what != "relation":
        return Means("ignore")
    if said == "service":
        return Means("ignore")
    return UNKNOWN


def _sectioned(number: str, said: str, *, keys: Sequence[str]) -> Means:
    key = f"section {number} description"
    beside = keys.index(key) if key in keys else -1
    if said == "description":
        return Means("ignore")
    if said == "address":
        return Means("address", "home" if number == "1" else number, "whole")
    field = _IN_SECTION.get(said, "")
    if field == "im":
        return Means("im", "gtalk")
    if field == "phone" and said != "phone":
        return Means("phone", said)
    return Means(field, "", "", beside if field in ("email", "phone") else -1)


STYLE: Final = Style(
    meanings=meanings,
    between=" ::: ",
    no_tags=frozenset(("mycontacts", "*")),
)
