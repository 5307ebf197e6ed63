"""Who is who in an article: full names, the surnames, titles and pronouns that stand for them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from bot.model import Person, Pronoun
from bot.quotes.sentences import Word
from bot.quotes.words import NameWords
from bot.text import fold, words

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_LINKS = frozenset({"of", "for", "at", "from", "with", "in"})
_POSSESSIVE_PRONOUNS = {"his": "he", "her": "she", "their": "they"}
_PASSING = frozenset({"former", "outgoing", "acting", "incoming", "then", "new", "late", "ex"})
_DEFINITE = frozenset({"the", "this", "that"})
_ARTICLES = frozenset({"the", "a", "an", "this", "that", "these", "those"})

#: A thing is what no list says can speak: a move, a stance.  Only quotation marks make it a source.
SourceKind = Literal["name", "pronoun", "nominal", "organisation", "thing"]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a source is, as far as the article tells; `sure` weighs the reading of the name alone."""

    name: str | None
    kind: SourceKind
    sure: float = 1.0
    pronoun: Pronoun | None = None


@dataclass(slots=True)
class _Named:
    """A person of the article, while it is being read."""

    spellings: Counter[str]
    given: str
    pronoun: Pronoun | None
    titles: set[tuple[str, ...]] = field(default_factory=set)
    offices: set[str] = field(default_factory=set)  # titles in full, with their country or body
    about: set[str] = field(default_factory=set)  # the country or body that goes with the titles
    last_seen: int = 0

    @property
    def name(self) -> str:
        return self.spellings.most_common(1)[0][0]


