"""Introductions, rallies, who helped and what was pledged: which line is about which row.

A rally is known by its uid; the others by who, when and what, and by their number where that is the
same too. What is empty here is filled in; what is otherwise stays as it is here, and is told.
"""

from collections.abc import Callable, Iterable, Mapping

from kinship.services.line_differences import Step
from kinship.services.line_rows import Values
from kinship.services.saving import Line
from kinship.value import Value

_PAIR: Callable[[Values], object] = lambda i: frozenset((i.get("person_id"), i.get("other_id")))
_KEYS: Mapping[str, tuple[Callable[[Values], object], tuple[str, ...]]] = {
    "introduction": (_PAIR, ("asked_on", "made_on")),
    "rally": (lambda r: r.get("uid"), ()),
    "helper": (lambda h: (h.get("rally_id"), h.get("person_id")), ()),
    "pledge": (
        lambda p: (p.get("rally_id"), p.get("person_id"), p.get("pledged_on")),
        ("text",),
    ),
}
"""What is the same for one thing in two files, and what else is, unless its number is."""
_COURSE = ("state", "closed_on", "asked_on", "made_on", "moved_to")
"""Where something stands: filled in only where both files say it stands there."""
_OPEN: Mapping[str, str] = {"pledge": "open"}


class Known(Value):
    """The rows of one of these tables as they are here, found by what a line says."""

    table: str
    rows: dict[object, list[Line]]

    @classmethod
    def of(cls, table: str, lines: Iterable[Line]) -> "Known":
        rows: dict[object, list[Line]] = {}
        for line in lines:
            rows.setdefault(_KEYS[table][0](line), []).append(line)
        return cls(table, rows)

    def same(self, values: Values) -> Line | None:
        """The row that is the same thing, once: two of one name are two."""
        same, also = _KEYS[self.table]
        found = self.rows.get(same(values), [])
        by_number = [one for one in found if one["id"] == values.get("id")]
        by_words = [one for one in found if all(one.get(c) == values.get(c) for c in also)]
        best = next((one for one in (*by_number, *by_words)), None)
        if best is not None and also:
            found.remove(best)
        return best


def differences(table: str, here: Line, there: Values) -> tuple[list[Step], list[str]]:
    """What is to be filled in of a row that is here, and what is told."""
    what = str(here["text"]) if table == "rally" else f"{table} #{here['id']}"
    opened = _OPEN.get(table)
    states = here.get("state", opened), there.get("state", opened)
    moved_on = states[0] != states[1]
    told = [f"{what}: state is {states[0]} here, not {states[1]}"] if moved_on else []
    filled: Values = {}
    for column, said in there.items():
        if said is None or column in ("id", "person_id", "other_id", "rally_id", "state"):
            continue
        held = here.get(column)
        if moved_on and column in _COURSE:
            continue
        if held is None:
            filled[column] = said
        elif held != said:
            told.append(f"{what}: {column} is {held} here, not {said}")
    whose = here.get("person_id"), there.get("person_id")
    if table == "rally" and whose[0] != whose[1] and whose[1] is not None:
        if whose[0] is None:
            filled["person_id"] = whose[1]
        else:
            told.append(f"{what}: it is for {whose[0]} here, not {whose[1]}")
    return ([(table, here["id"], filled)] if filled else []), told
