"""Handles: a pasted link becomes a handle, and a handle a link."""

import re
import unicodedata
from collections.abc import Callable
from typing import Final
from urllib.parse import quote, unquote

from kinship.errors import BadInput
from kinship.model import names, phone, profiles
from kinship.model.channel import KINDS, MOST_DIGITS, PHONES, Handle, kind_of, label

digits = phone.digits
is_dialled = phone.is_dialled

# Compiled when first used: no start pays for all of them.
_FREE_KIND: Final = r"[a-z][a-z0-9._-]{0,30}"
_HOST: Final = profiles.HOST
_USER: Final = r'[^\s@<>,;:"]+'
_SIGNAL_NAME: Final = r"[A-Za-z_]\w{2,31}\.\d{2,}"
_SIGNAL_LINK: Final = r"https://signal\.me/#eu/[\w=-]+"
_SLACK_MEMBER: Final = r"[a-z0-9-]+(?:\.enterprise)?\.slack\.com/team/[UW][A-Z0-9]+"
_DID: Final = r"did:(?:plc:[a-z0-9]+|web:[\w.-]+)"


def parse(kind: str, handle: str) -> Handle:
    """A handle as typed, ``@`` and pasted link included, for a known or a free kind.

    Raises ``BadInput`` for a kind that is not a word (``[a-z][a-z0-9._-]{0,30}``), and for what
    cannot be a handle of a known kind: a phone number of fewer than 6 digits, an e-mail address
    without a domain, a Mastodon name without a server, a link to another site.
    """
    name = kind_of(kind) or kind.strip().lower()
    if not re.fullmatch(_FREE_KIND, name):
        raise BadInput(f"{names.quoted(kind)} cannot be the name of a channel. For example: strava")
    text = names.check_line(handle, "handle", names.TEXT_LIMIT)
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
    dot in the server; ``@user:server``; ``mailto:``, ``tel:``, ``xmpp:``, ``matrix:``, ``sgnl:``,
    ``at:`` and ``did:`` addresses; a phone number of 6 to 17 digits that does not read as a date.
    """
    text = _pasted(word)
    kind = _evident_kind(text)
    try:
        return parse(kind, text) if kind else None
    except BadInput:
        return None


def says_more(word: str) -> bool:
    """Whether a link says more than whose page it is: it is of one post there."""
    found = profiles.read(_pasted(word))
    return bool(found and found.more and not profiles.is_reserved(found))


def key(kind: str, handle: str, country: str = "") -> str:
    """What two spellings of one handle have in common, for looking it up.

    The digits of a phone number, without ``+`` or ``00``; a national number keeps its zero unless
    a ``country`` says which line it is; an e-mail address in lower case; a website without
    ``https://``, ``www.`` and last ``/``; any other handle casefolded, without ``@`` before it.
    """
    if is_number(kind, handle):
        return phone.key(handle, country)
    if kind == "email":
        return handle.strip().lower()
    text = unicodedata.normalize("NFC", handle.strip().casefold())
    if kind == "website":
        address = text.removeprefix("https://").removeprefix("http://")
        return address.removeprefix("www.").rstrip("/")
    return text.lstrip("@")


def is_number(kind: str, handle: str) -> bool:
    """Whether the handle is a phone number."""
    if kind == "telegram":
        return handle.startswith("+") and bool(_phone(handle))
    if kind not in PHONES or len(digits(handle)) < phone.FEWEST_DIGITS:
        return False
    return kind != "signal" or not re.fullmatch(f"{_SIGNAL_NAME}|{_SIGNAL_LINK}", handle)


def link(kind: str, handle: str, country: str = "") -> str | None:
    """The address that opens this handle, or None when there is none.

    Only ``https``, ``mailto``, ``tel``, ``sgnl``, ``matrix`` and ``xmpp`` addresses are made, and
    whatever the handle holds is percent-encoded (RFC 3986; matrix: MSC 2312; xmpp: RFC 5122). A
    ``country`` says which line a national number is.
    """
    if country and is_number(kind, handle) and phone.is_national(handle):
        line = phone.in_country(handle, country)
        handle = f"+{line}" if line else handle
    if maker := _LINKS.get(kind):
        return maker(handle)
    if kind not in KINDS:
        return _website_link(handle) if handle.startswith("https://") else None
    page = _page(kind)
    return page.format(_encoded(handle, ":+")) if page and handle.strip(".") else None


def search_link(kind: str, name: str) -> str | None:
    """The address of the site's own search for a person, or None when it has none."""
    search = KINDS[kind].search if kind in KINDS else ""
    return search.format(_encoded(name)) if search else None


