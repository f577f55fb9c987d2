"""Properties of a vCard or jCard become a Card, or say why they are nobody.

What a field here holds only in part goes to it in plain words and to the extras whole.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from kinship.formats import days, vcard_media, vcard_own, vcard_records
from kinship.formats import vcard_values as values
from kinship.formats.properties import Property, escape, split, unescape
from kinship.formats.text import INVISIBLE
from kinship.model import handles
from kinship.model.card import Card, Extra, Reach, Related

_MOST_VALUES: Final = 1000
_MOST_REMARKS: Final = 20

_NOISE_TAGS: Final = frozenset(("mycontacts", "starred", "* mycontacts", "* starred"))
_ABOUT_THE_CARD: Final = frozenset(("VERSION", "PRODID", "REV", "BEGIN", "END", "PROFILE", "KIND"))
_EAST_ASIAN: Final = re.compile("[\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+")
_ANDROID: Final = "vnd.android.cursor.item/"


def card(
    row: int,
    found: Sequence[Property | str],
    tags: Mapping[str, Sequence[str]],
    date_order: str = "",
) -> Card | None:
    """Who the properties tell of; None where they name nobody.

    ``tags`` are the groups that people of this file are in, by UID or address.
    """
    read = _Reading(row, found, date_order).card(tags)
    return read and vcard_own.taken_back(read)


class _Reading:
    """What was read of a card so far."""

    def __init__(self, row: int, found: Sequence[Property | str], date_order: str) -> None:
        self.row = row
        self.date_order = date_order
        self.found = found
        self.name = ""
        self.parts: list[str] = []
        self.n: Property | None = None
        self.fn: Property | None = None
        self.uid = self.role = self.city = self.address = self.birthday = self.imported_name = ""
        self.org = ""
        self.nicks: list[Property] = []
        self.jobs: list[Property] = []
        self.addresses: list[Property] = []
        self.labels: list[Property] = []
        self.reaches: list[tuple[int, Reach]] = []
        self.notes: list[str] = []
        self.tags: list[str] = []
        self.dates: list[tuple[str, str]] = []
        self.related: list[Related] = []
        self.extras: list[Extra] = []
        self.remarks: list[str] = []
        self.says = {
            one.group.lower(): one
            for one in found
            if isinstance(one, Property) and one.group and one.name == "X-ABLABEL"
        }
        self.said: set[str] = set()
        """Groups whose label is part of what was read."""

    def card(self, groups: Mapping[str, Sequence[str]]) -> Card | None:
        for prop in self.found:
            if isinstance(prop, str):
                self._unreadable(prop)
            elif take := _TAKES.get(prop.name):
                take(self, prop)
            elif prop.name not in _ABOUT_THE_CARD:
                self._other(prop)
        self._place()
        self._job()
        nick = self._nick()
        for group, prop in self.says.items():
            if group not in self.said and prop.value.strip():
                self.extras.append(Extra(prop.name, prop.line))
        name = self._called(nick)
        if not name:
            return None
        if groups:
            self._in_groups(groups)
        if any(rank < values.NOT_PREFERRED for rank, _ in self.reaches):
            kinds = list(dict.fromkeys(reach.kind for _, reach in self.reaches))
            order = {kind: at for at, kind in enumerate(kinds)}
            self.reaches.sort(key=lambda one: (order[one[1].kind], one[0]))
        whole = len(self.parts) > 1 and bool(self.parts[0] and self.parts[1])
        return Card(
            row=self.row,
            name=name,
            key=self.uid,
            first=self.parts[1] if whole else "",
            last=self.parts[0] if whole else "",
            nick=nick,
            org=self.org,
            role=self.role,
            city=self.city,
            address=self.address,
            birthday=self.birthday,
            reaches=tuple(reach for _, reach in self.reaches),
            notes=tuple(self.notes),
            tags=tuple(dict.fromkeys(self.tags)),
            dates=tuple(dict.fromkeys(self.dates)),
            related=tuple(dict.fromkeys(self.related[:_MOST_VALUES])),
            extras=tuple(self.extras),
            remarks=tuple(self.remarks[:_MOST_REMARKS]),
        )

    # What is not of any field

    def _keep(self, prop: Property, why: str = "") -> None:
        """All of it as an extra, with the label that belongs to it."""
        if why:
            self.remarks.append(why)
        self.extras.append(Extra(prop.name, prop.line))
        group = prop.group.lower()
        if group in self.says and group not in self.said:
            self.said.add(group)
            said = self.says[group]
            self.extras.append(Extra(said.name, said.line))

    def _unreadable(self, line: str) -> None:
        if not line or line.startswith(("#", "//")):
            return
        self.remarks.append(f"{_short(line)} is no line of a vCard")
        self.extras.append(Extra("X-UNREADABLE", f"X-UNREADABLE:{escape(line)}"))

    def _other(self, prop: Property) -> None:
        name = prop.name
        if not prop.value.strip() and not prop.params:
            return
        if name.startswith("X-"):
            if name[2:] in values.IM:
                self._chat(prop, name[2:])
                return
            if name.startswith("X-MESSAGING/"):
                self._messaging(prop)
                return
        if prop.in_base64:
            self._media(prop)
        elif prop.value.strip():
            self._keep(prop)

    # Names

    def _fn(self, prop: Property) -> None:
        name = _one_line(prop.value)
        if not INVISIBLE.sub("", name).strip():
            return
        if not self.name:
            self.name, self.fn = name, prop
        elif name != self.name:
            self._keep(prop)

    def _n(self, prop: Property) -> None:
        parts = [_listed(part) for part in split(prop.value, ";", 5)[:5]]
        if not any(parts):
            return
        if self.n is not None:
            self._keep(prop)
            return
        self.parts = parts
        self.n = prop

    def _turn(self) -> None:
        """``Lovelace, Ada`` as one says it, where N has the same two; the line is kept."""
        last, comma, first = self.name.partition(",")
        family, given, more = [*self.parts, "", "", ""][:3]
        confirmed = last.strip() == family != given and first.strip() in (given, f"{given} {more}")
        if self.fn and comma and given and confirmed:
            self._keep(self.fn)
            self.name = f"{first.strip()} {family}"

    def _written(self) -> str:
        """The name that N tells, as one says it."""
        family, given, more, prefix, suffix = [*self.parts, "", "", "", "", ""][:5]
        said = family + given
        if said and not (more or prefix or suffix) and _EAST_ASIAN.fullmatch(said):
            return said
        return " ".join(filter(None, (prefix, given, more, family, suffix)))

    def _nickname(self, prop: Property) -> None:
        if prop.value.strip():
            self.nicks.append(prop)

    def _nick(self) -> str:
        found: list[str] = []
        for prop in self.nicks:
            found += [_one_line(part) for part in split(prop.value, ",", 50)]
        found = [nick for nick in dict.fromkeys(found) if nick]
        if len(found) > 1:
            for prop in self.nicks:
                self._keep(prop)
        return ", ".join(found)[:1000]

    def _called(self, nick: str) -> str:
        """What a person would call them."""
        self._turn()
        name = self.name
        family, given, *rest = [*self.parts, "", ""]
        if self.n is not None:
            plain = not any(rest) and " " not in family + given
            told = self._written()
            if not (plain and not self.n.params and (name or told) == f"{given} {family}".strip()):
                self._keep(self.n)
            name = name or told
        if name or nick or self.org:
            return name or nick or self.org
        for kind_ in ("email", "phone", ""):
            for _, reach in self.reaches:
                if reach.kind == kind_ if kind_ else reach.kind and reach.label != "messaging":
                    return reach.text
        return ""

    # Work

    def _organisation(self, prop: Property) -> None:
        units = [_one_line(part) for part in split(prop.value, ";", 50)]
        said = [unit for unit in units if unit]
        if not said:
            return
        if self.org:
            self._keep(prop)
            return
        self.org = said[0]
        if len(said) > 1 or prop.group.lower() in self.says:
            self._keep(prop)

    def _work(self, prop: Property) -> None:
        if prop.value.strip():
            self.jobs.append(prop)

    def _job(self) -> None:
        self.jobs.sort(key=lambda prop: prop.name != "TITLE")
        for prop in self.jobs:
            if not self.role:
                self.role = _one_line(prop.value)
                if prop.name == "TITLE" and not prop.group:
                    continue
            self._keep(prop)

    # Where

    def _adr(self, prop: Property) -> None:
        if prop.value.replace(";", "").strip():
            self.addresses.append(prop)

    def _label(self, prop: Property) -> None:
        if prop.value.strip():
            self.labels.append(prop)

    def _place(self) -> None:
        """One address is theirs: the preferred one, else that of their home."""
        if self.addresses:
            ranked = sorted(
                self.addresses, key=lambda a: (values.preferred(a), "home" not in a.types())
            )
            self.address, self.city = values.address(ranked[0].value)
        elif self.labels:
            self.address = values.address(self.labels[0].value.replace(";", "\\;"))[0]
        for prop in (*self.addresses, *self.labels):
            self._keep(prop)

    # Days

    def _bday(self, prop: Property) -> None:
        said = unescape(prop.value)
        if not said:
            return
        when, whole, why = self._day(prop, said)
        if self.birthday:
            if when != self.birthday:
                self._keep(prop)
        elif not when:
            self._keep(prop, f"the birthday {_short(said)} {why}")
        else:
            self.birthday = when
            if not whole or prop.param("ALTID") or prop.param("CALSCALE"):
                self._keep(prop)

    def _day(self, prop: Property, said: str) -> tuple[str, bool, str]:
        """A day, whether that is all that was said, and why it is none."""
        when, whole = values.day(said, prop.param("X-APPLE-OMIT-YEAR"))
        if when:
            return when, whole, ""
        when = days.read(said, self.date_order)
        if when == days.UNCLEAR:
            return "", False, "could be two days"
        return when, not days.loses_year(said, when), "is no day"

    def _anniversary(self, prop: Property) -> None:
        self._on_day(prop, unescape(prop.value), "anniversary")

    def _abdate(self, prop: Property) -> None:
        written = self.says.get(prop.group.lower()) if prop.group else None
        called = values.label(prop, written.value if written else "") or "date"
        if self._on_day(prop, unescape(prop.value), _spaced(called)):
            self.said.add(prop.group.lower())

    def _on_day(self, prop: Property, said: str, called: str) -> bool:
        if not said:
            return False
        when, whole, why = self._day(prop, said)
        if when:
            self.dates.append((called, when))
        if not when or not whole:
            self._keep(prop, "" if when else f"the {called} {_short(said)} {why}")
        return bool(when)

    def _android(self, prop: Property) -> None:
        """``X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Ada;1``."""
        parts = [unescape(part) for part in split(prop.value, ";", 20)]
        what, said, number, *rest = [*parts, "", "", ""]
        if not said:
            if prop.value.strip():
                self._keep(prop)
        elif what == f"{_ANDROID}nickname":
            self.nicks.append(prop._replace(value=escape(said)))
        elif what == f"{_ANDROID}contact_event" and number == "3" and not self.birthday:
            self._bday(prop._replace(value=escape(said)))
        elif what == f"{_ANDROID}contact_event" and number != "3":
            called = {"1": "anniversary", "2": "other"}.get(number) or rest[0] or "date"
            self._on_day(prop, said, called)
        else:
            if what == f"{_ANDROID}relation":
                self._relative(said, values.android_relative(number, rest[0] if rest else ""))
            self._keep(prop)

    # Where somebody is reached

    def _reach(self, prop: Property, kind_: str, text: str, called: str | None = None) -> None:
        if not text:
            return
        written = self.says.get(prop.group.lower()) if prop.group else None
        if called is None:
            called = values.label(prop, written.value if written else "")
        if written:
            self.said.add(prop.group.lower())
        self.reaches.append((values.preferred(prop), Reach(kind_, text, _spaced(called))))

    def _email(self, prop: Property) -> None:
        text, whole = values.email(prop.value)
        self._reach(prop, "email", text)
        if not whole:
            self._keep(prop)

    def _tel(self, prop: Property) -> None:
        text, whole = values.phone(prop.value)
        kinds = prop.types()
        on = next((app for app in ("whatsapp", "signal") if app in kinds), "phone")
        self._reach(prop, on, text)
        if text and not whole:
            self._keep(prop)

    def _url(self, prop: Property) -> None:
        self._reach(prop, "", unescape(prop.value))

    def _impp(self, prop: Property) -> None:
        self._chat(prop, "")

    def _chat(self, prop: Property, said: str) -> None:
        if not prop.value.strip():
            return
        kind_, text = values.chat(prop, said)
        self._reach(prop, kind_, text)

    def _messaging(self, prop: Property) -> None:
        """``X-messaging/xmpp-All``, as KAddressBook had it, several addresses in one."""
        service = prop.name.partition("/")[2].partition("-")[0].lower()
        for text in prop.value.split("\ue000", 50):
            self._reach(prop, values.service(service), unescape(text), "messaging")

    def _profile(self, prop: Property) -> None:
        """A profile: a link, or a name on a site that the type or the service says."""
        text = unescape(prop.value)
        user = next((v for k, v in prop.params if k in ("X-USER", "USERNAME", "X-USERNAME")), "")
        said = prop.param("SERVICE-TYPE") or prop.param("X-SERVICE-TYPE")
        site = said or next((t for t in prop.types() if t not in ("home", "work", "pref")), "")
        low = text.lower()
        if low.startswith(("http://", "https://")):
            found = handles.recognise(text)
            said_by_link = found is not None and found.kind == values.service(site)
            self._reach(prop, "", text, "" if said_by_link else site)
            return
        handle = user or re.sub(r"^(?:x-apple|x-user):", "", text, flags=re.IGNORECASE)
        if handle:
            self._reach(prop, values.service(site) or "profile", handle.strip())

    # The rest

    def _note(self, prop: Property) -> None:
        if text := unescape(prop.value):
            self.notes.append(text)

    def _relation(self, prop: Property) -> None:
        """Whom they know: the address of another card, or a name. The line stays as it is."""
        text = unescape(prop.value)
        types = [kind.removeprefix("x-") for kind in prop.types()]
        if text and "me" not in types:
            how = _spaced(", ".join(kind for kind in types if kind not in _KNOWN_ANYWAY))
            is_key = text.lower().startswith(("urn:", "uid:"))
            key = "" if prop.param("VALUE").lower() == "text" else text
            if not text.lower().startswith(_NOBODYS):
                self.related.append(Related(how, "" if is_key else _spaced(text), key))
        if not vcard_own.is_tie(prop):
            self._keep(prop)

    def _named_relative(self, prop: Property) -> None:
        """Whom a property of its own names: ``X-EVOLUTION-SPOUSE``. The line stays as it is."""
        self._relative(_one_line(prop.value), values.RELATIVES[prop.name])
        self._keep(prop)

    def _relative(self, name: str, how: str) -> None:
        if name:
            self.related.append(Related("" if how in _KNOWN_ANYWAY else how, _spaced(name)))

    def _related_name(self, prop: Property) -> None:
        """A name, and beside it what Apple's program calls the relation."""
        group = prop.group.lower()
        written = self.says.get(group) if group else None
        if text := _one_line(prop.value):
            said = values.label(prop, written.value if written else "").lower()
            self._relative(text, _spaced(said))
        if vcard_own.is_tie(prop):
            self.said.add(group)
        elif text:
            self._keep(prop)

    def _categories(self, prop: Property) -> None:
        found = split(prop.value, ",", _MOST_VALUES)
        if len(found) > _MOST_VALUES:
            self._keep(prop, f"more than {_MOST_VALUES:,} categories")
            return
        for part in found:
            tag = _one_line(part)
            if tag and tag.lower() not in _NOISE_TAGS:
                self.tags.append(tag)

    def _identity(self, prop: Property) -> None:
        said = unescape(prop.value)
        if self.uid and said != self.uid:
            self._keep(prop)
        self.uid = self.uid or said

    def _media(self, prop: Property) -> None:
        try:
            line = vcard_media.line(prop)
        except ValueError:
            self.remarks.append(f"a {prop.name} of more than 10 MB was left out")
            return
        if line:
            self.extras.append(Extra(prop.name, line))

    def _in_groups(self, groups: Mapping[str, Sequence[str]]) -> None:
        known = [
            vcard_records.identity(self.uid),
            *(r.text.lower() for _, r in self.reaches if r.kind == "email"),
        ]
        for one in known:
            self.tags.extend(groups.get(one, ()))


