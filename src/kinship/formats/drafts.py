"""A record on its way to a card, whatever the file it stands in looks like."""

import re
from collections.abc import Mapping
from typing import Final

from kinship.formats import days
from kinship.formats.tables import Record
from kinship.formats.text import INVISIBLE
from kinship.model import channel, names
from kinship.model.card import Card, Extra, Reach, Related, Skipped, Talk

NOBODY: Final = "no name, e-mail address, phone number or company"
PARTS: Final = ("whole", "street", "more", "box", "zip", "city", "region", "country")
"""Of an address, in the order in which they are read out."""
_CIVIL: Final = frozenset(
    (
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "herr",
        "frau",
        "m",
        "mme",
        "mlle",
        "monsieur",
        "madame",
        "sr",
        "sra",
        "srta",
        "dhr",
        "mevr",
        "sig",
        "signora",
        "pan",
        "pani",
    )
)
"""Nobody is called so among friends."""
_CITY: Final = PARTS.index("city")
LONGEST: Final = 5000
"""Characters of a cell that is looked into for several values."""
NOTHING: Final = frozenset(
    ("n/a", "n.a.", "#n/a", "none", "null", "nil", "undefined", "-", "--", "\u2013", "\u2014")
)
"""What is written where nothing is to be said; it is nobody's handle."""
NO_HANDLE: Final = NOTHING | {"na", "no", "nope", "nan", "tbd", "?", "x", "."}
_CUT: Final = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_FEW_FIGURES: Final = 4
_BETWEEN: Final = re.compile(r";|\n| / |,")


class Draft:
    """A row on its way to a card."""

    __slots__ = (
        "born", "called", "dates", "extras", "half", "homes", "names_kept", "notes", "place", "reaches",
        "related", "remarks", "said", "tags", "talks",
    )  # fmt: skip

    def __init__(self) -> None:
        self.said: dict[str, str] = {}
        self.called = ""
        self.half = ""
        self.place: Extra | None = None
        self.born: dict[str, str] = {}
        self.homes: dict[str, list[tuple[int, str, str]]] = {}
        self.reaches: list[Reach] = []
        self.related: list[Related] = []
        self.notes: list[str] = []
        self.tags: list[str] = []
        self.dates: list[tuple[str, str]] = []
        self.extras: list[Extra] = []
        self.remarks: list[str] = []
        self.talks: list[Talk] = []
        self.names_kept: list[tuple[str, str]] = []


def finish(draft: Draft, record: Record) -> Card | Skipped:
    """The card of a row, or why it makes nobody."""
    said = draft.said
    for field in ("org", "role", "city", "nick"):
        if field in said and said[field].lower() in NOTHING:
            del said[field]
    draft.reaches = [one for one in draft.reaches if one.text.strip().lower() not in NO_HANDLE]
    name = _name(draft)
    if draft.homes:
        _home(draft)
    if (place := draft.place) and said.setdefault("city", place.value) != place.value:
        draft.extras.append(place)
    if draft.born:
        _born(draft)
    reaches = tuple(dict.fromkeys(draft.reaches))
    if not _is_visible(name):
        first = next((r.text for r in reaches if r.kind), reaches[0].text if reaches else "")
        others = (draft.called, said.get("nick", ""), said.get("org", ""), first)
        name = " ".join(next(filter(_is_visible, others), "").split())
        if not name:
            return Skipped(record.row, NOBODY, record.text)
    return Card(
        record.row,
        name,
        said.get("key", ""),
        said.get("first", ""),
        said.get("last", ""),
        said.get("nick", ""),
        said.get("org", ""),
        said.get("role", ""),
        said.get("city", ""),
        said.get("address", ""),
        said.get("birthday", ""),
        said.get("relation", ""),
        said.get("cue", ""),
        reaches=reaches,
        notes=tuple(draft.notes),
        tags=tuple(dict.fromkeys(draft.tags)),
        dates=tuple(draft.dates),
        talks=tuple(draft.talks),
        related=tuple(dict.fromkeys(draft.related)),
        extras=tuple(draft.extras),
        remarks=tuple(draft.remarks),
    )


def _is_visible(name: str) -> bool:
    return bool(name) and (name.isascii() or bool(names.fold(name)))


def _name(draft: Draft) -> str:
    """The name as a person would say it; what it lacks of its parts is kept as it is."""
    said = draft.said
    if draft.half and is_half(said.get("name", ""), said):
        said[draft.half] = said.pop("name")
    first, middle, last = said.get("first", ""), said.get("middle", ""), said.get("last", "")
    name = said.get("name", "")
    if first and last and name.replace(" ", "") in (f"{last},{first}", f"{last};{first}"):
        name = ""
    if not name and (first or middle or last):
        prefix = said.get("prefix", "")
        if names.fold(prefix) in _CIVIL:
            prefix = ""
        name = " ".join(filter(None, (prefix, first, middle, last, said.get("suffix"))))
        if first and last and _is_han(first) and _is_han(last):
            name = last + first
    for head, text in draft.names_kept:
        if text not in name and not _is_said(text, name):
            draft.extras.append(Extra(head, text))
    return name


