"""``import``: files of other programs, a plan first, then one step that can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinship.cli import (
    event_words,
    import_after,
    import_list,
    import_plan,
    import_rejects,
    sections,
)
from kinship.cli.context import Kin
from kinship.cli.import_files import Files
from kinship.cli.import_plan import Left
from kinship.errors import BadInput, Declined, NotFound
from kinship.model import names
from kinship.model.entry import Event
from kinship.render.progress import Progress
from kinship.render.shapes import Line, Room, Sheet, Span, line
from kinship.services import importing
from kinship.services.importing import Aim, Imported, Plan
from kinship.value import Value

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params

_REFUSED = 5
_TEXTS = (None, "table", "plain", "lines")
_RECORDS = ("json", "jsonl")
_ORDERS = {"d": "dmy", "m": "mdy"}


class Wanted(Value):
    """How to go about it."""

    event: Event | None
    rejects: str | None
    dry_run: bool
    yes: bool


def import_(
    ctx: typer.Context,
    words: params.Words = None,
    at: Annotated[
        str | None,
        typer.Option(
            "-a",
            "--at",
            metavar="EVENT",
            help="Where you met them; of an attendee list, where they were.",
        ),
    ] = None,
    community: Annotated[
        str | None,
        typer.Option("-c", "--community", metavar="NAME", help="A community all of them are in."),
    ] = None,
    tag: Annotated[
        list[str] | None,
        typer.Option("-t", "--tag", metavar="TAG", help="A tag for all. Repeat, or use commas."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change; write nothing.")
    ] = False,
    yes: params.Yes = False,
    form: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="FORMAT",
            help="What it is, where that is not seen.",
            rich_help_panel="Where a file is not understood",
        ),
    ] = None,
    columns: Annotated[
        str | None,
        typer.Option(
            "--map",
            metavar="name=Column,...",
            help="Which column is which; remembered. '' forgets.",
            rich_help_panel="Where a file is not understood",
        ),
    ] = None,
    encoding: Annotated[
        str | None,
        typer.Option(
            "--encoding",
            metavar="NAME",
            help="How its text is encoded: cp1252, shift_jis, ...",
            rich_help_panel="Where a file is not understood",
        ),
    ] = None,
    date_order: Annotated[
        str | None,
        typer.Option(
            "--date-order",
            metavar="dmy|mdy",
            help="Whether 3/4/1990 is 3 April or 4 March.",
            rich_help_panel="Where a file is not understood",
        ),
    ] = None,
    rejects: Annotated[
        str | None,
        typer.Option(
            "--rejects",
            metavar="FILE",
            help="Write what was left out to this file.",
            rich_help_panel="Where a file is not understood",
        ),
    ] = None,
    listed: Annotated[
        bool,
        typer.Option("--list", help="What was imported so far.", rich_help_panel="Imports so far"),
    ] = False,
    undo: Annotated[
        str | None,
        typer.Option(
            "--undo",
            metavar="N",
            help="Take import N back; what came later stays.",
            rich_help_panel="Imports so far",
        ),
    ] = None,
) -> int:
    """Read files of other programs: contacts, LinkedIn, any table.

    Usage: kinship import FILE... [OPTIONS]
           kinship import FOLDER|ZIP|-
           kinship import --list

    Examples:
      kinship import Connections.csv --dry-run
      kinship import LinkedInDataExport.zip
      kinship import contacts.vcf people.csv -t phone
      kinship import cards.vcf --at pycon
      kinship import Kontakte.csv --map name=Kontakt,org=Firma
      kinship list import:3

    A plan comes first; then it is one step, and undo takes it back. The same file
    again adds nobody, and what you changed by hand stays as it is.

    Read: vCards (.vcf), LinkedIn (Connections, Invitations, messages, or the whole
    zip), Google, Outlook, Yahoo and Thunderbird contacts, LDIF, abook, attendee
    lists (Luma, Eventbrite, Meetup), kinship's own JSON Lines and CSV, and any
    table with a header. Which one a file is shows in it, whatever it is called.
    """
    kin = Kin.of(ctx)
    if listed:
        import_list.show(kin)
        return 0
    if undo is not None:
        import_list.take_back(kin, undo)
        return 0
    if kin.view.format not in (*_TEXTS, *_RECORDS):
        raise BadInput(
            "an import is told as text or with --json. Nothing was written.",
            hint=kin.cmd("help import"),
        )
    if not words:
        raise BadInput(
            "say which file, folder or zip. Nothing was written.",
            hint=(kin.cmd("import Connections.csv"), kin.cmd("help import")),
        )
    from kinship.cli import import_files  # noqa: PLC0415  (what a list or an undo does not need)

    said = import_files.said_of(kin, form, encoding, columns, date_order)
    event = event_words.known(kin, at) if at else None
    wanted = Wanted(event, import_rejects.check(rejects), dry_run, yes)
    aim = _aim(kin, event, community, tag)
    files = import_files.Files(kin, words, said)
    if files.restores:
        _alone(kin, files, aim)
    plan = _planned(kin, files, aim)
    if not date_order:
        plan = _with_order(kin, files, aim, plan)
    return _go_on(kin, files, plan, wanted)


def _aim(kin: Kin, event: Event | None, community: str | None, tag: list[str] | None) -> Aim:
    """What was said about all of them; an event and a community are there already."""
    tags = [
        names.check_line(one.strip(), "tag")
        for said in tag or []
        for one in said.split(",")
        if one.strip()
    ]
    return Aim(
        event.id if event else None,
        _community(kin, community) if community else None,
        tuple(dict.fromkeys(tags)),
    )


def _community(kin: Kin, text: str) -> int:
    from kinship.cli import targets  # noqa: PLC0415  (rarely said)

    try:
        return targets.community(kin, text).id
    except NotFound as error:
        error.hint = (*error.hint, kin.cmd(f"community add {names.word(text)}"))
        raise


def _alone(kin: Kin, files: Files, aim: Aim) -> None:
    """kinship's own file says all there is to say, by itself."""
    if len(files.given) > 1:
        raise BadInput(
            "kinship's own JSON Lines come back by themselves. Nothing was written.",
            hint="Import that file first, then the others.",
        )
    if aim != Aim(tags=()):
        raise BadInput(
            "kinship's own JSON Lines say where everybody was met and what they belong to: "
            "--at, -c and -t are for other files. Nothing was written.",
            hint=kin.cmd(f"import {names.word(files.given[0].source.name)}"),
        )


