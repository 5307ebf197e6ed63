"""Uniting: which statements of different speakers are one utterance, over the whole corpus.

Only the reports of a few days are ever compared.  What was found of articles that are as before, be it in a library or
in what was kept of one, is taken over.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from bot.analysis.analyst import Analysis
from bot.model import Quote, Statement
from bot.quotes.reports import DAYS_APART, Bonds, Comparison, Report, rarest, united
from bot.quotes.voices import Voices as Voices
from bot.search.index import Index
from bot.search.sayings import LEAST_WEIGHT, Key, Spoken, Words


@dataclass(frozen=True, slots=True)
class Bound:
    """The bonds between quotes of different speakers; `marks` tell of each article all that its bonds depend on.

    `numbers` are those that bound quotes state, as far as anybody has asked.
    """

    bonds: Bonds = field(default_factory=dict)
    marks: Mapping[str, bytes] = field(default_factory=dict)
    numbers: dict[Key, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, spoken: Spoken, index: Index, voices: Voices, known: "Bound", before: Spoken) -> "Bound":
        """Return the bonds in articles; `known` are those of others, and `before` what is said in these."""
        marks = dict(_marks(spoken, known, before))
        fresh = {name for name, mark in marks.items() if known.marks.get(name) != mark}
        lasting = marks.keys() - fresh
        bonds = {pair: alike for pair, alike in known.bonds.items() if lasting.issuperset(name for name, _ in pair)}
        numbers = {key: stated for key, stated in known.numbers.items() if key[0] in lasting}
        return cls(bonds | dict(_found(spoken, index, voices, fresh)), marks, numbers)


def _marks(spoken: Spoken, known: Bound, before: Spoken) -> Iterator[tuple[str, bytes]]:
    for name, quotes in spoken.quotes_of.items():
        if name in known.marks and quotes is before.quotes_of.get(name):
            yield name, known.marks[name]
        else:
            article = spoken.analyses[name].article
            told = [article.sha256, str(article.published), *(f"{quote.id} {quote.speaker}" for quote in quotes)]
            yield name, blake2b("\n".join(told).encode("utf-8", "surrogatepass"), digest_size=8).digest()


def _found(spoken: Spoken, index: Index, voices: Voices, fresh: Collection[str]) -> Bonds:
    """Return the bonds between reports of which one at least stands in a fresh article."""
    words, weight = Words(spoken.analyses, spoken.copies), _Weights(index)
    near = [(analysis, spoken.quotes_of[analysis.article.id]) for analysis in _near(spoken.analyses, fresh)]
    telling = frozenset[str]().union(
        *(rarest(words.terms(quote), weight) for one, quotes in near if one.article.id in fresh for quote in quotes)
    )
    reports = [
        Report(quote, one.article, words.said(quote), voices.of(quote.speaker, _source(quote, one)))
        for one, quotes in near
        for quote in quotes
        if len(telling & words.terms(quote)) > 1
    ]
    return Comparison(weight, voices.analyser).bonds(reports, fresh)


class _Weights(dict[str, float]):
    """How much each term tells, found when it is asked for."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def __missing__(self, term: str) -> float:
        self[term] = max(self._index.idf(term) or 0.0, LEAST_WEIGHT)
        return self[term]


def _near(analyses: Mapping[str, Analysis], fresh: Collection[str]) -> Iterator[Analysis]:
    """Yield the articles of days on which what fresh ones report can have been reported, too."""
    published = ((name, analysis.article.published) for name, analysis in analyses.items())
    days = {name: day.first.toordinal() for name, day in published if day}
    near = {days[name] + apart for name in fresh & days.keys() for apart in range(-DAYS_APART, DAYS_APART + 1)}
    return (analyses[name] for name, day in days.items() if day in near)


def _source(quote: Quote, analysis: Analysis) -> str:
    return quote.source.of(analysis.article.text) if quote.source else ""


def united_statements(spoken: Spoken, bound: Bound) -> Mapping[Key, Statement]:
    """Return the statements that hold quotes of several speakers, by the keys of their quotes."""
    touched = dict(_touched(spoken, bound.bonds))
    words, places = Words(spoken.analyses, spoken.copies), {name: at for at, name in enumerate(spoken.analyses)}
    for quote in (quote for one in {one.id: one for one in touched.values()}.values() for quote in one.quotes):
        if quote.key not in bound.numbers:
            bound.numbers[quote.key] = words.said(quote).numbers
    found = {}
    for together in united(touched, bound.bonds, bound.numbers):
        quotes = _in_order([quote for one in together for quote in one.quotes], places)
        found.update(dict.fromkeys((quote.key for quote in quotes), Statement(quotes[0].id, quotes)))
    return found


def _touched(spoken: Spoken, bonds: Bonds) -> Iterator[tuple[Key, Statement]]:
    """Yield the keys of bound quotes, each with the statement of its speaker that it belongs to."""
    bound = {key for pair in bonds for key in pair}
    quotes = (quote for name in {name for name, _ in bound} for quote in spoken.quotes_of[name])
    speakers = {spoken.counted_for.get(key, quote.speaker) for quote in quotes if (key := quote.key) in bound}
    for one in (one for speaker in speakers for one in spoken.sayings[speaker].statements):
        yield from ((key, one) for quote in one.quotes if (key := quote.key) in bound)


def _in_order(quotes: Sequence[Quote], places: Mapping[str, int]) -> tuple[Quote, ...]:
    return tuple(sorted(quotes, key=lambda quote: (places[quote.article_id], quote.shown, quote.id)))
