"""Which words of very many are one slip apart, without comparing all with all.

Two words a slip apart have a deletion in common: ``grace`` and ``garce`` both give ``gace``.
"""

from collections.abc import Iterable, Iterator

from kinship.model import likeness

_SHORTEST = 4
"""Of shorter words too many are a letter apart: Ann, Ana, Jan."""


def pairs(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Every two of these words that are one slip apart, each once, in order of the alphabet."""
    sharing: dict[str, list[str]] = {}
    for word in words:
        if len(word) < _SHORTEST or not likeness.allowed(word):
            continue
        for shorter in {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}:
            sharing.setdefault(shorter, []).append(word)
    seen: set[tuple[str, str]] = set()
    for group in sharing.values():
        if len(group) < 2:
            continue
        group.sort()
        for at, one in enumerate(group):
            for other in group[at + 1 :]:
                pair = (one, other)
                if pair not in seen and likeness.slips(one, other, 1) is not None:
                    seen.add(pair)
                    yield pair
