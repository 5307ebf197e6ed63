"""The body of an answer, unpacked as it comes: no packed kilobyte can become a gigabyte before anybody looks."""

import zlib
from collections.abc import Iterable, Iterator

import brotli

#: What this program can unpack, as it tells the server.
ACCEPTED = "gzip, br"
_AT_ONCE = 1_000_000  # bytes that are unpacked before the size is looked at again


class BodyTooLargeError(ValueError):
    """A body is larger than what was asked for."""


def read_body(chunks: Iterable[bytes], coding: str, largest: int) -> bytes:
    """Return a body, unpacked; raises BodyTooLargeError, or ValueError for one that is not packed as it says."""
    body = bytearray()
    for part in _unpacked(chunks, coding.strip().lower()):
        body += part
        if len(body) > largest:
            raise BodyTooLargeError
    return bytes(body)


def _unpacked(chunks: Iterable[bytes], coding: str) -> Iterator[bytes]:
    if coding in ("", "identity"):
        return iter(chunks)
    if coding in ("gzip", "x-gzip", "deflate"):
        return _inflated(chunks)
    if coding == "br":
        return _from_brotli(chunks)
    raise ValueError(f"it is packed as {coding!r}, which was not asked for")


def _inflated(chunks: Iterable[bytes]) -> Iterator[bytes]:
    packed = zlib.decompressobj(wbits=47)  # a head of gzip or of zlib, whichever comes
    begun = False
    try:
        for chunk in chunks:
            rest = chunk
            while rest:
                if packed.eof:  # gzip may come in several members
                    packed = zlib.decompressobj(wbits=47)
                begun = True
                yield packed.decompress(rest, _AT_ONCE)
                rest = packed.unconsumed_tail or packed.unused_data
    except zlib.error as error:
        raise ValueError(f"it is not packed as it says ({error})") from None
    if begun and not packed.eof:
        raise ValueError("it ends in the middle")


def _from_brotli(chunks: Iterable[bytes]) -> Iterator[bytes]:
    packed = brotli.Decompressor()
    begun = False
    try:
        for chunk in chunks:
            begun = True
            yield packed.process(chunk, output_buffer_limit=_AT_ONCE)
            while not packed.can_accept_more_data():
                yield packed.process(b"", output_buffer_limit=_AT_ONCE)
    except brotli.error as error:
        raise ValueError(f"it is not packed as it says ({error})") from None
    if begun and not packed.is_finished():
        raise ValueError("it ends in the middle")
