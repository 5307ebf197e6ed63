"""Filters: which quotes the outlet, the relay and the days of a question admit, and what lacks a date or an outlet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answer.finding import Candidate
from bot.model import Article, LeftOut, PartialDate, Question, Quote
from bot.search.library import Library
from bot.text import words


@dataclass(frozen=True, slots=True)
class Filtered:
    """The candidates that pass, and the articles that only lack a date or an outlet to pass."""

    kept: list[Candidate]
    left_out: LeftOut


def day_of(quote: Quote, article: Article) -> PartialDate | None:
    """Return the day a quote counts as of: when it was said, else when it was published, else None."""
    return quote.said_on or article.published


def is_from(article: Article, outlet: str) -> bool:
    """Whether an article was printed or republished by an outlet, whatever its name's “The”."""
    wanted = _name(outlet)
    return any(_name(name) == wanted for name in (article.outlet, article.republished_by) if name)


def _name(outlet: str) -> tuple[str, ...]:
    key = words(outlet)
    return key[1:] if key[:1] == ("the",) and len(key) > 1 else key


def is_through(quote: Quote, article: Article, relay: str) -> bool:
    """Whether a quote reached its article through a relay, or was said there."""
    wanted = _name(relay)
    spans = (*quote.relays, *([quote.venue] if quote.venue else ()))
    return any(set(wanted) <= set(_name(span.of(article.text))) for span in spans)


def apply(question: Question, found: Iterable[Candidate], library: Library) -> Filtered:
    """Return the candidates that the question's filters admit, in their order."""
    kept, undated, without_outlet = [], set(), set()
    for one in found:
        article = library.article(one.quote)
        if question.via and not is_through(one.quote, article, question.via):
            continue
        if question.outlet and not is_from(article, question.outlet):
            if article.outlet is None:
                without_outlet.add(article.id)
            continue
        day = day_of(one.quote, article)
        tenure = question.in_office.get(one.quote.speaker or "")
        if tenure and day and not tenure.bounds.admits(day):
            continue  # asked for by a title, they are asked for as its bearer
        if question.dates:
            if day is None:
                undated.add(article.id)
                continue
            if not question.dates.admits(day):
                continue
        kept.append(one)
    return Filtered(kept, LeftOut(len(undated), len(without_outlet)))


def admitted(question: Question, quotes: Sequence[Quote], library: Library) -> list[Quote]:
    """Return the quotes among `quotes` that the filters admit."""
    candidates = [Candidate(quote, 0, 0.0, 0.0, 0.0) for quote in quotes]
    return [one.quote for one in apply(question, candidates, library).kept]
