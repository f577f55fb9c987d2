"""Close spellings: a slip is a letter too many, too few or wrong, or two neighbours swapped.

Everything is compared as folded by ``names.fold``. The distance is a dozen lines here because
importing rapidfuzz takes longer than all the comparing; the tests hold the two equal.
"""

from collections.abc import Iterable

_STRANGE_WORDS = 2


def allowed(word: str) -> int:
    """How many slips still mean the same word: 1 up to 5 letters, 2 beyond (docs/rules.md).

    None below 3 letters, nor in Chinese, Japanese and Korean, where a character is a syllable:
    there, one slip is simply another name.
    """
    if len(word) < 3 or word[0] >= "\u2e80":
        return 0
    return 1 if len(word) <= 5 else 2


def slips(a: str, b: str, limit: int) -> int | None:
    """How many slips lie between two words (optimal string alignment); None above ``limit``."""
    if a == b:
        return 0
    if not _may_be_near(a, b, limit):
        return None
    distance = _alignment(a, b)
    return distance if distance <= limit else None


def near_words(word: str, words: Iterable[str]) -> list[str]:
    """Those of ``words`` within the allowed slips of ``word``, the closest first, each once."""
    limit = allowed(word)
    found = {other: slips(word, other, limit) for other in words}
    near = {other: distance for other, distance in found.items() if distance is not None}
    return sorted(near, key=near.__getitem__)


def near_names(key: str, others: Iterable[str]) -> list[str]:
    """Those of ``others`` that are probably ``key`` mistyped, the closest first; never itself.

    At most two words may differ, each by its allowed slips. A word that is missing on one side
    counts as one of the two, and leaves at least two: ``Mary`` is not nearly ``Mary Shaw``.
    """
    words = key.split()
    found = {other: _apart(words, other.split()) for other in others if other != key}
    near = {other: distance for other, distance in found.items() if distance is not None}
    return sorted(near, key=near.__getitem__)


def most_slips(key: str) -> int:
    """How many slips a name that shares a word with ``key`` may have, and be near it."""
    words = key.split()
    strange = min(_STRANGE_WORDS, len(words) - 1)
    return sum(sorted(map(allowed, words))[len(words) - strange :])


def _may_be_near(a: str, b: str, limit: int) -> bool:
    """A test that never says no to two words within ``limit`` slips."""
    if a == b:
        return True
    if not limit or abs(len(a) - len(b)) > limit:
        return False
    return len(set(a).difference(b)) <= limit and len(set(b).difference(a)) <= limit


def _alignment(a: str, b: str) -> int:
    """The optimal string alignment distance: a table of two words, three rows of it at a time."""
    while a and b and a[0] == b[0]:
        a, b = a[1:], b[1:]
    while a and b and a[-1] == b[-1]:
        a, b = a[:-1], b[:-1]
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        above, row = row, [i]
        for j, other in enumerate(b, 1):
            best = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and other == a[i - 2]:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        before = above
    return row[-1]


def _apart(typed: list[str], known: list[str]) -> int | None:
    if len(typed) == len(known):
        return _slips_in_pairs(typed, known, _STRANGE_WORDS)
    short, long = sorted((typed, known), key=len)
    if len(short) < 2 or len(long) - len(short) != 1:
        return None
    strange = [word for word in short if word not in long]
    if len(strange) >= _STRANGE_WORDS or not all(_is_like_one_of(long, word) for word in strange):
        return None
    gaps = (long[:at] + long[at + 1 :] for at in range(len(long)))
    distances = (_slips_in_pairs(short, rest, _STRANGE_WORDS - 1) for rest in gaps)
    return min((distance + 1 for distance in distances if distance is not None), default=None)


def _is_like_one_of(words: list[str], word: str) -> bool:
    limit = allowed(word)
    return any(_may_be_near(word, other, limit) for other in words)


def _slips_in_pairs(some: list[str], others: list[str], strange_words: int) -> int | None:
    strange: list[tuple[str, str, int]] = []
    for a, b in zip(some, others, strict=True):
        if a != b:
            pair = (a, b, min(allowed(a), allowed(b)))
            if len(strange) == strange_words or not _may_be_near(*pair):
                return None
            strange.append(pair)
    total = 0
    for a, b, limit in strange:
        distance = slips(a, b, limit)
        if distance is None:
            return None
        total += distance
    return total
