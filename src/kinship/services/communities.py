"""Communities: who belongs to them, and whom of them to meet at last."""

from collections.abc import Mapping, Sequence
from datetime import date

from kinship.errors import NotFound, Refused
from kinship.model import names
from kinship.model.entry import Community, Shared
from kinship.model.person import ME, Person
from kinship.store import attendance, communities, people, shared, ties
from kinship.store.communities import Count, Member
from kinship.store.db import Change, Db
from kinship.value import Value

LATELY = 91
"""Days, a quarter of a year, in which you talked with somebody you talk to."""


_AT_ONCE = 40


class Chance(Value):
    """A member never met: the event they will be at, whether they live in your city, whom they know.

    ``knows`` is how many people you know they know, and one of them by name.
    """

    person: Person
    event: str | None
    near: bool
    knows: tuple[int, str] | None


class Page(Value):
    """One community: its members, its figures, and the chances to meet them, the best first.

    ``event`` is its next one, by name, and the first day of it.
    """

    community: Community
    members: list[Member]
    count: Count
    chances: list[Chance]
    shared: Shared | None
    event: tuple[str, str] | None

    @property
    def unmet(self) -> int:
        """How many members you never met in person."""
        return self.count.people - self.count.met


class Joined(Value):
    """A community, whether it is new, and who came or left; the others were in it, or never were."""

    community: Community
    new: bool
    moved: list[int]
    others: list[int]


def lately(today: date) -> str:
    """From this day on you talked with somebody lately."""
    return date.fromordinal(max(1, today.toordinal() - LATELY)).isoformat()


def page(db: Db, community: Community, *, today: date, most: int) -> Page:
    """Everything about one, with at most so many of those to meet at last.

    First who comes to an event, then who lives where you do, then who knows most people you know.
    Who is only heard of comes after whom you know.
    """
    members, day = communities.members(db, community.id), lately(today)
    unmet = [one for one in members if not one.met]
    talked = sum((one.last_on or "") >= day for one in members)
    me = people.by_id(db, ME)
    home = names.place(me.city if me else None)
    going = communities.going(db, community.id, today.isoformat())
    chances = _best(db, unmet, going, home, most)
    return Page(
        community,
        members,
        Count(len(members), len(members) - len(unmet), talked),
        chances,
        shared.of(db, "community", community.id),
        communities.next_event(db, community.id, today.isoformat()),
    )


def _best(
    db: Db, unmet: Sequence[Member], going: Mapping[int, str], home: str, most: int
) -> list[Chance]:
    """The best chances to meet them, in order; people are read by name.

    Whom they know is counted for as many as may be among the first: how many ties they have at
    all, which is counted sooner, says who that is.
    """
    coming = list(dict.fromkeys(going.values()))
    ids = [one.id for one in unmet]
    cities = people.cities(db, ids) if home else {}
    near = {number for number, city in cities.items() if names.place(city) == home}
    most_known = ties.counts(db, ids)

    def key(one: Member, many: int) -> tuple[int, bool, int, int]:
        place = coming.index(going[one.id]) if one.id in going else len(coming)
        return place, one.id not in near, -many, one.heard

    order = sorted(unmet, key=lambda p: key(p, most_known[p.id]))
    best: list[tuple[tuple[int, bool, int, int], str, int, Chance]] = []
    for start in range(0, len(order), _AT_ONCE):
        some = order[start : start + _AT_ONCE]
        if len(best) >= most and best[most - 1][0] < key(some[0], most_known[some[0].id]):
            break
        numbers = [one.id for one in some]
        known, told = attendance.knowing_yours(db, numbers), people.by_ids(db, numbers)
        for one in some:
            who = told[one.id]
            chance = Chance(who, going.get(who.id), who.id in near, known.get(who.id))
            many = chance.knows[0] if chance.knows else 0
            best.append((key(one, many), who.name_key, who.id, chance))
        best.sort(key=lambda found: found[:3])
    return [chance for *_, chance in best[:most]]


def add(db: Db, name: str, *, channel: str | None = None, url: str | None = None) -> Community:
    """Make a community. Raises Refused for a name that is here."""
    with db.change(f"community add {name}") as tx:
        _free(tx, name)
        number = communities.add(tx, name, names.fold(name), channel=channel, url=url)
        return _there(tx, number, name)


def edit(db: Db, community: Community, **fields: str | None) -> Community:
    """Change name, channel or url. Raises Refused for a name that another one has."""
    with db.change(f"community edit {community.name}") as tx:
        columns = dict(fields)
        if name := columns.get("name"):
            _free(tx, name, but=community.id)
            columns["name_key"] = names.fold(name)
        communities.update(tx, community.id, **columns)
        return _there(tx, community.id, community.name)


def _free(tx: Change, name: str, but: int = 0) -> None:
    number = communities.keys(tx).get(names.fold(name), but)
    if number != but:
        raise Refused(
            f"{_there(tx, number, name).name} is here already. Nothing was written.",
            hint=f"kinship community show {names.argument(name)}",
        )


def _there(tx: Change, number: int, name: str) -> Community:
    found = communities.by_id(tx, number)
    if found is None:
        raise Refused(
            f"{name} was removed just now by another program. Nothing was written.",
            hint="kinship undo --list",
        )
    return found


def join(db: Db, meant: Community | str, numbers: Sequence[int], *, label: str) -> Joined:
    """Make people members of a community, or of a new one of that name.

    ``label`` is how the people were named. Where all are members already, nothing is written.
    """
    if isinstance(meant, Community):
        inside = communities.members_among(db, meant.id, numbers)
        if len(inside) == len(numbers):
            return Joined(meant, new=False, moved=[], others=list(numbers))
    name = meant if isinstance(meant, str) else meant.name
    with db.change(f"community join {name}: {label}", about=_about(numbers)) as tx:
        key = names.fold(name)
        known = communities.keys(tx).get(key)
        number = known or communities.add(tx, name, key)
        inside = communities.members_among(tx, number, numbers)
        communities.join_all(tx, number, numbers)
        return Joined(
            _there(tx, number, name),
            new=known is None,
            moved=[n for n in numbers if n not in inside],
            others=[n for n in numbers if n in inside],
        )


_FEW = 20


def _about(numbers: Sequence[int]) -> Sequence[int]:
    """A crowd is nobody that ``.`` could mean."""
    return numbers if len(numbers) <= _FEW else ()


def leave(db: Db, community: Community, numbers: Sequence[int], *, label: str) -> Joined:
    """Let people leave. Raises NotFound where none of them is a member."""
    inside = communities.members_among(db, community.id, numbers)
    if not inside:
        (name,) = (p.name for p in people.by_ids(db, numbers[:1]).values())
        who = "none of them is" if len(numbers) > 1 else f"{name} is not"
        raise NotFound(
            f"{who} in {community.name}. Nothing was written.",
            hint=f"kinship community show {names.argument(community.name)}",
        )
    with db.change(f"community leave {community.name}: {label}", about=_about(numbers)) as tx:
        communities.leave_all(tx, community.id, numbers)
    return Joined(
        community,
        new=False,
        moved=[n for n in numbers if n in inside],
        others=[n for n in numbers if n not in inside],
    )


def remove(db: Db, community: Community) -> None:
    """Remove a community; its people stay."""
    with db.change(f"community rm {community.name}") as tx:
        _there(tx, community.id, community.name)
        communities.remove(tx, community.id)
