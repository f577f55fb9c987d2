"""``favours``: who gave, who got, and whose turn it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
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
_SHOWN = 50
"""Rows on a terminal."""


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
    with kin.still():
        _ledger(kin, everything=everything)


def _ledger(kin: Kin, *, everything: bool) -> None:
    most = kin.view.limit or (_SHOWN if kin.view.terminal and kin.view.format is None else None)
    turns, count = store.ledger(kin.db, yours=not everything, most=most)
    who = people.by_ids(kin.db, [one.person_id for one in turns])
    seeks = people.topics(kin.db, who, "seeks")
    last = _newest(kin, turns)

    @cache
    def refs() -> dict[int, str]:
        return finding.refs(kin.db, who.values())

    def said(one: Turn) -> str:
        newest, text = last[one.person_id]
        return f"you: {text}" if newest.way == "gave" else text

    def under(one: Turn) -> Line | None:
        sought = seeks.get(one.person_id)
        return line(Span(f"  looks for {', '.join(sought)}", "dim")) if sought else None

    def record(one: Turn) -> dict[str, object]:
        person = who[one.person_id]
        newest, text = last[one.person_id]
        return {
            "person": views.brief(person, refs()),
            "gave": one.gave,
            "got": one.got,
            "last": {"on": newest.day, "way": newest.way, "text": text},
            "your_turn": one.yours,
            "seeks": seeks.get(one.person_id, []),
        }

    columns: list[Column[Turn]] = [
        Column("name", "WHO", lambda one: Span(who[one.person_id].name, "name")),
        Column("gave", "GAVE", lambda one: str(one.gave), rank=1, align_right=True),
        Column("got", "GOT", lambda one: str(one.got), least=3, rank=1, align_right=True),
        Column("last", "LAST", said, least=12, rank=2),
        Column(
            "when",
            "WHEN",
            lambda one: _ago(last[one.person_id][0].day, kin.today),
            least=12,
            rank=3,
        ),
    ]
    kin.show(
        Table(
            turns,
            columns,
            record,
            counted=_whose_turn(kin, turns, who, count),
            empty=() if turns else _nothing(kin, everything=everything),
            under=under,
            fields=("person.id", "person.name", "gave", "got", "last.on", "last.way", "last.text"),
        )
    )


def _whose_turn(kin: Kin, turns: Sequence[Turn], who: dict[int, Person], count: int) -> str:
    """Under the list: how many there are, and what to do about it."""
    many = f"{len(turns)} of {views.people(count)}. " if len(turns) < count else ""
    mine = next((one for one in turns if one.yours), None)
    if mine is None:
        return many.strip() or (views.people(count) if turns else "")
    ref = finding.ref(kin.db, who[mine.person_id])
    return f"{many}Your turn. What they look for: {kin.cmd(f'show {ref}')}"


def _newest(kin: Kin, turns: Sequence[Turn]) -> dict[int, tuple[Entry, str]]:
    """Of each the newest favour, one you got where it is your turn, and the words of it.

    Introductions to you are told together.
    """
    every = store.entries(kin.db, [one.person_id for one in turns])
    last = {
        one.person_id: next(e for e in every[one.person_id] if e.way == "got" or not one.yours)
        for one in turns
    }
    told = {
        number: [e.other_id for e in every[number] if e.way == newest.way and e.other_id]
        if newest.way == "got"
        else [newest.other_id]
        for number, newest in last.items()
        if newest.other_id
    }
    others = {n for some in told.values() for n in some if n}
    short = {n: _short(p) for n, p in people.by_ids(kin.db, others).items()}
    return {
        number: (
            newest,
            views.one_line(newest.text)
            if newest.text
            else _introduced(newest.way, [short[n] for n in told[number] if n]),
        )
        for number, newest in last.items()
    }


def _introduced(way: str, others: Sequence[str]) -> str:
    """``introduced you to Ada L., Mary S. and 3 more``."""
    if way == "gave":
        return f"introduction to {others[0]}"
    some = others if len(others) == _NAMED + 1 else others[:_NAMED]
    return f"introduced you to {views.together(some, len(others) - len(some))}"


def _short(person: Person) -> str:
    """``Mary S.``"""
    first, last = names.first_name(person.name), names.last_name(person.name)
    return f"{first} {last[0]}." if last else first


def _ago(day: str, today: date) -> str:
    if len(day) < 10:
        return views.when_shown(day, today)
    return dates.away(date.fromisoformat(day), today)


def _nothing(kin: Kin, *, everything: bool) -> tuple[Line, ...]:
    if not everything and store.ledger(kin.db, most=1)[1]:
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
