"""Whom to ask, and whom to introduce: the order against plain Python over everybody."""

from datetime import date, timedelta
from itertools import combinations
from random import Random

import pytest

from kinship.model import names
from kinship.model.channel import Handle
from kinship.model.person import ME, Person
from kinship.model.warmth import since
from kinship.services import asking, communities, contact, matching, meeting
from kinship.services.meeting import Arrival
from kinship.services.ranking import AWAY, FIRST, QUIET
from kinship.store import communities as clubs
from kinship.store import db as store
from kinship.store import entries, favours, introductions, people, ties

TODAY = date(2026, 5, 20)
LATELY = since(TODAY)
TOPICS = ("compilers", "parenting", "bees", "rare orchids")
DAYS = {"1w": 70, "2w": 140, "1mo": 304, None: 10**9}


def ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


class Town:
    """A few dozen people, with all that the order depends on, and what was said of each."""

    def __init__(self, seed: int) -> None:
        self.db = store.in_memory()
        random = Random(seed)
        self.about: dict[int, list[str]] = {}
        self.talked: dict[int, str] = {}
        self.contact: dict[int, str] = {}
        self.every: dict[int, str | None] = {}
        self.helped: dict[int, int] = {}
        self.said: dict[int, int] = {}
        for n in range(45):
            about = tuple(random.sample(TOPICS, random.choice((0, 0, 1, 1, 2))))
            how = random.choice(("known", "online", "heard", "known"))
            arrival = Arrival(f"{random.choice('ABC')} {n:03}", how, topics=about)
            self._live(random, meeting.add(self.db, arrival, today=TODAY).person, about)
        self.people = people.by_ids(self.db, self.about)
        self.ties = set()
        with self.db.change("ties") as tx:
            for one, other in combinations(self.about, 2):
                if random.random() < 0.05:
                    ties.add(tx, one, other, ago(9))
                    self.ties.add((one, other))

    def _live(self, random: Random, person: Person, about: tuple[str, ...]) -> None:
        number = person.id
        self.about[number] = list(about)
        with self.db.change("a life") as tx:
            self.every[number] = random.choice((None, None, "1w", "2w", "1mo"))
            people.update(tx, number, every=self.every[number])
            if random.random() < 0.1:
                people.update(tx, number, archived_on=ago(1))
            for _ in range(random.choice((0, 0, 1, 2, 3)) if person.known != "heard" else 0):
                day = ago(random.choice((1, 2, 3, 50, 181, 182, 400)))
                direction = random.choice(("me", "them", "both"))
                text = random.choice((None, "the weather", "a word on parents", "bees and honey"))
                entries.add_conversation(tx, number, day, direction=direction, text=text)
                self.contact[number] = max(day, self.contact.get(number, ""))
                if direction != "me":
                    self.talked[number] = max(day, self.talked.get(number, ""))
                self.said[number] = self.said.get(number, 0) + (text == "a word on parents")
            for _ in range(random.choice((0, 0, 0, 1, 2)) if number in self.contact else 0):
                favours.add(tx, number, "got", ago(500), "a hand")
                self.talked[number] = max(ago(500), self.talked.get(number, ""))
                self.helped[number] = self.helped.get(number, 0) + 1

    def through(self, number: int) -> bool:
        """Whether somebody you know knows them."""
        others = {a + b - number for a, b in self.ties if number in (a, b)}
        return any(
            self.people[o].known != "heard" and not self.people[o].archived_on for o in others
        )

    def section(self, number: int) -> str | None:
        known = self.people[number].known
        if known == "heard" or (known == "online" and number not in self.contact):
            if self.through(number):
                return AWAY
            return None if known == "heard" else QUIET
        return FIRST if self.talked.get(number, "") >= LATELY else QUIET

    def place(self, number: int, topic: str) -> tuple[object, ...]:
        talked = self.talked.get(number, "0000-00-00")
        return (
            topic not in self.about[number],
            DAYS[self.every[number]],
            -int(talked.replace("-", "")),
            -self.helped.get(number, 0),
            self.people[number].name_key,
        )

    def asked(self, topic: str, section: str) -> list[int]:
        """Everybody of a section, in order."""
        fit = [
            number
            for number, one in self.people.items()
            if not one.archived_on
            and (topic in self.about[number] or (topic == "parenting" and self.said.get(number)))
            and self.section(number) == section
        ]
        return sorted(fit, key=lambda number: self.place(number, topic))


