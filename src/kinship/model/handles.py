"""Handles: a pasted link becomes a handle, and a handle a link."""

import re
import unicodedata
from collections.abc import Callable
from typing import Final
from urllib.parse import SplitResult, parse_qs, quote, unquote, urlsplit

from kinship.errors import BadInput
from kinship.model import names
from kinship.model.channel import KINDS, MOST_DIGITS, PHONES, Handle, kind_of, label

_BY_SITE: Final = {site: kind for kind in KINDS.values() for site in kind.sites}

# Compiled when first used: no start pays for all of them.
_FREE_KIND: Final = r"[a-z][a-z0-9._-]{0,30}"
_HOST: Final = r"[\w-]+(?:\.[\w-]+)*"
_MIRROR: Final = r"(?:www|mobile|m|[a-z]{2})\.(?=[\w-]+\.)"
_USER: Final = r'[^\s@<>,;:"]+'
_DIALLED: Final = r"\+?[\d\s()./-]+"
_DATE: Final = r"\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}"
_SIGNAL_NAME: Final = r"[A-Za-z_]\w{2,31}\.\d{2,}"
_FEWEST_DIGITS: Final = 6

# First parts of a path that are pages of a site and not people.
_NOT_PEOPLE: Final = (
    "about accounts events explore features groups hashtag home i intent joinchat login messages"
    " notifications orgs p pages pricing profile.php reel search settings share sharer topics watch"
)
# A link to /@name is of a Mastodon server, unless the site is one of another kind, or one of these:
# their profiles are at /@name too, and nothing in the link tells them apart.
_NOT_MASTODON: Final = frozenset(site.partition("/")[0] for site in _BY_SITE) | frozenset(
    ("flipboard.com", "medium.com", "substack.com", "threads.com", "threads.net", "tiktok.com")
)
# What may follow the handle in the link of a profile without meaning something else.
_DEEP: Final = frozenset(("linkedin", "youtube"))


def parse(kind: str, handle: str) -> Handle:
    """A handle as typed, ``@`` and pasted link included, for a known or a free kind.

    Raises ``BadInput`` for a kind that is not a word (``[a-z][a-z0-9._-]{0,30}``), and for what
    cannot be a handle of a known kind: a phone number of fewer than 6 digits, an e-mail address
    without a domain, a Mastodon name without a server, a link to another site.
    """
    name = kind_of(kind) or kind.strip().lower()
    if not re.fullmatch(_FREE_KIND, name):
        raise BadInput(f"{names.quoted(kind)} cannot be the name of a channel. For example: strava")
    text = names.check_text(names.clean_line(handle)[0], "handle", names.TEXT_LIMIT)
    if not names.fold(text).strip("@"):
        raise BadInput(f"{names.quoted(f'{name}:')} needs a handle. For example: linkedin:adal")
    bare = _page_name(name, text) if _page(name) else _READERS.get(name, _bare)(text)
    if not bare:
        wanted = _WANTED.get(name, f"a name on {label(name)}, or a link to a profile there")
        raise BadInput(
            f"{names.quoted(text)} is not {wanted}.",
            hint="For example: linkedin:adal, ada@engine.example, +44 20 7946 0958",
        )
    return Handle(name, names.check_text(bare, "handle", names.LINE_LIMIT))


def recognise(word: str) -> Handle | None:
    """The handle that needs no kind before it, if ``word`` is one.

    That is an e-mail address; a profile link of a known site, with or without ``https://``; any
    other ``https://`` or ``http://`` link (a website); ``@user@server`` and ``name@server`` with a
    dot in the server; ``@user:server``; ``mailto:``, ``tel:``, ``xmpp:``, ``matrix:`` and
    ``sgnl:`` addresses; a phone number of 6 to 17 digits that does not read as a date.
    """
    text = word.strip().strip("<>").rstrip(",;.")
    kind = _evident_kind(text)
    try:
        return parse(kind, text) if kind else None
    except BadInput:
        return None


