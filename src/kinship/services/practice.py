"""The practice file: forty invented people to try everything on, kept until it is made new."""

import os
from collections.abc import Callable
from datetime import date, timedelta

from kinship.model import names
from kinship.model.channel import Handle
from kinship.services import meeting, practice_network
from kinship.services.event_names import EventMeant
from kinship.services.meeting import Arrival
from kinship.store import attendance, changes, entries, events, people, ties
from kinship.store import db as store

Ago = Callable[[int], date]

# Names, and what they know about; none of them exists.
_CROWD = (
    ("Ilse Okonkwo", "Harbour Robotics", "robots", "linkedin", "ilseo"),
    ("Bram de Wilde", "Polder Maps", "maps, cycling", "linkedin", "bramdw"),
    ("Noor Haddad", "Cedar Health", "privacy", "mastodon", "noor@social.example"),
    ("Tomás Quiroga", "Viento Energy", "wind power", "linkedin", "tquiroga"),
    ("Yuki Sarashina", "Kumo Labs", "type systems", "github", "ysarashina"),
    ("Oluwaseun Adeyemi", "Lagoon Bank", "payments", "linkedin", "seunade"),
)
_ONLINE = (
    ("Marit Solheim", "mastodon", "marit@fjord.example", "2023", "typography"),
    ("Dilnoza Karimova", "bluesky", "dilnoza.example", "2024", "textiles"),
    ("Ewan McAllister", "github", "ewanmca", "2022", "build systems"),
    ("Hye-jin Baek", "mastodon", "hyejin@seoul.example", "2024", "translation"),
)
_FRIENDS = (
    ("Greta Lindqvist", "2w", "signal", "+46 70 555 01 47", 21, "choir, new flat in Gothenburg"),
    (
        "Aurelio Bianchi",
        "1mo",
        "email",
        "aurelio@forno.example",
        36,
        "sourdough, thinking of a café",
    ),
    (
        "Parvati Menon",
        "3mo",
        "whatsapp",
        "+91 98 5550 0142",
        60,
        "marathon training, ankle is better",
    ),
    ("Casimir Nowak", "1mo", "phone", "+48 22 555 01 77", 12, "his daughter starts school"),
    ("Beatrix van Loon", "6w", "email", "bea@loon.example", 20, "moving the archive to paper"),
    ("Samuel Oyelaran", "2w", "signal", "+44 7700 900142", 3, "jazz night on the 30th"),
    ("Linh Tran", "3mo", "email", "linh@tran.example", 30, "her thesis on rivers"),
    ("Fatima Zahra Idrissi", "1y", "whatsapp", "+212 5 55 01 42", 200, "museum for kids"),
)
_KNOWN = (
    "Ottoline Marsh", "Dragan Petrović", "Sefa Aydın", "Maeve O'Rourke", "Ximena Ortiz Vargas",
    "Joost Bakker", "Anneliese Krämer", "Kofi Boateng", "Ruairí Walsh", "Elif Demir",
    "Pekka Virtanen", "Zsófia Kelemen", "Hamish Reid", "Amara Diallo", "Ludvík Beneš",
    "Chiara Rinaldi", "Naveen Pillai", "Saskia Vogel", "Teodora Ilieva", "Mateus Carvalho",
    "Ingrid Dahl", "Wen Shao",
)  # fmt: skip


def ensure(path: str, today: date) -> None:
    """Make the practice file if it is not there, or if it is of another day and untouched."""
    if not os.path.lexists(path):
        _fill(path, today)
        return
    db = store.open_file(path)
    labels = [step.label for step in changes.newest(db, 3)]
    db.close()
    if len(labels) <= len(_made(today)) and labels != _made(today):
        renew(path, today)


def _made(today: date) -> list[str]:
    """What the changes of an untouched practice file are called, newest first."""
    return ["practice, settled", f"practice for {today}"]


def renew(path: str, today: date) -> None:
    """Make the practice file new: what was done to it is gone."""
    for old in (path, path + "-journal"):
        if os.path.lexists(old):
            os.unlink(old)
    _fill(path, today)


def _fill(path: str, today: date) -> None:
    store.create(path)
    db = store.open_file(path)

    def ago(days: int) -> date:
        return today - timedelta(days=days)

    settled, made = _made(today)
    with db.change(made) as tx:
        _conference(tx, ago)
        _online(tx, ago)
        _friends(tx, ago)
        _coming(tx, ago)
        for number, name in enumerate(_KNOWN):
            if name in practice_network.HEARD:
                continue
            when = ago(260 + 17 * number)
            added = _add(tx, Arrival(name, "known"), when)
            if number % 3 == 0:
                _talk(tx, added, when, "both", "caught up after the summer", "email")
        practice_network.fill(tx, ago, _add)
    with db.change(settled) as tx:
        # What is invented is not yours to take back.
        changes.seal(tx)
    db.close()


