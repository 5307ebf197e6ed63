"""A Library: everything that questions are answered from, put together once and never changed.

This is the one module that composes the stages before it: files become articles, articles are read for passages and
quotes, quotes become statements, passages an index.
"""

import hashlib
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from bot.errors import ConfigurationError, RefusedArticle
from bot.ingest.corpus import read_corpus
from bot.ingest.layout import Furniture
from bot.model import Appearance, Article, LibraryFacts, PartialDate, Passage, Person, Quote, Span, Statement
from bot.people.gathering import Told
from bot.people.offices import Offices
from bot.people.register import Cast, Register
from bot.prose.words import NameWords, SpeechWords
from bot.quotes.reader import QuoteReader
from bot.quotes.statements import group
from bot.search.index import Index
from bot.search.names import NameIndex, index_names
from bot.text import Analyser

Key = tuple[str, str]  # of a quote: the ids of its article and of itself
Tables = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Library:
    """An immutable snapshot of the coverage: articles by id, what is said in them, and the indexes over them."""

    articles: Mapping[str, Article]
    passages: tuple[Passage, ...]
    quotes: tuple[Quote, ...]
    statements: tuple[Statement, ...]
    people: tuple[Person, ...]
    offices: Offices
    refused: tuple[RefusedArticle, ...]
    facts: LibraryFacts
    analyser: Analyser
    index: Index  # of passages, with their lead-ins
    article_index: Index  # of whole articles, in the order of `articles`
    passage_of: Mapping[Key, int]  # by quote
    _terms: dict[tuple[str, Span], frozenset[str]] = field(
        default_factory=dict, repr=False
    )  # what was asked for so far

    def quote(self, identity: str) -> Quote | None:
        return self._by_id.get(identity)

    def article(self, quote: Quote) -> Article:
        return self.articles[quote.article_id]

    def terms(self, article_id: str, span: Span) -> frozenset[str]:
        """Return the distinct terms of a span of an article."""
        key = (article_id, span)
        found = self._terms.get(key)
        if found is None:
            found = self._terms[key] = frozenset(
                self.analyser.terms(self.articles[article_id].text, span.start, span.end)
            )
        return found

    def passage_terms(self, passage: Passage) -> list[str]:
        """Return the terms that a passage is found by, with their repetitions: its own and those of its lead-in."""
        return _passage_terms(passage, self.articles[passage.article_id], self.analyser)

    def passage_at(self, article_id: str, position: int) -> int:
        """Return the number of the passage that holds a position of an article, or of the last one before it."""
        first, last = self._passages_of[article_id]
        starts = [passage.span.start for passage in self.passages[first:last]]
        return first + max(0, bisect_right(starts, position) - 1)

    @cached_property
    def _passages_of(self) -> Mapping[str, tuple[int, int]]:
        """The numbers of each article's passages: they stand together, in the order of the text."""
        found: dict[str, tuple[int, int]] = {}
        for number, passage in enumerate(self.passages):
            found[passage.article_id] = (found.get(passage.article_id, (number, 0))[0], number + 1)
        return found

    @cached_property
    def _by_id(self) -> dict[str, Quote]:
        return {quote.id: quote for quote in reversed(self.quotes)}

    @cached_property
    def statement_of(self) -> Mapping[Key, Statement]:
        """The statement that each quote belongs to."""
        return {quote.key: statement for statement in self.statements for quote in statement.quotes}

    @cached_property
    def quotes_in(self) -> Mapping[int, Sequence[Quote]]:
        """The quotes of each passage, by passage number."""
        found: dict[int, list[Quote]] = defaultdict(list)
        for quote in self.quotes:
            found[self.passage_of[quote.key]].append(quote)
        return found

    @cached_property
    def quotes_by(self) -> Mapping[str, Sequence[Quote]]:
        """The quotes of each speaker, by the name that is shown."""
        found: dict[str, list[Quote]] = defaultdict(list)
        for quote in self.quotes:
            if quote.speaker is not None:
                found[quote.speaker].append(quote)
        return found

    @cached_property
    def names(self) -> NameIndex:
        """Every name that the library knows."""
        return index_names(self.quotes, self.people, self.articles)

    @cached_property
    def days(self) -> frozenset[PartialDate]:
        """Every day that an article was published on or a quote said on."""
        stated = {article.published for article in self.articles.values()} | {quote.said_on for quote in self.quotes}
        return frozenset(day for day in stated if day is not None)

    @cached_property
    def article_number(self) -> Mapping[str, int]:
        return {identity: number for number, identity in enumerate(self.articles)}


