"""The kinds of channels there are, and what they are called."""

from typing import Final, NamedTuple

from kinship.value import Value


class Kind(Value):
    """A kind of channel.

    ``page`` and ``search`` are the addresses of a profile and of the site's search for people,
    with ``{}`` for the handle or the name.
    ``to_connect`` says that having a handle is not yet being connected there.
    """

    name: str
    label: str
    short: tuple[str, ...] = ()
    to_connect: bool = False
    page: str = ""
    search: str = ""


class Handle(NamedTuple):
    """Where someone is reached: ``kind`` is canonical, ``handle`` bare."""

    kind: str
    handle: str


_ALL: Final = (
    Kind("signal", "Signal"),
    Kind("whatsapp", "WhatsApp", ("wa",)),
    Kind("phone", "phone", ("tel",)),
    Kind("email", "email", ("mail", "mailto")),
    Kind("matrix", "Matrix"),
    Kind(
        "mastodon",
        "Mastodon",
        ("fedi",),
        to_connect=True,
        search="https://mastodon.social/search?q={}&type=accounts",
    ),
    Kind(
        "bluesky",
        "Bluesky",
        ("bsky",),
        to_connect=True,
        page="https://bsky.app/profile/{}",
        search="https://bsky.app/search?q={}",
    ),
    Kind(
        "linkedin",
        "LinkedIn",
        ("li",),
        to_connect=True,
        page="https://www.linkedin.com/in/{}",
        search="https://www.linkedin.com/search/results/people/?keywords={}",
    ),
    Kind(
        "telegram",
        "Telegram",
        ("tg",),
        page="https://t.me/{}",
    ),
    Kind(
        "x",
        "X",
        ("twitter",),
        to_connect=True,
        page="https://x.com/{}",
        search="https://x.com/search?q={}&f=user",
    ),
    Kind(
        "github",
        "GitHub",
        ("gh",),
        to_connect=True,
        page="https://github.com/{}",
        search="https://github.com/search?q={}&type=users",
    ),
    Kind(
        "gitlab",
        "GitLab",
        ("gl",),
        page="https://gitlab.com/{}",
        search="https://gitlab.com/search?search={}&scope=users",
    ),
    Kind(
        "instagram",
        "Instagram",
        ("ig",),
        to_connect=True,
        page="https://www.instagram.com/{}",
        search="https://www.instagram.com/explore/search/keyword/?q={}",
    ),
    Kind(
        "facebook",
        "Facebook",
        ("fb",),
        page="https://www.facebook.com/{}",
        search="https://www.facebook.com/search/people/?q={}",
    ),
    Kind(
        "youtube",
        "YouTube",
        ("yt",),
        page="https://www.youtube.com/@{}",
        search="https://www.youtube.com/results?search_query={}",
    ),
    Kind("discord", "Discord", to_connect=True),
    Kind("slack", "Slack"),
    Kind("xmpp", "XMPP"),
    Kind("website", "website", ("web",)),
)

KINDS: Final = {kind.name: kind for kind in _ALL}
ORDER: Final = tuple(KINDS)
"""The order of preference until ``channels.order`` says otherwise."""
PHONES: Final = frozenset(("phone", "signal", "whatsapp"))
MOST_DIGITS: Final = 17
"""In a phone number: 15 by ITU-T E.164, and 00 before them."""

_BY_NAME: Final = {
    name: kind.name for kind in _ALL for name in (kind.name, kind.label.lower(), *kind.short)
}


def kind_of(text: str) -> str | None:
    """The kind with this name, label or short name (``li``), in any case."""
    return _BY_NAME.get(text.strip().lower())


def label(kind: str) -> str:
    """What a kind is called on a screen: ``LinkedIn``; a free kind is called as it was typed."""
    return KINDS[kind].label if kind in KINDS else kind
