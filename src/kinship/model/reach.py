"""The best channel to reach somebody on, and why it is the best."""

from collections.abc import Sequence

from kinship.model import channel
from kinship.model.person import Channel
from kinship.value import Value

_SILENT = 2


class Reach(Value):
    """A channel, why it was chosen, and the kind that went quiet before it, if one did."""

    kind: str
    handle: str | None
    because: str
    quiet: str | None


def quiet_kinds(history: Sequence[tuple[str, str]]) -> list[str]:
    """Kinds where your last two messages had no answer; ``history`` is newest first."""
    latest: dict[str, list[str]] = {}
    for kind, direction in history:
        latest.setdefault(kind, []).append(direction)
    return [kind for kind, went in latest.items() if went[:_SILENT] == ["me"] * _SILENT]


def best(
    channels: Sequence[Channel],
    history: Sequence[tuple[str, str]],
    prefer: str | None,
    first: Sequence[str] = (),
) -> Reach | None:
    """The channel you prefer; else where they last answered, where you last talked, the first.

    A channel where your last two messages had no answer gives way to the next; one you are not
    connected on yet comes last. None when no channel is known. The kinds in ``first`` come before
    all others.
    """
    if not channels:
        return None
    wished = [(prefer, "you prefer it")] if prefer else []
    wished += [(kind, "last answer") for kind, direction in history if direction != "me"]
    wished += [(kind, "last talk") for kind, _ in history]
    ready = [c for c in channels if c.state not in ("known", "sent")]
    order = {kind: place for place, kind in enumerate(dict.fromkeys((*first, *channel.ORDER)))}
    for some in (ready, channels):
        ranked = sorted(some, key=lambda c: (c.handle is None, order.get(c.kind, len(order))))
        wished += [(c.kind, "first you have") for c in ranked]
    silent = quiet_kinds(history)
    answers = {c.kind: c for c in reversed(channels)}
    for skipped in (silent, []):
        for kind, because in wished:
            if kind in answers and kind not in skipped:
                quiet = next((k for k, _ in wished if k in silent and k in answers), None)
                return Reach(kind, answers[kind].handle, because, quiet if quiet != kind else None)
    return None