def key(kind: str, handle: str) -> str:
    """What two spellings of one handle have in common, for looking it up.

    The digits of a phone number, without ``+`` or ``00`` (a national number keeps its zero); an
    e-mail address in lower case; a website without ``https://``, ``www.`` and last ``/``; any
    other handle casefolded, without ``@`` before it.
    """
    if kind in PHONES and len(digits(handle)) >= _FEWEST_DIGITS:
        return _abroad(handle) or digits(handle)
    if kind == "email":
        return handle.strip().lower()
    if kind == "website":
        address = handle.strip().casefold().removeprefix("https://").removeprefix("http://")
        return address.removeprefix("www.").rstrip("/")
    return handle.strip().lstrip("@").casefold()


def link(kind: str, handle: str) -> str | None:
    """The address that opens this handle, or None when there is none.

    Only ``https``, ``mailto``, ``tel``, ``sgnl``, ``matrix`` and ``xmpp`` addresses are made, and
    whatever the handle holds is percent-encoded (RFC 3986; matrix: MSC 2312; xmpp: RFC 5122).
    """
    if page := _page(kind):
        return page.format(_encoded(handle, ":+")) if handle.strip(".") else None
    maker = _LINKS.get(kind)
    return maker(handle) if maker else None


def search_link(kind: str, name: str) -> str | None:
    """The address of the site's own search for a person, or None when it has none."""
    search = KINDS[kind].search if kind in KINDS else ""
    return search.format(_encoded(name)) if search else None


def digits(text: str) -> str:
    """The digits of a phone number in ASCII, without ``(0)`` after a country code or extension."""
    if text.lstrip().startswith(("+", "00")):
        text = text.replace("(0)", "")
    found = ""
    for char in text:
        if char.isdecimal():
            found += str(unicodedata.decimal(char))
        elif (char.isalpha() or char in "#;,") and len(found) >= _FEWEST_DIGITS:
            break
    return found


def is_dialled(text: str) -> bool:
    """Whether this is written as a phone number is, of whatever length, and is not a date."""
    written = re.fullmatch(_DIALLED, text) and any(map(str.isdecimal, text))
    return bool(written) and not re.fullmatch(_DATE, text)


def _evident_kind(text: str) -> str | None:
    scheme = text.partition(":")[0].lower()
    if scheme in ("mailto", "tel", "xmpp", "matrix"):
        return kind_of(scheme)
    if found := _profile(text):
        return found.kind if found.handle.lower() not in _NOT_PEOPLE.split() else "website"
    if scheme in ("http", "https"):
        return "website"
    if text.lower().endswith(".bsky.social") and text.rfind("@") <= 0:
        return "bluesky"
    user, _, server = text.removeprefix("@").partition("@" if "@" in text[1:] else ":")
    if user and "." in server and re.match(_HOST, server):
        if text.startswith("@"):
            return "mastodon" if "@" in text[1:] else "matrix"
        return "email" if "@" in text else None
    enough = _FEWEST_DIGITS <= len(digits(text)) <= MOST_DIGITS
    return "phone" if enough and is_dialled(text) else None


def _page(kind: str) -> str:
    return KINDS[kind].page if kind in KINDS else ""


def _page_name(kind: str, text: str) -> str | None:
    if found := _profile(text):
        return found.handle if found.kind == kind else None
    name = text.strip("/").removeprefix("in/").lstrip("@")
    return name if _is_page_name(name) else None


def _is_page_name(name: str) -> bool:
    return bool(name.strip(".")) and not re.search(r"[\s/\0]", name)


def _profile(text: str) -> Handle | None:
    """The handle in a link to someone's page on a known site or a Mastodon server."""
    address = _address(text)
    if address is None or not address.hostname:
        return None
    try:
        return _known_profile(address) or _mastodon_profile(address)
    except UnicodeDecodeError:
        return None


