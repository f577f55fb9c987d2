"""Two entries, one person: what becomes of every field, and then doing it."""

import itertools
from collections.abc import Mapping, Sequence
from datetime import date

from kinship.errors import BadInput, Refused
from kinship.model import channel, dates, evidence, names, same_name
from kinship.model.cadence import Cadence
from kinship.model.person import Channel, Person
from kinship.model.tie import SOURCES, Tie
from kinship.services import introducing
from kinship.services import people as finding
from kinship.store import (
    circles,
    entries,
    introductions,
    merging,
    people,
    rallies,
    references,
    ties,
)
from kinship.store.db import Change, Db
from kinship.value import Value

FIELDS = (
    *("name", "nick", "org", "role", "city", "address", "relation", "birthday"),
    *("met_online", "introduced_by", "prefer", "cadence"),
)
"""What only one of two can stay, in the order they are shown."""
_JOINED = "; "
_CUE_LIMIT = 2000
_KNOWN = ("heard", "known", "online", "in person")
_STATES = (None, "known", "sent", "connected")
_ANSWERS = ("pledged", "cannot", "none", None)
_TOGETHER = frozenset(
    (
        *("membership", "attendance", "topic", "tag", "tie", "not_same", "nudge", "anniversary"),
        "helper",
    )
)
"""Tables whose rows that both have say nothing more, or were put together before."""


class Field(Value):
    """One fact in the words of each person, empty where it is not known; whose stays."""

    name: str
    words: Sequence[str]
    stays: int
    differ: bool

    @property
    def lost(self) -> list[str]:
        """What does not stay, each once."""
        if not self.differ:
            return []
        kept = _alike(self.name, self.words[self.stays])
        others = {_alike(self.name, word): word for word in self.words if word}
        return [word for key, word in others.items() if key != kept]


class Plan(Value):
    """What merging these people would do: ``into`` stays, the others become part of it.

    ``nick`` is a name that becomes the nickname, and ``note`` what would have no place.
    """

    into: Person
    others: Sequence[Person]
    fields: Sequence[Field]
    counts: Sequence[Mapping[str, int]]
    channels: Sequence[Sequence[Channel]]
    nick: str | None
    note: str
    columns: Mapping[str, str | int | None]

    @property
    def who(self) -> list[Person]:
        return [self.into, *self.others]

    @property
    def conflicts(self) -> list[Field]:
        return [field for field in self.fields if field.differ]


def plan(db: Db, who: Sequence[Person], take: Mapping[str, int] | None = None) -> Plan:
    """What merging the others into the first would do.

    ``take`` says of which person a field stays, by place. Raises BadInput for yourself, for one
    person alone, and for a field that they do not have.
    """
    finding.not_me(who)
    if len({person.id for person in who}) < 2:
        raise BadInput(
            f"that is one person: {who[0].name}. Nothing was merged.", hint="kinship merge WHO WHO"
        )
    take = take or {}
    into, *others = who
    words = {name: [_words(db, person, name) for person in who] for name in FIELDS}
    fields = [_field(name, words[name], take.get(name)) for name in FIELDS]
    columns = _columns(who, {field.name: field.stays for field in fields})
    nick, lost = _also_called(fields)
    if nick:
        columns |= {"nick": nick, "nick_key": names.fold(nick)}
    rest = [(f.name, word) for f in fields if f.name not in ("name", "nick") for word in f.lost]
    since = {p.since for p in who if p.since}.difference([columns["since"]])
    rest += [("since", day) for day in sorted(filter(None, since))]
    cue, cues = _cues([p.cue or "" for p in who])
    columns["cue"] = cue or None
    rest += [("cue", text) for text in cues]
    archived = [p for p in who if p.archived_on and p.archived_on != into.archived_on]
    rest += [("archived", p.archived_on or "") for p in archived]
    said = [("also called", name) for name in lost] + [(called(name), w) for name, w in rest]
    held = people.channels(db, [p.id for p in who])
    return Plan(
        into,
        others,
        fields,
        [references.counts(db, p.id) for p in who],
        [held.get(p.id, []) for p in who],
        nick,
        "\n".join([f"{what}: {word}" for what, word in said]),
        columns,
    )


def called(field: str) -> str:
    """A field as it is said and typed: ``met-online``."""
    return {"introduced_by": "by", "met_online": "met-on"}.get(field, field)


