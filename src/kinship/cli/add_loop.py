"""``add`` at a prompt: one person a line, each saved as Enter is pressed."""

from collections.abc import Sequence

from kinship.cli import (
    add,
    add_lines,
    add_pasted,
    added,
    added_line,
    completing,
    understanding,
    views,
)
from kinship.cli.context import Kin
from kinship.cli.line_prompt import LinePrompt
from kinship.cli.understanding import Asked
from kinship.errors import BadInput, Declined, KinshipError
from kinship.model import pasted
from kinship.model.line import Draft
from kinship.render import plain
from kinship.render.shapes import Line, Notice, Span, line
from kinship.render.width import cells
from kinship.services import safety
from kinship.services.meeting import Added
from kinship.store import changes, people
from kinship.value import Value

QUEUE = ("connect -i", "opens")
"""What shows the profiles to connect with tomorrow, and what it does with them."""

_INTERRUPTED = 130
_MARGIN = "   "
_GRAMMAR = (
    "Ada Lovelace, Analytical Engines li:adal +compilers due:2d // Bernoulli",
    "  NAME, COMPANY   then, in any order:",
    "  +topic   linkedin:adal   ada@engine.example   +44 20 7946 0958",
    "  at:EVENT   in:COMMUNITY   tag:WORD   city:   role:   seeks:   cue:",
    '  due:2d   keep:monthly   by:WHO   knows:WHO,WHO   birthday:"10 dec"',
    "  // NOTE, to the end of the line; words that fit nowhere go there too",
    "Paste a card or a signature whole. Tab completes, the arrow up recalls.",
    "< takes the last one back. An empty line ends.",
)


class Saved(Value):
    """A line that was saved, as it was typed."""

    text: str
    added: Added
    change: int


def loop(kin: Kin, asked: Asked, *, dry_run: bool) -> int:
    """Add people until an empty line; what was saved stays saved, whatever happens."""
    asked = understanding.settled(kin, asked)
    walk = _Walk(kin, asked, dry_run=dry_run)
    walk.greet()
    code = 0
    try:
        walk.run()
    except KeyboardInterrupt:
        kin.view.err.write("\n")
        walk.stopped()
        code = _INTERRUPTED
    finally:
        kin.asker = None
    walk.end(stopped=code != 0)
    return code


