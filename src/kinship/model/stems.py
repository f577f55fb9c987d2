"""What words of one kind have in common: parents and parenting, compilers and compiling."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

_PLURALS = (
    ("ies", "y", 3),
    ("sses", "ss", 2),
    ("xes", "x", 2),
    ("ches", "ch", 2),
    ("shes", "sh", 2),
)
_ENDINGS = (("ment", 5), ("ion", 5), ("ing", 3), ("ed", 3), ("er", 4), ("or", 4))
"""What an English word may end in, and how much of it must be left."""
_LITTLE = frozenset(
    (
        *("a", "an", "and", "about", "at", "for", "in", "my", "of", "on", "or", "the", "to"),
        *("who", "with"),
    )
)
_VAGUE = frozenset(
    (
        *("advice", "any", "anybody", "anyone", "best", "find", "good", "great", "help", "like"),
        *("more", "new", "partner", "people", "person", "some", "somebody", "someone"),
        *("something", "thing", "want", "work"),
    )
)
"""Words of a wish that say nothing of what is looked for."""
_BEGINS = 4
"""Letters of a word that goes on where it only came up: ``ai`` is not ``airport``."""


@lru_cache(4096)
def stem(word: str) -> str:
    """A folded word without its ending; words of one stem mean much the same."""
    bare = _singular(word)
    if bare.endswith("graphy"):
        return bare[:-1]
    for ending, least in _ENDINGS:
        left = bare.removesuffix(ending)
        if left != bare and len(left) >= least and not set("aeiouy").isdisjoint(left):
            bare = left[:-1] if left[-1] == left[-2] and left[-1] not in "lsz" else left
            break
    return bare[:-1] if bare.endswith("e") and len(bare) > 3 else bare


def _singular(word: str) -> str:
    for ending, single, least in _PLURALS:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word.removesuffix(ending) + single
    plural = word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if plural and len(word) > 3 else word


def telling(key: str) -> list[str]:
    """The words of a folded text that say what it is about; all where none does."""
    words = key.split()
    return [word for word in words if word not in _LITTLE] or words


def fits(asked: Sequence[str], key: str, *, said: bool = False) -> bool:
    """Whether every word asked for begins a word of a folded text, or has its stem.

    In what somebody ``said`` a short word is a whole one.
    """
    words = key.split()
    stems = {stem(word) for word in words}
    return all(
        stem(one) in stems
        or ((not said or len(one) >= _BEGINS) and any(word.startswith(one) for word in words))
        for one in asked
    )


def offers(seeks: str, about: Iterable[str]) -> list[str]:
    """What of these topics answers what somebody looks for: a word of one stem is in both."""
    wanted = {stem(word) for word in telling(seeks) if len(word) > 2 and word not in _VAGUE}
    return [key for key in about if not wanted.isdisjoint(map(stem, key.split()))]


def start(word: str) -> str:
    """What every word begins with that `fits` this one: party and parties have ``part``."""
    one = stem(word)
    return one.removesuffix("y") if len(one) > 2 else one
