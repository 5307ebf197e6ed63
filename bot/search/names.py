"""The names that a library knows: people, organisations that speak, outlets, and media that were told or reported."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain
from typing import Literal
from urllib.parse import urlsplit

from bot.model import Article, Person
from bot.search.lookup import Lookup
from bot.text import name_words, skeleton

_FEWEST_INITIALS = 3

NameKind = Literal["person", "organisation", "outlet", "relay"]
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a name: `name` as it is shown."""

    kind: NameKind
    name: str


@dataclass(frozen=True, slots=True)
class NameIndex:
    """Looks names up by their folded words."""

    entries: Mapping[Words, tuple[Named, ...]]
    by_skeleton: Mapping[Words, Words]  # people's names by what their spellings have in common
    longest: int
    given: frozenset[str]  # the folded given names of people

    def at(self, folded: Sequence[str], start: int) -> tuple[int, tuple[Named, ...]] | None:
        """Return how many words from `start` make the longest name there, and whose it is."""
        for length in range(min(self.longest, len(folded) - start), 0, -1):
            found = self.entries.get(tuple(folded[start : start + length]))
            if found:
                return length, found
        return None


def index_names(
    quoted: Mapping[str | None, int], people: Sequence[Person], lookups: Sequence[Lookup], no_surname: Set[str]
) -> NameIndex:
    """Return the index of every name in a library; where several share a name, the most quoted comes first.

    `quoted` is how many quotes there are of each speaker, `no_surname` the folded words that are no surname.
    """
    entries: dict[Words, list[Named]] = defaultdict(list)
    others = list(_speakers(quoted, people, no_surname))
    articles = (lookup.analysis.article for lookup in lookups)
    for name, named in chain(_people(people), others, _called(people, lookups), _outlets(articles)):
        _add(entries, name, named)
    for of in entries.values():
        of.sort(key=lambda named: (named.kind == "outlet", -quoted.get(named.name, 0)))
    for medium in dict.fromkeys(chain.from_iterable(lookup.media for lookup in lookups)):
        if all(named.kind != "person" for named in entries.get(name_words(medium), ())):
            _add(entries, medium, Named("relay", medium))
            short = medium.split()[0]
            if short.isupper() and name_words(short) not in entries:  # LBC for LBC radio
                _add(entries, short, Named("relay", medium))
    for short, named in _acronyms(quoted, (named for _, named in others)):
        if name_words(short) not in entries:
            _add(entries, short, named)  # WHO for the World Health Organization
    return NameIndex(
        {key: tuple(found) for key, found in entries.items()},
        {bare: key for key, found in entries.items() if found[0].kind == "person" and (bare := skeleton(key))},
        max(map(len, entries), default=0),
        frozenset(name_words(spelling)[0] for person in people for spelling in person.spellings if " " in spelling),
    )


def _add(entries: dict[Words, list[Named]], name: str, named: Named) -> None:
    key = name_words(name)
    if key and named not in entries[key]:
        entries[key].append(named)


def _acronyms(quoted: Mapping[str | None, int], known: Iterable[Named]) -> Iterator[tuple[str, Named]]:
    """Yield the initials of organisations, the most quoted ones first."""
    organisations = [(short, one) for one in known if one.kind == "organisation" and (short := _initials(one.name))]
    yield from sorted(organisations, key=lambda found: (-quoted.get(found[1].name, 0), found[1].name))


def _initials(name: str) -> str:
    """Return the first letters of a name of three words or more, without its small words; "" of any other."""
    capitals = [word[0] for word in name.split() if word[:1].isupper() and word.isalpha()]
    small = sum(word.islower() for word in name.split())
    return "".join(capitals) if len(capitals) >= _FEWEST_INITIALS and len(capitals) + small == len(name.split()) else ""


def _people(people: Sequence[Person]) -> Iterator[tuple[str, Named]]:
    for person in sorted(people, key=lambda person: (-person.quotes, person.name)):
        named = Named("person", person.name)
        for spelling in sorted({*person.spellings, person.name}):
            parts = spelling.split()
            yield spelling, named
            yield " ".join(part for part in parts if len(part.rstrip(".")) > 1), named  # without initials
            yield parts[-1], named


def _speakers(
    speakers: Iterable[str | None], people: Sequence[Person], no_surname: Set[str]
) -> Iterator[tuple[str, Named]]:
    """Yield who is quoted without being named in full anywhere: organisations, and people by a surname alone."""
    names = {person.name for person in people}
    for speaker in speakers:
        if speaker and speaker not in names and speaker[:1].isupper():
            surname = len(key := name_words(speaker)) == 1 and not speaker.isupper() and key[0] not in no_surname
            yield speaker, Named("person" if surname else "organisation", speaker)


def _called(people: Iterable[Person], lookups: Iterable[Lookup]) -> Iterator[tuple[str, Named]]:
    """Yield the one word that articles call somebody by where it is not the last of the name."""
    names = {person.name for person in people}
    for source, name in dict.fromkeys(chain.from_iterable(lookup.called for lookup in lookups)):
        if name in names:
            yield source, Named("person", name)


def _outlets(articles: Iterable[Article]) -> Iterator[tuple[str, Named]]:
    printed = ((one.outlet, one.republished_by, _site(one.url or "")) for one in articles)
    for outlet, republished_by, site in dict.fromkeys(printed):
        for name in filter(None, (outlet, republished_by)):
            yield name, Named("outlet", name)
            yield name.removeprefix("The "), Named("outlet", name)
        domain = (urlsplit(site).hostname or "").removeprefix("www.")
        if outlet and domain and republished_by != domain:
            yield domain, Named("outlet", outlet)


def _site(url: str) -> str:
    """Return an address up to its path."""
    return "/".join(url.split("/", 3)[:3])
