"""A record as it is kept: its texts cleaned for a field, its handles recognised, its key."""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Final, NamedTuple
from zlib import crc32

from kinship.errors import BadInput
from kinship.model import channel, handles, names, same_name
from kinship.model.card import Card, Extra, Reach, Related, Talk

Finder = tuple[str, str]
"""What somebody is found by: a kind of handle, telephone numbers being one, and its key."""
KEY_LIMIT = 2000
ADDRESS_LIMIT: Final = 2000
BELONGINGS: Final = itemgetter(*range(Card._fields.index("notes"), len(Card._fields)))
"""What belongs to somebody beside channels, of a card."""
HAS: Final = "has"
"""Where the signs of all that a record says somebody has stand among what it said."""
YOURS: Final = "yours"
"""Where the fields stand of which you had said the same before the record came."""
_LIMITS: Final = {
    "name": names.NAME_LIMIT,
    "nickname": names.LINE_LIMIT,
    "company": names.LINE_LIMIT,
    "role": names.LINE_LIMIT,
    "city": names.LINE_LIMIT,
    "address": ADDRESS_LIMIT,
}
"""What fields are called, and how many characters they hold."""
_SHORT: Final = itemgetter(
    *map(Card._fields.index, ("name", "nick", "org", "role", "city", "address"))
)
_OURS: Final = "kinship"
"""Who says what was too long: a line of the file would be told as it is."""
_MOST_MARKS: Final = 2_000
_DIVIDER: Final = "\0"
_LABEL_LIMIT = 100
_EXTRA_LIMIT = 20_000_000
_EMAIL = re.compile(r"[\w.+-]+@[a-z0-9.-]+\.[a-z]+", re.ASCII)
_LINKEDIN = "https://www.linkedin.com/in/"
_UNKNOWN_KIND = re.compile(r"[^a-z0-9._-]+")


class Reached(NamedTuple):
    """A row of ``channel``; without a ``key`` nobody is found by it."""

    kind: str
    handle: str
    key: str | None
    label: str | None
    state: str | None
    sent_on: str | None
    connected_on: str | None
    inferred: str


class Record(NamedTuple):
    """One record of one file: ``key`` is its own, ``name`` folded, and empty for an address.

    The name of its card can be kept as it is.
    """

    file: int
    card: Card
    key: str
    name: str
    channels: tuple[Reached, ...]
    finders: tuple[Finder, ...]


def record(file: int, card: Card, country: str) -> Record | None:
    """A record that somebody can be made of; None where the name has nothing that can be seen."""
    name = line(card.name, names.NAME_LIMIT)
    folded = names.fold(name)
    if not folded:
        return None
    if max(map(len, _SHORT(card))) > names.NAME_LIMIT or any(map(_is_long, card.reaches)):
        card = _kept_whole(card)
    if name is not card.name:
        card = card._replace(name=name)
    channels = _channels(card.reaches, country) if card.reaches else ()
    finders = [
        (FAMILIES[one.kind], one.key) for one in channels if one.key and one.kind in FAMILIES
    ]
    return Record(
        file,
        card,
        short_key(card.key),
        "" if same_name.is_nobody(name) else folded,
        channels,
        tuple(finders),
    )


def family(kind: str) -> str:
    return "phone" if kind in channel.PHONES else kind


FAMILIES: Final = {kind: family(kind) for kind in channel.KINDS if kind != "website"}
"""The kinds of handles that somebody is found by."""
_TO_CONNECT: Final = frozenset(kind.name for kind in channel.KINDS.values() if kind.to_connect)


