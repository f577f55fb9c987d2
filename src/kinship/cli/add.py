"""``add``: somebody you met, know or heard of."""

import sys
from collections.abc import Sequence
from datetime import date
from typing import Annotated, NamedTuple

import typer

from kinship.cli import params, views
from kinship.cli.context import Kin
from kinship.errors import BadInput, KinshipError, Refused
from kinship.model import channel, dates, names
from kinship.model import line as lines
from kinship.model.channel import Handle
from kinship.model.line import Draft
from kinship.model.person import Person
from kinship.render.shapes import Line, Notice, Span, line
from kinship.services import keeping_up, meeting
from kinship.services import people as finding
from kinship.services.meeting import Added, Entry
from kinship.store import entries, people


class Asked(NamedTuple):
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


_NEXT, _MORE = "What next", "Details"


def add(
    ctx: typer.Context,
    words: params.Words = None,
    at: Annotated[
        str | None, typer.Option("-a", "--at", metavar="EVENT", help="Where you met.")
    ] = None,
    via: Annotated[
        list[str] | None,
        typer.Option(
            "--via", metavar="CHANNEL:HANDLE", help="A way to reach them. Repeat for more."
        ),
    ] = None,
    about: params.About = None,
    org: Annotated[
        str | None, typer.Option("--org", metavar="NAME", help="Where they work.")
    ] = None,
    role: Annotated[
        str | None, typer.Option("--role", metavar="TEXT", help="What they do there.")
    ] = None,
    city: Annotated[
        str | None, typer.Option("--city", metavar="CITY", help="Where they live.")
    ] = None,
    community: Annotated[
        list[str] | None,
        typer.Option("-c", "--community", metavar="NAME", help="A community you share."),
    ] = None,
    tag: Annotated[
        list[str] | None, typer.Option("-t", "--tag", metavar="TAG", help="Any word you like.")
    ] = None,
    note: Annotated[
        str | None,
        typer.Option("-m", "--note", metavar="TEXT", help="Anything worth remembering."),
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="WHO", help="Who introduced you.")
    ] = None,
    follow_up: Annotated[
        str | None,
        typer.Option(
            "-f",
            "--follow-up",
            metavar="WHEN [TEXT]",
            help='Remind me: 2d, fri, "2d send the paper".',
            rich_help_panel=_NEXT,
        ),
    ] = None,
    keep: Annotated[
        str | None,
        typer.Option(
            "-k",
            "--keep",
            metavar="EVERY",
            help="Stay in touch: weekly, monthly, 6w, close.",
            rich_help_panel=_NEXT,
        ),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option(
            "--on", metavar="DATE", help="When you met. Default: today.", rich_help_panel=_MORE
        ),
    ] = None,
    met: Annotated[
        bool, typer.Option("--met", help="You met in person.", rich_help_panel=_MORE)
    ] = False,
    met_on: Annotated[
        str | None,
        typer.Option(
            "--met-on",
            metavar="CHANNEL",
            help="You met online: mastodon, or a community.",
            rich_help_panel=_MORE,
        ),
    ] = None,
    online: Annotated[
        bool,
        typer.Option("--online", help="You know each other online only.", rich_help_panel=_MORE),
    ] = False,
    since: Annotated[
        str | None,
        typer.Option(
            "--since", metavar="WHEN", help="2019, 2019-05 or a day.", rich_help_panel=_MORE
        ),
    ] = None,
    heard: Annotated[
        bool, typer.Option("--heard", help="You have only heard of them.", rich_help_panel=_MORE)
    ] = False,
    seeks: Annotated[
        list[str] | None,
        typer.Option("--seeks", metavar="TEXT", help="What they look for.", rich_help_panel=_MORE),
    ] = None,
    connected: Annotated[
        bool,
        typer.Option("--connected", help="You are connected there already.", rich_help_panel=_MORE),
    ] = False,
    birthday: Annotated[
        str | None,
        typer.Option(
            "--birthday", metavar="DAY", help="10 dec, or 1815-12-10.", rich_help_panel=_MORE
        ),
    ] = None,
    cue: Annotated[
        str | None,
        typer.Option("--cue", metavar="TEXT", help="What tells them apart.", rich_help_panel=_MORE),
    ] = None,
    nick: Annotated[
        str | None,
        typer.Option("--nick", metavar="NAME", help="What you call them.", rich_help_panel=_MORE),
    ] = None,
    relation: Annotated[
        str | None,
        typer.Option(
            "--relation", metavar="WORD", help="sister, neighbour, boss.", rich_help_panel=_MORE
        ),
    ] = None,
    new: Annotated[
        bool,
        typer.Option(
            "--new", help="A new person, even if the name is taken.", rich_help_panel=_MORE
        ),
    ] = False,
    same: Annotated[
        bool,
        typer.Option(
            "--same", help="The person of that name you know already.", rich_help_panel=_MORE
        ),
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            help="Show how it would be understood; write nothing.",
            rich_help_panel=_MORE,
        ),
    ] = False,
) -> None:
    """Add someone you met, know or heard of.

    Usage: kinship add NAME... [TOKENS...] [// NOTE] [OPTIONS]
           kinship add -          one person a line, from standard input

    Examples:
      kinship add Ada Lovelace --at "PyCon 2026" --via linkedin:adal -f 2d
      kinship add Ada Lovelace, Analytical Engines linkedin:adal +compilers due:2d
      kinship add Emmy Noether --met-on mastodon --since 2023
      kinship add Charles Babbage +engines keep:monthly
      kinship add Sophie Germain --heard --by ada
      kinship add - --at "PyCon 2026" < cards.txt

    A name alone is someone you know; --at, --met or --on says you met in person.

    Tokens, in any order after the name: +topic  linkedin:adal  ada@engine.example
    +44 20 7946 0958  due:fri  in:pyladies  city:London  keep:monthly  seeks:flat
    A comma after the name starts the company; // starts the note.
    """
    kin = Kin.of(ctx)
    asked = Asked(
        at, via, about, org, role, city, community, tag, note, by, follow_up, keep, on, met,
        met_on, online, since, heard, seeks, connected, birthday, cue, nick, relation, new, same,
    )  # fmt: skip
    said = list(words or [])
    if said == ["-"] or (not said and not kin.can_ask):
        _from_input(kin, asked, dry_run=dry_run)
        return
    if not said:
        raise BadInput(
            "say a name. Nothing was written.",
            hint=(kin.cmd('add Ada Lovelace --at "PyCon 2026"'), kin.cmd("help add")),
        )
    draft = lines.parse_words(said)
    entry = understood(kin, draft, asked)
    person = _already(kin, entry, asked)
    if dry_run:
        kin.show(Notice(tuple(_reading(kin, entry, draft, person)), _record(entry)))
        return
    if person is None:
        added = meeting.add(kin.writable, entry, today=kin.today)
    else:
        added = meeting.met_again(kin.db, person, entry, today=kin.today)
    kin.show(Notice(tuple(_echo(kin, added, draft)), views.person_record(kin, added.person)))


