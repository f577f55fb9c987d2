"""What the people of the practice file know, look for, and did for each other and for you.

All of it is older than the last contact with each of the friends: it waits for nobody anew but
where it is meant to.
"""

from collections.abc import Callable, Iterable
from datetime import date

from kinship.model import names
from kinship.model.person import ME
from kinship.services.meeting import Arrival
from kinship.store import entries, favours, introductions, people, rallies, ties
from kinship.store.db import Change

Ago = Callable[[int], date]
Add = Callable[[Change, Arrival, date], int]

# Whom one only heard of: from whom, how many days ago, and what they know about.
_HEARD = (
    ("Ingrid Dahl", "Marit", 150, "parenting, folk music"),
    ("Saskia Vogel", "Beatrix", 210, "tax in the Netherlands"),
    ("Mateus Carvalho", None, 300, "wind power"),
    ("Naveen Pillai", None, 320, "physiotherapy"),
)
HEARD = frozenset(name for name, *_ in _HEARD)
_ABOUT = {
    "me": "bookkeeping, allotments",
    "Greta": "choirs, Gothenburg",
    "Aurelio": "baking, cafés",
    "Parvati": "running, physiotherapy",
    "Casimir": "parenting, plumbing",
    "Beatrix": "archives, letterpress",
    "Samuel": "jazz, sound engineering",
    "Linh": "rivers, maps",
    "Fatima": "museums, parenting",
    "Ottoline": "letterpress, removals",
    "Kofi": "payments, jazz",
    "Elif": "museums",
    "Maeve": "folk music",
    "Dragan": "parenting",
}
_SEEKS = {
    "me": "a piano teacher",
    "Greta": "a sound engineer",
    "Aurelio": "a bookkeeper",
    "Beatrix": "a translator from Korean",
    "Parvati": "a flat in Rotterdam in April",
    "Marit": "letterpress workshops",
    "Linh": "somebody in wind power",
    "Tomás": "robots for turbines",
    "Ewan": "a typographer",
}
# Who knows whom, and how.
_TIES: tuple[tuple[str, str, str | None, str | None], ...] = (
    *(("Ingrid", other, None, None) for other in ("Greta", "Samuel", "Beatrix", "Casimir")),
    *(("Saskia", other, None, None) for other in ("Casimir", "Aurelio")),
    *(("Mateus", other, None, None) for other in ("Tomás", "Parvati")),
    *(("Naveen", other, None, None) for other in ("Parvati", "Yuki")),
    ("Dilnoza", "Fatima", "wove a carpet for her museum", "2022"),
    *(("Dilnoza", other, None, None) for other in ("Parvati", "Hye-jin")),
    ("Greta", "Casimir", "sing in one choir", "2016"),
    ("Greta", "Ottoline", None, None),
    ("Casimir", "Fatima", "their daughters are pen friends", None),
    ("Casimir", "Dragan", None, None),
    ("Aurelio", "Beatrix", "ran the book fair", "2021"),
    ("Aurelio", "Chiara", "cousins", None),
    ("Samuel", "Kofi", "play in one band", "2018"),
    ("Samuel", "Maeve", None, None),
    ("Linh", "Parvati", "ran the river half marathon", "2022"),
    ("Linh", "Wen", None, None),
    ("Fatima", "Elif", "worked at one museum", "2014"),
    ("Fatima", "Amara", None, None),
    ("Marit", "Pekka", None, None),
    ("Ewan", "Yuki", "write on the same mailing list", "2021"),
    ("Ewan", "Bram", None, None),
    ("Bram", "Ilse", None, None),
    ("Bram", "Joost", "cycle to work together", None),
    ("Noor", "Oluwaseun", None, None),
)
_FAVOURS = (
    ("Linh", "gave", 95, "read two chapters of her thesis"),
    ("Parvati", "gave", 130, "a bed for the weekend of the marathon"),
    ("Greta", "gave", 64, "proof-read the programme"),
    ("Samuel", "gave", 50, "lent him the big speakers"),
    ("Samuel", "got", 45, "tuned the piano"),
    ("Casimir", "got", 90, "a lift to the airport at five"),
    ("Casimir", "got", 33, "fixed the kitchen tap"),
    ("Aurelio", "got", 70, "bread for the street party"),
)
_TALKS = (
    ("Casimir", 47, "both", "phone", "the parenting class at the library was worth it"),
    ("Samuel", 31, "both", "signal", "his sister writes a column about parenting"),
    ("Kofi", 60, "both", "email", "payments between banks, and the band's new record"),
)
_NEED = "Help Greta move to the new flat"


