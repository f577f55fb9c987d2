"""``rally ask``, ``pledge``, ``kept``, ``cannot``, ``thanked``: who helps, and with what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kinship.cli import answers, rally_words, reading, views
from kinship.cli.context import Kin
from kinship.errors import BadInput
from kinship.model import dates, money, names
from kinship.model.person import ME, Person
from kinship.model.rally import Pledge, Rally
from kinship.render.shapes import Line, Notice, line
from kinship.services import rally_names, rally_page, rallying
from kinship.services.contact import Talk
from kinship.services.rallying import Asked, Pledged

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from kinship.cli import params


def ask(
    ctx: typer.Context,
    words: params.Words = None,
    rally: params.Rally = None,
    on: params.On = None,
) -> None:
    """You asked them; kinship asks in three days whether they answered.

    Usage: kinship rally ask WHO,WHO [--rally N] [--on DATE]

    Examples:
      kinship rally ask mary-s,hedy
      kinship rally ask charles --on mon
    """
    kin = Kin.of(ctx)
    which = rally_words.number(kin, rally)
    who = _several(kin, words)
    day = reading.behind(on, kin.today) or kin.today
    found = rally_names.open_one(kin.db, which)
    talk = Talk(day, "me", inferred=() if on else ("day",))
    result = rallying.ask(kin.writable, found, who, day=day, inferred=talk.inferred)
    lines = []
    if result.people:
        asked = views.together([p.name for p in result.people])
        lines.append(line(f"Asked {asked}: {found.text} (rally {found.id})."))
        lines += [answers.logged(kin, one, talk) for one in result.logged]
        back = day + timedelta(days=rallying.ANSWER_IN)
        by = (
            f"No answer by {dates.show(back, kin.today)}?" if back > kin.today else "No answer yet?"
        )
        lines.append(line(f"{by} It comes up in due."))
        lines += answers.still_open(kin, result.logged, new=[])
    lines += _before(kin, result)
    kin.show(Notice(tuple(lines), _asked_record(kin, result, "asked")))


def _before(kin: Kin, result: Asked) -> list[Line]:
    """Who had been asked; nothing was written for them."""
    if not result.before:
        return []
    rows = {row.person.id: row for row in rally_page.page(kin.db, result.rally).rows}
    said = []
    for person in result.before:
        helper = rows[person.id].helper
        if helper and helper.answer == "pledged":
            how = "has pledged already"
        elif helper and helper.answer == "cannot":
            how = "said not this time"
        else:
            day = views.when_shown(helper.asked_on, kin.today) if helper and helper.asked_on else ""
            how = f"was asked on {day} already"
        said.append(f"{person.name} {how}")
    nothing = "" if result.people else " Nothing was written."
    return [line(f"{views.together(said)}.{nothing}")]


def _several(kin: Kin, words: Sequence[str] | None) -> list[Person]:
    """Everybody who is named, by commas or blanks."""
    rest = list(words or [])
    who, rest = kin.take_who(rest)
    while rest:
        some, rest = kin.take_who(rest)
        who += some
    return list({p.id: p for p in who}.values())


def _one(kin: Kin, words: Sequence[str] | None) -> tuple[Person, list[str]]:
    """The one person, and the words behind the name."""
    who, rest = kin.take_who(list(words or []))
    if len(who) > 1:
        raise BadInput(
            "say one person at a time. Nothing was written.",
            hint=kin.cmd(f"{kin.command} {rally_names.ref(kin.db, who[0])}"),
        )
    return who[0], rest


def pledge(
    ctx: typer.Context,
    words: params.Words = None,
    rally: params.Rally = None,
    until: Annotated[
        str | None,
        typer.Option(
            "--until", metavar="DATE", help="When it is to be done. Default: the last day."
        ),
    ] = None,
) -> None:
    """They offered something, or you did.

    Usage: kinship rally pledge WHO TEXT... [--until DATE] [--rally N]

    Examples:
      kinship rally pledge mary-s Tuesdays
      kinship rally pledge hedy "50 EUR"
      kinship rally pledge me 1 June, 9 to 12 --until "1 jun"
    """
    kin = Kin.of(ctx)
    which = rally_words.number(kin, rally)
    person, rest = _one(kin, words)
    found = rally_names.open_one(kin.db, which)
    text = names.check_line(reading.text_of(kin, rest, "What do they offer?"), "pledge")
    if not text:
        ref = rally_names.ref(kin.db, person)
        raise BadInput(
            "what was pledged? Nothing was written.",
            hint=kin.cmd(f"rally pledge {ref} what they offer"),
        )
    due = reading.ahead(until, kin.today)
    result = rallying.pledge(
        kin.writable, found, person, text, money.parse(text), due=due, today=kin.today
    )
    made = result.pledges[0]
    day = made.due_on or found.until_on
    when = f", by {dates.show(date.fromisoformat(day), kin.today)}" if day else ""
    lines = [line(f"{_subject(person)} pledged: {rally_words.pledge_text(made)}{when}.")]
    lines += _logged(kin, result)
    lines += [line(_short(kin, found)), *_totals(kin, found, made)]
    done = rally_names.command(kin.db, found, person, made)
    lines.append(line("Done? ", rally_words.command(kin, done)))
    kin.show(Notice(tuple(lines), _record(kin, result)))


def _subject(person: Person) -> str:
    return "You" if person.id == ME else person.name


def _logged(kin: Kin, result: Pledged) -> list[Line]:
    if result.logged is None:
        return []
    talk = Talk(kin.today, inferred=("day", "direction"))
    return [
        answers.logged(kin, result.logged, talk),
        *answers.still_open(kin, [result.logged], new=[]),
    ]


def _short(kin: Kin, rally: Rally) -> str:
    """``Childcare for Joan in June: 2 of 3 pledges kept.``"""
    return f"{rally.text}: {rally_words.in_short(rally_page.page(kin.db, rally))}."


def _totals(kin: Kin, rally: Rally, pledge: Pledge) -> list[Line]:
    """What the money of this currency comes to."""
    return rally_words.money(rally_page.page(kin.db, rally)) if pledge.amount else []


def _record(kin: Kin, result: Pledged) -> dict[str, object]:
    person = result.person
    return {
        "rally": result.rally.id,
        "person": {
            "id": person.id,
            "ref": rally_names.ref(kin.db, person),
            "name": rally_words.name(person),
        },
        "pledges": [rally_words.pledge_record(one) for one in result.pledges],
        "dropped": [one.id for one in result.dropped],
        "logged": result.logged.number if result.logged else None,
    }


def _asked_record(kin: Kin, result: Asked, done: str) -> dict[str, object]:
    return {
        "rally": result.rally.id,
        done: [views.person_record(kin, person) for person in result.people],
        "before": [views.person_record(kin, person) for person in result.before],
        "logged": [one.number for one in result.logged],
    }


def kept(
    ctx: typer.Context,
    words: params.Words = None,
    rally: params.Rally = None,
) -> None:
    """What they pledged was done.

    Usage: kinship rally kept WHO [WORDS] [--rally N]

    Examples:
      kinship rally kept hedy
      kinship rally kept hedy cot        of several, the one with this word
    """
    kin = Kin.of(ctx)
    which = rally_words.number(kin, rally)
    person, rest = _one(kin, words)
    found = rally_names.open_one(kin.db, which)
    only = " ".join(rest).strip() or None
    result = rallying.kept(kin.writable, found, person, only=only, today=kin.today)
    done = result.pledges[0]
    lines = [line(f"{_subject(person)} kept it: {rally_words.pledge_text(done)}.")]
    lines += [line(_short(kin, found)), *_totals(kin, found, done)]
    if person.id != ME:
        thanks = f"rally thanked {rally_names.ref(kin.db, person)}{rally_words.of(kin, found)}"
        lines.append(line("Thanked? ", rally_words.command(kin, thanks)))
    kin.show(Notice(tuple(lines), _record(kin, result)))


def cannot(
    ctx: typer.Context,
    words: params.Words = None,
    rally: params.Rally = None,
) -> None:
    """Not this time; what they had pledged is dropped.

    Usage: kinship rally cannot WHO [--rally N]

    Examples:
      kinship rally cannot katherine
    """
    kin = Kin.of(ctx)
    which = rally_words.number(kin, rally)
    person, rest = _one(kin, words)
    if rest:
        raise BadInput(
            f"{names.quoted(' '.join(rest))} is more than a name. Nothing was written.",
            hint=kin.cmd(f"rally cannot {rally_names.ref(kin.db, person)}"),
        )
    found = rally_names.open_one(kin.db, which)
    result = rallying.cannot(kin.writable, found, person, today=kin.today)
    subject = _subject(person)
    lines = [line(f"{subject} cannot this time: {found.text}.")]
    if not result.dropped and result.logged is None:
        lines = [line(f"{subject} said so already. Nothing was written.")]
    lines += [line(f"Dropped: {rally_words.pledge_text(one)}") for one in result.dropped]
    lines += _logged(kin, result)
    kin.show(Notice(tuple(lines), _record(kin, result)))


def thanked(
    ctx: typer.Context,
    words: params.Words = None,
    rally: params.Rally = None,
) -> None:
    """You thanked them; logs that you wrote.

    Usage: kinship rally thanked WHO,WHO [TEXT...] [--rally N]

    Examples:
      kinship rally thanked mary-s,hedy
      kinship rally thanked katherine --rally 3
    """
    kin = Kin.of(ctx)
    which = rally_words.number(kin, rally)
    who, rest = kin.take_who(list(words or []))
    found = rally_names.any_one(kin.db, which)
    text = names.check_line(" ".join(rest), "text", names.TEXT_LIMIT) or None
    result = rallying.thanked(kin.writable, found, who, text, today=kin.today)
    talk = Talk(kin.today, "me", inferred=("day",))
    lines = []
    if result.people:
        thanked_now = views.together([p.name for p in result.people])
        lines.append(line(f"Thanked {thanked_now}: {text or found.text}."))
        lines += [answers.logged(kin, one, talk) for one in result.logged]
    if result.before:
        nothing = "" if result.people else " Nothing was written."
        were = "was" if len(result.before) == 1 else "were"
        before = views.together([p.name for p in result.before])
        lines.append(line(f"{before} {were} thanked already.{nothing}"))
    kin.show(Notice(tuple(lines), _asked_record(kin, result, "thanked")))
