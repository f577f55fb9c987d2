"""``event add``, ``edit``, ``rm``, ``merge`` and ``going``: what is written down about events."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kinship.cli import event_words, targets, views
from kinship.cli.context import Kin
from kinship.cli.event import LONGEST, new_name, text_said
from kinship.errors import BadInput, Declined
from kinship.model import dates, names
from kinship.model.entry import Event
from kinship.model.person import Person
from kinship.render.shapes import Line, Notice, Span, line
from kinship.services import event_names, gathering
from kinship.services import people as finding
from kinship.services.gathering import Facts
from kinship.store import attendance, events

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params

Text = str | None


def _option(*names_: str, metavar: str, help: str) -> typer.models.OptionInfo:  # noqa: A002
    import typer  # noqa: PLC0415  (called when Typer reads the annotations)

    option: typer.models.OptionInfo = typer.Option(*names_, metavar=metavar, help=help)
    return option


def add(
    ctx: typer.Context,
    words: params.Words = None,
    from_: Annotated[Text, _option("--from", metavar="DATE", help="Its first day.")] = None,
    until: Annotated[Text, _option("--until", metavar="DATE", help="Its last day.")] = None,
    city: Annotated[Text, _option("--city", metavar="CITY", help="Where it is.")] = None,
    url: Annotated[Text, _option("--url", metavar="LINK", help="Its page.")] = None,
    online: Annotated[bool, typer.Option("--online", help="It is a call, not a place.")] = False,
    community: Annotated[
        Text, _option("-c", "--community", metavar="NAME", help="Whose event it is.")
    ] = None,
) -> None:
    """Write down an event, future or past.

    Usage: kinship event add NAME [--from DATE] [--until DATE] [--city CITY]

    Examples:
      kinship event add "EuroPython 2026" --from "13 jul" --until "19 jul" --city Kraków
      kinship event add "Rust call" --from fri --online -c "Rust Berlin"

    At one now? Use kinship event start NAME.
    """
    kin = Kin.of(ctx)
    name = new_name(words, kin.cmd('event add "EuroPython 2026" --from "13 jul"'))
    facts = _facts(kin, name, from_, until, city, url, community)._replace(online=online or None)
    found = event_names.fitting(kin.db, name, kin.event_day)
    near = (
        None
        if any(e.name_key == names.fold(name) for e in found)
        else event_names.near(kin.db, name)
    )
    if near and kin.can_ask:
        question = f"{names.quoted(name)} is close to {near.name}. Is it another event?"
        if not kin.confirm(question, default=True):
            ref = event_names.ref(kin.db, near, kin.event_day)
            raise Declined("nothing was written.", hint=kin.cmd(f"event edit {ref} --from DATE"))
    event = gathering.add(kin.writable, name, facts)
    lines = [line("Added ", Span(event.name, "name"), _about(kin, event) + ".")]
    if near and not kin.can_ask:
        shown = f"event merge {names.argument(name)} {names.argument(near.name)}"
        lines.append(line(f"Meant {near.name}? ", Span(kin.cmd(shown), "command")))
    elif event_words.state(event, kin.event_day.isoformat()) != "past":
        ref = event_names.ref(kin.db, event, kin.event_day)
        lines.append(
            line("Who will be there? ", Span(kin.cmd(f"event going {ref} WHO"), "command"))
        )
    kin.show(Notice(tuple(lines), _record(kin, event)))


def _about(kin: Kin, event: Event) -> str:
    """``, Mon 13 to Sun 19 Jul, in 54 days, Kraków``."""
    place = " and ".join(filter(None, ["online" if event.online else "", event.city or ""]))
    parts = [event_words.days(kin, event), event_words.away(kin, event), place]
    community = events.community(kin.db, event.community_id)
    return "".join(f", {part}" for part in [*parts, community] if part)


def _facts(
    kin: Kin,
    name: str,
    from_: str | None,
    until: str | None,
    city: str | None,
    url: str | None,
    community: str | None,
    before: Event | None = None,
) -> Facts:
    """What the options say; ``before`` is what was known, where an event is changed."""
    first = event_words.day_said(from_, kin.today, name=name) if from_ else None
    known = before.from_on if before and from_ is None else None
    after = first or (date.fromisoformat(known) if known else None)
    last = event_words.day_said(until, kin.today, name=name, after=after) if until else None
    ends = last or _day(before.until_on if before and until is None else None)
    if after and ends and after > ends:
        raise BadInput(
            f"it cannot end {dates.show(ends, kin.today)} and begin "
            f"{dates.show(after, kin.today)}. Nothing was written.",
            hint=kin.cmd(f"help event {'edit' if before else 'add'}"),
        )
    if after and ends and (ends - after).days > LONGEST:
        raise BadInput(
            f"from {dates.show(after, kin.today)} to {dates.show(ends, kin.today)} is more than "
            "a year. Nothing was written.",
            hint=kin.cmd(f"help event {'edit' if before else 'add'}"),
        )
    return Facts(
        None,
        first.isoformat() if first else from_,
        last.isoformat() if last else until,
        text_said(city, "city"),
        text_said(url, "link", 2000),
        None,
        targets.community_said(kin, text_said(community, "community")),
    )


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def edit(
    ctx: typer.Context,
    words: params.Words = None,
    name: Annotated[Text, _option("--name", metavar="NAME", help="What it is called.")] = None,
    from_: Annotated[Text, _option("--from", metavar="DATE", help="Its first day.")] = None,
    until: Annotated[Text, _option("--until", metavar="DATE", help="Its last day.")] = None,
    city: Annotated[Text, _option("--city", metavar="CITY", help="Where it is.")] = None,
    url: Annotated[Text, _option("--url", metavar="LINK", help="Its page.")] = None,
    online: Annotated[
        bool | None, typer.Option("--online/--in-person", help="A call, or a place.")
    ] = None,
    community: Annotated[
        Text, _option("-c", "--community", metavar="NAME", help="Whose event it is.")
    ] = None,
) -> None:
    """Change what is said about an event.

    Usage: kinship event edit EVENT --name|--from|--until|--city|--url VALUE ...

    Examples:
      kinship event edit pycon --from 2026-05-14 --until 2026-05-18
      kinship event edit pycon --city "Long Beach" --url https://pycon.example
      kinship event edit "pycon 206" --name "PyCon 2026"

    An empty value clears a field: --city "".
    """
    kin = Kin.of(ctx)
    if not words:
        raise event_words.say_which(kin)
    event = event_words.known(kin, " ".join(words))
    options = (name, from_, until, city, url, online, community)
    if all(option is None for option in options):
        raise BadInput(
            f"what is to change about {event.name}? Nothing was changed.",
            hint=(
                kin.cmd(f"event edit {names.argument(event.name)} --city Paris"),
                kin.cmd("help event edit"),
            ),
        )
    new = (
        new_name([name], kin.cmd(f"event show {names.argument(event.name)}"))
        if name is not None
        else None
    )
    facts = _facts(kin, new or event.name, from_, until, city, url, community, event)
    changed = gathering.edit(kin.writable, event, facts._replace(name=new, online=online))
    was = f" (was {event.name})" if changed.name != event.name else ""
    lines = [line("Changed ", Span(changed.name, "name"), was + _about(kin, changed) + ".")]
    kin.show(Notice(tuple(lines), _record(kin, changed)))


def rm(ctx: typer.Context, words: params.Words = None, yes: params.Yes = False) -> None:
    """Remove an event; its conversations stay, without it.

    Usage: kinship event rm EVENT [-y]

    Examples:
      kinship event rm "PyCon 206"
    """
    kin = Kin.of(ctx)
    if not words:
        raise event_words.say_which(kin)
    event = event_words.known(kin, " ".join(words))
    weight = events.weight(kin.db, event.id)
    stays = _stays(weight.conversations)
    if not yes:
        kin.sure(
            f"{event.name}: {_hanging(weight)}.{stays} Remove?",
            f"removing {event.name}",
            f"event rm {names.argument(event.name)} -y",
            "removed",
        )
    gathering.remove(kin.writable, event)
    back = Span(kin.cmd("undo"), "command")
    text = f"Removed {event.name}.{stays} Back: "
    kin.show(Notice((line(text, back),), {"removed": event.id}))


def _hanging(weight: events.Weight) -> str:
    parts = [
        views.counted(weight.conversations, "conversation") if weight.conversations else "",
        f"{views.people(weight.going)} going" if weight.going else "",
    ]
    return ", ".join(filter(None, parts)) or "nobody was written down there"


def _stays(conversations: int) -> str:
    match conversations:
        case 0:
            return ""
        case 1:
            return " The conversation stays, without the event."
    return " The conversations stay, without the event."


def merge(ctx: typer.Context, words: params.Words = None, yes: params.Yes = False) -> None:
    """Two entries, one event: everything of the first moves to the second.

    Usage: kinship event merge A B [-y]

    Examples:
      kinship event merge "PyCon 206" "PyCon 2026"
    """
    kin = Kin.of(ctx)
    event, into = _two(kin, words or [])
    weight = events.weight(kin.db, event.id)
    if not yes:
        kin.sure(
            f"{event.name}: {_hanging(weight)}. All of it moves to {into.name}. Merge?",
            f"merging {event.name} into {into.name}",
            f"event merge {names.argument(event.name)} {names.argument(into.name)} -y",
            "changed",
        )
    merged = gathering.merge(kin.writable, event, into)
    text = f"{event.name} is part of {merged.name} now: {_hanging(weight)}. Back: "
    kin.show(
        Notice(
            (line(text, Span(kin.cmd("undo"), "command")),),
            {"merged": event.name, **_record(kin, merged)},
        )
    )


def _two(kin: Kin, words: list[str]) -> tuple[Event, Event]:
    """The two events that were named, each perhaps in several words."""
    if len(words) < 2:
        raise BadInput(
            "say two events: what is of the first moves to the second. Nothing was changed.",
            hint=kin.cmd('event merge "PyCon 206" "PyCon 2026"'),
        )
    splits = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    if len(splits) > 1:
        named = [
            (a, b)
            for a, b in splits
            if all(event_names.fitting(kin.db, t, kin.event_day, whole=True) for t in (a, b))
        ]
        if len(named) != 1:
            raise BadInput(
                "put the name of each event in quotes. Nothing was changed.",
                hint=kin.cmd('event merge "PyCon 206" "PyCon 2026"'),
            )
        splits = named
    one, other = (event_words.known(kin, text) for text in splits[0])
    if one.id == other.id:
        raise BadInput(f"both mean {one.name}. Nothing was changed.", hint=kin.cmd("event list"))
    return one, other


def going(
    ctx: typer.Context,
    words: params.Words = None,
    back: Annotated[bool, typer.Option("--not", help="They will not be there.")] = False,
) -> None:
    """Write down who will be at an event.

    Usage: kinship event going EVENT WHO... [--not]

    Examples:
      kinship event going europython emmy,sophie
      kinship event going "EuroPython 2026" "Rózsa Péter"
      kinship event going europython emmy --not
    """
    kin = Kin.of(ctx)
    event, rest = event_words.take(kin, words or [])
    ref = event_names.ref(kin.db, event, kin.event_day)
    if not rest:
        raise BadInput(
            f"who is going to {event.name}? Nothing was written.",
            hint=(kin.cmd(f"event going {ref} WHO"), kin.cmd(f"event show {ref}")),
        )
    who: list[Person] = []
    while rest:
        some, rest = kin.take_who(rest)
        who += [p for p in some if p not in who]
    finding.not_me(who)
    changed = gathering.going(kin.writable, event, who, back=back)
    lines = _said(kin, event, who, changed, back=back)
    record = {"event": event.name, "people": [p.name for p in changed], "going": not back}
    kin.show(Notice(tuple(lines), record))


def _said(
    kin: Kin, event: Event, who: list[Person], changed: list[Person], *, back: bool
) -> list[Line]:
    past = event_words.state(event, kin.event_day.isoformat()) == "past"
    to = f"{'were' if past else 'are'} {'not ' if back else ''}going to {event.name}"
    when = event_words.away(kin, event)
    lines = []
    if changed:
        is_are = to.replace("were", "was").replace("are", "is", 1) if len(changed) == 1 else to
        lines.append(line(f"{_names(changed)} {is_are}{f', {when}' if when else ''}."))
    same = [p for p in who if p not in changed]
    if same:
        lines.append(line(f"{_names(same)}: so it was written down already."))
    numbers = [g.person_id for g in attendance.going(kin.db, event.id) if g.only_online]
    last = [p for p in changed if p.id in numbers]
    if last and not back and not past:
        lines.append(line(f"You have only met online: {_names(last)}. Meet at last."))
    return lines


def _names(several: list[Person]) -> str:
    return views.together([p.name for p in several])


def _record(kin: Kin, event: Event) -> dict[str, object]:
    weight = attendance.met_counts(kin.db, [event.id]).get(event.id, 0)
    return event_words.record(
        kin,
        event,
        met=weight,
        going=events.weight(kin.db, event.id).going,
        here=False,
    )
