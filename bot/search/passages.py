"""The passages of a library by their numbers, and where its quotes stand among them.

They are many, and few are ever looked at: each is made when it is asked for.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import overload

from bot.analysis.analyst import Analysis
from bot.model import Passage, Quote


class Passages(Sequence[Passage]):
    """The passages of all articles, in their order; those of one article stand together."""

    def __init__(self, analyses: Sequence[Analysis]) -> None:
        self._analyses = analyses
        self._firsts = list(accumulate(map(len, analyses), initial=0))
        self._places = {analysis.article.id: place for place, analysis in enumerate(analyses)}
        self._numbers: dict[str, Mapping[str, int]] = {}  # of quotes that were asked for, by article

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
        place, inside = self.place(number % len(self))
        return self._analyses[place].passage(inside)

    def place(self, number: int) -> tuple[int, int]:
        """Return the place of a passage's article, and the passage's number in it."""
        place = bisect_right(self._firsts, number) - 1
        return place, number - self._firsts[place]

    def numbers(self, article_id: str) -> range:
        """Return the numbers of an article's passages."""
        place = self._places[article_id]
        return range(self._firsts[place], self._firsts[place + 1])

    def holding(self, article_id: str, quote_id: str) -> int:
        """Return the number of the passage that holds a quote."""
        place = self._places[article_id]
        inside = self._numbers.get(article_id)
        if inside is None:
            analysis = self._analyses[place]
            ids = (quote.id for quote in analysis.quotes)
            inside = self._numbers[article_id] = dict(zip(ids, analysis.passage_of, strict=True))
        return self._firsts[place] + inside[quote_id]


class PassageOf:
    """The number of the passage of each quote, by the quote's key."""

    def __init__(self, passages: Passages) -> None:
        self._passages = passages

    def __getitem__(self, key: tuple[str, str]) -> int:
        return self._passages.holding(*key)


class QuotesIn:
    """The quotes of each passage, by the passage's number."""

    def __init__(self, passages: Passages, analyses: Sequence[Analysis], quotes: Sequence[Sequence[Quote]]) -> None:
        self._passages, self._analyses, self._quotes = passages, analyses, quotes
        self._inside: dict[int, Mapping[int, Sequence[Quote]]] = {}  # by the place of an article, where asked for

    def get(self, number: int, default: Sequence[Quote] = ()) -> Sequence[Quote]:
        place, passage = self._passages.place(number)
        inside = self._inside.get(place)
        if inside is None:
            found: dict[int, list[Quote]] = defaultdict(list)
            for quote, at in zip(self._quotes[place], self._analyses[place].passage_of, strict=True):
                found[at].append(quote)
            inside = self._inside[place] = dict(found)
        return inside.get(passage, default)
