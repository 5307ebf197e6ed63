"""The names that a library knows: people, organisations that speak, outlets, and the media that outlets have things from."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.model import Article, Person, Quote
from bot.text import words

NameKind = Literal["person", "organisation", "outlet", "relay"]
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a name: `name` as it is shown."""

    kind: NameKind
    name: str


@dataclass(frozen=True, slots=True)
class NameIndex:
    """Looks names up by their folded words.  `titles` are the offices of people, by the person."""

    entries: Mapping[Words, tuple[Named, ...]]
    longest: int
    titles: Mapping[str, tuple[Words, ...]]
    given: frozenset[str]  # the folded given names of people

    def at(self, folded: Sequence[str], start: int) -> tuple[int, tuple[Named, ...]] | None:
        """Return how many words from `start` make the longest name there, and whose it is."""
        for length in range(min(self.longest, len(folded) - start), 0, -1):
            found = self.entries.get(tuple(folded[start : start + length]))
            if found:
                return length, found
        return None


def index_names(
    articles: Iterable[Article], quotes: Sequence[Quote], people: Sequence[Person], by_id: Mapping[str, Article]
) -> NameIndex:
    """Return the index of every name in a library; where people share a surname, the most quoted comes first."""
    entries: dict[Words, list[Named]] = defaultdict(list)
    quoted: dict[str, int] = defaultdict(int)
    for quote in quotes:
        if quote.speaker:
            quoted[quote.speaker] += 1

    def add(name: str, named: Named) -> None:
        key = words(name)
        if key and named not in entries[key]:
            entries[key].append(named)

    for person in sorted(people, key=lambda person: (-quoted[person.name], person.name)):
        named = Named("person", person.name)
        for spelling in person.spellings | {person.name}:
            add(spelling, named)
            add(" ".join(part for part in spelling.split() if len(part.rstrip(".")) > 1), named)  # without initials
            add(spelling.split()[-1], named)
    names = {person.name for person in people}
    for speaker in quoted:
        if speaker not in names and speaker[:1].isupper():
            add(
                speaker,
                Named(
                    "person" if " " not in speaker and not speaker.isupper() and "." not in speaker else "organisation",
                    speaker,
                ),
            )
    for article in articles:
        for outlet in (article.outlet, article.republished_by):
            if outlet:
                add(outlet, Named("outlet", outlet))
                add(outlet.removeprefix("The "), Named("outlet", outlet))
    for quote in quotes:
        for span in (*quote.relays, *([quote.venue] if quote.venue else ())):
            medium = span.of(by_id[quote.article_id].text)
            is_person = any(named.kind == "person" for named in entries.get(words(medium), ()))
            if medium[:1].isupper() and len(medium.split()) <= 3 and not is_person:
                add(medium, Named("relay", medium))
    return NameIndex(
        {key: tuple(found) for key, found in entries.items()},
        max(map(len, entries), default=0),
        {person.name: tuple(words(title) for title in sorted(person.titles)) for person in people if person.titles},
        frozenset(words(spelling)[0] for person in people for spelling in person.spellings if " " in spelling),
    )
