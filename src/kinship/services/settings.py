"""What was chosen with ``config``: read, changed, and put back to what holds by itself."""

import re
from difflib import get_close_matches
from typing import Final

from kinship.errors import BadInput, NotFound
from kinship.model import channel, names, phone, setting
from kinship.model.cadence import Cadence
from kinship.model.person import ME
from kinship.services import editing, handle_keys
from kinship.services.editing import Edit
from kinship.services.handle_keys import Rekeyed
from kinship.store import people
from kinship.store import settings as store
from kinship.store.db import Change, Db
from kinship.value import Value

_FIELDS: Final = ("first", "name", "event", "note", "org", "me")
_NONE: Final = ("", "none", "off")
_UNNAMED: Final = "me"


class Setting(Value):
    """A key, what holds for it, and whether that was chosen."""

    key: str
    value: str
    chosen: bool


def every(db: Db) -> list[Setting]:
    """All that can be chosen, but for what config.toml says."""
    chosen = store.chosen(db)
    me = people.by_id(db, ME)
    for key, column in setting.OF_ME.items():
        fact = getattr(me, column)
        if fact and (column != "name" or fact != _UNNAMED):
            chosen[key] = fact
    return [
        Setting(key, chosen.get(key, setting.DEFAULTS.get(key, "")), key in chosen)
        for key in setting.KEYS
        if key != setting.DB
    ]


def choose(db: Db, key: str, value: str) -> Rekeyed | None:
    """Let ``value``, which was checked, hold from now on.

    Another country makes other lines of the numbers without one: what became of them is returned.
    """
    if key in setting.OF_ME:
        _change_me(db, key, value)
        return None
    with db.change(f"config {key}") as tx:
        store.put(tx, key, value)
        return _follow(tx, key)


def unset(db: Db, key: str) -> Rekeyed | None:
    """As `choose`, of the default."""
    if key in setting.OF_ME:
        _change_me(db, key, "")
        return None
    with db.change(f"config --unset {key}") as tx:
        store.unset(tx, key)
        return _follow(tx, key)


def _follow(tx: Change, key: str) -> Rekeyed | None:
    """Bring up to date what follows from a setting."""
    return handle_keys.of_country(tx, store.value(tx, key)) if key == setting.COUNTRY else None


def _change_me(db: Db, key: str, value: str) -> None:
    me = people.by_id(db, ME)
    assert me
    column = setting.OF_ME[key]
    fact = value or (_UNNAMED if column == "name" else None)
    editing.edit(db, me, Edit(((column, fact),)))


# What was typed


def named(text: str) -> str:
    """The key that was typed. Raises NotFound, with the nearest one, where there is none."""
    key = text.strip().lower()
    if key in setting.KEYS:
        return key
    ends = [k for k in setting.KEYS if key and key in k.split(".")]
    near = ends if len(ends) == 1 else get_close_matches(key, setting.KEYS, n=1, cutoff=0.5)
    meant = f" Did you mean {near[0]}?" if near else ""
    raise NotFound(
        f"there is no setting {names.quoted(text)}.{meant}",
        hint=(f"kinship config {near[0]}", "All of them: kinship config")
        if near
        else "All of them: kinship config",
    )


def checked(key: str, text: str) -> str:
    """A value as it is kept. Raises BadInput for one that cannot be meant."""
    limit = names.LINE_LIMIT if key in setting.OF_ME else 2000
    value = names.check_line(text, key, limit)
    try:
        return _CHECKS[key](value) if key in _CHECKS else value
    except BadInput as error:
        error.message += " Nothing was changed."
        error.hint = error.hint or (f"kinship config {key}",)
        raise


def _country(value: str) -> str:
    return "" if value.lower() in _NONE else phone.country(value)


def _order(value: str) -> str:
    kinds = []
    for word in re.split(r"[\s,;]+", value.strip(" ,;")):
        kind = channel.kind_of(word)
        if kind is None:
            raise BadInput(
                f"{names.quoted(word)} is not a kind of channel.", hint="kinship help channels"
            )
        kinds.append(kind)
    return ", ".join(dict.fromkeys(kinds))


def _message(value: str) -> str:
    for field in re.findall(r"\{(.*?)\}", value):
        if field not in _FIELDS:
            raise BadInput(
                f"{names.quoted('{' + field + '}')} is nothing a message can have in it.",
                hint=f"These are: {' '.join('{' + f + '}' for f in _FIELDS)}",
            )
    return value


def _snooze(value: str) -> str:
    try:
        return Cadence.parse(value).code
    except BadInput:
        raise BadInput(f"{names.quoted(value)} is not how long. For example: 3d, 1w.") from None


_CHECKS: Final = {
    setting.COUNTRY: _country,
    setting.ORDER: _order,
    setting.MESSAGE: _message,
    setting.SNOOZE: _snooze,
}