def carry_out(db: Db, planned: Plan, take: Mapping[str, int] | None, today: date) -> Person:
    """Write it, as one change.

    Raises Refused when the file has changed since it was planned.
    """
    label = "merge " + " ".join(finding.refs(db, planned.who).values())
    into = planned.into
    with db.change(label, about=[p.id for p in planned.who]) as tx:
        now = people.by_ids(tx, [p.id for p in planned.who])
        if plan(tx, [now[p.id] for p in planned.who], take) != planned:
            raise Refused(
                "the file was changed just now by another program. Nothing was merged.",
                hint="Try again.",
            )
        for other in planned.others:
            _join(tx, into.id, other)
        people.update(tx, into.id, **planned.columns)
        if planned.note:
            text = f"From {_and(planned.others)}, the same person:\n{planned.note}"
            for start in range(0, len(text), names.TEXT_LIMIT):
                part = text[start : start + names.TEXT_LIMIT]
                entries.add_note(tx, into.id, today.isoformat(), part)
        merged = people.by_id(tx, into.id)
    assert merged
    return merged


# Fields


def _words(db: Db, person: Person, field: str) -> str:
    """A fact in words, empty where it is not known."""
    match field:
        case "introduced_by":
            by = people.by_id(db, person.introduced_by) if person.introduced_by else None
            return by.name if by else ""
        case "cadence":
            return _cadence(db, person)
        case "met_online":
            return channel.label(person.met_online) if person.met_online else ""
        case "prefer":
            return channel.label(person.prefer) if person.prefer else ""
        case "birthday":
            return dates.birthday_text(person.birthday) if person.birthday else ""
    return str(getattr(person, field) or "")


def _cadence(db: Db, person: Person) -> str:
    if person.every:
        return "off" if person.every == "off" else str(Cadence.of_code(person.every))
    if person.circle_id:
        return next((c.name for c in circles.every_circle(db) if c.id == person.circle_id), "")
    return ""


def _field(name: str, words: Sequence[str], taken: int | None) -> Field:
    known = {_alike(name, word) for word in words if word}
    if taken is None:
        stays = next((place for place, word in enumerate(words) if word), 0)
        if name == "birthday" and (whole := _with_year(words, stays)) is not None:
            stays = whole
            known = {_alike(name, words[stays])}
    else:
        stays = taken
        if not 0 <= taken < len(words) or not words[taken]:
            raise BadInput(
                f"there is no {called(name)} to take there. Nothing was merged.",
                hint="kinship help merge",
            )
    return Field(name, words, stays, len(known) > 1)


def _with_year(words: Sequence[str], stays: int) -> int | None:
    """The birthday with its year, where all known ones are of that day."""
    known = [(place, word) for place, word in enumerate(words) if word]
    longest = max(known, key=lambda one: len(one[1]), default=(stays, ""))
    same = all(longest[1].startswith(word) for _, word in known)
    return longest[0] if known and same else None


def _alike(field: str, word: str) -> str:
    return word if field in ("birthday", "cadence") else " ".join(word.split())


def _columns(who: Sequence[Person], stays: Mapping[str, int]) -> dict[str, str | int | None]:
    """The columns of the one who stays."""
    columns: dict[str, str | int | None] = {}
    for name, place in stays.items():
        person = who[place]
        if name == "cadence":
            columns |= {
                "every": person.every,
                "circle_id": person.circle_id,
                "kept_on": person.kept_on,
            }
        else:
            columns[name] = getattr(person, name)
    gone = {p.id for p in who}
    if columns["introduced_by"] in gone:
        rest = (p.introduced_by for p in who)
        columns["introduced_by"] = next((n for n in rest if n and n not in gone), None)
    columns["name_key"] = names.fold(str(columns["name"]))
    columns["nick_key"] = names.fold(str(columns["nick"])) if columns["nick"] else None
    columns["known"] = max((p.known for p in who), key=_KNOWN.index)
    columns["since"] = min((p.since for p in who if p.since), default=None)
    columns["added_on"] = min(p.added_on for p in who)
    return columns


def _also_called(fields: Sequence[Field]) -> tuple[str | None, list[str]]:
    """What becomes the nickname where there is none, and the names that are noted.

    Another name does, of Bob and Robert Smith the given name alone. One that is only mistyped,
    shorter or in another order is noted.
    """
    name, nick = fields[0], fields[1]
    kept, taken = name.words[name.stays], nick.words[nick.stays]
    others = [w for w in dict.fromkeys([*name.lost, *nick.lost]) if w not in (kept, taken)]
    if taken:
        return None, others
    ours = same_name.read(kept).words
    for word in others:
        how = evidence.relation(ours, same_name.read(word).words).how
        given = names.first_name(word)
        if how == "nickname" and given and names.fold(given) not in names.fold(kept).split():
            return given, [other for other in others if other != word]
        says_more = how in ("more", "initial") and len(word) > len(kept)
        if not how or says_more:
            return word, [other for other in others if other != word]
    return None, others


