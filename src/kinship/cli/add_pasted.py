"""What ``add`` was given that may be pasted: a card, a signature, a link, several people at once."""

from collections.abc import Sequence

from kinship.cli.context import Kin
from kinship.cli.understanding import Asked
from kinship.errors import BadInput
from kinship.model import names, pasted
from kinship.model.line import Draft


def one(kin: Kin, words: Sequence[str], asked: Asked, *, dry_run: bool) -> Draft | None:
    """What the words of a command say of one person; None when it was several, who are added."""
    text = " ".join(words)
    found = pasted.entries(text)
    if len(found) > 1 and any(len(entry.text.split()) > 1 for entry in found):
        from kinship.cli import add_lines  # noqa: PLC0415  (only for several people)

        add_lines.add(kin, found, asked, dry_run=dry_run)
        return None
    if pasted.is_heading(text):
        raise BadInput("this is the heading of a table, and nobody. Nothing was written.")
    draft = pasted.read_words([names.clean_line(text)[0]] if len(found) > 1 else words)
    return named(kin, draft)._replace(joined=draft.joined or len(found) > 1)


def named(kin: Kin, draft: Draft) -> Draft:
    """The draft with a name: the one that a handle tells, or another, is asked for where it can be.

    Nobody is asked for the name of what says nothing.
    """
    if not kin.can_ask or not draft.channels or (draft.name and not draft.guessed):
        return draft
    handle = draft.channels[0].handle
    if draft.guessed and kin.confirm(f"{handle}: is that {draft.name}?", default=True):
        return draft._replace(guessed=False)
    name = kin.ask(f"Whose is {handle}? Their name:")
    if not name:
        raise BadInput(
            "the name is missing. Nothing was written.",
            hint=kin.cmd(f"add Ada Lovelace {names.argument(handle)}"),
        )
    return draft._replace(name=names.check_name(name), guessed=False)
