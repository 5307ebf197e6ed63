"""Finding: which quotes and passages answer a question, and how well.

BM25 finds and orders passages; how much of the question a passage covers decides whether it answers at all.  Coverage
weighs each term of the question by its rarity and looks for it in zones: the quote's own sentence, the sentence that
leads in, what the speaker said before where the quote refers back to it, and the opening of the article.  What the
speaker's own words cover comes before what only surrounds them.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.model import SPOKEN, Article, Question, Quote, Span, Statement, quote_id
from bot.question.words import QuestionWords
from bot.search.library import Library
from bot.text import words as folded_words

# What a term counts for in each zone.
LEAD_IN = 0.9  # of words between quotation marks
REFERRED = 0.8
# By itself it is less than an answer needs: what an article is about does not make everybody in it speak of it.
OPENING = 0.44
# Among quotes that cover the question alike, words between quotation marks come first.
KIND = {"direct": 1.5, "mixed": 1.5, "indirect": 1.0, "narration": 0.9, "headline": 0.8}
# How much the rank that BM25 gives counts beside coverage, which lies between 0 and 1.
BM25 = 0.25
# How much the BM25 score of the whole article, with its headline, adds to that of a passage.
ARTICLE = 0.3
# How much a doubtful speaker counts against a quote.
CERTAINTY = 0.4
# How much it counts, for the order alone, that a speaker's own words cover less of the question than what is around
# them does.
SAID = 0.3
OPTIONAL = 0.25  # weight of a term that an answer need not hold
_MOST_PASSAGES = 300
BACK = 4  # sentences back that “these decisions” can refer to


#: Where terms can stand, each with what a term counts for there.
Zones = Sequence[tuple[float, frozenset[str]]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A quote, or a passage that nobody is quoted in, as an answer to the question; `coverage` is from 0 to 1."""

    quote: Quote
    passage: int
    coverage: float
    own: float  # coverage by its own sentence alone
    score: float  # says whether it is worth showing beside the best
    place: float = 0.0  # says what comes first


