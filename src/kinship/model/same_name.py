"""Two names: whether they may be one person's, and what tells them apart.

The one rule of this, for reading files in and for finding doubles: names contradict where a word
of the shorter has no counterpart in the longer. Counterparts are the same word, a nickname, an
initial, and a slip of the pen; ``Jr.`` and ``Sr.`` are two people. Family names count as first
names do: who married is asked about, never taken.
"""

import re
from functools import cache, lru_cache
from typing import Final, NamedTuple

from kinship.model import likeness, names

_JUNIOR: Final = {"jr": "jr", "jnr": "jr", "junior": "jr", "sr": "sr", "snr": "sr", "senior": "sr"}
_NUMERALS: Final = {"i": "i", "ii": "ii", "iii": "iii", "iv": "iv"}
_ADDED: Final = (
    "dr prof professor mr mrs ms mx miss sir dame rev herr frau mme mlle sra drs ing dipl hon"
    " esq esquire phd dphil edd psyd md dds dvm jd llb llm mba bsc msc meng mphil cpa rn frs obe"
    " mbe cbe kbe dbe pmp cissp ba ma"
)
_TITLES: Final = frozenset(_ADDED.split())
_NOT_ALONE: Final = frozenset(("ma", "ba", "ing", "hon", "mx", "frau", "herr"))
"""Titles and degrees that are names, too: left out only beside two other words."""
_MEANT: Final = _TITLES.union(_JUNIOR, _NUMERALS)
"""Words that are no name, or may be none."""
_OTHER_SCRIPT: Final = "\u0590"
"""From here on scripts cannot be spelt in Latin letters by a table."""

_SOUNDS: Final = {
    "ж": "zh",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ъ": "",
    "ь": "",
    "ю": "yu",
    "я": "ya",
    "ђ": "dj",
    "ј": "j",
    "љ": "lj",
    "њ": "nj",
    "ћ": "c",
    "џ": "dz",
    "θ": "th",
    "χ": "ch",
    "ψ": "ps",
}
_LETTERS: Final = (
    "абвгдеёзийклмнопрстуфыэіїґєўαβγδεζηικλμνξοπρσςτυφω",
    "abvgdeeziiklmnoprstufyeiigeuavgdeziiklmnxoprsstyfo",
)
_LATIN: Final = str.maketrans(dict(zip(*_LETTERS, strict=True)) | _SOUNDS)
_SPELT_OUT: Final = re.compile(r"([aou])e|aa")
_ASIDE: Final = re.compile(r"\([^()]*\)|\[[^][]*\]")
_FEMININE: Final = ("a", "e", "ia", "ina", "ine", "iana", "iane", "ette", "etta", "ella", "elle")
_VOWELS: Final = "aeioy"


class Name(NamedTuple):
    """The words of a name as they are compared, without titles, and which generation it says."""

    words: tuple[str, ...]
    generation: str


@lru_cache(maxsize=50_000)
def spelt(word: str) -> str:
    """A folded word as it is compared: in Latin letters, ``mueller`` and ``muller`` alike.

    Empty for a word of symbols alone.
    """
    if not word.isascii():
        word = word.translate(_LATIN)
    if len(word) > 3 and ("e" in word or "aa" in word):
        word = _SPELT_OUT.sub(lambda found: found[1] or "a", word)
    return word if any(map(str.isalnum, word)) else ""


def read(name: str) -> Name:
    """A name taken apart; the words stay in order. A key of `names.fold` will do."""
    if "(" in name or "[" in name:
        name = _ASIDE.sub(" ", name) if _ASIDE.sub(" ", name).strip() else name
    return of_words(names.fold(name).split())


def of_words(words: list[str]) -> Name:
    """As `read`, from the words of a folded name."""
    if _MEANT.isdisjoint(words):
        return Name(tuple(filter(None, map(spelt, words))) or tuple(words), "")
    generation = ""
    kept = []
    for place, word in enumerate(words):
        if place > 1 and (said := _JUNIOR.get(word) or _NUMERALS.get(word)):
            generation = said if said != "i" else "sr"
        elif word not in _TITLES or (word in _NOT_ALONE and len(words) < 3):
            kept.append(spelt(word))
    return Name(tuple(filter(None, kept)) or tuple(words), generation)


