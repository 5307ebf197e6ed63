"""Articles that are copies of one another: one text, or nearly one, that several outlets print or one prints again."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from bot.analysis.analyst import Analysis
from bot.analysis.sketch import NEAR_COPY, Sketch, likeness

#: Articles of one outlet that share a run of words, from which on it is of the page and not of the article.  With
#: these left in, pages of videos that list the same other videos make 28 copies more, all wrong.
_OF_THE_PAGE = 5
_FEWEST_RUNS = 20  # in a sketch; shorter texts are alike by chance
_COMMON = 50  # articles that share a run of words: too many for each pair of them to be looked at


@dataclass(frozen=True, slots=True)
class Copy:
    """Two articles that are copies, by their ids, and how alike: 1.0 is the same text."""

    one: str
    other: str
    alike: float


def copies(analyses: Sequence[Analysis]) -> list[Copy]:
    """Return every pair of copies, the first with the article that stands first."""
    sketches = _own(analyses)
    texts = [analysis.article.sha256 for analysis in analyses]
    found = (
        Copy(analyses[one].article.id, analyses[other].article.id, _alike(texts, sketches, one, other))
        for one, other in sorted(_candidates(texts, sketches))
    )
    return [copy for copy in found if copy.alike >= NEAR_COPY]


def copies_of(article_id: str, analyses: Sequence[Analysis]) -> list[Copy]:
    """Return the copies of one article."""
    sketches = _own(analyses)
    texts = [analysis.article.sha256 for analysis in analyses]
    mine = next(number for number, analysis in enumerate(analyses) if analysis.article.id == article_id)
    others = (number for number in range(len(analyses)) if number != mine)
    found = (Copy(article_id, analyses[number].article.id, _alike(texts, sketches, mine, number)) for number in others)
    return [copy for copy in found if copy.alike >= NEAR_COPY]


def _own(analyses: Sequence[Analysis]) -> list[Sketch]:
    """Return of each sketch what is of the article, and not of every page of its outlet."""
    outlets = [analysis.article.outlet for analysis in analyses]
    held = Counter(
        (outlet, run) for outlet, analysis in zip(outlets, analyses, strict=True) if outlet for run in analysis.sketch
    )
    return [
        tuple(run for run in analysis.sketch if not outlet or held[outlet, run] < _OF_THE_PAGE)
        for outlet, analysis in zip(outlets, analyses, strict=True)
    ]


def _alike(texts: Sequence[str], sketches: Sequence[Sketch], one: int, other: int) -> float:
    if texts[one] == texts[other]:
        return 1.0
    short = min(len(sketches[one]), len(sketches[other])) < _FEWEST_RUNS
    return 0.0 if short else min(likeness(sketches[one], sketches[other]), 0.99)


def _candidates(texts: Sequence[str], sketches: Sequence[Sketch]) -> Iterable[tuple[int, int]]:
    """Return the pairs of articles that have enough of their sketches in common to be copies."""
    same: defaultdict[str, list[int]] = defaultdict(list)
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for number, (text, sketch) in enumerate(zip(texts, sketches, strict=True)):
        same[text].append(number)
        for run in sketch:
            holders[run].append(number)
    shared = Counter(
        pair for numbers in holders.values() if len(numbers) <= _COMMON for pair in combinations(numbers, 2)
    )
    near = {
        (one, other)
        for (one, other), runs in shared.items()
        if 4 * runs >= min(len(sketches[one]), len(sketches[other]))
    }
    return near.union(*(combinations(numbers, 2) for numbers in same.values()))
