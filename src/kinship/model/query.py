"""Queries: ``at:pycon not:met sailing``, from words to a small tree and back.

Words are ANDed, a comma by itself is OR, ``field:value`` narrows, ``not:`` turns round, and commas
inside a value are any of them (``kinship help find``).
"""

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date
from typing import Final

from kinship.errors import BadInput
from kinship.model import channel, dates, names
from kinship.model.cadence import Cadence
from kinship.value import Value

WORD: Final = ""
"""The field of a bare word, which is looked for everywhere."""
TEXTS: Final = ("name", "org", "role", "city", "about", "seeks", "tag", "in", "at", "by", "knows")
DATES: Final = ("met", "last", "added")
FLAGS: Final = ("met", "online", "connected", "due", "late", "listening", "archived")
HAS: Final = (
    *("keep", "birthday", "org", "role", "city", "nick", "cue", "address", "relation"),
    *("about", "seeks", "tag", "in", "at", "note", "contact", "by", "knows"),
)
_OWN: Final = f"{' '.join(HAS)}, or a channel: email, linkedin, ..."
FIELDS: Final = (
    *(*TEXTS, "via", "keep", *DATES, "quiet", "birthday", "import"),
    *("has", "no", "is", "not"),
)

_FIND: Final = "More: kinship help find"
_MOST_TERMS: Final = 40
_MOST_VALUES: Final = 20
_YEAR_OR_LONGER: Final = r"[0-9]{4}(-[0-9]{2}){0,2}"
_PREFIX: Final = re.compile(r"([A-Za-z]+):(.*)", re.DOTALL)


class Term(Value):
    """One condition: any of ``values`` in ``field``, or none of them where it is ``turned`` round.

    Texts are folded, days ISO text of any precision (``2026-05``, ``2026-01..``), cadences codes.
    """

    field: str
    values: tuple[str, ...]
    turned: bool = False

    def __str__(self) -> str:
        return names.argument(self.word) if set(self.word) & _SPOKEN else self.word

    @property
    def word(self) -> str:
        """How it is typed, as one word of a command."""
        text = ",".join(map(_marked, self.values))
        if self.field == WORD:
            if self.turned and set(self.values) & set(FLAGS):
                text = ",".join(f'"{value}"' for value in self.values)
            return f"not:{text}" if self.turned else text
        if self.turned and self.field in ("has", "is"):
            return f"{'no' if self.field == 'has' else 'not'}:{text}"
        return f"{'not:' if self.turned else ''}{self.field}:{text}"


class Query(Value):
    """Any of ``groups``, each of which is all of its terms; no group is everybody."""

    groups: tuple[tuple[Term, ...], ...] = ()

    def __str__(self) -> str:
        return " , ".join(" ".join(map(str, group)) for group in self.groups)

    @property
    def terms(self) -> list[Term]:
        return [term for group in self.groups for term in group]

    @property
    def texts(self) -> list[str]:
        """The bare words that are looked for."""
        return [v for t in self.terms if t.field == WORD and not t.turned for v in t.values]


def is_query(word: str) -> bool:
    """Whether a word is a term of a query rather than a name, a handle or text."""
    found = _PREFIX.fullmatch(word)
    return found is not None and found[1].lower() in FIELDS and bool(found[2].strip())


def parse(words: Iterable[str], today: date) -> Query:
    """Read the words of a command as a query.

    Raises ``BadInput`` for a field or a flag that does not exist, with the nearest one, and for
    what is no day, in the words of `dates`.
    """
    groups: list[list[Term]] = [[]]
    for given in words:
        word = names.check_line(given, "query")
        bare = word.rstrip(",")
        if bare and (term := _term(bare, today)):
            groups[-1].append(term)
        if bare != word:
            groups.append([])
    made = tuple(tuple(group) for group in groups if group)
    if sum(map(len, made)) > _MOST_TERMS:
        raise BadInput(f"at most {_MOST_TERMS} words fit in a query.", hint=_FIND)
    return Query(made)


def _term(word: str, today: date) -> Term | None:
    found = _PREFIX.fullmatch(word)
    if found is None:
        return _anywhere(word)
    field, said = found[1].lower(), found[2].strip()
    if field not in FIELDS:
        return _handle(word, found[1]) or _no_field(field, word)
    if not said:
        raise BadInput(f"{names.quoted(word)} needs a value. {_EXAMPLES[field]}", hint=_FIND)
    if field == "not":
        return _turned(said, today)
    if field == "no":
        return Term("has", _each(said, _has), turned=True)
    return Term(field, _each(said, _reader(field, today)))


