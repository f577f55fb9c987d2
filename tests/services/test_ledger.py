"""The ledger, and who would hear you, against plain Python over the same few people."""

from calendar import monthrange
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kinship.model import query
from kinship.services import querying
from kinship.store import db as store
from kinship.store import entries, favours, introductions

_MANY = 4
_numbers = st.integers(1, _MANY)
_today = st.dates(date(2023, 8, 1), date(2026, 6, 1))
_people = st.lists(
    st.tuples(
        st.sampled_from(["in person", "known", "heard"]),
        st.booleans(),
        st.none() | _numbers,
        st.sampled_from([None, "2019", "2023-05", "2023-05-04"]),
    ),
    min_size=_MANY,
    max_size=_MANY,
)
_favours = st.lists(
    st.tuples(_numbers, st.sampled_from(["gave", "got"]), st.integers(0, 400)), max_size=8
)
_intros = st.lists(
    st.tuples(
        st.permutations(range(1, _MANY + 1)).map(lambda some: (some[0], some[1])),
        st.sampled_from(["made", "asking", "landed", "not"]),
        st.integers(0, 400),
    ),
    max_size=4,
)
_talks = st.lists(
    st.tuples(_numbers, st.sampled_from(["both", "me", "them"]), st.integers(0, 400)), max_size=10
)
_edge = st.integers(-2, 2)


def _six_months_before(day: date) -> date:
    month, year = (day.month - 6, day.year) if day.month > 6 else (day.month + 6, day.year - 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@given(_today, _people, _favours, _intros, _talks, st.lists(st.tuples(_numbers, _edge)))
def test_who_gave_what_and_who_would_hear_you(
    today: date,
    people: list[tuple[str, bool, int | None, str | None]],
    given_: list[tuple[int, str, int]],
    intros: list[tuple[tuple[int, int], str, int]],
    talks: list[tuple[int, str, int]],
    edges: list[tuple[int, int]],
) -> None:
    half_a_year = _six_months_before(today)
    said = [(n, way, today - timedelta(back)) for n, way, back in talks]
    said += [(n, "both", half_a_year + timedelta(off)) for n, off in edges]
    db = store.in_memory()
    with db.change("fill") as tx:
        for number, (known, archived, _, since) in enumerate(people, 1):
            tx.run(
                "INSERT INTO person (id, name, name_key, known, since, added_on, archived_on)"
                " VALUES (:id, :name, :name, :known, :since, '2024-01-01', :archived)",
                id=number,
                name=f"p{number}",
                known=known,
                since=since,
                archived="2026-01-01" if archived else None,
            )
        for number, (_, _, by, _) in enumerate(people, 1):
            if by and by != number:
                tx.run("UPDATE person SET introduced_by = :by WHERE id = :n", by=by, n=number)
        for number, way, back in given_:
            favours.add(tx, number, way, (today - timedelta(back)).isoformat(), "a favour")
        for (one, other), state, back in intros:
            day = (today - timedelta(back)).isoformat()
            key = "asked_on" if state == "asking" else "made_on"
            first = "asking" if state == "asking" else "made"
            made = introductions.add(tx, one, other, state=first, **{key: day})
            if state in ("landed", "not"):
                introductions.close(tx, made, state, day)
        for number, way, on in said:
            entries.add_conversation(tx, number, on.isoformat(), direction=way)

    gave = dict.fromkeys(range(1, _MANY + 1), 0)
    got = dict(gave)
    for number, way, _ in given_:
        (gave if way == "gave" else got)[number] += 1
    for pair, state, _ in intros:
        for number in pair if state == "landed" else ():
            gave[number] += 1
    for number, (known, archived, by, _) in enumerate(people, 1):
        if by and by != number and known != "heard" and not archived:
            got[by] += 1
    here = [n for n, (_, archived, _, _) in enumerate(people, 1) if not archived]

    counted = {n: (gave[n], got[n]) for n in gave if gave[n] or got[n]}
    assert favours.counts(db, gave) == counted
    turns, many = favours.ledger(db)
    assert many == len(turns)
    assert {t.person_id: (t.gave, t.got) for t in turns} == {
        n: both for n, both in counted.items() if n in here
    }
    assert [t.yours for t in turns] == sorted((t.yours for t in turns), reverse=True)
    mine = [t for t in turns if t.yours]
    assert favours.ledger(db, yours=True) == (mine, len(mine))
    for most in range(1, 4):
        assert favours.ledger(db, most=most) == (turns[:most], many)
        assert favours.ledger(db, yours=True, most=most) == (mine[:most], len(mine))
    for turn in turns:
        every = favours.entries_of(db, turn.person_id)
        counts = [sum(e.way == way for e in every) for way in ("gave", "got")]
        assert counts == [turn.gave, turn.got]
        assert [e.day for e in every] == sorted((e.day for e in every), reverse=True)

    hears = set()
    for number in here:
        lately = {way for n, way, on in said if n == number and on >= half_a_year}
        if ("both" in lately or {"me", "them"} <= lately) and gave[number] >= got[number]:
            hears.add(number)
    asked = query.parse(["is:listening"], today)
    assert set(querying.numbers(db, ["is:listening"], today)) == hears
    assert str(asked) == "is:listening"
    db.close()
