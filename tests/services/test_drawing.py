"""Pictures: no label lies on another, whoever knows whom, and the same file looks the same."""

import random
from datetime import date
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinship.model import names
from kinship.model import picture as drawn
from kinship.model.person import Person
from kinship.model.picture import Box, Dot, Group, Picture
from kinship.services import drawing
from kinship.store import communities, ties
from kinship.store import db as store
from kinship.store.db import Change, Db

TODAY = date(2026, 5, 20)
LETTERS = "abc ABCmWi.-é漢かאب\u0301🙂"


def somebody(number: int, name: str) -> Person:
    said: dict[str, Any] = dict.fromkeys(Person._fields)
    said |= {"id": number, "name": name, "known": "known"}
    return Person(**said)


def overlapping(picture: Picture) -> list[tuple[Box, Box]]:
    boxes = [*map(drawn.box, picture.dots), *map(drawn.title_box, picture.groups)]
    return [
        (a, b)
        for a, b in combinations(boxes, 2)
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]


@st.composite
def pictures(draw: st.DrawFn) -> Picture:
    many = draw(st.integers(1, 25))
    groups = draw(st.lists(st.text(LETTERS, min_size=1, max_size=50), max_size=3))
    place = st.none() | st.integers(0, len(groups) - 1) if groups else st.none()
    dots = [
        Dot(
            somebody(n, draw(st.text(LETTERS, min_size=1, max_size=60))),
            n - 1 if n <= len(groups) else draw(place),
            draw(st.sampled_from((0, 6, 12, 18, 24))),
        )
        for n in range(1, max(many, len(groups)) + 1)
    ]
    end = st.integers(1, len(dots))
    pairs = draw(st.lists(st.tuples(end, end).filter(lambda p: p[0] != p[1]), max_size=40))
    return Picture(dots, sorted(set(pairs)), list(map(Group, groups)))


@given(pictures())
@settings(max_examples=25)
def test_no_two_labels_overlap(picture: Picture) -> None:
    found = drawing.laid_out(picture)
    assert overlapping(found) == []
    boxes = [*map(drawn.box, found.dots), *map(drawn.title_box, found.groups)]
    assert all(min(b[:2]) > 0 and b[2] < found.width and b[3] < found.height for b in boxes)
    assert [dot.person for dot in found.dots] == [dot.person for dot in picture.dots]


@pytest.mark.parametrize("crowds", [0, 12])
def test_three_hundred_names_can_be_read(crowds: int) -> None:
    dice = random.Random(crowds)
    dots = [
        Dot(
            somebody(n, "Maximilian Featherstone"[: dice.randrange(8, 24)]),
            n % crowds if crowds else None,
            dice.choice((0, 12, 24)),
        )
        for n in range(300)
    ]
    pairs = {tuple(sorted(dice.sample(range(300), 2))) for _ in range(600)}
    picture = Picture(dots, sorted(pairs), [Group(f"Community {n}") for n in range(crowds)])  # type: ignore[arg-type]
    found = drawing.laid_out(picture)
    assert overlapping(found) == []
    assert found.width * found.height < 3000 * 3000
    assert drawing.laid_out(picture) == found


@given(st.text(LETTERS, max_size=40))
def test_a_label_is_never_longer_than_its_room(name: str) -> None:
    said = drawn.label(name)
    assert said == name or (said.endswith("…") and name.startswith(said[:-1].rstrip()))
    assert drawn.text_width(said, 10) <= 10 * 25


# Who is in it


def add(tx: Change, name: str, known: str = "known") -> int:
    return tx.run(
        "INSERT INTO person (uid, name, name_key, known, added_on)"
        " VALUES (:name, :name, :key, :known, '2026-01-01')",
        name=name,
        key=names.fold(name),
        known=known,
    )


