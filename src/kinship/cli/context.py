"""Kin: what every command needs: the file, the day, the streams, and somebody to ask."""

import os
import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, TextIO

from kinship import quick
from kinship.errors import Ambiguous, BadInput, Declined, NotFound
from kinship.model import dates, names
from kinship.model.person import Person
from kinship.render import View
from kinship.render import show as render
from kinship.render.view import Held
from kinship.safe import safe
from kinship.services import people as finding
from kinship.store import db as store
from kinship.store import people
from kinship.value import Value

if TYPE_CHECKING:
    import typer

_FIRST_YEAR, _LAST_YEAR = 1000, 9900  # of today: days long before and after it are reckoned
_MAKERS = ("add", "keep", "import", "event add", "event start")
"""Commands that begin a file somebody chose; the others must find it there."""


_OF_ANYBODY = (
    *("add", "log", "note", "remind", "event going"),
    *("knows", "intro", "gave", "got", "rally ask", "rally pledge"),
)
"""Commands that may come before the person was added."""


class Options(Value):
    """The options that work anywhere on the line, as they were given."""

    db: str | None = None
    config: str | None = None
    demo: bool = False
    reset: bool = False
    quiet: bool = False
    color: str = "auto"
    no_input: bool = False
    no_pager: bool = False
    debug: bool = False
    format: str | None = None
    limit: int | None = None


