"""Links to somebody's page: whose page it is, on the sites we know and on any Mastodon server."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from kinship.model import phone
from kinship.value import Value

HOST: Final = r"[\w-]+(?:\.[\w-]+)*"
_MIRROR: Final = (
    r"^(?:www|mobile|m|web|mbasic|touch|canary|ptb|music|[a-z]{2}(?:-[a-z]{2})?)\.(?=[\w-]+\.)"
)
_SCHEMES: Final = ("https", "http", "sgnl")
_FEDIVERSE: Final = r"mastodon|mstdn|\.social$"

# First parts of a path that are pages of the site and not people.
_RESERVED: Final = {
    "x": "about compose download explore hashtag home i intent jobs login messages notifications"
    " privacy search settings share signup tos",
    "github": "about apps codespaces collections contact copilot customer-stories dashboard"
    " discussions enterprise events explore features groups issues join login logout marketplace"
    " new notifications organizations orgs pages pricing pulls readme search security settings"
    " site sponsors stars team topics trending",
    "gitlab": "- admin api dashboard explore groups help projects search topics users",
    "instagram": "about accounts developer direct explore legal p reel reels stories tv web",
    "facebook": "ads business events gaming groups hashtag help l.php login marketplace messages"
    " notifications pages people permalink.php pg photo photo.php policies privacy profile.php"
    " public reel search settings share sharer sharer.php story.php watch",
    "telegram": "addemoji addstickers addtheme bg boost c confirmphone contact iv joinchat login"
    " m proxy s setlanguage share socks",
}
# A link to /@name is of a Mastodon server, unless the site is one we know, or one of these: their
# profiles are at /@name too, and nothing in the link tells them apart. A site that is missing here is
# taken for a server, and the echo says so.
_NOT_MASTODON: Final = frozenset(
    [
        "flipboard.com",
        "hashnode.com",
        "hive.blog",
        "jsr.io",
        "medium.com",
        "observablehq.com",
        "odysee.com",
        "paragraph.xyz",
        "peakd.com",
        "producthunt.com",
        "replit.com",
        "snapchat.com",
        "steemit.com",
        "substack.com",
        "threads.com",
        "threads.net",
        "tiktok.com",
        "unsplash.com",
        "vk.com",
    ]
)


class Profile(Value):
    """Somebody's page: the kind of channel, the handle, and whether the link says more than that."""

    kind: str
    handle: str
    more: bool = False


class _Page(Value):
    """A link taken apart: the host without ``www.`` and the like, and the parts of the path."""

    host: str
    parts: list[str]
    split: SplitResult

    def queried(self, field: str) -> str:
        return parse_qs(self.split.query).get(field, [""])[0]

    @property
    def fragment(self) -> list[str]:
        return list(map(_decoded, self.split.fragment.partition("?")[0].strip("/").split("/")))


def read(text: str, wanted: str = "") -> Profile | None:
    """Whose page a link is; None when it is no page of a person.

    Where the kind that is ``wanted`` was said, a link may be less evident: ``/users/ada`` on any
    server is somebody on Mastodon then, and a page below ``ada.github.io`` is ada's.
    """
    split = address(text)
    if split is None or not split.hostname:
        return None
    try:
        parts = [_decoded(part) for part in split.path.split("/") if part]
        host = split.hostname.rstrip(".")
        page = _Page(re.sub(_MIRROR, "", host, count=1), parts, split)
        found = _known(page) if page.host in _SITES else _by_suffix(page, host, wanted)
    except UnicodeDecodeError:
        return None
    hidden = any("/" in part for part in parts)
    return found if found and not hidden and is_name(found.handle) else None


def is_reserved(found: Profile) -> bool:
    """Whether this is a page of the site itself, by its name."""
    return found.handle.lower() in _RESERVED.get(found.kind, "").split()


def is_name(text: str) -> bool:
    """Whether this can be a handle in the address of a page."""
    return bool(text.strip(".")) and not re.search(r"[\s\0]", text)


