"""The passages of a library by their numbers, and where its quotes stand among them.

They are many, and few are ever looked at: each is made when it is asked for.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import overload

from bot.model import Passage, Quote
from bot.search.lookup import Lookup


class Passages(Sequence[Passage]):
    """The passages of all articles, in their order; those of one article stand together."""

    def __init__(self, lookups: Mapping[str, Lookup]) -> None:
        self._lookups = list(lookups.values())
        self._firsts = list(accumulate((len(one.analysis) for one in self._lookups), initial=0))
        self._places = {name: place for place, name in enumerate(lookups)}

    def __len__(self) -> int:
        return self._firsts[-1]

    @overload
    def __getitem__(self, number: int) -> Passage: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Passage]: ...
    def __getitem__(self, number: int | slice) -> Passage | Sequence[Passage]:
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        if not -len(self) <= number < len(self):
            raise IndexError(number)
        lookup, inside = self.place(number % len(self))
        return lookup.analysis.passage(inside)

    def place(self, number: int) -> tuple[Lookup, int]:
        """Return the article of a passage, and the passage's number in it."""
        place = bisect_right(self._firsts, number) - 1
        return self._lookups[place], number - self._firsts[place]

    def numbers(self, article_id: str) -> range:
        """Return the numbers of an article's passages."""
        place = self._places[article_id]
        return range(self._firsts[place], self._firsts[place + 1])

    def holding(self, article_id: str, quote_id: str) -> int:
        """Return the number of the passage that holds a quote."""
        place = self._places[article_id]
        return self._firsts[place] + self._lookups[place].passage_of[quote_id]


class PassageOf:
    """The number of the passage of each quote, by the quote's key."""

    def __init__(self, passages: Passages) -> None:
        self._passages = passages

    def __getitem__(self, key: tuple[str, str]) -> int:
        return self._passages.holding(*key)


class QuotesIn:
    """The quotes of each passage, by the passage's number."""

    def __init__(self, passages: Passages) -> None:
        self._passages = passages

    def get(self, number: int, default: Sequence[Quote] = ()) -> Sequence[Quote]:
        lookup, inside = self._passages.place(number)
        return lookup.quotes_in.get(inside, default)