def _pasted(word: str) -> str:
    return word.strip().rstrip(",;.").strip("<>").rstrip(",;.")


def _evident_kind(text: str) -> str | None:
    scheme = text.partition(":")[0].lower()
    if scheme in ("mailto", "tel", "xmpp", "matrix"):
        return kind_of(scheme)
    if text.startswith("at://") or re.fullmatch(_DID, text):
        return "bluesky"
    if found := profiles.read(text):
        return "website" if profiles.is_reserved(found) else found.kind
    if scheme in ("http", "https"):
        return "website"
    if text.lower().endswith(".bsky.social") and text.rfind("@") <= 0:
        return "bluesky"
    user, _, server = text.removeprefix("@").partition("@" if "@" in text[1:] else ":")
    if user and "." in server and re.match(_HOST, server):
        if text.startswith("@"):
            return "mastodon" if "@" in text[1:] else "matrix"
        return "email" if "@" in text else None
    return "phone" if phone.is_number(text) and len(digits(text)) <= MOST_DIGITS else None


def _page(kind: str) -> str:
    return KINDS[kind].page if kind in KINDS else ""


def _page_name(kind: str, text: str) -> str | None:
    """The name in a page's address: from a link, from the end of one, or as it is."""
    if found := profiles.read(text, kind):
        return found.handle if found.kind == kind else None
    if "://" in text and kind != "bluesky":
        return None
    name = text.strip("/").removeprefix("at://").lstrip("@")
    if kind == "telegram" and name.startswith("+"):
        return _phone(name)
    if "/" in name:
        site = _page(kind).partition("{")[0].removeprefix("https://").partition("/")[0]
        found = profiles.read(f"https://{site}/{text.strip('/')}")
        return found.handle if found and found.kind == kind else None
    return name if profiles.is_name(name) else None


def _linked(kind: str, text: str) -> str | None:
    found = profiles.read(text, kind)
    return found.handle if found and found.kind == kind else None


def _encoded(text: str, safe: str = "") -> str:
    return quote(text, safe=safe, errors="replace")


def _bare(text: str) -> str:
    return re.sub(r"^[@\s]+", "", text).strip()


def _phone(text: str) -> str | None:
    number = unquote(text[4:]) if text.lower().startswith("tel:") else text
    if "/" in number and "://" in number:
        return None
    return number if len(digits(number)) >= phone.FEWEST_DIGITS else None


def _signal(text: str) -> str | None:
    if re.fullmatch(f"{_SIGNAL_NAME}|{_SIGNAL_LINK}", text):
        return text
    return _linked("signal", text) or _phone(text)


def _whatsapp(text: str) -> str | None:
    return _linked("whatsapp", text.replace("whatsapp://", "https://whatsapp.com/", 1))


def _slack(text: str) -> str | None:
    return _linked("slack", text) if "/" in text else _bare(text)


def _discord(text: str) -> str | None:
    if mention := re.fullmatch(r"<@!?(\d+)>", text):
        return mention[1]
    return _linked("discord", text) if "/" in text else _bare(text)


def _email(text: str) -> str | None:
    if text.lower().startswith("mailto:"):
        text = unquote(text[7:].partition("?")[0])
    elif asked := re.match(r"([^?@]+@[^?@]+)\?", text):
        text = asked[1]
    user, _, server = text.strip("<>").rpartition("@")
    if not re.fullmatch(_USER, user) or not re.fullmatch(_HOST, server):
        return None
    return f"{user}@{server.lower()}"


def _xmpp(text: str) -> str | None:
    if found := _linked("xmpp", text):
        return _email(found)
    if text.startswith("xmpp:"):
        text = unquote(text.removeprefix("xmpp:"))
    return None if text.endswith("?join") else _email(text.partition("/")[0])


