"""Articles that are copies of one another: one text, or nearly one, that several outlets print."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from bot.analysis.analyst import Analysis
from bot.analysis.sketch import likeness

#: Of the runs of words of two articles, the share from which on they are told to be copies.  In worldnews5, where no
#: outlet prints another's text, it finds 29 pairs of .67 and more: pages of videos that share a list of other videos.
NEAR = 0.5
_FEWEST_RUNS = 20  # in a sketch; shorter texts are alike by chance
_COMMON = 50  # articles that share a run of words: it is of the page, not of the article


@dataclass(frozen=True, slots=True)
class Copy:
    """Two articles that are copies, by their ids, and how alike: 1.0 is the same text."""

    one: str
    other: str
    alike: float


def copies(analyses: Sequence[Analysis]) -> list[Copy]:
    """Return every pair of copies, the first with the article that stands first."""
    found = [_copy(analyses[one], analyses[other]) for one, other in sorted(_candidates(analyses))]
    return [copy for copy in found if copy.alike >= NEAR]


def copies_of(article_id: str, analyses: Sequence[Analysis]) -> list[Copy]:
    """Return the copies of one article."""
    mine = next(analysis for analysis in analyses if analysis.article.id == article_id)
    others = (_copy(mine, other) for other in analyses if other is not mine)
    return [copy for copy in others if copy.alike >= NEAR]


def _copy(one: Analysis, other: Analysis) -> Copy:
    same = one.article.sha256 == other.article.sha256
    short = min(len(one.sketch), len(other.sketch)) < _FEWEST_RUNS
    alike = 1.0 if same else 0.0 if short else min(likeness(one.sketch, other.sketch), 0.99)
    return Copy(one.article.id, other.article.id, alike)


def _candidates(analyses: Sequence[Analysis]) -> Iterable[tuple[int, int]]:
    """Return the pairs of articles that have enough of their sketches in common to be copies."""
    holders: dict[int | str, list[int]] = defaultdict(list)
    for number, analysis in enumerate(analyses):
        holders[analysis.article.sha256].append(number)
        for run in analysis.sketch:
            holders[run].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for key, numbers in holders.items():
        if 1 < len(numbers) <= _COMMON or isinstance(key, str):
            weight = len(analyses[numbers[0]].sketch) or 1 if isinstance(key, str) else 1
            for pair in combinations(numbers, 2):
                shared[pair] += weight
    return [
        (one, other)
        for (one, other), runs in shared.items()
        if 4 * runs >= min(len(analyses[one].sketch), len(analyses[other].sketch))
    ]
