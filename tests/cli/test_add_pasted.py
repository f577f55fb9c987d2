"""``add`` with what was pasted on the command line, from standard input and in an editor."""

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from inline_snapshot import snapshot

from conftest import Program
from terminals import ended, shown, typed

CARD = "Ada Lovelace\nCTO\nAcme Ltd\nTel: +44 20 7946 0958\nada@acme.example"


def people(kin: Program) -> list[str]:
    return [person["name"] for person in json.loads(kin("list", "--json"))]


def test_what_is_understood_of_a_card_is_said(kin: Program) -> None:
    assert kin("add", f"{CARD}\nRoom with a view", "--met") == snapshot("""\
Added Ada Lovelace (ada)
  met         today
  org         Acme Ltd
  role        CTO
  phone       +44 20 7946 0958
  email       ada@acme.example
  kept        as a note: "Room with a view"
Your file is ~/.local/share/kinship/kinship.db
""")


@pytest.mark.parametrize(
    "words",
    [
        ("Ada Lovelace <ada@acme.example>",),
        ('"Lovelace, Ada" <ada@acme.example>', "+tea"),
        ("Ada", "Lovelace", "(Acme)", "ada@acme.example"),
        ("Ada", "Lovelace,", "CTO", "at", "Acme", "E:", "ada@acme.example"),
        ("Ada Lovelace\tAcme\tada@acme.example",),
        ("ada.lovelace@acme.example",),
    ],
)
def test_a_pasted_line_is_somebody_with_an_address(kin: Program, words: tuple[str, ...]) -> None:
    kin("add", *words)
    assert people(kin) == ["Ada Lovelace"]
    assert "acme.example" in kin("show", "ada")


def test_a_name_read_from_a_link_is_said_and_marked(kin: Program) -> None:
    said = kin("add", "linkedin.com/in/ada-lovelace", "--met")
    assert "  name        read from ada-lovelace" in said
    card = json.loads(kin("show", "ada", "--json"))
    assert [c["inferred"] for c in card["channels"]] == [["state", "name"]]


def test_a_link_that_tells_no_name_is_refused_where_nobody_can_be_asked(kin: Program) -> None:
    refused = kin("add", "github.com/adal", exit_code=2)
    assert "the name is missing: it comes first. Nothing was written." in refused.err


def test_several_people_on_the_command_line_are_one_change(kin: Program) -> None:
    said = kin("add", "Ada Lovelace, Acme\nGrace Hopper +navy")
    assert "2 people added." in said
    kin("undo")
    assert people(kin) == []
    kin("add", "Ada <ada@x.example>, Grace <grace@y.example>")
    assert people(kin) == ["Ada", "Grace"]


def test_standard_input_takes_cards_and_lines(kin: Program) -> None:
    text = f"Name;Company\nGrace Hopper;US Navy\n\n{CARD}\n\nMary Shaw +types\n"
    assert kin("add", "-", "--at", "PyCon 2026", stdin=text) == snapshot("""\
3 people added.
  line 1 is a heading, and left out
  ✓ Ada Lovelace · CTO · Acme Ltd · phone · email
Take all of it back: kinship undo
Your file is ~/.local/share/kinship/kinship.db
""")
    assert people(kin) == ["Ada Lovelace", "Grace Hopper", "Mary Shaw"]


def test_a_card_that_cannot_be_read_is_named_by_its_first_line(kin: Program) -> None:
    kin("add", "Bo", "ada@acme.example")
    refused = kin("add", "-", stdin=f"Grace\n\n{CARD}", exit_code=5)
    assert "line 3: email ada@acme.example belongs to Bo. Nothing was written." in refused.err
    assert people(kin) == ["Bo"]


def test_an_option_gives_way_to_what_a_line_says(kin: Program) -> None:
    kin("add", "-", "--city", "Paris", "--org", "Acme", stdin="Ada\nBo city:Rome\nCy, Yale")
    found = {p["name"]: (p["city"], p["org"]) for p in json.loads(kin("list", "--json"))}
    assert found == {"Ada": ("Paris", "Acme"), "Bo": ("Rome", "Acme"), "Cy": ("Paris", "Yale")}


