"""What was meant: unknown commands, unknown options, missing words, in the user's terms."""

from difflib import get_close_matches
from typing import Any

from kinship.cli import globals_, table
from kinship.errors import BadInput
from kinship.model import names

# Other tools' words, and the commands here that do it.
OTHER_WORDS: dict[str, tuple[tuple[str, str], ...]] = {
    "call": (
        ("You phoned someone:", "log ada --via phone what you talked about"),
        ("You want to phone them:", "open ada phone"),
        ("Somebody needs help:", 'rally start "Childcare in June" --for joan'),
    ),
    "met": (
        ("Someone new:", 'add Ada Lovelace --at "PyCon 2026"'),
        ("Someone you know:", "log ada --met what you talked about"),
    ),
    "contact": (
        ("You were in touch:", "log ada what you talked about"),
        ("Everything about someone:", "show ada"),
    ),
    "contacts": (
        ("Everyone:", "list"),
        ("Bring them from a file:", "import contacts.vcf"),
    ),
    "new": (("Someone new:", "add Ada Lovelace"),),
    "view": (("Everything about someone:", "show ada"),),
    "remove": (("Someone:", "rm ada"),),
    "follow-up": (
        ("Set one:", "remind ada 2d send the paper"),
        ("All open ones:", "remind"),
    ),
    "cadence": (("Stay in touch:", "keep ada monthly"), ("All circles:", "keep")),
    "who": (("Find people:", "list engines"), ("One of them:", "show ada")),
    "birthday": (
        ("Write one down:", 'edit ada --birthday "10 dec"'),
        ("Coming ones:", "due --only birthday --ahead 30d"),
    ),
    "update": (("Change someone:", "edit ada --city Paris"),),
    "today": (("Who to reach today:", "due"),),
    "settings": (("All of them:", "config"), ("One of them:", "config snooze.default 1w")),
    "conference": (
        ("You are there now:", 'event start "PyCon 2026"'),
        ("One to come:", 'event add "PyCon 2026" --from "14 may"'),
        ("All of them:", "event list"),
    ),
    "attendees": (
        ("A list of them in a file:", "event guests pycon guests.csv"),
        ("Who was there, who will be:", "event show pycon"),
        ("Somebody will be there:", "event going pycon ada"),
    ),
    "doubles": (
        ("Who may be here twice:", "merge"),
        ("Two entries, one person:", "merge WHO WHO"),
    ),
    "introduce": (
        ("You did:", "intro ada joan they both sail"),
        ("You are asking both:", "intro ada joan --asking"),
        ("Whom to introduce:", "intro --ideas"),
        ("Who can introduce you:", "path emmy"),
    ),
    "favour": (
        ("You did one:", "gave ada proof-read her paper"),
        ("They did one:", "got ada a place to stay"),
        ("Whose turn it is:", "favours"),
    ),
    "pledge": (
        ("They offered something:", 'rally pledge ada "50 EUR"'),
        ("It was done:", "rally kept ada"),
        ("Every call for help:", "rally"),
    ),
    "thank": (
        ("For help in a rally:", "rally thanked ada"),
        ("In any other way:", "log ada thanked her for the flat"),
        ("Who helped you:", "favours"),
    ),
    "graph": (
        ("A picture of all of them:", "map -o people.svg"),
        ("Whom somebody knows:", "map ada"),
        ("How to get to somebody:", "path emmy"),
    ),
    "friends": (
        ("Whom you both know:", "mutual ada"),
        ("Write down that they know each other:", "knows ada charles"),
    ),
    "topic": (
        ("Who knows about it:", "ask parenting"),
        ("All of them:", "ask"),
        ("Write it down:", "edit ada --about parenting"),
    ),
    "start": (("You are at an event:", 'event start "PyCon 2026"'),),
    "stop": (("You leave the event:", "event stop"),),
}
_SAME = {
    **dict.fromkeys(("introduction", "introductions", "idea", "ideas"), "introduce"),
    **dict.fromkeys(("favor", "owe", "owes", "debt", "debts", "helped", "balance"), "favour"),
    **dict.fromkeys(("pledges", "donate", "fundraiser", "kept", "cannot"), "pledge"),
    **dict.fromkeys(("thanks", "thanked"), "thank"),
    **dict.fromkeys(("network", "draw", "picture", "tree", "plot"), "graph"),
    **dict.fromkeys(("tie", "ties", "friend", "common"), "friends"),
    **dict.fromkeys(("topics", "expert", "experts"), "topic"),
    "vcard": "contacts",
    "connections": "contacts",
    "linkedin": "contacts",
    "load": "contacts",
    "set": "settings",
    "setting": "settings",
    "options": "settings",
    "preferences": "settings",
    "phone": "call",
    "meet": "met",
    "create": "new",
    "person": "who",
    "whois": "who",
    "reminder": "follow-up",
    "reminders": "follow-up",
    "followup": "follow-up",
    "todo": "today",
    "agenda": "today",
    "next": "today",
    "birthdays": "birthday",
    "checkin": "conference",
    "check-in": "conference",
    "meetup": "conference",
    "meeting": "met",
    "conf": "conference",
    "where": "conference",
    "duplicates": "doubles",
    "dedupe": "doubles",
    "deduplicate": "doubles",
    "join": "doubles",
    "attendee": "attendees",
    "guests": "attendees",
    "guest": "attendees",
    "going": "attendees",
    "attending": "attendees",
    "rsvp": "attendees",
    "begin": "start",
    "arrive": "start",
    "leave": "stop",
}


