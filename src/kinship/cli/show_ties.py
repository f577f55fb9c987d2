"""Whom somebody knows, as ``show`` says it."""

from kinship.cli import show, views
from kinship.cli.context import Kin
from kinship.model.person import Person
from kinship.render.shapes import Line, Span
from kinship.services import people as finding
from kinship.store import people, ties

_NAMES = 4


def rows(kin: Kin, person: Person) -> list[Line]:
    """What stands among the facts."""
    names = people.ties(kin.db, person.id)
    if not names:
        return []
    more = f", {len(names) - _NAMES} more" if len(names) > _NAMES else ""
    command = kin.cmd(f"mutual {finding.ref(kin.db, person)}")
    return [
        show.fact("knows", ", ".join(names[:_NAMES]) + more, right=Span(command, "command")),
    ]


def record(kin: Kin, person: Person) -> dict[str, object]:
    """For programs: whom they know, how and since when."""
    if kin.view.format not in ("json", "jsonl"):
        return {}
    noted = ties.of(kin.db, person.id)
    known = people.by_ids(kin.db, [tie.whom(person.id) for tie in noted])
    refs = finding.refs(kin.db, known.values())
    return {
        "knows": [
            {
                **views.brief(known[tie.whom(person.id)], refs),
                "how": tie.how,
                "since": tie.since,
            }
            for tie in noted
        ]
    }
