"""What ``add`` says: what it understood, and what comes next."""

from collections.abc import Iterator
from datetime import date

from kinship.cli import reading, views
from kinship.cli.context import Kin
from kinship.model import channel, dates, names
from kinship.model.line import Draft
from kinship.model.person import Person
from kinship.render.shapes import Line, Span, line
from kinship.services import connecting
from kinship.services import people as finding
from kinship.services.meeting import Added, Arrival
from kinship.store import entries, people, ties

_NAMED = 2


def echo(kin: Kin, added: Added, draft: Draft) -> list[Line]:
    person, arrival = added.person, added.arrival
    if added.again:
        from kinship.cli import answers  # noqa: PLC0415  (not for somebody new)

        new = [arrival.follow_up[1] or ""] if arrival.follow_up else []
        waiting = entries.open_follow_ups(kin.db, person.id)
        return [
            *_again(kin, added),
            *_facts(kin, added, draft, first=False),
            *answers.open_with(kin, person, waiting, new=new),
        ]
    ref = finding.ref(kin.db, person)
    result = [line("Added ", Span(person.name, "name"), f" ({ref})")]
    result += _facts(kin, added, draft, first=True)
    result += [
        line("              Meant? ", Span(kin.cmd(f"edit {ref} --via {handle}"), "command"))
        for handle in meant(draft)
    ]
    if arrival.how == "known":
        planned = arrival.keep or arrival.follow_up
        without = "no meeting" if planned else "no meeting, no date, no nudge"
        result.append(line(f"  Someone you know: {without}. You met in person?"))
        result.append(
            line(
                "  ",
                Span(kin.cmd(f"add {_named(kin, person, ref)} --same --at EVENT"), "command"),
            )
        )
    return result


def meant(draft: Draft) -> list[str]:
    """The channels that words kept as a note were probably meant for."""
    return [found for text in draft.leftover for word in text.split() if (found := _meant(word))]


def _meant(text: str) -> str:
    """``linkedin:bob`` for ``linkdin:bob``, which was kept as a note; empty for other texts."""
    kind, colon, handle = text.partition(":")
    if not colon or not handle or any(not c.isalnum() and c not in "@._-+" for c in handle):
        return ""
    from kinship.model import likeness  # noqa: PLC0415  (only for what was kept as a note)

    near = likeness.near_words(names.fold(kind), channel.KINDS)
    return f"{near[0]}:{handle}" if near else ""


def _named(kin: Kin, person: Person, ref: str) -> str:
    """The name where it is theirs alone, else what means them."""
    alone = finding.find(kin.db, person.name).people == [person]
    return names.argument(person.name) if alone else ref


def _again(kin: Kin, added: Added) -> list[Line]:
    arrival, person = added.arrival, added.person
    if arrival.day and arrival.event and arrival.event.online:
        return [line("Met ", Span(person.name, "name"), f" online, {_when(kin, arrival)}.")]
    if not added.met:
        return [line("Updated ", Span(person.name, "name"), ".")]
    when = _when(kin, arrival)
    count = len(added.meetings)
    first = added.meetings[0]
    at_last = " at last" if person.known == "online" else ""
    text = f" again, {when}." if count > 1 else f"{at_last}, {when}."
    if count > 1:
        where = first.event or views.when_shown(first.day, kin.today)
        text += f" {dates.ordinal(count)} time; first {where}."
    return [line("Met ", Span(person.name, "name"), text)]


def _when(kin: Kin, arrival: Arrival) -> str:
    assert arrival.day
    day = day_said(kin, arrival.day)
    return f"{day} at {arrival.event.name}" if arrival.event else day


def day_said(kin: Kin, day: str) -> str:
    """``today``; a year or month alone as it is."""
    if len(day) < 10:
        return views.when_shown(day, kin.today)
    return reading.day_shown(date.fromisoformat(day), kin.today)


def _facts(kin: Kin, added: Added, draft: Draft, *, first: bool) -> list[Line]:
    rows = _rows(kin, added.person, added.arrival, first=first)
    if added.arrival.aim and added.arrival.follow_up:
        due, text = added.arrival.follow_up
        waiting = next((h.kind for h, s in added.arrival.channels if s in ("known", "sent")), None)
        aims = {
            "connect": f"connect on {channel.label(waiting)}" if waiting else "connect",
            "hello": "say hello",
        }
        rows.append(
            ("follow-up", f"{dates.show(due, kin.today)}: {text or aims[added.arrival.aim]}")
        )
    if draft.guessed:
        rows.append(("name", f"read from {draft.channels[0].handle}"))
    if draft.leftover:
        kept = ", ".join(names.quoted(text) for text in draft.leftover)
        rows.append(("kept", f"as a note: {kept}"))
    if draft.joined:
        rows.append(("note", "a line break or tab became a space"))
    return [line(f"  {name:<11} {text}") for name, text in rows]


