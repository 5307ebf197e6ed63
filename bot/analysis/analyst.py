"""An Analysis: what one article holds, by itself and whatever else the corpus has."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from struct import Struct
from typing import Any

from bot.analysis.language import Languages
from bot.analysis.sketch import sketch
from bot.errors import ConfigurationError
from bot.ingest.articles import article_of
from bot.ingest.folder import Draft
from bot.ingest.layout import Furniture
from bot.model import Appearance, Article, Passage, Quote, Span
from bot.prose.name_words import NameWords
from bot.prose.words import SpeechWords
from bot.quotes.reader import QuoteReader
from bot.statements.denials import Denials
from bot.text import Analyser, Counts, Stems, counted, separate, together, tokens

Tables = Mapping[str, Mapping[str, Any]]
_BOUNDS = Struct("=4i")


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """What an article holds: its layout, its passages, quotes and people, and the terms of each."""

    article: Article
    quotes: tuple[Quote, ...]
    passage_of: tuple[int, ...]  # the number of each quote's passage
    people: tuple[Appearance, ...]
    bounds: bytes  # of the passages, in 32-bit numbers: start and end, and those of the lead-in or twice -1
    vocabulary: str  # the terms of the article, a line each, by their numbers in what follows
    passages: Counts
    whole: Counts  # of one document, the article
    said: Counts  # of the quotes, in their order
    sketch: tuple[int, ...]  # by which copies of the article are found

    def passage(self, number: int) -> Passage:
        """Return a passage of the article.  They are many and few are looked at, so none is kept as an object."""
        start, end, lead_start, lead_end = _BOUNDS.unpack_from(self.bounds, number * _BOUNDS.size)
        lead_in = Span(lead_start, lead_end) if lead_end >= 0 else None
        return Passage(self.article.id, Span(start, end), lead_in)

    @property
    def terms(self) -> list[str]:
        """The terms of the article.  All those of a corpus, kept one by one, would take as much memory as its texts."""
        return separate(self.vocabulary)

    def __len__(self) -> int:
        """Return the number of passages."""
        return len(self.bounds) // _BOUNDS.size


class Analyst:
    """Analyses articles by the word lists of the language; one serves any number of them.

    Raises ConfigurationError for a word list that cannot be used.
    """

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        with _reading("article_languages.toml"):
            self._languages = Languages.from_table(tables["article_languages"])
        with _reading("layout.toml"):
            self._furniture = Furniture.from_table(tables["layout"])
        with _reading("speech.toml"):
            speech = SpeechWords.from_table(tables["speech"])
        with _reading("names.toml, given_names.toml, people.toml or outlets.toml"):
            names = NameWords.from_tables(tables)
        with _reading("english.toml or synonyms.toml"):
            self._analyser = analyser_of(tables)
        self._reader = QuoteReader(speech, names)

    def analysis(self, draft: Draft) -> Analysis:
        """Return what an article holds.  Never raises, whatever the text."""
        return self.of(article_of(draft, self._furniture), "language" not in draft.record.stated_by)

    def of(self, article: Article, by_hand: bool = True) -> Analysis:
        """Return what an article holds; `by_hand` is whether somebody, and no page, has stated its language."""
        language = self._languages.told(article.text, article.language, by_hand)
        article, reads = replace(article, language=language), self._languages.of(language).works == "all"
        reading = self._reader.read(article)
        if not reads:  # by the rules of English it would be said by somebody else
            reading = replace(reading, quotes=(), passage_of=(), people=(), rules=())
        quotes: dict[str, tuple[Quote, int]] = {}
        for quote, number in zip(reading.quotes, reading.passage_of, strict=True):
            quotes.setdefault(quote.id, (quote, number))  # words with two cues are one quote, that of the first
        bounds = b"".join(_bounds(passage) for passage in reading.passages)
        analyser = self._analyser.of(language)
        terms, numbers = _Terms(analyser, article.text), dict[str, int]()
        searched = ((p.span,) if p.lead_in is None else (p.span, p.lead_in) for p in reading.passages)
        coverage = (block.span for block in article.of_kind("standfirst", "subhead", "body"))
        passages = counted(map(terms.of, searched), numbers)
        whole = counted([chain(analyser.terms(article.headline or ""), terms.of(coverage))], numbers)
        said = counted((terms.of(quote.contents or quote.shown) for quote, _ in quotes.values()), numbers)
        found, passage_of = zip(*quotes.values(), strict=True) if quotes else ((), ())
        return Analysis(
            article,
            found,
            passage_of,
            reading.people,
            bounds,
            together(numbers),
            passages,
            whole,
            said,
            sketch(terms.words),
        )


def _bounds(passage: Passage) -> bytes:
    lead_in = (passage.lead_in.start, passage.lead_in.end) if passage.lead_in is not None else (-1, -1)
    return _BOUNDS.pack(passage.span.start, passage.span.end, *lead_in)


@contextmanager
def _reading(file: str) -> Iterator[None]:
    """Say which word list it is that cannot be used."""
    try:
        yield
    except KeyError as missing:
        raise ConfigurationError(
            f"{file}: a word list lacks the key {missing}; compare it with the one that came with the program"
        ) from None
    except (TypeError, ValueError, AttributeError) as error:
        raise ConfigurationError(
            f"{file}: a word list is not as expected ({error}); compare it with the one that came with the program"
        ) from None


def analyser_of(tables: Tables) -> Analyser:
    english, synonyms = tables["english"], tables["synonyms"]
    stems = Languages.from_table(tables["article_languages"]).stems()
    return Analyser.with_synonyms(
        english["stop"], english["same"], synonyms["groups"], float(synonyms["weight"]), stems
    )


def denials_of(tables: Tables, analyser: Analyser) -> Denials:
    """Return what tells denials; raises ConfigurationError for a word list that cannot be used."""
    with _reading("speech.toml"):
        return Denials.from_table(tables["speech"]["denials"], analyser)


class _Terms:
    """The terms of the spans of one text; passages, quotes and the article share its words."""

    def __init__(self, analyser: Analyser | Stems, text: str) -> None:
        self._analyser, self._text = analyser, text
        self._words = list(tokens(text))
        self._found = analyser.each(text, self._words)
        self._starts = [word.span.start for word in self._words]

    @property
    def words(self) -> list[str]:
        return [word.folded for word in self._words]

    def of(self, spans: Iterable[Span]) -> Iterator[str]:
        """Yield what the analyser finds in spans, one after the other."""
        for span in spans:
            first, end = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
            if self._cut(first - 1, span) or self._cut(end - 1, span):
                yield from self._analyser.terms(self._text, span.start, span.end)
            else:
                yield from (term for term in self._found[first:end] if term is not None)

    def _cut(self, number: int, span: Span) -> bool:
        """Whether a word stands in a span with a part of it only."""
        word = self._words[number].span if number >= 0 else span
        return word.meets(span) and not span.holds(word)