def _known_profile(address: SplitResult) -> Handle | None:
    rest = address.path.strip("/")
    match _site_of(address), rest:
        case "matrix.to", _:
            return _handle("matrix", _decoded(address.fragment.strip("/")))
        case "signal.me", _:
            return _handle("signal", _decoded(address.fragment.removeprefix("p/")))
        case "wa.me", _:
            return _handle("whatsapp", "+" + digits(rest))
        case "api.whatsapp.com", "send":
            return _handle("whatsapp", "+" + digits(_queried(address, "phone")))
        case "facebook.com", "profile.php":
            return _handle("facebook", _queried(address, "id"))
        case bare_host, _:
            return _site_profile(f"{bare_host}/{rest}")


def _site_of(address: SplitResult) -> str:
    """The host without ``www.``, ``m.`` or a language before it."""
    return re.sub(_MIRROR, "", address.hostname or "", count=1)


def _site_profile(place: str) -> Handle | None:
    for site, kind in _BY_SITE.items():
        if place[: len(site)].lower() == site:
            user, _, deeper = place[len(site) :].partition("/")
            name = _decoded(user).lstrip("@")
            if _is_page_name(name) and (not deeper or kind.name in _DEEP):
                return Handle(kind.name, name)
    return None


def _mastodon_profile(address: SplitResult) -> Handle | None:
    path, host = address.path.strip("/"), address.netloc.lower()
    if not path.startswith("@") or "/" in path or _site_of(address) in _NOT_MASTODON:
        return None
    user = _decoded(path)
    return _handle("mastodon", user if "@" in user[1:] else f"{user}@{host}")


def _handle(kind: str, text: str) -> Handle | None:
    bare = _READERS.get(kind, _bare)(text)
    return Handle(kind, bare) if bare else None


def _address(text: str) -> SplitResult | None:
    """A web address taken apart, if ``text`` is one, with ``https`` where no scheme was typed."""
    scheme, separator, rest = text.partition("://")
    if not separator:
        scheme, rest = "https", text
    try:
        parts = urlsplit(f"{scheme}://{rest}")
        port = parts.port
    except ValueError:
        return None
    host = parts.netloc if port is None else parts.netloc.rpartition(":")[0]
    if parts.scheme not in ("https", "http", "sgnl") or not re.fullmatch(_HOST, host):
        return None
    return parts if "." in host and not re.search(r"\s", text) else None


def _queried(address: SplitResult, field: str) -> str:
    return parse_qs(address.query).get(field, [""])[0]


def _decoded(text: str) -> str:
    return unquote(text, errors="strict")


def _encoded(text: str, safe: str = "") -> str:
    return quote(text, safe=safe, errors="replace")


def _abroad(number: str) -> str:
    """The digits of an international number, country code first; empty for a national one."""
    found = digits(number)
    if number.lstrip().startswith("+"):
        return found
    return found[2:] if found.startswith("00") else ""


def _bare(text: str) -> str:
    return text.lstrip("@").strip()


def _phone(text: str) -> str | None:
    number = text.removeprefix("tel:")
    return number if len(digits(number)) >= _FEWEST_DIGITS else None


def _signal(text: str) -> str | None:
    found = _profile(text) if "/" in text else None
    if found:
        return found.handle if found.kind == "signal" else None
    return text if re.fullmatch(_SIGNAL_NAME, text) else _phone(text)


def _whatsapp(text: str) -> str | None:
    found = _profile(text) if "/" in text else None
    if found:
        return found.handle if found.kind == "whatsapp" else None
    return _phone(text)


def _email(text: str) -> str | None:
    if text.startswith("mailto:"):
        text = unquote(text.removeprefix("mailto:").partition("?")[0])
    user, _, server = text.strip("<>").rpartition("@")
    if not re.fullmatch(_USER, user) or not re.fullmatch(_HOST, server):
        return None
    return f"{user}@{server.lower()}"


def _xmpp(text: str) -> str | None:
    if text.startswith("xmpp:"):
        text = unquote(text.removeprefix("xmpp:").partition("?")[0])
    return _email(text.partition("/")[0])


