"""messages.csv of LinkedIn: whom you wrote with, when last, and who wrote last.

Of each person the newest message of the conversations between the two of you is told; what several
people wrote in is nobody's. Which side is yours follows from the file: you are in most of it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from kinship.formats import Source, linkedin, linkedin_days
from kinship.formats.tables import NOT_CLOSED
from kinship.model import names
from kinship.model.card import Card, Skipped, Talk

EXCHANGE: Final = timedelta(30)
"""So long an answer belongs to what was said before it.

So long before the newest message of the file, too, what they wrote last waits for an answer.
"""
_YES: Final = ("yes", "true", "1")
_SPAM: Final = ("spam", "other spam")
_SPONSORED: Final = ("spinmail", "%firstname%")
_SEVERAL: Final = 8
"""So many in a conversation are several people, however they are spelt."""


class _Wrote(NamedTuple):
    """A message: when (seconds break a tie of days), where it stands, and what it says."""

    day: str
    second: int
    row: int
    text: str


class _Row(NamedTuple):
    """A row of the file, by the names of its columns."""

    thread: str
    sender: str
    address: str
    to: str
    addresses: str
    day: str
    subject: str
    text: str
    folder: str
    direction: str
    draft: str
    draft_thread: str


class _Thread:
    """A conversation: who is in it, by the address of their profile or else by name."""

    def __init__(self, row: int, lines: Sequence[str]) -> None:
        self.row = row
        self.lines = lines
        self.names: dict[str, str] = {}
        self.addresses: dict[str, str] = {}
        self.newest: dict[str, _Wrote] = {}
        self.lists: dict[str, None] = {}
        self.seen: dict[tuple[str, str], str] = {}
        self.received: set[tuple[str, str]] = set()
        self.first_to = ""
        self.spam = self.sponsored = self.nameless = False

    def takes_part(self, name: str, address: str) -> str:
        """Somebody is in it; how they are told from others, empty where that cannot be."""
        if (name, address) in self.seen:
            return self.seen[name, address]
        key = linkedin.key(address) or ("" if linkedin.is_nobody(name) else names.fold(name))
        self.seen[name, address] = key
        if len(self.names) >= _SEVERAL:
            return key
        if key:
            self.names.setdefault(key, name)
            self.addresses.setdefault(key, address)
        else:
            self.nameless = True
        return key

    def wrote(self, who: str, message: _Wrote) -> None:
        """Somebody wrote this, before or after what is known of them."""
        if who not in self.newest or message[:2] > self.newest[who][:2]:
            self.newest[who] = message

    def settle(self) -> None:
        """All of it was read: who stands here by name only and by an address too is one."""
        here = set(map(names.fold, self.names.values()))
        for listed in list(self.lists)[:_SEVERAL]:
            for name in [listed] if names.fold(listed) in here else _apart(listed):
                key = self.takes_part(name, "")
                self.first_to = self.first_to or key
        by_name = {names.fold(name): key for key, name in self.names.items() if "/" in key}
        for key in [key for key in self.names if "/" not in key and key in by_name]:
            del self.names[key]
            if self.first_to == key:
                self.first_to = by_name[key]
            if key in self.newest:
                self.wrote(by_name[key], self.newest.pop(key))


class _Owner(NamedTuple):
    """Whose file it is: the address of their profile or their name, folded; and their name."""

    key: str
    name: str
    sure: bool

    def others(self, thread: _Thread) -> list[str]:
        """Everybody else in a conversation."""
        if self.key in thread.names:
            return [key for key in thread.names if key != self.key]
        name = names.fold(self.name)
        return [key for key in thread.names if names.fold(thread.names[key]) != name]


def read(source: Source) -> Iterator[Card | Skipped]:
    """Everybody you wrote with. Raises BadInput where its headings are not to be found."""
    columns = linkedin.Columns(source, linkedin.MESSAGES, ("sender", "to", "day"))
    pick = columns.picker(*_Row._fields)
    threads: dict[str, _Thread] = {}
    mine: Counter[str] = Counter()
    for row, cells, lines in columns.table.records:
        if cells is None:
            yield Skipped(row, NOT_CLOSED, _verbatim(lines))
            continue
        said = _Row._make(pick(cells))
        day = columns.day(said.day, "day")
        if why := _why_no_message(said, cells, day):
            yield Skipped(row, why, _verbatim(lines), harmless=why == _DRAFT)
        elif day:
            _put(threads, said, day, row, lines)
            if said.direction:
                mine[_whose(said)] += 1
    for thread in threads.values():
        thread.settle()
    told = next((name for name, _ in mine.most_common() if name), "")
    owner = _owner(threads.values(), source.owner or told)
    people: dict[str, list[_Thread]] = {}
    for thread in threads.values():
        others = owner.others(thread)
        if why := _why_not(thread, others):
            yield Skipped(thread.row, why, _verbatim(thread.lines), harmless=True)
        else:
            people.setdefault(others[0], []).append(thread)
    newest = max((w.day for t in threads.values() for w in t.newest.values()), default="")
    remarks = () if owner.sure else (f"taken for you: {names.quoted(owner.name)}",)
    for key, found in people.items():
        yield _card(key, found, newest, remarks)
        remarks = ()


_DRAFT: Final = "a draft"


def _whose(said: _Row) -> str:
    """Which side of a message is yours, where an older file says which way it went."""
    direction = names.fold(said.direction)
    if direction in linkedin.OUTGOING:
        return said.sender
    return said.to if direction in linkedin.INCOMING and "," not in said.to else ""


def _why_no_message(said: _Row, cells: Sequence[str], day: str | None) -> str:
    if day and said.sender and said.draft == said.draft_thread == "No":
        return ""
    filled = sum(bool(text.strip()) for text in cells)
    if filled < 2 or not (said.day or said.sender or said.to):
        return "not a message" if filled else ""
    if said.draft.lower() in _YES or said.draft_thread.lower() in _YES:
        return _DRAFT
    if day is None:
        return f"{names.quoted(said.day)} is not a day that can be told" if said.day else "no day"
    return ""


def _put(threads: dict[str, _Thread], said: _Row, day: str, row: int, lines: Sequence[str]) -> None:
    """Put a message into its conversation."""
    between = said.thread or "\0".join(sorted((names.fold(said.sender), names.fold(said.to))))
    thread = threads.get(between)
    if thread is None:
        thread = threads[between] = _Thread(row, lines)
    if said.folder != "INBOX":
        thread.spam |= said.folder.lower() in _SPAM
    if not said.address:
        begins = said.text[:500].lower()
        thread.sponsored |= any(mark in begins for mark in _SPONSORED)
    who = thread.takes_part(said.sender, said.address)
    if said.to:
        _received(thread, said.to, said.addresses)
    if who and len(thread.names) < _SEVERAL:
        second = linkedin_days.second_of(said.day)
        thread.wrote(who, _Wrote(day, second, row, said.text or said.subject))


def _received(thread: _Thread, to: str, addresses: str) -> None:
    """The receivers of a message; a comma may part them or belong to the name of one."""
    if (to, addresses) in thread.received:
        return
    thread.received.add((to, addresses))
    parts = re.split("[,;]", addresses, maxsplit=_SEVERAL * 2)
    urls = [url for part in parts if (url := part.strip())]
    if not urls:
        thread.lists.setdefault(to)
        return
    several = [to] if len(urls) == 1 else _apart(to)
    if len(several) != len(urls):
        several = [""] * len(urls)
    for name, address in zip(several, urls, strict=True):
        key = thread.takes_part(name, address)
        thread.first_to = thread.first_to or key


def _apart(listed: str) -> list[str]:
    """The names in ``Ada Lovelace, Grace Hopper, Ph.D.``."""
    found: list[str] = []
    for part in filter(None, map(str.strip, listed.split(",", _SEVERAL * 4))):
        if found and names.is_suffix(part):
            found[-1] += f", {part}"
        else:
            found.append(part)
    return found


def _owner(threads: Iterable[_Thread], said: str) -> _Owner:
    """Who is in most of the conversations; where two are, whoever the first was written to."""
    threads = list(threads)
    score = Counter(key for thread in threads for key in thread.names)
    called = {key: name for thread in threads for key, name in thread.names.items() if name}
    pages: dict[str, str] = {}
    for key, _ in score.most_common():
        if "/" in key:
            pages.setdefault(names.fold(called.get(key, "")), key)
    for key in [key for key in score if key in pages]:  # the same, where only a name stands
        score[pages[key]] += score.pop(key)
    if not score:
        return _Owner("", "", True)
    if said and (me := [k for k in score if names.fold(called.get(k, "")) == names.fold(said)]):
        return _Owner(max(me, key=score.__getitem__), said, True)
    most = max(score.values())
    first = [key for key, count in score.items() if count == most]
    words = set(names.fold(said).split())
    if len(words) > 1 and (me := [k for k in first if words <= set(_words(called.get(k, k)))]):
        return _Owner(me[0], called.get(me[0], me[0]), len(me) == 1)
    key = next((t.first_to for t in threads if t.first_to in first), first[0])
    return _Owner(key, called.get(key, key), len(first) == 1)


def _words(name: str) -> list[str]:
    return names.fold(name).split()


def _why_not(thread: _Thread, others: Sequence[str]) -> str:
    if thread.spam:
        return "in the spam folder"
    if thread.sponsored:
        return "an advertisement"
    if len(others) + thread.nameless > 1:
        return "several people"
    return "" if others and thread.names[others[0]] else "no name"


def _card(key: str, threads: Sequence[_Thread], newest: str, remarks: tuple[str, ...]) -> Card:
    theirs = [thread.newest[key] for thread in threads if key in thread.newest]
    mine = [wrote for t in threads for who, wrote in t.newest.items() if who != key]
    last = max([*theirs, *mine], key=lambda wrote: wrote[:2])
    thread = next(thread for thread in threads if thread.names[key])
    address = next((t.addresses[key] for t in threads if t.addresses.get(key)), "")
    profile = linkedin.key(address)
    return Card(
        last.row,
        thread.names[key],
        key=profile,
        reaches=linkedin.reaches(profile, address),
        talks=(
            Talk(
                last.day,
                _direction(mine, theirs, date.fromisoformat(newest)),
                "linkedin",
                linkedin.plain(last.text) or None,
            ),
        ),
        remarks=remarks,
    )


def _direction(mine: Sequence[_Wrote], theirs: Sequence[_Wrote], newest: date) -> str:
    """Who wrote last; both where it was an answer, unless it is theirs and may still wait."""
    if not mine or not theirs:
        return "me" if mine else "them"
    my_last, their_last = max(mine)[:2], max(theirs)[:2]
    my_day, their_day = date.fromisoformat(my_last[0]), date.fromisoformat(their_last[0])
    if their_last > my_last and newest - their_day <= EXCHANGE:
        return "them"
    if abs(my_day - their_day) <= EXCHANGE:
        return "both"
    return "them" if their_last > my_last else "me"


def _verbatim(lines: Sequence[str]) -> str:
    return "".join(lines).rstrip("\r\n")
