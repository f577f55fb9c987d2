"""What an import did, and what to do next with those who came: by what is known of them now."""

from collections.abc import Sequence

from kinship.cli import import_plan, views
from kinship.cli.context import Kin
from kinship.model import dates, names, phone
from kinship.model.entry import Event
from kinship.model.setting import COUNTRY
from kinship.render.shapes import Line, Span, line
from kinship.services import doubles, event_names
from kinship.services import people as finding
from kinship.services.importing import Imported, Plan
from kinship.store import imports, people, settings
from kinship.value import Value

_WINDOWS = {
    "5y": "5 years",
    "2y": "2 years",
    "1y": "year",
    "6mo": "6 months",
    "3mo": "3 months",
    "1mo": "month",
}
_CIRCLE = 100
"""As many people are proposed at most; where there are more even lately, it is those."""
_TOO_MANY = 300
"""Nobody keeps up with so many at once: then it is those connected with last."""
_SPANS = ((45, 30), (90, 60))
_LONGEST = 90
"""Days over which so many first hellos are spread: one or two a day."""
_FEWEST = 2
_CONNECTED = 5
_MESSAGES = "linkedin-messages"
_CONNECTIONS = "linkedin-connections"


class Step(Value):
    """Something to do, and the command that does it."""

    why: str
    command: str


def done(kin: Kin, plan: Plan, written: Imported, back: str) -> list[Line]:
    """``Imported 371 people; 29 who are here got more. Back: kinship undo``."""
    parts = []
    if written.added:
        many = len(written.added)
        parts.append(f"added {many:,} {'person' if many == 1 else 'people'}")
    if plan.gains:
        parts.append(f"{len(plan.gains):,} here already got more")
    said = "; ".join(parts) or "wrote down what was in it"
    number = f" It is import {written.number}." if written.number else ""
    return [line(f"{views.capital(said)}.{number} Back: ", Span(kin.cmd(back), "command"))]


def next_steps(kin: Kin, plan: Plan, written: Imported, event: Event | None) -> list[Step]:
    """What is worth doing now: who waits, who may be two, whom to keep, where to look."""
    number = written.number
    if not number:
        return [Step("See who is due", kin.cmd("due"))]
    day = kin.today.isoformat()
    since = [dates.partial(span, kin.today) for span in _WINDOWS]
    found = imports.brought(kin.db, number, day, since)
    steps = []
    if found.waiting:
        wrote = "wrote last and waits" if found.waiting == 1 else "wrote last and wait"
        steps.append(Step(f"{found.waiting:,} {wrote} for an answer", kin.cmd("due")))
    if plan.unsure and import_plan.can_merge() and (twice := _twice(kin, written)):
        steps.append(Step(f"{twice:,} may be here twice now", kin.cmd(import_plan.MERGE)))
    if event:
        ref = event_names.ref(kin.db, event, kin.event_day)
        steps.append(Step(f"{event.name}, and who of them is there", kin.cmd(f"event show {ref}")))
    steps += _keep(kin, number, found)
    if found.to_connect:
        said = f"{found.to_connect:,} you met and are not connected with yet"
        steps.append(Step(said, kin.cmd("connect")))
    if found.born_soon:
        said = views.counted(found.born_soon, "birthday")
        steps.append(
            Step(f"{said} in the next 30 days", kin.cmd("due --only birthday --ahead 30d"))
        )
    steps += _country(kin, plan, number)
    steps.append(Step("All who came with it", kin.cmd(f"list import:{number}")))
    return steps


def _country(kin: Kin, plan: Plan, number: int) -> list[Step]:
    """Numbers of which nothing says the country are the same line in one spelling only."""
    others = any(not form.startswith("linkedin") for _, form, _ in plan.files)
    if not others or settings.value(kin.db, COUNTRY):
        return []
    several = sum(map(phone.is_national, imports.phones(kin.db, number)))
    said = f"{views.counted(several, 'number')} without a country code"
    return [Step(said, kin.cmd("config channels.country GB"))] if several else []


def _twice(kin: Kin, written: Imported) -> int:
    """How many of those who came `merge` lists; of the unsure, some share only a mailbox."""
    found = doubles.likely(kin.db)
    return len({one for d in found for one in (d.into, d.other)} & set(written.added))


def _keep(kin: Kin, number: int, found: imports.Brought) -> list[Step]:
    """Whom to stay in touch with: those talked with lately, not everybody who was ever added."""
    if found.talked >= _FEWEST:
        chosen = _window(found.talked_since)
        if chosen:
            many, since = chosen
            span = next((days for most, days in _SPANS if many <= most), _LONGEST)
            command = kin.cmd(f"keep import:{number} last:{since}.. 3mo --spread {span}d")
            said = f"Stay in touch with the {many:,} you talked with in the last {_WINDOWS[since]}"
            return [Step(said, command)]
    several = imports.connected_last(kin.db, number, _CONNECTED)
    if len(several) < _FEWEST:
        return (
            []
            if found.kept or not found.met
            else [Step("Stay in touch with some", kin.cmd("keep WHO monthly"))]
        )
    known = people.by_ids(kin.db, several)
    latest = [known[one] for one in several]
    refs = finding.refs(kin.db, latest)
    who = views.together([names.first_name(p.name) for p in latest])
    command = kin.cmd(f"keep {','.join(refs[p.id] for p in latest)} 3mo --spread 30d")
    return [Step(f"Stay in touch with some; you connected with {who} last", command)]


def _window(talked_since: Sequence[int]) -> tuple[int, str] | None:
    """How many were talked with since when: the longest time that is not too many."""
    chosen = None
    for since, many in reversed(list(zip(_WINDOWS, talked_since, strict=True))):
        if many > (_CIRCLE if chosen else _TOO_MANY):
            break
        if many >= _FEWEST and (chosen is None or many > chosen[0]):
            chosen = many, since
    return chosen


def shown(steps: Sequence[Step], plan: Plan) -> list[Line]:
    """The steps under a heading, each with its command."""
    result = [Line(), line(Span("NEXT", "heading"))]
    result += [line(f"  {step.why}: ", Span(step.command, "command")) for step in steps]
    formats = {form for _, form, _ in plan.files}
    if _CONNECTIONS in formats and _MESSAGES not in formats:
        said = "  Whom you wrote with is in messages.csv of the same archive: import the whole zip."
        result.append(line(Span(said, "dim")))
    return result


def record(steps: Sequence[Step]) -> list[dict[str, object]]:
    return [{"why": step.why, "command": step.command} for step in steps]
