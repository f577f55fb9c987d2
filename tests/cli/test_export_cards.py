"""``export`` as vCards and Markdown: to a stream, a file, or a folder with a file a person."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import vobject
from inline_snapshot import snapshot

from conftest import Program
from kinship.formats import Source, vcard
from kinship.model.card import Card

HARD = 'Ada "the first" Lovelace; née Byron, 👩‍💻'


@pytest.fixture
def people(kin: Program, path: Path) -> None:
    kin(
        "add",
        "Ada Lovelace",
        "--at",
        "PyCon",
        "+weaving",
        "--via",
        "linkedin:adal",
        "--city",
        "London",
    )
    kin("edit", "ada", "--birthday", "1815-12-10", "--org", "Analytical Engines, Ltd.")
    kin("note", "ada", "likes horses; and commas, too")
    kin("keep", "ada", "monthly")
    kin("add", "Zoë Ångström", "zoe@fjord.example")
    kin("edit", "zoe", "--birthday", "12 apr")
    with sqlite3.connect(path) as conn:
        conn.execute("UPDATE person SET uid = printf('%032x', id)")


def read(text: str | bytes) -> list[Card]:
    data = text.encode() if isinstance(text, str) else text
    return [one for one in vcard.read(Source("", data)) if isinstance(one, Card)]


def test_a_card_as_other_programs_get_it(kin: Program, people: None) -> None:
    assert kin("export", "ada", "--format", "vcf").replace("\r\n", "\n") == snapshot("""\
BEGIN:VCARD
VERSION:4.0
PRODID:-//kinship//vCard//EN
UID:urn:uuid:00000000-0000-0000-0000-000000000001
FN:Ada Lovelace
N:Lovelace;Ada;;;
ORG:Analytical Engines\\, Ltd.
ADR:;;;London;;;
X-KINSHIP-ADR:;London
BDAY:18151210
X-SOCIALPROFILE;TYPE=linkedin:https://www.linkedin.com/in/adal
CATEGORIES:weaving,PyCon
NOTE:likes horses\\; and commas\\, too\\n\\nMet at PyCon on 2026-05-20. Knows a
 bout weaving.
X-KINSHIP-NOTES:29
X-KINSHIP-KNOWN:in person
X-KINSHIP-CADENCE:1mo
X-KINSHIP-ABOUT:weaving
X-KINSHIP-TALK:2026-05-20;both;;met;PyCon;
END:VCARD
""")


def test_old_programs_get_an_older_version(kin: Program, people: None) -> None:
    said = kin("export", "zoe", "--format", "vcf", "--vcard-version", "3.0")
    assert said.replace("\r\n", "\n") == snapshot("""\
BEGIN:VCARD
VERSION:3.0
PRODID:-//kinship//vCard//EN
UID:urn:uuid:00000000-0000-0000-0000-000000000002
FN:Zoë Ångström
N:Ångström;Zoë;;;
BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-12
EMAIL:zoe@fjord.example
END:VCARD
""")
    refused = kin("export", "--format", "vcf", "--vcard-version", "2.1", exit_code=2)
    assert refused.err == snapshot("""\
kinship: vCards are 4.0 or 3.0, not "2.1". Nothing was written.
  kinship export -o people.vcf --vcard-version 3.0
""")


def test_a_page_of_markdown(kin: Program, people: None) -> None:
    assert kin("export", "ada", "--format", "md") == snapshot("""\
<!-- Written by kinship. -->

# Ada Lovelace

Analytical Engines, Ltd., London

- birthday: 1815-12-10
- keep: 1mo
- topics: weaving

## Channels