def _anywhere(word: str) -> Term | None:
    from kinship.model import handles  # noqa: PLC0415  (a pasted link or address, rarely)

    if "@" in word or "://" in word:
        handle = handles.recognise(word)
        if handle:
            return Term("via", (f"{handle.kind}:{handles.key(*handle)}",))
        word = word.removeprefix("@")
    return Term(WORD, _each(word, _text)) if names.fold(word) else None


def _handle(word: str, prefix: str) -> Term | None:
    """``linkedin:adal`` and pasted links are handles, not fields."""
    if "://" in word:
        return _anywhere(word)
    return Term("via", _each(word, _via)) if channel.kind_of(prefix) else None


def _turned(said: str, today: date) -> Term:
    low = said.lower()
    flags = low.split(",")
    if set(flags) <= set(FLAGS):
        return Term("is", tuple(flags), turned=True)
    if _PREFIX.fullmatch(said):
        term = _term(said, today)
        assert term is not None  # a word with a field is never blank
        return term._replace(turned=not term.turned)
    if near := _nearest(low, FLAGS):
        raise BadInput(
            f"there is no {names.quoted(f'not:{said}')}. Did you mean not:{near}?",
            hint=f"Not: {' '.join(FLAGS)}, or any word or field",
        )
    turned = _anywhere(said)
    if turned is None:
        raise BadInput('"not:" needs a value. ' + _EXAMPLES["not"], hint=_FIND)
    return turned._replace(turned=True)


def _no_field(field: str, word: str) -> Term:
    near = _nearest(field, FIELDS)
    meant = f" Did you mean {near}:{word.partition(':')[2]}?" if near else ""
    raise BadInput(
        f"there is no field {names.quoted(field)}.{meant}", hint=f"Fields: {' '.join(FIELDS)}"
    )


def _nearest(word: str, known: Sequence[str]) -> str | None:
    from difflib import get_close_matches  # noqa: PLC0415  (only for a wrong word)

    return next(iter(get_close_matches(word, known, n=1, cutoff=0.7)), None)


# Values


def _parts(said: str) -> list[str]:
    """The values between the commas; not those in quotes, or with a blank behind them."""
    parts = re.findall(r'\s*("[^"]*"|(?:[^,]|,\s)+)', said)
    return [part[1:-1] if _is_quoted(part) else part.strip() for part in parts]


def _is_quoted(text: str) -> bool:
    return len(text) > 2 and text[0] == text[-1] == '"'


def _each(said: str, read: Callable[[str], str]) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(filter(None, map(read, filter(None, _parts(said))))))
    if not values:
        raise BadInput(f"{names.quoted(said)} says nothing to look for.", hint=_FIND)
    if len(values) > _MOST_VALUES:
        raise BadInput(f"at most {_MOST_VALUES} values fit in a field.", hint=_FIND)
    return values


_NO_LIST: Final = str.maketrans(dict.fromkeys(',"'))
_SPOKEN: Final = frozenset(" \t\"'`$\\!&|;<>()*?[]{}#~")
"""What a shell would not leave as it is."""


def _marked(value: str) -> str:
    return f'"{value}"' if "," in value else value


def _reader(field: str, today: date) -> Callable[[str], str]:
    match field:
        case "via":
            return _via
        case "keep":
            return _keep
        case "has":
            return _has
        case "is":
            return _flag
        case "birthday":
            return lambda said: _span(said, lambda text: _birthday(text, today))
        case "quiet":
            return lambda said: _quiet(said, today)
        case "import":
            return _number
        case _ if field in DATES:
            return lambda said: _span(said, lambda text: _day(text, today))
    return _text


def _text(said: str) -> str:
    """The key of a text; only one of marks alone has a comma or a quote left in it."""
    return names.fold(said).translate(_NO_LIST)


def _via(said: str) -> str:
    """A kind of channel, or one with a handle."""
    from kinship.model import handles  # noqa: PLC0415  (few queries name a channel)

    kind, _, handle = said.partition(":")
    name = channel.kind_of(kind) or _text(kind)
    if not handle.strip():
        return name
    return f"{name}:{handles.key(*handles.parse(name, handle))}".replace('"', "")


def _keep(said: str) -> str:
    try:
        return Cadence.parse(said).code
    except BadInput:
        return _text(said)


