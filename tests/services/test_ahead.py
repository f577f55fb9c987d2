"""Things that a thread makes ahead: the same things, the same errors, and no thread that stays."""

import sys
import threading
from collections.abc import Generator
from contextlib import closing
from itertools import count

import pytest

from kinship.services.ahead import ahead


@pytest.fixture(autouse=True)
def nothing_stays() -> Generator[None]:
    usual = sys.getswitchinterval()
    yield
    assert [t for t in threading.enumerate() if t.daemon] == []
    assert sys.getswitchinterval() == usual


def _numbers(many: int, closed: list[object], error: BaseException | None = None) -> Generator[int]:
    try:
        yield from range(many)
        if error:
            raise error
    finally:
        closed.append(threading.current_thread())


@pytest.mark.parametrize("many", [0, 1, 2, 3, 50])
def test_all_things_come_in_their_order(many: int) -> None:
    closed: list[object] = []
    assert list(ahead(_numbers(many, closed))) == list(range(many))
    assert len(closed) == 1


def test_everything_is_done_in_one_other_thread() -> None:
    threads = []

    def things() -> Generator[None]:
        threads.append(threading.current_thread())
        try:
            for _ in range(5):
                threads.append(threading.current_thread())
                yield
        finally:
            threads.append(threading.current_thread())

    with closing(ahead(things())) as some:
        next(some)
    assert len(set(threads)) == 1
    assert threads[0] is not threading.current_thread()


@pytest.mark.parametrize("error", [ValueError("no"), KeyboardInterrupt(), SystemExit(3)])
def test_an_error_comes_after_what_was_before_it(error: BaseException) -> None:
    closed: list[object] = []
    things = ahead(_numbers(7, closed, error))
    assert [next(things) for _ in range(7)] == list(range(7))
    with pytest.raises(type(error)) as raised:
        next(things)
    assert raised.value is error
    assert len(closed) == 1


def test_an_error_in_closing_is_no_secret() -> None:
    def things() -> Generator[int]:
        try:
            yield from count()
        finally:
            raise ValueError("cannot be closed")

    # Whoever stops has a reason of their own, which goes before.
    with closing(ahead(things())) as some:
        assert next(some) == 0


@pytest.mark.parametrize("used", [0, 1, 2, 5])
def test_whoever_stops_closes_what_was_begun(used: int) -> None:
    closed: list[object] = []
    things = ahead(_numbers(10**9, closed))
    for _ in range(used):
        next(things)
    things.close()
    assert len(closed) == bool(used)


def test_an_error_of_whoever_uses_them_ends_the_thread() -> None:
    closed: list[object] = []

    def use() -> None:
        with closing(ahead(_numbers(10**9, closed))) as things:
            for _ in things:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        use()
    assert len(closed) == 1


def test_only_a_few_are_made_before_they_are_used() -> None:
    made = 0

    def things() -> Generator[int]:
        nonlocal made
        while made < 100:
            made += 1
            yield made

    with closing(ahead(things())) as some:
        for number in some:
            assert number <= made <= number + 4
