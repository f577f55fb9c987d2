"""``add -``: people from standard input, one a line or a card each, as one change."""

import sys
from collections.abc import Sequence

from kinship.cli import added, views
from kinship.cli.context import Kin
from kinship.cli.understanding import Asked, settled, understood
from kinship.errors import BadInput, KinshipError
from kinship.model import names, pasted
from kinship.model.line import Draft
from kinship.model.pasted import Entry
from kinship.render.shapes import Line, Notice, Span, line
from kinship.services import meeting
from kinship.services import people as finding
from kinship.services.meeting import Added, Arrival


def from_input(kin: Kin, asked: Asked, *, dry_run: bool) -> None:
    """Add everybody on standard input; what cannot be read stops all of it."""
    found = pasted.entries(standard_input())
    if not found:
        raise BadInput(
            "there was nobody on standard input. Nothing was written.",
            hint=(kin.cmd('add Ada Lovelace --at "PyCon 2026"'), kin.cmd("help add")),
        )
    add(kin, found, asked, dry_run=dry_run)


def add(kin: Kin, entries: Sequence[Entry], asked: Asked, *, dry_run: bool) -> None:
    """Add these people as one step, and say how many were new."""
    asked = settled(kin, asked)
    headings = [entry.number for entry in entries if pasted.is_heading(entry.text)]
    found: list[tuple[int, Arrival, Draft]] = []
    cards = {entry.number for entry in entries if "\n" in entry.text}
    for entry in entries:
        if entry.number in headings:
            continue
        try:
            draft = pasted.drafted(entry.text)
            found.append((entry.number, understood(kin, draft, asked), draft))
        except KinshipError as error:
            error.message = f"line {entry.number}: {error.message}"
            raise
    left_out = [line(f"  line {number} is a heading, and left out") for number in headings]
    if dry_run or not found:
        shown = [row for _, a, d in found for row in added.dry_run(kin, a, d, None)[:-1]]
        kin.show(
            Notice(
                (*shown, *left_out, line("Nothing was written.")),
                [added.record(a) for _, a, _ in found],
            )
        )
        return
    done = meeting.add_many(
        kin.writable, [(n, a) for n, a, _ in found], today=kin.today, new=asked.new
    )
    result = [line(counted(done.added)), *left_out]
    for person, other in done.alike:
        ref = finding.ref(kin.db, person)
        result.append(
            line(
                f"  {person.name} looks like {other.name}. The same? One of them can go: ",
                Span(kin.cmd(f"rm {ref}"), "command"),
            )
        )
    for one, (number, _, draft) in zip(done.added, found, strict=True):
        result += _unsure(kin, one, draft, card=number in cards)
    result.append(line("Take all of it back: ", Span(kin.cmd("undo"), "command")))
    records = [views.person_record(kin, one.person) for one in done.added]
    kin.show(Notice(tuple(result), records))


def counted(several: Sequence[Added]) -> str:
    """``2 new, 1 met at last, 1 met again, 1 updated.``"""
    last = sum(one.again and one.at_last for one in several)
    met = sum(one.again and one.met for one in several) - last
    again = sum(one.again for one in several)
    new = len(several) - again
    if not again:
        return f"{views.people(new)} added."
    counts = (
        (new, "new"),
        (last, "met at last"),
        (met, "met again"),
        (again - met - last, "updated"),
    )
    return ", ".join(f"{number} {what}" for number, what in counts if number) + "."


def _unsure(kin: Kin, one: Added, draft: Draft, *, card: bool) -> list[Line]:
    """What was understood of a card, and what a line may mean otherwise."""
    if card or draft.guessed:
        from kinship.cli import added_line  # noqa: PLC0415  (a list of names has no use for it)

        return [added_line.echo(kin, one, draft, "  ")]
    if not draft.leftover:
        return []
    kept = ", ".join(names.quoted(text) for text in draft.leftover)
    return [line(f"  {draft.name}: kept as a note: {kept}")]


def standard_input() -> str:
    """All of it, as text. Raises BadInput for what is none, or too long."""
    if sys.stdin.isatty():
        return sys.stdin.read()
    data = sys.stdin.buffer.read(50_000_001)
    if len(data) > 50_000_000:
        raise BadInput(
            "standard input is longer than 50 MB. Nothing was written.",
            hint="Add it in parts.",
        )
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise BadInput(
            "standard input is not UTF-8 text. Nothing was written.",
            hint="Save it as UTF-8, then try again.",
        ) from None