# The editor


Editor = Callable[[str], None]


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Editor:
    """An editor that runs a piece of Python with the text of the file as ``text``."""

    def set_up(code: str) -> None:
        script = tmp_path / "editor.py"
        script.write_text(
            "import os, sys\npath = sys.argv[1]\ntext = open(path).read()\n"
            f"log = {str(tmp_path / 'log')!r}\n{code}\nopen(path, 'w').write(text)\n"
        )
        monkeypatch.setenv("VISUAL", f"python3 {script}")
        monkeypatch.setenv("TMPDIR", str(tmp_path))
        monkeypatch.setattr("tempfile.tempdir", None)

    return set_up


def test_people_typed_in_the_editor_are_one_change(kin: Program, editor: Editor) -> None:
    editor(f"text = '''Grace Hopper +navy\\n# nobody\\nMary Shaw\\n\\n{CARD}\\n''' + text")
    assert kin("add", "-e", "--at", "PyCon 2026") == snapshot("""\
3 people added.
  ✓ Ada Lovelace · CTO · Acme Ltd · phone · email
Take all of it back: kinship undo
Your file is ~/.local/share/kinship/kinship.db
""")
    kin("undo")
    assert people(kin) == []


def test_the_words_of_the_command_are_there_to_be_edited(kin: Program, editor: Editor) -> None:
    editor("text = text.replace('Ada', 'Ada Lovelace')")
    kin("add", "-e", "Ada", "+tea")
    assert people(kin) == ["Ada Lovelace"]


def test_what_is_typed_is_private_and_removed(kin: Program, editor: Editor, tmp_path: Path) -> None:
    editor(
        "where = os.path.dirname(path)\n"
        "open(log, 'w').write(f'{os.stat(path).st_mode} {os.stat(where).st_mode} {where}')\n"
        "text = 'Ada'"
    )
    kin("add", "--edit")
    mode, folder_mode, folder = (tmp_path / "log").read_text().split()
    assert (stat.S_IMODE(int(mode)), stat.S_IMODE(int(folder_mode))) == (0o600, 0o700)
    assert not Path(folder).exists()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("text = '# only this\\n'", "the editor left nothing. Nothing was written."),
        ("pass", "the editor left nothing. Nothing was written."),
        ("sys.exit(3)", "the editor python3 failed (exit 3). Nothing was written."),
        ("os.unlink(path); sys.exit(0)", "the editor left nothing. Nothing was written."),
    ],
)  # fmt: skip
def test_an_editor_that_fails_or_leaves_nothing_writes_nothing(
    kin: Program, editor: Editor, tmp_path: Path, code: str, said: str
) -> None:
    editor(code)
    assert said in kin("add", "-e", exit_code=1).err
    assert people(kin) == []
    assert [path for path in tmp_path.iterdir() if path.name.startswith("kinship-")] == []