class _Walk:
    """One run of the loop."""

    def __init__(self, kin: Kin, asked: Asked, *, dry_run: bool) -> None:
        self._kin = kin
        self._asked = asked
        self._dry_run = dry_run
        self._saved: list[Saved] = []
        self._unsaved = ""
        self._prompt = LinePrompt(kin, lambda typed, at: completing.offers(kin, typed, at))
        self._waiting: list[str] = []
        """Lines that were typed where a yes or no was asked for."""
        kin.asker = self._answer

    def greet(self) -> None:
        how = _how_met(self._kin, understanding.meeting(self._kin, Draft(), self._asked))
        keys = "One person a line; empty line ends, < back, ? help."
        fits = cells(how) + len(keys) < self._kin.view.room().width
        self._tell(*([f"{how} {keys}"] if fits else [how, keys]), "")

    def run(self) -> None:
        text = ""
        while True:
            typed = self._prompt.line(f"{len(self._saved) + 1}> ", text)
            if typed is None or not typed.strip():
                return
            self._kin.look_at_clock()
            self._unsaved = typed
            text = "\n".join(filter(None, [self._take(typed.strip()), *self._waiting]))
            self._waiting.clear()
            self._unsaved = text
            if text and not self._prompt.edits:
                self._tell(f"{_MARGIN}It was: {text}")

    def _take(self, typed: str) -> str:
        """Do what a line says; the text that is to be edited next."""
        if typed == "?":
            self._tell(*(_MARGIN + row for row in _GRAMMAR))
            return ""
        if typed == "<":
            return self._back()
        self._prompt.remember(typed)
        waiting = pasted.entries(typed)
        while waiting:
            self._unsaved = "\n\n".join(entry.text for entry in waiting)
            try:
                self._save(waiting[0].text)
            except KinshipError as error:
                self._complain(error)
                return self._unsaved
            waiting = waiting[1:]
        return ""

    def _save(self, text: str) -> None:
        kin = self._kin
        if pasted.is_heading(text):
            raise BadInput("this is the heading of a table, and nobody. Nothing was written.")
        draft = add_pasted.named(kin, pasted.drafted(text))
        arrival = understanding.understood(kin, draft, self._asked)
        person, new = add.already(kin, arrival, self._asked)
        if self._dry_run:
            kin.show(Notice((*added.dry_run(kin, arrival, draft, person),)))
            return
        db = kin.writable
        if not db.changed:
            db.begin_batch()
        done = add.save(kin, arrival, person, new=new)
        self._saved.append(Saved(text, done, db.last))
        if kin.view.format is None:
            kin.show(Notice((added_line.echo(kin, done, draft, _MARGIN), *_meant(draft))))

    def _answer(self, question: str) -> str | None:
        """An answer; lines of a paste that run into a yes or no wait until it is said."""
        *rows, last = self._kin.folded(question, len(_MARGIN))
        self._tell(*(_MARGIN + row for row in rows))
        answer = self._prompt.answer(f"{_MARGIN}{last} ")
        said = (answer or "").strip()
        if question.endswith(("/n] ", "/N] ")) and len(said) > 2 and said.lower() != "yes":
            self._waiting.append(said)
        return answer

    def _back(self) -> str:
        if not self._saved:
            self._tell(f"{_MARGIN}There is nothing to take back.")
            return ""
        try:
            safety.undo_one(self._kin.db, self._saved[-1].change)
        except KinshipError as error:
            self._complain(error)
            return ""
        last = self._saved.pop()
        self._tell(f"{_MARGIN}Took back {last.added.person.name}. Again:")
        return last.text

    def _complain(self, error: KinshipError) -> None:
        said = "Not added." if isinstance(error, Declined) else views.capital(error.message)
        self._tell(_MARGIN + said, *(f"{_MARGIN}  {hint}" for hint in error.hint))

    def _tell(self, *rows: str) -> None:
        plain.show_lines([line(row) for row in rows], self._kin.view, self._kin.view.err)
        self._kin.view.err.flush()

    def stopped(self) -> None:
        """Ctrl-C may come between the saving of a line and the word of it."""
        db = self._kin.db
        told = any(one.change == db.last for one in self._saved)
        if db.last and not told and changes.undone(db, db.last) == 0:
            first, _, self._unsaved = self._unsaved.partition("\n\n")
            self._tell(f"{_MARGIN}Saved at the last moment: {first}")

    def end(self, *, stopped: bool) -> None:
        kin = self._kin
        if self._unsaved:
            self._tell(f"{_MARGIN}Not added: {self._unsaved}")
        if self._dry_run:
            kin.show(Notice((line("Nothing was written."),), []))
            return
        several = [one.added for one in self._saved]
        records = [views.person_record(kin, one.person) for one in several]
        if not several:
            kin.show(Notice((line("Nobody was added."),), records))
            return
        counted = add_lines.counted(several)
        all_of_them = ", undo --batch all." if len(several) > 1 else "."
        first = line(
            f"Stopped; kept: {counted.replace(' added', '')} " if stopped else f"{counted} ",
            Span(kin.cmd("undo"), "command"),
            f" takes back the last line{all_of_them}",
        )
        blank = [] if stopped else [line("")]
        kin.show(Notice((*blank, first, *_to_connect(kin, several)), records))


def _how_met(kin: Kin, where: understanding.Meeting) -> str:
    """``Met at PyCon 2026 today.``"""
    at = f" at {where.event.name}" if where.event else ""
    if where.how == "in person":
        return f"Met{at} {added.day_said(kin, where.day)}." if where.day else f"Met{at}."
    return {
        "online": "Met online.",
        "heard": "Heard of, not met yet.",
        "known": "People you know; no meeting is written down.",
    }[where.how]


def _meant(draft: Draft) -> list[Line]:
    return [
        line(f"{_MARGIN}  Meant {handle}? < takes the line back.") for handle in added.meant(draft)
    ]


def _to_connect(kin: Kin, several: Sequence[Added]) -> list[Line]:
    """``Tomorrow: kinship connect -i opens the 3 profiles you are not connected on.``"""
    met = {one.person.id for one in several if one.met}
    held = people.channels(kin.db, met)
    count = sum(c.state == "known" for channels in held.values() for c in channels)
    if not count:
        return []
    command, does = QUEUE
    profiles = "profile" if count == 1 else "profiles"
    today = any(one.met and one.arrival.day == kin.event_day.isoformat() for one in several)
    return [
        line(
            "Tomorrow: " if today else "Next: ",
            Span(kin.cmd(command), "command"),
            f" {does} the {count} {profiles} you are not connected on.",
        )
    ]