def _mastodon(text: str) -> str | None:
    if "/" in text:
        text = _linked("mastodon", text) or ""
    found = _email(text.removeprefix("@"))
    return found if found and "." in found.rpartition("@")[2] else None


def _matrix(text: str) -> str | None:
    if text.startswith(("matrix:u/", "u/")):
        text = unquote(text.partition("u/")[2].partition("?")[0])
    elif found := _linked("matrix", text):
        text = found
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
    address = profiles.address(text)
    if address is None or address.scheme == "sgnl":
        return None
    return text if "://" in text else f"https://{text}"


def _signal_link(handle: str) -> str | None:
    if re.fullmatch(_SIGNAL_LINK, handle):
        return handle
    number = phone.abroad(handle) if is_number("signal", handle) else ""
    return f"sgnl://signal.me/#p/+{number}" if number else None


def _whatsapp_link(handle: str) -> str | None:
    number = phone.abroad(handle)
    return f"https://wa.me/{number}" if number else None


def _telegram_link(handle: str) -> str | None:
    if is_number("telegram", handle):
        return f"https://t.me/+{phone.abroad(handle)}"
    return f"https://t.me/{_encoded(handle)}" if handle.strip(".") else None


def _phone_link(handle: str) -> str | None:
    if not _phone(handle):
        return None
    number = phone.abroad(handle)
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


def _youtube_link(handle: str) -> str | None:
    """A channel without an ``@name`` has its number or old name instead: ``channel/UC…``."""
    form, slash, name = handle.partition("/")
    page = KINDS["youtube"].page
    if slash and form in ("channel", "c", "user"):
        page, handle = page.replace("@{}", f"{form}/{{}}"), name
    return page.format(_encoded(handle, ":+")) if handle.strip(".") else None


def _linkedin_link(handle: str) -> str | None:
    """Profiles from before 2014 are still found under ``/pub/``."""
    if old := re.fullmatch(r"pub/([^/]+)/(\w+)/(\w+)/(\w+)", handle):
        return f"https://www.linkedin.com/pub/{'/'.join(map(_encoded, old.groups()))}"
    page = KINDS["linkedin"].page
    return page.format(_encoded(handle, ":+")) if handle.strip(".") else None


def _discord_link(handle: str) -> str | None:
    is_number = handle.isascii() and handle.isdecimal() and len(handle) >= 17
    return f"https://discord.com/users/{handle}" if is_number else None


def _slack_link(handle: str) -> str | None:
    return f"https://{handle}" if re.fullmatch(_SLACK_MEMBER, handle) else None


def _website_link(handle: str) -> str | None:
    address = profiles.address(handle)
    if address is None or address.scheme == "sgnl":
        return None
    kept = "/%:@!$&*+,;=~"
    rest = _encoded(address.path, kept)
    rest += f"?{_encoded(address.query, kept + '?')}" if address.query else ""
    rest += f"#{_encoded(address.fragment, kept + '?')}" if address.fragment else ""
    return f"https://{address.netloc}{rest}"


_READERS: Final[dict[str, Callable[[str], str | None]]] = {
    "signal": _signal,
    "whatsapp": lambda text: _whatsapp(text) or _phone(text),
    "phone": _phone,
    "email": _email,
    "matrix": _matrix,
    "mastodon": _mastodon,
    "xmpp": _xmpp,
    "discord": _discord,
    "slack": _slack,
    "website": _website,
}
_LINKS: Final[dict[str, Callable[[str], str | None]]] = {
    "signal": _signal_link,
    "whatsapp": _whatsapp_link,
    "telegram": _telegram_link,
    "phone": _phone_link,
    "email": _email_link,
    "matrix": _matrix_link,
    "mastodon": _mastodon_link,
    "xmpp": _xmpp_link,
    "youtube": _youtube_link,
    "linkedin": _linkedin_link,
    "discord": _discord_link,
    "slack": _slack_link,
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
    "discord": "a name or number on Discord; an invitation is nobody's",
    "slack": "a name on Slack, or the link of a member",
    "website": "a web address such as https://engine.example",
}
