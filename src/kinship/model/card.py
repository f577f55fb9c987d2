"""Card: somebody as a file of another program tells of them, in words every format shares."""

from typing import NamedTuple


class Reach(NamedTuple):
    """Where somebody is reached, as it was written.

    ``kind`` is a kind of channel or a free word (``skype``), empty where the text is a link that
    says so itself; ``label`` is what the file calls it (``work``). ``state`` is ``connected`` or
    ``sent`` where the file says so, and ``day`` since when, as precise as it was said.
    """

    kind: str
    text: str
    label: str = ""
    state: str | None = None
    day: str | None = None


class Talk(NamedTuple):
    """A conversation: ``direction`` is both, me or them, or empty where nothing says so; ``event``
    the name of where it was."""

    day: str
    direction: str
    channel: str | None = None
    text: str | None = None
    met: bool = False
    event: str | None = None


class Related(NamedTuple):
    """Whom they know, by the key or the name of their record; ``how`` is said of that other: sister.

    ``since`` is a day, a month or a year.
    """

    how: str
    name: str = ""
    key: str = ""
    since: str = ""


class Extra(NamedTuple):
    """What no field here is for, as it was written: ``name`` is the property or the column.

    A value that came in pieces or in base64 is the text of one line; photos are such values.
    ``format`` is what another format is called where that said it, and not the one of the card.
    """

    name: str
    value: str
    format: str = ""


class Card(NamedTuple):
    """A record: every text as the file has it, days as ISO text, a birthday also as ``--04-12``.

    ``row`` is the line or record it begins on, from 1. ``key`` tells it from all others of its
    format (a UID, a profile's address), empty where the format has no such thing. ``known`` is in
    person, online, known or heard. ``by`` names who introduced them. ``dates`` are other days of
    the year, each with its name; ``events`` where they said they will be; ``related`` whom they
    know. ``remarks`` say what could not be read of it.
    """

    row: int
    name: str
    key: str = ""
    first: str = ""
    last: str = ""
    nick: str = ""
    org: str = ""
    role: str = ""
    city: str = ""
    address: str = ""
    birthday: str = ""
    relation: str = ""
    cue: str = ""
    known: str = "known"
    since: str = ""
    met_online: str = ""
    by: str = ""
    cadence: str = ""
    reaches: tuple[Reach, ...] = ()
    notes: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    seeks: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    communities: tuple[str, ...] = ()
    dates: tuple[tuple[str, str], ...] = ()
    talks: tuple[Talk, ...] = ()
    events: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    extras: tuple[Extra, ...] = ()
    remarks: tuple[str, ...] = ()


class Skipped(NamedTuple):
    """A record that makes nobody: ``why`` in a few words, ``text`` verbatim, to be kept aside.

    ``harmless`` where nothing is wrong with it: an organisation, a draft, somebody who declined.
    """

    row: int
    why: str
    text: str
    harmless: bool = False
