"""Reports: which statements under different names are one utterance.

Outlets seldom call a source the same: the statement that one has from a ministry another has from its spokesman, and a
third from “officials”.  The words must then tell more than where the speaker is one.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import product
from math import fsum

from bot.model import Article, Quote, Statement
from bot.quotes.statements import RAREST, Said
from bot.quotes.voices import Kinship, Voice
from bot.text import Analyser, tokens

# `python -m tests.quality.statement_pairs` measures each of these.  Weights are inverse document frequencies.
DAYS_APART = 2  # between the articles
#: What the shared terms weigh at the least, and how many there are: fewer are a subject, not an utterance.
TELLING = 15.0
FEWEST_SHARED = 3
#: Share of the terms of the shorter quote that the longer one must hold where the speakers are kin.
KIN = 0.7
#: … and where one of them is anybody: then more of it must be shared, and so much of the longer one, too.
ANYBODY = 0.75
TELLING_OF_ANYBODY = 21.0
OF_BOTH = 0.4
#: … and where the words in a row between quotation marks are the same, many of them if the speakers are not.
MOST_OF_IT = 0.8
WORDS_IN_A_ROW = 8
#: So many of the pairs of quotes of two statements must be bound for the statements to be one.
AGREEING = 0.34
# A term that weighs less finds nothing: a twentieth of the passages hold it.
_TELLING_TERM = 3.0

Key = tuple[str, str]
#: Pairs of quotes that are one utterance, by the keys of both, and how alike they are.
Bonds = Mapping[tuple[Key, Key], float]


@dataclass(frozen=True, slots=True)
class Report:
    """A quote with all by which it is compared with those of other speakers."""

    quote: Quote
    article: Article
    said: Said
    voice: Voice


def rarest(terms: Collection[str], weight: Mapping[str, float]) -> Sequence[str]:
    """Return the terms of a quote by which its likes are looked up."""
    telling = [term for term in terms if weight[term] >= _TELLING_TERM]
    return sorted(telling, key=lambda term: (-weight[term], term))[:RAREST]


class Comparison:
    """Tells which reports are one utterance; `weight` says how much each of their terms tells."""

    def __init__(self, weight: Mapping[str, float], analyser: Analyser) -> None:
        self._weight, self._analyser = weight, analyser
        self._words: dict[Key, list[str]] = {}

    def bonds(self, reports: Sequence[Report], fresh: Collection[str]) -> Bonds:
        """Return the bonds between reports of which one at least stands in an article named in `fresh`."""
        found = {}
        for one, other in self._candidates(reports, fresh):
            likeness = self._likeness(reports[one], reports[other])
            if likeness:
                first, second = sorted((reports[one].quote.key, reports[other].quote.key))
                found[first, second] = likeness
        return found

    def _candidates(self, reports: Sequence[Report], fresh: Collection[str]) -> Iterable[tuple[int, int]]:
        """Yield the pairs, of two articles and two speakers, that share some of their rarest terms."""
        days = [_day(one) for one in reports]
        holders: dict[str, list[int]] = defaultdict(list)
        for number in sorted(range(len(reports)), key=days.__getitem__):
            for term in rarest(reports[number].said.terms, self._weight) if days[number] else ():
                holders[term].append(number)
        shared: Counter[tuple[int, int]] = Counter()
        for numbers in holders.values():
            for place, one in enumerate(numbers):
                end = bisect_right(numbers, days[one] + DAYS_APART, key=days.__getitem__)
                shared.update(product((one,), numbers[place + 1 : end]))
        for (one, other), count in shared.items():
            if count > 1 and _may_be_one(reports[one], reports[other], fresh):
                yield one, other

    def _likeness(self, one: Report, other: Report) -> float:
        """Return how alike two reports are, or 0 where they are not one utterance."""
        shared = one.said.terms & other.said.terms
        telling = self._weigh(shared)
        if len(shared) < FEWEST_SHARED or telling < TELLING or not _agree(one.said.numbers, other.said.numbers):
            return 0.0
        shorter, longer = sorted((self._weigh(one.said.terms), self._weigh(other.said.terms)))
        likeness, kinship = telling / shorter, one.voice.kinship(other.voice)
        if kinship == "kin" and likeness >= KIN:
            return likeness
        if kinship == "open" and likeness >= ANYBODY and telling >= TELLING_OF_ANYBODY and telling >= OF_BOTH * longer:
            return likeness
        return likeness if likeness >= MOST_OF_IT and self._repeats(one, other, kinship) else 0.0

    def _repeats(self, one: Report, other: Report, kinship: Kinship) -> bool:
        """Whether words between quotation marks are the same in both, whoever is said to have said them."""
        marked = {one.quote.kind, other.quote.kind} <= {"direct", "mixed"}
        if not marked or (one.voice.is_person and other.voice.is_person):
            return False
        length, weight = self._in_a_row(one, other)
        return weight >= TELLING and (length >= WORDS_IN_A_ROW or kinship != "apart")

    def _weigh(self, terms: Iterable[str]) -> float:
        return fsum(map(self._weight.__getitem__, terms))

    def _in_a_row(self, one: Report, other: Report) -> tuple[int, float]:
        """Return how many words stand in a row in both reports, and what their terms weigh."""
        ours, theirs = self._words_of(one), self._words_of(other)
        run = SequenceMatcher(None, ours, theirs, autojunk=False).find_longest_match()
        terms = set(self._analyser.of_words(ours[run.a : run.a + run.size]))
        return run.size, self._weigh(terms & one.said.terms)

    def _words_of(self, report: Report) -> list[str]:
        found = self._words.get(report.quote.key)
        if found is None:
            text, spans = report.article.text, report.quote.contents or report.quote.shown
            found = [token.folded for span in spans for token in tokens(text, span.start, span.end)]
            self._words[report.quote.key] = found
        return found


def _day(report: Report) -> int:
    return report.article.published.first.toordinal() if report.article.published else 0


def _may_be_one(one: Report, other: Report, fresh: Collection[str]) -> bool:
    """Whether two reports are of two articles, one of them fresh, and two speakers."""
    articles = {one.article.id, other.article.id}
    copies = one.article.sha256 == other.article.sha256
    same_speaker = one.quote.speaker is not None and one.quote.speaker == other.quote.speaker
    return len(articles) > 1 and not copies and not same_speaker and not articles.isdisjoint(fresh)


def _agree(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    return ours <= theirs or theirs <= ours


def united(
    statements: Mapping[Key, Statement], bonds: Bonds, numbers: Mapping[Key, frozenset[str]]
) -> list[tuple[Statement, ...]]:
    """Return the groups of statements that are one utterance, the most alike first, unless too few quotes are bound.

    `statements` are by the keys of their quotes; `numbers` are those that each quote states: accounts that differ in
    one are never one.
    """
    group: dict[str, tuple[Statement, ...]] = {}
    for one, other in sorted(bonds, key=lambda pair: (-bonds[pair], pair)):
        ours, theirs = (group.get(of.id, (of,)) for of in (statements[one], statements[other]))
        if statements[other] in ours:
            continue
        pairs = list(product(_keys(ours), _keys(theirs)))
        bound = sum((min(pair), max(pair)) in bonds for pair in pairs)
        if bound >= AGREEING * len(pairs) and all(_agree(numbers[mine], numbers[its]) for mine, its in pairs):
            group.update(dict.fromkeys((of.id for of in (*ours, *theirs)), (*ours, *theirs)))
    return list(dict.fromkeys(group.values()))


def _keys(statements: Iterable[Statement]) -> list[Key]:
    return [quote.key for one in statements for quote in one.quotes]
