"""Reports: which quotes of two articles on one event report one utterance, whoever is said to speak.

Outlets seldom call a source the same: the statement that one has from a ministry another has from its spokesman, and a
third from “officials”; and what one quotes another tells in words of its own.  Articles on one event share most of
their rare words, so what tells is a word that each of them uses but once.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import exp, fsum, hypot, log1p, sqrt
from typing import Literal, NamedTuple

from bot.model import SPOKEN, Article, Quote, Span, Statement
from bot.statements.grouping import Said
from bot.statements.voices import Kinship, Voice
from bot.text import Analyser, tokens


class Evidence(NamedTuple):
    """What two reports have in common.

    A term weighs its inverse document frequency; where it is `rare`, divided by how often both articles use it.
    """

    told: float  # root of what the terms that both hold weigh, where they are rare
    within: float  # share of the terms of the shorter report that the longer one holds
    likeness: float  # cosine of the sentences that they stand in, of terms where they are rare
    telling: float  # logarithm of what the terms weigh that both sentences hold
    marked: float  # share of the words that one quotes within its own words that the other one has
    rows: float  # logarithm of how often the same words follow each other in quotation marks
    kin: float  # 1 where the speakers are one, or one by two names


# `python -m tests.quality.statement_weights` finds them, and `tests.quality.statement_pairs` measures what follows.
WEIGHTS = Evidence(told=0.57, within=1.47, likeness=9.08, telling=0.66, marked=1.97, rows=0.80, kin=1.58)
AT_ALL = -9.22
LIKELY = 0.85
#: Reports that share less are not looked at.
LEAST_TOLD = 2.0
#: Of two people with different names so many rows of words must be the same.
ROWS_OF_TWO_PEOPLE = 6
#: Of two others, such a share of what one quotes.
MARKED_OF_TWO = 0.5
#: Of so many of the pairs of articles that two statements stand in quotes must be bound for the statements to be one.
AGREEING = 0.5
_IN_A_ROW = 3  # words
_MARKED = re.compile(r"[“\"]([^“”\"]+)[”\"]")

Key = tuple[str, str]
#: Pairs of quotes that are one utterance, by the keys of both, and how likely they are.
Bonds = Mapping[tuple[Key, Key], float]


@dataclass(frozen=True)
class Report:
    """A quote with all by which it is compared with those of another article; `passage` is where it stands."""

    quote: Quote
    article: Article
    said: Said
    voice: Voice
    passage: Span
    analyser: Analyser

    @cached_property
    def sentence(self) -> frozenset[str]:
        """The terms of where it stands."""
        return self._terms([self.passage])

    @cached_property
    def marked(self) -> frozenset[str]:
        """The terms of what stands in quotation marks within words of the article."""
        return frozenset() if self.quote.kind == "direct" else self._terms(self._marks)

    @cached_property
    def rows(self) -> frozenset[tuple[str, ...]]:
        """The words in quotation marks, those together that follow each other."""
        words = ([token.folded for token in tokens(self.article.text, mark.start, mark.end)] for mark in self._marks)
        return frozenset(tuple(row[at : at + _IN_A_ROW]) for row in words for at in range(len(row) - _IN_A_ROW + 1))

    def kinship(self, other: "Report") -> Kinship | Literal["same"]:
        """Return how the speakers are related."""
        if self.quote.speaker is not None and self.quote.speaker == other.quote.speaker:
            return "same"
        return self.voice.kinship(other.voice)

    @property
    def _marks(self) -> Sequence[Span]:
        if self.quote.kind == "direct":
            return self.quote.contents or self.quote.shown
        found = (_MARKED.finditer(self.article.text, span.start, span.end) for span in self.quote.shown)
        return [Span(*mark.span(1)) for marks in found for mark in marks]

    def _terms(self, spans: Iterable[Span]) -> frozenset[str]:
        text = self.article.text
        return frozenset(term for span in spans for term in self.analyser.terms(text, span.start, span.end))


class Account:
    """What an article reports; `mentions` is how often it uses each term, and `weight` how much a term tells."""

    def __init__(self, reports: Sequence[Report], mentions: Mapping[str, int], weight: Mapping[str, float]) -> None:
        self.reports, self.rarity, self._weight = reports, _Rarity(mentions, weight), weight
        self._lengths: dict[int, float] = {}

    @cached_property
    def holders(self) -> Mapping[str, Sequence[int]]:
        """The numbers of the reports of somebody's words that hold each term."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, report in enumerate(self.reports):
            for term in report.said.terms if report.quote.kind in SPOKEN else ():
                found[term].append(number)
        return found

    @cached_property
    def number(self) -> Mapping[str, int]:
        """The number of each report by the id of its quote."""
        return {report.quote.id: number for number, report in enumerate(self.reports)}

    @cached_property
    def weights(self) -> Sequence[float]:
        """What the terms of each report weigh."""
        return [self.weigh(report.said.terms) for report in self.reports]

    def weigh(self, terms: Iterable[str]) -> float:
        return fsum(map(self._weight.__getitem__, terms))

    def length(self, number: int) -> float:
        """Return the length of the sentence of a report as a vector of how rare its terms are."""
        if number not in self._lengths:
            self._lengths[number] = hypot(*map(self.rarity.__getitem__, self.reports[number].sentence))
        return self._lengths[number]


