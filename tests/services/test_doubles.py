"""Who may be here twice: what is taken for one person, and who only looks like it."""

import pytest

from kinship.model import handles, names
from kinship.services import doubles
from kinship.store import db as store
from kinship.store import people
from kinship.store.db import Db

Said = tuple[str, ...]


def put(db: Db, *said: str) -> int:
    """Somebody in words: a name, then ``at ACME``, ``in London``, ``born 1815-12-10``, handles."""
    name, *rest = said
    fields: dict[str, str] = {}
    reached = []
    for text in rest:
        word, _, value = text.partition(" ")
        column = {"at": "org", "in": "city", "born": "birthday", "archived": "archived_on"}
        if word in column:
            fields[column[word]] = value
        else:
            kind, _, handle = text.partition(":")
            reached.append((kind, handle))
    with db.change(f"add {name}") as tx:
        number = people.add(
            tx, name=name, name_key=names.fold(name), known="known", added_on="2026-01-01", **fields
        )
        for kind, handle in reached:
            key = handles.key(kind, handle)
            people.add_channel(tx, number, kind, handle, key, state=None)
    return number


def why(*entries: Said) -> str | None:
    """Why these are likely doubles, the likeliest two of them."""
    db = store.in_memory()
    for entry in entries:
        put(db, *entry)
    found = doubles.likely(db)
    return ", ".join(found[0].reasons) if found else None


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (
            ("Ada Lovelace", "email:ada@x.example"),
            ("Ada Lovelace", "email:ADA@x.example"),
            "same name, same e-mail",
        ),
        (
            ("Ada Lovelace", "email:ada@x.example"),
            ("Ada", "email:ada@x.example"),
            "Lovelace more in the name, same e-mail",
        ),
        (
            ("Ada Byron", "email:ada@x.example"),
            ("Ada Lovelace", "email:ada@x.example"),
            "Byron and Lovelace, same e-mail",
        ),
        (
            ("Ada Byron", "linkedin:adal"),
            ("A. K. Lovelace", "linkedin:adal"),
            "same LinkedIn profile",
        ),
        (
            ("Ada Lovelace", "phone:+44 20 7946 0958"),
            ("Ada Lovelace", "phone:(020) 7946-0958"),
            "same name, same phone",
        ),
        (
            ("Ada Lovelace", "phone:+1 415 555 0100"),
            ("Lovelace Ada", "whatsapp:(415) 555-0100"),
            "names swapped, same phone",
        ),
        (
            ("Bob Smith", "at ACME", "phone:+44 20 7946 0958"),
            ("Robert Smith", "at ACME Ltd", "phone:+442079460958"),
            "Bob and Robert, both at ACME, same phone",
        ),
        (
            ("Kasia Nowak", "at ACME"),
            ("Katarzyna Nowak", "at ACME"),
            "Kasia and Katarzyna, both at ACME",
        ),
        (("José García", "at ACME"), ("Pepe Garcia", "at ACME"), "Jose and Pepe, both at ACME"),
        (("A. Lovelace", "at ACME"), ("Ada Lovelace", "at ACME"), "A and Ada, both at ACME"),
        (
            ("Grace Hopper", "in London"),
            ("Garce Hopper", "in London"),
            "letters swapped, same city",
        ),
        (
            ("Grace Hopper", "in London"),
            ("Graec Hopper", "in London"),
            "letters swapped, same city",
        ),
        (("Grace Hopper", "at ACME"), ("Grace Hoper", "at ACME"), "a letter more, both at ACME"),
        (
            ("Grace Hopper", "at ACME"),
            ("Grace Hoppfr", "at ACME"),
            "a letter differs, both at ACME",
        ),
        (("Jürgen Müller", "at ACME"), ("Juergen Mueller", "at ACME"), "same name, both at ACME"),
        (("Søren Łukasz", "at ACME"), ("Soren Lukasz", "at ACME"), "same name, both at ACME"),
        (("Иван Петров", "at ACME"), ("Ivan Petrov", "at ACME"), "same name, both at ACME"),
        (("Ada Lovelace", "at ACME"), ("Lovelace, Ada", "at ACME"), "names swapped, both at ACME"),
        (
            ("Ada King Lovelace", "at ACME"),
            ("Ada Lovelace", "at ACME"),
            "King more in the name, both at ACME",
        ),
        (
            ("Ada Lovelace", "born 1815-12-10"),
            ("Ada Lovelace", "born --12-10"),
            "same name, same birthday",
        ),
        (
            ("Ada Lovelace", "at ACME"),
            ("Ada Lovelace", "in London"),
            "same name, and nothing says they are two",
        ),
        (
            ("Ada Lovelace", "archived 2026-01-01"),
            ("Ada Lovelace",),
            "same name, and nothing says they are two",
        ),
    ],
)
def test_these_are_likely_one_person(one: Said, other: Said, reason: str) -> None:
    assert why(one, other) == reason
    assert why(other, one) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # namesakes at different companies and in different cities
        (("John Smith", "at ACME", "in London"), ("John Smith", "at Engine", "in Paris")),
        (("John Smith", "at ACME"), ("John Smith", "at Engine")),
        # two of one name at one company, each with an address there
        (
            ("John Smith", "at ACME", "email:john@acme.example"),
            ("John Smith", "at ACME", "email:john2@acme.example"),
        ),
        # each with a page of their own
        (
            ("John Smith", "at ACME", "linkedin:john-1"),
            ("John Smith", "at ACME", "linkedin:john-2"),
        ),
        # father and son
        (("John Smith Sr.", "in London"), ("John Smith Jr.", "in London")),
        (
            ("John Smith", "in London", "phone:+44 20 7946 0958"),
            ("John Smith Jr.", "in London", "phone:+44 20 7946 0958"),
        ),
        (
            ("John Smith", "born 1950-03-04", "phone:+44 20 7946 0958"),
            ("John Smith", "born 1980-03-04", "phone:+44 20 7946 0958"),
        ),
        # a family with one mailbox, a couple with one number
        (
            ("Charles Smith", "email:smiths@x.example"),
            ("Emma Smith", "email:smiths@x.example"),
        ),
        (
            ("Martin Weber", "in Berlin", "phone:+49 30 1234567"),
            ("Martina Weber", "in Berlin", "phone:+49 30 1234567"),
        ),
        (("Martin Weber", "at ACME"), ("Martina Weber", "at ACME")),
        # a mailbox of everybody
        (("Anna Schmidt", "email:info@acme.example"), ("Anna Weber", "email:info@acme.example")),
        # different birthdays
        (("Ada King", "at ACME", "born 1970-05-06"), ("Ada King", "at ACME", "born 1988-09-10")),
        # names that are alike, and nothing else is
        (("Grace Hopper",), ("Garce Hopper",)),
        (("Bob Smith",), ("Robert Smith",)),
        (("A. Lovelace", "in London"), ("Ada Lovelace", "in London")),
        (("Anna Smith", "at ACME"), ("Emma Smith", "at ACME")),
        (("Alexander Fleming", "at ACME"), ("Alexandra Fleming", "at ACME")),
        (("Ada Lovelace", "at ACME"), ("Charles Babbage", "at ACME")),
        (("李伟", "at ACME"), ("王伟", "at ACME")),
        # both are archived
        (
            ("Ada Lovelace", "archived 2026-01-01", "email:a@x.example"),
            ("Ada Lovelace", "archived 2026-01-01"),
        ),
    ],
)
def test_these_are_two_people(one: Said, other: Said) -> None:
    assert why(one, other) is None
    assert why(other, one) is None


