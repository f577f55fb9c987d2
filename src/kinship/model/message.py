"""A message to paste: a pattern of yours with the facts about one person in it."""

import re
from collections.abc import Mapping
from typing import Final

FIELDS: Final = ("first", "name", "event", "note", "org", "me")
"""What a pattern may name, in braces."""

_FIELD: Final = r"\{(" + "|".join(FIELDS) + r")\}"
_WORD_BEFORE: Final = r"(?:(?<![^\s(])[\w'’]+[ ]+)?"


def fill(pattern: str, facts: Mapping[str, str]) -> str:
    """``pattern`` with each ``{field}`` put in.

    One that has no value goes, and the word before it (``at {event}``). Braces around anything
    else stay as they are, and so do those inside a value.
    """

    def put(found: re.Match[str]) -> str:
        value = facts.get(found[2], "").strip()
        return found[1] + value if value else ""

    said = re.sub(f"({_WORD_BEFORE}){_FIELD}", put, pattern)
    return re.sub(r"[ \t]+(?=[.,;:!?]|\s|$)", "", said).strip()