def _kept_whole(card: Card) -> Card:
    """A card that keeps as it was written what is longer than its field, and says so."""
    long = {
        called: text
        for called, text, limit in zip(_LIMITS, _SHORT(card), _LIMITS.values(), strict=True)
        if len(text) > limit
    }
    links = [reach.text for reach in card.reaches if _is_long(reach)]
    extras = [Extra(called, text, _OURS) for called, text in long.items()]
    extras += [Extra("link", text, _OURS) for text in links]
    limits = [(called, _LIMITS[called]) for called in long]
    limits += [("link", names.LINE_LIMIT)] * len(links)
    said = [f"{called}: more than {limit:,} characters" for called, limit in limits]
    return card._replace(
        reaches=tuple(reach for reach in card.reaches if not _is_long(reach)),
        extras=(*card.extras, *extras),
        remarks=(*card.remarks, *said),
    )


def _is_long(reach: Reach) -> bool:
    return len(reach.text) > names.LINE_LIMIT


def short_key(key: str) -> str:
    """A key as it is kept: one that is too long by its digest."""
    return key if len(key) <= KEY_LIMIT else _digest(key)


def own_key(one: Record) -> str:
    """What a record without a key is known by: its name and handles; without handles, what it says
    of who it is.
    """
    card = one.card
    who = sorted({f"{family(kind)}:{key or handle}" for kind, handle, key, *_ in one.channels})
    if not who:
        who = [names.fold(card.org), card.birthday]
    return _digest("\0".join([names.fold(card.name), *who]))


def _digest(text: str) -> str:
    import hashlib  # noqa: PLC0415  (only for records without a key)

    return "=" + hashlib.blake2b(text.encode(errors="replace"), digest_size=16).hexdigest()


def yours(fields: Iterable[tuple[str, str, object]], told: Container[tuple[str, str]]) -> str:
    """The fields that say what is here already and no earlier record told: a name, what the record
    says, and what is here.
    """
    return " ".join(
        [
            field
            for field, text, here in fields
            if text and text == here and (field, text) not in told
        ]
    )


def mark(table: str, *words: str | None) -> str:
    """A short sign for something that a record says somebody has."""
    text = _DIVIDER.join([table, *[word or "" for word in words]])
    return f"{crc32(text.encode(errors='replace')):x}"


def joined(marks: Sequence[str]) -> str:
    """Signs as they are kept."""
    return " ".join(sorted(set(marks))[:_MOST_MARKS]) if len(marks) > 1 else "".join(marks)


def marks(one: Record, related: Iterable[Related] = ()) -> list[str]:
    """The signs of all that a record says somebody has, which tell what was removed since.

    Of whom they know only those ``related`` who were found.
    """
    found = channel_marks(one)
    if any(BELONGINGS(one.card)):
        found += _listed(one.card)
    return found + [mark("tie", other.key or names.fold(other.name)) for other in related]


def channel_marks(one: Record) -> list[str]:
    """The signs of its channels."""
    return [
        f"{crc32(f'channel{_DIVIDER}{kind}{_DIVIDER}{key or handle}'.encode(errors='replace')):x}"
        for kind, handle, key, *_ in one.channels
    ]


def _listed(card: Card) -> Iterator[str]:
    """The signs of what a card lists beside channels."""
    for text in card.notes:
        for piece in pieces(text):
            yield mark("note", piece)
    for side, listed in (("about", card.about), ("seeks", card.seeks)):
        for text in listed:
            yield mark("topic", side, named(text)[1])
    for table, listed in (
        ("tag", card.tags), ("membership", card.communities), ("attendance", card.events),
    ):  # fmt: skip
        for text in listed:
            yield mark(table, named(text)[1])
    for name, said in card.dates:
        yield mark("anniversary", named(name)[1], day_of_year(said))
    for talk in card.talks:
        yield mark("conversation", partial_day(talk.day), via(talk))


def named(text: str) -> tuple[str, str]:
    """A name for a tag, a topic, an event, and the same folded."""
    name = line(text)
    return name, names.fold(name)


def via(talk: Talk) -> str | None:
    """The channel of a conversation: one of ours, or a word for it."""
    text = talk.channel
    return (text and (channel.kind_of(text) or line(text, 40))) or None


def line(text: str, limit: int = names.LINE_LIMIT) -> str:
    """A text for a field: one line, without what a file cannot keep."""
    if not text.isprintable():
        text = names.clean_line(_kept(text))[0]
    return text if len(text) <= limit else text[:limit].rstrip()


