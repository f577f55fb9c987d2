"""Amounts: what is money, what is a thing, and what could be either and is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinship.errors import BadInput
from kinship.model import money
from kinship.model.money import PLACES, Money


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("50 EUR", "50.00 EUR"),
        ("EUR 50", "50.00 EUR"),
        ("€50", "50.00 EUR"),
        ("50€", "50.00 EUR"),
        ("50EUR", "50.00 EUR"),
        ("£5.5", "5.50 GBP"),
        ("50 euros", "50.00 EUR"),
        ("50 eur", "50.00 EUR"),
        ("50 eur for the train", "50.00 EUR"),
        ("50 EUR for the train", "50.00 EUR"),
        ("50\xa0EUR, on Monday", "50.00 EUR"),
        ("1,200.50 EUR", "1,200.50 EUR"),
        ("1200 USD", "1,200.00 USD"),
        ("500 JPY", "500 JPY"),
        ("1.5 KWD", "1.500 KWD"),
        ("2 PEN", "2.00 PEN"),
        ("50 EUR/month", "50.00 EUR"),
        ("50.- CHF", "50.00 CHF"),
        ("CHF 1,200.– for the roof", "1,200.00 CHF"),
    ],
)
def test_money_is_read(text: str, shown: str) -> None:
    assert str(money.parse(text)) == shown


@pytest.mark.parametrize(
    "text",
    [
        *("Tuesdays", "a spare cot", "50 chairs", "1 June, 9 to 12", "9 to 12", "9-12", ""),
        *("3 top tips", "2 pen drives", "all 3 of us", "try 2", "50 XYZ", "50 Allée", "two EUR"),
        *("٥٠ EUR", "up to 50 EUR"),
    ],
)
def test_things_are_no_money(text: str) -> None:
    assert money.parse(text) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("50", '"50" of what?'),
        ("1,200.50", '"1,200.50" of what?'),
        ("50.-", '"50.-" of what?'),
        ("$50", "could be the dollar of several countries"),
        ("US$50", "could be the dollar of several countries"),
        ("50 dollars", "could be the dollar of several countries"),
        ("¥50", "could be yen or yuan"),
        ("50 kr", "could be the crown of several countries"),
        ("50,5 EUR", 'the amount "50,5 EUR" cannot be read'),
        ("1.200,50 EUR", "cannot be read"),
        ("1 200 EUR", "cannot be read"),
        ("50-100 EUR", "cannot be read"),
        ("€50-100", "cannot be read"),
        ("50k EUR", "cannot be read"),
        ("€50m", "cannot be read"),
        ("-5 EUR", "cannot be read"),
        ("0 EUR", "is nothing"),
        ("50.555 EUR", "EUR has at most 2 decimals"),
        ("500.5 JPY", "JPY has no decimals"),
        ("99999999999999999 EUR", "is more than can be counted"),
    ],
)
def test_what_could_be_money_is_refused(text: str, said: str) -> None:
    with pytest.raises(BadInput, match="Nothing was written") as caught:
        money.parse(text)
    assert said in caught.value.message


@pytest.mark.parametrize("text", ["a new roof", "500 EUR or more", "5 chairs", ""])
def test_a_goal_is_money_and_nothing_else(text: str) -> None:
    with pytest.raises(BadInput, match="is not an amount of money"):
        money.whole(text)


amounts = st.builds(Money, st.integers(1, 10**15), st.sampled_from(sorted(PLACES)))


@given(amounts)
def test_what_is_shown_is_read_as_the_same(amount: Money) -> None:
    assert money.parse(str(amount)) == amount
    assert money.whole(f"{amount.decimal} {amount.currency}") == amount
    assert money.parse(f"{amount.currency} {amount.figure} for the train") == amount


@given(st.text(max_size=30))
def test_any_text_is_money_or_a_thing_or_refused(text: str) -> None:
    try:
        found = money.parse(text)
    except BadInput as refused:
        assert "Nothing was written" in refused.message
    else:
        assert found is None or found.amount > 0


def test_a_number_alone_is_no_goal() -> None:
    with pytest.raises(BadInput, match='"800" of what') as refused:
        money.whole("800")
    assert refused.value.hint == ('For example: "800 EUR"',)
