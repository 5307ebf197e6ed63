"""The people of a whole corpus, each under every spelling: what articles teach and what is configured."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.model import Person, Pronoun
from bot.text import skeleton, words

#: A surname alone stands for a person whom the corpus otherwise names in full, if nearly all who bear it are one.
_DOMINANT = 0.8


@dataclass(frozen=True)
class Register:
    """Who is who.  `canonical` maps a name as an article writes it to the name to show."""

    people: tuple[Person, ...]
    canonical: Mapping[str, str]
    _surnames: Mapping[str, str] = field(default_factory=dict)

    def name(self, written: str) -> str:
        """Return the name to show for one that an article writes; an unknown one is shown as written."""
        return self.canonical.get(written) or self._surnames.get(written) or written


def enrol(learned: Iterable[Person], configured: Sequence[Person]) -> Register:
    """Return the register of everybody that articles name in full and everybody that is configured."""
    spellings: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    titles: dict[tuple[str, ...], set[str]] = defaultdict(set)
    pronouns: dict[tuple[str, ...], Counter[Pronoun]] = defaultdict(Counter)
    same: dict[tuple[str, ...], tuple[str, ...]] = {}
    chosen: dict[tuple[str, ...], str] = {}
    for person in configured:
        key = skeleton(words(person.name))
        chosen[key] = person.name
        for spelling in person.spellings:
            same[skeleton(words(spelling))] = key
            spellings[key][spelling] += 0
        titles[key] |= person.titles
        if person.pronoun:
            pronouns[key][person.pronoun] += 1_000_000
    for person in learned:
        key = skeleton(words(person.name))
        key = same.get(key, key)
        spellings[key].update(person.spellings)
        titles[key] |= person.titles
        if person.pronoun:
            pronouns[key][person.pronoun] += 1
    people = []
    for key, written in sorted(spellings.items()):
        name = chosen.get(key) or max(written, key=lambda spelling: (_marks(spelling), written[spelling], spelling))
        pronoun = pronouns[key].most_common(1)[0][0] if pronouns[key] else None
        people.append(Person(name, frozenset(written), frozenset(titles[key]), pronoun))
    canonical = {spelling: person.name for person in people for spelling in person.spellings}
    return Register(tuple(people), canonical, _by_surname(spellings, canonical))


def _marks(spelling: str) -> int:
    """Return how many letters of a spelling carry the accents of its own language."""
    return sum(not char.isascii() for char in spelling if char.isalpha())


def _by_surname(spellings: Mapping[tuple[str, ...], Counter[str]], canonical: Mapping[str, str]) -> dict[str, str]:
    bearers: dict[str, Counter[str]] = defaultdict(Counter)
    for written in spellings.values():
        for spelling, count in written.items():
            bearers[spelling.split()[-1]][canonical[spelling]] += count
    dominant = {}
    for surname, counts in bearers.items():
        name, count = counts.most_common(1)[0]
        if count >= _DOMINANT * counts.total() and counts.total():
            dominant[surname] = name
    return dominant
