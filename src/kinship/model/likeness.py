"""Close spellings: a slip is a letter too many, too few or wrong, or two neighbours swapped.

Everything is compared as folded by ``names.fold``. rapidfuzz costs a fifth of a start, so it is
imported only when something has passed the cheap tests.
"""

from collections.abc import Iterable

_STRANGE_WORDS = 2


def allowed(word: str) -> int:
    """How many slips still mean the same word: 1 up to 5 letters, 2 beyond (interface.md 1.5).

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
    from rapidfuzz.distance import OSA

    found = OSA.distance(a, b, score_cutoff=limit)
    return found if found <= limit else None


def near_words(word: str, words: Iterable[str]) -> list[str]:
    """Those of ``words`` within the allowed slips of ``word``, the closest first, each once."""
    limit = allowed(word)
    likely = [other for other in dict.fromkeys(words) if _may_be_near(word, other, limit)]
    if not likely:
        return []
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    near = process.extract(word, likely, scorer=OSA.distance, score_cutoff=limit, limit=None)
    return [other for other, _, _ in near]


def near_names(key: str, others: Iterable[str]) -> list[str]:
    """Those of ``others`` that are probably ``key`` mistyped, the closest first; never itself.

    At most two words may differ, each by its allowed slips. A word that is missing on one side
    counts as one of the two, and leaves at least two: ``Mary`` is not nearly ``Mary Shaw``.
    """
    words = key.split()
    found = {other: _apart(words, other.split()) for other in others if other != key}
    near = {other: distance for other, distance in found.items() if distance is not None}
    return sorted(near, key=near.__getitem__)


def _may_be_near(a: str, b: str, limit: int) -> bool:
    """A test that never says no to two words within ``limit`` slips."""
    if a == b:
        return True
    if not limit or abs(len(a) - len(b)) > limit:
        return False
    return len(set(a).difference(b)) <= limit and len(set(b).difference(a)) <= limit


def _apart(typed: list[str], known: list[str]) -> int | None:
    if len(typed) == len(known):
        return _slips_in_pairs(typed, known, _STRANGE_WORDS)
    short, long = sorted((typed, known), key=len)
    shared = len(set(short).intersection(long))
    if len(short) < 2 or len(long) - len(short) != 1 or shared < len(short) - 1:
        return None
    gaps = (long[:at] + long[at + 1 :] for at in range(len(long)))
    distances = (_slips_in_pairs(short, rest, _STRANGE_WORDS - 1) for rest in gaps)
    return min((distance + 1 for distance in distances if distance is not None), default=None)


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
