"""What a library tells of its articles together, as bytes: found once, and kept beside the analyses of the articles.

Like those it holds no words of an article.  It is kept by all their keys, and so never is that of other articles.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

import msgspec

from bot.model import Person
from bot.search.linking import Speaker


@dataclass(frozen=True, slots=True)
class Composition:
    """Whose the quotes are, which of them make one statement, and who the people are."""

    speakers: tuple[Speaker, ...]  # of the quotes whose article alone tells otherwise
    places: bytes  # of the quotes, by speaker: the number of each one's statement among the speaker's, in 32 bits
    people: tuple[Person, ...]


_INT = 4  # bytes
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Composition)


def key_of(keys: Iterable[bytes]) -> bytes:
    """Return what a composition is kept by, of the keys of its articles in their order."""
    return blake2b(b"".join(keys), digest_size=32).digest()


def packed(composition: Composition) -> bytes:
    return _encoder.encode(composition)


def unpacked(data: bytes, quotes: int) -> Composition | None:
    """Return the composition of so many quotes that was packed, or None where the bytes are not one."""
    try:
        found = _decoder.decode(data)
    except msgspec.DecodeError:
        return None
    fits = len(found.places) == quotes * _INT and all(0 <= number < quotes for number, _, _ in found.speakers)
    return found if fits else None