def _planned(kin: Kin, files: Files, aim: Aim) -> Plan:
    with Progress(kin.view, "Reading") as progress:
        if files.restores:
            from kinship.services import restoring  # noqa: PLC0415  (only for JSON Lines)

            source = files.given[0].source
            return restoring.plan(kin.db, source.name, source.path or source.data)
        return importing.plan(kin.db, files.told(progress), aim, kin.today)


def _with_order(kin: Kin, files: Files, aim: Aim, plan: Plan) -> Plan:
    """Where days could be months and nothing in the file decides it: asked, if somebody is there."""
    doubt = import_plan.undecided(plan)
    if not doubt or not kin.can_ask:
        return plan
    kin.say(doubt)
    while True:
        answer = kin.ask("Which comes first, [d]ay or [m]onth? (Enter: leave them)")
        if not answer:
            return plan
        if order := _ORDERS.get(answer[:1].lower()):
            files.again(order)
            return _planned(kin, files, aim)


def _go_on(kin: Kin, files: Files, plan: Plan, wanted: Wanted) -> int:
    """Show the plan, and do it with a yes."""
    left = files.left
    code = _REFUSED if import_plan.bad(plan, left) else 0
    writes = plan.writes and not wanted.dry_run
    for_people = kin.view.format in _TEXTS and not kin.view.quiet
    if for_people:
        _say(kin, [*import_plan.lines(kin, plan, left), *_ending(kin, plan, wanted)])
    elif not writes:
        _report(kin, plan, left, None, [])
    if not writes:
        if not wanted.dry_run:
            _remember(kin, files)
            _reject(kin, plan, files, wanted)
        return code
    _sure(kin, plan, wanted)
    written, back = _write(kin, files, plan)
    steps = import_after.next_steps(kin, plan, written, wanted.event)
    if for_people:
        lines = import_after.done(kin, plan, written, back)
        _say(kin, [*lines, *import_after.shown(steps, plan)])
    else:
        _report(kin, plan, left, written, steps)
    _reject(kin, plan, files, wanted)
    return code


