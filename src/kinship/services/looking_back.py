"""Looking back: what came of the last months."""

from datetime import date

from kinship.store import figures
from kinship.store.db import Db
from kinship.store.figures import Met
from kinship.value import Value


class Figures(Value):
    """What happened from one day to another, both included.

    Of those met in person ``to_connect`` have a channel to be connected on, and
    ``connected_in_two_days`` of them were connected while they remembered you. What neither of you
    began, and was no meeting, went both ways.
    """

    from_on: str
    until_on: str
    met_in_person: int = 0
    met_online: int = 0
    connected_in_two_days: int = 0
    to_connect: int = 0
    conversations: int = 0
    you_began: int = 0
    they_began: int = 0
    in_person: int = 0
    online_then_met: int = 0
    introductions_made: int = 0
    introductions_landed: int = 0
    gave: int = 0
    got: int = 0


class Summary(Value):
    """The figures of the window, what was connected in the one before it, and how things stand today.

    ``was`` is how many of how many. ``kept`` of ``keep`` people are not late; ``listening`` would
    likely hear you; ``your_turn`` gave you more than you gave them; ``then_met`` are names of whom
    you met at last. ``before`` has all figures of the window before, where they were asked for.
    """

    now: Figures
    was: tuple[int, int]
    before: Figures | None
    kept: int
    keep: int
    listening: int
    your_turn: int
    then_met: list[str]


def look_back(db: Db, since: date, today: date, *, compared: bool = False) -> Summary:
    """What came of the days since then; where it is ``compared``, of as many before too."""
    days = max(1, (today - since).days)
    last = since.toordinal() - 1
    start, middle, end = _iso(last + 1 - days), since.isoformat(), today.isoformat()
    met, met_before = figures.met(db, start, middle, end)
    kept, keep = figures.kept(db, end)
    listening, your_turn = figures.would_hear(db, end)
    return Summary(
        _figures(db, middle, end, met),
        (met_before.connected, met_before.to_connect),
        _figures(db, start, _iso(last), met_before) if compared else None,
        kept,
        keep,
        listening,
        your_turn,
        figures.then_met(db, middle, end) if met.online else [],
    )


def _iso(ordinal: int) -> str:
    return date.fromordinal(max(1, ordinal)).isoformat()


def _figures(db: Db, start: str, end: str, met: Met) -> Figures:
    talked = figures.talked(db, start, end)
    made, landed = figures.introduced(db, start, end)
    gave, got = figures.favours(db, start, end)
    return Figures(
        start,
        end,
        met_in_person=met.people,
        met_online=figures.met_online(db, start, end),
        connected_in_two_days=met.connected,
        to_connect=met.to_connect,
        conversations=talked.conversations,
        you_began=talked.you_began,
        they_began=talked.they_began,
        in_person=talked.in_person,
        online_then_met=met.online,
        introductions_made=made,
        introductions_landed=landed,
        gave=gave,
        got=got,
    )
