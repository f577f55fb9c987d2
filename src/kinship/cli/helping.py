"""``help``: the overview, the help of a command, and topics."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

from kinship.cli import table, views
from kinship.cli.context import Kin
from kinship.errors import NotFound
from kinship.model import channel, names
from kinship.render import plain

if TYPE_CHECKING:
    import typer

    from kinship.cli import params

_HEAD = """\
kinship: remember the people you meet, and stay in touch.

  kinship add Ada Lovelace --at "PyCon 2026" --via linkedin:adal --follow-up 2d
  kinship due                    who to reach today, and why
  kinship done ada               you reached out; the clock restarts
  kinship ask parenting          who you can ask, closest first
  kinship undo                   take back the last change
"""
_OPTIONS = """\
Options (anywhere on the line):
  --json, --csv   For programs. Also --format FMT: kinship help formats
  -n, --limit N   How many.
  --db FILE       Use this file instead of your own. [KINSHIP_DB]
  --config FILE   Use this config; none for no config. [KINSHIP_CONFIG]
  --demo          A practice file of forty invented people.
  -q, --quiet     Say nothing on success.
  --no-color      No colour. [NO_COLOR]
  --no-input      Never ask; fail instead.
  --no-pager      Never page.
  -h, --help      Help for any command: kinship add -h
  --version       Print the version.

Topics: kinship help dates, names, find, channels, formats, exit-codes, environment
"""


def _kinds() -> str:
    """The kinds of channels under all their names; a star where one is to be connected."""
    return "\n".join(
        f"  {' '.join((kind.name, *kind.short)):<20}{kind.label}{' *' if kind.to_connect else ''}"
        for kind in channel.KINDS.values()
    )


TOPICS = {
    "dates": """\
Dates are days, in English, and never guessed. What was understood is echoed.

  2026-12-01           year-month-day
  2d  2 days  a week  3w  1mo  two years     from today: ahead, or back
  in 2 days  3 weeks ago
  fri  friday          the nearest one ahead (for --on: the nearest behind)
  next fri  last tue   of next week; the last one
  first monday         of a month, for remind; with --every month, of each
  1 dec  dec 1  1st dec  1 december 2027
  today tomorrow yesterday  next week  next month  next year  end of month

Refused, because they could mean two things: 03/04, 3.4., 30m, 5, may, 2026,
soon. kinship knows days, not times: 3pm and tonight are refused too.

Birthdays may lack a year:  kinship edit ada --birthday "10 dec"
Since when may be a year:   kinship add Emmy Noether --met-on mastodon --since 2023
A day before a log:         kinship log ada tue: "lunch"
""",
    "names": """\
Whom you mean: the first rule that finds somebody wins. Case, accents and
hyphens never matter.

  41                   by number; numbers never change
  .                    the last person you wrote something for
  me                   yourself
  adal  linkedin:adal  ada@engine.example  a phone number: a handle
  "ada lovelace"  ada-lovelace   the full name, or a nickname
  ada                  whole words of the name
  ad  ada-l            beginnings of words, in order
  velac                anywhere inside (three letters or more)
  graec                close spellings: offered, never taken when writing

Following words belong to a name while they continue it:
  kinship note Ada Lovelace likes horses
Several people: kinship log ada,grace lunch
""",
    "find": """\
Words and fields find people, for list, due and export, and wherever a command
takes a QUERY. All of them must fit.

  sailing              a word: in a name, company, city, role, topic, tag,
                       community, event, handle, or anything you wrote down
  '"long walk"'        a phrase
  city:berlin          a field; the beginning of a word is enough
  at:"PyCon 2026"      quote blanks for the shell
  about:go,rust        commas: any of these
  at:pycon , has:email a comma by itself: or
  not:met              not: turns anything round: not:at:pycon

  name: org: role: city:  the person
  about: seeks: tag:      topics and tags
  in: at:                 a community; an event they were at, or will be
  via: keep:              a channel; a cadence or a circle
  by: knows:              who introduced them; whom they know
  met: last: added:       days: met:2026-05  last:2026-01..  added:..2025
  birthday:               birthday:may  birthday:"10 dec"
  quiet:                  quiet:6mo: no contact for that long
  import:                 import:3: who came with it (kinship import --list)
  has: no:                has:email  no:linkedin  no:keep  has:birthday
  is: not:                met (in person), online (never met), connected,
                          due, late, archived, listening (talked both ways in
                          six months, and you gave as much as you got)

  kinship list city:berlin quiet:6mo
  kinship due in:pyladies
  kinship export tag:newsletter has:email --format '{name} <{email}>'

