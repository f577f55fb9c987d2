"""Phone numbers: one line in every spelling, and nothing guessed without a country."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinship.errors import BadInput
from kinship.model import handles, phone

LONDON = "442079460958"


@pytest.mark.parametrize(
    "typed",
    [
        "+44 20 7946 0958",
        "+44 (0)20 7946 0958",
        "+44-20-7946.0958",
        "0044 20 7946 0958",
        "00442079460958",
        "＋４４ ２０ ７９４６ ０９５８",
        "+٤٤ ٢٠ ٧٩٤٦ ٠٩٥٨",
        "+44/20/79460958",
        "+44\u00a020\u00a07946\u00a00958",
    ],
)
@pytest.mark.parametrize("country", ["", "GB", "US"])
def test_a_number_with_its_country_code_is_the_same_everywhere(typed: str, country: str) -> None:
    assert phone.key(typed, country) == LONDON


@pytest.mark.parametrize(
    ("typed", "country", "key"),
    [
        ("020 7946 0958", "GB", LONDON),
        ("(020) 7946-0958", "GB", LONDON),
        ("(0)20 7946 0958", "GB", LONDON),
        ("٠٢٠ ٧٩٤٦ ٠٩٥٨", "GB", LONDON),
        ("０２０７９４６０９５８", "GB", LONDON),
        ("44 20 7946 0958", "GB", LONDON),
        ("011 44 20 7946 0958", "US", LONDON),
        ("0011 44 20 7946 0958", "AU", LONDON),
        ("(202) 555-0147", "US", "12025550147"),
        ("1-202-555-0147", "CA", "12025550147"),
        ("030/901820", "DE", "4930901820"),
        ("06 12 34 56 78", "FR", "33612345678"),
        ("02 1234 5678", "IT", "390212345678"),
        ("8 (912) 345-67-89", "RU", "79123456789"),
        ("045-123-4567", "JP", "81451234567"),
    ],
)
def test_a_national_number_is_of_the_country_that_was_chosen(
    typed: str, country: str, key: str
) -> None:
    assert phone.key(typed, country) == key
    assert phone.key(typed) in (phone.digits(typed), phone.abroad(typed))


@pytest.mark.parametrize(
    ("typed", "country"),
    [
        ("12345678", "GB"),
        ("555-0147", "US"),
        ("999999", "GB"),
        ("12345678901234567", "GB"),
        ("020 7946 0958/59", "GB"),
        ("000000", "GB"),
    ],
)
def test_what_is_no_number_of_the_country_is_its_digits(typed: str, country: str) -> None:
    assert phone.key(typed, country) == phone.digits(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "+44 20 7946 0958 ext. 12",
        "+44 20 7946 0958 x12",
        "+44 20 7946 0958x12",
        "+44 20 7946 0958 Extension 12",
        "+44-20-7946-0958;ext=12",
        "+44 20 7946 0958,12",
        "+44 20 7946 0958 #12",
        "+44 20 7946 0958 Durchwahl 12",
        "020 7946 0958 x12",
    ],
)
def test_an_extension_is_a_line_of_its_own(typed: str) -> None:
    assert phone.key(typed, "GB") == f"{LONDON}x12"


@pytest.mark.parametrize(
    ("word", "is_number"),
    [
        ("+44 20 7946 0958 x12", True),
        ("+442079460958;ext=12", True),
        ("1920x1080", False),
        ("250000,00", False),
        ("250000#1", False),
        ("12345 x12", False),
        ("2026-05-20 x1", False),
        ("C++17", False),
    ],
)
def test_a_word_is_a_number_only_where_that_is_evident(word: str, is_number: bool) -> None:
    assert (handles.recognise(word) is not None) is is_number


def test_words_behind_a_number_are_no_extension() -> None:
    assert phone.key("+44 20 7946 0958 (office 2)") == LONDON


@pytest.mark.parametrize("typed", ["gb", " GB ", "Gb"])
def test_a_country_is_two_letters(typed: str) -> None:
    assert phone.country(typed) == "GB"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("uk", "Did you mean GB?"),
        ("Germany", "For example: GB, DE, US."),
        ("ZZ", "For example"),
        ("001", "For example"),
        ("", "For example"),
        ("+44", "For example"),
    ],
)
def test_what_is_no_country_is_refused(typed: str, said: str) -> None:
    with pytest.raises(BadInput, match="is not the two letters of a country") as refusal:
        phone.country(typed)
    assert said in refusal.value.message


@given(st.sampled_from(sorted(phonenumbers.SUPPORTED_REGIONS)))
def test_an_example_of_every_country_is_one_line_however_it_is_written(country: str) -> None:
    example = phonenumbers.example_number(country)
    assert example
    national, international, bare = (
        phonenumbers.format_number(example, form)
        for form in (
            phonenumbers.PhoneNumberFormat.NATIONAL,
            phonenumbers.PhoneNumberFormat.INTERNATIONAL,
            phonenumbers.PhoneNumberFormat.E164,
        )
    )
    assert phone.key(international) == phone.key(bare) == bare.lstrip("+")
    if len(phone.digits(national)) >= phone.FEWEST_DIGITS:
        assert phone.key(national, country) == bare.lstrip("+")


@given(st.text(alphabet="+0123456789 ()-./x#;,ext٤４"), st.sampled_from(["", "GB", "US", "IT"]))
def test_every_text_has_a_key_of_digits(text: str, country: str) -> None:
    key = phone.key(text, country)
    assert key.replace("x", "", 1).isascii()
    assert not key or key.replace("x", "", 1).isdigit()


def test_a_signal_name_with_many_digits_is_no_number() -> None:
    assert handles.key("signal", "Ada.123456") == "ada.123456"
    assert handles.link("signal", "ada.123456") is None


def test_a_national_number_opens_where_its_country_was_chosen() -> None:
    assert handles.link("whatsapp", "020 7946 0958") is None
    assert handles.link("whatsapp", "020 7946 0958", "GB") == f"https://wa.me/{LONDON}"
    assert handles.link("signal", "020 7946 0958", "GB") == f"sgnl://signal.me/#p/+{LONDON}"
    assert handles.link("phone", "020 7946 0958 x12", "GB") == f"tel:+{LONDON}"
    assert handles.link("phone", "12345678", "GB") == "tel:12345678"