def command(word: str, rest: list[str]) -> BadInput:
    """There is no such command: what else it may be."""
    head = f"there is no command {names.quoted(word)}."
    if word.startswith("-"):
        return option("kinship", word, globals_.LISTED)
    known = OTHER_WORDS.get(_SAME.get(word.lower(), word.lower()))
    if known:
        width = max(len(text) for text, _ in known)
        return BadInput(
            head, hint=tuple(f"{text:<{width}}  kinship {words}" for text, words in known)
        )
    near = get_close_matches(word.lower(), [*table.COMMANDS, *table.ALIASES], n=1, cutoff=0.6)
    if near:
        meant = table.ALIASES.get(near[0], near[0])
        shown = " ".join(map(names.word, rest[:6]))
        return BadInput(f"{head} Did you mean {meant}?", hint=f"kinship {meant} {shown}".rstrip())
    quoted = word if word.isalnum() else names.argument(word[:40])
    return BadInput(
        head,
        hint=(f"A person?  kinship show {quoted}", "All commands:  kinship -h"),
    )


def verb(noun: str, words: list[str]) -> BadInput:
    """There is no such verb of a noun: the nearest one, or `show` where a name was typed.

    A rally has a number; words are what one is begun with.
    """
    verbs = [key.split()[1] for key in table.COMMANDS if key.startswith(f"{noun} ")]
    near = get_close_matches(words[0].lower(), verbs, n=1, cutoff=0.6)
    rest = " ".join(map(names.word, words[:6]))
    after = rest.partition(" ")[2] if near else rest
    meant = f" Did you mean {near[0]}?" if near else ""
    shows = "start" if noun == "rally" and not words[0].lstrip("#").isdigit() else "show"
    return BadInput(
        f"there is no {noun} {names.quoted(words[0])}.{meant}",
        hint=(
            f"kinship {noun} {near[0] if near else shows} {after}".rstrip(),
            f"All of them: kinship help {noun}",
        ),
    )


def option(name: str, given: str, known: tuple[str, ...] | list[str]) -> BadInput:
    """There is no such option: the nearest one."""
    bare = given.partition("=")[0]
    bare_names = {opt.lstrip("-"): opt for opt in known}
    near = get_close_matches(bare.lstrip("-"), bare_names, n=1, cutoff=0.6)
    meant = f" Did you mean {bare_names[near[0]]}?" if near else ""
    return BadInput(
        f"{name} has no option {bare[:40]}.{meant}",
        hint=f"kinship help {name}" if name != "kinship" else "kinship -h",
    )


def usage(name: str, loaded: Any, error: Any) -> BadInput:
    """A command line that Typer could not parse, in our words."""
    help_ = f"kinship help {name}"
    unknown = getattr(error, "option_name", None)
    if unknown and type(error).__name__ == "NoSuchOption":
        every = [opt for param in loaded.params for opt in (*param.opts, *param.secondary_opts)]
        own = [opt for opt in every if opt.startswith("-")]
        return option(name, unknown, [*own, *globals_.LISTED])
    if unknown:
        param = next((p for p in loaded.params if unknown in p.opts), None)
        if param is not None and getattr(param, "is_flag", False):
            return BadInput(f"{unknown} takes no value. Nothing was done.", hint=help_)
        wanted = getattr(param, "metavar", None) or "a value"
        return BadInput(f"{unknown} needs {wanted}. Nothing was done.", hint=help_)
    said = str(getattr(error, "message", "") or error).rstrip(".")
    return BadInput(f"{said[:1].lower()}{said[1:200]}. Nothing was done.", hint=help_)