def _cues(cues: Sequence[str]) -> tuple[str, list[str]]:
    """What tells them apart, together as far as it fits; and the rest."""
    joined, rest = "", []
    for cue in dict.fromkeys(filter(None, cues)):
        longer = f"{joined}{_JOINED}{cue}" if joined else cue
        if len(longer) <= _CUE_LIMIT:
            joined = longer
        else:
            rest.append(cue)
    return joined, rest


# What both have


def _join(tx: Change, into: int, other: Person) -> None:
    _channels(tx, into, other.id)
    _anniversaries(tx, into, other.id)
    _ties(tx, into, other.id)
    _introductions(tx, into, other.id)
    _helpers(tx, into, other.id)
    _nudges(tx, into, other.id)
    import json  # (only for what there is no other place for)

    uid = merging.uid(tx, other.id)
    for table, rows in references.move(tx, other.id, into).items():
        if table not in _TOGETHER:
            for row in rows:
                merging.add_extra(tx, into, table, json.dumps(row, ensure_ascii=False))
    people.remove(tx, other.id)
    merging.add_source(tx, into, uid)


def _channels(tx: Change, into: int, other: int) -> None:
    """A channel that both have is one, in the better of its states."""
    held = people.channels(tx, [into, other])
    ours = held.get(into, [])
    for theirs in held.get(other, []):
        same = next((c for c in ours if shared(c, theirs)), None)
        if same is not None:
            better = _better(same, theirs)
            ours[ours.index(same)] = better
            merging.put_channel(tx, better)
            people.remove_channel(tx, theirs.id)


def shared(one: Channel, other: Channel) -> bool:
    """Whether two channels are one: the same handle, or the same place without one."""
    if one.kind != other.kind:
        return False
    if one.handle is None or other.handle is None:
        return other.handle is None
    if one.handle_key and other.handle_key:
        return one.handle_key == other.handle_key
    return one.handle == other.handle


def _better(ours: Channel, theirs: Channel) -> Channel:
    wins = _STATES.index(theirs.state) > _STATES.index(ours.state)
    first = theirs if wins else ours
    labels = list(dict.fromkeys(filter(None, (ours.label, theirs.label))))
    said = sorted(filter(None, (ours.connected_since, theirs.connected_since)))
    days = said or sorted(filter(None, (ours.connected_on, theirs.connected_on)))
    marks = [m for m in first.inferred.split(",") if m and m != "connected_on"]
    sent = sorted(filter(None, (ours.sent_on, theirs.sent_on)))
    label = ", ".join(labels)
    return ours._replace(
        state=first.state,
        sent_on=first.sent_on or (sent[-1] if sent else None),
        connected_on=days[0] if days else None,
        label=(label if len(label) <= 100 else labels[0]) if labels else None,
        inferred=",".join([*marks, *(["connected_on"] if days and not said else [])]),
    )


def _anniversaries(tx: Change, into: int, other: int) -> None:
    """Two different days of one name are two: the second is called ``wedding 2``, or what is free."""
    ours = {key: (number, day) for number, _, key, day in merging.anniversaries(tx, into)}
    theirs = merging.anniversaries(tx, other)
    taken = {*ours, *(key for _, _, key, _ in theirs)}
    for number, name, key, day in theirs:
        if key not in ours:
            continue
        mine, here = ours[key]
        if here == day or here.endswith(day.removeprefix("-")):
            continue
        if day.endswith(here.removeprefix("-")):
            merging.set_day(tx, mine, day)
            continue
        free = (f"{name[: names.LINE_LIMIT - 5]} {count}" for count in itertools.count(2))
        text = next(text for text in free if names.fold(text) not in taken)
        taken.add(names.fold(text))
        merging.rename_anniversary(tx, number, text, names.fold(text))