def _mastodon(text: str) -> str | None:
    if "/" in text:
        found = _profile(text)
        return found.handle if found and found.kind == "mastodon" else None
    found_server = _email(text.removeprefix("@"))
    return found_server if found_server and "." in found_server.rpartition("@")[2] else None


def _matrix(text: str) -> str | None:
    if text.startswith(("matrix:u/", "u/")):
        text = unquote(text.partition("u/")[2].partition("?")[0])
    elif found := _profile(text) if "://" in text else None:
        text = found.handle
    user, _, server = text.removeprefix("@").partition(":")
    host, _, port = server.partition(":")
    if (
        not re.fullmatch(_USER, user)
        or not re.fullmatch(_HOST, host)
        or not (port + "0").isdecimal()
    ):
        return None
    return f"{user}:{server.lower()}"


def _website(text: str) -> str | None:
    address = _address(text)
    if address is None or address.scheme == "sgnl":
        return None
    return text if "://" in text else f"https://{text}"


def _signal_link(handle: str) -> str | None:
    number = _abroad(handle) if _phone(handle) else ""
    return f"sgnl://signal.me/#p/+{number}" if number else None


def _whatsapp_link(handle: str) -> str | None:
    number = _abroad(handle)
    return f"https://wa.me/{number}" if number else None


def _phone_link(handle: str) -> str | None:
    if not _phone(handle):
        return None
    number = _abroad(handle)
    return f"tel:+{number}" if number else f"tel:{digits(handle)}"


def _email_link(handle: str) -> str | None:
    address = _email(handle)
    return f"mailto:{_encoded(address, '@')}" if address else None


def _xmpp_link(handle: str) -> str | None:
    address = _xmpp(handle)
    return f"xmpp:{_encoded(address, '@')}" if address else None


def _mastodon_link(handle: str) -> str | None:
    user, _, server = (_mastodon(handle) or "").rpartition("@")
    return f"https://{server}/@{_encoded(user)}" if server else None


def _matrix_link(handle: str) -> str | None:
    name = _matrix(handle)
    return f"matrix:u/{_encoded(name, ':')}" if name else None


def _discord_link(handle: str) -> str | None:
    is_number = handle.isascii() and handle.isdecimal() and len(handle) >= 17
    return f"https://discord.com/users/{handle}" if is_number else None


def _website_link(handle: str) -> str | None:
    address = _address(handle)
    if address is None or address.scheme == "sgnl":
        return None
    kept = "/%:@!$&*+,;=~"
    rest = _encoded(address.path, kept)
    rest += f"?{_encoded(address.query, kept + '?')}" if address.query else ""
    rest += f"#{_encoded(address.fragment, kept + '?')}" if address.fragment else ""
    return f"https://{address.netloc}{rest}"


_READERS: Final[dict[str, Callable[[str], str | None]]] = {
    "signal": _signal,
    "whatsapp": _whatsapp,
    "phone": _phone,
    "email": _email,
    "matrix": _matrix,
    "mastodon": _mastodon,
    "xmpp": _xmpp,
    "website": _website,
}
_LINKS: Final[dict[str, Callable[[str], str | None]]] = {
    "signal": _signal_link,
    "whatsapp": _whatsapp_link,
    "phone": _phone_link,
    "email": _email_link,
    "matrix": _matrix_link,
    "mastodon": _mastodon_link,
    "xmpp": _xmpp_link,
    "discord": _discord_link,
    "website": _website_link,
}
_WANTED: Final = {
    "signal": "a phone number of at least 6 digits, or a Signal name such as ada.01",
    "whatsapp": "a phone number of at least 6 digits",
    "phone": "a phone number of at least 6 digits",
    "email": "an e-mail address such as ada@engine.example",
    "matrix": "a Matrix name such as @ada:matrix.org",
    "mastodon": "a Mastodon name such as @ada@hachyderm.io",
    "xmpp": "an XMPP address such as ada@jabber.example",
    "website": "a web address such as https://engine.example",
}