# Reading


def understood(kin: Kin, draft: Draft, asked: Asked) -> Entry:
    """A draft and the options as one entry: every day, person and event looked up."""
    today = kin.today
    name = names.check_name(draft.name) if draft.name else ""
    if not name:
        raise BadInput(
            "the name is missing: it comes first. Nothing was written.",
            hint=kin.cmd("add Ada Lovelace +compilers ada@engine.example"),
        )
    event = params.event(kin, asked.at if asked.at is not None else draft.event or None)
    how = _how(asked, event=event is not None)
    day, inferred = _day(kin, asked, how, event=event is not None)
    handles = [*_handles(asked.via), *draft.channels]
    follow_up = asked.follow_up or draft.follow_up
    keep = asked.keep or draft.keep
    by = asked.by or draft.by
    knows = tuple(kin.who(text).id for text in draft.knows)
    due = params.follow_up(follow_up, today) if follow_up else None
    note = "\n".join(filter(None, [asked.note, draft.note])) or None
    return Entry(
        name,
        how,
        day,
        event,
        _met_on(asked.met_on),
        dates.partial(asked.since, today) if asked.since and how != "in person" else None,
        tuple(
            (h, meeting.first_state(h.kind, connected=asked.connected or how == "online"))
            for h in dict.fromkeys(handles)
        ),
        _fields(kin, draft, asked),
        (*params.listed(asked.about, "topic"), *draft.topics),
        (*params.each(asked.seeks, "text"), *draft.seeks),
        (*params.listed(asked.tag, "tag"), *draft.tags),
        (*params.listed(asked.community, "community"), *draft.communities, *_community(kin, asked)),
        keeping_up.cadence(kin.db, keep) if keep else None,
        (due.due, due.text) if due else None,
        kin.who(by).id if by else None,
        knows,
        names.check_text(note, "note", names.TEXT_LIMIT) if note else None,
        None,
        inferred,
        asked.connected,
    )


