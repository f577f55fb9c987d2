"""What a line of kinship's JSON Lines says that is not here, and what it says otherwise.

What is missing here is filled in or added; what is otherwise stays as it is here, and is told.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kinship.model import channel
from kinship.services.line_rows import Rows, Values
from kinship.services.saving import Line, folded_of
from kinship.value import Value

Step = tuple[str, int | None, Values]
"""Table, the number of the row to change or None for a new one, and its columns."""
Differing = tuple[str, str, str]
"""Field, what is here, and what the file says."""

_BY_NAME = ("circle", "community", "event")
_SAME_WHEN: Mapping[str, tuple[str, ...]] = {
    "setting": ("key",),
    "column_map": ("header",),
    "stay": ("event_id", "from_on", "until_on"),
    "shared_cadence": ("community_id", "event_id", "tag_key"),
    "import": ("name", "format", "day", "records", "added", "changed", "skipped"),
}
EACH = frozenset(("stay", "import"))
"""Tables in which several may be alike: a line here is the same as one line of the file only."""
_FILLED = {
    "community": ("channel", "url"),
    "event": ("from_on", "until_on", "city", "url", "community_id"),
}
_TOLD = {
    "circle": ("every",),
    "setting": ("value",),
    "shared_cadence": ("every", "circle_id"),
    **{table: columns[:-1] if table == "event" else columns for table, columns in _FILLED.items()},
}
_FIELDS = (
    *("nick", "org", "role", "city", "address", "relation", "cue", "birthday", "since"),
    *("met_online", "prefer"),
)
_RHYTHM = ("every", "circle_id", "kept_on")
_STATES = (None, "known", "sent", "connected")

_KEYS: Mapping[str, Callable[[Values], object]] = {
    "channel": lambda c: (c.get("kind"), c.get("handle_key") or c.get("handle")),
    "topic": lambda t: (t.get("side"), t.get("name_key")),
    "tag": lambda t: t.get("name_key"),
    "membership": lambda m: m.get("community_id"),
    "attendance": lambda a: a.get("event_id"),
    "nudge": lambda n: n.get("kind"),
    "anniversary": lambda a: a.get("name_key"),
    "source": lambda s: (s.get("format"), s.get("key")),
    "extra": lambda e: (e.get("format"), e.get("name"), e.get("value")),
    "conversation": lambda c: tuple(map(c.get, ("day", "direction", "met", "channel", "text"))),
    "note": lambda n: (n.get("day"), n.get("text")),
    "follow_up": lambda f: tuple(map(f.get, ("made_on", "due_on", "text", "aim"))),
    "favour": lambda f: tuple(map(f.get, ("day", "way", "text"))),
}
_DAY = {"conversation": "day", "note": "day", "follow_up": "made_on", "favour": "day"}


def same_thing(table: str, values: Values, here: Sequence[Line]) -> Line | None:
    """The line that is about the same circle, event, setting ..., if it is here."""
    if table in _BY_NAME:
        key = folded_of(values.get("name"))
        return next((one for one in here if folded_of(one.get("name")) == key), None)
    columns = _SAME_WHEN[table]
    wanted = [values.get(column) for column in columns]
    return next((one for one in here if [one.get(c) for c in columns] == wanted), None)


def of_thing(table: str, here: Line, there: Values) -> tuple[list[Step], list[str]]:
    """What is to be filled in of a circle, an event ..., and what is told."""
    filled = {
        column: there[column]
        for column in _FILLED.get(table, ())
        if here.get(column) is None and there.get(column) is not None
    }
    what = here.get("name") or here.get("key") or table.replace("_", " ")
    differing = [
        f"{what}: {column.removesuffix('_id')} is {here.get(column)} here, not {there.get(column)}"
        for column in _TOLD.get(table, ())
        if column not in filled
        and there.get(column) is not None
        and here.get(column) != there[column]
    ]
    return ([(table, here["id"], filled)] if filled else []), differing


class Found(Value):
    """What would be written of somebody, that in words, and what stays as it is here."""

    steps: list[Step]
    gains: list[str]
    conflicts: list[Differing]


def of_person(
    line: Line,
    here: Rows,
    values: Values,
    nested: Mapping[str, Sequence[Values]],
    *,
    anew: bool,
) -> Found:
    """What a line says of somebody who is here as ``line``; ``anew`` if that is only a beginning."""
    number = line["id"]
    found = Found([], [], [])
    filled: Values = {}
    for column in _FIELDS:
        here_said, said = here.values.get(column), values.get(column)
        if said is None or said == here_said:
            continue
        if here_said is None:
            filled[column] = said
            found.gains.append(column.replace("_", " "))
        else:
            found.conflicts.append((column.replace("_", " "), here_said, said))
    if "nick" in filled:
        filled["nick_key"] = values["nick_key"]
    _rhythm(here.values, values, filled, found)
    _told(here.values, values, filled, found, anew=anew)
    if filled:
        found.steps.append(("person", number, filled))
    for table, several in nested.items():
        _list(table, number, here.nested.get(table, ()), several, found)
    return found


def _rhythm(here: Values, there: Values, filled: Values, found: Found) -> None:
    """How often, in a circle or not, and since when: one thing in three columns."""
    said = [there.get(column) for column in _RHYTHM[:2]]
    if not any(said):
        return
    held = [here.get(column) for column in _RHYTHM[:2]]
    if not any(held):
        filled.update({column: there.get(column) for column in _RHYTHM})
        found.gains.append("cadence")
    elif held != said:
        found.conflicts.append(("cadence", str(held[0] or "a circle"), str(said[0] or "a circle")))


def _told(here: Values, there: Values, filled: Values, found: Found, *, anew: bool) -> None:
    """What is never empty, or is not filled in by itself."""
    for column, name in (("name", "name"), ("known", "met how"), ("archived_on", "archived")):
        said = there.get(column)
        if said is None or said == here.get(column):
            continue
        if anew:
            filled[column] = said
            if column == "name":
                filled["name_key"] = there["name_key"]
        else:
            found.conflicts.append((name, str(here.get(column) or "no"), str(said)))


def _list(
    table: str, number: int, here: Sequence[Values], there: Sequence[Values], found: Found
) -> None:
    """What is somebody's: added where it is not here yet."""
    key_of = _KEYS[table]
    held: dict[object, list[Values]] = {}
    for one in here:
        held.setdefault(key_of(one), []).append(one)
    by_number = {one.get("id"): one for one in here} if table in _DAY else {}
    added: list[Values] = []
    for one in there:
        same = held.get(key_of(one))
        if same:
            own = same.pop(0) if table in _DAY else same[0]
            if table == "channel":
                _channel(own, one, found)
            elif table == "anniversary" and own.get("day") != one.get("day"):
                found.conflicts.append((str(own["name"]), str(own["day"]), str(one["day"])))
            continue
        own_number = by_number.get(one.get("id"))
        day = _DAY.get(table, "")
        if own_number and own_number.get(day) == one.get(day):
            if own_number.get("text") != one.get("text"):
                here_text, there_text = str(own_number.get("text")), str(one.get("text"))
                found.conflicts.append((f"#{one['id']}", here_text, there_text))
            continue
        added.append({**one, "person_id": number})
    found.steps.extend((table, None, one) for one in added)
    found.gains.extend(_in_words(table, added))


