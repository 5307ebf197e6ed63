"""Questions about the coverage itself: how many articles, which outlets, who wrote one and when it was published."""

from collections import Counter
from collections.abc import Sequence

from bot.answer.filters import is_from
from bot.model import Article, Fact, Question
from bot.search.library import Library

_UNSTATED = "not stated"


def about_corpus(library: Library) -> tuple[str, tuple[Fact, ...]]:
    """Return a sentence about the corpus, and its facts: counts, outlets, days, who is quoted, what is undated."""
    articles = list(library.articles.values())
    outlets = Counter(article.outlet or "(outlet not stated)" for article in articles)
    dated = sorted((article for article in articles if article.published), key=lambda article: str(article.published))
    undated = [article for article in articles if not article.published]
    speakers = Counter(quote.speaker for quote in library.quotes if quote.speaker)
    facts = [Fact("articles", str(len(articles)))]
    facts += [Fact("outlet", f"{name} ({count})") for name, count in sorted(outlets.items())]
    facts += [
        Fact("republished by", name)
        for name in sorted({article.republished_by for article in articles if article.republished_by})
    ]
    if dated:
        facts += [
            Fact("oldest", str(dated[0].published), dated[0]),
            Fact("newest", str(dated[-1].published), dated[-1]),
        ]
    facts += [Fact("undated", article.headline or article.id, article) for article in undated]
    facts += [Fact("quotes", str(len(library.quotes))), Fact("statements", str(len(library.statements)))]
    facts += [Fact("quoted", f"{name} ({count})") for name, count in speakers.most_common(10)]
    span = f", published {dated[0].published} to {dated[-1].published}" if dated else ""
    without = f"; {len(undated)} state no date" if undated else ""
    return f"{_count(len(articles), 'article')} of {_count(len(outlets), 'outlet')}{span}{without}.", tuple(facts)


def about_article(library: Library, question: Question, ranked: Sequence[str]) -> tuple[str, tuple[Fact, ...]]:
    """Return who wrote and published the articles that a question means, and when; `ranked` are ids that fit its words."""
    articles = [
        article for article in library.articles.values() if question.outlet is None or is_from(article, question.outlet)
    ]
    fitting = [library.articles[identity] for identity in ranked if library.articles[identity] in articles]
    chosen = (fitting or (articles if question.outlet or not question.terms else []))[:5]
    facts = [fact for article in chosen for fact in of_article(article)]
    return ("What the articles state of themselves:" if chosen else ""), tuple(facts)


def of_article(article: Article) -> list[Fact]:
    """Return what is known of an article; what it does not state is said to be not stated."""
    facts = [
        Fact("headline", article.headline or _UNSTATED, article),
        Fact("author", article.author or _UNSTATED, article),
        Fact("outlet", article.outlet or _UNSTATED, article),
        Fact("published", str(article.published or _UNSTATED), article),
        Fact("url", article.url or _UNSTATED, article),
    ]
    if article.republished_by:
        facts.append(Fact("republished by", article.republished_by, article))
    return facts


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
