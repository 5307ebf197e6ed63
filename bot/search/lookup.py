"""What questions look up in one article: found when it is first asked for, and shared by the libraries that follow."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from bot.analysis.analyst import Analysis
from bot.model import PartialDate, Quote, Span

_LONGEST_MEDIUM = 3  # words; longer venues are descriptions, not names
#: Spans whose terms a library takes over from the one before; those of one take 0.7 kB.
_MOST_TERMS = 200_000


class Lookup:
    """An article and its quotes.  `terms` are the distinct terms of its spans that were asked for."""

    def __init__(self, analysis: Analysis, quotes: Sequence[Quote]) -> None:
        self.analysis, self.quotes = analysis, quotes
        self.terms: dict[Span, frozenset[str]] = {}

    @cached_property
    def passage_of(self) -> Mapping[str, int]:
        """The number of the passage of each quote, by its id."""
        ids = (quote.id for quote in self.quotes)
        return dict(zip(ids, self.analysis.passage_of, strict=True))

    @cached_property
    def quotes_in(self) -> Mapping[int, Sequence[Quote]]:
        """The quotes of each passage, by its number."""
        found: dict[int, list[Quote]] = defaultdict(list)
        for quote, number in zip(self.quotes, self.analysis.passage_of, strict=True):
            found[number].append(quote)
        return dict(found)

    @cached_property
    def days(self) -> frozenset[PartialDate]:
        """The days that it was published on, and its quotes said on."""
        stated = {self.analysis.article.published, *(quote.said_on for quote in self.quotes)}
        return frozenset(day for day in stated if day is not None)

    @cached_property
    def called(self) -> Sequence[tuple[str, str]]:
        """The one word that it calls a speaker by where it is not the last of the name, with the name: Xi, Hillary."""
        found: dict[tuple[str, str], None] = {}
        for quote in self.quotes:
            if quote.source is not None and quote.speaker is not None:
                source = quote.source.of(self.analysis.article.text)
                if source in quote.speaker.split()[:-1]:
                    found[source, quote.speaker] = None
        return tuple(found)

    @cached_property
    def media(self) -> Sequence[str]:
        """The media that its quotes came through or were said in, as far as they have names."""
        return tuple(dict.fromkeys(self._media()))

    def _media(self) -> Iterator[str]:
        text = self.analysis.article.text
        for quote in self.quotes:
            # A relay such as “Reuters report” is none that is asked for by name; a venue such as “LBC radio” is.
            venue = [quote.venue.of(text)] if quote.venue is not None else []
            relays = [name for relay in quote.relays if (name := relay.of(text)).split()[-1][:1].isupper()]
            for medium in (*venue, *relays):
                if medium[:1].isupper() and len(medium.split()) <= _LONGEST_MEDIUM:
                    yield medium


def lookups(
    analyses: Sequence[Analysis], quotes_of: Mapping[str, Sequence[Quote]], before: Mapping[str, Lookup]
) -> dict[str, Lookup]:
    """Return the lookups of articles and their quotes, by id and in their order: the same where both are as before."""
    if sum(len(one.terms) for one in before.values()) > _MOST_TERMS:
        before = {}
    found = {}
    for analysis in analyses:
        name = analysis.article.id
        quotes, known = quotes_of[name], before.get(name)
        same = known is not None and known.analysis is analysis and known.quotes is quotes
        found[name] = known if known is not None and same else Lookup(analysis, quotes)
    return found
