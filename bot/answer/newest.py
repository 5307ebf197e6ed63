"""What was said last, whatever it is about."""

from heapq import nlargest

from bot.answer.filters import day_of
from bot.model import Answer, Question
from bot.search.library import Library


def newest(library: Library, most: int) -> Answer:
    """Return the statements of the latest days, the last first; those whose day nobody states are left out."""
    days: dict[str, tuple[str, str]] = {}
    for statement in library.statements:
        stated = [day_of(quote, library.article(quote)) for quote in statement.quotes if quote.speaker is not None]
        known = [str(day)[:10] for day in stated if day is not None]
        if known:
            days[statement.id] = (min(known), statement.id)  # the first to report it says when it was said
    last = nlargest(most, (one for one in library.statements if one.id in days), key=lambda one: days[one.id])
    cited = {quote.article_id for statement in last for quote in statement.quotes}
    return Answer(
        Question("", "latest"),
        "The latest statements of the coverage:" if last else "No article of the coverage states a day.",
        library.facts,
        statements=tuple(last),
        articles={identity: library.articles[identity] for identity in sorted(cited)},
    )
