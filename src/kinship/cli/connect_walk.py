"""``connect -i``: the morning after, one profile after another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from kinship.cli import cards, opening, reading, views
from kinship.cli.context import Kin
from kinship.cli.single_keys import Keyboard
from kinship.cli.walking import AGAIN, NEXT, ON, STAY, Key, Walk, take
from kinship.model import channel, dates, handles, message, names, setting
from kinship.model.channel import Handle
from kinship.model.person import ME, Channel, Person, Unconnected
from kinship.render.shapes import Line, Span, line
from kinship.render.width import cells, wrap
from kinship.services import connecting, contact, editing, handle_keys
from kinship.services.contact import Talk
from kinship.services.editing import Edit
from kinship.store import people, settings
from kinship.value import Value

_PASTE = "  to paste: "
_LEAST = 24
"""Narrower than this beside its label, the message stands under it."""
_LINKISH = "./:@"


class Place(Value):
    """Where somebody may be found; ``asks`` to be connected there, unlike an address or a number.

    Without a handle the link is the site's search for the name.
    """

    kind: str
    handle: str
    link: str | None
    asks: bool
    state: str | None = None
    sent_on: str | None = None


def start(kin: Kin, found: Sequence[Unconnected], *, opens: bool) -> None:
    take(kin, lambda keyboard: ConnectWalk(kin, keyboard, found, opens=opens))


def ready(found: Sequence[Unconnected], today: date) -> list[Unconnected]:
    """Those whose time has come, or comes tomorrow: not who was put off, or asked just now."""
    return [
        one
        for one in found
        if one.due_on <= max(today, date.fromisoformat(one.day) + timedelta(days=1)).isoformat()
    ]


class ConnectWalk(Walk):
    """Everybody met and not connected with, the last met first."""

    keys = "csnxbuoahq"
    asking = "h"
    marks = _LINKISH

    def __init__(
        self,
        kin: Kin,
        keyboard: Keyboard,
        found: Sequence[Unconnected],
        *,
        opens: bool,
        inner: bool = False,
    ) -> None:
        super().__init__(kin, keyboard, len(found))
        if inner:
            self.leave = Key("q", "[q] back to the others")
        self._inner = inner
        self._found = found
        self._opens = opens
        self._opened: set[str] = set()
        self._looked_at: set[str] = set()
        self._turned: dict[int, int] = {}
        self._person: Person
        self._places: list[Place]

    # Showing

    def show(self) -> bool:
        one = self._found[self.at]
        person = people.by_id(self.kin.db, one.person_id)
        if person is None or person.archived_on:
            self.print(Line(), line(f"{one.name} was removed meanwhile."))
            return False
        held = people.channels(self.kin.db, [person.id]).get(person.id, [])
        before = next((a for a in reversed(self.answers) if a.at == self.at and a.what), None)
        if before is None and any(c.state == "connected" for c in held):
            self.print(Line(), line(f"{person.name} was connected meanwhile."))
            return False
        self._person = person
        self._places = _places(person, held)
        org = f", {person.org}" if person.org else ""
        number = Span(f"{self.at + 1} of {self.count}  ", "dim")
        self.print(
            *([Line()] if self.at or self.answers else []),
            line(number, Span(person.name, "name"), org),
            line("  ", _met(one, self.kin.today)),
            *self._where(),
            *self._to_paste(one),
            *([line("  answered: ", Span(before.said, "good"))] if before else []),
        )
        return True

    @property
    def _place(self) -> Place:
        return self._places[self._turned.get(self._person.id, 0) % len(self._places)]

    def _where(self) -> list[Line]:
        """The profile, opened once when it first comes on the screen."""
        place = self._place
        shown = views.reach_words(place.kind, place.handle)
        notes = []
        if not place.handle and place.kind in opening.SEARCHED_INSIDE:
            notes.append("searched only from inside")
        if place.link and place.link.startswith("https:"):
            shown = place.link.removeprefix("https://").removeprefix("www.")
            if self._open_by_itself(place.link):
                notes.append("opened in your browser")
            else:
                shown = place.link
            if not place.handle:
                label = f"{channel.label(place.kind)} search for the name"
                shown = label if notes else f"{label}: {shown}"
        if place.state == "sent" and place.sent_on:
            notes.append(f"asked {dates.away(date.fromisoformat(place.sent_on), self.kin.today)}")
        whole = "   ".join([shown, *notes])
        if cells(whole) + 2 <= self.room().width:
            return [line(f"  {whole}")]
        return [line(f"  {text}") for text in (shown, *notes)]

    def _open_by_itself(self, link: str) -> bool:
        """One profile at a time: not before its turn, and not for an answer that is there already."""
        if link in self._opened:
            return True
        if not self._opens or link in self._looked_at or self.keyboard.typed_ahead:
            return False
        if not opening.hand_over(link):
            return False
        self._opened.add(link)
        return True

    def _to_paste(self, one: Unconnected) -> list[Line]:
        text = _message(self.kin, self._person, one)
        if not text:
            return []
        beside = self.room().width - len(_PASTE)
        if beside < _LEAST:
            rows = wrap(text, self.room().width - 4)
            return [line(_PASTE.rstrip()), *(line("    ", row) for row in rows)]
        first, *rest = wrap(text, beside)
        return [line(_PASTE, first), *(line(" " * len(_PASTE), row) for row in rest)]

    # The keys

    def offered(self) -> list[Key]:
        place = self._place
        if place.asks:
            own = [
                Key("c", "[c]onnected", answers=True),
                Key("s", "[s]ent, waiting", answers=True),
            ]
        else:
            own = [Key("c", "[c]ontacted", answers=True)]
        own += [ON, Key("x", "[x] never mind", answers=True)]
        if place.link:
            own.append(Key("o", "[o]pen"))
        if len(self._places) > 1:
            own.append(Key("a", "[a]nother channel"))
        if not place.handle:
            own.append(Key("h", "[h]andle"))
        return own

    def act(self, key: str) -> int | None:
        match key:
            case "c":
                return self._connected() if self._place.asks else self._contacted()
            case "s":
                return self._sent()
            case "x":
                return self._never()
            case "o":
                self._open()
                return STAY
            case "a":
                self._turned[self._person.id] = self._turned.get(self._person.id, 0) + 1
                self.print(*self._where())
                return STAY
            case _:
                return self._take_handle(self.keyboard.text("Profile link or handle:") or "")

    def take_text(self, text: str) -> int | None:
        """A profile link that was pasted is theirs."""
        if any(mark in text for mark in _LINKISH):
            return self._take_handle(text)
        return super().take_text(text)

    def leaves(self) -> None:
        if self._inner:
            self.at = self.count
        else:
            super().leaves()

    def is_gone(self) -> bool:
        return people.by_id(self.kin.db, self._person.id) is None

    def _done(self, what: str, said: str, more: str = "") -> int:
        self.print(line(Span(f"✓ {said}", "good"), more))
        self.answered(self._person.id, what, f"{said} ({self._person.name})")
        return NEXT

    def _connected(self) -> int:
        place = self._place
        connecting.connect(
            self.kin.db,
            self._person,
            [Handle(place.kind, place.handle)],
            sent_on=None,
            today=self.kin.today,
        )
        return self._done("connected", f"connected on {channel.label(place.kind)}")

    def _sent(self) -> int:
        place, today = self._place, self.kin.today
        connecting.connect(
            self.kin.db,
            self._person,
            [Handle(place.kind, place.handle)],
            sent_on=today,
            today=today,
        )
        again = dates.show(today + timedelta(days=connecting.ASK_AGAIN), today)
        return self._done(
            "sent", f"request sent on {channel.label(place.kind)}", f"; I ask again {again}"
        )

    def _contacted(self) -> int:
        talk = Talk(self.kin.today, "me", channel=self._place.kind, inferred=("day",))
        contact.log(self.kin.db, [self._person], talk, today=self.kin.today)
        return self._done(
            "contacted", f"contacted by {channel.label(self._place.kind)}, and logged"
        )

    def _never(self) -> int:
        connecting.never_connect(self.kin.db, [self._person], today=self.kin.today)
        return self._done("never mind", "no more nudges to connect")

    def _open(self) -> None:
        link = self._place.link or ""
        if opening.hand_over(link):
            self._opened.add(link)
            self.say(f"Opened {link}")
        else:
            self.say(f"No program here opens links. This is the one: {link}")

    def _take_handle(self, text: str) -> int | None:
        """A pasted link, or a bare handle on the site that is shown."""
        if not text:
            self.say("Nothing was written.")
            return STAY
        if text.startswith(("ttps://", "ttp://")):
            text = f"h{text}"  # its first letter was the key
        found = handles.recognise(text)
        if found is None:
            bare = ":" not in text and "/" not in text
            found = handles.parse(self._place.kind, text) if bare else reading.handle(text)
        editing.edit(self.kin.db, self._person, Edit(channels=(found,)))
        said = f"{views.reach_words(*found)} is written down"
        self.print(line(Span(f"✓ {said}", "good")))
        self.answered(self._person.id, "", f"{said} ({self._person.name})")
        self._looked_at.add(handle_keys.link(self.kin.db, *found) or "")
        held = people.channels(self.kin.db, [self._person.id]).get(self._person.id, [])
        places = [Handle(place.kind, place.handle) for place in _places(self._person, held)]
        self._turned[self._person.id] = places.index(found) if found in places else 0
        return AGAIN


def _places(person: Person, held: Sequence[Channel]) -> list[Place]:
    """Where they wait to be connected; else an address or a number, and the search of a site."""
    waiting = [_place(c) for c in held if c.state is not None]
    if waiting:
        return [p if p.handle else _search(person, p) for p in waiting]
    looked = _search(person, Place(cards.FIRST_TRIED, "", None, asks=True))
    return [*(_place(c) for c in held[:1]), looked]


def _place(held: Channel) -> Place:
    handle = held.handle or ""
    link = handle_keys.link_of(held)
    return Place(held.kind, handle, link, held.state is not None, held.state, held.sent_on)


def _search(person: Person, place: Place) -> Place:
    return place._replace(link=handles.search_link(place.kind, person.name))


def _met(one: Unconnected, today: date) -> str:
    day = dates.show(date.fromisoformat(one.day), today)
    when = f"{one.event}, {day}" if one.event else f"met {day}"
    text = views.one_line(one.text or "")
    return f"{when}: {text}" if text else when


def _message(kin: Kin, person: Person, one: Unconnected) -> str:
    me = people.by_id(kin.db, ME)
    note = views.capital(views.one_line(one.text or ""))
    return message.fill(
        settings.value(kin.db, setting.MESSAGE),
        {
            "first": names.first_name(person.name),
            "name": person.name,
            "event": one.event or "",
            "note": note if not note or note[-1] in ".!?…" else f"{note}.",
            "org": person.org or "",
            "me": me.name if me and me.name != "me" else "",
        },
    )
