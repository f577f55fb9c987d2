"""A line of ``add`` and its options as one arrival: every day, person and event looked up."""

from kinship.cli import reading
from kinship.cli.context import Kin
from kinship.errors import BadInput
from kinship.model import channel, dates, names
from kinship.model.line import Draft
from kinship.model.person import ME
from kinship.services import cadences, connecting
from kinship.services import people as finding
from kinship.services.event_names import EventMeant
from kinship.services.meeting import Arrival
from kinship.store import communities, people
from kinship.value import Value


class Asked(Value):
    """The options of ``add``; they hold for every line."""

    at: str | None
    via: list[str] | None
    about: list[str] | None
    org: str | None
    role: str | None
    city: str | None
    community: list[str] | None
    tag: list[str] | None
    note: str | None
    by: str | None
    follow_up: str | None
    keep: str | None
    on: str | None
    met: bool
    met_on: str | None
    online: bool
    since: str | None
    heard: bool
    seeks: list[str] | None
    connected: bool
    birthday: str | None
    cue: str | None
    nick: str | None
    relation: str | None
    new: bool
    same: bool
    event: EventMeant | None = None
    """What ``at`` means, where it was settled once for all lines."""
    for_lines: bool = False

    def first(self, option: str | None, token: str) -> str:
        """An option goes before a token; where it holds for several lines, theirs goes before it."""
        return ((token or option) if self.for_lines else (option or token)) or ""


def settled(kin: Kin, asked: Asked) -> Asked:
    """The options for several lines, the event looked up and asked about once."""
    return asked._replace(event=reading.event(kin, asked.at), for_lines=True)


class Meeting(Value):
    """How, when and where somebody was met, and what nobody typed about it."""

    event: EventMeant | None
    how: str
    day: str | None
    inferred: tuple[str, ...]


def meeting(kin: Kin, draft: Draft, asked: Asked) -> Meeting:
    """What the options say of the meeting; an event in the line goes before them."""
    event = _event(kin, draft, asked)
    how = _how(asked, event)
    return Meeting(event, how, *_day(kin, asked, how, event))


def understood(kin: Kin, draft: Draft, asked: Asked) -> Arrival:
    """A draft and the options as one arrival: every day, person and event looked up."""
    today = kin.today
    name = names.check_name(draft.name) if draft.name else ""
    if not name:
        raise BadInput(
            "the name is missing: it comes first. Nothing was written.",
            hint=kin.cmd("add Ada Lovelace +compilers ada@engine.example"),
        )
    if _is_you(kin, name, asked):
        said = [*(asked.about or ()), *draft.topics]
        about = f"--about {names.word(said[0])}" if said else "--about TOPIC --seeks TEXT"
        hint = (kin.cmd(f"edit me {about}"), kin.cmd(f"add {names.argument(name)} --new"))
        raise BadInput(
            "that is you. Nothing was written.", hint=hint[: 1 + (not names.means_you(name))]
        )
    where = meeting(kin, draft, asked)
    how = where.how
    handles = [*map(reading.handle, asked.via or ()), *draft.channels]
    met_online = None
    if asked.met_on is not None:
        dated = f"add {names.argument(name)} --on {names.argument(asked.met_on)}"
        met_online = reading.online_place(kin, asked.met_on, dated)
    follow_up = asked.first(asked.follow_up, draft.follow_up)
    keep = asked.first(asked.keep, draft.keep)
    by = asked.first(asked.by, draft.by)
    known = [kin.who(text) for text in draft.knows]
    finding.not_me(known)
    knows = tuple(dict.fromkeys(person.id for person in known))
    due = reading.follow_up(follow_up, today) if follow_up else None
    note = "\n".join(filter(None, [asked.note, draft.note])) or None
    call = where.event is not None and where.event.online
    connected = asked.connected or (how == "online" and not call)
    return Arrival(
        name,
        how,
        where.day,
        where.event,
        met_online,
        dates.partial(asked.since, today)
        if asked.since and (how != "in person" or asked.on)
        else None,
        tuple(
            (h, connecting.first_state(h.kind, connected=connected)) for h in dict.fromkeys(handles)
        ),
        _fields(kin, draft, asked),
        (*reading.listed(asked.about, "topic"), *draft.topics),
        (*reading.each(asked.seeks, "text"), *draft.seeks),
        (*reading.listed(asked.tag, "tag"), *draft.tags),
        _communities(
            kin,
            *reading.listed(asked.community, "community"),
            *draft.communities,
            *_community(kin, met_online),
        ),
        cadences.meant(kin.db, keep) if keep else None,
        (due.due, due.text) if due else None,
        kin.who(by).id if by else None,
        knows,
        names.check_text(note, "note", names.TEXT_LIMIT) if note else None,
        None,
        (*where.inferred, "name") if draft.guessed else where.inferred,
        asked.connected,
    )