@pytest.mark.parametrize("seed", range(6))
def test_those_marked_then_close_then_lately_talked_with_are_asked_first(seed: int) -> None:
    town = Town(seed)
    for topic in ("compilers", "parenting", "rare orchids"):
        found = asking.find(town.db, topic.split(), TODAY, everything=True)
        for section, several in ((FIRST, found.first), (QUIET, found.quiet), (AWAY, found.away)):
            assert [a.person.id for a in several] == town.asked(topic, section)
            assert {a.section for a in several} <= {section}
            assert all((topic in a.topics) == (topic in town.about[a.person.id]) for a in several)
        assert all(town.through(a.person.id) for a in found.away)
        assert not set(found.more.values()) - {0}
    town.db.close()


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("most", [1, 3, 5])
def test_the_first_few_are_the_first_of_all(seed: int, most: int) -> None:
    town = Town(seed)
    marked = [n for n in town.asked("compilers", FIRST) if "compilers" in town.about[n]]
    found = asking.find(town.db, ["compilers"], TODAY, most=most)
    assert [a.person.id for a in found.first] == marked[:most]
    for section, several in ((QUIET, found.quiet), (AWAY, found.away)):
        everybody = town.asked("compilers", section)
        assert [a.person.id for a in several] == everybody[:most]
        assert found.more[section] == len(everybody) - len(several)
    town.db.close()


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("crowd", [False, True])
def test_your_topics_name_whom_ask_would_name_first(
    monkeypatch: pytest.MonkeyPatch, seed: int, *, crowd: bool
) -> None:
    if crowd:  # as where many know about each topic
        for limit, small in (("_FEW", 0), ("_AT_ONCE", 2), ("_SOME", 5)):
            monkeypatch.setattr(asking, limit, small)
    town = Town(seed)
    rows, every, alone = asking.topics(town.db, TODAY)
    counts = {
        topic: sum(
            topic in about and not town.people[n].archived_on for n, about in town.about.items()
        )
        for topic in TOPICS
    }
    assert {row.topic: row.people for row in rows} == {t: n for t, n in counts.items() if n}
    assert [row.people for row in rows] == sorted((row.people for row in rows), reverse=True)
    assert (every, alone) == (len(rows), sum(row.people == 1 for row in rows))
    for row in rows:
        found = [n for n in town.asked(row.topic, FIRST) if row.topic in town.about[n]]
        assert [p.id for p in row.first][: len(found)] == found[: asking.NAMED]
        assert len(row.first) == min(row.people, asking.NAMED)
    town.db.close()


def test_whoever_is_nearest_to_you_is_named_for_somebody_you_never_met() -> None:
    db = store.in_memory()
    cold = meeting.add(db, Arrival("Konrad Zuse", "known"), today=TODAY).person
    warm = meeting.add(db, Arrival("Grace Hopper", "known"), today=TODAY).person
    heard = Arrival("Rózsa Péter", "heard", topics=("recursion",), knows=(cold.id, warm.id))
    meeting.add(db, heard, today=TODAY)
    contact.log(db, [warm], contact.Talk(TODAY, text="lunch"), today=TODAY)
    (one,) = asking.find(db, ["recursion"], TODAY).away
    assert one.through is not None
    assert one.through.name == "Grace Hopper"
    db.close()


# Ideas


def _pair(one: str, other: str) -> frozenset[str]:
    return frozenset((one, other))


def _ideas(db: store.Db, most: int = 10, among: set[int] | None = None) -> list[frozenset[str]]:
    found = matching.ideas(db, TODAY, most=most, among=among)
    return [_pair(i.one.name, i.other.name) for i in found]


@pytest.fixture
def lab() -> store.Db:
    db = store.in_memory()
    for name, about, seeks in (
        ("Hedy", ("radios",), ("speakers",)),
        ("Joan", ("speaking", "chess"), ("a radio",)),
        ("Alan", ("chess",), ()),
        ("Grace", ("compilers",), ("chess players",)),
        ("Ada", ("compilers",), ()),
    ):
        meeting.add(db, Arrival(name, "known", topics=about, seeks=seeks), today=TODAY)
    return db


