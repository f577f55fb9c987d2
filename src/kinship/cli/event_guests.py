"""``event guests``: an attendee list, matched with the people you know."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from kinship.cli import event_page, event_words, sections, views
from kinship.cli.context import Kin
from kinship.errors import BadInput, FileTrouble
from kinship.formats import attendees
from kinship.formats.attendees import Listed
from kinship.model import names
from kinship.model.entry import Event
from kinship.model.person import Person
from kinship.render.shapes import Line, Room, Sheet, Span, line
from kinship.services import event_names, inviting
from kinship.services import people as finding
from kinship.services.inviting import Matched, Unsure
from kinship.store import attendance, people
from kinship.store.db import display

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params

_SHOWN = 10
_REFUSED = 5


def guests(
    ctx: typer.Context,
    words: params.Words = None,
    add: Annotated[
        bool, typer.Option("--add", help="Write down the others too, as heard of and going.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show whom you know; write nothing.")
    ] = False,
) -> int:
    """Match an attendee list: whom you know, and whom to meet at last.

    Usage: kinship event guests EVENT FILE [--add] [--dry-run]

    Examples:
      kinship event guests europython guests.csv
      kinship event guests europython guests.csv --add
      kinship event guests europython - < guests.csv

    Lists of Luma, Eventbrite and Meetup, or any table with a column of names or
    e-mail addresses. Whom you know is marked as going; matched by e-mail address,
    else by handle or profile link, else by the whole name.
    """
    kin = Kin.of(ctx)
    said = words or []
    if len(said) < 2:
        raise BadInput(
            "say which event, and which file. Nothing was written.",
            hint=kin.cmd(f"event guests {names.word(said[0]) if said else 'EVENT'} guests.csv"),
        )
    event = event_words.known(kin, " ".join(said[:-1]))
    listed = attendees.read(_bytes(said[-1]))
    planned = inviting.match(kin.db, event, listed.guests)
    writes = bool(planned.not_marked or (add and planned.new))
    if writes and not dry_run:
        inviting.invite(kin.writable, event, listed.guests, planned, add=add, today=kin.today)
    known = attendance.as_going(kin.db, planned.here)
    ref = event_names.ref(kin.db, event, kin.event_day)
    file = "--add - < FILE" if said[-1] == "-" else f"{names.word(said[-1])} --add"
    again = f"event guests {ref} {file}"
    works = inviting.colleagues(kin.db, planned.new, kin.today)

    def build(room: Room) -> list[Line]:
        lines = [
            *_head(kin, event, planned, said[-1]),
            *_known(kin, event, known, room, kin.cmd(f"event show {ref} --all")),
            *_colleagues(planned, works, room),
            *_unsure(kin, planned.unsure, ref),
            *_done(kin, planned, again, add=add, dry_run=dry_run),
            *_left_out(listed),
        ]
        return sections.whole(lines, room)

    if not kin.view.quiet or dry_run:
        added = add and not dry_run
        kin.show(Sheet(build, _record(kin, event, planned, listed, works, added=added)))
    if listed.bad:
        _report(kin, listed, wrote=writes and not dry_run)
        return _REFUSED
    return 0


def _bytes(path: str) -> bytes:
    """What is in the file, or in standard input for ``-``."""
    if path == "-":
        return sys.stdin.buffer.read(attendees.MOST_BYTES + 1)
    shown = display(os.path.expanduser(path))
    try:
        with open(os.path.expanduser(path), "rb") as file:
            return file.read(attendees.MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise FileTrouble(f"there is no file {shown}. Nothing was written.") from error
    except OSError as error:
        reason = "it is a folder" if isinstance(error, IsADirectoryError) else error.strerror
        raise FileTrouble(f"{shown} cannot be read: {reason}. Nothing was written.") from error
    except ValueError as error:
        raise FileTrouble(f"no file can be called {names.quoted(path)}.") from error


def _head(kin: Kin, event: Event, planned: Matched, path: str) -> list[Line]:
    file = "the list" if path == "-" else os.path.basename(path)
    days = event_words.days(kin, event)
    listed = len(planned.here) + len(planned.new) + len(planned.unsure)
    text = f": {views.people(listed)} on {file}{f', {days}' if days else ''}"
    return [line(Span(event.name, "name"), text), Line()]


def _known(
    kin: Kin, event: Event, known: list[attendance.Going], room: Room, everybody: str
) -> list[Line]:
    met = {m.person_id for m in attendance.met(kin.db, event)}
    past = event_words.state(event, kin.event_day.isoformat()) == "past"
    ahead = [g for g in known if g.person_id not in met]
    lines = event_page.whom_to_meet(kin, ahead, room, event_page.SHOWN, everybody, past=past)
    there = len(known) - len(ahead)
    return (
        [line(f"You met {views.people(there)} of the list there."), Line(), *lines]
        if there
        else lines
    )


def _colleagues(planned: Matched, works: dict[int, Person], room: Room) -> list[Line]:
    """Who is new to you, and works where somebody does whom you know."""
    several = [one for one in planned.new if one.row in works]
    if not several:
        return []
    shown = several[: event_page.SHOWN]
    rows = [
        (one.name, dict(one.fields).get("org", ""), f"works where {works[one.row].name} does")
        for one in shown
    ]
    more = len(several) - len(shown)
    title, said = "COLLEAGUES", "new to you, of a company where you know somebody"
    return [
        *sections.section(room, title, said, rows),
        *([line(f"  and {more} more")] if more else []),
        Line(),
    ]


def _unsure(kin: Kin, unsure: list[Unsure], ref: str) -> list[Line]:
    """Who may be somebody here, with what to type if they are."""
    if not unsure:
        return []
    shown = unsure[:_SHOWN]
    known = people.by_ids(kin.db, {n for one in shown for n in one.people})
    refs = finding.refs(kin.db, known.values())
    lines = [line(Span("UNSURE", "heading"), Span(" nobody is marked for these", "dim"))]
    for one in shown:
        several = [known[n] for n in one.people if n in known]
        if one.shared and several:
            why = f"{one.shared} belongs to {several[-1].name}"
        elif len(several) == 1:
            why = f"several of that name, and one {several[0].name} here"
        else:
            why = f"{len(several)} people are called so"
        lines.append(
            line("  ", Span(one.name or f"row {one.row}", "name"), f"  row {one.row}: {why}")
        )
        lines += [
            line("    ", Span(kin.cmd(f"event going {ref} {refs[p.id]}"), "command"))
            for p in several[:2]
        ]
    more = len(unsure) - len(shown)
    return [*lines, *([line(f"  and {more} more")] if more else []), Line()]


def _done(kin: Kin, planned: Matched, again: str, *, add: bool, dry_run: bool) -> list[Line]:
    marked, new = len(planned.not_marked), len(planned.new)
    already = len(planned.already)
    undo = Span(kin.cmd("undo"), "command")
    added = new if add else 0
    if dry_run:
        would = [f"mark {marked} as going" if marked else "", f"add {added}" if added else ""]
        text = " and ".join(filter(None, would)) or "change nothing"
        lines = [line(f"Would {text}. Nothing was written.")]
    elif marked or added:
        parts = [f"Marked {marked} as going" if marked else "", f"added {added}" if added else ""]
        text = views.capital(", ".join(filter(None, parts)))
        lines = [line(f"{text}. Back: ", undo)]
    else:
        said = (
            f"All {already} you know are marked as going already"
            if already
            else "You know nobody of them yet"
        )
        lines = [line(f"{said}. Nothing was written.")]
    if new and not add:
        who = f"{new} new to you" if new > 1 else "One new to you"
        lines.append(line(f"{who}. Write them down too: ", Span(kin.cmd(again), "command")))
    return lines


def _left_out(listed: Listed) -> list[Line]:
    if not listed.not_coming:
        return []
    many = listed.not_coming
    return [
        line(f"{many} {'is' if many == 1 else 'are'} not coming: declined, refunded or waiting.")
    ]


def _report(kin: Kin, listed: Listed, *, wrote: bool) -> None:
    """The rows that say nobody, on standard error."""
    shown = [f"row {number}: {why}" for number, why in listed.bad[:_SHOWN]]
    more = len(listed.bad) - len(shown)
    shown += [f"and {more} more"] if more else []
    count = views.counted(len(listed.bad), "row")
    others = "; the others are written" if wrote else ""
    kin.view.out.flush()
    kin.say(f"kinship: {count} could not be read{others}:")
    for text in shown:
        kin.say(f"  {text}")


def _record(
    kin: Kin,
    event: Event,
    planned: Matched,
    listed: Listed,
    works: dict[int, Person],
    *,
    added: bool,
) -> dict[str, object]:
    known = {g.person_id: g for g in attendance.as_going(kin.db, planned.here)}
    refs = event_page.refs(kin, list(known)) if kin.view.format == "json" else {}
    ties = attendance.knowing_yours(kin.db, known)
    return {
        "event": event.name,
        "listed": len(listed.guests),
        "not_coming": listed.not_coming,
        "known": [
            {
                "id": n,
                "ref": refs.get(n),
                "name": g.name,
                "only_online": g.only_online,
                "heard_of": g.known == "heard",
                "last_on": g.last_on,
                "going": True,
                "knows": ties.get(n, (0, ""))[0],
            }
            for n, g in known.items()
        ],
        "new": [
            {
                "row": one.row,
                "name": one.name,
                "added": added,
                "works_with": works[one.row].name if one.row in works else None,
            }
            for one in planned.new
        ],
        "unsure": [{"row": u.row, "name": u.name, "people": u.people} for u in planned.unsure],
        "bad_rows": [{"row": number, "why": why} for number, why in listed.bad],
    }
