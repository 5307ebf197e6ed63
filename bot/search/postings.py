"""Postings: which documents hold a term, and how often, in flat arrays that documents can be put into."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count, pairwise

import numpy as np
import numpy.typing as npt

from bot.text import Counts

Ints = npt.NDArray[np.int32]


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
    def none(cls) -> "Rows":
        return cls(*(np.zeros(0, np.int32) for _ in range(3)))

    @classmethod
    def counted(cls, vocabulary: Sequence[str], counts: Counts, start: int, numbers: Mapping[str, int]) -> "Rows":
        """Return the postings of counted documents, the first of which has the number `start`."""
        at = np.fromiter(map(numbers.__getitem__, vocabulary), np.int32, len(vocabulary))
        terms = at[np.frombuffer(counts.terms, np.int32)]
        widths = np.frombuffer(counts.widths, np.int32)
        documents = np.repeat(np.arange(start, start + len(widths), dtype=np.int32), widths)
        return cls(terms, documents, np.frombuffer(counts.frequencies, np.int32))

    @classmethod
    def joined(cls, several: Sequence["Rows"]) -> "Rows":
        """Return them by term; those of one term keep their order."""
        columns = zip(*((one.terms, one.documents, one.frequencies) for one in several), strict=True)
        terms, documents, frequencies = map(np.concatenate, columns)
        # Twice as fast as a stable argsort, and the same: all values differ.
        order = np.sort((terms.astype(np.int64) << 32) | np.arange(len(terms))) & 0xFFFFFFFF
        return cls(terms[order], documents[order], frequencies[order])


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
        return Postings(np.concatenate([[0], np.cumsum(held)])[self.offsets], documents[held], self.frequencies[held])

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
