"""Names and titles as prose writes them: where a name begins and ends, and which words before it are a title."""

from collections.abc import Iterable, Iterator, Sequence

from bot.model import Tense, Title
from bot.prose.name_words import NameWords
from bot.prose.sentences import Word
from bot.text import fold

_LONGEST_TITLE = 3
_SHORTEST_HEADLINE = 5  # words


class NameReader:
    """Finds names and titles by the word lists of the language."""

    def __init__(self, names: NameWords) -> None:
        self._names = names

    # Names

    def _is_headline(self, sentence: Sequence[Word]) -> bool:
        """Whether all but the small words of a line have a capital, so that a capital tells no name."""
        inside = [word for word in sentence if word.is_word]
        lower = [word for word in inside if not word.capital]
        small = all(word.low in self._names.not_names or word.low[0].isdigit() for word in lower)
        return len(inside) >= _SHORTEST_HEADLINE and small and 2 * len(lower) < len(inside)

    def _capital_runs(self, sentence: Sequence[Word]) -> Iterator[tuple[int, int]]:
        number = 0
        while number < len(sentence):
            if not self.in_name(sentence[number]):
                number += 1
                continue
            first = number
            while number < len(sentence) and self._continues(sentence, number):
                number += 1
                if sentence[number - 1].possessive or (number == first + 1 and _is_set_off(sentence, first)):
                    break
            yield first, number

    def _continues(self, sentence: Sequence[Word], number: int) -> bool:
        if self.in_name(sentence[number]):
            return True
        while number < len(sentence) and sentence[number].low in self._names.particles:
            number += 1  # of several: Ursula von der Leyen
            if number < len(sentence) and self.in_name(sentence[number]):
                return True
        return False

    def in_name(self, word: Word) -> bool:
        return word.capital and word.low not in self._names.not_names

    def name_start(self, sentence: Sequence[Word], first: int, last: int) -> int:
        """Return where the name begins in a run of capitals: behind the last title, country or body in it."""
        start = first
        for number in range(first, last - 1):
            low = sentence[number].low
            if sentence[number + 1].low in self._names.inside_names:
                break
            role = low in self._names.people_roles and low not in self._names.given  # *Donor* Jane Doe
            if role or self._is_title_word(low) or low in self._names.modifiers or low in self._names.organisations:
                start = number + 1
        return start if start < last else first

    def trailing_name(self, source: Sequence[Word]) -> tuple[int, int] | None:
        """Return where the name stands that a source without its “of …” ends with."""
        ends = last = len(source)
        while last and source[last - 1].low in self._names.suffixes:
            last -= 1
        first = last
        while first and self._is_name_word(source, first - 1, last):
            first -= 1
        while first < last - 1 and self._belongs_to_title(source[first]):
            if source[first + 1].low in self._names.inside_names:
                break
            first += 1
        start = self.name_start(source, first, last)
        if start >= last:
            return None
        ends_in_role = source[last - 1].low in self._names.title_words or source[last - 1].low in self._names.roles
        if ends_in_role and (last - start == 1 or source[start].low not in self._names.given):
            return None  # the New Hampshire *Democrat*; but: James *Head*
        return start, ends

    def _is_name_word(self, source: Sequence[Word], number: int, last: int) -> bool:
        inner = number + 1 < last
        if inner and source[number].capital and source[number].low in self._names.inside_names:
            return number > 0 and source[number - 1].capital  # Doctors *Without* Borders
        named = self.in_name(source[number]) or (inner and source[number].low in self._names.particles)
        return named and not (inner and source[number].possessive)

    def _is_introduced(self, sentence: Sequence[Word], first: int, last: int) -> bool:
        """Whether a title stands before a name, or a title or an age behind it between commas."""
        before = first - 1 - (first > 1 and sentence[first - 1].low == ",")
        low = sentence[before].low if first > 0 else ""
        if low in self._names.title_words or low in self._names.gender_titles:
            return True
        if last + 2 >= len(sentence) or sentence[last].low != ",":
            return False
        if sentence[last + 1].low.isdigit():
            return len(sentence[last + 1].low) == 2 and sentence[last + 2].low == ","
        aside = sentence[last + 1 : last + 6]
        opens = aside[0].low in self._names.aside_openers or aside[0].low in self._names.title_words
        return opens and any(word.low in self._names.title_words and not word.capital for word in aside)

    # Titles

    def title(self, low: Sequence[str]) -> tuple[str, ...] | None:
        """Return the longest title, or else role, that the words end with."""
        passing = self._names.ended | self._names.coming
        parts = [part for one in low for part in self._unhyphened(one) if part not in passing]
        for length in range(_LONGEST_TITLE, 0, -1):
            if len(parts) >= length and tuple(parts[-length:]) in self._names.titles:
                return tuple(parts[-length:])
        return (low[-1],) if low and self._names.is_role(low[-1]) else None

    def _title_start(self, sentence: Sequence[Word], first: int) -> int:
        """Return where the title begins that goes on into a run of capitals: *former prime* Minister Boris Johnson."""
        while first > 0 and self._belongs_to_title(sentence[first - 1]):
            first -= 1
        return first

    def _belongs_to_title(self, word: Word) -> bool:
        return word.is_word and (self._is_title_word(word.low) or word.low in self._names.modifiers)

    def _is_title_word(self, low: str) -> bool:
        return low in self._names.title_words or ("-" in low and len(self._unhyphened(low)) > 1)

    def _is_of_title(self, low: str) -> bool:
        return low in self._names.title_words or low in self._names.ended or low in self._names.coming

    def _unhyphened(self, word: str) -> list[str]:
        """Return the parts of a word such as president-elect, ex-chief and secretary-general; other words whole."""
        parts = word.split("-")
        return parts if len(parts) > 1 and all(self._is_of_title(fold(part)) for part in parts) else [word]

    def _as_title(self, title: Sequence[Word], text: str) -> Title:
        first = next((number for number, word in enumerate(title) if word.low not in self._names.links), 0)
        raw = [part for word in title[first:] for part in self._unhyphened(written([word], text))]
        low = [fold(part) for part in raw]
        tense: Tense = "coming" if self._names.coming & {*low} else "ended" if self._names.ended & {*low} else "held"
        idle = self._names.passing | self._names.ended | self._names.coming
        return Title(" ".join(one for one, folded in zip(raw, low, strict=True) if folded not in idle), tense)

    def _in_body(self, word: Word) -> bool:
        return word.capital or word.low in self._names.articles


def _is_set_off(sentence: Sequence[Word], number: int) -> bool:
    """Whether a mark stood between a word and the next one: ‘Furious’ Nowak."""
    return number + 1 < len(sentence) and sentence[number + 1].start - sentence[number].end > 1


def bare(source: Sequence[Word], articles: Iterable[str]) -> Sequence[Word]:
    """Return the words of a noun phrase without its article."""
    return source[1:] if source[0].low in articles and len(source) > 1 else source


def written(name: Sequence[Word], text: str) -> str:
    """Return the words as the article writes them, without a possessive ending."""
    raw = text[name[0].start : name[-1].end]
    if name[-1].possessive:
        raw = raw[:-2] if fold(raw).endswith("'s") else raw.rstrip("'’")
    return " ".join(raw.split())
