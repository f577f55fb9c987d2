"""Links as people paste them: whose page each is, and which are nobody's."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kinship.errors import BadInput
from kinship.model import handles
from kinship.model.channel import KINDS, Handle

# What browsers, apps and "copy link" buttons give, in the form they give it.
PEOPLE = """
linkedin   adal            https://www.linkedin.com/in/adal/
linkedin   adal            https://www.linkedin.com/in/adal?trk=public_profile_browsemap
linkedin   adal            http://linkedin.com/in/adal
linkedin   adal            LinkedIn.com/in/adal
linkedin   adal            https://uk.linkedin.com/in/adal
linkedin   adal            https://pt-br.linkedin.com/in/adal/en
linkedin   adal            https://m.linkedin.com/in/adal
linkedin   adal            https://www.linkedin.com/mwlite/in/adal
linkedin   adal            https://www.linkedin.com/in/adal/overlay/contact-info/
linkedin   adal            https://www.linkedin.com./in/adal
linkedin   josé-garcía     https://www.linkedin.com/in/jos%C3%A9-garc%C3%ADa/
linkedin   李明            https://cn.linkedin.com/in/%E6%9D%8E%E6%98%8E
linkedin   adal            https://www.linkedin.com/pub/adal
linkedin   pub/ada-lovelace/1a/2b3/c4d   https://www.linkedin.com/pub/ada-lovelace/1a/2b3/c4d
linkedin   ACwAAABcDeF     https://www.linkedin.com/sales/lead/ACwAAABcDeF,NAME_SEARCH,x1Yz
linkedin   ACwAAABcDeF     https://www.linkedin.com/sales/people/ACwAAABcDeF,name
mastodon   ada@hachyderm.io        https://hachyderm.io/@ada
mastodon   ada@hachyderm.io        hachyderm.io/@ada/with_replies
mastodon   ada@hachyderm.io        https://hachyderm.io/@ada/112233445566778899
mastodon   ada@hachyderm.io        https://mastodon.social/@ada@hachyderm.io
mastodon   ada@mastodon.social     https://mastodon.social/web/@ada
mastodon   ada@mastodon.social     https://mastodon.social/deck/@ada
mastodon   ada@mastodon.social     https://mastodon.social/users/ada
mastodon   ada@fedi.example        https://fedi.example/users/ada/statuses/1122334455
bluesky    ada.bsky.social         https://bsky.app/profile/ada.bsky.social
bluesky    engine.example          https://bsky.app/profile/engine.example/post/3kabc
bluesky    engine.example          https://bsky.app/profile/@engine.example
bluesky    did:plc:ewvi7nxzyoun6zhxrhs64oiz    https://bsky.app/profile/did:plc:ewvi7nxzyoun6zhxrhs64oiz
bluesky    did:plc:ewvi7nxzyoun6zhxrhs64oiz    did:plc:ewvi7nxzyoun6zhxrhs64oiz
bluesky    engine.example          at://engine.example
bluesky    ada.bsky.social         ada.bsky.social
x          adal            https://x.com/adal?s=21&t=AbC
x          adal            https://mobile.twitter.com/adal
x          adal            https://twitter.com/intent/user?screen_name=adal
x          adal            https://x.com/intent/follow?screen_name=adal&tw_p=followbutton
x          adal            https://x.com/adal/status/1234567890123456789
x          adal            https://twitter.com/adal/with_replies
x          adal            https://twitter.com/#!/adal
x          adal            https://x.com/@adal
github     adal            https://github.com/adal?tab=repositories
github     adal            https://gist.github.com/adal
github     adal            https://gist.github.com/adal/0123456789abcdef
github     adal            https://github.com/sponsors/adal
github     adal            https://adal.github.io
github     adal            adal.github.io/
gitlab     adal            https://gitlab.com/adal
gitlab     adal            https://gitlab.com/users/adal/projects
instagram  ada.l           https://www.instagram.com/ada.l/?igsh=MXJk&utm_source=qr
instagram  ada.l           https://instagram.com/ada.l/reels/
instagram  ada.l           https://www.instagram.com/ada.l/p/C0dE123/
instagram  ada.l           https://www.instagram.com/stories/ada.l/3141592653589793/
instagram  ada.l           https://ig.me/m/ada.l
facebook   ada.lovelace    https://www.facebook.com/ada.lovelace
facebook   ada.lovelace    https://m.facebook.com/ada.lovelace?mibextid=ZbWKwL
facebook   ada.lovelace    https://de-de.facebook.com/ada.lovelace/
facebook   ada.lovelace    https://web.facebook.com/ada.lovelace/about
facebook   ada.lovelace    https://www.facebook.com/ada.lovelace/posts/pfbid02abc
facebook   100001234567890  https://www.facebook.com/profile.php?id=100001234567890&sk=about
facebook   100001234567890  https://www.facebook.com/people/Ada-Lovelace/100001234567890/
facebook   100001234567890  https://www.facebook.com/groups/42/user/100001234567890/
facebook   ada.lovelace    https://fb.me/ada.lovelace
facebook   ada.lovelace    https://m.me/ada.lovelace
facebook   ada.lovelace    https://www.messenger.com/t/ada.lovelace
youtube    ada             https://www.youtube.com/@ada
youtube    ada             https://m.youtube.com/@ada/videos?si=abc
youtube    エイダ          https://www.youtube.com/@%E3%82%A8%E3%82%A4%E3%83%80
youtube    channel/UCabcdefghijklmnopqrstuv    https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv
youtube    c/AdaLovelace   https://www.youtube.com/c/AdaLovelace/featured
youtube    user/adal       https://www.youtube.com/user/adal
telegram   adalove         https://t.me/adalove
telegram   adalove         https://telegram.me/adalove
telegram   adalove         t.me/@adalove
telegram   adalove         https://adalove.t.me
telegram   +442079460958   https://t.me/+442079460958
whatsapp   +442079460958   https://wa.me/442079460958?text=Hello
whatsapp   +442079460958   https://wa.me/+442079460958
whatsapp   +442079460958   https://api.whatsapp.com/send?phone=442079460958&text=Hi
whatsapp   +442079460958   https://api.whatsapp.com/send/?phone=%2B44%2020%207946%200958
whatsapp   +442079460958   https://web.whatsapp.com/send?phone=442079460958
signal     +442079460958   https://signal.me/#p/+442079460958
signal     +442079460958   sgnl://signal.me/#p/+442079460958
signal     https://signal.me/#eu/AbC-1_2   https://signal.me/#eu/AbC-1_2
discord    80351110224678912       https://discord.com/users/80351110224678912
discord    80351110224678912       https://ptb.discord.com/users/80351110224678912
slack      acme.slack.com/team/U012AB3CD   https://acme.slack.com/team/U012AB3CD
matrix     ada:matrix.org  https://matrix.to/#/@ada:matrix.org
matrix     ada:matrix.org  https://matrix.to/#/%40ada%3Amatrix.org?via=matrix.org
matrix     ada:matrix.org  https://app.element.io/#/user/@ada:matrix.org
matrix     ada:matrix.org  matrix:u/ada:matrix.org?action=chat
matrix     ada:matrix.org  @ada:matrix.org
xmpp       ada@jabber.example      xmpp:ada@jabber.example?message;body=Hi
xmpp       ada@jabber.example      https://conversations.im/i/ada@jabber.example
email      ada@engine.example      mailto:ada@engine.example?subject=Hi
email      ada@engine.example      MAILTO:ada@engine.example
"""

# Pages of companies, groups, invitations and things, and of people on sites we do not know.
NOBODY = """
https://www.linkedin.com/company/engine-works/
https://www.linkedin.com/school/mit
https://www.linkedin.com/groups/123
https://www.linkedin.com/feed/update/urn:li:activity:7000000000000000000/
https://www.linkedin.com/pub/dir/Ada/Lovelace
https://www.linkedin.com/jobs/view/123
https://lnkd.in/eAbCdEf
https://x.com/i/lists/123
https://x.com/home
https://x.com/search?q=ada
https://x.com/intent/tweet?text=hi
https://twitter.com/hashtag/ada
https://github.com/adal/engine
https://github.com/features/copilot
https://github.com/marketplace
https://adal.github.io/engine/
https://gitlab.com/engine/works
https://gitlab.com/explore
https://www.instagram.com/p/C0dE123/
https://www.instagram.com/reel/C0dE123/
https://www.instagram.com/explore/tags/ada/
https://www.facebook.com/groups/engineers/
https://www.facebook.com/events/123456789/
https://www.facebook.com/share/1AbCdEf/
https://www.facebook.com/watch/?v=123
https://www.youtube.com/watch?v=dQw4w9WgXcQ
https://youtu.be/dQw4w9WgXcQ
https://www.youtube.com/playlist?list=PL123
https://t.me/joinchat/AAAAAEabc
https://t.me/+AbCdEf123
https://t.me/engineers/42
https://t.me/addstickers/Ada
https://chat.whatsapp.com/AbCdEf123
https://wa.me/qr/ABCDEF
https://wa.me/message/ABCDEF
https://www.whatsapp.com/channel/0029Va
https://signal.group/#CjQKIAbc
https://discord.gg/AbCdEf
https://discord.com/invite/AbCdEf
https://discord.com/channels/123/456
https://acme.slack.com/archives/C012AB3CD
https://app.slack.com/client/T012/C034
https://matrix.to/#/#room:matrix.org
https://matrix.to/#/!abc:matrix.org
https://bsky.app/search?q=ada
https://bsky.app/starter-pack/ada.bsky.social/3k
https://mastodon.social/tags/ada
https://mastodon.social/explore
https://stackoverflow.com/users/22656/jon-skeet
https://git.example.org/users/ada
https://medium.com/@ada/a-story-123
https://www.threads.net/@ada
https://www.tiktok.com/@ada
https://engine.example/~ada
"""


def _rows(table: str) -> list[list[str]]:
    return [re.split(r"\s{2,}", line.strip()) for line in table.strip().splitlines()]


@pytest.mark.parametrize(("kind", "handle", "typed"), _rows(PEOPLE))
def test_a_pasted_link_becomes_the_handle(kind: str, handle: str, typed: str) -> None:
    stored = Handle(kind, handle)
    assert handles.recognise(typed) == stored
    assert handles.recognise(f"<{typed}>,") == stored
    assert handles.parse(kind, typed) == stored
    if "://" in typed and not typed.startswith("at:"):
        assert handles.parse(kind, typed.partition("://")[2]) == stored


@pytest.mark.parametrize(("kind", "handle", "typed"), _rows(PEOPLE))
def test_the_link_of_a_pasted_handle_is_read_back(kind: str, handle: str, typed: str) -> None:
    link = handles.link(kind, handle)
    assert link is not None
    assert handles.parse(kind, link) == handles.recognise(link) == Handle(kind, handle)


@pytest.mark.parametrize("typed", NOBODY.split())
def test_what_is_nobodys_page_is_a_website(typed: str) -> None:
    assert handles.recognise(typed) == Handle("website", typed)


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("linkedin", "https://www.linkedin.com/company/acme"),
        ("whatsapp", "https://chat.whatsapp.com/AbCdEf123456"),
        ("whatsapp", "https://wa.me/qr/ABCDEF123456"),
        ("telegram", "https://t.me/joinchat/AAAAAE123456"),
        ("telegram", "https://t.me/+AbCdEf123456"),
        ("telegram", "+abc"),
        ("discord", "https://discord.gg/AbCdEf"),
        ("discord", "discord.gg/AbCdEf"),
        ("slack", "https://acme.slack.com/archives/C012AB3CD"),
        ("signal", "https://signal.group/#CjQKIAbc123456"),
        ("matrix", "https://matrix.to/#/#room:matrix.org"),
        ("xmpp", "xmpp:room@muc.example?join"),
        ("mastodon", "https://mastodon.social/tags/ada"),
        ("phone", "https://engine.example/02079460958"),
        ("github", "https://github.com/adal/engine"),
        ("youtube", "https://youtu.be/dQw4w9WgXcQ"),
        ("facebook", "https://www.facebook.com/share/1AbCdEf/"),
    ],
)
def test_an_invitation_or_a_company_is_no_handle(kind: str, typed: str) -> None:
    with pytest.raises(BadInput):
        handles.parse(kind, typed)


@pytest.mark.parametrize(
    ("kind", "typed", "handle"),
    [
        ("mastodon", "https://fedi.example/users/ada", "ada@fedi.example"),
        ("github", "https://adal.github.io/engine/", "adal"),
        ("discord", "<@!80351110224678912>", "80351110224678912"),
        ("discord", "Ada#1234", "Ada#1234"),
        ("telegram", "@adalove", "adalove"),
        ("telegram", "+44 20 7946 0958", "+44 20 7946 0958"),
        ("whatsapp", "whatsapp://send?phone=442079460958", "+442079460958"),
        ("youtube", "channel/UCabc", "channel/UCabc"),
        ("youtube", "@ada/videos", "ada"),
        ("linkedin", "pub/ada/1/2/3", "pub/ada/1/2/3"),
        ("slack", "acme.slack.com/team/U012AB3CD", "acme.slack.com/team/U012AB3CD"),
        ("signal", "ada.123456", "ada.123456"),
    ],
)
def test_a_kind_says_what_alone_would_not_be_evident(kind: str, typed: str, handle: str) -> None:
    assert handles.parse(kind, typed) == Handle(kind, handle)


@pytest.mark.parametrize(
    ("word", "more"),
    [
        ("https://hachyderm.io/@ada/112233445566778899", True),
        ("https://x.com/adal/status/1234567890123456789", True),
        ("https://bsky.app/profile/engine.example/post/3kabc", True),
        ("https://gist.github.com/adal/0123456789abcdef", True),
        ("https://www.instagram.com/stories/ada.l/31415926/", True),
        ("https://hachyderm.io/@ada", False),
        ("https://www.linkedin.com/in/adal/details/skills/", False),
        ("https://engine.example/posts/1", False),
        ("ada", False),
    ],
)
def test_a_link_to_a_post_says_more_than_whose_it_is(word: str, more: bool) -> None:
    assert handles.says_more(word) is more


# Hosts and schemes that a link of each kind may have, whatever the handle holds.
_HOSTS = {
    "linkedin": "www.linkedin.com",
    "bluesky": "bsky.app",
    "x": "x.com",
    "github": "github.com",
    "gitlab": "gitlab.com",
    "instagram": "www.instagram.com",
    "facebook": "www.facebook.com",
    "youtube": "www.youtube.com",
    "telegram": "t.me",
    "whatsapp": "wa.me",
    "discord": "discord.com",
}
_HOSTILE = st.text() | st.from_regex(r"[-/\\@:.#?&%+a-z0-9\s\"'`$();|]{1,40}", fullmatch=True)


@example("linkedin", "pub/../1/2/3")
@example("youtube", "channel/../evil")
@example("slack", "evil.example/team/U1")
@example("slack", "a.slack.com/team/U1@evil.example")
@example("signal", "https://signal.me/#eu/a\nb")
@example("signal", "https://evil.example/#eu/abc")
@example("telegram", "+44123456789/../x")
@example("github", "//evil.example")
@example("x", "@evil.example/..")
@example("website", "-https://evil.example")
@example("website", "javascript://evil.example/%0aalert(1)")
@example("strava", "javascript:alert(1)")
@example("strava", "file:///etc/passwd")
@given(st.sampled_from([*KINDS, "strava"]), _HOSTILE)
def test_no_handle_leads_to_another_site_or_to_a_program(kind: str, handle: str) -> None:
    link = handles.link(kind, handle)
    if link is None:
        return
    assert re.match(r"(https|mailto|tel|sgnl|matrix|xmpp):[^-]", link)
    assert link.isascii() or kind in ("website", "strava", "mastodon")
    assert not re.search(r"[\s\"'<>`\\\0|;()$]", link.replace("%", ""))
    if kind in _HOSTS:
        assert link.startswith(f"https://{_HOSTS[kind]}/")
    if kind == "slack":
        assert re.match(r"https://[a-z0-9.-]+\.slack\.com/team/\w+$", link)


@given(st.sampled_from([*KINDS, "strava"]), _HOSTILE)
def test_a_link_leads_back_to_what_was_stored(kind: str, typed: str) -> None:
    try:
        stored = handles.parse(kind, typed)
    except BadInput:
        return
    assert handles.parse(*stored) == stored
    link = handles.link(*stored)
    if link and kind not in ("strava", "website"):
        assert handles.key(*handles.parse(kind, link)) == handles.key(*stored).partition("x")[
            0
        ] or (handles.parse(kind, link) == stored)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (
            "facebook",
            "https://facebook.com/profile.php?id=42",
            "https://facebook.com/people/Ada/42",
        ),
        ("linkedin", "https://linkedin.com/in/jos%C3%A9", "JOSE\u0301"),
        ("telegram", "https://t.me/+442079460958", "+44 20 7946 0958"),
        ("mastodon", "https://hachyderm.io/@Ada", "@ada@Hachyderm.io"),
        ("xmpp", "xmpp:Ada@jabber.example", "ada@jabber.example/phone"),
        ("email", "mailto:Ada@engine.example", "ada@ENGINE.example"),
    ],
)
def test_two_ways_to_say_a_handle_are_one(kind: str, one: str, other: str) -> None:
    assert handles.key(*handles.parse(kind, one)) == handles.key(*handles.parse(kind, other))
