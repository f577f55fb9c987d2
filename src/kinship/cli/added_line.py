"""What was understood of somebody who was added, in one line."""

from datetime import date, timedelta

from kinship.cli import added
from kinship.cli.context import Kin
from kinship.model import channel, dates, names
from kinship.model.line import Draft
from kinship.model.person import Person
from kinship.render.shapes import Line, Span, line
from kinship.services import connecting
from kinship.services.meeting import Added, Arrival
from kinship.store import people


def echo(kin: Kin, done: Added, draft: Draft, margin: str) -> Line:
    """``✓ Ada Lovelace · Analytical Engines · compilers · LinkedIn by Wed 20 May``"""
    arrival = done.arrival
    parts = []
    if done.again:
        parts.append("met at last" if done.at_last else "met again" if done.met else "updated")
    parts += _facts(kin, done.person, arrival)
    if draft.guessed:
        parts.append(f"name read from {draft.channels[0].handle}")
    if draft.leftover:
        parts.append("kept as a note: " + ", ".join(map(names.quoted, draft.leftover)))
    if draft.joined:
        parts.append("a line break or tab became a space")
    said = "".join(f" · {part}" for part in parts)
    return line(margin, Span("✓", "good"), " ", Span(done.person.name, "name"), said)


def _facts(kin: Kin, person: Person, arrival: Arrival) -> list[str]:
    fields = dict(arrival.fields)
    parts = [fields[name] for name in ("role", "org", "city", "address") if name in fields]
    parts.append(", ".join(arrival.topics))
    parts += _channels(kin, arrival)
    parts += (f"in {name}" for name in arrival.communities)
    parts += (f"tag {name}" for name in arrival.tags)
    parts += (f"seeks {text}" for text in arrival.seeks)
    if "birthday" in fields:
        parts.append(f"birthday {dates.birthday_text(fields['birthday'])}")
    if arrival.keep:
        parts.append(getattr(arrival.keep, "name", None) or str(arrival.keep))
    if arrival.by is not None and (by := people.by_id(kin.db, arrival.by)):
        parts.append(f"introduced by {by.name}")
    both, more, others = added.both_know(kin, person, arrival)
    if both:
        parts.append("both know " + ", ".join([*both, *([f"{more} more"] if more else [])]))
    if others:
        parts.append("knows " + ", ".join(others))
    if arrival.follow_up:
        due, text = arrival.follow_up
        parts.append(f"follow-up {dates.show(due, kin.today)}" + (f": {text}" if text else ""))
    return [part for part in parts if part]


def _channels(kin: Kin, arrival: Arrival) -> list[str]:
    """The channels; those to connect on with the day until when they still remember you."""
    parts = [channel.label(handle.kind) for handle, _ in arrival.channels]
    waiting = [n for n, (_, state) in enumerate(arrival.channels) if state == "known"]
    if waiting and arrival.how == "in person" and not arrival.follow_up and arrival.day:
        whole = len(arrival.day) == 10
        by = (
            date.fromisoformat(arrival.day) + timedelta(days=connecting.REMEMBERED)
            if whole
            else kin.today
        )
        if by > kin.today:
            parts[waiting[0]] += f" by {dates.show(by, kin.today)}"
    return list(dict.fromkeys(parts))