@pytest.fixture
def twelve(db: Db) -> Db:
    """Twelve people, of whom everybody knows those after them as far as their number divides."""
    with db.change("twelve") as tx:
        for n in range(1, 13):
            add(tx, f"Person {n}", "heard" if n == 11 else "online")
        for one, other in combinations(range(1, 13), 2):
            if other % one == 0 and one > 1:
                ties.add(tx, one, other, "2026-01-01")
        crowd = communities.add(tx, "Everybody", "everybody")
        communities.join_all(tx, crowd, range(1, 13))
        even = communities.add(tx, "Even", "even")
        communities.join_all(tx, even, range(2, 13, 2))
        sixes = communities.add(tx, "Sixes", "sixes")
        communities.join_all(tx, sixes, [6, 12, 3])
        two = communities.add(tx, "Two", "two")
        communities.join_all(tx, two, [5, 7])
    return db


def test_everybody_you_know_with_a_tie_to_somebody_you_know(twelve: Db) -> None:
    found = drawing.picture(twelve, None, TODAY)
    assert [dot.person.id for dot in found.dots] == [2, 3, 4, 5, 6, 8, 9, 10, 12]
    assert found.left_out == 0
    assert (2, 12) in found.ties


def test_those_with_most_ties_are_taken(twelve: Db) -> None:
    found = drawing.picture(twelve, None, TODAY, most=3)
    assert [dot.person.id for dot in found.dots] == [2, 4, 12]
    assert found.left_out == 6
    assert found.ties == [(2, 4), (2, 12), (4, 12)]


@given(
    st.integers(2, 12), st.lists(st.tuples(st.integers(1, 12), st.integers(1, 12))), st.booleans()
)
@settings(max_examples=40)
def test_of_too_many_those_are_taken_who_know_each_other(
    most: int, pairs: list[tuple[int, int]], everybody: bool
) -> None:
    """As plain Python would go about it, over whom you know."""
    db = store.in_memory()
    with db.change("twelve") as tx:
        for n in range(1, 13):
            add(tx, f"Person {n}", known="heard" if n in (5, 6) else "known")
        for one, other in pairs:
            if one != other:
                ties.add(tx, one, other, "2026-01-01")
    who = None if everybody else range(1, 9)
    here = {n for n in range(1, 13) if n not in (5, 6)} if everybody else set(range(1, 9))
    knows = {n: {a + b - n for a, b in pairs if a != b and n in (a, b)} & here for n in here}
    left = {n for n in here if knows[n] or not everybody}
    every, taken = len(left), set[int]()
    while left and len(taken) < most:
        best = min(left, key=lambda n: (-len(knows[n] & taken), -len(knows[n]), n))
        taken.add(best)
        left.remove(best)
    found = drawing.picture(db, who, TODAY, most=most)
    assert {dot.person.id for dot in found.dots} == taken
    assert found.left_out == every - len(taken)
    db.close()


def test_each_stands_with_the_largest_community_that_parts_them(twelve: Db) -> None:
    """One that everybody is in parts nobody, and two people are no group."""
    found = drawing.picture(twelve, range(1, 13), TODAY)
    assert [group.name for group in found.groups] == ["Even"]
    assert {dot.person.id for dot in found.dots if dot.group == 0} == {2, 4, 6, 8, 10, 12}


def test_who_is_in_no_community_is_grouped_by_who_knows_whom(db: Db) -> None:
    with db.change("two circles") as tx:
        for n in range(1, 10):
            add(tx, f"Person {n}")
        for circle in ((1, 2, 3, 4), (5, 6, 7, 8)):
            for one, other in combinations(circle, 2):
                ties.add(tx, one, other, "2026-01-01")
        ties.add(tx, 4, 5, "2026-01-01")
        ties.add(tx, 8, 9, "2026-01-01")
        tx.run("DELETE FROM tie WHERE person_id IN (1, 2) AND other_id IN (2, 3) AND id > 1")
    found = drawing.laid_out(drawing.picture(db, None, TODAY))
    of = {dot.person.id: dot.group for dot in found.dots}
    assert of[1] == of[2] == of[3] == of[4]
    assert of[5] == of[6] == of[7] == of[8] == of[9]
    assert [group.name for group in found.groups] == ["around Person 8", "around Person 4"]
