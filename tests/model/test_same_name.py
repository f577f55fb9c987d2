"""Whether two names may be one person's, where something else says they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinship.model import same_name

NAMES = st.lists(
    st.sampled_from(
        [
            "ada",
            "ade",
            "a",
            "j",
            "martin",
            "martina",
            "bob",
            "robert",
            "lovelac",
            "李",
            "伟",
            "иван",
        ]
    ),
    max_size=4,
).map(" ".join)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Lovelace", "Lovelace, Ada"),
        ("Ada Lovelace", "Dr. Ada Lovelace, PhD"),
        ("Ada Lovelace", "Ada"),
        ("Ada King Lovelace", "Ada Lovelace"),
        ("Ada Lovelace", "A. Lovelace"),
        ("Ada Lovelace (Engine Ltd)", "Ada Lovelace"),
        ("Bob Smith", "Robert Smith"),
        ("José García", "Pepe Garcia"),
        ("Katarzyna Nowak", "Kasia Nowak"),
        ("Oluwaseun Ade", "Oluwa Ade"),
        ("Grace Hopper", "Garce Hopper"),
        ("Grace Hopper", "Grace Hoper"),
        ("Jürgen Müller", "Juergen Mueller"),
        ("Søren Kierkegaard", "Soren Kierkegaard"),
        ("Patrick O'Brien", "OBrien Pat"),
        ("Иван Петров", "Ivan Petrov"),
        ("Γιάννης Παπαδόπουλος", "Giannis Papadopoylos"),
        ("Daria Ivanova", "Daria Ivanov"),
        ("李伟", "伟 李"),
        ("ada@engine.example", "Charles Babbage"),
        ("+44 20 7946 0958", "Charles Babbage"),
        ("Yo-Yo Ma", "Yo Yo Ma"),
    ],
)
def test_these_may_be_one_person(one: str, other: str) -> None:
    assert not same_name.contradict(one, other)
    assert not same_name.contradict(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Lovelace", "Charles Lovelace"),
        ("Ada Byron", "Ada Lovelace"),
        ("Anna Smith", "Emma Smith"),
        ("Martin Weber", "Martina Weber"),
        ("Mario Rossi", "Maria Rossi"),
        ("Alexander Fleming", "Alexandra Fleming"),
        ("Jean-Pierre Dupont", "Jean-Paul Dupont"),
        ("Robert A. Smith", "Robert B. Smith"),
        ("Robert Smith Sr.", "Robert Smith Jr."),
        ("Robert Smith", "Robert Smith III"),
        ("李伟", "王伟"),
        ("山田太郎", "Taro Yamada"),
    ],
)
def test_these_are_two(one: str, other: str) -> None:
    assert same_name.contradict(one, other)
    assert same_name.contradict(other, one)


def test_a_nickname_that_was_typed_counts_as_a_given_name() -> None:
    assert same_name.contradict("Edsger Dijkstra", "Dijk Dijkstra")
    assert not same_name.contradict("Edsger Dijkstra", "Dijk Dijkstra", nick="Dijk")
    assert not same_name.contradict("Dijk Dijkstra", "Edsger Dijkstra", other_nick="Dijk")


@given(NAMES, NAMES)
def test_it_does_not_matter_which_comes_first(one: str, other: str) -> None:
    assert same_name.contradict(one, other) == same_name.contradict(other, one)
    assert not same_name.contradict(one, one)


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_can_be_compared(one: str, other: str) -> None:
    assert not same_name.contradict(one, one)
    same_name.contradict(one, other)
