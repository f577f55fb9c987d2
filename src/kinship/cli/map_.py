"""``map``: a picture of who knows whom."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, TextIO

from kinship.cli import export_targets, targets, views
from kinship.cli.context import Kin
from kinship.errors import BadInput
from kinship.model import dates, names
from kinship.model.person import Person
from kinship.model.picture import Picture
from kinship.render.shapes import Line, Notice, Sheet, Span, line
from kinship.services import drawing
from kinship.services import people as finding
from kinship.store import db as store

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params

_ENDINGS = (".svg", ".html", ".dot")


def map_(
    ctx: typer.Context,
    words: params.Words = None,
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="FILE", help="Where it goes: .svg, .html or .dot."),
    ] = None,
    yes: params.Yes = False,
) -> None:
    """Draw who knows whom.

    Usage: kinship map [WHO...|QUERY...] -o FILE [-n N]
           kinship map WHO [WHO]       on the screen: whom they know, or the ways

    Examples:
      kinship map -o people.svg
      kinship map in:pyladies -o pyladies.html
      kinship map ada

    The end of the name chooses: .svg or .html, which need networkx and numpy, or .dot
    for Graphviz, which needs nothing.
    Without WHO or QUERY it is everybody you know who knows somebody else you know. At most
    300 people are drawn (-n up to 450): those with most ties among them. You are not: you
    would be tied to all.
    """
    kin = Kin.of(ctx)
    query = any(map(targets.is_term, words or []))
    who = [] if query else _people(kin, words)
    if who and output is None:
        _tree(kin, who)
        return
    again = kin.cmd(" ".join(["map", *map(names.word, words or []), "-o people.svg"]))
    path, ending = _target(output, again)
    finding.not_me(who)
    most = kin.options.limit or drawing.MOST
    if most > drawing.AT_MOST:
        raise BadInput(
            f"a picture has room for {drawing.AT_MOST} people. Nothing was written.",
            hint=f"{again} -n {drawing.AT_MOST}",
        )
    with kin.db.still():
        numbers = targets.people(kin, words or []) if query else drawing.around(kin.db, who)
        drawn = drawing.picture(kin.db, numbers if words else None, kin.today, most=most)
    if drawn.dots and (drawn.ties or query):
        _write(kin, drawn, path, ending, yes=yes)
        lines = _said(kin, drawn, path)
    else:
        path, lines = "", _nobody(kin, who, words)
    kin.show(Notice(tuple(lines), _record(drawn, path)))


def _people(kin: Kin, words: list[str] | None) -> list[Person]:
    who: list[Person] = []
    rest = list(words or [])
    while rest:
        some, rest = kin.take_who(rest, writing=False)
        who += some
    return who


def _tree(kin: Kin, who: list[Person]) -> None:
    """Whom they know, or the ways between them, on the screen; the people and ties for programs."""
    from kinship.cli import tree  # noqa: PLC0415  (only on a screen)

    with kin.db.still():
        lines = tree.lines(kin, who)
        numbers = [n for n in drawing.around(kin.db, who) if n]
        drawn = drawing.picture(kin.db, numbers, kin.today, most=len(numbers))
        refs = finding.refs(kin.db, [dot.person for dot in drawn.dots])
    record = {
        "people": [views.brief(dot.person, refs) for dot in drawn.dots],
        "ties": [list(pair) for pair in drawn.ties],
    }
    kin.show(Sheet(lambda _: lines, record))


def _target(output: str | None, again: str) -> tuple[str, str]:
    """The file, and its ending; ``again`` is the command with one that can be."""
    if not output:
        raise BadInput("say where the picture goes. Nothing was written.", hint=again)
    path = os.path.abspath(os.path.expanduser(output))
    ending = os.path.splitext(path)[1].lower()
    if ending not in _ENDINGS or os.path.isdir(path):
        raise BadInput(
            f"a picture is a file that ends in .svg, .html or .dot, not {names.quoted(output)}."
            " Nothing was written.",
            hint=again,
        )
    return path, ending


def _write(kin: Kin, drawn: Picture, path: str, ending: str, *, yes: bool) -> None:
    """The file that was written, or goes beyond what is there; laid out where it needs to be."""
    write: Callable[[TextIO, Picture, str], None]
    if ending == ".dot":
        from kinship.formats import dot  # noqa: PLC0415  (only for Graphviz)

        write = dot.write
    else:
        from kinship.formats import svg  # noqa: PLC0415  (only for a picture)

        export_targets.may_write(path, kin, export_targets.MAP, yes=yes)
        drawn = drawing.laid_out(drawn)
        write = svg.write if ending == ".svg" else svg.write_page
    title = f"{_counted(drawn)}, {dates.short(kin.today, kin.today)} {kin.today.year}"
    export_targets.to_file(
        path, lambda out: write(out, drawn, title), kin, export_targets.MAP, yes=yes
    )


def _counted(drawn: Picture) -> str:
    many = len(drawn.ties)
    return f"{views.people(len(drawn.dots))} and {views.counted(many, 'tie') if many else 'no tie'}"


def _nobody(kin: Kin, who: list[Person], words: list[str] | None) -> list[Line]:
    """Why there is no picture."""
    if words and not who:
        command = Span(kin.cmd("help find"), "command")
        return [line("Nobody to draw: nobody is found."), line("  How to ask: ", command)]
    whose = f" of {views.together([p.name for p in who])}" if who else ""
    first = f"{finding.ref(kin.db, who[0])} WHO" if who else "WHO WHO"
    return [
        line(f"Nobody to draw: no ties{whose} are noted."),
        line("  Tell me: ", Span(kin.cmd(f"knows {first}"), "command")),
    ]


def _said(kin: Kin, drawn: Picture, path: str) -> list[Line]:
    lines = [line(f"Drew {_counted(drawn)}: {store.display(path)}")]
    if drawn.left_out:
        every = min(len(drawn.dots) + drawn.left_out, drawing.AT_MOST)
        many = views.people(drawn.left_out)
        said = f"{many} with fewer ties to these {_were(drawn.left_out)} left out"
        again = (
            [": ", Span(kin.cmd(f"{_typed(kin)} -n {every}"), "command")]
            if len(drawn.dots) < drawing.AT_MOST
            else ["."]
        )
        lines.append(line(said, *again))
    return lines


def _were(number: int) -> str:
    return "was" if number == 1 else "were"


def _typed(kin: Kin) -> str:
    """The command as it was typed, without how many."""
    import shlex  # noqa: PLC0415  (only where some did not fit)

    return shlex.join(["map", *kin.words])


def _record(drawn: Picture, path: str) -> dict[str, object]:
    return {
        "file": path or None,
        "people": len(drawn.dots) if path else 0,
        "ties": len(drawn.ties),
        "left_out": drawn.left_out,
    }