def is_half(name: str, said: Mapping[str, str]) -> bool:
    """Whether a name lacks the first or the last one that stands beside it."""
    beside = set(names.fold(said.get("first") or said.get("last") or "").split())
    return bool(name and beside) and not beside <= set(names.fold(name).split())


def _is_said(text: str, name: str) -> bool:
    """Whether a name says this too: its words, or their first letters."""
    words, key = names.fold(name).split(), names.fold(text)
    return set(key.split()) <= set(words) or set(key.replace(" ", "")) <= {w[0] for w in words}


def _is_han(text: str) -> bool:
    return all("\u2e80" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7af" for char in text)


def _home(draft: Draft) -> None:
    """The address in one line, that of their home first; what came in pieces is kept too."""
    homes, said = draft.homes, draft.said
    chosen = "home" if "home" in homes else "" if "" in homes else next(iter(homes))
    for place, parts in homes.items():
        if place == chosen and "address" not in said:
            texts = [(part, _in_one_line(text)) for part, _, text in sorted(parts)]
            city = next((text for part, text in texts if part == _CITY), "")
            if city:
                said.setdefault("city", city)
            if not texts[0][0]:
                said["address"] = texts[0][1]
            elif len(texts) > 1 or not city:
                said["address"] = ", ".join([text for _, text in texts])
            if len(parts) == 1:
                continue
        draft.extras += [Extra(head, text) for _, head, text in parts]


def _in_one_line(text: str) -> str:
    if text.isprintable():
        return text
    return ", ".join(filter(None, (line.strip(" ,") for line in text.splitlines())))


def _born(draft: Draft) -> None:
    """A birthday that came in three columns."""
    born = draft.born
    if "birthday" in draft.said:
        return
    year, month, day = (born.get(part, "") for part in ("year", "month", "day"))
    if month.isdecimal() and day.isdecimal() and len(year) in (0, 4) and len(month + day) < 5:
        text = f"{year}-{month}-{day}" if year else f"--{month:0>2}{day:0>2}"
        if found := days.read(text):
            draft.said["birthday"] = found
            return
    if any(part.strip("0") for part in born.values()):
        draft.extras += [Extra(f"Birth {part.title()}", text) for part, text in born.items()]
        draft.remarks.append("the birthday is not complete")


def several(text: str, field: str, between: str = "") -> list[str]:
    """The addresses or numbers in a cell; a text that is longer than any such is one."""
    parts = [text]
    if len(text) > LONGEST:
        return parts
    if between and between in text:
        parts = [part.strip() for part in text.split(between)]
    elif field == "email" and text.count("@") > 1:
        found = [part.strip() for part in re.split("[;,\n]", text)]
        found = found if len(found) > 1 else text.split()
        parts = found if all("@" in part for part in found if part) else parts
    elif field == "phone" and (marks := _BETWEEN.search(text)):
        found = [part.strip() for part in text.split(marks[0])]
        parts = found if all(sum(map(str.isdigit, part)) > 5 for part in found) else parts
    if field == "link":  # as Google writes some
        parts = [part.replace("\\:", ":") for part in parts]
    if field == "email":
        parts = [bare_email(part) for part in parts]
    return [part for part in parts if part]


def is_cut(text: str) -> bool:
    """Whether a spreadsheet kept only the first figures of a number: ``4.91761E+11``."""
    return bool(_CUT.fullmatch(text.strip()))


def cut_short(head: str, text: str) -> str:
    """The remark on such a number."""
    return f"{head}: a spreadsheet cut {names.quoted(text)} short"


def number(text: str) -> str:
    """A phone number without the marks that programs put around it, or a spreadsheet's ``.0``."""
    text = INVISIBLE.sub("", text).strip()
    if text[:1] == "'" and (text[1:2] == "+" or text[1:2].isdecimal()):
        text = text[1:]
    whole = text.removesuffix(".0")
    return whole if whole.isdecimal() and len(whole) > _FEW_FIGURES else text


def bare_email(text: str) -> str:
    """The address of ``Ada <ada@x.example>`` or ``mailto:ada@x.example``."""
    _, mark, rest = text.partition("<")
    if mark and rest.endswith(">") and "@" in rest:
        return rest[:-1].strip()
    return text.removeprefix("mailto:").strip() or text


def display_name(text: str) -> str:
    """The name before an address: ``Ada`` of ``Ada <ada@x.example>``."""
    name, mark, rest = text.partition("<")
    alone = mark and rest.endswith(">") and rest.count("@") == 1 and "@" not in name
    return name.strip().strip("\"'").strip() if alone else ""


def is_email(text: str) -> bool:
    """Whether this is an e-mail address."""
    local, at, domain = text.rpartition("@")
    return bool(at and local and "." in domain) and len(text.split()) == 1


def im_kind(service: str) -> str:
    """The kind of a messenger by what a program calls it."""
    key = names.fold(service).replace(" ", "")
    kinds = {"jabber": "xmpp", "googletalk": "gtalk", "hangouts": "gtalk", "": "im"}
    return channel.kind_of(key) or kinds.get(key, key)
