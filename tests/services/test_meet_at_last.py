"""Whom to meet at last: the order of a page, against a plain sort of everybody."""

from datetime import date
from random import Random

import pytest

from kinship.model import names
from kinship.services import communities as joining
from kinship.services import editing, meeting
from kinship.services.editing import Edit
from kinship.services.meeting import Arrival
from kinship.store import communities, people
from kinship.store import db as store

TODAY = date(2026, 5, 20)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("most", [1, 7, 100, 400])
def test_those_who_know_most_people_you_know_come_first(seed: int, most: int) -> None:
    random = Random(seed)
    db = store.in_memory()
    me = people.by_id(db, 0)
    assert me
    editing.edit(db, me, Edit(columns=(("city", "Zürich"),)))
    friends = [
        meeting.add(db, Arrival(f"Friend {n}", random.choice(["known", "heard"])), today=TODAY)
        for n in range(12)
    ]
    city = (("city", "zurich, CH"),)
    members = [
        meeting.add(
            db,
            Arrival(
                f"{random.choice('ABC')} {n:03}",
                "online",
                fields=city if random.random() < 0.02 else (),
                communities=("Crowd",),
                knows=tuple(f.person.id for f in random.sample(friends, random.randrange(12))),
            ),
            today=TODAY,
        )
        for n in range(250)
    ]
    heard = {f.person.id for f in friends if f.person.known == "heard"}
    expected = sorted(
        (
            not one.arrival.fields,
            -len(set(one.arrival.knows) - heard),
            names.fold(one.person.name),
        )
        for one in members
    )
    (crowd,) = communities.every_community(db)
    page = joining.page(db, crowd, today=TODAY, most=most)
    assert page.unmet == len(members)
    found = [(not c.near, -(c.knows or (0, ""))[0], c.person.name_key) for c in page.chances]
    assert found == expected[:most]
    db.close()
