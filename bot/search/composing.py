"""Putting a Library together: articles are analysed, quotes become statements, passages an index.

This is the one module that composes the stages before it.  A library that follows another one takes over all that has
not changed: one article more costs what that article costs.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from bot.analysis.analyst import Tables, analyser_of, denials_of
from bot.analysis.collection import Collection, Keeper, Progress, collect, silent
from bot.analysis.language import Languages
from bot.model import Article, LibraryFacts, Person
from bot.people.gathering import Told
from bot.people.register import Register
from bot.prose.name_words import NameWords
from bot.search.accounts import Accounts, Voices, Words
from bot.search.index import Index
from bot.search.keeping import Composition, hash_of, key_of, packed, unpacked
from bot.search.library import Library
from bot.search.linking import Linked, link, link_as, renamed
from bot.search.lookup import lookups
from bot.search.sayings import Kept, Spoken
from bot.search.uniting import Bound


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
    analyses, names = collection.analyses, NameWords.from_tables(tables)
    analyser = before.analyser if before else analyser_of(tables)
    by_id = {analysis.article.id: analysis for analysis in analyses}
    articles = {name: analysis.article for name, analysis in by_id.items()}
    passages, whole = (before.index, before.article_index) if before else (Index.empty(k1, b), Index.empty(k1, b))
    index = passages.revised([(analysis.vocabulary, analysis.passages) for analysis in analyses])

    def register_of(told: Iterable[Told], earlier: Register | None) -> Register:
        return Register(told, names, analyser.of_words, earlier)

    kept = Composition() if before else _kept(collection)
    if same := kept.articles == hash_of(collection.keys):
        linked = link_as(analyses, register_of, kept.speakers)
    else:
        linked = link(analyses, register_of, before.linked if before else None)
    statements, said_before = Kept(_keys(collection), kept.places), before.spoken if before else Spoken()
    known = kept.people if same else linked.register.people
    voices = Voices(names, analyser, frozenset(person.name for person in known))
    words = Words(by_id, denials_of(tables, analyser))
    accounts = Accounts(words, linked.quotes_of, index, voices)
    spoken = Spoken.of(by_id, linked.quotes_of, accounts, said_before, statements)
    people = kept.people if same else _counted(known, spoken)
    bound = Bound.of(spoken, accounts, before.bound if before else _bound(kept), said_before)
    library = Library(
        collection,
        articles,
        lookups(analyses, linked.quotes_of, before.lookups if before else {}),
        linked,
        spoken,
        bound,
        people,
        names.no_surname,
        _facts(articles, linked, index, tables),
        analyser,
        index,
        whole.revised([(analysis.vocabulary, analysis.whole) for analysis in analyses]),
    )
    if before is None and not same:
        keep(library)
    return library


def keep(library: Library) -> None:
    """Keep what articles tell together, if it is not kept yet, and the analyses that it was made of, and nothing else.

    For a library that followed another one nobody waits for that: it is done when the program ends.
    """
    collection = library.collection
    if collection.keeper is not None and _kept(collection).articles != hash_of(collection.keys):
        key, speakers = key_of(collection.edition), tuple(renamed(collection.analyses, library.linked))
        places = Kept(_keys(collection), {}).all_of(library.spoken)
        bonds = tuple((*one, *other, alike) for (one, other), alike in library.bound.bonds.items())
        put = Composition(hash_of(collection.keys), speakers, library.people, places, bonds, library.bound.marks)
        collection.keeper.put([(key, packed(put))])
        collection.keeper.keep_only([*collection.keys, key])


def _bound(kept: Composition) -> Bound:
    return Bound({((a, b), (c, d)): alike for a, b, c, d, alike in kept.bonds}, kept.marks)


def _keys(collection: Collection) -> Mapping[str, bytes]:
    """Return the keys of articles by their ids; of articles that are read from no folder there are none."""
    return {one.article.id: key for one, key in zip(collection.analyses, collection.keys, strict=False)}


def _kept(collection: Collection) -> Composition:
    """Return what the keeper knows of articles together: of just these, or of others."""
    found = collection.keeper.get([key_of(collection.edition)]) if collection.keeper else ()
    kept = next((unpacked(data) for _, data in found), Composition())
    quotes = sum(len(analysis.quotes) for analysis in collection.analyses)
    return kept if all(0 <= number < quotes for number, _, _ in kept.speakers) else replace(kept, articles=b"")


def _facts(articles: Mapping[str, Article], linked: Linked, index: Index, tables: Tables) -> LibraryFacts:
    known = Languages.from_table(tables["article_languages"])
    languages = Counter(known.of(article.language) for article in articles.values()).most_common()
    quotes = sum(map(len, linked.quotes_of.values()))
    return LibraryFacts(_revision(articles.values()), len(articles), len(index), quotes, tuple(languages))


def _counted(people: Iterable[Person], spoken: Spoken) -> tuple[Person, ...]:
    """Return people with the number of their quotes."""
    counts = {speaker: one.count for speaker, one in spoken.sayings.items()}
    return tuple(replace(person, quotes=counts.get(person.name, 0)) for person in people)


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
