"""``open``: hand a link to the browser, mail or phone program; nothing else leaves kinship."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING

from kinship.cli import views
from kinship.cli.context import Kin
from kinship.errors import BadInput, NotFound
from kinship.model import channel, handles, names
from kinship.model.person import Person
from kinship.render.shapes import Line, Notice, Span, line
from kinship.services import contact, handle_keys, reaching
from kinship.services import people as finding
from kinship.store import people

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params

SEARCHED_INSIDE = ("discord", "slack", "telegram")
"""Sites where nobody is found from outside."""
_ALLOWED = r"(https|mailto|tel|sgnl|matrix|xmpp):"
_PATIENCE = 0.7
"""Seconds in which an opener that finds no program says so."""


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
    kind, handle, link = place(kin, who[0], rest[0] if rest else None)
    ref = finding.ref(kin.db, who[0])
    if only_print or not kin.view.terminal or kin.view.format:
        record = {"name": who[0].name, "channel": kind, "handle": handle, "link": link}
        kin.show(Notice((line(link or handle or ""),), record))
        return
    if link is None:
        kin.show(Notice(by_hand(who[0], kind, handle or "")))
        return
    if not hand_over(link):
        kin.show(Notice((line("No program here opens links. This is the one: ", link),)))
        return
    kin.show(Notice((line("Opened ", link, ". Then: ", Span(kin.cmd(f"done {ref}"), "command")),)))


def by_hand(person: Person, kind: str, handle: str) -> tuple[Line, Line]:
    """Nothing opens it: what to look for there, alone on a line to be copied."""
    where = channel.label(kind)
    if handles.is_number(kind, handle):
        text = f"{where} opens a number only with its country code. This is {person.name}'s:"
    else:
        text = f"{where} has no link to open. Look there for {person.name} as:"
    return line(text), line(handle)


def place(kin: Kin, person: Person, wanted: str | None) -> tuple[str, str | None, str | None]:
    """The kind of channel, the handle if one is known, and the link if there is one."""
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
    if handle:
        return kind, handle, handle_keys.link(kin.db, kind, handle)
    link = handles.search_link(kind, person.name)
    if link is None:
        label = channel.label(kind)
        inside = f" {label} is searched only from inside." if kind in SEARCHED_INSIDE else ""
        raise NotFound(
            f"no {label} of {person.name} is known.{inside}",
            hint=kin.cmd(f"edit {ref} --via {names.slug(kind) or 'email'}:HANDLE"),
        )
    return kind, None, link


def hand_over(link: str) -> bool:
    """Give the link to the desktop; its program runs on by itself. False where there is none."""
    if not re.match(_ALLOWED, link):
        return False
    env = os.environ
    on_a_mac = sys.platform == "darwin"
    if not env.get("KINSHIP_OPENER") and _nobody_looks(env, on_a_mac=on_a_mac):
        return False
    opener = env.get("KINSHIP_OPENER") or ("open" if on_a_mac else "xdg-open")
    try:
        process = subprocess.Popen(
            [opener, link],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except (OSError, ValueError):
        return False
    try:
        return process.wait(_PATIENCE) == 0
    except subprocess.TimeoutExpired:  # a browser that runs on: it works
        threading.Thread(target=process.wait, daemon=True).start()
        return True


def _nobody_looks(env: Mapping[str, str], *, on_a_mac: bool) -> bool:
    """Whether the screen that a browser would open on is not the one in front of you."""
    if on_a_mac:
        return bool(env.get("SSH_CONNECTION"))
    return not any(env.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))
