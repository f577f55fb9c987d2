"""``add``: somebody you met, know or heard of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinship.cli import added, views
from kinship.cli.context import Kin
from kinship.cli.understanding import Asked, understood
from kinship.errors import Ambiguous, BadInput, Refused
from kinship.model import line as lines
from kinship.model import names
from kinship.model.person import Person
from kinship.render.shapes import Notice
from kinship.services import meeting
from kinship.services import people as finding
from kinship.services.meeting import Added, Arrival
from kinship.services.people import Found

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params

_NEXT, _MORE = "What next", "Details"


def add(
    ctx: typer.Context,
    words: params.Words = None,
    at: Annotated[
        str | None, typer.Option("-a", "--at", metavar="EVENT", help="Where you met.")
    ] = None,
    via: Annotated[
        list[str] | None,
        typer.Option(
            "--via", metavar="CHANNEL:HANDLE", help="A way to reach them. Repeat for more."
        ),
    ] = None,
    about: params.About = None,
    org: Annotated[
        str | None, typer.Option("--org", metavar="NAME", help="Where they work.")
    ] = None,
    role: Annotated[
        str | None, typer.Option("--role", metavar="TEXT", help="What they do there.")
    ] = None,
    city: Annotated[
        str | None, typer.Option("--city", metavar="CITY", help="Where they live.")
    ] = None,
    community: Annotated[
        list[str] | None,
        typer.Option("-c", "--community", metavar="NAME", help="A community you share."),
    ] = None,
    tag: Annotated[
        list[str] | None, typer.Option("-t", "--tag", metavar="TAG", help="Any word you like.")
    ] = None,
    note: Annotated[
        str | None,
        typer.Option("-m", "--note", metavar="TEXT", help="Anything worth remembering."),
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="WHO", help="Who introduced you.")
    ] = None,
    follow_up: Annotated[
        str | None,
        typer.Option(
            "-f",
            "--follow-up",
            metavar="WHEN [TEXT]",
            help='Remind me: 2d, fri, "2d send the paper".',
            rich_help_panel=_NEXT,
        ),
    ] = None,
    keep: Annotated[
        str | None,
        typer.Option(
            "-k",
            "--keep",
            metavar="EVERY",
            help="Stay in touch: weekly, monthly, 6w, close.",
            rich_help_panel=_NEXT,
        ),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option(
            "--on", metavar="DATE", help="When you met. Default: today.", rich_help_panel=_MORE
        ),
    ] = None,
    met: Annotated[
        bool, typer.Option("--met", help="You met in person.", rich_help_panel=_MORE)
    ] = False,
    met_on: Annotated[
        str | None,
        typer.Option(
            "--met-on",
            metavar="CHANNEL",
            help="You met online: mastodon, or a community.",
            rich_help_panel=_MORE,
        ),
    ] = None,
    online: Annotated[
        bool,
        typer.Option("--online", help="You know each other online only.", rich_help_panel=_MORE),
    ] = False,
    since: Annotated[
        str | None,
        typer.Option(
            "--since", metavar="WHEN", help="2019, 2019-05 or a day.", rich_help_panel=_MORE
        ),
    ] = None,
    heard: Annotated[
        bool, typer.Option("--heard", help="You have only heard of them.", rich_help_panel=_MORE)
    ] = False,
    seeks: Annotated[
        list[str] | None,
        typer.Option("--seeks", metavar="TEXT", help="What they look for.", rich_help_panel=_MORE),
    ] = None,
    connected: Annotated[
        bool,
        typer.Option("--connected", help="You are connected there already.", rich_help_panel=_MORE),
    ] = False,
    birthday: Annotated[
        str | None,
        typer.Option(
            "--birthday", metavar="DAY", help="10 dec, or 1815-12-10.", rich_help_panel=_MORE
        ),
    ] = None,
    cue: Annotated[
        str | None,
        typer.Option("--cue", metavar="TEXT", help="What tells them apart.", rich_help_panel=_MORE),
    ] = None,
    nick: Annotated[
        str | None,
        typer.Option("--nick", metavar="NAME", help="What you call them.", rich_help_panel=_MORE),
    ] = None,
    relation: Annotated[
        str | None,
        typer.Option(
            "--relation", metavar="WORD", help="sister, neighbour, boss.", rich_help_panel=_MORE
        ),
    ] = None,
    new: Annotated[
        bool,
        typer.Option(
            "--new", help="A new person, even if the name is taken.", rich_help_panel=_MORE
        ),
    ] = False,
    same: Annotated[
        bool,
        typer.Option(
            "--same", help="The person of that name you know already.", rich_help_panel=_MORE
        ),
    ] = False,
    edit: Annotated[
        bool,
        typer.Option("-e", "--edit", help="Type them in your editor.", rich_help_panel=_MORE),
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            help="Show how it would be understood; write nothing.",
            rich_help_panel=_MORE,
        ),
    ] = False,
) -> int | None:
    """Add someone you met, or twenty in a row.

    Usage: kinship add NAME... [TOKENS...] [// NOTE] [OPTIONS]
           kinship add            one person a line, until an empty line
           kinship add -          one person a line, from standard input
           kinship add -e         one person a line, in your editor

    Examples:
      kinship add Ada Lovelace --at "PyCon 2026" --via linkedin:adal -f 2d
      kinship add Ada Lovelace, Analytical Engines linkedin:adal +compilers due:2d
      kinship add Emmy Noether --met-on mastodon --since 2023
      kinship add Charles Babbage +engines keep:monthly
      kinship add Sophie Germain --heard --by ada
      kinship add - --at "PyCon 2026" < cards.txt

    A name alone is someone you know; --at, --met or --on says you met in person.

    Tokens, in any order after the name: +topic  linkedin:adal  ada@engine.example
    +44 20 7946 0958  due:fri  in:pyladies  city:London  keep:monthly  seeks:flat
    knows:charles  birthday:"10 dec"
    A comma after the name starts the company; // starts the note. A pasted card, signature,
    profile link or row of a spreadsheet is understood too.
    """
    kin = Kin.of(ctx)
    asked = Asked(
        at, via, about, org, role, city, community, tag, note, by, follow_up, keep, on, met,
        met_on, online, since, heard, seeks, connected, birthday, cue, nick, relation, new, same,
    )  # fmt: skip
    if new and same:
        raise BadInput("it is --new or --same. Nothing was written.", hint=kin.cmd("help add"))
    said = list(words or [])
    if edit:
        from kinship.cli import add_editor  # noqa: PLC0415  (only with --edit)

        add_editor.from_editor(kin, said, asked, dry_run=dry_run)
        return None
    if said == ["-"] or (not said and not kin.can_ask):
        from kinship.cli import add_lines  # noqa: PLC0415  (not for one person)

        add_lines.from_input(kin, asked, dry_run=dry_run)
        return None
    if not said:
        from kinship.cli import add_loop  # noqa: PLC0415  (as above)

        return add_loop.loop(kin, asked, dry_run=dry_run)
    text = " ".join(said)
    draft = lines.parse_words(said) if "\n" not in text else None
    if draft is None or lines.may_be_pasted(text, draft):
        from kinship.cli import add_pasted  # noqa: PLC0415  (only where more may be understood)

        draft = add_pasted.one(kin, said, asked, dry_run=dry_run)
        if draft is None:
            return None
    arrival = understood(kin, draft, asked)
    person, is_new = already(kin, arrival, asked)
    if dry_run:
        kin.show(Notice(tuple(added.dry_run(kin, arrival, draft, person)), added.record(arrival)))
        return None
    done = save(kin, arrival, person, new=is_new)
    kin.show(Notice(tuple(added.echo(kin, done, draft)), views.person_record(kin, done.person)))
    return None


def save(kin: Kin, arrival: Arrival, person: Person | None, *, new: bool) -> Added:
    """Write down somebody new, or met again."""
    if person is None:
        return meeting.add(kin.writable, arrival, today=kin.today, new=new)
    return meeting.met_again(kin.writable, person, arrival, today=kin.today)


def already(kin: Kin, arrival: Arrival, asked: Asked) -> tuple[Person | None, bool]:
    """Whoever it is, if they are here already, and whether it is surely somebody new.

    Asks where it can, refuses where it cannot.
    """
    if asked.new:
        return None, True
    found = finding.namesakes(kin.db, arrival.name)
    if asked.same:
        person = found.people[0] if len(found.people) == 1 else _one_of(kin, arrival, found)
        finding.not_me([person])
        return person, False
    if not found.people:
        return None, False
    exact = found.rule == finding.EXACT
    if len(found.people) > 1:
        if not kin.can_ask:
            raise _say_which(kin, arrival, found)
        like = "of that name are" if exact else f"with a name like {arrival.name} are"
        question = f"{len(found.people)} people {like} here. One of them?"
        if not kin.confirm(question, default=False):
            return None, True
        several = found.people[:10]
        more = len(found.people) > len(several)
        return kin.pick("Which one?", several, kin.described(several), more=more), True
    person = found.people[0]
    about = kin.described([person])[person.id]
    here = f"{person.name} is here already" + (f": {about}" if about else "")
    if kin.can_ask:
        same = kin.confirm(f"{here}. Same person?", default=exact)
        return (person if same else None), True
    raise Refused(
        f"{here}. Nothing was written. Say which it is:",
        hint=_aligned(
            [
                (_again(kin, arrival, "--same"), "the person you know"),
                (_again(kin, arrival, "--new"), "somebody else"),
            ]
        ),
    )


def _one_of(kin: Kin, arrival: Arrival, found: Found) -> Person:
    """Whoever ``--same`` means where the name alone does not say it."""
    if len(found.people) > 1 and not kin.can_ask:
        raise _say_which(kin, arrival, found)
    return kin.who(arrival.name)


def _say_which(kin: Kin, arrival: Arrival, found: Found) -> Ambiguous:
    several = found.people[:10]
    about = kin.described(several)
    near = found.rule == finding.NEAR
    called = f"{len(found.people)} people are called {arrival.name}"
    if near:
        called = f"{names.quoted(arrival.name)} could be {len(found.people)} people"
    return Ambiguous(
        f"{called}. Nothing was written. Say which it is:",
        hint=_aligned(
            [
                *(
                    (
                        _again(kin, arrival, "--same", str(p.id)),
                        "; ".join(filter(None, [p.name if near else "", about[p.id]])),
                    )
                    for p in several
                ),
                (_again(kin, arrival, "--new"), "somebody else"),
            ]
        ),
    )


def _aligned(rows: list[tuple[str, str]]) -> tuple[str, ...]:
    width = max(len(command) for command, _ in rows)
    return tuple(f"{command:<{width}}   {text}".rstrip() for command, text in rows)


def _again(kin: Kin, arrival: Arrival, option: str, ref: str = "") -> str:
    """The whole line with an option more, and ``ref`` in the place of the name."""
    words = [word for word in kin.words if word not in ("--same", "--new")]
    name = [arrival.name] if arrival.name in words else arrival.name.split()
    bare = [word.rstrip(",") for word in words]
    at = next((n for n in range(len(words)) if bare[n : n + len(name)] == name), None)
    if at is None or not all(word.isprintable() for word in words):
        return kin.cmd(f"add {ref or names.argument(arrival.name)} {option}")
    after = at + len(name)
    if words[after - 1].endswith(","):
        note = next((n for n, word in enumerate(words) if word.startswith("//")), len(words))
        words.insert(note, option)
        ref = ref and f"{ref},"
    else:
        words.insert(after, option)
    if ref:
        words[at:after] = [ref]
    return kin.cmd(" ".join(["add", *map(names.word, words)]))
