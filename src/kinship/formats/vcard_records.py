"""Records of vCards and jCards: whether they are people, who is in a group, and their text."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from kinship.formats import vcard_values
from kinship.formats.properties import Property, unescape
from kinship.model.card import Skipped

_NOT_PEOPLE: Final = {
    "org": "an organisation",
    "organization": "an organisation",
    "organisation": "an organisation",
    "company": "an organisation",
    "group": "a group",
    "location": "a place",
    "device": "a device",
    "application": "a program",
    "thing": "a thing",
}
_GOES_ON: Final = frozenset(("NOTE", "ADR", "LABEL"))
_MOST_GROUPS: Final = 100
_MOST_MEMBERS: Final = 1_000_000


def joined(found: Iterable[Property | str]) -> list[Property | str]:
    """Properties with the lines that are none, as texts; those that go on with a value are in it."""
    result: list[Property | str] = []
    more: list[str] = []

    def done() -> None:
        if more:
            last = result[-1]
            assert isinstance(last, Property)
            tail = "".join(more)
            result[-1] = last._replace(value=last.value + tail, line=last.line + tail)
            more.clear()

    for one in found:
        last = result[-1] if result else None
        if isinstance(one, str) and isinstance(last, Property) and one:
            before = more[-1] if more else last.value
            broken = (len(before) - len(before.rstrip("\\"))) % 2 == 1
            if broken:
                more.append(f"n{one}")
                continue
            if last.name in _GOES_ON:
                more.append(f"\\n{one}")
                continue
        done()
        result.append(one)
    done()
    return result


def kind(found: Iterable[Property | str]) -> str:
    """What it is instead of a person, in words; empty for a person."""
    for prop in found:
        if isinstance(prop, Property) and prop.name in _KINDS:
            said = unescape(prop.value).lower()
            what = "a group" if prop.name == _LIST and said == "true" else _NOT_PEOPLE.get(said, "")
            if what and (prop.name != "X-ABSHOWAS" or said == "company"):
                return what
    return ""


_LIST: Final = "X-EVOLUTION-LIST"
_KINDS: Final = frozenset((_LIST, "KIND", "X-KIND", "X-ADDRESSBOOKSERVER-KIND", "X-ABSHOWAS"))
_MEMBERS: Final = frozenset(("MEMBER", "X-ADDRESSBOOKSERVER-MEMBER"))


def members(found: Sequence[Property | str]) -> tuple[str, list[str]]:
    """What a group is called, and who is in it."""
    props = [prop for prop in found if isinstance(prop, Property)]
    named = [unescape(p.value) for p in props if p.name == "FN"] or [
        unescape(p.value.replace(";", " ")) for p in props if p.name == "N"
    ]
    listed = [identity(p.value) for p in props if p.name in _MEMBERS]
    if any(p.name == _LIST for p in props):
        listed += [vcard_values.email(p.value)[0].lower() for p in props if p.name == "EMAIL"]
    return next(filter(None, named), ""), listed


def identity(said: str) -> str:
    """A UID or an address, as members of a group are told by it."""
    return re.sub(r"^(?:urn:uuid:|uid:|mailto:)", "", unescape(said).lower())


def groups(found: Iterable[Sequence[Property | str]]) -> dict[str, list[str]]:
    """The names of the groups that people of a file are in, by UID or address."""
    result: dict[str, list[str]] = {}
    for group in found:
        if kind(group) != "a group":
            continue
        name, listed = members(group)
        for member in listed if name else ():
            of = result.setdefault(member, []) if len(result) < _MOST_MEMBERS else []
            if member and name not in of and len(of) < _MOST_GROUPS:
                of.append(name)
    return result


def skipped(
    row: int, why: str, found: Sequence[Property | str], lost: Sequence[str] = ()
) -> Skipped:
    """A record that makes nobody, verbatim: no person, or one that cannot be read."""
    lines = [one if isinstance(one, str) else one.line for one in found]
    text = "\r\n".join(["BEGIN:VCARD", *lines, "END:VCARD"])
    return Skipped(row, "; ".join([why, *lost]), text, harmless=why in _NOT_PEOPLE.values())
