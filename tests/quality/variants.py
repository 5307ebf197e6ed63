"""Ways of ranking that were tried and are not worth their lines: each changes `Finder` as long as it is measured.

*Proximity*: passages that hold the words of a question closer together come first (Tao, Zhai: An Exploration of
Proximity Measures in Information Retrieval, SIGIR 2007).  *Pairs*: those that hold two of them side by side (Metzler,
Croft: A Markov Random Field Model for Term Dependencies, SIGIR 2005).  *Feedback*: the rarest words of the best
passages are searched as well (after Rocchio).  *Recency*: of candidates that are as good, the newest comes first.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import pairwise

from bot.answer.filters import day_of
from bot.answer.finding import Candidate, Finder
from bot.model import Quote

_WEIGHT = 0.2  # of proximity and of pairs, beside coverage
_BEST = 5  # passages that further words are taken from
_FURTHER = 5  # words
_FURTHER_WEIGHT = 0.2

_candidate, _sorted, _ranked = Finder._candidate, Finder._sorted, Finder._ranked


def _in_order(finder: Finder, number: int) -> list[str]:
    passage = finder._library.passages[number]
    text = finder._library.articles[passage.article_id].text
    return finder._library.analyser.terms(text, passage.span.start, passage.span.end)


def _raised(finder: Finder, quote: Quote, number: int, by: Callable[[Finder, list[str]], float]) -> Candidate:
    one = _candidate(finder, quote, number)
    if len(finder._weights) < 2:
        return one
    added = _WEIGHT * by(finder, _in_order(finder, number))
    return replace(one, score=one.score + added, place=one.place + added)


def _closeness(finder: Finder, terms: list[str]) -> float:
    """Return 1 where the nearest two different words of the question stand side by side, less the farther apart."""
    found = [(at, term) for at, term in enumerate(terms) if term in finder._weights]
    return max((1 / (after - at) for (at, one), (after, other) in pairwise(found) if one != other), default=0.0)


def _pairs(finder: Finder, terms: list[str]) -> float:
    """Return the share of the pairs of neighbours in the question that are neighbours here."""
    wanted = set(pairwise(finder._weights))
    return len(wanted & set(pairwise(terms))) / len(wanted)


def _fed_back(finder: Finder) -> Mapping[int, float]:
    first = _ranked(finder)
    library = finder._library
    counts = Counter(term for number in list(first)[:_BEST] for term in set(_in_order(finder, number)))
    rare = sorted(counts, key=lambda term: (-counts[term] * (library.index.idf(term) or 0.0), term))
    further = [term for term in rare if term not in finder._weights][:_FURTHER]
    again = library.index.search(
        dict.fromkeys(finder._weights, 1.0) | dict.fromkeys(further, _FURTHER_WEIGHT), k=len(first)
    )
    return {number: score + first.get(number, 0.0) for number, score in again}


def _newest_first(finder: Finder, found: Iterable[Candidate]) -> list[Candidate]:
    def day(one: Candidate) -> str:
        return str(day_of(one.quote, finder._library.article(one.quote)) or "")

    newest = sorted(_sorted(finder, found), key=day, reverse=True)
    return sorted(newest, key=lambda one: -round(one.place, 1))


#: What each is called in the table, and what of `Finder` it replaces by what.
VARIANTS: Mapping[str, tuple[str, Callable[..., object]]] = {
    "with proximity": ("_candidate", lambda finder, *of: _raised(finder, *of, _closeness)),
    "with pairs of words": ("_candidate", lambda finder, *of: _raised(finder, *of, _pairs)),
    "with feedback": ("_ranked", _fed_back),
    "with recency": ("_sorted", _newest_first),
}
