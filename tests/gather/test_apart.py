"""What is read apart ends in time and within its memory, and what comes next is read all the same."""

import os
import time
from collections.abc import Callable, Iterator

import pytest

from bot.errors import RefusedSource
from bot.gather.apart import Apart


@pytest.fixture
def apart() -> Iterator[Apart]:
    one = Apart(1.0)
    yield one
    one.close()


@pytest.mark.parametrize(
    ("function", "argument", "said"),
    [
        (time.sleep, 60, "reading it takes longer than 1 s"),
        (bytearray, 10**11, "takes too much memory"),
        (os._exit, 3, "breaks the program that reads it"),
    ],
)
def test_what_takes_too_much_is_refused(
    apart: Apart, function: Callable[[int], object], argument: int, said: str
) -> None:
    begun = time.monotonic()
    with pytest.raises(RefusedSource, match=said):
        apart.run("https://x.example/", function, argument)
    assert time.monotonic() - begun < 30
    assert apart.run("https://x.example/", len, "ab") == 2


def test_a_refusal_comes_back_as_it_is(apart: Apart) -> None:
    with pytest.raises(RefusedSource) as caught:
        apart.run("x", refuse, "https://x.example/")
    assert (caught.value.source, caught.value.reason, caught.value.passing) == ("https://x.example/", "no", True)


def refuse(source: str) -> None:
    raise RefusedSource(source, "no", passing=True)
