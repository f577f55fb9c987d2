"""Names and short texts: how they are compared, taken apart, checked and quoted."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from kinship import safe
from kinship.errors import BadInput

NAME_LIMIT: Final = 200
LINE_LIMIT: Final = 500
TEXT_LIMIT: Final = 100_000

quoted = safe.quoted  # in the layers that know names; renderers take it from there
_SHORTER: Final = "Say it in fewer words."
_AGAIN: Final = "Type it anew, without what cannot be seen."

# Letters that Unicode does not take apart (casefolding has turned ß into ss), and the Arabic
# stretching mark.
_PLAIN: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i"}
    | {"æ": "ae", "œ": "oe", "þ": "th", "\u0640": ""}
)
_APOSTROPHES: Final = str.maketrans(dict.fromkeys("'`´‘’‛ʹʻʼʽ′ꞌ׳", "'"))
# Default ignorable characters that are neither format characters (Cf) nor accents.
_INVISIBLE: Final = frozenset(
    [*map(chr, (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0))]
    + [chr(code) for code in (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10))]
    + [chr(code) for code in range(0xE0100, 0xE01F0)]
)

# What becomes of the ASCII marks and control characters in a key.
_ASCII_MARKS: Final = str.maketrans(
    dict.fromkeys(map(chr, (*range(32), 127)), " ")
    | dict.fromkeys('!"%&()*,-./:;?@[\\]_{}', " ")
    | {"'": "", "`": ""}
)


class _Letters(dict[int, str]):
    """What letters are folded to that stand for themselves, each worked out once; NUL for others.

    Such letters have no say in what becomes of their neighbours.
    """

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char.isascii():
            folded = char.lower().translate(_ASCII_MARKS)
        else:
            folded = _folded(char)
            is_letter = unicodedata.category(char) in ("Lu", "Ll", "Lt", "Lo")
            if not is_letter or _folded(f"a{char}a") != f"a{folded}a":
                folded = "\0"
        self[code] = folded
        return folded


_LETTERS: Final = _Letters()

_TITLES: Final = frozenset(
    [
        "dr",
        "prof",
        "professor",
        "mr",
        "mrs",
        "ms",
        "mx",
        "miss",
        "sir",
        "dame",
        "rev",
        "herr",
        "frau",
        "mme",
        "mlle",
        "sr",
        "sra",
        "dr.-ing",
        "dipl.-ing",
    ]
)
_PARTICLES: Final = frozenset(
    [
        "van",
        "von",
        "der",
        "den",
        "de",
        "del",
        "della",
        "dei",
        "di",
        "da",
        "do",
        "dos",
        "das",
        "du",
        "des",
        "la",
        "le",
        "las",
        "los",
        "el",
        "al",
        "ter",
        "ten",
        "te",
        "op",
        "'t",
        "zu",
        "zum",
        "af",
        "av",
        "bin",
        "ibn",
        "bint",
        "ben",
        "abu",
        "ó",
        "ní",
        "mac",
        "mc",
        "saint",
        "st",
        "st.",
        "san",
        "santa",
    ]
)
_NUMERALS: Final = frozenset(("II", "III", "IV"))
_SUFFIXES: Final = frozenset(
    (
        *("jr", "sr", "jnr", "snr", "esq", "esquire", "phd", "dphil", "edd", "psyd", "md", "dds"),
        *("dvm", "jd", "llb", "llm", "mba", "bsc", "msc", "meng", "mphil", "cpa", "rn", "frs"),
        *("obe", "mbe", "cbe", "kbe", "dbe"),
    )
)
_LONGEST_SUFFIX: Final = max(map(len, _SUFFIXES))
_ASIDE: Final = re.compile(r"(?<!\S)(?:\([^()]*\)|\[[^\[\]]*\])(?![^\s,])")
_WORD: Final = re.compile(r"[^\s,]+")
_IN_WORDS: Final = str.maketrans("", "", "-.'’")
_LONGEST_DEGREE: Final = 5
_ODD_WORDS: Final = _TITLES | _PARTICLES | _SUFFIXES | {word.lower() for word in _NUMERALS}
"""What makes another word than the first or last of a name its first or last name."""


def fold(text: str) -> str:
    """The key under which ``text`` is compared: no case, accents or punctuation, single spaces.

    Apostrophes vanish (``O'Brien`` is ``obrien``); other punctuation is a space, but for ``#``, and
    symbols stay, so that ``C``, ``C#`` and ``C++`` are three topics. Vowel signs, dakuten and
    the like are letters of their scripts and stay too. Text of punctuation only is its own key, so
    that the key of visible text is never empty. Folding a key changes nothing.
    """
    if text.isascii():
        return " ".join(text.lower().translate(_ASCII_MARKS).split() or _only_marks(text))
    letters = text.translate(_LETTERS)
    if "\0" in letters or not (words := letters.split()):
        return _folded(text)
    return unicodedata.normalize("NFC", " ".join(words))


def _folded(text: str) -> str:
    """Any text folded, letter by letter."""
    plain = "".join(map(_visible, text.translate(_APOSTROPHES)))
    plain = _unaccented(_unaccented(plain).casefold()).translate(_PLAIN | _APOSTROPHES)
    words = "".join(map(_spelt, plain.replace("'", ""))).split() or plain.split()
    return unicodedata.normalize("NFC", " ".join(words))


def slug(name: str) -> str:
    """The name as one shell word, ``ada-lovelace``; empty for a name without letters or digits."""
    key = fold(name)
    if not key.isascii() or not key.replace(" ", "").isalnum():
        key = "".join(map(_lettered, key))
    return "-".join(key.split())


def first_name(name: str) -> str:
    """What to call them: the first word that is not a title such as ``Dr.`` or in brackets."""
    return first_and_last(name)[0]


def short(several: Sequence[str]) -> list[str]:
    """What to call each in a row: ``Hedy``, ``Mary S.``, the whole name where that is no less.

    Of two with one first name each has the letter of the last one too.
    """
    firsts = [first_name(name) for name in several]
    found = []
    for name, first in zip(several, firsts, strict=True):
        last = last_name(name)
        alone = firsts.count(first) == 1
        found.append(first if alone and first else f"{first} {last[:1]}." if last else name)
    return found


def last_name(name: str) -> str:
    """The last word with the particles before it (``van``, ``de la``), no suffix such as ``Jr.``

    What stands in brackets and what has no letters (emoji) is no word. Empty for a name of one word.
    """
    return first_and_last(name)[1]


def place(city: str | None) -> str:
    """A city as it is compared: ``London, UK`` is London."""
    return fold((city or "").split(",")[0])


def first_and_last(name: str) -> tuple[str, str]:
    """`first_name` and `last_name`."""
    words = name.split()
    plain = words and all(map(_is_plain, words))
    if not plain or _is_title(words[0]) or is_suffix(words[-1]):
        told = apart(name)
        return told.first, " ".join(told.last.split())
    if len(words) == 2:
        return words[0], words[1]
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    return words[0], " ".join(words[max(start, 1) :])


class Parts(NamedTuple):
    """A name taken apart: what stands before the first name, between it and the last, and after."""

    prefix: str
    first: str
    middle: str
    last: str
    suffix: str


def apart(name: str) -> Parts:
    """All of a name, around its first and last name."""
    name = name.strip()
    spans = _words(name)
    if not spans:
        return Parts("", name, "", "", "")
    first, last = spans[0], (spans[0][1], spans[0][1])
    for begins, ends in spans[:0:-1]:
        goes_on = name[ends : last[0]].isspace() and name[begins:ends].lower() in _PARTICLES
        if last[0] > first[1] and not goes_on:
            break
        last = begins, max(ends, last[1])
    pieces = name[: first[0]], name[first[1] : last[0]], name[slice(*last)], name[last[1] :]
    prefix, middle, family, suffix = (piece.strip(" ,") for piece in pieces)
    return Parts(prefix, name[slice(*first)], middle, family, suffix)


def firsts_and_lasts(several: Sequence[str]) -> tuple[list[str], list[str]]:
    """`first_and_last` of each, the first names and the last names.

    All at once: a name in which no word is a title, particle or suffix is its first and last word.
    """
    words = [name.split() for name in several]
    firsts = [parts[0] if parts else "" for parts in words]
    lasts = [parts[-1] if len(parts) > 1 else "" for parts in words]
    odd = {
        word
        for word in set[str]().union(*words)
        if word.lower() in _ODD_WORDS or "." in word or not _is_plain(word)
    }
    for at, parts in enumerate(words):
        if not odd.isdisjoint(parts):
            firsts[at], lasts[at] = first_and_last(several[at])
    return firsts, lasts


@lru_cache(1024)
def is_suffix(text: str) -> bool:
    """Whether this belongs to a name even after a comma: ``Jr.``, ``III``, ``Ph.D.``, ``Esq.``"""
    if len(text) > _LONGEST_SUFFIX and text.isalpha():
        return False
    bare = text.replace(".", "").strip(" ,")
    return bare in _NUMERALS or bare.lower() in _SUFFIXES


def in_order(starts: Iterable[str], words: Iterable[str]) -> bool:
    """Whether the starts begin some of the words, in this order."""
    rest = iter(words)
    return all(any(word.startswith(start) for word in rest) for start in starts)


def tokens(key: str) -> list[str]:
    """The parts of a key that a search index knows: runs of letters and digits.

    The digits of New Tai Lue are marks to it.
    """
    known = (c if c.isalnum() and not "\u19b0" <= c <= "\u19da" else " " for c in key)
    return "".join(known).split()


def begins(value: str, key: str) -> bool:
    """Whether a word of ``key`` begins with ``value``, both folded; one of several words goes on.

    Marks at the beginning of a word are no part of it, unless they were typed.
    """
    if tokens(value) == [value]:
        return any(part.startswith(value) for part in tokens(key))
    return f" {value}" in f" {key}"


def clean_line(text: str) -> tuple[str, bool]:
    """``text`` for a field of one line, and whether a line break or tab inside became a space."""
    parts = [part.strip() for part in text.strip().replace("\t", "\n").splitlines()]
    return " ".join(filter(None, parts)), len(parts) > 1


def check_text(text: str, what: str, limit: int) -> str:
    """``text`` itself, if a file can keep it true.

    Raises ``BadInput`` for NUL, for lone surrogates and for more than ``limit`` characters; ``what``
    names the text in the message (``name``, ``note``).
    """
    if len(text) > limit:
        raise BadInput(
            f"the {what} is {len(text):,} characters long, and at most {limit:,} fit: "
            f"{quoted(text)}.",
            hint=_SHORTER,
        )
    if "\0" in text:
        raise BadInput(f"the {what} has a NUL character in it, which cannot be kept.", hint=_AGAIN)
    try:
        text.encode()
    except UnicodeEncodeError:
        raise BadInput(
            f"the {what} is not valid text: some of it is not UTF-8.", hint=_AGAIN
        ) from None
    return text


def check_line(text: str, what: str, limit: int = LINE_LIMIT) -> str:
    """``text`` on one line, checked as ``check_text`` does."""
    return check_text(clean_line(text)[0], what, limit)


def check_name(text: str) -> str:
    """``text`` as a name of one line.

    Raises ``BadInput`` as ``check_text`` does, and for a name that nobody could see.
    """
    name = check_line(text, "name", NAME_LIMIT)
    if not fold(name):
        raise BadInput("a name needs at least one character that can be seen. For example: Ada")
    return name


def means_you(name: str) -> bool:
    """Whether it is the word for yourself, by which nobody else is found."""
    return name.lower() == "me"


def argument(text: str) -> str:
    """``text`` as one word of a command to copy, in quotes that no shell looks into."""
    if set('"$`\\!').isdisjoint(text):
        return f'"{text}"'
    return "'" + text.replace("'", "'\\''") + "'"


def word(text: str) -> str:
    """``text`` as one word of a command to copy, in quotes only where a shell needs them."""
    plain = text and all(c.isalnum() or c in "@%+=:,./_-" for c in text)
    return text if plain else argument(text)


@lru_cache(4096)
def _is_title(word: str) -> bool:
    return word.rstrip(".").lower() in _TITLES


def _is_plain(word: str) -> bool:
    return word.isalpha() or word.translate(_IN_WORDS).isalpha()


def _words(name: str) -> list[tuple[int, int]]:
    """Where the words of a name stand, without titles, suffixes, asides in brackets and emoji."""
    bare = _ASIDE.sub(lambda aside: " " * len(aside[0]), name)
    found = [(word.start(), _trimmed(word[0], word.start())) for word in _WORD.finditer(bare)]
    spans = [(start, end) for start, end in found if start < end]
    if not spans:  # nothing but such marks
        spans = [word.span() for word in _WORD.finditer(name)]
    words = [name[start:end] for start, end in spans]
    begins, ends = 0, len(words)
    while begins < ends - 1 and _is_title(words[begins]):
        begins += 1
    while ends > begins + 1 and is_suffix(words[ends - 1]):
        ends -= 1
    comma = max(bare.find(","), 0)
    before = sum(end <= comma for _, end in spans)
    degrees = before - begins > 1 and not name[:comma].isupper()
    if degrees and all(map(_is_degree, words[before:ends])):
        ends = min(ends, before)
    return spans[begins:ends]


def _trimmed(word: str, start: int) -> int:
    """Where a word that begins there ends, without emoji; there too if it has no letter."""
    end = len(word)
    while end and not word[end - 1].isalnum() and _is_symbol(word[end - 1]):
        end -= 1
    return start + end if any(map(str.isalnum, word)) else start


def _is_symbol(char: str) -> bool:
    return char in _INVISIBLE or unicodedata.category(char) in ("So", "Sk", "Cf", "Co", "Cn")


def _is_degree(word: str) -> bool:
    """Whether it looks like one after a name and a comma: ``M.Sc.``, ``CPA``."""
    bare = word.replace(".", "")
    short = bare.isalpha() and len(bare) <= _LONGEST_DEGREE
    return is_suffix(word) or (short and sum(map(str.isupper, bare)) > 1)


def _only_marks(text: str) -> list[str]:
    return text.replace("`", "'").split()


def _visible(char: str) -> str:
    return "" if char in _INVISIBLE or unicodedata.category(char) == "Cf" else char


def _unaccented(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not _is_accent(char))


def _is_accent(char: str) -> bool:
    # Combining classes (Unicode standard, 4.3): 1 strokes, 10 to 36 Hebrew, Arabic and Syriac
    # points, 200 and more accents. Those between, and 0, are vowel signs, viramas and dakuten.
    place = unicodedata.combining(char)
    return place == 1 or 10 <= place <= 36 or place >= 200


def _spelt(char: str) -> str:
    return " " if char != "#" and unicodedata.category(char)[0] in "PC" else char


def _lettered(char: str) -> str:
    return char if unicodedata.category(char)[0] in "LMN" else " "
