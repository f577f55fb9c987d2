"""What is counted of each person stays what it is counted from, undone and redone in either way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_importing import reckoned

from kinship.services import safety
from kinship.store import bulk
from kinship.store import db as store

_MANY = 4
_pairs = st.permutations(range(1, _MANY + 1)).map(lambda some: some[:2])
_said = {
    "tie": "INSERT INTO tie (person_id, other_id, noted_on) VALUES ({0}, {1}, '2026-01-01')"
    " ON CONFLICT DO NOTHING",
    "another tie": "UPDATE OR IGNORE tie SET other_id = {1} WHERE person_id = {0}",
    "no tie": "DELETE FROM tie WHERE other_id = {1}",
    "favour": "INSERT INTO favour (id, person_id, way, day, text)"
    " SELECT max(1000, (SELECT coalesce(max(id), 0) + 1 FROM favour)), {0}, 'got', '2026-01-0{1}', 'x'",
    "of another": "UPDATE favour SET person_id = {1}, way = 'gave' WHERE person_id = {0}",
    "introduction": "INSERT INTO introduction (id, person_id, other_id, made_on, state, closed_on)"
    " SELECT max(2000, (SELECT coalesce(max(id), 0) + 1 FROM introduction)), {0}, {1}, '2026-01-01',"
    " 'landed', '2026-02-01'",
    "not landed": "UPDATE introduction SET state = 'not' WHERE person_id = {0}",
    "of others": "UPDATE OR IGNORE introduction SET other_id = {1} WHERE person_id NOT IN ({0}, {1})",
    "introduced": "UPDATE person SET introduced_by = {1} WHERE id = {0}",
    "by nobody": "UPDATE person SET introduced_by = NULL WHERE id = {0}",
    "heard of": "UPDATE person SET known = 'heard' WHERE id = {0}",
    "known": "UPDATE person SET known = 'in person' WHERE id = {0}",
    "archived": "UPDATE person SET archived_on = '2026-01-01' WHERE id = {0}",
    "here again": "UPDATE person SET archived_on = NULL WHERE id = {0}",
    "gone": "DELETE FROM person WHERE id = {0}",
    "back": "INSERT INTO person (id, name, name_key, known, introduced_by, added_on)"
    " SELECT {0}, 'p{0}', 'p{0}', 'known', (SELECT id FROM person WHERE id = {1}), '2026-01-01'"
    " WHERE {0} NOT IN (SELECT id FROM person)",
}
_CAN = ("tie", "favour", "introduction", "introduced", "another tie", "of another", "of others")
"""What names people who have to be there."""


@given(
    st.lists(st.tuples(st.sampled_from([*_said]), _pairs), max_size=12),
    st.integers(1, 4),
    st.sampled_from([1, 99]),
)
def test_favours_and_ties_are_counted_as_they_are(
    said: list[tuple[str, list[int]]], back: int, many: int
) -> None:
    db = store.in_memory()
    with db.change("begin") as tx:
        for what in ("back", "introduced", "tie"):
            for number in range(1, _MANY + 1):
                tx.run(_said[what].format(number, number % _MANY + 1))
    for what, pair in said:
        with db.change(what) as tx:
            here = {n for (n,) in tx.tuples("SELECT id FROM person")}
            if what not in _CAN or here.issuperset(pair):
                tx.run(_said[what].format(*pair))
        reckoned(db)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bulk, "_MANY", many)  # as if they were large ones, or not
        back = min(back, len(said) + 1)
        safety.undo(db, back)
        reckoned(db)
        safety.redo(db, back)
        reckoned(db)
