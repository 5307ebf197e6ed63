"""Accounts: what articles report, with all by which their quotes are compared; made when somebody asks."""

from array import array
from collections.abc import Mapping, Sequence
from itertools import accumulate

from bot.analysis.analyst import Analysis
from bot.model import Quote, Span
from bot.search.events import mentions
from bot.search.index import Index
from bot.statements.denials import Denials
from bot.statements.grouping import Said
from bot.statements.reports import Account, Comparison, Report
from bot.statements.voices import Voices as Voices

#: Of a term for how alike two quotes are, however frequent it is.
LEAST_WEIGHT = 0.1


class Weights(dict[str, float]):
    """How much each term tells, found when it is asked for."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def __missing__(self, term: str) -> float:
        self[term] = max(self._index.idf(term) or 0.0, LEAST_WEIGHT)
        return self[term]


class Words:
    """What each quote of articles says, with its terms as the analyses counted them."""

    def __init__(self, analyses: Mapping[str, Analysis] | None = None, denials: Denials | None = None) -> None:
        self.analyses, self._denials = analyses or {}, denials or Denials.none()
        #: By article: the number of each quote, where the terms of each end, their numbers, and the terms.
        self._found: dict[str, tuple[Mapping[str, int], Sequence[int], Sequence[int], Sequence[str]]] = {}

    def said(self, quote: Quote) -> Said:
        return Said.of(quote, self.analyses[quote.article_id].article, self.terms(quote), self._denials)

    def terms(self, quote: Quote) -> frozenset[str]:
        if quote.article_id not in self._found:
            analysis = self.analyses[quote.article_id]
            ids = {one.id: number for number, one in enumerate(analysis.quotes)}
            widths = list(accumulate(array("i", analysis.said.widths), initial=0))
            self._found[quote.article_id] = ids, widths, array("i", analysis.said.terms), analysis.terms
        number_of, ends, terms, written = self._found[quote.article_id]
        number = number_of[quote.id]
        return frozenset([written[term] for term in terms[ends[number] : ends[number + 1]]])


class Accounts(dict[str, Account]):
    """The accounts of articles, by their ids."""

    def __init__(self, words: Words, quotes_of: Mapping[str, Sequence[Quote]], index: Index, voices: Voices) -> None:
        self.words, self.weight = words, Weights(index)
        self._quotes_of, self._voices = quotes_of, voices

    def __missing__(self, name: str) -> Account:
        analysis = self.words.analyses[name]
        place = {quote.id: analysis.passage_of[number] for number, quote in enumerate(analysis.quotes)}
        quotes = self._quotes_of[name]
        reports = [self._report(quote, analysis, analysis.passage(place[quote.id]).span) for quote in quotes]
        self[name] = Account(reports, mentions(analysis), self.weight)
        return self[name]

    def likely(self, one: Quote, other: Quote) -> float:
        """Return how likely two quotes of two articles are to be one utterance."""
        return Comparison(self[one.article_id], self[other.article_id]).likely(one, other)

    def _report(self, quote: Quote, analysis: Analysis, passage: Span) -> Report:
        source = quote.source.of(analysis.article.text) if quote.source else ""
        voice = self._voices.of(quote.speaker, source)
        return Report(quote, analysis.article, self.words.said(quote), voice, passage, self._voices.analyser)