def is_nobody(name: str) -> bool:
    """Whether this names nobody: it is empty, an address, or a number."""
    return "@" in name or not any(map(str.isalpha, name))


def contradict(one: str, other: str, nick: str = "", other_nick: str = "") -> bool:
    """Whether two names cannot be taken for one person's, where something else says they are.

    What names nobody contradicts nothing. Names of two scripts contradict: nobody compared them.
    """
    if is_nobody(one) or is_nobody(other):
        return False
    a, b = read(one), read(other)
    if a.generation != b.generation:
        return True
    if _is_other_script(a.words) != _is_other_script(b.words):
        return True
    ours, theirs = _spoken(a, nick), _spoken(b, other_nick)
    return not any(fit(x, y) for x in ours for y in theirs)


def fit(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether every word of the shorter has its counterpart in the longer."""
    if _is_other_script(one):
        return sorted("".join(one)) == sorted("".join(other))
    if all(len(word) == 1 for word in (*one, *other)):
        return one == other
    short, long = sorted((one, other), key=len)
    return _each_found(short, long) or (len(one) == len(other) and _each_found(long, short))


def _each_found(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    rest = list(long)
    left = []
    for word in short:
        if word in rest:
            rest.remove(word)
        else:
            left.append(word)
    for word in sorted(left, key=len, reverse=True):
        family = word == short[-1]
        likely = (w for w in rest if related(word, w, given=not family or w != long[-1]))
        found = next(likely, None)
        if found is None:
            return False
        rest.remove(found)
    return True


def related(one: str, other: str, *, given: bool = True) -> str:
    """How two words of a name may be the same: same, nickname, initial, near; empty if not.

    Of given names Martin and Martina are two, and so are any that both are known, Anna and Emma.
    """
    if one == other:
        return "same"
    if len(one) == 1 or len(other) == 1:
        return "initial" if one[0] == other[0] else ""
    known = called(one), called(other)
    if not known[0].isdisjoint(known[1]):
        return "nickname"
    if given and (all(known) or one_letter_more(one, other)):
        return ""
    if likeness.slips(one, other, min(likeness.allowed(one), likeness.allowed(other))) is not None:
        return "near"
    short, long = sorted((one, other), key=len)
    if given and len(short) >= 3 and len(long) - len(short) >= 3 and long.startswith(short):
        return "" if long[len(short) :] in _FEMININE else "nickname"
    return ""


def one_letter_more(one: str, other: str) -> bool:
    """Whether two given names differ as those of a man and a woman do: Martin, Martina, Martine."""
    short, long = sorted((one, other), key=len)
    if long.startswith(short):
        return long[len(short) :] in _FEMININE
    return (
        len(short) == len(long)
        and short[:-1] == long[:-1]
        and {short[-1], long[-1]} <= set(_VOWELS)
    )


def called(word: str) -> frozenset[int]:
    """The groups of nicknames that a given name is in; none for a word not known as one."""
    return _nicknames().get(word, frozenset())


def group(number: int) -> list[str]:
    """The names of one of the groups that `called` gives."""
    return [word for word, numbers in _nicknames().items() if number in numbers]


@cache
def _nicknames() -> dict[str, frozenset[int]]:
    from kinship.model import nicknames  # noqa: PLC0415  (a table: only where names are compared)

    found: dict[str, set[int]] = {}
    for number, group in enumerate(nicknames.GROUPS.split(",")):
        for word in group.split():
            found.setdefault(spelt(word), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def _spoken(name: Name, nick: str) -> list[tuple[str, ...]]:
    """The words of a name, and those with the nickname in the place of the given name."""
    if not nick or is_nobody(nick):
        return [name.words]
    short = read(nick).words
    if len("".join(short)) < 2:  # an initial fits half of everybody
        return [name.words]
    return [name.words, (*short, *name.words[1:]), short]


def _is_other_script(words: tuple[str, ...]) -> bool:
    return bool(words) and words[0] >= _OTHER_SCRIPT