def _ties(tx: Change, into: int, other: int) -> None:
    """Who knows both knows one, in all the words it was said in."""
    ours = {tie.whom(into): tie for tie in ties.of(tx, into)}
    for tie in ties.of(tx, other):
        whom = tie.whom(other)
        if whom == into:
            words = filter(None, (tie.how, tie.since and f"since {tie.since}"))
            if said := " ".join(words):
                entries.add_note(tx, into, tie.noted_on, f"knows {said}")
            ties.remove(tx, tie.id)
        elif whom in ours:
            mine = ours[whom]
            how = _how(tx, into, mine, tie)
            turned = {"person_id": into, "other_id": whom}
            if tie.how and not mine.how and tie.person_id == whom:
                turned = {"person_id": whom, "other_id": into}
            elif mine.how and mine.person_id == whom:
                turned = {}
            ties.update(
                tx,
                mine.id,
                **turned,
                how=how,
                since=min(filter(None, (mine.since, tie.since)), default=None),
                noted_on=min(mine.noted_on, tie.noted_on),
                source=min(mine.source, tie.source, key=SOURCES.index),
                import_id=mine.import_id or tie.import_id,
            )
            ties.remove(tx, tie.id)


def _how(tx: Change, into: int, mine: Tie, theirs: Tie) -> str | None:
    """What was said of both ties, each of the one it was said of."""
    said = theirs.how
    whom = mine.whom(into)
    if said and mine.how and said != mine.how:
        ours, others = mine.person_id == into, theirs.person_id != whom
        if ours != others:
            of = people.by_id(tx, into if others else whom)
            said = f"{names.first_name(of.name)}: {said}" if of else said
    how = _JOINED.join(dict.fromkeys(filter(None, (mine.how, said)))) or None
    if how and len(how) > names.LINE_LIMIT:
        entries.add_note(tx, into, theirs.noted_on, str(said))
        return mine.how
    return how


def _introductions(tx: Change, into: int, other: int) -> None:
    """Of two people only one introduction is open: the first, made if one of both was."""
    ours = {one.whom(into): one for one in introductions.of(tx, into) if not one.closed_on}
    for theirs in introductions.of(tx, other):
        mine = ours.get(theirs.whom(other))
        if mine is None or theirs.closed_on:
            continue
        made = min(filter(None, (mine.made_on, theirs.made_on)), default=None)
        asked = min(filter(None, (mine.asked_on, theirs.asked_on)), default=None)
        text = _JOINED.join(dict.fromkeys(filter(None, (mine.text, theirs.text)))) or None
        if text and len(text) > introducing.LONGEST:
            entries.add_note(tx, into, made or asked or theirs.on_day, str(theirs.text))
            text = mine.text
        introductions.update(
            tx,
            mine.id,
            text=text,
            state="made" if made else "asking",
            made_on=made,
            asked_on=None if made and asked and asked > made else asked,
            moved_to=max(filter(None, (mine.moved_to, theirs.moved_to)), default=None),
        )
        introductions.remove(tx, theirs.id)


def _helpers(tx: Change, into: int, other: int) -> None:
    """Who was asked twice in one rally was asked once, and the best answer is theirs."""
    ours = {helper.rally_id: helper for helper in rallies.helpers_of(tx, into)}
    for theirs in rallies.helpers_of(tx, other):
        mine = ours.get(theirs.rally_id)
        if mine is not None:
            both = sorted((mine, theirs), key=lambda one: _ANSWERS.index(one.answer))
            rallies.put_helper(
                tx,
                mine.rally_id,
                into,
                asked_on=min(filter(None, (mine.asked_on, theirs.asked_on)), default=None),
                moved_to=max(filter(None, (mine.moved_to, theirs.moved_to)), default=None),
                answer=both[0].answer,
                answered_on=both[0].answered_on,
                thanked_on=min(filter(None, (mine.thanked_on, theirs.thanked_on)), default=None),
            )
            entries.remove(tx, "helper", theirs.id)


def _nudges(tx: Change, into: int, other: int) -> None:
    """What waits goes on waiting; what was put off or settled is so for both, and never is never."""
    ours, theirs = merging.nudges(tx, into), merging.nudges(tx, other)
    for kind in {*ours, *theirs}:
        both = [said[kind] for said in (ours, theirs) if kind in said]
        up_to = max(int(said["up_to"] or 0) for said in both)
        waits = [int(said["waits"]) - 1 for said in both if said["waits"] is not None]
        said = {
            "until": max((str(one["until"]) for one in both if one["until"]), default=None),
            "settled_on": max(
                (str(one["settled_on"]) for one in both if one["settled_on"]), default=None
            ),
            "up_to": min([up_to, *waits]),
            "never": max(int(one["never"] or 0) for one in both),
        }
        if any(said.values()):
            merging.put_nudge(tx, into, kind, **said)


def _and(several: Sequence[Person]) -> str:
    return " and ".join(person.name for person in several)