def _rows(kin: Kin, person: Person, arrival: Arrival, *, first: bool) -> list[tuple[str, str]]:
    rows = []
    if first:
        rows.append(_meeting_row(kin, arrival))
    if arrival.by is not None:
        by = people.by_id(kin.db, arrival.by)
        said = "told of" if arrival.how == "heard" else "introduced"
        rows.append((said, f"by {by.name}" if by else ""))
    rows += [(name, text) for name, text in arrival.fields if name != "birthday"]
    rows += [("birthday", dates.birthday_text(t)) for n, t in arrival.fields if n == "birthday"]
    for handle, state in arrival.channels:
        said = f", {views.STATES[state]}" if state else ""
        rows.append((channel.label(handle.kind).lower(), handle.handle + said))
    for name, listed in (
        ("about", arrival.topics),
        ("looks for", arrival.seeks),
        ("member", arrival.communities),
        ("tags", arrival.tags),
    ):
        if listed:
            rows.append((name, ", ".join(listed)))
    both, more, others = both_know(kin, person, arrival)
    if both:
        command = kin.cmd(f"mutual {finding.ref(kin.db, person)}") if more else ""
        shown = [*both, *([f"{more} more: {command}"] if more else [])]
        rows.append(("both know", ", ".join(shown)))
    rows.append(("knows", ", ".join(others)))
    if may := _may_know(kin, person, arrival):
        rows.append(("may know", may))
    if arrival.keep:
        often = getattr(arrival.keep, "name", None) or str(arrival.keep)
        rows.append(("keep", often + _next_hello(kin, person)))
    elif arrival.communities or arrival.event or arrival.tags:
        rows.append(("keep", _shared(kin, person)))
    return [row for row in rows if row[1]]


def both_know(kin: Kin, person: Person, arrival: Arrival) -> tuple[list[str], int, list[str]]:
    """Whom both of you know: names, how many more; and who of those just named is not among them.

    Whoever was named in this very line comes first, then the warmest. Of an introducer alone
    nothing more is said.
    """
    numbers = set(ties.yours(kin.db, person.id)) if person.id else set()
    others = [p.name for n, p in people.by_ids(kin.db, arrival.knows).items() if n not in numbers]
    if not numbers - {arrival.by}:
        return [], 0, others
    from kinship.services import acquaintances  # noqa: PLC0415  (only for somebody with ties)

    known = acquaintances.warmest(kin.db, numbers, kin.today)
    known.sort(key=lambda p: p.id not in arrival.knows)
    most = max(_NAMED, len(numbers.intersection(arrival.knows)))
    return [p.name for p in known[:most]], max(0, len(known) - most), others


def _may_know(kin: Kin, person: Person, arrival: Arrival) -> str:
    """Whom you know in a small community they are put into: ``Grace Hopper (PyLadies Slack)``.

    Where you met is left out: everybody met there would be named each time.
    """
    if not person.id or not arrival.communities:
        return ""
    from kinship.services import acquaintances  # noqa: PLC0415  (only with a community)

    there: dict[str, list[str]] = {}
    for one, hub in acquaintances.perhaps(kin.db, person, kin.today, most=_NAMED):
        if not hub.event:
            there.setdefault(hub.name, []).append(one.name)
    return "; ".join(f"{', '.join(who)} ({place})" for place, who in there.items())


def _shared(kin: Kin, person: Person) -> str:
    """The cadence that comes with a community, an event or a tag."""
    pulse = views.pulse_of(kin, person)
    if not pulse or not pulse.shared:
        return ""
    often = views.cadence_words(pulse) + views.cadence_source(pulse, kin.today)
    return often + _next_hello(kin, person)


def _next_hello(kin: Kin, person: Person) -> str:
    pulse = views.pulse_of(kin, person)
    if not pulse or not pulse.next_on:
        return ""
    return f"; next hello {dates.show(date.fromisoformat(pulse.next_on), kin.today)}"


def _meeting_row(kin: Kin, arrival: Arrival) -> tuple[str, str]:
    if arrival.how == "in person":
        return "met", _when(kin, arrival)
    if arrival.how == "heard":
        return "heard of", "not met yet"
    if arrival.how == "online" and arrival.day and arrival.event:
        return "met", f"{_when(kin, arrival)}, online"
    if arrival.how == "online":
        where = f"on {channel.label(arrival.met_online)}" if arrival.met_online else "online"
        since = f", since {views.when_shown(arrival.since, kin.today)}" if arrival.since else ""
        return "met", where + since
    since = f"since {views.when_shown(arrival.since, kin.today)}" if arrival.since else ""
    return "known", since


def dry_run(kin: Kin, arrival: Arrival, draft: Draft, person: Person | None) -> list[Line]:
    """What ``--dry-run`` shows: the same words, and that nothing was written."""
    added = Added(person or _nobody(arrival), person is not None, arrival, [])
    head = f"Would add {arrival.name}" if person is None else f"Would be {person.name}, met again"
    return [
        line(head),
        *_facts(kin, added, draft, first=True),
        *_refused(kin, added),
        line("Nothing was written."),
    ]


def _refused(kin: Kin, added: Added) -> Iterator[Line]:
    """Handles that are somebody else's, which the run would refuse."""
    for handle, _ in added.arrival.channels:
        other = connecting.owner(kin.db, handle, but=added.person.id)
        if other and (added.again or other.name_key != names.fold(added.person.name)):
            said = f"{channel.label(handle.kind)} {handle.handle}"
            yield line(f"  {said} belongs to {other.name}: this would be refused.")


def _nobody(arrival: Arrival) -> Person:
    """A person who is not written down."""
    blank = dict.fromkeys(Person._fields)
    return Person(**{**blank, "id": 0, "name": arrival.name, "known": arrival.how})  # type: ignore[arg-type]


def record(arrival: Arrival) -> dict[str, object]:
    return {
        "name": arrival.name,
        "how": arrival.how,
        "day": arrival.day,
        "event": arrival.event.name if arrival.event else None,
        "topics": list(arrival.topics),
        "channels": [f"{h.kind}:{h.handle}" for h, _ in arrival.channels],
        "note": arrival.note,
    }
