"""Phone numbers: kept as they were typed, and compared by number."""

import re
import unicodedata
from typing import Final

from kinship.errors import BadInput
from kinship.model import names

FEWEST_DIGITS: Final = 6
_DIALLED: Final = r"\+?[\d\s()./-]+"
_DATE: Final = r"\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}"
_CALLED: Final = r";ext=|\s*(?:ext(?:ension|n)?|x|app|poste|durchwahl|dw|anexo|доб)\.?"
_EXTENSION: Final = rf"(?:{_CALLED}|[#,;]+)\s*:?\s*(\d{{1,8}})\s*$"
_MEANT: Final = {"uk": "GB", "en": "GB", "el": "GR", "su": "RU"}
"""Codes that people type for a country that has another one."""


def is_dialled(text: str) -> bool:
    """Whether this is written as a phone number is, of whatever length, and is not a date."""
    written = re.fullmatch(_DIALLED, text) and any(map(str.isdecimal, text))
    return bool(written) and not re.fullmatch(_DATE, text)


def is_number(text: str) -> bool:
    """Whether this is written as a phone number is, with an extension that is called so or without."""
    number = re.sub(rf"(?:{_CALLED})\s*:?\s*\d{{1,8}}\s*$", "", text, flags=re.IGNORECASE)
    return is_dialled(number) and len(digits(number)) >= FEWEST_DIGITS


def digits(text: str) -> str:
    """The digits of a phone number in ASCII, without ``(0)`` after a country code or extension."""
    if text.lstrip().startswith(("+", "＋", "00")):
        text = text.replace("(0)", "")
    found = ""
    for char in text:
        if char.isdecimal():
            found += str(unicodedata.decimal(char))
        elif (char.isalpha() or char in "#;,") and len(found) >= FEWEST_DIGITS:
            break
    return found


def abroad(number: str) -> str:
    """The digits of an international number, country code first; empty for a national one."""
    found = digits(number)
    if not is_national(number):
        return found
    begins_so = found.startswith("00") and found[2:3] != "0"
    return found[2:] if begins_so and len(found) >= 2 + FEWEST_DIGITS else ""


def is_national(number: str) -> bool:
    """Whether it is written as it is dialled in some country: without ``+``."""
    return not number.lstrip().startswith(("+", "＋"))


def key(number: str, country: str = "") -> str:
    """What the spellings of one line have in common.

    The digits, country code first where the number or the ``country`` it is dialled in says which;
    else, and for what is no number of that country, the digits as they are. An extension is a line
    of its own: ``442079460958x12``.
    """
    dialled = country and is_national(number) and in_country(number, country)
    line = dialled or abroad(number) or digits(number)
    extension = re.search(_EXTENSION, number, re.IGNORECASE)
    inner = digits(extension[1]) if extension and len(line) >= FEWEST_DIGITS else ""
    return f"{line}x{inner}" if inner else line


def country(text: str) -> str:
    """The ISO 3166 code of a country that has phone numbers. Raises BadInput for any other text."""
    from phonenumbers import SUPPORTED_REGIONS  # (a thirtieth of a second)

    code = text.strip().upper()
    if code in SUPPORTED_REGIONS:
        return code
    meant = _MEANT.get(code.lower())
    raise BadInput(
        f"{names.quoted(text)} is not the two letters of a country."
        + (f" Did you mean {meant}?" if meant else " For example: GB, DE, US."),
        hint=f"kinship config channels.country {meant or 'GB'}",
    )


def in_country(number: str, code: str) -> str:
    """The digits of a number as dialled in a country, country code first; empty if it is none."""
    import phonenumbers  # (only for a national number where a country was chosen)

    try:
        found = phonenumbers.parse(digits(number), code)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(found):
        return ""
    return phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164).lstrip("+")
