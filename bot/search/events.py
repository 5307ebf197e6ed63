"""Events: which articles tell of one event, by the words that tell most of what each is about."""

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Set
from math import log

from bot.analysis.analyst import Analysis

DAYS_APART = 2  # between the articles
# Of the pairs of articles that were judged, 94 in 100 share so many of these words, and 3,348 of the 3,530 articles of
# worldnews5; with five of 40 words it would be 96 and 3,644, with five of 30 words 81 and 2,203.
TOPIC = 30
SHARED = 4
SHARED_OF_ONE = 2
# A term that weighs less is no topic: a twentieth of the passages hold it.
_TELLING_TERM = 3.0


def mentions(analysis: Analysis) -> Mapping[str, int]:
    """Return how often an article uses each of its terms."""
    terms, counts = analysis.terms, analysis.whole
    held = (terms[number] for number in array("i", counts.terms))
    return dict(zip(held, array("i", counts.frequencies), strict=True))


def events(
    analyses: Mapping[str, Analysis],
    speakers: Mapping[str, Set[str | None]],
    weight: Mapping[str, float],
    fresh: Collection[str],
) -> Iterator[tuple[str, str]]:
    """Yield the pairs of articles, by their ids, that tell of one event; one of them is fresh, none a copy.

    `speakers` are those of each article; None is nobody.
    """
    days = _days(analyses, fresh)
    holders: dict[str, list[str]] = defaultdict(list)
    for name in sorted(days, key=days.__getitem__):
        shared: Counter[str] = Counter()
        for term in _topic(analyses[name], weight):
            known = holders[term]
            shared.update(known[bisect_left(known, days[name] - DAYS_APART, key=days.__getitem__) :])
            known.append(name)
        for other, count in shared.items():
            copies = analyses[name].article.sha256 == analyses[other].article.sha256
            of_one = count >= SHARED or (count >= SHARED_OF_ONE and speakers[name] & speakers[other] - {None})
            if of_one and not copies and (name in fresh or other in fresh):
                yield other, name


def _days(analyses: Mapping[str, Analysis], fresh: Collection[str]) -> Mapping[str, int]:
    """Return the days of the articles that can tell of what fresh ones tell of."""
    published = ((name, analysis.article.published) for name, analysis in analyses.items())
    days = {name: day.first.toordinal() for name, day in published if day}
    near = {days[name] + apart for name in fresh & days.keys() for apart in range(-DAYS_APART, DAYS_APART + 1)}
    return {name: day for name, day in days.items() if day in near}


def _topic(analysis: Analysis, weight: Mapping[str, float]) -> Collection[str]:
    """Return the terms of an article that it uses most for how rare they are."""
    held = ((term, (1 + log(times)) * weight[term]) for term, times in mentions(analysis).items())
    telling = sorted((-told, term) for term, told in held if weight[term] >= _TELLING_TERM)
    return [term for _, term in telling[:TOPIC]]
