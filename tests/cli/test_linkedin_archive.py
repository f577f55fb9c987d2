"""LinkedIn's archive as it was downloaded, from `import` to what is due."""

import zipfile
from pathlib import Path

import pytest

from conftest import Program

ME, PAGE = "https://www.linkedin.com/in/me", "https://www.linkedin.com/in"
CONNECTIONS = (
    'Notes:\n"When exporting your connection data, some are missing."\n\n'
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    f"Ada,Lovelace,{PAGE}/ada,,Engines,Analyst,12 Mar 2024\n"
    f"Bea,Bold,{PAGE}/bea,,Maps,Editor,12 Mar 2025\n"
    ",,,,,,07 Jun 2022\n"
)
INVITATIONS = (
    "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
    f'Ada Lovelace,Me,"3/10/24, 10:15 AM",Shall we connect?,INCOMING,{PAGE}/ada,{ME}\n'
    f'Me,Cora Cold,"5/10/26, 10:15 AM",,OUTGOING,{ME},{PAGE}/cora\n'
)
MESSAGES = (
    "CONVERSATION ID,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,CONTENT,FOLDER\n"
    f"1,Ada Lovelace,{PAGE}/ada,Me,{ME},2026-05-16 09:30:00 UTC,Lunch on Friday?,INBOX\n"
    f"2,Bea Bold,{PAGE}/bea,Me,{ME},2025-03-14 09:30:00 UTC,Do you buy maps?,INBOX\n"
    f"3,Dan Dim,{PAGE}/dan,Me,{ME},2019-01-02 09:30:00 UTC,Do you buy ads?,INBOX\n"
)


@pytest.fixture
def archive(tmp_path: Path) -> str:
    path = tmp_path / "LinkedIn.zip"
    with zipfile.ZipFile(path, "w") as made:
        for name, text in (
            ("messages.csv", MESSAGES),
            ("Connections.csv", CONNECTIONS),
            ("Invitations.csv", INVITATIONS),
            ("Skills.csv", "Name\nGardening\n"),
        ):
            made.writestr(f"Export/{name}", text)
    return str(path)


def test_the_files_of_an_archive_make_one_person_of_each(kin: Program, archive: str) -> None:
    kin("import", archive, "-y")
    assert set(kin("list", "--format", "{name}").split("\n")) - {""} == {
        "Ada Lovelace",
        "Bea Bold",
        "Cora Cold",
        "Dan Dim",
    }


def test_only_what_was_written_lately_waits_for_an_answer(kin: Program, archive: str) -> None:
    kin("import", archive, "-y")
    shown = kin("due")
    assert "Ada Lovelace" in shown
    assert "Lunch on Friday?" in shown
    assert "4 days ago" in shown  # not two years, since the request to connect
    assert "Bea Bold" not in shown
    assert "Dan Dim" not in shown


def test_the_same_archive_again_changes_nothing(kin: Program, archive: str) -> None:
    kin("import", archive, "-y")
    before = kin("export", "--format", "jsonl")
    assert "all of it is here already" in kin("import", archive, "-y")
    assert kin("export", "--format", "jsonl") == before
