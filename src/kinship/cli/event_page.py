"""What the page of an event and an attendee list say of people: whom to meet there, and how."""

from collections.abc import Sequence
from datetime import date, timedelta

from kinship.cli import sections, views
from kinship.cli.context import Kin
from kinship.model import channel, dates
from kinship.model.person import Channel
from kinship.render.shapes import Line, Room, Span, line
from kinship.services import people as finding
from kinship.store import attendance, entries, people
from kinship.store.attendance import Going, Met

SHOWN = 5
_BEFORE = 14

# Who will be there


def whom_to_meet(
    kin: Kin,
    ahead: Sequence[Going],
    room: Room,
    most: int | None,
    everybody: str,
    *,
    past: bool = False,
) -> list[Line]:
    """Who is going: those to meet at last, friends, and strangers who know people you know.

    ``everybody`` is the command that shows more of them; ``past`` says that it is over.
    """
    there = "on the list" if past else "going"
    at_last = [g for g in ahead if g.only_online]
    strangers = [g for g in ahead if g.known == "heard"]
    friends = [g for g in ahead if not g.only_online and g.known != "heard"]
    ties = attendance.knowing_yours(kin.db, [g.person_id for g in (*at_last, *strangers)])
    at_last.sort(key=lambda g: -ties.get(g.person_id, (0, ""))[0])
    knowing = [g for g in strangers if g.person_id in ties]
    knowing.sort(key=lambda g: -ties[g.person_id][0])
    friends.sort(key=lambda g: g.last_on or "", reverse=True)
    lines = []
    if at_last:
        shown = at_last[:most]
        about = abouts(kin, [g.person_id for g in shown])
        rows = [
            (g.name, known_from(kin, g), _knows(ties, g) or about.get(g.person_id, ""))
            for g in shown
        ]
        said = f"{there}, and you only know each other online"
        lines += sections.section(room, "NOT MET YET" if past else "MEET AT LAST", said, rows)
        lines += sections.and_more(everybody, len(at_last) - len(shown))
    if friends:
        shown = friends[:most]
        rows = _again(kin, shown)
        lines += sections.section(room, "YOU KNOW" if past else "SEE AGAIN", "", rows)
        lines += sections.and_more(everybody, len(friends) - len(shown))
    if knowing:
        shown = knowing[:most]
        rows = [(g.name, g.org or "", _knows(ties, g)) for g in shown]
        said = f"{there}, and they know people you know"
        lines += sections.section(room, "NEW TO YOU", said, rows)
        lines += sections.and_more(everybody, len(knowing) - len(shown))
    others = len(strangers) - len(knowing)
    if others:
        also = "other" if knowing or at_last or friends else "person" if others == 1 else "people"
        many = "s" if others > 1 and also == "other" else ""
        lines += [line(f"And {others} {also}{many} you have not met yet."), Line()]
    return lines


def worth_telling(ahead: Sequence[Going], most: int | None) -> list[Going]:
    """Whom to tell that you are coming: those to meet at last, else friends."""
    at_last = [g for g in ahead if g.only_online]
    return (at_last or [g for g in ahead if g.known != "heard"])[: most or SHOWN]


def say_you_come(kin: Kin, begins: date, whom: Sequence[Going]) -> list[Line]:
    """What to type so that they know you are coming."""
    days = (begins - kin.today).days
    short = refs(kin, [g.person_id for g in whom])
    tell = begins - timedelta(days=_BEFORE)
    when = f"{tell.day} {dates.MONTHS[tell.month - 1][:3].lower()}" if days < 365 else f"{tell}"
    when = when if days > _BEFORE + 1 else "tomorrow" if days > 1 else "today"
    who = ",".join(short[g.person_id] for g in whom)
    command = Span(kin.cmd(f"remind {who} {when} see you there"), "command")
    return [line("Say you are coming: ", command), Line()]


def _again(kin: Kin, shown: Sequence[Going]) -> list[sections.Row]:
    numbers = [g.person_id for g in shown]
    words, by = entries.last_words(kin.db, numbers), attendance.introduced(kin.db, numbers)
    rows = []
    for one in shown:
        last = "no contact yet"
        if one.last_on:
            full = len(one.last_on) == 10
            last = (
                dates.away(date.fromisoformat(one.last_on), kin.today)
                if full
                else views.when_shown(one.last_on, kin.today)
            )
        talk = words.get(one.person_id)
        said = views.one_line(talk.text or "") if talk else ""
        introduced = f"introduced you to {by[one.person_id]}" if one.person_id in by else ""
        rows.append((one.name, last, introduced or said or one.org or ""))
    return rows


def _knows(ties: dict[int, tuple[int, str]], one: Going) -> str:
    many, name = ties.get(one.person_id, (0, ""))
    return f"knows {name}" if many == 1 else f"knows {many} people you know" if many else ""


# Rows


def known_from(kin: Kin, one: Met | Going, *, since: bool = False) -> str:
    """``Mastodon since 2023``; before an event for how long: ``Mastodon, 2 years``."""
    where = channel.label(one.met_online) if one.met_online else "online"
    if not one.since:
        return where
    if since:
        return f"{where} since {views.when_shown(one.since, kin.today)}"
    first = date.fromisoformat(f"{one.since}-01-01"[:10])
    months = (kin.today - first).days // 30
    return f"{where}, {dates.elapsed(first, kin.today)}" if months else where


def reached(held: Sequence[Channel]) -> str:
    """The handle to connect on, as it can be pasted; else the best there is."""
    waiting = next((c for c in held if c.state in ("known", "sent")), None)
    one = waiting or next(iter(held), None)
    if one is None:
        return "no handle known"
    from kinship.services import handle_keys  # noqa: PLC0415  (only where there are handles)

    link = handle_keys.link_of(one)
    if link is None or one.kind in ("email", *channel.PHONES):
        shown = views.reach_words(one.kind, one.handle)
    elif one.kind == "mastodon":
        shown = "@" + (one.handle or "").lstrip("@")
    else:
        shown = link.removeprefix("https://").removeprefix("www.")
    return shown + (", request sent" if one.state == "sent" else "")


def abouts(kin: Kin, numbers: Sequence[int]) -> dict[int, str]:
    """What people know about, in few words; else where they work."""
    topics, known = people.topics(kin.db, numbers), people.by_ids(kin.db, numbers)
    return {n: ", ".join(topics.get(n, [])) or known[n].org or "" for n in numbers if n in known}


def refs(kin: Kin, numbers: Sequence[int]) -> dict[int, str]:
    return finding.refs(kin.db, people.by_ids(kin.db, numbers).values())