@lru_cache(maxsize=8)
def address(text: str) -> SplitResult | None:
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
    if parts.scheme not in _SCHEMES or not re.fullmatch(HOST + r"\.?", host):
        return None
    return parts if "." in host.rstrip(".") and not re.search(r"\s", text) else None


def _decoded(text: str) -> str:
    return unquote(text, errors="strict")


def _known(page: _Page) -> Profile | None:
    kind, reader = _SITES[page.host]
    found = reader(page)
    if isinstance(found, str):
        return Profile(kind, found)
    return found


def _by_suffix(page: _Page, host: str, wanted: str) -> Profile | None:
    """Sites where the name stands before the host; else a Mastodon server."""
    name, _, site = host.partition(".")
    match site, page.parts:
        case "github.io", below if wanted == "github" or not below:
            return Profile("github", name)
        case "t.me", []:
            return Profile("telegram", name)
        case "slack.com", ["team", member]:
            return Profile("slack", f"{host}/team/{member}")
    return _mastodon(page, said=wanted == "mastodon")


def _mastodon(page: _Page, *, said: bool) -> Profile | None:
    if page.host in _NOT_MASTODON:
        return None
    parts = page.parts
    if parts[:1] in (["web"], ["deck"]):
        parts = parts[1:]
    match parts:
        case [at, *rest] if at.startswith("@") and len(at) > 1:
            user = at[1:]
        case ["users", user, *rest] if not user.isdecimal() and (
            said or rest[:1] == ["statuses"] or re.search(_FEDIVERSE, page.host)
        ):
            pass
        case _:
            return None
    if rest and not _is_tab_or_post(rest):
        return None
    full = user if "@" in user else f"{user}@{page.split.netloc.lower()}"
    return Profile("mastodon", full, more=any(map(str.isdecimal, rest)))


def _is_tab_or_post(rest: list[str]) -> bool:
    return rest[0].isdecimal() or rest[0] in (
        *("with_replies", "media", "followers", "following", "featured", "about", "statuses"),
    )


def _named(kind: str, parts: list[str], tabs: str, posts: str) -> Profile | None:
    """The name that is all of the path, but for a tab of the profile or a post behind it."""
    match parts:
        case [name]:
            return Profile(kind, name.removeprefix("@"))
        case [name, tab] if tab in tabs.split():
            return Profile(kind, name.removeprefix("@"))
        case [name, post, _, *_] if post in posts.split():
            return Profile(kind, name.removeprefix("@"), more=True)
    return None


def _linkedin(page: _Page) -> str | None:
    match page.parts:
        case ["in", name, *_] | ["mwlite", "in", name, *_]:
            return name.removeprefix("@")
        case ["pub", name, *rest] if name != "dir" and len(rest) in (0, 3):
            return "/".join(["pub", name, *rest]) if rest else name
        case ["sales", "lead" | "people", lead, *_]:
            return lead.partition(",")[0]
    return None


def _bluesky(page: _Page) -> Profile | None:
    if page.parts[:1] != ["profile"]:
        return None
    return _named("bluesky", page.parts[1:], "", "post feed lists")


def _x(page: _Page) -> Profile | str | None:
    match page.parts:
        case ["intent", "user" | "follow"]:
            return page.queried("screen_name")
        case [] if page.split.fragment.startswith("!/"):
            return page.fragment[1]
    tabs = "with_replies media likes followers following highlights"
    return _named("x", page.parts, tabs, "status statuses")


def _github(page: _Page) -> str | None:
    match page.parts:
        case [name] | ["sponsors", name]:
            return name.removeprefix("@")
    return None


def _gist(page: _Page) -> Profile | None:
    match page.parts:
        case [name]:
            return Profile("github", name)
        case [name, _]:
            return Profile("github", name, more=True)
    return None


def _gitlab(page: _Page) -> str | None:
    match page.parts:
        case [name] | ["u", name] | ["users", name, *_]:
            return name.removeprefix("@")
    return None


def _instagram(page: _Page) -> Profile | None:
    match page.parts:
        case ["stories", name, *_] if name != "highlights":
            return Profile("instagram", name, more=True)
    return _named("instagram", page.parts, "reels tagged", "p reel")


