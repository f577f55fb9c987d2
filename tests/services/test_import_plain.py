"""Plain records, which are read in at one go: the same comes of them as the general way has it."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_importing_any import begun

from kinship.model.card import Card, Reach
from kinship.services import import_matching, importing
from kinship.services.import_plain import Plain
from kinship.services.importing import Aim, Plan, Told
from kinship.store.db import Db

TODAY = date(2026, 5, 20)
_NAMES = ("Ada Lovelace", "Bob Miller", "Eve Moneypenny", "李 伟")
_MAIL = Reach("email", "family@x.example")
_ODD = (
    *(Card(0, "ada lovelace"), Card(0, "Eve"), Card(0, "Ada King"), Card(0, "b@x.example")),
    *(Card(0, "", nick="Countess"), Card(0, "", tags=("friend",)), Card(0, "", known="online")),
    *(Card(0, "", key="k1"), Card(0, "", key="other"), Card(0, "", reaches=(_MAIL,))),
    *(Card(0, "", org="a\tb"), Card(0, "", role="x" * 501), Card(0, "", org="ENGINES")),
    *(Card(0, "", reaches=(Reach("linkedin", "k2", "work"),)), Card(0, "", city="London")),
)
"""What is another in some records, in which they are not plain or not settled."""


def _card(who: int, org: str, role: str, mail: str, reach: Reach, odd: Card | None) -> Card:
    reaches = (reach._replace(text=f"k{who}"), *([Reach("email", mail)] if mail else []))
    name = _NAMES[who % len(_NAMES)]
    card = Card(who, name, f"k{who}", org=org, role=role, reaches=reaches)
    if odd is None:
        return card
    fields = zip(odd, card, Card(0, ""), strict=True)
    return Card._make(own if other in ("", usual) else other for other, own, usual in fields)


_cards = st.lists(
    st.builds(
        _card,
        st.integers(1, 4),
        st.sampled_from(("Engines", "", "Looms")),
        st.sampled_from(("", "analyst")),
        st.sampled_from(("", "a@x.example", "b@x.example")),
        st.sampled_from(
            (
                Reach("linkedin", "", "", "connected", "2024-01-02"),
                Reach("linkedin", "", "", "connected"),
                Reach("linkedin", "", "", "sent", "2025-03-04"),
                Reach("linkedin", ""),
                Reach("linkedin", "", "work", "connected"),
            )
        ),
        st.one_of(st.none(), st.none(), st.sampled_from(_ODD)),
    ),
    max_size=4,
)
_EDITS = (
    "UPDATE person SET org = 'Mine' WHERE id = {n}",
    "UPDATE person SET org = NULL, role = NULL WHERE id = {n}",
    "UPDATE person SET known = 'heard' WHERE id = {n}",
    "UPDATE person SET name = 'x@y.example', name_key = 'x y example' WHERE id = {n}",
    "UPDATE channel SET handle = NULL, handle_key = NULL WHERE id = {n}",
    "UPDATE channel SET state = 'known', connected_on = NULL WHERE kind = 'linkedin' AND id = {n}",
    "UPDATE channel SET inferred = 'connected_on' WHERE connected_on IS NOT NULL AND id = {n}",
    "DELETE FROM channel WHERE id = {n}",
    "INSERT INTO channel (person_id, kind, handle, handle_key, label, state)"
    " SELECT person_id, kind, handle, handle_key, 'home', state FROM channel WHERE id = {n}",
    "INSERT INTO channel (person_id, kind, handle, handle_key)"
    " SELECT person_id, 'github', handle, handle_key FROM channel WHERE id = {n}",
)
_edits = st.lists(st.tuples(st.sampled_from(_EDITS), st.integers(1, 5)), max_size=4)


def _shown(plan: Plan) -> list[object]:
    assert isinstance(plan.steps, importing._Steps)
    return [
        plan.new,
        plan.gains,
        plan.same,
        [vars(one) for one in (*plan.unsure, *plan.apart, *plan.conflicts)],
        plan.remarks,
        plan.others,
        plan.steps.rows,
    ]


def _planned(db: Db, files: list[list[Card]]) -> Plan:
    told = [Told(f"{n}", "linkedin-connections", cards) for n, cards in enumerate(files)]
    return importing.plan(db, told, Aim(), TODAY)


def _generally(db: Db, files: list[list[Card]]) -> Plan:
    """The plan as it is without what is quick."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Plain, "new", lambda *_: False)
        patch.setattr(Plain, "known", lambda *_: None)
        patch.setattr(import_matching._Match, "_join_pairs", lambda match: match._edges)
        patch.setattr(import_matching._Match, "_are_distinct", lambda _: False)
        return _planned(db, files)


@settings(max_examples=200)
@given(st.lists(_cards, min_size=1, max_size=2), _edits, _cards)
def test_plain_records_are_read_as_all_others(
    first: list[list[Card]], edits: list[tuple[str, int]], second: list[Card]
) -> None:
    db = begun()
    for files in (first, [second], first):
        plan = _planned(db, files)
        assert _shown(plan) == _shown(_generally(db, files))
        importing.carry_out(db, plan, TODAY)
        with db.change("edit") as tx:
            for sql, number in edits:
                tx.run(sql.format(n=number))
        again = _planned(db, files)
        assert _shown(again) == _shown(_generally(db, files))
