"""Analyses as bytes, and the keys that they are kept by.

What is kept of an article never holds its text: the words that are shown come from the corpus, always.
"""

import sys
import zlib
from dataclasses import replace
from functools import cache
from hashlib import blake2b
from pathlib import Path

import msgspec

from bot.analysis.analyst import Analysis, Tables
from bot.ingest.folder import Draft

#: The stages whose code decides what is found in an article, and which quotes are one statement.
_STAGES = (
    "*.py", "model/*.py", "analysis/*.py", "ingest/*.py", "people/*.py", "prose/*.py", "quotes/*.py", "search/*.py",
)  # fmt: skip
_FASTEST = 1
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Analysis)


def edition_of(tables: Tables) -> bytes:
    """Return a hash that changes with the word lists and with the program."""
    return blake2b(msgspec.json.encode(tables, order="sorted"), key=_program(), digest_size=20).digest()


def key_of(draft: Draft, edition: bytes) -> bytes:
    """Return what the analysis of a draft is kept by: it changes with all that the analysis depends on."""
    return blake2b(draft.source, key=edition, digest_size=20).digest()


def packed(analysis: Analysis) -> bytes:
    """Return an analysis as bytes, without the text of its article."""
    bare = replace(analysis, article=replace(analysis.article, text="", origin=""))
    return zlib.compress(_encoder.encode(bare), _FASTEST)


def unpacked(data: bytes, draft: Draft) -> Analysis | None:
    """Return the analysis of a draft that was packed, or None where the bytes are not one."""
    try:
        analysis = _decoder.decode(zlib.decompress(data))
    except (zlib.error, msgspec.DecodeError):
        return None
    return replace(analysis, article=replace(analysis.article, text=draft.record.text, origin=draft.origin))


@cache
def _program() -> bytes:
    """Return a hash of the code that analyses, so that a changed program never takes over what another one found."""
    bot = Path(__file__).parents[1]
    files = [file for stage in _STAGES for file in bot.glob(stage)]
    state = blake2b(sys.version.encode() + sys.byteorder.encode() + msgspec.__version__.encode(), digest_size=20)
    for file in sorted(files):
        state.update(file.read_bytes())
    return state.digest()
