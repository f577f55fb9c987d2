"""What Tab offers in a line of ``add``."""

import re

from kinship.cli.context import Kin
from kinship.model import channel, names
from kinship.model.line import FIELDS
from kinship.services import people as finding
from kinship.store import completion, people

_LISTS = ("in", "tag", "knows")
_NAMED = {"at": "event", "in": "community", "tag": "tag", "seeks": "seeks"}
_COLUMNS = {"city": "city", "org": "org", "role": "role"}
_OFTEN = ("weekly", "fortnightly", "monthly", "quarterly", "yearly")
_DAYS = ("tomorrow", "2d", "1w", "mon", "tue", "wed", "thu", "fri", "sat", "sun")
_VALUE = re.compile(
    r"(?:^|\s)(?P<before>\+|(?P<field>[a-z]\w*):)(?P<value>[^\s\"“”]*|[\"“][^\"“”]*)$"
)
_TOKEN = re.compile(r"(?:^|\s)(?:\+|[a-z]\w*:)\S|\S@\S|(?:^|\s)//")


def offers(kin: Kin, typed: str, begin: int) -> list[str]:
    """What may follow in a line: each takes the place of what stands from ``begin`` on."""
    if re.search(r"(?:^|\s)//", typed):
        return []
    if found := _VALUE.search(typed):
        start, before = found.start("before"), found["before"]
        value = found["value"].lstrip('"“')
        done, comma, last = value.rpartition(",") if found["field"] in _LISTS else ("", "", value)
        return [
            _whole(before, done + comma + one)[begin - start :]
            for one in _values(kin, found["field"] or "+", last)
        ]
    head = typed.lstrip()
    begun = typed[begin:]
    result = []
    if not _TOKEN.search(typed):
        result = _heads(kin, head, begun)
    if head != begun:
        known = [*FIELDS, *channel.KINDS]
        result += [f"{word}:" for word in known if word.startswith(begun.lower())]
    return result


def _whole(before: str, value: str) -> str:
    return f'{before}"{value}" ' if re.search(r"\s", value) else f"{before}{value} "


def _heads(kin: Kin, head: str, begun: str) -> list[str]:
    """People by their names, or companies behind the comma; the words before stay as they are."""
    _, comma, company = head.partition(",")
    said = (company if comma else head).lstrip()
    if not names.fold(said):
        return []
    kept = said[: len(said) - len(begun)].split()
    found = (
        _begin(completion.words(kin.db, "org"), said)
        if comma
        else completion.names(kin.db, "person", names.fold(said))
    )
    return [" ".join(name.split()[len(kept) :]) + " " for name in found]


def _values(kin: Kin, field: str, value: str) -> list[str]:
    key = names.fold(value)
    if field == "+":
        return completion.names(kin.db, "topic", key)
    if field in _NAMED:
        return completion.names(kin.db, _NAMED[field], key)
    if field in _COLUMNS:
        return _begin(completion.words(kin.db, _COLUMNS[field]), value)
    if field == "keep":
        return [*_begin(_OFTEN, value), *completion.names(kin.db, "circle", key)]
    if field == "due":
        return _begin(_DAYS, value)
    return _people(kin, value) if field in ("by", "knows") else []


def _people(kin: Kin, value: str) -> list[str]:
    """People as they are named in a command."""
    words = names.fold(value).split()
    if not words:
        return []
    found = people.by_words(kin.db, words, begin=True)
    numbers = [number for number, own in found if names.in_order(words, own.split())][:20]
    several = list(people.by_ids(kin.db, numbers).values())
    refs = finding.refs(kin.db, several)
    slugs = [names.slug(p.name) if names.slug(p.name).isascii() else refs[p.id] for p in several]
    return slugs if len(slugs) == 1 else [s for s in slugs if s.startswith(value.lower())]


def _begin(words: list[str] | tuple[str, ...], begun: str) -> list[str]:
    key = names.fold(begun)
    return sorted(word for word in words if names.fold(word).startswith(key))[:50]
