"""``event guests``: an attendee list, matched with the people you know."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typer


def guests(ctx: typer.Context) -> None:
    """Match an attendee list."""