def _ending(kin: Kin, plan: Plan, wanted: Wanted) -> list[Line]:
    """What comes of the plan where nothing is written."""
    if not plan.writes:
        if plan.conflicts:
            return [Line(), line("Nothing to write: what is different stays as it is here.")]
        return [Line(), line("Nothing to write: all of it is here already.")] if plan.same else []
    if wanted.dry_run:
        said = "Nothing was written. Without --dry-run it is one step, and "
        return [Line(), line(said, Span(kin.cmd("undo"), "command"), " takes it back.")]
    return [Line()]


def _sure(kin: Kin, plan: Plan, wanted: Wanted) -> None:
    if wanted.yes:
        return
    if not kin.can_ask:
        command = " ".join(["import", *map(names.word, kin.words), "-y"])
        raise BadInput("an import needs a yes. Nothing was written.", hint=kin.cmd(command))
    counts = [f"{len(plan.new):,} new" if plan.new else ""]
    counts.append(f"{len(plan.gains):,} here already" if plan.gains else "")
    shown = kin.view.format in _TEXTS and not kin.view.quiet
    question = "Import?" if shown else f"Import {', '.join(filter(None, counts))}?"
    stopped = "nothing was written."
    if not kin.confirm(question, default=True, stopped=stopped):
        raise Declined(stopped)


def _write(kin: Kin, files: Files, plan: Plan) -> tuple[Imported, str]:
    """Do it; what was said about columns is kept with it. And what takes it back."""
    db = kin.writable
    db.begin_batch()
    with Progress(kin.view, "Importing") as progress:
        if files.restores:
            from kinship.services import restoring  # noqa: PLC0415  (only for JSON Lines)

            return restoring.carry_out(db, plan, kin.today, progress.tell), "undo"
        written = importing.carry_out(db, plan, kin.today, progress.tell)
    return written, "undo --batch" if _remember(kin, files) else "undo"


def _remember(kin: Kin, files: Files) -> bool:
    """Keep what was said about columns; whether that is anything new."""
    from kinship.services import column_maps  # noqa: PLC0415  (only where something was said)

    changed = [column_maps.remember(kin.writable, *one) for one in files.to_remember]
    return any(changed)


def _reject(kin: Kin, plan: Plan, files: Files, wanted: Wanted) -> None:
    if wanted.rejects is None:
        return
    text = import_rejects.text_of(plan.skipped, files.heads)
    kin.view.out.flush()
    if text:
        import_rejects.write(wanted.rejects, text)
        kin.say(f"What was left out is in {import_rejects.shown(wanted.rejects)}")
    elif not kin.view.quiet:
        kin.say(f"Nothing was left out: there is no {import_rejects.shown(wanted.rejects)}")


def _say(kin: Kin, lines: list[Line]) -> None:
    def build(room: Room) -> list[Line]:
        return sections.whole(lines, room)

    kin.show(Sheet(build, None))


def _report(
    kin: Kin, plan: Plan, left: Left, written: Imported | None, steps: list[import_after.Step]
) -> None:
    """One value for programs: the plan, and what came of it."""
    record = {
        **import_plan.record(plan, left),
        "written": written is not None,
        "import": (written.number or None) if written else None,
        "added": list(written.added) if written else [],
        "next": import_after.record(steps),
    }
    if kin.view.format in _RECORDS:
        kin.show(Sheet(lambda room: [], record))