class Finder:
    """Finds candidates for one question in one library."""

    def __init__(self, library: Library, question: Question, words: QuestionWords) -> None:
        self._library, self._question, self._words = library, question, words
        self._related, self._alike = library.analyser.related, library.analyser.related_weight
        self._forms = {term: frozenset({term}) | question.forms.get(term, frozenset()) for term in question.terms}
        self._weights = self._rarity(question.terms)
        self._total = sum(self._weights.values())
        self._phrases = [folded_words(phrase) for phrase in question.phrases]
        self._bm25 = self._ranked()
        self._best = max(self._bm25.values(), default=0.0)

    def _rarity(self, terms: Iterable[str]) -> dict[str, float]:
        size = len(self._library.index)
        return {
            term: math.log(1 + (size - (frequency := self._frequency(term)) + 0.5) / (frequency + 0.5))
            * (OPTIONAL if term in self._question.optional else 1.0)
            for term in terms
        }

    def _frequency(self, term: str) -> int:
        """Return the number of passages that hold a term in any language."""
        size = len(self._library.index)
        return min(size, sum(self._library.index.frequency(form) for form in self._forms[term]))

    def _ranked(self) -> Mapping[int, float]:
        query = {form: 1.0 for term in self._question.terms for form in (term, *sorted(self._forms[term] - {term}))}
        for term in self._question.terms:
            for other in self._related.get(term, ()):
                query.setdefault(other, self._alike)
        passages = self._library.index.search(query, k=_MOST_PASSAGES)
        articles = dict(self._library.article_index.search(query))
        numbers, found = self._library.article_number, self._library.passages
        return {
            number: score + ARTICLE * articles.get(numbers[found[number].article_id], 0.0) for number, score in passages
        }

    # Candidates

    def quotes(self, speakers: Sequence[str]) -> list[Candidate]:
        """Return the quotes of the speakers, best first, however well they fit."""
        found = [quote for name in speakers for quote in self._library.quotes_by.get(name, ())]
        return self._sorted(self._candidate(quote, self._library.passage_of[quote.key]) for quote in found)

    def anybody(self, spoken_only: bool = False) -> list[Candidate]:
        """Return what fits the question, said by anybody or reported by an outlet itself, best first."""
        found: list[Candidate] = []
        for number in self._bm25:
            quotes = self._library.quotes_in.get(number, ())
            found += [self._candidate(quote, number) for quote in quotes]
            if not quotes and not spoken_only:
                found.append(self._candidate(self._narration(number), number))
        return self._sorted(found)

    def everything(self) -> list[Candidate]:
        """Return every quote: words between quotation marks first, and the surest first."""
        return self._sorted(
            self._candidate(quote, self._library.passage_of[quote.key]) for quote in self._library.quotes
        )

    def _narration(self, number: int) -> Quote:
        passage = self._library.passages[number]
        article = self._library.articles[passage.article_id]
        return narration(article, passage.span)

    def _sorted(self, found: Iterable[Candidate]) -> list[Candidate]:
        return sorted(found, key=lambda one: (-one.place, one.quote.article_id, one.quote.shown))

    def _candidate(self, quote: Quote, number: int) -> Candidate:
        own = self._covered(self._own(quote, number), ())
        # A question that names no subject is covered by anything that passes its filters.
        referred = self._referred(quote, number)
        coverage = (
            self._covered(self._own(quote, number), self._around(quote, number, referred)) if self._weights else 1.0
        )
        if self._phrases:
            held = self._holds_phrase(quote, number)
            coverage, own = (max(coverage, 0.9), 1.0) if held else (coverage * 0.5, own * 0.5)
        rank = max(self._bm25.get(number, 0.0), 0.0) / self._best if self._best > 0 else 0.0
        doubt = 1 - CERTAINTY * (1 - quote.certainty)
        score = (coverage * KIND[quote.kind] + BM25 * rank) * doubt
        said = self._said(quote, referred) if own or referred else 0.0
        around = max(0.0, coverage - said) if self._weights else 0.0
        return Candidate(quote, number, coverage, own, score, score - SAID * around * KIND[quote.kind] * doubt)

    # Coverage

    def _own(self, quote: Quote, number: int) -> frozenset[str]:
        """Return the terms of a quote's sentence; of one that two people share, only those of the quote's part."""
        if quote.kind in ("direct", "mixed"):
            return self._library.terms(quote.article_id, self._library.passages[number].span)
        return self._library.terms(quote.article_id, quote.shown[0])

    def _said(self, quote: Quote, referred: Zones) -> float:
        """Return how much of the question a speaker's own words cover, with what they refer back to."""
        spans = quote.contents or quote.shown
        first, *further = (self._library.terms(quote.article_id, span) for span in spans)
        return self._covered(first.union(*further), referred)

    def _around(self, quote: Quote, number: int, referred: Zones) -> Zones:
        zones: list[tuple[float, frozenset[str]]] = []
        lead_in = self._library.passages[number].lead_in
        if lead_in and quote.kind in ("direct", "mixed"):
            zones.append((LEAD_IN, self._library.terms(quote.article_id, lead_in)))
        zones += referred
        if quote.kind in SPOKEN:
            zones += [(OPENING, terms) for terms in self._opening(self._library.articles[quote.article_id])]
        return zones

    def _referred(self, quote: Quote, number: int) -> Zones:
        """Return the zones of what a quote refers back to."""
        said_before = self._said_before(quote, number) if self._refers_back(quote) else ()
        return [(REFERRED, terms) for terms in said_before]

    def _refers_back(self, quote: Quote) -> bool:
        text = self._library.articles[quote.article_id].text
        spans = quote.contents if quote.kind in ("direct", "mixed") else quote.shown
        return any(self._words.referring_back.search(text, span.start, span.end) for span in spans)

    def _said_before(self, quote: Quote, number: int) -> Iterable[frozenset[str]]:
        """Return the terms of what a quote can refer back to: the sentence before, and what its speaker said before."""
        for back in range(number - 1, max(-1, number - 1 - BACK), -1):
            passage = self._library.passages[back]
            quotes = self._library.quotes_in.get(back, ())
            same = any(other.speaker == quote.speaker for other in quotes)
            if passage.article_id == quote.article_id and (same or (back == number - 1 and not quotes)):
                yield self._library.terms(passage.article_id, passage.span)

    def _opening(self, article: Article) -> Iterable[frozenset[str]]:
        if article.headline and not article.headline_span:
            yield self._library.headline_terms(article)
        opening = [block for block in article.blocks if block.kind in ("headline", "standfirst")]
        opening += article.of_kind("body")[:1]
        for block in opening:
            yield self._library.terms(article.id, block.span)

    def _covered(self, own: frozenset[str], around: Zones) -> float:
        if not self._total:
            return 0.0
        return sum(weight * self._credit(term, own, around) for term, weight in self._weights.items()) / self._total

    def _credit(self, term: str, own: frozenset[str], around: Zones) -> float:
        forms = self._forms[term]
        if not forms.isdisjoint(own):
            return 1.0
        related = self._related.get(term, frozenset())
        best = self._alike if related & own else 0.0
        for weight, terms in around:
            if weight > best and not forms.isdisjoint(terms):
                best = weight
            elif weight * self._alike > best and related & terms:
                best = weight * self._alike
        return best

    def _holds_phrase(self, quote: Quote, number: int) -> bool:
        text = self._library.articles[quote.article_id].text
        # Asked whose words they are, an outlet's words around a quote do not count; asked who printed them, they do.
        spoken = self._question.intent in ("said", "verify", "who_said") and quote.contents
        spans = quote.contents if spoken else (*quote.shown, *quote.contents)
        said = " ".join(word for span in spans for word in folded_words(span.of(text)))
        return any(f" {' '.join(phrase)} " in f" {said} " for phrase in self._phrases)