def _how(asked: Asked, *, event: bool) -> str:
    """How somebody is first known (README ruling: Meeting)."""
    online = asked.online or asked.met_on is not None
    if asked.heard and (event or asked.met or online or asked.on):
        raise BadInput("--heard is for somebody you have not met. Nothing was written.")
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


def _day(kin: Kin, asked: Asked, how: str, *, event: bool) -> tuple[str | None, tuple[str, ...]]:
    """The day of the meeting, if one was meant, and what nobody typed about it."""
    if how == "heard" or (how != "in person" and not (event or asked.on)):
        return None, ()
    if asked.on:
        return dates.behind(asked.on, kin.today).isoformat(), ("direction",)
    if asked.since and how == "in person":
        return dates.partial(asked.since, kin.today), ("direction",)
    day: date = kin.event_day
    return day.isoformat(), ("day", "direction")


def _met_on(text: str | None) -> str | None:
    if text is None:
        return None
    return channel.kind_of(text) or _line(text, "channel")


def _community(kin: Kin, asked: Asked) -> tuple[str, ...]:
    """``--met-on`` may name a community; then they are a member."""
    if asked.met_on is None or channel.kind_of(asked.met_on):
        return ()
    name = _line(asked.met_on, "community")
    return (people.community_named(kin.db, names.fold(name)) or name,)


def _handles(via: Sequence[str] | None) -> list[Handle]:
    result = []
    for text in via or ():
        kind, colon, handle = text.partition(":")
        if colon and (channel.kind_of(kind) or "/" not in kind) and not handle.startswith("//"):
            result.append(channel.parse(channel.kind_of(kind) or kind, handle))
            continue
        found = channel.recognise(text)
        if found is None:
            raise BadInput(
                f"{names.quoted(text)} is not a channel and a handle. Nothing was written.",
                hint="For example: --via linkedin:adal, --via ada@engine.example",
            )
        result.append(found)
    return result


def _fields(kin: Kin, draft: Draft, asked: Asked) -> tuple[tuple[str, str], ...]:
    found = {
        "org": asked.org or draft.org,
        "role": asked.role or draft.role,
        "city": asked.city or draft.city,
        "cue": asked.cue or draft.cue,
        "nick": asked.nick,
        "relation": asked.relation,
    }
    fields = {k: _line(v, k) for k, v in found.items() if v}
    born = asked.birthday or draft.birthday
    if born:
        fields["birthday"] = dates.birthday(born, kin.today)
    return tuple(fields.items())


def _line(text: str, what: str) -> str:
    return names.check_text(names.clean_line(text)[0], what, names.LINE_LIMIT)


# A name that exists


def _already(kin: Kin, entry: Entry, asked: Asked) -> Person | None:
    """Whoever it is, if they are here already; asks where it can, refuses where it cannot."""
    if asked.new and asked.same:
        raise BadInput("it is --new or --same. Nothing was written.")
    if asked.new:
        return None
    found = finding.namesakes(kin.db, entry.name)
    if asked.same:
        person = found.people[0] if len(found.people) == 1 else kin.who(entry.name)
        meeting.not_me([person])
        return person
    if not found.people:
        return None
    person = found.people[0]
    about = kin.described([person])[person.id]
    here = f"{person.name} is here already" + (f": {about}" if about else "")
    if kin.can_ask:
        if len(found.people) > 1 and found.rule == finding.EXACT:
            question = f"{len(found.people)} people of that name are here. One of them?"
            return kin.who(entry.name) if kin.confirm(question, default=False) else None
        exact = found.rule == finding.EXACT
        return person if kin.confirm(f"{here}. Same person?", default=exact) else None
    raise Refused(
        f"{here}. Nothing was written. Say which it is:",
        hint=(
            kin.cmd(f"add {names.argument(entry.name)} --same") + "   the person you know",
            kin.cmd(f"add {names.argument(entry.name)} --new") + "    somebody else",
        ),
    )