def _channel(here: Values, there: Values, found: Found) -> None:
    """A channel that is here: connected now, or since when, or what it is called."""
    filled: dict[str, Any] = {}
    if _STATES.index(there.get("state")) > _STATES.index(here.get("state")):
        filled = {c: there.get(c) for c in ("state", "sent_on", "connected_on")}
    elif there.get("state") == here.get("state"):
        filled = {
            column: there[column]
            for column in ("sent_on", "connected_on")
            if there.get(column) and not here.get(column)
        }
    if there.get("label") and not here.get("label"):
        filled["label"] = there["label"]
    if filled:
        kept = [word for word in _inferred(here) if word not in filled]
        filled["inferred"] = ",".join(kept + [word for word in _inferred(there) if word in filled])
        found.steps.append(("channel", here["id"], filled))
        state = f" {filled['state']}" if "state" in filled else ""
        found.gains.append(f"{channel.label(str(here['kind']))}{state}")


def _inferred(line: Values) -> list[str]:
    """The columns of a line that nobody said."""
    return [word for word in str(line.get("inferred") or "").split(",") if word]


def _in_words(table: str, added: Sequence[Values]) -> list[str]:
    if table == "channel":
        return [channel.label(str(one["kind"])) for one in added]
    if not added:
        return []
    name = table.replace("_", "-")
    many = {"membership": "communities", "attendance": "events", "anniversary": "dates"}
    one = {"membership": "a community", "attendance": "an event", "anniversary": "a date"}
    if len(added) == 1:
        return [one.get(table, f"a {name}" if name[0] not in "aeiou" else f"an {name}")]
    return [f"{len(added)} {many.get(table, name + 's')}"]
