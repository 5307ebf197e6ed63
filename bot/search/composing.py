"""Putting a Library together: articles are analysed, quotes become statements, passages an index.

This is the one module that composes the stages before it.  A library that follows another one takes over all that has
not changed: one article more costs what that article costs.
"""

import hashlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

from bot.analysis.analyst import Analysis, Tables, analyser_of
from bot.analysis.collection import Collection, Keeper, Progress, collect, silent
from bot.analysis.language import Languages
from bot.model import Article, Language, LibraryFacts, Person, Quote, Span, Statement
from bot.people.gathering import Told
from bot.people.register import Register
from bot.prose.words import NameWords
from bot.quotes.statements import Said, group
from bot.search.index import Index
from bot.search.keeping import Composition, key_of, packed, unpacked
from bot.search.library import Library, Sayings
from bot.search.linking import link, link_as, renamed

_LEAST_WEIGHT = 0.1  # of a term for how alike two quotes are, however frequent it is


def build_library(
    folder: Path,
    tables: Tables,
    *,
    k1: float,
    b: float,
    max_megabytes: int = 10,
    before: Library | None = None,
    keeper: Keeper | None = None,
    progress: Progress = silent,
) -> Library:
    """Read a corpus folder and return its Library.

    What `before` holds or the keeper kept is not read again.  Raises ConfigurationError for a folder or a word list
    that cannot be used.
    """
    earlier = before.collection if before else None
    collection = collect(folder, tables, max_megabytes * 1_000_000, earlier, keeper, progress)
    return compose(collection, tables, k1=k1, b=b, before=before)


def compose(
    collection: Collection,
    tables: Tables,
    *,
    k1: float,
    b: float,
    before: Library | None = None,
) -> Library:
    """Return the Library of articles that are analysed; `before` must be of the same k1 and b."""
    if before and before.collection.edition != collection.edition:
        before = None  # other word lists
    analyses, analyser, names = collection.analyses, analyser_of(tables), NameWords.from_tables(tables)
    articles = {analysis.article.id: analysis.article for analysis in analyses}
    passages, whole = (before.index, before.article_index) if before else (Index.empty(k1, b), Index.empty(k1, b))
    index = passages.revised([(analysis.vocabulary, analysis.passages) for analysis in analyses])

    def register_of(told: Iterable[Told], earlier: Register | None) -> Register:
        return Register(told, names, analyser.of_words, earlier)

    kept = None if before else _kept(collection)
    if kept is not None:
        linked = link_as(analyses, register_of, kept.speakers)
        spoken = _by_speaker(articles, linked.quotes_of)
        sayings, people = _known_sayings(spoken, kept.places), kept.people
    else:
        linked = link(analyses, register_of, before.linked if before else None)
        spoken = _by_speaker(articles, linked.quotes_of)
        sayings = _sayings(spoken, analyses, index, before.sayings if before else {})
        people = _counted(linked.register.people, articles, spoken)
    if before is None and kept is None:
        _keep(collection, Composition(tuple(renamed(analyses, linked)), _places(sayings), people))
    return Library(
        collection,
        articles,
        linked,
        sayings,
        people,
        names.no_surname,
        LibraryFacts(
            _revision(articles.values()),
            len(articles),
            len(index),
            sum(map(len, linked.quotes_of.values())),
            _languages(articles.values(), tables),
        ),
        analyser,
        index,
        whole.revised([(analysis.vocabulary, analysis.whole) for analysis in analyses]),
    )


def _kept(collection: Collection) -> Composition | None:
    """Return what the keeper knows of just these articles together."""
    if collection.keeper is None:
        return None
    quotes = sum(len(analysis.quotes) for analysis in collection.analyses)
    found = collection.keeper.get([key_of(collection.keys)])
    return next((unpacked(data, quotes) for _, data in found), None)


def _keep(collection: Collection, composition: Composition) -> None:
    """Keep this and the analyses that it was made of, and nothing else."""
    if collection.keeper is not None:
        key = key_of(collection.keys)
        collection.keeper.put([(key, packed(composition))])
        collection.keeper.keep_only([*collection.keys, key])


def _languages(articles: Iterable[Article], tables: Tables) -> tuple[tuple[Language, int], ...]:
    known = Languages.from_table(tables["article_languages"])
    return tuple(Counter(known.of(article.language) for article in articles).most_common())


