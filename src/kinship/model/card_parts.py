"""What the parts of a business card are: a channel, a name, what somebody does, a company, a place."""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from kinship.errors import BadInput
from kinship.model import channel, handles, names
from kinship.model.channel import Handle

_JOBS: Final = (
    "accountant actor administrator advisor adviser advocate analyst architect artist assistant"
    " associate attorney author banker bookkeeper broker buyer ceo cfo chair chairman chairwoman"
    " chancellor chemist cio ciso clerk cmo coach co-founder cofounder colonel commodore composer"
    " consultant controller coo coordinator counsel cpo cto curator dean designer developer devrel"
    " director doctor editor engineer entrepreneur evangelist executive fellow founder head"
    " illustrator inspector intern investor journalist lawyer lead lecturer librarian maintainer"
    " manager mathematician mechanic minister musician nurse officer organiser organizer owner"
    " partner photographer physician physicist pilot pm postdoc president principal producer"
    " professor programmer psychologist publisher recruiter representative researcher salesperson"
    " scientist secretary solicitor specialist strategist student supervisor surgeon svp teacher"
    " technician technologist tester therapist trainer translator treasurer trustee tutor"
    " vice-president vp writer engineering marketing sales operations cso"
)
_FIELDS_OF_WORK: Final = "engineering marketing sales operations"
_COMPANIES: Final = (
    "ab ag aps as asbl asa bank bv bureau co college company corp corporation e.v ev foundation"
    " gbr gmbh group holding holdings inc incorporated institute kg kk labs limited llc llp lp ltd"
    " laboratories ministry nv oü oy plc pty sarl sas school se society solutions spa srl studio"
    " studios technologies university universität université verein ventures"
)
_PLACES: Final = (
    "allee avenue ave boulevard blvd building close court drive floor gasse highway house lane"
    " platz plaza po road rd room route rue square sq straße strasse street st suite terrace unit"
    " via way weg"
)
_FAREWELLS: Final = (
    "best, best regards, best wishes, cheers, kind regards, regards, sincerely, thanks, many thanks,"
    " thank you, warm regards, yours, yours sincerely"
)
_HEADINGS: Final = (
    "address attendee birthday city company country e e-mail email employer first firstname family"
    " full given job last lastname linkedin mail mobile name note notes organisation organization"
    " phone position role surname tag tags telephone title topic topics twitter url website"
)
_LABELS: Final = {
    "phone": "tel telephone phone ph p t m mob mobile cell c d direct o office work home",
    "email": "e email e-mail mail",
    "website": "w web website url www site homepage",
    "address": "a addr address",
    "org": "company organisation organization org employer",
    "role": "title role position",
    "name": "name",
    "kept": "f fax",
}
"""What stands before a colon on a card, by what it is; what is kept has no place but the note."""
_NEXT_LABEL: Final = (
    r"(?i)\s+(?=(?:tel|telephone|phone|mob|mobile|cell|direct|office|fax|email|e-mail|web|website"
    r"|[ptmcdofew])\s*[:.]\s)"
)
_PARTS: Final = r"\t+|\s*[|•·]\s*|\s{3,}"
_LABELLED: Final = (
    r"(?P<label>[^\W\d][\w -]{0,14}?)\s*(?::|\.(?=[\s\d+(]))\s*(?P<said>\S.*)"
    r"|(?P<before>[^\W\d][\w-]*)\s+(?P<number>\+?[(\d][\d\s()./-]{5,})"
)
READABLE: Final = ("linkedin", "email", "facebook", "gitlab", "github")


def parts(row: str) -> Iterator[str]:
    """What stands apart on a row of a card, without signs before and after it."""
    for part in re.split(_PARTS, row):
        for piece in re.split(_NEXT_LABEL, part):
            bare = re.sub(r"^[^\w+(@\"'<“]+|[\s,;|>]+$", "", piece.strip())
            if any(map(str.isalnum, bare)):
                yield bare


