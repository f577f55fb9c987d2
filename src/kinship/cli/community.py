"""``community`` and its verbs: the people you share something with, and whom to meet at last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kinship.cli import targets, views
from kinship.cli.context import Kin
from kinship.errors import BadInput, Declined, NotFound
from kinship.model import names
from kinship.model.entry import Community
from kinship.model.person import Person
from kinship.render.shapes import Column, Line, Notice, Span, Table, line
from kinship.services import communities as joining
from kinship.services import people as finding
from kinship.services.communities import Joined
from kinship.store import communities, people, shared
from kinship.store.communities import Count

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params

_NAMED = 3


def community(ctx: typer.Context) -> None:
    """Your communities: how many people are in each, and how many of them you met.

    Usage: kinship community
           kinship community show NAME
           kinship community add NAME [--on CHANNEL] [--url LINK]
           kinship community join NAME WHO...|QUERY
           kinship community leave NAME WHO...
           kinship community edit NAME [--name NEW] [--on CHANNEL] [--url LINK]
           kinship community rm NAME

    Examples:
      kinship community
      kinship community join pyladies ada grace
      kinship community join "PyCon crowd" at:pycon
      kinship community show pyladies

    How often to say hello to everybody in one: kinship keep in:pyladies quarterly
    """
    kin = Kin.of(ctx)
    found = communities.every_community(kin.db)
    counts = communities.counts(kin.db, joining.lately(kin.today))
    kept = {s.key: s for s in shared.every_shared(kin.db) if s.kind == "community"}

    def count(one: Community) -> Count:
        return counts.get(one.id, Count())

    def often(one: Community) -> str:
        return (
            views.often(kept[one.name_key].every, kept[one.name_key].circle)
            if one.name_key in kept
            else ""
        )

    kin.show(
        Table(
            found,
            [
                Column("name", "COMMUNITY", lambda c: Span(c.name, "name")),
                Column("people", "PEOPLE", lambda c: str(count(c).people), align_right=True),
                Column("met", "MET", lambda c: str(count(c).met), align_right=True),
                Column("on", "ON", targets.place, rank=2),
                Column("keep", "KEEP", often, rank=1),
            ],
            lambda c: {
                "id": c.id,
                "name": c.name,
                "people": count(c).people,
                "met": count(c).met,
                "channel": c.channel,
                "url": c.url,
                "keep": kept[c.name_key].every if c.name_key in kept else None,
            },
            counted=views.counted(len(found), "community", "communities") if found else "",
            empty=(
                line("No communities yet."),
                line("  Make one:  ", Span(kin.cmd("community join pyladies WHO"), "command")),
            ),
            fields=("id", "name", "people", "met", "channel", "url", "keep"),
            paged=True,
        )
    )


# Upkeep


def add(
    ctx: typer.Context,
    words: params.Words = None,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="CHANNEL", help="Where it meets online: slack, discord."),
    ] = None,
    url: Annotated[
        str | None, typer.Option("--url", metavar="LINK", help="Its page, or its invitation.")
    ] = None,
) -> None:
    """Make a community.

    Usage: kinship community add NAME [--on CHANNEL] [--url LINK]

    Examples:
      kinship community add PyLadies Slack --on slack
      kinship community add "RSE Berlin" --url https://rse.example
    """
    kin = Kin.of(ctx)
    name = names.check_name(_name(kin, words))
    fields = {"channel": _channel(on), "url": _link(kin, url)}
    near = _close(kin, name)
    if near and kin.can_ask and kin.means(name, near.name):
        raise Declined(f"{near.name} is here already. Nothing was written.")
    made = joining.add(kin.writable, name, **fields)
    at = f" on {targets.place(made)}" if made.channel else ""
    joins = Span(kin.cmd(f"community join {targets.ref(kin, made)} WHO"), "command")
    lines = [line(f"{made.name} is a community now{at}. Who is in it: ", joins)]
    kin.show(Notice((*lines, *_alike(kin, near)), _community_record(made)))


def _alike(kin: Kin, near: Community | None) -> list[Line]:
    """Nobody could be asked whether a close name was meant."""
    if near is None or kin.can_ask:
        return []
    back = Span(kin.cmd("undo"), "command")
    return [line(f"There is {near.name} too. The same? Take this back: ", back)]


def _close(kin: Kin, name: str) -> Community | None:
    from kinship.services import community_names  # noqa: PLC0415  (only for a name that is new)

    fit, near = community_names.like(kin.db, name)
    return near[0] if near and not fit else None


def edit(
    ctx: typer.Context,
    words: params.Words = None,
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="Call it something else.")
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="CHANNEL", help="Where it meets online.")
    ] = None,
    url: Annotated[str | None, typer.Option("--url", metavar="LINK", help="Its page.")] = None,
) -> None:
    """Change the name, channel or link of a community.

    Usage: kinship community edit NAME [--name NEW] [--on CHANNEL] [--url LINK]

    Examples:
      kinship community edit pyladies --name "PyLadies Berlin"
      kinship community edit pyladies --on discord --url ""

    An empty value clears a field.
    """
    kin = Kin.of(ctx)
    found = targets.community(kin, _name(kin, words))
    fields: dict[str, str | None] = {}
    if name is not None:
        fields["name"] = names.check_name(name)
    if on is not None:
        fields["channel"] = _channel(on)
    if url is not None:
        fields["url"] = _link(kin, url)
    if not fields:
        raise BadInput(
            "say what to change. Nothing was written.",
            hint=kin.cmd(f"community edit {targets.ref(kin, found)} --on slack"),
        )
    changed = joining.edit(kin.writable, found, **fields)
    was = f"{found.name} is now {changed.name}." if changed.name != found.name else ""
    rows = [was] if was else []
    if on is not None:
        place = targets.place(changed)
        rows.append(
            f"{changed.name}: online on {place}." if place else f"{changed.name}: no channel."
        )
    if url is not None:
        rows.append(f"{changed.name}: {changed.url or 'no link.'}")
    kin.show(Notice(tuple(map(line, rows)), _community_record(changed)))


def join(ctx: typer.Context, words: params.Words = None) -> None:
    """Put people into a community; a new name makes it.

    Usage: kinship community join NAME WHO...
           kinship community join NAME QUERY

    Examples:
      kinship community join pyladies ada
      kinship community join "RSE Berlin" ada grace "Alan Turing"
      kinship community join "PyCon crowd" at:pycon

    A name of several words is put in quotes, unless the community is here already.
    """
    kin = Kin.of(ctx)
    name, rest = _name_and_rest(kin, words)
    numbers, label = _people(kin, rest)
    meant = targets.community_or_new(kin, name)
    near = _close(kin, meant) if isinstance(meant, str) else None
    joined = joining.join(kin.writable, meant, numbers, label=label)
    where = joined.community
    size = communities.counts(kin.db, "9999", where.id).get(where.id, Count()).people
    total = f"{views.people(size)} in it"
    lines = []
    if joined.new:
        lines.append(line(f"{where.name} is a new community, {total}."))
    if joined.moved:
        said = "" if joined.new else f" ({total} now)"
        lines.append(line(f"Joined {where.name}: {_listed(kin, joined.moved)}{said}."))
        lines += _inherited(kin, where)
        lines += _strangers(kin, name, rest, joined.moved)
    lines += _others(kin, joined, f"in {where.name} already")
    kin.show(Notice((*lines, *_alike(kin, near)), _joined_record("joined", joined)))


def _inherited(kin: Kin, where: Community) -> list[Line]:
    """Who joins where everybody is kept in touch with is kept in touch with too."""
    found = shared.of(kin.db, "community", where.id)
    if found is None:
        return []
    return [
        line(
            f"Everybody there: {views.often(found.every, found.circle)}, unless they have a cadence of their own."
        )
    ]


def _strangers(kin: Kin, name: str, words: list[str], moved: list[int]) -> list[Line]:
    """A query of an event finds everybody on its attendee list too."""
    if not any(map(targets.is_term, words)):
        return []
    heard = sum(p.known == "heard" for p in people.by_ids(kin.db, moved).values())
    if not heard:
        return []
    terms = " ".join(names.argument(w) if len(w.split()) > 1 else w for w in [*words, "is:met"])
    again = Span(kin.cmd(f"community join {names.argument(name)} {terms}"), "command")
    return [
        line(
            f"You have only heard of {heard} of them. Only whom you met: ",
            Span(kin.cmd("undo"), "command"),
            ", then",
        ),
        line("  ", again),
    ]


def leave(ctx: typer.Context, words: params.Words = None) -> None:
    """Take people out of a community.

    Usage: kinship community leave NAME WHO...
           kinship community leave NAME QUERY

    Examples:
      kinship community leave pyladies ada grace
    """
    kin = Kin.of(ctx)
    name, rest = _name_and_rest(kin, words)
    found = targets.community(kin, name)
    numbers, label = _people(kin, rest)
    left = joining.leave(kin.writable, found, numbers, label=label)
    lines = [line(f"Left {found.name}: {_listed(kin, left.moved)}.")]
    kin.show(Notice((*lines, *_others(kin, left, "not in it")), _joined_record("left", left)))


def rm(ctx: typer.Context, words: params.Words = None, yes: params.Yes = False) -> None:
    """Remove a community; its people stay.

    Usage: kinship community rm NAME [-y]

    Examples:
      kinship community rm pyladies
    """
    kin = Kin.of(ctx)
    found = targets.community(kin, _name(kin, words))
    count = communities.counts(kin.db, "9999", found.id).get(found.id, Count())
    kept = shared.of(kin.db, "community", found.id)
    goes = f", and their cadence ({views.often(kept.every, kept.circle)}) ends" if kept else ""
    if not yes:
        kin.sure(
            f"{found.name}: {views.people(count.people)} in it, who stay{goes}. Remove?",
            f"removing {found.name}",
            f"community rm {targets.ref(kin, found)} -y",
            "removed",
        )
    joining.remove(kin.writable, found)
    back = Span(kin.cmd("undo"), "command")
    kin.show(Notice((line(f"Removed {found.name}. Back: ", back),), {"removed": found.id}))


# What the verbs share


def _name(kin: Kin, words: Sequence[str] | None) -> str:
    if not words:
        raise BadInput(
            "say which community. Nothing was written.",
            hint=(kin.cmd(f"{kin.command} NAME"), kin.cmd("community")),
        )
    return " ".join(words)


def _name_and_rest(kin: Kin, words: Sequence[str] | None) -> tuple[str, list[str]]:
    if not words:
        raise BadInput(
            "say which community, and who. Nothing was written.",
            hint=(kin.cmd(f"{kin.command} pyladies WHO"), kin.cmd("community")),
        )
    name, rest = targets.take_name(words, list(communities.keys(kin.db)))
    if not rest:
        raise BadInput(
            "say who. Nothing was written.",
            hint=kin.cmd(f"{kin.command} {names.argument(name)} WHO"),
        )
    return name, rest


def _people(kin: Kin, words: list[str]) -> tuple[list[int], str]:
    """Everybody who is meant, and how to call them in the history."""
    if any(map(targets.is_term, words)):
        found = targets.people(kin, words)
        said = " ".join(words)
        if not found:
            raise NotFound(
                f"nobody is found by {names.quoted(said)}. Nothing was written.",
                hint=kin.cmd("list"),
            )
        return found, said
    who: list[Person] = []
    while words:
        some, words = kin.take_who(words)
        who += some
    finding.not_me(who)
    several = {p.id: p for p in who}
    return list(several), ",".join(finding.refs(kin.db, several.values()).values())


def _listed(kin: Kin, numbers: Sequence[int]) -> str:
    """``Ada Lovelace, Grace Hopper, Alan Turing and 20 more``."""
    some = numbers if len(numbers) == _NAMED + 1 else numbers[:_NAMED]
    found = people.by_ids(kin.db, some)
    said = [found[n].name for n in some if n in found]
    return views.together(said, len(numbers) - len(some))


def _others(kin: Kin, joined: Joined, said: str) -> list[Line]:
    if not joined.others:
        return []
    verb = "was" if len(joined.others) == 1 else "were"
    return [line(f"{_listed(kin, joined.others)} {verb} {said}.")]


def _channel(text: str | None) -> str | None:
    if not text:
        return None
    from kinship.services import contact  # noqa: PLC0415  (only where a channel is named)

    return contact.channel_named(text)


def _link(kin: Kin, text: str | None) -> str | None:
    if not text or not text.strip():
        return None
    link = names.check_line(text, "link", 2000)
    if " " in link:
        raise BadInput(
            f"{names.quoted(text)} is no link. Nothing was written.",
            hint=kin.cmd("community edit pyladies --url https://pyladies.example"),
        )
    return link


def _community_record(one: Community) -> dict[str, object]:
    return {"id": one.id, "name": one.name, "channel": one.channel, "url": one.url}


def _joined_record(done: str, joined: Joined) -> dict[str, object]:
    return {
        **_community_record(joined.community),
        "new": joined.new,
        done: joined.moved,
        "others": joined.others,
    }
