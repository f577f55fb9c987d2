"""``due``: who to reach, why now, what you last talked about, the best channel, the command."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import date
from typing import TYPE_CHECKING

from kinship import quick
from kinship.cli import cards, due_screen
from kinship.cli.context import Kin
from kinship.errors import BadInput
from kinship.model import dates, names
from kinship.model.person import Person
from kinship.render.shapes import Column, Line, Room, Sheet, Span, Style, Table
from kinship.services import people as finding
from kinship.services import reaching
from kinship.store import agenda, people
from kinship.store.agenda import Item

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params

_AHEAD = "7d"
KINDS = ("promise", "reply", "connect", "birthday", "keep", "intro", "rally")


def due(
    ctx: typer.Context,
    words: params.Words = None,
    interactive: Annotated[
        bool, typer.Option("-i", "--interactive", help="Walk through them, a key each.")
    ] = False,
    everything: Annotated[bool, typer.Option("--all", help="Everything, however long.")] = False,
    ahead: Annotated[
        str | None,
        typer.Option("--ahead", metavar="DURATION", help="How far COMING looks. Default: 7d."),
    ] = None,
    only: Annotated[
        str | None,
        typer.Option(
            "--only",
            metavar="KIND",
            help="promise, reply, connect, birthday, keep, intro or rally.",
        ),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show the dates behind each line.")
    ] = False,
    brief: Annotated[
        bool,
        typer.Option("--brief", help="One line, or nothing.", rich_help_panel="For your shell"),
    ] = False,
    once: Annotated[
        bool,
        typer.Option("--once", help="At most once a day.", rich_help_panel="For your shell"),
    ] = False,
    count: Annotated[
        bool,
        typer.Option(
            "--count", help="Only the number overdue and today.", rich_help_panel="For your shell"
        ),
    ] = False,
    check: Annotated[
        bool,
        typer.Option(
            "--check",
            help="Say nothing: exit 0 if something is due, 1 if not.",
            rich_help_panel="For your shell",
        ),
    ] = False,
) -> int:
    """Who to reach today, and why.

    Usage: kinship due [WHO...|QUERY...] [OPTIONS]

    Examples:
      kinship due
      kinship due -i
      kinship due charles --explain     the dates behind it
      kinship due in:pyladies
      kinship due --only promise --ahead 30d
      kinship due --check && echo someone is waiting

    For programs: --json, --csv, --format FMT (kinship help formats).
    """
    kin = Kin.of(ctx)
    until = dates.ahead(ahead or _AHEAD, kin.today)
    if interactive:
        from kinship.cli import due_walk, walking  # noqa: PLC0415  (only with -i)

        walking.refuse_without_terminal(kin, "due", *(words or []))
    with nullcontext() if interactive or _may_ask(words or []) else kin.still():
        found, narrowed = _chosen(kin, words or [], only, until)
        rows = agenda.rows(found, whole=everything or interactive or bool(narrowed))
        now = [row for row in rows if row.when != "coming"]
        walked = rows if words or ahead else now
        if interactive and walked:
            due_walk.start(kin, walked)
            return 0
        if check:
            return 0 if now else 1
        if count and kin.has_file:
            kin.view.out.write(f"{len(now)}\n")
        if count:
            return 0
        if brief:
            day = kin.today.isoformat()
            text = "" if once and quick.shown_today(os.environ, day) else quick.brief(now)
            kin.view.out.write(text + "\n" if text else "")
            if once and text:
                quick.keep_shown(os.environ, day)
            return 0
        if explain:
            from kinship.cli import explaining  # noqa: PLC0415  (not every day)

            kin.show(explaining.sheet(kin, [i for i in found if words or i.when != "coming"]))
            return 0
        kin.show(_sheet(kin, found, rows, everything=everything, narrowed=narrowed))
        return 0


def _may_ask(words: Sequence[str]) -> bool:
    """Whether it may be asked who is meant, which takes as long as it takes."""
    return bool(words) and not _is_query(words)


def prompt(
    ctx: typer.Context,
) -> None:
    """A number for your shell prompt, or nothing.

    Usage: kinship prompt [--format '{n} due']

    Examples:
      kinship prompt
      kinship prompt --format '{n} due'
    """
    kin = Kin.of(ctx)
    if not kin.has_file:
        return
    rows = agenda.rows(reaching.items(kin.db, kin.today))
    if rows:
        pattern = kin.view.format if kin.view.format and "{" in kin.view.format else "{n}"
        kin.view.out.write(pattern.replace("{n}", str(len(rows))) + "\n")


def _chosen(
    kin: Kin, words: Sequence[str], only: str | None, until: date
) -> tuple[list[Item], str]:
    """The items, and what they were narrowed to: ``with Ada Lovelace``."""
    if only is not None and only not in KINDS:
        raise BadInput(f"there is no kind {names.quoted(only)}.", hint=f"Kinds: {' '.join(KINDS)}")
    found = reaching.items(kin.db, kin.today, ahead=until)
    narrowed = []
    if _is_query(words):
        from kinship.model import query  # noqa: PLC0415  (only for a query)
        from kinship.services import querying  # noqa: PLC0415  (as above)

        ids = set(querying.numbers(kin.db, words, kin.today))
        found = [i for i in found if i.person_id in ids]
        narrowed.append(f"for {query.parse(words, kin.today)}")
    elif words:
        exact = finding.find(kin.db, " ".join(words))
        who = exact.people if exact.rule <= finding.EXACT else []
        key = names.fold(" ".join(words)).split()
        who = who or people.begun(kin.db, key)
        who = who or _everybody(kin, list(words))
        ids = {p.id for p in who}
        found = [i for i in found if i.person_id in ids]
        narrowed.append(f"with {who[0].name}" if len(who) == 1 else f"with these {len(who)} people")
    if only:
        found = [i for i in found if i.kind == only]
        narrowed.append(f"of the kind {only}")
    return found, " ".join(narrowed)


def _is_query(words: Sequence[str]) -> bool:
    if not any(":" in word for word in words):
        return False
    from kinship.model import query  # noqa: PLC0415  (only for a word that may be of a query)

    return any(map(query.is_query, words))


def _everybody(kin: Kin, words: list[str]) -> list[Person]:
    """Several people, with commas or without: nothing else can follow."""
    who: list[Person] = []
    while words:
        some, words = kin.take_who(words, writing=False)
        who += some
    return who


def _sheet(
    kin: Kin,
    found: Sequence[Item],
    rows: Sequence[agenda.Row],
    *,
    everything: bool,
    narrowed: str = "",
) -> Sheet:
    counts = agenda.counts(rows)
    record = _recorder(kin, found)
    shown = found[: kin.view.limit]

    def build(room: Room) -> list[Line]:
        lines = due_screen.lines_of(
            kin, rows, counts, room, everything=everything, narrowed=narrowed
        )
        if narrowed and any(row.when != "coming" for row in rows):
            head = (*lines[0].left, Span(f"   {narrowed}", "dim"))
            lines[0] = lines[0]._replace(left=head)
        return lines

    items = Table(
        shown,
        _columns(record),
        record,
        fields=(
            "when",
            "kind",
            "due_on",
            "days_late",
            "person.id",
            "person.ref",
            "person.name",
            "what",
            "why",
            "command",
        ),
    )
    for_programs = {
        "date": kin.today.isoformat(),
        "counts": counts,
        "items": [record(i) for i in shown] if kin.view.format == "json" else [],
    }
    return Sheet(build, for_programs, items)


def _recorder(kin: Kin, found: Sequence[Item]) -> Callable[[Item], dict[str, object]]:
    """Records of all of them, read when the first one is asked for."""
    made: dict[Item, dict[str, object]] = {}

    def record(item: Item) -> dict[str, object]:
        if not made:
            made.update(zip(found, cards.records(kin, found), strict=True))
        return made[item]

    return record


def _columns(record: Callable[[Item], dict[str, object]]) -> list[Column[Item]]:
    def style(item: Item) -> Style:
        styles: dict[str, Style] = {"overdue": "late", "today": "today"}
        return styles.get(item.when, "")

    return [
        Column("name", "WHO", lambda i: Span(i.name, "name")),
        Column("when", "WHEN", lambda i: Span(i.when, style(i)), least=7, rank=2),
        Column("what", "WHAT", lambda i: str(record(i)["what"]), least=12, rank=1),
        Column("due_on", "DUE", lambda i: i.due_on, least=10, rank=3),
        Column("why", "WHY", lambda i: str(record(i)["why"]), least=12, rank=4),
        Column(
            "command",
            "COMMAND",
            lambda i: Span(str(record(i)["command"]), "command"),
            least=32,
            rank=5,
        ),
    ]
