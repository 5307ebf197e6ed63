"""Uniting: which statements of several speakers, or of one as two articles have it, are one utterance, over the corpus.

Only the reports of a few days are ever compared.  What was found of articles that are as before, be it in a library or
in what was kept of one, is taken over.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from bot.model import Quote, Statement
from bot.search.accounts import Accounts
from bot.search.events import events
from bot.search.sayings import Key, Spoken
from bot.statements.grouping import Said
from bot.statements.reports import Bonds, Comparison, united


@dataclass(frozen=True, slots=True)
class Bound:
    """The bonds between quotes of different speakers or articles; `marks` tell what those of each article depend on.

    `said` is what bound quotes say, as far as anybody has asked.
    """

    bonds: Bonds = field(default_factory=dict)
    marks: Mapping[str, bytes] = field(default_factory=dict)
    said: dict[Key, Said] = field(default_factory=dict)

    @classmethod
    def of(cls, spoken: Spoken, accounts: Accounts, known: "Bound", before: Spoken) -> "Bound":
        """Return the bonds in articles; `known` are those of others, and `before` what is said in these."""
        marks = dict(_marks(spoken, known, before))
        fresh = {name for name, mark in marks.items() if known.marks.get(name) != mark}
        lasting = marks.keys() - fresh
        bonds = {pair: alike for pair, alike in known.bonds.items() if lasting.issuperset(name for name, _ in pair)}
        said = {key: one for key, one in known.said.items() if key[0] in lasting}
        return cls(bonds | dict(_found(spoken, accounts, fresh)), marks, said)


def _marks(spoken: Spoken, known: Bound, before: Spoken) -> Iterator[tuple[str, bytes]]:
    for name, quotes in spoken.quotes_of.items():
        if name in known.marks and quotes is before.quotes_of.get(name):
            yield name, known.marks[name]
        else:
            article = spoken.analyses[name].article
            who = (f"{quote.id} {quote.speaker}" for quote in quotes)
            told = [article.sha256, str(article.headline), str(article.published), *who]
            yield name, blake2b("\n".join(told).encode("utf-8", "surrogatepass"), digest_size=8).digest()


def _found(spoken: Spoken, accounts: Accounts, fresh: Collection[str]) -> Bonds:
    """Return the bonds between reports of which one at least stands in a fresh article."""
    found: dict[tuple[Key, Key], float] = {}
    speakers = {name: frozenset(quote.speaker for quote in quotes) for name, quotes in spoken.quotes_of.items()}
    for one, other in events(spoken.analyses, speakers, accounts.weight, fresh):
        found.update(Comparison(accounts[one], accounts[other]).bonds())
    return found


def united_statements(spoken: Spoken, bound: Bound) -> Mapping[Key, Statement]:
    """Return the statements that hold quotes of several speakers, by the keys of their quotes."""
    touched = dict(_touched(spoken, bound.bonds))
    places = {name: at for at, name in enumerate(spoken.analyses)}
    for quote in (quote for one in {one.id: one for one in touched.values()}.values() for quote in one.quotes):
        if quote.key not in bound.said:
            bound.said[quote.key] = spoken.words.said(quote)
    found = {}
    for together in united(touched, bound.bonds, bound.said):
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
