"""People as Markdown: a page each, for a folder of notes such as Obsidian's, or one after another.

What was stored is text and nothing else: it makes no heading, link, picture or tag of itself, and
the front matter is YAML that holds strings only.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, TextIO

from kinship.model import channel, handles
from kinship.model.card import Card, Reach, Talk

BEGINS: Final = "<!-- Written by kinship. -->\n"
_KEY_LINE = re.compile(rb'---\r?\nkinship: "(urn:uuid:[0-9a-f-]{36})"')
_FIELDS: Final = (
    *(("org", "org"), ("role", "role"), ("city", "city"), ("address", "address")),
    *(("birthday", "birthday"), ("relation", "relation"), ("cue", "cue"), ("since", "since")),
    *(("by", "introduced_by"), ("cadence", "keep")),
)
_LISTS: Final = (
    *(("about", "topics"), ("seeks", "seeks"), ("communities", "communities"), ("tags", "tags")),
    ("events", "going"),
)
_MARKS = re.compile(r"[\\`*\[\]<>~|$^{}%=]|(?<!\w)[_#@]|_(?!\w)|&(?=[#\w]+;)|!(?=\[)")
_START = re.compile(r"(?m)^[ \t]*(\d{0,9})([-+.)]?)")
_HIDDEN = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(127, 160)), " ")
_HIDDEN |= dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), "")
"""Control characters, and those that turn the direction of a text round."""
_ODD = frozenset((*range(0x2028, 0x202F), *range(0x2066, 0x206A), 0xFEFF))
_QUOTES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def write(out: TextIO, cards: Iterable[Card]) -> None:
    """Everybody in one text."""
    out.write(BEGINS)
    out.writelines(
        "\n" + "".join(f"{line}\n" for line in _page(card, facts=True)) for card in cards
    )


def page(card: Card, number: int) -> str:
    """One person as a file: facts in front, then the channels, the notes and what was."""
    return "".join(f"{line}\n" for line in ("---", *_front(card, number), "---", "", *_page(card)))


def key_of(data: bytes) -> str:
    """Whose page a file is; empty where kinship did not write it."""
    found = _KEY_LINE.match(data)
    return found[1].decode() if found else ""


def _front(card: Card, number: int) -> Iterator[str]:
    yield f"kinship: {_quoted(card.key)}"
    yield f"id: {number}"
    yield f"name: {_quoted(card.name)}"
    if card.nick:
        yield f"aliases: [{_quoted(card.nick)}]"
    for field, name in _FIELDS:
        if value := getattr(card, field):
            yield f"{name}: {_quoted(value)}"
    for field, name in _LISTS:
        if values := getattr(card, field):
            yield f"{name}: [{', '.join(map(_quoted, values))}]"
    for kind in ("email", "phone"):
        if held := [r.text for r in card.reaches if r.kind == kind and r.text]:
            yield f"{kind}: [{', '.join(map(_quoted, held))}]"
    if met := [talk.day for talk in card.talks if talk.met]:
        yield f"met: {_quoted(min(met))}"
    if card.talks:
        yield f"last: {_quoted(max(talk.day for talk in card.talks))}"


def _page(card: Card, *, facts: bool = False) -> Iterator[str]:
    yield f"# {_plain(card.name)}"
    if told := ", ".join(_plain(part) for part in (card.role, card.org, card.city) if part):
        yield from ("", told)
    if card.cue:
        yield from ("", _plain(card.cue))
    if facts and (rows := list(_facts(card))):
        yield from ("", *rows)
    if card.related:
        known = (f"{one.name} ({one.how})" if one.how else one.name for one in card.related)
        yield from ("", f"Knows: {_plain(', '.join(known))}")
    if card.reaches:
        yield from ("", "## Channels", "", *map(_channel, card.reaches))
    if card.notes:
        yield from ("", "## Notes", "", *map(_item, card.notes))
    if card.talks:
        newest = sorted(card.talks, key=lambda talk: talk.day, reverse=True)
        yield from ("", "## Conversations", "", *map(_talk, newest))


def _facts(card: Card) -> Iterator[str]:
    said = [("nick", card.nick)] + [
        (name.replace("_", " "), getattr(card, f)) for f, name in _FIELDS
    ]
    said += [(name, ", ".join(getattr(card, field))) for field, name in _LISTS]
    for name, value in said:
        if value and name not in ("org", "role", "city", "cue"):
            yield _item(f"{name}: {value}")


def _channel(reach: Reach) -> str:
    text = _plain(reach.text)
    link = handles.link(reach.kind, reach.text) if reach.text else None
    shown = f"[{text}](<{link}>)" if link and not set(link) & set("<>\\\n ") else text
    state = reach.state if reach.state in ("sent", "connected") else ""
    name = _plain(channel.label(reach.kind or "website"))
    more = ", ".join(_plain(part) for part in (reach.label, state) if part)
    return f"- {name}{': ' if text else ''}{shown}{f' ({more})' if more else ''}"


_WAYS: Final = {"me": "you wrote", "them": "they wrote", "both": ""}


def _talk(talk: Talk) -> str:
    via = channel.label(talk.channel) if talk.channel else ""
    where = ", ".join(
        filter(None, ("met" if talk.met else _WAYS.get(talk.direction), via, talk.event))
    )
    return _item(
        f"{talk.day}{f' ({where})' if where else ''}{f': {talk.text}' if talk.text else ''}"
    )


def _item(text: str) -> str:
    """A text as an item of a list, its further lines under it."""
    return "- " + _plain(text).replace("\n", "\n  ")


def _plain(text: str) -> str:
    """Text that means nothing to Markdown, nor to HTML."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").translate(_HIDDEN)
    marked = _MARKS.sub(lambda found: "\\" + found[0], lines)
    return _START.sub(_begun, marked)


def _begun(found: re.Match[str]) -> str:
    """The beginning of a line: neither an item of a list nor code."""
    number, mark = found.groups()
    return f"{number}\\{mark}" if mark and bool(number) == (mark in ".)") else f"{number}{mark}"


def _quoted(text: str) -> str:
    """A string of YAML and of JSON."""
    return '"' + "".join(_QUOTES.get(char) or _written(char) for char in text) + '"'


def _written(char: str) -> str:
    number = ord(char)
    if number < 0x20 or 0x7F <= number < 0xA0 or number in _ODD:
        return f"\\u{number:04x}"
    return char
