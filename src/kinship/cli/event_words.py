"""Which event was named, its days in words, and what programs are told about it."""

from collections.abc import Sequence
from datetime import date

from kinship.cli.context import Kin
from kinship.errors import Ambiguous, BadInput, Declined, NotFound
from kinship.model import dates, names
from kinship.model.entry import Event
from kinship.services import event_names
from kinship.store import events

_MOST_WORDS = 8
_SHOWN = 10
_HALF_A_YEAR = 183


def known(kin: Kin, text: str, *, writing: bool = True) -> Event:
    """The event that was named; asks where it can, refuses where it cannot."""
    name = names.check_line(text, "event")
    found = event_names.fitting(kin.db, name, kin.event_day, inside=True)
    if len(found) > 1:
        return _which(kin, name, found)
    if found:
        return found[0]
    near = event_names.near_words(kin.db, name, kin.event_day)
    head = f"no event is called {names.quoted(name)}."
    if near is None:
        raise NotFound(head, hint=(kin.cmd("event list"), kin.cmd(f"event add {_plain(name)}")))
    if kin.can_ask:
        if kin.confirm(f"{head} Did you mean {near.name}?", default=not writing):
            return near
        raise Declined("nothing was written." if writing else "no event was meant, then.")
    ref = event_names.ref(kin.db, near, kin.event_day)
    raise NotFound(f"{head} Did you mean {near.name}?", hint=kin.meaning(text, ref))


def take(kin: Kin, words: Sequence[str]) -> tuple[Event, list[str]]:
    """The event at the start of the words, as many of them as name one, and the words after it."""
    if not words:
        raise say_which(kin)
    for count in range(min(len(words), _MOST_WORDS), 1, -1):
        said = " ".join(words[:count])
        if event_names.fitting(kin.db, said, kin.event_day, whole=True):
            return known(kin, said), list(words[count:])
    return known(kin, words[0]), list(words[1:])


def say_which(kin: Kin) -> BadInput:
    return BadInput(
        "say which event.", hint=(kin.cmd(f"{kin.command} EVENT"), kin.cmd("event list"))
    )


def _which(kin: Kin, text: str, found: list[Event]) -> Event:
    several = sorted(found, key=lambda e: e.begins or "", reverse=True)[:_SHOWN]
    about = {e.id: ", ".join(filter(None, [days(kin, e), e.city])) for e in several}
    if not kin.can_ask:
        raise Ambiguous(
            f"{names.quoted(text)} could be {len(found)} events. Nothing was written. Say which:",
            hint=tuple(f"{kin.meaning(text, e.name)}   {about[e.id]}".rstrip() for e in several),
        )
    more = len(found) > len(several)
    answer = kin.choose(f"Which {text}?", [(e.name, about[e.id]) for e in several], more=more)
    return several[answer] if isinstance(answer, int) else known(kin, answer)


def _plain(text: str) -> str:
    return names.argument(text[:60])


# Days


def days(kin: Kin, event: Event) -> str:
    """``Thu 14 to Mon 18 May``; nothing where no day is known."""
    first, last = event.begins, event.ends
    if not first or not last:
        return ""
    if len(first) < 10 or len(last) < 10:
        texts = dict.fromkeys(dates.short_text(day, kin.today) for day in (first, last))
        return " to ".join(texts)
    begins, ends = date.fromisoformat(first), date.fromisoformat(last)
    shown = dates.show(ends, kin.today)
    if begins >= ends:
        return shown
    if (begins.year, begins.month) == (ends.year, ends.month):
        return f"{dates.WEEKDAYS[begins.weekday()][:3]} {begins.day} to {shown}"
    return f"{dates.show(begins, kin.today)} to {shown}"


def state(event: Event, day: str, *, here: bool = False) -> str:
    """Whether an event is coming, now or past; one without any day is coming."""
    begins, ends = event.begins, event.ends
    if here or (begins and ends and begins <= day <= ends):
        return "now"
    return "past" if ends and ends < day else "coming"


def away(kin: Kin, event: Event, *, here: bool = False) -> str:
    """``in 54 days``, ``day 3 of 5``, ``2 days ago``."""
    day = kin.event_day
    match state(event, day.isoformat(), here=here):
        case "now":
            return day_of(event, day) or "today"
        case "coming" if event.begins and len(event.begins) == 10:
            return dates.away(date.fromisoformat(event.begins), day)
        case "past" if event.ends and len(event.ends) == 10:
            return dates.away(date.fromisoformat(event.ends), day)
    return ""


def day_of(event: Event, day: date) -> str:
    """``day 3 of 5``, where there are several."""
    first, last = event.begins or "", event.ends or ""
    if len(first) < 10 or len(last) < 10 or not first <= day.isoformat() <= last:
        return ""
    begins = date.fromisoformat(first)
    count = (date.fromisoformat(last) - begins).days + 1
    return f"day {(day - begins).days + 1} of {count}" if count > 1 else ""


def day_said(text: str, today: date, *, name: str = "", after: date | None = None) -> date:
    """A day of an event, past or coming; the year in its name is that of its days.

    ``after`` is the first day, where this is the last one. Raises BadInput.
    """
    years = [word for word in names.fold(name).split() if len(word) == 4 and word.isdigit()]
    if len(years) == 1 and not any(len(w) == 4 and w.isdigit() for w in text.split()):
        try:
            return _either(f"{text} {years[0]}", today)
        except BadInput:
            pass
    if after:
        try:
            return dates.ahead(text, after)
        except BadInput:
            pass  # before it, or no day at all
    return _either(text, today)


def _either(text: str, today: date) -> date:
    """A day ahead; one behind where it cannot be ahead, or would be more than half a year off."""
    found: list[date] = []
    refused: BadInput | None = None
    for read in (dates.ahead, dates.behind):
        try:
            found.append(read(text, today))
        except BadInput as error:
            refused = refused or error
    if not found:
        assert refused
        raise refused
    return found[0] if (found[0] - today).days <= _HALF_A_YEAR else found[-1]


# For programs

FIELDS = (
    "id",
    "ref",
    "name",
    "when",
    "from_on",
    "until_on",
    "city",
    "url",
    "online",
    "community",
    "met",
    "going",
)


def _slug(name: str) -> str:
    """What means this event whatever others there are."""
    slug = names.slug(name)
    return slug if slug.isascii() and slug else name


def record(kin: Kin, event: Event, *, met: int, going: int, here: bool) -> dict[str, object]:
    """An event under the names of `FIELDS`; the days are those somebody said."""
    return {
        "id": event.id,
        "ref": _slug(event.name),
        "name": event.name,
        "when": state(event, kin.event_day.isoformat(), here=here),
        "from_on": event.from_on,
        "until_on": event.until_on,
        "city": event.city,
        "url": event.url,
        "online": bool(event.online),
        "community": events.community(kin.db, event.community_id),
        "met": met,
        "going": going,
    }
