"""How the texts of arguments and options are read; what is missing is asked for."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from kinship.cli.context import Kin
from kinship.errors import BadInput, Declined
from kinship.model import channel as channels
from kinship.model import dates, handles, names
from kinship.model.channel import Handle
from kinship.services import event_names
from kinship.services.event_names import EventMeant
from kinship.services.follow_ups import FollowUpAsked
from kinship.store import events

_EARLY = 7
_MORNINGS_AFTER = 3


def text_of(kin: Kin, words: Sequence[str], question: str) -> str:
    """The words as a text; asked for on a line of its own when there are none."""
    text = " ".join(words).strip()
    if not text and kin.can_ask:
        text = (kin.ask(question) or "").strip()
        if not text:
            raise Declined("nothing was written.")
    return names.check_text(text, "text", names.TEXT_LIMIT)


@contextmanager
def unwritten() -> Iterator[None]:
    """A day that cannot be read in here says that nothing was written; `dates` cannot know."""
    try:
        yield
    except BadInput as error:
        said, example, days = error.message.partition(" For example:")
        error.message = f"{said} Nothing was written.{example}{days}"
        raise


def behind(text: str | None, today: date) -> date | None:
    """The day of ``--on``, up to today, on which something that is written down happened."""
    with unwritten():
        return dates.behind(text, today) if text else None


def ahead(text: str | None, today: date) -> date | None:
    """The day of ``--until``, from today on, that is to be written down."""
    with unwritten():
        return dates.ahead(text, today) if text else None


def colon(words: Sequence[str], today: date) -> tuple[date, list[str]] | None:
    """``tue: lunch`` as a day up to today and the words after it."""
    with unwritten():
        return dates.colon(words, today)


def follow_up(text: str, today: date) -> FollowUpAsked:
    """``2d``, or ``fri send the paper``: a day, then words if there are any."""
    words = text.split()
    with unwritten():
        due, taken = dates.required(words, today, "ahead")
    said = " ".join(words[taken:])
    return FollowUpAsked(due, names.check_text(said, "follow-up", names.TEXT_LIMIT) or None)


def listed(values: Sequence[str] | None, what: str) -> tuple[str, ...]:
    """Repeated and comma-separated words as one list, each a line of its own."""
    return each([part for value in values or () for part in value.split(",")], what)


def each(values: Sequence[str] | None, what: str) -> tuple[str, ...]:
    """Repeated texts, each a line of its own; blank ones are none."""
    clean = (names.check_line(v, what) for v in values or ())
    return tuple(filter(None, clean))


def event(kin: Kin, text: str | None) -> EventMeant | None:
    """The event that was named; a new name close to a known one is asked about.

    ``none`` is no event.
    """
    if not text or names.fold(text) == "none":
        return None
    name = names.check_line(text, "event")
    if not names.fold(name):
        raise BadInput("the event has no name. For example: --at PyCon")
    found, near = event_names.like(kin.db, name, kin.event_day)
    if found:
        return EventMeant.of(found)
    if near and kin.can_ask:
        if kin.means(name, near.name):
            return EventMeant.of(near)
    elif near:
        merge = kin.cmd(f"event merge {names.argument(name)} {names.argument(near.name)}")
        kin.say_once(f"{names.quoted(name)} is a new event, close to {near.name}. The same?", merge)
    return EventMeant(name)


def here(kin: Kin) -> EventMeant | None:
    """The event you are at."""
    found = events.current(kin.db, kin.event_day.isoformat())
    return EventMeant.of(found) if found else None


def day_at(kin: Kin, event: EventMeant | None) -> date:
    """The day of a meeting that nobody said: today, or the last one of an event that is over.

    What is typed in the days after a stay belongs to it; an event without days may come again.
    Raises BadInput where the event has not begun; whoever is there a week early is there.
    """
    day = kin.event_day
    if event is None:
        return day
    begins = date.fromisoformat(event.from_on) if event.from_on else day
    if (begins - day).days > _EARLY:
        name = names.argument(event.name)
        raise BadInput(
            f"{event.name} begins {dates.show(begins, kin.today)}, {dates.away(begins, day)}: "
            "nobody was met there yet. Nothing was written.",
            hint=(
                f"They will be there?  {kin.cmd(f'event going {name} WHO')}",
                f"It has begun?        {kin.cmd(f'event edit {name} --from today')}",
            ),
        )
    if event.last_on:
        return min(day, date.fromisoformat(event.last_on))
    left = date.fromisoformat(event.left_on) if event.left_on else day
    return left if 0 < (day - left).days <= _MORNINGS_AFTER else day


def online_place(kin: Kin, text: str, dated: str) -> str:
    """Where you met online: the kind of a channel, or a community.

    Raises BadInput for a day; ``dated`` is the command that takes one.
    """
    if kind := channels.kind_of(text):
        return kind
    name = names.check_line(text, "channel")
    try:
        dates.partial(name, kin.today)
    except BadInput:
        return name
    raise BadInput(
        f"{names.quoted(name)} is a day; --met-on is where you met online. Nothing was written.",
        hint=(kin.cmd(dated), "For example: --met-on mastodon, --met-on pyladies"),
    )


def day_shown(day: date, today: date) -> str:
    """``today``, ``yesterday``, or the weekday and date."""
    return dates.away(day, today) if 0 <= (today - day).days < 2 else dates.show(day, today)


def handle(text: str, *, alone: bool = False) -> Handle:
    """``li:adal``, ``strava:ada``, a profile link, an e-mail address.

    A kind of channel may stand ``alone`` where a handle is not needed.
    """
    kind, colon, name = text.partition(":")
    known = channels.kind_of(kind)
    if known and not name.startswith("//") and (colon or alone):
        return handles.parse(known, name) if colon else Handle(known, "")
    found = handles.recognise(text)
    if found:
        return found
    if colon and "/" not in kind and not name.startswith("//"):
        return handles.parse(kind, name)
    raise BadInput(
        f"{names.quoted(text)} is not a channel{' I know' if alone else ' and a handle'}. "
        "Nothing was written.",
        hint="For example: linkedin:adal, ada@engine.example; one of your own: strava:adal",
    )


def handle_or_kind(text: str) -> Handle:
    """As `handle`; any kind of channel may stand alone."""
    bare = text.strip().removesuffix(":")
    if channels.kind_of(bare) or not (":" in bare or handles.recognise(bare)):
        return Handle(channels.kind_of(bare) or handles.parse(bare, "x").kind, "")
    return handle(bare)


def channel(text: str | None) -> str | None:
    from kinship.services import contact  # noqa: PLC0415  (add has no use for it)

    return contact.channel_named(text) if text else None