def build_library(folder: Path, tables: Tables, *, k1: float, b: float, max_megabytes: int = 10) -> Library:
    """Read a corpus folder and return its Library.

    Raises ConfigurationError for a folder or a word list that cannot be used.
    """
    try:
        reader = QuoteReader(SpeechWords.from_table(tables["speech"]), names := NameWords.from_tables(tables))
        analyser = analyser_of(tables)
    except KeyError as missing:
        raise ConfigurationError(
            f"a word list lacks the key {missing}; compare it with the one that came with the program"
        ) from None
    except (TypeError, ValueError, AttributeError) as error:
        raise ConfigurationError(
            f"a word list is not as expected ({error}); compare it with the one that came with the program"
        ) from None
    corpus = read_corpus(folder, Furniture.from_table(tables["layout"]), largest=max_megabytes * 1_000_000)
    return compose(corpus.articles, corpus.refused, reader, names, analyser, k1=k1, b=b)


def analyser_of(tables: Tables) -> Analyser:
    english, synonyms = tables["english"], tables["synonyms"]
    return Analyser.with_synonyms(english["stop"], english["same"], synonyms["groups"], float(synonyms["weight"]))


def compose(
    articles: Sequence[Article],
    refused: Sequence[RefusedArticle],
    reader: QuoteReader,
    names: NameWords,
    analyser: Analyser,
    *,
    k1: float,
    b: float,
) -> Library:
    """Return the Library of articles that have been read from their files."""
    passages, quotes, learned, passage_of = _read(articles, reader)
    told = {article.id: Told(learned[article.id], article.published, article.text) for article in articles}
    register = Register(told.values(), names, analyser.of_words)
    quotes = _linked(quotes, told, register)
    by_id = {article.id: article for article in articles}
    index = Index.build((_passage_terms(passage, by_id[passage.article_id], analyser) for passage in passages), k1, b)
    article_index = Index.build((_article_terms(article, analyser) for article in articles), k1, b)
    statements = group(quotes, by_id, analyser, term_weights(index))
    facts = LibraryFacts(_revision(articles), len(articles), len(passages), len(quotes))
    return Library(
        by_id,
        tuple(passages),
        tuple(quotes),
        statements,
        _counted(register.people, quotes),
        register.offices,
        tuple(refused),
        facts,
        analyser,
        index,
        article_index,
        passage_of,
    )


def term_weights(index: Index) -> Mapping[str, float]:
    """Return how much each term tells of what is said: its inverse document frequency, or little."""
    return {term: max(index.idf(term) or 0.0, 0.1) for term in index.terms}


def _read(
    articles: Iterable[Article], reader: QuoteReader
) -> tuple[list[Passage], list[Quote], dict[str, Sequence[Appearance]], dict[Key, int]]:
    """Return the passages and quotes of all articles, the people of each, and the number of each quote's passage."""
    passages: list[Passage] = []
    quotes: list[Quote] = []
    learned: dict[str, Sequence[Appearance]] = {}
    passage_of: dict[Key, int] = {}
    for article in articles:
        reading = reader.read(article)
        for quote, number in zip(reading.quotes, reading.passage_of, strict=True):
            if quote.key not in passage_of:
                passage_of[quote.key] = len(passages) + number
                quotes.append(quote)
        passages += reading.passages
        learned[article.id] = reading.people
    return passages, quotes, learned, passage_of


def _linked(quotes: Sequence[Quote], told: Mapping[str, Told], register: Register) -> list[Quote]:
    """Return the quotes with the names that their speakers have over the whole corpus."""
    casts: dict[str, Cast] = {}
    linked = []
    for quote in quotes:
        if quote.speaker is not None:
            cast = casts.get(quote.article_id) or register.cast(told[quote.article_id])
            casts[quote.article_id] = cast
            name, sure = register.link(quote.speaker, cast)
            quote = replace(quote, speaker=name, certainty=round(quote.certainty * sure, 4))
        linked.append(quote)
    return linked


def _counted(people: Iterable[Person], quotes: Iterable[Quote]) -> tuple[Person, ...]:
    spoken = Counter(quote.speaker for quote in quotes)
    return tuple(replace(person, quotes=spoken[person.name]) for person in people)


def _passage_terms(passage: Passage, article: Article, analyser: Analyser) -> list[str]:
    terms = analyser.terms(article.text, passage.span.start, passage.span.end)
    if passage.lead_in:
        terms += analyser.terms(article.text, passage.lead_in.start, passage.lead_in.end)
    return terms


def _article_terms(article: Article, analyser: Analyser) -> list[str]:
    terms = analyser.terms(article.headline or "")
    for block in article.of_kind("standfirst", "subhead", "body"):
        terms += analyser.terms(article.text, block.span.start, block.span.end)
    return terms


def _revision(articles: Iterable[Article]) -> str:
    """Return 12 hexadecimal digits that change with any word or any metadata of the articles."""
    state = hashlib.sha256()
    for article in sorted(articles, key=lambda article: article.id):
        fields = (
            article.id,
            article.sha256,
            article.headline,
            article.outlet,
            article.republished_by,
            article.published,
            article.author,
            article.url,
        )
        state.update("\0".join(str(field or "") for field in fields).encode("utf-8", "surrogatepass") + b"\n")
    return state.hexdigest()[:12]