def _counted(
    people: Iterable[Person], articles: Mapping[str, Article], spoken: Mapping[str | None, Sequence[Quote]]
) -> tuple[Person, ...]:
    """Return people with the number of their quotes; those of an article that several outlets print count once."""
    originals = {article.sha256: name for name, article in reversed(list(articles.items()))}
    copies = articles.keys() - originals.values()
    quotes = {speaker: sum(quote.article_id not in copies for quote in of) for speaker, of in spoken.items()}
    return tuple(replace(person, quotes=quotes.get(person.name, 0)) for person in people)


def _by_speaker(
    articles: Mapping[str, Article], quotes: Mapping[str, Sequence[Quote]]
) -> dict[str | None, list[Quote]]:
    """Return the quotes of each speaker, in order; the copies of a quote count for the speaker of the first one."""
    copies = Counter(article.sha256 for article in articles.values())
    speakers: dict[tuple[str, tuple[Span, ...]], str | None] = {}
    spoken: dict[str | None, list[Quote]] = defaultdict(list)
    for name, of in quotes.items():
        text = articles[name].sha256
        for quote in of:
            first = speakers.setdefault((text, quote.shown), quote.speaker) if copies[text] > 1 else quote.speaker
            spoken[first].append(quote)
    return spoken


def _sayings(
    spoken: Mapping[str | None, Sequence[Quote]], analyses: Sequence[Analysis], index: Index, known: Sayings
) -> Sayings:
    """Return the statements of each speaker.

    Those of a speaker whose quotes are as before stay as they were: that a term has become a little more or less
    frequent elsewhere does not part or join what somebody said.
    """
    terms = _QuoteTerms(analyses)
    found = {}
    for speaker, quotes in spoken.items():
        old = known.get(speaker)
        found[speaker] = old if old and old[0] == quotes else (quotes, _statements(quotes, terms, index))
    return found


def _places(sayings: Sayings) -> bytes:
    """Return the number of the statement of each quote, among those of its speaker."""
    places = array("i")
    for quotes, statements in sayings.values():
        place_of = {quote.key: place for place, one in enumerate(statements) for quote in one.quotes}
        places.extend([place_of[quote.key] for quote in quotes])
    return places.tobytes()


def _known_sayings(spoken: Mapping[str | None, Sequence[Quote]], places: bytes) -> Sayings:
    """Return the statements of each speaker, as the places of the quotes tell them."""
    following = iter(array("i", places))
    return {speaker: (quotes, _together(quotes, following)) for speaker, quotes in spoken.items()}


def _together(quotes: Sequence[Quote], places: Iterator[int]) -> tuple[Statement, ...]:
    """Return the statements of quotes, of each of which is known the place of its statement."""
    found: dict[int, list[Quote]] = defaultdict(list)
    for quote in quotes:
        found[next(places)].append(quote)
    return tuple(Statement(of[0].id, tuple(of)) for of in found.values())


def _statements(quotes: Sequence[Quote], terms: "_QuoteTerms", index: Index) -> tuple[Statement, ...]:
    said = [terms.said(quote) for quote in quotes]
    weight = {term: max(index.idf(term) or 0.0, _LEAST_WEIGHT) for one in said for term in one.terms}
    return group(quotes, said, weight)


class _QuoteTerms:
    """The terms of each quote's words, as the analyses counted them."""

    def __init__(self, analyses: Sequence[Analysis]) -> None:
        self._analyses = {analysis.article.id: analysis for analysis in analyses}
        self._found: dict[str, Mapping[str, frozenset[str]]] = {}  # by article, then by quote

    def said(self, quote: Quote) -> Said:
        return Said.of(quote, self._analyses[quote.article_id].article, self.of(quote))

    def of(self, quote: Quote) -> frozenset[str]:
        found = self._found.get(quote.article_id)
        if found is None:
            analysis = self._analyses[quote.article_id]
            terms, widths = array("i", analysis.said.terms), array("i", analysis.said.widths)
            ends = accumulate(widths)
            held = (
                frozenset(analysis.vocabulary[number] for number in terms[end - width : end])
                for end, width in zip(ends, widths, strict=True)
            )
            ids = (one.id for one in analysis.quotes)
            found = self._found[quote.article_id] = dict(zip(ids, held, strict=True))
        return found[quote.id]


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
