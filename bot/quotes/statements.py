"""Statements: which quotes of a speaker report one utterance, each in the wording of its outlet."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from bot.model import Quote, Statement

# Share of the rarer-weighted terms of the shorter quote that the longer one must hold.  On the seed articles every pair
# of wordings of one utterance shares .62 or more and every other pair .52 or less.
ALIKE = 0.6
#: Within one article two quotes are one utterance only where one repeats the other.
REPEATED = 0.8
_FEWEST_SHARED = 3
_DAYS_APART = 3
_RAREST = 8  # terms of a quote by which its likes are looked up
_COMMON = 200  # quotes of one speaker; a term in more of them finds nothing, and would make the search quadratic


def group(
    quotes: Sequence[Quote], terms: Sequence[frozenset[str]], weight: Mapping[str, float]
) -> tuple[Statement, ...]:
    """Return the statements that quotes make, in the order of their first quotes; every quote is in just one.

    `terms` are those of each quote's words; `weight` says how much a term tells, such as its inverse document
    frequency; unknown terms weigh 1.
    """
    leader = list(range(len(quotes)))

    def root(number: int) -> int:
        while leader[number] != number:
            leader[number] = leader[leader[number]]
            number = leader[number]
        return number

    for one, other in _candidates(quotes, terms, weight):
        if root(one) != root(other) and _alike(quotes[one], quotes[other], terms[one], terms[other], weight):
            first, second = sorted((root(one), root(other)))
            leader[second] = first
    first_copy: dict[str, int] = {}
    for number, quote in enumerate(quotes):  # an id is one for all copies of an article
        first, second = sorted((root(first_copy.setdefault(quote.id, number)), root(number)))
        leader[second] = first
    together: dict[int, list[Quote]] = defaultdict(list)
    for number, quote in enumerate(quotes):
        together[root(number)].append(quote)
    return tuple(Statement(of[0].id, tuple(of)) for of in together.values())


def _candidates(
    quotes: Sequence[Quote], terms: Sequence[frozenset[str]], weight: Mapping[str, float]
) -> Iterable[tuple[int, int]]:
    """Yield pairs of quotes of one speaker that share two of their rarest terms."""
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, quote in enumerate(quotes):
        if quote.speaker is None:
            continue
        rarest = sorted(terms[number], key=lambda term: (-weight.get(term, 1.0), term))[:_RAREST]
        shared: dict[int, int] = defaultdict(int)
        for term in rarest:
            if len(others := holders[(quote.speaker, term)]) <= _COMMON:
                for other in others:
                    shared[other] += 1
        yield from ((other, number) for other, count in shared.items() if count >= 2)
        for term in terms[number]:
            if len(others := holders[(quote.speaker, term)]) <= _COMMON:
                others.append(number)


def _alike(one: Quote, other: Quote, ours: frozenset[str], theirs: frozenset[str], weight: Mapping[str, float]) -> bool:
    shared = ours & theirs
    if len(shared) < _FEWEST_SHARED:
        return False
    smaller = min(sum(weight.get(term, 1.0) for term in ours), sum(weight.get(term, 1.0) for term in theirs))
    likeness = sum(weight.get(term, 1.0) for term in shared) / max(smaller, 1e-9)
    if one.said_on and other.said_on and abs((one.said_on.first - other.said_on.first).days) > _DAYS_APART:
        return likeness > 0.95
    return likeness >= (REPEATED if one.article_id == other.article_id else ALIKE)
