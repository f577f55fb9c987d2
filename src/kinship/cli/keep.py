"""``keep``: cadences and circles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from kinship.cli import keep_many, reading, targets, views
from kinship.cli.context import Kin
from kinship.errors import BadInput
from kinship.model import dates, names
from kinship.model.cadence import Cadence
from kinship.model.entry import Circle, Shared
from kinship.model.person import Person, Pulse
from kinship.render.shapes import Column, Line, Notice, Span, Table, line
from kinship.services import cadences
from kinship.services import people as finding
from kinship.store import circles, people, shared

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params


def keep(
    ctx: typer.Context,
    words: params.Words = None,
    circle: Annotated[
        str | None,
        typer.Option("--circle", metavar="NAME", help="Set the cadence of a circle instead."),
    ] = None,
    spread: Annotated[
        str | None,
        typer.Option("--spread", metavar="30d", help="Stagger their hellos; shows the plan first."),
    ] = None,
    yes: params.Yes = False,
) -> None:
    """Stay in touch every so often; without WHO, list the circles and what is shared.

    Usage: kinship keep WHO[,WHO] EVERY|CIRCLE|off|shared
           kinship keep in:COMMUNITY|at:EVENT|tag:TAG EVERY|CIRCLE|off
           kinship keep WHO|QUERY [EVERY] --spread 30d [-y]
           kinship keep --circle NAME EVERY
           kinship keep

    Examples:
      kinship keep ada monthly
      kinship keep grace,charles 6w
      kinship keep mary-s close
      kinship keep ada off
      kinship keep in:pyladies quarterly
      kinship keep at:pycon 6w --spread 30d
      kinship keep --circle close 5w

    A cadence for a community, event or tag is for whoever joins later too. A person's own goes
    before it, and so does off; shared gives theirs up.
    """
    kin = Kin.of(ctx)
    until = _until(kin, spread)
    if circle is not None:
        if until:
            raise BadInput(
                "--spread is for people. Nothing was written.", hint=kin.cmd("help keep")
            )
        _circle(kin, circle, words or [])
    elif not words:
        _list(kin)
    elif targets.is_term(words[0]):
        keep_many.together(kin, words, until, yes=yes)
    else:
        _people(kin, words, until, yes=yes)


def _circle(kin: Kin, circle: str, words: Sequence[str]) -> None:
    every = Cadence.parse(" ".join(words))
    cadences.set_circle(kin.writable, circle, every)
    found = circles.named(kin.db, names.fold(circle))
    number = views.people(found.people if found else 0)
    text = f"Circle {circle}: {every}, {number} in it."
    kin.show(Notice((line(text),), {"circle": circle, "every": every.code}))


def _until(kin: Kin, spread: str | None) -> date | None:
    if spread is None:
        return None
    with reading.unwritten():
        until = dates.ahead(spread, kin.today)
    if not 0 < (until - kin.today).days <= keep_many.LONGEST:
        raise BadInput(
            f"{names.quoted(spread)}: hellos can be spread over a day to a year. "
            "Nothing was written.",
            hint="For example: --spread 30d",
        )
    return until


# People, each with their own


def _people(kin: Kin, words: list[str], until: date | None, *, yes: bool) -> None:
    who, rest = kin.take_who(words)
    finding.not_me(who)
    ids = [p.id for p in who]
    ref = ",".join(finding.refs(kin.db, who).values())
    every = keep_many.wanted(kin, rest, ref) if rest else None
    if until:
        keep_many.spread(kin, ids, every, ref, until, rest, yes=yes)
        return
    if rest:
        pulses = cadences.keep(kin.writable, who, every, today=kin.today)
    else:
        found = people.pulses(kin.db, ids)
        pulses = [found[number] for number in ids]
    lines = [_kept(kin, p, u, every) for p, u in zip(who, pulses, strict=True)]
    if not rest:
        change = Span(kin.cmd(f"keep {ref} {'6w' if pulses[0].every else 'monthly'}"), "command")
        lines.append(line("Change it: " if pulses[0].every else "Set one: ", change))
    kin.show(
        Notice(
            tuple(lines),
            [
                {"name": p.name, "cadence": u.every, "next_on": u.next_on, "shared": u.shared}
                for p, u in zip(who, pulses, strict=True)
            ],
        )
    )


def _kept(kin: Kin, person: Person, pulse: Pulse, every: Cadence | Circle | str | None) -> Line:
    """``Ada Lovelace: monthly (community PyLadies, since 3 Mar). Next hello Fri 19 Jun.``"""
    if not pulse.every:
        return line(f"{person.name}: no cadence. Follow-ups and birthdays still show.")
    often = views.cadence_words(pulse) + views.cadence_source(pulse, kin.today)
    if isinstance(every, Circle) and pulse.shared:
        often += f", shorter than circle {every.name}"
    due = date.fromisoformat(pulse.next_on) if pulse.next_on else None
    after = f" Next hello {dates.show(due, kin.today)}." if due else ""
    return line(f"{person.name}: {often}.{after}")


# The list


def _list(kin: Kin) -> None:
    kept: list[tuple[Circle | Shared, int]] = [(c, c.people) for c in circles.every_circle(kin.db)]
    kept += [(s, shared.reach(kin.db, s.id).kept) for s in shared.every_shared(kin.db)]

    def kind(one: Circle | Shared) -> str:
        return one.kind if isinstance(one, Shared) else "circle"

    def every(one: Circle | Shared) -> str:
        return (
            views.often(one.every, one.circle)
            if isinstance(one, Shared)
            else str(Cadence.of_code(one.every))
        )

    kin.show(
        Table(
            kept,
            [
                Column("name", "NAME", lambda k: Span(k[0].name, "name")),
                Column("kind", "KIND", lambda k: kind(k[0]), least=9, rank=3),
                Column("every", "EVERY", lambda k: every(k[0]), rank=1),
                Column("people", "PEOPLE", lambda k: str(k[1]), rank=2, align_right=True),
            ],
            lambda k: {
                "id": k[0].id,
                "kind": kind(k[0]),
                "name": k[0].name,
                "every": k[0].every,
                "circle": k[0].circle if isinstance(k[0], Shared) else None,
                "people": k[1],
            },
            counted=f"Put somebody in one: {kin.cmd('keep WHO close')}",
            fields=("id", "kind", "name", "every", "circle", "people"),
        )
    )
