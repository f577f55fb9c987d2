"""Channels: what a handle, a pasted link and a bare word are taken for, and what opens."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kinship.errors import BadInput
from kinship.model import channel, handles
from kinship.model.channel import KINDS, Handle

PAGES = [kind.name for kind in KINDS.values() if kind.page]
ALLOWED = re.compile(r"(https://[\w.-]|mailto:|tel:\+?\d|sgnl://signal\.me/|matrix:u/|xmpp:)")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("li", "linkedin"),
        ("LinkedIn", "linkedin"),
        ("gh", "github"),
        ("gl", "gitlab"),
        ("tg", "telegram"),
        ("wa", "whatsapp"),
        ("ig", "instagram"),
        ("bsky", "bluesky"),
        ("fedi", "mastodon"),
        ("mail", "email"),
        ("tel", "phone"),
        ("fb", "facebook"),
        ("yt", "youtube"),
        ("twitter", "x"),
        ("web", "website"),
        ("fax", None),
        ("", None),
    ],
)
def test_kinds_have_short_names(text: str, kind: str | None) -> None:
    assert channel.kind_of(text) == kind


def test_what_asks_to_be_connected_is_as_configured_by_default() -> None:
    assert {kind.name for kind in KINDS.values() if kind.to_connect} == set(
        "linkedin mastodon bluesky github x instagram discord".split()  # noqa: SIM905
    )
    assert channel.ORDER[:8] == (
        *("signal", "whatsapp", "phone", "email"),
        *("matrix", "mastodon", "bluesky", "linkedin"),
    )


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        ("li", "adal", Handle("linkedin", "adal")),
        ("li", "@adal", Handle("linkedin", "adal")),
        ("li", "in/adal", Handle("linkedin", "adal")),
        ("linkedin", "https://www.linkedin.com/in/adal/?utm_source=x", Handle("linkedin", "adal")),
        ("linkedin", "linkedin.com/in/jos%C3%A9-garc%C3%ADa", Handle("linkedin", "josé-garcía")),
        ("x", "https://twitter.com/adal", Handle("x", "adal")),
        ("mail", "Ada@Engine.Example", Handle("email", "Ada@engine.example")),
        ("email", "mailto:ada@engine.example", Handle("email", "ada@engine.example")),
        ("email", "root@localhost", Handle("email", "root@localhost")),
        ("signal", "+44 20 7946 0958", Handle("signal", "+44 20 7946 0958")),
        ("signal", "ada.01", Handle("signal", "ada.01")),
        ("whatsapp", "https://wa.me/442079460958", Handle("whatsapp", "+442079460958")),
        ("phone", "tel:+442079460958", Handle("phone", "+442079460958")),
        ("mastodon", "@ada@Hachyderm.io", Handle("mastodon", "ada@hachyderm.io")),
        ("mastodon", "https://hachyderm.io/@ada", Handle("mastodon", "ada@hachyderm.io")),
        ("mastodon", "https://a.example/@ada@b.example", Handle("mastodon", "ada@b.example")),
        ("matrix", "@ada:matrix.org", Handle("matrix", "ada:matrix.org")),
        ("matrix", "https://matrix.to/#/@ada:matrix.org", Handle("matrix", "ada:matrix.org")),
        ("matrix", "u/ada:matrix.org", Handle("matrix", "ada:matrix.org")),
        ("xmpp", "ada@jabber.example/phone", Handle("xmpp", "ada@jabber.example")),
        ("web", "engine.example/~ada", Handle("website", "https://engine.example/~ada")),
        ("facebook", "https://facebook.com/profile.php?id=42", Handle("facebook", "42")),
        ("slack", "Ada Lovelace", Handle("slack", "Ada Lovelace")),
        ("Fax", "12", Handle("fax", "12")),
    ],
)
def test_a_handle_is_stored_bare(kind: str, typed: str, stored: Handle) -> None:
    assert handles.parse(kind, typed) == stored


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("phone", "12345"),
        ("whatsapp", "ada"),
        ("email", "ada"),
        ("email", "ada@b@c.example"),
        ("email", "ada love@c.example"),
        ("mastodon", "ada"),
        ("matrix", "ada"),
        ("website", "not a link"),
        ("website", "https://user@evil.example"),
        ("linkedin", "https://github.com/adal"),
        ("linkedin", "https://www.linkedin.com/company/acme"),
        ("github", "ada lovelace"),
        ("github", "../evil"),
        ("github", ".."),
        ("github", "https://github.com/a%2F..%2Fb"),
        ("github", ""),
        ("github", "@"),
        ("discord", "\u200b"),
        ("no such", "ada"),
        ("", "ada"),
        ("x" * 40, "ada"),
        ("slack", "a\0"),
        ("slack", "a" * 10_000),
    ],
)
def test_what_cannot_be_a_handle_is_refused_in_a_short_sentence(kind: str, typed: str) -> None:
    with pytest.raises(BadInput) as refusal:
        handles.parse(kind, typed)
    assert len(refusal.value.message) < 160


@pytest.mark.parametrize(
    ("word", "handle"),
    [
        ("ada@engine.example", Handle("email", "ada@engine.example")),
        ("<ada@engine.example>,", Handle("email", "ada@engine.example")),
        ("linkedin.com/in/adal", Handle("linkedin", "adal")),
        ("uk.linkedin.com/in/adal/details/", Handle("linkedin", "adal")),
        ("https://github.com/adal", Handle("github", "adal")),
        ("github.com/adal/", Handle("github", "adal")),
        ("https://github.com/adal/repo", Handle("website", "https://github.com/adal/repo")),
        ("https://x.com/home", Handle("website", "https://x.com/home")),
        ("x.com/adal", Handle("x", "adal")),
        ("https://www.instagram.com/adal/", Handle("instagram", "adal")),
        ("youtube.com/@ada/videos", Handle("youtube", "ada")),
        ("https://gitlab.com/adal", Handle("gitlab", "adal")),
        ("t.me/adal", Handle("telegram", "adal")),
        ("https://bsky.app/profile/ada.example", Handle("bluesky", "ada.example")),
        ("@ada.bsky.social", Handle("bluesky", "ada.bsky.social")),
        ("@ada@hachyderm.io", Handle("mastodon", "ada@hachyderm.io")),
        ("hachyderm.io/@ada", Handle("mastodon", "ada@hachyderm.io")),
        ("https://medium.com/@ada", Handle("website", "https://medium.com/@ada")),
        ("https://m.tiktok.com/@ada", Handle("website", "https://m.tiktok.com/@ada")),
        ("https://www.linkedin.com/@ada", Handle("website", "https://www.linkedin.com/@ada")),
        ("https://m.mastodon.example/@ada", Handle("mastodon", "ada@m.mastodon.example")),
        ("@ada:matrix.org", Handle("matrix", "ada:matrix.org")),
        ("matrix:u/ada:matrix.org", Handle("matrix", "ada:matrix.org")),
        ("xmpp:ada@jabber.example", Handle("xmpp", "ada@jabber.example")),
        ("mailto:ada@engine.example", Handle("email", "ada@engine.example")),
        ("https://signal.me/#p/+442079460958", Handle("signal", "+442079460958")),
        ("https://engine.example/ada", Handle("website", "https://engine.example/ada")),
        ("+44 20 7946 0958", Handle("phone", "+44 20 7946 0958")),
        ("(020) 7946-0958", Handle("phone", "(020) 7946-0958")),
        ("+12345", None),
        ("2026-05-20", None),
        ("20.5.2026", None),
        ("12345678901234567890", None),
        ("Ada", None),
        ("@ada", None),
        ("Booking.com", None),
        ("either/or", None),
        ("javascript:alert(1)", None),
        ("https://", None),
        ("https://[", None),
        ("", None),
    ],
)
def test_a_bare_word_is_recognised_only_when_it_is_evident(
    word: str, handle: Handle | None
) -> None:
    assert handles.recognise(word) == handle


@given(st.text(alphabet="ada@:/.+0123456789#%?[]<>, \0\ud800é"))
def test_recognising_never_fails(word: str) -> None:
    found = handles.recognise(word)
    assert found is None or found.kind in KINDS


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("phone", "+44 20 7946 0958", "0044 (0)20-7946.0958"),
        ("signal", "٠١٢٣٤٥٦", "0123456"),
        ("email", "Ada@engine.example", "ada@engine.example"),
        ("github", "@AdaL", "adal"),
        ("website", "https://www.engine.example/", "http://engine.example"),
    ],
)
def test_two_spellings_of_a_handle_have_one_key(kind: str, one: str, other: str) -> None:
    assert handles.key(kind, one) == handles.key(kind, other)


def test_a_national_number_keeps_its_zero() -> None:
    assert handles.key("phone", "020 7946 0958") == "02079460958"


@pytest.mark.parametrize(
    ("kind", "handle", "link"),
    [
        ("linkedin", "josé", "https://www.linkedin.com/in/jos%C3%A9"),
        ("mastodon", "ada@hachyderm.io", "https://hachyderm.io/@ada"),
        ("signal", "+44 20 7946 0958", "sgnl://signal.me/#p/+442079460958"),
        ("signal", "020 7946 0958", None),
        ("signal", "ada.01", None),
        ("whatsapp", "+44 20 7946 0958", "https://wa.me/442079460958"),
        ("phone", "020 7946 0958", "tel:02079460958"),
        ("phone", "0044 20 7946 0958 x12", "tel:+442079460958"),
        ("email", "ada+x@engine.example", "mailto:ada%2Bx@engine.example"),
        ("email", "ada?bcc=eve@engine.example", "mailto:ada%3Fbcc%3Deve@engine.example"),
        ("matrix", "ada:matrix.org", "matrix:u/ada:matrix.org"),
        ("xmpp", "ada@jabber.example", "xmpp:ada@jabber.example"),
        ("discord", "80351110224678912", "https://discord.com/users/80351110224678912"),
        ("discord", "ada", None),
        ("slack", "ada", None),
        ("fax", "12345", None),
        ("website", "http://engine.example/a b", None),
        ("website", "http://engine.example/a'b?q=1#top", "https://engine.example/a%27b?q=1#top"),
        ("website", "javascript:alert(1)", None),
        ("github", "../evil?x", "https://github.com/..%2Fevil%3Fx"),
    ],
)
def test_a_link_opens_the_handle_and_nothing_else(kind: str, handle: str, link: str | None) -> None:
    assert handles.link(kind, handle) == link


@given(st.sampled_from([*KINDS, "fax"]), st.text() | st.from_regex(r"[a-z:/@.\d+%\s]{1,30}"))
def test_only_allowed_schemes_are_ever_made(kind: str, handle: str) -> None:
    for made in (handles.link(kind, handle), handles.search_link(kind, handle)):
        assert made is None or (ALLOWED.match(made) and not re.search(r"[\s\"'<>`\\\0]", made))


@example("bluesky", "\U0001f980" * 500)
@given(st.sampled_from(PAGES), st.text() | st.from_regex(r"[\w.%@-]{1,30}", fullmatch=True))
def test_the_link_of_a_profile_is_read_back_as_its_handle(kind: str, typed: str) -> None:
    try:
        stored = handles.parse(kind, typed)
    except BadInput:
        return
    link = handles.link(*stored)
    assert link is not None
    assert handles.parse(kind, link) == stored


@pytest.mark.parametrize(
    "stored",
    [
        Handle("email", "ada+x@engine.example"),
        Handle("mastodon", "ada@hachyderm.io"),
        Handle("matrix", "ada/x:matrix.org"),
        Handle("xmpp", "ada@jabber.example"),
        Handle("signal", "+442079460958"),
        Handle("whatsapp", "+442079460958"),
        Handle("phone", "+442079460958"),
        Handle("website", "https://engine.example/ada"),
    ],
)
def test_other_links_are_read_back_too(stored: Handle) -> None:
    link = handles.link(*stored)
    assert link is not None
    assert handles.parse(stored.kind, link) == handles.recognise(link) == stored


def test_a_site_is_searched_for_a_name() -> None:
    assert handles.search_link("linkedin", "José & Co") == (
        "https://www.linkedin.com/search/results/people/?keywords=Jos%C3%A9%20%26%20Co"
    )
    assert {k: handles.search_link(k, "Ada") for k in channel.KINDS if channel.KINDS[k].search} == {
        "mastodon": "https://mastodon.social/search?q=Ada&type=accounts",
        "bluesky": "https://bsky.app/search?q=Ada",
        "linkedin": "https://www.linkedin.com/search/results/people/?keywords=Ada",
        "x": "https://x.com/search?q=Ada&f=user",
        "github": "https://github.com/search?q=Ada&type=users",
        "gitlab": "https://gitlab.com/search?search=Ada&scope=users",
        "instagram": "https://www.instagram.com/explore/search/keyword/?q=Ada",
        "facebook": "https://www.facebook.com/search/people/?q=Ada",
        "youtube": "https://www.youtube.com/results?search_query=Ada",
    }
    assert handles.search_link("discord", "Ada") is None
    assert handles.search_link("fax", "Ada") is None


def test_a_kind_is_called_by_its_own_name() -> None:
    assert [channel.label(kind) for kind in ("linkedin", "x", "phone", "fax")] == [
        "LinkedIn",
        "X",
        "phone",
        "fax",
    ]
