"""A Library: everything that questions are answered from, put together once and never changed."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from bot.analysis.collection import Collection
from bot.errors import RefusedArticle
from bot.model import Article, Language, LibraryFacts, PartialDate, Person, Quote, Span, Statement
from bot.people.offices import Offices
from bot.search.index import Index
from bot.search.linking import Linked
from bot.search.lookup import Lookup
from bot.search.names import NameIndex, index_names
from bot.search.passages import PassageOf, Passages, QuotesIn
from bot.search.sayings import Key, Spoken
from bot.search.uniting import Bound, united_statements
from bot.text import Analyser, fold, tokens

_MOST_PRINTED = 20  # passages that are looked through for how a word is printed
#: Articles from which on a first question would notice.
WORTH_WARMING = 200


@dataclass(frozen=True)
class Library:
    """An immutable snapshot of the coverage: articles by id, what is said in them, and the indexes over them."""

    collection: Collection
    articles: Mapping[str, Article]
    lookups: Mapping[str, Lookup]
    linked: Linked
    spoken: Spoken
    bound: Bound
    people: tuple[Person, ...]
    no_surname: Set[str]  # folded words that are nobody's
    facts: LibraryFacts
    analyser: Analyser
    index: Index  # of passages, with their lead-ins
    article_index: Index  # of whole articles, in the order of `articles`
    # By speaker, as far as it was asked for.
    _statements: dict[str | None, Mapping[Key, Statement]] = field(default_factory=dict, repr=False)

    @property
    def refused(self) -> tuple[RefusedArticle, ...]:
        return self.collection.refused

    @property
    def offices(self) -> Offices:
        return self.linked.register.offices

    @property
    def quotes_of(self) -> Mapping[str, tuple[Quote, ...]]:
        """The quotes of each article, by its id, with every speaker under the name to show."""
        return self.linked.quotes_of

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """Every quote, in the order of the articles and of their texts."""
        return tuple(chain.from_iterable(self.quotes_of.values()))

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """What the quotes report; the statements of one speaker stand together, those of several with the first's."""
        of_each = chain.from_iterable(one.statements for one in self.spoken.sayings.values())
        found = (self._united.get(one.quotes[0].key, one) for one in of_each)
        return tuple({one.id: one for one in found}.values())

    @cached_property
    def _united(self) -> Mapping[Key, Statement]:
        """The statements that hold quotes of several speakers, by the keys of their quotes."""
        return united_statements(self.spoken, self.bound)

    def differing(self, before: "Library") -> set[str]:
        """Return the ids of the articles that came, changed or went since another library."""
        names = self.articles.keys() | before.articles.keys()
        return {name for name in names if self.articles.get(name) is not before.articles.get(name)}

    def warm_up(self) -> None:
        """Put together what the first question, or a library that follows, would have to wait for."""
        if len(self.articles) >= WORTH_WARMING:
            for _ in (self.names, self._united, self.quotes_by, self.days, self.passages, self.linked.grounds):
                pass

    def quote(self, identity: str) -> Quote | None:
        return self._by_id.get(identity)

    def statement_of(self, quote: Quote) -> Statement:
        """Return the statement that a quote belongs to; one that is not of the library is a statement by itself."""
        if quote.key in self._united:
            return self._united[quote.key]
        speaker = self.spoken.counted_for.get(quote.key, quote.speaker)
        if speaker not in self._statements:
            said = self.spoken.sayings.get(speaker)
            statements = said.statements if said else ()
            self._statements[speaker] = {one.key: statement for statement in statements for one in statement.quotes}
        return self._statements[speaker].get(quote.key) or Statement(quote.id, (quote,))

    def first_print(self, quote: Quote) -> Key:
        """Return the key of the quote that this one repeats in a copy of its article; its own where it repeats none."""
        said = self.spoken.sayings.get(self.spoken.counted_for.get(quote.key, quote.speaker))
        return said.reprints.get(quote.key, quote.key) if said else quote.key

    def article(self, quote: Quote) -> Article:
        return self.articles[quote.article_id]

    def terms(self, article_id: str, span: Span) -> frozenset[str]:
        """Return the distinct terms of a span of an article."""
        known = self.lookups[article_id].terms
        found = known.get(span)
        if found is None:
            article = self.articles[article_id]
            found = known[span] = frozenset(
                self.analyser.of(article.language).terms(article.text, span.start, span.end)
            )
        return found

    def language(self, article: Article) -> Language:
        """Return the language that an article is read in: English where it is too short to tell."""
        code = article.language or "en"
        return next(language for language, _ in self.facts.languages if language.code == code)

    def headline_terms(self, article: Article) -> frozenset[str]:
        """Return the distinct terms of an article's headline."""
        return frozenset(self.analyser.of(article.language).terms(article.headline or ""))

    def forms(self, word: str) -> frozenset[str]:
        """Return the terms that a word, as it is written, has in the languages of the articles other than English."""
        found = (self.analyser.of(language.code).terms(word) for language in self.facts.others)
        return frozenset(chain.from_iterable(found))

    def is_small(self, word: str) -> bool:
        """Whether a word is one that a language of the articles other than English leaves out."""
        return any(not self.analyser.of(language.code).terms(word) for language in self.facts.others)

    def forms_of(self, text: str) -> dict[str, frozenset[str]]:
        """Return the distinct terms of a text in English, each with the forms of its word in the other languages."""
        found: dict[str, frozenset[str]] = {}
        for token in tokens(text):
            if term := self.analyser.term(token.folded):
                found[term] = found.get(term, frozenset()) | self.forms(token.span.of(text)) - {term}
        return found

    def holds(self, forms: Iterable[str]) -> bool:
        """Whether any of these terms stands in an article."""
        return any(self.index.frequency(form) for form in forms)

    def as_printed(self, term: str) -> str:
        """Return a word of the articles that a term stands for: rather one that begins like the term, the shortest."""
        found = [term]
        for number, _ in self.index.search({term: 1.0}, k=_MOST_PRINTED):
            passage = self.passages[number]
            text = self.articles[passage.article_id].text
            words = tokens(text, passage.span.start, passage.span.end)
            found += [word.span.of(text) for word in words if self.analyser.term(word.folded) == term]
        return min(found[1:] or found, key=lambda word: (not fold(word).startswith(term), len(word)))

    def passage_at(self, article_id: str, position: int) -> int:
        """Return the number of the passage that holds a position of an article, or of the last one before it."""
        numbers = self.passages.numbers(article_id)
        starts = [self.passages[number].span.start for number in numbers]
        return numbers[0] + max(0, bisect_right(starts, position) - 1)

    @cached_property
    def passages(self) -> Passages:
        """Every passage, in the order of the articles and of their texts."""
        return Passages(self.lookups)

    @cached_property
    def passage_of(self) -> PassageOf:
        """The number of the passage of each quote."""
        return PassageOf(self.passages)

    @cached_property
    def quotes_in(self) -> QuotesIn:
        """The quotes of each passage, by passage number."""
        return QuotesIn(self.passages)

    @cached_property
    def quotes_by(self) -> Mapping[str, Sequence[Quote]]:
        """The quotes of each speaker, by the name that is shown."""
        return {speaker: one.quotes for speaker, one in self.spoken.sayings.items() if speaker is not None}

    @cached_property
    def _by_id(self) -> dict[str, Quote]:
        return {quote.id: quote for quote in reversed(self.quotes)}

    @cached_property
    def names(self) -> NameIndex:
        """Every name that the library knows."""
        quoted = {speaker: len(one.quotes) for speaker, one in self.spoken.sayings.items()}
        return index_names(quoted, self.people, list(self.lookups.values()), self.no_surname)

    @cached_property
    def days(self) -> frozenset[PartialDate]:
        """Every day that an article was published on or a quote said on."""
        return frozenset[PartialDate]().union(*(one.days for one in self.lookups.values()))

    @cached_property
    def articles_naming(self) -> Mapping[str, int]:
        """How many articles name each person or speaker, as far as it is known."""
        spoken = {name: one.articles for name, one in self.spoken.sayings.items() if name is not None}
        return spoken | {person.name: person.articles for person in self.people}

    @cached_property
    def article_number(self) -> Mapping[str, int]:
        return {identity: number for number, identity in enumerate(self.articles)}
