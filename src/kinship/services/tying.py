"""Ties: who knows whom, how, and who says so."""

from collections.abc import Iterable, Sequence
from datetime import date

from kinship.errors import BadInput, NotFound
from kinship.model import dates, names
from kinship.model.person import ME, Person
from kinship.model.tie import Tie
from kinship.model.warmth import Hub
from kinship.services import people as finding
from kinship.store import imports, people, ties
from kinship.store.db import Change, Db
from kinship.value import Value

_NAMED = 5


class Why(Value):
    """Why two people may know each other, in words: a tie, or a weak edge.

    A weak one has a hub, and no source.
    """

    pair: tuple[int, int]
    text: str
    how: str | None = None
    since: str | None = None
    noted_on: str | None = None
    source: str | None = None
    hub: Hub | None = None

    @property
    def weak(self) -> bool:
        """They perhaps know each other: nobody said so."""
        return self.hub is not None


class Noted(Value):
    """One tie as it is now: whether it is new, and whether something was added to it."""

    person: Person
    tie: Tie
    new: bool
    changed: bool


class Tied(Value):
    """Whom somebody knows now, whose tie was removed, and with whom none was noted.

    ``heard`` were only heard of until now, and you know them; ``yours`` you knew already.
    """

    person: Person
    knows: list[Noted]
    removed: list[Person]
    missing: list[Person]
    heard: list[Person]
    yours: list[Person]


def tie(
    db: Db,
    one: Person,
    others: Sequence[Person],
    *,
    how: str | None,
    since: str | None,
    today: date,
) -> Tied:
    """The first knows the others: written down, or what is new said of ties that are there.

    An empty ``how`` or ``since`` clears it. Whom you know yourself is told by no tie: whoever you
    only heard of is known to you then. Raises BadInput for somebody and themselves.
    """
    others = _others(one, others)
    mine = others if one.id == ME else [one] if any(p.id == ME for p in others) else []
    if mine and (how is not None or since is not None):
        raise BadInput(
            "how you know somebody stands on their own page. Nothing was written.",
            hint=f"kinship edit {finding.ref(db, mine[0])} --since 2019",
        )
    whom = [] if one.id == ME else [p for p in others if p.id != ME]
    heard = [p for p in mine if p.known == "heard"]
    said = {n: v for n, v in (("how", how), ("since", since)) if v is not None}
    now = _ties(db, one)
    new: list[int] = []
    changed: list[int] = []
    if heard or any(p.id not in now or _changes(now[p.id], one, said) for p in whom):
        with db.change(_label(db, one, others), about=_about(one, others)) as tx:
            for person in heard:
                people.update(tx, person.id, known="known")
            now = _ties(tx, one)
            for person in whom:
                if person.id not in now:
                    new.append(person.id)
                    ties.add(
                        tx,
                        one.id,
                        person.id,
                        today.isoformat(),
                        how=how or None,
                        since=since or None,
                    )
                elif _changes(now[person.id], one, said):
                    changed.append(person.id)
                    _say(tx, now[person.id], one, said)
            now = _ties(tx, one)
    return Tied(
        one,
        [Noted(p, now[p.id], p.id in new, p.id in changed) for p in whom],
        [],
        [],
        heard,
        [p for p in mine if p.known != "heard"],
    )


def _ties(db: Db, one: Person) -> dict[int, Tie]:
    """The ties of somebody, by whom they know."""
    return {tie.whom(one.id): tie for tie in ties.of(db, one.id)}


def _others(one: Person, others: Sequence[Person]) -> list[Person]:
    found = list({p.id: p for p in others}.values())
    if any(p.id == one.id for p in found):
        who = "you" if one.id == ME else one.name
        raise BadInput(
            f"that is one person: {who}. Nothing was written.", hint="kinship knows WHO WHO"
        )
    return found


def _changes(tie: Tie, one: Person, said: dict[str, str]) -> bool:
    """Whether something is said that is not noted; how is said of the first."""
    turned = bool(said.get("how")) and tie.person_id != one.id
    return turned or any((value or None) != getattr(tie, column) for column, value in said.items())


