"""The one meant by "ada", and how to name them shortly."""

from collections.abc import Iterable, Sequence

from kinship.errors import BadInput
from kinship.model import channel, names
from kinship.model.person import ME, Person, Pulse
from kinship.store import people
from kinship.store.db import Db
from kinship.value import Value

EXACT = 4
"""Rules up to this one name somebody exactly: number, handle, whole name (docs/rules.md)."""
WHOLLY = (1, 2)
"""Rules by which a word is all there is to say: a number, ``.``, ``me``."""
NEAR = 8
"""The rule of close spellings: offered, never taken, where something would be written."""
_INSIDE_LETTERS = 3
_NAMED = 5
_NUMBER_WORDS = 8


class Found(Value):
    """Who a text may mean, and by which rule of docs/rules.md; rule 0 when nobody is found."""

    rule: int
    people: list[Person]


def find(db: Db, text: str) -> Found:
    """Whoever ``text`` means: the first rule that finds someone wins.

    Case, accents and hyphens never matter.
    """
    text = names.check_line(text, "name", names.TEXT_LIMIT)
    if len(text) > names.NAME_LIMIT:
        raise BadInput(f"nobody has a name this long: {names.quoted(text)}", hint="kinship list")
    if not text:
        raise BadInput("the name is blank.", hint="Say who: a name, a part of it, or a number.")
    found = _by_number_or_word(db, text) or _by_handle(db, text)
    if found:
        return found
    key = names.fold(text)
    if not key:
        return Found(0, [])  # nothing that could be seen
    if by_name := _by_name(db, key):
        return by_name
    if len(key) >= _INSIDE_LETTERS and (matches := people.containing(db, key)):
        return Found(7, matches)
    near = _near(db, key.split())
    return Found(NEAR, near) if near else Found(0, [])


def in_a_row(db: Db, said: str) -> list[Person]:
    """Everybody in whose name or nickname these are following whole words."""
    words = names.fold(said).split()
    if len(said) > names.NAME_LIMIT:
        return []
    row = f" {' '.join(words)} "
    numbers = [number for number, own in people.by_words(db, words) if row in f" {own} "]
    return list(people.by_ids(db, numbers[: people.MANY]).values())


def words_of_number(db: Db, words: Sequence[str]) -> int:
    """How many of the words are the phone number of somebody: ``020 7946 0958 lunch`` has three."""
    from kinship.model import handles  # noqa: PLC0415  (only for what begins as a number does)

    said = [word.rstrip(",") for word in words[:_NUMBER_WORDS]]
    run = next((n for n, word in enumerate(said) if not handles.is_dialled(word)), len(said))
    return next((n for n in range(run, 0, -1) if _by_handle(db, " ".join(said[:n]))), 0)


def _by_name(db: Db, key: str) -> Found | None:
    """Rules 4 to 6: the whole name, whole words of it, beginnings of words in order."""
    words = key.split()
    if matches := people.by_key(db, key):
        return Found(4, matches)
    for rule, begin in ((5, False), (6, True)):
        fits = names.in_order if begin else _has_all
        found = people.by_words(db, words, begin=begin)
        numbers = [number for number, own in found if fits(words, own.split())]
        if numbers:
            several = people.by_ids(db, numbers[: people.MANY])
            return Found(rule, [several[n] for n in numbers if n in several])
    return None


def _by_number_or_word(db: Db, text: str) -> Found | None:
    if text.isascii() and text.isdigit():
        person = people.by_id(db, int(text)) if len(text) < 19 and int(text) != ME else None
        return Found(1, [person]) if person else None
    if text == ".":
        touched = people.last_touched(db)
        person = people.by_id(db, touched) if touched is not None else None
        if person is None:
            raise BadInput(
                '"." is the last person you wrote something for, and there is none yet.',
                hint="kinship list",
            )
        return Found(2, [person])
    if names.means_you(text):
        me = people.by_id(db, ME)
        return Found(2, [me]) if me else None
    return None


def _by_handle(db: Db, text: str) -> Found | None:
    if text.isalpha():
        return _holding(people.by_handle(db, text.casefold()))
    from kinship.model import handles  # noqa: PLC0415  (only for more than letters)

    kind, _, rest = text.partition(":")
    name = channel.kind_of(kind) if rest else None
    try:
        handle = handles.parse(name, rest) if name else handles.recognise(text)
    except BadInput:
        return None
    if handle is None:
        return _holding(people.by_handle(db, handles.key("", text)))
    if handles.is_number(*handle):
        from kinship.services import handle_keys  # noqa: PLC0415  (only for a phone number)

        return _holding(handle_keys.reached_at(db, handle.handle))
    return _holding(people.by_handle(db, handles.key(*handle), handle.kind if name else None))


def _holding(found: list[Person]) -> Found | None:
    return Found(3, found) if found else None


def _has_all(words: list[str], own: list[str]) -> bool:
    return set(words) <= set(own)


def _near(db: Db, words: list[str]) -> list[Person]:
    from kinship.model import likeness  # noqa: PLC0415  (only for a word that was mistyped)

    spellings = []
    for word in words:
        slips = likeness.allowed(word)
        known = people.words_like(db, len(word) - slips, len(word) + slips)
        near = likeness.near_words(word, known)
        if not near:
            return []
        spellings.append(near[:5])
    found: dict[int, None] = {}
    for spelling in spellings[0]:
        for number, own in people.by_words(db, [spelling]):
            if all(set(own.split()).intersection(near) for near in spellings):
                found[number] = None
    several = people.by_ids(db, list(found)[: people.MANY])
    return [several[number] for number in found if number in several]


