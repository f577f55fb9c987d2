"""The message to paste."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinship.model import message

_DEFAULT = "Hi {first}, good to meet you at {event}. {note}"
_ALL = {"first": "Ada", "name": "Ada Lovelace", "event": "PyCon 2026", "note": "Tea.", "me": "Bo"}


@pytest.mark.parametrize(
    ("pattern", "without", "said"),
    [
        (_DEFAULT, (), "Hi Ada, good to meet you at PyCon 2026. Tea."),
        (_DEFAULT, ("note",), "Hi Ada, good to meet you at PyCon 2026."),
        (_DEFAULT, ("event",), "Hi Ada, good to meet you. Tea."),
        (_DEFAULT, ("event", "note"), "Hi Ada, good to meet you."),
        ("{name} of {org}, this is {me}", (), "Ada Lovelace, this is Bo"),
        ("Cheers, {me}", ("me",), "Cheers,"),
        ("{greeting} {first.__class__} {0} {}", (), "{greeting} {first.__class__} {0} {}"),
        ("", (), ""),
    ],
)
def test_a_field_without_a_value_goes_with_the_word_before_it(
    pattern: str, without: tuple[str, ...], said: str
) -> None:
    facts = {field: value for field, value in _ALL.items() if field not in without}
    assert message.fill(pattern, facts) == said


@given(st.text(), st.text(alphabet=st.characters(exclude_characters=" \t\n"), min_size=1))
def test_what_is_in_a_value_is_not_filled_in_again(before: str, value: str) -> None:
    said = message.fill("{note}", {"note": f"{{me}}{value}", "me": before})
    assert said == f"{{me}}{value}".strip()
