"""One line about one person: name, comma and company, tokens in any order, ``//`` and a note.

    LINE   := NAME [ "," COMPANY ] TOKEN* [ "//" NOTE ]
    TOKEN  := "+" TOPIC | CHANNEL ":" HANDLE | FIELD ":" VALUE | e-mail address
            | profile link | @user@server | phone number

Words that fit nowhere become part of the note: nothing typed is lost, and nothing stops.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from kinship.errors import BadInput
from kinship.model import channel, handles, names
from kinship.model.channel import Handle
from kinship.value import Value


class Draft(Value):
    """What a line says, as text: dates, cadences and people in it are not looked up yet.

    ``leftover`` holds the runs of words that fit nowhere; they stand at the end of ``note`` too,
    each on its own line. ``joined`` says that a line break or tab inside a field became a space,
    ``guessed`` that the name was read from a handle.
    """

    name: str = ""
    org: str = ""
    topics: tuple[str, ...] = ()
    seeks: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    communities: tuple[str, ...] = ()
    channels: tuple[Handle, ...] = ()
    event: str = ""
    city: str = ""
    role: str = ""
    keep: str = ""
    follow_up: str = ""
    by: str = ""
    knows: tuple[str, ...] = ()
    cue: str = ""
    birthday: str = ""
    address: str = ""
    note: str = ""
    leftover: tuple[str, ...] = ()
    joined: bool = False
    guessed: bool = False


FIELDS: Final = {
    "at": "event",
    "birthday": "birthday",
    "by": "by",
    "city": "city",
    "cue": "cue",
    "due": "follow_up",
    "in": "communities",
    "keep": "keep",
    "knows": "knows",
    "note": "note",
    "org": "org",
    "role": "role",
    "seeks": "seeks",
    "tag": "tags",
}
_LISTS: Final = ("topics", "tags", "communities", "knows")
_MANY: Final = (*_LISTS, "seeks", "note")
_CALLED: Final = {
    "communities": "community",
    "follow_up": "follow-up",
    "knows": "name after knows:",
    "org": "company",
    "seeks": "text after seeks:",
    "tags": "tag",
    "topics": "topic",
}
_NUMBER_WORDS: Final = 8

# Quotes open a word, or what follows + or a colon; the closing one ends the word. Any of the
# three marks closes, so that an unpaired one is looked for only once.
_PIECE: Final = re.compile(
    r"""(?P<note>//)|(?P<lead>\+|[^\W\d]\w*:)?["“”](?P<quoted>[^"“”]*)["“”]|(?P<word>\S+)"""
)
_PREFIXED: Final = re.compile(r"([^\W\d][\w.-]*):(.*)", re.DOTALL)
STANDS_APART: Final = r"(?<!\s)(?:\s*\|(?=\s|[^\s|]+@)\s*|\s+\|\s*|\s+[·•]\s+|(?<!\d)\s+[-–—]\s+)"
"""What stands between the parts of a card on one line; no name has a dash by itself."""
_COMMA: Final = "[,，،]"


class _Piece(Value):
    """A word, or words that quotes or the shell hold together; ``typed`` has the quotes."""

    text: str
    typed: str


def parse_words(words: Sequence[str]) -> Draft:
    """What the arguments of a command say, one shell word each.

    A word that starts as a token stays whole, whatever blanks are in it (``at:PyCon 2026``); any
    other is read as ``parse_text`` reads a line. Raises ``BadInput`` as that does.
    """
    names.check_text(" ".join(words), "line", names.TEXT_LIMIT)
    reading, pieces, note = _Reading(), list[_Piece](), ""
    remaining = iter(words)
    for word in remaining:
        if _opens_token(word):
            pieces.append(_Piece(word.strip(), word))
            continue
        more, begun = reading.pieces(word)
        pieces += more
        if begun is not None:
            note = " ".join((begun, *remaining))
    return reading.draft(pieces, note)


def parse_text(text: str) -> Draft:
    """What a typed line says: blanks separate, and double quotes hold together.

    A line without a name gives a draft without one, for the caller to refuse. Raises ``BadInput``
    for what cannot be kept: NUL, lone surrogates, an invisible name, more characters than fit.
    """
    reading = _Reading()
    pieces, note = reading.pieces(names.check_text(text, "line", names.TEXT_LIMIT))
    return reading.draft(pieces, note or "")


def may_be_pasted(text: str, draft: Draft) -> bool:
    """Whether there is more in a line than the grammar reads: ``model.pasted`` may know it."""
    if not draft.name or draft.leftover or "\n" in text:
        return True
    said = text.partition(" //")[0]
    marks = any(mark in said for mark in ("<", "(", "\t", ";", "www.", " at ", " @ ", "|"))
    marks = marks or re.search(STANDS_APART, said) is not None
    return marks or said.count(",") > 1


