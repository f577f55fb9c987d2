"""``in:``, ``at:``, ``tag:``: everybody of a community, met at an event, or with a tag."""

from collections.abc import Mapping, Sequence

from kinship.cli.context import Kin
from kinship.errors import Ambiguous, BadInput, Declined, NotFound
from kinship.model import channel, names
from kinship.model.entry import Community, Shared
from kinship.services import community_names, event_names
from kinship.services.shared_cadences import Target
from kinship.store import communities, events, shared

KINDS = {"in": "community", "at": "event", "tag": "tag"}
FIELDS = {kind: field for field, kind in KINDS.items()}
_LISTED = 10


def is_term(word: str) -> bool:
    """Whether a word asks for people by what they have in common."""
    if ":" not in word:
        return False
    from kinship.model import query  # noqa: PLC0415  (only for a word that may be of a query)

    return shares(word) or query.is_query(word)


def shares(term: str) -> bool:
    """Whether a term names one community, event or tag, which may share a cadence."""
    field, _, value = term.partition(":")
    return field.lower() in KINDS and "," not in value


# Communities


def community(kin: Kin, text: str, *, writing: bool = True) -> Community:
    """The community that is meant, of those there are."""
    fit, near = community_names.like(kin.db, text)
    if len(fit) == 1:
        return fit[0]
    found = _chosen(
        kin,
        text,
        "community",
        {c.name_key: c.name for c in fit},
        {c.name_key: c.name for c in near},
        writing=writing,
    )
    return next(c for c in (*fit, *near) if c.name_key == found)


def community_or_new(kin: Kin, text: str) -> Community | str:
    """The community that is meant, or the name of a new one; a close name is asked about."""
    name = names.check_name(text)
    fit, near = community_names.like(kin.db, name)
    if len(fit) > 1:
        return community(kin, name)
    if fit:
        return fit[0]
    if near and kin.can_ask and kin.means(name, near[0].name):
        return near[0]
    return name


def member_of(kin: Kin, *wanted: str) -> tuple[str, ...]:
    """The names of the communities that are meant by each text, known ones and new ones."""
    found = (community_or_new(kin, text) for text in wanted)
    return tuple(dict.fromkeys(c if isinstance(c, str) else c.name for c in found))


def community_said(kin: Kin, text: str | None) -> str | None:
    """The name of the community an option means; an empty one clears the field."""
    return member_of(kin, text)[0] if text else text


def ref(kin: Kin, known: Community) -> str:
    """The shortest thing to type that means this community."""
    return community_names.ref(known.name, communities.keys(kin.db))


def take_name(words: Sequence[str], keys: Sequence[str]) -> tuple[str, list[str]]:
    """A name at the start of the words, as many of them as are words of one in a row."""
    for count in range(min(len(words), _LISTED), 1, -1):
        said = " ".join(words[:count])
        row = f" {names.fold(said)} "
        if any(row in f" {key} " for key in keys):
            return said, list(words[count:])
    return words[0], list(words[1:])


def _chosen(
    kin: Kin,
    text: str,
    kind: str,
    fit: Mapping[str, str],
    near: Mapping[str, str],
    *,
    writing: bool,
) -> str:
    """The key of the one that is meant: asked for where that is possible, else an error."""
    nothing = " Nothing was written." if writing else ""
    if fit:
        if kin.can_ask:
            return _picked(kin, text, fit)
        raise Ambiguous(
            f"{names.quoted(text)} could be {len(fit)} {_PLURAL[kind]}.{nothing} Say which:",
            hint=tuple(_typed(kin, kind, text, name) for name in list(fit.values())[:_LISTED]),
        )
    if len(near) == 1 and kin.can_ask:
        (key, name), *_ = near.items()
        if kin.confirm(f"Did you mean {name}?", default=not writing):
            return key
        raise Declined("nothing was written." if writing else "none was meant, then.")
    some = list(near.values())[:5]
    meant = f" Did you mean {' or '.join(some)}?" if some else ""
    raise NotFound(
        f"no {kind} is called {names.quoted(text)}.{meant}{nothing}",
        hint=tuple(_typed(kin, kind, text, name) for name in some) or kin.cmd(_ALL[kind]),
    )


_PLURAL = {"community": "communities", "event": "events", "tag": "tags"}
_ALL = {"community": "community", "event": "event list", "tag": "list"}


