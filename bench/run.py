"""Measure the bounds: whole processes against ``python -c "import sqlite3"`` of the same venv.

Every figure is a median of ratios taken pair by pair, the commands interleaved; only ratios mean
anything on another machine. The bounds: docs/rules.md.
"""

import argparse
import csv
import fcntl
import hashlib
import os
import pty
import shutil
import sqlite3
import statistics
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from random import Random
from string import ascii_lowercase
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

if TYPE_CHECKING:
    from kinship.model.person import Person
    from kinship.store.db import Db

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, ".data")
VENV = os.path.join(DATA, "venv")
HOME = os.path.join(DATA, "home")
TODAY = "2026-05-20"
EVENT = "pycon-2026-london"
"""One of the sixty events of each file, with one of eighty people there."""
COMMUNITY = "choir-london"
"""One of the twenty-five communities, with one of eighty people in it."""
_BASE = (os.path.join(VENV, "bin", "python"), "-c", "import sqlite3")
# A child's peak counts what its parent had at the moment of the spawn, so the parent is a small one.
_PEAK = (
    "import posix, sys;"
    "pid = posix.posix_spawn(sys.argv[1], sys.argv[1:], posix.environ);"
    "posix.write(3, b'%d' % posix.wait4(pid, 0)[2].ru_maxrss)"
)


class Cost(NamedTuple):
    """What one process took, in seconds."""

    wall: float
    cpu: float
    code: int


class Case(NamedTuple):
    """A command line to time, and the bound that holds for it."""

    bound: int
    what: str
    words: tuple[str, ...]
    file: str
    limit: float | None
    terminal: bool = False
    codes: tuple[int, ...] = (0,)
    undo: bool = False


class Figure(NamedTuple):
    """One row of the answer."""

    bound: int
    what: str
    limit: float | None
    wall: float
    cpu: float | None = None
    milliseconds: float | None = None


# Making what is measured


def install() -> None:
    """A new venv with this checkout in it, as a user would have it."""
    shutil.rmtree(VENV, ignore_errors=True)
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([sys.executable, "-m", "venv", VENV], check=True, env=env)
    # pip before 24 writes start scripts that import re.
    for words in (["--upgrade", "pip"], [os.path.dirname(HERE)]):
        subprocess.run([_BASE[0], "-m", "pip", "install", "-qq", *words], check=True, env=env)


def data(people: int) -> str:
    """The generated file of this size; made again when what makes it has changed."""
    digest = hashlib.sha256()
    source = os.path.join(os.path.dirname(HERE), "src", "kinship")
    store = os.path.join(source, "store")
    parts = [os.path.join(store, name) for name in sorted(os.listdir(store)) if name[-3:] == ".py"]
    parts += [os.path.join(source, "model", name) for name in ("names.py", "channel.py")]
    for part in (os.path.join(HERE, "generate.py"), *parts):
        with open(part, "rb") as file:
            digest.update(file.read())
    path = os.path.join(DATA, f"{people}-{digest.hexdigest()[:8]}.db")
    if not os.path.exists(path):
        for name in os.listdir(DATA):
            if name.startswith(f"{people}-"):
                os.unlink(os.path.join(DATA, name))
        started = time.perf_counter()
        script = os.path.join(HERE, "generate.py")
        subprocess.run([_BASE[0], script, path + ".new", str(people)], check=True)
        os.rename(path + ".new", path)
        print(f"made {people:,} people in {time.perf_counter() - started:.1f} s", flush=True)
    return path


# Running


def environment(file: str = "") -> dict[str, str]:
    return {
        "HOME": HOME,
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "KINSHIP_TODAY": TODAY,
        "KINSHIP_PAGER": "",
        "KINSHIP_DB": file,
    }


def run(words: tuple[str, ...], file: str, *, terminal: bool = False) -> Cost:
    """Start a process, read all it says, and wait for it."""
    ours, theirs = _terminal() if terminal else os.pipe()
    nowhere = os.open(os.devnull, os.O_RDONLY)
    actions = [
        (os.POSIX_SPAWN_DUP2, theirs if terminal else nowhere, 0),
        (os.POSIX_SPAWN_DUP2, theirs, 1),
        (os.POSIX_SPAWN_DUP2, theirs, 2),
    ]
    env = environment(file)
    started = time.perf_counter()
    pid = os.posix_spawn(words[0], words, env, file_actions=actions)
    os.close(theirs)
    _drain(ours)
    _, status, used = os.wait4(pid, 0)
    wall = time.perf_counter() - started
    os.close(ours)
    os.close(nowhere)
    return Cost(wall, used.ru_utime + used.ru_stime, os.waitstatus_to_exitcode(status))


