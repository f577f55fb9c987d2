"""``intro``: introduce two people, and check that it landed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from kinship.cli import answers, reading, views
from kinship.cli.context import Kin
from kinship.errors import BadInput, NotFound
from kinship.model import dates, names
from kinship.model.introduction import Introduction
from kinship.model.person import ME, Person
from kinship.render.shapes import Column, Line, Notice, Span, Table, line
from kinship.services import introducing, tying
from kinship.services import people as finding
from kinship.services.contact import Talk
from kinship.services.introducing import Introduced
from kinship.store import introductions, people

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params

_PAIRS = 2


def intro(
    ctx: typer.Context,
    words: params.Words = None,
    on: params.On = None,
    asking: Annotated[bool, typer.Option("--asking", help="You are still asking both.")] = False,
    landed: Annotated[bool, typer.Option("--landed", help="They met, or talk now.")] = False,
    not_: Annotated[bool, typer.Option("--not", help="It came to nothing.")] = False,
    ideas: Annotated[
        bool, typer.Option("--ideas", help="Pairs who may want to know each other.")
    ] = False,
    everything: Annotated[bool, typer.Option("--all", help="Those that are closed too.")] = False,
) -> None:
    """Introduce two people, and check that it landed.

    Usage: kinship intro WHO WHO [TEXT...] [--asking] [--on DATE]
           kinship intro WHO WHO --landed|--not
           kinship intro [--all]       open introductions
           kinship intro WHO           all of theirs
           kinship intro --ideas [WHO|QUERY...] [-n N]

    Examples:
      kinship intro hedy joan "both build radios"
      kinship intro hedy joan --asking
      kinship intro hedy joan --landed
      kinship intro --ideas hedy
      kinship intro --ideas at:pycon

    Logs a conversation from you with both, and asks in two weeks whether it landed;
    with --asking it logs nothing and asks in one. One of several has a number:
    kinship intro '#44' --landed
    """
    kin = Kin.of(ctx)
    closed = [name for name, said in (("landed", landed), ("not", not_)) if said]
    writes = bool(on or asking or closed)
    if sum((asking, landed, not_, ideas, everything)) > 1 or (writes and (ideas or everything)):
        raise BadInput(
            "say one of --asking, --landed, --not, --ideas and --all. Nothing was written.",
            hint=kin.cmd("help intro"),
        )
    if ideas:
        from kinship.cli import ideas as pairs  # noqa: PLC0415  (only for ideas)

        pairs.show(kin, words or [])
        return
    if not words and writes:
        raise BadInput(
            "say which two people. Nothing was written.",
            hint=(kin.cmd("intro WHO WHO"), kin.cmd("intro")),
        )
    if not words:
        found = introductions.every if everything else introductions.all_open
        with kin.still():
            _list(kin, found(kin.db))
        return
    who, rest = _two(kin, words)
    if views.is_entry(words) and not writes and not rest:
        with kin.still():
            every = introductions.between(kin.db, who[0].id, who[1].id)
            _list(kin, [one for one in every if one.id == views.entry_number(words[0])])
        return
    if len(who) == 1 and not writes:
        with kin.still():
            _list(kin, introductions.of(kin.db, who[0].id), who[0])
        return
    one, other = _pair(kin, who)
    day = reading.behind(on, kin.today) or kin.today
    if closed:
        option = f"--{closed[0]}"
        if rest:
            raise BadInput(
                f"{option} takes two people and no text. Nothing was written.",
                hint=kin.cmd(f"intro {_refs(kin, one, other)} {option}"),
            )
        _close(kin, introducing.close(kin.writable, one, other, closed[0], day=day))
        return
    text = names.check_text(" ".join(rest).strip(), "text", introducing.LONGEST) or None
    inferred = () if on else ("day",)
    made = introducing.introduce(
        kin.writable, one, other, text, day=day, asking=asking, inferred=inferred
    )
    _introduce(kin, made, Talk(day, "me", inferred=inferred))


def home_line(kin: Kin) -> tuple[str, str] | None:
    """What ``kinship`` alone says of open introductions, and the command."""
    found = [one for one in introductions.all_open(kin.db) if introducing.gone_on(one) >= kin.today]
    if not found:
        return None
    who = people.by_ids(
        kin.db, [n for one in found[:_PAIRS] for n in (one.person_id, one.other_id)]
    )
    pairs = [
        f"{names.first_name(who[one.person_id].name)} and {names.first_name(who[one.other_id].name)}"
        for one in found[:_PAIRS]
    ]
    pairs += [f"{len(found) - _PAIRS} more"] if len(found) > _PAIRS else []
    return f"Introductions    {len(found)} open: {', '.join(pairs)}", kin.cmd("intro")


def stands(kin: Kin, one: Introduction) -> str:
    """Where it stands: ``3 Mar, landed``; ``asked 3 Mar``."""
    if one.state == "asking":
        return f"asked {views.when_shown(one.asked_on or '', kin.today)}"
    on = views.when_shown(one.made_on or one.asked_on or "", kin.today)
    return on if one.state == "made" else f"{on}, {_ENDED[one.state]}"


_ENDED = {"landed": "landed", "not": "did not land"}


def records(kin: Kin, several: Sequence[Introduction]) -> list[dict[str, object]]:
    """For programs, one record an introduction."""
    who = people.by_ids(kin.db, {n for one in several for n in (one.person_id, one.other_id)})
    refs = finding.refs(kin.db, who.values())
    return [
        {
            "number": one.id,
            "people": [views.brief(who[n], refs) for n in (one.person_id, one.other_id)],
            "state": one.state,
            "asked_on": one.asked_on,
            "made_on": one.made_on,
            "closed_on": one.closed_on,
            "due_on": None if one.closed_on else one.on_day,
            "text": one.text,
        }
        for one in several
    ]


# Who is meant


def _two(kin: Kin, words: list[str]) -> tuple[list[Person], list[str]]:
    """The people at the start of the words, at most two, and the text; ``#N`` means its two."""
    if views.is_entry(words):
        number = views.entry_number(words[0])
        found = introductions.by_number(kin.db, number)
        if found is None:
            raise NotFound(
                f"#{number} is no introduction. Nothing was written.", hint=kin.cmd("intro --all")
            )
        both = people.by_ids(kin.db, [found.person_id, found.other_id])
        return [both[found.person_id], both[found.other_id]], words[1:]
    who, rest = kin.take_who(words, writing=len(words) > 1)
    taken = " ".join(words[: len(words) - len(rest)])
    several = [part for part in taken.split(",") if part.strip() and not names.is_suffix(part)]
    if len(who) == 1 and rest:
        more, rest = kin.take_who(rest)
        who += more
        several += [p.name for p in more]
    if len({p.id for p in who}) < len(who) or len(who) < min(len(several), 2):
        raise BadInput(
            f"that is one person: {who[0].name}. Nothing was written.",
            hint=kin.cmd(f"intro {finding.ref(kin.db, who[0])} WHO"),
        )
    return who, rest


