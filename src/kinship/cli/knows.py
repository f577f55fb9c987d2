"""``knows``: write down that people know each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kinship.cli import sections, views
from kinship.cli.context import Kin
from kinship.errors import BadInput
from kinship.model import dates, names
from kinship.model.person import ME, Person
from kinship.render.shapes import Line, Notice, Room, Sheet, Span, line
from kinship.services import acquaintances, tying
from kinship.services import people as finding
from kinship.services.tying import Tied
from kinship.store import ties
from kinship.value import Value

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params

_MOST = 10
_REFUSED = 5
_HOW = 500


class Unread(Value):
    """A line that named nobody for certain, and what to type for it."""

    text: str
    why: str
    command: str


def knows(
    ctx: typer.Context,
    words: params.Words = None,
    how: Annotated[
        str | None, typer.Option("--how", metavar="TEXT", help="How: taught her, same lab.")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="WHEN", help="Since when: 2019, 2019-05, or a day."),
    ] = None,
    not_: Annotated[bool, typer.Option("--not", help="They do not: remove what is noted.")] = False,
) -> int:
    """Write down that two people know each other. No clock moves.

    Usage: kinship knows WHO WHO... [--how TEXT] [--since WHEN]
           kinship knows WHO WHO... --not
           kinship knows WHO -        names from standard input, a line each
           kinship knows              of those you keep in touch with, who has none noted

    Examples:
      kinship knows ada charles
      kinship knows mary-s ada --how "taught her mathematics" --since 1834
      kinship knows ada grace joan
      kinship knows ada charles --not

    The first knows the others. Noted twice is noted once; with --how or --since
    what was noted is changed. A comma parts two whose names read as one: ada,charles.
    Whom you know yourself needs no tie: "knows me sophie" says that you did not
    only hear of Sophie.
    """
    kin = Kin.of(ctx)
    if not_ and (how is not None or since is not None):
        raise BadInput(
            "--not removes a tie; --how and --since say more of one. Nothing was written.",
            hint=kin.cmd("help knows"),
        )
    if not words:
        if how is not None or since is not None or not_:
            raise BadInput(
                "say who knows whom. Nothing was written.", hint=kin.cmd("knows WHO WHO")
            )
        _whose(kin)
        return 0
    listed = words[-1] == "-"
    who = _everybody(kin, words[:-1] if listed else words)
    unread: list[Unread] = []
    if listed:
        if len(who) != 1:
            raise BadInput(
                "say one person before the dash. Nothing was written.",
                hint=kin.cmd("knows ada - < names.txt"),
            )
        found, unread = _read(kin, who[0])
        who += found
    first, others = who[0], who[1:]
    if not others and not unread:
        raise BadInput(
            f"say whom {_first(first)} {'know' if first.id == ME else 'knows'}."
            " Nothing was written.",
            hint=kin.cmd(f"knows {finding.ref(kin.db, first)} WHO"),
        )
    if others:
        done = _done(kin, first, others, how, since, not_=not_)
        kin.show(Notice(tuple(_said(kin, done)), _record(kin, done)))
    if unread:
        _report(kin, unread, wrote=bool(others))
        return _REFUSED
    return 0


def _first(person: Person) -> str:
    return "you" if person.id == ME else names.first_name(person.name)


def _everybody(kin: Kin, words: list[str]) -> list[Person]:
    """Everybody named; commas and spaces both part people, since nothing else follows."""
    who: list[Person] = []
    rest = words
    while rest:
        several, rest = kin.take_who(rest)
        who += several
    if len(who) > 1 and who[0].id in {p.id for p in who[1:]}:
        raise BadInput(
            f"that is one person: {who[0].name if who[0].id != ME else 'you'}."
            " Nothing was written.",
            hint=kin.cmd("knows WHO WHO"),
        )
    return list({p.id: p for p in who}.values())


def _done(
    kin: Kin,
    first: Person,
    others: Sequence[Person],
    how: str | None,
    since: str | None,
    *,
    not_: bool,
) -> Tied:
    if not_:
        return tying.untie(kin.writable, first, others)
    return tying.tie(
        kin.writable,
        first,
        others,
        how=names.check_line(how, "text of --how", _HOW) if how is not None else None,
        since=dates.partial(since, kin.today) if since else since,
        today=kin.today,
    )


# What it says


def _said(kin: Kin, done: Tied) -> list[Line]:
    first = done.person
    lines = []
    for people, text in ((done.heard, "now"), (done.yours, "already")):
        if people:
            who = views.together([p.name for p in people])
            more = ": no meeting, no date." if text == "now" else "."
            lines.append(line(f"You know {who} {text}{more}"))
    fresh = [n for n in done.knows if n.new]
    changed = [n for n in done.knows if n.changed]
    same = [n for n in done.knows if not n.new and not n.changed]
    for several, before in ((fresh, ""), (changed, "Changed: ")):
        if several:
            lines.append(line(before, *_knows(kin, first, several)))
    if same:
        lines.append(line("Noted already: ", *_knows(kin, first, same)))
    if not (fresh or changed or done.heard or done.removed):
        lines.append(line("Nothing was written."))
    if done.removed:
        who = views.together([p.name for p in done.removed])
        back = Span(kin.cmd("undo"), "command")
        lines.append(line(f"Removed: {first.name} knows {who}. Back: ", back))
    if done.missing:
        who = views.together([p.name for p in done.missing])
        lines.append(line(f"No tie is noted with {who}."))
    if fresh:
        lines += _both(kin, first)
    return lines


def _knows(kin: Kin, first: Person, several: Sequence[tying.Noted]) -> tuple[str | Span, ...]:
    """``Ada Lovelace knows Charles Babbage and Mary Somerville: worked on the engine.``"""
    who = views.together([n.person.name for n in several])
    tie = several[0].tie
    parts = [tie.how or ""] if tie.person_id == first.id else []
    if tie.since:
        parts.append(f"since {views.when_shown(tie.since, kin.today)}")
    said = "; ".join(filter(None, parts)) if len({n.tie.how for n in several}) == 1 else ""
    end = "" if said.endswith((".", "!", "?")) else "."
    return Span(first.name, "name"), f" knows {who}{f': {said}' if said else ''}{end}"


def _both(kin: Kin, first: Person) -> list[Line]:
    """How many people you both know by now, with the command that names them."""
    count = len(ties.yours(kin.db, first.id))
    if not count:
        return []
    ref = finding.ref(kin.db, first)
    return [
        line(
            f"You and {names.first_name(first.name)} both know {views.people(count)} now: ",
            Span(kin.cmd(f"mutual {ref}"), "command"),
        )
    ]


def _record(kin: Kin, done: Tied) -> dict[str, object]:
    mine = [*done.heard, *done.yours]
    several = [done.person, *mine, *(n.person for n in done.knows), *done.removed]
    refs = finding.refs(kin.db, several)

    return {
        "person": views.brief(done.person, refs),
        "knows": [
            {**views.brief(n.person, refs), "how": n.tie.how, "since": n.tie.since, "new": n.new}
            for n in done.knows
        ],
        "you_know": [{**views.brief(p, refs), "new": p in done.heard} for p in mine],
        "removed": [views.brief(p, refs) for p in done.removed],
    }


# Names from standard input


def _read(kin: Kin, first: Person) -> tuple[list[Person], list[Unread]]:
    """Whoever is meant by each line for certain, and the lines that name nobody so."""
    from kinship.cli import add_lines  # noqa: PLC0415  (only for names from standard input)

    ref = finding.ref(kin.db, first)
    found: dict[int, Person] = {}
    unread = []
    for text in map(str.strip, add_lines.standard_input().splitlines()):
        if not text:
            continue
        try:
            meant = finding.find(kin.db, text)
        except BadInput as error:
            unread.append(Unread(text, error.message, ""))
            continue
        exact = meant.people if meant.rule <= _WHOLE_WORDS else []
        if len(exact) == 1 and exact[0].id != first.id:
            found[exact[0].id] = exact[0]
        elif len(exact) == 1:
            unread.append(Unread(text, f"that is {exact[0].name} too", ""))
        elif exact:
            refs = list(finding.refs(kin.db, exact[:3]).values())
            unread.append(Unread(text, f"could be {' or '.join(refs)}", f"knows {ref} {refs[0]}"))
        elif len(meant.people) == 1:
            near = finding.ref(kin.db, meant.people[0])
            why = f"did you mean {meant.people[0].name}?"
            unread.append(Unread(text, why, f"knows {ref} {near}"))
        else:
            new = f"add {names.argument(text)} --heard" + ("" if first.id == ME else f" --by {ref}")
            unread.append(Unread(text, "nobody is called so", new))
    if not found and not unread:
        raise BadInput(
            "there was nobody on standard input. Nothing was written.",
            hint=kin.cmd(f"knows {ref} - < names.txt"),
        )
    return list(found.values()), unread


_WHOLE_WORDS = 5
"""Rules up to this one name somebody by whole words; nothing near is taken from a list."""


def _report(kin: Kin, unread: Sequence[Unread], *, wrote: bool) -> None:
    """The lines that named nobody, on standard error."""
    kin.view.out.flush()
    others = "; the others are written" if wrote else ". Nothing was written"
    kin.say(f"kinship: {views.counted(len(unread), 'line')} named nobody for certain{others}:")
    for one in unread:
        kin.say(f"  {one.text}: {one.why}")
        if one.command:
            kin.say(f"    {kin.cmd(one.command)}")


# Without a name


def _whose(kin: Kin) -> None:
    """Whom you keep in touch with, of whom nobody said whom they know."""
    count = ties.count(kin.db)
    several = acquaintances.without_ties(kin.db, kin.today, kin.view.limit or _MOST)
    refs = finding.refs(kin.db, several)

    def build(room: Room) -> list[Line]:
        noted = f"{views.counted(count, 'tie')} noted." if count else "No ties are noted yet."
        if not several:
            who = Span(kin.cmd("knows WHO WHO"), "command")
            kept = " Everybody you keep in touch with has one." if count else ""
            return [line(noted, kept), line("  Somebody knows somebody?  ", who)]
        return [
            *sections.whole([line(f"{noted} Whom do these people know? Nobody said yet:")], room),
            Line(),
            *(
                line(
                    "  ",
                    Span(p.name, "name"),
                    right=Span(kin.cmd(f"knows {refs[p.id]} WHO"), "command"),
                )
                for p in several
            ),
        ]

    record = {
        "ties": count,
        "without": [views.brief(p, refs) for p in several],
    }
    kin.show(Sheet(build, record))
