"""Who is meant: the rules of interface.md 1.5, and that no text is too strange to look up."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Program
from kinship.errors import BadInput
from kinship.model import names
from kinship.services import meeting
from kinship.services import people as finding
from kinship.services.meeting import Entry
from kinship.store import db as store
from kinship.store import people


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("1", "José García-López"),
        (".", "Grace Hopper"),
        ("adal", "Ada Lovelace"),
        ("@adal", "Ada Lovelace"),
        ("linkedin:adal", "Ada Lovelace"),
        ("li:adal", "Ada Lovelace"),
        ("linkedin.com/in/adal", "Ada Lovelace"),
        ("ADA@engine.example", "Ada Lovelace"),
        ("+44 20 7946 0958", "Ada Lovelace"),
        ("jose garcia lopez", "José García-López"),
        ("jose-garcia-lopez", "José García-López"),
        ("Countess", "Ada Lovelace"),
        ("garcia", "José García-López"),
        ("lovelace", "Ada Lovelace"),
        ("jo", "José García-López"),
        ("ada-l", "Ada Lovelace"),
        ("a love", "Ada Lovelace"),
        ("velac", "Ada Lovelace"),
    ],
)
def test_a_person_is_found(kin: Program, said: str, found: str) -> None:
    kin("add", "José", "García-López")
    kin("add", "Ada", "Lovelace", "li:adal", "ada@engine.example", "+442079460958",
        "--nick", "Countess")  # fmt: skip
    kin("add", "Grace", "Hopper")
    assert kin("show", said).startswith(found)


@pytest.mark.parametrize(
    ("said", "meant"), [("graec", "grace"), ("hoper", "grace"), ("adda", "ada")]
)
def test_a_close_spelling_is_offered_and_never_taken(kin: Program, said: str, meant: str) -> None:
    kin("add", "Ada", "Lovelace")
    kin("add", "Grace", "Hopper")
    err = kin("note", said, "x", exit_code=3).err
    assert f"kinship note {meant}" in err


def test_words_that_continue_a_name_belong_to_it(kin: Program) -> None:
    kin("add", "Ada", "Lovelace")
    kin("add", "Ada", "Yonath")
    assert kin("note", "Ada", "Lovelace", "likes", "horses") == "Noted for Ada Lovelace.\n"
    assert "likes horses" in kin("show", "ada-l")
    assert kin("log", "ada-l,", "ada-y", "lunch").count("Logged for") == 2
    assert kin("rm", "Ada", "Lovelace", "ada-y", "-y").startswith("Removed Ada Lovelace and Ada Y")


def test_refs_are_the_shortest_that_work(kin: Program) -> None:
    for name in ("Mary Somerville", "Mary Jackson", "Grace Hopper", "Luana Rodrigues-Silva",
                 "Luana Rodrigo", "山田 太郎"):  # fmt: skip
        kin("add", name, "--new")
    assert kin("list", "--format", "{ref}").split() == [
        "grace", "luana-rodrigo", "luana-rodrigu", "mary-j", "mary-s", "6",
    ]  # fmt: skip


@settings(max_examples=300)
@given(st.text(min_size=1, max_size=30) | st.sampled_from(["a=b", "+", "[link=x]y", "C++", "O'B\"x", "-", "*", "हिन्दी भाषा"]))  # fmt: skip
def test_no_text_is_too_strange_to_look_up(text: str) -> None:
    db = _FILE
    try:
        finding.find(db, text)
        people.found(db, names.fold(text).split(), sort="name")
        finding.namesakes(db, text)
    except BadInput as refusal:
        assert refusal.message


def _file() -> store.Db:
    from datetime import date

    db = store.in_memory()
    for name in ("Ada Lovelace", "Zed [link=x]y", "C++ =1", "हिन्दी भाषा", "山田 太郎"):
        meeting.add(db, Entry(name, "known"), today=date(2026, 5, 20))
    return db


_FILE = _file()
