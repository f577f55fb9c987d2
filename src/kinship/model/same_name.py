"""Whether two names can be one person's. It is asked of people who share an address or a number.

A family has one mailbox, so alike is not enough: each word of the shorter name must be found in the
longer one, as it is, as an initial, as what is said for short, or with a slip. What two names do
not say of each other (a married name, another script) contradicts; a person can join them later.
"""

from typing import Final

from kinship.model import likeness, names, nicknames

_GENERATIONS: Final = {
    "jr": "jr",
    "jnr": "jr",
    "junior": "jr",
    "sr": "sr",
    "snr": "sr",
    "senior": "sr",
    "ii": "ii",
    "iii": "iii",
    "iv": "iv",
    "2nd": "ii",
    "3rd": "iii",
    "4th": "iv",
}
_WORDS_ASIDE: Final = (
    "dr prof professor mr mrs ms mx miss sir dame rev herr frau mme mlle sr sra ing dipl mag"
    " phd dphil edd psyd md dds dvm jd llb llm mba bsc msc meng mphil cpa rn frs obe mbe esq"
    " van von der den de del della dei di da do dos das du la le las los el al ter ten te zu zum"
    " bin ibn bint ben abu y e and und"
)
_ASIDE: Final = frozenset(_WORDS_ASIDE.split())


def key(name: str) -> str:
    """A name as it is compared here: folded, and nothing where it is only an address or number."""
    folded = names.fold(name)
    if "@" in name or "://" in name or not any(map(str.isalpha, folded)):
        return ""
    return folded


def contradict(one: str, other: str) -> bool:
    """Whether two names, as `key` makes them, are different people's."""
    if one == other or not one or not other:
        return False
    generation, words = _parts(one)
    other_generation, others = _parts(other)
    if generation != other_generation:
        return True
    if not words or not others:
        return False
    if sorted(words) == sorted(others) or "".join(words) == "".join(others):
        return False
    if _unspaced(one) or _unspaced(other):
        return sorted("".join(words)) != sorted("".join(others))
    short, long = sorted((words, others), key=len)
    return not _found(short, long)


def share_a_word(one: str, other: str) -> bool:
    """Whether two names have anything in common: a word, or the same name said otherwise."""
    if not contradict(one, other):
        return True
    words, others = one.split(), other.split()
    if not set(words).isdisjoint(others):
        return True
    return any(_same(a, b) for a in words for b in others if min(len(a), len(b)) > 1)


def _parts(folded: str) -> tuple[str, list[str]]:
    """Which of those with this name, and the words that tell; titles and ``van`` tell nothing."""
    words = folded.split()
    generation = ""
    if len(words) > 2 and words[-1] in _GENERATIONS:
        generation = _GENERATIONS[words.pop()]
    return generation, [word for word in words if word not in _ASIDE] or words


def _found(short: list[str], long: list[str]) -> bool:
    """Whether each word of the shorter name is a word of the longer, each taken once."""
    left = list(long)
    missing = []
    for word in short:
        if word in left:
            left.remove(word)
        else:
            missing.append(word)
    free = short[0] == long[0]
    for fits in (lambda a, b: _same(a, b, free=free), _initial):
        for word in list(missing):
            same = next((other for other in left if fits(word, other)), None)
            if same is not None:
                left.remove(same)
                missing.remove(word)
    return not missing


def _same(one: str, other: str, *, free: bool = False) -> bool:
    """One word said otherwise. A slip at the end makes Paula of Paul, so it counts only in a
    family name, where the first names are the same (``free``).
    """
    if one == other or nicknames.same(one, other):
        return True
    shorter = min(one, other, key=len)
    if len(shorter) < 4 or not (free or one[-2:] == other[-2:]):
        return False
    return likeness.slips(one, other, min(likeness.allowed(shorter), 2)) is not None


def _initial(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) == 1 and long.startswith(short)


def _unspaced(folded: str) -> bool:
    """Whether it is Chinese, Japanese or Korean, where blanks stand where somebody put them."""
    return any("\u2e80" <= char <= "\ud7af" or char >= "\uf900" for char in folded)