def _number(said: str) -> str:
    if not (said.isascii() and said.isdigit() and len(said) < 10):
        raise BadInput(
            f"{names.quoted(said)} is not the number of an import. For example: import:3",
            hint="kinship import --list",
        )
    return str(int(said))


def _has(said: str) -> str:
    """One of `HAS`, or a kind of channel, which may be a free one."""
    low = said.lower()
    if low in HAS:
        return low
    name = channel.kind_of(low) or low
    if not re.fullmatch(r"[a-z][a-z0-9._-]{0,30}", name):
        raise BadInput(
            f"{names.quoted(said)} is nothing that somebody could have.", hint=f"Has: {_OWN}"
        )
    return name


def _flag(said: str) -> str:
    low = said.lower()
    if low not in FLAGS:
        near = _nearest(low, FLAGS)
        meant = f" Did you mean is:{near}?" if near else ""
        raise BadInput(
            f"there is no {names.quoted(f'is:{said}')}.{meant}", hint=f"Is: {' '.join(FLAGS)}"
        )
    return low


def _span(said: str, read: Callable[[str], str]) -> str:
    """``2026-05`` as it is; ``2026-01..``, ``..2025`` and ``a..b`` with both ends read."""
    start, dots, end = said.partition("..")
    if not dots:
        return read(said)
    first, last = (read(part) if part.strip() else "" for part in (start, end))
    if not first and not last:
        raise BadInput(f"{names.quoted(said)} has no end. For example: 2026-01.., ..2025")
    if first and last:
        if first.startswith("--") != last.startswith("--"):
            raise BadInput(f"{names.quoted(said)} has a year at one end only.")
        if first > f"{last}~" and first[0] != "-":  # a birthday's span may cross New Year
            raise BadInput(f"{names.quoted(said)} ends before it begins.")
    return f"{first}..{last}"


def _day(said: str, today: date) -> str:
    """A day, month or year; a date of any form is looked for behind, as it is in ``log``."""
    named = re.fullmatch(r"[a-z]+", said.lower())
    if named and (month := dates.MONTH_NUMBERS.get(named[0])):
        year = today.year - (month > today.month)
        raise BadInput(f"{names.quoted(said)} of which year? Write {year}-{month:02}.")
    if re.fullmatch(_YEAR_OR_LONGER, said):
        with suppress(BadInput):  # which is said again as of today
            return dates.partial(said, date.max)
    return dates.partial(said, today)


def _quiet(said: str, today: date) -> str:
    """The last day of a silence this long, reckoned from today; or that day itself."""
    found = dates.amount(said.lower())
    if found is None:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", said):
            return dates.behind(said, today).isoformat()
        raise BadInput(f"{names.quoted(said)} is not how long. For example: quiet:6mo, quiet:90d")
    try:
        return dates.shift(today, -found[0], found[1]).isoformat()
    except (OverflowError, ValueError):
        raise BadInput(f"{names.quoted(said)} is outside the years 1 to 9999.") from None


def _birthday(said: str, today: date) -> str:
    """``--05`` for a month, ``--12-10`` for a day, and a year, month or day of birth."""
    low = said.lower()
    if low in dates.MONTH_NUMBERS:
        return f"--{dates.MONTH_NUMBERS[low]:02}"
    if re.fullmatch(r"--(0[1-9]|1[0-2])", said):
        return said
    if re.fullmatch(_YEAR_OR_LONGER, said):
        return dates.partial(said, today)
    return dates.birthday(said, today)


_EXAMPLES: Final = dict.fromkeys(FIELDS, "For example: city:berlin") | {
    "about": "For example: about:compilers",
    "tag": "For example: tag:newsletter",
    "in": "For example: in:pyladies",
    "at": 'For example: at:"PyCon 2026"',
    "via": "For example: via:linkedin",
    "keep": "For example: keep:close, keep:monthly",
    "by": "For example: by:charles",
    "knows": "For example: knows:charles",
    "met": "For example: met:2026-05, met:2025..",
    "last": "For example: last:2026-01.., last:..2025",
    "added": "For example: added:..2025",
    "quiet": "For example: quiet:6mo",
    "birthday": "For example: birthday:may",
    "import": "For example: import:3",
    "has": "For example: has:email",
    "no": "For example: no:linkedin",
    "is": f"One of: {' '.join(FLAGS)}",
    "not": f"For example: not:met; one of: {' '.join(FLAGS)}, or any word or field",
}
