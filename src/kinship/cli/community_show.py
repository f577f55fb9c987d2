"""``community show``: who you really met, whom you talk to, and whom to meet at last."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kinship.cli import sections, targets, together, views
from kinship.cli.context import Kin
from kinship.errors import BadInput
from kinship.model import channel, dates, names
from kinship.model.entry import Community
from kinship.model.person import Person
from kinship.render.shapes import Column, Line, Room, Sheet, Span, Table, line
from kinship.render.width import fits
from kinship.services import communities as joining
from kinship.services import people as finding
from kinship.services.communities import Chance, Page
from kinship.store import communities, people, shared

if TYPE_CHECKING:
    import typer

    from kinship.cli import params

_CHANCES = 10
_EVERYBODY = 10**9


def show(ctx: typer.Context, words: params.Words = None) -> None:
    """One community: who you really met, whom you talk to, and whom to meet at last.

    Usage: kinship community show NAME

    Examples:
      kinship community show pyladies

    First come those who will be at an event you wrote down, then those who live in your city
    (kinship edit me --city London), then those who know most people you know.
    """
    kin = Kin.of(ctx)
    if not words:
        raise BadInput(
            "say which community.", hint=(kin.cmd("community show NAME"), kin.cmd("community"))
        )
    found = targets.community(kin, " ".join(words), writing=False)
    in_rows = kin.view.format in ("json", "jsonl")
    most = kin.view.limit or (_EVERYBODY if in_rows else _CHANCES)
    page = joining.page(kin.db, found, today=kin.today, most=most)
    ids = [c.person.id for c in page.chances]
    topics = people.topics(kin.db, ids)
    yours = [m for m in page.members if not m.heard]
    yours.sort(key=lambda m: m.last_on or "", reverse=True)
    network = together.network(
        kin,
        (m.id for m in page.members),
        None if in_rows else together.SHOWN,
        [m.id for m in yours[: together.CROWD]],
    )

    def build(room: Room) -> list[Line]:
        lines = [*_figures(kin, page, room), *_chances(kin, page, topics, room)]
        ties = sections.whole(together.lines(kin, network, room), room)
        return [*lines, *([Line(), *ties[:-1]] if ties else [])]

    record = {**_record(kin, page, topics), **together.record(kin, network)} if in_rows else None
    kin.show(Sheet(build, record, _members(kin, found)))


def _figures(kin: Kin, page: Page, room: Room) -> list[Line]:
    one, count = page.community, page.count
    online = f" on {targets.place(one)}" if one.channel else ""
    where = f" · online{online}" if one.channel or one.url else ""
    head = f"community · {views.people(count.people)}{where}"
    rows = [
        line(
            f"  met in person   {count.met:,} of {count.people:,}   ",
            *sections.bar(count.met, count.people),
        ),
        line(f"  talk to         {count.talked:,} in the last 3 months"),
    ]
    if not count.people:
        joins = kin.cmd(f"community join {targets.ref(kin, one)} WHO")
        rows = [line("  Nobody is in it yet: ", Span(joins, "command"))]
    if page.shared:
        reach = shared.reach(kin.db, page.shared.id)
        of_all = "" if reach.kept == reach.people else f", for {reach.kept} of them"
        since = views.when_shown(page.shared.kept_on, kin.today)
        rows.append(
            line(
                f"  keep            {views.often(page.shared.every, page.shared.circle)} since {since}{of_all}"
            )
        )
    if page.event:
        name, first = page.event
        day = date.fromisoformat(first)
        when = f"since {dates.show(day, kin.today)}" if day < kin.today else ""
        rows.append(line(f"  next event      {name}, {when or dates.away(day, kin.today)}"))
    if one.url:
        rows.append(line("  link            ", one.url))
    top = line(Span(one.name, "name"), right=Span(head, "dim"))
    if not fits(top, room):
        return [line(Span(one.name, "name")), line(Span(head, "dim")), Line(), *rows]
    return [top, Line(), *rows]


def _chances(kin: Kin, page: Page, topics: dict[int, list[str]], room: Room) -> list[Line]:
    if not page.chances:
        return []
    rows = [
        (c.person.name, _why(kin, page, c), ", ".join(topics.get(c.person.id, [])))
        for c in page.chances
    ]
    more = page.unmet - len(rows)
    command = Span(targets.unmet(kin, page.community), "command")
    lines = [Line(), *sections.section(room, "MEET AT LAST", "", rows)]
    return [*lines, *([line(f"  and {more} more: ", command)] if more else [])]


def _why(kin: Kin, page: Page, chance: Chance) -> str:
    """The best reason there is: where they will be, where they live, whom they know."""
    person = chance.person
    if chance.event:
        return f"going to {chance.event}"
    if chance.near:
        return f"lives in {person.city}, like you"
    if chance.knows:
        number, name = chance.knows
        return f"knows {name}" if number == 1 else f"knows {number} people you know"
    if person.city:
        return f"lives in {person.city}"
    online = names.fold(person.met_online or "").split()
    if person.met_online and not names.in_order(online, page.community.name_key.split()):
        since = f" since {views.when_shown(person.since, kin.today)}" if person.since else ""
        return channel.label(person.met_online) + since
    if person.known == "heard":
        return "heard of"
    return f"known since {views.when_shown(person.since, kin.today)}" if person.since else ""


def _members(kin: Kin, one: Community) -> Table[Person] | None:
    """Everybody in it, for formats that need rows."""
    if not kin.view.rows_only:
        return None
    several = list(
        people.by_ids(kin.db, (m.id for m in communities.members(kin.db, one.id))).values()
    )
    several.sort(key=lambda p: (p.name_key, p.id))
    records = {p.id: r for p, r in zip(several, views.full_records(kin, several), strict=True)}
    return Table(
        several,
        [Column(f, f.upper(), lambda p, f=f: str(records[p.id][f] or "")) for f in ("name", "org")],  # type: ignore[misc]
        lambda p: records[p.id],
        fields=tuple(views.FIELDS),
    )


def _record(kin: Kin, page: Page, topics: dict[int, list[str]]) -> dict[str, object]:
    one = page.community
    refs = finding.refs(kin.db, [c.person for c in page.chances])
    met = {m.id: bool(m.met) for m in page.members}
    members = people.by_ids(kin.db, met).values()
    return {
        "id": one.id,
        "name": one.name,
        "channel": one.channel,
        "url": one.url,
        "keep": page.shared.every if page.shared else None,
        "people": page.count.people,
        "met": page.count.met,
        "talked": page.count.talked,
        "next_event": page.event[0] if page.event else None,
        "meet_at_last": [
            {
                "person": {
                    "id": c.person.id,
                    "ref": refs[c.person.id],
                    "name": c.person.name,
                },
                "going_to": c.event,
                "same_city": c.near,
                "knows": c.knows[0] if c.knows else 0,
                "topics": topics.get(c.person.id, []),
            }
            for c in page.chances
        ],
        "members": [
            {"id": p.id, "name": p.name, "met": met[p.id]}
            for p in sorted(members, key=lambda p: (p.name_key, p.id))
        ],
    }