# Saying what was understood


def _echo(kin: Kin, added: Added, draft: Draft) -> list[Line]:
    person, entry = added.person, added.entry
    if added.again:
        new = entry.follow_up[1] if entry.follow_up else None
        waiting = entries.open_follow_ups(kin.db, person.id)
        return [
            *_again(kin, added),
            *_facts(kin, added, draft, first=False),
            *views.open_with(kin, person, waiting, new=new),
        ]
    ref = finding.ref(kin.db, person)
    result = [line("Added ", Span(person.name, "name"), f" ({ref})")]
    result += _facts(kin, added, draft, first=True)
    if entry.how == "known":
        result.append(
            line(
                "  Someone you know: no meeting, no date, no nudge. You met in person? ",
            )
        )
        result.append(
            line(
                "  ",
                Span(kin.cmd(f"add {names.argument(person.name)} --same --at EVENT"), "command"),
            )
        )
    return result


def _again(kin: Kin, added: Added) -> list[Line]:
    entry, person = added.entry, added.person
    if entry.day is None or entry.how != "in person":
        return [line("Updated ", Span(person.name, "name"), ".")]
    when = _when(kin, entry)
    count = len(added.meetings)
    first = added.meetings[0]
    text = f" again, {when}." if count > 1 else f", {when}."
    if count > 1:
        where = first.event or views.when_shown(first.day, kin.today)
        text += f" {dates.ordinal(count)} time; first {where}."
    return [line("Met ", Span(person.name, "name"), text)]


def _when(kin: Kin, entry: Entry) -> str:
    assert entry.day
    if len(entry.day) < 10:
        day = views.when_shown(entry.day, kin.today)
    else:
        day = params.day_shown(date.fromisoformat(entry.day), kin.today)
    return f"{day} at {entry.event.name}" if entry.event else day


def _facts(kin: Kin, added: Added, draft: Draft, *, first: bool) -> list[Line]:
    rows = _rows(kin, added.entry, first=first)
    if added.aim and added.entry.follow_up:
        due, text = added.entry.follow_up
        waiting = next((h.kind for h, s in added.entry.channels if s in ("known", "sent")), None)
        aims = {
            "connect": f"connect on {channel.label(waiting)}" if waiting else "connect",
            "hello": "say hello",
        }
        rows.append(("follow-up", f"{dates.show(due, kin.today)}: {text or aims[added.aim]}"))
    if draft.leftover:
        kept = ", ".join(names.quoted(text) for text in draft.leftover)
        rows.append(("kept", f"as a note: {kept}"))
    if draft.joined:
        rows.append(("note", "a line break or tab became a space"))
    return [line(f"  {name:<11} {text}") for name, text in rows]


def _rows(kin: Kin, entry: Entry, *, first: bool) -> list[tuple[str, str]]:
    rows = []
    if first:
        rows.append(_meeting_row(kin, entry))
    if entry.by is not None:
        by = people.by_id(kin.db, entry.by)
        rows.append(("introduced", f"by {by.name}" if by else ""))
    rows += [(name, text) for name, text in entry.fields if name != "birthday"]
    rows += [("birthday", dates.birthday_text(t)) for n, t in entry.fields if n == "birthday"]
    for handle, state in entry.channels:
        said = f", {views.STATES[state]}" if state else ""
        rows.append((channel.label(handle.kind).lower(), handle.handle + said))
    for name, listed in (
        ("about", entry.topics),
        ("looks for", entry.seeks),
        ("member", entry.communities),
        ("tags", entry.tags),
    ):
        if listed:
            rows.append((name, ", ".join(listed)))
    if entry.knows:
        known = people.by_ids(kin.db, entry.knows)
        rows.append(("knows", ", ".join(p.name for p in known.values())))
    if entry.keep:
        rows.append(("keep", getattr(entry.keep, "name", None) or str(entry.keep)))
    return [row for row in rows if row[1]]