def _one_line(value: str) -> str:
    return _spaced(unescape(value))


def _spaced(text: str) -> str:
    return " ".join(text.split()) if "\n" in text or "\t" in text or "\r" in text else text


def _listed(part: str) -> str:
    """A component that may be a list: ``Philip,Paul``."""
    if "," not in part:
        return _one_line(part)
    found = [_one_line(one) for one in split(part, ",", 50)]
    return " ".join(filter(None, found))


def _short(text: str) -> str:
    text = " ".join(text[:80].split())
    return f'"{text[:37]}..."' if len(text) > 40 else f'"{text}"'


_NOBODYS: Final = ("mailto:", "tel:", "http:", "https:", "data:")
"""Where somebody may be reached, which is neither the address of a card nor a name."""
_KNOWN_ANYWAY: Final = frozenset(
    ("", "acquaintance", "contact", "home", "other", "pref", "voice", "work")
)
"""What says nothing of how two people know each other."""
_Take = Callable[[_Reading, Property], None]
_TAKES: Final[dict[str, _Take]] = {
    "FN": _Reading._fn,
    "N": _Reading._n,
    "NICKNAME": _Reading._nickname,
    "X-NICKNAME": _Reading._nickname,
    "ORG": _Reading._organisation,
    "TITLE": _Reading._work,
    "ROLE": _Reading._work,
    "ADR": _Reading._adr,
    "LABEL": _Reading._label,
    "BDAY": _Reading._bday,
    "ANNIVERSARY": _Reading._anniversary,
    "X-ANNIVERSARY": _Reading._anniversary,
    "X-EVOLUTION-ANNIVERSARY": _Reading._anniversary,
    "X-KADDRESSBOOK-X-ANNIVERSARY": _Reading._anniversary,
    "X-MS-ANNIVERSARY": _Reading._anniversary,
    "X-WAB-WEDDING_ANNIVERSARY": _Reading._anniversary,
    "X-ABDATE": _Reading._abdate,
    "X-ANDROID-CUSTOM": _Reading._android,
    "EMAIL": _Reading._email,
    "TEL": _Reading._tel,
    "URL": _Reading._url,
    "X-EVOLUTION-BLOG-URL": _Reading._url,
    "X-EVOLUTION-VIDEO-URL": _Reading._url,
    "X-ABURL": _Reading._url,
    "IMPP": _Reading._impp,
    "SOCIALPROFILE": _Reading._profile,
    "X-SOCIALPROFILE": _Reading._profile,
    "X-SOCIAL-PROFILE": _Reading._profile,
    "NOTE": _Reading._note,
    "CATEGORIES": _Reading._categories,
    "RELATED": _Reading._relation,
    "X-RELATED": _Reading._relation,
    "X-ABRELATEDNAMES": _Reading._related_name,
    **dict.fromkeys(values.RELATIVES, _Reading._named_relative),
    "UID": _Reading._identity,
    "PHOTO": _Reading._media,
    "X-ABLABEL": lambda reading, prop: None if prop.group else reading._keep(prop),
}