def _conference(tx: store.Change, ago: Ago) -> None:
    event_id = events.add(
        tx,
        "Harbour Conf",
        names.fold("Harbour Conf"),
        from_on=ago(4).isoformat(),
        until_on=ago(2).isoformat(),
        city="Rotterdam",
    )
    event = EventMeant("Harbour Conf", event_id)
    talks = (
        "robots that fold laundry",
        "bike maps for couriers",
        "consent forms people read",
        "offshore turbines",
        "gradual typing, horse racing",
        "paying across borders",
    )
    for (name, org, about, kind, handle), text in zip(_CROWD, talks, strict=True):
        day = ago(2).isoformat()
        state = "connected" if name.startswith("Bram") else "known"
        entry = Arrival(
            name,
            "in person",
            day,
            event,
            channels=((Handle(kind, handle), state),),
            fields=(("org", org),),
            topics=tuple(about.split(", ")),
            note=text,
            inferred=("direction",),
        )
        _add(tx, entry, ago(2))


def _online(tx: store.Change, ago: Ago) -> None:
    for name, kind, handle, since, topic in _ONLINE:
        entry = Arrival(
            name,
            "online",
            met_online=kind,
            since=since,
            channels=((Handle(kind, handle), "connected"),),
            topics=(topic,),
            communities=("Small Web Circle",),
        )
        added = _add(tx, entry, ago(150))
        if name.startswith("Marit"):
            _talk(tx, added, ago(30), "both", "variable fonts, a talk in autumn", "mastodon")
            _talk(tx, added, ago(9), "them", "may I quote your letter in the talk?", "mastodon")
        if name.startswith("Ewan"):
            _follow(tx, added, ago(-3), "send the build timings")


def _friends(tx: store.Change, ago: Ago) -> None:
    for name, every, kind, handle, days, text in _FRIENDS:
        entry = Arrival(name, "known", channels=((Handle(kind, handle), None),), since="2019")
        added = _add(tx, entry, ago(400))
        people.update(tx, added, every=every, kept_on=ago(120).isoformat())
        in_person = name.startswith("Aurelio")
        _talk(tx, added, ago(days), "both", text, None if in_person else kind, met=in_person)
        if name.startswith("Greta"):
            _follow(tx, added, ago(6), "send the choir recording")
        if name.startswith("Casimir"):
            born = ago(0)
            people.update(tx, added, birthday=f"--{born.month:02}-{born.day:02}")
        if name.startswith("Linh"):
            _follow(tx, added, ago(-1), "lend her the river atlas")
        if name.startswith("Aurelio"):
            _talk(tx, added, ago(75), "me", "photos of the oven", "email")
            _talk(tx, added, ago(52), "me", "still on for the fair?", "email")
            people.add_channel(
                tx,
                added,
                "mastodon",
                "aurelio@forno.example",
                "aurelio@forno.example",
                state="connected",
            )


def _coming(tx: store.Change, ago: Ago) -> None:
    """An event in two months, and who will be there."""
    event_id = events.add(
        tx,
        "Fjord Web Days",
        names.fold("Fjord Web Days"),
        from_on=ago(-54).isoformat(),
        until_on=ago(-56).isoformat(),
        city="Bergen",
    )
    marit, dilnoza, greta, linh = (
        people.by_key(tx, names.fold(name))[0].id
        for name in ("Marit Solheim", "Dilnoza Karimova", "Greta Lindqvist", "Linh Tran")
    )
    attendance.set_going(tx, event_id, [marit, dilnoza, greta])
    for other in (greta, linh):
        ties.add(tx, marit, other, ago(150).isoformat())


def _add(tx: store.Change, entry: Arrival, day: date) -> int:
    return meeting.add_in(tx, entry, today=day).person.id


def _talk(
    tx: store.Change,
    person_id: int,
    day: date,
    direction: str,
    text: str,
    channel: str | None,
    *,
    met: bool = False,
) -> None:
    entries.add_conversation(
        tx, person_id, day.isoformat(), direction=direction, met=met, channel=channel, text=text
    )


def _follow(tx: store.Change, person_id: int, day: date, text: str) -> None:
    made = day - timedelta(days=7)
    entries.add_follow_up(tx, person_id, day.isoformat(), text=text, made_on=made.isoformat())