def peak(words: tuple[str, ...], file: str, *, terminal: bool) -> int:
    """The most memory the process had, in the units of ``ru_maxrss``."""
    ours, theirs = _terminal() if terminal else os.pipe()
    answer, told = os.pipe()
    actions = [(os.POSIX_SPAWN_DUP2, theirs, n) for n in (0, 1, 2)]
    actions.append((os.POSIX_SPAWN_DUP2, told, 3))
    spawner = (_BASE[0], "-I", "-S", "-c", _PEAK, *words)
    pid = os.posix_spawn(spawner[0], spawner, environment(file), file_actions=actions)
    os.close(theirs)
    os.close(told)
    _drain(ours)
    os.waitpid(pid, 0)
    figure = int(os.read(answer, 100))
    os.close(ours)
    os.close(answer)
    return figure


def _terminal() -> tuple[int, int]:
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    return ours, theirs


def _drain(descriptor: int) -> None:
    try:
        while os.read(descriptor, 65536):
            pass
    except OSError:  # how Linux says that nobody is left at the terminal
        pass


# What is measured


def cases(small: str, large: str, copy: str, rounds: int) -> Iterator[list[Case]]:
    """The commands of each round; those that write get a person or a promise of their own."""
    unique, promised = _people(large, rounds + 1)
    for n in range(rounds):
        who, promise = unique[n], promised[n % len(promised)]
        # A frequent given name, so that the search for namesakes has something to read.
        family = "".join(Random(n).choices(ascii_lowercase, k=9)).title()
        new = ("add", f"{('Mary', 'James', 'John')[n % 3]} {family}", "--at", "PyCon 2026")
        talked = ("log", who, "compilers, and bread")
        named = (
            ("prompt", ("prompt",), (0,)),
            ("due --brief", ("due", "--brief"), (0,)),
            ("due --count", ("due", "--count"), (0,)),
            ("due --check", ("due", "--check"), (0, 1)),
        )
        pages = (
            ("due", ("due",)),
            ("show WHO", ("show", who)),
            ("list -n 20", ("list", "-n", "20")),
            ("list at:EVENT -n 20", ("list", f"at:{EVENT}", "-n", "20")),
            ("list is:listening -n 20", ("list", "is:listening", "-n", "20")),
            ("event show EVENT", ("event", "show", EVENT)),
            ("community", ("community",)),
            ("community show COMMUNITY", ("community", "show", COMMUNITY)),
            ("path WHO", ("path", who)),
            ("mutual WHO WHO", ("mutual", who, unique[n + 1])),
            ("mutual -n 20", ("mutual", "-n", "20")),
            ("ask TOPIC", ("ask", "compilers")),
            ("ask", ("ask",)),
            ("favours -n 20", ("favours", "-n", "20")),
            ("stats", ("stats",)),
        )
        yield [
            *(Case(1, what, words, large, 1.25, codes=codes) for what, words, codes in named),
            *(
                Case(2, f"{what}, terminal", words, large, 6.5, terminal=True)
                for what, words in pages
            ),
            *(Case(3, f"{what}, piped", words, large, 4.5) for what, words in pages),
            Case(3, "add", new, copy, 4.5),
            Case(3, "log", talked, copy, 4.5),
            Case(3, "done", ("done", promise, "sent it"), copy, 4.5, undo=True),
            Case(3, "list --json -n 20", ("list", "--json", "-n", "20"), large, 4.5),
            Case(4, "due, piped", ("due",), small, 1.10),
            Case(4, "due, piped", ("due",), large, 1.10),
            Case(4, "due, terminal", ("due",), small, 1.10, terminal=True),
            Case(4, "due, terminal", ("due",), large, 1.10, terminal=True),
            Case(5, "-h", ("-h",), large, 5),
            Case(5, "add -h", ("add", "-h"), large, 5),
            Case(5, "due --jsno (mistyped)", ("due", "--jsno"), large, 5, codes=(2,)),
        ]