linkedin:adal, an e-mail address or a link finds whose it is. The archived are
found with is:archived only.
""",
    "channels": """\
Where somebody is reached: a kind of channel and a handle, linkedin:adal. Any
other word is a kind of your own: strava:adal. These are known:

"""
    + _kinds()
    + """

* Having a handle there is not yet being connected: kinship connect ada linkedin

Without a kind: an e-mail address, a phone number, a link to a profile as you
pasted it, @user@server (Mastodon), @user:server (Matrix). A link to a post is
whoever wrote it; the link itself stays in the note.

A handle belongs to one person. Phone numbers stay as you typed them and are
compared by number; an extension is a line of its own. Which country a number
without + is of:  kinship config channels.country GB
""",
    "formats": """\
On a terminal you get a screen; in a pipe, lists are tab-separated lines and
reports are the same screen without colour.

  --json               one JSON value; keys are only ever added
  --csv                header row, commas, exact values
  --format NAME        table plain lines json jsonl csv tsv md names ids
  --format '{...}'     a template per row: kinship list --format '{name} <{email}>'

"""
    + fill(f"Fields of people: {' '.join(views.FIELDS)}", 78)
    + """

A picture of who knows whom, for a browser or Graphviz:
  kinship map -o people.svg      or people.html, people.dot

The file is SQLite. These views are kept stable, for Datasette and sqlite3:
people, due, conversations, favours, ties. They may gain columns and never lose one.
""",
    "exit-codes": """\
  0    done, or answered, also when the answer is nobody
  1    a no: due --check with nothing due; a question answered with no
  2    the command line is wrong: an unknown option, not a date
  3    no such person, event, community or entry
  4    could be several, and nobody to ask
  5    refused: it exists already, or would overwrite something
  6    the file: locked, damaged, read-only, or from a newer kinship
  70   a bug; where it happened is in a file whose path is printed
  130  Ctrl-C
""",
    "environment": """\
  KINSHIP_DB           the file to use
  KINSHIP_CONFIG       the config file to read; none for no config
  KINSHIP_TODAY        pretend it is this day: 2026-05-20, or 2026-05-20T23:50
  KINSHIP_COLOR        auto, always or never
  KINSHIP_NO_INPUT     never ask
  KINSHIP_PAGER PAGER  the pager; empty for none
  KINSHIP_OPENER       the program that open hands a link to
  KINSHIP_DEBUG        a traceback on a bug
  NO_COLOR FORCE_COLOR COLUMNS
  XDG_DATA_HOME        kinship/kinship.db is in it (else ~/.local/share)
  XDG_CONFIG_HOME      kinship/config.toml: a line db = "FILE" (else ~/.config)
  XDG_STATE_HOME       what was shown today, and reports of bugs (else ~/.local/state)
""",
}


def overview(kin: Kin) -> None:
    """What ``kinship -h`` prints: examples first, then commands by purpose."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for name, entry in table.COMMANDS.items():
        if entry.group and " " not in name:
            groups.setdefault(entry.group, []).append((name, entry.summary))
    width = max(len(name) for name in table.COMMANDS if " " not in name)
    blocks = [
        f"{group}:\n" + "".join(f"  {name:<{width}}  {text}\n" for name, text in rows)
        for group, rows in groups.items()
    ]
    kin.view.out.write(plain.reflowed("\n".join([_HEAD, *blocks, _OPTIONS]), kin.view))


def help_(ctx: typer.Context, words: params.Words = None) -> None:
    """Help for a command or a topic.

    Usage: kinship help [COMMAND|TOPIC]

    Examples:
      kinship help add
      kinship help dates
    """
    kin = Kin.of(ctx)
    if not words:
        overview(kin)
        return
    topic = TOPICS.get(words[0].lower())  # before commands, of which find is one too
    if topic and len(words) == 1:
        kin.view.out.write(plain.reflowed(topic, kin.view))
        return
    name, _ = table.named([word.lower() for word in words])
    if name not in table.COMMANDS:
        raise NotFound(
            f"there is no help on {names.quoted(words[0])}.",
            hint=(f"Topics: {', '.join(TOPICS)}", "All commands: kinship -h"),
        )
    table.run_command(name, ["--help"], kin)
