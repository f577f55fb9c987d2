"""``keep``: cadences and circles."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kinship.cli import views
from kinship.cli.context import Kin
from kinship.errors import BadInput
from kinship.model import cadence, dates, names
from kinship.model.cadence import Cadence
from kinship.model.entry import Circle
from kinship.render.shapes import Column, Notice, Span, Table, line
from kinship.services import cadences
from kinship.services import people as finding
from kinship.store import circles

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
) -> None:
    """Stay in touch every so often; without WHO, list the circles.

    Usage: kinship keep WHO[,WHO] EVERY|CIRCLE|off
           kinship keep --circle NAME EVERY
           kinship keep

    Examples:
      kinship keep ada monthly
      kinship keep grace,charles 6w
      kinship keep mary-s close
      kinship keep ada off
      kinship keep --circle close 5w
    """
    kin = Kin.of(ctx)
    if circle is not None:
        every = Cadence.parse(" ".join(words or []))
        cadences.set_circle(kin.writable, circle, every)
        found = circles.named(kin.db, names.fold(circle))
        people = views.people(found.people if found else 0)
        text = f"Circle {circle}: {every}, {people} in it."
        kin.show(Notice((line(text),), {"circle": circle, "every": every.code}))
        return
    if not words:
        _circles(kin)
        return
    who, rest = kin.take_who(words)
    finding.not_me(who)
    if not rest:
        raise BadInput(
            "how often? For example: weekly, monthly, 6w, close, off. Nothing was written.",
            hint=kin.cmd(f"keep {words[0]} monthly"),
        )
    taken = cadence.leading(rest)
    if taken and taken[1] < len(rest):
        raise BadInput(
            f"{names.quoted(' '.join(rest))} is more than a cadence. Nothing was written.",
            hint=kin.cmd(f"keep {finding.ref(kin.db, who[0])} {' '.join(rest[: taken[1]])}"),
        )
    wanted = cadences.meant(kin.db, " ".join(rest))
    pulses = cadences.keep(kin.writable, who, wanted, today=kin.today)
    lines = []
    for person, pulse in zip(who, pulses, strict=True):
        if wanted is None:
            lines.append(line(f"{person.name}: no cadence. Follow-ups and birthdays still show."))
            continue
        said = str(wanted) if isinstance(wanted, Cadence) else _circle(wanted)
        due = date.fromisoformat(pulse.next_on) if pulse.next_on else None
        after = f" Next hello {dates.show(due, kin.today)}." if due else ""
        lines.append(line(f"{person.name}: {said}.{after}"))
    kin.show(
        Notice(
            tuple(lines),
            [
                {"name": p.name, "cadence": u.every, "next_on": u.next_on}
                for p, u in zip(who, pulses, strict=True)
            ],
        )
    )


def _circle(circle: Circle) -> str:
    return f"{Cadence.of_code(circle.every)} (circle {circle.name})"


def _circles(kin: Kin) -> None:
    kin.show(
        Table(
            circles.every_circle(kin.db),
            [
                Column("name", "CIRCLE", lambda c: Span(c.name, "name")),
                Column("every", "EVERY", lambda c: str(Cadence.of_code(c.every)), rank=1),
                Column("people", "PEOPLE", lambda c: str(c.people), rank=2, align_right=True),
            ],
            lambda c: {"id": c.id, "name": c.name, "every": c.every, "people": c.people},
            counted=f"Put somebody in one: {kin.cmd('keep WHO close')}",
        )
    )
