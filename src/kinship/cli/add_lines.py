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
from kinship.services.meeting import Added, Arrival


def from_input(kin: Kin, asked: Asked, *, dry_run: bool) -> None:
    """One person a line, all of it one change; a line that cannot be read stops all of it."""
    found: list[tuple[int, Arrival, Draft]] = []
    for number, text in enumerate(_lines_of_input(), 1):
        if not text.strip():
            continue
        try:
            draft = lines.parse_text(text)
            found.append((number, understood(kin, draft, asked), draft))
        except KinshipError as error:
            error.message = f"line {number}: {error.message}"
            raise
    if not found:
        raise BadInput(
            "there was nobody on standard input. Nothing was written.",
            hint=(kin.cmd('add Ada Lovelace --at "PyCon 2026"'), kin.cmd("help add")),
        )
    if dry_run:
        shown = [row for _, a, d in found for row in added.dry_run(kin, a, d, None)[:-1]]
        kin.show(
            Notice((*shown, line("Nothing was written.")), [added.record(a) for _, a, _ in found])
        )
        return
    done = meeting.add_many(
        kin.writable, [(n, a) for n, a, _ in found], today=kin.today, new=asked.new
    )
    result = [line(_counted(done.added))]
    for person, other in done.alike:
        ref = finding.ref(kin.db, person)
        result.append(
            line(
                f"  {person.name} looks like {other.name}. The same? One of them can go: ",
                Span(kin.cmd(f"rm {ref}"), "command"),
            )
        )
    for _, _, draft in found:
        if draft.leftover:
            kept = ", ".join(names.quoted(t) for t in draft.leftover)
            result.append(line(f"  {draft.name}: kept as a note: {kept}"))
    result.append(line("Take all of it back: ", Span(kin.cmd("undo"), "command")))
    records = [views.person_record(kin, one.person) for one in done.added]
    kin.show(Notice(tuple(result), records))


def _counted(several: list[Added]) -> str:
    """``2 new, 1 met again, 1 updated.``"""
    met = sum(one.again and one.met for one in several)
    again = sum(one.again for one in several)
    new = len(several) - again
    if not again:
        return f"{views.people(new)} added."
    counts = ((new, "new"), (met, "met again"), (again - met, "updated"))
    return ", ".join(f"{number} {what}" for number, what in counts if number) + "."


def _lines_of_input() -> list[str]:
    if sys.stdin.isatty():
        return list(sys.stdin)
    data = sys.stdin.buffer.read(50_000_001)
    if len(data) > 50_000_000:
        raise BadInput(
            "standard input is longer than 50 MB. Nothing was written.",
            hint="Add it in parts.",
        )
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    except UnicodeDecodeError:
        raise BadInput(
            "standard input is not UTF-8 text. Nothing was written.",
            hint="Save it as UTF-8, then try again.",
        ) from None
