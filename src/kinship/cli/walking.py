"""A walk: one person after another, a key each; every answer is saved as it is given."""

import shlex
import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence

from kinship.cli import views
from kinship.cli.context import Kin
from kinship.cli.single_keys import Keyboard, Keys
from kinship.errors import BadInput, KinshipError
from kinship.render import plain
from kinship.render.shapes import Line, Room, Span, line
from kinship.render.width import cells
from kinship.safe import quoted
from kinship.services import safety
from kinship.value import Value

NEXT, BACK, AGAIN, STAY = 1, -1, 0, None
"""Where an answer leads: on, back, to the same one anew, or nowhere: it is asked for again."""

_STOPPED = 130
_NOTHING_YET = {"b": "This is the first one.", "u": "Nothing to take back yet."}


class Key(Value):
    """A key and the word that spells it: ``[c]onnected``. Answers come first, then the rest."""

    key: str
    word: str
    answers: bool = False


ON = Key("n", "[n]ext", answers=True)


class Answer(Value):
    """What was answered: where in the walk, about whom, the change it made, and in which words.

    ``what`` is how the end of the walk counts it; what is not counted leaves its person open.
    """

    at: int
    who: int
    change: int
    what: str
    said: str


class Walk(ABC):
    """What every walk has: the keys, going back, taking back, and the end.

    A subclass says how many there are, shows one of them, and acts on a key.
    """

    keys = "nbuq"
    """Every key there is, in whatever place."""
    asking = ""
    """Those after which words are read."""
    marks = ""
    """Marks that make a word a text to be taken: those of a link."""
    leave = Key("q", "[q]uit")

    def __init__(self, kin: Kin, keyboard: Keyboard, count: int) -> None:
        self.kin = kin
        self.keyboard = keyboard
        self.count = count
        self.at = 0
        self.answers: list[Answer] = []
        self.passed: set[int] = set()
        """Where nobody was left to be shown."""

    # What a subclass says

    @abstractmethod
    def show(self) -> bool:
        """Show the one at ``self.at``; False if there is nobody to be shown."""

    @abstractmethod
    def offered(self) -> list[Key]:
        """The keys that mean something here, `ON` among them, beside those of every walk."""

    @abstractmethod
    def act(self, key: str) -> int | None:
        """What one of `offered` does, and where it leads."""

    def take_text(self, text: str) -> int | None:
        """Something longer than a key was pasted."""
        self.say(f"{quoted(text)} is none of the keys. Nothing was done.")
        return STAY

    # The walk

    def go(self) -> None:
        """Until the last one is answered, you leave, or there is nothing more to read."""
        step = NEXT
        while self.at < self.count:
            if self.at < 0:
                self.at, step = 0, NEXT
            self._look_up()
            if not self.show():
                self.passed.add(self.at)
                self.at += step
                continue
            self.passed.discard(self.at)
            led = self._answered()
            self.at += led
            step = BACK if led == BACK else NEXT
            if self.keyboard.ended:
                return

    def _answered(self) -> int:
        """Ask until something leads on."""
        while True:
            keys = self._offered_now()
            self.print(Line())
            words = {k.word.replace("[", "").replace("]", ""): k.key for k in keys}
            prompt = _prompt(keys, self.room().width)
            typed = self.keyboard.key(prompt, Keys(self.keys, words, self.asking, self.marks))
            if typed is None:
                return AGAIN
            led = self._tried(typed, keys)
            if led is not STAY:
                return led

    def _offered_now(self) -> list[Key]:
        own = self.offered()
        return [
            *(k for k in own if k.answers),
            *([Key("b", "[b]ack")] if self.at else []),
            *([Key("u", "[u]ndo")] if self.answers else []),
            *(k for k in own if not k.answers),
            self.leave,
        ]

    def _tried(self, typed: str, keys: Sequence[Key]) -> int | None:
        try:
            if len(typed) > 1:
                return self.take_text(typed)
            if typed not in {k.key for k in keys}:
                self.say(_NOTHING_YET.get(typed, f"{quoted(typed)} does nothing here."))
                return STAY
            match typed:
                case "n":
                    return NEXT
                case "b":
                    return BACK
                case "u":
                    return self._undo()
                case "q":
                    self.leaves()
                    return AGAIN
            return self.act(typed)
        except KinshipError as error:
            self.print(line(views.capital(error.message)), *map(self._hint, error.hint))
            return AGAIN if self.is_gone() else STAY

    def _hint(self, text: str) -> Line:
        """What to type next; the layers below do not know that this may be practice."""
        command, _, words = text.partition(" ")
        ours = command == "kinship" and not words.startswith("--demo")
        return line("  ", self.kin.cmd(words) if ours else text)

    def leaves(self) -> None:
        self.keyboard.ended = True

    def is_gone(self) -> bool:
        """Whether the one on the screen was removed meanwhile."""
        return False

    def answered(self, who: int, what: str, said: str) -> None:
        """Remember what was just written, for `undo` and for the end."""
        self.answers.append(Answer(self.at, who, self.kin.db.last, what, said))

    def _undo(self) -> int:
        last = self.answers[-1]
        safety.undo_one(self.kin.db, last.change)
        self.answers.pop()
        self.say(f"Taken back: {last.said}.")
        return last.at - self.at

    # Showing

    def _look_up(self) -> None:
        """Midnight may have passed, and the terminal may have another size."""
        self.kin.look_at_clock()
        width, height = shutil.get_terminal_size((80, 24))
        self.kin.view = self.kin.view._replace(width=max(20, width), height=max(5, height))

    def room(self) -> Room:
        return self.kin.view.room()

    def print(self, *lines: Line) -> None:
        view = self.kin.view
        plain.show_lines(lines, view._replace(width=self.room().width), view.out)

    def say(self, text: str) -> None:
        self.print(line(text))

    def counts(self) -> str:
        """``6 connected, 3 sent``: the last answer about each person counts."""
        latest = {a.who: a.what for a in self.answers if a.what}
        kinds = dict.fromkeys(latest.values())
        return ", ".join(f"{sum(w == kind for w in latest.values())} {kind}" for kind in kinds)

    def left(self) -> int:
        """How many have no answer."""
        return self.count - len({a.at for a in self.answers if a.what} | self.passed)

    def ending(self, *, stopped: bool) -> None:
        """What was answered, what is left, and how to take it back."""
        left = self.left()
        parts = [self.counts(), f"{left} left for later" if left else ""]
        said = ", ".join(filter(None, parts)) or "Nobody was left"
        lines = [
            Line(),
            line(
                f"{'Stopped. Your answers are kept: ' if stopped and self.answers else ''}{said}.",
                "" if self.answers else " Nothing was written.",
            ),
        ]
        if self.answers:
            undo = Span(self.kin.cmd("undo"), "command")
            batch = Span(self.kin.cmd("undo --batch"), "command")
            more = (" takes back the last, ", batch, " all of them.")
            lines.append(line(undo, *(more if len(self.answers) > 1 else (" takes it back.",))))
        self.print(*lines)


