"""Which event a name means; a new name makes a new one."""

import re
from collections.abc import Sequence
from datetime import date

from kinship.errors import Ambiguous
from kinship.model import names
from kinship.model.entry import Event
from kinship.store import events
from kinship.store.db import Change, Db
from kinship.value import Value

_FAR = 10**6


class EventMeant(Value):
    """An event somebody named: one that is here, or a new name.

    ``from_on`` and ``until_on`` are its days, where they were said; ``left_on`` is the last day of
    your own stay there.
    """

    name: str
    id: int | None = None
    online: bool = False
    from_on: str | None = None
    until_on: str | None = None
    left_on: str | None = None

    @property
    def last_on(self) -> str | None:
        """Its last day, where any day was said; one day is all of it, unless you stayed longer."""
        return self.until_on or (self.from_on and max(self.from_on, self.left_on or ""))

    @staticmethod
    def of(event: Event) -> "EventMeant":
        return EventMeant(
            event.name,
            event.id,
            bool(event.online),
            event.from_on,
            event.until_on,
            event.stay_until,
        )


def like(
    db: Db, text: str, today: date | None = None, *, command: str = "--at"
) -> tuple[Event | None, Event | None]:
    """The event ``text`` means, or else the one it may be a misspelling of.

    Raises Ambiguous when several events fit that differ in more than the year; ``command`` is what
    names one of them.
    """
    found = fitting(db, text, today)
    if len(found) > 1:
        raise Ambiguous(
            f"{names.quoted(text)} could be {len(found)} events. Nothing was written. Say which:",
            hint=tuple(f"{command} {names.argument(e.name)}" for e in found[:10]),
        )
    return (found[0], None) if found else (None, near(db, text))


def fitting(
    db: Db, text: str, today: date | None = None, *, whole: bool = False, inside: bool = False
) -> list[Event]:
    """The event ``text`` means by the rules of names; several where they differ in more than the year.

    Blanks make no difference: ``PyCon2026`` is PyCon 2026. Of several years it is where you are,
    else the nearest, else what was last written about. With
    ``whole``, only whole words count; with ``inside``, a part of a name does too.
    """
    key = _year_apart(names.fold(text))
    words = key.split()
    glued = "".join(words)
    known = events.keys(db)
    for fits in (
        lambda name: name == key,
        lambda name: "".join(name.split()) == glued,
        lambda name: set(words) <= set(name.split()),
        lambda name: not whole and names.in_order(words, name.split()),
        lambda name: inside and len(key) > 2 and key in name,
    ):
        numbers = [number for name, number in known.items() if words and fits(name)]
        if not numbers:
            continue
        found = events.by_ids(db, numbers)
        several = len({_without_years(e.name_key) for e in found}) > 1
        return found if several or len(found) == 1 else [_meant_today(db, found, today)]
    return []


def near(db: Db, text: str) -> Event | None:
    """The event whose whole name is probably ``text`` mistyped."""
    from kinship.model import likeness  # noqa: PLC0415  (only for a new name)

    key = _year_apart(names.fold(text))
    years = _years(key)
    known = events.keys(db)
    keys = [name for name in known if not years or _years(name) in ([], years)]
    found = likeness.near_names(key, keys)
    return events.by_id(db, known[found[0]]) if found else None


def near_words(db: Db, text: str, today: date) -> Event | None:
    """As `near`, of an event that must be here: each word may be a word of its name mistyped."""
    from kinship.model import likeness  # noqa: PLC0415  (only for a wrong word)

    words = names.fold(text).split()
    found = [
        number
        for name, number in events.keys(db).items()
        if words and all(likeness.near_words(word, name.split()) for word in words)
    ]
    return _meant_today(db, events.by_ids(db, found), today) if found else near(db, text)


def ref(db: Db, event: Event, today: date) -> str:
    """The shortest thing to type that means this event: ``pycon``, else ``pycon-2026``."""
    slug = names.slug(event.name)
    first = slug.partition("-")[0]
    for short in (first, slug):
        typeable = short.isascii() and short[:1].isalpha() and len(short) > 1
        if typeable and [e.id for e in fitting(db, short, today)] == [event.id]:
            return short
    return '"' + event.name.replace('"', "") + '"'


def over(event: Event, today: date) -> bool:
    """Whether its days, or the year in its name, are behind us; not as long as a stay goes on."""
    day = today.isoformat()
    if (event.ends or "") >= day:
        return False
    said = event.until_on or event.from_on
    years = _years(event.name_key)
    return said < day if said else bool(years) and max(years) < f"{today.year}"


def began(db: Db, event: Event, stay_from: str) -> str:
    """The first day of this time at an event that may come again: no more than a day off between."""
    if event.from_on and event.from_on <= stay_from:
        return event.from_on
    first = stay_from
    for day in events.days(db, event.id):
        if len(day) == 10 and day < first:
            if (date.fromisoformat(first) - date.fromisoformat(day)).days > 2:
                break
            first = day
    return first


def _meant_today(db: Db, found: Sequence[Event], today: date | None) -> Event:
    """Of several years where you are, else the nearest, else the last written about."""
    if today is None:
        return max(found, key=lambda e: (e.last_on or "", e.id))
    stay = events.stay(db, today.isoformat())
    here = next((e for e in found if stay and e.id == stay.event_id), None)
    return here or min(found, key=lambda e: (_distance(e, today), *_newest(e)))


def _distance(event: Event, today: date) -> int:
    """How many days off it is; far, where no day is known."""
    days = [event.begins, event.ends]
    if not all(day and len(day) == 10 for day in days):
        return _FAR
    begins, ends = (date.fromisoformat(day or "") for day in days)
    return max((begins - today).days, (today - ends).days, 0)


def _newest(event: Event) -> tuple[int, int]:
    """Sorts the latest year in a name first, then what was made last."""
    years = _years(event.name_key)
    return (-int(max(years)) if years else 0, -event.id)


def _years(key: str) -> list[str]:
    """Two different years are two events, however alike their names."""
    return [word for word in key.split() if _is_year(word)]


def _year_apart(key: str) -> str:
    """``pycon2026`` is ``pycon 2026``."""
    return re.sub(r"(?<=[^\W\d])((?:19|20)[0-9]{2})(?!\w)", r" \1", key)


def _without_years(key: str) -> str:
    return " ".join(word for word in key.split() if not _is_year(word))


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isascii() and word.isdigit()


def take(tx: Change, meant: EventMeant | None) -> int | None:
    """The number of the event that was meant; a new name makes it."""
    if meant is None:
        return None
    if meant.id is not None:
        return meant.id
    key = names.fold(meant.name)
    return events.keys(tx).get(key) or events.add(tx, meant.name, key)
