"""Killed in the middle of writing, and many first runs at once: nothing acknowledged is lost."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import TODAY, Program
from kinship.store import db as store

# Writes on and on, and says which number was saved, after it was.
_WRITER = """
import os, sys
from datetime import date
from kinship.services import contact, people
from kinship.services.contact import Talk
from kinship.store import db
file = db.open_file(sys.argv[1], wait=30)
(person,) = people.find(file, "ada").people
while True:
    talk = Talk(date(2026, 5, 20), text=f"{os.getpid()}")
    (logged,) = contact.log(file, [person], talk, today=date(2026, 5, 20))
    os.write(1, f"{logged.number}\\n".encode())
"""
_ROUNDS, _WRITERS = 50, 4


def test_two_hundred_kills_lose_no_acknowledged_write(kin: Program, path: Path) -> None:
    kin("add", "Ada", "Lovelace")
    chance = random.Random(7)
    acknowledged: set[int] = set()
    for _ in range(_ROUNDS):
        writers = [
            subprocess.Popen(
                [sys.executable, "-c", _WRITER, str(path)],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            for _ in range(_WRITERS)
        ]
        for writer in writers:
            assert writer.stdout
            for _ in range(chance.randrange(1, 4)):
                line = writer.stdout.readline()
                assert line, writer.stderr.read() if writer.stderr else ""
                acknowledged.add(int(line))
        for writer in chance.sample(writers, len(writers)):
            os.kill(writer.pid, signal.SIGKILL)
        for writer in writers:
            out, err = writer.communicate()
            acknowledged.update(int(n) for n in out.decode().split("\n")[:-1])
            assert b"locked" not in err
            assert b"Traceback" not in err
        with sqlite3.connect(path) as conn:
            assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert conn.execute("PRAGMA foreign_key_check").fetchone() is None
            saved = {n for (n,) in conn.execute("SELECT id FROM conversation")}
            stored = ", ".join(row[1] for row in conn.execute("PRAGMA table_info(pulse)"))
            pulse, reckoned = (
                conn.execute(f"SELECT {stored} FROM {name}").fetchall()
                for name in ("pulse", "pulse_reckoned")
            )
        assert acknowledged <= saved
        assert pulse == reckoned
    assert len(acknowledged) >= _ROUNDS * _WRITERS


def test_eight_first_runs_at_once_make_one_file(path: Path, kin: Program) -> None:
    env = {**os.environ, "KINSHIP_TODAY": TODAY}
    names = ["Ada", "Bea", "Cyd", "Dee", "Eli", "Fay", "Gus", "Hal"]
    runs = [
        subprocess.Popen(
            [sys.executable, "-m", "kinship", "add", name], env=env, stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
        )
        for name in names
    ]  # fmt: skip
    for run in runs:
        _, err = run.communicate()
        assert (run.returncode, err) == (0, b"")
    assert [row.split("\t")[0] for row in kin("list").splitlines()] == names
    assert [p.name for p in path.parent.iterdir()] == ["kinship.db"]


def test_whoever_waits_for_another_kinship_is_told(
    kin: Program, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kin("add", "Ada")
    monkeypatch.setattr(store, "_PATIENCE", 0.0)
    monkeypatch.setattr(store, "WRITE_WAIT", 0.1)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    said = kin("note", "ada", "likes tea", exit_code=6).err.splitlines()
    assert said[0] == "waiting for another kinship..."
    assert "another program is writing" in said[1]
    other.execute("ROLLBACK")
    other.close()
    assert kin("note", "ada", "likes tea").err == ""


# Reads in a file of three thousand people, half of them here, and says when it has begun to write.
_IMPORTER = """
import os, sys
from datetime import date
from kinship.model.card import Card, Reach
from kinship.services import importing
from kinship.services.importing import Aim, Told
from kinship.store import db
file = db.open_file(sys.argv[1], wait=30)
cards = [
    Card(n, f"Person {n}", key=f"k{n}", notes=("met once",),
         reaches=(Reach("email", f"p{n}@x.example"), Reach("phone", f"+49 151 {n:07}")))
    for n in range(int(sys.argv[2]))
]
plan = importing.plan(file, [Told("phone.vcf", "vcard", cards)], Aim(), date(2026, 5, 20))
os.write(1, b"planned\\n")
importing.carry_out(file, plan, date(2026, 5, 20), lambda done, _: os.write(1, b"%d\\n" % done))
os.write(1, b"written\\n")
"""


def test_an_import_that_is_killed_leaves_all_of_it_or_nothing(kin: Program, path: Path) -> None:
    kin("add", "Ada", "Lovelace")
    chance = random.Random(4)
    people = 1
    for size in range(300, 300 + 12 * 100, 100):
        importer = subprocess.Popen(
            [sys.executable, "-c", _IMPORTER, str(path), str(size)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert importer.stdout
        for _ in range(chance.randrange(1, 12)):
            line = importer.stdout.readline()
            assert line, importer.stderr.read() if importer.stderr else ""
            if line == b"written\n":
                break
        os.kill(importer.pid, signal.SIGKILL)
        importer.communicate()
        with sqlite3.connect(path) as conn:
            assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert conn.execute("PRAGMA foreign_key_check").fetchone() is None
            triggers = conn.execute("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'")
            assert triggers.fetchone()[0] > 50
            counts = [
                conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                for table in ("source", "note", "pulse")
            ]
        assert counts[0] == counts[1] == counts[2] - 1
        assert counts[0] in (people - 1, size)
        people = counts[0] + 1
    assert "Ada Lovelace" in kin("show", "ada")
