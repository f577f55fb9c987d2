"""``open``: hand a link to the browser, mail or phone program; nothing else leaves kinship."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from kinship.cli import views
from kinship.cli.context import Kin
from kinship.errors import BadInput, NotFound
from kinship.model import channel, handles, names
from kinship.model.person import Person
from kinship.render.shapes import Notice, Span, line
from kinship.services import contact, reaching
from kinship.services import people as finding
from kinship.store import people

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params

SEARCHED_INSIDE = ("discord", "slack", "telegram")
"""Sites where nobody is found from outside."""


def open_(
    ctx: typer.Context,
    words: params.Words = None,
    only_print: Annotated[bool, typer.Option("--print", help="Only print the link.")] = False,
) -> None:
    """Open the best way to reach someone.

    Usage: kinship open WHO [CHANNEL] [--print]

    Examples:
      kinship open ada
      kinship open ada linkedin
      kinship open ada phone --print

    Without a handle, the site's own search for the name is opened.
    """
    kin = Kin.of(ctx)
    who, rest = kin.take_who(words or [], writing=False)
    finding.not_me(who)
    if len(who) > 1 or len(rest) > 1:
        raise BadInput("one person and one channel at a time.", hint=kin.cmd("help open"))
    link = link_to(kin, who[0], rest[0] if rest else None)
    ref = finding.ref(kin.db, who[0])
    if only_print or not kin.view.terminal or kin.view.format:
        kin.show(Notice((line(link),), {"name": who[0].name, "link": link}))
        return
    if not hand_over(link):
        kin.show(Notice((line("No program here opens links. This is the one: ", link),)))
        return
    kin.show(Notice((line("Opened ", link, ". Then: ", Span(kin.cmd(f"done {ref}"), "command")),)))


def link_to(kin: Kin, person: Person, wanted: str | None) -> str:
    held = people.channels(kin.db, [person.id]).get(person.id, [])
    ref = finding.ref(kin.db, person)
    if wanted is None:
        reach = reaching.reach(kin.db, person, held)
        if reach is None:
            raise NotFound(
                f"no channel of {person.name} is known.",
                hint=(
                    kin.cmd(f"open {ref} linkedin") + "   search for the name",
                    kin.cmd(f"edit {ref} --via email:ADDRESS"),
                ),
            )
        kind, handle = reach.kind, reach.handle
    else:
        kind = contact.channel_named(wanted)
        handle = views.handle_of(held, kind)
    link = handles.link(kind, handle) if handle else handles.search_link(kind, person.name)
    if link is None and not handle:
        label = channel.label(kind)
        inside = f" {label} is searched only from inside." if kind in SEARCHED_INSIDE else ""
        raise NotFound(
            f"no {label} of {person.name} is known.{inside}",
            hint=kin.cmd(f"edit {ref} --via {names.slug(kind) or 'email'}:HANDLE"),
        )
    if link is None:
        raise NotFound(
            f"{channel.label(kind)} ({handle}) of {person.name} cannot be opened as a link."
        )
    return link


def hand_over(link: str) -> bool:
    """Give the link to the desktop; its program runs on by itself. False where there is none."""
    env = os.environ
    on_a_mac = sys.platform == "darwin"
    if not env.get("KINSHIP_OPENER") and _nobody_looks(env, on_a_mac=on_a_mac):
        return False
    opener = env.get("KINSHIP_OPENER") or ("open" if on_a_mac else "xdg-open")
    try:
        subprocess.Popen(
            [opener, link],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    return True


def _nobody_looks(env: Mapping[str, str], *, on_a_mac: bool) -> bool:
    """Whether the screen that a browser would open on is not the one in front of you."""
    if on_a_mac:
        return bool(env.get("SSH_CONNECTION"))
    return not any(env.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))
