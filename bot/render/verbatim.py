"""The check at the moment of display: a quote's words come through here or not at all.

A quote holds spans, and its id is a hash over the article's text and those spans.  So the words are known to be the
article's own where the text has the hash that was computed when it was read, the spans lie in it in order, and
together they give the quote's id.  Anything else is a bug, and raises instead of being shown.
"""

from collections.abc import Mapping
from functools import lru_cache

from bot.errors import VerbatimError
from bot.model import Article, Quote, Span, quote_id, text_hash


def words(article: Article, quote: Quote) -> str:
    """Return the words of a quote: its pieces joined with one space."""
    return " ".join(pieces(article, quote))


def pieces(article: Article, quote: Quote) -> tuple[str, ...]:
    """Return the slices that a quote shows, each as it stands in the article.

    A headline that is not in the text has no span; its one piece is the headline that the metadata states.
    """
    if quote.article_id != article.id:
        raise VerbatimError(f"quote {quote.id} is of article {quote.article_id}, not of {article.id}; it is not shown")
    if quote.shown:
        shown = tuple(slice_of(article, span) for span in quote.shown)
        if any(left.end > right.start for left, right in zip(quote.shown, quote.shown[1:], strict=False)):
            raise VerbatimError(f"article {article.id}: the pieces of quote {quote.id} are out of order; none is shown")
    elif quote.kind == "headline" and article.headline:
        shown = (article.headline,)
    else:
        raise VerbatimError(f"article {article.id}: quote {quote.id} has no words; it is not shown")
    if not _intact(article.text, article.sha256):
        raise VerbatimError(f"article {article.id}: the text is not the one that was read; reload the corpus")
    if quote_id(article, quote.shown) != quote.id:
        raise VerbatimError(f"article {article.id}: quote {quote.id} stands for other words; reload the corpus")
    return shown


def article_of(articles: Mapping[str, Article], quote: Quote) -> Article:
    """Return the article whose words a quote shows."""
    try:
        return articles[quote.article_id]
    except KeyError:
        raise VerbatimError(f"quote {quote.id} is of article {quote.article_id}, which did not come with it") from None


def slice_of(article: Article, span: Span) -> str:
    """Return the words of a span, which must lie in the article's text and hold something."""
    if not 0 <= span.start < span.end <= len(article.text):
        raise VerbatimError(f"article {article.id} has no words from {span.start} to {span.end}; nothing is shown")
    return span.of(article.text)


@lru_cache(maxsize=256)
def _intact(text: str, sha256: str) -> bool:
    return text_hash(text) == sha256