def fill(tx: Change, ago: Ago, add: Add) -> None:
    """Write down what joins the people who are in the file already."""
    named = _People(tx)
    for name, by, days, about in _HEARD:
        heard = Arrival(
            name, "heard", topics=tuple(about.split(", ")), by=named[by] if by else None
        )
        add(tx, heard, ago(days))
    named = _People(tx)
    for side, held in (("about", _ABOUT), ("seeks", _SEEKS)):
        for name, said in held.items():
            for topic in said.split(", "):
                people.add_topic(tx, named[name], side, topic, names.fold(topic))
    for one, other, how, since in _TIES:
        ties.add(tx, named[one], named[other], ago(140).isoformat(), how=how, since=since)
    for name, way, days, text in _FAVOURS:
        favours.add(tx, named[name], way, ago(days).isoformat(), text)
    for name, days, direction, channel, text in _TALKS:
        _talk(tx, named[name], ago(days), direction, text, channel)
    _introductions(tx, ago, named)
    _rally(tx, ago, named)


class _People:
    """The numbers of people by their first names."""

    def __init__(self, tx: Change) -> None:
        every = people.by_ids(tx, people.every_number(tx)).values()
        self._numbers = {names.first_name(p.name): p.id for p in every if p.id != ME}
        self._numbers["me"] = ME

    def __getitem__(self, name: str) -> int:
        return self._numbers[name]


def _talk(
    tx: Change, person_id: int, day: date, direction: str, text: str, channel: str | None = None
) -> None:
    entries.add_conversation(
        tx, person_id, day.isoformat(), direction=direction, channel=channel, text=text
    )


def _introductions(tx: Change, ago: Ago, named: _People) -> None:
    """One that landed, one to ask about, and one for which both are being asked."""
    samuel, aurelio, beatrix = named["Samuel"], named["Aurelio"], named["Beatrix"]
    for one, other, text, days in (
        (samuel, aurelio, "jazz on Fridays in the new café", 80),
        (samuel, beatrix, "posters for the jazz nights", 20),
    ):
        made = introductions.add(
            tx, one, other, state="made", text=text, made_on=ago(days).isoformat()
        )
        both = people.by_ids(tx, (one, other))
        _talk(tx, one, ago(days), "me", f"introduced to {both[other].name}: {text}")
        _talk(tx, other, ago(days), "me", f"introduced to {both[one].name}: {text}")
        if days > 60:
            introductions.close(tx, made, "landed", ago(60).isoformat())
            ties.add(tx, one, other, ago(60).isoformat(), source="introduced")
    introductions.add(
        tx,
        named["Noor"],
        named["Fatima"],
        state="asking",
        text="privacy of those who visit museums",
        asked_on=ago(2).isoformat(),
    )


def _rally(tx: Change, ago: Ago, named: _People) -> None:
    """Five were asked: three pledged, one of them kept it, one cannot, one has not answered."""
    number = rallies.start(
        tx,
        person_id=named["Greta"],
        text=_NEED,
        about="removals",
        goal=20000,
        currency="EUR",
        began_on=ago(25).isoformat(),
        until_on=ago(-12).isoformat(),
    )
    helpers = (
        ("Beatrix", 24, "cannot", 22),
        ("Samuel", 16, "pledged", 14),
        ("Casimir", 16, "pledged", 14),
        ("Ottoline", 16, "pledged", 15),
        ("Maeve", 4, None, None),
    )
    for name, asked, answer, answered in helpers:
        columns = {"asked_on": ago(asked).isoformat(), "answer": answer}
        columns["answered_on"] = ago(answered).isoformat() if answered else None
        columns["thanked_on"] = ago(21).isoformat() if answer == "cannot" else None
        rallies.put_helper(tx, number, named[name], **columns)
        _talk(tx, named[name], ago(asked), "me", f"asked: {_NEED}")
        if answer == "cannot" and answered:
            _talk(tx, named[name], ago(answered), "both", f"cannot this time: {_NEED}")
            _talk(tx, named[name], ago(21), "me", f"thanked: {_NEED}")
    pledges: Iterable[tuple[str, int, str, int | None]] = (
        ("Samuel", 14, "his van on the day", None),
        ("Casimir", 14, "50 EUR for the lift", 5000),
        ("Ottoline", 15, "forty boxes", None),
        ("me", 14, "carry boxes, from nine to noon", None),
    )
    for name, days, text, amount in pledges:
        pledge = rallies.add_pledge(
            tx,
            number,
            named[name],
            text=text,
            amount=amount,
            currency="EUR" if amount else None,
            pledged_on=ago(days).isoformat(),
        )
        if name != "me":
            _talk(tx, named[name], ago(days), "both", f"pledged: {text}")
        if name == "Ottoline":
            rallies.set_pledge(tx, pledge, "kept", ago(6).isoformat())