@pytest.mark.parametrize("named", ["nano-that-is-nowhere", "", '"'])
def test_an_editor_that_is_not_there_is_said(
    kin: Program, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    monkeypatch.setenv("VISUAL", named or "nowhere")
    refused = kin("add", "-e", exit_code=2).err
    assert "there is no editor" in refused
    assert "Nothing was written." in refused


def test_what_cannot_be_understood_is_kept_where_nobody_can_be_asked(
    kin: Program, editor: Editor
) -> None:
    editor("text = 'Ada Lovelace\\nBo due:whenever\\n'")
    refused = kin("add", "-e", exit_code=2).err
    assert 'line 2: "whenever" is not a day.' in refused
    kept = refused.split("What you typed is in ")[1].strip().replace("~", os.environ["HOME"])
    assert Path(kept).read_text() == "Ada Lovelace\nBo due:whenever\n"
    assert people(kin) == []


@pytest.mark.parametrize("end", ["sys.exit(3)", "os.kill(os.getpid(), 9)"])
def test_what_was_typed_outlives_an_editor_that_fails(
    kin: Program, editor: Editor, end: str
) -> None:
    editor(f"file = open(path, 'w'); file.write('Ada\\n' + text); file.close(); {end}")
    refused = kin("add", "-e", exit_code=1).err
    kept = refused.split("What you typed is in ")[1].strip().replace("~", os.environ["HOME"])
    assert Path(kept).read_text().startswith("Ada\n")


def test_what_was_typed_outlives_a_trial_run(kin: Program, editor: Editor) -> None:
    editor("text = 'Ada\\n' + text")
    assert "What you typed is in " in kin("add", "-e", "--dry-run").err
    assert people(kin) == []


def test_an_editor_that_cannot_be_run_is_said(
    kin: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "editor").write_text("no program")
    (tmp_path / "editor").chmod(0o755)
    monkeypatch.setenv("VISUAL", str(tmp_path / "editor"))
    assert "editor cannot be run: Exec format error" in kin("add", "-e", exit_code=2).err


def test_what_was_typed_outlives_ctrl_c_at_a_question(
    kin: Program, editor: Editor, tmp_path: Path
) -> None:
    kin("event", "add", "PyCon 2026", "--from", "2026-05-18")
    editor("text = 'Ada at:\"PyCn 2026\"\\n'")
    child = typed("add", "-e", VISUAL=os.environ["VISUAL"], TMPDIR=str(tmp_path))
    child.expect_exact("[Y/n] ")
    child.sendintr()
    said, code = ended(child)
    assert code == 130
    kept = said.split("What you typed is in ")[1].strip().replace("~", os.environ["HOME"])
    assert "Ada" in Path(kept).read_text()


def test_the_editor_opens_again_where_somebody_can_be_asked(
    kin: Program, editor: Editor, tmp_path: Path
) -> None:
    editor(
        "text = text.replace('whenever', 'fri') if 'whenever' in text else 'Ada\\nBo due:whenever\\n'"
    )
    child = typed("add", "-e", VISUAL=os.environ["VISUAL"], TMPDIR=str(tmp_path))
    child.expect_exact("Open the editor again? [Y/n] ")
    assert 'line 2: "whenever" is not a day.' in shown(child.before or "")
    child.send("\r")
    said, code = ended(child)
    assert code == 0
    assert "2 people added." in said
    assert [path for path in tmp_path.iterdir() if path.name.startswith("kinship-")] == []


# Somebody who is here already


def test_the_hint_for_a_name_that_is_here_is_the_whole_line(kin: Program) -> None:
    kin("add", "Ada", "Lovelace")
    words = ["Ada", "Lovelace,", "Acme", "+tea cups", "--at", "PyCon 2026", "//", "it's $5"]
    assert kin("add", *words, exit_code=5).err == snapshot("""\
kinship: Ada Lovelace is here already. Nothing was written. Say which it is:
  kinship add Ada Lovelace, Acme "+tea cups" --at "PyCon 2026" --same // 'it'\\''s $5'   the person you know
  kinship add Ada Lovelace, Acme "+tea cups" --at "PyCon 2026" --new // 'it'\\''s $5'    somebody else
""")
    kin("add", "Ada", "Lovelace", "--same", "+tea", "--at", "PyCon 2026")


def test_all_near_names_are_listed(kin: Program) -> None:
    kin("add", "Grace", "Hopper", "--org", "US Navy")
    kin("add", "Grace", "Hoppes", "--new")
    assert kin("add", "Grace", "Hoppet", "+navy", exit_code=4).err == snapshot("""\
kinship: "Grace Hoppet" could be 2 people. Nothing was written. Say which it is:
  kinship add 1 --same +navy             Grace Hopper; US Navy
  kinship add 2 --same +navy             Grace Hoppes
  kinship add Grace Hoppet --new +navy   somebody else
""")
