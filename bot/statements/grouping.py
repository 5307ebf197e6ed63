"""Statements: which quotes of a speaker report one utterance, each in the wording of its outlet."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, product
from math import fsum, inf

from bot.model import Article, Quote, Span, Statement
from bot.statements.denials import Denials

# `python -m tests.quality.statement_pairs` measures each of these on pairs of quotes that were judged by hand.
# Share of the rarer-weighted terms of the shorter quote that the longer one must hold.
ALIKE = 0.6
#: In two articles, where it has to be so likely, too, by all that speaks for it (see `reports`).
IN_TWO = 0.4
LIKELY = 0.6
#: Where they share few terms, and where both stand in one article: it seldom prints an utterance twice.
REPEATED = 0.75
FEWEST_SHARED = 3
# Speakers say like things again.  Reports of one utterance come within days; after that only the very words are one.
DAYS_APART = 3
VERY_WORDS = 0.95
DAYS_AT_MOST = 14
# Like to like, a chain of reports leads from one utterance to another.  So many of all pairs of a statement are alike.
AGREEING = 0.2
# A term that a speaker uses on many occasions tells none of them: its weight falls with their number to this power.
WORN = 0.25
#: Accounts of the same matter share so many of the terms of the shorter one.
SAME_MATTER = 0.5
RAREST = 8  # terms of a quote by which its likes are looked up
_COMMON = 200  # quotes of one speaker; a term in more of them finds nothing, and would make the search quadratic
_NUMBER = re.compile(r"\d[\d.,]*")


@dataclass(frozen=True, slots=True)
class Said:
    """What a quote says: its terms, the numbers in it, the days that it can be of, and its place in the text.

    `affirmed` are those of its terms that it affirms; `denied` those that it denies, whether it holds them or not.
    """

    terms: frozenset[str]
    numbers: frozenset[str]
    days: tuple[date, date] | None
    place: tuple[str, tuple[Span, ...]]  # the same for all copies of an article
    affirmed: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()

    @classmethod
    def of(cls, quote: Quote, article: Article, terms: frozenset[str], denials: Denials) -> "Said":
        """Return what a quote of an article says in words of these terms."""
        spans = quote.contents or quote.shown
        stated = (match for span in spans for match in _NUMBER.finditer(article.text, span.start, span.end))
        day = quote.said_on or article.published
        numbers = {match.group().rstrip(".,").replace(",", "") for match in stated}
        numbers.update(filter(str.isdecimal, terms))  # a number in words is the term of its digits
        days, place = (day.first, day.last) if day else None, (article.sha256, quote.shown)
        return cls(terms, frozenset(numbers), days, place, *denials.of(quote, article.text, terms))

    def contradicts(self, other: "Said") -> bool:
        """Whether two accounts differ in a number, or one denies of the same matter what the other affirms."""
        if self.differs_from(other):
            return True
        if self.denied.isdisjoint(other.affirmed) and other.denied.isdisjoint(self.affirmed):
            return False
        return len(self.terms & other.terms) >= SAME_MATTER * min(len(self.terms), len(other.terms))

    def differs_from(self, other: "Said") -> bool:
        """Whether two accounts differ in a number."""
        return not (self.numbers <= other.numbers or other.numbers <= self.numbers)


@dataclass(frozen=True, slots=True)
class _Group:
    """Quotes found to be one utterance, what they say, each number but once, and the days that they are of."""

    quotes: tuple[int, ...]
    said: Mapping[frozenset[str], Said]
    days: tuple[date, date] | None

    def with_(self, other: "_Group") -> "_Group | None":
        """Return both as one, or None where they differ in a number, or by too many days between them."""
        if any(ours.differs_from(theirs) for ours in self.said.values() for theirs in other.said.values()):
            return None
        days = self.days or other.days
        if self.days and other.days:
            days = min(self.days[0], other.days[0]), max(self.days[1], other.days[1])
            if days[1] - days[0] > timedelta(days=DAYS_AT_MOST):
                return None
        return _Group((*self.quotes, *other.quotes), {**self.said, **other.said}, days)


#: How likely two quotes of two articles are to be one utterance.
Likely = Callable[[Quote, Quote], float]


def group(
    quotes: Sequence[Quote], said: Sequence[Said], weight: Mapping[str, float], likely: Likely
) -> tuple[Statement, ...]:
    """Return the statements that quotes make, in the order of their first quotes; every quote is in just one.

    `said` is what each quote says; `weight` says how much a term tells, such as its inverse document frequency.
    """
    original: dict[tuple[str, tuple[Span, ...]], int] = {}  # the place of a quote is one for all copies of an article
    by_speaker: dict[str, list[int]] = defaultdict(list)
    for number, quote in enumerate(quotes):
        if original.setdefault(said[number].place, number) == number and quote.speaker is not None:
            by_speaker[quote.speaker].append(number)
    groups = {
        number: _Group((number,), {said[number].numbers: said[number]}, said[number].days)
        for number in original.values()
    }
    for numbers in by_speaker.values():
        _join(groups, _likenesses(numbers, quotes, said, weight, likely))
    members: dict[int, list[Quote]] = defaultdict(list)
    for quote, one in zip(quotes, said, strict=True):
        members[min(groups[original[one.place]].quotes)].append(quote)
    return tuple(Statement(quotes[first].id, tuple(of)) for first, of in sorted(members.items()))


_Pairs = Mapping[tuple[int, int], float]


def _join(groups: dict[int, _Group], alike: _Pairs) -> None:
    """Join the groups of quotes that are alike, the most alike first, unless too few of theirs are."""
    for one, other in sorted(alike, key=lambda pair: (-alike[pair], pair)):
        ours, theirs = groups[one], groups[other]
        if ours is theirs:
            continue
        pairs = [(min(pair), max(pair)) for pair in product(ours.quotes, theirs.quotes)]
        if sum(pair in alike for pair in pairs) >= AGREEING * len(pairs) and (joined := ours.with_(theirs)):
            groups.update(dict.fromkeys(joined.quotes, joined))


def _likenesses(
    numbers: Sequence[int], quotes: Sequence[Quote], said: Sequence[Said], weight: Mapping[str, float], likely: Likely
) -> _Pairs:
    """Return the pairs of quotes of one speaker that can be one utterance, the earlier first, and their likeness."""
    worn = _worn([said[number] for number in numbers], weight)
    weights = {number: fsum(worn[term] for term in said[number].terms) for number in numbers}
    holders: dict[str, list[int]] = defaultdict(list)
    found, least = {}, min(ALIKE, IN_TWO, REPEATED, VERY_WORDS)
    for number in numbers:
        terms = said[number].terms
        rarest = sorted(terms, key=lambda term: (-worn[term], term))[:RAREST]
        known = (holders[term] for term in rarest if len(holders[term]) <= _COMMON)
        others = (other for other, count in Counter(chain.from_iterable(known)).items() if count > 1)
        for other in others:
            shared = terms & said[other].terms
            likeness = fsum(map(worn.__getitem__, shared)) / max(min(weights[number], weights[other]), 1e-9)
            pair = (quotes[other], said[other]), (quotes[number], said[number])
            if likeness < least or said[other].contradicts(said[number]):
                continue
            if likeness >= _needed(*pair, len(shared)) and _is_likely(*pair, likely):
                found[other, number] = likeness
        for term in terms:
            holders[term].append(number)
    return found


def _worn(said: Iterable[Said], weight: Mapping[str, float]) -> dict[str, float]:
    """Return how much each term tells of what one speaker says: the less, the more occasions it is used on."""
    days: dict[str, set[date]] = defaultdict(set)
    for one in said:
        for term in one.terms:
            days[term].update(one.days[:1] if one.days else ())
    return {term: weight[term] * max(1, _occasions(of) - 1) ** -WORN for term, of in days.items()}


def _occasions(days: Iterable[date]) -> int:
    """Return how many times days follow that are further apart than reports of one utterance."""
    count, begun = 0, date.min
    for day in sorted(days):
        if not count or day - begun > timedelta(days=DAYS_APART):
            count, begun = count + 1, day
    return count


def _needed(one: tuple[Quote, Said], other: tuple[Quote, Said], shared: int) -> float:
    """Return how alike two quotes must be to be one utterance, by how many terms they share; infinite for never."""
    kinds = {one[0].kind, other[0].kind}
    if shared < 2:
        return inf
    if one[0].article_id == other[0].article_id:
        if shared > FEWEST_SHARED and kinds != {"direct"}:
            return ALIKE  # words between marks, and what the article says of them elsewhere
        return REPEATED if shared >= FEWEST_SHARED else VERY_WORDS if "indirect" not in kinds else inf
    if _days_between(one[1], other[1]) > DAYS_APART:
        return VERY_WORDS if shared >= FEWEST_SHARED else inf
    return IN_TWO if shared >= FEWEST_SHARED or "indirect" not in kinds else ALIKE


def _is_likely(one: tuple[Quote, Said], other: tuple[Quote, Said], likely: Likely) -> bool:
    """Whether two quotes of two articles are likely to be one utterance; the very words need no more, later on."""
    if one[0].article_id == other[0].article_id or _days_between(one[1], other[1]) > DAYS_APART:
        return True
    return likely(one[0], other[0]) >= LIKELY


def _days_between(one: Said, other: Said) -> int:
    """Return how many days lie between two quotes at the least; none where a day is not known."""
    if one.days is None or other.days is None:
        return 0
    return max(0, (one.days[0] - other.days[1]).days, (other.days[0] - one.days[1]).days)