def _is_you(kin: Kin, name: str, asked: Asked) -> bool:
    """Whether that is what you are called; somebody ``--new`` may have your whole name."""
    you = people.by_id(kin.db, ME)
    same = you is not None and names.fold(you.name) == names.fold(name)
    return names.means_you(name) or (same and not asked.new)


def _event(kin: Kin, draft: Draft, asked: Asked) -> EventMeant | None:
    """The event that was named; else the one you are at, unless something else was said."""
    if asked.event and not draft.event:
        return asked.event
    named = asked.first(asked.at, draft.event)
    elsewhere = asked.on or asked.online or asked.met_on is not None or asked.heard or asked.since
    return reading.here(kin) if not named and not elsewhere else reading.event(kin, named)


def _how(asked: Asked, event: EventMeant | None) -> str:
    """How somebody is first known."""
    call = event is not None and event.online and not asked.met
    online = asked.online or asked.met_on is not None or call
    if asked.heard and (event or asked.met or online or asked.on):
        raise BadInput(
            "--heard is for somebody you have not met. Nothing was written.",
            hint="kinship help add",
        )
    if online and asked.met:
        raise BadInput(
            "met in person, or online? Use --met or --online. Nothing was written.",
            hint="kinship help add",
        )
    if asked.heard:
        return "heard"
    if online:
        return "online"
    return "in person" if event or asked.met or asked.on else "known"


def _day(
    kin: Kin, asked: Asked, how: str, event: EventMeant | None
) -> tuple[str | None, tuple[str, ...]]:
    """The day of the meeting, if one was meant, and what nobody typed about it."""
    if how == "heard" or (how != "in person" and not (event or asked.on)):
        return None, ()
    if asked.on:
        with reading.unwritten():
            return dates.behind(asked.on, kin.today).isoformat(), ("direction",)
    if asked.since and how == "in person":
        return dates.partial(asked.since, kin.today), ("direction",)
    return reading.day_at(kin, event).isoformat(), ("day", "direction")


def _communities(kin: Kin, *said: str) -> tuple[str, ...]:
    if not said:
        return ()
    from kinship.cli import targets  # noqa: PLC0415  (only with a community)

    return targets.member_of(kin, *said)


def _community(kin: Kin, met_online: str | None) -> tuple[str, ...]:
    """``--met-on`` may name a community; then they are a member."""
    if met_online is None or channel.kind_of(met_online):
        return ()
    return (communities.named(kin.db, names.fold(met_online)) or met_online,)


def _fields(kin: Kin, draft: Draft, asked: Asked) -> tuple[tuple[str, str], ...]:
    found = {
        "org": asked.first(asked.org, draft.org),
        "role": asked.first(asked.role, draft.role),
        "city": asked.first(asked.city, draft.city),
        "cue": asked.first(asked.cue, draft.cue),
        "nick": asked.nick,
        "relation": asked.relation,
    }
    fields = {k: names.check_line(v, k) for k, v in found.items() if v}
    if draft.address:
        fields["address"] = draft.address
    born = asked.first(asked.birthday, draft.birthday)
    if born:
        fields["birthday"] = dates.birthday(born, kin.today)
    return tuple(fields.items())