def contact(part: str) -> Handle | tuple[str, str] | None:
    """A channel, or a field and its text, if all of the part is that."""
    if found := re.fullmatch(_LABELLED, part):
        word, said = found["label"] or found["before"], found["said"] or found["number"]
        field = next(
            (f for f, known in _LABELS.items() if word.strip().lower() in known.split()),
            channel.kind_of(word),
        )
        if field in channel.KINDS:
            with suppress(BadInput):
                return handles.parse(field, said)
            return ("kept", part)
        if field and (found["label"] or field == "kept"):
            return (field, said)
    if part.lower().startswith("www.") and not re.search(r"\s", part):
        return handles.parse("website", part)
    return handles.recognise(part)


def name_in(handle: Handle) -> str:
    """The name that can be read from a handle (``ada-lovelace-1a2b3``); empty if none can."""
    if handle.kind not in READABLE:
        return ""
    user = handle.handle.partition("@")[0] if handle.kind == "email" else handle.handle
    words = [word for word in re.split(r"[-._]+", user) if word]
    while len(words) > 2 and any(map(str.isdecimal, words[-1])):
        words.pop()
    if not 2 <= len(words) <= 4 or not all(w.isalpha() and len(w) > 1 for w in words):
        return ""
    return " ".join(map(str.capitalize, words))


def forwards(name: str) -> str:
    """``Lovelace, Ada`` as it is said; a suffix is no first name."""
    bare = name.strip().strip("'\"“”").strip()
    last, comma, first = bare.partition(",")
    if not comma or "," in first or names.is_suffix(first) or not last.strip() or not first.strip():
        return bare
    return f"{first.strip()} {last.strip()}"


def role_and_company(text: str) -> tuple[str, str]:
    """``CTO at Acme``, ``CTO, Acme``, ``Acme, CTO``; no role where no word of it is a job."""
    for mark in (" at ", " @ ", ", ", " | ", " - ", " – "):
        one, found, other = text.partition(mark)
        if found and is_job(one) and other.strip():
            return one.strip(" ,"), other.strip(" ,")
        if found and "," in mark and is_job(other) and not is_job(one):
            return other.strip(" ,"), one.strip(" ,")
    return (text, "") if is_job(text) and not is_company(text) else ("", text)


def is_job(text: str) -> bool:
    """Whether this is what somebody does."""
    words = [word for part in names.fold(text).split() for word in (part, part.rstrip("s"))]
    return not set(words).isdisjoint(_JOBS.split()) and not set(names.fold(text).split()) <= set(
        _FIELDS_OF_WORK.split()
    )


def is_company(text: str) -> bool:
    """Whether a company calls itself so: ``Ltd``, ``University``."""
    return not set(names.fold(text).split()).isdisjoint(_COMPANIES.split())


def is_place(text: str) -> bool:
    """Whether this is a street or a town of an address."""
    words = names.fold(text).split()
    numbered = any(any(map(str.isdecimal, word)) for word in words)
    street = not set(words).isdisjoint(_PLACES.split()) or text.lower().rstrip(
        "0123456789 "
    ).endswith(("straße", "strasse", "gasse", "weg", "platz"))
    postcode = re.search(r"^\d{4} |\b\d{5}\b|\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", text)
    return bool((numbered and street) or (postcode and re.search(r"[^\W\d]{2}", text)))


def may_be_name(text: str) -> bool:
    """Whether this can be what somebody is called."""
    words = text.partition(",")[0].split()
    bare = text.partition(",")[0]
    return (
        0 < len(words) <= 6
        and not any(map(str.isdecimal, bare))
        and not is_company(bare)
        and not is_job(bare)
        and not is_farewell(text)
        and len(text) <= names.NAME_LIMIT
    )


def may_be_worded(text: str) -> bool:
    """Whether a cell is more letters than figures: no number of an order, and no date."""
    return sum(map(str.isalpha, text)) > sum(map(str.isdecimal, text))


def is_farewell(text: str) -> bool:
    """Whether this is what ends a letter."""
    return names.fold(text) in _FAREWELLS.split(", ")


def is_heading(text: str) -> bool:
    """Whether this is what a column is called."""
    return set(names.fold(text).split()) <= set(_HEADINGS.split())
