"""``merge``: two entries, one person; and who may be here twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kinship.cli import merge_page, sections, views
from kinship.cli.context import Kin, whole
from kinship.errors import BadInput, Declined
from kinship.model import names
from kinship.model.person import Person
from kinship.render.shapes import Column, Line, Notice, Room, Sheet, Span, Table, line
from kinship.services import doubles, merging
from kinship.services import people as finding
from kinship.services.doubles import Double
from kinship.services.merging import Plan
from kinship.store import people

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params

_SHOWN = 10
_NEEDS_TWO = "say two people or more: the first stays, the others become part of it."


def merge(
    ctx: typer.Context,
    words: params.Words = None,
    take: Annotated[
        list[str] | None,
        typer.Option(
            "--take", metavar="FIELD", help="Keep the second's: org,city. Of a third: org=3."
        ),
    ] = None,
    apart: Annotated[
        bool, typer.Option("--not", help="They are not the same: never ask again.")
    ] = False,
    interactive: Annotated[
        bool, typer.Option("-i", "--interactive", help="Walk through the likely doubles.")
    ] = False,
    everything: Annotated[bool, typer.Option("--all", help="All likely doubles.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would become of them; write nothing.")
    ] = False,
    yes: params.Yes = False,
) -> None:
    """Two entries, one person; without WHO, list who may be here twice.

    Usage: kinship merge WHO WHO... [--take FIELD] [--dry-run] [-y]
           kinship merge WHO WHO --not
           kinship merge [-i] [--all]

    Examples:
      kinship merge
      kinship merge -i
      kinship merge ada ada-king
      kinship merge bob robert --take org,city -y
      kinship merge mary-s mary-j --not

    The first stays, and everything of the others moves to it. Where both have a
    value and it differs, you choose; without a terminal or with -y the first's
    stays, but for --take. What does not stay goes into a note, and another name
    becomes the nickname: nothing is lost, and kinship undo takes it back.
    """
    kin = Kin.of(ctx)
    if not words:
        if take or apart or yes or dry_run:
            raise BadInput(f"{_NEEDS_TWO} Nothing was merged.", hint=kin.cmd("merge WHO WHO"))
        if interactive:
            _walk(kin)
        else:
            _likely(kin, everything=everything)
        return
    if interactive or everything:
        raise BadInput(
            "-i and --all are for all likely doubles: nobody is named with them. "
            "Nothing was merged.",
            hint=kin.cmd("merge -i"),
        )
    who = _who(kin, words)
    if apart:
        _apart(kin, who)
        return
    taken: Mapping[str, int] = _taken(take or [], who)
    planned = merging.plan(kin.db, who, taken)
    if dry_run:
        _preview(kin, planned, "Nothing was written.")
        return
    refs = finding.refs(kin.db, planned.who)
    if not yes:
        planned, taken = _asked(kin, planned, taken, " ".join(refs.values()))
    merged = merging.carry_out(kin.writable, planned, taken, kin.today)
    _show_merged(kin, planned, merged, refs)


def _who(kin: Kin, words: Sequence[str]) -> list[Person]:
    who: list[Person] = []
    rest = list(words)
    while rest:
        some, rest = kin.take_who(rest)
        if again := next((p for p in some if p in who), None):
            raise BadInput(
                f"both mean {again.name}. Nothing was merged.",
                hint=(kin.cmd("merge WHO WHO"), "A number means one person alone: 41"),
            )
        who += some
    finding.not_me(who)
    if len(who) < 2:
        raise BadInput(
            f"{_NEEDS_TWO} Nothing was merged.",
            hint=kin.cmd(f"merge {finding.ref(kin.db, who[0])} WHO"),
        )
    return who


def _taken(said: Sequence[str], who: Sequence[Person]) -> dict[str, int]:
    """Of which person each field is to stay, by place."""
    known = {merging.called(field): field for field in merging.FIELDS}
    known |= {"company": "org", "keep": "cadence", "introduced-by": "introduced_by"}
    taken: dict[str, int] = {}
    for text in (part for one in said for part in one.split(",") if part.strip()):
        name, _, number = (part.strip().lower() for part in text.partition("="))
        field = known.get(name)
        if field is None:
            raise BadInput(
                f"{names.quoted(name)} is no field that only one can stay. Nothing was merged.",
                hint="One of: " + ", ".join(merging.called(field) for field in merging.FIELDS),
            )
        place = whole(number or "2") - 1
        if not 0 <= place < len(who):
            raise BadInput(
                f"{names.quoted(text)}: there are {len(who)} people. Nothing was merged.",
                hint=f"The first is 1: {name}=1, the second 2: {name}=2",
            )
        taken[field] = place
    return taken


def _preview(kin: Kin, planned: Plan, last: str) -> None:
    def build(room: Room) -> list[Line]:
        return [*merge_page.page(planned, room), line(last)]

    refs = finding.refs(kin.db, planned.who)
    kin.show(Sheet(build, merge_page.record(planned, refs, merged=False)))


def _asked(
    kin: Kin, planned: Plan, taken: Mapping[str, int], refs: str
) -> tuple[Plan, Mapping[str, int]]:
    """Which of different values stay, and whether to do it at all."""
    alike = len({p.name for p in planned.who}) < len(planned.who)
    called = {p.id: f"{p.name} ({p.id})" if alike else p.name for p in planned.who}
    others, into = views.together([called[p.id] for p in planned.others]), called[planned.into.id]
    if not kin.can_ask:
        raise BadInput(
            f"merging {others} into {into} needs a yes. Nothing was merged.",
            hint=(
                f"{kin.cmd(f'merge {refs} --dry-run')}   what would become of them",
                kin.cmd(f"merge {refs} -y"),
            ),
        )
    for text in merge_page.page(planned, kin.view.room()):
        kin.say("".join(span.text for span in text.left).rstrip())
    if chosen := _chosen(kin, planned, taken):
        taken = {**taken, **chosen}
        planned = merging.plan(kin.db, planned.who, taken)
    stopped = "nothing was merged."
    question = f"Merge {others} into {into}?"
    if not kin.confirm(question, default=False, stopped=stopped):
        raise Declined(stopped)
    return planned, taken


def _chosen(kin: Kin, planned: Plan, taken: Mapping[str, int]) -> dict[str, int]:
    """What is answered about each field that differs."""
    chosen: dict[str, int] = {}
    for field in planned.conflicts:
        if field.name in taken:
            continue
        offered = [(place, word) for place, word in enumerate(field.words) if word]
        kin.say(f"Which {merging.called(field.name)} stays?")
        for place, word in offered:
            kin.say(f"  {place + 1}  {views.one_line(word)}")
        places = {str(place + 1): place for place, _ in offered}
        while True:
            answer = kin.ask(f"Number, or Enter for {field.stays + 1}:")
            if answer is None:
                raise Declined("stopped. Nothing was merged.")
            if not answer or answer in places:
                break
            kin.say(f"One of {', '.join(places)}.")
        if answer:
            chosen[field.name] = places[answer]
    return chosen


def _show_merged(kin: Kin, planned: Plan, merged: Person, refs: Mapping[int, str]) -> None:
    others = views.together([p.name for p in planned.others])
    is_are = "is" if len(planned.others) == 1 else "are"
    text = f"{others} {is_are} part of {merged.name} now."
    kept = "What did not fit is in a note. " if planned.note else ""
    nick = f"{planned.nick} is the nickname. " if planned.nick else ""
    undo = Span(kin.cmd("undo"), "command")
    kin.show(
        Notice(
            (line(text), line(f"{nick}{kept}Back: ", undo)),
            merge_page.record(planned, refs, merged=True),
        )
    )


def _apart(kin: Kin, who: Sequence[Person]) -> None:
    names_ = views.together([p.name for p in who])
    said = line(f"{names_} are different people, as you said before.")
    if doubles.part(kin.writable, who):
        undo = Span(kin.cmd("undo"), "command")
        said = line(f"{names_} are different people; I will not ask again. Back: ", undo)
    record = {"people": [views.person_record(kin, p) for p in who], "same": False}
    kin.show(Notice((said,), record))


# Likely doubles


def _walk(kin: Kin) -> None:
    from kinship.cli import merge_walk, walking  # noqa: PLC0415  (only with -i)

    walking.refuse_without_terminal(kin, "merge")
    found = doubles.likely(kin.db)
    if found:
        merge_walk.start(kin, found)
    else:
        kin.show(Notice((_nobody(),)))


def _likely(kin: Kin, *, everything: bool) -> None:
    found = doubles.likely(kin.db)
    limit = kin.options.limit or (len(found) if everything else _SHOWN)
    for_programs = kin.view.format is not None
    shown = found if for_programs else found[:limit]
    who = people.by_ids(kin.db, {n for one in shown for n in (one.into, one.other)})
    refs = finding.refs(kin.db, who.values())

    def build(room: Room) -> list[Line]:
        if not found:
            return [_nobody()]
        lines: list[Line] = []
        for one in shown:
            lines += _double(kin, one, who, refs)
        lines.append(Line())
        if len(found) > len(shown):
            more = f"{len(found) - len(shown)} more: "
            lines.append(line(more, Span(kin.cmd("merge --all"), "command")))
        both = f"{refs[shown[0].into]} {refs[shown[0].other]}"
        lines.append(line("Not the same? ", Span(kin.cmd(f"merge {both} --not"), "command")))
        lines.append(line("One by one: ", Span(kin.cmd("merge -i"), "command")))
        return sections.whole(lines, room)

    records = [_record(one, who, refs) for one in shown]
    items = Table(
        shown,
        (
            Column("name", "NAME", lambda o: Span(who[o.into].name, "name")),
            Column("other", "MAY BE", lambda o: Span(who[o.other].name, "name")),
            Column("why", "WHY", lambda o: ", ".join(o.reasons), rank=1),
        ),
        lambda o: _record(o, who, refs),
        fields=("name", "ref", "other.name", "other.ref", "why"),
    )
    kin.show(Sheet(build, records, items, paged=True))


def _double(
    kin: Kin, one: Double, who: Mapping[int, Person], refs: Mapping[int, str]
) -> list[Line]:
    into, other = who[one.into], who[one.other]
    about = " and ".join(
        dict.fromkeys(f"{p.name}{f', {p.org}' if p.org else ''}" for p in (into, other))
    )
    same = " twice" if " and " not in about else ""
    return [
        line(Span(about, "name"), same),
        line(f"  {', '.join(one.reasons)}"),
        line("  ", Span(kin.cmd(f"merge {refs[one.into]} {refs[one.other]}"), "command")),
    ]


def _record(one: Double, who: Mapping[int, Person], refs: Mapping[int, str]) -> dict[str, object]:
    into, other = who[one.into], who[one.other]
    return {
        "id": into.id,
        "ref": refs[into.id],
        "name": into.name,
        "other": views.brief(other, refs),
        "why": list(one.reasons),
    }


def _nobody() -> Line:
    return line("Nobody seems to be here twice.")