def _typed(kin: Kin, kind: str, text: str, name: str) -> str:
    """The command that was typed, with what is meant in the place of the name."""
    import shlex  # noqa: PLC0415  (only for a name that was mistyped)

    short = community_names.ref(name, list(_keys(kin, kind)))
    prefixed = f"{FIELDS[kind]}:"
    alone = kin.command.startswith("community")
    words = [
        short if word == text else prefixed + short if word == prefixed + text else word
        for word in kin.words
    ]
    if words == kin.words or not all(word.isprintable() for word in words):
        return kin.cmd(f"{kin.command} {short}") if alone else prefixed + short
    return kin.cmd(f"{kin.command} {shlex.join(words)}")


def _picked(kin: Kin, text: str, fit: Mapping[str, str]) -> str:
    keys = list(fit)[:_LISTED]
    more = len(fit) > len(keys)
    answer = kin.choose(f"Which {text}?", [(fit[key], "") for key in keys], more=more)
    if isinstance(answer, int):
        return keys[answer]
    found = community_names.named(answer, fit)
    if len(found.fit) == 1:
        return found.fit[0]
    raise BadInput(
        f"{names.quoted(answer)} is none of them. Nothing was written.",
        hint="Try again, with a number from the list.",
    )


def place(one: Community) -> str:
    """Where it meets online, if it does."""
    return channel.label(one.channel) if one.channel else ""


# Anything that shares a cadence


def take(kin: Kin, words: Sequence[str]) -> tuple[Target, list[str]]:
    """What ``in:pyladies`` means, and the words after it that do not continue the name."""
    field, _, value = words[0].partition(":")
    kind = KINDS[field.lower()]
    if not names.fold(value):
        raise BadInput(f"{field}: which {kind}? Nothing was written.", hint=kin.cmd("help keep"))
    text, rest = take_name([value, *words[1:]], list(_keys(kin, kind)))
    return _target(kin, kind, names.check_name(text)), rest


def _keys(kin: Kin, kind: str) -> Mapping[str, object]:
    match kind:
        case "community":
            return communities.keys(kin.db)
        case "event":
            return events.keys(kin.db)
    return shared.tags(kin.db)


def _target(kin: Kin, kind: str, text: str) -> Target:
    if kind == "community":
        found = community(kin, text)
        return Target(kind, found.name, found.id)
    if kind == "event":
        return _event(kin, text)
    known = shared.tags(kin.db)
    tags = community_names.named(text, known)
    key = tags.fit[0] if len(tags.fit) == 1 else None
    if key is None:
        fit, near = ({k: known[k] for k in keys} for keys in (tags.fit, tags.near))
        key = _chosen(kin, text, kind, fit, near, writing=True)
    return Target(kind, known[key], key)


def _event(kin: Kin, text: str) -> Target:
    fit = event_names.fitting(kin.db, text, kin.event_day)
    near = None if fit else event_names.near_words(kin.db, text, kin.event_day)
    found = fit[0] if len(fit) == 1 else None
    if found is None:
        close = {near.name_key: near} if near else {e.name_key: e for e in fit}
        called = {key: event.name for key, event in close.items()}
        key = _chosen(
            kin, text, "event", called if fit else {}, called if near else {}, writing=True
        )
        found = close[key]
    return Target("event", found.name, found.id)


def typed(kin: Kin, target: Target | Shared) -> str:
    """``in:pyladies``, as short as it may be."""
    kind = target.kind
    if kind == "event":
        event = next(e for e in events.every_event(kin.db) if e.name == target.name)
        return f"at:{event_names.ref(kin.db, event, kin.event_day)}"
    return f"{FIELDS[kind]}:{community_names.ref(target.name, list(_keys(kin, kind)))}"


def people(kin: Kin, words: Sequence[str]) -> list[int]:
    """Everybody whom a query finds, by name."""
    from kinship.services import querying  # noqa: PLC0415  (only for a query)

    return querying.numbers(kin.db, words, kin.today)


def unmet(kin: Kin, known: Community) -> str:
    """The list of those of a community you never met; its own page where a query finds more."""
    keys = communities.keys(kin.db)
    words = names.slug(known.name).split("-")
    for count in range(1, len(words) + 1):
        part = f" {' '.join(words[:count])}"
        if part.strip().isascii() and [k for k in keys if part in f" {k}"] == [known.name_key]:
            return kin.cmd(f"list in:{'-'.join(words[:count])} not:met")
    return kin.cmd(f"community show {ref(kin, known)} -n 1000")
