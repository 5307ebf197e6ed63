"""Linking: whose the quotes of articles are, under the names that people have over the whole corpus."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import chain

from bot.analysis.analyst import Analysis
from bot.model import Quote
from bot.people.gathering import Told
from bot.people.register import Grounds, Register

#: Puts together the register of articles, which takes over what it can from an earlier one.
RegisterOf = Callable[[Iterable[Told], Register | None], Register]
#: The number of a quote among those of all articles, the name of its speaker and how certain that is.
Speaker = tuple[int, str | None, float]


@dataclass(frozen=True)
class Linked:
    """The quotes of each article, by its id, with every speaker under the name to show.

    Where the names were kept, the register is put together when it is first asked for: by a question about an office,
    or for the library that follows; and the grounds of all at once, which only that needs.
    """

    quotes_of: Mapping[str, tuple[Quote, ...]]
    told: Mapping[Analysis, Told]
    _register: Callable[[], Register]
    _grounds: Callable[[Register], Mapping[str, Grounds]]

    @cached_property
    def register(self) -> Register:
        return self._register()

    @cached_property
    def grounds(self) -> Mapping[str, Grounds]:
        """What the names in each article rest on, by its id."""
        return self._grounds(self.register)


def link(analyses: Sequence[Analysis], register_of: RegisterOf, before: Linked | None) -> Linked:
    """Return the quotes of each article under the names of the register; where these are as before, the very same."""
    told = _told(analyses, before.told if before else {})
    register = register_of(told.values(), before.register if before else None)
    if before is None:
        quotes_of = {one.article.id: tuple(_links(one.quotes, register, tells)) for one, tells in told.items()}
        return Linked(quotes_of, told, lambda: register, partial(_all_grounds, told))
    changed = register.changes(before.register)
    quotes_of, grounds = {}, {}
    for analysis, tells in told.items():
        name = analysis.article.id
        known = before.told.get(analysis) is tells
        if known and not changed(before.grounds[name]):
            quotes_of[name], grounds[name] = before.quotes_of[name], before.grounds[name]
            continue
        quotes = tuple(_links(analysis.quotes, register, tells))
        quotes_of[name] = before.quotes_of[name] if known and before.quotes_of[name] == quotes else quotes
        grounds[name] = _grounds_of(analysis, register, tells)
    return Linked(quotes_of, told, lambda: register, lambda _: grounds)


def link_as(analyses: Sequence[Analysis], register_of: RegisterOf, speakers: Iterable[Speaker]) -> Linked:
    """Return the quotes of each article with the speakers that `renamed` told."""
    quotes = list(chain.from_iterable(analysis.quotes for analysis in analyses))
    for number, name, certainty in speakers:
        quotes[number] = replace(quotes[number], speaker=name, certainty=certainty)
    following = iter(quotes)
    quotes_of = {one.article.id: tuple(next(following) for _ in one.quotes) for one in analyses}
    told = _told(analyses, {})
    return Linked(quotes_of, told, lambda: register_of(told.values(), None), partial(_all_grounds, told))


def renamed(analyses: Sequence[Analysis], linked: Linked) -> Iterator[Speaker]:
    """Yield the speakers whose names, or whose certainty, are not those that their own articles tell."""
    written = chain.from_iterable(analysis.quotes for analysis in analyses)
    shown = chain.from_iterable(linked.quotes_of.values())
    for number, (one, other) in enumerate(zip(written, shown, strict=True)):
        if one is not other:
            yield number, other.speaker, other.certainty


def _told(analyses: Iterable[Analysis], known: Mapping[Analysis, Told]) -> dict[Analysis, Told]:
    return {one: known.get(one) or Told(one.people, one.article.published, one.article.text) for one in analyses}


def _all_grounds(told: Mapping[Analysis, Told], register: Register) -> dict[str, Grounds]:
    return {one.article.id: _grounds_of(one, register, tells) for one, tells in told.items()}


def _grounds_of(analysis: Analysis, register: Register, tells: Told) -> Grounds:
    return register.grounds({one.speaker for one in analysis.quotes if one.speaker}, tells)


def _links(quotes: Sequence[Quote], register: Register, told: Told) -> Iterator[Quote]:
    speakers = {quote.speaker for quote in quotes if quote.speaker}
    cast = register.cast(told, speakers) if speakers else None
    names: dict[str, tuple[str, float]] = {}
    for quote in quotes:
        if quote.speaker is None or cast is None:
            yield quote
            continue
        if quote.speaker not in names:
            names[quote.speaker] = register.link(quote.speaker, cast)
        name, sure = names[quote.speaker]
        certainty = round(quote.certainty * sure, 4)
        as_written = (quote.speaker, quote.certainty) == (name, certainty)
        yield quote if as_written else replace(quote, speaker=name, certainty=certainty)
