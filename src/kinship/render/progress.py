"""How far something has got, on a terminal, once it takes more than a second."""

import time
from types import TracebackType
from typing import Any, Self

from kinship.render.view import View

_PATIENCE = 1.0


class Progress:
    """A bar on standard error that goes away when it is done; nothing where nobody looks."""

    def __init__(self, view: View, what: str) -> None:
        self._what = what
        self._view = view
        self._watched = view.err.isatty() and not view.quiet
        self._began = time.monotonic()
        self._drawn: Any = None
        self._task: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._drawn:
            self._drawn.stop()

    def tell(self, done: int, total: int | None = None) -> None:
        """So many are done, of how many where that is known."""
        if not self._watched:
            return
        if self._drawn is None:
            if time.monotonic() - self._began < _PATIENCE:
                return
            self._begin(total)
        self._drawn.update(self._task, completed=done, total=total)

    def _begin(self, total: int | None) -> None:
        from rich import progress  # (only where it takes long, on a terminal)
        from rich.console import Console  # (as above)

        view = self._view
        console = Console(
            file=view.err,
            force_terminal=True,
            no_color=not view.colour,
            width=view.width,
            highlight=False,
        )
        counted = (
            progress.MofNCompleteColumn() if total else progress.TextColumn("{task.completed:,}")
        )
        self._drawn = progress.Progress(
            progress.TextColumn("{task.description}"),
            progress.BarColumn(),
            counted,
            console=console,
            transient=True,
        )
        self._task = self._drawn.add_task(self._what, total=total)
        self._drawn.start()
