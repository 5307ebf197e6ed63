"""The sources as lists: outlets by how much they have, and articles from the newest on."""

from collections import Counter
from collections.abc import Collection

from bot.model import Article
from bot.render.provenance import short_date
from bot.render.visible import line
from bot.text import number_of

_UNSTATED = "(outlet not stated)"


def listing(articles: Collection[Article], most: int | None = None) -> list[str]:
    """Return a line for each outlet and for each article; of more than `most`, for the first of each."""
    outlets = Counter(article.outlet or _UNSTATED for article in articles)
    newest_first = sorted(articles, key=lambda article: str(article.published or ""), reverse=True)
    lines = [f"{line(outlet)}: {number_of(number, 'article')}" for outlet, number in outlets.most_common(most)]
    if most is not None and len(articles) > most:
        lines.append(f"The newest {most} of {len(articles)} articles:")
    return lines + [_titled(article) for article in newest_first[:most]]


def _titled(article: Article) -> str:
    published = short_date(article.published) if article.published else "(undated)"
    return line(f"{article.outlet or _UNSTATED} · {published} · {article.headline or article.id}")
