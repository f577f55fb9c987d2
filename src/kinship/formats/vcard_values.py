"""Values of vCards in plain words: days, addresses, where somebody is reached."""

import re
from datetime import date
from typing import Final
from urllib.parse import unquote

from kinship.formats.properties import Property, split, unescape
from kinship.formats.text import INVISIBLE
from kinship.model import channel

NO_YEAR: Final = 1604
"""The year of days without one, as Apple writes them."""

RELATIVES: Final = {
    f"{before}{who}{after}".upper(): who
    for who in ("spouse", "manager", "assistant")
    for before, after in (
        *(("X-EVOLUTION-", ""), ("X-MS-", ""), ("X-", "")),
        *(("X-KADDRESSBOOK-X-", "sName"), ("X-KADDRESSBOOK-X-", "Name")),
    )
}
"""Properties with the name of somebody they know, and what that one is to them."""
_ANDROID_RELATIVES: Final = (
    *("", "assistant", "brother", "child", "partner", "father", "friend", "manager", "mother"),
    *("parent", "partner", "referred by", "relative", "sister", "spouse"),
)
"""What Android's numbers say of a relation; 0 has a word of its own beside it."""


def android_relative(number: str, own: str) -> str:
    """What somebody is to them, by Android's number or the word beside it."""
    at = int(number) if number.isdecimal() and len(number) < 3 else 0
    return _ANDROID_RELATIVES[at] if 0 < at < len(_ANDROID_RELATIVES) else own.strip().lower()


# Days

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|(\d\d)(\d\d))")
_YEARLESS = re.compile(r"--(\d{1,2})-(\d{1,2})|--(\d\d)(\d\d)")
_TIME = re.compile(r"[T ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d*)?")


def day(said: str, omitted: str = "") -> tuple[str, bool]:
    """A day as ISO text, ``--04-12`` without its year; empty where it is none.

    ``omitted`` is the year that stands for none. The second says whether that is all it says: a
    time of day is more.
    """
    text = said.strip()
    if len(text) > 40:
        return "", False
    yearless = _YEARLESS.match(text)
    found = yearless or _ISO.match(text)
    if found is None:
        return "", False
    rest = text[found.end() :]
    time = _TIME.fullmatch(rest) if rest else None
    if rest and (time is None or int(time[1]) > 24):
        return "", False
    all_of_it = time is None or not any(int(part or 0) for part in time.groups())
    parts = [int(part) for part in found.groups() if part is not None]
    year = 0 if yearless else parts.pop(0)
    month, number = parts
    if year == NO_YEAR or (omitted.isdecimal() and year == int(omitted[:4])):
        year = 0
    try:
        when = date(year or 2000, month, number)
    except ValueError:
        return "", False
    return (when.isoformat() if year else when.strftime("--%m-%d")), all_of_it


# Addresses


def address(value: str) -> tuple[str, str]:
    """An address on one line, and its town; a component may hold several lines."""
    parts = [_line(part) for part in split(value, ";", 7)]
    parts += [""] * (8 - len(parts))
    box, extended, street, city, region, code, country, written = parts
    if written:  # as Google writes it out
        return written, city
    area = f"{region} {code}".strip()
    whole = ", ".join(filter(None, (street, extended, box, city, area, country)))
    return whole, city


def _line(part: str) -> str:
    lines = [line.strip().rstrip(",") for line in unescape(part).split("\n", 50)]
    return ", ".join(filter(None, lines))


# Where somebody is reached

NOT_PREFERRED: Final = 101
_APPLE_LABEL = re.compile(r"_\$!<(.*?)>!\$_")
_MEANINGLESS: Final = frozenset(
    (
        "internet",
        "pref",
        "voice",
        "msg",
        "text",
        "video",
        "x400",
        "postal",
        "parcel",
        "dom",
        "intl",
        "x-unknown",
    )
)
_SAID: Final = {"cell": "mobile", "iphone": "iPhone", "homefax": "home fax", "workfax": "work fax"}


def label(prop: Property, written: str = "") -> str:
    """What a file calls it: the label somebody wrote, else its types: ``work fax``."""
    if written:
        text = unescape(written)
        if found := _APPLE_LABEL.fullmatch(text):
            text = found[1].lower()
        return _SAID.get(text, text)
    kinds = [kind.removeprefix("x-") for kind in prop.types() if kind not in _MEANINGLESS]
    words = [_SAID.get(kind, kind) for kind in kinds]
    return " ".join(words[:4])[:100]


def preferred(prop: Property) -> int:
    """How much it is preferred, from 1."""
    said = prop.param("PREF")
    if said.isdecimal() and len(said) < 4:
        return int(said)
    return 1 if "pref" in prop.types() else NOT_PREFERRED


