"""Frozen values take what their fields say, and compare by it."""

import pytest

from kinship.value import Value


class Point(Value):
    x: int
    y: int = 0


def test_values_of_one_kind_with_the_same_fields_are_equal() -> None:
    assert Point(1) == Point(x=1, y=0)
    assert hash(Point(1)) == hash(Point(1, 0))
    assert Point(1) != Point(1, 2)
    assert Point(1) != (1, 0)
    assert Point(1)._replace(y=2) == Point(1, 2)


@pytest.mark.parametrize(
    ("given", "named"),
    [((), {}), ((), {"y": 1}), ((1, 2, 3), {}), ((1,), {"x": 1}), ((1,), {"z": 1})],
    ids=["none", "not the first", "too many", "twice", "unknown"],
)
def test_a_value_takes_each_field_once_and_no_other(
    given: tuple[int, ...], named: dict[str, int]
) -> None:
    with pytest.raises(TypeError, match="Point takes x, y"):
        Point(*given, **named)


def test_a_value_does_not_change() -> None:
    with pytest.raises(AttributeError, match="frozen"):
        Point(1).x = 2  # type: ignore[misc]
