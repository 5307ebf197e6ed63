"""Questions about the coverage itself: how many articles, which outlets, who wrote one and when, headlines, people."""

from collections import Counter
from collections.abc import Sequence

from bot.answer.filters import articles_of, is_from
from bot.answer.finding import Candidate, headline, narration
from bot.answer.pointing import is_named
from bot.model import Article, Fact, LeftOut, Passage, Question, Quote, Statement
from bot.question.words import QuestionWords
from bot.search.library import Library
from bot.text import number_of, tokens

_UNSTATED = "not stated"
_NO_OUTLET = "(outlet not stated)"
_MOST_ARTICLES = 5
_MOST_SPEAKERS = 10
_MOST_NEW = 3
# Share of the question's words that an article has to hold for being the one that is meant.
_ARTICLE = 0.75
_TITLE_DISTANCE = 3  # words between a name and the title that introduces it
#: Share of the best headline's coverage that another needs to be shown beside it: a third still differs on the subject.
_HEADLINE = 0.33


def about_corpus(library: Library, question: Question) -> tuple[str, list[Fact], LeftOut]:
    """Return a sentence about the articles that the filters admit, facts about them, and what lacks a date to test.

    The facts are counts, outlets, days, who is quoted, and what is undated.
    """
    articles, lacking = articles_of(question, library)
    kept = {article.id for article in articles}
    quotes = [quote for quote in library.quotes if quote.article_id in kept]
    outlets = Counter(article.outlet or _NO_OUTLET for article in articles)
    dated = sorted((article for article in articles if article.published), key=lambda article: str(article.published))
    undated = [article for article in articles if not article.published]
    speakers = Counter(quote.speaker for quote in quotes if is_named(quote))
    republishers = {article.republished_by for article in articles if article.republished_by}
    facts = [Fact("articles", str(len(articles)))]
    facts += [Fact("outlet", f"{name} ({count})") for name, count in sorted(outlets.items())]
    facts += [Fact("republished by", name) for name in sorted(republishers)]
    facts += [Fact("oldest", str(article.published), article) for article in dated[:1]]
    facts += [Fact("newest", str(article.published), article) for article in dated[: -_MOST_NEW - 1 : -1]]
    facts += [Fact("undated", article.headline or article.id, article) for article in undated]
    statements = sum(any(quote.article_id in kept for quote in one.quotes) for one in library.statements)
    facts += [Fact("quotes", str(len(quotes))), Fact("statements", str(statements))]
    facts += [Fact("speakers with a name", str(len(speakers)))]
    facts += [Fact("quoted", f"{name} ({count})") for name, count in speakers.most_common(_MOST_SPEAKERS)]
    span = f", published {str(dated[0].published)[:10]} to {str(dated[-1].published)[:10]}" if dated else ""
    without = f"; {len(undated)} without a date" if undated else ""
    message = f"{number_of(len(articles), 'article')} of {number_of(len(outlets), 'outlet')}{span}{without}."
    return message, facts, lacking


def mentions(library: Library, question: Question) -> tuple[str, list[Fact], LeftOut]:
    """Return a sentence about the articles that hold all words of a question, facts about them, and what lacks a date.

    The facts are their number, their outlets, and the oldest and newest of them.
    """
    admitted, lacking = articles_of(question, library)
    index, numbers = library.article_index, library.article_number
    holding = [{number for number, _ in index.search({term: 1.0})} for term in question.terms]
    articles = [one for one in admitted if all(numbers[one.id] in found for found in holding)]
    outlets = Counter(article.outlet or _NO_OUTLET for article in articles)
    dated = sorted((article for article in articles if article.published), key=lambda article: str(article.published))
    facts = [Fact("articles", str(len(articles)))]
    facts += [Fact("outlet", f"{name} ({count})") for name, count in sorted(outlets.items())]
    facts += [Fact("oldest", str(article.published), article) for article in dated[:1]]
    facts += [Fact("newest", str(article.published), article) for article in dated[: -_MOST_NEW - 1 : -1]]
    holds = "holds" if len(articles) == 1 else "hold"
    message = f"{number_of(len(articles), 'article')} of {len(admitted)} {holds} the words “{question.topic}”."
    return message, facts, lacking


def about_article(library: Library, question: Question) -> list[Fact]:
    """Return who wrote and published the articles that a question means, and when."""
    identities = list(library.articles)
    ranked = library.article_index.search(dict.fromkeys(question.terms, 1.0), k=_MOST_ARTICLES)
    found = [library.articles[identities[number]] for number, _ in ranked]
    articles = [article for article in library.articles.values() if _is_by(library, question, article)]
    articles += [article for article in found if _covered(library, question, article) >= _ARTICLE]
    if question.outlets:
        from_outlet = [one for one in library.articles.values() if any(is_from(one, name) for name in question.outlets)]
        articles = [article for article in articles if article in from_outlet] or from_outlet
    distinct = list({article.id: article for article in articles}.values())
    return [fact for article in distinct[:_MOST_ARTICLES] for fact in facts_of(article)]


