"""``add -``: one person a line from standard input."""

import sys

from kinship.cli import added, views
from kinship.cli.context import Kin
from kinship.cli.understanding import Asked, understood
from kinship.errors import BadInput, KinshipError
from kinship.model import line as lines
from kinship.model import names
from kinship.model.line import Draft
from kinship.render.shapes import Notice, Span, line
from kinship.services import meeting
from kinship.services import people as finding
from kinship.services.meeting import Arrival


def from_input(kin: Kin, asked: Asked, *, dry_run: bool) -> None:
    """One person a line, all of it one change; a line that cannot be read stops all of it."""
    found: list[tuple[Arrival, Draft]] = []
    for number, text in enumerate(_lines_of_input(), 1):
        if not text.strip():
            continue
        try:
            draft = lines.parse_text(text)
            found.append((understood(kin, draft, asked), draft))
        except KinshipError as error:
            error.message = f"line {number}: {error.message}"
            raise
    if not found:
        raise BadInput(
            "there was nobody on standard input. Nothing was written.",
            hint=(kin.cmd('add Ada Lovelace --at "PyCon 2026"'), kin.cmd("help add")),
        )
    if dry_run:
        shown = [row for e, d in found for row in added.dry_run(kin, e, d, None)[:-1]]
        kin.show(
            Notice((*shown, line("Nothing was written.")), [added.record(e) for e, _ in found])
        )
        return
    new, again, alike = _write_all(kin, found, asked)
    result = [line(f"{new} new, {again} met again." if again else f"{views.people(new)} added.")]
    for name, other in alike:
        result.append(
            line(
                f"  {name} looks like {other}. The same? One of them can go: ",
                Span(kin.cmd(f"rm {names.slug(name)}"), "command"),
            )
        )
    for _, draft in found:
        if draft.leftover:
            kept = ", ".join(names.quoted(t) for t in draft.leftover)
            result.append(line(f"  {draft.name}: kept as a note: {kept}"))
    result.append(line("Take all of it back: ", Span(kin.cmd("undo"), "command")))
    kin.show(Notice(tuple(result), {"new": new, "again": again}))


def _lines_of_input() -> list[str]:
    if sys.stdin.isatty():
        return list(sys.stdin)
    data = sys.stdin.buffer.read(50_000_001)
    if len(data) > 50_000_000:
        raise BadInput("standard input is longer than 50 MB. Nothing was written.")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    except UnicodeDecodeError:
        raise BadInput("standard input is not UTF-8 text. Nothing was written.") from None


def _write_all(
    kin: Kin, found: list[tuple[Arrival, Draft]], asked: Asked
) -> tuple[int, int, list[tuple[str, str]]]:
    db = kin.writable
    new, again, alike = 0, 0, []
    with db.change(f"add {len(found)} people") as tx:
        for entry, _ in found:
            known = finding.Found(0, []) if asked.new else finding.namesakes(tx, entry.name)
            if known.rule == finding.EXACT:
                meeting.met_again_in(tx, known.people[0], entry, today=kin.today)
                again += 1
                continue
            if known.people:
                alike.append((entry.name, known.people[0].name))
            meeting.add_in(tx, entry, today=kin.today)
            new += 1
    return new, again, alike
