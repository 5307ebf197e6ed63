"""Gathering: the people of a corpus from what each of its articles tells of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.model import Appearance, PartialDate, Person, Pronoun, Tenure
from bot.people.joining import Node, join
from bot.people.spelling import Comparer, Form, form_of
from bot.prose.words import NameWords
from bot.text import Words, fold, name_words


@dataclass(frozen=True, slots=True)
class Told:
    """What one article tells of people: who appears in it, and its day and text."""

    people: Sequence[Appearance]
    day: PartialDate | None = None
    text: str = ""


class Gathered:
    """Everybody whom a corpus names in full: `people`, and under which names the articles know them."""

    def __init__(self, articles: Sequence[Told], names: NameWords, comparer: Comparer) -> None:
        self._names = names
        self._forms: dict[str, Form | None] = {}
        self._spellings: dict[Words, Counter[str]] = defaultdict(Counter)
        nodes = self._nodes(articles)
        joined = join(nodes, comparer)
        pronouns, titles = self._told_of(articles)
        people = [self._person(group, pronouns, titles) for group in joined.groups]
        self.people = tuple(sorted((one for one in people if one.articles), key=lambda one: one.name))
        self.name_of = {
            form.words: person.name
            for person, group in zip(people, joined.groups, strict=True)
            for node in group
            for form in node.forms
        }
        self._near = {key: frozenset(people[number].name for number in near) for key, near in joined.near.items()}

    def form(self, name: str) -> Form | None:
        """Return a name taken apart, or None where it is not in full."""
        if name not in self._forms:
            self._forms[name] = form_of(name, self._names)
        return self._forms[name]

    def name(self, written: str) -> str | None:
        """Return the name of the person whom a name in full is of, or None where no article names them so."""
        form = self.form(written)
        return self.name_of.get(form.words) if form else None

    def near_of(self, written: str) -> frozenset[str]:
        """Return the names of those who can be meant by a name in full that could be several people's."""
        form = self.form(written)
        return self._near.get(form.words, frozenset()) if form else frozenset()

    def _nodes(self, articles: Sequence[Told]) -> list[Node]:
        by_words: dict[Words, Node] = {}
        for person in self._names.people:
            forms = [form for spelling in sorted(person.spellings) if (form := self.form(spelling))]
            node = Node(forms, configured=person.name, apart=frozenset(name_words(name) for name in person.apart))
            by_words.update((form.words, node) for form in forms)
        for number, article in enumerate(articles):
            for spelling in {spelling for one in article.people for spelling in one.spellings}:
                if form := self.form(spelling):
                    by_words.setdefault(form.words, Node([form])).articles.add(number)
                    self._spellings[form.words][spelling] += 1
            for one in article.people:
                if form := self.form(one.name):
                    heads = (name_words(title.name)[-1:] for title in one.titles)
                    by_words[form.words].titles.update(head for [head] in filter(None, heads) if not self._idle(head))
        return list({id(node): node for node in by_words.values()}.values())

    def _idle(self, head: str) -> bool:
        return head in self._names.honorifics

    def _told_of(
        self, articles: Iterable[Told]
    ) -> tuple[dict[Words, Counter[Pronoun]], dict[Words, list[tuple[str, PartialDate | None]]]]:
        pronouns: dict[Words, Counter[Pronoun]] = defaultdict(Counter)
        titles: dict[Words, list[tuple[str, PartialDate | None]]] = defaultdict(list)
        for article in articles:
            for one in article.people:
                if form := self.form(one.name):
                    pronouns[form.words].update([one.pronoun] if one.pronoun else ())
                    titles[form.words] += [(t.name, article.day) for t in one.titles if t.tense == "held"]
        return pronouns, titles

    def _person(
        self,
        group: Sequence[Node],
        pronouns: dict[Words, Counter[Pronoun]],
        titles: dict[Words, list[tuple[str, PartialDate | None]]],
    ) -> Person:
        keys = [form.words for node in group for form in node.forms]
        spellings = sum((self._spellings[key] for key in keys if key in self._spellings), Counter[str]())
        configured = next((node.configured for node in group if node.configured), None)
        known = next((one for one in self._names.people if one.name == configured), Person(""))
        counted = sum((pronouns[key] for key in keys if key in pronouns), Counter[Pronoun]())
        return Person(
            configured or _best(spellings),
            dict(sorted(spellings.items(), key=lambda one: (-one[1], one[0]))),
            _tenures((one for key in keys for one in titles.get(key, ())), self._names.honorifics),
            known.pronoun or next((pronoun for pronoun, _ in sorted(counted.items(), key=_most)), None),
            len(frozenset[int]().union(*(node.articles for node in group))),
            apart=known.apart,
        )


def _most(counted: tuple[Pronoun, int]) -> tuple[int, Pronoun]:
    return -counted[1], counted[0]


def _best(spellings: Counter[str]) -> str:
    """Return the spelling to show: the one of most articles, with the accents of its own language if one has them."""
    folded: Counter[str] = Counter()
    for spelling, count in spellings.items():
        folded[fold(spelling)] += count if not spelling.isupper() else 0
    most = min(folded, key=lambda one: (-folded[one], len(one.split()), one))
    alike = [spelling for spelling in sorted(spellings) if fold(spelling) == most]
    return max(alike, key=lambda spelling: (not spelling.isupper(), _marks(spelling), spellings[spelling]))


def _marks(spelling: str) -> int:
    """Return how many letters of a spelling carry the accents of its own language."""
    return sum(not char.isascii() for char in spelling if char.isalpha())


def _tenures(given: Iterable[tuple[str, PartialDate | None]], honorifics: frozenset[str]) -> tuple[Tenure, ...]:
    """Return the titles that articles give one person, the most frequent first."""
    days: dict[str, list[PartialDate | None]] = defaultdict(list)
    wordings: dict[str, Counter[str]] = defaultdict(Counter)
    for title, day in given:
        key = fold(title)
        if key.rstrip(".") not in honorifics:
            days[key].append(day)
            wordings[key][title] += 1
    return tuple(
        Tenure(
            max(sorted(wordings[key]), key=wordings[key].__getitem__),
            *_span(day for day in found if day is not None),
            len(found),
        )
        for key, found in sorted(days.items(), key=lambda one: (-len(one[1]), one[0]))
    )


def _span(days: Iterable[PartialDate]) -> tuple[PartialDate | None, PartialDate | None]:
    ordered = sorted(days, key=lambda day: (day.first, str(day)))
    return (ordered[0], ordered[-1]) if ordered else (None, None)
