"""Sketches of texts, by which copies are found: the least hashes of the runs of words that a text holds.

Two texts share about as much of their sketches as of their runs (Broder: On the resemblance and containment of
documents, 1997: the bottom-k form of MinHash).
"""

from collections.abc import Sequence
from itertools import islice
from zlib import crc32

_RUN = 5  # words: two articles on one subject hardly share such a run, unless they quote the same words
_SIZE = 64
#: Of the runs of words of two articles, the share from which on they are told to be copies.  Of the 108 pairs of
#: PolNeAR and worldnews5 that share most, judged by days, headlines and openings (tests/quality/copy_pairs.jsonl), .5
#: tells 7 to be copies, all rightly, and misses 1 of 8; .4 tells 11, of which 3 are later articles that repeat half of
#: an earlier one.
NEAR_COPY = 0.5
Sketch = tuple[int, ...]


def sketch(words: Sequence[str]) -> Sketch:
    """Return the sketch of a text's words; the same text in other typography has the same."""
    runs = zip(*(islice(words, start, None) for start in range(_RUN)), strict=False)
    return tuple(sorted({crc32(" ".join(run).encode("utf-8", "replace")) for run in runs})[:_SIZE])


def likeness(one: Sketch, other: Sketch) -> float:
    """Return about which share of their runs two texts have in common, from 0 to 1."""
    both = sorted({*one, *other})[: min(len(one), len(other))]
    shared = {*one} & {*other}
    return sum(run in shared for run in both) / len(both) if both else 0.0
