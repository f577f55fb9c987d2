"""What `stats` counts, against plain Python over everything that is in the file."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinship.model import warmth
from kinship.services import looking_back
from kinship.store import db as store
from kinship.store import entries, favours, introductions
from kinship.store.db import Change, Db

TODAY = date(2026, 5, 20)
_days = st.integers(0, 400).map(lambda n: (TODAY - timedelta(days=n)).isoformat())


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("stats") / "k.db")
    store.create(path)
    return path


people = st.lists(
    st.fixed_dictionaries(
        {
            "known": st.sampled_from(("in person", "online", "known", "heard")),
            "since": st.none() | _days | st.just("2019") | st.just("2026-04"),
            "archived": st.booleans(),
            "talks": st.lists(
                st.tuples(_days, st.sampled_from(("both", "me", "them")), st.booleans()), max_size=4
            ),
            "channel": st.none() | st.tuples(st.sampled_from(("known", "connected")), _days),
            "favours": st.lists(st.tuples(_days, st.sampled_from(("gave", "got"))), max_size=3),
        }
    ),
    min_size=1,
    max_size=6,
)


def _write(tx: Change, several: list[dict[str, Any]]) -> None:
    tx.run("DELETE FROM person WHERE id > 0")
    for number, one in enumerate(several, 1):
        met = [t for t in one["talks"] if t[2]]
        one["met_on"] = min((t[0] for t in met), default=None)
        tx.run(
            "INSERT INTO person (id, uid, name, name_key, known, since, archived_on, added_on)"
            " VALUES (:id, :uid, :name, :name, :known, :since, :archived, '2026-05-01')",
            id=number,
            uid=f"u{number}",
            name=f"p{number}",
            known=str(one["known"]),
            since=one["since"],
            archived="2026-05-01" if one["archived"] else None,
        )
        for day, way, in_person in one["talks"]:
            direction = "both" if in_person else way
            entries.add_conversation(tx, number, day, direction=direction, met=in_person)
        for day, way in one["favours"]:
            favours.add(tx, number, way, day, "x")
        if one["channel"]:
            state, since = one["channel"]
            tx.run(
                "INSERT INTO channel (person_id, kind, state, connected_on)"
                " VALUES (:id, 'linkedin', :state, :day)",
                id=number,
                state=state,
                day=since if state == "connected" else None,
            )


def _expected(several: list[dict[str, Any]], start: str, end: str) -> dict[str, int]:
    inside = [p for p in several if p["met_on"] and start <= str(p["met_on"]) <= end]
    talks = [t for p in several for t in p["talks"] if start <= t[0] <= end]
    given_ = [f[1] for p in several for f in p["favours"] if start <= f[0] <= end]
    soon = [
        p
        for p in inside
        if p["channel"]
        and p["channel"][0] == "connected"
        and date.fromisoformat(p["channel"][1])
        <= date.fromisoformat(str(p["met_on"])) + timedelta(days=2)
    ]
    online = [p for p in several if p["known"] == "online" and not p["met_on"]]
    return {
        "met_in_person": len(inside),
        "met_online": sum(start <= str(p["since"] or "2026-05-01") <= end for p in online),
        "connected_in_two_days": len(soon),
        "to_connect": sum(
            p["channel"] is not None and (str(p["met_on"]) < "2026-05-18" or p in soon)
            for p in inside
        ),
        "conversations": len(talks),
        "you_began": sum(t[1] == "me" and not t[2] for t in talks),
        "they_began": sum(t[1] == "them" and not t[2] for t in talks),
        "in_person": sum(t[2] for t in talks),
        "online_then_met": sum(p["known"] == "online" for p in inside),
        "gave": given_.count("gave"),
        "got": given_.count("got"),
    }


@given(people, st.integers(0, 300))
@settings(max_examples=60)
def test_every_figure_is_that_of_plain_python(
    shared: str, several: list[dict[str, Any]], back: int
) -> None:
    db = store.open_file(shared)
    try:
        with db.change("all of them") as tx:
            _write(tx, several)
        since = TODAY - timedelta(days=back)
        found = looking_back.look_back(db, since, TODAY, compared=True)
        _compare(found, several)
    finally:
        db.close()


def _compare(found: looking_back.Summary, several: list[dict[str, Any]]) -> None:
    assert found.before
    assert found.was == (found.before.connected_in_two_days, found.before.to_connect)
    for window in (found.now, found.before):
        expected = _expected(several, window.from_on, window.until_on)
        assert {f: getattr(window, f) for f in expected} == expected
    assert len(found.then_met) == found.now.online_then_met
    lately = warmth.since(TODAY)
    hear, turn = 0, 0
    for one in several:
        ways = [f[1] for f in one["favours"]]
        recent = {t[1] if not t[2] else "both" for t in one["talks"] if t[0] >= lately}
        both = "both" in recent or {"me", "them"} <= recent
        gave, got = ways.count("gave"), ways.count("got")
        hear += both and gave >= got and not one["archived"]
        turn += got > gave and not one["archived"]
    assert (found.listening, found.your_turn) == (hear, turn)


def test_the_two_windows_touch_and_are_as_long(db: Db) -> None:
    found = looking_back.look_back(db, date(2026, 2, 19), TODAY, compared=True)
    assert (found.now.from_on, found.now.until_on) == ("2026-02-19", "2026-05-20")
    assert found.before
    assert (found.before.from_on, found.before.until_on) == ("2025-11-21", "2026-02-18")
    found = looking_back.look_back(db, date(1, 1, 2), TODAY, compared=True)
    assert found.before
    assert (found.before.from_on, found.before.until_on) == ("0001-01-01", "0001-01-01")


def test_introductions_count_on_the_day_they_were_made_and_landed(db: Db) -> None:
    with db.change("two") as tx:
        nobody = {"known": "known", "since": None, "archived": False, "channel": None}
        _write(tx, [{**nobody, "talks": [], "favours": []} for _ in range(2)])
        first = introductions.add(tx, 1, 2, state="made", made_on="2026-02-01")
        introductions.add(tx, 2, 1, state="asking", asked_on="2026-05-01")
        introductions.close(tx, first, "landed", "2026-03-01")
    found = looking_back.look_back(db, date(2026, 2, 19), TODAY, compared=True)
    assert (found.now.introductions_made, found.now.introductions_landed) == (0, 1)
    assert found.before
    assert (found.before.introductions_made, found.before.introductions_landed) == (1, 0)