def phone(value: str) -> tuple[str, bool]:
    """A number as one writes it, and whether that is all of it."""
    text = INVISIBLE.sub("", unescape(value)).replace("\xa0", " ").strip()
    if text[:4].lower() != "tel:":
        return text, True
    number, *params = text[4:].split(";", 20)
    number = unquote(number).strip()
    more = [param for param in params if param]
    for param in more:
        key, _, said = param.partition("=")
        if key.strip().lower() == "ext" and said:
            return f"{number} ext. {unquote(said)}", len(more) == 1
    return number, not more


def email(value: str) -> tuple[str, bool]:
    """An address, out of ``"Ada" <ada@example.com>`` if it stands there, and whether that is all."""
    text = INVISIBLE.sub("", unescape(value)).strip()
    text = unquote(text[7:]) if text[:7].lower() == "mailto:" else text
    if text.endswith(">") and "<" in text and "@" in (inner := text[text.rfind("<") + 1 : -1]):
        return inner.strip(), text.startswith("<")
    return text, True


IM: Final = frozenset(
    [
        "AIM",
        "DISCORD",
        "FACEBOOK",
        "GADUGADU",
        "GITHUB",
        "GOOGLE TALK",
        "GOOGLE-TALK",
        "GROUPWISE",
        "GTALK",
        "ICQ",
        "INSTAGRAM",
        "IRC",
        "JABBER",
        "KADDRESSBOOK-X-IMADDRESS",
        "LINKEDIN",
        "MASTODON",
        "MATRIX",
        "MS-IMADDRESS",
        "MSN",
        "QQ",
        "SAMETIME",
        "SIGNAL",
        "SIP",
        "SKYPE",
        "SKYPE-USERNAME",
        "TELEGRAM",
        "TWITTER",
        "WHATSAPP",
        "XMPP",
        "YAHOO",
    ]
)
"""Properties of their own, without ``X-``; `service` says which each is."""
_SERVICES: Final = {
    "fb": "facebook",
    "gadu-gadu": "gadugadu",
    "google talk": "gtalk",
    "google-talk": "gtalk",
    "googletalk": "gtalk",
    "jabber": "xmpp",
    "kaddressbook-x-imaddress": "im",
    "live": "msn",
    "messenger": "msn",
    "ms-imaddress": "im",
    "skype-username": "skype",
    "windows live messenger": "msn",
    "ymsgr": "yahoo",
}
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,30}):")
_WEB: Final = frozenset(("http", "https"))
_SCHEMES: Final = frozenset(
    [
        "aim",
        "facebook",
        "gg",
        "gtalk",
        "icq",
        "im",
        "matrix",
        "msnim",
        "qq",
        "sip",
        "sips",
        "skype",
        "telegram",
        "tg",
        "x-apple",
        "xmpp",
        "ymsgr",
    ]
)
_MESSENGERS: Final = {
    word
    for listed in (
        "discord gtalk icq irc jami kakaotalk kik line matrix mattermost msn qq signal sip skype",
        "slack telegram threema viber wechat whatsapp wire xmpp yahoo zoom zulip",
    )
    for word in listed.split()
}
_NO_SERVICE: Final = frozenset(("", "im", "x-apple", "urn", "text", "other", "home", "work"))


def service(said: str) -> str:
    """The kind of channel that is meant, ours or a free one: ``jabber`` is XMPP."""
    text = " ".join(said.split()).lower()[:60]
    text = _SERVICES.get(text, text)
    return channel.kind_of(text) or text


def chat(prop: Property, said: str = "") -> tuple[str, str]:
    """Kind and handle of an address for messages; the kind of a link is left to who reads links."""
    text = INVISIBLE.sub("", unescape(prop.value)).strip()
    known = next(
        (value for key, value in prop.params if key in ("X-SERVICE-TYPE", "SERVICE-TYPE")), said
    )
    kind = service(known)
    found = _SCHEME.match(text)
    scheme = found[1].lower() if found else ""
    handle = text
    if scheme in _WEB:
        return "", text
    if found and (kind in _NO_SERVICE or scheme in _SCHEMES or service(scheme) == kind):
        handle = text[found.end() :].removeprefix("//")
        if scheme in ("aim", "ymsgr"):
            handle = re.sub(r"(?i)^(?:goim|sendim)\?(?:screenname=)?", "", handle)
        handle = unquote(handle).strip() or text
        if scheme == "matrix" and handle.startswith("u/"):
            handle = f"@{handle[2:]}"
    if kind in _NO_SERVICE:
        kind = service(scheme)
    if kind in _NO_SERVICE:  # as Nextcloud writes it
        types = (service(said) for said in prop.types())
        kind = next((said for said in types if said in _MESSENGERS), "im")
    return kind, handle