def _say(tx: Change, tie: Tie, one: Person, said: dict[str, str]) -> None:
    turned = {"person_id": one.id, "other_id": tie.whom(one.id)} if said.get("how") else {}
    columns = {column: value or None for column, value in said.items()}
    ties.update(tx, tie.id, **turned, **columns, source="said")


def untie(db: Db, one: Person, others: Sequence[Person]) -> Tied:
    """Remove the ties between the first and the others.

    Raises NotFound where none of them is noted.
    """
    others = _others(one, others)
    if ME in (one.id, *(p.id for p in others)):
        raise BadInput(
            "whom you know yourself is told by no tie. Nothing was removed.",
            hint="kinship help knows",
        )
    known = _ties(db, one)
    tied = [p for p in others if p.id in known]
    if not tied:
        who = " or ".join(p.name for p in others[:_NAMED])
        raise NotFound(
            f"no tie between {one.name} and {who} is noted. Nothing was removed.",
            hint=f"kinship show {finding.ref(db, one)}",
        )
    with db.change(f"{_label(db, one, tied)} --not", about=_about(one, tied)) as tx:
        for person in tied:
            ties.remove(tx, known[person.id].id)
    return Tied(one, [], tied, [p for p in others if p.id not in known], [], [])


def _label(db: Db, one: Person, others: Sequence[Person]) -> str:
    first = finding.ref(db, one)
    if len(others) > _NAMED:
        return f"knows {first} and {len(others)} people"
    return f"knows {first} {' '.join(finding.refs(db, others).values())}"


def _about(one: Person, others: Sequence[Person]) -> list[int]:
    """The people a change is about; a crowd is nobody that ``.`` could mean."""
    several = [one, *(others if len(others) <= _NAMED else ())]
    return [p.id for p in several if p.id != ME]


def whys(
    db: Db, pairs: Iterable[tuple[int, int]], today: date, *, to_you: bool = False
) -> dict[tuple[int, int], Why]:
    """Why each pair knows each other; pairs without a tie are left out.

    How they do is said of the first of a pair, or says of whom. With ``to_you`` the two are named
    beside it, and need no names for what the first did for you.
    """
    wanted = list(pairs)
    numbers = {number for pair in wanted for number in pair}
    found: dict[tuple[int, int], Tie] = {}
    for one in ties.among(db, numbers):
        found[one.person_id, one.other_id] = found[one.other_id, one.person_id] = one
    wanted = [pair for pair in wanted if pair in found]
    who = people.by_ids(db, {number for pair in wanted for number in pair})
    files = imports.called(db, {t.import_id for t in found.values() if t.import_id})
    return {
        pair: _why(found[pair], pair, who, files.get(found[pair].import_id or 0, ""), today, to_you)
        for pair in wanted
    }


def _why(
    tie: Tie,
    pair: tuple[int, int],
    who: dict[int, Person],
    file: str,
    today: date,
    to_you: bool,
) -> Why:
    texts = [
        _introduced(who[by], who[whom], named=not to_you or by != pair[0])
        for by, whom in (pair, pair[::-1])
        if who[whom].introduced_by == by
    ][:1]
    if tie.how:
        subject = "" if tie.person_id == pair[0] else f"{names.first_name(who[pair[1]].name)}: "
        texts.append(subject + tie.how)
    if tie.since:
        texts.append(f"since {dates.short_text(tie.since, today)}")
    if not texts:
        day = dates.short_text(tie.noted_on, today)
        said = {
            "introduced": f"you introduced them {day}",
            "import": f"from {file}, {day}" if file else f"imported {day}",
        }
        texts = [said.get(tie.source, f"you noted it {day}")]
    return Why(
        pair,
        "; ".join(texts),
        how=tie.how,
        since=tie.since,
        noted_on=tie.noted_on,
        source=tie.source,
    )


def _introduced(by: Person, whom: Person, *, named: bool) -> str:
    """Who introduced you to somebody; of whom you only heard they told you."""
    first, other = names.first_name(by.name), names.first_name(whom.name)
    if whom.known == "heard":
        return f"{first} told you of {other}" if named else "told you of them"
    return f"{first} introduced you to {other}" if named else "introduced you"
