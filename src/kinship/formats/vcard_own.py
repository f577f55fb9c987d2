"""What vCard has no property for, as properties of our own; and how a card of ours comes back whole.

Other programs pass these over, or keep them. In a card that comes back from one, what it changed
in the properties everybody reads holds, and what it added is added.

    X-KINSHIP-CUE, -CADENCE ...   a field of the card by its name
    X-KINSHIP-ABOUT, -SEEKS ...   one line for each of its values
    X-KINSHIP-ADR                 address;city, which ADR holds in pieces
    X-KINSHIP-REACH               kind;text;label;state;day, where another line says a part of it
    X-KINSHIP-DATE                name;day of a day of the year
    X-KINSHIP-NOTES               how long each note is that NOTE holds
    X-KINSHIP-TIE                 key;name;how;since of somebody they know, where RELATED says less
    X-KINSHIP-TALK                day;direction;channel;met;event;text
    X-KINSHIP-EXTRA               format;name;value of what another format said
    X-KINSHIP-LINE                a line of an imported card that other programs could not read
    X-KINSHIP-NEWER               properties of vCard 4 that have X- before them in a 3.0 card
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from kinship.formats.properties import Property
from kinship.formats.text import INVISIBLE
from kinship.model import handles, names
from kinship.model.card import Card, Extra, Reach, Related, Talk

PREFIX: Final = "X-KINSHIP-"
ADR, REACH, DATE = PREFIX + "ADR", PREFIX + "REACH", PREFIX + "DATE"
NOTES, TALK, TIE = PREFIX + "NOTES", PREFIX + "TALK", PREFIX + "TIE"
IS_TIE: Final = "X-KINSHIP=TIE"
"""The parameter of a line that we wrote for a tie, and that is no extra when it comes back."""
EXTRA, NEWER, LINE = PREFIX + "EXTRA", PREFIX + "NEWER", PREFIX + "LINE"
ONE: Final = {
    PREFIX + field.upper().replace("_", "-"): field
    for field in ("relation", "cue", "known", "since", "met_online", "by", "cadence")
}
MANY: Final = {
    PREFIX + "ABOUT": "about",
    PREFIX + "SEEKS": "seeks",
    PREFIX + "TAG": "tags",
    PREFIX + "COMMUNITY": "communities",
    PREFIX + "EVENT": "events",
}
BETWEEN_NOTES: Final = "\n\n"
_KNOWN: Final = ("in person", "online", "known", "heard")
_MOST_REACHES: Final = 1000
_IN_LINKS = str.maketrans({char: f"%{ord(char):02X}" for char in ",;\\ \t\n\r"})
_SPECIAL = re.compile(r"[\\,;\r\n]")
_ESCAPES = str.maketrans({"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": "\\n"})


def escaped(text: str) -> str:
    """A text as a value or a component of one."""
    if not _SPECIAL.search(text):
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_ESCAPES)


def joined(parts: Sequence[str]) -> str:
    """Texts as the components of a value."""
    if _SPECIAL.search("".join(parts)):
        parts = [escaped(part) for part in parts]
    return ";".join(parts)


def components(value: str) -> list[str]:
    """The texts between the semicolons of a value."""
    found, piece = [], []
    chars = iter(value)
    for char in chars:
        if char == "\\":
            after = next(chars, "\\")
            piece.append("\n" if after in "nN" else after)
        elif char == ";":
            found.append("".join(piece))
            piece = []
        else:
            piece.append(char)
    return [*found, "".join(piece)]


def n(card: Card) -> str:
    """The parts of a name as the value of N: every word of it, for programs that show no FN."""
    told = names.apart(card.name)
    if (card.first, card.last) in (("", ""), (told.first, told.last)):
        return ";".join(
            map(escaped, (told.last, told.first, told.middle, told.prefix, told.suffix))
        )
    first = card.first or told.first
    last = card.last or ("" if card.first else told.last)
    title, found, rest = card.name.partition(first)
    middle, also, suffix = rest.rpartition(last) if last else ("", "", rest)
    parts = (middle, title, suffix) if found and (also or not last) else ("", "", "")
    return ";".join(escaped(part.strip(" ,")) for part in (last, first, *parts))


def adr(address: str, city: str) -> str:
    """An address as the value of ADR: the city in its place, and nowhere else."""
    street = address.removesuffix(city).rstrip(", \n") if city else address
    return f";;{escaped(street)};{escaped(city)};;;"


def url(text: str) -> str:
    """A link that no program cuts at a comma, or takes for two."""
    return text.translate(_IN_LINKS)


def summary(card: Card) -> str:
    """Where they were met and what they know about, in words for programs that have no place."""
    met = [talk for talk in card.talks if talk.met]
    said = []
    if met:
        first = min(met, key=lambda talk: talk.day)
        at = f" at {first.event}" if first.event else ""
        said.append(
            f"Met{at} on {first.day}." if len(first.day) == 10 else f"Met{at}, {first.day}."
        )
    if card.about:
        said.append(f"Knows about {', '.join(card.about)}.")
    return " ".join(said)


def categories(card: Card) -> tuple[str, ...]:
    """What they are filed under elsewhere: tags, topics, communities, and where you met."""
    met = (talk.event for talk in card.talks if talk.met and talk.event)
    return tuple(dict.fromkeys((*card.tags, *card.about, *card.communities, *met)))


def is_tie(prop: Property) -> bool:
    """Whether a line stands for a tie of ours."""
    return prop.param("X-KINSHIP").upper() == "TIE"


def taken_back(card: Card) -> Card:
    """A card as it was before it was written: what we wrote besides is no extra."""
    if any(extra.name == "N" for extra in card.extras):
        ours = f"N:{n(card._replace(first='', last=''))}"  # as the name alone tells it
        card = card._replace(extras=tuple(e for e in card.extras if e.value != ours))
    own = [extra for extra in card.extras if extra.name.startswith(PREFIX)]
    if not own:
        return card
    told: dict[str, list[list[str]]] = {}
    for extra in own:
        told.setdefault(extra.name, []).append(components(extra.value.partition(":")[2]))
    fields: dict[str, Any] = {
        field: told[name][0][0] for name, field in ONE.items() if name in told
    }
    if fields.get("known") not in _KNOWN:
        fields.pop("known", None)
    fields |= {f: tuple(parts[0] for parts in told.get(name, ())) for name, f in MANY.items()}
    talks = tuple(_talk(*parts) for parts in told.get(TALK, ()) if len(parts) == 6)
    tags = fields.pop("tags")
    card = card._replace(
        **fields,
        talks=talks,
        extras=_extras(card.extras, told),
        reaches=_reaches(card.reaches, told.get(REACH, [])[:_MOST_REACHES]),
        dates=_dates(card.dates, told.get(DATE, ())),
        related=_related(card.related, told.get(TIE, ())),
    )
    filed = frozenset(categories(card._replace(tags=())))
    tags = tuple(dict.fromkeys((*tags, *(tag for tag in card.tags if tag not in filed))))
    return _notes(_address(card._replace(tags=tags), told.get(ADR, ())), told.get(NOTES, ()))


def _talk(day: str, direction: str, channel: str, met: str, event: str, text: str) -> Talk:
    return Talk(day, direction, channel or None, text or None, met == "met", event or None)


def _related(read: Sequence[Related], told: Iterable[Sequence[str]]) -> tuple[Related, ...]:
    """Those that are told in full take the place of what was read of them."""
    ours = [Related(how, name, key, since) for key, name, how, since in _fours(told)]
    keys = {one.key for one in ours}
    names_ = {one.name for one in ours}
    rest = [one for one in read if not (one.key in keys if one.key else one.name in names_)]
    return (*ours, *rest)


def _fours(told: Iterable[Sequence[str]]) -> Iterable[tuple[str, str, str, str]]:
    return ((p[0], p[1], p[2], p[3]) for p in told if len(p) == 4)


_STATES: Final = ("known", "sent", "connected")
_APART: Final = {"email", "phone"}


def _reaches(read: Sequence[Reach], told: Iterable[Sequence[str]]) -> tuple[Reach, ...]:
    """Each that is told in full takes the place of what was read of it; their order is told too."""
    placed: dict[int, Reach] = {}
    ours: list[Reach] = []
    added: list[Reach] = []
    for parts in told:
        if len(parts) != 5:
            continue
        state = parts[3] if parts[3] in _STATES else None
        reach = Reach(parts[0], parts[1], parts[2], state, parts[4] or None)
        seen = INVISIBLE.sub("", reach.text).strip()
        forms = (reach.text, seen, url(reach.text), handles.link(reach.kind, reach.text))
        kinds = {reach.kind} if reach.kind in _APART else {r.kind for r in read} - _APART
        fitting = (
            n for n, r in enumerate(read) if n not in placed and r.kind in kinds and r.text in forms
        )
        at = next(fitting, None)
        ours.append(reach)
        if at is None:
            added.append(reach)
        else:
            placed[at] = reach
    if len(placed) == len(read):
        return tuple(ours)
    return (*(placed.get(n, r) for n, r in enumerate(read)), *added)


def _dates(
    read: Sequence[tuple[str, str]], told: Iterable[Sequence[str]]
) -> tuple[tuple[str, str], ...]:
    """Those that are told, in place of as many that were read of their days; and the rest."""
    ours = [(parts[0], parts[1]) for parts in told if len(parts) == 2]
    days = Counter(day for _, day in ours)
    rest = []
    for name, day in read:
        if days[day]:
            days[day] -= 1
        else:
            rest.append((name, day))
    return (*ours, *rest)


def _extras(
    extras: Iterable[Extra], told: Mapping[str, Sequence[Sequence[str]]]
) -> tuple[Extra, ...]:
    """What is left when ours is gone: the lines themselves, the properties of vCard 4 by name, and
    what another format said.
    """
    newer = {f"X-{name}" for parts in told.get(NEWER, ()) for name in parts[0].split(" ")}
    found = []
    for extra in extras:
        if extra.name in newer:
            name = extra.name[2:]
            line = re.sub(rf"(?i)^([\w-]+\.)?X-(?={re.escape(name)}\b)", r"\1", extra.value)
            found.append(Extra(name, line))
        elif extra.name == LINE:
            line = components(extra.value.partition(":")[2])[0]
            name = re.split("[;:]", line, maxsplit=1)[0].rpartition(".")[2]
            found.append(Extra(name.upper(), line))
        elif not extra.name.startswith(PREFIX):
            found.append(extra)
    others = (parts for parts in told.get(EXTRA, ()) if len(parts) == 3)
    return (*found, *(Extra(name, value, form) for form, name, value in others))


def _address(card: Card, told: Sequence[Sequence[str]]) -> Card:
    """The address and the city by themselves, where nobody changed ADR."""
    if not told or len(told[0]) != 2:
        return card
    address, city = told[0]
    ours = [e for e in card.extras if e.name == "ADR" and e.value == f"ADR:{adr(address, city)}"]
    if ours or card.address == address:
        extras = tuple(extra for extra in card.extras if extra not in ours)
        return card._replace(address=address, city=city, extras=extras)
    return card


def _notes(card: Card, told: Sequence[Sequence[str]]) -> Card:
    """The notes one by one, without the summary; what was added elsewhere is one more."""
    lengths = told[0][0].split(" ") if told else []
    if not all(number.isdecimal() and len(number) < 9 for number in lengths) or not lengths:
        return card
    rest = BETWEEN_NOTES.join(card.notes)
    found = []
    for length in map(int, lengths):
        if length and rest[length : length + 2] not in ("", BETWEEN_NOTES):
            return card  # somebody wrote into it
        if length:
            found.append(rest[:length])
            rest = rest[length + len(BETWEEN_NOTES) :]
    rest = rest.removeprefix(summary(card)).strip() if rest.strip() else ""
    return card._replace(notes=(*found, *([rest] if rest else [])))