def _is_by(library: Library, question: Question, article: Article) -> bool:
    """Whether the question's words are the name of an article's author."""
    return bool(question.terms) and set(question.terms) <= set(library.analyser.terms(article.author or ""))


def _covered(library: Library, question: Question, article: Article) -> float:
    """Return the share of the question's terms that an article holds."""
    held = {term for block in article.blocks for term in library.terms(article.id, block.span)}
    return sum(term in held for term in question.terms) / len(question.terms)


def facts_of(article: Article) -> list[Fact]:
    """Return what is known of an article; what it does not state is said to be not stated."""
    facts = [
        Fact("headline", article.headline or _UNSTATED, article),
        Fact("author", article.author or _UNSTATED, article),
        Fact("outlet", article.outlet or _UNSTATED, article),
        Fact("published", str(article.published or _UNSTATED), article),
        Fact("url", article.url or _UNSTATED, article),
        Fact("file", article.origin or _UNSTATED, article),
    ]
    if article.republished_by:
        facts.append(Fact("republished by", article.republished_by, article))
    return facts


def headlines(library: Library, question: Question) -> list[Candidate]:
    """Return the headlines that a question asks about, those that cover most of it first."""
    scores = dict(library.article_index.search(dict.fromkeys(question.terms, 1.0)))
    articles = [article for article in library.articles.values() if article.headline]
    covered = {article.id: _headline_coverage(library, question, article) for article in articles}
    best = max(covered.values(), default=0.0)
    articles = [article for article in articles if not question.terms or covered[article.id] >= _HEADLINE * best > 0]
    standing = {article.id: scores.get(library.article_number[article.id], 0.0) for article in articles}
    articles.sort(key=lambda article: (-covered[article.id], -standing[article.id], article.id))
    return [Candidate(headline(article), 0, 1.0, 1.0, 1.0) for article in articles]


def _headline_coverage(library: Library, question: Question, article: Article) -> float:
    terms = library.headline_terms(article)
    related = library.analyser.related
    return sum(
        1.0 if term in terms else 0.5 if related.get(term, frozenset()) & terms else 0.0 for term in question.terms
    )


def introductions(library: Library, question: Question, words: QuestionWords) -> tuple[list[Statement], list[Fact]]:
    """Return how articles introduce somebody: a note about an author, or the first sentence with title and name."""
    names = [library.analyser.terms(name) for name in question.speakers] or [list(question.terms)]
    authored, found = list[Fact](), dict[str, Quote]()
    for wanted in filter(None, map(frozenset, names)):
        for article in library.articles.values():
            if article.author and wanted <= frozenset(library.analyser.terms(article.author)):
                authored.append(Fact("author of", article.headline or article.id, article))
            notes = [block.span for block in article.of_kind("bio") if wanted <= library.terms(article.id, block.span)]
            if notes:
                found[article.id] = narration(article, max(notes, key=len))
        # Notes tell of people whom the coverage does not know; passages would only tell of others.
        for number, passage in enumerate(() if question.unknown_names else library.passages):
            if passage.article_id not in found and _introduces(library, passage, wanted, words):
                whole = [one for one in library.quotes_in.get(number, ()) if one.shown == (passage.span,)]
                found[passage.article_id] = (
                    whole[0] if whole else narration(library.articles[passage.article_id], passage.span)
                )
    return [Statement(quote.id, (quote,)) for _, quote in sorted(found.items())], authored


def _introduces(library: Library, passage: Passage, wanted: frozenset[str], words: QuestionWords) -> bool:
    """Whether a title stands right before the name in a passage, or right behind it and a comma."""
    if not wanted <= library.terms(passage.article_id, passage.span):
        return False
    text = library.articles[passage.article_id].text
    low = [token.folded for token in tokens(text, passage.span.start, passage.span.end)]
    named = [number for number, word in enumerate(low) if library.analyser.term(word) in wanted]
    around = range(max(0, named[0] - _TITLE_DISTANCE), min(len(low), named[-1] + _TITLE_DISTANCE))
    return any(tuple(low[number : number + length]) in words.titles for number in around for length in (1, 2))


def introduced(library: Library, shown: Sequence[Statement]) -> str:
    """Return the sentence above introductions; it says where one is a note about an author and no coverage."""
    for statement in shown:
        quote = statement.quotes[0]
        if any(block.span in quote.shown for block in library.article(quote).of_kind("bio")):
            return "From the note about the author under the article; it is the outlet's own and no coverage:"
    return "How the articles introduce them:"
