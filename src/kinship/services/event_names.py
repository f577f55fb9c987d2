"""Which event a name means; a new name makes a new one."""

from kinship.errors import Ambiguous
from kinship.model import names
from kinship.model.entry import Event
from kinship.store import events
from kinship.store.db import Change, Db
from kinship.value import Value


class EventMeant(Value):
    """An event somebody named: one that is here, or a new name."""

    name: str
    id: int | None = None


def like(db: Db, text: str) -> tuple[Event | None, Event | None]:
    """The event ``text`` means, or else the one it may be a misspelling of.

    The rules of names apply; a tie between years goes to the one last written about. Raises
    Ambiguous when several events fit that differ in more than the year.
    """
    key = names.fold(text)
    words = key.split()
    known = events.every_event(db)
    for fits in (
        lambda e: e.name_key == key,
        lambda e: set(words) <= set(e.name_key.split()),
        lambda e: names.in_order(words, e.name_key.split()),
    ):
        found = [e for e in known if fits(e)]
        if len({_without_years(e.name_key) for e in found}) > 1:
            raise Ambiguous(
                f"{names.quoted(text)} could be {len(found)} events. Nothing was written. Say which:",
                hint=tuple(f"--at {names.argument(e.name)}" for e in found[:10]),
            )
        if found:
            return max(found, key=lambda e: (e.last_on or "", e.id)), None
    from kinship.model import likeness  # noqa: PLC0415  (only for a new name)

    years = _years(key)
    keys = {e.name_key: e for e in known if not years or _years(e.name_key) in ([], years)}
    near = likeness.near_names(key, keys)
    return None, keys[near[0]] if near else None


def _years(key: str) -> list[str]:
    """Two different years are two events, however alike their names."""
    return [word for word in key.split() if _is_year(word)]


def _without_years(key: str) -> str:
    return " ".join(word for word in key.split() if not _is_year(word))


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit()


def take(tx: Change, meant: EventMeant | None) -> int | None:
    """The number of the event that was meant; a new name makes it."""
    if meant is None:
        return None
    if meant.id is not None:
        return meant.id
    key = names.fold(meant.name)
    found = next((e.id for e in events.every_event(tx) if e.name_key == key), None)
    return found or events.add(tx, meant.name, key)