def test_an_initial_that_fits_two_colleagues_is_neithers() -> None:
    assert (
        why(("J. Smith", "at ACME"), ("John Smith", "at ACME"), ("Jane Smith", "at ACME")) is None
    )


def test_a_company_switchboard_makes_nobody_the_same() -> None:
    staff = [(f"{name} Weber", "phone:+49 30 1234567") for name in ("Emma", "Otto", "Ida", "Paul")]
    assert why(*staff) is None


def test_a_name_that_many_have_is_no_evidence() -> None:
    several = [("Maria García", f"in {city}") for city in ("Roma", "Lima", "Oslo", "Wien", "Roma")]
    assert why(*several) is None


def test_the_surest_comes_first_and_who_is_better_known_stays() -> None:
    db = store.in_memory()
    bob, robert = (
        put(db, "Bob Smith", "at ACME"),
        put(db, "Robert Smith", "at ACME", "email:r@x.org"),
    )
    ada, king = (
        put(db, "Ada King", "linkedin:adal"),
        put(db, "Ada", "linkedin:adal", "email:a@x.org"),
    )
    found = doubles.likely(db)
    assert [(d.into, d.other) for d in found] == [(king, ada), (robert, bob)]


def test_who_is_not_the_same_is_never_shown_again_until_that_is_taken_back() -> None:
    from kinship.services import safety

    db = store.in_memory()
    one, other = put(db, "Bob Smith", "at ACME"), put(db, "Robert Smith", "at ACME")
    known = people.by_ids(db, [one, other])
    doubles.part(db, [known[other], known[one]])
    assert doubles.likely(db) == []
    safety.undo(db)
    assert len(doubles.likely(db)) == 1


def test_nobody_is_here_twice_in_an_empty_file() -> None:
    assert doubles.likely(store.in_memory()) == []