def long(text: str) -> str:
    """A text that may have lines."""
    return _kept(text).strip()


def pieces(text: str) -> Iterator[str]:
    """A long text in as many notes as it needs."""
    text = long(text)
    for start in range(0, len(text), names.TEXT_LIMIT):
        yield text[start : start + names.TEXT_LIMIT]


def extra(one: Extra) -> tuple[str, str] | None:
    """A property that is kept as it was written, or None where it has no value."""
    value = _kept(one.value)
    return (line(one.name) or "-", value[:_EXTRA_LIMIT]) if value else None


def day(text: str) -> str | None:
    """A day as ISO text, if it is one."""
    try:
        return date.fromisoformat(text).isoformat() if len(text) == 10 else None
    except ValueError:
        return None


@lru_cache(4096)
def partial_day(text: str) -> str | None:
    """A day, a month or a year, if it is one."""
    if re.fullmatch(r"[0-9]{4}(-(0[1-9]|1[0-2]))?", text):
        return text
    return day(text)


def day_of_year(text: str) -> str | None:
    """A day with or without its year, if it is one."""
    if text.startswith("--"):
        return text if day(f"2000-{text[2:]}") == f"2000-{text[2:]}" else None
    return day(text)


def _kept(text: str) -> str:
    """Without NUL and halves of characters."""
    if "\0" in text:
        text = text.replace("\0", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return text


def _channels(reaches: tuple[Reach, ...], country: str) -> tuple[Reached, ...]:
    """Each once; a number that is both at home and at work stands twice."""
    if len(reaches) == 1:
        only = _reached(reaches[0], country)
        return (only,) if only else ()
    found: dict[tuple[str, str, str | None], Reached] = {}
    for reach in reaches:
        if (one := _reached(reach, country)) is not None:
            place = (one.kind, one.key or one.handle, one.label)
            known = found.setdefault(place, one)
            if known is not one and not known.state and one.state:
                found[place] = one
    return tuple(found.values())


def _reached(reach: Reach, country: str) -> Reached | None:
    written, text, called, said, told = reach
    kind, handle, key = _handle(written, text, country)
    if not handle:
        return None
    label = line(called, _LABEL_LIMIT) if called else None
    since = partial_day(told) if told else None
    state: str | None = None
    if kind in _TO_CONNECT:
        state = said or "known"
    elif said == "connected" and kind not in channel.KINDS:
        state = said
    return Reached(
        kind,
        handle,
        key,
        label or None,
        state,
        since if state == "sent" and since and len(since) == 10 else None,
        since if state == "connected" else None,
        "state" if state and not said else "",
    )


def _handle(kind: str, text: str, country: str) -> tuple[str, str, str | None]:
    """Kind, handle and key; the text as it is, without a key, where nobody could be found by it."""
    if kind == "email" and len(text) < 255 and _EMAIL.fullmatch(text):
        return kind, text, text.lower()
    if text.startswith(_LINKEDIN) and kind in ("", "linkedin"):
        name = text[len(_LINKEDIN) :].rstrip("/")
        if name.isascii() and name.replace("-", "").isalnum() and len(name) <= names.LINE_LIMIT:
            return "linkedin", name, name.lower()
    text = line(text)
    try:
        if not kind:
            found = handles.recognise(text) or handles.parse("website", text)
        elif kind == "website" or "://" in text:
            found = handles.recognise(text) or handles.parse(kind, text)
        else:
            found = handles.parse(_kind(kind), text)
        key = handles.key(found.kind, found.handle, country)
        return found.kind, found.handle, key if len(key) <= names.LINE_LIMIT else None
    except BadInput:
        return _kind(kind) if kind else "website", text, None


def _kind(text: str) -> str:
    """A kind of ours, or a word that can be one."""
    return channel.kind_of(text) or _UNKNOWN_KIND.sub("-", text.lower()).strip("-._")[:30] or "im"