def is_told_by(library: Library, quote: Quote, sources: Collection[str]) -> bool:
    """Whether an article names nobody else as the source of a quote than those whom these terms tell."""
    return quote.source is not None and library.terms(quote.article_id, quote.source).issuperset(sources)


def narration(article: Article, span: Span) -> Quote:
    """Return a passage as a quote of the outlet's own words."""
    return Quote(quote_id(article, (span,)), article.id, "narration", (span,))


def headline(article: Article) -> Quote:
    """Return an article's headline as a quote; its span is empty where the text does not hold it."""
    shown = (article.headline_span,) if article.headline_span else ()
    return Quote(quote_id(article, shown), article.id, "headline", shown)


def statements(
    library: Library, found: Sequence[Candidate], admitted: Collection[Quote] | None = None
) -> list[Statement]:
    """Return the statements of the candidates, in their order.

    A statement shows every wording that the filters admit: `admitted`, or all where it is None; first those under the
    name of the candidate's speaker.  Words between quotation marks come first, then reports, those before that cover
    most of the question; among equals a wording that states its day, and the fullest.
    """
    kept = None if admitted is None else {quote.key for quote in admitted}
    own = {one.quote.key: one.own for one in found}
    result: dict[str, Statement] = {}
    for one in found:
        statement = library.statement_of(one.quote)
        if statement.id not in result:
            quotes = [quote for quote in statement.quotes if kept is None or quote.key in kept]
            ordered = sorted(
                quotes or [one.quote],
                key=lambda quote: (quote.speaker != one.quote.speaker, *_wording_order(quote, own)),
            )
            result[statement.id] = Statement(statement.id, _one_report_each(ordered))
    return list(result.values())


def _wording_order(quote: Quote, own: Mapping[tuple[str, str], float]) -> tuple[bool, float, bool, int, str]:
    reported = quote.kind not in ("direct", "mixed")
    said = sum(len(span) for span in quote.contents or quote.shown)
    covered = -round(own.get(quote.key, 0.0), 1) if reported else 0.0
    return reported, covered, quote.said_on is None, -said, quote.article_id


def _one_report_each(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """Leave out what an article reports in its own words where more of the same article stands before it."""
    kept: list[Quote] = []
    for quote in quotes:
        if quote.kind != "indirect" or all(quote.article_id != other.article_id for other in kept):
            kept.append(quote)
    return tuple(kept)
