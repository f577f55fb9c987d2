"""Money: an amount and its currency, never added up over several currencies."""

# ruff: noqa: ARG001

from kinship.value import Value


class Money(Value):
    """An amount in the smallest unit of its currency (ISO 4217)."""

    amount: int
    currency: str

    def __str__(self) -> str:
        return f"{self.amount // 100}.{self.amount % 100:02} {self.currency}"


def parse(text: str) -> Money | None:
    """The money a text begins with (``50 EUR``, ``€50``); None where it begins with none.

    Raises BadInput for a number without a currency, and for one with too many decimals.
    """
    return None