- LinkedIn: [adal](<https://www.linkedin.com/in/adal>)

## Notes

- likes horses; and commas, too

## Conversations

- 2026-05-20 (met, PyCon)
""")


def test_the_end_of_the_name_chooses_the_format(kin: Program, people: None, tmp_path: Path) -> None:
    for name, begins in (
        ("a.vcf", "BEGIN:VCARD"),
        ("a.md", "<!--"),
        ("a.json", "["),
        ("a", "name"),
    ):
        for _ in range(2):  # a file of ours is replaced
            kin("export", "-o", str(tmp_path / name))
        assert (tmp_path / name).read_text().startswith(begins)
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600


def test_a_card_of_another_program_is_not_replaced(
    kin: Program, people: None, tmp_path: Path
) -> None:
    mine = tmp_path / "mine.vcf"
    mine.write_text("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Mine\r\nEND:VCARD\r\n")
    assert "kinship did not write it" in kin("export", "-o", str(mine), exit_code=5).err
    assert "FN:Mine" in mine.read_text()


def test_a_folder_has_a_card_a_person(kin: Program, people: None, tmp_path: Path) -> None:
    folder = tmp_path / "people"
    said = kin("export", "--format", "vcf", "-o", f"{folder}/")
    assert said.err.replace(str(folder), "people") == snapshot("Wrote 2 people to people: 2 new.\n")
    assert sorted(os.listdir(folder)) == snapshot(
        ["00000000-0000-0000-0000-000000000001.vcf", "00000000-0000-0000-0000-000000000002.vcf"]
    )
    assert folder.stat().st_mode & 0o777 == 0o700
    for file in folder.iterdir():
        assert file.stat().st_mode & 0o777 == 0o600
        assert len(read(file.read_bytes())) == 1


def test_a_card_keeps_the_name_of_its_file_and_others_are_left_alone(
    kin: Program, people: None, tmp_path: Path
) -> None:
    kin("export", "--format", "vcf", "-o", f"{tmp_path}/people/")
    folder = tmp_path / "people"
    ada, zoe = sorted(folder.iterdir())
    ada.rename(folder / "Ada, my friend.vcf")
    foreign = "BEGIN:VCARD\nVERSION:3.0\nFN:Grace\nUID:1234\nEND:VCARD\n"
    (folder / "grace.vcf").write_text(foreign)
    (folder / ".hidden.vcf").write_text(zoe.read_text())
    (folder / "note.txt").write_text("mine")
    before = zoe.stat().st_mtime_ns
    kin("edit", "ada", "--role", "Countess")
    said = kin("export", "--format", "vcf", "-o", str(folder))
    assert said.err.replace(str(folder), "people") == snapshot(
        "Wrote 2 people to people: 1 changed, 1 as before.\n"
    )
    assert sorted(os.listdir(folder)) == snapshot(
        [
            ".hidden.vcf",
            "00000000-0000-0000-0000-000000000002.vcf",
            "Ada, my friend.vcf",
            "grace.vcf",
            "note.txt",
        ]
    )
    assert "TITLE:Countess" in (folder / "Ada, my friend.vcf").read_text()
    assert zoe.stat().st_mtime_ns == before
    assert (folder / "grace.vcf").read_text() == foreign


def test_a_file_in_the_way_is_not_written_over(kin: Program, people: None, tmp_path: Path) -> None:
    folder = tmp_path / "people"
    folder.mkdir()
    uid = "00000000-0000-0000-0000-000000000001"
    (folder / f"{uid}.vcf").write_text("mine")
    secret = tmp_path / "secret"
    secret.write_text("secret")
    (folder / "00000000-0000-0000-0000-000000000002.vcf").symlink_to(secret)
    kin("export", "--format", "vcf", "-o", f"{folder}/")
    assert (folder / f"{uid}.vcf").read_text() == "mine"
    assert secret.read_text() == "secret"
    assert read((folder / f"{uid}-2.vcf").read_bytes())[0].name == "Ada Lovelace"
    assert (folder / "00000000-0000-0000-0000-000000000002-2.vcf").exists()


def test_names_never_become_paths(kin: Program, tmp_path: Path) -> None:
    for name in ("../../x", "/etc/passwd", "CON", "x" * 200, "李伟", "..", "a\\b:c"):
        kin("add", "--new", "--", name)
    kin("export", "--format", "md", "-o", f"{tmp_path}/people/")
    kin("export", "--format", "vcf", "-o", f"{tmp_path}/people/")
    files = sorted(os.listdir(tmp_path / "people"))
    pages = [name for name in files if name.endswith(".md")]
    assert pages == snapshot(
        [
            "a-b-c-7.md",
            "con-3.md",
            "etc-passwd-2.md",
            "person-5.md",
            "person-6.md",
            "x-1.md",
            "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx-4.md",
        ]
    )
    assert all(re.fullmatch(r"[a-z0-9-]{1,40}-\d+\.md", name) for name in pages)
    assert sorted(os.listdir(tmp_path)) == ["home", "people"]


def test_a_page_keeps_its_name_when_its_person_is_renamed(
    kin: Program, people: None, tmp_path: Path
) -> None:
    folder = tmp_path / "people"
    kin("export", "--format", "md", "-o", f"{folder}/")
    kin("edit", "ada", "--name", "Ada King")
    kin("export", "--format", "md", "-o", f"{folder}/")
    assert sorted(os.listdir(folder)) == ["ada-lovelace-1.md", "zoe-angstrom-2.md"]
    assert 'name: "Ada King"' in (folder / "ada-lovelace-1.md").read_text()


def test_what_was_written_down_is_text_and_nothing_else(kin: Program, tmp_path: Path) -> None:
    """No heading, picture, tag or HTML comes out of a note, and no field ends the front matter."""
    kin("add", "Mallory")
    kin(
        "note",
        "mallory",
        "![x](http://evil.example/x.png) <script> [[link]] #tag\n# head\n---\n- a",
    )
    kin("edit", "mallory", "--org", 'x"\\ny: 1\n---')
    kin("export", "--format", "md", "-o", f"{tmp_path}/people/")
    page = (tmp_path / "people" / "mallory-1.md").read_text()
    assert re.sub("[0-9a-f-]{36}", "...", page) == snapshot("""\
---
kinship: "urn:uuid:..."
id: 1
name: "Mallory"
org: "x\\"\\\\ny: 1 ---"
---

# Mallory

x"\\\\ny: 1 ---

## Notes

- \\!\\[x\\](http://evil.example/x.png) \\<script\\> \\[\\[link\\]\\] \\#tag
  \\# head
  \\---
  \\- a
""")


def test_only_some_formats_fill_a_folder(kin: Program, people: None, tmp_path: Path) -> None:
    for words in (("-o", f"{tmp_path}/new/"), ("--format", "json", "-o", str(tmp_path))):
        assert "is a folder. Nothing was exported." in kin("export", *words, exit_code=2).err
    assert not (tmp_path / "new").exists()


def test_a_folder_that_cannot_be_made_is_said(kin: Program, people: None, tmp_path: Path) -> None:
    refused = kin("export", "--format", "vcf", "-o", f"{tmp_path}/no/such/", exit_code=6)
    assert "could not be written: No such file or directory. Nothing was exported." in refused.err
    (tmp_path / "file").write_text("")
    kin("export", "--format", "vcf", "-o", f"{tmp_path}/file/", exit_code=6)


def test_extras_come_back_and_what_was_changed_here_does_not(
    kin: Program, people: None, path: Path
) -> None:
    photo = "PHOTO:data:image/jpeg;base64," + "/9j/" * 100
    kept = [
        ("vcard", "X-FOO", "item1.X-FOO;TYPE=work:bar"),
        ("vcard", "PHOTO", photo),
        ("vcard", "ADR", "ADR:;;Main St 1;London;;;"),
        ("vcard", "ORG", "ORG:Old;Unit"),
        ("google-csv", "Custom Field 1 - Value", "a;b"),
    ]
    with sqlite3.connect(path) as conn:
        conn.execute("UPDATE person SET address = 'Main St 1, London' WHERE id = 1")
        for row in kept:
            conn.execute(
                "INSERT INTO extra (person_id, format, name, value) VALUES (1, ?, ?, ?)", row
            )
        conn.execute(
            "INSERT INTO source (person_id, format, key, said) VALUES (1, 'vcard', 'k', ?)",
            ('{"name": "Ada Lovelace", "org": "Old", "address": "Main St 1, London"}',),
        )
    text = kin("export", "ada", "--format", "vcf")
    unfolded = text.replace("\r\n ", "")
    assert unfolded.count("\r\nADR") == 1
    assert all(f"\r\n{value}\r\n" in unfolded for _, _, value in kept[:3])
    assert "Old" not in unfolded
    assert "X-KINSHIP-EXTRA:google-csv;Custom Field 1 - Value;a\\;b" in unfolded
    older = kin("export", "ada", "--format", "vcf", "--vcard-version", "3.0")
    found = vobject.readOne(str(older))
    assert found.photo.value == b"\xff\xd8\xff" * 100
    assert {*read(text)[0].extras} == {*read(older)[0].extras}


def test_who_came_from_a_card_goes_back_under_its_uid(
    kin: Program, people: None, tmp_path: Path
) -> None:
    uid = "../Bob, of the-phone;" + "x" * 90
    written = uid.replace(",", "\\,").replace(";", "\\;")
    card = "BEGIN:VCARD\nVERSION:4.0\nFN:{}\nUID:{}\n{}END:VCARD\n"
    phone = tmp_path / "phone.vcf"
    bob = card.format("Bob Stone", written, "TEL:+44 20 7946 0000\n")
    zoe = card.format("Zoë Ångström", "phone-zoe", f"EMAIL:zoe@fjord.example\nRELATED:{written}\n")
    twice = card.format("Kim One", "twice-1", "") + card.format("Li Two", "twice-1", "")
    phone.write_text(bob + zoe + twice)
    folder = tmp_path / "people"
    kin("export", "--format", "vcf", "-o", f"{folder}/")
    kin("import", str(phone), "-y")

    text = kin("export", "--format", "vcf").replace("\r\n ", "")
    found = {one.name: one.key for one in read(text)}
    assert found["Bob Stone"] == uid
    assert found["Zoë Ångström"] == "phone-zoe"
    assert f"RELATED:{written}" in text
    assert len(set(found.values())) == len(found)
    assert found["Ada Lovelace"] == "urn:uuid:00000000-0000-0000-0000-000000000001"
    assert "twice-1" not in found.values()

    for said in ("3 new, 1 changed, 1 as before", "5 as before"):  # Zoë's file is still hers
        wrote = kin("export", "--format", "vcf", "-o", f"{folder}/")
        assert said in wrote.err
    assert sorted(os.listdir(tmp_path)) == ["home", "people", "phone.vcf"]
    (tmp_path / "all.vcf").write_text(kin("export", "--format", "vcf"))
    assert "Nothing to write" in kin("import", str(tmp_path / "all.vcf"), "-y")


def test_two_uids_that_differ_in_capitals_are_two_files(kin: Program, tmp_path: Path) -> None:
    card = "BEGIN:VCARD\nVERSION:4.0\nFN:{}\nUID:{}\nEND:VCARD\n"
    phone, folder = tmp_path / "phone.vcf", tmp_path / "people"
    for short in ("A", "abcdef-A"):
        phone.write_text(card.format("Ada One", short) + card.format("Bob Two", short.lower()))
        kin("import", str(phone), "-y")
        for said in ("2 new", "2 as before"):
            assert said in kin("export", "--format", "vcf", "-o", f"{folder}/").err
        both = sorted(folder.iterdir())
        assert len({file.name.lower() for file in both}) == 2
        found = sorted(read(file.read_bytes())[0].name for file in both)
        assert found == ["Ada One", "Bob Two"]
        kin("import", "--undo", "1" if short == "A" else "2", "-y")
        shutil.rmtree(folder)


@pytest.mark.parametrize("fold", ["\n ", ""])
def test_a_file_is_read_whole_before_it_is_replaced(
    kin: Program, tmp_path: Path, fold: str
) -> None:
    photo = fold.join(["PHOTO:data:image/jpeg;base64,", *["/9j/" * 18] * 20_000])
    ada = f"BEGIN:VCARD\nVERSION:4.0\nFN:Ada One\nUID:ada-1\n{photo}\nEND:VCARD\n"
    bob = "BEGIN:VCARD\nVERSION:4.0\nFN:Bob Two\nUID:bob-2\nEND:VCARD\n"
    folder = tmp_path / "people"
    folder.mkdir()
    phone, foreign = tmp_path / "ada.vcf", folder / "all.vcf"
    phone.write_text(ada)
    foreign.write_text(ada + bob)
    kin("import", str(phone), "-y")
    for said in ("1 new", "1 as before"):
        assert said in kin("export", "--format", "vcf", "-o", f"{folder}/").err
    assert foreign.read_text() == ada + bob
    assert len(os.listdir(folder)) == 2


def test_what_a_killed_export_left_is_swept(kin: Program, people: None, tmp_path: Path) -> None:
    folder = tmp_path / "people"
    folder.mkdir()
    with subprocess.Popen(["sleep", "60"]) as alive:
        gone = subprocess.Popen(["true"])
        gone.wait()
        running = folder / f".kinship-{alive.pid}"
        mine = (".kinship-notes", ".kinship-0", "kinship-1", f".kinship-{gone.pid}.vcf")
        for output in (f"{folder}/", f"{folder}/all.vcf"):
            for name in (running.name, *mine, f".kinship-{gone.pid}", f".kinship-{os.getpid()}"):
                (folder / name).write_text("half")
            (folder / ".kinship-999999999").symlink_to(tmp_path / "elsewhere")
            kin("export", "--format", "vcf", "-o", output)
            left = {file.name for file in folder.iterdir()}
            assert left >= {running.name, *mine, ".kinship-999999999"}
            assert not left & {f".kinship-{gone.pid}", f".kinship-{os.getpid()}"}
            (folder / ".kinship-999999999").unlink()
        alive.kill()


def test_a_name_that_came_turned_round_goes_out_so_too_until_it_is_changed(
    kin: Program, tmp_path: Path
) -> None:
    file = tmp_path / "ada.vcf"
    file.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Lovelace\\, Ada\nN:Lovelace;Ada;;;\nEND:VCARD\n")
    kin("import", str(file), "-y")
    assert kin("list", "--format", "{name}") == "Ada Lovelace\n"
    assert "FN:Lovelace\\, Ada\n" in kin("export", "--format", "vcf").replace("\r", "")
    kin("edit", "ada", "--name", "Ada King")
    assert "Lovelace" not in kin("export", "--format", "vcf")


def test_what_google_said_is_googles_again_in_another_file(kin: Program, tmp_path: Path) -> None:
    table, cards = tmp_path / "google.csv", tmp_path / "people.vcf"
    heads = "First Name,Last Name,E-mail 1 - Value,Custom Field 1 - Label,Custom Field 1 - Value"
    table.write_text(f"{heads}\nAda,Lovelace,ada@x.example,Hair,red; long\n")
    kin("import", str(table), "-y")
    kin("export", "-o", str(cards))
    other = ("--db", str(tmp_path / "other.db"))
    kin(*other, "import", str(cards), "-y")
    assert kin(*other, "export", "--format", "google-csv") == kin(
        "export", "--format", "google-csv"
    )
    assert "Nothing to write" in kin("import", str(cards), "-y")


def test_khard_lists_a_folder_of_ours(kin: Program, people: None, tmp_path: Path) -> None:
    kin("edit", "zoe", "--name", HARD)
    for version in ("4.0", "3.0"):
        folder = tmp_path / version
        kin("export", "--format", "vcf", "--vcard-version", version, "-o", f"{folder}/")
        config = tmp_path / "khard.conf"
        config.write_text(
            f"[addressbooks]\n[[people]]\npath = {folder}\n"
            "[contact table]\ndisplay = formatted_name\n"
        )
        khard = [sys.executable, "-W", "ignore", "-m", "khard", "-c", str(config)]
        env = {**os.environ, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}

        def ask(*words: str, khard: list[str] = khard, env: dict[str, str] = env) -> str:
            done = subprocess.run(
                [*khard, *words], env=env, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stderr
            assert done.stderr == ""
            return done.stdout

        listed = ask("list")
        assert all(name in listed for name in ("Ada Lovelace", HARD))
        assert f"zoe@fjord.example\t{HARD}" in ask("email", "--parsable", "byron")
        assert "née Byron" in ask("birthdays")
        shown = ask("show", "Ada Lovelace")
        assert "likes horses; and commas, too" in shown
        assert "Analytical Engines, Ltd." in shown