def namesakes(db: Db, name: str) -> Found:
    """Who is here under this name already: exactly (rule 4), or nearly (rule 8)."""
    key = names.fold(name)
    if same := [p for p in people.by_key(db, key) if p.id != ME]:
        return Found(4, same)
    from kinship.model import likeness  # noqa: PLC0415  (only when adding)

    sharing = people.sharing_a_word(db, key, likeness.most_slips(key)) if key else []
    near = set(likeness.near_names(key, {other for _, other in sharing}))
    if not near:
        return Found(0, [])
    found = people.by_ids(db, [number for number, other in sharing if other in near])
    return Found(NEAR, list(found.values()))


def not_me(who: Sequence[Person]) -> None:
    """Refuse yourself where only somebody else makes sense."""
    if any(p.id == ME for p in who):
        raise BadInput("that is you. Say somebody else.", hint="kinship show me")


def described(pulse: Pulse | None, person: Person) -> str:
    """Where somebody is from, in few words, for telling two apart."""
    if pulse and pulse.first_event:
        return f"met {pulse.first_event}"
    return {"in person": "met", "online": "online", "known": "", "heard": "heard of"}[person.known]


# Naming


def label(db: Db, verb: str, who: Sequence[Person]) -> str:
    """What a change is called, in the words that would make it: ``log ada,grace``.

    Of a crowd only the first is named.
    """
    if len(who) > _NAMED:
        return f"{verb} {ref(db, who[0])} and {len(who) - 1} others"
    return f"{verb} {','.join(refs(db, who).values())}"


def ref(db: Db, person: Person) -> str:
    """The shortest thing to type that means this person: ``ada``, ``mary-s``, else the number."""
    return refs(db, [person])[person.id]


def refs(db: Db, several: Iterable[Person]) -> dict[int, str]:
    """The shortest ref of each person, from a few questions for all of them."""
    several = list(several)
    firsts = {p.id: names.slug(names.first_name(p.name)).split("-")[0] for p in several}
    slugs = {p.id: names.slug(p.name) for p in several}
    lookup = _Lookup(db, {*firsts.values(), *slugs.values()})
    return {p.id: _ref(db, lookup, p, firsts[p.id], slugs[p.id]) for p in several}


class _Lookup:
    """Who would be found by each of some slugs, by rules 3 to 5 of docs/rules.md."""

    def __init__(self, db: Db, slugs: Iterable[str]) -> None:
        self._db = db
        keys = {slug: names.fold(slug) for slug in slugs}
        named = people.bearers(db, keys.values())
        self._taken = {slug: named[key] for slug, key in keys.items() if key in named}
        self._taken.update(people.holders(db, keys))
        self._worded: dict[str, list[int]] = {}
        self._alike: dict[str, list[tuple[int, str]] | None] = {}

    def means(self, slug: str, person: Person) -> bool:
        """Whether ``slug`` finds this person alone."""
        if slug in self._taken:
            return self._taken[slug] == (person.id, person.id)
        return self._with_words_of(slug) == [person.id]

    def alike(self, word: str) -> list[tuple[int, str]] | None:
        """Everybody with a name that begins so; None for a crowd."""
        if word not in self._alike:
            crowd = len(self._with_words_of(word)) == _CROWDED or people.begins_often(
                self._db, word, _CROWDED
            )
            self._alike[word] = None if crowd else people.by_words(self._db, [word], begin=True)
        return self._alike[word]

    def _with_words_of(self, slug: str) -> list[int]:
        if slug not in self._worded:
            words = names.fold(slug).split()
            self._worded[slug] = people.numbers_by_words(self._db, words, _CROWDED)
        return self._worded[slug]


def _ref(db: Db, lookup: _Lookup, person: Person, first: str, slug: str) -> str:
    if person.id == ME:
        return "me"
    if not _typeable(first):
        return str(person.id)
    if lookup.means(first, person):
        return first
    alike = lookup.alike(first)
    if alike is not None:
        last = names.slug(names.last_name(person.name)).split("-")[-1]
        others = [words.split() for number, words in alike if number != person.id]
        for length in range(1, len(last) + 1):
            start = [first, last[:length]]
            if not any(names.in_order(start, own) or _has_all(start, own) for own in others):
                shorter = "-".join(start)
                if _free(db, shorter, person):
                    return shorter
    return slug if _typeable(slug) and lookup.means(slug, person) else str(person.id)


_CROWDED = 50
"""Where so many names begin alike, the whole name says more than its beginning."""
_RESERVED = frozenset(("me", "all", "off"))


def _typeable(text: str) -> bool:
    """Whether it can stand in a command as it is, and is not taken for a number or an option."""
    return text.isascii() and text[:1].isalpha() and text not in _RESERVED


def _free(db: Db, slug: str, person: Person) -> bool:
    """Whether nobody else has it as a handle, a name or a nickname; those rules come first."""
    taken = [*people.holders(db, [slug]).values(), *people.bearers(db, [names.fold(slug)]).values()]
    return all(pair == (person.id, person.id) for pair in taken)
