"""Gathering: the people of a corpus from what each of its articles tells of them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.model import Appearance, PartialDate, Person, Pronoun, Tenure
from bot.people.joining import Node, join
from bot.people.spelling import Comparer, Form, form_of
from bot.prose.name_words import NameWords
from bot.text import Words, fold, name_words


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What one article tells of people: who appears in it, and its day and text.  Every article is its own."""

    people: Sequence[Appearance]
    day: PartialDate | None = None
    text: str = ""


class Forms:
    """Names taken apart, each once."""

    def __init__(self, names: NameWords) -> None:
        self._names = names
        self._forms: dict[str, Form | None] = {}

    def of(self, name: str) -> Form | None:
        """Return a name taken apart, or None where it is not in full."""
        if name not in self._forms:
            self._forms[name] = form_of(name, self._names)
        return self._forms[name]


class Gathered:
    """Everybody whom a corpus names in full: `people`, and under which names the articles know them.

    Only names of one surname can be one person's.  So they are gathered family by family, and of those that are told
    of as they were, all is taken over from `before`.
    """

    def __init__(
        self, articles: Sequence[Told], names: NameWords, comparer: Comparer, before: "Gathered | None" = None
    ) -> None:
        self._forms: Forms = before._forms if before else Forms(names)
        self._first: dict[str, str] = before._first if before else self._configured(names)
        known: dict[Told, None] = before._articles if before else {}
        self._articles: dict[Told, None] = dict.fromkeys(articles)
        self._told: dict[str, dict[Told, Sequence[Appearance]]] = dict(before._told) if before else {}  # by family
        self.come = [article for article in self._articles if article not in known]
        self.gone = [article for article in known if article not in self._articles]
        self.changed = self._tell(self.come, self.gone)
        self._families: dict[str, Family] = dict(before._families) if before else {}
        configured: dict[str | None, list[Person]] = defaultdict(list)
        for person in names.people:
            configured[self._family_of(person)].append(person)
        for name in self.changed if before else {*self.changed, *self._first.values()}:
            known_as = configured.get(name, ())
            relatives = _Relatives(known_as, names, self._of_family(name))
            self._families[name] = relatives.family(self._told.get(name, {}), comparer)
        people = (person for family in self._families.values() for person in family.people)
        self.people = tuple(sorted(people, key=lambda one: (one.name, sorted(one.spellings))))

    def form(self, name: str) -> Form | None:
        """Return a name taken apart, or None where it is not in full."""
        return self._forms.of(name)

    def family(self, surname: str) -> "Family | None":
        """Return those whose surname sounds so."""
        return self._families.get(self._first.get(surname, surname))

    @property
    def surnames_changed(self) -> Iterable[str]:
        """The surnames of all of whom articles tell that have come or are gone."""
        return {*self.changed, *(surname for surname, first in self._first.items() if first in self.changed)}

    def renaming(self, before: "Gathered") -> set[Told]:
        """Return the articles of both that name somebody who now has another name."""
        renamed = (name for name in self.changed if name in before._families and self._renames(name, before))
        return {article for name in renamed for article in self._told[name] if article in before._articles}

    def _renames(self, family: str, before: "Gathered") -> bool:
        old, new = before._families[family].name_of, self._families[family].name_of
        return any(new.get(words) != name for words, name in old.items())

    def name(self, written: str) -> str | None:
        """Return the name of the person whom a name in full is of, or None where no article names them so."""
        form = self.form(written)
        family = self.family(form.surname) if form else None
        return family.name_of.get(form.words) if form and family else None

    def near_of(self, written: str) -> frozenset[str]:
        """Return the names of those who can be meant by a name in full that could be several people's."""
        form = self.form(written)
        family = self.family(form.surname) if form else None
        return family.near.get(form.words, frozenset()) if form and family else frozenset()

    def _configured(self, names: NameWords) -> dict[str, str]:
        """Return for each surname that the configuration says is another one's, too, the first of them."""
        first: dict[str, str] = {}
        for person in names.people:
            surnames = [form.surname for spelling in sorted(person.spellings) if (form := self.form(spelling))]
            firsts = {first.get(surname, surname) for surname in surnames}
            together = {surname for surname in (*first, *surnames) if first.get(surname, surname) in firsts}
            first.update(dict.fromkeys(together, min(firsts, default="")))
        return first

    def _family_of(self, person: Person) -> str | None:
        forms = filter(None, map(self.form, sorted(person.spellings)))
        return next((self._first[form.surname] for form in forms), None)

    def _of_family(self, name: str) -> Callable[[str], Form | None]:
        """Return what takes apart the names of one family alone."""
        forms, first = self._forms, self._first

        def form(written: str) -> Form | None:
            found = forms.of(written)
            return found if found and first.get(found.surname, found.surname) == name else None

        return form

    def _tell(self, come: Iterable[Told], gone: Iterable[Told]) -> set[str]:
        """Note of which families articles tell, and no longer do; return all these families."""
        changed: set[str] = set()
        for article in come:
            for name, people in self._by_family(article).items():
                if name not in changed:
                    changed.add(name)
                    self._told[name] = dict(self._told.get(name, {}))
                self._told[name][article] = people
        for article in gone:
            for name in self._by_family(article):
                if name not in changed:
                    changed.add(name)
                    self._told[name] = dict(self._told[name])
                del self._told[name][article]
        return changed

    def _by_family(self, article: Told) -> dict[str, list[Appearance]]:
        found: dict[str, list[Appearance]] = defaultdict(list)
        for one in article.people:
            forms = filter(None, map(self.form, one.spellings))
            for name in {self._first.get(form.surname, form.surname) for form in forms}:
                found[name].append(one)
        return found