class _Reading:
    """A draft in the making."""

    def __init__(self) -> None:
        self.fields: dict[str, list[str]] = {}
        self.handles: dict[tuple[str, str], Handle] = {}
        self.leftover: list[str] = []
        self.joined = False

    def pieces(self, text: str) -> tuple[list[_Piece], str | None]:
        """The pieces of a text, and what follows ``//`` if a word starts with that."""
        found: list[_Piece] = []
        for match in _PIECE.finditer(text):
            if match["note"]:
                self._as_line(text[: match.start()])
                return found, text[match.end() :]
            held = match["word"] or (match["lead"] or "") + match["quoted"]
            found.append(_Piece(held or match[0], match[0]))
        self._as_line(text)
        return found, None

    def draft(self, pieces: Sequence[_Piece], note: str) -> Draft:
        head: list[_Piece] | None = None
        run: list[_Piece] = []
        at = 0
        while at < len(pieces):
            used = self._take(pieces, at)
            if head is None and (used or (run and _looks_like_token(pieces[at].text))):
                head, run = run, []
            if used:
                self._leave(run)
                run = []
            else:
                run.append(pieces[at])
            at += used or 1
        if head is None:
            head = run
        else:
            self._leave(run)
        return self._drafted(head, note.strip())

    def _drafted(self, head: list[_Piece], note: str) -> Draft:
        name, company = _name_and_company(head)
        if company and not self._put("org", company):
            self.leftover.append(company)
        return Draft(
            name=names.check_name(name) if name else "",
            org=self._one("org"),
            topics=self._many("topics"),
            seeks=self._many("seeks"),
            tags=self._many("tags"),
            communities=self._many("communities"),
            channels=tuple(self.handles.values()),
            event=self._one("event"),
            city=self._one("city"),
            role=self._one("role"),
            keep=self._one("keep"),
            follow_up=self._one("follow_up"),
            by=self._one("by"),
            knows=self._many("knows"),
            cue=self._one("cue"),
            birthday=self._one("birthday"),
            note="\n".join(filter(None, (note, *self._many("note"), *self.leftover))),
            leftover=tuple(self.leftover),
            joined=self.joined,
        )

    def _many(self, field: str) -> tuple[str, ...]:
        return tuple(self.fields.get(field, ()))

    def _one(self, field: str) -> str:
        return "".join(self._many(field))

    def _take(self, pieces: Sequence[_Piece], at: int) -> int:
        """How many pieces from ``at`` on are a token, now taken; 0 when it is a plain word."""
        text = pieces[at].text
        if handles.is_dialled(text):
            number, more = _dialled(text, pieces, at + 1)
            if self._reach(handles.recognise(number)):
                return 1 + more
        if text.startswith("+"):
            return int(self._put("topics", text[1:]))
        if prefixed := _PREFIXED.fullmatch(text):
            word, value = prefixed.groups()
            if field := FIELDS.get(word.lower()):
                return int(self._put(field, value))
            if kind := channel.kind_of(word):
                return self._take_channel(kind, value.rstrip(",;"), pieces, at)
        if not self._reach(handles.recognise(text)):
            return 0
        if "/" in text and handles.says_more(text):
            self.leftover.append(text)
        return 1

    def _take_channel(self, kind: str, value: str, pieces: Sequence[_Piece], at: int) -> int:
        more = 0
        if kind in channel.PHONES and handles.is_dialled(value):
            value, more = _dialled(value, pieces, at + 1)
        try:
            return 1 + more if self._reach(handles.parse(kind, value)) else 0
        except BadInput:
            return 0

    def _reach(self, handle: Handle | None) -> bool:
        if handle:
            self.handles.setdefault((handle.kind, handles.key(*handle)), handle)
        return handle is not None

    def _put(self, field: str, value: str) -> bool:
        """Whether the value found room: a field that holds one thing is not filled twice.

        A quote that is opened and never closed is no value.
        """
        if value[:1] in ('"', "“", "”"):
            return False
        text = value.strip() if field == "note" else self._as_line(value)
        parts = [part.strip() for part in re.split(_COMMA, text)] if field in _LISTS else [text]
        values = self.fields.get(field, [])
        new = [part for part in dict.fromkeys(parts) if part and part not in values]
        if not any(parts) or (new and values and field not in _MANY):
            return False
        limit = names.TEXT_LIMIT if field == "note" else names.LINE_LIMIT
        for part in new:
            names.check_text(part, _CALLED.get(field, field), limit)
        self.fields[field] = values + new
        return True

    def _leave(self, run: Iterable[_Piece]) -> None:
        text = " ".join(piece.text for piece in run)
        if text.strip(" ,"):
            self.leftover.append(text)

    def _as_line(self, text: str) -> str:
        line, joined = names.clean_line(text)
        self.joined = self.joined or joined
        return line


def _opens_token(word: str) -> bool:
    """Whether a shell word is a topic, or has a known field or kind of channel before a colon."""
    if word.startswith("+"):
        return True
    prefixed = _PREFIXED.match(word)
    return bool(prefixed and (prefixed[1].lower() in FIELDS or channel.kind_of(prefixed[1])))


def _looks_like_token(text: str) -> bool:
    """Whether a word that is no token was meant as one, and so is not part of a name."""
    prefixed = _PREFIXED.match(text)
    return text.startswith(("+", "@")) or bool(prefixed and (prefixed[2] or _opens_token(text)))


def _dialled(number: str, pieces: Sequence[_Piece], at: int) -> tuple[str, int]:
    """The number with the words from ``at`` on that continue it, and how many those are."""
    used = 0
    for piece in pieces[at : at + _NUMBER_WORDS]:
        longer = f"{number} {piece.text}"
        if (
            not handles.is_dialled(piece.text)
            or piece.text.startswith("+")
            or len(handles.digits(longer)) > channel.MOST_DIGITS
        ):
            break
        number, used = longer, used + 1
    return number, used


def _name_and_company(head: Sequence[_Piece]) -> tuple[str, str]:
    """Quotes around a whole part only hold it together; others (a nickname) belong to the name."""
    words: list[str] = []
    for piece in head:
        opens = not words or re.match(_COMMA, words[-1][-1:])
        words.append(piece.text if opens else piece.typed)
    text = names.clean_line(" ".join(words))[0]
    commas = [*(match.start() for match in re.finditer(_COMMA, text)), len(text)]
    end = commas[0]
    for start, stop in pairwise(commas):
        suffixes = text[start + 1 : stop].split()
        if not suffixes or not all(map(names.is_suffix, suffixes)):
            break
        end = stop
    return text[:end].strip(), text[end + 1 :].strip(" ,")