def _meeting_row(kin: Kin, entry: Entry) -> tuple[str, str]:
    if entry.how == "in person":
        return "met", _when(kin, entry)
    if entry.how == "heard":
        return "heard of", "not met yet"
    if entry.how == "online":
        where = f"on {channel.label(entry.met_on)}" if entry.met_on else "online"
        since = f", since {views.when_shown(entry.since, kin.today)}" if entry.since else ""
        return "met", where + since
    since = f"since {views.when_shown(entry.since, kin.today)}" if entry.since else ""
    return "known", since


def _reading(kin: Kin, entry: Entry, draft: Draft, person: Person | None) -> list[Line]:
    """What ``--dry-run`` shows: the same words, and that nothing was written."""
    aim = "promise" if entry.follow_up and entry.follow_up[1] else "hello"
    shown = person or _nobody(entry)
    added = Added(shown, person is not None, entry, aim if entry.follow_up else None, [])
    head = f"Would add {entry.name}" if person is None else f"Would be {person.name}, met again"
    return [
        line(head),
        *_facts(kin, added, draft, first=True),
        line("Nothing was written."),
    ]


def _nobody(entry: Entry) -> Person:
    """A person who is not written down."""
    blank = dict.fromkeys(Person._fields)
    return Person(**{**blank, "id": 0, "name": entry.name, "known": entry.how})  # type: ignore[arg-type]


def _record(entry: Entry) -> dict[str, object]:
    return {
        "name": entry.name,
        "how": entry.how,
        "day": entry.day,
        "event": entry.event.name if entry.event else None,
        "topics": list(entry.topics),
        "channels": [f"{h.kind}:{h.handle}" for h, _ in entry.channels],
        "note": entry.note,
    }


# Standard input


def _from_input(kin: Kin, asked: Asked, *, dry_run: bool) -> None:
    """One person a line, all of it one change; a line that cannot be read stops all of it."""
    found: list[tuple[Entry, Draft]] = []
    for number, text in enumerate(_lines_of_input(), 1):
        if not text.strip():
            continue
        try:
            draft = lines.parse_text(text)
            found.append((understood(kin, draft, asked), draft))
        except KinshipError as error:
            error.message = f"line {number}: {error.message}"
            raise
    if not found:
        raise BadInput(
            "there was nobody on standard input. Nothing was written.",
            hint=(kin.cmd('add Ada Lovelace --at "PyCon 2026"'), kin.cmd("help add")),
        )
    if dry_run:
        shown = [row for e, d in found for row in _reading(kin, e, d, None)[:-1]]
        kin.show(Notice((*shown, line("Nothing was written.")), [_record(e) for e, _ in found]))
        return
    new, again, alike = _write_all(kin, found, asked)
    result = [line(f"{new} new, {again} met again." if again else f"{views.people(new)} added.")]
    for name, other in alike:
        result.append(
            line(
                f"  {name} looks like {other}. The same? One of them can go: ",
                Span(kin.cmd(f"rm {names.slug(name)}"), "command"),
            )
        )
    for _, draft in found:
        if draft.leftover:
            kept = ", ".join(names.quoted(t) for t in draft.leftover)
            result.append(line(f"  {draft.name}: kept as a note: {kept}"))
    result.append(line("Take all of it back: ", Span(kin.cmd("undo"), "command")))
    kin.show(Notice(tuple(result), {"new": new, "again": again}))


def _lines_of_input() -> list[str]:
    if sys.stdin.isatty():
        return list(sys.stdin)
    data = sys.stdin.buffer.read(50_000_001)
    if len(data) > 50_000_000:
        raise BadInput("standard input is longer than 50 MB. Nothing was written.")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    except UnicodeDecodeError:
        raise BadInput("standard input is not UTF-8 text. Nothing was written.") from None


def _write_all(
    kin: Kin, found: list[tuple[Entry, Draft]], asked: Asked
) -> tuple[int, int, list[tuple[str, str]]]:
    db = kin.writable
    new, again, alike = 0, 0, []
    with db.change(f"add {len(found)} people") as tx:
        for entry, _ in found:
            known = finding.Found(0, []) if asked.new else finding.namesakes(tx, entry.name)
            if known.rule == finding.EXACT:
                meeting.met_again_in(tx, known.people[0], entry, today=kin.today)
                again += 1
                continue
            if known.people:
                alike.append((entry.name, known.people[0].name))
            meeting.add_in(tx, entry, today=kin.today)
            new += 1
    return new, again, alike