def _pair(kin: Kin, who: Sequence[Person]) -> tuple[Person, Person]:
    """Two people, neither of them you."""
    if ME in (p.id for p in who):
        other = next((p for p in who if p.id != ME), None)
        goal = finding.ref(kin.db, other) if other else "WHO"
        raise BadInput(
            "that is you. An introduction is of two others. Nothing was written.",
            hint=f"{kin.cmd(f'path {goal}')}   who can introduce you",
        )
    if len(who) != 2:
        refs = list(finding.refs(kin.db, who[:2]).values())
        raise BadInput(
            f"an introduction is of two people, and not of {len(who)}. Nothing was written.",
            hint=kin.cmd(f"intro {' '.join([*refs, 'WHO'][:2])}"),
        )
    return who[0], who[1]


def _refs(kin: Kin, one: Person, other: Person) -> str:
    return " ".join(finding.refs(kin.db, [one, other]).values())


# What is answered


def _introduce(kin: Kin, made: Introduced, talk: Talk) -> None:
    one, other, said = made.one, made.other, made.introduction
    refs = _refs(kin, one, other)
    both = f"{one.name} and {other.name}"
    if said.state == "asking":
        lines = [
            line(f"You are asking {both}."),
            line("Once both agree: ", Span(kin.cmd(f"intro {refs}"), "command")),
        ]
        if said.on_day > kin.today.isoformat():
            lines.append(line(f"kinship asks {_day(kin, said.on_day)}."))
    else:
        lines = [line(f"Introduced {both}.")]
        lines += [answers.logged(kin, logged, talk) for logged in made.logged]
        lines.append(_will_ask(kin, said, refs))
    if made.tie:
        why = tying.whys(kin.db, [(one.id, other.id)], kin.today)[one.id, other.id]
        lines.append(line(f"They know each other already: {why.text}."))
    lines += answers.still_open(kin, made.logged, new=[])
    kin.show(Notice(tuple(lines), _record(kin, made)))