def _people(file: str, rounds: int) -> tuple[list[str], list[str]]:
    """Names that only one person has, and the numbers of the people with a promise due."""
    conn = sqlite3.connect(file)
    unique = conn.execute(
        "SELECT name FROM person WHERE id > 0 AND archived_on IS NULL"
        " AND name_key GLOB '[a-z]* [a-z]*'"
        " AND name_key IN (SELECT name_key FROM person GROUP BY name_key HAVING count(*) = 1)"
        " ORDER BY uid LIMIT ?",
        (rounds,),
    ).fetchall()
    promised = conn.execute(
        "SELECT person_id FROM follow_up WHERE state = 'open' AND on_day <= ? ORDER BY id", (TODAY,)
    ).fetchall()
    conn.close()
    return [row[0] for row in unique], [str(row[0]) for row in promised]


def timed(kinship: str, small: str, large: str, rounds: int) -> list[Figure]:
    """Bounds 1 to 5, and what has none."""
    copy = os.path.join(DATA, "copy.db")
    shutil.copyfile(large, copy)
    os.sync()  # or the first writes wait for the disk to take the copy
    pairs: dict[tuple[int, str, float | None], list[tuple[Cost, Cost]]] = {}
    run(_BASE, "")
    for asked in cases(small, large, copy, rounds):
        before: Cost | None = None
        for case in asked:
            words = (kinship, *case.words)
            if case.bound != 4:
                before = run(_BASE, "", terminal=case.terminal)
            cost = run(words, case.file, terminal=case.terminal)
            if cost.code not in case.codes:
                sys.exit(f"{' '.join(words)} (KINSHIP_DB={case.file}) ended with {cost.code}")
            if case.undo:
                run((kinship, "undo"), case.file)
            if case.bound == 4 and case.file == small:
                before = cost
                continue
            assert before is not None
            pairs.setdefault((case.bound, case.what, case.limit), []).append((before, cost))
    os.unlink(copy)
    return [
        Figure(
            *key,
            statistics.median(cost.wall / base.wall for base, cost in several),
            statistics.median(cost.cpu / base.cpu for base, cost in several),
            1000 * statistics.median(cost.wall for _, cost in several),
        )
        for key, several in pairs.items()
    ]


def memory(kinship: str, large: str, rounds: int) -> Figure:
    """Bound 7."""
    ratios = [
        peak((kinship, "due"), large, terminal=True) / peak(_BASE, "", terminal=True)
        for _ in range(rounds)
    ]
    return Figure(7, "peak memory of due, terminal", 2.5, statistics.median(ratios))


