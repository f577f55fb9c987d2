"""Which community or tag a name means, by the rules of names; what may be a slip is offered."""

from collections.abc import Iterable

from kinship.model import names
from kinship.model.entry import Community
from kinship.store import communities
from kinship.store.db import Db
from kinship.value import Value


class Named(Value):
    """The folded names that fit a text by the first rule that finds any; else those near it."""

    fit: list[str]
    near: list[str]


def named(text: str, keys: Iterable[str]) -> Named:
    """Whole names, else whole words, else beginnings of words in order; else close spellings."""
    key = names.fold(text)
    words = key.split()
    known = {other: other.split() for other in keys}
    for fits in (
        lambda own: own == words,
        lambda own: set(words) <= set(own),
        lambda own: names.in_order(words, own),
    ):
        found = [other for other, own in known.items() if words and fits(own)]
        if found:
            return Named(found, [])
    from kinship.model import likeness  # noqa: PLC0415  (only for a new or mistyped name)

    near = likeness.near_names(key, known)
    near += [
        other
        for other, own in known.items()
        if other not in near and words and all(likeness.near_words(word, own) for word in words)
    ]
    return Named([], near)


def like(db: Db, text: str) -> tuple[list[Community], list[Community]]:
    """The communities ``text`` may mean, or else those it may be a misspelling of."""
    known = communities.keys(db)
    found = named(text, known)
    return _all(db, known, found.fit), _all(db, known, found.near)


def _all(db: Db, known: dict[str, int], keys: list[str]) -> list[Community]:
    several = (communities.by_id(db, known[key]) for key in keys[:10])
    return [community for community in several if community]


def ref(text: str, keys: Iterable[str]) -> str:
    """The shortest words of a name, as a slug, that mean it alone; else the name, to be quoted."""
    own, known = names.fold(text), list(keys)
    words = names.slug(text).split("-")
    for count in range(1, len(words) + 1):
        slug = "-".join(words[:count])
        if slug.isascii() and slug[:1].isalpha() and named(slug, known).fit == [own]:
            return slug
    return names.argument(text)