class _Rarity(dict[str, float]):
    """The root of what each term weighs where it is rare, found when it is asked for.

    Of two articles the product is what it weighs in both.
    """

    def __init__(self, mentions: Mapping[str, int], weight: Mapping[str, float]) -> None:
        self._mentions, self._weight = mentions, weight

    def __missing__(self, term: str) -> float:
        self[term] = sqrt(self._weight[term] / self._mentions.get(term, 1))
        return self[term]


class Comparison:
    """Compares the reports of two articles."""

    def __init__(self, one: Account, other: Account) -> None:
        self._one, self._other = one, other

    def bonds(self) -> Iterator[tuple[tuple[Key, Key], float]]:
        """Yield the pairs of reports that are likely to be one utterance, and how likely."""
        for ours, theirs, evidence in self.evidence():
            likely = _likely(evidence)
            if likely >= LIKELY:
                first, second = sorted((ours.quote.key, theirs.quote.key))
                yield (first, second), likely

    def likely(self, one: Quote, other: Quote) -> float:
        """Return how likely two quotes are to be one utterance, be it told in ever so different words."""
        ours, theirs = self._one.number[one.id], self._other.number[other.id]
        held = self._one.reports[ours].said.terms & self._other.reports[theirs].said.terms
        return _likely(self._of(ours, theirs, fsum(self._one.rarity[term] * self._other.rarity[term] for term in held)))

    def evidence(self) -> Iterator[tuple[Report, Report, Evidence]]:
        """Yield the pairs of reports that can be one utterance, with what speaks for it."""
        told: dict[tuple[int, int], float] = defaultdict(float)
        for term in sorted(self._one.holders.keys() & self._other.holders.keys()):
            weight = self._one.rarity[term] * self._other.rarity[term]
            for pair in product(self._one.holders[term], self._other.holders[term]):
                told[pair] += weight
        for (one, other), weight in told.items():
            ours, theirs = self._one.reports[one], self._other.reports[other]
            if weight >= LEAST_TOLD and not ours.said.contradicts(theirs.said):
                evidence = self._of(one, other, weight)
                if _may_be_of_one(ours, theirs, evidence):
                    yield ours, theirs, evidence

    def _of(self, one: int, other: int, told: float) -> Evidence:
        ours, theirs = self._one.reports[one], self._other.reports[other]
        held = ours.sentence & theirs.sentence
        return Evidence(
            told=sqrt(told),
            within=self._one.weigh(ours.said.terms & theirs.said.terms)
            / min(self._one.weights[one], self._other.weights[other]),
            likeness=self._likeness(held, one, other),
            telling=log1p(self._one.weigh(held)),
            marked=max(self._share(ours.marked, theirs), self._share(theirs.marked, ours)),
            rows=log1p(len(ours.rows & theirs.rows)),
            kin=float(ours.kinship(theirs) in ("same", "kin")),
        )

    def _likeness(self, held: Collection[str], one: int, other: int) -> float:
        if not held:
            return 0.0
        dot = fsum(self._one.rarity[term] * self._other.rarity[term] for term in held)
        return dot / (self._one.length(one) * self._other.length(other))

    def _share(self, marked: frozenset[str], report: Report) -> float:
        """Return the share of the words between marks that a report has, too."""
        return self._one.weigh(marked & report.said.terms) / self._one.weigh(marked) if marked else 0.0


def _likely(evidence: Evidence) -> float:
    return 1 / (1 + exp(-AT_ALL - fsum(map(float.__mul__, WEIGHTS, evidence))))


def _may_be_of_one(ours: Report, theirs: Report, evidence: Evidence) -> bool:
    """Whether two reports can be of one speaker: whoever else says it in words of his own says it himself."""
    if ours.kinship(theirs) != "apart":
        return True
    if ours.voice.is_person and theirs.voice.is_person:
        return evidence.rows >= log1p(ROWS_OF_TWO_PEOPLE)
    return evidence.rows > 0 or evidence.marked >= MARKED_OF_TWO


def united(statements: Mapping[Key, Statement], bonds: Bonds, said: Mapping[Key, Said]) -> list[tuple[Statement, ...]]:
    """Return the groups of statements that are one utterance, the likeliest first, unless too few articles are bound.

    `statements` are by the keys of their quotes, and `said` is what each quote says: accounts that contradict each
    other are never one.
    """
    group: dict[str, tuple[Statement, ...]] = {}
    for one, other in sorted(bonds, key=lambda pair: (-bonds[pair], pair)):
        ours, theirs = (group.get(of.id, (of,)) for of in (statements[one], statements[other]))
        if statements[other] in ours:
            continue
        pairs = list(product(_keys(ours), _keys(theirs)))
        articles = {(mine[0], its[0]) for mine, its in pairs if mine[0] != its[0]}
        bound = {(mine[0], its[0]) for mine, its in pairs if (min(mine, its), max(mine, its)) in bonds}
        agreed = len(bound) >= AGREEING * len(articles)
        if agreed and not any(said[mine].contradicts(said[its]) for mine, its in pairs):
            group.update(dict.fromkeys((of.id for of in (*ours, *theirs)), (*ours, *theirs)))
    return list(dict.fromkeys(group.values()))


def _keys(statements: Iterable[Statement]) -> list[Key]:
    return [quote.key for one in statements for quote in one.quotes]