class Cast:
    """The people of one article, learned from its sentences; then asked who a source is."""

    def __init__(self, names: NameWords) -> None:
        self._names = names
        self._by_key: dict[tuple[str, ...], _Named] = {}
        self._by_surname: dict[str, list[_Named]] = {}
        self._by_given: dict[str, list[_Named]] = {}
        self._title_words = frozenset(word for title in names.titles for word in title)
        self._pronoun_of = {form: pronoun for pronoun, forms in (("he", "he his him"), ("she", "she her"), ("they", "they their")) for form in forms.split()}
        self._known = {words(spelling): person for person in names.people for spelling in person.spellings}

    # Learning

    def learn(self, sentences: Iterable[Sequence[Word]], text: str) -> None:
        """Take in the names of the sentences and the titles before and behind them."""
        for sentence in sentences:
            for first, last in self._capital_runs(sentence):
                self._learn_run(sentence, first, last, text)

    def _capital_runs(self, sentence: Sequence[Word]) -> Iterable[tuple[int, int]]:
        number = 0
        while number < len(sentence):
            if not self._in_name(sentence[number]):
                number += 1
                continue
            first = number
            while number < len(sentence) and (
                self._in_name(sentence[number])
                or (sentence[number].low in self._names.particles and number + 1 < len(sentence) and self._in_name(sentence[number + 1]))
            ):
                number += 1
                if sentence[number - 1].possessive:
                    break
            yield first, number

    def _in_name(self, word: Word) -> bool:
        return word.capital and (word.low not in self._names.not_names)

    def _learn_run(self, sentence: Sequence[Word], first: int, last: int, text: str) -> None:
        start = self._name_start(sentence, first, last)
        before = sentence[first:start]
        while start < last and sentence[last - 1].low in _SUFFIXES:
            last -= 1
        count = last - start
        titled = any(word.low in self._title_words for word in before) or (first > 0 and sentence[first - 1].low in self._title_words)
        if not 1 < count <= 4 or not self._looks_like_person(sentence[start:last], titled):
            return
        key = tuple(word.low for word in sentence[start:last])
        named = self._by_key.get(key) or self._add(key)
        named.spellings[_written(sentence[start:last], text)] += 1
        self._learn_titles(named, sentence, first, start, last)

    def _add(self, key: tuple[str, ...]) -> _Named:
        known = self._known.get(key)
        named = _Named(Counter(), key[0], known.pronoun if known and known.pronoun else self._names.given.get(key[0]))
        if known:
            for title in known.titles:
                title_words = words(title)
                named.titles.add(self._title(title_words) or title_words)
                named.about.update(title_words)
        self._by_key[key] = named
        self._by_surname.setdefault(key[-1], []).append(named)
        self._by_given.setdefault(key[0], []).append(named)
        return named

    def _name_start(self, sentence: Sequence[Word], first: int, last: int) -> int:
        """Return where the name begins in a run of capitals: behind the last title, country or body in it."""
        start = first
        for number in range(first, last - 1):
            low = sentence[number].low
            if low in self._title_words or low in self._names.modifiers or low in self._names.organisations:
                start = number + 1
        return start if start < last else first

    def _looks_like_person(self, name: Sequence[Word], titled: bool) -> bool:
        if any(word.low in self._names.organisations or word.low in self._title_words for word in name):
            return False
        return titled or name[0].low in self._names.given or tuple(word.low for word in name) in self._known or len(name[0].low) == 1

    def _learn_titles(self, named: _Named, sentence: Sequence[Word], first: int, start: int, last: int) -> None:
        back = first
        while back > 0 and sentence[back - 1].is_word and (sentence[back - 1].low in self._title_words or sentence[back - 1].low in self._names.modifiers):
            back -= 1
        self._take_title(named, [word.low for word in sentence[back:start]])
        if last + 1 < len(sentence) and sentence[last].low == ",":
            aside = []
            for word in sentence[last + 1 : last + 12]:
                if not word.is_word:
                    break
                aside.append(word.low)
            if aside and (aside[0] in ("a", "an", "the", "former") or any(low in self._title_words for low in aside[:3])):
                head = next((number for number, low in enumerate(aside) if low in _LINKS), len(aside))
                self._take_title(named, aside[:head])
                named.about.update(aside[head:])
        elif last < len(sentence) and sentence[last].low == "(":
            pass

    def _take_title(self, named: _Named, low: Sequence[str]) -> None:
        title = self._title(low)
        if title:
            named.titles.add(title)
            named.about.update(low)
            named.offices.add(" ".join(word for word in low if word not in _ARTICLES and word not in _PASSING))
        for word in low:
            named.pronoun = named.pronoun or self._names.gender_titles.get(word)

    def _title(self, low: Sequence[str]) -> tuple[str, ...] | None:
        """Return the longest title, or else role, that the words end with."""
        for length in (3, 2, 1):
            if tuple(low[-length:]) in self._names.titles and len(low) >= length:
                return tuple(low[-length:])
        return (low[-1],) if low and low[-1] in self._names.roles else None

    # Asking

    def who(self, source: Sequence[Word], text: str, subjects: Sequence[Speaker]) -> Speaker:
        """Return whom a source names; `subjects` are those of the sentences before, the nearest last."""
        first = source[0].low
        if len(source) == 1 and first in self._pronoun_of:
            return self._by_pronoun(self._pronoun_of[first], subjects)
        if len(source) == 1 and first in ("i", "we", "you", "it", "who"):
            return Speaker(None, "pronoun", 0.3)
        head = next((number for number, word in enumerate(source) if number and word.low in _LINKS), len(source))
        name = self._trailing_name(source[:head])
        if name:
            return self._by_name(source[:head], name, text)
        return self._by_role(source, head, text, subjects)

    def _trailing_name(self, source: Sequence[Word]) -> tuple[int, int] | None:
        """Return where the name stands that a source without its “of …” ends with."""
        last = len(source)
        while last and source[last - 1].low in _SUFFIXES:
            last -= 1
        first = last
        while first and (self._in_name(source[first - 1]) or (first < last and source[first - 1].low in self._names.particles)) and not (first < last and source[first - 1].possessive):
            first -= 1
        while first < last - 1 and (source[first].low in self._title_words or source[first].low in self._names.modifiers):
            first += 1
        start = self._name_start(source, first, last)
        if start >= last or source[last - 1].low in self._title_words or source[last - 1].low in self._names.roles and last - start == 1:
            return None
        return start, last

    def _by_name(self, source: Sequence[Word], name: tuple[int, int], text: str) -> Speaker:
        key = tuple(word.low for word in source[name[0] : name[1]])
        if any(word.low == "and" for word in source):
            return Speaker(_written(source, text), "name", 0.8)
        pronoun = next((self._names.gender_titles[word.low] for word in source[: name[0]] if word.low in self._names.gender_titles), None)
        named = self._by_key.get(key)
        sure = 1.0
        if named is None and len(key) == 1:
            named, sure = self._by_one_word(key[0], pronoun)
        if named is None and len(key) > 1:  # John F. Kennedy, Kennedy Jr.
            named = next((one for one in self._by_surname.get(key[-1], ()) if one.given == key[0]), None)
        if named is not None:
            named.pronoun = named.pronoun or pronoun
            return Speaker(named.name, "name", sure, named.pronoun)
        written = _written(source[name[0] : name[1]], text)
        if any(low in self._names.organisations for low in key):
            return Speaker(_written(_bare(source), text), "organisation")
        return Speaker(written, "name", 0.95, pronoun or self._names.given.get(key[0]))

    def _by_one_word(self, low: str, pronoun: Pronoun | None) -> tuple[_Named | None, float]:
        found = self._by_surname.get(low) or self._by_given.get(low) or []
        fitting = [one for one in found if pronoun is None or one.pronoun in (None, pronoun)] or found
        if not fitting:
            return None, 1.0
        best = max(fitting, key=lambda one: sum(one.spellings.values()))
        return best, 1.0 if len(fitting) == 1 else 0.85

    def _by_pronoun(self, pronoun: str, subjects: Sequence[Speaker]) -> Speaker:
        for back, subject in enumerate(reversed(subjects[-8:])):
            if pronoun == "they":
                if subject.kind in ("organisation", "nominal"):
                    return Speaker(subject.name, "pronoun", 0.6)
                continue
            if subject.kind in ("organisation", "nominal") and subject.pronoun is None or subject.name is None:
                continue
            if subject.pronoun in (None, pronoun):
                sure = 0.85 if back == 0 else 0.7
                return Speaker(subject.name, "pronoun", sure, "he" if pronoun == "he" else "she")
        return Speaker(None, "pronoun", 0.3, "he" if pronoun == "he" else "she" if pronoun == "she" else None)

    def _by_role(self, source: Sequence[Word], head: int, text: str, subjects: Sequence[Speaker]) -> Speaker:
        low = [word.low for word in source[:head]]
        if low[0] in _POSSESSIVE_PRONOUNS and len(low) > 1 and low[-1] in self._names.utterances:
            return self._by_pronoun(_POSSESSIVE_PRONOUNS[low[0]], subjects)
        if head > 1 and low[-1] in self._names.utterances and (owner := next((n for n, word in enumerate(source[:head]) if word.possessive and word.capital), None)) is not None:
            return self.who(source[: owner + 1], text, subjects)
        title = self._title(low)
        if title and (low[0] in _DEFINITE or source[0].capital):
            bearer = self._bearer(title, source, head)
            if bearer:
                return Speaker(bearer.name, "nominal", 0.85, bearer.pronoun)
        written = _written(_bare(source), text)
        if title:
            return Speaker(written, "nominal", 0.9, self._names.gender_titles.get(low[-1]))
        capital = source[head - 1].capital and source[head - 1].low not in self._names.not_names
        return Speaker(written, "organisation" if capital else "thing", 0.9 if capital else 0.6)

    def _bearer(self, title: tuple[str, ...], source: Sequence[Word], head: int) -> _Named | None:
        """Return the one person of the article who bears a title, under this or another word for it."""
        alike = {words(same) for same in self._names.same_titles.get(" ".join(title), frozenset())} | {title}
        about = {word.low for word in (*source[1 : head - len(title)], *source[head:]) if word.capital and word.low not in self._names.modifiers | {"nato"} or word.low == "nato"}
        bearers = [one for one in self._by_key.values() if one.titles & alike and about <= one.about]
        exact = [one for one in bearers if title in one.titles]
        for found in (exact, bearers):
            if len({one.name for one in found}) == 1:
                return found[0]
        return None

    def people(self) -> list[Person]:
        """Return the persons learned, each with the spellings and titles of this article."""
        return [
            Person(one.name, frozenset(one.spellings), frozenset(one.offices), one.pronoun)
            for one in self._by_key.values()
        ]



def _bare(source: Sequence[Word]) -> Sequence[Word]:
    return source[1:] if source[0].low in _ARTICLES and len(source) > 1 else source


def _written(name: Sequence[Word], text: str) -> str:
    """Return the words as the article writes them, without a possessive ending."""
    raw = text[name[0].start : name[-1].end]
    if name[-1].possessive and fold(raw).endswith("'s"):
        raw = raw[:-2]
    return " ".join(raw.split())
