"""Postings: which documents hold a term, and how often, in flat arrays that documents can be put into."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count, pairwise

import numpy as np
import numpy.typing as npt

from bot.text import Counts, separate

Ints = npt.NDArray[np.int32]
_INT = 4  # bytes


class Numbers(dict[str, int]):
    """The numbers of terms; one that has none yet gets the next when it is looked up."""

    def __init__(self, known: Mapping[str, int], following: int) -> None:
        super().__init__(known)
        self._following = count(following)

    def __missing__(self, term: str) -> int:
        number = self[term] = next(self._following)
        return number


@dataclass(frozen=True, slots=True)
class Rows:
    """Single postings: a term, a document that holds it, by their numbers, and how often it does."""

    terms: Ints
    documents: Ints
    frequencies: Ints

    @classmethod
    def counted(cls, parts: Sequence[tuple[str, Counts, int]], numbers: Mapping[str, int]) -> "Rows":
        """Return the postings of counted documents by term, those of one term in the order of the documents.

        Each part is the terms of documents put together, their counts, and the number of the first of them; the parts
        are in the order of these numbers.
        """
        terms, widths, frequencies = (
            [one.terms for _, one, _ in parts],
            [one.widths for _, one, _ in parts],
            [one.frequencies for _, one, _ in parts],
        )
        known, ends = array("i"), []
        for vocabulary, _, _ in parts:
            known.extend(map(numbers.__getitem__, separate(vocabulary)))
            ends.append(len(known))
        firsts = np.array([0, *ends[:-1]], np.int64)
        of = np.frombuffer(known, np.int32)[
            _joined(terms) + np.repeat(firsts[: len(parts)], [len(column) // _INT for column in terms])
        ]
        documents = ranges([first for _, _, first in parts], [len(column) // _INT for column in widths])
        documents = np.repeat(documents.astype(np.int32), _joined(widths))
        # Twice as fast as a stable argsort, and the same: all values differ.
        order = np.sort((of.astype(np.int64) << 32) | np.arange(len(of))) & 0xFFFFFFFF
        return cls(of[order], documents[order], _joined(frequencies)[order])


def _joined(columns: Sequence[bytes]) -> Ints:
    return np.frombuffer(b"".join(columns), np.int32)


def ranges(starts: Sequence[int], sizes: Sequence[int]) -> npt.NDArray[np.int64]:
    """Return the numbers of ranges, one range after the other."""
    before = np.cumsum([0, *sizes])
    shifts: npt.NDArray[np.int64] = np.repeat(np.array(starts, np.int64) - before[:-1], sizes)
    return shifts + np.arange(before[-1])


@dataclass(frozen=True, slots=True)
class Postings:
    """All postings, those of one term after those of another; `offsets` say where each term's begin, and their end."""

    offsets: npt.NDArray[np.int64]
    documents: Ints
    frequencies: Ints

    @classmethod
    def none(cls) -> "Postings":
        return cls(np.zeros(1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.int32))

    def moved(self, numbers: Ints) -> "Postings":
        """Return them with other numbers for the documents, without those whose new number is -1."""
        if np.array_equal(numbers, np.arange(len(numbers), dtype=np.int32)):
            return self
        documents = numbers[self.documents]
        held = documents >= 0
        if held.all():
            return Postings(self.offsets, documents, self.frequencies)
        offsets = self.offsets - np.searchsorted(np.flatnonzero(~held), self.offsets)
        return Postings(offsets, documents[held], self.frequencies[held])

    def with_(self, added: Rows) -> "Postings":
        """Return these and others, those of each term in the order of their documents.

        Pieces are put together, as only few are new: inserting by place, or sorting all, takes five times as long.
        """
        terms = max(len(self.offsets) - 1, int(added.terms.max(initial=-1)) + 1)
        offsets = np.concatenate([self.offsets, np.full(terms + 1 - len(self.offsets), self.offsets[-1])])
        new = np.concatenate([[0], np.cumsum(np.bincount(added.terms, minlength=terms))])
        if not len(self.documents):
            return Postings(new, added.documents, added.frequencies)
        at = np.zeros(len(added.terms), np.int64)
        for term in np.unique(added.terms).tolist():
            here = slice(new[term], new[term + 1])
            begin, end = offsets[term], offsets[term + 1]
            at[here] = begin + np.searchsorted(self.documents[begin:end], added.documents[here])
        documents, frequencies = (
            _inserted(old, at, more)
            for old, more in ((self.documents, added.documents), (self.frequencies, added.frequencies))
        )
        return Postings(offsets + new, documents, frequencies)


def _inserted(old: Ints, at: npt.NDArray[np.int64], more: Ints) -> Ints:
    """Return an array with further values before the places given, which ascend."""
    places = np.flatnonzero(np.diff(at, prepend=-1))  # the first value of every place
    pieces = [old[: at[0]]] if len(at) else [old]
    for first, last in pairwise([*places.tolist(), len(at)]):
        pieces += [more[first:last], old[at[first] : at[last] if last < len(at) else len(old)]]
    return np.concatenate(pieces)
