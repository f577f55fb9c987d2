"""Pictures, sounds and keys in a card: lines that hold them, whichever way they were written."""

import re
from typing import Final

from kinship.formats.properties import Property, unescape

MOST: Final = 14_000_000
"""In base64, which is 10 MB of a picture."""


def line(prop: Property) -> str:
    """The line with all of it, as a ``data:`` link or the link that was there; empty for none.

    Raises ValueError for more than 10 MB.
    """
    if prop.in_base64 or prop.param("VALUE").lower() == "binary":
        held = "".join(prop.value.split())
        if held and "://" not in held[:12] and held[:5].lower() != "data:":
            held = f"data:{_media(prop, held)};base64,{held}"
    else:
        held = unescape(prop.value).replace("\n", "")
        if held[:5].lower() == "data:":
            held = "".join(held.split())
    if len(held) > MOST:
        raise ValueError(held[:20])
    return f"{prop.name}:{held}" if held else ""


def _media(prop: Property, held: str) -> str:
    """What kind of bytes it is, by what it says and by how it begins."""
    for begins, found in (
        ("/9j/", "image/jpeg"),
        ("iVBOR", "image/png"),
        ("R0lGOD", "image/gif"),
        ("UklGR", "image/webp"),
        ("Qk", "image/bmp"),
    ):
        if held.startswith(begins) and prop.name in ("PHOTO", "LOGO"):
            return found
    said = prop.param("MEDIATYPE").lower()
    kinds = prop.types()
    if not said and kinds:
        said = kinds[0] if "/" in kinds[0] else ""
        family = {"PHOTO": "image", "LOGO": "image", "SOUND": "audio"}.get(prop.name)
        known = next((k for k in kinds if k.isalnum() and k not in ("home", "work", "pref")), "")
        if not said and known:
            said = f"{family}/{known}" if family else f"application/{known}"
    return said if re.fullmatch(r"[a-z0-9]+/[a-z0-9.+-]+", said) else "application/octet-stream"