class Kin:
    """One run of the program."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.now = _now()
        self.view = self._streams = _view(options)
        self.command = ""
        self.words: list[str] = []
        self._db: store.Db | None = None
        self._fresh = False
        self.made_file = False
        self._told: set[str] = set()
        self.asker: Callable[[str], str | None] | None = None
        """How a question is answered while somebody types at a prompt of their own."""

    @staticmethod
    def of(ctx: "typer.Context") -> "Kin":
        kin: Kin = ctx.find_root().obj
        return kin

    @property
    def today(self) -> date:
        return self.now.date()

    def look_at_clock(self) -> None:
        """A run that waits for somebody goes on past midnight."""
        self.now = _now()

    @property
    def event_day(self) -> date:
        """An evening at an event goes on until four in the morning."""
        return (self.now - timedelta(hours=4)).date()

    # The file

    @property
    def path(self) -> str:
        if self.options.demo:
            folder = quick.base_folder(os.environ, "XDG_DATA_HOME", ".local/share")
            return os.path.join(folder, "kinship", "demo.db")
        if self.options.db:
            return os.path.expanduser(self.options.db)
        env = dict(os.environ)
        if self.options.config:
            env["KINSHIP_CONFIG"] = self.options.config
        config = quick.config_path(env)
        if self.options.config and not os.path.exists(config):
            raise BadInput(
                f"there is no config file {store.display(config)}. Nothing was done.",
                hint="--config none is for no config.",
            )
        path = quick.database_path(env)
        return path if path is not None else _path_in_toml(config)

    @property
    def chosen(self) -> bool:
        """Whether somebody chose this file; the default one need not exist yet."""
        return bool(self.options.db or os.environ.get("KINSHIP_DB"))

    @property
    def db(self) -> store.Db:
        """The file, for reading; the default one is as if empty until the first write."""
        if self._db is None:
            if self.options.demo:
                from kinship.services import practice  # noqa: PLC0415  (the practice file only)

                make = practice.renew if self.options.reset else practice.ensure
                make(self.path, self.today)
            may_be_new = not self.chosen or self.command in _MAKERS
            if may_be_new and not self.has_file:
                self._db, self._fresh = store.in_memory(store.Nothing), True
            else:
                self._db = store.open_file(self.path, on_wait=self._waiting)
        return self._db

    @property
    def writable(self) -> store.Db:
        """The file, for writing; made now if it is not there."""
        if self._db is None and not self.has_file:
            self._make()
        if self._fresh:
            self._db = None
            self._make()
        return self.db

    def _waiting(self) -> None:
        self._streams.err.write("waiting for another kinship...\n")
        self._streams.err.flush()

    def _make(self) -> None:
        store.create(self.path)
        self._fresh = False
        self.made_file = True

    @property
    def changed(self) -> bool:
        """Whether anything was written to the file."""
        return self._db is not None and self._db.changed

    @property
    def has_file(self) -> bool:
        """Whether the file is there; where nobody may look, it is not taken for missing."""
        try:
            os.lstat(self.path)
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError:
            pass
        return True

    # Showing and asking

    def show(self, shape: Any) -> None:
        render(shape, self.view)
        if self.made_file and not self.view.quiet and self.view.format is None:
            self.made_file = False
            self.view.out.write(f"Your file is {safe(store.display(self.path))}\n")

    @contextmanager
    def still(self) -> Generator[None]:
        """What is asked and shown inside sees one state of the file.

        It is put out at the end, when others may write again: a pager stays open for long. Nobody
        is asked anything inside.
        """
        before = self.view
        out, err = Held(before.out), Held(before.err)
        self.view = before._replace(out=out, err=err)
        try:
            with self.db.still():
                yield
        finally:
            self.view = before
        text = out.getvalue()
        if out.pager:
            from kinship.render import terminal  # noqa: PLC0415  (rich, loaded by now)

            text = "" if terminal.through(out.pager, text) else text
        before.out.write(text)
        if said := err.getvalue():
            before.out.flush()
            before.err.write(said)

    def cmd(self, words: str) -> str:
        """A command that can be copied; in the practice file it carries ``--demo``."""
        return f"kinship --demo {words}" if self.options.demo else f"kinship {words}"

    @property
    def can_ask(self) -> bool:
        return not self.options.no_input and _is_terminal(sys.stdin) and _is_terminal(sys.stderr)

    def ask(self, question: str) -> str | None:
        """Ask on standard error; None at the end of input."""
        self.view.out.flush()
        if self.asker:
            answer = self.asker(safe(question).rstrip() + " ")
            return None if answer is None else answer.strip()
        self.view.err.write("\n".join(self.folded(question)) + " ")
        self.view.err.flush()
        answer = sys.stdin.readline()
        if not answer:
            self.view.err.write("\n")
            return None
        return answer.strip()

    def folded(self, question: str, margin: int = 0) -> list[str]:
        """A question in rows that break at words; the cursor and an answer fit after the last."""
        from kinship.render.width import cells, wrap  # noqa: PLC0415  (only to ask)

        text = safe(question).rstrip()
        room = self.view.width - margin
        if cells(text) + 2 < room:
            return [text]
        _, _, asked = text.rpartition(". ")
        if cells(asked) < room // 2:
            text = text.removesuffix(asked) + asked.replace(" ", "\xa0")
        return [row.replace("\xa0", " ") for row in wrap(text, room - 2)]

    def say(self, text: str) -> None:
        """A line of a question, on standard error."""
        self.view.err.write(safe(text) + "\n")

    def say_once(self, text: str, command: str) -> None:
        """A doubt that nobody can be asked about, and what settles it; told once in a run."""
        if text not in self._told:
            self._told.add(text)
            self.say(text)
            self.say(f"  {command}")

    def confirm(
        self, question: str, *, default: bool, stopped: str = "stopped. Nothing was written."
    ) -> bool:
        """A yes or no, asked again until it is one; the end of input stops everything."""
        keys = "Y/n" if default else "y/N"
        while True:
            answer = self.ask(f"{question} [{keys}]")
            if answer is None:
                raise Declined(stopped)
            if not answer or "yes".startswith(answer.lower()) or "no".startswith(answer.lower()):
                return answer.lower().startswith("y") if answer else default
            question = "Yes or no?"

    def sure(self, question: str, needs: str, command: str, done: str) -> None:
        """Stop where nobody says yes; ``command`` is the one that needs none."""
        if not self.can_ask:
            raise BadInput(f"{needs} needs a yes. Nothing was {done}.", hint=self.cmd(command))
        stopped = f"nothing was {done}."
        if not self.confirm(question, default=False, stopped=stopped):
            raise Declined(stopped)

    def means(self, name: str, near: str) -> bool:
        """Whether a new name is a slip of the one that is near it."""
        question = f"{names.quoted(name)} is new to me. Did you mean {near}?"
        return self.confirm(question, default=True)

    # Who is meant

    def who(self, text: str, *, writing: bool = True) -> Person:
        """The one person meant; asks where it can, refuses where it cannot."""
        found = finding.find(self.db, text)
        if found.rule == finding.NEAR:
            return self._near(text, found.people, writing=writing)
        if len(found.people) == 1:
            return found.people[0]
        if not found.people:
            raise NotFound(
                f"nobody {'has the number' if text.isdigit() else 'is called'} {names.quoted(text)}."
                + (" Nothing was written." if writing else ""),
                hint=self._look_or_add(text),
            )
        return self._which(text, found.people, writing=writing)

    def _look_or_add(self, text: str) -> tuple[str, ...]:
        """Somebody new may be meant where something is written down, never where it is looked up."""
        new = self.command in _OF_ANYBODY and not text.startswith("#")
        from kinship.services import event_names  # noqa: PLC0415  (only where nobody is found)

        found = event_names.fitting(self.db, text, self.event_day)
        event = [self.cmd(f"event show {names.argument(e.name)}") for e in found[:1]]
        return (*event, self.cmd("list"), *([self.cmd(f"add {_plain(text)}")] if new else []))

    def _near(self, text: str, found: list[Person], *, writing: bool) -> Person:
        person = found[0]
        if self.can_ask and len(found) == 1:
            if self.confirm(f"Did you mean {person.name}?", default=not writing):
                return person
            raise Declined("nothing was written." if writing else "nobody was meant, then.")
        lines = [self.meaning(text, finding.ref(self.db, p)) for p in found[:5]]
        raise NotFound(
            f"nobody is called {names.quoted(text)}. Did you mean "
            f"{' or '.join(p.name for p in found[:5])}?",
            hint=tuple(lines),
        )

    def meaning(self, text: str, ref: str) -> str:
        """The command that was typed, with ``ref`` in the place of the name."""
        import shlex  # noqa: PLC0415  (only for a name that was mistyped)

        if text not in self.words or any(not word.isprintable() for word in self.words):
            return self.cmd(f"{self.command} {ref}")
        at = self.words.index(text)
        return self.cmd(
            shlex.join([*self.command.split(), *self.words[:at], ref, *self.words[at + 1 :]])
        )

    def _which(self, text: str, found: list[Person], *, writing: bool) -> Person:
        several = found[:10]
        refs = finding.refs(self.db, several)
        about = self.described(several)
        if self.can_ask:
            return self.pick(f"Which {text}?", several, about, more=len(found) > len(several))
        width = max(len(r) for r in refs.values())
        longest = max(len(p.name) for p in several)
        lines = [
            f"{refs[p.id]:<{width}}   {p.name:<{longest}}   {about[p.id]}".rstrip() for p in several
        ]
        if len(found) > len(several):
            lines.append(f"and more: {self.cmd(f'list {_plain(text)}')}")
        raise Ambiguous(
            f"{names.quoted(text)} could be {_many(found)}. "
            f"{'Nothing was written. ' if writing else ''}Say which:",
            hint=tuple(lines),
        )

    def pick(
        self, question: str, several: list[Person], about: dict[int, str], *, more: bool = False
    ) -> Person:
        """One of several people, by their number in a list or more of their name."""
        answer = self.choose(question, [(p.name, about[p.id]) for p in several], more=more)
        if isinstance(answer, int):
            return several[answer]
        if answer.isdigit():
            raise BadInput(
                f"the list goes from 1 to {len(several)}. Nothing was written.",
                hint="Try again, with a number from the list.",
            )
        key = names.fold(answer)
        fitting = [p for p in several if all(w in p.name_key for w in key.split())]
        if len(fitting) == 1:
            return fitting[0]
        return self.who(answer)

    def choose(
        self, question: str, offered: Sequence[tuple[str, str]], *, more: bool = False
    ) -> int | str:
        """The place of one in a list of names and what they are, or what was typed of its name."""
        self.say(question)
        longest = max(len(name) for name, _ in offered)
        for place, (name, about) in enumerate(offered, 1):
            self.say(f"  {place}  {name:<{longest}}  {about}".rstrip())
        if more:
            self.say("  and more; type more of the name")
        answer = self.ask("Number, more of the name, or Enter to stop:")
        if not answer:
            raise Declined("stopped. Nothing was written.")
        return whole(answer) - 1 if 0 < whole(answer) <= len(offered) else answer

    def described(self, several: list[Person]) -> dict[int, str]:
        """What tells people of one name apart."""
        pulses = people.pulses(self.db, [p.id for p in several])
        result = {}
        for person in several:
            pulse = pulses.get(person.id)
            parts = [person.org or "", finding.described(pulse, person)]
            if pulse and pulse.last_on and len(pulse.last_on) == 10:
                day = date.fromisoformat(pulse.last_on)
                parts.append(f"talked {dates.away(day, self.today)}")
            if person.cue:
                parts.append(person.cue.splitlines()[0][:40])
            result[person.id] = "; ".join(filter(None, parts))
        return result

    def take_who(self, words: list[str], *, writing: bool = True) -> tuple[list[Person], list[str]]:
        """The people at the start of the words (commas join several), and the words after them.

        Following words belong to a name while they continue it: ``Ada Lovelace likes horses``.
        """
        several: list[Person] = []
        rest = list(words)
        while rest:
            head, comma, tail = rest[0].partition(",")
            if comma and not head:
                rest = [tail, *rest[1:]] if tail else rest[1:]
                continue
            if comma and tail and not names.is_suffix(tail):
                several.append(self.who(head, writing=writing))
                rest = [tail, *rest[1:]]
                continue
            person, taken = self._one_of(rest, writing=writing)
            several.append(person)
            more = rest[taken - 1].endswith(",")
            rest = rest[taken:]
            if rest and rest[0].startswith(",") and len(rest[0]) >= 1:
                more, rest = True, [rest[0][1:], *rest[1:]] if rest[0] != "," else rest[1:]
            if not more:
                break
        if not several:
            raise BadInput(
                "say who.",
                hint=(self.cmd(f"{self.command} WHO"), self.cmd(f"help {self.command}")),
            )
        return list({p.id: p for p in several}.values()), rest

    def _one_of(self, words: list[str], *, writing: bool) -> tuple[Person, int]:
        """One person and how many words name them: the most that continue a name.

        A dash or smiley behind the name is not of it: ``ada — likes horses``.
        """
        if words[0][:1] in ("+", "(", "0") and (dialled := finding.words_of_number(self.db, words)):
            return self.who(" ".join(words[:dialled]).rstrip(","), writing=writing), dialled
        first = words[0].rstrip(",")
        if finding.find(self.db, first).rule in finding.WHOLLY:
            return self.who(first, writing=writing), 1
        candidates: list[Person] = []
        taken, said, marks = 1, first, 0
        while taken + marks < len(words) and not words[taken - 1].endswith(","):
            bare, comma, tail = words[taken + marks].partition(",")
            longer = f"{said} {bare}"
            if bare and not comma and names.fold(longer) == names.fold(said):
                marks += 1
                continue
            keep = finding.in_a_row(self.db, longer)
            if not keep:
                break
            taken += marks
            if comma and tail:
                words[taken : taken + 1] = [f"{bare},", tail]
            candidates, said, taken, marks = keep, longer, taken + 1, 0
        if taken == 1:
            return self.who(first, writing=writing), 1
        if len(candidates) == 1:
            return candidates[0], taken
        exact = [p for p in candidates if p.name_key == names.fold(said)]
        return (exact[0] if len(exact) == 1 else self.who(said, writing=writing)), taken


def whole(text: str) -> int:
    """A whole number from 1 to 999,999,999; 0 for any other text."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _many(found: list[Person]) -> str:
    return f"{len(found)} people" if len(found) < 50 else "50 people or more"


