"""Bodies are unpacked to the byte, and no further than is asked for."""

import contextlib
import gzip
import zlib
from collections.abc import Callable, Iterator
from functools import partial

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.fetch.bodies import BodyTooLargeError, read_body

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "": lambda data: data,
    "identity": lambda data: data,
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": partial(brotli.compress, quality=5),
}


def pieces(data: bytes, size: int) -> Iterator[bytes]:
    return (data[start : start + size] for start in range(0, len(data), size))


@given(data=st.binary(max_size=3000), size=st.integers(1, 500), coding=st.sampled_from(sorted(PACKERS)))
def test_what_was_packed_is_what_is_read_however_it_comes(data: bytes, size: int, coding: str) -> None:
    assert read_body(pieces(PACKERS[coding](data), size), coding, 3000) == data


@given(data=st.binary(max_size=500), coding=st.sampled_from(["gzip", "deflate", "br"]))
def test_what_is_not_packed_is_an_error_and_no_crash(data: bytes, coding: str) -> None:
    with contextlib.suppress(ValueError):
        read_body([data], coding, 1000)


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate"])
def test_a_bomb_is_cut_off_before_it_unfolds(coding: str) -> None:
    looked_at = 0

    def chunks() -> Iterator[bytes]:
        nonlocal looked_at
        for chunk in pieces(PACKERS[coding](b"\0" * 20_000_000), 100):
            looked_at += 1
            yield chunk

    with pytest.raises(BodyTooLargeError):
        read_body(chunks(), coding, 1_000_000)
    assert looked_at < 50


@pytest.mark.parametrize("coding", ["gzip", "br"])
def test_a_body_that_ends_in_the_middle_is_an_error(coding: str) -> None:
    with pytest.raises(ValueError, match="ends in the middle"):
        read_body([PACKERS[coding](b"words of somebody " * 50)[:-9]], coding, 10_000)


def test_several_members_of_gzip_are_one_body() -> None:
    assert read_body([gzip.compress(b"one ") + gzip.compress(b"two")], "gzip", 100) == b"one two"


def test_what_was_not_asked_for_is_an_error() -> None:
    with pytest.raises(ValueError, match="not asked for"):
        read_body([b"x"], "zstd", 100)