def _will_ask(kin: Kin, said: Introduction, refs: str) -> Line:
    """When it is asked about, unless that day is past."""
    landed = Span(kin.cmd(f"intro {refs} --landed"), "command")
    if said.on_day <= kin.today.isoformat():
        return line("Did it land? ", landed)
    return line(f"Did it land? kinship asks {_day(kin, said.on_day)}; sooner: ", landed)


def _close(kin: Kin, closed: Introduced) -> None:
    first = [names.first_name(p.name) for p in (closed.one, closed.other)]
    if first[0] == first[1]:
        first = [closed.one.name, closed.other.name]
    both = " and ".join(first)
    if closed.introduction.state == "not":
        said = f"The introduction of {both} did not land."
    elif closed.tied:
        said = f"{both} know each other now."
    else:
        said = f"The introduction of {both} landed; that they know each other was noted."
    kin.show(Notice((line(said),), _record(kin, closed)))


def _record(kin: Kin, made: Introduced) -> dict[str, object]:
    return {
        **records(kin, [made.introduction])[0],
        "logged": [one.number for one in made.logged],
        "tie": made.tie is not None,
    }


def _day(kin: Kin, iso: str) -> str:
    return dates.show(date.fromisoformat(iso), kin.today)


# The list


def _list(kin: Kin, found: Sequence[Introduction], person: Person | None = None) -> None:
    if person and person.id == ME:
        finding.not_me([person])
    found = found[: kin.view.limit]
    who = people.by_ids(kin.db, {n for one in found for n in (one.person_id, one.other_id)})
    whole = dict(zip(found, records(kin, found), strict=True))
    today = kin.today.isoformat()

    def asks(one: Introduction) -> str | Span:
        if one.closed_on:
            return ""
        if introducing.gone_on(one) < kin.today:
            return "no more"
        return Span(_day(kin, one.on_day), "today" if one.on_day <= today else "")

    columns: list[Column[Introduction]] = [
        Column("number", "#", lambda one: f"#{one.id}", rank=4),
        Column("one", "WHO", lambda one: Span(who[one.person_id].name, "name")),
        Column(
            *("other", "AND WHOM", lambda one: Span(who[one.other_id].name, "name")),
            least=11,
            rank=1,
        ),
        Column("stands", "STANDS", lambda one: stands(kin, one), least=13, rank=2),
        Column("due_on", "ASKS", asks, least=10, rank=3),
        Column("text", "TEXT", lambda one: views.one_line(one.text or ""), least=8, rank=5),
    ]
    if kin.view.terminal and not any(one.text for one in found):
        del columns[-1]
    first = found[0] if found else None
    kin.show(
        Table(
            found,
            columns,
            whole.__getitem__,
            counted=f"Did it land? {_landed(kin, first, who)}"
            if first and first.state == "made"
            else views.counted(len(found), "introduction")
            if found
            else "",
            empty=_nobody(kin, person),
            fields=(
                *("number", "people", "state", "asked_on", "made_on", "closed_on", "due_on"),
                "text",
            ),
        )
    )


def _landed(kin: Kin, one: Introduction, who: dict[int, Person]) -> str:
    return kin.cmd(f"intro {_refs(kin, who[one.person_id], who[one.other_id])} --landed")


def _nobody(kin: Kin, person: Person | None) -> tuple[Line, ...]:
    if person:
        ref = finding.ref(kin.db, person)
        return (
            line(f"You introduced {person.name} to nobody yet."),
            line("  Introduce two people: ", Span(kin.cmd(f"intro {ref} WHO"), "command")),
        )
    return (
        line("No open introductions."),
        line("  Introduce two people: ", Span(kin.cmd("intro WHO WHO"), "command")),
        line("  Who might like to?    ", Span(kin.cmd("intro --ideas"), "command")),
    )