def _facebook(page: _Page) -> Profile | str | None:
    match page.parts:
        case ["profile.php"]:
            return page.queried("id") or "profile.php"
        case ["people", _, number] if number.isdecimal():
            return number
        case ["groups", _, "user", number, *_] if number.isdecimal():
            return number
    tabs = "about photos friends videos reels"
    return _named("facebook", page.parts, tabs, "posts photos videos")


def _only(page: _Page) -> str | None:
    return page.parts[0].removeprefix("@") if len(page.parts) == 1 else None


def _messenger(page: _Page) -> str | None:
    match page.parts:
        case ["t", name]:
            return name
    return None


def _instagram_chat(page: _Page) -> str | None:
    match page.parts:
        case ["m", name]:
            return name
    return None


def _youtube(page: _Page) -> str | None:
    match page.parts:
        case [name, *_] if name.startswith("@"):
            return name.removeprefix("@")
        case ["channel" | "c" | "user" as form, name, *_]:
            return f"{form}/{name}"
    return None


def _telegram(page: _Page) -> str | None:
    match page.parts:
        case [name] if name.startswith("+"):
            return name if name[1:].isdecimal() and len(name) > phone.FEWEST_DIGITS else None
        case [name]:
            return name.removeprefix("@")
    return None


def _whatsapp(page: _Page) -> str | None:
    match page.parts:
        case [number] if phone.is_dialled(number):
            return _abroad(number)
    return None


def _whatsapp_send(page: _Page) -> str | None:
    return _abroad(page.queried("phone")) if page.parts == ["send"] else None


def _abroad(number: str) -> str | None:
    found = phone.digits(number).removeprefix("00")
    return f"+{found}" if len(found) >= phone.FEWEST_DIGITS and found[0] != "0" else None


def _signal(page: _Page) -> str | None:
    form, _, rest = page.split.fragment.partition("/")
    if form == "p" and not page.parts:
        return _decoded(rest).replace(" ", "")
    if form == "eu" and not page.parts and re.fullmatch(r"[\w=-]+", rest):
        return f"https://signal.me/#eu/{rest}"
    return None


def _matrix(page: _Page) -> str | None:
    name = page.fragment[-1 if page.fragment[0] == "user" else 0]
    return name if name.startswith("@") else None


def _discord(page: _Page) -> str | None:
    match page.parts:
        case ["users", number] if number.isdecimal():
            return number
    return None


def _conversations(page: _Page) -> str | None:
    match page.parts:
        case ["i", name]:
            return name
    return None


_Reader = Callable[[_Page], "Profile | str | None"]
_SITES: Final[dict[str, tuple[str, _Reader]]] = {
    "linkedin.com": ("linkedin", _linkedin),
    "bsky.app": ("bluesky", _bluesky),
    "x.com": ("x", _x),
    "twitter.com": ("x", _x),
    "github.com": ("github", _github),
    "gist.github.com": ("github", _gist),
    "gitlab.com": ("gitlab", _gitlab),
    "instagram.com": ("instagram", _instagram),
    "instagr.am": ("instagram", _instagram),
    "ig.me": ("instagram", _instagram_chat),
    "facebook.com": ("facebook", _facebook),
    "fb.com": ("facebook", _facebook),
    "fb.me": ("facebook", _only),
    "m.me": ("facebook", _only),
    "messenger.com": ("facebook", _messenger),
    "youtube.com": ("youtube", _youtube),
    "t.me": ("telegram", _telegram),
    "telegram.me": ("telegram", _telegram),
    "telegram.dog": ("telegram", _telegram),
    "wa.me": ("whatsapp", _whatsapp),
    "api.whatsapp.com": ("whatsapp", _whatsapp_send),
    "whatsapp.com": ("whatsapp", _whatsapp_send),
    "signal.me": ("signal", _signal),
    "matrix.to": ("matrix", _matrix),
    "app.element.io": ("matrix", _matrix),
    "discord.com": ("discord", _discord),
    "discordapp.com": ("discord", _discord),
    "conversations.im": ("xmpp", _conversations),
}
