"""``kinship`` alone: where things stand, in at most fifteen lines."""

from datetime import timedelta

from kinship.cli import due_screen, views
from kinship.cli.context import Kin
from kinship.render.shapes import Line, Room, Sheet, Span, line
from kinship.render.width import GAP, cells, fold
from kinship.services import reaching
from kinship.store import agenda, db, entries, events, people

_ROWS = 3


def home(kin: Kin) -> None:
    """The first rows of ``due`` and how many people there are; or how to begin."""
    if not kin.has_file and not kin.options.demo:
        kin.show(_first_run(kin))
        return
    with kin.still():
        count = people.count(kin.db)
        kin.show(_sheet(kin, count) if count else _first_run(kin))


def _sheet(kin: Kin, count: int) -> Sheet:
    found = reaching.items(kin.db, kin.today, ahead=kin.today + timedelta(days=7))
    rows = agenda.rows(found)
    now = [row for row in rows if row.when != "coming"]
    counts = agenda.counts(rows)

    def build(room: Room) -> list[Line]:
        lines = due_screen.head(kin, room, counts)
        lines += due_screen.first_lines(kin, room, now[:_ROWS])
        command = Span(kin.cmd("due"), "command")
        if len(now) > _ROWS:
            lines.append(line(f"  and {len(now) - _ROWS} more", right=command))
        elif not now:
            lines.append(line("  Nothing due.", right=command))
        kept = people.kept(kin.db)
        return [
            *lines,
            *_middle(kin, room),
            Line(),
            line(
                f"{views.people(count)}, {kept} kept in touch. All commands: ",
                Span(kin.cmd("-h"), "command"),
            ),
        ]

    return Sheet(build, {"date": kin.today.isoformat(), "counts": counts, "people": count})


def _middle(kin: Kin, room: Room) -> list[Line]:
    """An event, a rally and introductions, where there are any."""
    lines = _event(kin, room)
    for said, command in _open_ones(kin):
        lines += [] if lines else [Line()]
        lines += _beside(room, f"  {said}", Span(command, "command"))
    return lines


def _open_ones(kin: Kin) -> list[tuple[str, str]]:
    """What is said of open rallies and introductions, and the commands."""
    there = entries.open_ones(kin.db)
    found = []
    if "rally" in there:
        from kinship.cli import rally  # noqa: PLC0415  (only where one is open)

        found.append(rally.home_line(kin))
    if "introduction" in there:
        from kinship.cli import intro  # noqa: PLC0415  (only where one is open)

        found.append(intro.home_line(kin))
    return [one for one in found if one]


def _event(kin: Kin, room: Room) -> list[Line]:
    """Where you are, or what comes next."""
    day = kin.event_day.isoformat()
    here = events.current(kin.db, day)
    on = None if here else events.on_today(kin.db, day)
    if on and on.stay_from:
        on = None
    coming = None if here or on else events.next_coming(kin.db, day)
    if not here and not on and not coming:
        return []
    from kinship.cli import event  # noqa: PLC0415  (only where there is one)

    if here:
        said = f"  {event.at_now(kin, here)}: {event.so_far(event.tally_now(kin, here))}"
        return [Line(), *_beside(room, said, Span(kin.cmd("add"), "command"))]
    if on:
        said, start = event.on_now(kin, on)
        return [Line(), *_beside(room, f"  {said}", start)]
    said, command = event.coming_soon(kin, coming) if coming else ("", "")
    return [Line(), *_beside(room, f"  {said}", Span(command, "command"))] if said else []


def _beside(room: Room, said: str, command: Span) -> list[Line]:
    """A sentence and its command on one line, or on two."""
    if cells(said) + cells(command.text) + GAP <= room.width:
        return [line(said, right=command)]
    return [*(Line(tuple(row)) for row in fold(line(said), room)), line("  ", command)]


def _first_run(kin: Kin) -> Sheet:
    foot = _file(kin)

    def build(_: Room) -> list[Line]:
        return [
            line("kinship remembers the people you meet, in one file on this computer."),
            Line(),
            line(
                "  Add the first one     ",
                Span(kin.cmd('add Ada Lovelace --at "PyCon 2026"'), "command"),
            ),
            line(
                "  At an event now?      ",
                Span(kin.cmd('event start "PyCon 2026"'), "command"),
            ),
            line("  Have a contacts file? ", Span(kin.cmd("import Connections.csv"), "command")),
            line("  Just looking?         ", Span("kinship --demo due", "command")),
            Line(),
            foot,
        ]

    return Sheet(build, {"date": kin.today.isoformat(), "people": 0})


def _file(kin: Kin) -> Line:
    """Where it will all be; with a file, that nobody is in it, and how they come back."""
    path = db.display(kin.path)
    if not kin.has_file:
        return line(f"Nothing is written yet. Your file will be {path}")
    from kinship.services import safety  # noqa: PLC0415  (only where nobody is left)

    if safety.redo_waits(kin.db):
        return line("Everything was taken back. Again: ", Span(kin.cmd("redo"), "command"))
    return line(f"Nobody is in your file, {path}")
