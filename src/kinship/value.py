"""Frozen values with named fields, as the program passes them around.

``typing.NamedTuple`` and ``dataclasses`` compile code for each class, and thirty classes of them
took a fifteenth of a start; here a class costs nothing, and an instance keeps its fields in a
dictionary. Type checkers read them as frozen dataclasses (PEP 681).
"""

from typing import Any, ClassVar, Self, dataclass_transform


@dataclass_transform(frozen_default=True)
class Value:
    """The base of all of them: annotated fields in order, those with a default last."""

    _fields: ClassVar[tuple[str, ...]] = ()
    _known: ClassVar[frozenset[str]] = frozenset()
    _required: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        fields = tuple(cls.__annotations__)
        cls._fields = fields
        type.__setattr__(cls, "__match_args__", fields)  # what a checker writes by itself
        cls._known = frozenset(fields)
        cls._required = cls._known.difference(cls.__dict__)

    def __init__(self, *given: Any, **named: Any) -> None:
        values = self.__dict__
        values.update(zip(self._fields, given, strict=False))
        values.update(named)
        each_once = len(values) == len(given) + len(named)
        if not each_once or not self._required <= values.keys() <= self._known:
            raise TypeError(f"{type(self).__name__} takes {', '.join(self._fields)}")

    def _replace(self, **changes: Any) -> Self:
        """The same with some fields changed."""
        return type(self)(**{**self.__dict__, **changes})

    def _asdict(self) -> dict[str, Any]:
        """The fields by name."""
        return {field: getattr(self, field) for field in self._fields}

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self._asdict() == other._asdict()

    def __hash__(self) -> int:
        return hash(tuple(self._asdict().values()))

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={value!r}" for name, value in self._asdict().items())
        return f"{type(self).__name__}({fields})"