@dataclass(frozen=True, slots=True)
class Family:
    """Those of one surname, or of several that the configuration says are one person's.

    `name_of` tells whose a name in full is; `near` are those whose it could be, where it is nobody's in particular.
    """

    people: tuple[Person, ...]
    name_of: Mapping[Words, str]
    near: Mapping[Words, frozenset[str]]


class _Relatives:
    """Puts a family together: `configured` are those of it whom the configuration knows, `form` takes names apart."""

    def __init__(self, configured: Sequence[Person], names: NameWords, form: Callable[[str], Form | None]) -> None:
        self._configured, self._names, self._form = configured, names, form
        self._spellings: dict[Words, Counter[str]] = defaultdict(Counter)

    def family(self, told: Mapping[Told, Sequence[Appearance]], comparer: Comparer) -> Family:
        joined = join(self._nodes(told), comparer)
        pronouns, titles = self._told_of(told)
        people = [self._person(group, pronouns, titles) for group in joined.groups]
        name_of = {
            form.words: person.name
            for person, group in zip(people, joined.groups, strict=True)
            for node in group
            for form in node.forms
        }
        near = {key: frozenset(people[number].name for number in near) for key, near in joined.near.items()}
        return Family(tuple(one for one in people if one.articles), name_of, near)

    def _nodes(self, told: Mapping[Told, Sequence[Appearance]]) -> list[Node]:
        by_words: dict[Words, Node] = {}
        for person in self._configured:
            forms = [form for spelling in sorted(person.spellings) if (form := self._form(spelling))]
            node = Node(forms, configured=person.name, apart=frozenset(name_words(name) for name in person.apart))
            by_words.update((form.words, node) for form in forms)
        for article, people in told.items():
            for spelling in {spelling for one in people for spelling in one.spellings}:
                if form := self._form(spelling):
                    by_words.setdefault(form.words, Node([form])).articles.add(article.text or article)  # copies: one
                    self._spellings[form.words][spelling] += 1
            for one in people:
                if form := self._form(one.name):
                    heads = (name_words(title.name)[-1:] for title in one.titles)
                    by_words[form.words].titles.update(head for [head] in filter(None, heads) if not self._idle(head))
        return list({id(node): node for node in by_words.values()}.values())

    def _idle(self, head: str) -> bool:
        return head in self._names.honorifics

    def _told_of(
        self, told: Mapping[Told, Sequence[Appearance]]
    ) -> tuple[dict[Words, Counter[Pronoun]], dict[Words, list[tuple[str, PartialDate | None]]]]:
        pronouns: dict[Words, Counter[Pronoun]] = defaultdict(Counter)
        titles: dict[Words, list[tuple[str, PartialDate | None]]] = defaultdict(list)
        for article, people in told.items():
            for one in people:
                if form := self._form(one.name):
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
        known = next((one for one in self._configured if one.name == configured), Person(""))
        counted = sum((pronouns[key] for key in keys if key in pronouns), Counter[Pronoun]())
        return Person(
            configured or _best(spellings),
            dict(sorted(spellings.items(), key=lambda one: (-one[1], one[0]))),
            _tenures((one for key in keys for one in titles.get(key, ())), self._names.honorifics),
            known.pronoun or next((pronoun for pronoun, _ in sorted(counted.items(), key=_most)), None),
            len(frozenset[object]().union(*(node.articles for node in group))),
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