def _plain(text: str) -> str:
    """User's words inside a command to copy: as they are, or quoted."""
    bare = safe(text).replace('"', "")[:60]
    plain = all(c.isalnum() or c in " .-_@+" for c in bare)
    return bare if plain else names.argument(bare)


def _now() -> datetime:
    said = os.environ.get("KINSHIP_TODAY", "")
    if not said:
        return datetime.now().astimezone().replace(tzinfo=None)
    day, _, time = said.partition("T")
    try:
        if len(day) != 10:
            raise ValueError
        found = datetime.fromisoformat(f"{day}T{time or '12:00'}").replace(tzinfo=None)
    except ValueError:
        raise BadInput(
            f"KINSHIP_TODAY is {names.quoted(said)}, which is not a day. For example: 2026-05-20"
        ) from None
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise BadInput(
            f"KINSHIP_TODAY is {names.quoted(said)}, and no day before {_FIRST_YEAR} or after"
            f" {_LAST_YEAR} can be today. For example: 2026-05-20"
        )
    return found


def _path_in_toml(config: str) -> str:
    import tomllib  # noqa: PLC0415  (only for what a plain line cannot say)

    try:
        with open(config, "rb") as file:
            path = tomllib.load(file)["db"]
        if not isinstance(path, str):
            raise KeyError
        return os.path.expanduser(path)
    except (ValueError, KeyError):
        raise BadInput(
            f"{store.display(config)} has a line db that cannot be read.", hint='Write: db = "FILE"'
        ) from None


def _is_terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def _view(options: Options) -> View:
    env = os.environ
    terminal = _is_terminal(sys.stdout)
    width, height = whole(env.get("COLUMNS") or "") or 80, 24
    if terminal:
        import shutil  # noqa: PLC0415  (as long to import as a page takes to be read)

        width, height = shutil.get_terminal_size((80, 24))
    encoding = (sys.stdout.encoding or "ascii").lower().replace("-", "")
    return View(
        out=sys.stdout,
        err=sys.stderr,
        terminal=terminal,
        colour=_colour(options, terminal=terminal),
        width=max(20, width or 80),
        height=max(5, height or 24),
        ascii=not encoding.startswith("utf"),
        format=options.format,
        limit=options.limit,
        quiet=options.quiet,
        pager=_pager(options) if terminal and _is_terminal(sys.stdin) else None,
    )


def _colour(options: Options, *, terminal: bool) -> bool:
    match options.color:
        case "always":
            return True
        case "never":
            return False
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return terminal or bool(os.environ.get("FORCE_COLOR"))


def _pager(options: Options) -> str | None:
    if options.no_pager:
        return None
    pager = os.environ.get("KINSHIP_PAGER", os.environ.get("PAGER") or "less -FIRX")
    return pager or None