def refuse_without_terminal(kin: Kin, *instead: str) -> None:
    """Raises BadInput where nobody can press a key; ``instead`` is the command that lists."""
    view = kin.view
    if view.terminal and kin.can_ask and view.format is None:
        return
    why = "there is no terminal to ask on"
    if view.terminal and kin.can_ask:
        why = f"--format {view.format} is for programs"
    elif kin.options.no_input:
        why = "--no-input says never to ask"
    raise BadInput(
        f"-i asks about one after another, and {why}. Nothing was written.",
        hint=f"{kin.cmd(shlex.join(instead))}   the same as a list",
    )


def take(kin: Kin, make: Callable[[Keyboard], Walk]) -> None:
    """A walk from its first screen to its last line."""
    kin.db.begin_batch()
    keyboard = Keyboard(kin.view.out)
    going = make(keyboard)
    with keyboard:
        kin.asker = keyboard.text
        try:
            going.go()
        except KeyboardInterrupt:
            kin.view.out.write("\n")
            going.ending(stopped=True)
            raise SystemExit(_STOPPED) from None
        going.ending(stopped=False)


def _prompt(keys: Sequence[Key], width: int) -> list[str]:
    """The keys as words, the answers on a line of their own where all do not fit in one."""
    groups = [[k.word for k in keys if k.answers], [k.word for k in keys if not k.answers]]
    whole = "  ".join(groups[0] + groups[1])
    if cells(whole) + 2 <= width:
        return [whole]
    rows: list[str] = []
    for group in groups:
        row = ""
        for word in group:
            if row and cells(row) + 2 + cells(word) + 2 > width:
                rows.append(row)
                row = ""
            row += f"  {word}" if row else word
        rows.append(row)
    return rows
