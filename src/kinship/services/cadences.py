"""Staying in touch: a cadence of one's own, or a circle's."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from kinship.errors import BadInput
from kinship.model import names
from kinship.model.cadence import Cadence
from kinship.model.entry import Circle
from kinship.model.person import Person, Pulse
from kinship.services import people as finding
from kinship.store import circles, entries, people
from kinship.store.db import Change, Db

AS_SHARED: Final = "shared"
"""What ``keep`` calls having no cadence of one's own, not even ``off``."""
_WORDS = ("off", AS_SHARED)


def keep(
    db: Db, who: Sequence[Person], every: Cadence | Circle | str | None, *, today: date
) -> list[Pulse]:
    """Stay in touch at a cadence or a circle's; None is off, `AS_SHARED` as others they are with."""
    with db.change(finding.label(db, "keep", who), about=[p.id for p in who]) as tx:
        for person in who:
            put(tx, person.id, every, today)
        pulses = people.pulses(tx, [p.id for p in who])
    return [pulses[p.id] for p in who]


def put(tx: Change, person_id: int, every: Cadence | Circle | str | None, today: date) -> None:
    entries.wake(tx, person_id, "keep")
    people.update(tx, person_id, **columns(every, today))


def columns(every: Cadence | Circle | str | None, today: date) -> dict[str, str | int | None]:
    own = every.code if isinstance(every, Cadence) else None if every else "off"
    return {
        "every": own,
        "circle_id": every.id if isinstance(every, Circle) else None,
        "kept_on": None if own == "off" or every == AS_SHARED else today.isoformat(),
    }


def meant(db: Db, text: str) -> Cadence | Circle | None:
    """A cadence, a circle, or None for ``off``. Raises BadInput with the circles there are."""
    key = names.fold(text)
    if key == "off":
        return None
    circle = circles.named(db, key)
    if circle:
        return circle
    try:
        return Cadence.parse(text)
    except BadInput as error:
        named = ", ".join(c.name for c in circles.every_circle(db))
        raise BadInput(error.message, hint=(*error.hint, f"Circles: {named}; or off")) from None


def set_circle(db: Db, name: str, every: Cadence) -> None:
    """Set a circle's cadence, for everybody in it.

    Raises BadInput for a name that ``keep`` would read as something else.
    """
    name = names.check_name(name)
    if names.fold(name) in _WORDS or _is_cadence(name):
        raise BadInput(
            f"{names.quoted(name)} is not a name for a circle: keep reads it as how often. "
            "Nothing was written.",
            hint='For example: kinship keep --circle "old friends" 6mo',
        )
    with db.change(f"keep --circle {name}") as tx:
        circles.put(tx, name, names.fold(name), every.code)


def _is_cadence(text: str) -> bool:
    try:
        Cadence.parse(text)
    except BadInput:
        return False
    return True
