"""Plain records: a name, a company, a role, a few channels, and nothing else.

Most of a large file is like this, and whoever is one such record alone is written down here in one
go. What asks for a second look is left to the general way, `Differ` and `Belongings`, which finds
the same of plain records too: a test holds the two equal.
"""

from collections.abc import Callable, Container, Sequence
from operator import itemgetter
from typing import Any, Final

from kinship.model import names, same_name
from kinship.model.card import Card
from kinship.services import import_belongings, import_records
from kinship.services.import_belongings import Held
from kinship.services.import_matching import Matched
from kinship.services.import_records import Reached, Record
from kinship.services.import_rows import PERSON, Diff, Gained, Here
from kinship.store import importing as store

_TOLD: Final = ("row", "name", "key", "first", "last", "org", "role", "reaches")
_OTHERS: Final = itemgetter(*[at for at, field in enumerate(Card._fields) if field not in _TOLD])
_NOTHING: Final = _OTHERS(Card(0, ""))
_FEW: Final = 3
"""Channels: more are not plain."""
_NAME, _ORG, _ROLE, _KNOWN = map(store.PERSON.index, ("name", "org", "role", "known"))


class Plain:
    """Writes down one person after the other, where they are one plain record; else says so."""

    def __init__(
        self,
        records: Sequence[Record],
        matched: Matched,
        formats: Sequence[str],
        twins: Container[tuple[str, str]],
        diff: Diff,
        today: str,
        quote: Callable[[str], str],
    ) -> None:
        self._records = records
        self._keys = matched.keys
        self._sources = matched.sources
        self._formats = formats
        self._twins = twins
        self._diff = diff
        self._rows = diff.rows
        self._today = today
        self._quote = quote

    def new(self, place: int) -> bool:
        """Whether this was somebody new, and is written down."""
        one = self._records[place]
        said = self._said(place, one)
        if said is None:
            return False
        card, rows = one.card, self._rows
        who = -1 - len(rows.people)
        self._diff.new.append(place)
        rows.sources.append((who, *said))
        rows.channels.extend([(who, reached) for reached in one.channels])
        row = {
            "name": card.name,
            "name_key": one.name,
            "org": card.org or None,
            "role": card.role or None,
            "known": "known",
            "added_on": self._today,
        }
        rows.people.append(tuple(map(row.get, PERSON)))
        return True

    def known(self, person: int, place: int, here: Here) -> bool | None:
        """Whether somebody who is here has all of it; None where it is not to be told here."""
        one = self._records[place]
        source = self._sources.get(place)
        card, row = one.card, here.people[person]
        yours = ""
        if source is None:
            same = (("org", card.org, row[_ORG]), ("role", card.role, row[_ROLE]))
            yours = import_records.yours(same, here.said.get(person, ()))
        said = self._said(place, one, yours)
        if said is None:
            return None
        if source is not None and source.said != said[2]:
            return None
        if card.name != row[_NAME] and same_name.is_nobody(row[_NAME]):
            return None
        changed: dict[str, Any] = {}
        fields = []
        for told, at, field, called in (
            (card.org, _ORG, "org", "company"),
            (card.role, _ROLE, "role", "role"),
        ):
            if told and told != row[at]:
                if row[at]:
                    return None
                if source is None:  # else removed here since
                    changed[field] = told
                    fields.append(called)
        if row[_KNOWN] == "heard":
            changed["known"] = "known"
            fields = fields or ["how you know them"]
        found = self._channels(person, one, here, is_new=source is None)
        if found is None:
            return None
        channels, updates, gains = found
        rows = self._rows
        if source is None:
            rows.sources.append((person, *said))
        if changed:
            rows.person_updates.append((person, changed))
        rows.channels.extend([(person, reached) for reached in channels])
        rows.channel_updates.extend(updates)
        gains += fields
        if gains:
            several = len(gains) > 1
            self._diff.gained.append(
                Gained(place, person, list(dict.fromkeys(gains)) if several else gains)
            )
        return not gains

    def _said(self, place: int, one: Record, yours: str = "") -> tuple[str, str, str] | None:
        """The record as a source: its format, its key, and what it said; None where it is not plain."""
        card, channels = one.card, one.channels
        if _OTHERS(card) != _NOTHING or not one.name or len(channels) > _FEW:
            return None
        form, key = self._formats[one.file], self._keys[place]
        if self._twins and (form, key) in self._twins:
            return None
        quote = self._quote
        text = f'{{"name":{quote(card.name)}'
        if org := card.org:
            if len(org) > names.LINE_LIMIT or not org.isprintable():
                return None
            text += f',"org":{quote(org)}'
        if role := card.role:
            if len(role) > names.LINE_LIMIT or not role.isprintable():
                return None
            text += f',"role":{quote(role)}'
        if yours:
            text += f',"{import_records.YOURS}":"{yours}"'
        if channels:
            signs = import_records.joined(import_records.channel_marks(one))
            text += f',"{import_records.HAS}":"{signs}"'
        return form[:40], key, text + "}"

    def _channels(
        self, person: int, one: Record, here: Here, *, is_new: bool
    ) -> tuple[list[Reached], list[tuple[int, int, dict[str, Any]]], list[str]] | None:
        """The channels that are added, the changes of those that are here, and what that is called.

        None where it is not plain which channel is which.
        """
        held = here.channels.get(person, ())
        added = []
        updates = []
        gains = []
        for reached in one.channels:
            kind, _, key, label, *_ = reached
            if not key or label:
                return None
            same = None
            for row in held:
                if row[1] != kind:
                    continue
                if row[2] is None or (row[3] == key and same):
                    return None
                if row[3] == key:
                    same = Held._make(row)
            if same is not None:
                changed = import_belongings.news(reached, same)
                if changed:
                    updates.append((person, same.id, changed))
            elif is_new:  # else removed here since
                added.append(reached)
            else:
                continue
            if same is None or changed:
                gains.append(import_belongings.called(kind, reached.state))
        return added, updates, gains
