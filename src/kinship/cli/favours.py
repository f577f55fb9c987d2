"""``favours``: who gave, who got, and whose turn it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from kinship.cli import views
from kinship.cli.context import Kin
from kinship.model import dates, names
from kinship.model.favour import Entry, Turn
from kinship.model.person import Person
from kinship.render.shapes import Column, Line, Span, Table, line
from kinship.services import people as finding
from kinship.store import favours as store
from kinship.store import people

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params

_NAMED = 2


def favours(
    ctx: typer.Context,
    words: params.Words = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Everybody, also where it is even.")
    ] = False,
) -> None:
    """Who gave more than they got from you, and what they look for.

    Usage: kinship favours [--all]
           kinship favours WHO         every favour, with its number

    Examples:
      kinship favours
      kinship favours ada

    An introduction that landed counts as given; who introduced you to somebody you
    know gave you one. Write them down: kinship gave ada TEXT, kinship got ada TEXT
    """
    kin = Kin.of(ctx)
    if words:
        _of_one(kin, kin.who(" ".join(words), writing=False))
        return
    every = store.ledger(kin.db)
    turns = every if everything else [one for one in every if one.yours]
    turns = turns[: kin.view.limit]
    who = people.by_ids(kin.db, [one.person_id for one in turns])
    seeks = people.topics(kin.db, who, "seeks")
    last = _last_words(kin, turns)
    refs = finding.refs(kin.db, who.values())

    def under(one: Turn) -> Line | None:
        sought = seeks.get(one.person_id)
        return line(Span(f"  looks for {', '.join(sought)}", "dim")) if sought else None

    def shown(one: Turn) -> str:
        return f"{'you: ' if one.way == 'gave' else ''}{last[one.person_id]}"

    def record(one: Turn) -> dict[str, object]:
        person = who[one.person_id]
        return {
            "person": {"id": person.id, "ref": refs[person.id], "name": person.name},
            "gave": one.gave,
            "got": one.got,
            "last": {"on": one.day, "way": one.way, "text": last[one.person_id]},
            "your_turn": one.yours,
            "seeks": seeks.get(one.person_id, []),
        }

    columns: list[Column[Turn]] = [
        Column("name", "WHO", lambda one: Span(who[one.person_id].name, "name")),
        Column("gave", "GAVE", lambda one: str(one.gave), rank=1, align_right=True),
        Column("got", "GOT", lambda one: str(one.got), least=3, rank=1, align_right=True),
        Column("last", "LAST", shown, least=12, rank=2),
        Column("when", "WHEN", lambda one: _ago(one.day, kin.today), least=8, rank=3),
    ]
    kin.show(
        Table(
            turns,
            columns,
            record,
            counted=_whose_turn(kin, turns, refs),
            empty=_nothing(kin, hidden=len(every)),
            under=under,
            fields=("person.id", "person.name", "gave", "got", "last.on", "last.way", "last.text"),
        )
    )


def _whose_turn(kin: Kin, turns: Sequence[Turn], refs: dict[int, str]) -> str:
    """Under the list: what to do about it."""
    mine = next((one for one in turns if one.yours), None)
    if mine is None:
        return views.people(len(turns)) if turns else ""
    return f"Your turn. What they look for: {kin.cmd(f'show {refs[mine.person_id]}')}"


def _last_words(kin: Kin, turns: Sequence[Turn]) -> dict[int, str]:
    """What was given or got last; introductions to you are told together."""
    by_way = [one for one in turns if one.text is None]
    to_you = store.introduced(kin.db, [one.person_id for one in by_way if one.way == "got"])
    others = {one.other_id for one in by_way}.union(*to_you.values())
    short = _short_names(kin, people.by_ids(kin.db, others))
    said = {}
    for one in turns:
        if one.text is not None:
            words = views.one_line(one.text)
        elif one.way == "got":
            met = to_you[one.person_id]
            some = met if len(met) == _NAMED + 1 else met[:_NAMED]
            words = f"introduced you to {views.together([short[n] for n in some], len(met) - len(some))}"
        else:
            words = f"introduction to {short[one.other_id]}"
        said[one.person_id] = words
    return said


def _short_names(kin: Kin, several: dict[int, Person]) -> dict[int, str]:
    """``Ada``, or ``Mary S.`` where a first name is not enough."""
    refs = finding.refs(kin.db, several.values())
    short = {}
    for person in several.values():
        first, last = names.first_name(person.name), names.last_name(person.name)
        alone = refs[person.id] == names.slug(first)
        short[person.id] = first if alone or not last else f"{first} {last[0]}."
    return short


def _ago(day: str, today: date) -> str:
    if len(day) < 10:
        return views.when_shown(day, today)
    return dates.away(date.fromisoformat(day), today)


def _nothing(kin: Kin, *, hidden: int) -> tuple[Line, ...]:
    if hidden:
        return (
            line("Nobody gave you more than you gave them."),
            line("  Everybody: ", Span(kin.cmd("favours --all"), "command")),
        )
    return (
        line("Nothing given or got is written down."),
        line("  You did something:  ", Span(kin.cmd("gave WHO what it was"), "command")),
        line("  They did something: ", Span(kin.cmd("got WHO what it was"), "command")),
    )


def _of_one(kin: Kin, person: Person) -> None:
    """Every favour of one person, with its number."""
    finding.not_me([person])
    found = store.entries_of(kin.db, person.id)
    gave = sum(one.way == "gave" for one in found)
    ref = finding.ref(kin.db, person)
    columns: list[Column[Entry]] = [
        Column("number", "#", lambda one: f"#{one.number}" if one.number else "", rank=1),
        Column("day", "WHEN", lambda one: views.when_shown(one.day, kin.today), least=6, rank=2),
        Column("way", "WAY", lambda one: one.way, least=4, rank=1),
        Column("text", "WHAT", lambda one: views.one_line(one.said), least=12, rank=1),
    ]
    kin.show(
        Table(
            found,
            columns,
            lambda one: {
                "number": one.number,
                "day": one.day,
                "way": one.way,
                "text": one.said,
                "person": {"id": person.id, "ref": ref, "name": person.name},
            },
            counted=f"{person.name}: you gave {gave}, got {len(found) - gave}." if found else "",
            empty=(
                line(f"Nothing given to or got from {person.name} is written down."),
                line("  You did something:  ", Span(kin.cmd(f"gave {ref} what it was"), "command")),
                line("  They did something: ", Span(kin.cmd(f"got {ref} what it was"), "command")),
            ),
            fields=("number", "day", "way", "text"),
        )
    )