def connections(file: str, rows: int) -> str:
    """LinkedIn connections, half of them people of the file by their profile; where they are."""
    path = os.path.join(DATA, "Connections.csv")
    conn = sqlite3.connect(file)
    known = conn.execute(
        "SELECT p.name, c.handle, p.org, p.role FROM channel c JOIN person p ON p.id = c.person_id"
        " WHERE c.kind = 'linkedin' ORDER BY p.uid LIMIT ?",
        (rows // 2,),
    ).fetchall()
    conn.close()
    chance = Random(1)
    given = [name.partition(" ")[0] for name, *_ in known]
    people = [(name, handle, org or "Acme", role or "editor") for name, handle, org, role in known]
    for n in range(rows - len(known)):
        family = "".join(chance.choices(ascii_lowercase, k=7))
        name = f"{chance.choice(given)} {family.title()}"
        people.append((name, f"{family}-{n}", "Engines", "analyst"))
    chance.shuffle(people)
    with open(path, "w", encoding="utf-8", newline="") as out:
        written = csv.writer(out)
        written.writerow(
            [
                "First Name",
                "Last Name",
                "URL",
                "Email Address",
                "Company",
                "Position",
                "Connected On",
            ]
        )
        for n, (name, handle, org, role) in enumerate(people):
            first, _, last = name.partition(" ")
            mail = f"{handle}@mail.example" if n % 10 == 0 and handle.isascii() else ""
            url = f"https://www.linkedin.com/in/{quote(handle)}"
            written.writerow((first, last, url, mail, org, role, "21 Nov 2024"))
    return path


def importing(kinship: str, large: str, people: int, rounds: int) -> Iterator[Figure]:
    """Bound 10: three people in ten come in a file, matched, written, journaled and indexed."""
    rows = connections(large, people * 3 // 10)
    copy = os.path.join(DATA, "copy.db")
    words = (kinship, "import", rows, "-y")
    pairs, peaks = [], []
    for _ in range(rounds):
        shutil.copyfile(large, copy)
        os.sync()
        before = run(_BASE, "")
        cost = run(words, copy)
        if cost.code:
            sys.exit(f"{' '.join(words)} (KINSHIP_DB={copy}) ended with {cost.code}")
        pairs.append((before, cost))
        shutil.copyfile(large, copy)
        peaks.append(peak(words, copy, terminal=False) / 1024)
    os.unlink(copy)
    yield Figure(
        10,
        "import, 3 in 10 people",
        100,
        statistics.median(cost.wall / base.wall for base, cost in pairs),
        statistics.median(cost.cpu / base.cpu for base, cost in pairs),
        1000 * statistics.median(cost.wall for _, cost in pairs),
    )
    yield Figure(10, "import, peak MB", 150, statistics.median(peaks))


def exports(kinship: str, smaller: str, large: str, rounds: int) -> Iterator[Figure]:
    """Bound 11: everybody as CSV, and how much more memory that takes than with fewer people."""
    words = (kinship, "export")
    costs = [(run(_BASE, ""), run(words, large)) for _ in range(rounds)]
    yield Figure(
        11,
        "export, CSV",
        50,
        statistics.median(cost.wall / base.wall for base, cost in costs),
        statistics.median(cost.cpu / base.cpu for base, cost in costs),
        1000 * statistics.median(cost.wall for _, cost in costs),
    )
    grown = [
        peak(words, large, terminal=False) / peak(words, smaller, terminal=False)
        for _ in range(rounds)
    ]
    yield Figure(11, "its peak memory, to fewer people", 1.25, statistics.median(grown))


class Inside(NamedTuple):
    """Something to time within one process: what is done to an open file, again and again."""

    bound: int
    what: str
    limit: float | None  # milliseconds that 95 of 100 stay under
    times: int
    question: Callable[[sqlite3.Connection, int], object]


def _agenda(conn: sqlite3.Connection, _: int) -> object:
    from kinship.store.agenda import ITEMS  # noqa: PLC0415  (of the venv, not of this checkout)

    return conn.execute(ITEMS, {"day": TODAY, "until": "2026-05-27"}).fetchall()


def _search(conn: sqlite3.Connection, n: int) -> object:
    """One word, any that was ever written being as likely as another; its first 20 people."""
    from datetime import date  # noqa: PLC0415  (of the venv, not of this checkout)

    from kinship.model import query  # noqa: PLC0415
    from kinship.services import querying  # noqa: PLC0415
    from kinship.store import search  # noqa: PLC0415
    from kinship.store.db import Db  # noqa: PLC0415

    if not WORDS:
        conn.execute(
            "CREATE VIRTUAL TABLE temp.written USING fts5vocab (main, entry_search, 'row')"
        )
        WORDS.extend(word for (word,) in conn.execute("SELECT term FROM written WHERE term > 'a'"))
        Random(1).shuffle(WORDS)
    db = Db(conn, "")
    asked = query.parse([WORDS[n]], date.fromisoformat(TODAY))
    chosen = search.numbers(db, asked, TODAY)
    return querying.of(db, search.ordered(db, chosen, TODAY, limit=20))


def _path(*, strong: bool) -> Callable[[sqlite3.Connection, int], object]:
    """The best way between any two people."""

    def question(conn: sqlite3.Connection, n: int) -> object:
        from datetime import date  # noqa: PLC0415  (of the venv, not of this checkout)

        from kinship.services import wayfinding  # noqa: PLC0415
        from kinship.store.db import Db  # noqa: PLC0415

        db, today = Db(conn, ""), date.fromisoformat(TODAY)
        one, other = _two(db, n)
        return wayfinding.paths(db, one, other, most=1, strong=strong, today=today)

    return question


def _mutual(conn: sqlite3.Connection, n: int) -> object:
    """Whom two people both know, and whom somebody and you."""
    from datetime import date  # noqa: PLC0415  (of the venv, not of this checkout)

    from kinship.services import acquaintances  # noqa: PLC0415
    from kinship.store.db import Db  # noqa: PLC0415

    db, today = Db(conn, ""), date.fromisoformat(TODAY)
    one, other = _two(db, n)
    return acquaintances.of_two(db, one, other, today), acquaintances.both(db, one, today)


def _two(db: "Db", n: int) -> list["Person"]:
    """Two people, drawn by chance."""
    from kinship.store import people  # noqa: PLC0415  (of the venv, not of this checkout)

    highest = db.value("SELECT max(id) FROM person")
    return list(people.by_ids(db, Random(n).sample(range(1, highest + 1), 2)).values())


WORDS: list[str] = []
INSIDE = (
    Inside(4, "the query behind due", 1.0, 100, _agenda),
    Inside(8, "list WORD, first 20", 16.0, 300, _search),
    Inside(13, "path WHO WHO --strong", 10.0, 300, _path(strong=True)),
    Inside(0, "path WHO WHO, with small hubs", None, 300, _path(strong=False)),
    Inside(0, "mutual WHO WHO and mutual WHO", None, 300, _mutual),
)


def ask(number: int, file: str) -> None:
    """Print the 95th percentile of an entry of INSIDE, in milliseconds."""
    case = INSIDE[number]
    conn = sqlite3.connect(file)
    case.question(conn, 0)
    taken = []
    for n in range(case.times):
        started = time.perf_counter()
        case.question(conn, n)
        taken.append(1000 * (time.perf_counter() - started))
    print(statistics.quantiles(taken, n=20)[-1])


def inside(file: str) -> Iterator[Figure]:
    """The figures of INSIDE, each from a process of its own that has this kinship installed."""
    for number, case in enumerate(INSIDE):
        words = [_BASE[0], os.path.abspath(__file__), "--ask", str(number), file]
        said = subprocess.run(words, check=True, capture_output=True, env=environment()).stdout
        yield Figure(case.bound, f"{case.what}, p95 ms", case.limit, float(said))


def report(figures: list[Figure]) -> None:
    print(f"{'#':>2}  {'what':<38} {'bound':>6} {'figure':>7} {'cpu':>6} {'ms':>6}")
    for f in figures:
        cpu = "" if f.cpu is None else f"{f.cpu:.2f}"
        ms = "" if f.milliseconds is None else f"{f.milliseconds:.0f}"
        limit = "" if f.limit is None else f"{f.limit:.2f}"
        verdict = "" if f.limit is None else "ok" if f.wall <= f.limit else "over"
        print(
            f"{f.bound or '':>2}  {f.what:<38} {limit:>6} {f.wall:>7.2f} {cpu:>6} {ms:>6}  {verdict}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="100,10000,100000", help="smallest to largest")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--reuse", action="store_true", help="keep the venv of the last run")
    parser.add_argument("--ask", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.ask:
        ask(int(asked.ask[0]), asked.ask[1])
        return
    sizes = sorted({int(size) for size in asked.sizes.split(",")})
    if len(sizes) < 2:
        parser.error("--sizes needs two sizes or more: bound 4 compares them")
    os.makedirs(HOME, exist_ok=True)
    if not asked.reuse:
        install()
    files = [data(size) for size in sizes]
    kinship = os.path.join(VENV, "bin", "kinship")
    for size, smaller, file in zip(sizes[1:], files, files[1:], strict=False):
        figures = timed(kinship, files[0], file, asked.rounds)
        figures.append(memory(kinship, file, min(asked.rounds, 5)))
        figures += exports(kinship, smaller, file, min(asked.rounds, 5))
        figures += inside(file)
        figures += importing(kinship, file, size, min(asked.rounds, 3))
        print(f"\n{size:,} people (bound 4: against {sizes[0]:,}), {asked.rounds} rounds;", end=" ")
        print('ratios to python -c "import sqlite3"')
        report(figures)


if __name__ == "__main__":
    main()
