"""Likely doubles among many: ``python bench/doubles.py [PEOPLE]`` prints what is found of what is there.

Among invented people of many languages some are here twice, each by a kind of error that real
address books have, and some only look as if they were. The same size and seed give the same rows.
"""

import argparse
import gc
import os
import resource
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from random import Random
from typing import NamedTuple

import generate
from kinship.model import handles, names, same_name
from kinship.services import doubles
from kinship.store import db, derived, schema

_EACH = 1_000
"""Of so many people each, one is here twice by each kind of error, or has a look-alike."""
_HOSTS = ("gmail.com", "gmx.de", "outlook.com", "yahoo.com", "proton.me")
RECALL, SECONDS = 97.0, 3.0


class Entry(NamedTuple):
    """One row of an address book; ``handles`` are kind and handle."""

    name: str
    org: str = ""
    city: str = ""
    birthday: str = ""
    handles: tuple[tuple[str, str], ...] = ()


class Maker:
    """People, and what becomes of them in a second address book."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.count = 0

    def person(self, *words: str) -> Entry:
        """Somebody new; with ``words`` that is the name."""
        pick = self.random.random
        self.count += 1
        name = " ".join(words) or generate.person_name(pick)
        held = []
        if pick() < 0.5:
            held.append(("email", f"{names.slug(name)[:40] or 'x'}{self.count}@{self.host()}"))
        if pick() < 0.4:
            held.append(("phone", f"+44 7{self.random.randrange(10**9):09}"))
        if pick() < 0.3:
            held.append(("linkedin", f"{names.slug(name)[:40] or 'x'}-{self.count}"))
        return Entry(
            name,
            self.org() if pick() < 0.7 else "",
            self.city() if pick() < 0.6 else "",
            self.day() if pick() < 0.15 else "",
            tuple(held),
        )

    def host(self) -> str:
        return self.random.choice(_HOSTS)

    def org(self) -> str:
        first, second = generate.ORGS
        name = f"{self.random.choice(first)} {self.random.choice(second)}"
        return name if self.random.random() < 0.5 else f"{name} {self.city()}"

    def city(self) -> str:
        return self.random.choice(generate.CITIES)

    def day(self) -> str:
        pick = self.random.randrange
        return f"{pick(1940, 2005)}-{pick(1, 13):02}-{pick(1, 29):02}"

    def western(self) -> list[str]:
        """A name of two long words in Latin letters."""
        while True:
            words = generate.person_name(self.random.random).split()
            if len(words) == 2 and all(w.isalpha() and len(w) > 4 and w < "\u0250" for w in words):
                return words

    def called(self) -> tuple[list[str], str]:
        """A name, and what else its given name may be."""
        while True:
            words = self.western()
            groups = same_name.called(same_name.spelt(names.fold(words[0])))
            if groups:
                group = same_name.group(self.random.choice(sorted(groups)))
                other = self.random.choice(group)
                if other != names.fold(words[0]):
                    return words, other.title()

    def at(self, entry: Entry) -> Entry:
        return entry._replace(org=entry.org or self.org())

    def of(self, entry: Entry) -> Entry:
        return entry._replace(city=entry.city or self.city())

    # Twice

    def one_address(self) -> tuple[Entry, Entry]:
        one = self.person(*self.western())
        mail = ("email", f"one{self.count}@{self.host()}")
        return one._replace(handles=(mail,)), Entry(one.name, handles=(mail,))

    def one_page(self) -> tuple[Entry, Entry]:
        one = self.person(*self.western())
        page = ("linkedin", f"page-{self.count}")
        married = f"{one.name.split()[0]} {self.western()[1]}"
        return one._replace(handles=(page,)), Entry(married, handles=(page,))

    def one_number(self) -> tuple[Entry, Entry]:
        one = self.person(*self.western())
        line = f"20 7{self.random.randrange(10**3):03} {self.random.randrange(10**4):04}"
        spellings = (("phone", f"+44 {line}"),), (("phone", f"(0{line[:2]}) {line[3:]}"),)
        return one._replace(handles=spellings[0]), Entry(one.name, handles=spellings[1])

    def nickname(self) -> tuple[Entry, Entry]:
        words, other = self.called()
        one = self.at(self.person(*words))
        return one, Entry(f"{other} {words[1]}", one.org)

    def initial(self) -> tuple[Entry, Entry]:
        words = self.western()
        one = self.at(self.person(*words))
        return one, Entry(f"{words[0][0]}. {words[1]}", one.org)

    def swapped(self) -> tuple[Entry, Entry]:
        words = self.western()
        one = self.at(self.person(*words))
        return one, Entry(f"{words[1]} {words[0]}", one.org)

    def accents(self) -> tuple[Entry, Entry]:
        while True:
            words = self.western()
            if not " ".join(words).isascii():
                break
        one = self.at(self.person(*words))
        plain = " ".join(words).replace("ü", "ue").replace("ö", "oe").replace("ä", "ae")
        return one, Entry(names.fold(plain).title(), one.org)

    def slip(self, change: Callable[[str, int], str]) -> tuple[str, str]:
        words = self.western()
        which = self.random.randrange(2)
        while True:
            wrong = change(words[which], self.random.randrange(1, len(words[which]) - 1))
            if wrong != words[which]:
                break
            words = self.western()
        other = [*words]
        other[which] = wrong
        return " ".join(words), " ".join(other)

    def letters_swapped(self) -> tuple[Entry, Entry]:
        right, wrong = self.slip(lambda w, n: w[:n] + w[n + 1] + w[n] + w[n + 2 :])
        one = self.of(self.person(right))
        return one, Entry(wrong, city=one.city)

    def letter_missing(self) -> tuple[Entry, Entry]:
        right, wrong = self.slip(lambda w, n: w[:n] + w[n + 1 :])
        one = self.at(self.person(right))
        return one, Entry(wrong, one.org)

    def letter_doubled(self) -> tuple[Entry, Entry]:
        right, wrong = self.slip(lambda w, n: w[:n] + w[n] + w[n:])
        one = self.at(self.person(right))
        return one, Entry(wrong, one.org)

    def middle_name(self) -> tuple[Entry, Entry]:
        words = self.western()
        one = self.at(self.person(words[0], self.western()[0], words[1]))
        return one, Entry(" ".join(words), one.org)

    def one_company(self) -> tuple[Entry, Entry]:
        one = self.at(self.person(*self.western()))
        return one, Entry(one.name, f"{one.org} Ltd", handles=(("email", f"n{self.count}@gmx.de"),))

    # Two people

    def namesakes(self) -> tuple[Entry, Entry]:
        one = self.of(self.at(self.person(*self.western())))
        while True:
            other = Entry(one.name, self.org(), self.city())
            if other.org != one.org and other.city != one.city:
                return one, other

    def colleagues(self) -> tuple[Entry, Entry]:
        one = self.at(self.person(*self.western()))
        host = f"{names.slug(one.org)}.example"
        mails = [(("email", f"{names.slug(one.name)}{n}@{host}"),) for n in ("", "2")]
        return one._replace(handles=mails[0]), one._replace(handles=mails[1])

    def father_and_son(self) -> tuple[Entry, Entry]:
        one = self.of(self.person(*self.western()))
        line = (("phone", f"+44 20 8{self.random.randrange(10**6):06}"),)
        return one._replace(handles=line), Entry(f"{one.name} Jr.", city=one.city, handles=line)

    def generations(self) -> tuple[Entry, Entry]:
        one = self.of(self.person(*self.western()))
        line = (("phone", f"+44 20 9{self.random.randrange(10**6):06}"),)
        one = one._replace(handles=line, birthday=f"19{self.random.randrange(40, 60)}-03-04")
        return one, one._replace(birthday=f"19{self.random.randrange(70, 90)}-11-12", org="")

    def family_mailbox(self) -> tuple[Entry, Entry]:
        words = self.western()
        one = self.of(self.person(*words))
        mail = (("email", f"{names.slug(words[1])}{self.count}@{self.host()}"),)
        while True:
            given = self.western()[0]
            if same_name.contradict(one.name, f"{given} {words[1]}"):
                break
        return one._replace(handles=mail), Entry(f"{given} {words[1]}", city=one.city, handles=mail)

    def couple(self) -> tuple[Entry, Entry]:
        words = self.western()
        pair = self.random.choice(
            (("Martin", "Martina"), ("Daniel", "Daniela"), ("Mario", "Maria"), ("Paul", "Paula"))
        )
        one = self.of(self.person(pair[0], words[1]))
        line = (("phone", f"+49 30 {self.random.randrange(10**7):07}"),)
        return one._replace(handles=line), Entry(
            f"{pair[1]} {words[1]}", city=one.city, handles=line
        )

    def same_birthday_apart(self) -> tuple[Entry, Entry]:
        one = self.at(self.person(*self.western()))._replace(birthday="1970-05-06")
        return one, Entry(one.name, one.org, birthday="1988-09-10")


TWICE = (
    *("one_address", "one_page", "one_number", "nickname", "initial", "swapped", "accents"),
    *("letters_swapped", "letter_missing", "letter_doubled", "middle_name", "one_company"),
)
APART = (
    *("namesakes", "colleagues", "father_and_son", "generations", "family_mailbox", "couple"),
    "same_birthday_apart",
)


def entries(people: int, seed: int) -> Iterator[tuple[Entry, str, int]]:
    """Rows in the order of a file; those that belong together have the same kind and number."""
    made = Maker(seed)
    each = max(1, people // _EACH)
    rows: list[tuple[Entry, str, int]] = []
    for kind in (*TWICE, *APART):
        for number in range(each):
            rows += [(entry, kind, number) for entry in getattr(made, kind)()]
    rows += [(made.person(), "", n) for n in range(people - len(rows))]
    made.random.shuffle(rows)
    yield from rows


def write(path: str, rows: list[tuple[Entry, str, int]]) -> None:
    """A new file of these people."""
    db.create(path)
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("PRAGMA synchronous = OFF")
    conn.execute("BEGIN IMMEDIATE")
    for (name,) in conn.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        conn.execute(f'DROP TRIGGER "{name}"')
    for number, (entry, _, _) in enumerate(rows, 1):
        conn.execute(
            "INSERT INTO person (id, name, name_key, org, city, birthday, known, added_on)"
            " VALUES (?, ?, ?, nullif(?, ''), nullif(?, ''), nullif(?, ''), 'known', '2026-01-01')",
            (number, entry.name, names.fold(entry.name), *entry[1:4]),
        )
        for kind, handle in entry.handles:
            conn.execute(
                "INSERT INTO channel (person_id, kind, handle, handle_key) VALUES (?, ?, ?, ?)",
                (number, kind, handle, handles.key(kind, handle)),
            )
    for statement in derived.REBUILD:
        conn.execute(statement)
    schema.upgrade(conn)
    conn.execute("COMMIT")
    conn.close()


def measure(people: int, seed: int) -> bool:
    """Print what is found, by kind, and whether the bound is met."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "doubles.db")
        rows = list(entries(people, seed))
        write(path, rows)
        opened = db.open_file(path)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        gc.disable()  # as the program does when it starts
        started = time.process_time()
        found = {tuple(sorted((d.into, d.other))) for d in doubles.likely(opened)}
        seconds = time.process_time() - started
        memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        opened.close()
    where: dict[tuple[str, int], list[int]] = {}
    for number, (_, kind, which) in enumerate(rows, 1):
        if kind:
            where.setdefault((kind, which), []).append(number)
    labelled = {tuple(pair): kind for (kind, _), pair in where.items()}
    there, got = Counter(labelled.values()), Counter(labelled.get(pair, "") for pair in found)
    print(
        f"\n{people:,} people, {len(found):,} likely doubles, {seconds:.2f} s of processor time, {memory:.0f} MB"
    )
    for title, kinds in (("here twice: found", TWICE), ("two people: taken for one", APART)):
        print(f"  {title}")
        for kind in kinds:
            share = 100 * got[kind] / there[kind]
            print(
                f"    {kind.replace('_', ' '):<22} {got[kind]:>6} of {there[kind]:>6}  {share:5.1f} %"
            )
    right = sum(got[kind] for kind in TWICE)
    wrong = sum(got[kind] for kind in APART)
    recall = 100 * right / sum(there[kind] for kind in TWICE)
    precision = 100 * right / max(1, len(found))
    print(f"  by chance alike: {got['']}; taken wrongly: {wrong}")
    print(f"  recall {recall:.1f} %, precision {precision:.1f} %")
    met = recall >= RECALL and seconds <= SECONDS
    print(f"12  likely doubles  bound {RECALL:.0f} %, {SECONDS:.0f} s: {'ok' if met else 'over'}")
    return met


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("people", type=int, nargs="?", default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    measure(asked.people, asked.seed)


if __name__ == "__main__":
    main()
