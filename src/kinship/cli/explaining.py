"""``due --explain``: the dates behind each line."""

from collections.abc import Sequence
from datetime import date

from kinship.cli import views
from kinship.cli.context import Kin
from kinship.model import dates
from kinship.model.cadence import Cadence
from kinship.model.person import Person, Pulse
from kinship.render.shapes import Line, Room, Sheet, Span, line
from kinship.services import reaching
from kinship.store import entries, people
from kinship.store.agenda import Item

_KINDS = {
    "promise": "promise: a follow-up you dated",
    "reply": "reply: they wrote last",
    "connect": "connect: met, not connected",
    "birthday": "birthday",
    "keep": "keep: say hello",
    "intro": "intro: did it land?",
    "rally": "rally: asked, or pledged",
}
_COUNTED = {
    "reply": "wrote",
    "connect": "met",
    "birthday": "born",
    "rally": "said",
}
"""What happened on the day an item counts from."""
_FIELDS = (
    "when",
    "kind",
    "person_id",
    "name",
    "due_on",
    "late_on",
    "since_on",
    "entry_id",
)


def sheet(kin: Kin, items: Sequence[Item]) -> Sheet:
    """One block an item: what it counts from, when it is due and late, and the channel."""
    blocks = [_block(kin, item) for item in items]

    def build(_: Room) -> list[Line]:
        lines: list[Line] = []
        for place, block in enumerate(blocks):
            lines += [Line()] if place else []
            lines += block
        return lines or [line("Nothing is due, so there is nothing to explain.")]

    return Sheet(build, [_record(item) for item in items])


def _record(item: Item) -> dict[str, object]:
    fields = {name: getattr(item, name) for name in _FIELDS}
    event_id = item.group_id if item.kind == "connect" else None
    return {"person": item.name, **fields, "event_id": event_id, "what": item.what}


def _block(kin: Kin, item: Item) -> list[Line]:
    person = people.by_id(kin.db, item.person_id)
    assert person
    pulse = people.pulses(kin.db, [person.id]).get(person.id)
    rows = [*_cause(kin, item, person, pulse), *_channel(kin, person)]
    width = max(len(name) for name, _ in rows)
    return [
        line(Span(item.name, "name"), f"  {_KINDS[item.kind]}"),
        *(line(f"  {name:<{width}}   {text}") for name, text in rows),
    ]


def _cause(kin: Kin, item: Item, person: Person, pulse: Pulse | None) -> list[tuple[str, str]]:
    today = kin.today
    due, late = date.fromisoformat(item.due_on), date.fromisoformat(item.late_on)
    shown, after = dates.show(due, today), f"from {dates.show(late, today)}"
    if item.kind == "keep" and pulse and pulse.every:
        every = Cadence.of_code(pulse.every)
        since = f", since {views.when_shown(pulse.kept_on, today)}" if pulse.kept_on else ""
        circle = f"circle {pulse.circle}" if pulse.circle else ""
        circle = ", ".join(filter(None, [pulse.shared or "", circle])) or "their own"
        kept = pulse.kept_on or person.added_on
        start = pulse.last_on or (max(kept, person.added_on) if pulse.shared else kept)
        counted = views.when_shown(start, today)
        return [
            ("cadence", f"{every} ({circle}{since})"),
            ("last", _last(kin, person, pulse)),
            ("due", f"{shown} = {counted} + {_length(every, 1)}"),
            ("overdue", f"{after} = {counted} + {_length(every, 1.5)}"),
        ]
    rows = [("due", shown), ("overdue", after)]
    if item.kind == "promise":
        return [("promised", views.one_line(item.what or "say hello")), *rows]
    if item.since_on:
        said = _COUNTED.get(item.kind, "")
        if item.kind == "intro":
            from kinship.cli import cards_intro  # noqa: PLC0415  (only where one is due)

            said = cards_intro.since(kin, item)
        day = date.fromisoformat(item.since_on)
        rows.insert(
            0,
            (
                said,
                dates.birthday_text(person.birthday)
                if item.kind == "birthday" and person.birthday
                else dates.show(day, today),
            ),
        )
    return rows


def _length(every: Cadence, times: float) -> str:
    unit = {"d": "day", "w": "week", "mo": "month", "y": "year"}[every.unit]
    number = every.every * times
    return f"{number:g} {unit}{'' if number == 1 else 's'}"


def _last(kin: Kin, person: Person, pulse: Pulse) -> str:
    if pulse.last_on is None:
        return "no contact written down yet"
    newest = entries.conversations(kin.db, person.id, 1)
    where = views.place(newest[0]) if newest else ""
    return ", ".join(filter(None, [views.when_shown(pulse.last_on, kin.today), where]))


def _channel(kin: Kin, person: Person) -> list[tuple[str, str]]:
    channels = people.channels(kin.db, [person.id]).get(person.id, [])
    reach = reaching.reach(kin.db, person, channels)
    if reach is None:
        return [("channel", "none known")]
    why = reach.because
    if reach.quiet:
        why = f"your last 2 messages by {reach.quiet} had no answer"
    return [("channel", f"{views.reach_words(reach.kind, reach.handle)}: {why}")]
