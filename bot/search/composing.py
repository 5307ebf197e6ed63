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
from bot.people.register import Grounds, Register
from bot.prose.words import NameWords
from bot.quotes.statements import Said, group
from bot.search.index import Index
from bot.search.library import Library, Sayings

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
    analyses, analyser = collection.analyses, analyser_of(tables)
    known = dict(zip(before.collection.analyses, before.register.told, strict=True)) if before else {}
    told = [known.get(one) or Told(one.people, one.article.published, one.article.text) for one in analyses]
    register = Register(told, NameWords.from_tables(tables), analyser.of_words, before.register if before else None)
    quotes, grounds = _linked(analyses, register, before)
    articles = {analysis.article.id: analysis.article for analysis in analyses}
    passages, whole = (before.index, before.article_index) if before else (Index.empty(k1, b), Index.empty(k1, b))
    index = passages.revised([(analysis.vocabulary, analysis.passages) for analysis in analyses])
    spoken = _by_speaker(articles, quotes)
    return Library(
        collection,
        articles,
        quotes,
        grounds,
        _sayings(spoken, collection, index, before),
        _counted(register.people, spoken),
        register,
        LibraryFacts(
            _revision(articles.values()),
            len(articles),
            len(index),
            sum(map(len, quotes.values())),
            _languages(articles.values(), tables),
        ),
        analyser,
        index,
        whole.revised([(analysis.vocabulary, analysis.whole) for analysis in analyses]),
    )


def _languages(articles: Iterable[Article], tables: Tables) -> tuple[tuple[Language, int], ...]:
    known = Languages.from_table(tables["article_languages"])
    return tuple(Counter(known.of(article.language) for article in articles).most_common())


def _linked(
    analyses: Sequence[Analysis], register: Register, before: Library | None
) -> tuple[dict[str, tuple[Quote, ...]], dict[str, Grounds]]:
    """Return the quotes of each article with the names that their speakers have over the whole corpus, and why.

    Where these are as before, they are the very same quotes.
    """
    changed = register.changes(before.register) if before else None
    known = frozenset(before.register.told) if before else frozenset()
    linked, rests_on = {}, {}
    for analysis, tells in zip(analyses, register.told, strict=True):
        name = analysis.article.id
        if before and changed and tells in known and not changed(before.grounds[name]):
            linked[name], rests_on[name] = before.quotes_of[name], before.grounds[name]
            continue
        quotes = tuple(_links(analysis.quotes, register, tells))
        same = before is not None and tells in known and before.quotes_of[name] == quotes
        linked[name] = before.quotes_of[name] if before is not None and same else quotes
        rests_on[name] = register.grounds({one.speaker for one in analysis.quotes if one.speaker}, tells)
    return linked, rests_on


def _links(quotes: Sequence[Quote], register: Register, told: Told) -> Iterator[Quote]:
    cast = register.cast(told) if any(quote.speaker for quote in quotes) else None
    for quote in quotes:
        if quote.speaker is None or cast is None:
            yield quote
            continue
        name, sure = register.link(quote.speaker, cast)
        certainty = round(quote.certainty * sure, 4)
        as_written = (quote.speaker, quote.certainty) == (name, certainty)
        yield quote if as_written else replace(quote, speaker=name, certainty=certainty)


def _counted(people: Iterable[Person], spoken: Mapping[str | None, Sequence[Quote]]) -> tuple[Person, ...]:
    return tuple(replace(person, quotes=len(spoken.get(person.name, ()))) for person in people)


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
    spoken: Mapping[str | None, Sequence[Quote]],
    collection: Collection,
    index: Index,
    before: Library | None,
) -> Sayings:
    """Return the statements of each speaker.

    Those of a speaker whose quotes are as before stay as they were: that a term has become a little more or less
    frequent elsewhere does not part or join what somebody said.
    """
    if before is None and collection.keeper is not None:
        return _kept_sayings(spoken, collection, index, collection.keeper)
    return _new_sayings(spoken, collection, index, before.sayings if before else {})


def _new_sayings(
    spoken: Mapping[str | None, Sequence[Quote]], collection: Collection, index: Index, known: Sayings
) -> Sayings:
    terms = _QuoteTerms(collection.analyses)
    found = {}
    for speaker, quotes in spoken.items():
        old = known.get(speaker)
        found[speaker] = old if old and old[0] == quotes else (quotes, _statements(quotes, terms, index))
    return found


def _kept_sayings(
    spoken: Mapping[str | None, Sequence[Quote]], collection: Collection, index: Index, keeper: Keeper
) -> Sayings:
    """Return the statements of each speaker, from the keeper if it knows them of just these articles."""
    key = hashlib.sha256(b"".join(collection.keys)).digest()
    for _, data in keeper.get([key]):
        places = array("i", data)
        if len(places) == sum(map(len, spoken.values())):
            following = iter(places)
            return {speaker: (quotes, _together(quotes, following)) for speaker, quotes in spoken.items()}
    sayings = _new_sayings(spoken, collection, index, {})
    places = array("i")
    for quotes, statements in sayings.values():
        place_of = {quote.key: place for place, one in enumerate(statements) for quote in one.quotes}
        places.extend([place_of[quote.key] for quote in quotes])
    keeper.put([(key, places.tobytes())])
    keeper.keep_only([*collection.keys, key])
    return sayings


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
