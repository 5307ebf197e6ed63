"""Statements: which quotes of a speaker report one utterance, each in the wording of its outlet."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.model import Article, Quote, Span, Statement

# `python -m tests.quality.statement_pairs` measures each of these on pairs of quotes that were judged by hand.
# Share of the rarer-weighted terms of the shorter quote that the longer one must hold.
ALIKE = 0.6
#: Within one article two quotes are one utterance only where one repeats the other.
REPEATED = 0.8
FEWEST_SHARED = 3
# Speakers say like things again.  Reports of one utterance come within days; after that only the very words are one.
DAYS_APART = 3
VERY_WORDS = 0.95
DAYS_AT_MOST = 14
RAREST = 8  # terms of a quote by which its likes are looked up
_COMMON = 200  # quotes of one speaker; a term in more of them finds nothing, and would make the search quadratic
_NUMBER = re.compile(r"\d[\d.,]*")


@dataclass(frozen=True, slots=True)
class Said:
    """What a quote says: its terms, the numbers in it, the days that it can be of, and its place in the text."""

    terms: frozenset[str]
    numbers: frozenset[str]
    days: tuple[date, date] | None
    place: tuple[str, tuple[Span, ...]]  # the same for all copies of an article

    @classmethod
    def of(cls, quote: Quote, article: Article, terms: frozenset[str]) -> "Said":
        """Return what a quote of an article says in words of these terms."""
        spans = quote.contents or quote.shown
        stated = (match for span in spans for match in _NUMBER.finditer(article.text, span.start, span.end))
        day = quote.said_on or article.published
        numbers = frozenset(match.group().rstrip(".,").replace(",", "") for match in stated)
        return cls(terms, numbers, (day.first, day.last) if day else None, (article.sha256, quote.shown))


@dataclass(frozen=True, slots=True)
class _Group:
    """Quotes found to be one utterance: their numbers, quote by quote, and the days that they are of."""

    quotes: tuple[int, ...]
    numbers: frozenset[frozenset[str]]
    days: tuple[date, date] | None

    def with_(self, other: "_Group") -> "_Group | None":
        """Return both as one, or None where they contradict: in a number, or by too many days between them."""
        if any(not (ours <= theirs or theirs <= ours) for ours in self.numbers for theirs in other.numbers):
            return None
        days = self.days or other.days
        if self.days and other.days:
            days = min(self.days[0], other.days[0]), max(self.days[1], other.days[1])
            if days[1] - days[0] > timedelta(days=DAYS_AT_MOST):
                return None
        return _Group((*self.quotes, *other.quotes), self.numbers | other.numbers, days)


def group(
    quotes: Sequence[Quote], said: Sequence[Said], weight: Mapping[str, float]
) -> tuple[Statement, ...]:
    """Return the statements that quotes make, in the order of their first quotes; every quote is in just one.

    `said` is what each quote says; `weight` says how much a term tells, such as its inverse document frequency; unknown
    terms weigh 1.
    """
    groups = [
        _Group((number,), frozenset({one.numbers} if one.numbers else ()), one.days) for number, one in enumerate(said)
    ]
    first_copy: dict[tuple[str, tuple[Span, ...]], int] = {}
    for number, one in enumerate(said):
        original = first_copy.setdefault(one.place, number)
        if original != number:
            together = replace(groups[original], quotes=(*groups[original].quotes, number))
            for member in together.quotes:
                groups[member] = together
    for left, right in _candidates(quotes, [one.terms for one in said], weight):
        if groups[left] is groups[right] or not _alike(quotes[left], quotes[right], said[left], said[right], weight):
            continue
        if joined := groups[left].with_(groups[right]):
            for member in joined.quotes:
                groups[member] = joined
    distinct = {min(found.quotes): sorted(found.quotes) for found in groups}
    return tuple(
        Statement(quotes[first].id, tuple(quotes[number] for number in numbers))
        for first, numbers in sorted(distinct.items())
    )


def _candidates(
    quotes: Sequence[Quote], terms: Sequence[frozenset[str]], weight: Mapping[str, float]
) -> Iterable[tuple[int, int]]:
    """Yield pairs of quotes of one speaker that share two of their rarest terms."""
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, quote in enumerate(quotes):
        if quote.speaker is None:
            continue
        rarest = sorted(terms[number], key=lambda term: (-weight.get(term, 1.0), term))[:RAREST]
        shared: dict[int, int] = defaultdict(int)
        for term in rarest:
            if len(others := holders[(quote.speaker, term)]) <= _COMMON:
                for other in others:
                    shared[other] += 1
        yield from ((other, number) for other, count in shared.items() if count >= 2)
        for term in terms[number]:
            if len(others := holders[(quote.speaker, term)]) <= _COMMON:
                others.append(number)


def _alike(one: Quote, other: Quote, ours: Said, theirs: Said, weight: Mapping[str, float]) -> bool:
    shared = ours.terms & theirs.terms
    if len(shared) < FEWEST_SHARED:
        return False
    smaller = min(sum(weight.get(term, 1.0) for term in said.terms) for said in (ours, theirs))
    likeness = sum(weight.get(term, 1.0) for term in shared) / max(smaller, 1e-9)
    if _days_between(ours, theirs) > DAYS_APART:
        return likeness >= VERY_WORDS
    return likeness >= (REPEATED if one.article_id == other.article_id else ALIKE)


def _days_between(one: Said, other: Said) -> int:
    """Return how many days lie between two quotes at the least; none where a day is not known."""
    if one.days is None or other.days is None:
        return 0
    return max(0, (one.days[0] - other.days[1]).days, (other.days[0] - one.days[1]).days)
