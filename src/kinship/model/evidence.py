"""Two people who may be one: what speaks for it and what against, and how much in all.

A name alone is weak: what it takes besides is another thing they share. What contradicts outweighs
all of that, but one profile page.
"""

from collections.abc import Mapping
from typing import Final

from kinship.model import channel, names, same_name
from kinship.value import Value


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_FREE_MAIL: Final = _set(
    "gmail googlemail outlook hotmail live msn yahoo ymail icloud me mac gmx web proton protonmail"
    " pm mail yandex qq 163 126 aol t-online orange free wanadoo libero fastmail posteo mailbox"
    " hey zoho tutanota naver bluewin seznam wp o2 interia ukr rediffmail comcast"
)
"""Hosts, without their last part, where anybody may have an address."""
_OF_MANY: Final = _set(
    "info office contact kontakt hello hallo mail post team admin support sales family familie"
    " home press hr jobs service secretary sekretariat webmaster noreply no-reply"
)
_LEGAL: Final = _set(
    "ltd limited inc incorporated llc llp plc gmbh ag kg ug co corp corporation company sa sas sarl"
    " srl spa bv nv oy ab as aps kft sro the group holding"
)

_ONE_EACH: Final = ("linkedin", "xing", "facebook")
"""Where people have one page, under their own name."""

PROFILE, MAIL, PHONE = 100, 90, 80
"""What one handle of two people is worth."""
_ORG, _CITY, _BORN = 30, 15, 35
_NAMES: Final = {"same": 30, "swapped": 28, "nickname": 24, "initial": 18, "more": 20}
_SLIP: Final = 22
_SLIPS: Final = ("a letter more", "a letter differs", "letters swapped")
_FEW: Final = 3


class Side(Value):
    """One of the two, as far as it is compared; ``handles`` are keys by kind.

    ``org`` is a key, and ``company`` what it is called.
    """

    words: tuple[str, ...]
    generation: str
    org: str
    city: str
    birthday: str
    company: str
    handles: Mapping[str, frozenset[str]]


class Relation(Value):
    """How two names are one: same, swapped, nickname, initial, more, or what was
    mistyped; empty if they are not.

    ``differ`` are the two words that do. ``bearers`` says how many people have the more common of
    the two names, and ``rare`` whether a word that both have is.
    """

    how: str
    differ: tuple[str, str] = ("", "")
    bearers: int = 2
    rare: bool = False


class Verdict(Value):
    """How likely two are one, the higher the likelier, and why in a few words each."""

    score: int
    reasons: tuple[str, ...]


def org_key(org: str) -> str:
    """A company as it is compared: without its legal form."""
    words = names.fold(org).split()
    return " ".join([word for word in words if word not in _LEGAL] or words)


def judge(
    one: Side, other: Side, relation: Relation, shared: frozenset[tuple[str, str]]
) -> Verdict | None:
    """Whether two may be one. ``shared`` are kinds and keys of handles that both have."""
    profile = next((kind for kind, _ in sorted(shared) if _is_profile(kind)), "")
    mail = any(kind == "email" and not _of_many(key) for kind, key in shared)
    phone = any(kind == "phone" for kind, _ in shared)
    handle = PROFILE if profile else MAIL if mail else PHONE if phone else 0
    how = relation.how
    if not how and not profile and not (mail and relation.differ[0]):
        return None
    if not profile and _contradicts(one, other, bool(handle), mail=mail):
        return None
    same_org = bool(one.org) and one.org == other.org
    same_city = bool(one.city) and one.city == other.city
    born = _same_day(one.birthday, other.birthday)
    score = (
        handle
        + (_NAMES.get(how, _SLIP) if how else 0)
        + _ORG * same_org
        + _CITY * same_city
        + _BORN * born
    )
    if not handle and not _enough(one, other, relation, same_org, same_city, born):
        return None
    reasons = [
        _name_words(relation, alone=not (handle or same_org or same_city or born)),
        f"both at {one.company}" if same_org else "",
        "same birthday" if born else "",
        f"same {channel.label(profile)} profile" if profile else "",
        "same e-mail" if mail else "",
        "same phone" if phone else "",
        "same city" if same_city and not same_org else "",
    ]
    return Verdict(score, tuple(filter(None, reasons)))


