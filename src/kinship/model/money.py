"""Money: an amount and its currency, never added up over several currencies."""

import re
from typing import Final

from kinship.errors import BadInput
from kinship.model.names import quoted
from kinship.value import Value

_NO_PLACES: Final = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_TWO_PLACES: Final = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD"
    " CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ"
    " GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL"
    " MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR"
    " PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT"
    " TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW ZWG"
)
_THREE_PLACES: Final = "BHD IQD JOD KWD LYD OMR TND"
PLACES: Final = {
    code: places
    for places, codes in ((0, _NO_PLACES), (2, _TWO_PLACES), (3, _THREE_PLACES))
    for code in codes.split()
}
"""The decimals of each currency of ISO 4217."""

_WORDS_TOO: Final = frozenset(["ALL", "CUP", "GEL", "MAD", "MOP", "PEN", "RUB", "TOP", "TRY"])
"""Written small they are something else: 3 top tips, 2 pen drives."""
_CALLED: Final = {
    "€": "EUR",
    "£": "GBP",
    "₹": "INR",
    "₩": "KRW",
    "₪": "ILS",
    "₺": "TRY",
    "₴": "UAH",
    "₫": "VND",
    "₱": "PHP",
    "EURO": "EUR",
    "EUROS": "EUR",
    "YEN": "JPY",
}
_SEVERAL: Final = {
    **dict.fromkeys(("$", "DOLLAR", "DOLLARS"), ("the dollar of several countries", "USD")),
    "¥": ("yen or yuan", "JPY"),
    "KR": ("the crown of several countries", "NOK"),
}
"""What more than one currency is called, and one of them."""

_SIGN: Final = "[$€£¥₹₩₪₺₴₫₱]"
_LIKE: Final = r"[0-9](?:[0-9.,'’ \u2013-]*[0-9])?"
"""Whatever somebody may write for a number, to be refused where it cannot be read.

Behind it may be what stands for no decimals: ``50.-``.

The patterns are compiled when something is read: most runs only show amounts.
"""
_NO_CENTS: Final = r"(?:[.,][-\u2013\u2014]+)?"
_BEHIND: Final = rf"([-+]?{_LIKE}k?){_NO_CENTS} ?({_SIGN}|[^\W\d_]+)(.*)"
_BEFORE: Final = (
    rf"(?:[A-Za-z]{{0,3}}(?=\$))?({_SIGN}|[A-Za-z]{{3}}) ?([-+]?{_LIKE}k?){_NO_CENTS}(.*)"
)
_EXACT: Final = r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]+))?"
_BARE: Final = rf"[-+]?[0-9][0-9.,'’ ]*{_NO_CENTS}"
_MOST: Final = 10**15


class Money(Value):
    """An amount in the smallest unit of its currency (ISO 4217)."""

    amount: int
    currency: str

    def __str__(self) -> str:
        return f"{self.figure} {self.currency}"

    @property
    def figure(self) -> str:
        """``1,200.50``, without the currency."""
        return self._written(",")

    @property
    def decimal(self) -> str:
        """``1200.50``, for programs."""
        return self._written("")

    def _written(self, group: str) -> str:
        places = PLACES.get(self.currency, 2)
        whole, part = divmod(self.amount, 10**places)
        said = f"{whole:,}".replace(",", group)
        return f"{said}.{part:0{places}}" if places else said


def parse(text: str) -> Money | None:
    """The money a text begins with (``50 EUR``, ``€50``); None where it begins with none.

    Raises BadInput for a number without a currency, and for one with too many decimals.
    """
    found = _read(text)
    return found[0] if found else None


def whole(text: str) -> Money:
    """The money that is all a text says. Raises BadInput for any other text."""
    said = " ".join(text.split())
    if re.fullmatch(_BARE, said):
        raise BadInput(
            f"{quoted(said)} of what? Nothing was written.", hint=f'For example: "{said} EUR"'
        )
    found = _read(text)
    if found is None or found[1].strip():
        raise BadInput(
            f"{quoted(text)} is not an amount of money. Nothing was written.",
            hint='For example: "500 EUR"',
        )
    return found[0]


def _read(text: str) -> tuple[Money, str] | None:
    """The money a text begins with, and the text behind it."""
    said = " ".join(text.split())
    if re.fullmatch(_BARE, said):
        raise BadInput(
            f"{quoted(said)} of what? Nothing was written.",
            hint=(f'Money:  "{said} EUR"', f'Things: "{said} chairs"'),
        )
    if found := re.match(_BEHIND, said, re.DOTALL):
        number, word, rest = found.groups()
    elif found := re.match(_BEFORE, said, re.DOTALL):
        word, number, rest = found.groups()
    else:
        return None
    currency = _currency(word, number)
    if currency is None:
        return None
    if rest[:1].isalnum() or rest[:1] in ("-", "\u2013"):
        raise _unread(said[: -len(rest)] + rest.split()[0], currency)
    return _money(number, currency), rest


def _currency(word: str, number: str) -> str | None:
    """The code of what a currency is called here; None for a word that is none."""
    code = word.upper()
    if code in _SEVERAL:
        kind, example = _SEVERAL[code]
        raise BadInput(
            f"{quoted(word)} could be {kind}. Nothing was written.",
            hint=f'Say which, for example: "{number} {example}"',
        )
    if code in _CALLED:
        return _CALLED[code]
    if code not in PLACES or (word != code and code in _WORDS_TOO):
        return None
    return code


def _money(number: str, currency: str) -> Money:
    found = re.fullmatch(_EXACT, number)
    if not found:
        raise _unread(f"{number} {currency}", currency)
    places = PLACES[currency]
    part = found[2] or ""
    if len(part) > places:
        said = f"at most {places} decimals" if places else "no decimals"
        raise BadInput(
            f"{quoted(number)} has too many decimals: {currency} has {said}. Nothing was written.",
            hint=f'For example: "{Money(5 * 10**places, currency)}"',
        )
    amount = int(found[1].replace(",", "") + part.ljust(places, "0"))
    if not 0 < amount <= _MOST:
        size = "more than can be counted" if amount else "nothing"
        raise BadInput(
            f"{quoted(f'{number} {currency}')} is {size}. Nothing was written.",
            hint=f'For example: "{Money(5 * 10**places, currency)}"',
        )
    return Money(amount, currency)


def _unread(said: str, currency: str) -> BadInput:
    return BadInput(
        f"the amount {quoted(said)} cannot be read. Nothing was written.",
        hint=f'Write one number, like this: "1,200{".50" if PLACES[currency] == 2 else ""} {currency}"',
    )
