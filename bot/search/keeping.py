"""What a library tells of its articles together, as bytes: found once, and kept beside the analyses of the articles.

Like those it holds no words of an article.  Only for the very same articles is all of it used; when others have come or
some are gone, the statements of those speakers are whose quotes are the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

import msgspec

from bot.model import Person
from bot.search.linking import Speaker


@dataclass(frozen=True, slots=True)
class Composition:
    """Whose the quotes are, who the people are, and which quotes make one statement, of one speaker or several."""

    articles: bytes = b""  # a hash of them all
    speakers: tuple[Speaker, ...] = ()  # of the quotes whose article alone tells otherwise
    people: tuple[Person, ...] = ()
    places: Mapping[bytes, bytes] = field(default_factory=dict)  # see `Kept`
    bonds: tuple[tuple[str, str, str, str, float], ...] = ()  # the keys of both quotes, and how alike they are
    marks: Mapping[str, bytes] = field(default_factory=dict)  # see `Bound`


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Composition)


def key_of(edition: bytes) -> bytes:
    """Return what the composition is kept by that the program and word lists of an edition make."""
    return blake2b(b"composition", key=edition, digest_size=32).digest()


def hash_of(keys: Iterable[bytes]) -> bytes:
    """Return a hash of articles, of their keys in their order."""
    return blake2b(b"".join(keys), digest_size=32).digest()


def packed(composition: Composition) -> bytes:
    return _encoder.encode(composition)


def unpacked(data: bytes) -> Composition:
    """Return the composition that was packed, or an empty one where the bytes are none."""
    try:
        return _decoder.decode(data)
    except msgspec.DecodeError:
        return Composition()
