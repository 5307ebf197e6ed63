"""The people of one article: their full names, and the surnames and titles that stand for them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.model import Appearance, Pronoun, Title
from bot.prose.name_words import NameWords
from bot.prose.naming import NameReader, written
from bot.prose.sentences import Word
from bot.text import words

_LONGEST_NAME = 4  # words
_LONGEST_ASIDE = 11  # words behind a name that can be its title
# How surely a surname means the one of its bearers whom the article names most, and how surely where a Mr. or Ms. could
# be any of those of whom it does not tell whether they are he or she.
_SEVERAL, _UNTOLD = 0.85, 0.6


@dataclass(slots=True)
class Named:
    """A person of the article, while it is being read."""

    spellings: Counter[str]
    given: str
    pronoun: Pronoun | None
    titles: set[tuple[str, ...]] = field(default_factory=set)
    offices: set[Title] = field(default_factory=set)  # titles in full, with their country or body
    about: set[str] = field(default_factory=set)  # the country or body that goes with the titles

    @property
    def name(self) -> str:
        return self.spellings.most_common(1)[0][0]

    @property
    def mentions(self) -> int:
        return self.spellings.total()


class Cast(NameReader):
    """The people of one article, learned from its sentences; then asked who bears a name or a title."""

    def __init__(self, names: NameWords) -> None:
        super().__init__(names)
        self._by_key: dict[tuple[str, ...], Named] = {}
        self._by_surname: dict[str, list[Named]] = {}
        self._by_given: dict[str, list[Named]] = {}
        self._known = {words(spelling): person for person in names.people for spelling in person.spellings}
        self._called: dict[str, set[Title]] = {}  # surnames without a given name, by their titles: President Obama
        self._alone: set[str] = set()  # names of one word
        self._inside: set[str] = set()  # words with a capital that do not begin their sentence
        self._lower: set[str] = set()  # words without one

    # Learning

    def learn(self, sentences: Sequence[Sequence[Word]], text: str) -> None:
        """Take in the names of the sentences and the titles before and behind them."""
        prose = [sentence for sentence in sentences if not self._is_headline(sentence)]
        self._lower.update(word.low for sentence in prose for word in sentence if not word.capital)
        runs = [(sentence, *run) for sentence in prose for run in self._capital_runs(sentence)]
        for sentence, first, last in runs:
            self._inside.update(word.low for word in sentence[max(first, 1) : last])
            if last - first == 1:
                self._alone.add(sentence[first].low)
        for sentence, first, last in runs:
            self._learn_run(sentence, first, last, text)
        for sentence in sentences:
            if self._is_headline(sentence):
                self._learn_headline(sentence, text)

    def _learn_headline(self, sentence: Sequence[Word], text: str) -> None:
        """Take in the given name of somebody whom the article calls by the surname alone."""
        for given, surname in pairwise(sentence):
            if given.low in self._names.given and surname.low in self._alone and surname.low not in self._by_surname:
                named = self._add((given.low, surname.low), surname.low)
                named.spellings[written((given, surname), text)] += 1

    def _learn_run(self, sentence: Sequence[Word], first: int, last: int, text: str) -> None:
        start = self.name_start(sentence, first, last)
        before = sentence[first:start]
        ends = last  # a Jr. is part of the name: his father is somebody else
        while start < last and sentence[last - 1].low in self._names.suffixes:
            last -= 1
        if last - start == 1 and start > first:
            given = sentence[start].low
            crowned = sentence[start - 1].low in self._names.regnal and given in self._names.given
            if crowned and given not in self._by_given:
                self._crown(sentence, start - 1, text)
                return  # but Prince Mohammed, of whom the article gives the full name
            self._call(sentence, first, start, text)
        titled = any(self._is_title_word(word.low) for word in before)
        titled = titled or self._is_introduced(sentence, first, last)
        if not 1 < last - start <= _LONGEST_NAME or not self._looks_like_person(sentence[start:last], titled):
            return
        if start == 0 and not titled and self._is_common(sentence[0].low):
            start = 1  # *Understated* Perez raises …
            if last - start == 1:
                return
        key = tuple(word.low for word in sentence[start:ends])
        named = self._by_key.get(key) or self._add(key, sentence[last - 1].low)
        named.spellings[written(sentence[start:ends], text)] += 1
        self._learn_titles(named, sentence, (first, start, ends), text)

    def _crown(self, sentence: Sequence[Word], first: int, text: str) -> None:
        """Take in a name of a title and a given name: *Pope Francis*, *Prince Harry*."""
        title, given = sentence[first].low, sentence[first + 1].low
        named = self._by_key.get((title, given)) or self._add((title, given), given)
        named.spellings[written(sentence[first : first + 2], text)] += 1
        self._take_title(named, sentence[first : first + 1], text)

    def _call(self, sentence: Sequence[Word], first: int, start: int, text: str) -> None:
        before = sentence[self._title_start(sentence, first) : start]
        if self.title([word.low for word in before]):
            self._called.setdefault(written(sentence[start : start + 1], text), set()).add(self._as_title(before, text))

    def _add(self, key: tuple[str, ...], surname: str) -> Named:
        known = self._known.get(key)
        named = Named(Counter(), key[0], known.pronoun if known and known.pronoun else self._names.given.get(key[0]))
        for tenure in known.tenures if known else ():
            title_words = words(tenure.title)
            named.titles.add(self.title(title_words) or title_words)
            named.about.update(title_words)
        self._by_key[key] = named
        self._by_surname.setdefault(surname, []).append(named)
        self._by_given.setdefault(key[0], []).append(named)
        return named

    def _looks_like_person(self, name: Sequence[Word], titled: bool) -> bool:
        low = [word.low for word in name]
        called_so = low[0] in self._names.given and not self._is_title_word(low[0])  # James *Head*
        inside = low[:-1] if called_so and low[-1] not in self._names.organisations else low
        if any(word in self._names.organisations or self._is_title_word(word) for word in inside):
            return False
        if titled or low[0] in self._names.given or tuple(low) in self._known or len(low[0]) == 1:
            return True
        # Jaromír Novotný, whom the article goes on to call Novotný.
        known = tuple(low) in self._names.outlets or any(word in self._names.places for word in low)
        return low[-1] in self._alone and low[0] not in self._alone and not known

    def _is_common(self, low: str) -> bool:
        """Whether a word has a capital for no other reason than that it begins a sentence."""
        common = low in self._lower or low in self._names.roles or low.endswith(("ly", "ing"))
        return common and low not in self._names.given and low not in self._inside

    def _learn_titles(self, named: Named, sentence: Sequence[Word], run: tuple[int, int, int], text: str) -> None:
        first, start, last = run
        if first > 1 and sentence[first - 1].low == ",":  # his *wife*, Jane
            named.pronoun = named.pronoun or self._names.gender_titles.get(sentence[first - 2].low)
        self._take_title(named, sentence[self._title_start(sentence, first) : start], text)
        if last + 1 >= len(sentence) or sentence[last].low != ",":
            return
        behind = sentence[last + 1 : last + 1 + _LONGEST_ASIDE]
        aside = behind[: next((number for number, word in enumerate(behind) if not word.is_word), len(behind))]
        low = [word.low for word in aside]
        if aside and (low[0] in self._names.aside_openers or any(one in self._names.title_words for one in low[:3])):
            head = next((number for number, one in enumerate(low) if one in self._names.links), len(aside))
            self._take_title(named, aside[:head], text, aside[head:])

    def _take_title(self, named: Named, before: Sequence[Word], text: str, of: Sequence[Word] = ()) -> None:
        """Take in the title that words end with; `of` are those behind it that say of what."""
        low = [word.low for word in before]
        title = self.title(low)
        if title:
            named.titles.add(title)
            named.about.update(low, (word.low for word in of))
            body = next((number for number, word in enumerate(of) if number and not self._in_body(word)), len(of))
            named.offices.add(self._as_title((*before, *(of[:body] if body > 1 else ())), text))
        for word in low:
            named.pronoun = named.pronoun or self._names.gender_titles.get(word)

    # Asking

    def named(self, key: tuple[str, ...], pronoun: Pronoun | None) -> tuple[Named | None, float]:
        """Return the person whom a name in full, or one word of it, stands for, and how surely it does."""
        exact = self._by_key.get(key)
        if exact is not None:
            return exact, 1.0
        while len(key) > 1 and key[0] in self._names.particles:
            key = key[1:]  # *de* Vries
        if len(key) > 1:  # John F. Kennedy, Kennedy Jr.
            initial = [one for one in self._by_surname.get(key[-1], ()) if one.given == key[0]]
            ending = [one for full, one in self._by_key.items() if full[-len(key) :] == key]
            return next(iter(initial + ending), None), 1.0
        found = self._by_surname.get(key[0]) or self._by_given.get(key[0]) or []
        called = [one for one in found if pronoun is not None and one.pronoun == pronoun]
        fitting = called or [one for one in found if pronoun is None or one.pronoun is None]
        if not fitting:
            return None, 1.0
        unsure = _UNTOLD if pronoun is not None and not called else _SEVERAL
        return max(fitting, key=lambda one: one.mentions), 1.0 if len(fitting) == 1 else unsure

    def begins_sentences_only(self, low: str) -> bool:
        """Whether the article writes the word with a capital only where any word has one."""
        return low not in self._inside

    def has_common(self, key: tuple[str, ...]) -> bool:
        """Whether a name of several words has one that the article writes without a capital, too."""
        return len(key) > 1 and any(low in self._lower and low not in self._names.particles for low in key)

    def bearers(self, title: tuple[str, ...], about: frozenset[str]) -> list[Named]:
        """Return the persons of the article who bear a title; under another word for it, only one that does alone."""
        alike = {words(same) for same in self._names.same_titles.get(" ".join(title), frozenset())} | {title}
        bearers = [one for one in self._by_key.values() if one.titles & alike and about <= one.about]
        exact = {one.name: one for one in bearers if title in one.titles}
        unsure = {one.name: one for one in bearers}
        return list((unsure if len(unsure) == 1 else exact).values())

    def mentioned(self, sentence: Sequence[Word]) -> Iterator[Named]:
        """Yield the persons whom a sentence names, in order."""
        for first, last in self._capital_runs(sentence):
            start = self.name_start(sentence, first, last)
            named, _ = self.named(tuple(word.low for word in sentence[start:last]), None)
            if named is not None:
                yield named

    def people(self) -> list[Appearance]:
        """Return the persons learned, each with the spellings and titles of this article; surnames with titles last."""
        everybody = self._by_key.values()
        named = [Appearance(one.name, one.spellings, frozenset(one.offices), one.pronoun) for one in everybody]
        return named + [Appearance(one, {one: 1}, frozenset(titles)) for one, titles in self._called.items()]
