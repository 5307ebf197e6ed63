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
    """Return the candidates that the question's filters admit, in their order.

    What a filter cannot test, for want of a date or an outlet, is left out and counted.
    """
    kept, undated, without_outlet = [], set(), set()
    for one in found:
        article = library.article(one.quote)
        if not _admits_words(question, one.quote, article, library):
            continue
        said = day_of(one.quote, article)
        tenure = question.in_office.get(one.quote.speaker or "")
        if tenure and said and not tenure.bounds.admits(said):
            continue  # asked for by a title, they are asked for as its bearer
        outlet, day = _admits_outlet(question, article), _admits_day(question, said)
        if outlet is None:
            without_outlet.add(article.id)
        elif outlet and day is None:
            undated.add(article.id)
        elif outlet and day:
            kept.append(one)
    return Filtered(kept, LeftOut(len(undated), len(without_outlet)))


def _admits_words(question: Question, quote: Quote, article: Article, library: Library) -> bool:
    """Whether relay, speaker and subject are none that a question leaves out or does not ask for."""
    without = question.without
    if question.via and not is_through(quote, article, question.via):
        return False
    if quote.speaker in without.speakers or any(is_through(quote, article, relay) for relay in without.relays):
        return False
    return not any(library.terms(article.id, span) & set(without.terms) for span in quote.shown)


def _admits_outlet(question: Question, article: Article) -> bool | None:
    """Whether an article is of an outlet that is asked for; None where it does not say."""
    without = question.without.outlets
    if not question.outlets and not without:
        return True
    if any(is_from(article, outlet) for outlet in without):
        return False
    if any(is_from(article, outlet) for outlet in question.outlets):
        return True
    return None if article.outlet is None else not question.outlets


def _admits_day(question: Question, day: PartialDate | None) -> bool | None:
    """Whether a day is one that is asked for; None where it is not known."""
    limit, without = question.dates, question.without.dates
    if limit is None and without is None:
        return True
    if day is None:
        return None
    return (limit is None or limit.admits(day)) and (without is None or not without.touches(day))


def articles_of(question: Question, library: Library) -> tuple[list[Article], LeftOut]:
    """Return the articles that the outlets and the days of a question admit, by when they were published."""
    articles = list(library.articles.values())
    outlets = {article.id: _admits_outlet(question, article) for article in articles}
    days = {article.id: _admits_day(question, article.published) for article in articles}
    left_out = LeftOut(
        sum(bool(outlets[article.id]) and days[article.id] is None for article in articles),
        sum(outlets[article.id] is None for article in articles),
    )
    return [article for article in articles if outlets[article.id] and days[article.id]], left_out


def admitted(question: Question, quotes: Sequence[Quote], library: Library) -> list[Quote]:
    """Return the quotes among `quotes` that the filters admit."""
    candidates = [Candidate(quote, 0, 0.0, 0.0, 0.0) for quote in quotes]
    return [one.quote for one in apply(question, candidates, library).kept]
