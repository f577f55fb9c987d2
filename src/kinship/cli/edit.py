"""``edit`` and ``rm``: mend and remove, a person or one entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinship.cli import reading, targets, views
from kinship.cli.context import Kin
from kinship.errors import BadInput
from kinship.model import channel, dates, names
from kinship.model.person import ME, Person
from kinship.render.shapes import Notice, Span, line
from kinship.services import contact, editing, mending
from kinship.services import people as finding
from kinship.services.editing import Edit
from kinship.store import people

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params

Text = str | None
_FACTS, _LISTS, _ENTRY = "Facts", "Lists", "One entry, by its number"
_SAY_SOMETHING = ("note", "favour", "pledge")
"""Entries that are nothing without words."""
_TEXT_LIMITS = {"pledge": names.LINE_LIMIT}


def _option(*names_: str, metavar: str, help: str, panel: str) -> typer.models.OptionInfo:  # noqa: A002
    import typer  # noqa: PLC0415  (called when Typer reads the annotations)

    option: typer.models.OptionInfo = typer.Option(
        *names_, metavar=metavar, help=help, rich_help_panel=panel
    )
    return option


def edit(
    ctx: typer.Context,
    words: params.Words = None,
    name: Annotated[Text, _option("--name", metavar="NAME", help="", panel=_FACTS)] = None,
    nick: Annotated[
        Text, _option("--nick", metavar="NAME", help="What you call them.", panel=_FACTS)
    ] = None,
    org: Annotated[
        Text, _option("--org", metavar="NAME", help="Where they work.", panel=_FACTS)
    ] = None,
    role: Annotated[
        Text, _option("--role", metavar="TEXT", help="What they do there.", panel=_FACTS)
    ] = None,
    city: Annotated[
        Text, _option("--city", metavar="CITY", help="Where they live.", panel=_FACTS)
    ] = None,
    address: Annotated[
        Text, _option("--address", metavar="TEXT", help="Their postal address.", panel=_FACTS)
    ] = None,
    birthday: Annotated[
        Text,
        _option("--birthday", metavar="DAY", help="10 dec, or 1815-12-10.", panel=_FACTS),
    ] = None,
    date_: Annotated[
        list[str] | None,
        _option(
            "--date", metavar="NAME:DAY", help="Another day: anniversary:2010-06-12.", panel=_FACTS
        ),
    ] = None,
    relation: Annotated[
        Text,
        _option("--relation", metavar="WORD", help="sister, neighbour, boss.", panel=_FACTS),
    ] = None,
    cue: Annotated[
        Text, _option("--cue", metavar="TEXT", help="What tells them apart.", panel=_FACTS)
    ] = None,
    met_on: Annotated[
        Text,
        _option("--met-on", metavar="CHANNEL", help="Where you met online.", panel=_FACTS),
    ] = None,
    met: Annotated[
        Text, _option("--met", metavar="DATE", help="When you first met in person.", panel=_FACTS)
    ] = None,
    since: Annotated[
        Text,
        _option("--since", metavar="WHEN", help="Known since 2019, 2019-05.", panel=_FACTS),
    ] = None,
    prefer: Annotated[
        Text,
        _option("--prefer", metavar="CHANNEL", help="How they like to be reached.", panel=_FACTS),
    ] = None,
    by: Annotated[
        Text, _option("--by", metavar="WHO", help="Who introduced you.", panel=_FACTS)
    ] = None,
    archive: Annotated[
        bool | None,
        typer.Option(
            "--archive/--no-archive",
            help="Out of every list and nudge, or back.",
            rich_help_panel=_FACTS,
        ),
    ] = None,
    via: Annotated[
        list[str] | None,
        _option("--via", metavar="CHANNEL:HANDLE", help="A way to reach them.", panel=_LISTS),
    ] = None,
    unlink: Annotated[
        list[str] | None,
        _option("--unlink", metavar="CHANNEL", help="Take a channel away.", panel=_LISTS),
    ] = None,
    about: Annotated[
        list[str] | None,
        _option("--about", metavar="TOPIC", help="What they know about.", panel=_LISTS),
    ] = None,
    not_about: Annotated[
        list[str] | None, _option("--not-about", metavar="TOPIC", help="", panel=_LISTS)
    ] = None,
    seeks: Annotated[
        list[str] | None,
        _option("--seeks", metavar="TEXT", help="What they look for.", panel=_LISTS),
    ] = None,
    not_seeks: Annotated[
        list[str] | None, _option("--not-seeks", metavar="TEXT", help="", panel=_LISTS)
    ] = None,
    community: Annotated[
        list[str] | None,
        _option("-c", "--community", metavar="NAME", help="They belong to it.", panel=_LISTS),
    ] = None,
    leave: Annotated[
        list[str] | None,
        _option("--leave", metavar="NAME", help="They left the community.", panel=_LISTS),
    ] = None,
    tag: Annotated[
        list[str] | None, _option("-t", "--tag", metavar="TAG", help="", panel=_LISTS)
    ] = None,
    untag: Annotated[
        list[str] | None, _option("--untag", metavar="TAG", help="", panel=_LISTS)
    ] = None,
    text: Annotated[
        Text, _option("-m", "--text", metavar="TEXT", help="What it says.", panel=_ENTRY)
    ] = None,
    on: Annotated[Text, _option("--on", metavar="DATE", help="Its day.", panel=_ENTRY)] = None,
    from_me: Annotated[
        bool, typer.Option("--from-me", help="You wrote.", rich_help_panel=_ENTRY)
    ] = False,
    from_them: Annotated[
        bool, typer.Option("--from-them", help="They wrote.", rich_help_panel=_ENTRY)
    ] = False,
    both: Annotated[
        bool, typer.Option("--both", help="Both ways.", rich_help_panel=_ENTRY)
    ] = False,
) -> None:
    """Change anything about a person, or one entry.

    Usage: kinship edit WHO --FIELD VALUE ...
           kinship edit '#N' [--text TEXT] [--on DATE] [--via CHANNEL]

    Examples:
      kinship edit hoper --name "Grace Hopper"
      kinship edit ada --city Paris --birthday "10 dec"
      kinship edit me --about compilers --seeks "a flat in Berlin"
      kinship edit ada --via signal:+442079460958 --unlink email
      kinship edit '#812' --text "compilers, and horses"

    An empty value clears a field: --city "". In most shells # needs quotes: '#812'.
    """
    kin = Kin.of(ctx)
    said = words or []
    if views.is_entry(said):
        _only_of_an_entry(
            name=name, nick=nick, org=org, role=role, city=city, address=address,
            birthday=birthday, date=date_, relation=relation, cue=cue, met_on=met_on, since=since,
            prefer=prefer, by=by, archive=archive, unlink=unlink, about=about,
            not_about=not_about, seeks=seeks, not_seeks=not_seeks, community=community,
            leave=leave, tag=tag, untag=untag,
        )  # fmt: skip
        _edit_entry(kin, said, text, on, via, from_me=from_me, from_them=from_them, both=both)
        return
    if not said:
        raise BadInput(
            "say who, or which entry. Nothing was changed.",
            hint=(
                kin.cmd("edit WHO --city Paris"),
                kin.cmd("edit '#N' --text TEXT") + "   in quotes: # starts a comment",
            ),
        )
    who, rest = kin.take_who([word for word in said if word])
    if archive and "" in said:
        raise BadInput(
            "--archive takes no value. Nothing was changed.",
            hint=kin.cmd(f"edit {finding.ref(kin.db, who[0])} --no-archive") + "   to take it back",
        )
    if rest or len(who) > 1:
        raise BadInput(
            f"{names.quoted(' '.join(rest) or 'several people')} cannot be understood here. "
            "Nothing was changed.",
            hint=kin.cmd("help edit"),
        )
    person = who[0]
    if text or on or from_me or from_them or both:
        raise BadInput(
            "--text, --on and the direction belong to an entry.",
            hint=kin.cmd("edit '#N' --text TEXT"),
        )
    columns = _columns(
        kin, person, name=name, nick=nick, org=org, role=role, city=city, address=address,
        birthday=birthday, relation=relation, cue=cue, since=since, prefer=prefer, by=by,
        met_on=met_on,
        archive=archive,
    )  # fmt: skip
    change = Edit(
        tuple(columns.items()),
        (
            *(("about", t) for t in reading.listed(about, "topic")),
            *(("seeks", t) for t in reading.each(seeks, "text")),
            *(("tag", t) for t in reading.listed(tag, "tag")),
            *(
                ("community", name)
                for name in targets.member_of(kin, *reading.listed(community, "community"))
            ),
        ),
        (
            *(("about", t) for t in reading.listed(not_about, "topic")),
            *(("seeks", t) for t in reading.each(not_seeks, "text")),
            *(("tag", t) for t in reading.listed(untag, "tag")),
            *(
                ("community", targets.community(kin, text).name)
                for text in reading.listed(leave, "community")
            ),
        ),
        tuple(reading.handle(v) for v in via or ()),
        tuple(map(reading.handle_or_kind, unlink or ())),
        tuple(_day(kin, d) for d in date_ or ()),
        dates.partial(met, kin.today) if met else None,
    )
    if change == Edit((), (), (), (), (), (), None):
        raise BadInput(
            f"say what to change about {person.name}. Nothing was changed.",
            hint=(
                kin.cmd(f"edit {finding.ref(kin.db, person)} --city Paris"),
                kin.cmd("help edit"),
            ),
        )
    mended = editing.edit(kin.writable, person, change._replace(said_on=kin.today.isoformat()))
    renamed = f", was {person.name}" if mended.name != person.name else ""
    said_too = _said(change)
    kin.show(
        Notice(
            (
                line(
                    "Changed ",
                    Span(mended.name, "name"),
                    renamed,
                    f": {said_too}." if said_too else ".",
                ),
            ),
            views.person_record(kin, mended),
        )
    )


def _columns(kin: Kin, person: Person, **given: object) -> dict[str, str | None]:
    columns: dict[str, str | None] = {}
    for field in ("nick", "org", "role", "city", "address", "relation", "cue"):
        value = given[field]
        if isinstance(value, str):
            limit = 2000 if field in ("address", "cue") else names.LINE_LIMIT
            text = names.check_text(
                value.strip() if limit == 2000 else names.clean_line(value)[0], field, limit
            )
            columns[field] = text or None
    if isinstance(given["name"], str):
        name = columns["name"] = names.check_name(given["name"])
        if names.means_you(name) and person.id != ME:
            raise BadInput(
                'nobody else is found as "me". Nothing was changed.',
                hint=kin.cmd(f"edit {finding.ref(kin.db, person)} --name NAME"),
            )
    if isinstance(given["birthday"], str):
        born = given["birthday"]
        columns["birthday"] = dates.birthday(born, kin.today) if born else None
    if isinstance(given["since"], str):
        since = given["since"]
        columns["since"] = dates.partial(since, kin.today) if since else None
    if isinstance(given["prefer"], str):
        prefer = given["prefer"]
        wanted = reading.handle_or_kind(prefer) if prefer else None
        columns["prefer"] = editing.prefer(kin.db, person, wanted) if wanted else None
    if isinstance(given["by"], str):
        by = kin.who(given["by"]) if given["by"] else None
        if by and by.id == person.id:
            raise BadInput(
                "nobody introduces themselves. Nothing was changed.",
                hint=kin.cmd("edit WHO --by SOMEBODY"),
            )
        columns["introduced_by"] = str(by.id) if by else None
    if isinstance(given["met_on"], str):
        place = given["met_on"]
        dated = f"edit {finding.ref(kin.db, person)} --met {names.argument(place)}"
        columns["met_online"] = reading.online_place(kin, place, dated) if place else None
        if place and person.known in ("known", "heard"):
            columns["known"] = "online"
    if given["archive"] is not None:
        if person.id == ME:
            raise BadInput(
                "that is you; you stay. Nothing was changed.", hint=kin.cmd("edit WHO --archive")
            )
        columns["archived_on"] = kin.today.isoformat() if given["archive"] else None
    return columns


def _day(kin: Kin, text: str) -> tuple[str, str]:
    name, colon, day = text.partition(":")
    if not colon or not names.fold(name):
        raise BadInput(
            f"{names.quoted(text)} is not a name and a day. For example: anniversary:2010-06-12"
        )
    clean = names.check_line(name, "date")
    return clean, dates.birthday(day, kin.today)


def _said(change: Edit) -> str:
    called = {
        "introduced_by": "introduced by",
        "archived_on": "archived",
        "met_online": "met online",
    }
    parts = []
    for column, value in change.columns:
        if column in ("name", "known"):
            continue
        word = called.get(column, column)
        value = dates.birthday_text(value) if value and column == "birthday" else value
        if value and column == "met_online":
            value = f"on {channel.label(value)}"
        bare = column in ("introduced_by", "archived_on")
        parts.append(f"{word} {value}" if value and not bare else word)
        if not value:
            gone = column in ("archived_on", "met_online")
            parts[-1] = f"no longer {word}" if gone else f"no {word}"
    parts += [f"{what} {name}" for what, name in change.add]
    parts += [f"not {what} {name}" for what, name in change.take]
    parts += [views.reach_words(*h) for h in change.channels]
    parts += [f"no {views.reach_words(*h)}" for h in change.unlink]
    parts += [f"{name} {dates.birthday_text(day)}" for name, day in change.dates]
    parts += [f"met on {change.met}"] if change.met else []
    return ", ".join(views.one_line(p) for p in parts)


def _only_of_an_entry(**given: object) -> None:
    """Refuse what only a person has."""
    for field, value in given.items():
        if value is not None:
            raise BadInput(
                f"an entry has no {field.replace('_', '-')}. Nothing was changed.",
                hint="kinship help edit",
            )


def _edit_entry(
    kin: Kin,
    said: list[str],
    text: str | None,
    on: str | None,
    via: list[str] | None,
    *,
    from_me: bool,
    from_them: bool,
    both: bool,
) -> None:
    number = views.entry_number(said[0])
    found = mending.entry(kin.db, number)
    column = mending.DAY.get(found.table)
    if column is None:
        raise BadInput(
            f"#{number} ({found.text}) can only be removed. Nothing was changed.",
            hint=kin.cmd(f"rm '#{number}'"),
        )
    fields: dict[str, str | int | None] = {}
    words = " ".join(said[1:]) or text
    if words is not None:
        fields["text"] = (
            names.check_text(words, "text", _TEXT_LIMITS.get(found.table, names.TEXT_LIMIT)) or None
        )
        if fields["text"] is None and found.table in _SAY_SOMETHING:
            raise BadInput(
                f"a {found.table} says something. Remove it instead:",
                hint=kin.cmd(f"rm '#{number}'"),
            )
    if on:
        read = dates.ahead if column == "due_on" else dates.behind
        fields[column] = read(on, kin.today).isoformat()
        if column == "due_on":
            fields["moved_to"] = None
    direction = "me" if from_me else "them" if from_them else "both" if both else None
    if direction and found.table == "favour" and direction != "both":
        fields["way"] = "gave" if direction == "me" else "got"
    elif direction and found.table != "conversation":
        raise BadInput(
            f"#{number} is no conversation: it has no direction and no channel.",
            hint=kin.cmd(f"edit '#{number}' --text TEXT"),
        )
    elif direction:
        fields["direction"] = direction
    if via and found.table != "conversation":
        raise BadInput(
            f"#{number} is no conversation: it has no direction and no channel.",
            hint=kin.cmd(f"edit '#{number}' --text TEXT"),
        )
    if via:
        fields["channel"] = contact.channel_named(via[0])
    if not fields:
        raise BadInput(
            f"say what to change about #{number}. Nothing was changed.",
            hint=kin.cmd(f"edit '#{number}' --text \"what it should say\""),
        )
    mending.mend(kin.writable, found, number, **fields)
    changed = ", ".join("day" if f == "due_on" else f for f in fields if f != "moved_to")
    text_ = f"Changed #{number} of {found.person.name}: {changed}."
    kin.show(Notice((line(text_),), {"number": number, "changed": list(fields)}))


def rm(
    ctx: typer.Context,
    words: params.Words = None,
    yes: params.Yes = False,
) -> None:
    """Remove a person, or one entry.

    Usage: kinship rm WHO[,WHO] [-y]
           kinship rm '#N'

    Examples:
      kinship rm konrad
      kinship rm '#812'

    A person is asked about first; everything can come back with kinship undo.
    """
    kin = Kin.of(ctx)
    said = words or []
    if views.is_entry(said):
        _remove_entries(kin, said)
        return
    if not said:
        raise BadInput(
            "say who, or which entry. Nothing was removed.",
            hint=(kin.cmd("rm WHO"), kin.cmd("rm '#N'") + "   in quotes: # starts a comment"),
        )
    who: list[Person] = []
    while said:
        some, said = kin.take_who(said)
        who += [p for p in some if p not in who]
    finding.not_me(who)
    refs = finding.refs(kin.db, who)
    people_ = views.together([p.name for p in who])
    for person in who if not yes else ():
        kin.sure(
            f"{person.name} ({refs[person.id]}): {_hanging(kin, person)}. Remove?",
            f"removing {people_}",
            f"rm {','.join(refs.values())} -y",
            "removed",
        )
    editing.remove(kin.writable, who)
    back = Span(kin.cmd("undo"), "command")
    kin.show(Notice((line(f"Removed {people_}. Back: ", back),), {"removed": [p.id for p in who]}))


def _hanging(kin: Kin, person: Person) -> str:
    weight = people.weight(kin.db, person.id)
    counts = {
        "conversation": weight.conversations,
        "note": weight.notes,
        "follow-up": weight.follow_ups,
        "favour": weight.favours,
        "introduction": weight.introductions,
        "pledge": weight.pledges,
    }
    goes = [views.counted(number, one) for one, number in counts.items() if number]
    goes += [f"knows {views.people(weight.knows)}"] if weight.knows else []
    return ", ".join(goes) or "no conversations, notes or follow-ups"


def _remove_entries(kin: Kin, said: list[str]) -> None:
    numbers = map(views.entry_number, said)
    found = {number: mending.entry(kin.db, number) for number in numbers}
    mending.strike(kin.writable, found)
    lines = tuple(
        line(
            f"Removed #{n} of {e.person.name}: {views.one_line(e.text)[:50] or 'no text'}. Back: ",
            Span(kin.cmd("undo"), "command"),
        )
        for n, e in found.items()
    )
    kin.show(Notice(lines, {"removed": list(found)}))