def _enough(
    one: Side, other: Side, relation: Relation, same_org: bool, same_city: bool, born: bool
) -> bool:
    """Whether two names that are alike have a second thing in common, no handle being."""
    how = relation.how
    elsewhere = bool(one.org and other.org and one.org != other.org)
    moved = bool(one.city and other.city and one.city != other.city)
    if same_org or born:
        return True
    if how in ("same", "swapped"):
        if same_city:
            return relation.rare or (not elsewhere and relation.bearers <= _FEW)
        return relation.rare and not elsewhere and not moved
    if not same_city or elsewhere:
        return False
    return how in _SLIPS or (how == "nickname" and relation.bearers <= 2)


def _contradicts(one: Side, other: Side, handle: bool, *, mail: bool) -> bool:
    if one.generation != other.generation:
        return True
    if one.birthday and other.birthday and not _same_day(one.birthday, other.birthday):
        return True
    if mail:
        return False
    for kind in _ONE_EACH:
        ours, theirs = one.handles.get(kind), other.handles.get(kind)
        if ours and theirs and ours.isdisjoint(theirs):
            return True
    return not handle and bool(_hosts(one) & _hosts(other))


def _hosts(side: Side) -> frozenset[str]:
    """Where they have an address that their employer gave them."""
    hosts = (key.rpartition("@")[2] for key in side.handles.get("email", ()))
    return frozenset(h for h in hosts if h.partition(".")[0] not in _FREE_MAIL)


def _same_day(one: str, other: str) -> bool:
    """Whether two birthdays are one; one of them may lack its year."""
    if not one or not other:
        return False
    return one == other or (one[-5:] == other[-5:] and "--" in (one[:2], other[:2]))


def _is_profile(kind: str) -> bool:
    return kind in channel.KINDS and kind not in ("website", "email", *channel.PHONES)


def _of_many(key: str) -> bool:
    return key.partition("@")[0] in _OF_MANY


def _name_words(relation: Relation, *, alone: bool) -> str:
    one, other = (word.title() for word in relation.differ)
    match relation.how:
        case "same":
            return "same name, and nothing says they are two" if alone else "same name"
        case "swapped":
            return "names swapped"
        case "nickname":
            return f"{one} and {other}"
        case "initial":
            return f"{one} and {other}"
        case "more":
            return f"{one or other} more in the name"
        case "a letter more" | "a letter differs" | "letters swapped":
            return relation.how
    return f"{one} and {other}" if one and other else ""


def slip(one: str, other: str) -> str:
    """What was mistyped between two words."""
    if len(one) != len(other):
        return "a letter more"
    return "letters swapped" if sorted(one) == sorted(other) else "a letter differs"


def relation(one: tuple[str, ...], other: tuple[str, ...]) -> Relation:
    """How two names that share a handle are related; ``how`` is empty where they contradict."""
    if one == other:
        return Relation("same")
    if sorted(one) == sorted(other):
        return Relation("swapped")
    if not same_name.fit(one, other):
        short, long = sorted((one, other), key=len)
        first = bool(short) and short[0] == long[0]
        return Relation("", (short[-1], long[-1]) if first and len(short) > 1 else ("", ""))
    left = [word for word in one if word not in other]
    right = [word for word in other if word not in one]
    if not left or not right:
        return Relation("more", ("", (left or right or [""])[0]))
    for word in left:
        for mate in right:
            if how := same_name.related(word, mate, given=len(one) > 1 and word != one[-1]):
                return Relation(slip(word, mate) if how == "near" else how, (word, mate))
    return Relation(slip(left[0], right[0]), (left[0], right[0]))