def test_who_helps_whom_comes_before_what_both_know(lab: store.Db) -> None:
    assert _ideas(lab, most=20) == [
        _pair("Hedy", "Joan"),  # each has what the other looks for
        _pair("Grace", "Alan"),
        _pair("Grace", "Joan"),
        _pair("Ada", "Grace"),
        _pair("Alan", "Joan"),
    ]
    found = matching.ideas(lab, TODAY, most=20)
    assert found[0].reason == "Hedy looks for speakers, Joan for a radio; each knows about it"
    assert found[1].reason == "Grace looks for chess players; Alan knows about chess"
    assert found[3].reason == "both know about compilers"
    assert [i.seeks for i in found] == [True, True, True, False, False]
    lab.close()


def test_nobody_is_to_meet_whom_they_know_work_with_or_were_introduced_to(lab: store.Db) -> None:
    number = {p.name: p.id for p in people.by_ids(lab, range(1, 6)).values()}
    with lab.change("what is known") as tx:
        ties.add(tx, number["Joan"], number["Hedy"], ago(1))
        introductions.add(tx, number["Alan"], number["Grace"], state="asking", asked_on=ago(1))
        people.update(tx, number["Ada"], org="Engines Ltd")
        people.update(tx, number["Grace"], org="engines ltd.")
    assert _ideas(lab) == [_pair("Grace", "Joan"), _pair("Alan", "Joan")]
    with lab.change("and gone") as tx:
        people.update(tx, number["Joan"], archived_on=ago(1))
    assert _ideas(lab) == []
    lab.close()


def test_what_came_to_nothing_may_be_tried_again_after_a_year(lab: store.Db) -> None:
    for closed, again in ((ago(360), False), (ago(370), True)):
        with lab.change("tried") as tx:
            one = introductions.add(tx, 1, 2, state="made", made_on=ago(380))
            introductions.close(tx, one, "not", closed)
        assert (_pair("Hedy", "Joan") in _ideas(lab)) is again
        with lab.change("forgotten") as tx:
            tx.run("DELETE FROM introduction")
    lab.close()


def test_who_may_have_met_comes_last_but_not_on_the_page_of_where_they_met(lab: store.Db) -> None:
    everybody = {1, 2, 3, 4, 5}
    communities.join(lab, "Radio Club", [1, 2], label="both")
    found = matching.ideas(lab, TODAY, most=20)
    assert [i.doubtful for i in found] == [False, False, False, False, True]
    assert _pair(found[-1].one.name, found[-1].other.name) == _pair("Hedy", "Joan")
    (club,) = clubs.every_community(lab)
    communities.join(lab, club, [3, 4, 5], label="the others")
    assert not any(i.doubtful for i in matching.ideas(lab, TODAY, most=20, among=everybody))
    assert _ideas(lab, among={3, 4}) == [_pair("Alan", "Grace")]
    lab.close()


def test_nobody_is_named_more_than_twice_in_ten() -> None:
    db = store.in_memory()
    meeting.add(db, Arrival("Star", "known", topics=("chess",)), today=TODAY)
    for n in range(30):
        meeting.add(db, Arrival(f"Fan {n:02}", "known", seeks=("chess lessons",)), today=TODAY)
    assert len(_ideas(db)) == 2
    assert len(_ideas(db, most=20)) == 4
    db.close()


@pytest.mark.parametrize("seed", range(4))
def test_ideas_are_of_people_you_know_who_do_not_know_each_other(seed: int) -> None:
    town = Town(seed)
    found = matching.ideas(town.db, TODAY, most=10_000)
    tied = {frozenset(pair) for pair in town.ties}
    yours = [
        n for n, p in town.people.items() if p.known != "heard" and not p.archived_on and n != ME
    ]
    assert {frozenset((i.one.id, i.other.id)) for i in found} <= {
        frozenset(pair)
        for pair in combinations(yours, 2)
        if set(town.about[pair[0]]) & set(town.about[pair[1]])
    } - tied
    assert found
    assert all(names.fold(i.topic) in town.about[i.one.id] for i in found)
    town.db.close()


def test_how_to_reach_somebody_comes_with_the_answer() -> None:
    db = store.in_memory()
    entry = Arrival(
        "Ada", "known", topics=("engines",), channels=((Handle("email", "ada@e.example"), None),)
    )
    meeting.add(db, entry, today=TODAY)
    (one,) = asking.find(db, ["engine"], TODAY).quiet
    assert one.reach is not None
    assert one.reach.handle == "ada@e.example"
    db.close()
