"""The language of a question, and a word-by-word reading of those that are not English."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from anyascii import anyascii

from bot.question.words import Language, QuestionWords
from bot.text import fold
from bot.text import words as folded_words

_WORD = re.compile(r"[^\W_]+(?:['’ʼ-][^\W_]+)*")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_SHORTEST_STEM = 3
_LETTERS_OF_LATIN = "\u024f"  # the last letter of the Latin blocks


@dataclass(frozen=True, slots=True)
class Reading:
    """A question in English words: `language` is its code or, where it cannot be read, its name."""

    text: str
    language: str
    unread: tuple[str, ...] = ()
    original: Mapping[str, Collection[str]] = field(default_factory=dict)  # words as asked, by those of their reading


def read(text: str, words: QuestionWords, names: Callable[[str], str | None]) -> Reading:
    """Return an English reading of a question.

    `names` finds the name that a word in Latin letters stands for.  A word that neither a list nor a name explains is
    `unread`: it is kept, in Latin letters, for the topic may be a word that is the same everywhere.
    """
    written = _WORD.findall(text)
    folded = [fold(word) for word in written]
    language = _readable(text, folded, words)
    if language is None:
        return Reading(text, _unreadable(folded, words) or "en")
    unread: list[str] = []
    original: defaultdict[str, set[str]] = defaultdict(set)

    def english(match: re.Match[str]) -> str:
        reading = _english(match.group())
        for word in folded_words(reading):
            original[word].add(match.group())
        return reading

    def _english(written: str) -> str:
        reading = language.read(fold(written))
        if reading is not None:
            return reading
        latin = anyascii(written).replace("'", "")
        name = _name(latin, words.cases, names)
        if name is None:
            unread.append(written)
        return name or latin

    return Reading(_WORD.sub(english, text), language.code, tuple(unread), original)


def _readable(text: str, folded: Sequence[str], words: QuestionWords) -> Language | None:
    """Return the language that a question is in, if it is one that is read word by word."""
    counts = Counter(folded)
    explained = {
        language: sum(count for word, count in counts.items() if language.read(word) is not None)
        for language in words.languages
    }
    cyrillic = bool(_CYRILLIC.search(text))
    fitting = [language for language in words.languages if language.cyrillic == cyrillic]
    with_letters = [language for language in fitting if language.letters & set(text.lower())]
    best = max(with_letters if cyrillic and with_letters else fitting, key=lambda language: explained[language])
    if cyrillic:
        return best
    english = sum(word in words.english for word in folded)
    return best if explained[best] >= 2 and explained[best] > english and explained[best] * 2 >= len(folded) else None


def _unreadable(folded: Sequence[str], words: QuestionWords) -> str | None:
    """Return the name of the language that a question is in, if it is clearly none that can be read."""
    english = sum(word in words.english for word in folded)
    counts = {name: sum(word in entries for word in folded) for name, entries in words.others.items()}
    name = max(counts, key=lambda language: counts[language])
    if counts[name] >= 2 and counts[name] > english and counts[name] * 3 >= len(folded):
        return name
    letters = [char for word in folded for char in word if char.isalpha()]
    strange = sum(char > _LETTERS_OF_LATIN for char in letters)
    return "a language other than these" if strange * 2 > len(letters) else None


def _name(latin: str, cases: Sequence[tuple[str, Sequence[str]]], names: Callable[[str], str | None]) -> str | None:
    """Return the name that a word is, as it stands or without the ending of its case."""
    found = names(latin)
    if found:
        return found
    for ending, nominatives in cases:
        stem = latin[: len(latin) - len(ending)]
        if latin.lower().endswith(ending) and len(stem) >= _SHORTEST_STEM:
            for nominative in nominatives:
                if found := names(stem + nominative):
                    return found
    return None
