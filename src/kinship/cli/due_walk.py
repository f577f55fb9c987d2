"""``due -i``: one card after another, with what you last talked about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kinship.cli import answers, cards, done, opening, views
from kinship.cli.connect_walk import ConnectWalk
from kinship.cli.context import Kin
from kinship.cli.single_keys import Keyboard
from kinship.cli.walking import NEXT, ON, STAY, Answer, Key, Walk, take
from kinship.errors import BadInput
from kinship.model import dates, names, setting
from kinship.model.person import Person, Unconnected
from kinship.render.shapes import Line, Span, Style, line
from kinship.services import closing, contact, reaching, snoozing
from kinship.services.contact import Talk
from kinship.store import entries, people, settings
from kinship.store.agenda import Item, Row

_TALKS = 2


def start(kin: Kin, rows: Sequence[Row]) -> None:
    take(kin, lambda keyboard: DueWalk(kin, keyboard, rows))


class DueWalk(Walk):
    """Everybody who is due, a card each; the people of one event are one card."""

    keys = "dlsxoncbuq"
    asking = "dls"

    def __init__(self, kin: Kin, keyboard: Keyboard, rows: Sequence[Row]) -> None:
        super().__init__(kin, keyboard, len(rows))
        self._rows = rows
        self._person: Person | None = None
        self._items: list[Item] = []
        self._crowd: list[Item] = []

    @property
    def _row(self) -> Row:
        return self._rows[self.at]

    # Showing

    def show(self) -> bool:
        before = [a for a in self.answers if a.at == self.at]
        shown = self._show_crowd(before) if self._row.crowd else self._show_person(before)
        if shown and before:
            self.print(line("  answered: ", Span(before[-1].said, "good")))
        return shown

    def _gone(self, text: str) -> bool:
        self.print(*self._space(), line(text))
        return False

    def _space(self) -> list[Line]:
        return [Line()] if self.at or self.answers else []

    def _head(self, when: str, why: str) -> Line:
        style: Style = {"overdue": "late", "today": "today"}.get(when, "")  # type: ignore[assignment]
        return line(Span(f"{self.at + 1} of {self.count}  ", "dim"), Span(why, style))

    def _show_person(self, before: Sequence[Answer]) -> bool:
        kin, lead = self.kin, self._row.items[0]
        person = people.by_id(kin.db, lead.person_id)
        if person is None or person.archived_on:
            return self._gone(f"{lead.name} was removed meanwhile.")
        until = max(kin.today, date.fromisoformat(lead.due_on))
        kinds = {i.kind for i in self._row.items}
        items = [
            i for i in reaching.items_of(kin.db, person, kin.today, ahead=until) if i.kind in kinds
        ]
        if not items and not before:
            return self._gone(f"{person.name} is done meanwhile.")
        self._person, self._items = person, items or self._row.items
        known = cards.facts(kin, self._items)
        card = cards.card(kin, Row(self._items), known)
        circle = known.pulses[person.id].circle
        about = " · ".join(filter(None, [person.org, f"{circle} circle" if circle else None]))
        due = dates.away(date.fromisoformat(lead.due_on), kin.today)
        why = f"due {due}" if self._row.when == "coming" else card.why
        self.print(
            *self._space(),
            self._head(self._row.when, why),
            Line(),
            line(Span(person.name, "name"), f"  {about}" if about else ""),
            *(line("  ", self._what(item, known)) for item in self._items),
            *(line("  ", Span(text, "dim")) for text in self._history(person)),
            line("  ", card.reach),
        )
        return True

    def _what(self, item: Item, known: cards.Facts) -> str:
        """What is to be done; a second reason says why it is one."""
        channels = known.channels.get(item.person_id, [])
        what = cards.what_of(self.kin, item, channels)
        if item is self._items[0]:
            return what
        why = cards.why_of(self.kin, item, known.pulses.get(item.person_id), channels)
        return f"{what}   {why}" if why else what

    def _history(self, person: Person) -> list[str]:
        """The last two conversations that left words, their days in a column."""
        shown = {i.entry_id for i in self._items if i.kind == "reply"}
        said = [
            t for t in entries.conversations(self.kin.db, person.id) if t.text and t.id not in shown
        ]
        talks = ([t for t in said if t.direction != "me"] or said)[:_TALKS]
        days = [views.when_shown(t.day, self.kin.today) for t in talks]
        width = max(map(len, days), default=0)
        return [
            views.last_words(talk, self.kin.today).replace(day, f"{day:>{width}}", 1)
            for talk, day in zip(talks, days, strict=True)
        ]

    def _show_crowd(self, before: Sequence[Answer]) -> bool:
        kin = self.kin
        waiting = {one.person_id for one in self._unconnected()}
        self._person = None
        self._crowd = [i for i in self._row.items if i.person_id in waiting]
        if not self._crowd and not before:
            return self._gone("Nobody of them waits any more.")
        card = cards.crowd(kin, Row(self._crowd or self._row.items, crowd=True), alone=True)
        self.print(
            *self._space(),
            self._head(self._row.when, card.why),
            Line(),
            line(Span(card.who, "name"), f"  {card.what[:1].lower()}{card.what[1:]}"),
            line("  ", card.words),
            *([line("  ", card.reach)] if card.reach else []),
        )
        return True

    def _unconnected(self) -> list[Unconnected]:
        """Those of the card who still wait, as the other walk takes them."""
        numbers = {i.person_id for i in self._row.items}
        waiting = people.unconnected(self.kin.db, from_on=self.kin.today.isoformat())
        return [one for one in waiting if one.person_id in numbers]

    # The keys

    def offered(self) -> list[Key]:
        if self._row.crowd:
            return [
                Key("c", "[c]onnect, one by one", answers=True),
                Key("s", "[s]nooze all", answers=True),
                ON,
            ]
        said = cards.done_as(self.kin, self._items)
        return [
            Key("d", f"[d]one: {said}" if said else "[d]one", answers=True),
            Key("l", "[l]og", answers=True),
            Key("s", "[s]nooze", answers=True),
            *([Key("x", "[x] did not land", answers=True)] if self._introductions() else []),
            Key("o", "[o]pen", answers=True),
            ON,
        ]

    def act(self, key: str) -> int | None:
        match key:
            case "c":
                return self._walk_crowd()
            case "s":
                return self._snooze()
        assert self._person
        match key:
            case "d":
                return self._done(self._person)
            case "l":
                return self._log(self._person)
            case "x":
                return self._did_not_land(self._person)
            case _:
                return self._open(self._person)

    def left(self) -> int:
        """Rows with somebody in them who has no answer."""
        answered = {(a.at, a.who) for a in self.answers if a.what}
        whole = {a.at for a in self.answers if a.what == "snoozed"} | self.passed
        return sum(
            at not in whole and any((at, i.person_id) not in answered for i in row.items)
            for at, row in enumerate(self._rows)
        )

    def is_gone(self) -> bool:
        return self._person is not None and people.by_id(self.kin.db, self._person.id) is None

    def _done(self, person: Person) -> int | None:
        kin = self.kin
        plan = done.plan(kin, person)
        text = self.keyboard.text("What about? (Enter for none)")
        if text is None:
            return self._nothing()
        talk = Talk(kin.today, "me", text=_checked(text) or None, inferred=("day",))
        result = closing.done(kin.db, [plan], talk, today=kin.today)
        logged = [one.logged for one in result if one.logged]
        new = [what for one in result for _, what in one.comes_again]
        for one in result:
            self.print(*done.lines_of(kin, one, talk))
        self.print(*answers.still_open(kin, logged, new=new))
        return self._answered_with(person, "done")

    def _log(self, person: Person) -> int | None:
        kin = self.kin
        words = (self.keyboard.text("What about?") or "").split()
        day, rest = dates.colon(words, kin.today) or (None, words)
        text = _checked(" ".join(rest))
        if not text:
            return self._nothing()
        inferred = ("direction",) if day else ("day", "direction")
        talk = Talk(day or kin.today, text=text, inferred=inferred)
        logged = contact.log(kin.db, [person], talk, today=kin.today)
        self.print(*(answers.logged(kin, one, talk) for one in logged))
        self.print(*answers.still_open(kin, logged, new=[]))
        return self._answered_with(person, "logged")

    def _introductions(self) -> list[Item]:
        return [item for item in self._items if item.kind == "intro"]

    def _did_not_land(self, person: Person) -> int:
        from kinship.services import introducing  # noqa: PLC0415  (only where one is due)

        introducing.drop(self.kin.db, person, self._introductions(), day=self.kin.today)
        for item in self._introductions():
            self.say(f"The introduction of {person.name} and {item.what} did not land.")
        return self._answered_with(person, "did not land")

    def _snooze(self) -> int | None:
        kin = self.kin
        who = [self._person] if self._person else self._people_of_crowd()
        usual = settings.value(kin.db, setting.SNOOZE)
        text = self.keyboard.text(f"Until when? (Enter for {usual})")
        if text is None:
            return self._nothing()
        until = dates.ahead(text or usual, kin.today)
        result = snoozing.snooze(kin.db, who, until, today=kin.today)
        if self._person:
            self.print(*done.back_again(kin, result))
            return self._answered_with(self._person, "snoozed")
        back = f"{dates.show(until, kin.today)} ({dates.away(until, kin.today)})"
        self.say(f"{views.people(len(who))} come back {back}.")
        self.answered(who[0].id, "snoozed", f"snoozed {views.people(len(who))}")
        return NEXT

    def _people_of_crowd(self) -> list[Person]:
        found = people.by_ids(self.kin.db, [i.person_id for i in self._crowd])
        if not found:
            raise BadInput("nobody of them is left. Nothing was written.")
        return list(found.values())

    def _open(self, person: Person) -> int | None:
        held = people.channels(self.kin.db, [person.id]).get(person.id, [])
        lead = self._items[0]
        kind = cards.to_connect_on(held) if lead.kind == "connect" else None
        kind, handle, link = opening.place(self.kin, person, kind)
        if link is None:
            self.print(*opening.by_hand(person, kind, handle or ""))
            return STAY
        told = "Opened " if opening.hand_over(link) else "No program here opens links: "
        self.say(f"{told}{link}")
        return STAY

    def _walk_crowd(self) -> int:
        """The other walk, with these people; back here when it ends."""
        inner = ConnectWalk(self.kin, self.keyboard, self._unconnected(), opens=True, inner=True)
        self.print(Line())
        try:
            inner.go()
        finally:
            self.answers += [a._replace(at=self.at) for a in inner.answers]
        return NEXT

    def _nothing(self) -> int | None:
        self.say("Nothing was written.")
        return STAY

    def _answered_with(self, person: Person, what: str) -> int:
        self.answered(person.id, what, f"{what} ({person.name})")
        return NEXT


def _checked(text: str) -> str:
    return names.check_text(text, "text", names.TEXT_LIMIT)
